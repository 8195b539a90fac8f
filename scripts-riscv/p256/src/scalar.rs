//! Numbers modulo the order of the base point, and their digits. Limbs are lowest first.

use crate::table::{ORDER, ORDER_INVERSE, ORDER_R2};

/// The number that `bytes` encode, highest first.
pub(crate) fn number(bytes: &[u8; 32]) -> [u64; 4] {
    let (words, _) = bytes.as_chunks();
    core::array::from_fn(|at| u64::from_be_bytes(words[3 - at]))
}

fn is_below(a: &[u64; 4], b: &[u64; 4]) -> bool {
    a.iter().rev().lt(b.iter().rev())
}

/// Whether it is neither zero nor as large as the order.
pub(crate) fn is_in_range(number: &[u64; 4]) -> bool {
    *number != [0; 4] && is_below(number, &ORDER)
}

/// `a` - `b` modulo 2^256, and whether it is negative.
fn subtract(a: &[u64; 4], b: &[u64; 4]) -> ([u64; 4], bool) {
    let (mut r, mut borrow) = (*a, false);
    for (limb, b) in r.iter_mut().zip(b) {
        (*limb, borrow) = limb.borrowing_sub(*b, borrow);
    }
    (r, borrow)
}

/// `a` + `b` modulo 2^256, and the carry.
pub(crate) fn add(a: &[u64; 4], b: &[u64; 4]) -> ([u64; 4], bool) {
    let (mut r, mut carry) = (*a, false);
    for (limb, b) in r.iter_mut().zip(b) {
        (*limb, carry) = limb.carrying_add(*b, carry);
    }
    (r, carry)
}

/// `a` times `b` divided by 2^256 modulo `m`, below 2^256; `inverse` is -1 / m modulo 2^64.
pub(crate) fn montgomery(a: &[u64; 4], b: &[u64; 4], m: &[u64; 4], inverse: u64) -> [u64; 4] {
    let mut sum = [0_u64; 5];
    let mut over = false;
    for x in a {
        let mut carry = 0;
        for (limb, y) in sum.iter_mut().zip(b) {
            (*limb, carry) = x.carrying_mul_add(*y, *limb, carry);
        }
        let top;
        (sum[4], top) = sum[4].overflowing_add(carry);
        let factor = sum[0].wrapping_mul(inverse);
        let mut carry = 0;
        for (limb, y) in sum.iter_mut().zip(m) {
            (*limb, carry) = factor.carrying_mul_add(*y, *limb, carry);
        }
        let second;
        (sum[4], second) = sum[4].overflowing_add(carry);
        over = top || second;
        sum = [sum[1], sum[2], sum[3], sum[4], u64::from(over)];
    }
    let [a, b, c, d, _] = sum;
    if over { subtract(&[a, b, c, d], m).0 } else { [a, b, c, d] }
}

/// The product of two numbers, one of them below the order and times 2^256.
pub(crate) fn multiply(a: &[u64; 4], b: &[u64; 4]) -> [u64; 4] {
    let product = montgomery(a, b, &ORDER, ORDER_INVERSE);
    let (less, negative) = subtract(&product, &ORDER);
    if negative { product } else { less }
}

/// One divided by a number in range, times 2^256: by the steps of Bernstein and Yang
/// ("Fast constant-time gcd computation and modular inversion", 2019), of which the low
/// limbs tell 62 at a time.
pub(crate) fn invert(number: &[u64; 4]) -> [u64; 4] {
    let (mut f, mut g) = (signed(&ORDER), signed(number));
    // Modulo the order, f and g are the number times d and e, which stay below the order.
    let (mut d, mut e) = (signed(&[0; 4]), signed(&[1, 0, 0, 0]));
    let mut delta = 1;
    while g != [0; 5] {
        let [[u, v], [q, r]] = steps(&mut delta, f[0], g[0]);
        (f, g) = (shifted(combined(u, &f, v, &g)), shifted(combined(q, &f, r, &g)));
        (d, e) = (divided(combined(u, &d, v, &e)), divided(combined(q, &d, r, &e)));
    }
    // f is one or minus one.
    if f[4] != 0 {
        d = combined(-1, &d, 0, &e);
    }
    let [low @ .., sign] = d;
    let inverse = if sign == 0 { low } else { add(&low, &ORDER).0 };
    multiply(&inverse, &ORDER_R2)
}

/// A number of 320 bits in two's complement.
type Signed = [u64; 5];

fn signed(&[a, b, c, d]: &[u64; 4]) -> Signed {
    [a, b, c, d, 0]
}

/// How many steps are taken together.
const STEPS: u32 = 62;

/// Takes steps on f and g, of which it only needs the low bits, and gives the matrix that
/// does the same to them, times 2^[`STEPS`].
fn steps(delta: &mut i64, f: u64, g: u64) -> [[i64; 2]; 2] {
    let (mut f, mut g) = (f, g);
    let [mut u, mut v, mut q, mut r] = [1_i64, 0, 0, 1];
    let mut left = STEPS;
    loop {
        let zeros = g.trailing_zeros().min(left);
        g >>= zeros;
        u <<= zeros;
        v <<= zeros;
        *delta += i64::from(zeros);
        left -= zeros;
        if left == 0 {
            return [[u, v], [q, r]];
        }
        if *delta > 0 {
            *delta = -*delta;
            (f, g) = (g, f.wrapping_neg());
            (u, q) = (q, -u);
            (v, r) = (r, -v);
        }
        g = g.wrapping_add(f);
        q += u;
        r += v;
    }
}

/// `a` times `x` plus `b` times `y`.
#[inline(never)]
fn combined(a: i64, x: &Signed, b: i64, y: &Signed) -> Signed {
    let mut sum = [0; 5];
    let mut carry = 0_i128;
    for ((limb, x), y) in sum.iter_mut().zip(x).zip(y) {
        // The rows of matrices add up to at most 2^62: no overflow.
        carry += i128::from(a) * i128::from(*x) + i128::from(b) * i128::from(*y);
        *limb = carry as u64;
        carry >>= 64;
    }
    sum
}

/// The number divided by 2^[`STEPS`], rounded down.
fn shifted(number: Signed) -> Signed {
    core::array::from_fn(|at| {
        let above = if at < 4 { number[at + 1] << (64 - STEPS) } else { 0 };
        if at < 4 { number[at] >> STEPS | above } else { (number[4] as i64 >> STEPS) as u64 }
    })
}

/// The number divided by 2^[`STEPS`] modulo the order: below the order if the number is
/// below 2^[`STEPS`] times that, both apart from the sign.
#[inline(never)]
fn divided(number: Signed) -> Signed {
    // As many orders make it divisible; of the other sign, so that it does not grow.
    let mut factor = (number[0].wrapping_mul(ORDER_INVERSE) & ((1 << STEPS) - 1)) as i64;
    if number[4] >> 63 == 0 {
        factor -= 1 << STEPS;
    }
    shifted(combined(factor, &signed(&ORDER), 1, &number))
}

/// Signed digits, lowest first: each zero or odd.
pub(crate) type Digits = [i8; 257];

/// Writes the digits of `scalar`, where every digit that is not zero is followed by at
/// least `width - 1` that are and is below 2^(width - 1), and gives how many there are.
/// `digits` are zeros before.
#[inline(never)]
pub(crate) fn digits(scalar: &[u64; 4], width: u32, digits: &mut Digits) -> usize {
    let mut length = 0;
    let mut at = 0;
    // What the digits so far are less than the number, in units of 2^at.
    let mut carry = 0_u64;
    while at < 256 {
        let (limb, shift) = (at / 64, at % 64);
        let mut bits = scalar[limb] >> shift;
        if shift > 0 && limb < 3 {
            bits |= scalar[limb + 1] << (64 - shift);
        }
        // Bits that are like the carry give zeros.
        let skip = (bits ^ carry.wrapping_neg()).trailing_zeros().min(32);
        if skip > 0 {
            at += skip as usize;
            continue;
        }
        let digit = (bits & ((1 << width) - 1)) + carry;
        carry = digit >> (width - 1);
        digits[at] = (digit as i64 - (carry << width) as i64) as i8;
        length = at + 1;
        at += width as usize;
    }
    if carry > 0 {
        digits[256] = 1;
        length = 257;
    }
    length
}
