//! Compares what a message hashes to, for tests: the first witness is x and y of the point
//! expected, big-endian, a byte, the length of the tag, the tag, and the message.

#![no_std]
#![no_main]

use verdict_lock::{Error, witness};
use verdict_pairing::{bls::hash_to_curve, field::Fp};

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    let (x, input) = witness::first()?.split_at_checked(48).ok_or(Error::Encoding)?;
    let (y, input) = input.split_at_checked(48).ok_or(Error::Encoding)?;
    let (len, input) = input.split_first().ok_or(Error::Encoding)?;
    let (tag, message) = input.split_at_checked((*len).into()).ok_or(Error::Encoding)?;
    let point = hash_to_curve(message, tag).to_affine().ok_or(Error::Refused)?;
    let same = (Some(point.x), Some(point.y)) == (Fp::from_bytes(x), Fp::from_bytes(y));
    if same { Ok(()) } else { Err(Error::Refused) }
}
