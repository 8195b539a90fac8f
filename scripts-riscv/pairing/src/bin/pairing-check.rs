//! Compares the assembly with the same in Rust: the witness is a byte, the number of limbs
//! of the field, and pairs of elements of its extension, little-endian limbs below the
//! modulus. As many pairs as a sum of products may have make a set.

#![no_std]
#![no_main]

use verdict_lock::{Error, witness};
use verdict_pairing::kernel::{Bls12381, Bn254, Modulus, is_portable};

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    let (limbs, sets) = witness::first()?.split_first().ok_or(Error::Encoding)?;
    match limbs {
        4 => check::<4, 5, Bn254>(sets),
        6 => check::<6, 9, Bls12381>(sets),
        _ => Err(Error::Encoding),
    }
}

/// Checks sets of `K` pairs.
fn check<const N: usize, const K: usize, M: Modulus<Limbs = [u64; N]>>(
    sets: &[u8],
) -> Result<(), Error> {
    const { assert!(K == M::MAX_TERMS, "a set is the longest sum") };
    let size = K * 4 * N * 8;
    if sets.is_empty() || !sets.len().is_multiple_of(size) {
        return Err(Error::Encoding);
    }
    for set in sets.chunks_exact(size) {
        let mut limbs = set.as_chunks().0.iter().map(|limb| u64::from_le_bytes(*limb));
        let mut number = || core::array::from_fn(|_| limbs.next().unwrap_or(0));
        let pairs: [_; K] = core::array::from_fn(|_| [[number(), number()], [number(), number()]]);
        if !is_portable::<N, M>(&pairs) {
            return Err(Error::Refused);
        }
    }
    Ok(())
}
