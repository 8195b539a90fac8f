//! Transactions to audit, and guest programs.

#![allow(dead_code, reason = "each test file uses a part of this")]

use std::{
    io::Cursor,
    path::{Path, PathBuf},
};

use ckb_hash::blake2b_256;
use ckb_types::{
    bytes::Bytes,
    core::{
        ScriptHashType, TransactionBuilder,
        cell::{CellMetaBuilder, ResolvedTransaction},
    },
    packed::{CellInput, CellOutput, OutPoint, Script},
    prelude::*,
};
use verdict_audit::{
    Bundle, Recorded, Run, Settings, Subject,
    format::{Kind, Writer},
    record,
};
use verdict_syscalls::{Rules, Store, limits};
use verdict_toolchain::{file, mock::MockTransaction};

/// The transactions of the examples.
pub(crate) fn examples() -> Vec<(PathBuf, Subject)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let files = file::json_files(&folder).into_iter();
    let read = |path: PathBuf| {
        let mock = MockTransaction::read(&path).expect("examples can be read");
        let limit = limits::DEFAULT_POOL_CYCLES;
        let subject = Subject::new(&mock.resolved, &mock.store, Rules::all_active(), limit);
        (path, subject)
    };
    files.map(|path| read(path.expect("the folder is there"))).collect()
}

/// The example in `folder` with this file name.
pub(crate) fn example(folder: &str, name: &str) -> Subject {
    let mut examples = examples().into_iter();
    let found = examples.find(|(path, _)| path.ends_with(Path::new(folder).join(name)));
    found.expect("there is such an example").1
}

/// A transaction with one input, whose lock is `program`.
pub(crate) fn locked_by(program: &[u8], hash_type: ScriptHashType, max_cycles: u64) -> Subject {
    let data = Bytes::from(program.to_vec());
    let lock =
        Script::new_builder().code_hash(blake2b_256(program).pack()).hash_type(hash_type).build();
    let cell = |index: u32, lock: Script, data: Bytes| {
        let output = CellOutput::new_builder().lock(lock).build();
        let out_point = OutPoint::new([7; 32].pack(), index);
        CellMetaBuilder::from_cell_output(output, data).out_point(out_point).build()
    };
    let spent = cell(0, lock, Bytes::new());
    let input = CellInput::new(spent.out_point.clone(), 0);
    let resolved = ResolvedTransaction {
        transaction: TransactionBuilder::default()
            .input(input)
            .witness(Bytes::new().pack())
            .build(),
        resolved_inputs: vec![spent],
        resolved_cell_deps: vec![cell(1, Script::default(), data)],
        resolved_dep_groups: Vec::new(),
    };
    Subject::new(&resolved, &Store::default(), Rules::all_active(), max_cycles)
}

fn example_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/type-script/tx.json")
}

/// Records a run.
pub(crate) fn recorded(subject: &Subject, settings: &Settings) -> (Recorded, Vec<u8>) {
    let mut bytes = Vec::new();
    let recorded = record(subject, settings, &mut bytes).expect("a vector takes everything");
    assert_eq!(recorded.file_len, bytes.len() as u64);
    (recorded, bytes)
}

/// Reads a bundle.
pub(crate) fn read(bytes: &[u8]) -> Result<Run, verdict_audit::FormatError> {
    Run::read(Bundle::open(Cursor::new(bytes.to_vec()))?)
}

/// Writes a bundle again, with chunks that `change` has changed.
pub(crate) fn rewritten(bytes: &[u8], mut change: impl FnMut(Kind, &mut Vec<u8>)) -> Vec<u8> {
    let bundle = Bundle::open(Cursor::new(bytes.to_vec())).unwrap();
    let mut writer = Writer::new(Vec::new()).unwrap();
    for (number, kind) in bundle.kinds().enumerate() {
        let mut chunk = bundle.chunk(number, kind).unwrap();
        change(kind, &mut chunk);
        writer.chunk(kind, &chunk).unwrap();
    }
    writer.finish().unwrap().2
}

pub(crate) const ECALL: u32 = 0x0000_0073;

pub(crate) const fn addi(rd: u32, rs1: u32, imm: i32) -> u32 {
    imm.cast_unsigned() << 20 | rs1 << 15 | rd << 7 | 0x13
}

pub(crate) const fn lui(rd: u32, imm: u32) -> u32 {
    imm << 12 | rd << 7 | 0x37
}

pub(crate) const fn add(rd: u32, rs1: u32, rs2: u32) -> u32 {
    rs2 << 20 | rs1 << 15 | rd << 7 | 0x33
}

pub(crate) const fn mul(rd: u32, rs1: u32, rs2: u32) -> u32 {
    1 << 25 | add(rd, rs1, rs2)
}

pub(crate) const fn sd(rs2: u32, rs1: u32, imm: u32) -> u32 {
    (imm >> 5 & 0x7f) << 25 | rs2 << 20 | rs1 << 15 | 3 << 12 | (imm & 0x1f) << 7 | 0x23
}

pub(crate) const fn slli(rd: u32, rs1: u32, by: u32) -> u32 {
    by << 20 | rs1 << 15 | 1 << 12 | rd << 7 | 0x13
}

pub(crate) const fn srli(rd: u32, rs1: u32, by: u32) -> u32 {
    by << 20 | rs1 << 15 | 5 << 12 | rd << 7 | 0x13
}

/// `jal rd, .+by`
pub(crate) const fn jal(rd: u32, by: i32) -> u32 {
    let by = by.cast_unsigned();
    (by >> 20 & 1) << 31
        | (by >> 1 & 0x3ff) << 21
        | (by >> 11 & 1) << 20
        | (by >> 12 & 0xff) << 12
        | rd << 7
        | 0x6f
}

/// `bne rs1, rs2, .+by`
pub(crate) const fn bne(rs1: u32, rs2: u32, by: i32) -> u32 {
    let by = by.cast_unsigned();
    (by >> 12 & 1) << 31
        | (by >> 5 & 0x3f) << 25
        | rs2 << 20
        | rs1 << 15
        | 1 << 12
        | (by >> 1 & 0xf) << 8
        | (by >> 11 & 1) << 7
        | 0x63
}

const A0: u32 = 10;
const A7: u32 = 17;
const T0: u32 = 5;
const T1: u32 = 6;
const T2: u32 = 7;
const S1: u32 = 9;

/// A program that goes `rounds` times 4096 through a loop of some 14 cycles, which stores
/// to a page that depends on a random number, makes a syscall after every 4096, and exits
/// with 0.
pub(crate) fn long(rounds: u32) -> Vec<u8> {
    assert!(rounds < 1 << 20);
    let code = [
        lui(S1, rounds),
        // A generator of random numbers in t1, with its factor in t2.
        lui(T2, 0x41c65),
        addi(T2, T2, -0x193),
        addi(T1, 0, 1),
        // The loop starts here.
        mul(T1, T1, T2),
        addi(T1, T1, 0x39),
        slli(T0, T1, 44),
        srli(T0, T0, 44),
        lui(28, 0x200),
        add(T0, T0, 28),
        sd(T1, T0, 8),
        addi(S1, S1, -1),
        slli(T0, S1, 52),
        bne(T0, 0, -9 * 4),
        // A syscall: `load_tx_hash` to the stack.
        lui(A0, 0x3e0),
        lui(11, 0x3e1),
        addi(T0, 0, 32),
        sd(T0, 11, 0),
        addi(12, 0, 0),
        addi(A7, 0, 2047),
        addi(A7, A7, 14),
        ECALL,
        bne(S1, 0, -18 * 4),
        addi(A0, 0, 0),
        addi(A7, 0, 93),
        ECALL,
    ];
    elf(&code)
}

/// Where [`elf`] puts code.
pub(crate) const CODE: u64 = 0x1_0000;

/// [`elf`] with a function at each of `functions`: its name, and where it starts and ends.
pub(crate) fn elf_with_symbols(code: &[u32], functions: &[(&str, u64, u64)]) -> Vec<u8> {
    let mut file = elf(code);
    let mut names = vec![0];
    let mut symbols = vec![0; 24];
    for (name, start, end) in functions {
        symbols.extend(u32::try_from(names.len()).expect("a few names").to_le_bytes());
        // A global function in section 1.
        symbols.extend([0x12, 0, 1, 0]);
        symbols.extend([*start, end - start].map(u64::to_le_bytes).as_flattened());
        names.extend(name.bytes().chain([0]));
    }
    let section_names = b"\0.text\0.symtab\0.strtab\0";
    let code_len = 4 * code.len() as u64;
    let mut place = |bytes: &[u8]| {
        let at = file.len() as u64;
        file.extend(bytes);
        (at, bytes.len() as u64)
    };
    let (symbols, names, section_names) = (place(&symbols), place(&names), place(section_names));
    let sections_at = file.len() as u64;
    // Name, kind, flags, address, place, link, size of an entry.
    for (name, kind, flags, addr, (at, len), link, entry) in [
        (0_u32, 0_u32, 0_u64, 0_u64, (0, 0), 0_u32, 0_u64),
        (1, 1, 6, CODE, (120, code_len), 0, 0),
        (7, 2, 0, 0, symbols, 3, 24),
        (15, 3, 0, 0, names, 0, 0),
        (15, 3, 0, 0, section_names, 0, 0),
    ] {
        file.extend([name, kind].map(u32::to_le_bytes).as_flattened());
        file.extend([flags, addr, at, len].map(u64::to_le_bytes).as_flattened());
        file.extend([link, 0].map(u32::to_le_bytes).as_flattened());
        file.extend([1, entry].map(u64::to_le_bytes).as_flattened());
    }
    file[40..48].copy_from_slice(&sections_at.to_le_bytes());
    file[58..64].copy_from_slice([64_u16, 5, 4].map(u16::to_le_bytes).as_flattened());
    file
}

/// An ELF file with one executable segment.
pub(crate) fn elf(code: &[u32]) -> Vec<u8> {
    let mut body: Vec<u8> = code.iter().flat_map(|word| word.to_le_bytes()).collect();
    let len = body.len() as u64;
    let mut file = b"\x7fELF\x02\x01\x01".to_vec();
    file.resize(16, 0);
    file.extend([2_u16, 243].map(u16::to_le_bytes).as_flattened());
    file.extend(1_u32.to_le_bytes());
    file.extend([CODE, 64, 0].map(u64::to_le_bytes).as_flattened());
    file.extend(0_u32.to_le_bytes());
    file.extend([64_u16, 56, 1, 0, 0, 0].map(u16::to_le_bytes).as_flattened());
    file.extend([1_u32, 5].map(u32::to_le_bytes).as_flattened());
    file.extend([120, CODE, CODE, len, len, 4096].map(u64::to_le_bytes).as_flattened());
    file.append(&mut body);
    file
}
