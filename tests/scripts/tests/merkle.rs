//! Merkle proofs inside the machine, made by the ecosystem's libraries.

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
