//! Sequences that fuse into one operation, and sequences that nearly do.

use crate::{
    asm::{self, Encoded},
    rng::Rng,
};

/// An instruction that takes part in fusion, still to be encoded long or short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// `op rd, rs1, rs2`: funct3 and funct7 of opcode 0x33.
    R {
        /// funct3
        funct3: u32,
        /// funct7
        funct7: u32,
        /// Destination.
        rd: u32,
        /// First source.
        rs1: u32,
        /// Second source.
        rs2: u32,
    },
    /// `lui` or `auipc`.
    U {
        /// Which one.
        opcode: u32,
        /// Destination.
        rd: u32,
        /// The upper twenty bits.
        imm: i32,
    },
    /// `addi`, `addiw` or `jalr`.
    I {
        /// Which one.
        opcode: u32,
        /// Destination.
        rd: u32,
        /// Source.
        rs1: u32,
        /// Immediate.
        imm: i32,
    },
}

const fn add(rd: u32, rs1: u32, rs2: u32) -> Part {
    op(0, 0, rd, rs1, rs2)
}

const fn sub(rd: u32, rs1: u32, rs2: u32) -> Part {
    op(0, 0x20, rd, rs1, rs2)
}

const fn sltu(rd: u32, rs1: u32, rs2: u32) -> Part {
    op(3, 0, rd, rs1, rs2)
}

const fn or(rd: u32, rs1: u32, rs2: u32) -> Part {
    op(6, 0, rd, rs1, rs2)
}

const fn op(funct3: u32, funct7: u32, rd: u32, rs1: u32, rs2: u32) -> Part {
    Part::R { funct3, funct7, rd, rs1, rs2 }
}

/// Whether all are registers of the short formats.
fn low(regs: &[u32]) -> bool {
    regs.iter().all(|reg| (8..16).contains(reg))
}

impl Part {
    /// Encodes it, in 16 bits if wanted and possible.
    #[must_use]
    pub fn encode(self, short: bool) -> Encoded {
        short.then(|| self.encode_short()).flatten().unwrap_or_else(|| match self {
            Self::R { funct3, funct7, rd, rs1, rs2 } => asm::r(0x33, funct3, funct7, rd, rs1, rs2),
            Self::U { opcode, rd, imm } => asm::u(opcode, rd, imm),
            Self::I { opcode, rd, rs1, imm } => asm::i(opcode, 0, rd, rs1, imm),
        })
    }

    fn encode_short(self) -> Option<Encoded> {
        let fits = |imm| (-32..32).contains(&imm);
        match self {
            Self::R { funct3: 0, funct7: 0, rd, rs1, rs2 } if rd != 0 => match (rs1, rs2) {
                (_, 0) => None,
                (0, _) => Some(asm::c_mv(rd, rs2)),
                _ if rs1 == rd => Some(asm::c_add(rd, rs2)),
                // The same sum, but not the same instruction.
                _ if rs2 == rd => Some(asm::c_add(rd, rs1)),
                _ => None,
            },
            Self::R { funct3: 0, funct7: 0x20, rd, rs1, rs2 } if rd == rs1 && low(&[rd, rs2]) => {
                Some(asm::c_sub(rd, rs2))
            }
            Self::R { funct3: 6, funct7: 0, rd, rs1, rs2 } if rd == rs1 && low(&[rd, rs2]) => {
                Some(asm::c_or(rd, rs2))
            }
            Self::U { opcode: 0x37, rd, imm } if rd != 0 && rd != 2 && imm != 0 && fits(imm) => {
                Some(asm::c_lui(rd, imm))
            }
            Self::I { opcode: 0x1b, rd, rs1, imm } if rd != 0 && rd == rs1 && fits(imm) => {
                Some(asm::c_addiw(rd, imm))
            }
            Self::I { opcode: 0x13, rd, rs1, imm }
                if rd != 0 && rd == rs1 && imm != 0 && fits(imm) =>
            {
                Some(asm::c_addi(rd, imm))
            }
            Self::I { opcode: 0x67, rd, rs1, imm: 0 } if rs1 != 0 => match rd {
                0 => Some(asm::c_jr(rs1)),
                1 => Some(asm::c_jalr(rs1)),
                _ => None,
            },
            Self::R { .. } | Self::U { .. } | Self::I { .. } => None,
        }
    }

    /// The places where it names registers.
    fn registers(&mut self) -> Vec<&mut u32> {
        match self {
            Self::R { rd, rs1, rs2, .. } => vec![rd, rs1, rs2],
            Self::U { rd, .. } => vec![rd],
            Self::I { rd, rs1, .. } => vec![rd, rs1],
        }
    }
}

/// `N` different registers.
fn different<const N: usize>(rng: &mut Rng, from: &[u32]) -> [u32; N] {
    let mut regs = [0; N];
    for index in 0..N {
        regs[index] = loop {
            let reg = rng.pick(from);
            if !regs[..index].contains(&reg) {
                break reg;
            }
        };
    }
    regs
}

/// `adc`: as in [`verdict_vm::isa::Fused::Adc`].
#[must_use]
pub fn adc(rng: &mut Rng, from: &[u32]) -> Vec<Part> {
    let [a, b, c] = different(rng, from);
    vec![add(a, a, b), sltu(b, a, b), add(a, a, c), sltu(c, a, c), or(b, b, c)]
}

/// `sbb`; the operand that the rule does not look at is any register.
#[must_use]
pub fn sbb(rng: &mut Rng, from: &[u32]) -> Vec<Part> {
    let [a, b, c, d] = different(rng, from);
    let any = match rng.below(3) {
        0 => rng.word() % 32,
        1 => rng.pick(&[0, a, b, c, d]),
        _ => b,
    };
    vec![sub(b, a, b), sltu(d, a, any), sub(a, b, c), sltu(c, b, a), or(b, c, d)]
}

/// One of the three forms of `add3`.
#[must_use]
pub fn add3(rng: &mut Rng, from: &[u32]) -> Vec<Part> {
    let [a, b, c, d, e] = different(rng, from);
    match rng.below(3) {
        0 => vec![add(a, b, a), sltu(c, a, b), add(d, c, e)],
        1 => vec![add(a, b, c), sltu(b, a, b), add(d, b, e)],
        _ => vec![add(a, b, c), sltu(d, a, b), add(d, d, e)],
    }
}

/// Both halves of a product. The high one first may fuse; compilers ask for the low one
/// first.
fn both_halves(rng: &mut Rng, high: u32, low: u32, [a, b]: [u32; 2]) -> Vec<Part> {
    let kind = rng.pick(&[1, 2, 3]);
    let (c, d) = if rng.one_in(4) { (b, a) } else { (a, b) };
    let mut parts = vec![op(kind, 1, high, a, b), op(0, 1, low, c, d)];
    if rng.one_in(2) {
        parts.reverse();
    }
    parts
}

/// The sequence of some fused operation, exact or changed a little.
#[must_use]
pub fn random(rng: &mut Rng, from: &[u32]) -> Vec<Part> {
    // Half of the time, registers that the short formats have.
    let short = [10, 11, 12, 13, 14, 15];
    let from = if rng.one_in(2) { from } else { &short };
    let [a, b, c, d] = different(rng, from);
    let imm = rng.word().cast_signed() >> 20;
    let small = rng.pick(&[0, 1, -1, 16, 31, -32, 0x7_ffff, -0x8_0000, 0x1234]);
    let upper = if rng.one_in(2) { small } else { rng.word().cast_signed() >> 12 };
    let mut parts = match rng.below(12) {
        0 | 1 => adc(rng, from),
        2 | 3 => sbb(rng, from),
        4 | 5 => add3(rng, from),
        6 => {
            let swapped = rng.one_in(2);
            let head = if swapped { add(a, a, b) } else { add(a, b, c) };
            vec![head, sltu(d, a, b)]
        }
        7 => vec![sub(a, b, c), sltu(d, b, c)],
        8 => both_halves(rng, a, d, [b, c]),
        9 => {
            let unsigned = u32::from(rng.one_in(2));
            vec![op(4 + unsigned, 1, a, b, c), op(6 + unsigned, 1, d, b, c)]
        }
        _ => {
            let (head, tail) = rng.pick(&[(0x37, 0x1b), (0x17, 0x13), (0x37, 0x13), (0x17, 0x1b)]);
            vec![
                Part::U { opcode: head, rd: a, imm: upper },
                Part::I { opcode: tail, rd: a, rs1: a, imm },
            ]
        }
    };
    if rng.one_in(2) {
        mutate(rng, &mut parts);
    }
    parts
}

/// The sequence of some fused operation, in which each register is any of `from`: equal
/// where they may be and where they may not, and x0 if it is among them.
#[must_use]
pub fn any_registers(rng: &mut Rng, from: &[u32]) -> Vec<Part> {
    let [a, b, c, d, e] = [(); 5].map(|()| rng.pick(from));
    let imm = rng.word().cast_signed() >> 20;
    let upper = rng.word().cast_signed() >> 12;
    match rng.below(12) {
        0 => vec![add(a, a, b), sltu(b, a, b), add(a, a, c), sltu(c, a, c), or(b, b, c)],
        1 => vec![sub(b, a, b), sltu(d, a, e), sub(a, b, c), sltu(c, b, a), or(b, c, d)],
        2 => vec![add(a, b, a), sltu(c, a, b), add(d, c, e)],
        3 => vec![add(a, b, c), sltu(b, a, b), add(d, b, e)],
        4 => vec![add(a, b, c), sltu(d, a, b), add(d, d, e)],
        5 => vec![add(a, b, c), sltu(d, a, b)],
        6 => vec![sub(a, b, c), sltu(d, b, c)],
        7..10 => both_halves(rng, a, d, [b, c]),
        10 => {
            let unsigned = u32::from(rng.one_in(2));
            vec![op(4 + unsigned, 1, a, b, c), op(6 + unsigned, 1, d, b, c)]
        }
        _ => {
            let (head, tail) = rng.pick(&[(0x37, 0x1b), (0x17, 0x13)]);
            vec![
                Part::U { opcode: head, rd: a, imm: upper },
                Part::I { opcode: tail, rd: a, rs1: a, imm },
            ]
        }
    }
}

/// Changes a sequence in one place or two.
fn mutate(rng: &mut Rng, parts: &mut Vec<Part>) {
    let mut used: Vec<u32> = parts.iter_mut().flat_map(Part::registers).map(|reg| *reg).collect();
    used.extend([0, 0, 1]);
    for _ in 0..=rng.below(2) {
        let index = rng.index(parts.len());
        match rng.below(10) {
            0..5 => {
                let new = rng.pick(&used);
                let mut places = parts[index].registers();
                let place = rng.index(places.len());
                *places[place] = new;
            }
            5 | 6 => {
                // Everywhere at once.
                let (old, new) = (rng.pick(&used), rng.pick(&used));
                for place in parts.iter_mut().flat_map(Part::registers) {
                    if *place == old {
                        *place = new;
                    }
                }
            }
            7 => {
                let other = rng.index(parts.len());
                parts.swap(index, other);
            }
            8 => {
                if let Part::R { rs1, rs2, .. } = &mut parts[index] {
                    std::mem::swap(rs1, rs2);
                }
            }
            _ => {
                if parts.len() > 1 {
                    parts.remove(index);
                }
            }
        }
    }
}
