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
    kernel::read_elements,
    point::{Affine, Jacobian},
    root::Root,
    tower::{Chain, Fp12, Line},
};

/// A point of the curve.
pub type G1<C> = Affine<Fp<C>>;
/// A point of the twist.
pub type G2<C> = Affine<Fp2<C>>;

/// A pairing under way: its points, and a multiple of the second.
#[derive(Debug)]
pub struct Walk<'a, C: Curve> {
    /// Of the first: -x, -3 x and y.
    p: [Fp<C>; 3],
    q: &'a G2<C>,
    minus_q: G2<C>,
    x: Fp2<C>,
    y: Fp2<C>,
    z: Fp2<C>,
}

impl<'a, C: Curve> Walk<'a, C> {
    /// The beginning. The second point must be on the twist.
    #[must_use]
    pub fn new((p, q): &'a (G1<C>, G2<C>)) -> Self {
        let minus_x = p.x.neg();
        let p = [minus_x, minus_x.double().add(&minus_x), p.y];
        Self { p, q, minus_q: q.neg(), x: q.x, y: q.y, z: Fp2::ONE }
    }

    /// Doubles the multiple; the tangent there, at `p`.
    #[inline(never)]
    fn double(&mut self, line: &mut Line<C>) {
        // Four times what the formulas say, which saves halving.
        let mut xy = self.x.mul(&self.y);
        C::double_assign(&mut xy);
        C::double_assign(&mut self.z);
        let b = self.y.square();
        let e = C::times_three_quarters_b(&self.z.square());
        let twice_e = e.double();
        let f = twice_e.add(&e);
        let h = self.y.mul(&self.z);
        let j = self.x.square();
        let [_, minus_3x, y] = &self.p;
        set_line(line, &b.sub(&e), (&j, minus_3x), (&h, y));
        let ee = twice_e.square();
        let ee = ee.double().add(&ee);
        self.x.set_dot(&[xy.by(&b.sub(&f))]);
        self.y.set_square(&b.add(&f));
        C::sub_assign(&mut self.y, &ee);
        self.z.set_dot(&[b.by(&h)]);
        C::double_assign(&mut self.z);
        C::double_assign(&mut self.z);
    }

    /// Adds `q`, one of its images or its negative; the line through both, at `p`.
    #[inline(never)]
    fn add(&mut self, q: &G2<C>, line: &mut Line<C>) {
        let theta = self.y.sub(&q.y.mul(&self.z));
        let lambda = self.x.sub(&q.x.mul(&self.z));
        let d = lambda.square();
        let e = lambda.mul(&d);
        let f = self.z.mul(&theta.square());
        let g = self.x.mul(&d);
        let h = e.add(&f).sub(&g.double());
        let ey = e.mul(&self.y);
        let ez = e.mul(&self.z);
        self.x.set_dot(&[lambda.by(&h)]);
        self.y.set_dot(&[theta.by(&g.sub(&h))]);
        C::sub_assign(&mut self.y, &ey);
        self.z = ez;
        let j = theta.mul(&q.x).sub(&lambda.mul(&q.y));
        let [minus_x, _, y] = &self.p;
        set_line(line, &j, (&theta, minus_x), (&lambda, y));
    }

    /// Whether the multiple is this point. If ever an addition had equal or opposite
    /// points, its z is zero, and stays so.
    fn is_at(&self, point: &G2<C>) -> bool {
        !self.z.is_zero() && point.x.mul(&self.z) == self.x && point.y.mul(&self.z) == self.y
    }
}

/// Makes `line` that with a free coefficient and two that are times numbers.
#[inline(never)]
fn set_line<C: Curve>(
    [first, of_x, last]: &mut Line<C>,
    free: &Fp2<C>,
    (x, by_x): (&Fp2<C>, &Fp<C>),
    (y, by_y): (&Fp2<C>, &Fp<C>),
) {
    let [to_free, of_y] = if C::MULTIPLIED_TWIST { [first, last] } else { [last, first] };
    *to_free = *free;
    of_x.set_scaled(x, by_x);
    of_y.set_scaled(y, by_y);
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
    /// A line, and what it is at the point.
    line: [[Fp2<C>; 2]; 2],
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
            Self { slopes, lines, line: [[Fp2::ZERO; 2]; 2] }
        })
    }

    #[inline(never)]
    fn multiply(&mut self, f: &Fp12<C>, to: &mut Fp12<C>) {
        let [slope, inverse] = &self.slopes;
        let [line, here] = &mut self.line;
        read_elements(line, &mut self.lines);
        let [first, last] = here;
        let [free, of_x] = if C::MULTIPLIED_TWIST { [first, last] } else { [last, first] };
        free.set_scaled(&line[0], inverse);
        of_x.set_scaled(&line[1], slope);
        f.mul_by_monic_line_to(here, to);
    }
}

/// Takes an element from memory as it is computed with: limbs in little-endian bytes.
/// What is missing is zero.
pub(crate) fn read_raw<C: Curve>(from: &mut &[u8]) -> Fp<C> {
    let mut element = Fp::ZERO;
    read_elements::<C, _>(&mut element, from);
    element
}

/// As [`read_raw`], for the extension.
pub(crate) fn read_raw2<C: Curve>(from: &mut &[u8]) -> Fp2<C> {
    let mut element = Fp2::ZERO;
    read_elements::<C, _>(&mut element, from);
    element
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

/// The product of the pairing of points and of those prepared, before the final
/// exponentiation; `None` if the second point, which must be on the twist, does not have
/// the order of the pairing.
#[must_use]
pub fn miller_loop<C: Curve>(
    pair: &(G1<C>, G2<C>),
    prepared: &mut [Prepared<'_, C>],
) -> Option<Fp12<C>> {
    rooted_miller_loop(&mut [Walk::new(pair)], prepared, None)
}

/// As [`miller_loop`], for pairings at their beginning, times a [`Root`]'s power to a
/// multiple of the order of the pairing.
#[must_use]
#[inline(never)]
pub fn rooted_miller_loop<C: Curve>(
    walks: &mut [Walk<'_, C>],
    prepared: &mut [Prepared<'_, C>],
    root: Option<&Root<C>>,
) -> Option<Fp12<C>> {
    // For a multiplied twist the conjugate is taken of all at the end.
    let root = root.map(|root| if C::MULTIPLIED_TWIST { root.inverse() } else { *root });
    let (mut product, mut room, mut line) = (Fp12::ONE, Fp12::ONE, [Fp2::ZERO; 3]);
    if let Some(root) = &root {
        product.0[1] = root.0;
    }
    let mut f = Chain { value: &mut product, room: &mut room };
    for (step, digit) in C::LOOP.iter().enumerate() {
        if step > 0 || root.is_some() {
            f.step(Fp12::square_to);
        }
        for walk in walks.iter_mut() {
            walk.double(&mut line);
            f.step(|f, to| f.mul_by_line_to(&line, to));
        }
        for prepared in prepared.iter_mut() {
            f.step(|f, to| prepared.multiply(f, to));
        }
        if *digit != 0 {
            for walk in walks.iter_mut() {
                let q = if *digit > 0 { *walk.q } else { walk.minus_q };
                walk.add(&q, &mut line);
                f.step(|f, to| f.mul_by_line_to(&line, to));
            }
            for prepared in prepared.iter_mut() {
                f.step(|f, to| prepared.multiply(f, to));
            }
            if let Some(root) = &root {
                let root = if *digit > 0 { *root } else { root.inverse() };
                f.step(|f, to| root.multiply(f, to));
            }
        }
    }
    if C::MULTIPLIED_TWIST {
        // The parameter, which is the eigenvalue of psi, is negative. The power is to p less
        // the parameter.
        if let Some(root) = &root {
            f.step(|f, to| root.frobenius().multiply(f, to));
        }
        let ordered = walks.iter().all(|walk| walk.is_at(&psi(walk.q).neg()));
        return ordered.then(|| f.value.conjugate());
    }
    for walk in walks.iter_mut() {
        let q1 = psi(walk.q);
        let q2 = psi(&q1);
        for q in [&q1, &q2.neg()] {
            walk.add(q, &mut line);
            f.step(|f, to| f.mul_by_line_to(&line, to));
        }
        // (6x + 2) q + psi(q) - psi^2(q) + psi^3(q) = 0 if and only if the order of q is
        // the right one: the resultant of that and of the equation of psi is prime to the
        // cofactor.
        if !walk.is_at(&psi(&q2).neg()) {
            return None;
        }
    }
    for prepared in prepared.iter_mut() {
        for _ in 0..2 {
            f.step(|f, to| prepared.multiply(f, to));
        }
    }
    // The power is to 6x + 2 + p - p^2 + p^3.
    if let Some(root) = &root {
        let mut root = root.frobenius();
        f.step(|f, to| root.multiply(f, to));
        root = root.frobenius();
        f.step(|f, to| root.inverse().multiply(f, to));
        root = root.frobenius();
        f.step(|f, to| root.multiply(f, to));
    }
    Some(*f.value)
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
    miller_loop(&pair, &mut [])?;
    let mut walk = Walk::new(&pair);
    let (mut lines, mut line) = (lines, [Fp2::ZERO; 3]);
    let mut put = |line: &Line<C>| {
        let [first, of_x, last] = line;
        let [free, of_y] = if C::MULTIPLIED_TWIST { [first, last] } else { [last, first] };
        let inverse = of_y.inverse();
        write_raw2(&free.mul(&inverse), &mut lines);
        write_raw2(&of_x.mul(&inverse), &mut lines);
    };
    for digit in C::LOOP {
        walk.double(&mut line);
        put(&line);
        if *digit != 0 {
            let q = if *digit > 0 { *q } else { q.neg() };
            walk.add(&q, &mut line);
            put(&line);
        }
    }
    if !C::MULTIPLIED_TWIST {
        let q1 = psi(q);
        for q in [&q1, &psi(&q1).neg()] {
            walk.add(q, &mut line);
            put(&line);
        }
    }
    Some(())
}
