//! A lock: a BLS signature of the transaction by the key whose hash is in the arguments,
//! with its root or without.

#![no_std]
#![no_main]

use verdict_hash::blake2b::ckb_hash;
use verdict_lock::{Error, Witness, args};
use verdict_pairing::bls;

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    let key_hash = args::<32>()?;
    let witness = Witness::load()?;
    let (key, rest) = witness.lock().split_first_chunk().ok_or(Error::Encoding)?;
    let (signature, root) = rest.split_first_chunk().ok_or(Error::Encoding)?;
    if !matches!(root.len(), 0 | bls::ROOT) {
        return Err(Error::Encoding);
    }
    if ckb_hash(key) != key_hash {
        return Err(Error::KeyHash);
    }
    let message = witness.message(0)?;
    match root.try_into() {
        Ok(root) => bls::verify_rooted(key, signature, root, &message, bls::BASIC),
        Err(_) => bls::verify(key, signature, &message, bls::BASIC),
    }
}
