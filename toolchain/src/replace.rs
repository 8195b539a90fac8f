//! Running local builds in place of deployed code.
//!
//! A cell dep whose code is replaced keeps its place, its output and its data hash; its
//! data is that of the local file. So scripts find the code under the hash by which they
//! name it, and whatever else reads the data of the cell dep reads the file.

use std::{
    collections::BTreeSet,
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
};

use ckb_types::{
    H256,
    bytes::Bytes,
    core::cell::{CellMeta, ResolvedTransaction},
    packed::{Byte32, Script},
};
use thiserror::Error;

use crate::{
    file::{self, FileError},
    mock::MockTransaction,
};

/// A file that is to run in place of deployed code: `HASH=FILE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// What scripts name the code by.
    pub hash: H256,
    /// Path of the file that runs instead.
    pub path: PathBuf,
}

/// Why text is no [`Replacement`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ReplacementError {
    /// There is no `=`, or nothing behind it.
    #[error("this is not of the form HASH=FILE")]
    Form,
    /// In front of it is no hash.
    #[error("a hash has 64 hexadecimal digits")]
    Hash,
}

impl FromStr for Replacement {
    type Err = ReplacementError;

    fn from_str(text: &str) -> Result<Self, ReplacementError> {
        let (hash, path) = text.split_once('=').ok_or(ReplacementError::Form)?;
        if path.is_empty() {
            return Err(ReplacementError::Form);
        }
        let hash = hash.strip_prefix("0x").unwrap_or(hash);
        let hash = H256::from_str(hash).map_err(|_| ReplacementError::Hash)?;
        Ok(Self { hash, path: Path::new(path).to_owned() })
    }
}

/// Local builds that have been read.
#[derive(Clone, Debug, Default)]
pub struct Replacements(Vec<(Byte32, Bytes)>);

/// Why code cannot be replaced.
#[derive(Debug, Error)]
pub enum ReplaceError {
    /// The local build cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// Two files are to run in place of one.
    #[error("code {0:#x} is to be replaced twice")]
    Twice(H256),
    /// The scripts of the transaction name other code.
    #[error("no script of the transaction names code {hash:#x}; they name {}", List(.names))]
    Unnamed {
        /// The hash that none of them names.
        hash: Byte32,
        /// Those that they name.
        names: Vec<Byte32>,
    },
    /// The code that is to be replaced is not there.
    #[error("no cell dep has code {0:#x}, so nothing can be replaced")]
    NotThere(Byte32),
    /// Two hashes name the same code, and a file each is to run in place of it.
    #[error("{0:#x} and {1:#x} name the same code, which is to be replaced twice")]
    SameCode(Byte32, Byte32),
}

/// Hashes for people, who do not read more than a few.
struct List<'a>(&'a [Byte32]);

impl fmt::Display for List<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 16;
        for (at, hash) in self.0.iter().take(SHOWN).enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            write!(f, "{comma}{hash:#x}")?;
        }
        match self.0.len() {
            0 => f.write_str("none"),
            len if len > SHOWN => write!(f, " and {} more", len - SHOWN),
            _ => Ok(()),
        }
    }
}

impl Replacements {
    /// Reads the files.
    ///
    /// # Errors
    ///
    /// Returns [`ReplaceError::File`] or [`ReplaceError::Twice`].
    pub fn read(replacements: &[Replacement]) -> Result<Self, ReplaceError> {
        let mut hashes = BTreeSet::new();
        let mut files = Vec::with_capacity(replacements.len());
        for Replacement { hash, path } in replacements {
            if !hashes.insert(hash) {
                return Err(ReplaceError::Twice(hash.clone()));
            }
            files.push((hash.into(), file::read(path)?.into()));
        }
        Ok(Self(files))
    }

    /// Replaces code among the cell deps of `transaction`.
    ///
    /// # Errors
    ///
    /// Returns a [`ReplaceError`] if one of the replacements cannot take place.
    pub fn apply(&self, transaction: &mut MockTransaction) -> Result<(), ReplaceError> {
        if self.0.is_empty() {
            Ok(())
        } else {
            self.apply_to(Arc::make_mut(&mut transaction.resolved))
        }
    }

    /// [`Self::apply`] to a transaction whose cells are all in memory.
    ///
    /// # Errors
    ///
    /// As [`Self::apply`].
    pub fn apply_to(&self, resolved: &mut ResolvedTransaction) -> Result<(), ReplaceError> {
        let scripts = running_scripts(resolved);
        let mut replaced: Vec<(&Byte32, BTreeSet<Byte32>)> = Vec::new();
        for (hash, program) in &self.0 {
            let code = code_of(hash, &scripts, &resolved.resolved_cell_deps)?;
            if let Some((other, _)) = replaced.iter().find(|(_, before)| !before.is_disjoint(&code))
            {
                return Err(ReplaceError::SameCode((*other).clone(), hash.clone()));
            }
            for cell in &mut resolved.resolved_cell_deps {
                if cell.mem_cell_data_hash.as_ref().is_some_and(|hash| code.contains(hash)) {
                    cell.data_bytes = program.len() as u64;
                    cell.mem_cell_data = Some(program.clone());
                }
            }
            replaced.push((hash, code));
        }
        Ok(())
    }
}

/// The scripts of a transaction that run.
fn running_scripts(resolved: &ResolvedTransaction) -> Vec<Script> {
    let inputs = resolved.resolved_inputs.iter().map(|cell| cell.cell_output.clone());
    let locks = inputs.clone().map(|output| output.lock());
    let types = inputs.chain(resolved.transaction.outputs()).filter_map(|out| out.type_().to_opt());
    locks.chain(types).collect()
}

/// The data hashes of the code that `scripts` name by `hash`. There are several if cells
/// with different data have the type script that it is the hash of.
fn code_of(
    hash: &Byte32,
    scripts: &[Script],
    deps: &[CellMeta],
) -> Result<BTreeSet<Byte32>, ReplaceError> {
    // Whether the hash is that of a type script, as scripts say that name it.
    let kinds = scripts.iter().filter(|script| script.code_hash() == *hash);
    let kinds: BTreeSet<bool> = kinds.map(|script| u8::from(script.hash_type()) == 1).collect();
    if kinds.is_empty() {
        let names: BTreeSet<_> = scripts.iter().map(Script::code_hash).collect();
        return Err(ReplaceError::Unnamed {
            hash: hash.clone(),
            names: names.into_iter().collect(),
        });
    }
    let mut code = BTreeSet::new();
    for dep in deps {
        let type_hash = dep.cell_output.type_().to_opt().map(|script| script.calc_script_hash());
        let data_hash = dep.mem_cell_data_hash.as_ref();
        if kinds.contains(&true) && type_hash.as_ref() == Some(hash)
            || kinds.contains(&false) && data_hash == Some(hash)
        {
            code.extend(data_hash.cloned());
        }
    }
    if code.is_empty() { Err(ReplaceError::NotThere(hash.clone())) } else { Ok(code) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replacement_is_a_hash_and_a_file() {
        let digits = "17".repeat(32);
        for text in [format!("0x{digits}=a=b"), format!("{digits}=a=b")] {
            let expected = Replacement { hash: H256([0x17; 32]), path: "a=b".into() };
            assert_eq!(text.parse(), Ok(expected));
        }
        for (text, error) in [
            (digits.clone(), ReplacementError::Form),
            (format!("{digits}="), ReplacementError::Form),
            (format!("{}=a", &digits[1..]), ReplacementError::Hash),
            ("0x=a".to_owned(), ReplacementError::Hash),
            ("=a".to_owned(), ReplacementError::Hash),
        ] {
            assert_eq!(text.parse::<Replacement>(), Err(error), "{text}");
        }
    }

    #[test]
    fn long_lists_are_cut() {
        let hashes = vec![Byte32::zero(); 18];
        let zero = format!("{:#x}", Byte32::zero());
        assert_eq!(List(&[]).to_string(), "none");
        assert_eq!(List(&hashes[..2]).to_string(), format!("{zero}, {zero}"));
        assert!(List(&hashes).to_string().ends_with(&format!(", {zero} and 2 more")));
        assert!(!List(&hashes[..16]).to_string().contains("more"));
    }
}
