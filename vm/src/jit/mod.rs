//! The JIT: compiles the blocks that run often to host code.
//!
//! It has no semantics of its own: it takes its blocks from [`crate::block`] as the
//! interpreter does, and where something seldom happens it leaves it to the interpreter.
//!
//! - `engine` decides what runs and what is compiled;
//! - `trace` puts blocks together, `address` says which memory accesses need a check;
//! - `x64` turns traces into host code; another architecture would stand beside it;
//! - `compiled` keeps the code of a program; `code` owns the memory it is in, `entry` the
//!   way into it. These two are the only unsafe code.
//!
//! Where there is no compiler for the host, `absent` stands in for all of it.

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
