//! Merkle proofs.

use verdict_script_tests::merkle::{mountain_range, sparse_tree};

use super::{Sample, plain, verifying};

pub(super) const SAMPLES: &[Sample] = &[
    plain("smt-verify", |bench| verifying(bench, &sparse_tree(131_072, &[&[0]])[0])),
    plain("mmr-verify", |bench| verifying(bench, &mountain_range(100_000, &[&[50_000]])[0])),
];
