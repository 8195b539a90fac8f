# SPDX-License-Identifier: MIT OR Apache-2.0
#
# verdict_keccak_f1600(state): permutes the 25 lanes at a0.
#
# The lanes 1 to 24 are in registers, lane 0 is in the frame while the parities of the
# columns need its place:
#
#    0..4   a2 s0 s1 s2 s3
#    5..9   s4 s5 s6 s7 s8
#   10..14  s9 s10 s11 t0 t1
#   15..19  t2 t3 t4 t5 t6
#   20..24  a6 a7 ra gp tp

    .option push
    .option arch, +zba, +zbb
    .section .text.verdict_keccak_f1600, "ax", @progbits
    .globl verdict_keccak_f1600

# The frame: fifteen saved registers, then
    .equ KECCAK_LANE0, 120
    .equ KECCAK_CONSTANT, 128      # where the constant of the round is
    .equ KECCAK_STATE, 136
    .equ KECCAK_FRAME, 144

# to = the sum of a column.
    .macro KECCAK_PARITY to, a, b, c, d, e
    xor \to, \a, \b
    xor \to, \to, \c
    xor \to, \to, \d
    xor \to, \to, \e
    .endm

# Adds to a column the parity of the one before it, and of the one behind it rotated.
    .macro KECCAK_MIX before, behind, a, b, c, d, e
    rori a5, \behind, 63
    xor a5, a5, \before
    xor \a, \a, a5
    xor \b, \b, a5
    xor \c, \c, a5
    xor \d, \d, a5
    xor \e, \e, a5
    .endm

# The nonlinear step on a row. a1, a3 and a4 are lost.
    .macro KECCAK_ROW a, b, c, d, e, first
    andn a1, \c, \b
    andn a3, \d, \c
    andn a4, \b, \first
    xor \b, \b, a3
    andn a3, \e, \d
    xor \c, \c, a3
    andn a3, \first, \e
    xor \d, \d, a3
    xor \e, \e, a4
    xor \a, \first, a1
    .endm

# Moves lanes between the state at `base` and the registers.
    .macro KECCAK_LANES what, base
    \what s0, 8(\base)
    \what s1, 16(\base)
    \what s2, 24(\base)
    \what s3, 32(\base)
    \what s4, 40(\base)
    \what s5, 48(\base)
    \what s6, 56(\base)
    \what s7, 64(\base)
    \what s8, 72(\base)
    \what s9, 80(\base)
    \what s10, 88(\base)
    \what s11, 96(\base)
    \what t0, 104(\base)
    \what t1, 112(\base)
    \what t2, 120(\base)
    \what t3, 128(\base)
    \what t4, 136(\base)
    \what t5, 144(\base)
    \what t6, 152(\base)
    \what a6, 160(\base)
    \what a7, 168(\base)
    \what ra, 176(\base)
    \what gp, 184(\base)
    \what tp, 192(\base)
    .endm

verdict_keccak_f1600:
    addi sp, sp, -KECCAK_FRAME
    SAVED sd
    sd a0, KECCAK_STATE(sp)
    lla a1, .Lkeccak_constants
    sd a1, KECCAK_CONSTANT(sp)
    KECCAK_LANES ld, a0
    ld a2, 0(a0)
    sd a2, KECCAK_LANE0(sp)

.Lkeccak_round:
# FIPS 202, section 3.2.1.
    ld a0, KECCAK_LANE0(sp)
    xor a0, a0, s4
    xor a0, a0, s9
    xor a0, a0, t2
    xor a0, a0, a6
    KECCAK_PARITY a1, s0, s5, s10, t3, a7
    KECCAK_PARITY a2, s1, s6, s11, t4, ra
    KECCAK_PARITY a3, s2, s7, t0, t5, gp
    KECCAK_PARITY a4, s3, s8, t1, t6, tp
    KECCAK_MIX a0, a2, s0, s5, s10, t3, a7
    KECCAK_MIX a1, a3, s1, s6, s11, t4, ra
    KECCAK_MIX a2, a4, s2, s7, t0, t5, gp
    KECCAK_MIX a3, a0, s3, s8, t1, t6, tp
    ld a2, KECCAK_LANE0(sp)
    KECCAK_MIX a4, a1, s4, s9, t2, a6, a2
# Sections 3.2.2 and 3.2.3: the lanes but the first move in one cycle. What belongs into
# lane 10 stays in a0.
    rori a0, s0, 63
    rori s0, s5, 20
    rori s5, s8, 44
    rori s8, ra, 3
    rori ra, t1, 25
    rori t1, a6, 46
    rori a6, s1, 2
    rori s1, s11, 21
    rori s11, t0, 39
    rori t0, t6, 56
    rori t6, gp, 8
    rori gp, t2, 23
    rori t2, s3, 37
    rori s3, tp, 50
    rori tp, a7, 62
    rori a7, s7, 9
    rori s7, t3, 19
    rori t3, s4, 28
    rori s4, s2, 36
    rori s2, t5, 43
    rori t5, t4, 49
    rori t4, s10, 54
    rori s10, s6, 58
    rori s6, s9, 61
# Sections 3.2.4 and 3.2.5.
    KECCAK_ROW a2, s0, s1, s2, s3, a2
    KECCAK_ROW s4, s5, s6, s7, s8, s4
    KECCAK_ROW s9, s10, s11, t0, t1, a0
    KECCAK_ROW t2, t3, t4, t5, t6, t2
    KECCAK_ROW a6, a7, ra, gp, tp, a6
    ld a0, KECCAK_CONSTANT(sp)
    ld a1, 0(a0)
    addi a0, a0, 8
    sd a0, KECCAK_CONSTANT(sp)
    xor a2, a2, a1
    sd a2, KECCAK_LANE0(sp)
    lla a1, .Lkeccak_constants_end
    bne a0, a1, .Lkeccak_round

    ld a0, KECCAK_STATE(sp)
    sd a2, 0(a0)
    KECCAK_LANES sd, a0
    SAVED ld
    addi sp, sp, KECCAK_FRAME
    ret

    .section .rodata.verdict_keccak_constants, "a", @progbits
    .balign 8
# FIPS 202, section 3.2.5.
.Lkeccak_constants:
    .dword 0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000
    .dword 0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009
    .dword 0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a
    .dword 0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003
    .dword 0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a
    .dword 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008
.Lkeccak_constants_end:
    .option pop
    .text
