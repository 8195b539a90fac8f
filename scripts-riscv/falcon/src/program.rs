//! What the programs do.

use verdict_hash::blake2b::ckb_hash;
use verdict_lock::{Error, Witness, args};

use crate::{KEY, SIGNATURE};

/// Verifies a signature over a message: `input` is public key, signature, and message.
///
/// # Errors
///
/// [`Error::Encoding`] if it is too short for those, [`Error::Refused`] if the signature
/// is not one.
pub fn verify(input: &[u8]) -> Result<(), Error> {
    let (key, input) = input.split_first_chunk().ok_or(Error::Encoding)?;
    let (signature, message) = input.split_first_chunk().ok_or(Error::Encoding)?;
    accept(crate::verify(key, message, signature))
}

/// Verifies a signature over the message of the transaction, by the key whose hash is in
/// the script's arguments: the lock of the witness is public key and signature.
///
/// # Errors
///
/// Those of [`args`], [`Witness::load`] and [`Witness::message`]; [`Error::Encoding`] if
/// the lock has another length, [`Error::KeyHash`] if the key is another,
/// [`Error::Refused`] if the signature is not one.
pub fn lock() -> Result<(), Error> {
    let hash = args::<32>()?;
    let witness = Witness::load()?;
    let lock = witness.lock_array::<{ KEY + SIGNATURE }>()?;
    let (key, rest) = lock.split_first_chunk().ok_or(Error::Encoding)?;
    let signature = rest.first_chunk().ok_or(Error::Encoding)?;
    if ckb_hash(key) != hash {
        return Err(Error::KeyHash);
    }
    accept(crate::verify(key, &witness.message(0)?, signature))
}

fn accept(is_valid: bool) -> Result<(), Error> {
    if is_valid { Ok(()) } else { Err(Error::Refused) }
}
