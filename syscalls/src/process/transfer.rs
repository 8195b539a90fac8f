//! `read` and `write`: a0 file descriptor, a1 buffer, a2 address of its length.
//!
//! Pipes hold nothing. Reader and writer block until both are there; then bytes go from
//! memory to memory. The reader goes on as soon as it got some, the writer when it gave
//! all, and either when the other end is closed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use verdict_syscalls_abi::ReturnCode;
use verdict_vm::{Machine, Reg, Trap};

use super::{Fd, ProcessId, Request, Scheduler, scheduler::State};
use crate::{
    DataProvider, cost,
    error::VmError,
    host::{Refusal, Reply},
};

/// Bytes to be read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Transfer {
    pub(super) fd: Fd,
    buffer: u64,
    pub(super) len: u64,
    /// Where the number of bytes moved is written in the end.
    len_addr: u64,
}

impl Transfer {
    fn of(machine: &Machine) -> Result<Self, Trap> {
        let hart = machine.hart();
        let (fd, buffer, len_addr) = (Fd(hart[Reg::A0]), hart[Reg::A1], hart[Reg::A2]);
        Ok(Self { fd, buffer, len: machine.memory().read_u64(len_addr)?, len_addr })
    }
}

/// `read`.
pub(crate) fn read(machine: &mut Machine) -> Result<Reply, Refusal> {
    let transfer = Transfer::of(machine)?;
    if !transfer.fd.is_for_reading() {
        return Err(ReturnCode::InvalidFd.into());
    }
    machine.charge(cost::YIELD)?;
    Ok(Reply::Yield(Request::Read(transfer)))
}

/// `write`.
pub(crate) fn write(machine: &mut Machine) -> Result<Reply, Refusal> {
    let transfer = Transfer::of(machine)?;
    if transfer.fd.is_for_reading() {
        return Err(ReturnCode::InvalidFd.into());
    }
    machine.charge(cost::YIELD)?;
    Ok(Reply::Yield(Request::Write(transfer)))
}

/// A process at one end of a pipe.
type Party = (ProcessId, Transfer);

impl<P: DataProvider> Scheduler<'_, P> {
    /// Lets the caller block until it can read.
    pub(super) fn read(&mut self, caller: ProcessId, transfer: Transfer) -> Option<ReturnCode> {
        self.block(caller, transfer.fd, State::Reading(transfer))
    }

    /// Lets the caller block until it has written.
    pub(super) fn write(&mut self, caller: ProcessId, transfer: Transfer) -> Option<ReturnCode> {
        self.block(caller, transfer.fd, State::Writing { transfer, written: 0 })
    }

    fn block(&mut self, caller: ProcessId, fd: Fd, state: State) -> Option<ReturnCode> {
        if !self.owns(caller, fd) {
            return Some(ReturnCode::InvalidFd);
        }
        if !self.is_connected(fd) {
            return Some(ReturnCode::OtherEndClosed);
        }
        self.process_mut(caller).state = state;
        None
    }

    /// Moves bytes through all pipes that have a process at both ends, after waking the
    /// processes whose other end is closed. What is possible is decided before anything
    /// is done.
    ///
    /// # Errors
    ///
    /// Returns the trap of an access to the memory of a process.
    pub(super) fn transfer(&mut self) -> Result<(), VmError> {
        let mut readers: BTreeMap<Fd, Party> = BTreeMap::new();
        let mut writers: Vec<(Party, u64)> = Vec::new();
        let (mut cut_readers, mut cut_writers) = (Vec::new(), Vec::new());
        for (&id, process) in &self.processes {
            match process.state {
                State::Reading(transfer) if self.is_connected(transfer.fd) => {
                    readers.insert(transfer.fd, (id, transfer));
                }
                State::Reading(transfer) => cut_readers.push((id, transfer.len_addr, 0)),
                State::Writing { transfer, written } if self.is_connected(transfer.fd) => {
                    writers.push(((id, transfer), written));
                }
                State::Writing { transfer, written } => {
                    cut_writers.push((id, transfer.len_addr, written));
                }
                State::Runnable | State::Waiting(_) => {}
            }
        }
        for (id, len_addr, moved) in cut_readers.into_iter().chain(cut_writers) {
            self.finish(id, len_addr, moved)?;
        }
        for (writer, written) in writers {
            if let Some(&reader) = readers.get(&writer.1.fd.other_end()) {
                self.transfer_between(reader, writer, written)?;
            }
        }
        Ok(())
    }

    /// Moves bytes from a writer, which has `written` some already, to a reader.
    fn transfer_between(
        &mut self,
        (reader, read): Party,
        (writer, write): Party,
        written: u64,
    ) -> Result<(), VmError> {
        self.instantiate(&[reader, writer])?;
        let len = read.len.min(write.len - written);
        let cycles = cost::transferred(len);

        let machine = &mut self.process_mut(writer).instance_mut().machine;
        machine.charge(cycles)?;
        let out_of_bounds = Trap::OutOfBounds { addr: write.buffer, len: write.len };
        let from = write.buffer.checked_add(written).ok_or(out_of_bounds)?;
        let bytes = machine.memory().read(from, len)?.to_vec();

        let machine = &mut self.process_mut(reader).instance_mut().machine;
        machine.charge(cycles)?;
        machine.memory_mut().write(read.buffer, &bytes)?;
        self.finish(reader, read.len_addr, len)?;

        let written = written + len;
        if written == write.len {
            self.finish(writer, write.len_addr, written)
        } else {
            self.process_mut(writer).state = State::Writing { transfer: write, written };
            Ok(())
        }
    }

    /// Tells a process how many bytes it `moved` and lets it run on.
    fn finish(&mut self, id: ProcessId, len_addr: u64, moved: u64) -> Result<(), VmError> {
        self.machine_of(id)?.memory_mut().write_u64(len_addr, moved)?;
        self.wake(id, ReturnCode::Success)
    }
}
