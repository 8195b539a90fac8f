//! Recovers the key of an ECDSA signature: the witness is the hash of a message (32
//! bytes), r and s (32 each), the recovery id (1), and the compressed key (33) that has
//! to come out.
#![no_std]
#![no_main]

use verdict_lock::{Error, witness};
use verdict_secp256k1::ecdsa;

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    let input: &[u8; 130] = witness::first()?.try_into().map_err(|_| Error::Encoding)?;
    let (message, rest) = input.split_first_chunk().ok_or(Error::Encoding)?;
    let (signature, rest) = rest.split_first_chunk().ok_or(Error::Encoding)?;
    let (&id, key) = rest.split_first().ok_or(Error::Encoding)?;
    let found = ecdsa::recover(message, signature, id).map_err(|error| match error {
        ecdsa::Error::Malformed => Error::Signature,
        ecdsa::Error::Refused => Error::Refused,
    })?;
    if found.to_sec1() == key { Ok(()) } else { Err(Error::KeyHash) }
}
