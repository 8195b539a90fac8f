//! Random programs on both machines.
//!
//! `VERDICT_PROGRAMS=N` sets how many, `VERDICT_SEED=S` where to start: program
//! number `n` is the one of seed `S + n`, so that a reported seed can be run alone.
//! `VERDICT_WAYS=all` runs each in all ways.
//!
//! A program takes a few microseconds to run, but each machine many to make. So a program
//! runs on the reference once and on Verdict in two ways a version, one of which compiles
//! everything; which is the other, its seed decides.

use std::{collections::BTreeMap, thread};

use verdict_tests::{
    Rng,
    check::{self, Way},
    generate::{self, Sample},
};
use verdict_vm::{Engine, Version};

/// How many programs run if nothing else is said.
const PROGRAMS: u64 = 100_000;

/// Programs are shared among so many threads.
const THREADS: u64 = 2;

fn option(name: &str, default: u64) -> u64 {
    match std::env::var(name) {
        Ok(text) => text.parse().expect("a number"),
        Err(_) => default,
    }
}

/// The ways in which the program of `seed` runs.
fn ways(seed: u64, version: Version) -> Vec<Way> {
    if std::env::var("VERDICT_WAYS").is_ok_and(|ways| ways == "all") {
        return Way::ALL.to_vec();
    }
    let jit = Way::On(Engine::Jit);
    let others = Way::ALL.into_iter().filter(|way| *way != jit);
    let turn = seed + u64::from(version.number());
    let other = others.cycle().nth(usize::try_from(turn % 5).expect("below five"));
    other.into_iter().chain([jit]).collect()
}

/// How the machines differ on a sample, if they do.
fn differences(sample: &Sample, seed: u64, mut ended: impl FnMut(String)) -> Option<String> {
    let program = sample.program();
    let step = 1 + Rng::new(!seed).below(2000);
    for setup in sample.setups() {
        match check::compare(&program, &setup, step, &ways(seed, setup.version)) {
            Ok(outcome) => ended(format!("{:?} {}", setup.version, outcome.kind())),
            Err(text) => return Some(text),
        }
    }
    None
}

/// Runs the programs of `seeds`; tells how they ended.
fn run(seeds: impl Iterator<Item = u64>) -> BTreeMap<String, u64> {
    let mut endings = BTreeMap::new();
    for seed in seeds {
        let sample = generate::sample(seed);
        let ended = |ending| *endings.entry(ending).or_default() += 1;
        if differences(&sample, seed, ended).is_some() {
            let fails = |sample: &Sample| differences(sample, seed, |_| ()).is_some();
            let small = generate::shrink(sample, fails);
            let text = differences(&small, seed, |_| ()).expect("it still fails");
            panic!("seed {seed}\n{}{text}", small.listing());
        }
    }
    endings
}

#[test]
fn random_programs_end_alike() {
    let programs = option("VERDICT_PROGRAMS", PROGRAMS);
    let first = option("VERDICT_SEED", 1);
    let mut endings = BTreeMap::<String, u64>::new();
    thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|turn| {
                let seeds = first..first + programs;
                scope.spawn(move || run(seeds.filter(|seed| seed % THREADS == turn)))
            })
            .collect();
        for thread in threads {
            for (ending, count) in thread.join().expect("no program ends differently") {
                *endings.entry(ending).or_default() += count;
            }
        }
    });
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
