//! Verifies an aggregate of BLS signatures of one message: signature, message of 32 bytes
//! and keys are the first witness.

#![no_std]
#![no_main]

use verdict_lock::{Error, witness};
use verdict_pairing::bls;

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    let (signature, rest) = witness::first()?.split_first_chunk().ok_or(Error::Encoding)?;
    let (message, keys) = rest.split_first_chunk::<32>().ok_or(Error::Encoding)?;
    let (keys, []) = keys.as_chunks() else { return Err(Error::Encoding) };
    bls::verify_aggregate(keys, signature, message)
}
