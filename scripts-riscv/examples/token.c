// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A type script: tokens of an issuer. The data of a cell begins with its amount, 16
// bytes, lowest first. No more tokens come out of a transaction than went in, unless
// the issuer takes part: its arguments are the hash of the issuer's lock, and an
// input with that lock may issue what it likes.
//
// Exits with 1 if the arguments are no hash, with 2 if a cell has no amount, with 3
// if a sum exceeds 128 bits, and with 4 if more comes out than went in.

#include "script.h"

typedef unsigned __int128 amount;

static int is_issuer_present(const uint8_t issuer[HASH_LEN])
{
    uint8_t lock[HASH_LEN];

    for (uint64_t i = 0; load_cell_hash(lock, i, SOURCE_INPUT, CELL_LOCK_HASH) == 0; i++) {
        if (equal(lock, issuer, HASH_LEN))
            return 1;
    }
    return 0;
}

// Adds up the amounts of one side of the group. Returns an exit code.
static int add_up(uint64_t source, amount *sum)
{
    amount cell;
    uint64_t len = sizeof cell;

    *sum = 0;
    for (uint64_t i = 0; load_cell_data(&cell, &len, 0, i, source) == RETURN_SUCCESS; i++) {
        if (len < sizeof cell)
            return 2;
        if (__builtin_add_overflow(*sum, cell, sum))
            return 3;
        len = sizeof cell;
    }
    return 0;
}

int main(void)
{
    uint8_t issuer[HASH_LEN];
    uint64_t len = HASH_LEN;
    amount in, out;
    int code;

    load_args(issuer, &len);
    if (len != HASH_LEN)
        return 1;
    if (is_issuer_present(issuer))
        return 0;
    if ((code = add_up(SOURCE_GROUP_INPUT, &in)) != 0)
        return code;
    if ((code = add_up(SOURCE_GROUP_OUTPUT, &out)) != 0)
        return code;
    return out > in ? 4 : 0;
}
