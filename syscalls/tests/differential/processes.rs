//! Processes and pipes: each rule by itself.

use verdict_syscalls::{GroupKind, ScriptError, Version};

use crate::{
    chain::{Data, Scene, data_hash, output, script},
    compare::{Both, Outcome},
    guest::{
        A0, Arg, BUFFER, CODE, FDS, Guest, LENGTH, MEMORY, OPTIONS, PROCESSES, RA, Segment, T0,
        ZERO, elf, fd, process,
    },
    random::Random,
};

const GROUP: u64 = 1 << 56;
/// Where code is mapped.
const MAPPED: u64 = 0x18_0000;
const MAX_CYCLES: u64 = 70_000_000;

/// A transaction whose lock is the first of `programs`. All of them are cell deps, with
/// `cells` behind them.
fn stage(programs: &[Vec<u8>], cells: &[Vec<u8>]) -> (Both, ckb_types::packed::Byte32) {
    let mut scene = Scene::new();
    let lock = script(&data_hash(&programs[0]), 4, &[]);
    scene.input(0, output(0, &lock, None), Data::Memory(vec![1, 2, 3]), None);
    for program in programs.iter().chain(cells) {
        scene.program(program.clone());
    }
    scene.dep(output(0, &lock, None), Data::HashOnly, None);
    scene.output(output(0, &lock, None), programs[programs.len() - 1].clone());
    scene.witness(programs[programs.len() - 1].clone());
    (Both::new(&scene.build(), Version::V2), lock.calc_script_hash())
}

/// Runs programs with all limits that end a turn, the limits next to them and some more.
fn run_with(programs: &[Vec<u8>], cells: &[Vec<u8>], what: &str) -> Outcome {
    let (both, hash) = stage(programs, cells);
    let end = both.group(GroupKind::Lock, &hash, MAX_CYCLES, what);
    let mut turns = both.reference.turns(both.find(GroupKind::Lock, &hash));
    let mut random = Random::new(end.consumed);
    while turns.len() > 20 {
        turns.swap_remove(usize::try_from(random.below(turns.len() as u64)).expect("an index"));
    }
    for cycles in turns {
        for limit in cycles.saturating_sub(1)..=cycles + 1 {
            both.group(GroupKind::Lock, &hash, limit, &format!("{what}, limit {limit}"));
        }
    }
    for _ in 0..10 {
        let limit = random.below(end.consumed + 1);
        both.group(GroupKind::Lock, &hash, limit, &format!("{what}, limit {limit}"));
    }
    end
}

fn run(programs: &[Vec<u8>], what: &str) -> Outcome {
    run_with(programs, &[], what)
}

/// A program that does something, prints what it saw and exits.
fn program(act: impl FnOnce(&mut Guest)) -> Vec<u8> {
    exiting(0, act)
}

fn exiting(code: u64, act: impl FnOnce(&mut Guest)) -> Vec<u8> {
    let mut guest = Guest::new();
    act(&mut guest);
    guest.print();
    guest.exit(code);
    guest.elf()
}

fn error(end: Outcome) -> String {
    end.result.expect_err("it fails")
}

fn spawn_args(args: [u64; 5]) -> [Arg; 5] {
    args.map(Arg::from)
}

// ---- spawn ----

#[test]
fn a_child_runs_before_its_parent() {
    let root = program(|guest| {
        guest.cycles();
        guest.spawn_with(1, &[b"hello", b"", b"world"], &[], 0);
        guest.cycles();
        guest.ask(2603, []);
        guest.wait(process(0));
        guest.cycles();
    });
    let child = exiting(200, |guest| {
        guest.observe(A0);
        guest.observe_registers();
        guest.observe_stack();
        guest.observe_memory(BUFFER, 64);
        guest.ask(2603, []);
        guest.cycles();
    });
    let end = run(&[root, child], "hello");
    assert!(end.result.is_ok());
    assert_eq!(end.prints.len(), 2);
}

#[test]
fn spawn_checks_one_thing_after_another() {
    let options = |guest: &mut Guest, list: u64| {
        for (n, value) in (0..).zip([0, 0, PROCESSES, list]) {
            guest.put(OPTIONS + 8 * n, value.into());
        }
    };
    let child = program(|guest| guest.cycles());
    let len = child.len() as u64;
    let mut cases = Vec::new();
    for source in [1, 2, 3, 4, 0, 5, GROUP | 1, GROUP | 2, GROUP | 3, 2 << 56 | 3, u64::MAX] {
        for place in [0, 1, 2, 1 << 32] {
            for index in [0, 1, 2, 3, 1 << 32, 1 << 32 | 1, u64::MAX] {
                cases.push([index, source, place, 0, OPTIONS]);
            }
        }
    }
    for offset in [0, 1, len - 1, len, len + 1, 0xffff_ffff] {
        for part in [0, 1, len - 1, len, len + 1, 0xffff_ffff] {
            cases.push([1, 3, 0, offset << 32 | part, OPTIONS]);
            cases.push([0, 2, 1, offset << 32 | part, OPTIONS]);
        }
    }
    // Where the options are not in memory.
    for index in [1, 9] {
        for source in [3, 5] {
            for addr in [0, 1, 8, 16, 24, 31, 32] {
                cases.push([index, source, 0, 0, MEMORY - addr]);
            }
            for addr in [0, 7, 8, 15, 23, 24] {
                cases.push([index, source, 0, 0, u64::MAX - addr]);
            }
        }
    }
    for (n, args) in cases.into_iter().enumerate() {
        let root = program(|guest| {
            options(guest, 0);
            guest.ask(2601, spawn_args(args));
            guest.observe_word(PROCESSES);
            guest.cycles();
        });
        let (both, hash) = stage(&[root, child.clone()], &[]);
        both.group(GroupKind::Lock, &hash, MAX_CYCLES, &format!("case {n}: {args:x?}"));
    }
    // Lists of file descriptors that are not in memory, or do not end, or are no list.
    for list in [1, 4, MEMORY - 8, MEMORY - 7, MEMORY, u64::MAX - 7, u64::MAX, CODE, MEMORY - 24] {
        for index in [1, 9] {
            let root = program(|guest| {
                options(guest, list);
                guest.fill_with(MEMORY - 16, 16, 2);
                guest.ask(2601, spawn_args([index, 3, 0, 0, OPTIONS]));
                guest.cycles();
            });
            run(&[root, child.clone()], &format!("list at {list:#x}, index {index}"));
        }
    }
}

#[test]
fn a_child_that_cannot_be_started_ends_the_script() {
    let good = program(|_| {});
    let mut broken = good.clone();
    broken[4] = 1;
    let on_the_stack = elf(MEMORY - 4096, &[Segment::new(MEMORY - 4096, 5, &good[120..])]);
    for (n, child) in [Vec::new(), b"no program".to_vec(), broken, on_the_stack, good.clone()]
        .into_iter()
        .enumerate()
    {
        for args in [&[][..], &[b"an argument".as_slice()]] {
            let root = program(|guest| guest.spawn_with(1, args, &[], 0));
            run(&[root, child.clone()], &format!("child {n}, {} arguments", args.len()));
        }
    }
    // Its number cannot be written, its arguments cannot be read or do not fit.
    for addr in [MEMORY, MEMORY - 7, CODE, CODE - 4, u64::MAX] {
        let root = program(|guest| {
            for (n, value) in (0..).zip([0, 0, addr, 0]) {
                guest.put(OPTIONS + 8 * n, value.into());
            }
            guest.ask(2601, spawn_args([1, 3, 0, 0, OPTIONS]));
        });
        run(&[root, good.clone()], &format!("number at {addr:#x}"));
    }
    for (argc, argv, len) in [
        (1, MEMORY, 8),
        (1, MEMORY - 8, 8),
        (2, MEMORY - 8, 8),
        (1, u64::MAX - 7, 8),
        (u64::MAX, BUFFER - 16, 0xf_0000),
        (1, BUFFER - 16, 0xf_ffdf),
        (1, BUFFER - 16, 0xf_ffe0),
        (1, BUFFER - 16, 0xf_ffff),
        (1, BUFFER - 16, 0x10_0000),
        (1, BUFFER - 16, 0x20_0000),
    ] {
        let root = program(|guest| {
            guest.fill_with(BUFFER, len, b'x');
            guest.put_byte(BUFFER + len, 0);
            guest.put(MEMORY - 8, CODE.into());
            guest.put(BUFFER - 16, BUFFER.into());
            guest.put(BUFFER - 8, MEMORY.into());
            for (n, value) in (0..).zip([argc, argv, PROCESSES, 0]) {
                guest.put(OPTIONS + 8 * n, value.into());
            }
            guest.ask(2601, spawn_args([1, 3, 0, 0, OPTIONS]));
        });
        let what = format!("{argc} arguments at {argv:#x}, {len} bytes");
        let (both, hash) = stage(&[root, good.clone()], &[]);
        both.group(GroupKind::Lock, &hash, MAX_CYCLES, &what);
    }
}

#[test]
fn an_error_of_a_child_ends_the_script_and_its_exit_code_does_not() {
    let root = program(|guest| {
        guest.spawn(1, &[], 0);
        guest.wait(process(0));
    });
    let faults: [fn(&mut Guest); 4] = [
        |guest| guest.word(0),
        |guest| guest.put(MEMORY, 0.into()),
        |guest| guest.ecall(7),
        |guest| guest.put(CODE, 0.into()),
    ];
    for fault in faults {
        run(&[root.clone(), program(fault)], "fault");
    }
    for code in [0, 1, 127, 128, 255, 256] {
        let end = run(&[root.clone(), exiting(code, |_| {})], "code");
        assert!(end.result.is_ok());
    }
}

#[test]
fn seventeen_processes_and_no_more() {
    // The children block until the root ends.
    let blocked = program(|guest| {
        guest.inherited(0, 1);
        guest.read(fd(0), BUFFER, 1);
    });
    for count in [1, 3, 4, 5, 16, 17, 18] {
        let root = program(|guest| {
            for n in 0..count {
                guest.pipe(2 * n);
                guest.spawn(1, &[fd(2 * n)], n);
                guest.cycles();
            }
            // A list that is not the caller's is refused before there are too many.
            guest.spawn(1, &[Arg::Is(1000)], count);
            guest.cycles();
        });
        let end = run(&[root, blocked.clone()], &format!("{count} children"));
        assert!(end.result.is_ok());
    }
    // One that has ended makes room.
    let root = program(|guest| {
        for n in 0..18 {
            guest.pipe(2 * n);
            guest.spawn(1, &[fd(2 * n)], n);
        }
        guest.write(fd(1), BUFFER, 1);
        guest.wait(process(0));
        guest.spawn(1, &[fd(34)], 18);
        guest.spawn(1, &[fd(36)], 19);
    });
    run(&[root, blocked], "room again");
}

#[test]
fn children_of_children() {
    // A chain as deep as it can be: each process spawns the next and waits for it.
    let link = exiting(3, |guest| {
        guest.ask(2603, []);
        // The last one has no child, and nothing to wait for.
        guest.put(PROCESSES, 99.into());
        guest.spawn(1, &[], 0);
        guest.wait(process(0));
        guest.cycles();
    });
    let root = program(|guest| {
        guest.spawn(1, &[], 0);
        guest.wait(process(0));
    });
    let end = run(&[root, link], "chain");
    assert!(end.result.is_ok());
    assert_eq!(end.prints.len(), 17);
}

// ---- wait ----

#[test]
fn waiting() {
    let child = exiting(42, |guest| guest.spin(10));
    let numbers: [Arg; 5] = [0.into(), 1.into(), 2.into(), u64::MAX.into(), process(0)];
    for first in numbers {
        for second in numbers {
            let root = program(|guest| {
                guest.spawn(1, &[], 0);
                guest.wait(first);
                guest.wait(second);
                guest.wait(first);
                guest.cycles();
            });
            run(&[root, child.clone()], &format!("{first:?} {second:?}"));
        }
    }
    // Where the exit code cannot be written, once it is known or before.
    for addr in [MEMORY, MEMORY - 1, CODE, u64::MAX] {
        for early in [false, true] {
            let root = program(|guest| {
                guest.pipe(0);
                guest.spawn(1, &[fd(0)], 0);
                if !early {
                    guest.close(fd(1));
                }
                guest.ask(2602, [process(0), addr.into()]);
            });
            let child = exiting(1, |guest| {
                guest.inherited(0, 1);
                if !early {
                    guest.read(fd(0), BUFFER, 1);
                }
            });
            run(&[root, child], &format!("code at {addr:#x}, {early}"));
        }
    }
}

#[test]
fn several_wait_for_one() {
    // Children 2 to 7 wait for child 1, which waits for the root to close a pipe. The
    // exit code is still there for one more to ask.
    let root = program(|guest| {
        guest.pipe(0);
        guest.spawn(1, &[fd(0)], 0);
        for n in 1..7 {
            guest.spawn(2, &[], n);
        }
        guest.close(fd(1));
        guest.cycles();
        for n in 0..7 {
            guest.wait(process(n));
        }
        guest.wait(process(0));
        guest.cycles();
    });
    let first = exiting(99, |guest| {
        guest.inherited(0, 1);
        guest.read(fd(0), BUFFER, 1);
    });
    let waiting = exiting(7, |guest| {
        guest.wait(1.into());
        guest.ask(2603, []);
        guest.wait(1.into());
        guest.cycles();
    });
    let end = run(&[root, first, waiting], "several");
    assert!(end.result.is_ok());
    assert_eq!(end.prints.len(), 8);
}

#[test]
fn deadlocks() {
    let text = "VMInternalError Unexpected A deadlock situation has been reached!";
    let own_pipe: [fn(&mut Guest); 2] =
        [|guest| guest.read(fd(0), BUFFER, 1), |guest| guest.write(fd(1), BUFFER, 1)];
    for act in own_pipe {
        let root = program(|guest| {
            guest.pipe(0);
            act(guest);
        });
        assert_eq!(error(run(&[root], "own pipe")), text);
    }
    for target in [0, 1] {
        let root = program(|guest| {
            guest.spawn(1, &[], 0);
            guest.wait(target.into());
        });
        let child = program(|guest| guest.wait(0.into()));
        assert_eq!(error(run(&[root, child], "each other")), text);
    }
    // With processes suspended, so that the turn that fails has charges.
    let root = program(|guest| {
        for n in 0..8 {
            guest.spawn(1, &[], n);
        }
        guest.wait(0.into());
    });
    let child = program(|guest| guest.wait(0.into()));
    assert_eq!(error(run(&[root, child], "many")), text);
}

// ---- file descriptors ----

#[test]
fn thirty_two_pipes_and_no_more() {
    let root = program(|guest| {
        for n in 0..33 {
            guest.pipe(n % 4);
            guest.cycles();
        }
        guest.close(2.into());
        // Sixty-three are open: one more pipe makes sixty-five.
        guest.pipe(0);
        guest.pipe(0);
        guest.close(65.into());
        guest.pipe(0);
        guest.close(67.into());
        guest.pipe(0);
    });
    assert!(run(&[root], "pipes").result.is_ok());
    for addr in [MEMORY, MEMORY - 8, MEMORY - 15, CODE, CODE - 8, u64::MAX - 7, u64::MAX] {
        let root = program(|guest| guest.ask(2604, [addr.into()]));
        run(&[root], &format!("ends at {addr:#x}"));
    }
}

#[test]
fn closing() {
    let numbers: [Arg; 9] = [
        0.into(),
        1.into(),
        2.into(),
        3.into(),
        4.into(),
        5.into(),
        (1_u64 << 32 | 2).into(),
        u64::MAX.into(),
        fd(0),
    ];
    for first in numbers {
        for second in numbers {
            let root = program(|guest| {
                guest.pipe(0);
                guest.close(first);
                guest.close(second);
                guest.close(first);
                guest.spawn(1, &[fd(0)], 0);
                guest.spawn(1, &[fd(1)], 1);
                guest.close(second);
                guest.cycles();
            });
            let child = program(|guest| {
                guest.inherited(0, 1);
                guest.close(fd(0));
                guest.close(fd(0));
            });
            let (both, hash) = stage(&[root, child], &[]);
            let what = format!("{first:?} {second:?}");
            both.group(GroupKind::Lock, &hash, MAX_CYCLES, &what);
        }
    }
}

#[test]
fn inherited_file_descriptors() {
    let root = |count: u64, addr: Arg, len_addr: Arg| {
        program(|guest| {
            guest.pipe(0);
            guest.pipe(2);
            guest.inherited(4, 3);
            // One of them twice.
            guest.spawn_with(1, &[], &[fd(1), fd(2), fd(1)], 0);
            guest.put(LENGTH, count.into());
            guest.ask(2607, [addr, len_addr]);
            guest.observe_word(LENGTH);
            guest.wait(process(0));
        })
    };
    for count in [0, 1, 2, 3, 4, u64::MAX] {
        let child = program(|guest| {
            guest.inherited(0, count);
            // What became of them does not matter.
            guest.close(fd(0));
            guest.inherited(0, count);
            guest.spawn(2, &[3.into(), 4.into()], 0);
            guest.spawn(2, &[4.into()], 1);
            guest.inherited(0, count);
        });
        let grandchild = program(|guest| guest.inherited(0, count));
        let root = root(count, BUFFER.into(), LENGTH.into());
        run(&[root, child, grandchild], &format!("{count}"));
    }
    for count in [0, 1, 2, 3] {
        for (fds_addr, count_addr) in [
            (MEMORY, LENGTH),
            (MEMORY - 8, LENGTH),
            (MEMORY - 16, LENGTH),
            (CODE - 8, LENGTH),
            (u64::MAX - 7, LENGTH),
            (FDS, CODE),
            (FDS, MEMORY - 7),
            (FDS, u64::MAX),
            (LENGTH - 8, LENGTH),
            (LENGTH, LENGTH),
        ] {
            let child = program(|guest| {
                guest.put(LENGTH, count.into());
                guest.ask(2607, [fds_addr.into(), count_addr.into()]);
                guest.observe_memory(LENGTH - 16, 32);
            });
            let root = root(count, fds_addr.into(), count_addr.into());
            let what = format!("{count} at {fds_addr:#x}, {count_addr:#x}");
            let (both, hash) = stage(&[root, child.clone()], &[]);
            both.group(GroupKind::Lock, &hash, MAX_CYCLES, &what);
            let root = program(|guest| {
                guest.pipe(0);
                guest.spawn(1, &[fd(1), fd(0)], 0);
                guest.wait(process(0));
            });
            let (both, hash) = stage(&[root, child], &[]);
            both.group(GroupKind::Lock, &hash, MAX_CYCLES, &what);
        }
    }
}

#[test]
fn file_descriptors_belong_to_one_process() {
    // Both ends are with the child: the root has none, also not to pass on.
    let root = program(|guest| {
        guest.pipe(0);
        guest.spawn(1, &[fd(0), fd(1)], 0);
        guest.read(fd(0), BUFFER, 8);
        guest.write(fd(1), BUFFER, 8);
        guest.close(fd(0));
        guest.spawn(1, &[fd(0)], 1);
        guest.wait(process(0));
    });
    let child = program(|guest| {
        guest.inherited(0, 2);
        guest.spawn(2, &[fd(1)], 0);
        guest.read(fd(0), BUFFER, 8);
        guest.read(fd(0), BUFFER, 8);
        guest.write(fd(1), BUFFER, 8);
    });
    let grandchild = program(|guest| {
        guest.inherited(0, 2);
        guest.write(fd(0), CODE, 8);
    });
    assert!(run(&[root, child, grandchild], "passed on").result.is_ok());
}

// ---- read and write ----

#[test]
fn every_size_against_every_size() {
    let sizes = [0_u64, 1, 3, 4, 5, 63, 64, 4096, 5000];
    for written in sizes {
        for read in sizes {
            let root = program(|guest| {
                guest.pipe(0);
                guest.spawn(1, &[fd(0)], 0);
                guest.write(fd(1), CODE + 1, written);
                guest.cycles();
                guest.write(fd(1), CODE + 9, 10);
                guest.cycles();
            });
            let child = program(|guest| {
                guest.inherited(0, 1);
                guest.read(fd(0), BUFFER + 1, read);
                guest.cycles();
                guest.read(fd(0), BUFFER, read / 2);
                guest.cycles();
                guest.read(fd(0), BUFFER + 4090, read);
                guest.observe_memory(BUFFER + 4088, 64);
            });
            run(&[root.clone(), child.clone()], &format!("{written} to {read}"));
            // The writer is there first.
            let root = program(|guest| {
                guest.pipe(0);
                guest.spawn(1, &[fd(1)], 0);
                guest.read(fd(0), BUFFER + 1, read);
                guest.cycles();
                guest.read(fd(0), BUFFER + 4090, 2 * read);
                guest.observe_memory(BUFFER + 4088, 64);
                guest.close(fd(0));
                guest.wait(process(0));
            });
            let child = program(|guest| {
                guest.inherited(0, 1);
                guest.write(fd(0), CODE + 1, written);
                guest.cycles();
            });
            run(&[root, child], &format!("{written} from the child to {read}"));
        }
    }
}

#[test]
fn wrong_ends_and_wrong_buffers() {
    let child = |reads: bool, addr: u64, len_addr: u64| {
        program(|guest| {
            guest.inherited(0, 1);
            guest.put(LENGTH, 8.into());
            guest.ask(if reads { 2606 } else { 2605 }, [fd(0), addr.into(), len_addr.into()]);
            guest.observe_memory(LENGTH, 64);
        })
    };
    for number in [0, 1, 2, 3, 4, 5, 1 << 32 | 2, u64::MAX, u64::MAX - 1] {
        for call in [2605, 2606] {
            for len_addr in [LENGTH, MEMORY - 7] {
                let root = program(|guest| {
                    guest.pipe(0);
                    guest.put(LENGTH, 5.into());
                    guest.close(if call == 2605 { fd(0) } else { fd(1) });
                    guest.ask(call, [number.into(), BUFFER.into(), len_addr.into()]);
                    guest.cycles();
                });
                run(&[root], &format!("{call} {number:#x} {len_addr:#x}"));
            }
        }
    }
    for reads in [false, true] {
        for addr in
            [0, CODE, CODE - 1, MEMORY, MEMORY - 7, MEMORY - 8, LENGTH, LENGTH - 4, u64::MAX - 2]
        {
            for len_addr in [LENGTH, CODE, MEMORY - 8, MEMORY - 7, u64::MAX - 7, BUFFER + 3] {
                for len in [0, 1, 8, 9] {
                    let root = program(|guest| {
                        guest.pipe(0);
                        if reads {
                            guest.spawn(1, &[fd(0)], 0);
                            guest.write(fd(1), CODE, len);
                        } else {
                            guest.spawn(1, &[fd(1)], 0);
                            guest.read(fd(0), BUFFER, len);
                        }
                        guest.cycles();
                    });
                    let what = format!("{reads}, {len} to {addr:#x} {len_addr:#x}");
                    let (both, hash) = stage(&[root, child(reads, addr, len_addr)], &[]);
                    both.group(GroupKind::Lock, &hash, MAX_CYCLES, &what);
                }
            }
        }
    }
    // A writer whose rest is behind the end of memory, or of addresses.
    for addr in [MEMORY - 10, u64::MAX - 10] {
        for first in [0, 4, 10] {
            let root = program(|guest| {
                guest.pipe(0);
                guest.spawn(1, &[fd(1)], 0);
                guest.read(fd(0), BUFFER, first);
                guest.read(fd(0), BUFFER, 20);
            });
            let child = program(|guest| {
                guest.inherited(0, 1);
                guest.write(fd(0), addr, 20);
            });
            run(&[root, child], &format!("{addr:#x} {first}"));
        }
    }
}

#[test]
fn the_other_end_closes() {
    // A new read finds that, one that is blocked ends with nothing.
    let root = program(|guest| {
        guest.pipe(0);
        guest.close(fd(1));
        guest.read(fd(0), BUFFER, 8);
        guest.pipe(2);
        guest.close(fd(2));
        guest.write(fd(3), BUFFER, 8);
        guest.pipe(4);
        guest.spawn(1, &[fd(5)], 0);
        guest.read(fd(4), BUFFER, 8);
    });
    let child = program(|guest| guest.cycles());
    let end = run(&[root, child], "new");
    assert!(end.result.is_ok());

    for by_exit in [false, true] {
        let root = program(|guest| {
            guest.pipe(0);
            guest.pipe(2);
            guest.spawn(1, &[fd(0)], 0);
            guest.spawn(2, &[fd(3)], 1);
            guest.read(fd(2), BUFFER, 4);
            if by_exit {
                guest.spawn(3, &[fd(1), fd(2)], 2);
            } else {
                guest.close(fd(1));
                guest.close(fd(2));
            }
            guest.cycles();
            guest.wait(process(0));
            guest.wait(process(1));
        });
        let reading = program(|guest| {
            guest.inherited(0, 1);
            guest.read(fd(0), BUFFER, 9);
        });
        let writing = program(|guest| {
            guest.inherited(0, 1);
            guest.write(fd(0), CODE, 9);
        });
        let ending = program(|guest| guest.cycles());
        let end = run(&[root, reading, writing, ending], &format!("blocked {by_exit}"));
        assert!(end.result.is_ok());
    }
}

#[test]
fn what_a_child_owes_when_the_root_ends_is_dropped() {
    let root = program(|guest| {
        guest.pipe(0);
        guest.spawn(1, &[fd(1)], 0);
        guest.read(fd(0), BUFFER, 4000);
    });
    let child = program(|guest| {
        guest.inherited(0, 1);
        guest.write(fd(0), CODE, 8000);
    });
    let paid = run(&[root.clone(), child.clone()], "pending").consumed;
    // The root pays less if it reads less, and the child nothing in both cases.
    let less = program(|guest| {
        guest.pipe(0);
        guest.spawn(1, &[fd(1)], 0);
        guest.read(fd(0), BUFFER, 2048);
    });
    let end = run(&[less, child], "pending");
    assert_eq!(paid - end.consumed, (4000 - 2048) / 4);
}

#[test]
fn relays() {
    // Bytes go through a row of processes, in pieces of odd sizes.
    for count in [1, 3, 4, 9] {
        let root = program(|guest| {
            for n in 0..=count {
                guest.pipe(2 * n);
            }
            for n in 0..count {
                guest.spawn(1, &[fd(2 * n), fd(2 * n + 3)], n);
            }
            for len in [1, 7, 300] {
                guest.write(fd(1), CODE + len, len);
                guest.read(fd(2 * count), BUFFER, 1000);
            }
            guest.close(fd(1));
            for n in 0..count {
                guest.wait(process(n));
            }
            guest.cycles();
        });
        let relay = program(|guest| {
            guest.inherited(0, 2);
            for len in [1, 7, 300] {
                guest.read(fd(0), BUFFER, 1000);
                guest.write(fd(1), BUFFER, len);
                guest.cycles();
            }
            guest.read(fd(0), BUFFER, 1000);
        });
        let end = run(&[root, relay], &format!("{count} relays"));
        assert!(end.result.is_ok());
    }
}

// ---- suspended processes ----

/// A program that blocks until its parent closes the pipe.
fn blocked() -> Vec<u8> {
    program(|guest| {
        guest.inherited(0, 1);
        guest.read(fd(0), BUFFER, 1);
    })
}

/// Cells of some lengths.
fn cells() -> Vec<Vec<u8>> {
    [200_u64, 4096, 5000, 8192, 12_288]
        .map(|len| (0..len).map(|n| (n * 7 + n / 256 + 1).to_le_bytes()[0]).collect())
        .to_vec()
}

#[test]
fn mapped_code_comes_back_as_its_cell() {
    for (index, len) in (2..).zip(cells().iter().map(Vec::len)) {
        for size in [4096_u64, 8192] {
            for (offset, content) in
                [(0, 100), (0, 4096), (100, 100), (4096, 100), (4095, 1), (0, 8192), (1, 4096)]
            {
                for children in [0, 3, 4] {
                    let root = program(|guest| {
                        let args = [MAPPED, size, offset, content, index, 3];
                        guest.ask(2091, args.map(Arg::from));
                        guest.observe_memory(MAPPED, 8192);
                        for n in 0..children {
                            guest.pipe(2 * n);
                            guest.spawn(1, &[fd(2 * n)], n);
                        }
                        guest.observe_memory(MAPPED, 8192);
                        guest.cycles();
                        guest.print();
                        // The second page may be writable.
                        guest.put(MAPPED + 4096, 7.into());
                        guest.observe_memory(MAPPED, 8192);
                    });
                    let what = format!("{len} {size} {offset} {content} {children}");
                    let (both, hash) = stage(&[root, blocked()], &cells());
                    both.group(GroupKind::Lock, &hash, MAX_CYCLES, &what);
                }
            }
        }
    }
}

#[test]
fn the_rows_that_are_known() {
    // Cell, content, what byte 200 is before and after; the last two rows are about the
    // page behind.
    let byte_200 = |index: u64, content: u64| {
        let root = program(|guest| {
            guest.ask(2091, [MAPPED, 4096, 0, content, index, 3].map(Arg::from));
            for n in 0..4 {
                guest.pipe(2 * n);
                guest.spawn(1, &[fd(2 * n)], n);
            }
            guest.put_byte(BUFFER, 0);
            guest.li(T0, MAPPED + 200);
            guest.word(0x0002_c503); // lbu a0, 0(t0)
            guest.ecall(93);
        });
        let end = run_with(&[root, blocked()], &cells(), "known");
        end.result.map_or_else(|text| text, |_| "0".into())
    };
    let cell_byte = cells()[2][200].cast_signed().to_string();
    assert!(byte_200(4, 100).ends_with(&format!(" {cell_byte}")));
    assert!(byte_200(3, 100).ends_with(&format!(" {cell_byte}")));
    assert!(byte_200(4, 4096).ends_with(&format!(" {cell_byte}")));
    assert_eq!(byte_200(2, 100), "VMInternalError MemPageUnalignedAccess");

    let second_page = |children: u64| {
        let root = program(|guest| {
            guest.ask(2091, [MAPPED, 8192, 0, 100, 3, 3].map(Arg::from));
            for n in 0..children {
                guest.pipe(2 * n);
                guest.spawn(1, &[fd(2 * n)], n);
            }
            guest.put(MAPPED + 4096, 7.into());
        });
        run_with(&[root, blocked()], &cells(), "known").result.is_ok()
    };
    assert!(!second_page(0) && !second_page(3) && second_page(4));
}

#[test]
fn loaded_data_comes_back() {
    // Loaded over its own length, over mapped code's neighbours, in parts, and changed.
    for (index, len) in (2..).zip(cells().iter().map(|cell| cell.len() as u64)) {
        for addr in [BUFFER, BUFFER + 1, BUFFER + 4088] {
            for (offset, room) in [(0, 20_000), (1, 4096), (4096, 4096), (len, 1), (0, 0)] {
                for change in [None, Some(BUFFER + 5), Some(BUFFER + 4100)] {
                    let root = program(|guest| {
                        for len_addr in [LENGTH, BUFFER + 4096] {
                            guest.put(len_addr, Arg::Is(room));
                            let args = [addr, len_addr, offset, index, 3];
                            guest.ask(2092, args.map(Arg::from));
                            if let Some(change) = change {
                                guest.put_byte(change, 77);
                            }
                            for n in 0..4 {
                                guest.pipe(2 * n);
                                guest.spawn(1, &[fd(2 * n)], n);
                            }
                            guest.observe_memory(LENGTH, 16_384);
                            guest.print();
                            for n in 0..4 {
                                guest.close(fd(2 * n + 1));
                                guest.wait(process(n));
                            }
                        }
                    });
                    let what = format!("{len} {addr:#x} {offset} {room} {change:?}");
                    let (both, hash) = stage(&[root, blocked()], &cells());
                    both.group(GroupKind::Lock, &hash, MAX_CYCLES, &what);
                }
            }
        }
    }
}

#[test]
fn segments_come_back_as_the_file_has_them() {
    let mut guest = Guest::new();
    guest.observe_memory(0x4_0000, 0x4000);
    guest.print();
    guest.put_byte(0x4_2345, 9);
    for n in 0..4 {
        guest.pipe(2 * n);
        guest.spawn(1, &[fd(2 * n)], n);
    }
    guest.observe_memory(0x4_0000, 0x4000);
    guest.print();
    guest.observe_registers();
    guest.print();
    guest.exit(0);
    let bytes = |seed: u64, len: u64| -> Vec<u8> {
        (0..len).map(|n| (seed + n * 5 + n / 256).to_le_bytes()[0]).collect()
    };
    let code = || Segment::new(CODE, 5, &guest.code());
    let segment = |addr, flags, seed, len| Segment::new(addr, flags, &bytes(seed, len));
    let mut zeroed = segment(0x4_0000, 6, 1, 0x1800);
    zeroed.size = 0x3000;
    let mut longer = segment(0x4_0000, 6, 1, 0x3000);
    longer.size = 0x800;
    let layouts = [
        vec![code(), segment(0x4_0000, 6, 1, 0x4000)],
        vec![code(), segment(0x4_0010, 4, 1, 0x2ff0)],
        vec![code(), zeroed],
        vec![code(), longer],
        // Overlapping ones: the source of the earlier comes back.
        vec![code(), segment(0x4_0000, 6, 1, 0x2000), segment(0x4_0800, 6, 2, 0x100)],
        vec![code(), segment(0x4_0000, 6, 1, 0x3000), segment(0x4_1000, 6, 2, 0x1000)],
        vec![code(), segment(0x4_0000, 6, 1, 0x3000), segment(0x4_1ff0, 4, 2, 0x20)],
        vec![segment(0x4_0000, 6, 1, 0x1000), segment(0x4_0000, 6, 2, 0x800), code()],
    ];
    for (n, segments) in layouts.iter().enumerate() {
        let end = run(&[elf(CODE, segments), blocked()], &format!("layout {n}"));
        assert!(end.result.is_ok(), "{n}");
    }
}

#[test]
fn each_process_runs_the_code_that_it_mapped() {
    // Each maps another cell at the same address, calls it often, and again after it was
    // suspended; by then there may be the other half of the cell as well. Some go on as
    // another program, with yet another cell there.
    const HALF: u64 = 2048;
    let function = |n: i32| {
        let mut guest = Guest::default();
        guest.addi(A0, A0, n);
        guest.jalr(ZERO, RA);
        guest.code()
    };
    let cells: Vec<Vec<u8>> = (0..8)
        .map(|n| {
            let mut cell = function(n);
            cell.resize(2048, 0);
            cell.extend(function(100 * n));
            cell.resize(4096, 0);
            cell
        })
        .collect();
    // The cell that belongs to the process, or one behind it.
    let map = |guest: &mut Guest, behind: i32, content: u64| {
        guest.ask(2603, []);
        guest.addi(A0 + 4, A0, 3 + behind);
        for (reg, value) in [(A0, MAPPED), (A0 + 1, 4096), (A0 + 2, 0), (A0 + 3, content)] {
            guest.li(reg, value);
        }
        guest.li(A0 + 5, 3);
        guest.ecall(2091);
        guest.observe(A0);
    };
    for content in [4096, HALF] {
        for half in [0, HALF] {
            let runs = |guest: &mut Guest, behind: i32| {
                guest.inherited(0, 1);
                map(guest, behind, content);
                guest.call_function(MAPPED, 300);
                guest.read(fd(0), BUFFER, 1);
                guest.call_function(MAPPED + half, 300);
            };
            for replaced in [false, true] {
                let root = program(|guest| {
                    map(guest, 0, content);
                    for n in 0..5 {
                        guest.pipe(2 * n);
                        guest.spawn(1, &[fd(2 * n)], n);
                        guest.call_function(MAPPED, 30);
                    }
                    for n in [3, 0, 4, 1, 2, 0] {
                        guest.write(fd(2 * n + 1), CODE, 1);
                        guest.call_function(MAPPED + half, 30);
                    }
                    guest.cycles();
                });
                let child = program(|guest| {
                    runs(guest, 0);
                    if replaced {
                        guest.exec([2, 3, 0, 0], (0, 0));
                    }
                });
                let next = program(|guest| runs(guest, 1));
                let what = format!("{content} {half} {replaced}");
                let end = run_with(&[root, child, next], &cells, &what);
                // The other half is not there before the process was suspended.
                assert_eq!(end.result.is_ok(), content == 4096 || half == 0, "{what}");
            }
        }
    }
}

#[test]
fn who_is_suspended() {
    // Children that block in every way, woken in every order, with five of them so that
    // some are always suspended.
    let orders: [[u64; 5]; 4] =
        [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 0, 4, 1, 3], [1, 1, 3, 0, 2]];
    for order in orders {
        for act in 0..3 {
            let root = program(|guest| {
                for n in 0..5 {
                    guest.pipe(4 * n);
                    guest.pipe(4 * n + 2);
                    guest.spawn(1, &[fd(4 * n), fd(4 * n + 3)], n);
                }
                for n in order {
                    match act {
                        0 => guest.close(fd(4 * n + 1)),
                        1 => guest.write(fd(4 * n + 1), CODE, 10 + n),
                        _ => {
                            guest.write(fd(4 * n + 1), CODE, 10 + n);
                            guest.read(fd(4 * n + 2), BUFFER, 5);
                        }
                    }
                    guest.cycles();
                }
                for n in order {
                    guest.read(fd(4 * n + 2), BUFFER, 50);
                    guest.wait(process(n));
                    guest.cycles();
                }
            });
            let child = program(|guest| {
                guest.inherited(0, 2);
                guest.read(fd(0), BUFFER, 100);
                guest.cycles();
                guest.write(fd(1), BUFFER, 10);
                guest.cycles();
            });
            run(&[root, child], &format!("{order:?} {act}"));
        }
    }
}

// ---- others ----

#[test]
fn older_versions_have_none_of_it() {
    for number in 2601..=2608 {
        for hash_type in [0, 2] {
            let root = program(|guest| guest.ask(number, [0.into(); 6]));
            let mut scene = Scene::new();
            let lock = script(&data_hash(&root), hash_type, &[]);
            scene.input(0, output(0, &lock, None), Data::Memory(Vec::new()), None);
            scene.program(root);
            let both = Both::new(&scene.build(), Version::V2);
            let end = both.verify(MAX_CYCLES, &format!("{number}"));
            let error = format!("VMInternalError InvalidEcall {number}");
            assert_eq!(end.result.expect_err("fails").1, error);
        }
    }
}

#[test]
fn any_process_can_be_interrupted() {
    let root = program(|guest| {
        for n in 0..6 {
            guest.pipe(2 * n);
            guest.spawn(1, &[fd(2 * n)], n);
        }
        guest.spawn(2, &[], 6);
        guest.wait(process(6));
    });
    let mut endless = Guest::default();
    endless.word(0x6f);
    let (both, hash) = stage(&[root, blocked(), endless.elf()], &[]);
    let verifier = &both.ours.verifier;
    let group = both.find(GroupKind::Lock, &hash);
    std::thread::scope(|scope| {
        let run = scope.spawn(|| verifier.verify_group(group, u64::MAX));
        std::thread::sleep(std::time::Duration::from_millis(100));
        verifier.pause().request();
        let error = run.join().expect("no panic").expect_err("it would run for ever");
        assert_eq!(error, ScriptError::Interrupted);
    });
}
