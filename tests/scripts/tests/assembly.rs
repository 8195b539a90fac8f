//! The assembly of fields against the same in Rust, inside the machine, on operands that
//! make the carries happen which others need a lifetime for.
//!
//! Operands have limbs at edges, or are made so that a product, a square or a sum of
//! products has them: that is where the last steps of a reduction carry, or compare limbs
//! that are equal.

use num_bigint::BigUint;
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{RngCore, SeedableRng},
};
use verdict_script_tests::Bench;

/// Bytes of a witness, of which programs take so many.
const WITNESS: usize = 32 << 10;

/// Makes operands modulo a prime.
struct Operands {
    random: ChaCha8Rng,
    p: BigUint,
    /// 2^64 to the number of limbs.
    power: BigUint,
    /// What products are divided by.
    factor: BigUint,
    /// Whether operands are below the prime; else they are below `power`.
    canonical: bool,
    limbs: Vec<u64>,
    numbers: Vec<BigUint>,
}

impl Operands {
    /// For the prime that hexadecimal digits say.
    fn new(p: &str, montgomery: bool, canonical: bool) -> Self {
        let p = BigUint::parse_bytes(p.as_bytes(), 16).unwrap();
        let one = BigUint::from(1_u8);
        let power = &one << p.bits().next_multiple_of(64);
        // These two, where carries go on and on, are as likely as all others.
        let mut limbs = [0, u64::MAX].repeat(8);
        limbs.extend([1, 2, 19, 38, u64::MAX - 1, 1 << 63, (1 << 63) - 1]);
        limbs.extend([1 << 32, (1 << 32) - 1, 0_u64.wrapping_sub(1 << 32)]);
        for limb in p.to_u64_digits() {
            limbs.extend([limb, limb.wrapping_add(1), limb.wrapping_sub(1)]);
        }
        let mut numbers = Vec::new();
        for middle in [BigUint::ZERO, p.clone(), &p * 2_u8, &p >> 1, power.clone(), &power - &p] {
            for distance in [0_u32, 1, 2, 19, 38, 40, 76, 1463] {
                numbers.push(&middle + distance);
                numbers.push((&middle + &power - distance) % &power);
            }
            // Those with the same upper limbs.
            for bits in (64..power.bits() - 1).step_by(64) {
                numbers.push(&middle + (&one << bits));
                numbers.push((&middle + &power - (&one << bits)) % &power);
            }
        }
        let random = ChaCha8Rng::seed_from_u64(7);
        let factor = if montgomery { power.clone() } else { one };
        Self { random, p, power, factor, canonical, limbs, numbers }
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.random.next_u32()).unwrap() % bound
    }

    fn edge(&mut self) -> u64 {
        let at = self.below(self.limbs.len());
        self.limbs[at]
    }

    /// One of the representatives of a number that operands may be.
    fn representative(&mut self, number: &BigUint) -> BigUint {
        let least = number % &self.p;
        let most = (&self.power - 1_u8 - &least) / &self.p;
        if self.canonical || self.below(2) == 0 { least } else { least + most * &self.p }
    }

    /// A number with limbs at edges.
    fn number(&mut self) -> BigUint {
        if self.below(4) == 0 {
            let at = self.below(self.numbers.len());
            let number = &self.numbers[at] % &self.power;
            return if self.canonical { number % &self.p } else { number };
        }
        let often = self.below(5);
        let count = self.p.to_u64_digits().len();
        let mut number = BigUint::ZERO;
        for at in 0..count {
            let limb = match self.below(4) {
                choice if choice < often => self.edge(),
                _ => self.random.next_u64(),
            };
            let top = self.p.to_u64_digits()[count - 1];
            let canonical_top = self.canonical && at == count - 1;
            let limb = if canonical_top && self.below(2) == 0 { top } else { limb };
            number += BigUint::from(limb) << (64 * at);
        }
        if self.canonical { number % &self.p } else { number }
    }

    /// A number whose product with `a`, or with one if that is zero, has limbs at edges, less
    /// `rest`.
    fn cofactor(&mut self, a: &BigUint, rest: &BigUint) -> BigUint {
        let inverse = (a % &self.p).modinv(&self.p).unwrap_or_default();
        let target = self.number() * &self.factor + &self.p - rest % &self.p;
        self.representative(&(target * inverse))
    }

    /// A number whose square has limbs at edges.
    fn root(&mut self) -> BigUint {
        let one = BigUint::from(1_u8);
        loop {
            let square = self.number() * &self.factor % &self.p;
            // For 3 modulo 4, or 5 modulo 8.
            let exponent =
                if self.p.bit(1) { (&self.p + 1_u8) >> 2 } else { (&self.p + 3_u8) >> 3 };
            let root = square.modpow(&exponent, &self.p);
            let of_minus_one = BigUint::from(2_u8).modpow(&((&self.p - 1_u8) >> 2), &self.p);
            for root in [&root * &one, &root * of_minus_one] {
                if &root * &root % &self.p == square {
                    return self.representative(&root);
                }
            }
        }
    }

    /// What makes a product with `a` that, before it is reduced, with `more` and without
    /// `less`, has an upper half with limbs at edges; zero if there is none.
    fn quotient(&mut self, a: &BigUint, more: &BigUint, less: &BigUint) -> BigUint {
        let bits = self.power.bits() - 1;
        let most = a * &self.p + more;
        if &most < less || *a == BigUint::ZERO {
            return BigUint::ZERO;
        }
        // The highest limb is free, within bounds.
        let least = (more >> (2 * bits - 64)) + 1_u8;
        let most = (most - less) >> (2 * bits - 64);
        if most <= least {
            return BigUint::ZERO;
        }
        let top = &least + BigUint::from(self.random.next_u64()) % (most - &least);
        let below = self.number() % (BigUint::from(1_u8) << (bits - 64));
        let upper = (top << (bits - 64)) + below + 1_u8;
        ((upper << bits) + less - more) / a % &self.p
    }

    /// What makes a sum or a difference with `a` that has limbs at edges.
    fn other(&mut self, a: &BigUint) -> BigUint {
        let result = self.number();
        let double = &self.p * 8_u8;
        let other = if self.below(2) == 0 { result + double - a } else { a + double - result };
        self.representative(&other)
    }

    /// The low bits of a product, and how many: such that of Montgomery's reduction some steps
    /// leave limbs at edges. They are a square.
    fn low_product(&mut self) -> (BigUint, u64) {
        let bits = self.power.bits() - 1 - if self.canonical { 64 } else { 0 };
        let steps = 64 * (1 + self.below(self.p.to_u64_digits().len() - 1));
        let multiple = (((self.number() % (BigUint::from(1_u8) << steps)) >> 3) << 3)
            + (8_u8 - u8::try_from(&self.p % 8_u8).unwrap());
        let left = (self.number() << steps) + &self.power * &self.p;
        ((left - multiple * &self.p) % (BigUint::from(1_u8) << bits), bits)
    }

    /// Numbers with such low bits of their product, or of the square of one of them.
    fn low_factors(&mut self) -> [BigUint; 2] {
        let (product, bits) = self.low_product();
        let one = BigUint::from(1_u8);
        let mask = (&one << bits) - 1_u8;
        let mut root = one.clone();
        for bit in 3..bits {
            if (&root * &root).bit(bit) != product.bit(bit) {
                root += &one << (bit - 1);
            }
        }
        let a = self.number() | &one;
        let a = if a == self.p { one } else { a };
        let b = (a.modinv(&(&mask + 1_u8)).unwrap() * &product) & &mask;
        let [high, other] = [self.number(), self.number()].map(|number| number >> bits << bits);
        let root = if self.canonical && &high + &root >= self.p { root } else { root + high };
        let b = if self.canonical && &other + &b >= self.p { b } else { b + other };
        if self.below(2) == 0 { [root, a] } else { [a, b] }
    }

    /// A pair: by themselves, by their sum, difference, product or squares at edges.
    fn pair(&mut self) -> [BigUint; 2] {
        let a = self.number();
        let b = match self.below(10) {
            0 => self.other(&a),
            // For operands that are not canonical, sums and differences on the edge to wrap.
            1 if !self.canonical => (self.number() + &self.power - &a) % &self.power,
            1 => self.quotient(&a, &BigUint::ZERO, &BigUint::ZERO),
            2 => return [self.root(), self.root()],
            9 => return self.low_factors(),
            3..6 => self.cofactor(&a, &BigUint::ZERO),
            _ => self.number(),
        };
        [a, b]
    }

    /// Little-endian limbs.
    fn write(&self, number: &BigUint, to: &mut Vec<u8>) {
        let bound = if self.canonical { &self.p } else { &self.power };
        assert!(number < bound);
        let end = to.len() + 8 * self.p.to_u64_digits().len();
        to.extend(number.to_bytes_le());
        to.resize(end, 0);
    }
}

/// Runs a program on sets of operands, as many as a witness takes at once, behind `head`.
fn run(name: &str, head: &[u8], sets: &[Vec<u8>]) {
    let bench = Bench::new(name);
    for some in sets.chunks((WITNESS - head.len()) / sets[0].len()) {
        let input = |sets: &[Vec<u8>]| [head, &sets.concat()].concat();
        if bench.verify(&input(some)).exit_code != 0 {
            let wrong = some.iter().find(|set| !bench.verify(&input(&[set.to_vec()])).accepts());
            panic!("{name}: {wrong:x?}");
        }
    }
    println!("{name} {head:?}: {} sets of operands", sets.len());
    // What is no set is refused, hence the program looks at what it is given.
    assert_eq!(bench.verify(&[head, &sets[0][1..]].concat()).exit_code, -2);
}

fn pairs(name: &str, mut operands: Operands) {
    let sets: Vec<_> = (0..10_000)
        .map(|_| {
            let mut set = Vec::new();
            operands.pair().iter().for_each(|number| operands.write(number, &mut set));
            set
        })
        .collect();
    run(name, &[], &sets);
}

#[test]
fn ed25519() {
    let p = "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed";
    pairs("ed25519-check", Operands::new(p, false, false));
}

#[test]
fn p256() {
    let p = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
    pairs("p256-check", Operands::new(p, true, false));
}

/// Sets of `terms` pairs of complex numbers, the longest sum of products there may be.
fn extension(mut operands: Operands, terms: usize) {
    let limbs = operands.p.to_u64_digits().len();
    let minus_one = &operands.p - 1_u8;
    let square = &operands.p * &operands.p;
    let sets: Vec<_> = (0..2000)
        .map(|_| {
            // The sums of products so far: of the first numbers, and of the complex ones.
            let [mut numbers, mut re, mut im] = [const { BigUint::ZERO }; 3];
            let mut set = Vec::new();
            // The largest sums and differences come from the largest numbers and zero.
            let extreme = operands.below(8);
            for term in 0..terms {
                let mut pair = [operands.pair(), operands.pair()];
                if extreme < 4 && operands.below(8) > 0 {
                    // Of products of real and of imaginary parts, or of mixed ones.
                    let zeros =
                        [[[0, 0], [0, 0]], [[1, 1], [0, 0]], [[0, 0], [1, 1]], [[1, 0], [0, 1]]];
                    for (zeros, numbers) in zeros[extreme].iter().zip(&mut pair) {
                        for (zero, number) in zeros.iter().zip(numbers) {
                            *number = &minus_one * (1_u8 - zero);
                        }
                    }
                }
                // Of both parts, sums and differences are taken.
                let [first, second] = &mut pair;
                for (re, im) in first.iter().zip(second) {
                    if extreme >= 4 && operands.below(3) == 0 {
                        *im = operands.other(re);
                    }
                }
                // The last one, and at times the first, takes a sum to an edge.
                let [[a0, b0], [a1, b1]] = &mut pair;
                if term == terms - 1 && extreme != 4 || term == 0 && extreme > 5 {
                    match operands.below(3) {
                        0 => *b0 = operands.cofactor(a0, &numbers),
                        1 => *b0 = operands.cofactor(a0, &(&re + &square - &*a1 * &*b1)),
                        _ => *b1 = operands.cofactor(a0, &(&im + &*a1 * &*b0)),
                    }
                }
                // As does the first one, before the sum is reduced.
                if term == 0 && extreme == 5 {
                    let zero = BigUint::ZERO;
                    match operands.below(3) {
                        0 => *b0 = operands.quotient(a0, &zero, &(&*a1 * &*b1)),
                        1 => *b1 = operands.quotient(a0, &(&*a1 * &*b0), &zero),
                        _ => *b1 = operands.quotient(&(&*a0 + &*a1), &(&*a1 * &*b0), &zero),
                    }
                }
                numbers += &*a0 * &*b0;
                re += &*a0 * &*b0 + &square - &*a1 * &*b1;
                im += &*a0 * &*b1 + &*a1 * &*b0;
                for number in [&pair[0][0], &pair[1][0], &pair[0][1], &pair[1][1]] {
                    operands.write(number, &mut set);
                }
            }
            set
        })
        .collect();
    run("pairing-check", &[u8::try_from(limbs).unwrap()], &sets);
}

#[test]
fn bls12_381() {
    let p = "1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab";
    extension(Operands::new(p, true, true), 9);
}

#[test]
fn bn254() {
    let p = "30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47";
    extension(Operands::new(p, true, true), 5);
}
