//! Random programs on both machines.
//!
//! `VERDICT_PROGRAMS=N` sets how many, `VERDICT_SEED=S` where to start: program
//! number `n` is the one of seed `S + n`, so that a reported seed can be run alone.

use std::collections::BTreeMap;

use verdict_tests::{Rng, generate, generate::Sample, reference, verdict};

fn option(name: &str, default: u64) -> u64 {
    match std::env::var(name) {
        Ok(text) => text.parse().expect("a number"),
        Err(_) => default,
    }
}

/// How the machines differ on a sample, if they do.
fn differences(sample: &Sample, steps: u64, mut ended: impl FnMut(String)) -> Option<String> {
    let program = sample.program();
    for setup in sample.setups() {
        let expected = reference::run(&program, &setup);
        ended(format!("{} {}", setup.version.number(), expected.kind()));
        let got = verdict::run(&program, &setup);
        if got != expected {
            let text = got.differences(&expected);
            return Some(format!("  {setup:?}: verdict / reference\n{text}"));
        }
        let stepped = verdict::run_in_steps(&program, &setup, steps);
        if stepped != expected {
            let text = stepped.differences(&expected);
            return Some(format!("  {setup:?}: verdict, stopping / reference\n{text}"));
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
        let steps = 1 + Rng::new(!seed).below(2000);
        let ended = |ending| *endings.entry(ending).or_default() += 1;
        if differences(&sample, steps, ended).is_some() {
            let fails = |sample: &Sample| differences(sample, steps, |_| ()).is_some();
            let small = generate::shrink(sample, fails);
            let text = differences(&small, steps, |_| ()).expect("it still fails");
            panic!("seed {seed}\n{}{text}", small.listing());
        }
    }
    println!("{endings:#?}");
}
