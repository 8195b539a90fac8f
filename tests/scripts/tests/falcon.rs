//! Falcon-512 inside the machine: known answer tests and signatures of the crate `fn-dsa`,
//! and what is not quite one.

use fn_dsa::{
    CryptoRng, DomainContext, HASH_ID_RAW, HASH_ID_SHA3_256, KeyPairGenerator, KeyPairGenerator512,
    RngCore, RngError, SHA3_256, SHAKE256, SigningKey, SigningKey512,
};
use verdict_script_tests::{
    Bench,
    quantum::{Key, check_lock},
};

const KEY: usize = 897;
const SIGNATURE: usize = 666;

/// Hashes of secret key, public key and signature: known answer tests of the crate
/// fn-dsa 0.3.0 (Unlicense) for degree 512, made without its feature `shake256x4`.
const KNOWN: [&str; 10] = [
    "53748d0bda7a655b160d1237687f606fc6d85a768af7e52accb320cdc02fea56",
    "566ff306b9e7a8509252fcbd315faa1c7d9a99e90a6e5a1e211dca0492fd2422",
    "3927502da6d66d09c71baad0fb307e767287bca9defd3e5658093758dd6f4eb6",
    "7d00e218c02ca8e2b0b475c67f06b544d74b24a0c79e775066f6d35b85bba168",
    "5c7e80b3b95bbb04272cf6cb5482f98c5f48303119be7c1864fda7d183cf8dd2",
    "8f8238dc09555fb6a06505af7d08ea909829bab3443c651791e91444d4f9ea29",
    "27dc1593aea3529c25112b536ba38bf7ff26796f7199aff8597db61c013316c4",
    "92770a08ede1e89721661b8812879ab2c1cae3ffe66056fa23e2ac4cc984998b",
    "31e9907ba30080033d48535b1ecbc3e25e6b6b450fb1b310935e8b278654700e",
    "779fb106eb89f09e1d09a7c3c3295d8b63fa93ca3e59de9a9adcc1eb3f392c0c",
];

/// The random bytes of those tests: of a seed, or of blocks of a seed with a counter.
struct Known {
    seed: Vec<u8>,
    /// Bytes of a block; zero if there are none.
    block: usize,
    counter: u32,
    bytes: Vec<u8>,
}

impl Known {
    fn new(kind: u8, number: u32, block: usize) -> Self {
        let seed = [&[kind, 9][..], &number.to_le_bytes()].concat();
        Self { seed, block, counter: 0, bytes: Vec::new() }
    }
}

fn shake(parts: &[&[u8]], len: usize) -> Vec<u8> {
    let mut hash = SHAKE256::new();
    for part in parts {
        hash.inject(part);
    }
    hash.flip();
    let mut bytes = vec![0; len];
    hash.extract(&mut bytes);
    bytes
}

impl CryptoRng for Known {}

impl RngCore for Known {
    fn next_u32(&mut self) -> u32 {
        unreachable!("the crate asks for bytes")
    }

    fn next_u64(&mut self) -> u64 {
        unreachable!("the crate asks for bytes")
    }

    fn fill_bytes(&mut self, out: &mut [u8]) {
        if self.block == 0 && self.bytes.is_empty() {
            self.bytes = shake(&[&self.seed], 1 << 20);
        }
        while self.bytes.len() < out.len() {
            assert!(self.block > 0);
            let block = shake(&[&self.seed, &self.counter.to_le_bytes()], self.block);
            self.bytes.extend(block);
            self.counter += 1;
        }
        out.copy_from_slice(&self.bytes[..out.len()]);
        self.bytes.drain(..out.len());
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), RngError> {
        self.fill_bytes(out);
        Ok(())
    }
}

/// What is signed in the ways of the crate's draft of the standard.
fn draft(key: &[u8], context: &[u8], id: &[u8], message: &[u8]) -> Vec<u8> {
    let hashed = shake(&[key], 64);
    let (kind, id) = if id == HASH_ID_RAW.0 { (0, &[][..]) } else { (1, id) };
    let len = u8::try_from(context.len()).unwrap();
    [&hashed, &[kind, len][..], context, id, message].concat()
}

#[test]
fn known_answers() {
    let bench = Bench::new("falcon-512-verify");
    for (number, known) in (0..).zip(KNOWN) {
        let mut secret = [0; 1281];
        let mut key = [0; KEY];
        let mut signature = [0; SIGNATURE];
        KeyPairGenerator512::default().keygen(
            9,
            &mut Known::new(0, number, 0),
            &mut secret,
            &mut key,
        );
        let mut signer = SigningKey512::decode(&secret).unwrap();
        let context = DomainContext(b"domain");
        let mut random = Known::new(1, number, 96);
        let message = if number % 2 == 0 {
            signer.sign(&mut random, &context, &HASH_ID_RAW, b"message", &mut signature);
            draft(&key, b"domain", HASH_ID_RAW.0, b"message")
        } else {
            let mut hash = SHA3_256::new();
            hash.update(b"message");
            let digest = hash.digest();
            signer.sign(&mut random, &context, &HASH_ID_SHA3_256, &digest, &mut signature);
            draft(&key, b"domain", HASH_ID_SHA3_256.0, &digest)
        };
        let mut hash = SHA3_256::new();
        hash.update(&secret);
        hash.update(&key);
        hash.update(&signature);
        let digest: String = hash.digest().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digest, known, "{number}");
        let run =
            |message: &[u8]| bench.verify(&[&key, &signature[..], message].concat()).exit_code;
        assert_eq!(run(&message), 0, "{number}");
        assert_eq!(run(&message[1..]), -12, "{number}");
    }
    println!("falcon-512-verify: {} known answers", KNOWN.len());
}

#[test]
fn third_round() {
    let text = include_str!("../vectors/falcon-512.txt");
    let digits: String = text.lines().filter(|line| !line.starts_with('#')).collect();
    let bytes: Vec<u8> = (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap())
        .collect();
    let bench = Bench::new("falcon-512-verify");
    assert_eq!(bench.verify(&[&bytes, &b"data1"[..]].concat()).exit_code, 0);
    assert_eq!(bench.verify(&[&bytes, &b"data2"[..]].concat()).exit_code, -12);
    assert_eq!(bench.verify(&bytes[..bytes.len() - 1]).exit_code, -2);
}

/// Signatures of the library are accepted, and no change to one of their bytes.
#[test]
fn signatures() {
    let bench = Bench::new("falcon-512-verify");
    let mut cycles = Vec::new();
    let mut refused = 0;
    for seed in 0..20 {
        let key = Key::falcon(seed);
        let message = vec![seed; 32];
        let signature = key.sign(&message, b"");
        let code = |key: &[u8], signature: &[u8]| {
            bench.verify(&[key, signature, &message].concat()).exit_code
        };
        let outcome = bench.verify(&[&key.bytes, &signature[..], &message].concat());
        assert_eq!(outcome.exit_code, 0, "{seed}");
        cycles.push(outcome.cycles);
        for at in (usize::from(seed)..SIGNATURE).step_by(13).chain([0, SIGNATURE - 1]) {
            let mut changed = signature.clone();
            changed[at] ^= 1 << (at % 8);
            assert_eq!(code(&key.bytes, &changed), -12, "{seed}: byte {at}");
            refused += 1;
        }
        for at in (usize::from(seed)..KEY).step_by(57) {
            let mut changed = key.bytes.clone();
            changed[at] ^= 1 << (at % 8);
            assert_eq!(code(&changed, &signature), -12, "{seed}: byte {at}");
            refused += 1;
        }
    }
    println!(
        "falcon-512-verify: {} signatures accepted, {refused} refused; {} to {} cycles, {} bytes",
        cycles.len(),
        cycles.iter().min().unwrap(),
        cycles.iter().max().unwrap(),
        bench.size()
    );
}

/// Packs coefficients, as sign, seven bits and the number of 128s.
fn pack(coefficients: &[(bool, u32)]) -> Vec<u8> {
    let mut bits = Vec::new();
    for (negative, size) in coefficients {
        bits.push(*negative);
        bits.extend((0..7).rev().map(|bit| size >> bit & 1 == 1));
        bits.extend(std::iter::repeat_n(false, (size >> 7) as usize));
        bits.push(true);
    }
    bits.resize(625 * 8, false);
    bits.chunks(8).map(|bits| bits.iter().fold(0, |byte, bit| byte << 1 | u8::from(*bit))).collect()
}

/// No other encoding of the same signature is accepted.
#[test]
fn encodings() {
    let bench = Bench::new("falcon-512-verify");
    let key = Key::falcon(2);
    let signature = key.sign(b"m", b"");
    // Unpacks what the library packed, and packs it in the same way.
    let bit = |at: usize| signature[41 + at / 8] >> (7 - at % 8) & 1 == 1;
    let mut at = 0;
    let mut coefficients = Vec::new();
    for _ in 0..512 {
        let mut size = (1..8).fold(0, |size, offset| size << 1 | u32::from(bit(at + offset)));
        let negative = bit(at);
        at += 8;
        while !bit(at) {
            size += 128;
            at += 1;
        }
        at += 1;
        coefficients.push((negative, size));
    }
    let code = |coefficients: &[(bool, u32)], patch: &dyn Fn(&mut Vec<u8>)| {
        let mut packed = pack(coefficients);
        patch(&mut packed);
        bench.verify(&[&key.bytes, &signature[..41], &packed, b"m"].concat()).exit_code
    };
    assert_eq!(code(&coefficients, &|_| ()), 0);
    // A zero with a sign.
    let zero = coefficients.iter().position(|(_, size)| *size == 0).expect("one is zero");
    let mut signed = coefficients.clone();
    signed[zero].0 = true;
    assert_eq!(code(&signed, &|_| ()), -12);
    // Bits behind the last coefficient.
    for byte in at.div_ceil(8)..625 {
        assert_eq!(code(&coefficients, &|packed| packed[byte] = 1), -12, "byte {byte}");
    }
    // A coefficient too few.
    assert_eq!(code(&coefficients[..511], &|_| ()), -12);
    // A key that is not reduced.
    let mut large = key.bytes.clone();
    large[1..3].copy_from_slice(&[0xff, 0xff]);
    let input = [&large, &signature[..], b"m"].concat();
    assert_eq!(bench.verify(&input).exit_code, -12);
    // Other formats, by the first byte.
    for first in [0x29, 0x49, 0x59, 0x38, 0x3a] {
        let mut other = signature.clone();
        other[0] = first;
        assert_eq!(bench.verify(&[&key.bytes, &other[..], b"m"].concat()).exit_code, -12);
    }
}

#[test]
fn lock() {
    check_lock("falcon-512-lock", &Key::falcon(7));
}
