//! ELF files: which are accepted, and what they map.
//!
//! Every row of the rules is a file made by hand; after that, thousands of files
//! with random damage.

use verdict_tests::{
    Failure, Outcome, Program, Rng, Setup,
    asm::{assemble, exit},
    check,
    elf::{self, Segment, at},
    reference, verdict,
};
use verdict_vm::{Engine, MemorySize, Version};

const CODE: u64 = 0x1_0000;
const FROZEN: u8 = 1;
const EXECUTABLE: u8 = 2;
const DIRTY: u8 = 4;

const V0: Setup = Setup::on_chain(Version::V0);
const V1: Setup = Setup::on_chain(Version::V1);
const V2: Setup = Setup::on_chain(Version::V2);
const ALL: [Setup; 3] = [V0, V1, V2];

#[track_caller]
fn load(file: Vec<u8>, setup: Setup) -> Outcome {
    check::run(&Program::new(file), &setup)
}

/// A file that is refused, in all versions, for this reason.
#[track_caller]
fn refused(file: &[u8], kind: &str, text: &str) {
    for setup in ALL {
        let outcome = load(file.to_vec(), setup);
        assert_eq!(outcome.result, Err(Failure::with(kind, text.to_owned())));
        // Nothing was touched.
        assert!(outcome.pages.is_empty());
        assert_eq!((outcome.pc, outcome.cycles), (0, 0));
    }
}

fn code() -> Segment {
    Segment::code(CODE, assemble(&exit(0)))
}

fn valid() -> Vec<u8> {
    elf::file(CODE, &[code()])
}

fn patched<const N: usize>(at: usize, value: [u8; N]) -> Vec<u8> {
    let mut file = valid();
    elf::patch(&mut file, at, value);
    file
}

// ---- headers ----

#[test]
fn a_valid_file_loads() {
    for setup in ALL {
        let outcome = load(valid(), setup);
        assert_eq!((&outcome.result, outcome.cycles), (&Ok(0), 502));
        assert_eq!(outcome.flags(CODE >> 12), EXECUTABLE | FROZEN | DIRTY);
    }
}

#[test]
fn files_without_an_identification_are_refused() {
    let parse = "ElfParseError";
    refused(&[], parse, "bad offset 0");
    refused(&valid()[..15], parse, "Malformed entity: Too small");
    refused(b"\x7fELF", parse, "Malformed entity: Too small");
    refused(&patched(0, [0]), parse, "Invalid magic number: 0x10102464c4500");
    let class = "Malformed entity: invalid ELF class 9";
    refused(&patched(at::CLASS, [9]), parse, class);
    refused(&patched(at::CLASS, [1]), "ElfBits", "");
    let data = "Malformed entity: invalid ELF endianness DATA type 9";
    refused(&patched(at::DATA, [9]), parse, data);
    let data = "Malformed entity: invalid ELF endianness DATA type 0";
    refused(&patched(at::DATA, [0]), parse, data);
    // The class is looked at first, and the header read before 32 bits are refused.
    let mut file = patched(at::DATA, [9]);
    file[at::CLASS] = 9;
    refused(&file, parse, class);
    refused(&patched(at::CLASS, [1])[..40], parse, "bad offset 40");
}

#[test]
fn a_header_cut_short_is_refused_at_the_cut() {
    // Offsets of the fields of the header.
    let fields = [16, 18, 20, 24, 32, 40, 48, 52, 54, 56, 58, 60, 62, 64];
    for len in 16..64 {
        let text = if fields.contains(&len) {
            format!("bad offset {len}")
        } else {
            let start = fields.iter().rposition(|&field| field < len).expect("a field");
            let size = fields[start + 1] - fields[start];
            format!("type is too big ({size}) for {}", len - fields[start])
        };
        refused(&valid()[..len], "ElfParseError", &text);
    }
}

#[test]
fn a_big_endian_header_is_read_as_one() {
    // The same header with the bytes of every field reversed.
    let mut file = valid();
    file[at::DATA] = 2;
    let header = [2, 2, 4, 8, 8, 8, 4, 2, 2, 2, 2, 2, 2];
    let segment = [4, 4, 8, 8, 8, 8, 8, 8];
    let mut start = 16;
    for size in header.into_iter().chain(segment) {
        file[start..start + size].reverse();
        start += size;
    }
    for setup in ALL {
        assert_eq!(load(file.clone(), setup).result, Ok(0));
    }
    // Little endian, the number of program headers makes no sense.
    file[at::DATA] = 1;
    let text = "Malformed entity: Buffer is too short for 256 program headers";
    refused(&file, "ElfParseError", text);
}

#[test]
fn fields_that_do_not_matter_are_ignored() {
    for field in [6, 7, 8, 15, 16, 17, 18, 19, 20, 48, 52, at::PHENTSIZE, 58, 60, 62, 40] {
        for setup in ALL {
            let outcome = load(patched(field, [0xee]), setup);
            assert_eq!(outcome.result, Ok(0), "{field}");
        }
    }
}

#[test]
fn program_headers_must_be_in_the_file() {
    let parse = "ElfParseError";
    let text = "Malformed entity: Buffer is too short for 3 program headers";
    refused(&patched(at::PHNUM, 3_u16.to_le_bytes()), parse, text);
    let len = valid().len() as u64;
    assert_eq!(len, 64 + 56 + 10);
    for start in [len, len + 1, u64::MAX, 1 << 32] {
        let text = format!("bad offset {start}");
        refused(&patched(at::PHOFF, start.to_le_bytes()), parse, &text);
    }
    // Fields of 4, 4, 8, 8, 8, ... bytes from here.
    for (start, text) in [
        // Counted from the start of the header.
        (len - 4, "bad offset 4"),
        (len - 8, "bad offset 8"),
        (len - 12, "type is too big (8) for 4"),
        (len - 3, "type is too big (4) for 3"),
        (len - 55, "type is too big (8) for 7"),
    ] {
        refused(&patched(at::PHOFF, start.to_le_bytes()), parse, text);
    }
}

#[test]
fn without_segments_the_first_fetch_fails() {
    for file in [
        patched(at::PHNUM, [0, 0]),
        // Not a segment to be loaded.
        patched(at::segment(0) + at::P_TYPE, 6_u32.to_le_bytes()),
    ] {
        for setup in ALL {
            let outcome = load(file.clone(), setup);
            assert_eq!((outcome.kind(), outcome.cycles), ("MemWriteOnExecutablePage", 0));
            assert_eq!(outcome.pc, CODE);
        }
    }
    for setup in ALL {
        let outcome = load(patched(at::ENTRY, u64::MAX.to_le_bytes()), setup);
        assert_eq!(outcome.kind(), "MemOutOfBound");
    }
}

// ---- segments ----

fn flags(flags: u32) -> Vec<u8> {
    patched(at::segment(0) + at::P_FLAGS, flags.to_le_bytes())
}

#[test]
fn flags_of_segments_are_checked_after_their_ranges() {
    for bits in [0, elf::X, elf::W, elf::W | elf::X] {
        refused(&flags(bits), "ElfSegmentUnreadable", "");
    }
    let both = elf::R | elf::W | elf::X;
    refused(&flags(both), "ElfSegmentWritableAndExecutable", "");
    let mut file = flags(0);
    elf::patch(&mut file, at::segment(0) + at::P_FILESZ, 11_u64.to_le_bytes());
    refused(&file, "ElfSegmentAddrOrSizeError", "");
    for (offset, size) in [(u64::MAX, 1), (u64::MAX, 2), (131, 0), (0, 131), (120, 11)] {
        let mut file = valid();
        elf::patch(&mut file, at::segment(0) + at::P_OFFSET, offset.to_le_bytes());
        elf::patch(&mut file, at::segment(0) + at::P_FILESZ, u64::to_le_bytes(size));
        refused(&file, "ElfSegmentAddrOrSizeError", "");
    }
}

#[test]
fn all_headers_are_judged_before_anything_is_loaded() {
    let bad = Segment::new(0x2_0000, elf::W, vec![1]);
    refused(&elf::file(CODE, &[code(), bad]), "ElfSegmentUnreadable", "");
    // Errors of loading come with what was loaded before.
    let beyond = Segment::data(4 << 20, vec![1]);
    let frozen = Segment::data(CODE + 0x800, vec![1]);
    for (bad, kind) in [(beyond, "MemOutOfBound"), (frozen, "MemWriteOnFreezedPage")] {
        for setup in ALL {
            let outcome = load(elf::file(CODE, &[code(), bad.clone()]), setup);
            assert_eq!(outcome.kind(), kind);
            assert_eq!(outcome.flags(CODE >> 12), EXECUTABLE | FROZEN | DIRTY);
            assert_eq!(outcome.pc, 0);
        }
    }
}

#[test]
fn pages_get_the_flags_of_their_segment() {
    for (bits, v0, later) in [
        (elf::R, FROZEN, FROZEN),
        (elf::R | elf::W, FROZEN, 0),
        (elf::R | elf::X, FROZEN | EXECUTABLE, FROZEN | EXECUTABLE),
    ] {
        for setup in ALL {
            let data = Segment::new(0x2_0000, bits, vec![1; 4097]);
            let outcome = load(elf::file(CODE, &[code(), data]), setup);
            assert_eq!(outcome.result, Ok(0));
            let expected = if setup.version == Version::V0 { v0 } else { later };
            assert_eq!(outcome.flags(0x20), expected | DIRTY);
            assert_eq!(outcome.flags(0x21), expected | DIRTY);
            assert_eq!(outcome.flags(0x22), 0);
        }
    }
}

#[test]
fn segments_that_share_a_page() {
    let first = |bits| Segment::new(0x2_0100, bits, vec![1; 16]);
    let second = Segment::data(0x2_0800, vec![2; 16]);
    let rw = elf::R | elf::W;
    for setup in ALL {
        for bits in [elf::R, rw] {
            let file = elf::file(CODE, &[code(), first(bits), second.clone()]);
            let outcome = load(file, setup);
            if bits == rw && setup.version != Version::V0 {
                // The later segment zeroes what the earlier one loaded.
                assert_eq!(outcome.result, Ok(0));
                let page = outcome.pages.iter().find(|page| page.number == 0x20);
                let bytes = &page.expect("a page of data").bytes;
                assert_eq!((bytes[0x100], bytes[0x800]), (0, 2));
            } else {
                assert_eq!(outcome.kind(), "MemWriteOnFreezedPage");
            }
        }
    }
}

#[test]
fn v0_needs_code_to_start_on_a_page() {
    let code = Segment::code(CODE + 0x10, assemble(&exit(0)));
    let file = elf::file(CODE + 0x10, &[code]);
    let outcome = load(file.clone(), V0);
    assert_eq!(outcome.kind(), "MemWriteOnExecutablePage");
    assert_eq!(outcome.flags(CODE >> 12), EXECUTABLE | FROZEN | DIRTY);
    for setup in [V1, V2] {
        assert_eq!(load(file.clone(), setup).result, Ok(0));
    }
}

#[test]
fn sizes_in_file_and_memory_are_independent() {
    for setup in ALL {
        // More in the file than in memory: up to the end of the page is loaded, and
        // all of it counted.
        let mut data = Segment::data(0x2_0ff0, vec![7; 0x30]);
        data.bss = 1_u64.wrapping_sub(0x30);
        let outcome = load(elf::file(CODE, &[code(), data]), setup);
        assert_eq!(outcome.result, Ok(0));
        let stack = if setup.version == Version::V0 { 8 } else { 16 };
        assert_eq!(outcome.loaded, Some(10 + 0x30 + stack));
        assert_eq!((outcome.flags(0x20) & DIRTY, outcome.flags(0x21)), (DIRTY, 0));
        // A size that wraps around to nothing.
        let mut data = Segment::data(0x2_0001, vec![7; 0x30]);
        data.bss = u64::MAX - 0x30;
        let outcome = load(elf::file(CODE, &[code(), data.clone()]), setup);
        assert_eq!(outcome.kind(), "MemOutOfBound");
        data.vaddr = 0x2_0000;
        data.bss = 1_u64.wrapping_sub(1).wrapping_sub(0x30).wrapping_sub(1);
        let outcome = load(elf::file(CODE, &[code(), data]), setup);
        assert_eq!(outcome.result, Ok(0));
        assert_eq!(outcome.flags(0x20), 0);
        // All of memory.
        let mut data = Segment::data(CODE + 0x1000, vec![7; 0x30]);
        data.bss = (4 << 20) - CODE - 0x1000 - 0x30;
        assert_eq!(load(elf::file(CODE, &[code(), data.clone()]), setup).result, Ok(0));
        data.bss += 1;
        let outcome = load(elf::file(CODE, &[code(), data]), setup);
        assert_eq!(outcome.kind(), "MemOutOfBound");
        // Addresses near the end of 64 bits.
        let data = Segment::data(u64::MAX, vec![7; 2]);
        let outcome = load(elf::file(CODE, &[code(), data]), setup);
        assert_eq!(outcome.kind(), "MemOutOfBound");
    }
}

// ---- damage ----

/// A file with a few segments, often right at the edge of being accepted.
fn sound(rng: &mut Rng) -> Vec<u8> {
    let mut segments = vec![code()];
    for _ in 0..rng.below(4) {
        let len = rng.pick(&[0, 1, 16, 4095, 4096, 4097, 0x30]);
        let byte = rng.byte();
        let near = rng.pick(&[0, 0, 1, 0x10, 0xff0, 0x800]);
        segments.push(Segment {
            vaddr: 0x1000 * rng.below(40) + near,
            flags: rng.pick(&[elf::R, elf::R | elf::W, elf::R | elf::X, 6, 5, 4]),
            bytes: vec![byte; len],
            bss: rng.pick(&[0, 0, 1, 100, 4096, 0x1_0000]),
        });
    }
    if rng.one_in(3) {
        let other = rng.index(segments.len());
        segments.swap(0, other);
    }
    let entry = if rng.one_in(8) { rng.below(0x3_0000) } else { CODE };
    elf::file(entry, &segments)
}

/// A number that a size or an address field may go wrong with.
fn edge(rng: &mut Rng, len: u64, memory: u64) -> u64 {
    match rng.below(6) {
        0 => rng.value(),
        1 => len.wrapping_add_signed(rng.between(-60, 60)),
        2 => memory.wrapping_add_signed(rng.between(-4097, 2)),
        3 => rng.below(200),
        4 => 0x1000 * rng.below(memory / 0x1000 + 6),
        _ => rng.below(200).wrapping_neg(),
    }
}

fn damage(rng: &mut Rng, file: &mut Vec<u8>, memory: u64) {
    let len = file.len();
    match rng.below(12) {
        0..3 => {
            let position = rng.index(len);
            file[position] ^= 1 << rng.below(8);
        }
        3 => {
            let position = rng.index(len.min(320));
            file[position] = rng.byte();
        }
        4 => {
            let cut = if rng.one_in(2) { len } else { len.min(300) };
            file.truncate(rng.index(cut));
        }
        5 => {
            let value = edge(rng, len as u64, memory);
            let field = rng.pick(&[at::ENTRY, at::PHOFF, 40]);
            elf::patch(file, field, value.to_le_bytes());
        }
        6..10 => {
            let count = (len - 64) / 56;
            if count > 0 {
                let segment = at::segment(rng.index(count.min(4)));
                let field = rng.pick(&[
                    at::P_OFFSET,
                    at::P_VADDR,
                    at::P_FILESZ,
                    at::P_MEMSZ,
                    at::P_MEMSZ,
                    at::P_FLAGS,
                    at::P_TYPE,
                ]);
                if field >= at::P_OFFSET {
                    let value = edge(rng, len as u64, memory);
                    elf::patch(file, segment + field, value.to_le_bytes());
                } else {
                    elf::patch(file, segment + field, [rng.byte() % 8]);
                }
            }
        }
        10 => {
            let number = if rng.one_in(2) { rng.half() } else { rng.half() % 8 };
            elf::patch(file, at::PHNUM, number.to_le_bytes());
        }
        _ => {
            let field = rng.pick(&[at::CLASS, at::DATA]);
            file[field] = rng.byte() % 4;
        }
    }
}

#[test]
fn damaged_files_end_alike() {
    let mut refused = 0;
    for seed in 0..20_000 {
        let mut rng = Rng::new(seed);
        // Mostly little memory, because all of it is compared.
        let memory = if rng.one_in(16) { 4 << 20 } else { 256 << 10 };
        let memory_size = MemorySize::new(memory).expect("a valid size");
        let mut file = sound(&mut rng);
        for _ in 0..1 + rng.below(3) {
            if file.len() > 64 {
                damage(&mut rng, &mut file, memory);
            }
        }
        let program = Program::new(file);
        // V0 reads files with another release of the parser than later versions.
        for setup in [V0, rng.pick(&[V1, V2])] {
            let setup = Setup { memory_size, max_cycles: 5000, ..setup };
            let expected = reference::run(&program, &setup);
            refused += u32::from(expected.loaded.is_none());
            let jit = |program: &_, setup: &_| verdict::run(program, setup, Engine::Jit);
            for run in [jit, verdict::run_again] {
                let text = run(&program, &setup).differences(&expected);
                assert!(text.is_empty(), "seed {seed}, {setup:?}\n{text}");
            }
        }
    }
    // Neither all nor none.
    assert!((10_000..35_000).contains(&refused), "{refused} of 40000");
}
