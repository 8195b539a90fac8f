//! A lock for one Schnorr key (BIP-340): its arguments are the key (32 bytes), and the
//! witness's lock is the signature (64) over the message of the chain's system locks.
#![no_std]
#![no_main]

use verdict_hash::blake2b::{Blake2b, CKB};
use verdict_lock::{Error, Witness, args};
use verdict_secp256k1::schnorr;

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    let key = args()?;
    let witness = Witness::load()?;
    let signature = witness.lock_array()?;
    let message = witness.message_by(Blake2b::small(CKB), 0, usize::MAX)?;
    schnorr::verify(&key, &message, signature).map_err(|error| match error {
        schnorr::Error::Key => Error::PublicKey,
        schnorr::Error::Malformed => Error::Signature,
        schnorr::Error::Refused => Error::Refused,
    })
}
