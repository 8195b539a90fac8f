//! Arithmetic that is more than one operator, as pure functions over register
//! values (RISC-V Unprivileged ISA, M, Zbb and Zbc chapters).

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "arithmetic on parts of a register"
)]

/// Sign-extends the low 32 bits.
#[inline(always)]
pub(crate) const fn sext32(value: u64) -> u64 {
    (value as u32).cast_signed() as i64 as u64
}

/// The low 32 bits.
#[inline(always)]
pub(crate) const fn low32(value: u64) -> u32 {
    value as u32
}

/// High half of the signed product.
#[inline(always)]
pub(crate) const fn mulh(a: u64, b: u64) -> u64 {
    ((a.cast_signed() as i128 * b.cast_signed() as i128) >> 64) as u64
}

/// High half of the unsigned product.
#[inline(always)]
pub(crate) const fn mulhu(a: u64, b: u64) -> u64 {
    ((a as u128 * b as u128) >> 64) as u64
}

/// High half of the product of a signed and an unsigned factor.
#[inline(always)]
pub(crate) const fn mulhsu(a: u64, b: u64) -> u64 {
    ((a.cast_signed() as i128).wrapping_mul(b as i128) >> 64) as u64
}

/// Signed quotient; all ones if the divisor is zero.
#[inline]
pub(crate) const fn div(a: u64, b: u64) -> u64 {
    if b == 0 { u64::MAX } else { a.cast_signed().wrapping_div(b.cast_signed()).cast_unsigned() }
}

/// Unsigned quotient; all ones if the divisor is zero.
#[inline]
pub(crate) const fn divu(a: u64, b: u64) -> u64 {
    match a.checked_div(b) {
        Some(quotient) => quotient,
        None => u64::MAX,
    }
}

/// Signed remainder; the dividend if the divisor is zero.
#[inline]
pub(crate) const fn rem(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { a.cast_signed().wrapping_rem(b.cast_signed()).cast_unsigned() }
}

/// Unsigned remainder; the dividend if the divisor is zero.
#[inline]
pub(crate) const fn remu(a: u64, b: u64) -> u64 {
    match a.checked_rem(b) {
        Some(remainder) => remainder,
        None => a,
    }
}

/// [`div`] of words.
#[inline]
pub(crate) const fn divw(a: u64, b: u64) -> u64 {
    let (a, b) = (low32(a).cast_signed(), low32(b).cast_signed());
    if b == 0 { u64::MAX } else { a.wrapping_div(b) as i64 as u64 }
}

/// [`divu`] of words.
#[inline]
pub(crate) const fn divuw(a: u64, b: u64) -> u64 {
    match low32(a).checked_div(low32(b)) {
        Some(quotient) => sext32(quotient as u64),
        None => u64::MAX,
    }
}

/// [`rem`] of words.
#[inline]
pub(crate) const fn remw(a: u64, b: u64) -> u64 {
    let (x, y) = (low32(a).cast_signed(), low32(b).cast_signed());
    if y == 0 { sext32(a) } else { x.wrapping_rem(y) as i64 as u64 }
}

/// [`remu`] of words.
#[inline]
pub(crate) const fn remuw(a: u64, b: u64) -> u64 {
    match low32(a).checked_rem(low32(b)) {
        Some(remainder) => sext32(remainder as u64),
        None => sext32(a),
    }
}

/// Each byte all ones if it is not zero.
#[inline]
pub(crate) const fn orc_b(value: u64) -> u64 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    // The top bit of each byte, set if any bit of it is.
    let any = (((value & LOW) + LOW) | value) & !LOW;
    (any >> 7) * 0xff
}

/// Carry-less product, all 127 bits.
const fn carryless(a: u64, b: u64) -> u128 {
    let mut product = 0;
    let mut rest = b;
    while rest != 0 {
        product ^= (a as u128) << rest.trailing_zeros();
        rest &= rest - 1;
    }
    product
}

/// Carry-less product, low half.
pub(crate) const fn clmul(a: u64, b: u64) -> u64 {
    carryless(a, b) as u64
}

/// Carry-less product, high half.
pub(crate) const fn clmulh(a: u64, b: u64) -> u64 {
    (carryless(a, b) >> 64) as u64
}

/// Carry-less product, reversed: bits 126 to 63.
pub(crate) const fn clmulr(a: u64, b: u64) -> u64 {
    (carryless(a, b) >> 63) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIN: u64 = 1 << 63;
    const MIN_W: u64 = 0xffff_ffff_8000_0000;

    #[test]
    fn division_by_zero_gives_all_ones_and_the_dividend() {
        assert_eq!([div(7, 0), divu(7, 0), divw(7, 0), divuw(7, 0)], [u64::MAX; 4]);
        assert_eq!([rem(7, 0), remu(7, 0), remw(7, 0), remuw(7, 0)], [7; 4]);
        assert_eq!(remuw(0xffff_ffff, 0), u64::MAX);
    }

    #[test]
    fn division_of_min_by_minus_one_overflows_to_min() {
        assert_eq!((div(MIN, u64::MAX), rem(MIN, u64::MAX)), (MIN, 0));
        assert_eq!((divw(MIN_W, u64::MAX), remw(MIN_W, u64::MAX)), (MIN_W, 0));
    }

    #[test]
    fn high_products_follow_the_signs() {
        assert_eq!(mulhu(u64::MAX, u64::MAX), u64::MAX - 1);
        assert_eq!(mulh(u64::MAX, u64::MAX), 0);
        assert_eq!(mulhsu(u64::MAX, u64::MAX), u64::MAX);
        assert_eq!(mulh(MIN, MIN), 1 << 62);
    }

    #[test]
    fn orc_b_spreads_each_byte() {
        assert_eq!(orc_b(0x0001_8000_ff00_7f10), 0x00ff_ff00_ff00_ffff);
        assert_eq!(orc_b(0), 0);
    }

    #[test]
    fn carryless_products_have_no_carries() {
        assert_eq!(clmul(3, 3), 5);
        assert_eq!(clmulh(MIN, 2), 1);
        assert_eq!(clmulr(MIN, 1), 1);
        assert_eq!(clmulh(u64::MAX, u64::MAX), 0x5555_5555_5555_5555);
    }
}
