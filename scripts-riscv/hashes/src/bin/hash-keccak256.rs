//! Exits with 0 if the last 32 bytes of the first witness are the hash of what is in
//! front of them: for tests, and to see what hashing costs.

#![no_std]
#![no_main]

use verdict_hash::keccak::keccak256;
use verdict_lock::{Error, witness};

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    let (message, digest) = witness::first()?.split_last_chunk().ok_or(Error::Encoding)?;
    if keccak256(message) == *digest { Ok(()) } else { Err(Error::Refused) }
}
