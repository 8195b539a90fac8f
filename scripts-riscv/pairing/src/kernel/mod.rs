//! The kernels of both prime fields: what runs as assembly in the machine.
//!
//! Elements are in Montgomery form, by the factor 2^64 to the number of limbs, and
//! canonical: less than the modulus. Every result here is canonical again. The assembly
//! is written by `generator.rs`; hosts, where tests run, have the same in Rust, which
//! [`is_portable`] compares with it.

#![expect(unsafe_code, reason = "the kernels are assembly, which sees elements as limbs")]

pub(crate) mod constant;
#[cfg(test)]
mod generator;
mod portable;

use core::{fmt::Debug, slice};

pub use self::portable::is_portable;
use crate::field::{Fp, Fp2};

/// A product in a sum.
#[derive(Debug)]
#[repr(C)]
pub struct Term<'a, T> {
    /// A factor.
    pub a: &'a T,
    /// The other one.
    pub b: &'a T,
}

/// One element or more.
///
/// # Safety
///
/// A value is nothing but elements of the field, `M::Limbs`, one after another.
pub unsafe trait Elements<M: Modulus>: Copy {
    /// How many elements it is.
    const COUNT: usize = size_of::<Self>() / size_of::<M::Limbs>();
}

// SAFETY: the wrappers are transparent, and arrays have no gaps.
unsafe impl<M: Modulus> Elements<M> for Fp<M> {}
// SAFETY: as above.
unsafe impl<M: Modulus> Elements<M> for Fp2<M> {}
// SAFETY: as above.
unsafe impl<M: Modulus, const K: usize> Elements<M> for [Fp2<M>; K] {}

/// Takes elements from memory, limbs in little-endian bytes, as far as there are any.
pub(crate) fn read_elements<M: Modulus, T: Elements<M>>(to: &mut T, from: &mut &[u8]) {
    const { assert!(cfg!(target_endian = "little"), "limbs are in memory as they are read") };
    // SAFETY: the value is nothing but limbs, which may have any bytes.
    let bytes = unsafe { slice::from_raw_parts_mut((&raw mut *to).cast::<u8>(), size_of::<T>()) };
    let (first, rest) = from.split_at(from.len().min(bytes.len()));
    bytes[..first.len()].copy_from_slice(first);
    *from = rest;
}

/// A prime field with its kernel.
pub trait Modulus: Copy + Eq + Debug + 'static {
    /// An element: limbs from the lowest.
    type Limbs: Copy + Eq + Debug + AsRef<[u64]> + AsMut<[u64]> + 'static;

    /// The prime.
    const MODULUS: Self::Limbs;
    /// Zero.
    const ZERO: Self::Limbs;
    /// One, in Montgomery form: 2^64 to the number of limbs.
    const ONE: Self::Limbs;
    /// Half of one.
    const HALF: Self::Limbs;
    /// The square of one: what takes a number to its Montgomery form.
    const SQUARE: Self::Limbs;
    /// The real part of xi, whose imaginary part is one.
    const XI: usize;
    /// How many terms a sum of products may have: as many moduli as fit 2^64 to the number
    /// of limbs. So the difference of two sums is at least minus the modulus times that.
    const MAX_TERMS: usize;

    /// The sum of products of one to [`MAX_TERMS`](Self::MAX_TERMS) terms.
    fn dot(terms: &[Term<'_, Self::Limbs>]) -> Self::Limbs;

    /// The same, to a place.
    fn dot_to(to: &mut Self::Limbs, terms: &[Term<'_, Self::Limbs>]);

    /// The sum of products of as many terms in the extension by the root of -1.
    fn extension_dot(terms: &[Term<'_, [Self::Limbs; 2]>]) -> [Self::Limbs; 2];

    /// The same, to a place.
    fn extension_dot_to(to: &mut [Self::Limbs; 2], terms: &[Term<'_, [Self::Limbs; 2]>]);

    /// A square in the extension.
    fn extension_square(a: &[Self::Limbs; 2]) -> [Self::Limbs; 2];

    /// The same, to a place.
    fn extension_square_to(to: &mut [Self::Limbs; 2], a: &[Self::Limbs; 2]);

    /// `a^2 + xi b^2` and `2 a b`: the square of `a + b s`, with s the root of xi.
    fn square4(to: [&mut [Self::Limbs; 2]; 2], a: &[Self::Limbs; 2], b: &[Self::Limbs; 2]);

    /// The square of the square…, `count` times, at least once.
    fn squarings(a: &Self::Limbs, count: usize) -> Self::Limbs;

    /// The same, to a place.
    fn squarings_to(to: &mut Self::Limbs, a: &Self::Limbs, count: usize);

    /// The product with xi in the extension: 1 + i, or 9 + i.
    fn times_xi(a: &[Self::Limbs; 2]) -> [Self::Limbs; 2];

    /// Multiplies with xi.
    fn times_xi_assign(a: &mut [Self::Limbs; 2]);

    /// The sum.
    fn add<T: Elements<Self>>(a: &T, b: &T) -> T;

    /// The difference.
    fn sub<T: Elements<Self>>(a: &T, b: &T) -> T;

    /// Makes `a` `3 a + 2 b`.
    fn add3_assign<T: Elements<Self>>(a: &mut T, b: &T);

    /// Makes `a` `3 a - 2 b`.
    fn sub3_assign<T: Elements<Self>>(a: &mut T, b: &T);

    /// Adds `b` to `a`.
    fn add_assign<T: Elements<Self>>(a: &mut T, b: &T);

    /// Subtracts `b` from `a`.
    fn sub_assign<T: Elements<Self>>(a: &mut T, b: &T);

    /// Doubles `a`.
    fn double_assign<T: Elements<Self>>(a: &mut T);
}

macro_rules! kernel {
    ($(#[$doc:meta])* $name:ident, $limbs:literal, $file:literal, $modulus:literal, $re:literal, {
        $($method:ident: $symbol:ident),*
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name;

        #[cfg(target_arch = "riscv64")]
        core::arch::global_asm!(include_str!($file));

        #[cfg(target_arch = "riscv64")]
        unsafe extern "C" { $(fn $symbol();)* }

        impl Modulus for $name {
            type Limbs = [u64; $limbs];

            const MODULUS: Self::Limbs = constant::limbs($modulus);
            const ZERO: Self::Limbs = [0; $limbs];
            const ONE: Self::Limbs = constant::power_of_two(64 * $limbs, &Self::MODULUS);
            const HALF: Self::Limbs = constant::half(&Self::ONE, &Self::MODULUS);
            const SQUARE: Self::Limbs = constant::power_of_two(128 * $limbs, &Self::MODULUS);
            const XI: usize = $re;
            const MAX_TERMS: usize = constant::quotient_of_power(&Self::MODULUS);

            kernel!(@methods $($method: $symbol),*);
        }
    };
    (@methods dot: $dot:ident, cdot: $cdot:ident, csqr: $csqr:ident,
        square4: $square4:ident, squarings: $squarings:ident,
        add: $add:ident, sub: $sub:ident, xi: $xi:ident, add3: $add3:ident, sub3: $sub3:ident) => {
        #[inline(always)]
        fn dot(terms: &[Term<'_, Self::Limbs>]) -> Self::Limbs {
            #[cfg(target_arch = "riscv64")]
            return call!($dot, terms.as_ptr(), terms.len());
            #[cfg(not(target_arch = "riscv64"))]
            portable::dot(terms, &Self::MODULUS)
        }

        #[inline(always)]
        fn dot_to(to: &mut Self::Limbs, terms: &[Term<'_, Self::Limbs>]) {
            #[cfg(target_arch = "riscv64")]
            invoke!($dot, &raw mut *to, terms.as_ptr(), terms.len(), 0_usize);
            #[cfg(not(target_arch = "riscv64"))]
            { *to = portable::dot(terms, &Self::MODULUS) }
        }

        #[inline(always)]
        fn extension_dot(terms: &[Term<'_, [Self::Limbs; 2]>]) -> [Self::Limbs; 2] {
            #[cfg(target_arch = "riscv64")]
            return call!($cdot, terms.as_ptr(), terms.len());
            #[cfg(not(target_arch = "riscv64"))]
            portable::extension_dot(terms, &Self::MODULUS)
        }

        #[inline(always)]
        fn extension_dot_to(to: &mut [Self::Limbs; 2], terms: &[Term<'_, [Self::Limbs; 2]>]) {
            #[cfg(target_arch = "riscv64")]
            invoke!($cdot, &raw mut *to, terms.as_ptr(), terms.len(), 0_usize);
            #[cfg(not(target_arch = "riscv64"))]
            { *to = portable::extension_dot(terms, &Self::MODULUS) }
        }

        #[inline(always)]
        fn square4(
            [even, odd]: [&mut [Self::Limbs; 2]; 2],
            a: &[Self::Limbs; 2],
            b: &[Self::Limbs; 2],
        ) {
            #[cfg(target_arch = "riscv64")]
            invoke!(
                $square4,
                &raw mut *even,
                core::ptr::from_ref(a),
                core::ptr::from_ref(b),
                &raw mut *odd
            );
            #[cfg(not(target_arch = "riscv64"))]
            { [*even, *odd] = portable::square4(a, b, Self::XI, &Self::MODULUS) }
        }

        #[inline(always)]
        fn extension_square(a: &[Self::Limbs; 2]) -> [Self::Limbs; 2] {
            #[cfg(target_arch = "riscv64")]
            return call!($csqr, core::ptr::from_ref(a));
            #[cfg(not(target_arch = "riscv64"))]
            portable::extension_dot(&[Term { a, b: a }], &Self::MODULUS)
        }

        #[inline(always)]
        fn extension_square_to(to: &mut [Self::Limbs; 2], a: &[Self::Limbs; 2]) {
            #[cfg(target_arch = "riscv64")]
            invoke!($csqr, &raw mut *to, core::ptr::from_ref(a), 0_usize, 0_usize);
            #[cfg(not(target_arch = "riscv64"))]
            { *to = portable::extension_dot(&[Term { a, b: a }], &Self::MODULUS) }
        }

        #[inline(always)]
        fn squarings(a: &Self::Limbs, count: usize) -> Self::Limbs {
            #[cfg(target_arch = "riscv64")]
            return call!($squarings, core::ptr::from_ref(a), count);
            #[cfg(not(target_arch = "riscv64"))]
            portable::squarings(a, count, &Self::MODULUS)
        }

        #[inline(always)]
        fn squarings_to(to: &mut Self::Limbs, a: &Self::Limbs, count: usize) {
            #[cfg(target_arch = "riscv64")]
            invoke!($squarings, &raw mut *to, core::ptr::from_ref(a), count, 0_usize);
            #[cfg(not(target_arch = "riscv64"))]
            { *to = portable::squarings(a, count, &Self::MODULUS) }
        }

        #[inline(always)]
        fn times_xi(a: &[Self::Limbs; 2]) -> [Self::Limbs; 2] {
            #[cfg(target_arch = "riscv64")]
            return call!($xi, core::ptr::from_ref(a));
            #[cfg(not(target_arch = "riscv64"))]
            portable::times_xi(a, Self::XI, &Self::MODULUS)
        }

        #[inline(always)]
        fn times_xi_assign(a: &mut [Self::Limbs; 2]) {
            #[cfg(target_arch = "riscv64")]
            {
                let a = &raw mut *a;
                invoke!($xi, a, a, 0_usize, 0_usize);
            }
            #[cfg(not(target_arch = "riscv64"))]
            { *a = portable::times_xi(a, Self::XI, &Self::MODULUS) }
        }

        #[inline(always)]
        fn add<T: Elements<Self>>(a: &T, b: &T) -> T {
            #[cfg(target_arch = "riscv64")]
            return call!($add, core::ptr::from_ref(a), core::ptr::from_ref(b), T::COUNT);
            #[cfg(not(target_arch = "riscv64"))]
            portable::each(a, b, |a, b| portable::add(a, b, &Self::MODULUS))
        }

        #[inline(always)]
        fn sub<T: Elements<Self>>(a: &T, b: &T) -> T {
            #[cfg(target_arch = "riscv64")]
            return call!($sub, core::ptr::from_ref(a), core::ptr::from_ref(b), T::COUNT);
            #[cfg(not(target_arch = "riscv64"))]
            portable::each(a, b, |a, b| portable::sub(a, b, &Self::MODULUS))
        }

        #[inline(always)]
        fn add3_assign<T: Elements<Self>>(a: &mut T, b: &T) {
            #[cfg(target_arch = "riscv64")]
            invoke!($add3, &raw mut *a, &raw mut *a, core::ptr::from_ref(b), T::COUNT);
            #[cfg(not(target_arch = "riscv64"))]
            {
                let part = Self::add(a, b);
                *a = Self::add(&Self::add(&part, &part), a);
            }
        }

        #[inline(always)]
        fn sub3_assign<T: Elements<Self>>(a: &mut T, b: &T) {
            #[cfg(target_arch = "riscv64")]
            invoke!($sub3, &raw mut *a, &raw mut *a, core::ptr::from_ref(b), T::COUNT);
            #[cfg(not(target_arch = "riscv64"))]
            {
                let part = Self::sub(a, b);
                *a = Self::add(&Self::add(&part, &part), a);
            }
        }

        #[inline(always)]
        fn double_assign<T: Elements<Self>>(a: &mut T) {
            #[cfg(target_arch = "riscv64")]
            {
                let a = &raw mut *a;
                invoke!($add, a, a, a, T::COUNT);
            }
            #[cfg(not(target_arch = "riscv64"))]
            { *a = Self::add(a, a) }
        }

        #[inline(always)]
        fn add_assign<T: Elements<Self>>(a: &mut T, b: &T) {
            #[cfg(target_arch = "riscv64")]
            invoke!($add, &raw mut *a, &raw mut *a, core::ptr::from_ref(b), T::COUNT);
            #[cfg(not(target_arch = "riscv64"))]
            { *a = Self::add(a, b) }
        }

        #[inline(always)]
        fn sub_assign<T: Elements<Self>>(a: &mut T, b: &T) {
            #[cfg(target_arch = "riscv64")]
            invoke!($sub, &raw mut *a, &raw mut *a, core::ptr::from_ref(b), T::COUNT);
            #[cfg(not(target_arch = "riscv64"))]
            { *a = Self::sub(a, b) }
        }
    };
}

/// Calls a function of the kernel with a place for the result, which it fills, and three
/// arguments more. It keeps `s0`, `s1` and `sp` only.
#[cfg(target_arch = "riscv64")]
macro_rules! invoke {
    ($symbol:ident, $out:expr, $a1:expr, $a2:expr, $a3:expr) => {
        // SAFETY: the arguments point to elements that are borrowed, as many as the count
        // says; the function reads those, writes the result, which may be one of them,
        // and its own frame. All registers it changes are named, or used by nothing else.
        unsafe {
            core::arch::asm!(
                "call {function}",
                function = sym $symbol,
                inlateout("a0") $out => _,
                inlateout("a1") $a1 => _,
                inlateout("a2") $a2 => _,
                inlateout("a3") $a3 => _,
                lateout("a4") _, lateout("a5") _, lateout("a6") _, lateout("a7") _,
                lateout("t0") _, lateout("t1") _, lateout("t2") _, lateout("t3") _,
                lateout("t4") _, lateout("t5") _, lateout("t6") _,
                lateout("s2") _, lateout("s3") _, lateout("s4") _, lateout("s5") _,
                lateout("s6") _, lateout("s7") _, lateout("s8") _, lateout("s9") _,
                lateout("s10") _, lateout("s11") _, lateout("ra") _,
            )
        }
    };
}

/// [`invoke`] for a result by value, with one to three arguments.
#[cfg(target_arch = "riscv64")]
macro_rules! call {
    ($symbol:ident, $a1:expr) => {
        call!($symbol, $a1, 0_usize)
    };
    ($symbol:ident, $a1:expr, $a2:expr) => {
        call!($symbol, $a1, $a2, 0_usize)
    };
    ($symbol:ident, $a1:expr, $a2:expr, $a3:expr) => {{
        let mut out = core::mem::MaybeUninit::uninit();
        invoke!($symbol, out.as_mut_ptr(), $a1, $a2, $a3);
        // SAFETY: the function filled it.
        unsafe { out.assume_init() }
    }};
}

kernel! {
    /// The field of BLS12-381, 381 bits.
    Bls12381, 6, "bls12_381.S",
    "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab",
    1,
    {
        dot: verdict_bls12_381_dot,
        cdot: verdict_bls12_381_cdot,
        csqr: verdict_bls12_381_csqr,
        square4: verdict_bls12_381_square4,
        squarings: verdict_bls12_381_squarings,
        add: verdict_bls12_381_add,
        sub: verdict_bls12_381_sub,
        xi: verdict_bls12_381_xi,
        add3: verdict_bls12_381_add3,
        sub3: verdict_bls12_381_sub3
    }
}

kernel! {
    /// The field of BN254, also known as alt_bn128, 254 bits.
    Bn254, 4, "bn254.S",
    "30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47",
    9,
    {
        dot: verdict_bn254_dot,
        cdot: verdict_bn254_cdot,
        csqr: verdict_bn254_csqr,
        square4: verdict_bn254_square4,
        squarings: verdict_bn254_squarings,
        add: verdict_bn254_add,
        sub: verdict_bn254_sub,
        xi: verdict_bn254_xi,
        add3: verdict_bn254_add3,
        sub3: verdict_bn254_sub3
    }
}

#[cfg(test)]
mod tests {
    use super::generator::{FIELDS, kernel};

    #[test]
    fn assembly_is_what_the_generator_writes() {
        let texts = [include_str!("bls12_381.S"), include_str!("bn254.S")];
        for (field, text) in FIELDS.iter().zip(texts) {
            assert!(kernel(field) == text, "{}.S is not what the generator writes", field.name);
        }
    }
}
