//! The `verdict` command: arguments in, results and an exit status out.

#![forbid(unsafe_code)]

mod audit_command;
mod bench_command;
mod build_command;
mod cli;
mod inspect_command;
mod new_command;
mod output;
mod test_command;
mod verify_command;

use std::{ffi::OsStr, io, process::ExitCode};

use anyhow::Context as _;
use clap::Parser as _;
use object::elf::ELFMAG;
use verdict_toolchain::{batch, file, report, run};

use crate::{
    cli::{BatchArgs, Cli, Command, RunArgs},
    output::{note, note_engine, print, report_error, report_jit, write_json},
};

/// The status when a transaction is rejected, or two runs differ.
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
        Command::Verify(args) => verify_command::verify(&args),
        Command::Record(args) => audit_command::record(&args),
        Command::Replay(args) => audit_command::replay(&args),
        Command::Trace(args) => audit_command::trace(&args),
        Command::Diff(args) => audit_command::diff(&args),
        Command::Explain(args) => audit_command::explain(&args),
        Command::Bench(args) => bench_command::bench(&args),
        Command::Inspect(args) => inspect_command::inspect(&args),
        Command::New(args) => new_command::new(&args),
        Command::Build(args) => build_command::build(&args),
        Command::Test(args) => test_command::test(&args),
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
    // Errors of files come with the names of those.
    let is_bare = error.is::<io::Error>() && error.chain().len() == 1;
    let error = if is_bare { error.context("cannot write to standard output") } else { error };
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
    note_engine(args.machine.engine.engine);
    let run = run::run(&program, &argv, &settings, print);
    report_jit(&args.machine.engine, &run.machine.jit_stats());
    if args.json {
        write_json(&run.summary())?;
        return Ok(0);
    }
    report::write_run(&mut anstream::stdout().lock(), &run, &settings)?;
    // The machine says it in the words of the reference.
    if !program.starts_with(&ELFMAG) {
        note(&format!("{} is not an ELF file", args.program.display()));
    }
    Ok(run.outcome.map_or(PROGRAM_ERROR, i8::cast_unsigned))
}

fn batch(args: &BatchArgs) -> anyhow::Result<u8> {
    let settings = args.machine.settings();
    let out = io::BufWriter::new(io::stdout().lock());
    note_engine(args.machine.engine.engine);
    let stats = batch::batch(io::stdin().lock(), out, &settings, print)
        .context("cannot read standard input or write to standard output")?;
    report_jit(&args.machine.engine, &stats);
    Ok(0)
}
