//! From a script to its program and the version that runs it.
//!
//! The hash type says how the code hash names a cell dep, and which version of the
//! machine runs its data. Versions become available at hard forks.

use std::collections::BTreeMap;

use ckb_types::packed::{Byte32, Script};
use verdict_vm::Version;

use crate::{context::TransactionContext, error::ScriptError};

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

/// The cell deps of a transaction, by the hashes that can name them.
pub(super) struct CodeIndex {
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

impl Typed {
    /// Takes one more cell dep in, with this data hash.
    fn add(&mut self, other: &Byte32) {
        if let Self::Same { data_hash, .. } = self
            && data_hash != other
        {
            *self = Self::Different;
        }
    }
}

impl CodeIndex {
    /// Looks at all cell deps. One whose data hash the provider does not know is no
    /// program.
    pub(super) fn new<P>(context: &TransactionContext<P>) -> Self {
        let mut by_data_hash = BTreeMap::new();
        let mut by_type_hash = BTreeMap::new();
        let deps = context.resolved.resolved_cell_deps.iter();
        for (dep, (cell, data_hash)) in deps.zip(&context.cell_dep_data_hashes).enumerate() {
            let Some(data_hash) = data_hash.clone() else { continue };
            if let Some(script) = cell.cell_output.type_().to_opt() {
                let first = Typed::Same { dep, data_hash: data_hash.clone() };
                by_type_hash
                    .entry(script.calc_script_hash())
                    .and_modify(|typed: &mut Typed| typed.add(&data_hash))
                    .or_insert(first);
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

#[cfg(test)]
mod tests {
    use ckb_types::{packed::Byte, prelude::*};

    use super::*;

    fn script(hash_type: u8) -> Script {
        Script::default().as_builder().hash_type(Byte::new(hash_type)).build()
    }

    #[test]
    fn forks_activate_versions() {
        let mainnet = [0, 5413, 5414, 12292, 12293].map(|epoch| Rules::mainnet(epoch).newest());
        let testnet = [0, 3112, 3113, 9689, 9690].map(|epoch| Rules::testnet(epoch).newest());
        let expected = [Version::V0, Version::V0, Version::V1, Version::V1, Version::V2];
        assert_eq!(mainnet, expected);
        assert_eq!(testnet, expected);
        assert_eq!(Rules::all_active().newest(), Version::V2);
    }

    #[test]
    fn data_hash_types_need_their_version_and_type_takes_the_newest() {
        for newest in Version::ALL {
            let rules = Rules::up_to(newest);
            assert_eq!(rules.version(&script(1)), Ok(newest));
            for (hash_type, version) in [(0, Version::V0), (2, Version::V1), (4, Version::V2)] {
                let inactive = ScriptError::InvalidVmVersion(version.number());
                let expected = if version <= newest { Ok(version) } else { Err(inactive) };
                assert_eq!(rules.version(&script(hash_type)), expected);
            }
        }
    }

    #[test]
    fn other_hash_types_mean_nothing() {
        for hash_type in (0..=255).filter(|number| ![0, 1, 2, 4].contains(number)) {
            let expected = Err(ScriptError::InvalidScriptHashType(hash_type));
            assert_eq!(Rules::all_active().version(&script(hash_type)), expected);
        }
    }
}
