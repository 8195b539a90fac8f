//! A model of the reference's block cache, for where it shows.
//!
//! That cache has 8192 slots, each holding the block that last entered it; a block's
//! slot follows from its address. It shows in two places:
//!
//! - Versions 0 and 1 look blocks up by the low half of `pc`: control may enter an
//!   address beyond 4 GiB if the block at its low half still holds its slot.
//! - A block that looked ahead into a page which has become executable since runs as
//!   it was decoded as long as it holds its slot, and is decoded anew after.

use alloc::{vec, vec::Vec};

const SLOTS: usize = 8192;

/// The start address of the block in each slot.
pub(super) struct Slots(Vec<u64>);

const fn slot(pc: u64) -> usize {
    (pc >> 2) as usize & (SLOTS - 1)
}

impl Slots {
    /// The cache after blocks were entered, given as address and a number that orders
    /// the entries; zero is a block that was never entered.
    pub(super) fn new(entered: impl Iterator<Item = (u64, u64)>) -> Self {
        let mut slots = vec![u64::MAX; SLOTS];
        let mut latest = vec![0; SLOTS];
        for (pc, order) in entered {
            let slot = slot(pc);
            if order > latest[slot] {
                latest[slot] = order;
                slots[slot] = pc;
            }
        }
        Self(slots)
    }

    /// Whether the block at `pc` holds its slot.
    pub(super) fn hold(&self, pc: u64) -> bool {
        self.0[slot(pc)] == pc
    }

    /// Enters the block at `pc`; returns whether it held its slot before.
    pub(super) fn enter(&mut self, pc: u64) -> bool {
        core::mem::replace(&mut self.0[slot(pc)], pc) == pc
    }
}
