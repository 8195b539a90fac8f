//! Groth16 proofs of arkworks, and EIP-197, inside the machine.

#[path = "../../../scripts-riscv/pairing/examples/prepare_key/key.rs"]
mod prepare_key;
mod proofs;

use ark_ec::{AffineRepr, CurveGroup};
use ark_ff::{BigInteger, Field, PrimeField, UniformRand};
use ark_groth16::{Groth16, Proof, VerifyingKey};
use ark_snark::SNARK;
use ark_std::rand::{SeedableRng, rngs::StdRng};
use ckb_hash::blake2b_256;
use num_bigint::BigUint;
use serde_json::{Value, json};
use verdict_pairing::groth16::rooted_proof_size;
use verdict_script_tests::{Bench, Spend};

use self::proofs::{ArkBls, ArkBn, Circuit, Twin, case, encoded, number, prepared, rooted};

const REFUSED: i8 = -12;
const SIZE_OF_KEY: i8 = -13;
const POINTS: i8 = -14;
const ENCODING: i8 = -2;

fn verifies<E: Twin>() {
    let mut rng = StdRng::seed_from_u64(1);
    let (proving, verifying) =
        Groth16::<E>::circuit_specific_setup(case::<E>(&mut rng), &mut rng).expect("a circuit");
    let key = prepared(&verifying);
    let command = prepare_key::prepared(json::<E>(&verifying).to_string().as_bytes());
    let command = command.expect("it is a key");
    assert_eq!((command.program, command.inputs), (E::NAMES[1], 2));
    assert!(command.bytes == key);
    let bench = Bench::new(E::NAMES[0]);
    let run = |inputs: &[Vec<u8>], proof: &[u8], key: &[u8]| {
        let count = [u8::try_from(inputs.len()).expect("a few")];
        bench.verify(&[&count[..], &inputs.concat(), proof, key].concat())
    };
    let mut cases = 0;
    let (mut largest, mut with_root) = (0, 0);
    for number_of_proof in 0..6 {
        let circuit = case::<E>(&mut rng);
        let inputs = circuit.inputs.map(number).to_vec();
        let proof = Groth16::<E>::prove(&proving, circuit, &mut rng).expect("it holds");
        let bytes = encoded(&proof);
        let outcome = run(&inputs, &bytes, &key);
        assert_eq!(outcome.exit_code, 0, "{number_of_proof}");
        largest = largest.max(outcome.cycles);
        // Proofs can be made another one of the same; that is no matter here.
        let mut other = proof.clone();
        other.a = (-proof.a.into_group()).into_affine();
        assert_eq!(run(&inputs, &encoded(&other), &key).exit_code, REFUSED);
        other.b = (-proof.b.into_group()).into_affine();
        assert_eq!(run(&inputs, &encoded(&other), &key).exit_code, 0);
        other.c = proof.a;
        assert_eq!(run(&inputs, &encoded(&other), &key).exit_code, REFUSED);
        let swapped = [inputs[1].clone(), inputs[0].clone()];
        assert_eq!(run(&swapped, &bytes, &key).exit_code, REFUSED);
        let rooted = rooted::<E>(&key, &inputs, &bytes);
        let outcome = run(&inputs, &rooted, &key);
        assert_eq!(outcome.exit_code, 0, "{number_of_proof}");
        with_root = with_root.max(outcome.cycles);
        // It is a root of this proof only; what is no number, or one too short, is none.
        assert_eq!(run(&swapped, &rooted, &key).exit_code, REFUSED);
        let root = &rooted[E::PROOF..];
        assert_eq!(run(&inputs, &[&encoded(&other), root].concat(), &key).exit_code, REFUSED);
        for at in 0..6 {
            let mut other = rooted.clone();
            let number = &mut other[E::PROOF + at * E::PROOF / 8..][..E::PROOF / 8];
            number[E::PROOF / 8 - 1] ^= 1;
            assert_eq!(run(&inputs, &other, &key).exit_code, REFUSED);
            other[E::PROOF + at * E::PROOF / 8] |= 0x80;
            assert_eq!(run(&inputs, &other, &key).exit_code, POINTS);
        }
        let zeros = [&bytes[..], &vec![0; root.len()]].concat();
        assert_eq!(run(&inputs, &zeros, &key).exit_code, REFUSED);
        assert_eq!(run(&inputs, &rooted[..rooted.len() - 1], &key).exit_code, SIZE_OF_KEY);
        cases += 17;
        for bit in [5_usize, 300, 700, 1300, 1900] {
            let mut other = bytes.clone();
            other[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(run(&inputs, &other, &key).exit_code, POINTS, "bit {bit}");
            cases += 1;
        }
        cases += 5;
        if number_of_proof > 0 {
            continue;
        }
        // Points of the twist, and of the curve, outside of the groups.
        let mut outside = 0;
        for x in 1..12 {
            let mut other = proof.clone();
            if let Some(point) = E::g2_at(x) {
                other.b = point;
                assert_eq!(run(&inputs, &encoded(&other), &key).exit_code, POINTS, "{x}");
                outside += 1;
            }
            let mut other = proof.clone();
            if let Some(point) = E::g1_at(x) {
                let in_group = point.mul_bigint(E::ScalarField::MODULUS) == E::G1::default();
                let expected = if in_group { REFUSED } else { POINTS };
                other.c = point;
                assert_eq!(run(&inputs, &encoded(&other), &key).exit_code, expected, "{x}");
                outside += 1;
            }
        }
        assert!(outside > 5);
        // What is not canonical, or of a wrong length.
        let order = E::ScalarField::MODULUS.to_bytes_be();
        for input in [&order[..], &[0xff; 32]] {
            let inputs = [input.to_vec(), inputs[1].clone()];
            assert_eq!(run(&inputs, &bytes, &key).exit_code, ENCODING);
        }
        let mut other = bytes.clone();
        other[0] |= 0x80;
        assert_eq!(run(&inputs, &other, &key).exit_code, POINTS);
        assert_eq!(run(&inputs, &vec![0; bytes.len()], &key).exit_code, POINTS);
        assert_eq!(run(&inputs[..1], &bytes, &key).exit_code, SIZE_OF_KEY);
        assert_eq!(run(&inputs, &bytes, &key[1..]).exit_code, SIZE_OF_KEY);
        assert_eq!(run(&inputs, &bytes[..9], &[]).exit_code, ENCODING);
        cases += outside + 7;
    }
    println!(
        "{}: {largest} cycles, with root {with_root}, {} bytes, key of {}, {cases} cases",
        E::NAMES[0],
        bench.size(),
        key.len()
    );
    lock(&proving, &key, &mut rng, false);
    lock(&proving, &key, &mut rng, true);
}

fn lock<E: Twin>(
    proving: &ark_groth16::ProvingKey<E>,
    key: &[u8],
    rng: &mut StdRng,
    with_root: bool,
) {
    let bench = Bench::new(E::NAMES[1]).with_dep(vec![1]).with_dep(key.to_vec());
    let size = if with_root { rooted_proof_size::<E::Curve>() } else { E::PROOF };
    let lock = vec![0; size];
    // The second input is chosen first, so the first one tells the root.
    let second = loop {
        let second = E::ScalarField::rand(rng);
        let args = [&blake2b_256(key)[..], &number(second)].concat();
        let spend = Spend::new(&bench, &args);
        let mut message = spend.message(&lock, 0);
        message[0] &= 0x1f;
        let first = E::ScalarField::from_be_bytes_mod_order(&message);
        if (first * second).sqrt().is_some() {
            break second;
        }
    };
    let args = [&blake2b_256(key)[..], &number(second)].concat();
    let mut spend = Spend::new(&bench, &args);
    let mut message = spend.message(&lock, 0);
    message[0] &= 0x1f;
    let first = E::ScalarField::from_be_bytes_mod_order(&message);
    let root = (first * second).sqrt().expect("as chosen");
    let circuit = Circuit { inputs: [first, second], root };
    let mut proof = encoded(&Groth16::<E>::prove(proving, circuit, rng).expect("it holds"));
    if with_root {
        proof = rooted::<E>(key, &[number(first), number(second)], &proof);
    }
    spend.set_lock(&proof);
    let outcome = spend.run();
    assert_eq!(outcome.exit_code, 0);
    let (name, size) = (E::NAMES[1], bench.size());
    println!("{name}, with root {with_root}: {} cycles, {size} bytes", outcome.cycles);
    let run = |lock: &[u8]| {
        let mut spend = spend.clone();
        spend.set_lock(lock);
        spend.run().exit_code
    };
    assert_eq!(run(&proof[1..]), ENCODING);
    assert_eq!(run(&[]), ENCODING);
    assert_eq!(run(&[&proof[..], &[0]].concat()), ENCODING);
    let mut changed = spend.clone();
    changed.outputs = vec![vec![1].into()];
    assert_eq!(changed.run().exit_code, REFUSED);
    let mut missing = spend.clone();
    missing.witnesses.clear();
    assert_eq!(missing.run().exit_code, -3);
    let with_args = |args: &[u8]| {
        let mut other = Spend::new(&bench, args);
        other.witnesses = spend.witnesses.clone();
        other.run().exit_code
    };
    assert_eq!(with_args(&args[..33]), -1);
    assert_eq!(with_args(&[]), -1);
    assert_eq!(with_args(&vec![0; 32 * 17]), -1);
    assert_eq!(with_args(&args[..32]), SIZE_OF_KEY);
    assert_eq!(with_args(&[&[7; 32][..], &args[32..]].concat()), -31);
    // A dependency that is no key of that size.
    assert_eq!(with_args(&[&blake2b_256([1])[..], &args[32..]].concat()), SIZE_OF_KEY);
}

#[test]
fn bls12_381() {
    verifies::<ArkBls>();
}

#[test]
fn bn254() {
    verifies::<ArkBn>();
}

/// Public inputs whose points cancel out or meet on the way to their sum. Proofs are made of
/// the secrets of the key.
fn sums_of_inputs<E: Twin>() {
    let mut rng = StdRng::seed_from_u64(3);
    let [alpha, beta, gamma, delta, a, b] = [(); 6].map(|()| E::ScalarField::rand(&mut rng));
    let at = |secret: E::ScalarField| (E::G1Affine::generator() * secret).into_affine();
    let twisted = |secret: E::ScalarField| (E::G2Affine::generator() * secret).into_affine();
    let bench = Bench::new(E::NAMES[0]);
    let mut infinite = 0;
    for (points, inputs) in [
        ([6, -2, -1], [2, 2]),
        ([1, -1, 1], [2, 1]),
        ([1, -1, -1], [1, 0]),
        ([1, 1, -1], [5, 5]),
        ([1, 1, 1], [1, 1]),
        ([1, -1, 3], [2, 1]),
        ([1, 1, 1], [0, 0]),
    ] {
        let key = prepared(&VerifyingKey::<E> {
            alpha_g1: at(alpha),
            beta_g2: twisted(beta),
            gamma_g2: twisted(gamma),
            delta_g2: twisted(delta),
            gamma_abc_g1: points.map(|point| at(point.into())).to_vec(),
        });
        let sum = points[0] + points[1] * inputs[0] + points[2] * inputs[1];
        infinite += usize::from(sum == 0);
        let run = |sum: i32, with_root: bool| {
            let c = (a * b - alpha * beta - gamma * E::ScalarField::from(sum)) / delta;
            let proof = encoded(&Proof::<E> { a: at(a), b: twisted(b), c: at(c) });
            let inputs = inputs.map(|input| number(E::ScalarField::from(input))).to_vec();
            let proof = if with_root { rooted::<E>(&key, &inputs, &proof) } else { proof };
            bench.verify(&[&[2][..], &inputs.concat(), &proof, &key].concat()).exit_code
        };
        assert_eq!([run(sum, false), run(sum, true)], [0; 2], "{points:?} {inputs:?}");
        assert_eq!(run(sum + 1, false), REFUSED, "{points:?} {inputs:?}");
    }
    assert_eq!(infinite, 3);
}

#[test]
fn sums_of_inputs_bls12_381() {
    sums_of_inputs::<ArkBls>();
}

#[test]
fn sums_of_inputs_bn254() {
    sums_of_inputs::<ArkBn>();
}

/// A key as snarkjs writes it.
fn json<E: Twin>(key: &VerifyingKey<E>) -> Value {
    let numbers = |bytes: &[u8], count: usize| -> Vec<String> {
        let numbers = bytes.chunks_exact(bytes.len() / count);
        numbers.map(|number| BigUint::from_bytes_be(number).to_string()).collect()
    };
    let g1 = |point: &E::G1Affine| {
        let [x, y] = &numbers(&E::g1(point), 2)[..] else { unreachable!("there are two") };
        json!([x, y, "1"])
    };
    let g2 = |point: &E::G2Affine| {
        let [x_im, x, y_im, y] = &numbers(&E::g2(point), 4)[..] else {
            unreachable!("there are four")
        };
        json!([[x, x_im], [y, y_im], ["1", "0"]])
    };
    json!({
        "protocol": "groth16",
        "curve": if E::NAMES[1] == "groth16-bn254" { "bn128" } else { "bls12381" },
        "nPublic": key.gamma_abc_g1.len() - 1,
        "vk_alpha_1": g1(&key.alpha_g1),
        "vk_beta_2": g2(&key.beta_g2),
        "vk_gamma_2": g2(&key.gamma_g2),
        "vk_delta_2": g2(&key.delta_g2),
        "vk_alphabeta_12": [],
        "IC": key.gamma_abc_g1.iter().map(g1).collect::<Vec<_>>(),
    })
}

#[test]
fn keys_that_cannot_be_prepared() {
    let mut rng = StdRng::seed_from_u64(2);
    let (_, key) = Groth16::<ArkBn>::circuit_specific_setup(case::<ArkBn>(&mut rng), &mut rng)
        .expect("a circuit");
    let outside = VerifyingKey {
        delta_g2: (1..).find_map(ArkBn::g2_at).expect("one is on the curve"),
        ..key.clone()
    };
    let [key, outside] = [key, outside].map(|key| json(&key));
    let one = BigUint::from(1_u8);
    let modulus = BigUint::from_bytes_be(&ark_bn254::Fq::MODULUS.to_bytes_be());
    for (place, value, expected) in [
        ("/protocol", json!("plonk"), "the protocol is \"plonk\", not groth16"),
        ("/curve", json!("bn254"), "the curve is \"bn254\", neither bn128 nor bls12381"),
        ("/curve", json!("bls12381"), "vk_alpha_1: the point is not in its group"),
        ("/nPublic", json!(3), "IC has 3 points for 3 inputs"),
        ("/nPublic", json!(usize::MAX), "IC has 3 points for 18446744073709551615 inputs"),
        ("/IC", json!([]), "IC has 0 points for 2 inputs"),
        ("/IC/1/0", json!("1"), "IC[1]: the point is not in its group"),
        ("/IC/2/2", json!("0"), "IC[2]: the point is not affine"),
        ("/vk_alpha_1/1", json!(modulus.to_string()), "is not less than the modulus"),
        ("/vk_alpha_1/1", json!((one << 256_u32).to_string()), "is not less than the modulus"),
        ("/vk_alpha_1/1", json!("0x1"), "vk_alpha_1: \"0x1\" is no number"),
        ("/vk_alpha_1/1", json!("1".repeat(121)), "is no number"),
        ("/vk_beta_2/0/0", json!(""), "vk_beta_2: \"\" is no number"),
        ("/vk_gamma_2/2/1", json!("1"), "vk_gamma_2: the point is not affine"),
        ("/vk_gamma_2/1/1", json!("1"), "vk_gamma_2: the point is not in its group"),
        ("/vk_delta_2", outside["vk_delta_2"].clone(), "vk_delta_2: the point is not in its group"),
        ("/vk_delta_2", Value::Null, "not a verifying key: invalid type: null"),
    ] {
        let mut key = key.clone();
        *key.pointer_mut(place).expect("it is there") = value;
        let error = prepare_key::prepared(key.to_string().as_bytes()).err();
        let error = format!("{:#}", error.expect("it is none"));
        assert!(error.contains(expected), "{place}: {error}");
    }
}

/// Published cases of EIP-197.
#[test]
fn eip_197() {
    let bench = Bench::new("bn254-pairing");
    let mut cases = 0;
    for line in include_str!("data/eip-197.txt").lines().filter(|line| !line.starts_with('#')) {
        let [name, expected, digits] =
            line.splitn(3, ' ').collect::<Vec<_>>().try_into().expect("three fields");
        let input: Vec<u8> = (0..digits.len() / 2)
            .map(|i| u8::from_str_radix(&digits[2 * i..][..2], 16).expect("digits"))
            .collect();
        let outcome = bench.verify(&input);
        assert_eq!(outcome.exit_code, if expected == "1" { 0 } else { REFUSED }, "{name}");
        println!("bn254-pairing, {name}: {} cycles", outcome.cycles);
        if input.is_empty() {
            continue;
        }
        // Infinity on either side; a point not on the curve; a wrong length.
        let with = |change: &dyn Fn(&mut Vec<u8>)| {
            let mut other = input.clone();
            change(&mut other);
            bench.verify(&other).exit_code
        };
        let pairs = input.len() / 192;
        let single = if pairs == 1 { 0 } else { REFUSED };
        assert_eq!(with(&|other| other[..64].fill(0)), if pairs < 3 { single } else { REFUSED });
        assert_eq!(with(&|other| other[64..192].fill(0)), if pairs < 3 { single } else { REFUSED });
        assert_eq!(with(&|other| other[63] ^= 1), POINTS);
        assert_eq!(with(&|other| other[191] ^= 1), POINTS);
        assert_eq!(with(&|other| other.truncate(191)), ENCODING);
        cases += 6;
    }
    println!("bn254-pairing: {} bytes, {cases} cases", bench.size());
}
