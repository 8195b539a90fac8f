//! Verifies the ML-DSA-65 signature in the first witness.

#![no_std]
#![no_main]

use verdict_lock::{Error, witness};
use verdict_ml_dsa::{MlDsa65, program};

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    program::verify::<MlDsa65>(witness::first()?)
}
