//! Verifying a transaction: which scripts it has, what each runs, and running them.

mod groups;
mod resume;
mod select;
mod type_id;
mod verifier;

pub(crate) use self::select::HashType;
pub use self::{
    groups::{GroupKind, ScriptGroup},
    resume::{Progress, ResumeError, State, StateError},
    select::Rules,
    verifier::{GroupReport, Report, Verifier},
};
