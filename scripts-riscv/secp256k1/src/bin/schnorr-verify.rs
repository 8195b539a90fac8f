//! Verifies a Schnorr signature (BIP-340): the witness is the key (32 bytes), the
//! signature (64), and the message, of any length.
#![no_std]
#![no_main]

use verdict_lock::{Error, witness};
use verdict_secp256k1::schnorr;

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    let input = witness::first()?;
    let (key, rest) = input.split_first_chunk().ok_or(Error::Encoding)?;
    let (signature, message) = rest.split_first_chunk().ok_or(Error::Encoding)?;
    schnorr::verify(key, message, signature).map_err(|error| match error {
        schnorr::Error::Key => Error::PublicKey,
        schnorr::Error::Malformed => Error::Signature,
        schnorr::Error::Refused => Error::Refused,
    })
}
