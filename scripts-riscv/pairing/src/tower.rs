//! The extension of degree twelve, as a quadratic one, by w, of a cubic one, by v = w^2.

use crate::{
    curve::Curve,
    field::{Field, Fp2},
};

/// Three coefficients of powers of v; v^3 = xi.
pub type Fp6<C> = [Fp2<C>; 3];

/// An element: the coefficients of 1, v, v^2, then those times w.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Fp12<C: Curve>(pub [Fp6<C>; 2]);

fn add6<C: Curve>(a: &Fp6<C>, b: &Fp6<C>) -> Fp6<C> {
    C::add(a, b)
}

pub(crate) fn sub6<C: Curve>(a: &Fp6<C>, b: &Fp6<C>) -> Fp6<C> {
    C::sub(a, b)
}

/// Makes `to` the product.
#[inline(never)]
pub(crate) fn set_mul6<C: Curve>(to: &mut Fp6<C>, a: &Fp6<C>, b: &Fp6<C>) {
    let [a0, a1, a2] = a;
    let [b0, b1, b2] = b;
    let (x1, x2) = (&b1.times_xi(), &b2.times_xi());
    to[0].set_dot(&[a0.by(b0), a1.by(x2), a2.by(x1)]);
    to[1].set_dot(&[a0.by(b1), a1.by(b0), a2.by(x2)]);
    to[2].set_dot(&[a0.by(b2), a1.by(b1), a2.by(b0)]);
}

pub(crate) fn mul6<C: Curve>(a: &Fp6<C>, b: &Fp6<C>) -> Fp6<C> {
    let mut product = [Fp2::ZERO; 3];
    set_mul6(&mut product, a, b);
    product
}

/// Adds the product with v.
#[inline(never)]
pub(crate) fn add_times_v<C: Curve>([t0, others @ ..]: &mut Fp6<C>, [lower @ .., a2]: &Fp6<C>) {
    C::add_assign(t0, &a2.times_xi());
    C::add_assign(others, lower);
}

/// Subtracts the product with v.
fn sub_times_v<C: Curve>([t0, others @ ..]: &mut Fp6<C>, [lower @ .., a2]: &Fp6<C>) {
    C::sub_assign(t0, &a2.times_xi());
    C::sub_assign(others, lower);
}

pub(crate) fn inverse6<C: Curve>([a, b, c]: &Fp6<C>) -> Fp6<C> {
    let x = a.square().sub(&b.mul(c).times_xi());
    let y = c.square().times_xi().sub(&a.mul(b));
    let z = b.square().sub(&a.mul(c));
    let norm = Fp2::dot(&[a.by(&x), b.by(&z.times_xi()), c.by(&y.times_xi())]);
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
    pub fn mul(&self, other: &Self) -> Self {
        let mut product = Self::ONE;
        self.mul_to(other, &mut product);
        product
    }

    /// The product, to a place.
    #[inline(never)]
    pub fn mul_to(&self, other: &Self, to: &mut Self) {
        let [a0, a1] = &self.0;
        let [b0, b1] = &other.0;
        let [t0, t1] = &mut to.0;
        set_mul6(t0, a0, b0);
        let v1 = mul6(a1, b1);
        set_mul6(t1, &add6(a0, a1), &add6(b0, b1));
        C::sub_assign(t1, t0);
        C::sub_assign(t1, &v1);
        add_times_v(t0, &v1);
    }

    /// The square, to a place.
    #[inline(never)]
    pub fn square_to(&self, to: &mut Self) {
        let [a, b] = &self.0;
        let [t0, t1] = &mut to.0;
        set_mul6(t1, a, b);
        let mut shifted = *a;
        add_times_v(&mut shifted, b);
        set_mul6(t0, &add6(a, b), &shifted);
        C::sub_assign(t0, t1);
        sub_times_v(t0, t1);
        C::double_assign(t1);
    }

    /// The inverse; zero for zero.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let [a, b] = &self.0;
        let mut norm = mul6(a, a);
        sub_times_v(&mut norm, &mul6(b, b));
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

    /// The power to p^2.
    #[must_use]
    #[inline(never)]
    pub fn frobenius_twice(&self) -> Self {
        let mut power = *self;
        let [[_, a1, a2], [b0, b1, b2]] = &mut power.0;
        let [n1, n2, n3, n4, n5] = &C::GAMMA_NORMS;
        let [[_, from_a1, from_a2], [from_b0, from_b1, from_b2]] = &self.0;
        a1.set_scaled(from_a1, n2);
        a2.set_scaled(from_a2, n4);
        b0.set_scaled(from_b0, n1);
        b1.set_scaled(from_b1, n3);
        b2.set_scaled(from_b2, n5);
        power
    }

    /// The product with a line, to a place.
    #[inline(never)]
    pub fn mul_by_line_to(&self, [l, m, n]: &Line<C>, to: &mut Self) {
        let [[f0, f1, f2], [g0, g1, g2]] = &self.0;
        let [t, u] = &mut to.0;
        let (xm, xn) = (&m.times_xi(), &n.times_xi());
        if C::MULTIPLIED_TWIST {
            t[0].set_dot(&[f0.by(l), f2.by(xm), g1.by(xn)]);
            t[1].set_dot(&[f1.by(l), f0.by(m), g2.by(xn)]);
            t[2].set_dot(&[f2.by(l), f1.by(m), g0.by(n)]);
            u[0].set_dot(&[g0.by(l), g2.by(xm), f2.by(xn)]);
            u[1].set_dot(&[g1.by(l), g0.by(m), f0.by(n)]);
            u[2].set_dot(&[g2.by(l), g1.by(m), f1.by(n)]);
        } else {
            t[0].set_dot(&[f0.by(l), g2.by(xm), g1.by(xn)]);
            t[1].set_dot(&[f1.by(l), g0.by(m), g2.by(xn)]);
            t[2].set_dot(&[f2.by(l), g1.by(m), g0.by(n)]);
            u[0].set_dot(&[g0.by(l), f0.by(m), f2.by(xn)]);
            u[1].set_dot(&[g1.by(l), f1.by(m), f0.by(n)]);
            u[2].set_dot(&[g2.by(l), f2.by(m), f1.by(n)]);
        }
    }

    /// The product with a line one of whose coefficients is one, to a place: that of v w
    /// for a multiplied twist, of 1 for the other. `m` and `n` are the other two, in order.
    #[inline(never)]
    pub fn mul_by_monic_line_to(&self, [m, n]: &[Fp2<C>; 2], to: &mut Self) {
        let [f, g] = &self.0;
        let ([f0, f1, f2], [g0, g1, g2]) = (f, g);
        let [t, u] = &mut to.0;
        let xn = &n.times_xi();
        if C::MULTIPLIED_TWIST {
            // m + n v + v w.
            t[0].set_dot(&[f0.by(m), f2.by(xn)]);
            t[1].set_dot(&[f1.by(m), f0.by(n)]);
            t[2].set_dot(&[f2.by(m), f1.by(n)]);
            u[0].set_dot(&[g0.by(m), g2.by(xn)]);
            u[1].set_dot(&[g1.by(m), g0.by(n)]);
            u[2].set_dot(&[g2.by(m), g1.by(n)]);
            C::add_assign(&mut t[0], &g1.times_xi());
            C::add_assign(&mut t[1], &g2.times_xi());
            C::add_assign(&mut t[2], g0);
            add_times_v(u, f);
        } else {
            // 1 + m w + n v w.
            let xm = &m.times_xi();
            t[0].set_dot(&[g2.by(xm), g1.by(xn)]);
            t[1].set_dot(&[g0.by(m), g2.by(xn)]);
            t[2].set_dot(&[g1.by(m), g0.by(n)]);
            u[0].set_dot(&[f0.by(m), f2.by(xn)]);
            u[1].set_dot(&[f1.by(m), f0.by(n)]);
            u[2].set_dot(&[f2.by(m), f1.by(n)]);
            C::add_assign(t, f);
            C::add_assign(u, g);
        }
    }

    /// Whether [`final_exponentiation`](Self::final_exponentiation) makes this one, for a
    /// factor of an element that is a power to the order of the pairing: whether it is in
    /// the extension of degree six, and not zero.
    #[must_use]
    pub fn is_in_subfield(&self) -> bool {
        let [a, b] = &self.0;
        *b == [Fp2::ZERO; 3] && *a != [Fp2::ZERO; 3]
    }

    /// The power to a multiple, prime to the order of the pairing, of (p^12 - 1) / r.
    #[must_use]
    pub fn final_exponentiation(&self) -> Self {
        let f = self.conjugate().mul(&self.inverse());
        let f = f.frobenius_twice().mul(&f);
        C::hard_part(&f)
    }
}

/// An element that changes step by step, and room for the next one.
#[derive(Debug)]
pub struct Chain<'a, T> {
    /// The element.
    pub value: &'a mut T,
    /// The room.
    pub room: &'a mut T,
}

impl<T> Chain<'_, T> {
    /// Takes a step, which makes the next element of this one.
    #[inline(always)]
    pub fn step(&mut self, next: impl FnOnce(&T, &mut T)) {
        next(self.value, self.room);
        core::mem::swap(&mut self.value, &mut self.room);
    }
}
