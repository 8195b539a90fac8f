//! Operand formats: which fields an instruction has and where they stand in the
//! word (RISC-V Unprivileged ISA, "Instruction Formats" and "Immediate Encoding").
//!
//! A format knows its operands, the bits it fixes, how it decodes, encodes and
//! prints itself, and how it affects control flow and memory. A row of the
//! instruction table names the format and adds what the format cannot know.

use core::fmt;

use super::reg::Reg;

/// What happens to control after an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// The next instruction follows, in the same block.
    Next,
    /// The next instruction follows, in a block of its own.
    Cut,
    /// A condition chooses between the next instruction and `pc + imm`.
    Branch,
    /// Control goes to `pc + imm`.
    Jump,
    /// Control goes to an address from a register.
    Indirect,
    /// The caller of the engine takes over.
    System,
}

/// What an instruction does to memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Nothing.
    None,
    /// It reads.
    Read,
    /// It writes, or reads and writes.
    Write,
}

/// The operands of any instruction. Registers that its format does not have are
/// `None`, an immediate that it does not have is zero; a shift amount is an immediate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "operands are named as in the ISA manual")]
pub struct Operands {
    pub rd: Option<Reg>,
    pub rs1: Option<Reg>,
    pub rs2: Option<Reg>,
    pub imm: i32,
}

/// A shape of operands.
pub trait Format: Copy {
    /// The bits of a word that the format and the row fix together; the others
    /// are operands.
    const MASK: u32;
    /// How control goes on.
    const FLOW: Flow = Flow::Next;
    /// What happens to memory.
    const ACCESS: Access = Access::None;

    /// Reads the operands of a word of this format.
    fn decode(word: u32) -> Self;
    /// The operands as bits of a word, all others zero.
    fn encode(self) -> u32;
    /// The operands, whatever the format.
    fn operands(self) -> Operands;
    /// Prints the operands in assembler syntax.
    fn print(self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

const OPCODE: u32 = 0x0000_007f;
const FUNCT3: u32 = 0x0000_7000;
const FUNCT7: u32 = 0xfe00_0000;
const RS2: u32 = 0x01f0_0000;
const SHAMT_TOP: u32 = 0xfc00_0000;

const fn rd(word: u32) -> Reg {
    Reg::from_bits(word >> 7)
}
const fn rs1(word: u32) -> Reg {
    Reg::from_bits(word >> 15)
}
const fn rs2(word: u32) -> Reg {
    Reg::from_bits(word >> 20)
}
const fn put(rd: Reg, rs1: Reg, rs2: Reg) -> u32 {
    rd.number() << 7 | rs1.number() << 15 | rs2.number() << 20
}

/// The low `bits` bits of `value`, moved to bit `to`.
const fn field(value: i32, from: u32, bits: u32, to: u32) -> u32 {
    (value.cast_unsigned() >> from & ((1 << bits) - 1)) << to
}

/// The bits of `word` from `from` on, `bits` of them, moved to bit `to`.
const fn take(word: u32, from: u32, bits: u32, to: u32) -> u32 {
    (word >> from & ((1 << bits) - 1)) << to
}

/// `value` whose top bit is bit `bit`, sign-extended.
const fn sign(value: u32, bit: u32) -> i32 {
    (value << (31 - bit)).cast_signed() >> (31 - bit)
}

const fn imm_i(word: u32) -> i32 {
    word.cast_signed() >> 20
}

/// `op rd, rs1, rs2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "operands are named as in the ISA manual")]
pub struct R {
    pub rd: Reg,
    pub rs1: Reg,
    pub rs2: Reg,
}

impl Format for R {
    const MASK: u32 = OPCODE | FUNCT3 | FUNCT7;
    fn decode(word: u32) -> Self {
        Self {
            rd: rd(word),
            rs1: rs1(word),
            rs2: rs2(word),
        }
    }
    fn encode(self) -> u32 {
        put(self.rd, self.rs1, self.rs2)
    }
    fn operands(self) -> Operands {
        Operands {
            rd: Some(self.rd),
            rs1: Some(self.rs1),
            rs2: Some(self.rs2),
            ..Operands::default()
        }
    }
    fn print(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}, {}", self.rd, self.rs1, self.rs2)
    }
}

/// `op rd, rs1`: a register operation whose `rs2` field is part of the opcode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "operands are named as in the ISA manual")]
pub struct Unary {
    pub rd: Reg,
    pub rs1: Reg,
}

impl Format for Unary {
    const MASK: u32 = OPCODE | FUNCT3 | FUNCT7 | RS2;
    fn decode(word: u32) -> Self {
        Self {
            rd: rd(word),
            rs1: rs1(word),
        }
    }
    fn encode(self) -> u32 {
        put(self.rd, self.rs1, Reg::Zero)
    }
    fn operands(self) -> Operands {
        Operands {
            rd: Some(self.rd),
            rs1: Some(self.rs1),
            ..Operands::default()
        }
    }
    fn print(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.rd, self.rs1)
    }
}

/// `op rd, rs1, imm`: twelve signed bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "operands are named as in the ISA manual")]
pub struct I {
    pub rd: Reg,
    pub rs1: Reg,
    pub imm: i32,
}

impl Format for I {
    const MASK: u32 = OPCODE | FUNCT3;
    fn decode(word: u32) -> Self {
        Self {
            rd: rd(word),
            rs1: rs1(word),
            imm: imm_i(word),
        }
    }
    fn encode(self) -> u32 {
        put(self.rd, self.rs1, Reg::Zero) | field(self.imm, 0, 12, 20)
    }
    fn operands(self) -> Operands {
        Operands {
            rd: Some(self.rd),
            rs1: Some(self.rs1),
            imm: self.imm,
            ..Operands::default()
        }
    }
    fn print(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}, {}", self.rd, self.rs1, self.imm)
    }
}

/// `op rd, rs1, shamt`: a shift by up to 63.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "operands are named as in the ISA manual")]
pub struct Shift {
    pub rd: Reg,
    pub rs1: Reg,
    pub shamt: u8,
}

impl Format for Shift {
    const MASK: u32 = OPCODE | FUNCT3 | SHAMT_TOP;
    fn decode(word: u32) -> Self {
        Self {
            rd: rd(word),
            rs1: rs1(word),
            shamt: (word >> 20 & 63) as u8,
        }
    }
    fn encode(self) -> u32 {
        put(self.rd, self.rs1, Reg::Zero) | u32::from(self.shamt & 63) << 20
    }
    fn operands(self) -> Operands {
        Operands {
            rd: Some(self.rd),
            rs1: Some(self.rs1),
            imm: self.shamt.into(),
            ..Operands::default()
        }
    }
    fn print(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}, {}", self.rd, self.rs1, self.shamt)
    }
}

/// `op rd, rs1, shamt`: a shift of a word by up to 31.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "operands are named as in the ISA manual")]
pub struct ShiftW {
    pub rd: Reg,
    pub rs1: Reg,
    pub shamt: u8,
}

impl Format for ShiftW {
    const MASK: u32 = OPCODE | FUNCT3 | FUNCT7;
    fn decode(word: u32) -> Self {
        Self {
            rd: rd(word),
            rs1: rs1(word),
            shamt: (word >> 20 & 31) as u8,
        }
    }
    fn encode(self) -> u32 {
        put(self.rd, self.rs1, Reg::Zero) | u32::from(self.shamt & 31) << 20
    }
    fn operands(self) -> Operands {
        Operands {
            rd: Some(self.rd),
            rs1: Some(self.rs1),
            imm: self.shamt.into(),
            ..Operands::default()
        }
    }
    fn print(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}, {}", self.rd, self.rs1, self.shamt)
    }
}

/// `op rd, imm(rs1)`: a load.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "operands are named as in the ISA manual")]
pub struct Load {
    pub rd: Reg,
    pub rs1: Reg,
    pub imm: i32,
}

impl Format for Load {
    const MASK: u32 = OPCODE | FUNCT3;
    const ACCESS: Access = Access::Read;
    fn decode(word: u32) -> Self {
        Self {
            rd: rd(word),
            rs1: rs1(word),
            imm: imm_i(word),
        }
    }
    fn encode(self) -> u32 {
        put(self.rd, self.rs1, Reg::Zero) | field(self.imm, 0, 12, 20)
    }
    fn operands(self) -> Operands {
        Operands {
            rd: Some(self.rd),
            rs1: Some(self.rs1),
            imm: self.imm,
            ..Operands::default()
        }
    }
    fn print(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}({})", self.rd, self.imm, self.rs1)
    }
}

/// `op rs2, imm(rs1)`: a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "operands are named as in the ISA manual")]
pub struct Store {
    pub rs1: Reg,
    pub rs2: Reg,
    pub imm: i32,
}

impl Format for Store {
    const MASK: u32 = OPCODE | FUNCT3;
    const ACCESS: Access = Access::Write;
    fn decode(word: u32) -> Self {
        let imm = sign(take(word, 7, 5, 0) | take(word, 25, 7, 5), 11);
        Self {
            rs1: rs1(word),
            rs2: rs2(word),
            imm,
        }
    }
    fn encode(self) -> u32 {
        put(Reg::Zero, self.rs1, self.rs2) | field(self.imm, 0, 5, 7) | field(self.imm, 5, 7, 25)
    }
    fn operands(self) -> Operands {
        Operands {
            rs1: Some(self.rs1),
            rs2: Some(self.rs2),
            imm: self.imm,
            ..Operands::default()
        }
    }
    fn print(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}({})", self.rs2, self.imm, self.rs1)
    }
}

/// `op rs1, rs2, imm`: a branch to `pc + imm`, an even distance within ±4 KiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "operands are named as in the ISA manual")]
pub struct Branch {
    pub rs1: Reg,
    pub rs2: Reg,
    pub imm: i32,
}

impl Format for Branch {
    const MASK: u32 = OPCODE | FUNCT3;
    const FLOW: Flow = Flow::Branch;
    fn decode(word: u32) -> Self {
        let imm = take(word, 8, 4, 1)
            | take(word, 25, 6, 5)
            | take(word, 7, 1, 11)
            | take(word, 31, 1, 12);
        Self {
            rs1: rs1(word),
            rs2: rs2(word),
            imm: sign(imm, 12),
        }
    }
    fn encode(self) -> u32 {
        put(Reg::Zero, self.rs1, self.rs2)
            | field(self.imm, 1, 4, 8)
            | field(self.imm, 5, 6, 25)
            | field(self.imm, 11, 1, 7)
            | field(self.imm, 12, 1, 31)
    }
    fn operands(self) -> Operands {
        Operands {
            rs1: Some(self.rs1),
            rs2: Some(self.rs2),
            imm: self.imm,
            ..Operands::default()
        }
    }
    fn print(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}, {}", self.rs1, self.rs2, self.imm)
    }
}

/// `op rd, imm`: the upper twenty bits of a word. `imm` is the whole word, its
/// low twelve bits zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "operands are named as in the ISA manual")]
pub struct U {
    pub rd: Reg,
    pub imm: i32,
}

impl Format for U {
    const MASK: u32 = OPCODE;
    fn decode(word: u32) -> Self {
        Self {
            rd: rd(word),
            imm: (word & 0xffff_f000).cast_signed(),
        }
    }
    fn encode(self) -> u32 {
        put(self.rd, Reg::Zero, Reg::Zero) | self.imm.cast_unsigned() & 0xffff_f000
    }
    fn operands(self) -> Operands {
        Operands {
            rd: Some(self.rd),
            imm: self.imm,
            ..Operands::default()
        }
    }
    fn print(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {:#x}", self.rd, self.imm.cast_unsigned() >> 12)
    }
}

/// `op rd, imm`: as [`U`], added to `pc`. It ends a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "operands are named as in the ISA manual")]
pub struct PcU {
    pub rd: Reg,
    pub imm: i32,
}

impl Format for PcU {
    const MASK: u32 = OPCODE;
    const FLOW: Flow = Flow::Cut;
    fn decode(word: u32) -> Self {
        let U { rd, imm } = U::decode(word);
        Self { rd, imm }
    }
    fn encode(self) -> u32 {
        U {
            rd: self.rd,
            imm: self.imm,
        }
        .encode()
    }
    fn operands(self) -> Operands {
        Operands {
            rd: Some(self.rd),
            imm: self.imm,
            ..Operands::default()
        }
    }
    fn print(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        U {
            rd: self.rd,
            imm: self.imm,
        }
        .print(f)
    }
}

/// `op rd, imm`: a jump to `pc + imm`, an even distance within ±1 MiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "operands are named as in the ISA manual")]
pub struct J {
    pub rd: Reg,
    pub imm: i32,
}

impl Format for J {
    const MASK: u32 = OPCODE;
    const FLOW: Flow = Flow::Jump;
    fn decode(word: u32) -> Self {
        let imm = take(word, 21, 10, 1)
            | take(word, 20, 1, 11)
            | take(word, 12, 8, 12)
            | take(word, 31, 1, 20);
        Self {
            rd: rd(word),
            imm: sign(imm, 20),
        }
    }
    fn encode(self) -> u32 {
        put(self.rd, Reg::Zero, Reg::Zero)
            | field(self.imm, 1, 10, 21)
            | field(self.imm, 11, 1, 20)
            | field(self.imm, 12, 8, 12)
            | field(self.imm, 20, 1, 31)
    }
    fn operands(self) -> Operands {
        Operands {
            rd: Some(self.rd),
            imm: self.imm,
            ..Operands::default()
        }
    }
    fn print(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.rd, self.imm)
    }
}

/// `op rd, imm(rs1)`: a jump to `(rs1 + imm) & !1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "operands are named as in the ISA manual")]
pub struct JumpReg {
    pub rd: Reg,
    pub rs1: Reg,
    pub imm: i32,
}

impl Format for JumpReg {
    const MASK: u32 = OPCODE | FUNCT3;
    const FLOW: Flow = Flow::Indirect;
    fn decode(word: u32) -> Self {
        Self {
            rd: rd(word),
            rs1: rs1(word),
            imm: imm_i(word),
        }
    }
    fn encode(self) -> u32 {
        put(self.rd, self.rs1, Reg::Zero) | field(self.imm, 0, 12, 20)
    }
    fn operands(self) -> Operands {
        Operands {
            rd: Some(self.rd),
            rs1: Some(self.rs1),
            imm: self.imm,
            ..Operands::default()
        }
    }
    fn print(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}({})", self.rd, self.imm, self.rs1)
    }
}

/// `fence`: twelve bits (fm, pred, succ) that change nothing here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fence {
    /// The fm, pred and succ fields.
    pub sets: u16,
}

impl Format for Fence {
    const MASK: u32 = 0x000f_ffff;
    const FLOW: Flow = Flow::Cut;
    fn decode(word: u32) -> Self {
        Self {
            sets: (word >> 20) as u16,
        }
    }
    fn encode(self) -> u32 {
        u32::from(self.sets) << 20
    }
    fn operands(self) -> Operands {
        Operands::default()
    }
    fn print(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#x}", self.sets)
    }
}

/// `fence.i`: one word, no operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FenceI;

impl Format for FenceI {
    const MASK: u32 = u32::MAX;
    const FLOW: Flow = Flow::Cut;
    fn decode(_: u32) -> Self {
        Self
    }
    fn encode(self) -> u32 {
        0
    }
    fn operands(self) -> Operands {
        Operands::default()
    }
    fn print(self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

/// `ecall` and `ebreak`: one word each, no operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct System;

impl Format for System {
    const MASK: u32 = u32::MAX;
    const FLOW: Flow = Flow::System;
    fn decode(_: u32) -> Self {
        Self
    }
    fn encode(self) -> u32 {
        0
    }
    fn operands(self) -> Operands {
        Operands::default()
    }
    fn print(self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

/// `op rd, (rs1)`: load-reserved. The ordering bits change nothing here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "operands are named as in the ISA manual")]
pub struct Reserve {
    pub rd: Reg,
    pub rs1: Reg,
    pub aqrl: u8,
}

impl Format for Reserve {
    const MASK: u32 = 0xf9f0_707f;
    const ACCESS: Access = Access::Read;
    fn decode(word: u32) -> Self {
        Self {
            rd: rd(word),
            rs1: rs1(word),
            aqrl: (word >> 25 & 3) as u8,
        }
    }
    fn encode(self) -> u32 {
        put(self.rd, self.rs1, Reg::Zero) | u32::from(self.aqrl & 3) << 25
    }
    fn operands(self) -> Operands {
        Operands {
            rd: Some(self.rd),
            rs1: Some(self.rs1),
            ..Operands::default()
        }
    }
    fn print(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, ({})", self.rd, self.rs1)
    }
}

/// `op rd, rs2, (rs1)`: store-conditional and the atomic memory operations. The
/// ordering bits change nothing here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "operands are named as in the ISA manual")]
pub struct Amo {
    pub rd: Reg,
    pub rs1: Reg,
    pub rs2: Reg,
    pub aqrl: u8,
}

impl Format for Amo {
    const MASK: u32 = 0xf800_707f;
    const ACCESS: Access = Access::Write;
    fn decode(word: u32) -> Self {
        let aqrl = (word >> 25 & 3) as u8;
        Self {
            rd: rd(word),
            rs1: rs1(word),
            rs2: rs2(word),
            aqrl,
        }
    }
    fn encode(self) -> u32 {
        put(self.rd, self.rs1, self.rs2) | u32::from(self.aqrl & 3) << 25
    }
    fn operands(self) -> Operands {
        Operands {
            rd: Some(self.rd),
            rs1: Some(self.rs1),
            rs2: Some(self.rs2),
            ..Operands::default()
        }
    }
    fn print(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}, ({})", self.rd, self.rs2, self.rs1)
    }
}
