# SPDX-License-Identifier: MIT OR Apache-2.0
#
# verdict_sha256_blocks(state, data, blocks): compresses blocks of 64 bytes.
#
#   a0  u32 state[8]
#   a1  the blocks, at any address
#   a2  how many, at least one
#
# The eight variables and sixteen words of the schedule are in registers. Only the lower
# halves of registers mean anything. SHA256_ADD3 is one operation to the machine (adc),
# which makes adding two values as cheap as adding one.
#
# verdict_sha256_small does the same in a quarter of the bytes and four tenths more cycles:
# rounds in a loop, and the whole schedule in memory.

    .option push
    .option arch, +zba, +zbb
    .section .text.verdict_sha256_blocks, "ax", @progbits
    .globl verdict_sha256_blocks

# The frame: fifteen saved registers, then
    .equ SHA256_STATE, 120
    .equ SHA256_DATA, 128
    .equ SHA256_LEFT, 136          # blocks that are left
    .equ SHA256_FRAME, 144

# to += x + y; x and y are lost.
    .macro SHA256_ADD3 to, x, y
    add \to, \to, \x
    sltu \x, \to, \x
    add \to, \to, \y
    sltu \y, \to, \y
    or \x, \x, \y
    .endm

# FIPS 180-4, section 6.2.2, step 3; then the names of the variables move on by one. The
# round constant is in the lower half of what lies `at` bytes into the table. bc is b ^ c,
# and is lost; ab becomes what bc is in the next round.
    .macro SHA256_ROUND a, b, c, d, e, f, g, h, w, at, bc, ab
    roriw a0, \e, 14
    ld a4, \at(ra)
    and a1, \e, \f
    xor a0, a0, \e
    roriw a0, a0, 5
    add \h, \h, \w
    xor a0, a0, \e
    roriw a0, a0, 6
    SHA256_ADD3 \h, a0, a1
    andn a1, \g, \e
    SHA256_ADD3 \h, a1, a4
    add \d, \d, \h
    roriw a0, \a, 9
    xor \ab, \a, \b
    xor a0, a0, \a
    and \bc, \bc, \ab
    roriw a0, a0, 11
    xor \bc, \bc, \b
    xor a0, a0, \a
    roriw a0, a0, 2
    SHA256_ADD3 \h, a0, \bc
    .endm

# FIPS 180-4, section 6.2.2, step 1: w, which has been used, becomes the word sixteen
# further on; w1, w9 and w14 are those one, nine and fourteen behind it.
    .macro SHA256_SCHEDULE w, w1, w9, w14
    roriw a0, \w1, 7
    roriw a1, \w1, 18
    xor a0, a0, a1
    srliw a1, \w1, 3
    xor a0, a0, a1
    add \w, \w, \w9
    roriw a1, \w14, 17
    roriw a4, \w14, 19
    xor a1, a1, a4
    srliw a4, \w14, 10
    xor a1, a1, a4
    SHA256_ADD3 \w, a0, a1
    .endm

# Adds the variables to the state a0.
    .macro SHA256_END
    ld a1, 0(a0)
    srli a2, a1, 32
    add a5, a5, a1
    add s0, s0, a2
    slli s0, s0, 32
    add.uw a5, a5, s0
    sd a5, 0(a0)
    ld a1, 8(a0)
    srli a2, a1, 32
    add s1, s1, a1
    add s2, s2, a2
    slli s2, s2, 32
    add.uw s1, s1, s2
    sd s1, 8(a0)
    ld a1, 16(a0)
    srli a2, a1, 32
    add s3, s3, a1
    add s4, s4, a2
    slli s4, s4, 32
    add.uw s3, s3, s4
    sd s3, 16(a0)
    ld a1, 24(a0)
    srli a2, a1, 32
    add s5, s5, a1
    add s6, s6, a2
    slli s6, s6, 32
    add.uw s5, s5, s6
    sd s5, 24(a0)
    .endm

verdict_sha256_blocks:
    addi sp, sp, -SHA256_FRAME
    SAVED sd
    sd a0, SHA256_STATE(sp)
.Lsha256_block:
    sd a2, SHA256_LEFT(sp)
    ld s8, 0(a1)
    ld s10, 8(a1)
    ld a6, 16(a1)
    ld t0, 24(a1)
    ld t2, 32(a1)
    ld t4, 40(a1)
    ld t6, 48(a1)
    ld tp, 56(a1)
    addi a1, a1, 64
    sd a1, SHA256_DATA(sp)
    ld a5, 0(a0)
    ld s1, 8(a0)
    ld s3, 16(a0)
    ld s5, 24(a0)
    rev8 s8, s8
    srli s7, s8, 32
    rev8 s10, s10
    srli s9, s10, 32
    rev8 a6, a6
    srli s11, a6, 32
    rev8 t0, t0
    srli a7, t0, 32
    rev8 t2, t2
    srli t1, t2, 32
    rev8 t4, t4
    srli t3, t4, 32
    rev8 t6, t6
    srli t5, t6, 32
    rev8 tp, tp
    srli gp, tp, 32
    srli s0, a5, 32
    srli s2, s1, 32
    srli s4, s3, 32
    srli s6, s5, 32
    xor a2, s0, s1
    lla ra, .Lsha256_constants
.Lsha256_rounds:
    SHA256_ROUND a5, s0, s1, s2, s3, s4, s5, s6, s7, 0, a2, a3
    SHA256_SCHEDULE s7, s8, t2, gp
    SHA256_ROUND s6, a5, s0, s1, s2, s3, s4, s5, s8, 4, a3, a2
    SHA256_SCHEDULE s8, s9, t3, tp
    SHA256_ROUND s5, s6, a5, s0, s1, s2, s3, s4, s9, 8, a2, a3
    SHA256_SCHEDULE s9, s10, t4, s7
    SHA256_ROUND s4, s5, s6, a5, s0, s1, s2, s3, s10, 12, a3, a2
    SHA256_SCHEDULE s10, s11, t5, s8
    SHA256_ROUND s3, s4, s5, s6, a5, s0, s1, s2, s11, 16, a2, a3
    SHA256_SCHEDULE s11, a6, t6, s9
    SHA256_ROUND s2, s3, s4, s5, s6, a5, s0, s1, a6, 20, a3, a2
    SHA256_SCHEDULE a6, a7, gp, s10
    SHA256_ROUND s1, s2, s3, s4, s5, s6, a5, s0, a7, 24, a2, a3
    SHA256_SCHEDULE a7, t0, tp, s11
    SHA256_ROUND s0, s1, s2, s3, s4, s5, s6, a5, t0, 28, a3, a2
    SHA256_SCHEDULE t0, t1, s7, a6
    SHA256_ROUND a5, s0, s1, s2, s3, s4, s5, s6, t1, 32, a2, a3
    SHA256_SCHEDULE t1, t2, s8, a7
    SHA256_ROUND s6, a5, s0, s1, s2, s3, s4, s5, t2, 36, a3, a2
    SHA256_SCHEDULE t2, t3, s9, t0
    SHA256_ROUND s5, s6, a5, s0, s1, s2, s3, s4, t3, 40, a2, a3
    SHA256_SCHEDULE t3, t4, s10, t1
    SHA256_ROUND s4, s5, s6, a5, s0, s1, s2, s3, t4, 44, a3, a2
    SHA256_SCHEDULE t4, t5, s11, t2
    SHA256_ROUND s3, s4, s5, s6, a5, s0, s1, s2, t5, 48, a2, a3
    SHA256_SCHEDULE t5, t6, a6, t3
    SHA256_ROUND s2, s3, s4, s5, s6, a5, s0, s1, t6, 52, a3, a2
    SHA256_SCHEDULE t6, gp, a7, t4
    SHA256_ROUND s1, s2, s3, s4, s5, s6, a5, s0, gp, 56, a2, a3
    SHA256_SCHEDULE gp, tp, t0, t5
    SHA256_ROUND s0, s1, s2, s3, s4, s5, s6, a5, tp, 60, a3, a2
    SHA256_SCHEDULE tp, s7, t1, t6
    addi ra, ra, 64
    lla a0, .Lsha256_constants + 192
    bne ra, a0, .Lsha256_rounds
    SHA256_ROUND a5, s0, s1, s2, s3, s4, s5, s6, s7, 0, a2, a3
    SHA256_ROUND s6, a5, s0, s1, s2, s3, s4, s5, s8, 4, a3, a2
    SHA256_ROUND s5, s6, a5, s0, s1, s2, s3, s4, s9, 8, a2, a3
    SHA256_ROUND s4, s5, s6, a5, s0, s1, s2, s3, s10, 12, a3, a2
    SHA256_ROUND s3, s4, s5, s6, a5, s0, s1, s2, s11, 16, a2, a3
    SHA256_ROUND s2, s3, s4, s5, s6, a5, s0, s1, a6, 20, a3, a2
    SHA256_ROUND s1, s2, s3, s4, s5, s6, a5, s0, a7, 24, a2, a3
    SHA256_ROUND s0, s1, s2, s3, s4, s5, s6, a5, t0, 28, a3, a2
    SHA256_ROUND a5, s0, s1, s2, s3, s4, s5, s6, t1, 32, a2, a3
    SHA256_ROUND s6, a5, s0, s1, s2, s3, s4, s5, t2, 36, a3, a2
    SHA256_ROUND s5, s6, a5, s0, s1, s2, s3, s4, t3, 40, a2, a3
    SHA256_ROUND s4, s5, s6, a5, s0, s1, s2, s3, t4, 44, a3, a2
    SHA256_ROUND s3, s4, s5, s6, a5, s0, s1, s2, t5, 48, a2, a3
    SHA256_ROUND s2, s3, s4, s5, s6, a5, s0, s1, t6, 52, a3, a2
    SHA256_ROUND s1, s2, s3, s4, s5, s6, a5, s0, gp, 56, a2, a3
    SHA256_ROUND s0, s1, s2, s3, s4, s5, s6, a5, tp, 60, a3, a2
    ld a0, SHA256_STATE(sp)
    SHA256_END
    ld a1, SHA256_DATA(sp)
    ld a2, SHA256_LEFT(sp)
    addi a2, a2, -1
    bnez a2, .Lsha256_block
    SAVED ld
    addi sp, sp, SHA256_FRAME
    ret

    .section .text.verdict_sha256_small, "ax", @progbits
    .globl verdict_sha256_small

    .macro SHA256_ROUND_NEXT a, b, c, d, e, f, g, h, at, bc, ab
    ld s7, \at(t0)
    SHA256_ROUND \a, \b, \c, \d, \e, \f, \g, \h, s7, \at, \bc, \ab
    .endm

# The schedule, with room behind it, as its last word is read with what follows.
    .equ SHA256_SCHEDULE_LEN, 256

verdict_sha256_small:
    addi sp, sp, -SHA256_FRAME
    SAVED sd
    mv t2, a0
    mv t3, a1
    mv t4, a2
    addi sp, sp, -SHA256_SCHEDULE_LEN-16
.Lsha256_small_block:
    mv t0, sp
    addi t1, sp, 64
.Lsha256_small_load:
    ld a0, 0(t3)
    addi t3, t3, 8
    rev8 a0, a0
    rori a0, a0, 32
    sd a0, 0(t0)
    addi t0, t0, 8
    bne t0, t1, .Lsha256_small_load
    addi t1, sp, SHA256_SCHEDULE_LEN-64
    mv t0, sp
.Lsha256_small_schedule:
    ld s7, 0(t0)
    ld s8, 4(t0)
    ld s9, 36(t0)
    ld s10, 56(t0)
    SHA256_SCHEDULE s7, s8, s9, s10
    sw s7, 64(t0)
    addi t0, t0, 4
    bne t0, t1, .Lsha256_small_schedule
    mv a0, t2
    ld a5, 0(a0)
    ld s1, 8(a0)
    ld s3, 16(a0)
    ld s5, 24(a0)
    srli s0, a5, 32
    srli s2, s1, 32
    srli s4, s3, 32
    srli s6, s5, 32
    xor a2, s0, s1
    lla ra, .Lsha256_constants
    mv t0, sp
    addi t1, sp, SHA256_SCHEDULE_LEN
.Lsha256_small_rounds:
    SHA256_ROUND_NEXT a5, s0, s1, s2, s3, s4, s5, s6, 0, a2, a3
    SHA256_ROUND_NEXT s6, a5, s0, s1, s2, s3, s4, s5, 4, a3, a2
    SHA256_ROUND_NEXT s5, s6, a5, s0, s1, s2, s3, s4, 8, a2, a3
    SHA256_ROUND_NEXT s4, s5, s6, a5, s0, s1, s2, s3, 12, a3, a2
    SHA256_ROUND_NEXT s3, s4, s5, s6, a5, s0, s1, s2, 16, a2, a3
    SHA256_ROUND_NEXT s2, s3, s4, s5, s6, a5, s0, s1, 20, a3, a2
    SHA256_ROUND_NEXT s1, s2, s3, s4, s5, s6, a5, s0, 24, a2, a3
    SHA256_ROUND_NEXT s0, s1, s2, s3, s4, s5, s6, a5, 28, a3, a2
    addi ra, ra, 32
    addi t0, t0, 32
    bne t0, t1, .Lsha256_small_rounds
    mv a0, t2
    SHA256_END
    addi t4, t4, -1
    bnez t4, .Lsha256_small_block
    addi sp, sp, SHA256_SCHEDULE_LEN+16
    SAVED ld
    addi sp, sp, SHA256_FRAME
    ret

    .section .rodata.verdict_sha256_constants, "a", @progbits
    .balign 8
# FIPS 180-4, section 4.2.2; the last one is read with what follows it.
.Lsha256_constants:
    .word 0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5
    .word 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5
    .word 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3
    .word 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174
    .word 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc
    .word 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da
    .word 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7
    .word 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967
    .word 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13
    .word 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85
    .word 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3
    .word 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070
    .word 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5
    .word 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3
    .word 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208
    .word 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
    .word 0
    .option pop
    .text
