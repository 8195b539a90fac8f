//! Recording: a run as it happens, into a bundle.
//!
//! One thread runs scripts, another one commits, compresses and writes: it takes what the
//! first hands over in its order, so that a bundle is the same byte by byte whichever of
//! them is faster. The queue between them is short, which bounds memory.

use std::{
    cell::RefCell,
    io::{self, Write},
    panic,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
};

use serde::Serialize;
use verdict_syscalls::{
    Engine, Event, Execution, GroupState, Observer, ProgramId, Store, Verifier,
};
use verdict_vm::{Hart, Memory, StepAt};

use crate::{
    checkpoint::{GroupCommitment, Programs},
    commitment::Digest,
    diff::Fault,
    format::{Kind, Writer, encode, encode_behind, too_large},
    records::{self, Group, Verdict, What},
    subject::Subject,
};

/// How to record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// How many cycles lie between checkpoints, at least [`Settings::MIN_EVERY`]. By default,
    /// their distance grows with the run: see [`Settings::FIRST`].
    pub every: Option<u64>,
    /// What executes instructions.
    pub engine: Engine,
    /// What the engine does wrong: for tests of what finds it.
    pub fault: Option<Fault>,
}

impl Settings {
    /// Where the first checkpoint of a group is, if their distance grows: each one is then
    /// twice as far as the one before, up to a distance of [`Settings::FURTHEST`].
    ///
    /// A checkpoint takes a millisecond if it has to hash a megabyte of memory, as that of a
    /// lock which has loaded its tables does; that is what an interpreter executes a million
    /// cycles in. With few checkpoints at a growing distance, recording takes less than twice
    /// as long as running as long as a second core writes, short runs have some, and the last
    /// of them is in the second half of the run, so that two threads are busy when it is
    /// replayed.
    pub const FIRST: u64 = 1 << 20;
    /// The greatest distance of checkpoints, if it grows: a few hundredths of a second of a
    /// run that was compiled, and some tenths of one that is interpreted.
    pub const FURTHEST: u64 = 128 << 20;
    /// The least distance of checkpoints: a run goes on by as much before it stops.
    pub const MIN_EVERY: u64 = 1000;

    /// How far the next checkpoint is from the one after so many cycles.
    fn distance(&self, cycles: u64) -> u64 {
        match self.every {
            Some(every) => every.max(Self::MIN_EVERY),
            None => cycles.clamp(Self::FIRST, Self::FURTHEST),
        }
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

/// How much is handed over before it is written.
const QUEUE: usize = 2;

/// What is handed over to be written.
enum Job {
    Chunk(Kind, Vec<u8>),
    Checkpoint(Box<Stopped>),
}

impl Job {
    fn record(kind: Kind, record: &impl Serialize) -> Self {
        Self::Chunk(kind, encode(record))
    }
}

/// A group that has stopped.
struct Stopped {
    group: usize,
    state: GroupState,
    /// What it was to run.
    until: u64,
    programs: Programs,
}

/// Nobody writes any more; why, the one who wrote knows.
struct Closed;

/// Verifies a transaction, all of its groups, and writes a bundle of the run to `out`.
///
/// # Errors
///
/// Returns the errors of writing. A group that fails is no error.
pub fn record(
    subject: &Subject,
    settings: &Settings,
    out: impl Write + Send,
) -> io::Result<Recorded> {
    let verifier = subject.verifier(settings.engine);
    thread::scope(|scope| {
        let (jobs, handed_over) = sync_channel(QUEUE);
        let writer = scope.spawn(|| write(subject, &verifier, handed_over, out));
        let groups = run(subject, settings, &verifier, jobs);
        let written = writer.join().unwrap_or_else(|panic| panic::resume_unwind(panic))?;
        let (digest, file_len, checkpoints) = written;
        let groups = groups.ok().expect("who writes stops only if that fails");
        Ok(Recorded { digest, file_len, checkpoints, groups })
    })
}

/// Writes the transaction, and then what is handed over. Returns digest and length of the
/// bundle, and the number of its checkpoints.
fn write(
    subject: &Subject,
    verifier: &Verifier<Store>,
    jobs: Receiver<Job>,
    out: impl Write,
) -> io::Result<(Digest, u64, u64)> {
    let mut out = Writer::new(out)?;
    let transaction = subject.record();
    if !transaction.can_be_read() {
        return Err(too_large());
    }
    for part in encode(&transaction).chunks(TRANSACTION_A_CHUNK) {
        out.chunk(Kind::Transaction, part)?;
    }
    let mut commitment = GroupCommitment::default();
    let mut checkpoints = 0;
    for job in jobs {
        match job {
            Job::Chunk(kind, bytes) => {
                if kind == Kind::Group {
                    commitment = GroupCommitment::default();
                }
                out.chunk(kind, &bytes)?;
            }
            Job::Checkpoint(stopped) => {
                let Stopped { group, state, until, programs } = *stopped;
                let group = &verifier.groups()[group];
                let pieces = |part: &ProgramId| verifier.program_file(group, part);
                let written = commitment.write(&mut out, state, until, &programs, &pieces)?;
                checkpoints += u64::from(written);
            }
        }
    }
    let (digest, file_len, _) = out.finish()?;
    Ok((digest, file_len, checkpoints))
}

/// Runs all groups, and returns how each ended, with its place.
fn run(
    subject: &Subject,
    settings: &Settings,
    verifier: &Verifier<Store>,
    jobs: SyncSender<Job>,
) -> Result<Vec<(String, Verdict)>, Closed> {
    let log = RefCell::new(Log {
        jobs,
        events: Vec::new(),
        programs: Programs::new(),
        is_closed: false,
        fault: settings.fault,
        striking: false,
    });
    let mut verdicts = Vec::new();
    let mut total: u64 = 0;
    for (number, group) in verifier.groups().iter().enumerate() {
        // A group that fails leaves its limit to the next one.
        let limit = subject.max_cycles().saturating_sub(total);
        log.borrow_mut().hand_over(Job::record(Kind::Group, &Group::new(group, limit)))?;
        let verdict = if Verifier::<Store>::is_built_in(group) {
            Verdict::of_report(&verifier.run(group, limit))
        } else {
            match verifier.start(group, limit, Some(&log)) {
                Ok(execution) => run_group(execution, number, &log, settings)?,
                Err(error) => Verdict::new(0, &Err(error)),
            }
        };
        let log = &mut *log.borrow_mut();
        log.flush()?;
        log.hand_over(Job::record(Kind::Verdict, &verdict))?;
        if verdict.rejection.is_none() {
            total = total.saturating_add(verdict.cycles);
        }
        verdicts.push((group.origin().to_string(), verdict));
    }
    Ok(verdicts)
}

/// Runs a group to its end, with checkpoints on the way.
fn run_group(
    mut execution: Execution<'_, Store>,
    group: usize,
    log: &RefCell<Log>,
    settings: &Settings,
) -> Result<Verdict, Closed> {
    let (mut from, mut until) = (0, settings.distance(0));
    loop {
        if let Some(fault) = settings.fault {
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
        log.flush()?;
        from = until;
        if let Some(state) = execution.state() {
            from = state.cycles();
            let programs = log.programs.clone();
            let stopped = Stopped { group, state, until, programs };
            log.hand_over(Job::Checkpoint(Box::new(stopped)))?;
        }
        until = from.saturating_add(settings.distance(from));
    }
}

/// Takes events down.
struct Log {
    jobs: SyncSender<Job>,
    events: Vec<u8>,
    programs: Programs,
    is_closed: bool,
    fault: Option<Fault>,
    /// Whether the fault is near.
    striking: bool,
}

impl Log {
    fn hand_over(&mut self, job: Job) -> Result<(), Closed> {
        self.jobs.send(job).map_err(|_| Closed)
    }

    /// Hands the events over that were taken down.
    fn flush(&mut self) -> Result<(), Closed> {
        if self.is_closed {
            return Err(Closed);
        }
        let events = std::mem::take(&mut self.events);
        if events.is_empty() { Ok(()) } else { self.hand_over(Job::Chunk(Kind::Events, events)) }
    }
}

impl Observer for Log {
    fn event(&mut self, event: &Event<'_>) {
        let event = records::Event::new(event);
        note_program(&mut self.programs, &event);
        self.events = encode_behind(std::mem::take(&mut self.events), &event);
        if self.events.len() >= EVENTS_A_CHUNK {
            self.is_closed = self.flush().is_err();
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
pub(crate) fn note_program(programs: &mut Programs, event: &records::Event) {
    if let What::Ended(_) = event.kind {
        programs.remove(&event.process);
    } else if let Some(program) = event.program() {
        programs.insert(event.process, program);
    }
}
