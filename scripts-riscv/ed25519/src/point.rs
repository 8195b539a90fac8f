//! Points of the curve -x^2 + y^2 = 1 + d x^2 y^2, and sums of their multiples.
//!
//! Formulas are those for extended coordinates by Hisil, Wong, Carter and Dawson (2008),
//! which are complete: no case is special.

use crate::{
    field::Element,
    scalar::{self, Digits},
    table,
};

/// d = -121665 / 121666.
pub(crate) const D: Element = Element(table::D);
/// 2 d.
const D2: Element = Element(table::D2);
/// A square root of -1.
const ROOT: Element = Element(table::ROOT);

/// A point: x = X / Z, y = Y / Z, x y = T / Z.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Point {
    x: Element,
    y: Element,
    z: Element,
    t: Element,
}

/// A point as it is added: y + x, y - x, 2 d x y, all times Z, and 2 Z.
#[derive(Clone, Copy, Debug)]
struct Multiple {
    terms: [Element; 3],
    z2: Element,
}

impl Multiple {
    const ZERO: Self = Self { terms: [Element::ZERO; 3], z2: Element::ZERO };

    #[inline(always)]
    fn summand(&self) -> Summand<'_> {
        Summand { terms: &self.terms, z2: Some(&self.z2) }
    }
}

/// A [`Multiple`] by reference, without 2 Z if Z is one.
#[derive(Clone, Copy, Debug)]
struct Summand<'a> {
    terms: &'a [Element; 3],
    z2: Option<&'a Element>,
}

/// What doubling and adding end with: X = E F, Y = G H, Z = F G, T = E H.
struct Factors<'a> {
    e: &'a Element,
    f: &'a Element,
    g: &'a Element,
    h: &'a Element,
}

impl Factors<'_> {
    /// The point, with T only if it is `wanted`.
    #[inline(always)]
    fn multiply(self, into: &mut Point, wanted: bool) {
        let Self { e, f, g, h } = self;
        into.x.set_product(e, f);
        into.y.set_product(g, h);
        into.z.set_product(f, g);
        if wanted {
            into.t.set_product(e, h);
        }
    }
}

impl Point {
    const IDENTITY: Self =
        Self { x: Element::ZERO, y: Element::ONE, z: Element::ONE, t: Element::ZERO };

    /// The point that `bytes` encode (RFC 8032, section 5.1.3), if they do.
    pub(crate) fn from_bytes(bytes: &[u8; 32]) -> Option<Self> {
        let mut y = *bytes;
        let odd = y[31] >> 7 == 1;
        y[31] &= 0x7f;
        let y = Element::from_bytes(&y)?;
        let y2 = y.square();
        let (u, v) = (&y2 - &Element::ONE, &(&y2 * &D) + &Element::ONE);
        // x^2 = u / v.
        let uv3 = &(&v.square() * &v) * &u;
        let v4 = v.square().square();
        let mut x = &(&uv3 * &v4).power_for_root() * &uv3;
        let vx2 = &x.square() * &v;
        if !(&vx2 - &u).is_zero() {
            if !(&vx2 + &u).is_zero() {
                return None;
            }
            x = &x * &ROOT;
        }
        if x.is_odd() != odd {
            if x.is_zero() {
                return None;
            }
            x = x.negate();
        }
        Some(Self { x, y, z: Element::ONE, t: &x * &y })
    }

    pub(crate) fn is_identity(&self) -> bool {
        self.x.is_zero() && (&self.y - &self.z).is_zero()
    }

    pub(crate) fn negate(self) -> Self {
        Self { x: self.x.negate(), t: self.t.negate(), ..self }
    }

    /// Doubles it; T is only made if it is `wanted`.
    #[inline(never)]
    fn double(&mut self, wanted: bool) {
        let a = self.x.square();
        let b = self.y.square();
        let z2 = self.z.square();
        let [h, g] = &a.sum_and_difference(&b);
        let e = h - &(&self.x + &self.y).square();
        let f = &(&z2 + &z2) + g;
        Factors { e: &e, f: &f, g, h }.multiply(self, wanted);
    }

    /// Adds a summand, or subtracts it; T is only made if it is `wanted`.
    #[inline(never)]
    fn add(&mut self, other: Summand<'_>, subtract: bool, wanted: bool) {
        let [plus, minus, t] = other.terms;
        let (plus, minus) = if subtract { (minus, plus) } else { (plus, minus) };
        let [sum, difference] = &self.y.sum_and_difference(&self.x);
        let (a, b) = (difference * minus, sum * plus);
        let c = &self.t * t;
        let d = match other.z2 {
            Some(z2) => &self.z * z2,
            None => &self.z + &self.z,
        };
        let [h, e] = &b.sum_and_difference(&a);
        let [more, less] = &d.sum_and_difference(&c);
        let (f, g) = if subtract { (more, less) } else { (less, more) };
        Factors { e, f, g, h }.multiply(self, wanted);
    }

    /// Writes it as it is added.
    #[inline(never)]
    fn write(&self, multiple: &mut Multiple) {
        multiple.terms = [&self.y + &self.x, &self.y - &self.x, &self.t * &D2];
        multiple.z2 = &self.z + &self.z;
    }

    /// Writes its first eight odd multiples, and loses it.
    #[inline(never)]
    fn write_odd_multiples(&mut self, multiples: &mut [Multiple; 8]) {
        let mut twice = *self;
        twice.double(true);
        let mut step = Multiple::ZERO;
        twice.write(&mut step);
        self.write(&mut multiples[0]);
        for multiple in &mut multiples[1..] {
            self.add(step.summand(), false, true);
            self.write(multiple);
        }
    }
}

/// The sum of the base point and of two other points, each times its factor.
pub(crate) fn sum_of_multiples(base: &[u64; 4], others: [(&[u64; 4], Point); 2]) -> Point {
    // Digits of both halves of the factor of the base point, then of the other factors.
    let mut digits: Digits = [[0; 4]; 256];
    let [(factor_1, mut point_1), (factor_2, mut point_2)] = others;
    let length = scalar::digits(&[base[0], base[1], 0, 0], table::WIDTH, &mut digits, 0)
        .max(scalar::digits(&[base[2], base[3], 0, 0], table::WIDTH, &mut digits, 1))
        .max(scalar::digits(factor_1, 5, &mut digits, 2))
        .max(scalar::digits(factor_2, 5, &mut digits, 3));
    let mut multiples = [[Multiple::ZERO; 8]; 2];
    point_1.write_odd_multiples(&mut multiples[0]);
    point_2.write_odd_multiples(&mut multiples[1]);
    let mut sum = Point::IDENTITY;
    for (at, place) in digits[..length].iter().enumerate().rev() {
        let mut left = u32::from_le_bytes(place.map(i8::cast_unsigned));
        if at + 1 < length {
            sum.double(left != 0);
        }
        while left != 0 {
            let source = left.trailing_zeros() / 8;
            let digit = (left >> (8 * source)) as i8;
            left &= !(0xff << (8 * source));
            let source = source as usize;
            let index = usize::from(digit.unsigned_abs() / 2);
            let summand = if source < 2 {
                Summand { terms: &table::BASE[source][index], z2: None }
            } else {
                multiples[source - 2][index].summand()
            };
            sum.add(summand, digit < 0, left != 0);
        }
    }
    sum
}
