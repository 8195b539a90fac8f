//! SLH-DSA inside the machine: known answers, samples of NIST, signatures of the crate
//! `fips205`, and what is not quite one.

mod acvp;

use aes::{
    Aes256,
    cipher::{BlockEncrypt, KeyInit},
};
use fips205::{
    slh_dsa_sha2_128f, slh_dsa_sha2_128s,
    traits::{KeyGen, SerDes},
};
use rand_chacha::rand_core::{CryptoRng, Error, RngCore};
use sha2::{Digest, Sha256};
use verdict_script_tests::{
    Bench,
    quantum::{Key, check_lock},
};

/// NIST's samples: messages that are formatted here, or are already.
fn acvp(set: &str, name: &str) {
    let vectors = include_str!("../vectors/slh-dsa-acvp.txt");
    let bench = Bench::new(name);
    acvp::run(vectors, set, "external", &bench, |case| {
        let len = u8::try_from(case.context.len()).unwrap();
        [&case.key[..], &case.signature, &[0, len], &case.context, &case.message].concat()
    });
    acvp::run(vectors, set, "internal", &bench, |case| {
        [&case.key[..], &case.signature, &case.message].concat()
    });
}

#[test]
fn acvp_small() {
    acvp("SLH-DSA-SHA2-128s", "slh-dsa-128s-verify");
}

#[test]
fn acvp_fast() {
    acvp("SLH-DSA-SHA2-128f", "slh-dsa-128f-verify");
}

/// Signatures of the library are accepted, and no change to one of their bytes.
fn signatures(name: &str, key: impl Fn(u8) -> Key, count: u8, step: usize) {
    let bench = Bench::new(name);
    let mut cycles = Vec::new();
    let mut refused = 0;
    for seed in 0..count {
        let key = key(seed);
        let message = vec![seed; 50 * usize::from(seed)];
        let context = &b"context"[..usize::from(seed)];
        let signature = key.sign(&message, context);
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
            let mut changed = key.bytes.clone();
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
    signatures("slh-dsa-128s-verify", Key::slh_dsa::<slh_dsa_sha2_128s::KG>, 5, 401);
}

#[test]
fn signatures_fast() {
    signatures("slh-dsa-128f-verify", Key::slh_dsa::<slh_dsa_sha2_128f::KG>, 5, 997);
}

#[test]
fn lock_small() {
    check_lock("slh-dsa-128s-lock", &Key::slh_dsa::<slh_dsa_sha2_128s::KG>(9));
}

#[test]
fn lock_fast() {
    check_lock("slh-dsa-128f-lock", &Key::slh_dsa::<slh_dsa_sha2_128f::KG>(9));
}

/// The generator of NIST's known answer tests for post-quantum submissions: AES-256 in
/// counter mode (SP 800-90A, CTR_DRBG without derivation function).
struct Generator {
    key: [u8; 32],
    counter: u128,
}

impl Generator {
    fn new(seed: &[u8; 48]) -> Self {
        let mut generator = Self { key: [0; 32], counter: 0 };
        generator.update(seed);
        generator
    }

    fn blocks(&mut self, len: usize) -> Vec<u8> {
        let cipher = Aes256::new(&self.key.into());
        let mut bytes = Vec::new();
        while bytes.len() < len {
            self.counter = self.counter.wrapping_add(1);
            let mut block = self.counter.to_be_bytes().into();
            cipher.encrypt_block(&mut block);
            bytes.extend(block);
        }
        bytes.truncate(len);
        bytes
    }

    fn update(&mut self, input: &[u8; 48]) {
        let mut bytes = self.blocks(48);
        for (byte, input) in bytes.iter_mut().zip(input) {
            *byte ^= input;
        }
        let (key, counter) = bytes.split_first_chunk().unwrap();
        self.key = *key;
        self.counter = u128::from_be_bytes(counter.try_into().unwrap());
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        self.vec(N).try_into().unwrap()
    }

    fn vec(&mut self, len: usize) -> Vec<u8> {
        let bytes = self.blocks(len);
        self.update(&[0; 48]);
        bytes
    }
}

/// Gives the same bytes whenever it is asked.
struct Fixed([u8; 16]);

impl CryptoRng for Fixed {}

impl RngCore for Fixed {
    fn next_u32(&mut self) -> u32 {
        unreachable!("the crate asks for bytes")
    }

    fn next_u64(&mut self) -> u64 {
        unreachable!("the crate asks for bytes")
    }

    fn fill_bytes(&mut self, out: &mut [u8]) {
        out.copy_from_slice(&self.0);
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Error> {
        self.fill_bytes(out);
        Ok(())
    }
}

/// Makes the first records of a file of known answers, checks by the hash that they are
/// those, and verifies their signatures.
fn known_answers(
    name: &str,
    records: usize,
    file_hash: &str,
    sign: impl Fn(&[u8; 48], &[u8], &mut Fixed) -> [Vec<u8>; 3],
) {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02X}")).collect::<String>();
    let bench = Bench::new(name);
    let mut seeds = Generator::new(&std::array::from_fn(|at| u8::try_from(at).unwrap()));
    let mut file = "# SPHINCS+\n\n".to_owned();
    for count in 0..records {
        let seed = seeds.bytes();
        let len = 33 * (count + 1);
        let message = seeds.vec(len);
        let mut random = Generator::new(&seed);
        let key_seeds = random.bytes();
        let [public, secret, signature] = sign(&key_seeds, &message, &mut Fixed(random.bytes()));
        let signed = [&signature[..], &message].concat();
        file += &format!(
            "count = {count}\nseed = {}\nmlen = {len}\nmsg = {}\npk = {}\nsk = {}\nsmlen = {}\nsm = {}\n\n",
            hex(&seed),
            hex(&message),
            hex(&public),
            hex(&secret),
            signed.len(),
            hex(&signed)
        );
        let input = [public, signed].concat();
        assert_eq!(bench.verify(&input).exit_code, 0, "{name}: {count}");
        assert_eq!(bench.verify(&input[..input.len() - 1]).exit_code, -12, "{name}: {count}");
    }
    assert_eq!(hex(&Sha256::digest(file)).to_lowercase(), file_hash);
    println!("{name}: {records} known answers");
}

/// The hash is one of those of the SLotH project's files (kat/kat10-sha256.txt of
/// github.com/slh-dsa/sloth, BSD-3-Clause), as the crate fips205 0.5.0 has them.
#[test]
#[expect(deprecated, reason = "the interface of known answers is meant for tests only")]
fn known_answers_small() {
    let hash = "5e501f7c91fa189dff618dda9cca0511140fb85e133bab986c9ef89ed220389e";
    known_answers("slh-dsa-128s-verify", 10, hash, |seeds, message, random| {
        let [a, b, c] = seeds.as_chunks().0 else { unreachable!() };
        let (public, secret) = slh_dsa_sha2_128s::KG::keygen_from_seed::<16>(a, b, c);
        let signature = secret.sign_internal(random, message, true).unwrap();
        [public.into_bytes().to_vec(), secret.into_bytes().to_vec(), signature.to_vec()]
    });
}

/// As above.
#[test]
#[expect(deprecated, reason = "the interface of known answers is meant for tests only")]
fn known_answers_fast() {
    let hash = "c8fcb441611200b19349f2e7fda07c4547bef22f35af6e47a2b8c824e0c2e0be";
    known_answers("slh-dsa-128f-verify", 10, hash, |seeds, message, random| {
        let [a, b, c] = seeds.as_chunks().0 else { unreachable!() };
        let (public, secret) = slh_dsa_sha2_128f::KG::keygen_from_seed::<16>(a, b, c);
        let signature = secret.sign_internal(random, message, true).unwrap();
        [public.into_bytes().to_vec(), secret.into_bytes().to_vec(), signature.to_vec()]
    });
}
