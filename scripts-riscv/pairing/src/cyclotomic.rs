//! The cyclotomic subgroup, where elements are after the first part of the final
//! exponentiation: squares are cheaper there, and inverses are conjugates.
//!
//! With s = w^3 an element is A + B w + C w^2, for A, B and C in the extension of degree
//! four by s. Its square is 3 A^2 - 2 A', 3 s C^2 + 2 B' and 3 B^2 - 2 C', with
//! conjugates A', B' and C' (Granger and Scott, "Faster squaring in the cyclotomic
//! subgroup of sixth degree extensions"). So squares can be taken of B and C alone, which
//! the element can be found from again.

use crate::{
    curve::Curve,
    field::{Field, Fp2},
    tower::{Chain, Fp12},
};

/// A step of a chain: how often the power so far is squared, and what the result is
/// multiplied by.
pub type Step = (u32, By);

/// A factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// What is raised.
    Base,
    /// Its inverse.
    Inverse,
    /// The power before it was squared.
    Same,
    /// The inverse of that.
    SameInverse,
}

/// The exponent that a chain of steps leads to, from one.
#[must_use]
pub const fn exponent(steps: &[Step]) -> u64 {
    let mut exponent = 1;
    let mut i = 0;
    while i < steps.len() {
        let (squarings, by) = steps[i];
        let power = exponent << squarings;
        exponent = match by {
            By::Base => power + 1,
            By::Inverse => power - 1,
            By::Same => power + exponent,
            By::SameInverse => power - exponent,
        };
        i += 1;
    }
    exponent
}

/// Makes `to` the square of `a + b s`, where s^2 = xi.
#[inline(always)]
fn set_square4<C: Curve>([even, odd]: [&mut Fp2<C>; 2], [a, b]: [&Fp2<C>; 2]) {
    C::square4([&mut even.0, &mut odd.0], &a.0, &b.0);
}

impl<C: Curve> Fp12<C> {
    /// The square of an element of the cyclotomic subgroup, to a place.
    #[inline(never)]
    pub fn cyclotomic_square_to(&self, to: &mut Self) {
        let [r, s] = &self.0;
        let [t, u] = &mut to.0;
        set_square4([&mut t[0], &mut u[1]], [&r[0], &s[1]]);
        set_square4([&mut t[1], &mut u[2]], [&s[0], &r[2]]);
        set_square4([&mut t[2], &mut u[0]], [&r[1], &s[2]]);
        C::times_xi_assign(&mut u[0].0);
        C::sub3_assign(t, r);
        C::add3_assign(u, s);
    }

    /// The square of an element of the cyclotomic subgroup.
    #[must_use]
    pub fn cyclotomic_square(&self) -> Self {
        let mut square = Self::ONE;
        self.cyclotomic_square_to(&mut square);
        square
    }

    /// The power, in the cyclotomic subgroup, to the [`exponent`] of a chain.
    #[must_use]
    #[inline(never)]
    pub fn cyclotomic_power(&self, steps: &[Step]) -> Self {
        let inverse = self.conjugate();
        let (mut power, mut room) = (*self, *self);
        let mut chain = Chain { value: &mut power, room: &mut room };
        for (squarings, by) in steps {
            let before;
            let factor = match by {
                By::Base => self,
                By::Inverse => &inverse,
                By::Same => {
                    before = *chain.value;
                    &before
                }
                By::SameInverse => {
                    before = chain.value.conjugate();
                    &before
                }
            };
            for _ in 0..*squarings {
                chain.step(Self::cyclotomic_square_to);
            }
            chain.step(|power, to| power.mul_to(factor, to));
        }
        *chain.value
    }

    /// The power, in the cyclotomic subgroup, to a sum of powers of two: the first is to
    /// the first number, each other one to the one before it and its number more, and the
    /// last is times the exponent of a chain.
    #[must_use]
    #[inline(never)]
    pub fn cyclotomic_power_of_runs<const K: usize>(
        &self,
        runs: [usize; K],
        steps: &[Step],
    ) -> Self {
        let mut compressed = Compressed::from(self);
        let mut parts = [compressed; K];
        for (part, run) in parts.iter_mut().zip(runs) {
            let mut room = compressed;
            let mut chain = Chain { value: &mut compressed, room: &mut room };
            for _ in 0..run {
                chain.step(Compressed::square_to);
            }
            *part = *chain.value;
            compressed = *part;
        }
        let mut powers = [*self; K];
        if !Compressed::decompress(&parts, &mut powers) {
            let mut power = *self;
            for (to, run) in powers.iter_mut().zip(runs) {
                for _ in 0..run {
                    power = power.cyclotomic_square();
                }
                *to = power;
            }
        }
        let [others @ .., last] = &powers[..] else { return Self::ONE };
        let (mut product, mut room) = (last.cyclotomic_power(steps), *self);
        let mut chain = Chain { value: &mut product, room: &mut room };
        for other in others {
            chain.step(|product, to| product.mul_to(other, to));
        }
        *chain.value
    }
}

/// An element of the cyclotomic subgroup without A: Karabina, "Squaring in cyclotomic
/// subgroups". With `w` for B and `w^2` for C: the even coefficients of C and the odd one
/// of B, then the even one of B and the odd one of C.
#[derive(Clone, Copy, Debug)]
struct Compressed<C: Curve>([[Fp2<C>; 2]; 2]);

impl<C: Curve> From<&Fp12<C>> for Compressed<C> {
    fn from(element: &Fp12<C>) -> Self {
        let [[_, c2, c4], [c1, _, c5]] = element.0;
        Self([[c2, c4], [c1, c5]])
    }
}

impl<C: Curve> Compressed<C> {
    /// The square, to a place.
    #[inline(never)]
    fn square_to(&self, to: &mut Self) {
        let [r, s] = &self.0;
        let [t, u] = &mut to.0;
        set_square4([&mut t[0], &mut u[1]], [&s[0], &r[1]]);
        set_square4([&mut t[1], &mut u[0]], [&r[0], &s[1]]);
        C::times_xi_assign(&mut u[0].0);
        C::sub3_assign(t, r);
        C::add3_assign(u, s);
    }

    /// Makes `to` the elements, by one inversion; false if a coefficient of w is zero, as
    /// of one.
    fn decompress<const K: usize>(all: &[Self; K], to: &mut [Fp12<C>; K]) -> bool {
        let denominators = all.each_ref().map(|element| element.0[1][0].double().double());
        // Products of those before each, and then the inverse of the product of those up
        // to it.
        let mut product = Fp2::ONE;
        let before = denominators.each_ref().map(|denominator| {
            let before = product;
            product = before.mul(denominator);
            before
        });
        if product.is_zero() {
            return false;
        }
        let mut inverse = product.inverse();
        for i in (0..K).rev() {
            all[i].complete(&inverse.mul(&before[i]), &mut to[i]);
            inverse = inverse.mul(&denominators[i]);
        }
        true
    }

    /// The element, from the inverse of four times the coefficient of w.
    #[inline(never)]
    fn complete(&self, inverse: &Fp2<C>, to: &mut Fp12<C>) {
        let [[c2, c4], [c1, c5]] = &self.0;
        let [[to_c0, to_c2, to_c4], [to_c1, c3, to_c5]] = &mut to.0;
        (*to_c1, *to_c2, *to_c4, *to_c5) = (*c1, *c2, *c4, *c5);
        // c3 = (xi c5^2 + 3 c2^2 - 2 c4) / (4 c1) and
        // c0 = xi (2 c3^2 + c1 c5 - 3 c2 c4) + 1.
        let square = c2.square();
        let sum = c5.square().times_xi().add(&square).add(&square.sub(c4).double());
        c3.set_dot(&[sum.by(inverse)]);
        let product = c2.mul(c4);
        to_c0.set_dot(&[c3.by(&c3.double()), c1.by(c5)]);
        C::sub_assign(to_c0, &product.double().add(&product));
        C::times_xi_assign(&mut to_c0.0);
        C::add_assign(to_c0, &Fp2::ONE);
    }
}
