//! Looking on while scripts run.
//!
//! Owns what an observer is told: every syscall, what becomes of processes, and if it
//! wants to, every step or every block. A run is the same with and without an observer, but for
//! one that changes what [`Observer::after_step`] hands it, as tests do.

use std::{fmt, ops::Range};

use verdict_syscalls_abi::{Place, Source};
use verdict_vm::{BlockAt, Hart, Machine, Memory, Reg, StepAt, Watch};

use crate::{
    Cycles,
    error::VmError,
    host::Next,
    process::{Instance, ProcessId},
};

/// Looks on while a script group runs.
pub trait Observer {
    /// Something happens.
    fn event(&mut self, event: &Event<'_>);

    /// Whether it wants to see steps. It is asked each time a process runs on; running
    /// with onlookers takes a few hundred times as long.
    fn watches_steps(&self) -> bool {
        false
    }

    /// Whether it wants to see blocks, if it does not see steps. It is asked each time a
    /// process runs on; running with that takes a few times as long.
    fn watches_blocks(&self) -> bool {
        false
    }

    /// Called for each block of a process when it is paid for, before it runs. Cycles are
    /// those of the group.
    fn enter_block(&mut self, process: u64, at: &BlockAt, memory: &Memory) {
        let _ = (process, at, memory);
    }

    /// Called before each step of a process; see [`Watch::before`]. Cycles are those of the
    /// group.
    fn before_step(&mut self, process: u64, at: &StepAt, hart: &Hart, memory: &Memory) {
        let _ = (process, at, hart, memory);
    }

    /// Called after each step of a process; see [`Watch::after`].
    fn after_step(&mut self, process: u64, at: &StepAt, hart: &mut Hart, memory: &mut Memory) {
        let _ = (process, at, hart, memory);
    }
}

/// What happens to a process.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// The number of the process.
    pub process: u64,
    /// Cycles of the group so far, those that are still in the counter of the running
    /// process included.
    pub cycles: Cycles,
    /// What it is.
    pub kind: EventKind<'a>,
}

/// The kinds of [`Event`].
#[derive(Clone, Copy, Debug)]
pub enum EventKind<'a> {
    /// It starts to exist, as the root or by `spawn`.
    Started(ProgramId),
    /// Its program is another one from here on: `exec` of version 2.
    Replaced(ProgramId),
    /// It makes a syscall.
    Call(CallEvent<'a>),
    /// A syscall that left something to the scheduler ends.
    Returned(Returned<'a>),
    /// It becomes a snapshot.
    Suspended,
    /// It becomes a machine again.
    Resumed,
    /// It ends with this exit code.
    Ended(i8),
}

/// Names a program: a part of a piece of the transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProgramId {
    /// Whether the piece is the data of a cell or a witness.
    pub place: Place,
    /// The list that the piece is in.
    pub source: Source,
    /// Its index in the list.
    pub index: u32,
    /// Where in the piece the program starts.
    pub offset: u32,
    /// Its length in bytes; zero means all of the rest.
    pub len: u32,
}

/// A syscall, when its handler has done its work.
#[derive(Clone, Copy, Debug)]
pub struct CallEvent<'a> {
    /// The address behind the `ecall`.
    pub pc: u64,
    /// All of `a7`.
    pub number: u64,
    /// `a0` to `a5`.
    pub args: [u64; 6],
    /// What it costs beside the `ecall`, as far as the process pays for it now.
    pub charged: Cycles,
    /// How it went.
    pub outcome: Outcome,
    /// What it wrote.
    pub written: Written<'a>,
}

/// How a syscall went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The process runs on, with this in `a0`.
    Returned(u64),
    /// The scheduler has to do the rest.
    Yielded,
    /// The process ends with this exit code.
    Exited(i8),
    /// The script is over.
    Failed(VmError),
}

/// The end of a syscall that left something to the scheduler.
#[derive(Clone, Copy, Debug)]
pub struct Returned<'a> {
    /// What is in `a0`.
    pub a0: u64,
    /// What was written for it.
    pub written: Written<'a>,
}

/// What was written to the memory of a process.
#[derive(Clone, Copy)]
pub struct Written<'a> {
    /// The memory, with that in it.
    pub memory: &'a Memory,
    /// Where, in the order it was written in.
    pub ranges: &'a [Range<u64>],
}

impl fmt::Debug for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.ranges).finish()
    }
}

impl Written<'_> {
    /// The bytes that are at these places, range by range.
    pub fn bytes(&self) -> impl Iterator<Item = &[u8]> {
        let range = |range: &Range<u64>| self.memory.read(range.start, range.end - range.start);
        self.ranges.iter().map(range).map(Result::unwrap_or_default)
    }
}

/// What a machine asks for.
pub(crate) struct Call {
    pc: u64,
    number: u64,
    args: [u64; 6],
    cycles: Cycles,
}

impl Call {
    pub(crate) fn of(machine: &Machine) -> Self {
        let hart = machine.hart();
        let args = [Reg::A0, Reg::A1, Reg::A2, Reg::A3, Reg::A4, Reg::A5].map(|reg| hart[reg]);
        Self { pc: hart.pc, number: hart[Reg::A7], args, cycles: machine.cycles() }
    }

    /// Tells `observer` how the call went; `before` are cycles of the group that are not
    /// in the machine's counter.
    pub(crate) fn tell(
        self,
        observer: &mut dyn Observer,
        (process, before): (ProcessId, Cycles),
        instance: &mut Instance,
        answer: &Result<Next, VmError>,
    ) {
        let machine = &mut instance.machine;
        let ranges = machine.memory_mut().take_written();
        let outcome = match answer {
            Ok(Next::Run) => Outcome::Returned(machine.hart()[Reg::A0]),
            Ok(Next::Exit(code)) => Outcome::Exited(*code),
            Ok(Next::Yield(_)) => Outcome::Yielded,
            Err(error) => Outcome::Failed(*error),
        };
        let Self { pc, number, args, cycles } = self;
        let charged = machine.cycles().saturating_sub(cycles);
        let written = Written { memory: machine.memory(), ranges: &ranges };
        let kind = EventKind::Call(CallEvent { pc, number, args, charged, outcome, written });
        let cycles = before.wrapping_add(machine.cycles());
        observer.event(&Event { process: process.0, cycles, kind });
    }
}

/// Passes on the steps of a process.
pub(crate) struct Onlooker<'a> {
    pub(crate) process: ProcessId,
    /// Cycles of the group that are not in the machine's counter.
    pub(crate) before: Cycles,
    pub(crate) observer: &'a mut dyn Observer,
}

impl Onlooker<'_> {
    /// The step with the cycles of the group.
    fn at(&self, at: &StepAt) -> StepAt {
        StepAt { cycles: self.before.wrapping_add(at.cycles), ..*at }
    }
}

impl Watch for Onlooker<'_> {
    fn before(&mut self, at: &StepAt, hart: &Hart, memory: &Memory) {
        let at = self.at(at);
        self.observer.before_step(self.process.0, &at, hart, memory);
    }

    fn after(&mut self, at: &StepAt, hart: &mut Hart, memory: &mut Memory) {
        let at = self.at(at);
        self.observer.after_step(self.process.0, &at, hart, memory);
    }
}
