// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A lock that leaves the decision to another program, which it replaces itself by.
// Its arguments are the data hash of that program and a text. The program gets the
// text as its first argument, and the words of the witness as the others.
//
// Exits with 1 if the arguments or the witness are missing or too long, with 2 if no
// cell dep has the program; else as the program exits.

#include "script.h"

#define MAX_LEN 128
#define MAX_WORDS 8

// Splits `text` at its spaces. Returns the number of words.
static uint64_t split(char *text, const char *words[MAX_WORDS])
{
    uint64_t count = 0;

    while (count < MAX_WORDS) {
        words[count++] = text;
        while (*text != ' ') {
            if (*text++ == '\0')
                return count;
        }
        *text++ = '\0';
    }
    return count;
}

int main(void)
{
    uint8_t args[MAX_LEN];
    char witness[MAX_LEN];
    const char *argv[1 + MAX_WORDS];
    uint64_t args_len = MAX_LEN, witness_len = MAX_LEN;
    struct program dep;

    load_args(args, &args_len);
    if (load_witness(witness, &witness_len, 0, 0, SOURCE_GROUP_INPUT) != RETURN_SUCCESS)
        return 1;
    if (args_len < HASH_LEN || args_len >= MAX_LEN || witness_len >= MAX_LEN)
        return 1;
    if (!find_dep(args, &dep))
        return 2;
    args[args_len] = '\0';
    witness[witness_len] = '\0';
    argv[0] = (const char *)args + HASH_LEN;
    return (int)exec(&dep, 1 + split(witness, argv + 1), argv);
}
