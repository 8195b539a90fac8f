//! The instruction set: registers, formats, the instruction table, compressed
//! encodings, fused operations, and the decoder over all of them.
//!
//! Nothing here knows a machine beyond "fetch a half-word or a word". What an
//! instruction does is left to the engines; what it is, and what it costs, is here.

pub mod decode;
pub mod format;
pub mod fusion;
pub mod reg;
pub mod rvc;
pub mod table;

use core::{fmt, str::FromStr};

use thiserror::Error;

pub use self::{fusion::Fused, reg::Reg, table::Inst};
use crate::version::Version;

/// A group of instructions that a machine has or has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "named as in the ISA manual")]
pub enum Extension {
    I,
    M,
    A,
    Zba,
    Zbb,
    Zbc,
    Zbs,
}

/// The instruction set of a machine: RV64IMC, and what it has beyond.
///
/// Its names are those of [`Isa::NAMES`], for example `imcb_mop`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Isa {
    /// Zba, Zbb, Zbc and Zbs.
    pub bit_manipulation: bool,
    /// The A extension. Never on chain.
    pub atomics: bool,
    /// Fused operations ("MOP").
    pub fusion: bool,
}

impl Isa {
    /// RV64IMC: the set of version 0.
    pub const IMC: Self = Self { bit_manipulation: false, atomics: false, fusion: false };
    /// RV64IMC with bit manipulation and fused operations: the set of versions 1 and 2.
    pub const IMCB_MOP: Self = Self { bit_manipulation: true, atomics: false, fusion: true };

    /// Every nameable instruction set with its name.
    pub const NAMES: [(&str, Self); 7] = [
        ("imc", Self::IMC),
        ("imcb", Self { fusion: false, ..Self::IMCB_MOP }),
        ("imac", Self { atomics: true, ..Self::IMC }),
        ("imacb", Self { bit_manipulation: true, atomics: true, fusion: false }),
        ("imc_mop", Self { fusion: true, ..Self::IMC }),
        ("imcb_mop", Self::IMCB_MOP),
        ("imacb_mop", Self { atomics: true, ..Self::IMCB_MOP }),
    ];

    /// The set that scripts of `version` run with on chain.
    #[must_use]
    pub const fn on_chain(version: Version) -> Self {
        match version {
            Version::V0 => Self::IMC,
            Version::V1 | Version::V2 => Self::IMCB_MOP,
        }
    }

    /// Whether the machine has the instructions of `extension`.
    #[must_use]
    #[inline]
    pub const fn has(self, extension: Extension) -> bool {
        match extension {
            Extension::I | Extension::M => true,
            Extension::A => self.atomics,
            Extension::Zba | Extension::Zbb | Extension::Zbc | Extension::Zbs => {
                self.bit_manipulation
            }
        }
    }
}

impl fmt::Display for Isa {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Self::NAMES.iter().find(|(_, isa)| isa == self).map(|(name, _)| *name);
        // The one set without a name of its own: atomics and fusion, no bit manipulation.
        f.pad(name.unwrap_or("imac_mop"))
    }
}

/// A name that no instruction set has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("unknown instruction set; use one of imc, imcb, imac, imacb, imc_mop, imcb_mop, imacb_mop")]
pub struct UnknownIsa;

impl FromStr for Isa {
    type Err = UnknownIsa;

    fn from_str(name: &str) -> Result<Self, UnknownIsa> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, isa)| *isa).ok_or(UnknownIsa)
    }
}

/// What engines run and what cycles count: an instruction, or several as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// One instruction.
    Inst(Inst),
    /// Several instructions fused into one operation.
    Fused(Fused),
}

impl Op {
    /// What the operation costs.
    #[must_use]
    #[inline]
    pub fn cycles(&self) -> u64 {
        match self {
            Self::Inst(inst) => inst.row().cycles,
            Self::Fused(fused) => fused.cycles(),
        }
    }
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Inst(inst) => inst.fmt(f),
            Self::Fused(fused) => fused.fmt(f),
        }
    }
}

/// An operation and the bytes it was decoded from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Step {
    /// The operation.
    pub op: Op,
    /// Its length in bytes.
    pub len: u8,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip() {
        for (name, isa) in Isa::NAMES {
            assert_eq!(name.parse(), Ok(isa));
            assert_eq!(std::format!("{isa}"), name);
        }
        assert_eq!("rv64gc".parse::<Isa>(), Err(UnknownIsa));
    }

    #[test]
    fn operations_stay_small() {
        assert_eq!(size_of::<Inst>(), 8);
        assert_eq!(size_of::<Op>(), 12);
        assert_eq!(size_of::<Step>(), 16);
    }
}
