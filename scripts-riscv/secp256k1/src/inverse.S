# SPDX-License-Identifier: MIT OR Apache-2.0
#
# verdict_secp256k1_apply(a, b, steps, modulus, by_a, by_b, len): `Steps::apply` in
# inverse.rs, with the four numbers of `steps` in their order.
#
# gp and tp are scratch, as in field.S; so is what the machine runs as one operation.

    .option push
    .option norvc
    .option arch, +m, +zba
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

    .option pop
