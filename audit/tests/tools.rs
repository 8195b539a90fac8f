//! Traces, differences and explanations.

mod common;

use std::{fs, ops::ControlFlow, path::Path};

use ckb_types::core::ScriptHashType;
use verdict_audit::{
    ReplayError, Settings,
    diff::{Comparison, Fault, Side, diff},
    explain::explain,
    records::What,
    symbols::{SymbolFiles, Symbols},
    trace::{Line, Names, Point, Step, Window, trace},
};
use verdict_syscalls::Engine;
use verdict_vm::{Reg, isa::Op};

use crate::common::{CODE, elf, example, locked_by, long, read, recorded};

fn steps(run: &verdict_audit::Run, from: Option<Point>, to: Option<Point>) -> Vec<Line> {
    let mut lines = Vec::new();
    trace(run, &Window { group: 0, from, to }, &mut |line| {
        lines.push(line);
        ControlFlow::Continue(())
    })
    .unwrap();
    lines
}

fn only_steps(lines: &[Line]) -> Vec<&Step> {
    let mut steps = Vec::new();
    for line in lines {
        if let Line::Step(step) = line {
            steps.push(&**step);
        }
    }
    steps
}

#[test]
fn a_trace_tells_what_each_step_does() {
    // li t0, 7; sd t0, -8(sp); li a0, 0; li a7, 93; ecall
    let code = [
        common::addi(5, 0, 7),
        common::sd(5, 2, 0xff8),
        common::addi(10, 0, 0),
        0x05d0_0893,
        common::ECALL,
    ];
    let subject = locked_by(&elf(&code), ScriptHashType::Data2, 10_000);
    let (_, bytes) = recorded(&subject, &Settings::default());
    let lines = steps(&read(&bytes).unwrap(), None, None);
    let steps = only_steps(&lines);
    let texts: Vec<_> = steps.iter().map(|step| step.op.to_string()).collect();
    assert_eq!(
        texts,
        ["addi t0, zero, 7", "sd t0, -8(sp)", "addi a0, zero, 0", "addi a7, zero, 93", "ecall"]
    );
    assert_eq!(steps[0].changed, [(Reg::T0, 7)]);
    let access = steps[1].access.unwrap();
    // Version 2 starts with sp at 0x3ffff0.
    assert_eq!((access.writes, access.addr, access.len, access.value), (true, 0x3f_ffe8, 8, 7));
    assert_eq!(steps[4].pc, CODE + 16);
    // Loading 20 bytes of code and 16 of the stack costs 9; the block costs 1+2+1+1+500.
    assert_eq!(steps[4].cycles, 9 + 505);
    let events: Vec<_> = lines
        .iter()
        .filter_map(
            |line| if let Line::Event(event) = line { Some(event.to_string()) } else { None },
        )
        .collect();
    assert!(events[0].contains("exit(0x0, "), "{events:?}");
    assert!(matches!(lines.last(), Some(Line::Event(event)) if event.kind == What::Ended(0)));
}

#[test]
fn traces_start_and_end_where_they_are_told_to() {
    let subject = locked_by(&long(40), ScriptHashType::Data2, 70_000_000);
    let (summary, bytes) =
        recorded(&subject, &Settings { every: Some(200_000), ..Settings::default() });
    let run = read(&bytes).unwrap();
    let lines = steps(&run, Some(Point::Cycles(1_000_000)), Some(Point::Cycles(1_001_000)));
    let steps_there = only_steps(&lines);
    assert!((500..1000).contains(&steps_there.len()), "{}", steps_there.len());
    assert!(steps_there.iter().all(|step| (1_000_000..1_001_000).contains(&step.cycles)));
    // The same steps come without the help of checkpoints.
    let (_, whole) = recorded(&subject, &Settings::default());
    let again = steps(
        &read(&whole).unwrap(),
        Some(Point::Cycles(1_000_000)),
        Some(Point::Cycles(1_001_000)),
    );
    assert_eq!(only_steps(&again), steps_there);
    // The last steps of all.
    let end = summary.cycles();
    let last = steps(&run, Some(Point::Cycles(end - 600)), None);
    assert!(only_steps(&last).last().unwrap().op.to_string() == "ecall");
    // From an address to another: the syscall of the first round.
    let call = steps(&run, Some(Point::Pc(CODE + 14 * 4)), Some(Point::Pc(CODE + 22 * 4)));
    assert_eq!(only_steps(&call).len(), 8);
}

#[test]
fn a_trace_from_an_address_runs_there_and_steps_on() {
    for hash_type in [ScriptHashType::Data, ScriptHashType::Data1, ScriptHashType::Data2] {
        let subject = locked_by(&long(2000), hash_type, u64::MAX >> 1);
        let (summary, bytes) = recorded(&subject, &Settings::default());
        let run = read(&bytes).unwrap();
        assert!(summary.cycles() > 100_000_000);
        // The steps behind the loop, from the first one, and from the middle of their block.
        for (skipped, texts) in [
            (0, &["addi a0, zero, 0", "addi a7, zero, 93", "ecall"][..]),
            (1, &["addi a7, zero, 93", "ecall"]),
        ] {
            let lines = steps(&run, Some(Point::Pc(CODE + 4 * (23 + skipped))), None);
            let steps = only_steps(&lines);
            let found: Vec<_> = steps.iter().map(|step| step.op.to_string()).collect();
            assert_eq!(found, texts, "{hash_type:?}");
            assert_eq!(steps.last().unwrap().cycles, summary.cycles());
        }
        // In the middle of the block that the loop is, where it is entered first.
        let first = steps(&run, Some(Point::Pc(CODE + 4 * 6)), Some(Point::Pc(CODE + 4 * 8)));
        assert_eq!(only_steps(&first).len(), 2);
        assert!(only_steps(&first)[0].cycles < 100);
        assert!(steps(&run, Some(Point::Pc(CODE + 2)), None).is_empty());
    }
    // A process that is spawned comes there, too.
    let (_, bytes) = recorded(&example("spawn", "tx.json"), &Settings::default());
    let run = read(&bytes).unwrap();
    let all = steps(&run, None, None);
    let child = only_steps(&all).into_iter().rfind(|step| step.process == 1).unwrap();
    let first = only_steps(&all).into_iter().find(|step| step.pc == child.pc).unwrap();
    let lines = steps(&run, Some(Point::Pc(child.pc)), None);
    assert_eq!(*only_steps(&lines)[0], *first);
    let rest = all.iter().position(|line| matches!(line, Line::Step(it) if **it == *first));
    assert_eq!(lines, all[rest.unwrap()..]);
}

/// A multiplication of the program of [`long`] after so many cycles.
fn multiplication(run: &verdict_audit::Run, cycles: u64) -> Step {
    let lines = steps(run, Some(Point::Cycles(cycles)), Some(Point::Cycles(cycles + 500)));
    let found = only_steps(&lines).into_iter().find(|step| step.op.to_string().starts_with("mul"));
    found.expect("every round of the loop has one").clone()
}

#[test]
fn one_wrong_result_in_a_hundred_million_cycles_is_found() {
    let subject = locked_by(&long(1600), ScriptHashType::Data2, 200_000_000);
    let settings = Settings { every: Some(4 << 20), ..Settings::default() };
    let (summary, bytes) = recorded(&subject, &settings);
    assert!(summary.cycles() > 100_000_000, "{summary:?}");
    let good = read(&bytes).unwrap();
    let step = multiplication(&good, 66_000_000);
    let fault = Fault {
        cycles: step.cycles,
        index: step.index,
        register: Reg::T1,
        bits: 1 << 40,
        is_compiled: false,
    };
    let broken = Settings { fault: Some(fault), ..settings };
    let (other, bytes) = recorded(&subject, &broken);
    // Nobody would know from the verdict.
    assert_eq!(other.groups, summary.groups);
    assert_ne!(other.digest, summary.digest);
    let bad = read(&bytes).unwrap();
    let Err(ReplayError::Difference(difference)) = bad.replay(Engine::Auto) else { panic!() };
    assert_eq!(difference.segment, 15, "{difference}");

    let side = Side { run: &bad, engine: Engine::Auto, fault: Some(fault) };
    let Comparison::Part(parting) = diff(Side::new(&good, Engine::Auto), side).unwrap() else {
        panic!("they part");
    };
    let [Some(Line::Step(ours)), Some(Line::Step(theirs))] = &parting.sides else {
        panic!("{parting:?}");
    };
    assert_eq!(**ours, step);
    assert_eq!((theirs.pc, theirs.cycles, theirs.index), (step.pc, step.cycles, step.index));
    let [(Reg::T1, right)] = ours.changed[..] else { panic!("{ours:?}") };
    assert_eq!(theirs.changed, [(Reg::T1, right ^ 1 << 40)]);
    assert!(parting.executions < 60, "{}", parting.executions);
}

#[test]
fn runs_that_are_the_same_do_not_differ() {
    let subject = example("spawn", "tx.json");
    let settings = Settings { every: Some(50_000), ..Settings::default() };
    let runs = [Engine::Interpreter, Engine::Jit].map(|engine| {
        let (_, bytes) = recorded(&subject, &Settings { engine, ..settings });
        read(&bytes).unwrap()
    });
    let sides = runs.each_ref().map(|run| Side::new(run, Engine::Auto));
    assert!(matches!(diff(sides[0], sides[1]).unwrap(), Comparison::Same));
    let other = recorded(&example("exec", "tx.json"), &settings).1;
    let other = read(&other).unwrap();
    let comparison = diff(sides[0], Side::new(&other, Engine::Auto)).unwrap();
    assert!(matches!(comparison, Comparison::OtherScripts));
}

#[test]
fn compiled_code_that_is_wrong_is_found_to_the_block() {
    let subject = locked_by(&long(40), ScriptHashType::Data2, 70_000_000);
    let settings = Settings { every: Some(400_000), ..Settings::default() };
    let (_, bytes) = recorded(&subject, &settings);
    let good = read(&bytes).unwrap();
    let step = multiplication(&good, 1_000_000);
    let fault = Fault {
        cycles: step.cycles,
        index: step.index,
        register: Reg::T1,
        bits: 1 << 40,
        is_compiled: true,
    };
    let (_, bytes) = recorded(&subject, &Settings { fault: Some(fault), ..settings });
    let bad = read(&bytes).unwrap();
    let side = Side { run: &bad, engine: Engine::Jit, fault: Some(fault) };
    let Comparison::Part(parting) = diff(Side::new(&good, Engine::Interpreter), side).unwrap()
    else {
        panic!("they part");
    };
    assert!(parting.sides.iter().all(Option::is_none), "{parting:?}");
    let states = parting.states.unwrap();
    // The block of the step is charged when it is entered, and nothing behind it ran.
    assert_eq!(states.cycles, [step.cycles; 2]);
    assert!(
        states
            .registers
            .iter()
            .any(|(_, name, [left, right])| { name == "t1" && left ^ right == 1 << 40 }),
        "{states:?}"
    );
    let Some(Line::Step(last)) = parting.before else { panic!() };
    assert_eq!(last.cycles, step.cycles);
}

#[test]
fn two_versions_of_a_script_part_where_they_do_something_else() {
    // The second one is longer, so that loading it costs more, and exits with 1 instead of 0
    // after two million cycles.
    let program = long(40);
    let mut code: Vec<u32> =
        program[120..].chunks(4).map(|word| u32::from_le_bytes(word.try_into().unwrap())).collect();
    let at = code.len() - 3;
    assert_eq!(code[at], common::addi(10, 0, 0));
    code[at] = common::addi(10, 0, 1);
    code.extend([common::addi(0, 0, 0); 7]);
    let subject = locked_by(&program, ScriptHashType::Data2, 70_000_000);
    let other = subject
        .changed(|resolved| {
            resolved.resolved_cell_deps[0].mem_cell_data = Some(elf(&code).into());
            Ok::<_, ()>(())
        })
        .unwrap();
    let [old, new] = [&subject, &other].map(|subject| {
        let (_, bytes) = recorded(subject, &Settings::default());
        read(&bytes).unwrap()
    });
    let [a, b] = [&old, &new].map(|run| Side::new(run, Engine::Auto));
    let Comparison::Part(parting) = diff(a, b).unwrap() else { panic!("they part") };
    let [Some(Line::Step(ours)), Some(Line::Step(theirs))] = &parting.sides else {
        panic!("{parting:?}");
    };
    let ops = [ours, theirs].map(|step| (step.pc, step.op.to_string()));
    let expected = CODE + 4 * at as u64;
    let text = |code| format!("addi a0, zero, {code}");
    assert_eq!(ops, [(expected, text(0)), (expected, text(1))]);
    assert!(ours.cycles > 2_000_000);
    // 28 more bytes cost 7 cycles.
    assert_eq!(theirs.cycles, ours.cycles + 7);
    assert!(parting.executions < 60, "{}", parting.executions);
    assert!(matches!(diff(b, b).unwrap(), Comparison::Same));
}

#[test]
fn a_transaction_that_differs_parts_where_it_is_read() {
    let bundle = |name| {
        recorded(
            &example("secp256k1", name),
            &Settings { every: Some(100_000), ..Settings::default() },
        )
        .1
    };
    let [good, bad] = ["tx.json", "tx-bad-signature.json"].map(|name| read(&bundle(name)).unwrap());
    let [a, b] = [&good, &bad].map(|run| Side::new(run, Engine::Auto));
    let Comparison::Part(parting) = diff(a, b).unwrap() else { panic!("they part") };
    let [Some(Line::Event(ours)), Some(Line::Event(theirs))] = &parting.sides else {
        panic!("{parting:?}");
    };
    // The witness has the signature: the first syscall that reads it.
    for event in [ours, theirs] {
        let What::Call(call) = &event.kind else { panic!("{event}") };
        assert_eq!(call.name(), Some("load_witness"));
    }
}

#[test]
fn rejections_are_explained() {
    assert!(explain(&example("secp256k1", "tx.json"), &SymbolFiles::default()).is_empty());
    let explanations =
        explain(&example("secp256k1", "tx-bad-signature.json"), &SymbolFiles::default());
    let [explanation] = &explanations[..] else { panic!("{explanations:?}") };
    let rejection = explanation.verdict.rejection.as_ref().unwrap();
    assert_eq!(rejection.exit_code, Some(-31));
    assert_eq!(explanation.process.unwrap().0, 0);
    assert_eq!(explanation.step.as_ref().unwrap().op.to_string(), "ecall");
    assert!(explanation.events.last().unwrap().kind == What::Ended(-31));
    assert!(!explanation.backtrace.is_empty());

    // A store to nowhere: `sd t0, 0(t1)` with t1 all ones.
    let code = [common::addi(6, 0, -1), common::sd(5, 6, 0), common::ECALL];
    let subject = locked_by(&elf(&code), ScriptHashType::Data2, 10_000);
    let [explanation] = &explain(&subject, &SymbolFiles::default())[..] else { panic!() };
    let rejection = explanation.verdict.rejection.as_ref().unwrap();
    assert_eq!(rejection.vm_kind.as_deref(), Some("MemOutOfBound"));
    let step = explanation.step.as_ref().unwrap();
    assert!(step.traps && step.pc == CODE + 4, "{step:?}");
    assert_eq!(explanation.backtrace[0].pc, CODE + 4);
    assert!(matches!(step.op, Op::Inst(_)));
}

#[test]
fn places_are_named_and_calls_are_followed() {
    let function = |sp: i32, rest: &[u32]| {
        let frame = [
            common::addi(2, 2, -sp),
            common::sd(1, 2, 24),
            common::sd(8, 2, 16),
            common::addi(8, 2, sp),
        ];
        [&frame[..], rest].concat()
    };
    // `start` calls `outer`, which calls `inner`, which exits with 9.
    let start = [common::jal(1, 8), common::ECALL];
    let outer = function(32, &[common::jal(1, 4)]);
    let inner = function(32, &[common::addi(10, 0, 9), 0x05d0_0893, common::ECALL]);
    let code = [&start[..], &outer, &inner].concat();
    let (outer_at, inner_at) = (CODE + 8, CODE + 28);
    let functions =
        [("start", CODE, outer_at), ("outer", outer_at, inner_at), ("inner", inner_at, CODE + 56)];
    let program = common::elf_with_symbols(&code, &functions);
    let subject = locked_by(&program, ScriptHashType::Data2, 10_000);
    let [explanation] = &explain(&subject, &SymbolFiles::default())[..] else { panic!() };
    let frames: Vec<_> = explanation.backtrace.iter().map(ToString::to_string).collect();
    let expected = ["0x10034 inner+0x18", "0x1001c outer+0x14", "0x10004 start+0x4"];
    assert_eq!(frames[..3], expected, "{frames:?}");

    let (_, bytes) = recorded(&subject, &Settings::default());
    let run = read(&bytes).unwrap();
    let names = Names::of(&run, 0, &SymbolFiles::default()).unwrap();
    let symbols = names.symbols();
    assert_eq!(symbols.address("inner"), Some(inner_at));
    let lines = steps(&run, Some(Point::Pc(inner_at)), None);
    let steps = only_steps(&lines);
    assert_eq!(steps.len(), 7);
    assert_eq!(symbols.locate(steps[1]).to_string(), "0x10020 inner+0x4");
}

/// A program of `tests/programs`.
fn program(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs/bin");
    fs::read(folder.join(name)).expect("the program is there")
}

/// The line of its source that has a mark.
fn line(mark: &str) -> String {
    let source = include_str!("programs/calls.c");
    let number = (1..).zip(source.lines()).find(|(_, line)| line.ends_with(mark));
    format!("calls.c:{}", number.expect("the line is there").0)
}

#[test]
fn callers_are_found_by_tables_and_by_frame_pointers() {
    let marks = ["// exits", "// calls inner", "// calls outer"];
    for name in ["calls-frame-pointer", "calls-debug-frame", "calls-eh-frame"] {
        let subject = locked_by(&program(name), ScriptHashType::Data2, 10_000);
        let [explanation] = &explain(&subject, &SymbolFiles::default())[..] else { panic!() };
        assert_eq!(explanation.verdict.rejection.as_ref().unwrap().exit_code, Some(9));
        let frames = &explanation.backtrace;
        let names: Vec<_> =
            frames.iter().map(|it| it.symbol.as_ref().map_or("", |it| it.0.as_str())).collect();
        assert_eq!(names, ["inner", "outer", "main", "_start"], "{name}: {frames:?}");
        for (frame, mark) in frames.iter().zip(marks) {
            let found = frame.line.as_deref().unwrap_or_default();
            assert!(found.ends_with(&line(mark)), "{name}, {mark}: {frame}");
        }
        let last = frames[3].line.as_deref().unwrap_or_default();
        assert!(last.contains("start.S:"), "{last}");
    }
}

#[test]
fn names_of_a_stripped_program_come_from_the_file_it_was() {
    let [stripped, named] = ["calls-stripped", "calls-frame-pointer"].map(program);
    let subject = locked_by(&stripped, ScriptHashType::Data2, 10_000);
    let backtrace = |files: &SymbolFiles| -> Vec<String> {
        let explained = explain(&subject, files);
        explained[0].backtrace.iter().map(ToString::to_string).collect()
    };
    assert!(backtrace(&SymbolFiles::default()).iter().all(|frame| !frame.contains(' ')));
    // A file that is another program has nothing to say.
    let others = vec![program("calls-eh-frame").into(), b"none".to_vec().into()];
    let other = SymbolFiles::new(others.clone());
    assert_eq!(backtrace(&other), backtrace(&SymbolFiles::default()));
    let files = SymbolFiles::new([others, vec![named.into()]].concat());
    assert!(backtrace(&files)[0].contains(" inner+"), "{:?}", backtrace(&files));

    let (_, bytes) = recorded(&subject, &Settings::default());
    let run = read(&bytes).unwrap();
    let names = Names::of(&run, 0, &files).unwrap();
    let symbols = names.symbols();
    let lines = steps(&run, symbols.address("inner").map(Point::Pc), None);
    let places = only_steps(&lines).into_iter().map(|step| symbols.locate(step).to_string());
    let places: Vec<_> = places.collect();
    assert!(places.iter().all(|place| place.contains(" inner")), "{places:?}");
    assert!(places.last().unwrap().contains(&line("// exits")), "{places:?}");
}

#[test]
fn lines_of_the_source_tell_where_two_versions_part() {
    let old = program("calls-frame-pointer");
    // `li a7, 93` of `inner` becomes `li a7, 94`, which is no syscall.
    let from = 0x05d0_0893_u32.to_le_bytes();
    let mut new = old.clone();
    let at = old.windows(4).rposition(|word| word == from).unwrap();
    new[at..at + 4].copy_from_slice(&0x05e0_0893_u32.to_le_bytes());
    let subject = locked_by(&old, ScriptHashType::Data2, 10_000);
    let other = subject.changed(|resolved| {
        resolved.resolved_cell_deps[0].mem_cell_data = Some(new.into());
        Ok::<_, ()>(())
    });
    let runs = [subject, other.unwrap()]
        .map(|subject| read(&recorded(&subject, &Settings::default()).1).unwrap());
    let [a, b] = runs.each_ref().map(|run| Side::new(run, Engine::Auto));
    let Comparison::Part(parting) = diff(a, b).unwrap() else { panic!("they part") };
    for (side, run) in parting.sides.iter().zip(&runs) {
        let Some(Line::Step(step)) = side else { panic!("{parting:?}") };
        let names = Names::of(run, 0, &SymbolFiles::default()).unwrap();
        let place = names.symbols().locate(step).to_string();
        assert!(place.contains(" inner+") && place.contains("calls.c:"), "{place}");
    }
}

#[test]
fn nonsense_in_debug_information_is_passed_over() {
    let small = common::elf_with_symbols(&[common::ECALL; 100], &[("f", CODE, CODE + 8)]);
    for file in [small, program("calls-debug-frame"), program("calls-eh-frame")] {
        for at in 0..file.len() {
            for bits in [1_u8, 0x80, 0xff] {
                let mut damaged = file.clone();
                damaged[at] ^= bits;
                let symbols = Symbols::read(&damaged);
                assert_eq!(symbols.locate(CODE + 4).pc, CODE + 4);
                let _ = symbols.backtrace(CODE + 0x8c, &[8; 32], &[1; 4096]);
            }
        }
    }
}

#[test]
fn cycles_of_steps_are_those_of_all_processes() {
    let (summary, bytes) = recorded(&example("spawn", "tx.json"), &Settings::default());
    let lines = steps(&read(&bytes).unwrap(), None, None);
    let steps = only_steps(&lines);
    assert!(steps.iter().any(|step| step.process > 0));
    assert!(steps.is_sorted_by_key(|step| step.cycles));
    assert_eq!(steps.last().unwrap().cycles, summary.cycles());
}
