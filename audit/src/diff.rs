//! Finding the first step that two runs do not share.
//!
//! Two runs that agree at one point and do not at a later one part in between. So their
//! checkpoints are bisected, then what lies between two of them, by executing it again on
//! both sides and comparing states; the last stretch is compared step by step.
//!
//! Runs of the same code agree where their whole states do. Two versions of a script never
//! have the same memory; they agree where registers do, and cycles since their programs were
//! loaded, which costs as much as the file is long. Since something may differ in memory that
//! has not been read yet, steps are compared until they differ.
//!
//! Steps are interpreted, whatever executes a side. So two engines are told apart by the
//! states that they come to: at the end of which block.

use std::{
    cell::RefCell,
    collections::{BTreeSet, VecDeque},
    fmt,
};

use thiserror::Error;
use verdict_syscalls::{
    Engine, Execution, GroupState, Observer, ProcessPage, ProcessState, ProgramId, Store, Verifier,
};
use verdict_vm::{Hart, Memory, Reg, StepAt};

use crate::{
    checkpoint::{self, GroupCommitment, Loaded, Programs},
    commitment::Digest,
    format::{FormatError, Kind},
    records::{Checkpoint, Event, Verdict},
    replay::{Events, RecordedGroup, Run},
    trace::{Line, STOP, StepWatcher},
};

/// One of two runs, and what executes it.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The run.
    pub run: &'a Run,
    /// What executes it again.
    pub engine: Engine,
    /// What the engine does wrong: for tests of what finds it.
    pub fault: Option<Fault>,
}

impl<'a> Side<'a> {
    /// A run, executed again by `engine`.
    #[must_use]
    pub const fn new(run: &'a Run, engine: Engine) -> Self {
        Self { run, engine, fault: None }
    }
}

/// A step with a wrong result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Cycles of the group when the block of the step is charged.
    pub cycles: u64,
    /// The number of the step in the block.
    pub index: u8,
    /// The register that is wrong afterwards.
    pub register: Reg,
    /// The bits of it that are.
    pub bits: u64,
    /// Whether it is compiled code that does this, so that it cannot be seen step by step.
    pub is_compiled: bool,
}

impl Fault {
    /// Makes a step wrong, if it is the one.
    pub fn strike(&self, at: &StepAt, hart: &mut Hart) {
        if (at.cycles, at.index) == (self.cycles, self.index) {
            hart.set(self.register, hart[self.register] ^ self.bits);
        }
    }

    /// Runs an execution as an engine with this fault would: `until` then, step by step
    /// where it strikes, which `watching` switches on and off.
    pub fn run_until(
        &self,
        execution: &mut Execution<'_, Store>,
        from: u64,
        until: u64,
        watching: impl Fn(bool),
    ) {
        if from >= self.cycles || until < self.cycles {
            execution.run_until(until);
            return;
        }
        // Asked to stop where it is, an execution goes on by a block; so it is not asked.
        if self.cycles - from > 4 * STOP {
            execution.run_until(self.cycles - 2 * STOP);
        }
        let near = until - self.cycles <= 4 * STOP;
        watching(true);
        execution.run_until(if near { until } else { self.cycles + STOP });
        watching(false);
        if !near {
            execution.run_until(until);
        }
    }
}

/// Where two runs part.
#[derive(Clone, Debug)]
pub struct Parting {
    /// The place that has the script of the group.
    pub origin: String,
    /// The number of the group.
    pub group: usize,
    /// What both did last.
    pub before: Option<Line>,
    /// What the first does, and what the second does; one may have ended. Both are none if
    /// engines differ in what they make of the same steps.
    pub sides: [Option<Line>; 2],
    /// What engines come to, if they differ.
    pub states: Option<StateDifference>,
    /// How the groups ended, as they were recorded.
    pub verdicts: [Verdict; 2],
    /// How many times a stretch was executed to find it.
    pub executions: u32,
}

/// Two states that should be the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StateDifference {
    /// Cycles of the group on each side.
    pub cycles: [u64; 2],
    /// Registers that differ: the process, the name, and the value on each side.
    pub registers: Vec<(u64, String, [u64; 2])>,
    /// Pages that differ: the process, and the address.
    pub pages: Vec<(u64, u64)>,
}

impl StateDifference {
    fn between(mut states: [GroupState; 2]) -> Self {
        let cycles = [0, 1].map(|side: usize| states[side].cycles());
        let [ours, theirs] = states.each_mut().map(GroupState::take_pages);
        let mut registers = Vec::new();
        for (left, right) in states[0].processes().zip(states[1].processes()) {
            let named = |state: &ProcessState<'_>| {
                let registers = Reg::ALL.into_iter().zip(*state.registers);
                let registers = registers.map(|(reg, value)| (reg.to_string(), value));
                registers.chain([("pc".to_owned(), state.pc)]).collect::<Vec<_>>()
            };
            let pairs = named(&left).into_iter().zip(named(&right));
            let differing = pairs.filter(|((_, left), (_, right))| left != right);
            registers.extend(differing.map(|((name, a), (_, b))| (left.process, name, [a, b])));
        }
        let page = |page: &ProcessPage| (page.process, page.addr, page.flags, page.bytes.clone());
        let [ours, theirs]: [BTreeSet<_>; 2] =
            [ours, theirs].map(|pages| pages.iter().map(page).collect());
        let pages = ours.symmetric_difference(&theirs);
        let pages: BTreeSet<_> = pages.map(|&(process, addr, ..)| (process, addr)).collect();
        Self { cycles, registers, pages: pages.into_iter().collect() }
    }
}

/// How two runs compare.
#[derive(Clone, Debug)]
pub enum Comparison {
    /// They are the same.
    Same,
    /// They are of transactions whose scripts differ.
    OtherScripts,
    /// They part.
    Part(Box<Parting>),
}

/// Why two runs cannot be compared.
#[derive(Debug, Error)]
pub enum DiffError {
    /// A bundle cannot be read.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// Their checkpoints or verdicts differ, but what is executed does not: one of them
    /// is not what its engine does.
    #[error("{0}: the bundles differ, but not what is executed; replay them")]
    NotReproduced(String),
}

/// Compares two runs.
///
/// To compare two engines, or two versions of a script, record a run on each.
///
/// # Errors
///
/// Returns why they cannot be compared.
pub fn diff(a: Side<'_>, b: Side<'_>) -> Result<Comparison, DiffError> {
    let scripts = |run: &Run| -> Vec<(String, Digest)> {
        let groups = run.groups.iter();
        groups.map(|group| (group.record.origin.clone(), group.record.script_hash)).collect()
    };
    if scripts(a.run) != scripts(b.run) {
        return Ok(Comparison::OtherScripts);
    }
    let same_code = a.run.subject.has_code_of(&b.run.subject);
    for number in 0..a.run.groups.len() {
        let verifiers = [a, b].map(|side| side.run.subject.verifier(side.engine));
        let pair = Pair { sides: [a, b], verifiers: &verifiers, group: number, same_code };
        if let Some(parting) = pair.compare()? {
            return Ok(Comparison::Part(Box::new(parting)));
        }
    }
    Ok(Comparison::Same)
}

/// The two sides of a group.
#[derive(Clone, Copy)]
struct Pair<'a> {
    sides: [Side<'a>; 2],
    verifiers: &'a [Verifier<Store>; 2],
    group: usize,
    same_code: bool,
}

/// Where a side is: its state, and the programs that its processes run.
#[derive(Clone)]
struct Stop {
    state: GroupState,
    programs: Programs,
}

impl Stop {
    fn cycles(&self) -> u64 {
        self.state.cycles()
    }
}

/// Where both sides are the same, or none for the start; and where they are not any more, by
/// the cycles of the first side.
struct Stretch {
    from: [Option<Stop>; 2],
    until: u64,
}

/// How many cycles are compared step by step at a time.
const WINDOW: u64 = 64 * STOP;

impl Pair<'_> {
    fn recorded(&self, side: usize) -> &RecordedGroup {
        &self.sides[side].run.groups[self.group]
    }

    /// Cycles that each side has used when it starts.
    fn starts(&self) -> [u64; 2] {
        [0, 1].map(|side| {
            let (start, _) = self.execute(side, None, None, false);
            start.map_or(0, |start| start.cycles())
        })
    }

    /// Compares the group.
    fn compare(&self) -> Result<Option<Parting>, DiffError> {
        let [ours, theirs] = [0, 1].map(|side| self.recorded(side));
        let count = ours.checkpoints.len().min(theirs.checkpoints.len());
        let read = |side: usize, at: usize| -> Result<Checkpoint, FormatError> {
            let bundle = &self.sides[side].run.bundle;
            bundle.record(self.recorded(side).checkpoints[at], Kind::Checkpoint)
        };
        let same_at = |at: usize| -> Result<bool, FormatError> {
            let [left, right] = [read(0, at)?, read(1, at)?];
            let place = |it: Checkpoint| (it.until, it.cycles, it.root);
            Ok(self.same_code && place(left) == place(right))
        };
        let mut failed = None;
        let numbers: Vec<usize> = (0..count).collect();
        // Versions of a script do not stop at the same places, so they have none in common.
        let shared = numbers.partition_point(|&at| {
            same_at(at).unwrap_or_else(|error| {
                failed = Some(error);
                false
            })
        });
        if let Some(error) = failed {
            return Err(error.into());
        }
        let whole = shared == ours.checkpoints.len() && shared == theirs.checkpoints.len();
        let verdicts = [ours.verdict.clone(), theirs.verdict.clone()];
        if self.same_code && whole && verdicts[0].agrees(&verdicts[1]) && self.same_events()? {
            // Runs that have parted do not meet again, but a bundle can say so.
            for at in numbers {
                if !same_at(at)? {
                    return Err(DiffError::NotReproduced(ours.record.origin.clone()));
                }
            }
            return Ok(None);
        }
        let end = verdicts.iter().map(|verdict| verdict.cycles).max().unwrap_or_default();
        let mut until = end.saturating_add(2 * STOP);
        let mut from = [None, None];
        if let Some(at) = shared.checked_sub(1) {
            let script_group = &self.verifiers[0].groups()[self.group];
            let pieces = |part: &ProgramId| self.verifiers[0].program_file(script_group, part);
            let bundle = &self.sides[0].run.bundle;
            let chunk = ours.checkpoints[at];
            let Loaded { record, state } = checkpoint::load_committed(bundle, chunk, &pieces)?;
            let stop = Stop { state, programs: record.programs.into_iter().collect() };
            from = [Some(stop.clone()), Some(stop)];
        }
        if self.same_code && shared < count {
            until = until.min(read(0, shared)?.until.saturating_add(2 * STOP));
        }
        let starts = if self.same_code { [0, 0] } else { self.starts() };
        let mut executions = 0;
        let stretch = self.narrow(Stretch { from, until }, starts, &mut executions);
        let (origin, group) = (ours.record.origin.clone(), self.group);
        let parting = |before, sides, states, executions| {
            let origin = origin.clone();
            Parting { origin, group, before, sides, states, verdicts, executions }
        };
        let last = end.saturating_add(1 << 22);
        if let Some((before, sides)) = self.first_steps(&stretch, starts, last, &mut executions) {
            return Ok(Some(parting(before, sides, None, executions)));
        }
        if !self.same_code {
            return Ok(None);
        }
        match self.first_block(&stretch, &mut executions) {
            Some((before, states)) => {
                Ok(Some(parting(before, [None, None], Some(states), executions)))
            }
            None => Err(DiffError::NotReproduced(origin)),
        }
    }

    /// Whether the same events were recorded.
    fn same_events(&self) -> Result<bool, FormatError> {
        let [mut left, mut right] =
            [0, 1].map(|side| Events::new(self.sides[side].run, self.recorded(side).all()));
        loop {
            match (left.next().transpose()?, right.next().transpose()?) {
                (None, None) => return Ok(true),
                (ours, theirs) if ours == theirs => {}
                _ => return Ok(false),
            }
        }
    }

    /// Bisects a stretch until it is short.
    fn narrow(&self, mut stretch: Stretch, starts: [u64; 2], executions: &mut u32) -> Stretch {
        loop {
            let from = stretch.from[0].as_ref().map_or(starts[0], Stop::cycles);
            if stretch.until.saturating_sub(from) <= 8 * STOP {
                return stretch;
            }
            let middle = from + (stretch.until - from) / 2;
            let ends = self.ends(&stretch.from, starts, middle, executions);
            match ends {
                [Some(left), Some(right)] if self.same(&left, &right, starts) => {
                    if left.cycles() <= from {
                        return stretch;
                    }
                    stretch.from = [Some(left), Some(right)];
                }
                _ => stretch.until = middle.saturating_add(2 * STOP),
            }
        }
    }

    /// Where both sides come to that run until the first has used so many cycles, unless they
    /// end before that.
    fn ends(
        &self,
        from: &[Option<Stop>; 2],
        starts: [u64; 2],
        until: u64,
        executions: &mut u32,
    ) -> [Option<Stop>; 2] {
        *executions += 2;
        [0, 1].map(|side| {
            let until = until.saturating_sub(starts[0]).saturating_add(starts[side]);
            self.execute(side, from[side].as_ref(), Some(until), false).0
        })
    }

    /// Whether two states are the same, as far as they can be.
    fn same(&self, left: &Stop, right: &Stop, starts: [u64; 2]) -> bool {
        let (left, right) = (&left.state, &right.state);
        if self.same_code {
            return left.cycles() == right.cycles()
                && GroupCommitment::of(left.clone()) == GroupCommitment::of(right.clone());
        }
        let since = |state: &GroupState, start| state.cycles().saturating_sub(start);
        let harts = |state: &GroupState| -> Vec<_> {
            let parts = |process: ProcessState<'_>| {
                (process.process, process.is_suspended, *process.registers, process.pc)
            };
            state.processes().map(parts).collect()
        };
        since(left, starts[0]) == since(right, starts[1]) && harts(left) == harts(right)
    }

    /// The first lines that differ, with the one before them. Those of versions of a script
    /// may come behind the stretch, but not behind the `last` cycle.
    fn first_steps(
        &self,
        stretch: &Stretch,
        starts: [u64; 2],
        last: u64,
        executions: &mut u32,
    ) -> Option<(Option<Line>, [Option<Line>; 2])> {
        let mut from = stretch.from.clone();
        let mut until = stretch.until;
        let mut before = None;
        let mut rest = [VecDeque::new(), VecDeque::new()];
        let mut over = [false, false];
        loop {
            for side in 0..2 {
                let until = until.saturating_sub(starts[0]).saturating_add(starts[side]);
                if !over[side] {
                    *executions += 1;
                    let (end, lines) = self.execute(side, from[side].as_ref(), Some(until), true);
                    over[side] = end.is_none();
                    from[side] = end;
                    rest[side].extend(lines);
                }
            }
            let [left, right] = &mut rest;
            loop {
                match (left.front(), right.front()) {
                    (Some(ours), Some(theirs)) if self.same_line(ours, theirs) => {
                        before = left.pop_front();
                        right.pop_front();
                    }
                    (Some(_), Some(_)) => break,
                    (ours, theirs) => {
                        // One has ended, or goes on in the next window.
                        if ours.is_none() && !over[0] || theirs.is_none() && !over[1] {
                            break;
                        }
                        let ended = ours.is_none() && theirs.is_none();
                        let sides = [left.pop_front(), right.pop_front()];
                        return (!ended).then_some((before, sides));
                    }
                }
            }
            if !left.is_empty() && !right.is_empty() {
                return Some((before, [left.pop_front(), right.pop_front()]));
            }
            if self.same_code || until > last {
                return None;
            }
            until = until.saturating_add(WINDOW);
        }
    }

    /// Whether two lines say the same. Versions of a script may use other cycles.
    fn same_line(&self, a: &Line, b: &Line) -> bool {
        let cycles = |line: &Line| match line {
            Line::Step(step) => step.cycles,
            Line::Event(event) => event.cycles,
        };
        if !self.same_code {
            let mut b = b.clone();
            match &mut b {
                Line::Step(step) => step.cycles = cycles(a),
                Line::Event(event) => event.cycles = cycles(a),
            }
            return *a == b;
        }
        a == b
    }

    /// The first block behind which engines are not in the same state, by its last step.
    fn first_block(
        &self,
        stretch: &Stretch,
        executions: &mut u32,
    ) -> Option<(Option<Line>, StateDifference)> {
        let from = stretch.from[0].as_ref().map_or(0, Stop::cycles);
        let mut differ = |until| match self.ends(&stretch.from, [0, 0], until, executions) {
            [Some(left), Some(right)] if self.same(&left, &right, [0, 0]) => None,
            [Some(left), Some(right)] => Some(Some([left.state, right.state])),
            [None, None] => None,
            [Some(_), None] | [None, Some(_)] => Some(None),
        };
        // Executions stop a thousand cycles behind their start, or later.
        let (mut low, mut high) = (from.saturating_add(STOP - 1), stretch.until);
        let mut found = differ(high)?;
        while high.saturating_sub(low) > 1 {
            let middle = low + (high - low) / 2;
            match differ(middle) {
                Some(states) => (high, found) = (middle, states),
                None => low = middle,
            }
        }
        let (_, lines) = self.execute(0, stretch.from[0].as_ref(), Some(high), true);
        let states = found.map(StateDifference::between).unwrap_or_default();
        Some((lines.last().cloned(), states))
    }

    /// Executes one side from a stop, or from its start. Returns where it stops then, unless it
    /// has ended, and what it has done, if it went `stepwise`.
    fn execute(
        &self,
        side: usize,
        from: Option<&Stop>,
        until: Option<u64>,
        stepwise: bool,
    ) -> (Option<Stop>, Vec<Line>) {
        let fault = self.sides[side].fault;
        let verifier = &self.verifiers[side];
        let recorder = RefCell::new(Recorder {
            fault,
            stepwise,
            striking: false,
            lines: Vec::new(),
            watcher: StepWatcher::new(from.map(|from| from.programs.clone()).unwrap_or_default()),
        });
        let group = &verifier.groups()[self.group];
        let limit = self.recorded(side).record.max_cycles;
        if Verifier::<Store>::is_built_in(group) {
            return (None, Vec::new());
        }
        let execution = match from {
            Some(from) => verifier.start_from(group, limit, &from.state, Some(&recorder)).ok(),
            None => verifier.start(group, limit, Some(&recorder)).ok(),
        };
        let state = execution.and_then(|mut execution| {
            let from = from.map_or(0, Stop::cycles);
            match (fault, until) {
                (_, None) => {}
                (Some(fault), Some(until)) if !stepwise => {
                    fault.run_until(&mut execution, from, until, |on| {
                        recorder.borrow_mut().striking = on;
                    });
                }
                (_, Some(until)) => {
                    execution.run_until(until);
                }
            }
            execution.state()
        });
        let Recorder { mut lines, mut watcher, .. } = recorder.into_inner();
        lines.extend(watcher.take_trapped().filter(|_| stepwise).map(Line::Step));
        (state.map(|state| Stop { state, programs: watcher.programs }), lines)
    }
}

/// Takes all lines down, and makes the fault happen.
struct Recorder {
    fault: Option<Fault>,
    stepwise: bool,
    striking: bool,
    lines: Vec<Line>,
    watcher: StepWatcher,
}

impl Observer for Recorder {
    fn event(&mut self, event: &verdict_syscalls::Event<'_>) {
        let event = Event::new(event);
        let trapped = self.watcher.event(&event);
        if self.stepwise {
            self.lines.extend(trapped.map(Line::Step));
            self.lines.push(Line::Event(event));
        }
    }

    fn watches_steps(&self) -> bool {
        self.stepwise || self.striking
    }

    fn before_step(&mut self, process: u64, at: &StepAt, hart: &Hart, _: &Memory) {
        if self.stepwise {
            self.watcher.before(process, at, hart);
        }
    }

    fn after_step(&mut self, _: u64, at: &StepAt, hart: &mut Hart, memory: &mut Memory) {
        if let Some(fault) = self.fault
            && !(self.stepwise && fault.is_compiled)
        {
            fault.strike(at, hart);
        }
        if self.stepwise {
            self.lines.extend(self.watcher.after(at, hart, memory).map(Line::Step));
        }
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Same => f.write_str("the runs are the same"),
            Self::OtherScripts => f.write_str("the runs are of transactions with other scripts"),
            Self::Part(parting) => write!(f, "the runs of {} part", parting.origin),
        }
    }
}
