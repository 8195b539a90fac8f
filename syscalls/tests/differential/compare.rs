//! Runs a transaction here and on the reference implementation.

use std::{
    cell::{Cell, RefCell},
    fmt,
    io::Cursor,
    iter,
    num::NonZeroUsize,
    sync::{
        Arc, LazyLock, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use ckb_chain_spec::consensus::{Consensus, ConsensusBuilder};
use ckb_script::{
    RunMode, ScriptError as ReferenceError, ScriptGroupType, TransactionScriptError,
    TransactionScriptsVerifier, TxVerifyEnv,
};
use ckb_types::{
    core::{
        EpochNumberWithFraction, HeaderBuilder,
        cell::ResolvedTransaction,
        hardfork::{CKB2021, CKB2023, HardForks},
    },
    packed::Byte32,
};
use ckb_vm::Error as ReferenceVmError;
use verdict_audit::{Bundle, Run, Settings, Subject, record};
use verdict_syscalls::{
    Engine, Event, EventKind, GroupKind, Observer, Programs, Progress, ResumeError, Rules,
    ScriptError, ScriptGroup, State, TransactionError, UnexpectedError, Verifier, Version, VmError,
};
use verdict_vm::Trap;

use crate::chain::Chain;

/// What became of a script group.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Cycles, or the error in a form that both sides have.
    pub(crate) result: Result<u64, String>,
    /// Cycles used, also by a failed run.
    pub(crate) consumed: u64,
    pub(crate) prints: Vec<(Byte32, String)>,
}

/// What became of a transaction.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// Cycles, or place and error.
    pub(crate) result: Result<u64, (String, String)>,
    pub(crate) prints: Vec<(Byte32, String)>,
}

type Prints = Arc<Mutex<Vec<(Byte32, String)>>>;

fn printer(prints: &Prints) -> impl Fn(&Byte32, &str) + Send + Sync + 'static {
    let prints = Arc::clone(prints);
    move |hash: &Byte32, text: &str| {
        let line = (hash.clone(), text.to_owned());
        prints.lock().expect("no print panics").push(line);
    }
}

fn taken(prints: &Prints) -> Vec<(Byte32, String)> {
    std::mem::take(&mut prints.lock().expect("no print panics"))
}

// ---- the reference ----

/// A consensus with versions active from the given epochs on.
pub(crate) fn consensus(v1: u64, v2: u64) -> Arc<Consensus> {
    let ckb2021 = CKB2021::new_dev_default().as_builder().rfc_0032(v1).build();
    let ckb2023 = CKB2023::new_dev_default().as_builder().rfc_0049(v2).build();
    let switch = HardForks {
        ckb2021: ckb2021.expect("all features are set"),
        ckb2023: ckb2023.expect("all features are set"),
    };
    Arc::new(ConsensusBuilder::default().hardfork_switch(switch).build())
}

/// The consensus under which `newest` is the newest version.
fn consensus_up_to(newest: Version) -> Arc<Consensus> {
    static ALL: LazyLock<[Arc<Consensus>; 3]> =
        LazyLock::new(|| [consensus(u64::MAX, u64::MAX), consensus(0, u64::MAX), consensus(0, 0)]);
    Arc::clone(&ALL[usize::from(newest.number())])
}

/// A block of `epoch` that the transaction is committed in.
pub(crate) fn environment(epoch: u64) -> Arc<TxVerifyEnv> {
    let epoch = EpochNumberWithFraction::new(epoch, 0, 1);
    let header = HeaderBuilder::default().number(1_u64).epoch(epoch).build();
    Arc::new(TxVerifyEnv::new_commit(&header))
}

/// A reference verifier.
pub(crate) struct Reference {
    verifier: TransactionScriptsVerifier<Chain>,
    prints: Prints,
}

impl Reference {
    pub(crate) fn new(
        transaction: &Arc<ResolvedTransaction>,
        chain: &Chain,
        newest: Version,
    ) -> Self {
        let prints = Prints::default();
        let verifier = TransactionScriptsVerifier::new_with_debug_printer(
            Arc::clone(transaction),
            chain.clone(),
            consensus_up_to(newest),
            environment(0),
            Arc::new(printer(&prints)),
        );
        Self { verifier, prints }
    }

    /// Runs one group on a scheduler, as the reference does itself.
    pub(crate) fn group(&self, group: &ScriptGroup, max_cycles: u64) -> Outcome {
        let group = self.find(group);
        let mut consumed = 0;
        let result = self.verifier.create_scheduler(group).and_then(|mut scheduler| {
            let end = scheduler.run(RunMode::LimitCycles(max_cycles));
            consumed = scheduler.consumed_cycles();
            match end {
                Ok(end) if end.exit_code == 0 => Ok(end.consumed_cycles),
                Ok(end) => Err(ReferenceError::validation_failure(&group.script, end.exit_code)),
                Err(ReferenceVmError::CyclesExceeded) => {
                    Err(ReferenceError::ExceededMaximumCycles(max_cycles))
                }
                Err(error) => Err(ReferenceError::VMInternalError(error)),
            }
        });
        Outcome {
            result: result.map_err(|error| reference_error(&error)),
            consumed,
            prints: taken(&self.prints),
        }
    }

    fn find(&self, group: &ScriptGroup) -> &ckb_script::ScriptGroup {
        let kind = match group.kind() {
            GroupKind::Lock => ScriptGroupType::Lock,
            GroupKind::Type => ScriptGroupType::Type,
        };
        let group = self.verifier.find_script_group(kind, group.hash());
        group.expect("both sides have the same groups")
    }

    /// The cycles after each turn of a group that ends, or fails.
    pub(crate) fn turns(&self, group: &ScriptGroup) -> Vec<u64> {
        let mut turns = Vec::new();
        if let Ok(mut scheduler) = self.verifier.create_scheduler(self.find(group)) {
            loop {
                let turn = scheduler.iterate();
                turns.push(scheduler.consumed_cycles());
                if turn.map_or(true, |turn| turn.terminated_status.is_some()) {
                    break;
                }
            }
        }
        taken(&self.prints);
        turns
    }

    pub(crate) fn verify(&self, max_cycles: u64) -> Verdict {
        let result = self.verifier.verify(max_cycles).map_err(|error| {
            let error: &TransactionScriptError =
                error.root_cause().downcast_ref().expect("scripts fail with script errors");
            let place = error.originating_script().to_string();
            (place, reference_error(error.script_error()))
        });
        Verdict { result, prints: taken(&self.prints) }
    }
}

/// An error of the reference with all of its data that is more than text.
#[expect(clippy::wildcard_enum_match_arm, reason = "the others have nothing but their names")]
pub(crate) fn reference_error(error: &ReferenceError) -> String {
    match error {
        ReferenceError::ScriptNotFound(hash) => format!("ScriptNotFound {hash:x}"),
        ReferenceError::ExceededMaximumCycles(n) => format!("ExceededMaximumCycles {n}"),
        ReferenceError::MultipleMatches => "MultipleMatches".into(),
        ReferenceError::ValidationFailure(path, code) => {
            format!("ValidationFailure {path} {code}")
        }
        ReferenceError::InvalidScriptHashType(_) => "InvalidScriptHashType".into(),
        ReferenceError::InvalidVmVersion(n) => format!("InvalidVmVersion {n}"),
        ReferenceError::VMInternalError(error) => match error {
            // The others tell which cell or header it was.
            ReferenceVmError::Unexpected(text) if !text.starts_with("Unexpected ") => {
                format!("VMInternalError Unexpected {text}")
            }
            ReferenceVmError::InvalidEcall(n) => format!("VMInternalError InvalidEcall {n}"),
            ReferenceVmError::InvalidInstruction { pc, instruction } => {
                format!("VMInternalError InvalidInstruction {pc:#x} {instruction:#x}")
            }
            other => {
                let text = format!("{other:?}");
                let name = text.split(['(', ' ']).next().unwrap_or_default();
                format!("VMInternalError {name}")
            }
        },
        other => panic!("no script of these tests fails with {other}"),
    }
}

// ---- this implementation ----

/// One of our errors in the same form.
pub(crate) fn our_error(error: &ScriptError) -> String {
    let kind = error.kind();
    match error {
        ScriptError::ScriptNotFound(hash) => format!("{kind} {hash:x}"),
        ScriptError::ExceededMaximumCycles(n) => format!("{kind} {n}"),
        ScriptError::ValidationFailure { path, code } => format!("{kind} {path} {code}"),
        ScriptError::InvalidVmVersion(n) => format!("{kind} {n}"),
        ScriptError::Vm(VmError::Trap(Trap::InvalidEcall { number })) => {
            format!("{kind} InvalidEcall {number}")
        }
        ScriptError::Vm(VmError::Trap(Trap::IllegalInstruction { pc, bits })) => {
            format!("{kind} InvalidInstruction {pc:#x} {bits:#x}")
        }
        ScriptError::Vm(VmError::Unexpected(
            error @ (UnexpectedError::Deadlock | UnexpectedError::ArgumentsTooLong),
        )) => format!("{kind} Unexpected {error}"),
        ScriptError::Vm(error) => format!("{kind} {}", error.kind()),
        ScriptError::MultipleMatches(_)
        | ScriptError::InvalidScriptHashType(_)
        | ScriptError::Interrupted
        | ScriptError::CyclesOverflow(..) => kind.into(),
    }
}

/// What a recording says of one of our errors.
fn our_error_kinds(error: &ScriptError) -> (String, Option<String>, Option<i8>) {
    let vm = if let ScriptError::Vm(error) = error { Some(error.kind().to_owned()) } else { None };
    let code =
        if let ScriptError::ValidationFailure { code, .. } = error { Some(*code) } else { None };
    (error.kind().to_owned(), vm, code)
}

/// Our verifier, on every engine.
pub(crate) struct Ours {
    pub(crate) verifier: Verifier<Chain>,
    /// The same on other engines.
    others: [Verifier<Chain>; 2],
    prints: Prints,
}

impl Ours {
    pub(crate) fn new(
        transaction: &Arc<ResolvedTransaction>,
        chain: &Chain,
        newest: Version,
    ) -> Self {
        let prints = Prints::default();
        let rules = Rules::up_to(newest);
        // One that is large enough for all there is, and one where most are evicted.
        static PROGRAMS: LazyLock<[Arc<Programs>; 2]> =
            LazyLock::new(|| [Programs::default(), Programs::new(NonZeroUsize::MIN)].map(Arc::new));
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let programs = PROGRAMS.get(NEXT.fetch_add(1, Ordering::Relaxed) % 3);
        let verifier = |engine| {
            let mut verifier = Verifier::new(Arc::clone(transaction), chain.clone(), rules);
            // And one of its own, as it is by default.
            if let Some(programs) = programs {
                verifier.set_programs(Arc::clone(programs));
            }
            verifier.set_debug(Box::new(printer(&prints)));
            verifier.set_engine(engine);
            verifier
        };
        Self {
            verifier: verifier(Engine::Auto),
            others: [Engine::Jit, Engine::Interpreter].map(verifier),
            prints,
        }
    }

    pub(crate) fn forget_prints(&self) {
        taken(&self.prints);
    }

    pub(crate) fn group(&self, group: &ScriptGroup, max_cycles: u64) -> Outcome {
        self.on_every_engine(|verifier| {
            let report = verifier.run(group, max_cycles);
            let result = match &report.result {
                Ok(()) => Ok(report.cycles),
                Err(error) => Err(our_error(error)),
            };
            Outcome { result, consumed: report.cycles, prints: taken(&self.prints) }
        })
    }

    /// [`Self::group`] with someone looking on and stops on the way, from each of which it
    /// goes on as it is or from its state.
    pub(crate) fn observed(&self, group: &ScriptGroup, max_cycles: u64, steps: bool) -> Outcome {
        let onlooker = RefCell::new(Onlooker { steps, ..Onlooker::default() });
        let outcome = |result: Result<(), &ScriptError>, consumed| Outcome {
            result: result.map(|()| consumed).map_err(our_error),
            consumed,
            prints: taken(&self.prints),
        };
        if Verifier::<Chain>::is_built_in(group) {
            return self.group(group, max_cycles);
        }
        let mut execution = match self.verifier.start(group, max_cycles, Some(&onlooker)) {
            Ok(execution) => execution,
            Err(error) => return outcome(Err(&error), 0),
        };
        let mut reload = false;
        let mut until = 0;
        while execution.run_until(until).is_none() {
            until += 2000 + until / 2;
            reload = !reload && execution.version() == Version::V2;
            if reload && let Some(mut state) = execution.state() {
                let pages = state.take_pages();
                state.put_pages(pages).expect("they are its own");
                let again = self.verifier.start_from(group, max_cycles, &state, Some(&onlooker));
                execution = again.expect("the state is good");
            }
        }
        let result = execution.result().expect("it has ended").clone();
        let ended = onlooker.borrow().ended;
        match &result {
            Ok(()) => assert_eq!(ended, Some(0)),
            Err(ScriptError::ValidationFailure { code, .. }) => assert_eq!(ended, Some(*code)),
            Err(_) => {}
        }
        outcome(result.as_ref().copied(), execution.cycles())
    }

    pub(crate) fn verify(&self, max_cycles: u64) -> Verdict {
        self.on_every_engine(|verifier| {
            let result = verifier.verify(max_cycles);
            Verdict {
                result: result.map_err(|TransactionError { origin, cause }| {
                    (origin.to_string(), our_error(&cause))
                }),
                prints: taken(&self.prints),
            }
        })
    }

    /// What all engines agree on.
    fn on_every_engine<T: PartialEq + fmt::Debug>(&self, run: impl Fn(&Verifier<Chain>) -> T) -> T {
        let outcome = run(&self.verifier);
        for other in &self.others {
            assert_eq!(outcome, run(other), "left: auto, right: jit or interpreter");
        }
        outcome
    }
}

/// Sees the cycles of a group grow.
#[derive(Default)]
struct Onlooker {
    steps: bool,
    cycles: u64,
    ended: Option<i8>,
}

impl Observer for Onlooker {
    fn event(&mut self, event: &Event<'_>) {
        assert!(self.cycles <= event.cycles && self.ended.is_none(), "{event:?}");
        self.cycles = event.cycles;
        if let EventKind::Ended(code) = event.kind
            && event.process == 0
        {
            self.ended = Some(code);
        }
    }

    fn watches_steps(&self) -> bool {
        self.steps
    }
}

/// What became of a transaction that is verified in pieces, in each up to as many cycles
/// more as `step` says. Each state goes through `carry`.
pub(crate) fn in_pieces(
    ours: &Ours,
    max_cycles: u64,
    mut step: impl FnMut() -> u64,
    carry: impl Fn(State) -> State,
) -> Verdict {
    let mut state: Option<State> = None;
    // Each piece runs on another engine.
    let mut verifiers = iter::once(&ours.verifier).chain(&ours.others).cycle();
    let result = loop {
        let verifier = verifiers.next().expect("they go round");
        let until = state.as_ref().map_or(0, State::cycles).saturating_add(step());
        match verifier.verify_until(until, max_cycles, state.as_ref()) {
            Ok(Progress::Completed(cycles)) => break Ok(cycles),
            Ok(Progress::Suspended(next)) => state = Some(carry(*next)),
            Err(ResumeError::Transaction(error)) => {
                break Err((error.origin.to_string(), our_error(&error.cause)));
            }
            Err(ResumeError::State(error)) => panic!("the state is good: {error}"),
        }
    };
    Verdict { result, prints: taken(&ours.prints) }
}

/// A state as another process would read it.
pub(crate) fn through_json(state: State) -> State {
    let text = serde_json::to_string(&state).expect("a state can be written");
    serde_json::from_str(&text).expect("a state can be read")
}

/// What became of a transaction, from a report that goes on after failures.
fn reported(ours: &Ours, max_cycles: u64) -> Result<u64, (String, String)> {
    let verdict = ours.verifier.report(max_cycles).verdict();
    taken(&ours.prints);
    verdict.map_err(|error| (error.origin.to_string(), our_error(&error.cause)))
}

/// Both verifiers of one transaction.
pub(crate) struct Both {
    pub(crate) ours: Ours,
    pub(crate) reference: Reference,
    transaction: (Arc<ResolvedTransaction>, Chain),
    newest: Version,
    audited: Cell<bool>,
}

impl Both {
    pub(crate) fn new(transaction: &(Arc<ResolvedTransaction>, Chain), newest: Version) -> Self {
        let (resolved, chain) = transaction;
        Self {
            ours: Ours::new(resolved, chain, newest),
            reference: Reference::new(resolved, chain, newest),
            transaction: transaction.clone(),
            newest,
            audited: Cell::new(false),
        }
    }

    /// Records the transaction, in memory and with checkpoints, and replays that: it has to
    /// be what our verifier reports. Once a transaction, under the first limit it is verified
    /// with; a few dozen of them are there under many limits.
    fn audit(&self, max_cycles: u64, what: &str) {
        if self.audited.replace(true) {
            return;
        }
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let engines = [Engine::Interpreter, Engine::Auto, Engine::Jit];
        let (recorder, replayer) = (engines[number % 3], engines[number / 3 % 3]);
        let (resolved, chain) = &self.transaction;
        let subject = Subject::new(resolved, chain, Rules::up_to(self.newest), max_cycles);
        let report = self.ours.verifier.report(max_cycles);
        taken(&self.ours.prints);
        // A checkpoint or two in the longest group, unless it is short.
        let longest = report.groups.iter().map(|group| group.cycles).max().unwrap_or_default();
        let settings = Settings { every: Some(longest / 2), engine: recorder, fault: None };
        let mut bytes = Vec::new();
        let recorded = record(&subject, &settings, &mut bytes).expect("a vector takes it");
        assert_eq!(recorded.groups.len(), report.groups.len(), "{what}");
        for ((place, verdict), group) in recorded.groups.iter().zip(&report.groups) {
            let error = group.result.as_ref().err().map(our_error_kinds);
            let rejection = verdict.rejection.as_ref();
            let rejection = rejection.map(|it| (it.kind.clone(), it.vm_kind.clone(), it.exit_code));
            assert_eq!(*place, group.group.origin().to_string(), "{what}");
            assert_eq!((verdict.cycles, rejection), (group.cycles, error), "{place}, {what}");
        }
        let run = Bundle::open(Cursor::new(bytes)).and_then(Run::read);
        let run = run.unwrap_or_else(|error| panic!("{error}, {what}"));
        run.replay(replayer).unwrap_or_else(|error| panic!("{error}, {what}"));
    }

    pub(crate) fn find(&self, kind: GroupKind, hash: &Byte32) -> &ScriptGroup {
        let mut groups = self.ours.verifier.groups().iter();
        let group = groups.find(|group| group.kind() == kind && group.hash() == hash);
        group.expect("the scene has the group")
    }

    /// Runs one group on both sides and insists that they agree.
    pub(crate) fn group(
        &self,
        kind: GroupKind,
        hash: &Byte32,
        max_cycles: u64,
        what: &str,
    ) -> Outcome {
        let group = self.find(kind, hash);
        let ours = self.ours.group(group, max_cycles);
        let reference = self.reference.group(group, max_cycles);
        assert_eq!(ours, reference, "left: ours, right: reference, {what}");
        self.audit(max_cycles, what);
        // Taking states and stepping take long; a part of the runs will do.
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        if NEXT.fetch_add(1, Ordering::Relaxed).is_multiple_of(97) {
            let steps = ours.consumed < 20_000;
            let observed = self.ours.observed(group, max_cycles, steps);
            assert_eq!(observed, reference, "left: observed, right: reference, {what}");
        }
        ours
    }

    /// Verifies the transaction on both sides and insists that they agree.
    pub(crate) fn verify(&self, max_cycles: u64, what: &str) -> Verdict {
        let ours = self.ours.verify(max_cycles);
        let reference = self.reference.verify(max_cycles);
        assert_eq!(ours, reference, "left: ours, right: reference, {what}");
        assert_eq!(reported(&self.ours, max_cycles), reference.result, "report, {what}");
        self.audit(max_cycles, what);
        ours
    }
}
