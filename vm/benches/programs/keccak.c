// SPDX-License-Identifier: MIT OR Apache-2.0
//
// SHA3-256 (FIPS 202) on a Keccak-f[1600] whose lane moves are written out, so
// that most of the 25 lanes compete for registers. Argument: how many times a
// 200-byte message is hashed; each digest replaces the first 32 bytes of the
// next message. Starts with the published digest of "abc".

#include "guest.h"

static const struct expected EXPECTED[2] = {
    {200, 0x2aa6e8ebfa417d99},
    {14000, 0x91a7f87329f601f3},
};

static const uint64_t ROUND[24] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
    0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
    0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
    0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
    0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};

static const uint8_t ABC[32] = {
    0x3a, 0x98, 0x5d, 0xa7, 0x4f, 0xe2, 0x25, 0xb2, 0x04, 0x5c, 0x17, 0x2d, 0x6b, 0xd3, 0x90, 0xbd,
    0x85, 0x5f, 0x08, 0x6e, 0x3e, 0x9d, 0x52, 0x5b, 0x46, 0xbf, 0xe2, 0x45, 0x11, 0x43, 0x15, 0x32,
};

#define RATE 136

static NOINLINE void permute(uint64_t a[25])
{
    for (int round = 0; round < 24; round++) {
        uint64_t b[25], c[5], d[5];

        for (int x = 0; x < 5; x++)
            c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
        for (int x = 0; x < 5; x++)
            d[x] = c[(x + 4) % 5] ^ rotl64(c[(x + 1) % 5], 1);

        b[0] = a[0] ^ d[0];
        b[10] = rotl64(a[1] ^ d[1], 1);
        b[20] = rotl64(a[2] ^ d[2], 62);
        b[5] = rotl64(a[3] ^ d[3], 28);
        b[15] = rotl64(a[4] ^ d[4], 27);
        b[16] = rotl64(a[5] ^ d[0], 36);
        b[1] = rotl64(a[6] ^ d[1], 44);
        b[11] = rotl64(a[7] ^ d[2], 6);
        b[21] = rotl64(a[8] ^ d[3], 55);
        b[6] = rotl64(a[9] ^ d[4], 20);
        b[7] = rotl64(a[10] ^ d[0], 3);
        b[17] = rotl64(a[11] ^ d[1], 10);
        b[2] = rotl64(a[12] ^ d[2], 43);
        b[12] = rotl64(a[13] ^ d[3], 25);
        b[22] = rotl64(a[14] ^ d[4], 39);
        b[23] = rotl64(a[15] ^ d[0], 41);
        b[8] = rotl64(a[16] ^ d[1], 45);
        b[18] = rotl64(a[17] ^ d[2], 15);
        b[3] = rotl64(a[18] ^ d[3], 21);
        b[13] = rotl64(a[19] ^ d[4], 8);
        b[14] = rotl64(a[20] ^ d[0], 18);
        b[24] = rotl64(a[21] ^ d[1], 2);
        b[9] = rotl64(a[22] ^ d[2], 61);
        b[19] = rotl64(a[23] ^ d[3], 56);
        b[4] = rotl64(a[24] ^ d[4], 14);

        for (int y = 0; y < 25; y += 5)
            for (int x = 0; x < 5; x++)
                a[y + x] = b[y + x] ^ (~b[y + (x + 1) % 5] & b[y + (x + 2) % 5]);
        a[0] ^= ROUND[round];
    }
}

static void sha3_256(uint8_t digest[32], const uint8_t *msg, size_t len)
{
    uint64_t a[25];
    uint8_t block[RATE];

    for (int i = 0; i < 25; i++)
        a[i] = 0;
    for (; len >= RATE; msg += RATE, len -= RATE) {
        for (int i = 0; i < RATE / 8; i++)
            a[i] ^= load64(msg + 8 * i);
        permute(a);
    }
    for (size_t i = 0; i < RATE; i++)
        block[i] = i < len ? msg[i] : i == len ? 0x06 : 0;
    block[RATE - 1] |= 0x80;
    for (int i = 0; i < RATE / 8; i++)
        a[i] ^= load64(block + 8 * i);
    permute(a);
    for (int i = 0; i < 4; i++)
        store64(digest + 8 * i, a[i]);
}

int main(int argc, char **argv)
{
    uint64_t n = count_of(argc, argv, EXPECTED[0].count);
    uint8_t msg[200], digest[32];

    sha3_256(digest, (const uint8_t *)"abc", 3);
    if (!equal(digest, ABC, 32))
        return 1;
    for (int i = 0; i < 200; i++)
        msg[i] = (uint8_t)i;
    for (uint64_t i = 0; i < n; i++) {
        sha3_256(digest, msg, sizeof msg);
        for (int j = 0; j < 32; j++)
            msg[j] = digest[j];
    }
    return judge(n, load64(msg), EXPECTED);
}
