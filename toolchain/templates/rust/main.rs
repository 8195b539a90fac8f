//! A lock: opens if the first witness of its group is the word in its arguments.

#![no_std]
#![no_main]

use verdict_std::{Source, SourceKind, syscall};

verdict_std::entry!(main);

const MAX_LEN: usize = 64;
/// Where the arguments begin in a script: behind the size and three offsets of a molecule
/// table, code hash, hash type and the number of bytes of the arguments.
const ARGS: usize = 4 * 4 + 32 + 1 + 4;

/// Why it stays shut; each is an exit code.
enum Refusal {
    OtherWord = 1,
    NoWord = 2,
}

impl From<Refusal> for i8 {
    fn from(refusal: Refusal) -> Self {
        refusal as Self
    }
}

fn main() -> Result<(), Refusal> {
    let mut word = [0; MAX_LEN];
    let mut witness = [0; MAX_LEN];
    let len = syscall::load_script(&mut word, ARGS).map_err(|_| Refusal::NoWord)?;
    let word = word.get(..len).ok_or(Refusal::NoWord)?;
    let len = syscall::load_witness(&mut witness, 0, 0, Source::Group(SourceKind::Input))
        .map_err(|_| Refusal::NoWord)?;
    let witness = witness.get(..len).ok_or(Refusal::NoWord)?;
    if word == witness { Ok(()) } else { Err(Refusal::OtherWord) }
}
