//! A machine of each kind with the same code, compared block by block and run by run.
//!
//! Making machines takes far longer than running a few instructions, so suites that
//! look at single instructions keep a pair and start it over and over, at other
//! addresses and with other registers.

use ckb_vm::{
    Bytes, DefaultMachineRunner,
    cost_model::estimate_cycles,
    decoder::{Decoder, build_decoder},
    instructions::{
        Instruction, extract_opcode, instruction_length, instruction_opcode_name,
        is_basic_block_end_instruction, tagged::TaggedInstruction,
    },
    machine::asm::AsmMachine,
};
use verdict_vm::{
    Machine, Reg,
    block::{Block, MAX_STEPS},
    isa::{Inst, Op, Step},
};

use crate::{
    elf::{self, Segment},
    outcome::{Failure, Setup},
    reference, verdict,
};

/// What a decoder makes of one entry of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    /// The mnemonic, letters and digits only; of a fused operation nothing.
    name: String,
    len: u8,
    cycles: u64,
    /// rd, rs1, rs2, as far as the instruction has them.
    registers: [Option<u32>; 3],
    imm: i32,
}

/// The two machines.
pub struct Pair {
    setup: Setup,
    reference: AsmMachine,
    decoder: Decoder,
    verdict: Machine,
}

impl Pair {
    /// Machines with these segments loaded.
    ///
    /// # Panics
    ///
    /// Panics if they cannot be loaded.
    #[must_use]
    pub fn new(setup: &Setup, segments: &[Segment]) -> Self {
        let file = elf::file(0, segments);
        let mut reference = reference::machine(setup);
        let none = std::iter::empty::<Result<Bytes, ckb_vm::Error>>();
        reference.load_program(&Bytes::from(file.clone()), none).expect("a sound file");
        let mut verdict = verdict::machine(setup);
        verdict.load_elf(&file).expect("a sound file");
        verdict.init_stack::<Vec<u8>>(&[]).expect("no arguments");
        Self {
            setup: *setup,
            decoder: build_decoder::<u64>(
                reference::isa_bits(setup.isa),
                setup.version.number().into(),
            ),
            reference,
            verdict,
        }
    }

    /// Decodes the block at `pc` on both; returns how many entries it has, or
    /// nothing if it cannot be decoded.
    ///
    /// # Errors
    ///
    /// Returns the differences.
    pub fn decode(&mut self, pc: u64) -> Result<Option<usize>, String> {
        let expected = self.reference_block(pc);
        let Setup { version, isa, .. } = self.setup;
        let block = Block::decode(self.verdict.memory(), isa, version, pc);
        let got = match &block {
            Ok(block) => Ok(block.steps().iter().map(entry).collect::<Vec<_>>()),
            Err(trap) => Err(verdict::failure(*trap)),
        };
        let same = match (&got, &expected) {
            (Ok(got), Ok(expected)) => {
                got.len() == expected.len()
                    && got.iter().zip(expected).all(|(got, expected)| matches(got, expected))
            }
            (got, expected) => got == expected,
        };
        if same {
            Ok(expected.ok().map(|entries| entries.len()))
        } else {
            let setup = self.setup;
            Err(format!("{setup:?} at {pc:#x}: verdict / reference\n  {got:?}\n  {expected:?}"))
        }
    }

    /// The block at `pc` as the reference's machine makes it.
    fn reference_block(&mut self, pc: u64) -> Result<Vec<Entry>, Failure> {
        let memory = self.reference.machine.inner_mut();
        let mut entries = Vec::new();
        let mut at = pc;
        loop {
            let instruction = self.decoder.decode(memory, at).map_err(reference::failure)?;
            at += u64::from(instruction_length(instruction));
            entries.push(reference_entry(instruction));
            if is_basic_block_end_instruction(instruction) || entries.len() == MAX_STEPS {
                break;
            }
        }
        if (at - pc).is_multiple_of(256) {
            return Err(reference::failure(ckb_vm::Error::TraceLengthError));
        }
        Ok(entries)
    }

    /// Runs both from `pc` with these registers for at most `cycles` more cycles.
    ///
    /// # Errors
    ///
    /// Returns the differences, memory not included.
    pub fn run(&mut self, pc: u64, registers: &[u64; 32], cycles: u64) -> Result<(), String> {
        let spent = self.verdict.cycles();
        let limit = spent.saturating_add(cycles);
        let core = self.reference.machine.inner_mut();
        core.registers = *registers;
        core.pc = pc;
        core.cycles = spent;
        core.max_cycles = limit;
        // Left over from the last run if it failed; a machine is not meant to be
        // used again then.
        core.last_write_page = u64::MAX;
        core.last_read_frame = u64::MAX;
        let expected = self.reference.run().map_err(reference::failure);

        let hart = self.verdict.hart_mut();
        for (reg, value) in Reg::ALL.into_iter().zip(registers) {
            hart.set(reg, *value);
        }
        hart.pc = pc;
        self.verdict.set_max_cycles(limit);
        let got = verdict::run_loaded(&mut self.verdict);

        let core = self.reference.machine.inner_mut();
        let hart = self.verdict.hart();
        let same = got == expected
            && hart.registers() == &core.registers
            && hart.pc == core.pc
            && hart.reservation == core.load_reservation_address
            && self.verdict.cycles() == core.cycles;
        if same {
            return Ok(());
        }
        let (setup, text) = (self.setup, self.differences(got, expected));
        Err(format!("{setup:?} from {pc:#x} with {registers:x?}: verdict / reference\n{text}"))
    }

    /// How the machines differ as they are, memory included; empty if they do not.
    pub fn compare(&mut self) -> String {
        self.differences(Ok(0), Ok(0))
    }

    fn differences(&mut self, got: Result<i8, Failure>, expected: Result<i8, Failure>) -> String {
        let mut reference = reference::outcome(&mut self.reference, Ok(0), None);
        reference.result = expected;
        verdict::outcome(&self.verdict, got, None).differences(&reference)
    }
}

/// Whether entries are the same, as far as both tell.
fn matches(got: &Entry, expected: &Entry) -> bool {
    if got.name.is_empty() {
        return got.len == expected.len && got.cycles == expected.cycles;
    }
    // The reference may keep bits in fields that an instruction does not have.
    let registers = got.registers.iter().zip(&expected.registers);
    registers.clone().all(|(got, expected)| got.is_none() || got == expected)
        && (&got.name, got.len, got.cycles, got.imm)
            == (&expected.name, expected.len, expected.cycles, expected.imm)
}

fn letters(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

fn entry(step: &Step) -> Entry {
    let (name, operands) = match step.op {
        Op::Inst(inst) => (letters(inst.row().mnemonic), inst.operands()),
        Op::Fused(_) => (String::new(), verdict_vm::isa::format::Operands::default()),
    };
    let number = |reg: Option<Reg>| reg.map(Reg::number);
    Entry {
        name,
        len: step.len,
        cycles: step.op.cycles(),
        registers: [number(operands.rd), number(operands.rs1), number(operands.rs2)],
        // What a fence orders is not kept by the reference.
        imm: if matches!(step.op, Op::Inst(Inst::Fence(_))) { 0 } else { operands.imm },
    }
}

fn reference_entry(instruction: Instruction) -> Entry {
    let name = instruction_opcode_name(extract_opcode(instruction));
    let name = name.split("_VERSION").next().expect("a first part");
    let tagged = TaggedInstruction::try_from(instruction).expect("a decoded instruction");
    let (registers, imm) = match tagged {
        TaggedInstruction::Rtype(i) => ([i.rd(), i.rs1(), i.rs2()], 0),
        TaggedInstruction::Itype(i) => ([i.rd(), i.rs1(), 0], i.immediate_s()),
        TaggedInstruction::Stype(i) => ([0, i.rs1(), i.rs2()], i.immediate_s()),
        TaggedInstruction::Utype(i) => ([i.rd(), 0, 0], i.immediate_s()),
        TaggedInstruction::R4type(i) => ([i.rd(), i.rs1(), i.rs2()], 0),
        TaggedInstruction::R5type(i) => ([i.rd(), i.rs1(), i.rs2()], 0),
    };
    Entry {
        name: letters(name),
        len: instruction_length(instruction),
        cycles: estimate_cycles(instruction),
        registers: registers.map(|reg| u32::try_from(reg).ok()),
        imm,
    }
}
