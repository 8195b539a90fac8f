//! The arguments of the command line.

use std::{ffi::OsString, num::NonZeroUsize, path::PathBuf};

use anyhow::{Context as _, bail};
use clap::{
    Args, Parser, Subcommand, ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};
use verdict_syscalls::{GroupKind, Rules};
use verdict_toolchain::{
    replace::Replacement,
    run,
    verify::{Cell, Selection, Settings},
};
use verdict_vm::{Engine, Isa, Version};

use crate::{
    audit_command::{DiffArgs, ExplainArgs, RecordArgs, ReplayArgs, TraceArgs},
    bench_command::BenchArgs,
    build_command::BuildArgs,
    inspect_command::InspectArgs,
    new_command::NewArgs,
    test_command::TestArgs,
};

/// Runs RISC-V programs and verifies transactions exactly as a CKB node does.
#[derive(Parser)]
#[command(name = "verdict", version, after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXAMPLES: &str = "\
Examples:
  verdict verify tx.json                  verify a transaction
  verdict verify folder                   verify all transactions below a folder
  verdict record tx.json -o run.verdict   record a run, to replay it any time
  verdict explain tx.json                 say why a transaction is rejected
  verdict inspect program                 look at a program without running it
  verdict bench tx.json                   say where its scripts spend cycles
  verdict new token --lang rust           begin a script
  verdict build                           compile the scripts of this folder
  verdict test                            and run their tests
  verdict run program                     run a program
  verdict run --json --vm 1 program       the same on version 1, as JSON
  verdict batch < requests.jsonl          run many, one JSON request a line

`verdict help COMMAND` tells more about a command.";

#[derive(Subcommand)]
pub(crate) enum Command {
    Verify(VerifyArgs),
    Record(RecordArgs),
    Replay(ReplayArgs),
    Trace(TraceArgs),
    Diff(DiffArgs),
    Explain(ExplainArgs),
    Inspect(InspectArgs),
    Bench(BenchArgs),
    New(NewArgs),
    Build(BuildArgs),
    Test(TestArgs),
    Run(RunArgs),
    Batch(BatchArgs),
}

/// Verifies transactions: runs their scripts and says accept or reject.
///
/// A transaction stands in a JSON file together with the cells, headers and block
/// extensions that it refers to: the format known as "mock transaction". In its
/// strings, {{ data FILE }} stands for the bytes of another file. A folder stands for
/// every *.json below it.
///
/// What scripts print goes to standard error. The exit status is 0 if all transactions
/// are accepted, 1 if one is rejected, and 2 if a file cannot be used or does not have
/// what the options ask for.
#[derive(Args)]
#[command(after_help = VERIFY_EXAMPLES)]
pub(crate) struct VerifyArgs {
    /// Print one JSON object a transaction instead of a report for people.
    #[arg(long)]
    pub(crate) json: bool,

    /// The most cycles that the scripts of a transaction may spend in all. The default
    /// is what nodes allow for a transaction that is not in a block; a block may spend
    /// 3500000000.
    #[arg(long, value_name = "N", value_parser = cycles, allow_negative_numbers = true)]
    #[arg(default_value_t = verdict_syscalls::limits::DEFAULT_POOL_CYCLES)]
    max_cycles: u64,

    /// Run one script alone, for all cells that have it: the lock or the type script of
    /// the cell that --cell names.
    #[arg(long, value_name = "lock|type", requires = "cell", value_parser = kind())]
    script: Option<GroupKind>,

    /// The cell with that script, counted from 0. The lock of an output does not run.
    #[arg(long, value_name = "input:N|output:N", requires = "script")]
    cell: Option<Cell>,

    /// Run the local build ELF in place of the code that scripts name by HASH: a data
    /// hash, or the hash of a type script. May be given several times.
    ///
    /// Every cell dep that has this code gets the file as its data. It keeps its data
    /// hash, so scripts find it as before; those that load the data get the file's.
    #[arg(long, value_name = "HASH=ELF")]
    pub(crate) replace: Vec<Replacement>,

    #[command(flatten)]
    rules: RulesArgs,

    #[command(flatten)]
    pub(crate) engine: EngineArgs,

    /// How many transactions to verify at a time [default: one for each core].
    #[arg(long, value_name = "N", value_parser = jobs, allow_negative_numbers = true)]
    pub(crate) jobs: Option<NonZeroUsize>,

    /// JSON files, and folders with such files.
    #[arg(value_name = "TX.json", required = true)]
    pub(crate) files: Vec<PathBuf>,
}

const VERIFY_EXAMPLES: &str = "\
Examples:
  verdict verify examples/secp256k1/tx.json
  verdict verify examples                        every *.json below the folder
  verdict verify --json tx.json | jq '.groups[] | {source, cycles}'
  verdict verify --max-cycles 3_500_000_000 tx.json

Working on a script, run it alone, in a local build, on a transaction:
  verdict verify --script type --cell output:0 --replace 0xHASH=token tx.json

Asking whether a transaction was valid before a hard fork:
  verdict verify --network mainnet --epoch 5413 tx.json";

/// A chain with its hard forks.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Network {
    Mainnet,
    Testnet,
    Dev,
}

impl VerifyArgs {
    /// How to verify.
    ///
    /// # Errors
    ///
    /// Returns an error if that cannot be done to any transaction.
    pub(crate) fn settings(&self) -> anyhow::Result<Settings> {
        let only = self.script.zip(self.cell).map(|(kind, cell)| Selection { kind, cell });
        only.map_or(Ok(()), Selection::check).context("--cell")?;
        let rules = self.rules.rules()?;
        Ok(Settings { max_cycles: self.max_cycles, rules, only, engine: self.engine.engine })
    }
}

/// When a transaction is verified.
#[derive(Args)]
pub(crate) struct RulesArgs {
    /// The chain whose hard forks decide which versions of the machine are active; on
    /// `dev`, all are.
    #[arg(long, value_name = "NAME", default_value = "dev")]
    network: Network,

    /// The epoch to verify in: that of the block, or for a transaction in the pool that
    /// of the next block [default: after all hard forks].
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    epoch: Option<u64>,
}

impl RulesArgs {
    /// Whether other rules are asked for than those that hold if nobody asks.
    pub(crate) const fn are_given(&self) -> bool {
        !matches!((self.network, self.epoch), (Network::Dev, None))
    }

    /// The rules of that time.
    ///
    /// # Errors
    ///
    /// Returns an error if the chain does not have such times.
    pub(crate) fn rules(&self) -> anyhow::Result<Rules> {
        let epoch = self.epoch.unwrap_or(u64::MAX);
        Ok(match self.network {
            Network::Mainnet => Rules::mainnet(epoch),
            Network::Testnet => Rules::testnet(epoch),
            Network::Dev if self.epoch.is_none() => Rules::all_active(),
            Network::Dev => bail!("--epoch: all versions are active in every epoch of `dev`"),
        })
    }
}

pub(crate) fn kind() -> impl TypedValueParser<Value = GroupKind> {
    PossibleValuesParser::new(["lock", "type"]).map(|name| match name.as_str() {
        "lock" => GroupKind::Lock,
        _ => GroupKind::Type,
    })
}

/// Runs a bare program: a RISC-V ELF file, without a transaction.
///
/// The program gets `main` and ARGS as its arguments. It can exit (ecall 93) and
/// print a string to standard error (ecall 2177); any other ecall is an error.
/// Loading costs no cycles.
///
/// The exit status is the program's exit code, or 125 after an error in it. With
/// --json it is 0 in both cases. It is 2 if the arguments or the file cannot be used.
#[derive(Args)]
#[command(after_help = RUN_EXAMPLES)]
pub(crate) struct RunArgs {
    #[command(flatten)]
    pub(crate) machine: MachineArgs,

    /// Print one JSON object instead of a report for people.
    #[arg(long)]
    pub(crate) json: bool,

    /// The ELF file to run.
    pub(crate) program: PathBuf,

    /// Arguments of the program.
    #[arg(last = true)]
    pub(crate) args: Vec<OsString>,
}

const RUN_EXAMPLES: &str = "\
Examples:
  verdict run program -- one two          run with argv = [main, one, two]
  verdict run --max-cycles 70_000_000 program
  verdict run --json program | jq .cycles";

/// Runs many bare programs: requests in, results out, JSON line by line
///
/// Requests are read from standard input, and results are printed in their order. A
/// request names its program; the other fields are optional, and those that it does
/// not have are taken from the options:
///
///   {"id": ANY, "program": "PATH", "args": ["A", …], "vm": 0|1|2, "isa": "NAME",
///    "engine": "NAME", "max_cycles": N, "memory": BYTES}
///
/// "argv" instead of "args" gives all arguments, `main` included; it may be empty.
/// "memory" is a multiple of 262144 up to 4194304, the default. A result has the
/// fields that `verdict run --json` prints, and the `id` of its request. A line that
/// cannot be used gives {"id": …, "outcome": "unusable", "message": "…"}.
///
/// The exit status is 0, whatever the results are.
#[derive(Args)]
#[command(after_help = BATCH_EXAMPLES, verbatim_doc_comment)]
pub(crate) struct BatchArgs {
    #[command(flatten)]
    pub(crate) machine: MachineArgs,

    /// Accepted as in `run`; results are JSON in any case.
    #[arg(long)]
    pub(crate) json: bool,
}

const BATCH_EXAMPLES: &str = "\
Examples:
  echo '{\"id\": 1, \"program\": \"./program\", \"vm\": 1}' | verdict batch
  verdict batch --max-cycles 10_000_000 < requests.jsonl > results.jsonl";

/// What executes instructions.
#[derive(Args)]
pub(crate) struct EngineArgs {
    /// What executes instructions: `interpreter`; `jit`, which compiles everything before it
    /// runs; or `auto`, which compiles what runs often. Results are the same.
    #[arg(long, value_name = "NAME", default_value = "auto", value_parser = engine())]
    pub(crate) engine: Engine,

    /// Say at the end, on standard error, what was compiled.
    #[arg(long)]
    pub(crate) jit_stats: bool,
}

/// What to run programs on.
#[derive(Args)]
pub(crate) struct MachineArgs {
    /// Version of the machine.
    #[arg(long, value_name = "VERSION", default_value = "2", value_parser = version())]
    vm: Version,

    /// Instruction set of the machine [default: as on chain, `imc` for version 0 and
    /// `imcb_mop` for versions 1 and 2].
    #[arg(long, value_name = "NAME", value_parser = isa())]
    isa: Option<Isa>,

    #[command(flatten)]
    pub(crate) engine: EngineArgs,

    /// The most cycles that a program may spend [default: no limit].
    #[arg(long, value_name = "N", value_parser = cycles, allow_negative_numbers = true)]
    max_cycles: Option<u64>,
}

impl MachineArgs {
    pub(crate) fn settings(&self) -> run::Settings {
        let defaults = run::Settings::default();
        run::Settings {
            version: self.vm,
            isa: self.isa,
            engine: self.engine.engine,
            max_cycles: self.max_cycles.unwrap_or(defaults.max_cycles),
            ..defaults
        }
    }
}

pub(crate) fn version() -> impl TypedValueParser<Value = Version> {
    PossibleValuesParser::new(["0", "1", "2"]).map(|digit| match digit.as_str() {
        "0" => Version::V0,
        "1" => Version::V1,
        _ => Version::V2,
    })
}

fn isa() -> impl TypedValueParser<Value = Isa> {
    PossibleValuesParser::new(Isa::NAMES.map(|(name, _)| name)).try_map(|name| name.parse::<Isa>())
}

pub(crate) fn engine() -> impl TypedValueParser<Value = Engine> {
    PossibleValuesParser::new(Engine::NAMES.map(|(name, _)| name))
        .try_map(|name| name.parse::<Engine>())
}

/// How many threads to start.
fn jobs(text: &str) -> Result<NonZeroUsize, &'static str> {
    text.parse().map_err(|_| "use a number from 1 on")
}

/// A number of cycles; `_` may group its digits.
pub(crate) fn cycles(text: &str) -> Result<u64, std::num::ParseIntError> {
    text.replace('_', "").parse()
}
