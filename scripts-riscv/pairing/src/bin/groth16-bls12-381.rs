//! A lock: a Groth16 proof on BLS12-381 about the transaction, under the key that the
//! arguments name.

#![no_std]
#![no_main]

use verdict_lock::Error;
use verdict_pairing::{groth16, kernel::Bls12381};

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    groth16::lock::<Bls12381>()
}
