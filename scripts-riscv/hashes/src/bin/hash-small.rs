//! Exits with 0 if the last 64 bytes of the first witness are SHA-256 and the chain's hash
//! of what is in front of them, both by their small variants.

#![no_std]
#![no_main]

use verdict_hash::{
    blake2b::{Blake2b, CKB},
    sha256::{INITIAL, Sha256},
};
use verdict_lock::{Error, witness};

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    let (rest, chain) = witness::first()?.split_last_chunk().ok_or(Error::Encoding)?;
    let (message, digest) = rest.split_last_chunk().ok_or(Error::Encoding)?;
    let mut sha256 = Sha256::resume_small(INITIAL, 0);
    sha256.update(message);
    let mut blake2b = Blake2b::small(CKB);
    blake2b.update(message);
    let same = sha256.finish() == *digest && blake2b.finish() == *chain;
    if same { Ok(()) } else { Err(Error::Refused) }
}
