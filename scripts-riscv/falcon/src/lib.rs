//! Verifies Falcon-512 signatures ("Falcon: Fast-Fourier Lattice-based Compact Signatures
//! over NTRU", specification 1.2), padded ones.
//!
//! A polynomial f modulo x⁵¹² + 1 is handled as two polynomials in y = x² modulo y²⁵⁶ + 1,
//! f(x) = e(y) + x o(y), which `verdict-ntt` transforms.

#![no_std]

pub mod program;

use verdict_hash::keccak::Shake256;
use verdict_ntt::{Poly, Transform, factor, mul};

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

static TRANSFORM: Transform = Transform::new(Q, 49 * 49);

/// Makes coefficients positive for the transform: at least 8 q, whatever is taken away.
const BASE: u64 = 9 * Q;

/// Multiplies by one: what is left is reduced.
const ONE: u64 = factor(1, Q);

/// The parts of a polynomial with even and with odd exponents.
type Parts = [Poly; 2];

/// Whether `signature` is one of `key` over `message` (algorithm 16).
#[must_use]
pub fn verify(key: &[u8; KEY], message: &[u8], signature: &[u8; SIGNATURE]) -> bool {
    let [0x39, signature @ ..] = signature else { return false };
    let (salt, packed) = signature.split_at(SALT);
    let Some(h) = unpack_key(key) else { return false };
    let Some((s2, mut length)) = unpack_signature(packed) else { return false };
    let product = multiply(s2, h);

    let mut hash = Shake256::new();
    hash.update(salt);
    hash.update(message);
    let mut reader = hash.finish();
    let [even, odd] = &product;
    let mut products = even.iter().zip(odd).flat_map(|(even, odd)| [even, odd]);
    // Section 3.7, algorithm 3, with the length of c - s2 h as it goes on.
    loop {
        for lane in reader.block() {
            let mut four = lane.swap_bytes();
            for _ in 0..4 {
                four = four.rotate_left(16);
                let candidate = four & 0xffff;
                if candidate < 5 * Q {
                    let Some(product) = products.next() else { return length <= BOUND };
                    let s1 = mul(candidate, ONE, Q).wrapping_sub(mul(*product, SCALE, Q)) as i64;
                    let s1 = s1.max(-s1) as u64;
                    let s1 = s1.min(Q - s1);
                    length += s1 * s1;
                }
            }
        }
    }
}

/// Takes the factor out that the transform leaves: the inverse of 256 modulo q.
const SCALE: u64 = factor(12_241, Q);

/// The product, 256 times too large.
fn multiply(mut a: Parts, mut b: Parts) -> Parts {
    for poly in a.iter_mut().chain(&mut b) {
        TRANSFORM.forward(poly);
    }
    let [even, odd] = &mut a;
    let pairs = even.as_chunks_mut::<2>().0.iter_mut().zip(odd.as_chunks_mut::<2>().0);
    let [b_even, b_odd] = &b;
    let others = b_even.as_chunks::<2>().0.iter().zip(b_odd.as_chunks::<2>().0);
    for (((even, odd), (b_even, b_odd)), point) in pairs.zip(others).zip(TRANSFORM.points()) {
        for at in 0..2 {
            let (e, o) = (even[at], odd[at]);
            // The odd parts meet in x², which is y, the point.
            let wrapped = mul(o * b_odd[at], point, Q);
            let wrapped = if at == 0 { wrapped } else { Q - wrapped };
            even[at] = mul(e * b_even[at] + wrapped, ONE, Q);
            odd[at] = mul(e * b_odd[at] + o * b_even[at], ONE, Q);
        }
    }
    TRANSFORM.inverse(even);
    TRANSFORM.inverse(odd);
    a
}

/// Unpacks the public key (section 3.11.4), for the transform.
fn unpack_key(key: &[u8; KEY]) -> Option<Parts> {
    if key[0] != 9 {
        return None;
    }
    let mut parts = [[0; 256]; 2];
    let [even, odd] = &mut parts;
    let pairs = even.as_chunks_mut().0.iter_mut().zip(odd.as_chunks_mut().0);
    let mut reduced = true;
    for (at, (even, odd)) in pairs.enumerate() {
        // The byte in front is read along.
        let packed = key.get(7 * at..)?.first_chunk().map(|bytes| u64::from_be_bytes(*bytes))?;
        let mut value = |shift: u32| {
            let value = packed >> shift & 0x3fff;
            reduced &= value < Q;
            BASE + value
        };
        *even = [value(42), value(14)];
        *odd = [value(28), value(0)];
    }
    reduced.then_some(parts)
}

/// Unpacks a signature (algorithm 18), for the transform, and gives its squared length.
fn unpack_signature(packed: &[u8]) -> Option<(Parts, u64)> {
    // Zeros behind it are no end of a coefficient.
    let mut bytes = [0; SIGNATURE - 1 - SALT + 8];
    bytes[..packed.len()].copy_from_slice(packed);
    let window = |at: usize| {
        let bytes = bytes.get(at / 8..)?.first_chunk()?;
        Some(u64::from_be_bytes(*bytes) << (at % 8))
    };
    let mut parts = [[0; 256]; 2];
    let mut at = 0;
    let mut length = 0;
    for number in 0..512 {
        let bits = window(at)?;
        let zeros = (bits << 8).leading_zeros();
        let size = bits >> 56 & 0x7f | u64::from(zeros) << 7;
        // Too large, or a second zero.
        if zeros > 15 || bits >> 63 > size {
            return None;
        }
        parts[number % 2][number / 2] = if bits >> 63 == 0 { BASE + size } else { BASE - size };
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
    Some((parts, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(coefficients: &[u64; 512]) -> Parts {
        [0, 1].map(|odd| core::array::from_fn(|at| coefficients[2 * at + odd]))
    }

    /// Products modulo x⁵¹² + 1, as the definition says.
    #[test]
    fn polynomials_multiply() {
        let [a, b]: [[u64; 512]; 2] =
            [5, 11].map(|s| core::array::from_fn(|at| (at as u64).pow(3) * s % Q));
        let mut expected = [0; 512];
        for (i, a) in a.iter().enumerate() {
            for (j, b) in b.iter().enumerate() {
                let sign = if i + j < 512 { 1 } else { Q - 1 };
                expected[(i + j) % 512] = (expected[(i + j) % 512] + a * b % Q * sign) % Q;
            }
        }
        let [a, b] = [a, b].map(|poly| parts(&poly.map(|value| value + BASE)));
        let product = multiply(a, b).map(|poly| poly.map(|value| mul(value, SCALE, Q)));
        assert_eq!(product, parts(&expected));
    }
}
