//! The engine: runs compiled code where there is some, the interpreter elsewhere, and
//! decides what is compiled.
//!
//! What is compiled and when follows from what the guest does, never from time, and makes
//! no difference to any result.

use alloc::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
    vec::Vec,
};
use core::mem;
use std::sync::PoisonError;

use super::{
    Tier,
    compiled::{Code, Exit, Shared},
    entry, trace, x64,
};
use crate::{
    block::Block,
    exit,
    interp::{Core, Interpreter, Stop},
    machine::Config,
};

/// The most blocks compiled at once.
const MAX_REGION: usize = 512;

/// The heat that makes a block hot: what one sample of a running interpreter adds, what
/// coming from compiled code adds, and how much is enough.
const HEAT_OF_SAMPLE: u32 = 8;
const HEAT_OF_EXIT: u32 = 1;
const HOT: u32 = 16;

/// How many cycles back a block counts as part of what runs.
const RECENT: u64 = 8192;

/// What compiling one step may cost in terms of cycles in the interpreter.
const COST_OF_STEP: u64 = 16;

/// A machine's use of compiled code.
pub(crate) struct Jit {
    tier: Tier,
    config: Config,
    code: Option<Arc<Code>>,
    /// Code that other machines use as well, as long as this one's pages are theirs.
    shared: Shared,
    /// [`Memory::code_generation`] that `code` is for.
    generation: u64,
    /// Stamps of blocks, if they have any.
    stamps: Vec<u64>,
    /// Whether compiled code ran since the interpreter was told the stamps.
    stamps_changed: bool,
    /// Cycles spent in compiled code, and steps compiled.
    native: u64,
    compiled: u64,
}

impl Jit {
    pub(crate) fn new(tier: Tier, config: Config) -> Self {
        Self {
            tier,
            config,
            shared: Shared::default(),
            code: None,
            generation: 0,
            stamps: Vec::new(),
            stamps_changed: false,
            native: 0,
            compiled: 0,
        }
    }

    /// Uses code that belongs to what is executable at this
    /// [`Memory::code_generation`](crate::Memory).
    pub(crate) fn share(&mut self, shared: &Shared, generation: u64) {
        self.shared = shared.clone();
        self.generation = generation;
    }

    /// Forgets all code.
    pub(crate) fn clear(&mut self) {
        *self = Self::new(self.tier, self.config);
    }

    /// Forgets all code, but not which blocks were entered when, as far as that matters.
    pub(crate) fn retire(&mut self, interpreter: &mut Interpreter) {
        self.tell_stamps(interpreter);
        self.clear();
    }

    /// Tells the interpreter which blocks were entered when, before it goes on alone.
    fn tell_stamps(&mut self, interpreter: &mut Interpreter) {
        if mem::take(&mut self.stamps_changed)
            && let Some(code) = &self.code
        {
            let stamped = code.stamped.lock().unwrap_or_else(PoisonError::into_inner);
            interpreter.remember(stamped.iter().copied().zip(self.stamps.iter().copied()));
        }
    }

    /// Lets the interpreter run alone.
    fn interpret(
        &mut self,
        interpreter: &mut Interpreter,
        core: &mut Core,
        limit: u64,
    ) -> exit::Exit {
        self.tell_stamps(interpreter);
        interpreter.run(core, limit)
    }

    /// Runs until something happens, or about until `limit`; exactly until then if `last`.
    pub(crate) fn run(
        &mut self,
        interpreter: &mut Interpreter,
        core: &mut Core,
        limit: u64,
        last: bool,
    ) -> exit::Exit {
        let generation = core.memory.code_generation();
        if self.generation != generation {
            self.retire(interpreter);
            self.generation = generation;
        }
        if self.code.is_none() {
            self.code = self.shared.get(self.config, &core.memory);
        }
        let Some(code) = self.code.clone() else { return interpreter.run(core, limit) };
        if self.stamps.len() != code.stamps() {
            self.stamps = alloc::vec![0; code.stamps()];
        }
        loop {
            let left = limit.saturating_sub(core.cycles);
            if interpreter.is_modelling(core) {
                return self.interpret(interpreter, core, limit);
            }
            if left < trace::MAX_CYCLES {
                if last {
                    return self.interpret(interpreter, core, limit);
                }
                return exit::Exit::OutOfCycles;
            }
            let stop = match code.entry(core.hart.pc) {
                Some(target) => match self.run_native(&code, target, core, limit) {
                    Exit::Go => {
                        self.warm(interpreter, core, &code, HEAT_OF_EXIT);
                        continue;
                    }
                    Exit::Low if last => return self.interpret(interpreter, core, limit),
                    Exit::Low => return exit::Exit::OutOfCycles,
                    Exit::Ecall => return exit::Exit::Ecall,
                    Exit::Ebreak => return exit::Exit::Ebreak,
                    Exit::Deny { step } => {
                        interpreter.run_rest(core, limit, step, |pc| self.wants(&code, pc))
                    }
                },
                None => {
                    if self.tier == Tier::Eager {
                        self.compile_reachable(core, &code);
                        if code.is_compiled(core.hart.pc) {
                            continue;
                        }
                    }
                    interpreter.run_cold(core, limit, |pc| self.wants(&code, pc))
                }
            };
            match stop {
                Stop::Exit(exit) => return exit,
                Stop::Model => return self.interpret(interpreter, core, limit),
                Stop::Native => {}
                Stop::Sample => self.warm(interpreter, core, &code, HEAT_OF_SAMPLE),
            }
        }
    }

    /// Whether control at `pc` is no matter for the interpreter.
    fn wants(&self, code: &Code, pc: u64) -> bool {
        self.tier == Tier::Eager || code.is_compiled(pc)
    }

    fn run_native(&mut self, code: &Code, target: u64, core: &mut Core, limit: u64) -> Exit {
        let gate = code.gate.get().expect("there is an entry, so there is a gate");
        let before = core.cycles;
        let exit = entry::run(code, gate, target, core, limit, &mut self.stamps);
        self.native += core.cycles - before;
        self.stamps_changed = code.has_stamps();
        exit
    }

    /// Warms the block at `pc`, and compiles what runs once it is hot.
    fn warm(&mut self, interpreter: &mut Interpreter, core: &Core, code: &Code, heat: u32) {
        if self.tier == Tier::Eager || interpreter.warm(core.hart.pc, heat) < HOT {
            return;
        }
        if code.is_compiled(core.hart.pc) {
            // Another machine has compiled it.
            return interpreter.unlink(|pc| code.is_compiled(pc));
        }
        let since = core.cycles.saturating_sub(RECENT);
        let mut starts = interpreter.entered_since(since);
        starts.push(core.hart.pc);
        starts.sort_unstable();
        starts.dedup();
        let blocks = self.decode(core, code, &starts);
        let steps: u64 = blocks.iter().map(|block| block.steps().len() as u64).sum();
        let credit = core.cycles / 8 + self.native / 2;
        if (self.compiled + steps) * COST_OF_STEP > credit {
            return;
        }
        self.compiled += steps;
        // Without memory for code, the interpreter goes on.
        let _ = code.compile(blocks, core.hart.pc);
        interpreter.unlink(|pc| code.is_compiled(pc));
    }

    /// Decodes those of the blocks that can be compiled and are not.
    fn decode(&self, core: &Core, code: &Code, starts: &[u64]) -> Vec<Block> {
        let Config { isa, version, .. } = code.config;
        let wanted = starts.iter().filter(|&&pc| !code.is_compiled(pc));
        let blocks = wanted.filter_map(|&pc| Block::decode(&core.memory, isa, version, pc).ok());
        blocks.filter(x64::accepts).take(MAX_REGION).collect()
    }

    /// Compiles the blocks that control may reach from `pc`, as far as blocks say.
    fn compile_reachable(&self, core: &Core, code: &Code) {
        let Config { isa, version, .. } = code.config;
        let entry = core.hart.pc;
        let mut seen = BTreeMap::new();
        let mut queue = VecDeque::from([entry]);
        while let Some(pc) = queue.pop_front() {
            if seen.len() >= MAX_REGION || seen.contains_key(&pc) || code.is_compiled(pc) {
                continue;
            }
            let Ok(block) = Block::decode(&core.memory, isa, version, pc) else { continue };
            if !x64::accepts(&block) {
                continue;
            }
            queue.extend(trace::successors(&block).into_iter().flatten());
            seen.insert(pc, block);
        }
        let _ = code.compile(seen.into_values().collect(), entry);
    }
}
