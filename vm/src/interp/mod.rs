//! The interpreter: runs blocks from a cache of its own.
//!
//! Every engine takes its blocks from [`crate::block`]; this one keeps each, lowered
//! to handlers with their operands, until there are very many. Blocks are linked: once
//! the successor of a block is known, control goes there without a look-up.
//!
//! The cache is invisible, with two exceptions that come from the direct-mapped
//! cache of the reference ([`slots`]). When one of them can matter, blocks are no
//! longer linked and that cache is modelled entry by entry.

mod code;
mod exec;
mod fused;
mod slots;
mod stepwise;

use alloc::{boxed::Box, collections::BTreeMap, vec::Vec};
use core::{cell::Cell, mem, ops::Range};

pub use self::stepwise::{BlockAt, StepAt, Watch};
use self::{
    code::Code,
    exec::{Edge, Handler},
    slots::{Entries, Slots},
};
use crate::{
    block::{Block, Decoded, End},
    exit::{Exit, Trap},
    hart::Hart,
    isa::{Fused, Isa, Op, Step},
    memory::{Memory, PAGE_SHIFT, PAGE_SIZE},
    version::Version,
};

/// What operations work on.
pub(crate) struct Core {
    pub(crate) hart: Hart,
    pub(crate) memory: Memory,
    /// Cycles spent.
    pub(crate) cycles: u64,
    /// The limit on cycles up to which blocks enter each other.
    limit: u64,
    /// The block that runs, or ran last.
    block: BlockId,
    /// Why the last block ended in a trap, if it did.
    trap: Option<Trap>,
}

/// How many cycles pass, at most, before control comes back to the loop. No step is
/// free, so that handlers call each other at most twice that deep where the compiler
/// does not turn their calls into jumps. More than any block costs: fifteen divisions
/// and an `ecall` are 980 cycles.
const CYCLES_IN_ONE_GO: u16 = 1024;

/// What it costs to enter a block that another engine is to run: more than any limit leaves.
const NOT_HERE: u16 = 2 * CYCLES_IN_ONE_GO;

/// So close to the end of the cycle counter, sums are looked at.
const MODELLED_END: u64 = 1 << 32;

impl Core {
    pub(crate) const fn new(hart: Hart, memory: Memory) -> Self {
        Self { hart, memory, cycles: 0, limit: 0, block: NONE, trap: None }
    }

    #[cold]
    fn trap(&mut self, trap: Trap) -> Edge {
        self.trap = Some(trap);
        Edge::Trap
    }

    const fn take_trap(&mut self) -> Trap {
        self.trap.take().expect("a block that traps leaves the reason")
    }
}

/// Enough of a cycle counter to tell two values of it from each other.
#[expect(clippy::cast_possible_truncation, reason = "on purpose")]
const fn low_half(cycles: u64) -> u32 {
    cycles as u32
}

/// A number of blocks, operations, steps or cycles of a block, or an address in memory, in the
/// size that such numbers have.
fn small<T, S: TryFrom<T>>(n: T) -> S {
    let Ok(n) = n.try_into() else { panic!("neither a block nor memory is so large") };
    n
}

/// The number of a block in the cache.
type BlockId = u32;

/// No block.
const NONE: BlockId = BlockId::MAX;

/// A block as the interpreter runs it. Its size counts, where there are many.
struct Lowered {
    start: u32,
    /// [`Block::next`].
    next: u32,
    /// The successor that the block itself names, if it names one; for an indirect
    /// jump, where it went last.
    taken: Cell<u64>,
    /// The value of the cycle counter when the block was last entered, its cycles
    /// included. Since no block is free, this orders blocks by their last entry.
    entered: Cell<u64>,
    /// The handler of its first operation.
    entry: Handler,
    /// Where its operations are in [`Cache::code`].
    first: u32,
    /// Where its steps are in [`Cache::steps`].
    steps: u32,
    /// How many operations it has.
    len: u8,
    /// How many of its steps are there: none if it waited.
    kept: u8,
    /// What it costs.
    cycles: u16,
    /// What is asked for entering it from another block: that, or [`NOT_HERE`].
    charge: Cell<u16>,
    /// The blocks at `next` and at `taken`, once known.
    after_next: Cell<BlockId>,
    after_taken: Cell<BlockId>,
    /// Whether `taken` stays the same when the block runs at another address.
    absolute: bool,
    /// [`Block::waited`].
    waited: bool,
    /// How much of the time the block seems to take: see [`Interpreter::warm`].
    heat: Cell<u8>,
    /// The low half of `entered` as it was when the block was entered first.
    entered_first: u32,
}

impl Lowered {
    fn new(block: &Block, entry: Handler, first: usize, len: usize, steps: Range<usize>) -> Self {
        let absolute = matches!(
            block.steps().last(),
            Some(Step { op: Op::Fused(Fused::FarJumpAbs { .. }), .. })
        );
        Self {
            start: small(block.start),
            next: small(block.next),
            taken: Cell::new(match block.end {
                End::Branch { taken: target } | End::Jump { target } => target,
                End::Next | End::Indirect | End::System => block.next,
            }),
            entered: Cell::new(0),
            entry,
            first: small(first),
            steps: small(steps.start),
            len: small(len),
            kept: small(steps.len()),
            cycles: small(block.cycles),
            charge: Cell::new(small(block.cycles)),
            after_next: Cell::new(NONE),
            after_taken: Cell::new(NONE),
            absolute,
            waited: block.waited,
            heat: Cell::new(0),
            entered_first: 0,
        }
    }

    fn start(&self) -> u64 {
        self.start.into()
    }

    fn next(&self) -> u64 {
        self.next.into()
    }

    fn cycles(&self) -> u64 {
        self.cycles.into()
    }

    /// Forgets which blocks are behind it.
    fn unlink(&self) {
        self.after_next.set(NONE);
        self.after_taken.set(NONE);
    }

    fn operations(&self) -> Range<usize> {
        let first = self.first as usize;
        first..first + usize::from(self.len)
    }
}

/// Blocks and their operations.
struct Cache {
    blocks: Vec<Lowered>,
    code: Vec<Code>,
    /// What the operations were lowered from, for other engines.
    steps: Steps,
}

/// Steps of blocks, in chunks that stay where they are while there come to be more.
struct Steps(Vec<Vec<Step>>);

impl Steps {
    /// How many steps a chunk has room for.
    const CHUNK: usize = 1024;

    const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds the steps of a block. Returns where they are.
    fn push(&mut self, steps: &[Step]) -> Range<usize> {
        let has_room = |chunk: &Vec<Step>| chunk.len() + steps.len() <= Self::CHUNK;
        if !self.0.last().is_some_and(has_room) {
            self.0.push(Vec::with_capacity(Self::CHUNK));
        }
        let number = self.0.len() - 1;
        let chunk = &mut self.0[number];
        let start = number * Self::CHUNK + chunk.len();
        chunk.extend_from_slice(steps);
        start..start + steps.len()
    }

    /// The steps of a block.
    fn of(&self, block: &Lowered) -> &[Step] {
        let start = block.steps as usize;
        let at = start % Self::CHUNK;
        match self.0.get(start / Self::CHUNK) {
            Some(chunk) => &chunk[at..at + usize::from(block.kept)],
            None => &[],
        }
    }

    /// How many bytes of the host they take.
    #[cfg(feature = "std")]
    const fn host_bytes(&self) -> usize {
        self.0.len() * Self::CHUNK * size_of::<Step>()
    }
}

impl Cache {
    const EMPTY: Self = Self { blocks: Vec::new(), code: Vec::new(), steps: Steps::new() };
}

/// Blocks that start in one page, by half-word.
type PageIndex = [BlockId; (PAGE_SIZE / 2) as usize];

/// Why the linked loop ended.
pub(crate) enum Stop {
    Exit(Exit),
    /// Control is where only the modelled loop can tell what happens.
    Model,
    /// Control is where another engine goes on, or at a breakpoint.
    Native,
    /// A while has passed, and another engine may want to know where control is.
    Sample,
}

impl From<Trap> for Stop {
    fn from(trap: Trap) -> Self {
        Self::Exit(Exit::Trap(trap))
    }
}

/// Blocks, and about how many steps they have.
#[derive(Default)]
pub(crate) struct Entered {
    pub(crate) starts: Vec<u64>,
    pub(crate) steps: u64,
}

/// How many blocks are cached, but for those of one go; then they are forgotten. Hardly any
/// program has so many, but one that enters every half-word of its memory would make the host
/// keep more than a gigabyte.
const MOST_BLOCKS: usize = 1 << 16;

/// How many blocks an interpreter has at most to be of use for another run.
#[cfg(feature = "std")]
const MOST_BLOCKS_TO_RENEW: usize = 8192;

/// An engine that interprets, with its cache of blocks.
pub(crate) struct Interpreter {
    isa: Isa,
    version: Version,
    /// The block decoded last.
    decoded: Block,
    cache: Cache,
    /// Blocks at even addresses, by page.
    pages: Vec<Option<Box<PageIndex>>>,
    /// Blocks at odd addresses, which only an odd entry point can lead to.
    odd: BTreeMap<u64, BlockId>,
    /// The modelled cache, once it matters.
    slots: Option<Slots>,
    /// Blocks that were entered and may not be cached, by another engine or before they were
    /// forgotten, ordered by the value of the cycle counter then.
    elsewhere: Entries,
    /// Whether any block waited for a page to become executable.
    waited: bool,
    /// [`Memory::code_generation`] when blocks were last decoded.
    generation: u64,
    /// Blocks with a step at this address are not entered.
    breakpoint: Option<u64>,
}

impl Interpreter {
    pub(crate) const fn new(isa: Isa, version: Version) -> Self {
        Self {
            isa,
            version,
            decoded: Block::empty(),
            cache: Cache::EMPTY,
            pages: Vec::new(),
            odd: BTreeMap::new(),
            slots: None,
            elsewhere: Entries::NONE,
            waited: false,
            generation: 0,
            breakpoint: None,
        }
    }

    /// Makes [`Self::run`] stop before it enters a block with a step at this address. Blocks
    /// are looked at when they are decoded, so all of them are decoded again.
    pub(crate) fn set_breakpoint(&mut self, breakpoint: Option<u64>) {
        self.breakpoint = breakpoint;
        if self.slots.is_some() || self.waited {
            return;
        }
        self.forget_blocks();
    }

    /// Forgets blocks if there are too many. None may be running.
    #[inline(always)]
    fn limit_blocks(&mut self) {
        if self.cache.blocks.len() > MOST_BLOCKS {
            self.forget_blocks();
        }
    }

    /// Forgets all blocks but those that waited, and none of what is to be known of them.
    #[cold]
    fn forget_blocks(&mut self) {
        let Cache { blocks, code, .. } = mem::replace(&mut self.cache, Cache::EMPTY);
        self.pages.clear();
        self.odd.clear();
        if self.slots.is_none() {
            self.remember(blocks.iter().map(|block| (block.start(), block.entered.get())));
        }
        for block in blocks.into_iter().filter(|block| block.waited) {
            let first = self.cache.code.len();
            let from = block.first as usize;
            self.cache.code.extend_from_slice(&code[from..from + code::MAX_OPERATIONS]);
            block.unlink();
            self.insert(Lowered { first: small(first), ..block });
        }
    }

    /// Whether the block at `pc` has a step at the breakpoint.
    #[cold]
    fn is_breakpoint(&self, memory: &Memory, pc: u64) -> bool {
        self.breakpoint.is_some_and(|at| {
            let block = Block::decode(memory, self.isa, self.version, pc);
            block.is_ok_and(|block| {
                let mut step_at = block.start;
                block.steps().iter().any(|step| {
                    let here = step_at == at;
                    step_at = step_at.wrapping_add(step.len.into());
                    here
                })
            })
        })
    }

    /// Whether any block waited for a page to become executable.
    pub(crate) const fn has_waited(&self) -> bool {
        self.waited
    }

    /// Makes it as good as new for memory that is again what it was at first, but for
    /// its blocks. Returns whether it did: the blocks have to be those that a new one
    /// would decode, and few enough to be looked at after each run, however short.
    #[cfg(feature = "std")]
    pub(crate) fn renew(&mut self) -> bool {
        let blocks = &self.cache.blocks;
        let is_odd_one = self.slots.is_some() || self.waited || self.breakpoint.is_some();
        if is_odd_one || blocks.len() > MOST_BLOCKS_TO_RENEW {
            return false;
        }
        blocks.iter().for_each(|block| block.entered.set(0));
        self.elsewhere = Entries::NONE;
        true
    }

    /// How many bytes of the host the blocks take, about.
    #[cfg(feature = "std")]
    pub(crate) fn host_bytes(&self) -> usize {
        let Cache { blocks, code, steps } = &self.cache;
        let pages = self.pages.iter().flatten().count();
        size_of_val(&blocks[..])
            + size_of_val(&code[..])
            + steps.host_bytes()
            + pages * size_of::<PageIndex>()
            + self.odd.len() * 16
    }

    /// Forgets all blocks.
    pub(crate) fn clear(&mut self) {
        let breakpoint = self.breakpoint;
        *self = Self { breakpoint, ..Self::new(self.isa, self.version) };
    }

    /// Runs until something happens or the next block does not fit below `limit`. With a
    /// breakpoint, it pauses there, or where only the modelled loop can go on.
    pub(crate) fn run(&mut self, core: &mut Core, limit: u64) -> Exit {
        if self.waited && self.generation != core.memory.code_generation() {
            self.model();
        }
        self.generation = core.memory.code_generation();
        // The linked loop does not look for overflow, and does not have to.
        let may_overflow = core.cycles.max(limit) > u64::MAX - u64::from(NOT_HERE);
        if may_overflow {
            self.model();
        }
        if self.slots.is_none() {
            loop {
                match self.run_cold(core, limit, |_| false) {
                    Stop::Exit(exit) => return exit,
                    Stop::Model => break self.model(),
                    Stop::Native => return Exit::Paused,
                    Stop::Sample => {}
                }
            }
        }
        if self.breakpoint.is_some() {
            return Exit::Paused;
        }
        self.run_modelled(core, limit, |_, _, _| {}).unwrap_or_else(Exit::Trap)
    }

    /// Whether only [`Self::run`] can go on, because more than blocks matters.
    pub(crate) fn is_modelling(&self, core: &Core) -> bool {
        self.slots.is_some() || self.waited || core.cycles > u64::MAX - MODELLED_END
    }

    /// Takes note of blocks that another engine entered, and of the value of the cycle
    /// counter then; zero means never.
    pub(crate) fn remember(&mut self, entered: impl IntoIterator<Item = (u64, u64)>) {
        for (pc, cycles) in entered {
            self.elsewhere.add(pc, cycles);
        }
    }

    /// Runs until something happens, or control comes to a block that is `native`, or a
    /// while has passed. At least one block runs.
    pub(crate) fn run_cold(
        &mut self,
        core: &mut Core,
        limit: u64,
        native: impl Fn(u64) -> bool,
    ) -> Stop {
        self.generation = core.memory.code_generation();
        self.limit_blocks();
        let found = self.enter(core);
        self.run_linked(core, limit, found, native)
    }

    /// [`Self::run_cold`] from a step of the block at `pc` on, whose cycles are charged.
    pub(crate) fn run_rest(
        &mut self,
        core: &mut Core,
        limit: u64,
        step: u8,
        native: impl Fn(u64) -> bool,
    ) -> Stop {
        self.generation = core.memory.code_generation();
        self.limit_blocks();
        let id = match self.enter(core) {
            Ok(id) => id,
            Err(stop) => return stop,
        };
        let block = &self.cache.blocks[id as usize];
        let done = code::count(&self.cache.steps.of(block)[..step.into()], self.version);
        core.block = id;
        core.hart.pc = block.next();
        core.limit = limit.min(core.cycles.saturating_add(CYCLES_IN_ONE_GO.into()));
        let operations = &self.cache.code[block.operations()];
        let handler = match done.checked_sub(1) {
            Some(last) => operations[last].next,
            None => block.entry,
        };
        let edge = handler(core, operations[done..].iter(), &self.cache);
        let found = self.leave(core, limit, edge, &native);
        self.run_linked(core, limit, found, native)
    }

    /// Adds to the heat of the block at `pc`, if it is cached; returns what it is then.
    pub(crate) fn warm(&self, pc: u64, heat: u8) -> u8 {
        let Some(id) = self.find(pc) else { return 0 };
        let block = &self.cache.blocks[id as usize];
        let heat = block.heat.get().saturating_add(heat);
        block.heat.set(heat);
        heat
    }

    /// Blocks that were entered since the counter was at `cycles`, and not for the first time.
    pub(crate) fn entered_again_since(&self, cycles: u64) -> Entered {
        let mut entered = Entered::default();
        let counts = |block: &&Lowered| {
            let last = block.entered.get();
            last > cycles && low_half(last) != block.entered_first
        };
        for block in self.cache.blocks.iter().filter(counts) {
            entered.starts.push(block.start());
            entered.steps += u64::from(block.len);
        }
        entered
    }

    /// Where the cached blocks start.
    pub(crate) fn starts(&self) -> impl Iterator<Item = u64> {
        self.cache.blocks.iter().map(Lowered::start)
    }

    /// The block at `pc`, if it is cached and decoding it again could give no other.
    pub(crate) fn decoded(&self, pc: u64) -> Option<Decoded<'_>> {
        let block = &self.cache.blocks[self.find(pc)? as usize];
        (!block.waited).then(|| Decoded {
            start: block.start(),
            next: block.next(),
            cycles: block.cycles(),
            steps: self.cache.steps.of(block),
        })
    }

    /// How many blocks are cached.
    pub(crate) const fn blocks(&self) -> u64 {
        self.cache.blocks.len() as u64
    }

    /// Leaves the blocks that start at these addresses to another engine, as long as that
    /// one has them.
    pub(crate) fn hand_over(&self, starts: impl Iterator<Item = u64>) {
        for id in starts.filter_map(|pc| self.find(pc)) {
            self.cache.blocks[id as usize].charge.set(NOT_HERE);
        }
    }

    /// Starts to model the reference's cache; blocks are no longer linked.
    fn model(&mut self) {
        let blocks = &self.cache.blocks;
        let mut entries = mem::replace(&mut self.elsewhere, Entries::NONE);
        self.slots.get_or_insert_with(move || {
            for block in blocks {
                block.unlink();
                entries.add(block.start(), block.entered.get());
            }
            Slots::new(entries)
        });
    }

    /// Runs linked blocks, from the one that was `found`.
    fn run_linked(
        &mut self,
        core: &mut Core,
        limit: u64,
        mut found: Result<BlockId, Stop>,
        native: impl Fn(u64) -> bool,
    ) -> Stop {
        core.limit = limit.min(core.cycles.saturating_add(CYCLES_IN_ONE_GO.into()));
        loop {
            let id = match found {
                Ok(id) => id,
                Err(stop) => return stop,
            };
            let edge = exec::enter(core, id, &self.cache);
            found = self.leave(core, limit, edge, &native);
        }
    }

    /// What comes behind the block that ran last.
    fn leave(
        &mut self,
        core: &mut Core,
        limit: u64,
        edge: Edge,
        native: &impl Fn(u64) -> bool,
    ) -> Result<BlockId, Stop> {
        Err(match edge {
            Edge::Next | Edge::Taken | Edge::Indirect => return self.follow(core, edge, native),
            Edge::OutOfCycles => return self.refused(core, limit, native),
            Edge::Ecall => Stop::Exit(Exit::Ecall),
            Edge::Ebreak => Stop::Exit(Exit::Ebreak),
            Edge::Trap => core.take_trap().into(),
        })
    }

    /// What comes after the block at `pc` was not entered.
    fn refused(
        &self,
        core: &Core,
        limit: u64,
        native: &impl Fn(u64) -> bool,
    ) -> Result<BlockId, Stop> {
        let pc = core.hart.pc;
        if let Some(id) = self.find(pc)
            && let Lowered { charge, cycles, .. } = &self.cache.blocks[id as usize]
            && charge.get() == NOT_HERE
        {
            if native(pc) {
                return Err(Stop::Native);
            }
            charge.set(*cycles);
            return Ok(id);
        }
        Err(if core.limit < limit { Stop::Sample } else { Stop::Exit(Exit::OutOfCycles) })
    }

    /// Finds the block behind an edge of the block that ran last, and links the two.
    fn follow(
        &mut self,
        core: &mut Core,
        edge: Edge,
        native: &impl Fn(u64) -> bool,
    ) -> Result<BlockId, Stop> {
        let from = core.block as usize;
        if edge == Edge::Taken {
            core.hart.pc = self.cache.blocks[from].taken.get();
        }
        if native(core.hart.pc) {
            return Err(Stop::Native);
        }
        let to = self.enter(core)?;
        let block = &self.cache.blocks[from];
        if edge == Edge::Next {
            block.after_next.set(to);
        } else {
            block.taken.set(core.hart.pc);
            block.after_taken.set(to);
        }
        Ok(to)
    }

    /// The block at `pc`, decoded if need be.
    fn enter(&mut self, core: &Core) -> Result<BlockId, Stop> {
        let pc = core.hart.pc;
        if pc > u64::from(u32::MAX) && self.version.truncates_block_lookup() {
            return Err(Stop::Model);
        }
        match self.find(pc) {
            Some(id) => Ok(id),
            None if self.breakpoint.is_some() && self.is_breakpoint(&core.memory, pc) => {
                Err(Stop::Native)
            }
            None => {
                let id = self.decode(&core.memory, pc)?;
                let block = &mut self.cache.blocks[id as usize];
                block.entered_first = low_half(core.cycles.wrapping_add(block.cycles()));
                Ok(id)
            }
        }
    }

    /// Runs blocks one by one, entering each in the modelled cache. `entered` is told the
    /// address of each and what it costs, when it is paid for.
    #[cold]
    fn run_modelled(
        &mut self,
        core: &mut Core,
        limit: u64,
        mut entered: impl FnMut(u64, u64, &Core),
    ) -> Result<Exit, Trap> {
        loop {
            let pc = core.hart.pc;
            let (id, base) = self.enter_modelled(&core.memory, pc)?;
            let block = &self.cache.blocks[id as usize];
            let cycles = core.cycles.checked_add(block.cycles()).ok_or(Trap::CyclesOverflow)?;
            if cycles > limit {
                return Ok(Exit::OutOfCycles);
            }
            core.cycles = cycles;
            core.block = id;
            entered(pc, block.cycles(), core);
            core.hart.pc = block.next().wrapping_add(base);
            let operations = self.cache.code[block.operations()].iter();
            match (block.entry)(core, operations, &self.cache) {
                Edge::Next | Edge::Indirect => {}
                Edge::Taken if block.absolute => core.hart.pc = block.taken.get(),
                Edge::Taken => core.hart.pc = block.taken.get().wrapping_add(base),
                Edge::OutOfCycles => return Ok(Exit::OutOfCycles),
                Edge::Ecall => return Ok(Exit::Ecall),
                Edge::Ebreak => return Ok(Exit::Ebreak),
                Edge::Trap => return Err(core.take_trap()),
            }
        }
    }

    /// The block that runs at `pc`, and how far behind its own address that is.
    fn enter_modelled(&mut self, memory: &Memory, pc: u64) -> Result<(BlockId, u64), Trap> {
        self.limit_blocks();
        let slots = self.slots.as_ref().expect("modelling has started");
        let low = pc & u64::from(u32::MAX);
        if low != pc && self.version.truncates_block_lookup() {
            if !slots.hold(low) {
                return Err(Trap::OutOfBounds { addr: pc, len: 2 });
            }
            let id = match self.find(low) {
                Some(id) => id,
                // Another engine has entered it.
                None => self.decode(memory, low)?,
            };
            return Ok((id, pc - low));
        }
        let held = slots.hold(pc);
        let id = match self.find(pc) {
            // Decoded again, most blocks would be the same.
            Some(id) if held || !self.cache.blocks[id as usize].waited => id,
            _ => self.decode(memory, pc)?,
        };
        // What cannot be decoded enters nothing.
        if let Some(slots) = &mut self.slots {
            slots.enter(pc);
        }
        Ok((id, 0))
    }

    /// The block at `pc` if it is cached.
    #[inline]
    fn find(&self, pc: u64) -> Option<BlockId> {
        if !pc.is_multiple_of(2) {
            return self.odd.get(&pc).copied();
        }
        let page = usize::try_from(pc >> PAGE_SHIFT).ok()?;
        let id = self.pages.get(page)?.as_ref()?[(pc % PAGE_SIZE / 2) as usize];
        (id != NONE).then_some(id)
    }

    /// Decodes the block at `pc` into the cache, replacing what was there.
    fn decode(&mut self, memory: &Memory, pc: u64) -> Result<BlockId, Trap> {
        self.decoded.decode_in_place(memory, self.isa, self.version, pc)?;
        self.waited |= self.decoded.waited;
        let known = self.find(pc);
        let block = &self.decoded;
        if let Some(id) = known {
            let place = &mut self.cache.blocks[id as usize];
            let first = place.first as usize;
            let mut operations = Vec::with_capacity(code::MAX_OPERATIONS);
            let entry = code::lower(block, self.version, &mut operations);
            self.cache.code[first..first + operations.len()].copy_from_slice(&operations);
            *place = Lowered::new(block, entry, first, operations.len(), 0..0);
            return Ok(id);
        }
        let first = self.cache.code.len();
        let entry = code::lower(block, self.version, &mut self.cache.code);
        let len = self.cache.code.len() - first;
        let steps = if block.waited {
            // Decoded again, the block stays in its place.
            code::pad(&mut self.cache.code, first + code::MAX_OPERATIONS);
            0..0
        } else {
            self.cache.steps.push(block.steps())
        };
        let lowered = Lowered::new(block, entry, first, len, steps);
        Ok(self.insert(lowered))
    }

    /// Adds a block whose operations and steps are in the cache.
    fn insert(&mut self, block: Lowered) -> BlockId {
        let pc = block.start();
        let id = small(self.cache.blocks.len());
        code::make_room(&mut self.cache.blocks, 1);
        self.cache.blocks.push(block);
        if !pc.is_multiple_of(2) {
            self.odd.insert(pc, id);
        } else {
            let page = usize::try_from(pc >> PAGE_SHIFT).expect("the block is inside memory");
            if page >= self.pages.len() {
                self.pages.resize_with(page + 1, || None);
            }
            let index = self.pages[page].get_or_insert_with(|| Box::new([NONE; _]));
            index[(pc % PAGE_SIZE / 2) as usize] = id;
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        isa::Isa,
        memory::{MemorySize, PageFlags},
    };

    const C_J_2: [u8; 2] = 0xa009_u16.to_le_bytes();
    const C_J_COST: u64 = 3;

    /// An `ecall`, and behind it jumps to the next half-word up to the end of memory.
    fn machine(version: Version) -> (Interpreter, Core) {
        let mut memory = Memory::new(MemorySize::MAX, version);
        let mut code = vec![0x73, 0, 0, 0];
        code.resize(1 << 20, 0);
        code[4..].as_chunks_mut().0.fill(C_J_2);
        memory.init_pages(0, 1 << 20, PageFlags::EXECUTABLE, &code, 0).unwrap();
        let mut core = Core::new(Hart::new(), memory);
        core.hart.pc = 4;
        (Interpreter::new(Isa::on_chain(version), version), core)
    }

    /// Runs so many jumps more.
    fn jump(interpreter: &mut Interpreter, core: &mut Core, count: usize) -> Exit {
        interpreter.run(core, core.cycles + C_J_COST * count as u64)
    }

    #[test]
    fn there_are_never_very_many_blocks() {
        for version in Version::ALL {
            for modelled in [false, true] {
                let (mut interpreter, mut core) = machine(version);
                if modelled {
                    interpreter.model();
                }
                for _ in 0..500 {
                    assert_eq!(jump(&mut interpreter, &mut core, 1000), Exit::OutOfCycles);
                    assert!(interpreter.cache.blocks.len() <= MOST_BLOCKS + 1001);
                }
                assert_eq!(core.hart.pc, 4 + 2 * 500_000);
            }
        }
    }

    #[test]
    fn a_block_is_left_to_another_engine_as_long_as_that_has_it() {
        for version in Version::ALL {
            let (mut interpreter, mut core) = machine(version);
            assert_eq!(jump(&mut interpreter, &mut core, 10), Exit::OutOfCycles);
            let mut run = |core: &mut Core, jumps: u64, native: bool| {
                interpreter.hand_over([10].into_iter());
                (core.hart.pc, core.cycles) = (4, 0);
                let stop = interpreter.run_cold(core, jumps * C_J_COST, |pc| native && pc == 10);
                (matches!(stop, Stop::Native), core.hart.pc, core.cycles)
            };
            for (jumps, native, pc) in
                [(9, true, 10), (9, false, 22), (3, true, 10), (3, false, 10)]
            {
                let (stopped, at, cycles) = run(&mut core, jumps, native);
                assert_eq!((stopped, at), (native, pc));
                assert_eq!(cycles, C_J_COST * (pc - 4) / 2);
            }
        }
    }

    #[test]
    fn what_is_no_block_enters_no_slot() {
        for version in [Version::V0, Version::V1] {
            let (mut interpreter, mut core) = machine(version);
            interpreter.model();
            let behind_code = 2 << 20;
            core.hart.pc = behind_code;
            let trap = Trap::NotExecutable { addr: behind_code };
            assert_eq!(interpreter.run(&mut core, 1000), Exit::Trap(trap));
            core.hart.pc = 1 << 32 | behind_code;
            let trap = Trap::OutOfBounds { addr: core.hart.pc, len: 2 };
            assert_eq!(interpreter.run(&mut core, 1000), Exit::Trap(trap));
        }
    }

    #[test]
    fn blocks_that_are_forgotten_were_entered_all_the_same() {
        for version in [Version::V0, Version::V1] {
            let (mut interpreter, mut core) = machine(version);
            assert_eq!(jump(&mut interpreter, &mut core, MOST_BLOCKS), Exit::OutOfCycles);
            // Of two in a word, the second puts the first out of its slot.
            let near_end = core.hart.pc - 10;
            core.hart.pc = 0;
            assert_eq!(interpreter.run(&mut core, u64::MAX >> 1), Exit::Ecall);
            assert_eq!(interpreter.cache.blocks.len(), 1);
            for (start, runs) in [(near_end - 0x8000, 0), (near_end, 1), (near_end - 4, 1)] {
                let before = core.cycles;
                core.hart.pc = 1 << 32 | start;
                assert!(matches!(jump(&mut interpreter, &mut core, 9), Exit::Trap(_)));
                assert_eq!(core.cycles - before, C_J_COST * runs, "{start:#x}");
            }
        }
    }
}
