//! File descriptors: `pipe`, `inherited_fd` and `close`.
//!
//! A pipe has two ends, each with one owner; ends are passed on with `spawn` only and
//! vanish with their owner. Numbers tell everything about a pipe but who owns it: the
//! even end is read from, the odd end is written to, and they differ in the last bit.

use serde::{Deserialize, Serialize};
use verdict_syscalls_abi::ReturnCode;
use verdict_vm::{Machine, Reg};

use super::{ProcessId, Request, Scheduler, field};
use crate::{
    DataProvider, cost,
    error::VmError,
    host::{Refusal, Reply},
    limits,
};

/// One end of a pipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
pub(crate) struct Fd(pub(super) u64);

impl Fd {
    /// The reading end of the first pipe.
    pub(super) const FIRST: Self = Self(2);

    /// Whether it is the end to read from; if not, it is the one to write to.
    pub(super) const fn is_for_reading(self) -> bool {
        self.0.is_multiple_of(2)
    }

    /// The other end of the pipe.
    pub(super) const fn other_end(self) -> Self {
        Self(self.0 ^ 1)
    }

    /// The reading end of the pipe that is made next.
    const fn next_pipe(self) -> Self {
        Self(self.0 + 2)
    }
}

/// `pipe`: a0 where to write the two ends, the reading one first.
pub(crate) fn pipe(machine: &mut Machine) -> Result<Reply, Refusal> {
    let fds_addr = machine.hart()[Reg::A0];
    field(fds_addr, 1)?;
    machine.charge(cost::YIELD)?;
    Ok(Reply::Yield(Request::Pipe { fds_addr }))
}

/// `inherited_fd`: a0 where to write file descriptors, a1 address of their count.
pub(crate) fn inherited_fd(machine: &mut Machine) -> Result<Reply, Refusal> {
    let (fds_addr, count_addr) = (machine.hart()[Reg::A0], machine.hart()[Reg::A1]);
    machine.charge(cost::YIELD)?;
    Ok(Reply::Yield(Request::InheritedFd { fds_addr, count_addr }))
}

/// `close`: a0 file descriptor.
pub(crate) fn close(machine: &mut Machine) -> Result<Reply, Refusal> {
    let fd = Fd(machine.hart()[Reg::A0]);
    machine.charge(cost::YIELD)?;
    Ok(Reply::Yield(Request::Close(fd)))
}

impl<P: DataProvider> Scheduler<'_, P> {
    /// Whether `fd` is open and belongs to process `id`.
    pub(super) fn owns(&self, id: ProcessId, fd: Fd) -> bool {
        self.fds.get(&fd) == Some(&id)
    }

    /// Whether the other end of a pipe is open.
    pub(super) fn is_connected(&self, fd: Fd) -> bool {
        self.fds.contains_key(&fd.other_end())
    }

    /// Makes a pipe and tells the caller its ends.
    ///
    /// # Errors
    ///
    /// Returns the trap of telling them.
    pub(super) fn pipe(&mut self, caller: ProcessId, fds_addr: u64) -> Result<ReturnCode, VmError> {
        if self.fds.len() >= limits::MAX_FDS {
            return Ok(ReturnCode::MaxFdsCreated);
        }
        let reading = self.next_fd;
        self.next_fd = reading.next_pipe();
        let ends = [reading, reading.other_end()];
        self.fds.extend(ends.map(|end| (end, caller)));
        let memory = self.machine_of(caller)?.memory_mut();
        for (n, end) in (0..).zip(ends) {
            memory.write_u64(field(fds_addr, n)?, end.0)?;
        }
        Ok(ReturnCode::Success)
    }

    /// Tells the caller the file descriptors it was started with, as many as it has
    /// room for, and how many there were. What became of them since does not matter.
    ///
    /// # Errors
    ///
    /// Returns the trap of telling them.
    pub(super) fn inherited_fd(
        &mut self,
        caller: ProcessId,
        fds_addr: u64,
        count_addr: u64,
    ) -> Result<ReturnCode, VmError> {
        // The list may be long: it is lent, not copied.
        let fds = std::mem::take(&mut self.process_mut(caller).inherited);
        let memory = self.machine_of(caller)?.memory_mut();
        let room = memory.read_u64(count_addr)?;
        for (n, fd) in (0..room).zip(&fds) {
            memory.write_u64(field(fds_addr, n)?, fd.0)?;
        }
        memory.write_u64(count_addr, fds.len() as u64)?;
        self.process_mut(caller).inherited = fds;
        Ok(ReturnCode::Success)
    }

    /// Closes one end of a pipe.
    pub(super) fn close(&mut self, caller: ProcessId, fd: Fd) -> ReturnCode {
        if !self.owns(caller, fd) {
            return ReturnCode::InvalidFd;
        }
        self.fds.remove(&fd);
        ReturnCode::Success
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_pipes_are_told_by_their_numbers() {
        let reading = Fd::FIRST;
        let writing = reading.other_end();
        assert!(reading.is_for_reading() && !writing.is_for_reading());
        assert_eq!(writing.other_end(), reading);
        assert_eq!(reading.next_pipe(), Fd(4));
    }
}
