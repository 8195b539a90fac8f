//! The kernel in Rust, for hosts.

use super::{Term, constant};

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
