//! ECDSA (SEC 1, sections 4.1.4 and 4.1.6) over message hashes of 32 bytes.
//!
//! A signature is r and s, 32 big-endian bytes each, from 1 to n - 1. The standard takes
//! both s and n - s; so do the chain's system locks.

use crate::{
    field::{Fe, P, less},
    point::{Affine, multiply},
    scalar::{N, Scalar},
};

/// Why a signature is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// r or s is zero, n or more, or there is no such recovery id.
    Malformed,
    /// It is not one of this key over this message, or of any key.
    Refused,
}

/// x + n, if that is below p.
fn plus_n(x: &Fe) -> Option<Fe> {
    let mut sum = [0; 4];
    let mut carry = false;
    for (at, limb) in sum.iter_mut().enumerate() {
        (*limb, carry) = x.0[at].carrying_add(N[at], carry);
    }
    (!carry && less(&sum, &P)).then_some(Fe(sum))
}

fn halves(signature: &[u8; 64]) -> (&[u8; 32], &[u8; 32]) {
    let (halves, _) = signature.as_chunks();
    (&halves[0], &halves[1])
}

/// Verifies that `signature` is one of `key` over the hash `message`.
///
/// # Errors
///
/// Returns why it is not.
pub fn verify(key: &Affine, message: &[u8; 32], signature: &[u8; 64]) -> Result<(), Error> {
    let (r, s) = halves(signature);
    let r = Scalar::nonzero(r).ok_or(Error::Malformed)?;
    let s = Scalar::nonzero(s).ok_or(Error::Malformed)?;
    let inverse = s.invert();
    let a = Scalar::reduce(message).mul(&inverse);
    let sum = multiply(&a, &r.mul(&inverse), key).ok_or(Error::Refused)?;
    let x = Fe(r.0);
    let valid = sum.has_x(&x) || plus_n(&x).is_some_and(|x| sum.has_x(&x));
    valid.then_some(()).ok_or(Error::Refused)
}

/// The key that `signature` is one of, over the hash `message`. Bit 0 of `id` says
/// whether y of the point behind r is odd, bit 1 whether its x is r + n.
///
/// # Errors
///
/// [`Error::Malformed`] if r or s is not below n or `id` is above 3; [`Error::Refused`] if
/// there is no key, which includes that r or s is zero.
pub fn recover(message: &[u8; 32], signature: &[u8; 64], id: u8) -> Result<Affine, Error> {
    let (r, s) = halves(signature);
    let r = Scalar::from_bytes(r).ok_or(Error::Malformed)?;
    let s = Scalar::from_bytes(s).ok_or(Error::Malformed)?;
    if id > 3 {
        return Err(Error::Malformed);
    }
    if r.0 == [0; 4] || s.0 == [0; 4] {
        return Err(Error::Refused);
    }
    let x = Fe(r.0);
    let x = if id & 2 == 0 { x } else { plus_n(&x).ok_or(Error::Refused)? };
    let point = Affine::lift(x, id & 1 == 1).ok_or(Error::Refused)?;
    let inverse = r.invert();
    let a = Scalar::reduce(message).mul(&inverse).neg();
    let sum = multiply(&a, &s.mul(&inverse), &point).ok_or(Error::Refused)?;
    Ok(sum.to_affine())
}
