// SPDX-License-Identifier: MIT OR Apache-2.0
//
// An interpreter of a small register bytecode: one dispatch through a jump
// table per bytecode instruction. Argument: iterations of a bytecode loop
// that takes greatest common divisors and mixes them into a small memory.
// Starts with bytecode that computes the 90th Fibonacci number.

#include "guest.h"

static const struct expected EXPECTED[2] = {
    {1200, 0x987dbcecec0ad88a},
    {100000, 0x878da294c8c5f26f},
};

enum op { HALT, LI, MOV, ADD, ADDI, MUL, REM, AND, XOR, SHRI, LD, ST, BZ, JMP };

typedef struct {
    uint8_t op, d, a, b;
} code;

static const code FIBONACCI[] = {
    [0] = {LI, 0, 90, 0},
    [1] = {LI, 1, 0, 0},
    [2] = {LI, 2, 1, 0},
    [3] = {BZ, 9, 0, 0},
    [4] = {ADD, 3, 1, 2},
    [5] = {MOV, 1, 2, 0},
    [6] = {MOV, 2, 3, 0},
    [7] = {ADDI, 0, 0, 255},
    [8] = {JMP, 3, 0, 0},
    [9] = {HALT, 0, 1, 0},
};

// Register 0 counts down; register 5 holds 720720, the least common multiple
// of 1 to 16.
static const code DIVISORS[] = {
    [0] = {BZ, 20, 0, 0},
    [1] = {MOV, 1, 0, 0},
    [2] = {MOV, 2, 5, 0},
    [3] = {BZ, 8, 2, 0},
    [4] = {REM, 6, 1, 2},
    [5] = {MOV, 1, 2, 0},
    [6] = {MOV, 2, 6, 0},
    [7] = {JMP, 3, 0, 0},
    [8] = {MUL, 3, 3, 4},
    [9] = {ADD, 3, 3, 1},
    [10] = {AND, 8, 0, 7},
    [11] = {LD, 9, 8, 0},
    [12] = {XOR, 9, 9, 3},
    [13] = {ST, 0, 8, 9},
    [14] = {SHRI, 9, 3, 7},
    [15] = {AND, 8, 9, 7},
    [16] = {LD, 9, 8, 0},
    [17] = {ADD, 3, 3, 9},
    [18] = {ADDI, 0, 0, 255},
    [19] = {JMP, 0, 0, 0},
    [20] = {HALT, 0, 3, 0},
};

static uint64_t memory[64];

static NOINLINE uint64_t interpret(const code *program, uint64_t r[16])
{
    const code *pc = program;

    for (;;) {
        code c = *pc++;

        switch (c.op) {
        case HALT:
            return r[c.a];
        case LI:
            r[c.d] = c.a;
            break;
        case MOV:
            r[c.d] = r[c.a];
            break;
        case ADD:
            r[c.d] = r[c.a] + r[c.b];
            break;
        case ADDI:
            r[c.d] = r[c.a] + (uint64_t)(int8_t)c.b;
            break;
        case MUL:
            r[c.d] = r[c.a] * r[c.b];
            break;
        case REM:
            r[c.d] = r[c.a] % r[c.b];
            break;
        case AND:
            r[c.d] = r[c.a] & r[c.b];
            break;
        case XOR:
            r[c.d] = r[c.a] ^ r[c.b];
            break;
        case SHRI:
            r[c.d] = r[c.a] >> (c.b & 63);
            break;
        case LD:
            r[c.d] = memory[r[c.a] & 63];
            break;
        case ST:
            memory[r[c.a] & 63] = r[c.b];
            break;
        case BZ:
            if (r[c.a] == 0)
                pc = program + c.d;
            break;
        case JMP:
            pc = program + c.d;
            break;
        default:
            return 0;
        }
    }
}

int main(int argc, char **argv)
{
    uint64_t n = count_of(argc, argv, EXPECTED[0].count);
    uint64_t r[16];

    for (int i = 0; i < 16; i++)
        r[i] = 0;
    if (interpret(FIBONACCI, r) != 2880067194370816120)
        return 1;
    r[0] = n;
    r[3] = 1;
    r[4] = 31;
    r[5] = 720720;
    r[7] = 63;
    return judge(n, interpret(DIVISORS, r), EXPECTED);
}
