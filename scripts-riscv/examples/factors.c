// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A program to be executed by others: are the second and third argument factors of
// the first? One and the number itself do not count.
//
// Exits with 11 if there are not three arguments, with 12 if one of them is no
// decimal number of at most 64 bits, and with 13 if they are no factors.

#include "script.h"

// Reads a decimal number. Returns 0 if it is none.
static int parse(const char *text, uint64_t *number)
{
    *number = 0;
    if (*text == '\0')
        return 0;
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9')
            return 0;
        if (__builtin_mul_overflow(*number, 10, number) ||
            __builtin_add_overflow(*number, (uint64_t)(*text - '0'), number))
            return 0;
    }
    return 1;
}

int main(int argc, char **argv)
{
    uint64_t product, a, b, found;

    if (argc != 3)
        return 11;
    if (!parse(argv[0], &product) || !parse(argv[1], &a) || !parse(argv[2], &b))
        return 12;
    if (a < 2 || b < 2 || __builtin_mul_overflow(a, b, &found) || found != product)
        return 13;
    return 0;
}
