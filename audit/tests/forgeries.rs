//! Bundles that say what does not happen, with all digests right, are found out.

mod common;

use std::{collections::BTreeMap, io::Cursor, ops::ControlFlow, time::Instant};

use ckb_types::core::ScriptHashType;
use serde::Serialize;
use verdict_audit::{
    Bundle, Settings,
    checkpoint::GroupCommitment,
    diff::{Side, diff},
    format::{Kind, MAX_PAGES_CHUNK, Writer},
    records::{
        Checkpoint, Data, Event, MAX_RANGES, Rejection, Transaction, Verdict, What, Written,
    },
    trace::{Line, Point, Window, last, trace},
};
use verdict_syscalls::{Engine, GroupState, ScriptError};

use crate::common::{
    CODE, ECALL, add, addi, bne, elf, jal, locked_by, long, lui, read, recorded, slli,
};

const DATA2: ScriptHashType = ScriptHashType::Data2;

/// Writes a bundle again: `change` says what each chunk becomes.
fn rebuilt(
    bytes: &[u8],
    mut change: impl FnMut(usize, Kind, Vec<u8>) -> Vec<(Kind, Vec<u8>)>,
) -> Vec<u8> {
    let bundle = Bundle::open(Cursor::new(bytes.to_vec())).unwrap();
    let mut writer = Writer::new(Vec::new()).unwrap();
    for (number, kind) in bundle.kinds().enumerate() {
        for (kind, chunk) in change(number, kind, bundle.chunk(number, kind).unwrap()) {
            writer.chunk(kind, &chunk).unwrap();
        }
    }
    writer.finish().unwrap().2
}

fn kinds(bytes: &[u8]) -> Vec<Kind> {
    Bundle::open(Cursor::new(bytes.to_vec())).unwrap().kinds().collect()
}

/// `jalr x0, 0(rs1)`
const fn jump_to(rs1: u32) -> u32 {
    rs1 << 15 | 0x67
}

/// A program that enters a function, goes through a loop, and enters it again 4 GiB behind
/// where it is, which version 1 does as long as it remembers the function.
fn remembering() -> Vec<u8> {
    const F: i32 = 17;
    let code = [
        lui(5, 0x10),
        addi(5, 5, 3 * 4),
        jal(0, (F - 2) * 4),
        lui(9, 0x10),
        addi(9, 9, -1),
        bne(9, 0, -4),
        lui(5, 0x10),
        addi(5, 5, 14 * 4),
        addi(6, 0, 1),
        slli(6, 6, 32),
        lui(7, 0x10),
        addi(7, 7, F * 4),
        add(6, 6, 7),
        jump_to(6),
        addi(10, 0, 0),
        addi(17, 0, 93),
        ECALL,
        jump_to(5),
    ];
    elf(&code)
}

/// How a replay fails.
fn refusal(bytes: &[u8]) -> String {
    read(bytes).unwrap().replay(Engine::Auto).expect_err("it is forged").to_string()
}

/// A scheduler with one process that has blank memory, encoded as one that was saved.
#[derive(Serialize)]
struct Scheduler {
    processes: BTreeMap<u64, Process>,
    exit_codes: Vec<(u64, i8)>,
    fds: Vec<(u64, u64)>,
    next_process: u64,
    next_fd: u64,
    total: u64,
    turn: u64,
}

#[derive(Serialize)]
struct Process {
    state: u32,
    settled: u64,
    inherited: Vec<u64>,
    suspended: bool,
    registers: [u64; 32],
    pc: u64,
    reservation: u64,
    cycles: u64,
    sources: Vec<()>,
    pages: Vec<()>,
}

impl Scheduler {
    fn with_pc(pc: u64) -> Self {
        let process = Process {
            state: 0,
            settled: 0,
            inherited: Vec::new(),
            suspended: false,
            registers: [0; 32],
            pc,
            reservation: 0,
            cycles: 0,
            sources: Vec::new(),
            pages: Vec::new(),
        };
        Self {
            processes: BTreeMap::from([(0, process)]),
            exit_codes: Vec::new(),
            fds: Vec::new(),
            next_process: 1,
            next_fd: 2,
            total: 0,
            turn: 0,
        }
    }

    fn encoded(&self) -> Vec<u8> {
        postcard::to_stdvec(self).unwrap()
    }
}

/// A checkpoint of a state without memory, with its root.
fn checkpoint(until: u64, state: Vec<u8>) -> Vec<u8> {
    let decoded: GroupState = postcard::from_bytes(&state).unwrap();
    let cycles = decoded.cycles();
    let root = GroupCommitment::of(decoded);
    let (pages, programs) = (Vec::new(), Vec::new());
    let checkpoint = Checkpoint { until, cycles, root, state: state.into(), pages, programs };
    postcard::to_stdvec(&checkpoint).unwrap()
}

#[test]
fn a_failure_that_only_a_checkpoint_leads_to_is_none() {
    let subject = locked_by(&remembering(), ScriptHashType::Data1, 70_000_000);
    let settings = Settings { every: Some(100_000), ..Settings::default() };
    let (summary, bytes) = recorded(&subject, &settings);
    assert!(summary.is_accepted() && summary.checkpoints > 0, "{summary:?}");
    // It starts, makes a syscall and ends.
    assert_eq!(read(&bytes).unwrap().replay(Engine::Auto).unwrap().events, 3);

    // What a machine does that remembers nothing.
    let verifier = subject.verifier(Engine::Interpreter);
    let group = &verifier.groups()[0];
    let mut execution = verifier.start(group, 70_000_000, None).unwrap();
    execution.run_until(200_000);
    let state = execution.state().unwrap();
    let mut execution = verifier.start_from(group, 70_000_000, &state, None).unwrap();
    let error = execution.run_until(u64::MAX).unwrap().clone().unwrap_err();
    let ScriptError::Vm(in_machine) = error else { panic!("{error}") };
    let rejection = Rejection {
        kind: error.kind().to_owned(),
        vm_kind: Some(in_machine.kind().to_owned()),
        exit_code: None,
        detail: error.to_string(),
    };
    let verdict = Verdict { cycles: execution.cycles(), rejection: Some(rejection) };
    let last = kinds(&bytes).iter().rposition(|kind| *kind == Kind::Checkpoint).unwrap();
    let forged = rebuilt(&bytes, |number, kind, chunk| match kind {
        Kind::Events if number > last => Vec::new(),
        Kind::Verdict => vec![(kind, postcard::to_stdvec(&verdict).unwrap())],
        Kind::Transaction | Kind::Group | Kind::Events | Kind::Pages | Kind::Checkpoint => {
            vec![(kind, chunk)]
        }
    });
    let error = refusal(&forged);
    assert!(error.contains("recorded: nothing more; happens: process 0: exit("), "{error}");
}

#[test]
fn a_script_that_does_not_start_has_no_checkpoints() {
    // Its program is to be where there is no memory.
    let mut program = elf(&[ECALL]);
    program[80..88].copy_from_slice(&(8_u64 << 20).to_le_bytes());
    let subject = locked_by(&program, DATA2, 70_000_000);
    let (summary, bytes) = recorded(&subject, &Settings::default());
    let rejection = summary.groups[0].1.rejection.clone().unwrap();
    assert_eq!(rejection.vm_kind.as_deref(), Some("MemOutOfBound"), "{rejection:?}");
    read(&bytes).unwrap().replay(Engine::Auto).unwrap();
    // A state that fails in the same way, as early.
    let forged = rebuilt(&bytes, |_, kind, chunk| {
        let checkpoint = checkpoint(1000, Scheduler::with_pc(8 << 20).encoded());
        let before = (kind == Kind::Verdict).then_some((Kind::Checkpoint, checkpoint));
        before.into_iter().chain([(kind, chunk)]).collect()
    });
    let error = refusal(&forged);
    assert!(error.contains("segment 0, event 0: recorded: commitment 0x"), "{error}");
}

#[test]
fn what_is_behind_the_first_difference_is_not_executed() {
    let subject = locked_by(&long(20), DATA2, 70_000_000);
    let settings = Settings { every: Some(500_000), ..Settings::default() };
    let (_, bytes) = recorded(&subject, &settings);
    let started = Instant::now();
    read(&bytes).unwrap().replay(Engine::Interpreter).unwrap();
    let honest = started.elapsed();
    // From the first checkpoint to the end, again and again.
    let first = kinds(&bytes).iter().position(|kind| *kind == Kind::Checkpoint).unwrap();
    let forged = rebuilt(&bytes, |number, kind, chunk| {
        if number != first {
            return vec![(kind, chunk)];
        }
        let mut again: Checkpoint = postcard::from_bytes(&chunk).unwrap();
        again.until = u64::MAX;
        let again = (kind, postcard::to_stdvec(&again).unwrap());
        [(kind, chunk)].into_iter().chain(std::iter::repeat_n(again, 500)).collect()
    });
    assert!(forged.len() < 4 * bytes.len() + 500_000);
    let started = Instant::now();
    let run = read(&forged).unwrap();
    run.replay(Engine::Interpreter).unwrap_err();
    assert!(started.elapsed() < 50 * honest, "{:?}, {honest:?}", started.elapsed());
}

#[test]
fn traces_and_comparisons_start_from_no_state_with_another_root() {
    let subject = locked_by(&long(40), DATA2, 70_000_000);
    let (_, bytes) = recorded(&subject, &Settings { every: Some(500_000), ..Settings::default() });
    let forged = rebuilt(&bytes, |_, kind, chunk| {
        if kind != Kind::Checkpoint {
            return vec![(kind, chunk)];
        }
        let mut checkpoint: Checkpoint = postcard::from_bytes(&chunk).unwrap();
        checkpoint.pages[0].flags ^= 4;
        vec![(kind, postcard::to_stdvec(&checkpoint).unwrap())]
    });
    let run = read(&forged).unwrap();
    let window = |from| Window { group: 0, from: Some(Point::Cycles(from)), to: None };
    let mut lines = 0;
    let mut show = |_| {
        lines += 1;
        if lines < 10 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    trace(&run, &window(1000), &mut show).unwrap();
    let error = trace(&run, &window(800_000), &mut show).unwrap_err().to_string();
    assert!(error.ends_with(": its state does not have its root"), "{error}");
    assert_eq!(lines, 10);
    // A run that ends earlier has all checkpoints in common.
    let (_, other) = recorded(
        &locked_by(&long(40), DATA2, 2_000_000),
        &Settings { every: Some(500_000), ..Settings::default() },
    );
    let other = read(&other).unwrap();
    let sides = [&run, &other].map(|run| Side::new(run, Engine::Auto));
    let error = diff(sides[0], sides[1]).unwrap_err().to_string();
    assert!(error.ends_with(": its state does not have its root"), "{error}");
}

#[test]
fn traces_go_on_where_only_the_run_from_its_start_does() {
    let subject = locked_by(&remembering(), ScriptHashType::Data1, 70_000_000);
    let (_, bytes) = recorded(&subject, &Settings { every: Some(100_000), ..Settings::default() });
    let run = read(&bytes).unwrap();
    let end = last(&run, 0, 8).unwrap().into_iter().map(|line| match line {
        Line::Event(event) => event.kind.to_string(),
        Line::Step(step) => format!("{:#x}", step.pc),
    });
    // The function, three steps and what the last of them makes happen.
    let expected = ["0x10034", "0x100010044", "0x10038", "0x1003c", "0x10040"];
    let end: Vec<_> = end.collect();
    assert_eq!(end[1..6], expected, "{end:?}");
    assert!(end[6].starts_with("exit(") && end[7] == "ends with exit code 0", "{end:?}");
}

#[test]
fn words_of_a_verdict_are_not_taken_from_the_bundle() {
    let subject = locked_by(&elf(&[addi(10, 0, 7), addi(17, 0, 93), ECALL]), DATA2, 10_000);
    let (summary, bytes) = recorded(&subject, &Settings::default());
    let forged = rebuilt(&bytes, |_, kind, chunk| {
        if kind != Kind::Verdict {
            return vec![(kind, chunk)];
        }
        let mut verdict: Verdict = postcard::from_bytes(&chunk).unwrap();
        verdict.rejection.as_mut().unwrap().detail = "it is as good as accepted".to_owned();
        vec![(kind, postcard::to_stdvec(&verdict).unwrap())]
    });
    let replayed = read(&forged).unwrap().replay(Engine::Auto).unwrap();
    assert_eq!(replayed.verdicts, [summary.groups[0].1.clone()]);
}

#[test]
fn what_would_take_much_more_memory_than_the_file_is_refused() {
    let subject = locked_by(&long(40), DATA2, 70_000_000);
    let settings = Settings { every: Some(1_000_000), ..Settings::default() };
    let (_, bytes) = recorded(&subject, &settings);
    let with_state = |scheduler: &Scheduler| {
        rebuilt(&bytes, |_, kind, chunk| {
            if kind != Kind::Checkpoint {
                return vec![(kind, chunk)];
            }
            let mut checkpoint: Checkpoint = postcard::from_bytes(&chunk).unwrap();
            checkpoint.state = scheduler.encoded().into();
            vec![(kind, postcard::to_stdvec(&checkpoint).unwrap())]
        })
    };
    // A list without end in the state.
    let mut scheduler = Scheduler::with_pc(CODE);
    scheduler.processes.get_mut(&0).unwrap().inherited = vec![2; 5 << 20];
    let long = with_state(&scheduler);
    assert!(long.len() < bytes.len() + 10_000);
    let error = refusal(&long);
    assert!(error.ends_with("its state is too large"), "{error}");
    // Processes, whose commitments take a hundred kilobytes each.
    let mut scheduler = Scheduler::with_pc(CODE);
    for number in 1..=17 {
        let process = Scheduler::with_pc(CODE).processes.remove(&0).unwrap();
        scheduler.processes.insert(number, process);
    }
    scheduler.next_process = 18;
    let error = refusal(&with_state(&scheduler));
    assert!(error.ends_with("its state is none"), "{error}");
    // Parts that an event has written.
    let with_ranges = |count: usize| {
        rebuilt(&bytes, |_, kind, mut chunk| {
            if kind == Kind::Events {
                let written = Written { ranges: vec![(0, 0); count], ..Written::default() };
                let kind = What::Returned { a0: 0, written };
                chunk = postcard::to_stdvec(&Event { process: 0, cycles: 0, kind }).unwrap();
            }
            vec![(kind, chunk)]
        })
    };
    let most = with_ranges(MAX_RANGES);
    assert!(refusal(&most).contains("recorded: process 0: syscall returns 0"));
    let error = refusal(&with_ranges(MAX_RANGES + 1));
    assert!(error.ends_with("no event"), "{error}");
    // Chunks of which a checkpoint needs a page each, and those that stay in memory.
    for kind in [Kind::Group, Kind::Events, Kind::Pages, Kind::Checkpoint, Kind::Verdict] {
        let mut writer = Writer::new(Vec::new()).unwrap();
        assert!(writer.chunk(kind, &vec![0; kind.max_len() + 1]).is_err());
    }
    let mut writer = Writer::new(Vec::new()).unwrap();
    writer.chunk(Kind::Pages, &vec![0; MAX_PAGES_CHUNK]).unwrap();
    let (.., mut file) = writer.finish().unwrap();
    // The first entry of the index, now with another length and the digest of that.
    let trailer = file.len() - 52;
    let index = trailer - 41;
    let max = u32::try_from(Kind::Pages.max_len()).unwrap();
    file[index + 5..index + 9].copy_from_slice(&(max + 1).to_le_bytes());
    let mut hasher = blake3::Hasher::new();
    hasher.update(&file[..12]).update(&file[index..trailer + 12]);
    file[trailer + 12..trailer + 44].copy_from_slice(hasher.finalize().as_bytes());
    let error = read(&file).err().unwrap().to_string();
    assert_eq!(error, "bundle is malformed: index: a chunk is too large");
}

#[test]
fn runs_are_the_same_only_if_all_their_checkpoints_are() {
    let subject = locked_by(&long(40), DATA2, 70_000_000);
    let (_, bytes) = recorded(&subject, &Settings { every: Some(300_000), ..Settings::default() });
    let honest = read(&bytes).unwrap();
    assert_eq!(honest.checkpoints(), 9);
    // Any one of them.
    for number in 0..9 {
        let mut seen = 0;
        let forged = rebuilt(&bytes, |_, kind, mut chunk| {
            if kind == Kind::Checkpoint {
                let mut checkpoint: Checkpoint = postcard::from_bytes(&chunk).unwrap();
                checkpoint.root[0] ^= u8::from(seen == number);
                chunk = postcard::to_stdvec(&checkpoint).unwrap();
                seen += 1;
            }
            vec![(kind, chunk)]
        });
        let forged = read(&forged).unwrap();
        let sides = [&honest, &forged].map(|run| Side::new(run, Engine::Auto));
        let error = diff(sides[0], sides[1]).unwrap_err().to_string();
        assert!(error.contains("the bundles differ, but not what is executed"), "{error}");
    }
}

#[test]
fn cells_that_are_not_what_they_say_are_found() {
    let subject = locked_by(&elf(&[addi(10, 0, 0), addi(17, 0, 93), ECALL]), DATA2, 10_000);
    let (_, bytes) = recorded(&subject, &Settings::default());
    assert!(read(&bytes).unwrap().subject().stand_ins().is_empty());
    let changed = |change: &dyn Fn(&mut Transaction)| {
        let forged = rebuilt(&bytes, |_, kind, mut chunk| {
            if kind == Kind::Transaction {
                let mut transaction: Transaction = postcard::from_bytes(&chunk).unwrap();
                change(&mut transaction);
                chunk = postcard::to_stdvec(&transaction).unwrap();
            }
            vec![(kind, chunk)]
        });
        read(&forged).map(|run| {
            run.replay(Engine::Auto).unwrap();
            run.subject().stand_ins()
        })
    };
    // Code that is not what its hash says, and does as well.
    let other = changed(&|it| {
        let code = it.cell_deps[0].data.unwrap() as usize;
        it.data[code] = Data([&it.data[code].0[..], b"more"].concat().into());
        it.cell_deps[0].data_len += 4;
    });
    assert_eq!(other.unwrap(), ["CellDep[0]"]);
    assert_eq!(changed(&|it| it.inputs[0].data_len = 1).unwrap(), ["Input[0]"]);
    // A cell that the transaction does not spend.
    let error = changed(&|it| it.inputs[0].out_point[0] ^= 1).unwrap_err().to_string();
    assert!(error.ends_with("an input spends another cell"), "{error}");
}

#[test]
fn programs_that_do_not_run_are_found() {
    let subject = common::example("spawn", "tx.json");
    let settings = Settings { every: Some(3000), ..Settings::default() };
    let (summary, bytes) = recorded(&subject, &settings);
    assert!(summary.checkpoints > 5, "{summary:?}");
    let changes: [fn(&mut Checkpoint); 3] = [
        |it| it.programs.clear(),
        |it| it.programs[0].1.index += 1,
        |it| it.programs.push(it.programs[0]),
    ];
    for change in changes {
        let mut seen = 0;
        let forged = rebuilt(&bytes, |_, kind, mut chunk| {
            seen += u32::from(kind == Kind::Checkpoint);
            if kind == Kind::Checkpoint && seen == 4 {
                let mut checkpoint: Checkpoint = postcard::from_bytes(&chunk).unwrap();
                change(&mut checkpoint);
                chunk = postcard::to_stdvec(&checkpoint).unwrap();
            }
            vec![(kind, chunk)]
        });
        let error = refusal(&forged);
        assert!(error.contains(": segment 3, ") && error.ends_with("others run"), "{error}");
    }
}
