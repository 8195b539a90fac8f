//! Unlocks for a passkey that was asked for the sighash-all message. The script's
//! arguments are the hash of its key, and may go on with the hash of the site it is for
//! and the flags that have to be set besides "user present".

#![no_std]
#![no_main]

use verdict_hash::blake2b::ckb_hash;
use verdict_lock::{Error, Witness, args};
use verdict_p256::webauthn::{self, Assertion, Policy};

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    if let Ok(owner) = args::<32>() {
        return unlock(&owner, Policy { relying_party: None, flags: 0 });
    }
    let args = args::<65>()?;
    let (owner, rest) = args.split_at(32);
    let site = rest.first_chunk().ok_or(Error::ArgsLength)?;
    unlock(owner, Policy { relying_party: Some(site), flags: args[64] })
}

fn unlock(owner: &[u8], policy: Policy<'_>) -> Result<(), Error> {
    let witness = Witness::load()?;
    let (key, rest) = witness.lock().split_first_chunk().ok_or(Error::Encoding)?;
    let (signature, rest) = rest.split_first_chunk().ok_or(Error::Encoding)?;
    let (length, rest) = rest.split_first_chunk().ok_or(Error::Encoding)?;
    let length = usize::from(u16::from_le_bytes(*length));
    let (authenticator, client) = rest.split_at_checked(length).ok_or(Error::Encoding)?;
    if ckb_hash(key) != owner {
        return Err(Error::KeyHash);
    }
    let message = witness.message(0)?;
    webauthn::verify(key, &message, policy, Assertion { authenticator, client, signature })
}
