//! SLH-DSA inside the machine: signatures of the crate `fips205`, and what is not quite
//! one.

use fips205::{
    slh_dsa_sha2_128f, slh_dsa_sha2_128s,
    traits::{KeyGen, SerDes, Signer},
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use verdict_script_tests::{Bench, Spend, witness_args};

/// A public key, and signatures under it by message and context.
struct Key {
    bytes: [u8; 32],
    sign: Box<dyn Fn(&[u8], &[u8]) -> Vec<u8>>,
}

fn small(seed: u8) -> Key {
    let (public, secret) = slh_dsa_sha2_128s::KG::keygen_from_seed(&[seed; 16], &[1; 16], &[2; 16]);
    Key {
        bytes: public.into_bytes(),
        sign: Box::new(move |message, context| {
            let mut random = ChaCha20Rng::from_seed([seed; 32]);
            secret.try_sign_with_rng(&mut random, message, context, true).unwrap().to_vec()
        }),
    }
}

fn fast(seed: u8) -> Key {
    let (public, secret) = slh_dsa_sha2_128f::KG::keygen_from_seed(&[seed; 16], &[3; 16], &[4; 16]);
    Key {
        bytes: public.into_bytes(),
        sign: Box::new(move |message, context| {
            let mut random = ChaCha20Rng::from_seed([seed; 32]);
            secret.try_sign_with_rng(&mut random, message, context, true).unwrap().to_vec()
        }),
    }
}

/// Signatures of the library are accepted, and no change to one of their bytes.
fn signatures(name: &str, key: fn(u8) -> Key, count: u8, step: usize) {
    let bench = Bench::new(name);
    let mut cycles = Vec::new();
    let mut refused = 0;
    for seed in 0..count {
        let key = key(seed);
        let message = vec![seed; 50 * usize::from(seed)];
        let context = &b"context"[..usize::from(seed)];
        let signature = (key.sign)(&message, context);
        let run = |key: &[u8], signature: &[u8], context: &[u8]| {
            let len = u8::try_from(context.len()).unwrap();
            bench.verify(&[key, signature, &[0, len], context, &message].concat())
        };
        let outcome = run(&key.bytes, &signature, context);
        assert_eq!(outcome.exit_code, 0, "{name}, {seed}");
        cycles.push(outcome.cycles);
        assert_eq!(run(&key.bytes, &signature, b"another").exit_code, -12, "{name}, {seed}");
        for at in (usize::from(seed)..signature.len()).step_by(step) {
            let mut changed = signature.clone();
            changed[at] ^= 1 << (at % 8);
            assert_eq!(run(&key.bytes, &changed, context).exit_code, -12, "{seed}: byte {at}");
            refused += 1;
        }
        for at in 0..32 {
            let mut changed = key.bytes;
            changed[at] ^= 1 << (at % 8);
            assert_eq!(run(&changed, &signature, context).exit_code, -12, "{seed}: byte {at}");
            refused += 1;
        }
    }
    assert_eq!(bench.verify(&[0; 7000]).exit_code, -2);
    println!(
        "{name}: {} signatures accepted, {refused} refused; {} cycles on average, {} bytes",
        cycles.len(),
        cycles.iter().sum::<u64>() / u64::from(count),
        bench.size()
    );
}

#[test]
fn signatures_small() {
    signatures("slh-dsa-128s-verify", small, 2, 401);
}

#[test]
fn signatures_fast() {
    signatures("slh-dsa-128f-verify", fast, 5, 997);
}

fn lock(name: &str, key: fn(u8) -> Key) {
    let bench = Bench::new(name);
    let key = key(9);
    let mut spend = Spend::new(&bench, &key.bytes);
    spend.inputs = 2;
    spend.witnesses = vec![witness_args(&[]), "second".into(), "third".into()];
    let unsigned = vec![0; if name.contains("128s") { 7856 } else { 17_088 }];
    let lock = (key.sign)(&spend.message(&unsigned, 0), b"");
    let code = |change: &dyn Fn(&mut Spend)| {
        let mut spend = spend.clone();
        spend.set_lock(&lock);
        change(&mut spend);
        spend.run()
    };
    let outcome = code(&|_| ());
    assert_eq!(outcome.exit_code, 0);
    println!("{name}: {} cycles, {} bytes", outcome.cycles, bench.size());
    let code = |change: &dyn Fn(&mut Spend)| code(change).exit_code;
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
    assert_eq!([changed(0), changed(lock.len() - 1)], [-12; 2]);
    // Witnesses that are missing, empty, too short, too long, or huge.
    assert_eq!(code(&|spend| spend.witnesses.clear()), -3);
    assert_eq!(code(&|spend| spend.witnesses[0] = "".into()), -2);
    assert_eq!(code(&|spend| spend.set_lock(&[])), -2);
    assert_eq!(code(&|spend| spend.set_lock(&lock[..lock.len() - 1])), -2);
    assert_eq!(code(&|spend| spend.set_lock(&[&lock[..], &[0]].concat())), -2);
    assert_eq!(code(&|spend| spend.set_lock(&[0; 40_000])), -22);
    assert_eq!(Spend::new(&bench, &key.bytes[..31]).run().exit_code, -1);
}

#[test]
fn lock_small() {
    lock("slh-dsa-128s-lock", small);
}

#[test]
fn lock_fast() {
    lock("slh-dsa-128f-lock", fast);
}
