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

const fn slot(pc: u64) -> usize {
    (pc >> 2) as usize & (SLOTS - 1)
}

/// The block that entered each slot last, as address and a number that orders the entries;
/// zero is a block that was never entered.
pub(super) struct Entries(Vec<(u64, u64)>);

impl Entries {
    pub(super) const NONE: Self = Self(Vec::new());

    pub(super) fn add(&mut self, pc: u64, order: u64) {
        if self.0.is_empty() {
            self.0.resize(SLOTS, (u64::MAX, 0));
        }
        let last = &mut self.0[slot(pc)];
        if order > last.1 {
            *last = (pc, order);
        }
    }
}

/// The start address of the block in each slot.
pub(super) struct Slots(Vec<u64>);

impl Slots {
    /// The cache after these entries.
    pub(super) fn new(Entries(entries): Entries) -> Self {
        let mut slots = vec![u64::MAX; SLOTS];
        for (slot, (pc, _)) in slots.iter_mut().zip(entries) {
            *slot = pc;
        }
        Self(slots)
    }

    /// Whether the block at `pc` holds its slot.
    pub(super) fn hold(&self, pc: u64) -> bool {
        self.0[slot(pc)] == pc
    }

    /// Enters the block at `pc`.
    pub(super) fn enter(&mut self, pc: u64) {
        self.0[slot(pc)] = pc;
    }
}
