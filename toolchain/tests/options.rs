//! The options of `verdict verify`: which scripts, whose code, which versions, how many.

mod common;

use std::{fs, path::Path};

use ckb_types::{
    bytes::Bytes,
    packed::{Byte, Script},
    prelude::*,
};
use serde_json::{Value, json};

use self::common::{
    A0, A7, ECALL, Ended, elf, exit, file, li, print, script, transaction, verdict,
};

const NOTHING: Value = Value::Null;

/// Verifies the transaction in `json` with `options`.
fn verify(test: &str, json: &Value, options: &[&str]) -> Ended {
    let path = file(test, "tx.json", json.to_string());
    verdict(&[&["verify", "--json"], options, &[&path]].concat())
}

/// The sources and exit codes of the groups that ran.
fn codes(ended: &Ended) -> Vec<(String, Value)> {
    let verdict = ended.json();
    let groups = verdict["groups"].as_array().expect("it is an array");
    let code = |group: &Value| {
        (group["source"].as_str().unwrap_or_default().to_owned(), group["exit_code"].clone())
    };
    groups.iter().map(code).collect()
}

/// Two inputs and two outputs; all locks are good, and types are bad but for the one of
/// the first output.
fn mixed() -> Value {
    let (good, bad) = (exit(0), exit(3));
    let lock = script(&good, "data2", "0x");
    let inputs =
        [(lock.clone(), NOTHING), (script(&good, "data1", "0x"), script(&bad, "data2", "0x"))];
    let outputs =
        [(lock.clone(), script(&good, "data2", "0x01")), (lock, script(&bad, "data2", "0x"))];
    transaction(&[&good, &bad], &inputs, &outputs)
}

#[test]
fn one_script_can_run_alone() {
    for (kind, cell, source, code) in [
        ("lock", "input:0", "Inputs[0].Lock", 0),
        ("lock", "input:1", "Inputs[1].Lock", 0),
        ("type", "input:1", "Inputs[1].Type", 3),
        ("type", "output:0", "Outputs[0].Type", 0),
        // The same group again: its first member stands for it.
        ("type", "output:1", "Inputs[1].Type", 3),
    ] {
        let ended = verify("alone", &mixed(), &["--script", kind, "--cell", cell]);
        assert_eq!(codes(&ended), [(source.to_owned(), json!(code))]);
        assert_eq!(ended.status, i32::from(code != 0), "{ended}");
        let verdict = ended.json();
        assert_eq!(verdict["cycles"], verdict["groups"][0]["cycles"]);
        assert_eq!(verdict["cycles"], 502 + 7);
    }
}

#[test]
fn a_script_that_is_not_there_is_explained() {
    for (kind, cell, text) in [
        ("type", "input:0", "input:0 has no type script; the first cell that has one is input:1"),
        ("lock", "input:2", "there is no input:2, the inputs are input:0 to input:1"),
        ("type", "output:7", "there is no output:7, the outputs are output:0 to output:1"),
        ("lock", "output:0", "the lock of output:0 does not run: a lock runs when its cell is"),
        ("lock", "dep:0", "a cell is input:N or output:N"),
        ("both", "input:0", "[possible values: lock, type]"),
    ] {
        let ended = verify("not_there", &mixed(), &["--script", kind, "--cell", cell]);
        assert_eq!((ended.status, ended.out.as_str()), (2, ""), "{ended}");
        assert!(ended.err.contains(text), "{ended}");
    }
    let mut json = mixed();
    json["tx"]["outputs"] = json!([]);
    json["tx"]["outputs_data"] = json!([]);
    let ended = verify("not_there", &json, &["--script", "type", "--cell", "output:0"]);
    assert!(ended.err.contains("tx.json: --cell: there is no output:0"), "{ended}");
    assert!(ended.err.contains("the transaction has no outputs"), "{ended}");
    for half in [["--script", "lock"], ["--cell", "input:0"]] {
        assert_eq!(verify("not_there", &mixed(), &half).status, 2);
    }
}

fn hash_of(program: &[u8]) -> String {
    script(program, "data", "0x")["code_hash"].as_str().expect("it is a text").to_owned()
}

/// The JSON of a type script and its hash.
fn named(args: u8) -> (Value, String) {
    let script_json = json!({
        "code_hash": format!("0x{}", "17".repeat(32)), "hash_type": "data",
        "args": format!("0x{args:02x}"),
    });
    let script = Script::new_builder()
        .code_hash([0x17; 32])
        .hash_type(Byte::new(0))
        .args(Bytes::from(vec![args]))
        .build();
    (script_json, format!("{:#x}", script.calc_script_hash()))
}

#[test]
fn a_local_build_runs_in_place_of_deployed_code() {
    let (good, bad, other) = (exit(0), exit(3), exit(5));
    let build = file("replace", "build", &other);
    let inputs = [
        (script(&bad, "data", "0x"), NOTHING),
        (script(&bad, "data2", "0x"), NOTHING),
        (script(&good, "data2", "0x"), NOTHING),
    ];
    // Two cell deps have the code.
    let json = transaction(&[&bad, &good, &bad], &inputs, &[]);
    let replace = format!("{}={build}", hash_of(&bad));
    let ended = verify("replace", &json, &["--replace", &replace]);
    let mut found = codes(&ended);
    found.sort_by_key(|(source, _)| source.clone());
    let expected = [5, 5, 0].map(|code| json!(code));
    assert_eq!(found.iter().map(|(_, code)| code.clone()).collect::<Vec<_>>(), expected);

    // Both programs at once, one of them without the prefix of the hash.
    let second = format!("{}={build}", &hash_of(&good)[2..]);
    let ended = verify("replace", &json, &["--replace", &replace, "--replace", &second]);
    assert!(codes(&ended).iter().all(|(_, code)| *code == 5), "{ended}");
}

#[test]
fn code_that_is_named_by_type_hash_is_replaced_too() {
    let (bad, other) = (exit(3), exit(0));
    let build = file("replace_type", "build", &other);
    let (type_script, type_hash) = named(1);
    let lock = json!({ "code_hash": type_hash, "hash_type": "type", "args": "0x" });
    let mut json = transaction(&[&bad, b"data"], &[(lock, NOTHING)], &[]);
    json["mock_info"]["cell_deps"][0]["output"]["type"] = type_script.clone();
    assert_eq!(verify("replace_type", &json, &[]).status, 1);
    let replace = format!("{type_hash}={build}");
    let ended = verify("replace_type", &json, &["--replace", &replace]);
    assert_eq!(ended.status, 0, "{ended}");

    // No script names the code by its data hash.
    let by_data = format!("{}={build}", hash_of(&bad));
    let ended = verify("replace_type", &json, &["--replace", &by_data]);
    assert_eq!(ended.status, 2);
    assert!(ended.err.contains(&format!("names code {}", hash_of(&bad))), "{ended}");
    assert!(ended.err.contains(&format!("they name {type_hash}")), "{ended}");

    // A cell with other data and the same type script is still one too many.
    json["mock_info"]["cell_deps"][1]["output"]["type"] = type_script;
    let ended = verify("replace_type", &json, &["--replace", &replace]);
    assert_eq!(ended.json()["groups"][0]["error"], "MultipleMatches");
}

#[test]
fn code_of_a_dep_group_is_replaced() {
    let build = file("replace_group", "build", exit(0));
    let example = "secp256k1/tx-bad-signature.json";
    let lock = "0x9bd7e06f3ecf4be0f2fcd2188b23f1b9fcc88e5d4b65a8637b17723bbda3cce8";
    let ended = verdict(&["verify", "--replace", &format!("{lock}={build}"), example]);
    assert_eq!(ended.status, 0, "{ended}");
}

/// Loads the eight bytes at `offset` of the data of a cell dep, and exits with the
/// lowest of them, or with what loading returned.
fn load_byte_of_dep(dep: i32, offset: i32) -> Vec<u8> {
    const A: [u32; 5] = [10, 11, 12, 13, 14];
    let sp = common::SP;
    // A length of eight at sp, the bytes behind it.
    let code = [
        common::addi(sp, sp, -64),
        li(A[0], 8),
        // sd a0, 0(sp)
        A[0] << 20 | sp << 15 | 3 << 12 | 0x23,
        common::addi(A[0], sp, 16),
        common::addi(A[1], sp, 0),
        li(A[2], offset),
        li(A[3], dep),
        li(A[4], 3),
    ];
    let exit = [common::ld(A0, sp, 16), li(A7, 93), ECALL];
    elf(&[&code[..], &common::syscall(2092), &exit].concat(), "")
}

#[test]
fn scripts_that_load_replaced_code_get_the_local_build() {
    // Byte 4 of an ELF file is its class, 2 for 64 bits.
    let (reader, code) = (load_byte_of_dep(1, 4), exit(0));
    let build = file("load_replaced", "build", [77; 16]);
    let inputs =
        [(script(&reader, "data2", "0x"), NOTHING), (script(&code, "data2", "0x"), NOTHING)];
    let json = transaction(&[&reader, &code], &inputs, &[]);
    let only = ["--script", "lock", "--cell", "input:0"];
    assert_eq!(codes(&verify("load_replaced", &json, &only))[0].1, 2);
    let replace = format!("{}={build}", hash_of(&code));
    let options = [&only[..], &["--replace", &replace]].concat();
    assert_eq!(codes(&verify("load_replaced", &json, &options))[0].1, 77);
}

#[test]
fn replacements_that_cannot_be_are_refused() {
    let code = exit(0);
    let build = file("refused", "build", &code);
    let (hash, other) = (hash_of(&code), format!("0x{}", "17".repeat(32)));
    let missing = script(b"missing", "data1", "0x");
    let inputs = [(script(&code, "data1", "0x"), NOTHING), (missing.clone(), NOTHING)];
    let json = transaction(&[&code], &inputs, &[]);
    let missing = missing["code_hash"].as_str().expect("it is a text");
    let twice = format!("{hash}={build}");
    for (options, texts) in [
        (vec![format!("{other}={build}")], [other.as_str(), hash.as_str()]),
        (vec![format!("{missing}={build}")], ["no cell dep has code", missing]),
        (vec![format!("{hash}=no/such/build")], ["cannot read no/such/build", ""]),
        (vec![twice.clone(), twice], ["is to be replaced twice", &hash]),
        (vec!["0x12=build".to_owned()], ["a hash has 64 hexadecimal digits", ""]),
        (vec![hash.clone()], ["not of the form HASH=FILE", ""]),
    ] {
        let options: Vec<_> =
            options.iter().flat_map(|option| ["--replace", option.as_str()]).collect();
        let ended = verify("refused", &json, &options);
        assert_eq!((ended.status, ended.out.as_str()), (2, ""), "{ended}");
        assert!(texts.iter().all(|text| ended.err.contains(text)), "{texts:?}: {ended}");
    }
}

#[test]
fn one_code_is_not_replaced_by_two_builds() {
    let code = exit(3);
    let build = file("same_code", "build", exit(0));
    let (type_script, type_hash) = named(2);
    let by_type = json!({ "code_hash": type_hash, "hash_type": "type", "args": "0x" });
    let inputs = [(script(&code, "data1", "0x"), by_type)];
    let mut json = transaction(&[&code], &inputs, &[]);
    json["mock_info"]["cell_deps"][0]["output"]["type"] = type_script;
    let replace = [format!("{type_hash}={build}"), format!("{}={build}", hash_of(&code))];
    let ended = verify("same_code", &json, &["--replace", &replace[0], "--replace", &replace[1]]);
    assert_eq!(ended.status, 2);
    assert!(ended.err.contains("name the same code"), "{ended}");
    // One of them is enough for both scripts.
    for replace in &replace {
        assert_eq!(verify("same_code", &json, &["--replace", replace]).status, 0);
    }
}

#[test]
fn hard_forks_decide_which_versions_are_active() {
    let code = exit(0);
    for (options, newest) in [
        (&[][..], 2),
        (&["--network", "dev"], 2),
        (&["--network", "mainnet"], 2),
        (&["--network", "mainnet", "--epoch", "12293"], 2),
        (&["--network", "mainnet", "--epoch", "12292"], 1),
        (&["--network", "mainnet", "--epoch", "5414"], 1),
        (&["--network", "mainnet", "--epoch", "5413"], 0),
        (&["--network", "testnet", "--epoch", "9690"], 2),
        (&["--network", "testnet", "--epoch", "9689"], 1),
        (&["--network", "testnet", "--epoch", "3112"], 0),
    ] {
        for (version, hash_type) in [(0, "data"), (1, "data1"), (2, "data2")] {
            let inputs = [(script(&code, hash_type, "0x"), NOTHING)];
            let ended = verify("forks", &transaction(&[&code], &inputs, &[]), options);
            let group = &ended.json()["groups"][0];
            let expected = if version <= newest {
                (json!("accepted"), Value::Null, json!(version))
            } else {
                (json!("rejected"), json!("InvalidVmVersion"), Value::Null)
            };
            let found = (&group["outcome"], &group["error"], &group["version"]);
            assert_eq!(found, (&expected.0, &expected.1, &expected.2), "{options:?} {hash_type}");
        }
    }
    let ended = verify("forks", &mixed(), &["--epoch", "1"]);
    assert_eq!(ended.status, 2);
    assert!(ended.err.contains("--epoch: all versions are active"), "{ended}");
    assert_eq!(verify("forks", &mixed(), &["--network", "lina"]).status, 2);
}

/// Makes a folder of transactions, some of them in folders of it, and returns its path
/// with the names in order. Every fourth is rejected, which says so.
fn folder(test: &str, count: usize) -> (String, Vec<String>) {
    let mut names = Vec::new();
    for number in 0..count {
        let code = exit(i32::from(number % 4 == 3));
        let args = format!("0x{number:04x}");
        let inputs = [
            (script(&print(&format!("I am {number}")), "data2", "0x"), NOTHING),
            (script(&code, "data2", &args), NOTHING),
        ];
        let json = transaction(&[&code, &print(&format!("I am {number}"))], &inputs, &[]);
        let name = format!("{}{number:04}.json", if number % 5 == 4 { "below/" } else { "" });
        if let Some(parent) = Path::new(&name).parent() {
            let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
            fs::create_dir_all(root.join(parent)).expect("the folder is ours");
        }
        names.push(file(test, &name, json.to_string()));
    }
    file(test, "notes.txt", "no transaction");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    // Folders and files of a folder stand in one order, that of their names.
    names.sort();
    (folder.to_str().expect("the path is UTF-8").to_owned(), names)
}

#[test]
fn a_folder_stands_for_the_transactions_below_it() {
    let (path, names) = folder("folder", 60);
    let outputs: Vec<_> = ["1", "2", "7"]
        .into_iter()
        .map(|jobs| verdict(&["verify", "--json", "--jobs", jobs, &path]))
        .collect();
    for ended in &outputs {
        assert_eq!(ended.status, 1, "{ended}");
        let files: Vec<_> = ended.lines().iter().map(|line| line["file"].clone()).collect();
        assert_eq!(files, names);
        assert_eq!((&ended.out, &ended.err), (&outputs[0].out, &outputs[0].err));
    }
    // What scripts print comes in the same order.
    let numbers = outputs[0].err.lines().map(|line| line.rsplit(' ').next().unwrap_or_default());
    let expected = names.iter().map(|name| {
        let number = name.strip_suffix(".json").and_then(|name| name.get(name.len() - 4..));
        number.and_then(|digits| digits.parse::<usize>().ok()).map(|number| number.to_string())
    });
    assert_eq!(
        numbers.map(|number| Some(number.to_owned())).collect::<Vec<_>>(),
        expected.collect::<Vec<_>>()
    );

    let ended = verdict(&["verify", &path]);
    assert_eq!(ended.out.lines().last(), Some("45 accepted, 15 rejected, 0 unusable"));
    assert!(!ended.err.contains("to go"), "no progress bar but on a terminal: {ended}");
}

#[test]
fn files_of_a_folder_that_are_no_transactions_are_errors() {
    let (path, names) = folder("folder_with_errors", 3);
    file("folder_with_errors", "0000a.json", "{}");
    let ended = verdict(&["verify", &path, "no/such/file"]);
    assert_eq!(ended.status, 2);
    assert!(ended.err.contains("0000a.json: missing field `mock_info`"), "{ended}");
    assert!(ended.err.contains("cannot read no/such/file"), "{ended}");
    let reports = ended.out.lines().filter(|line| line.starts_with("accepted  ")).count();
    assert_eq!(reports, names.len());
    assert_eq!(ended.out.lines().last(), Some("3 accepted, 0 rejected, 2 unusable"));

    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("folder_without_files");
    fs::create_dir_all(&path).expect("the folder is ours");
    let ended = verdict(&["verify", path.to_str().expect("the path is UTF-8")]);
    assert_eq!((ended.status, ended.out.as_str()), (2, ""));
    assert!(ended.err.contains("no file below this folder is named *.json"), "{ended}");
}

#[test]
fn one_file_has_no_summary_and_jobs_are_no_more_than_files() {
    let path = file("one_file", "tx.json", mixed().to_string());
    let ended = verdict(&["verify", &path]);
    assert!(!ended.out.contains("unusable"), "{ended}");
    assert_eq!(verdict(&["verify", "--jobs", "0", &path]).status, 2);
    assert_eq!(verdict(&["verify", "--jobs", "18446744073709551615", &path]).status, 1);
}

/// Prints for as long as it may.
fn chatter() -> Vec<u8> {
    let text = "x".repeat(1 << 12);
    let [high, low, call] = common::syscall(2177);
    let back = 4_u32;
    // `jal x0, -4`: to the call again, with all registers as they were.
    let jump = {
        let imm = back.wrapping_neg();
        (imm >> 20 & 1) << 31
            | (imm >> 1 & 0x3ff) << 21
            | (imm >> 11 & 1) << 20
            | (imm >> 12 & 0xff) << 12
            | 0x6f
    };
    let code = [
        common::lui(A0, common::CODE_AT >> 12),
        common::addi(A0, A0, 6 * 4),
        high,
        low,
        call,
        jump,
    ];
    elf(&code, &format!("{text}\0"))
}

#[test]
fn endless_printing_fills_no_memory() {
    let program = chatter();
    let inputs = [(script(&program, "data2", "0x"), NOTHING)];
    let json = transaction(&[&program], &inputs, &[]).to_string();
    let path = file("chatter", "tx.json", &json);
    let ended = verdict(&["verify", "--max-cycles", "2_000_000", "--json", &path, &path]);
    assert_eq!(ended.status, 1);
    assert!(ended.lines().iter().all(|line| line["groups"][0]["error"] == "ExceededMaximumCycles"));
    assert!(ended.err.len() < (2 << 20) + 1000, "{} bytes", ended.err.len());
    assert_eq!(ended.err.matches("(more was printed; ").count(), 2);
    // Of a single file, all is seen. Loading and the first line take 1035 + 504 + 1024
    // cycles, each line after it 3 + 500 + 1024.
    let ended = verdict(&["verify", "--max-cycles", "2_000_000", "--json", &path]);
    assert_eq!(ended.err.lines().count(), 1 + (2_000_000 - 2563) / 1527);
}

#[test]
fn help_teaches() {
    let ended = verdict(&["verify", "--help"]);
    assert_eq!(ended.status, 0);
    for text in ["--script", "--cell", "--replace", "--network", "--epoch", "--jobs", "Examples:"] {
        assert!(ended.out.contains(text), "{text}: {ended}");
    }
}
