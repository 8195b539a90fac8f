// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What the example scripts share: the syscalls they make, with their numbers, and
// small helpers. There is no C library.

#ifndef SCRIPT_H
#define SCRIPT_H

#include <stddef.h>
#include <stdint.h>

// Syscalls.
#define SYS_EXEC 2043
#define SYS_LOAD_SCRIPT 2052
#define SYS_LOAD_WITNESS 2074
#define SYS_LOAD_CELL_BY_FIELD 2081
#define SYS_LOAD_CELL_DATA 2092
#define SYS_SPAWN 2601
#define SYS_WAIT 2602
#define SYS_PIPE 2604
#define SYS_WRITE 2605
#define SYS_READ 2606
#define SYS_INHERITED_FD 2607
#define SYS_CLOSE 2608

// What they return.
#define RETURN_SUCCESS 0
#define RETURN_INDEX_OUT_OF_BOUND 1
#define RETURN_OTHER_END_CLOSED 7

// What an index counts in.
#define SOURCE_INPUT 1
#define SOURCE_CELL_DEP 3
#define SOURCE_GROUP_INPUT 0x0100000000000001
#define SOURCE_GROUP_OUTPUT 0x0100000000000002

// Parts of a cell.
#define CELL_DATA_HASH 1
#define CELL_LOCK_HASH 3

// Where programs are.
#define PLACE_CELL_DATA 0

#define HASH_LEN 32

static inline uint64_t syscall(uint64_t number, uint64_t arg0, uint64_t arg1, uint64_t arg2,
                               uint64_t arg3, uint64_t arg4, uint64_t arg5)
{
    register uint64_t a0 __asm__("a0") = arg0;
    register uint64_t a1 __asm__("a1") = arg1;
    register uint64_t a2 __asm__("a2") = arg2;
    register uint64_t a3 __asm__("a3") = arg3;
    register uint64_t a4 __asm__("a4") = arg4;
    register uint64_t a5 __asm__("a5") = arg5;
    register uint64_t a7 __asm__("a7") = number;

    __asm__ volatile("ecall"
                     : "+r"(a0)
                     : "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5), "r"(a7)
                     : "memory");
    return a0;
}

// The load syscalls take the room at `to` in `*len` and leave there how much there is
// from `offset` on, which may be more.

static inline uint64_t load_script(void *to, uint64_t *len, uint64_t offset)
{
    return syscall(SYS_LOAD_SCRIPT, (uint64_t)to, (uint64_t)len, offset, 0, 0, 0);
}

static inline uint64_t load_witness(void *to, uint64_t *len, uint64_t index, uint64_t source)
{
    return syscall(SYS_LOAD_WITNESS, (uint64_t)to, (uint64_t)len, 0, index, source, 0);
}

static inline uint64_t load_cell_data(void *to, uint64_t *len, uint64_t index, uint64_t source)
{
    return syscall(SYS_LOAD_CELL_DATA, (uint64_t)to, (uint64_t)len, 0, index, source, 0);
}

// Loads a hash of a cell.
static inline uint64_t load_cell_hash(uint8_t to[HASH_LEN], uint64_t index, uint64_t source,
                                      uint64_t field)
{
    uint64_t len = HASH_LEN;

    return syscall(SYS_LOAD_CELL_BY_FIELD, (uint64_t)to, (uint64_t)&len, 0, index, source, field);
}

// Replaces this program by a whole cell dep; does not return if it can.
static inline uint64_t exec(uint64_t dep, uint64_t argc, const char *const *argv)
{
    return syscall(SYS_EXEC, dep, SOURCE_CELL_DEP, PLACE_CELL_DATA, 0, argc, (uint64_t)argv);
}

struct spawn_args {
    uint64_t argc;
    const char *const *argv;
    uint64_t *process_id;
    // The ends of pipes that the child gets, and a zero behind them.
    const uint64_t *fds;
};

// Starts a whole cell dep as a child.
static inline uint64_t spawn(uint64_t dep, const struct spawn_args *args)
{
    return syscall(SYS_SPAWN, dep, SOURCE_CELL_DEP, PLACE_CELL_DATA, 0, (uint64_t)args, 0);
}

static inline uint64_t wait(uint64_t process_id, int8_t *exit_code)
{
    return syscall(SYS_WAIT, process_id, (uint64_t)exit_code, 0, 0, 0, 0);
}

// Makes a pipe: its end to read from, then its end to write to.
static inline uint64_t pipe(uint64_t ends[2])
{
    return syscall(SYS_PIPE, (uint64_t)ends, 0, 0, 0, 0, 0);
}

static inline uint64_t write(uint64_t fd, const void *from, uint64_t *len)
{
    return syscall(SYS_WRITE, fd, (uint64_t)from, (uint64_t)len, 0, 0, 0);
}

static inline uint64_t read(uint64_t fd, void *to, uint64_t *len)
{
    return syscall(SYS_READ, fd, (uint64_t)to, (uint64_t)len, 0, 0, 0);
}

static inline uint64_t inherited_fds(uint64_t *fds, uint64_t *count)
{
    return syscall(SYS_INHERITED_FD, (uint64_t)fds, (uint64_t)count, 0, 0, 0, 0);
}

static inline uint64_t close(uint64_t fd)
{
    return syscall(SYS_CLOSE, fd, 0, 0, 0, 0, 0);
}

static inline int equal(const uint8_t *a, const uint8_t *b, uint64_t len)
{
    for (uint64_t i = 0; i < len; i++) {
        if (a[i] != b[i])
            return 0;
    }
    return 1;
}

// Loads the arguments of the running script, as the load syscalls do. A script is a
// molecule table: its size and the offsets of its three fields, the last of which
// are the arguments, bytes with their number in front.
static inline uint64_t load_args(void *to, uint64_t *len)
{
    uint32_t head[4];
    uint64_t head_len = sizeof head;

    load_script(head, &head_len, 0);
    return load_script(to, len, head[3] + sizeof(uint32_t));
}

// Finds the cell dep whose data has a hash. Returns 0 if there is none.
static inline int find_dep(const uint8_t data_hash[HASH_LEN], uint64_t *index)
{
    uint8_t found[HASH_LEN];

    for (*index = 0; load_cell_hash(found, *index, SOURCE_CELL_DEP, CELL_DATA_HASH) == 0;
         ++*index) {
        if (equal(found, data_hash, HASH_LEN))
            return 1;
    }
    return 0;
}

#endif
