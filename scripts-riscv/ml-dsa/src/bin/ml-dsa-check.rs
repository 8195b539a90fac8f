//! Verifies by the internal interface (FIPS 204, algorithm 8), for tests: the first witness is
//! a byte, 44 or 65, public key, signature, and formatted message.

#![no_std]
#![no_main]

use verdict_lock::{Error, witness};
use verdict_ml_dsa::{MlDsa44, MlDsa65, program};

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    match witness::first()?.split_first().ok_or(Error::Encoding)? {
        (44, input) => program::verify_internal::<MlDsa44>(input),
        (65, input) => program::verify_internal::<MlDsa65>(input),
        _ => Err(Error::Encoding),
    }
}
