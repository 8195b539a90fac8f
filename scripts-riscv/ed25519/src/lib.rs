//! Ed25519 signatures (RFC 8032, section 5.1), verified as strictly as its text says.
//!
//! The field is in `field`, the curve in `point`, numbers modulo the order in `scalar`.

#![cfg_attr(target_arch = "riscv64", no_std)]

mod field;
mod point;
mod scalar;
mod table;

use verdict_hash::sha512::Sha512;
use verdict_lock::Error;

use crate::point::Point;

/// Why a signature is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invalid {
    /// The public key does not encode a point.
    Key,
    /// The second half of the signature is not below the order of the base point.
    Scalar,
    /// The equation does not hold.
    Equation,
}

impl Invalid {
    /// The exit code that says so.
    #[must_use]
    pub fn exit_code(self) -> Error {
        match self {
            Self::Key => Error::PublicKey,
            Self::Scalar => Error::Signature,
            Self::Equation => Error::Refused,
        }
    }
}

/// Verifies a signature of `message`.
///
/// The equation is the one without the cofactor: S B - k A encodes to the first half of
/// the signature, byte by byte.
///
/// # Errors
///
/// [`Invalid`], by what is wrong.
pub fn verify(key: &[u8; 32], signature: &[u8; 64], message: &[u8]) -> Result<(), Invalid> {
    let (first, second) = signature.split_at(32);
    let second = second.try_into().expect("it has 32 bytes");
    let s = scalar::from_bytes(second).ok_or(Invalid::Scalar)?;
    let a = Point::from_bytes(key).ok_or(Invalid::Key)?;
    let mut hash = Sha512::new();
    hash.update(first);
    hash.update(key);
    hash.update(message);
    let k = scalar::reduce(&hash.finish());
    let r = point::double_multiple(&k, a.negate(), &s);
    if r.to_bytes() == first { Ok(()) } else { Err(Invalid::Equation) }
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signer, SigningKey};

    use super::*;

    #[test]
    fn agrees_with_a_library() {
        for at in 0..200_u8 {
            let secret = core::array::from_fn(|i| (i as u8).wrapping_mul(37) ^ at);
            let key = SigningKey::from_bytes(&secret);
            let message = vec![at; usize::from(at) * 3];
            let public = key.verifying_key().to_bytes();
            let mut signature = key.sign(&message).to_bytes();
            assert_eq!(verify(&public, &signature, &message), Ok(()), "{at}");
            signature[usize::from(at) % 64] ^= 1 << (at % 5);
            assert!(verify(&public, &signature, &message).is_err(), "{at}");
        }
    }
}
