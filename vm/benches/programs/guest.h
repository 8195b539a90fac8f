// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What every program shares: its count argument, its checksum and its verdict.
// Nothing here needs a C library, so the same source builds for the guest and,
// with NATIVE defined, for the host.

#ifndef GUEST_H
#define GUEST_H

#ifdef NATIVE
#define _POSIX_C_SOURCE 199309L
#include <stdio.h>
#include <time.h>
#endif

#include <stddef.h>
#include <stdint.h>

#define NOINLINE __attribute__((noinline))

typedef unsigned __int128 u128;

// A count and the checksum the program has to reach with it.
struct expected {
    uint64_t count;
    uint64_t sum;
};

// Returns argv[1] as a decimal number, or `fallback` when there is none.
static inline uint64_t count_of(int argc, char **argv, uint64_t fallback)
{
    uint64_t n = 0;

    if (argc < 2)
        return fallback;
    for (const char *p = argv[1]; *p >= '0' && *p <= '9'; p++)
        n = n * 10 + (uint64_t)(*p - '0');
    return n;
}

// Returns the exit code: 1 when `sum` is not the one listed for `count`. A
// count that is not listed has no known checksum and passes.
static inline int judge(uint64_t count, uint64_t sum, const struct expected list[2])
{
    for (int i = 0; i < 2; i++) {
        if (list[i].count == count && list[i].sum != sum) {
#ifdef NATIVE
            fprintf(stderr, "count %llu: sum 0x%016llx, expected 0x%016llx\n",
                    (unsigned long long)count, (unsigned long long)sum,
                    (unsigned long long)list[i].sum);
#endif
            return 1;
        }
    }
    return 0;
}

static inline uint64_t rotl64(uint64_t x, unsigned n)
{
    return x << (n & 63) | x >> (-n & 63);
}

// Reads eight bytes, lowest first, at any alignment.
static inline uint64_t load64(const uint8_t *p)
{
    uint64_t x = 0;

    for (int i = 0; i < 8; i++)
        x |= (uint64_t)p[i] << (8 * i);
    return x;
}

static inline void store64(uint8_t *p, uint64_t x)
{
    for (int i = 0; i < 8; i++)
        p[i] = (uint8_t)(x >> (8 * i));
}

static inline int equal(const uint8_t *a, const uint8_t *b, size_t len)
{
    uint8_t diff = 0;

    for (size_t i = 0; i < len; i++)
        diff |= a[i] ^ b[i];
    return diff == 0;
}

// Advances a xorshift64 generator (Marsaglia, 2003: shifts 13, 7, 17).
static inline uint64_t next_random(uint64_t *state)
{
    uint64_t x = *state;

    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    *state = x;
    return x;
}

#ifdef NATIVE

static int program(int argc, char **argv);

// Runs the program and prints how many nanoseconds that took. A guest's time is
// measured by its host, without loading; so is this, without starting the process.
int main(int argc, char **argv)
{
    struct timespec start, end;

    clock_gettime(CLOCK_MONOTONIC, &start);
    int code = program(argc, argv);
    clock_gettime(CLOCK_MONOTONIC, &end);
    printf("%lld\n", (long long)(end.tv_sec - start.tv_sec) * 1000000000 +
                         (end.tv_nsec - start.tv_nsec));
    return code;
}

#define main program

#endif

#endif
