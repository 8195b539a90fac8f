//! Verifies the SLH-DSA-SHA2-128f signature in the first witness.

#![no_std]
#![no_main]

use verdict_lock::{Error, witness};
use verdict_slh_dsa::{Fast, program};

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    program::verify::<Fast>(witness::first()?)
}
