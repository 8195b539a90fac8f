//! The machine: a hart, its memory and its cycles, run by an engine.

#[cfg(feature = "std")]
use alloc::sync::Arc;
use core::str::FromStr;

use thiserror::Error;

#[cfg(feature = "std")]
use crate::program::Program;
use crate::{
    elf::{Image, LoadError},
    exit::{Exit, Trap},
    hart::Hart,
    interp::{BlockAt, Core, Interpreter, Watch},
    isa::Isa,
    jit::{self, Jit, JitStats, Tier},
    memory::{Memory, MemorySize},
    stack,
    version::Version,
};

/// What kind of machine to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// The rules the guest runs under.
    pub version: Version,
    /// The instructions it has.
    pub isa: Isa,
    /// The memory it has.
    pub memory_size: MemorySize,
}

impl Config {
    /// The machine that runs scripts of `version` on chain.
    #[must_use]
    pub const fn on_chain(version: Version) -> Self {
        Self { version, isa: Isa::on_chain(version), memory_size: MemorySize::MAX }
    }
}

/// What executes instructions. All give the same results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Engine {
    /// Code that runs often is compiled, where the host has a JIT; all else is interpreted.
    #[default]
    Auto,
    /// Nothing is compiled.
    Interpreter,
    /// Code is compiled before it runs for the first time, where the host has a JIT: to test
    /// and to measure. A program that changes its code has all of it compiled each time, so
    /// those of strangers should run on [`Self::Auto`].
    Jit,
}

impl Engine {
    /// Every engine with its name.
    pub const NAMES: [(&str, Self); 3] =
        [("interpreter", Self::Interpreter), ("jit", Self::Jit), ("auto", Self::Auto)];

    /// Whether this host has a JIT. Without one, all engines interpret.
    #[must_use]
    pub fn has_jit() -> bool {
        jit::is_available()
    }

    /// The engine's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Interpreter => "interpreter",
            Self::Jit => "jit",
        }
    }
}

/// A name that no engine has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("unknown engine; use one of interpreter, jit, auto")]
pub struct UnknownEngine;

impl FromStr for Engine {
    type Err = UnknownEngine;

    fn from_str(name: &str) -> Result<Self, UnknownEngine> {
        let mut names = Self::NAMES.iter();
        names.find(|(known, _)| *known == name).map(|(_, engine)| *engine).ok_or(UnknownEngine)
    }
}

/// A RISC-V machine with one hart.
///
/// Load a program, run, handle what [`Machine::run`] returns, run on:
///
/// ```
/// use verdict_vm::{Config, Exit, Machine, Reg, Version};
///
/// fn exit_code(elf: &[u8]) -> Result<i8, Box<dyn std::error::Error>> {
///     let mut machine = Machine::new(Config::on_chain(Version::V2));
///     machine.load_elf(elf)?;
///     machine.init_stack(&["main"])?;
///     machine.set_max_cycles(70_000_000);
///     match machine.run() {
///         Exit::Ecall if machine.hart()[Reg::A7] == 93 => Ok(machine.hart()[Reg::A0] as i8),
///         exit => Err(format!("{exit:?}").into()),
///     }
/// }
/// assert!(exit_code(b"not an ELF file").is_err());
/// ```
pub struct Machine {
    config: Config,
    core: Core,
    max_cycles: u64,
    interpreter: Interpreter,
    jit: Option<Jit>,
    #[cfg(feature = "std")]
    pause: crate::Pause,
    /// The program that was loaded, if its parts can go back to it.
    #[cfg(feature = "std")]
    program: Option<Arc<Program>>,
}

impl Machine {
    /// How many cycles may pass, at most, before a machine notices that it was asked
    /// to pause.
    pub const PAUSE_INTERVAL: u64 = 1 << 20;

    /// Makes a machine with zeroed memory and registers, no cycles spent, and no
    /// limit on them.
    #[must_use]
    pub fn new(config: Config) -> Self {
        let memory = Memory::new(config.memory_size, config.version);
        Self::from_parts(config, memory, Interpreter::new(config.isa, config.version))
    }

    pub(crate) fn from_parts(config: Config, memory: Memory, interpreter: Interpreter) -> Self {
        Self {
            config,
            core: Core::new(Hart::new(), memory),
            max_cycles: u64::MAX,
            interpreter,
            jit: Some(Jit::new(Tier::Hot, config)),
            #[cfg(feature = "std")]
            pause: crate::Pause::default(),
            #[cfg(feature = "std")]
            program: None,
        }
    }

    /// Notes which program was loaded, and nothing else.
    #[cfg(feature = "std")]
    pub(crate) fn set_program(&mut self, program: Arc<Program>) {
        if let Some(jit) = &mut self.jit {
            program.share_code(jit);
        }
        self.program = Some(program);
    }

    /// Notes that the machine is not as the program that was loaded left it.
    fn leave_program(&mut self) {
        #[cfg(feature = "std")]
        {
            self.program = None;
        }
    }

    /// Chooses what executes instructions from here on.
    pub fn set_engine(&mut self, engine: Engine) {
        if let Some(jit) = &mut self.jit {
            jit.retire(&mut self.interpreter);
        }
        self.jit = match engine {
            Engine::Auto => Some(Jit::new(Tier::Hot, self.config)),
            Engine::Interpreter => None,
            Engine::Jit => Some(Jit::new(Tier::Eager, self.config)),
        };
        #[cfg(feature = "std")]
        if let (Some(jit), Some(program)) = (&mut self.jit, &self.program) {
            program.share_code(jit);
        }
    }

    /// Makes [`Self::run`] return [`Exit::Paused`] before a block with a step at this address,
    /// or earlier, in the rare case that more than blocks matters: for debuggers, which go on
    /// [step by step](Self::run_stepwise). The machine interprets from here on, and is not of
    /// use to others.
    pub fn set_breakpoint(&mut self, address: Option<u64>) {
        if let Some(mut jit) = self.jit.take() {
            jit.retire(&mut self.interpreter);
        }
        self.interpreter.set_breakpoint(address);
    }

    /// What the JIT has done for the code that this machine runs, together with other
    /// machines of the same [`Program`].
    #[must_use]
    pub fn jit_stats(&self) -> JitStats {
        self.jit.as_ref().map_or_else(JitStats::default, Jit::stats)
    }

    /// The machine's configuration.
    #[must_use]
    pub const fn config(&self) -> Config {
        self.config
    }

    /// Registers, `pc` and reservation.
    #[must_use]
    pub const fn hart(&self) -> &Hart {
        &self.core.hart
    }

    /// Registers, `pc` and reservation, to change.
    pub const fn hart_mut(&mut self) -> &mut Hart {
        &mut self.core.hart
    }

    /// The guest's memory.
    #[must_use]
    pub const fn memory(&self) -> &Memory {
        &self.core.memory
    }

    /// The guest's memory, to change.
    pub const fn memory_mut(&mut self) -> &mut Memory {
        &mut self.core.memory
    }

    /// Cycles spent so far. They never become fewer.
    #[must_use]
    pub const fn cycles(&self) -> u64 {
        self.core.cycles
    }

    /// The limit on cycles.
    #[must_use]
    pub const fn max_cycles(&self) -> u64 {
        self.max_cycles
    }

    /// Sets the limit on cycles, counted from the machine's beginning.
    pub const fn set_max_cycles(&mut self, max_cycles: u64) {
        self.max_cycles = max_cycles;
    }

    /// Adds the cost of something that is no instruction, whatever the limit.
    ///
    /// # Errors
    ///
    /// Returns [`Trap::CyclesOverflow`] if the counter has no room; it is unchanged
    /// then.
    pub const fn charge(&mut self, cycles: u64) -> Result<(), Trap> {
        match self.core.cycles.checked_add(cycles) {
            Some(cycles) => {
                self.core.cycles = cycles;
                Ok(())
            }
            None => Err(Trap::CyclesOverflow),
        }
    }

    /// The handle that pauses this machine.
    #[cfg(feature = "std")]
    #[must_use]
    pub fn pause(&self) -> crate::Pause {
        self.pause.clone()
    }

    /// Lets another handle pause this machine, in place of its own.
    #[cfg(feature = "std")]
    pub fn set_pause(&mut self, pause: crate::Pause) {
        self.pause = pause;
    }

    /// Loads an ELF file and sets `pc` to its entry. Returns the number of bytes
    /// that counts as loaded.
    ///
    /// The machine is to be a new one, or one that was [reset](Self::reset): what was
    /// loaded before has frozen pages, and loading over them fails.
    ///
    /// # Errors
    ///
    /// Returns a [`LoadError`] if the file is not accepted. Segments before the one
    /// at fault may be loaded then; `pc` is unchanged.
    pub fn load_elf(&mut self, file: &[u8]) -> Result<u64, LoadError> {
        let image = Image::parse(file, self.config.version)?;
        self.load_image(&image, file)
    }

    /// [`Self::load_elf`] of a file that was parsed before, for the same version.
    ///
    /// # Errors
    ///
    /// As [`Self::load_elf`], if a segment does not fit.
    pub fn load_image(&mut self, image: &Image, file: &[u8]) -> Result<u64, LoadError> {
        self.leave_program();
        let bytes = image.load(&mut self.core.memory, file, self.config.version)?;
        self.core.hart.pc = image.entry;
        Ok(bytes)
    }

    /// Writes the initial stack with `args` as `argv` and sets `sp`. Returns the
    /// number of bytes that counts as loaded: those from `sp` to the end of memory.
    ///
    /// # Errors
    ///
    /// Returns [`Trap::OutOfStack`] if the arguments need more than a quarter of
    /// memory, or the trap of a store that failed.
    pub fn init_stack<A: AsRef<[u8]>>(&mut self, args: &[A]) -> Result<u64, Trap> {
        let mut args = args.iter();
        let argc = args.len() as u64;
        self.init_stack_with(argc, |_| args.next().map(Ok))
    }

    /// [`Self::init_stack`] with arguments that are made one by one, with this
    /// machine's memory at hand. `next_arg` gives `argc` of them, then `None`.
    ///
    /// # Errors
    ///
    /// As [`Self::init_stack`], and those of the arguments.
    pub fn init_stack_with<A: AsRef<[u8]>>(
        &mut self,
        argc: u64,
        next_arg: impl FnMut(&mut Memory) -> Option<Result<A, Trap>>,
    ) -> Result<u64, Trap> {
        let Core { hart, memory, .. } = &mut self.core;
        stack::init(hart, memory, self.config.version, argc, next_arg)
    }

    /// Whether blocks are cached that could be decoded differently by now. A machine with
    /// the same state and without that cache might go on in another way; in versions 0
    /// and 1 it might do so as well if control enters an address beyond 4 GiB.
    #[must_use]
    pub const fn depends_on_cache(&self) -> bool {
        self.interpreter.has_waited()
    }

    /// Makes registers and memory zero and forgets all code, keeping cycles and their
    /// limit: what a new program in place of this one starts from.
    pub fn reset(&mut self) {
        self.leave_program();
        self.core.hart = Hart::new();
        self.core.memory.reset();
        self.interpreter.clear();
        if let Some(jit) = &mut self.jit {
            jit.clear();
        }
    }

    /// Ends the machine and leaves its memory and its decoded code to the next machine of
    /// the [`Program`] it came from, if it came from one. A machine that is dropped leaves
    /// only its host memory, made zero, to the next machine that this thread makes.
    #[cfg(feature = "std")]
    pub fn recycle(self) {
        if let Some(program) = self.program {
            program.keep(self.core.memory, self.interpreter);
        }
    }

    /// Runs until the guest needs its caller. See [`Exit`] for why, and what to do.
    pub fn run(&mut self) -> Exit {
        if self.config.isa.fusion && !self.config.version.may_fuse() {
            return Exit::Trap(Trap::InvalidVersion);
        }
        self.core.memory.guest_runs();
        loop {
            #[cfg(feature = "std")]
            if self.pause.take() {
                return Exit::Paused;
            }
            let slice = self.core.cycles.saturating_add(Self::PAUSE_INTERVAL);
            let limit = self.max_cycles.min(slice);
            let last = limit == self.max_cycles;
            let Self { interpreter, core, .. } = self;
            let exit = match &mut self.jit {
                Some(jit) => jit.run(interpreter, core, limit, last),
                None => interpreter.run(core, limit),
            };
            if exit != Exit::OutOfCycles || limit == self.max_cycles {
                return exit;
            }
        }
    }

    /// [`Self::run`], step by step: someone looks on. This takes a few hundred times as
    /// long, and the machine interprets from here on.
    pub fn run_stepwise(&mut self, watch: &mut dyn Watch) -> Exit {
        self.run_watched(|interpreter, core, limit| interpreter.run_stepwise(core, limit, watch))
    }

    /// [`Self::run`], block by block: `entered` is told each block when it is paid for,
    /// before it runs. This takes a few times as long, and the machine interprets from here
    /// on.
    pub fn run_blockwise(&mut self, entered: &mut dyn FnMut(&BlockAt, &Memory)) -> Exit {
        self.run_watched(|interpreter, core, limit| interpreter.run_blockwise(core, limit, entered))
    }

    /// Runs with the interpreter alone, in the way of `run`.
    fn run_watched(&mut self, run: impl FnOnce(&mut Interpreter, &mut Core, u64) -> Exit) -> Exit {
        if self.config.isa.fusion && !self.config.version.may_fuse() {
            return Exit::Trap(Trap::InvalidVersion);
        }
        self.core.memory.guest_runs();
        if let Some(mut jit) = self.jit.take() {
            jit.retire(&mut self.interpreter);
        }
        run(&mut self.interpreter, &mut self.core, self.max_cycles)
    }
}
