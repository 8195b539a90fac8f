//! The JIT: compiles the blocks that run often to host code.
//!
//! It has no semantics of its own: it takes its blocks from [`crate::block`] as the
//! interpreter does, and where something seldom happens it leaves it to the interpreter.
//!
//! - `engine` decides what runs and what is compiled;
//! - `trace` puts blocks together, `address` says which memory accesses need a check,
//!   `liveness` which results nobody sees;
//! - `x64` turns traces into host code; another architecture would stand beside it;
//! - `compiled` keeps the code of a program; `code` owns the memory it is in, `entry` the
//!   way into it. These two are all of its unsafe code.
//!
//! Where there is no compiler for the host, `absent` stands in for all of it.
//!
//! # Why it is as it is
//!
//! **One pass, no optimiser.** Guest and host compilers make about as many instructions of
//! a C program, so one host instruction for most guest instructions is near native speed.
//! Eleven guest registers live in host registers, the same ones everywhere in a program, so
//! that control passes from trace to trace without moving anything; the others are operands
//! on the stack, and what `rax` holds of them is remembered, as the way through memory costs
//! several cycles. Wide products and carries are fused operations already when they get here,
//! and become `mulx` and `adc`.
//!
//! **Decoded once.** What is compiled has mostly run before, so its blocks are taken from the
//! interpreter's cache; only blocks that may run next are decoded for the compiler. Buffers
//! of one compilation serve the next, an instruction is written as three words, and the
//! system is asked for pages at once, as a fault for each costs more than filling it. For
//! the same reason a thread keeps code memory of the last program that it dropped.
//!
//! **Leaving instead of handling.** A trap, a store to a page that is clean or executable,
//! a budget that may not suffice: compiled code leaves *before* the operation, and the
//! interpreter goes on in the middle of the block. State, cycles and errors then are those
//! of the interpreter, because it makes them.
//!
//! **Checks by run.** Blocks end after sixteen steps, whatever comes. Those behind each other
//! without a branch are a run. The first access through a base register checks all that its
//! run makes through it, by one comparison; a store looks at one byte for the page as well
//! ([`OPEN_WITH_NEXT`](crate::memory::OPEN_WITH_NEXT)). Unless something traps, all those
//! accesses happen, so a check never fails for an access that is not made. Guard pages and
//! `mprotect` would need a signal handler in the process of whoever embeds the machine, and
//! cost microseconds for each page that becomes dirty.
//!
//! **Cycles by trace.** A trace charges all of its blocks on entry, by a subtraction and a
//! jump, and gives back on the way out what did not run. When less than the cost of any
//! trace is left, the interpreter runs alone, to stop exactly at the limit.
//!
//! **A table instead of patches.** Jumps to what is not compiled yet go through a table of
//! entries, as indirect jumps do, so nothing written is written again, and threads share code
//! without a lock. The host predicts such jumps.
//!
//! **Rent or buy.** A program may spend a part of its cycles on compiling, and whatever
//! compiled code has saved it, and has a little in advance. All of that is spent when a
//! sample of every thousandth cycle finds the same block twice: on the working set, blocks
//! that ran again in the last few thousand cycles, and then on what control may reach from
//! there, since coming to code one block at a time costs more than compiling some that never
//! runs. Each compilation counts for more than its steps, and what was spent stays spent when
//! code changes; else a guest could have its host compile all the time. All is counted in
//! cycles, not in time: what is compiled does not depend on the host.
//!
//! **What did not pay.** Counting registers by the loops they are in, for who gets a home:
//! functions that are called in a loop are in none, and secp256k1 lost 40 %. A twelfth home,
//! with the cycles left in memory: within noise on most programs, and pointer chasing lost.
//! Words that are not sign-extended where nobody sees it: nearly every register is seen
//! where a loop goes round, as compiled code may leave there; of thirteen programs none got
//! faster. Compiling everything again, together, once it has run for long: 1.5 %. A thread
//! that compiles: to wake it takes as long as to compile what is hot. Counting how often
//! blocks run, instead of samples: no choice of what is hot then was better.
//!
//! # Bounds
//!
//! Time and space to compile are linear in the steps compiled: a block has at most sixteen,
//! a region at most a few hundred blocks, and no block is in two traces of a region. Blocks
//! overlap where control arrives at many places, and the tail of a trace is compiled again
//! for an entry into its middle; the worst programs have a half-word compiled 263 times, a
//! compiler's hardly ever more than twice. A program has [`code::Memory::SIZE`] bytes of host code at most; beyond
//! that the interpreter goes on. The suite `jit` in `tests/` holds this to numbers.
//!
//! # Safety
//!
//! - Code is written, sealed, and not written again as long as anyone may run it; no page is
//!   writable and executable.
//! - Indirect jumps go through the table, whose entries are code that was emitted, or zero: the
//!   start of code memory, from which they leave.
//! - An address is used only after it was compared with the size of memory, and only for
//!   offsets that the comparison covered; page permissions are read before each first store.
//! - The guest cannot write what decides this: registers' slots, the table, permissions and
//!   code are outside of its memory, which is a mapping of its own.
//!
//! **Speculation.** A mispredicted comparison lets the host touch memory at an address of
//! the guest's choice for some cycles (Spectre, variant 1), and the table makes it jump to
//! any emitted entry (variant 2). To learn something from that, a guest would have to time
//! its own loads; it has no clock, no threads and no shared memory, and what it computes is
//! the same on every host. So there is no masking. Whoever runs guests beside secrets and
//! lets them be timed from outside should choose [`Engine::Interpreter`](crate::Engine) or
//! a process for each.
//!
//! # Looking at it
//!
//! `valgrind verdict run --engine jit PROGRAM` runs compiled code under valgrind's memory
//! checker as it is. Address sanitizers see the Rust parts only. `cargo miri test -p
//! verdict-vm` runs everything but this module.

macro_rules! where_supported {
    ($($item:item)*) => {$(
        #[cfg(all(feature = "std", unix, target_arch = "x86_64", not(miri)))]
        $item
    )*};
}

where_supported! {
    mod address;
    mod code;
    mod compiled;
    mod engine;
    mod entry;
    mod liveness;
    mod trace;
    mod x64;

    pub(crate) use self::{
        compiled::{Shared, is_available},
        engine::Jit,
    };
}

#[cfg(not(all(feature = "std", unix, target_arch = "x86_64", not(miri))))]
mod absent;
#[cfg(all(feature = "std", not(all(unix, target_arch = "x86_64", not(miri)))))]
pub(crate) use self::absent::Shared;
#[cfg(not(all(feature = "std", unix, target_arch = "x86_64", not(miri))))]
pub(crate) use self::absent::{Jit, is_available};

/// When a block is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tier {
    /// Before it runs for the first time.
    Eager,
    /// Once it has run so often that compiling it will have been worth it.
    Hot,
}

/// What the JIT has done for a program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JitStats {
    /// How many machines found code that others had compiled.
    pub hits: u64,
    /// How many found none.
    pub misses: u64,
    /// How often something was compiled.
    pub compilations: u64,
    /// How many steps were compiled: instructions and fused operations.
    pub steps: u64,
    /// How many bytes of guest code they are.
    pub guest_bytes: u64,
    /// How many bytes of host code they became.
    pub host_bytes: u64,
    /// How long that took, decoding included.
    pub time: core::time::Duration,
}

impl core::ops::AddAssign for JitStats {
    fn add_assign(&mut self, other: Self) {
        self.hits += other.hits;
        self.misses += other.misses;
        self.compilations += other.compilations;
        self.steps += other.steps;
        self.guest_bytes += other.guest_bytes;
        self.host_bytes += other.host_bytes;
        self.time += other.time;
    }
}
