//! The exit codes that locks share.

/// Why a lock refuses. Each is an exit code, with the numbers of the system locks where
/// those have the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i8)]
pub enum Error {
    /// The script's arguments have a wrong length.
    ArgsLength = -1,
    /// The witness is no `WitnessArgs`, or its lock has a wrong length.
    Encoding = -2,
    /// There is no witness, or the chain refused a syscall in another way.
    Syscall = -3,
    /// The signature is well formed and not one of this key over this message.
    Refused = -12,
    /// The public key is none.
    PublicKey = -13,
    /// The signature is malformed.
    Signature = -14,
    /// The first witness is longer than [`MAX_WITNESS`](crate::witness::MAX_WITNESS).
    WitnessSize = -22,
    /// The public key is not the one that the script's arguments name.
    KeyHash = -31,
}

impl From<Error> for i8 {
    fn from(error: Error) -> Self {
        error as Self
    }
}
