//! Proofs in Merkle mountain ranges.
//!
//! A range is a row of perfect binary trees, each smaller than the one before it, whose
//! leaves are the items of a list. Nodes have positions in the order in which they come
//! to be: a parent follows its right child. The root bags the peaks from the right. This is
//! the range of the crate `ckb-merkle-mountain-range` and of RFC 0044, with a parent that is
//! the hash of its children, 64 bytes.

use crate::{H256, Hasher, Message};

/// A leaf: its position among all nodes, and its hash.
pub type Leaf = (u64, H256);

/// The position of the leaf that has `index` leaves before it.
#[must_use]
pub const fn leaf_position(index: u64) -> u64 {
    size(index + 1) - (index + 1).trailing_zeros() as u64 - 1
}

/// How many nodes a range of `leaves` leaves has.
#[must_use]
pub const fn size(leaves: u64) -> u64 {
    2 * leaves - leaves.count_ones() as u64
}

/// The root of the range with `leaves` leaves that has all of `proven`, whose positions
/// ascend. `proof` gives the nodes that are missing on the way, in the order in which they
/// are needed: peak by peak from the left, level by level; at its end one node, the bagged
/// peaks to the right of the last proven leaf, if there are any. `proven` is used as room.
///
/// `None` if the proof is none for these leaves.
#[must_use]
pub fn root<H: Hasher>(leaves: u64, proven: &mut [Leaf], proof: &[H256]) -> Option<H256> {
    if leaves == 0 || leaves >= 1 << 62 || proven.is_empty() {
        return None;
    }
    if !proven.windows(2).all(|pair| pair[0].0 < pair[1].0) {
        return None;
    }
    let mut proof = proof.iter();
    let mut proven = proven;
    // Hashes of the peaks, and after them that of all peaks to the right.
    let mut peaks = [[0; 32]; 64];
    let mut count = 0;
    let mut start = 0;
    let mut left = leaves;
    while left > 0 {
        let height = 63 - left.leading_zeros();
        let nodes = (2 << height) - 1;
        let bagged = proven.is_empty();
        let inside = proven.iter().take_while(|(position, _)| *position < start + nodes).count();
        let (these, others) = proven.split_at_mut(inside);
        proven = others;
        peaks[count] = if these.is_empty() {
            *proof.next()?
        } else {
            climb::<H>(start, height, these, &mut proof)?
        };
        count += 1;
        // With one node more or less, nodes that are no leaves could count as such.
        if bagged {
            break;
        }
        start += nodes;
        left -= 1 << height;
    }
    if !proven.is_empty() || proof.next().is_some() {
        return None;
    }
    let (last, others) = peaks[..count].split_last()?;
    Some(others.iter().rev().fold(*last, |right, left| merge::<H>(&right, left)))
}

fn merge<H: Hasher>(left: &H256, right: &H256) -> H256 {
    Message::new().part(left).part(right).hash::<H>()
}

/// The peak of the tree of `height` whose nodes begin at `start`, from some of its leaves.
///
/// `nodes` is a level of the tree, or what is known of it, in turn.
fn climb<'a, H: Hasher>(
    start: u64,
    height: u32,
    nodes: &mut [Leaf],
    proof: &mut impl Iterator<Item = &'a H256>,
) -> Option<H256> {
    // Indices of leaves are easier to go by than positions.
    for (position, _) in nodes.iter_mut() {
        *position = leaf_index(*position - start, height)?;
    }
    let mut known = nodes.len();
    for _ in 0..height {
        let mut from = 0;
        let mut to = 0;
        while from < known {
            let (index, hash) = nodes[from];
            from += 1;
            let parent = if index % 2 == 1 {
                merge::<H>(proof.next()?, &hash)
            } else if from < known && nodes[from].0 == index + 1 {
                from += 1;
                merge::<H>(&hash, &nodes[from - 1].1)
            } else {
                merge::<H>(&hash, proof.next()?)
            };
            nodes[to] = (index / 2, parent);
            to += 1;
        }
        known = to;
    }
    Some(nodes[0].1)
}

/// Which leaf of a perfect tree is at `position`, if a leaf is there.
fn leaf_index(mut position: u64, height: u32) -> Option<u64> {
    let mut index = 0;
    for level in (0..height).rev() {
        // Nodes of a subtree one level down.
        let nodes = (2 << level) - 1;
        if position >= nodes {
            position -= nodes;
            index += 1 << level;
        }
    }
    // The subtree has one node; its ancestors follow it.
    (position == 0).then_some(index)
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::{vec, vec::Vec};

    use ckb_merkle_mountain_range::{MMR, Merge, MerkleProof, Result, util::MemStore};

    use super::*;
    use crate::Ckb;

    struct Theirs;

    impl Merge for Theirs {
        type Item = H256;

        fn merge(left: &H256, right: &H256) -> Result<H256> {
            Ok(merge::<Ckb>(left, right))
        }
    }

    fn item(at: u64) -> H256 {
        verdict_hash::sha256::sha256(&at.to_le_bytes())
    }

    #[test]
    fn roots_are_those_of_the_library() {
        for leaves in [1, 2, 3, 4, 5, 7, 8, 11, 15, 16, 64, 100, 1023] {
            let store = MemStore::default();
            let mut range = MMR::<_, Theirs, _>::new(0, &store);
            for at in 0..leaves {
                assert_eq!(range.push(item(at)).expect("it is in memory"), leaf_position(at));
            }
            assert_eq!(range.mmr_size(), size(leaves));
            let expected = range.get_root().expect("it has leaves");
            let choices = [
                vec![0],
                vec![leaves - 1],
                vec![leaves / 2],
                vec![0, leaves - 1],
                (0..leaves).collect(),
            ];
            for mut indices in choices {
                indices.dedup();
                let positions = indices.iter().map(|&at| leaf_position(at)).collect();
                let proof = range.gen_proof(positions).expect("they are leaves");
                let items = proof.proof_items().to_vec();
                let proven: Vec<Leaf> =
                    indices.iter().map(|&at| (leaf_position(at), item(at))).collect();
                let ours = |proof: &[H256], proven: &[Leaf]| {
                    root::<Ckb>(leaves, &mut proven.to_vec(), proof)
                };
                assert_eq!(ours(&items, &proven), Some(expected), "{leaves} {indices:?}");
                let theirs = MerkleProof::<_, Theirs>::new(size(leaves), items.clone())
                    .calculate_root(proven.clone());
                assert_eq!(theirs.ok(), Some(expected));
                for at in 0..items.len().min(5) {
                    let mut changed = items.clone();
                    changed[at][at] ^= 4;
                    assert_ne!(ours(&changed, &proven), Some(expected));
                    changed.remove(at);
                    assert_eq!(ours(&changed, &proven), None);
                }
                let mut longer = items.clone();
                longer.push(item(77));
                assert_eq!(ours(&longer, &proven), None);
                let mut moved = proven.clone();
                moved[0].0 += 1;
                assert_ne!(ours(&items, &moved), Some(expected));
                if let Some(last) = moved.last_mut() {
                    last.0 = size(leaves);
                    assert_eq!(ours(&items, &moved), None);
                }
            }
        }
    }

    #[test]
    fn only_leaves_are_leaves() {
        // The seven nodes of a tree of height 2.
        let found: Vec<_> = (0..7).map(|position| leaf_index(position, 2)).collect();
        assert_eq!(found, [Some(0), Some(1), None, Some(2), Some(3), None, None]);
    }
}
