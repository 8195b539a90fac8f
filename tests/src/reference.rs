//! Running a program on the reference: ckb-vm with its assembly engine, which is what
//! production nodes run.

use ckb_vm::{
    Bytes, CoreMachine, DefaultMachineBuilder, DefaultMachineRunner, Error, ISA_A, ISA_B, ISA_IMC,
    ISA_MOP, Memory, RISCV_PAGESIZE, SupportMachine, Syscalls,
    cost_model::estimate_cycles,
    machine::asm::{AsmCoreMachine, AsmMachine},
    memory::{FLAG_EXECUTABLE, FLAG_FREEZED},
    registers::{A0, A1, A2, A7},
};
use verdict_vm::Isa;

use crate::outcome::{Failure, Outcome, Page, Program, Setup, call};

/// The state of a reference machine.
pub type Core = Box<AsmCoreMachine>;

/// The ecalls other than the exit.
struct Calls;

impl Syscalls<Core> for Calls {
    fn initialize(&mut self, _: &mut Core) -> Result<(), Error> {
        Ok(())
    }

    fn ecall(&mut self, machine: &mut Core) -> Result<bool, Error> {
        let registers = machine.registers();
        let [a0, a1, a2] = [registers[A0], registers[A1], registers[A2]];
        match registers[A7] {
            call::DEBUG => {
                let mut addr = a0;
                while machine.memory_mut().load8(&addr)? != 0 {
                    addr = addr.wrapping_add(1);
                }
            }
            call::LOAD_CODE => {
                // The reference's own check is against the largest memory there is.
                let end = a2.checked_add(a1).ok_or(Error::MemOutOfBound)?;
                if a1 > 0 && end > machine.memory_size {
                    return Err(Error::MemOutOfBound);
                }
                let bytes = machine.memory_mut().load_bytes(a2, a1)?;
                let flags = FLAG_EXECUTABLE | FLAG_FREEZED;
                machine.memory_mut().init_pages(a0, a1, flags, Some(bytes), 0)?;
            }
            _ => return Ok(false),
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
            .syscall(Box::new(Calls))
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
#[expect(clippy::wildcard_enum_match_arm, reason = "errors without data are known by their names")]
pub fn failure(error: Error) -> Failure {
    match error {
        Error::InvalidInstruction { pc, instruction } => Failure::illegal(pc, instruction),
        Error::InvalidEcall(number) => Failure::ecall(number),
        Error::ElfParseError(text) => Failure::with("ElfParseError", text),
        error => Failure::new(&format!("{error:?}")),
    }
}
