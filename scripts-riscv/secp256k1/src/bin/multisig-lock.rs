//! The chain's lock of m of n keys (RFC 0024, "SECP256K1/multisig"), with its exit codes.
#![no_std]
#![no_main]

use verdict_hash::blake2b::{Blake2b, CKB};
use verdict_lock::{Error, Witness, witness::MAX_WITNESS};
use verdict_secp256k1::system::{KEY_HASH, Refusal, SIGNATURE, check_since, key_hash, short_hash};

verdict_std::entry!(main);

/// The four numbers that the multisig script begins with.
const FLAGS: usize = 4;

fn main() -> Result<(), Refusal> {
    let (owner, since) = match verdict_lock::args::<KEY_HASH>() {
        Ok(owner) => (owner, None),
        Err(_) => {
            let args: [u8; KEY_HASH + 8] = verdict_lock::args()?;
            let (owner, since) = args.split_first_chunk().ok_or(Error::ArgsLength)?;
            let since = since.try_into().map_err(|_| Error::ArgsLength)?;
            (*owner, Some(u64::from_le_bytes(since)))
        }
    };
    if let Some(since) = since {
        check_since(since)?;
    }
    let witness = Witness::load()?;
    let lock = witness.lock();
    let Some(([reserved, first, threshold, count], _)) = lock.split_first_chunk() else {
        return Err(Error::WitnessSize.into());
    };
    let (first, threshold, count) =
        (usize::from(*first), usize::from(*threshold), usize::from(*count));
    if *reserved != 0 {
        return Err(Refusal::Reserved);
    }
    if count == 0 {
        return Err(Refusal::KeyCount);
    }
    if threshold == 0 || threshold > count {
        return Err(Refusal::Threshold);
    }
    if first > threshold {
        return Err(Refusal::RequiredFirst);
    }
    let script_len = FLAGS + KEY_HASH * count;
    if lock.len() != script_len + SIGNATURE * threshold {
        return Err(Error::WitnessSize.into());
    }
    let (script, signatures) = lock.split_at(script_len);
    if short_hash(script) != owner {
        return Err(Refusal::Script);
    }
    let message = witness.message_by(Blake2b::small(CKB), script_len, MAX_WITNESS)?;
    let (hashes, _) = script[FLAGS..].as_chunks::<KEY_HASH>();
    let (signatures, _) = signatures.as_chunks::<SIGNATURE>();
    let mut used = [false; 255];
    for signature in signatures {
        let signer = key_hash(&message, signature)?;
        // A key counts as often as it is listed.
        let at = hashes.iter().zip(used).position(|(hash, used)| !used && *hash == signer);
        used[at.ok_or(Refusal::Verification)?] = true;
    }
    if used[..first].iter().all(|used| *used) { Ok(()) } else { Err(Refusal::Verification) }
}
