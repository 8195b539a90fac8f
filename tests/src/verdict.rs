//! Running a program on Verdict.

use std::sync::Arc;

use verdict_vm::{
    BlockAt, Config, Engine, Exit, Hart, LoadError, Machine, Memory, PAGE_SIZE, PageFlags, Reg,
    StepAt, Tracker, Trap, Watch,
};

use crate::outcome::{Failure, Outcome, Page, Program, Setup, call};

/// The configuration of its machines.
#[must_use]
pub const fn config(setup: &Setup) -> Config {
    Config { version: setup.version, isa: setup.isa, memory_size: setup.memory_size }
}

/// A machine with nothing loaded.
#[must_use]
pub fn machine(setup: &Setup) -> Machine {
    let mut machine = Machine::new(config(setup));
    set_cycles(&mut machine, setup);
    machine
}

fn set_cycles(machine: &mut Machine, setup: &Setup) {
    machine.charge(setup.cycles).expect("the counter of a new machine is zero");
    machine.set_max_cycles(setup.max_cycles);
}

/// Runs a program until it ends.
#[must_use]
pub fn run(program: &Program, setup: &Setup, engine: Engine) -> Outcome {
    run_with(program, setup, |machine| {
        machine.set_engine(engine);
        run_loaded(machine)
    })
}

/// How a run starts that goes on step by step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// Step by step.
    Stepwise,
    /// Block by block, for half of the cycles.
    Blockwise,
    /// As any run, for half of the cycles.
    Plain,
}

/// [`run`], step by step from somewhere on.
#[must_use]
pub fn run_stepwise(program: &Program, setup: &Setup, start: Start) -> Outcome {
    run_with(program, setup, |machine| {
        if start != Start::Stepwise {
            machine.set_max_cycles(setup.cycles.midpoint(setup.max_cycles));
            let result = match start {
                Start::Blockwise => run_blockwise(machine),
                Start::Stepwise | Start::Plain => run_loaded(machine),
            };
            let stopped = matches!(&result, Err(failure) if failure.kind == "CyclesExceeded");
            machine.set_max_cycles(setup.max_cycles);
            if !stopped {
                return result;
            }
        }
        run_by(machine, |machine| machine.run_stepwise(&mut Onlooker::default()))
    })
}

/// Runs a loaded machine block by block, and checks that all it is charged is told.
fn run_blockwise(machine: &mut Machine) -> Result<i8, Failure> {
    let mut cycles = machine.cycles();
    let mut entered = |at: &BlockAt, _: &Memory| {
        cycles += at.charged;
        assert_eq!(at.cycles, cycles, "{at:?}");
    };
    let result = run_by(machine, |machine| machine.run_blockwise(&mut entered));
    assert_eq!(machine.cycles(), cycles);
    result
}

/// Checks that steps follow each other.
#[derive(Default)]
struct Onlooker {
    next: Option<(u64, u8)>,
}

impl Watch for Onlooker {
    fn before(&mut self, at: &StepAt, _: &Hart, _: &Memory) {
        assert!(at.index == 0 || self.next == Some((at.pc, at.index)), "{at:?}");
    }

    fn after(&mut self, at: &StepAt, hart: &mut Hart, _: &mut Memory) {
        assert_eq!(hart[Reg::Zero], 0, "{at:?}");
        self.next = Some((at.pc + u64::from(at.step.len), at.index + 1));
    }
}

/// [`run`], stopping on the way: the limit on cycles rises by `step` at a time, and every
/// other time the machine is asked to pause. It goes on with the next of `engines` each
/// time.
#[must_use]
pub fn run_in_steps(program: &Program, setup: &Setup, step: u64, engines: &[Engine]) -> Outcome {
    run_with(program, setup, |machine| {
        let mut pause = false;
        let mut engines = engines.iter().cycle();
        machine.set_max_cycles(setup.cycles.min(setup.max_cycles));
        loop {
            machine.set_engine(*engines.next().expect("there are engines"));
            if pause {
                machine.pause().request();
            }
            pause = !pause;
            let result = run_loaded(machine);
            let stopped = matches!(&result, Err(failure) if failure.kind == "CyclesExceeded");
            if !stopped || machine.max_cycles() == setup.max_cycles {
                return result;
            }
            let limit = machine.max_cycles().saturating_add(step);
            machine.set_max_cycles(limit.min(setup.max_cycles));
        }
    })
}

/// [`run`] on what machines left that ran the program before: one with the pages of the
/// program tracked and about half of the cycles, one like this.
///
/// # Panics
///
/// Panics if the program is not accepted, or not loaded, as it is by a machine of its own.
#[must_use]
pub fn run_again(program: &Program, setup: &Setup) -> Outcome {
    let shared = verdict_vm::Program::new(Arc::new(program.elf.clone()), config(setup));
    let shared = shared.map(Arc::new);
    let run_once = |tracked: bool| {
        let (mut machine, elf) = shared.as_ref().map_err(|error| *error)?.machine()?;
        set_cycles(&mut machine, setup);
        // What the first has compiled, the others use.
        machine.set_engine(if tracked { Engine::Jit } else { Engine::Auto });
        let stack = machine.init_stack(&program.args).map_err(failure);
        if tracked && let Ok(shared) = &shared {
            machine.set_max_cycles(setup.cycles.midpoint(setup.max_cycles));
            let memory = machine.memory_mut();
            Tracker::new().track_image(memory, shared.image(), &(), 0).expect("it is loaded");
        }
        let (result, loaded) = match stack {
            Ok(stack) => (run_loaded(&mut machine), Some(elf + stack)),
            Err(failure) => (Err(failure), None),
        };
        Ok((machine, result, loaded))
    };
    for tracked in [true, false] {
        if let Ok((machine, ..)) = run_once(tracked) {
            machine.recycle();
        }
    }
    if let Ok(shared) = &shared
        && let Ok((again, _)) = shared.machine()
    {
        let mut fresh = Machine::new(config(setup));
        fresh.load_image(shared.image(), &program.elf).expect("it was loaded");
        assert_eq!(outcome(&again, Ok(0), None), outcome(&fresh, Ok(0), None));
        again.recycle();
    }
    match run_once(false) {
        Ok((machine, result, loaded)) => {
            let outcome = outcome(&machine, result, loaded);
            machine.recycle();
            outcome
        }
        Err(error) => {
            // There is no machine to look at.
            let outcome = run(program, setup, Engine::Interpreter);
            assert_eq!(outcome.result, Err(load_failure(error)));
            outcome
        }
    }
}

fn run_with(
    program: &Program,
    setup: &Setup,
    run: impl FnOnce(&mut Machine) -> Result<i8, Failure>,
) -> Outcome {
    let mut machine = machine(setup);
    let (result, loaded) = match load(&mut machine, program) {
        Ok(bytes) => (run(&mut machine), Some(bytes)),
        Err(failure) => (Err(failure), None),
    };
    outcome(&machine, result, loaded)
}

/// A machine with a program loaded, to be run on an engine.
///
/// # Panics
///
/// Panics if the program is not accepted.
#[must_use]
pub fn loaded(program: &Program, setup: &Setup, engine: Engine) -> Machine {
    let mut machine = machine(setup);
    load(&mut machine, program).expect("the program is accepted");
    machine.set_engine(engine);
    machine
}

fn load(machine: &mut Machine, program: &Program) -> Result<u64, Failure> {
    let elf = machine.load_elf(&program.elf).map_err(load_failure)?;
    let stack = machine.init_stack(&program.args).map_err(failure)?;
    Ok(elf + stack)
}

/// Runs what is loaded, answering ecalls as the reference runner does.
///
/// # Errors
///
/// Returns why the program failed.
pub fn run_loaded(machine: &mut Machine) -> Result<i8, Failure> {
    run_by(machine, Machine::run)
}

/// [`run_loaded`] by these means.
fn run_by(machine: &mut Machine, mut run: impl FnMut(&mut Machine) -> Exit) -> Result<i8, Failure> {
    loop {
        match run(machine) {
            Exit::Ecall => {
                if let Some(code) = answer(machine).map_err(failure)? {
                    return Ok(code);
                }
            }
            Exit::Ebreak | Exit::Paused => {}
            Exit::OutOfCycles => return Err(failure(Trap::CyclesExceeded)),
            Exit::Trap(trap) => return Err(failure(trap)),
        }
    }
}

/// Answers an ecall; returns the exit code if that was it.
fn answer(machine: &mut Machine) -> Result<Option<i8>, Trap> {
    let [number, a0, a1, a2] = [Reg::A7, Reg::A0, Reg::A1, Reg::A2].map(|reg| machine.hart()[reg]);
    match number {
        #[expect(clippy::cast_possible_truncation, reason = "the low byte counts")]
        call::EXIT => return Ok(Some(a0.cast_signed() as i8)),
        call::DEBUG => {
            machine.memory().read_c_string(a0)?;
        }
        call::LOAD_CODE => {
            let bytes = machine.memory().read(a2, a1)?.to_vec();
            let flags = PageFlags::EXECUTABLE | PageFlags::FROZEN;
            machine.memory_mut().init_pages(a0, a1, flags, &bytes, 0)?;
        }
        number => return Err(Trap::InvalidEcall { number }),
    }
    if machine.cycles() > machine.max_cycles() {
        return Err(Trap::CyclesExceeded);
    }
    Ok(None)
}

/// The state of a machine as an outcome.
#[must_use]
pub fn outcome(machine: &Machine, result: Result<i8, Failure>, loaded: Option<u64>) -> Outcome {
    let memory = machine.memory();
    let page_bytes = usize::try_from(PAGE_SIZE).expect("a page is small");
    let pages = (0..)
        .zip(memory.as_bytes().chunks_exact(page_bytes))
        .filter_map(|(number, bytes)| {
            let flags = memory.page_flags(number).expect("a page of memory");
            Page::changed(number, flags.bits(), bytes)
        })
        .collect();
    Outcome {
        result,
        loaded,
        cycles: machine.cycles(),
        pc: machine.hart().pc,
        registers: *machine.hart().registers(),
        reservation: machine.hart().reservation,
        pages,
    }
}

/// A trap in words of the reference.
#[must_use]
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "traps without data that the reference has are known by their names"
)]
pub fn failure(trap: Trap) -> Failure {
    match trap {
        Trap::IllegalInstruction { pc, bits } => Failure::illegal(pc, bits),
        Trap::InvalidEcall { number } => Failure::ecall(number),
        trap => Failure::new(trap.kind()),
    }
}

/// A refused file in words of the reference.
#[must_use]
pub fn load_failure(error: LoadError) -> Failure {
    match error {
        LoadError::Trap(trap) => failure(trap),
        LoadError::Parse(error) => Failure::with("ElfParseError", error.to_string()),
        LoadError::Bits
        | LoadError::SegmentUnreadable { .. }
        | LoadError::SegmentWritableAndExecutable { .. }
        | LoadError::SegmentOutsideFile { .. } => Failure::new(error.kind()),
    }
}
