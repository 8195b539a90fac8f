# SPDX-License-Identifier: MIT OR Apache-2.0
#
# verdict_secp256k1_apply(a, b, steps, modulus, by_a, by_b, len): `Steps::apply` in
# inverse.rs, with the four numbers of `steps` in their order.
#
# verdict_secp256k1_steps(steps, eta, f, g): what `steps` in inverse.rs does, which returns
# eta.
#
# gp and tp are scratch, as in field.S; so is what the machine runs as one operation.

    .option push
    .option norvc
    .option arch, +m, +zba, +zbb
    .section .text.verdict_secp256k1_apply, "ax", @progbits

# Adds a product to the sum in low and high.
    .macro SECP_ACCUMULATE low, high, x, y
    mulh gp, \x, \y
    mul tp, \x, \y
    add \low, tp, \low
    sltu tp, \low, tp
    add gp, tp, gp
    add \high, \high, gp
    .endm

    .globl verdict_secp256k1_apply
verdict_secp256k1_apply:
    .option rvc
    addi sp, sp, -40
    sd s0, 0(sp)
    sd s1, 8(sp)
    sd s2, 16(sp)
    sd s3, 24(sp)
    sd s4, 32(sp)
    ld s2, 0(a2)
    ld s3, 8(a2)
    ld s4, 16(a2)
    ld a2, 24(a2)
    li a7, -1
    srli a7, a7, 2
    li t0, 0
    li t1, 0
    li t2, 0
    li t3, 0
    # Where the last limbs are: what the first ones leave is zero, and overwritten.
    mv t5, a0
    mv t6, a1
1:
    ld s0, 0(a0)
    ld s1, 0(a1)
    .option norvc
    SECP_ACCUMULATE t0, t1, s0, s2
    SECP_ACCUMULATE t0, t1, s1, s3
    SECP_ACCUMULATE t2, t3, s0, s4
    SECP_ACCUMULATE t2, t3, s1, a2
    ld s0, 0(a3)
    beqz s0, 2f
    SECP_ACCUMULATE t0, t1, s0, a4
    SECP_ACCUMULATE t2, t3, s0, a5
2:
    .option rvc
    and t4, t0, a7
    sd t4, 0(t5)
    and t4, t2, a7
    sd t4, 0(t6)
    srli t0, t0, 62
    sh2add t0, t1, t0
    srai t1, t1, 62
    srli t2, t2, 62
    sh2add t2, t3, t2
    srai t3, t3, 62
    mv t5, a0
    mv t6, a1
    addi a0, a0, 8
    addi a1, a1, 8
    addi a3, a3, 8
    addi a6, a6, -1
    bnez a6, 1b
    sd t0, 0(t5)
    sd t2, 0(t6)
    ld s0, 0(sp)
    ld s1, 8(sp)
    ld s2, 16(sp)
    ld s3, 24(sp)
    ld s4, 32(sp)
    addi sp, sp, 40
    ret

    .section .text.verdict_secp256k1_steps, "ax", @progbits
    .globl verdict_secp256k1_steps
verdict_secp256k1_steps:
    # u, v, q, r are t0 to t3; how many steps are left is a4.
    li t0, 1
    li t1, 0
    li t2, 0
    li t3, 1
    li a4, 62
    li a6, -1
1:
    # Steps that halve g.
    sll a5, a6, a4
    or a5, a5, a3
    ctz a5, a5
    srl a3, a3, a5
    sll t0, t0, a5
    sll t1, t1, a5
    sub a1, a1, a5
    sub a4, a4, a5
    beqz a4, 3f
    bltz a1, 2f
    # f and g are odd: the sum is even.
    add a3, a3, a2
    add t2, t2, t0
    add t3, t3, t1
    j 1b
2:
    # So is the difference, and g takes the place of f.
    neg a1, a1
    mv a5, a3
    sub a3, a3, a2
    mv a2, a5
    mv a5, t2
    sub t2, t2, t0
    mv t0, a5
    mv a5, t3
    sub t3, t3, t1
    mv t1, a5
    j 1b
3:
    sd t0, 0(a0)
    sd t1, 8(a0)
    sd t2, 16(a0)
    sd t3, 24(a0)
    mv a0, a1
    ret

    .option pop
