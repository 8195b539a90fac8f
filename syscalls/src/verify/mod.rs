//! Verifying a transaction: which scripts it has, what each runs, and running them.

mod groups;
mod select;
mod type_id;
mod verifier;

pub(crate) use self::select::HashType;
pub use self::{
    groups::{GroupKind, ScriptGroup},
    select::Rules,
    verifier::{GroupReport, Report, Verifier},
};
