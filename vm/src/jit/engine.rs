//! The engine: runs compiled code where there is some, the interpreter elsewhere, and
//! decides what is compiled.
//!
//! What is compiled and when follows from what the guest does, never from time, and makes
//! no difference to any result.

use alloc::{sync::Arc, vec::Vec};
use core::mem;
use std::time::Instant;

use super::{
    JitStats, Tier,
    compiled::{Code, Exit, Shared, is_available},
    entry,
    trace::{self, Pieces, Region},
    x64,
};
use crate::{
    block::Block,
    exit,
    interp::{Core, Interpreter, Stop},
    machine::Config,
    memory::Memory,
};

/// The heat that makes a block hot: what one sample of a running interpreter adds, what
/// coming from compiled code adds, and how much is enough.
const HEAT_OF_SAMPLE: u8 = 8;
const HEAT_OF_EXIT: u8 = 2;
const HOT: u8 = 16;

/// How many cycles back a block counts as part of what runs, unless it ran for the first time.
const RECENT: u64 = 2048;

/// What compiling a step costs, in cycles of the interpreter.
const COST_OF_STEP: u64 = 24;

/// What it costs to compile something at all, and to make a place for code, in steps.
const COST_OF_COMPILATION: u64 = 128;
const COST_OF_PLACE: u64 = 256;

/// How many steps a program may have compiled before it has earned any. With all of them
/// spent on code that never runs again, it loses a tenth of a millisecond.
const ADVANCE: u64 = 1024 + COST_OF_COMPILATION + COST_OF_PLACE;

/// How many blocks can be looked at for nothing each time, and how many more for the cost of
/// compiling a step. Few programs have so many.
const FREE_LOOKS: u64 = 4096;
const LOOKS_PER_STEP: u64 = 16;

/// Which part of all cycles may be spent on compiling, one in so many, beside what compiled
/// code has saved. With all of it spent on code that never runs again, a program is slower
/// by that much; programs that get so far run several times faster instead.
const SHARE: u64 = 8;

/// A machine's use of compiled code.
pub(crate) struct Jit {
    tier: Tier,
    config: Config,
    code: Option<Arc<Code>>,
    /// Code that other machines use as well, as long as this one's pages are theirs.
    shared: Shared,
    /// [`Memory::code_generation`] that `code` is for.
    generation: u64,
    native: Native,
    /// Steps compiled, for whatever code there was, and what else compiling cost.
    compiled: u64,
    /// The value of the cycle counter when this began: a process may have run before in
    /// another machine.
    since: Option<u64>,
    /// Until so many cycles are spent, nothing is compiled.
    rest: u64,
}

/// What compiled code does in a machine.
#[derive(Default)]
struct Native {
    /// Cycles spent there.
    cycles: u64,
    /// Stamps of blocks, if they have any.
    stamps: Vec<u64>,
    /// Whether it ran since the interpreter was told the stamps.
    stamps_changed: bool,
}

impl Jit {
    pub(crate) fn new(tier: Tier, config: Config) -> Self {
        Self {
            tier,
            config,
            shared: Shared::default(),
            code: None,
            generation: 0,
            native: Native::default(),
            compiled: 0,
            since: None,
            rest: 0,
        }
    }

    /// Uses code that belongs to what is executable at this
    /// [`Memory::code_generation`](crate::Memory).
    pub(crate) fn share(&mut self, shared: &Shared, generation: u64) {
        self.shared = shared.clone();
        self.generation = generation;
    }

    /// Forgets all code. What may be spent on more of it stays the same: a program could
    /// make code change again and again.
    pub(crate) fn clear(&mut self) {
        let Self { tier, config, compiled, since, rest, native: Native { cycles, .. }, .. } = *self;
        let native = Native { cycles, ..Native::default() };
        *self = Self { compiled, since, rest, native, ..Self::new(tier, config) };
    }

    /// Forgets all code, but not which blocks were entered when, as far as that matters.
    pub(crate) fn retire(&mut self, interpreter: &mut Interpreter) {
        self.tell_stamps(interpreter);
        self.clear();
    }

    /// Tells the interpreter which blocks were entered when, before it goes on alone.
    fn tell_stamps(&mut self, interpreter: &mut Interpreter) {
        if mem::take(&mut self.native.stamps_changed)
            && let Some(code) = &self.code
        {
            interpreter.remember(code.entered(&self.native.stamps));
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
        if !is_available() {
            return interpreter.run(core, limit);
        }
        self.since.get_or_insert(core.cycles);
        let generation = core.memory.code_generation();
        if self.generation != generation {
            self.retire(interpreter);
            self.generation = generation;
        }
        loop {
            if interpreter.is_modelling(core) {
                return self.interpret(interpreter, core, limit);
            }
            if limit.saturating_sub(core.cycles) < trace::MAX_CYCLES {
                if last {
                    return self.interpret(interpreter, core, limit);
                }
                return exit::Exit::OutOfCycles;
            }
            self.find_code(core, self.tier == Tier::Eager);
            let stop = match &self.code {
                Some(code) => self.native.run_with(code, self.tier, interpreter, core, limit),
                None => Some(interpreter.run_cold(core, limit, |_| false)),
            };
            match stop {
                None => self.warm(interpreter, core, HEAT_OF_EXIT),
                Some(Stop::Exit(exit)) => return exit,
                Some(Stop::Model) => return self.interpret(interpreter, core, limit),
                Some(Stop::Native) => {}
                Some(Stop::Sample) => self.warm(interpreter, core, HEAT_OF_SAMPLE),
            }
        }
    }

    /// Looks whether there is code to use yet, and makes a place for some if `make`, which
    /// costs more than many programs do.
    fn find_code(&mut self, core: &Core, make: bool) {
        if self.code.is_some() {
            return;
        }
        self.code = if make {
            self.shared.make(self.config, &core.memory)
        } else {
            self.shared.get()
        };
        if let Some(code) = &self.code {
            code.count_use();
            self.native.stamps = alloc::vec![0; code.stamps()];
        }
    }

    /// How many steps may be compiled.
    fn credit(&self, core: &Core) -> u64 {
        let ran = core.cycles - self.since.unwrap_or(core.cycles);
        let earned = (ran / SHARE).saturating_add(self.native.cycles) / COST_OF_STEP;
        (ADVANCE + earned).saturating_sub(self.compiled)
    }

    /// Warms the block at `pc`, and compiles what runs once it is hot and that pays.
    fn warm(&mut self, interpreter: &mut Interpreter, core: &Core, heat: u8) {
        let pc = core.hart.pc;
        if self.tier == Tier::Eager || interpreter.warm(pc, heat) < HOT {
            return;
        }
        if let Some(code) = &self.code {
            if code.is_compiled(pc) {
                // Another machine has compiled it.
                let compiled = interpreter.starts().filter(|&pc| code.is_compiled(pc));
                return interpreter.hand_over(compiled);
            }
            if code.is_full() {
                return;
            }
        }
        if core.cycles < self.rest {
            return;
        }
        let began = Instant::now();
        // Looking at all blocks costs as well.
        let looking = interpreter.blocks().saturating_sub(FREE_LOOKS) / LOOKS_PER_STEP;
        let place = if self.code.is_none() { COST_OF_PLACE } else { 0 };
        let overhead = looking + COST_OF_COMPILATION;
        let recent = interpreter.entered_again_since(core.cycles.saturating_sub(RECENT));
        let credit = self.credit(core);
        let cost = place + overhead + recent.steps;
        if cost > credit {
            self.rest = core.cycles.saturating_add((cost - credit) * COST_OF_STEP);
            return;
        }
        self.compiled += place;
        self.find_code(core, true);
        let Some(code) = &self.code else {
            self.rest = u64::MAX;
            return;
        };
        let mut region = Blocks::new(code, &core.memory, interpreter);
        region.add(pc);
        if region.pieces.len() == 0 {
            // It is left to the interpreter, however hot it is.
            self.rest = core.cycles.saturating_add(RECENT);
            return;
        }
        recent.starts.into_iter().for_each(|pc| region.add(pc));
        // What may run next costs little now, and much if it has to be come to first.
        region.add_reachable(credit - place - overhead);
        self.compiled += overhead + region.pieces.steps();
        let region = region.form_traces();
        code.compile(&region, began);
        // Others may have compiled more, and control comes to those another time.
        interpreter.hand_over(region.heads().filter(|&pc| code.is_compiled(pc)));
    }

    /// What was done for the code that this machine uses.
    pub(crate) fn stats(&self) -> JitStats {
        self.code.as_ref().map_or_else(JitStats::default, |code| code.stats())
    }
}

impl Native {
    /// Runs compiled code if there is some for the block at `pc`, or else the interpreter,
    /// until it is time for the other. [`None`] if compiled code comes to a block that is
    /// not compiled.
    fn run_with(
        &mut self,
        code: &Code,
        tier: Tier,
        interpreter: &mut Interpreter,
        core: &mut Core,
        limit: u64,
    ) -> Option<Stop> {
        let eager = tier == Tier::Eager && !code.is_full();
        if eager && !code.is_compiled(core.hart.pc) {
            compile_reachable(code, interpreter, core);
        }
        let eager = eager && !code.is_full();
        // Control at a block that is compiled, or is to be, is no matter for the
        // interpreter.
        let native = |pc| eager || code.is_compiled(pc);
        let Some(target) = code.entry(core.hart.pc) else {
            return Some(interpreter.run_cold(core, limit, native));
        };
        Some(match self.run(code, target, core, limit) {
            Exit::Go => return None,
            // No trace costs more than the least that has to be left to come here again.
            Exit::Low => Stop::Native,
            Exit::Ecall => Stop::Exit(exit::Exit::Ecall),
            Exit::Ebreak => Stop::Exit(exit::Exit::Ebreak),
            Exit::Deny { step } => interpreter.run_rest(core, limit, step, native),
        })
    }

    fn run(&mut self, code: &Code, target: u64, core: &mut Core, limit: u64) -> Exit {
        let gate = code.gate.get().expect("there is an entry, so there is a gate");
        let before = core.cycles;
        let exit = entry::run(code, gate, target, core, limit, &mut self.stamps);
        self.cycles += core.cycles - before;
        self.stamps_changed = code.has_stamps();
        exit
    }
}

/// Compiles the blocks that control may reach from `pc`, as far as blocks say.
fn compile_reachable(code: &Code, interpreter: &Interpreter, core: &Core) {
    let began = Instant::now();
    let mut region = Blocks::new(code, &core.memory, interpreter);
    region.add(core.hart.pc);
    region.add_reachable(u64::MAX);
    code.compile(&region.form_traces(), began);
}

/// Blocks to be compiled.
struct Blocks<'a> {
    code: &'a Code,
    memory: &'a Memory,
    /// Most blocks have run there, and are decoded.
    interpreter: &'a Interpreter,
    pieces: Pieces,
    /// The block decoded last.
    decoded: Block,
    /// How many of the blocks were asked for what they lead to.
    followed: usize,
}

impl<'a> Blocks<'a> {
    fn new(code: &'a Code, memory: &'a Memory, interpreter: &'a Interpreter) -> Self {
        Self {
            code,
            memory,
            interpreter,
            pieces: Pieces::new(),
            decoded: Block::empty(),
            followed: 0,
        }
    }

    /// Adds the block at `pc`, if it can be compiled and is not.
    fn add(&mut self, pc: u64) {
        let Some(vacancy) = self.pieces.vacancy(pc) else { return };
        if self.code.is_compiled(pc) {
            return;
        }
        let Config { isa, version, .. } = self.code.config;
        let block = self.interpreter.decoded(pc).or_else(|| {
            self.decoded.decode_in_place(self.memory, isa, version, pc).ok()?;
            self.decoded.decoded()
        });
        if let Some(block) = block.filter(|block| x64::accepts(block, isa)) {
            self.pieces.push(&block, vacancy);
        }
    }

    /// Adds blocks that the others lead to, until there are about `steps` steps.
    fn add_reachable(&mut self, steps: u64) {
        while self.pieces.steps() < steps
            && let Some(ways) = self.pieces.ways(self.followed)
        {
            self.followed += 1;
            ways.into_iter().flatten().for_each(|pc| self.add(pc));
        }
    }

    fn form_traces(self) -> Region {
        Region::new(self.pieces)
    }
}
