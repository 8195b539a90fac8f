//! Running the scripts of a transaction.

use std::sync::Arc;

use ckb_types::{bytes::Bytes, core::cell::ResolvedTransaction, packed::Script};
use verdict_vm::{Engine, Pause, Trap, Version};

use super::{
    groups::{ScriptGroup, groups},
    select::{CodeIndex, Rules},
    type_id,
};
use crate::{
    Cycles, DataProvider, DebugHook,
    context::{Context, DataId, TransactionContext},
    error::{ScriptError, TransactionError, VmError},
    process::{Program, Scheduler, Stop},
    programs::Programs,
};

/// Verifies the scripts of one transaction.
///
/// It holds no state of a run: everything can be verified any number of times, and
/// from several threads at once if the provider allows.
pub struct Verifier<P> {
    pub(super) context: TransactionContext<P>,
    pub(super) rules: Rules,
    groups: Vec<ScriptGroup>,
    code: CodeIndex,
    programs: Arc<Programs>,
    debug: Option<DebugHook>,
    pause: Pause,
    engine: Engine,
}

impl<P: DataProvider> Verifier<P> {
    /// Prepares the verification of a resolved transaction: sorts its scripts into
    /// groups and its cell deps by the hashes that scripts name them with.
    ///
    /// Nothing but scripts is verified. The caller has resolved the transaction, as
    /// `ckb_types::core::cell::resolve_transaction` does it: one cell for each input, in their
    /// order. The lock of a cell that is missing there does not run.
    ///
    /// The provider is asked for what the resolved cells do not have in memory. It
    /// should know the data of all of them; a cell dep whose data hash it does not
    /// know is no program.
    #[must_use]
    pub fn new(transaction: Arc<ResolvedTransaction>, provider: P, rules: Rules) -> Self {
        let groups = groups(&transaction);
        let context = TransactionContext::new(transaction, provider);
        Self {
            groups,
            code: CodeIndex::new(&context),
            context,
            rules,
            programs: Arc::default(),
            debug: None,
            pause: Pause::default(),
            engine: Engine::default(),
        }
    }

    /// Lets `hook` see what scripts print. Without one it is lost.
    pub fn set_debug(&mut self, hook: DebugHook) {
        self.debug = Some(hook);
    }

    /// Lets other verifiers have the programs that this one reads, and the other way
    /// round. Without this it shares them among its own scripts.
    pub fn set_programs(&mut self, programs: Arc<Programs>) {
        self.programs = programs;
    }

    /// Chooses what executes instructions. All engines give the same results.
    pub const fn set_engine(&mut self, engine: Engine) {
        self.engine = engine;
    }

    /// The handle that stops a run, from another thread for example: the running
    /// script fails with [`ScriptError::Interrupted`] before it has used
    /// [`PAUSE_INTERVAL`](verdict_vm::Machine::PAUSE_INTERVAL) more cycles, about a
    /// million. A [request](Pause::request) made while nothing runs stops the next script
    /// that does; [cancelled](Pause::cancel), none runs any more.
    #[must_use]
    pub fn pause(&self) -> Pause {
        self.pause.clone()
    }

    /// Lets another handle stop this verifier, in place of its own: one that stops others,
    /// too.
    pub fn set_pause(&mut self, pause: Pause) {
        self.pause = pause;
    }

    /// The script groups, in the order they run in: locks, then types, each ascending
    /// by script hash.
    #[must_use]
    pub fn groups(&self) -> &[ScriptGroup] {
        &self.groups
    }

    /// The version that runs `script`.
    ///
    /// # Errors
    ///
    /// As [`Rules::version`].
    pub fn version(&self, script: &Script) -> Result<Version, ScriptError> {
        self.rules.version(script)
    }

    /// The ELF file that `script` runs.
    ///
    /// # Errors
    ///
    /// Returns [`ScriptError::InvalidScriptHashType`], [`ScriptError::ScriptNotFound`]
    /// or [`ScriptError::MultipleMatches`], or [`ScriptError::Vm`] if the provider
    /// does not have the data.
    pub fn program(&self, script: &Script) -> Result<Bytes, ScriptError> {
        let dep = self.code.find(script)?;
        let data = self.context.cell_dep_data(dep);
        data.ok_or(ScriptError::Vm(VmError::Trap(Trap::SnapshotData)))
    }

    /// Runs all groups and returns their cycles together. Each group may use what the
    /// groups before it left of `max_cycles`.
    ///
    /// # Errors
    ///
    /// Returns the error of the first group that fails; those behind it do not run.
    pub fn verify(&self, max_cycles: Cycles) -> Result<Cycles, TransactionError> {
        let mut total = 0;
        for group in &self.groups {
            let report = self.run(group, left(max_cycles, total));
            total = report.add_to(total)?;
        }
        Ok(total)
    }

    /// Runs one group of this transaction and returns its cycles.
    ///
    /// # Errors
    ///
    /// Returns why the group fails.
    pub fn verify_group(
        &self,
        group: &ScriptGroup,
        max_cycles: Cycles,
    ) -> Result<Cycles, ScriptError> {
        let report = self.run(group, max_cycles);
        report.result.map(|()| report.cycles)
    }

    /// Runs all groups, also those behind one that fails, and tells how each went.
    ///
    /// [`Report::verdict`] is what [`Self::verify`] returns. A group that fails leaves
    /// its limit to the next one. Only an interrupted run ends early.
    #[must_use]
    pub fn report(&self, max_cycles: Cycles) -> Report<'_> {
        let mut groups = Vec::with_capacity(self.groups.len());
        let mut total = 0;
        for group in &self.groups {
            let report = self.run(group, left(max_cycles, total));
            let interrupted = report.result == Err(ScriptError::Interrupted);
            total = report.add_to(total).unwrap_or(total);
            groups.push(report);
            if interrupted {
                break;
            }
        }
        Report { groups }
    }

    /// Runs one group of this transaction and tells how it went.
    ///
    /// The group has to be one of [`Self::groups`], or of another verifier of the same
    /// transaction: its members are known by their indices, and nothing tells those of
    /// another transaction apart.
    #[must_use]
    pub fn run<'a>(&self, group: &'a ScriptGroup, max_cycles: Cycles) -> GroupReport<'a> {
        let mut report =
            GroupReport { group, version: None, max_cycles, cycles: 0, result: Ok(()) };
        report.result = if self.pause.is_cancelled() {
            Err(ScriptError::Interrupted)
        } else if type_id::is_type_id(group.script()) {
            type_id::verify(&self.context, group, max_cycles).map(|cycles| report.cycles = cycles)
        } else {
            self.run_program(&mut report)
        };
        report
    }

    fn run_program(&self, report: &mut GroupReport<'_>) -> Result<(), ScriptError> {
        let (group, max_cycles) = (report.group, report.max_cycles);
        let version = self.version(group.script())?;
        report.version = Some(version);
        let mut scheduler = self.scheduler(group, version);
        self.boot(&mut scheduler, group)?;
        let end = scheduler.run(max_cycles, Cycles::MAX);
        report.cycles = scheduler.cycles();
        match end {
            Ok(code) => accepts(group, code),
            Err(Stop::Paused | Stop::Reached) => Err(ScriptError::Interrupted),
            Err(Stop::Failed(error)) => Err(failure(error, max_cycles)),
        }
    }

    /// A scheduler for a group, without processes.
    pub(super) fn scheduler<'a>(
        &'a self,
        group: &'a ScriptGroup,
        version: Version,
    ) -> Scheduler<'a, P> {
        let context = Context { transaction: &self.context, group };
        let pause = self.pause.clone();
        let debug = self.debug.as_ref();
        Scheduler::new(context, debug, &self.programs, version, pause, self.engine)
    }

    /// Starts the program of a group.
    pub(super) fn boot(
        &self,
        scheduler: &mut Scheduler<'_, P>,
        group: &ScriptGroup,
    ) -> Result<(), ScriptError> {
        let dep = self.code.find(group.script())?;
        let program = DataId::cell_dep(dep).ok_or(VmError::Trap(Trap::SnapshotData))?;
        scheduler.boot(&Program::whole(program))?;
        Ok(())
    }
}

/// What an exit code means.
pub(super) fn accepts(group: &ScriptGroup, code: i8) -> Result<(), ScriptError> {
    match code {
        0 => Ok(()),
        code => Err(ScriptError::validation_failure(group.script(), code)),
    }
}

/// What an error under a limit means.
pub(super) fn failure(error: VmError, max_cycles: Cycles) -> ScriptError {
    if error == VmError::Trap(Trap::CyclesExceeded) {
        ScriptError::ExceededMaximumCycles(max_cycles)
    } else {
        ScriptError::Vm(error)
    }
}

/// What `max_cycles` leave after `used` ones.
pub(super) const fn left(max_cycles: Cycles, used: Cycles) -> Cycles {
    max_cycles.saturating_sub(used)
}

/// How a group went.
#[derive(Clone, Debug)]
pub struct GroupReport<'a> {
    /// The group.
    pub group: &'a ScriptGroup,
    /// The version that ran it. There is none if it did not come to that, and for the
    /// built-in `TYPE_ID`.
    pub version: Option<Version>,
    /// How many cycles it might have used.
    pub max_cycles: Cycles,
    /// How many cycles it used, also if it failed.
    pub cycles: Cycles,
    /// Whether it accepts, or why it failed.
    pub result: Result<(), ScriptError>,
}

impl GroupReport<'_> {
    /// The cycles of this group and those `before` it.
    pub(super) fn add_to(&self, before: Cycles) -> Result<Cycles, TransactionError> {
        let sum = self.result.clone().and_then(|()| {
            let overflow = ScriptError::CyclesOverflow(before, self.cycles);
            before.checked_add(self.cycles).ok_or(overflow)
        });
        sum.map_err(|cause| TransactionError { origin: self.group.origin(), cause })
    }
}

/// How all groups went.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// One report a group, in the order they ran in.
    pub groups: Vec<GroupReport<'a>>,
}

impl Report<'_> {
    /// What became of the transaction: its cycles.
    ///
    /// # Errors
    ///
    /// Returns the error of the first group that failed.
    pub fn verdict(&self) -> Result<Cycles, TransactionError> {
        let mut groups = self.groups.iter();
        groups.try_fold(0, |total, group| group.add_to(total))
    }
}
