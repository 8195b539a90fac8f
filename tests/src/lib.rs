//! What the differential suites share: runners for both machines, a way to make
//! programs, and a way to say how two runs differ.
//!
//! Every program runs on the reference ([`reference`](mod@reference), the production machine with
//! its assembly engine) and on Verdict ([`verdict`]). Both give an [`Outcome`], and
//! outcomes must be equal in everything: result, cycles, `pc`, registers, memory and
//! page flags, after failures too.
//!
//! Programs are made with encoders of their own ([`asm`]) and a writer of ELF files
//! of its own ([`elf`]), so that a mistake in the machine's tables cannot hide
//! behind the same mistake in a test.

#![forbid(unsafe_code)]

pub mod asm;
pub mod check;
pub mod elf;
pub mod fuzz;
pub mod generate;
pub mod outcome;
pub mod pair;
pub mod reference;
pub mod rng;
pub mod shapes;
pub mod verdict;

pub use self::{
    outcome::{Failure, Outcome, Program, Setup},
    rng::Rng,
};
