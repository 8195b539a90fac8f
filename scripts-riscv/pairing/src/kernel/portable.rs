//! The kernel in Rust: for hosts, and to compare with.

use core::slice;

pub(super) use super::constant::add;
use super::{Elements, Modulus, Term, constant};
use crate::field::{Fp, Fp2};

pub(super) fn sub<const N: usize>(a: &[u64; N], b: &[u64; N], p: &[u64; N]) -> [u64; N] {
    let (negated, _) = constant::subtract(p, b);
    add(a, &negated, p)
}

pub(super) fn dot<const N: usize>(terms: &[Term<'_, [u64; N]>], p: &[u64; N]) -> [u64; N] {
    terms.iter().fold([0; N], |sum, term| add(&sum, &constant::multiply(term.a, term.b, p), p))
}

pub(super) fn extension_dot<const N: usize>(
    terms: &[Term<'_, [[u64; N]; 2]>],
    p: &[u64; N],
) -> [[u64; N]; 2] {
    let mut sum = [[0; N]; 2];
    for Term { a: [a0, a1], b: [b0, b1] } in terms {
        let [re, im] = sum;
        let product = |a, b| constant::multiply(a, b, p);
        sum = [
            sub(&add(&re, &product(a0, b0), p), &product(a1, b1), p),
            add(&add(&im, &product(a0, b1), p), &product(a1, b0), p),
        ];
    }
    sum
}

pub(super) fn squarings<const N: usize>(a: &[u64; N], count: usize, p: &[u64; N]) -> [u64; N] {
    (0..count).fold(*a, |a, _| constant::multiply(&a, &a, p))
}

pub(super) fn times_xi<const N: usize>(
    [a0, a1]: &[[u64; N]; 2],
    re: usize,
    p: &[u64; N],
) -> [[u64; N]; 2] {
    let times = |a| (0..re).fold([0; N], |sum, _| add(&sum, a, p));
    [sub(&times(a0), a1, p), add(&times(a1), a0, p)]
}

pub(super) fn square4<const N: usize>(
    a: &[[u64; N]; 2],
    b: &[[u64; N]; 2],
    re: usize,
    p: &[u64; N],
) -> [[[u64; N]; 2]; 2] {
    let times_b = times_xi(b, re, p);
    let terms = [Term { a, b: a }, Term { a: b, b: &times_b }];
    [extension_dot(&terms, p), extension_dot(&[Term { a, b }, Term { a, b }], p)]
}

/// An operation on each pair of elements.
pub(super) fn each<M: Modulus, T: Elements<M>>(
    a: &T,
    b: &T,
    operation: impl Fn(&M::Limbs, &M::Limbs) -> M::Limbs,
) -> T {
    let mut result = *a;
    let place = (&raw mut result).cast::<M::Limbs>();
    // SAFETY: the trait says that the value is so many elements.
    let elements = unsafe { slice::from_raw_parts_mut(place, T::COUNT) };
    // SAFETY: as above.
    let others = unsafe { slice::from_raw_parts((&raw const *b).cast::<M::Limbs>(), T::COUNT) };
    for (element, other) in elements.iter_mut().zip(others) {
        *element = operation(element, other);
    }
    result
}

/// Whether the assembly and the same in Rust agree on pairs of elements of the extension,
/// one or more, each number of them below the modulus.
///
/// # Panics
///
/// If there is no pair.
#[must_use]
pub fn is_portable<const N: usize, M: Modulus<Limbs = [u64; N]>>(
    pairs: &[[[[u64; N]; 2]; 2]],
) -> bool {
    let p = &M::MODULUS;
    let sums = (1..=pairs.len().min(M::MAX_TERMS)).all(|count| {
        let extension: [_; TERMS] = core::array::from_fn(|at| {
            let [a, b] = &pairs[at % pairs.len()];
            Term { a, b }
        });
        let real: [_; TERMS] =
            extension.each_ref().map(|term| Term { a: &term.a[0], b: &term.b[0] });
        let mixed: [_; TERMS] =
            extension.each_ref().map(|term| Term { a: &term.a[1], b: &term.b[0] });
        M::extension_dot(&extension[..count]) == extension_dot(&extension[..count], p)
            && M::dot(&real[..count]) == dot(&real[..count], p)
            && M::dot(&mixed[..count]) == dot(&mixed[..count], p)
    });
    sums && pairs.iter().all(|[a, b]| {
        let squares = [1, 2, 17].into_iter().all(|count| {
            [a[0], a[1], b[0]].iter().all(|a| {
                let mut to = M::ZERO;
                M::squarings_to(&mut to, a, count);
                to == squarings(a, count, p) && to == M::squarings(a, count)
            })
        });
        let (mut even, mut odd) = ([M::ZERO; 2], [M::ZERO; 2]);
        M::square4([&mut even, &mut odd], a, b);
        squares
            && [even, odd] == square4(a, b, M::XI, p)
            && M::extension_square(a) == extension_dot(&[Term { a, b: a }], p)
            && M::extension_square(b) == extension_dot(&[Term { a: b, b }], p)
            && M::times_xi(a) == times_xi(a, M::XI, p)
            && M::times_xi(b) == times_xi(b, M::XI, p)
            && is_linear::<N, M, _>(&Fp(a[0]), &Fp(b[0]))
            && is_linear::<N, M, _>(&Fp2(*a), &Fp2(*b))
            && is_linear::<N, M, _>(&[Fp2(*a), Fp2(*b), Fp2(*a)], &[Fp2(*b), Fp2(*a), Fp2(*a)])
    })
}

/// At least [`MAX_TERMS`](Modulus::MAX_TERMS) of both fields.
const TERMS: usize = 9;

/// Whether sums and differences are the same.
fn is_linear<const N: usize, M: Modulus<Limbs = [u64; N]>, T: Elements<M> + Eq>(
    a: &T,
    b: &T,
) -> bool {
    let p = &M::MODULUS;
    let (mut added, mut subtracted) = (*a, *a);
    M::add_assign(&mut added, b);
    M::sub_assign(&mut subtracted, b);
    let (mut doubled, mut added3, mut subtracted3) = (*a, *a, *a);
    M::double_assign(&mut doubled);
    M::add3_assign(&mut added3, b);
    M::sub3_assign(&mut subtracted3, b);
    let twice_and_once = |part: [u64; N], a: &[u64; N]| add(&add(&part, &part, p), a, p);
    let sum = each(a, b, |a, b| add(a, b, p));
    let difference = each(a, b, |a, b| sub(a, b, p));
    M::add(a, b) == sum
        && added == sum
        && M::sub(a, b) == difference
        && subtracted == difference
        && doubled == each(a, a, |a, b| add(a, b, p))
        && added3 == each(a, b, |a, b| twice_and_once(add(a, b, p), a))
        && subtracted3 == each(a, b, |a, b| twice_and_once(sub(a, b, p), a))
}

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;

    use super::{
        super::{Bls12381, Bn254, Modulus},
        constant, sub,
    };

    fn value<const N: usize>(limbs: &[u64; N]) -> BigUint {
        limbs.iter().rev().fold(BigUint::ZERO, |value, limb| (value << 64) + *limb)
    }

    /// What the assembly is made of is right here, for limbs at edges.
    fn agrees<const N: usize, M: Modulus<Limbs = [u64; N]>>() {
        let p = &M::MODULUS;
        let numbers: Vec<[u64; N]> = (0..5_usize.pow(N as u32))
            .map(|choice| {
                core::array::from_fn(|at| {
                    let limbs = [0, 1, p[at] - 1, p[at], u64::MAX];
                    limbs[choice / 5_usize.pow(at as u32) % 5]
                })
            })
            .filter(|number| value(number) < value(p))
            .collect();
        for (at, a) in numbers.iter().enumerate() {
            // Some of the others, and itself.
            for b in numbers.iter().skip(at % 1009).step_by(1009).chain([a]) {
                let (x, y, p_) = (value(a), value(b), value(p));
                let product = constant::multiply(a, b, p);
                assert_eq!((value(&product) << (64 * N)) % &p_, &x * &y % &p_);
                assert!(value(&product) < p_);
                assert_eq!(value(&constant::add(a, b, p)), (&x + &y) % &p_);
                assert_eq!(value(&sub(a, b, p)), (&x + &p_ - &y) % &p_);
            }
        }
        assert!(numbers.len() > 300);
    }

    #[test]
    fn agrees_with_a_library() {
        agrees::<6, Bls12381>();
        agrees::<4, Bn254>();
    }
}
