// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Calls and returns: Fibonacci numbers, Ackermann's function, the queens
// problem, and a walk that recurses 8192 frames deep (well inside the machine's
// 1 MiB stack). Argument: rounds. The counts are the published ones:
// F(16) = 987, A(2, 40) = 83, 40 ways to place seven queens.

#include "guest.h"

#define DEPTH 8192

static const struct expected EXPECTED[2] = {
    {4, 0xc9de8590e33e88a3},
    {500, 0x5b100b204964b58e},
};

struct node {
    struct node *next;
    uint64_t value;
};

static struct node chain[DEPTH];

static NOINLINE uint64_t fibonacci(uint64_t n)
{
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

static NOINLINE uint64_t ackermann(uint64_t m, uint64_t n)
{
    if (m == 0)
        return n + 1;
    if (n == 0)
        return ackermann(m - 1, 1);
    return ackermann(m - 1, ackermann(m, n - 1));
}

// Counts the ways to fill the remaining rows, given the columns and diagonals
// under attack.
static NOINLINE uint64_t queens(unsigned all, unsigned columns, unsigned left, unsigned right)
{
    uint64_t ways = 0;

    if (columns == all)
        return 1;
    for (unsigned open = all & ~(columns | left | right); open != 0; open &= open - 1) {
        unsigned queen = open & -open;

        ways += queens(all, columns | queen, (left | queen) << 1, (right | queen) >> 1);
    }
    return ways;
}

static NOINLINE uint64_t walk(const struct node *node)
{
    return node ? rotl64(walk(node->next), 5) ^ node->value : 1;
}

int main(int argc, char **argv)
{
    uint64_t n = count_of(argc, argv, EXPECTED[0].count);
    uint64_t seed = 88172645463325252, sum = 0;

    for (int i = 0; i < DEPTH; i++)
        chain[i].next = i + 1 < DEPTH ? &chain[i + 1] : NULL;
    for (uint64_t round = 0; round < n; round++) {
        if (fibonacci(16) != 987 || ackermann(2, 40) != 83 || queens(127, 0, 0, 0) != 40)
            return 1;
        for (int i = 0; i < DEPTH; i++)
            chain[i].value = next_random(&seed);
        sum = rotl64(sum, 1) ^ walk(chain);
    }
    return judge(n, sum, EXPECTED);
}
