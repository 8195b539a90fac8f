//! Every half-word, and every word by what selects an instruction, through the
//! decoders of both machines; what they accept is executed.

use verdict_tests::{
    Rng, Setup,
    asm::{self, Encoded},
    elf::Segment,
    pair::Pair,
};

/// Where data is: behind code, up to the end of memory.
const DATA: u64 = 0x30_0000;
const TOP: u64 = 4 << 20;
/// Bytes for one instruction and the `ecall` behind it.
const PLACE: usize = 8;
/// How many instructions a pair of machines takes.
const BATCH: usize = 0x30_0000 / PLACE;

/// Runs these instructions through a pair of machines. Returns how many are
/// accepted.
fn check(setup: &Setup, seed: u64, instructions: &[Encoded]) -> usize {
    let mut rng = Rng::new(seed);
    let mut accepted = 0;
    for batch in instructions.chunks(BATCH) {
        let mut code = Vec::with_capacity(batch.len() * PLACE);
        for instruction in batch {
            let end = code.len() + PLACE;
            instruction.push_to(&mut code);
            asm::ecall().push_to(&mut code);
            code.resize(end, 0);
        }
        let data = (0..0x1000).map(|_| rng.byte()).collect();
        let mut pair = Pair::new(setup, &[Segment::code(0, code), Segment::data(DATA, data)]);
        for (place, instruction) in (0..).zip(batch) {
            let pc = place * PLACE as u64;
            let decoded = pair.decode(pc);
            let decoded = decoded.unwrap_or_else(|text| panic!("{instruction:x?}\n{text}"));
            if decoded.is_none() {
                continue;
            }
            accepted += 1;
            if worth_running(*instruction, &mut rng) {
                let registers = registers(*instruction, &mut rng);
                if let Err(text) = pair.run(pc, &registers, 2000) {
                    panic!("{instruction:x?}\n{text}");
                }
            }
        }
        assert_eq!(pair.compare(), "", "{setup:?}");
    }
    accepted
}

/// Instructions that differ in their immediate only are run now and then.
fn worth_running(instruction: Encoded, rng: &mut Rng) -> bool {
    match instruction {
        Encoded::Half(_) => rng.one_in(2),
        Encoded::Word(word) => match word & 0x7f {
            0x33 | 0x3b | 0x2f => rng.one_in(2),
            0x13 | 0x1b if word >> 12 & 3 == 1 => rng.one_in(2),
            0x0f | 0x73 => true,
            _ => rng.one_in(24),
        },
    }
}

/// Random registers; those that hold addresses do so, most of the time.
fn registers(instruction: Encoded, rng: &mut Rng) -> [u64; 32] {
    let mut registers = [(); 32].map(|()| rng.value());
    let address = |rng: &mut Rng| match rng.below(16) {
        0 => rng.value(),
        1 => TOP.wrapping_add_signed(rng.between(-16, 2)),
        2 => 0x1000 * rng.below(0x400),
        3 => (1 << 32) + PLACE as u64 * rng.below(BATCH as u64),
        4..8 => DATA + 0x1000 * rng.below(8) - rng.below(9),
        _ => DATA + rng.below(0x1000),
    };
    let pointers: &[usize] = match instruction {
        Encoded::Word(word) => {
            if matches!(word & 0x7f, 0x03 | 0x23 | 0x2f | 0x67) {
                &[word as usize >> 15 & 31]
            } else {
                &[]
            }
        }
        Encoded::Half(half) => match (half & 3, half >> 13) {
            (0, 2..) => &[8 + (half as usize >> 7 & 7)],
            (2, 2 | 3 | 6 | 7) => &[2],
            (2, 4) => &[half as usize >> 7 & 31],
            _ => &[],
        },
    };
    for &pointer in pointers {
        registers[pointer] = address(rng);
    }
    if rng.one_in(8) {
        registers[2] = address(rng);
    }
    registers[17] = 93;
    registers[0] = 0;
    registers
}

#[test]
fn every_half_word() {
    let halves: Vec<_> = (0..=u16::MAX).filter(|half| half & 3 != 3).map(Encoded::Half).collect();
    for (seed, setup) in (1..).zip(Setup::all()) {
        let accepted = check(&setup, seed, &halves);
        let hints = setup.version.accepts_hints();
        assert_eq!(accepted, if hints { 38_551 } else { 38_173 });
    }
}

#[test]
fn every_word_by_opcode_and_functions() {
    for (seed, setup) in (1..).zip(Setup::all()) {
        let mut rng = Rng::new(seed << 32);
        let words: Vec<_> = (0..1 << 20)
            .map(|fields: u32| {
                // opcode, funct3, and rs2 and funct7 together; rd and rs1 at random.
                let opcode = (fields & 31) << 2 | 3;
                let funct3 = fields >> 5 & 7;
                let top = fields >> 8;
                let special = matches!(opcode, 0x0f | 0x73) && rng.one_in(2);
                let random = if special { 0 } else { rng.word() };
                let (rd, rs1) = (random & 31, random >> 5 & 31);
                Encoded::Word(top << 20 | rs1 << 15 | funct3 << 12 | rd << 7 | opcode)
            })
            .collect();
        let accepted = check(&setup, seed, &words);
        println!("{:?} {}: {accepted} words", setup.version, setup.isa);
        assert!(accepted > 150_000);
    }
}
