//! Fuzz targets: plain functions of some bytes that panic if the machines differ.
//!
//! `tests/fuzz/` wraps each for a coverage-guided fuzzer; `tests/tests/fuzz.rs` feeds
//! them seeded inputs, so that they run everywhere.

use verdict_vm::{Isa, MemorySize, PAGE_SIZE, Version};

use crate::{
    asm::{self, assemble, li32, reg::*},
    check::{self, Way},
    elf::{self, Segment},
    outcome::{Program, Setup},
    pair::Pair,
};

/// Where code is.
const CODE: u64 = 0x1_0000;
/// Where data is: right behind the pages of code.
const DATA: u64 = CODE + 2 * PAGE_SIZE;

/// Takes the machine to run on from the first bytes of `data`, and leaves the rest.
fn setup(data: &[u8]) -> Option<(Setup, u8, &[u8])> {
    let [machine, limit, extra, data @ ..] = data else {
        return None;
    };
    let version = Version::ALL[usize::from(machine % 3)];
    let (_, isa) = Isa::NAMES[usize::from(machine / 3) % Isa::NAMES.len()];
    let isa = Isa { fusion: isa.fusion && version.may_fuse(), ..isa };
    let setup = Setup {
        memory_size: MemorySize::new(MemorySize::UNIT).expect("the smallest size"),
        max_cycles: 16 * u64::from(*limit),
        ..Setup::new(version, isa)
    };
    Some((setup, *extra, data))
}

/// Decodes the bytes from each address on, at the end of a page or in its middle.
///
/// # Panics
///
/// Panics if the machines decode different blocks.
pub fn decode(data: &[u8]) {
    let Some((setup, place, data)) = setup(data) else {
        return;
    };
    let data = &data[..data.len().min(512)];
    // The last half-words of the page, or some of its middle.
    let before = if place < 128 { 4096 - 2 * usize::from(place) } else { usize::from(place) };
    let mut code = vec![1; before];
    code.extend(data);
    let end = CODE + code.len() as u64;
    let mut pair = Pair::new(&setup, &[Segment::code(CODE, code)]);
    for pc in CODE + before as u64 - 4..end + 2 {
        if let Err(text) = pair.decode(pc) {
            panic!("{text}");
        }
    }
}

/// Loads the bytes as a file and runs it.
///
/// # Panics
///
/// Panics if the machines end differently.
pub fn elf(data: &[u8]) {
    let Some((setup, args, file)) = setup(data) else {
        return;
    };
    let program = Program {
        elf: file.to_vec(),
        args: vec![vec![b'a'; usize::from(args) / 4]; usize::from(args) % 4],
    };
    check(&program, &setup);
}

/// Runs the bytes as code, with pointers to data in some registers.
///
/// # Panics
///
/// Panics if the machines end differently.
pub fn blocks(data: &[u8]) {
    let Some((setup, place, data)) = setup(data) else {
        return;
    };
    let data = &data[..data.len().min(4096)];
    let mut start = Vec::new();
    for (reg, value) in [(S0, DATA + 0x100), (A0, DATA + 0xffc), (S2, CODE), (SP, DATA + 0x800)] {
        start.extend(li32(reg, value.cast_signed()));
    }
    start.extend([
        asm::li(S3, 1),
        asm::slli(S3, S3, 32),
        asm::li(A7, 93),
        asm::ld(A1, S0, 0),
        asm::ld(A2, S0, 8),
        asm::ld(T0, S0, 16),
        asm::ld(T1, S0, 24),
    ]);
    // The code starts in its page by as much as the input says.
    let before = 8 * usize::from(place);
    let mut code = vec![0; before];
    code.extend(assemble(&start));
    code.extend(data);
    let values = data.iter().rev().copied().cycle().take(if data.is_empty() { 0 } else { 4096 });
    let file = elf::file(
        CODE + before as u64,
        &[Segment::code(CODE, code), Segment::data(DATA, values.collect())],
    );
    check(&Program::new(file), &setup);
}

fn check(program: &Program, setup: &Setup) {
    if let Err(text) = check::compare(program, setup, 37, &Way::ALL) {
        panic!("{text}");
    }
}
