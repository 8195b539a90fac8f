//! The auditor's tools: a run is recorded, and years later replayed and compared.
//!
//! A *bundle* holds a transaction, everything that its scripts can see, and what happened
//! when they ran: syscalls, processes, checkpoints with a commitment to the whole state,
//! and verdicts. It needs no node and no network.
//!
//! - [`subject`] is the transaction with what its scripts can see;
//! - [`record()`] runs it and writes a bundle, whose [`format`](mod@format) and
//!   [`records`] are documented byte by byte;
//! - [`Run::read`] reads one, [`Run::replay`] executes it again and says whether it tells
//!   the truth;
//! - with the feature `reference`, `reference::crosscheck` executes it on the production
//!   machine, `ckb-vm` in assembly mode, under `ckb-script`;
//! - [`commitment`] commits to the state of a machine, [`checkpoint`] to that of a group.
//!
//! ```no_run
//! use std::fs::File;
//!
//! use verdict_audit::{Bundle, Run};
//! use verdict_syscalls::Engine;
//!
//! fn check(path: &str) -> Result<(), Box<dyn std::error::Error>> {
//!     let run = Run::read(Bundle::open(File::open(path)?)?)?;
//!     run.replay(Engine::Auto)?;
//!     for (place, verdict) in run.verdicts() {
//!         println!("{place}: {verdict}");
//!     }
//!     Ok(())
//! }
//! ```

#![forbid(unsafe_code)]

pub mod checkpoint;
pub mod commitment;
pub mod diff;
pub mod explain;
pub mod format;
pub mod record;
pub mod records;
#[cfg(feature = "reference")]
pub mod reference;
pub mod replay;
pub mod subject;
pub mod symbols;
pub mod trace;

pub use self::{
    format::{Bundle, FormatError},
    record::{Recorded, Settings, record},
    replay::{Difference, ReplayError, Replayed, Run},
    subject::Subject,
};
