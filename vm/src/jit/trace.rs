//! Traces: which blocks are compiled together, and in which order.
//!
//! A trace is a run of blocks with one entry, at its start; control may leave it behind
//! each of its blocks. A block goes on with a successor in the same trace if no other
//! block of the region leads there, so that no block is in two traces: code grows with
//! the blocks, however they jump.

use alloc::vec::Vec;

use crate::block::{Block, End};

/// The most cycles that a trace charges on entry.
pub(super) const MAX_CYCLES: u64 = 4096;

/// The most blocks in a trace.
const MAX_BLOCKS: usize = 32;

/// Blocks to be compiled together.
pub(super) struct Region {
    /// In the order of their traces.
    blocks: Vec<Block>,
    /// Where in `blocks` each trace starts, ascending by the address of its first block.
    starts: Vec<u32>,
}

/// What is known of a block while traces are formed.
#[derive(Clone, Copy, Default)]
struct Place {
    /// How many blocks lead to it, itself included; more than two count as two.
    predecessors: u8,
    /// It starts a trace.
    head: bool,
    /// It is in a trace.
    taken: bool,
}

impl Region {
    /// Forms traces of `blocks`, which ascend by address, each of them once. A trace starts
    /// at `entry`, if that is one of them.
    pub(super) fn new(blocks: Vec<Block>, entry: u64) -> Self {
        let find = |pc: u64| blocks.binary_search_by_key(&pc, |block| block.start).ok();
        let mut places = alloc::vec![Place::default(); blocks.len()];
        for block in &blocks {
            for successor in successors(block).into_iter().flatten().filter_map(find) {
                let place = &mut places[successor];
                place.predecessors = (place.predecessors + 1).min(2);
            }
        }
        for (place, block) in places.iter_mut().zip(&blocks) {
            place.head = place.predecessors != 1 || block.start == entry;
        }
        let mut order: Vec<(u64, Vec<usize>)> = Vec::new();
        // First what must start a trace, then what is left: loops that are entered from
        // elsewhere, and the ends of traces that became too long.
        for heads_only in [true, false] {
            for first in 0..blocks.len() {
                if places[first].taken || heads_only && !places[first].head {
                    continue;
                }
                let mut trace = Vec::new();
                let mut cycles = 0;
                let mut next = Some(first);
                while let Some(at) = next {
                    places[at].taken = true;
                    cycles += blocks[at].cycles;
                    trace.push(at);
                    let successors = successors(&blocks[at]).into_iter().flatten();
                    next = successors.filter_map(find).find(|&to| {
                        !places[to].taken
                            && !places[to].head
                            && trace.len() < MAX_BLOCKS
                            && cycles + blocks[to].cycles <= MAX_CYCLES
                    });
                }
                order.push((blocks[first].start, trace));
            }
        }
        order.sort_unstable_by_key(|(start, _)| *start);
        let mut region = Self { blocks: Vec::with_capacity(blocks.len()), starts: Vec::new() };
        for (_, trace) in order {
            region.starts.push(index(region.blocks.len()));
            region.blocks.extend(trace.into_iter().map(|at| blocks[at].clone()));
        }
        region
    }

    /// All blocks.
    pub(super) fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// How many traces there are.
    pub(super) const fn len(&self) -> usize {
        self.starts.len()
    }

    /// The blocks of a trace. Traces ascend by the address of their first block.
    pub(super) fn trace(&self, number: usize) -> &[Block] {
        let start = self.starts[number] as usize;
        let end = self.starts.get(number + 1).map_or(self.blocks.len(), |&end| end as usize);
        &self.blocks[start..end]
    }

    /// The number of the trace that starts at `pc`, if one does.
    pub(super) fn trace_at(&self, pc: u64) -> Option<usize> {
        self.starts.binary_search_by_key(&pc, |&start| self.blocks[start as usize].start).ok()
    }
}

fn index(number: usize) -> u32 {
    u32::try_from(number).expect("memory bounds the number of blocks")
}

/// The addresses that a block itself names as its successors; the likelier one first.
pub(super) fn successors(block: &Block) -> [Option<u64>; 2] {
    match block.end {
        End::Next => [Some(block.next), None],
        End::Branch { taken } if taken == block.next => [Some(taken), None],
        End::Branch { taken } => [Some(block.next), Some(taken)],
        End::Jump { target } => [Some(target), None],
        End::Indirect | End::System => [None, None],
    }
}
