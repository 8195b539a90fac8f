//! Witnesses that are almost right.
//!
//! A program must accept nothing but what was signed or proven. [`Target`] takes one of
//! the transactions of `examples/verifiers/` and changes its first witness as some bytes
//! say, which come from a generator or from a fuzzer.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use ckb_types::{
    bytes::Bytes,
    core::cell::ResolvedTransaction,
    prelude::{Pack as _, Unpack as _},
};
use verdict_syscalls::{Programs, Rules, ScriptError, Verifier, limits};
use verdict_toolchain::mock::MockTransaction;

/// A program that accepts more than one witness: any product that is one, the empty one too.
const ACCEPTS_OTHERS: &str = "bn254-pairing";

/// A transaction whose first witness is changed.
pub struct Target {
    name: String,
    transaction: MockTransaction,
    witness: Vec<u8>,
    programs: Arc<Programs>,
}

impl Target {
    /// Those of the transactions of `examples/verifiers/` that are accepted, but for one
    /// that others could be accepted beside.
    ///
    /// # Panics
    ///
    /// If one of them cannot be read.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/verifiers");
        let entries = fs::read_dir(&folder).expect("the examples are there");
        let mut paths: Vec<PathBuf> =
            entries.map(|entry| entry.expect("it can be listed").path()).collect();
        paths.sort();
        let accepted = paths.iter().filter(|path| {
            let name = path.to_string_lossy();
            name.ends_with(".json")
                && !name.ends_with("-flipped.json")
                && !name.contains(ACCEPTS_OTHERS)
        });
        accepted.map(|path| Self::read(path)).collect()
    }

    fn read(path: &Path) -> Self {
        let transaction = MockTransaction::read(path).unwrap_or_else(|error| panic!("{error}"));
        let witness = transaction.resolved.transaction.witnesses().get(0);
        let witness: Bytes = witness.expect("there is a witness").unpack();
        Self {
            name: path.file_stem().expect("it is a file").to_string_lossy().into_owned(),
            transaction,
            witness: witness.to_vec(),
            programs: Arc::default(),
        }
    }

    /// The name of the program.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Changes the witness as `data` says and returns the exit code of the program, if it
    /// ends with one. `None` if the witness is as it was.
    ///
    /// # Panics
    ///
    /// If the program accepts another witness than that which it should.
    pub fn check(&self, data: &[u8]) -> Option<Option<i8>> {
        let witness = mutate(&self.witness, data);
        if witness == self.witness {
            return None;
        }
        let code = match self.run(&witness) {
            Ok(()) => panic!("{} accepts the witness {witness:02x?}", self.name),
            Err(ScriptError::ValidationFailure { code, .. }) => Some(code),
            Err(_) => None,
        };
        Some(code)
    }

    fn run(&self, witness: &[u8]) -> Result<(), ScriptError> {
        let resolved = &self.transaction.resolved;
        let mut witnesses: Vec<_> = resolved.transaction.witnesses().into_iter().collect();
        witnesses[0] = Bytes::copy_from_slice(witness).pack();
        let changed = resolved.transaction.as_advanced_builder().set_witnesses(witnesses).build();
        let resolved = ResolvedTransaction { transaction: changed, ..(**resolved).clone() };
        let store = self.transaction.store.clone();
        let mut verifier = Verifier::new(Arc::new(resolved), store, Rules::all_active());
        verifier.set_programs(Arc::clone(&self.programs));
        let mut report = verifier.report(limits::DEFAULT_POOL_CYCLES);
        report.groups.swap_remove(0).result
    }
}

/// Changes `witness` a few times; four bytes of `data` say how each time.
fn mutate(witness: &[u8], data: &[u8]) -> Vec<u8> {
    let mut bytes = witness.to_vec();
    for &[how, value, low, high] in data.as_chunks().0.iter().take(8) {
        let place = usize::from(u16::from_le_bytes([low, high]));
        let at = place % bytes.len().max(1);
        let end = (at + usize::from(value)).min(bytes.len());
        match how % 8 {
            0..3 if !bytes.is_empty() => bytes[at] ^= 1 << (value % 8),
            3 if !bytes.is_empty() => bytes[at] = value,
            4 => bytes.truncate(at),
            5 => bytes.extend(std::iter::repeat_n(value, place % 40)),
            6 => drop(bytes.drain(at..end)),
            7 => bytes.extend_from_within(at..end),
            _ => {}
        }
    }
    bytes
}
