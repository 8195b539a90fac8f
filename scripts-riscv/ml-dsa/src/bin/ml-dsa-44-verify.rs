//! Verifies the ML-DSA-44 signature in the first witness.

#![no_std]
#![no_main]

use verdict_lock::{Error, witness};
use verdict_ml_dsa::{MlDsa44, program};

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    program::verify::<MlDsa44>(witness::first()?)
}
