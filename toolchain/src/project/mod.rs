//! What a project of scripts consists of: `verdict.toml`, or Cargo's files alone.
//!
//! It has programs, which [`build`](crate::build) makes, and tests of them, which
//! [`cases`](crate::cases) runs.

mod case;

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::{Component, Path, PathBuf},
};

use serde::Deserialize;
use thiserror::Error;
use verdict_vm::Version;

pub use self::case::{Case, Exit, Expectation, Inline, Subject, Value, Witness};
use crate::file::{self, FileError};

/// Name of the file that describes a project.
pub const MANIFEST: &str = "verdict.toml";
/// Where programs are put if a project does not say otherwise.
const OUT: &str = "build";

/// The names of tools whose versions a project may ask for.
const TOOLS: [&str; 4] = ["clang", "gcc", "lld", "rustc"];

/// The versions that a project's programs were made with, by name of the tool.
pub type Pins = BTreeMap<String, String>;

/// A folder with scripts.
#[derive(Clone, Debug)]
pub struct Project {
    /// The folder, as an absolute path.
    pub folder: PathBuf,
    /// The versions of the machine that its programs run in.
    pub versions: Vec<Version>,
    /// The versions of compilers that its programs were made with.
    pub tools: Pins,
    /// What it is written in.
    pub language: Language,
    /// Tests of its programs; their names differ.
    pub tests: Vec<Case>,
    /// Where its programs are put.
    out: PathBuf,
}

/// The language of a project.
#[derive(Clone, Debug)]
pub enum Language {
    /// Programs of C files.
    C(CSource),
    /// Packages of Cargo with programs.
    Rust(RustSource),
}

/// What C programs are made of.
#[derive(Clone, Debug)]
pub struct CSource {
    /// What to tell the compiler besides.
    pub flags: Vec<String>,
    /// The programs.
    pub programs: Vec<CProgram>,
}

/// A program in C.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CProgram {
    /// Its name.
    pub name: String,
    /// Its source files, C or assembly, relative to the project's folder; `NAME.c` if none
    /// are named.
    #[serde(default)]
    pub sources: Vec<PathBuf>,
}

/// What Rust programs are made of.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RustSource {
    /// The packages to build; all that have programs if none are named.
    #[serde(default)]
    pub packages: Vec<String>,
    /// What to tell the compiler besides.
    #[serde(default)]
    pub flags: Vec<String>,
}

/// `verdict.toml`, as it stands there.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    out: Option<PathBuf>,
    versions: Option<Vec<u64>>,
    #[serde(default)]
    tools: Pins,
    c: Option<CTable>,
    rust: Option<RustSource>,
    #[serde(default, rename = "test")]
    tests: Vec<case::Table>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CTable {
    flags: Option<Vec<String>>,
    #[serde(default, rename = "program")]
    programs: Vec<CProgram>,
}

/// Why a folder is no project.
#[derive(Debug, Error)]
pub enum ProjectError {
    /// It has neither of the files that make one.
    #[error(
        "{} is no project: it has neither {MANIFEST} nor Cargo.toml; `verdict new` makes one",
        .0.display()
    )]
    None(PathBuf),
    /// It does not exist.
    #[error("cannot open {}: {source}", path.display())]
    Folder {
        /// Its path.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file cannot be read.
    #[error(transparent)]
    Read(#[from] FileError),
    /// The description is malformed.
    #[error("{}: {source}", path.display())]
    Toml {
        /// Its path.
        path: PathBuf,
        /// What is wrong, and where.
        source: Box<toml::de::Error>,
    },
    /// The description does not make sense.
    #[error("{}: {flaw}", path.display())]
    Flaw {
        /// Its path.
        path: PathBuf,
        /// What is wrong.
        flaw: Flaw,
    },
}

/// What does not make sense in a description.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Flaw {
    /// It has two languages.
    #[error("a project has a table [c] or a table [rust], not both")]
    TwoLanguages,
    /// It has no language.
    #[error("a project without Cargo.toml needs a table [c]")]
    NoLanguage,
    /// It has no programs.
    #[error("[c] has no program: add [[c.program]] with its name")]
    NoProgram,
    /// Two programs have the same name.
    #[error("there are two programs named {0:?}")]
    TwoPrograms(String),
    /// It asks for a version of a tool that nothing is built with.
    #[error("there is no {0:?} in `tools`; tools are {names}", names = TOOLS.join(", "))]
    NoTool(String),
    /// It asks for a version of the machine that there is not.
    #[error("there is no version {0} of the machine; versions are 0, 1 and 2")]
    NoVersion(u64),
    /// It asks for no version of the machine.
    #[error("`versions` is empty")]
    NoVersions,
    /// Two tests have the same name.
    #[error("there are two tests named {0:?}")]
    TwoTests(String),
    /// A test is not of one thing.
    #[error("test {0:?} needs one of `tx`, `lock` and `type`")]
    Subject(String),
    /// A test of a transaction says what only one without can say.
    #[error("test {0:?} has a `tx`, which has its own {1}")]
    Overridden(String, &'static str),
    /// A program cannot have such a name.
    #[error("{0:?} is no name for a program: use a file name")]
    Name(String),
}

impl Project {
    /// Finds out what is in `folder`.
    ///
    /// # Errors
    ///
    /// Returns a [`ProjectError`].
    pub fn read(folder: &Path) -> Result<Self, ProjectError> {
        let folder = folder
            .canonicalize()
            .map_err(|source| ProjectError::Folder { path: folder.to_owned(), source })?;
        let path = folder.join(MANIFEST);
        let has_cargo = folder.join("Cargo.toml").is_file();
        let manifest = if path.exists() {
            let text = String::from_utf8_lossy(&file::read(&path)?).into_owned();
            toml::from_str(&text).map_err(|source| {
                let source = Box::new(source);
                ProjectError::Toml { path: path.clone(), source }
            })?
        } else if has_cargo {
            Manifest::default()
        } else {
            return Err(ProjectError::None(folder));
        };
        manifest.into_project(folder, has_cargo).map_err(|flaw| ProjectError::Flaw { path, flaw })
    }

    /// Where its programs are, or will be.
    #[must_use]
    pub fn out(&self) -> PathBuf {
        self.folder.join(&self.out)
    }

    /// Whether its programs may have the instructions of Zba, Zbb, Zbc and Zbs, which
    /// version 0 of the machine lacks.
    pub(crate) fn has_bit_manipulation(&self) -> bool {
        !self.versions.contains(&Version::V0)
    }
}

impl Manifest {
    fn into_project(self, folder: PathBuf, has_cargo: bool) -> Result<Project, Flaw> {
        let language = match (self.c, self.rust) {
            (Some(_), Some(_)) => return Err(Flaw::TwoLanguages),
            (Some(table), None) => Language::C(table.into_source()?),
            (None, Some(source)) => Language::Rust(source),
            (None, None) if has_cargo => Language::Rust(RustSource::default()),
            (None, None) => return Err(Flaw::NoLanguage),
        };
        if let Some(name) = self.tools.keys().find(|name| !TOOLS.contains(&name.as_str())) {
            return Err(Flaw::NoTool(name.clone()));
        }
        // Version 0 is there for old scripts; programs for it are larger and slower.
        let versions = self.versions.unwrap_or_else(|| vec![1, 2]);
        let version = |number| Version::from_number(number).ok_or(Flaw::NoVersion(number));
        let versions: Vec<_> = versions.into_iter().map(version).collect::<Result<_, _>>()?;
        if versions.is_empty() {
            return Err(Flaw::NoVersions);
        }
        let tests: Vec<_> =
            self.tests.into_iter().map(case::Table::into_case).collect::<Result<_, _>>()?;
        let mut names = BTreeSet::new();
        if let Some(test) = tests.iter().find(|test| !names.insert(&test.name)) {
            return Err(Flaw::TwoTests(test.name.clone()));
        }
        let out = self.out.unwrap_or_else(|| OUT.into());
        Ok(Project { folder, versions, tools: self.tools, language, tests, out })
    }
}

impl CTable {
    fn into_source(self) -> Result<CSource, Flaw> {
        let flags =
            self.flags.unwrap_or_else(|| ["-Os", "-Wall", "-Wextra"].map(Into::into).into());
        let mut programs = self.programs;
        for program in &mut programs {
            let mut components = Path::new(&program.name).components();
            match (components.next(), components.next()) {
                (Some(Component::Normal(name)), None) if *name == *program.name => {}
                _ => return Err(Flaw::Name(program.name.clone())),
            }
            if program.sources.is_empty() {
                program.sources.push(format!("{}.c", program.name).into());
            }
        }
        let mut names = BTreeSet::new();
        if let Some(program) = programs.iter().find(|program| !names.insert(&program.name)) {
            return Err(Flaw::TwoPrograms(program.name.clone()));
        }
        if programs.is_empty() { Err(Flaw::NoProgram) } else { Ok(CSource { flags, programs }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, has_cargo: bool) -> Result<Project, Flaw> {
        let manifest: Manifest = toml::from_str(text).expect("it is well formed");
        manifest.into_project("/project".into(), has_cargo)
    }

    #[test]
    fn a_package_of_cargo_needs_no_description() {
        let project = read("", true).expect("it is a project");
        assert!(matches!(project.language, Language::Rust(_)));
        assert_eq!(project.versions, [Version::V1, Version::V2]);
        assert_eq!(project.out(), Path::new("/project/build"));
    }

    #[test]
    fn programs_of_version_0_do_without_bit_manipulation() {
        let project = |versions| read(versions, true).expect("it is a project");
        assert!(project("versions = [1]").has_bit_manipulation());
        assert!(!project("versions = [0, 2]").has_bit_manipulation());
    }

    #[test]
    fn flaws_are_named() {
        let program = "[[c.program]]\nname = ";
        let test = "[[test]]\nname = 't'\nexit = 0\nlock = 'a'";
        for (text, expected) in [
            ("[c]\n[rust]".to_owned(), Flaw::TwoLanguages),
            (String::new(), Flaw::NoLanguage),
            ("[c]".to_owned(), Flaw::NoProgram),
            (format!("versions = [3]\n{program}'a'"), Flaw::NoVersion(3)),
            (format!("versions = []\n{program}'a'"), Flaw::NoVersions),
            (format!("{program}'../a'"), Flaw::Name("../a".to_owned())),
            (format!("{program}'a/'"), Flaw::Name("a/".to_owned())),
            (format!("{program}''"), Flaw::Name(String::new())),
            (format!("tools = {{ rust = '1' }}\n{program}'a'"), Flaw::NoTool("rust".to_owned())),
            (format!("{program}'a'\n{program}'a'"), Flaw::TwoPrograms("a".to_owned())),
            (format!("{test}\ntype = 'a'\n{program}'a'"), Flaw::Subject("t".to_owned())),
            (format!("{test}\n{test}\n{program}'a'"), Flaw::TwoTests("t".to_owned())),
            (
                format!("[[test]]\nname = 't'\nexit = 0\ntx = 'a'\ndeps = []\n{program}'a'"),
                Flaw::Overridden("t".to_owned(), "deps"),
            ),
        ] {
            assert_eq!(read(&text, false).expect_err("it has a flaw"), expected, "{text}");
        }
    }
}
