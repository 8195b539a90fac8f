//! Running a program on the reference: ckb-vm with its assembly engine, which is what
//! production nodes run.

use ckb_vm::{
    Bytes, CoreMachine, DefaultMachineBuilder, DefaultMachineRunner, Error, ISA_A, ISA_B, ISA_IMC,
    ISA_MOP, Memory, RISCV_PAGESIZE, Register, SupportMachine, Syscalls,
    cost_model::estimate_cycles,
    machine::asm::{AsmCoreMachine, AsmMachine},
    registers::A7,
};
use verdict_vm::Isa;

use crate::outcome::{Failure, Outcome, Page, Program, Setup};

/// The number of the ecall that prints a string.
pub const DEBUG: u64 = 2177;

/// The state of a reference machine.
pub type Core = Box<AsmCoreMachine>;

/// The ecall that reads a string and forgets it.
struct Debug;

impl Syscalls<Core> for Debug {
    fn initialize(&mut self, _: &mut Core) -> Result<(), Error> {
        Ok(())
    }

    fn ecall(&mut self, machine: &mut Core) -> Result<bool, Error> {
        if machine.registers()[A7].to_u64() != DEBUG {
            return Ok(false);
        }
        let mut addr = machine.registers()[ckb_vm::registers::A0];
        while machine.memory_mut().load8(&addr)? != 0 {
            addr = addr.wrapping_add(1);
        }
        Ok(true)
    }
}

/// The reference's bits for an instruction set.
#[must_use]
pub const fn isa_bits(isa: Isa) -> u8 {
    let mut bits = ISA_IMC;
    if isa.bit_manipulation {
        bits |= ISA_B;
    }
    if isa.atomics {
        bits |= ISA_A;
    }
    if isa.fusion {
        bits |= ISA_MOP;
    }
    bits
}

/// A machine with nothing loaded.
#[must_use]
pub fn machine(setup: &Setup) -> AsmMachine {
    let size = usize::try_from(setup.memory_size.bytes()).expect("at most 4 MiB");
    let mut core = <Core as SupportMachine>::new_with_memory(
        isa_bits(setup.isa),
        setup.version.number().into(),
        setup.max_cycles,
        size,
    );
    core.set_cycles(setup.cycles);
    AsmMachine::new(
        DefaultMachineBuilder::new(core)
            .instruction_cycle_func(Box::new(estimate_cycles))
            .syscall(Box::new(Debug))
            .build(),
    )
}

/// Runs a program until it ends.
#[must_use]
pub fn run(program: &Program, setup: &Setup) -> Outcome {
    let mut machine = machine(setup);
    let args: Vec<Bytes> = program.args.iter().cloned().map(Bytes::from).collect();
    let file = Bytes::from(program.elf.clone());
    let loaded = machine.load_program(&file, args.into_iter().map(Ok));
    let (result, loaded) = match loaded {
        Ok(bytes) => (machine.run(), Some(bytes)),
        Err(error) => (Err(error), None),
    };
    outcome(&mut machine, result, loaded)
}

/// The state of a machine as an outcome.
pub fn outcome(
    machine: &mut AsmMachine,
    result: Result<i8, Error>,
    loaded: Option<u64>,
) -> Outcome {
    let core = machine.machine.inner_mut();
    let pages = core.memory_size() / RISCV_PAGESIZE;
    let pages = (0..pages)
        .filter_map(|number| {
            let flags = core.flags[number];
            let frame = number * RISCV_PAGESIZE / ckb_vm::MEMORY_FRAMESIZE;
            // Memory of a frame that nothing has touched is not initialised: it
            // counts as zero.
            let bytes: &[u8] = if core.frames[frame] == 0 {
                &[]
            } else {
                &core.memory[number * RISCV_PAGESIZE..(number + 1) * RISCV_PAGESIZE]
            };
            Page::changed(number as u64, flags, bytes)
        })
        .collect();
    Outcome {
        result: result.map_err(failure),
        loaded,
        cycles: core.cycles,
        pc: core.pc,
        registers: core.registers,
        reservation: core.load_reservation_address,
        pages,
    }
}

/// An error of the reference.
#[must_use]
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "errors without data are known by their names"
)]
pub fn failure(error: Error) -> Failure {
    match error {
        Error::InvalidInstruction { pc, instruction } => Failure::illegal(pc, instruction),
        Error::InvalidEcall(number) => Failure::ecall(number),
        Error::ElfParseError(text) => Failure::with("ElfParseError", text),
        error => Failure::new(&format!("{error:?}")),
    }
}
