//! Integer registers and their ABI names.

use core::fmt;

/// One of the 32 integer registers.
///
/// The discriminant is the register number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[rustfmt::skip]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Reg {
    Zero, Ra, Sp, Gp, Tp, T0, T1, T2, S0, S1, A0, A1, A2, A3, A4, A5,
    A6, A7, S2, S3, S4, S5, S6, S7, S8, S9, S10, S11, T3, T4, T5, T6,
}

impl Reg {
    /// All registers in order of their numbers.
    #[rustfmt::skip]
    pub const ALL: [Self; 32] = [
        Self::Zero, Self::Ra, Self::Sp, Self::Gp, Self::Tp, Self::T0, Self::T1, Self::T2,
        Self::S0, Self::S1, Self::A0, Self::A1, Self::A2, Self::A3, Self::A4, Self::A5,
        Self::A6, Self::A7, Self::S2, Self::S3, Self::S4, Self::S5, Self::S6, Self::S7,
        Self::S8, Self::S9, Self::S10, Self::S11, Self::T3, Self::T4, Self::T5, Self::T6,
    ];

    /// The register named by the low five bits of `bits`.
    #[must_use]
    #[inline]
    #[rustfmt::skip]
    pub const fn from_bits(bits: u32) -> Self {
        // Compilers see that this is the identity; a table they would look things up in.
        match bits & 31 {
            0 => Self::Zero, 1 => Self::Ra, 2 => Self::Sp, 3 => Self::Gp,
            4 => Self::Tp, 5 => Self::T0, 6 => Self::T1, 7 => Self::T2,
            8 => Self::S0, 9 => Self::S1, 10 => Self::A0, 11 => Self::A1,
            12 => Self::A2, 13 => Self::A3, 14 => Self::A4, 15 => Self::A5,
            16 => Self::A6, 17 => Self::A7, 18 => Self::S2, 19 => Self::S3,
            20 => Self::S4, 21 => Self::S5, 22 => Self::S6, 23 => Self::S7,
            24 => Self::S8, 25 => Self::S9, 26 => Self::S10, 27 => Self::S11,
            28 => Self::T3, 29 => Self::T4, 30 => Self::T5, _ => Self::T6,
        }
    }

    /// The register named by the low three bits of `bits` in compressed formats:
    /// `s0`, `s1`, `a0`–`a5`.
    #[must_use]
    #[inline]
    pub const fn from_compressed(bits: u32) -> Self {
        Self::from_bits(8 | bits & 7)
    }

    /// The register number, 0 to 31.
    #[must_use]
    #[inline]
    pub const fn number(self) -> u32 {
        self as u32
    }

    /// The name in the calling convention, for example `"a0"`.
    #[must_use]
    #[rustfmt::skip]
    pub const fn name(self) -> &'static str {
        const NAMES: [&str; 32] = [
            "zero", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3",
            "a4", "a5", "a6", "a7", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11",
            "t3", "t4", "t5", "t6",
        ];
        NAMES[self as usize]
    }
}

impl fmt::Display for Reg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn discriminants_are_register_numbers() {
        for (number, reg) in (0..).zip(Reg::ALL) {
            assert_eq!(reg.number(), number);
            assert_eq!(Reg::from_bits(number | 0xe0), reg);
        }
        assert_eq!(Reg::from_compressed(0), Reg::S0);
        assert_eq!(Reg::from_compressed(7), Reg::A5);
    }
}
