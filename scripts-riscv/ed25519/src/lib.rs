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

pub use crate::field::is_portable;
use crate::{point::Point, scalar::Fraction};

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
/// The equation is the one without the cofactor, S B = R + k A, and both R and A have to be
/// encoded canonically.
///
/// # Errors
///
/// [`Invalid`], by what is wrong.
pub fn verify(key: &[u8; 32], signature: &[u8; 64], message: &[u8]) -> Result<(), Invalid> {
    let (halves, _) = signature.as_chunks();
    let [first, second] = [&halves[0], &halves[1]];
    let s = scalar::from_bytes(second).ok_or(Invalid::Scalar)?;
    let a = Point::from_bytes(key).ok_or(Invalid::Key)?;
    let mut hash = Sha512::new();
    hash.update(first);
    hash.update(key);
    hash.update(message);
    let k = scalar::from_hash(&hash.finish());
    let r = Point::from_bytes(first).ok_or(Invalid::Equation)?;
    // S B - k A - R is zero if and only if it is so after scaling, which halves the length
    // of all factors: k becomes the multiple, and the sign goes to A.
    let Fraction { multiple, scale, negative } = scalar::fraction(&k);
    let a = if negative { a } else { a.negate() };
    let scale_limbs = [scale as u64, (scale >> 64) as u64, 0, 0];
    let others = [(&multiple, a), (&scale_limbs, r.negate())];
    let sum = point::sum_of_multiples(&scalar::multiply(scale, &s), others);
    if sum.is_identity() { Ok(()) } else { Err(Invalid::Equation) }
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

    /// Keys and signatures with a part of small order: where verifying with and without
    /// the cofactor differ, and where scaling by an even number would show.
    #[test]
    fn agrees_with_a_library_on_points_of_small_order() {
        use curve25519_dalek::{
            constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION},
            scalar::Scalar,
        };
        use ed25519_dalek::{Signature, Verifier, VerifyingKey};

        let (secret, nonce) = (Scalar::from(0x1234_5678_9abc_u64), Scalar::from(99_u64));
        let (mut valid, mut invalid) = (0, 0);
        for torsion_a in EIGHT_TORSION {
            let key = (ED25519_BASEPOINT_POINT * secret + torsion_a).compress().to_bytes();
            let verifying = VerifyingKey::from_bytes(&key).unwrap();
            for torsion_r in EIGHT_TORSION {
                let first = (ED25519_BASEPOINT_POINT * nonce + torsion_r).compress().to_bytes();
                for message in 0..8_u8 {
                    let mut hash = Sha512::new();
                    hash.update(&[&first[..], &key, &[message]].concat());
                    let k = Scalar::from_bytes_mod_order_wide(&hash.finish());
                    let mut signature = [0; 64];
                    signature[..32].copy_from_slice(&first);
                    signature[32..].copy_from_slice((nonce + k * secret).as_bytes());
                    let expected = verifying.verify(&[message], &Signature::from_bytes(&signature));
                    let found = verify(&key, &signature, &[message]);
                    assert_eq!(found.is_ok(), expected.is_ok());
                    *if expected.is_ok() { &mut valid } else { &mut invalid } += 1;
                }
            }
        }
        assert!(valid > 8 && invalid > 8, "{valid} valid, {invalid} invalid");
    }
}
