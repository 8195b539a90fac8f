//! Reading the files that a user names.
//!
//! Every file is read whole, and none may be longer than [`MAX_LEN`]: a device or
//! the wrong file is refused before it fills the host's memory.

use std::{
    fs::File,
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use thiserror::Error;

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
