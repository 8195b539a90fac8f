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
        Access, Amo, Branch, Fence, FenceI, Fields, Flow, Format, I, J, JumpReg, Load, Operands,
        PcU, Places, R, Reserve, Shift, ShiftW, Store, System, U, Unary,
    },
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

        /// The numbers of all rows.
        static NUMBERS: [Number; COUNT] = [$(Number::$name),*];

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

            /// The register that the instruction writes, if its format has one.
            #[must_use]
            #[inline]
            pub fn rd(self) -> Option<Reg> {
                self.row().fields.read_rd(self.bits())
            }

            /// What stands where operands are. To read it takes no jump that depends on the
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

        impl Found {
            /// The instruction.
            #[inline(always)]
            pub(super) fn inst(self) -> Inst {
                match self.number {
                    $(Number::$name => Inst::$name($format::from_bits(self.operands)),)*
                }
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

/// An instruction as its row and its operands: what decoding a word finds.
///
/// The decoder asks it what it would ask the row of an [`Inst`], without going through
/// all instructions to learn which one it has.
#[derive(Clone, Copy)]
pub(super) struct Found {
    number: Number,
    /// The word without the fixed bits.
    operands: u32,
}

impl Found {
    /// The number of the instruction's row.
    #[inline(always)]
    pub(super) const fn number(self) -> usize {
        self.number as usize
    }

    /// The instruction's row.
    #[inline(always)]
    pub(super) const fn row(self) -> &'static Row {
        &ROWS[self.number as usize]
    }
}

/// Opcode, funct3 and funct7: the fields that tell nearly all instructions apart.
const KEY: u32 = 0xfe00_707f;

/// Where a word stands in [`FIRST`]: its [`KEY`] without the two bits that are always set.
const fn place(word: u32) -> usize {
    ((word >> 2 & 31) << 10 | (word >> 12 & 7) << 7 | word >> 25) as usize
}

/// The first row that may be the one of a word, by [`place`]. Rows that look at the field
/// of `rs2` as well may share a place; the others then stand behind in the table.
static FIRST: [Option<Number>; 1 << 15] = {
    let mut first = [None; 1 << 15];
    let mut row = COUNT;
    while row > 0 {
        row -= 1;
        // Every choice of the bits of the key that the row leaves free.
        let free = KEY & !ROWS[row].mask;
        let mut choice = free;
        loop {
            first[place(ROWS[row].bits | choice)] = Some(NUMBERS[row]);
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
#[inline(always)]
pub(super) fn find(word: u32, isa: Isa) -> Option<Found> {
    let mut number = FIRST[place(word)]?;
    let mut row = &ROWS[number as usize];
    if word & row.mask != row.bits {
        number = find_behind(number, word)?;
        row = &ROWS[number as usize];
    }
    isa.has(row.extension).then_some(Found { number, operands: word & !row.mask })
}

/// The row of `word`, if it stands behind row `first`.
#[cold]
fn find_behind(first: Number, word: u32) -> Option<Number> {
    let behind = NUMBERS.iter().skip(first as usize + 1);
    behind.copied().find(|number| {
        let row = &ROWS[*number as usize];
        word & row.mask == row.bits
    })
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
