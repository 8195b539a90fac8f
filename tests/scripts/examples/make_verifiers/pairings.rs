//! Signatures and proofs on curves with pairings.

use ark_bls12_381::Bls12_381;
use ark_bn254::Bn254;
use ark_ff::{Field as _, PrimeField as _, UniformRand as _};
use ark_groth16::{Groth16, ProvingKey};
use ark_snark::SNARK as _;
use ark_std::rand::{SeedableRng as _, rngs::StdRng};
use blst::min_sig::{AggregateSignature, SecretKey, Signature};
use ckb_hash::blake2b_256;
use ckb_types::bytes::Bytes;
use verdict_pairing::bls;
use verdict_script_tests::{Bench, Spend};

use super::{
    Sample, locked, plain,
    proofs::{Circuit, Twin, case, encoded, number, prepared, rooted},
    verifying,
};

pub(super) const SAMPLES: &[Sample] = &[
    plain("bls-verify", |bench| {
        let signature = sign(0, MESSAGE, BASIC).compress();
        verifying(bench, &[&public(0)[..], &signature, MESSAGE].concat())
    }),
    plain("bls-rooted-verify", |bench| {
        let signature = sign(0, MESSAGE, BASIC).compress();
        let root = bls::root(&public(0), &signature, MESSAGE, BASIC).expect("it is valid");
        verifying(bench, &[&public(0)[..], &signature, &root, MESSAGE].concat())
    }),
    plain("bls-lock", |bench| {
        let sign = |message: &[u8]| sign(0, message, BASIC).compress().to_vec();
        locked(bench, &blake2b_256(public(0)), &public(0), 48, sign)
    }),
    plain("bls-aggregate-verify", |bench| {
        let message = blake2b_256(MESSAGE);
        let signatures = [0, 1, 2, 3].map(|signer| sign(signer, &message, POSSESSION));
        let sum = AggregateSignature::aggregate(&signatures.each_ref(), true);
        let sum = sum.expect("they are valid").to_signature().compress();
        let keys = [0, 1, 2, 3].map(public).concat();
        verifying(bench, &[&sum[..], &message, &keys].concat())
    }),
    plain("groth16-bn254-verify", proof::<Bn254>),
    with_root("groth16-bn254-verify", rooted_proof::<Bn254>),
    Sample { deps: key_dep::<Bn254>, ..plain("groth16-bn254", proof_lock::<Bn254>) },
    plain("groth16-bls12-381-verify", proof::<Bls12_381>),
    with_root("groth16-bls12-381-verify", rooted_proof::<Bls12_381>),
    Sample { deps: key_dep::<Bls12_381>, ..plain("groth16-bls12-381", proof_lock::<Bls12_381>) },
    plain("bn254-pairing", |bench| {
        // The first case of EIP-197 in the tests.
        let cases = include_str!("../../tests/data/eip-197.txt");
        let case = cases.lines().find(|line| line.starts_with("jeff1 "));
        let digits = case.and_then(|line| line.split(' ').nth(2)).expect("it is there");
        let byte = |at| u8::from_str_radix(&digits[at..at + 2], 16).expect("it is a byte");
        verifying(bench, &(0..digits.len()).step_by(2).map(byte).collect::<Vec<_>>())
    }),
];

/// A program that takes a root as well, with one.
const fn with_root(program: &'static str, make: fn(&Bench) -> Spend<'_>) -> Sample {
    Sample { kind: "-rooted", ..plain(program, make) }
}

const MESSAGE: &[u8] = b"what is signed to show that verifying works";
/// Ciphersuites of the IETF's draft on BLS signatures.
const BASIC: &[u8] = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";
const POSSESSION: &[u8] = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_POP_";

fn secret(number: u8) -> SecretKey {
    SecretKey::key_gen(&[0x42 + number; 32], &[]).expect("there is enough to make a key of")
}

fn public(number: u8) -> [u8; 96] {
    secret(number).sk_to_pk().compress()
}

fn sign(number: u8, message: &[u8], suite: &[u8]) -> Signature {
    secret(number).sign(message, suite, &[])
}

fn random() -> StdRng {
    StdRng::seed_from_u64(0x42)
}

fn proving_key<E: Twin>() -> ProvingKey<E> {
    let random = &mut random();
    let circuit = case::<E>(random);
    Groth16::<E>::circuit_specific_setup(circuit, random).expect("it can be set up").0
}

fn key_dep<E: Twin>() -> Vec<Bytes> {
    vec![prepared(&proving_key::<E>().vk).into()]
}

fn prove<E: Twin>(circuit: Circuit<E::ScalarField>) -> Vec<u8> {
    let proof = Groth16::<E>::prove(&proving_key::<E>(), circuit, &mut random());
    encoded::<E>(&proof.expect("the circuit is satisfied"))
}

/// A proof with all that belongs to it as the input.
fn proof<E: Twin>(bench: &Bench) -> Spend<'_> {
    let circuit = case::<E>(&mut random());
    let inputs = circuit.inputs.map(number).concat();
    let key = prepared(&proving_key::<E>().vk);
    verifying(bench, &[&[2], &inputs[..], &prove::<E>(circuit), &key].concat())
}

/// The same with the root of the proof.
fn rooted_proof<E: Twin>(bench: &Bench) -> Spend<'_> {
    let circuit = case::<E>(&mut random());
    let inputs = circuit.inputs.map(number);
    let key = prepared(&proving_key::<E>().vk);
    let proof = rooted::<E>(&key, &inputs, &prove::<E>(circuit));
    verifying(bench, &[&[2], &inputs.concat()[..], &proof, &key].concat())
}

/// A proof about the transaction: the first public input is the message.
fn proof_lock<E: Twin>(bench: &Bench) -> Spend<'_> {
    let key = blake2b_256(prepared(&proving_key::<E>().vk));
    let random = &mut random();
    // The second input is chosen first, until there is a root.
    loop {
        let second = E::ScalarField::rand(random);
        let mut spend = Spend::new(bench, &[&key[..], &number(second)].concat());
        let unsigned = vec![0; E::PROOF];
        spend.set_lock(&unsigned);
        let mut message = spend.message(&unsigned, 0);
        message[0] &= 0x1f;
        let first = E::ScalarField::from_be_bytes_mod_order(&message);
        if let Some(root) = (first * second).sqrt() {
            spend.set_lock(&prove::<E>(Circuit { inputs: [first, second], root }));
            return spend;
        }
    }
}
