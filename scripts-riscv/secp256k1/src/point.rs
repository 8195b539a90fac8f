//! Points of the curve y² = x³ + 7, and sums of two multiples of them.
//!
//! A multiple is split in two of half the length, by the endomorphism that multiplies
//! points by λ: (x, y) to (β x, y). Digits are signed and odd, with zeros between them
//! (wNAF), and index tables of odd multiples: of the generator made by the compiler, of
//! the other point made on the way. Those have one z in common, so that they count as
//! affine on an isomorphic curve, on which the sum is made.

use crate::{
    field::{Fe, portable},
    inverse::{self, Modulus},
    scalar::{self, Scalar},
};

/// A cube root of one: λ (x, y) = (β x, y).
pub const BETA: Fe = Fe([
    0xc139_6c28_7195_01ee,
    0x9cf0_4975_12f5_8995,
    0x6e64_479e_ac34_34e9,
    0x7ae9_6a2b_657c_0710,
]);

static MODULUS: Modulus = Modulus {
    limbs: [-0x1_0000_03d1, 0, 0, 0, 256],
    // 1 / p modulo 2⁶².
    inverse: 0x27c7_f6e2_2dda_cacf,
};

/// A point that is not at infinity.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Affine {
    /// The coordinate x.
    pub x: Fe,
    /// The coordinate y.
    pub y: Fe,
}

/// The generator (SEC 2, section 2.4.1).
pub const G: Affine = Affine {
    x: Fe([
        0x59f2_815b_16f8_1798,
        0x029b_fcdb_2dce_28d9,
        0x55a0_6295_ce87_0b07,
        0x79be_667e_f9dc_bbac,
    ]),
    y: Fe([
        0x9c47_d08f_fb10_d4b8,
        0xfd17_b448_a685_5419,
        0x5da4_fbfc_0e11_08a8,
        0x483a_da77_26a3_c465,
    ]),
};

impl Affine {
    /// The point with this x whose y is odd or not, if there is one.
    #[must_use]
    pub fn lift(x: Fe, odd: bool) -> Option<Self> {
        let y = x.square().mul(&x).add(&Fe([7, 0, 0, 0])).sqrt()?;
        // Zero has no other root, but no point of the curve has y = 0.
        Some(Self { x, y: if y.is_odd() == odd { y } else { y.neg() } })
    }

    /// The point in SEC 1 encoding (section 2.3.4), 33 bytes or 65.
    #[must_use]
    pub fn from_sec1(bytes: &[u8]) -> Option<Self> {
        let (&form, rest) = bytes.split_first()?;
        let (x, y) = rest.split_first_chunk()?;
        let x = Fe::from_bytes(x)?;
        match form {
            2 | 3 if y.is_empty() => Self::lift(x, form == 3),
            4 => {
                let y = Fe::from_bytes(y.try_into().ok()?)?;
                let right = x.square().mul(&x).add(&Fe([7, 0, 0, 0]));
                y.square().equals(&right).then_some(Self { x, y })
            }
            _ => None,
        }
    }

    /// Becomes (x z², y z³).
    fn scale(&mut self, z: &Fe) {
        scale(self, z);
    }

    /// The compressed SEC 1 encoding.
    #[must_use]
    pub fn to_sec1(&self) -> [u8; 33] {
        let mut bytes = [2 + u8::from(self.y.is_odd()); 33];
        bytes[1..].copy_from_slice(&self.x.to_bytes());
        bytes
    }
}

/// A point (x / z², y / z³), at infinity if x and z are zero. Assembly relies on the layout,
/// and uses the room behind.
#[derive(Clone, Debug)]
#[repr(C)]
struct Work {
    x: Fe,
    y: Fe,
    z: Fe,
    scratch: [Fe; 6],
}

impl Work {
    /// The point with z = 1.
    #[inline(never)]
    fn new(point: &Affine) -> Self {
        let Affine { x, y } = *point;
        Self { x, y, z: Fe::ONE, scratch: [Fe::ZERO; 6] }
    }

    /// Adds the point (x, y), or subtracts it, where `z` is what z counts as there.
    fn add_any(&mut self, x: &Fe, y: &Fe, z: &Fe, negate: bool) {
        let z2 = z.square();
        let h = x.mul(&z2).sub(&self.x);
        let y = if negate { y.neg() } else { *y };
        let r = y.mul(&z2.mul(z)).sub(&self.y);
        if h.is_zero() {
            if r.is_zero() {
                double(self);
            } else {
                (self.x, self.z) = (Fe::ZERO, Fe::ZERO);
            }
            return;
        }
        let h2 = h.square();
        let h3 = h2.mul(&h);
        let v = self.x.mul(&h2);
        self.z = self.z.mul(&h);
        self.x = r.square().sub(&h3).sub(&v).sub(&v);
        self.y = r.mul(&v.sub(&self.x)).sub(&self.y.mul(&h3));
    }
}

/// What the assembly does.
fn portable_scale(point: &mut Affine, z: &Fe) {
    let square = portable::mul(z, z);
    point.x = portable::mul(&point.x, &square);
    point.y = portable::mul(&point.y, &portable::mul(&square, z));
}

/// What the assembly does, but for the z that comes out, which is twice as much.
fn portable_double(point: &mut Work) {
    use portable::mul;
    let s = mul(&point.y, &point.y);
    let t = mul(&s, &point.x);
    let square = mul(&point.x, &point.x);
    let l = square.add(&square).add(&square);
    let t4 = t.add(&t).add(&t.add(&t));
    let s8 = mul(&s.add(&s), &s.add(&s));
    point.z = mul(&point.z, &point.y);
    point.z = point.z.add(&point.z);
    point.x = mul(&l, &l).sub(&t4).sub(&t4);
    point.y = mul(&l, &t4.sub(&point.x)).sub(&s8.add(&s8));
}

/// What the assembly does, and leaves to this in rare cases: adds the point (x, y), or
/// subtracts it; where z counts as `z` there, or as itself.
fn portable_add(point: &mut Work, x: &Fe, y: &Fe, z: Option<&Fe>, negate: bool) {
    point.add_any(x, y, z.unwrap_or(&point.z.clone()), negate);
}

/// The same as [`portable_add`] for a point at infinity, which becomes the other one: times
/// `common_z` where that is given.
fn settle(point: &mut Work, x: &Fe, y: &Fe, common_z: Option<&Fe>, negate: bool) {
    let mut first = Affine { x: *x, y: if negate { y.neg() } else { *y } };
    if let Some(z) = common_z {
        first.scale(z);
    }
    (point.x, point.y, point.z) = (first.x, first.y, Fe::ONE);
}

/// What the assembly does: doubles the point for each place but the last of `digits`, which
/// it begins with, and adds what its digits say.
fn portable_run(point: &mut Work, digits: &[u32], bases: &Bases) {
    for (count, place) in digits.iter().rev().enumerate() {
        if count > 0 {
            portable_double(point);
        }
        for (column, digit) in place.to_le_bytes().into_iter().enumerate() {
            let digit = digit.cast_signed();
            if digit == 0 {
                continue;
            }
            let at = usize::from(digit.unsigned_abs() / 2);
            let multiple = if column < 2 { &GENERATOR[at] } else { &bases.multiples[at] };
            let x = match column {
                1 => &multiple.x.mul(&BETA),
                3 => &bases.betas[at],
                _ => &multiple.x,
            };
            let common_z = (column < 2).then_some(&bases.common_z);
            if point.z.is_zero() {
                settle(point, x, &multiple.y, common_z, digit < 0);
            } else {
                let z = common_z.map(|z| portable::mul(z, &point.z));
                portable_add(point, x, &multiple.y, z.as_ref(), digit < 0);
            }
        }
    }
}

/// Whether the assembly and the same in Rust agree: products, and doubling (x, y, z) of
/// the first three elements and adding (x, y) of the others, points or not.
#[must_use]
pub fn is_portable(elements: &[Fe; 5]) -> bool {
    let same_element = |a: &Fe, b: &Fe| a.canonical().0 == b.canonical().0;
    let sums = elements.iter().all(|a| {
        elements.iter().all(|b| {
            same_element(&a.add(b), &portable::add(a, b))
                && same_element(&a.sub(b), &portable::sub(a, b))
        })
    });
    let products = elements.iter().all(|a| {
        let squares =
            [1, 2, 17].map(|count| a.square_times(count).equals(&portable::square_times(a, count)));
        squares == [true; 3] && elements.iter().all(|b| a.mul(b).equals(&portable::mul(a, b)))
    });
    let &[x, y, z, other_x, other_y] = elements;
    let work = Work { z, ..Work::new(&Affine { x, y }) };
    let same = |a: &Work, b: &Work| {
        let power = |z: &Fe| (portable::mul(z, z), portable::mul(z, &portable::mul(z, z)));
        let ((a2, a3), (b2, b3)) = (power(&a.z), power(&b.z));
        portable::mul(&a.x, &b2).equals(&portable::mul(&b.x, &a2))
            && portable::mul(&a.y, &b3).equals(&portable::mul(&b.y, &a3))
            && (a.z.is_zero() == b.z.is_zero())
    };
    let agree = |assembly: &dyn Fn(&mut Work), rust: &dyn Fn(&mut Work)| {
        let (mut ours, mut theirs) = (work.clone(), work.clone());
        assembly(&mut ours);
        rust(&mut theirs);
        same(&ours, &theirs)
    };
    let doubles = agree(&|ours| (0..3).for_each(|_| double(ours)), &|theirs| {
        (0..3).for_each(|_| portable_double(theirs));
    });
    let cases = [(None, false), (None, true), (Some(&other_y), false), (Some(&x), true)];
    let adds = cases.into_iter().all(|(z, negate)| {
        agree(&|ours| add(ours, &other_x, &other_y, z, negate), &|theirs| {
            portable_add(theirs, &other_x, &other_y, z, negate);
        })
    });
    let bases = Bases {
        common_z: other_y,
        beta: BETA,
        multiples: core::array::from_fn(|at| Affine { x: elements[at % 5], y: elements[at / 2] }),
        betas: core::array::from_fn(|at| elements[at % 4]),
    };
    // All columns and both signs, from the highest index of each on; a point and itself; a
    // point and its negative.
    let runs: [&[u32]; 3] = [
        &[0x0101_0101, 0, 0xf10f_a957, 0x0d00_0300, 0x00fd_00ff],
        &[0x0003_0000, 0x0101_0000],
        &[0x0103_0000, 0xff01_0000],
    ];
    let runs = runs.into_iter().all(|digits| {
        [(work.x, work.z), (Fe::ZERO, Fe::ZERO)].into_iter().all(|(x, z)| {
            let (mut ours, mut theirs) =
                (Work { x, z, ..work.clone() }, Work { x, z, ..work.clone() });
            run(&mut ours, digits, &bases);
            portable_run(&mut theirs, digits, &bases);
            same(&ours, &theirs)
        })
    });
    let (mut ours, mut theirs) = (Affine { x, y }, Affine { x, y });
    scale(&mut ours, &z);
    portable_scale(&mut theirs, &z);
    let scales = ours.x.equals(&theirs.x) && ours.y.equals(&theirs.y);
    let numbers = elements.map(|element| element.0);
    let scalars = scalar::is_portable(&numbers) && inverse::is_portable(&numbers);
    sums && products && scales && doubles && adds && runs && scalars
}

#[cfg(not(target_arch = "riscv64"))]
use portable_add as add;
#[cfg(not(target_arch = "riscv64"))]
use portable_double as double;
#[cfg(not(target_arch = "riscv64"))]
use portable_run as run;
#[cfg(not(target_arch = "riscv64"))]
use portable_scale as scale;

#[cfg(target_arch = "riscv64")]
use riscv64::{add, double, run, scale};

/// The assembly, which is in `field.S`.
#[cfg(target_arch = "riscv64")]
#[expect(unsafe_code, reason = "they are assembly")]
mod riscv64 {
    use super::{Affine, Bases, Fe, GENERATOR, Work, portable_add, settle};

    /// Where in the scratch the difference of y is.
    const DIFFERENCE: usize = 5;

    type Add = unsafe extern "C" fn(*mut Work, *const Fe, *const Fe, *const Fe, bool, *const Bases);

    unsafe extern "C" {
        fn verdict_secp256k1_scale(point: *mut Affine, z: *const Fe);
        fn verdict_secp256k1_double(point: *mut Work);
        fn verdict_secp256k1_add(
            point: *mut Work,
            x: *const Fe,
            y: *const Fe,
            z: *const Fe,
            negate: u64,
        ) -> u64;
        fn verdict_secp256k1_run(
            point: *mut Work,
            digits: *const u32,
            places: usize,
            bases: *const Bases,
            generator: *const Affine,
            add: Add,
        );
    }

    pub(super) fn scale(point: &mut Affine, z: &Fe) {
        // SAFETY: it reads an element, and changes the point.
        unsafe { verdict_secp256k1_scale(point, z) }
    }

    pub(super) fn double(point: &mut Work) {
        // SAFETY: it changes the point.
        unsafe { verdict_secp256k1_double(point) }
    }

    pub(super) fn add(point: &mut Work, x: &Fe, y: &Fe, z: Option<&Fe>, negate: bool) {
        let at = z.map_or(&raw const point.z, |z| &raw const *z);
        // SAFETY: it reads three elements, one of which may be the point's z, before it
        // changes the point.
        let left = unsafe { verdict_secp256k1_add(point, x, y, at, negate.into()) };
        if left != 0 {
            portable_add(point, x, y, z, negate);
        }
    }

    /// Adds where the assembly does not: to a point at infinity, or one with the same x.
    ///
    /// # Safety
    ///
    /// The pointers are to values; x and z may be parts of the point.
    #[cold]
    unsafe extern "C" fn add_same(
        point: *mut Work,
        x: *const Fe,
        y: *const Fe,
        z: *const Fe,
        negate: bool,
        bases: *const Bases,
    ) {
        // SAFETY: the caller says so, and these are copies.
        let (x, y) = unsafe { (*x, *y) };
        // SAFETY: the caller says so, and nothing else refers to the point any more.
        let point = unsafe { &mut *point };
        // SAFETY: the caller says so.
        let common_z = unsafe { &(*bases).common_z };
        let own = core::ptr::eq(z, &raw const point.z);
        if point.z.is_zero() {
            settle(point, &x, &y, (!own).then_some(common_z), negate);
        } else if point.scratch[DIFFERENCE].is_zero() {
            double(point);
        } else {
            (point.x, point.z) = (Fe::ZERO, Fe::ZERO);
        }
    }

    pub(super) fn run(point: &mut Work, digits: &[u32], bases: &Bases) {
        let Some(top) = digits.last() else { return };
        let generator = GENERATOR.as_ptr();
        // SAFETY: it reads as many digits as there are, from the last one on, and the
        // multiples that they name; it changes the point.
        unsafe { verdict_secp256k1_run(point, top, digits.len(), bases, generator, add_same) }
    }
}

/// Width of the generator's digits, in bits, and number of its odd multiples. Those are not
/// all that the width has: digits beyond them are a bit shorter (Möller, "Improved
/// techniques for fast exponentiation", 2002).
const WIDE: u32 = 8;
const WIDE_LEN: usize = 44;

/// The same of the other point.
const NARROW: u32 = 5;
const NARROW_LEN: usize = 1 << (NARROW - 2);

/// Odd multiples of the generator, from the first on.
static GENERATOR: [Affine; WIDE_LEN] = odd_multiples();

/// Makes the odd multiples of the generator, in plain affine coordinates.
const fn odd_multiples() -> [Affine; WIDE_LEN] {
    let twice = affine_double(G);
    let mut multiples = [G; WIDE_LEN];
    let mut at = 1;
    // Each is the one before plus twice the generator, with all slopes' denominators
    // inverted one by one: the compiler has time.
    while at < WIDE_LEN {
        multiples[at] = affine_add(multiples[at - 1], twice);
        at += 1;
    }
    multiples
}

/// The power of p - 2.
const fn const_invert(a: Fe) -> Fe {
    // p - 2 has 223 ones, then 0xfffffc2d.
    let mut power = Fe::ONE;
    let mut bit = 256;
    while bit > 0 {
        bit -= 1;
        power = portable::mul(&power, &power);
        if bit >= 33 || bit != 32 && 0xffff_fc2d_u64 >> bit & 1 == 1 {
            power = portable::mul(&power, &a);
        }
    }
    power
}

const fn const_canonical(a: Fe) -> Fe {
    let minus = portable::sub(&Fe::ZERO, &a);
    // Zero less an element below p is p less the element, below p as well or p itself.
    portable::sub(&crate::field::Fe(crate::field::P), &minus)
}

const fn affine_line(a: Affine, b_x: Fe, slope: Fe) -> Affine {
    let x = portable::sub(&portable::sub(&portable::mul(&slope, &slope), &a.x), &b_x);
    let y = portable::sub(&portable::mul(&slope, &portable::sub(&a.x, &x)), &a.y);
    Affine { x: const_canonical(x), y: const_canonical(y) }
}

const fn affine_double(a: Affine) -> Affine {
    let square = portable::mul(&a.x, &a.x);
    let above = portable::add(&portable::add(&square, &square), &square);
    let slope = portable::mul(&above, &const_invert(portable::add(&a.y, &a.y)));
    affine_line(a, a.x, slope)
}

const fn affine_add(a: Affine, b: Affine) -> Affine {
    let above = portable::sub(&b.y, &a.y);
    let slope = portable::mul(&above, &const_invert(portable::sub(&b.x, &a.x)));
    affine_line(a, b.x, slope)
}

/// Places of digits: a multiple has at most 128 bits, and may carry.
const PLACES: usize = 129;

/// What multiples are made of, beside the generator's. Assembly relies on the layout.
#[derive(Clone, Debug)]
#[repr(C)]
struct Bases {
    /// The z that turns points of the curve into such of the curve of the multiples.
    common_z: Fe,
    beta: Fe,
    /// Odd multiples of the other point.
    multiples: [Affine; NARROW_LEN],
    /// Their x times β.
    betas: [Fe; NARROW_LEN],
}

/// Where `field.S` finds what it works with.
const _: () = {
    assert!(core::mem::offset_of!(Work, scratch) == 96);
    assert!(core::mem::offset_of!(Bases, multiples) == 64);
    assert!(core::mem::offset_of!(Bases, betas) == 576);
};

impl Bases {
    /// Odd multiples of `point`, as affine points of the curve where z is 1 instead of
    /// `common_z`.
    ///
    /// 2P and P, brought to the same z, which then counts as 1; then the last sum plus 2P,
    /// each time brought to the same z again on the way (Meloni, "New point addition formulae
    /// for ECC applications", 2007); then all to the last z.
    #[inline(never)]
    fn new(point: &Affine) -> Self {
        let mut twice = Work::new(point);
        double(&mut twice);
        let common_z = twice.z;
        let mut last = *point;
        last.scale(&common_z);
        let zero = Affine { x: Fe::ZERO, y: Fe::ZERO };
        let mut bases = Self {
            common_z,
            beta: BETA,
            multiples: [zero; NARROW_LEN],
            betas: [Fe::ZERO; NARROW_LEN],
        };
        bases.multiples[0] = last;
        let mut ratios = [Fe::ZERO; NARROW_LEN];
        ratios[0] = common_z;
        for (multiple, ratio) in bases.multiples.iter_mut().zip(&mut ratios).skip(1) {
            // No odd multiple is 2P or its negative: the number of points is prime.
            *ratio = last.x;
            ratio.sub_assign(&twice.x);
            let square = ratio.square();
            // Both x by the new z; the slope; y of 2P by the new z.
            last.x.mul_assign(&square);
            last.y.sub_assign(&twice.y);
            twice.x.mul_assign(&square);
            twice.y.mul_assign(&last.x.sub(&twice.x));
            let mut x = last.y.square();
            x.sub_assign(&twice.x);
            x.sub_assign(&last.x);
            last.x = x;
            last.y.mul_assign(&twice.x.sub(&last.x));
            last.y.sub_assign(&twice.y);
            *multiple = last;
        }
        let mut z = ratios[NARROW_LEN - 1];
        for (multiple, ratio) in bases.multiples.iter_mut().zip(&ratios).rev().skip(1) {
            multiple.scale(&z);
            z.mul_assign(ratio);
        }
        bases.common_z = z;
        for (beta_x, multiple) in bases.betas.iter_mut().zip(&bases.multiples) {
            *beta_x = multiple.x;
            beta_x.mul_assign(&BETA);
        }
        bases
    }
}

/// For each place the digits of the generator, λ times it, the other point, λ times it, a
/// byte each from the lowest on.
type Digits = [u32; PLACES];

/// Writes the digits of both halves of `scalar` to columns `column` and the next,
/// for `len` odd multiples, which are at least half of those of `width` bits.
fn recode(digits: &mut Digits, column: usize, width: u32, len: usize, scalar: &Scalar) {
    for (half, column) in scalar.split().into_iter().zip(column..) {
        let [mut low, mut high] = half.magnitude;
        let mut place = 0;
        while low | high != 0 {
            let zeros = (low | 1 << 63).trailing_zeros();
            low = low >> zeros | high << 1 << (63 - zeros);
            high >>= zeros;
            place += zeros as usize;
            if low & 1 == 0 {
                continue;
            }
            // The lowest bits, with the sign that the highest of them says.
            let lowest = |width: u32| (low << (64 - width)) as i64 >> (64 - width);
            let mut digit = lowest(width);
            if digit.unsigned_abs() as usize / 2 >= len {
                digit = lowest(width - 1);
            }
            let borrow;
            (low, borrow) = low.overflowing_sub(digit as u64);
            high = high.wrapping_sub((digit >> 63) as u64).wrapping_sub(borrow.into());
            let Some(digits) = digits.get_mut(place) else { return };
            let digit = if half.negative { -digit } else { digit } as i8;
            *digits |= u32::from(digit.cast_unsigned()) << (8 * column);
        }
    }
}

/// A point (x / z², y / z³).
#[derive(Clone, Debug)]
pub struct Jacobian {
    x: Fe,
    y: Fe,
    z: Fe,
}

/// `a` times the generator plus `b` times `point`, if that is not at infinity.
#[must_use]
#[inline(never)]
pub fn multiply(a: &Scalar, b: &Scalar, point: &Affine) -> Option<Jacobian> {
    let mut digits = [0; PLACES];
    recode(&mut digits, 0, WIDE, WIDE_LEN, a);
    recode(&mut digits, 2, NARROW, NARROW_LEN, b);
    let bases = Bases::new(point);
    let top = digits.iter().rposition(|place| *place != 0)?;
    let mut sum = Work::new(point);
    (sum.x, sum.z) = (Fe::ZERO, Fe::ZERO);
    run(&mut sum, &digits[..=top], &bases);
    let finite = !sum.z.is_zero();
    finite.then(|| Jacobian { x: sum.x, y: sum.y, z: sum.z.mul(&bases.common_z) })
}

impl Jacobian {
    /// Whether its x is `x`.
    #[must_use]
    pub fn has_x(&self, x: &Fe) -> bool {
        x.mul(&self.z.square()).equals(&self.x)
    }

    /// The point in affine coordinates.
    #[must_use]
    pub fn to_affine(&self) -> Affine {
        let inverse = Fe(MODULUS.invert(&self.z.canonical().0));
        let mut point = Affine { x: self.x, y: self.y };
        point.scale(&inverse);
        point
    }
}
