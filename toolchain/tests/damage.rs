//! Damaged transactions: whatever a file holds, it is verified or refused.

mod common;

use std::fs;

use serde_json::{Value, json};

use self::common::{examples, file, verdict};

/// How many files are made.
const FILES: u64 = 600;

/// A xorshift64 generator (Marsaglia, 2003: shifts 13, 7, 17).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).expect("it is below a usize")
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// The examples but the largest, their macros naming files by full paths.
fn originals() -> Vec<Value> {
    let names = ["dep-group", "exec", "multi-group", "spawn", "type-script"];
    let read = |name| {
        let folder = examples().join(name);
        let text = fs::read_to_string(folder.join("tx.json")).expect("the example is there");
        let folder = folder.to_str().expect("the path is UTF-8");
        let text = text.replace("{{ data ", &format!("{{{{ data {folder}/"));
        serde_json::from_str(&text).expect("the example is JSON")
    };
    names.into_iter().map(read).collect()
}

/// The places of all values below `value`, as JSON pointers.
fn places(value: &Value, at: &str, all: &mut Vec<String>) {
    let mut add = |key: &dyn std::fmt::Display, value| {
        let at = format!("{at}/{key}");
        all.push(at.clone());
        places(value, &at, all);
    };
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| add(key, value)),
        Value::Array(list) => list.iter().enumerate().for_each(|(key, value)| add(&key, value)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn damage(json: &mut Value, random: &mut Random) {
    let odd = [
        json!(null),
        json!(-1),
        json!(""),
        json!("0x"),
        json!("0xffffffffffffffff"),
        json!(format!("0x{}", "00".repeat(32))),
        json!("0x01000000"),
        json!([]),
        json!({}),
        json!("{{ data no/such/file }}"),
        json!("type"),
        json!("data127"),
        json!("dep_group"),
        json!("code"),
    ];
    let mut all = Vec::new();
    places(json, "", &mut all);
    let Some(place) = (!all.is_empty()).then(|| random.pick(&all).clone()) else {
        return;
    };
    let other = random.pick(&all).clone();
    let other = json.pointer(&other).expect("it is a place").clone();
    let value = json.pointer_mut(&place).expect("it is a place");
    match (random.below(12), &mut *value) {
        (0, _) => *value = random.pick(&odd).clone(),
        (1, _) => *value = other,
        (2, Value::Array(list)) => {
            list.pop();
        }
        (_, Value::String(text)) if text.len() > 2 && text.is_ascii() => {
            let at = 2 + random.below(text.len() - 2);
            let digit: &str = random.pick::<&str>(&["0", "1", "8", "f"]);
            text.replace_range(at..=at, digit);
        }
        (_, Value::Array(list)) => list.push(other),
        (_, value) => *value = random.pick(&odd).clone(),
    }
}

#[test]
fn damaged_transactions_are_verified_or_refused_by_name() {
    let (mut random, originals) = (Random(7), originals());
    let mut folder = String::new();
    for number in 0..FILES {
        let mut json = random.pick(&originals).clone();
        for _ in 0..=random.below(3) {
            damage(&mut json, &mut random);
        }
        let path = file("damage", &format!("{number}.json"), json.to_string());
        folder = path.rsplit_once('/').expect("it is in a folder").0.to_owned();
    }
    let ended = verdict(&["verify", "--json", &folder]);
    assert_eq!(ended.status, 2, "{}", ended.err);
    let (verdicts, errors) = (ended.lines(), ended.err.lines().collect::<Vec<_>>());
    assert_eq!((verdicts.len() + errors.len()) as u64, FILES);
    // Damage of both kinds was done.
    assert!(verdicts.len() > 50 && errors.len() > 50, "{} {}", verdicts.len(), errors.len());
    for error in errors {
        assert!(error.starts_with(&format!("error: {folder}/")), "{error}");
        assert!(error.contains(".json: field `") || error.contains("missing field"), "{error}");
    }
}
