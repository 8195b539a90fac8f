//! Runs the scripts of `scripts-riscv/` inside the machine.
//!
//! [`Bench`] holds a program and runs it many times: as a verifier that gets its input as
//! the raw first witness ([`Bench::verify`]), or as the lock of a whole transaction
//! ([`Spend`]).
#![forbid(unsafe_code)]

pub mod merkle;
mod mock;
pub mod mutate;
pub mod quantum;

use std::{fs, path::Path, sync::Arc};

use ckb_hash::{blake2b_256, new_blake2b};
use ckb_types::{
    bytes::Bytes,
    core::{
        ScriptHashType, TransactionBuilder, TransactionView,
        cell::{CellMeta, CellMetaBuilder, ResolvedTransaction},
    },
    packed::{CellDep, CellInput, CellOutput, OutPoint, Script, WitnessArgs},
    prelude::*,
};
use verdict_syscalls::{Programs, Rules, ScriptError, Store, Verifier, limits};

/// How a script ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The exit code; 0 accepts.
    pub exit_code: i8,
    /// Cycles of its script group, loading the program included.
    pub cycles: u64,
}

impl Outcome {
    /// Whether the script accepts.
    #[must_use]
    pub fn accepts(self) -> bool {
        self.exit_code == 0
    }
}

/// The ELF file `name` of `scripts-riscv/bin/`.
///
/// # Panics
///
/// If it is not there.
#[must_use]
pub fn program(name: &str) -> Bytes {
    let bin = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts-riscv/bin");
    let path = bin.join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).into()
}

/// A program on the bench.
#[derive(Debug)]
pub struct Bench {
    /// Its name in `scripts-riscv/bin/`, if it has one.
    name: Option<String>,
    program: Bytes,
    /// Cells that its transactions depend on besides, by their data.
    deps: Vec<Bytes>,
    programs: Arc<Programs>,
}

impl Bench {
    /// The ELF file `name` of `scripts-riscv/bin/`.
    ///
    /// # Panics
    ///
    /// If it is not there.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self { name: Some(name.to_owned()), ..Self::with(program(name)) }
    }

    /// A program.
    #[must_use]
    pub fn with(program: Bytes) -> Self {
        Self { name: None, program, deps: Vec::new(), programs: Arc::default() }
    }

    /// Adds a cell with `data` to what its transactions depend on, at the index that
    /// follows those added before; the first has index 1, behind the program.
    #[must_use]
    pub fn with_dep(mut self, data: impl Into<Bytes>) -> Self {
        self.deps.push(data.into());
        self
    }

    /// Size of the ELF file in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.program.len()
    }

    /// Runs the program as a lock without arguments, with `input` as the witness.
    #[must_use]
    pub fn verify(&self, input: &[u8]) -> Outcome {
        self.verify_with(&[], input)
    }

    /// Runs the program as a lock with `args`, with `input` as the witness.
    #[must_use]
    pub fn verify_with(&self, args: &[u8], input: &[u8]) -> Outcome {
        let mut spend = Spend::new(self, args);
        spend.witnesses = vec![Bytes::copy_from_slice(input)];
        spend.run()
    }
}

/// A transaction that spends cells under one lock.
#[derive(Clone, Debug)]
pub struct Spend<'a> {
    bench: &'a Bench,
    lock: Script,
    /// How many cells it spends; one if not set otherwise.
    pub inputs: usize,
    /// Places of inputs that are under another lock, of which the first is none; none if not
    /// set otherwise.
    pub strangers: Vec<usize>,
    /// The since (RFC 0017) of its inputs; zero if not set otherwise.
    pub since: u64,
    /// Its witnesses.
    pub witnesses: Vec<Bytes>,
    /// Data of its outputs: one empty cell if not set otherwise.
    pub outputs: Vec<Bytes>,
}

impl<'a> Spend<'a> {
    /// A transaction that spends one cell whose lock is the program of `bench` with
    /// `args`, in version 2, without witnesses.
    #[must_use]
    pub fn new(bench: &'a Bench, args: &[u8]) -> Self {
        let lock = Script::new_builder()
            .code_hash(blake2b_256(&bench.program))
            .hash_type(ScriptHashType::Data2)
            .args(Bytes::copy_from_slice(args))
            .build();
        Self {
            bench,
            lock,
            inputs: 1,
            strangers: Vec::new(),
            since: 0,
            witnesses: Vec::new(),
            outputs: vec![Bytes::new()],
        }
    }

    /// Puts `lock` into the `WitnessArgs` that is the first witness.
    pub fn set_lock(&mut self, lock: &[u8]) {
        let witness = witness_args(lock);
        match self.witnesses.first_mut() {
            Some(first) => *first = witness,
            None => self.witnesses.push(witness),
        }
    }

    /// The message of the chain's system locks (RFC 0024, sighash-all): what has to be
    /// signed, with the first witness as it would be with `lock` in it, of which all
    /// behind the first `kept` bytes counts as zeros.
    ///
    /// # Panics
    ///
    /// If `kept` is more than `lock` has.
    #[must_use]
    pub fn message(&self, lock: &[u8], kept: usize) -> [u8; 32] {
        let mut cleared = lock.to_vec();
        cleared[kept..].fill(0);
        let first = witness_args(&cleared);
        let group = self.witnesses.iter().enumerate().take(self.inputs).skip(1);
        let group = group.filter(|(at, _)| !self.strangers.contains(at)).map(|(_, own)| own);
        let mut hash = new_blake2b();
        hash.update(self.transaction().hash().as_slice());
        let others = group.chain(self.witnesses.iter().skip(self.inputs));
        for witness in std::iter::once(&first).chain(others) {
            hash.update(&(witness.len() as u64).to_le_bytes());
            hash.update(witness);
        }
        let mut message = [0; 32];
        hash.finalize(&mut message);
        message
    }

    /// The transaction.
    #[must_use]
    pub fn transaction(&self) -> TransactionView {
        let outputs = self.outputs.iter().map(|_| output(&Script::default()));
        TransactionBuilder::default()
            .cell_deps(
                (0..=self.bench.deps.len())
                    .map(|index| CellDep::new_builder().out_point(out_point("dep", index)).build()),
            )
            .inputs(
                (0..self.inputs).map(|index| CellInput::new(out_point("input", index), self.since)),
            )
            .outputs(outputs)
            .outputs_data(self.outputs.iter().map(|data| data.pack()))
            .witnesses(self.witnesses.iter().map(|witness| witness.pack()))
            .build()
    }

    /// Runs the lock.
    ///
    /// # Panics
    ///
    /// If it does not end with an exit code: if it breaks a rule of the machine, or runs
    /// out of cycles.
    #[must_use]
    pub fn run(&self) -> Outcome {
        let cells = std::iter::once(&self.bench.program).chain(&self.bench.deps);
        let resolved = ResolvedTransaction {
            transaction: self.transaction(),
            resolved_cell_deps: cells
                .enumerate()
                .map(|(index, data)| cell(&Script::default(), data, out_point("dep", index)))
                .collect(),
            resolved_inputs: (0..self.inputs)
                .map(|index| {
                    let stranger = self.strangers.contains(&index).then(Script::default);
                    let lock = stranger.as_ref().unwrap_or(&self.lock);
                    cell(lock, &Bytes::new(), out_point("input", index))
                })
                .collect(),
            resolved_dep_groups: Vec::new(),
        };
        let mut verifier = Verifier::new(Arc::new(resolved), Store::default(), Rules::all_active());
        verifier.set_programs(Arc::clone(&self.bench.programs));
        let report = verifier.report(limits::DEFAULT_POOL_CYCLES * 10);
        let mut groups = report.groups.iter();
        let group =
            groups.find(|group| *group.group.script() == self.lock).expect("there is a lock");
        let exit_code = match &group.result {
            Ok(()) => 0,
            Err(ScriptError::ValidationFailure { code, .. }) => *code,
            Err(error) => panic!("the script does not end: {error}"),
        };
        Outcome { exit_code, cycles: group.cycles }
    }
}

/// A `WitnessArgs` with nothing but a lock.
#[must_use]
pub fn witness_args(lock: &[u8]) -> Bytes {
    WitnessArgs::new_builder().lock(Some(Bytes::copy_from_slice(lock)).pack()).build().as_bytes()
}

fn output(lock: &Script) -> CellOutput {
    CellOutput::new_builder().capacity(100_000_000_000_u64).lock(lock.clone()).build()
}

fn cell(lock: &Script, data: &Bytes, out_point: OutPoint) -> CellMeta {
    CellMetaBuilder::from_cell_output(output(lock), data.clone()).out_point(out_point).build()
}

fn out_point(kind: &str, index: usize) -> OutPoint {
    OutPoint::new(blake2b_256(format!("{kind} {index}")).into(), 0)
}
