//! What the two system locks of the chain share (RFC 0024): keys as hashes, recoverable
//! signatures, exit codes.

use verdict_hash::blake2b::{Blake2b, CKB};
use verdict_lock::Error;
use verdict_std::{InputField, ReturnCode, Source, SourceKind, syscall::load_input_by_field};

use crate::ecdsa;

/// Bytes of a key's hash: the first of the chain's hash of its compressed form.
pub const KEY_HASH: usize = 20;
/// Bytes of a signature: r, s and the recovery id.
pub const SIGNATURE: usize = 65;

/// Why a system lock refuses. The exit codes are those of the locks in the genesis block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// What other locks refuse, too.
    Lock(Error),
    /// There is no such recovery id.
    RecoveryId,
    /// No key has this signature.
    NoKey,
    /// The since of an input is of another kind than the one in the arguments.
    SinceFlags,
    /// The since of an input is too low.
    SinceValue,
    /// The reserved byte of the multisig script is not zero.
    Reserved,
    /// The multisig script has no keys.
    KeyCount,
    /// The threshold is zero or above the number of keys.
    Threshold,
    /// More keys are required than the threshold.
    RequiredFirst,
    /// The multisig script is not the one of the arguments.
    Script,
    /// A signature is of no key that is left, or a required key did not sign.
    Verification,
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Lock(error)
    }
}

impl From<Refusal> for i8 {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Lock(error) => error.into(),
            Refusal::NoKey => -11,
            Refusal::RecoveryId => -102,
            Refusal::SinceFlags => -23,
            Refusal::SinceValue => -24,
            Refusal::Reserved => -41,
            Refusal::KeyCount => -42,
            Refusal::Threshold => -43,
            Refusal::RequiredFirst => -44,
            Refusal::Script => -51,
            Refusal::Verification => -52,
        }
    }
}

/// The hash of the key that `signature` is of.
///
/// # Errors
///
/// [`Refusal::RecoveryId`] or [`Error::Signature`] if it is malformed, [`Refusal::NoKey`] if there is none.
pub fn key_hash(
    message: &[u8; 32],
    signature: &[u8; SIGNATURE],
) -> Result<[u8; KEY_HASH], Refusal> {
    let (numbers, id) = signature.split_first_chunk().ok_or(Error::Signature)?;
    if id[0] > 3 {
        return Err(Refusal::RecoveryId);
    }
    let key = ecdsa::recover(message, numbers, id[0]).map_err(|error| match error {
        ecdsa::Error::Malformed => Refusal::Lock(Error::Signature),
        ecdsa::Error::Refused => Refusal::NoKey,
    })?;
    Ok(short_hash(&key.to_sec1()))
}

/// The first bytes of the chain's hash.
#[must_use]
pub fn short_hash(bytes: &[u8]) -> [u8; KEY_HASH] {
    let mut hash = Blake2b::small(CKB);
    hash.update(bytes);
    let [short @ .., _, _, _, _, _, _, _, _, _, _, _, _] = hash.finish();
    short
}

/// Checks that each input of the group has a since (RFC 0017) of the kind of `least`, and
/// at least its value.
///
/// # Errors
///
/// [`Refusal::SinceFlags`] or [`Refusal::SinceValue`] if one has not.
pub fn check_since(least: u64) -> Result<(), Refusal> {
    for index in 0.. {
        let mut since = [0; 8];
        let source = Source::Group(SourceKind::Input);
        match load_input_by_field(&mut since, 0, index, source, InputField::Since) {
            Ok(8) => {}
            Err(ReturnCode::IndexOutOfBound) => break,
            _ => return Err(Error::Syscall.into()),
        }
        let since = u64::from_le_bytes(since);
        if since >> 56 != least >> 56 {
            return Err(Refusal::SinceFlags);
        }
        if below(since, least) {
            return Err(Refusal::SinceValue);
        }
    }
    Ok(())
}

/// Whether the value of `a` is below that of `b`, which is of the same kind.
fn below(a: u64, b: u64) -> bool {
    // Absolute epochs. Relative ones the deployed lock compares as plain numbers.
    const EPOCHS: u64 = 0x20;
    let value = |since: u64| since << 8 >> 8;
    if a >> 56 != EPOCHS {
        return value(a) < value(b);
    }
    // Numbers of epochs with fractions: length, index and number from the top.
    let number = |since: u64| since & 0xff_ffff;
    let index = |since: u64| since >> 24 & 0xffff;
    let len = |since: u64| since >> 40 & 0xffff;
    if number(a) == number(b) {
        index(a) * len(b) < index(b) * len(a)
    } else {
        number(a) < number(b)
    }
}
