//! Keccak (FIPS 202): SHA3-256, SHAKE, and the Keccak-256 of before the standard.

/// What is hashed, and then what comes out, in the lanes of Keccak-f\[1600\].
///
/// `RATE` bytes, a multiple of eight, go in or out between two permutations. The bits of
/// `SUFFIX` follow the message, and with them the first bit of the padding.
#[derive(Clone, Debug)]
pub struct Sponge<const RATE: usize, const SUFFIX: u8> {
    state: [u64; 25],
    /// Bytes that went in since the last permutation; then bytes that came out.
    at: usize,
}

/// SHAKE128 (FIPS 202, section 6.2).
pub type Shake128 = Sponge<168, 0x1f>;
/// SHAKE256 (FIPS 202, section 6.2).
pub type Shake256 = Sponge<136, 0x1f>;
/// SHA3-256 (FIPS 202, section 6.1).
pub type Sha3_256 = Sponge<136, 0x06>;
/// Keccak-256, as Ethereum uses it.
pub type Keccak256 = Sponge<136, 0x01>;

impl<const RATE: usize, const SUFFIX: u8> Default for Sponge<RATE, SUFFIX> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const RATE: usize, const SUFFIX: u8> Sponge<RATE, SUFFIX> {
    /// A hash of nothing so far.
    #[must_use]
    pub const fn new() -> Self {
        Self { state: [0; 25], at: 0 }
    }

    fn update_byte(&mut self, byte: u8) {
        self.state[self.at / 8] ^= u64::from(byte) << (self.at % 8 * 8);
        self.at += 1;
        if self.at == RATE {
            permute(&mut self.state);
            self.at = 0;
        }
    }

    /// Hashes `bytes` behind what it has hashed so far.
    pub fn update(&mut self, mut bytes: &[u8]) {
        while let Some((byte, rest)) = bytes.split_first()
            && !self.at.is_multiple_of(8)
        {
            self.update_byte(*byte);
            bytes = rest;
        }
        let (mut words, rest) = bytes.as_chunks::<8>();
        while !words.is_empty() {
            let lanes = &mut self.state[self.at / 8..RATE / 8];
            let (fit, more) = words.split_at(words.len().min(lanes.len()));
            for (lane, word) in lanes.iter_mut().zip(fit) {
                *lane ^= u64::from_le_bytes(*word);
            }
            self.at += 8 * fit.len();
            if self.at == RATE {
                permute(&mut self.state);
                self.at = 0;
            }
            words = more;
        }
        for byte in rest {
            self.update_byte(*byte);
        }
    }

    /// Ends the message. What comes out is read by the result.
    #[must_use]
    pub fn finish(mut self) -> Reader<RATE, SUFFIX> {
        self.state[self.at / 8] ^= u64::from(SUFFIX) << (self.at % 8 * 8);
        self.state[RATE / 8 - 1] ^= 1 << 63;
        self.at = RATE;
        Reader(self)
    }

    /// The first 32 bytes that come out.
    #[must_use]
    pub fn digest(self) -> [u8; 32] {
        let mut digest = [0; 32];
        let mut reader = self.finish();
        for (bytes, lane) in digest.as_chunks_mut().0.iter_mut().zip(reader.block()) {
            *bytes = lane.to_le_bytes();
        }
        digest
    }
}

/// What comes out of a [`Sponge`].
#[derive(Clone, Debug)]
pub struct Reader<const RATE: usize, const SUFFIX: u8>(Sponge<RATE, SUFFIX>);

impl<const RATE: usize, const SUFFIX: u8> Reader<RATE, SUFFIX> {
    /// Gives the next `RATE` bytes as words, the first byte lowest. What is left of the
    /// block before is passed over.
    pub fn block(&mut self) -> &[u64] {
        permute(&mut self.0.state);
        self.0.at = RATE;
        &self.0.state[..RATE / 8]
    }

    /// Fills `bytes` with those that come next.
    pub fn read(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            if self.0.at == RATE {
                permute(&mut self.0.state);
                self.0.at = 0;
            }
            let at = self.0.at;
            *byte = self.0.state[at / 8].to_le_bytes()[at % 8];
            self.0.at += 1;
        }
    }
}

/// The Keccak-256 of `bytes`.
#[must_use]
pub fn keccak256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = Keccak256::new();
    hash.update(bytes);
    hash.digest()
}

/// The SHA3-256 of `bytes`.
#[must_use]
pub fn sha3_256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = Sha3_256::new();
    hash.update(bytes);
    hash.digest()
}

/// The permutation, in assembly.
#[cfg(target_arch = "riscv64")]
#[expect(unsafe_code, reason = "the permutation is assembly")]
mod riscv64 {
    core::arch::global_asm!(include_str!("saved.S"), include_str!("keccak.S"), ".purgem SAVED");
    unsafe extern "C" {
        fn verdict_keccak_f1600(state: *mut [u64; 25]);
    }

    /// Keccak-f\[1600\] (FIPS 202, section 3.3): lane (x, y) is at x + 5 y.
    pub fn permute(state: &mut [u64; 25]) {
        // SAFETY: it changes the state and nothing else.
        unsafe { verdict_keccak_f1600(state) }
    }
}
#[cfg(target_arch = "riscv64")]
pub use riscv64::permute;

/// Keccak-f\[1600\] (FIPS 202, section 3.3): lane (x, y) is at x + 5 y. What the assembly
/// does, for hosts.
#[cfg(not(target_arch = "riscv64"))]
pub fn permute(state: &mut [u64; 25]) {
    // The generator of the round constants: section 3.2.5, algorithm 5.
    let mut bits = 1_u8;
    for _ in 0..24 {
        let sums: [u64; 5] =
            core::array::from_fn(|x| (0..5).fold(0, |sum, y| sum ^ state[x + 5 * y]));
        for (at, lane) in state.iter_mut().enumerate() {
            *lane ^= sums[(at + 4) % 5] ^ sums[(at + 1) % 5].rotate_left(1);
        }
        let mut moved = *state;
        let (mut x, mut y) = (1, 0);
        for t in 0..24 {
            let lane = state[x + 5 * y].rotate_left((t + 1) * (t + 2) / 2);
            (x, y) = (y, (2 * x + 3 * y) % 5);
            moved[x + 5 * y] = lane;
        }
        for (at, lane) in state.iter_mut().enumerate() {
            let row = at / 5 * 5;
            *lane = moved[at] ^ !moved[row + (at + 1) % 5] & moved[row + (at + 2) % 5];
        }
        for j in 0..7 {
            state[0] ^= u64::from(bits & 1) << ((1 << j) - 1);
            bits = (bits << 1) ^ if bits & 0x80 != 0 { 0x71 } else { 0 };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FIPS 202 example values: SHA3-256 and SHAKE128 of nothing; and Keccak-256 of
    /// nothing, the code hash of an Ethereum account without code.
    #[test]
    fn hashes_of_nothing() {
        assert_eq!(sha3_256(b"")[..8], 0xa7ff_c6f8_bf1e_d766_u64.to_be_bytes());
        assert_eq!(keccak256(b"")[..8], 0xc5d2_4601_86f7_233c_u64.to_be_bytes());
        assert_eq!(Shake128::new().digest()[..8], 0x7f9c_2ba4_e88f_827d_u64.to_be_bytes());
    }

    /// However the message is cut into pieces, and whichever way it is read.
    #[test]
    fn pieces_make_no_difference() {
        let message: [u8; 500] = core::array::from_fn(|at| (at * 7 + at / 256) as u8);
        let mut whole = Shake256::new();
        whole.update(&message);
        let mut reader = whole.clone().finish();
        let mut expected = [0; 300];
        reader.read(&mut expected[..5]);
        reader.read(&mut expected[5..]);
        let mut blocks = whole.finish();
        for block in expected.chunks(136) {
            for (bytes, word) in block.chunks(8).zip(blocks.block()) {
                assert_eq!(bytes, &word.to_le_bytes()[..bytes.len()]);
            }
        }
        for size in [1, 3, 8, 135, 136, 137, 272] {
            let mut hash = Shake256::new();
            for piece in message.chunks(size) {
                hash.update(piece);
            }
            let mut out = [0; 300];
            hash.finish().read(&mut out);
            assert_eq!(out, expected);
        }
    }
}
