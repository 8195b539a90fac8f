//! Making projects: a script that builds, with tests, to be replaced by one's own.
//!
//! A project in Rust contains the library that scripts begin with, so that it builds
//! without this repository and without a network.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use thiserror::Error;

/// A file of a project: its path, in which `@NAME@` is the program's name, and its parts.
type Template = (&'static str, &'static [&'static str]);

macro_rules! template {
    ($name:literal) => {
        include_str!(concat!("../templates/", $name))
    };
}

macro_rules! library {
    ($name:literal) => {
        include_str!(concat!("../../", $name))
    };
}

const COMMON: &[Template] = &[
    ("README.md", &[template!("common/README.md")]),
    (".gitignore", &[template!("common/gitignore")]),
    ("tests/tx.json", &[template!("common/tx.json")]),
];

const C: &[Template] = &[
    ("verdict.toml", &[template!("c/verdict.toml"), template!("common/tests.toml")]),
    ("src/main.c", &[template!("c/main.c")]),
];

const RUST: &[Template] = &[
    ("verdict.toml", &[template!("rust/verdict.toml"), template!("common/tests.toml")]),
    ("Cargo.toml", &[template!("rust/Cargo.toml")]),
    ("src/main.rs", &[template!("rust/main.rs")]),
    ("verdict/std/Cargo.toml", &[template!("rust/std.toml")]),
    ("verdict/std/src/lib.rs", &[library!("scripts-riscv/std/src/lib.rs")]),
    ("verdict/std/src/entry.rs", &[library!("scripts-riscv/std/src/entry.rs")]),
    ("verdict/std/src/heap.rs", &[library!("scripts-riscv/std/src/heap.rs")]),
    ("verdict/std/src/memory.rs", &[library!("scripts-riscv/std/src/memory.rs")]),
    ("verdict/std/src/memory.S", &[library!("scripts-riscv/std/src/memory.S")]),
    ("verdict/std/src/syscall.rs", &[library!("scripts-riscv/std/src/syscall.rs")]),
    ("verdict/abi/Cargo.toml", &[template!("rust/abi.toml")]),
    ("verdict/abi/src/lib.rs", &[library!("syscalls/abi/src/lib.rs")]),
    ("verdict/abi/src/number.rs", &[library!("syscalls/abi/src/number.rs")]),
    ("verdict/abi/src/source.rs", &[library!("syscalls/abi/src/source.rs")]),
    ("verdict/abi/src/syscall.rs", &[library!("syscalls/abi/src/syscall.rs")]),
];

/// The packages of a project in Rust beside its own.
const LIBRARIES: [&str; 2] = ["verdict-std", "verdict-syscalls-abi"];

/// The language of a project to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// C, without a C library.
    C,
    /// Rust, without its standard library.
    Rust,
}

/// Why a project cannot be made.
#[derive(Debug, Error)]
pub enum CreateError {
    /// A program cannot have this name.
    #[error(
        "{0:?} is no name for a script: use lower-case letters, digits, - and _, a letter first"
    )]
    Name(String),
    /// A library that comes with the project has this name.
    #[error("{0:?} is the name of a library that comes with the project: use another one")]
    Library(String),
    /// There is something at its place.
    #[error("{} exists already", .0.display())]
    Exists(PathBuf),
    /// A file cannot be written.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// Its path.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// Makes a project in the folder `path`, whose name is that of its program. Returns the
/// name.
///
/// # Errors
///
/// Returns a [`CreateError`]. What was written up to then stays.
pub fn create(path: &Path, language: Language) -> Result<String, CreateError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let is_fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.chars().all(is_fine) {
        return Err(CreateError::Name(name));
    }
    if language == Language::Rust && LIBRARIES.contains(&name.as_str()) {
        return Err(CreateError::Library(name));
    }
    if path.exists() {
        return Err(CreateError::Exists(path.to_owned()));
    }
    let files = match language {
        Language::C => C,
        Language::Rust => RUST,
    };
    for (file, parts) in COMMON.iter().chain(files) {
        let text = parts.concat().replace("@NAME@", &name);
        let text = text.replace("@VERSION@", env!("CARGO_PKG_VERSION"));
        let path = path.join(file);
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, text))
            .map_err(|source| CreateError::Write { path, source })?;
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_libraries_are_whole() {
        for (folder, there) in [
            ("../scripts-riscv/std/src", "verdict/std/src"),
            ("../syscalls/abi/src", "verdict/abi/src"),
        ] {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
            let files = fs::read_dir(path).expect("the library is there");
            let files = files.map(|entry| entry.expect("it can be read").file_name());
            let files: BTreeSet<_> =
                files.map(|name| format!("{there}/{}", name.to_string_lossy())).collect();
            let written = RUST.iter().map(|(path, _)| (*path).to_owned());
            let written: BTreeSet<_> = written.filter(|path| path.starts_with(there)).collect();
            assert_eq!(files, written);
        }
    }

    #[test]
    fn no_project_in_rust_has_the_name_of_its_libraries() {
        let folder = tempfile::tempdir().expect("there is room");
        let manifests = RUST.iter().filter(|(path, _)| path.ends_with("/Cargo.toml"));
        let mut libraries = 0;
        for (_, parts) in manifests {
            let text = parts.concat();
            let name = text.lines().find_map(|line| line.strip_prefix("name = "));
            let name = name.expect("a package has a name").trim_matches('"');
            let path = folder.path().join(name);
            assert!(matches!(create(&path, Language::Rust), Err(CreateError::Library(_))));
            assert_eq!(create(&path, Language::C).expect("C has no such libraries"), name);
            libraries += 1;
        }
        assert_eq!(libraries, LIBRARIES.len());
    }

    #[test]
    fn names_are_those_of_packages_and_files() {
        let folder = tempfile::tempdir().expect("there is room");
        for name in ["", "Token", "1st", "a b", "-a", "tok\u{e9}n"] {
            let made = create(&folder.path().join(name), Language::C);
            assert!(matches!(made, Err(CreateError::Name(_))), "{name}");
        }
        let path = folder.path().join("token-2");
        assert_eq!(create(&path, Language::Rust).expect("it is a name"), "token-2");
        assert!(matches!(create(&path, Language::C), Err(CreateError::Exists(_))));
    }
}
