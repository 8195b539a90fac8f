//! The field of 2^255 - 19 elements.
//!
//! Arithmetic is assembly (`field.S`); hosts, where tests run, have the same in Rust.

/// An element: any number below 2^256 that is congruent to it, lowest limb first.
#[derive(Clone, Copy, Debug)]
#[repr(transparent)]
pub(crate) struct Element(pub(crate) [u64; 4]);

/// The prime.
const P: [u64; 4] = [0xffff_ffff_ffff_ffed, u64::MAX, u64::MAX, u64::MAX >> 1];

impl Element {
    pub(crate) const ZERO: Self = Self([0; 4]);
    pub(crate) const ONE: Self = Self([1, 0, 0, 0]);

    /// The element that `bytes` encode, lowest first, if they are the canonical ones.
    pub(crate) fn from_bytes(bytes: &[u8; 32]) -> Option<Self> {
        let (words, _) = bytes.as_chunks();
        let element = Self(core::array::from_fn(|at| u64::from_le_bytes(words[at])));
        element.is_canonical().then_some(element)
    }

    fn is_canonical(self) -> bool {
        self.0.iter().rev().lt(P.iter().rev())
    }

    /// The number below the prime.
    fn canonical(mut self) -> [u64; 4] {
        // Below 2^256 are two primes and a bit.
        while !self.is_canonical() {
            let mut borrow = false;
            for (limb, p) in self.0.iter_mut().zip(P) {
                (*limb, borrow) = limb.borrowing_sub(p, borrow);
            }
        }
        self.0
    }

    pub(crate) fn is_zero(self) -> bool {
        self.canonical() == [0; 4]
    }

    /// Whether it is odd, as the number below the prime.
    pub(crate) fn is_odd(self) -> bool {
        self.canonical()[0] & 1 == 1
    }

    /// `self`, squared `n` times, at least once.
    pub(crate) fn square_times(&self, n: u64) -> Self {
        square_times(self, n)
    }

    pub(crate) fn square(&self) -> Self {
        square_times(self, 1)
    }

    /// Becomes the product of `a` and `b`: without a copy of it.
    #[inline(always)]
    pub(crate) fn set_product(&mut self, a: &Self, b: &Self) {
        set_product(self, a, b);
    }

    /// The sum with `other`, and the difference.
    #[inline(always)]
    pub(crate) fn sum_and_difference(&self, other: &Self) -> [Self; 2] {
        sum_and_difference(self, other)
    }

    pub(crate) fn negate(&self) -> Self {
        &Self::ZERO - self
    }

    /// To the power of (p - 5) / 8, which is 2^252 - 3.
    pub(crate) fn power_for_root(&self) -> Self {
        // Exponents of that many ones.
        let ones_2 = &self.square() * self;
        let ones_4 = &ones_2.square_times(2) * &ones_2;
        let ones_5 = &ones_4.square() * self;
        let ones_10 = &ones_5.square_times(5) * &ones_5;
        let ones_20 = &ones_10.square_times(10) * &ones_10;
        let ones_40 = &ones_20.square_times(20) * &ones_20;
        let ones_50 = &ones_40.square_times(10) * &ones_10;
        let ones_100 = &ones_50.square_times(50) * &ones_50;
        let ones_200 = &ones_100.square_times(100) * &ones_100;
        let ones_250 = &ones_200.square_times(50) * &ones_50;
        &ones_250.square_times(2) * self
    }
}

impl core::ops::Mul for &Element {
    type Output = Element;

    #[inline(always)]
    fn mul(self, other: Self) -> Element {
        mul(self, other)
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
        fn verdict_ed25519_mul(r: *mut Element, a: *const Element, b: *const Element);
        fn verdict_ed25519_square(r: *mut Element, a: *const Element, n: u64);
        fn verdict_ed25519_add(r: *mut Element, a: *const Element, b: *const Element);
        fn verdict_ed25519_sub(r: *mut Element, a: *const Element, b: *const Element);
        fn verdict_ed25519_sum_and_difference(
            r: *mut [Element; 2],
            a: *const Element,
            b: *const Element,
        );
    }

    macro_rules! wrap {
        ($name:ident, $routine:ident, $second:ty) => {
            #[inline(always)]
            pub(super) fn $name(a: &Element, b: $second) -> Element {
                let mut r = MaybeUninit::uninit();
                // SAFETY: it reads its operands and writes all of the result.
                unsafe { $routine(r.as_mut_ptr(), a, b) };
                // SAFETY: it is written.
                unsafe { r.assume_init() }
            }
        };
    }
    #[inline(always)]
    pub(super) fn sum_and_difference(a: &Element, b: &Element) -> [Element; 2] {
        let mut r = MaybeUninit::uninit();
        // SAFETY: it reads its operands and writes both elements of the result.
        unsafe { verdict_ed25519_sum_and_difference(r.as_mut_ptr(), a, b) };
        // SAFETY: it is written.
        unsafe { r.assume_init() }
    }

    pub(super) fn set_product(r: &mut Element, a: &Element, b: &Element) {
        // SAFETY: it reads its operands and writes all of the result.
        unsafe { verdict_ed25519_mul(r, a, b) }
    }
    wrap!(mul, verdict_ed25519_mul, &Element);
    wrap!(add, verdict_ed25519_add, &Element);
    wrap!(sub, verdict_ed25519_sub, &Element);
    wrap!(square_times, verdict_ed25519_square, u64);
}

#[cfg(not(target_arch = "riscv64"))]
mod arithmetic {
    use super::Element;
    pub(super) use super::portable::{add, mul, square_times, sub};

    pub(super) fn set_product(r: &mut Element, a: &Element, b: &Element) {
        *r = mul(a, b);
    }

    pub(super) fn sum_and_difference(a: &Element, b: &Element) -> [Element; 2] {
        [add(a, b), sub(a, b)]
    }
}

/// The same as the assembly, in Rust: for hosts, and to compare with.
mod portable {
    use super::Element;

    pub(super) fn mul(a: &Element, b: &Element) -> Element {
        let mut product = [0_u64; 8];
        for (i, x) in a.0.into_iter().enumerate() {
            let mut carry = 0;
            for (j, y) in b.0.into_iter().enumerate() {
                (product[i + j], carry) = x.carrying_mul_add(y, product[i + j], carry);
            }
            product[i + 4] = carry;
        }
        let mut r = [0; 4];
        let mut carry = 0;
        for i in 0..4 {
            (r[i], carry) = product[i + 4].carrying_mul_add(38, product[i], carry);
        }
        let mut carry = (carry << 1 | r[3] >> 63) * 19;
        r[3] &= u64::MAX >> 1;
        for limb in &mut r {
            (*limb, carry) = limb.carrying_mul(1, carry);
        }
        Element(r)
    }

    pub(super) fn square_times(a: &Element, n: u64) -> Element {
        (0..n).fold(*a, |power, _| mul(&power, &power))
    }

    pub(super) fn add(a: &Element, b: &Element) -> Element {
        let (mut r, mut carry) = (a.0, false);
        for (limb, y) in r.iter_mut().zip(b.0) {
            (*limb, carry) = limb.carrying_add(y, carry);
        }
        if carry { add(&Element(r), &Element([38, 0, 0, 0])) } else { Element(r) }
    }

    pub(super) fn sub(a: &Element, b: &Element) -> Element {
        let (mut r, mut borrow) = (a.0, false);
        for (limb, y) in r.iter_mut().zip(b.0) {
            (*limb, borrow) = limb.borrowing_sub(y, borrow);
        }
        if borrow { sub(&Element(r), &Element([38, 0, 0, 0])) } else { Element(r) }
    }
}

use arithmetic::{add, mul, set_product, square_times, sub, sum_and_difference};

/// Whether the assembly and the same in Rust agree on two operands, limb by limb.
#[must_use]
pub fn is_portable(a: &[u64; 4], b: &[u64; 4]) -> bool {
    let [a, b] = [&Element(*a), &Element(*b)];
    let mut product = Element::ZERO;
    product.set_product(b, a);
    let [sum, difference] = a.sum_and_difference(b);
    let pairs = [
        (sum, portable::add(a, b)),
        (difference, portable::sub(a, b)),
        (a * b, portable::mul(a, b)),
        (product, portable::mul(b, a)),
        (a * a, portable::mul(a, a)),
        (a.square(), portable::square_times(a, 1)),
        (b.square_times(2), portable::square_times(b, 2)),
        (a.square_times(17), portable::square_times(a, 17)),
        (a + b, portable::add(a, b)),
        (a + a, portable::add(a, a)),
        (a - b, portable::sub(a, b)),
        (b - a, portable::sub(b, a)),
    ];
    pairs.iter().all(|(ours, theirs)| ours.0 == theirs.0)
}

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;

    use super::{
        Element, P,
        portable::{add, mul, sub},
    };

    fn value(element: &Element) -> BigUint {
        element.0.iter().rev().fold(BigUint::ZERO, |value, limb| (value << 64) + *limb)
    }

    /// What the assembly is compared with is right, for limbs at edges.
    #[test]
    fn agrees_with_a_library() {
        const LIMBS: [u64; 6] = [0, 1, 37, 1 << 63, u64::MAX - 18, u64::MAX];
        let p = value(&Element(P));
        let is = |ours: &Element, theirs: BigUint| assert_eq!(value(ours) % &p, theirs % &p);
        let elements: Vec<_> = (0..6_usize.pow(4))
            .map(|at| Element([0, 1, 2, 3].map(|limb| LIMBS[at / 6_usize.pow(limb) % 6])))
            .collect();
        for (at, a) in elements.iter().enumerate() {
            // Some of the others, and itself.
            for b in elements.iter().skip(at % 41).step_by(41).chain([a]) {
                let (x, y) = (value(a), value(b));
                is(&mul(a, b), &x * &y);
                is(&add(a, b), &x + &y);
                is(&sub(a, b), &x + &p * 4_u8 - &y);
                assert!(value(&mul(a, b)) < (BigUint::from(1_u8) << 255) + 2048_u32);
            }
        }
    }
}
