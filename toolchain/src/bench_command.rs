//! `verdict bench`: where a run spends its cycles.

use std::{
    ffi::{OsStr, OsString},
    io::{self, BufWriter, IsTerminal as _, Write},
    path::PathBuf,
    time::Duration,
};

use anyhow::{Context as _, bail};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use object::elf::ELFMAG;
use serde::Serialize;
use verdict_syscalls::{Engine, GroupKind, limits};
use verdict_toolchain::{
    file,
    mock::MockTransaction,
    profile::{self, Profile, write_profile},
    replace::{Replacement, Replacements},
    report::grouped,
    run,
    verify::{self, Cell, Selection},
};
use verdict_vm::Version;

use crate::{
    REJECTED,
    cli::{RulesArgs, cycles, kind, version},
    output::{print, write_json},
    verify_command::print_now,
};

/// Says where a program, or a transaction, spends its cycles.
///
/// It runs the program, or the scripts of the transaction. The first table has a row for each
/// function: cycles of its own, and in all with those of what it called. What system calls cost
/// beside their `ecall`, loading programs and suspending processes have rows of their own, in
/// brackets, so that the first column adds up to the cycles of the run, exactly. Then come the
/// blocks that cost most, the system calls, and what the files consist of.
///
/// A jump that links in `ra` or `t0` is a call, and a jump through a register to where a call
/// returns to is a return. A function that goes on in another one by a jump has called it.
/// Without symbols, functions are told by the addresses that are called.
///
/// A bare program runs as with `verdict run`: its loading costs nothing. The exit status is 0
/// if the transaction is accepted, or the program exits with 0; 1 if it is rejected, or ends
/// in any other way; and 2 if a file cannot be used.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct BenchArgs {
    /// Print one JSON object instead of a report for people.
    #[arg(long)]
    json: bool,

    /// A file that has the symbols and the source lines of a program that was stripped: the
    /// same code, not stripped.
    #[arg(long, value_name = "FILE")]
    symbols: Option<PathBuf>,

    /// Write stacks with their cycles, one a line, as tools for flame graphs take them.
    #[arg(long, value_name = "FILE")]
    collapsed: Option<PathBuf>,

    /// How many functions, blocks and symbols to show; JSON has all functions.
    #[arg(long, value_name = "N", default_value_t = 20, allow_negative_numbers = true)]
    top: usize,

    /// The most cycles to spend [default: no limit for a program, 70000000 for a transaction].
    #[arg(long, value_name = "N", value_parser = cycles, allow_negative_numbers = true)]
    max_cycles: Option<u64>,

    /// Version of the machine that runs a bare program [default: 2].
    #[arg(long, value_name = "VERSION", value_parser = version())]
    vm: Option<Version>,

    /// Run one script of a transaction alone: the lock or the type script of the cell that
    /// --cell names.
    #[arg(long, value_name = "lock|type", requires = "cell", value_parser = kind())]
    script: Option<GroupKind>,

    /// The cell with that script, counted from 0.
    #[arg(long, value_name = "input:N|output:N", requires = "script")]
    cell: Option<Cell>,

    /// Run the local build ELF in place of the code that scripts name by HASH, as in
    /// `verdict verify`.
    #[arg(long, value_name = "HASH=ELF")]
    replace: Vec<Replacement>,

    #[command(flatten)]
    rules: RulesArgs,

    /// A program, or a transaction as `verdict verify` takes it.
    #[arg(value_name = "ELF|TX.json")]
    file: PathBuf,

    /// Arguments of a bare program.
    #[arg(last = true)]
    args: Vec<OsString>,
}

const EXAMPLES: &str = "\
Examples:
  verdict bench build/token -- 1 2   a program by itself
  verdict bench tx.json              all scripts of a transaction
  verdict bench --script type --cell output:0 --replace 0xHASH=token tx.json
  verdict bench --symbols token.debug --collapsed stacks.txt tx.json
  inferno-flamegraph < stacks.txt > flame.svg
  verdict bench --json tx.json | jq '.functions[] | {name, self_cycles}'";

/// A profile with the file it is of.
#[derive(Serialize)]
struct Output {
    file: String,
    #[serde(flatten)]
    profile: Profile,
}

/// `verdict bench`
pub(crate) fn bench(args: &BenchArgs) -> anyhow::Result<u8> {
    let name = args.file.display().to_string();
    let replaced = args.replace.iter().map(|replacement| &replacement.path);
    let mut read = replaced.chain([&args.file]).chain(&args.symbols);
    if let Some(path) = &args.collapsed
        && read.any(|read| file::is_same(read, path))
    {
        bail!("--collapsed: {} is read, and would be lost", path.display());
    }
    let symbols = args.symbols.as_ref().map(|path| file::read(path)).transpose()?;
    let bar = progress_bar();
    let progress = |cycles| bar.set_message(grouped(cycles));
    let settings =
        profile::Settings { symbols: symbols.as_deref(), top: args.top, progress: &progress };
    let contents = file::read(&args.file)?;
    let profile = if contents.starts_with(&ELFMAG) {
        program(args, contents, &settings)?
    } else {
        transaction(args, &contents, &settings, &bar)?
    };
    bar.finish_and_clear();
    if let Some(path) = args.symbols.as_ref().filter(|_| !profile.uses_symbols) {
        bail!("--symbols: {} has other code than what ran", path.display());
    }
    if let Some(path) = &args.collapsed {
        let write = |file: &mut std::fs::File| {
            let mut out = BufWriter::new(file);
            profile.write_folded(&mut out)?;
            out.flush()
        };
        file::replace(path, write).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let is_good = profile.outcome == "accepted" || profile.exit_code == Some(0);
    if args.json {
        write_json(&Output { file: name, profile })?;
    } else {
        let mut out = BufWriter::new(anstream::stdout().lock());
        write_profile(&mut out, &name, &profile, args.top)?;
        out.flush()?;
    }
    Ok(if is_good { 0 } else { REJECTED })
}

/// Runs a bare program.
fn program(
    args: &BenchArgs,
    program: Vec<u8>,
    settings: &profile::Settings<'_>,
) -> anyhow::Result<Profile> {
    if args.script.is_some() || !args.replace.is_empty() || args.rules.are_given() {
        bail!("--script, --cell, --replace, --network and --epoch are for transactions");
    }
    let program = program.into();
    let argv = [OsStr::new("main")].into_iter().chain(args.args.iter().map(AsRef::as_ref));
    let argv: Vec<&[u8]> = argv.map(OsStr::as_encoded_bytes).collect();
    let defaults = run::Settings::default();
    let machine = run::Settings {
        version: args.vm.unwrap_or(Version::V2),
        max_cycles: args.max_cycles.unwrap_or(u64::MAX),
        ..defaults
    };
    Ok(profile::profile_program(&program, &argv, &machine, settings, print))
}

/// Runs the scripts of a transaction.
fn transaction(
    args: &BenchArgs,
    text: &[u8],
    settings: &profile::Settings<'_>,
    bar: &ProgressBar,
) -> anyhow::Result<Profile> {
    if args.vm.is_some() || !args.args.is_empty() {
        bail!("--vm and arguments are for programs: scripts of a transaction say what they run on");
    }
    let only = args.script.zip(args.cell).map(|(kind, cell)| Selection { kind, cell });
    only.map_or(Ok(()), Selection::check).context("--cell")?;
    let how = verify::Settings {
        max_cycles: args.max_cycles.unwrap_or(limits::DEFAULT_POOL_CYCLES),
        rules: args.rules.rules()?,
        only,
        engine: Engine::Interpreter,
    };
    let mut transaction = MockTransaction::parse(text, &args.file)?;
    let of_option = |option| move || format!("{}: {option}", args.file.display());
    Replacements::read(&args.replace)?
        .apply(&mut transaction)
        .with_context(of_option("--replace"))?;
    let bar = bar.clone();
    let print = Box::new(move |place: &str, text: &str| bar.suspend(|| print_now(place, text)));
    profile::profile_transaction(&transaction, &how, settings, print)
        .with_context(of_option("--cell"))
}

/// Counts cycles, if a person watches.
fn progress_bar() -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{spinner} {msg} cycles");
    let bar = ProgressBar::new_spinner().with_style(style.expect("the template is well formed"));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
