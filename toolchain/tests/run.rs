//! `verdict run`, as a user runs it.

mod common;

use ckb_hash::blake2b_256;
use ckb_types::H256;
use serde_json::json;

use self::common::{
    A0, A7, CODE_AT, EBREAK, ECALL, Ended, LOOP, SP, elf, exit, file, ld, li, lui, print, syscall,
    verdict,
};

/// Runs `program` with `--json` and the options in `args`.
fn run(test: &str, program: &[u8], args: &[&str]) -> Ended {
    let program = file(test, "program", program);
    let (options, rest) = match args.iter().position(|arg| *arg == "--") {
        Some(at) => args.split_at(at),
        None => (args, [].as_slice()),
    };
    verdict(&[&["run", "--json"], options, &[&program], rest].concat())
}

/// The status of a run without `--json`.
fn status(test: &str, program: &[u8]) -> i32 {
    verdict(&["run", &file(test, "program", program)]).status
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_is_named() {
    for args in [&["verify", "--json", "spawn/tx.json"][..], &["run", "hello/hello"]] {
        let full = std::fs::File::options().write(true).open("/dev/full").expect("it is there");
        let ended = common::command(args).stdout(full).output().expect("it is built");
        assert_eq!(ended.status.code(), Some(2));
        let err = String::from_utf8(ended.stderr).expect("it prints UTF-8");
        assert!(err.contains("error: cannot write to standard output: "), "{err}");
    }
}

#[test]
fn exit_costs_502_cycles_on_every_version() {
    for version in ["0", "1", "2"] {
        let result = run("exit_costs_502", &exit(0), &["--vm", version]).json();
        assert_eq!(result["outcome"], "exit");
        assert_eq!(result["exit_code"], 0);
        assert_eq!(result["cycles"], 502);
    }
}

#[test]
fn json_has_the_promised_fields() {
    let ended = run("json_fields", &exit(7), &[]);
    assert_eq!(ended.status, 0);
    let result = ended.json();
    let fields = [
        "outcome",
        "exit_code",
        "error",
        "error_detail",
        "cycles",
        "pc",
        "registers",
        "memory_blake2b",
    ];
    let object = result.as_object().expect("it is an object");
    assert_eq!(object.len(), fields.len());
    assert!(fields.iter().all(|field| object.contains_key(*field)));
    assert_eq!(result["exit_code"], 7);
    assert_eq!(result["error"], json!(null));
    assert_eq!(result["error_detail"], json!(null));
    assert_eq!(result["pc"], format!("{:#x}", CODE_AT + 12));
    let registers = result["registers"].as_array().expect("it is an array");
    assert_eq!(registers.len(), 32);
    assert_eq!(
        (&registers[0], &registers[10], &registers[17]),
        (&json!("0x0"), &json!("0x7"), &json!("0x5d"))
    );
    let hash = result["memory_blake2b"].as_str().expect("it is a text");
    assert!(hash.len() == 64 && hash.bytes().all(|digit| digit.is_ascii_hexdigit()));
}

#[test]
fn the_exit_code_is_the_low_byte_as_a_signed_number() {
    for (code, signed, unsigned) in
        [(0, 0, 0), (1, 1, 1), (255, -1, 255), (-128, -128, 128), (256, 0, 0)]
    {
        let ended = run("exit_code", &exit(code), &[]);
        assert_eq!((ended.status, &ended.json()["exit_code"]), (0, &json!(signed)));
        assert_eq!(status("exit_code", &exit(code)), unsigned);
    }
}

#[test]
fn arguments_follow_main() {
    // argc is at sp, argv[2] three places above.
    let [high, low, call] = syscall(2177);
    let code = [ld(A0, SP, 24), high, low, call, ld(A0, SP, 0), li(A7, 93), ECALL];
    for version in ["0", "1", "2"] {
        let ended = run("arguments", &elf(&code, ""), &["--vm", version, "--", "--json", "two"]);
        assert_eq!(ended.json()["exit_code"], 3, "{ended}");
        assert_eq!(ended.err, "two\n");
    }
}

#[cfg(unix)]
#[test]
fn arguments_need_not_be_utf8() {
    use std::os::unix::ffi::OsStrExt as _;
    // The first byte of argv[1] is the exit code.
    let lbu = 10 << 15 | 4 << 12 | 10 << 7 | 0x03;
    let program = elf(&[ld(A0, SP, 16), lbu, li(A7, 93), ECALL], "");
    let program = file("arguments_bytes", "program", program);
    let mut command = common::command(&["run", &program, "--"]);
    command.arg(std::ffi::OsStr::from_bytes(b"\xfe\xff"));
    assert_eq!(command.output().expect("it runs").status.code(), Some(0xfe));
}

#[test]
fn printing_costs_nothing_beyond_the_ecall_and_changes_nothing() {
    let ended = run("printing", &print("über\n"), &[]);
    assert_eq!(ended.err, "über\n");
    // Two ecalls and six other instructions, two of them fused with their neighbours.
    let result = run("printing", &print("über\n"), &["--isa", "imc"]).json();
    assert_eq!(result["cycles"], 1006);
    assert_eq!(run("printing", &print("no newline"), &[]).err, "no newline\n");

    let [high, low, call] = syscall(2177);
    let code = [lui(A0, CODE_AT >> 12), high, low, call, li(A7, 93), ECALL];
    let registers = &run("printing", &elf(&code, ""), &[]).json()["registers"];
    assert_eq!(registers[10], format!("{CODE_AT:#x}"));
}

#[test]
fn a_string_without_end_is_out_of_bounds() {
    let [high, low, call] = syscall(2177);
    // The last page is filled by nobody, so the address is behind it.
    let code = [lui(A0, 0x400), high, low, call];
    let result = run("no_string", &elf(&code, ""), &[]).json();
    assert_eq!((&result["outcome"], &result["error"]), (&json!("error"), &json!("MemOutOfBound")));
    assert_eq!(result["exit_code"], json!(null));
}

#[test]
fn other_ecalls_are_invalid() {
    let ended = run("other_ecalls", &elf(&syscall(2061), ""), &[]);
    assert_eq!(ended.status, 0);
    let result = ended.json();
    assert_eq!(result["error"], "InvalidEcall");
    assert_eq!(result["error_detail"], "invalid ecall 2061");
    assert_eq!(status("other_ecalls", &elf(&syscall(2061), "")), 125);
}

#[test]
fn ebreak_is_passed() {
    let program = elf(&[EBREAK, li(A0, 3), li(A7, 93), ECALL], "");
    let result = run("ebreak", &program, &[]).json();
    assert_eq!((&result["exit_code"], &result["cycles"]), (&json!(3), &json!(1002)));
}

#[test]
fn the_limit_on_cycles_holds() {
    let ended = run("limit", &exit(0), &["--max-cycles", "502"]);
    assert_eq!(ended.json()["outcome"], "exit");
    let result = run("limit", &exit(0), &["--max-cycles", "501"]).json();
    assert_eq!((&result["error"], &result["cycles"]), (&json!("CyclesExceeded"), &json!(0)));
    let result = run("limit", &elf(&[LOOP], ""), &["--max-cycles", "1_000_000"]).json();
    assert_eq!((&result["error"], &result["cycles"]), (&json!("CyclesExceeded"), &json!(999_999)));
}

#[test]
fn a_bad_elf_is_an_error_of_the_program() {
    let ended = run("bad_elf", b"#!/bin/sh\necho this is no ELF file", &[]);
    assert_eq!(ended.status, 0);
    let result = ended.json();
    assert_eq!((&result["outcome"], &result["error"]), (&json!("error"), &json!("ElfParseError")));
    assert!(result["error_detail"].as_str().is_some_and(|text| text.contains("magic number")));
    assert_eq!((&result["cycles"], &result["pc"]), (&json!(0), &json!("0x0")));
    let zeros = H256(blake2b_256(vec![0; 4 << 20]));
    assert_eq!(result["memory_blake2b"], format!("{zeros:x}"));
    assert_eq!(status("bad_elf", b""), 125);
}

#[test]
fn fusion_does_not_go_with_version_0() {
    let result = run("fusion", &exit(0), &["--vm", "0", "--isa", "imcb_mop"]).json();
    assert_eq!(result["error"], "InvalidVersion");
}

#[test]
fn the_instruction_set_is_respected() {
    // sh1add a0, a0, a0
    let program = elf(&[0x20a5_2533, li(A0, 0), li(A7, 93), ECALL], "");
    for (isa, error) in [("imc", json!("InvalidInstruction")), ("imcb", json!(null))] {
        assert_eq!(run("isa", &program, &["--isa", isa]).json()["error"], error);
    }
    assert_eq!(run("isa", &program, &["--vm", "0"]).json()["error"], "InvalidInstruction");
    assert_eq!(run("isa", &program, &["--vm", "1"]).json()["outcome"], "exit");
}

#[test]
fn engines_are_chosen_by_name() {
    for engine in ["auto", "interpreter", "jit"] {
        let ended = run("engines", &exit(0), &["--engine", engine]);
        assert_eq!(ended.json()["outcome"], "exit");
    }
    let ended = run("engines", &exit(0), &["--engine", "jit", "--jit-stats"]);
    assert_eq!(ended.json()["outcome"], "exit");
    assert!(ended.err.contains("compilations"), "{ended}");
}

#[test]
fn unusable_arguments_have_status_2_and_name_the_culprit() {
    let program = file("unusable", "program", exit(0));
    for (args, text) in [
        (&["run"][..], "<PROGRAM>"),
        (&["run", "no/such/file"], "no/such/file"),
        (&["run", "--json", "no/such/file"], "no/such/file"),
        (&["run", env!("CARGO_TARGET_TMPDIR")], "cannot read"),
        (&["run", "--vm", "3", &program], "--vm"),
        (&["run", "--isa", "rv32", &program], "--isa"),
        (&["run", "--engine", "fast", &program], "--engine"),
        (&["run", "--max-cycles", "-1", &program], "--max-cycles"),
        (&["bench", "--max-cycles", "-1", &program], "invalid value '-1' for '--max-cycles"),
        (&["explain", "--max-cycles", "-1", &program], "invalid value '-1' for '--max-cycles"),
        (&["run", "--max-cycles", "1e6", &program], "--max-cycles"),
        (&["verify", "--epoch", "-1", &program], "invalid value '-1' for '--epoch"),
        (&["verify", "--jobs", "-1", &program], "'--jobs <N>': use a number from 1 on"),
        (&["verify", "--jobs", "0", &program], "'--jobs <N>': use a number from 1 on"),
        (&["trace", "--last", "-1", &program], "invalid value '-1' for '--last"),
        (&["trace", "--group", "-1", &program], "invalid value '-1' for '--group"),
        (&["bench", "--top", "-1", &program], "invalid value '-1' for '--top"),
        (&["inspect", "--top", "-1", &program], "invalid value '-1' for '--top"),
        (&["run", "--max-cycles", "18446744073709551616", &program], "--max-cycles"),
        (&["run", "--fast", &program], "--fast"),
        (&["run", &program, "no-dashes"], "no-dashes"),
        (&["walk"], "walk"),
        (&[], "Usage"),
    ] {
        let ended = verdict(args);
        assert_eq!((ended.status, ended.out.as_str()), (2, ""), "{args:?}: {ended}");
        assert!(ended.err.contains(text), "{args:?}: {ended}");
    }
}

#[test]
fn people_get_a_short_report_without_colours_in_a_pipe() {
    let ended = verdict(&["run", "hello/hello", "--", "one", "two"]);
    assert_eq!((ended.status, ended.err.as_str()), (3, "Hello from RISC-V\none\ntwo\n"));
    assert!(ended.out.starts_with("exit 3\n"), "{ended}");
    assert!(ended.out.contains("version 2, imcb_mop, auto"), "{ended}");
    assert!(!ended.out.contains('\x1b'), "{ended}");
    let bad = file("people", "program", elf(&[0], ""));
    let ended = verdict(&["run", &bad]);
    assert!(ended.out.starts_with("error InvalidInstruction: illegal instruction 0x0"), "{ended}");
    assert_eq!(ended.err, "");
    let ended = verdict(&["run", "hello/hello.s"]);
    assert_eq!((ended.status, &*ended.err), (125, "note: hello/hello.s is not an ELF file\n"));
}

#[test]
fn help_teaches() {
    for (args, texts) in [
        (&["--help"][..], ["Runs RISC-V programs", "Examples:"]),
        (&["help", "run"], ["exit status", "Examples:"]),
        (&["run", "--help"], ["--max-cycles", "Examples:"]),
        (&["batch", "--help"], ["\"max_cycles\": N", "Examples:"]),
        (&["verify", "--help"], ["{{ data FILE }}", "Examples:"]),
    ] {
        let ended = verdict(args);
        assert_eq!(ended.status, 0);
        for text in texts {
            assert!(ended.out.contains(text), "{args:?}: {ended}");
        }
    }
    assert!(verdict(&["--version"]).out.starts_with("verdict 0."));
    // Each command is told in a line of a terminal.
    let all = common::command(&["--help"]).env("COLUMNS", "80").output().expect("it is built");
    let all = String::from_utf8(all.stdout).expect("it prints UTF-8");
    let (_, commands) = all.split_once("Commands:\n").expect("there are some");
    let (commands, _) = commands.split_once("\n\n").expect("something is behind them");
    assert_eq!(commands.lines().count(), 14, "{commands}");
}
