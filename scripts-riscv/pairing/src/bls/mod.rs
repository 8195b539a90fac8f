//! BLS signatures with signatures in the curve and keys in its twist
//! (draft-irtf-cfrg-bls-signature, minimal-signature-size).

mod hash;

use verdict_lock::Error;

pub use self::hash::hash_to_curve;
use self::hash::map_to_curve;
use crate::{
    curve::{BLS_X, Curve, binary_digits},
    field::{Field, Fp, Fp2, fp6},
    kernel::Bls12381,
    miller::{G1, G2, Prepared, Walk, prepare, rooted_miller_loop},
    point::{Affine, Jacobian},
    root::{Root, root_size},
    tower::Fp12,
};

/// Tag of the basic scheme.
pub const BASIC: &[u8] = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";
/// Tag of the scheme with proofs of possession, which aggregates need.
pub const POSSESSION: &[u8] = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_POP_";

/// Bytes of a compressed key.
pub const KEY: usize = 96;
/// Bytes of a compressed signature.
pub const SIGNATURE: usize = 48;

/// Bytes of a root.
pub const ROOT: usize = root_size::<Bls12381>();

/// Digits of the negative of the parameter below the highest.
pub(crate) const DIGITS: [i8; 63] = binary_digits(BLS_X);

/// The negative of the generator of the second group.
pub(crate) const MINUS_GENERATOR: G2<Bls12381> = Affine {
    x: Fp2::new(
        fp6(
            "024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8",
        ),
        fp6(
            "13e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e",
        ),
    ),
    y: Fp2::new(
        fp6(
            "0d1b3cc2c7027888be51d9ef691d77bcb679afda66c73f17f9ee3837a55024f78c71363275a75d75d86bab79f74782aa",
        ),
        fp6(
            "13fa4d4a0ad8b1ce186ed5061789213d993923066dddaf1040bc3ff59f825c78df74f2d75467e25e0f55f8a00fa030ed",
        ),
    ),
};

/// The lines of pairings with the generator's negative divided by the effective cofactor,
/// which is prime to the order. Written by `examples/generate.rs`.
static GENERATOR_LINES: &[u8] = include_bytes!("generator.lines");

/// Writes the lines of pairings with that point.
///
/// # Panics
///
/// If there is not room for them.
pub fn prepare_generator(lines: &mut [u8]) {
    // With X for the negative of the parameter the effective cofactor is X + 1, the order
    // is X^4 - X^2 + 1, and so X^2 - X^3 the inverse.
    let minus_generator = Jacobian::from(&MINUS_GENERATOR);
    let minus_times_x = minus_generator.times(&DIGITS);
    let times_x = Jacobian { y: minus_times_x.y.neg(), ..minus_times_x };
    let root = times_x.add(&minus_generator).times(&DIGITS).times(&DIGITS);
    let root = root.to_affine().expect("it has the order of the generator");
    prepare(&root, lines).expect("it is a point of the group");
}

/// Verifies a signature under the tag.
///
/// # Errors
///
/// [`Error::PublicKey`] and [`Error::Signature`] for encodings of no point, of the one at
/// infinity, or of one outside of the groups; [`Error::Refused`].
pub fn verify(
    key: &[u8; KEY],
    signature: &[u8; SIGNATURE],
    message: &[u8],
    tag: &[u8],
) -> Result<(), Error> {
    check(&decode_key(key).ok_or(Error::PublicKey)?, signature, message, tag)
}

/// Verifies a signature with its [`root`].
///
/// # Errors
///
/// As [`verify`]; [`Error::Signature`] also if a number of the root is not canonical.
#[inline(never)]
pub fn verify_rooted(
    key: &[u8; KEY],
    signature: &[u8; SIGNATURE],
    root: &[u8; ROOT],
    message: &[u8],
    tag: &[u8],
) -> Result<(), Error> {
    let key = decode_key(key).ok_or(Error::PublicKey)?;
    let root = Root::take(&mut &root[..]).ok_or(Error::Signature)?;
    let product = product(&key, signature, message, tag, Some(&root))?;
    if product.is_in_subfield() { Ok(()) } else { Err(Error::Refused) }
}

/// The root of a signature that is valid.
///
/// # Errors
///
/// As [`verify`].
pub fn root(
    key: &[u8; KEY],
    signature: &[u8; SIGNATURE],
    message: &[u8],
    tag: &[u8],
) -> Result<[u8; ROOT], Error> {
    verify(key, signature, message, tag)?;
    let key = decode_key(key).ok_or(Error::PublicKey)?;
    let mut root = [0; ROOT];
    Root::of(&product(&key, signature, message, tag, None)?).write(&mut root);
    Ok(root)
}

/// Verifies an aggregate of signatures of one message by holders of keys that have proved
/// that they possess them.
///
/// # Errors
///
/// As [`verify`]; [`Error::PublicKey`] also if the sum of keys is at infinity or there
/// are none. As the draft has it, the order of the sum is checked: that of each key is a
/// matter of its proof of possession.
pub fn verify_aggregate(
    keys: &[[u8; KEY]],
    signature: &[u8; SIGNATURE],
    message: &[u8],
) -> Result<(), Error> {
    let mut sum = Jacobian::INFINITY;
    for key in keys {
        sum = sum.add_affine(&decode_key(key).ok_or(Error::PublicKey)?);
    }
    check(&sum.to_affine().ok_or(Error::PublicKey)?, signature, message, POSSESSION)
}

fn check(
    key: &G2<Bls12381>,
    signature: &[u8; SIGNATURE],
    message: &[u8],
    tag: &[u8],
) -> Result<(), Error> {
    let product = product(key, signature, message, tag, None)?;
    let valid = product.final_exponentiation() == Fp12::ONE;
    if valid { Ok(()) } else { Err(Error::Refused) }
}

/// What is one after the final exponentiation if the signature is valid.
fn product(
    key: &G2<Bls12381>,
    signature: &[u8; SIGNATURE],
    message: &[u8],
    tag: &[u8],
    root: Option<&Root<Bls12381>>,
) -> Result<Fp12<Bls12381>, Error> {
    let signature = decode_signature(signature).filter(has_order).ok_or(Error::Signature)?;
    // No message is known that hashes to infinity. What is missing to its hash is the
    // product with the cofactor: without it the pairing is the same root of what it would
    // be, for the pairing with the signature is taken with that root of the generator.
    let hash = map_to_curve(message, tag).to_affine().ok_or(Error::Refused)?;
    let signature = Jacobian::from(&signature);
    let mut prepared = Prepared::pairings([(&signature, GENERATOR_LINES)]);
    rooted_miller_loop(&mut [Walk::new(&(hash, *key))], &mut prepared, root).ok_or(Error::PublicKey)
}

/// Flags in the first byte of an encoding: it is compressed, it is infinity, and the y of
/// the point is the larger one.
const COMPRESSED: u8 = 0x80;
const INFINITY: u8 = 0x40;
const LARGER: u8 = 0x20;

/// Takes the flags from the number; `None` if they do not say a finite compressed point.
fn flags<const N: usize>(bytes: &[u8; N]) -> Option<([u8; N], bool)> {
    let mut number = *bytes;
    number[0] &= !(COMPRESSED | INFINITY | LARGER);
    let plain = bytes[0] & (COMPRESSED | INFINITY) == COMPRESSED;
    plain.then_some((number, bytes[0] & LARGER != 0))
}

/// The point on the curve of a compressed encoding, other than infinity.
#[must_use]
pub fn decode_signature(bytes: &[u8; SIGNATURE]) -> Option<G1<Bls12381>> {
    let (number, larger) = flags(bytes)?;
    let x = Fp::from_bytes(&number)?;
    let y = x.square().mul(&x).add(&Bls12381::B).sqrt()?;
    Some(Affine { x, y: if y.is_large() == larger { y } else { y.neg() } })
}

/// The point on the twist of a compressed encoding, other than infinity.
#[must_use]
pub fn decode_key(bytes: &[u8; KEY]) -> Option<G2<Bls12381>> {
    let (number, larger) = flags(bytes)?;
    let (im, re) = number.split_at(KEY / 2);
    let x = Fp2::new(Fp::from_bytes(re)?, Fp::from_bytes(im)?);
    let y = x.square().mul(&x).add(&Bls12381::B_TWIST).sqrt()?;
    Some(Affine { x, y: if y.is_large() == larger { y } else { y.neg() } })
}

/// A cube root of one: multiplying x by it multiplies points of the group by -x^2.
const BETA: Fp<Bls12381> = fp6(
    "00000000000000005f19672fdf76ce51ba69c6076a0f77eaddb3a93be6f89688de17d813620a00022e01fffffffefffe",
);

/// Whether a point of the curve has the order of the pairing: Scott, "A note on group
/// membership tests for G1, G2 and GT on BLS pairing-friendly curves".
#[must_use]
pub fn has_order(point: &G1<Bls12381>) -> bool {
    let image = Affine { x: point.x.mul(&BETA), y: point.y.neg() };
    Jacobian::from(point).times(&DIGITS).times(&DIGITS).is(&image)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes<const N: usize>(digits: &str) -> [u8; N] {
        core::array::from_fn(|i| u8::from_str_radix(&digits[2 * i..][..2], 16).expect("digits"))
    }

    #[test]
    fn lines_are_of_the_generator() {
        let mut lines = vec![0; GENERATOR_LINES.len()];
        prepare_generator(&mut lines);
        assert!(lines == GENERATOR_LINES, "generator.lines is not what the generator writes");
    }

    /// Round 1000 of drand's network "quicknet", whose signatures are in the curve.
    #[test]
    fn published_beacon_is_valid() {
        let key = bytes(
            "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
        );
        let signature = bytes(
            "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
        );
        let message = verdict_hash::sha256::sha256(&1000_u64.to_be_bytes());
        assert_eq!(verify(&key, &signature, &message, BASIC), Ok(()));
        assert_eq!(verify(&key, &signature, &message[1..], BASIC), Err(Error::Refused));

        let root = root(&key, &signature, &message, BASIC).expect("it is valid");
        let verify = |root: &[u8; ROOT], message: &[u8]| {
            verify_rooted(&key, &signature, root, message, BASIC)
        };
        assert_eq!(verify(&root, &message), Ok(()));
        assert_eq!(verify(&root, &message[1..]), Err(Error::Refused));
        assert_eq!(verify(&[0; ROOT], &message), Err(Error::Refused));
        for number in 0..6 {
            let mut other = root;
            other[ROOT / 6 * number + ROOT / 6 - 1] ^= 1;
            assert_eq!(verify(&other, &message), Err(Error::Refused));
            other[ROOT / 6 * number] |= 0x20;
            assert_eq!(verify(&other, &message), Err(Error::Signature));
        }
    }
}
