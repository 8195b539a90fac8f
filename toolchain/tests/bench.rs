//! `verdict bench`.

mod common;

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::common::{A0, A7, ECALL, LOOP, elf, examples, file, li, script, transaction, verdict};

fn program(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs").join(name).display().to_string()
}

fn sum(profile: &Value, list: &str, field: &str) -> u64 {
    profile[list].as_array().unwrap().iter().map(|row| row[field].as_u64().unwrap()).sum()
}

/// Name, calls, cycles of its own and in all, of functions.
fn functions(profile: &Value) -> Vec<(String, u64, u64, u64)> {
    let rows = profile["functions"].as_array().unwrap().iter().map(|row| {
        let number = |field: &str| row[field].as_u64().unwrap();
        let name = row["name"].as_str().unwrap().to_owned();
        (name, number("calls"), number("self_cycles"), number("total_cycles"))
    });
    rows.collect()
}

#[test]
fn functions_cost_what_their_instructions_cost() {
    let folded = file("bench", "folded", "");
    let path = program("profile.elf");
    let ended = verdict(&["bench", "--json", "--collapsed", &folded, &path]);
    assert_eq!(ended.status, 0, "{ended}");
    let profile = ended.json();
    // Counted by hand: `recursive` costs 3 + 13 + 5 + 11 cycles nine times and 3 + 3 when it
    // goes on in `tail`; `leaf` costs 13, ten times, once of it for `tail`, which costs 4;
    // `_start` costs 4 and 502.
    assert_eq!(profile["cycles"], 294 + 130 + 4 + 506);
    assert_eq!(
        functions(&profile),
        [
            ("_start".to_owned(), 1, 506, 934),
            ("recursive".to_owned(), 10, 294, 428),
            ("leaf".to_owned(), 9, 130, 130),
            ("tail".to_owned(), 0, 4, 17),
        ]
    );
    let block = &profile["blocks"][1];
    assert_eq!(
        (&block["address"], &block["entered"], &block["cycles"], &block["line"]),
        (&json!("0x11000"), &json!(10), &json!(130), &json!("./profile.c:6"))
    );
    let stacks = fs::read_to_string(&folded).unwrap();
    let deepest = ["recursive"; 10].join(";");
    assert!(stacks.contains(&format!("_start;{deepest};tail;leaf 13\n")), "{stacks}");
    let cycles = stacks.lines().map(|line| line.rsplit_once(' ').unwrap().1);
    assert_eq!(cycles.map(|cycles| cycles.parse::<u64>().unwrap()).sum::<u64>(), 934);
    // The same with symbols from elsewhere.
    let stripped = program("profile-stripped.elf");
    let named = verdict(&["bench", "--json", "--symbols", &path, &stripped]).json();
    assert_eq!(named["functions"], profile["functions"]);
    // Without any, functions are what is called.
    let unnamed = functions(&verdict(&["bench", "--json", &stripped]).json());
    assert_eq!(unnamed[1], ("fn_0x1100e".to_owned(), 10, 294, 428));
}

#[test]
fn rows_add_up_to_the_cycles_of_the_transaction() {
    let mut checked = 0;
    for folder in fs::read_dir(examples()).unwrap() {
        for entry in fs::read_dir(folder.unwrap().path()).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|name| name != "json") {
                continue;
            }
            let path = path.display().to_string();
            let verified = verdict(&["verify", "--json", &path]);
            let ended = verdict(&["bench", "--json", &path]);
            assert_eq!(ended.status, verified.status, "{ended}");
            let (profile, verified) = (ended.json(), verified.json());
            assert_eq!(profile["groups"], verified["groups"], "{path}");
            assert_eq!(profile["cycles"], verified["cycles"], "{path}");
            assert_eq!(profile["cycles"], sum(&profile, "functions", "self_cycles"), "{path}");
            let other = functions(&profile).into_iter().find(|row| row.0 == "[other]");
            assert_eq!(other, None, "{path}");
            checked += 1;
        }
    }
    assert!(checked >= 10, "{checked}");
}

#[test]
fn system_calls_and_loading_have_rows_of_their_own() {
    let profile = verdict(&["bench", "--json", "secp256k1/tx.json"]).json();
    // A megabyte of tables, four bytes a cycle; 50 704 bytes of program and 16 of stack.
    let row = |name: &str| functions(&profile).into_iter().find(|row| row.0 == name).unwrap();
    assert_eq!(row("[load_cell_data]"), ("[load_cell_data]".to_owned(), 1, 262_144, 262_144));
    assert_eq!(row("[load]"), ("[load]".to_owned(), 1, 12_680, 12_680));
    assert_eq!(profile["syscalls"][0]["name"], "load_cell_data");
    let spawn = verdict(&["bench", "--json", "spawn/tx.json"]).json();
    let rows = functions(&spawn);
    assert!(rows.contains(&("[spawn]".to_owned(), 1, 100_800, 100_800)), "{rows:?}");
    assert_eq!(spawn["programs"].as_array().unwrap().len(), 2);
}

#[test]
fn one_script_of_a_transaction_is_run_alone() {
    let all = verdict(&["bench", "--json", "multi-group/tx.json"]).json();
    let one = ["--script", "lock", "--cell", "input:0"];
    let one = verdict(&[&["bench", "--json", "multi-group/tx.json"], &one[..]].concat()).json();
    assert_eq!(one["groups"].as_array().unwrap().len(), 1);
    assert!(one["cycles"].as_u64().unwrap() < all["cycles"].as_u64().unwrap());
    let none = ["--script", "lock", "--cell", "input:99"];
    let ended = verdict(&[&["bench", "multi-group/tx.json"], &none[..]].concat());
    assert_eq!(ended.status, 2, "{ended}");
    assert!(ended.err.contains("there is no input:99"), "{ended}");
}

#[test]
fn runs_that_fail_are_told_up_to_there() {
    let endless = file("bench", "endless", elf(&[li(A0, 1), LOOP], ""));
    let ended = verdict(&["bench", "--json", "--max-cycles", "10_000", &endless]);
    assert_eq!(ended.status, 1, "{ended}");
    let profile = ended.json();
    assert_eq!(profile["outcome"], "error");
    // One cycle and three, then three at a time.
    assert_eq!(
        (&profile["cycles"], &profile["blocks"][0]["entered"]),
        (&json!(10_000), &json!(3332))
    );
    assert_eq!(sum(&profile, "functions", "self_cycles"), 10_000);

    // A load from nowhere, in a block that is paid for: 1 + 2 + 1 + 500 cycles.
    let trap = [li(A0, -8), common::ld(A0, A0, 0), li(A7, 93), ECALL];
    let trap = file("bench", "trap", elf(&trap, ""));
    let profile = verdict(&["bench", "--json", &trap]).json();
    assert_eq!((&profile["cycles"], sum(&profile, "functions", "self_cycles")), (&json!(504), 504));
    assert!(profile["error_detail"].as_str().unwrap().contains("outside guest memory"));

    // Loading is paid for with the first block, which the limit does not cover.
    let none = verdict(&["bench", "--json", "--max-cycles", "10", "secp256k1/tx.json"]);
    assert_eq!(none.status, 1, "{none}");
    let loading = ("[load]".to_owned(), 1, 12_680, 12_680);
    assert_eq!(functions(&none.json()), [loading]);

    let exit = elf(&[li(A0, 3), li(A7, 93), ECALL], "");
    let lock = script(&exit, "data1", "0x");
    let tx = transaction(&[&exit], &[(lock, Value::Null)], &[]);
    let tx = file("bench", "tx.json", tx.to_string());
    let ended = verdict(&["bench", "--json", &tx]);
    assert_eq!(ended.status, 1, "{ended}");
    let profile = ended.json();
    assert_eq!(profile["groups"][0]["exit_code"], 3);
    assert_eq!(profile["cycles"], sum(&profile, "functions", "self_cycles"));
}

#[test]
fn what_does_not_go_together_is_refused() {
    let path = program("profile.elf");
    for (args, text) in [
        (&["--script", "lock", "--cell", "input:0", &path][..], "are for transactions"),
        (&["--network", "mainnet", &path], "are for transactions"),
        (&["--epoch", "7", &path], "are for transactions"),
        (&["--vm", "1", "spawn/tx.json"], "are for programs"),
        (&["--symbols", &path, "hello/hello"], "has other code than what ran"),
        (&["no/such/file"], "cannot read no/such/file"),
        (&["hello/README.md"], "hello/README.md"),
        (&["--collapsed", "/no/such/folder/file", &path], "cannot write /no/such/folder/file"),
    ] {
        let ended = verdict(&[&["bench"], args].concat());
        assert_eq!(ended.status, 2, "{ended}");
        assert!(ended.err.contains(text), "{ended}");
    }
}

#[test]
fn what_many_processes_cost_adds_up() {
    let script_file = fs::read(program("processes.elf")).unwrap();
    for (hash_type, rows) in [
        // Version 1 has no processes, but `exec`, which loads in place: 928 bytes of program and
        // 48 of stack.
        ("data1", &[("[exec]", 1), ("[load]", 1), ("root", 1), ("_start", 2)][..]),
        ("data2", &[("[spawn]", 6), ("[exec]", 1), ("[load]", 7), ("child", 6), ("_start", 8)]),
    ] {
        let lock = script(&script_file, hash_type, "0x");
        let tx = transaction(&[&script_file], &[(lock, Value::Null)], &[]);
        let tx = file("bench", &format!("processes-{hash_type}.json"), tx.to_string());
        let ended = verdict(&["bench", "--json", &tx]);
        assert_eq!(ended.status, 0, "{ended}");
        let profile = ended.json();
        let functions = functions(&profile);
        for &(name, calls) in rows {
            let row = functions.iter().find(|row| row.0 == name);
            assert_eq!(row.map(|row| row.1), Some(calls), "{name}: {functions:?}");
        }
        assert_eq!(profile["cycles"], sum(&profile, "functions", "self_cycles"));
        assert_eq!(profile["cycles"], verdict(&["verify", "--json", &tx]).json()["cycles"]);
        assert!(functions.iter().all(|row| row.0 != "[other]"), "{functions:?}");
        // Seven processes, four of which can have a machine at a time.
        let swaps = functions.iter().find(|row| row.0 == "[suspend and resume]");
        assert_eq!(swaps.is_some(), hash_type == "data2");
        assert!(swaps.is_none_or(|row| row.2 >= 600_000 && row.2.is_multiple_of(100_000)));
    }
}
