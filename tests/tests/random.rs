//! Random programs on both machines.
//!
//! `VERDICT_PROGRAMS=N` sets how many, `VERDICT_SEED=S` where to start: program
//! number `n` is the one of seed `S + n`, so that a reported seed can be run alone.

use std::collections::BTreeMap;

use verdict_tests::{Rng, check, generate, generate::Sample};
use verdict_vm::Version;

fn option(name: &str, default: u64) -> u64 {
    match std::env::var(name) {
        Ok(text) => text.parse().expect("a number"),
        Err(_) => default,
    }
}

/// How the machines differ on a sample, if they do.
fn differences(sample: &Sample, step: u64, mut ended: impl FnMut(String)) -> Option<String> {
    let program = sample.program();
    for setup in sample.setups() {
        match check::compare(&program, &setup, step) {
            Ok(outcome) => ended(format!("{:?} {}", setup.version, outcome.kind())),
            Err(text) => return Some(text),
        }
    }
    None
}

#[test]
fn random_programs_end_alike() {
    let programs = option("VERDICT_PROGRAMS", 20_000);
    let first = option("VERDICT_SEED", 1);
    let mut endings = BTreeMap::<String, u64>::new();
    for seed in first..first + programs {
        let sample = generate::sample(seed);
        let step = 1 + Rng::new(!seed).below(2000);
        let ended = |ending| *endings.entry(ending).or_default() += 1;
        if differences(&sample, step, ended).is_some() {
            let fails = |sample: &Sample| differences(sample, step, |_| ()).is_some();
            let small = generate::shrink(sample, fails);
            let text = differences(&small, step, |_| ()).expect("it still fails");
            panic!("seed {seed}\n{}{text}", small.listing());
        }
    }
    println!("{endings:#?}");
    // The generator is worth something only as long as programs end in many ways, and
    // a good part of them well.
    if programs >= 5000 {
        let runs: u64 = endings.values().sum();
        for version in Version::ALL {
            assert!(endings[&format!("{version:?} ")] > runs / 20);
        }
        assert!(endings.len() > 20);
    }
}
