//! Points of the curve y^2 = x^3 - 3 x + b, and sums of their multiples.

use crate::{
    field::Element,
    scalar::{self, Digits},
    table,
};

/// A point: x = X / Z^2, y = Y / Z^3; Z = 0 is the point at infinity.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Point {
    pub(crate) x: Element,
    y: Element,
    pub(crate) z: Element,
}

/// A point that is not at infinity as it is added, with Z, Z^2 and Z^3.
#[derive(Clone, Copy, Debug)]
struct Multiple {
    x: Element,
    y: Element,
    z: [Element; 3],
}

/// A [`Multiple`] by reference, but for its y; without powers of Z if that is one.
#[derive(Clone, Copy, Debug)]
struct Summand<'a> {
    x: &'a Element,
    z: Option<&'a [Element; 3]>,
}

impl Point {
    const INFINITY: Self = Self { x: Element::ONE, y: Element::ONE, z: Element::ZERO };

    /// The point with these coordinates, if the curve has it.
    pub(crate) fn new(x: &[u64; 4], y: &[u64; 4]) -> Option<Self> {
        let (x, y) = (Element::from_number(x)?, Element::from_number(y)?);
        let three = &(&Element::ONE + &Element::ONE) + &Element::ONE;
        let right = &(&(&x.square() - &three) * &x) + &Element(table::B);
        (&y.square() - &right).is_zero().then_some(Self { x, y, z: Element::ONE })
    }

    /// Doubles it. No point has order two: infinity alone stays there.
    #[inline(never)]
    fn double(&mut self) {
        let z2 = self.z.square();
        let y2 = self.y.square();
        let v = &self.x * &y2;
        // The slope, times Z: with half of it, as usual, no other multiples are needed.
        let slope = (&(&self.x - &z2) * &(&self.x + &z2)).three_halves();
        self.z *= &self.y;
        self.x.set_difference(&(&slope.square() - &v), &v);
        self.y.set_difference(&(&slope * &(&v - &self.x)), &y2.square());
    }

    /// Adds a summand with this y, its own or its negated one.
    #[inline(never)]
    fn add(&mut self, other: Summand<'_>, other_y: &Element) {
        let Summand { x: other_x, z: other_z } = other;
        if self.z.is_zero() {
            *self = Self { x: *other_x, y: *other_y, z: other_z.map_or(Element::ONE, |z| z[0]) };
            return;
        }
        let z2 = self.z.square();
        let z3 = &z2 * &self.z;
        if let Some([other_z, other_z2, other_z3]) = other_z {
            self.x *= other_z2;
            self.y *= other_z3;
            self.z *= other_z;
        }
        let h = &(other_x * &z2) - &self.x;
        let r = &(other_y * &z3) - &self.y;
        if h.is_zero() {
            if r.is_zero() {
                self.double();
            } else {
                *self = Self::INFINITY;
            }
            return;
        }
        let h2 = h.square();
        let h3 = &h * &h2;
        let v = &self.x * &h2;
        self.x.set_difference(&(&(&r.square() - &h3) - &v), &v);
        self.y *= &h3;
        let y = &(&r * &(&v - &self.x)) - &self.y;
        self.y = y;
        self.z *= &h;
    }

    /// Adds a summand with this y, or subtracts it.
    fn add_signed(&mut self, other: Summand<'_>, other_y: &Element, subtract: bool) {
        if subtract {
            self.add(other, &other_y.negate());
        } else {
            self.add(other, other_y);
        }
    }

    /// Writes its first eight odd multiples, and loses it, which is affine.
    ///
    /// The point is brought to the z of its double, which is divided out of both until the
    /// sums are made: adding does not tell the curves apart on which that is so.
    #[inline(never)]
    fn write_odd_multiples(&mut self, multiples: &mut [Multiple; 8]) {
        let mut twice = *self;
        twice.double();
        let z2 = twice.z.square();
        self.x *= &z2;
        self.y *= &(&z2 * &twice.z);
        for (at, multiple) in multiples.iter_mut().enumerate() {
            if at > 0 {
                self.add(Summand { x: &twice.x, z: None }, &twice.y);
            }
            multiple.x = self.x;
            multiple.y = self.y;
            let [z, z2, z3] = &mut multiple.z;
            *z = &self.z * &twice.z;
            *z2 = z.square();
            *z3 = &*z2 * &*z;
        }
    }
}

/// `a` times `point` plus `b` times the base point.
pub(crate) fn double_multiple(a: &[u64; 4], mut point: Point, b: &[u64; 4]) -> Point {
    let mut digits_a: Digits = [0; 257];
    let mut digits_b: Digits = [0; 257];
    let length_a = scalar::digits(a, 5, &mut digits_a);
    let length_b = scalar::digits(b, table::WIDTH, &mut digits_b);
    let zero = Multiple { x: Element::ZERO, y: Element::ZERO, z: [Element::ZERO; 3] };
    let mut multiples = [zero; 8];
    point.write_odd_multiples(&mut multiples);
    let mut sum = Point::INFINITY;
    let length = length_a.max(length_b);
    for at in (0..length).rev() {
        if at + 1 < length {
            sum.double();
        }
        let (digit_a, digit_b) = (digits_a[at], digits_b[at]);
        if digit_a != 0 {
            let Multiple { x, y, z } = &multiples[usize::from(digit_a.unsigned_abs() / 2)];
            sum.add_signed(Summand { x, z: Some(z) }, y, digit_a < 0);
        }
        if digit_b != 0 {
            let [x, y] = &table::BASE[usize::from(digit_b.unsigned_abs() / 2)];
            sum.add_signed(Summand { x, z: None }, y, digit_b < 0);
        }
    }
    sum
}
