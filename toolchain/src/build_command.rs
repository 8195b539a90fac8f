//! `verdict build`: from source to ELF files.

use std::{
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use clap::Args;
use verdict_toolchain::{
    build::{self, Built, Options},
    project::Project,
    report::{BAD, DIM, GOOD, harmless},
};

use crate::{REJECTED, output::write_json};

/// Builds scripts in C or Rust: small ELF files that the machine can run.
#[derive(Args)]
#[command(long_about = ABOUT, after_help = EXAMPLES)]
pub(crate) struct BuildArgs {
    /// Folder of the project.
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,

    /// Put programs there instead of where the project says.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Build this package of a Rust workspace alone. May be given several times.
    #[arg(short, long, value_name = "NAME")]
    package: Vec<String>,

    /// Write no programs, compare with those that are there and with checksums.txt.
    /// Implies --locked.
    #[arg(long)]
    check: bool,

    /// Fail if Cargo.lock is missing or does not fit.
    #[arg(long)]
    locked: bool,

    /// Print one JSON object a program instead of a report for people.
    #[arg(long)]
    json: bool,
}

const ABOUT: &str = "\
Builds scripts in C or Rust: small, static ELF files that the machine can run.

DIR has a file verdict.toml, or for Rust a Cargo.toml alone:

  out = \"build\"                   where programs are put
  versions = [1, 2]               versions of the machine that they run in
  tools = { clang = \"19.1.7\" }    prefer these of the compilers installed

  [c]
  flags = [\"-O2\", \"-Wall\"]        for the compiler; -Os, -Wall and -Wextra if left out
  [[c.program]]
  name = \"token\"
  sources = [\"token.c\", \"sum.c\"]  token.c alone if left out

  [rust]
  packages = [\"token\"]            all that have programs if left out
  flags = [\"-Zfmt-debug=none\"]    for the compiler

C programs include <verdict.h>, which has the syscalls, and begin at `main`. Rust
programs are those of Cargo's profile `release`; `core` and `alloc` are built along
where their source is installed. Atomic accesses become plain ones.

A program has no symbols; target/verdict keeps it with them, for `verdict inspect` and
`verdict trace`. It is an error if a version of the machine does not load it, or lacks
one of its instructions. The same source and compilers give the same bytes, whatever
the folder, the user and the day; Cargo configuration outside of the project that changes
them is warned of. checksums.txt lists their hashes.

The exit status is 0, 1 if --check finds a difference, and 2 if something cannot be
built.";

const EXAMPLES: &str = "\
Examples:
  verdict build                           the project in this folder
  verdict build scripts --package token   one package of a workspace
  verdict build --check                   are the programs those of the source?
  verdict build --json | jq -r .data_hash";

/// Builds a project.
pub(crate) fn build(args: &BuildArgs) -> anyhow::Result<u8> {
    let project = Project::read(&args.dir)?;
    let options = Options {
        packages: args.package.clone(),
        locked: args.locked || args.check,
        out: args.out.clone(),
    };
    if args.check {
        let programs = build::check(&project, &options, &say)?;
        write_all(&programs, args.json, |built| {
            if built.unchanged { ("same", GOOD) } else { ("differs", BAD) }
        })?;
        let same = programs.iter().all(|built| built.unchanged);
        return Ok(if same { 0 } else { REJECTED });
    }
    let programs = build::build(&project, &options, &say)?;
    write_all(&programs, args.json, |built| {
        if built.unchanged { ("unchanged", DIM) } else { ("built", GOOD) }
    })?;
    Ok(0)
}

/// Passes on what happens on the way.
pub(crate) fn say(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{}", harmless(text));
}

fn write_all(
    programs: &[Built],
    json: bool,
    word: impl Fn(&Built) -> (&'static str, anstyle::Style),
) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    let paths = programs.iter().map(|built| shorter(&built.path).display().to_string());
    let paths: Vec<_> = paths.collect();
    let width = paths.iter().map(|path| path.chars().count()).max().unwrap_or_default();
    for (built, path) in programs.iter().zip(paths) {
        if json {
            write_json(built)?;
            continue;
        }
        let (word, style) = word(built);
        let Built { size, data_hash, .. } = built;
        writeln!(
            out,
            "{style}{word:<9}{style:#} {:<width$}  {size:>7} bytes  data hash {data_hash}",
            harmless(&path)
        )?;
    }
    Ok(())
}

/// `path` as seen from the folder that the command runs in.
fn shorter(path: &Path) -> &Path {
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    here.ok().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path)
}
