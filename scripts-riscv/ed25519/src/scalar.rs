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
pub(crate) fn reduce(bytes: &[u8; 64]) -> [u64; 4] {
    let (words, _) = bytes.as_chunks();
    let mut rest = [0_u64; 4];
    for word in words.iter().rev() {
        // `rest` is below the order, hence `high`, which 2^252 is multiplied with, below
        // 2^64 + 1.
        let [a, b, c, d] = rest;
        let high = u128::from(d) << 4 | u128::from(c >> 60);
        let (high, over) = match u64::try_from(high) {
            Ok(high) => (high, false),
            Err(_) => (u64::MAX, true),
        };
        rest = [u64::from_le_bytes(*word), a, b, c & (u64::MAX >> 4)];
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

/// Signed digits, lowest first: each zero or odd.
pub(crate) type Digits = [i8; 256];

/// Writes the digits of `scalar`, which is below 2^253, where every digit that is not zero
/// is followed by at least `width - 1` that are and is below 2^(width - 1), and gives how
/// many there are. `digits` are zeros before.
pub(crate) fn digits(scalar: &[u64; 4], width: u32, digits: &mut Digits) -> usize {
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
        digits[at] = (digit as i64 - (carry << width) as i64) as i8;
        length = at + 1;
        at += width as usize;
    }
    length
}
