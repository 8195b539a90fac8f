//! The instruction table: encoding, extension and cost of every instruction.
//!
//! Everything else about instructions is derived from these rows or matches on
//! [`Inst`] without a wildcard, so that a new row does not compile until every
//! engine has answered for it. Encodings are those of the RISC-V Unprivileged ISA;
//! costs are consensus.

use core::fmt;

use super::{
    Extension, Isa, Reg,
    format::{
        Access, Amo, Branch, FUNCT3, FUNCT7, Fence, FenceI, Fields, Flow, Format, I, J, JumpReg,
        Load, OPCODE, Operands, PcU, Places, R, Reserve, Shift, ShiftW, Store, System, U, Unary,
    },
    fusion::Tail,
};

/// What the table says of one instruction.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The name in assembler syntax.
    pub mnemonic: &'static str,
    /// The bits under [`Row::mask`].
    pub bits: u32,
    /// Which bits tell the instruction from others.
    pub mask: u32,
    /// The extension it belongs to.
    pub extension: Extension,
    /// What it costs.
    pub cycles: u64,
    /// How control goes on after it.
    pub flow: Flow,
    /// What it does to memory.
    pub access: Access,
    /// Which operands it has.
    pub fields: Fields,
}

impl Row {
    /// How many bytes a load or a store accesses, as its encoding says (RISC-V Unprivileged
    /// ISA, "Load and Store Instructions").
    pub(crate) const fn width(&self) -> i32 {
        1 << (self.bits >> 12 & 3)
    }
}

macro_rules! instructions {
    ($($(#[$doc:meta])* $name:ident $mnemonic:literal $format:ident $bits:literal $ext:ident
       $cycles:literal;)*) => {
        /// An instruction with its operands.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Inst { $($(#[$doc])* $name($format),)* }

        /// All rows, in the order of [`Inst`].
        pub static ROWS: [Row; COUNT] = [$(Row {
            mnemonic: $mnemonic,
            bits: $bits,
            mask: <$format as Format>::MASK,
            extension: Extension::$ext,
            cycles: $cycles,
            flow: <$format as Format>::FLOW,
            access: <$format as Format>::ACCESS,
            fields: <$format as Format>::FIELDS,
        }),*];

        /// How many rows there are.
        pub(crate) const COUNT: usize = [$($mnemonic),*].len();

        /// The number of a row.
        #[derive(Clone, Copy)]
        #[repr(u8)]
        enum Number { $($name,)* }

        impl Inst {
            /// All instructions, by the number of their row, with operands of zero.
            pub(crate) const BLANKS: [Self; COUNT] =
                [$(Self::$name(<$format as Format>::BLANK)),*];

            /// The instruction's row.
            #[must_use]
            #[inline]
            pub const fn row(self) -> &'static Row {
                &ROWS[self.number()]
            }

            /// The number of the instruction's row.
            ///
            /// Compilers see that this is the discriminant.
            #[inline]
            pub(crate) const fn number(self) -> usize {
                match self { $(Self::$name(_) => Number::$name as usize,)* }
            }

            /// The instruction as a 32-bit word.
            #[must_use]
            pub fn encode(self) -> u32 {
                self.row().bits | self.bits()
            }

            /// The operands as they stand in the word.
            #[inline(always)]
            pub(crate) fn bits(self) -> u32 {
                match self { $(Self::$name(operands) => operands.encode(),)* }
            }

            /// The instruction with other operands.
            #[inline(always)]
            pub(super) fn with_bits(mut self, bits: u32) -> Self {
                // All arms do the same, so there is no jump. Made anew, the instruction would
                // be looked up in a table.
                match &mut self {
                    $(Self::$name(operands) => *operands = $format::from_bits(bits),)*
                }
                self
            }

            /// The register that the instruction writes, if its format has one.
            #[must_use]
            #[inline]
            pub fn rd(self) -> Option<Reg> {
                self.row().fields.read_rd(self.bits())
            }

            /// What stands where operands are. To read it takes no jump by the number of the
            /// instruction, which the host could not predict.
            #[inline(always)]
            pub(crate) fn places(self) -> Places {
                Places::read(self.bits(), self.row().fields.imm)
            }

            /// The operands, whatever the format.
            #[must_use]
            #[inline]
            pub fn operands(self) -> Operands {
                self.row().fields.read(self.bits())
            }
        }

        impl fmt::Display for Inst {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self { $(Self::$name(operands) => {
                    f.write_str($mnemonic)?;
                    operands.print(f)
                })* }
            }
        }
    };
}

instructions! {
    // variant  mnemonic      format   fixed bits    extension  cycles

    /// `rd = imm`
    Lui         "lui"         U        0x0000_0037   I          1;
    /// `rd = pc + imm`
    Auipc       "auipc"       PcU      0x0000_0017   I          1;
    /// `rd = next pc; pc += imm`
    Jal         "jal"         J        0x0000_006f   I          3;
    /// `rd = next pc; pc = (rs1 + imm) & !1`
    Jalr        "jalr"        JumpReg  0x0000_0067   I          3;
    /// `if rs1 == rs2 { pc += imm }`
    Beq         "beq"         Branch   0x0000_0063   I          3;
    /// `if rs1 != rs2 { pc += imm }`
    Bne         "bne"         Branch   0x0000_1063   I          3;
    /// `if rs1 < rs2 { pc += imm }`, signed
    Blt         "blt"         Branch   0x0000_4063   I          3;
    /// `if rs1 >= rs2 { pc += imm }`, signed
    Bge         "bge"         Branch   0x0000_5063   I          3;
    /// `if rs1 < rs2 { pc += imm }`, unsigned
    Bltu        "bltu"        Branch   0x0000_6063   I          3;
    /// `if rs1 >= rs2 { pc += imm }`, unsigned
    Bgeu        "bgeu"        Branch   0x0000_7063   I          3;
    /// `rd = sext(mem8[rs1 + imm])`
    Lb          "lb"          Load     0x0000_0003   I          3;
    /// `rd = sext(mem16[rs1 + imm])`
    Lh          "lh"          Load     0x0000_1003   I          3;
    /// `rd = sext(mem32[rs1 + imm])`
    Lw          "lw"          Load     0x0000_2003   I          3;
    /// `rd = mem64[rs1 + imm]`
    Ld          "ld"          Load     0x0000_3003   I          2;
    /// `rd = zext(mem8[rs1 + imm])`
    Lbu         "lbu"         Load     0x0000_4003   I          3;
    /// `rd = zext(mem16[rs1 + imm])`
    Lhu         "lhu"         Load     0x0000_5003   I          3;
    /// `rd = zext(mem32[rs1 + imm])`
    Lwu         "lwu"         Load     0x0000_6003   I          3;
    /// `mem8[rs1 + imm] = rs2`
    Sb          "sb"          Store    0x0000_0023   I          3;
    /// `mem16[rs1 + imm] = rs2`
    Sh          "sh"          Store    0x0000_1023   I          3;
    /// `mem32[rs1 + imm] = rs2`
    Sw          "sw"          Store    0x0000_2023   I          3;
    /// `mem64[rs1 + imm] = rs2`
    Sd          "sd"          Store    0x0000_3023   I          2;
    /// `rd = rs1 + imm`
    Addi        "addi"        I        0x0000_0013   I          1;
    /// `rd = rs1 < imm`, signed
    Slti        "slti"        I        0x0000_2013   I          1;
    /// `rd = rs1 < imm`, unsigned
    Sltiu       "sltiu"       I        0x0000_3013   I          1;
    /// `rd = rs1 ^ imm`
    Xori        "xori"        I        0x0000_4013   I          1;
    /// `rd = rs1 | imm`
    Ori         "ori"         I        0x0000_6013   I          1;
    /// `rd = rs1 & imm`
    Andi        "andi"        I        0x0000_7013   I          1;
    /// `rd = rs1 << shamt`
    Slli        "slli"        Shift    0x0000_1013   I          1;
    /// `rd = rs1 >> shamt`, logical
    Srli        "srli"        Shift    0x0000_5013   I          1;
    /// `rd = rs1 >> shamt`, arithmetic
    Srai        "srai"        Shift    0x4000_5013   I          1;
    /// `rd = sext32(rs1 + imm)`
    Addiw       "addiw"       I        0x0000_001b   I          1;
    /// `rd = sext32(rs1 << shamt)`
    Slliw       "slliw"       ShiftW   0x0000_101b   I          1;
    /// `rd = sext32(rs1[31:0] >> shamt)`, logical
    Srliw       "srliw"       ShiftW   0x0000_501b   I          1;
    /// `rd = sext32(rs1[31:0] >> shamt)`, arithmetic
    Sraiw       "sraiw"       ShiftW   0x4000_501b   I          1;
    /// `rd = rs1 + rs2`
    Add         "add"         R        0x0000_0033   I          1;
    /// `rd = rs1 - rs2`
    Sub         "sub"         R        0x4000_0033   I          1;
    /// `rd = rs1 << rs2[5:0]`
    Sll         "sll"         R        0x0000_1033   I          1;
    /// `rd = rs1 < rs2`, signed
    Slt         "slt"         R        0x0000_2033   I          1;
    /// `rd = rs1 < rs2`, unsigned
    Sltu        "sltu"        R        0x0000_3033   I          1;
    /// `rd = rs1 ^ rs2`
    Xor         "xor"         R        0x0000_4033   I          1;
    /// `rd = rs1 >> rs2[5:0]`, logical
    Srl         "srl"         R        0x0000_5033   I          1;
    /// `rd = rs1 >> rs2[5:0]`, arithmetic
    Sra         "sra"         R        0x4000_5033   I          1;
    /// `rd = rs1 | rs2`
    Or          "or"          R        0x0000_6033   I          1;
    /// `rd = rs1 & rs2`
    And         "and"         R        0x0000_7033   I          1;
    /// `rd = sext32(rs1 + rs2)`
    Addw        "addw"        R        0x0000_003b   I          1;
    /// `rd = sext32(rs1 - rs2)`
    Subw        "subw"        R        0x4000_003b   I          1;
    /// `rd = sext32(rs1 << rs2[4:0])`
    Sllw        "sllw"        R        0x0000_103b   I          1;
    /// `rd = sext32(rs1[31:0] >> rs2[4:0])`, logical
    Srlw        "srlw"        R        0x0000_503b   I          1;
    /// `rd = sext32(rs1[31:0] >> rs2[4:0])`, arithmetic
    Sraw        "sraw"        R        0x4000_503b   I          1;
    /// Orders memory; nothing to do for a single hart.
    Fence       "fence"       Fence    0x0000_000f   I          1;
    /// Synchronises fetches; nothing to do, as code pages cannot change.
    FenceI      "fence.i"     FenceI   0x0000_100f   I          1;
    /// Asks the caller of the engine for a service.
    Ecall       "ecall"       System   0x0000_0073   I          500;
    /// Hands over to a debugger, if the caller of the engine is one.
    Ebreak      "ebreak"      System   0x0010_0073   I          500;

    /// `rd = rs1 * rs2`, low half
    Mul         "mul"         R        0x0200_0033   M          5;
    /// `rd = rs1 * rs2`, high half, signed
    Mulh        "mulh"        R        0x0200_1033   M          5;
    /// `rd = rs1 * rs2`, high half, `rs1` signed and `rs2` unsigned
    Mulhsu      "mulhsu"      R        0x0200_2033   M          5;
    /// `rd = rs1 * rs2`, high half, unsigned
    Mulhu       "mulhu"       R        0x0200_3033   M          5;
    /// `rd = rs1 / rs2`, signed
    Div         "div"         R        0x0200_4033   M          32;
    /// `rd = rs1 / rs2`, unsigned
    Divu        "divu"        R        0x0200_5033   M          32;
    /// `rd = rs1 % rs2`, signed
    Rem         "rem"         R        0x0200_6033   M          32;
    /// `rd = rs1 % rs2`, unsigned
    Remu        "remu"        R        0x0200_7033   M          32;
    /// `rd = sext32(rs1 * rs2)`
    Mulw        "mulw"        R        0x0200_003b   M          5;
    /// `rd = sext32(rs1[31:0] / rs2[31:0])`, signed
    Divw        "divw"        R        0x0200_403b   M          32;
    /// `rd = sext32(rs1[31:0] / rs2[31:0])`, unsigned
    Divuw       "divuw"       R        0x0200_503b   M          32;
    /// `rd = sext32(rs1[31:0] % rs2[31:0])`, signed
    Remw        "remw"        R        0x0200_603b   M          32;
    /// `rd = sext32(rs1[31:0] % rs2[31:0])`, unsigned
    Remuw       "remuw"       R        0x0200_703b   M          32;

    /// `rd = zext32(rs1) + rs2`
    AddUw       "add.uw"      R        0x0800_003b   Zba        1;
    /// `rd = (rs1 << 1) + rs2`
    Sh1add      "sh1add"      R        0x2000_2033   Zba        1;
    /// `rd = (rs1 << 2) + rs2`
    Sh2add      "sh2add"      R        0x2000_4033   Zba        1;
    /// `rd = (rs1 << 3) + rs2`
    Sh3add      "sh3add"      R        0x2000_6033   Zba        1;
    /// `rd = (zext32(rs1) << 1) + rs2`
    Sh1addUw    "sh1add.uw"   R        0x2000_203b   Zba        1;
    /// `rd = (zext32(rs1) << 2) + rs2`
    Sh2addUw    "sh2add.uw"   R        0x2000_403b   Zba        1;
    /// `rd = (zext32(rs1) << 3) + rs2`
    Sh3addUw    "sh3add.uw"   R        0x2000_603b   Zba        1;
    /// `rd = zext32(rs1) << shamt`
    SlliUw      "slli.uw"     Shift    0x0800_101b   Zba        1;

    /// `rd = rs1 & !rs2`
    Andn        "andn"        R        0x4000_7033   Zbb        1;
    /// `rd = rs1 | !rs2`
    Orn         "orn"         R        0x4000_6033   Zbb        1;
    /// `rd = !(rs1 ^ rs2)`
    Xnor        "xnor"        R        0x4000_4033   Zbb        1;
    /// `rd` = leading zeros of `rs1`
    Clz         "clz"         Unary    0x6000_1013   Zbb        1;
    /// `rd` = trailing zeros of `rs1`
    Ctz         "ctz"         Unary    0x6010_1013   Zbb        1;
    /// `rd` = set bits of `rs1`
    Cpop        "cpop"        Unary    0x6020_1013   Zbb        1;
    /// `rd` = leading zeros of `rs1[31:0]`
    Clzw        "clzw"        Unary    0x6000_101b   Zbb        1;
    /// `rd` = trailing zeros of `rs1[31:0]`
    Ctzw        "ctzw"        Unary    0x6010_101b   Zbb        1;
    /// `rd` = set bits of `rs1[31:0]`
    Cpopw       "cpopw"       Unary    0x6020_101b   Zbb        1;
    /// `rd = min(rs1, rs2)`, signed
    Min         "min"         R        0x0a00_4033   Zbb        1;
    /// `rd = min(rs1, rs2)`, unsigned
    Minu        "minu"        R        0x0a00_5033   Zbb        1;
    /// `rd = max(rs1, rs2)`, signed
    Max         "max"         R        0x0a00_6033   Zbb        1;
    /// `rd = max(rs1, rs2)`, unsigned
    Maxu        "maxu"        R        0x0a00_7033   Zbb        1;
    /// `rd = sext(rs1[7:0])`
    SextB       "sext.b"      Unary    0x6040_1013   Zbb        1;
    /// `rd = sext(rs1[15:0])`
    SextH       "sext.h"      Unary    0x6050_1013   Zbb        1;
    /// `rd = zext(rs1[15:0])`
    ZextH       "zext.h"      Unary    0x0800_403b   Zbb        1;
    /// `rd = rs1` rotated left by `rs2[5:0]`
    Rol         "rol"         R        0x6000_1033   Zbb        1;
    /// `rd = rs1` rotated right by `rs2[5:0]`
    Ror         "ror"         R        0x6000_5033   Zbb        1;
    /// `rd = rs1` rotated right by `shamt`
    Rori        "rori"        Shift    0x6000_5013   Zbb        1;
    /// `rd = sext32(rs1[31:0]` rotated left by `rs2[4:0])`
    Rolw        "rolw"        R        0x6000_103b   Zbb        1;
    /// `rd = sext32(rs1[31:0]` rotated right by `rs2[4:0])`
    Rorw        "rorw"        R        0x6000_503b   Zbb        1;
    /// `rd = sext32(rs1[31:0]` rotated right by `shamt)`
    Roriw       "roriw"       ShiftW   0x6000_501b   Zbb        1;
    /// Each byte of `rd` is 0xff if that byte of `rs1` is not zero, else zero.
    OrcB        "orc.b"       Unary    0x2870_5013   Zbb        1;
    /// `rd = rs1` with its bytes reversed
    Rev8        "rev8"        Unary    0x6b80_5013   Zbb        1;

    /// `rd` = carry-less product, bits 63 to 0
    Clmul       "clmul"       R        0x0a00_1033   Zbc        1;
    /// `rd` = carry-less product, bits 126 to 63
    Clmulr      "clmulr"      R        0x0a00_2033   Zbc        1;
    /// `rd` = carry-less product, bits 127 to 64
    Clmulh      "clmulh"      R        0x0a00_3033   Zbc        1;

    /// `rd = rs1` with bit `rs2[5:0]` cleared
    Bclr        "bclr"        R        0x4800_1033   Zbs        1;
    /// `rd = rs1` with bit `shamt` cleared
    Bclri       "bclri"       Shift    0x4800_1013   Zbs        1;
    /// `rd` = bit `rs2[5:0]` of `rs1`
    Bext        "bext"        R        0x4800_5033   Zbs        1;
    /// `rd` = bit `shamt` of `rs1`
    Bexti       "bexti"       Shift    0x4800_5013   Zbs        1;
    /// `rd = rs1` with bit `rs2[5:0]` inverted
    Binv        "binv"        R        0x6800_1033   Zbs        1;
    /// `rd = rs1` with bit `shamt` inverted
    Binvi       "binvi"       Shift    0x6800_1013   Zbs        1;
    /// `rd = rs1` with bit `rs2[5:0]` set
    Bset        "bset"        R        0x2800_1033   Zbs        1;
    /// `rd = rs1` with bit `shamt` set
    Bseti       "bseti"       Shift    0x2800_1013   Zbs        1;

    /// `rd = sext(mem32[rs1])`, and reserves `rs1`
    LrW         "lr.w"        Reserve  0x1000_202f   A          4;
    /// `mem32[rs1] = rs2` if `rs1` is reserved; `rd` = 0 if it was
    ScW         "sc.w"        Amo      0x1800_202f   A          4;
    /// `rd = sext(mem32[rs1]); mem32[rs1] = rs2`
    AmoswapW    "amoswap.w"   Amo      0x0800_202f   A          4;
    /// `rd = sext(mem32[rs1]); mem32[rs1] = rd + rs2`
    AmoaddW     "amoadd.w"    Amo      0x0000_202f   A          4;
    /// `rd = sext(mem32[rs1]); mem32[rs1] = rd ^ rs2`
    AmoxorW     "amoxor.w"    Amo      0x2000_202f   A          4;
    /// `rd = sext(mem32[rs1]); mem32[rs1] = rd & rs2`
    AmoandW     "amoand.w"    Amo      0x6000_202f   A          4;
    /// `rd = sext(mem32[rs1]); mem32[rs1] = rd | rs2`
    AmoorW      "amoor.w"     Amo      0x4000_202f   A          4;
    /// `rd = sext(mem32[rs1]); mem32[rs1] = min(rd, rs2)`, signed
    AmominW     "amomin.w"    Amo      0x8000_202f   A          4;
    /// `rd = sext(mem32[rs1]); mem32[rs1] = max(rd, rs2)`, signed
    AmomaxW     "amomax.w"    Amo      0xa000_202f   A          4;
    /// `rd = sext(mem32[rs1]); mem32[rs1] = min(rd, rs2)`, unsigned
    AmominuW    "amominu.w"   Amo      0xc000_202f   A          4;
    /// `rd = sext(mem32[rs1]); mem32[rs1] = max(rd, rs2)`, unsigned
    AmomaxuW    "amomaxu.w"   Amo      0xe000_202f   A          4;
    /// `rd = mem64[rs1]`, and reserves `rs1`
    LrD         "lr.d"        Reserve  0x1000_302f   A          3;
    /// `mem64[rs1] = rs2` if `rs1` is reserved; `rd` = 0 if it was
    ScD         "sc.d"        Amo      0x1800_302f   A          3;
    /// `rd = mem64[rs1]; mem64[rs1] = rs2`
    AmoswapD    "amoswap.d"   Amo      0x0800_302f   A          3;
    /// `rd = mem64[rs1]; mem64[rs1] = rd + rs2`
    AmoaddD     "amoadd.d"    Amo      0x0000_302f   A          3;
    /// `rd = mem64[rs1]; mem64[rs1] = rd ^ rs2`
    AmoxorD     "amoxor.d"    Amo      0x2000_302f   A          3;
    /// `rd = mem64[rs1]; mem64[rs1] = rd & rs2`
    AmoandD     "amoand.d"    Amo      0x6000_302f   A          3;
    /// `rd = mem64[rs1]; mem64[rs1] = rd | rs2`
    AmoorD      "amoor.d"     Amo      0x4000_302f   A          3;
    /// `rd = mem64[rs1]; mem64[rs1] = min(rd, rs2)`, signed
    AmominD     "amomin.d"    Amo      0x8000_302f   A          3;
    /// `rd = mem64[rs1]; mem64[rs1] = max(rd, rs2)`, signed
    AmomaxD     "amomax.d"    Amo      0xa000_302f   A          3;
    /// `rd = mem64[rs1]; mem64[rs1] = min(rd, rs2)`, unsigned
    AmominuD    "amominu.d"   Amo      0xc000_302f   A          3;
    /// `rd = mem64[rs1]; mem64[rs1] = max(rd, rs2)`, unsigned
    AmomaxuD    "amomaxu.d"   Amo      0xe000_302f   A          3;
}

/// What decoding asks of a row, side by side.
#[derive(Clone, Copy)]
#[repr(align(32))]
pub(super) struct Kind {
    /// The instruction with operands of zero.
    blank: Inst,
    /// As in [`Row`].
    bits: u32,
    /// The bits of the operands.
    free: u32,
    /// What has to follow a head.
    pub(super) tail: Tail,
    /// As in [`Row`].
    pub(super) cycles: u16,
    /// As in [`Row`].
    pub(super) flow: Flow,
    /// What else there is to heed.
    pub(super) marks: Marks,
}

/// What a decoder may have to heed of an instruction.
#[derive(Clone, Copy)]
pub(super) struct Marks(u8);

impl Marks {
    /// Machines without bit manipulation do not have it.
    pub(super) const BIT_MANIPULATION: Self = Self(1);
    /// The [`place`] of a word does not tell whether it is this and machines have it.
    pub(super) const DOUBT: Self = Self(1 << 1);
    /// It ends a block.
    pub(super) const ENDS: Self = Self(1 << 2);
    /// It is the head of fused operations.
    pub(super) const HEAD: Self = Self(1 << 3);

    /// The marks of a row.
    const fn new(row: &Row, is_head: bool) -> Self {
        const REST: Isa = Isa { bit_manipulation: false, atomics: true, fusion: true };
        // Atomics are never on chain.
        let doubt = row.mask & !KEY != 0 || matches!(row.extension, Extension::A);
        Self::BIT_MANIPULATION
            .when(!REST.has(row.extension))
            .or(Self::DOUBT.when(doubt))
            .or(Self::ENDS.when(!matches!(row.flow, Flow::Next)))
            .or(Self::HEAD.when(is_head))
    }

    /// These marks if `condition` holds, or none.
    #[inline(always)]
    pub(super) const fn when(self, condition: bool) -> Self {
        Self(if condition { self.0 } else { 0 })
    }

    /// The marks of both.
    #[inline(always)]
    pub(super) const fn or(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether both have a mark.
    #[inline(always)]
    pub(super) const fn meet(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }
}

/// The kinds of all rows, behind one that no word is of. Any byte is an index.
static KINDS: [Kind; 1 << 8] = {
    let none = Kind {
        blank: Inst::BLANKS[0],
        bits: 0,
        free: 0,
        tail: Tail::ANY,
        cycles: 0,
        flow: Flow::Next,
        marks: Marks::DOUBT,
    };
    let mut kinds = [none; 1 << 8];
    let mut number = 0;
    while number < COUNT {
        let row = &ROWS[number];
        let tail = Tail::behind(number);
        kinds[number + 1] = Kind {
            blank: Inst::BLANKS[number],
            bits: row.bits,
            free: !row.mask,
            tail: if let Some(tail) = tail { tail } else { Tail::ANY },
            #[expect(clippy::cast_possible_truncation, reason = "at most 500")]
            cycles: row.cycles as u16,
            flow: row.flow,
            marks: Marks::new(row, tail.is_some()),
        };
        number += 1;
    }
    kinds
};

impl Kind {
    /// The kind of `inst`.
    pub(super) const fn of(inst: Inst) -> &'static Self {
        &KINDS[inst.number() + 1]
    }

    /// The operands of `word`, if it is of this kind.
    #[inline(always)]
    pub(super) const fn operands(&self, word: u32) -> Option<u32> {
        if word & !self.free == self.bits { Some(word & self.free) } else { None }
    }
}

/// An instruction as its kind and its operands: what decoding a word finds.
///
/// The decoder asks the kind what it would ask the row of an [`Inst`], without going
/// through all instructions to learn which one it has.
#[derive(Clone, Copy)]
pub(super) struct Found {
    pub(super) kind: &'static Kind,
    /// The word without the fixed bits.
    pub(super) operands: u32,
}

impl Found {
    /// What a word of `inst` is found to be.
    pub(super) fn new(inst: Inst) -> Self {
        Self { kind: Kind::of(inst), operands: inst.bits() }
    }

    /// The instruction.
    #[inline(always)]
    pub(super) fn inst(self) -> Inst {
        self.kind.blank.with_bits(self.operands)
    }

    /// In one word, if the number of the kind fits where all instructions have their opcode.
    #[expect(clippy::cast_possible_truncation, reason = "numbers are small")]
    pub(super) fn pack(self) -> Option<u32> {
        let kind = (self.kind.blank.number() + 1) as u32;
        (kind <= OPCODE).then_some(self.operands | kind)
    }

    /// What was [packed](Self::pack). Of zero there is a doubt.
    #[inline(always)]
    pub(super) const fn unpack(packed: u32) -> Self {
        Self { kind: &KINDS[(packed & OPCODE) as usize], operands: packed & !OPCODE }
    }
}

/// Opcode, funct3 and funct7: the fields that tell nearly all instructions apart.
const KEY: u32 = OPCODE | FUNCT3 | FUNCT7;

/// Where a word stands in [`FIRST`]: its [`KEY`] without the two bits that are always set.
#[inline(always)]
const fn place(word: u32) -> usize {
    // From the top: funct7, opcode, funct3. Other bits of the fields are added to funct7, but
    // each key still has a place of its own.
    const GATHER: u32 = 1 | 1 << 5 | 1 << 18;
    ((word & KEY & !3).wrapping_mul(GATHER) >> 17) as usize
}

/// The first of [`KINDS`] that may be the one of a word, by [`place`]. Rows that look at
/// other fields as well may share a place; the others then stand behind in the table.
static FIRST: [u8; 1 << 15] = {
    let mut first = [0; 1 << 15];
    let mut row = COUNT;
    while row > 0 {
        row -= 1;
        // Every choice of the bits of the key that the row leaves free.
        let free = KEY & !ROWS[row].mask;
        let mut choice = free;
        loop {
            #[expect(clippy::cast_possible_truncation, reason = "at most 255 kinds")]
            {
                first[place(ROWS[row].bits | choice)] = row as u8 + 1;
            }
            if choice == 0 {
                break;
            }
            choice = (choice - 1) & free;
        }
    }
    first
};

/// The instruction that a 32-bit word encodes, if the machine has it.
#[must_use]
#[inline]
pub fn decode(word: u32, isa: Isa) -> Option<Inst> {
    if word & 3 == 3 { find(word, isa).map(Found::inst) } else { None }
}

/// [`decode`] for a word whose two low bits are set.
pub(super) fn find(word: u32, isa: Isa) -> Option<Found> {
    let mut kinds = KINDS[usize::from(FIRST[place(word)])..=COUNT].iter();
    let found = kinds.find_map(|kind| Some(Found { kind, operands: kind.operands(word)? }))?;
    isa.has(found.kind.blank.row().extension).then_some(found)
}

/// [`find`] at a glance: right if its [`Marks`] leave no doubt, and the machine lacks nothing
/// that they name.
#[inline(always)]
pub(super) fn guess(word: u32) -> Found {
    let kind = &KINDS[usize::from(FIRST[place(word)])];
    Found { kind, operands: word & kind.free }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every instruction there is.
    const ALL: Isa = Isa { bit_manipulation: true, atomics: true, fusion: false };

    #[test]
    fn no_word_matches_two_rows() {
        for (i, a) in ROWS.iter().enumerate() {
            assert_eq!(a.bits & !a.mask, 0, "{}: bits outside the mask", a.mnemonic);
            for b in &ROWS[i + 1..] {
                let common = a.mask & b.mask;
                assert_ne!(a.bits & common, b.bits & common, "{} and {}", a.mnemonic, b.mnemonic);
            }
        }
    }

    #[test]
    fn each_key_has_its_place() {
        let mut taken = std::vec![false; 1 << 15];
        // Every choice of the bits of the key.
        let mut key = KEY & !3;
        for _ in 0..1 << 15 {
            assert!(!core::mem::replace(&mut taken[place(key)], true), "{key:#010x}");
            key = key.wrapping_sub(1) & KEY & !3;
        }
    }

    #[test]
    fn encode_undoes_decode() {
        let mut operands = 0x1234_5678_u32;
        for row in ROWS {
            for _ in 0..200 {
                operands = operands.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let word = row.bits | operands & !row.mask;
                let inst = decode(word, ALL).expect("a word of a row decodes");
                assert_eq!(inst.row().mnemonic, row.mnemonic);
                assert_eq!(inst.encode(), word, "{inst}");
            }
        }
    }

    #[test]
    fn prints_assembler_syntax() {
        // Words assembled by hand from the manual's encodings.
        for (word, text) in [
            (0x0015_0513, "addi a0, a0, 1"),
            (0xfff5_0513, "addi a0, a0, -1"),
            (0x0081_3083, "ld ra, 8(sp)"),
            (0xfea1_3c23, "sd a0, -8(sp)"),
            (0x00b5_0463, "beq a0, a1, 8"),
            (0x0000_0073, "ecall"),
            (0x1234_5537, "lui a0, 0x12345000"),
            (0x0010_5513, "srli a0, zero, 1"),
            (0x1005_a52f, "lr.w a0, (a1)"),
        ] {
            assert_eq!(std::format!("{}", decode(word, ALL).unwrap()), text);
        }
    }
}
