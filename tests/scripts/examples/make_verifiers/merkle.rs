//! Merkle proofs.

use ckb_hash::blake2b_256;
use ckb_merkle_mountain_range::{MMR, Merge, Result, util::MemStore};
use sparse_merkle_tree::{H256, SparseMerkleTree, default_store::DefaultStore, traits::Hasher};

use super::{Sample, no_deps, verifying};

pub(super) const SAMPLES: &[Sample] = &[
    Sample {
        program: "smt-verify",
        deps: no_deps,
        make: |bench| verifying(bench, &sparse_tree(131_072)),
    },
    Sample {
        program: "mmr-verify",
        deps: no_deps,
        make: |bench| verifying(bench, &mountain_range(100_000)),
    },
];

fn number(at: u32) -> H256 {
    blake2b_256(at.to_le_bytes()).into()
}

/// The chain's hash, for the library.
#[derive(Default)]
struct Ckb(Vec<u8>);

impl Hasher for Ckb {
    fn write_h256(&mut self, h: &H256) {
        self.0.extend_from_slice(h.as_slice());
    }

    fn write_byte(&mut self, b: u8) {
        self.0.push(b);
    }

    fn finish(self) -> H256 {
        blake2b_256(self.0).into()
    }
}

/// The proof of a leaf of a sparse tree.
fn sparse_tree(leaves: u32) -> Vec<u8> {
    let mut tree = SparseMerkleTree::<Ckb, H256, DefaultStore<H256>>::default();
    let all = (0..leaves).map(|at| (number(at), number(at + leaves))).collect();
    tree.update_all(all).expect("it is in memory");
    let proof = tree.merkle_proof(vec![number(0)]).expect("there is a key");
    let proof: Vec<u8> = proof.compile(vec![number(0)]).expect("it is its key").into();
    let mut input = tree.root().as_slice().to_vec();
    input.extend(1_u16.to_le_bytes());
    input.extend_from_slice(number(0).as_slice());
    input.extend_from_slice(number(leaves).as_slice());
    input.extend(proof);
    input
}

struct Parent;

impl Merge for Parent {
    type Item = [u8; 32];

    fn merge(left: &[u8; 32], right: &[u8; 32]) -> Result<[u8; 32]> {
        Ok(blake2b_256([*left, *right].concat()))
    }
}

/// The proof of a leaf of a mountain range.
fn mountain_range(leaves: u32) -> Vec<u8> {
    let store = MemStore::default();
    let mut range = MMR::<_, Parent, _>::new(0, &store);
    let positions: Vec<u64> =
        (0..leaves).map(|at| range.push(number(at).into()).expect("it is in memory")).collect();
    let proven = leaves / 2;
    let position = positions[proven as usize];
    let proof = range.gen_proof(vec![position]).expect("it is a leaf");
    let mut input = range.get_root().expect("it has leaves").to_vec();
    input.extend(u64::from(leaves).to_le_bytes());
    input.extend(1_u16.to_le_bytes());
    input.extend(position.to_le_bytes());
    input.extend_from_slice(number(proven).as_slice());
    input.extend(proof.proof_items().concat());
    input
}
