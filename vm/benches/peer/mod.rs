//! The production machine, run side by side with ours.

use ckb_vm::{
    Bytes, DefaultMachineBuilder, DefaultMachineRunner, ISA_B, ISA_IMC, ISA_MOP, SupportMachine,
    cost_model::estimate_cycles, machine::VERSION2,
};

/// Makes a machine as scripts of version 2 run on.
pub(crate) fn machine<M: DefaultMachineRunner>() -> M {
    let core = M::Inner::new(ISA_IMC | ISA_B | ISA_MOP, VERSION2, u64::MAX);
    let builder = DefaultMachineBuilder::new(core);
    M::new(builder.instruction_cycle_func(Box::new(estimate_cycles)).build())
}

/// Loads a program with its arguments.
pub(crate) fn load(machine: &mut impl DefaultMachineRunner, elf: &Bytes, args: &[&str]) {
    let args: Vec<_> = args.iter().map(|arg| Ok(Bytes::copy_from_slice(arg.as_bytes()))).collect();
    machine.load_program(elf, args.into_iter()).expect("the program loads");
}
