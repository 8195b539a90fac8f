//! From a script to its program and the version that runs it.
//!
//! The hash type says how the code hash names a cell dep, and which version of the
//! machine runs its data. Versions become available at hard forks.

use std::collections::{BTreeMap, btree_map::Entry};

use ckb_types::{
    core::cell::ResolvedTransaction,
    packed::{Byte32, Script},
};
use verdict_vm::Version;

use crate::{DataProvider, error::ScriptError};

/// Which versions of the machine are active.
///
/// The epoch that counts is the earliest one the transaction can be committed in: for
/// a transaction in a block that of the block, for one in the pool that of the next
/// block. The proposal window does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    newest: Version,
}

impl Rules {
    /// The rules of the main network in an epoch.
    #[must_use]
    pub const fn mainnet(epoch: u64) -> Self {
        Self::with_forks(5414, 12293, epoch)
    }

    /// The rules of the test network in an epoch.
    #[must_use]
    pub const fn testnet(epoch: u64) -> Self {
        Self::with_forks(3113, 9690, epoch)
    }

    /// The rules after all hard forks.
    #[must_use]
    pub const fn all_active() -> Self {
        Self::up_to(Version::V2)
    }

    /// The rules under which `newest` is the newest version.
    #[must_use]
    pub const fn up_to(newest: Version) -> Self {
        Self { newest }
    }

    /// The rules in `epoch` where V1 and V2 are active from the given epochs on.
    const fn with_forks(v1: u64, v2: u64, epoch: u64) -> Self {
        Self::up_to(if epoch >= v2 {
            Version::V2
        } else if epoch >= v1 {
            Version::V1
        } else {
            Version::V0
        })
    }

    /// The newest active version. All older ones are active, too.
    #[must_use]
    pub const fn newest(self) -> Version {
        self.newest
    }

    /// The version that runs `script`.
    ///
    /// # Errors
    ///
    /// Returns [`ScriptError::InvalidScriptHashType`], or
    /// [`ScriptError::InvalidVmVersion`] if the version is not active.
    pub fn version(self, script: &Script) -> Result<Version, ScriptError> {
        match HashType::of(script)? {
            HashType::Type => Ok(self.newest),
            HashType::Data(version) if version <= self.newest => Ok(version),
            HashType::Data(version) => Err(ScriptError::InvalidVmVersion(version.number())),
        }
    }
}

/// How a script names its program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HashType {
    /// By the hash of its data, to be run by one version for ever.
    Data(Version),
    /// By the hash of the type script of its cell, to be run by the newest version.
    Type,
}

impl HashType {
    /// The hash type of `script`.
    ///
    /// # Errors
    ///
    /// Returns [`ScriptError::InvalidScriptHashType`] for numbers that mean nothing
    /// and for the even ones that are kept for versions to come.
    pub(crate) fn of(script: &Script) -> Result<Self, ScriptError> {
        match u8::from(script.hash_type()) {
            0 => Ok(Self::Data(Version::V0)),
            1 => Ok(Self::Type),
            2 => Ok(Self::Data(Version::V1)),
            4 => Ok(Self::Data(Version::V2)),
            number => Err(ScriptError::InvalidScriptHashType(number)),
        }
    }

    /// The folder under which the exit codes of a program so named are explained.
    pub(crate) const fn url_folder(self) -> &'static str {
        match self {
            Self::Data(_) => "by-data-hash",
            Self::Type => "by-type-hash",
        }
    }
}

/// The programs of a transaction: its cell deps, by the hashes that can name them.
pub(super) struct Programs {
    /// Index of the last cell dep with this data hash.
    by_data_hash: BTreeMap<Byte32, usize>,
    by_type_hash: BTreeMap<Byte32, Typed>,
}

/// Cell deps with the same type script.
enum Typed {
    /// They have the same data; `dep` is the first.
    Same { dep: usize, data_hash: Byte32 },
    /// Their data differ.
    Different,
}

impl Programs {
    /// Looks at all cell deps. One whose data hash the provider does not know is no
    /// program.
    pub(super) fn new(resolved: &ResolvedTransaction, provider: &impl DataProvider) -> Self {
        let mut by_data_hash = BTreeMap::new();
        let mut by_type_hash = BTreeMap::new();
        for (dep, cell) in resolved.resolved_cell_deps.iter().enumerate() {
            let Some(data_hash) = provider.load_cell_data_hash(cell) else {
                continue;
            };
            if let Some(script) = cell.cell_output.type_().to_opt() {
                match by_type_hash.entry(script.calc_script_hash()) {
                    Entry::Vacant(entry) => {
                        let data_hash = data_hash.clone();
                        entry.insert(Typed::Same { dep, data_hash });
                    }
                    Entry::Occupied(mut entry) => {
                        if !matches!(entry.get(), Typed::Same { data_hash: first, .. } if *first == data_hash)
                        {
                            entry.insert(Typed::Different);
                        }
                    }
                }
            }
            by_data_hash.insert(data_hash, dep);
        }
        Self { by_data_hash, by_type_hash }
    }

    /// The index of the cell dep whose data `script` runs.
    ///
    /// # Errors
    ///
    /// Returns [`ScriptError::InvalidScriptHashType`], [`ScriptError::ScriptNotFound`]
    /// or [`ScriptError::MultipleMatches`].
    pub(super) fn find(&self, script: &Script) -> Result<usize, ScriptError> {
        let code_hash = script.code_hash();
        let found = match HashType::of(script)? {
            HashType::Data(_) => self.by_data_hash.get(&code_hash),
            HashType::Type => match self.by_type_hash.get(&code_hash) {
                Some(Typed::Same { dep, .. }) => Some(dep),
                Some(Typed::Different) => return Err(ScriptError::MultipleMatches(code_hash)),
                None => None,
            },
        };
        found.copied().ok_or(ScriptError::ScriptNotFound(code_hash))
    }
}
