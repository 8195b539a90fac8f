# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Data between code, which marks of the assembler tell apart.

    .globl _start
_start:
    li a0, 0
    j 1f
    .word 0x02b57553, 0x12345678
    .half 0
1:  call f
    li a7, 93
    ecall
table:
    .quad 0x1122334455667788
    .zero 40
    .type f, @function
f:  ret
    .size f, .-f
