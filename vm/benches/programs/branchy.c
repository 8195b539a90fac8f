// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Short loops and hard branches: the sieve of Eratosthenes up to 10000 and the
// Collatz sequences of 200 consecutive numbers. Argument: rounds, each with
// the next 200 numbers. Checks the published counts: 1229 primes below 10000,
// and 27 reaching 1 after 111 steps.

#include "guest.h"

#define LIMIT 10000

static const struct expected EXPECTED[2] = {
    {5, 0xb0c2585a95b1ab7d},
    {400, 0x1c5f26351b125bae},
};

static uint8_t composite[LIMIT];

static NOINLINE unsigned sieve(uint64_t *sum)
{
    unsigned primes = 0;

    for (int i = 0; i < LIMIT; i++)
        composite[i] = 0;
    for (int i = 2; i < LIMIT; i++) {
        if (composite[i])
            continue;
        primes++;
        *sum = rotl64(*sum, 1) ^ (uint64_t)i;
        for (int j = i * i; j < LIMIT; j += i)
            composite[j] = 1;
    }
    return primes;
}

static NOINLINE unsigned collatz(uint64_t x)
{
    unsigned steps = 0;

    for (; x != 1; steps++) {
        if (x % 2 == 0)
            x /= 2;
        else
            x = 3 * x + 1;
    }
    return steps;
}

int main(int argc, char **argv)
{
    uint64_t n = count_of(argc, argv, EXPECTED[0].count);
    uint64_t sum = 0;

    if (collatz(27) != 111)
        return 1;
    for (uint64_t round = 0; round < n; round++) {
        if (sieve(&sum) != 1229)
            return 1;
        for (uint64_t x = 200 * round + 1; x <= 200 * round + 200; x++)
            sum = rotl64(sum, 3) + collatz(x);
    }
    return judge(n, sum, EXPECTED);
}
