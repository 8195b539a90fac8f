//! ECDSA and Schnorr signatures over secp256k1 inside the machine.

use secp256k1::{Message, Secp256k1, SecretKey};
use sha2::{Digest, Sha256};
use verdict_script_tests::Bench;

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
                if seed % 4 == 0 || choice >= limbs.len() * 30 {
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
