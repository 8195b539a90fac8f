//! Exits with 0 if the first witness, a public key of 64 bytes, a hash of 32 and a
//! signature of 64, holds a valid ECDSA signature over P-256.

#![no_std]
#![no_main]

use verdict_lock::{Error, witness};

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    let input = witness::first()?;
    let (key, rest) = input.split_first_chunk().ok_or(Error::Encoding)?;
    let (hash, signature) = rest.split_first_chunk().ok_or(Error::Encoding)?;
    verdict_p256::verify(key, hash, signature.try_into().map_err(|_| Error::Encoding)?)
}
