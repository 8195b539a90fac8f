//! Laws that pairings obey.

use crate::{
    bls::{self, has_order},
    curve::Curve,
    field::{Field, Fp, Fp2, fp4, fp6},
    kernel::{Bls12381, Bn254},
    miller::{G1, G2, miller_loop},
    point::{Affine, Jacobian},
    tower::Fp12,
};

/// e(2 p, q) = e(p, 2 q) = e(p, q)^2, which is not one.
fn is_bilinear<C: Curve>(p: &G1<C>, q: &G2<C>) {
    let pairing = |p: &G1<C>, q: &G2<C>| {
        let product = miller_loop(&[(*p, *q)], &mut []).expect("the point has the order");
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
    assert!(pairing(&p2, q) == square);
    assert!(pairing(p, &q2) == square);
    let both = miller_loop(&[(*p, *q), (p.neg(), *q)], &mut []).expect("as above");
    assert!(both.final_exponentiation() == Fp12::ONE);
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

#[test]
fn bn254_is_bilinear() {
    let p = Affine { x: Fp::ONE, y: Fp::ONE.double() };
    // EIP-197.
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
    is_bilinear(&p, &q);
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
fn inverses_are_inverses() {
    inverts::<Bls12381>();
    inverts::<Bn254>();
}
