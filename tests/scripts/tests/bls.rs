//! BLS signatures inside the machine: published ones, those of `blst`, and refusals.

use blst::{
    BLST_ERROR,
    min_sig::{AggregateSignature, PublicKey, SecretKey, Signature},
};
use ckb_hash::blake2b_256;
use sha2::{Digest, Sha256};
use verdict_pairing::bls;
use verdict_script_tests::{Bench, Spend};

const BASIC: &[u8] = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";
const POSSESSION: &[u8] = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_POP_";

const REFUSED: i8 = -12;
const PUBLIC_KEY: i8 = -13;
const SIGNATURE: i8 = -14;
const ENCODING: i8 = -2;

fn bytes(digits: &str) -> Vec<u8> {
    (0..digits.len() / 2)
        .map(|i| u8::from_str_radix(&digits[2 * i..][..2], 16).expect("digits"))
        .collect()
}

fn secret(number: u8) -> SecretKey {
    SecretKey::key_gen(&[number; 32], &[]).expect("there is enough to make a key of")
}

/// Key, signature and message.
fn signed(number: u8, message: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let secret = secret(number);
    let signature = secret.sign(message, BASIC, &[]);
    (secret.sk_to_pk().compress().to_vec(), signature.compress().to_vec())
}

/// drand's network "quicknet": its key, and a beacon, of which the hash of the round is
/// signed.
#[test]
fn published_beacon() {
    let bench = Bench::new("bls-verify");
    let key = bytes(
        "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
    );
    let signature = bytes(
        "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
    );
    let message = Sha256::digest(1000_u64.to_be_bytes());
    let outcome = bench.verify(&[&key[..], &signature, &message].concat());
    assert_eq!(outcome.exit_code, 0);
    println!("bls-verify: {} cycles, {} bytes", outcome.cycles, bench.size());
    let message = Sha256::digest(1001_u64.to_be_bytes());
    assert_eq!(bench.verify(&[&key[..], &signature, &message].concat()).exit_code, REFUSED);
}

/// RFC 9380, section J.9.1: x and y of points that messages hash to.
const POINTS: [[&str; 2]; 5] = [
    [
        "052926add2207b76ca4fa57a8734416c8dc95e24501772c814278700eed6d1e4e8cf62d9c09db0fac349612b759e79a1",
        "08ba738453bfed09cb546dbb0783dbb3a5f1f566ed67bb6be0e8c67e2e81a4cc68ee29813bb7994998f3eae0c9c6a265",
    ],
    [
        "03567bc5ef9c690c2ab2ecdf6a96ef1c139cc0b2f284dca0a9a7943388a49a3aee664ba5379a7655d3c68900be2f6903",
        "0b9c15f3fe6e5cf4211f346271d7b01c8f3b28be689c8429c85b67af215533311f0b8dfaaa154fa6b88176c229f2885d",
    ],
    [
        "11e0b079dea29a68f0383ee94fed1b940995272407e3bb916bbf268c263ddd57a6a27200a784cbc248e84f357ce82d98",
        "03a87ae2caf14e8ee52e51fa2ed8eefe80f02457004ba4d486d6aa1f517c0889501dc7413753f9599b099ebcbbd2d709",
    ],
    [
        "15f68eaa693b95ccb85215dc65fa81038d69629f70aeee0d0f677cf22285e7bf58d7cb86eefe8f2e9bc3f8cb84fac488",
        "1807a1d50c29f430b8cafc4f8638dfeeadf51211e1602a5f184443076715f91bb90a48ba1e370edce6ae1062f5e6dd38",
    ],
    [
        "082aabae8b7dedb0e78aeb619ad3bfd9277a2f77ba7fad20ef6aabdc6c31d19ba5a6d12283553294c1825c4b3ca2dcfe",
        "05b84ae5a942248eea39e1d91030458c40153f3b654ab7872d779ad1e942856a20c438e8d99bc8abfbf74729ce1f7ac8",
    ],
];

#[test]
fn published_points() {
    const TAG: &[u8] = b"QUUX-V01-CS02-with-BLS12381G1_XMD:SHA-256_SSWU_RO_";
    let [q, a] = [("q", 128), ("a", 512)].map(|(letter, len)| letter.repeat(len));
    let [q, a] = [format!("q128_{q}"), format!("a512_{a}")];
    let bench = Bench::new("hash-to-curve-check");
    for (message, [x, y]) in ["", "abc", "abcdef0123456789", &q, &a].into_iter().zip(POINTS) {
        let input = [&bytes(x)[..], &bytes(y), &[50], TAG, message.as_bytes()].concat();
        assert_eq!(bench.verify(&input).exit_code, 0, "{message}");
        // A bit of x, y, the tag and the message.
        for at in [47, 95, 97, 146, input.len() - 1] {
            let mut other = input.clone();
            other[at] ^= 1;
            assert_eq!(bench.verify(&other).exit_code, REFUSED, "{message}: byte {at}");
        }
        assert_eq!(bench.verify(&input[..146]).exit_code, ENCODING, "{message}");
    }
    println!("hash-to-curve-check: {} points", POINTS.len());
}

#[test]
fn signatures_of_blst() {
    let bench = Bench::new("bls-verify");
    let mut cases = 0;
    for number in 0..12 {
        let message: Vec<u8> = (0..=u8::MAX).cycle().take(usize::from(number) * 23).collect();
        let (key, signature) = signed(number, &message);
        let input = [&key[..], &signature, &message].concat();
        assert_eq!(bench.verify(&input).exit_code, 0, "{number}");
        let mut other = input;
        // A bit of the key, the signature or the message.
        let bit = 8 + 97 * usize::from(number) % (8 * other.len() - 8);
        other[bit / 8] ^= 1 << (bit % 8);
        assert_ne!(bench.verify(&other).exit_code, 0, "{number}");
        cases += 2;
    }
    println!("{cases} cases");
}

/// Signatures with the root that takes the place of the final exponentiation.
#[test]
fn signatures_with_roots() {
    let bench = Bench::new("bls-rooted-verify");
    let mut cases = 0;
    let mut largest = 0;
    for number in 0..6 {
        let message: Vec<u8> = (0..=u8::MAX).cycle().take(usize::from(number) * 23).collect();
        let (key, signature) = signed(number, &message);
        let root = root(&key, &signature, &message);
        let run = |parts: [&[u8]; 4]| bench.verify(&parts.concat());
        let outcome = run([&key, &signature, &root, &message]);
        assert_eq!(outcome.exit_code, 0, "{number}");
        largest = largest.max(outcome.cycles);
        // It is a root of this signature only.
        let (other_key, other) = signed(number + 1, &message);
        let code = |parts: [&[u8]; 4]| run(parts).exit_code;
        assert_eq!(code([&key, &signature, &root, &[&message[..], &[0]].concat()]), REFUSED);
        assert_eq!(code([&key, &other, &root, &message]), REFUSED);
        assert_eq!(code([&other_key, &signature, &root, &message]), REFUSED);
        assert_eq!(code([&key, &signature, &[0; bls::ROOT], &message]), REFUSED);
        let of_other = self::root(&other_key, &other, &message);
        assert_eq!(code([&key, &signature, &of_other, &message]), REFUSED);
        for at in 0..6 {
            let mut changed = root;
            changed[48 * at + 47] ^= 1;
            assert_eq!(code([&key, &signature, &changed, &message]), REFUSED);
            changed[48 * at] |= 0x20;
            assert_eq!(code([&key, &signature, &changed, &message]), SIGNATURE);
        }
        // No root helps what is no point of the groups.
        let mut outside = signature.clone();
        outside[47] ^= 1;
        assert_eq!(code([&key, &outside, &root, &message]), SIGNATURE);
        let mut outside = key.clone();
        outside[95] ^= 1;
        assert_eq!(code([&outside, &signature, &root, &message]), PUBLIC_KEY);
        assert_eq!(code([&key, &signature, &root[1..], &[]]), ENCODING);
        cases += 20;
    }
    println!("bls-rooted-verify: {largest} cycles, {} bytes, {cases} cases", bench.size());
}

fn root(key: &[u8], signature: &[u8], message: &[u8]) -> [u8; bls::ROOT] {
    let key = key.try_into().expect("96 bytes");
    bls::root(key, signature.try_into().expect("48 bytes"), message, BASIC).expect("it is valid")
}

/// What libraries decode as a point of the group, and nothing else, is one here.
#[test]
fn encodings_are_as_strict_as_in_blst() {
    let bench = Bench::new("bls-verify");
    let message = b"message";
    let (key, signature) = signed(1, message);
    let run =
        |key: &[u8], signature: &[u8]| bench.verify(&[key, signature, message].concat()).exit_code;
    let mut cases = [0; 3];
    // Numbers that are x of points on the curve or not, and never in the group.
    for x in 0..16 {
        let mut other = [0; 48];
        other[0] = 0x80 | u8::from(x % 2 == 1) << 5;
        other[47] = x;
        let valid = Signature::sig_validate(&other, true);
        assert_eq!(run(&key, &other), if valid.is_ok() { REFUSED } else { SIGNATURE }, "{x}");
        cases[usize::from(valid == Err(BLST_ERROR::BLST_POINT_NOT_IN_GROUP))] += 1;
        let mut other = [0; 96];
        other[0] = 0x80 | u8::from(x % 2 == 1) << 5;
        other[95] = x;
        let valid = PublicKey::key_validate(&other);
        assert_eq!(run(&other, &signature), if valid.is_ok() { REFUSED } else { PUBLIC_KEY });
        cases[usize::from(valid == Err(BLST_ERROR::BLST_POINT_NOT_IN_GROUP))] += 1;
    }
    assert!(cases[1] > 10, "{cases:?}");
    // Not compressed; infinity, well and badly encoded; the modulus added to x.
    let change = |bytes: &[u8], with: &[u8], mask: u8| {
        let mut other = bytes.to_vec();
        other[..with.len()].copy_from_slice(with);
        other[0] = other[0] & !mask | with[0];
        other
    };
    let infinity = |len: usize, first: u8| {
        let mut infinity = vec![0; len];
        infinity[0] = first;
        infinity
    };
    for first in [0x00, 0x40, 0x60, 0xc0, 0xe0] {
        assert_eq!(run(&key, &infinity(48, first)), SIGNATURE);
        assert_eq!(run(&infinity(96, first), &signature), PUBLIC_KEY);
    }
    for flags in [0x00, 0x20, 0x40, 0xc0] {
        assert_eq!(run(&key, &change(&signature, &[flags | signature[0] & 0x1f], 0xff)), SIGNATURE);
        assert_eq!(run(&change(&key, &[flags | key[0] & 0x1f], 0xff), &signature), PUBLIC_KEY);
    }
    let modulus = bytes(
        "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab",
    );
    let mut unreduced = modulus.clone();
    unreduced[0] |= 0x80;
    unreduced[47] += 4;
    assert_eq!(run(&key, &unreduced), SIGNATURE);
    // The other root.
    let mut negative = signature.clone();
    negative[0] ^= 0x20;
    assert_eq!(run(&key, &negative), REFUSED);
    for len in [0, 1, 95, 96, 143] {
        let input = [&key[..], &signature].concat();
        assert_eq!(bench.verify(&input[..len]).exit_code, ENCODING, "{len}");
    }
}

#[test]
fn aggregates() {
    let bench = Bench::new("bls-aggregate-verify");
    let message = blake2b_256(b"what all of them say");
    let secrets: Vec<SecretKey> = (0..4).map(secret).collect();
    let keys: Vec<[u8; 96]> = secrets.iter().map(|secret| secret.sk_to_pk().compress()).collect();
    let signatures: Vec<_> =
        secrets.iter().map(|secret| secret.sign(&message, POSSESSION, &[])).collect();
    let aggregate = |count: usize| {
        let signatures: Vec<_> = signatures[..count].iter().collect();
        let sum = AggregateSignature::aggregate(&signatures, true).expect("they are valid");
        sum.to_signature().compress()
    };
    let run = |signature: &[u8], keys: &[[u8; 96]]| {
        bench.verify(&[signature, &message, &keys.concat()].concat())
    };
    for count in 1..=4 {
        let outcome = run(&aggregate(count), &keys[..count]);
        assert_eq!(outcome.exit_code, 0, "{count}");
        println!("bls-aggregate-verify, {count} keys: {} cycles", outcome.cycles);
    }
    assert_eq!(run(&aggregate(3), &keys[..4]).exit_code, REFUSED);
    assert_eq!(run(&aggregate(3), &[]).exit_code, PUBLIC_KEY);
    assert_eq!(run(&aggregate(3), &[keys[0], keys[0], keys[1]]).exit_code, REFUSED);
    // A key and its negative.
    let mut negative = keys[0];
    negative[0] ^= 0x20;
    assert_eq!(run(&aggregate(1), &[keys[0], negative]).exit_code, PUBLIC_KEY);
    let input = [&aggregate(1)[..], &message, &keys[0][..95]].concat();
    assert_eq!(bench.verify(&input).exit_code, ENCODING);
    println!("bls-aggregate-verify: {} bytes", bench.size());
}

#[test]
fn lock() {
    let bench = Bench::new("bls-lock");
    let secret = secret(7);
    let key = secret.sk_to_pk().compress();
    let mut spend = Spend::new(&bench, &blake2b_256(key));
    spend.set_lock(&[0; 144]);
    let sign = |spend: &Spend<'_>| {
        let message = spend.message(&[0; 144], 0);
        [&key[..], &secret.sign(&message, BASIC, &[]).compress()].concat()
    };
    let lock = sign(&spend);
    spend.set_lock(&lock);
    let outcome = spend.run();
    assert_eq!(outcome.exit_code, 0);
    println!("bls-lock: {} cycles, {} bytes", outcome.cycles, bench.size());

    let run = |lock: &[u8]| {
        let mut spend = spend.clone();
        spend.set_lock(lock);
        spend.run().exit_code
    };
    for len in [0, 96, 143] {
        assert_eq!(run(&lock[..len]), ENCODING);
    }
    assert_eq!(run(&[&lock[..], &[0]].concat()), ENCODING);
    // With the root, which is of the message for a lock of that length.
    let message = spend.message(&[0; 144 + bls::ROOT], 0);
    let signature = secret.sign(&message, BASIC, &[]).compress();
    let root = root(&key, &signature, &message);
    let rooted = [&key[..], &signature, &root].concat();
    let mut other = spend.clone();
    other.set_lock(&rooted);
    let outcome = other.run();
    assert_eq!(outcome.exit_code, 0);
    println!("bls-lock, with root: {} cycles", outcome.cycles);
    assert_eq!(run(&rooted[..rooted.len() - 1]), ENCODING);
    assert_eq!(run(&[&lock[..], &root].concat()), REFUSED);
    let mut other = lock.clone();
    other[95] ^= 1;
    assert_eq!(run(&other), -31);
    let mut other = lock.clone();
    other[96] ^= 0x20;
    assert_eq!(run(&other), REFUSED);
    let mut changed = spend.clone();
    changed.outputs = vec![vec![1].into()];
    assert_eq!(changed.run().exit_code, REFUSED);
    let mut missing = spend.clone();
    missing.witnesses.clear();
    assert_eq!(missing.run().exit_code, -3);
    let mut long = spend.clone();
    long.witnesses[0] = vec![0; (32 << 10) + 1].into();
    assert_eq!(long.run().exit_code, -22);
    let mut short = Spend::new(&bench, &blake2b_256(key)[..31]);
    short.witnesses = spend.witnesses.clone();
    assert_eq!(short.run().exit_code, -1);
}
