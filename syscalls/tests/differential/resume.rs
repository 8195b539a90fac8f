//! Verifying in pieces.

use std::sync::Arc;

use ckb_types::core::cell::ResolvedTransaction;
use verdict_syscalls::{GroupKind, Progress, ResumeError, ScriptError, State, StateError, Version};

use crate::{
    chain::{Chain, Data, Scene, data_hash, output, script},
    compare::{Both, in_pieces, through_json},
    guest::{A0, A7, Arg, BUFFER, CODE, Guest, LENGTH, RA, Segment, T0, ZERO, elf, fd, process},
    random::Random,
};

const MAX_CYCLES: u64 = 70_000_000;

/// A transaction with a lock group for each of `programs`, run by the version that the
/// hash type says. All of them, and a cell of 5000 bytes, are cell deps.
fn stage(programs: &[Vec<u8>], hash_type: u8) -> Both {
    let mut scene = Scene::new();
    for program in programs {
        let lock = script(&data_hash(program), hash_type, &[]);
        scene.input(0, output(0, &lock, None), Data::Memory(Vec::new()), None);
        scene.program(program.clone());
    }
    scene.program(vec![0x55; 5000]);
    Both::new(&scene.build(), Version::V2)
}

/// Insists that pieces of any length lead to what comes out in one go.
fn check(both: &Both, limits: &[u64], steps: &[u64]) {
    for &limit in limits {
        let whole = both.verify(limit, "in one go");
        for &step in steps {
            let what = format!("limit {limit}, step {step}");
            let pieces = in_pieces(&both.ours, limit, || step, |state| state);
            assert_eq!(pieces, whole, "{what}");
            if step > 10_000 {
                let pieces = in_pieces(&both.ours, limit, || step, through_json);
                assert_eq!(pieces, whole, "through JSON, {what}");
            }
        }
    }
}

fn program(act: impl FnOnce(&mut Guest)) -> Vec<u8> {
    let mut guest = Guest::new();
    act(&mut guest);
    guest.print();
    guest.exit(0);
    guest.elf()
}

/// Programs that do all kinds of things; the first starts the second.
fn programs() -> [Vec<u8>; 2] {
    let root = program(|guest| {
        guest.bring(&[7; 5000]);
        for n in 0..5 {
            guest.pipe(4 * n);
            guest.pipe(4 * n + 2);
            guest.spawn_with(1, &[b"hello"], &[fd(4 * n), fd(4 * n + 3)], n);
        }
        let args = [0x18_0000, 4096, 0, 100, 2, 3];
        guest.ask(2091, args.map(Arg::from));
        guest.put(LENGTH, 6000.into());
        guest.ask(2092, [BUFFER, LENGTH, 0, 2, 3].map(Arg::from));
        for n in [3, 0, 4, 1, 2] {
            guest.write(fd(4 * n + 1), CODE + n, 80 * n);
            guest.cycles();
            guest.read(fd(4 * n + 2), BUFFER + 8192, 7);
            guest.close(fd(4 * n + 2));
            guest.observe_memory(0x18_0000, 4096);
            guest.observe_memory(BUFFER, 8192);
            guest.wait(process(n));
            guest.cycles();
        }
    });
    let child = program(|guest| {
        guest.observe_stack();
        guest.inherited(0, 2);
        guest.read(fd(0), BUFFER + 8192, 333);
        guest.cycles();
        guest.write(fd(1), BUFFER, 11);
    });
    [root, child]
}

/// A transaction whose lock is the first of [`programs`].
fn family_scene() -> (Arc<ResolvedTransaction>, Chain) {
    scene(&programs())
}

/// A transaction whose lock is the first of `programs`; all are cell deps, and a cell.
fn scene(programs: &[Vec<u8>]) -> (Arc<ResolvedTransaction>, Chain) {
    locked_by(4, &[programs, &[vec![0x55; 5000]]].concat())
}

/// A transaction whose lock is the first of `cells`, with a hash of this type; all are cell
/// deps.
fn locked_by(hash_type: u8, cells: &[Vec<u8>]) -> (Arc<ResolvedTransaction>, Chain) {
    let mut scene = Scene::new();
    let lock = script(&data_hash(&cells[0]), hash_type, &[]);
    scene.input(0, output(0, &lock, None), Data::Memory(Vec::new()), None);
    for cell in cells {
        scene.program(cell.clone());
    }
    scene.build()
}

fn family() -> Both {
    Both::new(&family_scene(), Version::V2)
}

#[test]
fn pieces_of_any_length() {
    let both = family();
    let cycles = both.verify(MAX_CYCLES, "family").result.expect("it accepts");
    check(&both, &[MAX_CYCLES], &[500, 997, 12_345, 200_000, MAX_CYCLES, u64::MAX]);
    let mut random = Random::new(3);
    let limits: Vec<u64> = (0..20).map(|_| random.below(cycles + 1)).collect();
    check(&both, &limits, &[54_321]);
    check(&both, &[0, cycles - 1, cycles], &[54_321]);
}

/// A script of two processes that ends soon.
pub(crate) fn small() -> Both {
    let root = program(|guest| {
        guest.pipe(0);
        guest.spawn(1, &[fd(0)], 0);
        guest.write(fd(1), CODE, 9);
        guest.wait(process(0));
        guest.cycles();
    });
    let child = program(|guest| {
        guest.inherited(0, 1);
        guest.read(fd(0), BUFFER, 4);
        guest.cycles();
    });
    Both::new(&scene(&[root, child]), Version::V2)
}

#[test]
fn every_block_is_a_place_to_stop() {
    let both = small();
    let whole = both.verify(MAX_CYCLES, "small");
    let (mut until, mut places) = (1000, 0);
    let verifier = &both.ours.verifier;
    while let Ok(Progress::Suspended(state)) = verifier.verify_until(until, MAX_CYCLES, None) {
        let mut first = true;
        let step = || if std::mem::take(&mut first) { until } else { u64::MAX };
        both.ours.forget_prints();
        let pieces = in_pieces(&both.ours, MAX_CYCLES, step, |state| state);
        assert_eq!(pieces, whole, "until {until}");
        until = until.max(state.cycles()) + 7;
        places += 1;
    }
    assert!(places > 500, "{places}");
    both.ours.forget_prints();
    // A step of nothing still gets on.
    assert_eq!(in_pieces(&both.ours, MAX_CYCLES, || 0, through_json), whole);
}

#[test]
fn every_block_of_every_version_is_a_place_to_stop() {
    let short = program(|guest| {
        let args = [0x18_0000, 4096, 0, 100, 1, 3];
        guest.ask(2091, args.map(Arg::from));
        guest.put(LENGTH, 5000.into());
        guest.ask(2092, [BUFFER, LENGTH, 1, 1, 3].map(Arg::from));
        guest.fill_with(BUFFER + 4090, 10, 3);
        guest.observe_memory(BUFFER + 4088, 16);
        guest.observe_memory(0x18_0000, 128);
        guest.spin(20);
    });
    for hash_type in [0, 2, 4] {
        let both = stage(std::slice::from_ref(&short), hash_type);
        let whole = both.verify(MAX_CYCLES, "short");
        let cycles = whole.result.clone().expect("it accepts");
        for until in (1..cycles + 2).step_by(3) {
            both.ours.forget_prints();
            let mut first = true;
            let step = || if std::mem::take(&mut first) { until } else { u64::MAX };
            assert_eq!(in_pieces(&both.ours, MAX_CYCLES, step, |state| state), whole, "{until}");
        }
    }
}

#[test]
fn several_groups_of_all_versions() {
    let telling = |n: u64| {
        program(move |guest| {
            guest.put(LENGTH, 50.into());
            guest.ask(2062, [BUFFER, LENGTH, 0].map(Arg::from));
            guest.observe_memory(BUFFER, 64);
            guest.spin(100 * (n + 1));
        })
    };
    let programs: Vec<Vec<u8>> = (0..4).map(telling).collect();
    for hash_type in [0, 2, 4] {
        let both = stage(&programs, hash_type);
        let cycles = both.verify(MAX_CYCLES, "groups").result.expect("all accept");
        check(&both, &[0, 5000, cycles - 1, cycles], &[0, 700, 2000, u64::MAX]);
    }
    let mut failing = programs;
    failing[2] = Guest::exiting(5).elf();
    check(&stage(&failing, 2), &[MAX_CYCLES], &[0, 700, 2000, u64::MAX]);
}

#[test]
fn type_ids_are_verified_in_one_piece() {
    let mut scene = Scene::new();
    let accepting = Guest::exiting(0).elf();
    let lock = script(&data_hash(&accepting), 2, &[]);
    let mut code_hash = [0; 32];
    code_hash[25..].copy_from_slice(b"TYPE_ID");
    let id = script(&code_hash.into(), 1, &[7; 32]);
    scene.input(0, output(0, &lock, Some(&id)), Data::Memory(Vec::new()), None);
    scene.program(accepting);
    let both = Both::new(&scene.build(), Version::V2);
    let cycles = both.verify(MAX_CYCLES, "type id").result.expect("it accepts");
    check(&both, &[cycles - 1, cycles, 10], &[0, 100, 600, 1_000_000]);
}

#[test]
fn code_in_place_of_a_program() {
    // In version 1 the program replaces itself.
    let next = program(|guest| {
        guest.observe_stack();
        guest.observe_memory(BUFFER, 64);
        guest.spin(100);
        guest.cycles();
    });
    let first = program(|guest| {
        guest.fill();
        let argv = guest.argv(&[b"an argument"]);
        guest.exec([1, 3, 0, 0], argv);
    });
    for hash_type in [2, 4] {
        let cells = [first.clone(), next.clone()];
        let both = Both::new(&locked_by(hash_type, &cells), Version::V2);
        check(&both, &[MAX_CYCLES, 3000], &[0, 501, 1234]);
    }
}

#[test]
fn pages_of_a_program_that_was_replaced_are_forgotten() {
    // The first program has a page that is a copy of a cell, and is executable, where the
    // next one has none.
    let first = program(|guest| {
        guest.ask(2091, [0x18_0000, 4096, 0, 4096, 2, 3].map(Arg::from));
        guest.exec([1, 3, 0, 0], (0, 0));
    });
    let next = program(|guest| {
        guest.observe_memory(0x18_0000, 4096);
        guest.spin(100);
        guest.fill_with(0x18_0000, 16, 1);
        guest.observe_memory(0x18_0000, 4096);
    });
    for hash_type in [2, 4] {
        let cells = [first.clone(), next.clone(), vec![0x55; 5000]];
        let both = Both::new(&locked_by(hash_type, &cells), Version::V2);
        check(&both, &[MAX_CYCLES], &[0, 501, 1234]);
    }
}

#[test]
fn blocks_beyond_4_gib_are_remembered() {
    // The function makes whatever call is in `a7`, so it returns from the first and exits
    // in the second, at an address that only versions 0 and 1 can enter, and only because
    // they have been in the function before.
    let function = CODE + 0x800;
    let mut guest = Guest::default();
    for (reg, value) in (A0..).zip([BUFFER, LENGTH, 0]) {
        guest.li(reg, value);
    }
    guest.li(A7, 2061);
    guest.li(T0, function);
    guest.jalr(1, T0);
    guest.spin(50);
    guest.li(A0, 0);
    guest.li(A7, 93);
    guest.li(T0, 1 << 32 | function);
    guest.jalr(1, T0);
    let mut code = guest.code();
    code.resize(0x800, 0);
    let mut guest = Guest::default();
    guest.word(0x13); // nop
    guest.word(0x73);
    guest.jalr(0, 1);
    code.extend(guest.code());
    let program = elf(CODE, &[Segment::new(CODE, 5, &code)]);
    for (hash_type, accepts) in [(0, true), (2, true), (4, false)] {
        let both = stage(std::slice::from_ref(&program), hash_type);
        assert_eq!(both.verify(MAX_CYCLES, "beyond").result.is_ok(), accepts);
        check(&both, &[MAX_CYCLES], &[0, 501, 600]);
    }
}

#[test]
fn random_programs_of_older_versions() {
    // Functions that are called where they are and beyond 4 GiB, code that takes the slots
    // of their blocks, data, and programs in place of others.
    const FUNCTIONS: u64 = 0x4_0000;
    const EVICTING: u64 = FUNCTIONS + 0x8000;
    let mut functions = Vec::new();
    for n in 0..32 {
        let mut guest = Guest::default();
        guest.addi(A0, A0, n);
        guest.spin(3);
        guest.jalr(ZERO, RA);
        functions.extend(guest.code());
    }
    let size = functions.len() as u64 / 32;
    functions.resize(4096, 0);
    let mut random = Random::new(9);
    let mut accepted = 0;
    for case in 0..150 {
        let hash_type = random.of(&[0, 2, 2]);
        let count = if hash_type == 2 { 1 + random.below(3) } else { 1 };
        let mut programs = Vec::new();
        for number in 1..=count {
            let mut guest = Guest::new();
            for act in 0..random.of(&[3, 6, 12]) {
                let function = size * random.below(3);
                let beyond = random.of(&[1, 1, 9, 1 << 31]) << 32;
                let times = random.of(&[1, 2, 60]);
                match random.below(9) {
                    0..4 => guest.call_function(FUNCTIONS + function, times),
                    4 | 5 => guest.call_function(beyond + FUNCTIONS + function, times),
                    6 if act == 0 || random.one_in(40) => {
                        let args = [EVICTING, 4096, 0, 4096, count, 3];
                        guest.ask(2091, args.map(Arg::from));
                        guest.call_function(EVICTING + function, times);
                    }
                    7 => {
                        guest.put(LENGTH, 5000.into());
                        let args = [BUFFER + random.below(2), LENGTH, 0, count, 3];
                        guest.ask(2092, args.map(Arg::from));
                        guest.observe_memory(BUFFER, 4096);
                    }
                    _ => guest.spin(random.of(&[1, 200])),
                }
            }
            if number < count {
                guest.exec([number, 3, 0, 0], (0, 0));
            }
            guest.print();
            guest.exit(0);
            let code = Segment::new(CODE, 5, &guest.code());
            programs.push(elf(CODE, &[code, Segment::new(FUNCTIONS, 5, &functions)]));
        }
        programs.push(functions.clone());
        let both = Both::new(&locked_by(hash_type, &programs), Version::V2);
        let end = both.verify(MAX_CYCLES, &format!("case {case}"));
        accepted += u32::from(end.result.is_ok());
        let longest = random.of(&[700, 3000, 20_000]);
        let pieces = in_pieces(&both.ours, MAX_CYCLES, || random.below(longest), |state| state);
        assert_eq!(pieces, end, "case {case}");
    }
    assert!((40..110).contains(&accepted), "{accepted}");
}

fn suspended(both: &Both) -> State {
    match both.ours.verifier.verify_until(300_000, MAX_CYCLES, None) {
        Ok(Progress::Suspended(state)) => *state,
        other => panic!("it takes longer: {other:?}"),
    }
}

fn refusal(both: &Both, state: &State) -> StateError {
    match both.ours.verifier.verify_until(u64::MAX, MAX_CYCLES, Some(state)) {
        Err(ResumeError::State(error)) => error,
        other => panic!("the state is not good: {other:?}"),
    }
}

#[test]
fn states_that_are_not_good_are_refused() {
    let both = family();
    let state = suspended(&both);
    assert!(state.cycles() > 200_000);
    let value = serde_json::to_value(&state).expect("a state can be written");

    let changed = |pointer: &str, new: serde_json::Value| -> State {
        let mut value = value.clone();
        *value.pointer_mut(pointer).expect("there is such a field") = new;
        serde_json::from_value(value).expect("it has the right form")
    };
    for other in [0, State::FORMAT - 1, State::FORMAT + 1] {
        let refusal = refusal(&both, &changed("/format", other.into()));
        assert_eq!(refusal, StateError::Format(other));
    }
    for (pointer, new) in [
        ("/content/cycles", 1.into()),
        ("/content/groups", 1.into()),
        ("/content/newest", 1.into()),
        ("/content/scheduler", serde_json::Value::Null),
        ("/content/scheduler/total", 0.into()),
        ("/content/scheduler/processes/0/pc", 0.into()),
        ("/content/scheduler/processes/0/pages/0/bytes/17", 1.into()),
        ("/content/scheduler/processes/0/sources/0/offset", 1.into()),
        ("/digest/3", 1.into()),
    ] {
        assert_eq!(refusal(&both, &changed(pointer, new)), StateError::Damaged, "{pointer}");
    }
    for (pointer, new) in [
        ("/content/scheduler/processes/0/pc", serde_json::Value::Null),
        ("/content/scheduler/processes/0/sources/0/data/0", 9.into()),
        ("/content/scheduler/processes/0/sources/0/data/1", 4.into()),
        ("/content", serde_json::Value::Null),
    ] {
        let mut value = value.clone();
        *value.pointer_mut(pointer).expect("there is such a field") = new;
        assert!(serde_json::from_value::<State>(value).is_err(), "{pointer}");
    }

    let other = stage(&[Guest::exiting(0).elf()], 4);
    assert_eq!(refusal(&other, &state), StateError::Transaction);
    let older = Both::new(&family_scene(), Version::V1);
    assert_eq!(refusal(&older, &state), StateError::Rules(2));
}

#[test]
fn a_pause_suspends() {
    let both = family();
    let verifier = &both.ours.verifier;
    let whole = both.verify(MAX_CYCLES, "family");
    verifier.pause().request();
    let state = match verifier.verify_until(u64::MAX, MAX_CYCLES, None) {
        Ok(Progress::Suspended(state)) => *state,
        other => panic!("it is to pause: {other:?}"),
    };
    let end = verifier.verify_until(u64::MAX, MAX_CYCLES, Some(&state));
    assert!(matches!(end, Ok(Progress::Completed(cycles)) if Ok(cycles) == whole.result));

    verifier.pause().request();
    let group = &verifier.groups()[0];
    assert_eq!(verifier.verify_group(group, MAX_CYCLES), Err(ScriptError::Interrupted));
    assert_eq!(group.kind(), GroupKind::Lock);
}
