//! ECDSA over P-256 (FIPS 186-5; SEC 1), and the envelope that passkeys put around it.
//!
//! The field is in `field`, the curve in `point`, numbers modulo the order in `scalar`;
//! [`webauthn`] has the envelope.

#![cfg_attr(target_arch = "riscv64", no_std)]

mod field;
mod point;
mod scalar;
mod table;
pub mod webauthn;

use verdict_lock::Error;

pub use crate::field::is_portable;
use crate::{field::Element, point::Point};

/// Verifies a signature, r and s of 32 bytes each, of what hashes to `hash`; the key is x
/// and y, all highest byte first. High s is accepted, as FIPS 186-5 does.
///
/// # Errors
///
/// [`Error::Signature`] if r or s is not from 1 to the order less one,
/// [`Error::PublicKey`] if the key is not a point of the curve, [`Error::Refused`] if the
/// equation does not hold.
pub fn verify(key: &[u8; 64], hash: &[u8; 32], signature: &[u8; 64]) -> Result<(), Error> {
    let [r, s] = halves(signature);
    if !scalar::is_in_range(&r) || !scalar::is_in_range(&s) {
        return Err(Error::Signature);
    }
    let [x, y] = halves(key);
    let point = Point::new(&x, &y).ok_or(Error::PublicKey)?;
    let inverse = scalar::invert(&s);
    let of_base = scalar::multiply(&scalar::number(hash), &inverse);
    let of_key = scalar::multiply(&r, &inverse);
    let sum = point::double_multiple(&of_key, point, &of_base);
    if sum.z.is_zero() {
        return Err(Error::Refused);
    }
    // x of the sum is r modulo the order: r, or what is left of the prime above the order.
    let z2 = sum.z.square();
    let is_x =
        |r: &[u64; 4]| Element::from_number(r).is_some_and(|r| (&(&r * &z2) - &sum.x).is_zero());
    let (above, carry) = scalar::add(&r, &table::ORDER);
    if is_x(&r) || !carry && is_x(&above) { Ok(()) } else { Err(Error::Refused) }
}

/// Two numbers of 32 bytes each, highest byte first.
fn halves(bytes: &[u8; 64]) -> [[u64; 4]; 2] {
    let (halves, _) = bytes.as_chunks();
    [scalar::number(&halves[0]), scalar::number(&halves[1])]
}

#[cfg(test)]
mod tests {
    use p256::ecdsa::{Signature, SigningKey, signature::hazmat::PrehashSigner};

    use super::*;

    #[test]
    fn agrees_with_a_library() {
        for at in 0..200_u8 {
            let secret: [u8; 32] = core::array::from_fn(|i| (i as u8).wrapping_mul(37) ^ at);
            let key = SigningKey::from_bytes(&secret.into()).unwrap();
            let public = key.verifying_key().to_encoded_point(false);
            let public = public.as_bytes()[1..].try_into().unwrap();
            let hash = [at; 32];
            let signature: Signature = key.sign_prehash(&hash).unwrap();
            let mut signature: [u8; 64] = signature.to_bytes().into();
            assert_eq!(verify(&public, &hash, &signature), Ok(()), "{at}");
            signature[usize::from(at) % 64] ^= 1 << (at % 5);
            assert!(verify(&public, &hash, &signature).is_err(), "{at}");
        }
    }
}
