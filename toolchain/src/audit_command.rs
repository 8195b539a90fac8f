//! `verdict record`, `replay`, `trace`, `diff` and `explain`: the auditor's commands.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufWriter, Write},
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use ckb_types::H256;
use clap::{Args, ValueEnum};
use object::elf::ELFMAG;
use serde_json::{Value, json};
use verdict_audit::{
    Bundle, ReplayError, Run, Settings, Subject,
    diff::{Comparison, Side, StateDifference},
    explain::Explanation,
    format::MAGIC,
    records::{Event, Verdict},
    symbols::{SymbolFiles, have_same_code},
    trace::{Line, NamedPlaces, Names, Point, Step, Window},
};
use verdict_syscalls::limits;
use verdict_toolchain::{
    file,
    mock::MockTransaction,
    replace::{Replacement, Replacements},
    report::{BAD, DIM, DOUBTFUL, GOOD, grouped, harmless},
};
use verdict_vm::{Engine, UnknownEngine};

use crate::{
    REJECTED,
    cli::{RulesArgs, cycles, engine},
    output::{note, note_engine, write_json},
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

/// Executes a recorded run again and says whether it is what happens.
///
/// Every syscall, every checkpoint and every verdict is compared; segments between
/// checkpoints run side by side.
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

/// Two engines.
fn engine_pair(text: &str) -> Result<[Engine; 2], String> {
    let (left, right) = text.split_once(',').ok_or("use two names with a comma between them")?;
    let engine = |name: &str| name.parse().map_err(|error: UnknownEngine| error.to_string());
    Ok([engine(left)?, engine(right)?])
}

/// How to show steps.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
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
    let text = difference.as_ref().map(|(engine, found)| format!("{found} (on {engine})"));
    if args.json {
        write_json(&json!({
            "file": name,
            "outcome": if same { "same" } else { "different" },
            "difference": text,
            "engines": names,
            "groups": run.verdicts().map(group_json).collect::<Vec<_>>(),
            "segments": replayed.map(|replayed| replayed.segments),
            "events": replayed.map(|replayed| replayed.events),
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
        run.verdicts().try_for_each(|group| write_group(&mut out, group))?;
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

/// A line of a trace for people.
fn write_line(out: &mut impl Write, line: &Line, symbols: &NamedPlaces<'_>) -> io::Result<()> {
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
fn line_json(line: &Line, symbols: &NamedPlaces<'_>) -> Value {
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
