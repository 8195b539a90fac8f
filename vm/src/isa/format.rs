//! Operand formats: which fields an instruction has and where they stand in the
//! word (RISC-V Unprivileged ISA, "Instruction Formats" and "Immediate Encoding").
//!
//! A format knows its operands, the bits it fixes, how it decodes, encodes and
//! prints itself, and how it affects control flow and memory. A row of the
//! instruction table names the format and adds what the format cannot know.
//!
//! Operands are kept as they stand in the word, so that an instruction is two
//! numbers, and are taken apart where they are asked for.

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

/// What stands where operands are, whether or not a format has them. `imm` means something
/// if there is an immediate that is no distance to jump.
#[derive(Clone, Copy)]
pub(crate) struct Places {
    pub(crate) rd: Reg,
    pub(crate) rs1: Reg,
    pub(crate) rs2: Reg,
    pub(crate) imm: i32,
}

impl Places {
    /// What stands in `bits`: a word without the fixed bits of its format.
    #[inline(always)]
    pub(crate) const fn read(bits: u32, immediate: Immediate) -> Self {
        Self {
            rd: place::Rd::get(bits),
            rs1: place::Rs1::get(bits),
            rs2: place::Rs2::get(bits),
            imm: Pieces::of(immediate).get(bits),
        }
    }
}

/// The pieces that immediates consist of: masks of what stands from bit 20 on, of what stands
/// from bit 7 on, and of the word. To take all of them needs no jump, which the host could
/// not predict.
#[derive(Clone, Copy)]
struct Pieces {
    upper: i32,
    lower: i32,
    in_place: i32,
}

impl Pieces {
    const I: Self = Self { upper: !0, lower: 0, in_place: 0 };
    const S: Self = Self { upper: !31, lower: 31, in_place: 0 };
    const U: Self = Self { upper: 0, lower: 0, in_place: !0xfff };

    /// Those of an immediate; distances to jump are not read so.
    #[inline(always)]
    const fn of(immediate: Immediate) -> Self {
        match immediate {
            Immediate::S => Self::S,
            Immediate::U => Self::U,
            Immediate::None | Immediate::I | Immediate::B | Immediate::J => Self::I,
        }
    }

    #[inline(always)]
    const fn get(self, word: u32) -> i32 {
        let word = word.cast_signed();
        word >> 20 & self.upper | word >> 7 & self.lower | word & self.in_place
    }
}

/// Which operands a format has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "operands are named as in the ISA manual")]
pub struct Fields {
    pub rd: bool,
    pub rs1: bool,
    pub rs2: bool,
    pub imm: Immediate,
}

/// Where an immediate stands in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as in the ISA manual")]
pub enum Immediate {
    None,
    /// Shift amounts stand there as well, below fixed bits.
    I,
    S,
    B,
    U,
    J,
}

impl Fields {
    const NONE: Self = Self { rd: false, rs1: false, rs2: false, imm: Immediate::None };

    /// The operands in `bits`: a word without the fixed bits of its format.
    #[inline(always)]
    pub(super) fn read(self, bits: u32) -> Operands {
        Operands {
            rd: self.rd.then_some(place::Rd::get(bits)),
            rs1: self.rs1.then_some(place::Rs1::get(bits)),
            rs2: self.rs2.then_some(place::Rs2::get(bits)),
            imm: match self.imm {
                Immediate::None => 0,
                Immediate::I => place::ImmI::get(bits),
                Immediate::S => place::ImmS::get(bits),
                Immediate::B => place::ImmB::get(bits),
                Immediate::U => place::ImmU::get(bits),
                Immediate::J => place::ImmJ::get(bits),
            },
        }
    }

    /// The register to be written in such bits, if there is one.
    #[inline(always)]
    pub(super) fn read_rd(self, bits: u32) -> Option<Reg> {
        self.rd.then_some(place::Rd::get(bits))
    }
}

/// A shape of operands.
pub trait Format: Copy {
    /// The bits of a word that the format and the row fix together; the others
    /// are operands.
    const MASK: u32;
    /// How control goes on.
    const FLOW: Flow;
    /// What happens to memory.
    const ACCESS: Access;
    /// Which operands there are.
    const FIELDS: Fields;
    /// All operands zero.
    const BLANK: Self;

    /// The operands in `bits`: a word of this format without its fixed bits.
    fn from_bits(bits: u32) -> Self;
    /// The operands as bits of a word, all others zero.
    fn encode(self) -> u32;
    /// Prints the operands in assembler syntax.
    fn print(self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

pub(super) const OPCODE: u32 = 0x0000_007f;
pub(super) const FUNCT3: u32 = 0x0000_7000;
const FUNCT5: u32 = 0xf800_0000;
const FUNCT6: u32 = 0xfc00_0000;
pub(super) const FUNCT7: u32 = 0xfe00_0000;
pub(crate) const RD: u32 = 0x0000_0f80;
pub(crate) const RS1: u32 = 0x000f_8000;
pub(crate) const RS2: u32 = 0x01f0_0000;
const ALL: u32 = u32::MAX;

/// Bits `from` and up of `value`, `count` of them, moved to bit `to`.
const fn bits(value: u32, from: u32, count: u32, to: u32) -> u32 {
    (value >> from & ((1 << count) - 1)) << to
}

/// `value`, whose top bit is bit `top`, sign-extended.
const fn signed(value: u32, top: u32) -> i32 {
    (value << (31 - top)).cast_signed() >> (31 - top)
}

/// Where a field stands in a word: how to read it and how to write it.
mod place {
    use super::{Immediate, Pieces, Reg, bits, signed};

    pub(super) struct Rd;
    impl Rd {
        pub(super) const fn get(word: u32) -> Reg {
            Reg::from_bits(word >> 7)
        }
        pub(super) const fn put(reg: Reg) -> u32 {
            reg.number() << 7
        }
    }

    pub(super) struct Rs1;
    impl Rs1 {
        pub(super) const fn get(word: u32) -> Reg {
            Reg::from_bits(word >> 15)
        }
        pub(super) const fn put(reg: Reg) -> u32 {
            reg.number() << 15
        }
    }

    pub(super) struct Rs2;
    impl Rs2 {
        pub(super) const fn get(word: u32) -> Reg {
            Reg::from_bits(word >> 20)
        }
        pub(super) const fn put(reg: Reg) -> u32 {
            reg.number() << 20
        }
    }

    /// Twelve bits, signed.
    pub(super) struct ImmI;
    impl ImmI {
        pub(super) const KIND: Immediate = Immediate::I;
        pub(super) const fn get(word: u32) -> i32 {
            Pieces::I.get(word)
        }
        pub(super) const fn put(imm: i32) -> u32 {
            imm.cast_unsigned() << 20
        }
    }

    /// Twelve bits, signed, around the place of `rd`.
    pub(super) struct ImmS;
    impl ImmS {
        pub(super) const KIND: Immediate = Immediate::S;
        pub(super) const fn get(word: u32) -> i32 {
            Pieces::S.get(word)
        }
        pub(super) const fn put(imm: i32) -> u32 {
            let imm = imm.cast_unsigned();
            bits(imm, 0, 5, 7) | bits(imm, 5, 7, 25)
        }
    }

    /// An even distance of thirteen bits.
    pub(super) struct ImmB;
    impl ImmB {
        pub(super) const KIND: Immediate = Immediate::B;
        pub(super) const fn get(word: u32) -> i32 {
            let low = bits(word, 8, 4, 1) | bits(word, 25, 6, 5);
            signed(low | bits(word, 7, 1, 11) | bits(word, 31, 1, 12), 12)
        }
        pub(super) const fn put(imm: i32) -> u32 {
            let imm = imm.cast_unsigned();
            let low = bits(imm, 1, 4, 8) | bits(imm, 5, 6, 25);
            low | bits(imm, 11, 1, 7) | bits(imm, 12, 1, 31)
        }
    }

    /// The upper twenty bits, in place.
    pub(super) struct ImmU;
    impl ImmU {
        pub(super) const KIND: Immediate = Immediate::U;
        pub(super) const fn get(word: u32) -> i32 {
            Pieces::U.get(word)
        }
        pub(super) const fn put(imm: i32) -> u32 {
            (imm & Pieces::U.in_place).cast_unsigned()
        }
    }

    /// An even distance of 21 bits.
    pub(super) struct ImmJ;
    impl ImmJ {
        pub(super) const KIND: Immediate = Immediate::J;
        pub(super) const fn get(word: u32) -> i32 {
            let low = bits(word, 21, 10, 1) | bits(word, 20, 1, 11);
            signed(low | bits(word, 12, 8, 12) | bits(word, 31, 1, 20), 20)
        }
        pub(super) const fn put(imm: i32) -> u32 {
            let imm = imm.cast_unsigned();
            let low = bits(imm, 1, 10, 21) | bits(imm, 11, 1, 20);
            low | bits(imm, 12, 8, 12) | bits(imm, 20, 1, 31)
        }
    }

    /// Six bits, unsigned.
    pub(super) struct Shamt6;
    impl Shamt6 {
        pub(super) const KIND: Immediate = Immediate::I;
        pub(super) const fn get(word: u32) -> i32 {
            bits(word, 20, 6, 0).cast_signed()
        }
        pub(super) const fn put(imm: i32) -> u32 {
            bits(imm.cast_unsigned(), 0, 6, 20)
        }
    }

    /// Five bits, unsigned.
    pub(super) struct Shamt5;
    impl Shamt5 {
        pub(super) const KIND: Immediate = Immediate::I;
        pub(super) const fn get(word: u32) -> i32 {
            bits(word, 20, 5, 0).cast_signed()
        }
        pub(super) const fn put(imm: i32) -> u32 {
            bits(imm.cast_unsigned(), 0, 5, 20)
        }
    }
}

/// Notes an operand in [`Fields`].
macro_rules! field {
    ($fields:ident, imm, $place:ident) => {
        $fields.imm = place::$place::KIND
    };
    ($fields:ident, $field:ident, $place:ident) => {
        $fields.$field = true
    };
}

macro_rules! formats {
    ($($(#[$doc:meta])*
       $name:ident: $mask:expr, $flow:ident, $access:ident,
       { $($field:ident: $type:ty = $place:ident),* } $print:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct $name(u32);

        impl $name {
            /// Operands of this format. Bits of an immediate that the format has no
            /// room for are dropped.
            #[must_use]
            #[inline]
            #[allow(clippy::new_without_default, reason = "some formats have no operands")]
            pub const fn new($($field: $type),*) -> Self {
                Self(0 $(| place::$place::put($field))*)
            }

            $(
                #[doc = concat!("The `", stringify!($field), "` operand.")]
                #[must_use]
                #[inline]
                pub const fn $field(self) -> $type {
                    place::$place::get(self.0)
                }
            )*
        }

        impl Format for $name {
            const MASK: u32 = $mask;
            const FLOW: Flow = Flow::$flow;
            const ACCESS: Access = Access::$access;
            const BLANK: Self = Self(0);
            #[allow(unused_mut, reason = "some formats have no operands")]
            const FIELDS: Fields = {
                let mut fields = Fields::NONE;
                $(field!(fields, $field, $place);)*
                fields
            };

            #[inline(always)]
            fn from_bits(bits: u32) -> Self {
                Self(bits)
            }

            #[inline(always)]
            fn encode(self) -> u32 {
                self.0
            }

            fn print(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                $(let $field = self.$field();)*
                write!(f, $print)
            }
        }
    )*};
}

formats! {
    // name    fixed bits, flow, access, operands, assembler syntax

    /// Two registers to one.
    R: OPCODE | FUNCT3 | FUNCT7, Next, None,
        { rd: Reg = Rd, rs1: Reg = Rs1, rs2: Reg = Rs2 } " {rd}, {rs1}, {rs2}";
    /// One register to one: the `rs2` field is part of the opcode.
    Unary: OPCODE | FUNCT3 | FUNCT7 | RS2, Next, None,
        { rd: Reg = Rd, rs1: Reg = Rs1 } " {rd}, {rs1}";
    /// A register and twelve signed bits to a register.
    I: OPCODE | FUNCT3, Next, None,
        { rd: Reg = Rd, rs1: Reg = Rs1, imm: i32 = ImmI } " {rd}, {rs1}, {imm}";
    /// A shift by up to 63.
    Shift: OPCODE | FUNCT3 | FUNCT6, Next, None,
        { rd: Reg = Rd, rs1: Reg = Rs1, imm: i32 = Shamt6 } " {rd}, {rs1}, {imm}";
    /// A shift of a word by up to 31.
    ShiftW: OPCODE | FUNCT3 | FUNCT7, Next, None,
        { rd: Reg = Rd, rs1: Reg = Rs1, imm: i32 = Shamt5 } " {rd}, {rs1}, {imm}";
    /// A load.
    Load: OPCODE | FUNCT3, Next, Read,
        { rd: Reg = Rd, rs1: Reg = Rs1, imm: i32 = ImmI } " {rd}, {imm}({rs1})";
    /// A store.
    Store: OPCODE | FUNCT3, Next, Write,
        { rs1: Reg = Rs1, rs2: Reg = Rs2, imm: i32 = ImmS } " {rs2}, {imm}({rs1})";
    /// A branch to `pc + imm`, within ±4 KiB.
    Branch: OPCODE | FUNCT3, Branch, None,
        { rs1: Reg = Rs1, rs2: Reg = Rs2, imm: i32 = ImmB } " {rs1}, {rs2}, {imm}";
    /// The upper twenty bits of a word. `imm` is the whole word.
    U: OPCODE, Next, None,
        { rd: Reg = Rd, imm: i32 = ImmU } " {rd}, {imm:#x}";
    /// As [`U`], added to `pc`. It ends a block.
    PcU: OPCODE, Cut, None,
        { rd: Reg = Rd, imm: i32 = ImmU } " {rd}, {imm:#x}";
    /// A jump to `pc + imm`, within ±1 MiB.
    J: OPCODE, Jump, None,
        { rd: Reg = Rd, imm: i32 = ImmJ } " {rd}, {imm}";
    /// A jump to `(rs1 + imm) & !1`.
    JumpReg: OPCODE | FUNCT3, Indirect, None,
        { rd: Reg = Rd, rs1: Reg = Rs1, imm: i32 = ImmI } " {rd}, {imm}({rs1})";
    /// `fence`: twelve bits (fm, pred, succ) that change nothing here.
    Fence: OPCODE | FUNCT3 | RD | RS1, Cut, None,
        { imm: i32 = ImmI } " {imm:#x}";
    /// `fence.i`: one word, no operands.
    FenceI: ALL, Cut, None, {} "";
    /// `ecall` and `ebreak`: one word each, no operands.
    System: ALL, System, None, {} "";
    /// Load-reserved. The ordering bits change nothing here.
    Reserve: OPCODE | FUNCT3 | FUNCT5 | RS2, Next, Read,
        { rd: Reg = Rd, rs1: Reg = Rs1 } " {rd}, ({rs1})";
    /// Store-conditional and the atomic memory operations. The ordering bits change
    /// nothing here.
    Amo: OPCODE | FUNCT3 | FUNCT5, Next, Write,
        { rd: Reg = Rd, rs1: Reg = Rs1, rs2: Reg = Rs2 } " {rd}, {rs2}, ({rs1})";
}
