//! Verifying a transaction piece by piece.
//!
//! Owns the state between the pieces. However a verification is cut, what comes out is
//! what [`Verifier::verify`] says. There is one thing that a state does not hold, the
//! code that machines have decoded, and in rare cases that shows; a verification that
//! may have come to such a case goes on as it can, or starts its group again.

use std::io;

use ckb_hash::{Blake2b, new_blake2b};
use ckb_types::prelude::*;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use verdict_vm::{Trap, Version};

use super::{
    groups::ScriptGroup,
    type_id,
    verifier::{Verifier, accepts, failure, left},
};
use crate::{
    Cycles, DataProvider,
    error::{ScriptError, TransactionError, VmError},
    process::{SavedScheduler, Scheduler, Stop},
};

/// A verification at rest.
///
/// It can be written with any format of `serde` and read by another process of the same
/// version of this crate. The memory of running scripts is part of it, up to a few times
/// 4 MiB; cells are not, they are read again.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct State {
    format: u32,
    /// Hash of the rest, as postcard encodes it.
    digest: [u8; 32],
    content: Content,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
struct Content {
    /// Hash of the transaction with its witnesses.
    transaction: [u8; 32],
    /// The newest version under the rules.
    newest: u8,
    /// How many groups have been verified, and their cycles.
    groups: u64,
    cycles: Cycles,
    /// The group behind them, if it has begun.
    scheduler: Option<SavedScheduler>,
}

impl State {
    /// The format of states that this version of the crate writes and reads.
    pub const FORMAT: u32 = 2;

    fn new(content: Content) -> Self {
        Self { format: Self::FORMAT, digest: content.digest(), content }
    }

    /// A state that says the same and is as good as written: for tests of what becomes
    /// of states that no verification comes to.
    #[doc(hidden)]
    #[must_use]
    pub fn sealed(self) -> Self {
        Self::new(self.content)
    }

    /// How many cycles were used so far.
    #[must_use]
    pub fn cycles(&self) -> Cycles {
        let running = self.content.scheduler.as_ref().map_or(0, SavedScheduler::cycles);
        self.content.cycles.saturating_add(running)
    }
}

/// How far a verification got.
#[derive(Clone, Debug)]
pub enum Progress {
    /// The transaction is accepted. These are its cycles.
    Completed(Cycles),
    /// There is more to do.
    Suspended(Box<State>),
}

/// Why a verification does not go on.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ResumeError {
    /// A script fails.
    #[error(transparent)]
    Transaction(#[from] TransactionError),
    /// The state is not one to go on from.
    #[error(transparent)]
    State(#[from] StateError),
}

/// Why there is no going on from a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum StateError {
    /// It was written by another version of this crate.
    #[error("state has format {0}, not {expected}", expected = State::FORMAT)]
    Format(u32),
    /// It is not what was written.
    #[error("state is damaged")]
    Damaged,
    /// It is of another transaction.
    #[error("state is of another transaction")]
    Transaction,
    /// It was made under other rules.
    #[error("state was made when version {0} of the machine was the newest")]
    Rules(u8),
    /// No verification comes to such a state.
    #[error("state contradicts itself")]
    Inconsistent,
}

impl<P: DataProvider> Verifier<P> {
    /// Verifies the transaction from the beginning, or from where a state leaves off,
    /// until it has used `until` cycles in all, someone [pauses](Self::pause) it, or it is
    /// done.
    ///
    /// It goes on by at least one block, or [`TYPE_ID`](crate::cost::TYPE_ID) script,
    /// whatever `until` says, and up to some hundred thousand cycles further than asked
    /// if they are the cost of suspending processes. A pause that was asked for before
    /// stops it at once. Pass the same `max_cycles` every time.
    ///
    /// [Cancelled](verdict_vm::Pause::cancel), it stops where it is each time it is called, so
    /// a loop has to look at [`Pause::is_cancelled`](verdict_vm::Pause::is_cancelled).
    ///
    /// In the rare case that what is to come of a group depends on code that was decoded
    /// when less of memory was executable, there is no state of it: `until` does not stop
    /// it, and after a pause it starts again. A script can be made to be such a case; so
    /// whoever pauses a verification again and again should let some cycles pass first.
    ///
    /// # Errors
    ///
    /// Returns the error that [`Self::verify`] returns, or a [`StateError`].
    ///
    /// # Examples
    ///
    /// ```
    /// use verdict_syscalls::{Cycles, DataProvider, Progress, ResumeError, Verifier};
    ///
    /// /// The cycles of the transaction, or none if the verifier was cancelled.
    /// fn verify_slowly(
    ///     verifier: &Verifier<impl DataProvider>,
    ///     max_cycles: Cycles,
    /// ) -> Result<Option<Cycles>, ResumeError> {
    ///     let pause = verifier.pause();
    ///     let mut progress = verifier.verify_until(1_000_000, max_cycles, None)?;
    ///     loop {
    ///         progress = match progress {
    ///             Progress::Completed(cycles) => return Ok(Some(cycles)),
    ///             Progress::Suspended(_) if pause.is_cancelled() => return Ok(None),
    ///             Progress::Suspended(state) => {
    ///                 let until = state.cycles() + 1_000_000;
    ///                 verifier.verify_until(until, max_cycles, Some(&state))?
    ///             }
    ///         };
    ///     }
    /// }
    /// ```
    pub fn verify_until(
        &self,
        until: Cycles,
        max_cycles: Cycles,
        state: Option<&State>,
    ) -> Result<Progress, ResumeError> {
        let (mut cycles, mut first, mut scheduler) = (0, 0, None);
        if let Some(state) = state {
            let content = self.checked(state)?;
            cycles = content.cycles;
            first = usize::try_from(content.groups).unwrap_or(usize::MAX);
            scheduler = content.scheduler.as_ref();
        }
        let groups = self.groups().get(first..).ok_or(StateError::Inconsistent)?;
        if groups.is_empty() && scheduler.is_some() {
            return Err(StateError::Inconsistent.into());
        }
        for (index, group) in (first..).zip(groups) {
            if index > first && cycles >= until {
                return Ok(self.suspended(index, cycles, None));
            }
            let limit = left(max_cycles, cycles);
            let piece =
                self.run_until(group, until.saturating_sub(cycles), limit, scheduler.take());
            let error = |cause| TransactionError { origin: group.origin(), cause };
            let used = match piece {
                Ok(used) => used,
                Err(Piece::Suspended(saved)) => return Ok(self.suspended(index, cycles, saved)),
                Err(Piece::Failed(cause)) => return Err(error(cause).into()),
                Err(Piece::Inconsistent) => return Err(StateError::Inconsistent.into()),
            };
            let overflow = ScriptError::CyclesOverflow(cycles, used);
            cycles = cycles.checked_add(used).ok_or_else(|| error(overflow))?;
        }
        Ok(Progress::Completed(cycles))
    }

    fn transaction_digest(&self) -> [u8; 32] {
        self.context.transaction().witness_hash().unpack()
    }

    fn suspended(
        &self,
        groups: usize,
        cycles: Cycles,
        scheduler: Option<SavedScheduler>,
    ) -> Progress {
        let transaction = self.transaction_digest();
        let newest = self.rules.newest().number();
        let groups = groups as u64;
        let content = Content { transaction, newest, groups, cycles, scheduler };
        Progress::Suspended(Box::new(State::new(content)))
    }

    /// The content of a state that is one of this transaction.
    fn checked<'s>(&self, state: &'s State) -> Result<&'s Content, StateError> {
        let content = &state.content;
        if state.format != State::FORMAT {
            return Err(StateError::Format(state.format));
        }
        if state.digest != content.digest() {
            return Err(StateError::Damaged);
        }
        if content.transaction != self.transaction_digest() {
            return Err(StateError::Transaction);
        }
        if content.newest != self.rules.newest().number() {
            return Err(StateError::Rules(content.newest));
        }
        Ok(content)
    }

    /// Runs a group, or the rest of it, and returns its cycles.
    fn run_until(
        &self,
        group: &ScriptGroup,
        until: Cycles,
        max_cycles: Cycles,
        saved: Option<&SavedScheduler>,
    ) -> Result<Cycles, Piece> {
        if type_id::is_type_id(group.script()) {
            return match saved {
                Some(_) => Err(Piece::Inconsistent),
                None => Ok(type_id::verify(&self.context, group, max_cycles)?),
            };
        }
        let version = self.version(group.script())?;
        let mut scheduler = self.scheduler(group, version);
        match saved {
            Some(saved) => scheduler.restore(saved).map_err(|_| Piece::Inconsistent)?,
            None => self.boot(&mut scheduler, group)?,
        }
        let mut end = scheduler.run(max_cycles, until);
        if matches!(end, Err(Stop::Reached)) && !scheduler.can_be_saved() {
            end = scheduler.run(max_cycles, Cycles::MAX);
        }
        if let Err(Stop::Failed(error)) = end
            && saved.is_some()
            && may_have_forgotten(version, error)
        {
            scheduler = self.scheduler(group, version);
            self.boot(&mut scheduler, group)?;
            end = scheduler.run(max_cycles, Cycles::MAX);
        }
        match end {
            Ok(code) => accepts(group, code).map(|()| scheduler.cycles()).map_err(Piece::Failed),
            Err(Stop::Paused | Stop::Reached) => Err(Piece::suspended(&scheduler)),
            Err(Stop::Failed(error)) => Err(Piece::Failed(failure(error, max_cycles))),
        }
    }
}

/// Whether a script may have failed only because its machine was made again: versions 0
/// and 1 enter addresses beyond 4 GiB as long as they remember the block that the low
/// half leads to.
pub(super) const fn may_have_forgotten(version: Version, error: VmError) -> bool {
    match (version, error) {
        (Version::V0 | Version::V1, VmError::Trap(Trap::OutOfBounds { addr, .. })) => {
            addr > 0xffff_ffff
        }
        _ => false,
    }
}

/// Why a group does not come to its end.
enum Piece {
    /// It goes on from here, or from its beginning.
    Suspended(Option<SavedScheduler>),
    Failed(ScriptError),
    /// It cannot be where it was said to be.
    Inconsistent,
}

impl Piece {
    fn suspended<P: DataProvider>(scheduler: &Scheduler<'_, P>) -> Self {
        Self::Suspended(scheduler.can_be_saved().then(|| scheduler.save()))
    }
}

impl From<ScriptError> for Piece {
    fn from(error: ScriptError) -> Self {
        Self::Failed(error)
    }
}

impl Content {
    fn digest(&self) -> [u8; 32] {
        let hasher = Hasher(new_blake2b());
        let hasher = postcard::to_io(self, hasher).expect("there is nothing that has no encoding");
        let mut digest = [0; 32];
        hasher.0.finalize(&mut digest);
        digest
    }
}

/// Hashes what is written to it, as the chain hashes.
struct Hasher(Blake2b);

impl io::Write for Hasher {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
