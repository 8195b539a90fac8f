# SPDX-License-Identifier: MIT OR Apache-2.0
#
# memcpy, memmove, memset, memcmp and bcmp, eight bytes at a time: the machine reads and
# writes at any address at the same cost.

    .option push
    .option arch, +zbb

# memcpy(a0 to, a1 from, a2 len)
    .section .text.memcpy, "ax", @progbits
    .globl memcpy
memcpy:
    mv a3, a0
    li t0, 8
    bltu a2, t0, .Lmemcpy_bytes
    li t1, 32
    bltu a2, t1, .Lmemcpy_words
.Lmemcpy_blocks:
    ld a4, 0(a1)
    ld a5, 8(a1)
    ld a6, 16(a1)
    ld a7, 24(a1)
    sd a4, 0(a3)
    sd a5, 8(a3)
    sd a6, 16(a3)
    sd a7, 24(a3)
    addi a1, a1, 32
    addi a3, a3, 32
    addi a2, a2, -32
    bgeu a2, t1, .Lmemcpy_blocks
    bltu a2, t0, .Lmemcpy_tail
.Lmemcpy_words:
    ld a4, 0(a1)
    addi a1, a1, 8
    addi a2, a2, -8
    sd a4, 0(a3)
    addi a3, a3, 8
    bgeu a2, t0, .Lmemcpy_words
.Lmemcpy_tail:
    # The last word, part of which has been copied.
    beqz a2, .Lmemcpy_done
    add a1, a1, a2
    add a3, a3, a2
    ld a4, -8(a1)
    sd a4, -8(a3)
    ret
.Lmemcpy_bytes:
    beqz a2, .Lmemcpy_done
    add a2, a2, a1
.Lmemcpy_byte:
    lbu a4, 0(a1)
    addi a1, a1, 1
    sb a4, 0(a3)
    addi a3, a3, 1
    bne a1, a2, .Lmemcpy_byte
.Lmemcpy_done:
    ret

# memmove(a0 to, a1 from, a2 len)
    .section .text.memmove, "ax", @progbits
    .globl memmove
memmove:
    li t0, 8
    mv a3, a0
    sub a4, a0, a1
    bgeu a4, a2, .Lmemmove_forward
    # It begins inside of what is copied: from the end.
    add a1, a1, a2
    add a3, a3, a2
    bltu a2, t0, .Lmemmove_low_bytes
.Lmemmove_low_words:
    ld a4, -8(a1)
    addi a1, a1, -8
    addi a2, a2, -8
    sd a4, -8(a3)
    addi a3, a3, -8
    bgeu a2, t0, .Lmemmove_low_words
.Lmemmove_low_bytes:
    beqz a2, .Lmemmove_done
    lbu a4, -1(a1)
    addi a1, a1, -1
    addi a2, a2, -1
    sb a4, -1(a3)
    addi a3, a3, -1
    j .Lmemmove_low_bytes
.Lmemmove_forward:
    bltu a2, t0, .Lmemmove_bytes
.Lmemmove_words:
    ld a4, 0(a1)
    addi a1, a1, 8
    addi a2, a2, -8
    sd a4, 0(a3)
    addi a3, a3, 8
    bgeu a2, t0, .Lmemmove_words
.Lmemmove_bytes:
    beqz a2, .Lmemmove_done
    lbu a4, 0(a1)
    addi a1, a1, 1
    addi a2, a2, -1
    sb a4, 0(a3)
    addi a3, a3, 1
    j .Lmemmove_bytes
.Lmemmove_done:
    ret

# memset(a0 to, a1 byte, a2 len)
    .section .text.memset, "ax", @progbits
    .globl memset
memset:
    mv a3, a0
    add a2, a2, a0
    addi a4, a2, -8
    andi a1, a1, 255
    slli a5, a1, 8
    or a1, a1, a5
    slli a5, a1, 16
    or a1, a1, a5
    slli a5, a1, 32
    or a1, a1, a5
    bltu a4, a3, .Lmemset_bytes
.Lmemset_words:
    sd a1, 0(a3)
    addi a3, a3, 8
    bgeu a4, a3, .Lmemset_words
.Lmemset_bytes:
    beq a3, a2, .Lmemset_done
    sb a1, 0(a3)
    addi a3, a3, 1
    j .Lmemset_bytes
.Lmemset_done:
    ret

# memcmp(a0, a1, a2 len), and bcmp
    .section .text.memcmp, "ax", @progbits
    .globl memcmp
    .globl bcmp
memcmp:
bcmp:
    li t0, 8
    bltu a2, t0, .Lmemcmp_bytes
.Lmemcmp_words:
    ld a4, 0(a0)
    ld a5, 0(a1)
    bne a4, a5, .Lmemcmp_word
    addi a0, a0, 8
    addi a1, a1, 8
    addi a2, a2, -8
    bgeu a2, t0, .Lmemcmp_words
.Lmemcmp_bytes:
    beqz a2, .Lmemcmp_equal
    lbu a4, 0(a0)
    lbu a5, 0(a1)
    addi a0, a0, 1
    addi a1, a1, 1
    addi a2, a2, -1
    beq a4, a5, .Lmemcmp_bytes
    sub a0, a4, a5
    ret
.Lmemcmp_word:
    # The first byte that differs decides.
    rev8 a4, a4
    rev8 a5, a5
    sltu a0, a4, a5
    neg a0, a0
    ori a0, a0, 1
    ret
.Lmemcmp_equal:
    li a0, 0
    ret

    .option pop
    .text
