//! Running a bare program: no transaction, two system calls.
//!
//! The program can exit and print. Loading it costs nothing, so the cycles are
//! those of its instructions alone. A [`Run`] keeps the machine as it is at the
//! end, whatever ended it.

use blake2b_simd::Params;
use ckb_hash::CKB_HASH_PERSONALIZATION;
use serde::Serialize;
use thiserror::Error;
use verdict_vm::{Config, Engine, Exit, Isa, LoadError, Machine, MemorySize, Reg, Trap, Version};

/// Number of the system call that ends a program.
const EXIT: u64 = 93;
/// Number of the system call that prints a string.
const DEBUG_PRINT: u64 = 2177;

/// What to run a program on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Version of the machine; 2 by default.
    pub version: Version,
    /// Its instruction set; by default that of the version on chain.
    pub isa: Option<Isa>,
    /// The engine; by default the fastest there is.
    pub engine: Engine,
    /// The limit on cycles; by default there is none.
    pub max_cycles: u64,
    /// The memory; 4 MiB by default, as on chain.
    pub memory: MemorySize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            version: Version::V2,
            isa: None,
            engine: Engine::default(),
            max_cycles: u64::MAX,
            memory: MemorySize::MAX,
        }
    }
}

impl Settings {
    /// The machine that is asked for.
    #[must_use]
    pub fn config(&self) -> Config {
        Config {
            version: self.version,
            isa: self.isa.unwrap_or(Isa::on_chain(self.version)),
            memory_size: self.memory,
        }
    }
}

/// What went wrong inside the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// The program was not accepted.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The program broke a rule.
    #[error(transparent)]
    Trap(#[from] Trap),
}

impl Fault {
    /// The name of this fault in the reference implementation, for example
    /// `"MemOutOfBound"`.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Load(error) => error.kind(),
            Self::Trap(trap) => trap.kind(),
        }
    }
}

/// A program that has ended.
pub struct Run {
    /// Its exit code, or what stopped it.
    pub outcome: Result<i8, Fault>,
    /// The machine at the end.
    pub machine: Machine,
}

/// Runs the program in the ELF file `file` with `argv` to its end. What it prints
/// goes to `print`, one string a call, without the NUL. What it does wrong is an outcome,
/// not an error.
pub fn run<A: AsRef<[u8]>>(
    file: &[u8],
    argv: &[A],
    settings: &Settings,
    print: impl FnMut(&[u8]),
) -> Run {
    run_by(file, argv, settings, print, Machine::run)
}

/// [`run`] on a machine that goes on by `step`.
pub(crate) fn run_by<A: AsRef<[u8]>>(
    file: &[u8],
    argv: &[A],
    settings: &Settings,
    print: impl FnMut(&[u8]),
    step: impl FnMut(&mut Machine) -> Exit,
) -> Run {
    let mut machine = Machine::new(settings.config());
    machine.set_engine(settings.engine);
    machine.set_max_cycles(settings.max_cycles);
    let loaded = load(&mut machine, file, argv);
    let outcome = loaded.and_then(|()| Ok(execute(&mut machine, print, step)?));
    Run { outcome, machine }
}

fn load<A: AsRef<[u8]>>(machine: &mut Machine, file: &[u8], argv: &[A]) -> Result<(), Fault> {
    machine.load_elf(file)?;
    machine.init_stack(argv)?;
    Ok(())
}

fn execute(
    machine: &mut Machine,
    mut print: impl FnMut(&[u8]),
    mut step: impl FnMut(&mut Machine) -> Exit,
) -> Result<i8, Trap> {
    loop {
        match step(machine) {
            Exit::Ecall => match machine.hart()[Reg::A7] {
                EXIT => {
                    return Ok(i8::from_le_bytes([machine.hart()[Reg::A0].to_le_bytes()[0]]));
                }
                DEBUG_PRINT => print(machine.memory().read_c_string(machine.hart()[Reg::A0])?),
                number => return Err(Trap::InvalidEcall { number }),
            },
            // Nobody pauses this machine, and `ebreak` is for debuggers.
            Exit::Ebreak | Exit::Paused => {}
            Exit::OutOfCycles => return Err(Trap::CyclesExceeded),
            Exit::Trap(trap) => return Err(trap),
        }
    }
}

/// A [`Run`] for programs to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// `"exit"` or `"error"`.
    pub outcome: &'static str,
    /// The exit code, after an exit.
    pub exit_code: Option<i8>,
    /// The kind of error, after an error.
    pub error: Option<&'static str>,
    /// The error in words, after an error.
    pub error_detail: Option<String>,
    /// Cycles spent.
    pub cycles: u64,
    /// Where control is at the end.
    pub pc: String,
    /// x0 to x31 at the end.
    pub registers: Vec<String>,
    /// Hash of the whole memory at the end.
    pub memory_blake2b: String,
}

impl Run {
    /// Sums the run up for programs to read.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let hart = self.machine.hart();
        let fault = self.outcome.err();
        let memory = Params::new()
            .hash_length(32)
            .personal(CKB_HASH_PERSONALIZATION)
            .hash(self.machine.memory().as_bytes());
        Summary {
            outcome: if fault.is_none() { "exit" } else { "error" },
            exit_code: self.outcome.ok(),
            error: fault.map(Fault::kind),
            error_detail: fault.map(|fault| fault.to_string()),
            cycles: self.machine.cycles(),
            pc: format!("{:#x}", hart.pc),
            registers: hart.registers().map(|value| format!("{value:#x}")).into(),
            memory_blake2b: memory.to_hex().to_string(),
        }
    }
}
