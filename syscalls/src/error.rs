//! Why a script, and with it a transaction, is refused.
//!
//! The variants mirror the errors of the reference implementation; `kind` gives the
//! name an error has there.

use std::fmt;

use ckb_types::packed::{Byte32, Script};
use thiserror::Error;
use verdict_vm::{LoadError, Trap};

use crate::{
    Cycles,
    verify::{GroupKind, HashType},
};

/// A transaction is refused because of one of its scripts.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{origin}: {cause}")]
pub struct TransactionError {
    /// Where the script is.
    pub origin: Origin,
    /// What was wrong with it.
    pub cause: ScriptError,
}

/// A place in a transaction that has a script: the first member of its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A script of the cell that an input spends.
    Input {
        /// Index of the input.
        index: usize,
        /// Which script of it.
        kind: GroupKind,
    },
    /// The type script of an output.
    Output {
        /// Index of the output.
        index: usize,
        /// Which script of it: always [`GroupKind::Type`].
        kind: GroupKind,
    },
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input { index, kind } => write!(f, "Inputs[{index}].{kind}"),
            Self::Output { index, kind } => write!(f, "Outputs[{index}].{kind}"),
        }
    }
}

/// Why a script group failed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ScriptError {
    /// The script needs more cycles than its group may use.
    #[error("more than {0} cycles")]
    ExceededMaximumCycles(Cycles),
    /// The script ended with an exit code other than 0.
    #[error("{path} exited with {code}")]
    ValidationFailure {
        /// How the script names its program: `by-data-hash/` or `by-type-hash/` and
        /// the code hash.
        path: String,
        /// The exit code.
        code: i8,
    },
    /// The machine could not run the script to its end.
    #[error(transparent)]
    Vm(#[from] VmError),
    /// Someone asked the verifier to stop.
    #[error("interrupted")]
    Interrupted,
    /// No cell dep has the program that the script names.
    #[error("no cell dep has code {0:#x}")]
    ScriptNotFound(Byte32),
    /// Several cell deps with different data have the type script that the script names.
    #[error("cell deps with different data have type hash {0:#x}")]
    MultipleMatches(Byte32),
    /// The hash type means nothing, or nothing yet.
    #[error("invalid hash type {0}")]
    InvalidScriptHashType(u8),
    /// The hash type asks for a version of the machine that is not active.
    #[error("version {0} of the machine is not active")]
    InvalidVmVersion(u8),
    /// The sum of cycles exceeds 64 bits.
    #[error("{0} and {1} cycles are too many to count")]
    CyclesOverflow(Cycles, Cycles),
}

impl ScriptError {
    /// A script that ended with an exit code other than 0.
    pub(crate) fn validation_failure(script: &Script, code: i8) -> Self {
        match HashType::of(script) {
            Ok(hash_type) => Self::ValidationFailure {
                path: format!("{}/{:x}", hash_type.url_folder(), script.code_hash()),
                code,
            },
            Err(error) => error,
        }
    }

    /// The name of this error in the reference implementation, for example
    /// `"ValidationFailure"`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::ExceededMaximumCycles(_) => "ExceededMaximumCycles",
            Self::ValidationFailure { .. } => "ValidationFailure",
            Self::Vm(_) => "VMInternalError",
            Self::Interrupted => "Interrupts",
            Self::ScriptNotFound(_) => "ScriptNotFound",
            Self::MultipleMatches(_) => "MultipleMatches",
            Self::InvalidScriptHashType(_) => "InvalidScriptHashType",
            Self::InvalidVmVersion(_) => "InvalidVmVersion",
            Self::CyclesOverflow(..) => "CyclesOverflow",
        }
    }
}

/// Why the machine could not run a script to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum VmError {
    /// The program cannot be loaded.
    #[error("cannot load the program: {0}")]
    Load(LoadError),
    /// The script broke a rule of the machine.
    #[error(transparent)]
    Trap(Trap),
    /// The script passed something that no syscall takes.
    #[error(transparent)]
    External(#[from] ExternalError),
    /// The script cannot go on, or a cell or a header contradicts itself.
    #[error(transparent)]
    Unexpected(#[from] UnexpectedError),
}

impl VmError {
    /// The name of this error in the reference implementation, for example
    /// `"MemOutOfBound"`.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Load(error) => error.kind(),
            Self::Trap(trap) => trap.kind(),
            Self::External(_) => "External",
            Self::Unexpected(_) => "Unexpected",
        }
    }
}

impl From<Trap> for VmError {
    fn from(trap: Trap) -> Self {
        Self::Trap(trap)
    }
}

impl From<LoadError> for VmError {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Trap(trap) => Self::Trap(trap),
            LoadError::Bits
            | LoadError::Parse(_)
            | LoadError::SegmentUnreadable { .. }
            | LoadError::SegmentWritableAndExecutable { .. }
            | LoadError::SegmentOutsideFile { .. } => Self::Load(error),
        }
    }
}

/// What no syscall takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ExternalError {
    /// The number is no source.
    #[error("{0:#x} is no source")]
    Source(u64),
    /// The number is no place of a program.
    #[error("{0} is no place of a program")]
    Place(u64),
    /// The number is no field of a cell.
    #[error("{0} is no field of a cell")]
    CellField(u64),
    /// The number is no field of a header.
    #[error("{0} is no field of a header")]
    HeaderField(u64),
    /// The number is no field of an input.
    #[error("{0} is no field of an input")]
    InputField(u64),
    /// The bytes to be printed are not UTF-8.
    #[error("string to print is not UTF-8")]
    DebugString,
}

/// How a script cannot go on, or a cell or a header contradicts itself.
///
/// The texts of [`UnexpectedError::Deadlock`] and [`UnexpectedError::ArgumentsTooLong`]
/// are those of the reference implementation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum UnexpectedError {
    /// A cell is so large that its capacity exceeds 64 bits.
    #[error("occupied capacity of a cell overflows")]
    OccupiedCapacity,
    /// A block's index in its epoch is larger than its number.
    #[error("block {number} is number {index} of its epoch")]
    EpochIndex {
        /// Number of the block.
        number: u64,
        /// Its index in the epoch.
        index: u64,
    },
    /// No process can run.
    #[error("A deadlock situation has been reached!")]
    Deadlock,
    /// The arguments for `exec` of version 1 exceed
    /// [`MAX_ARGUMENTS_LEN`](crate::limits::MAX_ARGUMENTS_LEN).
    #[error("@@@VM@@@UNEXPECTED@@@ARGV@@@TOOLONG@@@")]
    ArgumentsTooLong,
    /// The provider does not have the data of a cell that `exec` of version 1 names.
    #[error("data of a cell cannot be found")]
    CellData,
}

#[cfg(test)]
mod tests {
    use ckb_types::prelude::*;

    use super::*;

    #[test]
    fn an_exit_code_is_explained_under_the_code_hash() {
        for (hash_type, folder) in
            [(0, "by-data-hash"), (1, "by-type-hash"), (2, "by-data-hash"), (4, "by-data-hash")]
        {
            let script = Script::new_builder().hash_type(ckb_types::packed::Byte::new(hash_type));
            let zeros = "0".repeat(64);
            let expected =
                ScriptError::ValidationFailure { path: format!("{folder}/{zeros}"), code: -3 };
            assert_eq!(ScriptError::validation_failure(&script.build(), -3), expected);
        }
    }

    #[test]
    fn a_trap_while_loading_is_a_trap() {
        let trap = Trap::Frozen { addr: 0x1000 };
        assert_eq!(VmError::from(LoadError::Trap(trap)), VmError::Trap(trap));
        assert_eq!(VmError::from(LoadError::Bits), VmError::Load(LoadError::Bits));
    }

    #[test]
    fn errors_tell_place_and_cause() {
        let error = TransactionError {
            origin: Origin::Output { index: 2, kind: GroupKind::Type },
            cause: VmError::External(ExternalError::Place(7)).into(),
        };
        assert_eq!(error.to_string(), "Outputs[2].Type: 7 is no place of a program");
        assert_eq!(error.cause.kind(), "VMInternalError");
        let missing = ScriptError::ScriptNotFound(Byte32::zero());
        assert_eq!(missing.to_string(), format!("no cell dep has code 0x{}", "0".repeat(64)));
    }
}
