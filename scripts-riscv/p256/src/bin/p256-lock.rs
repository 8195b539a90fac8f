//! Unlocks for an ECDSA signature over P-256 of the sighash-all message, which is taken as
//! the hash, by the key whose hash is the script's arguments.

#![no_std]
#![no_main]

use verdict_hash::blake2b::ckb_hash;
use verdict_lock::{Error, Witness, args};

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    let owner = args::<32>()?;
    let witness = Witness::load()?;
    let (key, signature) =
        witness.lock_array::<128>()?.split_first_chunk().ok_or(Error::Encoding)?;
    if ckb_hash(key) != owner {
        return Err(Error::KeyHash);
    }
    let message = witness.message(0)?;
    verdict_p256::verify(key, &message, signature.try_into().map_err(|_| Error::Encoding)?)
}
