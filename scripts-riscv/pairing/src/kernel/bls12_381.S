# SPDX-License-Identifier: MIT OR Apache-2.0
# Written by examples/generate.rs; see generator.rs for what it does.
.option push
.option arch, +m
.option norvc
	.section .rodata.verdict_bls12_381_modulus, "a", @progbits
	.p2align 3
verdict_bls12_381_modulus:
	.quad 0xb9feffffffffaaab
	.quad 0x1eabfffeb153ffff
	.quad 0x6730d2a0f6b0f624
	.quad 0x64774b84f38512bf
	.quad 0x4b1ba7b6434bacd7
	.quad 0x1a0111ea397fe69a
	.quad 0x89f3fffcfffcfffd
	.section .text.verdict_bls12_381_dot, "ax", @progbits
	.p2align 2
	.globl verdict_bls12_381_dot
verdict_bls12_381_dot:
	addi sp, sp, -32
	sd ra, 0(sp)
	sd a0, 24(sp)
	slli a2, a2, 4
	add a2, a2, a1
	li a4, 0
	call verdict_bls12_381_mac
	ld a3, 24(sp)
	call verdict_bls12_381_reduce
	ld ra, 0(sp)
	addi sp, sp, 32
	ret
	.section .text.verdict_bls12_381_cdot, "ax", @progbits
	.p2align 2
	.globl verdict_bls12_381_cdot
verdict_bls12_381_cdot:
	addi sp, sp, -240
	sd ra, 0(sp)
	sd s0, 8(sp)
	sd a0, 24(sp)
	sd a1, 32(sp)
	slli a2, a2, 4
	add a2, a2, a1
	li a4, 48
	call verdict_bls12_381_mac
	sd s2, 40(sp)
	sd s3, 48(sp)
	sd s4, 56(sp)
	sd s5, 64(sp)
	sd s6, 72(sp)
	sd s7, 80(sp)
	sd s8, 88(sp)
	sd s9, 96(sp)
	sd s10, 104(sp)
	sd s11, 112(sp)
	sd gp, 120(sp)
	sd tp, 128(sp)
	ld a1, 32(sp)
	li a4, 0
	call verdict_bls12_381_mac
	sd s2, 136(sp)
	sd s3, 144(sp)
	sd s4, 152(sp)
	sd s5, 160(sp)
	sd s6, 168(sp)
	sd s7, 176(sp)
	sd s8, 184(sp)
	sd s9, 192(sp)
	sd s10, 200(sp)
	sd s11, 208(sp)
	sd gp, 216(sp)
	sd tp, 224(sp)
	li t0, 0
	ld a7, 40(sp)
	sub a7, s2, a7
	sltu a5, s2, a7
	sub s2, a7, t0
	sltu t0, a7, s2
	or a7, t0, a5
	ld t0, 48(sp)
	sub t0, s3, t0
	sltu a5, s3, t0
	sub s3, t0, a7
	sltu a7, t0, s3
	or t0, a7, a5
	ld a7, 56(sp)
	sub a7, s4, a7
	sltu a5, s4, a7
	sub s4, a7, t0
	sltu t0, a7, s4
	or a7, t0, a5
	ld t0, 64(sp)
	sub t0, s5, t0
	sltu a5, s5, t0
	sub s5, t0, a7
	sltu a7, t0, s5
	or t0, a7, a5
	ld a7, 72(sp)
	sub a7, s6, a7
	sltu a5, s6, a7
	sub s6, a7, t0
	sltu t0, a7, s6
	or a7, t0, a5
	ld t0, 80(sp)
	sub t0, s7, t0
	sltu a5, s7, t0
	sub s7, t0, a7
	sltu a7, t0, s7
	or t0, a7, a5
	ld a7, 88(sp)
	sub a7, s8, a7
	sltu a5, s8, a7
	sub s8, a7, t0
	sltu t0, a7, s8
	or a7, t0, a5
	ld t0, 96(sp)
	sub t0, s9, t0
	sltu a5, s9, t0
	sub s9, t0, a7
	sltu a7, t0, s9
	or t0, a7, a5
	ld a7, 104(sp)
	sub a7, s10, a7
	sltu a5, s10, a7
	sub s10, a7, t0
	sltu t0, a7, s10
	or a7, t0, a5
	ld t0, 112(sp)
	sub t0, s11, t0
	sltu a5, s11, t0
	sub s11, t0, a7
	sltu a7, t0, s11
	or t0, a7, a5
	ld a7, 120(sp)
	sub a7, gp, a7
	sltu a5, gp, a7
	sub gp, a7, t0
	sltu t0, a7, gp
	or a7, t0, a5
	ld t0, 128(sp)
	sub t0, tp, t0
	sltu a5, tp, t0
	sub tp, t0, a7
	sltu a7, t0, tp
	or t0, a7, a5
	beqz t0, .Lbls12_381_1
	la a5, verdict_bls12_381_modulus
	ld t1, 0(a5)
	ld t2, 8(a5)
	ld t3, 16(a5)
	ld t4, 24(a5)
	ld t5, 32(a5)
	ld t6, 40(a5)
	add s8, t1, s8
	sltu t1, s8, t1
	add s9, s9, t2
	sltu t2, s9, t2
	add s9, s9, t1
	sltu t1, s9, t1
	or t2, t2, t1
	add s10, s10, t3
	sltu t3, s10, t3
	add s10, s10, t2
	sltu t2, s10, t2
	or t3, t3, t2
	add s11, s11, t4
	sltu t4, s11, t4
	add s11, s11, t3
	sltu t3, s11, t3
	or t4, t4, t3
	add gp, gp, t5
	sltu t5, gp, t5
	add gp, gp, t4
	sltu t4, gp, t4
	or t5, t5, t4
	add tp, tp, t6
	sltu t6, tp, t6
	add tp, tp, t5
	sltu t5, tp, t5
	or t6, t6, t5
.Lbls12_381_1:
	ld a3, 24(sp)
	call verdict_bls12_381_reduce
	ld a1, 32(sp)
	ld a3, 0(a1)
	ld a5, 8(a1)
	addi a1, a1, 16
	ld t1, 0(a5)
	ld a6, 48(a5)
	add t1, a6, t1
	sltu a6, t1, a6
	ld t2, 8(a5)
	ld a0, 56(a5)
	add t2, t2, a0
	sltu a0, t2, a0
	add t2, t2, a6
	sltu a6, t2, a6
	or a0, a0, a6
	ld t3, 16(a5)
	ld a6, 64(a5)
	add t3, t3, a6
	sltu a6, t3, a6
	add t3, t3, a0
	sltu a0, t3, a0
	or a6, a6, a0
	ld t4, 24(a5)
	ld a0, 72(a5)
	add t4, t4, a0
	sltu a0, t4, a0
	add t4, t4, a6
	sltu a6, t4, a6
	or a0, a0, a6
	ld t5, 32(a5)
	ld a6, 80(a5)
	add t5, t5, a6
	sltu a6, t5, a6
	add t5, t5, a0
	sltu a0, t5, a0
	or a6, a6, a0
	ld t6, 40(a5)
	ld a0, 88(a5)
	add t6, t6, a0
	sltu a0, t6, a0
	add t6, t6, a6
	sltu a6, t6, a6
	or a0, a0, a6
	ld a0, 0(a3)
	ld a6, 48(a3)
	add a0, a6, a0
	sltu a6, a0, a6
	mulhu a7, a0, t1
	mul s2, a0, t1
	mulhu a5, a0, t2
	mul s3, a0, t2
	add s3, a7, s3
	sltu a7, s3, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul s4, a0, t3
	add s4, a7, s4
	sltu a7, s4, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul s5, a0, t4
	add s5, a7, s5
	sltu a7, s5, a7
	add a7, a7, a5
	mulhu a5, a0, t5
	mul s6, a0, t5
	add s6, a7, s6
	sltu a7, s6, a7
	add a7, a7, a5
	mulhu a5, a0, t6
	mul s7, a0, t6
	add s7, a7, s7
	sltu a7, s7, a7
	add s8, a7, a5
	ld a0, 8(a3)
	ld s0, 56(a3)
	add a0, a0, s0
	sltu s0, a0, s0
	add a0, a0, a6
	sltu a6, a0, a6
	or s0, s0, a6
	mulhu a7, a0, t1
	mul a6, a0, t1
	add s3, a6, s3
	sltu a6, s3, a6
	add a7, a6, a7
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s4, a6, s4
	sltu a6, s4, a6
	add a5, a6, a5
	add s4, a7, s4
	sltu a7, s4, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s5, a6, s5
	sltu a6, s5, a6
	add a5, a6, a5
	add s5, a7, s5
	sltu a7, s5, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s6, a6, s6
	sltu a6, s6, a6
	add a5, a6, a5
	add s6, a7, s6
	sltu a7, s6, a7
	add a7, a7, a5
	mulhu a5, a0, t5
	mul a6, a0, t5
	add s7, a6, s7
	sltu a6, s7, a6
	add a5, a6, a5
	add s7, a7, s7
	sltu a7, s7, a7
	add a7, a7, a5
	mulhu a5, a0, t6
	mul a6, a0, t6
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, a7, s8
	sltu a7, s8, a7
	add s9, a7, a5
	ld a0, 16(a3)
	ld a6, 64(a3)
	add a0, a0, a6
	sltu a6, a0, a6
	add a0, a0, s0
	sltu s0, a0, s0
	or a6, a6, s0
	mulhu a7, a0, t1
	mul s0, a0, t1
	add s4, s0, s4
	sltu s0, s4, s0
	add a7, s0, a7
	mulhu a5, a0, t2
	mul s0, a0, t2
	add s5, s0, s5
	sltu s0, s5, s0
	add a5, s0, a5
	add s5, a7, s5
	sltu a7, s5, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul s0, a0, t3
	add s6, s0, s6
	sltu s0, s6, s0
	add a5, s0, a5
	add s6, a7, s6
	sltu a7, s6, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul s0, a0, t4
	add s7, s0, s7
	sltu s0, s7, s0
	add a5, s0, a5
	add s7, a7, s7
	sltu a7, s7, a7
	add a7, a7, a5
	mulhu a5, a0, t5
	mul s0, a0, t5
	add s8, s0, s8
	sltu s0, s8, s0
	add a5, s0, a5
	add s8, a7, s8
	sltu a7, s8, a7
	add a7, a7, a5
	mulhu a5, a0, t6
	mul s0, a0, t6
	add s9, s0, s9
	sltu s0, s9, s0
	add a5, s0, a5
	add s9, a7, s9
	sltu a7, s9, a7
	add s10, a7, a5
	ld a0, 24(a3)
	ld s0, 72(a3)
	add a0, a0, s0
	sltu s0, a0, s0
	add a0, a0, a6
	sltu a6, a0, a6
	or s0, s0, a6
	mulhu a7, a0, t1
	mul a6, a0, t1
	add s5, a6, s5
	sltu a6, s5, a6
	add a7, a6, a7
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s6, a6, s6
	sltu a6, s6, a6
	add a5, a6, a5
	add s6, a7, s6
	sltu a7, s6, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s7, a6, s7
	sltu a6, s7, a6
	add a5, a6, a5
	add s7, a7, s7
	sltu a7, s7, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, a7, s8
	sltu a7, s8, a7
	add a7, a7, a5
	mulhu a5, a0, t5
	mul a6, a0, t5
	add s9, a6, s9
	sltu a6, s9, a6
	add a5, a6, a5
	add s9, a7, s9
	sltu a7, s9, a7
	add a7, a7, a5
	mulhu a5, a0, t6
	mul a6, a0, t6
	add s10, a6, s10
	sltu a6, s10, a6
	add a5, a6, a5
	add s10, a7, s10
	sltu a7, s10, a7
	add s11, a7, a5
	ld a0, 32(a3)
	ld a6, 80(a3)
	add a0, a0, a6
	sltu a6, a0, a6
	add a0, a0, s0
	sltu s0, a0, s0
	or a6, a6, s0
	mulhu a7, a0, t1
	mul s0, a0, t1
	add s6, s0, s6
	sltu s0, s6, s0
	add a7, s0, a7
	mulhu a5, a0, t2
	mul s0, a0, t2
	add s7, s0, s7
	sltu s0, s7, s0
	add a5, s0, a5
	add s7, a7, s7
	sltu a7, s7, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul s0, a0, t3
	add s8, s0, s8
	sltu s0, s8, s0
	add a5, s0, a5
	add s8, a7, s8
	sltu a7, s8, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul s0, a0, t4
	add s9, s0, s9
	sltu s0, s9, s0
	add a5, s0, a5
	add s9, a7, s9
	sltu a7, s9, a7
	add a7, a7, a5
	mulhu a5, a0, t5
	mul s0, a0, t5
	add s10, s0, s10
	sltu s0, s10, s0
	add a5, s0, a5
	add s10, a7, s10
	sltu a7, s10, a7
	add a7, a7, a5
	mulhu a5, a0, t6
	mul s0, a0, t6
	add s11, s0, s11
	sltu s0, s11, s0
	add a5, s0, a5
	add s11, a7, s11
	sltu a7, s11, a7
	add gp, a7, a5
	ld a0, 40(a3)
	ld s0, 88(a3)
	add a0, a0, s0
	sltu s0, a0, s0
	add a0, a0, a6
	sltu a6, a0, a6
	or s0, s0, a6
	mulhu a7, a0, t1
	mul a6, a0, t1
	add s7, a6, s7
	sltu a6, s7, a6
	add a7, a6, a7
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, a7, s8
	sltu a7, s8, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s9, a6, s9
	sltu a6, s9, a6
	add a5, a6, a5
	add s9, a7, s9
	sltu a7, s9, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s10, a6, s10
	sltu a6, s10, a6
	add a5, a6, a5
	add s10, a7, s10
	sltu a7, s10, a7
	add a7, a7, a5
	mulhu a5, a0, t5
	mul a6, a0, t5
	add s11, a6, s11
	sltu a6, s11, a6
	add a5, a6, a5
	add s11, a7, s11
	sltu a7, s11, a7
	add a7, a7, a5
	mulhu a5, a0, t6
	mul a6, a0, t6
	add gp, a6, gp
	sltu a6, gp, a6
	add a5, a6, a5
	add gp, a7, gp
	sltu a7, gp, a7
	add tp, a7, a5
	beq a1, a2, .Lbls12_381_3
.Lbls12_381_2:
	ld a3, 0(a1)
	ld a5, 8(a1)
	addi a1, a1, 16
	ld t1, 0(a5)
	ld a6, 48(a5)
	add t1, a6, t1
	sltu a6, t1, a6
	ld t2, 8(a5)
	ld a0, 56(a5)
	add t2, t2, a0
	sltu a0, t2, a0
	add t2, t2, a6
	sltu a6, t2, a6
	or a0, a0, a6
	ld t3, 16(a5)
	ld a6, 64(a5)
	add t3, t3, a6
	sltu a6, t3, a6
	add t3, t3, a0
	sltu a0, t3, a0
	or a6, a6, a0
	ld t4, 24(a5)
	ld a0, 72(a5)
	add t4, t4, a0
	sltu a0, t4, a0
	add t4, t4, a6
	sltu a6, t4, a6
	or a0, a0, a6
	ld t5, 32(a5)
	ld a6, 80(a5)
	add t5, t5, a6
	sltu a6, t5, a6
	add t5, t5, a0
	sltu a0, t5, a0
	or a6, a6, a0
	ld t6, 40(a5)
	ld a0, 88(a5)
	add t6, t6, a0
	sltu a0, t6, a0
	add t6, t6, a6
	sltu a6, t6, a6
	or a0, a0, a6
	ld a0, 0(a3)
	ld a6, 48(a3)
	add a0, a6, a0
	sltu a6, a0, a6
	mulhu a7, a0, t1
	mul s0, a0, t1
	add s2, s0, s2
	sltu s0, s2, s0
	add a7, s0, a7
	mulhu a5, a0, t2
	mul s0, a0, t2
	add s3, s0, s3
	sltu s0, s3, s0
	add a5, s0, a5
	add s3, a7, s3
	sltu a7, s3, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul s0, a0, t3
	add s4, s0, s4
	sltu s0, s4, s0
	add a5, s0, a5
	add s4, a7, s4
	sltu a7, s4, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul s0, a0, t4
	add s5, s0, s5
	sltu s0, s5, s0
	add a5, s0, a5
	add s5, a7, s5
	sltu a7, s5, a7
	add a7, a7, a5
	mulhu a5, a0, t5
	mul s0, a0, t5
	add s6, s0, s6
	sltu s0, s6, s0
	add a5, s0, a5
	add s6, a7, s6
	sltu a7, s6, a7
	add a7, a7, a5
	mulhu a5, a0, t6
	mul s0, a0, t6
	add s7, s0, s7
	sltu s0, s7, s0
	add a5, s0, a5
	add s7, a7, s7
	sltu a7, s7, a7
	add a7, a7, a5
	add s8, a7, s8
	sltu a7, s8, a7
	ld a0, 8(a3)
	ld s0, 56(a3)
	add a0, a0, s0
	sltu s0, a0, s0
	add a0, a0, a6
	sltu a6, a0, a6
	or s0, s0, a6
	mulhu t0, a0, t1
	mul a6, a0, t1
	add s3, a6, s3
	sltu a6, s3, a6
	add t0, a6, t0
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s4, a6, s4
	sltu a6, s4, a6
	add a5, a6, a5
	add s4, t0, s4
	sltu t0, s4, t0
	add t0, t0, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s5, a6, s5
	sltu a6, s5, a6
	add a5, a6, a5
	add s5, t0, s5
	sltu t0, s5, t0
	add t0, t0, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s6, a6, s6
	sltu a6, s6, a6
	add a5, a6, a5
	add s6, t0, s6
	sltu t0, s6, t0
	add t0, t0, a5
	mulhu a5, a0, t5
	mul a6, a0, t5
	add s7, a6, s7
	sltu a6, s7, a6
	add a5, a6, a5
	add s7, t0, s7
	sltu t0, s7, t0
	add t0, t0, a5
	mulhu a5, a0, t6
	mul a6, a0, t6
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, t0, s8
	sltu t0, s8, t0
	add t0, t0, a5
	add s9, s9, t0
	sltu t0, s9, t0
	add s9, s9, a7
	sltu a7, s9, a7
	or t0, t0, a7
	ld a0, 16(a3)
	ld a6, 64(a3)
	add a0, a0, a6
	sltu a6, a0, a6
	add a0, a0, s0
	sltu s0, a0, s0
	or a6, a6, s0
	mulhu a7, a0, t1
	mul s0, a0, t1
	add s4, s0, s4
	sltu s0, s4, s0
	add a7, s0, a7
	mulhu a5, a0, t2
	mul s0, a0, t2
	add s5, s0, s5
	sltu s0, s5, s0
	add a5, s0, a5
	add s5, a7, s5
	sltu a7, s5, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul s0, a0, t3
	add s6, s0, s6
	sltu s0, s6, s0
	add a5, s0, a5
	add s6, a7, s6
	sltu a7, s6, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul s0, a0, t4
	add s7, s0, s7
	sltu s0, s7, s0
	add a5, s0, a5
	add s7, a7, s7
	sltu a7, s7, a7
	add a7, a7, a5
	mulhu a5, a0, t5
	mul s0, a0, t5
	add s8, s0, s8
	sltu s0, s8, s0
	add a5, s0, a5
	add s8, a7, s8
	sltu a7, s8, a7
	add a7, a7, a5
	mulhu a5, a0, t6
	mul s0, a0, t6
	add s9, s0, s9
	sltu s0, s9, s0
	add a5, s0, a5
	add s9, a7, s9
	sltu a7, s9, a7
	add a7, a7, a5
	add s10, s10, a7
	sltu a7, s10, a7
	add s10, s10, t0
	sltu t0, s10, t0
	or a7, a7, t0
	ld a0, 24(a3)
	ld s0, 72(a3)
	add a0, a0, s0
	sltu s0, a0, s0
	add a0, a0, a6
	sltu a6, a0, a6
	or s0, s0, a6
	mulhu t0, a0, t1
	mul a6, a0, t1
	add s5, a6, s5
	sltu a6, s5, a6
	add t0, a6, t0
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s6, a6, s6
	sltu a6, s6, a6
	add a5, a6, a5
	add s6, t0, s6
	sltu t0, s6, t0
	add t0, t0, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s7, a6, s7
	sltu a6, s7, a6
	add a5, a6, a5
	add s7, t0, s7
	sltu t0, s7, t0
	add t0, t0, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, t0, s8
	sltu t0, s8, t0
	add t0, t0, a5
	mulhu a5, a0, t5
	mul a6, a0, t5
	add s9, a6, s9
	sltu a6, s9, a6
	add a5, a6, a5
	add s9, t0, s9
	sltu t0, s9, t0
	add t0, t0, a5
	mulhu a5, a0, t6
	mul a6, a0, t6
	add s10, a6, s10
	sltu a6, s10, a6
	add a5, a6, a5
	add s10, t0, s10
	sltu t0, s10, t0
	add t0, t0, a5
	add s11, s11, t0
	sltu t0, s11, t0
	add s11, s11, a7
	sltu a7, s11, a7
	or t0, t0, a7
	ld a0, 32(a3)
	ld a6, 80(a3)
	add a0, a0, a6
	sltu a6, a0, a6
	add a0, a0, s0
	sltu s0, a0, s0
	or a6, a6, s0
	mulhu a7, a0, t1
	mul s0, a0, t1
	add s6, s0, s6
	sltu s0, s6, s0
	add a7, s0, a7
	mulhu a5, a0, t2
	mul s0, a0, t2
	add s7, s0, s7
	sltu s0, s7, s0
	add a5, s0, a5
	add s7, a7, s7
	sltu a7, s7, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul s0, a0, t3
	add s8, s0, s8
	sltu s0, s8, s0
	add a5, s0, a5
	add s8, a7, s8
	sltu a7, s8, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul s0, a0, t4
	add s9, s0, s9
	sltu s0, s9, s0
	add a5, s0, a5
	add s9, a7, s9
	sltu a7, s9, a7
	add a7, a7, a5
	mulhu a5, a0, t5
	mul s0, a0, t5
	add s10, s0, s10
	sltu s0, s10, s0
	add a5, s0, a5
	add s10, a7, s10
	sltu a7, s10, a7
	add a7, a7, a5
	mulhu a5, a0, t6
	mul s0, a0, t6
	add s11, s0, s11
	sltu s0, s11, s0
	add a5, s0, a5
	add s11, a7, s11
	sltu a7, s11, a7
	add a7, a7, a5
	add gp, gp, a7
	sltu a7, gp, a7
	add gp, gp, t0
	sltu t0, gp, t0
	or a7, a7, t0
	ld a0, 40(a3)
	ld s0, 88(a3)
	add a0, a0, s0
	sltu s0, a0, s0
	add a0, a0, a6
	sltu a6, a0, a6
	or s0, s0, a6
	mulhu t0, a0, t1
	mul a6, a0, t1
	add s7, a6, s7
	sltu a6, s7, a6
	add t0, a6, t0
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, t0, s8
	sltu t0, s8, t0
	add t0, t0, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s9, a6, s9
	sltu a6, s9, a6
	add a5, a6, a5
	add s9, t0, s9
	sltu t0, s9, t0
	add t0, t0, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s10, a6, s10
	sltu a6, s10, a6
	add a5, a6, a5
	add s10, t0, s10
	sltu t0, s10, t0
	add t0, t0, a5
	mulhu a5, a0, t5
	mul a6, a0, t5
	add s11, a6, s11
	sltu a6, s11, a6
	add a5, a6, a5
	add s11, t0, s11
	sltu t0, s11, t0
	add t0, t0, a5
	mulhu a5, a0, t6
	mul a6, a0, t6
	add gp, a6, gp
	sltu a6, gp, a6
	add a5, a6, a5
	add gp, t0, gp
	sltu t0, gp, t0
	add t0, t0, a5
	add tp, tp, t0
	sltu t0, tp, t0
	add tp, tp, a7
	sltu a7, tp, a7
	or t0, t0, a7
	bne a1, a2, .Lbls12_381_2
.Lbls12_381_3:
	li t0, 0
	ld a7, 40(sp)
	sub a7, s2, a7
	sltu a5, s2, a7
	sub s2, a7, t0
	sltu t0, a7, s2
	or a7, t0, a5
	ld t0, 48(sp)
	sub t0, s3, t0
	sltu a5, s3, t0
	sub s3, t0, a7
	sltu a7, t0, s3
	or t0, a7, a5
	ld a7, 56(sp)
	sub a7, s4, a7
	sltu a5, s4, a7
	sub s4, a7, t0
	sltu t0, a7, s4
	or a7, t0, a5
	ld t0, 64(sp)
	sub t0, s5, t0
	sltu a5, s5, t0
	sub s5, t0, a7
	sltu a7, t0, s5
	or t0, a7, a5
	ld a7, 72(sp)
	sub a7, s6, a7
	sltu a5, s6, a7
	sub s6, a7, t0
	sltu t0, a7, s6
	or a7, t0, a5
	ld t0, 80(sp)
	sub t0, s7, t0
	sltu a5, s7, t0
	sub s7, t0, a7
	sltu a7, t0, s7
	or t0, a7, a5
	ld a7, 88(sp)
	sub a7, s8, a7
	sltu a5, s8, a7
	sub s8, a7, t0
	sltu t0, a7, s8
	or a7, t0, a5
	ld t0, 96(sp)
	sub t0, s9, t0
	sltu a5, s9, t0
	sub s9, t0, a7
	sltu a7, t0, s9
	or t0, a7, a5
	ld a7, 104(sp)
	sub a7, s10, a7
	sltu a5, s10, a7
	sub s10, a7, t0
	sltu t0, a7, s10
	or a7, t0, a5
	ld t0, 112(sp)
	sub t0, s11, t0
	sltu a5, s11, t0
	sub s11, t0, a7
	sltu a7, t0, s11
	or t0, a7, a5
	ld a7, 120(sp)
	sub a7, gp, a7
	sltu a5, gp, a7
	sub gp, a7, t0
	sltu t0, a7, gp
	or a7, t0, a5
	ld t0, 128(sp)
	sub t0, tp, t0
	sltu a5, tp, t0
	sub tp, t0, a7
	sltu a7, t0, tp
	or t0, a7, a5
	li t0, 0
	ld a7, 136(sp)
	sub a7, s2, a7
	sltu a5, s2, a7
	sub s2, a7, t0
	sltu t0, a7, s2
	or a7, t0, a5
	ld t0, 144(sp)
	sub t0, s3, t0
	sltu a5, s3, t0
	sub s3, t0, a7
	sltu a7, t0, s3
	or t0, a7, a5
	ld a7, 152(sp)
	sub a7, s4, a7
	sltu a5, s4, a7
	sub s4, a7, t0
	sltu t0, a7, s4
	or a7, t0, a5
	ld t0, 160(sp)
	sub t0, s5, t0
	sltu a5, s5, t0
	sub s5, t0, a7
	sltu a7, t0, s5
	or t0, a7, a5
	ld a7, 168(sp)
	sub a7, s6, a7
	sltu a5, s6, a7
	sub s6, a7, t0
	sltu t0, a7, s6
	or a7, t0, a5
	ld t0, 176(sp)
	sub t0, s7, t0
	sltu a5, s7, t0
	sub s7, t0, a7
	sltu a7, t0, s7
	or t0, a7, a5
	ld a7, 184(sp)
	sub a7, s8, a7
	sltu a5, s8, a7
	sub s8, a7, t0
	sltu t0, a7, s8
	or a7, t0, a5
	ld t0, 192(sp)
	sub t0, s9, t0
	sltu a5, s9, t0
	sub s9, t0, a7
	sltu a7, t0, s9
	or t0, a7, a5
	ld a7, 200(sp)
	sub a7, s10, a7
	sltu a5, s10, a7
	sub s10, a7, t0
	sltu t0, a7, s10
	or a7, t0, a5
	ld t0, 208(sp)
	sub t0, s11, t0
	sltu a5, s11, t0
	sub s11, t0, a7
	sltu a7, t0, s11
	or t0, a7, a5
	ld a7, 216(sp)
	sub a7, gp, a7
	sltu a5, gp, a7
	sub gp, a7, t0
	sltu t0, a7, gp
	or a7, t0, a5
	ld t0, 224(sp)
	sub t0, tp, t0
	sltu a5, tp, t0
	sub tp, t0, a7
	sltu a7, t0, tp
	or t0, a7, a5
	ld a3, 24(sp)
	addi a3, a3, 48
	call verdict_bls12_381_reduce
	ld ra, 0(sp)
	ld s0, 8(sp)
	addi sp, sp, 240
	ret
	.section .text.verdict_bls12_381_split, "ax", @progbits
	.p2align 2
	.globl verdict_bls12_381_split
verdict_bls12_381_split:
	la a5, verdict_bls12_381_modulus
	ld t1, 0(a5)
	ld t2, 8(a5)
	ld t3, 16(a5)
	ld t4, 24(a5)
	ld t5, 32(a5)
	ld t6, 40(a5)
	ld s2, 0(a1)
	ld s3, 8(a1)
	ld s4, 16(a1)
	ld s5, 24(a1)
	ld s6, 32(a1)
	ld s7, 40(a1)
	ld s8, 48(a1)
	ld s9, 56(a1)
	ld s10, 64(a1)
	ld s11, 72(a1)
	ld gp, 80(a1)
	ld tp, 88(a1)
	mv a6, s8
	mv a7, s2
	add a6, a7, a6
	sltu a7, a6, a7
	sd a6, 0(a3)
	mv a6, s9
	mv t0, s3
	add a6, a6, t0
	sltu t0, a6, t0
	add a6, a6, a7
	sltu a7, a6, a7
	or t0, t0, a7
	sd a6, 8(a3)
	mv a6, s10
	mv a7, s4
	add a6, a6, a7
	sltu a7, a6, a7
	add a6, a6, t0
	sltu t0, a6, t0
	or a7, a7, t0
	sd a6, 16(a3)
	mv a6, s11
	mv t0, s5
	add a6, a6, t0
	sltu t0, a6, t0
	add a6, a6, a7
	sltu a7, a6, a7
	or t0, t0, a7
	sd a6, 24(a3)
	mv a6, gp
	mv a7, s6
	add a6, a6, a7
	sltu a7, a6, a7
	add a6, a6, t0
	sltu t0, a6, t0
	or a7, a7, t0
	sd a6, 32(a3)
	mv a6, tp
	mv t0, s7
	add a6, a6, t0
	sltu t0, a6, t0
	add a6, a6, a7
	sltu a7, a6, a7
	or t0, t0, a7
	sd a6, 40(a3)
	mv a6, s8
	mv a7, s8
	add a6, a7, a6
	sltu a7, a6, a7
	sd a6, 96(a3)
	mv a6, s9
	mv t0, s9
	add a6, a6, t0
	sltu t0, a6, t0
	add a6, a6, a7
	sltu a7, a6, a7
	or t0, t0, a7
	sd a6, 104(a3)
	mv a6, s10
	mv a7, s10
	add a6, a6, a7
	sltu a7, a6, a7
	add a6, a6, t0
	sltu t0, a6, t0
	or a7, a7, t0
	sd a6, 112(a3)
	mv a6, s11
	mv t0, s11
	add a6, a6, t0
	sltu t0, a6, t0
	add a6, a6, a7
	sltu a7, a6, a7
	or t0, t0, a7
	sd a6, 120(a3)
	mv a6, gp
	mv a7, gp
	add a6, a6, a7
	sltu a7, a6, a7
	add a6, a6, t0
	sltu t0, a6, t0
	or a7, a7, t0
	sd a6, 128(a3)
	mv a6, tp
	mv t0, tp
	add a6, a6, t0
	sltu t0, a6, t0
	add a6, a6, a7
	sltu a7, a6, a7
	or t0, t0, a7
	sd a6, 136(a3)
	li a7, 0
	sub s8, s2, s8
	sltu a5, s2, s8
	sub s2, s8, a7
	sltu a7, s8, s2
	or s8, a7, a5
	sub s9, s3, s9
	sltu a5, s3, s9
	sub s3, s9, s8
	sltu s8, s9, s3
	or s9, s8, a5
	sub s10, s4, s10
	sltu a5, s4, s10
	sub s4, s10, s9
	sltu s9, s10, s4
	or s10, s9, a5
	sub s11, s5, s11
	sltu a5, s5, s11
	sub s5, s11, s10
	sltu s10, s11, s5
	or s11, s10, a5
	sub gp, s6, gp
	sltu a5, s6, gp
	sub s6, gp, s11
	sltu s11, gp, s6
	or gp, s11, a5
	sub tp, s7, tp
	sltu a5, s7, tp
	sub s7, tp, gp
	sltu gp, tp, s7
	or tp, gp, a5
	beqz tp, .Lbls12_381_4
	add s2, t1, s2
	sltu t1, s2, t1
	add s3, s3, t2
	sltu t2, s3, t2
	add s3, s3, t1
	sltu t1, s3, t1
	or t2, t2, t1
	add s4, s4, t3
	sltu t3, s4, t3
	add s4, s4, t2
	sltu t2, s4, t2
	or t3, t3, t2
	add s5, s5, t4
	sltu t4, s5, t4
	add s5, s5, t3
	sltu t3, s5, t3
	or t4, t4, t3
	add s6, s6, t5
	sltu t5, s6, t5
	add s6, s6, t4
	sltu t4, s6, t4
	or t5, t5, t4
	add s7, s7, t6
	sltu t6, s7, t6
	add s7, s7, t5
	sltu t5, s7, t5
	or t6, t6, t5
.Lbls12_381_4:
	sd s2, 48(a3)
	sd s3, 56(a3)
	sd s4, 64(a3)
	sd s5, 72(a3)
	sd s6, 80(a3)
	sd s7, 88(a3)
	ret
	.section .text.verdict_bls12_381_csqr, "ax", @progbits
	.p2align 2
	.globl verdict_bls12_381_csqr
verdict_bls12_381_csqr:
	addi sp, sp, -192
	sd ra, 0(sp)
	sd a0, 24(sp)
	sd a1, 32(sp)
	addi a3, sp, 40
	call verdict_bls12_381_split
	ld a3, 32(sp)
	addi a5, sp, 136
	mv a1, a2
	call verdict_bls12_381_first
	ld a3, 24(sp)
	addi a3, a3, 48
	call verdict_bls12_381_reduce
	addi a3, sp, 88
	addi a5, sp, 40
	mv a1, a2
	call verdict_bls12_381_first
	ld a3, 24(sp)
	call verdict_bls12_381_reduce
	ld ra, 0(sp)
	addi sp, sp, 192
	ret
	.section .text.verdict_bls12_381_square4, "ax", @progbits
	.p2align 2
	.globl verdict_bls12_381_square4
verdict_bls12_381_square4:
	addi sp, sp, -912
	sd ra, 0(sp)
	sd a0, 8(sp)
	sd a3, 16(sp)
	sd a1, 24(sp)
	sd a2, 32(sp)
	addi a3, sp, 472
	call verdict_bls12_381_sum
	addi a3, sp, 40
	call verdict_bls12_381_split
	ld a1, 32(sp)
	addi a3, sp, 184
	call verdict_bls12_381_split
	addi a1, sp, 40
	addi a2, sp, 184
	addi a3, sp, 328
	call verdict_bls12_381_sum
	addi a1, sp, 88
	addi a2, sp, 232
	addi a3, sp, 376
	call verdict_bls12_381_sum
	addi a1, sp, 136
	addi a2, sp, 280
	addi a3, sp, 424
	call verdict_bls12_381_sum
	ld a3, 32(sp)
	addi a5, sp, 280
	mv a1, a2
	call verdict_bls12_381_first
	sd s2, 520(sp)
	sd s3, 528(sp)
	sd s4, 536(sp)
	sd s5, 544(sp)
	sd s6, 552(sp)
	sd s7, 560(sp)
	sd s8, 568(sp)
	sd s9, 576(sp)
	sd s10, 584(sp)
	sd s11, 592(sp)
	sd gp, 600(sp)
	sd tp, 608(sp)
	ld a3, 24(sp)
	addi a5, sp, 136
	mv a1, a2
	call verdict_bls12_381_product
	sd s2, 616(sp)
	sd s3, 624(sp)
	sd s4, 632(sp)
	sd s5, 640(sp)
	sd s6, 648(sp)
	sd s7, 656(sp)
	sd s8, 664(sp)
	sd s9, 672(sp)
	sd s10, 680(sp)
	sd s11, 688(sp)
	sd gp, 696(sp)
	sd tp, 704(sp)
	addi a3, sp, 232
	addi a5, sp, 184
	mv a1, a2
	call verdict_bls12_381_first
	sd s2, 712(sp)
	sd s3, 720(sp)
	sd s4, 728(sp)
	sd s5, 736(sp)
	sd s6, 744(sp)
	sd s7, 752(sp)
	sd s8, 760(sp)
	sd s9, 768(sp)
	sd s10, 776(sp)
	sd s11, 784(sp)
	sd gp, 792(sp)
	sd tp, 800(sp)
	addi a3, sp, 88
	addi a5, sp, 40
	mv a1, a2
	call verdict_bls12_381_product
	sd s2, 808(sp)
	sd s3, 816(sp)
	sd s4, 824(sp)
	sd s5, 832(sp)
	sd s6, 840(sp)
	sd s7, 848(sp)
	sd s8, 856(sp)
	sd s9, 864(sp)
	sd s10, 872(sp)
	sd s11, 880(sp)
	sd gp, 888(sp)
	sd tp, 896(sp)
	li t0, 0
	ld a7, 520(sp)
	sub a7, s2, a7
	sltu a5, s2, a7
	sub s2, a7, t0
	sltu t0, a7, s2
	or a7, t0, a5
	ld t0, 528(sp)
	sub t0, s3, t0
	sltu a5, s3, t0
	sub s3, t0, a7
	sltu a7, t0, s3
	or t0, a7, a5
	ld a7, 536(sp)
	sub a7, s4, a7
	sltu a5, s4, a7
	sub s4, a7, t0
	sltu t0, a7, s4
	or a7, t0, a5
	ld t0, 544(sp)
	sub t0, s5, t0
	sltu a5, s5, t0
	sub s5, t0, a7
	sltu a7, t0, s5
	or t0, a7, a5
	ld a7, 552(sp)
	sub a7, s6, a7
	sltu a5, s6, a7
	sub s6, a7, t0
	sltu t0, a7, s6
	or a7, t0, a5
	ld t0, 560(sp)
	sub t0, s7, t0
	sltu a5, s7, t0
	sub s7, t0, a7
	sltu a7, t0, s7
	or t0, a7, a5
	ld a7, 568(sp)
	sub a7, s8, a7
	sltu a5, s8, a7
	sub s8, a7, t0
	sltu t0, a7, s8
	or a7, t0, a5
	ld t0, 576(sp)
	sub t0, s9, t0
	sltu a5, s9, t0
	sub s9, t0, a7
	sltu a7, t0, s9
	or t0, a7, a5
	ld a7, 584(sp)
	sub a7, s10, a7
	sltu a5, s10, a7
	sub s10, a7, t0
	sltu t0, a7, s10
	or a7, t0, a5
	ld t0, 592(sp)
	sub t0, s11, t0
	sltu a5, s11, t0
	sub s11, t0, a7
	sltu a7, t0, s11
	or t0, a7, a5
	ld a7, 600(sp)
	sub a7, gp, a7
	sltu a5, gp, a7
	sub gp, a7, t0
	sltu t0, a7, gp
	or a7, t0, a5
	ld t0, 608(sp)
	sub t0, tp, t0
	sltu a5, tp, t0
	sub tp, t0, a7
	sltu a7, t0, tp
	or t0, a7, a5
	beqz t0, .Lbls12_381_5
	la a5, verdict_bls12_381_modulus
	ld t1, 0(a5)
	ld t2, 8(a5)
	ld t3, 16(a5)
	ld t4, 24(a5)
	ld t5, 32(a5)
	ld t6, 40(a5)
	add s8, t1, s8
	sltu t1, s8, t1
	add s9, s9, t2
	sltu t2, s9, t2
	add s9, s9, t1
	sltu t1, s9, t1
	or t2, t2, t1
	add s10, s10, t3
	sltu t3, s10, t3
	add s10, s10, t2
	sltu t2, s10, t2
	or t3, t3, t2
	add s11, s11, t4
	sltu t4, s11, t4
	add s11, s11, t3
	sltu t3, s11, t3
	or t4, t4, t3
	add gp, gp, t5
	sltu t5, gp, t5
	add gp, gp, t4
	sltu t4, gp, t4
	or t5, t5, t4
	add tp, tp, t6
	sltu t6, tp, t6
	add tp, tp, t5
	sltu t5, tp, t5
	or t6, t6, t5
.Lbls12_381_5:
	ld a3, 8(sp)
	call verdict_bls12_381_reduce
	ld s2, 616(sp)
	ld s3, 624(sp)
	ld s4, 632(sp)
	ld s5, 640(sp)
	ld s6, 648(sp)
	ld s7, 656(sp)
	ld s8, 664(sp)
	ld s9, 672(sp)
	ld s10, 680(sp)
	ld s11, 688(sp)
	ld gp, 696(sp)
	ld tp, 704(sp)
	ld a7, 712(sp)
	add s2, a7, s2
	sltu a7, s2, a7
	ld t0, 720(sp)
	add s3, s3, t0
	sltu t0, s3, t0
	add s3, s3, a7
	sltu a7, s3, a7
	or t0, t0, a7
	ld a7, 728(sp)
	add s4, s4, a7
	sltu a7, s4, a7
	add s4, s4, t0
	sltu t0, s4, t0
	or a7, a7, t0
	ld t0, 736(sp)
	add s5, s5, t0
	sltu t0, s5, t0
	add s5, s5, a7
	sltu a7, s5, a7
	or t0, t0, a7
	ld a7, 744(sp)
	add s6, s6, a7
	sltu a7, s6, a7
	add s6, s6, t0
	sltu t0, s6, t0
	or a7, a7, t0
	ld t0, 752(sp)
	add s7, s7, t0
	sltu t0, s7, t0
	add s7, s7, a7
	sltu a7, s7, a7
	or t0, t0, a7
	ld a7, 760(sp)
	add s8, s8, a7
	sltu a7, s8, a7
	add s8, s8, t0
	sltu t0, s8, t0
	or a7, a7, t0
	ld t0, 768(sp)
	add s9, s9, t0
	sltu t0, s9, t0
	add s9, s9, a7
	sltu a7, s9, a7
	or t0, t0, a7
	ld a7, 776(sp)
	add s10, s10, a7
	sltu a7, s10, a7
	add s10, s10, t0
	sltu t0, s10, t0
	or a7, a7, t0
	ld t0, 784(sp)
	add s11, s11, t0
	sltu t0, s11, t0
	add s11, s11, a7
	sltu a7, s11, a7
	or t0, t0, a7
	ld a7, 792(sp)
	add gp, gp, a7
	sltu a7, gp, a7
	add gp, gp, t0
	sltu t0, gp, t0
	or a7, a7, t0
	ld t0, 800(sp)
	add tp, tp, t0
	sltu t0, tp, t0
	add tp, tp, a7
	sltu a7, tp, a7
	or t0, t0, a7
	ld a3, 8(sp)
	addi a3, a3, 48
	call verdict_bls12_381_reduce
	addi a3, sp, 376
	addi a5, sp, 328
	mv a1, a2
	call verdict_bls12_381_first
	li t0, 0
	ld a7, 808(sp)
	sub a7, s2, a7
	sltu a5, s2, a7
	sub s2, a7, t0
	sltu t0, a7, s2
	or a7, t0, a5
	ld t0, 816(sp)
	sub t0, s3, t0
	sltu a5, s3, t0
	sub s3, t0, a7
	sltu a7, t0, s3
	or t0, a7, a5
	ld a7, 824(sp)
	sub a7, s4, a7
	sltu a5, s4, a7
	sub s4, a7, t0
	sltu t0, a7, s4
	or a7, t0, a5
	ld t0, 832(sp)
	sub t0, s5, t0
	sltu a5, s5, t0
	sub s5, t0, a7
	sltu a7, t0, s5
	or t0, a7, a5
	ld a7, 840(sp)
	sub a7, s6, a7
	sltu a5, s6, a7
	sub s6, a7, t0
	sltu t0, a7, s6
	or a7, t0, a5
	ld t0, 848(sp)
	sub t0, s7, t0
	sltu a5, s7, t0
	sub s7, t0, a7
	sltu a7, t0, s7
	or t0, a7, a5
	ld a7, 856(sp)
	sub a7, s8, a7
	sltu a5, s8, a7
	sub s8, a7, t0
	sltu t0, a7, s8
	or a7, t0, a5
	ld t0, 864(sp)
	sub t0, s9, t0
	sltu a5, s9, t0
	sub s9, t0, a7
	sltu a7, t0, s9
	or t0, a7, a5
	ld a7, 872(sp)
	sub a7, s10, a7
	sltu a5, s10, a7
	sub s10, a7, t0
	sltu t0, a7, s10
	or a7, t0, a5
	ld t0, 880(sp)
	sub t0, s11, t0
	sltu a5, s11, t0
	sub s11, t0, a7
	sltu a7, t0, s11
	or t0, a7, a5
	ld a7, 888(sp)
	sub a7, gp, a7
	sltu a5, gp, a7
	sub gp, a7, t0
	sltu t0, a7, gp
	or a7, t0, a5
	ld t0, 896(sp)
	sub t0, tp, t0
	sltu a5, tp, t0
	sub tp, t0, a7
	sltu a7, t0, tp
	or t0, a7, a5
	ld a3, 16(sp)
	call verdict_bls12_381_reduce
	addi a3, sp, 472
	addi a5, sp, 424
	mv a1, a2
	call verdict_bls12_381_first
	li t0, 0
	ld a7, 616(sp)
	sub a7, s2, a7
	sltu a5, s2, a7
	sub s2, a7, t0
	sltu t0, a7, s2
	or a7, t0, a5
	ld t0, 624(sp)
	sub t0, s3, t0
	sltu a5, s3, t0
	sub s3, t0, a7
	sltu a7, t0, s3
	or t0, a7, a5
	ld a7, 632(sp)
	sub a7, s4, a7
	sltu a5, s4, a7
	sub s4, a7, t0
	sltu t0, a7, s4
	or a7, t0, a5
	ld t0, 640(sp)
	sub t0, s5, t0
	sltu a5, s5, t0
	sub s5, t0, a7
	sltu a7, t0, s5
	or t0, a7, a5
	ld a7, 648(sp)
	sub a7, s6, a7
	sltu a5, s6, a7
	sub s6, a7, t0
	sltu t0, a7, s6
	or a7, t0, a5
	ld t0, 656(sp)
	sub t0, s7, t0
	sltu a5, s7, t0
	sub s7, t0, a7
	sltu a7, t0, s7
	or t0, a7, a5
	ld a7, 664(sp)
	sub a7, s8, a7
	sltu a5, s8, a7
	sub s8, a7, t0
	sltu t0, a7, s8
	or a7, t0, a5
	ld t0, 672(sp)
	sub t0, s9, t0
	sltu a5, s9, t0
	sub s9, t0, a7
	sltu a7, t0, s9
	or t0, a7, a5
	ld a7, 680(sp)
	sub a7, s10, a7
	sltu a5, s10, a7
	sub s10, a7, t0
	sltu t0, a7, s10
	or a7, t0, a5
	ld t0, 688(sp)
	sub t0, s11, t0
	sltu a5, s11, t0
	sub s11, t0, a7
	sltu a7, t0, s11
	or t0, a7, a5
	ld a7, 696(sp)
	sub a7, gp, a7
	sltu a5, gp, a7
	sub gp, a7, t0
	sltu t0, a7, gp
	or a7, t0, a5
	ld t0, 704(sp)
	sub t0, tp, t0
	sltu a5, tp, t0
	sub tp, t0, a7
	sltu a7, t0, tp
	or t0, a7, a5
	ld a3, 16(sp)
	addi a3, a3, 48
	call verdict_bls12_381_reduce
	ld ra, 0(sp)
	addi sp, sp, 912
	ret
	.section .text.verdict_bls12_381_mac, "ax", @progbits
	.p2align 2
	.globl verdict_bls12_381_mac
verdict_bls12_381_mac:
	ld a3, 0(a1)
	ld a5, 8(a1)
	addi a1, a1, 16
	add a3, a3, a4
	add a5, a5, a4
verdict_bls12_381_first:
	ld t1, 0(a5)
	ld t2, 8(a5)
	ld t3, 16(a5)
	ld t4, 24(a5)
	ld t5, 32(a5)
	ld t6, 40(a5)
	ld a0, 0(a3)
	mulhu a7, a0, t1
	mul s2, a0, t1
	mulhu a5, a0, t2
	mul s3, a0, t2
	add s3, a7, s3
	sltu a7, s3, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul s4, a0, t3
	add s4, a7, s4
	sltu a7, s4, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul s5, a0, t4
	add s5, a7, s5
	sltu a7, s5, a7
	add a7, a7, a5
	mulhu a5, a0, t5
	mul s6, a0, t5
	add s6, a7, s6
	sltu a7, s6, a7
	add a7, a7, a5
	mulhu a5, a0, t6
	mul s7, a0, t6
	add s7, a7, s7
	sltu a7, s7, a7
	add s8, a7, a5
	ld a0, 8(a3)
	mulhu a7, a0, t1
	mul a6, a0, t1
	add s3, a6, s3
	sltu a6, s3, a6
	add a7, a6, a7
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s4, a6, s4
	sltu a6, s4, a6
	add a5, a6, a5
	add s4, a7, s4
	sltu a7, s4, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s5, a6, s5
	sltu a6, s5, a6
	add a5, a6, a5
	add s5, a7, s5
	sltu a7, s5, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s6, a6, s6
	sltu a6, s6, a6
	add a5, a6, a5
	add s6, a7, s6
	sltu a7, s6, a7
	add a7, a7, a5
	mulhu a5, a0, t5
	mul a6, a0, t5
	add s7, a6, s7
	sltu a6, s7, a6
	add a5, a6, a5
	add s7, a7, s7
	sltu a7, s7, a7
	add a7, a7, a5
	mulhu a5, a0, t6
	mul a6, a0, t6
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, a7, s8
	sltu a7, s8, a7
	add s9, a7, a5
	ld a0, 16(a3)
	mulhu a7, a0, t1
	mul a6, a0, t1
	add s4, a6, s4
	sltu a6, s4, a6
	add a7, a6, a7
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s5, a6, s5
	sltu a6, s5, a6
	add a5, a6, a5
	add s5, a7, s5
	sltu a7, s5, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s6, a6, s6
	sltu a6, s6, a6
	add a5, a6, a5
	add s6, a7, s6
	sltu a7, s6, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s7, a6, s7
	sltu a6, s7, a6
	add a5, a6, a5
	add s7, a7, s7
	sltu a7, s7, a7
	add a7, a7, a5
	mulhu a5, a0, t5
	mul a6, a0, t5
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, a7, s8
	sltu a7, s8, a7
	add a7, a7, a5
	mulhu a5, a0, t6
	mul a6, a0, t6
	add s9, a6, s9
	sltu a6, s9, a6
	add a5, a6, a5
	add s9, a7, s9
	sltu a7, s9, a7
	add s10, a7, a5
	ld a0, 24(a3)
	mulhu a7, a0, t1
	mul a6, a0, t1
	add s5, a6, s5
	sltu a6, s5, a6
	add a7, a6, a7
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s6, a6, s6
	sltu a6, s6, a6
	add a5, a6, a5
	add s6, a7, s6
	sltu a7, s6, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s7, a6, s7
	sltu a6, s7, a6
	add a5, a6, a5
	add s7, a7, s7
	sltu a7, s7, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, a7, s8
	sltu a7, s8, a7
	add a7, a7, a5
	mulhu a5, a0, t5
	mul a6, a0, t5
	add s9, a6, s9
	sltu a6, s9, a6
	add a5, a6, a5
	add s9, a7, s9
	sltu a7, s9, a7
	add a7, a7, a5
	mulhu a5, a0, t6
	mul a6, a0, t6
	add s10, a6, s10
	sltu a6, s10, a6
	add a5, a6, a5
	add s10, a7, s10
	sltu a7, s10, a7
	add s11, a7, a5
	ld a0, 32(a3)
	mulhu a7, a0, t1
	mul a6, a0, t1
	add s6, a6, s6
	sltu a6, s6, a6
	add a7, a6, a7
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s7, a6, s7
	sltu a6, s7, a6
	add a5, a6, a5
	add s7, a7, s7
	sltu a7, s7, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, a7, s8
	sltu a7, s8, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s9, a6, s9
	sltu a6, s9, a6
	add a5, a6, a5
	add s9, a7, s9
	sltu a7, s9, a7
	add a7, a7, a5
	mulhu a5, a0, t5
	mul a6, a0, t5
	add s10, a6, s10
	sltu a6, s10, a6
	add a5, a6, a5
	add s10, a7, s10
	sltu a7, s10, a7
	add a7, a7, a5
	mulhu a5, a0, t6
	mul a6, a0, t6
	add s11, a6, s11
	sltu a6, s11, a6
	add a5, a6, a5
	add s11, a7, s11
	sltu a7, s11, a7
	add gp, a7, a5
	ld a0, 40(a3)
	mulhu a7, a0, t1
	mul a6, a0, t1
	add s7, a6, s7
	sltu a6, s7, a6
	add a7, a6, a7
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, a7, s8
	sltu a7, s8, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s9, a6, s9
	sltu a6, s9, a6
	add a5, a6, a5
	add s9, a7, s9
	sltu a7, s9, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s10, a6, s10
	sltu a6, s10, a6
	add a5, a6, a5
	add s10, a7, s10
	sltu a7, s10, a7
	add a7, a7, a5
	mulhu a5, a0, t5
	mul a6, a0, t5
	add s11, a6, s11
	sltu a6, s11, a6
	add a5, a6, a5
	add s11, a7, s11
	sltu a7, s11, a7
	add a7, a7, a5
	mulhu a5, a0, t6
	mul a6, a0, t6
	add gp, a6, gp
	sltu a6, gp, a6
	add a5, a6, a5
	add gp, a7, gp
	sltu a7, gp, a7
	add tp, a7, a5
	bne a1, a2, .Lbls12_381_6
	ret
.Lbls12_381_6:
	ld a3, 0(a1)
	ld a5, 8(a1)
	addi a1, a1, 16
	add a3, a3, a4
	add a5, a5, a4
verdict_bls12_381_product:
	ld t1, 0(a5)
	ld t2, 8(a5)
	ld t3, 16(a5)
	ld t4, 24(a5)
	ld t5, 32(a5)
	ld t6, 40(a5)
	ld a0, 0(a3)
	mulhu a7, a0, t1
	mul a6, a0, t1
	add s2, a6, s2
	sltu a6, s2, a6
	add a7, a6, a7
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s3, a6, s3
	sltu a6, s3, a6
	add a5, a6, a5
	add s3, a7, s3
	sltu a7, s3, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s4, a6, s4
	sltu a6, s4, a6
	add a5, a6, a5
	add s4, a7, s4
	sltu a7, s4, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s5, a6, s5
	sltu a6, s5, a6
	add a5, a6, a5
	add s5, a7, s5
	sltu a7, s5, a7
	add a7, a7, a5
	mulhu a5, a0, t5
	mul a6, a0, t5
	add s6, a6, s6
	sltu a6, s6, a6
	add a5, a6, a5
	add s6, a7, s6
	sltu a7, s6, a7
	add a7, a7, a5
	mulhu a5, a0, t6
	mul a6, a0, t6
	add s7, a6, s7
	sltu a6, s7, a6
	add a5, a6, a5
	add s7, a7, s7
	sltu a7, s7, a7
	add a7, a7, a5
	add s8, a7, s8
	sltu a7, s8, a7
	ld a0, 8(a3)
	mulhu t0, a0, t1
	mul a6, a0, t1
	add s3, a6, s3
	sltu a6, s3, a6
	add t0, a6, t0
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s4, a6, s4
	sltu a6, s4, a6
	add a5, a6, a5
	add s4, t0, s4
	sltu t0, s4, t0
	add t0, t0, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s5, a6, s5
	sltu a6, s5, a6
	add a5, a6, a5
	add s5, t0, s5
	sltu t0, s5, t0
	add t0, t0, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s6, a6, s6
	sltu a6, s6, a6
	add a5, a6, a5
	add s6, t0, s6
	sltu t0, s6, t0
	add t0, t0, a5
	mulhu a5, a0, t5
	mul a6, a0, t5
	add s7, a6, s7
	sltu a6, s7, a6
	add a5, a6, a5
	add s7, t0, s7
	sltu t0, s7, t0
	add t0, t0, a5
	mulhu a5, a0, t6
	mul a6, a0, t6
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, t0, s8
	sltu t0, s8, t0
	add t0, t0, a5
	add s9, s9, t0
	sltu t0, s9, t0
	add s9, s9, a7
	sltu a7, s9, a7
	or t0, t0, a7
	ld a0, 16(a3)
	mulhu a7, a0, t1
	mul a6, a0, t1
	add s4, a6, s4
	sltu a6, s4, a6
	add a7, a6, a7
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s5, a6, s5
	sltu a6, s5, a6
	add a5, a6, a5
	add s5, a7, s5
	sltu a7, s5, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s6, a6, s6
	sltu a6, s6, a6
	add a5, a6, a5
	add s6, a7, s6
	sltu a7, s6, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s7, a6, s7
	sltu a6, s7, a6
	add a5, a6, a5
	add s7, a7, s7
	sltu a7, s7, a7
	add a7, a7, a5
	mulhu a5, a0, t5
	mul a6, a0, t5
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, a7, s8
	sltu a7, s8, a7
	add a7, a7, a5
	mulhu a5, a0, t6
	mul a6, a0, t6
	add s9, a6, s9
	sltu a6, s9, a6
	add a5, a6, a5
	add s9, a7, s9
	sltu a7, s9, a7
	add a7, a7, a5
	add s10, s10, a7
	sltu a7, s10, a7
	add s10, s10, t0
	sltu t0, s10, t0
	or a7, a7, t0
	ld a0, 24(a3)
	mulhu t0, a0, t1
	mul a6, a0, t1
	add s5, a6, s5
	sltu a6, s5, a6
	add t0, a6, t0
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s6, a6, s6
	sltu a6, s6, a6
	add a5, a6, a5
	add s6, t0, s6
	sltu t0, s6, t0
	add t0, t0, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s7, a6, s7
	sltu a6, s7, a6
	add a5, a6, a5
	add s7, t0, s7
	sltu t0, s7, t0
	add t0, t0, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, t0, s8
	sltu t0, s8, t0
	add t0, t0, a5
	mulhu a5, a0, t5
	mul a6, a0, t5
	add s9, a6, s9
	sltu a6, s9, a6
	add a5, a6, a5
	add s9, t0, s9
	sltu t0, s9, t0
	add t0, t0, a5
	mulhu a5, a0, t6
	mul a6, a0, t6
	add s10, a6, s10
	sltu a6, s10, a6
	add a5, a6, a5
	add s10, t0, s10
	sltu t0, s10, t0
	add t0, t0, a5
	add s11, s11, t0
	sltu t0, s11, t0
	add s11, s11, a7
	sltu a7, s11, a7
	or t0, t0, a7
	ld a0, 32(a3)
	mulhu a7, a0, t1
	mul a6, a0, t1
	add s6, a6, s6
	sltu a6, s6, a6
	add a7, a6, a7
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s7, a6, s7
	sltu a6, s7, a6
	add a5, a6, a5
	add s7, a7, s7
	sltu a7, s7, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, a7, s8
	sltu a7, s8, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s9, a6, s9
	sltu a6, s9, a6
	add a5, a6, a5
	add s9, a7, s9
	sltu a7, s9, a7
	add a7, a7, a5
	mulhu a5, a0, t5
	mul a6, a0, t5
	add s10, a6, s10
	sltu a6, s10, a6
	add a5, a6, a5
	add s10, a7, s10
	sltu a7, s10, a7
	add a7, a7, a5
	mulhu a5, a0, t6
	mul a6, a0, t6
	add s11, a6, s11
	sltu a6, s11, a6
	add a5, a6, a5
	add s11, a7, s11
	sltu a7, s11, a7
	add a7, a7, a5
	add gp, gp, a7
	sltu a7, gp, a7
	add gp, gp, t0
	sltu t0, gp, t0
	or a7, a7, t0
	ld a0, 40(a3)
	mulhu t0, a0, t1
	mul a6, a0, t1
	add s7, a6, s7
	sltu a6, s7, a6
	add t0, a6, t0
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, t0, s8
	sltu t0, s8, t0
	add t0, t0, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s9, a6, s9
	sltu a6, s9, a6
	add a5, a6, a5
	add s9, t0, s9
	sltu t0, s9, t0
	add t0, t0, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s10, a6, s10
	sltu a6, s10, a6
	add a5, a6, a5
	add s10, t0, s10
	sltu t0, s10, t0
	add t0, t0, a5
	mulhu a5, a0, t5
	mul a6, a0, t5
	add s11, a6, s11
	sltu a6, s11, a6
	add a5, a6, a5
	add s11, t0, s11
	sltu t0, s11, t0
	add t0, t0, a5
	mulhu a5, a0, t6
	mul a6, a0, t6
	add gp, a6, gp
	sltu a6, gp, a6
	add a5, a6, a5
	add gp, t0, gp
	sltu t0, gp, t0
	add t0, t0, a5
	add tp, tp, t0
	sltu t0, tp, t0
	add tp, tp, a7
	sltu a7, tp, a7
	or t0, t0, a7
	bne a1, a2, .Lbls12_381_6
	ret
	.section .text.verdict_bls12_381_reduce, "ax", @progbits
	.p2align 2
	.globl verdict_bls12_381_reduce
verdict_bls12_381_reduce:
	la a5, verdict_bls12_381_modulus
	ld t1, 0(a5)
	ld t2, 8(a5)
	ld t3, 16(a5)
	ld t4, 24(a5)
	ld t5, 32(a5)
	ld t6, 40(a5)
	ld a1, 48(a5)
	mul a0, s2, a1
	mulhu a7, a0, t1
	mul a6, a0, t1
	add s2, a6, s2
	sltu a6, s2, a6
	add a7, a6, a7
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s3, a6, s3
	sltu a6, s3, a6
	add a5, a6, a5
	add s3, a7, s3
	sltu a7, s3, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s4, a6, s4
	sltu a6, s4, a6
	add a5, a6, a5
	add s4, a7, s4
	sltu a7, s4, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s5, a6, s5
	sltu a6, s5, a6
	add a5, a6, a5
	add s5, a7, s5
	sltu a7, s5, a7
	add a7, a7, a5
	mulhu a5, a0, t5
	mul a6, a0, t5
	add s6, a6, s6
	sltu a6, s6, a6
	add a5, a6, a5
	add s6, a7, s6
	sltu a7, s6, a7
	add a7, a7, a5
	mulhu a5, a0, t6
	mul a6, a0, t6
	add s7, a6, s7
	sltu a6, s7, a6
	add a5, a6, a5
	add s7, a7, s7
	sltu a7, s7, a7
	add a7, a7, a5
	add s8, a7, s8
	sltu a7, s8, a7
	mul a0, s3, a1
	mulhu t0, a0, t1
	mul a6, a0, t1
	add s3, a6, s3
	sltu a6, s3, a6
	add t0, a6, t0
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s4, a6, s4
	sltu a6, s4, a6
	add a5, a6, a5
	add s4, t0, s4
	sltu t0, s4, t0
	add t0, t0, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s5, a6, s5
	sltu a6, s5, a6
	add a5, a6, a5
	add s5, t0, s5
	sltu t0, s5, t0
	add t0, t0, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s6, a6, s6
	sltu a6, s6, a6
	add a5, a6, a5
	add s6, t0, s6
	sltu t0, s6, t0
	add t0, t0, a5
	mulhu a5, a0, t5
	mul a6, a0, t5
	add s7, a6, s7
	sltu a6, s7, a6
	add a5, a6, a5
	add s7, t0, s7
	sltu t0, s7, t0
	add t0, t0, a5
	mulhu a5, a0, t6
	mul a6, a0, t6
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, t0, s8
	sltu t0, s8, t0
	add t0, t0, a5
	add s9, s9, t0
	sltu t0, s9, t0
	add s9, s9, a7
	sltu a7, s9, a7
	or t0, t0, a7
	mul a0, s4, a1
	mulhu a7, a0, t1
	mul a6, a0, t1
	add s4, a6, s4
	sltu a6, s4, a6
	add a7, a6, a7
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s5, a6, s5
	sltu a6, s5, a6
	add a5, a6, a5
	add s5, a7, s5
	sltu a7, s5, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s6, a6, s6
	sltu a6, s6, a6
	add a5, a6, a5
	add s6, a7, s6
	sltu a7, s6, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s7, a6, s7
	sltu a6, s7, a6
	add a5, a6, a5
	add s7, a7, s7
	sltu a7, s7, a7
	add a7, a7, a5
	mulhu a5, a0, t5
	mul a6, a0, t5
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, a7, s8
	sltu a7, s8, a7
	add a7, a7, a5
	mulhu a5, a0, t6
	mul a6, a0, t6
	add s9, a6, s9
	sltu a6, s9, a6
	add a5, a6, a5
	add s9, a7, s9
	sltu a7, s9, a7
	add a7, a7, a5
	add s10, s10, a7
	sltu a7, s10, a7
	add s10, s10, t0
	sltu t0, s10, t0
	or a7, a7, t0
	mul a0, s5, a1
	mulhu t0, a0, t1
	mul a6, a0, t1
	add s5, a6, s5
	sltu a6, s5, a6
	add t0, a6, t0
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s6, a6, s6
	sltu a6, s6, a6
	add a5, a6, a5
	add s6, t0, s6
	sltu t0, s6, t0
	add t0, t0, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s7, a6, s7
	sltu a6, s7, a6
	add a5, a6, a5
	add s7, t0, s7
	sltu t0, s7, t0
	add t0, t0, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, t0, s8
	sltu t0, s8, t0
	add t0, t0, a5
	mulhu a5, a0, t5
	mul a6, a0, t5
	add s9, a6, s9
	sltu a6, s9, a6
	add a5, a6, a5
	add s9, t0, s9
	sltu t0, s9, t0
	add t0, t0, a5
	mulhu a5, a0, t6
	mul a6, a0, t6
	add s10, a6, s10
	sltu a6, s10, a6
	add a5, a6, a5
	add s10, t0, s10
	sltu t0, s10, t0
	add t0, t0, a5
	add s11, s11, t0
	sltu t0, s11, t0
	add s11, s11, a7
	sltu a7, s11, a7
	or t0, t0, a7
	mul a0, s6, a1
	mulhu a7, a0, t1
	mul a6, a0, t1
	add s6, a6, s6
	sltu a6, s6, a6
	add a7, a6, a7
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s7, a6, s7
	sltu a6, s7, a6
	add a5, a6, a5
	add s7, a7, s7
	sltu a7, s7, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, a7, s8
	sltu a7, s8, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s9, a6, s9
	sltu a6, s9, a6
	add a5, a6, a5
	add s9, a7, s9
	sltu a7, s9, a7
	add a7, a7, a5
	mulhu a5, a0, t5
	mul a6, a0, t5
	add s10, a6, s10
	sltu a6, s10, a6
	add a5, a6, a5
	add s10, a7, s10
	sltu a7, s10, a7
	add a7, a7, a5
	mulhu a5, a0, t6
	mul a6, a0, t6
	add s11, a6, s11
	sltu a6, s11, a6
	add a5, a6, a5
	add s11, a7, s11
	sltu a7, s11, a7
	add a7, a7, a5
	add gp, gp, a7
	sltu a7, gp, a7
	add gp, gp, t0
	sltu t0, gp, t0
	or a7, a7, t0
	mul a0, s7, a1
	mulhu t0, a0, t1
	mul a6, a0, t1
	add s7, a6, s7
	sltu a6, s7, a6
	add t0, a6, t0
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, t0, s8
	sltu t0, s8, t0
	add t0, t0, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s9, a6, s9
	sltu a6, s9, a6
	add a5, a6, a5
	add s9, t0, s9
	sltu t0, s9, t0
	add t0, t0, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s10, a6, s10
	sltu a6, s10, a6
	add a5, a6, a5
	add s10, t0, s10
	sltu t0, s10, t0
	add t0, t0, a5
	mulhu a5, a0, t5
	mul a6, a0, t5
	add s11, a6, s11
	sltu a6, s11, a6
	add a5, a6, a5
	add s11, t0, s11
	sltu t0, s11, t0
	add t0, t0, a5
	mulhu a5, a0, t6
	mul a6, a0, t6
	add gp, a6, gp
	sltu a6, gp, a6
	add a5, a6, a5
	add gp, t0, gp
	sltu t0, gp, t0
	add t0, t0, a5
	add tp, tp, t0
	sltu t0, tp, t0
	add tp, tp, a7
	sltu a7, tp, a7
	or t0, t0, a7
.Lbls12_381_7:
	bltu tp, t6, .Lbls12_381_9
	bne tp, t6, .Lbls12_381_8
	bltu gp, t5, .Lbls12_381_9
	bne gp, t5, .Lbls12_381_8
	bltu s11, t4, .Lbls12_381_9
	bne s11, t4, .Lbls12_381_8
	bltu s10, t3, .Lbls12_381_9
	bne s10, t3, .Lbls12_381_8
	bltu s9, t2, .Lbls12_381_9
	bne s9, t2, .Lbls12_381_8
	bltu s8, t1, .Lbls12_381_9
.Lbls12_381_8:
	li a7, 0
	mv t0, t1
	sub t0, s8, t0
	sltu a5, s8, t0
	sub s8, t0, a7
	sltu a7, t0, s8
	or t0, a7, a5
	mv a7, t2
	sub a7, s9, a7
	sltu a5, s9, a7
	sub s9, a7, t0
	sltu t0, a7, s9
	or a7, t0, a5
	mv t0, t3
	sub t0, s10, t0
	sltu a5, s10, t0
	sub s10, t0, a7
	sltu a7, t0, s10
	or t0, a7, a5
	mv a7, t4
	sub a7, s11, a7
	sltu a5, s11, a7
	sub s11, a7, t0
	sltu t0, a7, s11
	or a7, t0, a5
	mv t0, t5
	sub t0, gp, t0
	sltu a5, gp, t0
	sub gp, t0, a7
	sltu a7, t0, gp
	or t0, a7, a5
	mv a7, t6
	sub a7, tp, a7
	sltu a5, tp, a7
	sub tp, a7, t0
	sltu t0, a7, tp
	or a7, t0, a5
	j .Lbls12_381_7
.Lbls12_381_9:
	sd s8, 0(a3)
	sd s9, 8(a3)
	sd s10, 16(a3)
	sd s11, 24(a3)
	sd gp, 32(a3)
	sd tp, 40(a3)
	ret
	.section .text.verdict_bls12_381_sum, "ax", @progbits
	.p2align 2
	.globl verdict_bls12_381_sum
verdict_bls12_381_sum:
	ld a6, 0(a1)
	ld a7, 0(a2)
	add a6, a7, a6
	sltu a7, a6, a7
	sd a6, 0(a3)
	ld a6, 8(a1)
	ld t0, 8(a2)
	add a6, a6, t0
	sltu t0, a6, t0
	add a6, a6, a7
	sltu a7, a6, a7
	or t0, t0, a7
	sd a6, 8(a3)
	ld a6, 16(a1)
	ld a7, 16(a2)
	add a6, a6, a7
	sltu a7, a6, a7
	add a6, a6, t0
	sltu t0, a6, t0
	or a7, a7, t0
	sd a6, 16(a3)
	ld a6, 24(a1)
	ld t0, 24(a2)
	add a6, a6, t0
	sltu t0, a6, t0
	add a6, a6, a7
	sltu a7, a6, a7
	or t0, t0, a7
	sd a6, 24(a3)
	ld a6, 32(a1)
	ld a7, 32(a2)
	add a6, a6, a7
	sltu a7, a6, a7
	add a6, a6, t0
	sltu t0, a6, t0
	or a7, a7, t0
	sd a6, 32(a3)
	ld a6, 40(a1)
	ld t0, 40(a2)
	add a6, a6, t0
	sltu t0, a6, t0
	add a6, a6, a7
	sltu a7, a6, a7
	or t0, t0, a7
	sd a6, 40(a3)
	ret
	.section .text.verdict_bls12_381_add, "ax", @progbits
	.p2align 2
	.globl verdict_bls12_381_add
verdict_bls12_381_add:
	la a5, verdict_bls12_381_modulus
	ld t1, 0(a5)
	ld t2, 8(a5)
	ld t3, 16(a5)
	ld t4, 24(a5)
	ld t5, 32(a5)
	ld t6, 40(a5)
.Lbls12_381_10:
	ld s2, 0(a1)
	ld s3, 8(a1)
	ld s4, 16(a1)
	ld s5, 24(a1)
	ld s6, 32(a1)
	ld s7, 40(a1)
	ld a7, 0(a2)
	add s2, a7, s2
	sltu a7, s2, a7
	ld t0, 8(a2)
	add s3, s3, t0
	sltu t0, s3, t0
	add s3, s3, a7
	sltu a7, s3, a7
	or t0, t0, a7
	ld a7, 16(a2)
	add s4, s4, a7
	sltu a7, s4, a7
	add s4, s4, t0
	sltu t0, s4, t0
	or a7, a7, t0
	ld t0, 24(a2)
	add s5, s5, t0
	sltu t0, s5, t0
	add s5, s5, a7
	sltu a7, s5, a7
	or t0, t0, a7
	ld a7, 32(a2)
	add s6, s6, a7
	sltu a7, s6, a7
	add s6, s6, t0
	sltu t0, s6, t0
	or a7, a7, t0
	ld t0, 40(a2)
	add s7, s7, t0
	sltu t0, s7, t0
	add s7, s7, a7
	sltu a7, s7, a7
	or t0, t0, a7
.Lbls12_381_11:
	bltu s7, t6, .Lbls12_381_13
	bne s7, t6, .Lbls12_381_12
	bltu s6, t5, .Lbls12_381_13
	bne s6, t5, .Lbls12_381_12
	bltu s5, t4, .Lbls12_381_13
	bne s5, t4, .Lbls12_381_12
	bltu s4, t3, .Lbls12_381_13
	bne s4, t3, .Lbls12_381_12
	bltu s3, t2, .Lbls12_381_13
	bne s3, t2, .Lbls12_381_12
	bltu s2, t1, .Lbls12_381_13
.Lbls12_381_12:
	li a7, 0
	mv t0, t1
	sub t0, s2, t0
	sltu a5, s2, t0
	sub s2, t0, a7
	sltu a7, t0, s2
	or t0, a7, a5
	mv a7, t2
	sub a7, s3, a7
	sltu a5, s3, a7
	sub s3, a7, t0
	sltu t0, a7, s3
	or a7, t0, a5
	mv t0, t3
	sub t0, s4, t0
	sltu a5, s4, t0
	sub s4, t0, a7
	sltu a7, t0, s4
	or t0, a7, a5
	mv a7, t4
	sub a7, s5, a7
	sltu a5, s5, a7
	sub s5, a7, t0
	sltu t0, a7, s5
	or a7, t0, a5
	mv t0, t5
	sub t0, s6, t0
	sltu a5, s6, t0
	sub s6, t0, a7
	sltu a7, t0, s6
	or t0, a7, a5
	mv a7, t6
	sub a7, s7, a7
	sltu a5, s7, a7
	sub s7, a7, t0
	sltu t0, a7, s7
	or a7, t0, a5
	j .Lbls12_381_11
.Lbls12_381_13:
	sd s2, 0(a0)
	sd s3, 8(a0)
	sd s4, 16(a0)
	sd s5, 24(a0)
	sd s6, 32(a0)
	sd s7, 40(a0)
	addi a0, a0, 48
	addi a1, a1, 48
	addi a2, a2, 48
	addi a3, a3, -1
	bnez a3, .Lbls12_381_10
	ret
	.section .text.verdict_bls12_381_sub, "ax", @progbits
	.p2align 2
	.globl verdict_bls12_381_sub
verdict_bls12_381_sub:
	la a5, verdict_bls12_381_modulus
	ld t1, 0(a5)
	ld t2, 8(a5)
	ld t3, 16(a5)
	ld t4, 24(a5)
	ld t5, 32(a5)
	ld t6, 40(a5)
.Lbls12_381_14:
	ld s2, 0(a1)
	ld s3, 8(a1)
	ld s4, 16(a1)
	ld s5, 24(a1)
	ld s6, 32(a1)
	ld s7, 40(a1)
	li t0, 0
	ld a7, 0(a2)
	sub a7, s2, a7
	sltu a5, s2, a7
	sub s2, a7, t0
	sltu t0, a7, s2
	or a7, t0, a5
	ld t0, 8(a2)
	sub t0, s3, t0
	sltu a5, s3, t0
	sub s3, t0, a7
	sltu a7, t0, s3
	or t0, a7, a5
	ld a7, 16(a2)
	sub a7, s4, a7
	sltu a5, s4, a7
	sub s4, a7, t0
	sltu t0, a7, s4
	or a7, t0, a5
	ld t0, 24(a2)
	sub t0, s5, t0
	sltu a5, s5, t0
	sub s5, t0, a7
	sltu a7, t0, s5
	or t0, a7, a5
	ld a7, 32(a2)
	sub a7, s6, a7
	sltu a5, s6, a7
	sub s6, a7, t0
	sltu t0, a7, s6
	or a7, t0, a5
	ld t0, 40(a2)
	sub t0, s7, t0
	sltu a5, s7, t0
	sub s7, t0, a7
	sltu a7, t0, s7
	or t0, a7, a5
	beqz t0, .Lbls12_381_15
	mv a7, t1
	add s2, a7, s2
	sltu a7, s2, a7
	mv t0, t2
	add s3, s3, t0
	sltu t0, s3, t0
	add s3, s3, a7
	sltu a7, s3, a7
	or t0, t0, a7
	mv a7, t3
	add s4, s4, a7
	sltu a7, s4, a7
	add s4, s4, t0
	sltu t0, s4, t0
	or a7, a7, t0
	mv t0, t4
	add s5, s5, t0
	sltu t0, s5, t0
	add s5, s5, a7
	sltu a7, s5, a7
	or t0, t0, a7
	mv a7, t5
	add s6, s6, a7
	sltu a7, s6, a7
	add s6, s6, t0
	sltu t0, s6, t0
	or a7, a7, t0
	mv t0, t6
	add s7, s7, t0
	sltu t0, s7, t0
	add s7, s7, a7
	sltu a7, s7, a7
	or t0, t0, a7
.Lbls12_381_15:
	sd s2, 0(a0)
	sd s3, 8(a0)
	sd s4, 16(a0)
	sd s5, 24(a0)
	sd s6, 32(a0)
	sd s7, 40(a0)
	addi a0, a0, 48
	addi a1, a1, 48
	addi a2, a2, 48
	addi a3, a3, -1
	bnez a3, .Lbls12_381_14
	ret
	.section .text.verdict_bls12_381_add3, "ax", @progbits
	.p2align 2
	.globl verdict_bls12_381_add3
verdict_bls12_381_add3:
	la a5, verdict_bls12_381_modulus
	ld t1, 0(a5)
	ld t2, 8(a5)
	ld t3, 16(a5)
	ld t4, 24(a5)
	ld t5, 32(a5)
	ld t6, 40(a5)
.Lbls12_381_16:
	ld s2, 0(a1)
	ld s3, 8(a1)
	ld s4, 16(a1)
	ld s5, 24(a1)
	ld s6, 32(a1)
	ld s7, 40(a1)
	ld a7, 0(a2)
	add s2, a7, s2
	sltu a7, s2, a7
	ld t0, 8(a2)
	add s3, s3, t0
	sltu t0, s3, t0
	add s3, s3, a7
	sltu a7, s3, a7
	or t0, t0, a7
	ld a7, 16(a2)
	add s4, s4, a7
	sltu a7, s4, a7
	add s4, s4, t0
	sltu t0, s4, t0
	or a7, a7, t0
	ld t0, 24(a2)
	add s5, s5, t0
	sltu t0, s5, t0
	add s5, s5, a7
	sltu a7, s5, a7
	or t0, t0, a7
	ld a7, 32(a2)
	add s6, s6, a7
	sltu a7, s6, a7
	add s6, s6, t0
	sltu t0, s6, t0
	or a7, a7, t0
	ld t0, 40(a2)
	add s7, s7, t0
	sltu t0, s7, t0
	add s7, s7, a7
	sltu a7, s7, a7
	or t0, t0, a7
.Lbls12_381_17:
	bltu s7, t6, .Lbls12_381_19
	bne s7, t6, .Lbls12_381_18
	bltu s6, t5, .Lbls12_381_19
	bne s6, t5, .Lbls12_381_18
	bltu s5, t4, .Lbls12_381_19
	bne s5, t4, .Lbls12_381_18
	bltu s4, t3, .Lbls12_381_19
	bne s4, t3, .Lbls12_381_18
	bltu s3, t2, .Lbls12_381_19
	bne s3, t2, .Lbls12_381_18
	bltu s2, t1, .Lbls12_381_19
.Lbls12_381_18:
	li a7, 0
	mv t0, t1
	sub t0, s2, t0
	sltu a5, s2, t0
	sub s2, t0, a7
	sltu a7, t0, s2
	or t0, a7, a5
	mv a7, t2
	sub a7, s3, a7
	sltu a5, s3, a7
	sub s3, a7, t0
	sltu t0, a7, s3
	or a7, t0, a5
	mv t0, t3
	sub t0, s4, t0
	sltu a5, s4, t0
	sub s4, t0, a7
	sltu a7, t0, s4
	or t0, a7, a5
	mv a7, t4
	sub a7, s5, a7
	sltu a5, s5, a7
	sub s5, a7, t0
	sltu t0, a7, s5
	or a7, t0, a5
	mv t0, t5
	sub t0, s6, t0
	sltu a5, s6, t0
	sub s6, t0, a7
	sltu a7, t0, s6
	or t0, a7, a5
	mv a7, t6
	sub a7, s7, a7
	sltu a5, s7, a7
	sub s7, a7, t0
	sltu t0, a7, s7
	or a7, t0, a5
	j .Lbls12_381_17
.Lbls12_381_19:
	mv a7, s2
	add s2, a7, s2
	sltu a7, s2, a7
	mv t0, s3
	add s3, s3, t0
	sltu t0, s3, t0
	add s3, s3, a7
	sltu a7, s3, a7
	or t0, t0, a7
	mv a7, s4
	add s4, s4, a7
	sltu a7, s4, a7
	add s4, s4, t0
	sltu t0, s4, t0
	or a7, a7, t0
	mv t0, s5
	add s5, s5, t0
	sltu t0, s5, t0
	add s5, s5, a7
	sltu a7, s5, a7
	or t0, t0, a7
	mv a7, s6
	add s6, s6, a7
	sltu a7, s6, a7
	add s6, s6, t0
	sltu t0, s6, t0
	or a7, a7, t0
	mv t0, s7
	add s7, s7, t0
	sltu t0, s7, t0
	add s7, s7, a7
	sltu a7, s7, a7
	or t0, t0, a7
.Lbls12_381_20:
	bltu s7, t6, .Lbls12_381_22
	bne s7, t6, .Lbls12_381_21
	bltu s6, t5, .Lbls12_381_22
	bne s6, t5, .Lbls12_381_21
	bltu s5, t4, .Lbls12_381_22
	bne s5, t4, .Lbls12_381_21
	bltu s4, t3, .Lbls12_381_22
	bne s4, t3, .Lbls12_381_21
	bltu s3, t2, .Lbls12_381_22
	bne s3, t2, .Lbls12_381_21
	bltu s2, t1, .Lbls12_381_22
.Lbls12_381_21:
	li a7, 0
	mv t0, t1
	sub t0, s2, t0
	sltu a5, s2, t0
	sub s2, t0, a7
	sltu a7, t0, s2
	or t0, a7, a5
	mv a7, t2
	sub a7, s3, a7
	sltu a5, s3, a7
	sub s3, a7, t0
	sltu t0, a7, s3
	or a7, t0, a5
	mv t0, t3
	sub t0, s4, t0
	sltu a5, s4, t0
	sub s4, t0, a7
	sltu a7, t0, s4
	or t0, a7, a5
	mv a7, t4
	sub a7, s5, a7
	sltu a5, s5, a7
	sub s5, a7, t0
	sltu t0, a7, s5
	or a7, t0, a5
	mv t0, t5
	sub t0, s6, t0
	sltu a5, s6, t0
	sub s6, t0, a7
	sltu a7, t0, s6
	or t0, a7, a5
	mv a7, t6
	sub a7, s7, a7
	sltu a5, s7, a7
	sub s7, a7, t0
	sltu t0, a7, s7
	or a7, t0, a5
	j .Lbls12_381_20
.Lbls12_381_22:
	ld a7, 0(a1)
	add s2, a7, s2
	sltu a7, s2, a7
	ld t0, 8(a1)
	add s3, s3, t0
	sltu t0, s3, t0
	add s3, s3, a7
	sltu a7, s3, a7
	or t0, t0, a7
	ld a7, 16(a1)
	add s4, s4, a7
	sltu a7, s4, a7
	add s4, s4, t0
	sltu t0, s4, t0
	or a7, a7, t0
	ld t0, 24(a1)
	add s5, s5, t0
	sltu t0, s5, t0
	add s5, s5, a7
	sltu a7, s5, a7
	or t0, t0, a7
	ld a7, 32(a1)
	add s6, s6, a7
	sltu a7, s6, a7
	add s6, s6, t0
	sltu t0, s6, t0
	or a7, a7, t0
	ld t0, 40(a1)
	add s7, s7, t0
	sltu t0, s7, t0
	add s7, s7, a7
	sltu a7, s7, a7
	or t0, t0, a7
.Lbls12_381_23:
	bltu s7, t6, .Lbls12_381_25
	bne s7, t6, .Lbls12_381_24
	bltu s6, t5, .Lbls12_381_25
	bne s6, t5, .Lbls12_381_24
	bltu s5, t4, .Lbls12_381_25
	bne s5, t4, .Lbls12_381_24
	bltu s4, t3, .Lbls12_381_25
	bne s4, t3, .Lbls12_381_24
	bltu s3, t2, .Lbls12_381_25
	bne s3, t2, .Lbls12_381_24
	bltu s2, t1, .Lbls12_381_25
.Lbls12_381_24:
	li a7, 0
	mv t0, t1
	sub t0, s2, t0
	sltu a5, s2, t0
	sub s2, t0, a7
	sltu a7, t0, s2
	or t0, a7, a5
	mv a7, t2
	sub a7, s3, a7
	sltu a5, s3, a7
	sub s3, a7, t0
	sltu t0, a7, s3
	or a7, t0, a5
	mv t0, t3
	sub t0, s4, t0
	sltu a5, s4, t0
	sub s4, t0, a7
	sltu a7, t0, s4
	or t0, a7, a5
	mv a7, t4
	sub a7, s5, a7
	sltu a5, s5, a7
	sub s5, a7, t0
	sltu t0, a7, s5
	or a7, t0, a5
	mv t0, t5
	sub t0, s6, t0
	sltu a5, s6, t0
	sub s6, t0, a7
	sltu a7, t0, s6
	or t0, a7, a5
	mv a7, t6
	sub a7, s7, a7
	sltu a5, s7, a7
	sub s7, a7, t0
	sltu t0, a7, s7
	or a7, t0, a5
	j .Lbls12_381_23
.Lbls12_381_25:
	sd s2, 0(a0)
	sd s3, 8(a0)
	sd s4, 16(a0)
	sd s5, 24(a0)
	sd s6, 32(a0)
	sd s7, 40(a0)
	addi a0, a0, 48
	addi a1, a1, 48
	addi a2, a2, 48
	addi a3, a3, -1
	bnez a3, .Lbls12_381_16
	ret
	.section .text.verdict_bls12_381_sub3, "ax", @progbits
	.p2align 2
	.globl verdict_bls12_381_sub3
verdict_bls12_381_sub3:
	la a5, verdict_bls12_381_modulus
	ld t1, 0(a5)
	ld t2, 8(a5)
	ld t3, 16(a5)
	ld t4, 24(a5)
	ld t5, 32(a5)
	ld t6, 40(a5)
.Lbls12_381_26:
	ld s2, 0(a1)
	ld s3, 8(a1)
	ld s4, 16(a1)
	ld s5, 24(a1)
	ld s6, 32(a1)
	ld s7, 40(a1)
	li t0, 0
	ld a7, 0(a2)
	sub a7, s2, a7
	sltu a5, s2, a7
	sub s2, a7, t0
	sltu t0, a7, s2
	or a7, t0, a5
	ld t0, 8(a2)
	sub t0, s3, t0
	sltu a5, s3, t0
	sub s3, t0, a7
	sltu a7, t0, s3
	or t0, a7, a5
	ld a7, 16(a2)
	sub a7, s4, a7
	sltu a5, s4, a7
	sub s4, a7, t0
	sltu t0, a7, s4
	or a7, t0, a5
	ld t0, 24(a2)
	sub t0, s5, t0
	sltu a5, s5, t0
	sub s5, t0, a7
	sltu a7, t0, s5
	or t0, a7, a5
	ld a7, 32(a2)
	sub a7, s6, a7
	sltu a5, s6, a7
	sub s6, a7, t0
	sltu t0, a7, s6
	or a7, t0, a5
	ld t0, 40(a2)
	sub t0, s7, t0
	sltu a5, s7, t0
	sub s7, t0, a7
	sltu a7, t0, s7
	or t0, a7, a5
	beqz t0, .Lbls12_381_27
	mv a7, t1
	add s2, a7, s2
	sltu a7, s2, a7
	mv t0, t2
	add s3, s3, t0
	sltu t0, s3, t0
	add s3, s3, a7
	sltu a7, s3, a7
	or t0, t0, a7
	mv a7, t3
	add s4, s4, a7
	sltu a7, s4, a7
	add s4, s4, t0
	sltu t0, s4, t0
	or a7, a7, t0
	mv t0, t4
	add s5, s5, t0
	sltu t0, s5, t0
	add s5, s5, a7
	sltu a7, s5, a7
	or t0, t0, a7
	mv a7, t5
	add s6, s6, a7
	sltu a7, s6, a7
	add s6, s6, t0
	sltu t0, s6, t0
	or a7, a7, t0
	mv t0, t6
	add s7, s7, t0
	sltu t0, s7, t0
	add s7, s7, a7
	sltu a7, s7, a7
	or t0, t0, a7
.Lbls12_381_27:
	mv a7, s2
	add s2, a7, s2
	sltu a7, s2, a7
	mv t0, s3
	add s3, s3, t0
	sltu t0, s3, t0
	add s3, s3, a7
	sltu a7, s3, a7
	or t0, t0, a7
	mv a7, s4
	add s4, s4, a7
	sltu a7, s4, a7
	add s4, s4, t0
	sltu t0, s4, t0
	or a7, a7, t0
	mv t0, s5
	add s5, s5, t0
	sltu t0, s5, t0
	add s5, s5, a7
	sltu a7, s5, a7
	or t0, t0, a7
	mv a7, s6
	add s6, s6, a7
	sltu a7, s6, a7
	add s6, s6, t0
	sltu t0, s6, t0
	or a7, a7, t0
	mv t0, s7
	add s7, s7, t0
	sltu t0, s7, t0
	add s7, s7, a7
	sltu a7, s7, a7
	or t0, t0, a7
.Lbls12_381_28:
	bltu s7, t6, .Lbls12_381_30
	bne s7, t6, .Lbls12_381_29
	bltu s6, t5, .Lbls12_381_30
	bne s6, t5, .Lbls12_381_29
	bltu s5, t4, .Lbls12_381_30
	bne s5, t4, .Lbls12_381_29
	bltu s4, t3, .Lbls12_381_30
	bne s4, t3, .Lbls12_381_29
	bltu s3, t2, .Lbls12_381_30
	bne s3, t2, .Lbls12_381_29
	bltu s2, t1, .Lbls12_381_30
.Lbls12_381_29:
	li a7, 0
	mv t0, t1
	sub t0, s2, t0
	sltu a5, s2, t0
	sub s2, t0, a7
	sltu a7, t0, s2
	or t0, a7, a5
	mv a7, t2
	sub a7, s3, a7
	sltu a5, s3, a7
	sub s3, a7, t0
	sltu t0, a7, s3
	or a7, t0, a5
	mv t0, t3
	sub t0, s4, t0
	sltu a5, s4, t0
	sub s4, t0, a7
	sltu a7, t0, s4
	or t0, a7, a5
	mv a7, t4
	sub a7, s5, a7
	sltu a5, s5, a7
	sub s5, a7, t0
	sltu t0, a7, s5
	or a7, t0, a5
	mv t0, t5
	sub t0, s6, t0
	sltu a5, s6, t0
	sub s6, t0, a7
	sltu a7, t0, s6
	or t0, a7, a5
	mv a7, t6
	sub a7, s7, a7
	sltu a5, s7, a7
	sub s7, a7, t0
	sltu t0, a7, s7
	or a7, t0, a5
	j .Lbls12_381_28
.Lbls12_381_30:
	ld a7, 0(a1)
	add s2, a7, s2
	sltu a7, s2, a7
	ld t0, 8(a1)
	add s3, s3, t0
	sltu t0, s3, t0
	add s3, s3, a7
	sltu a7, s3, a7
	or t0, t0, a7
	ld a7, 16(a1)
	add s4, s4, a7
	sltu a7, s4, a7
	add s4, s4, t0
	sltu t0, s4, t0
	or a7, a7, t0
	ld t0, 24(a1)
	add s5, s5, t0
	sltu t0, s5, t0
	add s5, s5, a7
	sltu a7, s5, a7
	or t0, t0, a7
	ld a7, 32(a1)
	add s6, s6, a7
	sltu a7, s6, a7
	add s6, s6, t0
	sltu t0, s6, t0
	or a7, a7, t0
	ld t0, 40(a1)
	add s7, s7, t0
	sltu t0, s7, t0
	add s7, s7, a7
	sltu a7, s7, a7
	or t0, t0, a7
.Lbls12_381_31:
	bltu s7, t6, .Lbls12_381_33
	bne s7, t6, .Lbls12_381_32
	bltu s6, t5, .Lbls12_381_33
	bne s6, t5, .Lbls12_381_32
	bltu s5, t4, .Lbls12_381_33
	bne s5, t4, .Lbls12_381_32
	bltu s4, t3, .Lbls12_381_33
	bne s4, t3, .Lbls12_381_32
	bltu s3, t2, .Lbls12_381_33
	bne s3, t2, .Lbls12_381_32
	bltu s2, t1, .Lbls12_381_33
.Lbls12_381_32:
	li a7, 0
	mv t0, t1
	sub t0, s2, t0
	sltu a5, s2, t0
	sub s2, t0, a7
	sltu a7, t0, s2
	or t0, a7, a5
	mv a7, t2
	sub a7, s3, a7
	sltu a5, s3, a7
	sub s3, a7, t0
	sltu t0, a7, s3
	or a7, t0, a5
	mv t0, t3
	sub t0, s4, t0
	sltu a5, s4, t0
	sub s4, t0, a7
	sltu a7, t0, s4
	or t0, a7, a5
	mv a7, t4
	sub a7, s5, a7
	sltu a5, s5, a7
	sub s5, a7, t0
	sltu t0, a7, s5
	or a7, t0, a5
	mv t0, t5
	sub t0, s6, t0
	sltu a5, s6, t0
	sub s6, t0, a7
	sltu a7, t0, s6
	or t0, a7, a5
	mv a7, t6
	sub a7, s7, a7
	sltu a5, s7, a7
	sub s7, a7, t0
	sltu t0, a7, s7
	or a7, t0, a5
	j .Lbls12_381_31
.Lbls12_381_33:
	sd s2, 0(a0)
	sd s3, 8(a0)
	sd s4, 16(a0)
	sd s5, 24(a0)
	sd s6, 32(a0)
	sd s7, 40(a0)
	addi a0, a0, 48
	addi a1, a1, 48
	addi a2, a2, 48
	addi a3, a3, -1
	bnez a3, .Lbls12_381_26
	ret
	.section .text.verdict_bls12_381_xi, "ax", @progbits
	.p2align 2
	.globl verdict_bls12_381_xi
verdict_bls12_381_xi:
	la a5, verdict_bls12_381_modulus
	ld t1, 0(a5)
	ld t2, 8(a5)
	ld t3, 16(a5)
	ld t4, 24(a5)
	ld t5, 32(a5)
	ld t6, 40(a5)
	ld s8, 48(a1)
	ld s9, 56(a1)
	ld s10, 64(a1)
	ld s11, 72(a1)
	ld gp, 80(a1)
	ld tp, 88(a1)
	ld a7, 0(a1)
	add s8, a7, s8
	sltu a7, s8, a7
	ld t0, 8(a1)
	add s9, s9, t0
	sltu t0, s9, t0
	add s9, s9, a7
	sltu a7, s9, a7
	or t0, t0, a7
	ld a7, 16(a1)
	add s10, s10, a7
	sltu a7, s10, a7
	add s10, s10, t0
	sltu t0, s10, t0
	or a7, a7, t0
	ld t0, 24(a1)
	add s11, s11, t0
	sltu t0, s11, t0
	add s11, s11, a7
	sltu a7, s11, a7
	or t0, t0, a7
	ld a7, 32(a1)
	add gp, gp, a7
	sltu a7, gp, a7
	add gp, gp, t0
	sltu t0, gp, t0
	or a7, a7, t0
	ld t0, 40(a1)
	add tp, tp, t0
	sltu t0, tp, t0
	add tp, tp, a7
	sltu a7, tp, a7
	or t0, t0, a7
.Lbls12_381_34:
	bltu tp, t6, .Lbls12_381_36
	bne tp, t6, .Lbls12_381_35
	bltu gp, t5, .Lbls12_381_36
	bne gp, t5, .Lbls12_381_35
	bltu s11, t4, .Lbls12_381_36
	bne s11, t4, .Lbls12_381_35
	bltu s10, t3, .Lbls12_381_36
	bne s10, t3, .Lbls12_381_35
	bltu s9, t2, .Lbls12_381_36
	bne s9, t2, .Lbls12_381_35
	bltu s8, t1, .Lbls12_381_36
.Lbls12_381_35:
	li a7, 0
	mv t0, t1
	sub t0, s8, t0
	sltu a5, s8, t0
	sub s8, t0, a7
	sltu a7, t0, s8
	or t0, a7, a5
	mv a7, t2
	sub a7, s9, a7
	sltu a5, s9, a7
	sub s9, a7, t0
	sltu t0, a7, s9
	or a7, t0, a5
	mv t0, t3
	sub t0, s10, t0
	sltu a5, s10, t0
	sub s10, t0, a7
	sltu a7, t0, s10
	or t0, a7, a5
	mv a7, t4
	sub a7, s11, a7
	sltu a5, s11, a7
	sub s11, a7, t0
	sltu t0, a7, s11
	or a7, t0, a5
	mv t0, t5
	sub t0, gp, t0
	sltu a5, gp, t0
	sub gp, t0, a7
	sltu a7, t0, gp
	or t0, a7, a5
	mv a7, t6
	sub a7, tp, a7
	sltu a5, tp, a7
	sub tp, a7, t0
	sltu t0, a7, tp
	or a7, t0, a5
	j .Lbls12_381_34
.Lbls12_381_36:
	ld s2, 0(a1)
	ld s3, 8(a1)
	ld s4, 16(a1)
	ld s5, 24(a1)
	ld s6, 32(a1)
	ld s7, 40(a1)
	li t0, 0
	ld a7, 48(a1)
	sub a7, s2, a7
	sltu a5, s2, a7
	sub s2, a7, t0
	sltu t0, a7, s2
	or a7, t0, a5
	ld t0, 56(a1)
	sub t0, s3, t0
	sltu a5, s3, t0
	sub s3, t0, a7
	sltu a7, t0, s3
	or t0, a7, a5
	ld a7, 64(a1)
	sub a7, s4, a7
	sltu a5, s4, a7
	sub s4, a7, t0
	sltu t0, a7, s4
	or a7, t0, a5
	ld t0, 72(a1)
	sub t0, s5, t0
	sltu a5, s5, t0
	sub s5, t0, a7
	sltu a7, t0, s5
	or t0, a7, a5
	ld a7, 80(a1)
	sub a7, s6, a7
	sltu a5, s6, a7
	sub s6, a7, t0
	sltu t0, a7, s6
	or a7, t0, a5
	ld t0, 88(a1)
	sub t0, s7, t0
	sltu a5, s7, t0
	sub s7, t0, a7
	sltu a7, t0, s7
	or t0, a7, a5
	beqz t0, .Lbls12_381_37
	mv a7, t1
	add s2, a7, s2
	sltu a7, s2, a7
	mv t0, t2
	add s3, s3, t0
	sltu t0, s3, t0
	add s3, s3, a7
	sltu a7, s3, a7
	or t0, t0, a7
	mv a7, t3
	add s4, s4, a7
	sltu a7, s4, a7
	add s4, s4, t0
	sltu t0, s4, t0
	or a7, a7, t0
	mv t0, t4
	add s5, s5, t0
	sltu t0, s5, t0
	add s5, s5, a7
	sltu a7, s5, a7
	or t0, t0, a7
	mv a7, t5
	add s6, s6, a7
	sltu a7, s6, a7
	add s6, s6, t0
	sltu t0, s6, t0
	or a7, a7, t0
	mv t0, t6
	add s7, s7, t0
	sltu t0, s7, t0
	add s7, s7, a7
	sltu a7, s7, a7
	or t0, t0, a7
.Lbls12_381_37:
	sd s2, 0(a0)
	sd s3, 8(a0)
	sd s4, 16(a0)
	sd s5, 24(a0)
	sd s6, 32(a0)
	sd s7, 40(a0)
	sd s8, 48(a0)
	sd s9, 56(a0)
	sd s10, 64(a0)
	sd s11, 72(a0)
	sd gp, 80(a0)
	sd tp, 88(a0)
	ret
	.section .text.verdict_bls12_381_squarings, "ax", @progbits
	.p2align 2
	.globl verdict_bls12_381_squarings
verdict_bls12_381_squarings:
	addi sp, sp, -48
	sd ra, 0(sp)
	sd s0, 8(sp)
	sd s1, 16(sp)
	sd a0, 24(sp)
	la a5, verdict_bls12_381_modulus
	ld t1, 0(a5)
	ld t2, 8(a5)
	ld t3, 16(a5)
	ld t4, 24(a5)
	ld t5, 32(a5)
	ld t6, 40(a5)
	ld a6, 48(a5)
	sd a6, 32(sp)
	mv a5, a1
	ld a0, 0(a5)
	ld a1, 8(a5)
	ld a3, 16(a5)
	ld a4, 24(a5)
	ld s0, 32(a5)
	ld s1, 40(a5)
.Lbls12_381_38:
	mulhu a7, a0, a1
	mul s3, a0, a1
	mulhu a5, a0, a3
	mul s4, a0, a3
	add s4, a7, s4
	sltu a7, s4, a7
	add a7, a7, a5
	mulhu a5, a0, a4
	mul s5, a0, a4
	add s5, a7, s5
	sltu a7, s5, a7
	add a7, a7, a5
	mulhu a5, a0, s0
	mul s6, a0, s0
	add s6, a7, s6
	sltu a7, s6, a7
	add a7, a7, a5
	mulhu a5, a0, s1
	mul s7, a0, s1
	add s7, a7, s7
	sltu a7, s7, a7
	add a7, a7, a5
	mv s8, a7
	mulhu a7, a1, a3
	mul a6, a1, a3
	add s5, a6, s5
	sltu a6, s5, a6
	add a7, a6, a7
	mulhu a5, a1, a4
	mul a6, a1, a4
	add s6, a6, s6
	sltu a6, s6, a6
	add a5, a6, a5
	add s6, a7, s6
	sltu a7, s6, a7
	add a7, a7, a5
	mulhu a5, a1, s0
	mul a6, a1, s0
	add s7, a6, s7
	sltu a6, s7, a6
	add a5, a6, a5
	add s7, a7, s7
	sltu a7, s7, a7
	add a7, a7, a5
	mulhu a5, a1, s1
	mul a6, a1, s1
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, a7, s8
	sltu a7, s8, a7
	add a7, a7, a5
	mv s9, a7
	mulhu a7, a3, a4
	mul a6, a3, a4
	add s7, a6, s7
	sltu a6, s7, a6
	add a7, a6, a7
	mulhu a5, a3, s0
	mul a6, a3, s0
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, a7, s8
	sltu a7, s8, a7
	add a7, a7, a5
	mulhu a5, a3, s1
	mul a6, a3, s1
	add s9, a6, s9
	sltu a6, s9, a6
	add a5, a6, a5
	add s9, a7, s9
	sltu a7, s9, a7
	add a7, a7, a5
	mv s10, a7
	mulhu a7, a4, s0
	mul a6, a4, s0
	add s9, a6, s9
	sltu a6, s9, a6
	add a7, a6, a7
	mulhu a5, a4, s1
	mul a6, a4, s1
	add s10, a6, s10
	sltu a6, s10, a6
	add a5, a6, a5
	add s10, a7, s10
	sltu a7, s10, a7
	add a7, a7, a5
	mv s11, a7
	mulhu a7, s0, s1
	mul a6, s0, s1
	add s11, a6, s11
	sltu a6, s11, a6
	add a7, a6, a7
	mv gp, a7
	li tp, 0
	mv a7, s3
	add s3, a7, s3
	sltu a7, s3, a7
	mv t0, s4
	add s4, s4, t0
	sltu t0, s4, t0
	add s4, s4, a7
	sltu a7, s4, a7
	or t0, t0, a7
	mv a7, s5
	add s5, s5, a7
	sltu a7, s5, a7
	add s5, s5, t0
	sltu t0, s5, t0
	or a7, a7, t0
	mv t0, s6
	add s6, s6, t0
	sltu t0, s6, t0
	add s6, s6, a7
	sltu a7, s6, a7
	or t0, t0, a7
	mv a7, s7
	add s7, s7, a7
	sltu a7, s7, a7
	add s7, s7, t0
	sltu t0, s7, t0
	or a7, a7, t0
	mv t0, s8
	add s8, s8, t0
	sltu t0, s8, t0
	add s8, s8, a7
	sltu a7, s8, a7
	or t0, t0, a7
	mv a7, s9
	add s9, s9, a7
	sltu a7, s9, a7
	add s9, s9, t0
	sltu t0, s9, t0
	or a7, a7, t0
	mv t0, s10
	add s10, s10, t0
	sltu t0, s10, t0
	add s10, s10, a7
	sltu a7, s10, a7
	or t0, t0, a7
	mv a7, s11
	add s11, s11, a7
	sltu a7, s11, a7
	add s11, s11, t0
	sltu t0, s11, t0
	or a7, a7, t0
	mv t0, gp
	add gp, gp, t0
	sltu t0, gp, t0
	add gp, gp, a7
	sltu a7, gp, a7
	or t0, t0, a7
	mv a7, tp
	add tp, tp, a7
	sltu a7, tp, a7
	add tp, tp, t0
	sltu t0, tp, t0
	or a7, a7, t0
	mulhu a5, a0, a0
	mul s2, a0, a0
	add s3, a5, s3
	sltu a5, s3, a5
	mv a7, a5
	mulhu a5, a1, a1
	mul a6, a1, a1
	add s4, s4, a6
	sltu a6, s4, a6
	add s4, s4, a7
	sltu a7, s4, a7
	or a6, a6, a7
	add s5, s5, a5
	sltu a5, s5, a5
	add s5, s5, a6
	sltu a6, s5, a6
	or a5, a5, a6
	mv a7, a5
	mulhu a5, a3, a3
	mul a6, a3, a3
	add s6, s6, a6
	sltu a6, s6, a6
	add s6, s6, a7
	sltu a7, s6, a7
	or a6, a6, a7
	add s7, s7, a5
	sltu a5, s7, a5
	add s7, s7, a6
	sltu a6, s7, a6
	or a5, a5, a6
	mv a7, a5
	mulhu a5, a4, a4
	mul a6, a4, a4
	add s8, s8, a6
	sltu a6, s8, a6
	add s8, s8, a7
	sltu a7, s8, a7
	or a6, a6, a7
	add s9, s9, a5
	sltu a5, s9, a5
	add s9, s9, a6
	sltu a6, s9, a6
	or a5, a5, a6
	mv a7, a5
	mulhu a5, s0, s0
	mul a6, s0, s0
	add s10, s10, a6
	sltu a6, s10, a6
	add s10, s10, a7
	sltu a7, s10, a7
	or a6, a6, a7
	add s11, s11, a5
	sltu a5, s11, a5
	add s11, s11, a6
	sltu a6, s11, a6
	or a5, a5, a6
	mv a7, a5
	mulhu a5, s1, s1
	mul a6, s1, s1
	add gp, gp, a6
	sltu a6, gp, a6
	add gp, gp, a7
	sltu a7, gp, a7
	or a6, a6, a7
	add tp, tp, a5
	sltu a5, tp, a5
	add tp, tp, a6
	sltu a6, tp, a6
	or a5, a5, a6
	mv a7, a5
	ld a0, 32(sp)
	mul a1, s2, a0
	mulhu a7, a1, t1
	mul a6, a1, t1
	add s2, a6, s2
	sltu a6, s2, a6
	add a7, a6, a7
	mulhu a5, a1, t2
	mul a6, a1, t2
	add s3, a6, s3
	sltu a6, s3, a6
	add a5, a6, a5
	add s3, a7, s3
	sltu a7, s3, a7
	add a7, a7, a5
	mulhu a5, a1, t3
	mul a6, a1, t3
	add s4, a6, s4
	sltu a6, s4, a6
	add a5, a6, a5
	add s4, a7, s4
	sltu a7, s4, a7
	add a7, a7, a5
	mulhu a5, a1, t4
	mul a6, a1, t4
	add s5, a6, s5
	sltu a6, s5, a6
	add a5, a6, a5
	add s5, a7, s5
	sltu a7, s5, a7
	add a7, a7, a5
	mulhu a5, a1, t5
	mul a6, a1, t5
	add s6, a6, s6
	sltu a6, s6, a6
	add a5, a6, a5
	add s6, a7, s6
	sltu a7, s6, a7
	add a7, a7, a5
	mulhu a5, a1, t6
	mul a6, a1, t6
	add s7, a6, s7
	sltu a6, s7, a6
	add a5, a6, a5
	add s7, a7, s7
	sltu a7, s7, a7
	add a7, a7, a5
	add s8, a7, s8
	sltu a7, s8, a7
	mul a1, s3, a0
	mulhu t0, a1, t1
	mul a6, a1, t1
	add s3, a6, s3
	sltu a6, s3, a6
	add t0, a6, t0
	mulhu a5, a1, t2
	mul a6, a1, t2
	add s4, a6, s4
	sltu a6, s4, a6
	add a5, a6, a5
	add s4, t0, s4
	sltu t0, s4, t0
	add t0, t0, a5
	mulhu a5, a1, t3
	mul a6, a1, t3
	add s5, a6, s5
	sltu a6, s5, a6
	add a5, a6, a5
	add s5, t0, s5
	sltu t0, s5, t0
	add t0, t0, a5
	mulhu a5, a1, t4
	mul a6, a1, t4
	add s6, a6, s6
	sltu a6, s6, a6
	add a5, a6, a5
	add s6, t0, s6
	sltu t0, s6, t0
	add t0, t0, a5
	mulhu a5, a1, t5
	mul a6, a1, t5
	add s7, a6, s7
	sltu a6, s7, a6
	add a5, a6, a5
	add s7, t0, s7
	sltu t0, s7, t0
	add t0, t0, a5
	mulhu a5, a1, t6
	mul a6, a1, t6
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, t0, s8
	sltu t0, s8, t0
	add t0, t0, a5
	add s9, s9, t0
	sltu t0, s9, t0
	add s9, s9, a7
	sltu a7, s9, a7
	or t0, t0, a7
	mul a1, s4, a0
	mulhu a7, a1, t1
	mul a6, a1, t1
	add s4, a6, s4
	sltu a6, s4, a6
	add a7, a6, a7
	mulhu a5, a1, t2
	mul a6, a1, t2
	add s5, a6, s5
	sltu a6, s5, a6
	add a5, a6, a5
	add s5, a7, s5
	sltu a7, s5, a7
	add a7, a7, a5
	mulhu a5, a1, t3
	mul a6, a1, t3
	add s6, a6, s6
	sltu a6, s6, a6
	add a5, a6, a5
	add s6, a7, s6
	sltu a7, s6, a7
	add a7, a7, a5
	mulhu a5, a1, t4
	mul a6, a1, t4
	add s7, a6, s7
	sltu a6, s7, a6
	add a5, a6, a5
	add s7, a7, s7
	sltu a7, s7, a7
	add a7, a7, a5
	mulhu a5, a1, t5
	mul a6, a1, t5
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, a7, s8
	sltu a7, s8, a7
	add a7, a7, a5
	mulhu a5, a1, t6
	mul a6, a1, t6
	add s9, a6, s9
	sltu a6, s9, a6
	add a5, a6, a5
	add s9, a7, s9
	sltu a7, s9, a7
	add a7, a7, a5
	add s10, s10, a7
	sltu a7, s10, a7
	add s10, s10, t0
	sltu t0, s10, t0
	or a7, a7, t0
	mul a1, s5, a0
	mulhu t0, a1, t1
	mul a6, a1, t1
	add s5, a6, s5
	sltu a6, s5, a6
	add t0, a6, t0
	mulhu a5, a1, t2
	mul a6, a1, t2
	add s6, a6, s6
	sltu a6, s6, a6
	add a5, a6, a5
	add s6, t0, s6
	sltu t0, s6, t0
	add t0, t0, a5
	mulhu a5, a1, t3
	mul a6, a1, t3
	add s7, a6, s7
	sltu a6, s7, a6
	add a5, a6, a5
	add s7, t0, s7
	sltu t0, s7, t0
	add t0, t0, a5
	mulhu a5, a1, t4
	mul a6, a1, t4
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, t0, s8
	sltu t0, s8, t0
	add t0, t0, a5
	mulhu a5, a1, t5
	mul a6, a1, t5
	add s9, a6, s9
	sltu a6, s9, a6
	add a5, a6, a5
	add s9, t0, s9
	sltu t0, s9, t0
	add t0, t0, a5
	mulhu a5, a1, t6
	mul a6, a1, t6
	add s10, a6, s10
	sltu a6, s10, a6
	add a5, a6, a5
	add s10, t0, s10
	sltu t0, s10, t0
	add t0, t0, a5
	add s11, s11, t0
	sltu t0, s11, t0
	add s11, s11, a7
	sltu a7, s11, a7
	or t0, t0, a7
	mul a1, s6, a0
	mulhu a7, a1, t1
	mul a6, a1, t1
	add s6, a6, s6
	sltu a6, s6, a6
	add a7, a6, a7
	mulhu a5, a1, t2
	mul a6, a1, t2
	add s7, a6, s7
	sltu a6, s7, a6
	add a5, a6, a5
	add s7, a7, s7
	sltu a7, s7, a7
	add a7, a7, a5
	mulhu a5, a1, t3
	mul a6, a1, t3
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, a7, s8
	sltu a7, s8, a7
	add a7, a7, a5
	mulhu a5, a1, t4
	mul a6, a1, t4
	add s9, a6, s9
	sltu a6, s9, a6
	add a5, a6, a5
	add s9, a7, s9
	sltu a7, s9, a7
	add a7, a7, a5
	mulhu a5, a1, t5
	mul a6, a1, t5
	add s10, a6, s10
	sltu a6, s10, a6
	add a5, a6, a5
	add s10, a7, s10
	sltu a7, s10, a7
	add a7, a7, a5
	mulhu a5, a1, t6
	mul a6, a1, t6
	add s11, a6, s11
	sltu a6, s11, a6
	add a5, a6, a5
	add s11, a7, s11
	sltu a7, s11, a7
	add a7, a7, a5
	add gp, gp, a7
	sltu a7, gp, a7
	add gp, gp, t0
	sltu t0, gp, t0
	or a7, a7, t0
	mul a1, s7, a0
	mulhu t0, a1, t1
	mul a6, a1, t1
	add s7, a6, s7
	sltu a6, s7, a6
	add t0, a6, t0
	mulhu a5, a1, t2
	mul a6, a1, t2
	add s8, a6, s8
	sltu a6, s8, a6
	add a5, a6, a5
	add s8, t0, s8
	sltu t0, s8, t0
	add t0, t0, a5
	mulhu a5, a1, t3
	mul a6, a1, t3
	add s9, a6, s9
	sltu a6, s9, a6
	add a5, a6, a5
	add s9, t0, s9
	sltu t0, s9, t0
	add t0, t0, a5
	mulhu a5, a1, t4
	mul a6, a1, t4
	add s10, a6, s10
	sltu a6, s10, a6
	add a5, a6, a5
	add s10, t0, s10
	sltu t0, s10, t0
	add t0, t0, a5
	mulhu a5, a1, t5
	mul a6, a1, t5
	add s11, a6, s11
	sltu a6, s11, a6
	add a5, a6, a5
	add s11, t0, s11
	sltu t0, s11, t0
	add t0, t0, a5
	mulhu a5, a1, t6
	mul a6, a1, t6
	add gp, a6, gp
	sltu a6, gp, a6
	add a5, a6, a5
	add gp, t0, gp
	sltu t0, gp, t0
	add t0, t0, a5
	add tp, tp, t0
	sltu t0, tp, t0
	add tp, tp, a7
	sltu a7, tp, a7
	or t0, t0, a7
.Lbls12_381_39:
	bltu tp, t6, .Lbls12_381_41
	bne tp, t6, .Lbls12_381_40
	bltu gp, t5, .Lbls12_381_41
	bne gp, t5, .Lbls12_381_40
	bltu s11, t4, .Lbls12_381_41
	bne s11, t4, .Lbls12_381_40
	bltu s10, t3, .Lbls12_381_41
	bne s10, t3, .Lbls12_381_40
	bltu s9, t2, .Lbls12_381_41
	bne s9, t2, .Lbls12_381_40
	bltu s8, t1, .Lbls12_381_41
.Lbls12_381_40:
	li a7, 0
	mv t0, t1
	sub t0, s8, t0
	sltu a5, s8, t0
	sub s8, t0, a7
	sltu a7, t0, s8
	or t0, a7, a5
	mv a7, t2
	sub a7, s9, a7
	sltu a5, s9, a7
	sub s9, a7, t0
	sltu t0, a7, s9
	or a7, t0, a5
	mv t0, t3
	sub t0, s10, t0
	sltu a5, s10, t0
	sub s10, t0, a7
	sltu a7, t0, s10
	or t0, a7, a5
	mv a7, t4
	sub a7, s11, a7
	sltu a5, s11, a7
	sub s11, a7, t0
	sltu t0, a7, s11
	or a7, t0, a5
	mv t0, t5
	sub t0, gp, t0
	sltu a5, gp, t0
	sub gp, t0, a7
	sltu a7, t0, gp
	or t0, a7, a5
	mv a7, t6
	sub a7, tp, a7
	sltu a5, tp, a7
	sub tp, a7, t0
	sltu t0, a7, tp
	or a7, t0, a5
	j .Lbls12_381_39
.Lbls12_381_41:
	mv a0, s8
	mv a1, s9
	mv a3, s10
	mv a4, s11
	mv s0, gp
	mv s1, tp
	addi a2, a2, -1
	bnez a2, .Lbls12_381_38
	ld a5, 24(sp)
	sd a0, 0(a5)
	sd a1, 8(a5)
	sd a3, 16(a5)
	sd a4, 24(a5)
	sd s0, 32(a5)
	sd s1, 40(a5)
	ld ra, 0(sp)
	ld s0, 8(sp)
	ld s1, 16(sp)
	addi sp, sp, 48
	ret
.option pop
