// SPDX-License-Identifier: MIT OR Apache-2.0
//
// 256-bit Montgomery multiplication modulo the secp256k1 field prime
// (SEC 2, 2.4.1), operand scanning with 4 limbs: chains of wide multiplies,
// adds and carries. Argument: rounds of two products and a sum. Starts with
// the curve equation y^2 = x^3 + 7 at the published base point.

#include "guest.h"

static const struct expected EXPECTED[2] = {
    {3000, 0xa597f3cbb1187277},
    {250000, 0x217b60e8b5d09067},
};

typedef struct {
    uint64_t v[4];
} num;

static const num P = {{
    0xfffffffefffffc2f, 0xffffffffffffffff, 0xffffffffffffffff, 0xffffffffffffffff,
}};
// -P^-1 mod 2^64.
#define P_INV 0xd838091dd2253531
// 2^512 mod P, which takes a number into Montgomery form.
static const num R2 = {{0x000007a2000e90a1, 1, 0, 0}};
static const num ONE = {{1, 0, 0, 0}};
static const num SEVEN = {{7, 0, 0, 0}};
static const num GX = {{
    0x59f2815b16f81798, 0x029bfcdb2dce28d9, 0x55a06295ce870b07, 0x79be667ef9dcbbac,
}};
static const num GY = {{
    0x9c47d08ffb10d4b8, 0xfd17b448a6855419, 0x5da4fbfc0e1108a8, 0x483ada7726a3c465,
}};

static inline uint64_t add_carry(uint64_t a, uint64_t b, uint64_t *carry)
{
    uint64_t s = a + b;
    uint64_t c = s < b;

    s += *carry;
    *carry = c | (s < *carry);
    return s;
}

static inline uint64_t sub_borrow(uint64_t a, uint64_t b, uint64_t *borrow)
{
    uint64_t d = a - b;
    uint64_t c = a < b;
    uint64_t r = d - *borrow;

    *borrow = c | (d < *borrow);
    return r;
}

// Subtracts P once when `high` or the value itself says it fits.
static inline void reduce(num *r, const uint64_t t[4], uint64_t high)
{
    uint64_t s[4], borrow = 0, keep;

    for (int i = 0; i < 4; i++)
        s[i] = sub_borrow(t[i], P.v[i], &borrow);
    keep = -(uint64_t)(high < borrow);
    for (int i = 0; i < 4; i++)
        r->v[i] = (t[i] & keep) | (s[i] & ~keep);
}

// r = a * b / 2^256 mod P.
static NOINLINE void mont_mul(num *r, const num *a, const num *b)
{
    uint64_t t[6] = {0, 0, 0, 0, 0, 0};

    for (int i = 0; i < 4; i++) {
        uint64_t carry = 0, m;
        u128 x;

        for (int j = 0; j < 4; j++) {
            x = (u128)a->v[j] * b->v[i] + t[j] + carry;
            t[j] = (uint64_t)x;
            carry = (uint64_t)(x >> 64);
        }
        t[5] = 0;
        t[4] = add_carry(t[4], carry, &t[5]);

        m = t[0] * P_INV;
        x = (u128)m * P.v[0] + t[0];
        carry = (uint64_t)(x >> 64);
        for (int j = 1; j < 4; j++) {
            x = (u128)m * P.v[j] + t[j] + carry;
            t[j - 1] = (uint64_t)x;
            carry = (uint64_t)(x >> 64);
        }
        m = 0;
        t[3] = add_carry(t[4], carry, &m);
        t[4] = t[5] + m;
    }
    reduce(r, t, t[4]);
}

static NOINLINE void mont_add(num *r, const num *a, const num *b)
{
    uint64_t t[4], carry = 0;

    for (int i = 0; i < 4; i++)
        t[i] = add_carry(a->v[i], b->v[i], &carry);
    reduce(r, t, carry);
}

static int on_curve(const num *x, const num *y)
{
    num left, right, seven;

    mont_mul(&left, y, y);
    mont_mul(&right, x, x);
    mont_mul(&right, &right, x);
    mont_mul(&seven, &SEVEN, &R2);
    mont_add(&right, &right, &seven);
    return left.v[0] == right.v[0] && left.v[1] == right.v[1] && left.v[2] == right.v[2] &&
           left.v[3] == right.v[3];
}

int main(int argc, char **argv)
{
    uint64_t n = count_of(argc, argv, EXPECTED[0].count);
    num x, y;

    mont_mul(&x, &GX, &R2);
    mont_mul(&y, &GY, &R2);
    if (!on_curve(&x, &y))
        return 1;
    for (uint64_t i = 0; i < n; i++) {
        mont_mul(&x, &x, &y);
        mont_mul(&y, &y, &x);
        mont_add(&x, &x, &y);
    }
    mont_mul(&x, &x, &ONE);
    return judge(n, x.v[0] ^ x.v[1] ^ x.v[2] ^ x.v[3], EXPECTED);
}
