//! A lock that an ML-DSA-44 signature opens.

#![no_std]
#![no_main]

use verdict_lock::Error;
use verdict_ml_dsa::{MlDsa44, program};

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    program::lock::<MlDsa44>()
}
