//! How fast guests run: every program of `programs/` as native code, on the machines of
//! `ckb-vm` and on this one, in one process and in turns, as ratios of times.
//!
//! `cargo bench -p verdict-vm --bench programs [-- [NAME] [--rounds N] [--short]]`
//!
//! Tables of ratios are all that is wanted here, and runs in turns are what makes them
//! hold on a machine whose speed drifts; that is why this bench is no criterion one. Of
//! each engine the quickest round counts.
//!
//! This machine has three columns: its interpreter; both engines together at first sight of
//! a program, compiling included; and with the code that an earlier run has compiled.
//!
//! Native code comes from the same C sources. Without a C compiler its column is left
//! out.

#![expect(clippy::cast_precision_loss, reason = "figures for people")]

mod peer;

use std::{
    cell::RefCell,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use ckb_vm::{
    Bytes, DefaultCoreMachine, DefaultMachineRunner, SparseMemory, SupportMachine, TraceMachine,
    WXorXMemory, machine::asm::AsmMachine,
};
use verdict_vm::{
    Config,
    Engine::{Auto, Interpreter},
    Exit, Machine, Reg, Version,
};

/// Name, and the argument of a long run of about 200 million cycles.
const PROGRAMS: [(&str, &str); 13] = [
    ("sha256", "10000"),
    ("blake2b", "20000"),
    ("keccak", "14000"),
    ("mont256", "250000"),
    ("secp256k1", "150"),
    ("x25519", "150"),
    ("quicksort", "250"),
    ("interp", "100000"),
    ("hashtable", "400"),
    ("memcpy", "2000"),
    ("bits", "2400000"),
    ("recursion", "500"),
    ("branchy", "400"),
];

/// The engines that others are compared with, if they run.
const BASES: [&str; 2] = [NATIVE, "ckb-vm asm"];

const NATIVE: &str = "native";

/// The machine that `ckb-script` uses where there is no assembly.
type PeerTrace = TraceMachine<DefaultCoreMachine<u64, WXorXMemory<SparseMemory<u64>>>>;

struct Program {
    name: &'static str,
    elf: Bytes,
    /// What `main` gets, its name included.
    args: Vec<&'static str>,
}

/// A run that ended as it should: every program checks its own result.
struct Run {
    time: Duration,
    /// What the run cost; native code costs nothing.
    cycles: Option<u64>,
}

/// A way to run programs.
struct Engine {
    name: &'static str,
    /// How many of the rounds it takes part in.
    rounds: usize,
    run: Box<dyn Fn(&Program) -> Run>,
}

impl Engine {
    fn new(name: &'static str, rounds: usize, run: impl Fn(&Program) -> Run + 'static) -> Self {
        Self { name, rounds, run: Box::new(run) }
    }
}

/// All engines, in the order of their columns.
fn engines(rounds: usize) -> Vec<Engine> {
    let mut engines = vec![
        Engine::new("ckb-vm asm", rounds, run_peer::<AsmMachine>),
        Engine::new("ckb-vm trace", 1, run_peer::<PeerTrace>),
        Engine::new("interpreter", rounds, |program| run_fresh(program, Interpreter)),
        Engine::new("first sight", rounds, |program| run_fresh(program, Auto)),
        Engine::new("code known", rounds, run_known()),
    ];
    match build_native() {
        Ok(folder) => {
            let native = Engine::new(NATIVE, rounds, move |program| run_native(&folder, program));
            engines.insert(0, native);
        }
        Err(reason) => println!("no column for native code: {reason:#}\n"),
    }
    engines
}

/// Builds the programs for the host; returns the folder.
fn build_native() -> Result<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("native-programs");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/programs/build.sh");
    let output = Command::new("sh").arg(script).arg("--native").arg(&folder).output();
    let output = output.context("cannot run a shell")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr).trim_end());
    Ok(folder)
}

/// Runs a program in a process of its own, which measures itself.
fn run_native(folder: &Path, program: &Program) -> Run {
    let output = Command::new(folder.join(program.name)).args(&program.args[1..]).output();
    let output = output.expect("the program was built");
    assert!(output.status.success(), "{} natively: {output:?}", program.name);
    let nanoseconds = String::from_utf8_lossy(&output.stdout).trim_end().parse();
    Run { time: Duration::from_nanos(nanoseconds.expect("a number")), cycles: None }
}

fn run_peer<M: DefaultMachineRunner>(program: &Program) -> Run {
    let mut machine: M = peer::machine();
    peer::load(&mut machine, &program.elf, &program.args);
    let start = Instant::now();
    let exit_code = machine.run();
    let time = start.elapsed();
    assert_eq!(exit_code, Ok(0), "{} on ckb-vm", program.name);
    Run { time, cycles: Some(machine.machine().cycles()) }
}

/// Runs a program on a machine that knows nothing of it, so that what is compiled is
/// compiled while the time counts.
fn run_fresh(program: &Program, engine: verdict_vm::Engine) -> Run {
    let mut machine = Machine::new(Config::on_chain(Version::V2));
    machine.load_elf(&program.elf).expect("the program loads");
    machine.set_engine(engine);
    run(program, machine)
}

/// Runs a program on machines of which one has run before.
fn run_known() -> impl Fn(&Program) -> Run {
    let known: RefCell<Option<(&str, Arc<verdict_vm::Program>)>> = RefCell::default();
    move |program| {
        let mut known = known.borrow_mut();
        if known.as_ref().is_none_or(|(name, _)| *name != program.name) {
            let config = Config::on_chain(Version::V2);
            let file = Arc::new(program.elf.clone());
            let loaded = verdict_vm::Program::new(file, config).expect("the program loads");
            let (_, loaded) = known.insert((program.name, Arc::new(loaded)));
            run(program, loaded.machine().expect("the program loads").0);
        }
        let (_, loaded) = known.as_ref().expect("it was put there");
        run(program, loaded.machine().expect("the program loads").0)
    }
}

fn run(program: &Program, mut machine: Machine) -> Run {
    machine.init_stack(&program.args).expect("the arguments fit");
    let start = Instant::now();
    let exit = machine.run();
    let time = start.elapsed();
    let end = (exit, machine.hart()[Reg::A7], machine.hart()[Reg::A0]);
    assert_eq!(end, (Exit::Ecall, 93, 0), "{}: exit, syscall and exit code", program.name);
    let cycles = Some(machine.cycles());
    machine.recycle();
    Run { time, cycles }
}

/// The quickest time of each engine, and the cycles on which all agree.
fn measure(program: &Program, engines: &[Engine], rounds: usize) -> (Vec<Duration>, u64) {
    let mut times = vec![Duration::MAX; engines.len()];
    let mut cycles = None;
    for round in 0..rounds {
        for (engine, best) in engines.iter().zip(&mut times) {
            if round < engine.rounds {
                let run = (engine.run)(program);
                *best = run.time.min(*best);
                if let Some(cost) = run.cycles {
                    let agreed = *cycles.get_or_insert(cost);
                    assert_eq!(cost, agreed, "cycles of {} on {}", program.name, engine.name);
                }
            }
        }
    }
    (times, cycles.expect("an engine that counts"))
}

/// Prints the times of all engines as ratios to those of engine number `base`.
fn print_ratios(engines: &[Engine], base: usize, results: &[(&str, Vec<Duration>)]) {
    let mut products = vec![1.0; engines.len()];
    print_line(&format!("as a ratio to {}", engines[base].name), engines.iter().map(|e| e.name));
    for (name, times) in results {
        let ratios: Vec<f64> =
            times.iter().map(|time| time.as_secs_f64() / times[base].as_secs_f64()).collect();
        products.iter_mut().zip(&ratios).for_each(|(product, ratio)| *product *= ratio);
        print_line(name, ratios.iter().map(|ratio| format!("{ratio:.3}")));
    }
    let means = products.iter().map(|product| product.powf(1.0 / results.len() as f64));
    print_line("geometric mean", means.map(|mean| format!("{mean:.3}")));
    println!();
}

/// Prints a line of a table.
fn print_line(first: &str, cells: impl Iterator<Item = impl AsRef<str>>) {
    print!("{first:<26}");
    cells.for_each(|cell| print!("{:>14}", cell.as_ref()));
    println!();
}

fn main() -> Result<()> {
    let mut only = None;
    let mut rounds = 5;
    let mut short = false;
    let mut args = env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--bench" => {}
            "--short" => short = true,
            "--rounds" => {
                rounds =
                    args.next().and_then(|n| n.parse().ok()).context("--rounds takes a number")?;
                ensure!(rounds > 0, "at least one round is needed");
            }
            name => only = Some(name.to_owned()),
        }
    }
    let chosen =
        PROGRAMS.iter().filter(|(name, _)| only.as_deref().is_none_or(|only| only == *name));
    let bin = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/programs/bin");
    let engines = engines(rounds);
    let mut results = Vec::new();
    print_line(&format!("{:<12}{:>14}", "program", "cycles"), engines.iter().map(|e| e.name));
    for (name, long) in chosen {
        let elf = fs::read(bin.join(format!("{name}.elf")))?.into();
        let args = if short { vec!["main"] } else { vec!["main", long] };
        let (times, cycles) = measure(&Program { name, elf, args }, &engines, rounds);
        let cells = times.iter().map(|time| format!("{:.2} ms", time.as_secs_f64() * 1e3));
        print_line(&format!("{name:<12}{cycles:>14}"), cells);
        results.push((*name, times));
    }
    ensure!(!results.is_empty(), "no program of that name");
    println!();
    for base in BASES {
        if let Some(base) = engines.iter().position(|engine| engine.name == base) {
            print_ratios(&engines, base, &results);
        }
    }
    Ok(())
}
