//! Whether the product of pairings on BN254 is one: the input of EIP-197 is the first
//! witness.

#![no_std]
#![no_main]

use verdict_lock::{Error, witness};
use verdict_pairing::groth16;

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    groth16::check_product(witness::first()?)
}
