//! Checks a proof in a sparse Merkle tree: root, number of leaves (two bytes), keys and
//! values in ascending order of keys, compiled proof.

#![no_std]
#![no_main]

use arrayvec::ArrayVec;
use verdict_lock::{Error, witness};
use verdict_merkle::{Ckb, smt};

verdict_std::entry!(main);

/// Most leaves of a proof.
const MAX_LEAVES: usize = 256;

fn main() -> Result<(), Error> {
    let (root, rest) = witness::first()?.split_first_chunk().ok_or(Error::Encoding)?;
    let (count, rest) = rest.split_first_chunk().ok_or(Error::Encoding)?;
    let count = usize::from(u16::from_le_bytes(*count));
    let (leaves, proof) = rest.split_at_checked(64 * count).ok_or(Error::Encoding)?;
    let mut list = ArrayVec::<smt::Leaf, MAX_LEAVES>::new();
    for [key, value] in leaves.as_chunks().0.as_chunks().0 {
        list.try_push((*key, *value)).map_err(|_| Error::Encoding)?;
    }
    if smt::root::<Ckb>(&list, proof) == Some(*root) { Ok(()) } else { Err(Error::Refused) }
}
