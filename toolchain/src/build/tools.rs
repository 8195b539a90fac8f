//! Compilers and linkers: which there are on this machine, and how to get them.
//!
//! Of several versions the newest is taken, unless the project names one. Nothing is
//! taken from the environment but `PATH` and, for a compiler of Rust, `RUSTC`.

use std::{
    env, fmt,
    path::{Path, PathBuf},
    process::Command,
};

use thiserror::Error;

use super::BuildError;
use crate::project::Pins;

/// What a tool is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Compiles C for RISC-V.
    C,
    /// Links what clang compiles, or Rust.
    Link,
    /// Compiles Rust.
    Rust,
    /// Compiles Rust's `core` and `alloc`, or has them, for RISC-V.
    RustCore,
}

/// A tool that is not installed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}; install {}", Lack(.role), Install(.role))]
pub struct MissingTool {
    /// What it would be for.
    pub role: Role,
}

struct Lack<'a>(&'a Role);

impl fmt::Display for Lack<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Role::C => "there is no C compiler for RISC-V (`clang` or `riscv64-unknown-elf-gcc`)",
            Role::Link => "there is no linker for RISC-V (`ld.lld`)",
            Role::Rust => "there is no Rust compiler (`rustc` with `cargo` beside it)",
            Role::RustCore => "the Rust compiler has neither `core` for RISC-V nor its source",
        })
    }
}

struct Install<'a>(&'a Role);

impl fmt::Display for Install<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Role::C => {
                "one with\n  apt-get install clang-19 lld-19\nor\n  \
                 apt-get install gcc-riscv64-unknown-elf"
            }
            Role::Link => "it with\n  apt-get install lld-19",
            Role::Rust => {
                "them with\n  apt-get install rustc-web cargo-web rust-web-src lld-19\n\
                 or by https://rustup.rs and\n  rustup component add rust-src"
            }
            Role::RustCore => {
                "one with\n  rustup component add rust-src\nor\n  \
                 rustup target add riscv64imac-unknown-none-elf\nor, for Debian's compiler,\n  \
                 apt-get install rust-web-src"
            }
        })
    }
}

/// A program that compiles or links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tool {
    /// Where it is.
    pub path: PathBuf,
    /// Its version: numbers with dots.
    pub version: String,
}

impl Tool {
    /// The tool at `path`, if it runs and tells a version.
    fn at(path: PathBuf) -> Option<Self> {
        let output = Command::new(&path).arg("--version").output().ok()?;
        let version = version_in(&String::from_utf8_lossy(&output.stdout))?;
        output.status.success().then_some(Self { path, version })
    }

    /// The name of its file.
    pub(super) fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// A command that runs it in `folder`.
    pub(super) fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.path);
        command.current_dir(folder);
        command
    }
}

/// Runs `command`, which makes `what`, and passes on what it says.
pub(super) fn run(
    tool: &Tool,
    mut command: Command,
    what: &str,
    progress: &super::Progress<'_>,
) -> Result<(), BuildError> {
    let output =
        command.output().map_err(|source| BuildError::Start { path: tool.path.clone(), source })?;
    let said = [output.stdout, output.stderr].concat();
    if !said.is_empty() {
        progress(String::from_utf8_lossy(&said).trim_end());
    }
    if output.status.success() {
        Ok(())
    } else {
        Err(BuildError::Failed { tool: tool.name(), what: what.to_owned() })
    }
}

/// Takes the first of `candidates` that has the version that `pins` gives for `name`, or
/// else the first one, and tells that its bytes may be others.
pub(super) fn choose(
    name: &str,
    candidates: impl IntoIterator<Item = PathBuf>,
    pins: &Pins,
    progress: &super::Progress<'_>,
) -> Option<Tool> {
    let mut tools = candidates.into_iter().filter_map(Tool::at);
    let Some(wanted) = pins.get(name) else {
        return tools.next();
    };
    let mut first = None;
    for tool in tools {
        if tool.version == *wanted {
            return Some(tool);
        }
        first.get_or_insert(tool);
    }
    if let Some(tool) = &first {
        let Tool { path, version } = tool;
        let path = path.display();
        progress(&format!(
            "note: {path} has version {version}; programs may differ from those of {name} {wanted}"
        ));
    }
    first
}

/// The C compiler: some clang, or the cross compiler of GCC.
pub(super) fn c_compiler(pins: &Pins, progress: &super::Progress<'_>) -> Result<Tool, MissingTool> {
    let gcc = || choose("gcc", on_path("riscv64-unknown-elf-gcc"), pins, progress);
    let clang = || choose("clang", on_path("clang"), pins, progress);
    let found = if pins.contains_key("gcc") { gcc().or_else(clang) } else { clang().or_else(gcc) };
    found.ok_or(MissingTool { role: Role::C })
}

/// LLD.
pub(super) fn lld(pins: &Pins, progress: &super::Progress<'_>) -> Result<Tool, MissingTool> {
    choose("lld", on_path("ld.lld"), pins, progress).ok_or(MissingTool { role: Role::Link })
}

/// The programs on `PATH` that are named `stem`, or that and a version, newest first and
/// the one without a version last.
pub(super) fn on_path(stem: &str) -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut found: Vec<(Option<u32>, PathBuf)> = Vec::new();
    for folder in env::split_paths(&path) {
        let entries = folder.read_dir().into_iter().flatten().filter_map(Result::ok);
        for entry in entries {
            let name = entry.file_name();
            let rest = name.to_str().and_then(|name| name.strip_prefix(stem));
            let version = match rest {
                Some("") => None,
                Some(rest) => match rest.strip_prefix('-').map(str::parse) {
                    Some(Ok(version)) => Some(version),
                    _ => continue,
                },
                None => continue,
            };
            found.push((version, entry.path()));
        }
    }
    // The sort is stable: of one version, the first on the path comes first.
    found.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    found.into_iter().map(|(_, path)| path).collect()
}

/// The first word of `text` that is a version, without what follows its numbers.
fn version_in(text: &str) -> Option<String> {
    text.split_whitespace().find_map(|word| {
        let end = word.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(word.len());
        let numbers = &word[..end];
        (numbers.contains('.') && numbers.starts_with(|c: char| c.is_ascii_digit()))
            .then(|| numbers.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_in_what_tools_say() {
        for (text, expected) in [
            ("Debian clang version 19.1.7 (3~deb12u1)\nTarget: x86_64", Some("19.1.7")),
            ("Debian LLD 19.1.7 (compatible with GNU linkers)", Some("19.1.7")),
            ("rustc 1.96.0 (ac68faa20 2026-05-25)", Some("1.96.0")),
            ("rustc 1.97.0-nightly (abc 2026-06-01)", Some("1.97.0")),
            ("riscv64-unknown-elf-gcc (12.2.0-14+11+b1) 12.2.0", Some("12.2.0")),
            ("clang version unknown", None),
        ] {
            assert_eq!(version_in(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_missing_comes_with_a_command() {
        for role in [Role::C, Role::Link, Role::Rust, Role::RustCore] {
            let text = MissingTool { role }.to_string();
            assert!(text.contains("\n  apt-get install "), "{text}");
        }
    }
}
