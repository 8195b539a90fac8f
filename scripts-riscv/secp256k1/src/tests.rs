//! Comparison with libsecp256k1.

use secp256k1::{
    Message, Secp256k1, SecretKey,
    ecdsa::{RecoverableSignature, RecoveryId},
};

use crate::{ecdsa, point::Affine};

/// Bytes that follow from `seed`.
fn bytes(seed: u64, tag: u8) -> [u8; 32] {
    let mut input = [tag; 9];
    input[..8].copy_from_slice(&seed.to_le_bytes());
    verdict_hash::sha256::sha256(&input)
}

#[test]
fn signatures_are_those_of_libsecp256k1() {
    let secp = Secp256k1::new();
    for seed in 0..200 {
        let secret = SecretKey::from_slice(&bytes(seed, 0)).unwrap();
        let key = secret.public_key(&secp);
        let message = bytes(seed, 1);
        let signed = secp.sign_ecdsa_recoverable(&Message::from_digest(message), &secret);
        let (id, signature) = signed.serialize_compact();
        let point = Affine::from_sec1(&key.serialize()).unwrap();
        assert_eq!(point.to_sec1(), key.serialize());
        assert_eq!(ecdsa::verify(&point, &message, &signature), Ok(()), "{seed}");
        let found = ecdsa::recover(&message, &signature, i32::from(id) as u8).unwrap();
        assert_eq!(found.to_sec1(), key.serialize());
        // Any r leads to a key or to none, the same for both.
        let mut other = signature;
        other[..32].copy_from_slice(&bytes(seed, 2));
        for id in 0..4 {
            let theirs = RecoverableSignature::from_compact(
                &other,
                RecoveryId::try_from(i32::from(id)).unwrap(),
            )
            .and_then(|other| secp.recover_ecdsa(&Message::from_digest(message), &other));
            let ours = ecdsa::recover(&message, &other, id);
            assert_eq!(ours.ok().map(|key| key.to_sec1()), theirs.ok().map(|key| key.serialize()));
        }
        assert_eq!(ecdsa::verify(&point, &message, &other), Err(ecdsa::Error::Refused));
    }
}
