//! Verifying a transaction: which scripts it has, what each runs, and running them.

mod execution;
mod groups;
mod parallel;
mod resume;
mod select;
mod type_id;
mod verifier;

pub(crate) use self::select::HashType;
pub use self::{
    execution::{Execution, GroupState, ProcessPage, ProcessState, SharedObserver},
    groups::{GroupKind, ScriptGroup},
    parallel::verify_all,
    resume::{Progress, ResumeError, State, StateError},
    select::Rules,
    verifier::{GroupReport, Report, Verifier},
};
