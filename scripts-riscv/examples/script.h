// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What the example scripts share besides syscalls.

#ifndef SCRIPT_H
#define SCRIPT_H

#include <verdict.h>

static inline int equal(const uint8_t *a, const uint8_t *b, uint64_t len)
{
    for (uint64_t i = 0; i < len; i++) {
        if (a[i] != b[i])
            return 0;
    }
    return 1;
}

// Finds the cell dep whose data has a hash: a program. Returns 0 if there is none.
static inline int find_dep(const uint8_t data_hash[HASH_LEN], struct program *found)
{
    uint8_t hash[HASH_LEN];

    *found = (struct program){.source = SOURCE_CELL_DEP, .place = PLACE_CELL_DATA};
    for (; load_cell_hash(hash, found->index, SOURCE_CELL_DEP, CELL_DATA_HASH) == RETURN_SUCCESS;
         found->index++) {
        if (equal(hash, data_hash, HASH_LEN))
            return 1;
    }
    return 0;
}

#endif
