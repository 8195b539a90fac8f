//! Compressed instructions: each 16-bit encoding expanded to the instruction it
//! stands for (RISC-V Unprivileged ISA, "C" extension, RV64C without floating point).
//!
//! HINTs (encodings that would write `x0`, or shift by zero) are plain no-ops, or
//! illegal in the version that has none. Fused operations see the expansion.

#![expect(clippy::wildcard_enum_match_arm, reason = "x0 is told from all other registers")]

#[cfg(target_has_atomic = "32")]
use core::sync::atomic::{AtomicU32, Ordering};

use super::{
    format::{Branch, I, J, JumpReg, Load, R, Shift, Store, System, U},
    reg::Reg,
    table::{Found, Inst},
};
use crate::version::Version;

/// `addi x0, x0, 0`
const NOP: Inst = Inst::Addi(I::new(Reg::Zero, Reg::Zero, 0));

/// Moves `bits` bits of `half` from bit `from` to bit `to`.
const fn take(half: u32, from: u32, bits: u32, to: u32) -> i32 {
    ((half >> from & ((1 << bits) - 1)) << to).cast_signed()
}

/// The six-bit immediate of most formats: bits 12 and 6 to 2, sign-extended.
const fn imm6(half: u32) -> i32 {
    (take(half, 2, 5, 0) | take(half, 12, 1, 5)) << 26 >> 26
}

/// The same bits as a shift amount.
const fn shamt(half: u32) -> i32 {
    take(half, 2, 5, 0) | take(half, 12, 1, 5)
}

/// Offset of `c.lw` and `c.sw`.
const fn word_offset(half: u32) -> i32 {
    take(half, 6, 1, 2) | take(half, 10, 3, 3) | take(half, 5, 1, 6)
}

/// Offset of `c.ld` and `c.sd`.
const fn double_offset(half: u32) -> i32 {
    take(half, 10, 3, 3) | take(half, 5, 2, 6)
}

/// Distance of `c.j`.
const fn jump_offset(half: u32) -> i32 {
    let imm = take(half, 3, 3, 1)
        | take(half, 11, 1, 4)
        | take(half, 2, 1, 5)
        | take(half, 7, 1, 6)
        | take(half, 6, 1, 7)
        | take(half, 9, 2, 8)
        | take(half, 8, 1, 10)
        | take(half, 12, 1, 11);
    imm << 20 >> 20
}

/// Distance of `c.beqz` and `c.bnez`.
const fn branch_offset(half: u32) -> i32 {
    let imm = take(half, 3, 2, 1)
        | take(half, 10, 2, 3)
        | take(half, 2, 1, 5)
        | take(half, 5, 2, 6)
        | take(half, 12, 1, 8);
    imm << 23 >> 23
}

/// Expands a 16-bit encoding, or returns `None` if it is illegal in `version`.
#[must_use]
pub fn expand(half: u16, version: Version) -> Option<Inst> {
    let half = u32::from(half);
    let hint = || version.accepts_hints().then_some(NOP);
    // Names as in the manual: rd and rs2 take five bits, rd' and rs1' three.
    let rd = Reg::from_bits(half >> 7);
    let rs2 = Reg::from_bits(half >> 2);
    let low = Reg::from_compressed(half >> 2);
    let high = Reg::from_compressed(half >> 7);
    Some(match (half & 3, half >> 13) {
        (0b00, 0b000) => {
            let imm = take(half, 6, 1, 2)
                | take(half, 5, 1, 3)
                | take(half, 11, 2, 4)
                | take(half, 7, 4, 6);
            if imm == 0 {
                return None;
            }
            Inst::Addi(I::new(low, Reg::Sp, imm))
        }
        (0b00, 0b010) => Inst::Lw(Load::new(low, high, word_offset(half))),
        (0b00, 0b011) => Inst::Ld(Load::new(low, high, double_offset(half))),
        (0b00, 0b110) => Inst::Sw(Store::new(high, low, word_offset(half))),
        (0b00, 0b111) => Inst::Sd(Store::new(high, low, double_offset(half))),

        (0b01, 0b000) => match (rd, imm6(half)) {
            (Reg::Zero, 0) => NOP,
            (Reg::Zero, _) | (_, 0) => return hint(),
            (rd, imm) => Inst::Addi(I::new(rd, rd, imm)),
        },
        (0b01, 0b001) => match rd {
            Reg::Zero => return None,
            rd => Inst::Addiw(I::new(rd, rd, imm6(half))),
        },
        (0b01, 0b010) => match rd {
            Reg::Zero => return hint(),
            rd => Inst::Addi(I::new(rd, Reg::Zero, imm6(half))),
        },
        (0b01, 0b011) => match (rd, imm6(half)) {
            (_, 0) => return None,
            (Reg::Sp, _) => {
                let imm = take(half, 6, 1, 4)
                    | take(half, 2, 1, 5)
                    | take(half, 5, 1, 6)
                    | take(half, 3, 2, 7)
                    | take(half, 12, 1, 9);
                Inst::Addi(I::new(Reg::Sp, Reg::Sp, imm << 22 >> 22))
            }
            (Reg::Zero, _) => return hint(),
            (rd, imm) => Inst::Lui(U::new(rd, imm << 12)),
        },
        (0b01, 0b100) => return arithmetic(half, high, low),
        (0b01, 0b101) => Inst::Jal(J::new(Reg::Zero, jump_offset(half))),
        (0b01, 0b110) => Inst::Beq(Branch::new(high, Reg::Zero, branch_offset(half))),
        (0b01, 0b111) => Inst::Bne(Branch::new(high, Reg::Zero, branch_offset(half))),

        (0b10, 0b000) => match (rd, shamt(half)) {
            (Reg::Zero, _) | (_, 0) => return hint(),
            (rd, shamt) => Inst::Slli(Shift::new(rd, rd, shamt)),
        },
        (0b10, 0b010) => match rd {
            Reg::Zero => return None,
            rd => {
                let imm = take(half, 4, 3, 2) | take(half, 12, 1, 5) | take(half, 2, 2, 6);
                Inst::Lw(Load::new(rd, Reg::Sp, imm))
            }
        },
        (0b10, 0b011) => match rd {
            Reg::Zero => return None,
            rd => {
                let imm = take(half, 5, 2, 3) | take(half, 12, 1, 5) | take(half, 2, 3, 6);
                Inst::Ld(Load::new(rd, Reg::Sp, imm))
            }
        },
        (0b10, 0b100) => match (half >> 12 & 1, rd, rs2) {
            (0, Reg::Zero, Reg::Zero) => return None,
            (0, rs1, Reg::Zero) => Inst::Jalr(JumpReg::new(Reg::Zero, rs1, 0)),
            (_, Reg::Zero, Reg::Zero) => Inst::Ebreak(System::new()),
            (_, rs1, Reg::Zero) => Inst::Jalr(JumpReg::new(Reg::Ra, rs1, 0)),
            (_, Reg::Zero, _) => return hint(),
            (0, rd, rs2) => Inst::Add(R::new(rd, Reg::Zero, rs2)),
            (_, rd, rs2) => Inst::Add(R::new(rd, rd, rs2)),
        },
        (0b10, 0b110) => {
            let imm = take(half, 9, 4, 2) | take(half, 7, 2, 6);
            Inst::Sw(Store::new(Reg::Sp, rs2, imm))
        }
        (0b10, 0b111) => {
            let imm = take(half, 10, 3, 3) | take(half, 7, 3, 6);
            Inst::Sd(Store::new(Reg::Sp, rs2, imm))
        }
        // Floating-point loads and stores, reserved encodings, and 32-bit words.
        _ => return None,
    })
}

/// [`expand`] as words are found.
pub(super) fn find(half: u16, version: Version) -> Option<Found> {
    let found = Found::new(expand(half, version)?);
    #[cfg(target_has_atomic = "32")]
    if expand(half, Version::V0).is_some()
        && let Some(packed) = found.pack()
    {
        KNOWN[place(half)].store(packed, Ordering::Relaxed);
    }
    Some(found)
}

/// What was found so far, by [`place`], but for what only some versions have: programs use few
/// of the encodings, and those often. Others are zero.
#[cfg(target_has_atomic = "32")]
static KNOWN: [AtomicU32; 1 << 16] = [const { AtomicU32::new(0) }; 1 << 16];

/// Where an encoding stands in [`KNOWN`]: those that differ in `rd` only are behind each other.
/// So programs touch about half as many cache lines of the host.
#[cfg(target_has_atomic = "32")]
#[inline(always)]
fn place(half: u16) -> usize {
    half.rotate_right(7).into()
}

/// [`find`] at a glance: right if its [marks](super::table::Marks) leave no doubt.
#[inline(always)]
pub(super) fn guess(half: u16) -> Found {
    #[cfg(target_has_atomic = "32")]
    let packed = KNOWN[place(half)].load(Ordering::Relaxed);
    #[cfg(not(target_has_atomic = "32"))]
    let packed = 0;
    Found::unpack(packed)
}

/// The encodings of quadrant 1 whose funct3 is `100`.
fn arithmetic(half: u32, rd: Reg, rs2: Reg) -> Option<Inst> {
    let (rs1, shamt) = (rd, shamt(half));
    let operands = R::new(rd, rs1, rs2);
    Some(match (half >> 10 & 3, half >> 12 & 1, half >> 5 & 3) {
        (0b00 | 0b01, ..) if shamt == 0 => NOP,
        (0b00, ..) => Inst::Srli(Shift::new(rd, rs1, shamt)),
        (0b01, ..) => Inst::Srai(Shift::new(rd, rs1, shamt)),
        (0b10, ..) => Inst::Andi(I::new(rd, rs1, imm6(half))),
        (_, 0, 0b00) => Inst::Sub(operands),
        (_, 0, 0b01) => Inst::Xor(operands),
        (_, 0, 0b10) => Inst::Or(operands),
        (_, 0, _) => Inst::And(operands),
        (_, _, 0b00) => Inst::Subw(operands),
        (_, _, 0b01) => Inst::Addw(operands),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{super::table::Marks, *};

    #[test]
    fn as_many_encodings_are_legal_as_the_reference_accepts() {
        let legal = |version| {
            (0..=u16::MAX).filter(|half| half & 3 != 3 && expand(*half, version).is_some()).count()
        };
        assert_eq!(legal(Version::V0), 38_173);
        assert_eq!(legal(Version::V1), 38_551);
        assert_eq!(legal(Version::V2), 38_551);
    }

    #[test]
    fn expands_as_an_assembler_would() {
        // Encodings from the manual's tables, assembled by hand.
        for (half, text) in [
            (0x0001, "addi zero, zero, 0"),
            (0x4501, "addi a0, zero, 0"),
            (0x8082, "jalr zero, 0(ra)"),
            (0x9002, "ebreak"),
            (0x1141, "addi sp, sp, -16"),
            (0xe406, "sd ra, 8(sp)"),
            (0x60a2, "ld ra, 8(sp)"),
            (0x852e, "add a0, zero, a1"),
            (0x952e, "add a0, a0, a1"),
            (0x0808, "addi a0, sp, 16"),
            (0x7139, "addi sp, sp, -64"),
            (0xbffd, "jal zero, -2"),
            (0xfd7d, "bne a0, zero, -2"),
            (0x9d0d, "subw a0, a0, a1"),
        ] {
            let inst = expand(half, Version::V2).expect("a legal encoding");
            assert_eq!(std::format!("{inst}"), text, "{half:#06x}");
        }
    }

    #[test]
    fn what_is_known_is_the_same_in_all_versions() {
        for version in Version::ALL {
            for half in 0..=u16::MAX {
                if find(half, version).is_none() {
                    continue;
                }
                let guess = guess(half);
                if !guess.kind.marks.meet(Marks::DOUBT) {
                    for version in Version::ALL {
                        assert_eq!(expand(half, version), Some(guess.inst()), "{half:#06x}");
                    }
                }
            }
        }
    }

    #[test]
    fn hints_are_illegal_only_in_v0() {
        for hint in [0x0005, 0x4001, 0x6005, 0x0002, 0x800a, 0x900a] {
            assert_eq!(expand(hint, Version::V0), None, "{hint:#06x}");
            assert_eq!(expand(hint, Version::V1), Some(NOP), "{hint:#06x}");
        }
        // Shifts right by zero are no-ops everywhere.
        assert_eq!(expand(0x8001, Version::V0), Some(NOP));
        assert_eq!(expand(0x8401, Version::V0), Some(NOP));
    }
}
