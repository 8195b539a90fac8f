//! Writes the transactions of `examples/verifiers/`: for each program of
//! `scripts-riscv/bin/` one that it accepts, and one that it refuses.
//!
//! ```console
//! cargo run --release -p verdict-script-tests --example make_verifiers [PROGRAM…]
//! ```
//!
//! They name programs by their hashes, so make them again whenever a program changes.

mod curves;
mod merkle;
mod pairings;
#[path = "../../tests/proofs/mod.rs"]
#[expect(dead_code, reason = "tests use the rest")]
mod proofs;
mod quantum;

use std::{env, fs, io, path::Path};

use ckb_types::bytes::Bytes;
use verdict_script_tests::{Bench, Spend};

/// A program, and how to make what it accepts.
struct Sample {
    /// The program's name in `scripts-riscv/bin/`.
    program: &'static str,
    /// What the transaction is called behind the program's name, if that has several.
    kind: &'static str,
    /// Data of further cells that its transaction depends on.
    deps: fn() -> Vec<Bytes>,
    /// Makes the transaction.
    make: fn(&Bench) -> Spend<'_>,
}

const ALL: &[&[Sample]] = &[curves::SAMPLES, pairings::SAMPLES, quantum::SAMPLES, merkle::SAMPLES];

fn main() -> io::Result<()> {
    let wanted: Vec<String> = env::args().skip(1).collect();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/verifiers");
    fs::create_dir_all(&examples)?;
    let samples = ALL.iter().copied().flatten();
    for sample in samples.filter(|sample| {
        wanted.is_empty() || wanted.iter().any(|program| program == sample.program)
    }) {
        let bench = (sample.deps)().into_iter().fold(Bench::new(sample.program), Bench::with_dep);
        let accepted = (sample.make)(&bench);
        let refused = flip(&accepted);
        for (spend, end) in [(&accepted, ""), (&refused, "-flipped")] {
            let name = format!("{}{}{end}", sample.program, sample.kind);
            let outcome = spend.run();
            println!("{name}: {outcome:?}");
            assert_eq!(outcome.accepts(), end.is_empty(), "{name}");
            let json = spend.to_json("../../scripts-riscv/bin");
            fs::write(examples.join(format!("{name}.json")), json)?;
        }
    }
    Ok(())
}

/// The same with the last bit of its first witness flipped.
fn flip<'a>(accepted: &Spend<'a>) -> Spend<'a> {
    let mut spend = accepted.clone();
    let first = spend.witnesses.first_mut().expect("it has a witness");
    let mut bytes = first.to_vec();
    *bytes.last_mut().expect("it is not empty") ^= 0x80;
    *first = bytes.into();
    spend
}

/// A program that depends on nothing.
const fn plain(program: &'static str, make: fn(&Bench) -> Spend<'_>) -> Sample {
    Sample { program, kind: "", deps: Vec::new, make }
}

/// A transaction whose first witness is `input` as it is.
fn verifying<'a>(bench: &'a Bench, input: &[u8]) -> Spend<'a> {
    let mut spend = Spend::new(bench, &[]);
    spend.witnesses = vec![Bytes::copy_from_slice(input)];
    spend
}

/// A transaction that spends a cell under a lock with `args`, with a witness whose lock is
/// `key`, and behind it the signature of `len` bytes.
fn locked<'a>(
    bench: &'a Bench,
    args: &[u8],
    key: &[u8],
    len: usize,
    sign: impl Fn(&[u8]) -> Vec<u8>,
) -> Spend<'a> {
    let mut spend = Spend::new(bench, args);
    let unsigned = [key, &vec![0; len]].concat();
    spend.set_lock(&unsigned);
    let message = spend.message(&unsigned, 0);
    spend.set_lock(&[key, &sign(&message)].concat());
    spend
}
