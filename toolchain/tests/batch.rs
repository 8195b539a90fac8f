//! `verdict batch`, as a user runs it.

mod common;

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::Stdio,
};

use serde_json::{Value, json};

use self::common::{
    A7, ECALL, LOOP, SP, command, elf, exit, file, ld, verdict, verdict_with_input,
};

/// The results of `requests`, with the options in `args`.
fn batch(args: &[&str], requests: &[Value]) -> Vec<Value> {
    let input: String = requests.iter().map(|request| format!("{request}\n")).collect();
    let ended = verdict_with_input(&[&["batch"], args].concat(), input.as_bytes());
    assert_eq!(ended.status, 0, "{ended}");
    ended.lines()
}

/// The program whose exit code is `argc`.
fn argc() -> Vec<u8> {
    elf(&[ld(10, SP, 0), addi_a7(93), ECALL], "")
}

const fn addi_a7(number: i32) -> u32 {
    common::li(A7, number)
}

#[test]
fn results_come_in_order_with_their_ids() {
    let codes = 0..100;
    let requests: Vec<_> = codes
        .clone()
        .map(|code| {
            let program = file("order", &format!("exit{code}"), exit(code));
            json!({ "id": { "number": code }, "program": program })
        })
        .collect();
    let results = batch(&[], &requests);
    assert_eq!(results.len(), requests.len());
    for (code, result) in codes.zip(results) {
        assert_eq!(result["id"]["number"], code);
        assert_eq!(result["exit_code"], code);
        assert_eq!(result["cycles"], 502);
    }
}

#[test]
fn results_are_those_of_run() {
    let program = file("as_run", "program", exit(5));
    let mut result = batch(&[], &[json!({ "program": program })]).remove(0);
    let object = result.as_object_mut().expect("it is an object");
    assert_eq!(object.remove("id"), Some(json!(null)));
    assert_eq!(result, verdict(&["run", "--json", &program]).json());
}

#[test]
fn fields_override_options() {
    let program = file("override", "loop", elf(&[LOOP], ""));
    let exit = file("override", "exit", exit(0));
    let options = ["--max-cycles", "300", "--vm", "0", "--isa", "imcb_mop", "--json"];
    let results = batch(
        &options,
        &[
            json!({ "program": program, "vm": 1 }),
            json!({ "program": program, "vm": 1, "max_cycles": 30 }),
            json!({ "program": program }),
            json!({ "program": exit, "isa": "imc", "max_cycles": 1000, "engine": "interpreter" }),
        ],
    );
    assert_eq!(results[0]["cycles"], 300);
    assert_eq!(results[1]["cycles"], 30);
    assert_eq!(results[2]["error"], "InvalidVersion");
    assert_eq!(results[3]["outcome"], "exit");
}

#[test]
fn argv_replaces_all_arguments() {
    let program = file("argv", "program", argc());
    let results = batch(
        &[],
        &[
            json!({ "program": program }),
            json!({ "program": program, "args": ["a", "b"] }),
            json!({ "program": program, "argv": ["a", "b"] }),
            json!({ "program": program, "argv": [] }),
            json!({ "program": program, "args": ["x".repeat(1 << 20)] }),
        ],
    );
    let codes: Vec<_> = results.iter().map(|result| result["exit_code"].as_i64()).collect();
    assert_eq!(codes, [Some(1), Some(3), Some(2), Some(0), None]);
    assert_eq!(results[4]["error"], "MemOutOfStack");
}

#[test]
fn memory_may_be_smaller() {
    let program = file("memory", "program", exit(0));
    let results = batch(
        &[],
        &[
            json!({ "program": program, "memory": 256 << 10 }),
            json!({ "program": program, "memory": 1 << 20 }),
            json!({ "program": program, "memory": 8 << 20 }),
        ],
    );
    assert_eq!(results[0]["registers"][2], "0x3ffe0");
    assert_eq!(results[1]["registers"][2], "0xfffe0");
    assert_eq!(results[2]["outcome"], "unusable");
}

#[test]
fn unusable_lines_are_answered_and_passed() {
    let program = file("unusable_lines", "program", exit(0));
    let good = json!({ "id": "good", "program": program }).to_string();
    let lines: [&[u8]; 7] = [
        b"{\"id\": 1, \"program\": \"no/such/file\"}",
        b"",
        b"{\"id\": [2], \"program\": \"x\", \"args\": \"one two\"}",
        b"{\"id\": 3, \"prog",
        b"\xff\xfe\x00",
        b"{\"id\": 4, \"program\": \"x\", \"surprise\": true}",
        good.as_bytes(),
    ];
    let ended = verdict_with_input(&["batch"], &lines.join(&b'\n'));
    assert_eq!(ended.status, 0);
    let results = ended.lines();
    assert_eq!(results.len(), 6);
    for (result, (id, text)) in results.iter().zip([
        (json!(1), "no/such/file"),
        (json!([2]), "`args`"),
        (json!(null), "EOF"),
        (json!(null), "not UTF-8"),
        (json!(4), "surprise"),
    ]) {
        assert_eq!((&result["outcome"], &result["id"]), (&json!("unusable"), &id), "{ended}");
        assert!(
            result["message"].as_str().is_some_and(|message| message.contains(text)),
            "{ended}"
        );
    }
    assert_eq!((&results[5]["id"], &results[5]["outcome"]), (&json!("good"), &json!("exit")));
}

#[test]
fn each_result_is_there_before_the_next_request() {
    let program = file("flush", "program", exit(0));
    let mut child = command(&["batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command is built");
    let mut input = child.stdin.take().expect("it is a pipe");
    let mut output = BufReader::new(child.stdout.take().expect("it is a pipe")).lines();
    for id in 0..3 {
        writeln!(input, "{}", json!({ "id": id, "program": program })).expect("it reads");
        let result = output.next().expect("there is a result").expect("it is UTF-8");
        let result: Value = serde_json::from_str(&result).expect("it is JSON");
        assert_eq!(result["id"], id);
    }
    drop(input);
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn it_ends_when_nobody_reads_on() {
    let program = file("pipe", "program", exit(0));
    let mut child = command(&["batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command is built");
    drop(child.stdout.take());
    let mut input = child.stdin.take().expect("it is a pipe");
    let _ = writeln!(input, "{}", json!({ "program": program }));
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(141), b"".as_slice()));
}

#[test]
fn options_are_checked() {
    let ended = verdict(&["batch", "--engine", "fast"]);
    assert_eq!(ended.status, 2);
    assert!(ended.err.contains("interpreter, jit, auto"), "{ended}");
}
