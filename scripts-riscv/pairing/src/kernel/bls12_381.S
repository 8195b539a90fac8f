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
	sd s0, 8(sp)
	sd s1, 16(sp)
	sd a0, 24(sp)
	slli a2, a2, 4
	add a2, a2, a1
	li a4, 0
	call verdict_bls12_381_mac
	ld a3, 24(sp)
	call verdict_bls12_381_reduce
	ld ra, 0(sp)
	ld s0, 8(sp)
	ld s1, 16(sp)
	addi sp, sp, 32
	ret
	.section .text.verdict_bls12_381_cdot, "ax", @progbits
	.p2align 2
	.globl verdict_bls12_381_cdot
verdict_bls12_381_cdot:
	addi sp, sp, -256
	sd ra, 0(sp)
	sd s0, 8(sp)
	sd s1, 16(sp)
	sd a0, 24(sp)
	sd a1, 32(sp)
	slli a2, a2, 4
	add a2, a2, a1
	li a4, 0
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
	sd s0, 136(sp)
	ld a1, 32(sp)
	li a4, 48
	call verdict_bls12_381_mac
	sd s2, 144(sp)
	sd s3, 152(sp)
	sd s4, 160(sp)
	sd s5, 168(sp)
	sd s6, 176(sp)
	sd s7, 184(sp)
	sd s8, 192(sp)
	sd s9, 200(sp)
	sd s10, 208(sp)
	sd s11, 216(sp)
	sd gp, 224(sp)
	sd tp, 232(sp)
	sd s0, 240(sp)
	ld a1, 32(sp)
	li s2, 0
	li s3, 0
	li s4, 0
	li s5, 0
	li s6, 0
	li s7, 0
	li s8, 0
	li s9, 0
	li s10, 0
	li s11, 0
	li gp, 0
	li tp, 0
	li s0, 0
.Lbls12_381_1:
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
	mul s1, a0, t1
	add s2, s1, s2
	sltu s1, s2, s1
	add a7, s1, a7
	mulhu a5, a0, t2
	mul s1, a0, t2
	add s3, s1, s3
	sltu s1, s3, s1
	add a5, s1, a5
	add s3, a7, s3
	sltu a7, s3, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul s1, a0, t3
	add s4, s1, s4
	sltu s1, s4, s1
	add a5, s1, a5
	add s4, a7, s4
	sltu a7, s4, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul s1, a0, t4
	add s5, s1, s5
	sltu s1, s5, s1
	add a5, s1, a5
	add s5, a7, s5
	sltu a7, s5, a7
	add a7, a7, a5
	mulhu a5, a0, t5
	mul s1, a0, t5
	add s6, s1, s6
	sltu s1, s6, s1
	add a5, s1, a5
	add s6, a7, s6
	sltu a7, s6, a7
	add a7, a7, a5
	mulhu a5, a0, t6
	mul s1, a0, t6
	add s7, s1, s7
	sltu s1, s7, s1
	add a5, s1, a5
	add s7, a7, s7
	sltu a7, s7, a7
	add a7, a7, a5
	add s8, a7, s8
	sltu a7, s8, a7
	ld a0, 8(a3)
	ld s1, 56(a3)
	add a0, a0, s1
	sltu s1, a0, s1
	add a0, a0, a6
	sltu a6, a0, a6
	or s1, s1, a6
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
	add a0, a0, s1
	sltu s1, a0, s1
	or a6, a6, s1
	mulhu a7, a0, t1
	mul s1, a0, t1
	add s4, s1, s4
	sltu s1, s4, s1
	add a7, s1, a7
	mulhu a5, a0, t2
	mul s1, a0, t2
	add s5, s1, s5
	sltu s1, s5, s1
	add a5, s1, a5
	add s5, a7, s5
	sltu a7, s5, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul s1, a0, t3
	add s6, s1, s6
	sltu s1, s6, s1
	add a5, s1, a5
	add s6, a7, s6
	sltu a7, s6, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul s1, a0, t4
	add s7, s1, s7
	sltu s1, s7, s1
	add a5, s1, a5
	add s7, a7, s7
	sltu a7, s7, a7
	add a7, a7, a5
	mulhu a5, a0, t5
	mul s1, a0, t5
	add s8, s1, s8
	sltu s1, s8, s1
	add a5, s1, a5
	add s8, a7, s8
	sltu a7, s8, a7
	add a7, a7, a5
	mulhu a5, a0, t6
	mul s1, a0, t6
	add s9, s1, s9
	sltu s1, s9, s1
	add a5, s1, a5
	add s9, a7, s9
	sltu a7, s9, a7
	add a7, a7, a5
	add s10, s10, a7
	sltu a7, s10, a7
	add s10, s10, t0
	sltu t0, s10, t0
	or a7, a7, t0
	ld a0, 24(a3)
	ld s1, 72(a3)
	add a0, a0, s1
	sltu s1, a0, s1
	add a0, a0, a6
	sltu a6, a0, a6
	or s1, s1, a6
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
	add a0, a0, s1
	sltu s1, a0, s1
	or a6, a6, s1
	mulhu a7, a0, t1
	mul s1, a0, t1
	add s6, s1, s6
	sltu s1, s6, s1
	add a7, s1, a7
	mulhu a5, a0, t2
	mul s1, a0, t2
	add s7, s1, s7
	sltu s1, s7, s1
	add a5, s1, a5
	add s7, a7, s7
	sltu a7, s7, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul s1, a0, t3
	add s8, s1, s8
	sltu s1, s8, s1
	add a5, s1, a5
	add s8, a7, s8
	sltu a7, s8, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul s1, a0, t4
	add s9, s1, s9
	sltu s1, s9, s1
	add a5, s1, a5
	add s9, a7, s9
	sltu a7, s9, a7
	add a7, a7, a5
	mulhu a5, a0, t5
	mul s1, a0, t5
	add s10, s1, s10
	sltu s1, s10, s1
	add a5, s1, a5
	add s10, a7, s10
	sltu a7, s10, a7
	add a7, a7, a5
	mulhu a5, a0, t6
	mul s1, a0, t6
	add s11, s1, s11
	sltu s1, s11, s1
	add a5, s1, a5
	add s11, a7, s11
	sltu a7, s11, a7
	add a7, a7, a5
	add gp, gp, a7
	sltu a7, gp, a7
	add gp, gp, t0
	sltu t0, gp, t0
	or a7, a7, t0
	ld a0, 40(a3)
	ld s1, 88(a3)
	add a0, a0, s1
	sltu s1, a0, s1
	add a0, a0, a6
	sltu a6, a0, a6
	or s1, s1, a6
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
	add s0, s0, t0
	bne a1, a2, .Lbls12_381_1
	li a7, 0
	ld t0, 40(sp)
	sub t0, s2, t0
	sltu a5, s2, t0
	sub s2, t0, a7
	sltu a7, t0, s2
	or t0, a7, a5
	ld a7, 48(sp)
	sub a7, s3, a7
	sltu a5, s3, a7
	sub s3, a7, t0
	sltu t0, a7, s3
	or a7, t0, a5
	ld t0, 56(sp)
	sub t0, s4, t0
	sltu a5, s4, t0
	sub s4, t0, a7
	sltu a7, t0, s4
	or t0, a7, a5
	ld a7, 64(sp)
	sub a7, s5, a7
	sltu a5, s5, a7
	sub s5, a7, t0
	sltu t0, a7, s5
	or a7, t0, a5
	ld t0, 72(sp)
	sub t0, s6, t0
	sltu a5, s6, t0
	sub s6, t0, a7
	sltu a7, t0, s6
	or t0, a7, a5
	ld a7, 80(sp)
	sub a7, s7, a7
	sltu a5, s7, a7
	sub s7, a7, t0
	sltu t0, a7, s7
	or a7, t0, a5
	ld t0, 88(sp)
	sub t0, s8, t0
	sltu a5, s8, t0
	sub s8, t0, a7
	sltu a7, t0, s8
	or t0, a7, a5
	ld a7, 96(sp)
	sub a7, s9, a7
	sltu a5, s9, a7
	sub s9, a7, t0
	sltu t0, a7, s9
	or a7, t0, a5
	ld t0, 104(sp)
	sub t0, s10, t0
	sltu a5, s10, t0
	sub s10, t0, a7
	sltu a7, t0, s10
	or t0, a7, a5
	ld a7, 112(sp)
	sub a7, s11, a7
	sltu a5, s11, a7
	sub s11, a7, t0
	sltu t0, a7, s11
	or a7, t0, a5
	ld t0, 120(sp)
	sub t0, gp, t0
	sltu a5, gp, t0
	sub gp, t0, a7
	sltu a7, t0, gp
	or t0, a7, a5
	ld a7, 128(sp)
	sub a7, tp, a7
	sltu a5, tp, a7
	sub tp, a7, t0
	sltu t0, a7, tp
	or a7, t0, a5
	ld t0, 136(sp)
	sub t0, s0, t0
	sltu a5, s0, t0
	sub s0, t0, a7
	sltu a7, t0, s0
	or t0, a7, a5
	li a7, 0
	ld t0, 144(sp)
	sub t0, s2, t0
	sltu a5, s2, t0
	sub s2, t0, a7
	sltu a7, t0, s2
	or t0, a7, a5
	ld a7, 152(sp)
	sub a7, s3, a7
	sltu a5, s3, a7
	sub s3, a7, t0
	sltu t0, a7, s3
	or a7, t0, a5
	ld t0, 160(sp)
	sub t0, s4, t0
	sltu a5, s4, t0
	sub s4, t0, a7
	sltu a7, t0, s4
	or t0, a7, a5
	ld a7, 168(sp)
	sub a7, s5, a7
	sltu a5, s5, a7
	sub s5, a7, t0
	sltu t0, a7, s5
	or a7, t0, a5
	ld t0, 176(sp)
	sub t0, s6, t0
	sltu a5, s6, t0
	sub s6, t0, a7
	sltu a7, t0, s6
	or t0, a7, a5
	ld a7, 184(sp)
	sub a7, s7, a7
	sltu a5, s7, a7
	sub s7, a7, t0
	sltu t0, a7, s7
	or a7, t0, a5
	ld t0, 192(sp)
	sub t0, s8, t0
	sltu a5, s8, t0
	sub s8, t0, a7
	sltu a7, t0, s8
	or t0, a7, a5
	ld a7, 200(sp)
	sub a7, s9, a7
	sltu a5, s9, a7
	sub s9, a7, t0
	sltu t0, a7, s9
	or a7, t0, a5
	ld t0, 208(sp)
	sub t0, s10, t0
	sltu a5, s10, t0
	sub s10, t0, a7
	sltu a7, t0, s10
	or t0, a7, a5
	ld a7, 216(sp)
	sub a7, s11, a7
	sltu a5, s11, a7
	sub s11, a7, t0
	sltu t0, a7, s11
	or a7, t0, a5
	ld t0, 224(sp)
	sub t0, gp, t0
	sltu a5, gp, t0
	sub gp, t0, a7
	sltu a7, t0, gp
	or t0, a7, a5
	ld a7, 232(sp)
	sub a7, tp, a7
	sltu a5, tp, a7
	sub tp, a7, t0
	sltu t0, a7, tp
	or a7, t0, a5
	ld t0, 240(sp)
	sub t0, s0, t0
	sltu a5, s0, t0
	sub s0, t0, a7
	sltu a7, t0, s0
	or t0, a7, a5
	ld a3, 24(sp)
	addi a3, a3, 48
	call verdict_bls12_381_reduce
	ld s2, 40(sp)
	ld s3, 48(sp)
	ld s4, 56(sp)
	ld s5, 64(sp)
	ld s6, 72(sp)
	ld s7, 80(sp)
	ld s8, 88(sp)
	ld s9, 96(sp)
	ld s10, 104(sp)
	ld s11, 112(sp)
	ld gp, 120(sp)
	ld tp, 128(sp)
	ld s0, 136(sp)
	li a7, 0
	ld t0, 144(sp)
	sub t0, s2, t0
	sltu a5, s2, t0
	sub s2, t0, a7
	sltu a7, t0, s2
	or t0, a7, a5
	ld a7, 152(sp)
	sub a7, s3, a7
	sltu a5, s3, a7
	sub s3, a7, t0
	sltu t0, a7, s3
	or a7, t0, a5
	ld t0, 160(sp)
	sub t0, s4, t0
	sltu a5, s4, t0
	sub s4, t0, a7
	sltu a7, t0, s4
	or t0, a7, a5
	ld a7, 168(sp)
	sub a7, s5, a7
	sltu a5, s5, a7
	sub s5, a7, t0
	sltu t0, a7, s5
	or a7, t0, a5
	ld t0, 176(sp)
	sub t0, s6, t0
	sltu a5, s6, t0
	sub s6, t0, a7
	sltu a7, t0, s6
	or t0, a7, a5
	ld a7, 184(sp)
	sub a7, s7, a7
	sltu a5, s7, a7
	sub s7, a7, t0
	sltu t0, a7, s7
	or a7, t0, a5
	ld t0, 192(sp)
	sub t0, s8, t0
	sltu a5, s8, t0
	sub s8, t0, a7
	sltu a7, t0, s8
	or t0, a7, a5
	ld a7, 200(sp)
	sub a7, s9, a7
	sltu a5, s9, a7
	sub s9, a7, t0
	sltu t0, a7, s9
	or a7, t0, a5
	ld t0, 208(sp)
	sub t0, s10, t0
	sltu a5, s10, t0
	sub s10, t0, a7
	sltu a7, t0, s10
	or t0, a7, a5
	ld a7, 216(sp)
	sub a7, s11, a7
	sltu a5, s11, a7
	sub s11, a7, t0
	sltu t0, a7, s11
	or a7, t0, a5
	ld t0, 224(sp)
	sub t0, gp, t0
	sltu a5, gp, t0
	sub gp, t0, a7
	sltu a7, t0, gp
	or t0, a7, a5
	ld a7, 232(sp)
	sub a7, tp, a7
	sltu a5, tp, a7
	sub tp, a7, t0
	sltu t0, a7, tp
	or a7, t0, a5
	ld t0, 240(sp)
	sub t0, s0, t0
	sltu a5, s0, t0
	sub s0, t0, a7
	sltu a7, t0, s0
	or t0, a7, a5
	beqz s0, .Lbls12_381_2
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
	li s0, 0
.Lbls12_381_2:
	ld a3, 24(sp)
	call verdict_bls12_381_reduce
	ld ra, 0(sp)
	ld s0, 8(sp)
	ld s1, 16(sp)
	addi sp, sp, 256
	ret
	.section .text.verdict_bls12_381_csqr, "ax", @progbits
	.p2align 2
	.globl verdict_bls12_381_csqr
verdict_bls12_381_csqr:
	addi sp, sp, -208
	sd ra, 0(sp)
	sd s0, 8(sp)
	sd s1, 16(sp)
	sd a0, 24(sp)
	sd a1, 32(sp)
	la a5, verdict_bls12_381_modulus
	ld t1, 0(a5)
	ld t2, 8(a5)
	ld t3, 16(a5)
	ld t4, 24(a5)
	ld t5, 32(a5)
	ld t6, 40(a5)
	ld s2, 0(a1)
	ld s8, 48(a1)
	ld s3, 8(a1)
	ld s9, 56(a1)
	ld s4, 16(a1)
	ld s10, 64(a1)
	ld s5, 24(a1)
	ld s11, 72(a1)
	ld s6, 32(a1)
	ld gp, 80(a1)
	ld s7, 40(a1)
	ld tp, 88(a1)
	mv a3, s8
	mv a7, s2
	add a3, a7, a3
	sltu a7, a3, a7
	sd a3, 56(sp)
	mv a3, s9
	mv t0, s3
	add a3, a3, t0
	sltu t0, a3, t0
	add a3, a3, a7
	sltu a7, a3, a7
	or t0, t0, a7
	sd a3, 64(sp)
	mv a3, s10
	mv a7, s4
	add a3, a3, a7
	sltu a7, a3, a7
	add a3, a3, t0
	sltu t0, a3, t0
	or a7, a7, t0
	sd a3, 72(sp)
	mv a3, s11
	mv t0, s5
	add a3, a3, t0
	sltu t0, a3, t0
	add a3, a3, a7
	sltu a7, a3, a7
	or t0, t0, a7
	sd a3, 80(sp)
	mv a3, gp
	mv a7, s6
	add a3, a3, a7
	sltu a7, a3, a7
	add a3, a3, t0
	sltu t0, a3, t0
	or a7, a7, t0
	sd a3, 88(sp)
	mv a3, tp
	mv t0, s7
	add a3, a3, t0
	sltu t0, a3, t0
	add a3, a3, a7
	sltu a7, a3, a7
	or t0, t0, a7
	sd a3, 96(sp)
	mv a3, s8
	mv a7, s8
	add a3, a7, a3
	sltu a7, a3, a7
	sd a3, 152(sp)
	mv a3, s9
	mv t0, s9
	add a3, a3, t0
	sltu t0, a3, t0
	add a3, a3, a7
	sltu a7, a3, a7
	or t0, t0, a7
	sd a3, 160(sp)
	mv a3, s10
	mv a7, s10
	add a3, a3, a7
	sltu a7, a3, a7
	add a3, a3, t0
	sltu t0, a3, t0
	or a7, a7, t0
	sd a3, 168(sp)
	mv a3, s11
	mv t0, s11
	add a3, a3, t0
	sltu t0, a3, t0
	add a3, a3, a7
	sltu a7, a3, a7
	or t0, t0, a7
	sd a3, 176(sp)
	mv a3, gp
	mv a7, gp
	add a3, a3, a7
	sltu a7, a3, a7
	add a3, a3, t0
	sltu t0, a3, t0
	or a7, a7, t0
	sd a3, 184(sp)
	mv a3, tp
	mv t0, tp
	add a3, a3, t0
	sltu t0, a3, t0
	add a3, a3, a7
	sltu a7, a3, a7
	or t0, t0, a7
	sd a3, 192(sp)
	li t0, 0
	sub s8, s2, s8
	sltu a5, s2, s8
	sub s2, s8, t0
	sltu t0, s8, s2
	or s8, t0, a5
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
	beqz tp, .Lbls12_381_3
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
.Lbls12_381_3:
	sd s2, 104(sp)
	sd s3, 112(sp)
	sd s4, 120(sp)
	sd s5, 128(sp)
	sd s6, 136(sp)
	sd s7, 144(sp)
	li a4, 0
	ld a0, 32(sp)
	sd a0, 40(sp)
	addi a0, sp, 152
	sd a0, 48(sp)
	addi a1, sp, 40
	addi a2, sp, 56
	call verdict_bls12_381_mac
	ld a3, 24(sp)
	addi a3, a3, 48
	call verdict_bls12_381_reduce
	addi a0, sp, 104
	sd a0, 40(sp)
	addi a0, sp, 56
	sd a0, 48(sp)
	addi a1, sp, 40
	addi a2, sp, 56
	call verdict_bls12_381_mac
	ld a3, 24(sp)
	addi a3, a3, 0
	call verdict_bls12_381_reduce
	ld ra, 0(sp)
	ld s0, 8(sp)
	ld s1, 16(sp)
	addi sp, sp, 208
	ret
	.section .text.verdict_bls12_381_mac, "ax", @progbits
	.p2align 2
	.globl verdict_bls12_381_mac
verdict_bls12_381_mac:
	li s2, 0
	li s3, 0
	li s4, 0
	li s5, 0
	li s6, 0
	li s7, 0
	li s8, 0
	li s9, 0
	li s10, 0
	li s11, 0
	li gp, 0
	li tp, 0
	li s0, 0
.Lbls12_381_4:
	ld a3, 0(a1)
	ld a5, 8(a1)
	addi a1, a1, 16
	add a3, a3, a4
	add a5, a5, a4
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
	add s0, s0, t0
	bne a1, a2, .Lbls12_381_4
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
.Lbls12_381_5:
	bltu tp, t6, .Lbls12_381_7
	bne tp, t6, .Lbls12_381_6
	bltu gp, t5, .Lbls12_381_7
	bne gp, t5, .Lbls12_381_6
	bltu s11, t4, .Lbls12_381_7
	bne s11, t4, .Lbls12_381_6
	bltu s10, t3, .Lbls12_381_7
	bne s10, t3, .Lbls12_381_6
	bltu s9, t2, .Lbls12_381_7
	bne s9, t2, .Lbls12_381_6
	bltu s8, t1, .Lbls12_381_7
.Lbls12_381_6:
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
	j .Lbls12_381_5
.Lbls12_381_7:
	sd s8, 0(a3)
	sd s9, 8(a3)
	sd s10, 16(a3)
	sd s11, 24(a3)
	sd gp, 32(a3)
	sd tp, 40(a3)
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
.Lbls12_381_8:
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
.Lbls12_381_9:
	bltu s7, t6, .Lbls12_381_11
	bne s7, t6, .Lbls12_381_10
	bltu s6, t5, .Lbls12_381_11
	bne s6, t5, .Lbls12_381_10
	bltu s5, t4, .Lbls12_381_11
	bne s5, t4, .Lbls12_381_10
	bltu s4, t3, .Lbls12_381_11
	bne s4, t3, .Lbls12_381_10
	bltu s3, t2, .Lbls12_381_11
	bne s3, t2, .Lbls12_381_10
	bltu s2, t1, .Lbls12_381_11
.Lbls12_381_10:
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
	j .Lbls12_381_9
.Lbls12_381_11:
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
	bnez a3, .Lbls12_381_8
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
.Lbls12_381_12:
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
	beqz t0, .Lbls12_381_13
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
	bnez a3, .Lbls12_381_12
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
.Lbls12_381_14:
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
.Lbls12_381_15:
	bltu s7, t6, .Lbls12_381_17
	bne s7, t6, .Lbls12_381_16
	bltu s6, t5, .Lbls12_381_17
	bne s6, t5, .Lbls12_381_16
	bltu s5, t4, .Lbls12_381_17
	bne s5, t4, .Lbls12_381_16
	bltu s4, t3, .Lbls12_381_17
	bne s4, t3, .Lbls12_381_16
	bltu s3, t2, .Lbls12_381_17
	bne s3, t2, .Lbls12_381_16
	bltu s2, t1, .Lbls12_381_17
.Lbls12_381_16:
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
	j .Lbls12_381_15
.Lbls12_381_17:
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
.Lbls12_381_18:
	bltu s7, t6, .Lbls12_381_20
	bne s7, t6, .Lbls12_381_19
	bltu s6, t5, .Lbls12_381_20
	bne s6, t5, .Lbls12_381_19
	bltu s5, t4, .Lbls12_381_20
	bne s5, t4, .Lbls12_381_19
	bltu s4, t3, .Lbls12_381_20
	bne s4, t3, .Lbls12_381_19
	bltu s3, t2, .Lbls12_381_20
	bne s3, t2, .Lbls12_381_19
	bltu s2, t1, .Lbls12_381_20
.Lbls12_381_19:
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
	j .Lbls12_381_18
.Lbls12_381_20:
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
.Lbls12_381_21:
	bltu s7, t6, .Lbls12_381_23
	bne s7, t6, .Lbls12_381_22
	bltu s6, t5, .Lbls12_381_23
	bne s6, t5, .Lbls12_381_22
	bltu s5, t4, .Lbls12_381_23
	bne s5, t4, .Lbls12_381_22
	bltu s4, t3, .Lbls12_381_23
	bne s4, t3, .Lbls12_381_22
	bltu s3, t2, .Lbls12_381_23
	bne s3, t2, .Lbls12_381_22
	bltu s2, t1, .Lbls12_381_23
.Lbls12_381_22:
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
	j .Lbls12_381_21
.Lbls12_381_23:
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
.Lbls12_381_24:
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
	beqz t0, .Lbls12_381_25
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
.Lbls12_381_25:
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
.Lbls12_381_26:
	bltu s7, t6, .Lbls12_381_28
	bne s7, t6, .Lbls12_381_27
	bltu s6, t5, .Lbls12_381_28
	bne s6, t5, .Lbls12_381_27
	bltu s5, t4, .Lbls12_381_28
	bne s5, t4, .Lbls12_381_27
	bltu s4, t3, .Lbls12_381_28
	bne s4, t3, .Lbls12_381_27
	bltu s3, t2, .Lbls12_381_28
	bne s3, t2, .Lbls12_381_27
	bltu s2, t1, .Lbls12_381_28
.Lbls12_381_27:
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
	j .Lbls12_381_26
.Lbls12_381_28:
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
.Lbls12_381_29:
	bltu s7, t6, .Lbls12_381_31
	bne s7, t6, .Lbls12_381_30
	bltu s6, t5, .Lbls12_381_31
	bne s6, t5, .Lbls12_381_30
	bltu s5, t4, .Lbls12_381_31
	bne s5, t4, .Lbls12_381_30
	bltu s4, t3, .Lbls12_381_31
	bne s4, t3, .Lbls12_381_30
	bltu s3, t2, .Lbls12_381_31
	bne s3, t2, .Lbls12_381_30
	bltu s2, t1, .Lbls12_381_31
.Lbls12_381_30:
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
	j .Lbls12_381_29
.Lbls12_381_31:
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
	bnez a3, .Lbls12_381_24
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
.Lbls12_381_32:
	bltu tp, t6, .Lbls12_381_34
	bne tp, t6, .Lbls12_381_33
	bltu gp, t5, .Lbls12_381_34
	bne gp, t5, .Lbls12_381_33
	bltu s11, t4, .Lbls12_381_34
	bne s11, t4, .Lbls12_381_33
	bltu s10, t3, .Lbls12_381_34
	bne s10, t3, .Lbls12_381_33
	bltu s9, t2, .Lbls12_381_34
	bne s9, t2, .Lbls12_381_33
	bltu s8, t1, .Lbls12_381_34
.Lbls12_381_33:
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
	j .Lbls12_381_32
.Lbls12_381_34:
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
	beqz t0, .Lbls12_381_35
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
.Lbls12_381_35:
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
.Lbls12_381_36:
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
.Lbls12_381_37:
	bltu tp, t6, .Lbls12_381_39
	bne tp, t6, .Lbls12_381_38
	bltu gp, t5, .Lbls12_381_39
	bne gp, t5, .Lbls12_381_38
	bltu s11, t4, .Lbls12_381_39
	bne s11, t4, .Lbls12_381_38
	bltu s10, t3, .Lbls12_381_39
	bne s10, t3, .Lbls12_381_38
	bltu s9, t2, .Lbls12_381_39
	bne s9, t2, .Lbls12_381_38
	bltu s8, t1, .Lbls12_381_39
.Lbls12_381_38:
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
	j .Lbls12_381_37
.Lbls12_381_39:
	mv a0, s8
	mv a1, s9
	mv a3, s10
	mv a4, s11
	mv s0, gp
	mv s1, tp
	addi a2, a2, -1
	bnez a2, .Lbls12_381_36
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
