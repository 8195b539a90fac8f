//! Verifies a Groth16 proof on BLS12-381: the number of public inputs in a byte, those, the
//! proof and the prepared key are the first witness.

#![no_std]
#![no_main]

use verdict_lock::{Error, witness};
use verdict_pairing::{groth16, kernel::Bls12381};

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    groth16::verify_all::<Bls12381>(witness::first()?)
}
