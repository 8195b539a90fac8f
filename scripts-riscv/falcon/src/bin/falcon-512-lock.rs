//! A lock that a Falcon-512 signature opens.

#![no_std]
#![no_main]

use verdict_falcon::program;
use verdict_lock::Error;

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    program::lock()
}
