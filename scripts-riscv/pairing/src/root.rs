//! Roots that take the place of the final exponentiation: Novakovic and Eagen, "On Proving
//! Pairings".
//!
//! An element is one after the final exponentiation if and only if it is a power to the
//! order of the pairing, times a factor in the extension of degree six. So it is enough to
//! show an element whose power to a multiple of the order, prime to all else that matters,
//! takes it to that extension. It is known but for such a factor, too.

use crate::{
    curve::Curve,
    field::{Field, Fp, Fp2, take2},
    tower::{Chain, Fp6, Fp12, add_times_v, inverse6, mul6, set_mul6, sub6},
};

/// Bytes of a root.
#[must_use]
pub const fn root_size<C: Curve>() -> usize {
    6 * size_of::<Fp<C>>()
}

/// `1 + a w`, for what is known but for a factor in the extension of degree six. None of
/// them is zero.
#[derive(Clone, Copy, Debug)]
pub struct Root<C: Curve>(pub Fp6<C>);

impl<C: Curve> Root<C> {
    /// The root of an element of which the [`miller_loop`](crate::miller::miller_loop) of
    /// pairings whose product is one is a part: times its power to a multiple of the order
    /// of the pairing, the element is in the extension of degree six. For an element whose
    /// final exponentiation is not one there is none, and this is no root.
    #[must_use]
    pub fn of(element: &Fp12<C>) -> Self {
        let (mut power, mut room) = (*element, *element);
        let mut chain = Chain { value: &mut power, room: &mut room };
        let digits = C::ROOT.bytes().flat_map(|digit| {
            let digit = char::from(digit).to_digit(16).unwrap_or(0);
            (0..4).rev().map(move |bit| digit >> bit & 1 == 1)
        });
        for digit in digits.skip_while(|digit| !digit).skip(1) {
            chain.step(Fp12::square_to);
            if digit {
                chain.step(|power, to| power.mul_to(element, to));
            }
        }
        // The inverse is the conjugate, but for a factor in the extension of degree six.
        let [a, b] = chain.value.conjugate().0;
        Self(mul6(&b, &inverse6(&a)))
    }

    /// Takes it from bytes, [`root_size`] of them: the numbers of 1, v and v^2, each
    /// big-endian, imaginary parts in front of real ones. `None` if they are too short or
    /// not canonical.
    #[must_use]
    pub fn take(from: &mut &[u8]) -> Option<Self> {
        Some(Self([take2(from)?, take2(from)?, take2(from)?]))
    }

    /// The opposite of [`take`](Self::take), as far as there is room.
    pub fn write(&self, to: &mut [u8]) {
        let parts = self.0.iter().flat_map(|part| [part.im(), part.re()]);
        for (part, to) in parts.zip(to.chunks_exact_mut(size_of::<Fp<C>>())) {
            for (to, limb) in to.chunks_exact_mut(8).zip(part.to_limbs().as_ref().iter().rev()) {
                to.copy_from_slice(&limb.to_be_bytes());
            }
        }
    }

    /// The inverse, but for a factor in the extension of degree six.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self(sub6(&[Fp2::ZERO; 3], &self.0))
    }

    /// The power to p.
    #[must_use]
    pub fn frobenius(&self) -> Self {
        let [_, b] = Fp12([[Fp2::ZERO; 3], self.0]).frobenius().0;
        Self(b)
    }

    /// The product with an element, to a place.
    #[inline(never)]
    pub fn multiply(&self, element: &Fp12<C>, to: &mut Fp12<C>) {
        let [a, b] = &element.0;
        let [t0, t1] = &mut to.0;
        set_mul6(t1, a, &self.0);
        C::add_assign(t1, b);
        *t0 = *a;
        add_times_v(t0, &mul6(b, &self.0));
    }
}
