//! Tracing: the steps of a run, as many of them as someone wants to see.
//!
//! A trace starts from the last checkpoint before its first step, runs at full speed up to
//! there, and goes step by step from then on. One that starts at an address runs to there
//! from the start of the group, as fast as an interpreter does.

use std::{
    cell::RefCell,
    collections::{BTreeMap, VecDeque},
    ops::ControlFlow,
};

use ckb_types::bytes::Bytes;
use thiserror::Error;
use verdict_syscalls::{Engine, Execution, Observer, ProgramId, SharedObserver, Store, Verifier};
use verdict_vm::{
    Hart, Memory, Reg, StepAt,
    isa::{Inst, Op, format::Access as Kind},
};

use crate::{
    checkpoint::{self, Programs},
    format::{self, FormatError},
    record::note_program,
    records::{Checkpoint, Event, Program},
    replay::{Events, Run},
    symbols::{Location, SymbolFiles, Symbols},
};

/// What a trace shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Something happens to a process.
    Event(Event),
    /// A process makes a step.
    Step(Box<Step>),
}

/// A step of a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The number of the process.
    pub process: u64,
    /// The program that it runs.
    pub program: Option<Program>,
    /// Cycles of the group, with those of the whole block that the step is in.
    pub cycles: u64,
    /// The number of the step in its block, from 0.
    pub index: u8,
    /// Its address.
    pub pc: u64,
    /// The operation.
    pub op: Op,
    /// Registers that have another value afterwards, with that.
    pub changed: Vec<(Reg, u64)>,
    /// What it reads from memory, or writes to it.
    pub access: Option<Access>,
    /// Where control goes, if that is not behind the step.
    pub jumps_to: Option<u64>,
    /// Whether it ends in a trap; nothing is known of its results then.
    pub traps: bool,
}

/// An access to memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// Whether it writes.
    pub writes: bool,
    /// The address.
    pub addr: u64,
    /// How many bytes.
    pub len: u64,
    /// What is there afterwards, little-endian.
    pub value: u64,
}

/// Where a trace starts or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    /// As soon as the group has used so many cycles.
    Cycles(u64),
    /// When a process comes to this address.
    Pc(u64),
}

/// Which steps to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The number of the group.
    pub group: usize,
    /// The first step; by default the first of the group.
    pub from: Option<Point>,
    /// The step behind the last; by default there is none.
    pub to: Option<Point>,
}

impl Window {
    /// The cycles in front of which nothing is shown.
    const fn start(&self) -> u64 {
        match self.from {
            Some(Point::Cycles(cycles)) => cycles,
            Some(Point::Pc(_)) | None => 0,
        }
    }
}

/// Why there is no trace.
#[derive(Debug, Error)]
pub enum TraceError {
    /// The bundle cannot be read.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// The group runs on no machine.
    #[error("the script of this group runs on no machine")]
    BuiltIn,
    /// There is no such group.
    #[error("there is no group {0}: the run has {1}, counted from 0")]
    NoGroup(usize, usize),
}

/// Shows steps to `show` until it has seen enough.
///
/// # Errors
///
/// Returns why there are none.
pub fn trace(
    run: &Run,
    window: &Window,
    show: &mut dyn FnMut(Line) -> ControlFlow<()>,
) -> Result<(), TraceError> {
    let verifier = run.subject.verifier(Engine::Auto);
    let start = window.start();
    let tracer = RefCell::new(Tracer::new(*window, show));
    let seeked = seek(run, &verifier, window.group, start, &tracer)?;
    if show_from(run, window, seeked, &tracer) == End::Forgotten && start > 0 {
        // The same again, and what is behind it.
        tracer.borrow_mut().start_again();
        let seeked = seek(run, &verifier, window.group, 0, &tracer)?;
        show_from(run, window, seeked, &tracer);
    }
    tracer.into_inner().finish();
    Ok(())
}

/// How far a trace came.
#[derive(PartialEq, Eq)]
enum End {
    /// As far as there is something.
    Whole,
    /// To where versions 0 and 1 go on only if they come from the start.
    Forgotten,
}

/// Shows the steps of an execution that was started somewhere in front of them.
fn show_from<'a>(
    run: &Run,
    window: &Window,
    seeked: Option<(Execution<'a, Store>, Programs)>,
    tracer: &RefCell<Tracer<'_>>,
) -> End {
    let Some((mut execution, programs)) = seeked else { return End::Whole };
    let start = window.start();
    // Those that have started since are known already.
    tracer.borrow_mut().watcher.programs.extend(programs);
    // A run stops up to a thousand cycles too late.
    if start > 2 * STOP {
        execution.run_until(start - STOP);
    }
    if let Some(Point::Pc(address)) = window.from {
        execution.run_to(address, run.groups[window.group].last());
    }
    tracer.borrow_mut().active = true;
    let end = match window.to {
        Some(Point::Cycles(cycles)) => cycles.saturating_add(STOP),
        // Whatever a bundle says, it comes to an end.
        Some(Point::Pc(_)) | None => run.groups[window.group].last(),
    };
    let mut until = start;
    while execution.result().is_none() && !tracer.borrow().done && until < end {
        until = until.saturating_add(100 * STOP).min(end);
        execution.run_until(until);
    }
    let forgotten = execution.may_have_forgotten() && !tracer.borrow().done;
    if forgotten { End::Forgotten } else { End::Whole }
}

/// The last steps of a group, and the events among them; at most `count` lines.
///
/// # Errors
///
/// As [`trace`].
pub fn last(run: &Run, group: usize, count: usize) -> Result<VecDeque<Line>, TraceError> {
    let groups = run.groups.len();
    let recorded = run.groups.get(group).ok_or(TraceError::NoGroup(group, groups))?;
    let end = recorded.verdict.cycles;
    // Steps cost a cycle or more, most of them not much more.
    let mut reach = (count as u64).saturating_add(STOP).saturating_mul(4);
    loop {
        let from = end.saturating_sub(reach);
        let window = Window { group, from: Some(Point::Cycles(from)), to: None };
        let mut lines = VecDeque::new();
        trace(run, &window, &mut |line| {
            lines.push_back(line);
            if lines.len() > count {
                lines.pop_front();
            }
            ControlFlow::Continue(())
        })?;
        if lines.len() == count || from == 0 {
            return Ok(lines);
        }
        reach = reach.saturating_mul(4);
    }
}

/// How far a run goes at least before it stops.
pub(crate) const STOP: u64 = 1000;

/// An execution of a group from the last checkpoint that has used at most so many cycles;
/// none if the group does not start.
pub(crate) fn seek<'a>(
    run: &Run,
    verifier: &'a Verifier<Store>,
    group: usize,
    cycles: u64,
    observer: SharedObserver<'a>,
) -> Result<Option<(Execution<'a, Store>, Programs)>, TraceError> {
    let count = run.groups.len();
    let recorded = run.groups.get(group).ok_or(TraceError::NoGroup(group, count))?;
    let script_group = &verifier.groups()[group];
    if Verifier::<Store>::is_built_in(script_group) {
        return Err(TraceError::BuiltIn);
    }
    let limit = recorded.record.max_cycles;
    let mut error = None;
    // Checkpoints are in the order of their cycles.
    let behind = recorded.checkpoints.partition_point(|&chunk| {
        match run.bundle.record::<Checkpoint>(chunk, format::Kind::Checkpoint) {
            Ok(checkpoint) => checkpoint.cycles <= cycles.saturating_sub(2 * STOP),
            Err(failed) => {
                error = Some(failed);
                false
            }
        }
    });
    if let Some(error) = error {
        return Err(error.into());
    }
    let Some(chunk) = behind.checked_sub(1).map(|at| recorded.checkpoints[at]) else {
        let execution = verifier.start(script_group, limit, Some(observer));
        return Ok(execution.ok().map(|execution| (execution, Programs::new())));
    };
    let pieces = |part: &ProgramId| verifier.program_file(script_group, part);
    let loaded = checkpoint::load_committed(&run.bundle, chunk, &pieces)?;
    let execution = verifier.start_from(script_group, limit, &loaded.state, Some(observer));
    let execution = execution.map_err(|_| {
        FormatError::Malformed(run.bundle.place(chunk), "no group comes to this state")
    })?;
    Ok(Some((execution, loaded.record.programs.into_iter().collect())))
}

/// Looks on and shows what is wanted.
struct Tracer<'s> {
    show: &'s mut dyn FnMut(Line) -> ControlFlow<()>,
    window: Window,
    active: bool,
    /// Whether the first step has come.
    started: bool,
    done: bool,
    /// How many lines were shown, and how many of them come again.
    shown: u64,
    again: u64,
    watcher: StepWatcher,
}

impl<'s> Tracer<'s> {
    fn new(window: Window, show: &'s mut dyn FnMut(Line) -> ControlFlow<()>) -> Self {
        let watcher = StepWatcher::default();
        let (active, started, done) = (false, false, false);
        Self { show, window, active, started, done, shown: 0, again: 0, watcher }
    }

    /// Looks on from the start, and shows no line twice.
    fn start_again(&mut self) {
        (self.active, self.started) = (false, false);
        self.again = self.shown;
        self.watcher = StepWatcher::default();
    }

    /// Shows the last step, if it ended in a trap.
    fn finish(mut self) {
        if let Some(step) = self.watcher.take_trapped() {
            self.show(Line::Step(step));
        }
    }

    fn show(&mut self, line: Line) {
        if !self.started || self.done {
            return;
        }
        if self.again > 0 {
            self.again -= 1;
            return;
        }
        self.shown += 1;
        self.done = (self.show)(line).is_break();
    }

    fn reached(point: Option<Point>, cycles: u64, pc: u64) -> bool {
        match point {
            Some(Point::Cycles(at)) => cycles >= at,
            Some(Point::Pc(at)) => pc == at,
            None => false,
        }
    }

    fn pass(&mut self, cycles: u64, pc: u64) {
        let Window { from, to, .. } = self.window;
        if self.started && Self::reached(to, cycles, pc) {
            self.done = true;
        }
        self.started |= self.active && (from.is_none() || Self::reached(from, cycles, pc));
    }
}

impl Observer for Tracer<'_> {
    fn event(&mut self, event: &verdict_syscalls::Event<'_>) {
        let event = Event::new(event);
        if let Some(step) = self.watcher.event(&event) {
            self.show(Line::Step(step));
        }
        self.started |= self.active && self.window.from.is_none();
        if self.started {
            self.show(Line::Event(event));
        }
    }

    fn watches_steps(&self) -> bool {
        self.active && !self.done
    }

    fn before_step(&mut self, process: u64, at: &StepAt, hart: &Hart, _: &Memory) {
        self.pass(at.cycles, at.pc);
        self.watcher.before(process, at, hart);
    }

    fn after_step(&mut self, _: u64, at: &StepAt, hart: &mut Hart, memory: &mut Memory) {
        if self.started
            && !self.done
            && let Some(step) = self.watcher.after(at, hart, memory)
        {
            self.show(Line::Step(step));
        }
    }
}

/// Makes [`Step`]s of what comes before and after them.
#[derive(Default)]
pub(crate) struct StepWatcher {
    pending: Option<Box<(Step, [u64; 32])>>,
    pub(crate) programs: Programs,
}

impl StepWatcher {
    /// One that comes when processes run these programs already.
    pub(crate) const fn new(programs: Programs) -> Self {
        Self { pending: None, programs }
    }

    /// Takes note of an event, and returns the step that ended in a trap before it, if one
    /// did.
    pub(crate) fn event(&mut self, event: &Event) -> Option<Box<Step>> {
        note_program(&mut self.programs, event);
        self.take_trapped()
    }

    pub(crate) fn before(&mut self, process: u64, at: &StepAt, hart: &Hart) {
        let step = Step {
            process,
            program: self.programs.get(&process).copied(),
            cycles: at.cycles,
            index: at.index,
            pc: at.pc,
            op: at.step.op,
            changed: Vec::new(),
            access: access(at.step.op, hart),
            jumps_to: None,
            traps: true,
        };
        self.pending = Some(Box::new((step, *hart.registers())));
    }

    pub(crate) fn after(&mut self, at: &StepAt, hart: &Hart, memory: &Memory) -> Option<Box<Step>> {
        let (mut step, before) = *self.pending.take()?;
        let pairs = Reg::ALL.into_iter().zip(before);
        step.changed = pairs
            .map(|(reg, old)| (reg, old, hart[reg]))
            .filter(|(_, old, new)| old != new)
            .map(|(reg, _, new)| (reg, new))
            .collect();
        if let Some(access) = &mut step.access {
            access.value = value(memory, access);
        }
        let is_jump = step.op.flow() != verdict_vm::isa::format::Flow::Next;
        let next = at.pc.wrapping_add(at.step.len.into());
        step.jumps_to = (is_jump && hart.pc != next).then_some(hart.pc);
        step.traps = false;
        Some(Box::new(step))
    }

    /// The step that ended in a trap, if the last did.
    pub(crate) fn take_trapped(&mut self) -> Option<Box<Step>> {
        self.pending.take().map(|pending| Box::new(pending.0))
    }
}

/// What an operation is about to access.
fn access(op: Op, hart: &Hart) -> Option<Access> {
    let Op::Inst(inst) = op else { return None };
    let row = inst.row();
    let writes = match row.access {
        Kind::None => return None,
        Kind::Read => false,
        Kind::Write => true,
    };
    let operands = inst.operands();
    let addr = hart[operands.rs1?].wrapping_add_signed(operands.imm.into());
    Some(Access { writes, addr, len: access_len(inst), value: 0 })
}

/// How many bytes a load, a store or an atomic operation accesses.
fn access_len(inst: Inst) -> u64 {
    let mnemonic = inst.row().mnemonic.trim_end_matches('u');
    match mnemonic.as_bytes().last() {
        Some(b'b') => 1,
        Some(b'h') => 2,
        Some(b'w') => 4,
        _ => 8,
    }
}

fn value(memory: &Memory, access: &Access) -> u64 {
    let bytes = memory.read(access.addr, access.len).unwrap_or_default();
    let mut value = [0; 8];
    value[..bytes.len()].copy_from_slice(bytes);
    u64::from_le_bytes(value)
}

/// The programs of a run, for those who want to know where an address is.
pub struct Names {
    files: BTreeMap<Program, Bytes>,
}

impl Names {
    /// How many events and programs are looked at: a bundle may claim any number.
    const MAX_EVENTS: usize = 1 << 22;
    const MAX_PROGRAMS: usize = 1000;

    /// The files of the programs that a group runs, and instead of those that have no
    /// symbols, those of `files` that have. Of a run with many syscalls, the first hundreds
    /// of thousands are looked at, and of one with very many programs, the first thousand.
    ///
    /// # Errors
    ///
    /// Returns what is wrong with the bundle.
    pub fn of(run: &Run, group: usize, files: &SymbolFiles) -> Result<Self, FormatError> {
        let verifier = run.subject.verifier(Engine::Interpreter);
        let mut programs = BTreeMap::new();
        let Some(recorded) = run.groups.get(group) else { return Ok(Self { files: programs }) };
        let chunks = recorded.all();
        let chunks = chunks.start..chunks.end.min(chunks.start + 64);
        for event in Events::new(run, chunks).take(Self::MAX_EVENTS) {
            if programs.len() == Self::MAX_PROGRAMS {
                break;
            }
            if let Some(program) = event?.program()
                && !programs.contains_key(&program)
                && let Some(id) = program.id()
                && let Some(file) = verifier.program_file(&verifier.groups()[group], &id)
            {
                programs.insert(program, files.instead_of(file));
            }
        }
        Ok(Self { files: programs })
    }

    /// The symbols of each program.
    #[must_use]
    pub fn symbols(&self) -> NamedPlaces<'_> {
        let symbols = self.files.iter().map(|(program, file)| (*program, Symbols::read(file)));
        NamedPlaces(symbols.collect())
    }
}

/// The symbols of the programs of a run.
pub struct NamedPlaces<'a>(BTreeMap<Program, Symbols<'a>>);

impl NamedPlaces<'_> {
    /// The address of a symbol, in any of the programs.
    #[must_use]
    pub fn address(&self, name: &str) -> Option<u64> {
        self.0.values().find_map(|symbols| symbols.address(name))
    }

    /// Where the address of a step is.
    #[must_use]
    pub fn locate(&self, step: &Step) -> Location {
        let symbols = step.program.as_ref().and_then(|program| self.0.get(program));
        let nameless = Location { pc: step.pc, symbol: None, line: None };
        symbols.map_or(nameless, |symbols| symbols.locate(step.pc))
    }
}
