//! The kernels of both prime fields: what runs as assembly in the machine.
//!
//! Elements are in Montgomery form, by the factor 2^64 to the number of limbs, and
//! canonical: less than the modulus. Every result here is canonical again. The assembly
//! is written by `generator.rs`; hosts, where tests run, have the same in Rust.

#![cfg_attr(target_arch = "riscv64", expect(unsafe_code, reason = "the kernels are assembly"))]

pub(crate) mod constant;
#[cfg(test)]
mod generator;
#[cfg(not(target_arch = "riscv64"))]
mod portable;

use core::fmt::Debug;

/// A product in a sum.
#[derive(Debug)]
#[repr(C)]
pub struct Term<'a, T> {
    /// A factor.
    pub a: &'a T,
    /// The other one.
    pub b: &'a T,
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
    /// The square of that: what takes a number to its Montgomery form.
    const SQUARE: Self::Limbs;

    /// The sum of products of some terms, at most as many as
    /// [`extension_dot`](Self::extension_dot) takes.
    fn dot(terms: &[Term<'_, Self::Limbs>]) -> Self::Limbs;

    /// The sum of products in the extension by the root of -1. There are one to nine
    /// terms for a prime of 381 bits in six limbs, to five for one of 254 bits in four.
    fn extension_dot(terms: &[Term<'_, [Self::Limbs; 2]>]) -> [Self::Limbs; 2];

    /// A square in the extension.
    fn extension_square(a: &[Self::Limbs; 2]) -> [Self::Limbs; 2];

    /// The square of the square…, `count` times, at least once.
    fn squarings(a: &Self::Limbs, count: usize) -> Self::Limbs;

    /// Sums, one by one.
    fn add<const K: usize>(a: &[Self::Limbs; K], b: &[Self::Limbs; K]) -> [Self::Limbs; K];

    /// Differences, one by one.
    fn sub<const K: usize>(a: &[Self::Limbs; K], b: &[Self::Limbs; K]) -> [Self::Limbs; K];
}

macro_rules! kernel {
    ($(#[$doc:meta])* $name:ident, $limbs:literal, $file:literal, $modulus:literal, {
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
            const SQUARE: Self::Limbs = constant::power_of_two(128 * $limbs, &Self::MODULUS);

            kernel!(@methods $name, $limbs, $($method: $symbol),*);
        }
    };
    (@methods $name:ident, $limbs:literal, dot: $dot:ident, cdot: $cdot:ident, csqr: $csqr:ident,
        squarings: $squarings:ident, add: $add:ident, sub: $sub:ident) => {
        #[inline(always)]
        fn dot(terms: &[Term<'_, Self::Limbs>]) -> Self::Limbs {
            #[cfg(target_arch = "riscv64")]
            return call!($dot, terms.as_ptr(), terms.len());
            #[cfg(not(target_arch = "riscv64"))]
            portable::dot(terms, &Self::MODULUS)
        }

        #[inline(always)]
        fn extension_dot(terms: &[Term<'_, [Self::Limbs; 2]>]) -> [Self::Limbs; 2] {
            #[cfg(target_arch = "riscv64")]
            return call!($cdot, terms.as_ptr(), terms.len());
            #[cfg(not(target_arch = "riscv64"))]
            portable::extension_dot(terms, &Self::MODULUS)
        }

        #[inline(always)]
        fn extension_square(a: &[Self::Limbs; 2]) -> [Self::Limbs; 2] {
            #[cfg(target_arch = "riscv64")]
            return call!($csqr, core::ptr::from_ref(a));
            #[cfg(not(target_arch = "riscv64"))]
            portable::extension_dot(&[Term { a, b: a }], &Self::MODULUS)
        }

        #[inline(always)]
        fn squarings(a: &Self::Limbs, count: usize) -> Self::Limbs {
            #[cfg(target_arch = "riscv64")]
            return call!($squarings, core::ptr::from_ref(a), count);
            #[cfg(not(target_arch = "riscv64"))]
            portable::squarings(a, count, &Self::MODULUS)
        }

        #[inline(always)]
        fn add<const K: usize>(a: &[Self::Limbs; K], b: &[Self::Limbs; K]) -> [Self::Limbs; K] {
            #[cfg(target_arch = "riscv64")]
            return call!($add, a.as_ptr(), b.as_ptr(), K);
            #[cfg(not(target_arch = "riscv64"))]
            core::array::from_fn(|i| portable::add(&a[i], &b[i], &Self::MODULUS))
        }

        #[inline(always)]
        fn sub<const K: usize>(a: &[Self::Limbs; K], b: &[Self::Limbs; K]) -> [Self::Limbs; K] {
            #[cfg(target_arch = "riscv64")]
            return call!($sub, a.as_ptr(), b.as_ptr(), K);
            #[cfg(not(target_arch = "riscv64"))]
            core::array::from_fn(|i| portable::sub(&a[i], &b[i], &Self::MODULUS))
        }
    };
}

/// Calls a function of the kernel with a place for the result, which it fills, and two or
/// three arguments more. It keeps `s0`, `s1` and `sp` only.
#[cfg(target_arch = "riscv64")]
macro_rules! call {
    ($symbol:ident, $a1:expr) => { call!($symbol, $a1, 0_usize) };
    ($symbol:ident, $a1:expr, $a2:expr) => { call!($symbol, $a1, $a2, 0_usize) };
    ($symbol:ident, $a1:expr, $a2:expr, $a3:expr) => {{
        let mut out = core::mem::MaybeUninit::uninit();
        // SAFETY: the arguments point to elements that are borrowed, as many as the count
        // says; the function reads those, writes the result and its own frame. All
        // registers it changes are named, or used by nothing else.
        unsafe {
            core::arch::asm!(
                "call {function}",
                function = sym $symbol,
                inlateout("a0") out.as_mut_ptr() => _,
                inlateout("a1") $a1 => _,
                inlateout("a2") $a2 => _,
                inlateout("a3") $a3 => _,
                lateout("a4") _, lateout("a5") _, lateout("a6") _, lateout("a7") _,
                lateout("t0") _, lateout("t1") _, lateout("t2") _, lateout("t3") _,
                lateout("t4") _, lateout("t5") _, lateout("t6") _,
                lateout("s2") _, lateout("s3") _, lateout("s4") _, lateout("s5") _,
                lateout("s6") _, lateout("s7") _, lateout("s8") _, lateout("s9") _,
                lateout("s10") _, lateout("s11") _, lateout("ra") _,
            );
        }
        // SAFETY: the function filled it.
        unsafe { out.assume_init() }
    }};
}

kernel! {
    /// The field of BLS12-381, 381 bits.
    Bls12381, 6, "bls12_381.S",
    "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab",
    {
        dot: verdict_bls12_381_dot,
        cdot: verdict_bls12_381_cdot,
        csqr: verdict_bls12_381_csqr,
        squarings: verdict_bls12_381_squarings,
        add: verdict_bls12_381_add,
        sub: verdict_bls12_381_sub
    }
}

kernel! {
    /// The field of BN254, also known as alt_bn128, 254 bits.
    Bn254, 4, "bn254.S",
    "30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47",
    {
        dot: verdict_bn254_dot,
        cdot: verdict_bn254_cdot,
        csqr: verdict_bn254_csqr,
        squarings: verdict_bn254_squarings,
        add: verdict_bn254_add,
        sub: verdict_bn254_sub
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
