//! Bundles that say what does not happen, with all digests right, are found out.

mod common;

use std::io::Cursor;

use ckb_types::core::ScriptHashType;
use verdict_audit::{
    Bundle, Settings,
    format::{Kind, Writer},
    records::{Rejection, Verdict},
};
use verdict_syscalls::{Engine, ScriptError};

use crate::common::{ECALL, add, addi, bne, elf, jal, locked_by, lui, read, recorded, slli};

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

/// How a replay fails.
fn refusal(bytes: &[u8]) -> String {
    read(bytes).unwrap().replay(Engine::Auto).expect_err("it is forged").to_string()
}

#[test]
fn a_failure_that_only_a_checkpoint_leads_to_is_none() {
    // Version 1 enters a function 4 GiB behind where it is as long as it remembers it.
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
    let subject = locked_by(&elf(&code), ScriptHashType::Data1, 70_000_000);
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
        _ => vec![(kind, chunk)],
    });
    let error = refusal(&forged);
    assert!(error.contains("recorded: nothing more; happens: process 0: exit("), "{error}");
}
