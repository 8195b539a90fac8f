//! Inverses modulo an odd number, by the division steps of Bernstein and Yang ("Fast
//! constant-time gcd computation and modular inversion", 2019), in variable time.
//!
//! Sixty-two steps at a time are found from the lowest bits alone, as a matrix, and then
//! applied to the whole numbers: signed limbs of 62 bits, five for 256 bits and seven for
//! 384.

use crate::kernel::constant::negative_inverse;

const LOW: u64 = u64::MAX >> 2;
/// The most limbs.
const MAX: usize = 7;

type Signed = [i64; MAX];

/// Sixty-two steps, as a matrix to apply to (f, g), times 2^62.
struct Steps {
    u: i64,
    v: i64,
    q: i64,
    r: i64,
}

/// The steps that the low bits of f and g lead to. `eta` is how far the steps have to
/// go until they swap.
fn steps(eta: &mut i64, f: i64, g: i64) -> Steps {
    let (mut f, mut g) = (f as u64, g as u64);
    let (mut u, mut v, mut q, mut r) = (1_u64, 0_u64, 0_u64, 1_u64);
    let mut left = 62;
    loop {
        let zeros = (g | u64::MAX << left).trailing_zeros();
        g >>= zeros;
        u <<= zeros;
        v <<= zeros;
        *eta -= i64::from(zeros);
        left -= zeros;
        if left == 0 {
            return Steps { u: u as i64, v: v as i64, q: q as i64, r: r as i64 };
        }
        if *eta < 0 {
            *eta = -*eta;
            (f, g) = (g, f.wrapping_neg());
            (u, q) = (q, u.wrapping_neg());
            (v, r) = (r, v.wrapping_neg());
        }
        // Both are odd.
        g = g.wrapping_add(f);
        q = q.wrapping_add(u);
        r = r.wrapping_add(v);
    }
}

fn wide(a: i64, b: i64) -> i128 {
    i128::from(a) * i128::from(b)
}

impl Steps {
    /// Applies them to a and b, plus `by` times the modulus, which makes both multiples
    /// of 2^62, by which they are divided.
    #[inline(never)]
    fn apply(&self, a: &mut [i64], b: &mut [i64], by: [i64; 2], modulus: &[i64]) {
        let (mut to_a, mut to_b) = (0, 0);
        let last = a.len() - 1;
        for (at, limb) in modulus.iter().enumerate().take(last + 1) {
            to_a += wide(self.u, a[at]) + wide(self.v, b[at]);
            to_b += wide(self.q, a[at]) + wide(self.r, b[at]);
            if *limb != 0 {
                to_a += wide(*limb, by[0]);
                to_b += wide(*limb, by[1]);
            }
            // The lowest limbs are zeros, which the next ones overwrite.
            let below = at.saturating_sub(1);
            a[below] = (to_a as u64 & LOW) as i64;
            b[below] = (to_b as u64 & LOW) as i64;
            to_a >>= 62;
            to_b >>= 62;
        }
        a[last] = to_a as i64;
        b[last] = to_b as i64;
    }

    /// How many times the modulus makes them multiples of 2^62, when applied to d and e,
    /// and keeps them between minus twice the modulus and that.
    fn clear(&self, d: &[i64], e: &[i64], inverse: u64) -> [i64; 2] {
        let sign = |number: &[i64]| number.last().map_or(0, |limb| limb >> 63);
        let (d_sign, e_sign) = (sign(d), sign(e));
        [(self.u, self.v), (self.q, self.r)].map(|(to_d, to_e)| {
            let by = (to_d & d_sign) + (to_e & e_sign);
            let low = to_d.wrapping_mul(d[0]).wrapping_add(to_e.wrapping_mul(e[0])) as u64;
            by - (inverse.wrapping_mul(low).wrapping_add(by as u64) & LOW) as i64
        })
    }
}

/// Limbs of 62 bits.
fn split(limbs: &[u64]) -> Signed {
    core::array::from_fn(|i| {
        let (at, by) = (62 * i / 64, 62 * i % 64);
        let limb = |at: usize| limbs.get(at).copied().unwrap_or(0);
        ((limb(at) >> by | limb(at + 1) << 1 << (63 - by)) & LOW) as i64
    })
}

/// Makes `value`, which is below the modulus, its inverse; zero stays zero.
pub(crate) fn invert(value: &mut [u64], modulus: &[u64]) {
    let len = 64 * value.len() / 62 + 1;
    let p = split(modulus);
    let p = &p[..len];
    let inverse = negative_inverse(modulus[0]).wrapping_neg();
    let (mut f, mut g) = (split(modulus), split(value));
    let (mut d, mut e) = ([0; MAX], [0; MAX]);
    e[0] = 1;
    let (d, e) = (&mut d[..len], &mut e[..len]);
    let mut eta = -1;
    let mut left = len;
    loop {
        let (f, g) = (&mut f[..left], &mut g[..left]);
        let found = steps(&mut eta, f[0], g[0]);
        found.apply(d, e, found.clear(d, e, inverse), p);
        found.apply(f, g, [0; 2], &[0; MAX]);
        if g.iter().all(|limb| *limb == 0) {
            break;
        }
        // The top limbs go when they are nothing but sign.
        let (top_f, top_g) = (f[left - 1], g[left - 1]);
        if left > 1 && top_f == top_f >> 63 && top_g == top_g >> 63 {
            f[left - 2] |= top_f << 62;
            g[left - 2] |= top_g << 62;
            left -= 1;
        }
    }
    // d is the inverse or its negative, more than minus twice the modulus.
    let negative = f[left - 1] < 0;
    let mut settle = |add: bool, negate: bool| {
        let mut carry = 0;
        for (at, (limb, p)) in d.iter_mut().zip(p).enumerate() {
            let sum = *limb + if add { *p } else { 0 };
            let sum = if negate { -sum } else { sum } + carry;
            carry = sum >> 62;
            // The highest one has the sign.
            *limb = if at + 1 < len { (sum as u64 & LOW) as i64 } else { sum };
        }
        d[len - 1] < 0
    };
    let below = settle(false, false);
    let below = settle(below, negative);
    settle(below, false);
    for (i, limb) in value.iter_mut().enumerate() {
        let (at, by) = (64 * i / 62, 64 * i % 62);
        let part = |at: usize| d.get(at).map_or(0, |limb| *limb as u64);
        *limb = part(at) >> by | part(at + 1) << (62 - by);
    }
}
