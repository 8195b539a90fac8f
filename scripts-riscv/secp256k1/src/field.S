# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Arithmetic modulo p = 2^256 - K, K = 2^32 + 977, and sums of points.
#
# An element is four limbs, the lowest first, in a0 to a3 or in memory. s1 holds K
# throughout, s0 the point.
#
# What the machine runs as one operation (`vm/src/isa/fusion.rs`) stands together:
# mulhu and mul, add with sltu and add, and the five instructions of a carry or borrow.
# Operands are in the order that it asks for, and are compressed only where that does not
# swap them. gp and tp are scratch: static programs without threads have no use for them.

    .option push
    .option norvc
    .option arch, +m, +zba, +zbb, +zbs
    .section .text.verdict_secp256k1, "ax", @progbits

# Offsets of what a point operation works with: `Work` in point.rs.
    .equ SECP_X, 0
    .equ SECP_Y, 32
    .equ SECP_Z, 64
    .equ SECP_T, 96                # from here on scratch
    .equ SECP_S, 128
    .equ SECP_L, 160
    .equ SECP_Q, 192
    .equ SECP_H, 224
    .equ SECP_R, 256

    .macro SECP_LOAD at, base=s0
    .option rvc
    ld a0, \at(\base)
    ld a1, \at+8(\base)
    ld a2, \at+16(\base)
    ld a3, \at+24(\base)
    .option norvc
    .endm

    .macro SECP_LOAD_T at, base=s0
    ld t0, \at(\base)
    ld t1, \at+8(\base)
    ld t2, \at+16(\base)
    ld t3, \at+24(\base)
    .endm

    .macro SECP_STORE at, base=s0
    .option rvc
    sd a0, \at(\base)
    sd a1, \at+8(\base)
    sd a2, \at+16(\base)
    sd a3, \at+24(\base)
    .option norvc
    .endm

    .macro SECP_WIDE high, low, a, b
    mulhu \high, \a, \b
    mul \low, \a, \b
    .endm

# to = x + y, carry = high + what is carried; x becomes the carry itself and is lost.
# carry may be x or high.
    .macro SECP_ADD3 to, x, y, carry, high
    add \to, \x, \y
    sltu \x, \to, \x
    .ifc \x, \carry
    .option rvc
    add \carry, \x, \high
    .option norvc
    .else
    add \carry, \x, \high
    .endif
    .endm

# a += b + c; b becomes the carry, c is lost.
    .macro SECP_ADC a, b, c
    .option rvc
    add \a, \a, \b
    sltu \b, \a, \b
    add \a, \a, \c
    sltu \c, \a, \c
    or \b, \b, \c
    .option norvc
    .endm

# a -= b + c; b becomes the borrow, c and d are lost.
    .macro SECP_SBB a, b, c, d
    sub \b, \a, \b
    sltu \d, \a, \b
    sub \a, \b, \c
    sltu \c, \b, \a
    or \b, \c, \d
    .endm

# Adds the carry a5 to the limb `to`, as part of row of a product by a6.
    .macro SECP_STEP to, a, carry
    SECP_WIDE gp, tp, \a, a6
    SECP_ADD3 tp, a5, tp, a5, gp
    SECP_ADD3 \to, tp, \to, \carry, a5
    .endm

    .macro SECP_ROW at, r0, r1, r2, r3, r4
    ld a6, \at(a4)
    SECP_WIDE gp, tp, a0, a6
    SECP_ADD3 \r0, tp, \r0, a5, gp
    SECP_STEP \r1, a1, a5
    SECP_STEP \r2, a2, a5
    SECP_STEP \r3, a3, \r4
    .endm

# The wide number t0 to t6, a7 modulo p, and return. The highest limb goes first, onto the
# ones below: then a carry is left over hardly ever, a7 of 2^320 or a5 of 2^256.
    .macro SECP_REDUCE_RETURN
    SECP_WIDE gp, tp, a7, s1
    SECP_ADD3 t3, tp, t3, a5, gp
    add t4, a5, t4
    sltu a7, t4, a5
    SECP_WIDE gp, tp, t4, s1
    SECP_ADD3 a0, tp, t0, a5, gp
    SECP_WIDE gp, tp, t5, s1
    SECP_ADD3 tp, a5, tp, a5, gp
    SECP_ADD3 a1, tp, t1, a5, a5
    SECP_WIDE gp, tp, t6, s1
    SECP_ADD3 tp, a5, tp, a5, gp
    SECP_ADD3 a2, tp, t2, a5, a5
    SECP_ADD3 a3, a5, t3, tp, a7
    bnez tp, secp_carries
    .option rvc
    ret
    .option norvc
    .endm

# Subtracts what is in memory; t3 becomes the borrow.
    .macro SECP_SUB at, base=s0
    SECP_LOAD_T \at, \base
    sltu t4, a0, t0
    sub a0, a0, t0
    SECP_SBB a1, t1, t4, t5
    SECP_SBB a2, t2, t1, t5
    SECP_SBB a3, t3, t2, t5
    .endm

# Subtracts tp, which is small.
    .macro SECP_SUB_SMALL
    sltu gp, a0, tp
    sub a0, a0, tp
    beqz gp, .Lsecp_folded\@
    neg tp, gp
    jal ra, secp_carry1
.Lsecp_folded\@:
    .endm

# Adds tp, which is small.
    .macro SECP_ADD_SMALL
    add a0, tp, a0
    sltu tp, a0, tp
    beqz tp, .Lsecp_folded\@
    jal ra, secp_carry1
.Lsecp_folded\@:
    .endm

# Brings down the borrow t3.
    .macro SECP_FOLD_BORROW
    neg tp, t3
    and tp, tp, s1
    SECP_SUB_SMALL
    .endm

# Brings down a5 borrows.
    .macro SECP_FOLD_BORROWS
    mul tp, a5, s1
    SECP_SUB_SMALL
    .endm

# What is in memory less what is in a0 to a3.
    .macro SECP_REVERSE_SUB at
    SECP_LOAD_T \at
    sltu t4, t0, a0
    sub a0, t0, a0
    SECP_SBB t1, a1, t4, t5
    SECP_SBB t2, a2, a1, t5
    SECP_SBB t3, a3, a2, t5
    mv a1, t1
    mv a2, t2
    neg tp, a3
    mv a3, t3
    and tp, tp, s1
    SECP_SUB_SMALL
    .endm

    .macro SECP_MUL at, base=s0
    addi a4, \base, \at
    jal ra, secp_mul
    .endm

    .macro SECP_SQUARE
    jal ra, secp_square
    .endm

# a0 to a3 times what a4 points to.
secp_mul:
    ld a6, 0(a4)
    SECP_WIDE a5, t0, a0, a6
    SECP_WIDE gp, t1, a1, a6
    SECP_ADD3 t1, a5, t1, a5, gp
    SECP_WIDE gp, t2, a2, a6
    SECP_ADD3 t2, a5, t2, a5, gp
    SECP_WIDE gp, t3, a3, a6
    SECP_ADD3 t3, a5, t3, t4, gp
    SECP_ROW 8, t1, t2, t3, t4, t5
    SECP_ROW 16, t2, t3, t4, t5, t6
    SECP_ROW 24, t3, t4, t5, t6, a7
    SECP_REDUCE_RETURN

# The square of a0 to a3: twice the products of different limbs, and
# the squares of the limbs.
secp_square:
    SECP_WIDE t2, t1, a0, a1
    SECP_WIDE t3, tp, a0, a2
    SECP_ADD3 t2, tp, t2, t3, t3
    SECP_WIDE t4, tp, a0, a3
    SECP_ADD3 t3, tp, t3, t4, t4
    SECP_WIDE gp, tp, a1, a2
    SECP_ADD3 t3, tp, t3, a5, gp
    SECP_WIDE t5, tp, a1, a3
    SECP_ADD3 tp, a5, tp, a5, t5
    SECP_ADD3 t4, tp, t4, t5, a5
    SECP_WIDE t6, tp, a2, a3
    SECP_ADD3 t5, tp, t5, t6, t6
    srli a7, t6, 63
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
    SECP_WIDE gp, t0, a0, a0
    add t1, gp, t1
    sltu gp, t1, gp
    SECP_WIDE a5, tp, a1, a1
    SECP_ADC t2, tp, gp
    SECP_ADC t3, a5, tp
    SECP_WIDE gp, tp, a2, a2
    SECP_ADC t4, tp, a5
    SECP_ADC t5, gp, tp
    SECP_WIDE a5, tp, a3, a3
    SECP_ADC t6, tp, gp
    add a7, a7, a5
    add a7, a7, tp
    SECP_REDUCE_RETURN

# Rare: adds K for each carry, a5 to a0 and a7 to a1, and returns from the product.
secp_carries:
    .option rvc
    neg a5, a5
    and a5, a5, s1
    neg a7, a7
    and a7, a7, s1
    add a0, a0, a5
    sltu a5, a0, a5
    add a1, a1, a7
    sltu a7, a1, a7
    add a1, a1, a5
    sltu a5, a1, a5
    or a5, a5, a7
    add a2, a2, a5
    sltu a5, a2, a5
    add a3, a3, a5
    sltu a5, a3, a5
    li a7, 0
    bnez a5, secp_carries
    ret

# Rare: adds tp, which is 1 or -1, to a2 or a1, and what is carried out of a3 to a0, as K.
secp_carry1:
    srai gp, tp, 63
    add a1, tp, a1
    sltu tp, a1, tp
    add tp, tp, gp
    srai gp, tp, 63
    add a2, tp, a2
    sltu tp, a2, tp
    add tp, tp, gp
    srai gp, tp, 63
    add a3, tp, a3
    sltu tp, a3, tp
    add tp, tp, gp
    beqz tp, 1f
    mul tp, tp, s1
    srai gp, tp, 63
    add a0, tp, a0
    sltu tp, a0, tp
    add tp, tp, gp
    j secp_carry1
1:
    ret
    .option norvc

# Keeps what functions of two elements use, and gets ready: s0 the result, a0 to a3 the
# first element, a4 the other. Returns to t0.
secp_enter:
    .option rvc
    addi sp, sp, -24
    sd ra, 0(sp)
    sd s0, 8(sp)
    sd s1, 16(sp)
    mv s0, a0
    mv a4, a2
    bseti s1, zero, 32
    addi s1, s1, 977
    ld a3, 24(a1)
    ld a2, 16(a1)
    ld a0, 0(a1)
    ld a1, 8(a1)
    jr t0
    .option norvc

# verdict_secp256k1_mul(product, a, b)
    .globl verdict_secp256k1_mul
verdict_secp256k1_mul:
    jal t0, secp_enter
    jal ra, secp_mul
secp_store:
    SECP_STORE 0
    .option rvc
    ld ra, 0(sp)
    ld s0, 8(sp)
    ld s1, 16(sp)
    addi sp, sp, 24
    ret
    .option norvc

# verdict_secp256k1_square(square, a, count)
    .globl verdict_secp256k1_square
verdict_secp256k1_square:
    jal t0, secp_enter
1:
    SECP_SQUARE
    addi a4, a4, -1
    bnez a4, 1b
    j secp_store

# verdict_secp256k1_sum(sum, a, b)
    .globl verdict_secp256k1_sum
verdict_secp256k1_sum:
    jal t0, secp_enter
    SECP_LOAD_T 0, a4
    add a0, t0, a0
    sltu t0, a0, t0
    SECP_ADC a1, t1, t0
    SECP_ADC a2, t2, t1
    SECP_ADC a3, t3, t2
    neg tp, t3
    and tp, tp, s1
    SECP_ADD_SMALL
    j secp_store

# verdict_secp256k1_difference(difference, a, b)
    .globl verdict_secp256k1_difference
verdict_secp256k1_difference:
    jal t0, secp_enter
    SECP_SUB 0, a4
    SECP_FOLD_BORROW
    j secp_store

# verdict_secp256k1_scale(point, z): x times z², y times z³.
    .globl verdict_secp256k1_scale
verdict_secp256k1_scale:
    mv a2, a1
    jal t0, secp_enter
    addi sp, sp, -32
    SECP_SQUARE
    SECP_STORE 0, sp
    jal ra, secp_mul
    SECP_MUL SECP_Y
    SECP_STORE SECP_Y
    SECP_LOAD 0, sp
    addi sp, sp, 32
    SECP_MUL SECP_X
    j secp_store

# verdict_secp256k1_wide(product, a, b): all eight limbs of the product of two numbers of
# four limbs, row by row.
    .globl verdict_secp256k1_wide
verdict_secp256k1_wide:
    SECP_LOAD_T 0, a2
    .option rvc
    li t4, 0
    li t5, 0
    li t6, 0
    li a7, 0
    addi a6, a0, 32
1:
    ld a3, 0(a1)
    .option norvc
    SECP_WIDE gp, tp, t0, a3
    SECP_ADD3 t4, tp, t4, a5, gp
    sd t4, 0(a0)
    SECP_WIDE gp, tp, t1, a3
    SECP_ADD3 tp, a5, tp, a5, gp
    SECP_ADD3 t4, tp, t5, a5, a5
    SECP_WIDE gp, tp, t2, a3
    SECP_ADD3 tp, a5, tp, a5, gp
    SECP_ADD3 t5, tp, t6, a5, a5
    SECP_WIDE gp, tp, t3, a3
    SECP_ADD3 tp, a5, tp, a5, gp
    SECP_ADD3 t6, tp, a7, a7, a5
    .option rvc
    addi a0, a0, 8
    addi a1, a1, 8
    bne a0, a6, 1b
    sd t4, 0(a0)
    sd t5, 8(a0)
    sd t6, 16(a0)
    sd a7, 24(a0)
    ret
    .option norvc

# Doubles the point: s = y², t = x s, l = 3/2 x²; x' = l² - 2t, y' = l (t - x') - s²,
# z' = y z. Where x and z are zero they remain so. Returns to s6.
secp_double:
    SECP_LOAD SECP_Y
    SECP_MUL SECP_Z
    SECP_STORE SECP_Z
    SECP_LOAD SECP_Y
    SECP_SQUARE
    SECP_STORE SECP_S
    SECP_MUL SECP_X
    SECP_STORE SECP_T
    SECP_LOAD SECP_S
    SECP_SQUARE
    SECP_STORE SECP_Q
    SECP_LOAD SECP_X
    SECP_SQUARE
    # Half of it: shifted down, plus (p + 1) / 2 if it was odd.
    andi a4, a0, 1
    slli t4, a1, 63
    srli t0, a0, 1
    or t0, t0, t4
    slli t4, a2, 63
    srli t1, a1, 1
    or t1, t1, t4
    slli t4, a3, 63
    srli t2, a2, 1
    or t2, t2, t4
    slli t4, a4, 63
    srli t3, a3, 1
    or t3, t3, t4
    # And itself.
    add a0, t0, a0
    sltu t0, a0, t0
    SECP_ADC a1, t1, t0
    SECP_ADC a2, t2, t1
    SECP_ADC a3, t3, t2
    # K for the carry, less (K - 1) / 2 that is missing to (p + 1) / 2.
    neg t3, t3
    and t3, t3, s1
    neg a4, a4
    srli t0, s1, 1
    and t0, t0, a4
    sub tp, t3, t0
    srai gp, tp, 63
    add a0, tp, a0
    sltu tp, a0, tp
    add tp, tp, gp
    beqz tp, 2f
    jal ra, secp_carry1
2:
    SECP_STORE SECP_L
    SECP_SQUARE
    SECP_SUB SECP_T
    mv a5, t3
    SECP_SUB SECP_T
    add a5, a5, t3
    SECP_FOLD_BORROWS
    SECP_STORE SECP_X
    SECP_REVERSE_SUB SECP_T
    SECP_MUL SECP_L
    SECP_SUB SECP_Q
    SECP_FOLD_BORROW
    SECP_STORE SECP_Y
    .option rvc
    jr s6
    .option norvc

# Adds the affine point (x, y) at s2 and s3, or its negative if s5 is all ones and not
# zero, with the number at s4 as the z of the point where it is compared with that. Returns
# zero to s6, or another number if the two have the same x, or the point is at infinity:
# then nothing is changed but scratch, where r is. Operands may be where s and l come later.
#
# h = x₂z² - x, r = y₂z³ - y, v = x h²; x' = r² - h³ - 2v, y' = r (v - x') - y h³, z' = z h.
secp_add:
    SECP_LOAD 0, s4
    SECP_SQUARE
    SECP_STORE SECP_T
    SECP_MUL 0, s4
    SECP_MUL 0, s3
    # -a is not a, and one, less 2^256, which is one borrow.
    xor a0, a0, s5
    xor a1, a1, s5
    xor a2, a2, s5
    xor a3, a3, s5
    SECP_SUB SECP_Y
    sub a5, t3, s5
    mul tp, a5, s1
    add tp, tp, s5
    SECP_SUB_SMALL
    SECP_STORE SECP_R
    SECP_LOAD 0, s2
    SECP_MUL SECP_T
    SECP_SUB SECP_X
    SECP_FOLD_BORROW
    # Zero and p have the same in the upper limbs: zeros, or ones.
    addi t0, a2, 1
    sltiu t0, t0, 2
    bnez t0, 9f
8:
    SECP_STORE SECP_H
    SECP_MUL SECP_Z
    SECP_STORE SECP_Z
    SECP_LOAD SECP_H
    SECP_SQUARE
    SECP_STORE SECP_T
    SECP_MUL SECP_X
    SECP_STORE SECP_S
    SECP_LOAD SECP_T
    SECP_MUL SECP_H
    SECP_STORE SECP_L
    SECP_MUL SECP_Y
    SECP_STORE SECP_Q
    SECP_LOAD SECP_R
    SECP_SQUARE
    SECP_SUB SECP_L
    mv a5, t3
    SECP_SUB SECP_S
    add a5, a5, t3
    SECP_SUB SECP_S
    add a5, a5, t3
    SECP_FOLD_BORROWS
    SECP_STORE SECP_X
    SECP_REVERSE_SUB SECP_S
    SECP_MUL SECP_R
    SECP_SUB SECP_Q
    SECP_FOLD_BORROW
    SECP_STORE SECP_Y
    li a0, 0
    .option rvc
    jr s6
    .option norvc
9:
    or t0, a0, a1
    or t1, a2, a3
    or t0, t0, t1
    beqz t0, 7f
    and t0, a1, a2
    and t0, t0, a3
    addi t0, t0, 1
    bnez t0, 8b
    add t0, a0, s1
    bnez t0, 8b
7:
    li a0, 1
    .option rvc
    jr s6
    .option norvc

# Keeps all that functions of points use, and gets ready. Returns to t0.
secp_enter_point:
    .option rvc
    addi sp, sp, -112
    sd ra, 0(sp)
    sd s0, 8(sp)
    sd s1, 16(sp)
    sd s2, 24(sp)
    sd s3, 32(sp)
    sd s4, 40(sp)
    sd s5, 48(sp)
    sd s6, 56(sp)
    sd s7, 64(sp)
    sd s8, 72(sp)
    sd s9, 80(sp)
    sd s10, 88(sp)
    sd s11, 96(sp)
    mv s0, a0
    mv s2, a1
    mv s3, a2
    bseti s1, zero, 32
    addi s1, s1, 977
    jr t0
    .option norvc

# verdict_secp256k1_double(work)
    .globl verdict_secp256k1_double
verdict_secp256k1_double:
    jal t0, secp_enter_point
    jal s6, secp_double
secp_leave_point:
    .option rvc
    ld ra, 0(sp)
    ld s0, 8(sp)
    ld s1, 16(sp)
    ld s2, 24(sp)
    ld s3, 32(sp)
    ld s4, 40(sp)
    ld s5, 48(sp)
    ld s6, 56(sp)
    ld s7, 64(sp)
    ld s8, 72(sp)
    ld s9, 80(sp)
    ld s10, 88(sp)
    ld s11, 96(sp)
    addi sp, sp, 112
    ret
    .option norvc

# verdict_secp256k1_add(work, x, y, z, negate)
    .globl verdict_secp256k1_add
verdict_secp256k1_add:
    jal t0, secp_enter_point
    mv s4, a3
    neg s5, a4
    jal s6, secp_add
    j secp_leave_point

# verdict_secp256k1_run(work, digits, places, bases, generator, add_same): doubles the point
# and adds what the digits say, place by place; without doubling at the first place.
#
# `digits` is the word of the first place, below which are the others; `add_same(work, x, y,
# z, negate, bases)` is called where secp_add does not add.
    .equ SECP_COMMON_Z, 0          # `Bases` in point.rs
    .equ SECP_BETA, 32
    .equ SECP_MULTIPLES, 64
    .equ SECP_BETAS, 576
    .globl verdict_secp256k1_run
verdict_secp256k1_run:
    jal t0, secp_enter_point
    .option rvc
    mv s7, a1
    mv s8, a2
    mv s9, a3
    mv s10, a4
    sd a5, 104(sp)
    j 2f
1:
    .option norvc
    jal s6, secp_double
    .option rvc
2:
    lwu s11, 0(s7)
    addi s7, s7, -4
    beqz s11, 8f
3:
    # The lowest byte that is not zero.
    ctz a5, s11
    andi a5, a5, 56
    srl a0, s11, a5
    sext.b a0, a0
    li a1, 255
    sll a1, a1, a5
    andn s11, s11, a1
    # Digits are odd: 1 and -1 mean the multiple of index 0.
    srai s5, a0, 63
    xor a0, a0, s5
    srli a0, a0, 1
    slli a1, a0, 6
    li a2, 16
    bgeu a5, a2, 5f
    add s2, s10, a1
    addi s3, s2, 32
    beqz a5, 4f
    .option norvc
    SECP_LOAD 0, s2
    SECP_MUL SECP_BETA, s9
    SECP_STORE SECP_L
    addi s2, s0, SECP_L
4:
    SECP_LOAD SECP_Z
    SECP_MUL SECP_COMMON_Z, s9
    SECP_STORE SECP_S
    addi s4, s0, SECP_S
    j 7f
5:
    .option rvc
    add s2, s9, a1
    addi s3, s2, SECP_MULTIPLES+32
    addi s2, s2, SECP_MULTIPLES
    beq a5, a2, 6f
    slli a0, a0, 5
    add s2, s9, a0
    addi s2, s2, SECP_BETAS
6:
    addi s4, s0, SECP_Z
7:
    .option norvc
    jal s6, secp_add
    .option rvc
    beqz a0, 7f
    mv a0, s0
    mv a1, s2
    mv a2, s3
    mv a3, s4
    andi a4, s5, 1
    mv a5, s9
    ld t0, 104(sp)
    jalr t0
7:
    bnez s11, 3b
8:
    addi s8, s8, -1
    bnez s8, 1b
    j secp_leave_point

    .option pop
