//! `verdict record`, `replay`, `trace`, `diff` and `explain`: the auditor's commands.
//!
//! Here is what several of them take and print.

mod diff;
mod explain;
mod record;
mod replay;
mod trace;

use std::{
    fs::File,
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use clap::Args;
use object::elf::ELFMAG;
use serde_json::{Value, json};
use verdict_audit::{
    Bundle, Run, Subject,
    format::MAGIC,
    records::Verdict,
    symbols::{SymbolFiles, have_same_code},
};
use verdict_syscalls::limits;
use verdict_toolchain::{
    file,
    mock::MockTransaction,
    replace::{Replacement, Replacements},
    report::{BAD, GOOD, grouped, harmless},
};

pub(crate) use self::{
    diff::{DiffArgs, diff},
    explain::{ExplainArgs, explain},
    record::{RecordArgs, record},
    replay::{ReplayArgs, replay},
    trace::{TraceArgs, trace},
};
use crate::{
    cli::{RulesArgs, cycles},
    output::note,
};

/// Names for code that is on chain without.
#[derive(Args)]
struct SymbolArgs {
    /// Take names and source lines from this ELF file, for a program that is the same but
    /// for what a linker strips. May be given several times.
    #[arg(long = "symbols", value_name = "ELF")]
    files: Vec<PathBuf>,
}

impl SymbolArgs {
    /// Reads them for runs of these transactions.
    fn read(&self, subjects: &[&Subject]) -> anyhow::Result<SymbolFiles> {
        let read = |path: &PathBuf| {
            let bytes = file::read(path)?;
            let name = path.display();
            if !bytes.starts_with(&ELFMAG) {
                bail!("--symbols: {name} is not an ELF file");
            }
            if !subjects.iter().any(|subject| has_program(subject, &bytes)) {
                note(&format!("no cell dep has the code of {name}, whose symbols are not used"));
            }
            Ok(bytes.into())
        };
        self.files.iter().map(read).collect::<anyhow::Result<_>>().map(SymbolFiles::new)
    }
}

/// Whether a cell dep is the same program as `file`, but for what a linker strips.
fn has_program(subject: &Subject, file: &[u8]) -> bool {
    let deps = subject.resolved().resolved_cell_deps.iter();
    let mut programs = deps.filter_map(|dep| dep.mem_cell_data.as_ref());
    programs.any(|program| have_same_code(file, program))
}

/// What runs in place of deployed code.
#[derive(Args)]
struct BuildArgs {
    /// Run the local build ELF in place of the code that scripts name by HASH, as
    /// `verdict verify` does. May be given several times.
    #[arg(long, value_name = "HASH=ELF")]
    replace: Vec<Replacement>,
}

/// A transaction with local builds in place of deployed code.
fn with_builds(subject: Subject, builds: &[Replacement]) -> anyhow::Result<Subject> {
    if builds.is_empty() {
        return Ok(subject);
    }
    let files = Replacements::read(builds)?;
    Ok(subject.changed(|resolved| files.apply_to(resolved))?)
}

/// Under which rules and limit a transaction runs.
#[derive(Args)]
struct LimitArgs {
    /// The most cycles that the scripts of a transaction may spend in all [default: 70000000].
    /// A bundle has its limit and its rules with it.
    #[arg(long, value_name = "N", value_parser = cycles, allow_negative_numbers = true)]
    max_cycles: Option<u64>,

    #[command(flatten)]
    rules: RulesArgs,
}

impl LimitArgs {
    /// The transaction in a file, or in a bundle.
    fn subject(&self, path: &Path) -> anyhow::Result<Subject> {
        match file::read_unless(path, MAGIC)? {
            Some(text) => self.subject_of(&text, path),
            None => {
                self.are_for_a_transaction()?;
                Ok(read(path)?.subject().clone())
            }
        }
    }

    /// Refuses limits and rules where there are only bundles: nobody is to believe that they
    /// count.
    fn are_for_a_transaction(&self) -> anyhow::Result<()> {
        if self.max_cycles.is_some() || self.rules.are_given() {
            bail!(
                "--max-cycles, --network and --epoch are for transactions: a bundle has its limit \
                 and its rules with it"
            );
        }
        Ok(())
    }

    /// The transaction in the text of a file.
    fn subject_of(&self, text: &[u8], path: &Path) -> anyhow::Result<Subject> {
        let mock = MockTransaction::parse(text, path)?;
        let max_cycles = self.max_cycles.unwrap_or(limits::DEFAULT_POOL_CYCLES);
        Ok(Subject::new(&mock.resolved, &mock.store, self.rules.rules()?, max_cycles))
    }
}

fn read(path: &Path) -> anyhow::Result<Run> {
    let name = || path.display().to_string();
    let file = File::open(path).with_context(|| format!("cannot read {}", name()))?;
    if file.metadata().is_ok_and(|about| !about.is_file()) {
        bail!(
            "cannot read {}: a bundle has to be a file, it is not read from front to back",
            name()
        );
    }
    Bundle::open(file).and_then(Run::read).with_context(name)
}

fn outcome(accepted: bool) -> &'static str {
    if accepted { "accepted" } else { "rejected" }
}

fn digits(digest: &[u8]) -> String {
    digest.iter().fold("0x".to_owned(), |text, byte| text + &format!("{byte:02x}"))
}

/// A group for programs.
fn group_json((place, verdict): (&str, &Verdict)) -> Value {
    let rejection = verdict.rejection.as_ref();
    json!({
        "source": place,
        "outcome": outcome(rejection.is_none()),
        "cycles": verdict.cycles,
        "exit_code": rejection.map_or(Some(0), |rejection| rejection.exit_code),
        "error": rejection.map(|rejection| &rejection.kind),
        "vm_error": rejection.and_then(|rejection| rejection.vm_kind.as_ref()),
        "error_detail": rejection.map(|rejection| &rejection.detail),
    })
}

/// A group for people.
fn write_group(out: &mut impl Write, (place, verdict): (&str, &Verdict)) -> io::Result<()> {
    let cycles = grouped(verdict.cycles);
    match &verdict.rejection {
        None => writeln!(out, "  {place}  {cycles} cycles  {GOOD}exit 0{GOOD:#}"),
        Some(rejection) => {
            let detail = harmless(&rejection.detail);
            writeln!(out, "  {place}  {cycles} cycles  {BAD}{detail}{BAD:#}")
        }
    }
}
