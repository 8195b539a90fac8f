# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Arithmetic modulo 2^255 - 19 on four limbs, lowest first, at a0 (result), a1 and a2.
# Operands may be any number below 2^256, and so are results. Products are below
# 2^255 + 2^11, so that sums of two seldom overflow.

    .option push
    .option arch, +m, +zba
    .option norvc
    .section .text.verdict_ed25519_field, "ax", @progbits

# a4..a7 = t0..t6, a3, any number below 2^512, modulo the prime. a2 and a1 are kept.
    .macro REDUCE
    addi a4, zero, 38
    LIMB_FIRST t0, a4, t4, a5
    LIMB_ADD t1, a4, t5, a5, a5
    LIMB_ADD t2, a4, t6, a5, a5
    LIMB_ADD t3, a4, a3, a5, a5
    # The sum is below 39 * 2^256. So what is above 2^255 is at most 77, and counts 19 fold:
    # less than 2^11. Added to what is below 2^255, it does not carry out of a7.
    srli a4, t3, 63
    slli t3, t3, 1
    sh1add a4, a5, a4
    srli t3, t3, 1
    sh3add tp, a4, a4
    sh1add tp, tp, a4
    add a4, tp, t0
    sltu tp, a4, tp
    add a5, tp, t1
    sltu tp, a5, tp
    add a6, tp, t2
    sltu tp, a6, tp
    add a7, tp, t3
    .endm

# verdict_ed25519_mul(r, a, b)
    .globl verdict_ed25519_mul
verdict_ed25519_mul:
    PRODUCT
    REDUCE
    STORE
    ret

# verdict_ed25519_square(r, a, n): squares n times, at least once.
    .globl verdict_ed25519_square
verdict_ed25519_square:
    ld a4, 0(a1)
    ld a5, 8(a1)
    ld a6, 16(a1)
    ld a7, 24(a1)
1:
    SQUARE
    REDUCE
    addi a2, a2, -1
    bnez a2, 1b
    STORE
    ret

# Brings the carry of a sum down. It counts 38. If adding that carries again, less than 38 is
# left: at most twice.
    .macro CARRY_DOWN r0, r1, r2, r3, carry
    beqz \carry, 2f
1:
    addi \carry, zero, 38
    add \r0, \carry, \r0
    sltu \carry, \r0, \carry
    add \r1, \carry, \r1
    sltu \carry, \r1, \carry
    add \r2, \carry, \r2
    sltu \carry, \r2, \carry
    add \r3, \carry, \r3
    sltu \carry, \r3, \carry
    bnez \carry, 1b
2:
    .endm

# verdict_ed25519_add(r, a, b)
    .globl verdict_ed25519_add
verdict_ed25519_add:
    LOAD_BOTH
    SUM
    CARRY_DOWN t0, t1, t2, t3, a7
    STORE_SUM t0
    ret

# verdict_ed25519_sum_and_difference(r, a, b): both, one behind the other.
    .globl verdict_ed25519_sum_and_difference
verdict_ed25519_sum_and_difference:
    LOAD_BOTH
    mv a2, t1
    mv t4, t2
    mv t5, t3
    mv a3, a5
    mv t6, a6
    mv gp, a7
    add a1, a4, t0
    sltu tp, a1, a4
    LIMB_ADC a2, a3, tp
    LIMB_ADC t4, t6, a3
    LIMB_ADC t5, gp, t6
    CARRY_DOWN a1, a2, t4, t5, gp
    sd a1, 0(a0)
    sd a2, 8(a0)
    sd t4, 16(a0)
    sd t5, 24(a0)
    addi a0, a0, 32
    j 3f

# verdict_ed25519_sub(r, a, b)
    .globl verdict_ed25519_sub
verdict_ed25519_sub:
    LOAD_BOTH
3:
    DIFFERENCE
    beqz a7, 2f
    # So does a borrow, and at most twice.
1:
    addi a7, zero, 38
    sltu a4, a3, a7
    sub a3, a3, a7
    sltu a5, t1, a4
    sub t1, t1, a4
    sltu a6, t2, a5
    sub t2, t2, a5
    sltu a7, t3, a6
    sub t3, t3, a6
    bnez a7, 1b
2:
    STORE_SUM a3
    ret

    .option pop
