//! Loading programs, the limit on cycles, and how scripts end.

use verdict_syscalls::{GroupKind, ScriptError, Version};

use crate::{
    chain::{Data, Scene, data_hash, output, script},
    compare::{Both, Outcome},
    guest::{A0, BUFFER, CODE, Call, Guest, LENGTH, T0},
    random::Random,
};

const HASH_TYPES: [u8; 3] = [0, 2, 4];

/// Both verifiers of a transaction with one input that `program` locks, and the hash
/// of the lock.
fn lock(program: &[u8], hash_type: u8) -> (Both, ckb_types::packed::Byte32) {
    let mut scene = Scene::new();
    let lock = script(&data_hash(program), hash_type, &[]);
    scene.input(0, output(0, &lock, None), Data::Memory(Vec::new()), None);
    scene.program(program.to_vec());
    (Both::new(&scene.build(), Version::V2), lock.calc_script_hash())
}

fn run(program: &[u8], hash_type: u8, max_cycles: u64) -> Outcome {
    let (both, hash) = lock(program, hash_type);
    let what = format!("hash type {hash_type}, limit {max_cycles}, {program:x?}");
    both.group(GroupKind::Lock, &hash, max_cycles, &what)
}

#[test]
fn the_load_and_the_last_cycle_are_counted() {
    // 120 bytes of headers and 12 of code; `exit` needs 502 cycles.
    let program = Guest::exiting(0).elf();
    for (hash_type, stack) in [(0, 8), (2, 16), (4, 16)] {
        let cycles = (132_u64 + stack).div_ceil(4) + 502;
        for limit in 0..=cycles + 1 {
            let end = run(&program, hash_type, limit);
            let exceeded = format!("ExceededMaximumCycles {limit}");
            let expected = if limit >= cycles { Ok(cycles) } else { Err(exceeded) };
            assert_eq!(end.result, expected);
        }
    }
}

#[test]
fn the_low_byte_of_the_exit_code_counts() {
    for code in [1, 127, 128, 255, 256, 257, 1 << 32, u64::MAX] {
        for hash_type in HASH_TYPES {
            let end = run(&Guest::exiting(code).elf(), hash_type, 10_000);
            assert_eq!(end.result.is_ok(), code % 256 == 0, "{code}");
        }
    }
}

#[test]
fn a_syscall_may_pass_the_limit_but_not_run_on() {
    // What the call costs is added to the ecall before it, so the limits in between
    // are noticed only after its effects.
    for hash_type in HASH_TYPES {
        let mut guest = Guest::new();
        let debug = Call { number: 2177, args: [BUFFER, 0, 0, 0, 0, 0], length: 0 };
        for at in 0..8 {
            guest.store_u64(BUFFER + 8 * at, u64::from_le_bytes(*b"a string"));
        }
        guest.call(&debug);
        guest.observed_call(&Call {
            number: 2051,
            args: [BUFFER, LENGTH, 0, 0, 0, 0],
            length: 1000,
        });
        guest.print();
        guest.exit(0);
        let (both, hash) = lock(&guest.elf(), hash_type);
        let end = both.group(GroupKind::Lock, &hash, u64::MAX, "no limit");
        let cycles = end.result.expect("nothing is wrong but the limit");
        let mut random = Random::new(7);
        let random_limits = (0..200).map(|_| random.below(cycles));
        for limit in (0..1800).chain(random_limits).chain(cycles - 600..=cycles) {
            both.group(GroupKind::Lock, &hash, limit, &format!("limit {limit}"));
        }
    }
}

#[test]
fn passing_the_limit_hides_another_failure() {
    // The string is charged for and then refused.
    let mut guest = Guest::new();
    guest.fill();
    guest.li(A0, BUFFER);
    guest.ecall(2177);
    let program = guest.elf();
    for hash_type in HASH_TYPES {
        let end = run(&program, hash_type, u64::MAX);
        assert_eq!(end.result, Err("VMInternalError External".into()));
        for less in [0, 1, 2, 2047, 2048, 2049] {
            run(&program, hash_type, end.consumed - less);
        }
    }
    // The call reaches the limit, and what follows cannot be decoded: whether that is
    // looked at depends on one cycle.
    let mut guest = Guest::new();
    guest.call(&Call { number: 2061, args: [BUFFER, LENGTH, 0, 0, 0, 0], length: 32 });
    guest.word(0);
    for hash_type in HASH_TYPES {
        let cycles = run(&guest.elf(), hash_type, u64::MAX).consumed;
        for limit in cycles - 10..=cycles {
            let end = run(&guest.elf(), hash_type, limit);
            let exceeded = Err(format!("ExceededMaximumCycles {limit}"));
            assert_eq!(end.result == exceeded, limit < cycles, "{limit} {cycles}");
        }
    }
    // The load alone passes the limit, and the first block cannot be decoded.
    let mut guest = Guest::default();
    guest.word(0);
    for limit in 0..50 {
        for hash_type in HASH_TYPES {
            run(&guest.elf(), hash_type, limit);
        }
    }
}

#[test]
fn current_cycles_include_the_load_and_the_call() {
    for hash_type in [2, 4] {
        for calls in 1..4 {
            let mut guest = Guest::new();
            for _ in 0..calls {
                guest.ecall(2042);
                guest.observe(A0);
                guest.ecall(2041);
                guest.observe(A0);
            }
            guest.print();
            guest.exit(0);
            let end = run(&guest.elf(), hash_type, 100_000);
            assert_eq!(end.prints.len(), 1);
        }
    }
    // `li a7, 2042; ecall; exit` with the count as exit code.
    let mut guest = Guest::default();
    guest.ecall(2042);
    guest.ecall(93);
    let end = run(&guest.elf(), 4, 100_000);
    let count: u64 = (120 + 4 * 4_u64 + 16).div_ceil(4) + 1 + 500;
    assert!(
        end.result
            .expect_err("the count is not 0")
            .ends_with(&format!(" {}", count.to_le_bytes()[0].cast_signed()))
    );
}

#[test]
fn files_that_are_no_programs() {
    let good = Guest::exiting(0).elf();
    let mut files = vec![Vec::new(), b"\x7fELF".to_vec(), vec![0; 64], good[..63].to_vec()];
    files.extend([good[..119].to_vec(), good[..121].to_vec()]);
    for (at, byte) in
        [(4, 1), (4, 3), (5, 2), (5, 3), (56, 0), (56, 200), (68, 4), (68, 7), (68, 2)]
    {
        let mut file = good.clone();
        file[at] = byte;
        files.push(file);
    }
    files.push(Guest::exiting(0).elf_at(CODE + 8));
    files.push(Guest::exiting(0).elf_at((4 << 20) - 4096));
    files.push(Guest::exiting(0).elf_at(4 << 20));
    files.push(Guest::exiting(0).elf_at(0));
    for file in files {
        for hash_type in HASH_TYPES {
            for limit in [0, 100, 10_000] {
                run(&file, hash_type, limit);
            }
        }
    }
}

#[test]
fn a_program_whose_data_is_lost() {
    let mut scene = Scene::new();
    let lock = script(&data_hash(b"missing"), 0, &[]);
    scene.input(0, output(0, &lock, None), Data::Memory(Vec::new()), None);
    scene.dep(output(0, &lock, None), Data::HashOnly, None);
    let both = Both::new(&scene.build(), Version::V2);
    let end = both.verify(1000, "lost");
    let error = "VMInternalError SnapshotDataLoadError".into();
    assert_eq!(end.result, Err(("Inputs[0].Lock".into(), error)));
}

#[test]
fn loaded_code_runs() {
    let mut function = Guest::default();
    function.li(A0, 42);
    function.jalr(0, 1);
    for hash_type in HASH_TYPES {
        let mut guest = Guest::new();
        let args = [0x18_0000, 4096, 4, 8, 0, 1];
        guest.call(&Call { number: 2091, args, length: 0 });
        guest.li(T0, 0x18_0000);
        guest.jalr(1, T0);
        guest.ecall(93);

        let program = guest.elf();
        let lock = script(&data_hash(&program), hash_type, &[]);
        let mut scene = Scene::new();
        let data = [b"skip".to_vec(), function.code()].concat();
        scene.input(0, output(0, &lock, None), Data::Stored(data), None);
        scene.program(program);
        let both = Both::new(&scene.build(), Version::V2);
        let end = both.verify(10_000, "as code");
        let (_, error) = end.result.expect_err("the code returns 42");
        assert!(error.ends_with(" 42"), "{error}");
    }
}

#[test]
fn a_request_to_pause_interrupts() {
    let mut scene = Scene::new();
    let mut guest = Guest::default();
    guest.word(0x6f); // jumps to itself
    let program = guest.elf();
    let lock = script(&data_hash(&program), 4, &[]);
    scene.input(0, output(0, &lock, None), Data::Memory(Vec::new()), None);
    scene.program(program);
    let both = Both::new(&scene.build(), Version::V2);
    let verifier = &both.ours.verifier;
    std::thread::scope(|scope| {
        let run = scope.spawn(|| verifier.verify(u64::MAX));
        verifier.pause().request();
        let error = run.join().expect("no panic").expect_err("it would run for ever");
        assert_eq!(error.cause, ScriptError::Interrupted);
        assert_eq!(error.to_string(), "Inputs[0].Lock: interrupted");
    });
    // The request is used up.
    let error = verifier.verify(10_000).expect_err("the limit is reached");
    assert_eq!(error.cause.kind(), "ExceededMaximumCycles");
}
