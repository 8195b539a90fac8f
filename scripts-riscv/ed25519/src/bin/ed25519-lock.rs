//! Unlocks for an Ed25519 signature over the sighash-all message by the key that is the
//! script's arguments.

#![no_std]
#![no_main]

use verdict_lock::{Error, Witness, args};

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    let key = args::<32>()?;
    let witness = Witness::load()?;
    let signature = witness.lock_array()?;
    let message = witness.message(0)?;
    verdict_ed25519::verify(&key, signature, &message).map_err(verdict_ed25519::Invalid::exit_code)
}
