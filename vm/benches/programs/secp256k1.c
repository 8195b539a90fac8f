// SPDX-License-Identifier: MIT OR Apache-2.0
//
// The curve work of an ECDSA verification on secp256k1 (SEC 2, 2.4.1):
// u1*G + u2*Q by interleaved double-and-add in Jacobian coordinates, then one
// inversion back to affine. Argument: how many such sums; each result gives
// the next Q, u1 and u2. The first sum is a published multiple of G.

#include "guest.h"

static const struct expected EXPECTED[2] = {
    {1, 0xce179e3c36d3ebf4},
    {150, 0xc9b8a28bc2305689},
};

typedef struct {
    uint64_t v[4];
} num;

typedef struct {
    num x, y;
} affine;

// Infinity has z = 0.
typedef struct {
    num x, y, z;
} jacobian;

// The field prime is 2^256 - FOLD. Field elements lie below 2^256 and are
// brought below the prime only to be compared or handed out.
#define FOLD 0x1000003d1

static const affine G = {
    {{0x59f2815b16f81798, 0x029bfcdb2dce28d9, 0x55a06295ce870b07, 0x79be667ef9dcbbac}},
    {{0x9c47d08ffb10d4b8, 0xfd17b448a6855419, 0x5da4fbfc0e1108a8, 0x483ada7726a3c465}},
};
static const affine TWO_G = {
    {{0xabac09b95c709ee5, 0x5c778e4b8cef3ca7, 0x3045406e95c07cd8, 0xc6047f9441ed7d6d}},
    {{0x236431a950cfe52a, 0xf7f632653266d0e1, 0xa3c58419466ceaee, 0x1ae168fea63dc339}},
};
// U1 + 2 * U2 is the K of the published pair (K, K*G).
static const num U1 = {{
    0xe694222a282fab09, 0xbcf566607d2f235b, 0x23d2a63a6da6cd5a, 0x356dfb578b7684a5,
}};
static const num U2 = {{
    0xb410ff61f20015ad, 0xb00361a396177a9c, 0x414140de5dae2223, 0xba7816bf8f01cfea,
}};
static const affine KG = {
    {{0xcfacdfa239ff49c6, 0x099aa0ad9fd54ebc, 0x3d192b3c5133a6ba, 0x34f9460f0e4f0839}},
    {{0x01bb419e0f2ca232, 0x7728a960686cb5a9, 0x23f6d25a7a91e7dd, 0x0b71ea9bd730fd89}},
};

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

// r = t + x, returning the carry out of 256 bits.
static inline uint64_t add_small(num *r, const uint64_t t[4], u128 x)
{
    uint64_t carry = 0;

    r->v[0] = add_carry(t[0], (uint64_t)x, &carry);
    r->v[1] = add_carry(t[1], (uint64_t)(x >> 64), &carry);
    r->v[2] = add_carry(t[2], 0, &carry);
    r->v[3] = add_carry(t[3], 0, &carry);
    return carry;
}

static inline void add(num *r, const num *a, const num *b)
{
    uint64_t t[4], carry = 0;

    for (int i = 0; i < 4; i++)
        t[i] = add_carry(a->v[i], b->v[i], &carry);
    carry = add_small(r, t, -carry & FOLD);
    add_small(r, r->v, -carry & FOLD);
}

static inline void sub(num *r, const num *a, const num *b)
{
    uint64_t borrow = 0;

    for (int i = 0; i < 4; i++)
        r->v[i] = sub_borrow(a->v[i], b->v[i], &borrow);
    for (int pass = 0; pass < 2; pass++) {
        uint64_t x = -borrow & FOLD;

        borrow = 0;
        r->v[0] = sub_borrow(r->v[0], x, &borrow);
        for (int i = 1; i < 4; i++)
            r->v[i] = sub_borrow(r->v[i], 0, &borrow);
    }
}

static NOINLINE void mul(num *r, const num *a, const num *b)
{
    uint64_t t[8] = {0, 0, 0, 0, 0, 0, 0, 0};
    uint64_t carry = 0;
    u128 x;

    for (int i = 0; i < 4; i++) {
        carry = 0;
        for (int j = 0; j < 4; j++) {
            x = (u128)a->v[j] * b->v[i] + t[i + j] + carry;
            t[i + j] = (uint64_t)x;
            carry = (uint64_t)(x >> 64);
        }
        t[i + 4] = carry;
    }
    carry = 0;
    for (int i = 0; i < 4; i++) {
        x = (u128)t[i + 4] * FOLD + t[i] + carry;
        t[i] = (uint64_t)x;
        carry = (uint64_t)(x >> 64);
    }
    carry = add_small(r, t, (u128)carry * FOLD);
    add_small(r, r->v, -carry & FOLD);
}

static void normalize(num *a)
{
    num t;

    if (add_small(&t, a->v, FOLD))
        *a = t;
}

static int is_zero(const num *a)
{
    num t = *a;

    normalize(&t);
    return (t.v[0] | t.v[1] | t.v[2] | t.v[3]) == 0;
}

static inline unsigned bit(const num *a, int i)
{
    return a->v[i / 64] >> (i % 64) & 1;
}

// Raises to the prime minus two.
static void invert(num *r, const num *a)
{
    static const num e = {{0xfffffffefffffc2d, ~0ull, ~0ull, ~0ull}};
    num t = *a;

    for (int i = 254; i >= 0; i--) {
        mul(&t, &t, &t);
        if (bit(&e, i))
            mul(&t, &t, a);
    }
    *r = t;
}

static void set_infinity(jacobian *p)
{
    for (int i = 0; i < 4; i++)
        p->x.v[i] = p->y.v[i] = p->z.v[i] = 0;
}

static NOINLINE void point_double(jacobian *p)
{
    num a, b, c, d, e, t;

    mul(&a, &p->x, &p->x);
    mul(&b, &p->y, &p->y);
    mul(&c, &b, &b);
    add(&d, &p->x, &b);
    mul(&d, &d, &d);
    sub(&d, &d, &a);
    sub(&d, &d, &c);
    add(&d, &d, &d);
    add(&e, &a, &a);
    add(&e, &e, &a);
    mul(&p->z, &p->z, &p->y);
    add(&p->z, &p->z, &p->z);
    mul(&t, &e, &e);
    sub(&t, &t, &d);
    sub(&p->x, &t, &d);
    sub(&d, &d, &p->x);
    mul(&e, &e, &d);
    add(&c, &c, &c);
    add(&c, &c, &c);
    add(&c, &c, &c);
    sub(&p->y, &e, &c);
}

static NOINLINE void point_add(jacobian *p, const affine *q)
{
    num zz, h, hh, r, v, t;

    if (is_zero(&p->z)) {
        static const num one = {{1, 0, 0, 0}};

        p->x = q->x;
        p->y = q->y;
        p->z = one;
        return;
    }
    mul(&zz, &p->z, &p->z);
    mul(&h, &q->x, &zz);
    sub(&h, &h, &p->x);
    mul(&r, &q->y, &zz);
    mul(&r, &r, &p->z);
    sub(&r, &r, &p->y);
    if (is_zero(&h) && is_zero(&r)) {
        point_double(p);
        return;
    }
    mul(&p->z, &p->z, &h);
    mul(&hh, &h, &h);
    mul(&v, &p->x, &hh);
    mul(&h, &h, &hh);
    mul(&t, &r, &r);
    sub(&t, &t, &h);
    sub(&t, &t, &v);
    sub(&p->x, &t, &v);
    sub(&v, &v, &p->x);
    mul(&r, &r, &v);
    mul(&t, &p->y, &h);
    sub(&p->y, &r, &t);
}

static void to_affine(affine *r, const jacobian *p)
{
    num z, zz;

    invert(&z, &p->z);
    mul(&zz, &z, &z);
    mul(&r->x, &p->x, &zz);
    mul(&zz, &zz, &z);
    mul(&r->y, &p->y, &zz);
    normalize(&r->x);
    normalize(&r->y);
}

// r = u1*G + u2*q.
static void combine(affine *r, const num *u1, const num *u2, const affine *q)
{
    affine table[3];
    jacobian p;

    table[0] = G;
    table[1] = *q;
    set_infinity(&p);
    point_add(&p, &table[0]);
    point_add(&p, &table[1]);
    to_affine(&table[2], &p);
    set_infinity(&p);
    for (int i = 255; i >= 0; i--) {
        unsigned pick = bit(u1, i) + 2 * bit(u2, i);

        point_double(&p);
        if (pick != 0)
            point_add(&p, &table[pick - 1]);
    }
    to_affine(r, &p);
}

static int same(const num *a, const num *b)
{
    return a->v[0] == b->v[0] && a->v[1] == b->v[1] && a->v[2] == b->v[2] && a->v[3] == b->v[3];
}

int main(int argc, char **argv)
{
    uint64_t n = count_of(argc, argv, EXPECTED[0].count);
    num u1 = U1, u2 = U2;
    affine q = TWO_G;

    for (uint64_t i = 0; i < n; i++) {
        affine r;

        combine(&r, &u1, &u2, &q);
        if (i == 0 && !(same(&r.x, &KG.x) && same(&r.y, &KG.y)))
            return 1;
        q = r;
        u1 = r.x;
        u2 = r.y;
    }
    return judge(n, q.x.v[0] ^ q.y.v[0], EXPECTED);
}
