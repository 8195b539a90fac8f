//! Verifies an ECDSA signature: the witness is a key in SEC 1 encoding (33 or 65 bytes),
//! the hash of a message (32), and r and s (32 each).
#![no_std]
#![no_main]

use verdict_lock::{Error, witness};
use verdict_secp256k1::{ecdsa, point::Affine};

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    let input = witness::first()?;
    let (rest, signature) = input.split_last_chunk().ok_or(Error::Encoding)?;
    let (key, message) = rest.split_last_chunk().ok_or(Error::Encoding)?;
    if key.len() != 33 && key.len() != 65 {
        return Err(Error::Encoding);
    }
    let key = Affine::from_sec1(key).ok_or(Error::PublicKey)?;
    ecdsa::verify(&key, message, signature).map_err(|error| match error {
        ecdsa::Error::Malformed => Error::Signature,
        ecdsa::Error::Refused => Error::Refused,
    })
}
