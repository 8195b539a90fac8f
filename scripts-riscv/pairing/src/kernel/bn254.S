# SPDX-License-Identifier: MIT OR Apache-2.0
# Written by examples/generate.rs; see generator.rs for what it does.
.option push
.option arch, +m
.option norvc
	.section .rodata.verdict_bn254_modulus, "a", @progbits
	.p2align 3
verdict_bn254_modulus:
	.quad 0x3c208c16d87cfd47
	.quad 0x97816a916871ca8d
	.quad 0xb85045b68181585d
	.quad 0x30644e72e131a029
	.quad 0x87d20782e4866389
	.section .text.verdict_bn254_dot, "ax", @progbits
	.p2align 2
	.globl verdict_bn254_dot
verdict_bn254_dot:
	addi sp, sp, -32
	sd ra, 0(sp)
	sd a0, 24(sp)
	slli a2, a2, 4
	add a2, a2, a1
	li a4, 0
	call verdict_bn254_mac
	ld a3, 24(sp)
	call verdict_bn254_reduce
	ld ra, 0(sp)
	addi sp, sp, 32
	ret
	.section .text.verdict_bn254_cdot, "ax", @progbits
	.p2align 2
	.globl verdict_bn254_cdot
verdict_bn254_cdot:
	addi sp, sp, -176
	sd ra, 0(sp)
	sd a0, 24(sp)
	sd a1, 32(sp)
	slli a2, a2, 4
	add a2, a2, a1
	li a4, 32
	call verdict_bn254_mac
	sd t5, 40(sp)
	sd t6, 48(sp)
	sd s2, 56(sp)
	sd s3, 64(sp)
	sd s4, 72(sp)
	sd s5, 80(sp)
	sd s6, 88(sp)
	sd s7, 96(sp)
	ld a1, 32(sp)
	li a4, 0
	call verdict_bn254_mac
	sd t5, 104(sp)
	sd t6, 112(sp)
	sd s2, 120(sp)
	sd s3, 128(sp)
	sd s4, 136(sp)
	sd s5, 144(sp)
	sd s6, 152(sp)
	sd s7, 160(sp)
	li t0, 0
	ld a7, 40(sp)
	sub a7, t5, a7
	sltu a5, t5, a7
	sub t5, a7, t0
	sltu t0, a7, t5
	or a7, t0, a5
	ld t0, 48(sp)
	sub t0, t6, t0
	sltu a5, t6, t0
	sub t6, t0, a7
	sltu a7, t0, t6
	or t0, a7, a5
	ld a7, 56(sp)
	sub a7, s2, a7
	sltu a5, s2, a7
	sub s2, a7, t0
	sltu t0, a7, s2
	or a7, t0, a5
	ld t0, 64(sp)
	sub t0, s3, t0
	sltu a5, s3, t0
	sub s3, t0, a7
	sltu a7, t0, s3
	or t0, a7, a5
	ld a7, 72(sp)
	sub a7, s4, a7
	sltu a5, s4, a7
	sub s4, a7, t0
	sltu t0, a7, s4
	or a7, t0, a5
	ld t0, 80(sp)
	sub t0, s5, t0
	sltu a5, s5, t0
	sub s5, t0, a7
	sltu a7, t0, s5
	or t0, a7, a5
	ld a7, 88(sp)
	sub a7, s6, a7
	sltu a5, s6, a7
	sub s6, a7, t0
	sltu t0, a7, s6
	or a7, t0, a5
	ld t0, 96(sp)
	sub t0, s7, t0
	sltu a5, s7, t0
	sub s7, t0, a7
	sltu a7, t0, s7
	or t0, a7, a5
	beqz t0, .Lbn254_1
	la a5, verdict_bn254_modulus
	ld t1, 0(a5)
	ld t2, 8(a5)
	ld t3, 16(a5)
	ld t4, 24(a5)
	add s4, t1, s4
	sltu t1, s4, t1
	add s5, s5, t2
	sltu t2, s5, t2
	add s5, s5, t1
	sltu t1, s5, t1
	or t2, t2, t1
	add s6, s6, t3
	sltu t3, s6, t3
	add s6, s6, t2
	sltu t2, s6, t2
	or t3, t3, t2
	add s7, s7, t4
	sltu t4, s7, t4
	add s7, s7, t3
	sltu t3, s7, t3
	or t4, t4, t3
.Lbn254_1:
	ld a3, 24(sp)
	call verdict_bn254_reduce
	ld a1, 32(sp)
	ld a3, 0(a1)
	ld a5, 8(a1)
	addi a1, a1, 16
	ld t1, 0(a5)
	ld a6, 32(a5)
	add t1, a6, t1
	sltu a6, t1, a6
	ld t2, 8(a5)
	ld a0, 40(a5)
	add t2, t2, a0
	sltu a0, t2, a0
	add t2, t2, a6
	sltu a6, t2, a6
	or a0, a0, a6
	ld t3, 16(a5)
	ld a6, 48(a5)
	add t3, t3, a6
	sltu a6, t3, a6
	add t3, t3, a0
	sltu a0, t3, a0
	or a6, a6, a0
	ld t4, 24(a5)
	ld a0, 56(a5)
	add t4, t4, a0
	sltu a0, t4, a0
	add t4, t4, a6
	sltu a6, t4, a6
	or a0, a0, a6
	ld a0, 0(a3)
	ld a6, 32(a3)
	add a0, a6, a0
	sltu a6, a0, a6
	mulhu a7, a0, t1
	mul t5, a0, t1
	mulhu a5, a0, t2
	mul t6, a0, t2
	add t6, a7, t6
	sltu a7, t6, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul s2, a0, t3
	add s2, a7, s2
	sltu a7, s2, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul s3, a0, t4
	add s3, a7, s3
	sltu a7, s3, a7
	add s4, a7, a5
	ld a0, 8(a3)
	ld s8, 40(a3)
	add a0, a0, s8
	sltu s8, a0, s8
	add a0, a0, a6
	sltu a6, a0, a6
	or s8, s8, a6
	mulhu a7, a0, t1
	mul a6, a0, t1
	add t6, a6, t6
	sltu a6, t6, a6
	add a7, a6, a7
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s2, a6, s2
	sltu a6, s2, a6
	add a5, a6, a5
	add s2, a7, s2
	sltu a7, s2, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s3, a6, s3
	sltu a6, s3, a6
	add a5, a6, a5
	add s3, a7, s3
	sltu a7, s3, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s4, a6, s4
	sltu a6, s4, a6
	add a5, a6, a5
	add s4, a7, s4
	sltu a7, s4, a7
	add s5, a7, a5
	ld a0, 16(a3)
	ld a6, 48(a3)
	add a0, a0, a6
	sltu a6, a0, a6
	add a0, a0, s8
	sltu s8, a0, s8
	or a6, a6, s8
	mulhu a7, a0, t1
	mul s8, a0, t1
	add s2, s8, s2
	sltu s8, s2, s8
	add a7, s8, a7
	mulhu a5, a0, t2
	mul s8, a0, t2
	add s3, s8, s3
	sltu s8, s3, s8
	add a5, s8, a5
	add s3, a7, s3
	sltu a7, s3, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul s8, a0, t3
	add s4, s8, s4
	sltu s8, s4, s8
	add a5, s8, a5
	add s4, a7, s4
	sltu a7, s4, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul s8, a0, t4
	add s5, s8, s5
	sltu s8, s5, s8
	add a5, s8, a5
	add s5, a7, s5
	sltu a7, s5, a7
	add s6, a7, a5
	ld a0, 24(a3)
	ld s8, 56(a3)
	add a0, a0, s8
	sltu s8, a0, s8
	add a0, a0, a6
	sltu a6, a0, a6
	or s8, s8, a6
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
	add s7, a7, a5
	beq a1, a2, .Lbn254_3
.Lbn254_2:
	ld a3, 0(a1)
	ld a5, 8(a1)
	addi a1, a1, 16
	ld t1, 0(a5)
	ld a6, 32(a5)
	add t1, a6, t1
	sltu a6, t1, a6
	ld t2, 8(a5)
	ld a0, 40(a5)
	add t2, t2, a0
	sltu a0, t2, a0
	add t2, t2, a6
	sltu a6, t2, a6
	or a0, a0, a6
	ld t3, 16(a5)
	ld a6, 48(a5)
	add t3, t3, a6
	sltu a6, t3, a6
	add t3, t3, a0
	sltu a0, t3, a0
	or a6, a6, a0
	ld t4, 24(a5)
	ld a0, 56(a5)
	add t4, t4, a0
	sltu a0, t4, a0
	add t4, t4, a6
	sltu a6, t4, a6
	or a0, a0, a6
	ld a0, 0(a3)
	ld a6, 32(a3)
	add a0, a6, a0
	sltu a6, a0, a6
	mulhu a7, a0, t1
	mul s8, a0, t1
	add t5, s8, t5
	sltu s8, t5, s8
	add a7, s8, a7
	mulhu a5, a0, t2
	mul s8, a0, t2
	add t6, s8, t6
	sltu s8, t6, s8
	add a5, s8, a5
	add t6, a7, t6
	sltu a7, t6, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul s8, a0, t3
	add s2, s8, s2
	sltu s8, s2, s8
	add a5, s8, a5
	add s2, a7, s2
	sltu a7, s2, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul s8, a0, t4
	add s3, s8, s3
	sltu s8, s3, s8
	add a5, s8, a5
	add s3, a7, s3
	sltu a7, s3, a7
	add a7, a7, a5
	add s4, a7, s4
	sltu a7, s4, a7
	ld a0, 8(a3)
	ld s8, 40(a3)
	add a0, a0, s8
	sltu s8, a0, s8
	add a0, a0, a6
	sltu a6, a0, a6
	or s8, s8, a6
	mulhu t0, a0, t1
	mul a6, a0, t1
	add t6, a6, t6
	sltu a6, t6, a6
	add t0, a6, t0
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s2, a6, s2
	sltu a6, s2, a6
	add a5, a6, a5
	add s2, t0, s2
	sltu t0, s2, t0
	add t0, t0, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s3, a6, s3
	sltu a6, s3, a6
	add a5, a6, a5
	add s3, t0, s3
	sltu t0, s3, t0
	add t0, t0, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s4, a6, s4
	sltu a6, s4, a6
	add a5, a6, a5
	add s4, t0, s4
	sltu t0, s4, t0
	add t0, t0, a5
	add s5, s5, t0
	sltu t0, s5, t0
	add s5, s5, a7
	sltu a7, s5, a7
	or t0, t0, a7
	ld a0, 16(a3)
	ld a6, 48(a3)
	add a0, a0, a6
	sltu a6, a0, a6
	add a0, a0, s8
	sltu s8, a0, s8
	or a6, a6, s8
	mulhu a7, a0, t1
	mul s8, a0, t1
	add s2, s8, s2
	sltu s8, s2, s8
	add a7, s8, a7
	mulhu a5, a0, t2
	mul s8, a0, t2
	add s3, s8, s3
	sltu s8, s3, s8
	add a5, s8, a5
	add s3, a7, s3
	sltu a7, s3, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul s8, a0, t3
	add s4, s8, s4
	sltu s8, s4, s8
	add a5, s8, a5
	add s4, a7, s4
	sltu a7, s4, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul s8, a0, t4
	add s5, s8, s5
	sltu s8, s5, s8
	add a5, s8, a5
	add s5, a7, s5
	sltu a7, s5, a7
	add a7, a7, a5
	add s6, s6, a7
	sltu a7, s6, a7
	add s6, s6, t0
	sltu t0, s6, t0
	or a7, a7, t0
	ld a0, 24(a3)
	ld s8, 56(a3)
	add a0, a0, s8
	sltu s8, a0, s8
	add a0, a0, a6
	sltu a6, a0, a6
	or s8, s8, a6
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
	add s7, s7, t0
	sltu t0, s7, t0
	add s7, s7, a7
	sltu a7, s7, a7
	or t0, t0, a7
	bne a1, a2, .Lbn254_2
.Lbn254_3:
	li t0, 0
	ld a7, 40(sp)
	sub a7, t5, a7
	sltu a5, t5, a7
	sub t5, a7, t0
	sltu t0, a7, t5
	or a7, t0, a5
	ld t0, 48(sp)
	sub t0, t6, t0
	sltu a5, t6, t0
	sub t6, t0, a7
	sltu a7, t0, t6
	or t0, a7, a5
	ld a7, 56(sp)
	sub a7, s2, a7
	sltu a5, s2, a7
	sub s2, a7, t0
	sltu t0, a7, s2
	or a7, t0, a5
	ld t0, 64(sp)
	sub t0, s3, t0
	sltu a5, s3, t0
	sub s3, t0, a7
	sltu a7, t0, s3
	or t0, a7, a5
	ld a7, 72(sp)
	sub a7, s4, a7
	sltu a5, s4, a7
	sub s4, a7, t0
	sltu t0, a7, s4
	or a7, t0, a5
	ld t0, 80(sp)
	sub t0, s5, t0
	sltu a5, s5, t0
	sub s5, t0, a7
	sltu a7, t0, s5
	or t0, a7, a5
	ld a7, 88(sp)
	sub a7, s6, a7
	sltu a5, s6, a7
	sub s6, a7, t0
	sltu t0, a7, s6
	or a7, t0, a5
	ld t0, 96(sp)
	sub t0, s7, t0
	sltu a5, s7, t0
	sub s7, t0, a7
	sltu a7, t0, s7
	or t0, a7, a5
	li t0, 0
	ld a7, 104(sp)
	sub a7, t5, a7
	sltu a5, t5, a7
	sub t5, a7, t0
	sltu t0, a7, t5
	or a7, t0, a5
	ld t0, 112(sp)
	sub t0, t6, t0
	sltu a5, t6, t0
	sub t6, t0, a7
	sltu a7, t0, t6
	or t0, a7, a5
	ld a7, 120(sp)
	sub a7, s2, a7
	sltu a5, s2, a7
	sub s2, a7, t0
	sltu t0, a7, s2
	or a7, t0, a5
	ld t0, 128(sp)
	sub t0, s3, t0
	sltu a5, s3, t0
	sub s3, t0, a7
	sltu a7, t0, s3
	or t0, a7, a5
	ld a7, 136(sp)
	sub a7, s4, a7
	sltu a5, s4, a7
	sub s4, a7, t0
	sltu t0, a7, s4
	or a7, t0, a5
	ld t0, 144(sp)
	sub t0, s5, t0
	sltu a5, s5, t0
	sub s5, t0, a7
	sltu a7, t0, s5
	or t0, a7, a5
	ld a7, 152(sp)
	sub a7, s6, a7
	sltu a5, s6, a7
	sub s6, a7, t0
	sltu t0, a7, s6
	or a7, t0, a5
	ld t0, 160(sp)
	sub t0, s7, t0
	sltu a5, s7, t0
	sub s7, t0, a7
	sltu a7, t0, s7
	or t0, a7, a5
	ld a3, 24(sp)
	addi a3, a3, 32
	call verdict_bn254_reduce
	ld ra, 0(sp)
	addi sp, sp, 176
	ret
	.section .text.verdict_bn254_split, "ax", @progbits
	.p2align 2
	.globl verdict_bn254_split
verdict_bn254_split:
	la a5, verdict_bn254_modulus
	ld t1, 0(a5)
	ld t2, 8(a5)
	ld t3, 16(a5)
	ld t4, 24(a5)
	ld t5, 0(a1)
	ld t6, 8(a1)
	ld s2, 16(a1)
	ld s3, 24(a1)
	ld s4, 32(a1)
	ld s5, 40(a1)
	ld s6, 48(a1)
	ld s7, 56(a1)
	mv a6, s4
	mv a7, t5
	add a6, a7, a6
	sltu a7, a6, a7
	sd a6, 0(a3)
	mv a6, s5
	mv t0, t6
	add a6, a6, t0
	sltu t0, a6, t0
	add a6, a6, a7
	sltu a7, a6, a7
	or t0, t0, a7
	sd a6, 8(a3)
	mv a6, s6
	mv a7, s2
	add a6, a6, a7
	sltu a7, a6, a7
	add a6, a6, t0
	sltu t0, a6, t0
	or a7, a7, t0
	sd a6, 16(a3)
	mv a6, s7
	mv t0, s3
	add a6, a6, t0
	sltu t0, a6, t0
	add a6, a6, a7
	sltu a7, a6, a7
	or t0, t0, a7
	sd a6, 24(a3)
	mv a6, s4
	mv a7, s4
	add a6, a7, a6
	sltu a7, a6, a7
	sd a6, 64(a3)
	mv a6, s5
	mv t0, s5
	add a6, a6, t0
	sltu t0, a6, t0
	add a6, a6, a7
	sltu a7, a6, a7
	or t0, t0, a7
	sd a6, 72(a3)
	mv a6, s6
	mv a7, s6
	add a6, a6, a7
	sltu a7, a6, a7
	add a6, a6, t0
	sltu t0, a6, t0
	or a7, a7, t0
	sd a6, 80(a3)
	mv a6, s7
	mv t0, s7
	add a6, a6, t0
	sltu t0, a6, t0
	add a6, a6, a7
	sltu a7, a6, a7
	or t0, t0, a7
	sd a6, 88(a3)
	li a7, 0
	sub s4, t5, s4
	sltu a5, t5, s4
	sub t5, s4, a7
	sltu a7, s4, t5
	or s4, a7, a5
	sub s5, t6, s5
	sltu a5, t6, s5
	sub t6, s5, s4
	sltu s4, s5, t6
	or s5, s4, a5
	sub s6, s2, s6
	sltu a5, s2, s6
	sub s2, s6, s5
	sltu s5, s6, s2
	or s6, s5, a5
	sub s7, s3, s7
	sltu a5, s3, s7
	sub s3, s7, s6
	sltu s6, s7, s3
	or s7, s6, a5
	beqz s7, .Lbn254_4
	add t5, t1, t5
	sltu t1, t5, t1
	add t6, t6, t2
	sltu t2, t6, t2
	add t6, t6, t1
	sltu t1, t6, t1
	or t2, t2, t1
	add s2, s2, t3
	sltu t3, s2, t3
	add s2, s2, t2
	sltu t2, s2, t2
	or t3, t3, t2
	add s3, s3, t4
	sltu t4, s3, t4
	add s3, s3, t3
	sltu t3, s3, t3
	or t4, t4, t3
.Lbn254_4:
	sd t5, 32(a3)
	sd t6, 40(a3)
	sd s2, 48(a3)
	sd s3, 56(a3)
	ret
	.section .text.verdict_bn254_csqr, "ax", @progbits
	.p2align 2
	.globl verdict_bn254_csqr
verdict_bn254_csqr:
	addi sp, sp, -144
	sd ra, 0(sp)
	sd a0, 24(sp)
	sd a1, 32(sp)
	addi a3, sp, 40
	call verdict_bn254_split
	ld a3, 32(sp)
	addi a5, sp, 104
	mv a1, a2
	call verdict_bn254_first
	ld a3, 24(sp)
	addi a3, a3, 32
	call verdict_bn254_reduce
	addi a3, sp, 72
	addi a5, sp, 40
	mv a1, a2
	call verdict_bn254_first
	ld a3, 24(sp)
	call verdict_bn254_reduce
	ld ra, 0(sp)
	addi sp, sp, 144
	ret
	.section .text.verdict_bn254_square4, "ax", @progbits
	.p2align 2
	.globl verdict_bn254_square4
verdict_bn254_square4:
	addi sp, sp, -624
	sd ra, 0(sp)
	sd a0, 8(sp)
	sd a3, 16(sp)
	sd a1, 24(sp)
	sd a2, 32(sp)
	addi a3, sp, 328
	call verdict_bn254_sum
	addi a3, sp, 40
	call verdict_bn254_split
	ld a1, 32(sp)
	addi a3, sp, 136
	call verdict_bn254_split
	addi a1, sp, 40
	addi a2, sp, 136
	addi a3, sp, 232
	call verdict_bn254_sum
	addi a1, sp, 72
	addi a2, sp, 168
	addi a3, sp, 264
	call verdict_bn254_sum
	addi a1, sp, 104
	addi a2, sp, 200
	addi a3, sp, 296
	call verdict_bn254_sum
	ld a3, 32(sp)
	addi a5, sp, 200
	mv a1, a2
	call verdict_bn254_first
	sd t5, 360(sp)
	sd t6, 368(sp)
	sd s2, 376(sp)
	sd s3, 384(sp)
	sd s4, 392(sp)
	sd s5, 400(sp)
	sd s6, 408(sp)
	sd s7, 416(sp)
	ld a3, 24(sp)
	addi a5, sp, 104
	mv a1, a2
	call verdict_bn254_product
	sd t5, 424(sp)
	sd t6, 432(sp)
	sd s2, 440(sp)
	sd s3, 448(sp)
	sd s4, 456(sp)
	sd s5, 464(sp)
	sd s6, 472(sp)
	sd s7, 480(sp)
	addi a3, sp, 168
	addi a5, sp, 136
	mv a1, a2
	call verdict_bn254_first
	sd t5, 488(sp)
	sd t6, 496(sp)
	sd s2, 504(sp)
	sd s3, 512(sp)
	sd s4, 520(sp)
	sd s5, 528(sp)
	sd s6, 536(sp)
	sd s7, 544(sp)
	addi a3, sp, 72
	addi a5, sp, 40
	mv a1, a2
	call verdict_bn254_product
	sd t5, 552(sp)
	sd t6, 560(sp)
	sd s2, 568(sp)
	sd s3, 576(sp)
	sd s4, 584(sp)
	sd s5, 592(sp)
	sd s6, 600(sp)
	sd s7, 608(sp)
	ld a6, 488(sp)
	slli a7, a6, 3
	srli a5, a6, 61
	add t5, a7, t5
	sltu a7, t5, a7
	ld a6, 496(sp)
	slli t0, a6, 3
	or t0, t0, a5
	srli a5, a6, 61
	add t6, t6, t0
	sltu t0, t6, t0
	add t6, t6, a7
	sltu a7, t6, a7
	or t0, t0, a7
	ld a6, 504(sp)
	slli a7, a6, 3
	or a7, a7, a5
	srli a5, a6, 61
	add s2, s2, a7
	sltu a7, s2, a7
	add s2, s2, t0
	sltu t0, s2, t0
	or a7, a7, t0
	ld a6, 512(sp)
	slli t0, a6, 3
	or t0, t0, a5
	srli a5, a6, 61
	add s3, s3, t0
	sltu t0, s3, t0
	add s3, s3, a7
	sltu a7, s3, a7
	or t0, t0, a7
	ld a6, 520(sp)
	slli a7, a6, 3
	or a7, a7, a5
	srli a5, a6, 61
	add s4, s4, a7
	sltu a7, s4, a7
	add s4, s4, t0
	sltu t0, s4, t0
	or a7, a7, t0
	ld a6, 528(sp)
	slli t0, a6, 3
	or t0, t0, a5
	srli a5, a6, 61
	add s5, s5, t0
	sltu t0, s5, t0
	add s5, s5, a7
	sltu a7, s5, a7
	or t0, t0, a7
	ld a6, 536(sp)
	slli a7, a6, 3
	or a7, a7, a5
	srli a5, a6, 61
	add s6, s6, a7
	sltu a7, s6, a7
	add s6, s6, t0
	sltu t0, s6, t0
	or a7, a7, t0
	ld a6, 544(sp)
	slli t0, a6, 3
	or t0, t0, a5
	srli a5, a6, 61
	add s7, s7, t0
	sltu t0, s7, t0
	add s7, s7, a7
	sltu a7, s7, a7
	or t0, t0, a7
	li t0, 0
	ld a7, 360(sp)
	sub a7, t5, a7
	sltu a5, t5, a7
	sub t5, a7, t0
	sltu t0, a7, t5
	or a7, t0, a5
	ld t0, 368(sp)
	sub t0, t6, t0
	sltu a5, t6, t0
	sub t6, t0, a7
	sltu a7, t0, t6
	or t0, a7, a5
	ld a7, 376(sp)
	sub a7, s2, a7
	sltu a5, s2, a7
	sub s2, a7, t0
	sltu t0, a7, s2
	or a7, t0, a5
	ld t0, 384(sp)
	sub t0, s3, t0
	sltu a5, s3, t0
	sub s3, t0, a7
	sltu a7, t0, s3
	or t0, a7, a5
	ld a7, 392(sp)
	sub a7, s4, a7
	sltu a5, s4, a7
	sub s4, a7, t0
	sltu t0, a7, s4
	or a7, t0, a5
	ld t0, 400(sp)
	sub t0, s5, t0
	sltu a5, s5, t0
	sub s5, t0, a7
	sltu a7, t0, s5
	or t0, a7, a5
	ld a7, 408(sp)
	sub a7, s6, a7
	sltu a5, s6, a7
	sub s6, a7, t0
	sltu t0, a7, s6
	or a7, t0, a5
	ld t0, 416(sp)
	sub t0, s7, t0
	sltu a5, s7, t0
	sub s7, t0, a7
	sltu a7, t0, s7
	or t0, a7, a5
	beqz t0, .Lbn254_5
	la a5, verdict_bn254_modulus
	ld t1, 0(a5)
	ld t2, 8(a5)
	ld t3, 16(a5)
	ld t4, 24(a5)
	add s4, t1, s4
	sltu t1, s4, t1
	add s5, s5, t2
	sltu t2, s5, t2
	add s5, s5, t1
	sltu t1, s5, t1
	or t2, t2, t1
	add s6, s6, t3
	sltu t3, s6, t3
	add s6, s6, t2
	sltu t2, s6, t2
	or t3, t3, t2
	add s7, s7, t4
	sltu t4, s7, t4
	add s7, s7, t3
	sltu t3, s7, t3
	or t4, t4, t3
.Lbn254_5:
	ld a3, 8(sp)
	call verdict_bn254_reduce
	ld t5, 424(sp)
	ld t6, 432(sp)
	ld s2, 440(sp)
	ld s3, 448(sp)
	ld s4, 456(sp)
	ld s5, 464(sp)
	ld s6, 472(sp)
	ld s7, 480(sp)
	ld a7, 488(sp)
	add t5, a7, t5
	sltu a7, t5, a7
	ld t0, 496(sp)
	add t6, t6, t0
	sltu t0, t6, t0
	add t6, t6, a7
	sltu a7, t6, a7
	or t0, t0, a7
	ld a7, 504(sp)
	add s2, s2, a7
	sltu a7, s2, a7
	add s2, s2, t0
	sltu t0, s2, t0
	or a7, a7, t0
	ld t0, 512(sp)
	add s3, s3, t0
	sltu t0, s3, t0
	add s3, s3, a7
	sltu a7, s3, a7
	or t0, t0, a7
	ld a7, 520(sp)
	add s4, s4, a7
	sltu a7, s4, a7
	add s4, s4, t0
	sltu t0, s4, t0
	or a7, a7, t0
	ld t0, 528(sp)
	add s5, s5, t0
	sltu t0, s5, t0
	add s5, s5, a7
	sltu a7, s5, a7
	or t0, t0, a7
	ld a7, 536(sp)
	add s6, s6, a7
	sltu a7, s6, a7
	add s6, s6, t0
	sltu t0, s6, t0
	or a7, a7, t0
	ld t0, 544(sp)
	add s7, s7, t0
	sltu t0, s7, t0
	add s7, s7, a7
	sltu a7, s7, a7
	or t0, t0, a7
	ld a6, 360(sp)
	slli a7, a6, 3
	srli a5, a6, 61
	add t5, a7, t5
	sltu a7, t5, a7
	ld a6, 368(sp)
	slli t0, a6, 3
	or t0, t0, a5
	srli a5, a6, 61
	add t6, t6, t0
	sltu t0, t6, t0
	add t6, t6, a7
	sltu a7, t6, a7
	or t0, t0, a7
	ld a6, 376(sp)
	slli a7, a6, 3
	or a7, a7, a5
	srli a5, a6, 61
	add s2, s2, a7
	sltu a7, s2, a7
	add s2, s2, t0
	sltu t0, s2, t0
	or a7, a7, t0
	ld a6, 384(sp)
	slli t0, a6, 3
	or t0, t0, a5
	srli a5, a6, 61
	add s3, s3, t0
	sltu t0, s3, t0
	add s3, s3, a7
	sltu a7, s3, a7
	or t0, t0, a7
	ld a6, 392(sp)
	slli a7, a6, 3
	or a7, a7, a5
	srli a5, a6, 61
	add s4, s4, a7
	sltu a7, s4, a7
	add s4, s4, t0
	sltu t0, s4, t0
	or a7, a7, t0
	ld a6, 400(sp)
	slli t0, a6, 3
	or t0, t0, a5
	srli a5, a6, 61
	add s5, s5, t0
	sltu t0, s5, t0
	add s5, s5, a7
	sltu a7, s5, a7
	or t0, t0, a7
	ld a6, 408(sp)
	slli a7, a6, 3
	or a7, a7, a5
	srli a5, a6, 61
	add s6, s6, a7
	sltu a7, s6, a7
	add s6, s6, t0
	sltu t0, s6, t0
	or a7, a7, t0
	ld a6, 416(sp)
	slli t0, a6, 3
	or t0, t0, a5
	srli a5, a6, 61
	add s7, s7, t0
	sltu t0, s7, t0
	add s7, s7, a7
	sltu a7, s7, a7
	or t0, t0, a7
	ld a3, 8(sp)
	addi a3, a3, 32
	call verdict_bn254_reduce
	addi a3, sp, 264
	addi a5, sp, 232
	mv a1, a2
	call verdict_bn254_first
	li t0, 0
	ld a7, 552(sp)
	sub a7, t5, a7
	sltu a5, t5, a7
	sub t5, a7, t0
	sltu t0, a7, t5
	or a7, t0, a5
	ld t0, 560(sp)
	sub t0, t6, t0
	sltu a5, t6, t0
	sub t6, t0, a7
	sltu a7, t0, t6
	or t0, a7, a5
	ld a7, 568(sp)
	sub a7, s2, a7
	sltu a5, s2, a7
	sub s2, a7, t0
	sltu t0, a7, s2
	or a7, t0, a5
	ld t0, 576(sp)
	sub t0, s3, t0
	sltu a5, s3, t0
	sub s3, t0, a7
	sltu a7, t0, s3
	or t0, a7, a5
	ld a7, 584(sp)
	sub a7, s4, a7
	sltu a5, s4, a7
	sub s4, a7, t0
	sltu t0, a7, s4
	or a7, t0, a5
	ld t0, 592(sp)
	sub t0, s5, t0
	sltu a5, s5, t0
	sub s5, t0, a7
	sltu a7, t0, s5
	or t0, a7, a5
	ld a7, 600(sp)
	sub a7, s6, a7
	sltu a5, s6, a7
	sub s6, a7, t0
	sltu t0, a7, s6
	or a7, t0, a5
	ld t0, 608(sp)
	sub t0, s7, t0
	sltu a5, s7, t0
	sub s7, t0, a7
	sltu a7, t0, s7
	or t0, a7, a5
	ld a3, 16(sp)
	call verdict_bn254_reduce
	addi a3, sp, 328
	addi a5, sp, 296
	mv a1, a2
	call verdict_bn254_first
	li t0, 0
	ld a7, 424(sp)
	sub a7, t5, a7
	sltu a5, t5, a7
	sub t5, a7, t0
	sltu t0, a7, t5
	or a7, t0, a5
	ld t0, 432(sp)
	sub t0, t6, t0
	sltu a5, t6, t0
	sub t6, t0, a7
	sltu a7, t0, t6
	or t0, a7, a5
	ld a7, 440(sp)
	sub a7, s2, a7
	sltu a5, s2, a7
	sub s2, a7, t0
	sltu t0, a7, s2
	or a7, t0, a5
	ld t0, 448(sp)
	sub t0, s3, t0
	sltu a5, s3, t0
	sub s3, t0, a7
	sltu a7, t0, s3
	or t0, a7, a5
	ld a7, 456(sp)
	sub a7, s4, a7
	sltu a5, s4, a7
	sub s4, a7, t0
	sltu t0, a7, s4
	or a7, t0, a5
	ld t0, 464(sp)
	sub t0, s5, t0
	sltu a5, s5, t0
	sub s5, t0, a7
	sltu a7, t0, s5
	or t0, a7, a5
	ld a7, 472(sp)
	sub a7, s6, a7
	sltu a5, s6, a7
	sub s6, a7, t0
	sltu t0, a7, s6
	or a7, t0, a5
	ld t0, 480(sp)
	sub t0, s7, t0
	sltu a5, s7, t0
	sub s7, t0, a7
	sltu a7, t0, s7
	or t0, a7, a5
	ld a3, 16(sp)
	addi a3, a3, 32
	call verdict_bn254_reduce
	ld ra, 0(sp)
	addi sp, sp, 624
	ret
	.section .text.verdict_bn254_mac, "ax", @progbits
	.p2align 2
	.globl verdict_bn254_mac
verdict_bn254_mac:
	ld a3, 0(a1)
	ld a5, 8(a1)
	addi a1, a1, 16
	add a3, a3, a4
	add a5, a5, a4
verdict_bn254_first:
	ld t1, 0(a5)
	ld t2, 8(a5)
	ld t3, 16(a5)
	ld t4, 24(a5)
	ld a0, 0(a3)
	mulhu a7, a0, t1
	mul t5, a0, t1
	mulhu a5, a0, t2
	mul t6, a0, t2
	add t6, a7, t6
	sltu a7, t6, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul s2, a0, t3
	add s2, a7, s2
	sltu a7, s2, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul s3, a0, t4
	add s3, a7, s3
	sltu a7, s3, a7
	add s4, a7, a5
	ld a0, 8(a3)
	mulhu a7, a0, t1
	mul a6, a0, t1
	add t6, a6, t6
	sltu a6, t6, a6
	add a7, a6, a7
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s2, a6, s2
	sltu a6, s2, a6
	add a5, a6, a5
	add s2, a7, s2
	sltu a7, s2, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s3, a6, s3
	sltu a6, s3, a6
	add a5, a6, a5
	add s3, a7, s3
	sltu a7, s3, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s4, a6, s4
	sltu a6, s4, a6
	add a5, a6, a5
	add s4, a7, s4
	sltu a7, s4, a7
	add s5, a7, a5
	ld a0, 16(a3)
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
	add s6, a7, a5
	ld a0, 24(a3)
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
	add s7, a7, a5
	bne a1, a2, .Lbn254_6
	ret
.Lbn254_6:
	ld a3, 0(a1)
	ld a5, 8(a1)
	addi a1, a1, 16
	add a3, a3, a4
	add a5, a5, a4
verdict_bn254_product:
	ld t1, 0(a5)
	ld t2, 8(a5)
	ld t3, 16(a5)
	ld t4, 24(a5)
	ld a0, 0(a3)
	mulhu a7, a0, t1
	mul a6, a0, t1
	add t5, a6, t5
	sltu a6, t5, a6
	add a7, a6, a7
	mulhu a5, a0, t2
	mul a6, a0, t2
	add t6, a6, t6
	sltu a6, t6, a6
	add a5, a6, a5
	add t6, a7, t6
	sltu a7, t6, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s2, a6, s2
	sltu a6, s2, a6
	add a5, a6, a5
	add s2, a7, s2
	sltu a7, s2, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s3, a6, s3
	sltu a6, s3, a6
	add a5, a6, a5
	add s3, a7, s3
	sltu a7, s3, a7
	add a7, a7, a5
	add s4, a7, s4
	sltu a7, s4, a7
	ld a0, 8(a3)
	mulhu t0, a0, t1
	mul a6, a0, t1
	add t6, a6, t6
	sltu a6, t6, a6
	add t0, a6, t0
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s2, a6, s2
	sltu a6, s2, a6
	add a5, a6, a5
	add s2, t0, s2
	sltu t0, s2, t0
	add t0, t0, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s3, a6, s3
	sltu a6, s3, a6
	add a5, a6, a5
	add s3, t0, s3
	sltu t0, s3, t0
	add t0, t0, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s4, a6, s4
	sltu a6, s4, a6
	add a5, a6, a5
	add s4, t0, s4
	sltu t0, s4, t0
	add t0, t0, a5
	add s5, s5, t0
	sltu t0, s5, t0
	add s5, s5, a7
	sltu a7, s5, a7
	or t0, t0, a7
	ld a0, 16(a3)
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
	add s6, s6, a7
	sltu a7, s6, a7
	add s6, s6, t0
	sltu t0, s6, t0
	or a7, a7, t0
	ld a0, 24(a3)
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
	add s7, s7, t0
	sltu t0, s7, t0
	add s7, s7, a7
	sltu a7, s7, a7
	or t0, t0, a7
	bne a1, a2, .Lbn254_6
	ret
	.section .text.verdict_bn254_reduce, "ax", @progbits
	.p2align 2
	.globl verdict_bn254_reduce
verdict_bn254_reduce:
	la a5, verdict_bn254_modulus
	ld t1, 0(a5)
	ld t2, 8(a5)
	ld t3, 16(a5)
	ld t4, 24(a5)
	ld a1, 32(a5)
	mul a0, t5, a1
	mulhu a7, a0, t1
	mul a6, a0, t1
	add t5, a6, t5
	sltu a6, t5, a6
	add a7, a6, a7
	mulhu a5, a0, t2
	mul a6, a0, t2
	add t6, a6, t6
	sltu a6, t6, a6
	add a5, a6, a5
	add t6, a7, t6
	sltu a7, t6, a7
	add a7, a7, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s2, a6, s2
	sltu a6, s2, a6
	add a5, a6, a5
	add s2, a7, s2
	sltu a7, s2, a7
	add a7, a7, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s3, a6, s3
	sltu a6, s3, a6
	add a5, a6, a5
	add s3, a7, s3
	sltu a7, s3, a7
	add a7, a7, a5
	add s4, a7, s4
	sltu a7, s4, a7
	mul a0, t6, a1
	mulhu t0, a0, t1
	mul a6, a0, t1
	add t6, a6, t6
	sltu a6, t6, a6
	add t0, a6, t0
	mulhu a5, a0, t2
	mul a6, a0, t2
	add s2, a6, s2
	sltu a6, s2, a6
	add a5, a6, a5
	add s2, t0, s2
	sltu t0, s2, t0
	add t0, t0, a5
	mulhu a5, a0, t3
	mul a6, a0, t3
	add s3, a6, s3
	sltu a6, s3, a6
	add a5, a6, a5
	add s3, t0, s3
	sltu t0, s3, t0
	add t0, t0, a5
	mulhu a5, a0, t4
	mul a6, a0, t4
	add s4, a6, s4
	sltu a6, s4, a6
	add a5, a6, a5
	add s4, t0, s4
	sltu t0, s4, t0
	add t0, t0, a5
	add s5, s5, t0
	sltu t0, s5, t0
	add s5, s5, a7
	sltu a7, s5, a7
	or t0, t0, a7
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
	add s6, s6, a7
	sltu a7, s6, a7
	add s6, s6, t0
	sltu t0, s6, t0
	or a7, a7, t0
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
	add s7, s7, t0
	sltu t0, s7, t0
	add s7, s7, a7
	sltu a7, s7, a7
	or t0, t0, a7
.Lbn254_7:
	bltu s7, t4, .Lbn254_9
	bne s7, t4, .Lbn254_8
	bltu s6, t3, .Lbn254_9
	bne s6, t3, .Lbn254_8
	bltu s5, t2, .Lbn254_9
	bne s5, t2, .Lbn254_8
	bltu s4, t1, .Lbn254_9
.Lbn254_8:
	li a7, 0
	mv t0, t1
	sub t0, s4, t0
	sltu a5, s4, t0
	sub s4, t0, a7
	sltu a7, t0, s4
	or t0, a7, a5
	mv a7, t2
	sub a7, s5, a7
	sltu a5, s5, a7
	sub s5, a7, t0
	sltu t0, a7, s5
	or a7, t0, a5
	mv t0, t3
	sub t0, s6, t0
	sltu a5, s6, t0
	sub s6, t0, a7
	sltu a7, t0, s6
	or t0, a7, a5
	mv a7, t4
	sub a7, s7, a7
	sltu a5, s7, a7
	sub s7, a7, t0
	sltu t0, a7, s7
	or a7, t0, a5
	j .Lbn254_7
.Lbn254_9:
	sd s4, 0(a3)
	sd s5, 8(a3)
	sd s6, 16(a3)
	sd s7, 24(a3)
	ret
	.section .text.verdict_bn254_sum, "ax", @progbits
	.p2align 2
	.globl verdict_bn254_sum
verdict_bn254_sum:
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
	ret
	.section .text.verdict_bn254_add, "ax", @progbits
	.p2align 2
	.globl verdict_bn254_add
verdict_bn254_add:
	la a5, verdict_bn254_modulus
	ld t1, 0(a5)
	ld t2, 8(a5)
	ld t3, 16(a5)
	ld t4, 24(a5)
.Lbn254_10:
	ld t5, 0(a1)
	ld t6, 8(a1)
	ld s2, 16(a1)
	ld s3, 24(a1)
	ld a7, 0(a2)
	add t5, a7, t5
	sltu a7, t5, a7
	ld t0, 8(a2)
	add t6, t6, t0
	sltu t0, t6, t0
	add t6, t6, a7
	sltu a7, t6, a7
	or t0, t0, a7
	ld a7, 16(a2)
	add s2, s2, a7
	sltu a7, s2, a7
	add s2, s2, t0
	sltu t0, s2, t0
	or a7, a7, t0
	ld t0, 24(a2)
	add s3, s3, t0
	sltu t0, s3, t0
	add s3, s3, a7
	sltu a7, s3, a7
	or t0, t0, a7
.Lbn254_11:
	bltu s3, t4, .Lbn254_13
	bne s3, t4, .Lbn254_12
	bltu s2, t3, .Lbn254_13
	bne s2, t3, .Lbn254_12
	bltu t6, t2, .Lbn254_13
	bne t6, t2, .Lbn254_12
	bltu t5, t1, .Lbn254_13
.Lbn254_12:
	li a7, 0
	mv t0, t1
	sub t0, t5, t0
	sltu a5, t5, t0
	sub t5, t0, a7
	sltu a7, t0, t5
	or t0, a7, a5
	mv a7, t2
	sub a7, t6, a7
	sltu a5, t6, a7
	sub t6, a7, t0
	sltu t0, a7, t6
	or a7, t0, a5
	mv t0, t3
	sub t0, s2, t0
	sltu a5, s2, t0
	sub s2, t0, a7
	sltu a7, t0, s2
	or t0, a7, a5
	mv a7, t4
	sub a7, s3, a7
	sltu a5, s3, a7
	sub s3, a7, t0
	sltu t0, a7, s3
	or a7, t0, a5
	j .Lbn254_11
.Lbn254_13:
	sd t5, 0(a0)
	sd t6, 8(a0)
	sd s2, 16(a0)
	sd s3, 24(a0)
	addi a0, a0, 32
	addi a1, a1, 32
	addi a2, a2, 32
	addi a3, a3, -1
	bnez a3, .Lbn254_10
	ret
	.section .text.verdict_bn254_sub, "ax", @progbits
	.p2align 2
	.globl verdict_bn254_sub
verdict_bn254_sub:
	la a5, verdict_bn254_modulus
	ld t1, 0(a5)
	ld t2, 8(a5)
	ld t3, 16(a5)
	ld t4, 24(a5)
.Lbn254_14:
	ld t5, 0(a1)
	ld t6, 8(a1)
	ld s2, 16(a1)
	ld s3, 24(a1)
	li t0, 0
	ld a7, 0(a2)
	sub a7, t5, a7
	sltu a5, t5, a7
	sub t5, a7, t0
	sltu t0, a7, t5
	or a7, t0, a5
	ld t0, 8(a2)
	sub t0, t6, t0
	sltu a5, t6, t0
	sub t6, t0, a7
	sltu a7, t0, t6
	or t0, a7, a5
	ld a7, 16(a2)
	sub a7, s2, a7
	sltu a5, s2, a7
	sub s2, a7, t0
	sltu t0, a7, s2
	or a7, t0, a5
	ld t0, 24(a2)
	sub t0, s3, t0
	sltu a5, s3, t0
	sub s3, t0, a7
	sltu a7, t0, s3
	or t0, a7, a5
	beqz t0, .Lbn254_15
	mv a7, t1
	add t5, a7, t5
	sltu a7, t5, a7
	mv t0, t2
	add t6, t6, t0
	sltu t0, t6, t0
	add t6, t6, a7
	sltu a7, t6, a7
	or t0, t0, a7
	mv a7, t3
	add s2, s2, a7
	sltu a7, s2, a7
	add s2, s2, t0
	sltu t0, s2, t0
	or a7, a7, t0
	mv t0, t4
	add s3, s3, t0
	sltu t0, s3, t0
	add s3, s3, a7
	sltu a7, s3, a7
	or t0, t0, a7
.Lbn254_15:
	sd t5, 0(a0)
	sd t6, 8(a0)
	sd s2, 16(a0)
	sd s3, 24(a0)
	addi a0, a0, 32
	addi a1, a1, 32
	addi a2, a2, 32
	addi a3, a3, -1
	bnez a3, .Lbn254_14
	ret
	.section .text.verdict_bn254_add3, "ax", @progbits
	.p2align 2
	.globl verdict_bn254_add3
verdict_bn254_add3:
	la a5, verdict_bn254_modulus
	ld t1, 0(a5)
	ld t2, 8(a5)
	ld t3, 16(a5)
	ld t4, 24(a5)
.Lbn254_16:
	ld t5, 0(a1)
	ld t6, 8(a1)
	ld s2, 16(a1)
	ld s3, 24(a1)
	ld a7, 0(a2)
	add t5, a7, t5
	sltu a7, t5, a7
	ld t0, 8(a2)
	add t6, t6, t0
	sltu t0, t6, t0
	add t6, t6, a7
	sltu a7, t6, a7
	or t0, t0, a7
	ld a7, 16(a2)
	add s2, s2, a7
	sltu a7, s2, a7
	add s2, s2, t0
	sltu t0, s2, t0
	or a7, a7, t0
	ld t0, 24(a2)
	add s3, s3, t0
	sltu t0, s3, t0
	add s3, s3, a7
	sltu a7, s3, a7
	or t0, t0, a7
.Lbn254_17:
	bltu s3, t4, .Lbn254_19
	bne s3, t4, .Lbn254_18
	bltu s2, t3, .Lbn254_19
	bne s2, t3, .Lbn254_18
	bltu t6, t2, .Lbn254_19
	bne t6, t2, .Lbn254_18
	bltu t5, t1, .Lbn254_19
.Lbn254_18:
	li a7, 0
	mv t0, t1
	sub t0, t5, t0
	sltu a5, t5, t0
	sub t5, t0, a7
	sltu a7, t0, t5
	or t0, a7, a5
	mv a7, t2
	sub a7, t6, a7
	sltu a5, t6, a7
	sub t6, a7, t0
	sltu t0, a7, t6
	or a7, t0, a5
	mv t0, t3
	sub t0, s2, t0
	sltu a5, s2, t0
	sub s2, t0, a7
	sltu a7, t0, s2
	or t0, a7, a5
	mv a7, t4
	sub a7, s3, a7
	sltu a5, s3, a7
	sub s3, a7, t0
	sltu t0, a7, s3
	or a7, t0, a5
	j .Lbn254_17
.Lbn254_19:
	mv a7, t5
	add t5, a7, t5
	sltu a7, t5, a7
	mv t0, t6
	add t6, t6, t0
	sltu t0, t6, t0
	add t6, t6, a7
	sltu a7, t6, a7
	or t0, t0, a7
	mv a7, s2
	add s2, s2, a7
	sltu a7, s2, a7
	add s2, s2, t0
	sltu t0, s2, t0
	or a7, a7, t0
	mv t0, s3
	add s3, s3, t0
	sltu t0, s3, t0
	add s3, s3, a7
	sltu a7, s3, a7
	or t0, t0, a7
.Lbn254_20:
	bltu s3, t4, .Lbn254_22
	bne s3, t4, .Lbn254_21
	bltu s2, t3, .Lbn254_22
	bne s2, t3, .Lbn254_21
	bltu t6, t2, .Lbn254_22
	bne t6, t2, .Lbn254_21
	bltu t5, t1, .Lbn254_22
.Lbn254_21:
	li a7, 0
	mv t0, t1
	sub t0, t5, t0
	sltu a5, t5, t0
	sub t5, t0, a7
	sltu a7, t0, t5
	or t0, a7, a5
	mv a7, t2
	sub a7, t6, a7
	sltu a5, t6, a7
	sub t6, a7, t0
	sltu t0, a7, t6
	or a7, t0, a5
	mv t0, t3
	sub t0, s2, t0
	sltu a5, s2, t0
	sub s2, t0, a7
	sltu a7, t0, s2
	or t0, a7, a5
	mv a7, t4
	sub a7, s3, a7
	sltu a5, s3, a7
	sub s3, a7, t0
	sltu t0, a7, s3
	or a7, t0, a5
	j .Lbn254_20
.Lbn254_22:
	ld a7, 0(a1)
	add t5, a7, t5
	sltu a7, t5, a7
	ld t0, 8(a1)
	add t6, t6, t0
	sltu t0, t6, t0
	add t6, t6, a7
	sltu a7, t6, a7
	or t0, t0, a7
	ld a7, 16(a1)
	add s2, s2, a7
	sltu a7, s2, a7
	add s2, s2, t0
	sltu t0, s2, t0
	or a7, a7, t0
	ld t0, 24(a1)
	add s3, s3, t0
	sltu t0, s3, t0
	add s3, s3, a7
	sltu a7, s3, a7
	or t0, t0, a7
.Lbn254_23:
	bltu s3, t4, .Lbn254_25
	bne s3, t4, .Lbn254_24
	bltu s2, t3, .Lbn254_25
	bne s2, t3, .Lbn254_24
	bltu t6, t2, .Lbn254_25
	bne t6, t2, .Lbn254_24
	bltu t5, t1, .Lbn254_25
.Lbn254_24:
	li a7, 0
	mv t0, t1
	sub t0, t5, t0
	sltu a5, t5, t0
	sub t5, t0, a7
	sltu a7, t0, t5
	or t0, a7, a5
	mv a7, t2
	sub a7, t6, a7
	sltu a5, t6, a7
	sub t6, a7, t0
	sltu t0, a7, t6
	or a7, t0, a5
	mv t0, t3
	sub t0, s2, t0
	sltu a5, s2, t0
	sub s2, t0, a7
	sltu a7, t0, s2
	or t0, a7, a5
	mv a7, t4
	sub a7, s3, a7
	sltu a5, s3, a7
	sub s3, a7, t0
	sltu t0, a7, s3
	or a7, t0, a5
	j .Lbn254_23
.Lbn254_25:
	sd t5, 0(a0)
	sd t6, 8(a0)
	sd s2, 16(a0)
	sd s3, 24(a0)
	addi a0, a0, 32
	addi a1, a1, 32
	addi a2, a2, 32
	addi a3, a3, -1
	bnez a3, .Lbn254_16
	ret
	.section .text.verdict_bn254_sub3, "ax", @progbits
	.p2align 2
	.globl verdict_bn254_sub3
verdict_bn254_sub3:
	la a5, verdict_bn254_modulus
	ld t1, 0(a5)
	ld t2, 8(a5)
	ld t3, 16(a5)
	ld t4, 24(a5)
.Lbn254_26:
	ld t5, 0(a1)
	ld t6, 8(a1)
	ld s2, 16(a1)
	ld s3, 24(a1)
	li t0, 0
	ld a7, 0(a2)
	sub a7, t5, a7
	sltu a5, t5, a7
	sub t5, a7, t0
	sltu t0, a7, t5
	or a7, t0, a5
	ld t0, 8(a2)
	sub t0, t6, t0
	sltu a5, t6, t0
	sub t6, t0, a7
	sltu a7, t0, t6
	or t0, a7, a5
	ld a7, 16(a2)
	sub a7, s2, a7
	sltu a5, s2, a7
	sub s2, a7, t0
	sltu t0, a7, s2
	or a7, t0, a5
	ld t0, 24(a2)
	sub t0, s3, t0
	sltu a5, s3, t0
	sub s3, t0, a7
	sltu a7, t0, s3
	or t0, a7, a5
	beqz t0, .Lbn254_27
	mv a7, t1
	add t5, a7, t5
	sltu a7, t5, a7
	mv t0, t2
	add t6, t6, t0
	sltu t0, t6, t0
	add t6, t6, a7
	sltu a7, t6, a7
	or t0, t0, a7
	mv a7, t3
	add s2, s2, a7
	sltu a7, s2, a7
	add s2, s2, t0
	sltu t0, s2, t0
	or a7, a7, t0
	mv t0, t4
	add s3, s3, t0
	sltu t0, s3, t0
	add s3, s3, a7
	sltu a7, s3, a7
	or t0, t0, a7
.Lbn254_27:
	mv a7, t5
	add t5, a7, t5
	sltu a7, t5, a7
	mv t0, t6
	add t6, t6, t0
	sltu t0, t6, t0
	add t6, t6, a7
	sltu a7, t6, a7
	or t0, t0, a7
	mv a7, s2
	add s2, s2, a7
	sltu a7, s2, a7
	add s2, s2, t0
	sltu t0, s2, t0
	or a7, a7, t0
	mv t0, s3
	add s3, s3, t0
	sltu t0, s3, t0
	add s3, s3, a7
	sltu a7, s3, a7
	or t0, t0, a7
.Lbn254_28:
	bltu s3, t4, .Lbn254_30
	bne s3, t4, .Lbn254_29
	bltu s2, t3, .Lbn254_30
	bne s2, t3, .Lbn254_29
	bltu t6, t2, .Lbn254_30
	bne t6, t2, .Lbn254_29
	bltu t5, t1, .Lbn254_30
.Lbn254_29:
	li a7, 0
	mv t0, t1
	sub t0, t5, t0
	sltu a5, t5, t0
	sub t5, t0, a7
	sltu a7, t0, t5
	or t0, a7, a5
	mv a7, t2
	sub a7, t6, a7
	sltu a5, t6, a7
	sub t6, a7, t0
	sltu t0, a7, t6
	or a7, t0, a5
	mv t0, t3
	sub t0, s2, t0
	sltu a5, s2, t0
	sub s2, t0, a7
	sltu a7, t0, s2
	or t0, a7, a5
	mv a7, t4
	sub a7, s3, a7
	sltu a5, s3, a7
	sub s3, a7, t0
	sltu t0, a7, s3
	or a7, t0, a5
	j .Lbn254_28
.Lbn254_30:
	ld a7, 0(a1)
	add t5, a7, t5
	sltu a7, t5, a7
	ld t0, 8(a1)
	add t6, t6, t0
	sltu t0, t6, t0
	add t6, t6, a7
	sltu a7, t6, a7
	or t0, t0, a7
	ld a7, 16(a1)
	add s2, s2, a7
	sltu a7, s2, a7
	add s2, s2, t0
	sltu t0, s2, t0
	or a7, a7, t0
	ld t0, 24(a1)
	add s3, s3, t0
	sltu t0, s3, t0
	add s3, s3, a7
	sltu a7, s3, a7
	or t0, t0, a7
.Lbn254_31:
	bltu s3, t4, .Lbn254_33
	bne s3, t4, .Lbn254_32
	bltu s2, t3, .Lbn254_33
	bne s2, t3, .Lbn254_32
	bltu t6, t2, .Lbn254_33
	bne t6, t2, .Lbn254_32
	bltu t5, t1, .Lbn254_33
.Lbn254_32:
	li a7, 0
	mv t0, t1
	sub t0, t5, t0
	sltu a5, t5, t0
	sub t5, t0, a7
	sltu a7, t0, t5
	or t0, a7, a5
	mv a7, t2
	sub a7, t6, a7
	sltu a5, t6, a7
	sub t6, a7, t0
	sltu t0, a7, t6
	or a7, t0, a5
	mv t0, t3
	sub t0, s2, t0
	sltu a5, s2, t0
	sub s2, t0, a7
	sltu a7, t0, s2
	or t0, a7, a5
	mv a7, t4
	sub a7, s3, a7
	sltu a5, s3, a7
	sub s3, a7, t0
	sltu t0, a7, s3
	or a7, t0, a5
	j .Lbn254_31
.Lbn254_33:
	sd t5, 0(a0)
	sd t6, 8(a0)
	sd s2, 16(a0)
	sd s3, 24(a0)
	addi a0, a0, 32
	addi a1, a1, 32
	addi a2, a2, 32
	addi a3, a3, -1
	bnez a3, .Lbn254_26
	ret
	.section .rodata.verdict_bn254_multiples, "a", @progbits
	.p2align 3
	.quad 0xc3df73e9278302b9
	.quad 0x687e956e978e3572
	.quad 0x47afba497e7ea7a2
	.quad 0xcf9bb18d1ece5fd6
verdict_bn254_multiples:
	.quad 0x0
	.quad 0x0
	.quad 0x0
	.quad 0x0
	.quad 0x3c208c16d87cfd47
	.quad 0x97816a916871ca8d
	.quad 0xb85045b68181585d
	.quad 0x30644e72e131a029
	.quad 0x7841182db0f9fa8e
	.quad 0x2f02d522d0e3951a
	.quad 0x70a08b6d0302b0bb
	.quad 0x60c89ce5c2634053
	.quad 0xb461a4448976f7d5
	.quad 0xc6843fb439555fa7
	.quad 0x28f0d12384840918
	.quad 0x912ceb58a394e07d
	.quad 0xf082305b61f3f51c
	.quad 0x5e05aa45a1c72a34
	.quad 0xe14116da06056176
	.quad 0xc19139cb84c680a6
	.quad 0x2ca2bc723a70f263
	.quad 0xf58714d70a38f4c2
	.quad 0x99915c908786b9d3
	.quad 0xf1f5883e65f820d0
	.quad 0x68c3488912edefaa
	.quad 0x8d087f6872aabf4f
	.quad 0x51e1a24709081231
	.quad 0x2259d6b14729c0fa
	.quad 0xa4e3d49feb6aecf1
	.quad 0x2489e9f9db1c89dc
	.quad 0xa31e7fd8a896a8f
	.quad 0x52be2524285b6124
	.quad 0xe10460b6c3e7ea38
	.quad 0xbc0b548b438e5469
	.quad 0xc2822db40c0ac2ec
	.quad 0x83227397098d014d
	.quad 0x1d24eccd9c64e77f
	.quad 0x538cbf1cac001ef7
	.quad 0x7ad2736a8d8c1b4a
	.quad 0xb386c209eabea177
	.section .text.verdict_bn254_xi, "ax", @progbits
	.p2align 2
	.globl verdict_bn254_xi
verdict_bn254_xi:
	la a5, verdict_bn254_modulus
	ld t1, 0(a5)
	ld t2, 8(a5)
	ld t3, 16(a5)
	ld t4, 24(a5)
	ld a7, 32(a1)
	slli s4, a7, 3
	srli a5, a7, 61
	add s4, a7, s4
	sltu a7, s4, a7
	ld t0, 40(a1)
	slli s5, t0, 3
	or s5, s5, a5
	srli a5, t0, 61
	add s5, s5, t0
	sltu t0, s5, t0
	add s5, s5, a7
	sltu a7, s5, a7
	or t0, t0, a7
	ld a7, 48(a1)
	slli s6, a7, 3
	or s6, s6, a5
	srli a5, a7, 61
	add s6, s6, a7
	sltu a7, s6, a7
	add s6, s6, t0
	sltu t0, s6, t0
	or a7, a7, t0
	ld t0, 56(a1)
	slli s7, t0, 3
	or s7, s7, a5
	srli a5, t0, 61
	add s7, s7, t0
	sltu t0, s7, t0
	add s7, s7, a7
	sltu a7, s7, a7
	or t0, t0, a7
	add a4, a5, t0
	li t0, 0
	ld a7, 0(a1)
	add s4, s4, a7
	sltu a7, s4, a7
	add s4, s4, t0
	sltu t0, s4, t0
	or a7, a7, t0
	ld t0, 8(a1)
	add s5, s5, t0
	sltu t0, s5, t0
	add s5, s5, a7
	sltu a7, s5, a7
	or t0, t0, a7
	ld a7, 16(a1)
	add s6, s6, a7
	sltu a7, s6, a7
	add s6, s6, t0
	sltu t0, s6, t0
	or a7, a7, t0
	ld t0, 24(a1)
	add s7, s7, t0
	sltu t0, s7, t0
	add s7, s7, a7
	sltu a7, s7, a7
	or t0, t0, a7
	add a4, a4, t0
	slli a4, a4, 16
	srli a7, s7, 48
	or a4, a4, a7
	li a7, 346675
	mul a4, a4, a7
	srai a4, a4, 32
	slli a4, a4, 5
	la a3, verdict_bn254_multiples
	add a3, a3, a4
	li t0, 0
	ld a7, 0(a3)
	sub a7, s4, a7
	sltu a5, s4, a7
	sub s4, a7, t0
	sltu t0, a7, s4
	or a7, t0, a5
	ld t0, 8(a3)
	sub t0, s5, t0
	sltu a5, s5, t0
	sub s5, t0, a7
	sltu a7, t0, s5
	or t0, a7, a5
	ld a7, 16(a3)
	sub a7, s6, a7
	sltu a5, s6, a7
	sub s6, a7, t0
	sltu t0, a7, s6
	or a7, t0, a5
	ld t0, 24(a3)
	sub t0, s7, t0
	sltu a5, s7, t0
	sub s7, t0, a7
	sltu a7, t0, s7
	or t0, a7, a5
.Lbn254_34:
	bltu s7, t4, .Lbn254_36
	bne s7, t4, .Lbn254_35
	bltu s6, t3, .Lbn254_36
	bne s6, t3, .Lbn254_35
	bltu s5, t2, .Lbn254_36
	bne s5, t2, .Lbn254_35
	bltu s4, t1, .Lbn254_36
.Lbn254_35:
	li a7, 0
	mv t0, t1
	sub t0, s4, t0
	sltu a5, s4, t0
	sub s4, t0, a7
	sltu a7, t0, s4
	or t0, a7, a5
	mv a7, t2
	sub a7, s5, a7
	sltu a5, s5, a7
	sub s5, a7, t0
	sltu t0, a7, s5
	or a7, t0, a5
	mv t0, t3
	sub t0, s6, t0
	sltu a5, s6, t0
	sub s6, t0, a7
	sltu a7, t0, s6
	or t0, a7, a5
	mv a7, t4
	sub a7, s7, a7
	sltu a5, s7, a7
	sub s7, a7, t0
	sltu t0, a7, s7
	or a7, t0, a5
	j .Lbn254_34
.Lbn254_36:
	ld a7, 0(a1)
	slli t5, a7, 3
	srli a5, a7, 61
	add t5, a7, t5
	sltu a7, t5, a7
	ld t0, 8(a1)
	slli t6, t0, 3
	or t6, t6, a5
	srli a5, t0, 61
	add t6, t6, t0
	sltu t0, t6, t0
	add t6, t6, a7
	sltu a7, t6, a7
	or t0, t0, a7
	ld a7, 16(a1)
	slli s2, a7, 3
	or s2, s2, a5
	srli a5, a7, 61
	add s2, s2, a7
	sltu a7, s2, a7
	add s2, s2, t0
	sltu t0, s2, t0
	or a7, a7, t0
	ld t0, 24(a1)
	slli s3, t0, 3
	or s3, s3, a5
	srli a5, t0, 61
	add s3, s3, t0
	sltu t0, s3, t0
	add s3, s3, a7
	sltu a7, s3, a7
	or t0, t0, a7
	add a4, a5, t0
	li t0, 0
	ld a7, 32(a1)
	sub a7, t5, a7
	sltu a5, t5, a7
	sub t5, a7, t0
	sltu t0, a7, t5
	or a7, t0, a5
	ld t0, 40(a1)
	sub t0, t6, t0
	sltu a5, t6, t0
	sub t6, t0, a7
	sltu a7, t0, t6
	or t0, a7, a5
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
	sub a4, a4, t0
	slli a4, a4, 16
	srli a7, s3, 48
	or a4, a4, a7
	li a7, 346675
	mul a4, a4, a7
	srai a4, a4, 32
	slli a4, a4, 5
	la a3, verdict_bn254_multiples
	add a3, a3, a4
	li t0, 0
	ld a7, 0(a3)
	sub a7, t5, a7
	sltu a5, t5, a7
	sub t5, a7, t0
	sltu t0, a7, t5
	or a7, t0, a5
	ld t0, 8(a3)
	sub t0, t6, t0
	sltu a5, t6, t0
	sub t6, t0, a7
	sltu a7, t0, t6
	or t0, a7, a5
	ld a7, 16(a3)
	sub a7, s2, a7
	sltu a5, s2, a7
	sub s2, a7, t0
	sltu t0, a7, s2
	or a7, t0, a5
	ld t0, 24(a3)
	sub t0, s3, t0
	sltu a5, s3, t0
	sub s3, t0, a7
	sltu a7, t0, s3
	or t0, a7, a5
.Lbn254_37:
	bltu s3, t4, .Lbn254_39
	bne s3, t4, .Lbn254_38
	bltu s2, t3, .Lbn254_39
	bne s2, t3, .Lbn254_38
	bltu t6, t2, .Lbn254_39
	bne t6, t2, .Lbn254_38
	bltu t5, t1, .Lbn254_39
.Lbn254_38:
	li a7, 0
	mv t0, t1
	sub t0, t5, t0
	sltu a5, t5, t0
	sub t5, t0, a7
	sltu a7, t0, t5
	or t0, a7, a5
	mv a7, t2
	sub a7, t6, a7
	sltu a5, t6, a7
	sub t6, a7, t0
	sltu t0, a7, t6
	or a7, t0, a5
	mv t0, t3
	sub t0, s2, t0
	sltu a5, s2, t0
	sub s2, t0, a7
	sltu a7, t0, s2
	or t0, a7, a5
	mv a7, t4
	sub a7, s3, a7
	sltu a5, s3, a7
	sub s3, a7, t0
	sltu t0, a7, s3
	or a7, t0, a5
	j .Lbn254_37
.Lbn254_39:
	sd t5, 0(a0)
	sd t6, 8(a0)
	sd s2, 16(a0)
	sd s3, 24(a0)
	sd s4, 32(a0)
	sd s5, 40(a0)
	sd s6, 48(a0)
	sd s7, 56(a0)
	ret
	.section .text.verdict_bn254_squarings, "ax", @progbits
	.p2align 2
	.globl verdict_bn254_squarings
verdict_bn254_squarings:
	addi sp, sp, -48
	sd ra, 0(sp)
	sd a0, 24(sp)
	la a5, verdict_bn254_modulus
	ld t1, 0(a5)
	ld t2, 8(a5)
	ld t3, 16(a5)
	ld t4, 24(a5)
	ld a6, 32(a5)
	sd a6, 32(sp)
	mv a5, a1
	ld a0, 0(a5)
	ld a1, 8(a5)
	ld a3, 16(a5)
	ld a4, 24(a5)
.Lbn254_40:
	mulhu a7, a0, a1
	mul t6, a0, a1
	mulhu a5, a0, a3
	mul s2, a0, a3
	add s2, a7, s2
	sltu a7, s2, a7
	add a7, a7, a5
	mulhu a5, a0, a4
	mul s3, a0, a4
	add s3, a7, s3
	sltu a7, s3, a7
	add a7, a7, a5
	mv s4, a7
	mulhu a7, a1, a3
	mul a6, a1, a3
	add s3, a6, s3
	sltu a6, s3, a6
	add a7, a6, a7
	mulhu a5, a1, a4
	mul a6, a1, a4
	add s4, a6, s4
	sltu a6, s4, a6
	add a5, a6, a5
	add s4, a7, s4
	sltu a7, s4, a7
	add a7, a7, a5
	mv s5, a7
	mulhu a7, a3, a4
	mul a6, a3, a4
	add s5, a6, s5
	sltu a6, s5, a6
	add a7, a6, a7
	mv s6, a7
	li s7, 0
	mv a7, t6
	add t6, a7, t6
	sltu a7, t6, a7
	mv t0, s2
	add s2, s2, t0
	sltu t0, s2, t0
	add s2, s2, a7
	sltu a7, s2, a7
	or t0, t0, a7
	mv a7, s3
	add s3, s3, a7
	sltu a7, s3, a7
	add s3, s3, t0
	sltu t0, s3, t0
	or a7, a7, t0
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
	mulhu a5, a0, a0
	mul t5, a0, a0
	add t6, a5, t6
	sltu a5, t6, a5
	mv a7, a5
	mulhu a5, a1, a1
	mul a6, a1, a1
	add s2, s2, a6
	sltu a6, s2, a6
	add s2, s2, a7
	sltu a7, s2, a7
	or a6, a6, a7
	add s3, s3, a5
	sltu a5, s3, a5
	add s3, s3, a6
	sltu a6, s3, a6
	or a5, a5, a6
	mv a7, a5
	mulhu a5, a3, a3
	mul a6, a3, a3
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
	mulhu a5, a4, a4
	mul a6, a4, a4
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
	ld a0, 32(sp)
	mul a1, t5, a0
	mulhu a7, a1, t1
	mul a6, a1, t1
	add t5, a6, t5
	sltu a6, t5, a6
	add a7, a6, a7
	mulhu a5, a1, t2
	mul a6, a1, t2
	add t6, a6, t6
	sltu a6, t6, a6
	add a5, a6, a5
	add t6, a7, t6
	sltu a7, t6, a7
	add a7, a7, a5
	mulhu a5, a1, t3
	mul a6, a1, t3
	add s2, a6, s2
	sltu a6, s2, a6
	add a5, a6, a5
	add s2, a7, s2
	sltu a7, s2, a7
	add a7, a7, a5
	mulhu a5, a1, t4
	mul a6, a1, t4
	add s3, a6, s3
	sltu a6, s3, a6
	add a5, a6, a5
	add s3, a7, s3
	sltu a7, s3, a7
	add a7, a7, a5
	add s4, a7, s4
	sltu a7, s4, a7
	mul a1, t6, a0
	mulhu t0, a1, t1
	mul a6, a1, t1
	add t6, a6, t6
	sltu a6, t6, a6
	add t0, a6, t0
	mulhu a5, a1, t2
	mul a6, a1, t2
	add s2, a6, s2
	sltu a6, s2, a6
	add a5, a6, a5
	add s2, t0, s2
	sltu t0, s2, t0
	add t0, t0, a5
	mulhu a5, a1, t3
	mul a6, a1, t3
	add s3, a6, s3
	sltu a6, s3, a6
	add a5, a6, a5
	add s3, t0, s3
	sltu t0, s3, t0
	add t0, t0, a5
	mulhu a5, a1, t4
	mul a6, a1, t4
	add s4, a6, s4
	sltu a6, s4, a6
	add a5, a6, a5
	add s4, t0, s4
	sltu t0, s4, t0
	add t0, t0, a5
	add s5, s5, t0
	sltu t0, s5, t0
	add s5, s5, a7
	sltu a7, s5, a7
	or t0, t0, a7
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
	add s6, s6, a7
	sltu a7, s6, a7
	add s6, s6, t0
	sltu t0, s6, t0
	or a7, a7, t0
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
	add s7, s7, t0
	sltu t0, s7, t0
	add s7, s7, a7
	sltu a7, s7, a7
	or t0, t0, a7
.Lbn254_41:
	bltu s7, t4, .Lbn254_43
	bne s7, t4, .Lbn254_42
	bltu s6, t3, .Lbn254_43
	bne s6, t3, .Lbn254_42
	bltu s5, t2, .Lbn254_43
	bne s5, t2, .Lbn254_42
	bltu s4, t1, .Lbn254_43
.Lbn254_42:
	li a7, 0
	mv t0, t1
	sub t0, s4, t0
	sltu a5, s4, t0
	sub s4, t0, a7
	sltu a7, t0, s4
	or t0, a7, a5
	mv a7, t2
	sub a7, s5, a7
	sltu a5, s5, a7
	sub s5, a7, t0
	sltu t0, a7, s5
	or a7, t0, a5
	mv t0, t3
	sub t0, s6, t0
	sltu a5, s6, t0
	sub s6, t0, a7
	sltu a7, t0, s6
	or t0, a7, a5
	mv a7, t4
	sub a7, s7, a7
	sltu a5, s7, a7
	sub s7, a7, t0
	sltu t0, a7, s7
	or a7, t0, a5
	j .Lbn254_41
.Lbn254_43:
	mv a0, s4
	mv a1, s5
	mv a3, s6
	mv a4, s7
	addi a2, a2, -1
	bnez a2, .Lbn254_40
	ld a5, 24(sp)
	sd a0, 0(a5)
	sd a1, 8(a5)
	sd a3, 16(a5)
	sd a4, 24(a5)
	ld ra, 0(sp)
	addi sp, sp, 48
	ret
.option pop
