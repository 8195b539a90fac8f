//! Traces: which blocks are compiled together, and in which order.
//!
//! A trace is a run of blocks with one entry, at its start; control may leave it behind
//! each of its blocks. A block goes on with a successor in the same trace if no other
//! block of the region leads there, so that no block is in two traces: code grows with
//! the blocks, however they jump.

use alloc::vec::Vec;
use core::{
    hash::{BuildHasherDefault, Hasher},
    ops::Range,
};
use std::collections::HashMap;

use crate::{
    block::{Decoded, End},
    isa::{Fused, Inst, Op, Reg, Step},
};

/// The most cycles that a trace charges on entry.
pub(super) const MAX_CYCLES: u64 = 4096;

/// The most blocks in a trace.
const MAX_BLOCKS: usize = 32;

/// Blocks by address.
type Index = HashMap<u64, u32, BuildHasherDefault<AddressHasher>>;

/// Spreads addresses of code. Nothing depends on how: an [`Index`] is never iterated.
#[derive(Default)]
struct AddressHasher(u64);

impl Hasher for AddressHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("addresses are numbers");
    }

    fn write_u64(&mut self, pc: u64) {
        // 2^64 divided by the golden ratio (Knuth, The Art of Computer Programming, 6.4).
        self.0 = pc.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(32);
    }
}

/// A block, without its steps.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// As in [`Block`](crate::block::Block).
    pub(super) start: u64,
    pub(super) next: u64,
    pub(super) end: End,
    cycles: u32,
    /// Where its steps are among those of its region.
    steps: Range<u32>,
}

impl Piece {
    /// What the block costs.
    pub(super) fn cycles(&self) -> u64 {
        self.cycles.into()
    }
}

/// Blocks, as they are collected.
pub(super) struct Pieces {
    pieces: Vec<Piece>,
    steps: Vec<Step>,
    index: Index,
}

impl Pieces {
    /// No blocks, and room for as many as are usually compiled at once at most.
    pub(super) fn new() -> Self {
        const BLOCKS: usize = 448;
        Self {
            pieces: Vec::with_capacity(BLOCKS),
            steps: Vec::with_capacity(8 * BLOCKS),
            index: Index::with_capacity_and_hasher(BLOCKS, BuildHasherDefault::default()),
        }
    }

    /// How many blocks there are.
    pub(super) const fn len(&self) -> usize {
        self.pieces.len()
    }

    /// How many steps they have.
    pub(super) const fn steps(&self) -> u64 {
        self.steps.len() as u64
    }

    pub(super) fn contains(&self, pc: u64) -> bool {
        self.index.contains_key(&pc)
    }

    /// Adds a block that is not there.
    pub(super) fn push(&mut self, block: &Decoded<'_>) {
        let start = number(self.steps.len());
        self.steps.extend_from_slice(block.steps);
        self.index.insert(block.start, number(self.pieces.len()));
        self.pieces.push(Piece {
            start: block.start,
            next: block.next,
            end: block.end(),
            cycles: block.cycles.try_into().expect("a block costs less than a thousand"),
            steps: start..number(self.steps.len()),
        });
    }

    /// Where control may go from block number `at`: successors, and what it is likely to
    /// come back to.
    pub(super) fn ways(&self, at: usize) -> Option<[Option<u64>; 3]> {
        let piece = self.pieces.get(at)?;
        let [first, second] = successors(piece);
        let last = self.steps.get(piece.steps.end as usize - 1)?;
        Some([first, second, return_address(piece, last.op)])
    }
}

/// Blocks to be compiled together.
pub(super) struct Region {
    pieces: Pieces,
    /// For each block that starts a trace, the number of the trace.
    trace_of: Vec<u32>,
    /// Numbers of blocks, trace by trace.
    order: Vec<u32>,
    /// The address of the first block of each trace, ascending, and where in `order` the
    /// trace is.
    traces: Vec<(u64, Range<u32>)>,
}

/// No trace.
const NONE: u32 = u32::MAX;

/// What is known of a block while traces are formed.
#[derive(Clone, Copy, Default)]
struct Place {
    /// How many blocks lead to it, itself included; more than two count as two.
    predecessors: u8,
    /// It starts a trace.
    head: bool,
    /// It is in a trace.
    taken: bool,
    /// The blocks that it leads to.
    successors: [Option<u32>; 2],
}

impl Region {
    /// Forms traces of blocks. A trace starts at the first.
    pub(super) fn new(pieces: Pieces) -> Self {
        let Pieces { pieces: blocks, index, .. } = &pieces;
        let mut places = alloc::vec![Place::default(); blocks.len()];
        for (at, block) in blocks.iter().enumerate() {
            let successors = successors(block).map(|pc| pc.and_then(|pc| index.get(&pc).copied()));
            places[at].successors = successors;
            for successor in successors.into_iter().flatten() {
                let place = &mut places[successor as usize];
                place.predecessors = (place.predecessors + 1).min(2);
            }
        }
        for (at, place) in places.iter_mut().enumerate() {
            place.head = place.predecessors != 1 || at == 0;
        }
        let mut order = Vec::with_capacity(blocks.len());
        let mut traces = Vec::with_capacity(blocks.len());
        // First what must start a trace, then what is left: loops that are entered from
        // elsewhere, and the ends of traces that became too long.
        for heads_only in [true, false] {
            for first in 0..blocks.len() {
                if places[first].taken || heads_only && !places[first].head {
                    continue;
                }
                let start = order.len();
                let mut cycles = 0;
                let mut next = Some(number(first));
                while let Some(at) = next {
                    let block = &blocks[at as usize];
                    places[at as usize].taken = true;
                    cycles += block.cycles();
                    order.push(at);
                    let successors = places[at as usize].successors.into_iter().flatten();
                    next = successors.into_iter().find(|&to| {
                        let Place { taken, head, .. } = places[to as usize];
                        !(taken || head)
                            && order.len() - start < MAX_BLOCKS
                            && cycles + blocks[to as usize].cycles() <= MAX_CYCLES
                    });
                }
                traces.push((blocks[first].start, number(start)..number(order.len())));
            }
        }
        traces.sort_unstable_by_key(|(start, _)| *start);
        let mut trace_of = alloc::vec![NONE; blocks.len()];
        for (trace, (_, blocks)) in traces.iter().enumerate() {
            trace_of[order[blocks.start as usize] as usize] = number(trace);
        }
        Self { pieces, trace_of, order, traces }
    }

    /// All blocks, in the order of their traces.
    pub(super) fn blocks(&self) -> impl Iterator<Item = &Piece> {
        (0..self.len()).flat_map(|trace| self.trace(trace))
    }

    /// How many traces there are.
    pub(super) const fn len(&self) -> usize {
        self.traces.len()
    }

    /// The address of the first block of a trace. Traces ascend by it.
    pub(super) fn start(&self, trace: usize) -> u64 {
        self.traces[trace].0
    }

    /// The blocks of a trace.
    pub(super) fn trace(&self, number: usize) -> impl ExactSizeIterator<Item = &Piece> + Clone {
        let Range { start, end } = self.traces[number].1;
        let order = &self.order[start as usize..end as usize];
        order.iter().map(|&at| &self.pieces.pieces[at as usize])
    }

    /// How many blocks there are.
    pub(super) const fn block_count(&self) -> usize {
        self.order.len()
    }

    /// How many steps they have.
    pub(super) const fn step_count(&self) -> u64 {
        self.pieces.steps()
    }

    /// The steps of a block of this region.
    pub(super) fn steps(&self, block: &Piece) -> &[Step] {
        &self.pieces.steps[block.steps.start as usize..block.steps.end as usize]
    }

    /// The steps of all blocks, in no order that means anything.
    pub(super) fn all_steps(&self) -> &[Step] {
        &self.pieces.steps
    }

    /// The number of the trace that starts at `pc`, if one does.
    pub(super) fn trace_at(&self, pc: u64) -> Option<usize> {
        let trace = self.trace_of[*self.pieces.index.get(&pc)? as usize];
        (trace != NONE).then_some(trace as usize)
    }
}

/// How many of `blocks`, which are behind one another in a trace, are a run: those up to the
/// first one behind which control may leave the trace.
pub(super) fn run_length<'a>(blocks: impl ExactSizeIterator<Item = &'a Piece>) -> usize {
    let len = blocks.len();
    let goes_on = |block: &&Piece| matches!(block.end, End::Next | End::Jump { .. });
    len.min(blocks.take_while(goes_on).count() + 1)
}

fn number(number: usize) -> u32 {
    u32::try_from(number).expect("memory bounds the number of blocks")
}

/// The addresses that a block itself names as its successors; the likelier one first.
fn successors(block: &Piece) -> [Option<u64>; 2] {
    match block.end {
        End::Next => [Some(block.next), None],
        End::Branch { taken } if taken == block.next => [Some(taken), None],
        End::Branch { taken } => [Some(block.next), Some(taken)],
        End::Jump { target } => [Some(target), None],
        End::Indirect | End::System => [None, None],
    }
}

/// The address that control is likely to come back to after a block that ends with `last`:
/// behind a call or a syscall.
fn return_address(block: &Piece, last: Op) -> Option<u64> {
    let comes_back = match last {
        Op::Inst(Inst::Jal(call)) => call.rd() != Reg::Zero,
        Op::Inst(Inst::Jalr(call)) => call.rd() != Reg::Zero,
        Op::Fused(Fused::FarJumpAbs { .. } | Fused::FarJumpRel { .. }) => true,
        Op::Inst(_) | Op::Fused(_) => block.end == End::System,
    };
    comes_back.then_some(block.next)
}
