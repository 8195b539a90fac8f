//! Running step by step, for those who look on, or block by block, for those in a hurry.
//!
//! Blocks are entered and charged as ever, in the modelled loop. To go step by step, each
//! step of a block is lowered alone, so that someone can look at the machine before and
//! after it. Nothing else differs from the modelled loop, which this follows.

use alloc::{vec, vec::Vec};

use super::{
    Cache, Core, Interpreter, Lowered, Steps, code,
    exec::{self, Edge},
};
use crate::{
    block::Block,
    exit::{Exit, Trap},
    hart::Hart,
    isa::Step,
    memory::Memory,
    version::Version,
};

/// A step of a machine that runs [step by step](crate::Machine::run_stepwise).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepAt {
    /// Its address.
    pub pc: u64,
    /// The operation, with its length.
    pub step: Step,
    /// Its number in its block, from 0.
    pub index: u8,
    /// The machine's cycles, with those of its whole block: blocks are charged on entry.
    pub cycles: u64,
}

/// A block that a machine enters that runs [block by block](crate::Machine::run_blockwise).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockAt {
    /// The address that control comes to.
    pub pc: u64,
    /// What the block costs.
    pub charged: u64,
    /// The machine's cycles, with those of the block.
    pub cycles: u64,
}

/// Looks on while a machine runs [step by step](crate::Machine::run_stepwise).
pub trait Watch {
    /// Called before each step. While a block runs, `pc` of the hart is its end.
    fn before(&mut self, at: &StepAt, hart: &Hart, memory: &Memory);

    /// Called after each step that did not end in a trap. Behind the last step of a block,
    /// `pc` of the hart is where control goes. What is changed here counts: this is how
    /// tests make a machine go wrong.
    fn after(&mut self, at: &StepAt, hart: &mut Hart, memory: &mut Memory);
}

impl Interpreter {
    /// Runs as [`Self::run`] does; `entered` is told each block.
    pub(crate) fn run_blockwise(
        &mut self,
        core: &mut Core,
        limit: u64,
        entered: &mut dyn FnMut(&BlockAt, &Memory),
    ) -> Exit {
        self.model();
        self.generation = core.memory.code_generation();
        let entered = |pc, charged, core: &Core| {
            entered(&BlockAt { pc, charged, cycles: core.cycles }, &core.memory);
        };
        self.run_modelled(core, limit, entered).unwrap_or_else(Exit::Trap)
    }

    /// Runs as [`Self::run`] does, step by step.
    pub(crate) fn run_stepwise(
        &mut self,
        core: &mut Core,
        limit: u64,
        watch: &mut dyn Watch,
    ) -> Exit {
        self.model();
        self.generation = core.memory.code_generation();
        loop {
            match self.step_block(core, limit, watch) {
                Ok(None) => {}
                Ok(Some(exit)) => return exit,
                Err(trap) => return Exit::Trap(trap),
            }
        }
    }

    /// Runs one block. Returns why the engine returns, if it does.
    fn step_block(
        &mut self,
        core: &mut Core,
        limit: u64,
        watch: &mut dyn Watch,
    ) -> Result<Option<Exit>, Trap> {
        let pc = core.hart.pc;
        let (id, base) = self.enter_modelled(&core.memory, pc)?;
        let lowered = &self.cache.blocks[id as usize];
        let cycles = core.cycles.checked_add(lowered.cycles()).ok_or(Trap::CyclesOverflow)?;
        if cycles > limit {
            return Ok(Some(Exit::OutOfCycles));
        }
        core.cycles = cycles;
        core.hart.pc = lowered.next().wrapping_add(base);
        let (start, taken, absolute) = (lowered.start(), lowered.taken.get(), lowered.absolute);
        let taken = if absolute { taken } else { taken.wrapping_add(base) };
        // The block that runs may have been decoded when less of memory was executable.
        let again = Block::decode(&core.memory, self.isa, self.version, start);
        let same = again
            .ok()
            .filter(|block| block.cycles == lowered.cycles() && block.next == lowered.next());
        let edge = match same {
            Some(block) => run_steps(core, &block, self.version, base, taken, watch),
            None => {
                core.block = id;
                let operations = self.cache.code[lowered.operations()].iter();
                (lowered.entry)(core, operations, &self.cache)
            }
        };
        match edge {
            Edge::Next | Edge::Indirect => {}
            Edge::Taken => core.hart.pc = taken,
            Edge::OutOfCycles => return Ok(Some(Exit::OutOfCycles)),
            Edge::Ecall => return Ok(Some(Exit::Ecall)),
            Edge::Ebreak => return Ok(Some(Exit::Ebreak)),
            Edge::Trap => return Err(core.take_trap()),
        }
        Ok(None)
    }
}

/// Runs the steps of a block, each as a block of its own that is linked to none.
fn run_steps(
    core: &mut Core,
    block: &Block,
    version: Version,
    base: u64,
    taken: u64,
    watch: &mut dyn Watch,
) -> Edge {
    let lowered = Lowered::new(block, exec::next, 0, 0, 0..0);
    let mut cache =
        Cache { blocks: vec![lowered], code: Vec::with_capacity(2), steps: Steps::new() };
    core.block = 0;
    let mut pc = block.start.wrapping_add(base);
    let mut edge = Edge::Next;
    for (index, &step) in (0..).zip(block.steps()) {
        let at = StepAt { pc, step, index, cycles: core.cycles };
        watch.before(&at, &core.hart, &core.memory);
        cache.code.clear();
        let entry = code::lower_steps(&[step], version, &mut cache.code);
        edge = entry(core, cache.code.iter(), &cache);
        if edge == Edge::Taken {
            core.hart.pc = taken;
        }
        if edge == Edge::Trap {
            return edge;
        }
        watch.after(&at, &mut core.hart, &mut core.memory);
        pc = pc.wrapping_add(step.len.into());
    }
    // `pc` is there already, unless someone has changed it.
    if edge == Edge::Taken { Edge::Indirect } else { edge }
}
