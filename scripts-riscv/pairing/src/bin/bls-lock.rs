//! A lock: a BLS signature of the transaction by the key whose hash is in the arguments.

#![no_std]
#![no_main]

use verdict_hash::blake2b::ckb_hash;
use verdict_lock::{Error, Witness, args};
use verdict_pairing::bls;

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    let key_hash = args::<32>()?;
    let witness = Witness::load()?;
    let lock = witness.lock_array::<{ bls::KEY + bls::SIGNATURE }>()?;
    let (key, signature) = lock.split_first_chunk().ok_or(Error::Encoding)?;
    let signature = signature.try_into().map_err(|_| Error::Encoding)?;
    if ckb_hash(key) != key_hash {
        return Err(Error::KeyHash);
    }
    let message = witness.message(0)?;
    bls::verify(key, signature, &message, bls::BASIC)
}
