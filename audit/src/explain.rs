//! Explaining: where a script was, and what it had asked for, when it refused.

use std::{
    cell::RefCell,
    collections::{BTreeMap, VecDeque},
};

use ckb_types::{bytes::Bytes, prelude::Entity as _};
use verdict_syscalls::{Engine, Observer, ScriptGroup, SharedObserver, Store, Verifier};
use verdict_vm::{Hart, Memory, StepAt};

use crate::{
    checkpoint::Programs,
    record::note_program,
    records::{Event, Program, Verdict, What},
    subject::Subject,
    symbols::{Location, SymbolFiles, Symbols},
    trace::{STOP, Step, StepWatcher},
};

/// How many of the last events are told.
const LAST_EVENTS: usize = 8;

/// Why a group is rejected.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The place that has the script: `Inputs[0].Lock`.
    pub origin: String,
    /// What the script names its program by.
    pub code_hash: [u8; 32],
    /// How it ended.
    pub verdict: Verdict,
    /// The process that ran last, with its program, if it came to that.
    pub process: Option<(u64, Program)>,
    /// The calls that led to where it was, the innermost first.
    pub backtrace: Vec<Location>,
    /// Its last step.
    pub step: Option<Step>,
    /// The last syscalls and what became of processes.
    pub events: Vec<Event>,
}

/// Explains each group of a transaction that is rejected. The names of code that the chain
/// has without are in `files`.
#[must_use]
pub fn explain(subject: &Subject, files: &SymbolFiles) -> Vec<Explanation> {
    let verifier = subject.verifier(Engine::Auto);
    let mut total: u64 = 0;
    let mut explanations = Vec::new();
    for group in verifier.groups() {
        let limit = subject.max_cycles().saturating_sub(total);
        let verdict = Verdict::of_report(&verifier.run(group, limit));
        if verdict.rejection.is_none() {
            total = total.saturating_add(verdict.cycles);
        } else {
            explanations.push(explain_group(&verifier, group, limit, verdict, files));
        }
    }
    explanations
}

fn explain_group(
    verifier: &Verifier<Store>,
    group: &ScriptGroup,
    limit: u64,
    verdict: Verdict,
    files: &SymbolFiles,
) -> Explanation {
    // Once to see where it ends, and once more to look at that closely.
    let witness = RefCell::new(Witness::new(u64::MAX));
    run(verifier, group, limit, u64::MAX, &witness);
    let end = witness.into_inner().cycles.max(verdict.cycles).min(limit);
    let witness = RefCell::new(Witness::new(end));
    run(verifier, group, limit, end, &witness);
    let Witness { events, last, programs, mut watcher, step, .. } = witness.into_inner();
    let process = last.as_ref().and_then(|last| {
        let program = programs.get(&last.process);
        program.map(|program| (last.process, *program))
    });
    let file = process.and_then(|(_, program)| {
        let id = program.id()?;
        verifier.program_file(group, &id)
    });
    let file: Bytes = files.instead_of(file.unwrap_or_default());
    let backtrace =
        last.map(|last| Symbols::read(&file).backtrace(last.pc, &last.registers, &last.memory));
    Explanation {
        origin: group.origin().to_string(),
        code_hash: crate::records::digest(group.script().code_hash().as_slice()),
        verdict,
        process,
        backtrace: backtrace.unwrap_or_default(),
        step: watcher.take_trapped().or(step).map(|step| *step),
        events: events.into(),
    }
}

/// Runs a group to its end, from shortly before `end` step by step.
fn run<'a>(
    verifier: &'a Verifier<Store>,
    group: &'a ScriptGroup,
    limit: u64,
    end: u64,
    witness: &'a RefCell<Witness>,
) {
    if Verifier::<Store>::is_built_in(group) {
        return;
    }
    let observer: SharedObserver<'a> = witness;
    let Ok(mut execution) = verifier.start(group, limit, Some(observer)) else { return };
    if end < u64::MAX {
        if end > 4 * STOP {
            execution.run_until(end - 2 * STOP);
        }
        witness.borrow_mut().watches = true;
    }
    execution.run_until(u64::MAX);
}

/// Where a process was.
struct Last {
    process: u64,
    pc: u64,
    registers: [u64; 32],
    memory: Vec<u8>,
}

/// Remembers the end.
struct Witness {
    /// When to look closely.
    end: u64,
    watches: bool,
    cycles: u64,
    events: VecDeque<Event>,
    programs: Programs,
    last: Option<Last>,
    watcher: StepWatcher,
    step: Option<Box<Step>>,
}

impl Witness {
    fn new(end: u64) -> Self {
        Self {
            end,
            watches: false,
            cycles: 0,
            events: VecDeque::new(),
            programs: BTreeMap::new(),
            last: None,
            watcher: StepWatcher::default(),
            step: None,
        }
    }
}

impl Observer for Witness {
    fn event(&mut self, event: &verdict_syscalls::Event<'_>) {
        let event = Event::new(event);
        // The program of a process that has ended is still of interest.
        if !matches!(event.kind, What::Ended(_)) {
            note_program(&mut self.programs, &event);
        }
        self.cycles = event.cycles;
        if self.events.len() == LAST_EVENTS {
            self.events.pop_front();
        }
        self.events.push_back(event);
    }

    fn watches_steps(&self) -> bool {
        self.watches
    }

    fn before_step(&mut self, process: u64, at: &StepAt, hart: &Hart, memory: &Memory) {
        self.watcher.before(process, at, hart);
        // Of the last blocks only: this takes long.
        if at.cycles.saturating_add(STOP / 2) >= self.end {
            let memory = memory.as_bytes().to_vec();
            self.last = Some(Last { process, pc: at.pc, registers: *hart.registers(), memory });
        }
    }

    fn after_step(&mut self, _: u64, at: &StepAt, hart: &mut Hart, memory: &mut Memory) {
        self.step = self.watcher.after(at, hart, memory).or(self.step.take());
    }
}
