//! Points of curves y^2 = x^3 + b.

use crate::field::Field;

/// A point other than the one at infinity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Affine<F> {
    /// The first coordinate.
    pub x: F,
    /// The second coordinate.
    pub y: F,
}

impl<F: Field> Affine<F> {
    /// Whether the equation with `b` holds.
    #[must_use]
    pub fn is_on(&self, b: &F) -> bool {
        self.x.square().mul(&self.x).add(b) == self.y.square()
    }

    /// The negative.
    #[must_use]
    pub fn neg(&self) -> Self {
        Self { x: self.x, y: self.y.neg() }
    }
}

/// A point (x / z^2, y / z^3); at infinity if z is zero.
#[derive(Clone, Copy, Debug)]
pub struct Jacobian<F> {
    /// x z^2.
    pub x: F,
    /// y z^3.
    pub y: F,
    /// z.
    pub z: F,
}

impl<F: Field> From<&Affine<F>> for Jacobian<F> {
    fn from(point: &Affine<F>) -> Self {
        Self { x: point.x, y: point.y, z: F::ONE }
    }
}

impl<F: Field> Jacobian<F> {
    /// The point at infinity.
    pub const INFINITY: Self = Self { x: F::ONE, y: F::ONE, z: F::ZERO };

    /// Twice the point: with S = 4 X Y^2 and M = 3 X^2, it is (M^2 - 2 S,
    /// M (S - X') - 8 Y^4, 2 Y Z).
    #[must_use]
    #[inline(never)]
    pub fn double(&self) -> Self {
        let square = self.x.square();
        let m = square.double().add(&square);
        let twice = self.y.square().double();
        let four = twice.double();
        let s = self.x.mul(&four);
        let x = m.square().sub(&s.double());
        let y = m.mul_add(&s.sub(&x), &four, &twice.neg());
        let z = self.y.mul(&self.z).double();
        Self { x, y, z }
    }

    /// The sum.
    #[must_use]
    #[inline(never)]
    pub fn add(&self, other: &Self) -> Self {
        if self.z.is_zero() {
            return *other;
        }
        if other.z.is_zero() {
            return *self;
        }
        let [zz1, zz2] = [self.z.square(), other.z.square()];
        let u1 = self.x.mul(&zz2);
        let h = other.x.mul(&zz1).sub(&u1);
        let s1 = self.y.mul(&zz2.mul(&other.z));
        let r = other.y.mul(&zz1.mul(&self.z)).sub(&s1);
        self.finish_add(&u1, &h, &s1, &r, &self.z.mul(&other.z))
    }

    /// The sum with an affine point.
    #[must_use]
    #[inline(never)]
    pub fn add_affine(&self, other: &Affine<F>) -> Self {
        if self.z.is_zero() {
            return other.into();
        }
        let zz = self.z.square();
        let h = other.x.mul(&zz).sub(&self.x);
        let r = other.y.mul(&zz.mul(&self.z)).sub(&self.y);
        self.finish_add(&self.x, &h, &self.y, &r, &self.z)
    }

    /// The sum, of points that differ by `h` in x and by `r` in y, over a common z.
    #[inline(always)]
    fn finish_add(&self, x: &F, h: &F, y: &F, r: &F, z: &F) -> Self {
        if h.is_zero() {
            return if r.is_zero() { self.double() } else { Self::INFINITY };
        }
        let hh = h.square();
        let hhh = hh.mul(h);
        let v = x.mul(&hh);
        let x3 = r.square().sub(&hhh).sub(&v.double());
        let y3 = r.mul_add(&v.sub(&x3), y, &hhh.neg());
        Self { x: x3, y: y3, z: z.mul(h) }
    }

    /// The product with a number: bits below the highest one, which is one.
    #[must_use]
    pub fn times(&self, digits: &[i8]) -> Self {
        let mut product = *self;
        for digit in digits {
            product = product.double();
            if *digit != 0 {
                product = product.add(self);
            }
        }
        product
    }

    /// Whether it is this affine point.
    #[must_use]
    pub fn is(&self, other: &Affine<F>) -> bool {
        let zz = self.z.square();
        !self.z.is_zero() && other.x.mul(&zz) == self.x && other.y.mul(&zz.mul(&self.z)) == self.y
    }

    /// The affine point; `None` at infinity.
    #[must_use]
    pub fn to_affine(&self) -> Option<Affine<F>> {
        if self.z.is_zero() {
            return None;
        }
        let inverse = self.z.inverse();
        let square = inverse.square();
        Some(Affine { x: self.x.mul(&square), y: self.y.mul(&square.mul(&inverse)) })
    }
}
