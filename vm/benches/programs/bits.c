// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Bit manipulation: counts, rotations, byte and bit reversal, single bits,
// minima and maxima, narrow extensions; for the guest most of it is one
// Zba, Zbb or Zbs instruction each. Argument: pseudorandom words to work on.
// Starts by comparing the counting operations with loops over single bits.

#include "guest.h"

static const struct expected EXPECTED[2] = {
    {20000, 0x3662e711f2e75c74},
    {2400000, 0xb34c6983d9abf29a},
};

static uint64_t reverse_bits(uint64_t x)
{
    x = (x >> 1 & 0x5555555555555555) | (x & 0x5555555555555555) << 1;
    x = (x >> 2 & 0x3333333333333333) | (x & 0x3333333333333333) << 2;
    x = (x >> 4 & 0x0f0f0f0f0f0f0f0f) | (x & 0x0f0f0f0f0f0f0f0f) << 4;
    return __builtin_bswap64(x);
}

static inline uint64_t min(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static inline int64_t max_signed(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static inline uint32_t rotr32(uint32_t x, unsigned n)
{
    return x >> (n & 31) | x << (-n & 31);
}

static int counts_agree(uint64_t x)
{
    int ones = 0, leading = 0, trailing = 0;

    for (int i = 0; i < 64; i++)
        ones += x >> i & 1;
    while (!(x << leading >> 63))
        leading++;
    while (!(x >> trailing & 1))
        trailing++;
    return ones == __builtin_popcountll(x) && leading == __builtin_clzll(x) &&
           trailing == __builtin_ctzll(x) && reverse_bits(reverse_bits(x)) == x;
}

static NOINLINE uint64_t work(uint64_t x, uint64_t sum)
{
    uint64_t a = x & ~sum, b = sum | ~x, c = ~(x ^ sum);
    unsigned at = (unsigned)(x >> 58);

    sum += (uint64_t)__builtin_popcountll(a) + (uint64_t)__builtin_popcount((uint32_t)b);
    sum ^= rotl64(c, (unsigned)__builtin_clzll(x | 1));
    sum += rotr32((uint32_t)x, (unsigned)__builtin_ctzll(x | 1ull << 63));
    sum ^= reverse_bits(x);
    sum = (sum | 1ull << at) & ~(1ull << (at ^ 21));
    sum ^= 1ull << (at ^ 42);
    sum += x >> (at ^ 7) & 1;
    sum = min(sum, b) ^ (uint64_t)max_signed((int64_t)sum, (int64_t)a);
    sum += (uint64_t)(int8_t)x + (uint64_t)(int16_t)a + (uint16_t)b;
    sum += (sum << 1) + (uint64_t)(uint32_t)x * 4;
    sum ^= rotl64(x, 13) ^ __builtin_bswap64(sum) ^ (uint64_t)__builtin_clz((uint32_t)x | 1);
    return sum;
}

int main(int argc, char **argv)
{
    uint64_t n = count_of(argc, argv, EXPECTED[0].count);
    uint64_t seed = 88172645463325252, sum = 0;

    for (int i = 0; i < 64; i++)
        if (!counts_agree(next_random(&seed) << i % 8 | 1ull << i))
            return 1;
    for (uint64_t i = 0; i < n; i++)
        sum = work(next_random(&seed), sum);
    return judge(n, sum, EXPECTED);
}
