//! Building programs in C.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use tempfile::TempDir;

use super::{
    BuildError, LINK_SCRIPT, Linked, Progress,
    tools::{self, Tool},
};
use crate::project::{CProgram, CSource, Project};

/// What every program gets.
const HEADER: &str = include_str!("../../../scripts-riscv/std/c/verdict.h");
const START: &str = include_str!("../../../scripts-riscv/std/c/start.S");
const MEMORY: &str = include_str!("../../../scripts-riscv/std/src/memory.S");

/// What of the environment compilers read besides, and what must not change a program.
const IGNORED: [&str; 5] =
    ["CPATH", "C_INCLUDE_PATH", "SOURCE_DATE_EPOCH", "CCC_OVERRIDE_OPTIONS", "GCC_EXEC_PREFIX"];

/// A C compiler with its linker.
struct Compiler<'a> {
    project: &'a Project,
    tool: Tool,
    linker: Tool,
    is_clang: bool,
    /// A folder for what is compiled, with the files that are the same for all programs.
    room: TempDir,
    progress: &'a Progress<'a>,
}

/// Builds the programs of a C project.
pub(super) fn build(
    project: &Project,
    source: &CSource,
    progress: &Progress<'_>,
) -> Result<Vec<Linked>, BuildError> {
    let compiler = Compiler::new(project, progress)?;
    let room = compiler.room.path();
    let start = compiler.compile(&room.join("start.S"), "start", &[])?;
    let memory = compiler.compile(&room.join("memory.S"), "memory", &[])?;
    let program = |program| compiler.program(program, &source.flags, &[&start, &memory]);
    source.programs.par_iter().map(program).collect()
}

impl<'a> Compiler<'a> {
    fn new(project: &'a Project, progress: &'a Progress<'a>) -> Result<Self, BuildError> {
        let tool = tools::c_compiler(&project.tools, progress)?;
        let is_clang = tool.name().starts_with("clang");
        // GCC comes with a linker, which it knows how to find.
        let linker = if is_clang { tools::lld(&project.tools, progress)? } else { tool.clone() };
        let room = tempfile::tempdir()
            .map_err(|source| BuildError::Write { path: std::env::temp_dir(), source })?;
        for (name, text) in [
            ("verdict.h", HEADER),
            ("start.S", START),
            ("memory.S", MEMORY),
            ("link.ld", LINK_SCRIPT),
        ] {
            let path = room.path().join(name);
            fs::write(&path, text).map_err(|source| BuildError::Write { path, source })?;
        }
        Ok(Self { project, tool, linker, is_clang, room, progress })
    }

    /// What is told to the compiler in any case.
    fn flags(&self) -> Vec<OsString> {
        let bits = if self.project.has_bit_manipulation() { "_zba_zbb_zbc_zbs" } else { "" };
        let march = format!("-march=rv64imc{bits}");
        let mut flags: Vec<OsString> = Vec::new();
        if self.is_clang {
            flags.push("--target=riscv64-unknown-none-elf".into());
        }
        flags.push(march.into());
        flags.extend(
            [
                "-mabi=lp64",
                "-mcmodel=medany",
                // The machine reads and writes at any address.
                "-mno-strict-align",
                "-ffreestanding",
                "-fno-builtin",
                "-fno-pic",
                "-fno-ident",
                "-ffunction-sections",
                "-fdata-sections",
                "-fno-asynchronous-unwind-tables",
                "-g",
            ]
            .map(Into::into),
        );
        // No path of this machine gets into a program.
        for (from, to) in [(self.project.folder.as_path(), "."), (self.room.path(), "/verdict")] {
            let mut flag = OsString::from("-ffile-prefix-map=");
            flag.push(from);
            flag.push("=");
            flag.push(to);
            flags.push(flag);
        }
        flags.push("-I".into());
        flags.push(self.room.path().into());
        flags
    }

    /// Compiles a source file, named relative to the project's folder, into an object of
    /// this name.
    fn compile(
        &self,
        source: &Path,
        object: &str,
        flags: &[String],
    ) -> Result<PathBuf, BuildError> {
        let object = self.room.path().join(format!("{object}.o"));
        let mut command = self.tool.command(&self.project.folder);
        for name in IGNORED {
            command.env_remove(name);
        }
        command.args(self.flags()).args(flags);
        command.arg("-c").arg(source).arg("-o").arg(&object);
        let what = source.file_name().unwrap_or_default().to_string_lossy();
        tools::run(&self.tool, command, &what, self.progress)?;
        Ok(object)
    }

    fn program(
        &self,
        program: &CProgram,
        flags: &[String],
        given: &[&Path],
    ) -> Result<Linked, BuildError> {
        let name = &program.name;
        let compile = |(number, source): (usize, &PathBuf)| {
            self.compile(source, &format!("{name}.{number}"), flags)
        };
        let objects: Vec<_> =
            program.sources.par_iter().enumerate().map(compile).collect::<Result<_, _>>()?;
        let linked = self.room.path().join(format!("{name}.elf"));
        let mut command = self.linker.command(&self.project.folder);
        let options = ["-n", "--build-id=none", "--gc-sections", "--fatal-warnings", "-T"];
        if self.is_clang {
            command.args(options);
        } else {
            command.args(self.flags()).args(["-nostdlib", "-static"]);
            command.args(options.iter().flat_map(|option| ["-Xlinker", option]));
            command.arg("-Xlinker");
        }
        command.arg(self.room.path().join("link.ld"));
        command.args(given).args(&objects).arg("-o").arg(&linked);
        tools::run(&self.linker, command, name, self.progress)?;
        let elf = crate::file::read(&linked)?;
        Ok(Linked { name: name.clone(), elf })
    }
}
