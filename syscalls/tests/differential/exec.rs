//! `exec`, in place and by the scheduler.

use verdict_syscalls::{GroupKind, Version};

use crate::{
    chain::{Data, Scene, data_hash, output, script},
    compare::{Both, Outcome},
    guest::{A0, Arg, BUFFER, CODE, Guest, MEMORY, POOL, Segment, elf, fd, process},
};

const GROUP: u64 = 1 << 56;
/// The hash types of versions 1 and 2.
const HASH_TYPES: [u8; 2] = [2, 4];
/// The first cell dep behind the program of the root.
const DEP: u64 = 1;

/// A transaction in which the first of `programs` is the lock. All of them are cell
/// deps; the last is everything else, too.
fn stage(programs: &[Vec<u8>], hash_type: u8) -> (Both, ckb_types::packed::Byte32) {
    let mut scene = Scene::new();
    let lock = script(&data_hash(&programs[0]), hash_type, &[]);
    let other = script(&data_hash(b"other"), 0, &[]);
    let last = || Data::Stored(programs[programs.len() - 1].clone());
    scene.input(0, output(0, &other, Some(&lock)), Data::Lost, None);
    scene.input(1, output(0, &lock, None), last(), None);
    scene.input(2, output(0, &lock, Some(&lock)), last(), None);
    for program in programs {
        scene.program(program.clone());
    }
    scene.dep(output(0, &other, None), Data::HashOnly, None);
    for kind in [None, Some(&lock)] {
        scene.output(output(0, &other, kind), programs[programs.len() - 1].clone());
    }
    for witness in [b"no program".to_vec(), programs[programs.len() - 1].clone(), Vec::new()] {
        scene.witness(witness);
    }
    (Both::new(&scene.build(), Version::V2), lock.calc_script_hash())
}

fn run(programs: &[Vec<u8>], hash_type: u8, what: &str) -> Outcome {
    let (both, hash) = stage(programs, hash_type);
    let what = format!("hash type {hash_type}, {what}");
    let end = both.group(GroupKind::Lock, &hash, 70_000_000, &what);
    both.group(GroupKind::Type, &hash, 70_000_000, &what);
    let turns = both.reference.turns(both.find(GroupKind::Lock, &hash));
    for cycles in turns {
        for limit in cycles.saturating_sub(1)..=cycles + 1 {
            both.group(GroupKind::Lock, &hash, limit, &what);
        }
    }
    end
}

/// A program that does something, prints what it saw and exits.
fn program(act: impl FnOnce(&mut Guest)) -> Vec<u8> {
    let mut guest = Guest::new();
    act(&mut guest);
    guest.print();
    guest.exit(0);
    guest.elf()
}

/// A program that looks around.
fn looking() -> Vec<u8> {
    program(|guest| {
        guest.observe(A0);
        guest.observe_registers();
        guest.observe_stack();
        guest.observe_memory(BUFFER, 64);
        guest.cycles();
    })
}

#[test]
fn the_costs_that_are_known() {
    // Seven times `li` and `ecall`: 32 bytes. The other program has ten: exits with 7.
    let mut guest = Guest::default();
    for (reg, value) in (A0..).zip([DEP, 3, 0, 0, 0, 0]) {
        guest.li(reg, value);
    }
    guest.ecall(2043);
    let first = elf(CODE, &[Segment::new(CODE, 5, &guest.code())]);
    assert_eq!(guest.code().len(), 32);
    let code = [0x1d, 0x45, 0x93, 0x08, 0xd0, 0x05, 0x73, 0, 0, 0];
    let second = elf(CODE, &[Segment::new(CODE, 5, &code)]);
    for (hash_type, cycles) in [(2, 1028), (4, 76_028)] {
        let end = run(&[first.clone(), second.clone()], hash_type, "known");
        assert!(end.result.expect_err("the code is not 0").ends_with(" 7"));
        assert_eq!(end.consumed, cycles);
    }
}

#[test]
fn arguments_and_a_clean_machine() {
    let long = vec![b'x'; 10_000];
    let lists: [&[&[u8]]; 6] =
        [&[], &[b""], &[b"ab"], &[b"ab", b"cde"], &[b"", b"x", b"0123456789"], &[&long, b"y"]];
    for args in lists {
        let first = program(|guest| {
            guest.fill();
            let argv = guest.argv(args);
            guest.exec([DEP, 3, 0, 0], argv);
        });
        for hash_type in HASH_TYPES {
            let end = run(&[first.clone(), looking()], hash_type, &format!("{} args", args.len()));
            assert!(end.result.is_ok() && end.prints.len() == 1);
        }
    }
}

#[test]
fn every_source_place_and_index() {
    let mut ends = [0; 3];
    for source in [
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
        u64::MAX,
    ] {
        for place in [0, 1, 2, 1 << 32, 1 << 56] {
            for index in [0, 1, 2, 3, 7, 1 << 32, 1 << 32 | 1, u64::MAX] {
                let first = program(|guest| guest.exec([index, source, place, 0], (0, 0)));
                let programs = [first, looking()];
                for hash_type in HASH_TYPES {
                    let (both, hash) = stage(&programs, hash_type);
                    for kind in [GroupKind::Lock, GroupKind::Type] {
                        let what = format!("{hash_type} {kind} {source:#x} {place:#x} {index:#x}");
                        let end = both.group(kind, &hash, 200_000, &what);
                        match end.result {
                            Ok(cycles) if cycles < 2000 => ends[0] += 1,
                            Ok(_) => ends[1] += 1,
                            Err(_) => ends[2] += 1,
                        }
                    }
                }
            }
        }
    }
    assert!(ends.iter().all(|&count| count > 20), "{ends:?}");
}

#[test]
fn bounds() {
    let inner = looking();
    let len = inner.len() as u64;
    let file = [b"before".to_vec(), inner, b"after".to_vec()].concat();
    for offset in [0, 1, 6, 7, len + 10, len + 11, len + 12, u64::from(u32::MAX)] {
        for part in [0, 1, 63, len - 1, len, len + 5, len + 6, u64::from(u32::MAX)] {
            let first = program(|guest| {
                guest.exec([DEP, 3, 0, offset << 32 | part], (0, 0));
                guest.exec([1, 1, 1, offset << 32 | part], (0, 0));
            });
            for hash_type in HASH_TYPES {
                let what = format!("offset {offset}, length {part} of {len}");
                run(&[first.clone(), file.clone()], hash_type, &what);
            }
        }
    }
}

#[test]
fn data_that_is_lost() {
    // The second is the cell dep whose data is lost, the last the input.
    for (index, source) in [(2, 3), (0, 1), (0, GROUP | 1)] {
        let first = program(|guest| guest.exec([index, source, 0, 0], (0, 0)));
        for hash_type in HASH_TYPES {
            let (both, hash) = stage(&[first.clone(), looking()], hash_type);
            for kind in [GroupKind::Lock, GroupKind::Type] {
                let what = format!("{hash_type} {kind} {source:#x}");
                both.group(kind, &hash, 200_000, &what);
            }
        }
    }
}

#[test]
fn programs_that_cannot_be_loaded() {
    let code = |act: fn(&mut Guest)| {
        let mut guest = Guest::new();
        act(&mut guest);
        guest.code()
    };
    let exit = code(|guest| guest.exit(54));
    let tell = code(|guest| {
        guest.observe(A0);
        guest.observe_registers();
        guest.print();
        guest.exit(0);
    });
    let segment = Segment::new;
    let mut huge = segment(0x1000, 6, b"x");
    huge.size = MEMORY;
    let files = [
        b"no program".to_vec(),
        elf(CODE, &[]),
        // Half of it is there, and at the address that a reset leaves in `pc`.
        elf(CODE, &[segment(0, 5, &tell), segment(0, 5, &exit)]),
        elf(CODE, &[segment(0, 5, &exit), segment(0x800, 4, b"overlaps")]),
        elf(CODE, &[segment(0, 5, &tell), huge]),
        // All of it is refused before anything is loaded.
        elf(CODE, &[segment(0, 5, &tell), segment(0x1000, 7, b"x")]),
        elf(CODE, &[segment(0, 5, &tell), segment(0x1000, 1, b"x")]),
        // Segments behind the first share its page.
        elf(CODE, &[segment(CODE, 5, &tell), segment(POOL, 6, b"12"), segment(POOL, 4, b"3")]),
        // The stack is not writable.
        elf(MEMORY - 4096, &[segment(MEMORY - 4096, 5, &tell)]),
    ];
    for (n, file) in files.into_iter().enumerate() {
        for args in [&[][..], &[b"an argument".as_slice()]] {
            let first = program(|guest| {
                guest.fill();
                let argv = guest.argv(args);
                guest.exec([DEP, 3, 0, 0], argv);
            });
            for hash_type in HASH_TYPES {
                let what = format!("file {n}, {} arguments", args.len());
                let end = run(&[first.clone(), file.clone()], hash_type, &what);
                let runs_half_loaded = hash_type == 2 && [2, 4].contains(&n);
                let runs_exit = hash_type == 2 && n == 3;
                if runs_half_loaded {
                    assert!(end.result.is_ok(), "{what}");
                } else if runs_exit {
                    assert!(end.result.expect_err("exits with 54").ends_with(" 54"));
                }
            }
        }
    }
}

#[test]
fn arguments_that_do_not_fit() {
    // One string of many bytes, and so many addresses of it.
    for (len, argc) in [
        (0xf_0000_u64, 1_u64),
        (0xf_ffdf, 1),
        (0xf_ffe0, 1),
        (0xf_fff0, 1),
        (0xf_fff7, 1),
        (0xf_fff8, 1),
        (0xf_fff9, 1),
        (0x10_0000, 1),
        (0x20_0000, 1),
        (0x1_fff8, 8),
        (0x1_fff9, 8),
        (0x1_fff8, 9),
        (0x1_fff8, u64::MAX),
        (0, 1000),
        (0, u64::MAX),
    ] {
        let first = program(|guest| {
            guest.fill_with(BUFFER, len + 1, b'x');
            guest.put_byte(BUFFER + len, 0);
            for n in 0..argc.min(40) {
                guest.put(POOL + 8 * n, BUFFER.into());
            }
            guest.exec([DEP, 3, 0, 0], (argc, POOL));
        });
        for hash_type in HASH_TYPES {
            run(&[first.clone(), looking()], hash_type, &format!("{argc} of {len}"));
        }
    }
}

#[test]
fn arguments_that_are_not_in_memory() {
    for argv in [MEMORY, MEMORY - 7, u64::MAX, u64::MAX - 7, MEMORY - 8, MEMORY - 16] {
        for pointer in [MEMORY, MEMORY - 1, u64::MAX, CODE] {
            for argc in [1, 2, 3] {
                let first = program(|guest| {
                    guest.fill_with(MEMORY - 64, 64, b'x');
                    guest.put(MEMORY - 8, pointer.into());
                    guest.put(MEMORY - 16, pointer.into());
                    guest.exec([DEP, 3, 0, 0], (argc, argv));
                });
                for hash_type in HASH_TYPES {
                    let what = format!("{argc} at {argv:#x}, to {pointer:#x}");
                    run(&[first.clone(), looking()], hash_type, &what);
                }
            }
        }
    }
}

#[test]
fn one_after_another() {
    // Each executes the next, the last loads itself from the middle of its witness.
    let mut programs: Vec<Vec<u8>> = (0..5)
        .map(|n| {
            program(|guest| {
                guest.observe_stack();
                guest.cycles();
                guest.print();
                let argv = guest.argv(&[b"one".as_slice(), b"after another"][..n % 3]);
                guest.exec([DEP + n as u64, 3, 0, 0], argv);
            })
        })
        .collect();
    programs.push(looking());
    for hash_type in HASH_TYPES {
        let end = run(&programs, hash_type, "chain");
        assert_eq!(end.prints.len(), 6);
    }
}

#[test]
fn processes_keep_what_is_theirs() {
    // The child replaces itself; its number, its file descriptors and who waits for it
    // stay. It has mapped code before, which does not.
    let root = program(|guest| {
        guest.pipe(0);
        guest.pipe(2);
        guest.spawn(1, &[fd(0), fd(3)], 0);
        guest.write(fd(1), CODE, 100);
        guest.read(fd(2), BUFFER, 100);
        guest.wait(process(0));
    });
    let child = program(|guest| {
        guest.inherited(0, 9);
        guest.ask(2091, [0x18_0000, 4096, 0, 100, 0, 3].map(Arg::from));
        guest.read(fd(0), BUFFER, 7);
        let argv = guest.argv(&[b"hello"]);
        guest.exec([2, 3, 0, 0], argv);
    });
    let next = program(|guest| {
        guest.observe_stack();
        guest.ask(2603, []);
        guest.inherited(4, 9);
        guest.read(fd(4), BUFFER, 200);
        guest.write(fd(5), CODE, 50);
        guest.fill_with(0x18_0000, 64, 1);
        guest.cycles();
    });
    let end = run(&[root, child, next], 4, "keeps");
    assert!(end.result.is_ok());
    assert_eq!(end.prints.len(), 2);
}
