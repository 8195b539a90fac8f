//! The scheduler: which process runs, which machines are in memory, and what all costs.
//!
//! There is no parallelism and no choice: the runnable process with the highest number
//! runs until it ends, makes a request, or fails. At most [`limits::MAX_INSTANTIATED`]
//! processes have a machine; the others are snapshots, and making one of the other is
//! charged for. It is consensus which processes are suspended when, because of the
//! charge and because a snapshot is not an exact copy (see [`verdict_vm::Snapshot`]).
//!
//! Cycles are in three places. A machine counts what its process spends. When a run
//! ends, that goes to the turn, where the charges for suspending and resuming are as
//! well, and when the request is handled, the turn goes to the total and is held
//! against the limit. What a process is charged for while it does not run stays with it
//! until it runs again, and is lost when the root ends before that.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};
use verdict_syscalls_abi::ReturnCode;
use verdict_vm::{
    BlockAt, Config, Engine, Exit, Machine, Pause, Reg, Snapshot, Tracker, Trap, Version,
};

use super::{Fd, Instance, ProcessId, Program, Request, Transfer, Wait};
use crate::{
    Cycles, DataProvider, DebugHook,
    context::{Context, DataId},
    cost,
    error::{UnexpectedError, VmError},
    host::{Host, Next, Run},
    limits,
    observe::{Call, Event, EventKind, Onlooker, Returned, Written},
    programs::Programs,
    verify::SharedObserver,
};

/// What a process does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(super) enum State {
    /// It runs when its turn comes.
    Runnable,
    /// It waits for a process to end.
    Waiting(Wait),
    /// It waits for a writer.
    Reading(Transfer),
    /// It waits for readers, after it has `written` some bytes already.
    Writing { transfer: Transfer, written: u64 },
}

/// Where a process is.
pub(super) enum Body {
    Instantiated(Box<Instance>),
    Suspended(Box<Snapshot<DataId>>),
}

/// A process that has not ended.
pub(super) struct Process {
    pub(super) state: State,
    pub(super) body: Body,
    /// How much of its machine's counter was taken over already: that counter never
    /// goes back.
    pub(super) settled: Cycles,
    /// The file descriptors that it was started with.
    pub(super) inherited: Vec<Fd>,
}

impl Process {
    /// Ends it, and leaves its machine to others.
    fn end(self) {
        if let Body::Instantiated(instance) = self.body {
            instance.machine.recycle();
        }
    }

    /// Goes on with another body, and leaves the machine of the old one to others.
    pub(super) fn replace_body(&mut self, body: Body) {
        if let Body::Instantiated(instance) = std::mem::replace(&mut self.body, body) {
            instance.machine.recycle();
        }
    }

    const fn is_instantiated(&self) -> bool {
        matches!(self.body, Body::Instantiated(_))
    }

    /// Its machine, if it is known to have one.
    pub(super) const fn instance(&self) -> &Instance {
        match &self.body {
            Body::Instantiated(instance) => instance,
            Body::Suspended(_) => panic!("the process was instantiated before"),
        }
    }

    /// Its machine, if it is known to have one.
    pub(super) const fn instance_mut(&mut self) -> &mut Instance {
        match &mut self.body {
            Body::Instantiated(instance) => instance,
            Body::Suspended(_) => panic!("the process was instantiated before"),
        }
    }
}

/// More than the cycles of any block.
const MAX_BLOCK_CYCLES: Cycles = 1000;

/// Why a script did not come to its end.
pub(crate) enum Stop {
    /// Someone asked for it. Running on is exact.
    Paused,
    /// It got as far as it was to get. Running on is exact.
    Reached,
    /// It failed.
    Failed(VmError),
}

impl<E: Into<VmError>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// How far a process may run.
#[derive(Clone, Copy)]
struct Budget {
    /// What the limit leaves.
    left: Cycles,
    /// After how many cycles it stops, exactly where it is.
    until: Cycles,
    /// How many cycles it may run at least before it stops so.
    progress: Cycles,
}

/// Why a process stopped running.
enum End {
    Exit(i8),
    Request(Request),
}

/// The processes of a script group.
pub(crate) struct Scheduler<'a, P> {
    host: Host<'a, P>,
    programs: &'a Programs,
    pub(super) config: Config,
    pause: Pause,
    engine: Engine,
    observer: Option<SharedObserver<'a>>,
    /// Where processes stop.
    breakpoint: Option<u64>,
    /// Processes that have not ended.
    pub(super) processes: BTreeMap<ProcessId, Process>,
    /// Exit codes of processes that ended and that can be waited for.
    pub(super) exit_codes: BTreeMap<ProcessId, i8>,
    /// Open ends of pipes and their owners.
    pub(super) fds: BTreeMap<Fd, ProcessId>,
    pub(super) next_process: ProcessId,
    pub(super) next_fd: Fd,
    /// Cycles that are held against the limit.
    pub(super) total: Cycles,
    /// Cycles of the turn, without those still in a machine's counter.
    pub(super) turn: Cycles,
}

impl<'a, P: DataProvider> Scheduler<'a, P> {
    /// A scheduler without processes.
    pub(crate) fn new(
        context: Context<'a, P>,
        debug: Option<&'a DebugHook>,
        programs: &'a Programs,
        version: Version,
        pause: Pause,
        engine: Engine,
    ) -> Self {
        Self {
            host: Host { context, debug },
            programs,
            config: Config::on_chain(version),
            pause,
            engine,
            observer: None,
            breakpoint: None,
            processes: BTreeMap::new(),
            exit_codes: BTreeMap::new(),
            fds: BTreeMap::new(),
            next_process: ProcessId::ROOT,
            next_fd: Fd::FIRST,
            total: 0,
            turn: 0,
        }
    }

    /// Lets someone look on.
    pub(crate) const fn set_observer(&mut self, observer: Option<SharedObserver<'a>>) {
        self.observer = observer;
    }

    /// Lets processes stop before a block with a step at this address.
    pub(crate) fn set_breakpoint(&mut self, address: Option<u64>) {
        self.breakpoint = address;
        for process in self.processes.values_mut() {
            if let Body::Instantiated(instance) = &mut process.body {
                instance.machine.set_breakpoint(address);
            }
        }
    }

    /// Tells whoever looks on that something happens to a process.
    pub(super) fn tell_observer(&self, process: ProcessId, kind: EventKind<'_>) {
        if let Some(observer) = self.observer {
            let spent = self.total.saturating_add(self.turn);
            observer.borrow_mut().event(&Event { process: process.0, cycles: spent, kind });
        }
    }

    /// Makes a machine one of this group.
    pub(super) fn adopt(&self, machine: &mut Machine) {
        machine.set_pause(self.pause.clone());
        if self.engine != Engine::Auto {
            machine.set_engine(self.engine);
        }
        if self.breakpoint.is_some() {
            machine.set_breakpoint(self.breakpoint);
        }
        if self.observer.is_some() {
            machine.memory_mut().watch_writes();
        }
    }

    /// The cycles that are held against the limit, also after a failure.
    pub(crate) const fn cycles(&self) -> Cycles {
        self.total
    }

    /// Starts the root process.
    ///
    /// # Errors
    ///
    /// Returns why the program cannot be loaded.
    pub(crate) fn boot(&mut self, program: &Program) -> Result<(), VmError> {
        let root = self.load(program, 0, || None)?;
        let root = self.start(root, Vec::new())?;
        self.tell_observer(root, EventKind::Started(program.id()));
        Ok(())
    }

    /// Runs until the root process ends, and returns its exit code; or until it has used
    /// `until` cycles, but at least one block.
    ///
    /// # Errors
    ///
    /// Returns why the script failed; this is the end of it. Or it stopped before and can
    /// run on.
    pub(crate) fn run(&mut self, max_cycles: Cycles, until: Cycles) -> Result<i8, Stop> {
        let mut progress = MAX_BLOCK_CYCLES;
        loop {
            let left = max_cycles.checked_sub(self.total).ok_or(Trap::CyclesExceeded)?;
            let budget = Budget { left, until: until.saturating_sub(self.total), progress };
            if let Some(code) = self.take_turn(budget)? {
                return Ok(code);
            }
            progress = 0;
        }
    }

    /// Lets one process run and handles its request. Returns the exit code of the
    /// root if that has ended.
    fn take_turn(&mut self, budget: Budget) -> Result<Option<i8>, Stop> {
        let left = budget.left;
        let end = self.run_next(budget);
        if matches!(end, Err(Stop::Paused | Stop::Reached)) {
            return end;
        }
        // The turn is paid for whatever became of it, and what does not fit in the
        // limit hides how it failed.
        let turn = std::mem::take(&mut self.turn);
        self.total = self.total.checked_add(turn).ok_or(Trap::CyclesExceeded)?;
        if turn > left {
            return Err(Trap::CyclesExceeded.into());
        }
        // Its charges for suspending and resuming belong to the next turn.
        self.transfer()?;
        end
    }

    fn run_next(&mut self, budget: Budget) -> Result<Option<i8>, Stop> {
        let mut processes = self.processes.iter().rev();
        let next = processes.find(|(_, process)| process.state == State::Runnable);
        let &id = next.ok_or(UnexpectedError::Deadlock)?.0;
        self.instantiate(&[id])?;

        let end = self.run_process(id, budget);
        if let Err(stop @ (Stop::Paused | Stop::Reached)) = end {
            return Err(stop);
        }
        let process = self.process_mut(id);
        let cycles = process.instance().machine.cycles();
        let spent = cycles - process.settled;
        process.settled = cycles;
        self.spend(spent)?;
        match end? {
            End::Exit(code) if id == ProcessId::ROOT => {
                self.tell_observer(id, EventKind::Ended(code));
                self.end_all();
                Ok(Some(code))
            }
            End::Exit(code) => {
                self.tell_observer(id, EventKind::Ended(code));
                self.wake_waiting(id, code)?;
                self.fds.retain(|_, owner| *owner != id);
                self.processes.remove(&id).into_iter().for_each(Process::end);
                Ok(None)
            }
            End::Request(request) => {
                if let Some(code) = self.handle(id, request)? {
                    self.tell(id, code)?;
                }
                Ok(None)
            }
        }
    }

    fn run_process(&mut self, id: ProcessId, budget: Budget) -> Result<End, Stop> {
        let process = self.processes.get_mut(&id).expect("only a live process runs");
        let settled = process.settled;
        let max_cycles = settled.saturating_add(budget.left);
        let run = Run { process: id, committed: self.total, settled, max_cycles };
        let instance = process.instance_mut();
        let progress = instance.machine.cycles().saturating_add(budget.progress);
        let until = settled.saturating_add(budget.until).max(progress).min(max_cycles);
        instance.machine.set_max_cycles(until);
        let before = self.total.wrapping_add(self.turn).wrapping_sub(settled);
        loop {
            let exit = match self.observer {
                Some(observer) if observer.borrow().watches_steps() => {
                    let observer = &mut *observer.borrow_mut();
                    instance.machine.run_stepwise(&mut Onlooker { process: id, before, observer })
                }
                Some(observer) if observer.borrow().watches_blocks() => {
                    let observer = &mut *observer.borrow_mut();
                    instance.machine.run_blockwise(&mut |at, memory| {
                        let at = BlockAt { cycles: before.wrapping_add(at.cycles), ..*at };
                        observer.enter_block(id.0, &at, memory);
                    })
                }
                _ => instance.machine.run(),
            };
            match exit {
                Exit::Ecall => {
                    let call = self.observer.map(|_| Call::of(&instance.machine));
                    let answer = self.host.ecall(instance, &run);
                    if let (Some(observer), Some(call)) = (self.observer, call) {
                        call.tell(&mut *observer.borrow_mut(), (id, before), instance, &answer);
                    }
                    match answer? {
                        Next::Run => {}
                        Next::Exit(code) => return Ok(End::Exit(code)),
                        Next::Yield(request) => return Ok(End::Request(request)),
                    }
                }
                Exit::Ebreak => {}
                Exit::OutOfCycles if until < max_cycles => return Err(Stop::Reached),
                Exit::OutOfCycles => return Err(Trap::CyclesExceeded.into()),
                Exit::Paused if self.breakpoint.is_some() => return Err(Stop::Reached),
                Exit::Paused => return Err(Stop::Paused),
                Exit::Trap(trap) => return Err(trap.into()),
            }
        }
    }

    /// Handles a request. Returns what the caller is to be told, unless it is blocked
    /// or replaced.
    fn handle(
        &mut self,
        caller: ProcessId,
        request: Request,
    ) -> Result<Option<ReturnCode>, VmError> {
        match request {
            Request::Exec(exec) => self.exec(caller, exec).map(|()| None),
            Request::Spawn(spawn) => self.spawn(caller, spawn).map(Some),
            Request::Wait(wait) => self.wait(caller, wait),
            Request::Pipe { fds_addr } => self.pipe(caller, fds_addr).map(Some),
            Request::Read(transfer) => Ok(self.read(caller, transfer)),
            Request::Write(transfer) => Ok(self.write(caller, transfer)),
            Request::InheritedFd { fds_addr, count_addr } => {
                self.inherited_fd(caller, fds_addr, count_addr).map(Some)
            }
            Request::Close(fd) => Ok(Some(self.close(caller, fd))),
        }
    }

    // ---- processes ----

    pub(super) fn process(&self, id: ProcessId) -> &Process {
        self.processes.get(&id).expect("the process has not ended")
    }

    pub(super) fn process_mut(&mut self, id: ProcessId) -> &mut Process {
        self.processes.get_mut(&id).expect("the process has not ended")
    }

    /// Loads a program with its arguments into a machine and charges that for it.
    pub(super) fn load<'m>(
        &self,
        program: &Program,
        argc: u64,
        mut next_argument: impl FnMut() -> Option<Result<&'m [u8], Trap>>,
    ) -> Result<Box<Instance>, VmError> {
        let Program { data, bounds } = program;
        let context = &self.host.context;
        let piece = context.data(*data).map_err(|_| Trap::SnapshotData)?;
        let file = piece.slice(bounds.range(piece.len()));
        let program = match context.cell_dep_data_hash(*data) {
            Some(hash) if file.len() == piece.len() => {
                self.programs.get(hash, &file, self.config)?
            }
            _ => Arc::new(verdict_vm::Program::new(Arc::new(file), self.config)?),
        };
        let (mut machine, loaded) = program.machine()?;
        self.adopt(&mut machine);
        let stack = machine.init_stack_with(argc, |_| next_argument())?;
        let mut tracker = Tracker::new();
        tracker.track_image(machine.memory_mut(), program.image(), data, bounds.offset.into())?;
        machine.charge(cost::transferred(loaded.saturating_add(stack)))?;
        machine.memory_mut().take_written();
        Ok(Box::new(Instance { machine, tracker }))
    }

    /// Makes a process of a loaded program, which takes over `fds`.
    pub(super) fn start(
        &mut self,
        instance: Box<Instance>,
        fds: Vec<Fd>,
    ) -> Result<ProcessId, VmError> {
        while self.instantiated().count() >= limits::MAX_INSTANTIATED {
            let lowest = self.instantiated().next().expect("there are some");
            self.suspend(lowest)?;
        }
        let id = self.next_process;
        self.next_process = ProcessId(id.0 + 1);
        self.fds.extend(fds.iter().map(|&fd| (fd, id)));
        let body = Body::Instantiated(instance);
        let process = Process { state: State::Runnable, body, settled: 0, inherited: fds };
        self.processes.insert(id, process);
        Ok(id)
    }

    /// Lets a blocked process run on and find this in `a0`.
    pub(super) fn wake(&mut self, id: ProcessId, code: ReturnCode) -> Result<(), VmError> {
        self.tell(id, code)?;
        self.process_mut(id).state = State::Runnable;
        Ok(())
    }

    fn tell(&mut self, id: ProcessId, code: ReturnCode) -> Result<(), VmError> {
        let machine = self.machine_of(id)?;
        machine.hart_mut().set(Reg::A0, code.number());
        if self.observer.is_some() {
            let ranges = self.machine_of(id)?.memory_mut().take_written();
            let memory = self.process(id).instance().machine.memory();
            let written = Written { memory, ranges: &ranges };
            let returned = Returned { a0: code.number(), written };
            self.tell_observer(id, EventKind::Returned(returned));
        }
        Ok(())
    }

    // ---- machines in memory ----

    /// Processes that have a machine, ascending.
    fn instantiated(&self) -> impl Iterator<Item = ProcessId> {
        let processes = self.processes.iter();
        processes.filter(|(_, process)| process.is_instantiated()).map(|(&id, _)| id)
    }

    /// The machine of a process, resumed if need be.
    pub(super) fn machine_of(&mut self, id: ProcessId) -> Result<&mut Machine, VmError> {
        self.instantiate(&[id])?;
        Ok(&mut self.process_mut(id).instance_mut().machine)
    }

    /// Resumes those of `ids` that are suspended: the last of them into free places,
    /// the others in place of the lowest processes that are not asked for.
    pub(super) fn instantiate(&mut self, ids: &[ProcessId]) -> Result<(), VmError> {
        let mut missing = ids.to_vec();
        missing.retain(|&id| !self.process(id).is_instantiated());
        while self.instantiated().count() < limits::MAX_INSTANTIATED
            && let Some(id) = missing.pop()
        {
            self.resume(id)?;
        }
        if missing.is_empty() {
            return Ok(());
        }
        let others: Vec<_> = self.instantiated().filter(|id| !ids.contains(id)).collect();
        for (other, id) in others.into_iter().zip(missing) {
            self.suspend(other)?;
            self.resume(id)?;
        }
        Ok(())
    }

    fn suspend(&mut self, id: ProcessId) -> Result<(), VmError> {
        self.spend(cost::SWAP)?;
        let process = self.process_mut(id);
        let Instance { machine, tracker } = process.instance();
        let snapshot = Body::Suspended(Box::new(machine.snapshot(tracker)));
        process.replace_body(snapshot);
        self.tell_observer(id, EventKind::Suspended);
        Ok(())
    }

    fn resume(&mut self, id: ProcessId) -> Result<(), VmError> {
        self.spend(cost::SWAP)?;
        if let Body::Suspended(snapshot) = &self.process(id).body {
            let restored = Machine::restore(self.config, snapshot, &self.host.context);
            let (mut machine, tracker) = restored?;
            self.adopt(&mut machine);
            self.process_mut(id).body = Body::Instantiated(Box::new(Instance { machine, tracker }));
            self.tell_observer(id, EventKind::Resumed);
        }
        Ok(())
    }

    /// Adds to the cycles of the turn.
    fn spend(&mut self, cycles: Cycles) -> Result<(), Trap> {
        self.turn = self.turn.checked_add(cycles).ok_or(Trap::CyclesExceeded)?;
        Ok(())
    }
}

impl<P> Scheduler<'_, P> {
    /// Ends all processes.
    fn end_all(&mut self) {
        std::mem::take(&mut self.processes).into_values().for_each(Process::end);
    }
}

impl<P> Drop for Scheduler<'_, P> {
    fn drop(&mut self) {
        self.end_all();
    }
}
