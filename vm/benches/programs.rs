//! How fast guests run: every program of `programs/` on the production machine and on
//! this one, in one process and in turns, as a ratio of times.
//!
//! `cargo bench -p verdict-vm --bench programs [-- [NAME] [--rounds N] [--short]]`
//!
//! A table of ratios is all that is wanted here, and pairs of runs in turns are what
//! makes it hold on a machine whose speed drifts; that is why this bench is no
//! criterion one.

#![expect(clippy::cast_precision_loss, reason = "figures for people")]

mod peer;

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use ckb_vm::{Bytes, DefaultMachineRunner, SupportMachine};
use verdict_vm::{Config, Exit, Machine, Reg, Version};

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

struct Run {
    exit_code: i8,
    cycles: u64,
    time: Duration,
}

fn run_peer(elf: &Bytes, args: &[&str]) -> Run {
    let mut machine = peer::machine();
    peer::load(&mut machine, elf, args);
    let start = Instant::now();
    let exit_code = machine.run().expect("the program ends");
    Run { exit_code, time: start.elapsed(), cycles: machine.machine.cycles() }
}

#[expect(clippy::cast_possible_truncation, reason = "the exit code is the low byte")]
fn run_verdict(elf: &[u8], args: &[&str]) -> Run {
    let mut machine = Machine::new(Config::on_chain(Version::V2));
    machine.load_elf(elf).expect("the program loads");
    machine.init_stack(args).expect("the arguments fit");
    let start = Instant::now();
    let exit = machine.run();
    let time = start.elapsed();
    assert_eq!(exit, Exit::Ecall, "the program ends");
    assert_eq!(machine.hart()[Reg::A7], 93, "the program exits");
    Run { exit_code: machine.hart()[Reg::A0] as u8 as i8, time, cycles: machine.cycles() }
}

fn main() {
    let mut only = None;
    let mut rounds = 5;
    let mut short = false;
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--bench" => {}
            "--short" => short = true,
            "--rounds" => {
                rounds = args.next().and_then(|n| n.parse().ok()).expect("--rounds takes a number");
            }
            name => only = Some(name.to_owned()),
        }
    }
    let folder: PathBuf =
        [env!("CARGO_MANIFEST_DIR"), "benches", "programs", "bin"].iter().collect();
    println!(
        "{:<12}{:>14}{:>14}{:>14}{:>10}{:>12}",
        "program", "cycles", "ckb-vm asm", "interpreter", "ratio", "Mcycles/s"
    );
    let mut product = 1.0;
    let mut count = 0;
    for (name, long) in PROGRAMS {
        if only.as_deref().is_some_and(|only| only != name) {
            continue;
        }
        let elf = std::fs::read(folder.join(format!("{name}.elf"))).expect("the program is built");
        let shared = Bytes::from(elf.clone());
        let args: &[&str] = if short { &["main"] } else { &["main", long] };
        let (mut peer, mut verdict) = (Duration::MAX, Duration::MAX);
        let mut cycles = 0;
        for _ in 0..rounds {
            let theirs = run_peer(&shared, args);
            let ours = run_verdict(&elf, args);
            assert_eq!((theirs.exit_code, theirs.cycles), (ours.exit_code, ours.cycles), "{name}");
            assert_eq!(ours.exit_code, 0, "{name} checks its own result");
            cycles = ours.cycles;
            peer = peer.min(theirs.time);
            verdict = verdict.min(ours.time);
        }
        let ratio = verdict.as_secs_f64() / peer.as_secs_f64();
        println!(
            "{name:<12}{cycles:>14}{:>11.2} ms{:>11.2} ms{ratio:>10.3}{:>12.0}",
            peer.as_secs_f64() * 1e3,
            verdict.as_secs_f64() * 1e3,
            cycles as f64 / verdict.as_secs_f64() / 1e6,
        );
        product *= ratio;
        count += 1;
    }
    if count > 0 {
        println!("{:<54}{:>10.3}", "geometric mean", f64::powf(product, 1.0 / f64::from(count)));
    }
}
