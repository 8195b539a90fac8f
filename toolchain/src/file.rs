//! Reading the files that a user names.
//!
//! Every file is read whole, and none may be longer than [`MAX_LEN`]: a device or
//! the wrong file is refused before it fills the host's memory. A folder stands for the
//! JSON files below it. What is written is there whole or not at all.

use std::{
    fs::File,
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use thiserror::Error;
use walkdir::WalkDir;

/// The most bytes that a file may have.
pub const MAX_LEN: u64 = 256 << 20;

/// Why a file cannot be used.
#[derive(Debug, Error)]
pub enum FileError {
    /// The system does not let us read it.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// Its path.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It is longer than [`MAX_LEN`].
    #[error("{} is longer than {} MiB", path.display(), MAX_LEN >> 20)]
    TooLong {
        /// Its path.
        path: PathBuf,
    },
    /// A folder cannot be searched.
    #[error("cannot search {}: {source}", path.display())]
    Search {
        /// Path of the folder that was to be searched.
        path: PathBuf,
        /// What the system says, and where.
        source: walkdir::Error,
    },
    /// A folder has no JSON file.
    #[error("{}: no file below this folder is named *.json", path.display())]
    Empty {
        /// Path of the folder.
        path: PathBuf,
    },
}

/// The JSON files that `path` stands for: itself if it is no folder, else every `*.json`
/// below it, sorted by path. Links to folders are not followed.
#[must_use]
pub fn json_files(path: &Path) -> Vec<Result<PathBuf, FileError>> {
    if !path.is_dir() {
        return vec![Ok(path.to_owned())];
    }
    let mut found = Vec::new();
    for entry in WalkDir::new(path).sort_by_file_name() {
        match entry {
            Ok(entry) => {
                let file = entry.into_path();
                if file.extension().is_some_and(|name| name == "json") && !file.is_dir() {
                    found.push(Ok(file));
                }
            }
            Err(source) => found.push(Err(FileError::Search { path: path.to_owned(), source })),
        }
    }
    if found.is_empty() {
        found.push(Err(FileError::Empty { path: path.to_owned() }));
    }
    found
}

/// Reads a file.
///
/// # Errors
///
/// Returns a [`FileError`] that names the file.
pub fn read(path: &Path) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(MAX_LEN + 1).read_to_end(&mut bytes))
        .map_err(|source| FileError::Read { path: path.to_owned(), source })?;
    if bytes.len() as u64 > MAX_LEN {
        return Err(FileError::TooLong { path: path.to_owned() });
    }
    Ok(bytes)
}

/// Writes a file as `write` does, into a temporary one beside it that takes its place in the
/// end. Until then, and if something fails, a file of this name stays as it is.
///
/// # Errors
///
/// Returns the errors of `write` and of the system.
pub fn replace<T>(path: &Path, write: impl FnOnce(&mut File) -> io::Result<T>) -> io::Result<T> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut temporary = tempfile::Builder::new();
    // Others may read it as far as they may read any file.
    #[cfg(unix)]
    let permissions = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    #[cfg(unix)]
    temporary.permissions(permissions);
    let mut file = temporary.tempfile_in(folder.unwrap_or(Path::new(".")))?;
    let result = write(file.as_file_mut())?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let error = read(Path::new("no/such/file")).expect_err("there is no such file");
        assert!(error.to_string().starts_with("cannot read no/such/file: "));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn endless_files_are_refused() {
        let error = read(Path::new("/dev/zero")).expect_err("it does not end");
        assert_eq!(error.to_string(), "/dev/zero is longer than 256 MiB");
    }
}
