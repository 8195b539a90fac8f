//! The verifying key of a circuit as snarkjs writes it, and the prepared one.

use anyhow::{Context as _, Result, bail, ensure};
use num_bigint::BigUint;
use serde::Deserialize;
use verdict_pairing::{
    curve::Curve,
    field::{Fp, Fp2},
    groth16::{Key, ProofCurve, key_size, prepare_key},
    kernel::{Bls12381, Bn254},
    miller::{G1, G2, lines_size, prepare},
    point::Affine,
};

/// `verification_key.json`, as far as it matters: numbers are decimal, points have a third
/// coordinate, and real parts are in front of imaginary ones.
#[derive(Deserialize)]
struct VerifyingKey {
    protocol: String,
    curve: String,
    #[serde(rename = "nPublic")]
    inputs: usize,
    #[serde(rename = "vk_alpha_1")]
    alpha: Point,
    #[serde(rename = "vk_beta_2")]
    beta: TwistPoint,
    #[serde(rename = "vk_gamma_2")]
    gamma: TwistPoint,
    #[serde(rename = "vk_delta_2")]
    delta: TwistPoint,
    #[serde(rename = "IC")]
    points: Vec<Point>,
}

type Point = [String; 3];
type TwistPoint = [[String; 2]; 3];

/// A prepared key.
pub(crate) struct Prepared {
    /// The program that takes it.
    pub(crate) program: &'static str,
    /// How many public inputs there are.
    pub(crate) inputs: usize,
    pub(crate) bytes: Vec<u8>,
}

/// Prepares the key in the file with these contents.
pub(crate) fn prepared(json: &[u8]) -> Result<Prepared> {
    let key: VerifyingKey = serde_json::from_slice(json).context("not a verifying key")?;
    ensure!(key.protocol == "groth16", "the protocol is {:?}, not groth16", key.protocol);
    let (program, bytes) = match &*key.curve {
        "bn128" => ("groth16-bn254", prepared_on::<Bn254>(&key)?),
        "bls12381" => ("groth16-bls12-381", prepared_on::<Bls12381>(&key)?),
        curve => bail!("the curve is {curve:?}, neither bn128 nor bls12381"),
    };
    Ok(Prepared { program, inputs: key.inputs, bytes })
}

fn prepared_on<C: ProofCurve>(key: &VerifyingKey) -> Result<Vec<u8>> {
    let (inputs, count) = (key.inputs, key.points.len());
    ensure!(Some(inputs) == count.checked_sub(1), "IC has {count} points for {inputs} inputs");
    let points = key.points.iter().enumerate();
    let points = points.map(|(at, point)| g1(point).with_context(|| format!("IC[{at}]")));
    let key = Key::<C> {
        alpha: g1(&key.alpha).context("vk_alpha_1")?,
        beta: g2(&key.beta).context("vk_beta_2")?,
        gamma: g2(&key.gamma).context("vk_gamma_2")?,
        delta: g2(&key.delta).context("vk_delta_2")?,
        points: &points.collect::<Result<Vec<_>>>()?,
    };
    let mut bytes = vec![0; key_size::<C>(inputs)];
    prepare_key(&key, &mut bytes).context("the key cannot be prepared")?;
    Ok(bytes)
}

const OUTSIDE: &str = "the point is not in its group";

fn g1<C: ProofCurve>([x, y, z]: &Point) -> Result<G1<C>> {
    ensure!(z == "1", "the point is not affine");
    let point = Affine { x: number(x)?, y: number(y)? };
    ensure!(point.is_on(&C::B) && C::has_order(&point), OUTSIDE);
    Ok(point)
}

fn g2<C: Curve>([x, y, z]: &TwistPoint) -> Result<G2<C>> {
    ensure!(*z == ["1", "0"], "the point is not affine");
    let number = |[re, im]: &[String; 2]| anyhow::Ok(Fp2::new(number(re)?, number(im)?));
    let point = Affine { x: number(x)?, y: number(y)? };
    ensure!(point.is_on(&C::B_TWIST), OUTSIDE);
    prepare(&point, &mut vec![0; lines_size::<C>()]).context(OUTSIDE)?;
    Ok(point)
}

fn number<C: Curve>(text: &str) -> Result<Fp<C>> {
    // Longer ones are larger than either modulus.
    let is_number = (1..=120).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_digit());
    let number = BigUint::parse_bytes(text.as_bytes(), 10).filter(|_| is_number);
    let number = number.with_context(|| format!("{text:?} is no number"))?.to_bytes_be();
    let zeros = size_of::<Fp<C>>().checked_sub(number.len());
    let bytes = zeros.map(|zeros| [vec![0; zeros], number].concat());
    let number = bytes.and_then(|bytes| Fp::from_bytes(&bytes));
    number.with_context(|| format!("{text} is not less than the modulus"))
}
