//! The commitment to the state of a machine: a Merkle root.
//!
//! # The tree
//!
//! It is binary; every digest is BLAKE2b with 32 bytes of output. A leaf is the digest of
//! 512 bytes with the personalisation `verdict leaf v1 `, a node the digest of its two
//! children, left then right, with `verdict node v1 `, so that no leaf can pass for a node.
//! Numbers are little-endian.
//!
//! ```text
//! root ─┬─ head, 4 leaves: 0     x0 to x31, pc, cycles, reservation, eight bytes each; zeros
//!       │                  1     zeros
//!       │                  2, 3  flags of the 1024 pages, a byte each
//!       └─ memory, 8192 leaves: leaf n is the bytes from 512 × n on
//! ```
//!
//! A smaller memory is followed by zeros. A step of a machine touches leaf 0, and at most two
//! leaves each of memory and flags, so that a proof of one step is a few kilobytes. With
//! leaves of 512 bytes, a page that is written all over takes 39 calls of the compression
//! function instead of the 63 that 128 bytes take, and a word in it hardly more.
//!
//! A process that is *suspended* has the pages that its snapshot holds, and zeros
//! elsewhere.
//!
//! # Cost
//!
//! [`Commitment::update`] compares pages with those that it saw last, and hashes the leaves
//! that differ and what is above them. It does not need to be told what has changed, and so
//! cannot be told wrong.

use blake2b_simd::{
    Params,
    many::{HashManyJob, hash_many},
};

/// Bytes of a digest.
pub const DIGEST_LEN: usize = 32;
/// A digest.
pub type Digest = [u8; DIGEST_LEN];
/// Bytes of memory below one leaf.
pub const LEAF_LEN: usize = 512;

const PAGE_LEN: usize = 4096;
const PAGES: usize = 1024;
/// Leaves of a page.
const PAGE_LEAVES: usize = PAGE_LEN / LEAF_LEN;
const HEAD_LEAVES: usize = 4;
const HEAD_LEN: usize = HEAD_LEAVES * LEAF_LEN;

const LEAF: &[u8; 16] = b"verdict leaf v1 ";
const NODE: &[u8; 16] = b"verdict node v1 ";

fn params(personal: &[u8; 16]) -> Params {
    let mut params = Params::new();
    params.hash_length(DIGEST_LEN).personal(personal);
    params
}

/// The digests of inputs that all have the same length, several at a time.
fn digests<'a>(personal: &[u8; 16], inputs: impl Iterator<Item = &'a [u8]>) -> Vec<Digest> {
    let params = params(personal);
    let mut jobs: Vec<_> = inputs.map(|input| HashManyJob::new(&params, input)).collect();
    hash_many(&mut jobs);
    jobs.iter().map(|job| digest(&job.to_hash())).collect()
}

fn digest(hash: &blake2b_simd::Hash) -> Digest {
    *hash.as_bytes().first_chunk().expect("a digest has 32 bytes")
}

/// A complete binary tree of `N / 2` leaves: node 1 is the root, nodes `2 * n` and
/// `2 * n + 1` are the children of node `n`, and the second half are the leaves.
#[derive(Clone)]
struct Tree<const N: usize>([Digest; N]);

impl<const N: usize> Tree<N> {
    /// The tree whose leaves are all equal to `leaf`.
    fn uniform(leaf: Digest) -> Self {
        let mut nodes = [leaf; N];
        let mut level = N / 2;
        let mut below = leaf;
        while level > 1 {
            below = node(&below, &below);
            nodes[level / 2..level].fill(below);
            level /= 2;
        }
        Self(nodes)
    }

    const fn root(&self) -> &Digest {
        &self.0[1]
    }

    /// Puts leaves in and hashes what is above them; `changed` ascends.
    fn set(&mut self, changed: &[(usize, Digest)]) {
        let mut level: Vec<usize> = Vec::with_capacity(changed.len());
        for &(leaf, digest) in changed {
            self.0[N / 2 + leaf] = digest;
            level.push(N / 2 + leaf);
        }
        while level.first().is_some_and(|&node| node > 1) {
            level.iter_mut().for_each(|node| *node /= 2);
            level.dedup();
            let pairs = level.iter().map(|&node| self.0[2 * node..2 * node + 2].as_flattened());
            let hashes = digests(NODE, pairs);
            for (&node, hash) in level.iter().zip(hashes) {
                self.0[node] = hash;
            }
        }
    }
}

fn node(left: &Digest, right: &Digest) -> Digest {
    digest(&params(NODE).hash([*left, *right].as_flattened()))
}

/// A page, and the tree of its leaves.
#[derive(Clone)]
struct Page {
    bytes: [u8; PAGE_LEN],
    tree: Tree<{ 2 * PAGE_LEAVES }>,
}

/// What a commitment is to.
pub struct Parts<'a> {
    /// x0 to x31.
    pub registers: &'a [u64; 32],
    /// Where control is.
    pub pc: u64,
    /// The machine's counter.
    pub cycles: u64,
    /// The address that `lr` reserved.
    pub reservation: u64,
    /// Pages that are not blank, or more: number, flags, and 4096 bytes, or none for zeros.
    /// Numbers ascend and are below 1024.
    pub pages: &'a [PageRef<'a>],
}

/// A page: its number, its flags, and its bytes or none for zeros.
pub type PageRef<'a> = (usize, u8, &'a [u8]);

/// The commitment to a machine, which can be kept up to date.
pub struct Commitment {
    head: [u8; HEAD_LEN],
    head_tree: Tree<{ 2 * HEAD_LEAVES }>,
    /// Pages that are not zero, or were not.
    pages: Vec<Option<Box<Page>>>,
    memory_tree: Box<Tree<{ 2 * PAGES }>>,
    zero_page: Box<Page>,
}

impl Default for Commitment {
    fn default() -> Self {
        Self::new()
    }
}

impl Commitment {
    /// The commitment to a machine that is zero.
    #[must_use]
    pub fn new() -> Self {
        let leaf = digest(&params(LEAF).hash(&[0; LEAF_LEN]));
        let zero_page = Box::new(Page { bytes: [0; PAGE_LEN], tree: Tree::uniform(leaf) });
        Self {
            head: [0; HEAD_LEN],
            head_tree: Tree::uniform(leaf),
            pages: std::iter::repeat_with(|| None).take(PAGES).collect(),
            memory_tree: Box::new(Tree::uniform(*zero_page.tree.root())),
            zero_page,
        }
    }

    /// The commitment to `parts`, from scratch.
    #[must_use]
    pub fn of(parts: &Parts<'_>) -> Digest {
        let mut commitment = Self::new();
        commitment.update(parts);
        commitment.root()
    }

    /// The root.
    #[must_use]
    pub fn root(&self) -> Digest {
        node(self.head_tree.root(), self.memory_tree.root())
    }

    /// The root of a page, by which its content is known.
    pub(crate) fn page_root(&self, page: usize) -> &Digest {
        &self.memory_tree.0[PAGES + page]
    }

    /// Makes it the commitment to `parts`.
    pub fn update(&mut self, parts: &Parts<'_>) {
        let mut head = [0; HEAD_LEN];
        let numbers = parts.registers.iter().chain([&parts.pc, &parts.cycles, &parts.reservation]);
        for (place, number) in head.chunks_exact_mut(8).zip(numbers) {
            place.copy_from_slice(&number.to_le_bytes());
        }
        for &(page, flags, _) in parts.pages {
            head[HEAD_LEN / 2 + page] = flags;
        }
        let changed = changed_leaves(&self.head, &head);
        self.head_tree.set(&leaves(&head, &changed));
        self.head = head;

        let mut roots = Vec::new();
        let mut given = parts.pages.iter().peekable();
        for (number, page) in self.pages.iter_mut().enumerate() {
            let bytes = given.next_if(|(at, ..)| *at == number).map(|&(_, _, bytes)| bytes);
            let zero_page = &self.zero_page;
            let bytes = bytes.filter(|bytes| !bytes.is_empty()).unwrap_or(&zero_page.bytes);
            let changed = changed_leaves(&page.as_ref().unwrap_or(zero_page).bytes, bytes);
            if changed.is_empty() {
                continue;
            }
            let page = page.get_or_insert_with(|| zero_page.clone());
            page.tree.set(&leaves(bytes, &changed));
            page.bytes.copy_from_slice(bytes);
            roots.push((number, *page.tree.root()));
        }
        self.memory_tree.set(&roots);
        debug_assert!(given.next().is_none(), "numbers of pages ascend");
        for (number, root) in roots {
            // A page of zeros needs no tree of its own.
            if root == *self.zero_page.tree.root() {
                self.pages[number] = None;
            }
        }
    }
}

/// Which leaves differ.
fn changed_leaves(old: &[u8], new: &[u8]) -> Vec<usize> {
    let pairs = old.chunks_exact(LEAF_LEN).zip(new.chunks_exact(LEAF_LEN)).enumerate();
    pairs.filter(|(_, (old, new))| old != new).map(|(leaf, _)| leaf).collect()
}

/// The digests of leaves of `bytes`.
fn leaves(bytes: &[u8], numbers: &[usize]) -> Vec<(usize, Digest)> {
    let inputs = numbers.iter().map(|leaf| &bytes[leaf * LEAF_LEN..(leaf + 1) * LEAF_LEN]);
    numbers.iter().copied().zip(digests(LEAF, inputs)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The root as the documentation of this module says, with nothing shared.
    fn by_the_book(parts: &Parts<'_>) -> Digest {
        fn tree(bytes: &[u8]) -> Digest {
            let digest = |personal, bytes: &[u8]| {
                let hash = Params::new().hash_length(32).personal(personal).hash(bytes);
                Digest::try_from(hash.as_bytes()).unwrap()
            };
            if bytes.len() == 512 {
                return digest(b"verdict leaf v1 ", bytes);
            }
            let (left, right) = bytes.split_at(bytes.len() / 2);
            digest(b"verdict node v1 ", &[tree(left), tree(right)].concat())
        }
        let mut head = vec![0; 2048];
        let mut memory = vec![0; 4 << 20];
        for (n, register) in parts.registers.iter().enumerate() {
            head[8 * n..8 * n + 8].copy_from_slice(&register.to_le_bytes());
        }
        head[256..264].copy_from_slice(&parts.pc.to_le_bytes());
        head[264..272].copy_from_slice(&parts.cycles.to_le_bytes());
        head[272..280].copy_from_slice(&parts.reservation.to_le_bytes());
        for &(page, flags, bytes) in parts.pages {
            head[1024 + page] = flags;
            memory[4096 * page..4096 * page + bytes.len()].copy_from_slice(bytes);
        }
        let hash = Params::new()
            .hash_length(32)
            .personal(b"verdict node v1 ")
            .hash(&[tree(&head), tree(&memory)].concat());
        Digest::try_from(hash.as_bytes()).unwrap()
    }

    /// Pages of numbers that do not repeat, from a seed.
    fn pages(seed: u64) -> Vec<(usize, u8, Vec<u8>)> {
        let mut state = seed;
        let mut next = move || {
            state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
            let [.., high, higher] = state.to_le_bytes();
            u16::from_le_bytes([high, higher])
        };
        let mut pages = Vec::new();
        for number in 0..1024 {
            match next() % 60 {
                0 => {
                    let mut bytes = vec![0; 4096];
                    for _ in 0..next() % 5 {
                        bytes[usize::from(next() % 4096)] = next().to_le_bytes()[0];
                    }
                    pages.push((number, next().to_le_bytes()[0] % 8, bytes));
                }
                1 => pages.push((number, 4, Vec::new())),
                _ => {}
            }
        }
        pages
    }

    #[test]
    fn updates_come_to_what_the_documentation_says() {
        let mut commitment = Commitment::new();
        for seed in [0, 1, 2, 2, 3, 0] {
            let pages = pages(seed);
            let pages: Vec<PageRef<'_>> =
                pages.iter().map(|(page, flags, bytes)| (*page, *flags, &bytes[..])).collect();
            let registers = std::array::from_fn(|n| n as u64 * seed);
            let parts = Parts {
                registers: &registers,
                pc: 0x1_0000 + seed,
                cycles: seed << 40,
                reservation: u64::MAX,
                pages: &pages,
            };
            commitment.update(&parts);
            let expected = by_the_book(&parts);
            assert_eq!(commitment.root(), expected);
            assert_eq!(Commitment::of(&parts), expected);
        }
    }

    #[test]
    fn every_part_counts() {
        let registers = [0; 32];
        let page = [0; 4096];
        let base = || Parts { registers: &registers, pc: 0, cycles: 0, reservation: 0, pages: &[] };
        let zero = Commitment::of(&base());
        assert_eq!(Commitment::of(&Parts { pages: &[(5, 0, &page)], ..base() }), zero);
        let mut register = [0; 32];
        register[31] = 1;
        let mut written = page;
        written[4095] = 1;
        let others = [
            Parts { registers: &register, ..base() },
            Parts { pc: 1, ..base() },
            Parts { cycles: 1, ..base() },
            Parts { reservation: 1, ..base() },
            Parts { pages: &[(1023, 4, &[])], ..base() },
            Parts { pages: &[(1023, 0, &written)], ..base() },
        ];
        let mut roots: Vec<_> = others.iter().map(Commitment::of).collect();
        roots.push(zero);
        roots.sort_unstable();
        roots.dedup();
        assert_eq!(roots.len(), 7);
    }
}
