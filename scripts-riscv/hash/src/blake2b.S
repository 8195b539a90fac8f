# SPDX-License-Identifier: MIT OR Apache-2.0
#
# verdict_blake2b_blocks(state, data, blocks): compresses blocks of 128 bytes.
#
#   a0  u64 state[10]: the chained words, how many bytes come before the first block, and
#       what v14 is xored with
#   a1  the blocks, at any address
#   a2  how many, at least one
#
# All of v and thirteen words of the block are in registers, three words on the stack. In
# mixing, d ^= a has a short encoding with v0 to v3 and v12 to v15 where they are.
# Rounds 10 and 11 are rounds 0 and 1, run again.
#
# verdict_blake2b_small does the same in a quarter of the bytes and, where a block is
# hashed, one and a half times the cycles: one round, with all words in memory.

    .option push
    .option arch, +zba, +zbb
    .section .text.verdict_blake2b_blocks, "ax", @progbits
    .globl verdict_blake2b_blocks

# Names are long as all assembly of a program shares them.
#
# The frame: fifteen saved registers, then
    .equ BLAKE2B_WORDS, 120         # words 13 to 15 of the block
    .equ BLAKE2B_STATE, 144
    .equ BLAKE2B_DATA, 152
    .equ BLAKE2B_LEFT, 160          # blocks that are left
    .equ BLAKE2B_AGAIN, 168         # whether rounds 0 and 1 run for the second time
    .equ BLAKE2B_FRAME, 176

    .macro BLAKE2B_ADD0 to
    add \to, \to, s10
    .endm
    .macro BLAKE2B_ADD1 to
    add \to, \to, s11
    .endm
    .macro BLAKE2B_ADD2 to
    add \to, \to, a6
    .endm
    .macro BLAKE2B_ADD3 to
    add \to, \to, a7
    .endm
    .macro BLAKE2B_ADD4 to
    add \to, \to, t0
    .endm
    .macro BLAKE2B_ADD5 to
    add \to, \to, t1
    .endm
    .macro BLAKE2B_ADD6 to
    add \to, \to, t2
    .endm
    .macro BLAKE2B_ADD7 to
    add \to, \to, t3
    .endm
    .macro BLAKE2B_ADD8 to
    add \to, \to, t4
    .endm
    .macro BLAKE2B_ADD9 to
    add \to, \to, t5
    .endm
    .macro BLAKE2B_ADD10 to
    add \to, \to, t6
    .endm
    .macro BLAKE2B_ADD11 to
    add \to, \to, ra
    .endm
    .macro BLAKE2B_ADD12 to
    add \to, \to, gp
    .endm
    .macro BLAKE2B_ADD13 to
    ld tp, BLAKE2B_WORDS(sp)
    add \to, \to, tp
    .endm
    .macro BLAKE2B_ADD14 to
    ld tp, BLAKE2B_WORDS+8(sp)
    add \to, \to, tp
    .endm
    .macro BLAKE2B_ADD15 to
    ld tp, BLAKE2B_WORDS+16(sp)
    add \to, \to, tp
    .endm

# RFC 7693, section 3.1.
    .macro BLAKE2B_MIX a, b, c, d, x, y
    add \a, \a, \b
    BLAKE2B_ADD\x \a
    xor \d, \d, \a
    rori \d, \d, 32
    add \c, \c, \d
    xor \b, \b, \c
    rori \b, \b, 24
    add \a, \a, \b
    BLAKE2B_ADD\y \a
    xor \d, \d, \a
    rori \d, \d, 16
    add \c, \c, \d
    xor \b, \b, \c
    rori \b, \b, 63
    .endm

    .macro BLAKE2B_ROUND i0, i1, i2, i3, i4, i5, i6, i7, i8, i9, i10, i11, i12, i13, i14, i15
    BLAKE2B_MIX s0, s2, s6, a2, \i0, \i1
    BLAKE2B_MIX s1, s3, s7, a3, \i2, \i3
    BLAKE2B_MIX a0, s4, s8, a4, \i4, \i5
    BLAKE2B_MIX a1, s5, s9, a5, \i6, \i7
    BLAKE2B_MIX s0, s3, s8, a5, \i8, \i9
    BLAKE2B_MIX s1, s4, s9, a2, \i10, \i11
    BLAKE2B_MIX a0, s5, s6, a3, \i12, \i13
    BLAKE2B_MIX a1, s2, s7, a4, \i14, \i15
    .endm

    .macro BLAKE2B_FINISH index, low, high
    ld t2, 8*\index(t0)
    xor \low, \low, \high
    xor \low, \low, t2
    sd \low, 8*\index(t0)
    .endm

# From the state t0 to v.
    .macro BLAKE2B_BEGIN
    ld a4, 64(t0)
    addi a4, a4, 128
    sd a4, 64(t0)
    ld s2, 72(t0)
    lla a5, .Lblake2b_iv
    ld s6, 0(a5)
    ld s7, 8(a5)
    ld s8, 16(a5)
    ld s9, 24(a5)
    ld a2, 32(a5)
    ld a3, 40(a5)
    xor a2, a2, a4
    ld a4, 48(a5)
    ld a5, 56(a5)
    xor a4, a4, s2
    ld s0, 0(t0)
    ld s1, 8(t0)
    ld a0, 16(t0)
    ld a1, 24(t0)
    ld s2, 32(t0)
    ld s3, 40(t0)
    ld s4, 48(t0)
    ld s5, 56(t0)
    .endm

# From v to the state t0.
    .macro BLAKE2B_END
    BLAKE2B_FINISH 0, s0, s6
    BLAKE2B_FINISH 1, s1, s7
    BLAKE2B_FINISH 2, a0, s8
    BLAKE2B_FINISH 3, a1, s9
    BLAKE2B_FINISH 4, s2, a2
    BLAKE2B_FINISH 5, s3, a3
    BLAKE2B_FINISH 6, s4, a4
    BLAKE2B_FINISH 7, s5, a5
    .endm

verdict_blake2b_blocks:
    addi sp, sp, -BLAKE2B_FRAME
    SAVED sd
    sd a0, BLAKE2B_STATE(sp)
.Lblake2b_block:
    # t0 is the state, a1 the block.
    mv t0, a0
    sd a2, BLAKE2B_LEFT(sp)
    sd zero, BLAKE2B_AGAIN(sp)
    ld t1, 104(a1)
    ld t2, 112(a1)
    ld t3, 120(a1)
    sd t1, BLAKE2B_WORDS(sp)
    sd t2, BLAKE2B_WORDS+8(sp)
    sd t3, BLAKE2B_WORDS+16(sp)
    ld s10, 0(a1)
    ld s11, 8(a1)
    ld a6, 16(a1)
    ld a7, 24(a1)
    ld t2, 48(a1)
    ld t3, 56(a1)
    ld t4, 64(a1)
    ld t5, 72(a1)
    ld t6, 80(a1)
    ld ra, 88(a1)
    ld gp, 96(a1)
    ld tp, 32(a1)
    ld t1, 40(a1)
    addi a1, a1, 128
    sd a1, BLAKE2B_DATA(sp)
    BLAKE2B_BEGIN
    mv t0, tp
.Lblake2b_rounds:
    # RFC 7693, section 2.7.
    BLAKE2B_ROUND 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    BLAKE2B_ROUND 14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3
    ld tp, BLAKE2B_AGAIN(sp)
    bnez tp, .Lblake2b_finish
    BLAKE2B_ROUND 11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4
    BLAKE2B_ROUND 7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8
    BLAKE2B_ROUND 9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13
    BLAKE2B_ROUND 2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9
    BLAKE2B_ROUND 12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11
    BLAKE2B_ROUND 13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10
    BLAKE2B_ROUND 6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5
    BLAKE2B_ROUND 10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0
    sd sp, BLAKE2B_AGAIN(sp)
    j .Lblake2b_rounds
.Lblake2b_finish:
    ld t0, BLAKE2B_STATE(sp)
    BLAKE2B_END
    mv a0, t0
    ld a1, BLAKE2B_DATA(sp)
    ld a2, BLAKE2B_LEFT(sp)
    addi a2, a2, -1
    bnez a2, .Lblake2b_block
    SAVED ld
    addi sp, sp, BLAKE2B_FRAME
    ret

    .section .text.verdict_blake2b_small, "ax", @progbits
    .globl verdict_blake2b_small

# Adds the word of the block at a6 that the lowest byte of t1 is the offset of.
    .macro BLAKE2B_NEXT to
    andi t2, t1, 0x78
    add t2, t2, a6
    ld t2, 0(t2)
    srli t1, t1, 8
    add \to, \to, t2
    .endm

    .macro BLAKE2B_MIX_NEXT a, b, c, d
    add \a, \a, \b
    BLAKE2B_NEXT \a
    xor \d, \d, \a
    rori \d, \d, 32
    add \c, \c, \d
    xor \b, \b, \c
    rori \b, \b, 24
    add \a, \a, \b
    BLAKE2B_NEXT \a
    xor \d, \d, \a
    rori \d, \d, 16
    add \c, \c, \d
    xor \b, \b, \c
    rori \b, \b, 63
    .endm

verdict_blake2b_small:
    addi sp, sp, -BLAKE2B_FRAME
    SAVED sd
    sd a0, BLAKE2B_STATE(sp)
.Lblake2b_small_block:
    mv t0, a0
    mv a6, a1
    mv gp, a2
    BLAKE2B_BEGIN
    lla a7, .Lblake2b_sigma
    addi ra, a7, 192
.Lblake2b_small_round:
    ld t1, 0(a7)
    BLAKE2B_MIX_NEXT s0, s2, s6, a2
    BLAKE2B_MIX_NEXT s1, s3, s7, a3
    BLAKE2B_MIX_NEXT a0, s4, s8, a4
    BLAKE2B_MIX_NEXT a1, s5, s9, a5
    ld t1, 8(a7)
    BLAKE2B_MIX_NEXT s0, s3, s8, a5
    BLAKE2B_MIX_NEXT s1, s4, s9, a2
    BLAKE2B_MIX_NEXT a0, s5, s6, a3
    BLAKE2B_MIX_NEXT a1, s2, s7, a4
    addi a7, a7, 16
    bne a7, ra, .Lblake2b_small_round
    BLAKE2B_END
    mv a0, t0
    addi a1, a6, 128
    addi a2, gp, -1
    bnez a2, .Lblake2b_small_block
    SAVED ld
    addi sp, sp, BLAKE2B_FRAME
    ret

    .section .rodata.verdict_blake2b_sigma, "a", @progbits
# RFC 7693, section 2.7: offsets of the words of the block.
    .macro BLAKE2B_ORDER i:vararg
    .irp index, \i
    .byte 8*\index
    .endr
    .endm
.Lblake2b_sigma:
    BLAKE2B_ORDER 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    BLAKE2B_ORDER 14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3
    BLAKE2B_ORDER 11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4
    BLAKE2B_ORDER 7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8
    BLAKE2B_ORDER 9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13
    BLAKE2B_ORDER 2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9
    BLAKE2B_ORDER 12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11
    BLAKE2B_ORDER 13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10
    BLAKE2B_ORDER 6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5
    BLAKE2B_ORDER 10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0
    BLAKE2B_ORDER 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    BLAKE2B_ORDER 14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3

    .section .rodata.verdict_blake2b_iv, "a", @progbits
    .balign 8
# RFC 7693, section 2.6.
.Lblake2b_iv:
    .quad 0x6a09e667f3bcc908, 0xbb67ae8584caa73b
    .quad 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1
    .quad 0x510e527fade682d1, 0x9b05688c2b3e6c1f
    .quad 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179
    .option pop
    .text
