//! The rules of the bare machine that are consensus, each pinned by a program.
//!
//! Expected numbers were taken from the reference implementation once and are
//! written down here; every program also runs on the reference, so that the numbers
//! stay its own. Each test names the rule.

use verdict_tests::{
    Failure, Outcome, Program, Setup,
    asm::{self, Encoded, reg::*, *},
    check,
    elf::{self, Segment},
    outcome::call,
};
use verdict_vm::{Isa, Version};

const CODE: u64 = 0x1_0000;
const DATA: u64 = 0x2_0000;
const TOP: u64 = 4 << 20;
const DIRTY: u8 = 4;
const OUT_OF_BOUND: &str = "MemOutOfBound";
const PERMISSION: &str = "MemWriteOnExecutablePage";

const V0: Setup = Setup::on_chain(Version::V0);
const V1: Setup = Setup::on_chain(Version::V1);
const V2: Setup = Setup::on_chain(Version::V2);
const ALL: [Setup; 3] = [V0, V1, V2];

/// A machine with the A extension, and without fusion, so that all versions run it.
fn atomics(version: Version) -> Setup {
    Setup::new(version, "imac".parse().expect("a known name"))
}

/// A file with these bytes of code at [`CODE`].
fn code_bytes(bytes: Vec<u8>) -> Program {
    Program::new(elf::file(CODE, &[Segment::code(CODE, bytes)]))
}

/// A file with this code at [`CODE`].
fn code(code: &[Encoded]) -> Program {
    code_bytes(assemble(code))
}

/// `li a0, code; li a7, 93; ecall`, four bytes each.
fn exit4(code: i32) -> [Encoded; 3] {
    [li(A0, code), li(A7, 93), ecall()]
}

/// Joins pieces of code.
fn join(pieces: &[&[Encoded]]) -> Vec<Encoded> {
    pieces.concat()
}

fn repeat(count: usize, code: &[Encoded]) -> Vec<Encoded> {
    code.repeat(count)
}

#[track_caller]
fn run(setup: Setup, code: &[Encoded]) -> Outcome {
    check::run(&self::code(code), &setup)
}

#[track_caller]
fn succeeds(setup: Setup, code: &[Encoded], exit: i8, cycles: u64) -> Outcome {
    let outcome = run(setup, code);
    assert_eq!(outcome.result, Ok(exit), "{setup:?}");
    assert_eq!(outcome.cycles, cycles, "{setup:?}");
    outcome
}

#[track_caller]
fn fails(setup: Setup, code: &[Encoded], kind: &str, cycles: u64) -> Outcome {
    let outcome = run(setup, code);
    assert_eq!(outcome.kind(), kind, "{setup:?}");
    assert_eq!(outcome.cycles, cycles, "{setup:?}");
    outcome
}

/// An all-zero word, which is no instruction.
const ILLEGAL: Encoded = Encoded::Word(0);

/// `add a,a,b; sltu b,a,b; add a,a,c; sltu c,a,c; or b,b,c` in twenty bytes.
const ADC: [Encoded; 5] =
    [add(A1, A1, A2), sltu(A2, A1, A2), add(A1, A1, A3), sltu(A3, A1, A3), or(A2, A2, A3)];

// ---- exits and costs ----

#[test]
fn an_exit_costs_502() {
    for setup in ALL {
        succeeds(setup, &exit(0), 0, 502);
    }
}

#[test]
fn the_exit_code_is_the_low_byte() {
    for (value, expected) in [(256, 0), (255, -1), (128, -128), (127, 127), (-256, 0)] {
        for setup in ALL {
            succeeds(setup, &exit4(value), expected, 502);
        }
    }
}

#[test]
fn other_ecalls_are_invalid_and_all_64_bits_count() {
    for setup in ALL {
        let outcome = fails(setup, &[li(A7, 94), ecall()], "InvalidEcall", 501);
        assert_eq!(outcome.result, Err(Failure::ecall(94)));
        let high = [li(A7, 1), slli(A7, A7, 32), addi(A7, A7, 93), ecall()];
        let outcome = fails(setup, &high, "InvalidEcall", 503);
        assert_eq!(outcome.result, Err(Failure::ecall((1 << 32) + 93)));
    }
}

#[test]
fn ebreak_does_nothing_for_500_cycles() {
    for setup in ALL {
        succeeds(setup, &join(&[&[ebreak()], &exit(3)]), 3, 1002);
        succeeds(setup, &join(&[&[c_ebreak()], &exit(3)]), 3, 1002);
    }
}

#[test]
fn fences_do_nothing_and_their_bits_are_free() {
    for setup in ALL {
        succeeds(setup, &join(&[&[fence(), fence_i()], &exit(0)]), 0, 504);
        for top in [0_u32, 1, 0x833, 0xfff] {
            let free = Encoded::Word(top << 20 | 0x0f);
            succeeds(setup, &join(&[&[free], &exit(0)]), 0, 503);
        }
        // rd, rs1 or funct3 other than those of `fence` and `fence.i`.
        for word in [0x8f, 0x0000_800f, 0x0010_100f, 0x0000_108f, 0x0000_900f, 0x200f] {
            let outcome = fails(setup, &[Encoded::Word(word)], "InvalidInstruction", 0);
            assert_eq!(outcome.result, Err(Failure::illegal(CODE, word)));
        }
    }
}

#[test]
fn system_instructions_but_ecall_and_ebreak_are_illegal() {
    // csrrw, csrrs, uret, sret, mret, wfi, sfence.vma, ecall with rd.
    for word in [
        0x3000_1073,
        0xc000_2573,
        0x0020_0073,
        0x1020_0073,
        0x3020_0073,
        0x1050_0073,
        0x1200_0073,
        0x0000_00f3,
    ] {
        for setup in ALL {
            let outcome = fails(setup, &[Encoded::Word(word)], "InvalidInstruction", 0);
            assert_eq!(outcome.result, Err(Failure::illegal(CODE, word)));
        }
    }
}

#[test]
fn costs_are_those_of_the_table() {
    let costs = [
        (ld(T1, T0, 0), 2),
        (sd(T1, T0, 0), 2),
        (lb(T1, T0, 0), 3),
        (lbu(T1, T0, 0), 3),
        (lh(T1, T0, 0), 3),
        (lhu(T1, T0, 0), 3),
        (lw(T1, T0, 0), 3),
        (lwu(T1, T0, 0), 3),
        (sb(T1, T0, 0), 3),
        (sh(T1, T0, 0), 3),
        (sw(T1, T0, 0), 3),
        (beq(T0, ZERO, 8), 3),
        (beq(ZERO, ZERO, 4), 3),
        (jal(ZERO, 4), 3),
        (mul(T1, T0, T0), 5),
        (mulh(T1, T0, T0), 5),
        (r(0x3b, 0, 1, T1, T0, T0), 5),
        (div(T1, T0, T0), 32),
        (remu(T1, T0, T0), 32),
        (r(0x3b, 7, 1, T1, T0, T0), 32),
        (auipc(T1, 0), 1),
        (add(T1, T0, T0), 1),
    ];
    for (instruction, cost) in costs {
        for setup in ALL {
            let code = join(&[&[lui(T0, 0x20), instruction], &exit(0)]);
            succeeds(setup, &code, 0, 503 + cost);
        }
    }
    for setup in [V1, V2] {
        // clmul
        let code = join(&[&[r(0x33, 1, 5, T1, T0, T0)], &exit(0)]);
        succeeds(setup, &code, 0, 503);
    }
}

// ---- blocks: decoding and charging ----

#[test]
fn an_illegal_word_fails_before_anything_in_its_block_runs() {
    for setup in ALL {
        let outcome =
            fails(setup, &[lui(T0, 0x20), sd(T0, T0, 0), ILLEGAL], "InvalidInstruction", 0);
        assert_eq!(outcome.result, Err(Failure::illegal(CODE + 8, 0)));
        assert_eq!(outcome.pc, CODE);
        assert_eq!(outcome.flags(DATA >> 12), 0);
        // An access out of range in the same block comes too late.
        let code = [li(T0, -1), lb(T0, T0, 0), ILLEGAL];
        fails(setup, &code, "InvalidInstruction", 0);
        // With an ecall between, it does not.
        let code = join(&[&[li(T0, -1), lb(T0, T0, 0)], &call(call::DEBUG), &[ILLEGAL]]);
        fails(setup, &code, OUT_OF_BOUND, 4 + 502);
    }
}

#[test]
fn a_block_ends_behind_these_instructions_and_no_others() {
    let ends = [
        auipc(T1, 0),
        beq(T0, ZERO, 8),
        bne(ZERO, ZERO, 8),
        jal(ZERO, 4),
        ebreak(),
        c_ebreak(),
        fence(),
        fence_i(),
    ];
    for end in ends {
        for setup in ALL {
            // The store before runs: the illegal word is of the next block.
            let code = [lui(T0, 0x20), sd(T0, T0, 0), end, ILLEGAL];
            let outcome = run(setup, &code);
            assert_eq!(outcome.kind(), "InvalidInstruction", "{end:x?}");
            assert_eq!(outcome.flags(DATA >> 12), DIRTY, "{end:x?}");
        }
    }
    for plain in [lui(T1, 1), nop(), mul(T1, T1, T1), ld(T1, T0, 0)] {
        for setup in ALL {
            let code = [lui(T0, 0x20), sd(T0, T0, 0), plain, ILLEGAL];
            let outcome = run(setup, &code);
            assert_eq!(outcome.flags(DATA >> 12), 0, "{plain:x?}");
        }
    }
    // A fused load of an immediate does not end a block although `auipc` does.
    let code = [lui(T0, 0x20), sd(T0, T0, 0), auipc(T1, 0), addi(T1, T1, 1), ILLEGAL];
    assert_eq!(run(V1, &code).flags(DATA >> 12), DIRTY);
    assert_eq!(run(V2, &code).flags(DATA >> 12), 0);
    // Neither do atomic operations.
    for version in Version::ALL {
        let code = [lui(T0, 0x20), sd(T0, T0, 0), amo(0, 2, T1, T0, T0), ILLEGAL];
        assert_eq!(run(atomics(version), &code).flags(DATA >> 12), 0);
    }
}

#[test]
fn a_block_holds_sixteen_entries() {
    for setup in ALL {
        let outcome =
            fails(setup, &join(&[&repeat(16, &[nop()]), &[ILLEGAL]]), "InvalidInstruction", 16);
        assert_eq!(outcome.pc, CODE + 64);
        let code = join(&[&repeat(15, &[nop()]), &[ILLEGAL]]);
        fails(setup, &code, "InvalidInstruction", 0);
    }
    // A fused operation is one entry, also as the sixteenth.
    for setup in [V1, V2] {
        let code = join(&[&repeat(15, &[nop()]), &li32(T0, 0x12345), &[ILLEGAL]]);
        fails(setup, &code, "InvalidInstruction", 16);
        let code = join(&[&repeat(16, &li32(T0, 0x12345)), &[ILLEGAL]]);
        fails(setup, &code, "InvalidInstruction", 16);
    }
    let code = join(&[&repeat(16, &li32(T0, 0x12345)), &[ILLEGAL]]);
    fails(V0, &code, "InvalidInstruction", 32);
}

#[test]
fn a_block_that_does_not_fit_in_the_limit_does_not_run() {
    let code = join(&[&[lui(T0, 0x20), sd(T0, T0, 0)], &exit(0)]);
    for setup in ALL {
        for (limit, kind, cycles) in [(505, "", 505), (504, "CyclesExceeded", 0)] {
            let setup = Setup { max_cycles: limit, ..setup };
            let outcome = run(setup, &code);
            assert_eq!((outcome.kind(), outcome.cycles), (kind, cycles));
            if cycles == 0 {
                assert_eq!(outcome.pc, CODE);
                assert_eq!(outcome.registers[5], 0);
            }
        }
    }
}

#[test]
fn the_limit_is_met_before_a_fault_and_after_decoding() {
    for setup in ALL {
        let setup = Setup { max_cycles: 3, ..setup };
        // The load costs three cycles: four in all.
        let outcome = fails(setup, &[li(T0, -1), lb(T0, T0, 0), jal(ZERO, 4)], "CyclesExceeded", 0);
        assert_eq!(outcome.pc, CODE);
        fails(setup, &[li(T0, -1), lb(T0, T0, 0), ILLEGAL], "InvalidInstruction", 0);
    }
}

#[test]
fn a_failed_run_has_paid_for_the_whole_block() {
    for setup in ALL {
        let code = join(&[&[li(T0, -1), lb(T0, T0, 0), mul(T1, T1, T1)], &exit4(0)]);
        let outcome = fails(setup, &code, OUT_OF_BOUND, 511);
        // `pc` is at the end of the block.
        assert_eq!(outcome.pc, CODE + 24);
        assert_eq!(outcome.registers[5], u64::MAX);
    }
}

#[test]
fn the_cycle_counter_overflows() {
    for setup in ALL {
        for (cycles, kind) in [(502, ""), (501, "CyclesOverflow")] {
            let setup = Setup { cycles: u64::MAX - cycles, max_cycles: u64::MAX, ..setup };
            let outcome = run(setup, &exit(0));
            assert_eq!(outcome.kind(), kind);
            if cycles == 501 {
                assert_eq!((outcome.cycles, outcome.pc), (u64::MAX - 501, CODE));
            }
        }
    }
}

// ---- blocks longer than 255 bytes ----

/// `j next`, then this code: the prologue of the tables below.
fn behind_jump(code: &[Encoded]) -> Vec<Encoded> {
    join(&[&[jal(ZERO, 4)], code])
}

#[test]
fn a_block_of_252_bytes_is_plain() {
    for setup in [V1, V2] {
        let code = behind_jump(&join(&[&repeat(12, &ADC), &exit4(0)]));
        succeeds(setup, &code, 0, 3 + 12 + 502);
    }
}

#[test]
fn a_length_that_is_a_multiple_of_256_is_an_error() {
    for setup in [V1, V2] {
        let code = behind_jump(&join(&[&repeat(12, &ADC), &[nop()], &exit4(0)]));
        let outcome = fails(setup, &code, "TraceLengthError", 3);
        assert_eq!(outcome.pc, CODE + 4);
    }
}

#[test]
fn behind_a_long_block_control_goes_on_at_its_shortened_end() {
    // Sixteen entries of 272 bytes: control goes on 16 bytes behind the start, at the
    // second instruction of the first sequence.
    let long = join(&[&[nop(), nop(), nop()], &repeat(13, &ADC)]);
    let code = behind_jump(&join(&[&long, &exit4(0)]));
    // In V1 the next block has four single instructions and 12 sequences: 256 bytes.
    let outcome = fails(V1, &code, "TraceLengthError", 3 + 16);
    assert_eq!(outcome.pc, CODE + 4 + 16);
    // In V2 two of the four fuse: two blocks of 260 bytes, then one of 256.
    let outcome = fails(V2, &code, "TraceLengthError", 3 + 3 * 16);
    assert_eq!(outcome.pc, CODE + 4 + 16 + 4 + 4);
    // An ecall in the long block is reached as usual.
    for setup in [V1, V2] {
        let code = behind_jump(&join(&[&repeat(13, &ADC), &exit4(0)]));
        succeeds(setup, &code, 0, 3 + 13 + 502);
    }
}

#[test]
fn a_branch_behind_a_long_block_starts_from_its_shortened_end() {
    // 264 bytes: taken, the branch goes to 8 - 4 + 12 bytes behind the start.
    let code =
        behind_jump(&join(&[&repeat(13, &ADC), &[beq(ZERO, ZERO, 12), nop(), nop()], &exit4(0)]));
    for setup in [V1, V2] {
        succeeds(setup, &code, 0, 537);
    }
    // Without fusion nothing of it happens.
    for version in Version::ALL {
        succeeds(Setup::new(version, Isa::IMC), &code, 0, 3 + 65 + 3 + 502);
    }
}

#[test]
fn links_and_auipc_see_the_shortened_end() {
    let start = CODE + 4;
    let long = repeat(15, &ADC);
    for setup in [V1, V2] {
        // 304 bytes with the jump. Its target comes from a register and is right, its
        // link is not.
        let target = 12 + 304 - 8;
        let prologue = [lui(T0, 0x10), addi(T0, T0, target), jal(ZERO, 4)];
        let code = join(&[&prologue, &long, &[jalr(T1, T0, 8)], &exit4(0)]);
        let outcome = run(setup, &code);
        assert_eq!(outcome.result, Ok(0));
        assert_eq!(outcome.registers[6], CODE + 12 + (304 & 0xff));

        // `jal` links to the shortened end and jumps from before it: back to the
        // start of the sequence.
        let code = behind_jump(&join(&[&long, &[jal(T1, 4)], &exit4(0)]));
        let outcome = run(Setup { max_cycles: 100, ..setup }, &code);
        assert_eq!(outcome.registers[6], start + (304 & 0xff));

        let code = behind_jump(&join(&[&long, &[auipc(T1, 1)], &exit4(0)]));
        let outcome = run(Setup { max_cycles: 20, ..setup }, &code);
        assert_eq!(outcome.registers[6], start + (304 & 0xff) - 4 + 0x1000);

        let code = behind_jump(&join(&[&long, &[auipc(RA, 0), jalr(RA, RA, 16)]]));
        let outcome = run(Setup { max_cycles: 25, ..setup }, &code);
        assert_eq!(outcome.registers[1], start + (308 & 0xff));
        assert_eq!(outcome.pc, start + (308 & 0xff) - 8 + 16);

        // An ecall resumes there.
        let code = behind_jump(&join(&[&repeat(14, &ADC), &call(call::DEBUG)]));
        let outcome = run(Setup { max_cycles: 600, ..setup }, &code);
        assert_eq!(outcome.pc, start + (288 & 0xff));
    }
}

// ---- memory ----

#[test]
fn loads_reach_the_last_byte_but_in_v0() {
    let loads = [
        (lb as fn(u32, u32, i32) -> Encoded, 1),
        (lbu, 1),
        (lh, 2),
        (lhu, 2),
        (lw, 4),
        (lwu, 4),
        (ld, 8),
    ];
    for (load, len) in loads {
        let at = |imm| join(&[&[lui(T0, 0x400), load(T1, T0, imm)], &exit(0)]);
        assert_eq!(run(V0, &at(-len)).kind(), OUT_OF_BOUND);
        assert_eq!(run(V1, &at(-len)).kind(), "");
        assert_eq!(run(V2, &at(-len)).kind(), "");
        for setup in ALL {
            assert_eq!(run(setup, &at(-len - 1)).kind(), "");
            assert_eq!(run(setup, &at(1 - len)).kind(), OUT_OF_BOUND);
            assert_eq!(run(setup, &at(0)).kind(), OUT_OF_BOUND);
        }
    }
}

#[test]
fn stores_and_system_calls_reach_the_last_byte() {
    let stores = [(sb as fn(u32, u32, i32) -> Encoded, 1), (sh, 2), (sw, 4), (sd, 8)];
    for (store, len) in stores {
        for setup in ALL {
            let at = |imm| join(&[&[lui(T0, 0x400), store(T0, T0, imm)], &exit(0)]);
            assert_eq!(run(setup, &at(-len)).kind(), "");
            assert_eq!(run(setup, &at(0)).kind(), OUT_OF_BOUND);
        }
    }
    for setup in ALL {
        // The last byte is the NUL of a string.
        let string =
            |imm| join(&[&[lui(A0, 0x400), addi(A0, A0, imm)], &call(call::DEBUG), &exit(0)]);
        assert_eq!(run(setup, &string(-1)).kind(), "");
        assert_eq!(run(setup, &string(0)).kind(), OUT_OF_BOUND);
    }
}

#[test]
fn a_store_over_the_end_dirties_the_last_page_and_writes_nothing() {
    for setup in [V1, V2] {
        let code = join(&[&[lui(T0, 0x400), li(T1, -1), sd(T1, T0, -7)], &exit(0)]);
        let outcome = run(setup, &code);
        assert_eq!(outcome.kind(), OUT_OF_BOUND);
        assert_eq!(outcome.flags((TOP >> 12) - 1), DIRTY);
        let bytes: &[u8] = &outcome.pages.last().expect("the last page").bytes;
        assert!(bytes.is_empty());
    }
}

#[test]
fn addresses_wrap_around_64_bits() {
    for setup in ALL {
        // -8 + 16 is 8, and 8 - 16 is out of bounds.
        let code = join(&[&[li(T0, -8), sd(T0, T0, 16), ld(T1, T0, 16)], &exit(0)]);
        assert_eq!(run(setup, &code).registers[6], 8_u64.wrapping_neg());
        for access in [ld(T1, T0, -16), sd(T1, T0, -16), lb(ZERO, T0, -9), sb(T1, T0, -9)] {
            let code = join(&[&[li(T0, 8), access], &exit(0)]);
            assert_eq!(run(setup, &code).kind(), OUT_OF_BOUND);
        }
    }
}

#[test]
fn misaligned_accesses_cross_pages() {
    for setup in ALL {
        for imm in -8..=0 {
            let code = [
                lui(T0, 0x21),
                auipc(T1, 0),
                sd(T1, T0, imm),
                ld(T2, T0, imm),
                lw(A1, T0, imm),
                lhu(A2, T0, imm),
            ];
            let outcome = run(setup, &join(&[&code, &exit(0)]));
            assert_eq!(outcome.registers[7], CODE + 4, "{imm}");
            let crosses = i32::from(imm > -8 && imm < 0);
            let expected = if imm == 0 { 0 } else { DIRTY };
            assert_eq!(outcome.flags(0x20), expected);
            let expected = if crosses != 0 || imm == 0 { DIRTY } else { 0 };
            assert_eq!(outcome.flags(0x21), expected);
        }
    }
}

#[test]
fn a_store_to_two_pages_checks_both_before_it_writes() {
    // Data right before code, and right behind it.
    let segments =
        |code: &[Encoded]| Program::new(elf::file(CODE, &[Segment::code(CODE, assemble(code))]));
    for setup in ALL {
        // Into the executable page: the page before is dirty, its bytes are not.
        let code = join(&[&[lui(T0, 0x10), li(T1, -1), sd(T1, T0, -4)], &exit(0)]);
        let outcome = check::run(&segments(&code), &setup);
        assert_eq!(outcome.kind(), PERMISSION);
        assert_eq!(outcome.flags(0xf), DIRTY);
        assert!(outcome.pages.iter().all(|page| page.number != 0xf || page.bytes.is_empty()));
        // Out of it.
        let code = join(&[&[lui(T0, 0x11), li(T1, -1), sd(T1, T0, -4)], &exit(0)]);
        let outcome = check::run(&segments(&code), &setup);
        assert_eq!(outcome.kind(), PERMISSION);
        assert_eq!(outcome.flags(0x11), 0);
    }
}

#[test]
fn an_executable_page_at_the_end_decides_before_the_bound_does() {
    let code = assemble(&join(&[&[lui(T0, 0x400), sd(T0, T0, -4)], &exit(0)]));
    let file = elf::file(TOP - 0x1000, &[Segment::code(TOP - 0x1000, code)]);
    for setup in [V1, V2] {
        let outcome = check::run(&Program::new(file.clone()), &setup);
        assert_eq!(outcome.kind(), PERMISSION);
    }
}

#[test]
fn pages_that_nothing_mapped_are_zero_and_writable() {
    for setup in ALL {
        let code = [lui(T0, 0x200), ld(T1, T0, 0), sd(T0, T0, 0), ld(T2, T0, 0)];
        let outcome = run(setup, &join(&[&code, &exit(0)]));
        assert_eq!(outcome.result, Ok(0));
        assert_eq!((outcome.registers[6], outcome.registers[7]), (0, 0x20_0000));
    }
}

#[test]
fn a_read_only_segment_is_writable() {
    for setup in ALL {
        let code = assemble(&join(&[&[lui(T0, 0x20), sd(T0, T0, 0)], &exit(0)]));
        let data = Segment::new(DATA, elf::R, vec![1; 16]);
        let file = elf::file(CODE, &[Segment::code(CODE, code), data]);
        let outcome = check::run(&Program::new(file), &setup);
        assert_eq!(outcome.result, Ok(0));
        assert_eq!(outcome.flags(0x20), DIRTY | 1);
    }
}

#[test]
fn code_can_be_read_and_not_written() {
    for setup in ALL {
        let outcome = run(setup, &join(&[&[auipc(T0, 0), lwu(T1, T0, 0)], &exit(0)]));
        assert_eq!(outcome.registers[6], 0x297);
        let code = join(&[&[auipc(T0, 0), sb(T1, T0, 0)], &exit(0)]);
        fails(setup, &code, PERMISSION, 1 + 3 + 502);
    }
}

#[test]
fn loads_to_x0_are_checked() {
    for setup in ALL {
        for load in [lb, lh, lw, ld, lbu, lhu, lwu] {
            let code = join(&[&[li(T0, -1), load(ZERO, T0, 0)], &exit(0)]);
            assert_eq!(run(setup, &code).kind(), OUT_OF_BOUND);
        }
    }
}

#[test]
fn x0_stays_zero_whatever_writes_it() {
    let mut writers = vec![
        li(ZERO, 5),
        lui(ZERO, 5),
        auipc(ZERO, 5),
        jal(ZERO, 4),
        ld(ZERO, T0, 0),
        add(ZERO, T0, T0),
        mul(ZERO, T0, T0),
        div(ZERO, T0, T0),
    ];
    for setup in ALL {
        if setup.isa.bit_manipulation {
            writers.push(r(0x33, 2, 0x10, ZERO, T0, T0));
        }
        for &writer in &writers {
            let code = [lui(T0, 0x20), sd(T0, T0, 0), writer, addi(T1, ZERO, 0)];
            let outcome = run(setup, &join(&[&code, &exit(0)]));
            assert_eq!((outcome.registers[0], outcome.registers[6]), (0, 0));
        }
    }
    for version in Version::ALL {
        for funct5 in [2, 3, 0, 1, 4, 0x1c] {
            let rs2 = if funct5 == 2 { ZERO } else { T0 };
            let code =
                [lui(T0, 0x20), sd(T0, T0, 0), amo(funct5, 3, ZERO, T0, rs2), addi(T1, ZERO, 0)];
            let outcome = run(atomics(version), &join(&[&code, &exit(0)]));
            assert_eq!((outcome.registers[0], outcome.registers[6]), (0, 0));
        }
    }
}

#[test]
fn fused_operations_may_name_x0() {
    let sequences: [&[Encoded]; 6] = [
        &[mulhu(ZERO, T0, T1), mul(A1, T0, T1)],
        &[mulhu(A1, T0, T1), mul(ZERO, T0, T1)],
        &[divu(ZERO, T0, T1), remu(A1, T0, T1)],
        &[sub(ZERO, T0, T1), sltu(A1, T0, T1)],
        &[add(A1, T0, T1), sltu(ZERO, A1, T0)],
        &[lui(ZERO, 5), addiw(ZERO, ZERO, 5)],
    ];
    for setup in [V1, V2] {
        for sequence in sequences {
            let code = join(&[&[li(T0, 7), li(T1, 9)], sequence, &[add(T2, ZERO, ZERO)]]);
            let outcome = run(setup, &join(&[&code, &exit(0)]));
            assert_eq!((outcome.registers[0], outcome.registers[7]), (0, 0));
        }
    }
}

// ---- fetching ----

#[test]
fn a_fetch_from_a_page_without_code_is_a_permission_error() {
    for setup in ALL {
        // `lui t0; jr t0`: four cycles.
        let outcome = fails(setup, &[lui(T0, 0x200), jalr(ZERO, T0, 0)], PERMISSION, 4);
        assert_eq!(outcome.pc, 0x20_0000);
        let outcome = fails(setup, &[lui(T0, 0x400), jalr(ZERO, T0, 0)], OUT_OF_BOUND, 4);
        assert_eq!(outcome.pc, TOP);
        let outcome = fails(setup, &[li(T0, -2), jalr(ZERO, T0, 0)], OUT_OF_BOUND, 4);
        assert_eq!(outcome.pc, 2_u64.wrapping_neg());
    }
}

/// A program that ends with `tail` exactly at the end of its page.
fn at_page_end(tail: &[Encoded]) -> Program {
    let tail = assemble(tail);
    let entry = CODE + 0x1000 - tail.len() as u64;
    let mut bytes = vec![0; 0x1000 - tail.len()];
    bytes.extend(tail);
    Program::new(elf::file(entry, &[Segment::code(CODE, bytes)]))
}

#[test]
fn a_short_instruction_may_be_the_last_of_a_page() {
    for setup in ALL {
        // A block that ends with it does not look at the next page.
        let endless = Setup { max_cycles: 10, ..setup };
        let outcome = check::run(&at_page_end(&[c_j(0)]), &endless);
        assert_eq!((outcome.kind(), outcome.cycles), ("CyclesExceeded", 9));
        // The same block, going on.
        for tail in [vec![c_nop()], vec![nop()], vec![sd(T0, SP, -8), c_nop()]] {
            let outcome = check::run(&at_page_end(&tail), &setup);
            assert_eq!((outcome.kind(), outcome.cycles), (PERMISSION, 0));
        }
        // The first half of a long instruction.
        let mut program = at_page_end(&[c_nop()]);
        let last = program.elf.len() - 2;
        elf::patch(&mut program.elf, last, 0x0013_u16.to_le_bytes());
        let outcome = check::run(&program, &setup);
        assert_eq!((outcome.kind(), outcome.cycles), (PERMISSION, 0));
    }
}

#[test]
fn instructions_and_fused_operations_cross_pages() {
    for setup in ALL {
        for before in [0xff6, 0xff8, 0xffa, 0xffc, 0xffe] {
            let mut bytes = vec![0; before];
            bytes.extend(assemble(&join(&[&li32(T0, 0x12345), &li32(T1, 1), &exit(0)])));
            let file = elf::file(CODE + before as u64, &[Segment::code(CODE, bytes)]);
            let outcome = check::run(&Program::new(file), &setup);
            assert_eq!(outcome.registers[5], 0x12345);
            let fused = if setup.isa.fusion { 2 } else { 4 };
            assert_eq!(outcome.cycles, fused + 502);
        }
    }
}

#[test]
fn looking_ahead_never_fails() {
    for setup in [V1, V2] {
        // The head of a sequence at the end of its page: the page behind is at
        // fault, as part of the block, not the sequence.
        for head in [lui(T0, 5), add(A1, A1, A2), mulhu(A1, T0, T0)] {
            let outcome = check::run(&at_page_end(&[head]), &setup);
            assert_eq!((outcome.kind(), outcome.cycles), (PERMISSION, 0));
        }
        // `auipc` ends its block: the illegal word behind it is only looked at.
        let code = [auipc(T0, 0), ILLEGAL];
        fails(setup, &code, "InvalidInstruction", 1);
        let outcome = check::run(&at_page_end(&[auipc(T0, 0)]), &setup);
        assert_eq!((outcome.kind(), outcome.cycles), (PERMISSION, 1));
    }
}

#[test]
fn code_may_end_at_the_end_of_memory() {
    let tail = assemble(&exit(0));
    let mut bytes = vec![0; 0x1000 - tail.len()];
    let entry = TOP - tail.len() as u64;
    bytes.extend(tail);
    let file = elf::file(entry, &[Segment::code(TOP - 0x1000, bytes.clone())]);
    for setup in [V1, V2] {
        let outcome = check::run(&Program::new(file.clone()), &setup);
        assert_eq!((outcome.result, outcome.cycles), (Ok(0), 502));
    }
    // V0 writes its stack there even without arguments.
    let outcome = check::run(&Program::new(file), &V0);
    assert_eq!(outcome.kind(), PERMISSION);
    // Running off the end of memory.
    let end = bytes.len();
    bytes[end - 4..].copy_from_slice(&0x13_u32.to_le_bytes());
    let file = elf::file(entry, &[Segment::code(TOP - 0x1000, bytes)]);
    for setup in [V1, V2] {
        let outcome = check::run(&Program::new(file.clone()), &setup);
        assert_eq!((outcome.kind(), outcome.cycles), (OUT_OF_BOUND, 0));
    }
}

#[test]
fn an_odd_entry_is_run_as_it_is() {
    for setup in ALL {
        // Branches keep the address odd, `jalr` makes it even.
        let mut bytes = vec![0];
        bytes.extend(assemble(&join(&[
            &[jal(T1, 6), c_nop(), beq(ZERO, ZERO, 4), auipc(T2, 0)],
            &exit(0),
        ])));
        let file = elf::file(CODE + 1, &[Segment::code(CODE, bytes)]);
        let outcome = check::run(&Program::new(file), &setup);
        assert_eq!(outcome.result, Ok(0));
        assert_eq!(outcome.registers[6], CODE + 5);
        assert_eq!(outcome.registers[7], CODE + 11);

        let mut bytes = vec![0];
        bytes.extend(assemble(&[auipc(T0, 0), jalr(T1, T0, 12)]));
        bytes.resize(12, 0);
        bytes.extend(assemble(&exit(0)));
        let file = elf::file(CODE + 1, &[Segment::code(CODE, bytes)]);
        let outcome = check::run(&Program::new(file), &setup);
        assert_eq!(outcome.result, Ok(0));
        assert_eq!(outcome.registers[6], CODE + 9);
    }
}

#[test]
fn an_odd_instruction_at_a_page_end_needs_the_next_page() {
    for setup in ALL {
        // A short one at 0xffd is fetched with the two bytes behind it.
        for (at, kind) in [(0xffb, "InvalidEcall"), (0xffd, PERMISSION), (0xfff, PERMISSION)] {
            let mut bytes = vec![0; at];
            bytes.extend(assemble(&[c_ebreak(), c_nop()]));
            bytes.truncate(0x1000);
            let file = elf::file(CODE + at as u64, &[Segment::code(CODE, bytes)]);
            let outcome = check::run(&Program::new(file), &setup);
            if kind == PERMISSION {
                assert_eq!((outcome.kind(), outcome.cycles), (kind, 0), "{at:#x}");
            }
        }
    }
}

#[test]
fn prefixes_of_longer_instructions_are_illegal_words() {
    for setup in ALL {
        for word in [0x0000_001f, 0x1234_003f, 0xffff_ffff, 0x0000_007f] {
            let outcome = fails(setup, &[Encoded::Word(word)], "InvalidInstruction", 0);
            assert_eq!(outcome.result, Err(Failure::illegal(CODE, word)));
        }
        // Of a compressed one, sixteen bits are reported.
        let outcome = run(setup, &[Encoded::Half(0x2000), Encoded::Half(0xffff)]);
        assert_eq!(outcome.result, Err(Failure::illegal(CODE, 0x2000)));
    }
}

// ---- versions ----

#[test]
fn hints_are_illegal_in_v0_and_free_otherwise() {
    let hints = [
        c_addi(ZERO, 1),
        c_addi(T0, 0),
        c_li(ZERO, 3),
        c_lui(ZERO, 1),
        c_slli(ZERO, 1),
        c_slli(T0, 0),
        c_mv(ZERO, T0),
        c_add(ZERO, T0),
    ];
    for hint in hints {
        let code = join(&[&[hint], &exit(0)]);
        assert_eq!(run(V0, &code).kind(), "InvalidInstruction", "{hint:x?}");
        succeeds(V1, &code, 0, 503);
        succeeds(V2, &code, 0, 503);
    }
    for setup in ALL {
        for nop in [c_srli(A0, 0), c_srai(A0, 0), c_nop()] {
            succeeds(setup, &join(&[&[nop], &exit(0)]), 0, 503);
        }
        let illegal = [c_lui(T0, 0), c_addi16sp(0), c_addiw(ZERO, 1), c_lwsp(ZERO, 0), c_jr(0)];
        for illegal in illegal {
            assert_eq!(run(setup, &[illegal]).kind(), "InvalidInstruction", "{illegal:x?}");
        }
    }
}

#[test]
fn v0_jalr_writes_its_link_first() {
    // `auipc ra; jalr ra, 8(ra)`: the exit is 8 bytes behind the link.
    let code = join(&[&[auipc(RA, 0), jalr(RA, RA, 8), nop(), nop()], &exit(0)]);
    succeeds(V0, &code, 0, 1 + 3 + 502);
    // The same jump in V1 and V2, fused, goes to the first `nop`.
    for setup in [V1, V2] {
        succeeds(setup, &code, 0, 3 + 2 + 502);
    }
    // Not fused: `t0` is link and base.
    let code = join(&[&[auipc(T0, 0), jalr(T0, T0, 8), nop(), nop()], &exit(0)]);
    succeeds(V0, &code, 0, 1 + 3 + 502);
    for setup in [V1, V2] {
        let outcome = succeeds(setup, &code, 0, 1 + 3 + 2 + 502);
        assert_eq!(outcome.registers[5], CODE + 8);
    }
    // `c.jalr ra` goes to the next instruction.
    let code = join(&[&[auipc(RA, 1), c_jalr(RA)], &exit(0)]);
    succeeds(V0, &code, 0, 1 + 3 + 502);
    // x0 as link and base stays zero, in any order.
    for setup in ALL {
        let outcome = fails(setup, &[jalr(ZERO, ZERO, 0x7f0)], PERMISSION, 3);
        assert_eq!((outcome.pc, outcome.registers[0]), (0x7f0, 0));
        let outcome = fails(setup, &[jalr(T0, ZERO, 0x7f1)], PERMISSION, 3);
        assert_eq!((outcome.pc, outcome.registers[5]), (0x7f0, CODE + 4));
    }
}

#[test]
fn fusion_and_v0_do_not_go_together() {
    for (name, isa) in Isa::NAMES {
        if isa.fusion {
            let outcome = run(Setup::new(Version::V0, isa), &exit(0));
            assert_eq!((outcome.kind(), outcome.cycles), ("InvalidVersion", 0), "{name}");
            assert_eq!(outcome.pc, CODE);
        }
    }
}

#[test]
fn extensions_are_illegal_where_a_machine_has_them_not() {
    for setup in ALL {
        let amo = amo(0, 2, T0, T0, T0);
        assert_eq!(run(setup, &[amo]).kind(), "InvalidInstruction");
    }
    let andn = [r(0x33, 7, 0x20, T0, T0, T0)];
    assert_eq!(run(V0, &andn).kind(), "InvalidInstruction");
    assert_eq!(run(V1, &join(&[&andn, &exit(0)])).kind(), "");
}

// ---- pc beyond 4 GiB ----

/// Calls the given addresses one after the other, then exits with 0; at `CODE`
/// + 0x1000 and + 0x9000 stands `function`.
fn calls(addresses: &[u64], function: &[Encoded]) -> Program {
    let mut main = vec![li(S4, 1), slli(S4, S4, 32)];
    for address in addresses {
        let low = i64::try_from(address & 0xffff_ffff).expect("32 bits");
        main.extend(li32(T0, low));
        if address >> 32 != 0 {
            main.push(add(T0, T0, S4));
        }
        // Keeps V1 from fusing the jump.
        main.extend([nop(), jalr(RA, T0, 0)]);
    }
    main.extend(exit(0));
    let mut bytes = assemble(&main);
    for at in [0x1000, 0x9000] {
        bytes.resize(at, 0);
        bytes.extend(assemble(function));
    }
    code_bytes(bytes)
}

#[test]
fn v0_and_v1_look_blocks_up_by_the_low_half_of_pc() {
    const F: u64 = CODE + 0x1000;
    const HIGH: u64 = 1 << 32;
    let function = [auipc(T1, 0), jal(T2, 4), jalr(ZERO, RA, 0)];
    let short = [c_nop(), c_nop(), c_nop(), c_jr(RA)];
    let cases: [(&[u64], &[Encoded], bool); 8] = [
        // What ran may run again, far away.
        (&[F, F + HIGH], &function, true),
        (&[F, F + HIGH, F, F + HIGH], &function, true),
        (&[F + HIGH], &function, false),
        // Another block took the slot: 32 KiB away,
        (&[F, F + 0x8000, F + HIGH], &function, false),
        (&[F, F + 0x8000, F, F + HIGH], &function, true),
        // or in the same word.
        (&[F, F + 2, F + HIGH], &short, false),
        (&[F, F + 2, F + 2 + HIGH], &short, true),
        // Never the start of a block.
        (&[F, F + 4 + HIGH], &short, false),
    ];
    for (addresses, function, runs) in cases {
        let program = calls(addresses, function);
        for setup in [V0, V1] {
            let outcome = check::run(&program, &setup);
            let kind = if runs { "" } else { OUT_OF_BOUND };
            assert_eq!(outcome.kind(), kind, "{addresses:x?}");
            if runs && function.len() == 3 {
                // Links and `auipc` have the high half.
                assert_eq!(outcome.registers[6], F + HIGH);
                assert_eq!(outcome.registers[7], F + HIGH + 8);
            }
        }
        // V2 compares all of pc.
        let outcome = check::run(&program, &V2);
        assert_eq!(outcome.kind(), OUT_OF_BOUND, "{addresses:x?}");
    }
}

// ---- fusion ----

#[test]
fn fused_sequences_cost_what_the_table_says() {
    let (h, l, s, t) = (A1, A2, T0, T1);
    let cases: &[(&[Encoded], u64, u64, u64)] = &[
        // sequence, and what it costs in V0, V1, V2
        (&ADC, 5, 1, 1),
        (
            &[sub(A2, A1, A2), sltu(A4, A1, A2), sub(A1, A2, A3), sltu(A3, A2, A1), or(A2, A3, A4)],
            5,
            1,
            1,
        ),
        (&[add(A1, A2, A1), sltu(A3, A1, A2), add(A4, A3, A5)], 3, 3, 1),
        (&[add(A1, A2, A3), sltu(A2, A1, A2), add(A4, A2, A5)], 3, 3, 1),
        (&[add(A1, A2, A3), sltu(A4, A1, A2), add(A4, A4, A5)], 3, 3, 1),
        (&[add(A1, A2, A3), sltu(A4, A1, A2)], 2, 2, 1),
        (&[add(A1, A1, A3), sltu(A4, A1, A3)], 2, 2, 1),
        // Read in the other order only if rd is rs1.
        (&[add(A1, A2, A3), sltu(A4, A1, A3)], 2, 2, 2),
        (&[sub(A1, A2, A3), sltu(A4, A2, A3)], 2, 2, 1),
        (&[sub(ZERO, A2, A3), sltu(A4, A2, A3)], 2, 2, 1),
        (&[mulh(h, s, t), mul(l, s, t)], 10, 5, 5),
        (&[mulhu(h, s, t), mul(l, s, t)], 10, 5, 5),
        (&[mulhsu(h, s, t), mul(l, s, t)], 10, 5, 5),
        (&[mul(l, s, t), mulh(h, s, t)], 10, 10, 10),
        (&[mulh(s, s, t), mul(l, s, t)], 10, 10, 10),
        (&[mulh(h, s, t), mul(h, s, t)], 10, 10, 10),
        (&[mulh(h, s, t), mul(l, t, s)], 10, 10, 10),
        (&[div(h, s, t), rem(l, s, t)], 64, 32, 32),
        (&[divu(h, s, t), remu(l, s, t)], 64, 32, 32),
        (&[div(h, s, t), remu(l, s, t)], 64, 64, 64),
        (&[rem(h, s, t), div(l, s, t)], 64, 64, 64),
        (&[r(0x3b, 4, 1, h, s, t), r(0x3b, 6, 1, l, s, t)], 64, 64, 64),
        (&[lui(T0, 0x12345), addiw(T0, T0, -1)], 2, 1, 1),
        (&[c_lui(T0, 5), c_addiw(T0, 1)], 2, 1, 1),
        (&[lui(T0, 0x12345), addi(T0, T0, -1)], 2, 2, 2),
        (&[lui(T0, 0x12345), addiw(T1, T0, -1)], 2, 2, 2),
        (&[auipc(T0, 1), addi(T0, T0, -1)], 2, 2, 1),
        (&[auipc(T0, 1), c_addi(T0, -1)], 2, 2, 1),
        (&[auipc(T0, 1), addiw(T0, T0, -1)], 2, 2, 2),
        // The sum does not fit 32 bits.
        (&[auipc(T0, 0x7ffff), addi(T0, T0, 2047)], 2, 2, 2),
        (&[auipc(T0, 0x7fff0), addi(T0, T0, 0)], 2, 2, 2),
        (&[auipc(T0, 0x7ffef), addi(T0, T0, 0)], 2, 2, 1),
    ];
    for &(sequence, v0, v1, v2) in cases {
        for (setup, cost) in [(V0, v0), (V1, v1), (V2, v2)] {
            let code = join(&[&[jal(ZERO, 4)], sequence, &exit(0)]);
            succeeds(setup, &code, 0, 3 + cost + 502);
        }
    }
}

#[test]
fn sbb_ignores_what_the_comparison_compares_with() {
    let sequence =
        [sub(A2, A1, A2), sltu(A4, A1, ZERO), sub(A1, A2, A3), sltu(A3, A2, A1), or(A2, A3, A4)];
    let code = join(&[&[li(A1, 3), li(A2, 10), jal(ZERO, 4)], &sequence, &exit(0)]);
    // In order, 3 < 0 is false; fused, 3 - 10 borrows.
    let outcome = succeeds(V0, &code, 0, 5 + 5 + 502);
    assert_eq!((outcome.registers[14], outcome.registers[12]), (0, 0));
    for setup in [V1, V2] {
        let outcome = succeeds(setup, &code, 0, 5 + 1 + 502);
        assert_eq!((outcome.registers[14], outcome.registers[12]), (1, 1));
    }
}

#[test]
fn small_programs_cost_what_the_reference_says() {
    let start = [jal(ZERO, 4)];
    let load = join(&[&start, &[lui(T0, 5), addiw(T0, T0, 1)], &exit(0)]);
    for (setup, cycles) in [(V0, 507), (V1, 506), (V2, 506)] {
        succeeds(setup, &load, 0, cycles);
    }
    let address = join(&[&start, &[auipc(T0, 5), addi(T0, T0, 1)], &exit(0)]);
    for (setup, cycles) in [(V0, 507), (V1, 507), (V2, 506)] {
        succeeds(setup, &address, 0, cycles);
    }
    // `lui t0; jalr ra, lo(t0)` to the exit, with t0 = 7 before.
    let call = join(&[&[li(T0, 7), lui(T0, 0x10), jalr(RA, T0, 12)], &exit(0)]);
    for (setup, cycles, t0) in [(V0, 507, CODE), (V1, 506, 7), (V2, 507, CODE)] {
        let outcome = succeeds(setup, &call, 0, cycles);
        assert_eq!((outcome.registers[5], outcome.registers[1]), (t0, CODE + 12));
    }
    let call = join(&[&[auipc(RA, 0), jalr(RA, RA, 8)], &exit(0)]);
    for setup in [V1, V2] {
        succeeds(setup, &call, 0, 505);
    }
}

#[test]
fn v1_far_jumps_leave_their_scratch_register_alone() {
    for relative in [false, true] {
        let head = |rd| if relative { auipc(rd, 0) } else { lui(rd, 0x10) };
        let to = 12 - if relative { 4 } else { 0 };
        for scratch in [T0, ZERO] {
            let code = join(&[&[li(T0, 7), head(scratch), jalr(RA, scratch, to)], &exit(0)]);
            let outcome = succeeds(V1, &code, 0, 1 + 3 + 502);
            assert_eq!(outcome.registers[5], 7);
            assert_eq!(outcome.registers[1], CODE + 12);
        }
        // V0 and V2 jump relative to x0.
        let code = [head(ZERO), jalr(RA, ZERO, 32)];
        for setup in [V0, V2] {
            assert_eq!(run(setup, &code).pc, 32);
        }
        let code = [head(ZERO), jalr(RA, ZERO, 32)];
        assert_eq!(run(V1, &code).pc, CODE + 32);
        // Only `ra` as a link fuses.
        let code = join(&[&[head(T0), jalr(T1, T0, 8)], &exit(0)]);
        for setup in ALL {
            let outcome = succeeds(setup, &code, 0, 1 + 3 + 502);
            assert_eq!(outcome.registers[6], CODE + 8);
        }
    }
}

#[test]
fn far_jump_targets_are_computed_in_32_bits() {
    for setup in [V1, V2] {
        // 0x7ffff000 + 0x7ff fits; 0x80000000 - 1 wraps, or is not fused.
        let outcome = run(setup, &[lui(RA, 0x7ffff), jalr(RA, RA, 0x7ff)]);
        assert_eq!(outcome.pc, 0x7fff_f7fe);
        let outcome = run(setup, &[lui(RA, -0x80000), jalr(RA, RA, -1)]);
        assert_eq!((outcome.pc, outcome.cycles), (0x7fff_fffe, 3));
        let outcome = run(setup, &[lui(RA, -0x80000), jalr(RA, RA, 3)]);
        assert_eq!(outcome.pc, 0xffff_ffff_8000_0002);
    }
    // In order, the target has 64 bits.
    let outcome = run(V0, &[lui(T0, -0x80000), jalr(RA, T0, -1)]);
    assert_eq!(outcome.pc, 0xffff_ffff_7fff_fffe);
    let code = [auipc(RA, -0x80000), jalr(RA, RA, -1)];
    assert_eq!(run(V1, &code).pc, CODE + 0x7fff_fffe);
    let outcome = run(V2, &code);
    assert_eq!((outcome.pc, outcome.cycles), (CODE.wrapping_sub(0x8000_0001) & !1, 4));
}

#[test]
fn a_jump_into_a_sequence_runs_the_rest_of_it() {
    for setup in [V1, V2] {
        let code = join(&[&[jal(ZERO, 8)], &ADC, &exit(0)]);
        // Behind the first `add`: sltu, then add and sltu, then or.
        let fused = if setup.version == Version::V2 { 3 } else { 4 };
        succeeds(setup, &code, 0, 3 + fused + 502);
    }
}

// ---- the A extension ----

fn old_value(funct5: u32, width: u32, operand: i32) -> [Encoded; 6] {
    [
        lui(T0, 0x20),
        li(T1, -3),
        sd(T1, T0, 0),
        li(T2, operand),
        amo(funct5, width, A1, T0, T2),
        ld(A2, T0, 0),
    ]
}

#[test]
fn atomic_operations_give_the_old_value() {
    let high = 0xffff_ffff_0000_0000;
    for version in Version::ALL {
        let setup = atomics(version);
        // funct5, operand, and what memory holds after the word and double forms.
        for (funct5, operand, word, double) in [
            (0x01, 5, high | 5, 5),
            (0x00, 5, high | 2, 2),
            (0x04, 1, u64::MAX - 3, u64::MAX - 3),
            (0x0c, 1, high | 1, 1),
            (0x08, 2, u64::MAX, u64::MAX),
            (0x10, 5, u64::MAX - 2, u64::MAX - 2),
            (0x14, 5, high | 5, 5),
            (0x18, 5, high | 5, 5),
            (0x1c, 5, u64::MAX - 2, u64::MAX - 2),
        ] {
            for (width, expected, cost) in [(2, word, 4), (3, double, 3)] {
                let code = join(&[&old_value(funct5, width, operand), &exit(0)]);
                let outcome = succeeds(setup, &code, 0, 1 + 1 + 2 + 1 + cost + 2 + 502);
                assert_eq!(outcome.registers[11], u64::MAX - 2, "{funct5:#x}");
                assert_eq!(outcome.registers[12], expected, "{funct5:#x} {width}");
            }
        }
    }
}

#[test]
fn a_reservation_is_an_address() {
    let lr = |width, rd, rs1| amo(2, width, rd, rs1, 0);
    let sc = |width, rd, rs1, rs2| amo(3, width, rd, rs1, rs2);
    let start = [lui(T0, 0x20), li(T1, 5)];
    for version in Version::ALL {
        let run = |code: &[Encoded]| run(atomics(version), &join(&[&start, code, &exit(0)]));
        // Only the address counts, not the width; misaligned is fine.
        let outcome = run(&[addi(T0, T0, 3), lr(2, A1, T0), sc(3, A2, T0, T1), ld(A3, T0, 0)]);
        assert_eq!((outcome.registers[12], outcome.registers[13]), (0, 5));
        assert_eq!(outcome.reservation, u64::MAX);
        // Without one, `sc` fails and still makes the page dirty.
        let outcome = run(&[sc(2, A2, T0, T1)]);
        assert_eq!(outcome.registers[12], 1);
        assert_eq!(outcome.flags(0x20), DIRTY);
        // `sc` clears it, success or not; stores, atomics and ecalls do not.
        let outcome = run(&[lr(3, A1, T0), sc(3, A2, T1, T1), sc(3, A3, T0, T1)]);
        assert_eq!((outcome.registers[12], outcome.registers[13]), (1, 1));
        let before = [lr(3, A1, T0), sd(T1, T0, 0), amo(0, 3, A1, T0, T1), li(A0, 0)];
        let outcome = run(&join(&[&before, &call(call::DEBUG), &[sc(3, A2, T0, T1)]]));
        assert_eq!(outcome.registers[12], 0);
        // Acquire and release bits are ignored.
        let outcome = run(&[r(0x2f, 3, 2 << 2 | 3, A1, T0, 0), r(0x2f, 3, 3 << 2 | 3, A2, T0, T1)]);
        assert_eq!(outcome.registers[12], 0);
        assert_eq!(run(&[amo(2, 3, A1, T0, T1)]).kind(), "InvalidInstruction");
    }
}

#[test]
fn atomic_operations_need_writable_pages_and_may_cross_them() {
    for version in Version::ALL {
        let setup = atomics(version);
        for funct5 in [3, 0, 1, 0x1c] {
            for width in [2, 3] {
                let access = |prologue: &[Encoded]| {
                    let code = [prologue, &[amo(funct5, width, A1, T0, T0)], &exit(0)].concat();
                    run(setup, &code)
                };
                // Two writable pages.
                let outcome = access(&[lui(T0, 0x21), addi(T0, T0, -1)]);
                assert_eq!(outcome.kind(), "");
                assert_eq!((outcome.flags(0x20), outcome.flags(0x21)), (DIRTY, DIRTY));
                // Code, and into code.
                assert_eq!(access(&[lui(T0, 0x10)]).kind(), PERMISSION);
                let outcome = access(&[lui(T0, 0x10), addi(T0, T0, -1)]);
                assert_eq!((outcome.kind(), outcome.flags(0xf)), (PERMISSION, DIRTY));
                assert_eq!(outcome.registers[11], 0);
                // Up to the end of memory, and over it.
                let outcome = access(&[lui(T0, 0x400), addi(T0, T0, -8)]);
                assert_eq!(outcome.kind(), "");
                let outcome = access(&[lui(T0, 0x400), addi(T0, T0, -1)]);
                assert_eq!((outcome.kind(), outcome.flags(0x3ff)), (OUT_OF_BOUND, DIRTY));
                let outcome = access(&[lui(T0, 0x400)]);
                assert_eq!(outcome.kind(), OUT_OF_BOUND);
            }
        }
        // `lr` reads code, and the last byte of memory in V0 too.
        let lr = |prologue: &[Encoded], width| {
            run(setup, &[prologue, &[amo(2, width, A1, T0, 0)], &exit(0)].concat())
        };
        assert_eq!(lr(&[lui(T0, 0x10)], 3).kind(), "");
        assert_eq!(lr(&[lui(T0, 0x400), addi(T0, T0, -4)], 2).kind(), "");
        assert_eq!(lr(&[lui(T0, 0x400), addi(T0, T0, -8)], 3).kind(), "");
        assert_eq!(lr(&[lui(T0, 0x400), addi(T0, T0, -3)], 2).kind(), OUT_OF_BOUND);
    }
}

// ---- code that comes later ----

/// `lui a0, to; lui a1, pages; lui a2, from`, then the call that makes code.
fn load_code(to: u64, pages: i32, from: u64) -> Vec<Encoded> {
    let page = |addr: u64| i32::try_from(addr >> 12).expect("a small number");
    let arguments = [lui(A0, page(to)), lui(A1, pages), lui(A2, page(from))];
    join(&[&arguments, &call(call::LOAD_CODE)])
}

#[test]
fn data_becomes_code() {
    for setup in ALL {
        // The page is data before, written and read.
        let before = [lui(T0, 0x30), sd(T0, T0, 0), ld(T1, T0, 0)];
        let load = load_code(0x3_0000, 1, CODE);
        let after = [lui(T0, 0x30), bne(S2, ZERO, 16), li(S2, 1), jalr(ZERO, T0, 0), nop()];
        let main = join(&[&before, &load, &after, &exit(7)]);
        // The copy finds its own page executable.
        let outcome = run(setup, &main);
        assert_eq!(outcome.kind(), PERMISSION);
        assert_eq!((outcome.flags(0x30), outcome.pc >> 12), (7, 0x30));
        // Without the store it goes round and loads the page again, in vain.
        let main = join(&[&[nop()], &load, &after, &exit(7)]);
        let outcome = run(setup, &main);
        assert_eq!((outcome.kind(), outcome.pc >> 12), ("MemWriteOnFreezedPage", 0x30));
        // Behind what loads it, it runs to the end.
        let skip = [bne(S2, ZERO, 4 * 8)];
        let main = join(&[&skip, &load, &[nop()], &after, &exit(7)]);
        assert_eq!(run(setup, &main).result, Ok(7));
        // Pages of code are frozen, and pages are aligned.
        let main = join(&[&load_code(CODE, 1, DATA), &exit(7)]);
        assert_eq!(run(setup, &main).kind(), "MemWriteOnFreezedPage");
        let unaligned = join(&[&[lui(A0, 0x30), li(A1, 1)], &call(call::LOAD_CODE)]);
        assert_eq!(run(setup, &unaligned).kind(), "MemPageUnalignedAccess");
    }
}

#[test]
fn a_block_that_looked_ahead_in_vain_stays_as_it_is_until_evicted() {
    // A block of 258 bytes ends, with `auipc`, where its page does: control goes on
    // two bytes behind its start, in the middle of `lui`, at `c.j`. When the next page
    // has become code, `auipc` fuses and the block is longer: control goes on
    // elsewhere, in the end at `c.jr s2`. But that takes another decoding.
    const START: u64 = CODE + 0xefe;
    const BACK: u64 = CODE + 0xd00;
    const FUSED: u64 = CODE + 0xc00;
    let half = |encoded| match encoded {
        Encoded::Half(half) => half,
        Encoded::Word(_) => unreachable!("a compressed instruction"),
    };
    let start = [
        Encoded::Word(u32::from(half(c_j(-0x200))) << 16 | T0 << 7 | 0x37),
        addiw(T0, T0, i32::from(half(c_jr(S2))) >> 4),
    ];
    let [_, rest @ ..] = ADC;
    let short_adc = join(&[&[c_add(A1, A2)], &rest]);
    // Sixteen entries; with the fused one 262 bytes, and control goes on at `c.jr`,
    // the upper half of `addiw`.
    let sixteen = join(&[&start, &repeat(12, &ADC), &[nop(), c_nop(), auipc(T1, 0)]]);
    // Fifteen entries; with the fused one there is a sixteenth in the next page and
    // the block has 264 bytes. The block behind that goes on to `c.jr` in the page.
    let fifteen =
        join(&[&start, &repeat(11, &ADC), &short_adc, &li32(T2, 0x12345), &[auipc(T1, 0)]]);
    let cases: [(Setup, &[Encoded], &[Encoded]); 3] = [
        (V1, &sixteen, &[jalr(RA, T1, -0x2fc)]),
        (V2, &sixteen, &[addi(T1, T1, 0)]),
        (V2, &fifteen, &[addi(T1, T1, 0), c_addi(T2, 1), c_jr(S2)]),
    ];
    let to_start = |from: u64| jal(ZERO, i32::try_from(START - from).expect("a short way"));
    for (setup, block, tail) in cases {
        for evicted in [false, true] {
            let main = join(&[&li32(S2, FUSED.cast_signed()), &[to_start(CODE + 8)]]);
            let mut back = vec![bne(S3, ZERO, 4 * 13), li(S3, 1)];
            back.extend(load_code(CODE + 0x1000, 1, DATA));
            let away = join(&[&li32(T0, (START + 0x8000).cast_signed()), &[nop()]]);
            back.extend(away);
            back.push(if evicted { jalr(RA, T0, 0) } else { nop() });
            back.push(to_start(BACK + 4 * 12));
            back.extend([addi(A0, S5, 1), li(A7, 93), ecall()]);
            // The block at `c.j` is as it was.
            let again = li32(T0, (START + 2).cast_signed());
            let fused = join(&[&[li(S5, 1)], &again, &[nop(), jalr(ZERO, T0, 0)]]);
            let mut bytes = Vec::new();
            for (at, code) in [
                (CODE, &main[..]),
                (FUSED, &fused),
                (BACK, &back),
                (START, block),
                (START + 0x8000, &[c_jr(RA)]),
            ] {
                bytes.resize(usize::try_from(at - CODE).expect("a small number"), 0);
                bytes.extend(assemble(code));
            }
            // One page of code, a gap, and the page with the other block.
            let other = bytes.split_off(0x8000);
            bytes.truncate(0x1000);
            let segments = [
                Segment::code(CODE, bytes),
                Segment::code(CODE + 0x8000, other),
                Segment::data(DATA, assemble(tail)),
            ];
            let program = Program::new(elf::file(CODE, &segments));
            let outcome = check::run(&program, &setup);
            assert_eq!(outcome.result, Ok(if evicted { 2 } else { 1 }), "{setup:?}");
        }
    }
}

// ---- arithmetic with edges ----

#[test]
fn division_never_traps() {
    // funct3, opcode, dividend, divisor, result
    let min = |bits: u32| [li(T0, 1), slli(T0, T0, bits - 1), li(T1, -1)];
    let by_zero = [li(T0, -7), li(T1, 0), nop()];
    let cases: &[(&[Encoded], u32, u32, u64)] = &[
        (&by_zero, 0x33, 4, u64::MAX),
        (&by_zero, 0x33, 5, u64::MAX),
        (&by_zero, 0x33, 6, 7_u64.wrapping_neg()),
        (&by_zero, 0x33, 7, 7_u64.wrapping_neg()),
        (&by_zero, 0x3b, 4, u64::MAX),
        (&by_zero, 0x3b, 5, u64::MAX),
        (&by_zero, 0x3b, 6, 7_u64.wrapping_neg()),
        (&by_zero, 0x3b, 7, 7_u64.wrapping_neg()),
        (&min(64), 0x33, 4, 1 << 63),
        (&min(64), 0x33, 6, 0),
        (&min(32), 0x3b, 4, 0xffff_ffff_8000_0000),
        (&min(32), 0x3b, 6, 0),
    ];
    for &(prologue, opcode, funct3, expected) in cases {
        for setup in ALL {
            let code = [prologue, &[r(opcode, funct3, 1, A1, T0, T1)], &exit(0)].concat();
            assert_eq!(run(setup, &code).registers[11], expected, "{opcode:#x} {funct3}");
        }
    }
}

// ---- the stack ----

#[test]
fn the_stack_is_laid_out_by_version() {
    let program = |args: &[&str]| Program {
        args: args.iter().map(|arg| arg.as_bytes().to_vec()).collect(),
        ..code(&exit(0))
    };
    // Arguments, sp in V0, and in V1 and V2.
    let cases: [(&[&str], u64, u64); 4] = [
        (&[], 0x3f_fff8, 0x3f_fff0),
        (&["ab"], 0x3f_ffed, 0x3f_ffe0),
        (&["ab", "cde"], 0x3f_ffe1, 0x3f_ffd0),
        (&["", "x", "0123456789"], 0x3f_ffd2, 0x3f_ffc0),
    ];
    for (args, v0, later) in cases {
        for (setup, sp) in [(V0, v0), (V1, later), (V2, later)] {
            let outcome = check::run(&program(args), &setup);
            assert_eq!(outcome.registers[2], sp);
            // Ten bytes of code, and the stack.
            assert_eq!(outcome.loaded, Some(10 + TOP - sp));
            // Without arguments only V0 writes something.
            let dirty = setup.version == Version::V0 || !args.is_empty();
            assert_eq!(outcome.flags(0x3ff), if dirty { DIRTY } else { 0 });
        }
    }
    let outcome = check::run(&program(&["ab", "cde"]), &V1);
    let page = &outcome.pages.last().expect("the stack").bytes;
    let word = |at: usize| u64::from_le_bytes(page[at..at + 8].try_into().expect("eight bytes"));
    assert_eq!([word(0xfd0), word(0xfd8), word(0xfe0), word(0xfe8)], [2, 0x3f_fffd, 0x3f_fff9, 0]);
    assert_eq!(&page[0xff9..], b"cde\0ab\0");
}

#[test]
fn arguments_that_leave_the_stack_are_refused() {
    let program =
        |len: usize, count| Program { args: vec![vec![b'a'; len]; count], ..code(&exit(0)) };
    for setup in ALL {
        assert_eq!(check::run(&program(0xf_ff00, 1), &setup).kind(), "");
        for (len, count) in [(0xf_fff8, 1), (0x10_0000, 1), (0x8_0000, 2), (0x8_0000, 4)] {
            let outcome = check::run(&program(len, count), &setup);
            assert_eq!(outcome.kind(), "MemOutOfStack", "{len:#x} {count}");
        }
        // V0 and V1 write all of it first, down to where code is.
        let outcome = check::run(&program(0xf_f000, 4), &setup);
        let kind = if setup.version == Version::V2 { "MemOutOfStack" } else { PERMISSION };
        assert_eq!(outcome.kind(), kind);
        let outcome = check::run(&program(0x40_0001, 1), &setup);
        assert_eq!(outcome.kind(), OUT_OF_BOUND);
    }
}

#[test]
fn smaller_memories_move_the_stack_and_the_end() {
    for setup in ALL {
        for size in [256 << 10, 768 << 10, 2 << 20] {
            let setup = Setup {
                memory_size: verdict_vm::MemorySize::new(size).expect("a valid size"),
                ..setup
            };
            let end = i32::try_from(size >> 12).expect("a small number");
            let code = |imm| join(&[&[lui(T0, end), sd(T0, T0, imm)], &asm::exit(0)]);
            let outcome = run(setup, &code(-8));
            assert_eq!(outcome.result, Ok(0));
            let below = if setup.version == Version::V0 { 8 } else { 16 };
            assert_eq!(outcome.registers[2], size - below);
            assert_eq!(run(setup, &code(-7)).kind(), OUT_OF_BOUND);
        }
    }
}
