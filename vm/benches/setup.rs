//! What comes before a guest runs: making a machine, loading a program, decoding; each
//! beside the production machine.
//!
//! `cargo bench -p verdict-vm --bench setup`

mod peer;

use std::{hint::black_box, path::Path, sync::Arc};

use ckb_vm::{
    Bytes, CoreMachine, decoder::build_decoder, instructions::instruction_length,
    machine::asm::AsmMachine,
};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use verdict_vm::{Config, Machine, Program, Version, block::Block, isa::Isa};

const VERSION: Version = Version::V2;

fn program() -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/programs/bin/secp256k1.elf");
    std::fs::read(path).expect("the program is built")
}

/// [`program`] with a table of 1.2 MB that it does not use.
fn large_program() -> Vec<u8> {
    const PROGRAM_HEADERS: u64 = 64;
    let mut elf = program();
    let count = u16::from_le_bytes([elf[56], elf[57]]);
    // The headers move behind all else, as that makes room for one more.
    let start = usize::try_from(PROGRAM_HEADERS).expect("a small number");
    let mut headers = elf[start..start + 56 * usize::from(count)].to_vec();
    let table_at = elf.len() as u64;
    elf.resize(elf.len() + 1_200_000, 0x5a);
    for field in [1 | 4 << 32, table_at, 0x10_0000, 0x10_0000, 1_200_000, 1_200_000, 4096_u64] {
        headers.extend(field.to_le_bytes());
    }
    let headers_at = elf.len() as u64;
    elf.extend(headers);
    elf[32..40].copy_from_slice(&headers_at.to_le_bytes());
    elf[56..58].copy_from_slice(&(count + 1).to_le_bytes());
    elf
}

fn verdict_loaded(elf: &[u8]) -> Machine {
    let mut machine = Machine::new(Config::on_chain(VERSION));
    machine.load_elf(elf).expect("the program loads");
    machine.init_stack(&["main"]).expect("the arguments fit");
    machine
}

fn create(c: &mut Criterion) {
    let mut group = c.benchmark_group("create a machine");
    group.bench_function("ckb-vm asm", |b| b.iter(|| black_box(peer::machine::<AsmMachine>())));
    group.bench_function("verdict", |b| {
        b.iter(|| black_box(Machine::new(Config::on_chain(VERSION))));
    });
    group.finish();
}

fn load(c: &mut Criterion) {
    for (name, elf) in [("11 KB", program()), ("1.2 MB", large_program())] {
        let shared = Bytes::from(elf.clone());
        let mut group = c.benchmark_group(format!("create a machine, load a program of {name}"));
        group.bench_function("ckb-vm asm", |b| {
            b.iter(|| {
                let mut machine = peer::machine::<AsmMachine>();
                peer::load(&mut machine, &shared, &["main"]);
                black_box(machine)
            });
        });
        group.bench_function("verdict", |b| b.iter(|| black_box(verdict_loaded(&elf))));
        let config = Config::on_chain(VERSION);
        let program = Program::new(Arc::new(elf.clone()), config).expect("a sound file");
        let program = Arc::new(program);
        group.bench_function("verdict, from a program", |b| {
            b.iter(|| {
                let (mut machine, _) = program.machine().expect("the program loads");
                machine.init_stack(&["main"]).expect("the arguments fit");
                machine.recycle();
            });
        });
        group.finish();
    }
}

/// Decodes the program from its entry up to the first word that is no code.
fn decode(c: &mut Criterion) {
    let elf = program();
    let machine = verdict_loaded(&elf);
    let isa = Isa::on_chain(VERSION);
    let entry = machine.hart().pc;
    let next = |pc| Block::decode(machine.memory(), isa, VERSION, pc).ok();
    let blocks: Vec<Block> =
        std::iter::successors(next(entry), |block| next(block.start + u64::from(block.len)))
            .collect();
    let steps: usize = blocks.iter().map(|block| block.steps().len()).sum();

    let mut group = c.benchmark_group("decode");
    group.throughput(Throughput::Elements(steps as u64));
    group.bench_function("ckb-vm asm", |b| {
        let mut machine = peer::machine::<AsmMachine>();
        peer::load(&mut machine, &Bytes::from(elf.clone()), &["main"]);
        b.iter(|| {
            let isa = ckb_vm::ISA_IMC | ckb_vm::ISA_B | ckb_vm::ISA_MOP;
            let mut decoder = build_decoder::<u64>(isa, ckb_vm::machine::VERSION2);
            let mut pc = entry;
            for _ in 0..steps {
                let decoded = decoder.decode(machine.machine.memory_mut(), pc);
                pc += u64::from(instruction_length(decoded.expect("the program is code")));
            }
            pc
        });
    });
    group.bench_function("verdict", |b| {
        let mut place = Block::empty();
        b.iter(|| {
            for block in &blocks {
                let decoded = place.decode_in_place(machine.memory(), isa, VERSION, block.start);
                black_box(decoded).expect("the block was decoded before");
            }
        });
    });
    group.finish();
}

criterion_group!(benches, create, load, decode);
criterion_main!(benches);
