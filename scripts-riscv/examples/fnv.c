// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A program to be spawned by others: reads bytes from the first pipe that it gets
// until its other end is closed, and writes their hash into the second, eight bytes.
// The hash is FNV-1a (Fowler, Noll and Vo) of 64 bits; it is no cryptographic one.
//
// Exits with 1 if it does not get two pipes, with 2 if they cannot be used.

#include "script.h"

int main(void)
{
    uint64_t fds[2], count = 2;
    uint64_t hash = 0xcbf29ce484222325;
    uint64_t len = sizeof hash;

    if (inherited_fds(fds, &count) != RETURN_SUCCESS || count != 2)
        return 1;
    for (;;) {
        uint8_t piece[32];
        uint64_t piece_len = sizeof piece;
        uint64_t returned = read(fds[0], piece, &piece_len);

        // A read that waits when the other end is closed ends with nothing.
        if (returned == RETURN_OTHER_END_CLOSED || (returned == RETURN_SUCCESS && piece_len == 0))
            break;
        if (returned != RETURN_SUCCESS)
            return 2;
        for (uint64_t i = 0; i < piece_len; i++)
            hash = (hash ^ piece[i]) * 0x100000001b3;
    }
    return write(fds[1], &hash, &len) == RETURN_SUCCESS && len == sizeof hash ? 0 : 2;
}
