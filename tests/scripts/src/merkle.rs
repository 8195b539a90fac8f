//! Proofs in Merkle trees, made by the ecosystem's libraries, as the programs read them.

use ckb_hash::blake2b_256;
use ckb_merkle_mountain_range::{MMR, Merge, Result, util::MemStore};
use sparse_merkle_tree::{H256, SparseMerkleTree, default_store::DefaultStore, traits::Hasher};

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
        // The fast one: a tree takes millions of them.
        let mut params = blake2b_simd::Params::new();
        let hash = params.hash_length(32).personal(b"ckb-default-hash").hash(&self.0);
        <[u8; 32]>::try_from(hash.as_bytes()).expect("it has 32 bytes").into()
    }
}

/// Keys, values and leaves, all different.
fn number(at: u32) -> H256 {
    blake2b_256(at.to_le_bytes()).into()
}

fn count(items: &[u32]) -> [u8; 2] {
    u16::try_from(items.len()).expect("they are few").to_le_bytes()
}

/// Inputs of `smt-verify`: proofs of each of `choices`, numbers of keys, in a sparse tree
/// with so many leaves. A key whose number is larger is absent.
///
/// # Panics
///
/// If the library makes no such proof.
#[must_use]
pub fn sparse_tree(leaves: u32, choices: &[&[u32]]) -> Vec<Vec<u8>> {
    let mut tree = SparseMerkleTree::<Ckb, H256, DefaultStore<H256>>::default();
    let all = (0..leaves).map(|at| (number(at), number(at + leaves))).collect();
    tree.update_all(all).expect("it is in memory");
    let inputs = choices.iter().map(|chosen| {
        let mut keys: Vec<H256> = chosen.iter().map(|&at| number(at)).collect();
        keys.sort();
        let proof = tree.merkle_proof(keys.clone()).expect("there are keys");
        let proof: Vec<u8> = proof.compile(keys.clone()).expect("they are its keys").into();
        let mut input = [tree.root().as_slice(), &count(chosen)].concat();
        for key in &keys {
            let value = tree.get(key).expect("it is in memory");
            input.extend([key.as_slice(), value.as_slice()].concat());
        }
        input.extend(proof);
        input
    });
    inputs.collect()
}

struct Parent;

impl Merge for Parent {
    type Item = [u8; 32];

    fn merge(left: &[u8; 32], right: &[u8; 32]) -> Result<[u8; 32]> {
        Ok(blake2b_256([*left, *right].concat()))
    }
}

/// Inputs of `mmr-verify`: proofs of each of `choices`, numbers of leaves, in a mountain
/// range with so many.
///
/// # Panics
///
/// If the library makes no such proof.
#[must_use]
pub fn mountain_range(leaves: u32, choices: &[&[u32]]) -> Vec<Vec<u8>> {
    let store = MemStore::default();
    let mut range = MMR::<_, Parent, _>::new(0, &store);
    let positions: Vec<u64> =
        (0..leaves).map(|at| range.push(number(at).into()).expect("it is in memory")).collect();
    let root = range.get_root().expect("it has leaves");
    let inputs = choices.iter().map(|chosen| {
        let places = chosen.iter().map(|&at| positions[at as usize]).collect();
        let proof = range.gen_proof(places).expect("they are leaves");
        let mut input = [&root[..], &u64::from(leaves).to_le_bytes(), &count(chosen)].concat();
        for &at in *chosen {
            input.extend(positions[at as usize].to_le_bytes());
            input.extend(number(at).as_slice());
        }
        input.extend(proof.proof_items().concat());
        input
    });
    inputs.collect()
}
