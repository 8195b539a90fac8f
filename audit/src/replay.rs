//! Replaying: does a bundle say what happens?
//!
//! Each segment of a run, from one checkpoint to the next, is executed again on its own:
//! several at a time. It must make the syscalls that were recorded, with their results, and
//! come to the state of the checkpoint at its end, whose commitment is compared; or end as
//! it is said to end.

use std::{
    cell::RefCell,
    collections::BTreeSet,
    fmt,
    ops::Range,
    sync::{
        OnceLock,
        atomic::{AtomicU64, Ordering},
    },
};

use rayon::prelude::*;
use thiserror::Error;
use verdict_syscalls::{Engine, Execution, Observer, ProgramId, ScriptGroup, Store, Verifier};

use crate::{
    checkpoint::{self, GroupCommitment, Loaded, Programs},
    format::{Bundle, FormatError, Kind, Place},
    record::note_program,
    records::{Checkpoint, Event, Group, Transaction, Verdict, hex},
    subject::Subject,
};

/// The most bytes of a transaction with its cells.
const MAX_TRANSACTION: usize = 1 << 30;

/// A recorded run: a bundle with the transaction that is in it.
pub struct Run {
    pub(crate) bundle: Bundle,
    pub(crate) subject: Subject,
    pub(crate) groups: Vec<RecordedGroup>,
    recorder: String,
}

/// Where a group is in a bundle.
#[derive(Debug)]
pub(crate) struct RecordedGroup {
    pub(crate) record: Group,
    pub(crate) verdict: Verdict,
    /// Checkpoints, by chunk.
    pub(crate) checkpoints: Vec<usize>,
    /// From the one behind the start of the group to the one with its verdict.
    chunks: Range<usize>,
}

impl RecordedGroup {
    /// The chunks of segment number `segment`, the last of which is its end.
    pub(crate) fn segment(&self, segment: usize) -> Range<usize> {
        let start = segment.checked_sub(1).map_or(self.chunks.start, |at| self.checkpoints[at] + 1);
        let end = self.checkpoints.get(segment).map_or(self.chunks.end, |at| at + 1);
        start..end
    }

    /// More cycles than it needs to end as it was recorded: what is charged for beside
    /// blocks may be more than the last of them leaves.
    pub(crate) const fn last(&self) -> u64 {
        self.verdict.cycles.saturating_add(1 << 22)
    }

    /// All of its chunks.
    pub(crate) fn all(&self) -> Range<usize> {
        self.chunks.clone()
    }

    /// The checkpoint that segment number `segment` starts from, unless it is the start.
    pub(crate) fn start(&self, segment: usize) -> Option<usize> {
        segment.checked_sub(1).map(|at| self.checkpoints[at])
    }
}

impl Run {
    /// Reads what a bundle says but for events and checkpoints, which are read when they
    /// are needed.
    ///
    /// # Errors
    ///
    /// Returns a [`FormatError`] that names the place.
    pub fn read(bundle: Bundle) -> Result<Self, FormatError> {
        let kinds: Vec<_> = bundle.kinds().collect();
        let parts = kinds.iter().take_while(|&&kind| kind == Kind::Transaction).count();
        let mut bytes = Vec::new();
        for part in 0..parts {
            bytes.extend(bundle.chunk(part, Kind::Transaction)?);
            if bytes.len() > MAX_TRANSACTION {
                let place = bundle.place(part);
                return Err(FormatError::Malformed(place, "the transaction is too large"));
            }
        }
        let malformed = |what| FormatError::Malformed(bundle.place(0), what);
        let record = match postcard::take_from_bytes::<Transaction>(&bytes) {
            Ok((record, [])) => record,
            Ok(_) | Err(_) => return Err(malformed("no transaction")),
        };
        drop(bytes);
        let subject = Subject::read(&record).map_err(malformed)?;
        let groups = groups(&bundle, &kinds, parts)?;
        let run = Self { bundle, subject, groups, recorder: record.recorder };
        run.check_groups()?;
        Ok(run)
    }

    /// Checks that the groups are those of the transaction, under the limits that it leaves
    /// them.
    fn check_groups(&self) -> Result<(), FormatError> {
        let malformed = |what| Err(FormatError::Malformed(Place::Index, what));
        let verifier = self.subject.verifier(Engine::Interpreter);
        if verifier.groups().len() != self.groups.len() {
            return malformed("there are more or fewer groups than scripts");
        }
        let mut total: u64 = 0;
        for (group, recorded) in verifier.groups().iter().zip(&self.groups) {
            let limit = self.subject.max_cycles().saturating_sub(total);
            if Group::new(group, limit) != recorded.record {
                return malformed("a group is not that of the transaction");
            }
            if recorded.verdict.rejection.is_none() {
                total = total.saturating_add(recorded.verdict.cycles);
            }
        }
        Ok(())
    }

    /// The bundle.
    #[must_use]
    pub const fn bundle(&self) -> &Bundle {
        &self.bundle
    }

    /// The transaction.
    #[must_use]
    pub const fn subject(&self) -> &Subject {
        &self.subject
    }

    /// What recorded it.
    #[must_use]
    pub fn recorder(&self) -> &str {
        &self.recorder
    }

    /// How many checkpoints there are.
    #[must_use]
    pub fn checkpoints(&self) -> usize {
        self.groups.iter().map(|group| group.checkpoints.len()).sum()
    }

    /// How each group ended, with its place.
    pub fn verdicts(&self) -> impl Iterator<Item = (&str, &Verdict)> {
        self.groups.iter().map(|group| (&*group.record.origin, &group.verdict))
    }

    /// Executes the run again, and compares all that was recorded.
    ///
    /// # Errors
    ///
    /// Returns the first difference, or what is wrong with the bundle.
    pub fn replay(&self, engine: Engine) -> Result<Replayed, ReplayError> {
        let verifier = self.subject.verifier(engine);
        let segments: Vec<_> = (0..self.groups.len())
            .flat_map(|group| {
                (0..=self.groups[group].checkpoints.len()).map(move |segment| (group, segment))
            })
            .collect();
        let events = AtomicU64::new(0);
        let ends: Vec<OnceLock<Verdict>> = self.groups.iter().map(|_| OnceLock::new()).collect();
        // What is behind the first difference, a bundle can make as long as it likes.
        let error = segments.par_iter().find_map_first(|&(group, segment)| {
            match (Segment { run: self, verifier: &verifier, group, segment }).replay() {
                Ok(Done { count, verdict }) => {
                    events.fetch_add(count, Ordering::Relaxed);
                    verdict.map(|verdict| ends[group].set(verdict));
                    None
                }
                Err(error) => Some(error),
            }
        });
        if let Some(error) = error {
            return Err(error);
        }
        let verdicts = ends.into_iter().filter_map(OnceLock::into_inner).collect();
        Ok(Replayed { segments: segments.len() as u64, events: events.into_inner(), verdicts })
    }
}

/// Puts the chunks of a bundle behind its transaction into groups.
fn groups(
    bundle: &Bundle,
    kinds: &[Kind],
    first: usize,
) -> Result<Vec<RecordedGroup>, FormatError> {
    let mut groups = Vec::new();
    let mut at = first;
    while at < kinds.len() {
        let record = bundle.record(at, Kind::Group)?;
        let chunks = at + 1..kinds.len();
        let end = chunks.clone().find(|&at| kinds[at] == Kind::Verdict);
        let end = end.ok_or(FormatError::Malformed(bundle.place(at), "it does not end"))?;
        let verdict = bundle.record(end, Kind::Verdict)?;
        let inside = at + 1..end;
        if let Some(odd) = inside
            .clone()
            .find(|&at| !matches!(kinds[at], Kind::Events | Kind::Pages | Kind::Checkpoint))
        {
            return Err(FormatError::Malformed(bundle.place(odd), "it is inside of a group"));
        }
        let checkpoints = inside.filter(|&at| kinds[at] == Kind::Checkpoint).collect();
        groups.push(RecordedGroup { record, verdict, checkpoints, chunks: at + 1..end + 1 });
        at = end + 1;
    }
    Ok(groups)
}

/// What was replayed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// How many segments.
    pub segments: u64,
    /// How many events.
    pub events: u64,
    /// How each group ended: what was recorded, but in words that are not from the bundle.
    pub verdicts: Vec<Verdict>,
}

/// Why a replay does not say yes.
#[derive(Debug, Error)]
pub enum ReplayError {
    /// The bundle cannot be read.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// Something else happens.
    #[error(transparent)]
    Difference(#[from] Box<Difference>),
}

/// The first thing that happens otherwise than it was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct Difference {
    /// The place that has the script of the group.
    pub origin: String,
    /// The number of the segment in the group, from 0.
    pub segment: usize,
    /// The number of the event in the segment, from 0; or how many there were.
    pub event: u64,
    /// What was recorded.
    pub recorded: String,
    /// What happens.
    pub happens: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { origin, segment, event, recorded, happens } = self;
        write!(
            f,
            "{origin}: segment {segment}, event {event}: recorded: {recorded}; happens: {happens}"
        )
    }
}

/// A segment that was replayed.
struct Done {
    /// How many events it has.
    count: u64,
    /// How the group ended, if it is the last one.
    verdict: Option<Verdict>,
}

/// A part of a run, to be executed again.
struct Segment<'a> {
    run: &'a Run,
    verifier: &'a Verifier<Store>,
    group: usize,
    segment: usize,
}

impl<'a> Segment<'a> {
    fn recorded(&self) -> &'a RecordedGroup {
        &self.run.groups[self.group]
    }

    fn script_group(&self) -> &'a ScriptGroup {
        &self.verifier.groups()[self.group]
    }

    /// Replays it.
    fn replay(&self) -> Result<Done, ReplayError> {
        let group = self.script_group();
        let limit = self.recorded().record.max_cycles;
        if Verifier::<Store>::is_built_in(group) {
            let mut nothing = Comparer::new(self.run, self.recorded().all());
            nothing.finish(self)?;
            if let Some(&chunk) = self.recorded().checkpoints.first() {
                let place = self.run.bundle.place(chunk);
                return Err(FormatError::Malformed(place, "the script runs on no machine").into());
            }
            let verdict = Verdict::of_report(&self.verifier.run(group, limit));
            return self.compare_verdict(0, verdict);
        }
        let start = self.recorded().start(self.segment);
        let comparer = RefCell::new(Comparer::new(self.run, self.recorded().segment(self.segment)));
        let Some(start) = start else {
            let error = match self.verifier.start(group, limit, Some(&comparer)) {
                Ok(mut execution) => return self.run_to_end(&mut execution, &comparer),
                Err(error) => error,
            };
            let verdict = Verdict::new(0, &Err(error));
            if let Some(end) = self.end()? {
                return Err(self.difference(0, stop(&end), verdict.to_string()).into());
            }
            let count = comparer.borrow_mut().finish(self)?;
            return self.compare_verdict(count, verdict);
        };
        let pieces = |part: &ProgramId| self.verifier.program_file(group, part);
        let loaded = checkpoint::load(&self.run.bundle, start, &pieces)?;
        let root = loaded.root();
        let Loaded { record, state } = loaded;
        comparer.borrow_mut().programs = record.programs.into_iter().collect();
        if root != record.root {
            let (recorded, happens) = (hex(&record.root), hex(&root));
            return Err(self.difference(0, format!("commitment {recorded}"), happens).into());
        }
        let execution = self.verifier.start_from(group, limit, &state, Some(&comparer));
        drop(state);
        let mut execution = execution.map_err(|_| {
            let what = "no group comes to this state";
            FormatError::Malformed(self.run.bundle.place(start), what)
        })?;
        let end = self.run_to_end(&mut execution, &comparer);
        // Even if that is what was recorded: it need not be what happens.
        if execution.may_have_forgotten() {
            return self.replay_whole_group();
        }
        end
    }

    /// Replays it together with the segments of its group before it, whose events do not
    /// count.
    fn replay_whole_group(&self) -> Result<Done, ReplayError> {
        let chunks = self.recorded().segment(0).start..self.recorded().segment(self.segment).end;
        let comparer = RefCell::new(Comparer::new(self.run, chunks));
        let limit = self.recorded().record.max_cycles;
        let execution = self.verifier.start(self.script_group(), limit, Some(&comparer));
        let mut execution = execution.map_err(|error| {
            let started = "the group starts".to_owned();
            ReplayError::from(self.difference(0, started, error.to_string()))
        })?;
        for &stop in &self.recorded().checkpoints[..self.segment] {
            let until = self.checkpoint_at(stop)?.until;
            execution.run_until(until.min(self.recorded().last()));
        }
        let before = comparer.borrow().count;
        let Done { count, verdict } = self.run_to_end(&mut execution, &comparer)?;
        Ok(Done { count: count - before, verdict })
    }

    fn checkpoint_at(&self, chunk: usize) -> Result<Checkpoint, FormatError> {
        self.run.bundle.record(chunk, Kind::Checkpoint)
    }

    /// The checkpoint at its end, unless that is the end of the group.
    fn end(&self) -> Result<Option<Checkpoint>, FormatError> {
        let end = self.recorded().checkpoints.get(self.segment);
        end.map(|&chunk| self.checkpoint_at(chunk)).transpose()
    }

    /// Runs to the end of the segment and compares what comes out.
    fn run_to_end(
        &self,
        execution: &mut Execution<'_, Store>,
        comparer: &RefCell<Comparer<'_>>,
    ) -> Result<Done, ReplayError> {
        let end = self.end()?;
        // Whatever a bundle says, it comes to an end.
        let last = self.recorded().last();
        execution.run_until(end.as_ref().map_or(last, |end| end.until.min(last)));
        let count = comparer.borrow_mut().finish(self)?;
        let Some(end) = end else {
            let Some(result) = execution.result() else {
                let recorded = self.recorded().verdict.to_string();
                return Err(self.difference(count, recorded, "it goes on".to_owned()).into());
            };
            let verdict = Verdict::new(execution.cycles(), result);
            return self.compare_verdict(count, verdict);
        };
        let happens = match execution.state() {
            Some(state) => {
                let cycles = state.cycles();
                let live: BTreeSet<u64> = state.processes().map(|it| it.process).collect();
                let root = GroupCommitment::of(state);
                if (cycles, root) == (end.cycles, end.root) {
                    let programs = std::mem::take(&mut comparer.borrow_mut().programs);
                    let live = programs.into_iter().filter(|(process, _)| live.contains(process));
                    if live.eq(end.programs.iter().copied()) {
                        return Ok(Done { count, verdict: None });
                    }
                    let recorded = "a checkpoint with these programs".to_owned();
                    return Err(self.difference(count, recorded, "others run".to_owned()).into());
                }
                format!("commitment {} after {cycles} cycles", hex(&root))
            }
            None => match execution.result() {
                Some(result) => Verdict::new(execution.cycles(), result).to_string(),
                None => "a state that cannot be saved".to_owned(),
            },
        };
        Err(self.difference(count, stop(&end), happens).into())
    }

    /// Compares how the group ends, after `count` events of the segment.
    fn compare_verdict(&self, count: u64, happens: Verdict) -> Result<Done, ReplayError> {
        let recorded = &self.recorded().verdict;
        if happens.agrees(recorded) {
            return Ok(Done { count, verdict: Some(happens) });
        }
        Err(self.difference(count, recorded.to_string(), happens.to_string()).into())
    }

    fn difference(&self, event: u64, recorded: String, happens: String) -> Box<Difference> {
        let (origin, segment) = (self.recorded().record.origin.clone(), self.segment);
        Box::new(Difference { origin, segment, event, recorded, happens })
    }
}

/// What a checkpoint says, in words.
fn stop(checkpoint: &Checkpoint) -> String {
    format!("commitment {} after {} cycles", hex(&checkpoint.root), checkpoint.cycles)
}

/// Reads the events of some chunks, one chunk at a time.
pub(crate) struct Events<'a> {
    run: &'a Run,
    chunks: Range<usize>,
    bytes: Vec<u8>,
    at: usize,
}

impl<'a> Events<'a> {
    pub(crate) const fn new(run: &'a Run, chunks: Range<usize>) -> Self {
        Self { run, chunks, bytes: Vec::new(), at: 0 }
    }

    fn read(&mut self) -> Result<Option<Event>, FormatError> {
        while self.at == self.bytes.len() {
            let has_events = |&at: &usize| self.run.bundle.kind(at) == Some(Kind::Events);
            let Some(chunk) = self.chunks.clone().find(has_events) else { return Ok(None) };
            self.bytes = self.run.bundle.chunk(chunk, Kind::Events)?;
            self.at = 0;
            self.chunks.start = chunk + 1;
        }
        let place = || self.run.bundle.place(self.chunks.start - 1);
        match postcard::take_from_bytes(&self.bytes[self.at..]) {
            Ok((event, rest)) => {
                self.at = self.bytes.len() - rest.len();
                Ok(Some(event))
            }
            Err(_) => Err(FormatError::Malformed(place(), "no event")),
        }
    }
}

impl Iterator for Events<'_> {
    type Item = Result<Event, FormatError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}

/// Compares what happens with what was recorded.
struct Comparer<'a> {
    events: Events<'a>,
    count: u64,
    /// What was recorded and what happens, at the first difference.
    difference: Option<(String, String)>,
    error: Option<FormatError>,
    /// The programs that processes run.
    programs: Programs,
}

/// What stands where an event should be and is not.
const NOTHING: &str = "nothing more";

impl<'a> Comparer<'a> {
    const fn new(run: &'a Run, chunks: Range<usize>) -> Self {
        Self {
            events: Events::new(run, chunks),
            count: 0,
            difference: None,
            error: None,
            programs: Programs::new(),
        }
    }

    /// The next event that was recorded, as far as it can be read.
    fn recorded(&mut self) -> Option<Event> {
        match self.events.read() {
            Ok(event) => event,
            Err(error) => {
                self.error = Some(error);
                None
            }
        }
    }

    /// Returns how many events there were, if they were those that were recorded.
    fn finish(&mut self, segment: &Segment<'_>) -> Result<u64, ReplayError> {
        if self.difference.is_none()
            && self.error.is_none()
            && let Some(event) = self.recorded()
        {
            self.difference = Some((event.to_string(), NOTHING.to_owned()));
        }
        if let Some(error) = self.error.take() {
            return Err(error.into());
        }
        match self.difference.take() {
            Some((recorded, happens)) => {
                Err(segment.difference(self.count, recorded, happens).into())
            }
            None => Ok(self.count),
        }
    }
}

impl Observer for Comparer<'_> {
    fn event(&mut self, event: &verdict_syscalls::Event<'_>) {
        if self.difference.is_some() || self.error.is_some() {
            return;
        }
        let recorded = self.recorded();
        let happens = Event::new(event);
        if recorded.as_ref() == Some(&happens) {
            note_program(&mut self.programs, &happens);
            self.count += 1;
        } else if self.error.is_none() {
            let recorded = recorded.map_or(NOTHING.to_owned(), |event| event.to_string());
            self.difference = Some((recorded, happens.to_string()));
        }
    }
}
