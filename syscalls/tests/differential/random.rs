//! Numbers that look random and are the same in every run, or that someone chooses.

/// An xorshift generator, or the bytes of a fuzzer and then such a generator.
pub(crate) struct Random {
    state: u64,
    /// What is left of the bytes, last first.
    chosen: Vec<u8>,
}

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1, chosen: Vec::new() }
    }

    /// Numbers that `bytes` choose, two bytes for each, as long as there are some.
    pub(crate) fn chosen_by(bytes: &[u8]) -> Self {
        Self { chosen: bytes.iter().rev().copied().collect(), ..Self::new(bytes.len() as u64) }
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        let number = self.state.wrapping_mul(0x2545_f491_4f6c_dd1d);
        match (self.chosen.pop(), self.chosen.pop()) {
            // Its high half is what other numbers are made of.
            (Some(low), Some(high)) => u64::from(u16::from_le_bytes([low, high])) << 32,
            _ => number,
        }
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        (self.next() >> 32) % bound
    }

    /// True once in `n` times.
    pub(crate) fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    /// One of `items`.
    pub(crate) fn of<T: Copy>(&mut self, items: &[T]) -> T {
        let index = self.below(items.len() as u64);
        items[usize::try_from(index).expect("an index fits")]
    }
}
