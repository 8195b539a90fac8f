//! `verdict trace`: the steps of a recorded run, for people and for programs.

use std::{
    io::{self, BufWriter, Write},
    ops::ControlFlow,
    path::PathBuf,
};

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use verdict_audit::{
    records::Event,
    trace::{Line, NamedPlaces, Names, Point, Step, Window},
};
use verdict_toolchain::report::{BAD, DIM, DOUBTFUL, harmless};

use super::{SymbolArgs, read};
use crate::cli::cycles;

/// Shows the steps of a recorded run.
///
/// A line has the cycles of the group, the number of the process, the address and the operation,
/// then what it changes. Cycles are charged block by block, on entry: all steps of a block have
/// those at its end.
///
/// Points are numbers of cycles, addresses (`0x…`) or names of functions. A trace that starts
/// at a number of cycles begins at the checkpoint before it; one that starts at an address
/// runs from the start of the group to where control first comes there.
///
/// The exit status is 0 if steps are shown, and 2 if there are none of those asked for, or the
/// bundle cannot be used.
#[derive(Args)]
#[command(after_help = TRACE_EXAMPLES)]
pub(crate) struct TraceArgs {
    /// How to show them.
    #[arg(long, value_name = "NAME", default_value = "text")]
    format: Format,

    /// The group whose steps are shown, counted from 0.
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true)]
    group: usize,

    /// Where to start [default: where the group does].
    #[arg(long, value_name = "CYCLES|PC|SYMBOL", conflicts_with = "last")]
    #[arg(allow_negative_numbers = true)]
    from: Option<String>,

    /// Where to end [default: where the group does].
    #[arg(long, value_name = "CYCLES|PC|SYMBOL", conflicts_with = "last")]
    #[arg(allow_negative_numbers = true)]
    to: Option<String>,

    /// Show the last N steps.
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    last: Option<usize>,

    #[command(flatten)]
    symbols: SymbolArgs,

    /// The bundle.
    #[arg(value_name = "RUN.verdict")]
    file: PathBuf,
}

const TRACE_EXAMPLES: &str = "\
Examples:
  verdict trace --last 1000 run.verdict
  verdict trace --from 1_000_000 --to 1_001_000 run.verdict
  verdict trace --from main --format json run.verdict | head";

/// How to show steps.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// `verdict trace`
pub(crate) fn trace(args: &TraceArgs) -> anyhow::Result<u8> {
    let run = read(&args.file)?;
    let file = || args.file.display().to_string();
    let names =
        Names::of(&run, args.group, &args.symbols.read(&[run.subject()])?).with_context(file)?;
    let symbols = names.symbols();
    let at = |text: &Option<String>| text.as_ref().map(|text| point(text, &symbols)).transpose();
    let window = Window { group: args.group, from: at(&args.from)?, to: at(&args.to)? };
    if let (Some(Point::Cycles(from)), Some(Point::Cycles(to))) = (window.from, window.to)
        && to <= from
    {
        bail!("--to: {to} cycles are not behind {from}, where --from starts");
    }
    let mut out = BufWriter::new(anstream::stdout().lock());
    let mut failed = Ok(());
    let mut is_empty = true;
    let mut write = |line: Line| {
        is_empty = false;
        failed = match args.format {
            Format::Text => write_line(&mut out, &line, &symbols),
            Format::Json => serde_json::to_writer(&mut out, &line_json(&line, &symbols))
                .map_err(io::Error::from)
                .and_then(|()| writeln!(out)),
        };
        if failed.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    match args.last {
        None => verdict_audit::trace::trace(&run, &window, &mut write).with_context(file)?,
        Some(count) => {
            for line in verdict_audit::trace::last(&run, args.group, count).with_context(file)? {
                if write(line).is_break() {
                    break;
                }
            }
        }
    }
    failed?;
    out.flush()?;
    if is_empty && args.last != Some(0) {
        let verdict = run.verdicts().nth(args.group).map(|(_, verdict)| verdict.to_string());
        let verdict = verdict.unwrap_or_default();
        bail!("{}: there is no such step in group {}, {verdict}", file(), args.group);
    }
    Ok(0)
}

/// A point of a trace.
fn point(text: &str, symbols: &NamedPlaces<'_>) -> anyhow::Result<Point> {
    if let Some(digits) = text.strip_prefix("0x") {
        let address = u64::from_str_radix(digits, 16);
        return address.map(Point::Pc).with_context(|| format!("{text} is no address"));
    }
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        return cycles(text).map(Point::Cycles).with_context(|| format!("{text} is no number"));
    }
    let address = symbols.address(text);
    address.map(Point::Pc).with_context(|| format!("no program of the run has a symbol `{text}`"))
}

/// A line of a trace for people.
pub(super) fn write_line(
    out: &mut impl Write,
    line: &Line,
    symbols: &NamedPlaces<'_>,
) -> io::Result<()> {
    match line {
        Line::Event(event) => {
            let Event { cycles, process, kind } = event;
            write!(out, "{DOUBTFUL}{cycles:>12}{DOUBTFUL:#}  process {process}: ")?;
            writeln!(out, "{}", harmless(&kind.to_string()))
        }
        Line::Step(step) => {
            let mut line = Vec::new();
            write_step(&mut line, step, symbols)?;
            // Behind the instruction there may be nothing.
            out.write_all(line.trim_ascii_end())?;
            writeln!(out)
        }
    }
}

fn write_step(out: &mut impl Write, step: &Step, symbols: &NamedPlaces<'_>) -> io::Result<()> {
    let Step { process, cycles, pc, op, .. } = step;
    write!(out, "{cycles:>12}  {DIM}{process}{DIM:#} {pc:#08x}  {:<32}", op.to_string())?;
    for (reg, value) in &step.changed {
        write!(out, " {reg}={value:#x}")?;
    }
    if let Some(access) = &step.access {
        let word = if access.writes { "writes" } else { "reads" };
        write!(out, " {DIM}{word}{DIM:#} [{:#x}]={:#x}", access.addr, access.value)?;
    }
    if let Some(target) = step.jumps_to {
        write!(out, " {DIM}to{DIM:#} {target:#x}")?;
    }
    if step.traps {
        write!(out, " {BAD}traps{BAD:#}")?;
    }
    let location = symbols.locate(step);
    if let Some((name, offset)) = &location.symbol {
        write!(out, "  {DIM}{}+{offset:#x}{DIM:#}", harmless(name))?;
    }
    if let Some(line) = &location.line {
        write!(out, "  {DIM}{}{DIM:#}", harmless(line))?;
    }
    Ok(())
}

/// A line of a trace for programs.
pub(super) fn line_json(line: &Line, symbols: &NamedPlaces<'_>) -> Value {
    match line {
        Line::Event(event) => json!({
            "event": event.kind.to_string(),
            "process": event.process,
            "cycles": event.cycles,
        }),
        Line::Step(step) => {
            let location = symbols.locate(step);
            let changed: serde_json::Map<_, _> = step
                .changed
                .iter()
                .map(|(reg, value)| (reg.to_string(), json!(format!("{value:#x}"))))
                .collect();
            json!({
                "process": step.process,
                "cycles": step.cycles,
                "pc": format!("{:#x}", step.pc),
                "op": step.op.to_string(),
                "registers": changed,
                "access": step.access.map(|access| json!({
                    "kind": if access.writes { "write" } else { "read" },
                    "address": format!("{:#x}", access.addr),
                    "bytes": access.len,
                    "value": format!("{:#x}", access.value),
                })),
                "jumps_to": step.jumps_to.map(|target| format!("{target:#x}")),
                "traps": step.traps,
                "symbol": location.symbol.map(|(name, offset)| format!("{name}+{offset:#x}")),
                "line": location.line,
            })
        }
    }
}
