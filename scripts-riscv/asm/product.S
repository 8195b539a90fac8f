# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Products of numbers of four limbs, 64 bits each, as macros for the fields modulo primes
# of 256 bits. What they share:
#
#   a4..a7          a factor, lowest limb first
#   t0..t6, a3      the product of eight limbs
#   gp, tp          scratch: compiled code of scripts uses neither
#
# To the machine, each pair `mulhu; mul` is one operation of five cycles, and each triple
# `add; sltu; add` one of one cycle. Compressed forms would swap the operands of those
# triples, after which they were three operations: so there are none here.

# to += gp:tp, the product of x and y; the high half with the carry goes to `high`.
    .macro LIMB_FIRST to, x, y, high
    mulhu gp, \x, \y
    mul tp, \x, \y
    add \to, tp, \to
    sltu tp, \to, tp
    add \high, tp, gp
    .endm

# to = carry + x * y; the high half goes to `high`.
    .macro LIMB_SET to, x, y, carry, high
    mulhu gp, \x, \y
    mul tp, \x, \y
    add \to, tp, \carry
    sltu tp, \to, tp
    add \high, tp, gp
    .endm

# to += carry + x * y; the high half goes to `high`. The carry is lost. All of it is at most
# (2^64 - 1)^2 + 2 (2^64 - 1) = 2^128 - 1, so `high` has room.
    .macro LIMB_ADD to, x, y, carry, high
    mulhu gp, \x, \y
    mul tp, \x, \y
    add \to, tp, \to
    sltu tp, \to, tp
    add gp, tp, gp
    add \to, \carry, \to
    sltu \carry, \to, \carry
    add \high, \carry, gp
    .endm

# to += x + y, where y is 0 or 1; x becomes the carry. y is lost.
    .macro LIMB_ADC to, x, y
    add \to, \to, \x
    sltu \x, \to, \x
    add \to, \to, \y
    sltu \y, \to, \y
    or \x, \x, \y
    .endm

# to -= x + y, where y is 0 or 1; x becomes the borrow. y and tp are lost.
    .macro LIMB_SBB to, x, y
    sub \x, \to, \x
    sltu tp, \to, \x
    sub \to, \x, \y
    sltu \y, \x, \to
    or \x, \y, tp
    .endm

# The product of the numbers at a1 and at a2, any below 2^256.
    .macro PRODUCT
    ld a4, 0(a2)
    ld a5, 8(a2)
    ld a6, 16(a2)
    ld a7, 24(a2)
    ld a2, 0(a1)
    mulhu a3, a2, a4
    mul t0, a2, a4
    LIMB_SET t1, a2, a5, a3, a3
    LIMB_SET t2, a2, a6, a3, a3
    LIMB_SET t3, a2, a7, a3, t4
    ld a2, 8(a1)
    LIMB_FIRST t1, a2, a4, a3
    LIMB_ADD t2, a2, a5, a3, a3
    LIMB_ADD t3, a2, a6, a3, a3
    LIMB_ADD t4, a2, a7, a3, t5
    ld a2, 16(a1)
    LIMB_FIRST t2, a2, a4, a3
    LIMB_ADD t3, a2, a5, a3, a3
    LIMB_ADD t4, a2, a6, a3, a3
    LIMB_ADD t5, a2, a7, a3, t6
    ld a2, 24(a1)
    LIMB_FIRST t3, a2, a4, a3
    LIMB_ADD t4, a2, a5, a3, a3
    LIMB_ADD t5, a2, a6, a3, a3
    LIMB_ADD t6, a2, a7, a3, a3
    .endm

# The square of the number in a4..a7, any below 2^256. a1 is lost.
    .macro SQUARE
    mulhu a3, a4, a5
    mul t1, a4, a5
    LIMB_SET t2, a4, a6, a3, a3
    LIMB_SET t3, a4, a7, a3, t4
    LIMB_FIRST t3, a5, a6, a3
    LIMB_ADD t4, a5, a7, a3, t5
    LIMB_FIRST t5, a6, a7, t6
    # Twice that,
    srli a3, t6, 63
    srli tp, t5, 63
    sh1add t6, t6, tp
    srli tp, t4, 63
    sh1add t5, t5, tp
    srli tp, t3, 63
    sh1add t4, t4, tp
    srli tp, t2, 63
    sh1add t3, t3, tp
    srli tp, t1, 63
    sh1add t2, t2, tp
    slli t1, t1, 1
    # and the squares of the limbs.
    mulhu gp, a4, a4
    mul t0, a4, a4
    add t1, gp, t1
    sltu gp, t1, gp
    mulhu a1, a5, a5
    mul tp, a5, a5
    LIMB_ADC t2, tp, gp
    LIMB_ADC t3, a1, tp
    mulhu gp, a6, a6
    mul tp, a6, a6
    LIMB_ADC t4, tp, a1
    LIMB_ADC t5, gp, tp
    mulhu a1, a7, a7
    mul tp, a7, a7
    LIMB_ADC t6, tp, gp
    add a3, a3, a1
    add a3, a3, tp
    .endm

# a4..a7 to memory at a0.
    .macro STORE
    sd a4, 0(a0)
    sd a5, 8(a0)
    sd a6, 16(a0)
    sd a7, 24(a0)
    .endm

# t0..t3 from memory at a1, a4..a7 from memory at a2.
    .macro LOAD_BOTH
    ld t0, 0(a1)
    ld t1, 8(a1)
    ld t2, 16(a1)
    ld t3, 24(a1)
    ld a4, 0(a2)
    ld a5, 8(a2)
    ld a6, 16(a2)
    ld a7, 24(a2)
    .endm

# t0..t3 += a4..a7; a7 becomes the carry.
    .macro SUM
    add t0, a4, t0
    sltu a4, t0, a4
    LIMB_ADC t1, a5, a4
    LIMB_ADC t2, a6, a5
    LIMB_ADC t3, a7, a6
    .endm

# a3, t1..t3 = t0..t3 - a4..a7; a7 becomes the borrow.
    .macro DIFFERENCE
    sub a3, t0, a4
    sltu a4, t0, a4
    LIMB_SBB t1, a5, a4
    LIMB_SBB t2, a6, a5
    LIMB_SBB t3, a7, a6
    .endm

# low, t1..t3 to memory at a0.
    .macro STORE_SUM low
    sd \low, 0(a0)
    sd t1, 8(a0)
    sd t2, 16(a0)
    sd t3, 24(a0)
    .endm
