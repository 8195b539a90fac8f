//! `verdict replay`: a recorded run executed again.

use std::{io::Write as _, path::PathBuf};

use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use verdict_audit::{ReplayError, Run};
use verdict_toolchain::report::{BAD, DIM, DOUBTFUL, GOOD, grouped, harmless};
use verdict_vm::Engine;

use super::{digits, group_json, read, write_group};
use crate::{
    REJECTED,
    cli::engine,
    output::{note_engine, write_json},
};

/// Executes a recorded run again and says whether it is what happens.
///
/// Every syscall, every checkpoint and every verdict is compared; segments between
/// checkpoints run side by side. That cells are what the bundle says is taken from it; one whose
/// data does not have its hash, as where a local build stands in for deployed code, is named.
///
/// The exit status is 0 if all is as recorded, 1 if something else happens, which is named
/// then, and 2 if the bundle cannot be used.
#[derive(Args)]
#[command(after_help = REPLAY_EXAMPLES)]
pub(crate) struct ReplayArgs {
    /// Print one JSON object instead of a report for people.
    #[arg(long)]
    json: bool,

    /// What executes instructions, as in `verdict verify`.
    #[arg(long, value_name = "NAME", default_value = "auto", value_parser = engine())]
    engine: Engine,

    /// Execute the run on every engine there is, and on the production machine, `ckb-vm` under
    /// `ckb-script`, if this program was built with the feature `reference`: cargo install
    /// --path toolchain --features reference.
    #[arg(long, conflicts_with = "engine")]
    crosscheck: bool,

    /// The bundle.
    #[arg(value_name = "RUN.verdict")]
    file: PathBuf,
}

const REPLAY_EXAMPLES: &str = "\
Examples:
  verdict replay run.verdict
  verdict replay --crosscheck run.verdict         on every engine there is
  verdict replay --json run.verdict | jq .outcome";

/// `verdict replay`
pub(crate) fn replay(args: &ReplayArgs) -> anyhow::Result<u8> {
    let engines = if args.crosscheck {
        let jit = Engine::has_jit().then_some(Engine::Jit);
        [Some(Engine::Interpreter), jit].into_iter().flatten().collect()
    } else {
        note_engine(args.engine);
        vec![args.engine]
    };
    let run = read(&args.file)?;
    let name = args.file.display().to_string();
    let names: Vec<_> = engines.iter().map(|engine| engine.name()).collect();
    let mut replayed = None;
    let mut difference = None;
    let mut checked = None;
    for (engine, name) in engines.iter().zip(&names) {
        match run.replay(*engine) {
            Ok(good) => replayed = Some(good),
            Err(ReplayError::Format(error)) => {
                return Err(error).context(args.file.display().to_string());
            }
            Err(ReplayError::Difference(found)) => {
                difference = Some((*name, found));
                break;
            }
        }
    }
    if args.crosscheck && difference.is_none() {
        match on_reference(&run) {
            Ok(good) => checked = good,
            Err(ReplayError::Format(error)) => {
                return Err(error).context(args.file.display().to_string());
            }
            Err(ReplayError::Difference(found)) => {
                difference = Some(("ckb-vm", found));
            }
        }
    }
    let same = difference.is_none();
    // In words of this program, as far as what was recorded happens.
    let verdicts = replayed.as_ref().map(|replayed| replayed.verdicts.iter());
    let groups: Vec<_> = match verdicts {
        Some(verdicts) => run.verdicts().map(|(place, _)| place).zip(verdicts).collect(),
        None => run.verdicts().collect(),
    };
    let stand_ins = run.subject().stand_ins();
    let text = difference.as_ref().map(|(engine, found)| format!("{found} (on {engine})"));
    if args.json {
        write_json(&json!({
            "file": name,
            "outcome": if same { "same" } else { "different" },
            "difference": text,
            "engines": names,
            "groups": groups.into_iter().map(group_json).collect::<Vec<_>>(),
            "stand_ins": stand_ins,
            "segments": replayed.as_ref().map(|replayed| replayed.segments),
            "events": replayed.as_ref().map(|replayed| replayed.events),
            "reference": checked.map(|(calls, checkpoints)| json!({
                "calls": calls,
                "checkpoints": checkpoints,
            })),
            "digest": digits(run.bundle().digest()),
        }))?;
    } else {
        let mut out = anstream::stdout().lock();
        let (style, word) = if same { (GOOD, "same") } else { (BAD, "different") };
        writeln!(out, "{style}{word}{style:#}  {}", harmless(&name))?;
        groups.into_iter().try_for_each(|group| write_group(&mut out, group))?;
        for cell in stand_ins {
            writeln!(
                out,
                "  {DOUBTFUL}stand-in{DOUBTFUL:#}  {cell}: its data does not have its hash, as that \
                 of a local build has not",
            )?;
        }
        if let Some(replayed) = replayed {
            let verifier_digest = digits(run.bundle().digest());
            writeln!(
                out,
                "  {DIM}replayed{DIM:#}  {} events in {} segments on {}",
                grouped(replayed.events),
                replayed.segments,
                names.join(", "),
            )?;
            match checked {
                Some((calls, checkpoints)) => writeln!(
                    out,
                    "  {DIM}ckb-vm{DIM:#}    {} syscalls and {checkpoints} checkpoints",
                    grouped(calls),
                )?,
                None if args.crosscheck && same => writeln!(
                    out,
                    "  {DIM}ckb-vm{DIM:#}    {DOUBTFUL}not in this program{DOUBTFUL:#}: build it \
                     with the feature `reference`",
                )?,
                None => {}
            }
            writeln!(out, "  {DIM}bundle{DIM:#}    {verifier_digest}")?;
        }
        if let Some(text) = text {
            writeln!(out, "  {BAD}first difference{BAD:#}: {}", harmless(&text))?;
        }
    }
    Ok(if same { 0 } else { REJECTED })
}

/// Executes a run on the production machine. Returns how many syscalls and checkpoints were
/// compared, if that machine is in this program.
fn on_reference(run: &Run) -> Result<Option<(u64, u64)>, ReplayError> {
    #[cfg(feature = "reference")]
    {
        let checked = verdict_audit::reference::crosscheck(run)?;
        Ok(Some((checked.calls, checked.checkpoints)))
    }
    #[cfg(not(feature = "reference"))]
    {
        let _ = run;
        Ok(None)
    }
}
