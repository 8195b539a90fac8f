//! Building scripts: a project in C or Rust becomes ELF files.
//!
//! A [`Project`] says what there is to build; [`build`] compiles and links it with what is
//! found on this machine, checks that the chain's machine can run the result, strips it
//! and writes it. The same source gives the same bytes, whatever the folder, the user or
//! the day, if the compilers have the same versions.
//!
//! How programs are laid out and what they start with is told by files of
//! `scripts-riscv/`, which this library contains.

mod c;
mod elf;
mod rust;
mod tools;

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use ckb_hash::blake2b_256;
use object::elf::ELFMAG;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use thiserror::Error;
use verdict_vm::LoadError;

pub use self::{
    elf::Unsupported,
    tools::{MissingTool, Role, Tool},
};
use crate::{
    file::{self, FileError},
    project::{Language, Project},
};

/// The linker script of all programs.
const LINK_SCRIPT: &str = include_str!("../../../scripts-riscv/link.ld");
/// Name of the file with the hashes of programs, beside them.
pub const CHECKSUMS: &str = "checksums.txt";

/// What to build and how.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The packages of a Rust workspace; all that have programs if there are none here.
    pub packages: Vec<String>,
    /// Whether `Cargo.lock` must be there and fit.
    pub locked: bool,
    /// Where to put programs instead of the project's own place.
    pub out: Option<PathBuf>,
}

impl Options {
    /// Where the programs of `project` are, or will be.
    #[must_use]
    pub fn out(&self, project: &Project) -> PathBuf {
        self.out.clone().unwrap_or_else(|| project.out())
    }
}

/// Told what happens on the way: a line, or what a compiler says.
pub type Progress<'a> = dyn Fn(&str) + Sync + 'a;

/// A program that was built.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Built {
    /// Its name.
    pub program: String,
    /// Where it was written, or what it was compared with.
    pub path: PathBuf,
    /// Bytes of the ELF file.
    pub size: usize,
    /// What a script names it by: the chain's hash of the file.
    pub data_hash: String,
    /// SHA-256 of the file, as in `checksums.txt`.
    pub sha256: String,
    /// Whether the file at [`path`](Self::path) had these bytes before.
    pub unchanged: bool,
}

/// Why a project cannot be built.
#[derive(Debug, Error)]
pub enum BuildError {
    /// Something that it needs is not installed.
    #[error(transparent)]
    Missing(#[from] MissingTool),
    /// A compiler or linker does not start.
    #[error("cannot run {}: {source}", path.display())]
    Start {
        /// Its path.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A compiler or linker fails. It has said why.
    #[error("{tool} failed to build {what}")]
    Failed {
        /// Its name.
        tool: String,
        /// What it should have made.
        what: String,
    },
    /// No package of this name has programs.
    #[error("no package {name:?} has programs")]
    NoPackage {
        /// The name.
        name: String,
    },
    /// There is nothing to build.
    #[error("{}: no package here has programs", folder.display())]
    NoPrograms {
        /// The project's folder.
        folder: PathBuf,
    },
    /// There is a program that the project does not make.
    #[error("{}: the project has no such program", path.display())]
    Stray {
        /// Its path.
        path: PathBuf,
    },
    /// Cargo says what a project consists of in a way that is not understood.
    #[error("cannot understand what cargo says of {}: {source}", path.display())]
    Metadata {
        /// The project.
        path: PathBuf,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// A file cannot be read.
    #[error(transparent)]
    Read(#[from] FileError),
    /// A file cannot be written.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// Its path.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A linked file is none that can be looked into.
    #[error("{program}: the linker's file cannot be read: {source}")]
    Linked {
        /// The program.
        program: String,
        /// What is wrong with it.
        source: object::Error,
    },
    /// The machine does not load the program.
    #[error("{program}: version {version} of the machine does not load it: {source}")]
    Load {
        /// The program.
        program: String,
        /// The version.
        version: u8,
        /// What the machine says.
        source: LoadError,
    },
    /// The machine lacks instructions of the program.
    #[error("{program}: {} that the machine lacks:{}", Count(.found.len()), List(.found))]
    Unsupported {
        /// The program.
        program: String,
        /// The instructions.
        found: Vec<Unsupported>,
    },
}

/// A number of instructions.
struct Count(usize);

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            1 => f.write_str("an instruction"),
            count => write!(f, "{count} instructions"),
        }
    }
}

/// The first of several instructions.
struct List<'a>(&'a [Unsupported]);

impl std::fmt::Display for List<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const SHOWN: usize = 10;
        for found in self.0.iter().take(SHOWN) {
            write!(f, "\n  {found}")?;
        }
        match self.0.len().checked_sub(SHOWN) {
            None | Some(0) => Ok(()),
            Some(more) => write!(f, "\n  and {more} more"),
        }
    }
}

/// A linked program with its symbols.
struct Linked {
    name: String,
    elf: Vec<u8>,
}

/// Builds `project` and writes its programs, each with its symbols below `target/verdict`
/// as well, and their checksums.
///
/// # Errors
///
/// Returns a [`BuildError`]. Programs are written when all have been built.
pub fn build(
    project: &Project,
    options: &Options,
    progress: &Progress<'_>,
) -> Result<Vec<Built>, BuildError> {
    let out = options.out(project);
    let programs = compile(project, options, progress)?;
    create_folder(&out)?;
    for (built, elf) in &programs {
        if !built.unchanged {
            write_program(&built.path, elf)?;
        }
    }
    write_checksums(&out)?;
    Ok(programs.into_iter().map(|(built, _)| built).collect())
}

/// Builds `project` and compares with the programs that are there, and these with their
/// checksums. Writes none. [`Built::unchanged`] says what is the same.
///
/// # Errors
///
/// Returns a [`BuildError`].
pub fn check(
    project: &Project,
    options: &Options,
    progress: &Progress<'_>,
) -> Result<Vec<Built>, BuildError> {
    let out = options.out(project);
    let listed = read_checksums(&out)?;
    let programs = compile(project, options, progress)?;
    if options.packages.is_empty() {
        let mut there = self::programs(&out)?.into_iter();
        let is_made = |name: &String| programs.iter().any(|(built, _)| built.program == *name);
        if let Some(name) = there.find(|name| !is_made(name)) {
            return Err(BuildError::Stray { path: out.join(name) });
        }
    }
    let compared = programs.into_iter().map(|(mut built, _)| {
        built.unchanged &= listed.get(&built.program) == Some(&built.sha256);
        built
    });
    Ok(compared.collect())
}

/// Builds the programs of `project`, in memory.
fn compile(
    project: &Project,
    options: &Options,
    progress: &Progress<'_>,
) -> Result<Vec<(Built, Vec<u8>)>, BuildError> {
    let linked = match &project.language {
        Language::C(source) => match options.packages.first() {
            Some(name) => return Err(BuildError::NoPackage { name: name.clone() }),
            None => c::build(project, source, progress)?,
        },
        Language::Rust(source) => rust::build(project, source, options, progress)?,
    };
    let out = options.out(project);
    let with_symbols = project.folder.join("target/verdict");
    let mut programs = Vec::with_capacity(linked.len());
    for Linked { name, elf } in linked {
        create_folder(&with_symbols)?;
        write_program(&with_symbols.join(&name), &elf)?;
        let stripped = elf::check_and_strip(&name, &elf, &project.versions)?;
        let path = out.join(&name);
        let built = Built {
            size: stripped.len(),
            data_hash: format!("0x{}", hex(&blake2b_256(&stripped))),
            sha256: sha256(&stripped),
            unchanged: fs::read(&path).is_ok_and(|before| before == stripped),
            program: name,
            path,
        };
        programs.push((built, stripped));
    }
    Ok(programs)
}

fn create_folder(path: &Path) -> Result<(), BuildError> {
    fs::create_dir_all(path).map_err(|source| BuildError::Write { path: path.into(), source })
}

fn write_file(path: &Path, contents: &[u8]) -> Result<(), BuildError> {
    file::replace(path, |file| io::Write::write_all(file, contents))
        .map_err(|source| BuildError::Write { path: path.into(), source })
}

/// Writes a file that tools for ELF files take for a program.
fn write_program(path: &Path, contents: &[u8]) -> Result<(), BuildError> {
    write_file(path, contents)?;
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o755))
        .map_err(|source| BuildError::Write { path: path.into(), source })?;
    Ok(())
}

/// The names of the programs in the folder `out`, sorted: of the ELF files there, without
/// what a build that was stopped has left behind.
///
/// # Errors
///
/// Returns a [`FileError`] if it cannot be read.
pub fn programs(out: &Path) -> Result<Vec<String>, FileError> {
    let entries =
        fs::read_dir(out).map_err(|source| FileError::Read { path: out.into(), source })?;
    let mut names: Vec<_> = entries
        .filter_map(Result::ok)
        .filter(|entry| is_elf(&entry.path()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !file::is_temporary(name))
        .collect();
    names.sort_unstable();
    Ok(names)
}

fn is_elf(path: &Path) -> bool {
    let mut magic = [0; 4];
    let read = |mut file: fs::File| io::Read::read_exact(&mut file, &mut magic);
    path.is_file() && fs::File::open(path).and_then(read).is_ok() && magic == ELFMAG
}

/// Lists the hashes of all programs in `out`, as `sha256sum --check` reads them.
fn write_checksums(out: &Path) -> Result<(), BuildError> {
    let mut text = String::new();
    for name in programs(out)? {
        text += &format!("{}  {name}\n", sha256(&file::read(&out.join(&name))?));
    }
    write_file(&out.join(CHECKSUMS), text.as_bytes())
}

/// The hashes in the list of `out`, by name of the file.
fn read_checksums(out: &Path) -> Result<BTreeMap<String, String>, BuildError> {
    let text = file::read(&out.join(CHECKSUMS))?;
    let text = String::from_utf8_lossy(&text);
    let lines = text.lines().filter_map(|line| line.split_once("  "));
    Ok(lines.map(|(hash, name)| (name.to_owned(), hash.to_owned())).collect())
}

fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_elf_files_but_those_that_were_left_behind() {
        let folder = tempfile::tempdir().expect("there is room");
        for (name, contents) in [
            ("b", "\x7fELF"),
            ("a", "\x7fELF.."),
            ("short", "\x7fEL"),
            (".a.x1Y2z3.tmp", "\x7fELF"),
        ] {
            fs::write(folder.path().join(name), contents).expect("there is room");
        }
        assert_eq!(programs(folder.path()).expect("it is a folder"), ["a", "b"]);
    }
}
