//! The optimal ate pairing: Miller loops, several at once, and the final exponentiation.
//!
//! A loop runs through multiples of a point of the twist in homogeneous projective
//! coordinates (Costello, Lange and Naehrig, "Faster pairing computations on curves with
//! high-degree twists"; the formulas of Aranha et al., "The realm of the pairings"). What
//! they end with tells whether the point has the right order, which costs next to
//! nothing: [`miller_loop`] refuses points that have not.

use crate::{
    curve::Curve,
    field::{Field, Fp, Fp2},
    point::{Affine, Jacobian},
    tower::{Fp12, Line},
};

/// A point of the curve.
pub type G1<C> = Affine<Fp<C>>;
/// A point of the twist.
pub type G2<C> = Affine<Fp2<C>>;

/// A pairing under way: its points, and a multiple of the second.
struct Walk<'a, C: Curve> {
    p: &'a G1<C>,
    q: &'a G2<C>,
    minus_q: G2<C>,
    x: Fp2<C>,
    y: Fp2<C>,
    z: Fp2<C>,
}

impl<'a, C: Curve> Walk<'a, C> {
    fn new((p, q): &'a (G1<C>, G2<C>)) -> Self {
        Self { p, q, minus_q: q.neg(), x: q.x, y: q.y, z: Fp2::ONE }
    }

    /// Doubles the multiple; the tangent there, at `p`.
    #[inline(never)]
    fn double(&mut self) -> Line<C> {
        // Four times what the formulas say, which saves halving.
        let xy = self.x.mul(&self.y).double();
        let b = self.y.square();
        let c = self.z.square();
        let e = C::times_triple_b(&c);
        let f = e.double().add(&e);
        let h = self.y.mul(&self.z).double();
        let i = e.sub(&b);
        let j = self.x.square();
        let ee = e.square().double().double();
        self.x = xy.mul(&b.sub(&f));
        self.y = b.add(&f).square().sub(&ee.double().add(&ee));
        self.z = b.mul(&h).double().double();
        self.line(i, &j.double().add(&j), h.neg())
    }

    /// Adds `q`, one of its images or its negative; the line through both, at `p`.
    #[inline(never)]
    fn add(&mut self, q: &G2<C>) -> Line<C> {
        let theta = self.y.sub(&q.y.mul(&self.z));
        let lambda = self.x.sub(&q.x.mul(&self.z));
        let d = lambda.square();
        let e = lambda.mul(&d);
        let f = self.z.mul(&theta.square());
        let g = self.x.mul(&d);
        let h = e.add(&f).sub(&g.double());
        self.x = lambda.mul(&h);
        self.y = theta.mul(&g.sub(&h)).sub(&e.mul(&self.y));
        self.z = self.z.mul(&e);
        let j = theta.mul(&q.x).sub(&lambda.mul(&q.y));
        self.line(j, &theta.neg(), lambda)
    }

    /// The line with these coefficients: free, of the x and of the y of `p`.
    fn line(&self, free: Fp2<C>, of_x: &Fp2<C>, of_y: Fp2<C>) -> Line<C> {
        let of_x = of_x.scale(&self.p.x);
        let of_y = of_y.scale(&self.p.y);
        if C::MULTIPLIED_TWIST { [free, of_x, of_y] } else { [of_y, of_x, free] }
    }

    /// Whether the multiple is this point. If ever an addition had equal or opposite
    /// points, its z is zero, and stays so.
    fn is_at(&self, point: &G2<C>) -> bool {
        !self.z.is_zero() && point.x.mul(&self.z) == self.x && point.y.mul(&self.z) == self.y
    }
}

/// The Frobenius map of the curve, brought to the twist.
fn psi<C: Curve>(q: &G2<C>) -> G2<C> {
    let [x, y] = &C::PSI;
    Affine { x: q.x.conjugate().mul(x), y: q.y.conjugate().mul(y) }
}

/// How many lines a pairing has.
#[must_use]
pub const fn line_count<C: Curve>() -> usize {
    let mut count = C::LOOP.len();
    let mut i = 0;
    while i < C::LOOP.len() {
        if C::LOOP[i] != 0 {
            count += 1;
        }
        i += 1;
    }
    if C::MULTIPLIED_TWIST { count } else { count + 2 }
}

/// Size in bytes of what is kept for pairings with a fixed second point.
#[must_use]
pub const fn lines_size<C: Curve>() -> usize {
    line_count::<C>() * 2 * size_of::<Fp2<C>>()
}

/// A pairing whose second point is known beforehand, with its lines as [`prepare`] writes
/// them: for each step of the loop the free coefficient and the one of x, divided by the
/// one of y.
#[derive(Debug)]
pub struct Prepared<'a, C: Curve> {
    /// x / y and 1 / y of the first point.
    slopes: [Fp<C>; 2],
    lines: &'a [u8],
}

impl<'a, C: Curve> Prepared<'a, C> {
    /// The pairings of points with those of lines. Points must not be at infinity, nor
    /// have a y that is zero, which none in the group has. Lines that are missing are
    /// zero.
    #[must_use]
    pub fn pairings<const K: usize>(pairs: [(&Jacobian<Fp<C>>, &'a [u8]); K]) -> [Self; K] {
        // One inversion for all: each gets the inverse of the product, times the others.
        let product = |but: Option<usize>| {
            let others = pairs.iter().enumerate().filter(|(i, _)| Some(*i) != but);
            others.fold(Fp::ONE, |product, (_, (point, _))| product.mul(&point.y))
        };
        let inverse = product(None).inverse();
        core::array::from_fn(|i| {
            let (point, lines) = pairs[i];
            // x / y and 1 / y are X Z / Y and Z^3 / Y.
            let inverse = inverse.mul(&product(Some(i))).mul(&point.z);
            let slopes = [point.x.mul(&inverse), point.z.square().mul(&inverse)];
            Self { slopes, lines }
        })
    }

    fn multiply(&mut self, f: &Fp12<C>) -> Fp12<C> {
        let [free, of_x] = [(); 2].map(|()| read_raw2(&mut self.lines));
        let [slope, inverse] = &self.slopes;
        let [of_x, free] = [of_x.scale(slope), free.scale(inverse)];
        f.mul_by_monic_line(&if C::MULTIPLIED_TWIST { [free, of_x] } else { [of_x, free] })
    }
}

/// Takes an element from memory as it is computed with: limbs in little-endian bytes.
/// What is missing is zero.
pub(crate) fn read_raw<C: Curve>(from: &mut &[u8]) -> Fp<C> {
    let mut limbs = C::ZERO;
    for limb in limbs.as_mut() {
        if let Some((bytes, rest)) = from.split_first_chunk() {
            *limb = u64::from_le_bytes(*bytes);
            *from = rest;
        }
    }
    Fp(limbs)
}

/// As [`read_raw`], for the extension.
pub(crate) fn read_raw2<C: Curve>(from: &mut &[u8]) -> Fp2<C> {
    let re = read_raw(from);
    Fp2::new(re, read_raw(from))
}

/// The opposite of [`read_raw2`].
pub(crate) fn write_raw2<C: Curve>(element: &Fp2<C>, to: &mut &mut [u8]) {
    for part in [element.re(), element.im()] {
        write_raw(&part, to);
    }
}

/// The opposite of [`read_raw`].
pub(crate) fn write_raw<C: Curve>(element: &Fp<C>, to: &mut &mut [u8]) {
    for limb in element.0.as_ref() {
        let (bytes, rest) = core::mem::take(to).split_at_mut(8);
        bytes.copy_from_slice(&limb.to_le_bytes());
        *to = rest;
    }
}

/// The product of the pairings of points, before the final exponentiation; `None` if a
/// second point, which must be on the twist, does not have the order of the pairing.
#[must_use]
pub fn miller_loop<C: Curve, const K: usize, const L: usize>(
    pairs: &[(G1<C>, G2<C>); K],
    prepared: &mut [Prepared<'_, C>; L],
) -> Option<Fp12<C>> {
    let mut walks = pairs.each_ref().map(Walk::new);
    let mut f = Fp12::ONE;
    for (step, digit) in C::LOOP.iter().enumerate() {
        if step > 0 {
            f = f.square();
        }
        for walk in &mut walks {
            f = f.mul_by_line(&walk.double());
        }
        for prepared in prepared.iter_mut() {
            f = prepared.multiply(&f);
        }
        if *digit != 0 {
            for walk in &mut walks {
                let q = if *digit > 0 { *walk.q } else { walk.minus_q };
                f = f.mul_by_line(&walk.add(&q));
            }
            for prepared in prepared.iter_mut() {
                f = prepared.multiply(&f);
            }
        }
    }
    if C::MULTIPLIED_TWIST {
        // The parameter, which is the eigenvalue of psi, is negative.
        let ordered = walks.iter().all(|walk| walk.is_at(&psi(&walk.q.neg())));
        return ordered.then(|| f.conjugate());
    }
    for walk in &mut walks {
        let q1 = psi(walk.q);
        let q2 = psi(&q1);
        f = f.mul_by_line(&walk.add(&q1));
        f = f.mul_by_line(&walk.add(&q2.neg()));
        // (6x + 2) q + psi(q) - psi^2(q) + psi^3(q) = 0 if and only if the order of q is
        // the right one: the resultant of that and of the equation of psi is prime to the
        // cofactor.
        if !walk.is_at(&psi(&q2).neg()) {
            return None;
        }
    }
    for prepared in prepared.iter_mut() {
        for _ in 0..2 {
            f = prepared.multiply(&f);
        }
    }
    Some(f)
}

/// Writes the lines of pairings with `q`; `None` if `q` does not have the order of the
/// pairing.
///
/// # Panics
///
/// If there is not room for [`lines_size`] bytes.
#[must_use]
pub fn prepare<C: Curve>(q: &G2<C>, lines: &mut [u8]) -> Option<()> {
    // At the point with x = y = 1 lines are their coefficients.
    let pair = (Affine { x: Fp::ONE, y: Fp::ONE }, *q);
    miller_loop(&[pair], &mut [])?;
    let mut walk = Walk::new(&pair);
    let mut lines = lines;
    let mut put = |line: Line<C>| {
        let [free, of_x, of_y] =
            if C::MULTIPLIED_TWIST { line } else { [line[2], line[1], line[0]] };
        let inverse = of_y.inverse();
        write_raw2(&free.mul(&inverse), &mut lines);
        write_raw2(&of_x.mul(&inverse), &mut lines);
    };
    for digit in C::LOOP {
        put(walk.double());
        if *digit != 0 {
            let q = if *digit > 0 { *q } else { q.neg() };
            put(walk.add(&q));
        }
    }
    if !C::MULTIPLIED_TWIST {
        let q1 = psi(q);
        put(walk.add(&q1));
        put(walk.add(&psi(&q1).neg()));
    }
    Some(())
}
