//! The fuzz targets, fed with seeded inputs: random bytes, and mutations of sound
//! ones. A coverage-guided fuzzer goes further; see the README of this package.

use verdict_tests::{
    Rng,
    asm::{assemble, exit},
    elf::{self, Segment},
    fuzz, generate, shapes,
};

/// How many inputs each target gets.
const INPUTS: u64 = 4000;

/// Feeds `target` with what `sound` makes, with some bytes changed. The first three
/// bytes choose the machine.
fn feed(target: fn(&[u8]), sound: impl Fn(&mut Rng) -> Vec<u8>) {
    for seed in 0..INPUTS {
        let mut rng = Rng::new(seed);
        let mut input = vec![rng.byte(), rng.byte(), rng.byte()];
        input.extend(sound(&mut rng));
        for _ in 0..rng.pick(&[0, 0, 1, 2, 8]) {
            let index = rng.index(input.len());
            match rng.below(4) {
                0 => input[index] = rng.byte(),
                1 => input[index] ^= 1 << rng.below(8),
                2 if input.len() > 1 => drop(input.remove(index)),
                _ => input.insert(index, rng.byte()),
            }
        }
        // The name of the test and the seed are all it takes to run it again.
        let result = std::panic::catch_unwind(|| target(&input));
        assert!(result.is_ok(), "seed {seed}: {input:02x?}");
    }
}

fn random(rng: &mut Rng) -> Vec<u8> {
    (0..rng.below(200)).map(|_| rng.byte()).collect()
}

/// Bytes of code: shapes that fuse, words that are probably legal, anything.
fn code(rng: &mut Rng) -> Vec<u8> {
    let mut code = Vec::new();
    let all: Vec<u32> = (0..32).collect();
    for _ in 0..rng.below(40) {
        match rng.below(8) {
            0..3 => {
                let short = rng.one_in(2);
                for part in shapes::random(rng, &all) {
                    part.encode(short).push_to(&mut code);
                }
            }
            3..5 => {
                let opcode =
                    rng.pick(&[0x33, 0x3b, 0x13, 0x1b, 0x03, 0x23, 0x63, 0x6f, 0x17, 0x2f]);
                code.extend((rng.word() & !0x7f | opcode).to_le_bytes());
            }
            5..7 => code.extend(rng.half().to_le_bytes()),
            _ => code.extend(rng.word().to_le_bytes()),
        }
    }
    code
}

#[test]
fn decode() {
    feed(fuzz::decode, random);
    feed(fuzz::decode, code);
}

#[test]
fn elf() {
    feed(fuzz::elf, |rng| {
        let mut segments = vec![Segment::code(0x1000, assemble(&exit(0)))];
        for _ in 0..rng.below(3) {
            let flags = rng.pick(&[4, 5, 6]);
            let vaddr = 0x800 * rng.below(100);
            segments.push(Segment::new(vaddr, flags, vec![1; rng.index(300)]));
        }
        elf::file(0x1000, &segments)
    });
    // Whole programs, smaller than the others only in memory.
    feed(fuzz::elf, |rng| generate::sample(rng.next()).program().elf);
}

#[test]
fn blocks() {
    feed(fuzz::blocks, random);
    feed(fuzz::blocks, code);
}
