//! Checks a proof in a Merkle mountain range: root, number of leaves (eight bytes), number
//! of proven leaves (two bytes), their positions (eight bytes) and hashes in ascending
//! order, nodes of the proof.

#![no_std]
#![no_main]

use arrayvec::ArrayVec;
use verdict_lock::{Error, witness};
use verdict_merkle::{Ckb, mmr};

verdict_std::entry!(main);

/// Most leaves of a proof.
const MAX_LEAVES: usize = 256;

fn main() -> Result<(), Error> {
    let (root, rest) = witness::first()?.split_first_chunk().ok_or(Error::Encoding)?;
    let (leaves, rest) = rest.split_first_chunk().ok_or(Error::Encoding)?;
    let (count, rest) = rest.split_first_chunk().ok_or(Error::Encoding)?;
    let count = usize::from(u16::from_le_bytes(*count));
    let (proven, proof) = rest.split_at_checked(40 * count).ok_or(Error::Encoding)?;
    let (proof, []) = proof.as_chunks() else { return Err(Error::Encoding) };
    let mut list = ArrayVec::<mmr::Leaf, MAX_LEAVES>::new();
    for leaf in proven.as_chunks::<40>().0 {
        let (position, hash) = leaf.split_first_chunk().ok_or(Error::Encoding)?;
        let hash = hash.try_into().map_err(|_| Error::Encoding)?;
        list.try_push((u64::from_le_bytes(*position), hash)).map_err(|_| Error::Encoding)?;
    }
    let found = mmr::root::<Ckb>(u64::from_le_bytes(*leaves), &mut list, proof);
    if found == Some(*root) { Ok(()) } else { Err(Error::Refused) }
}
