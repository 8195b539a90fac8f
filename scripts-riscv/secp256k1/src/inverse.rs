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

/// Sixty-two steps, as a matrix to apply to (f, g), times 2⁶².
struct Steps {
    u: i64,
    v: i64,
    q: i64,
    r: i64,
}

/// The steps that the low bits of f and g lead to. `eta` is how far the steps have to
/// go until they swap.
fn steps(mut eta: i64, f: u64, g: u64) -> (i64, Steps) {
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
        // Both are odd: g plus a multiple of f has as many zeros as steps go without a swap.
        let multiple;
        if eta < 0 {
            eta = -eta;
            (f, g) = (g, f.wrapping_neg());
            (u, q) = (q, u.wrapping_neg());
            (v, r) = (r, v.wrapping_neg());
            let mask = u64::MAX >> (64 - (eta + 1).min(left.into())) & 63;
            // The inverse of f modulo 64, negative, is f (f² - 2).
            let inverse = f.wrapping_mul(f.wrapping_mul(f).wrapping_sub(2));
            multiple = inverse.wrapping_mul(g) & mask;
        } else {
            let mask = u64::MAX >> (64 - (eta + 1).min(left.into())) & 15;
            // And modulo 16.
            let inverse = f.wrapping_add((f.wrapping_add(1) & 4) << 1);
            multiple = inverse.wrapping_neg().wrapping_mul(g) & mask;
        }
        g = g.wrapping_add(f.wrapping_mul(multiple));
        q = q.wrapping_add(u.wrapping_mul(multiple));
        r = r.wrapping_add(v.wrapping_mul(multiple));
    }
    (eta, Steps { u: u as i64, v: v as i64, q: q as i64, r: r as i64 })
}

#[inline]
fn wide(a: i64, b: i64) -> i128 {
    i128::from(a) * i128::from(b)
}

impl Steps {
    /// Applies them to f and g, which they divide.
    fn apply(&self, f: &mut Signed, g: &mut Signed, len: usize) {
        let mut to_f = wide(self.u, f[0]) + wide(self.v, g[0]);
        let mut to_g = wide(self.q, f[0]) + wide(self.r, g[0]);
        to_f >>= 62;
        to_g >>= 62;
        for at in 1..len {
            to_f += wide(self.u, f[at]) + wide(self.v, g[at]);
            to_g += wide(self.q, f[at]) + wide(self.r, g[at]);
            f[at - 1] = (to_f as u64 & LOW) as i64;
            g[at - 1] = (to_g as u64 & LOW) as i64;
            to_f >>= 62;
            to_g >>= 62;
        }
        f[len - 1] = to_f as i64;
        g[len - 1] = to_g as i64;
    }

    /// Applies them to d and e, modulo the modulus.
    fn apply_modulo(&self, d: &mut Signed, e: &mut Signed, modulus: &Modulus) {
        let (d_sign, e_sign) = (d[4] >> 63, e[4] >> 63);
        let mut by_d = (self.u & d_sign) + (self.v & e_sign);
        let mut by_e = (self.q & d_sign) + (self.r & e_sign);
        let mut to_d = wide(self.u, d[0]) + wide(self.v, e[0]);
        let mut to_e = wide(self.q, d[0]) + wide(self.r, e[0]);
        // Multiples of the modulus that clear the lowest 62 bits.
        let clear = |low: i128, by: i64| {
            by - (modulus.inverse.wrapping_mul(low as u64).wrapping_add(by as u64) & LOW) as i64
        };
        by_d = clear(to_d, by_d);
        by_e = clear(to_e, by_e);
        to_d += wide(modulus.limbs[0], by_d);
        to_e += wide(modulus.limbs[0], by_e);
        to_d >>= 62;
        to_e >>= 62;
        for at in 1..5 {
            to_d += wide(self.u, d[at]) + wide(self.v, e[at]);
            to_e += wide(self.q, d[at]) + wide(self.r, e[at]);
            let limb = modulus.limbs[at];
            if limb != 0 {
                to_d += wide(limb, by_d);
                to_e += wide(limb, by_e);
            }
            d[at - 1] = (to_d as u64 & LOW) as i64;
            e[at - 1] = (to_e as u64 & LOW) as i64;
            to_d >>= 62;
            to_e >>= 62;
        }
        d[4] = to_d as i64;
        e[4] = to_e as i64;
    }
}

impl Modulus {
    /// The inverse of `value`, which is below the modulus; zero if it has none.
    #[must_use]
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
            found.apply_modulo(&mut d, &mut e, self);
            found.apply(&mut f, &mut g, len);
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
