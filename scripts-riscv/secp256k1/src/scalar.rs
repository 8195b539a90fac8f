//! Arithmetic modulo n, the number of points of the curve.

use crate::{
    field::{less, limbs},
    inverse::Modulus,
};

/// n, the lowest limb first.
pub const N: [u64; 4] =
    [0xbfd2_5e8c_d036_4141, 0xbaae_dce6_af48_a03b, 0xffff_ffff_ffff_fffe, u64::MAX];

/// 2²⁵⁶ - n.
const C: [u64; 4] = [0x402d_a173_2fc9_bebf, 0x4551_2319_50b7_5fc4, 1, 0];

static MODULUS: Modulus = Modulus {
    limbs: [0x3fd2_5e8c_d036_4141, 0x2abb_739a_bd22_80ee, -0x15, 0, 256],
    inverse: 0x34f2_0099_aa77_4ec1,
};

/// A number below n: four limbs, the lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scalar(pub [u64; 4]);

impl Scalar {
    /// The number in 32 big-endian bytes, if it is below n.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 32]) -> Option<Self> {
        let limbs = limbs(bytes);
        less(&limbs, &N).then_some(Self(limbs))
    }

    /// The number in 32 big-endian bytes, if it is below n and not zero.
    #[must_use]
    pub fn nonzero(bytes: &[u8; 32]) -> Option<Self> {
        Self::from_bytes(bytes).filter(|scalar| scalar.0 != [0; 4])
    }

    /// The number in 32 big-endian bytes, modulo n.
    #[must_use]
    pub fn reduce(bytes: &[u8; 32]) -> Self {
        Self::below(limbs(bytes))
    }

    /// `limbs` modulo n: n is more than half of 2²⁵⁶.
    fn below(limbs: [u64; 4]) -> Self {
        if less(&limbs, &N) { Self(limbs) } else { Self(subtract(&limbs, &N)) }
    }

    /// Its negative.
    #[must_use]
    pub fn neg(&self) -> Self {
        if self.0 == [0; 4] { *self } else { Self(subtract(&N, &self.0)) }
    }

    /// The product.
    #[must_use]
    pub fn mul(&self, other: &Self) -> Self {
        let mut wide = product(&self.0, &other.0);
        // What is above 2²⁵⁶ counts C each: 385 bits are left, then 258, then 256.
        while wide[4..] != [0; 4] {
            let (low, high) = wide.split_at(4);
            let mut next = product(&[high[0], high[1], high[2], high[3]], &C);
            let mut carry = false;
            for (at, limb) in next.iter_mut().enumerate() {
                let add = low.get(at).copied().unwrap_or(0);
                (*limb, carry) = limb.carrying_add(add, carry);
            }
            wide = next;
        }
        Self::below([wide[0], wide[1], wide[2], wide[3]])
    }

    /// The inverse; zero for zero.
    #[must_use]
    pub fn invert(&self) -> Self {
        Self(MODULUS.invert(&self.0))
    }

    /// Two numbers a and b of at most 128 bits and a sign each so that the scalar is
    /// a + b λ modulo n, where λ is the factor of [`crate::point::BETA`].
    ///
    /// They are the scalar less the lattice point closest to it, of those with
    /// a + b λ = 0; the lattice has the basis (A1, -B1), (A2, A1).
    #[must_use]
    pub fn split(&self) -> [Signed; 2] {
        const A1: [u64; 4] = [0xe86c_90e4_9284_eb15, 0x3086_d221_a7d4_6bcd, 0, 0];
        const A2: [u64; 4] = [0x57c1_108d_9d44_cfd8, 0x14ca_50f7_a8e2_f3f6, 1, 0];
        const B1: [u64; 4] = [0x6f54_7fa9_0abf_e4c3, 0xe443_7ed6_010e_8828, 0, 0];
        // A1 and B1 times 2³⁸⁴ / n.
        const G1: [u64; 4] = [
            0xe893_209a_45db_b031,
            0x3daa_8a14_71e8_ca7f,
            0xe86c_90e4_9284_eb15,
            0x3086_d221_a7d4_6bcd,
        ];
        const G2: [u64; 4] = [
            0x1571_b4ae_8ac4_7f71,
            0x2212_08ac_9df5_06c6,
            0x6f54_7fa9_0abf_e4c4,
            0xe443_7ed6_010e_8828,
        ];
        let rounded = |factor: &[u64; 4]| {
            let wide = product(&self.0, factor);
            let (low, carry) = wide[6].carrying_add(wide[5] >> 63, false);
            [low, wide[7] + u64::from(carry), 0, 0]
        };
        let (c1, c2) = (rounded(&G1), rounded(&G2));
        let low = |a, b| {
            let [limbs @ .., _, _, _, _] = product(a, b);
            limbs
        };
        let a = subtract(&subtract(&self.0, &low(&c1, &A1)), &low(&c2, &A2));
        let b = subtract(&low(&c1, &B1), &low(&c2, &A1));
        [Signed::new(&a), Signed::new(&b)]
    }
}

/// A sign and what it stands before.
#[derive(Clone, Copy, Debug)]
pub struct Signed {
    /// Whether it is negative.
    pub negative: bool,
    /// Its absolute value, the lowest limb first.
    pub magnitude: [u64; 2],
}

impl Signed {
    /// From the two's complement in four limbs.
    fn new(limbs: &[u64; 4]) -> Self {
        let negative = limbs[3] >> 63 == 1;
        let [low, high, _, _] = if negative { subtract(&[0; 4], limbs) } else { *limbs };
        Self { negative, magnitude: [low, high] }
    }
}

/// The product, row by row: what the assembly does.
fn portable_product(a: &[u64; 4], b: &[u64; 4]) -> [u64; 8] {
    let mut wide = [0; 8];
    for (i, x) in a.iter().enumerate() {
        let mut carry = 0;
        for (j, y) in b.iter().enumerate() {
            (wide[i + j], carry) = x.carrying_mul_add(*y, wide[i + j], carry);
        }
        wide[i + 4] = carry;
    }
    wide
}

/// Whether the assembly and the same in Rust agree on the products of all pairs.
pub(crate) fn is_portable(numbers: &[[u64; 4]; 5]) -> bool {
    numbers.iter().all(|a| numbers.iter().all(|b| product(a, b) == portable_product(a, b)))
}

#[cfg(not(target_arch = "riscv64"))]
use portable_product as product;

/// The product, by assembly in `field.S`.
#[cfg(target_arch = "riscv64")]
#[expect(unsafe_code, reason = "it is assembly")]
fn product(a: &[u64; 4], b: &[u64; 4]) -> [u64; 8] {
    unsafe extern "C" {
        fn verdict_secp256k1_wide(product: *mut [u64; 8], a: *const [u64; 4], b: *const [u64; 4]);
    }
    let mut wide = core::mem::MaybeUninit::uninit();
    // SAFETY: it reads two numbers of four limbs, and writes one of eight.
    unsafe {
        verdict_secp256k1_wide(wide.as_mut_ptr(), a, b);
        wide.assume_init()
    }
}

/// The difference modulo 2²⁵⁶.
#[inline(never)]
fn subtract(a: &[u64; 4], b: &[u64; 4]) -> [u64; 4] {
    let mut borrow = false;
    core::array::from_fn(|at| {
        let limb;
        (limb, borrow) = a[at].borrowing_sub(b[at], borrow);
        limb
    })
}
