//! Groth16 proofs, with a verifying key that is prepared for it.
//!
//! The equation is e(A, B) = e(alpha, beta) e(L, gamma) e(C, delta), with L the sum of
//! points of the key, each times a public input. A prepared key has e(alpha, -beta)
//! before the final exponentiation, the lines of pairings with -gamma and with -delta,
//! and multiples of the points for inputs. All of it is in the form that is computed
//! with, which [`prepare`](prepare_key) makes of the usual key. Whoever names a key
//! vouches for it: nothing in it is checked but its size.
//!
//! A proof may come with a root of what is to be one after the final exponentiation,
//! which takes the place of that (Novakovic and Eagen, "On Proving Pairings").

use core::cell::UnsafeCell;

use verdict_lock::{Error, Witness};
use verdict_std::{
    CellField, ReturnCode, Source, SourceKind,
    syscall::{load_cell_by_field, load_cell_data, load_script},
};

use crate::{
    bls,
    curve::Curve,
    field::{Field, Fp, Fp2, read_be, take, take2},
    kernel::{Bls12381, Bn254},
    miller::{
        G1, G2, Prepared, Walk, lines_size, miller_loop, prepare, read_raw, read_raw2,
        rooted_miller_loop, write_raw, write_raw2,
    },
    point::{Affine, Jacobian},
    root::{Root, root_size},
    tower::Fp12,
};

/// Bytes of a public input: a big-endian number less than the order.
pub const INPUT: usize = 32;

/// A curve that proofs are made on.
pub trait ProofCurve: Curve {
    /// The order of the groups, limbs from the lowest.
    const ORDER: [u64; 4];

    /// Whether a point of the curve is in the group.
    fn has_order(point: &G1<Self>) -> bool;
}

impl ProofCurve for Bls12381 {
    const ORDER: [u64; 4] = crate::kernel::constant::limbs(
        "73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001",
    );

    fn has_order(point: &G1<Self>) -> bool {
        bls::has_order(point)
    }
}

impl ProofCurve for Bn254 {
    const ORDER: [u64; 4] = crate::kernel::constant::limbs(
        "30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001",
    );

    fn has_order(_: &G1<Self>) -> bool {
        // All points of the curve are.
        true
    }
}

const fn fp<C: Curve>() -> usize {
    size_of::<Fp<C>>()
}

/// Bytes of a proof: A, B and C, each as x and y, each number big-endian, imaginary parts
/// in front of real ones.
#[must_use]
pub const fn proof_size<C: Curve>() -> usize {
    8 * fp::<C>()
}

/// How many blocks a scalar is cut into; there is a multiple for each set of them but the
/// empty one.
const BLOCKS: usize = 4;
const MULTIPLES: usize = (1 << BLOCKS) - 1;

/// Bytes of a prepared key with so many public inputs: e(alpha, -beta), lines of -gamma
/// and -delta, the first point, and fifteen multiples of each other one.
#[must_use]
pub const fn key_size<C: Curve>(inputs: usize) -> usize {
    12 * fp::<C>() + 2 * lines_size::<C>() + 2 * fp::<C>() * (1 + MULTIPLES * inputs)
}

/// How many public inputs a prepared key of so many bytes has, if there is one.
#[must_use]
pub const fn inputs_of<C: Curve>(key_size_in_bytes: usize) -> Option<usize> {
    let Some(rest) = key_size_in_bytes.checked_sub(key_size::<C>(0)) else { return None };
    let each = 2 * fp::<C>() * MULTIPLES;
    if rest % each == 0 { Some(rest / each) } else { None }
}

/// Takes a point of the curve in the group from its uncompressed encoding.
#[must_use]
pub fn take_g1<C: ProofCurve>(from: &mut &[u8]) -> Option<G1<C>> {
    let point = Affine { x: take(from)?, y: take(from)? };
    (point.is_on(&C::B) && C::has_order(&point)).then_some(point)
}

/// Takes a point of the twist from its uncompressed encoding. [`miller_loop`] tells
/// whether it is in the group.
#[must_use]
pub fn take_g2<C: Curve>(from: &mut &[u8]) -> Option<G2<C>> {
    let point = Affine { x: take2(from)?, y: take2(from)? };
    point.is_on(&C::B_TWIST).then_some(point)
}

/// Bytes of a proof with the root.
#[must_use]
pub const fn rooted_proof_size<C: Curve>() -> usize {
    proof_size::<C>() + root_size::<C>()
}

/// Verifies a proof, with the root or without. `inputs` are as many as the key has.
///
/// # Errors
///
/// [`Error::PublicKey`] if the key has not the size for so many inputs;
/// [`Error::Encoding`] if the proof has a wrong length or an input is not less than the
/// order; [`Error::Signature`] if the proof is not three points of the groups other than
/// infinity, or numbers of the root are not less than the modulus; [`Error::Refused`].
pub fn verify<C: ProofCurve>(
    key: &[u8],
    inputs: &[[u8; INPUT]],
    proof: &[u8],
) -> Result<(), Error> {
    if inputs_of::<C>(key.len()) != Some(inputs.len()) {
        return Err(Error::PublicKey);
    }
    let (proof, mut root) = match proof.split_at_checked(proof_size::<C>()) {
        Some((proof, [])) => (proof, None),
        Some((proof, root)) if root.len() == root_size::<C>() => (proof, Some(root)),
        _ => return Err(Error::Encoding),
    };
    let root = match &mut root {
        None => None,
        Some(from) => Some(Root::take(from).ok_or(Error::Signature)?),
    };
    let product = product::<C>(key, inputs, proof, root.as_ref())?;
    let valid = if root.is_some() {
        product.is_in_subfield()
    } else {
        product.final_exponentiation() == Fp12::ONE
    };
    if valid { Ok(()) } else { Err(Error::Refused) }
}

/// Writes the root of a proof that is valid, which goes behind it. `None` if it is not.
///
/// # Panics
///
/// If `to` has not the size.
#[must_use]
pub fn root<C: ProofCurve>(
    key: &[u8],
    inputs: &[[u8; INPUT]],
    proof: &[u8],
    to: &mut [u8],
) -> Option<()> {
    verify::<C>(key, inputs, proof).ok()?;
    let root = Root::of(&product::<C>(key, inputs, proof, None).ok()?);
    root.write(to);
    Some(())
}

/// What is one after the final exponentiation if the proof is valid.
fn product<C: ProofCurve>(
    key: &[u8],
    inputs: &[[u8; INPUT]],
    proof: &[u8],
    root: Option<&Root<C>>,
) -> Result<Fp12<C>, Error> {
    let (mut alpha_beta, rest) = key.split_at(12 * fp::<C>());
    let (gamma, rest) = rest.split_at(lines_size::<C>());
    let (delta, points) = rest.split_at(lines_size::<C>());
    let sum = sum_of_inputs::<C>(points, inputs)?;

    let mut from = proof;
    let mut points =
        || Some((take_g1::<C>(&mut from)?, take_g2::<C>(&mut from)?, take_g1::<C>(&mut from)?));
    let (a, b, c) = points().ok_or(Error::Signature)?;
    let c = Jacobian::from(&c);
    // At infinity the pairing with gamma is one.
    let first = usize::from(sum.z.is_zero());
    let sum = if first == 0 { &sum } else { &c };
    let mut prepared = Prepared::pairings([(sum, gamma), (&c, delta)]);
    let product = rooted_miller_loop(&mut [Walk::new(&(a, b))], &mut prepared[first..], root);
    let alpha_beta = Fp12([(); 2].map(|()| [(); 3].map(|()| read_raw2(&mut alpha_beta))));
    Ok(product.ok_or(Error::Signature)?.mul(&alpha_beta))
}

/// Verifies a proof from what is needed for it: the number of public inputs in a byte,
/// those, the proof, with the root or without, and the key.
///
/// # Errors
///
/// [`Error::Encoding`] if that is too short; those of [`verify`].
pub fn verify_all<C: ProofCurve>(bytes: &[u8]) -> Result<(), Error> {
    let (count, rest) = bytes.split_first().ok_or(Error::Encoding)?;
    let count = usize::from(*count);
    let (inputs, rest) = rest.split_at_checked(INPUT * count).ok_or(Error::Encoding)?;
    let rooted = rest.len() == rooted_proof_size::<C>() + key_size::<C>(count);
    let size = if rooted { rooted_proof_size::<C>() } else { proof_size::<C>() };
    let (proof, key) = rest.split_at_checked(size).ok_or(Error::Encoding)?;
    verify::<C>(key, inputs.as_chunks().0, proof)
}

/// The most public inputs that a lock takes.
pub const MAX_INPUTS: usize = 16;
/// The largest prepared key that a lock takes, in bytes.
const MAX_KEY: usize = 64 << 10;

/// Where the lock puts the key: memory that the ELF file does not store.
struct Room(UnsafeCell<[u8; MAX_KEY]>);

// SAFETY: a script is one hart, without interrupts.
#[expect(unsafe_code, reason = "there is one hart")]
unsafe impl Sync for Room {}

static ROOM: Room = Room(UnsafeCell::new([0; MAX_KEY]));

/// The lock. Its arguments are the data hash of the cell with the prepared key, among the
/// transaction's dependencies, and all public inputs but the first. The first one is the
/// message that locks sign, as a big-endian number without its three highest bits. The
/// lock of the witness is the proof.
///
/// # Errors
///
/// [`Error::ArgsLength`]; [`Error::KeyHash`] if no dependency has that hash; those of
/// [`Witness::load`] and [`verify`].
pub fn lock<C: ProofCurve>() -> Result<(), Error> {
    let mut args = [0; INPUT * MAX_INPUTS];
    let len = load_script(&mut args, ARGS).map_err(|_| Error::ArgsLength)?;
    let args = args.get_mut(..len).ok_or(Error::ArgsLength)?;
    // The message takes the place of the hash in front of the other inputs.
    let (inputs, []) = args.as_chunks_mut::<INPUT>() else { return Err(Error::ArgsLength) };
    let first = inputs.first_mut().ok_or(Error::ArgsLength)?;
    let index = find_key(first)?;
    let witness = Witness::load()?;
    *first = witness.message(0)?;
    first[0] &= 0x1f;

    let room = ROOM.0.get();
    // SAFETY: the program calls this function once.
    #[expect(unsafe_code, reason = "a static buffer costs no cycles to clear")]
    let key = unsafe { &mut *room };
    let len = load_cell_data(key, 0, index, CELL_DEPS).map_err(|_| Error::Syscall)?;
    let key = key.get(..len).ok_or(Error::PublicKey)?;
    verify::<C>(key, inputs, witness.lock())
}

/// What is in front of the arguments in the encoding of a script.
const ARGS: usize = 4 * 4 + 32 + 1 + 4;

const CELL_DEPS: Source = Source::Transaction(SourceKind::CellDep);

/// The index of the first dependency whose data has this hash.
fn find_key(hash: &[u8; 32]) -> Result<usize, Error> {
    for index in 0.. {
        let mut found = [0; 32];
        match load_cell_by_field(&mut found, 0, index, CELL_DEPS, CellField::DataHash) {
            Ok(_) if found == *hash => return Ok(index),
            // Cells without data have no hash of it.
            Ok(_) | Err(ReturnCode::ItemMissing) => {}
            Err(_) => break,
        }
    }
    Err(Error::KeyHash)
}

/// Whether the product of the pairings of points on BN254 is one. `bytes` are the input
/// of EIP-197: pairs of points in encodings of 64 and 128 bytes, zeros for infinity.
///
/// # Errors
///
/// [`Error::Encoding`] if the length is no multiple of that; [`Error::Signature`] if an
/// encoding is of no point in its group; [`Error::Refused`] if the product is not one.
pub fn check_product(bytes: &[u8]) -> Result<(), Error> {
    const PAIR: usize = 192;
    let (pairs, []) = bytes.as_chunks::<PAIR>() else { return Err(Error::Encoding) };
    let mut product = Fp12::ONE;
    for some in pairs.chunks(TOGETHER) {
        let mut finite = [FILLER; TOGETHER];
        let mut places = finite.iter_mut();
        for pair in some {
            let (mut p, mut q) = pair.split_at(64);
            let point = if p == [0; 64] {
                None
            } else {
                Some(take_g1::<Bn254>(&mut p).ok_or(Error::Signature)?)
            };
            if q == [0; 128] {
                continue;
            }
            let q = take_g2::<Bn254>(&mut q).ok_or(Error::Signature)?;
            let Some(p) = point else {
                // The point on the twist is checked by the loop, whatever is at its side.
                miller_loop(&(FILLER.0, q), &mut []).ok_or(Error::Signature)?;
                continue;
            };
            if let Some(place) = places.next() {
                *place = (p, q);
            }
        }
        let count = TOGETHER - places.len();
        if count == 0 {
            continue;
        }
        let mut walks = finite.each_ref().map(Walk::new);
        let part = rooted_miller_loop(&mut walks[..count], &mut [], None);
        product = product.mul(&part.ok_or(Error::Signature)?);
    }
    if product.final_exponentiation() == Fp12::ONE { Ok(()) } else { Err(Error::Refused) }
}

/// How many pairs share squarings.
const TOGETHER: usize = 8;
/// No pair, where there is place for one.
const FILLER: (G1<Bn254>, G2<Bn254>) =
    (Affine { x: Fp::ONE, y: Fp::ONE }, Affine { x: Fp2::ONE, y: Fp2::ONE });

/// The first point and the sum of the others, each times its input.
pub(crate) fn sum_of_inputs<C: ProofCurve>(
    points: &[u8],
    inputs: &[[u8; INPUT]],
) -> Result<Jacobian<Fp<C>>, Error> {
    let size = 2 * fp::<C>();
    let point = |index: usize| {
        let mut from = points.get(index * size..).unwrap_or_default();
        Affine { x: read_raw::<C>(&mut from), y: read_raw(&mut from) }
    };
    for input in inputs {
        let mut limbs = [0; 4];
        read_be(&mut limbs, input);
        if !limbs.iter().rev().lt(C::ORDER.iter().rev()) {
            return Err(Error::Encoding);
        }
    }
    let mut sum = Jacobian::INFINITY;
    for bit in (0..256 / BLOCKS).rev() {
        sum = sum.double();
        for (index, input) in inputs.iter().enumerate() {
            let set = (0..BLOCKS).fold(0, |set, block| {
                let byte = input[INPUT - 1 - (256 / BLOCKS * block + bit) / 8];
                set | usize::from(byte >> (bit % 8) & 1) << block
            });
            if set != 0 {
                sum = sum.add_affine(&point(MULTIPLES * index + set));
            }
        }
    }
    Ok(sum.add_affine(&point(0)))
}

/// A verifying key as it is usually given.
#[derive(Clone, Copy, Debug)]
pub struct Key<'a, C: Curve> {
    /// alpha.
    pub alpha: G1<C>,
    /// beta.
    pub beta: G2<C>,
    /// gamma.
    pub gamma: G2<C>,
    /// delta.
    pub delta: G2<C>,
    /// The first point, and one for each public input.
    pub points: &'a [G1<C>],
}

/// Prepares a key: to `to`, of [`key_size`] bytes. `None` if a point is not in its group,
/// or the multiple of one is at infinity.
///
/// # Panics
///
/// If `to` has another size.
#[must_use]
pub fn prepare_key<C: ProofCurve>(key: &Key<'_, C>, to: &mut [u8]) -> Option<()> {
    let inputs = key.points.len().checked_sub(1)?;
    assert_eq!(to.len(), key_size::<C>(inputs), "the size of the key");
    let in_group = |point: &G1<C>| point.is_on(&C::B) && C::has_order(point);
    if !in_group(&key.alpha) || !key.points.iter().all(in_group) {
        return None;
    }
    let product = miller_loop(&(key.alpha, key.beta.neg()), &mut [])?;
    let mut to = to;
    for part in product.0.iter().flatten() {
        write_raw2(part, &mut to);
    }
    for point in [&key.gamma, &key.delta] {
        let (lines, rest) = to.split_at_mut(lines_size::<C>());
        prepare(&point.neg(), lines)?;
        to = rest;
    }
    let mut put = |point: &G1<C>| {
        write_raw(&point.x, &mut to);
        write_raw(&point.y, &mut to);
    };
    let (first, others) = key.points.split_first()?;
    put(first);
    for point in others {
        let mut blocks = [Jacobian::from(point); BLOCKS];
        for block in 1..BLOCKS {
            blocks[block] = blocks[block - 1].times(&[0; 256 / BLOCKS]);
        }
        for set in 1..=MULTIPLES {
            let chosen = blocks.iter().enumerate().filter(|(block, _)| set >> block & 1 != 0);
            put(&chosen.fold(Jacobian::INFINITY, |sum, (_, block)| sum.add(block)).to_affine()?);
        }
    }
    Some(())
}
