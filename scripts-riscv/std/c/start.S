# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Entry point of scripts in C, with the contract of `entry!` in Rust: the machine leaves
# argc at 0(sp) and argv from 8(sp) upwards. Calls main and exits with what it returns.
# Without arguments, argc is at the top of memory in version 0, which does not load eight
# bytes from there.

    .section .text.start, "ax", @progbits
    .globl _start
_start:
    lw a0, 0(sp)
    addi a1, sp, 8
    call main
    li a7, 93
    ecall
