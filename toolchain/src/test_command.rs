//! `verdict test`: a project's tests run, and what they take is compared with what they
//! took.

use std::{
    io::{self, Write as _},
    path::PathBuf,
};

use anyhow::bail;
use clap::Args;
use serde::Serialize;
use verdict_toolchain::{
    build::{self, Options},
    cases::{self, Snapshot, Tested},
    file,
    project::Project,
    report::{BAD, DIM, GOOD, grouped, harmless},
};

use crate::{REJECTED, build_command::say, output::write_json};

/// Builds scripts, runs their tests and compares what they cost.
#[derive(Args)]
#[command(long_about = ABOUT, after_help = EXAMPLES)]
pub(crate) struct TestArgs {
    /// Folder of the project.
    #[arg(value_name = "DIR", default_value = ".")]
    dir: PathBuf,

    /// Fail if sizes or cycles are not those of verdict.lock, and write nothing there;
    /// fail if Cargo.lock does not fit.
    #[arg(long)]
    locked: bool,

    /// Test the programs that are there.
    #[arg(long)]
    no_build: bool,

    /// Print one JSON object a test, and one for verdict.lock, instead of a report for
    /// people.
    #[arg(long)]
    json: bool,
}

const ABOUT: &str = "\
Tests scripts: builds them, runs their transactions, and compares what comes out with
what is expected, and its cost with what it was.

The file verdict.toml of DIR lists the tests. One of a single script makes its own
transaction, in which no other script runs:

  [[test]]
  name = \"the owner may issue\"
  type = \"token\"                      a program; or lock = \"…\"
  args = \"0x00ff\"
  inputs = []                         data of the cells that are spent with the script
  outputs = [\"0x07\", { text = \"a\" }]  data of the cells that are made: with a type
  witnesses = [{ lock = \"0x01\" }]     \"0x…\" as it is, { lock = … } in a WitnessArgs
  deps = [{ file = \"build/child\" }]   data of more cells to depend on
  version = 1                         of the machine; the newest if left out
  exit = 0

Bytes are \"0x…\", { text = \"…\" } or { file = \"…\" }, relative to DIR. A lock without
`inputs` spends one cell without data. A test of a whole transaction names its file,
which may include programs by {{ data ../build/token }}:

  [[test]]
  name = \"more out than in\"
  tx = \"tests/more.json\"
  exit = { \"Inputs[0].Type\" = 4 }     scripts that are not named accept
  max_cycles = 70_000_000             of all scripts; this is the default

Instead of an exit code, `exit` may be the name of an error: \"MemOutOfBound\".

The file verdict.lock keeps sizes of programs and cycles of tests, to be committed. A
change is shown; it is written there, or with --locked an error.

The exit status is 0, 1 if a test fails or with --locked a cost changed, and 2 if a
program cannot be built or a test cannot be run.";

const EXAMPLES: &str = "\
Examples:
  verdict test            build and test the project in this folder
  verdict test --locked   the same where nothing may have changed
  verdict test --json | jq 'select(.result == \"failed\")'";

/// What became of the snapshot, for programs.
#[derive(Serialize)]
struct Compared<'a> {
    /// `"same"`, `"written"` or `"differs"`.
    snapshot: &'static str,
    /// How it differs, line by line.
    diff: &'a str,
}

/// Tests a project.
pub(crate) fn test(args: &TestArgs) -> anyhow::Result<u8> {
    let project = Project::read(&args.dir)?;
    if project.tests.is_empty() {
        bail!("{} has no tests: add [[test]] to its verdict.toml", args.dir.display());
    }
    if !args.no_build {
        let options = Options { locked: args.locked, ..Options::default() };
        build::build(&project, &options, &say)?;
    }
    let tests = cases::run(&project, &project.out())?;
    for tested in &tests {
        if args.json { write_json(tested)? } else { write_test(tested)? }
    }
    let failed = tests.iter().filter(|tested| !tested.has_passed()).count();
    let status = compare(&project, &tests, failed > 0, args)?;
    if !args.json {
        let mut out = anstream::stdout().lock();
        let passed = tests.len() - failed;
        writeln!(out, "{passed} passed, {failed} failed")?;
    }
    Ok(if failed > 0 { REJECTED } else { status })
}

/// Compares with the snapshot, and writes it if nothing failed.
fn compare(
    project: &Project,
    tests: &[Tested],
    has_failures: bool,
    args: &TestArgs,
) -> anyhow::Result<u8> {
    let mut sizes = Vec::new();
    for name in build::programs(&project.out())? {
        let size = file::read(&project.out().join(&name))?.len() as u64;
        sizes.push((name, size));
    }
    let snapshot = Snapshot::new(sizes, tests);
    let path = cases::snapshot_path(project);
    let is_first = !path.exists();
    let diff = snapshot.diff(&path)?;
    let writes = !args.locked && !has_failures;
    let word = match (diff.is_empty(), writes) {
        (true, _) => "same",
        (false, true) => "written",
        (false, false) => "differs",
    };
    if word == "written" {
        snapshot.write(&path)?;
    }
    if args.json {
        write_json(&Compared { snapshot: word, diff: &diff })?;
    } else if word == "written" && is_first {
        writeln!(anstream::stdout(), "verdict.lock is made: commit it")?;
    } else if !diff.is_empty() {
        write_diff(&diff, word)?;
    }
    Ok(if word == "differs" { REJECTED } else { 0 })
}

fn write_test(tested: &Tested) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    let name = harmless(&tested.test);
    let cycles = grouped(tested.verdict.cycles);
    let (word, style) = if tested.has_passed() { ("passed", GOOD) } else { ("failed", BAD) };
    writeln!(out, "{style}{word}{style:#}  {name}  {DIM}{cycles} cycles{DIM:#}")?;
    if !tested.has_passed() {
        for failure in &tested.failures {
            writeln!(out, "        {}", harmless(failure))?;
        }
        for (place, text) in &tested.printed {
            let text = harmless(text.trim_end());
            writeln!(out, "        {DIM}{} printed:{DIM:#} {text}", harmless(place))?;
        }
    }
    Ok(())
}

fn write_diff(diff: &str, word: &str) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    let about = match word {
        "written" => "verdict.lock is written:",
        _ => "verdict.lock differs:",
    };
    writeln!(out, "{about}")?;
    for line in diff.lines().filter(|line| !line.starts_with("@@")) {
        let style = match line.chars().next() {
            Some('+') => GOOD,
            Some('-') => BAD,
            _ => DIM,
        };
        writeln!(out, "  {style}{}{style:#}", harmless(line))?;
    }
    Ok(())
}
