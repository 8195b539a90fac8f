//! The example scripts: each way in which they refuse.

mod common;

use std::fs;

use ckb_hash::blake2b_256;
use serde_json::{Value, json};

use self::common::{
    A0, A7, ECALL, SP, addi, elf, exit, file, li, script, syscall, transaction, verdict,
};

fn program(name: &str) -> Vec<u8> {
    let bin = common::examples().join("../scripts-riscv/examples/bin");
    fs::read(bin.join(name)).expect("the program is there")
}

fn hex(bytes: impl AsRef<[u8]>) -> String {
    let digits: String = bytes.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("0x{digits}")
}

/// Verifies a transaction whose first input has the lock `program` with `args`. The cell
/// deps have all of `programs`.
fn lock_exits(program_name: &str, args: &[u8], witness: Option<&[u8]>, others: &[&[u8]]) -> Value {
    let code = program(program_name);
    let lock = script(&code, "data2", &hex(args));
    let programs = [&[code.as_slice()], others].concat();
    let mut json = transaction(&programs, &[(lock, Value::Null)], &[]);
    if let Some(witness) = witness {
        json["tx"]["witnesses"] = json!([hex(witness)]);
    }
    let path = file(&format!("lock_{program_name}"), "tx.json", json.to_string());
    verdict(&["verify", "--json", &path]).json()["groups"][0]["exit_code"].clone()
}

#[test]
fn password_refuses_as_documented() {
    let long = [7; 65];
    for (args, witness, code) in [
        (&b"sesame"[..], Some(&b"sesame"[..]), 0),
        (b"", Some(b""), 0),
        (&long[..64], Some(&long[..64]), 0),
        (b"sesame", None, 1),
        (b"sesame", Some(b"sesam"), 1),
        (b"sesame", Some(b"Sesame"), 1),
        (&long, Some(b""), 2),
        (b"", Some(&long), 2),
    ] {
        assert_eq!(lock_exits("password", args, witness, &[]), code, "{args:?} {witness:?}");
    }
}

#[test]
fn token_refuses_as_documented() {
    const MAX: u128 = u128::MAX;
    let (code, good) = (program("token"), exit(0));
    let amount = |amount: u128| amount.to_le_bytes().to_vec();
    for (args_len, inputs, outputs, code_expected) in [
        (32, vec![amount(7), amount(5)], vec![amount(12)], 0),
        (32, vec![amount(7)], vec![amount(6)], 0),
        (32, vec![[amount(7), vec![1]].concat()], vec![amount(7)], 0),
        (32, vec![amount(MAX)], vec![amount(MAX)], 0),
        (31, vec![amount(7)], vec![amount(7)], 1),
        (33, vec![amount(7)], vec![amount(7)], 1),
        (32, vec![vec![7; 15]], vec![], 2),
        (32, vec![amount(7)], vec![vec![]], 2),
        (32, vec![amount(MAX), amount(1)], vec![], 3),
        (32, vec![amount(7)], vec![amount(MAX), amount(1)], 3),
        (32, vec![amount(7)], vec![amount(7), amount(1)], 4),
        (32, vec![], vec![amount(1)], 4),
        (32, vec![amount(MAX - 1)], vec![amount(MAX)], 4),
    ] {
        let type_ = script(&code, "data1", &hex(vec![0x17; args_len]));
        let lock = script(&good, "data1", "0x");
        // An input that has no tokens comes last.
        let mut spent = vec![(lock.clone(), type_.clone()); inputs.len()];
        spent.push((lock.clone(), Value::Null));
        let made = vec![(lock, type_); outputs.len()];
        let mut json = transaction(&[&code, &good], &spent, &made);
        for (index, data) in inputs.iter().enumerate() {
            json["mock_info"]["inputs"][index]["data"] = json!(hex(data));
        }
        json["tx"]["outputs_data"] = outputs.iter().map(hex).collect();
        let path = file("token", "tx.json", json.to_string());
        let verdict = verdict(&["verify", "--json", &path]).json();
        assert_eq!(verdict["groups"][1]["exit_code"], code_expected, "{inputs:?} {outputs:?}");
    }
}

#[test]
fn delegate_and_factors_refuse_as_documented() {
    let factors = program("factors");
    let args = |text: &str| [&blake2b_256(&factors)[..], text.as_bytes()].concat();
    let long = "1".repeat(128);
    for (text, witness, code) in [
        ("10403", Some("101 103"), 0),
        ("18446744073709551615", Some("3 6148914691236517205"), 0),
        ("10403", None, 1),
        ("10403", Some(long.as_str()), 1),
        (&long[..96], Some("101 103"), 1),
        ("10403", Some("101"), 11),
        ("10403", Some("101 103 1"), 11),
        ("10403", Some(""), 11),
        ("10403", Some("101 "), 12),
        ("10403", Some("101 -103"), 12),
        ("18446744073709551616", Some("2 9223372036854775808"), 12),
        ("10403", Some("1 10403"), 13),
        ("0", Some("4294967296 4294967296"), 13),
    ] {
        let witness = witness.map(str::as_bytes);
        let found = lock_exits("delegate", &args(text), witness, &[&factors]);
        assert_eq!(found, code, "{text} {witness:?}");
    }
    assert_eq!(lock_exits("delegate", &[0; 31], Some(b""), &[&factors]), 1);
    assert_eq!(lock_exits("delegate", &args("4"), Some(b"2 2"), &[]), 2);
}

/// A child that reads the question, answers anything, and exits with 9. The pipes are
/// the first two of their transaction: 2 and 3, 4 and 5.
fn answers_and_fails() -> Vec<u8> {
    const A1: u32 = 11;
    const A2: u32 = 12;
    // Transfers up to `len` bytes at sp + 64, with their number at sp.
    let transfer = |number, fd, len| {
        let store = A0 << 20 | SP << 15 | 3 << 12 | 0x23;
        let arguments = [li(A0, len), store, li(A0, fd), addi(A1, SP, 64), addi(A2, SP, 0)];
        [&arguments[..], &syscall(number)].concat()
    };
    let (read, write) = (transfer(2606, 2, 64), transfer(2605, 5, 8));
    let exit = [li(A0, 9), li(A7, 93), ECALL];
    elf(&[&[addi(SP, SP, -256)], &read[..], &write, &exit].concat(), "")
}

#[test]
fn ask_refuses_as_documented() {
    let fnv = program("fnv");
    let args =
        |child: &[u8], answer: u64| [&blake2b_256(child)[..], &answer.to_le_bytes()].concat();
    // FNV-1a of nothing, and of "foobar", from the list of its authors.
    let (nothing, foobar) = (0xcbf2_9ce4_8422_2325, 0x8594_4171_f739_67e8);
    let (failing, quiet, late) = (exit(9), exit(0), answers_and_fails());
    for (child, answer, witness, code) in [
        (&fnv, nothing, Some(&b""[..]), 0),
        (&fnv, foobar, Some(b"foobar"), 0),
        (&fnv, foobar, None, 1),
        (&fnv, foobar, Some(&[0; 257]), 1),
        (&fnv, foobar, Some(b"fooba"), 4),
        // Their ends of the pipes are closed before they have read anything.
        (&failing, foobar, Some(b"foobar"), 20 + 7),
        (&quiet, foobar, Some(b"foobar"), 20 + 7),
        (&late, foobar, Some(b"foobar"), 3),
    ] {
        let found = lock_exits("ask", &args(child, answer), witness, &[child]);
        assert_eq!(found, code, "{answer:#x} {witness:?}");
    }
    assert_eq!(lock_exits("ask", &args(&fnv, foobar)[1..], Some(b"foobar"), &[&fnv]), 1);
    assert_eq!(lock_exits("ask", &args(&fnv, foobar), Some(b"foobar"), &[]), 2);
}
