//! The JIT against code that is written to hurt it.
//!
//! The programs of the other suites run on the JIT as well. Here are those that are about
//! compiling itself: how much is compiled and how large it becomes, which memory compiled
//! code accesses and where control gets, and when machines stop or share code.

use std::{
    borrow::Cow,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::Instant,
};

use verdict_tests::{
    Outcome, Program, Rng, Setup,
    asm::{self, Encoded, assemble, exit, li, li32, reg::*},
    check::{self, Way},
    elf::{self, Segment},
    generate,
    outcome::call,
    reference, verdict,
};
use verdict_vm::{
    DataSource, Engine, Exit, Isa, JitStats, Machine, MemorySize, PAGE_SIZE, PageFlags, Snapshot,
    Tracker, Version, block::MAX_STEPS,
};

/// Where code is.
const CODE: u64 = 0x1_0000;

/// A machine with all memory, for long programs.
fn large(version: Version) -> Setup {
    Setup { max_cycles: 100_000_000, ..Setup::on_chain(version) }
}

/// A machine with as little memory as there can be, for many programs.
fn small(version: Version) -> Setup {
    let memory_size = MemorySize::new(MemorySize::UNIT).expect("the smallest size");
    Setup { memory_size, max_cycles: 100_000, ..Setup::on_chain(version) }
}

fn program(code: &[Encoded]) -> Program {
    Program::new(elf::file(CODE, &[Segment::code(CODE, assemble(code))]))
}

/// Compares the program on compiled code, alone and between other engines.
#[track_caller]
fn check(name: impl std::fmt::Debug, program: &Program, setup: &Setup) -> Outcome {
    let ways = [Way::On(Engine::Jit), Way::Changing];
    check::compare(program, setup, 1, &ways).unwrap_or_else(|text| panic!("{name:x?}: {text}"))
}

/// Loads the lower 32 bits of `value`, sign-extended, and then adds 2^32 `high` times.
fn load_constant(rd: u32, value: u64) -> Vec<Encoded> {
    let low = value << 32 >> 32;
    let low = i64::from(low as u32 as i32);
    let mut code = li32(rd, low).to_vec();
    let high = (value.wrapping_sub(low.cast_unsigned()) >> 32) as u32;
    if high != 0 {
        code.extend(li32(T6, i64::from(high.cast_signed())));
        code.extend([asm::slli(T6, T6, 32), asm::add(rd, rd, T6)]);
    }
    code
}

/// Names so many registers so often that compiled code keeps them in registers of the
/// host, and `A0` to `A5`, if named seldom, in memory.
fn crowd() -> Vec<Encoded> {
    let busy = [RA, SP, GP, TP, S2, S3, S4, S5, S6, S7, S8, S9];
    (0..8).flat_map(|_| busy.map(|reg| asm::xori(reg, reg, 0))).collect()
}

// ---- linear and bounded ----

/// The most host bytes a guest byte becomes. Measured: 1 to 3 for arithmetic, 20 for
/// 16-bit branches compiled together, 44 for those compiled one by one, and 51 where
/// blocks have stamps; 33 for 16-bit stores, each through a register of its own.
const HOST_BYTES: u64 = 64;

/// The most steps compiled for a half-word of code, if control enters every one: sixteen
/// blocks of sixteen steps cover it. Each of them is in the middle of a trace of up to 32
/// blocks, which is compiled again from there to its end once control enters it there.
/// Measured: 263.
const STEPS_OF_HALF_WORD: u64 = 16 * 33 / 2;

/// What control reaches from a block, and is compiled with it: 512 blocks of 16 steps.
const STEPS_AT_ONCE: u64 = 512 * 16;

/// `len` bytes of `code` over and over, and an exit behind it.
fn repeated(len: usize, code: &[Encoded]) -> Program {
    let size: u64 = code.iter().map(|encoded| encoded.size()).sum();
    let times = len / usize::try_from(size).expect("few bytes");
    let code: Vec<_> = std::iter::repeat_n(code, times).flatten().copied().chain(exit(0)).collect();
    program(&code)
}

/// Runs a program on an engine and on the reference; returns what the JIT did.
#[track_caller]
fn measure(name: &str, program: &Program, version: Version, engine: Engine) -> JitStats {
    let setup = large(version);
    let mut machine = verdict::loaded(program, &setup, engine);
    let result = verdict::run_loaded(&mut machine);
    let stats = machine.jit_stats();
    let outcome = verdict::outcome(&machine, result, None);
    let expected = Outcome { loaded: None, ..reference::run(program, &setup) };
    assert_eq!(outcome.differences(&expected), "", "{name}");
    println!("{name}, {version:?}, {engine:?}: {stats:?}");
    assert!(stats.host_bytes <= HOST_BYTES * stats.guest_bytes, "{name}: {stats:?}");
    machine.recycle();
    stats
}

const ENGINES: [Engine; 2] = [Engine::Jit, Engine::Auto];

#[test]
fn long_code_is_compiled_once_and_grows_little() {
    const MIB: usize = 1 << 20;
    // All registers but sp are zero, and so is memory.
    let stores: Vec<_> = [A1, A2, A3, A4, A5]
        .into_iter()
        .flat_map(|reg| [asm::c_mv(reg, A0), asm::c_sd(A0, reg, 0)])
        .collect();
    let programs = [
        ("arithmetic", 3 * MIB, vec![asm::addi(A0, A0, 1)]),
        ("short arithmetic", MIB, vec![asm::c_addi(A0, 1)]),
        ("loads", MIB, vec![asm::lb(A0, SP, -64)]),
        ("stores", MIB, vec![asm::sb(A0, SP, -64)]),
        ("loads, each its base", MIB, vec![asm::c_mv(A1, A0), asm::c_ld(A2, A1, 0)]),
        ("stores, each its base", MIB, stores),
        ("divisions", MIB, vec![asm::div(A0, A1, A2)]),
        ("jumps", MIB, vec![asm::c_j(2)]),
        ("calls", MIB, vec![asm::jal(RA, 4)]),
        ("far calls", MIB, vec![asm::auipc(T0, 0), asm::jalr(RA, T0, 8)]),
        ("branches not taken", MIB, vec![asm::bne(ZERO, ZERO, 64)]),
        ("branches taken", MIB, vec![asm::beq(ZERO, ZERO, 4)]),
        ("short branches", MIB, vec![asm::c_bnez(A1, 6)]),
        ("breaks", MIB / 64, vec![asm::c_ebreak()]),
    ];
    for (name, len, code) in programs {
        let program = repeated(len, &code);
        for (version, engine) in each_version([Version::V0, Version::V2]) {
            let stats = measure(name, &program, version, engine);
            let half_words = len as u64 / 2 + 8;
            // A trace that control comes to half-way is compiled twice.
            assert!(stats.steps <= 2 * half_words, "{name}: {stats:?}");
            // Nothing runs twice, so nothing pays.
            assert!(engine == Engine::Jit || stats.steps == 0, "{name}: {stats:?}");
        }
    }
}

fn each_version(
    versions: impl IntoIterator<Item = Version>,
) -> impl Iterator<Item = (Version, Engine)> {
    versions.into_iter().flat_map(|version| ENGINES.map(|engine| (version, engine)))
}

#[test]
fn code_that_never_runs_is_not_compiled() {
    let mut code = exit(3).to_vec();
    code.extend(vec![asm::addi(A0, A0, 1); 700_000]);
    // What follows an ecall may run.
    let program = program(&code);
    for (version, engine) in each_version(Version::ALL) {
        let stats = measure("code behind the exit", &program, version, engine);
        assert!(stats.steps <= STEPS_AT_ONCE, "{stats:?}");
        assert!(engine == Engine::Jit || stats.steps == 0, "{stats:?}");
    }
}

/// The room for what calls in programs that [`calling`] makes, and where what it calls is.
const MAIN: usize = 0x1000;
const CALLED: u64 = CODE + MAIN as u64;

/// A program that starts with `main`, and has `called` at [`CALLED`].
fn calling(main: &[Encoded], called: &[Encoded]) -> Program {
    let mut bytes = assemble(main);
    assert!(bytes.len() <= MAIN);
    bytes.resize(MAIN, 0);
    bytes.extend(assemble(called));
    Program::new(elf::file(CODE, &[Segment::code(CODE, bytes)]))
}

/// Calls every half-word of `code` once, in an order that `stride` says, `rounds` times.
fn enter_everywhere(code: &[Encoded], stride: u64, rounds: i32) -> Program {
    let half_words = assemble(code).len() as u64 / 2;
    assert!(half_words.is_power_of_two() && stride % 2 == 1, "every half-word is met");
    let mut main = load_constant(S2, CALLED);
    main.extend(load_constant(S3, half_words));
    main.extend(load_constant(S4, stride));
    main.extend([li(S5, rounds), li(S7, 0)]);
    let round = main.len();
    main.push(asm::addi(S6, S3, 0));
    let again = [
        // s7 = (s7 + stride) mod half-words
        asm::add(S7, S7, S4),
        asm::addi(T0, S3, -1),
        asm::r(0x33, 7, 0, S7, S7, T0),
        asm::add(T0, S7, S7),
        asm::add(T0, T0, S2),
        asm::jalr(RA, T0, 0),
        asm::addi(S6, S6, -1),
        asm::bne(S6, ZERO, -7 * 4),
    ];
    main.extend(again);
    main.push(asm::addi(S5, S5, -1));
    let back = 4 * (main.len() - round);
    main.push(asm::bne(S5, ZERO, -i32::try_from(back).expect("a short way")));
    main.extend(exit(0));
    calling(&main, &[code, &[asm::nop(), asm::c_jr(RA)]].concat())
}

#[test]
fn entering_every_half_word_costs_a_bounded_part_of_it() {
    // A half-word of its own, and words whose upper half is an instruction as well:
    // `lui a0, ..` around `c.addi a1, 1`.
    let Encoded::Half(upper) = asm::c_addi(A1, 1) else { unreachable!("it is short") };
    let overlap = Encoded::Word(u32::from(upper) << 16 | A0 << 7 | 0x37);
    let codes = [
        ("half-words", vec![asm::c_addi(A0, 1); 4096]),
        ("overlapping words", vec![overlap; 2048]),
        ("returns", [asm::c_addi(A0, 1), asm::c_jr(RA)].repeat(2048)),
        ("jumps", [[asm::c_addi(A0, 1); 3].as_slice(), &[asm::c_j(2)]].concat().repeat(1024)),
        ("branches", [asm::c_addi(A0, 1), asm::c_beqz(A1, 2)].repeat(2048)),
    ];
    for (name, code) in codes {
        for stride in [1, 4095, 2049, 31] {
            let program = enter_everywhere(&code, stride, 1);
            for (version, engine) in each_version([Version::V1, Version::V2]) {
                let stats = measure(name, &program, version, engine);
                let bound = STEPS_OF_HALF_WORD * (4096 + 128);
                assert!(stats.steps <= bound, "{name}, {stride}: {stats:?}");
            }
        }
    }
}

#[test]
fn traps_and_blocks_that_are_left_to_the_interpreter_are_not_compiled_again() {
    // Nothing but traps: whatever does not end the program is never reached.
    let bad = [asm::ld(A0, ZERO, -8), asm::sd(A0, ZERO, -8), Encoded::Word(0xffff_ffff)];
    for encoded in bad {
        let program = program(&vec![encoded; 10_000]);
        for (version, engine) in each_version(Version::ALL) {
            let stats = measure("traps", &program, version, engine);
            assert!(stats.steps <= STEPS_AT_ONCE, "{stats:?}");
        }
    }
    // At an odd address.
    let odd = [vec![0], assemble(&[asm::addi(A0, A0, 1); 100]), assemble(&exit(0))].concat();
    let odd = Program::new(elf::file(CODE + 1, &[Segment::code(CODE, odd)]));
    for (version, engine) in each_version(Version::ALL) {
        assert_eq!(measure("odd", &odd, version, engine).steps, 0);
    }
    // A loop whose block cannot be compiled.
    let code = [li(A1, 2000), asm::amo(0, 3, A0, A1, A1), asm::addi(A1, A1, -8)];
    let code: Vec<_> = code.into_iter().chain([asm::bne(A1, ZERO, -8)]).chain(exit(0)).collect();
    let setup = Setup::new(Version::V2, Isa::IMCB_MOP);
    let setup = Setup { isa: Isa { atomics: true, ..setup.isa }, ..setup };
    for engine in ENGINES {
        let program = program(&code);
        let mut machine = verdict::loaded(&program, &setup, engine);
        let result = verdict::run_loaded(&mut machine);
        assert_eq!(result, reference::run(&program, &setup).result);
        assert!(machine.jit_stats().compilations <= 3, "{:?}", machine.jit_stats());
    }
}

#[test]
fn compiling_little_at_once_is_paid_for() {
    // Functions that no block leads to: each is called until it is hot, and then the next.
    let functions = [asm::c_addi(A1, 1), asm::c_jr(RA)].repeat(10_000);
    let mut code = load_constant(S2, CALLED);
    code.extend(load_constant(S3, 10_000));
    code.extend([li(S4, 12), asm::jalr(RA, S2, 0), asm::addi(S4, S4, -1)]);
    code.extend([asm::bne(S4, ZERO, -8), asm::addi(S2, S2, 4), asm::addi(S3, S3, -1)]);
    code.push(asm::bne(S3, ZERO, -24));
    code.extend(exit(0));
    let program = calling(&code, &functions);
    for version in [Version::V1, Version::V2] {
        let mut machine = verdict::loaded(&program, &large(version), Engine::Auto);
        assert_eq!(verdict::run_loaded(&mut machine), Ok(0));
        let stats = machine.jit_stats();
        let bound = 20 + machine.cycles() / 2000;
        assert!(stats.compilations <= bound, "{stats:?} in {} cycles", machine.cycles());
        assert!(stats.compilations > 1, "{stats:?}");
    }
}

#[test]
fn compiling_is_paid_for_however_often_code_changes() {
    // A short loop that runs until it is hot, much code that it might go on with but never
    // does, and one more page of code each time.
    let mut code = vec![li(T0, 400), asm::addi(T0, T0, -1), asm::bne(T0, ZERO, -4)];
    code.extend([asm::ecall(), asm::bne(ZERO, ZERO, 8), asm::jal(ZERO, -20)]);
    code.extend((0..STEPS_AT_ONCE).map(|_| asm::addi(A0, A0, 1)));
    let program = program(&code);
    for version in Version::ALL {
        let mut machine = verdict::loaded(&program, &large(version), Engine::Auto);
        let mut steps = 0;
        for page in (0x20_0000..0x38_0000).step_by(4096) {
            assert_eq!(machine.run(), Exit::Ecall);
            steps += machine.jit_stats().steps;
            let code = machine.memory_mut().init_pages(page, 4096, PageFlags::EXECUTABLE, &[], 0);
            assert_eq!(code, Ok(()));
        }
        // All at the start, and again as soon as that is saved.
        let bound = STEPS_AT_ONCE + machine.cycles() / 16;
        assert!(steps <= bound, "{version:?}: {steps} steps in {} cycles", machine.cycles());
        assert!(steps > 1000, "{version:?}: there is something to compile");
    }
}

// ---- what operations do ----

#[test]
fn operations_with_every_overlap_of_registers() {
    let mut ended = 0;
    for seed in 0..1000 {
        let sample = generate::operations(seed);
        let program = sample.program();
        for setup in sample.setups() {
            let ways = [Way::On(Engine::Jit)];
            match check::compare(&program, &setup, 1, &ways) {
                Ok(outcome) => ended += u64::from(outcome.result.is_ok()),
                Err(text) => panic!("seed {seed}: {text}\n{}", sample.listing()),
            }
        }
    }
    assert!((1500..2900).contains(&ended), "{ended} of 3000 runs");
}

// ---- which memory is accessed ----

/// Kinds of accesses: whether it stores, funct3.
const ACCESSES: [(bool, u32); 11] = [
    (false, 0),
    (false, 1),
    (false, 2),
    (false, 3),
    (false, 4),
    (false, 5),
    (false, 6),
    (true, 0),
    (true, 1),
    (true, 2),
    (true, 3),
];

fn access((store, funct3): (bool, u32), base: u32, imm: i32) -> Encoded {
    if store { asm::s(0x23, funct3, base, A5, imm) } else { asm::i(0x03, funct3, A4, base, imm) }
}

/// Code on pages 0x10 and 0x12, data that can be written between and behind them.
fn with_neighbours(code: &[Encoded]) -> Program {
    let mut code = assemble(code);
    assert!(code.len() <= 4096);
    code.resize(4096, 1);
    let data: Vec<u8> = (0..=255).cycle().take(4096).collect();
    Program::new(elf::file(
        CODE,
        &[
            Segment::code(CODE, code),
            Segment::data(CODE + PAGE_SIZE, data.clone()),
            Segment::code(CODE + 2 * PAGE_SIZE, vec![1; 4096]),
            Segment::data(CODE + 3 * PAGE_SIZE, data),
        ],
    ))
}

/// Addresses at whose sides different things are allowed, in a machine of `size` bytes.
fn edges(size: u64) -> Vec<u64> {
    vec![
        0,
        CODE,
        CODE + PAGE_SIZE,
        CODE + 2 * PAGE_SIZE,
        CODE + 3 * PAGE_SIZE,
        // Two pages that can be written, neither of which is dirty.
        CODE + 5 * PAGE_SIZE,
        size,
        4 << 20,
        1 << 31,
        1 << 32,
        (1 << 32) + size,
        1 << 63,
        (1 << 63) + size,
        u64::MAX << 32,
        u64::MAX - 0x7ff,
    ]
}

/// Code that makes `A0` the address, and 11 registers busier if `spilled`.
fn with_base(addr: u64, spilled: bool) -> Vec<Encoded> {
    let mut code = load_constant(A0, addr);
    code.push(li(A5, -0x123));
    if spilled {
        code.extend(crowd());
    }
    code
}

#[test]
fn single_accesses_around_every_edge() {
    let mut turn = 0;
    let mut good = 0;
    for version in [Version::V0, Version::V2] {
        let sizes = [MemorySize::UNIT, 3 * MemorySize::UNIT, 4 << 20];
        for size in sizes {
            let memory_size = MemorySize::new(size).expect("a size of memory");
            let setup = Setup { memory_size, ..small(version) };
            for edge in edges(size) {
                for (distance, kind) in
                    (-9..=9).flat_map(|distance| ACCESSES.map(|kind| (distance, kind)))
                {
                    // Where the distance is, and where the base, takes turns; little of it
                    // with much memory, which takes long to compare.
                    turn += 1;
                    if size == 4 << 20 && turn % 4 != 0 {
                        continue;
                    }
                    let imm = [distance, 0, 2047, -2048][turn / 4 % 4];
                    let base = edge.wrapping_add_signed((distance - imm).into());
                    let mut code = with_base(base, turn % 3 == 0);
                    code.push(asm::c_j(2));
                    code.push(match kind {
                        // A load traps even if nothing keeps what it loads.
                        (false, funct3) if turn % 5 == 0 => asm::i(0x03, funct3, ZERO, A0, imm),
                        _ => access(kind, A0, imm),
                    });
                    code.extend(exit(0));
                    let outcome = check((edge, distance, kind), &with_neighbours(&code), &setup);
                    good += usize::from(outcome.result.is_ok());
                }
            }
        }
    }
    // Neither everything traps nor nothing.
    assert!((turn / 10..turn * 9 / 10).contains(&good), "{good} of {turn}");
}

#[test]
fn groups_of_accesses_of_which_one_is_bad() {
    let size = MemorySize::UNIT;
    // Where a group is, how far from there it is still good, and how far it is bad.
    let places = [
        (0, 0..=64, -24..=-1),
        (size, -64..=-9, -7..=16),
        (CODE + PAGE_SIZE, 0..=64, -24..=-1),
        (CODE + 2 * PAGE_SIZE, -64..=-9, -7..=16),
        // Both pages are good.
        (CODE + 5 * PAGE_SIZE, -64..=-9, -7..=16),
    ];
    let mut rng = Rng::new(7);
    let mut trapped = 0;
    let programs = 3000;
    for number in 0..programs {
        let (edge, good, bad) = places[rng.index(places.len())].clone();
        let accesses = 2 + rng.below(5);
        let bad_one = rng.below(accesses + 1);
        let mut code = with_base(edge, rng.one_in(2));
        code.push(asm::c_j(2));
        let mut moved = 0;
        for number in 0..accesses {
            let range = if number == bad_one { &bad } else { &good };
            let distance = i32::try_from(rng.between(*range.start(), *range.end())).expect("near");
            let base = match rng.below(8) {
                // Through another register, or one that was moved.
                0 | 1 => {
                    code.push(asm::addi(A1, A0, 24));
                    (A1, 24)
                }
                2 => {
                    code.push(asm::addi(A0, A0, -8));
                    moved -= 8;
                    (A0, 0)
                }
                // In another block of the trace, or behind another trace.
                3 => {
                    code.push(asm::bne(ZERO, ZERO, 8));
                    (A0, 0)
                }
                4 => {
                    code.push(asm::c_j(2));
                    (A0, 0)
                }
                // In the next block, as this one is full.
                5 => {
                    code.extend([asm::addi(A5, A5, 1); MAX_STEPS]);
                    (A0, 0)
                }
                _ => (A0, 0),
            };
            let (base, ahead) = base;
            let kind = rng.pick(&ACCESSES);
            // A base may be loaded over, seldom.
            code.push(access(kind, base, distance - ahead - moved));
            if rng.one_in(4) {
                code.push(asm::addi(A5, A5, 1));
            }
        }
        code.extend(exit(0));
        let version = Version::ALL[usize::try_from(number % 3).expect("small")];
        let outcome = check(number, &with_neighbours(&code), &small(version));
        trapped += u64::from(outcome.result.is_err());
    }
    assert!((programs / 3..programs * 9 / 10).contains(&trapped), "{trapped}");
}

#[test]
fn checks_are_not_taken_over_where_they_do_not_hold() {
    // Ways to move a register, which points to the last 17 bytes of memory, out of it.
    let moves = |base| -> [Vec<Encoded>; 8] {
        [
            vec![asm::addi(base, base, 16)],
            vec![asm::addi(base, base, 8), asm::addi(base, base, 8)],
            vec![asm::add(base, base, A3)],
            vec![asm::slli(base, base, 1)],
            vec![asm::c_add(base, A3)],
            vec![asm::ld(base, base, 0), asm::or(base, base, A5)],
            vec![li(base, -1)],
            vec![asm::mulhu(A1, base, A3), asm::mul(base, base, A3)],
        ]
    };
    let mut turn = 0;
    for (before, after) in ACCESSES.into_iter().flat_map(|a| ACCESSES.map(|b| (a, b))) {
        for number in 0..8 {
            turn += 1;
            let base = [A0, SP, RA, T0, S0][turn % 5];
            let mut code = with_base(MemorySize::UNIT - 17, turn % 3 == 0);
            code.extend([li(A3, 16), asm::c_mv(base, A0), asm::c_j(2)]);
            code.push(access(before, base, 0));
            code.extend(moves(base)[number].iter());
            if turn % 2 == 0 {
                code.push(asm::bne(ZERO, ZERO, 8));
            }
            code.push(access(after, base, 0));
            code.extend(exit(0));
            let outcome =
                check((number, before, after), &with_neighbours(&code), &small(Version::V2));
            // A byte is still inside after the first two, and so on.
            assert!(outcome.result.is_err() || after.1 & 3 == 0, "{number}");
        }
    }
}

#[test]
fn what_a_fused_operation_writes_is_checked_again() {
    // In all of them `A0` is a result: a base that is far from where it was afterwards.
    // `B` and `C` are 2^20, more than memory; `D` is 7.
    const A: u32 = A0;
    const B: u32 = A1;
    const C: u32 = A2;
    const D: u32 = A3;
    const E: u32 = A4;
    let (add, sub, sltu, or) = (asm::add, asm::sub, asm::sltu, asm::or);
    let adc = |a, b, c| vec![add(a, a, b), sltu(b, a, b), add(a, a, c), sltu(c, a, c), or(b, b, c)];
    let sbb =
        |a, b, c, d| vec![sub(b, a, b), sltu(d, a, b), sub(a, b, c), sltu(c, b, a), or(b, c, d)];
    let add3 = [
        |a, b, c, d, e| vec![asm::add(a, b, a), asm::sltu(c, a, b), asm::add(d, c, e)],
        |a, b, c, d, e| vec![asm::add(a, b, c), asm::sltu(b, a, b), asm::add(d, b, e)],
        |a, b, c, d, e| vec![asm::add(a, b, c), asm::sltu(d, a, b), asm::add(d, d, e)],
    ];
    let mut shapes = vec![
        adc(A, B, C),
        adc(B, A, C),
        adc(B, C, A),
        sbb(A, B, C, D),
        sbb(B, A, C, D),
        sbb(B, C, A, D),
        sbb(B, C, D, A),
        vec![add(A, B, C), sltu(D, A, B)],
        vec![add(D, B, C), sltu(A, D, B)],
        vec![sub(A, D, C), sltu(E, D, C)],
        vec![sub(E, B, D), sltu(A, B, D)],
        vec![asm::lui(A, 0x400), asm::addiw(A, A, 0)],
        vec![asm::div(A, D, B), asm::rem(E, D, B)],
        vec![asm::div(E, B, D), asm::rem(A, B, D)],
        vec![asm::divu(A, D, B), asm::remu(E, D, B)],
        vec![asm::divu(E, B, D), asm::remu(A, B, D)],
    ];
    for shape in add3 {
        shapes.extend([shape(A, B, C, D, E), shape(B, C, A, D, E), shape(B, C, D, A, E)]);
    }
    for high in [asm::mulh, asm::mulhu, asm::mulhsu] {
        shapes.push(vec![high(A, B, D), asm::mul(E, B, D)]);
        shapes.push(vec![high(E, B, C), asm::mul(A, B, C)]);
    }
    let mut trapped = 0;
    let mut turn = 0;
    for (number, shape) in shapes.iter().enumerate() {
        for ((before, after), spilled) in ACCESSES
            .into_iter()
            .flat_map(|before| [ACCESSES[3], ACCESSES[10]].map(|after| (before, after)))
            .flat_map(|kinds| [(kinds, false), (kinds, true)])
        {
            let mut code = Vec::new();
            code.extend(load_constant(B, 1 << 20));
            code.extend(load_constant(C, 1 << 20));
            code.extend([li(D, 7), li(E, 0)]);
            code.extend(load_constant(A, MemorySize::UNIT - 17));
            if spilled {
                code.extend(crowd());
            }
            code.push(asm::c_j(2));
            let at = |(store, funct3)| match store {
                true => asm::s(0x23, funct3, A, ZERO, -8),
                false => asm::i(0x03, funct3, T2, A, -8),
            };
            // All of the access behind is checked by the one before.
            code.extend([at(before), at((before.0, 3))]);
            code.extend(shape);
            code.push(at(after));
            code.extend(exit(0));
            turn += 1;
            let version = Version::ALL[turn % 3];
            let outcome = check((number, before, after), &with_neighbours(&code), &small(version));
            trapped += u64::from(outcome.kind() == "MemOutOfBound");
        }
    }
    assert!(trapped > turn as u64 * 9 / 10, "{trapped} of {turn}");
}

#[test]
fn a_store_to_the_last_byte_does_not_allow_to_load_it() {
    for version in Version::ALL {
        for split in [None, Some(asm::bne(ZERO, ZERO, 8)), Some(asm::c_j(2))] {
            for distance in [0, 3, 7] {
                let mut code = with_base(MemorySize::UNIT - 8 - distance, split.is_none());
                let imm = i32::try_from(distance).expect("near");
                code.extend([asm::ld(A4, A0, -8), asm::sd(A5, A0, imm), asm::lw(A4, A0, 0)]);
                code.extend(split);
                code.push(asm::lb(A4, A0, imm + 7));
                code.extend(exit(0));
                let outcome = check((version, distance), &program(&code), &small(version));
                assert_eq!(outcome.result.is_err(), !version.loads_reach_last_byte());
            }
        }
    }
}

#[test]
fn what_lies_between_open_pages_is_not_open() {
    // Through one register: the page before that of code, the page behind it, and it.
    let places = [(-2000, -500), (2000, 500), (0, 0)];
    let orders = [[0, 1, 2], [1, 0, 2], [0, 2, 1], [2, 0, 1]];
    for (order, funct3) in orders.into_iter().flat_map(|order| (0..4).map(move |f| (order, f))) {
        for (split, spilled) in [(false, false), (true, false), (false, true), (true, true)] {
            let mut code = with_base(CODE + 2 * PAGE_SIZE + 2048, spilled);
            code.push(asm::c_j(2));
            for (by, imm) in order.map(|at: usize| places[at]) {
                code.extend([asm::addi(A1, A0, by), asm::s(0x23, funct3, A1, A5, imm)]);
                if split {
                    code.push(asm::bne(ZERO, ZERO, 8));
                }
            }
            code.extend(exit(0));
            let outcome = check((order, funct3), &with_neighbours(&code), &small(Version::V2));
            assert_eq!(outcome.kind(), "MemWriteOnExecutablePage");
        }
    }
}

#[test]
fn code_cannot_be_written() {
    // Stores of each width through each of the two pages of code and the data between
    // them; the last of many iterations is the one that reaches the code.
    for (version, (funct3, back)) in Version::ALL.into_iter().flat_map(|version| {
        (0..4).flat_map(move |f| [(f, false), (f, true)]).map(move |k| (version, k))
    }) {
        let width = 1 << funct3;
        let step = if back { -width } else { width };
        for shift in [0, 1, 3] {
            let start = CODE + PAGE_SIZE + 2048 + shift;
            let mut code = with_base(start, shift == 1);
            code.extend([
                asm::s(0x23, funct3, A0, A5, 0),
                asm::addi(A0, A0, step),
                asm::beq(ZERO, ZERO, -8),
            ]);
            let setup = Setup { max_cycles: 20_000, ..small(version) };
            let outcome = check((version, funct3, back), &with_neighbours(&code), &setup);
            assert_eq!(outcome.kind(), "MemWriteOnExecutablePage");
        }
    }
    // Code that writes to itself: before and behind the store.
    for distance in [-8, -4, 0, 4, 8, 64] {
        for funct3 in 0..4 {
            let mut code = vec![asm::nop(); 4];
            code.extend([asm::auipc(A0, 0), asm::s(0x23, funct3, A0, A5, distance + 4)]);
            code.extend(exit(0));
            let outcome = check(distance, &program(&code), &small(Version::V2));
            assert_eq!(outcome.kind(), "MemWriteOnExecutablePage");
        }
    }
}

// ---- where control gets ----

/// Code that makes `size` bytes of pages from `to` on executable, with a copy of what is
/// at `from`.
fn load_code(to: u64, from: u64, size: u64) -> Vec<Encoded> {
    let mut code = load_constant(A0, to);
    code.extend(load_constant(A1, size));
    code.extend(load_constant(A2, from));
    code.extend(asm::call(call::LOAD_CODE));
    code
}

#[test]
fn indirect_jumps_to_every_kind_of_address() {
    let size = MemorySize::UNIT;
    // A function on the last page of code: at even addresses, some of which are in the
    // middle of a word.
    let function = CODE + 2 * PAGE_SIZE;
    let fresh = CODE + 8 * PAGE_SIZE;
    let body =
        [asm::c_addi(A0, 1), asm::lui(A1, 0x5_0505), asm::c_addi(A0, 1), asm::jalr(ZERO, RA, 0)];
    let mut targets: Vec<u64> = (0..14).map(|at| function + at).collect();
    targets.extend((0..4).map(|at| fresh + at));
    for end in [function + PAGE_SIZE, fresh + PAGE_SIZE, CODE + PAGE_SIZE, size, 4 << 20] {
        targets.extend([end - 4, end - 2, end - 1, end, end + 1, end + 2]);
    }
    targets.extend([0, 1, 2, u64::MAX, u64::MAX - 1, u64::MAX - 3, 1 << 31, (1 << 31) - 2]);
    targets.extend([0x7fff_ffff_ffff_fffe, 1 << 63, u64::MAX << 32]);
    for high in [1, 2, 0x8000_0000, 0xffff_ffff] {
        targets.extend([0, 1, 2, 4, PAGE_SIZE].map(|at| (high << 32) + function + at));
        targets.extend([0, 2].map(|at| (high << 32) + fresh + at));
    }
    let mut turn = 0;
    for version in Version::ALL {
        for &target in &targets {
            for (rd, rs1) in [(RA, T0), (T0, T0), (RA, RA), (ZERO, T0), (T2, T0)] {
                turn += 1;
                let imm = [0, 1, -1, 2, -2048, 2047][turn % 6];
                let mut code = if turn % 4 < 2 { crowd() } else { Vec::new() };
                if turn % 3 != 0 {
                    code.extend(load_code(fresh, function, PAGE_SIZE));
                }
                if turn % 5 != 0 {
                    // The function has run, so that it is compiled, and cached.
                    code.extend(load_constant(T0, function));
                    code.push(asm::jalr(RA, T0, 0));
                }
                if turn % 10 == 1 {
                    // It has been put out of the reference's cache.
                    code.extend(load_constant(T0, function + 0x8000));
                    code.push(asm::jalr(RA, T0, 0));
                }
                code.extend(load_constant(rs1, target.wrapping_add_signed((-imm).into())));
                code.push(asm::jalr(rd, rs1, imm));
                code.extend(exit(0));
                let mut first = assemble(&code);
                first.resize(4096, 1);
                let mut last = assemble(&body);
                last.resize(4096 - 6, 1);
                last.extend(assemble(&body[2..]));
                let program = Program::new(elf::file(
                    CODE,
                    &[Segment::code(CODE, first), Segment::code(function, last)],
                ));
                let setup = small(version);
                check((version, target, rd, rs1, imm), &program, &setup);
            }
        }
    }
}

#[test]
fn blocks_are_put_out_of_the_cache_in_the_order_in_which_they_run() {
    // Two functions in the same place of the reference's cache. The first leaves before
    // blocks of its trace that cost much. What was entered later is there.
    let (first, second) = (CODE + PAGE_SIZE, CODE + PAGE_SIZE + 0x8000);
    let mut function = vec![asm::beq(ZERO, ZERO, 4 * 17)];
    function.extend([asm::div(A0, A0, A0); 16]);
    function.push(asm::jalr(ZERO, T1, 0));
    for version in Version::ALL {
        for order in [[first, second], [second, first]] {
            for again in [first, second] {
                let mut code = load_constant(T0, order[0]);
                code.extend(load_constant(T1, order[1]));
                let calls = [asm::auipc(T2, 0), asm::addi(T2, T2, 12), asm::jalr(ZERO, T0, 0)];
                code.extend(calls);
                code.extend(load_constant(T0, again + (1 << 32)));
                code.extend([asm::auipc(T1, 0), asm::addi(T1, T1, 12), asm::jalr(RA, T0, 0)]);
                code.extend(exit(0));
                let mut segments = vec![Segment::code(CODE, assemble(&code))];
                let last = [asm::jalr(ZERO, T2, 0), asm::nop()].to_vec();
                let (at_first, at_second) =
                    if order[0] == first { (&function, &last) } else { (&last, &function) };
                segments.push(Segment::code(first, assemble(at_first)));
                segments.push(Segment::code(second, assemble(at_second)));
                let program = Program::new(elf::file(CODE, &segments));
                let setup = Setup { max_cycles: 20_000, ..small(version) };
                let outcome = check((version, order, again), &program, &setup);
                let gone = again == order[0] || !version.truncates_block_lookup();
                assert_eq!(outcome.kind() == "MemOutOfBound", gone, "{outcome:?}");
            }
        }
    }
}

#[test]
fn pages_become_code_while_code_runs() {
    // Data is written, made executable, run, left, and written again; with what was
    // compiled before and what is compiled then. The pages take turns.
    for version in Version::ALL {
        for rounds in [1, 2, 5] {
            let from = CODE + 2 * PAGE_SIZE;
            let mut code = Vec::new();
            for round in 0..rounds {
                let to = CODE + (8 + 2 * round) * PAGE_SIZE;
                // Not executable yet; but a store is fine.
                code.extend(load_constant(T0, to));
                code.push(asm::sd(A5, T0, 0));
                code.extend(load_code(to, from, PAGE_SIZE));
                code.extend(load_constant(T0, to));
                code.extend([li(S2, 200), asm::jalr(RA, T0, 0), asm::addi(S2, S2, -1)]);
                code.push(asm::bne(S2, ZERO, -8));
            }
            for (last, kind) in [
                (asm::sd(A5, T0, 0), "MemWriteOnExecutablePage"),
                (asm::sd(A5, T0, -4), "MemWriteOnExecutablePage"),
                (asm::sd(A5, T0, -8), ""),
                (asm::jalr(RA, T0, -16), "MemWriteOnExecutablePage"),
            ] {
                let mut all = code.clone();
                all.push(last);
                all.extend(exit(0));
                let mut bytes = assemble(&all);
                bytes.resize(4096, 1);
                let function = assemble(&[asm::c_addi(A3, 1), asm::c_jr(RA)]);
                let program = Program::new(elf::file(
                    CODE,
                    &[Segment::code(CODE, bytes), Segment::code(from, function)],
                ));
                let outcome = check((version, rounds), &program, &small(version));
                assert_eq!(outcome.kind(), kind);
            }
        }
    }
}

// ---- suspended and resumed ----

/// Data of no kind but one: the file.
struct File(Vec<u8>);

impl DataSource<()> for File {
    fn load(&self, (): &(), offset: u64, len: u64) -> Option<Cow<'_, [u8]>> {
        let start = usize::try_from(offset).ok()?;
        let end = start.checked_add(usize::try_from(len).ok()?)?.min(self.0.len());
        self.0.get(start..end).map(Cow::Borrowed)
    }
}

/// How many cycles the programs below run for.
const LONG: u64 = 3_000_000;

/// Programs that are still running after [`LONG`] cycles.
fn long_programs(count: usize) -> Vec<(Program, Setup)> {
    let runs_on = |(program, setup): &(Program, Setup)| {
        reference::run(program, setup).kind() == "CyclesExceeded"
    };
    (0..)
        .map(|seed| {
            let sample = generate::endless(seed);
            let turn = usize::try_from(seed % 3).expect("small");
            let setup = sample.setups().nth(turn).expect("one of each version");
            (sample.program(), Setup { max_cycles: LONG, ..setup })
        })
        .filter(runs_on)
        .take(count)
        .collect()
}

fn any_engine(rng: &mut Rng) -> Engine {
    rng.pick(&[Engine::Jit, Engine::Jit, Engine::Auto, Engine::Auto, Engine::Interpreter])
}

/// Runs to the end, stopped at random places on the way and going on in another way; adds
/// to `stops` how often, and returns what is left of the machine.
fn run_with_stops(
    mut machine: Machine,
    mut tracker: Tracker<()>,
    file: &File,
    rng: &mut Rng,
    stops: &AtomicU64,
) -> (Outcome, Tracker<()>) {
    machine.set_engine(any_engine(rng));
    loop {
        // Compiled code runs only while the limit is a few thousand cycles away.
        let step = match rng.below(4) {
            0 => rng.below(200),
            1 => rng.below(5000),
            _ => 4096 + rng.below(9000),
        };
        let limit = (machine.cycles() + step).min(LONG);
        machine.set_max_cycles(limit);
        if rng.one_in(5) {
            machine.pause().request();
            assert_eq!(machine.run(), Exit::Paused);
        }
        let result = verdict::run_loaded(&mut machine);
        stops.fetch_add(1, Ordering::Relaxed);
        let stopped = matches!(&result, Err(failure) if failure.kind == "CyclesExceeded");
        if !stopped || limit == LONG {
            return (verdict::outcome(&machine, result, None), tracker);
        }
        match rng.below(4) {
            0 => {}
            1 | 2 => machine.set_engine(any_engine(rng)),
            _ => {
                let snapshot: Snapshot<()> = machine.snapshot(&tracker);
                let config = machine.config();
                machine.recycle();
                (machine, tracker) =
                    Machine::restore(config, &snapshot, file).expect("what was saved");
                machine.set_engine(any_engine(rng));
            }
        }
    }
}

#[test]
fn suspended_ten_thousand_times_and_resumed_on_any_engine() {
    let programs = long_programs(20);
    let stops = AtomicU64::new(0);
    let run = |number: usize, (program, setup): &(Program, Setup)| {
        let rng = &mut Rng::new(number as u64);
        let expected = Outcome { loaded: None, ..reference::run(program, setup) };
        let file = File(program.elf.clone());
        // With nothing tracked, all pages of the program are dirty, as in the reference.
        let machine = verdict::loaded(program, setup, Engine::Auto);
        let (got, _) = run_with_stops(machine, Tracker::new(), &file, rng, &stops);
        assert_eq!(got.differences(&expected), "", "program {number}");
        // With tracked pages, those that are not written stay clean.
        let tracked = || {
            let shared =
                verdict_vm::Program::new(Arc::new(program.elf.clone()), verdict::config(setup));
            let (mut machine, _) = Arc::new(shared.expect("a program")).machine().expect("it fits");
            machine.init_stack(&program.args).expect("few arguments");
            machine.set_max_cycles(LONG);
            let image = verdict_vm::Image::parse(&program.elf, setup.version).expect("a program");
            let mut tracker = Tracker::new();
            tracker.track_image(machine.memory_mut(), &image, &(), 0).expect("it is loaded");
            (machine, tracker)
        };
        let (mut undisturbed, _) = tracked();
        undisturbed.set_engine(Engine::Interpreter);
        let result = verdict::run_loaded(&mut undisturbed);
        let clean = verdict::outcome(&undisturbed, result, None);
        let without_dirty = |outcome: &Outcome| {
            let mut outcome = outcome.clone();
            let dirty = PageFlags::DIRTY.bits();
            outcome.pages.iter_mut().for_each(|page| page.flags &= !dirty);
            outcome.pages.retain(|page| page.flags != 0 || !page.bytes.is_empty());
            outcome
        };
        assert_eq!(without_dirty(&clean).differences(&without_dirty(&expected)), "");
        let (machine, tracker) = tracked();
        let (got, _) = run_with_stops(machine, tracker, &file, rng, &stops);
        assert_eq!(got.differences(&clean), "", "program {number}, tracked");
    };
    thread::scope(|scope| {
        let (first, second) = programs.split_at(programs.len() / 2);
        let run = &run;
        for (from, half) in [(0, first), (first.len(), second)] {
            scope.spawn(move || {
                (from..).zip(half).for_each(|(number, program)| run(number, program));
            });
        }
    });
    let stops = stops.into_inner();
    assert!(stops >= 10_000, "{stops} stops");
    println!("{stops} stops");
}

#[test]
fn what_ran_on_one_engine_is_in_the_cache_of_the_next() {
    // A function is called often, then the engine changes: at a break, which compiled code
    // leaves for, or at a limit, which the interpreter runs up to. Then control goes to the
    // function, 4 GiB further on.
    let function = CODE + PAGE_SIZE;
    let mut code = load_constant(T0, function);
    code.extend([li(S2, 2000), asm::jalr(RA, T0, 0), asm::addi(S2, S2, -1)]);
    code.push(asm::bne(S2, ZERO, -8));
    code.extend(load_constant(S2, 20_000));
    code.extend([asm::ebreak(), asm::addi(S2, S2, -1), asm::bne(S2, ZERO, -4)]);
    code.extend(load_constant(T0, function + (1 << 32)));
    code.push(asm::jalr(RA, T0, 0));
    code.extend(exit(0));
    let called = [asm::addi(A3, A3, 1), asm::jalr(ZERO, RA, 0)];
    let program = Program::new(elf::file(
        CODE,
        &[Segment::code(CODE, assemble(&code)), Segment::code(function, assemble(&called))],
    ));
    let engines = [Engine::Jit, Engine::Auto, Engine::Interpreter];
    for version in Version::ALL {
        let setup = Setup { max_cycles: 1_000_000, ..small(version) };
        let expected = Outcome { loaded: None, ..reference::run(&program, &setup) };
        assert_eq!(expected.result.is_ok(), version.truncates_block_lookup());
        let pairs = engines.into_iter().flat_map(|a| engines.map(|b| (a, b)));
        for ((before, after), at_limit) in pairs.flat_map(|pair| [(pair, false), (pair, true)]) {
            let mut machine = verdict::loaded(&program, &setup, before);
            assert_eq!(machine.run(), Exit::Ebreak);
            if at_limit {
                machine.set_max_cycles(60_000);
                assert_eq!(machine.run(), Exit::OutOfCycles);
            }
            machine.set_engine(after);
            machine.set_max_cycles(setup.max_cycles);
            let result = verdict::run_loaded(&mut machine);
            let outcome = verdict::outcome(&machine, result, None);
            assert_eq!(outcome.differences(&expected), "", "{version:?} {before:?} {after:?}");
        }
    }
}

#[test]
fn paused_from_another_thread_at_any_time() {
    let (program, setup) = long_programs(1).remove(0);
    let setup = Setup { max_cycles: 10 * LONG, ..setup };
    let expected = Outcome { loaded: None, ..reference::run(&program, &setup) };
    for engine in ENGINES {
        let mut machine = verdict::loaded(&program, &setup, engine);
        let pause = machine.pause();
        let done = AtomicU64::new(0);
        let result = thread::scope(|scope| {
            scope.spawn(|| {
                while done.load(Ordering::Relaxed) == 0 {
                    pause.request();
                    thread::yield_now();
                }
            });
            let result = verdict::run_loaded(&mut machine);
            done.store(1, Ordering::Relaxed);
            result
        });
        let outcome = verdict::outcome(&machine, result, None);
        assert_eq!(outcome.differences(&expected), "");
    }
}

// ---- shared ----

/// A program that, if it has arguments, makes a page executable and calls it; each time
/// it calls a function often.
fn sometimes_makes_code() -> Vec<u8> {
    let from = CODE + 2 * PAGE_SIZE;
    let fresh = CODE + 8 * PAGE_SIZE;
    // argc is at the stack pointer.
    let mut code = vec![asm::lw(S3, SP, 0)];
    code.extend(load_constant(T0, from));
    code.extend([li(S2, 600), asm::jalr(RA, T0, 0), asm::addi(S2, S2, -1)]);
    code.push(asm::bne(S2, ZERO, -8));
    let mut then = load_code(fresh, from, PAGE_SIZE);
    then.extend(load_constant(T0, fresh));
    then.extend([li(S2, 600), asm::jalr(RA, T0, 0), asm::addi(S2, S2, -1)]);
    then.push(asm::bne(S2, ZERO, -8));
    let skip = i32::try_from(assemble(&then).len()).expect("a short way");
    code.push(asm::beq(S3, ZERO, skip + 4));
    code.extend(then);
    code.extend(exit(0));
    let mut bytes = assemble(&code);
    bytes.resize(4096, 0);
    let function = [asm::c_addi(A3, 1), asm::sd(A3, SP, -32), asm::ld(A4, SP, -32), asm::c_jr(RA)];
    elf::file(CODE, &[Segment::code(CODE, bytes), Segment::code(from, assemble(&function))])
}

#[test]
fn threads_share_a_program() {
    const THREADS: u64 = 4;
    const RUNS: u64 = 250;
    for version in Version::ALL {
        let setup = Setup { isa: Isa::on_chain(version), ..small(version) };
        let mut programs = vec![
            Program { elf: sometimes_makes_code(), args: Vec::new() },
            Program { elf: sometimes_makes_code(), args: vec![b"code".to_vec()] },
        ];
        // The same file with other arguments takes another way.
        let hot = (0..).map(generate::endless).filter(|sample| !sample.isa.atomics);
        programs.extend(hot.take(4).map(|sample| sample.program()));
        let shared: Vec<_> = programs
            .iter()
            .map(|program| {
                let config = verdict::config(&setup);
                let shared = verdict_vm::Program::new(Arc::new(program.elf.clone()), config);
                Arc::new(shared.expect("a program"))
            })
            .collect();
        // One for both of the first two.
        let shared: Vec<_> = (0..shared.len()).map(|at| Arc::clone(&shared[at.max(1)])).collect();
        let setup = Setup { max_cycles: 30_000, ..setup };
        let expected: Vec<_> = programs
            .iter()
            .map(|program| Outcome { loaded: None, ..reference::run(program, &setup) })
            .collect();
        thread::scope(|scope| {
            for number in 0..THREADS {
                let (programs, shared, expected) = (&programs, &shared, &expected);
                scope.spawn(move || {
                    let mut rng = Rng::new(number);
                    for _ in 0..RUNS {
                        let at = rng.index(programs.len());
                        let (mut machine, _) = shared[at].machine().expect("it fits");
                        machine.set_engine(any_engine(&mut rng));
                        machine.init_stack(&programs[at].args).expect("few arguments");
                        machine.set_max_cycles(setup.max_cycles);
                        let result = verdict::run_loaded(&mut machine);
                        let outcome = verdict::outcome(&machine, result, None);
                        assert_eq!(outcome.differences(&expected[at]), "", "{version:?} {at}");
                        if !rng.one_in(4) {
                            machine.recycle();
                        }
                    }
                });
            }
        });
        let stats = shared[1].jit_stats();
        assert!(!Engine::has_jit() || stats.hits > 0, "{stats:?}");
        // What is compiled does not grow with the number of runs. Machines that made code
        // have their own.
        println!("{stats:?}");
        assert!(stats.steps < 400, "{stats:?}");
    }
}

#[test]
fn a_machine_goes_on_with_another_program() {
    // The same addresses hold other code, under the same number of pages.
    let add = |by: i32| {
        let mut code = vec![li(S2, 1000), asm::addi(A0, A0, by), asm::addi(S2, S2, -1)];
        code.push(asm::bne(S2, ZERO, -8));
        code.extend([li(A7, 93), asm::ecall()]);
        program(&code)
    };
    let (one, two) = (add(1), add(2));
    for version in Version::ALL {
        let setup = small(version);
        for (before, after, limit) in ENGINES
            .into_iter()
            .flat_map(|a| ENGINES.map(|b| (a, b)))
            .flat_map(|(a, b)| [0, 4000, 9000].map(|limit| (a, b, limit)))
        {
            let shared =
                verdict_vm::Program::new(Arc::new(one.elf.clone()), verdict::config(&setup));
            let shared = Arc::new(shared.expect("a program"));
            for _ in 0..3 {
                let (mut machine, _) = shared.machine().expect("it fits");
                machine.set_engine(before);
                machine.init_stack(&one.args).expect("no arguments");
                machine.set_max_cycles(limit);
                let _ = verdict::run_loaded(&mut machine);
                machine.reset();
                machine.set_engine(after);
                machine.load_elf(&two.elf).expect("a program");
                machine.init_stack(&two.args).expect("no arguments");
                machine.set_max_cycles(setup.max_cycles);
                let setup = Setup { cycles: machine.cycles(), ..setup };
                let expected = Outcome { loaded: None, ..reference::run(&two, &setup) };
                let result = verdict::run_loaded(&mut machine);
                let outcome = verdict::outcome(&machine, result, None);
                assert_eq!(outcome.differences(&expected), "", "{version:?} {before:?} {after:?}");
                machine.recycle();
            }
        }
    }
}

#[test]
fn auto_compiles_what_the_generator_makes_hot() {
    let mut compiled = 0;
    for seed in 0..300 {
        let sample = generate::sample(seed);
        let program = sample.program();
        for setup in sample.setups() {
            let mut machine = verdict::machine(&setup);
            if machine.load_elf(&program.elf).is_err() || machine.init_stack(&program.args).is_err()
            {
                continue;
            }
            let _ = verdict::run_loaded(&mut machine);
            compiled += u64::from(machine.jit_stats().steps > 0);
            machine.recycle();
        }
    }
    println!("{compiled} of 900 runs");
    assert!(!Engine::has_jit() || compiled > 45, "{compiled} of 900 runs");
}

/// Runs a program on all engines and prints how long each takes, compared with the
/// interpreter. Where looking for work is not bounded, that is a hundred times as long.
fn print_times(program: &Program, version: Version) {
    let time = |engine| {
        let mut machine = verdict::loaded(program, &large(version), engine);
        let began = Instant::now();
        assert_eq!(verdict::run_loaded(&mut machine), Ok(0));
        began.elapsed()
    };
    let interpreter = time(Engine::Interpreter);
    for engine in ENGINES {
        let ratio = time(engine).as_secs_f64() / interpreter.as_secs_f64();
        println!("{version:?}, {engine:?}: {ratio:.2}");
    }
}

/// As many blocks as there are half-words in a MiB, each of which runs once.
fn many_blocks() -> Vec<Encoded> {
    vec![asm::c_j(2); 1 << 19]
}

#[test]
#[ignore = "it prints times; run it alone, with --nocapture"]
fn blocks_that_are_never_compiled_cost_no_more_than_interpreting_them() {
    // Without room for more: there are fewer stamps than that.
    let mut code = many_blocks();
    code.extend(exit(0));
    print_times(&program(&code), Version::V0);
    // At odd addresses, where an odd entry leads.
    let mut code = many_blocks();
    code.extend(load_constant(A1, 500_000));
    code.extend([asm::addi(A1, A1, -1), asm::bne(A1, ZERO, -4)]);
    code.extend(exit(0));
    let bytes = [vec![0], assemble(&code)].concat();
    let odd = Program::new(elf::file(CODE + 1, &[Segment::code(CODE, bytes)]));
    for version in [Version::V1, Version::V2] {
        print_times(&odd, version);
    }
}

#[test]
#[ignore = "it prints times; run it alone, with --nocapture"]
fn compiling_little_costs_little_however_many_blocks_there_are() {
    let mut code = many_blocks();
    for _ in 0..1000 {
        // A loop that is hot for a while; what follows is reached by an indirect jump.
        code.extend([li(A1, 1000), asm::addi(A1, A1, -1), asm::bne(A1, ZERO, -4)]);
        code.extend([asm::auipc(T0, 0), asm::jalr(ZERO, T0, 8)]);
    }
    code.extend(exit(0));
    print_times(&program(&code), Version::V2);
}
