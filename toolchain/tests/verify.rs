//! `verdict verify`, as a user runs it.

mod common;

use std::fs;

use serde_json::{Value, json};

use self::common::{
    Ended, elf, examples, exit, file, print, script, syscall, transaction, verdict,
};

const GOOD: &str = "secp256k1/tx.json";
const BAD: &str = "secp256k1/tx-bad-signature.json";

/// Verifies the transaction in `json`.
fn verify(test: &str, json: &Value) -> Ended {
    verdict(&["verify", "--json", &file(test, "tx.json", json.to_string())])
}

/// The mock transaction of the example, its macros naming files by full paths.
fn example() -> Value {
    let text = fs::read_to_string(examples().join(GOOD)).expect("the example is there");
    let folder = examples().join("secp256k1");
    let folder = folder.to_str().expect("the path is UTF-8");
    let text = text.replace("{{ data ", &format!("{{{{ data {folder}/"));
    serde_json::from_str(&text).expect("the example is JSON")
}

#[test]
fn the_example_is_accepted() {
    let ended = verdict(&["verify", GOOD]);
    assert_eq!(ended.status, 0, "{ended}");
    assert!(ended.out.starts_with("accepted  secp256k1/tx.json\n"), "{ended}");
    assert!(ended.out.contains("Inputs[0].Lock") && ended.out.contains("exit 0"), "{ended}");
    assert!(!ended.out.contains('\x1b'), "{ended}");
}

#[test]
fn the_example_with_a_flipped_bit_is_rejected() {
    let ended = verdict(&["verify", BAD]);
    assert_eq!(ended.status, 1, "{ended}");
    assert!(ended.out.starts_with("rejected  "), "{ended}");
    // ERROR_PUBKEY_BLAKE160_HASH of the lock: another key has signed.
    assert!(ended.out.contains("exit -31"), "{ended}");
}

#[test]
fn json_has_the_promised_fields() {
    let ended = verdict(&["verify", "--json", BAD]);
    assert_eq!(ended.status, 1);
    let verdict = ended.json();
    let code_hash = "0x9bd7e06f3ecf4be0f2fcd2188b23f1b9fcc88e5d4b65a8637b17723bbda3cce8";
    assert_eq!((&verdict["outcome"], &verdict["file"]), (&json!("rejected"), &json!(BAD)));
    assert_eq!(verdict["max_cycles"], 70_000_000);
    let [group] = verdict["groups"].as_array().expect("it is an array").as_slice() else {
        panic!("not one group: {ended}");
    };
    assert_eq!(verdict["cycles"], group["cycles"]);
    let path = format!("by-type-hash/{} exited with -31", &code_hash[2..]);
    for (field, value) in [
        ("source", json!("Inputs[0].Lock")),
        ("kind", json!("lock")),
        ("code_hash", json!(code_hash)),
        ("hash_type", json!("type")),
        ("version", json!(2)),
        ("outcome", json!("rejected")),
        ("exit_code", json!(-31)),
        ("error", json!("ValidationFailure")),
        ("vm_error", json!(null)),
        ("error_detail", json!(path)),
    ] {
        assert_eq!(group[field], value, "{field}");
    }
    assert_eq!(group["script_hash"].as_str().map(str::len), Some(66));
}

#[test]
fn several_files_are_verified_one_after_the_other() {
    let ended = verdict(&["verify", "--json", BAD, GOOD]);
    assert_eq!(ended.status, 1);
    let outcomes: Vec<_> = ended.lines().iter().map(|line| line["outcome"].clone()).collect();
    assert_eq!(outcomes, ["rejected", "accepted"]);

    let ended = verdict(&["verify", "--json", "no/such/file", GOOD]);
    assert_eq!((ended.status, ended.lines().len()), (2, 1));
    assert!(ended.err.contains("cannot read no/such/file"), "{ended}");
}

#[test]
fn the_limit_on_cycles_holds() {
    let limit = ["verify", "--json", "--max-cycles", "1_000_000", GOOD];
    let ended = verdict(&limit);
    assert_eq!(ended.status, 1);
    let group = &ended.json()["groups"][0];
    assert_eq!(group["error"], "ExceededMaximumCycles");
    assert_eq!((&group["exit_code"], &group["outcome"]), (&json!(null), &json!("rejected")));
}

#[test]
fn every_group_is_reported() {
    let (good, bad) = (exit(0), exit(3));
    let inputs = [
        (script(&good, "data", "0x"), script(&bad, "data2", "0x")),
        (script(&good, "data1", "0x"), Value::Null),
        (script(&good, "data", "0x"), Value::Null),
    ];
    let outputs = [(script(&bad, "data", "0x"), script(&good, "data2", "0x01"))];
    let ended = verify("every_group", &transaction(&[&good, &bad], &inputs, &outputs));
    assert_eq!(ended.status, 1);
    let verdict = ended.json();
    let groups = verdict["groups"].as_array().expect("it is an array");
    let mut found: Vec<_> = groups
        .iter()
        .map(|group| {
            let field = |name: &str| group[name].to_string().replace('"', "");
            ["source", "kind", "hash_type", "version", "exit_code"].map(field).join(" ")
        })
        .collect();
    found.sort_unstable();
    assert_eq!(
        found,
        [
            "Inputs[0].Lock lock data 0 0",
            "Inputs[0].Type type data2 2 3",
            "Inputs[1].Lock lock data1 1 0",
            "Outputs[0].Type type data2 2 0",
        ]
    );
    // Twelve bytes of code in a file of 132: 502, and a cycle for four bytes loaded.
    let cycles = (502 + 5) + (502 + 7) + (502 + 7) + (502 + 7);
    assert_eq!(verdict["cycles"], cycles);
}

#[test]
fn what_scripts_print_names_the_script() {
    let program = print("one\ntwo");
    let inputs = [(script(&program, "data2", "0x"), script(&program, "data2", "0x01"))];
    let ended = verify("printing", &transaction(&[&program], &inputs, &[]));
    assert_eq!(ended.status, 0, "{ended}");
    assert_eq!(
        ended.err,
        "Inputs[0].Lock: one\nInputs[0].Lock: two\nInputs[0].Type: one\nInputs[0].Type: two\n"
    );
}

#[test]
fn errors_in_the_machine_are_rejections() {
    let program = elf(&[0], "");
    let inputs = [(script(&program, "data1", "0x"), Value::Null)];
    let ended = verify("machine", &transaction(&[&program], &inputs, &[]));
    assert_eq!(ended.status, 1);
    let group = &ended.json()["groups"][0];
    assert_eq!(group["error"], "VMInternalError");
    assert_eq!(group["vm_error"], "InvalidInstruction");

    let program = elf(&syscall(1), "");
    let inputs = [(script(&program, "data2", "0x"), Value::Null)];
    let ended = verify("machine", &transaction(&[&program], &inputs, &[]));
    assert_eq!(ended.json()["groups"][0]["vm_error"], "InvalidEcall");
}

#[test]
fn code_that_no_cell_dep_has_is_a_rejection() {
    let mut json = example();
    let other = format!("0x{}", "17".repeat(32));
    json["mock_info"]["inputs"][0]["output"]["lock"]["code_hash"] = json!(other);
    let ended = verify("no_code", &json);
    assert_eq!(ended.status, 1);
    let verdict = ended.json();
    let groups = verdict["groups"].as_array().expect("it is an array");
    let group = groups.iter().find(|group| group["source"] == "Inputs[0].Lock");
    let group = group.expect("the first input has a lock");
    assert_eq!(group["error"], "ScriptNotFound");
    assert!(group["error_detail"].as_str().is_some_and(|text| text.contains(&"17".repeat(32))));
}

/// Changes the example in one place and expects a message with `texts` in it.
#[track_caller]
fn unusable(test: &str, place: &str, value: Value, texts: &[&str]) {
    let mut json = example();
    let target = json.pointer_mut(place).expect("the example has this place");
    *target = value;
    let path = file(&format!("unusable_{test}"), "tx.json", json.to_string());
    let ended = verdict(&["verify", &path]);
    assert_eq!((ended.status, ended.out.as_str()), (2, ""), "{ended}");
    assert!(ended.err.starts_with(&format!("error: {path}: ")), "{ended}");
    for text in texts {
        assert!(ended.err.contains(text), "no {text}: {ended}");
    }
}

#[test]
fn fields_of_the_wrong_form_are_named() {
    let cases = [
        ("/mock_info/inputs/0/output/capacity", json!("12"), "mock_info.inputs[0].output.capacity"),
        ("/mock_info/inputs/1/output/capacity", json!(12), "mock_info.inputs[1].output.capacity"),
        ("/mock_info/inputs/0/data", json!("0x123"), "mock_info.inputs[0].data"),
        ("/mock_info/inputs/0/data", json!("0xgg"), "`mock_info.inputs[0].data`: 'g' is not"),
        ("/mock_info/inputs/0/data", json!("00"), "mock_info.inputs[0].data"),
        ("/mock_info/inputs/0/data", json!(null), "mock_info.inputs[0].data"),
        ("/mock_info/inputs/0", json!({}), "missing field `input`"),
        ("/mock_info/cell_deps/1/data", json!("0x{{ data x }}"), "cannot read"),
        ("/mock_info/cell_deps/1/data", json!("{{ date x }}"), "unknown macro `date`"),
        ("/mock_info/header_deps", json!([{}]), "mock_info.header_deps[0]"),
        ("/mock_info/header_deps", json!("0x"), "mock_info.header_deps"),
        ("/mock_info/extensions", json!([["0x00", "0x"]]), "mock_info.extensions[0][0]"),
        ("/tx/version", json!("0x100000000"), "tx.version"),
        ("/tx/inputs/0/since", json!("0x10000000000000000"), "tx.inputs[0].since"),
        (
            "/tx/inputs/0/previous_output/tx_hash",
            json!("0x12"),
            "tx.inputs[0].previous_output.tx_hash",
        ),
        ("/tx/outputs/0/lock/hash_type", json!("data9999"), "tx.outputs[0].lock.hash_type"),
        ("/tx/cell_deps/0/dep_type", json!("group"), "tx.cell_deps[0].dep_type"),
        ("/tx/outputs_data", json!(["0x"]), "`tx.outputs_data`: 1 entries for 2 outputs"),
        ("/tx/witnesses/0", json!({ "lock": "0x" }), "tx.witnesses[0]"),
        ("/tx", json!({ "hash": "0x" }), "tx.hash"),
        ("/mock_info", json!([]), "mock_info"),
    ];
    for (number, (place, value, text)) in cases.into_iter().enumerate() {
        unusable(&format!("form{number}"), place, value, &[text]);
    }
}

#[test]
fn what_is_missing_is_named() {
    let hash = format!("0x{}", "17".repeat(32));
    let out_point = json!({ "tx_hash": hash, "index": "0x5" });
    let place = format!("output 5 of {hash}");
    let second = example()["tx"]["inputs"][0].clone();
    let group = example()["mock_info"]["cell_deps"][0].clone();
    let cases = [
        (
            "/tx/inputs/1/previous_output",
            out_point.clone(),
            ["`tx.inputs[1]`: no entry of", &place],
        ),
        ("/tx/inputs/1/since", json!("0x1"), ["`tx.inputs[1]`: ", "with another `since`"]),
        ("/tx/inputs/1", second, ["`tx.inputs[1]`: ", "an earlier input spends"]),
        ("/tx/cell_deps/0/out_point", out_point, ["`tx.cell_deps[0]`: no entry of", &place]),
        ("/tx/header_deps", json!([hash]), ["`tx.header_deps[0]`: no entry of", &hash]),
        ("/mock_info/cell_deps", json!([group]), ["`tx.cell_deps[0]`: ", "member 0 of this group"]),
        (
            "/mock_info/cell_deps/0/data",
            json!("0x0200"),
            ["`mock_info.cell_deps[0].data`: ", "not a list of out points"],
        ),
        (
            "/mock_info/cell_deps/0/data",
            json!("0x00000000"),
            ["`mock_info.cell_deps[0].data`: ", "not a list of out points"],
        ),
    ];
    for (number, (place, value, texts)) in cases.into_iter().enumerate() {
        unusable(&format!("missing{number}"), place, value, &texts);
    }
}

#[test]
fn too_many_cell_deps_are_refused() {
    let mut json = example();
    let member = &json["mock_info"]["cell_deps"][0]["data"].as_str().expect("it is a text")[10..82];
    let group = format!("0x01080000{}", member.repeat(2049));
    json["mock_info"]["cell_deps"][0]["data"] = json!(group);
    let ended = verify("too_many", &json);
    assert_eq!(ended.status, 2);
    assert!(ended.err.contains("`tx.cell_deps`: ") && ended.err.contains("2048"), "{ended}");
}

#[test]
fn broken_json_is_located() {
    for (text, expected) in [
        ("", "EOF while parsing"),
        ("{\n  \"mock_info\": {\n    oops", "line 3 column 5"),
        ("{}", "missing field `mock_info`"),
        ("{\"tx\": 1, \"tx\": 2}", "duplicate field `tx`"),
        ("[[[", "EOF while parsing"),
        ("{\"mock_info\": {\"inputs\": [{\"data\": 1}]}}", "line 1 column"),
        ("[]", "tx.json: expected an object with `mock_info` and `tx`"),
        ("null", "expected an object"),
        ("\u{feff}{}", "this is text with a byte order mark"),
    ] {
        let path = file("broken_json", "tx.json", text);
        let ended = verdict(&["verify", &path]);
        assert_eq!(ended.status, 2);
        assert!(ended.err.starts_with(&format!("error: {path}: ")), "{ended}");
        assert!(ended.err.contains(expected), "{text}: {ended}");
    }
    let deep = file("broken_json", "deep.json", "[".repeat(1 << 20));
    let ended = verdict(&["verify", &deep]);
    assert_eq!(ended.status, 2);
    assert!(ended.err.contains("recursion limit"), "{ended}");
    let bytes = file("broken_json", "bytes.json", b"\"\xff\"");
    assert_eq!(verdict(&["verify", &bytes]).status, 2);
    let wide = file("broken_json", "wide.json", b"\xff\xfe{\0}\0");
    let ended = verdict(&["verify", &wide]);
    assert!(ended.err.contains("this is text in UTF-16, not a transaction"), "{ended}");
}
