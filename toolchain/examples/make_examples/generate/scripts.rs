//! Makes the transactions that use the scripts of `scripts-riscv/examples/`.
//!
//! Each example has a transaction that is accepted, `tx.json`, and beside it others that
//! differ from it in what their names say.

use std::{fs, path::Path};

use ckb_hash::{blake2b_256, new_blake2b};
use ckb_mock_tx_types::{MockCellDep, MockInfo, MockInput, MockTransaction};
use ckb_types::{
    bytes::Bytes,
    core::{DepType, ScriptHashType, TransactionBuilder},
    packed::{CellInput, CellOutput, OutPoint, OutPointVec, Script},
    prelude::*,
};

use super::mock::{CKB, cell_dep, to_json, type_id};

/// The scripts' names.
const PROGRAMS: [&str; 6] = ["password", "token", "delegate", "factors", "ask", "fnv"];
/// The folder of their ELF files, as seen from that of an example.
const BIN: &str = "../../scripts-riscv/examples/bin";

/// The files of these examples.
pub(super) fn files() -> Vec<(String, Vec<u8>)> {
    let examples = [
        ("type-script/tx.json", tokens(600, 400, ALICE)),
        ("type-script/tx-more-out-than-in.json", tokens(600, 401, ALICE)),
        ("type-script/tx-issue.json", tokens(600, 401, ISSUER)),
        ("dep-group/tx.json", grouped(&["token", "password"])),
        ("dep-group/tx-other-group.json", grouped(&["token"])),
        ("exec/tx.json", executing("101 103")),
        ("exec/tx-wrong-factors.json", executing("101 104")),
        ("spawn/tx.json", spawning(QUESTION)),
        ("spawn/tx-wrong-answer.json", spawning("What is the hash of something else?")),
        ("multi-group/tx.json", many_groups("bob's password", 50)),
        ("multi-group/tx-two-refuse.json", many_groups("a guess", 51)),
    ];
    examples.map(|(path, draft)| (path.to_owned(), draft.into_json())).into()
}

/// Passwords, each of which is a lock.
const ALICE: &str = "alice's password";
const BOB: &str = "bob's password";
const ISSUER: &str = "the issuer's password";

/// Tokens: 1000 of them go in, to be split in two. The owner of the cell opens it.
fn tokens(first: u128, second: u128, owner: &'static str) -> Draft {
    let token = |amount: u128| (Some(token()), Bytes::copy_from_slice(&amount.to_le_bytes()));
    let mut draft = Draft::new("type-script");
    draft.depend_on("password");
    draft.depend_on("token");
    draft.spend(password(owner, ScriptHashType::Data1), token(1000));
    draft.make(password(BOB, ScriptHashType::Data1), token(first));
    draft.make(password(ALICE, ScriptHashType::Data1), token(second));
    draft.witnesses.push(owner);
    draft
}

/// A lock whose code the members of a dep group have, or not.
fn grouped(members: &[&str]) -> Draft {
    let lock = Script::new_builder()
        .code_hash(identity("password").calc_script_hash())
        .hash_type(ScriptHashType::Type)
        .args(Bytes::from(ALICE))
        .build();
    let mut draft = Draft::new("dep-group");
    draft.depend_on_group(members);
    draft.spend(lock.clone(), NO_TYPE);
    draft.make(lock, NO_TYPE);
    draft.witnesses.push(ALICE);
    draft
}

/// A lock that executes a program with the witness as its arguments.
fn executing(witness: &'static str) -> Draft {
    let args = [&data_hash("factors")[..], b"10403"].concat();
    let lock = script("delegate", ScriptHashType::Data2, args);
    let mut draft = Draft::new("exec");
    draft.depend_on("delegate");
    draft.depend_on("factors");
    draft.spend(lock.clone(), NO_TYPE);
    draft.make(lock, NO_TYPE);
    draft.witnesses.push(witness);
    draft
}

/// What the lock of the spawn example knows the answer to. The child reads it in pieces.
const QUESTION: &str =
    "What is the hash of these words, which are a few more than it reads at once?";

/// A lock that asks a child about the witness.
fn spawning(witness: &'static str) -> Draft {
    let args = [&data_hash("fnv")[..], &fnv(QUESTION).to_le_bytes()].concat();
    let lock = script("ask", ScriptHashType::Data2, args);
    let mut draft = Draft::new("spawn");
    draft.depend_on("ask");
    draft.depend_on("fnv");
    draft.spend(lock.clone(), NO_TYPE);
    draft.make(lock, NO_TYPE);
    draft.witnesses.push(witness);
    draft
}

/// FNV-1a of 64 bits.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Two locks and three types: two kinds of tokens, and a cell that becomes unique.
fn many_groups(bob: &'static str, amount: u128) -> Draft {
    let (alice_lock, bob_lock) =
        (password(ALICE, ScriptHashType::Data1), password(BOB, ScriptHashType::Data2));
    let other_token = script("token", ScriptHashType::Data2, vec![0x17; 32]);
    let cell = |type_: &Script, amount: u128| {
        (Some(type_.clone()), Bytes::copy_from_slice(&amount.to_le_bytes()))
    };
    let mut draft = Draft::new("multi-group");
    draft.depend_on("password");
    draft.depend_on("token");
    draft.spend(alice_lock.clone(), cell(&token(), 1000));
    draft.spend(bob_lock.clone(), NO_TYPE);
    draft.spend(alice_lock.clone(), cell(&other_token, 50));
    draft.make(bob_lock.clone(), cell(&token(), 1000));
    draft.make(alice_lock, cell(&other_token, amount));
    let unique = draft.new_identity();
    draft.make(bob_lock, (Some(unique), Bytes::from("there is no second one")));
    // The locks look at the first input of their group; the last one needs no witness.
    draft.witnesses = vec![ALICE, bob];
    draft
}

/// A type script, and data.
type Contents = (Option<Script>, Bytes);

const NO_TYPE: Contents = (None, Bytes::new());

/// The ELF file of a script.
fn program(name: &str) -> Bytes {
    let bin = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts-riscv/examples/bin");
    fs::read(bin.join(name)).expect("the programs are there").into()
}

fn data_hash(name: &str) -> [u8; 32] {
    blake2b_256(program(name))
}

/// A script that names its program by data hash.
fn script(program: &str, hash_type: ScriptHashType, args: Vec<u8>) -> Script {
    Script::new_builder()
        .code_hash(data_hash(program))
        .hash_type(hash_type)
        .args(Bytes::from(args))
        .build()
}

fn password(password: &str, hash_type: ScriptHashType) -> Script {
    script("password", hash_type, password.into())
}

/// The tokens of the issuer.
fn token() -> Script {
    let issuer = password(ISSUER, ScriptHashType::Data1).calc_script_hash();
    script("token", ScriptHashType::Data1, issuer.as_slice().into())
}

/// The type script that makes the cell with a program unique.
fn identity(program: &str) -> Script {
    type_id(blake2b_256(format!("example program {program}")))
}

/// Where the cell with a program is: in a transaction that made all of them.
fn place(program: &str) -> OutPoint {
    let index = PROGRAMS.iter().position(|name| *name == program).expect("it is one of them");
    let index = u32::try_from(index).expect("they are few");
    OutPoint::new(blake2b_256("example programs").into(), index)
}

/// The cell with a program.
fn code(program_name: &str) -> MockCellDep {
    let type_id = Some(identity(program_name));
    cell_dep(place(program_name), DepType::Code, type_id, program(program_name))
}

/// A transaction that grows.
struct Draft {
    name: &'static str,
    /// What it depends on.
    deps: Vec<MockCellDep>,
    /// What is in its dep groups.
    members: Vec<MockCellDep>,
    inputs: Vec<MockInput>,
    outputs: Vec<(CellOutput, Bytes)>,
    witnesses: Vec<&'static str>,
}

impl Draft {
    fn new(name: &'static str) -> Self {
        let (deps, members, inputs) = (Vec::new(), Vec::new(), Vec::new());
        Self { name, deps, members, inputs, outputs: Vec::new(), witnesses: Vec::new() }
    }

    /// Depends on the cell with a program.
    fn depend_on(&mut self, program: &str) {
        self.deps.push(code(program));
    }

    /// Depends on a dep group of cells with programs.
    fn depend_on_group(&mut self, programs: &[&str]) {
        let out_point =
            OutPoint::new(blake2b_256(format!("example group {}", programs.join(" "))).into(), 0);
        let members: OutPointVec = programs.iter().map(|program| place(program)).collect();
        self.deps.push(cell_dep(out_point, DepType::DepGroup, None, members.as_bytes()));
        self.members.extend(programs.iter().map(|program| code(program)));
    }

    /// Spends a cell, of 500 CKB.
    fn spend(&mut self, lock: Script, (type_, data): Contents) {
        let number = self.inputs.len();
        let transaction = blake2b_256(format!("example {} cell {number}", self.name));
        let output = CellOutput::new_builder().capacity(500 * CKB).lock(lock).type_(type_.pack());
        self.inputs.push(MockInput {
            input: CellInput::new(OutPoint::new(transaction.into(), 0), 0),
            output: output.build(),
            data,
            header: None,
        });
    }

    /// Makes a cell.
    fn make(&mut self, lock: Script, (type_, data): Contents) {
        let output = CellOutput::new_builder().lock(lock).type_(type_.pack()).build();
        self.outputs.push((output, data));
    }

    /// The type script that makes the next output unique: its identity is the hash of
    /// the first input and of the output's index.
    fn new_identity(&self) -> Script {
        let mut hasher = new_blake2b();
        hasher.update(self.inputs[0].input.as_slice());
        hasher.update(&(self.outputs.len() as u64).to_le_bytes());
        let mut identity = [0; 32];
        hasher.finalize(&mut identity);
        type_id(identity)
    }

    /// The JSON of the transaction. Its outputs share what its inputs have, but for a
    /// fee of 1000 shannons.
    fn into_json(self) -> Vec<u8> {
        let capacity = 500 * CKB * self.inputs.len() as u64 - 1000;
        let share = capacity / self.outputs.len() as u64;
        let rest = capacity % self.outputs.len() as u64;
        let outputs = self.outputs.iter().enumerate().map(|(index, (output, _))| {
            let capacity = if index == 0 { share + rest } else { share };
            output.clone().as_builder().capacity(capacity).build()
        });
        let transaction = TransactionBuilder::default()
            .cell_deps(self.deps.iter().map(|dep| dep.cell_dep.clone()))
            .inputs(self.inputs.iter().map(|input| input.input.clone()))
            .outputs(outputs)
            .outputs_data(self.outputs.iter().map(|(_, data)| data.pack()))
            .witnesses(self.witnesses.iter().map(|text| Bytes::from(*text).pack()))
            .build();
        let cell_deps = [self.deps, self.members].concat();
        let mock_info = MockInfo { inputs: self.inputs, cell_deps, ..MockInfo::default() };
        let programs = PROGRAMS.map(|name| (format!("{BIN}/{name}"), program(name)));
        let files = programs.each_ref().map(|(path, program)| (path.as_str(), program.clone()));
        to_json(MockTransaction { mock_info, tx: transaction.data() }, &files)
    }
}
