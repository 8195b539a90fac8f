//! Running a script group bit by bit, with someone looking on.
//!
//! [`Verifier::verify_until`] is for nodes, which put a transaction aside and want no
//! more than a verdict. This is for tools that look at a run: it goes on without leaving
//! the machine, its state can be had at every stop, and an [`Observer`] is told what
//! happens.

use std::cell::RefCell;

use ckb_types::bytes::Bytes;
use serde::{Deserialize, Serialize};
use verdict_vm::{PAGE_SIZE, Version};

use super::{
    groups::ScriptGroup,
    resume::{StateError, may_have_forgotten},
    type_id,
    verifier::{Verifier, accepts, failure},
};
use crate::{
    Cycles, DataProvider,
    context::{Context, DataId},
    error::ScriptError,
    observe::{Observer, ProgramId},
    process::{Bounds, SavedScheduler, Scheduler, Stop},
};

/// Someone who looks on, shared with the execution that is looked at.
pub type SharedObserver<'a> = &'a RefCell<dyn Observer + 'a>;

/// A script group that runs, or has ended.
pub struct Execution<'a, P> {
    scheduler: Scheduler<'a, P>,
    group: &'a ScriptGroup,
    version: Version,
    max_cycles: Cycles,
    result: Option<Result<(), ScriptError>>,
}

/// The state of a script group between two blocks.
///
/// This is exact: an execution made of it goes on as the one it was taken from. It can be
/// written with any format of `serde`; [`Self::take_pages`] is for those that have a
/// better place for memory.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(transparent)]
pub struct GroupState(SavedScheduler);

/// A process in a [`GroupState`].
#[derive(Clone, Copy, Debug)]
pub struct ProcessState<'a> {
    /// Its number.
    pub process: u64,
    /// Whether it is a snapshot, which has only the pages that were written.
    pub is_suspended: bool,
    /// x0 to x31.
    pub registers: &'a [u64; 32],
    /// Where control is.
    pub pc: u64,
    /// The address that `lr` reserved.
    pub reservation: u64,
    /// The counter of its machine.
    pub cycles: Cycles,
}

/// A page of a process in a [`GroupState`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcessPage {
    /// The number of the process.
    pub process: u64,
    /// The address of the page.
    pub addr: u64,
    /// Its flags, as [`PageFlags::bits`](verdict_vm::PageFlags::bits).
    pub flags: u8,
    /// Its bytes, as many as a page has; or none, if all are zero.
    pub bytes: Vec<u8>,
    /// A part of the transaction that these bytes were read from, if one is known. What is
    /// there is mostly the same, but need not be.
    pub origin: Option<ProgramId>,
}

impl GroupState {
    /// Cycles of the group so far, as far as they are known to be paid for.
    #[must_use]
    pub fn cycles(&self) -> Cycles {
        self.0.cycles()
    }

    /// Those of its [cycles](Self::cycles) that suspending and resuming processes has cost in
    /// this turn, which are held against the limit at the end of it.
    #[must_use]
    pub const fn swap_cycles(&self) -> Cycles {
        self.0.turn()
    }

    /// Its processes, by number.
    pub fn processes(&self) -> impl Iterator<Item = ProcessState<'_>> {
        self.0.processes()
    }

    /// Takes the pages of all processes out, by process and address; those that are not
    /// there are zero and without flags.
    pub fn take_pages(&mut self) -> Vec<ProcessPage> {
        self.0.take_pages()
    }

    /// Puts pages back that were taken out.
    ///
    /// # Errors
    ///
    /// Returns [`StateError::Inconsistent`] if they are not what was taken out of such a
    /// state: pages of its processes by process and address, each once and none blank,
    /// while it has no others. A blank page is not the same as none: a suspended process
    /// would have zeros there in place of what is read again.
    pub fn put_pages(&mut self, pages: Vec<ProcessPage>) -> Result<(), StateError> {
        let ascend = pages.is_sorted_by(|a, b| (a.process, a.addr) < (b.process, b.addr));
        let is_page = |page: &ProcessPage| {
            page.addr.is_multiple_of(PAGE_SIZE)
                && [0, PAGE_SIZE].contains(&(page.bytes.len() as u64))
                && (page.flags != 0 || page.bytes.iter().any(|&byte| byte != 0))
        };
        let fits = ascend && pages.iter().all(is_page) && self.0.put_pages(pages);
        if fits { Ok(()) } else { Err(StateError::Inconsistent) }
    }
}

impl<P: DataProvider> Verifier<P> {
    /// Whether a group runs on no machine: [`Self::run`] is all there is to it then.
    #[must_use]
    pub fn is_built_in(group: &ScriptGroup) -> bool {
        type_id::is_type_id(group.script())
    }

    /// Starts a group that is not [built in](Self::is_built_in).
    ///
    /// # Errors
    ///
    /// Returns why it does not start, which is how the group ends then.
    pub fn start<'a>(
        &'a self,
        group: &'a ScriptGroup,
        max_cycles: Cycles,
        observer: Option<SharedObserver<'a>>,
    ) -> Result<Execution<'a, P>, ScriptError> {
        let version = self.version(group.script())?;
        let mut scheduler = self.scheduler(group, version);
        scheduler.set_observer(observer);
        self.boot(&mut scheduler, group)?;
        Ok(Execution { scheduler, group, version, max_cycles, result: None })
    }

    /// Goes on with a group from a state of it, taken from an execution with the same
    /// limit.
    ///
    /// Versions 0 and 1 remember which blocks they have run, and a state does not. So if
    /// what goes on fails [because of that](Execution::may_have_forgotten), it says
    /// nothing about the group.
    ///
    /// # Errors
    ///
    /// Returns [`StateError::Inconsistent`] if it cannot be in this state.
    pub fn start_from<'a>(
        &'a self,
        group: &'a ScriptGroup,
        max_cycles: Cycles,
        state: &GroupState,
        observer: Option<SharedObserver<'a>>,
    ) -> Result<Execution<'a, P>, StateError> {
        let version = self.version(group.script()).map_err(|_| StateError::Inconsistent)?;
        if Self::is_built_in(group) {
            return Err(StateError::Inconsistent);
        }
        let mut scheduler = self.scheduler(group, version);
        scheduler.set_observer(observer);
        scheduler.restore(&state.0).map_err(|_| StateError::Inconsistent)?;
        Ok(Execution { scheduler, group, version, max_cycles, result: None })
    }

    /// The file of a program that runs in `group`, if there is one.
    pub fn program_file(&self, group: &ScriptGroup, program: &ProgramId) -> Option<Bytes> {
        let context = Context { transaction: &self.context, group };
        let data = DataId::new(program.place, program.source, program.index.into())?;
        let piece = context.data(data).ok()?;
        let bounds = Bounds { offset: program.offset, len: program.len };
        Some(piece.slice(bounds.range(piece.len())))
    }
}

impl<P: DataProvider> Execution<'_, P> {
    /// Runs until it has used `until` cycles, but at least one block, or has ended.
    /// Returns how it ended, if it did.
    ///
    /// It stops between two blocks, mostly before the first that would exceed `until`. It
    /// goes a thousand cycles further than asked if that is less, and up to some hundred
    /// thousand if they are the cost of suspending processes.
    pub fn run_until(&mut self, until: Cycles) -> Option<&Result<(), ScriptError>> {
        if self.result.is_none() {
            self.result = match self.scheduler.run(self.max_cycles, until) {
                Ok(code) => Some(accepts(self.group, code)),
                Err(Stop::Reached) => None,
                Err(Stop::Paused) => Some(Err(ScriptError::Interrupted)),
                Err(Stop::Failed(error)) => Some(Err(failure(error, self.max_cycles))),
            };
        }
        self.result.as_ref()
    }

    /// [`Self::run_until`], but it stops as well before a process enters a block with a step
    /// at `address`: to go on step by step from there. In rare cases it stops too early, as
    /// it does if someone asks for a pause. It interprets from here on.
    pub fn run_to(&mut self, address: u64, until: Cycles) -> Option<&Result<(), ScriptError>> {
        self.scheduler.set_breakpoint(Some(address));
        self.run_until(until);
        self.scheduler.set_breakpoint(None);
        self.result.as_ref()
    }

    /// How it ended, if it has.
    #[must_use]
    pub const fn result(&self) -> Option<&Result<(), ScriptError>> {
        self.result.as_ref()
    }

    /// The version that runs it.
    #[must_use]
    pub const fn version(&self) -> Version {
        self.version
    }

    /// Cycles that it used, also if it failed. Between two stops, those that are still in
    /// the counter of the running process do not count.
    #[must_use]
    pub const fn cycles(&self) -> Cycles {
        self.scheduler.cycles()
    }

    /// Its state, while it has not ended. There is none in the rare case that what is to
    /// come depends on code that was decoded when less of memory was executable.
    #[must_use]
    pub fn state(&self) -> Option<GroupState> {
        let is_whole = self.result.is_none() && self.scheduler.can_be_saved();
        is_whole.then(|| GroupState(self.scheduler.save()))
    }

    /// Whether it has failed in a way in which an execution that was not started from a
    /// state may not fail: versions 0 and 1 enter addresses beyond 4 GiB as long as they
    /// remember the block that the low half leads to.
    #[must_use]
    pub fn may_have_forgotten(&self) -> bool {
        match self.result {
            Some(Err(ScriptError::Vm(error))) => may_have_forgotten(self.version, error),
            _ => false,
        }
    }
}
