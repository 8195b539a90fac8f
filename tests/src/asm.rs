//! An assembler: encoders written from the RISC-V Unprivileged ISA manual.
//!
//! It shares nothing with the machine's instruction table. Encoders take register
//! numbers and immediates as they are written in assembly; bits of an immediate that
//! the encoding has no room for are dropped, so that any number gives a word.

/// Register numbers by ABI name.
pub mod reg {
    #![expect(missing_docs, reason = "named as in the calling convention")]

    pub const ZERO: u32 = 0;
    pub const RA: u32 = 1;
    pub const SP: u32 = 2;
    pub const GP: u32 = 3;
    pub const TP: u32 = 4;
    pub const T0: u32 = 5;
    pub const T1: u32 = 6;
    pub const T2: u32 = 7;
    pub const S0: u32 = 8;
    pub const S1: u32 = 9;
    pub const A0: u32 = 10;
    pub const A1: u32 = 11;
    pub const A2: u32 = 12;
    pub const A3: u32 = 13;
    pub const A4: u32 = 14;
    pub const A5: u32 = 15;
    pub const A6: u32 = 16;
    pub const A7: u32 = 17;
    pub const S2: u32 = 18;
    pub const S3: u32 = 19;
    pub const S4: u32 = 20;
    pub const S5: u32 = 21;
    pub const S6: u32 = 22;
    pub const S7: u32 = 23;
    pub const S8: u32 = 24;
    pub const S9: u32 = 25;
    pub const S10: u32 = 26;
    pub const S11: u32 = 27;
    pub const T3: u32 = 28;
    pub const T4: u32 = 29;
    pub const T5: u32 = 30;
    pub const T6: u32 = 31;
}

/// An encoded instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoded {
    /// Of 16 bits.
    Half(u16),
    /// Of 32 bits.
    Word(u32),
}

impl Encoded {
    /// How many bytes it has.
    #[must_use]
    pub const fn size(self) -> u64 {
        match self {
            Self::Half(_) => 2,
            Self::Word(_) => 4,
        }
    }

    /// Appends its bytes to `code`.
    pub fn push_to(self, code: &mut Vec<u8>) {
        match self {
            Self::Half(half) => code.extend(half.to_le_bytes()),
            Self::Word(word) => code.extend(word.to_le_bytes()),
        }
    }
}

/// The bytes of a sequence.
#[must_use]
pub fn assemble(code: &[Encoded]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(4 * code.len());
    for encoded in code {
        encoded.push_to(&mut bytes);
    }
    bytes
}

/// The low `bits` bits of an immediate, `from` bits up.
const fn field(imm: i32, from: u32, bits: u32) -> u32 {
    (imm.cast_unsigned() >> from) & ((1 << bits) - 1)
}

// ---- 32-bit formats ----

/// R-type.
#[must_use]
pub const fn r(opcode: u32, funct3: u32, funct7: u32, rd: u32, rs1: u32, rs2: u32) -> Encoded {
    Encoded::Word(funct7 << 25 | rs2 << 20 | rs1 << 15 | funct3 << 12 | rd << 7 | opcode)
}

/// I-type.
#[must_use]
pub const fn i(opcode: u32, funct3: u32, rd: u32, rs1: u32, imm: i32) -> Encoded {
    Encoded::Word(field(imm, 0, 12) << 20 | rs1 << 15 | funct3 << 12 | rd << 7 | opcode)
}

/// I-type with a six-bit shift amount below `top`, the upper six bits.
#[must_use]
pub const fn shift(opcode: u32, funct3: u32, top: u32, rd: u32, rs1: u32, shamt: u32) -> Encoded {
    Encoded::Word(top << 26 | (shamt & 63) << 20 | rs1 << 15 | funct3 << 12 | rd << 7 | opcode)
}

/// S-type.
#[must_use]
pub const fn s(opcode: u32, funct3: u32, rs1: u32, rs2: u32, imm: i32) -> Encoded {
    Encoded::Word(
        field(imm, 5, 7) << 25
            | rs2 << 20
            | rs1 << 15
            | funct3 << 12
            | field(imm, 0, 5) << 7
            | opcode,
    )
}

/// B-type.
#[must_use]
pub const fn b(funct3: u32, rs1: u32, rs2: u32, imm: i32) -> Encoded {
    Encoded::Word(
        field(imm, 12, 1) << 31
            | field(imm, 5, 6) << 25
            | rs2 << 20
            | rs1 << 15
            | funct3 << 12
            | field(imm, 1, 4) << 8
            | field(imm, 11, 1) << 7
            | 0x63,
    )
}

/// U-type; `imm` is the value of the upper twenty bits.
#[must_use]
pub const fn u(opcode: u32, rd: u32, imm: i32) -> Encoded {
    Encoded::Word(field(imm, 0, 20) << 12 | rd << 7 | opcode)
}

/// J-type.
#[must_use]
pub const fn j(rd: u32, imm: i32) -> Encoded {
    Encoded::Word(
        field(imm, 20, 1) << 31
            | field(imm, 1, 10) << 21
            | field(imm, 11, 1) << 20
            | field(imm, 12, 8) << 12
            | rd << 7
            | 0x6f,
    )
}

// ---- 32-bit instructions that tests name ----

macro_rules! instructions {
    ($($name:ident($($arg:ident: $type:ty),*) = $encoded:expr;)*) => { $(
        #[doc = concat!("`", stringify!($name), "`")]
        #[must_use]
        pub const fn $name($($arg: $type),*) -> Encoded { $encoded }
    )* };
}

instructions! {
    lui(rd: u32, imm: i32) = u(0x37, rd, imm);
    auipc(rd: u32, imm: i32) = u(0x17, rd, imm);
    jal(rd: u32, imm: i32) = j(rd, imm);
    jalr(rd: u32, rs1: u32, imm: i32) = i(0x67, 0, rd, rs1, imm);
    beq(rs1: u32, rs2: u32, imm: i32) = b(0, rs1, rs2, imm);
    bne(rs1: u32, rs2: u32, imm: i32) = b(1, rs1, rs2, imm);
    lb(rd: u32, rs1: u32, imm: i32) = i(0x03, 0, rd, rs1, imm);
    lh(rd: u32, rs1: u32, imm: i32) = i(0x03, 1, rd, rs1, imm);
    lw(rd: u32, rs1: u32, imm: i32) = i(0x03, 2, rd, rs1, imm);
    ld(rd: u32, rs1: u32, imm: i32) = i(0x03, 3, rd, rs1, imm);
    lbu(rd: u32, rs1: u32, imm: i32) = i(0x03, 4, rd, rs1, imm);
    lhu(rd: u32, rs1: u32, imm: i32) = i(0x03, 5, rd, rs1, imm);
    lwu(rd: u32, rs1: u32, imm: i32) = i(0x03, 6, rd, rs1, imm);
    sb(rs2: u32, rs1: u32, imm: i32) = s(0x23, 0, rs1, rs2, imm);
    sh(rs2: u32, rs1: u32, imm: i32) = s(0x23, 1, rs1, rs2, imm);
    sw(rs2: u32, rs1: u32, imm: i32) = s(0x23, 2, rs1, rs2, imm);
    sd(rs2: u32, rs1: u32, imm: i32) = s(0x23, 3, rs1, rs2, imm);
    addi(rd: u32, rs1: u32, imm: i32) = i(0x13, 0, rd, rs1, imm);
    xori(rd: u32, rs1: u32, imm: i32) = i(0x13, 4, rd, rs1, imm);
    addiw(rd: u32, rs1: u32, imm: i32) = i(0x1b, 0, rd, rs1, imm);
    slli(rd: u32, rs1: u32, shamt: u32) = shift(0x13, 1, 0, rd, rs1, shamt);
    srli(rd: u32, rs1: u32, shamt: u32) = shift(0x13, 5, 0, rd, rs1, shamt);
    add(rd: u32, rs1: u32, rs2: u32) = r(0x33, 0, 0, rd, rs1, rs2);
    sub(rd: u32, rs1: u32, rs2: u32) = r(0x33, 0, 0x20, rd, rs1, rs2);
    sltu(rd: u32, rs1: u32, rs2: u32) = r(0x33, 3, 0, rd, rs1, rs2);
    or(rd: u32, rs1: u32, rs2: u32) = r(0x33, 6, 0, rd, rs1, rs2);
    mul(rd: u32, rs1: u32, rs2: u32) = r(0x33, 0, 1, rd, rs1, rs2);
    mulh(rd: u32, rs1: u32, rs2: u32) = r(0x33, 1, 1, rd, rs1, rs2);
    mulhsu(rd: u32, rs1: u32, rs2: u32) = r(0x33, 2, 1, rd, rs1, rs2);
    mulhu(rd: u32, rs1: u32, rs2: u32) = r(0x33, 3, 1, rd, rs1, rs2);
    div(rd: u32, rs1: u32, rs2: u32) = r(0x33, 4, 1, rd, rs1, rs2);
    divu(rd: u32, rs1: u32, rs2: u32) = r(0x33, 5, 1, rd, rs1, rs2);
    rem(rd: u32, rs1: u32, rs2: u32) = r(0x33, 6, 1, rd, rs1, rs2);
    remu(rd: u32, rs1: u32, rs2: u32) = r(0x33, 7, 1, rd, rs1, rs2);
    fence() = Encoded::Word(0x0ff0_000f);
    fence_i() = Encoded::Word(0x0000_100f);
    ecall() = Encoded::Word(0x0000_0073);
    ebreak() = Encoded::Word(0x0010_0073);
    nop() = addi(0, 0, 0);
}

/// An instruction of the A extension: `width` is 2 for words, 3 for double words.
#[must_use]
pub const fn amo(funct5: u32, width: u32, rd: u32, rs1: u32, rs2: u32) -> Encoded {
    r(0x2f, width, funct5 << 2, rd, rs1, rs2)
}

/// `li rd, imm` for a 12-bit immediate.
#[must_use]
pub const fn li(rd: u32, imm: i32) -> Encoded {
    addi(rd, 0, imm)
}

/// `lui` and `addiw` that load a 32-bit constant.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "the low half is wanted")]
pub const fn li32(rd: u32, value: i64) -> [Encoded; 2] {
    let (high, low) = halves(value as i32);
    [lui(rd, high), addiw(rd, rd, low)]
}

/// An offset as what `lui` or `auipc` adds and what a 12-bit immediate adds to that.
#[must_use]
pub const fn halves(offset: i32) -> (i32, i32) {
    (offset.wrapping_add(0x800) >> 12, offset << 20 >> 20)
}

/// `li a0, code; li a7, 93; ecall` in ten bytes.
#[must_use]
pub const fn exit(code: i32) -> [Encoded; 3] {
    [c_li(reg::A0, code), li(reg::A7, 93), ecall()]
}

/// Calls a service of [`crate::outcome::call`] for 502 cycles.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "numbers of services are small")]
pub const fn call(number: u64) -> [Encoded; 3] {
    let rest = (number - 2047) as i32;
    [li(reg::A7, 2047), addi(reg::A7, reg::A7, rest), ecall()]
}

// ---- 16-bit instructions ----

#[expect(clippy::cast_possible_truncation, reason = "fields stay below bit 16")]
const fn half(quadrant: u32, funct3: u32, rest: u32) -> Encoded {
    Encoded::Half((funct3 << 13 | rest | quadrant) as u16)
}

/// Format CI: a six-bit immediate.
const fn ci(quadrant: u32, funct3: u32, rd: u32, imm: i32) -> Encoded {
    half(quadrant, funct3, field(imm, 5, 1) << 12 | rd << 7 | field(imm, 0, 5) << 2)
}

/// The three-bit number of a register from x8 to x15; others wrap around.
const fn low(reg: u32) -> u32 {
    reg & 7
}

/// Formats CL and CS; both have `low` registers.
const fn cl(funct3: u32, rs1: u32, other: u32, bits: u32) -> Encoded {
    half(0, funct3, bits | low(rs1) << 7 | low(other) << 2)
}

const fn word_bits(imm: i32) -> u32 {
    field(imm, 3, 3) << 10 | field(imm, 2, 1) << 6 | field(imm, 6, 1) << 5
}

const fn double_bits(imm: i32) -> u32 {
    field(imm, 3, 3) << 10 | field(imm, 6, 2) << 5
}

/// Format CA: `low` registers and an operation.
const fn ca(high: u32, funct2: u32, rd: u32, rs2: u32) -> Encoded {
    half(1, 0b100, high << 12 | 0b11 << 10 | low(rd) << 7 | funct2 << 5 | low(rs2) << 2)
}

instructions! {
    c_nop() = ci(1, 0b000, 0, 0);
    c_addi(rd: u32, imm: i32) = ci(1, 0b000, rd, imm);
    c_addiw(rd: u32, imm: i32) = ci(1, 0b001, rd, imm);
    c_li(rd: u32, imm: i32) = ci(1, 0b010, rd, imm);
    c_lui(rd: u32, imm: i32) = ci(1, 0b011, rd, imm);
    c_addi16sp(imm: i32) = half(1, 0b011,
        field(imm, 9, 1) << 12 | 2 << 7 | field(imm, 4, 1) << 6 | field(imm, 6, 1) << 5
            | field(imm, 7, 2) << 3 | field(imm, 5, 1) << 2);
    c_addi4spn(rd: u32, imm: i32) = half(0, 0b000,
        field(imm, 4, 2) << 11 | field(imm, 6, 4) << 7 | field(imm, 2, 1) << 6
            | field(imm, 3, 1) << 5 | low(rd) << 2);
    c_lw(rd: u32, rs1: u32, imm: i32) = cl(0b010, rs1, rd, word_bits(imm));
    c_ld(rd: u32, rs1: u32, imm: i32) = cl(0b011, rs1, rd, double_bits(imm));
    c_sw(rs2: u32, rs1: u32, imm: i32) = cl(0b110, rs1, rs2, word_bits(imm));
    c_sd(rs2: u32, rs1: u32, imm: i32) = cl(0b111, rs1, rs2, double_bits(imm));
    c_lwsp(rd: u32, imm: i32) = half(2, 0b010,
        field(imm, 5, 1) << 12 | rd << 7 | field(imm, 2, 3) << 4 | field(imm, 6, 2) << 2);
    c_ldsp(rd: u32, imm: i32) = half(2, 0b011,
        field(imm, 5, 1) << 12 | rd << 7 | field(imm, 3, 2) << 5 | field(imm, 6, 3) << 2);
    c_swsp(rs2: u32, imm: i32) = half(2, 0b110,
        field(imm, 2, 4) << 9 | field(imm, 6, 2) << 7 | rs2 << 2);
    c_sdsp(rs2: u32, imm: i32) = half(2, 0b111,
        field(imm, 3, 3) << 10 | field(imm, 6, 3) << 7 | rs2 << 2);
    c_srli(rd: u32, shamt: i32) = half(1, 0b100,
        field(shamt, 5, 1) << 12 | low(rd) << 7 | field(shamt, 0, 5) << 2);
    c_srai(rd: u32, shamt: i32) = half(1, 0b100,
        field(shamt, 5, 1) << 12 | 0b01 << 10 | low(rd) << 7 | field(shamt, 0, 5) << 2);
    c_andi(rd: u32, imm: i32) = half(1, 0b100,
        field(imm, 5, 1) << 12 | 0b10 << 10 | low(rd) << 7 | field(imm, 0, 5) << 2);
    c_sub(rd: u32, rs2: u32) = ca(0, 0b00, rd, rs2);
    c_xor(rd: u32, rs2: u32) = ca(0, 0b01, rd, rs2);
    c_or(rd: u32, rs2: u32) = ca(0, 0b10, rd, rs2);
    c_and(rd: u32, rs2: u32) = ca(0, 0b11, rd, rs2);
    c_subw(rd: u32, rs2: u32) = ca(1, 0b00, rd, rs2);
    c_addw(rd: u32, rs2: u32) = ca(1, 0b01, rd, rs2);
    c_slli(rd: u32, shamt: i32) = ci(2, 0b000, rd, shamt);
    c_jr(rs1: u32) = half(2, 0b100, rs1 << 7);
    c_mv(rd: u32, rs2: u32) = half(2, 0b100, rd << 7 | rs2 << 2);
    c_ebreak() = half(2, 0b100, 1 << 12);
    c_jalr(rs1: u32) = half(2, 0b100, 1 << 12 | rs1 << 7);
    c_add(rd: u32, rs2: u32) = half(2, 0b100, 1 << 12 | rd << 7 | rs2 << 2);
    c_j(imm: i32) = half(1, 0b101,
        field(imm, 11, 1) << 12 | field(imm, 4, 1) << 11 | field(imm, 8, 2) << 9
            | field(imm, 10, 1) << 8 | field(imm, 6, 1) << 7 | field(imm, 7, 1) << 6
            | field(imm, 1, 3) << 3 | field(imm, 5, 1) << 2);
    c_beqz(rs1: u32, imm: i32) = half(1, 0b110, low(rs1) << 7 | c_branch_bits(imm));
    c_bnez(rs1: u32, imm: i32) = half(1, 0b111, low(rs1) << 7 | c_branch_bits(imm));
}

const fn c_branch_bits(imm: i32) -> u32 {
    field(imm, 8, 1) << 12
        | field(imm, 3, 2) << 10
        | field(imm, 6, 2) << 5
        | field(imm, 1, 2) << 3
        | field(imm, 5, 1) << 2
}

#[cfg(test)]
mod tests {
    use super::{Encoded::*, reg::*, *};

    #[test]
    fn encodes_as_the_gnu_assembler_does() {
        // Words from listings of riscv64 binutils.
        for (encoded, expected) in [
            (addi(SP, SP, -32), Word(0xfe01_0113)),
            (sd(RA, SP, 24), Word(0x0011_3c23)),
            (ld(RA, SP, 24), Word(0x0181_3083)),
            (jalr(ZERO, RA, 0), Word(0x0000_8067)),
            (lui(A0, 0x12345), Word(0x1234_5537)),
            (jal(ZERO, -4), Word(0xffdf_f06f)),
            (beq(A0, A1, 16), Word(0x00b5_0863)),
            (bne(A0, ZERO, -8), Word(0xfe05_1ce3)),
            (slli(A0, A0, 32), Word(0x0205_1513)),
            (amo(0, 2, A0, A1, A2), Word(0x00c5_a52f)),
            (c_addi(SP, -16), Half(0x1141)),
            (c_sdsp(RA, 8), Half(0xe406)),
            (c_ldsp(RA, 8), Half(0x60a2)),
            (c_jr(RA), Half(0x8082)),
            (c_mv(A0, A1), Half(0x852e)),
            (c_add(A0, A1), Half(0x952e)),
            (c_addi4spn(A0, 16), Half(0x0808)),
            (c_addi16sp(-64), Half(0x7139)),
            (c_j(-2), Half(0xbffd)),
            (c_bnez(A0, -2), Half(0xfd7d)),
            (c_subw(A0, A1), Half(0x9d0d)),
            (c_li(A0, 0), Half(0x4501)),
        ] {
            assert_eq!(encoded, expected);
        }
    }

    #[test]
    fn halves_add_up() {
        for offset in [0, 1, -1, 0x7ff, 0x800, 0x801, -0x800, -0x801, 0x1234_5678] {
            let (high, low) = halves(offset);
            assert_eq!((high << 12).wrapping_add(low), offset);
        }
    }
}
