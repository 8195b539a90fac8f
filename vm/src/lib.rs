//! A RISC-V machine that runs CKB scripts exactly as the production network does.
//!
//! It knows nothing of transactions: [`Machine::run`] executes a guest until it
//! needs its caller, and returns an [`Exit`] that says why. The caller handles an
//! `ecall` and runs on.
//!
//! A tour, from bytes to exit:
//!
//! - [`isa`] says what instructions there are ([`isa::table`]), which sequences count
//!   as one operation ([`isa::fusion`]), and decodes both;
//! - [`block`] cuts code into the unit of decoding and charging;
//! - an engine runs blocks; it is private, [`Machine`] owns it;
//! - [`Memory`] and [`elf`] own what a guest may touch and what a program maps;
//! - a [`Program`] is what many machines run, and what they leave to each other;
//! - [`Version`] lists everything that differs between the versions of the machine.
//!
//! Without its default feature `std` the crate needs `alloc` only.

#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
    not(all(feature = "std", unix, target_arch = "x86_64", not(miri))),
    allow(dead_code, reason = "parts of the engines are for the JIT alone")
)]

extern crate alloc;
#[cfg(test)]
extern crate std;

mod alu;
pub mod block;
pub mod elf;
mod exit;
mod hart;
mod interp;
pub mod isa;
mod jit;
mod machine;
mod memory;
#[cfg(feature = "std")]
mod pause;
mod program;
mod snapshot;
mod stack;
mod version;

#[cfg(feature = "std")]
pub use self::pause::Pause;
pub use self::{
    elf::{Image, LoadError},
    exit::{Exit, Trap},
    hart::Hart,
    interp::{BlockAt, StepAt, Watch},
    isa::{Isa, Reg},
    jit::JitStats,
    machine::{Config, Engine, Machine, UnknownEngine},
    memory::{Memory, MemorySize, PAGE_SIZE, PageFlags},
    program::{File, Program},
    snapshot::{DataSource, DirtyPage, Snapshot, SourcePages, Tracker},
    version::Version,
};
