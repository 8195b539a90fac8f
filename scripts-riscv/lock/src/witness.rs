//! The witness of the script group, and the message that its lock covers.

use core::{cell::UnsafeCell, ops::Range};

use verdict_hash::blake2b::{Blake2b, CKB};
use verdict_std::{
    ReturnCode, Source, SourceKind,
    syscall::{load_input_by_field, load_tx_hash, load_witness},
};

use crate::Error;

/// Longest first witness of a group, in bytes.
pub const MAX_WITNESS: usize = 32 << 10;

const GROUP: Source = Source::Group(SourceKind::Input);
const INPUTS: Source = Source::Transaction(SourceKind::Input);

/// Lies in memory that the ELF file does not store and that nobody has to clear.
struct Room(UnsafeCell<[u8; MAX_WITNESS]>);

// SAFETY: a script is one hart, without interrupts.
#[expect(unsafe_code, reason = "there is one hart")]
unsafe impl Sync for Room {}

static ROOM: Room = Room(UnsafeCell::new([0; MAX_WITNESS]));

/// Loads the first witness of the group as it is. A script calls this once: what was
/// loaded before is overwritten.
///
/// # Errors
///
/// [`Error::Syscall`] if there is none, [`Error::WitnessSize`] if it is too long.
pub fn first() -> Result<&'static [u8], Error> {
    let room = ROOM.0.get();
    // SAFETY: the borrow ends before the one below begins, and a script that calls this
    // again gets the same bytes written over.
    #[expect(unsafe_code, reason = "a static buffer costs no cycles to clear")]
    let bytes = unsafe { &mut *room };
    let len = load_witness(bytes, 0, 0, GROUP).map_err(|_| Error::Syscall)?;
    bytes.get(..len).ok_or(Error::WitnessSize)
}

/// The first witness of the group, a `WitnessArgs` (RFC 0022) with a lock.
#[derive(Clone, Debug)]
pub struct Witness {
    bytes: &'static [u8],
    /// Where in `bytes` the contents of the lock are.
    lock: Range<usize>,
}

impl Witness {
    /// Loads it. A script calls this once.
    ///
    /// # Errors
    ///
    /// Those of [`first`]; [`Error::Encoding`] if it is not exactly a `WitnessArgs`, or
    /// has no lock.
    pub fn load() -> Result<Self, Error> {
        let bytes = first()?;
        let lock = find_lock(bytes).ok_or(Error::Encoding)?;
        Ok(Self { bytes, lock })
    }

    /// The contents of its lock.
    #[must_use]
    pub fn lock(&self) -> &'static [u8] {
        &self.bytes[self.lock.clone()]
    }

    /// The contents of its lock, which must be `N` bytes.
    ///
    /// # Errors
    ///
    /// [`Error::Encoding`] if they are not.
    pub fn lock_array<const N: usize>(&self) -> Result<&'static [u8; N], Error> {
        self.lock().try_into().map_err(|_| Error::Encoding)
    }

    /// The message that the lock signs: the chain's hash of the transaction's hash, of
    /// this witness with its lock, behind the first `kept` bytes, replaced by zeros, of
    /// the other witnesses of the group, and of those that belong to no input; each
    /// witness behind its length, eight bytes.
    ///
    /// # Errors
    ///
    /// [`Error::Syscall`] if the chain refuses to give one of them.
    ///
    /// # Panics
    ///
    /// If `kept` is more than the lock has.
    pub fn message(&self, kept: usize) -> Result<[u8; 32], Error> {
        self.message_by(Blake2b::new(CKB), kept, usize::MAX)
    }

    /// The same by a hash that has been begun, fast or small, for a lock that takes no other
    /// witness that is longer than `max` bytes.
    ///
    /// # Errors
    ///
    /// [`Error::WitnessSize`] if there is a longer one; else as [`Self::message`].
    ///
    /// # Panics
    ///
    /// As [`Self::message`].
    pub fn message_by(
        &self,
        mut hash: Blake2b,
        kept: usize,
        max: usize,
    ) -> Result<[u8; 32], Error> {
        hash.update(&load_tx_hash());
        hash.update(&(self.bytes.len() as u64).to_le_bytes());
        let cleared = self.lock.start + kept..self.lock.end;
        hash.update(&self.bytes[..cleared.start]);
        let mut left = cleared.len();
        while left > 0 {
            let part = left.min(ZEROS.len());
            hash.update(&ZEROS[..part]);
            left -= part;
        }
        hash.update(&self.bytes[cleared.end..]);
        hash_all(&mut hash, 1, GROUP, max)?;
        hash_all(&mut hash, input_count(), INPUTS, max)?;
        Ok(hash.finish())
    }
}

static ZEROS: [u8; 128] = [0; 128];

/// Hashes all witnesses of `source` from `index` on, each of at most `max` bytes.
fn hash_all(hash: &mut Blake2b, mut index: usize, source: Source, max: usize) -> Result<(), Error> {
    loop {
        let mut part = [0; 256];
        let mut offset = 0;
        loop {
            let left = match load_witness(&mut part, offset, index, source) {
                Ok(left) => left,
                Err(ReturnCode::IndexOutOfBound) if offset == 0 => return Ok(()),
                Err(_) => return Err(Error::Syscall),
            };
            if offset == 0 {
                if left > max {
                    return Err(Error::WitnessSize);
                }
                hash.update(&(left as u64).to_le_bytes());
            }
            hash.update(&part[..left.min(part.len())]);
            if left <= part.len() {
                break;
            }
            offset += part.len();
        }
        index += 1;
    }
}

/// How many inputs the transaction has.
fn input_count() -> usize {
    let exists = |index| {
        load_input_by_field(&mut [], 0, index, INPUTS, verdict_std::InputField::Since).is_ok()
    };
    // Few transactions have many inputs: steps that double, then bisection.
    let mut beyond = 1;
    while exists(beyond) {
        beyond *= 2;
    }
    let mut last = beyond / 2;
    while beyond - last > 1 {
        let middle = last.midpoint(beyond);
        if exists(middle) { last = middle } else { beyond = middle }
    }
    beyond
}

/// Where the contents of the lock are in `witness`, if that is exactly a `WitnessArgs`
/// with a lock: a molecule table of three optional byte strings.
fn find_lock(witness: &[u8]) -> Option<Range<usize>> {
    let word = |at: usize| {
        let bytes = witness.get(at..at.checked_add(4)?)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?) as usize)
    };
    let end = word(0)?;
    let [lock, input_type, output_type] = [word(4)?, word(8)?, word(12)?];
    let exact = end == witness.len()
        && lock == 16
        && lock < input_type
        && input_type <= output_type
        && output_type <= end;
    if !exact {
        return None;
    }
    // An optional byte string is nothing, or the number of bytes and as many of them.
    for (start, end) in [(lock, input_type), (input_type, output_type), (output_type, end)] {
        if start != end && (end - start < 4 || word(start)? != end - start - 4) {
            return None;
        }
    }
    Some(lock + 4..input_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three optional byte strings, given with their lengths in front.
    fn witness(lock: &[u8], input_type: &[u8], output_type: &[u8]) -> [u8; 40] {
        let mut bytes = [0; 40];
        let mut at = 16;
        for (field, part) in [lock, input_type, output_type].into_iter().enumerate() {
            bytes[4 + 4 * field..][..4].copy_from_slice(&(at as u32).to_le_bytes());
            bytes[at..at + part.len()].copy_from_slice(part);
            at += part.len();
        }
        bytes[..4].copy_from_slice(&(at as u32).to_le_bytes());
        bytes
    }

    #[test]
    fn finds_the_lock_of_an_exact_table_only() {
        let good = witness(&[2, 0, 0, 0, 7, 7], &[0, 0, 0, 0], &[1, 0, 0, 0, 9]);
        assert_eq!(find_lock(&good[..31]), Some(20..22));
        assert_eq!(find_lock(&good[..30]), None);
        assert_eq!(find_lock(&good), None);
        let no_lock = witness(&[], &[0, 0, 0, 0], &[]);
        assert_eq!(find_lock(&no_lock[..20]), None);
        let short = witness(&[3, 0, 0, 0, 7, 7], &[], &[]);
        assert_eq!(find_lock(&short[..22]), None);
        let empty = witness(&[0, 0, 0, 0], &[], &[]);
        assert_eq!(find_lock(&empty[..20]), Some(20..20));
        let mut crossed = good;
        crossed[8] = 32;
        assert_eq!(find_lock(&crossed[..31]), None);
    }
}
