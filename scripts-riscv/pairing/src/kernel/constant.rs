//! Numbers at compile time.

/// The number that hexadecimal digits say, the highest first.
pub(crate) const fn limbs<const N: usize>(digits: &str) -> [u64; N] {
    let digits = digits.as_bytes();
    assert!(digits.len() == 16 * N, "sixteen digits a limb");
    let mut limbs = [0; N];
    let mut at = 0;
    while at < digits.len() {
        let digit = match digits[at] {
            digit @ b'0'..=b'9' => digit - b'0',
            digit @ b'a'..=b'f' => digit - b'a' + 10,
            _ => panic!("no hexadecimal digit"),
        };
        let limb = N - 1 - at / 16;
        limbs[limb] = limbs[limb] << 4 | digit as u64;
        at += 1;
    }
    limbs
}

/// `a + b` modulo `p`, for `p` with a bit to spare.
pub(crate) const fn add<const N: usize>(a: &[u64; N], b: &[u64; N], p: &[u64; N]) -> [u64; N] {
    let mut sum = [0; N];
    let mut carry = 0;
    let mut i = 0;
    while i < N {
        let wide = a[i] as u128 + b[i] as u128 + carry as u128;
        sum[i] = wide as u64;
        carry = (wide >> 64) as u64;
        i += 1;
    }
    let (difference, borrow) = subtract(&sum, p);
    if borrow { sum } else { difference }
}

/// `a - b`, and whether that is negative.
pub(crate) const fn subtract<const N: usize>(a: &[u64; N], b: &[u64; N]) -> ([u64; N], bool) {
    let mut difference = [0; N];
    let mut borrow = false;
    let mut i = 0;
    while i < N {
        let (first, under) = a[i].overflowing_sub(b[i]);
        let (second, under_again) = first.overflowing_sub(borrow as u64);
        difference[i] = second;
        borrow = under || under_again;
        i += 1;
    }
    (difference, borrow)
}

/// Half of `a` modulo `p`, which is odd.
pub(crate) const fn half<const N: usize>(a: &[u64; N], p: &[u64; N]) -> [u64; N] {
    let odd = a[0] & 1 == 1;
    let mut half = [0; N];
    let mut carry = 0;
    let mut i = 0;
    while i < N {
        let wide = a[i] as u128 + if odd { p[i] as u128 } else { 0 } + carry;
        half[i] = wide as u64;
        carry = wide >> 64;
        i += 1;
    }
    i = 0;
    while i < N {
        let above = if i + 1 < N { half[i + 1] } else { 0 };
        half[i] = half[i] >> 1 | above << 63;
        i += 1;
    }
    half
}

/// How often `p` goes into 2^64 to the number of limbs, or one less.
pub(crate) const fn quotient_of_power<const N: usize>(p: &[u64; N]) -> usize {
    (u64::MAX / (p[N - 1] + 1)) as usize
}

/// `2^exponent` modulo `p`.
pub(crate) const fn power_of_two<const N: usize>(exponent: usize, p: &[u64; N]) -> [u64; N] {
    let mut power = [0; N];
    power[0] = 1;
    let mut i = 0;
    while i < exponent {
        power = add(&power, &power, p);
        i += 1;
    }
    power
}

/// `-1 / p` modulo 2^64.
pub(crate) const fn negative_inverse(p: u64) -> u64 {
    let mut inverse = p;
    let mut i = 0;
    while i < 5 {
        inverse = inverse.wrapping_mul(2_u64.wrapping_sub(p.wrapping_mul(inverse)));
        i += 1;
    }
    inverse.wrapping_neg()
}

/// The Montgomery product of `a` and `b` modulo `p`.
pub(crate) const fn multiply<const N: usize>(a: &[u64; N], b: &[u64; N], p: &[u64; N]) -> [u64; N] {
    let inverse = negative_inverse(p[0]);
    let mut sum = [0; N];
    let mut i = 0;
    while i < N {
        let mut top = 0_u64;
        let mut carry = 0_u128;
        let mut j = 0;
        while j < N {
            let wide = sum[j] as u128 + a[i] as u128 * b[j] as u128 + carry;
            sum[j] = wide as u64;
            carry = wide >> 64;
            j += 1;
        }
        top += carry as u64;
        let m = sum[0].wrapping_mul(inverse);
        carry = (sum[0] as u128 + m as u128 * p[0] as u128) >> 64;
        j = 1;
        while j < N {
            let wide = sum[j] as u128 + m as u128 * p[j] as u128 + carry;
            sum[j - 1] = wide as u64;
            carry = wide >> 64;
            j += 1;
        }
        sum[N - 1] = top + carry as u64;
        i += 1;
    }
    let (difference, borrow) = subtract(&sum, p);
    if borrow { sum } else { difference }
}
