//! The kernel in Rust, for hosts.

use core::slice;

use super::{Elements, Modulus, Term, constant};

pub(super) use super::constant::add;

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
