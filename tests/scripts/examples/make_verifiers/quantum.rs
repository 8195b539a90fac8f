//! Signatures that stand against quantum computers.

use ckb_hash::blake2b_256;
use fips204::{
    ml_dsa_44, ml_dsa_65,
    traits::{KeyGen as _, SerDes as _, Signer as _},
};
use fips205::{
    slh_dsa_sha2_128f, slh_dsa_sha2_128s,
    traits::{KeyGen as _, SerDes as _, Signer as _},
};
use fn_dsa::{
    DOMAIN_NONE, HASH_ID_ORIGINAL_FALCON, KeyPairGenerator as _, KeyPairGenerator512,
    SigningKey as _, SigningKey512,
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};
use verdict_script_tests::{Bench, Spend};

use super::{Sample, locked, no_deps, verifying};

pub(super) const SAMPLES: &[Sample] = &[
    Sample {
        program: "ml-dsa-44-verify",
        deps: no_deps,
        make: |bench| {
            let (key, sign) = ml_dsa_44_key();
            verifying(bench, &[&key[..], &sign(MESSAGE), &[0, 0], MESSAGE].concat())
        },
    },
    Sample {
        program: "ml-dsa-44-lock",
        deps: no_deps,
        make: |bench| {
            let (key, sign) = ml_dsa_44_key();
            locked_by_hash(bench, &key, 2420, sign)
        },
    },
    Sample {
        program: "ml-dsa-65-verify",
        deps: no_deps,
        make: |bench| {
            let (key, sign) = ml_dsa_65_key();
            verifying(bench, &[&key[..], &sign(MESSAGE), &[0, 0], MESSAGE].concat())
        },
    },
    Sample {
        program: "ml-dsa-65-lock",
        deps: no_deps,
        make: |bench| {
            let (key, sign) = ml_dsa_65_key();
            locked_by_hash(bench, &key, 3309, sign)
        },
    },
    Sample {
        program: "falcon-512-verify",
        deps: no_deps,
        make: |bench| {
            let (key, sign) = falcon_key();
            verifying(bench, &[&key[..], &sign(MESSAGE), MESSAGE].concat())
        },
    },
    Sample {
        program: "falcon-512-lock",
        deps: no_deps,
        make: |bench| {
            let (key, sign) = falcon_key();
            locked_by_hash(bench, &key, 666, sign)
        },
    },
    Sample {
        program: "slh-dsa-128s-verify",
        deps: no_deps,
        make: |bench| {
            let (key, sign) = slh_dsa_128s_key();
            verifying(bench, &[&key[..], &sign(MESSAGE), &[0, 0], MESSAGE].concat())
        },
    },
    Sample {
        program: "slh-dsa-128s-lock",
        deps: no_deps,
        make: |bench| {
            let (key, sign) = slh_dsa_128s_key();
            locked(bench, &key, &[], 7856, sign)
        },
    },
    Sample {
        program: "slh-dsa-128f-verify",
        deps: no_deps,
        make: |bench| {
            let (key, sign) = slh_dsa_128f_key();
            verifying(bench, &[&key[..], &sign(MESSAGE), &[0, 0], MESSAGE].concat())
        },
    },
    Sample {
        program: "slh-dsa-128f-lock",
        deps: no_deps,
        make: |bench| {
            let (key, sign) = slh_dsa_128f_key();
            locked(bench, &key, &[], 17_088, sign)
        },
    },
];

const MESSAGE: &[u8] = b"what is signed to show that verifying works";
const SEED: [u8; 32] = [0x42; 32];

/// A public key, and what signs with it.
type Key = (Vec<u8>, Box<dyn Fn(&[u8]) -> Vec<u8>>);

/// A transaction under a lock whose arguments are the hash of a key.
fn locked_by_hash<'a>(
    bench: &'a Bench,
    key: &[u8],
    len: usize,
    sign: impl Fn(&[u8]) -> Vec<u8>,
) -> Spend<'a> {
    locked(bench, &blake2b_256(key), key, len, sign)
}

fn ml_dsa_44_key() -> Key {
    let (public, secret) = ml_dsa_44::KG::keygen_from_seed(&SEED);
    let sign = move |message: &[u8]| {
        secret.try_sign_with_seed(&SEED, message, b"").expect("it signs").to_vec()
    };
    (public.into_bytes().to_vec(), Box::new(sign))
}

fn ml_dsa_65_key() -> Key {
    let (public, secret) = ml_dsa_65::KG::keygen_from_seed(&SEED);
    let sign = move |message: &[u8]| {
        secret.try_sign_with_seed(&SEED, message, b"").expect("it signs").to_vec()
    };
    (public.into_bytes().to_vec(), Box::new(sign))
}

fn slh_dsa_128s_key() -> Key {
    let [a, b, c] = [[1; 16], [2; 16], [3; 16]];
    let (public, secret) = slh_dsa_sha2_128s::KG::keygen_from_seed(&a, &b, &c);
    let sign = move |message: &[u8]| {
        secret
            .try_sign_with_rng(&mut ChaCha20Rng::from_seed(SEED), message, b"", true)
            .expect("it signs")
            .to_vec()
    };
    (public.into_bytes().to_vec(), Box::new(sign))
}

fn slh_dsa_128f_key() -> Key {
    let [a, b, c] = [[1; 16], [2; 16], [3; 16]];
    let (public, secret) = slh_dsa_sha2_128f::KG::keygen_from_seed(&a, &b, &c);
    let sign = move |message: &[u8]| {
        secret
            .try_sign_with_rng(&mut ChaCha20Rng::from_seed(SEED), message, b"", true)
            .expect("it signs")
            .to_vec()
    };
    (public.into_bytes().to_vec(), Box::new(sign))
}

fn falcon_key() -> Key {
    let mut random = ChaCha20Rng::from_seed(SEED);
    let mut public = [0; 897];
    let mut secret = [0; fn_dsa::sign_key_size(fn_dsa::FN_DSA_LOGN_512)];
    KeyPairGenerator512::default().keygen(
        fn_dsa::FN_DSA_LOGN_512,
        &mut random,
        &mut secret,
        &mut public,
    );
    let sign = move |message: &[u8]| {
        let mut random = ChaCha20Rng::from_seed(SEED);
        let mut signature = [0; 666];
        let mut signer = SigningKey512::decode(&secret).expect("it is a key");
        let id = HASH_ID_ORIGINAL_FALCON;
        signer.sign(&mut random, &DOMAIN_NONE, &id, message, &mut signature);
        signature.to_vec()
    };
    (public.to_vec(), Box::new(sign))
}
