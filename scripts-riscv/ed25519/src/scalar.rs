//! Numbers modulo the order of the base point, and their digits.

/// The order of the base point: 2^252 + [`LOW`].
const ORDER: [u64; 4] = [LOW[0], LOW[1], 0, 1 << 60];
const LOW: [u64; 2] = [0x5812_631a_5cf5_d3ed, 0x14de_f9de_a2f7_9cd6];

/// The number that `bytes` encode, lowest first, if it is below the order.
pub(crate) fn from_bytes(bytes: &[u8; 32]) -> Option<[u64; 4]> {
    let (words, _) = bytes.as_chunks();
    let scalar: [u64; 4] = core::array::from_fn(|at| u64::from_le_bytes(words[at]));
    scalar.iter().rev().lt(ORDER.iter().rev()).then_some(scalar)
}

/// The number that `bytes` encode, lowest first, modulo the order.
pub(crate) fn from_hash(bytes: &[u8; 64]) -> [u64; 4] {
    let (words, _) = bytes.as_chunks();
    reduce(&core::array::from_fn(|at| u64::from_le_bytes(words[at])))
}

/// The product of two numbers modulo the order.
pub(crate) fn multiply(a: u128, b: &[u64; 4]) -> [u64; 4] {
    let mut product = [0; 8];
    for (at, x) in [a as u64, (a >> 64) as u64].into_iter().enumerate() {
        let mut carry = 0;
        for (limb, y) in product[at..].iter_mut().zip(b) {
            (*limb, carry) = x.carrying_mul_add(*y, *limb, carry);
        }
        product[at + 4] = carry;
    }
    reduce(&product)
}

fn reduce(number: &[u64; 8]) -> [u64; 4] {
    let mut rest = [0_u64; 4];
    for word in number.iter().rev() {
        // `rest` is below the order, hence `high`, which 2^252 is multiplied with, below
        // 2^64 + 1.
        let [a, b, c, d] = rest;
        let high = u128::from(d) << 4 | u128::from(c >> 60);
        let (high, over) = match u64::try_from(high) {
            Ok(high) => (high, false),
            Err(_) => (u64::MAX, true),
        };
        rest = [*word, a, b, c & (u64::MAX >> 4)];
        if over {
            // One order less was taken away than should have been.
            rest[3] += 1 << 60;
        }
        // 2^252 is as good as -LOW.
        let (low, carry) = LOW[0].carrying_mul(high, 0);
        let (middle, top) = LOW[1].carrying_mul(high, carry);
        let mut borrow = false;
        for (limb, part) in rest.iter_mut().zip([low, middle, top, 0]) {
            (*limb, borrow) = limb.borrowing_sub(part, borrow);
        }
        if borrow {
            let mut carry = false;
            for (limb, part) in rest.iter_mut().zip(ORDER) {
                (*limb, carry) = limb.carrying_add(part, carry);
            }
        }
        while !rest.iter().rev().lt(ORDER.iter().rev()) {
            let mut borrow = false;
            for (limb, part) in rest.iter_mut().zip(ORDER) {
                (*limb, borrow) = limb.borrowing_sub(part, borrow);
            }
        }
    }
    rest
}

/// A fraction: `scale` times a number, or less that, is congruent to `multiple` modulo
/// eight times the order.
pub(crate) struct Fraction {
    pub(crate) multiple: [u64; 4],
    /// Odd, and at most 2^127 + 1.
    pub(crate) scale: u128,
    pub(crate) negative: bool,
}

/// Finds a fraction for a number below the order, with a multiple that is nearly always
/// about as large as the scale.
///
/// It is Euclid's algorithm, halfway. As eight times the order is the least number that
/// multiplies every point to zero, and the scale has no factor in common with it, a point
/// is zero if and only if `scale` times that point is.
pub(crate) fn fraction(number: &[u64; 4]) -> Fraction {
    let mut a = [ORDER[0] << 3, ORDER[1] << 3 | ORDER[0] >> 61, ORDER[1] >> 61, 1 << 63];
    let mut b = *number;
    // Numbers are scaled to a and to b, with opposite signs.
    let (mut scale_a, mut scale_b) = (0_u128, 1_u128);
    let mut negative = false;
    while b[2] | b[3] != 0 {
        while !a.iter().rev().lt(b.iter().rev()) {
            let mut shift = length(&a) - length(&b);
            let mut part = shifted(&b, shift);
            if a.iter().rev().lt(part.iter().rev()) {
                shift -= 1;
                part = shifted(&b, shift);
            }
            let mut borrow = false;
            for (limb, part) in a.iter_mut().zip(part) {
                (*limb, borrow) = limb.borrowing_sub(part, borrow);
            }
            scale_a += scale_b << shift;
        }
        core::mem::swap(&mut a, &mut b);
        core::mem::swap(&mut scale_a, &mut scale_b);
        negative = !negative;
    }
    // Of two successive scales, one is odd.
    if scale_b & 1 == 1 {
        Fraction { multiple: b, scale: scale_b, negative }
    } else {
        Fraction { multiple: a, scale: scale_a, negative: !negative }
    }
}

/// How many bits a number that is at least 2^128 has.
fn length(number: &[u64; 4]) -> u32 {
    if number[3] == 0 { 192 - number[2].leading_zeros() } else { 256 - number[3].leading_zeros() }
}

/// A number that is at least 2^128 times 2^bits, which is below 2^256.
fn shifted(number: &[u64; 4], bits: u32) -> [u64; 4] {
    let mut number = *number;
    if bits >= 64 {
        number = [0, number[0], number[1], number[2]];
    }
    let bits = bits % 64;
    if bits == 0 {
        return number;
    }
    core::array::from_fn(|at| {
        let below = if at > 0 { number[at - 1] >> (64 - bits) } else { 0 };
        number[at] << bits | below
    })
}

/// Signed digits of four numbers, lowest first: each zero or odd.
pub(crate) type Digits = [[i8; 4]; 256];

/// Writes the digits of `scalar`, which is below 2^253, to a column of zeros: every digit
/// that is not zero is followed by at least `width - 1` that are and is below
/// 2^(width - 1). Gives how many there are.
#[inline(never)]
pub(crate) fn digits(scalar: &[u64; 4], width: u32, digits: &mut Digits, column: usize) -> usize {
    let mut length = 0;
    let mut at = 0;
    // What the digits so far were more than the number, in units of 2^at.
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
        digits[at][column] = (digit as i64 - (carry << width) as i64) as i8;
        length = at + 1;
        at += width as usize;
    }
    length
}
