# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Arithmetic modulo p = 2^256 - 2^224 + 2^192 + 2^96 - 1 on four limbs, lowest first, at a0
# (result), a1 and a2. Operands may be any number below 2^256, and so are results.
# Products are Montgomery's: divided by 2^256.

    .option push
    .option arch, +m, +zba
    .option norvc
    .section .text.verdict_p256_field, "ax", @progbits

# Adds n0 * p, which clears n0: with -p = 1 modulo 2^64, n0 is the multiplier. n1..n4 are
# the limbs above; a7 becomes the carry out of n4. a4..a6 are lost. The highest limb of p is
# 2^64 - 2^32 + 1, so shifts do for a multiplication.
    .macro REDUCE_LIMB n0, n1, n2, n3, n4
    slli a4, \n0, 32
    srli a5, \n0, 32
    sub a6, \n0, a4
    sltu tp, \n0, a4
    sub a7, \n0, a5
    sub a7, a7, tp
    add \n1, a4, \n1
    sltu a4, \n1, a4
    LIMB_ADC \n2, a5, a4
    LIMB_ADC \n3, a6, a5
    LIMB_ADC \n4, a7, a6
    .endm

# a4..a7 = t0..t6, a3, any number below 2^512, divided by 2^256 modulo p. a1, gp and tp are
# lost.
    .macro REDUCE
    REDUCE_LIMB t0, t1, t2, t3, t4
    mv gp, a7
    REDUCE_LIMB t1, t2, t3, t4, t5
    # The carry of the step before belongs to the limb that this one carries into. Not both
    # carry: what this one adds there, the upper half of (2^64 - 1) (2^64 - 2^32 + 1) or less
    # and a carry, is below 2^64 - 1.
    add t5, gp, t5
    sltu gp, t5, gp
    or gp, gp, a7
    REDUCE_LIMB t2, t3, t4, t5, t6
    add t6, gp, t6
    sltu gp, t6, gp
    or gp, gp, a7
    REDUCE_LIMB t3, t4, t5, t6, a3
    add a3, gp, a3
    sltu gp, a3, gp
    or a7, gp, a7
    # With the carry it is below (2^512 + 2^256 p) / 2^256 = 2^256 + p: less p, if there is
    # one.
    sub a7, zero, a7
    slli a1, a7, 32
    srli a5, a7, 32
    sub a1, a1, a7
    sub a4, t4, a7
    sltu gp, t4, a7
    LIMB_SBB t5, a5, gp
    sub a6, t6, a5
    sltu gp, t6, a5
    sub a7, a3, a1
    sub a7, a7, gp
    mv a5, t5
    .endm

# verdict_p256_mul(r, a, b)
    .globl verdict_p256_mul
verdict_p256_mul:
    PRODUCT
    REDUCE
    STORE
    ret

# verdict_p256_square(r, a)
    .globl verdict_p256_square
verdict_p256_square:
    ld a4, 0(a1)
    ld a5, 8(a1)
    ld a6, 16(a1)
    ld a7, 24(a1)
    SQUARE
    REDUCE
    STORE
    ret

# verdict_p256_three_halves(r, a)
    .globl verdict_p256_three_halves
verdict_p256_three_halves:
    ld t0, 0(a1)
    ld t1, 8(a1)
    ld t2, 16(a1)
    ld t3, 24(a1)
    # The half: of the number, or of it and p if it is odd.
    addi a6, zero, -1
    slli a6, a6, 32
    addi a6, a6, 1
    andi a4, t0, 1
    sub a4, zero, a4
    srli a5, a4, 32
    and a6, a6, a4
    add t4, a4, t0
    sltu a4, t4, a4
    mv t5, t1
    LIMB_ADC t5, a5, a4
    add t6, a5, t2
    sltu a5, t6, a5
    mv gp, t3
    LIMB_ADC gp, a6, a5
    slli a6, a6, 63
    srli a7, gp, 1
    or a7, a7, a6
    slli a6, gp, 63
    srli t4, t4, 1
    slli tp, t5, 63
    or a4, t4, tp
    srli t5, t5, 1
    slli tp, t6, 63
    or a5, t5, tp
    srli t6, t6, 1
    or a6, a6, t6
    j verdict_p256_add_loaded

# verdict_p256_add(r, a, b)
    .globl verdict_p256_add
verdict_p256_add:
    LOAD_BOTH
verdict_p256_add_loaded:
    SUM
    beqz a7, 2f
    # Less p until there is no carry: at most twice, as 2^257 - 2 p is below 2^256.
1:
    addi a4, zero, -1
    srli a5, a4, 32
    slli a6, a4, 32
    addi a6, a6, 1
    sub a3, t0, a4
    sltu a4, t0, a4
    mv t0, a3
    LIMB_SBB t1, a5, a4
    sub a3, t2, a5
    sltu a5, t2, a5
    mv t2, a3
    LIMB_SBB t3, a6, a5
    beqz a6, 1b
2:
    STORE_SUM t0
    ret

# verdict_p256_sub(r, a, b)
    .globl verdict_p256_sub
verdict_p256_sub:
    LOAD_BOTH
    DIFFERENCE
    beqz a7, 2f
    # And p until there is no borrow: at most twice, as 2 p is above 2^256.
1:
    addi a4, zero, -1
    srli a5, a4, 32
    slli a6, a4, 32
    addi a6, a6, 1
    add a3, a4, a3
    sltu a4, a3, a4
    LIMB_ADC t1, a5, a4
    add t2, a5, t2
    sltu a5, t2, a5
    LIMB_ADC t3, a6, a5
    beqz a6, 1b
2:
    STORE_SUM a3
    ret

    .option pop
