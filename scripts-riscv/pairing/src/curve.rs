//! The two curves: what they have in common and their numbers.
//!
//! Both have an equation y^2 = x^3 + b over a prime field, and a twist
//! y^2 = x^3 + b' over its quadratic extension; w is a sixth root of xi there.

use crate::{
    cyclotomic::{By, Step, exponent},
    field::{Field, Fp, Fp2, fp4, fp6},
    kernel::{Bls12381, Bn254, Modulus},
    tower::Fp12,
};

/// A curve with a pairing.
pub trait Curve: Modulus {
    /// b.
    const B: Fp<Self>;
    /// b'.
    const B_TWIST: Fp2<Self>;
    /// xi^((p - 1) / 6) and its second to fifth powers.
    const GAMMA: [Fp2<Self>; 5];
    /// The norms of those, which are in the prime field.
    const GAMMA_NORMS: [Fp<Self>; 5];
    /// What the Frobenius map of the curve, brought to the twist, multiplies x and y by.
    const PSI: [Fp2<Self>; 2];
    /// The digits of the Miller loop below the highest, which is one: 1, 0, -1.
    const LOOP: &'static [i8];
    /// The inverse, modulo (p^6 + 1) / r, with r for the order of the pairing, of what a
    /// [`Root`](crate::root::Root) is taken to the power of, in hexadecimal digits: p
    /// less the parameter for a multiplied twist, 6x + 2 + p - p^2 + p^3 for the other.
    const ROOT: &'static str;
    /// Whether b' = b xi; else it is b / xi.
    const MULTIPLIED_TWIST: bool;

    /// The product with 3 b' / 4.
    fn times_three_quarters_b(a: &Fp2<Self>) -> Fp2<Self>;

    /// The part of the final exponentiation behind (p^6 - 1)(p^2 + 1): a power to a
    /// fixed multiple, prime to the order of the pairing, of (p^4 - p^2 + 1) / r.
    fn hard_part(f: &Fp12<Self>) -> Fp12<Self>;
}

const fn powers<const N: usize>(gamma: [[u64; N]; 2], p: &[u64; N]) -> [[[u64; N]; 2]; 5] {
    use crate::kernel::constant::{add, multiply, subtract};

    let mut powers = [gamma; 5];
    let mut i = 1;
    while i < 5 {
        let [a0, a1] = powers[i - 1];
        let [b0, b1] = gamma;
        let (negative, _) = subtract(p, &multiply(&a1, &b1, p));
        powers[i] = [
            add(&multiply(&a0, &b0, p), &negative, p),
            add(&multiply(&a0, &b1, p), &multiply(&a1, &b0, p), p),
        ];
        i += 1;
    }
    powers
}

const fn norms<const N: usize>(powers: [[[u64; N]; 2]; 5], p: &[u64; N]) -> [[u64; N]; 5] {
    use crate::kernel::constant::{add, multiply};

    let mut norms = [[0; N]; 5];
    let mut i = 0;
    while i < 5 {
        let [re, im] = &powers[i];
        norms[i] = add(&multiply(re, re, p), &multiply(im, im, p), p);
        i += 1;
    }
    norms
}

const fn wrap_real<M: Modulus>(powers: [M::Limbs; 5]) -> [Fp<M>; 5] {
    let [a, b, c, d, e] = powers;
    [Fp(a), Fp(b), Fp(c), Fp(d), Fp(e)]
}

const fn wrap<M: Modulus>(powers: [[M::Limbs; 2]; 5]) -> [Fp2<M>; 5] {
    let [a, b, c, d, e] = powers;
    [Fp2(a), Fp2(b), Fp2(c), Fp2(d), Fp2(e)]
}

/// The parameter of BLS12-381 is the negative of this.
pub const BLS_X: u64 = 0xd201_0000_0001_0000;

/// The powers of xi^((p - 1) / 6).
const BLS_GAMMA: [[[u64; 6]; 2]; 5] = powers(
        [
            fp6::<Bls12381>("1904d3bf02bb0667c231beb4202c0d1f0fd603fd3cbd5f4f7b2443d784bab9c4f67ea53d63e7813d8d0775ed92235fb8").0,
            fp6::<Bls12381>("00fc3e2b36c4e03288e9e902231f9fb854a14787b6c7b36fec0c8ec971f63c5f282d5ac14d6c7ec22cf78a126ddc4af3").0,
        ],
    &Bls12381::MODULUS,
);

impl Curve for Bls12381 {
    const B: Fp<Self> = small6(4);
    const B_TWIST: Fp2<Self> = Fp2::new(Self::B, Self::B);
    const GAMMA: [Fp2<Self>; 5] = wrap(BLS_GAMMA);
    const GAMMA_NORMS: [Fp<Self>; 5] = wrap_real(norms(BLS_GAMMA, &Self::MODULUS));
    const PSI: [Fp2<Self>; 2] = [
        Fp2::new(
            Fp(Self::ZERO),
            fp6(
                "1a0111ea397fe699ec02408663d4de85aa0d857d89759ad4897d29650fb85f9b409427eb4f49fffd8bfd00000000aaad",
            ),
        ),
        Fp2::new(
            fp6(
                "135203e60180a68ee2e9c448d77a2cd91c3dedd930b1cf60ef396489f61eb45e304466cf3e67fa0af1ee7b04121bdea2",
            ),
            fp6(
                "06af0e0437ff400b6831e36d6bd17ffe48395dabc2d3435e77f76e17009241c5ee67992f72ec05f4c81084fbede3cc09",
            ),
        ),
    ];
    const LOOP: &'static [i8] = &binary_digits::<63>(BLS_X);
    const ROOT: &'static str = "263d361bf6a5202469229a5859391d27d7f099639182cc46be756a2e3c7ffdac0485dea4bfc59d095c31c7b3a9527c22530dda513f95cb879e3f1dbb053e80efe4cdbe5624a6c49ff71d4e9ffbe009988d27ec2763fb905cc4e59e52c088eb32e161e0854134acfb0221fcc08d23ce86f219fc321dd09ba4847878b9514525b42a62d02a82d3713bd57860d74f3371d5c7facac636b81999647efe3a0249dc21b689f37b23967736a9a3fa8ffb372598d536041be736814e2ceb52ea497e7cfeb6f018759e1cf2b2661599a7b021a1d10b54c7fa415132cd1a9f539e56543ad2c08fd8d487b5bdd382e8d10c85f3732cfababee60e501ba96721a10e4d5f";
    const MULTIPLIED_TWIST: bool = true;

    fn times_three_quarters_b(a: &Fp2<Self>) -> Fp2<Self> {
        // b' = 4 xi.
        a.double().add(a).times_xi()
    }

    fn hard_part(f: &Fp12<Self>) -> Fp12<Self> {
        // 3 (p^4 - p^2 + 1) / r = (x - 1)^2 (x + p) (x^2 + p^2 - 1) + 3.
        // The negative of the parameter is 2^16 + 2^48 + 105 2^57.
        const TOP: [Step; 2] = [(3, By::SameInverse), (4, By::SameInverse)];
        const { assert!(BLS_X == 1 << 16 | 1 << 48 | exponent(&TOP) << 57, "it is that sum") };
        let power = |f: &Fp12<Self>| f.cyclotomic_power_of_runs([16, 32, 9], &TOP).conjugate();
        let a = power(f).mul(&f.conjugate());
        let b = power(&a).mul(&a.conjugate());
        let c = power(&b).mul(&b.frobenius());
        let d = power(&power(&c)).mul(&c.frobenius_twice()).mul(&c.conjugate());
        d.mul(&f.cyclotomic_square()).mul(f)
    }
}

/// A small number.
const fn small6(number: u64) -> Fp<Bls12381> {
    let limbs = [number, 0, 0, 0, 0, 0];
    Fp(crate::kernel::constant::multiply(&limbs, &Bls12381::SQUARE, &Bls12381::MODULUS))
}

/// The `K` bits below the highest one.
pub(crate) const fn binary_digits<const K: usize>(number: u64) -> [i8; K] {
    let mut digits = [0; K];
    let mut i = 0;
    while i < K {
        digits[i] = (number >> (K - 1 - i) & 1) as i8;
        i += 1;
    }
    digits
}

/// The digits below the highest one, which is one, of the form in which no two neighbours
/// are not zero.
const fn sparse_digits<const K: usize>(number: u128) -> [i8; K] {
    let mut digits = [0; K];
    let mut left = number;
    let mut i = 0;
    while i < K {
        if left & 1 == 1 {
            if left & 2 == 0 {
                digits[K - 1 - i] = 1;
                left -= 1;
            } else {
                digits[K - 1 - i] = -1;
                left += 1;
            }
        }
        left >>= 1;
        i += 1;
    }
    assert!(left == 1, "the highest digit is one");
    digits
}

const fn three_quarters<const N: usize>(a: &[u64; N], p: &[u64; N]) -> [u64; N] {
    use crate::kernel::constant::{add, half};

    half(&half(&add(&add(a, a, p), a, p), p), p)
}

/// The parameter of BN254.
pub const BN_X: u64 = 4_965_661_367_192_848_881;

/// A chain to that, with the fewest products among those of such steps: they were searched
/// from the parameter down.
const BN_CHAIN: [Step; 14] = [
    (8, By::Inverse),
    (1, By::Same),
    (2, By::Inverse),
    (7, By::Base),
    (8, By::Base),
    (7, By::SameInverse),
    (4, By::Base),
    (3, By::Base),
    (3, By::Base),
    (3, By::Base),
    (5, By::SameInverse),
    (1, By::Same),
    (5, By::Inverse),
    (4, By::Base),
];

/// The powers of xi^((p - 1) / 6).
const BN_GAMMA: [[[u64; 4]; 2]; 5] = powers(
    [
        fp4::<Bn254>("1284b71c2865a7dfe8b99fdd76e68b605c521e08292f2176d60b35dadcc9e470").0,
        fp4::<Bn254>("246996f3b4fae7e6a6327cfe12150b8e747992778eeec7e5ca5cf05f80f362ac").0,
    ],
    &Bn254::MODULUS,
);

impl Curve for Bn254 {
    const B: Fp<Self> = fp4("0000000000000000000000000000000000000000000000000000000000000003");
    const B_TWIST: Fp2<Self> = Fp2::new(
        fp4("2b149d40ceb8aaae81be18991be06ac3b5b4c5e559dbefa33267e6dc24a138e5"),
        fp4("009713b03af0fed4cd2cafadeed8fdf4a74fa084e52d1852e4a2bd0685c315d2"),
    );
    const GAMMA: [Fp2<Self>; 5] = wrap(BN_GAMMA);
    const GAMMA_NORMS: [Fp<Self>; 5] = wrap_real(norms(BN_GAMMA, &Self::MODULUS));
    const PSI: [Fp2<Self>; 2] = [Self::GAMMA[1], Self::GAMMA[2]];
    const LOOP: &'static [i8] = &sparse_digits::<65>(6 * BN_X as u128 + 2);
    const ROOT: &'static str = "c0bb29629f8e482c1b26a515e104d5a53d4b0c28d3c658c79ff3602858860fa2bde9504e8d5ab4857e27ca042ece936451f5d0fba8bc3bf128ef214befc1198447fa3298254a8599bdfc6940f4d489c42d82bff74885772d047119a87c7a54f2785335e3ff4ac42f71cf5b88c774f37d75977f5ab93cc22af3b13d5dc825ca7d26dae4b324fee2c55ba455ac90e9b27d149876f274a43428fabe0690a757b";
    const MULTIPLIED_TWIST: bool = false;

    fn times_three_quarters_b(a: &Fp2<Self>) -> Fp2<Self> {
        const FACTOR: Fp2<Bn254> = {
            let [re, im] = Bn254::B_TWIST.0;
            Fp2([three_quarters(&re, &Bn254::MODULUS), three_quarters(&im, &Bn254::MODULUS)])
        };
        a.mul(&FACTOR)
    }

    fn hard_part(f: &Fp12<Self>) -> Fp12<Self> {
        // Fuentes-Castaneda, Knapp and Rodriguez-Henriquez, "Faster hashing to G2": the
        // power to 2x (6x^2 + 3x + 1) times the exponent.
        const { assert!(exponent(&BN_CHAIN) == BN_X, "it leads to the parameter") };
        let power = |f: &Fp12<Self>| f.cyclotomic_power(&BN_CHAIN).conjugate();
        let y0 = power(f);
        let y1 = y0.cyclotomic_square();
        let y3 = y1.cyclotomic_square().mul(&y1);
        let y4 = power(&y3);
        let y6 = power(&y4.cyclotomic_square()).conjugate();
        let y8 = y6.mul(&y4).mul(&y3.conjugate());
        let y9 = y8.mul(&y1);
        let y13 = y9.frobenius().mul(&y8.mul(&y4).mul(f));
        let y14 = y8.frobenius_twice().mul(&y13);
        f.conjugate().mul(&y9).frobenius_twice().frobenius().mul(&y14)
    }
}
