//! Arithmetic modulo p = 2²⁵⁶ - 2³² - 977.
//!
//! An element is any of its representatives below 2²⁵⁶, so there may be two of them:
//! only [`Fe::canonical`] chooses. On chain products come from assembly (`field.S`),
//! elsewhere from the same in Rust ([`portable`]).

/// 2²⁵⁶ - p.
pub const K: u64 = 0x1_0000_03d1;

/// p, the lowest limb first.
pub const P: [u64; 4] = [0u64.wrapping_sub(K), u64::MAX, u64::MAX, u64::MAX];

/// An element: four limbs, the lowest first.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Fe(pub [u64; 4]);

/// The number in 32 big-endian bytes, as four limbs.
#[must_use]
pub fn limbs(bytes: &[u8; 32]) -> [u64; 4] {
    let (words, _) = bytes.as_chunks();
    let mut limbs = [0; 4];
    for (limb, word) in limbs.iter_mut().rev().zip(words) {
        *limb = u64::from_be_bytes(*word);
    }
    limbs
}

/// Whether `a < b`.
#[must_use]
#[inline(never)]
pub fn less(a: &[u64; 4], b: &[u64; 4]) -> bool {
    for at in (0..4).rev() {
        if a[at] != b[at] {
            return a[at] < b[at];
        }
    }
    false
}

impl Fe {
    /// Zero.
    pub const ZERO: Self = Self([0; 4]);
    /// One.
    pub const ONE: Self = Self([1, 0, 0, 0]);

    /// The element in 32 big-endian bytes, if they are below p.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 32]) -> Option<Self> {
        let limbs = limbs(bytes);
        less(&limbs, &P).then_some(Self(limbs))
    }

    /// The canonical representative in 32 big-endian bytes.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 32] {
        let limbs = self.canonical().0;
        let mut bytes = [0; 32];
        for (word, limb) in bytes.chunks_exact_mut(8).zip(limbs.iter().rev()) {
            word.copy_from_slice(&limb.to_be_bytes());
        }
        bytes
    }

    /// The representative below p.
    #[must_use]
    pub fn canonical(mut self) -> Self {
        if !less(&self.0, &P) {
            // All limbs but the lowest are full, and become zero.
            self.0 = [self.0[0].wrapping_add(K), 0, 0, 0];
        }
        self
    }

    /// Whether it is zero.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0 == [0; 4] || self.0 == P
    }

    /// Whether its canonical representative is odd.
    #[must_use]
    pub fn is_odd(self) -> bool {
        self.canonical().0[0] & 1 == 1
    }

    /// The sum.
    #[must_use]
    #[inline]
    pub fn add(&self, other: &Self) -> Self {
        add(self, other)
    }

    /// The difference.
    #[must_use]
    #[inline]
    pub fn sub(&self, other: &Self) -> Self {
        sub(self, other)
    }

    /// Its negative.
    #[must_use]
    pub fn neg(&self) -> Self {
        Self::ZERO.sub(self)
    }

    /// The product.
    #[must_use]
    #[inline]
    pub fn mul(&self, other: &Self) -> Self {
        mul(self, other)
    }

    /// Becomes the product: no copy, unlike what [`Self::mul`] returns.
    #[inline]
    pub fn mul_assign(&mut self, other: &Self) {
        mul_assign(self, other);
    }

    /// Becomes the difference.
    #[inline]
    pub fn sub_assign(&mut self, other: &Self) {
        sub_assign(self, other);
    }

    /// The square.
    #[must_use]
    #[inline]
    pub fn square(&self) -> Self {
        self.square_times(1)
    }

    /// Itself to the power of 2 to the `count`, which is not zero.
    #[must_use]
    #[inline]
    pub fn square_times(&self, count: u64) -> Self {
        square_times(self, count)
    }

    /// A square root, if it has one.
    #[must_use]
    #[inline(never)]
    pub fn sqrt(&self) -> Option<Self> {
        // The power of (p + 1) / 4, which in binary is 223 ones, a zero, 22 ones, four
        // zeros, two ones and two zeros. Each step shifts one of the powers that there are
        // and multiplies it by another; behind it is how many ones come out.
        const STEPS: [(u8, u8, u8); 13] = [
            (0, 1, 0),   // 2
            (1, 1, 0),   // 3
            (2, 3, 2),   // 6
            (3, 3, 2),   // 9
            (4, 2, 1),   // 11
            (5, 11, 5),  // 22
            (6, 22, 6),  // 44
            (7, 44, 7),  // 88
            (8, 88, 8),  // 176
            (9, 44, 7),  // 220
            (10, 3, 2),  // 223
            (11, 23, 6), // a zero and 22
            (12, 6, 1),  // four zeros and 2
        ];
        let mut powers = [Self::ZERO; STEPS.len() + 1];
        powers[0] = *self;
        for (at, &(from, count, by)) in STEPS.iter().enumerate() {
            let power = powers[usize::from(from)].square_times(count.into());
            powers[at + 1] = power.mul(&powers[usize::from(by)]);
        }
        let root = powers[STEPS.len()].square_times(2);
        root.square().equals(self).then_some(root)
    }

    /// Whether both are the same element.
    #[must_use]
    pub fn equals(&self, other: &Self) -> bool {
        self.sub(other).is_zero()
    }
}

/// The same as the assembly, in Rust: for hosts, for constants, and to compare with.
pub mod portable {
    use super::{Fe, K};

    /// `limbs` plus `extra`, which may wrap around 2²⁵⁶ once.
    const fn add_small(mut limbs: [u64; 4], extra: u128) -> Fe {
        let mut carry = extra;
        let mut at = 0;
        while at < 4 {
            let sum = limbs[at] as u128 + (carry & u64::MAX as u128);
            limbs[at] = sum as u64;
            carry = (carry >> 64) + (sum >> 64);
            at += 1;
        }
        if carry != 0 { add_small(limbs, K as u128) } else { Fe(limbs) }
    }

    /// The sum.
    pub const fn add(a: &Fe, b: &Fe) -> Fe {
        let mut sum = [0; 4];
        let mut carry = 0;
        let mut at = 0;
        while at < 4 {
            let limb = a.0[at] as u128 + b.0[at] as u128 + carry;
            sum[at] = limb as u64;
            carry = limb >> 64;
            at += 1;
        }
        if carry != 0 { add_small(sum, K as u128) } else { Fe(sum) }
    }

    /// The difference.
    pub const fn sub(a: &Fe, b: &Fe) -> Fe {
        let mut difference = a.0;
        let mut other = b.0;
        // A borrow out of the top counts as 2²⁵⁶, which is K.
        loop {
            let mut borrow = 0;
            let mut at = 0;
            while at < 4 {
                let limb = (difference[at] as u128).wrapping_sub(other[at] as u128 + borrow);
                difference[at] = limb as u64;
                borrow = limb >> 127;
                at += 1;
            }
            if borrow == 0 {
                return Fe(difference);
            }
            other = [K, 0, 0, 0];
        }
    }

    /// The product.
    pub const fn mul(a: &Fe, b: &Fe) -> Fe {
        let mut wide = [0u64; 8];
        let mut i = 0;
        while i < 4 {
            let mut carry = 0;
            let mut j = 0;
            while j < 4 {
                let sum = a.0[i] as u128 * b.0[j] as u128 + wide[i + j] as u128 + carry as u128;
                wide[i + j] = sum as u64;
                carry = (sum >> 64) as u64;
                j += 1;
            }
            wide[i + 4] = carry;
            i += 1;
        }
        let mut low = [0; 4];
        let mut carry = 0;
        let mut at = 0;
        while at < 4 {
            let sum = wide[at + 4] as u128 * K as u128 + wide[at] as u128 + carry as u128;
            low[at] = sum as u64;
            carry = (sum >> 64) as u64;
            at += 1;
        }
        add_small(low, carry as u128 * K as u128)
    }

    /// `a` to the power of 2 to the `count`.
    pub const fn square_times(a: &Fe, mut count: u64) -> Fe {
        let mut square = *a;
        while count > 0 {
            square = mul(&square, &square);
            count -= 1;
        }
        square
    }
}

#[cfg(not(target_arch = "riscv64"))]
use portable::{add, mul, square_times, sub};
#[cfg(target_arch = "riscv64")]
use riscv64::{add, mul, mul_assign, square_times, sub, sub_assign};

#[cfg(not(target_arch = "riscv64"))]
fn mul_assign(a: &mut Fe, b: &Fe) {
    *a = mul(a, b);
}

#[cfg(not(target_arch = "riscv64"))]
fn sub_assign(a: &mut Fe, b: &Fe) {
    *a = sub(a, b);
}

/// The assembly.
#[cfg(target_arch = "riscv64")]
#[expect(unsafe_code, reason = "products are assembly")]
mod riscv64 {
    use core::mem::MaybeUninit;

    use super::Fe;

    core::arch::global_asm!(include_str!("field.S"));
    unsafe extern "C" {
        fn verdict_secp256k1_mul(product: *mut Fe, a: *const Fe, b: *const Fe);
        fn verdict_secp256k1_sum(sum: *mut Fe, a: *const Fe, b: *const Fe);
        fn verdict_secp256k1_difference(difference: *mut Fe, a: *const Fe, b: *const Fe);
        fn verdict_secp256k1_square(square: *mut Fe, a: *const Fe, count: u64);
    }

    #[inline]
    pub(super) fn mul(a: &Fe, b: &Fe) -> Fe {
        let mut product = MaybeUninit::uninit();
        // SAFETY: it reads two elements and writes one.
        unsafe {
            verdict_secp256k1_mul(product.as_mut_ptr(), a, b);
            product.assume_init()
        }
    }

    #[inline]
    pub(super) fn add(a: &Fe, b: &Fe) -> Fe {
        let mut sum = MaybeUninit::uninit();
        // SAFETY: it reads two elements and writes one.
        unsafe {
            verdict_secp256k1_sum(sum.as_mut_ptr(), a, b);
            sum.assume_init()
        }
    }

    #[inline]
    pub(super) fn sub(a: &Fe, b: &Fe) -> Fe {
        let mut difference = MaybeUninit::uninit();
        // SAFETY: it reads two elements and writes one.
        unsafe {
            verdict_secp256k1_difference(difference.as_mut_ptr(), a, b);
            difference.assume_init()
        }
    }

    #[inline]
    pub(super) fn mul_assign(a: &mut Fe, b: &Fe) {
        let a: *mut Fe = a;
        // SAFETY: it reads two elements, and then writes to the first.
        unsafe { verdict_secp256k1_mul(a, a, b) }
    }

    #[inline]
    pub(super) fn sub_assign(a: &mut Fe, b: &Fe) {
        let a: *mut Fe = a;
        // SAFETY: it reads two elements, and then writes to the first.
        unsafe { verdict_secp256k1_difference(a, a, b) }
    }

    #[inline]
    pub(super) fn square_times(a: &Fe, count: u64) -> Fe {
        let mut square = MaybeUninit::uninit();
        // SAFETY: it reads an element and writes one.
        unsafe {
            verdict_secp256k1_square(square.as_mut_ptr(), a, count);
            square.assume_init()
        }
    }
}
