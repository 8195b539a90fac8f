//! Signatures that stand against quantum computers.

use fips204::{ml_dsa_44, ml_dsa_65};
use fips205::{slh_dsa_sha2_128f, slh_dsa_sha2_128s};
use verdict_script_tests::{Bench, Spend, quantum::Key};

use super::{Sample, locked, plain, verifying};

pub(super) const SAMPLES: &[Sample] = &[
    plain("ml-dsa-44-verify", |bench| signed(bench, &Key::ml_dsa::<ml_dsa_44::KG>(0x42), PURE)),
    plain("ml-dsa-44-lock", |bench| lock(bench, &Key::ml_dsa::<ml_dsa_44::KG>(0x42))),
    plain("ml-dsa-65-verify", |bench| signed(bench, &Key::ml_dsa::<ml_dsa_65::KG>(0x42), PURE)),
    plain("ml-dsa-65-lock", |bench| lock(bench, &Key::ml_dsa::<ml_dsa_65::KG>(0x42))),
    plain("falcon-512-verify", |bench| signed(bench, &Key::falcon(0x42), &[])),
    plain("falcon-512-lock", |bench| lock(bench, &Key::falcon(0x42))),
    plain("slh-dsa-128s-verify", |bench| {
        signed(bench, &Key::slh_dsa::<slh_dsa_sha2_128s::KG>(1), PURE)
    }),
    plain("slh-dsa-128s-lock", |bench| lock(bench, &Key::slh_dsa::<slh_dsa_sha2_128s::KG>(1))),
    plain("slh-dsa-128f-verify", |bench| {
        signed(bench, &Key::slh_dsa::<slh_dsa_sha2_128f::KG>(1), PURE)
    }),
    plain("slh-dsa-128f-lock", |bench| lock(bench, &Key::slh_dsa::<slh_dsa_sha2_128f::KG>(1))),
];

const MESSAGE: &[u8] = b"what is signed to show that verifying works";
/// What is in front of a message without context.
const PURE: &[u8] = &[0, 0];

/// A verifier's transaction, with a signature over a message that `format` is in front of.
fn signed<'a>(bench: &'a Bench, key: &Key, format: &[u8]) -> Spend<'a> {
    verifying(bench, &[&key.bytes, &key.sign(MESSAGE, b"")[..], format, MESSAGE].concat())
}

/// A lock's transaction.
fn lock<'a>(bench: &'a Bench, key: &Key) -> Spend<'a> {
    let (args, front) = key.places();
    locked(bench, &args, front, key.signature, |message| key.sign(message, b""))
}
