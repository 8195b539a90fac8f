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

/// One divided by a number in range, times 2^256: by Stein's algorithm.
pub(crate) fn invert(number: &[u64; 4]) -> [u64; 4] {
    // Modulo the order, a is x times the number and b is y times it.
    let (mut a, mut b) = (*number, ORDER);
    let (mut x, mut y) = ([1_u64, 0, 0, 0], [0_u64; 4]);
    while a != [0; 4] {
        let even = a[0].trailing_zeros().min(63);
        if even > 0 {
            shift(&mut a, 0, even);
            // A multiple of the order makes it divisible.
            let factor = x[0].wrapping_mul(ORDER_INVERSE) & ((1 << even) - 1);
            let mut carry = 0;
            for (limb, part) in x.iter_mut().zip(ORDER) {
                (*limb, carry) = factor.carrying_mul_add(part, *limb, carry);
            }
            shift(&mut x, carry, even);
            continue;
        }
        let (mut difference, negative) = subtract(&a, &b);
        if negative {
            difference = subtract(&b, &a).0;
            b = a;
            core::mem::swap(&mut x, &mut y);
        }
        a = difference;
        let (less, negative) = subtract(&x, &y);
        x = if negative { add(&less, &ORDER).0 } else { less };
    }
    multiply(&y, &ORDER_R2)
}

/// Shifts it right by 1 to 63 bits; `top` comes in.
fn shift(number: &mut [u64; 4], top: u64, bits: u32) {
    let [a, b, c, d] = *number;
    let join = |low: u64, high: u64| low >> bits | high << (64 - bits);
    *number = [join(a, b), join(b, c), join(c, d), join(d, top)];
}

/// Signed digits, lowest first: each zero or odd.
pub(crate) type Digits = [i8; 257];

/// Writes the digits of `scalar`, where every digit that is not zero is followed by at
/// least `width - 1` that are and is below 2^(width - 1), and gives how many there are.
/// `digits` are zeros before.
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
