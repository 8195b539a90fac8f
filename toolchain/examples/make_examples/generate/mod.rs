//! The files of `examples/` that are made: all but what people read.

mod dao;
mod genesis;
mod mock;
mod scripts;
mod secp256k1;

/// The files, by their paths in `examples/`.
pub(crate) fn files() -> Vec<(String, Vec<u8>)> {
    [secp256k1::files(), dao::files(), scripts::files()].concat()
}
