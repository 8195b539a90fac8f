//! Compares the assembly with the same in Rust: the witness is five elements, four
//! little-endian limbs each. They need not be coordinates of points.
#![no_std]
#![no_main]

use verdict_lock::{Error, witness};
use verdict_secp256k1::{field::Fe, point};

verdict_std::entry!(main);

fn main() -> Result<(), Error> {
    let (bytes, _) = witness::first()?.as_chunks::<8>();
    let elements: [Fe; 5] = core::array::from_fn(|at| {
        Fe(core::array::from_fn(|limb| {
            bytes.get(4 * at + limb).map_or(0, |bytes| u64::from_le_bytes(*bytes))
        }))
    });
    if point::is_portable(&elements) { Ok(()) } else { Err(Error::Refused) }
}
