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
    let bytes = read_but(path, None)?;
    Ok(bytes.expect("a file is read whatever it starts with"))
}

/// Reads a file unless it starts with `start`. It is opened once, as a pipe cannot be read
/// twice.
///
/// # Errors
///
/// As [`read`].
pub fn read_unless(path: &Path, start: &[u8]) -> Result<Option<Vec<u8>>, FileError> {
    read_but(path, Some(start))
}

fn read_but(path: &Path, start: Option<&[u8]>) -> Result<Option<Vec<u8>>, FileError> {
    let read = || -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        let mut file = File::open(path)?.take(MAX_LEN + 1);
        if let Some(start) = start {
            (&mut file).take(start.len() as u64).read_to_end(&mut bytes)?;
            if bytes == start {
                return Ok(None);
            }
        }
        file.read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    };
    let bytes = read().map_err(|source| FileError::Read { path: path.to_owned(), source })?;
    if bytes.as_ref().is_some_and(|bytes| bytes.len() as u64 > MAX_LEN) {
        return Err(FileError::TooLong { path: path.to_owned() });
    }
    Ok(bytes)
}

/// Whether both paths lead to the same file.
#[must_use]
pub fn is_same(a: &Path, b: &Path) -> bool {
    let file = |path: &Path| path.canonicalize().ok().filter(|path| path.is_file());
    file(a).is_some_and(|a| file(b) == Some(a))
}

/// Writes a file as `write` does, into a temporary one beside it that takes its place in the
/// end. Until then, and if something fails, a file of this name stays as it is. A link stays
/// a link, and its target is written. A device or a pipe cannot be replaced: it is written
/// to.
///
/// # Errors
///
/// Returns the errors of `write` and of the system.
pub fn replace<T>(path: &Path, write: impl FnOnce(&mut File) -> io::Result<T>) -> io::Result<T> {
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let before = target.metadata().ok();
    match &before {
        Some(before) if before.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Some(before) if !before.is_file() => {
            return write(&mut File::options().write(true).open(&target)?);
        }
        Some(_) | None => {}
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let prefix = format!(".{name}.");
    let mut temporary = tempfile::Builder::new();
    temporary.prefix(&prefix).suffix(TEMPORARY);
    // Others may read it as far as they may read any file.
    #[cfg(unix)]
    let permissions = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    #[cfg(unix)]
    temporary.permissions(permissions);
    let file = temporary.tempfile_in(folder.unwrap_or(Path::new(".")));
    let mut file = file.map_err(without_path)?;
    if let Some(before) = before {
        file.as_file().set_permissions(before.permissions())?;
    }
    let result = write(file.as_file_mut())?;
    file.persist(&target).map_err(|error| error.error)?;
    Ok(result)
}

/// How the names of temporary files end.
const TEMPORARY: &str = ".tmp";

/// Whether a file of this name is what [`replace`] leaves behind when the process ends in the
/// middle of it.
pub(crate) fn is_temporary(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(TEMPORARY)
}

/// The error without the path of a temporary file, which nobody knows.
fn without_path(error: io::Error) -> io::Error {
    match error.to_string().split_once(" at path ") {
        Some((said, _)) => io::Error::new(error.kind(), said),
        None => error,
    }
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

    #[test]
    fn a_file_may_be_read_for_how_it_starts() {
        let folder = tempfile::tempdir().expect("there is room");
        let path = folder.path().join("file");
        for text in ["", "on", "one", "one two"] {
            std::fs::write(&path, text).expect("there is room");
            assert_eq!(read(&path).expect("it is there"), text.as_bytes());
            let other = read_unless(&path, b"one").expect("it is there");
            let expected = (!text.starts_with("one")).then(|| text.as_bytes().to_vec());
            assert_eq!(other, expected, "{text}");
        }
    }

    #[test]
    fn a_file_is_replaced_as_a_whole() {
        let folder = tempfile::tempdir().expect("there is room");
        let path = folder.path().join("file");
        let put =
            |text: &'static str| move |file: &mut File| io::Write::write_all(file, text.as_bytes());
        replace(&path, put("one")).expect("there is room");
        let half = |file: &mut File| {
            io::Write::write_all(file, b"t")?;
            Err::<(), _>(io::ErrorKind::Other.into())
        };
        assert!(replace(&path, half).is_err());
        assert_eq!(read(&path).expect("it is there"), b"one");
        replace(&path, put("two")).expect("there is room");
        assert_eq!(read(&path).expect("it is there"), b"two");
        assert_eq!(folder.path().read_dir().expect("it is a folder").count(), 1);
        let error = replace(&folder.path().join("no/file"), put("")).expect_err("no folder");
        assert!(!error.to_string().contains(TEMPORARY), "{error}");
        let error = replace(folder.path(), |_| Ok(())).expect_err("it is a folder");
        assert_eq!(error.kind(), io::ErrorKind::IsADirectory);
    }

    #[test]
    fn paths_to_the_same_file_are_told() {
        let folder = tempfile::tempdir().expect("there is room");
        let path = folder.path().join("file");
        std::fs::write(&path, "").expect("there is room");
        let around = folder.path().join(".").join("file");
        assert!(is_same(&path, &around));
        assert!(!is_same(&path, &folder.path().join("other")));
        assert!(!is_same(&folder.path().join("other"), &folder.path().join("other")));
        assert!(!is_same(folder.path(), folder.path()));
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_stay_and_what_is_no_file_is_written_to() {
        use std::{
            fs,
            os::unix::fs::{FileTypeExt as _, PermissionsExt as _, symlink},
            process::Command,
            thread,
        };

        let folder = tempfile::tempdir().expect("there is room");
        let at = |name| folder.path().join(name);
        let put = |file: &mut File| io::Write::write_all(file, b"new");

        fs::write(at("target"), "old").expect("there is room");
        fs::set_permissions(at("target"), fs::Permissions::from_mode(0o600)).expect("it is ours");
        symlink("target", at("link")).expect("links can be made");
        replace(&at("link"), put).expect("there is room");
        assert!(at("link").is_symlink());
        assert_eq!(read(&at("target")).expect("it is there"), b"new");
        let mode = at("target").metadata().expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);

        let made = Command::new("mkfifo").arg(at("pipe")).status();
        assert!(made.expect("there is such a command").success());
        let reader = thread::spawn({
            let pipe = at("pipe");
            move || read(&pipe)
        });
        replace(&at("pipe"), put).expect("somebody reads");
        assert_eq!(reader.join().expect("it does not panic").expect("it is a pipe"), b"new");
        assert!(at("pipe").metadata().expect("it is there").file_type().is_fifo());
    }
}
