//! Sizes and cycles, kept from one run to the next.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

use serde::Serialize;
use similar::TextDiff;
use thiserror::Error;

use super::Tested;
use crate::file::{self, FileError};

/// What a project's programs take.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Snapshot {
    /// Bytes of the ELF files, by name.
    pub sizes: BTreeMap<String, u64>,
    /// Cycles of scripts, by test and place.
    pub cycles: BTreeMap<String, BTreeMap<String, u64>>,
}

/// Why a snapshot cannot be used.
#[derive(Debug, Error)]
pub enum SnapshotError {
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] FileError),
    /// It cannot be written.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// Its path.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// First lines of the file.
const ABOUT: &str = "\
# What programs take: bytes of their files, and cycles in tests. Written by
# `verdict test`, to be committed: a change of cost is a change of this file.

";

impl Snapshot {
    /// What the tests took, of programs of these sizes.
    pub fn new(sizes: impl IntoIterator<Item = (String, u64)>, tests: &[Tested]) -> Self {
        let cycles = tests.iter().map(|tested| {
            let groups = tested.verdict.groups.iter();
            let cycles = groups.map(|group| (group.source.clone(), group.cycles)).collect();
            (tested.test.clone(), cycles)
        });
        Self { sizes: sizes.into_iter().collect(), cycles: cycles.collect() }
    }

    /// The text of its file.
    #[must_use]
    pub fn text(&self) -> String {
        let text = toml::to_string(self).expect("sizes and cycles are below 2^63");
        format!("{ABOUT}{text}")
    }

    /// How the file at `path` differs from this snapshot, line by line; empty if it does
    /// not. A file that is not there counts as empty.
    ///
    /// # Errors
    ///
    /// Returns a [`SnapshotError`] if the file cannot be read.
    pub fn diff(&self, path: &Path) -> Result<String, SnapshotError> {
        let before = if path.exists() { file::read(path)? } else { Vec::new() };
        let (before, after) = (String::from_utf8_lossy(&before), self.text());
        let diff = TextDiff::from_lines(&*before, &after);
        Ok(diff.unified_diff().context_radius(1).to_string())
    }

    /// Writes the file.
    ///
    /// # Errors
    ///
    /// Returns a [`SnapshotError`] if that cannot be done.
    pub fn write(&self, path: &Path) -> Result<(), SnapshotError> {
        let text = self.text();
        file::replace(path, |file| io::Write::write_all(file, text.as_bytes()))
            .map_err(|source| SnapshotError::Write { path: path.to_owned(), source })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_shows_with_its_place() {
        let folder = tempfile::tempdir().expect("there is room");
        let path = folder.path().join("verdict.lock");
        let cycles = |cycles| BTreeMap::from([("Inputs[0].Lock".to_owned(), cycles)]);
        let mut snapshot = Snapshot {
            sizes: [("a".to_owned(), 100)].into(),
            cycles: [("it accepts".to_owned(), cycles(7))].into(),
        };
        assert!(snapshot.diff(&path).expect("there is no file").contains("+a = 100"));
        snapshot.write(&path).expect("there is room");
        assert_eq!(snapshot.diff(&path).expect("it was written"), "");
        snapshot.cycles = [("it accepts".to_owned(), cycles(8))].into();
        let diff = snapshot.diff(&path).expect("it was written");
        let changed: Vec<_> = diff.lines().filter(|line| !line.starts_with("@@")).collect();
        assert_eq!(
            changed,
            [" [cycles.\"it accepts\"]", "-\"Inputs[0].Lock\" = 7", "+\"Inputs[0].Lock\" = 8"]
        );
    }
}
