//! Fuzz targets: plain functions of some bytes that panic if the verifiers differ, or if
//! ours does. The bytes choose what the random tests leave to chance.
//!
//! `tests/fuzz/` wraps them for a coverage-guided fuzzer; the tests here feed them seeded
//! inputs, so that they run everywhere.

use serde_json::Value;
use verdict_syscalls::{Progress, ResumeError, State};

use crate::{loading, random::Random, resume, scripts, trees};

/// A limit for states that may go on in any way.
const MAX_CYCLES: u64 = 1_000_000;

/// Verifies a transaction of several groups.
pub(crate) fn transaction(data: &[u8]) {
    scripts::random_transaction(&mut Random::chosen_by(data), "fuzz");
}

/// Makes syscalls with arguments at their edges, and with any.
pub(crate) fn syscalls(data: &[u8]) {
    let mut random = Random::chosen_by(data);
    if random.one_in(2) {
        loading::random_calls(&mut random, "fuzz");
    } else {
        loading::any_calls(&mut random);
    }
}

/// Runs a tree of processes.
pub(crate) fn processes(data: &[u8]) {
    trees::run(Random::chosen_by(data), "fuzz");
}

/// Goes on from a state with some damage.
///
/// As it is, it is refused, or cannot even be read. Sealed again, it may go on in any way
/// but a panic.
pub(crate) fn state(data: &[u8]) {
    let mut random = Random::chosen_by(data);
    let both = resume::small();
    let verifier = &both.ours.verifier;
    let until = random.below(125_000);
    let Ok(Progress::Suspended(sound)) = verifier.verify_until(until, MAX_CYCLES, None) else {
        return;
    };
    let sound = serde_json::to_value(&*sound).expect("a state can be written");
    let mut damaged = sound.clone();
    for _ in 0..=random.below(3) {
        // Most of it, but for the digest, which is made anew.
        let content = damaged.get_mut("content").filter(|_| !random.one_in(8));
        match content {
            Some(content) => damage(content, &mut random),
            None => damage(&mut damaged, &mut random),
        }
    }
    let Ok(state) = serde_json::from_value::<State>(damaged) else { return };
    if serde_json::to_value(&state).expect("a state can be written") != sound {
        let end = verifier.verify_until(u64::MAX, MAX_CYCLES, Some(&state));
        assert!(matches!(end, Err(ResumeError::State(_))), "{end:?}");
    }
    let sealed = state.sealed();
    let _any = verifier.verify_until(u64::MAX, MAX_CYCLES, Some(&sealed));
}

/// Changes something somewhere.
fn damage(value: &mut Value, random: &mut Random) {
    let deeper = !random.one_in(20);
    let index = |random: &mut Random, len: usize| {
        usize::try_from(random.below(len as u64)).expect("an index fits")
    };
    match value {
        Value::Object(fields) if deeper && !fields.is_empty() => {
            let at = index(random, fields.len());
            damage(fields.values_mut().nth(at).expect("an index"), random);
        }
        Value::Array(items) if deeper && !items.is_empty() => {
            let at = index(random, items.len());
            damage(&mut items[at], random);
        }
        Value::Array(items) if !items.is_empty() => {
            let at = index(random, items.len());
            let other = items[index(random, items.len())].clone();
            match random.below(4) {
                0 => drop(items.remove(at)),
                1 => items.insert(at, other),
                2 => items[at] = other,
                _ => items.truncate(at),
            }
        }
        Value::Object(fields) if !fields.is_empty() => {
            let at = index(random, fields.len());
            let key = fields.keys().nth(at).expect("an index").clone();
            let old = fields.remove(&key).expect("it has the field");
            // Maps by number have other numbers.
            if key.parse::<u64>().is_ok() && random.one_in(2) {
                fields.insert(random.below(8).to_string(), old);
            }
        }
        Value::Number(number) => {
            let old = number.as_u64().unwrap_or_default();
            let new = match random.below(5) {
                // Mostly what fits in a byte where a byte did.
                _ if old < 256 && !random.one_in(8) => random.of(&[0, 1, 2, 3, 6, 7, 0x93, 255]),
                0 => random.next(),
                1 => old ^ 1 << random.below(64),
                2 => old.wrapping_add(random.of(&[1, 4096, u64::MAX])),
                3 => random.of(&[u64::MAX, 1 << 63, 1 << 60, 1 << 32, 4 << 20]),
                _ => random.below(9),
            };
            *value = new.into();
        }
        Value::Bool(flag) => *flag = !*flag,
        Value::Null | Value::String(_) | Value::Array(_) | Value::Object(_) => {
            *value = random.of(&[0, 1, u64::MAX]).into();
        }
    }
}

/// Feeds `target` with so many inputs.
fn feed(target: fn(&[u8]), inputs: u64) {
    for seed in 0..inputs {
        let mut random = Random::new(seed);
        let len = random.below(400);
        let data: Vec<u8> = (0..len).map(|_| random.next().to_le_bytes()[5]).collect();
        let result = std::panic::catch_unwind(|| target(&data));
        assert!(result.is_ok(), "seed {seed}: {data:02x?}");
    }
}

#[test]
fn transactions_do_not_differ() {
    feed(transaction, 200);
}

#[test]
fn syscalls_do_not_differ() {
    feed(syscalls, 2000);
}

#[test]
fn trees_do_not_differ() {
    feed(processes, 100);
}

#[test]
fn states_do_no_harm() {
    feed(state, 1500);
}
