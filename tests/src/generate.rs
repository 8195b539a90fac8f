//! Random programs that go where mistakes are.
//!
//! A [`Sample`] is a program still in parts: lines of code with symbolic targets,
//! regions of pages they are placed in, and data segments. It can be turned into a
//! file, printed, and have lines taken out without anything else moving.
//!
//! Code is a mix of shapes: plain arithmetic, accesses around page boundaries and
//! the end of memory, fused sequences and near misses of them, blocks longer than
//! 255 bytes, loops, calls, jumps into the middle of things and jumps beyond 4 GiB.
//! Most programs run for some hundred instructions; many end in a trap, and endless
//! loops meet the limit on cycles. A third are *hot*: loops around calmer code, most of
//! which goes round often enough to be compiled, and shapes that a compiler treats as
//! more than the sum of their instructions.

use std::{fmt::Write as _, ops::Range};

use verdict_vm::{
    Isa, MemorySize, PAGE_SIZE, Version,
    isa::{rvc, table},
};

use crate::{
    asm::{self, Encoded, reg::*},
    elf::{self, Segment},
    outcome::{Program, Setup, call},
    rng::Rng,
    shapes::{self, Part},
};

/// The line that control goes to, and how many bytes beside it.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Number of the line; a number too large means the last one.
    pub line: usize,
    /// Added to its address.
    pub delta: i64,
}

/// One line of code.
#[derive(Clone, Copy, Debug)]
pub enum Line {
    /// An instruction as it is.
    Code(Encoded),
    /// A branch.
    Branch {
        /// Which one.
        funct3: u32,
        /// First register.
        rs1: u32,
        /// Second register.
        rs2: u32,
        /// Where to.
        to: Target,
    },
    /// `jal`.
    Jump {
        /// Link register.
        rd: u32,
        /// Where to.
        to: Target,
    },
    /// `c.j`, or `c.beqz` or `c.bnez` of a register.
    ShortJump {
        /// Which of the three.
        funct3: u32,
        /// Register, for a branch.
        rs1: u32,
        /// Where to.
        to: Target,
    },
    /// The upper part of an address: `lui`, or `auipc` relative to itself.
    High {
        /// Destination.
        rd: u32,
        /// Whether it is `lui`.
        absolute: bool,
        /// The address.
        to: Target,
    },
    /// The lower part of the address that the line before has the upper part of:
    /// `addi`, `addiw`, `jalr`.
    Low {
        /// Opcode of the instruction.
        opcode: u32,
        /// Destination.
        rd: u32,
        /// Source.
        rs1: u32,
        /// Whether the line before is `lui`.
        absolute: bool,
        /// The address.
        to: Target,
    },
}

impl Line {
    /// How many bytes it has.
    #[must_use]
    pub const fn size(&self) -> u64 {
        match self {
            Self::Code(encoded) => encoded.size(),
            Self::ShortJump { .. } => 2,
            Self::Branch { .. } | Self::Jump { .. } | Self::High { .. } | Self::Low { .. } => 4,
        }
    }
}

/// Pages of code.
#[derive(Clone, Debug)]
pub struct Region {
    /// Address of its first page.
    pub vaddr: u64,
    /// What stands before its first line.
    pub filler: Vec<u8>,
    /// Its lines.
    pub lines: Range<usize>,
}

/// A program in parts.
#[derive(Clone, Debug)]
pub struct Sample {
    /// All lines.
    pub lines: Vec<Line>,
    /// Where they stand.
    pub regions: Vec<Region>,
    /// Segments that are not code.
    pub data: Vec<Segment>,
    /// Whether the data comes before the code in the file.
    pub data_first: bool,
    /// Where control starts.
    pub entry: Target,
    /// `argv`.
    pub args: Vec<Vec<u8>>,
    /// The instructions it was made for.
    pub isa: Isa,
    /// Memory of its machines.
    pub memory_size: MemorySize,
    /// Their cycle counter at the start.
    pub cycles: u64,
    /// Their limit on cycles.
    pub max_cycles: u64,
}

impl Sample {
    /// The machines it runs on: one of each version.
    pub fn setups(&self) -> impl Iterator<Item = Setup> {
        Version::ALL
            .map(|version| {
                let isa = Isa { fusion: self.isa.fusion && version.may_fuse(), ..self.isa };
                Setup {
                    version,
                    isa,
                    memory_size: self.memory_size,
                    cycles: self.cycles,
                    max_cycles: self.max_cycles,
                }
            })
            .into_iter()
    }

    /// The address of every line.
    #[must_use]
    pub fn addresses(&self) -> Vec<u64> {
        let mut addresses = Vec::with_capacity(self.lines.len());
        for region in &self.regions {
            let mut at = region.vaddr + region.filler.len() as u64;
            for line in &self.lines[region.lines.clone()] {
                addresses.push(at);
                at += line.size();
            }
        }
        addresses
    }

    /// The program as a file.
    #[must_use]
    pub fn program(&self) -> Program {
        let addresses = self.addresses();
        let code = self.regions.iter().map(|region| {
            let mut bytes = region.filler.clone();
            for line in region.lines.clone() {
                encode(&self.lines[line], line, &addresses).push_to(&mut bytes);
            }
            Segment::code(region.vaddr, bytes)
        });
        let data = self.data.iter().cloned();
        let segments: Vec<_> =
            if self.data_first { data.chain(code).collect() } else { code.chain(data).collect() };
        let entry = resolve(self.entry, &addresses);
        Program { elf: elf::file(entry, &segments), args: self.args.clone() }
    }

    /// The code as text, a line each; lines that do nothing are left out.
    #[must_use]
    pub fn listing(&self) -> String {
        let addresses = self.addresses();
        let mut text = String::new();
        let _ = writeln!(
            text,
            "  memory {:#x}, cycles {} of {}, entry {:#x}, isa {}, {} arguments",
            self.memory_size.bytes(),
            self.cycles,
            self.max_cycles,
            resolve(self.entry, &addresses),
            self.isa,
            self.args.len(),
        );
        for segment in &self.data {
            let _ = writeln!(
                text,
                "  data {:#x}, flags {}, {:#x} bytes and {:#x}",
                segment.vaddr,
                segment.flags,
                segment.bytes.len(),
                segment.bss,
            );
        }
        for region in &self.regions {
            let _ = writeln!(
                text,
                "  code {:#x}, {:#x} bytes of filler",
                region.vaddr,
                region.filler.len()
            );
            for line in region.lines.clone() {
                let encoded = encode(&self.lines[line], line, &addresses);
                if encoded != Encoded::Half(1) && encoded != asm::nop() {
                    let at = addresses[line];
                    let _ = writeln!(text, "  {at:8x}  {}", disassemble(encoded));
                }
            }
        }
        text
    }

    /// Replaces a line by one that does nothing and has the same length. Returns
    /// whether it was another before.
    pub fn clear(&mut self, line: usize) -> bool {
        let nothing = if self.lines[line].size() == 2 { asm::c_nop() } else { asm::nop() };
        let line = &mut self.lines[line];
        if matches!(line, Line::Code(encoded) if *encoded == nothing) {
            return false;
        }
        *line = Line::Code(nothing);
        true
    }
}

/// Every instruction there is.
const ALL: Isa = Isa { bit_manipulation: true, atomics: true, fusion: false };

/// An instruction as text.
#[must_use]
pub fn disassemble(encoded: Encoded) -> String {
    match encoded {
        Encoded::Half(half) => match rvc::expand(half, Version::V2) {
            Some(inst) => format!("    {half:04x}  {inst}"),
            None => format!("    {half:04x}  ?"),
        },
        Encoded::Word(word) => match table::decode(word, ALL) {
            Some(inst) => format!("{word:08x}  {inst}"),
            None => format!("{word:08x}  ?"),
        },
    }
}

fn resolve(to: Target, addresses: &[u64]) -> u64 {
    let line = to.line.min(addresses.len() - 1);
    addresses[line].wrapping_add_signed(to.delta)
}

#[expect(clippy::cast_possible_truncation, reason = "addresses and distances are below 4 MiB")]
fn encode(line: &Line, number: usize, addresses: &[u64]) -> Encoded {
    let here = addresses[number].cast_signed();
    let distance = |to, from: i64| (resolve(to, addresses).cast_signed() - from) as i32;
    match *line {
        Line::Code(encoded) => encoded,
        Line::Branch { funct3, rs1, rs2, to } => asm::b(funct3, rs1, rs2, distance(to, here)),
        Line::Jump { rd, to } => asm::jal(rd, distance(to, here)),
        Line::ShortJump { funct3, rs1, to } => match funct3 {
            5 => asm::c_j(distance(to, here)),
            6 => asm::c_beqz(rs1, distance(to, here)),
            _ => asm::c_bnez(rs1, distance(to, here)),
        },
        Line::High { rd, absolute, to } => {
            let from = if absolute { 0 } else { here };
            let (high, _) = asm::halves(distance(to, from));
            asm::u(if absolute { 0x37 } else { 0x17 }, rd, high)
        }
        Line::Low { opcode, rd, rs1, absolute, to } => {
            let from = if absolute { 0 } else { here - 4 };
            let (_, low) = asm::halves(distance(to, from));
            asm::i(opcode, 0, rd, rs1, low)
        }
    }
}

// ---- making samples ----

/// Holds the address of data; its neighbourhood can be read and written.
const DATA: u32 = S0;
/// Holds an address a few bytes before a page boundary inside data.
const BOUNDARY: u32 = S1;
/// Holds the end of memory.
const END: u32 = S2;
/// Holds the address of the first page of code.
const CODE: u32 = S3;
/// Holds 2^32.
const HIGH: u32 = S4;
/// Holds zero or a multiple of 2^32, added to some jumps.
const AWAY: u32 = S5;
/// Count loops; plain code does not write them.
const COUNTERS: [u32; 2] = [S9, S10];
/// What plain code works with.
const GENERAL: [u32; 20] =
    [T0, T1, T2, A0, A1, A2, A3, A4, A5, A6, S6, S7, S8, S11, T3, T4, T5, T6, GP, TP];

/// Operations of two registers: opcode, funct3, funct7.
const BASE: &[(u32, u32, u32)] = &[
    (0x33, 0, 0x00),
    (0x33, 1, 0x00),
    (0x33, 2, 0x00),
    (0x33, 3, 0x00),
    (0x33, 4, 0x00),
    (0x33, 5, 0x00),
    (0x33, 6, 0x00),
    (0x33, 7, 0x00),
    (0x33, 0, 0x20),
    (0x33, 5, 0x20),
    (0x3b, 0, 0x00),
    (0x3b, 1, 0x00),
    (0x3b, 5, 0x00),
    (0x3b, 0, 0x20),
    (0x3b, 5, 0x20),
];
const MULTIPLY: &[(u32, u32, u32)] = &[
    (0x33, 0, 1),
    (0x33, 1, 1),
    (0x33, 2, 1),
    (0x33, 3, 1),
    (0x33, 4, 1),
    (0x33, 5, 1),
    (0x33, 6, 1),
    (0x33, 7, 1),
    (0x3b, 0, 1),
    (0x3b, 4, 1),
    (0x3b, 5, 1),
    (0x3b, 6, 1),
    (0x3b, 7, 1),
];
const BITS: &[(u32, u32, u32)] = &[
    (0x33, 7, 0x20),
    (0x33, 6, 0x20),
    (0x33, 4, 0x20),
    (0x33, 1, 0x30),
    (0x33, 5, 0x30),
    (0x33, 1, 0x34),
    (0x33, 1, 0x14),
    (0x33, 1, 0x24),
    (0x33, 5, 0x24),
    (0x33, 2, 0x10),
    (0x33, 4, 0x10),
    (0x33, 6, 0x10),
    (0x33, 1, 0x05),
    (0x33, 2, 0x05),
    (0x33, 3, 0x05),
    (0x33, 4, 0x05),
    (0x33, 5, 0x05),
    (0x33, 6, 0x05),
    (0x33, 7, 0x05),
    (0x3b, 0, 0x04),
    (0x3b, 1, 0x30),
    (0x3b, 5, 0x30),
    (0x3b, 2, 0x10),
    (0x3b, 4, 0x10),
    (0x3b, 6, 0x10),
    (0x1b, 5, 0x30),
];
/// Operations of one register: opcode, funct3, the upper twelve bits.
const UNARY: &[(u32, u32, i32)] = &[
    (0x3b, 4, 0x080),
    (0x13, 5, 0x287),
    (0x13, 5, 0x6b8),
    (0x13, 1, 0x600),
    (0x13, 1, 0x601),
    (0x13, 1, 0x602),
    (0x13, 1, 0x604),
    (0x13, 1, 0x605),
    (0x1b, 1, 0x600),
    (0x1b, 1, 0x601),
    (0x1b, 1, 0x602),
];
/// Shifts by six bits of immediate: opcode, funct3, the upper six bits.
const SHIFTS: &[(u32, u32, u32)] = &[(0x13, 1, 0), (0x13, 5, 0), (0x13, 5, 0x10)];
const BIT_SHIFTS: &[(u32, u32, u32)] = &[
    (0x13, 1, 0x12),
    (0x13, 5, 0x12),
    (0x13, 1, 0x1a),
    (0x13, 1, 0x0a),
    (0x13, 5, 0x18),
    (0x1b, 1, 0x02),
];

/// Makes the sample of `seed`.
#[must_use]
pub fn sample(seed: u64) -> Sample {
    Generator::new(seed).run()
}

/// Makes a sample that loops for ever, if no calculation of its own ends it.
#[must_use]
pub fn endless(seed: u64) -> Sample {
    let mut generator = Generator::new(seed);
    generator.hot = true;
    generator.memory = MemorySize::UNIT;
    generator.isa.atomics = false;
    let first = 2 * PAGE_SIZE;
    generator.data = first + 4 * PAGE_SIZE;
    generator.prologue(first);
    let start = generator.lines.len();
    for _ in 0..3 {
        let len = 4 + generator.rng.below(12);
        generator.calm_body(len);
        generator.hot_loop();
    }
    let to = Target { line: start, delta: 0 };
    generator.lines.push(Line::Jump { rd: ZERO, to });
    let lines = 0..generator.lines.len();
    let regions = vec![Region { vaddr: first, filler: Vec::new(), lines }];
    let mut sample = generator.finish(regions, 0);
    (sample.cycles, sample.max_cycles) = (0, u64::MAX);
    sample.entry.delta = 0;
    sample.args.clear();
    sample
}

/// Makes a sample that does a few operations after the other, again and again with operands
/// that data holds, and keeps all results in data. Registers are few, so that they overlap
/// in every way, and one of them is x0. In some samples an access between operations traps.
#[must_use]
pub fn operations(seed: u64) -> Sample {
    let mut generator = Generator::new(seed);
    generator.memory = MemorySize::UNIT;
    generator.isa = Isa::IMCB_MOP;
    let first = 2 * PAGE_SIZE;
    generator.data = first + 8 * PAGE_SIZE;
    generator.constant(DATA, generator.data);
    generator.code(asm::lui(HIGH, 0x7_ffff));
    let rng = &mut generator.rng;
    // The more often registers are named, the more likely they are kept in registers.
    let mut regs = [ZERO; 6];
    regs[1..].fill_with(|| rng.pick(&GENERAL));
    for _ in 0..generator.rng.below(300) {
        let reg = generator.general();
        if !regs.contains(&reg) {
            generator.code(asm::xori(reg, reg, 1));
        }
    }
    for number in 0..60 {
        for reg in regs {
            let at = 8 * generator.rng.between(0, 255);
            generator.code(asm::ld(reg, DATA, i32::try_from(at).expect("a short distance")));
        }
        let to = Target { line: generator.lines.len() + 1, delta: 0 };
        generator.lines.push(Line::ShortJump { funct3: 5, rs1: 0, to });
        let bad = generator.rng.one_in(200);
        for _ in 0..=generator.rng.below(5) {
            generator.operation(&regs);
            if generator.rng.one_in(6) {
                let (reg, at) = (generator.rng.pick(&regs), generator.rng.between(0, 0x7f8));
                let at = i32::try_from(at).expect("a short distance");
                let base = if bad { HIGH } else { DATA };
                let store = generator.rng.one_in(2);
                generator.code(if store { asm::sd(reg, base, at) } else { asm::lw(reg, base, at) });
            }
        }
        for (at, reg) in regs.into_iter().enumerate() {
            let at = i32::try_from(0x800 + 48 * (number % 40) + 8 * at).expect("a page of data");
            generator.code(asm::lui(S1, 1));
            generator.code(asm::add(S1, S1, DATA));
            generator.code(asm::sd(reg, S1, at - 0x1000));
        }
    }
    generator.code(asm::li(A7, 93));
    generator.code(asm::ecall());
    let lines = 0..generator.lines.len();
    let regions = vec![Region { vaddr: first, filler: Vec::new(), lines }];
    let data = generator.data;
    let mut sample = generator.finish(regions, 0);
    // Data starts where it is said to.
    sample.data.truncate(1);
    sample.data[0].vaddr = data;
    sample.data[0].flags = elf::R | elf::W;
    (sample.cycles, sample.max_cycles) = (0, 200_000);
    sample.entry.delta = 0;
    sample
}

struct Generator {
    rng: Rng,
    isa: Isa,
    lines: Vec<Line>,
    memory: u64,
    /// First page of data.
    data: u64,
    /// Where functions start.
    functions: Vec<usize>,
    /// Loops around the current line.
    depth: usize,
    /// Whether the program is one that loops for long.
    hot: bool,
    /// Where the current region starts.
    region: usize,
}

impl Generator {
    fn new(seed: u64) -> Self {
        let mut rng = Rng::new(seed);
        let isa = if rng.one_in(3) { Isa::IMCB_MOP } else { rng.pick(&Isa::NAMES).1 };
        // Mostly little, because all of it is compared.
        let memory = match rng.below(10) {
            0 => 4 << 20,
            1 | 2 => 1 << 20,
            3..6 => 512 << 10,
            _ => 256 << 10,
        };
        Self {
            rng,
            isa,
            lines: Vec::new(),
            memory,
            data: 0,
            functions: Vec::new(),
            depth: 0,
            hot: false,
            region: 0,
        }
    }

    fn run(mut self) -> Sample {
        // Two pages of data, four pages apart from code, or right beside it.
        let top = self.rng.one_in(12);
        let first = match self.rng.below(4) {
            _ if top => self.memory - 2 * PAGE_SIZE,
            0 => 0,
            1 => PAGE_SIZE,
            _ => PAGE_SIZE * self.rng.below(8),
        };
        let second = match self.rng.below(4) {
            _ if top => 2 * PAGE_SIZE,
            0 => first + 2 * PAGE_SIZE,
            // In the same places of the reference's block cache.
            _ => first + 0x8000,
        };
        self.data = if top || self.rng.one_in(3) { 0x1_4000 } else { first + 4 * PAGE_SIZE };

        // Functions first, so that they can be called; they are placed second.
        self.hot = self.rng.one_in(3);
        let functions = self.rng.below(4);
        for _ in 0..functions {
            self.functions.push(self.lines.len());
            let len = self.rng.below(12);
            if self.hot {
                self.calm_body(len);
            } else {
                self.body(len);
            }
            let back = self.rng.pick(&[asm::c_jr(RA), asm::jalr(ZERO, RA, 0)]);
            self.code(back);
        }
        let main = self.lines.len();
        self.region = main;
        self.prologue(first);
        let len = match self.rng.below(4) {
            0 => self.rng.below(10),
            1 | 2 => self.rng.below(40),
            _ => self.rng.below(110),
        };
        if self.hot {
            for _ in 0..=self.rng.below(3) {
                self.hot_loop();
            }
            self.body(len / 4);
        } else {
            self.body(len);
        }
        self.epilogue();

        let main_filler = self.filler(main..self.lines.len());
        let mut regions = vec![];
        if main > 0 {
            let filler = self.filler(0..main);
            regions.push(Region { vaddr: second, filler, lines: 0..main });
        }
        regions.push(Region { vaddr: first, filler: main_filler, lines: main..self.lines.len() });
        self.finish(regions, main)
    }

    fn finish(mut self, regions: Vec<Region>, main: usize) -> Sample {
        let rng = &mut self.rng;
        let bytes = (0..2 * PAGE_SIZE / 8).flat_map(|_| rng.value().to_le_bytes());
        let bytes = bytes.collect();
        let mut data = Segment::data(self.data, bytes);
        if rng.one_in(3) {
            let pad = rng.below(64);
            data.vaddr += pad;
            data.bytes.truncate(8192 - 64);
            data.bss = rng.below(64);
        }
        if rng.one_in(6) {
            data.flags = elf::R;
        }
        let mut all = vec![data];
        if rng.one_in(3) {
            // Nothing but zeros.
            all.push(Segment {
                vaddr: self.data + 2 * PAGE_SIZE,
                flags: elf::R | elf::W,
                bytes: Vec::new(),
                bss: rng.below(3 * PAGE_SIZE),
            });
        }
        let args = if rng.one_in(3) {
            (0..rng.below(4))
                .map(|_| (0..rng.below(24)).map(|_| 1 + rng.byte() / 2).collect())
                .collect()
        } else {
            Vec::new()
        };
        let max_cycles = match rng.below(6) {
            0 => rng.below(600),
            1 => rng.below(3000),
            // Compiled code stops a few thousand cycles before the limit.
            _ if self.hot => 20_000 + rng.below(10_000),
            _ => 4000 + rng.below(6000),
        };
        let cycles = match rng.below(40) {
            0 => u64::MAX - rng.below(4000),
            1 => rng.below(4000),
            _ => 0,
        };
        Sample {
            lines: self.lines,
            regions,
            data: all,
            data_first: rng.one_in(2),
            entry: Target {
                line: main,
                delta: if rng.one_in(60) { rng.between(-2, 3) } else { 0 },
            },
            args,
            isa: self.isa,
            memory_size: MemorySize::new(self.memory).expect("a size that machines have"),
            cycles,
            max_cycles: if cycles > 4000 { u64::MAX } else { max_cycles },
        }
    }

    /// What stands before the lines, so that they end where a page does, straddle
    /// pages, or start a page.
    fn filler(&mut self, lines: Range<usize>) -> Vec<u8> {
        let len: u64 = self.lines[lines].iter().map(Line::size).sum();
        let len = match self.rng.below(4) {
            // The code ends where its page does.
            0 => (PAGE_SIZE - len % PAGE_SIZE) % PAGE_SIZE,
            // A page ends somewhere inside.
            1 if len < PAGE_SIZE => PAGE_SIZE - self.rng.below(len / 2 + 1) * 2,
            2 => 2 * self.rng.below(64),
            _ => 0,
        };
        // At most two pages in all.
        let byte = self.rng.pick(&[0, 1]);
        (0..len).map(|at| if at % 2 == 0 { byte } else { 0 }).collect()
    }

    // ---- registers and values ----

    fn general(&mut self) -> u32 {
        self.rng.pick(&GENERAL)
    }

    fn dst(&mut self) -> u32 {
        match self.rng.below(60) {
            0..4 => ZERO,
            4 => RA,
            5 => self.rng.word() % 32,
            _ => self.general(),
        }
    }

    fn src(&mut self) -> u32 {
        match self.rng.below(20) {
            0 | 1 => ZERO,
            2 | 3 => self.rng.word() % 32,
            _ => self.general(),
        }
    }

    fn imm(&mut self) -> i32 {
        let word = self.rng.word();
        match self.rng.below(3) {
            0 => (word % 16).cast_signed() - 8,
            _ => word.cast_signed() >> 20,
        }
    }

    fn code(&mut self, encoded: Encoded) {
        self.lines.push(Line::Code(encoded));
    }

    fn constant(&mut self, rd: u32, value: u64) {
        for part in asm::li32(rd, value.cast_signed()) {
            self.code(part);
        }
    }

    // ---- shapes of code ----

    fn prologue(&mut self, first: u64) {
        let near = self.rng.below(10);
        self.constant(DATA, self.data + 0x200);
        self.constant(BOUNDARY, self.data + PAGE_SIZE - near);
        self.constant(END, self.memory);
        self.constant(CODE, first);
        self.code(asm::li(HIGH, 1));
        self.code(asm::slli(HIGH, HIGH, 32));
        for _ in 0..self.rng.below(14) {
            let rd = self.general();
            let imm = 8 * self.imm() / 8;
            self.code(asm::ld(rd, DATA, imm & 0x7f8));
        }
    }

    fn epilogue(&mut self) {
        if self.rng.one_in(20) {
            // Control runs off the end.
            return;
        }
        if self.rng.one_in(2) {
            let rs = self.general();
            self.code(asm::c_mv(A0, rs));
        }
        self.code(asm::li(A7, 93));
        self.code(asm::ecall());
    }

    fn body(&mut self, len: u64) {
        let end = self.lines.len() + usize::try_from(len).expect("a short body");
        while self.lines.len() < end {
            self.shape();
        }
    }

    fn shape(&mut self) {
        match self.rng.below(1000) {
            0..200 => self.arithmetic(),
            200..290 => self.immediate(),
            290..390 => self.load(),
            390..480 => self.store(),
            480..560 => self.compressed(),
            560..700 => self.fused(),
            700..770 => self.branch(),
            770..800 => self.jump(),
            800..820 => self.far_jump(),
            820..850 => self.call(),
            850..885 => self.repeat(),
            885..910 => self.go_away(),
            910..925 => self.system(),
            925..930 => self.copy(),
            930..960 => self.atomic(),
            960..975 => self.long_block(),
            975..985 => self.overlap(),
            985..994 => {
                let rd = self.dst();
                let word = self.rng.word().cast_signed();
                let auipc = self.rng.one_in(2);
                self.code(asm::u(if auipc { 0x17 } else { 0x37 }, rd, word));
            }
            994..998 => {
                // Some word of a known opcode.
                let opcode = self
                    .rng
                    .pick(&[0x33, 0x3b, 0x13, 0x1b, 0x03, 0x23, 0x63, 0x67, 0x0f, 0x73, 0x2f]);
                let word = self.rng.word() & !0x7f | opcode;
                self.code(Encoded::Word(word));
            }
            998 => {
                let word = self.rng.word();
                self.code(Encoded::Word(word | 3));
            }
            _ => {
                let half = self.rng.half();
                self.code(Encoded::Half(if half & 3 == 3 { half ^ 1 } else { half }));
            }
        }
    }

    fn arithmetic(&mut self) {
        let (rd, rs1, rs2) = (self.dst(), self.src(), self.src());
        let bits = self.isa.bit_manipulation || self.rng.one_in(200);
        let encoded = match self.rng.below(if bits { 8 } else { 5 }) {
            0..4 => {
                let (opcode, funct3, funct7) = self.rng.pick(BASE);
                asm::r(opcode, funct3, funct7, rd, rs1, rs2)
            }
            4 => {
                let (opcode, funct3, funct7) = self.rng.pick(MULTIPLY);
                asm::r(opcode, funct3, funct7, rd, rs1, rs2)
            }
            5 | 6 => {
                let (opcode, funct3, funct7) = self.rng.pick(BITS);
                asm::r(opcode, funct3, funct7, rd, rs1, rs2)
            }
            _ => {
                let (opcode, funct3, top) = self.rng.pick(UNARY);
                asm::i(opcode, funct3, rd, rs1, top)
            }
        };
        self.code(encoded);
    }

    fn immediate(&mut self) {
        let (rd, rs1, imm) = (self.dst(), self.src(), self.imm());
        let shamt = self.rng.word() % 64;
        let encoded = match self.rng.below(8) {
            0 => asm::addiw(rd, rs1, imm),
            1 | 2 => {
                let bits = self.isa.bit_manipulation && self.rng.one_in(2);
                let (opcode, funct3, top) = self.rng.pick(if bits { BIT_SHIFTS } else { SHIFTS });
                asm::shift(opcode, funct3, top, rd, rs1, shamt)
            }
            3 => {
                let (funct3, funct7) = self.rng.pick(&[(1, 0), (5, 0), (5, 0x20)]);
                asm::r(0x1b, funct3, funct7, rd, rs1, shamt % 32)
            }
            _ => {
                let funct3 = self.rng.pick(&[0, 0, 2, 3, 4, 6, 7]);
                asm::i(0x13, funct3, rd, rs1, imm)
            }
        };
        self.code(encoded);
    }

    /// A base register and an offset to it; rarely one that an access of `len`
    /// bytes, or a store, fails at.
    fn place(&mut self, len: i64, store: bool) -> (u32, i32) {
        let (base, offset) = match self.rng.below(400) {
            0..180 => (DATA, self.rng.between(-0x100, 0x700)),
            180..300 => (BOUNDARY, self.rng.between(-8, 9)),
            300..360 => (END, self.rng.between(-24, -len - 1)),
            360..380 => (END, self.rng.between(-24, -len)),
            380..392 => (SP, self.rng.between(-64, -8)),
            392 => (END, self.rng.between(-len - 2, 2)),
            393..396 if !store => (CODE, self.rng.between(-8, 0x100)),
            393 => (CODE, self.rng.between(-8, 8)),
            394 => (self.src(), self.rng.between(-2048, 2047)),
            395 => (ZERO, self.rng.between(-16, 2047)),
            _ => (DATA, self.rng.between(-0x100, 0x100)),
        };
        (base, i32::try_from(offset).expect("a short distance"))
    }

    fn load(&mut self) {
        let funct3 = self.rng.word() % 7;
        let (base, imm) = self.place(1 << (funct3 & 3), false);
        let rd = self.dst();
        self.code(asm::i(0x03, funct3, rd, base, imm));
    }

    fn store(&mut self) {
        let funct3 = self.rng.word() % 4;
        let (base, imm) = self.place(1 << funct3, true);
        let rs2 = self.src();
        self.code(asm::s(0x23, funct3, base, rs2, imm));
    }

    fn compressed(&mut self) {
        for _ in 0..20 {
            let mut half = self.rng.half();
            match (half & 3, half >> 13) {
                (3, _) => continue,
                // Jumps and branches go to some place; seldom a good one.
                (1, 5..=7) => continue,
                (2, 4) if half >> 2 & 31 == 0 => continue,
                // Accesses through pointers.
                (0, 2..=7) => half &= !(0b110 << 7),
                _ => {}
            }
            let legal = rvc::expand(half, Version::V1).is_some();
            if legal || self.rng.one_in(200) {
                let clobbers = half & 3 != 0 && matches!(half >> 7 & 31, 2 | 8 | 9 | 18..=21);
                if !clobbers || self.rng.one_in(20) {
                    return self.code(Encoded::Half(half));
                }
            }
        }
    }

    /// A sequence that fuses, or nearly.
    fn fused(&mut self) {
        let parts = shapes::random(&mut self.rng, &GENERAL);
        self.parts(&parts);
    }

    fn parts(&mut self, parts: &[Part]) {
        let compress = self.rng.below(3);
        for part in parts {
            let short = match compress {
                0 => false,
                1 => true,
                _ => self.rng.one_in(2),
            };
            self.code(part.encode(short));
        }
    }

    /// More than 255 bytes of code in one block, if it fuses.
    fn long_block(&mut self) {
        let count = 10 + self.rng.below(7);
        for _ in 0..count {
            let parts = match self.rng.below(12) {
                0 => shapes::add3(&mut self.rng, &GENERAL),
                1..4 => shapes::sbb(&mut self.rng, &GENERAL),
                _ => shapes::adc(&mut self.rng, &GENERAL),
            };
            for part in parts {
                self.code(part.encode(false));
            }
        }
        match self.rng.below(6) {
            0 => self.branch(),
            1 => self.jump(),
            2 => self.far_jump(),
            3 => self.call(),
            4 => {
                let rd = self.general();
                self.code(asm::auipc(rd, 0));
            }
            _ => {}
        }
    }

    /// A line of this region near the current one, most often ahead.
    fn target(&mut self) -> Target {
        let here = self.lines.len();
        let line = if self.rng.one_in(5) {
            here - self.rng.index((here - self.region).min(20) + 1)
        } else {
            here + 1 + self.rng.index(10)
        };
        let delta = if self.rng.one_in(25) { self.rng.pick(&[2, 2, -2, 4, 1]) } else { 0 };
        Target { line, delta }
    }

    fn branch(&mut self) {
        let to = self.target();
        let (rs1, rs2) = (self.src(), self.src());
        let line = if self.rng.one_in(3) {
            Line::ShortJump {
                funct3: self.rng.pick(&[6, 7]),
                rs1: self.rng.pick(&[A0, A1, A2, A3, A4, A5]),
                to,
            }
        } else {
            Line::Branch { funct3: self.rng.pick(&[0, 1, 4, 5, 6, 7]), rs1, rs2, to }
        };
        self.lines.push(line);
    }

    fn jump(&mut self) {
        let to = self.target();
        let line = if self.rng.one_in(3) {
            Line::ShortJump { funct3: 5, rs1: 0, to }
        } else {
            let rd = if self.rng.one_in(2) { ZERO } else { self.dst() };
            Line::Jump { rd, to }
        };
        self.lines.push(line);
    }

    fn load_address(&mut self, rd: u32, to: Target) {
        let absolute = self.rng.one_in(2);
        self.lines.push(Line::High { rd, absolute, to });
        self.lines.push(Line::Low {
            opcode: if absolute { 0x1b } else { 0x13 },
            rd,
            rs1: rd,
            absolute,
            to,
        });
    }

    /// `lui` or `auipc`, then `jalr`: registers may match or not.
    fn far_jump(&mut self) {
        let to = self.target();
        self.far_jump_to(to);
    }

    fn far_jump_to(&mut self, to: Target) {
        let absolute = self.rng.one_in(2);
        let scratch = self.rng.pick(&[RA, RA, T0, T1, ZERO, A0]);
        let link = self.rng.pick(&[RA, RA, RA, ZERO, T0, scratch]);
        let rs1 = if self.rng.one_in(12) { self.src() } else { scratch };
        self.lines.push(Line::High { rd: scratch, absolute, to });
        self.lines.push(Line::Low { opcode: 0x67, rd: link, rs1, absolute, to });
    }

    fn call(&mut self) {
        let Some(line) = (!self.functions.is_empty() && self.region > 0)
            .then(|| self.functions[self.rng.index(self.functions.len())])
        else {
            return self.jump();
        };
        let to = Target { line, delta: 0 };
        match self.rng.below(5) {
            0 => self.lines.push(Line::Jump { rd: RA, to }),
            1 | 2 => self.far_jump_to(to),
            _ => {
                let scratch = self.rng.pick(&[T0, RA, A5]);
                self.load_address(scratch, to);
                if self.rng.one_in(4) {
                    let by = self.rng.pick(&[HIGH, AWAY]);
                    self.code(asm::add(scratch, scratch, by));
                }
                let go = [asm::c_jalr(scratch), asm::jalr(RA, scratch, 0)];
                let go = self.rng.pick(&go);
                self.code(go);
            }
        }
    }

    /// A loop.
    fn repeat(&mut self) {
        if self.depth == COUNTERS.len() {
            return;
        }
        let counter = COUNTERS[self.depth];
        self.depth += 1;
        let times = 1 + self.rng.word() % 6;
        self.code(asm::li(counter, times.cast_signed()));
        let start = self.lines.len();
        let len = 1 + self.rng.below(16);
        self.body(len);
        let down = [asm::c_addi(counter, -1), asm::addi(counter, counter, -1)];
        let down = self.rng.pick(&down);
        self.code(down);
        self.lines.push(Line::Branch {
            funct3: 1,
            rs1: counter,
            rs2: ZERO,
            to: Target { line: start, delta: 0 },
        });
        self.depth -= 1;
    }

    /// One operation, or a sequence that may fuse, on some of `regs`.
    fn operation(&mut self, regs: &[u32]) {
        let [rd, rs1, rs2] = [(); 3].map(|()| self.rng.pick(regs));
        let shamt = self.rng.word() % 64;
        let imm = self.imm();
        let encoded = match self.rng.below(12) {
            0..4 => {
                let parts = shapes::any_registers(&mut self.rng, regs);
                return self.parts(&parts);
            }
            4..7 => {
                let table = self.rng.pick(&[BASE, MULTIPLY, BITS, BITS]);
                let (opcode, funct3, funct7) = self.rng.pick(table);
                asm::r(opcode, funct3, funct7, rd, rs1, rs2)
            }
            7 => {
                let (opcode, funct3, top) = self.rng.pick(UNARY);
                asm::i(opcode, funct3, rd, rs1, top)
            }
            8 | 9 => {
                let table = self.rng.pick(&[SHIFTS, BIT_SHIFTS]);
                let (opcode, funct3, top) = self.rng.pick(table);
                asm::shift(opcode, funct3, top, rd, rs1, shamt)
            }
            10 => {
                let (funct3, funct7) = self.rng.pick(&[(1, 0), (5, 0), (5, 0x20), (5, 0x30)]);
                asm::r(0x1b, funct3, funct7, rd, rs1, shamt % 32)
            }
            _ => {
                let (opcode, funct3) = self.rng.pick(&[
                    (0x13, 0),
                    (0x13, 2),
                    (0x13, 3),
                    (0x13, 4),
                    (0x13, 6),
                    (0x13, 7),
                    (0x1b, 0),
                ]);
                asm::i(opcode, funct3, rd, rs1, imm)
            }
        };
        self.code(encoded);
    }

    // ---- shapes of hot code ----

    /// A loop that goes round often, and stays inside if nothing traps.
    fn hot_loop(&mut self) {
        if self.depth == COUNTERS.len() {
            return;
        }
        let counter = COUNTERS[self.depth];
        self.depth += 1;
        let times = 20 + self.rng.word() % 300;
        self.code(asm::li(counter, times.cast_signed()));
        let start = self.lines.len();
        let len = 1 + self.rng.below(24);
        self.calm_body(len);
        if self.rng.one_in(12) {
            self.hot_loop();
        }
        self.code(asm::addi(counter, counter, -1));
        let to = Target { line: start, delta: 0 };
        // Too far for the short forms, a branch jumps over a jump back.
        if self.rng.one_in(6) {
            let line = self.lines.len() + 2;
            let to_end = Target { line, delta: 0 };
            self.lines.push(Line::Branch { funct3: 0, rs1: counter, rs2: ZERO, to: to_end });
            self.lines.push(Line::Jump { rd: ZERO, to });
            self.code(asm::c_nop());
        } else {
            self.lines.push(Line::Branch { funct3: 1, rs1: counter, rs2: ZERO, to });
        }
        self.depth -= 1;
    }

    fn calm_body(&mut self, len: u64) {
        let end = self.lines.len() + usize::try_from(len).expect("a short body");
        while self.lines.len() < end {
            self.calm_shape();
        }
    }

    fn calm_shape(&mut self) {
        match self.rng.below(100) {
            0..18 => self.arithmetic(),
            18..26 => self.immediate(),
            26..40 => self.edge_operands(),
            40..52 => self.fused(),
            52..68 => self.access_group(),
            68..72 => self.load(),
            72..76 => self.store(),
            76..80 => self.compressed(),
            80..86 => self.skip(),
            86..88 => self.many_blocks(),
            88..93 => self.calm_call(),
            93..95 => self.jump_table(),
            95..97 => self.recursion(),
            97 => self.repeat_calmly(),
            98 => self.long_block(),
            _ => {
                let rd = self.general();
                let upper = self.rng.word().cast_signed() >> 12;
                self.code(asm::u(0x17, rd, upper));
            }
        }
    }

    /// An operation of two values that data holds, so that none of them is what an earlier
    /// operation made small or sign-extended.
    fn edge_operands(&mut self) {
        let (a, b) = (self.general(), self.general());
        for reg in [a, b] {
            let imm = 8 * self.rng.between(0, 0xff);
            self.code(asm::ld(reg, DATA, i32::try_from(imm).expect("a short distance")));
        }
        let rd = self.rng.pick(&[a, b, T0, A0, S7, ZERO]);
        let (a, b) = if self.rng.one_in(8) { (a, a) } else { (a, b) };
        let mut tables = vec![BASE, MULTIPLY, MULTIPLY];
        if self.isa.bit_manipulation {
            tables.extend([BITS, BITS]);
        }
        let (opcode, funct3, funct7) = {
            let table = self.rng.pick(&tables);
            self.rng.pick(table)
        };
        self.code(asm::r(opcode, funct3, funct7, rd, a, b));
    }

    /// Accesses through one register, or several that point to the same place, in one
    /// block; often across the end of a page, seldom across that of memory.
    fn access_group(&mut self) {
        let (from, low, high) = match self.rng.below(16) {
            0..5 => (BOUNDARY, -24, 24),
            5..8 => (END, -64, -9),
            8 => (END, -64, -8),
            9 => (SP, -128, -8),
            _ => (DATA, -0x100, 0x600),
        };
        // Plain code writes these.
        let mut bases = vec![from];
        for _ in 0..self.rng.below(4) {
            let (base, to) = (self.rng.pick(&bases), self.general());
            if !self.rng.one_in(3) {
                self.code(asm::addi(to, base, 0));
                bases.push(to);
            }
        }
        for _ in 0..1 + self.rng.below(7) {
            let base = self.rng.pick(&bases);
            let at = i32::try_from(self.rng.between(low, high)).expect("a short distance");
            let funct3 = self.rng.word() % 7;
            match self.rng.below(9) {
                0..4 => {
                    let rd = self.general();
                    // A base may be what is loaded.
                    self.code(asm::i(0x03, funct3, rd, base, at));
                    bases.retain(|&base| base != rd);
                }
                4..8 => {
                    let rs2 = self.src();
                    self.code(asm::s(0x23, funct3 & 3, base, rs2, at));
                }
                _ if base != from => {
                    let by = self.rng.pick(&[1, -1, 8, -8, 16]);
                    self.code(asm::addi(base, base, by));
                }
                _ => {}
            }
        }
    }

    /// A branch over one or two lines.
    fn skip(&mut self) {
        let lines = 1 + self.rng.index(2);
        let to = Target { line: self.lines.len() + 1 + lines, delta: 0 };
        let (rs1, rs2) = (self.src(), self.src());
        let funct3 = self.rng.pick(&[0, 1, 4, 5, 6, 7]);
        self.lines.push(Line::Branch { funct3, rs1, rs2, to });
        for _ in 0..lines {
            self.immediate();
        }
        self.immediate();
    }

    /// More blocks than are compiled as one.
    fn many_blocks(&mut self) {
        for _ in 0..4 + self.rng.below(36) {
            self.skip();
        }
    }

    /// A call through `ra` or `t0`, to a function or to what follows.
    fn calm_call(&mut self) {
        if !self.functions.is_empty() && self.region > 0 && self.rng.one_in(2) {
            let line = self.functions[self.rng.index(self.functions.len())];
            let to = Target { line, delta: 0 };
            if self.rng.one_in(2) {
                return self.lines.push(Line::Jump { rd: RA, to });
            }
            self.load_address(T0, to);
            return self.code(asm::c_jalr(T0));
        }
        // Over the function, then to it and back.
        let link = self.rng.pick(&[RA, T0]);
        let over = self.lines.len();
        self.code(asm::nop());
        for _ in 0..=self.rng.below(3) {
            let rd = self.rng.pick(&[A0, A1, T3]);
            self.code(asm::addi(rd, rd, 1));
        }
        self.code(asm::jalr(ZERO, link, 0));
        let to = Target { line: self.lines.len(), delta: 0 };
        self.lines[over] = Line::Jump { rd: ZERO, to };
        let to = Target { line: over + 1, delta: 0 };
        self.lines.push(Line::Jump { rd: link, to });
    }

    /// A jump to one of four lines.
    fn jump_table(&mut self) {
        let index = self.general();
        let table = Target { line: self.lines.len() + 6, delta: 0 };
        self.code(asm::i(0x13, 7, T1, index, 3));
        self.code(asm::slli(T1, T1, 2));
        self.load_address(T2, table);
        self.code(asm::add(T2, T2, T1));
        self.code(asm::jalr(ZERO, T2, 0));
        let after = table.line + 4;
        for way in 0..4 {
            let to = Target { line: after + self.rng.index(2 + way), delta: 0 };
            self.lines.push(Line::Jump { rd: ZERO, to });
        }
        for _ in 0..6 {
            self.immediate();
        }
    }

    /// A function that calls itself, and a call of it.
    fn recursion(&mut self) {
        let over = self.lines.len();
        self.code(asm::nop());
        let function = Target { line: self.lines.len(), delta: 0 };
        self.code(asm::addi(SP, SP, -16));
        self.code(asm::sd(RA, SP, 8));
        self.code(asm::addi(A0, A0, -1));
        let end = self.lines.len();
        self.code(asm::nop());
        self.lines.push(Line::Jump { rd: RA, to: function });
        self.arithmetic();
        let to = Target { line: self.lines.len(), delta: 0 };
        self.lines[end] = Line::Branch { funct3: 5, rs1: ZERO, rs2: A0, to };
        self.code(asm::ld(RA, SP, 8));
        self.code(asm::addi(SP, SP, 16));
        self.code(asm::c_jr(RA));
        let to = Target { line: self.lines.len(), delta: 0 };
        self.lines[over] = Line::Jump { rd: ZERO, to };
        let depth = 1 + self.rng.word() % 60;
        self.code(asm::li(A0, depth.cast_signed()));
        self.lines.push(Line::Jump { rd: RA, to: function });
    }

    /// A short loop inside.
    fn repeat_calmly(&mut self) {
        if self.depth == COUNTERS.len() {
            return;
        }
        let counter = COUNTERS[self.depth];
        self.depth += 1;
        let times = 1 + self.rng.word() % 12;
        self.code(asm::li(counter, times.cast_signed()));
        let start = Target { line: self.lines.len(), delta: 0 };
        let len = 1 + self.rng.below(6);
        self.calm_body(len);
        self.code(asm::addi(counter, counter, -1));
        self.lines.push(Line::Branch { funct3: 1, rs1: counter, rs2: ZERO, to: start });
        self.depth -= 1;
    }

    /// A loop that goes on beyond 4 GiB: versions 0 and 1 run it there if it is
    /// still cached.
    fn go_away(&mut self) {
        if self.depth == COUNTERS.len() {
            return;
        }
        let counter = COUNTERS[self.depth];
        self.depth += 1;
        let times = 2 + self.rng.word() % 4;
        self.code(asm::li(counter, times.cast_signed()));
        self.code(asm::li(AWAY, 0));
        // Control enters by a jump, so that a block starts here.
        if !self.rng.one_in(8) {
            let line = self.lines.len() + 1;
            self.lines.push(Line::ShortJump { funct3: 5, rs1: 0, to: Target { line, delta: 0 } });
        }
        let start = Target { line: self.lines.len(), delta: 0 };
        let len = self.rng.below(8);
        self.body(len);
        self.code(asm::addi(counter, counter, -1));
        let after = self.lines.len();
        // Seldom false, so that control gets to the jump behind it.
        self.code(asm::nop());
        self.load_address(T0, start);
        self.code(asm::add(T0, T0, AWAY));
        if self.rng.one_in(2) {
            self.code(asm::add(AWAY, AWAY, HIGH));
        }
        let link = self.rng.pick(&[ZERO, RA, T0]);
        self.code(asm::jalr(link, T0, 0));
        self.lines[after] = Line::Branch {
            funct3: 0,
            rs1: counter,
            rs2: ZERO,
            to: Target { line: self.lines.len(), delta: 0 },
        };
        self.code(asm::c_nop());
        self.depth -= 1;
    }

    fn system(&mut self) {
        match self.rng.below(20) {
            0..6 => {
                // A debug print; text is anything up to a zero.
                let base = self.rng.pick(&[DATA, BOUNDARY, END, CODE, SP]);
                let imm = self.rng.word() % 16;
                self.code(asm::addi(A0, base, imm.cast_signed() - 15));
                for part in asm::call(call::DEBUG) {
                    self.code(part);
                }
            }
            6 => {
                let number = self.rng.pick(&[0, 93, 94, 2041, 2042, -1]);
                self.code(asm::li(A7, number));
                self.code(asm::ecall());
            }
            7..10 => self.code(asm::ebreak()),
            10 => self.code(asm::c_ebreak()),
            11..16 => {
                let bits = self.rng.word() & 0xfff0_0000;
                self.code(Encoded::Word(bits | 0x0f));
            }
            _ => self.code(asm::fence_i()),
        }
    }

    /// Makes pages with a copy of code, and goes on there.
    fn copy(&mut self) {
        if self.depth > 0 || self.lines.len() < self.region + 4 {
            return;
        }
        let size = self.rng.pick(&[1, 2, 2]);
        // In the same places of the reference's block cache, or not.
        let distance = self.rng.pick(&[0x18, 0x18, 0x1b]);
        self.code(asm::lui(A0, distance));
        self.code(asm::add(A0, A0, CODE));
        self.code(asm::lui(A1, size));
        self.code(asm::c_mv(A2, CODE));
        for part in asm::call(call::LOAD_CODE) {
            self.code(part);
        }
        let to = self.target();
        self.load_address(T0, to);
        self.code(asm::lui(T1, distance));
        self.code(asm::c_add(T0, T1));
        self.code(asm::c_jr(T0));
    }

    fn atomic(&mut self) {
        if !self.isa.atomics && !self.rng.one_in(100) {
            return self.arithmetic();
        }
        let funct5 =
            self.rng.pick(&[0x02, 0x02, 0x03, 0x03, 0, 1, 4, 8, 0xc, 0x10, 0x14, 0x18, 0x1c]);
        let width = self.rng.pick(&[2, 3]);
        let base = match self.rng.below(100) {
            0 => END,
            1 => CODE,
            2 => self.src(),
            3..40 => BOUNDARY,
            _ => DATA,
        };
        let rs2 = if funct5 == 2 { 0 } else { self.src() };
        let rd = self.dst();
        if base == END && self.rng.one_in(2) {
            let by = self.rng.word() % 10;
            self.code(asm::addi(T0, END, -by.cast_signed()));
            return self.code(asm::amo(funct5, width, rd, T0, rs2));
        }
        self.code(asm::amo(funct5, width, rd, base, rs2));
    }

    /// A word whose upper half is an instruction too, and a jump there.
    fn overlap(&mut self) {
        let line = self.lines.len() + 1;
        self.lines.push(Line::ShortJump {
            funct3: self.rng.pick(&[5, 6, 7]),
            rs1: A0,
            to: Target { line, delta: 2 },
        });
        let rd = self.general();
        let half = loop {
            let half = self.rng.half();
            if half & 3 != 3 && half & 3 != 0 && half >> 13 < 4 {
                break half;
            }
        };
        self.code(Encoded::Word(u32::from(half) << 16 | rd << 7 | 0x37));
    }
}

/// The sample with as few lines as still do what `fails` looks for.
#[must_use]
pub fn shrink(mut sample: Sample, fails: impl Fn(&Sample) -> bool) -> Sample {
    loop {
        let mut smaller = false;
        let mut chunk = sample.lines.len().next_power_of_two();
        while chunk > 0 {
            let mut start = 0;
            while start < sample.lines.len() {
                let end = (start + chunk).min(sample.lines.len());
                let mut candidate = sample.clone();
                let changed = (start..end).filter(|&line| candidate.clear(line)).count();
                if changed > 0 && fails(&candidate) {
                    sample = candidate;
                    smaller = true;
                }
                start = end;
            }
            chunk /= 2;
        }
        if !smaller {
            return sample;
        }
    }
}
