//! Verifies the Falcon-512 signature in the first witness.

#![no_std]
#![no_main]

use verdict_falcon::program;
use verdict_lock::{Error, witness};

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    program::verify(witness::first()?)
}
