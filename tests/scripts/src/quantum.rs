//! Keys of the schemes that stand against quantum computers, made by libraries, and what
//! their locks refuse.

use ckb_hash::blake2b_256;
use fips204::traits::{SerDes as _, Signer as _};
use fips205::traits::{SerDes as _, Signer as _};
use fn_dsa::{
    DOMAIN_NONE, FN_DSA_LOGN_512, HASH_ID_ORIGINAL_FALCON, KeyPairGenerator as _,
    KeyPairGenerator512, SigningKey as _, SigningKey512,
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng as _};

use crate::{Bench, Spend, witness_args};

/// What signing takes for random.
const SEED: [u8; 32] = [0x42; 32];

/// Signs a message in a context.
type Sign = dyn Fn(&[u8], &[u8]) -> Vec<u8>;

/// A key.
pub struct Key {
    /// The public key.
    pub bytes: Vec<u8>,
    /// Bytes of a signature.
    pub signature: usize,
    sign: Box<Sign>,
}

impl Key {
    /// A key of ML-DSA, in the parameter set of the generator `K`.
    #[must_use]
    pub fn ml_dsa<K>(seed: u8) -> Self
    where
        K: fips204::traits::KeyGen,
        K::PublicKey: fips204::traits::SerDes<ByteArray: AsRef<[u8]>>,
        K::PrivateKey: fips204::traits::Signer<Signature: AsRef<[u8]>> + 'static,
    {
        let (public, secret) = K::keygen_from_seed(&[seed; 32]);
        Self {
            bytes: public.into_bytes().as_ref().to_vec(),
            signature: size_of::<<K::PrivateKey as fips204::traits::Signer>::Signature>(),
            sign: Box::new(move |message, context| {
                let signature = secret.try_sign_with_seed(&SEED, message, context);
                signature.expect("it signs").as_ref().to_vec()
            }),
        }
    }

    /// A key of SLH-DSA with hashes of 16 bytes, in the parameter set of the generator `K`.
    #[must_use]
    pub fn slh_dsa<K>(seed: u8) -> Self
    where
        K: fips205::traits::KeyGen,
        K::PublicKey: fips205::traits::SerDes<ByteArray: AsRef<[u8]>>,
        K::PrivateKey: fips205::traits::Signer<Signature: AsRef<[u8]>> + 'static,
    {
        let (public, secret) = K::keygen_from_seed::<16>(&[seed; 16], &[2; 16], &[3; 16]);
        Self {
            bytes: public.into_bytes().as_ref().to_vec(),
            signature: size_of::<<K::PrivateKey as fips205::traits::Signer>::Signature>(),
            sign: Box::new(move |message, context| {
                let mut random = ChaCha20Rng::from_seed(SEED);
                let signature = secret.try_sign_with_rng(&mut random, message, context, true);
                signature.expect("it signs").as_ref().to_vec()
            }),
        }
    }

    /// A key of Falcon-512, which knows no contexts.
    #[must_use]
    pub fn falcon(seed: u8) -> Self {
        let mut random = ChaCha20Rng::from_seed([seed; 32]);
        let mut public = [0; fn_dsa::vrfy_key_size(FN_DSA_LOGN_512)];
        let mut secret = [0; fn_dsa::sign_key_size(FN_DSA_LOGN_512)];
        let mut generator = KeyPairGenerator512::default();
        generator.keygen(FN_DSA_LOGN_512, &mut random, &mut secret, &mut public);
        Self {
            bytes: public.to_vec(),
            signature: fn_dsa::signature_size(FN_DSA_LOGN_512),
            sign: Box::new(move |message, context| {
                assert!(context.is_empty(), "there are no contexts");
                let mut random = ChaCha20Rng::from_seed(SEED);
                let mut signature = vec![0; fn_dsa::signature_size(FN_DSA_LOGN_512)];
                let mut signer = SigningKey512::decode(&secret).expect("it is a key");
                let id = HASH_ID_ORIGINAL_FALCON;
                signer.sign(&mut random, &DOMAIN_NONE, &id, message, &mut signature);
                signature
            }),
        }
    }

    /// A signature over `message` in `context`.
    #[must_use]
    pub fn sign(&self, message: &[u8], context: &[u8]) -> Vec<u8> {
        (self.sign)(message, context)
    }

    /// The arguments of a lock, and what is in front of the signature in its witness: the
    /// key and nothing, or a hash and the key, if that is long.
    #[must_use]
    pub fn places(&self) -> (Vec<u8>, &[u8]) {
        if self.bytes.len() <= 32 {
            (self.bytes.clone(), &[])
        } else {
            (blake2b_256(&self.bytes).to_vec(), &self.bytes)
        }
    }
}

/// Checks that the lock `name` accepts what `key` signs, and nothing that is not quite that.
///
/// # Panics
///
/// If it does not.
pub fn check_lock(name: &str, key: &Key) {
    let bench = Bench::new(name);
    let (args, front) = key.places();
    let unsigned = [front, &vec![0; key.signature]].concat();
    let sign = |spend: &Spend| [front, &key.sign(&spend.message(&unsigned, 0), b"")].concat();

    let mut single = Spend::new(&bench, &args);
    single.set_lock(&sign(&single));
    let outcome = single.run();
    assert_eq!(outcome.exit_code, 0, "{name}");
    println!("{name}: {} cycles, {} bytes", outcome.cycles, bench.size());

    let mut spend = Spend::new(&bench, &args);
    spend.inputs = 2;
    spend.witnesses = vec![witness_args(&[]), "second".into(), "third".into()];
    let lock = sign(&spend);
    spend.set_lock(&lock);
    let code = |change: &dyn Fn(&mut Spend)| {
        let mut spend = spend.clone();
        change(&mut spend);
        spend.run().exit_code
    };
    assert_eq!(code(&|_| ()), 0);
    // The transaction and every witness are signed.
    assert_eq!(code(&|spend| spend.outputs[0] = "other".into()), -12);
    assert_eq!(code(&|spend| spend.witnesses[1] = "Second".into()), -12);
    assert_eq!(code(&|spend| spend.witnesses[2] = "Third".into()), -12);
    assert_eq!(code(&|spend| spend.witnesses.push("fourth".into())), -12);
    assert_eq!(code(&|spend| drop(spend.witnesses.pop())), -12);
    let changed = |at: usize| {
        let mut lock = lock.clone();
        lock[at] ^= 1;
        code(&|spend| spend.set_lock(&lock))
    };
    if let Some(last) = front.len().checked_sub(1) {
        assert_eq!([changed(0), changed(last)], [-31; 2]);
    }
    assert_eq!([changed(front.len()), changed(lock.len() - 1)], [-12; 2]);
    // Witnesses that are missing, empty, too short, too long, doubled, or huge.
    assert_eq!(code(&|spend| spend.witnesses.clear()), -3);
    assert_eq!(code(&|spend| spend.witnesses[0] = "".into()), -2);
    assert_eq!(code(&|spend| spend.set_lock(&[])), -2);
    assert_eq!(code(&|spend| spend.set_lock(&lock[..lock.len() - 1])), -2);
    assert_eq!(code(&|spend| spend.set_lock(&[&lock[..], &[0]].concat())), -2);
    let doubled = lock.repeat(2);
    let expected = if doubled.len() > 32 << 10 { -22 } else { -2 };
    assert_eq!(code(&|spend| spend.set_lock(&doubled)), expected);
    assert_eq!(code(&|spend| spend.set_lock(&[0; 40_000])), -22);
    assert_eq!(Spend::new(&bench, &args[..31]).run().exit_code, -1);
}
