//! A small generator of random numbers: the same seed gives the same numbers on
//! every machine, forever.

/// SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators").
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    /// A generator that gives the numbers of `seed`.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// The next 32 bits.
    pub const fn word(&mut self) -> u32 {
        (self.next() >> 32) as u32
    }

    /// The next 16 bits.
    pub const fn half(&mut self) -> u16 {
        (self.next() >> 48) as u16
    }

    /// The next 8 bits.
    pub const fn byte(&mut self) -> u8 {
        (self.next() >> 56) as u8
    }

    /// A number below `bound`.
    ///
    /// # Panics
    ///
    /// Panics if `bound` is zero.
    pub const fn below(&mut self, bound: u64) -> u64 {
        // The bias of the remainder does not matter to a test.
        (self.next() >> 8) % bound
    }

    /// An index below `len`.
    ///
    /// # Panics
    ///
    /// Panics if `len` is zero.
    #[expect(clippy::cast_possible_truncation, reason = "smaller than `len`")]
    pub const fn index(&mut self, len: usize) -> usize {
        self.below(len as u64) as usize
    }

    /// A number from `low` to `high`, both included.
    pub const fn between(&mut self, low: i64, high: i64) -> i64 {
        low.wrapping_add_unsigned(self.below(high.wrapping_sub(low).cast_unsigned() + 1))
    }

    /// `true` once in `n` times.
    pub const fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    /// One of `choices`.
    ///
    /// # Panics
    ///
    /// Panics if there is none.
    pub fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.index(choices.len())]
    }

    /// A 64-bit number of the kind that finds mistakes: often small, near a power
    /// of two, or near the ends of a narrower type.
    pub fn value(&mut self) -> u64 {
        match self.below(8) {
            0 => self.next(),
            1 => self.below(16),
            2 => self.below(16).wrapping_neg(),
            3 => (1_u64 << self.below(64)).wrapping_add(self.between(-2, 2).cast_unsigned()),
            4 => u64::from(self.word()),
            5 => i64::from(self.word().cast_signed()).cast_unsigned(),
            6 => self.pick(&[
                0,
                u64::MAX,
                i64::MIN.cast_unsigned(),
                i64::MAX.cast_unsigned(),
                i64::from(i32::MIN).cast_unsigned(),
                0x7fff_ffff,
                0x8000_0000,
                0xffff_ffff,
                1 << 32,
            ]),
            _ => self.next() >> self.below(64),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_published_algorithm() {
        // The first outputs for seed 1234567 in the literature's test vectors.
        let mut rng = Rng::new(1_234_567);
        assert_eq!(rng.next(), 6_457_827_717_110_365_317);
        assert_eq!(rng.next(), 3_203_168_211_198_807_973);
    }
}
