# SPDX-License-Identifier: MIT OR Apache-2.0
#
# verdict_ntt_forward(from, to, factors, step, q)
# verdict_ntt_inverse(from, to, factors, step, q)
#
# Half of a transform of 256 values: four layers, in sixteen groups of sixteen values
# that stay in registers.
#
#   a0  u64 from[256]
#   a1  u64 to[256], another place
#   a2  the fifteen factors of the first group
#   a3  from the factors of a group to those of the next, in bytes
#   a4  the modulus
#
# The values of group g are forward from[g + 16 i] and to[16 g + i]; inverse
# from[16 g + i] and to[g + 16 i].

    .option push
    .option arch, +m

    .macro NTT_SAVED what
    \what s0, 0(sp)
    \what s1, 8(sp)
    \what s2, 16(sp)
    \what s3, 24(sp)
    \what s4, 32(sp)
    \what s5, 40(sp)
    \what s6, 48(sp)
    \what s7, 56(sp)
    .endm

    .macro NTT_VALUES what, base, stride
    \what s0, 0*\stride(\base)
    \what s1, 1*\stride(\base)
    \what a5, 2*\stride(\base)
    \what t0, 3*\stride(\base)
    \what t1, 4*\stride(\base)
    \what t2, 5*\stride(\base)
    \what t3, 6*\stride(\base)
    \what t4, 7*\stride(\base)
    \what t5, 8*\stride(\base)
    \what t6, 9*\stride(\base)
    \what s2, 10*\stride(\base)
    \what s3, 11*\stride(\base)
    \what s4, 12*\stride(\base)
    \what s5, 13*\stride(\base)
    \what s6, 14*\stride(\base)
    \what s7, 15*\stride(\base)
    .endm

# a, b = a + b w, a - b w
    .macro NTT_FORWARD a, b
    mul a7, \b, a6
    mulhu a7, a7, a4
    sub \b, \a, a7
    add \a, \a, a7
    .endm

# a, b = a + b, (b - a) w
    .macro NTT_INVERSE a, b
    sub a7, \b, \a
    add a7, a7, ra
    mul a7, a7, a6
    add \a, \a, \b
    mulhu \b, a7, a4
    .endm

    .macro NTT_LAYER_8 butterfly, f
    ld a6, 8*\f(a2)
    \butterfly s0, t5
    \butterfly s1, t6
    \butterfly a5, s2
    \butterfly t0, s3
    \butterfly t1, s4
    \butterfly t2, s5
    \butterfly t3, s6
    \butterfly t4, s7
    .endm

    .macro NTT_LAYER_4 butterfly, f, g
    ld a6, 8*\f(a2)
    \butterfly s0, t1
    \butterfly s1, t2
    \butterfly a5, t3
    \butterfly t0, t4
    ld a6, 8*\g(a2)
    \butterfly t5, s4
    \butterfly t6, s5
    \butterfly s2, s6
    \butterfly s3, s7
    .endm

    .macro NTT_LAYER_2 butterfly, f, g, h, i
    ld a6, 8*\f(a2)
    \butterfly s0, a5
    \butterfly s1, t0
    ld a6, 8*\g(a2)
    \butterfly t1, t3
    \butterfly t2, t4
    ld a6, 8*\h(a2)
    \butterfly t5, s2
    \butterfly t6, s3
    ld a6, 8*\i(a2)
    \butterfly s4, s6
    \butterfly s5, s7
    .endm

    .macro NTT_LAYER_1 butterfly, f, g, h, i, j, k, l, m
    ld a6, 8*\f(a2)
    \butterfly s0, s1
    ld a6, 8*\g(a2)
    \butterfly a5, t0
    ld a6, 8*\h(a2)
    \butterfly t1, t2
    ld a6, 8*\i(a2)
    \butterfly t3, t4
    ld a6, 8*\j(a2)
    \butterfly t5, t6
    ld a6, 8*\k(a2)
    \butterfly s2, s3
    ld a6, 8*\l(a2)
    \butterfly s4, s5
    ld a6, 8*\m(a2)
    \butterfly s6, s7
    .endm

    .section .text.verdict_ntt_forward, "ax", @progbits
    .globl verdict_ntt_forward
verdict_ntt_forward:
    addi sp, sp, -80
    NTT_SAVED sd
    sd ra, 64(sp)
    addi ra, a0, 128
.Lntt_forward_group:
    NTT_VALUES ld, a0, 128
    NTT_LAYER_8 NTT_FORWARD, 0
    NTT_LAYER_4 NTT_FORWARD, 1, 2
    NTT_LAYER_2 NTT_FORWARD, 3, 4, 5, 6
    NTT_LAYER_1 NTT_FORWARD, 7, 8, 9, 10, 11, 12, 13, 14
    NTT_VALUES sd, a1, 8
    addi a0, a0, 8
    addi a1, a1, 128
    add a2, a2, a3
    bne a0, ra, .Lntt_forward_group
    NTT_SAVED ld
    ld ra, 64(sp)
    addi sp, sp, 80
    ret

# Factors are those of the way forward, from the last to the first.
    .section .text.verdict_ntt_inverse, "ax", @progbits
    .globl verdict_ntt_inverse
verdict_ntt_inverse:
    addi sp, sp, -80
    NTT_SAVED sd
    sd ra, 64(sp)
    addi a6, a1, 128
    sd a6, 72(sp)
    slli ra, a4, 9
.Lntt_inverse_group:
    NTT_VALUES ld, a0, 8
    NTT_LAYER_1 NTT_INVERSE, 14, 13, 12, 11, 10, 9, 8, 7
    NTT_LAYER_2 NTT_INVERSE, 6, 5, 4, 3
    NTT_LAYER_4 NTT_INVERSE, 2, 1
    NTT_LAYER_8 NTT_INVERSE, 0
    NTT_VALUES sd, a1, 128
    addi a0, a0, 128
    addi a1, a1, 8
    add a2, a2, a3
    ld a6, 72(sp)
    bne a1, a6, .Lntt_inverse_group
    NTT_SAVED ld
    ld ra, 64(sp)
    addi sp, sp, 80
    ret
    .option pop
    .text
