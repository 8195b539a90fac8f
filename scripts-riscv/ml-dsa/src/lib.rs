//! Verifies ML-DSA signatures (FIPS 204).
//!
//! Polynomials are transformed by `verdict-ntt`; the matrix is never stored: each of its
//! entries is multiplied and added as it comes out of the hash.

#![no_std]

pub mod program;

use verdict_hash::keccak::{Shake128, Shake256};
use verdict_ntt::{Poly, Transform, factor, mul};

/// The modulus (FIPS 204, section 4).
const Q: u64 = 8_380_417;

/// Makes coefficients positive for the transform: at least 8 q, whatever is taken away.
const BASE: u64 = 9 * Q;

static TRANSFORM: Transform = Transform::new(Q, 1753);

/// A parameter set (FIPS 204, section 4, table 1).
pub trait Parameters {
    /// Rows of the matrix, k.
    const ROWS: usize;
    /// Columns of the matrix, l.
    const COLUMNS: usize;
    /// Coefficients of the challenge that are not zero, τ.
    const WEIGHT: usize;
    /// Range of the coefficients of the response, γ1, as its logarithm.
    const RANGE_BITS: usize;
    /// Range of the rounding, γ2.
    const ROUNDING: u64;
    /// Bits of a rounded coefficient.
    const ROUNDED_BITS: usize;
    /// τ η, β.
    const SLACK: u64;
    /// Most hints, ω.
    const HINTS: usize;
    /// Bytes of the hash that is the challenge, λ/4.
    const CHALLENGE: usize;
    /// Bytes of a public key.
    const KEY: usize = 32 + 320 * Self::ROWS;
    /// Bytes of a signature.
    const SIGNATURE: usize =
        Self::CHALLENGE + 32 * (Self::RANGE_BITS + 1) * Self::COLUMNS + Self::HINTS + Self::ROWS;
}

/// ML-DSA-44.
#[derive(Clone, Copy, Debug)]
pub enum MlDsa44 {}

impl Parameters for MlDsa44 {
    const ROWS: usize = 4;
    const COLUMNS: usize = 4;
    const WEIGHT: usize = 39;
    const RANGE_BITS: usize = 17;
    const ROUNDING: u64 = (Q - 1) / 88;
    const ROUNDED_BITS: usize = 6;
    const SLACK: u64 = 78;
    const HINTS: usize = 80;
    const CHALLENGE: usize = 32;
}

/// ML-DSA-65.
#[derive(Clone, Copy, Debug)]
pub enum MlDsa65 {}

impl Parameters for MlDsa65 {
    const ROWS: usize = 6;
    const COLUMNS: usize = 5;
    const WEIGHT: usize = 49;
    const RANGE_BITS: usize = 19;
    const ROUNDING: u64 = (Q - 1) / 32;
    const ROUNDED_BITS: usize = 4;
    const SLACK: u64 = 196;
    const HINTS: usize = 55;
    const CHALLENGE: usize = 48;
}

/// Most columns of a matrix.
const MOST_COLUMNS: usize = 5;

/// Whether `signature` is one of `key` over `message` in `context` (FIPS 204, algorithm 3).
/// Key, signature and context have to have the right lengths.
#[must_use]
pub fn verify<P: Parameters>(key: &[u8], message: &[u8], context: &[u8], signature: &[u8]) -> bool {
    u8::try_from(context.len())
        .is_ok_and(|len| verify_internal::<P>(key, [&[0, len], context, message], signature))
}

/// Whether `signature` is one of `key` over the formatted message that `parts` are (FIPS 204,
/// algorithm 8). Key and signature have to have the right lengths.
#[must_use]
pub fn verify_internal<P: Parameters>(key: &[u8], parts: [&[u8]; 3], signature: &[u8]) -> bool {
    if key.len() != P::KEY || signature.len() != P::SIGNATURE {
        return false;
    }
    let (challenge, rest) = signature.split_at(P::CHALLENGE);
    let (response, hints) = rest.split_at(P::SIGNATURE - P::CHALLENGE - P::HINTS - P::ROWS);
    let (seed, key_rows) = key.split_at(32);

    let mut z = [[0; 256]; MOST_COLUMNS];
    let z = &mut z[..P::COLUMNS];
    for (poly, bytes) in z.iter_mut().zip(response.chunks_exact(32 * (P::RANGE_BITS + 1))) {
        if !unpack_response::<P>(bytes, poly) {
            return false;
        }
        TRANSFORM.forward(poly);
    }
    if !hints_are_canonical::<P>(hints) {
        return false;
    }
    let mut c = sample_challenge(challenge, P::WEIGHT);
    TRANSFORM.forward(&mut c);
    // Products are subtracted: 32 q is more than a value can be.
    for value in &mut c {
        *value = 32 * Q - *value;
    }

    let mut hash = Shake256::new();
    hash.update(key);
    let mut digest = [0; 64];
    hash.finish().read(&mut digest);
    let mut hash = Shake256::new();
    hash.update(&digest);
    for part in parts {
        hash.update(part);
    }
    hash.finish().read(&mut digest);

    let mut hash = Shake256::new();
    hash.update(&digest);
    let mut first_hint = 0;
    for (row, bytes) in key_rows.chunks_exact(320).enumerate() {
        let mut w = unpack_key(bytes);
        TRANSFORM.forward(&mut w);
        for (w, c) in w.iter_mut().zip(&c) {
            *w *= c;
        }
        for (column, z) in z.iter().enumerate() {
            add_product(seed, row, column, z, &mut w);
        }
        for w in &mut w {
            *w = reduce(*w);
        }
        TRANSFORM.inverse(&mut w);
        let last_hint = usize::from(hints[P::HINTS + row]);
        round::<P>(&mut w, &hints[first_hint..last_hint]);
        first_hint = last_hint;
        pack_rounded::<P>(&w, &mut hash);
    }
    let mut expected = [0; 64];
    let expected = &mut expected[..P::CHALLENGE];
    hash.finish().read(expected);
    expected == challenge
}

/// A representative less than 2 q.
fn reduce(value: u64) -> u64 {
    const INVERSE: u64 = u64::MAX / Q;
    let quotient = ((u128::from(value) * u128::from(INVERSE)) >> 64) as u64;
    value - quotient * Q
}

/// Unpacks a polynomial of the response (FIPS 204, algorithm 19), for the transform. Gives
/// whether its coefficients are as small as they have to be.
fn unpack_response<P: Parameters>(bytes: &[u8], poly: &mut Poly) -> bool {
    let range = 1 << P::RANGE_BITS;
    let mask = 2 * range - 1;
    let mut small = true;
    let mut coefficient = |packed: u64| {
        let packed = packed & mask;
        // |γ1 - packed| < γ1 - β
        small &= packed.wrapping_sub(P::SLACK + 1) < 2 * (range - P::SLACK) - 1;
        BASE + range - packed
    };
    if P::RANGE_BITS == 17 {
        let (chunks, _) = bytes.as_chunks::<9>();
        for (four, chunk) in poly.as_chunks_mut::<4>().0.iter_mut().zip(chunks) {
            let [low @ .., high] = *chunk;
            let low = u64::from_le_bytes(low);
            *four = [low, low >> 18, low >> 36, low >> 54 | u64::from(high) << 10]
                .map(&mut coefficient);
        }
    } else {
        let (chunks, _) = bytes.as_chunks::<5>();
        for (two, chunk) in poly.as_chunks_mut::<2>().0.iter_mut().zip(chunks) {
            let packed = five_bytes(*chunk);
            *two = [packed, packed >> 20].map(&mut coefficient);
        }
    }
    small
}

fn five_bytes([low @ .., high]: [u8; 5]) -> u64 {
    u64::from(u32::from_le_bytes(low)) | u64::from(high) << 32
}

/// Unpacks a polynomial of the public key (FIPS 204, algorithm 18) times 2^13, for the
/// transform.
fn unpack_key(bytes: &[u8]) -> Poly {
    let mut poly = [0; 256];
    let (chunks, _) = bytes.as_chunks::<5>();
    for (four, chunk) in poly.as_chunks_mut::<4>().0.iter_mut().zip(chunks) {
        let packed = five_bytes(*chunk);
        *four = [packed << 13, packed << 3, packed >> 7, packed >> 17]
            .map(|shifted| BASE + (shifted & 0x3ff << 13));
    }
    poly
}

/// Whether hints are packed in the one way that is allowed (FIPS 204, algorithm 21).
fn hints_are_canonical<P: Parameters>(hints: &[u8]) -> bool {
    let (places, ends) = hints.split_at(P::HINTS);
    let mut start = 0;
    for end in ends {
        let Some(row) = places.get(start..usize::from(*end)) else { return false };
        if !row.is_sorted_by(|a, b| a < b) {
            return false;
        }
        start = usize::from(*end);
    }
    places[start..].iter().all(|place| *place == 0)
}

/// The challenge (FIPS 204, algorithm 29), for the transform.
fn sample_challenge(seed: &[u8], weight: usize) -> Poly {
    let mut hash = Shake256::new();
    hash.update(seed);
    let mut reader = hash.finish();
    let mut signs = [0; 8];
    reader.read(&mut signs);
    let mut signs = u64::from_le_bytes(signs);
    let mut c = [BASE; 256];
    for at in 256 - weight..256 {
        let mut place = [0];
        loop {
            reader.read(&mut place);
            if usize::from(place[0]) <= at {
                break;
            }
        }
        let place = usize::from(place[0]);
        c[at] = c[place];
        c[place] = BASE + 1 - 2 * (signs & 1);
        signs >>= 1;
    }
    c
}

/// Adds the product of `z` and an entry of the matrix (FIPS 204, algorithms 30 and 32).
fn add_product(seed: &[u8], row: usize, column: usize, z: &Poly, sum: &mut Poly) {
    let mut hash = Shake128::new();
    hash.update(seed);
    hash.update(&[column as u8, row as u8]);
    let mut reader = hash.finish();
    let mut places = sum.iter_mut().zip(z);
    let Some((mut to, mut factor)) = places.next() else { return };
    loop {
        // 21 words are 56 candidates of three bytes.
        for &[x, y, z] in reader.block().as_chunks::<3>().0 {
            let candidates = [
                x,
                x >> 24,
                x >> 48 | y << 16,
                y >> 8,
                y >> 32,
                y >> 56 | z << 8,
                z >> 16,
                z >> 40,
            ];
            for candidate in candidates {
                let candidate = candidate & 0x7f_ffff;
                if candidate < Q {
                    *to += candidate * factor;
                    match places.next() {
                        Some(next) => (to, factor) = next,
                        None => return,
                    }
                }
            }
        }
    }
}

/// Takes the factor out that the transform left, and rounds with hints (FIPS 204,
/// algorithm 40).
fn round<P: Parameters>(poly: &mut Poly, hints: &[u8]) {
    // 256 × 8347681 = 1 modulo q.
    const SCALE: u64 = factor(8_347_681, Q);
    let step = 2 * P::ROUNDING;
    let count = (Q - 1) / step;
    let high = |value: u64| (value + P::ROUNDING - 1) / step;
    let mut hinted = [0; 80];
    for (value, place) in hinted.iter_mut().zip(hints) {
        let r = mul(poly[usize::from(*place)], SCALE, Q);
        // The value that is rounded is above the middle of what rounds to the same, or not;
        // what rounds to q - 1 counts as below zero.
        let up = high(r) < count && r > high(r) * step;
        *value = if up { high(r) + 1 } else { high(r) % count + count - 1 } % count;
    }
    for value in poly.iter_mut() {
        let high = high(mul(*value, SCALE, Q));
        *value = if high == count { 0 } else { high };
    }
    for (value, place) in hinted.iter().zip(hints) {
        poly[usize::from(*place)] = *value;
    }
}

/// Hashes a polynomial of rounded coefficients (FIPS 204, algorithm 28).
fn pack_rounded<P: Parameters>(poly: &Poly, hash: &mut Shake256) {
    let mut packed = [0; 256];
    let mut len = 0;
    if P::ROUNDED_BITS == 6 {
        for [a, b, c, d] in poly.as_chunks().0 {
            let four = a | b << 6 | c << 12 | d << 18;
            packed[len..len + 4].copy_from_slice(&(four as u32).to_le_bytes());
            len += 3;
        }
    } else {
        for [a, b, c, d] in poly.as_chunks().0 {
            let four = a | b << 4 | c << 8 | d << 12;
            packed[len..len + 2].copy_from_slice(&(four as u16).to_le_bytes());
            len += 2;
        }
    }
    hash.update(&packed[..len]);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FIPS 204, algorithms 36 and 40, word by word.
    fn use_hint(hint: bool, value: i64, rounding: i64) -> i64 {
        let q = Q as i64;
        let count = (q - 1) / (2 * rounding);
        let mut low = value % (2 * rounding);
        if low > rounding {
            low -= 2 * rounding;
        }
        let high = if value - low == q - 1 {
            low -= 1;
            0
        } else {
            (value - low) / (2 * rounding)
        };
        match (hint, low > 0) {
            (false, _) => high,
            (true, true) => (high + 1).rem_euclid(count),
            (true, false) => (high - 1).rem_euclid(count),
        }
    }

    /// At all values near a border, with a hint and without.
    fn check_rounding<P: Parameters>() {
        let steps = (Q - 1) / P::ROUNDING;
        let values = (0..=steps)
            .flat_map(|step| (0..5).map(move |off| (step * P::ROUNDING + Q + off - 2) % Q));
        for value in values {
            let mut poly = [value * 256 % Q; 256];
            round::<P>(&mut poly, &[3, 200]);
            for (at, rounded) in poly.iter().enumerate() {
                let expected = use_hint([3, 200].contains(&at), value as i64, P::ROUNDING as i64);
                assert_eq!(*rounded as i64, expected, "{value}, {at}");
            }
        }
    }

    #[test]
    fn rounding() {
        check_rounding::<MlDsa44>();
        check_rounding::<MlDsa65>();
    }

    #[test]
    fn hints_have_one_encoding() {
        let check = |places: &[u8], ends: [u8; 4]| {
            let mut hints = [0; 84];
            hints[..places.len()].copy_from_slice(places);
            hints[80..].copy_from_slice(&ends);
            hints_are_canonical::<MlDsa44>(&hints)
        };
        assert!(check(&[], [0, 0, 0, 0]));
        assert!(check(&[0, 7, 7, 255, 3], [2, 2, 4, 5]));
        // Not ascending, twice the same, ends that descend or are too large, and rest.
        assert!(!check(&[7, 0, 7, 255, 3], [2, 2, 4, 5]));
        assert!(!check(&[7, 7, 7, 255, 3], [2, 2, 4, 5]));
        assert!(!check(&[0, 7, 7, 255, 3], [2, 1, 4, 5]));
        assert!(!check(&[0, 7, 7, 255, 3], [2, 2, 4, 81]));
        assert!(!check(&[0, 7, 7, 255, 3], [2, 2, 4, 4]));
    }

    /// Whatever the sum of products is.
    #[test]
    fn reduces_sums() {
        for value in [0, 1, Q - 1, Q, 2 * Q, 1 << 56, u64::MAX] {
            let reduced = reduce(value);
            assert!(reduced < 2 * Q);
            assert_eq!(reduced % Q, value % Q);
        }
    }
}
