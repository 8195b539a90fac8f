//! Finding the first step that two runs do not share.
//!
//! Two runs that agree at one point and do not at a later one part in between. So their
//! checkpoints are bisected, then what lies between two of them, by executing it again on
//! both sides and comparing commitments; the last stretch is compared step by step.

use std::{cell::RefCell, fmt};

use thiserror::Error;
use verdict_syscalls::{Engine, Execution, GroupState, Observer, ProgramId, Verifier};
use verdict_vm::{Hart, Memory, Reg, StepAt};

use crate::{
    checkpoint::{self, GroupCommitment},
    commitment::Digest,
    format::{FormatError, Kind},
    records::{Checkpoint, Event, Verdict},
    replay::Run,
    subject::Store,
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
    /// What the first does, and what the second does; one may have ended.
    pub sides: [Option<Line>; 2],
    /// How both groups ended, as they were recorded.
    pub verdicts: [Verdict; 2],
    /// How many times a stretch was executed to find it.
    pub executions: u32,
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
/// # Errors
///
/// Returns why they cannot be compared.
pub fn diff(a: Side<'_>, b: Side<'_>) -> Result<Comparison, DiffError> {
    let groups = a.run.groups.iter().zip(&b.run.groups);
    let scripts = |run: &Run| -> Vec<(String, Digest)> {
        let groups = run.groups.iter();
        groups.map(|group| (group.record.origin.clone(), group.record.script_hash)).collect()
    };
    if scripts(a.run) != scripts(b.run) {
        return Ok(Comparison::OtherScripts);
    }
    for (number, (ours, theirs)) in groups.enumerate() {
        let mut failed = None;
        let common = ours.checkpoints.len().min(theirs.checkpoints.len());
        let numbers: Vec<usize> = (0..common).collect();
        let same = numbers.partition_point(|&at| {
            let read = |side: Side<'_>, chunk| -> Result<Checkpoint, FormatError> {
                side.run.bundle.record(chunk, Kind::Checkpoint)
            };
            let pair = read(a, ours.checkpoints[at])
                .and_then(|left| Ok((left, read(b, theirs.checkpoints[at])?)));
            match pair {
                Ok((left, right)) => {
                    (left.until, left.cycles, left.root) == (right.until, right.cycles, right.root)
                }
                Err(error) => {
                    failed = Some(error);
                    false
                }
            }
        });
        if let Some(error) = failed {
            return Err(error.into());
        }
        let whole = same == common && ours.checkpoints.len() == theirs.checkpoints.len();
        if whole && ours.verdict.agrees(&theirs.verdict) {
            continue;
        }
        let verdicts = [ours.verdict.clone(), theirs.verdict.clone()];
        let end = verdicts.iter().map(|verdict| verdict.cycles).max().unwrap_or_default();
        let mut until = end.saturating_add(2 * STOP);
        let mut state = None;
        if let Some(at) = same.checked_sub(1) {
            let verifier = a.run.subject.verifier(Engine::Interpreter);
            let group = &verifier.groups()[number];
            let pieces = |part: &ProgramId| verifier.program_file(group, part);
            state = Some(checkpoint::load(&a.run.bundle, ours.checkpoints[at], &pieces)?.state);
        }
        for (side, chunks) in [(a, &ours.checkpoints), (b, &theirs.checkpoints)] {
            if let Some(&chunk) = chunks.get(same) {
                let next: Checkpoint = side.run.bundle.record(chunk, Kind::Checkpoint)?;
                until = until.min(next.until.saturating_add(2 * STOP));
            }
        }
        let origin = ours.record.origin.clone();
        let pair = Pair { sides: [a, b], group: number, executions: 0 };
        let parting = pair.part(state, until, origin.clone(), verdicts);
        return parting.map(Box::new).map(Comparison::Part).ok_or(DiffError::NotReproduced(origin));
    }
    Ok(Comparison::Same)
}

/// The two sides of a group.
struct Pair<'a> {
    sides: [Side<'a>; 2],
    group: usize,
    executions: u32,
}

/// Where a stretch ends on one side.
enum End {
    State(Box<GroupState>, Digest),
    Over,
}

impl Pair<'_> {
    /// Where the sides part, between a state that they share and `until`.
    fn part(
        mut self,
        mut low: Option<GroupState>,
        mut until: u64,
        origin: String,
        verdicts: [Verdict; 2],
    ) -> Option<Parting> {
        loop {
            let from = low.as_ref().map_or(0, GroupState::cycles);
            if until.saturating_sub(from) <= 8 * STOP {
                break;
            }
            let middle = from + (until - from) / 2;
            let [left, right] = self.sides.map(|side| self.stretch(side, low.as_ref(), middle));
            match (left, right) {
                (End::State(state, left), End::State(_, right)) if left == right => {
                    if state.cycles() <= from {
                        break;
                    }
                    low = Some(*state);
                }
                _ => until = middle.saturating_add(2 * STOP),
            }
        }
        let [left, right] = self.sides.map(|side| self.steps(side, low.as_ref(), until));
        let shared = left.iter().zip(&right).take_while(|(left, right)| same(left, right)).count();
        let sides = [left.get(shared), right.get(shared)].map(Option::<&Line>::cloned);
        let before = shared.checked_sub(1).map(|last| left[last].clone());
        let parts = sides.iter().any(Option::is_some);
        let Self { group, executions, .. } = self;
        parts.then_some(Parting { origin, group, before, sides, verdicts, executions })
    }

    /// Executes one side from a state.
    fn execute<R>(
        &mut self,
        side: Side<'_>,
        state: Option<&GroupState>,
        until: u64,
        stepwise: bool,
        then: impl FnOnce(Execution<'_, Store>) -> R,
    ) -> (Option<R>, Vec<Line>) {
        self.executions += 1;
        let verifier = side.run.subject.verifier(side.engine);
        let recorder = RefCell::new(Recorder {
            fault: side.fault,
            stepwise,
            striking: false,
            lines: Vec::new(),
            watcher: StepWatcher::default(),
        });
        let group = &verifier.groups()[self.group];
        let limit = side.run.groups[self.group].record.max_cycles;
        if Verifier::<Store>::is_built_in(group) {
            return (None, Vec::new());
        }
        let execution = match state {
            Some(state) => verifier.start_from(group, limit, state, Some(&recorder)).ok(),
            None => verifier.start(group, limit, Some(&recorder)).ok(),
        };
        let result = execution.map(|mut execution| {
            let from = state.map_or(0, GroupState::cycles);
            match side.fault {
                Some(fault) if !stepwise => {
                    fault.run_until(&mut execution, from, until, |on| {
                        recorder.borrow_mut().striking = on;
                    });
                }
                _ => {
                    execution.run_until(until);
                }
            }
            then(execution)
        });
        let mut recorder = recorder.into_inner();
        let trapped = recorder.watcher.take_trapped();
        recorder.lines.extend(trapped.filter(|_| stepwise).map(Line::Step));
        (result, recorder.lines)
    }

    fn stretch(&mut self, side: Side<'_>, state: Option<&GroupState>, until: u64) -> End {
        let (state, _) = self.execute(side, state, until, false, |execution| execution.state());
        match state.flatten() {
            Some(state) => {
                let root = GroupCommitment::of(state.clone());
                End::State(Box::new(state), root)
            }
            None => End::Over,
        }
    }

    fn steps(&mut self, side: Side<'_>, state: Option<&GroupState>, until: u64) -> Vec<Line> {
        self.execute(side, state, until, true, |_| ()).1
    }
}

/// Whether two lines say the same.
fn same(a: &Line, b: &Line) -> bool {
    match (a, b) {
        (Line::Step(a), Line::Step(b)) => a == b,
        (Line::Event(a), Line::Event(b)) => a == b,
        (Line::Step(_), Line::Event(_)) | (Line::Event(_), Line::Step(_)) => false,
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
        if self.stepwise {
            self.lines.extend(self.watcher.take_trapped().map(Line::Step));
            self.lines.push(Line::Event(Event::new(event)));
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
        if let Some(fault) = self.fault {
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
