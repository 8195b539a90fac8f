//! Signatures on elliptic curves without pairings.

use ckb_hash::blake2b_256;
use p256::ecdsa::{Signature, SigningKey, signature::hazmat::PrehashSigner as _};
use secp256k1::{Keypair, Message, Secp256k1, SecretKey};
use sha2::{Digest as _, Sha256};
use verdict_script_tests::Spend;

use super::{Sample, locked, plain, verifying};

pub(super) const SAMPLES: &[Sample] = &[
    plain("secp256k1-lock", |bench| {
        locked(bench, &key_hash(&public(0)), &[], 65, |message| ecdsa(0, message))
    }),
    plain("multisig-lock", |bench| {
        // Two of three, none of which has to be there.
        let hashes = [0, 1, 2].map(|key| key_hash(&public(key))).concat();
        let script = [&[0, 0, 2, 3], &hashes[..]].concat();
        let mut spend = Spend::new(bench, &key_hash(&script));
        let unsigned = [&script[..], &[0; 130]].concat();
        spend.set_lock(&unsigned);
        let message = spend.message(&unsigned, script.len());
        spend.set_lock(&[script, ecdsa(0, &message), ecdsa(2, &message)].concat());
        spend
    }),
    plain("ecdsa-verify", |bench| {
        let key = secret(0).public_key(&Secp256k1::new()).serialize_uncompressed();
        let signature = &ecdsa(0, &digest())[..64];
        verifying(bench, &[&key, &digest()[..], signature].concat())
    }),
    plain("ecdsa-recover", |bench| {
        verifying(bench, &[&digest()[..], &ecdsa(0, &digest()), &public(0)].concat())
    }),
    plain("schnorr-verify", |bench| {
        let (key, signature) = (x_only(), schnorr(&digest()));
        verifying(bench, &[&key[..], &signature, &digest()].concat())
    }),
    plain("schnorr-lock", |bench| locked(bench, &x_only(), &[], 64, schnorr)),
    plain("ed25519-verify", |bench| {
        let (key, signature) = (ed25519().verifying_key(), ed25519_sign(&digest()));
        verifying(bench, &[key.as_bytes(), &signature[..], &digest()].concat())
    }),
    plain("ed25519-lock", |bench| {
        locked(bench, ed25519().verifying_key().as_bytes(), &[], 64, ed25519_sign)
    }),
    plain("p256-verify", |bench| {
        let (key, signature) = (p256_public(), p256_sign(&digest()));
        verifying(bench, &[&key[..], &digest(), &signature].concat())
    }),
    plain("p256-lock", |bench| {
        let key = p256_public();
        locked(bench, &blake2b_256(&key), &key, 64, p256_sign)
    }),
    plain("webauthn-lock", |bench| {
        let owner = blake2b_256(p256_public());
        let site = Sha256::digest("example.org");
        // The passkey has to have verified who holds it.
        let mut spend = Spend::new(bench, &[&owner[..], &site, &[4]].concat());
        let size = assertion(&[0; 32]).len();
        spend.set_lock(&vec![0; size]);
        let message = spend.message(&vec![0; size], 0);
        spend.set_lock(&assertion(&message));
        spend
    }),
];

/// What is signed where any 32 bytes will do.
fn digest() -> [u8; 32] {
    Sha256::digest("what is signed to show that verifying works").into()
}

fn secret(number: u8) -> SecretKey {
    SecretKey::from_slice(&[0x42 + number; 32]).expect("it is less than the order")
}

fn public(number: u8) -> [u8; 33] {
    secret(number).public_key(&Secp256k1::new()).serialize()
}

/// What the system locks know a key, or a script of several, by.
fn key_hash(bytes: &[u8]) -> [u8; 20] {
    *blake2b_256(bytes).first_chunk().expect("it is longer")
}

/// A recoverable signature as the system locks have it.
fn ecdsa(key: u8, message: &[u8]) -> Vec<u8> {
    let message = Message::from_digest(message.try_into().expect("it has 32 bytes"));
    let signature = Secp256k1::new().sign_ecdsa_recoverable(&message, &secret(key));
    let (id, numbers) = signature.serialize_compact();
    let id = u8::try_from(i32::from(id)).expect("it is small");
    [&numbers[..], &[id]].concat()
}

fn x_only() -> [u8; 32] {
    secret(0).x_only_public_key(&Secp256k1::new()).0.serialize()
}

fn schnorr(message: &[u8]) -> Vec<u8> {
    let secp = Secp256k1::new();
    let pair = Keypair::from_secret_key(&secp, &secret(0));
    secp.sign_schnorr_no_aux_rand(message, &pair).as_ref().to_vec()
}

fn ed25519() -> ed25519_dalek::SigningKey {
    ed25519_dalek::SigningKey::from_bytes(&[0x42; 32])
}

fn ed25519_sign(message: &[u8]) -> Vec<u8> {
    use ed25519_dalek::Signer as _;

    ed25519().sign(message).to_bytes().to_vec()
}

fn p256_key() -> SigningKey {
    SigningKey::from_bytes(&[0x42; 32].into()).expect("it is less than the order")
}

fn p256_public() -> Vec<u8> {
    p256_key().verifying_key().to_encoded_point(false).as_bytes()[1..].to_vec()
}

fn p256_sign(hash: &[u8]) -> Vec<u8> {
    let signature: Signature = p256_key().sign_prehash(hash).expect("it signs");
    signature.to_bytes().to_vec()
}

/// What a passkey answers: key, signature, authenticator's data and client data.
fn assertion(challenge: &[u8]) -> Vec<u8> {
    use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};

    let challenge = BASE64_URL_SAFE_NO_PAD.encode(challenge);
    let client = format!(
        r#"{{"type":"webauthn.get","challenge":"{challenge}","origin":"https://example.org","crossOrigin":false}}"#
    );
    let site = Sha256::digest("example.org");
    // Present and verified; nine signatures made.
    let authenticator = [&site[..], &[5, 0, 0, 0, 9]].concat();
    let signed = [&authenticator[..], &Sha256::digest(&client)].concat();
    let signature = p256_sign(&Sha256::digest(signed));
    let len = u16::try_from(authenticator.len()).expect("it is short").to_le_bytes();
    [&p256_public()[..], &signature, &len, &authenticator, client.as_bytes()].concat()
}
