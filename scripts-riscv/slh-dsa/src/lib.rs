//! Verifies SLH-DSA signatures with SHA-256 (FIPS 205, sets of security category 1).
//!
//! Nearly all of the cost is compressions: one for each step of a chain and each node of
//! a tree, as the block that hashes the public seed is compressed once.

#![no_std]

pub mod program;

use core::slice;

use verdict_hash::sha256::{INITIAL, Sha256, compress};

/// Bytes of a node, n.
const NODE: usize = 16;

/// Most few-time trees of a set.
const MOST_FEW_TREES: usize = 33;

/// Bytes of a public key: seed and root.
pub const KEY: usize = 2 * NODE;

/// Values of a digit of a one-time signature, w.
const DIGITS: u8 = 16;

/// Digits of a node and of their checksum, len.
const CHAINS: usize = 35;

/// A node of a tree, or something that is hashed to one.
type Node = [u8; NODE];

/// A parameter set (FIPS 205, section 11, table 2).
pub trait Parameters {
    /// Layers of trees, d.
    const LAYERS: usize;
    /// Height of a tree, h'.
    const HEIGHT: usize;
    /// Few-time trees, k.
    const FEW_TREES: usize;
    /// Height of a few-time tree, a.
    const FEW_HEIGHT: usize;
    /// Bytes of a signature.
    const SIGNATURE: usize = NODE
        * (1 + Self::FEW_TREES * (1 + Self::FEW_HEIGHT) + Self::LAYERS * (CHAINS + Self::HEIGHT));
}

/// SLH-DSA-SHA2-128s: small signatures.
#[derive(Clone, Copy, Debug)]
pub enum Small {}

impl Parameters for Small {
    const LAYERS: usize = 7;
    const HEIGHT: usize = 9;
    const FEW_TREES: usize = 14;
    const FEW_HEIGHT: usize = 12;
}

/// SLH-DSA-SHA2-128f: fast to sign.
#[derive(Clone, Copy, Debug)]
pub enum Fast {}

impl Parameters for Fast {
    const LAYERS: usize = 22;
    const HEIGHT: usize = 3;
    const FEW_TREES: usize = 33;
    const FEW_HEIGHT: usize = 6;
}

/// What an address is for (FIPS 205, section 4.2).
#[derive(Clone, Copy)]
enum Kind {
    Chain = 0,
    OneTimeKey = 1,
    Tree = 2,
    FewTree = 3,
    FewRoots = 4,
}

/// A compressed address (FIPS 205, section 11.2).
#[derive(Clone, Copy)]
struct Address([u8; 22]);

impl Address {
    fn new(layer: usize, tree: u64) -> Self {
        let mut bytes = [0; 22];
        bytes[0] = layer as u8;
        bytes[1..9].copy_from_slice(&tree.to_be_bytes());
        Self(bytes)
    }

    /// The address for `kind` at leaf `leaf`, which is zero where the kind has none.
    fn of(mut self, kind: Kind, leaf: usize) -> Self {
        self.0[9] = kind as u8;
        self.0[10..14].copy_from_slice(&(leaf as u32).to_be_bytes());
        self
    }

    /// Sets the last two words: chain and step, or height and index of a node.
    fn set(&mut self, first: usize, second: usize) {
        let words = (first as u64) << 32 | second as u64;
        self.0[14..].copy_from_slice(&words.to_be_bytes());
    }
}

/// The hash functions of a key.
struct Hash {
    /// What compressing the block of the seed leaves.
    seeded: [u32; 8],
}

impl Hash {
    fn new(seed: &Node) -> Self {
        let mut block = [0; 64];
        block[..NODE].copy_from_slice(seed);
        let mut seeded = INITIAL;
        compress(&mut seeded, slice::from_ref(&block));
        Self { seeded }
    }

    /// The second and last block of what is hashed, with room for `len` bytes behind the
    /// address.
    fn block(address: &Address, len: usize) -> [u8; 64] {
        let mut block = [0; 64];
        block[..22].copy_from_slice(&address.0);
        block[22 + len] = 0x80;
        let bits = 8 * (64 + 22 + len);
        block[62..].copy_from_slice(&(bits as u16).to_be_bytes());
        block
    }

    fn compress(&self, block: &[u8; 64]) -> Node {
        let mut state = self.seeded;
        compress(&mut state, slice::from_ref(block));
        let [a, b, c, d, ..] = state;
        let mut node = [0; NODE];
        node[..8].copy_from_slice(&(u64::from(a) << 32 | u64::from(b)).to_be_bytes());
        node[8..].copy_from_slice(&(u64::from(c) << 32 | u64::from(d)).to_be_bytes());
        node
    }

    /// F (FIPS 205, section 11.2.1), on the steps of a chain from `start` on (algorithm 5).
    fn chain(&self, address: &Address, start: u8, value: Node) -> Node {
        let mut block = Self::block(address, NODE);
        let mut value = value;
        for step in start..DIGITS - 1 {
            block[21] = step;
            block[22..22 + NODE].copy_from_slice(&value);
            value = self.compress(&block);
        }
        value
    }

    /// F (FIPS 205, section 11.2.1).
    fn leaf(&self, address: &Address, secret: &Node) -> Node {
        let mut block = Self::block(address, NODE);
        block[22..22 + NODE].copy_from_slice(secret);
        self.compress(&block)
    }

    /// T (FIPS 205, section 11.2.1).
    fn all(&self, address: &Address, nodes: &[Node]) -> Node {
        let mut hash = Sha256::resume(self.seeded, 1);
        hash.update(&address.0);
        hash.update(nodes.as_flattened());
        truncate(hash.finish())
    }

    /// The root of the tree in which `node` is number `index` of its height 0, and `path`
    /// are the siblings of the nodes on the way up, by H (FIPS 205, section 11.2.1).
    /// Numbers in addresses count from `base` on.
    fn root(
        &self,
        address: &mut Address,
        base: usize,
        index: usize,
        mut node: Node,
        path: &[Node],
    ) -> Node {
        for (height, sibling) in path.iter().enumerate() {
            address.set(height + 1, (base + index) >> (height + 1));
            let mut block = Self::block(address, 2 * NODE);
            let (left, right) =
                if index >> height & 1 == 0 { (&node, sibling) } else { (sibling, &node) };
            block[22..22 + NODE].copy_from_slice(left);
            block[22 + NODE..22 + 2 * NODE].copy_from_slice(right);
            node = self.compress(&block);
        }
        node
    }

    /// The public key of a one-time signature (FIPS 205, algorithm 8).
    fn one_time_key(&self, address: Address, leaf: usize, message: &Node, tops: &[Node]) -> Node {
        let mut digits = [0; CHAINS];
        let mut checksum = 0;
        for (digits, byte) in digits.as_chunks_mut::<2>().0.iter_mut().zip(message) {
            *digits = [byte >> 4, byte & 15];
            checksum += 30 - u16::from(digits[0]) - u16::from(digits[1]);
        }
        let [high, low] = checksum.to_be_bytes();
        digits[32..].copy_from_slice(&[high, low >> 4, low & 15]);

        let mut ends = [[0; NODE]; CHAINS];
        let mut chain = address.of(Kind::Chain, leaf);
        for (at, (end, (digit, top))) in ends.iter_mut().zip(digits.iter().zip(tops)).enumerate() {
            chain.set(at, 0);
            *end = self.chain(&chain, *digit, *top);
        }
        self.all(&address.of(Kind::OneTimeKey, leaf), &ends)
    }
}

fn truncate(digest: [u8; 32]) -> Node {
    let mut node = [0; NODE];
    node.copy_from_slice(&digest[..NODE]);
    node
}

/// Which leaves a message selects (FIPS 205, algorithm 20, lines 6 to 10).
struct Leaves {
    /// Begins with the indices of leaves of few-time trees, as a string of bits.
    digest: [u8; 64],
    tree: u64,
    leaf: usize,
}

impl Leaves {
    fn select<P: Parameters>(randomizer: &Node, key: &[u8; KEY], message: [&[u8]; 2]) -> Self {
        // FIPS 205, section 11.2.1: H_msg.
        let mut hash = Sha256::new();
        hash.update(randomizer);
        hash.update(key);
        for part in message {
            hash.update(part);
        }
        let mut seeds = Sha256::new();
        seeds.update(randomizer);
        seeds.update(&key[..NODE]);
        seeds.update(&hash.finish());
        let mut digest = [0; 64];
        for (part, counter) in digest.as_chunks_mut::<32>().0.iter_mut().zip(0_u32..) {
            let mut hash = seeds.clone();
            hash.update(&counter.to_be_bytes());
            *part = hash.finish();
        }

        let few_len = (P::FEW_TREES * P::FEW_HEIGHT).div_ceil(8);
        let tree_bits = (P::LAYERS - 1) * P::HEIGHT;
        // The last bits of the eight bytes that end `end` bytes into the digest.
        let number = |end: usize, bits: usize| {
            let bytes = digest[end - 8..end].try_into().map_or(0, u64::from_be_bytes);
            bytes & ((1 << bits) - 1)
        };
        let tree_end = few_len + tree_bits.div_ceil(8);
        let tree = number(tree_end, tree_bits);
        let leaf = number(tree_end + P::HEIGHT.div_ceil(8), P::HEIGHT) as usize;
        Self { digest, tree, leaf }
    }

    /// The leaf of few-time tree number `tree` (FIPS 205, algorithm 4).
    fn few(&self, tree: usize, height: usize) -> usize {
        (tree * height..(tree + 1) * height)
            .fold(0, |leaf, bit| leaf << 1 | usize::from(self.digest[bit / 8] >> (7 - bit % 8) & 1))
    }
}

/// Whether `signature` is one of `key` over the formatted message that is the two parts of
/// `message` together (FIPS 205, algorithm 20, `slh_verify_internal`).
///
/// For pure SLH-DSA (algorithm 24), the formatted message is a zero byte, the length of
/// the context in a byte, the context, and the message.
#[must_use]
pub fn verify<P: Parameters>(key: &[u8; KEY], message: [&[u8]; 2], signature: &[u8]) -> bool {
    if signature.len() != P::SIGNATURE {
        return false;
    }
    let (nodes, _) = signature.as_chunks::<NODE>();
    let [randomizer, nodes @ ..] = nodes else { return false };
    let mut leaves = Leaves::select::<P>(randomizer, key, message);
    let [seed, root] = key.as_chunks::<NODE>().0 else { return false };
    let hash = Hash::new(seed);
    let (few, layers) = nodes.split_at(P::FEW_TREES * (1 + P::FEW_HEIGHT));

    // FIPS 205, algorithm 17.
    let address = Address::new(0, leaves.tree);
    let mut few_address = address.of(Kind::FewTree, leaves.leaf);
    let mut roots = [[0; NODE]; MOST_FEW_TREES];
    let roots = &mut roots[..P::FEW_TREES];
    for (at, (root, nodes)) in roots.iter_mut().zip(few.chunks_exact(1 + P::FEW_HEIGHT)).enumerate()
    {
        let [secret, path @ ..] = nodes else { return false };
        let base = at << P::FEW_HEIGHT;
        let index = leaves.few(at, P::FEW_HEIGHT);
        few_address.set(0, base + index);
        let leaf = hash.leaf(&few_address, secret);
        *root = hash.root(&mut few_address, base, index, leaf, path);
    }
    let mut node = hash.all(&address.of(Kind::FewRoots, leaves.leaf), roots);

    // FIPS 205, algorithms 11 and 13.
    for (layer, nodes) in layers.chunks_exact(CHAINS + P::HEIGHT).enumerate() {
        let address = Address::new(layer, leaves.tree);
        let (tops, path) = nodes.split_at(CHAINS);
        node = hash.one_time_key(address, leaves.leaf, &node, tops);
        node = hash.root(&mut address.of(Kind::Tree, 0), 0, leaves.leaf, node, path);
        leaves.leaf = leaves.tree as usize & ((1 << P::HEIGHT) - 1);
        leaves.tree >>= P::HEIGHT;
    }
    node == *root
}
