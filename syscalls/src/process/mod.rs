//! Processes: replacing a program, starting others, waiting for them, and pipes.
//!
//! A syscall that concerns other processes has two stages, which one file holds
//! together. Its handler looks at the registers and the memory of the caller and makes
//! a [`Request`] of them, with which the caller stops running. The [`Scheduler`]
//! handles the request after it has taken over the cycles of that run. Where a check
//! is made, and so whether a fault or a return code comes first, is consensus.

mod descriptor;
mod exec;
mod saved;
mod scheduler;
mod spawn;
mod transfer;
mod wait;

use std::ops::Range;

use serde::{Deserialize, Serialize};
use verdict_vm::{Machine, Memory, Tracker, Trap};

use self::{descriptor::Fd, exec::Exec, spawn::Spawn, transfer::Transfer, wait::Wait};
pub(crate) use self::{
    descriptor::{close, inherited_fd, pipe},
    exec::{exec, exec_in_place},
    saved::SavedScheduler,
    scheduler::{Scheduler, Stop},
    spawn::spawn,
    transfer::{read, write},
    wait::wait,
};
use crate::{context::DataId, observe::ProgramId};

/// The number of a process of one script group. Numbers are not used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
pub(crate) struct ProcessId(pub(crate) u64);

impl ProcessId {
    /// The first process. The script ends when it ends.
    pub(crate) const ROOT: Self = Self(0);
}

/// What a process asks the scheduler for.
pub(crate) enum Request {
    Exec(Exec),
    Spawn(Spawn),
    Wait(Wait),
    Pipe { fds_addr: u64 },
    Read(Transfer),
    Write(Transfer),
    InheritedFd { fds_addr: u64, count_addr: u64 },
    Close(Fd),
}

/// A process that can run: its machine, and which of the machine's pages are parts of
/// the transaction.
pub(crate) struct Instance {
    pub(crate) machine: Machine,
    pub(crate) tracker: Tracker<DataId>,
}

/// A part of a piece of data, to be run as a program.
pub(crate) struct Program {
    data: DataId,
    bounds: Bounds,
}

impl Program {
    /// A whole piece.
    pub(crate) const fn whole(data: DataId) -> Self {
        Self { data, bounds: Bounds { offset: 0, len: 0 } }
    }

    /// Its name for those who look on.
    fn id(&self) -> ProgramId {
        let Self { data, bounds: Bounds { offset, len } } = *self;
        let (place, source, index) = (data.place, data.source, data.index);
        ProgramId { place, source, index, offset, len }
    }
}

/// Which part of a piece of data.
#[derive(Clone, Copy)]
pub(crate) struct Bounds {
    pub(crate) offset: u32,
    /// Zero means all of the rest.
    pub(crate) len: u32,
}

impl Bounds {
    /// The bounds that a syscall takes: the offset in the high half of a register, the
    /// length in the low one.
    const fn from_register(value: u64) -> Self {
        let [len @ .., b4, b5, b6, b7] = value.to_le_bytes();
        Self { offset: u32::from_le_bytes([b4, b5, b6, b7]), len: u32::from_le_bytes(len) }
    }

    /// Whether a piece of `len` bytes has the part, which is never an empty rest.
    fn lie_inside(self, len: usize) -> bool {
        let (offset, len) = (u64::from(self.offset), len as u64);
        offset < len && offset + u64::from(self.len) <= len
    }

    /// As much of the part as a piece of `len` bytes has.
    pub(crate) fn range(self, len: usize) -> Range<usize> {
        let start = usize::try_from(self.offset).unwrap_or(usize::MAX).min(len);
        let rest = len - start;
        let part = if self.len == 0 { rest } else { usize::try_from(self.len).unwrap_or(rest) };
        start..start + part.min(rest)
    }
}

/// The arguments for a program, in the memory of the process that gives them.
struct Arguments {
    /// How many are left.
    argc: u64,
    /// Where the address of the next one is.
    argv: u64,
}

impl Arguments {
    /// The next argument without its NUL.
    ///
    /// Its item is an error if it, or its address, is not in memory.
    fn next<'m>(&mut self, memory: &'m Memory) -> Option<Result<&'m [u8], Trap>> {
        self.argc = self.argc.checked_sub(1)?;
        let argument = memory.read_u64(self.argv).and_then(|addr| memory.read_c_string(addr));
        self.argv = self.argv.wrapping_add(8);
        Some(argument)
    }
}

/// The address of field number `n` of an array of double words at `addr`.
///
/// # Errors
///
/// Returns [`Trap::OutOfBounds`] if there is no such address.
fn field(addr: u64, n: u64) -> Result<u64, Trap> {
    let field = n.checked_mul(8).and_then(|offset| addr.checked_add(offset));
    field.ok_or(Trap::OutOfBounds { addr, len: 8 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_select_a_part() {
        let piece = b"0123456789";
        for (offset, len, part, inside) in [
            (0_u64, 0_u64, &b"0123456789"[..], true),
            (4, 0, b"456789", true),
            (4, 6, b"456789", true),
            (4, 7, b"456789", false),
            (9, 1, b"9", true),
            (10, 0, b"", false),
            (11, 1, b"", false),
            (0xffff_ffff, 0xffff_ffff, b"", false),
        ] {
            let bounds = Bounds::from_register(offset << 32 | len);
            assert_eq!(&piece[bounds.range(piece.len())], part);
            assert_eq!(bounds.lie_inside(piece.len()), inside);
        }
    }
}
