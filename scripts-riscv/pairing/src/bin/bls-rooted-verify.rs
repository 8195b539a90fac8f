//! Verifies a BLS signature with the root that takes the place of the final exponentiation:
//! key, signature, root and message are the first witness.

#![no_std]
#![no_main]

use verdict_lock::{Error, witness};
use verdict_pairing::bls;

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    let (key, rest) = witness::first()?.split_first_chunk().ok_or(Error::Encoding)?;
    let (signature, rest) = rest.split_first_chunk().ok_or(Error::Encoding)?;
    let (root, message) = rest.split_first_chunk().ok_or(Error::Encoding)?;
    bls::verify_rooted(key, signature, root, message, bls::BASIC)
}
