//! Limits on cycles.

use crate::Cycles;

/// What one transaction, and all transactions of a block together, may use by
/// consensus.
pub const MAX_BLOCK_CYCLES: Cycles = 3_500_000_000;

/// What a node lets one transaction in its pool use if it is not configured otherwise.
pub const DEFAULT_POOL_CYCLES: Cycles = 70_000_000;
