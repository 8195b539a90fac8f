//! Verifies a BLS signature: key, signature and message are the first witness.

#![no_std]
#![no_main]

use verdict_lock::{Error, witness};
use verdict_pairing::bls;

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    let (key, rest) = witness::first()?.split_first_chunk().ok_or(Error::Encoding)?;
    let (signature, message) = rest.split_first_chunk().ok_or(Error::Encoding)?;
    bls::verify(key, signature, message, bls::BASIC)
}
