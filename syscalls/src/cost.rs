//! What is charged for beyond instructions.
//!
//! The cost of instructions, of `ecall` among them, belongs to the machine. Charges
//! here are added to its counter, each rounded on its own; who adds them decides when
//! the limit is looked at.

use crate::Cycles;

/// Bytes that a script moves for one cycle.
const BYTES_PER_CYCLE: u64 = 4;

/// What the built-in `TYPE_ID` script costs.
pub const TYPE_ID: Cycles = 1_000_000;

/// What `exec` of version 2 costs beside the load of the program.
pub const EXEC: Cycles = 75_000;

/// What `spawn` costs beside [`YIELD`] and the load of the program, which the new
/// process pays for.
pub const SPAWN: Cycles = 100_000;

/// What a syscall costs that leaves the rest to the scheduler.
pub const YIELD: Cycles = 800;

/// What it costs to suspend a process, and to resume one.
pub const SWAP: Cycles = 100_000;

/// The cost of moving `bytes` bytes into or out of a script's memory.
#[must_use]
pub const fn transferred(bytes: u64) -> Cycles {
    bytes.div_ceil(BYTES_PER_CYCLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_begun_word_counts() {
        assert_eq!([0, 1, 4, 5].map(transferred), [0, 1, 1, 2]);
        assert_eq!(transferred(u64::MAX), 1 << 62);
    }
}
