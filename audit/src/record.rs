//! Recording: a run as it happens, into a bundle.

use std::{
    cell::RefCell,
    io::{self, Write},
};

use verdict_syscalls::{Engine, Event, EventKind, Observer, Verifier};
use verdict_vm::{Hart, Memory, StepAt};

use crate::{
    checkpoint::{GroupCommitment, Programs},
    commitment::Digest,
    diff::Fault,
    format::{Kind, Writer, encode},
    records::{self, Group, Verdict},
    subject::{Store, Subject},
};

/// How to record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How many cycles lie between checkpoints, at least [`Settings::MIN_EVERY`].
    pub every: u64,
    /// What executes instructions.
    pub engine: Engine,
    /// What the engine does wrong: for tests of what finds it.
    pub fault: Option<Fault>,
}

impl Settings {
    /// The default distance of checkpoints: a few hundredths of a second of a run that was
    /// compiled, and some tenths of one that is interpreted. A checkpoint takes hundredths
    /// of a second if the guest writes to much of its memory.
    pub const EVERY: u64 = 128 << 20;
    /// The least distance of checkpoints: a run goes on by as much before it stops.
    pub const MIN_EVERY: u64 = 1000;
}

impl Default for Settings {
    fn default() -> Self {
        Self { every: Self::EVERY, engine: Engine::Auto, fault: None }
    }
}

/// What was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The digest of the bundle.
    pub digest: Digest,
    /// Its length in bytes.
    pub file_len: u64,
    /// How many checkpoints it has.
    pub checkpoints: u64,
    /// How each group ended, with its place.
    pub groups: Vec<(String, Verdict)>,
}

impl Recorded {
    /// Whether all groups accept.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        self.groups.iter().all(|(_, verdict)| verdict.rejection.is_none())
    }

    /// The cycles of all groups.
    #[must_use]
    pub fn cycles(&self) -> u64 {
        self.groups.iter().fold(0, |sum, (_, verdict)| sum.saturating_add(verdict.cycles))
    }
}

/// How many bytes of events go into one chunk.
const EVENTS_A_CHUNK: usize = 1 << 20;
/// How many bytes of the transaction go into one chunk.
const TRANSACTION_A_CHUNK: usize = 16 << 20;

/// Verifies a transaction, all of its groups, and writes a bundle of the run to `out`.
///
/// # Errors
///
/// Returns the errors of writing. A group that fails is no error.
pub fn record(subject: &Subject, settings: &Settings, out: impl Write) -> io::Result<Recorded> {
    let every = settings.every.max(Settings::MIN_EVERY);
    let mut out = Writer::new(out)?;
    for part in encode(&subject.record(every)).chunks(TRANSACTION_A_CHUNK) {
        out.chunk(Kind::Transaction, part)?;
    }
    let verifier = subject.verifier(settings.engine);
    let log = RefCell::new(Log {
        out,
        events: Vec::new(),
        programs: Programs::new(),
        checkpoints: 0,
        failed: None,
        fault: settings.fault,
        striking: false,
    });
    let mut groups = Vec::new();
    let mut total: u64 = 0;
    for group in verifier.groups() {
        // A group that fails leaves its limit to the next one.
        let limit = subject.max_cycles().saturating_sub(total);
        log.borrow_mut().out.record(Kind::Group, &Group::new(group, limit))?;
        let verdict = if Verifier::<Store>::is_built_in(group) {
            Verdict::of_report(&verifier.run(group, limit))
        } else {
            match verifier.start(group, limit, Some(&log)) {
                Ok(execution) => run(execution, &log, every)?,
                Err(error) => Verdict::new(0, &Err(error)),
            }
        };
        let log = &mut *log.borrow_mut();
        log.flush()?;
        log.out.record(Kind::Verdict, &verdict)?;
        if verdict.rejection.is_none() {
            total = total.saturating_add(verdict.cycles);
        }
        groups.push((group.origin().to_string(), verdict));
    }
    let log = log.into_inner();
    let (digest, file_len, _) = log.out.finish()?;
    Ok(Recorded { digest, file_len, checkpoints: log.checkpoints, groups })
}

/// Runs a group to its end, with checkpoints on the way.
fn run<W: Write>(
    mut execution: verdict_syscalls::Execution<'_, Store>,
    log: &RefCell<Log<W>>,
    every: u64,
) -> io::Result<Verdict> {
    let mut commitment = GroupCommitment::default();
    let fault = log.borrow().fault;
    let (mut from, mut until) = (0, every);
    loop {
        if let Some(fault) = fault {
            let strike = |on| log.borrow_mut().striking = on;
            fault.run_until(&mut execution, from, until, strike);
        } else {
            execution.run_until(until);
        }
        if let Some(result) = execution.result() {
            let result = result.clone();
            return Ok(Verdict::new(execution.cycles(), &result));
        }
        let log = &mut *log.borrow_mut();
        log.check()?;
        until = match execution.state() {
            Some(state) => {
                let cycles = state.cycles();
                log.flush()?;
                commitment.write(&mut log.out, state, until, &log.programs)?;
                log.checkpoints += 1;
                cycles
            }
            None => until,
        };
        from = until;
        until = until.saturating_add(every);
    }
}

/// Takes events down.
struct Log<W> {
    out: Writer<W>,
    events: Vec<u8>,
    programs: Programs,
    checkpoints: u64,
    failed: Option<io::Error>,
    fault: Option<Fault>,
    /// Whether the fault is near.
    striking: bool,
}

impl<W: Write> Log<W> {
    /// Writes the events that were taken down.
    fn flush(&mut self) -> io::Result<()> {
        self.check()?;
        if !self.events.is_empty() {
            self.out.chunk(Kind::Events, &self.events)?;
            self.events.clear();
        }
        Ok(())
    }

    /// Returns the error that came up while nobody could be told.
    fn check(&mut self) -> io::Result<()> {
        self.failed.take().map_or(Ok(()), Err)
    }
}

impl<W: Write> Observer for Log<W> {
    fn event(&mut self, event: &Event<'_>) {
        note_program(&mut self.programs, event);
        self.events.extend(encode(&records::Event::new(event)));
        if self.events.len() >= EVENTS_A_CHUNK {
            self.failed = self.flush().err();
        }
    }

    fn watches_steps(&self) -> bool {
        self.striking
    }

    fn after_step(&mut self, _: u64, at: &StepAt, hart: &mut Hart, _: &mut Memory) {
        if let Some(fault) = self.fault {
            fault.strike(at, hart);
        }
    }
}

/// Keeps track of which process runs which program.
pub(crate) fn note_program(programs: &mut Programs, event: &Event<'_>) {
    match event.kind {
        EventKind::Started(program) | EventKind::Replaced(program) => {
            programs.insert(event.process, program.into());
        }
        EventKind::Ended(_) => {
            programs.remove(&event.process);
        }
        EventKind::Call(_) | EventKind::Returned(_) | EventKind::Suspended | EventKind::Resumed => {
        }
    }
}
