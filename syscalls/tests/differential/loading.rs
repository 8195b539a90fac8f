//! The `load_*` family and the other calls that do not make processes.

use std::sync::Arc;

use ckb_types::{core::cell::ResolvedTransaction, packed::Byte32};
use verdict_syscalls::{GroupKind, Syscall, Version};

use crate::{
    chain::{Chain, Data, Scene, data_hash, output, script},
    compare::{Both, Outcome},
    guest::{A0, Arg, BUFFER, CODE, Call, Guest, LENGTH, OBSERVED},
    random::Random,
};

const GROUP: u64 = 1 << 56;
const MEMORY: u64 = 4 << 20;
/// Where strings to print are.
const STRINGS: u64 = 0x28_0000;

const SOURCES: [u64; 16] = [
    1,
    2,
    3,
    4,
    GROUP | 1,
    GROUP | 2,
    GROUP | 3,
    GROUP | 4,
    2 << 56 | 1,
    0xff << 56 | 3,
    0,
    5,
    GROUP,
    1 << 32 | 1,
    1 << 55 | 1,
    u64::MAX,
];
const INDICES: [u64; 13] =
    [0, 1, 2, 3, 4, 5, 6, 7, 1 << 31, u32::MAX as u64, 1 << 32, 1 << 32 | 1, u64::MAX];
const FIELDS: [u64; 12] = [0, 1, 2, 3, 4, 5, 6, 7, 255, 256, 1 << 32, u64::MAX];
const OFFSETS: [u64; 16] =
    [0, 1, 3, 7, 8, 31, 32, 33, 99, 100, 208, 4096, 4999, 5000, 1 << 32, u64::MAX];
const LENGTHS: [u64; 12] = [0, 1, 4, 7, 8, 9, 32, 100, 4096, 5000, 1 << 32, u64::MAX];
const BUFFERS: [u64; 12] = [
    BUFFER,
    BUFFER + 1,
    BUFFER + 4093,
    LENGTH,
    LENGTH - 3,
    0,
    CODE,
    CODE - 1,
    MEMORY - 8,
    MEMORY - 1,
    MEMORY,
    u64::MAX - 4095,
];
const LENGTH_ADDRESSES: [u64; 10] = [
    BUFFER + 3,
    LENGTH - 4,
    0,
    CODE,
    CODE - 4,
    MEMORY - 8,
    MEMORY - 7,
    MEMORY,
    u64::MAX - 7,
    u64::MAX,
];
/// Places for executable pages.
const PAGES: [u64; 9] = [
    0x18_0000,
    BUFFER,
    BUFFER + 0x1000,
    0,
    CODE,
    0x18_0001,
    MEMORY - 4096,
    MEMORY,
    u64::MAX - 4095,
];
const PAGE_SIZES: [u64; 9] =
    [4096, 8192, 0, 100, 4097, MEMORY, 2 * MEMORY, u64::MAX, u64::MAX - 4095];
const UNKNOWN: [u64; 9] = [0, 92, 94, 2044, 2103, 2178, 2609, 1 << 32 | 2051, u64::MAX];

/// Calls with an index and a source.
const INDEXED: [Syscall; 10] = [
    Syscall::LoadCell,
    Syscall::LoadCellByField,
    Syscall::LoadCellData,
    Syscall::LoadCellDataAsCode,
    Syscall::LoadHeader,
    Syscall::LoadHeaderByField,
    Syscall::LoadBlockExtension,
    Syscall::LoadInput,
    Syscall::LoadInputByField,
    Syscall::LoadWitness,
];
const UNINDEXED: [Syscall; 4] = [
    Syscall::LoadTransaction,
    Syscall::LoadTransactionHash,
    Syscall::LoadScript,
    Syscall::LoadScriptHash,
];
const OTHERS: [Syscall; 3] = [Syscall::VmVersion, Syscall::CurrentCycles, Syscall::DebugPrint];

const VERSIONS: [(Version, u8); 3] = [(Version::V0, 0), (Version::V1, 2), (Version::V2, 4)];
const KINDS: [GroupKind; 2] = [GroupKind::Lock, GroupKind::Type];

/// Bytes that tell where they are from.
fn bytes(seed: u8, len: usize) -> Vec<u8> {
    let steps = (0..=255_u8).cycle().zip((0..=255_u8).flat_map(|page| [page; 256]));
    let bytes = steps.map(|(i, page)| seed.wrapping_add(i.wrapping_mul(7)).wrapping_add(page));
    bytes.take(len).collect()
}

/// A transaction with everything a script can load, in which the program is both a
/// lock and a type script. Returns the hash of that script.
fn stage(program: Vec<u8>, hash_type: u8) -> ((Arc<ResolvedTransaction>, Chain), Byte32) {
    let mut scene = Scene::new();
    let tested = script(&data_hash(&program), hash_type, b"tested");
    let other = script(&Byte32::zero(), 0, &[]);
    let long = script(&data_hash(b"long"), 1, &bytes(9, 120));

    let known = scene.header(100, (5, 7, 100), Some(bytes(1, 50)));
    let early = scene.header(3, (1, 9, 10), None);
    let plain = scene.header(0, (0, 0, 1), Some(Vec::new()));
    let hidden = scene.header(200, (6, 0, 100), Some(bytes(2, 20)));
    let lost = data_hash(b"a header that is nowhere");
    for header in [&known, &lost, &early, &plain] {
        scene.header_dep(header.clone());
    }

    let ten = Data::Memory(bytes(3, 10));
    scene.input(0, output(1000, &tested, None), ten, Some(known.clone()));
    let long_data = Data::Stored(bytes(4, 5000));
    scene.input(7, output(u64::MAX, &other, Some(&tested)), long_data, Some(hidden));
    let empty = Data::Memory(Vec::new());
    scene.input(u64::MAX, output(0, &tested, Some(&long)), empty, None);
    scene.input(1, output(5, &other, Some(&tested)), Data::Lost, Some(lost));
    let hundred = Data::Stored(bytes(5, 100));
    scene.input(2, output(6, &tested, None), hundred, Some(early));

    scene.program(program);
    let pages = Data::Stored(bytes(6, 8192));
    scene.dep(output(7, &long, Some(&long)), pages, Some(known));
    scene.dep(output(8, &other, None), Data::HashOnly, Some(plain.clone()));
    let odd = Data::Memory(bytes(7, 4096 + 17));
    scene.dep(output(9, &other, None), odd, Some(plain));

    scene.output(output(10, &other, None), Vec::new());
    scene.output(output(11, &other, Some(&tested)), bytes(8, 100));
    scene.output(output(12, &tested, Some(&tested)), bytes(10, 4096));
    scene.output(output(13, &long, Some(&long)), bytes(11, 3));

    for (seed, len) in [(12, 0), (13, 300), (14, 16), (15, 1), (16, 5000), (17, 9), (18, 77)] {
        scene.witness(bytes(seed, len));
    }
    (scene.build(), tested.calc_script_hash())
}

fn run(guest: &Guest, version: (Version, u8), kind: GroupKind, what: &str) -> Outcome {
    let (stage, hash) = stage(guest.elf(), version.1);
    let both = Both::new(&stage, Version::V2);
    both.group(kind, &hash, 100_000_000, what)
}

/// A call with its arguments where this syscall takes them.
fn indexed(syscall: Syscall, source: u64, index: u64, field: u64) -> Call {
    let number = syscall.number();
    let args = if syscall == Syscall::LoadCellDataAsCode {
        [0x18_0000, 4096, 0, 3, index, source]
    } else {
        [BUFFER, LENGTH, 0, index, source, field]
    };
    Call { number, args, length: 6000 }
}

#[test]
fn every_source_with_every_index() {
    let mut accepted = 0;
    let mut refused = 0;
    for version in VERSIONS {
        for kind in KINDS {
            for syscall in INDEXED {
                for source in SOURCES {
                    let mut guest = Guest::new();
                    guest.fill();
                    for index in INDICES {
                        guest.observed_call(&indexed(syscall, source, index, 0));
                        if syscall == Syscall::LoadCellDataAsCode {
                            guest.observe_memory(0x18_0000, 16);
                        }
                    }
                    guest.print();
                    guest.exit(0);
                    let what = format!("{version:?} {kind} {} {source:#x}", syscall.name());
                    match run(&guest, version, kind, &what).result {
                        Ok(_) => accepted += 1,
                        Err(_) => refused += 1,
                    }
                }
            }
        }
    }
    assert!(accepted > 400 && refused > 300, "{accepted} {refused}");
}

#[test]
fn as_code_of_every_cell_alone() {
    // The first success freezes the pages, so each needs a program of its own.
    for source in SOURCES {
        for index in 0..6 {
            let mut guest = Guest::new();
            guest.observed_call(&indexed(Syscall::LoadCellDataAsCode, source, index, 0));
            guest.observe_memory(0x18_0000, 4096);
            guest.print();
            guest.exit(0);
            for kind in KINDS {
                run(&guest, VERSIONS[2], kind, &format!("{kind} {source:#x} {index}"));
            }
        }
    }
}

#[test]
fn as_code_of_every_part() {
    const SIZES: [u64; 10] = [0, 1, 100, 4095, 4096, 4097, 5000, 8192, 1 << 32, u64::MAX];
    let (mut accepted, mut refused) = (0, 0);
    // Cells of 5000, 8192 and 4113 bytes.
    for (source, index) in [(1, 1), (3, 1), (3, 3)] {
        for offset in OFFSETS {
            let mut guest = Guest::new();
            guest.fill();
            let mut pages = (0x18_0000..).step_by(0x2000);
            let (sound, overflowing): (Vec<u64>, Vec<u64>) =
                SIZES.iter().partition(|&&content| offset.checked_add(content).is_some());
            for content in sound {
                for size in [4096, 8192] {
                    let addr = pages.next().expect("there are more");
                    guest.ask(2091, [addr, size, offset, content, index, source].map(Arg::from));
                    for word in [0, 96, 4088, 4096, 8184] {
                        guest.observe_word(addr + word);
                    }
                }
            }
            guest.print();
            for content in overflowing {
                guest.ask(2091, [0, 4096, offset, content, index, source].map(Arg::from));
            }
            guest.exit(0);
            for version in VERSIONS {
                let what = format!("{version:?} {source} {index} {offset}");
                match run(&guest, version, GroupKind::Lock, &what).result {
                    Ok(_) => accepted += 1,
                    Err(_) => refused += 1,
                }
            }
        }
    }
    // An offset and a size that overflow end the script.
    assert_eq!((accepted, refused), (3 * 3, 3 * 3 * 15));
}

#[test]
fn every_field_of_everything() {
    let by_field = [
        (Syscall::LoadCellByField, [1, 2, 3, GROUP | 1, GROUP | 2].as_slice()),
        (Syscall::LoadHeaderByField, &[1, 3, 4, GROUP | 1]),
        (Syscall::LoadInputByField, &[1, GROUP | 1]),
    ];
    for (syscall, sources) in by_field {
        for &source in sources {
            for field in FIELDS {
                for index in 0..6 {
                    let mut guest = Guest::new();
                    guest.fill();
                    guest.observed_call(&indexed(syscall, source, index, field));
                    guest.print();
                    guest.exit(0);
                    for (version, kind) in VERSIONS.into_iter().zip(KINDS.into_iter().cycle()) {
                        let what = format!("{kind} {} {source:#x} {field}", syscall.name());
                        run(&guest, version, kind, &what);
                    }
                }
            }
        }
    }
}

#[test]
fn every_offset_with_every_length() {
    let pages = Syscall::LoadCellDataAsCode;
    let mut accepted = 0;
    for syscall in INDEXED.into_iter().chain(UNINDEXED).filter(|&syscall| syscall != pages) {
        // Cells, headers and witnesses of several lengths, and an output.
        for (source, index) in [(1, 1), (4, 0), (2, 1), (GROUP | 1, 0)] {
            for version in VERSIONS {
                let mut guest = Guest::new();
                guest.fill();
                for offset in OFFSETS {
                    for length in LENGTHS {
                        let mut call = indexed(syscall, source, index, 1);
                        (call.args[2], call.length) = (offset, length);
                        guest.call(&call);
                        guest.observe(A0);
                        guest.observe_word(LENGTH);
                        guest.observe_word(BUFFER);
                    }
                    guest.observe_memory(BUFFER, OBSERVED);
                }
                guest.print();
                guest.exit(0);
                let what = format!("{version:?} {} {source:#x} {index}", syscall.name());
                accepted += u32::from(run(&guest, version, GroupKind::Lock, &what).result.is_ok());
            }
        }
    }
    // Versions 0 and 1 have no block extensions.
    assert_eq!(accepted, 13 * 4 * 3 - 2 * 4);
}

#[test]
fn outputs_without_data_and_data_without_outputs() {
    for (outputs, data) in [(3, 1), (1, 3), (2, 0), (0, 2)] {
        for source in [2, GROUP | 2] {
            let mut guest = Guest::new();
            guest.fill();
            for index in 0..4 {
                for syscall in [Syscall::LoadCell, Syscall::LoadCellByField, Syscall::LoadCellData]
                {
                    guest.observed_call(&indexed(syscall, source, index, 1));
                }
            }
            guest.print();
            guest.exit(0);
            let mut scene = Scene::new();
            let tested = script(&data_hash(&guest.elf()), 4, &[]);
            scene.program(guest.elf());
            scene.input(0, output(1, &tested, Some(&tested)), Data::Memory(Vec::new()), None);
            scene.unequal(&vec![output(2, &tested, Some(&tested)); outputs], &vec![vec![1]; data]);
            let both = Both::new(&scene.build(), Version::V2);
            let verdict = both.verify(10_000_000, &format!("{outputs} {data} {source:#x}"));
            assert_eq!(verdict.prints.len(), 2);
        }
    }
}

#[test]
fn each_number_exists_in_its_versions_only() {
    let ours = Syscall::ALL.iter().map(|syscall| syscall.number());
    for number in ours.chain(UNKNOWN) {
        for version in VERSIONS {
            let exists = Syscall::from_number(number, version.0.number());
            if matches!(number, 2043 | 2601..=2608) && exists.is_some() {
                continue;
            }
            let mut guest = Guest::new();
            let args = [BUFFER, LENGTH, 0, 0, 1, 1];
            guest.observed_call(&Call { number, args, length: 100 });
            guest.print();
            guest.exit(0);
            let end = run(&guest, version, GroupKind::Lock, &format!("{version:?} {number}"));
            let invalid = format!("VMInternalError InvalidEcall {number}");
            assert_eq!(end.result == Err(invalid), exists.is_none(), "{version:?} {number}");
        }
    }
}

/// A call that means to find edges.
fn random_call(random: &mut Random, version: Version, guest: &mut Guest) -> Call {
    let syscall = loop {
        let syscall = match random.below(20) {
            0..14 => random.of(&INDEXED),
            14..17 => random.of(&UNINDEXED),
            _ => random.of(&OTHERS),
        };
        // Rarely one that this version does not have: that is tested above.
        if version.number() >= syscall.first_version() || random.one_in(20) {
            break syscall;
        }
    };
    let number = if random.one_in(100) { random.of(&UNKNOWN) } else { syscall.number() };
    let source = if random.one_in(8) { random.of(&SOURCES) } else { random.of(&SOURCES[..6]) };
    let index = if random.one_in(8) { random.of(&INDICES) } else { random.below(6) };
    let field = if random.one_in(8) { random.of(&FIELDS) } else { random.below(7) };
    let length = match random.below(4) {
        0 => random.of(&LENGTHS),
        1 => random.below(300),
        _ => random.below(6000),
    };
    let edge = random.one_in(4);
    let buffer = if edge { random.of(&BUFFERS) } else { BUFFER + random.below(16) };
    let length_addr = if random.one_in(8) { random.of(&LENGTH_ADDRESSES) } else { LENGTH };
    let offset = match random.below(3) {
        0 => 0,
        1 => random.of(&OFFSETS),
        _ => random.below(300),
    };
    let args = if syscall == Syscall::LoadCellDataAsCode {
        let pages = if edge { random.of(&PAGES) } else { random.of(&PAGES[..3]) };
        let edge = random.one_in(4);
        let size = if edge { random.of(&PAGE_SIZES) } else { random.of(&PAGE_SIZES[..2]) };
        let content = match random.below(3) {
            0 => random.of(&OFFSETS),
            1 => random.below(10),
            _ => random.below(5000),
        };
        [pages, size, offset, content, index, source]
    } else if syscall == Syscall::DebugPrint {
        store_strings(random, guest);
        let string = STRINGS + random.below(100);
        [if edge { random.of(&BUFFERS) } else { string }, 0, 0, 0, 0, 0]
    } else {
        [buffer, length_addr, offset, index, source, field]
    };
    Call { number, args, length }
}

/// Stores strings, of which some are not UTF-8 and some do not end.
fn store_strings(random: &mut Random, guest: &mut Guest) {
    let texts = ["", "hi", "a longer line", "zwölf", "日本", "\u{10ffff}", "sixteen letters."];
    for (text, addr) in texts.iter().zip((STRINGS..).step_by(16)) {
        let mut bytes = [0; 16];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        if random.one_in(8) {
            bytes[random.of(&[0, 1, 2, 3, 4, 9])] =
                random.of(&[0x80, 0xc3, 0xed, 0xf4, 0xff, b'!']);
        }
        for (half, addr) in bytes.chunks(8).zip((addr..).step_by(8)) {
            let value = u64::from_le_bytes(half.try_into().expect("eight bytes"));
            guest.store_u64(addr, value);
        }
    }
}

/// Makes a few calls and insists that both sides agree on them; returns whether the script
/// accepts.
pub(crate) fn random_calls(random: &mut Random, case: &str) -> bool {
    let version = random.of(&VERSIONS);
    let mut guest = Guest::new();
    guest.fill();
    let mut calls = Vec::new();
    for _ in 0..=random.below(3) {
        let call = random_call(random, version.0, &mut guest);
        guest.observed_call(&call);
        if call.number == Syscall::LoadCellDataAsCode.number() {
            guest.observe_memory(0x18_0000, 0x2000);
        }
        calls.push(call);
    }
    guest.print();
    guest.exit(if random.one_in(10) { random.next() } else { 0 });

    let (stage, hash) = stage(guest.elf(), version.1);
    let both = Both::new(&stage, Version::V2);
    let kind = random.of(&KINDS);
    let what = format!("{case} {version:?} {kind} {calls:x?}");
    let end = both.group(kind, &hash, 100_000_000, &what);
    // The same with a limit that is reached on the way.
    if random.one_in(4) && end.consumed > 0 {
        let limits = [end.consumed - 1, end.consumed, random.below(end.consumed)];
        for limit in limits {
            both.group(kind, &hash, limit, &format!("limit {limit} {what}"));
        }
    }
    end.result.is_ok()
}

#[test]
fn random_calls_at_the_edges() {
    let mut random = Random::new(1);
    let accepted =
        (0..12_000).filter(|case| random_calls(&mut random, &format!("case {case}"))).count();
    assert!((4001..10_000).contains(&accepted), "{accepted}");
}

/// Calls any syscalls with any arguments, and insists that both sides agree.
pub(crate) fn any_calls(random: &mut Random) {
    let version = random.of(&VERSIONS);
    let number = |random: &mut Random| match random.below(8) {
        0 => random.next() << 32 | random.next() >> 16,
        1 => random.below(70).wrapping_neg(),
        2 => random.of(&SOURCES),
        3 => random.of(&BUFFERS),
        4 => random.of(&LENGTHS),
        5 => BUFFER + random.below(5000),
        _ => random.below(8),
    };
    let mut guest = Guest::new();
    guest.fill();
    for _ in 0..=random.below(6) {
        let syscall = random.of(Syscall::ALL).number();
        let args = std::array::from_fn(|_| number(random));
        guest.observed_call(&Call { number: syscall, args, length: number(random) });
    }
    guest.print();
    guest.exit(0);
    let (stage, hash) = stage(guest.elf(), version.1);
    Both::new(&stage, Version::V2).group(random.of(&KINDS), &hash, 10_000_000, "any calls");
}
