//! `verdict diff`: the first step that two runs do not share.

use std::{
    io::{self, BufWriter, Write},
    path::PathBuf,
};

use anyhow::{Context as _, bail};
use clap::Args;
use serde_json::{Value, json};
use verdict_audit::{
    Bundle, Run, Settings,
    diff::{Comparison, Side, StateDifference},
    format::MAGIC,
    trace::{Line, Names},
};
use verdict_toolchain::{
    file,
    replace::Replacement,
    report::{BAD, DIM, GOOD, harmless},
};
use verdict_vm::{Engine, UnknownEngine};

use super::{
    LimitArgs, SymbolArgs, read,
    trace::{line_json, write_line},
    with_builds,
};
use crate::{
    REJECTED,
    output::{note_engine, write_json},
};

/// Finds the first step that two runs do not share.
///
/// Of two runs, each is a bundle or a transaction; with --engines or --replace, one is enough.
/// With --engines, each side runs on an engine of its own; with --replace, the second side has a
/// local build in place of deployed code, and with --first as well, two local builds are
/// compared.
///
/// Engines are told apart by the states that they come to, and so by the block; all else by
/// what steps do. Two versions of a script may take other cycles for it.
///
/// The exit status is 0 if the runs are the same, 1 if they part, and 2 if a file cannot
/// be used.
#[derive(Args)]
#[command(after_help = DIFF_EXAMPLES)]
pub(crate) struct DiffArgs {
    /// Print one JSON object instead of a report for people.
    #[arg(long)]
    json: bool,

    /// Run each side on an engine of its own.
    #[arg(long, value_name = "NAME,NAME", value_parser = engine_pair)]
    engines: Option<[Engine; 2]>,

    /// On the second side, run the local build ELF in place of the code that scripts name by
    /// HASH, as `verdict verify` does. May be given several times.
    #[arg(long, value_name = "HASH=ELF")]
    replace: Vec<Replacement>,

    /// The same on the first side.
    #[arg(long, value_name = "HASH=ELF")]
    first: Vec<Replacement>,

    #[command(flatten)]
    symbols: SymbolArgs,

    #[command(flatten)]
    limits: LimitArgs,

    /// The first run.
    #[arg(value_name = "A.verdict|A.json")]
    a: PathBuf,

    /// The second run [default: the first].
    #[arg(value_name = "B.verdict|B.json")]
    b: Option<PathBuf>,
}

const DIFF_EXAMPLES: &str = "\
Examples:
  verdict diff good.verdict bad.verdict
  verdict diff tx.json --engines interpreter,jit
  verdict diff run.verdict --replace 0xHASH=build/lock
  verdict diff tx.json --first 0xHASH=lock-1.0 --replace 0xHASH=lock-1.1";

/// Two engines.
fn engine_pair(text: &str) -> Result<[Engine; 2], String> {
    let (left, right) = text.split_once(',').ok_or("use two names with a comma between them")?;
    let engine = |name: &str| name.parse().map_err(|error: UnknownEngine| error.to_string());
    Ok([engine(left)?, engine(right)?])
}

/// `verdict diff`
pub(crate) fn diff(args: &DiffArgs) -> anyhow::Result<u8> {
    if args.b.is_none() && args.engines.is_none() && args.replace.is_empty() {
        bail!("there is nothing to compare with: give a second run, --engines or --replace");
    }
    let compared = [args.side(0)?, args.side(1)?];
    if compared.iter().all(|side| side.is_from_bundle) {
        args.limits.are_for_a_transaction()?;
    }
    let sides = compared.each_ref().map(|side| Side::new(&side.run, side.engine));
    let both = || compared.each_ref().map(|side| &*side.name).join(" and ");
    let comparison = verdict_audit::diff::diff(sides[0], sides[1]).with_context(both)?;
    let group = if let Comparison::Part(parting) = &comparison { parting.group } else { 0 };
    let [left, right] = &compared;
    let files = args.symbols.read(&[left.run.subject(), right.run.subject()])?;
    let names =
        |side: &Compared| Names::of(&side.run, group, &files).with_context(|| side.name.clone());
    let names = [names(left)?, names(right)?];
    let symbols = [names[0].symbols(), names[1].symbols()];
    let same = matches!(comparison, Comparison::Same);
    if args.json {
        let line = |line: &Option<Line>, side: usize| {
            line.as_ref().map(|line| line_json(line, &symbols[side]))
        };
        let parting = if let Comparison::Part(parting) = &comparison {
            Some(json!({
                "source": parting.origin,
                "before": line(&parting.before, 0),
                "sides": [line(&parting.sides[0], 0), line(&parting.sides[1], 1)],
                "states": parting.states.as_ref().map(states_json),
                "verdicts": parting.verdicts.each_ref().map(ToString::to_string),
            }))
        } else {
            None
        };
        write_json(&json!({
            "files": compared.each_ref().map(|side| &side.name),
            "outcome": if same { "same" } else { "different" },
            "parting": parting,
        }))?;
    } else {
        let mut out = anstream::stdout().lock();
        let style = if same { GOOD } else { BAD };
        writeln!(out, "{style}{comparison}{style:#}")?;
        if let Comparison::Part(parting) = &comparison {
            if let Some(line) = &parting.before {
                writeln!(out, "  {DIM}both{DIM:#}")?;
                write_line(&mut out, line, &symbols[0])?;
            }
            for (side, line) in parting.sides.iter().enumerate() {
                writeln!(out, "  {DIM}{}{DIM:#}", harmless(&compared[side].name))?;
                match line {
                    Some(line) => write_line(&mut out, line, &symbols[side])?,
                    None if parting.states.is_some() => {}
                    None => writeln!(out, "  has ended")?,
                }
                writeln!(out, "  {}", harmless(&parting.verdicts[side].to_string()))?;
            }
            if let Some(states) = &parting.states {
                write_states(&mut out, states)?;
            }
        }
    }
    Ok(if same { 0 } else { REJECTED })
}

/// What `diff` compares: a run with its name, and what executes it.
struct Compared {
    name: String,
    run: Run,
    engine: Engine,
    /// Whether its transaction comes from a bundle.
    is_from_bundle: bool,
}

impl DiffArgs {
    /// A side: the first, or the second.
    fn side(&self, side: usize) -> anyhow::Result<Compared> {
        let path = self.b.as_ref().filter(|_| side == 1).unwrap_or(&self.a);
        let replace = [&self.first, &self.replace][side];
        let mut name = path.display().to_string();
        let engine = self.engines.map(|engines| engines[side]);
        let text = file::read_unless(path, MAGIC)?;
        let is_from_bundle = text.is_none();
        let mut subject = match text {
            Some(text) => self.limits.subject_of(&text, path)?,
            None => {
                let run = read(path)?;
                if engine.is_none() && replace.is_empty() {
                    return Ok(Compared { name, run, engine: Engine::Auto, is_from_bundle });
                }
                run.subject().clone()
            }
        };
        if !replace.is_empty() {
            subject = with_builds(subject, replace).with_context(|| name.clone())?;
            let paths = replace.iter().map(|replacement| replacement.path.display().to_string());
            name = format!("{name} with {}", paths.collect::<Vec<_>>().join(", "));
        }
        if let Some(engine) = engine {
            name = format!("{name} on {}", engine.name());
        }
        let engine = engine.unwrap_or(Engine::Auto);
        note_engine(engine);
        let mut file = tempfile::tempfile().context("cannot make a temporary file")?;
        let settings = Settings { engine, ..Settings::default() };
        verdict_audit::record(&subject, &settings, BufWriter::with_capacity(1 << 20, &mut file))
            .context("cannot write a temporary file")?;
        let run = Bundle::open(file).and_then(Run::read).with_context(|| name.clone())?;
        Ok(Compared { name, run, engine, is_from_bundle })
    }
}

fn states_json(states: &StateDifference) -> Value {
    let registers = states.registers.iter().map(|(process, name, values)| {
        let values = values.map(|value| format!("{value:#x}"));
        json!({ "process": process, "register": name, "values": values })
    });
    let pages = states
        .pages
        .iter()
        .map(|(process, addr)| json!({ "process": process, "page": format!("{addr:#x}") }));
    json!({
        "cycles": states.cycles,
        "registers": registers.collect::<Vec<_>>(),
        "pages": pages.collect::<Vec<_>>(),
    })
}

fn write_states(out: &mut impl Write, states: &StateDifference) -> io::Result<()> {
    let StateDifference { cycles: [left, right], registers, pages } = states;
    writeln!(out, "  {DIM}after{DIM:#}  {left} and {right} cycles")?;
    for (process, name, [left, right]) in registers {
        writeln!(out, "  process {process}: {name} is {left:#x} and {right:#x}")?;
    }
    for (process, addr) in pages {
        writeln!(out, "  process {process}: the page at {addr:#x} differs")?;
    }
    Ok(())
}
