//! What the programs do.

use verdict_lock::{Error, Witness, args};

use crate::{KEY, Parameters};

/// Verifies a signature over a formatted message: `input` is public key, signature, and
/// message.
///
/// # Errors
///
/// [`Error::Encoding`] if it is too short for those, [`Error::Refused`] if the signature
/// is not one.
pub fn verify<P: Parameters>(input: &[u8]) -> Result<(), Error> {
    let (key, input) = input.split_first_chunk().ok_or(Error::Encoding)?;
    let (signature, message) = input.split_at_checked(P::SIGNATURE).ok_or(Error::Encoding)?;
    accept(crate::verify::<P>(key, [message, &[]], signature))
}

/// What formats a message in the empty context (FIPS 205, algorithm 24).
const PURE: [u8; 2] = [0, 0];

/// Verifies a signature over the message of the transaction, in the empty context, by the
/// key in the script's arguments: the lock of the witness is the signature.
///
/// # Errors
///
/// Those of [`args`], [`Witness::load`] and [`Witness::message`]; [`Error::Encoding`] if
/// the lock has another length, [`Error::Refused`] if the signature is not one.
pub fn lock<P: Parameters>() -> Result<(), Error> {
    let key = args::<KEY>()?;
    let witness = Witness::load()?;
    let signature = witness.lock();
    if signature.len() != P::SIGNATURE {
        return Err(Error::Encoding);
    }
    accept(crate::verify::<P>(&key, [&PURE, &witness.message(0)?], signature))
}

fn accept(is_valid: bool) -> Result<(), Error> {
    if is_valid { Ok(()) } else { Err(Error::Refused) }
}
