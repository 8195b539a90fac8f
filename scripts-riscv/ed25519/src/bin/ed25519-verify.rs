//! Exits with 0 if the first witness, a public key of 32 bytes, a signature of 64 and a
//! message, holds a valid Ed25519 signature.

#![no_std]
#![no_main]

use verdict_lock::{Error, witness};

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    let input = witness::first()?;
    let (key, rest) = input.split_first_chunk().ok_or(Error::Encoding)?;
    let (signature, message) = rest.split_first_chunk().ok_or(Error::Encoding)?;
    verdict_ed25519::verify(key, signature, message).map_err(verdict_ed25519::Invalid::exit_code)
}
