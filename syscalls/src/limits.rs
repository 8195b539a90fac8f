//! Limits on cycles and processes.

use crate::Cycles;

/// What one transaction, and all transactions of a block together, may use by
/// consensus.
pub const MAX_BLOCK_CYCLES: Cycles = 3_500_000_000;

/// What a node lets one transaction in its pool use if it is not configured otherwise.
pub const DEFAULT_POOL_CYCLES: Cycles = 70_000_000;

/// How many processes a script can have beside its root at any time.
pub const MAX_SPAWNED: usize = 16;

/// How many processes have a machine at any time; the others are suspended.
pub const MAX_INSTANTIATED: usize = 4;

/// How many file descriptors of a script can be open before it makes one more pipe.
pub const MAX_FDS: usize = 64;

/// How long arguments for `exec` of version 1 can be, each with 8 bytes for its address
/// and without its NUL.
pub const MAX_ARGUMENTS_LEN: u64 = 1 << 20;
