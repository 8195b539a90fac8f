//! Verifies Falcon-512 signatures ("Falcon: Fast-Fourier Lattice-based Compact Signatures
//! over NTRU", specification 1.2), padded ones.
//!
//! Polynomials modulo x⁵¹² + 1 are split once into two modulo x²⁵⁶ ∓ ζ²⁵⁶, which
//! `verdict-ntt` transforms.

#![no_std]

pub mod program;

use verdict_hash::keccak::Shake256;
use verdict_ntt::{Poly, Transform, factor, mul, node_factor};

/// Bytes of a public key.
pub const KEY: usize = 897;

/// Bytes of a signature.
pub const SIGNATURE: usize = 666;

/// Bytes of the salt.
const SALT: usize = 40;

/// The modulus (section 3.2).
const Q: u64 = 12_289;

/// The greatest squared length of a signature (section 3.3, table 3.3).
const BOUND: u64 = 34_034_726;

/// A root of one of order 1024, and the bits of an index.
const ZETA: u64 = 49;
const BITS: u32 = 9;

static LEFT: Transform = Transform::new(Q, ZETA, BITS, 2);
static RIGHT: Transform = Transform::new(Q, ZETA, BITS, 3);

/// Makes coefficients positive for splitting and the transforms: at least 9 q, whatever is
/// taken away.
const BASE: u64 = 10 * Q;

/// The halves of a polynomial with 512 coefficients.
type Halves = [Poly; 2];

/// Whether `signature` is one of `key` over `message` (algorithm 16).
#[must_use]
pub fn verify(key: &[u8; KEY], message: &[u8], signature: &[u8; SIGNATURE]) -> bool {
    let [0x39, signature @ ..] = signature else { return false };
    let (salt, packed) = signature.split_at(SALT);
    let Some(mut h) = unpack_key(key) else { return false };
    let mut s2 = [[0; 256]; 2];
    let Some(mut length) = unpack_signature(packed, &mut s2) else { return false };
    transform(&mut h);
    transform(&mut s2);
    for (s2, h) in s2.as_flattened_mut().iter_mut().zip(h.as_flattened()) {
        *s2 = mul(*s2 * *h, ONE, Q);
    }
    RIGHT.inverse(&mut s2[0]);
    LEFT.inverse(&mut s2[1]);
    join(&mut s2);

    let mut hash = Shake256::new();
    hash.update(salt);
    hash.update(message);
    let mut reader = hash.finish();
    let mut products = s2.as_flattened().iter();
    // Section 3.7, algorithm 3, with the length of c - s2 h as it goes on.
    loop {
        for lane in reader.block() {
            let mut four = lane.swap_bytes();
            for _ in 0..4 {
                four = four.rotate_left(16);
                let candidate = four & 0xffff;
                if candidate < 5 * Q {
                    let Some(product) = products.next() else { return length <= BOUND };
                    let s1 = (mul(candidate, ONE, Q).wrapping_sub(*product)) as i64;
                    let s1 = s1.max(-s1) as u64;
                    let s1 = s1.min(Q - s1);
                    length += s1 * s1;
                }
            }
        }
    }
}

/// Multiplies by one: what is left is reduced.
const ONE: u64 = factor(1, Q);

/// Evaluates.
fn transform(halves: &mut Halves) {
    const ROOT: u64 = node_factor(Q, ZETA, BITS, 1);
    let [low, high] = halves;
    for (low, high) in low.iter_mut().zip(high.iter_mut()) {
        let product = mul(*high, ROOT, Q);
        *high = *low - product;
        *low += product;
    }
    LEFT.forward(low);
    RIGHT.forward(high);
}

/// Undoes the split, and takes the factor out that the transforms left. What is left is
/// reduced.
fn join(halves: &mut Halves) {
    // The inverses of 512 and of 512 ζ²⁵⁶ modulo q.
    const SCALE: u64 = factor(12_265, Q);
    const ROOT: u64 = factor(12_265 * 1479 % Q, Q);
    let [low, high] = halves;
    for (low, high) in low.iter_mut().zip(high) {
        let (sum, difference) = (*low + *high, *low + (Q << 9) - *high);
        *low = mul(sum, SCALE, Q);
        *high = mul(difference, ROOT, Q);
    }
}

/// Unpacks the public key (section 3.11.4), for the transform.
fn unpack_key(key: &[u8; KEY]) -> Option<Halves> {
    if key[0] != 9 {
        return None;
    }
    let mut halves = [[0; 256]; 2];
    let mut reduced = true;
    for (at, four) in halves.as_flattened_mut().as_chunks_mut::<4>().0.iter_mut().enumerate() {
        // The byte in front is read along.
        let packed = key.get(7 * at..)?.first_chunk().map(|bytes| u64::from_be_bytes(*bytes))?;
        *four = [packed >> 42, packed >> 28, packed >> 14, packed].map(|value| {
            let value = value & 0x3fff;
            reduced &= value < Q;
            BASE + value
        });
    }
    reduced.then_some(halves)
}

/// Unpacks a signature (algorithm 18), for the transform. Gives its squared length.
fn unpack_signature(packed: &[u8], halves: &mut Halves) -> Option<u64> {
    // Zeros behind it are no end of a coefficient.
    let mut bytes = [0; SIGNATURE - 1 - SALT + 8];
    bytes[..packed.len()].copy_from_slice(packed);
    let window = |at: usize| {
        let bytes = bytes.get(at / 8..)?.first_chunk()?;
        Some(u64::from_be_bytes(*bytes) << (at % 8))
    };
    let mut at = 0;
    let mut length = 0;
    for value in halves.as_flattened_mut() {
        let bits = window(at)?;
        let zeros = (bits << 8).leading_zeros();
        let size = bits >> 56 & 0x7f | u64::from(zeros) << 7;
        // Too large, or a second zero.
        if zeros > 15 || bits >> 63 > size {
            return None;
        }
        *value = if bits >> 63 == 0 { BASE + size } else { BASE - size };
        length += size * size;
        at += 9 + zeros as usize;
    }
    // What is behind is zero.
    while at < 8 * packed.len() {
        if window(at)? != 0 {
            return None;
        }
        at += 56;
    }
    Some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Products modulo x⁵¹² + 1, as the definition says.
    #[test]
    fn polynomials_multiply() {
        let [a, b]: [Halves; 2] = [5, 11].map(|s| {
            core::array::from_fn(|half| {
                core::array::from_fn(|at| (at as u64 + 300 * half as u64).pow(3) * s % Q)
            })
        });
        let mut expected = [0; 512];
        for (i, a) in a.as_flattened().iter().enumerate() {
            for (j, b) in b.as_flattened().iter().enumerate() {
                let sign = if i + j < 512 { 1 } else { Q - 1 };
                expected[(i + j) % 512] = (expected[(i + j) % 512] + a * b % Q * sign) % Q;
            }
        }
        let [mut a, mut b] = [a, b].map(|halves| halves.map(|poly| poly.map(|value| value + BASE)));
        transform(&mut a);
        transform(&mut b);
        for (a, b) in a.as_flattened_mut().iter_mut().zip(b.as_flattened()) {
            *a = *a * *b % Q;
        }
        RIGHT.inverse(&mut a[0]);
        LEFT.inverse(&mut a[1]);
        join(&mut a);
        assert_eq!(a.as_flattened(), expected);
    }
}
