//! Proofs of arkworks, written as the scripts read them.

use ark_ec::{pairing::Pairing, short_weierstrass};
use ark_ff::{BigInteger, Field, PrimeField, UniformRand};
use ark_groth16::{Proof, VerifyingKey};
use ark_relations::{
    lc,
    r1cs::{ConstraintSynthesizer, ConstraintSystemRef, SynthesisError},
};
use ark_std::rand::rngs::StdRng;
use verdict_pairing::{
    field::{Fp, Fp2},
    groth16::{INPUT, Key, ProofCurve, key_size, prepare_key, proof_size, root, rooted_proof_size},
    kernel::{Bls12381, Bn254},
    point::Affine,
};

/// The first public input times the second is the square of the witness.
pub(crate) struct Circuit<F> {
    pub(crate) inputs: [F; 2],
    pub(crate) root: F,
}

impl<F: Field> ConstraintSynthesizer<F> for Circuit<F> {
    fn generate_constraints(self, cs: ConstraintSystemRef<F>) -> Result<(), SynthesisError> {
        let [a, b] = self.inputs;
        let a = cs.new_input_variable(|| Ok(a))?;
        let b = cs.new_input_variable(|| Ok(b))?;
        let square = cs.new_witness_variable(|| Ok(self.root.square()))?;
        let root = cs.new_witness_variable(|| Ok(self.root))?;
        cs.enforce_constraint(lc!() + a, lc!() + b, lc!() + square)?;
        cs.enforce_constraint(lc!() + root, lc!() + root, lc!() + square)
    }
}

/// How the curves of arkworks are written for those of the scripts.
pub(crate) trait Twin: Pairing {
    type Curve: ProofCurve;
    const NAMES: [&'static str; 2];
    /// Bytes of a proof.
    const PROOF: usize = proof_size::<Self::Curve>();

    fn g1(point: &Self::G1Affine) -> Vec<u8>;
    fn g2(point: &Self::G2Affine) -> Vec<u8>;
    /// The point with this x, in the group or not.
    fn g2_at(x: u64) -> Option<Self::G2Affine>;
    fn g1_at(x: u64) -> Option<Self::G1Affine>;
}

pub(crate) fn number<F: PrimeField>(number: F) -> Vec<u8> {
    number.into_bigint().to_bytes_be()
}

macro_rules! twin {
    ($twin:ident, $curve:ident, $names:expr) => {
        impl Twin for $twin {
            type Curve = $curve;
            const NAMES: [&'static str; 2] = $names;

            fn g1(point: &Self::G1Affine) -> Vec<u8> {
                [number(point.x), number(point.y)].concat()
            }

            fn g2(point: &Self::G2Affine) -> Vec<u8> {
                let [x, y] = [point.x, point.y];
                [number(x.c1), number(x.c0), number(y.c1), number(y.c0)].concat()
            }

            fn g2_at(x: u64) -> Option<Self::G2Affine> {
                short_weierstrass::Affine::get_point_from_x_unchecked(x.into(), false)
            }

            fn g1_at(x: u64) -> Option<Self::G1Affine> {
                short_weierstrass::Affine::get_point_from_x_unchecked(x.into(), false)
            }
        }
    };
}
pub(crate) use ark_bls12_381::Bls12_381 as ArkBls;
pub(crate) use ark_bn254::Bn254 as ArkBn;
twin!(ArkBls, Bls12381, ["groth16-bls12-381-verify", "groth16-bls12-381"]);
twin!(ArkBn, Bn254, ["groth16-bn254-verify", "groth16-bn254"]);

pub(crate) fn fp<C: ProofCurve>(bytes: &[u8]) -> Fp<C> {
    Fp::from_bytes(bytes).expect("it is canonical")
}

pub(crate) fn g1<C: ProofCurve>(bytes: &[u8]) -> Affine<Fp<C>> {
    let (x, y) = bytes.split_at(bytes.len() / 2);
    Affine { x: fp(x), y: fp(y) }
}

pub(crate) fn g2<C: ProofCurve>(bytes: &[u8]) -> Affine<Fp2<C>> {
    let part = |i: usize| fp(&bytes[i * bytes.len() / 4..][..bytes.len() / 4]);
    Affine { x: Fp2::new(part(1), part(0)), y: Fp2::new(part(3), part(2)) }
}

pub(crate) fn prepared<E: Twin>(key: &VerifyingKey<E>) -> Vec<u8> {
    let points: Vec<_> = key.gamma_abc_g1.iter().map(|point| g1(&E::g1(point))).collect();
    let mut bytes = vec![0; key_size::<E::Curve>(points.len() - 1)];
    let key = Key {
        alpha: g1(&E::g1(&key.alpha_g1)),
        beta: g2(&E::g2(&key.beta_g2)),
        gamma: g2(&E::g2(&key.gamma_g2)),
        delta: g2(&E::g2(&key.delta_g2)),
        points: &points,
    };
    prepare_key::<E::Curve>(&key, &mut bytes).expect("the key is valid");
    bytes
}

pub(crate) fn encoded<E: Twin>(proof: &Proof<E>) -> Vec<u8> {
    [E::g1(&proof.a), E::g2(&proof.b), E::g1(&proof.c)].concat()
}

/// The proof with its root.
pub(crate) fn rooted<E: Twin>(key: &[u8], inputs: &[Vec<u8>], proof: &[u8]) -> Vec<u8> {
    let inputs: Vec<[u8; INPUT]> =
        inputs.iter().map(|input| input[..].try_into().expect("the size of one")).collect();
    let mut bytes = proof.to_vec();
    bytes.resize(rooted_proof_size::<E::Curve>(), 0);
    let (_, to) = bytes.split_at_mut(proof.len());
    root::<E::Curve>(key, &inputs, proof, to).expect("the proof is valid");
    bytes
}

pub(crate) fn case<E: Twin>(rng: &mut StdRng) -> Circuit<E::ScalarField> {
    let [a, root] = [(); 2].map(|()| E::ScalarField::rand(rng));
    let b = root.square() / a;
    Circuit { inputs: [a, b], root }
}
