//! What the tests of the command share: programs, files and running `verdict`.

#![allow(dead_code, reason = "each test file uses a part of this")]

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use ckb_hash::blake2b_256;
use ckb_types::H256;
use serde_json::{Value, json};

/// How a run of `verdict` ended.
pub(crate) struct Ended {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ended {
    /// The one JSON value on standard output.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("no JSON: {self}"))
    }

    /// The JSON values on standard output, one a line.
    pub(crate) fn lines(&self) -> Vec<Value> {
        let lines = self.out.lines().map(serde_json::from_str);
        lines.collect::<Result<_, _>>().unwrap_or_else(|_| panic!("no JSON: {self}"))
    }
}

impl std::fmt::Display for Ended {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { status, out, err } = self;
        write!(f, "status {status}\nstdout: {out}\nstderr: {err}")
    }
}

/// The command, to be run.
pub(crate) fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_verdict"));
    command.args(args).current_dir(examples());
    command
}

/// Runs `verdict` with `args`, in the folder of the examples.
pub(crate) fn verdict(args: &[&str]) -> Ended {
    verdict_with_input(args, b"")
}

/// [`verdict`] with standard input.
pub(crate) fn verdict_with_input(args: &[&str], input: &[u8]) -> Ended {
    let mut command = command(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the command is built");
    let mut stdin = child.stdin.take().expect("it is a pipe");
    let input = input.to_owned();
    let writer = std::thread::spawn(move || {
        // It may end before it has read everything.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("it can be waited for");
    writer.join().expect("writing does not panic");
    Ended {
        status: output.status.code().expect("no signal ended it"),
        out: String::from_utf8(output.stdout).expect("it prints UTF-8"),
        err: String::from_utf8(output.stderr).expect("it prints UTF-8"),
    }
}

/// The folder of the examples.
pub(crate) fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples")
}

/// Writes a file for the test `test` and returns its path.
pub(crate) fn file(test: &str, name: &str, contents: impl AsRef<[u8]>) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    fs::create_dir_all(&folder).expect("the folder is ours");
    let path = folder.join(name);
    fs::write(&path, contents).expect("the folder is ours");
    path.to_str().expect("the path is UTF-8").to_owned()
}

pub(crate) const SP: u32 = 2;
pub(crate) const A0: u32 = 10;
pub(crate) const A7: u32 = 17;
pub(crate) const ECALL: u32 = 0x0000_0073;
pub(crate) const EBREAK: u32 = 0x0010_0073;
/// Where [`elf`] puts code.
pub(crate) const CODE_AT: u32 = 0x1_0000;

/// `addi rd, rs1, imm`
pub(crate) const fn addi(rd: u32, rs1: u32, imm: i32) -> u32 {
    imm.cast_unsigned() << 20 | rs1 << 15 | rd << 7 | 0x13
}

/// `li rd, imm`, for small numbers.
pub(crate) const fn li(rd: u32, imm: i32) -> u32 {
    addi(rd, 0, imm)
}

/// `lui rd, imm`
pub(crate) const fn lui(rd: u32, imm: u32) -> u32 {
    imm << 12 | rd << 7 | 0x37
}

/// `ld rd, imm(rs1)`
pub(crate) const fn ld(rd: u32, rs1: u32, imm: u32) -> u32 {
    imm << 20 | rs1 << 15 | 3 << 12 | rd << 7 | 0x03
}

/// `j .`
pub(crate) const LOOP: u32 = 0x6f;

/// Puts the number of a system call into `a7`, and makes it.
pub(crate) const fn syscall(number: u32) -> [u32; 3] {
    let low = (number << 20).cast_signed() >> 20;
    let high = number.wrapping_sub(low.cast_unsigned()) >> 12;
    [lui(A7, high), addi(A7, A7, low), ECALL]
}

/// An ELF file with one executable segment: `code`, then `text`.
pub(crate) fn elf(code: &[u32], text: &str) -> Vec<u8> {
    let mut body: Vec<u8> = code.iter().flat_map(|word| word.to_le_bytes()).collect();
    body.extend(text.as_bytes());
    let len = body.len() as u64;
    let mut file = b"\x7fELF\x02\x01\x01".to_vec();
    file.resize(16, 0);
    file.extend([2_u16, 243].map(u16::to_le_bytes).as_flattened());
    file.extend(1_u32.to_le_bytes());
    file.extend([u64::from(CODE_AT), 64, 0].map(u64::to_le_bytes).as_flattened());
    file.extend(0_u32.to_le_bytes());
    file.extend([64_u16, 56, 1, 0, 0, 0].map(u16::to_le_bytes).as_flattened());
    // To be loaded, readable and executable.
    file.extend([1_u32, 5].map(u32::to_le_bytes).as_flattened());
    let at = u64::from(CODE_AT);
    file.extend([120, at, at, len, len, 4096].map(u64::to_le_bytes).as_flattened());
    file.extend(body);
    file
}

/// The program that exits with `code`.
pub(crate) fn exit(code: i32) -> Vec<u8> {
    elf(&[li(A0, code), li(A7, 93), ECALL], "")
}

/// The program that prints `text` and exits with 0.
pub(crate) fn print(text: &str) -> Vec<u8> {
    let [high, low, call] = syscall(2177);
    let code = [lui(A0, CODE_AT >> 12), addi(A0, A0, 8 * 4), high, low, call];
    elf(&[&code[..], &[li(A0, 0), li(A7, 93), ECALL]].concat(), &format!("{text}\0"))
}

/// The JSON of a script.
pub(crate) fn script(program: &[u8], hash_type: &str, args: &str) -> Value {
    let code_hash = format!("{:#x}", H256(blake2b_256(program)));
    json!({ "code_hash": code_hash, "hash_type": hash_type, "args": args })
}

/// The JSON of a mock transaction that depends on `programs`, spends a cell for each
/// of `inputs` and makes one for each of `outputs`: a lock and a type script.
pub(crate) fn transaction(
    programs: &[&[u8]],
    inputs: &[(Value, Value)],
    outputs: &[(Value, Value)],
) -> Value {
    let out_point = |kind: u8, index: usize| {
        let tx_hash = format!("{:#x}", H256([kind; 32]));
        json!({ "tx_hash": tx_hash, "index": format!("{index:#x}") })
    };
    let cell = |(lock, type_): &(Value, Value)| json!({ "capacity": "0x174876e800", "lock": lock, "type": type_ });
    let nobody = (script(b"", "data", "0x"), Value::Null);
    let deps = programs.iter().enumerate().map(|(index, program)| {
        let dep = json!({ "out_point": out_point(1, index), "dep_type": "code" });
        let digits: String = program.iter().map(|byte| format!("{byte:02x}")).collect();
        json!({ "cell_dep": dep, "output": cell(&nobody), "data": format!("0x{digits}") })
    });
    let spent = inputs.iter().enumerate().map(|(index, scripts)| {
        let input = json!({ "since": "0x0", "previous_output": out_point(2, index) });
        json!({ "input": input, "output": cell(scripts), "data": "0x" })
    });
    let (deps, spent): (Vec<_>, Vec<_>) = (deps.collect(), spent.collect());
    json!({
        "tx": {
            "version": "0x0",
            "cell_deps": deps.iter().map(|dep| &dep["cell_dep"]).collect::<Vec<_>>(),
            "header_deps": [],
            "inputs": spent.iter().map(|cell| &cell["input"]).collect::<Vec<_>>(),
            "outputs": outputs.iter().map(cell).collect::<Vec<_>>(),
            "outputs_data": vec!["0x"; outputs.len()],
            "witnesses": [],
        },
        "mock_info": { "inputs": spent, "cell_deps": deps, "header_deps": [] },
    })
}
