//! The arguments of the running script.

use verdict_std::syscall;

use crate::Error;

/// Size and three offsets of the molecule table, code hash, hash type, and the number of
/// bytes of the arguments.
const HEAD: usize = 4 * 4 + 32 + 1 + 4;

/// Gives the arguments of the running script, which must be `N` bytes.
///
/// # Errors
///
/// [`Error::ArgsLength`] if they are not.
pub fn args<const N: usize>() -> Result<[u8; N], Error> {
    // What is behind the fixed part of the script is the arguments and nothing else.
    let mut args = [0; N];
    match syscall::load_script(&mut args, HEAD) {
        Ok(len) if len == N => Ok(args),
        Ok(_) => Err(Error::ArgsLength),
        Err(_) => Err(if N > 0 { Error::ArgsLength } else { Error::Syscall }),
    }
}
