//! Proofs in sparse Merkle trees.
//!
//! The tree and its compiled proofs are those of the crate `sparse-merkle-tree`: a leaf
//! for each of 2^256 keys, zero where nothing was stored. A node over two zeros is zero; a
//! node over one zero is not hashed but remembered, so that a leaf that is alone in its
//! subtree costs two hashes, however high that is. A compiled proof is a program for a
//! stack of nodes:
//!
//! | code | then | does |
//! |---|---|---|
//! | `L` | | pushes the next leaf |
//! | `P` | node (32 bytes) | merges the top with a sibling |
//! | `Q` | count (1), base (32), bits (32) | merges the top with a sibling over zeros |
//! | `H` | | merges the two on top |
//! | `O` | count (1), 0 for 256 | merges the top with as many zeros |

use arrayvec::ArrayVec;

use crate::{H256, Hasher, Message};

/// Most nodes that wait on the stack: one for each height, and one.
const MAX_STACK: usize = 257;

const NORMAL: u8 = 1;
const ZEROS: u8 = 2;

/// A leaf: a key and its value. A value of zero says that nothing is stored there.
pub type Leaf = (H256, H256);

/// The root of the tree that has all of `leaves`, whose keys ascend, the last byte being
/// the most significant one.
///
/// `None` if the proof is none for these keys, or the keys do not ascend.
#[must_use]
pub fn root<H: Hasher>(leaves: &[Leaf], proof: &[u8]) -> Option<H256> {
    let mut leaves = leaves.iter();
    let mut last_key = None;
    let mut stack = ArrayVec::<Node, MAX_STACK>::new();
    let mut codes = proof;
    while let Some((code, rest)) = codes.split_first() {
        codes = rest;
        let node = match code {
            b'L' => {
                let (key, value) = leaves.next()?;
                let key = Key::new(key);
                if last_key.replace(key).is_some_and(|last| !last.is_below(&key)) {
                    return None;
                }
                Node { height: 0, key, value: Value::Hashed(*value) }
            }
            b'P' => {
                let sibling = Value::Hashed(*take(&mut codes)?);
                stack.pop()?.merge::<H>(sibling)?
            }
            b'Q' => {
                let [count] = *take(&mut codes)?;
                let base = *take(&mut codes)?;
                let bits = Key::new(take(&mut codes)?);
                let node = stack.pop()?;
                // It cannot be over more levels than are below it, nor have sides on others:
                // over zeros, it could pass for this node.
                let below = node.height.checked_sub(count.into())?;
                if count == 0 || bits.only(below, node.height) != bits {
                    return None;
                }
                node.merge::<H>(Value::OverZeros { base, bits, count })?
            }
            b'H' => {
                let (b, a) = (stack.pop()?, stack.pop()?);
                let height = a.height;
                if height != b.height || height > 255 {
                    return None;
                }
                // They are the left and the right one.
                if a.key.bit(height)
                    || !b.key.bit(height)
                    || a.key.above(height) != b.key.above(height)
                {
                    return None;
                }
                a.merge::<H>(b.value)?
            }
            b'O' => {
                let [count] = *take(&mut codes)?;
                stack.pop()?.merge_zeros::<H>(count)?
            }
            _ => return None,
        };
        stack.try_push(node).ok()?;
    }
    let node = stack.pop()?;
    if !stack.is_empty() || node.height != 256 || leaves.next().is_some() {
        return None;
    }
    Some(node.value.hash::<H>())
}

/// Takes the next `N` bytes.
fn take<'a, const N: usize>(bytes: &mut &'a [u8]) -> Option<&'a [u8; N]> {
    let (taken, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(taken)
}

/// A node of the tree.
struct Node {
    /// 0 for a leaf, 256 for the root.
    height: u32,
    /// The key of its leaves, with zeros below the height.
    key: Key,
    value: Value,
}

impl Node {
    /// The parent of this node and its sibling.
    #[inline(never)]
    fn merge<H: Hasher>(self, sibling: Value) -> Option<Self> {
        let Self { height, key, value } = self;
        let level = u8::try_from(height).ok()?;
        let parent = key.above(height);
        let (left, right) = if key.bit(height) { (sibling, value) } else { (value, sibling) };
        let value = match (left.is_zero(), right.is_zero()) {
            (true, true) => left,
            (true, false) => right.over_zeros::<H>(level, &parent, Key::bit_at(height), 1),
            (false, true) => left.over_zeros::<H>(level, &parent, Key([0; 4]), 1),
            (false, false) => {
                let left = left.hash::<H>();
                let right = right.hash::<H>();
                let message = Message::new().byte(NORMAL).byte(level).part(&parent.bytes());
                Value::Hashed(message.part(&left).part(&right).hash::<H>())
            }
        };
        Some(Self { height: height + 1, key: parent, value })
    }

    /// The ancestor that has nothing but zeros besides this node, `count` levels up, or
    /// 256 if that is zero.
    fn merge_zeros<H: Hasher>(self, count: u8) -> Option<Self> {
        let Self { height, key, value } = self;
        let level = u8::try_from(height).ok()?;
        let top = height + if count == 0 { 256 } else { u32::from(count) };
        if top > 256 {
            return None;
        }
        let value = if value.is_zero() {
            value
        } else {
            value.over_zeros::<H>(level, &key.above(height), key.only(height, top), count)
        };
        Some(Self { height: top, key: key.above(top - 1), value })
    }
}

/// What a node stands for.
enum Value {
    /// A leaf's value, or a hash. Zero if there is nothing below.
    Hashed(H256),
    /// A node with nothing but zeros beside it on the next `count` levels, modulo 256, and
    /// on which side of them it is.
    OverZeros { base: H256, bits: Key, count: u8 },
}

impl Value {
    fn is_zero(&self) -> bool {
        match self {
            Self::Hashed(hash) => *hash == [0; 32],
            Self::OverZeros { .. } => false,
        }
    }

    #[inline(never)]
    fn hash<H: Hasher>(self) -> H256 {
        match self {
            Self::Hashed(hash) => hash,
            Self::OverZeros { base, bits, count } => {
                let message = Message::new().byte(ZEROS).part(&base).part(&bits.bytes());
                message.byte(count).hash::<H>()
            }
        }
    }

    /// This value, on `level` and below `parent`, with `more` levels of zeros beside it.
    #[inline(never)]
    fn over_zeros<H: Hasher>(self, level: u8, parent: &Key, sides: Key, more: u8) -> Self {
        match self {
            Self::Hashed(hash) => {
                let message = Message::new().byte(level).part(&parent.bytes()).part(&hash);
                Self::OverZeros { base: message.hash::<H>(), bits: sides, count: more }
            }
            Self::OverZeros { base, bits, count } => {
                let bits = Key(core::array::from_fn(|at| bits.0[at] | sides.0[at]));
                Self::OverZeros { base, bits, count: count.wrapping_add(more) }
            }
        }
    }
}

/// A key as a number, its least significant word first.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Key([u64; 4]);

impl Key {
    fn new(bytes: &H256) -> Self {
        let (words, _) = bytes.as_chunks();
        Self(core::array::from_fn(|at| u64::from_le_bytes(words[at])))
    }

    fn bytes(&self) -> H256 {
        let mut bytes = [0; 32];
        for (part, word) in bytes.chunks_exact_mut(8).zip(self.0) {
            part.copy_from_slice(&word.to_le_bytes());
        }
        bytes
    }

    /// Nothing but bit `height`.
    fn bit_at(height: u32) -> Self {
        Self([u64::MAX; 4]).only(height, height + 1)
    }

    fn bit(&self, height: u32) -> bool {
        self.0[height as usize / 64] >> (height % 64) & 1 == 1
    }

    /// What is above bit `height`.
    fn above(&self, height: u32) -> Self {
        self.only(height + 1, 256)
    }

    fn is_below(&self, other: &Self) -> bool {
        self.0.iter().rev().lt(other.0.iter().rev())
    }

    /// What is at bit `from` or above and below bit `to`, which are at most 256.
    #[inline(never)]
    fn only(&self, from: u32, to: u32) -> Self {
        let mut key = *self;
        for (word, at) in key.0.iter_mut().zip([0, 64, 128, 192]) {
            let (from, to) = (from.saturating_sub(at), to.saturating_sub(at));
            if from >= 64 {
                *word = 0;
            } else {
                *word = *word >> from << from;
            }
            if to < 64 {
                *word &= !(u64::MAX << to);
            }
        }
        key
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::vec::Vec;

    use sparse_merkle_tree::{
        CompiledMerkleProof, H256 as TheirH256, SparseMerkleTree, default_store::DefaultStore,
        traits,
    };

    use super::*;
    use crate::{Ckb, Sha256};

    /// Our hash functions, for their tree.
    struct Theirs<H>(Vec<u8>, core::marker::PhantomData<H>);

    impl<H> Default for Theirs<H> {
        fn default() -> Self {
            Self(Vec::new(), core::marker::PhantomData)
        }
    }

    impl<H: Hasher> traits::Hasher for Theirs<H> {
        fn write_h256(&mut self, h: &TheirH256) {
            self.0.extend_from_slice(h.as_slice());
        }

        fn write_byte(&mut self, b: u8) {
            self.0.push(b);
        }

        fn finish(self) -> TheirH256 {
            let mut message = [0; 128];
            message[..self.0.len()].copy_from_slice(&self.0);
            H::hash(&message, self.0.len()).into()
        }
    }

    fn number(seed: u64) -> H256 {
        sha256_of(&seed.to_le_bytes())
    }

    fn sha256_of(bytes: &[u8]) -> H256 {
        verdict_hash::sha256::sha256(bytes)
    }

    /// Trees of several sizes: proofs of some keys, present and absent.
    fn check<H: Hasher + 'static>() {
        for size in [0, 1, 2, 3, 10, 100, 1000] {
            let mut tree: SparseMerkleTree<Theirs<H>, TheirH256, DefaultStore<TheirH256>> =
                SparseMerkleTree::default();
            let leaf = |at: u64| {
                let mut key = number(at);
                if at.is_multiple_of(3) {
                    // Neighbours, which part low in the tree.
                    key = number(at / 30);
                    key[0] = at as u8;
                }
                (key, number(at + 1_000_000))
            };
            for at in 0..size {
                let (key, value) = leaf(at);
                tree.update(key.into(), value.into()).expect("it is in memory");
            }
            for (first, count) in [(0, 1), (size / 2, 1), (size, 1), (0, 2), (1, 5), (7, 40)] {
                let mut leaves: Vec<Leaf> = (first..first + count)
                    .map(|at| {
                        let key = leaf(at).0;
                        let value = tree.get(&key.into()).expect("it is in memory");
                        (key, value.into())
                    })
                    .collect();
                leaves.sort_by(|a, b| a.0.iter().rev().cmp(b.0.iter().rev()));
                leaves.dedup();
                let keys: Vec<TheirH256> = leaves.iter().map(|(key, _)| (*key).into()).collect();
                if size == 0 {
                    continue;
                }
                let proof = tree.merkle_proof(keys.clone()).expect("there are keys");
                let proof: Vec<u8> = proof.compile(keys).expect("they are its keys").into();
                let expected: H256 = (*tree.root()).into();
                assert_eq!(root::<H>(&leaves, &proof), Some(expected), "{size} {first} {count}");
                // Whatever is changed, ours says the same as theirs, or refuses it.
                for at in 0..proof.len().min(200) {
                    let mut changed = proof.clone();
                    changed[at] ^= 1 << (at % 8);
                    let theirs = CompiledMerkleProof(changed.clone()).compute_root::<Theirs<H>>(
                        leaves.iter().map(|&(key, value)| (key.into(), value.into())).collect(),
                    );
                    let ours = root::<H>(&leaves, &changed);
                    assert!(ours.is_none() || ours == theirs.ok().map(Into::into));
                    assert_ne!(ours, Some(expected), "byte {at}");
                }
                assert_eq!(root::<H>(&leaves, &proof[..proof.len() - 1]), None);
                let mut twice = leaves.clone();
                twice.push(*leaves.last().expect("there is one"));
                assert_eq!(root::<H>(&twice, &proof), None);
            }
        }
    }

    #[test]
    fn roots_are_those_of_the_library() {
        check::<Ckb>();
        check::<Sha256>();
    }
}
