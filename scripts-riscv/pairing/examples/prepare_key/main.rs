//! Prepares the verifying key of a circuit for the programs that verify Groth16 proofs.

mod key;

use std::{
    env, fs,
    io::{IsTerminal as _, Write as _, stdout},
    process::ExitCode,
};

use anyhow::{Context as _, Result, bail};
use verdict_hash::blake2b::ckb_hash;

const HELP: &str = "\
Prepares the verifying key of a circuit for the programs that verify Groth16 proofs.

Usage: prepare_key KEY > PREPARED

KEY is a key on BN254 (which is called bn128 there) or BLS12-381, as snarkjs writes it:

  snarkjs zkey export verificationkey circuit.zkey verification_key.json

The prepared key goes to standard output, for a cell whose data it is; its size and the hash by
which arguments of the lock name it go to standard error. The same key gives the same bytes.

The exit status is 0, or 2 if the key cannot be used.";

fn main() -> ExitCode {
    match run(&env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &[String]) -> Result<()> {
    let path = match args {
        [flag] if flag == "--help" || flag == "-h" => {
            println!("{HELP}");
            return Ok(());
        }
        [path] if !path.starts_with('-') => path,
        _ => bail!("a key is needed, and nothing else; see --help"),
    };
    if stdout().is_terminal() {
        bail!("the prepared key is not for a terminal: write it to a file, with > PREPARED");
    }
    let json = fs::read(path).with_context(|| path.clone())?;
    let key::Prepared { program, inputs, bytes } =
        key::prepared(&json).with_context(|| path.clone())?;
    stdout().write_all(&bytes).context("standard output")?;
    let hash: String = ckb_hash(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    eprintln!(
        "for {program}, public inputs: {inputs}, bytes: {}, data hash: 0x{hash}",
        bytes.len()
    );
    Ok(())
}
