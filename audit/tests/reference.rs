//! Recordings are executed on the production machine.

mod common;

use ckb_types::core::ScriptHashType;
use verdict_audit::{
    ReplayError, Settings,
    format::Kind,
    records::{CallResult, Checkpoint, Event, Verdict, What},
    reference::{Crosschecked, crosscheck},
};

use crate::common::{
    ECALL, addi, bne, elf, examples, jal, locked_by, long, lui, read, recorded, rewritten, sd,
};

#[test]
fn every_example_is_what_happens_in_production() {
    let mut all = Crosschecked::default();
    for (path, subject) in examples() {
        let settings = Settings { every: Some(200_000), ..Settings::default() };
        let run = read(&recorded(&subject, &settings).1).unwrap();
        let checked =
            crosscheck(&run).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        all.calls += checked.calls;
        all.checkpoints += checked.checkpoints;
    }
    assert!(all.calls > 50 && all.checkpoints > 5, "{all:?}");
}

#[test]
fn runs_of_every_version_are_what_happens_in_production() {
    for hash_type in [ScriptHashType::Data, ScriptHashType::Data1, ScriptHashType::Data2] {
        for limit in [1_234_567, 70_000_000] {
            let subject = locked_by(&long(40), hash_type, limit);
            let settings = Settings { every: Some(300_000), ..Settings::default() };
            let run = read(&recorded(&subject, &settings).1).unwrap();
            let checked = crosscheck(&run).unwrap_or_else(|error| panic!("{error}"));
            assert!(checked.calls >= 15 && checked.checkpoints >= 3, "{checked:?}");
        }
    }
}

#[test]
fn a_process_that_was_just_resumed_is_where_production_has_it() {
    const A0: u32 = 10;
    const A7: u32 = 17;
    const T0: u32 = 5;
    const T1: u32 = 6;
    const S1: u32 = 9;
    let code = [
        // Which process it is: all but the fourth of its kind start another.
        addi(A7, 0, 2047),
        addi(A7, A7, 2603 - 2047),
        ECALL,
        addi(S1, A0, 0),
        addi(T0, 0, 4),
        bne(S1, T0, 8),
        jal(0, 16 * 4),
        // `spawn` of the same program, with nothing, and the number to 0x100100.
        lui(T1, 0x100),
        addi(T0, T1, 0x100),
        sd(T0, T1, 16),
        addi(10, 0, 0),
        addi(11, 0, 3),
        addi(12, 0, 0),
        addi(13, 0, 0),
        addi(14, T1, 0),
        addi(A7, 0, 2047),
        addi(A7, A7, 2601 - 2047),
        ECALL,
        bne(S1, 0, 4 * 4),
        // The root is alone by now, and pays for having been resumed when its turn ends.
        lui(S1, 5),
        addi(S1, S1, -1),
        bne(S1, 0, -4),
        addi(A0, 0, 0),
        addi(A7, 0, 93),
        ECALL,
    ];
    let subject = locked_by(&elf(&code), ScriptHashType::Data2, 70_000_000);
    let settings = Settings { every: Some(10_000), ..Settings::default() };
    let (recorded, bytes) = recorded(&subject, &settings);
    assert!(recorded.is_accepted() && recorded.cycles() > 680_000, "{recorded:?}");
    let checked = crosscheck(&read(&bytes).unwrap()).unwrap_or_else(|error| panic!("{error}"));
    assert!(checked.checkpoints > 0, "{checked:?}");
}

#[test]
fn what_does_not_happen_in_production_is_named() {
    let subject = locked_by(&long(40), ScriptHashType::Data2, 70_000_000);
    let (_, bytes) = recorded(&subject, &Settings { every: Some(600_000), ..Settings::default() });
    let difference = |bytes: &[u8]| match crosscheck(&read(bytes).unwrap()) {
        Err(ReplayError::Difference(difference)) => (difference.segment, difference.to_string()),
        other => panic!("{other:?}"),
    };
    // A syscall with another result, and one with other contents.
    let change_call = |change: fn(&mut verdict_audit::records::Call)| {
        let mut done = false;
        rewritten(&bytes, |kind, chunk| {
            if kind == Kind::Events && !done {
                let mut events = Vec::new();
                let mut rest = &chunk[..];
                while !rest.is_empty() {
                    let (mut event, behind) = postcard::take_from_bytes::<Event>(rest).unwrap();
                    if let What::Call(call) = &mut event.kind
                        && !done
                    {
                        change(call);
                        done = true;
                    }
                    events.extend(postcard::to_stdvec(&event).unwrap());
                    rest = behind;
                }
                *chunk = events;
            }
        })
    };
    let result = change_call(|call| call.result = CallResult::Returned(1));
    assert!(difference(&result).1.contains("event 0: recorded: process 0: load_tx_hash("));
    let written = change_call(|call| call.written.ranges[0].0 += 8);
    assert!(difference(&written).1.contains("event 0: "));
    let charged = change_call(|call| call.charged += 1);
    assert!(difference(&charged).1.contains("event 0: "));
    // A page that has other bytes or flags, in the first checkpoint.
    let change_page = |change: fn(&mut verdict_audit::records::Page)| {
        let mut done = false;
        rewritten(&bytes, |kind, chunk| {
            if kind == Kind::Checkpoint && !done {
                let mut checkpoint: Checkpoint = postcard::from_bytes(chunk).unwrap();
                change(&mut checkpoint.pages[5]);
                *chunk = postcard::to_stdvec(&checkpoint).unwrap();
                done = true;
            }
        })
    };
    let (segment, text) = difference(&change_page(|page| page.flags ^= 4));
    assert!(segment == 0 && text.contains("has flags"), "{text}");
    let (_, text) = difference(&change_page(|page| {
        page.bytes = verdict_audit::records::PageBytes::Zeros;
    }));
    assert!(text.contains("holds something else"), "{text}");
    // Cycles.
    let verdict = rewritten(&bytes, |kind, chunk| {
        if kind == Kind::Verdict {
            let mut verdict: Verdict = postcard::from_bytes(chunk).unwrap();
            verdict.cycles += 1;
            *chunk = postcard::to_stdvec(&verdict).unwrap();
        }
    });
    assert!(difference(&verdict).1.contains("accepted after"));
}
