// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A lock for examples: accepts if the first witness of its group is what its
// arguments are. Everyone can read the arguments, so it guards nothing.
//
// Exits with 1 if the witness is missing or another one, with 2 if arguments or
// witness are longer than 64 bytes.

#include "script.h"

#define MAX_LEN 64

int main(void)
{
    uint8_t args[MAX_LEN], witness[MAX_LEN];
    uint64_t args_len = MAX_LEN, witness_len = MAX_LEN;

    load_args(args, &args_len);
    if (load_witness(witness, &witness_len, 0, 0, SOURCE_GROUP_INPUT) != RETURN_SUCCESS)
        return 1;
    if (args_len > MAX_LEN || witness_len > MAX_LEN)
        return 2;
    return args_len != witness_len || !equal(args, witness, args_len);
}
