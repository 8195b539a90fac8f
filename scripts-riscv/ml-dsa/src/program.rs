//! What the programs do.

use verdict_hash::blake2b::ckb_hash;
use verdict_lock::{Error, Witness, args};

use crate::Parameters;

/// Verifies a signature over a message in a context: `input` is public key, signature,
/// length of the context in two bytes, context, and message.
///
/// # Errors
///
/// [`Error::Encoding`] if it is too short for those, [`Error::Refused`] if the signature
/// is not one.
pub fn verify<P: Parameters>(input: &[u8]) -> Result<(), Error> {
    let (key, input) = input.split_at_checked(P::KEY).ok_or(Error::Encoding)?;
    let (signature, input) = input.split_at_checked(P::SIGNATURE).ok_or(Error::Encoding)?;
    let (len, input) = input.split_first_chunk().ok_or(Error::Encoding)?;
    let len = u16::from_le_bytes(*len).into();
    let (context, message) = input.split_at_checked(len).ok_or(Error::Encoding)?;
    accept(crate::verify::<P>(key, message, context, signature))
}

/// Verifies a signature over a formatted message: `input` is public key, signature, and
/// message.
///
/// # Errors
///
/// As [`verify`].
pub fn verify_internal<P: Parameters>(input: &[u8]) -> Result<(), Error> {
    let (key, input) = input.split_at_checked(P::KEY).ok_or(Error::Encoding)?;
    let (signature, message) = input.split_at_checked(P::SIGNATURE).ok_or(Error::Encoding)?;
    accept(crate::verify_internal::<P>(key, [message, &[], &[]], signature))
}

/// Verifies a signature over the message of the transaction, in the empty context, by the
/// key whose hash is in the script's arguments: the lock of the witness is public key and
/// signature.
///
/// # Errors
///
/// Those of [`args`], [`Witness::load`] and [`Witness::message`]; [`Error::Encoding`] if
/// the lock has another length, [`Error::KeyHash`] if the key is another,
/// [`Error::Refused`] if the signature is not one.
pub fn lock<P: Parameters>() -> Result<(), Error> {
    let hash = args::<32>()?;
    let witness = Witness::load()?;
    let lock = witness.lock();
    if lock.len() != P::KEY + P::SIGNATURE {
        return Err(Error::Encoding);
    }
    let (key, signature) = lock.split_at(P::KEY);
    if ckb_hash(key) != hash {
        return Err(Error::KeyHash);
    }
    let message = witness.message(0)?;
    accept(crate::verify::<P>(key, &message, &[], signature))
}

fn accept(is_valid: bool) -> Result<(), Error> {
    if is_valid { Ok(()) } else { Err(Error::Refused) }
}
