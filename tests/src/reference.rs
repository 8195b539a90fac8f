//! Running a program on the reference: ckb-vm with its assembly engine, which is what
//! production nodes run.

use std::cell::RefCell;

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

thread_local! {
    /// Machines that ran before, at most one of each size: making one clears a cache of
    /// blocks of 2.4 MB, far more than most programs use.
    static KEPT: RefCell<Vec<AsmMachine>> = const { RefCell::new(Vec::new()) };
}

/// A machine as [`machine`] makes it, maybe one that ran before.
fn recycled(setup: &Setup) -> AsmMachine {
    let kept = KEPT.with_borrow_mut(|kept| {
        let same_size = |machine: &mut AsmMachine| {
            machine.machine.inner_mut().memory_size == setup.memory_size.bytes()
        };
        let position = kept.iter_mut().position(same_size)?;
        Some(kept.swap_remove(position))
    });
    let Some(mut machine) = kept else { return machine(setup) };
    let core = machine.machine.inner_mut();
    core.registers = [0; 32];
    (core.pc, core.next_pc) = (0, 0);
    (core.running, core.reset_signal) = (0, 0);
    (core.cycles, core.max_cycles) = (setup.cycles, setup.max_cycles);
    core.load_reservation_address = u64::MAX;
    (core.isa, core.version) = (isa_bits(setup.isa), setup.version.number().into());
    (core.last_read_frame, core.last_write_page) = (u64::MAX, u64::MAX);
    core.flags.fill(0);
    // Memory of a frame is cleared when the frame is first touched.
    core.frames.fill(0);
    for trace in core.traces.iter_mut().filter(|trace| trace.length != 0) {
        *trace = Default::default();
    }
    machine
}

/// Runs a program until it ends.
#[must_use]
pub fn run(program: &Program, setup: &Setup) -> Outcome {
    let mut machine = recycled(setup);
    let outcome = run_on(&mut machine, program);
    KEPT.with_borrow_mut(|kept| kept.push(machine));
    outcome
}

fn run_on(machine: &mut AsmMachine, program: &Program) -> Outcome {
    let args: Vec<Bytes> = program.args.iter().cloned().map(Bytes::from).collect();
    let file = Bytes::from(program.elf.clone());
    let loaded = machine.load_program(&file, args.into_iter().map(Ok));
    let (result, loaded) = match loaded {
        Ok(bytes) => (machine.run(), Some(bytes)),
        Err(error) => (Err(error), None),
    };
    outcome(machine, result, loaded)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate;

    #[test]
    fn a_machine_that_ran_before_is_as_good_as_a_new_one() {
        for seed in 0..300 {
            let sample = generate::sample(seed);
            let program = sample.program();
            for setup in sample.setups() {
                let fresh = run_on(&mut machine(&setup), &program);
                let again = run(&program, &setup);
                assert_eq!(again.differences(&fresh), "", "seed {seed}, {setup:?}");
            }
        }
    }
}
