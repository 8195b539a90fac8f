//! The `verdict` command: arguments in, results and an exit status out.

#![forbid(unsafe_code)]

mod cli;
mod output;

use std::{
    ffi::OsStr,
    io::{self, IsTerminal as _},
    path::Path,
    process::ExitCode,
};

use anyhow::Context as _;
use clap::Parser as _;
use verdict_toolchain::{
    batch, file,
    mock::MockTransaction,
    replace::Replacements,
    report, run,
    verify::{self, Settings, Verdict},
};

use crate::{
    cli::{BatchArgs, Cli, Command, RunArgs, VerifyArgs},
    output::{print, report_error, stderr, write_json},
};

/// The status when a transaction is rejected.
const REJECTED: u8 = 1;
/// The status when input cannot be used; `clap` ends with it as well.
const UNUSABLE: u8 = 2;
/// The status when a program ends in an error.
const PROGRAM_ERROR: u8 = 125;
/// The status of a command whose reader went away, as a shell reports it.
const BROKEN_PIPE: u8 = 141;

fn main() -> ExitCode {
    let status = match Cli::parse().command {
        Command::Run(args) => run(&args),
        Command::Batch(args) => batch(&args),
        Command::Verify(args) => verify(&args),
    };
    let error = match status {
        Ok(status) => return status.into(),
        Err(error) => error,
    };
    if let Some(error) = error.downcast_ref::<io::Error>()
        && error.kind() == io::ErrorKind::BrokenPipe
    {
        return BROKEN_PIPE.into();
    }
    report_error(&error);
    UNUSABLE.into()
}

fn run(args: &RunArgs) -> anyhow::Result<u8> {
    let settings = args.machine.settings();
    let program = file::read(&args.program)?;
    let argv: Vec<&[u8]> = [OsStr::new("main")]
        .into_iter()
        .chain(args.args.iter().map(AsRef::as_ref))
        .map(OsStr::as_encoded_bytes)
        .collect();
    let run = run::run(&program, &argv, &settings, print)?;
    if args.json {
        write_json(&run.summary())?;
        return Ok(0);
    }
    report::write_run(&mut anstream::stdout().lock(), &run, &settings)?;
    Ok(run.outcome.map_or(PROGRAM_ERROR, i8::cast_unsigned))
}

fn batch(args: &BatchArgs) -> anyhow::Result<u8> {
    let settings = args.machine.settings();
    let out = io::BufWriter::new(io::stdout().lock());
    batch::batch(io::stdin().lock(), out, &settings, print)?;
    Ok(0)
}

/// Verifies one file after the other. One that cannot be used does not stop the
/// others; the worst outcome makes the status.
fn verify(args: &VerifyArgs) -> anyhow::Result<u8> {
    let settings = args.settings()?;
    let replacements = Replacements::read(&args.replace)?;
    let mut status = 0;
    for path in &args.files {
        let verdict = match verify_file(path, &settings, &replacements) {
            Ok(verdict) => verdict,
            Err(error) => {
                report_error(&error);
                status = UNUSABLE;
                continue;
            }
        };
        if !verdict.is_accepted() {
            status = status.max(REJECTED);
        }
        let name = path.display().to_string();
        if args.json {
            let file = name.as_str();
            write_json(&FileVerdict { file, verdict })?;
        } else {
            report::write_verdict(&mut anstream::stdout().lock(), &name, &verdict)?;
        }
    }
    Ok(status)
}

fn verify_file(
    path: &Path,
    settings: &Settings,
    replacements: &Replacements,
) -> anyhow::Result<Verdict> {
    let mut transaction = MockTransaction::read(path)?;
    let of_option = |option| move || format!("{}: {option}", path.display());
    replacements.apply(&mut transaction).with_context(of_option("--replace"))?;
    verify::verify(&transaction, settings, Box::new(print_of_script))
        .with_context(of_option("--cell"))
}

/// A verdict with the file it is about.
#[derive(serde::Serialize)]
struct FileVerdict<'a> {
    file: &'a str,
    #[serde(flatten)]
    verdict: Verdict,
}

/// Passes on what a script prints. A script does not depend on someone reading it.
fn print_of_script(place: &str, text: &str) {
    let terminal = io::stderr().is_terminal();
    let _ = report::write_script_text(&mut stderr(), place, text, terminal);
}
