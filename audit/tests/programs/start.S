# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Entry point: calls main. There is nothing above it.

    .section .text.start, "ax", @progbits
    .globl _start
    .type _start, @function
_start:
    .cfi_startproc
    .cfi_undefined ra
    li s0, 0
    call main
    li a7, 93
    ecall
    .cfi_endproc
    .size _start, . - _start
