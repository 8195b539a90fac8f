//! Traces: which blocks are compiled together, and in which order.
//!
//! A trace is a run of blocks with one entry, at its start; control may leave it behind
//! each of its blocks. A block goes on with a successor in the same trace if no other
//! block of the region leads there, so that no block is in two traces: code grows with
//! the blocks, however they jump.

use alloc::vec::Vec;
use core::ops::Range;

use crate::{
    block::{Decoded, End},
    isa::{Fused, Inst, Op, Reg, Step},
};

/// The most cycles that a trace charges on entry.
pub(super) const MAX_CYCLES: u64 = 4096;

/// The most blocks in a trace.
const MAX_BLOCKS: usize = 32;

/// The most blocks in a region.
const MAX_REGION: usize = 512;

/// The number of no block and of no trace.
const NONE: u16 = u16::MAX;

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
    /// The numbers of its successors.
    successors: [u16; 2],
}

impl Piece {
    /// What the block costs.
    pub(super) fn cycles(&self) -> u64 {
        self.cycles.into()
    }

    /// The addresses that the block itself names as its successors; the likelier one first.
    fn successors(&self) -> [Option<u64>; 2] {
        match self.end {
            End::Next => [Some(self.next), None],
            End::Branch { taken } => [Some(self.next), Some(taken)],
            End::Jump { target } => [Some(target), None],
            End::Indirect | End::System => [None, None],
        }
    }
}

/// The numbers of blocks by their addresses: a hash table with open addressing (Knuth, The
/// Art of Computer Programming, 6.4), whose keys stand in the blocks.
struct Index([u16; Self::PLACES]);

impl Index {
    /// Twice as many as blocks.
    const PLACES: usize = 2 * MAX_REGION;

    /// How many places there are for an address. So looking is quick, whatever the addresses.
    const PROBES: usize = 16;

    /// The places for an address.
    fn places(pc: u64) -> impl Iterator<Item = usize> {
        // 2^64 divided by the golden ratio.
        let [.., low, high] = pc.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_le_bytes();
        let hash = usize::from(u16::from_le_bytes([low, high]));
        (0..Self::PROBES).map(move |probe| (hash + probe) % Self::PLACES)
    }

    /// The number of the block at `pc`, or else the place for it, if there is one.
    fn find(&self, pieces: &[Piece], pc: u64) -> Result<u16, Option<usize>> {
        for place in Self::places(pc) {
            let number = self.0[place];
            match pieces.get(usize::from(number)) {
                None => return Err(Some(place)),
                Some(piece) if piece.start == pc => return Ok(number),
                Some(_) => {}
            }
        }
        Err(None)
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
        Self {
            pieces: Vec::with_capacity(MAX_REGION),
            steps: Vec::with_capacity(8 * MAX_REGION),
            index: Index([NONE; Index::PLACES]),
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

    /// Where a block at `pc` would go, unless it is there, or there are too many.
    pub(super) fn vacancy(&self, pc: u64) -> Option<Vacancy> {
        let place = self.index.find(&self.pieces, pc).err().flatten()?;
        (self.pieces.len() < MAX_REGION).then_some(Vacancy(place))
    }

    /// Adds a block where it is to go.
    pub(super) fn push(&mut self, block: &Decoded<'_>, Vacancy(place): Vacancy) {
        let start = number(self.steps.len());
        self.steps.extend_from_slice(block.steps);
        self.index.0[place] = short(self.pieces.len());
        self.pieces.push(Piece {
            start: block.start,
            next: block.next,
            end: block.end(),
            cycles: block.cycles.try_into().expect("a block costs less than a thousand"),
            steps: start..number(self.steps.len()),
            successors: [NONE; 2],
        });
    }

    /// Where control may go from block number `at`: successors, and what it is likely to
    /// come back to.
    pub(super) fn ways(&self, at: usize) -> Option<[Option<u64>; 3]> {
        let piece = self.pieces.get(at)?;
        let [first, second] = piece.successors();
        let last = self.steps.get(piece.steps.end as usize - 1)?;
        Some([first, second, return_address(piece, last.op)])
    }
}

/// A place for a block.
pub(super) struct Vacancy(usize);

/// Blocks to be compiled together.
pub(super) struct Region {
    pieces: Vec<Piece>,
    steps: Vec<Step>,
    /// For each block that starts a trace, the number of the trace.
    trace_of: Vec<u16>,
    /// Numbers of blocks, trace by trace.
    order: Vec<u16>,
    /// The address of the first block of each trace, ascending, and where in `order` the
    /// trace starts and ends.
    traces: Vec<(u64, u16, u16)>,
}

/// What is known of a block while traces are formed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// No block leads to it, as far as was looked.
    Fresh,
    /// One does.
    Follower,
    /// It starts a trace.
    Head,
    /// It is in a trace.
    Taken,
}

impl Region {
    /// Forms traces of blocks. A trace starts at the first.
    pub(super) fn new(pieces: Pieces) -> Self {
        let Pieces { mut pieces, steps, index } = pieces;
        let mut places = alloc::vec![Place::Fresh; pieces.len()];
        for at in 0..pieces.len() {
            let successors = pieces[at].successors().map(|pc| {
                let number = pc.and_then(|pc| index.find(&pieces, pc).ok());
                number.unwrap_or(NONE)
            });
            pieces[at].successors = successors;
            for successor in successors {
                if let Some(place) = places.get_mut(usize::from(successor)) {
                    let first = *place == Place::Fresh;
                    *place = if first { Place::Follower } else { Place::Head };
                }
            }
        }
        // Those that nothing leads to, as well.
        for (at, place) in places.iter_mut().enumerate() {
            if *place == Place::Fresh || at == 0 {
                *place = Place::Head;
            }
        }
        let mut order = Vec::with_capacity(pieces.len());
        let mut traces = Vec::with_capacity(pieces.len());
        // First what must start a trace, then what is left: loops that are entered from
        // elsewhere, and the ends of traces that became too long.
        for start in [Place::Head, Place::Follower] {
            for first in 0..pieces.len() {
                if places[first] != start {
                    continue;
                }
                let from = order.len();
                let mut cycles = 0;
                let mut next = first;
                loop {
                    let block = &pieces[next];
                    places[next] = Place::Taken;
                    cycles += block.cycles();
                    order.push(short(next));
                    let follows = |to: &usize| {
                        places.get(*to) == Some(&Place::Follower)
                            && order.len() - from < MAX_BLOCKS
                            && cycles + pieces[*to].cycles() <= MAX_CYCLES
                    };
                    match block.successors.map(usize::from).into_iter().find(follows) {
                        Some(follower) => next = follower,
                        None => break,
                    }
                }
                traces.push((pieces[first].start, short(from), short(order.len())));
            }
        }
        traces.sort_unstable();
        let mut trace_of = alloc::vec![NONE; pieces.len()];
        for (trace, &(_, from, _)) in traces.iter().enumerate() {
            trace_of[usize::from(order[usize::from(from)])] = short(trace);
        }
        Self { pieces, steps, trace_of, order, traces }
    }

    /// All blocks, in the order of their traces.
    pub(super) fn blocks(&self) -> impl Iterator<Item = &Piece> {
        (0..self.len()).flat_map(|trace| self.trace(trace))
    }

    /// How many traces there are.
    pub(super) const fn len(&self) -> usize {
        self.traces.len()
    }

    /// Where traces start, ascending.
    pub(super) fn heads(&self) -> impl Iterator<Item = u64> {
        self.traces.iter().map(|&(start, ..)| start)
    }

    /// The address of the first block of a trace. Traces ascend by it.
    pub(super) fn start(&self, trace: usize) -> u64 {
        self.traces[trace].0
    }

    /// The blocks of a trace.
    pub(super) fn trace(&self, number: usize) -> impl ExactSizeIterator<Item = &Piece> + Clone {
        let (_, start, end) = self.traces[number];
        let order = &self.order[start.into()..end.into()];
        order.iter().map(|&at| &self.pieces[usize::from(at)])
    }

    /// How many blocks there are.
    pub(super) const fn block_count(&self) -> usize {
        self.pieces.len()
    }

    /// The steps of a block of this region.
    pub(super) fn steps(&self, block: &Piece) -> &[Step] {
        &self.steps[block.steps.start as usize..block.steps.end as usize]
    }

    /// The steps of all blocks, in no order that means anything.
    pub(super) fn all_steps(&self) -> &[Step] {
        &self.steps
    }

    /// The ways to the first and the second successor of a block.
    pub(super) fn ways(&self, block: &Piece) -> [Option<Way>; 2] {
        let [first, second] = block.successors();
        let way = |pc: Option<u64>, number: u16| {
            let trace = self.trace_of.get(usize::from(number)).copied().unwrap_or(NONE);
            pc.map(|pc| Way { pc, trace })
        };
        [way(first, block.successors[0]), way(second, block.successors[1])]
    }
}

/// An address that control may go to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    pub(super) pc: u64,
    trace: u16,
}

impl Way {
    /// The number of the trace that starts there, if one of this region does.
    pub(super) fn trace(self) -> Option<usize> {
        (self.trace != NONE).then_some(self.trace.into())
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
    u32::try_from(number).expect("a region has few steps")
}

fn short(number: usize) -> u16 {
    u16::try_from(number).expect("a region has few blocks")
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::isa::format::System;

    const STEPS: [Step; 1] = [Step { op: Op::Inst(Inst::Ebreak(System::new())), len: 4 }];

    fn push(pieces: &mut Pieces, start: u64) -> bool {
        let block = Decoded { start, next: start + 4, cycles: 500, steps: &STEPS };
        let vacancy = pieces.vacancy(start);
        let fits = vacancy.is_some();
        vacancy.into_iter().for_each(|vacancy| pieces.push(&block, vacancy));
        fits
    }

    #[test]
    fn looking_for_a_block_is_quick_whatever_the_addresses() {
        let place = |pc| Index::places(pc).next();
        let same_place = (2..4 << 20).step_by(2).filter(|&pc| place(pc) == place(0));
        let starts: Vec<u64> = same_place.take(3 * Index::PROBES).collect();
        let mut pieces = Pieces::new();
        let fits: Vec<bool> = starts.iter().map(|&start| push(&mut pieces, start)).collect();
        assert_eq!(starts.len(), 3 * Index::PROBES, "some share a place");
        assert_eq!(fits.iter().filter(|fits| **fits).count(), Index::PROBES);
        // What is there is found, and is not added again.
        for (&start, fits) in starts.iter().zip(fits) {
            assert_eq!(pieces.index.find(&pieces.pieces, start).is_ok(), fits, "{start:#x}");
            assert!(!push(&mut pieces, start), "{start:#x}");
        }
    }

    #[test]
    fn a_region_has_room_for_as_many_blocks_as_it_says() {
        let mut pieces = Pieces::new();
        let fits = (0..4 << 20).step_by(2).filter(|&start| push(&mut pieces, start)).count();
        assert_eq!(fits, MAX_REGION);
        assert_eq!(Region::new(pieces).blocks().count(), MAX_REGION);
    }
}
