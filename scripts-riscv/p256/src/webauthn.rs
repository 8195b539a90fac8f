//! Assertions of passkeys (W3C Web Authentication, level 3).
//!
//! An authenticator signs its data followed by the hash of the client data, JSON text in
//! which the browser states what was asked for and by whom. Browsers write the text in
//! one way only (section 5.8.1.1), so its beginning is compared and nothing is parsed
//! (section 5.8.1.2).

use verdict_hash::sha256::{Sha256, sha256};
use verdict_lock::Error;

/// In the flags of an authenticator: the user was present.
pub const USER_PRESENT: u8 = 1;
/// In the flags of an authenticator: the user was verified, by a PIN or a finger say.
pub const USER_VERIFIED: u8 = 1 << 2;

/// What comes in front of the challenge, and what behind it.
const BEFORE: &[u8] = br#"{"type":"webauthn.get","challenge":""#;
const BEHIND: &[u8] = br#"","origin":""#;
/// Characters of a challenge of 32 bytes.
const CHALLENGE: usize = 43;
/// The hash of the relying party's name, the flags and a counter of four bytes.
const SHORTEST: usize = 32 + 1 + 4;

/// What a passkey has to say.
#[derive(Clone, Copy, Debug)]
pub struct Policy<'a> {
    /// The SHA-256 of the name of the site that the passkey is for, if it matters.
    pub relying_party: Option<&'a [u8; 32]>,
    /// Flags that have to be set besides [`USER_PRESENT`].
    pub flags: u8,
}

/// What a passkey answers.
#[derive(Clone, Copy, Debug)]
pub struct Assertion<'a> {
    /// The authenticator's data.
    pub authenticator: &'a [u8],
    /// The client data, JSON text.
    pub client: &'a [u8],
    /// r and s, 32 bytes each.
    pub signature: &'a [u8; 64],
}

/// Verifies that the passkey with `key`, x and y, was asked for `challenge` and that its
/// assertion is as `policy` wants it.
///
/// # Errors
///
/// [`Error::Encoding`] if the authenticator's data is too short, [`Error::Refused`] if it
/// is not as wanted or the client data is not about the challenge, and those of
/// [`verify`](crate::verify).
pub fn verify(
    key: &[u8; 64],
    challenge: &[u8; 32],
    policy: Policy<'_>,
    assertion: Assertion<'_>,
) -> Result<(), Error> {
    let Assertion { authenticator, client, signature } = assertion;
    if authenticator.len() < SHORTEST {
        return Err(Error::Encoding);
    }
    let flags = policy.flags | USER_PRESENT;
    let asked = client
        .strip_prefix(BEFORE)
        .and_then(|rest| rest.strip_prefix(&base64(challenge)))
        .is_some_and(|rest| rest.starts_with(BEHIND));
    let there = policy.relying_party.is_none_or(|hash| authenticator.starts_with(hash));
    if !asked || !there || authenticator[32] & flags != flags {
        return Err(Error::Refused);
    }
    let mut hash = Sha256::new();
    hash.update(authenticator);
    hash.update(&sha256(client));
    crate::verify(key, &hash.finish(), signature)
}

/// Base64 in the alphabet for URLs, without padding (RFC 4648, section 5).
fn base64(bytes: &[u8; 32]) -> [u8; CHALLENGE] {
    core::array::from_fn(|at| {
        // Six bits from bit 6 * at on, counted from the highest.
        let (byte, shift) = (at * 6 / 8, at * 6 % 8);
        let next = bytes.get(byte + 1).copied().unwrap_or(0);
        let pair = u16::from_be_bytes([bytes[byte], next]);
        match (pair >> (10 - shift) & 63) as u8 {
            value @ 0..26 => b'A' + value,
            value @ 26..52 => b'a' + value - 26,
            value @ 52..62 => b'0' + value - 52,
            62 => b'-',
            _ => b'_',
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes 0 to 31, encoded by hand with the tables of RFC 4648.
    #[test]
    fn base64_of_counting() {
        let bytes = core::array::from_fn(|at| at as u8);
        assert_eq!(&base64(&bytes), b"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
        assert_eq!(base64(&[0xff; 32]), *b"__________________________________________8");
    }
}
