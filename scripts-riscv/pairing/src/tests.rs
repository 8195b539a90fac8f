//! Laws that pairings obey.

use num_bigint::BigUint;

use crate::{
    bls::{self, has_order},
    curve::{BLS_X, BN_X, Curve},
    cyclotomic::{By, exponent},
    field::{Field, Fp, Fp2, fp4, fp6},
    groth16::{INPUT, Key, ProofCurve, key_size, prepare_key, sum_of_inputs},
    kernel::{Bls12381, Bn254, Modulus},
    miller::{G1, G2, Walk, miller_loop, rooted_miller_loop},
    point::{Affine, Jacobian},
    root::Root,
    tower::Fp12,
};

/// e(2 p, q) = e(p, 2 q) = e(p, q)^2, which is not one.
fn is_bilinear<C: Curve>(p: &G1<C>, q: &G2<C>) {
    let pairing = |p: &G1<C>, q: &G2<C>| {
        let product = miller_loop(&(*p, *q), &mut []).expect("the point has the order");
        product.final_exponentiation()
    };
    let p2 = Jacobian::from(p).double().to_affine().expect("it is finite");
    let q2 = Jacobian::from(q).double().to_affine().expect("it is finite");
    assert!(p2.is_on(&C::B) && q2.is_on(&C::B_TWIST));
    let one = pairing(p, q);
    assert!(one != Fp12::ONE && one.mul(&one.inverse()) == Fp12::ONE);
    let mut square = Fp12::ONE;
    one.square_to(&mut square);
    assert!(square == one.cyclotomic_square() && square == one.mul(&one));
    assert!(one.frobenius().frobenius() == one.frobenius_twice());
    // One has no coefficient of w.
    let top = [(2, By::SameInverse), (3, By::SameInverse)];
    let steps = [(1, By::Same), (2, By::Inverse), (4, By::Base), (1, By::Inverse)];
    assert_eq!([exponent(&top), exponent(&steps)], [21, 353]);
    for element in [one, Fp12::ONE] {
        let plain = |exponent: u64| {
            (0..u64::BITS).rev().fold(Fp12::ONE, |power, bit| {
                let square = power.mul(&power);
                if exponent >> bit & 1 == 1 { square.mul(&element) } else { square }
            })
        };
        assert!(element.cyclotomic_power(&steps) == plain(353));
        let power = element.cyclotomic_power_of_runs([3, 2, 1], &top);
        assert!(power == plain(1 << 3 | 1 << 5 | 21 << 6));
    }
    assert!(pairing(&p2, q) == square);
    assert!(pairing(p, &q2) == square);
    let [part, other] =
        [(p2, *q), (p.neg(), q2)].map(|pair| miller_loop(&pair, &mut []).expect("as above"));
    let both = part.mul(&other);
    let pairs = [(p2, *q), (p.neg(), q2)];
    let together = rooted_miller_loop(&mut pairs.each_ref().map(Walk::new), &mut [], None);
    assert!(together == Some(both));
    assert!(both.final_exponentiation() == Fp12::ONE && !both.is_in_subfield());
    // With the root of the product it is in the extension of degree six.
    let root = Root::of(&both);
    let rooted =
        rooted_miller_loop(&mut [Walk::new(&(p2, *q))], &mut [], Some(&root)).expect("as above");
    assert!(rooted.mul(&other).is_in_subfield());
    let rooted =
        rooted_miller_loop(&mut [Walk::new(&(*p, *q))], &mut [], Some(&root)).expect("as above");
    assert!(!rooted.mul(&other).is_in_subfield());
    // For one pairing, which is not one, there is no root.
    let root = Root::of(&part);
    let rooted =
        rooted_miller_loop(&mut [Walk::new(&(p2, *q))], &mut [], Some(&root)).expect("as above");
    assert!(!rooted.is_in_subfield());
}

#[test]
fn bls12_381_is_bilinear() {
    // The generators, compressed.
    let mut p = [0; 48];
    let generator = fp6::<Bls12381>(
        "17f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb",
    );
    for (bytes, limb) in p.chunks_exact_mut(8).zip(generator.to_limbs().iter().rev()) {
        bytes.copy_from_slice(&limb.to_be_bytes());
    }
    p[0] |= 0x80;
    let p = bls::decode_signature(&p).expect("it is a point");
    assert!(has_order(&p));
    let q = bls::MINUS_GENERATOR;
    is_bilinear(&p, &q);
}

/// The generators of EIP-197.
fn bn254_generators() -> (G1<Bn254>, G2<Bn254>) {
    let p = Affine { x: Fp::ONE, y: Fp::ONE.double() };
    let q = Affine {
        x: Fp2::new(
            fp4::<Bn254>("1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed"),
            fp4("198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2"),
        ),
        y: Fp2::new(
            fp4("12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa"),
            fp4("090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b"),
        ),
    };
    (p, q)
}

fn inverts<C: Curve>() {
    let mut a = Fp::<C>(C::SQUARE);
    for _ in 0..200 {
        assert!(a.mul(&a.inverse()) == Fp::ONE);
        assert!(a.double().inverse().double() == a.inverse());
        a = a.mul(&a).add(&Fp::ONE);
    }
    assert!(Fp::<C>::ZERO.inverse().is_zero());
    // Numbers as they are kept: one, and those with many zeros at the end.
    for limb in 0..C::ZERO.as_ref().len() {
        let mut limbs = C::ZERO;
        limbs.as_mut()[limb] = 1;
        assert!(Fp::<C>(limbs).mul(&Fp(limbs).inverse()) == Fp::ONE);
    }
    let minus_one = Fp::<C>::ONE.neg();
    assert!(Fp::<C>::ONE.inverse() == Fp::ONE && minus_one.inverse() == minus_one);
}

#[test]
fn bn254_is_bilinear() {
    let (p, q) = bn254_generators();
    is_bilinear(&p, &q);
}

/// Sums of inputs times points, also where points are the same, opposite or missing.
#[test]
fn sums_of_inputs() {
    let (p, q) = bn254_generators();
    let times = |point: &G1<Bn254>, number: u64| {
        let mut product = Jacobian::INFINITY;
        for bit in (0..u64::BITS).rev() {
            product = product.double();
            if number >> bit & 1 == 1 {
                product = product.add_affine(point);
            }
        }
        product
    };
    let other = times(&p, 0x1234_5678_9abc_def1).to_affine().expect("it is finite");
    let input = |number: u64| {
        // The same in three blocks, and none in the highest.
        let mut input = [0; INPUT];
        for block in 1..4 {
            input[8 * block..][..8].copy_from_slice(&number.to_be_bytes());
        }
        input
    };
    let product = |point: &G1<Bn254>, number: u64| {
        // That is the product with 1 + 2^64 + 2^128.
        let once = times(point, number);
        let up = once.times(&[0; 64]);
        once.add(&up).add(&up.times(&[0; 64]))
    };
    let numbers = [0, 1, 0x8000_0000_0000_0001, 0xfedc_ba98_7654_3210];
    for second in [other, p, p.neg()] {
        let points = [other, p, second, other];
        let key = Key { alpha: p, beta: q, gamma: q, delta: q, points: &points };
        let mut bytes = vec![0; key_size::<Bn254>(3)];
        prepare_key(&key, &mut bytes).expect("the points are in their groups");
        let start = key_size::<Bn254>(0) - 2 * size_of::<Fp<Bn254>>();
        for (first, next) in numbers.iter().flat_map(|a| numbers.map(|b| (*a, b))) {
            let inputs = [first, next, 5].map(input);
            let sum = sum_of_inputs::<Bn254>(&bytes[start..], &inputs).expect("they are small");
            let expected = product(&p, first).add(&product(&second, next));
            let expected = expected.add(&product(&other, 5)).add_affine(&other);
            assert!(sum.to_affine() == expected.to_affine());
        }
    }
}

/// The numbers by which roots are found are inverses, as they are said to be.
#[test]
fn roots_are_roots() {
    let number = |limbs: &[u64]| {
        limbs.iter().rev().fold(BigUint::ZERO, |number, limb| (number << 64) + *limb)
    };
    let [p, order] = [number(&Bls12381::MODULUS), number(&Bls12381::ORDER)];
    is_inverse(Bls12381::ROOT, &(&p + BLS_X), &p, &order);
    let [p, order] = [number(&Bn254::MODULUS), number(&Bn254::ORDER)];
    is_inverse(
        Bn254::ROOT,
        &(6_u8 * BigUint::from(BN_X) + 2_u8 + &p + p.pow(3) - p.pow(2)),
        &p,
        &order,
    );
}

fn is_inverse(digits: &str, power: &BigUint, p: &BigUint, order: &BigUint) {
    let zero = BigUint::ZERO;
    let rest = (p.pow(6) + 1_u8) / order;
    assert!((p.pow(6) + 1_u8) % order == zero && &rest % order != zero && power % order == zero);
    let inverse = BigUint::parse_bytes(digits.as_bytes(), 16).expect("digits");
    assert_eq!(inverse * power % rest, BigUint::from(1_u8));
}

#[test]
fn inverses_are_inverses() {
    inverts::<Bls12381>();
    inverts::<Bn254>();
}
