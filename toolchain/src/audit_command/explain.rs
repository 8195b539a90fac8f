//! `verdict explain`: why a transaction is rejected.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use ckb_types::H256;
use clap::Args;
use serde_json::json;
use verdict_audit::explain::Explanation;
use verdict_toolchain::{
    file,
    report::{BAD, DIM, GOOD, harmless},
};

use super::{
    BuildArgs, LimitArgs, SymbolArgs, digits, group_json, outcome, with_builds, write_group,
};
use crate::{REJECTED, output::write_json};

/// Says why a transaction is rejected.
///
/// That is the script, its exit code, where it was then, and what it had asked for.
///
/// What exit codes mean stands in a file `exit-codes.txt` beside the transaction or the
/// bundle: a line with the code hash of a script, then a line for each exit code, with the
/// code and its meaning, as `-31 the signature is of another key`.
///
/// The exit status is that of `verdict verify`.
#[derive(Args)]
#[command(after_help = EXPLAIN_EXAMPLES)]
pub(crate) struct ExplainArgs {
    /// Print one JSON object instead of a report for people.
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    symbols: SymbolArgs,

    #[command(flatten)]
    builds: BuildArgs,

    #[command(flatten)]
    limits: LimitArgs,

    /// A transaction as `verdict verify` takes it, or a bundle.
    #[arg(value_name = "TX.json|RUN.verdict")]
    file: PathBuf,
}

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  verdict explain examples/secp256k1/tx-bad-signature.json
  verdict explain --symbols target/verdict/token tx.json
  verdict explain --replace 0xHASH=build/token tx.json
  verdict explain run.verdict";

/// `verdict explain`
pub(crate) fn explain(args: &ExplainArgs) -> anyhow::Result<u8> {
    let subject = with_builds(args.limits.subject(&args.file)?, &args.builds.replace)
        .with_context(|| args.file.display().to_string())?;
    let codes = exit_codes(&args.file)?;
    let explanations = verdict_audit::explain::explain(&subject, &args.symbols.read(&[&subject])?);
    let accepted = explanations.is_empty();
    let meaning = |explanation: &Explanation| {
        let code = explanation.verdict.rejection.as_ref()?.exit_code?;
        codes.get(&(explanation.code_hash, code)).cloned()
    };
    let name = args.file.display().to_string();
    if args.json {
        let groups = explanations.iter().map(|explanation| {
            let mut group = group_json((&explanation.origin, &explanation.verdict));
            let events = explanation.events.iter().map(ToString::to_string);
            let backtrace = explanation.backtrace.iter().map(ToString::to_string);
            group["code_hash"] = json!(digits(&explanation.code_hash));
            group["meaning"] = json!(meaning(explanation));
            group["process"] = json!(explanation.process.map(|(process, _)| process));
            group["program"] = json!(explanation.process.map(|(_, program)| program.to_string()));
            group["step"] = json!(explanation.step.as_ref().map(|step| step.op.to_string()));
            group["backtrace"] = json!(backtrace.collect::<Vec<_>>());
            group["events"] = json!(events.collect::<Vec<_>>());
            group
        });
        let groups: Vec<_> = groups.collect();
        write_json(&json!({ "file": name, "outcome": outcome(accepted), "groups": groups }))?;
    } else {
        let mut out = anstream::stdout().lock();
        let style = if accepted { GOOD } else { BAD };
        writeln!(out, "{style}{}{style:#}  {}", outcome(accepted), harmless(&name))?;
        for explanation in &explanations {
            write_explanation(&mut out, explanation, meaning(explanation).as_deref())?;
        }
    }
    Ok(if accepted { 0 } else { REJECTED })
}

/// What exit codes mean, by code hash.
type ExitCodes = BTreeMap<([u8; 32], i8), String>;

/// The exit codes that are explained beside a file.
fn exit_codes(path: &Path) -> anyhow::Result<ExitCodes> {
    let path = path.with_file_name("exit-codes.txt");
    let mut codes = ExitCodes::new();
    if !path.exists() {
        return Ok(codes);
    }
    let text = String::from_utf8(file::read(&path)?);
    let text = text.with_context(|| path.display().to_string())?;
    let mut script = None;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let place = || format!("{}: line {number}", path.display());
        if let Some(hash) = line.strip_prefix("0x") {
            let hash = hash.parse::<H256>();
            let hash = hash.with_context(|| format!("{}: {line} is no code hash", place()))?;
            script = Some(hash.0);
            continue;
        }
        let entry = line.split_once(char::is_whitespace);
        let entry = entry.and_then(|(code, meaning)| Some((code.parse().ok()?, meaning.trim())));
        let Some((code, meaning)) = entry else {
            bail!("{}: no code hash, and no exit code, -128 to 127, with its meaning", place());
        };
        let script = script.with_context(|| format!("{}: there is no code hash above", place()))?;
        codes.insert((script, code), meaning.to_owned());
    }
    Ok(codes)
}

fn write_explanation(
    out: &mut impl Write,
    explanation: &Explanation,
    meaning: Option<&str>,
) -> io::Result<()> {
    write_group(out, (&explanation.origin, &explanation.verdict))?;
    if let Some(meaning) = meaning {
        writeln!(out, "    {DIM}meaning{DIM:#}  {}", harmless(meaning))?;
    }
    if let Some((process, program)) = &explanation.process {
        writeln!(out, "    {DIM}process{DIM:#}  {process}, which runs the {program}")?;
    }
    if let Some(step) = &explanation.step {
        writeln!(out, "    {DIM}step{DIM:#}     {}", step.op)?;
    }
    for (depth, location) in explanation.backtrace.iter().enumerate() {
        let title = if depth == 0 { "in" } else { "from" };
        writeln!(out, "    {DIM}{title:<7}{DIM:#}  {}", harmless(&location.to_string()))?;
    }
    if !explanation.events.is_empty() {
        writeln!(out, "    {DIM}the last it did{DIM:#}")?;
    }
    for event in &explanation.events {
        writeln!(out, "      {}", harmless(&event.to_string()))?;
    }
    Ok(())
}
