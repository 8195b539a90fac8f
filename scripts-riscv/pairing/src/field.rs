//! A prime field and its quadratic extension by the root of -1.

use crate::{
    inverse::invert,
    kernel::{Modulus, Term, constant},
};

/// What arithmetic on points needs.
pub trait Field: Copy + Eq {
    /// Zero.
    const ZERO: Self;
    /// One.
    const ONE: Self;

    /// The sum.
    #[must_use]
    fn add(&self, other: &Self) -> Self;
    /// The difference.
    #[must_use]
    fn sub(&self, other: &Self) -> Self;
    /// The product.
    #[must_use]
    fn mul(&self, other: &Self) -> Self;
    /// The sum of the product and that of `a` and `b`.
    #[must_use]
    fn mul_add(&self, other: &Self, a: &Self, b: &Self) -> Self;
    /// The square.
    #[must_use]
    fn square(&self) -> Self;
    /// One by this; zero for zero.
    #[must_use]
    fn inverse(&self) -> Self;

    /// Whether it is zero.
    fn is_zero(&self) -> bool {
        *self == Self::ZERO
    }

    /// Twice this.
    #[must_use]
    fn double(&self) -> Self {
        self.add(self)
    }

    /// Zero less this.
    #[must_use]
    fn neg(&self) -> Self {
        Self::ZERO.sub(self)
    }
}

/// An element of a prime field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Fp<M: Modulus>(pub M::Limbs);

impl<M: Modulus> Field for Fp<M> {
    const ZERO: Self = Self(M::ZERO);
    const ONE: Self = Self(M::ONE);

    #[inline(always)]
    fn add(&self, other: &Self) -> Self {
        M::add(self, other)
    }

    #[inline(always)]
    fn sub(&self, other: &Self) -> Self {
        M::sub(self, other)
    }

    #[inline(always)]
    fn mul(&self, other: &Self) -> Self {
        Self(M::dot(&[Term { a: &self.0, b: &other.0 }]))
    }

    #[inline(always)]
    fn mul_add(&self, other: &Self, a: &Self, b: &Self) -> Self {
        Self(M::dot(&[Term { a: &self.0, b: &other.0 }, Term { a: &a.0, b: &b.0 }]))
    }

    #[inline(always)]
    fn square(&self) -> Self {
        Self(M::squarings(&self.0, 1))
    }

    #[inline(never)]
    fn inverse(&self) -> Self {
        let mut inverse = self.0;
        invert(inverse.as_mut(), M::MODULUS.as_ref());
        // In Montgomery form there is a factor R in what was inverted, and is to be one in
        // the inverse: each product with R^2 makes one.
        let square = Self(M::SQUARE);
        Self(inverse).mul(&square).mul(&square)
    }
}

impl<M: Modulus> Fp<M> {
    /// The power to an exponent, limbs from the lowest, of which the highest is not zero.
    #[must_use]
    #[inline(never)]
    pub fn pow(&self, exponent: &[u64]) -> Self {
        // Windows of at most five bits that begin and end with a one; odd powers for them.
        let square = self.square();
        let mut powers = [*self; 16];
        for i in 1..16 {
            powers[i] = powers[i - 1].mul(&square);
        }
        let bit = |at: usize| exponent[at / 64] >> (at % 64) & 1;
        let (mut result, mut room) = (M::ONE, M::ONE);
        let mut pending = 0;
        let mut left = 64 * exponent.len();
        while left > 0 {
            if bit(left - 1) == 0 {
                left -= 1;
                pending += 1;
                continue;
            }
            let mut end = left.saturating_sub(5);
            while bit(end) == 0 {
                end += 1;
            }
            let window = (end..left).rev().fold(0, |window, at| window << 1 | bit(at));
            let power = &powers[window as usize / 2];
            if result == M::ONE {
                result = power.0;
            } else {
                M::squarings_to(&mut room, &result, pending + left - end);
                M::dot_to(&mut result, &[Term { a: &room, b: &power.0 }]);
            }
            pending = 0;
            left = end;
        }
        Self(if pending > 0 { M::squarings(&result, pending) } else { result })
    }

    /// The power to (p - 3) / 4, for p that is 3 modulo 4. Times the number it is a
    /// square root of it, if there is one; else of its negative. In the first case it is
    /// itself one by that root, else one by the negative of that.
    #[must_use]
    pub fn root_power(&self) -> Self {
        let mut exponent = M::MODULUS;
        let limbs = exponent.as_mut();
        for i in 0..limbs.len() {
            let above = limbs.get(i + 1).copied().unwrap_or(0);
            limbs[i] = limbs[i] >> 2 | above << 62;
        }
        self.pow(exponent.as_ref())
    }

    /// A square root, if there is one.
    #[must_use]
    pub fn sqrt(&self) -> Option<Self> {
        let root = self.root_power().mul(self);
        (root.square() == *self).then_some(root)
    }

    /// The number in big-endian bytes, if it is canonical.
    ///
    /// # Panics
    ///
    /// If there are not as many bytes as the modulus has.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut limbs = M::ZERO;
        read_be(limbs.as_mut(), bytes);
        let below = limbs.as_ref().iter().rev().lt(M::MODULUS.as_ref().iter().rev());
        below.then(|| Self(M::dot(&[Term { a: &limbs, b: &M::SQUARE }])))
    }

    /// The canonical number, limbs from the lowest.
    #[must_use]
    pub fn to_limbs(&self) -> M::Limbs {
        let mut one = M::ZERO;
        one.as_mut()[0] = 1;
        M::dot(&[Term { a: &self.0, b: &one }])
    }

    /// Whether the number is more than half of the modulus, as the number written by
    /// [`to_limbs`](Self::to_limbs): the sign in encodings of points.
    #[must_use]
    pub fn is_large(&self) -> bool {
        // n > (p - 1) / 2 if and only if -n < n, for n that is not zero.
        let negative = self.neg();
        let [limbs, negative] = [self.to_limbs(), negative.to_limbs()];
        limbs.as_ref().iter().rev().gt(negative.as_ref().iter().rev())
    }
}

/// Reads big-endian bytes, eight for each limb.
pub(crate) fn read_be(limbs: &mut [u64], bytes: &[u8]) {
    assert_eq!(bytes.len(), 8 * limbs.len(), "eight bytes a limb");
    let (words, _) = bytes.as_chunks();
    for (limb, word) in limbs.iter_mut().rev().zip(words) {
        *limb = u64::from_be_bytes(*word);
    }
}

/// Takes a number of the field from bytes, as [`Fp::from_bytes`] reads it.
pub(crate) fn take<M: Modulus>(from: &mut &[u8]) -> Option<Fp<M>> {
    let (bytes, rest) = from.split_at_checked(size_of::<Fp<M>>())?;
    *from = rest;
    Fp::from_bytes(bytes)
}

/// As [`take`], for the extension: the imaginary part is in front.
pub(crate) fn take2<M: Modulus>(from: &mut &[u8]) -> Option<Fp2<M>> {
    let im = take(from)?;
    Some(Fp2::new(take(from)?, im))
}

/// The element whose number hexadecimal digits say.
pub(crate) const fn fp6<M: Modulus<Limbs = [u64; 6]>>(digits: &str) -> Fp<M> {
    Fp(constant::multiply(&constant::limbs(digits), &M::SQUARE, &M::MODULUS))
}

/// As [`fp6`], for four limbs.
pub(crate) const fn fp4<M: Modulus<Limbs = [u64; 4]>>(digits: &str) -> Fp<M> {
    Fp(constant::multiply(&constant::limbs(digits), &M::SQUARE, &M::MODULUS))
}

/// `re + im i`, with `i` a root of -1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Fp2<M: Modulus>(pub [M::Limbs; 2]);

impl<M: Modulus> Field for Fp2<M> {
    const ZERO: Self = Self([M::ZERO; 2]);
    const ONE: Self = Self([M::ONE, M::ZERO]);

    #[inline(always)]
    fn add(&self, other: &Self) -> Self {
        M::add(self, other)
    }

    #[inline(always)]
    fn sub(&self, other: &Self) -> Self {
        M::sub(self, other)
    }

    #[inline(always)]
    fn mul(&self, other: &Self) -> Self {
        Self::dot(&[self.by(other)])
    }

    #[inline(always)]
    fn mul_add(&self, other: &Self, a: &Self, b: &Self) -> Self {
        Self::dot(&[self.by(other), a.by(b)])
    }

    #[inline(always)]
    fn square(&self) -> Self {
        Self(M::extension_square(&self.0))
    }

    fn inverse(&self) -> Self {
        self.conjugate().scale(&self.norm().inverse())
    }
}

impl<M: Modulus> Fp2<M> {
    /// `re + im i`.
    #[must_use]
    pub const fn new(re: Fp<M>, im: Fp<M>) -> Self {
        Self([re.0, im.0])
    }

    /// The real part.
    #[must_use]
    pub const fn re(&self) -> Fp<M> {
        Fp(self.0[0])
    }

    /// The imaginary part.
    #[must_use]
    pub const fn im(&self) -> Fp<M> {
        Fp(self.0[1])
    }

    /// A product in a sum.
    #[inline(always)]
    #[must_use]
    pub const fn by<'a>(&'a self, other: &'a Self) -> Term<'a, [M::Limbs; 2]> {
        Term { a: &self.0, b: &other.0 }
    }

    /// The sum of products.
    #[inline(always)]
    #[must_use]
    pub fn dot(terms: &[Term<'_, [M::Limbs; 2]>]) -> Self {
        Self(M::extension_dot(terms))
    }

    /// Makes this the sum of products.
    #[inline(always)]
    pub fn set_dot(&mut self, terms: &[Term<'_, [M::Limbs; 2]>]) {
        M::extension_dot_to(&mut self.0, terms);
    }

    /// Makes this the square.
    #[inline(always)]
    pub fn set_square(&mut self, root: &Self) {
        M::extension_square_to(&mut self.0, &root.0);
    }

    /// Makes this the product with an element of the prime field.
    #[inline(always)]
    pub fn set_scaled(&mut self, a: &Self, by: &Fp<M>) {
        for (to, part) in self.0.iter_mut().zip(&a.0) {
            M::dot_to(to, &[Term { a: part, b: &by.0 }]);
        }
    }

    /// The product with xi.
    #[inline(always)]
    #[must_use]
    pub fn times_xi(&self) -> Self {
        Self(M::times_xi(&self.0))
    }

    /// `re - im i`.
    #[inline(always)]
    #[must_use]
    pub fn conjugate(&self) -> Self {
        Self::new(self.re(), self.im().neg())
    }

    /// `re^2 + im^2`.
    #[must_use]
    pub fn norm(&self) -> Fp<M> {
        let [re, im] = &self.0;
        Fp(M::dot(&[Term { a: re, b: re }, Term { a: im, b: im }]))
    }

    /// The product with an element of the prime field.
    #[inline(always)]
    #[must_use]
    pub fn scale(&self, by: &Fp<M>) -> Self {
        Self(self.0.each_ref().map(|part| M::dot(&[Term { a: part, b: &by.0 }])))
    }

    /// A square root, if there is one, for a prime that is 3 modulo 4.
    #[must_use]
    pub fn sqrt(&self) -> Option<Self> {
        // The complex method: with n a root of the norm and t = (re + n) / 2, the root is
        // sqrt(t) + im / (2 sqrt(t)) i, or the same with (re - n) / 2, which is
        // -im^2 / (4 t). `root_power` of t tells all of that.
        let norm_root = self.norm().sqrt()?;
        let mut twice = self.re().add(&norm_root);
        if twice.is_zero() {
            twice = self.re().double();
        }
        let half = Fp(M::HALF);
        let t = twice.mul(&half);
        let power = t.root_power();
        let root = power.mul(&t);
        let other = self.im().mul(&power).mul(&half);
        let root =
            if root.square() == t { Self::new(root, other) } else { Self::new(other.neg(), root) };
        (root.square() == *self).then_some(root)
    }

    /// Whether the number is the larger one of it and its negative: by the imaginary
    /// part, or the real one if that is zero.
    #[must_use]
    pub fn is_large(&self) -> bool {
        if self.im().is_zero() { self.re().is_large() } else { self.im().is_large() }
    }
}
