# SPDX-License-Identifier: MIT OR Apache-2.0
#
# SAVED sd and SAVED ld: all registers that a function gives back as it found them, but sp, to
# and from the lowest 120 bytes of the frame. Each user drops the name behind its own code, as
# an assembler may see several of them at once.

    .macro SAVED what
    \what ra, 0(sp)
    \what gp, 8(sp)
    \what tp, 16(sp)
    \what s0, 24(sp)
    \what s1, 32(sp)
    \what s2, 40(sp)
    \what s3, 48(sp)
    \what s4, 56(sp)
    \what s5, 64(sp)
    \what s6, 72(sp)
    \what s7, 80(sp)
    \what s8, 88(sp)
    \what s9, 96(sp)
    \what s10, 104(sp)
    \what s11, 112(sp)
    .endm

