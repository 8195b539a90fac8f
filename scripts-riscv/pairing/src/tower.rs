//! The extension of degree twelve, as a quadratic one, by w, of a cubic one, by v = w^2.

use crate::{
    curve::Curve,
    field::{Field, Fp2},
};

/// Three coefficients of powers of v; v^3 = xi.
type Fp6<C> = [Fp2<C>; 3];

/// An element: the coefficients of 1, v, v^2, then those times w.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Fp12<C: Curve>(pub [Fp6<C>; 2]);

fn add6<C: Curve>(a: &Fp6<C>, b: &Fp6<C>) -> Fp6<C> {
    C::add(a, b)
}

fn sub6<C: Curve>(a: &Fp6<C>, b: &Fp6<C>) -> Fp6<C> {
    C::sub(a, b)
}

#[inline(never)]
fn mul6<C: Curve>(a: &Fp6<C>, b: &Fp6<C>) -> Fp6<C> {
    let [a0, a1, a2] = a;
    let [b0, b1, b2] = b;
    let [x1, x2] = [&b1.times_xi(), &b2.times_xi()];
    [
        Fp2::dot([(a0, b0), (a1, x2), (a2, x1)]),
        Fp2::dot([(a0, b1), (a1, b0), (a2, x2)]),
        Fp2::dot([(a0, b2), (a1, b1), (a2, b0)]),
    ]
}

/// The product with v.
fn times_v<C: Curve>(a: &Fp6<C>) -> Fp6<C> {
    [a[2].times_xi(), a[0], a[1]]
}

fn inverse6<C: Curve>([a, b, c]: &Fp6<C>) -> Fp6<C> {
    let x = a.square().sub(&b.mul(c).times_xi());
    let y = c.square().times_xi().sub(&a.mul(b));
    let z = b.square().sub(&a.mul(c));
    let norm = Fp2::dot([(a, &x), (b, &z.times_xi()), (c, &y.times_xi())]);
    let inverse = norm.inverse();
    [x.mul(&inverse), y.mul(&inverse), z.mul(&inverse)]
}

/// A line: coefficients of 1, v and v w for a multiplied twist, of 1, w and v w for the
/// other.
pub type Line<C> = [Fp2<C>; 3];

impl<C: Curve> Fp12<C> {
    /// One.
    pub const ONE: Self = Self([[Fp2::ONE, Fp2::ZERO, Fp2::ZERO], [Fp2::ZERO; 3]]);

    /// The product.
    #[must_use]
    #[inline(never)]
    pub fn mul(&self, other: &Self) -> Self {
        let [a0, a1] = &self.0;
        let [b0, b1] = &other.0;
        let mut v0 = mul6(a0, b0);
        let v1 = mul6(a1, b1);
        let mut cross = mul6(&add6(a0, a1), &add6(b0, b1));
        C::sub_assign(&mut cross, &v0);
        C::sub_assign(&mut cross, &v1);
        C::add_assign(&mut v0, &times_v(&v1));
        Self([v0, cross])
    }

    /// The square.
    #[must_use]
    #[inline(never)]
    pub fn square(&self) -> Self {
        let [a, b] = &self.0;
        let ab = mul6(a, b);
        let mut shifted = times_v(b);
        C::add_assign(&mut shifted, a);
        let mut first = mul6(&add6(a, b), &shifted);
        C::sub_assign(&mut first, &ab);
        C::sub_assign(&mut first, &times_v(&ab));
        Self([first, add6(&ab, &ab)])
    }

    /// The inverse; zero for zero.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let [a, b] = &self.0;
        let norm = sub6(&mul6(a, a), &times_v(&mul6(b, b)));
        let inverse = inverse6(&norm);
        let b = mul6(b, &inverse);
        Self([mul6(a, &inverse), [b[0].neg(), b[1].neg(), b[2].neg()]])
    }

    /// The power to p^6: w becomes -w. For elements of norm one, the inverse.
    #[must_use]
    pub fn conjugate(&self) -> Self {
        let [a, b] = &self.0;
        Self([*a, sub6(&[Fp2::ZERO; 3], b)])
    }

    /// The power to p.
    #[must_use]
    #[inline(never)]
    pub fn frobenius(&self) -> Self {
        let [[a0, a1, a2], [b0, b1, b2]] = &self.0;
        let [g1, g2, g3, g4, g5] = &C::GAMMA;
        Self([
            [a0.conjugate(), a1.conjugate().mul(g2), a2.conjugate().mul(g4)],
            [b0.conjugate().mul(g1), b1.conjugate().mul(g3), b2.conjugate().mul(g5)],
        ])
    }

    /// The product with a line.
    #[must_use]
    #[inline(never)]
    pub fn mul_by_line(&self, [l, m, n]: &Line<C>) -> Self {
        let [[f0, f1, f2], [g0, g1, g2]] = &self.0;
        let [xm, xn] = [&m.times_xi(), &n.times_xi()];
        if C::MULTIPLIED_TWIST {
            Self([
                [
                    Fp2::dot([(f0, l), (f2, xm), (g1, xn)]),
                    Fp2::dot([(f1, l), (f0, m), (g2, xn)]),
                    Fp2::dot([(f2, l), (f1, m), (g0, n)]),
                ],
                [
                    Fp2::dot([(g0, l), (g2, xm), (f2, xn)]),
                    Fp2::dot([(g1, l), (g0, m), (f0, n)]),
                    Fp2::dot([(g2, l), (g1, m), (f1, n)]),
                ],
            ])
        } else {
            Self([
                [
                    Fp2::dot([(f0, l), (g2, xm), (g1, xn)]),
                    Fp2::dot([(f1, l), (g0, m), (g2, xn)]),
                    Fp2::dot([(f2, l), (g1, m), (g0, n)]),
                ],
                [
                    Fp2::dot([(g0, l), (f0, m), (f2, xn)]),
                    Fp2::dot([(g1, l), (f1, m), (f0, n)]),
                    Fp2::dot([(g2, l), (f2, m), (f1, n)]),
                ],
            ])
        }
    }

    /// The product with a line one of whose coefficients is one: that of v w for a
    /// multiplied twist, of 1 for the other. `m` and `n` are the other two, in order.
    #[must_use]
    #[inline(never)]
    pub fn mul_by_monic_line(&self, [m, n]: &[Fp2<C>; 2]) -> Self {
        let [[f0, f1, f2], [g0, g1, g2]] = &self.0;
        let (products, other) = if C::MULTIPLIED_TWIST {
            // m + n v + v w.
            let xn = &n.times_xi();
            (
                [
                    [
                        Fp2::dot([(f0, m), (f2, xn)]),
                        Fp2::dot([(f1, m), (f0, n)]),
                        Fp2::dot([(f2, m), (f1, n)]),
                    ],
                    [
                        Fp2::dot([(g0, m), (g2, xn)]),
                        Fp2::dot([(g1, m), (g0, n)]),
                        Fp2::dot([(g2, m), (g1, n)]),
                    ],
                ],
                [[g1.times_xi(), g2.times_xi(), *g0], [f2.times_xi(), *f0, *f1]],
            )
        } else {
            // 1 + m w + n v w.
            let [xm, xn] = [&m.times_xi(), &n.times_xi()];
            (
                [
                    [
                        Fp2::dot([(g2, xm), (g1, xn)]),
                        Fp2::dot([(g0, m), (g2, xn)]),
                        Fp2::dot([(g1, m), (g0, n)]),
                    ],
                    [
                        Fp2::dot([(f0, m), (f2, xn)]),
                        Fp2::dot([(f1, m), (f0, n)]),
                        Fp2::dot([(f2, m), (f1, n)]),
                    ],
                ],
                self.0,
            )
        };
        let mut products = products;
        for (product, other) in products.iter_mut().zip(&other) {
            C::add_assign(product, other);
        }
        Self(products)
    }

    /// The square of an element of the cyclotomic subgroup: Granger and Scott, "Faster
    /// squaring in the cyclotomic subgroup of sixth degree extensions".
    #[must_use]
    #[inline(never)]
    pub fn cyclotomic_square(&self) -> Self {
        let [r, s] = &self.0;
        let [[r0, r4, r3], [r2, r1, r5]] = [r, s];
        let (t0, t1) = square4(r0, r1);
        let (t2, t3) = square4(r2, r3);
        let (t4, t5) = square4(r4, r5);
        let t = [t0, t2, t4];
        let u = [t5.times_xi(), t1, t3];
        Self([C::sub3(&t, r), C::add3(&u, s)])
    }

    /// The power, in the cyclotomic subgroup, to an exponent whose highest digit is one
    /// and whose digits below are given: 1, 0, -1.
    #[must_use]
    #[inline(never)]
    pub fn cyclotomic_power(&self, digits: &[i8]) -> Self {
        let inverse = self.conjugate();
        let mut power = *self;
        for digit in digits {
            power = power.cyclotomic_square();
            match digit {
                0 => {}
                1.. => power = power.mul(self),
                ..0 => power = power.mul(&inverse),
            }
        }
        power
    }

    /// The power to a multiple, prime to the order of the pairing, of (p^12 - 1) / r.
    #[must_use]
    pub fn final_exponentiation(&self) -> Self {
        let f = self.conjugate().mul(&self.inverse());
        let f = f.frobenius().frobenius().mul(&f);
        C::hard_part(&f)
    }
}

/// The square of `a + b s`, where s^2 = xi.
#[inline(never)]
fn square4<C: Curve>(a: &Fp2<C>, b: &Fp2<C>) -> (Fp2<C>, Fp2<C>) {
    let [a2, b2] = [a.square(), b.square()];
    let mut cross = a.add(b).square();
    C::sub_assign(&mut cross, &a2);
    C::sub_assign(&mut cross, &b2);
    let mut square = b2.times_xi();
    C::add_assign(&mut square, &a2);
    (square, cross)
}
