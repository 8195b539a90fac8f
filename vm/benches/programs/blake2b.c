// SPDX-License-Identifier: MIT OR Apache-2.0
//
// BLAKE2b (RFC 7693) with a 32-byte digest and CKB's personalization
// "ckb-default-hash". Argument: how many times a 200-byte message is hashed;
// each digest replaces the first 32 bytes of the next message. Starts with the
// RFC's 64-byte digest of "abc" and CKB's digest of the empty message.

#include "guest.h"

static const struct expected EXPECTED[2] = {
    {200, 0xf2ecd5f9b72baaf8},
    {20000, 0x455c745ec05a39c4},
};

static const uint64_t IV[8] = {
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
    0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
};

static const uint8_t SIGMA[10][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
    {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
    {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
    {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
    {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
};

static const uint8_t ABC[64] = {
    0xba, 0x80, 0xa5, 0x3f, 0x98, 0x1c, 0x4d, 0x0d, 0x6a, 0x27, 0x97, 0xb6, 0x9f, 0x12, 0xf6, 0xe9,
    0x4c, 0x21, 0x2f, 0x14, 0x68, 0x5a, 0xc4, 0xb7, 0x4b, 0x12, 0xbb, 0x6f, 0xdb, 0xff, 0xa2, 0xd1,
    0x7d, 0x87, 0xc5, 0x39, 0x2a, 0xab, 0x79, 0x2d, 0xc2, 0x52, 0xd5, 0xde, 0x45, 0x33, 0xcc, 0x95,
    0x18, 0xd3, 0x8a, 0xa8, 0xdb, 0xf1, 0x92, 0x5a, 0xb9, 0x23, 0x86, 0xed, 0xd4, 0x00, 0x99, 0x23,
};

static const uint8_t CKB_EMPTY[32] = {
    0x44, 0xf4, 0xc6, 0x97, 0x44, 0xd5, 0xf8, 0xc5, 0x5d, 0x64, 0x20, 0x62, 0x94, 0x9d, 0xca, 0xe4,
    0x9b, 0xc4, 0xe7, 0xef, 0x43, 0xd3, 0x88, 0xc5, 0xa1, 0x2f, 0x42, 0xb5, 0x63, 0x3d, 0x16, 0x3e,
};

static const uint8_t NONE[16];

static inline void mix(uint64_t v[16], int a, int b, int c, int d, uint64_t x, uint64_t y)
{
    v[a] += v[b] + x;
    v[d] = rotl64(v[d] ^ v[a], 32);
    v[c] += v[d];
    v[b] = rotl64(v[b] ^ v[c], 40);
    v[a] += v[b] + y;
    v[d] = rotl64(v[d] ^ v[a], 48);
    v[c] += v[d];
    v[b] = rotl64(v[b] ^ v[c], 1);
}

static NOINLINE void compress(uint64_t h[8], const uint8_t block[128], uint64_t offset, int last)
{
    uint64_t v[16], m[16];

    for (int i = 0; i < 16; i++)
        m[i] = load64(block + 8 * i);
    for (int i = 0; i < 8; i++) {
        v[i] = h[i];
        v[i + 8] = IV[i];
    }
    v[12] ^= offset;
    v[14] = last ? ~v[14] : v[14];
    for (int round = 0; round < 12; round++) {
        const uint8_t *s = SIGMA[round % 10];

        mix(v, 0, 4, 8, 12, m[s[0]], m[s[1]]);
        mix(v, 1, 5, 9, 13, m[s[2]], m[s[3]]);
        mix(v, 2, 6, 10, 14, m[s[4]], m[s[5]]);
        mix(v, 3, 7, 11, 15, m[s[6]], m[s[7]]);
        mix(v, 0, 5, 10, 15, m[s[8]], m[s[9]]);
        mix(v, 1, 6, 11, 12, m[s[10]], m[s[11]]);
        mix(v, 2, 7, 8, 13, m[s[12]], m[s[13]]);
        mix(v, 3, 4, 9, 14, m[s[14]], m[s[15]]);
    }
    for (int i = 0; i < 8; i++)
        h[i] ^= v[i] ^ v[i + 8];
}

static void blake2b(uint8_t *digest, size_t digest_len, const uint8_t person[16],
                    const uint8_t *msg, size_t len)
{
    uint64_t h[8], offset = 0;
    uint8_t block[128];

    for (int i = 0; i < 8; i++)
        h[i] = IV[i];
    h[0] ^= 0x01010000 ^ digest_len;
    h[6] ^= load64(person);
    h[7] ^= load64(person + 8);
    for (; len > 128; msg += 128, len -= 128) {
        offset += 128;
        compress(h, msg, offset, 0);
    }
    for (size_t i = 0; i < 128; i++)
        block[i] = i < len ? msg[i] : 0;
    compress(h, block, offset + len, 1);
    for (size_t i = 0; i < digest_len; i++)
        digest[i] = (uint8_t)(h[i / 8] >> (8 * (i % 8)));
}

int main(int argc, char **argv)
{
    const uint8_t *ckb = (const uint8_t *)"ckb-default-hash";
    uint64_t n = count_of(argc, argv, EXPECTED[0].count);
    uint8_t msg[200], digest[64];

    blake2b(digest, 64, NONE, (const uint8_t *)"abc", 3);
    if (!equal(digest, ABC, 64))
        return 1;
    blake2b(digest, 32, ckb, NONE, 0);
    if (!equal(digest, CKB_EMPTY, 32))
        return 1;
    for (int i = 0; i < 200; i++)
        msg[i] = (uint8_t)i;
    for (uint64_t i = 0; i < n; i++) {
        blake2b(digest, 32, ckb, msg, sizeof msg);
        for (int j = 0; j < 32; j++)
            msg[j] = digest[j];
    }
    return judge(n, load64(msg), EXPECTED);
}
