//! Recordings are executed on the production machine.

mod common;

use ckb_types::core::ScriptHashType;
use verdict_audit::{
    ReplayError, Settings,
    format::Kind,
    records::{CallResult, Checkpoint, Event, Verdict, What},
    reference::{Crosschecked, crosscheck},
};

use crate::common::{examples, locked_by, long, read, recorded, rewritten};

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
