//! Tests, as `verdict.toml` describes them.

use std::{collections::BTreeMap, path::PathBuf};

use serde::Deserialize;

use super::Flaw;

/// A test: a transaction, or one script in a simple transaction, and what is to come out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// What runs.
    pub subject: Subject,
    /// What is to come out.
    pub expected: Expectation,
    /// The limit on the cycles of all scripts; a node's, if there is none here.
    pub max_cycles: Option<u64>,
}

/// What a test runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// All scripts of a mock transaction: the path of its file, relative to the project.
    Transaction(PathBuf),
    /// A program as the lock of the cells that are spent.
    Lock(Inline),
    /// A program as the type of the cells that are spent and of those that are made.
    Type(Inline),
}

/// A transaction around one script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inline {
    /// The program.
    pub program: String,
    /// The version of the machine; the newest of the project's if there is none here.
    pub version: Option<u8>,
    /// Arguments of the script.
    pub args: Value,
    /// Data of the cells with the script that are spent.
    pub inputs: Option<Vec<Value>>,
    /// Data of the cells that are made: with the script, if that is a type.
    pub outputs: Vec<Value>,
    /// Witnesses.
    pub witnesses: Vec<Witness>,
    /// Data of cells to depend on, behind the program.
    pub deps: Vec<Value>,
}

/// Bytes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "expected \"0x…\", { text = \"…\" } or { file = \"…\" }")]
pub enum Value {
    /// `"0x…"`.
    Hex(String),
    /// Of a text.
    Text {
        /// The text.
        text: String,
    },
    /// Of a file.
    File {
        /// Its path, relative to the project.
        file: PathBuf,
    },
}

impl Default for Value {
    fn default() -> Self {
        Self::Hex("0x".to_owned())
    }
}

/// A witness.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "expected { lock = … }, or bytes: \"0x…\", { text = \"…\" } …")]
pub enum Witness {
    /// A `WitnessArgs` with nothing but a lock.
    Lock {
        /// The lock.
        lock: Value,
    },
    /// As it is.
    Raw(Value),
}

/// What is to come out of a test.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "expected an exit code, -128 to 127, or the name of an error")]
pub enum Expectation {
    /// Of its only script; or 0, of all.
    One(Exit),
    /// Of scripts by their places; the others accept.
    Each(BTreeMap<String, Exit>),
}

/// How a script ends.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "expected an exit code, -128 to 127, or the name of an error")]
pub enum Exit {
    /// With an exit code.
    Code(i8),
    /// With an error of this kind, as `verdict verify --json` names it.
    Error(String),
}

/// `[[test]]`, as it stands there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    name: String,
    exit: Expectation,
    max_cycles: Option<u64>,
    tx: Option<PathBuf>,
    lock: Option<String>,
    #[serde(rename = "type")]
    type_: Option<String>,
    version: Option<u8>,
    args: Option<Value>,
    inputs: Option<Vec<Value>>,
    outputs: Option<Vec<Value>>,
    witnesses: Option<Vec<Witness>>,
    deps: Option<Vec<Value>>,
}

impl Table {
    pub(super) fn into_case(self) -> Result<Case, Flaw> {
        let given = [
            ("version", self.version.is_some()),
            ("args", self.args.is_some()),
            ("inputs", self.inputs.is_some()),
            ("outputs", self.outputs.is_some()),
            ("witnesses", self.witnesses.is_some()),
            ("deps", self.deps.is_some()),
        ];
        let Self { name, exit: expected, max_cycles, .. } = self;
        let inline = |program| Inline {
            program,
            version: self.version,
            args: self.args.unwrap_or_default(),
            inputs: self.inputs,
            outputs: self.outputs.unwrap_or_default(),
            witnesses: self.witnesses.unwrap_or_default(),
            deps: self.deps.unwrap_or_default(),
        };
        let subject = match (self.tx, self.lock, self.type_) {
            (Some(path), None, None) => {
                if let Some((what, _)) = given.iter().find(|(_, given)| *given) {
                    return Err(Flaw::Overridden(name, what));
                }
                Subject::Transaction(path)
            }
            (None, Some(program), None) => Subject::Lock(inline(program)),
            (None, None, Some(program)) => Subject::Type(inline(program)),
            _ => return Err(Flaw::Subject(name)),
        };
        Ok(Case { name, subject, expected, max_cycles })
    }
}
