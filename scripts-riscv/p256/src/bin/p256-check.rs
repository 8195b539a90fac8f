//! Compares the assembly with the same in Rust: the witness is pairs of operands, four
//! little-endian limbs each.

#![no_std]
#![no_main]

use verdict_lock::{Error, witness};
use verdict_p256::is_portable;

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    let (pairs, rest) = witness::first()?.as_chunks::<64>();
    let number = |bytes: &[u8]| {
        let (limbs, _) = bytes.as_chunks();
        core::array::from_fn(|at| u64::from_le_bytes(limbs[at]))
    };
    if pairs.is_empty() || !rest.is_empty() {
        return Err(Error::Encoding);
    }
    let agree = |pair: &[u8; 64]| is_portable(&number(&pair[..32]), &number(&pair[32..]));
    if pairs.iter().all(agree) { Ok(()) } else { Err(Error::Refused) }
}
