# SPDX-License-Identifier: MIT OR Apache-2.0
#
# memcpy(to, from, len), for the sizes of elements: 48 bytes at a time, then by bytes.
# The machine reads and writes at any address at the same cost.
.option push
.option norelax
	.section .text.memcpy, "ax", @progbits
	.p2align 2
	.globl memcpy
memcpy:
	mv a3, a0
	li t0, 48
	bltu a2, t0, 2f
1:
	ld a4, 0(a1)
	ld a5, 8(a1)
	ld a6, 16(a1)
	ld a7, 24(a1)
	ld t1, 32(a1)
	ld t2, 40(a1)
	addi a1, a1, 48
	addi a2, a2, -48
	sd a4, 0(a3)
	sd a5, 8(a3)
	sd a6, 16(a3)
	sd a7, 24(a3)
	sd t1, 32(a3)
	sd t2, 40(a3)
	addi a3, a3, 48
	bgeu a2, t0, 1b
2:
	addi a2, a2, -8
	bltz a2, 4f
3:
	ld a4, 0(a1)
	addi a1, a1, 8
	sd a4, 0(a3)
	addi a3, a3, 8
	addi a2, a2, -8
	bgez a2, 3b
4:
	addi a2, a2, 8
	beqz a2, 6f
5:
	lbu a4, 0(a1)
	addi a1, a1, 1
	sb a4, 0(a3)
	addi a3, a3, 1
	addi a2, a2, -1
	bnez a2, 5b
6:
	ret
.option pop
