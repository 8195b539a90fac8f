//! Number-theoretic transforms of 256 values, written for the machine's costs.
//!
//! A value is any representative that is small enough, in 64 bits. Multiplying by a
//! constant w leaves a reduced one: with the [`factor`] ⌈2⁶⁴ w / q⌉, the lower half of the
//! product is the fraction of a w / q, and q times that fraction is a w mod q. This needs
//! two multiplications and no correction, and holds as long as a q < 2⁶⁴.
//!
//! Layers are done four at a time, in registers; that is assembly, and hosts, where tests
//! run, have the same in Rust.

#![no_std]

/// The values of a polynomial, or its coefficients.
pub type Poly = [u64; 256];

/// The factor that multiplies by `w`, which is not zero, modulo the odd prime `q`.
#[must_use]
pub const fn factor(w: u64, q: u64) -> u64 {
    (((w as u128) << 64) / q as u128) as u64 + 1
}

/// `a` times what `factor` stands for, modulo `q`; `a * q` is less than 2⁶⁴.
#[must_use]
#[inline(always)]
pub const fn mul(a: u64, factor: u64, q: u64) -> u64 {
    ((a.wrapping_mul(factor) as u128 * q as u128) >> 64) as u64
}

const fn pow(base: u64, exponent: u32, q: u64) -> u64 {
    let mut power = 1;
    let mut at = 0;
    while at < exponent {
        power = power * base % q;
        at += 1;
    }
    power
}

/// A transform: the evaluation of a polynomial at 256 points.
#[derive(Clone, Debug)]
pub struct Transform {
    q: u64,
    /// Fifteen of the first four layers; of the last four layers, fifteen for each of
    /// sixteen groups. Those of a layer stand together.
    factors: [u64; 255],
}

impl Transform {
    /// The transform modulo `q` at the powers of `zeta`, a 512th root of one, with odd
    /// exponents.
    ///
    /// It divides by x²⁵⁶ + 1, then by both factors x^m ∓ ζ^e of that, and so on, 256
    /// factors in the end: those of node k of this tree, whose root is node 1, are nodes
    /// 2 k and 2 k + 1, and e is k with its eight bits reversed.
    #[must_use]
    pub const fn new(q: u64, zeta: u64) -> Self {
        let mut factors = [0; 255];
        let mut at = 0;
        let mut group = 0;
        while group <= 16 {
            let top: u32 = if group == 0 { 1 } else { 15 + group };
            let mut layer = 0;
            while layer < 4 {
                let mut block = 0;
                while block < 1 << layer {
                    let node = (top << layer) + block;
                    factors[at] = factor(pow(zeta, node.reverse_bits() >> 24, q), q);
                    at += 1;
                    block += 1;
                }
                layer += 1;
            }
            group += 1;
        }
        Self { q, factors }
    }

    /// Gives factors of the points: values 2 i and 2 i + 1 are those at ± what factor
    /// number i stands for.
    pub fn points(&self) -> impl Iterator<Item = u64> {
        let (groups, _) = self.factors[15..].as_chunks::<15>();
        groups.iter().flat_map(|group| &group[7..]).copied()
    }

    /// Evaluates. Coefficients are from 8 q to 2⁶⁴/q - 8 q; values differ from those of
    /// the same residues that are least by less than 8 q and the largest coefficient.
    pub fn forward(&self, poly: &mut Poly) {
        let mut between = [0; 256];
        layers::forward(poly, &mut between, &self.factors, Groups::FIRST, self.q);
        layers::forward(&between, poly, &self.factors, Groups::LAST, self.q);
    }

    /// Interpolates. Values are less than 2 q; coefficients are 256 times too large, and
    /// less than 512 q.
    pub fn inverse(&self, poly: &mut Poly) {
        let mut between = [0; 256];
        layers::inverse(poly, &mut between, &self.factors, Groups::LAST_REVERSED, self.q);
        layers::inverse(&between, poly, &self.factors, Groups::FIRST, self.q);
    }
}

/// Which fifteen factors each of sixteen groups uses.
#[derive(Clone, Copy)]
struct Groups {
    /// Where those of the first group are.
    first: usize,
    /// From those of a group to those of the next, in bytes.
    step: isize,
}

impl Groups {
    const FIRST: Self = Self { first: 0, step: 0 };
    const LAST: Self = Self { first: 15, step: 15 * 8 };
    const LAST_REVERSED: Self = Self { first: 240, step: -15 * 8 };
}

/// Four layers, in assembly.
#[cfg(target_arch = "riscv64")]
#[expect(unsafe_code, reason = "the layers are assembly")]
mod layers {
    use super::{Groups, Poly};

    core::arch::global_asm!(include_str!("ntt.S"));
    unsafe extern "C" {
        fn verdict_ntt_forward(
            from: *const Poly,
            to: *mut Poly,
            factors: *const u64,
            step: isize,
            q: u64,
        );
        fn verdict_ntt_inverse(
            from: *const Poly,
            to: *mut Poly,
            factors: *const u64,
            step: isize,
            q: u64,
        );
    }

    pub(super) fn forward(from: &Poly, to: &mut Poly, all: &[u64; 255], groups: Groups, q: u64) {
        let factors = all[groups.first..].as_ptr();
        // SAFETY: it reads `from` and the factors of the groups, all of which are among
        // the 255, and writes `to`.
        unsafe { verdict_ntt_forward(from, to, factors, groups.step, q) }
    }

    pub(super) fn inverse(from: &Poly, to: &mut Poly, all: &[u64; 255], groups: Groups, q: u64) {
        let factors = all[groups.first..].as_ptr();
        // SAFETY: it reads `from` and the factors of the groups, all of which are among
        // the 255, and writes `to`.
        unsafe { verdict_ntt_inverse(from, to, factors, groups.step, q) }
    }
}

/// Four layers: what the assembly does, for hosts.
#[cfg(not(target_arch = "riscv64"))]
mod layers {
    use super::{Groups, Poly, mul};

    fn factors(all: &[u64; 255], groups: Groups, group: usize) -> &[u64] {
        let at = groups.first as isize + group as isize * groups.step / 8;
        &all[at as usize..][..15]
    }

    pub(super) fn forward(from: &Poly, to: &mut Poly, all: &[u64; 255], groups: Groups, q: u64) {
        for group in 0..16 {
            let factors = factors(all, groups, group);
            let mut values: [u64; 16] = core::array::from_fn(|at| from[group + 16 * at]);
            for layer in 0..4 {
                let half = 8 >> layer;
                for at in (0..16).filter(|at| at & half == 0) {
                    let factor = factors[(1 << layer) - 1 + at / (2 * half)];
                    let product = mul(values[at + half], factor, q);
                    values[at + half] = values[at] - product;
                    values[at] += product;
                }
            }
            to[16 * group..][..16].copy_from_slice(&values);
        }
    }

    pub(super) fn inverse(from: &Poly, to: &mut Poly, all: &[u64; 255], groups: Groups, q: u64) {
        for group in 0..16 {
            let factors = factors(all, groups, group);
            let mut values: [u64; 16] = core::array::from_fn(|at| from[16 * group + at]);
            for layer in (0..4).rev() {
                let half = 8 >> layer;
                for at in (0..16).filter(|at| at & half == 0) {
                    let factor = factors[(2 << layer) - 2 - at / (2 * half)];
                    let (a, b) = (values[at], values[at + half]);
                    values[at] = a + b;
                    values[at + half] = mul(b + (q << 9) - a, factor, q);
                }
            }
            for (at, value) in values.into_iter().enumerate() {
                to[group + 16 * at] = value;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(q: u64, zeta: u64) {
        let transform = Transform::new(q, zeta);
        let [a, b]: [Poly; 2] =
            [3, 7].map(|s| core::array::from_fn(|at| (at as u64 + s).pow(5) * s % q));
        // As the definition says.
        let mut expected = [0; 256];
        for (i, a) in a.iter().enumerate() {
            for (j, b) in b.iter().enumerate() {
                let sign = if i + j < 256 { 1 } else { q - 1 };
                let sum = &mut expected[(i + j) % 256];
                *sum = (*sum + a * b % q * sign) % q;
            }
        }
        let mut values = [a, b].map(|poly| {
            let mut values = poly.map(|value| value + 8 * q);
            transform.forward(&mut values);
            for (pair, point) in values.as_chunks::<2>().0.iter().zip(transform.points()) {
                let root = mul(1, point, q);
                for (value, root) in pair.iter().zip([root, q - root]) {
                    let by_horner = poly.iter().rev().fold(0, |sum, c| (sum * root + c) % q);
                    assert!(*value < 17 * q);
                    assert_eq!(value % q, by_horner);
                }
            }
            values
        });
        let [x, y] = &mut values;
        for (x, y) in x.iter_mut().zip(y) {
            *x = *x % q * *y % q;
        }
        transform.inverse(x);
        for (x, expected) in x.iter().zip(expected) {
            assert!(*x < 512 * q);
            assert_eq!(*x % q, expected * 256 % q);
        }
    }

    /// With the modulus and the root of FIPS 204, and with those of Falcon.
    #[test]
    fn values_multiply_as_polynomials_do() {
        check(8_380_417, 1753);
        check(12_289, 49 * 49);
    }
}
