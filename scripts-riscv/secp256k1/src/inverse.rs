//! Inverses modulo an odd number, by the division steps of Bernstein and Yang ("Fast
//! constant-time gcd computation and modular inversion", 2019), in variable time.
//!
//! Sixty-two steps at a time are found from the lowest bits alone, as a matrix, and then
//! applied to the whole numbers: five signed limbs of 62 bits.

const LOW: u64 = u64::MAX >> 2;

type Signed = [i64; 5];

/// What to invert by.
#[derive(Debug)]
pub(crate) struct Modulus {
    /// Its signed limbs of 62 bits, some of which may be negative.
    pub(crate) limbs: Signed,
    /// Its inverse modulo 2⁶².
    pub(crate) inverse: u64,
}

/// Sixty-two steps, as a matrix to apply to (f, g), times 2⁶². Assembly relies on the layout.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(C)]
struct Steps {
    u: i64,
    v: i64,
    q: i64,
    r: i64,
}

/// The steps that the low bits of f and g lead to. `eta` is how far the steps have to
/// go until they swap.
fn portable_steps(mut eta: i64, f: u64, g: u64) -> (i64, Steps) {
    let (mut f, mut g) = (f, g);
    let (mut u, mut v, mut q, mut r) = (1_u64, 0_u64, 0_u64, 1_u64);
    let mut left = 62;
    loop {
        let zeros = (g | u64::MAX << left).trailing_zeros();
        g >>= zeros;
        u <<= zeros;
        v <<= zeros;
        eta -= i64::from(zeros);
        left -= zeros;
        if left == 0 {
            break;
        }
        // Both are odd. Multiples of f that clear more bits at once cost more than they save.
        if eta < 0 {
            eta = -eta;
            (f, g) = (g, f.wrapping_neg());
            (u, q) = (q, u.wrapping_neg());
            (v, r) = (r, v.wrapping_neg());
        }
        g = g.wrapping_add(f);
        q = q.wrapping_add(u);
        r = r.wrapping_add(v);
    }
    (eta, Steps { u: u as i64, v: v as i64, q: q as i64, r: r as i64 })
}

#[inline]
fn wide(a: i64, b: i64) -> i128 {
    i128::from(a) * i128::from(b)
}

#[cfg(not(target_arch = "riscv64"))]
use portable_steps as steps;
#[cfg(target_arch = "riscv64")]
use riscv64::steps;

/// The assembly.
#[cfg(target_arch = "riscv64")]
#[expect(unsafe_code, reason = "it is assembly")]
mod riscv64 {
    use super::{Signed, Steps};

    core::arch::global_asm!(include_str!("inverse.S"));
    unsafe extern "C" {
        fn verdict_secp256k1_steps(steps: *mut Steps, eta: i64, f: u64, g: u64) -> i64;
        fn verdict_secp256k1_apply(
            a: *mut i64,
            b: *mut i64,
            steps: *const Steps,
            modulus: *const i64,
            by_a: i64,
            by_b: i64,
            len: usize,
        );
    }

    /// As [`portable_steps`](super::portable_steps).
    pub(super) fn steps(eta: i64, f: u64, g: u64) -> (i64, Steps) {
        let mut steps = Steps { u: 0, v: 0, q: 0, r: 0 };
        // SAFETY: it writes the four numbers.
        let eta = unsafe { verdict_secp256k1_steps(&raw mut steps, eta, f, g) };
        (eta, steps)
    }

    impl Steps {
        /// Applies them to the `len` lowest limbs of a and b, at least one, plus `by` times
        /// the modulus with these limbs, which makes both multiples of 2⁶².
        pub(super) fn apply(
            &self,
            [a, b]: [&mut Signed; 2],
            [by_a, by_b]: [i64; 2],
            modulus: &Signed,
            len: usize,
        ) {
            let (a, b, modulus) = (a.as_mut_ptr(), b.as_mut_ptr(), modulus.as_ptr());
            // SAFETY: it reads the matrix and three times `len` limbs, of which there are
            // five, and changes those of a and b.
            unsafe { verdict_secp256k1_apply(a, b, self, modulus, by_a, by_b, len) }
        }
    }
}

/// Whether the assembly and the same in Rust agree on limbs of 62 bits and a matrix whose
/// rows have absolute sums of at most 2⁶².
#[must_use]
pub(crate) fn is_portable(numbers: &[[u64; 4]; 5]) -> bool {
    let limb = |at: usize, index: usize| (numbers[at][index % 4] & LOW) as i64;
    let [eta, f, g, _] = numbers[3];
    // Far from where it wraps around.
    let eta = i64::from(eta as i8);
    let same_steps = steps(eta, f | 1, g) == portable_steps(eta, f | 1, g);
    let entry = |index: usize| numbers[4][index] as i64 >> 2;
    let matrix = Steps { u: entry(0), v: entry(1), q: entry(2), r: entry(3) };
    let [a, b, modulus] = [0, 1, 2].map(|at| core::array::from_fn(|index| limb(at, index)));
    let by = [limb(3, 0), -limb(3, 1)];
    let same_results = (1..6).all(|len| {
        let (mut ours, mut theirs) = ((a, b), (a, b));
        matrix.apply([&mut ours.0, &mut ours.1], by, &modulus, len);
        matrix.portable_apply([&mut theirs.0, &mut theirs.1], by, &modulus, len);
        ours == theirs
    });
    same_steps && same_results
}

impl Steps {
    #[cfg(not(target_arch = "riscv64"))]
    fn apply(&self, values: [&mut Signed; 2], by: [i64; 2], modulus: &Signed, len: usize) {
        self.portable_apply(values, by, modulus, len);
    }

    /// What the assembly does.
    fn portable_apply(&self, [a, b]: [&mut Signed; 2], by: [i64; 2], modulus: &Signed, len: usize) {
        let (mut to_a, mut to_b) = (0, 0);
        for at in 0..len.min(5) {
            to_a += wide(self.u, a[at]) + wide(self.v, b[at]);
            to_b += wide(self.q, a[at]) + wide(self.r, b[at]);
            let limb = modulus[at];
            if limb != 0 {
                to_a += wide(limb, by[0]);
                to_b += wide(limb, by[1]);
            }
            // The lowest limbs are zeros, which the next ones overwrite.
            let below = at.saturating_sub(1);
            a[below] = (to_a as u64 & LOW) as i64;
            b[below] = (to_b as u64 & LOW) as i64;
            to_a >>= 62;
            to_b >>= 62;
        }
        a[len - 1] = to_a as i64;
        b[len - 1] = to_b as i64;
    }

    /// How many times the modulus makes them multiples of 2⁶², when applied to d and e.
    fn clear(&self, d: &Signed, e: &Signed, modulus: &Modulus) -> [i64; 2] {
        let (d_sign, e_sign) = (d[4] >> 63, e[4] >> 63);
        [(self.u, self.v), (self.q, self.r)].map(|(to_d, to_e)| {
            let by = (to_d & d_sign) + (to_e & e_sign);
            let low = to_d.wrapping_mul(d[0]).wrapping_add(to_e.wrapping_mul(e[0])) as u64;
            by - (modulus.inverse.wrapping_mul(low).wrapping_add(by as u64) & LOW) as i64
        })
    }
}

impl Modulus {
    /// The inverse of `value`, which is below the modulus; zero if it has none.
    #[must_use]
    #[inline(never)]
    pub(crate) fn invert(&self, value: &[u64; 4]) -> [u64; 4] {
        let [a, b, c, d] = *value;
        let split = [a, a >> 62 | b << 2, b >> 60 | c << 4, c >> 58 | d << 6, d >> 56];
        let mut g = split.map(|limb| (limb & LOW) as i64);
        let mut f = self.limbs;
        let (mut d, mut e) = ([0; 5], [1, 0, 0, 0, 0]);
        let mut eta = -1;
        let mut len = 5;
        loop {
            let found;
            (eta, found) = steps(eta, f[0] as u64, g[0] as u64);
            let by = found.clear(&d, &e, self);
            found.apply([&mut d, &mut e], by, &self.limbs, 5);
            found.apply([&mut f, &mut g], [0; 2], &[0; 5], len);
            if g[..len].iter().all(|limb| *limb == 0) {
                break;
            }
            // The top limbs go when they are nothing but sign.
            let (top_f, top_g) = (f[len - 1], g[len - 1]);
            if len > 1 && top_f == top_f >> 63 && top_g == top_g >> 63 {
                f[len - 2] |= top_f << 62;
                g[len - 2] |= top_g << 62;
                len -= 1;
            }
        }
        self.normal(d, f[len - 1] < 0)
    }

    /// `value`, or its negative, modulo the modulus.
    fn normal(&self, mut value: Signed, negative: bool) -> [u64; 4] {
        let mut settle = |add: bool, negate: bool| {
            let mut carry = 0;
            for (at, limb) in value.iter_mut().enumerate() {
                let mut sum = *limb;
                if add {
                    sum += self.limbs[at];
                }
                if negate {
                    sum = -sum;
                }
                sum += carry;
                carry = sum >> 62;
                *limb = if at < 4 { (sum as u64 & LOW) as i64 } else { sum };
            }
            value[4] < 0
        };
        let below = settle(false, false);
        let below = settle(below, negative);
        settle(below, false);
        let [a, b, c, d, e] = value.map(|limb| limb as u64);
        [a | b << 62, b >> 2 | c << 60, c >> 4 | d << 58, d >> 6 | e << 56]
    }
}
