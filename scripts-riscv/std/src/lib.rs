//! What a script needs to run on chain.
//!
//! - [`entry!`] makes a function the program's entry point, and [`args`] gives what it
//!   was started with;
//! - [`syscall`] asks the chain: transaction, cells, witnesses, other programs;
//! - [`heap!`] gives a script that wants `alloc` a heap;
//! - a panic ends the script with the exit code [`PANICKED`].
//!
//! ```ignore
//! #![no_std]
//! #![no_main]
//!
//! verdict_std::entry!(main);
//!
//! fn main() -> i8 {
//!     0
//! }
//! ```
//!
//! Numbers of syscalls, sources, fields and return codes are those of
//! `verdict-syscalls-abi`, which the verifier uses too.

#![no_std]

mod entry;
mod heap;
#[cfg(target_arch = "riscv64")]
#[expect(unsafe_code, reason = "they are assembly")]
mod memory;
pub mod syscall;

pub use verdict_syscalls_abi::{
    CellField, HeaderField, InputField, Place, ReturnCode, Source, SourceKind, Syscall,
};

pub use self::{
    entry::{Arguments, Outcome, PANICKED, args, exit},
    heap::Heap,
};

#[doc(hidden)]
pub use self::entry::start;
