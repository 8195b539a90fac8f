//! Merkle proofs: that something is in a tree of which only the root is known, or not.
//!
//! - [`smt`]: sparse Merkle trees, maps of 2^256 keys, most of which are zero;
//! - [`mmr`]: mountain ranges, lists that grow.
//!
//! Both are computed as the chain's ecosystem does it, so that proofs made by its tools
//! are understood. What hashes is a [`Hasher`].

#![no_std]
#![forbid(unsafe_code)]

pub mod mmr;
pub mod smt;

use verdict_hash::{blake2b, sha256};

/// 32 bytes: a key, a value or a node.
pub type H256 = [u8; 32];

/// Longest message that trees hash.
pub const MAX_MESSAGE: usize = 128;

/// A hash function.
pub trait Hasher {
    /// The hash of the first `len` bytes of `message`, behind which it is zero.
    fn hash(message: &[u8; MAX_MESSAGE], len: usize) -> H256;
}

/// The chain's hash: BLAKE2b, personalised with [`blake2b::CKB`].
#[derive(Clone, Copy, Debug)]
pub struct Ckb;

impl Hasher for Ckb {
    fn hash(message: &[u8; MAX_MESSAGE], len: usize) -> H256 {
        blake2b::hash_block(blake2b::CKB, message, len)
    }
}

/// SHA-256.
#[derive(Clone, Copy, Debug)]
pub struct Sha256;

impl Hasher for Sha256 {
    fn hash(message: &[u8; MAX_MESSAGE], len: usize) -> H256 {
        sha256::sha256(&message[..len])
    }
}

/// A message under construction.
struct Message {
    bytes: [u8; MAX_MESSAGE],
    len: usize,
}

impl Message {
    const fn new() -> Self {
        Self { bytes: [0; MAX_MESSAGE], len: 0 }
    }

    #[inline(always)]
    fn byte(mut self, byte: u8) -> Self {
        self.bytes[self.len] = byte;
        self.len += 1;
        self
    }

    #[inline(always)]
    fn part(mut self, part: &H256) -> Self {
        self.bytes[self.len..self.len + 32].copy_from_slice(part);
        self.len += 32;
        self
    }

    #[inline(always)]
    fn hash<H: Hasher>(&self) -> H256 {
        H::hash(&self.bytes, self.len)
    }
}
