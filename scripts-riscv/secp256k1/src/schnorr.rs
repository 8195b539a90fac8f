//! Schnorr signatures (BIP-340).

use verdict_hash::sha256::Sha256;

use crate::{
    field::Fe,
    point::{Affine, multiply},
    scalar::Scalar,
};

/// SHA-256 after one block: twice the hash of `BIP0340/challenge`.
const CHALLENGE: [u32; 8] = [
    0x9cec_ba11,
    0x2392_5381,
    0x1167_9112,
    0xd162_7e0f,
    0x97c8_7550,
    0x003c_c765,
    0x90f6_1164,
    0x33e9_b66a,
];

/// Why a signature is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// The key is no x of a point.
    Key,
    /// r is not below p, or s not below n.
    Malformed,
    /// It is not one of this key over this message.
    Refused,
}

/// Verifies that `signature` is one of `key` over `message`.
///
/// # Errors
///
/// Returns why it is not.
pub fn verify(key: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> Result<(), Error> {
    let (halves, _) = signature.as_chunks();
    let r = Fe::from_bytes(&halves[0]).ok_or(Error::Malformed)?;
    let s = Scalar::from_bytes(&halves[1]).ok_or(Error::Malformed)?;
    let x = Fe::from_bytes(key).ok_or(Error::Key)?;
    let point = Affine::lift(x, false).ok_or(Error::Key)?;
    let mut hash = Sha256::resume_small(CHALLENGE, 1);
    hash.update(&halves[0]);
    hash.update(key);
    hash.update(message);
    let challenge = Scalar::reduce(&hash.finish());
    let sum = multiply(&s, &challenge.neg(), &point).ok_or(Error::Refused)?;
    let found = sum.to_affine();
    let valid = found.x.equals(&r) && !found.y.is_odd();
    valid.then_some(()).ok_or(Error::Refused)
}
