//! The field of p = 2^256 - 2^224 + 2^192 + 2^96 - 1 elements.
//!
//! Arithmetic is assembly (`field.S`); hosts, where tests run, have the same in Rust.

use crate::table;

/// An element: any number below 2^256 that is congruent to it times 2^256, lowest limb
/// first.
#[derive(Clone, Copy, Debug)]
#[repr(transparent)]
pub(crate) struct Element(pub(crate) [u64; 4]);

/// The prime.
pub(crate) const P: [u64; 4] = [u64::MAX, 0xffff_ffff, 0, 0xffff_ffff_0000_0001];

impl Element {
    pub(crate) const ZERO: Self = Self([0; 4]);
    pub(crate) const ONE: Self = Self(table::ONE);

    /// The element that is `number`, if that is below the prime.
    pub(crate) fn from_number(number: &[u64; 4]) -> Option<Self> {
        number.iter().rev().lt(P.iter().rev()).then(|| &Self(*number) * &Self(table::R))
    }

    pub(crate) fn is_zero(self) -> bool {
        self.0 == [0; 4] || self.0 == P
    }

    pub(crate) fn square(&self) -> Self {
        square(self)
    }

    /// Three halves of it.
    pub(crate) fn three_halves(&self) -> Self {
        three_halves(self)
    }

    /// Becomes the difference of `a` and `b`: without a copy of it.
    #[inline(always)]
    pub(crate) fn set_difference(&mut self, a: &Self, b: &Self) {
        set_difference(self, a, b);
    }

    pub(crate) fn negate(&self) -> Self {
        &Self::ZERO - self
    }
}

impl core::ops::Mul for &Element {
    type Output = Element;

    #[inline(always)]
    fn mul(self, other: Self) -> Element {
        mul(self, other)
    }
}

impl core::ops::MulAssign<&Self> for Element {
    #[inline(always)]
    fn mul_assign(&mut self, other: &Self) {
        multiply(self, other);
    }
}

impl core::ops::Add for &Element {
    type Output = Element;

    #[inline(always)]
    fn add(self, other: Self) -> Element {
        add(self, other)
    }
}

impl core::ops::Sub for &Element {
    type Output = Element;

    #[inline(always)]
    fn sub(self, other: Self) -> Element {
        sub(self, other)
    }
}

#[cfg(target_arch = "riscv64")]
#[expect(unsafe_code, reason = "the arithmetic is assembly")]
mod arithmetic {
    use core::mem::MaybeUninit;

    use super::Element;

    core::arch::global_asm!(include_str!("../../asm/product.S"), include_str!("field.S"));
    unsafe extern "C" {
        fn verdict_p256_mul(r: *mut Element, a: *const Element, b: *const Element);
        fn verdict_p256_square(r: *mut Element, a: *const Element);
        fn verdict_p256_three_halves(r: *mut Element, a: *const Element);
        fn verdict_p256_add(r: *mut Element, a: *const Element, b: *const Element);
        fn verdict_p256_sub(r: *mut Element, a: *const Element, b: *const Element);
    }

    macro_rules! wrap {
        ($name:ident, $routine:ident $(, $second:ident)?) => {
            #[inline(always)]
            pub(super) fn $name(a: &Element $(, $second: &Element)?) -> Element {
                let mut r = MaybeUninit::uninit();
                // SAFETY: it reads its operands and writes all of the result.
                unsafe { $routine(r.as_mut_ptr(), a $(, $second)?) };
                // SAFETY: it is written.
                unsafe { r.assume_init() }
            }
        };
    }
    pub(super) fn multiply(a: &mut Element, b: &Element) {
        let a: *mut Element = a;
        // SAFETY: it reads its operands before it writes the result, all of it.
        unsafe { verdict_p256_mul(a, a, b) }
    }

    pub(super) fn set_difference(r: &mut Element, a: &Element, b: &Element) {
        // SAFETY: it reads its operands and writes all of the result.
        unsafe { verdict_p256_sub(r, a, b) }
    }

    wrap!(mul, verdict_p256_mul, b);
    wrap!(square, verdict_p256_square);
    wrap!(three_halves, verdict_p256_three_halves);
    wrap!(add, verdict_p256_add, b);
    wrap!(sub, verdict_p256_sub, b);
}

#[cfg(not(target_arch = "riscv64"))]
mod arithmetic {
    use super::Element;
    pub(super) use super::portable::{add, mul, square, sub, three_halves};

    pub(super) fn multiply(a: &mut Element, b: &Element) {
        *a = mul(a, b);
    }

    pub(super) fn set_difference(r: &mut Element, a: &Element, b: &Element) {
        *r = sub(a, b);
    }
}

/// The same as the assembly, in Rust: for hosts, and to compare with.
mod portable {
    use super::{Element, P};

    pub(super) fn mul(a: &Element, b: &Element) -> Element {
        let mut product = [0_u64; 8];
        for (i, x) in a.0.into_iter().enumerate() {
            let mut carry = 0;
            for (j, y) in b.0.into_iter().enumerate() {
                (product[i + j], carry) = x.carrying_mul_add(y, product[i + j], carry);
            }
            product[i + 4] = carry;
        }
        // As -p = 1 modulo 2^64, each limb is the multiple of p that clears it.
        let mut over = false;
        for i in 0..4 {
            let (factor, mut carry) = (product[i], 0);
            for (j, y) in P.into_iter().enumerate() {
                (product[i + j], carry) = factor.carrying_mul_add(y, product[i + j], carry);
            }
            (product[i + 4], over) = product[i + 4].carrying_add(carry, over);
        }
        let [.., a, b, c, d] = product;
        let r = Element([a, b, c, d]);
        if over { less_p(&r).0 } else { r }
    }

    pub(super) fn square(a: &Element) -> Element {
        mul(a, a)
    }

    pub(super) fn three_halves(a: &Element) -> Element {
        let mut half = [0; 4];
        let add_p = a.0[0] & 1 == 1;
        let mut carry = false;
        for (at, half) in half.iter_mut().enumerate() {
            (*half, carry) = a.0[at].carrying_add(if add_p { P[at] } else { 0 }, carry);
        }
        for at in 0..4 {
            let above = if at < 3 { half[at + 1] & 1 } else { u64::from(carry) };
            half[at] = half[at] >> 1 | above << 63;
        }
        add(a, &Element(half))
    }

    pub(super) fn add(a: &Element, b: &Element) -> Element {
        let (mut r, mut carry) = (a.0, false);
        for (limb, y) in r.iter_mut().zip(b.0) {
            (*limb, carry) = limb.carrying_add(y, carry);
        }
        let mut r = Element(r);
        while carry {
            let borrow;
            (r, borrow) = less_p(&r);
            carry = !borrow;
        }
        r
    }

    /// Less p, and whether that is negative.
    fn less_p(a: &Element) -> (Element, bool) {
        let (mut r, mut borrow) = (a.0, false);
        for (limb, y) in r.iter_mut().zip(P) {
            (*limb, borrow) = limb.borrowing_sub(y, borrow);
        }
        (Element(r), borrow)
    }

    pub(super) fn sub(a: &Element, b: &Element) -> Element {
        let (mut r, mut borrow) = (a.0, false);
        for (limb, y) in r.iter_mut().zip(b.0) {
            (*limb, borrow) = limb.borrowing_sub(y, borrow);
        }
        while borrow {
            let mut carry = false;
            for (limb, y) in r.iter_mut().zip(P) {
                (*limb, carry) = limb.carrying_add(y, carry);
            }
            borrow = !carry;
        }
        Element(r)
    }
}

use arithmetic::{add, mul, multiply, set_difference, square, sub, three_halves};

/// Whether the assembly and the same in Rust agree on two operands, limb by limb.
#[must_use]
pub fn is_portable(a: &[u64; 4], b: &[u64; 4]) -> bool {
    let [a, b] = [&Element(*a), &Element(*b)];
    let (mut product, mut difference) = (*a, Element::ZERO);
    product *= b;
    difference.set_difference(b, a);
    let pairs = [
        (a * b, portable::mul(a, b)),
        (product, portable::mul(a, b)),
        (b * a, portable::mul(b, a)),
        (a.square(), portable::square(a)),
        (b.square(), portable::mul(b, b)),
        (a.three_halves(), portable::three_halves(a)),
        (b.three_halves(), portable::three_halves(b)),
        (a + b, portable::add(a, b)),
        (a + a, portable::add(a, a)),
        (a - b, portable::sub(a, b)),
        (difference, portable::sub(b, a)),
    ];
    pairs.iter().all(|(ours, theirs)| ours.0 == theirs.0)
}

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;

    use super::{
        Element, P,
        portable::{add, mul, sub, three_halves},
    };

    fn value(element: &Element) -> BigUint {
        element.0.iter().rev().fold(BigUint::ZERO, |value, limb| (value << 64) + *limb)
    }

    /// What the assembly is compared with is right, for limbs at edges.
    #[test]
    fn agrees_with_a_library() {
        const LIMBS: [u64; 6] = [0, 1, 0xffff_ffff, 0xffff_ffff_0000_0001, u64::MAX - 1, u64::MAX];
        let p = value(&Element(P));
        let is = |ours: &BigUint, theirs: BigUint| assert_eq!(ours % &p, theirs % &p);
        let elements: Vec<_> = (0..6_usize.pow(4))
            .map(|at| Element([0, 1, 2, 3].map(|limb| LIMBS[at / 6_usize.pow(limb) % 6])))
            .collect();
        for (at, a) in elements.iter().enumerate() {
            // Some of the others, and itself.
            for b in elements.iter().skip(at % 41).step_by(41).chain([a]) {
                let (x, y) = (value(a), value(b));
                is(&(&value(&mul(a, b)) << 256), &x * &y);
                is(&value(&add(a, b)), &x + &y);
                is(&value(&sub(a, b)), &x + &p * 4_u8 - &y);
                is(&(value(&three_halves(a)) * 2_u8), &x * 3_u8);
            }
        }
    }
}
