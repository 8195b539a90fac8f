//! Why an engine returned to its caller.
//!
//! An [`Exit`] is not an error: ending at an `ecall`, pausing and running out of
//! cycles are normal. A [`Trap`] is a rule the guest broke. Traps are equal on
//! every engine and carry plain numbers only.

use thiserror::Error;

/// Why the machine stopped running and gave control to its caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The guest executed `ecall`. Its cycles are charged and `pc` is behind it:
    /// handle the call and run on.
    Ecall,
    /// The guest executed `ebreak`. Its cycles are charged and `pc` is behind it.
    Ebreak,
    /// The next block does not fit in the cycle limit. Nothing of it has run, and
    /// `pc` is at its start: running on with a higher limit is exact.
    OutOfCycles,
    /// A `Pause` asked the machine to stop, or control came to a
    /// [breakpoint](crate::Machine::set_breakpoint). `pc` is at a block start: running on is
    /// exact.
    Paused,
    /// The guest broke a rule. The run is over.
    Trap(Trap),
}

/// A rule the guest broke.
///
/// [`Trap::kind`] gives the name that the reference implementation uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Trap {
    /// An access, a fetch or a page operation outside guest memory.
    #[error("access of {len} bytes at {addr:#x} is outside guest memory")]
    OutOfBounds {
        /// First byte of the access.
        addr: u64,
        /// Its length in bytes.
        len: u64,
    },
    /// A store to an executable page.
    #[error("store to {addr:#x} in an executable page")]
    NotWritable {
        /// First byte of the store.
        addr: u64,
    },
    /// A fetch from a page that is not executable.
    #[error("fetch from {addr:#x} in a page that is not executable")]
    NotExecutable {
        /// Address of the fetch.
        addr: u64,
    },
    /// Pages to be initialised include a frozen one.
    #[error("page at {addr:#x} is frozen and cannot be initialised again")]
    Frozen {
        /// First byte of the frozen page.
        addr: u64,
    },
    /// Pages to be initialised are not aligned to page boundaries.
    #[error("pages of {len} bytes at {addr:#x} are not aligned to page boundaries")]
    PageUnaligned {
        /// First byte of the range.
        addr: u64,
        /// Its length in bytes.
        len: u64,
    },
    /// Arguments do not fit on the stack.
    #[error("arguments do not fit on the stack: sp would be {sp:#x}")]
    OutOfStack {
        /// The stack pointer that the arguments lead to.
        sp: u64,
    },
    /// The bits at `pc` are no instruction of this machine.
    #[error("illegal instruction {bits:#x} at {pc:#x}")]
    IllegalInstruction {
        /// Address of the instruction.
        pc: u64,
        /// Its 16 or 32 bits.
        bits: u32,
    },
    /// The byte length of a block is a multiple of 256; see `block.rs`.
    #[error("block at {pc:#x} has a length that is a multiple of 256 bytes")]
    BlockLength {
        /// Start of the block.
        pc: u64,
    },
    /// The cycle counter would exceed 64 bits.
    #[error("cycle counter overflow")]
    CyclesOverflow,
    /// The limit on cycles was reached outside of a block: after a syscall.
    #[error("cycle limit exceeded")]
    CyclesExceeded,
    /// The machine's version does not have the instruction set it was given, or a
    /// snapshot is of another version.
    #[error("instruction set and version do not go together")]
    InvalidVersion,
    /// An `ecall` asked for a service that does not exist.
    #[error("invalid ecall {number}")]
    InvalidEcall {
        /// The number in `a7`.
        number: u64,
    },
    /// Data that a snapshot refers to cannot be found.
    #[error("data of a snapshot or a program cannot be found")]
    SnapshotData,
}

impl Trap {
    /// The name of this trap in the reference implementation, for example
    /// `"MemOutOfBound"`.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::OutOfBounds { .. } => "MemOutOfBound",
            Self::NotWritable { .. } | Self::NotExecutable { .. } => "MemWriteOnExecutablePage",
            Self::Frozen { .. } => "MemWriteOnFreezedPage",
            Self::PageUnaligned { .. } => "MemPageUnalignedAccess",
            Self::OutOfStack { .. } => "MemOutOfStack",
            Self::IllegalInstruction { .. } => "InvalidInstruction",
            Self::BlockLength { .. } => "TraceLengthError",
            Self::CyclesOverflow => "CyclesOverflow",
            Self::CyclesExceeded => "CyclesExceeded",
            Self::InvalidVersion => "InvalidVersion",
            Self::InvalidEcall { .. } => "InvalidEcall",
            Self::SnapshotData => "SnapshotDataLoadError",
        }
    }
}
