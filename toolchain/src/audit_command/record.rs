//! `verdict record`: a run written down.

use std::{
    io::{BufWriter, Write as _},
    path::PathBuf,
};

use anyhow::{Context as _, bail};
use clap::Args;
use serde_json::json;
use verdict_audit::Settings;
use verdict_toolchain::{
    file,
    report::{BAD, DIM, GOOD, grouped, harmless},
};
use verdict_vm::Engine;

use super::{BuildArgs, LimitArgs, digits, group_json, outcome, with_builds, write_group};
use crate::{
    REJECTED,
    cli::{cycles, engine},
    output::{note_engine, write_json},
};

/// Runs a transaction and writes down all there is to know of the run.
///
/// The bundle holds the transaction, everything that its scripts can see, their syscalls,
/// checkpoints and verdicts: it can be replayed years later, without a node. Rejected
/// transactions are recorded like accepted ones.
///
/// The exit status is 0 if the transaction is accepted, 1 if it is rejected, and 2 if a file
/// cannot be used.
#[derive(Args)]
#[command(after_help = RECORD_EXAMPLES)]
pub(crate) struct RecordArgs {
    /// Print one JSON object instead of a report for people.
    #[arg(long)]
    json: bool,

    /// The bundle to write. A file of this name is replaced once the run is over.
    #[arg(short, long, value_name = "RUN.verdict")]
    output: PathBuf,

    /// How many cycles lie between checkpoints, at least 1000 [default: a million before the
    /// first, and more and more behind it].
    #[arg(long, value_name = "CYCLES", value_parser = cycles, allow_negative_numbers = true)]
    every: Option<u64>,

    #[command(flatten)]
    builds: BuildArgs,

    #[command(flatten)]
    limits: LimitArgs,

    /// What executes instructions, as in `verdict verify`.
    #[arg(long, value_name = "NAME", default_value = "auto", value_parser = engine())]
    engine: Engine,

    /// The transaction: a file as `verdict verify` takes it, or a bundle, to be recorded anew.
    #[arg(value_name = "TX.json|RUN.verdict")]
    file: PathBuf,
}

const RECORD_EXAMPLES: &str = "\
Examples:
  verdict record examples/secp256k1/tx.json -o run.verdict
  verdict record --every 1_000_000 --json tx.json -o run.verdict
  verdict record --replace 0xHASH=build/lock tx.json -o run.verdict";

/// `verdict record`
pub(crate) fn record(args: &RecordArgs) -> anyhow::Result<u8> {
    note_engine(args.engine);
    if args.every.is_some_and(|every| every < Settings::MIN_EVERY) {
        bail!("--every: checkpoints lie at least {} cycles apart", Settings::MIN_EVERY);
    }
    let builds = &args.builds.replace;
    let mut read = builds.iter().map(|build| &build.path).chain([&args.file]);
    if read.any(|path| file::is_same(path, &args.output)) {
        bail!("--output: {} is read, and would be lost", args.output.display());
    }
    let subject = with_builds(args.limits.subject(&args.file)?, builds)
        .with_context(|| args.file.display().to_string())?;
    let settings = Settings { every: args.every, engine: args.engine, fault: None };
    let name = args.output.display();
    let recorded = file::replace(&args.output, |file| {
        let mut out = BufWriter::with_capacity(1 << 20, file);
        let recorded = verdict_audit::record(&subject, &settings, &mut out)?;
        out.flush()?;
        Ok(recorded)
    })
    .with_context(|| format!("cannot write {name}"))?;
    let groups = || recorded.groups.iter().map(|(place, verdict)| (place.as_str(), verdict));
    if args.json {
        write_json(&json!({
            "file": args.file.display().to_string(),
            "outcome": outcome(recorded.is_accepted()),
            "cycles": recorded.cycles(),
            "max_cycles": subject.max_cycles(),
            "groups": groups().map(group_json).collect::<Vec<_>>(),
            "bundle": {
                "file": name.to_string(),
                "bytes": recorded.file_len,
                "checkpoints": recorded.checkpoints,
                "digest": digits(&recorded.digest),
            },
        }))?;
    } else {
        let mut out = anstream::stdout().lock();
        let style = if recorded.is_accepted() { GOOD } else { BAD };
        let file = args.file.display().to_string();
        writeln!(out, "{style}{}{style:#}  {}", outcome(recorded.is_accepted()), harmless(&file))?;
        groups().try_for_each(|group| write_group(&mut out, group))?;
        let (bytes, points) = (grouped(recorded.file_len), recorded.checkpoints);
        let target = name.to_string();
        writeln!(out, "  {DIM}bundle{DIM:#}  {}", harmless(&target))?;
        let plural = if points == 1 { "" } else { "s" };
        writeln!(out, "          {bytes} bytes, {points} checkpoint{plural}")?;
        writeln!(out, "          {}", digits(&recorded.digest))?;
    }
    Ok(if recorded.is_accepted() { 0 } else { REJECTED })
}
