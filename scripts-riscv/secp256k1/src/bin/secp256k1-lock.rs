//! The chain's default lock (RFC 0024, "SECP256K1/blake160"), with its exit codes.
#![no_std]
#![no_main]

use verdict_hash::blake2b::{Blake2b, CKB};
use verdict_lock::{Error, Witness, args, witness::MAX_WITNESS};
use verdict_secp256k1::system::{KEY_HASH, Refusal, key_hash};

verdict_std::entry!(main);

fn main() -> Result<(), Refusal> {
    let owner = args::<KEY_HASH>()?;
    let witness = Witness::load()?;
    let signature = witness.lock().try_into().map_err(|_| Error::ArgsLength)?;
    let message = witness.message_by(Blake2b::small(CKB), 0, MAX_WITNESS)?;
    let signer = key_hash(&message, signature)?;
    if signer == owner { Ok(()) } else { Err(Error::KeyHash.into()) }
}
