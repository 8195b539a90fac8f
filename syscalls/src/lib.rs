//! CKB around the machine: syscalls, script groups and the transaction verifier.
//!
//! A transaction is accepted if each of its scripts ends with exit code 0 within the
//! limit on cycles. [`Verifier`] sorts the scripts into [groups](ScriptGroup), finds
//! the program and the version of each, and runs them one after another on a
//! [`verdict_vm::Machine`]. What a script asks of its surroundings goes through one
//! table of syscalls, [`Syscall`].
//!
//! Transactions, cells and headers are those of `ckb-types`; whatever implements the
//! provider traits of `ckb-traits` is a [`DataProvider`], so a node plugs its store
//! in as it is. A transaction that has all of its cells with it needs no more than a
//! [`Store`].
//!
//! ```
//! use std::sync::Arc;
//!
//! use ckb_types::core::{TransactionView, cell::ResolvedTransaction};
//! use verdict_syscalls::{DataProvider, Rules, TransactionError, Verifier, limits};
//!
//! fn accepts(transaction: ResolvedTransaction, store: impl DataProvider) -> bool {
//!     let verifier = Verifier::new(Arc::new(transaction), store, Rules::all_active());
//!     match verifier.verify(limits::MAX_BLOCK_CYCLES) {
//!         Ok(cycles) => {
//!             println!("accepted after {cycles} cycles");
//!             true
//!         }
//!         Err(TransactionError { origin, cause }) => {
//!             println!("{origin} refuses: {cause}");
//!             false
//!         }
//!     }
//! }
//! ```
//!
//! A tour:
//!
//! - `verify` groups scripts, selects code and version, and runs the groups, in one go
//!   or [in pieces](Verifier::verify_until), of one transaction or of [many](verify_all);
//! - `host` answers the syscalls of a running script, one handler each in `load`,
//!   `process`, `debug` and `info`;
//! - `process` runs the processes of a script, the first of which is its program;
//! - `context` is what a running script can see;
//! - [`Programs`] are what verifiers share;
//! - [`cost`] and [`limits`] hold the numbers.

#![forbid(unsafe_code)]

mod context;
pub mod cost;
mod debug;
mod error;
mod host;
mod info;
pub mod limits;
mod load;
mod observe;
mod process;
mod programs;
mod store;
mod verify;

pub use verdict_syscalls_abi::{
    CellField, HeaderField, InputField, Place, ReturnCode, Source, SourceKind, Syscall,
};
pub use verdict_vm::{Engine, JitStats, Pause, Version};

pub use self::{
    context::DataProvider,
    debug::DebugHook,
    error::{ExternalError, Origin, ScriptError, TransactionError, UnexpectedError, VmError},
    observe::{CallEvent, Event, EventKind, Observer, Outcome, ProgramId, Returned, Written},
    programs::Programs,
    store::Store,
    verify::{
        Execution, GroupKind, GroupReport, GroupState, ProcessPage, ProcessState, Progress, Report,
        ResumeError, Rules, ScriptGroup, SharedObserver, State, StateError, Verifier, verify_all,
    },
};

/// A number of cycles: what running costs by consensus.
pub type Cycles = u64;
