// SPDX-License-Identifier: MIT OR Apache-2.0
//
// A lock that has a child do its work. Its arguments are the data hash of the child's
// program and the answer it expects, eight bytes. It sends the witness to the child
// through one pipe, and reads the answer from another.
//
// Exits with 1 if the arguments or the witness are missing or too long, with 2 if no
// cell dep has the program, with 3 if the child fails, with 4 if the answer is another
// one, and with 20 more than what a syscall returns that fails.

#include "script.h"

#define ANSWER_LEN 8
#define MAX_LEN 256

#define TRY(call)                                                                                  \
    do {                                                                                           \
        uint64_t returned = (call);                                                                \
        if (returned != RETURN_SUCCESS)                                                            \
            return (int)(20 + returned);                                                           \
    } while (0)

int main(void)
{
    uint8_t args[HASH_LEN + ANSWER_LEN], witness[MAX_LEN], answer[ANSWER_LEN];
    uint64_t args_len = sizeof args, witness_len = MAX_LEN, answer_len = ANSWER_LEN;
    uint64_t child, question[2], reply[2];
    struct program dep;
    int8_t code;

    load_args(args, &args_len);
    if (load_witness(witness, &witness_len, 0, 0, SOURCE_GROUP_INPUT) != RETURN_SUCCESS)
        return 1;
    if (args_len != sizeof args || witness_len > MAX_LEN)
        return 1;
    if (!find_dep(args, &dep))
        return 2;

    TRY(pipe(question));
    TRY(pipe(reply));
    const uint64_t fds[3] = {question[0], reply[1], 0};
    const struct spawn_args how = {.argc = 0, .argv = NULL, .process_id = &child, .fds = fds};
    TRY(spawn(&dep, &how));
    TRY(write(question[1], witness, &witness_len));
    // The child reads until there is nobody to write.
    TRY(close(question[1]));
    TRY(read(reply[0], answer, &answer_len));
    TRY(wait(child, &code));
    if (code != 0)
        return 3;
    return answer_len == ANSWER_LEN && equal(answer, args + HASH_LEN, ANSWER_LEN) ? 0 : 4;
}
