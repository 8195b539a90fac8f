//! Merkle proofs inside the machine, made by the ecosystem's libraries.

use ckb_hash::blake2b_256;
use ckb_merkle_mountain_range::{MMR, Merge, util::MemStore};
use sparse_merkle_tree::{H256, SparseMerkleTree, default_store::DefaultStore, traits::Hasher};
use verdict_script_tests::Bench;

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

fn number(at: u32) -> H256 {
    blake2b_256(at.to_le_bytes()).into()
}

/// The input of `smt-verify`.
fn smt_input(root: H256, leaves: &[(H256, H256)], proof: &[u8]) -> Vec<u8> {
    let mut input = root.as_slice().to_vec();
    input.extend(u16::try_from(leaves.len()).expect("they are few").to_le_bytes());
    for (key, value) in leaves {
        input.extend([key.as_slice(), value.as_slice()].concat());
    }
    input.extend(proof);
    input
}

#[test]
fn sparse_tree_of_4096_leaves() {
    sparse_tree(4096);
}

#[test]
#[ignore = "takes most of a minute to make the tree"]
fn sparse_tree_of_131072_leaves() {
    sparse_tree(131_072);
}

/// Proofs of present and absent keys in a tree with so many leaves.
fn sparse_tree(count: u32) {
    let mut tree = SparseMerkleTree::<Ckb, H256, DefaultStore<H256>>::default();
    let leaves = (0..count).map(|at| (number(at), number(at + count))).collect();
    tree.update_all(leaves).expect("it is in memory");
    let bench = Bench::new("smt-verify");
    let mut cycles = Vec::new();
    let choices: [&[u32]; 5] = [&[0], &[77], &[count], &[1, 2, 3], &[5, count + 9, count - 1]];
    for chosen in choices {
        let mut keys: Vec<H256> = chosen.iter().map(|&at| number(at)).collect();
        keys.sort();
        let proof = tree.merkle_proof(keys.clone()).expect("there are keys");
        let proof: Vec<u8> = proof.compile(keys.clone()).expect("they are its keys").into();
        let leaves: Vec<_> =
            keys.iter().map(|key| (*key, tree.get(key).expect("it is in memory"))).collect();
        let input = smt_input(*tree.root(), &leaves, &proof);
        let outcome = bench.verify(&input);
        assert_eq!(outcome.exit_code, 0);
        cycles.push(outcome.cycles);
        for at in (0..input.len()).step_by(37) {
            // Next to a key that nothing is stored at is another one.
            let leaf = at.checked_sub(34).and_then(|at| leaves.get(at / 64));
            if leaf.is_some_and(|(_, value)| value.is_zero()) {
                continue;
            }
            let mut changed = input.clone();
            changed[at] ^= 0x10;
            assert_ne!(bench.verify(&changed).exit_code, 0, "byte {at}");
        }
        assert_eq!(bench.verify(&input[..input.len() - 1]).exit_code, -12);
        assert_eq!(bench.verify(&input[..33]).exit_code, -2);
    }
    println!("smt-verify: {} cycles for a leaf of {count}, {} bytes", cycles[0], bench.size());
}

struct Parent;

impl Merge for Parent {
    type Item = [u8; 32];

    fn merge(left: &[u8; 32], right: &[u8; 32]) -> ckb_merkle_mountain_range::Result<[u8; 32]> {
        Ok(blake2b_256([*left, *right].concat()))
    }
}

#[test]
fn mountain_range_of_100000_leaves() {
    const LEAVES: u32 = 100_000;
    let store = MemStore::default();
    let mut range = MMR::<_, Parent, _>::new(0, &store);
    let positions: Vec<u64> =
        (0..LEAVES).map(|at| range.push(number(at).into()).expect("it is in memory")).collect();
    let root = range.get_root().expect("it has leaves");
    let bench = Bench::new("mmr-verify");
    let mut cycles = Vec::new();
    let choices: [&[u32]; 3] = [&[4321], &[LEAVES - 1], &[0, 1, 65_536, 99_000]];
    for chosen in choices {
        let places = chosen.iter().map(|&at| positions[at as usize]).collect();
        let proof = range.gen_proof(places).expect("they are leaves");
        let mut input = root.to_vec();
        input.extend(u64::from(LEAVES).to_le_bytes());
        input.extend(u16::try_from(chosen.len()).expect("they are few").to_le_bytes());
        for &at in chosen {
            input.extend(positions[at as usize].to_le_bytes());
            input.extend(number(at).as_slice());
        }
        input.extend(proof.proof_items().concat());
        let outcome = bench.verify(&input);
        assert_eq!(outcome.exit_code, 0);
        cycles.push(outcome.cycles);
        for at in (0..input.len()).step_by(37) {
            let mut changed = input.clone();
            changed[at] ^= 0x10;
            assert_ne!(bench.verify(&changed).exit_code, 0, "byte {at}");
        }
        assert_eq!(bench.verify(&input[..input.len() - 1]).exit_code, -2);
    }
    println!("mmr-verify: {} cycles for a leaf of {LEAVES}, {} bytes", cycles[0], bench.size());
}
