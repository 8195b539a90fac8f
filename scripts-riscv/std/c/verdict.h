// SPDX-License-Identifier: MIT OR Apache-2.0
//
// What a script in C needs to run on chain: the syscalls, with their numbers. What they
// do is told by RFC 0009, RFC 0034 and RFC 0050. There is no C library; `memcpy`,
// `memmove`, `memset` and `memcmp` are there because compilers call them.
//
// `main` may take `int argc, char **argv`, which are those of `exec` or `spawn` of
// another script, and returns the exit code, of which the low byte counts: 0 accepts.
//
// A syscall returns one of `RETURN_…`. Those that load take the room at `to` in `*len`
// and leave there how many bytes there are from `offset` on, which may be more. That some
// version of the machine lacks a syscall is said beside it.

#ifndef VERDICT_H
#define VERDICT_H

#include <stddef.h>
#include <stdint.h>

// Syscalls.
#define SYS_EXIT 93
#define SYS_VM_VERSION 2041
#define SYS_CURRENT_CYCLES 2042
#define SYS_EXEC 2043
#define SYS_LOAD_TRANSACTION 2051
#define SYS_LOAD_SCRIPT 2052
#define SYS_LOAD_TX_HASH 2061
#define SYS_LOAD_SCRIPT_HASH 2062
#define SYS_LOAD_CELL 2071
#define SYS_LOAD_HEADER 2072
#define SYS_LOAD_INPUT 2073
#define SYS_LOAD_WITNESS 2074
#define SYS_LOAD_CELL_BY_FIELD 2081
#define SYS_LOAD_HEADER_BY_FIELD 2082
#define SYS_LOAD_INPUT_BY_FIELD 2083
#define SYS_LOAD_CELL_DATA_AS_CODE 2091
#define SYS_LOAD_CELL_DATA 2092
#define SYS_LOAD_BLOCK_EXTENSION 2104
#define SYS_DEBUG_PRINT 2177
#define SYS_SPAWN 2601
#define SYS_WAIT 2602
#define SYS_PROCESS_ID 2603
#define SYS_PIPE 2604
#define SYS_WRITE 2605
#define SYS_READ 2606
#define SYS_INHERITED_FD 2607
#define SYS_CLOSE 2608

// What they return.
#define RETURN_SUCCESS 0
#define RETURN_INDEX_OUT_OF_BOUND 1
#define RETURN_ITEM_MISSING 2
#define RETURN_SLICE_OUT_OF_BOUND 3
#define RETURN_WRONG_FORMAT 4
#define RETURN_WAIT_FAILURE 5
#define RETURN_INVALID_FD 6
#define RETURN_OTHER_END_CLOSED 7
#define RETURN_MAX_VMS_SPAWNED 8
#define RETURN_MAX_FDS_CREATED 9

// What an index counts in: the transaction, or the group of the running script.
#define SOURCE_INPUT 1
#define SOURCE_OUTPUT 2
#define SOURCE_CELL_DEP 3
#define SOURCE_HEADER_DEP 4
#define SOURCE_GROUP_INPUT 0x0100000000000001
#define SOURCE_GROUP_OUTPUT 0x0100000000000002
#define SOURCE_GROUP_CELL_DEP 0x0100000000000003
#define SOURCE_GROUP_HEADER_DEP 0x0100000000000004

// Parts of a cell.
#define CELL_CAPACITY 0
#define CELL_DATA_HASH 1
#define CELL_LOCK 2
#define CELL_LOCK_HASH 3
#define CELL_TYPE 4
#define CELL_TYPE_HASH 5
#define CELL_OCCUPIED_CAPACITY 6

// Parts of a header.
#define HEADER_EPOCH_NUMBER 0
#define HEADER_EPOCH_START_BLOCK_NUMBER 1
#define HEADER_EPOCH_LENGTH 2

// Parts of an input.
#define INPUT_OUT_POINT 0
#define INPUT_SINCE 1

// Where programs are.
#define PLACE_CELL_DATA 0
#define PLACE_WITNESS 1

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

// Ends the script.
_Noreturn static inline void exit(int8_t code)
{
    syscall(SYS_EXIT, (uint64_t)code, 0, 0, 0, 0, 0);
    __builtin_unreachable();
}

// Loads the transaction with its witnesses.
static inline uint64_t load_transaction(void *to, uint64_t *len, uint64_t offset)
{
    return syscall(SYS_LOAD_TRANSACTION, (uint64_t)to, (uint64_t)len, offset, 0, 0, 0);
}

static inline uint64_t load_script(void *to, uint64_t *len, uint64_t offset)
{
    return syscall(SYS_LOAD_SCRIPT, (uint64_t)to, (uint64_t)len, offset, 0, 0, 0);
}

static inline uint64_t load_tx_hash(uint8_t to[HASH_LEN])
{
    uint64_t len = HASH_LEN;

    return syscall(SYS_LOAD_TX_HASH, (uint64_t)to, (uint64_t)&len, 0, 0, 0, 0);
}

static inline uint64_t load_script_hash(uint8_t to[HASH_LEN])
{
    uint64_t len = HASH_LEN;

    return syscall(SYS_LOAD_SCRIPT_HASH, (uint64_t)to, (uint64_t)&len, 0, 0, 0, 0);
}

// Loads a cell without its data.
static inline uint64_t load_cell(void *to, uint64_t *len, uint64_t offset, uint64_t index,
                                 uint64_t source)
{
    return syscall(SYS_LOAD_CELL, (uint64_t)to, (uint64_t)len, offset, index, source, 0);
}

static inline uint64_t load_header(void *to, uint64_t *len, uint64_t offset, uint64_t index,
                                   uint64_t source)
{
    return syscall(SYS_LOAD_HEADER, (uint64_t)to, (uint64_t)len, offset, index, source, 0);
}

static inline uint64_t load_input(void *to, uint64_t *len, uint64_t offset, uint64_t index,
                                  uint64_t source)
{
    return syscall(SYS_LOAD_INPUT, (uint64_t)to, (uint64_t)len, offset, index, source, 0);
}

static inline uint64_t load_witness(void *to, uint64_t *len, uint64_t offset, uint64_t index,
                                    uint64_t source)
{
    return syscall(SYS_LOAD_WITNESS, (uint64_t)to, (uint64_t)len, offset, index, source, 0);
}

// Loads one of `CELL_…`.
static inline uint64_t load_cell_by_field(void *to, uint64_t *len, uint64_t offset, uint64_t index,
                                          uint64_t source, uint64_t field)
{
    return syscall(SYS_LOAD_CELL_BY_FIELD, (uint64_t)to, (uint64_t)len, offset, index, source,
                   field);
}

// Loads a field of a cell that is a hash.
static inline uint64_t load_cell_hash(uint8_t to[HASH_LEN], uint64_t index, uint64_t source,
                                      uint64_t field)
{
    uint64_t len = HASH_LEN;

    return load_cell_by_field(to, &len, 0, index, source, field);
}

// Loads one of `HEADER_…`.
static inline uint64_t load_header_by_field(uint64_t *to, uint64_t index, uint64_t source,
                                            uint64_t field)
{
    uint64_t len = sizeof *to;

    return syscall(SYS_LOAD_HEADER_BY_FIELD, (uint64_t)to, (uint64_t)&len, 0, index, source,
                   field);
}

// Loads one of `INPUT_…`.
static inline uint64_t load_input_by_field(void *to, uint64_t *len, uint64_t offset,
                                           uint64_t index, uint64_t source, uint64_t field)
{
    return syscall(SYS_LOAD_INPUT_BY_FIELD, (uint64_t)to, (uint64_t)len, offset, index, source,
                   field);
}

static inline uint64_t load_cell_data(void *to, uint64_t *len, uint64_t offset, uint64_t index,
                                      uint64_t source)
{
    return syscall(SYS_LOAD_CELL_DATA, (uint64_t)to, (uint64_t)len, offset, index, source, 0);
}

// Maps `len` bytes of a cell's data, from `from` on, into `room` bytes of executable
// pages at `to`. `to` and `room` are multiples of a page, 4096 bytes.
static inline uint64_t load_cell_data_as_code(void *to, uint64_t room, uint64_t from, uint64_t len,
                                              uint64_t index, uint64_t source)
{
    return syscall(SYS_LOAD_CELL_DATA_AS_CODE, (uint64_t)to, room, from, len, index, source);
}

// Loads the extension of a block; from version 2 of the machine on.
static inline uint64_t load_block_extension(void *to, uint64_t *len, uint64_t offset,
                                            uint64_t index, uint64_t source)
{
    return syscall(SYS_LOAD_BLOCK_EXTENSION, (uint64_t)to, (uint64_t)len, offset, index, source,
                   0);
}

// Prints a line, up to its zero byte, for whoever debugs the script.
static inline void debug_print(const char *text)
{
    syscall(SYS_DEBUG_PRINT, (uint64_t)text, 0, 0, 0, 0, 0);
}

// The version of the machine; from version 1 on.
static inline uint64_t vm_version(void)
{
    return syscall(SYS_VM_VERSION, 0, 0, 0, 0, 0, 0);
}

// The cycles spent so far; from version 1 of the machine on.
static inline uint64_t current_cycles(void)
{
    return syscall(SYS_CURRENT_CYCLES, 0, 0, 0, 0, 0, 0);
}

// A program, or a part of one: `len` bytes from `offset` on, or all there is for 0.
struct program {
    uint64_t index;
    uint64_t source;
    uint64_t place;
    uint32_t offset;
    uint32_t len;
};

// Replaces this program by another; does not return if it can. From version 1 of the
// machine on.
static inline uint64_t exec(const struct program *program, uint64_t argc, const char *const *argv)
{
    return syscall(SYS_EXEC, program->index, program->source, program->place,
                   (uint64_t)program->offset << 32 | program->len, argc, (uint64_t)argv);
}

// The rest needs version 2 of the machine.

struct spawn_args {
    uint64_t argc;
    const char *const *argv;
    uint64_t *process_id;
    // The ends of pipes that the child gets, and a zero behind them.
    const uint64_t *fds;
};

// Starts a program as a child.
static inline uint64_t spawn(const struct program *program, const struct spawn_args *args)
{
    return syscall(SYS_SPAWN, program->index, program->source, program->place,
                   (uint64_t)program->offset << 32 | program->len, (uint64_t)args, 0);
}

static inline uint64_t wait(uint64_t process_id, int8_t *exit_code)
{
    return syscall(SYS_WAIT, process_id, (uint64_t)exit_code, 0, 0, 0, 0);
}

static inline uint64_t process_id(void)
{
    return syscall(SYS_PROCESS_ID, 0, 0, 0, 0, 0, 0);
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

// The ends of pipes that this process was started with.
static inline uint64_t inherited_fds(uint64_t *fds, uint64_t *count)
{
    return syscall(SYS_INHERITED_FD, (uint64_t)fds, (uint64_t)count, 0, 0, 0, 0);
}

static inline uint64_t close(uint64_t fd)
{
    return syscall(SYS_CLOSE, fd, 0, 0, 0, 0, 0);
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

#endif
