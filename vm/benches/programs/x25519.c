// SPDX-License-Identifier: MIT OR Apache-2.0
//
// X25519 (RFC 7748): the Montgomery ladder over 2^255 - 19 in five 51-bit
// limbs, where carries are shifts and masks rather than compares. Argument:
// iterations of the RFC's test in section 5.2, which sets (k, u) to
// (X25519(k, u), k). The first iteration is checked against the RFC.

#include "guest.h"

static const struct expected EXPECTED[2] = {
    {1, 0xbcd727627a8e2c42},
    {150, 0x612e6c9c2cbceb73},
};

typedef struct {
    uint64_t v[5];
} num;

#define MASK ((1ull << 51) - 1)

static const uint8_t FIRST[32] = {
    0x42, 0x2c, 0x8e, 0x7a, 0x62, 0x27, 0xd7, 0xbc, 0xa1, 0x35, 0x0b, 0x3e, 0x2b, 0xb7, 0x27, 0x9f,
    0x78, 0x97, 0xb8, 0x7b, 0xb6, 0x85, 0x4b, 0x78, 0x3c, 0x60, 0xe8, 0x03, 0x11, 0xae, 0x30, 0x79,
};

static inline void add(num *r, const num *a, const num *b)
{
    for (int i = 0; i < 5; i++)
        r->v[i] = a->v[i] + b->v[i];
}

// Adds four times the prime first, so that no limb goes below zero.
static inline void sub(num *r, const num *a, const num *b)
{
    r->v[0] = a->v[0] + 4 * (MASK - 18) - b->v[0];
    for (int i = 1; i < 5; i++)
        r->v[i] = a->v[i] + 4 * MASK - b->v[i];
}

// Brings limbs of up to 2^115 back to little more than 51 bits.
static inline void carry(num *r, u128 t[5])
{
    uint64_t c;

    for (int i = 0; i < 4; i++)
        t[i + 1] += (uint64_t)(t[i] >> 51);
    c = (uint64_t)(t[4] >> 51);
    for (int i = 0; i < 5; i++)
        r->v[i] = (uint64_t)t[i] & MASK;
    r->v[0] += c * 19;
    c = r->v[0] >> 51;
    r->v[0] &= MASK;
    r->v[1] += c;
}

static NOINLINE void mul(num *r, const num *a, const num *b)
{
    u128 t[5];
    uint64_t b19[5];

    for (int i = 1; i < 5; i++)
        b19[i] = b->v[i] * 19;
    for (int k = 0; k < 5; k++) {
        t[k] = 0;
        for (int i = 0; i < 5; i++)
            t[k] += (u128)a->v[i] * (i <= k ? b->v[k - i] : b19[k - i + 5]);
    }
    carry(r, t);
}

static inline void mul_small(num *r, const num *a, uint64_t x)
{
    u128 t[5];

    for (int i = 0; i < 5; i++)
        t[i] = (u128)a->v[i] * x;
    carry(r, t);
}

// Raises to 2^255 - 21, whose bits are all set but two.
static void invert(num *r, const num *a)
{
    num t = *a;

    for (int i = 253; i >= 0; i--) {
        mul(&t, &t, &t);
        if (i != 2 && i != 4)
            mul(&t, &t, a);
    }
    *r = t;
}

static inline void swap_if(uint64_t bit, num *a, num *b)
{
    for (int i = 0; i < 5; i++) {
        uint64_t x = (a->v[i] ^ b->v[i]) & -bit;

        a->v[i] ^= x;
        b->v[i] ^= x;
    }
}

static void unpack(num *r, const uint8_t in[32])
{
    for (int i = 0; i < 5; i++) {
        int at = 51 * i;

        r->v[i] = 0;
        for (int j = 0; j < 51; j++, at++)
            r->v[i] |= (uint64_t)(in[at / 8] >> (at % 8) & 1) << j;
    }
}

static void pack(uint8_t out[32], const num *a)
{
    num t = *a;

    // Two passes leave a number below 2^255; the third subtracts the prime
    // where adding 19 would reach 2^255.
    for (int pass = 0; pass < 3; pass++) {
        uint64_t c = 0, q = 19;

        for (int i = 0; i < 5; i++)
            q = (t.v[i] + q) >> 51;
        if (pass == 2)
            c = 19 * q;
        for (int i = 0; i < 5; i++) {
            c += t.v[i];
            t.v[i] = c & MASK;
            c >>= 51;
        }
        if (pass < 2)
            t.v[0] += 19 * c;
    }
    store64(out, t.v[0] | t.v[1] << 51);
    store64(out + 8, t.v[1] >> 13 | t.v[2] << 38);
    store64(out + 16, t.v[2] >> 26 | t.v[3] << 25);
    store64(out + 24, t.v[3] >> 39 | t.v[4] << 12);
}

static void x25519(uint8_t out[32], const uint8_t scalar[32], const uint8_t point[32])
{
    num x1, x2 = {{1, 0, 0, 0, 0}}, z2 = {{0, 0, 0, 0, 0}}, x3, z3 = {{1, 0, 0, 0, 0}};
    uint64_t swapped = 0;

    unpack(&x1, point);
    x3 = x1;
    for (int i = 254; i >= 0; i--) {
        uint64_t bit = i == 254 ? 1 : i < 3 ? 0 : scalar[i / 8] >> (i % 8) & 1;
        num a, aa, b, bb, e, c, d;

        swap_if(swapped ^ bit, &x2, &x3);
        swap_if(swapped ^ bit, &z2, &z3);
        swapped = bit;
        add(&a, &x2, &z2);
        mul(&aa, &a, &a);
        sub(&b, &x2, &z2);
        mul(&bb, &b, &b);
        sub(&e, &aa, &bb);
        add(&c, &x3, &z3);
        sub(&d, &x3, &z3);
        mul(&d, &d, &a);
        mul(&c, &c, &b);
        add(&x3, &d, &c);
        mul(&x3, &x3, &x3);
        sub(&z3, &d, &c);
        mul(&z3, &z3, &z3);
        mul(&z3, &z3, &x1);
        mul(&x2, &aa, &bb);
        mul_small(&z2, &e, 121665);
        add(&z2, &z2, &aa);
        mul(&z2, &z2, &e);
    }
    swap_if(swapped, &x2, &x3);
    swap_if(swapped, &z2, &z3);
    invert(&z2, &z2);
    mul(&x2, &x2, &z2);
    pack(out, &x2);
}

int main(int argc, char **argv)
{
    uint64_t n = count_of(argc, argv, EXPECTED[0].count);
    uint8_t k[32], u[32], r[32];

    for (int i = 0; i < 32; i++)
        k[i] = u[i] = i == 0 ? 9 : 0;
    for (uint64_t i = 0; i < n; i++) {
        x25519(r, k, u);
        if (i == 0 && !equal(r, FIRST, 32))
            return 1;
        for (int j = 0; j < 32; j++) {
            u[j] = k[j];
            k[j] = r[j];
        }
    }
    return judge(n, load64(k), EXPECTED);
}
