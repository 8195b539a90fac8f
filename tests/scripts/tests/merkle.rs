//! Merkle proofs inside the machine, made by the ecosystem's libraries.

use ckb_hash::blake2b_256;
use verdict_script_tests::{Bench, merkle};

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
    let bench = Bench::new("smt-verify");
    let mut cycles = Vec::new();
    let choices: [&[u32]; 5] = [&[0], &[77], &[count], &[1, 2, 3], &[5, count + 9, count - 1]];
    for (chosen, input) in choices.iter().zip(merkle::sparse_tree(count, &choices)) {
        let outcome = bench.verify(&input);
        assert_eq!(outcome.exit_code, 0);
        cycles.push(outcome.cycles);
        let leaves = &input[34..][..64 * chosen.len()];
        for at in (0..input.len()).step_by(37) {
            // Next to a key that nothing is stored at is another one.
            let leaf = at.checked_sub(34).and_then(|at| leaves.chunks_exact(64).nth(at / 64));
            if leaf.is_some_and(|leaf| leaf[32..] == [0; 32]) {
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

#[test]
fn mountain_range_of_100000_leaves() {
    const LEAVES: u32 = 100_000;
    let bench = Bench::new("mmr-verify");
    let mut cycles = Vec::new();
    let choices: [&[u32]; 3] = [&[4321], &[LEAVES - 1], &[0, 1, 65_536, 99_000]];
    for input in merkle::mountain_range(LEAVES, &choices) {
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

/// Some 32 bytes.
type Hash = [u8; 32];

fn hash(parts: &[&[u8]]) -> Hash {
    blake2b_256(parts.concat())
}

/// Nothing shows that a key is absent that is stored: neither siblings over zeros that have
/// sides or levels which they cannot have, nor the key beside the subtree that it is in. The
/// library takes these proofs.
#[test]
fn sparse_tree_keys_that_are_stored_are_not_absent() {
    const ABSENT: Hash = [0; 32];
    let bench = Bench::new("smt-verify");
    let code = |root: &Hash, leaves: &[[Hash; 2]], proof: &[&[u8]]| {
        let count = u16::try_from(leaves.len()).expect("they are few").to_le_bytes();
        let leaves = leaves.as_flattened().concat();
        bench.verify(&[root, &count[..], &leaves, &proof.concat()].concat()).exit_code
    };
    // The lowest bits are 101; the neighbour's, 100.
    let (key, value) = ([0x55; 32], [7; 32]);
    let mut neighbour = key;
    neighbour[0] ^= 1;
    let bits_above = |height: u32| {
        let mut bits = key;
        bits[0] = bits[0] >> height << height;
        bits
    };

    // A leaf that is alone.
    let base = hash(&[&[0], &bits_above(1), &value]);
    let root = hash(&[&[2], &base, &key, &[0]]);
    assert_eq!(code(&root, &[[key, value]], &[b"LO", &[0]]), 0);
    assert_eq!(code(&root, &[[neighbour, ABSENT]], &[b"LP", &value, b"O", &[255]]), 0);
    let both = [[neighbour, ABSENT], [key, value]];
    assert_eq!(code(&root, &both, &[b"LLHO", &[255]]), 0);
    // Its base as the other side at height 2, with the side that it has there and above.
    let sibling = [b"Q", &[2][..], &base, &key].concat();
    assert_eq!(code(&root, &[[key, ABSENT]], &[b"LO", &[2], &sibling, b"O", &[253]]), -12);
    // Beside the subtree of height 3 that it is in.
    let both = [[neighbour, ABSENT], [key, ABSENT]];
    let subtree = [b"LP", &value[..], b"O", &[2]].concat();
    assert_eq!(code(&root, &both, &[&subtree, b"LO", &[3], b"HO", &[252]]), -12);

    // Two leaves below one node of height 1.
    let node = hash(&[&[1, 0], &bits_above(1), &[8; 32], &value]);
    let base = hash(&[&[1], &bits_above(2), &node]);
    let root = hash(&[&[2], &base, &bits_above(1), &[255]]);
    let both = [[neighbour, [8; 32]], [key, value]];
    assert_eq!(code(&root, &both, &[b"LLHO", &[255]]), 0);
    // Their node as the other side, where leaves are: over 255 levels, that is one less
    // than none.
    let sibling = [b"Q", &[255][..], &base, &[0; 32]].concat();
    assert_eq!(code(&root, &[[key, ABSENT]], &[b"L", &sibling, b"O", &[255]]), -12);
}

/// Nothing but leaves counts as a leaf: there is one node for all peaks to the right of what
/// is proven, which may not be missing, and none if there are no peaks. The library takes
/// these proofs, but for a range of one leaf.
#[test]
fn mountain_range_has_no_other_leaves() {
    let bench = Bench::new("mmr-verify");
    let code = |root: &Hash, leaves: u64, (position, leaf): (u64, &Hash), proof: &[Hash]| {
        let numbers = [&leaves.to_le_bytes()[..], &[1, 0], &position.to_le_bytes()].concat();
        bench.verify(&[root, &numbers[..], leaf, &proof.concat()].concat()).exit_code
    };
    let (x, y) = ([1; 32], [2; 32]);
    // The second leaf is the hash of 64 bytes that are known.
    let [a, b, c] = [[3; 32], hash(&[&x, &y]), [4; 32]];
    let peak = hash(&[&a, &b]);
    assert_eq!(code(&b, 1, (0, &b), &[]), 0);
    assert_eq!(code(&b, 1, (0, &y), &[x]), -12);
    assert_eq!(code(&peak, 2, (0, &a), &[b]), 0);
    assert_eq!(code(&peak, 2, (1, &b), &[a]), 0);
    assert_eq!(code(&peak, 2, (0, &x), &[y, a]), -12);
    assert_eq!(code(&peak, 2, (1, &y), &[x, a]), -12);
    let root = hash(&[&c, &peak]);
    assert_eq!(code(&root, 3, (0, &a), &[b, c]), 0);
    assert_eq!(code(&root, 3, (3, &c), &[peak]), 0);
    assert_eq!(code(&root, 3, (0, &c), &[peak]), -12);
    assert_eq!(code(&root, 3, (1, &peak), &[c]), -12);
}
