/* SPDX-License-Identifier: MIT OR Apache-2.0
 *
 * A script that runs itself in many processes: more than can have a machine at a time.
 *
 * The root starts six children, each with the end of a pipe to read from, writes to each, waits
 * for all, and puts itself in its own place with two arguments: then it exits. With version 1,
 * which has no processes, it does the last alone. */

typedef unsigned long u64;

#define CHILDREN 6
#define CELL_DEP 3
#define BYTES 100

static u64 syscall(u64 number, u64 arg0, u64 arg1, u64 arg2, u64 arg3, u64 arg4, u64 arg5) {
    register u64 a0 __asm__("a0") = arg0;
    register u64 a1 __asm__("a1") = arg1;
    register u64 a2 __asm__("a2") = arg2;
    register u64 a3 __asm__("a3") = arg3;
    register u64 a4 __asm__("a4") = arg4;
    register u64 a5 __asm__("a5") = arg5;
    register u64 a7 __asm__("a7") = number;
    __asm__ volatile("ecall"
                     : "+r"(a0)
                     : "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5), "r"(a7)
                     : "memory");
    return a0;
}

#define NOINLINE __attribute__((noinline))

static const char *const words[] = {"one", "two"};

struct spawn {
    u64 argc;
    const char *const *argv;
    u64 *process_id;
    const u64 *fds;
};

NOINLINE u64 start_child(u64 ends[2], u64 *child) {
    if (syscall(2604, (u64)ends, 0, 0, 0, 0, 0) != 0) {
        return 1;
    }
    const u64 fds[2] = {ends[0], 0};
    const struct spawn how = {1, words, child, fds};
    return syscall(2601, 0, CELL_DEP, 0, 0, (u64)&how, 0);
}

NOINLINE u64 child(void) {
    u64 fd[1], count = 1, len = BYTES;
    char bytes[BYTES];
    if (syscall(2607, (u64)fd, (u64)&count, 0, 0, 0, 0) != 0 || count != 1) {
        return 1;
    }
    return syscall(2606, fd[0], (u64)bytes, (u64)&len, 0, 0, 0);
}

NOINLINE u64 root(void) {
    u64 ends[CHILDREN][2], children[CHILDREN], len;
    static char bytes[BYTES];
    signed char code;
    if (syscall(2041, 0, 0, 0, 0, 0, 0) == 2) {
        for (int i = 0; i < CHILDREN; i++) {
            if (start_child(ends[i], &children[i]) != 0) {
                return 2;
            }
        }
        for (int i = 0; i < CHILDREN; i++) {
            len = BYTES;
            if (syscall(2605, ends[i][1], (u64)bytes, (u64)&len, 0, 0, 0) != 0) {
                return 3;
            }
            if (syscall(2602, children[i], (u64)&code, 0, 0, 0, 0) != 0 || code != 0) {
                return 4;
            }
        }
    }
    syscall(2043, 0, CELL_DEP, 0, 0, 2, (u64)words);
    return 5;
}

__attribute__((noreturn)) void begin(const u64 *stack) {
    u64 code = stack[0] == 0 ? root() : stack[0] == 1 ? child() : 0;
    for (;;) {
        syscall(93, code, 0, 0, 0, 0, 0);
    }
}

__attribute__((noreturn, naked)) void _start(void) {
    __asm__ volatile("mv a0, sp\n\tcall begin\n\t");
}
