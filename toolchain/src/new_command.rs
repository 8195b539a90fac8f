//! `verdict new`: the beginning of a script.

use std::{io::Write as _, path::PathBuf};

use clap::{Args, ValueEnum};
use verdict_toolchain::{
    create::{self, Language},
    report::{GOOD, harmless},
};

/// Makes a project: a small lock with tests and a mock transaction.
///
/// The folder's name is that of the script. A project in Rust contains the library that
/// scripts use, so that it builds anywhere.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct NewArgs {
    /// Folder to make.
    #[arg(value_name = "NAME")]
    path: PathBuf,

    /// What the script is written in.
    #[arg(long, value_name = "c|rust")]
    lang: Lang,
}

const EXAMPLES: &str = "\
Examples:
  verdict new token --lang rust
  cd token && verdict test                build it and run its tests
  verdict new scripts/vault --lang c";

#[derive(Clone, Copy, ValueEnum)]
enum Lang {
    C,
    Rust,
}

/// Makes a project.
pub(crate) fn new(args: &NewArgs) -> anyhow::Result<u8> {
    let language = match args.lang {
        Lang::C => Language::C,
        Lang::Rust => Language::Rust,
    };
    create::create(&args.path, language)?;
    let path = args.path.display().to_string();
    let path = harmless(&path);
    writeln!(anstream::stdout(), "{GOOD}made{GOOD:#} {path}; next: cd {path} && verdict test")?;
    Ok(0)
}
