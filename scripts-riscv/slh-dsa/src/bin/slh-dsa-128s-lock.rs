//! A lock that an SLH-DSA-SHA2-128s signature opens.

#![no_std]
#![no_main]

use verdict_lock::Error;
use verdict_slh_dsa::{Small, program};

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    program::lock::<Small>()
}
