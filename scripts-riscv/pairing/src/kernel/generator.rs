//! Generates the field kernels.
//!
//! The machine charges 5 cycles for `mulhu; mul` on the same operands, and 1 for the
//! sequences `add; sltu; add`, `add; sltu` and the five instructions of an addition or
//! subtraction with carry: all arithmetic is made of these. A double-width sum of
//! products stays in registers until it is reduced.
//!
//! Such a sequence is one step only in the very order of operands that is written here,
//! so compressed instructions are turned off.

use std::fmt::Write;

/// A prime field.
pub(crate) struct Field {
    /// Of the file, and in symbols.
    pub(crate) name: &'static str,
    /// The real part of xi is two to this power, and one if that is not one.
    pub(crate) doublings: usize,
    /// The prime, limbs from the lowest.
    pub(crate) modulus: &'static [u64],
}

/// The fields of the two curves.
pub(crate) const FIELDS: [Field; 2] = [
    Field {
        name: "bls12_381",
        doublings: 0,
        modulus: &[
            0xb9fe_ffff_ffff_aaab,
            0x1eab_fffe_b153_ffff,
            0x6730_d2a0_f6b0_f624,
            0x6477_4b84_f385_12bf,
            0x4b1b_a7b6_434b_acd7,
            0x1a01_11ea_397f_e69a,
        ],
    },
    Field {
        name: "bn254",
        doublings: 3,
        modulus: &[
            0x3c20_8c16_d87c_fd47,
            0x9781_6a91_6871_ca8d,
            0xb850_45b6_8181_585d,
            0x3064_4e72_e131_a029,
        ],
    },
];

/// Registers, by use. `s0`, `s1` and `ra` are saved where they are used; callers know
/// that all others change. Nothing else in a program uses `gp` and `tp`.
const POOL: [&str; 21] = [
    "t1", "t2", "t3", "t4", "t5", "t6", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10",
    "s11", "gp", "tp", "s0", "s1", "ra",
];

/// Where the frame keeps `ra`, `s0`, `s1`, the place of the result and a pointer.
const FRAME: [usize; 5] = [0, 8, 16, 24, 32];

type Reg = &'static str;

/// Where a factor is.
#[derive(Clone, Copy)]
enum Place {
    /// In the frame.
    Frame(usize),
    /// At an address that is kept in the frame.
    Kept(usize),
}

struct Kernel<'a> {
    text: String,
    name: &'a str,
    n: usize,
    label: usize,
    /// The sum, of `2n` limbs.
    t: Vec<Reg>,
    /// One factor, or the modulus.
    b: Vec<Reg>,
    /// A carry of `cdot`.
    s: Reg,
}

/// A limb of the other factor, the halves of a product, two carries.
const A: Reg = "a0";
const HIGH: Reg = "a5";
const LOW: Reg = "a6";
const CARRY: [Reg; 2] = ["a7", "t0"];
/// The list of terms, its end, a factor's address, and what is added to addresses.
const TERM: Reg = "a1";
const END: Reg = "a2";
const AT: Reg = "a3";
const OFFSET: Reg = "a4";

/// The kernel of a field.
pub(crate) fn kernel(field: &Field) -> String {
    let n = field.modulus.len();
    let mut k = Kernel {
        text: String::new(),
        name: field.name,
        n,
        label: 0,
        b: POOL[..n].to_vec(),
        t: POOL[n..3 * n].to_vec(),
        s: POOL[3 * n],
    };
    k.text.push_str(
        "# SPDX-License-Identifier: MIT OR Apache-2.0\n\
         # Written by examples/generate.rs; see generator.rs for what it does.\n\
         .option push\n.option arch, +m\n.option norvc\n",
    );
    k.constants(field.modulus);
    k.dot();
    k.cdot();
    k.split();
    k.csqr();
    k.square4(field.doublings);
    k.mac();
    k.reduce();
    k.sum();
    k.linear("add");
    k.linear("sub");
    k.linear("add3");
    k.linear("sub3");
    k.xi(field);
    k.squarings();
    k.text.push_str(".option pop\n");
    k.text
}

/// `-1 / modulus` modulo 2^64.
fn negative_inverse(modulus: u64) -> u64 {
    // Each step doubles the bits that are right; an odd number is its own inverse modulo 8.
    let inverse =
        (0..5).fold(modulus, |x, _| x.wrapping_mul(2_u64.wrapping_sub(modulus.wrapping_mul(x))));
    inverse.wrapping_neg()
}

impl Kernel<'_> {
    fn op(&mut self, line: impl AsRef<str>) {
        writeln!(self.text, "\t{}", line.as_ref()).expect("a string grows");
    }

    fn label(&mut self, label: &str) {
        writeln!(self.text, "{label}:").expect("a string grows");
    }

    fn fresh(&mut self) -> String {
        self.label += 1;
        format!(".L{}_{}", self.name, self.label)
    }

    fn symbol(&self, what: &str) -> String {
        format!("verdict_{}_{what}", self.name)
    }

    fn function(&mut self, what: &str) {
        let symbol = self.symbol(what);
        self.op(format!(".section .text.{symbol}, \"ax\", @progbits"));
        self.op(".p2align 2");
        self.op(format!(".globl {symbol}"));
        self.label(&symbol);
    }

    fn constants(&mut self, modulus: &[u64]) {
        let symbol = self.symbol("modulus");
        self.op(format!(".section .rodata.{symbol}, \"a\", @progbits"));
        self.op(".p2align 3");
        self.label(&symbol);
        for limb in modulus.iter().chain([&negative_inverse(modulus[0])]) {
            self.op(format!(".quad {limb:#x}"));
        }
    }

    /// Loads the modulus, and what follows it into `inverse`.
    fn load_modulus(&mut self, to: &[Reg], inverse: Option<Reg>, scratch: Reg) {
        let symbol = self.symbol("modulus");
        self.op(format!("la {scratch}, {symbol}"));
        for (j, reg) in to.iter().enumerate() {
            self.op(format!("ld {reg}, {}({scratch})", 8 * j));
        }
        if let Some(inverse) = inverse {
            self.op(format!("ld {inverse}, {}({scratch})", 8 * self.n));
        }
    }

    /// `a += b`; the carry in `b`.
    fn add(&mut self, a: Reg, b: Reg) {
        self.op(format!("add {a}, {b}, {a}"));
        self.op(format!("sltu {b}, {a}, {b}"));
    }

    /// `a += b`; `high += carry`, into `to`.
    fn add_into(&mut self, a: Reg, b: Reg, high: Reg, to: Reg) {
        self.add(a, b);
        self.op(format!("add {to}, {b}, {high}"));
    }

    /// `a += b + c`; the carry in `b`.
    fn adc(&mut self, a: Reg, b: Reg, c: Reg) {
        self.op(format!("add {a}, {a}, {b}"));
        self.op(format!("sltu {b}, {a}, {b}"));
        self.op(format!("add {a}, {a}, {c}"));
        self.op(format!("sltu {c}, {a}, {c}"));
        self.op(format!("or {b}, {b}, {c}"));
    }

    /// `a -= b + c`; the borrow in `b`.
    fn sbb(&mut self, a: Reg, b: Reg, c: Reg, scratch: Reg) {
        self.op(format!("sub {b}, {a}, {b}"));
        self.op(format!("sltu {scratch}, {a}, {b}"));
        self.op(format!("sub {a}, {b}, {c}"));
        self.op(format!("sltu {c}, {b}, {a}"));
        self.op(format!("or {b}, {c}, {scratch}"));
    }

    /// `t[0..=n] += factor * b`, with the carry from the row before and to the next.
    /// Uses `high`, `low`; returns the registers with the carry and without use.
    fn row(
        &mut self,
        factor: Reg,
        b: &[Reg],
        t: &[Reg],
        low: Reg,
        carry: [Reg; 2],
        first: bool,
    ) -> [Reg; 2] {
        let [c, k] = carry;
        for (j, &b) in b.iter().enumerate() {
            let high = if j == 0 { c } else { HIGH };
            self.op(format!("mulhu {high}, {factor}, {b}"));
            self.op(format!("mul {low}, {factor}, {b}"));
            self.add_into(t[j], low, high, high);
            if j > 0 {
                self.add_into(t[j], c, high, c);
            }
        }
        let top = t[b.len()];
        if first {
            self.add(top, c);
        } else {
            self.adc(top, c, k);
        }
        [k, c]
    }

    /// A row of a sum that has one product only, `t[n]` not yet set: there is no carry.
    /// In its first row none is.
    fn row_of_first(&mut self, factor: Reg, b: &[Reg], t: &[Reg], low: Reg, first: bool) {
        let c = CARRY[0];
        for (j, &b) in b.iter().enumerate() {
            let high = if j == 0 { c } else { HIGH };
            let low = if first { t[j] } else { low };
            self.op(format!("mulhu {high}, {factor}, {b}"));
            self.op(format!("mul {low}, {factor}, {b}"));
            if !first {
                self.add_into(t[j], low, high, high);
            }
            if j > 0 {
                let to = if j + 1 == self.n { t[self.n] } else { c };
                self.add_into(t[j], c, high, to);
            }
        }
    }

    /// Enters a function with a frame of `size` bytes, which keeps what it must.
    fn enter(&mut self, size: usize, used: &[Reg]) {
        self.op(format!("addi sp, sp, -{size}"));
        for (reg, at) in ["ra", "s0", "s1"].into_iter().zip(FRAME) {
            if reg == "ra" || used.contains(&reg) {
                self.op(format!("sd {reg}, {at}(sp)"));
            }
        }
    }

    fn leave(&mut self, size: usize, used: &[Reg]) {
        for (reg, at) in ["ra", "s0", "s1"].into_iter().zip(FRAME) {
            if reg == "ra" || used.contains(&reg) {
                self.op(format!("ld {reg}, {at}(sp)"));
            }
        }
        self.op(format!("addi sp, sp, {size}"));
        self.op("ret");
    }

    fn store_sum(&mut self, at: usize) {
        for (j, reg) in self.t.clone().into_iter().enumerate() {
            self.op(format!("sd {reg}, {}(sp)", at + 8 * j));
        }
    }

    /// The sum of products of the terms from `a1` to `a2`, `a4` added to all addresses.
    /// If `a1` is `a2`, `first` is the product of what is at `a3` and `a5`, and `product`
    /// adds it.
    ///
    /// There is no limb for a carry: sums are below 4 R p for the longest there may be of
    /// unreduced factors, in `cdot`, and p is below R / 5.
    fn mac(&mut self) {
        let (t, b, n) = (self.t.clone(), self.b.clone(), self.n);
        let again = self.fresh();
        self.function("mac");
        for entry in ["first", "product"] {
            if entry == "product" {
                self.label(&again);
            }
            self.op(format!("ld {AT}, 0({TERM})"));
            self.op(format!("ld {HIGH}, 8({TERM})"));
            self.op(format!("addi {TERM}, {TERM}, 16"));
            self.op(format!("add {AT}, {AT}, {OFFSET}"));
            self.op(format!("add {HIGH}, {HIGH}, {OFFSET}"));
            let symbol = self.symbol(entry);
            self.label(&symbol);
            for (j, reg) in b.iter().enumerate() {
                self.op(format!("ld {reg}, {}({HIGH})", 8 * j));
            }
            let mut carry = CARRY;
            for i in 0..n {
                self.op(format!("ld {A}, {}({AT})", 8 * i));
                if entry == "first" {
                    self.row_of_first(A, &b, &t[i..], LOW, i == 0);
                } else {
                    carry = self.row(A, &b, &t[i..], LOW, carry, i == 0);
                }
            }
            self.op(format!("bne {TERM}, {END}, {again}"));
            self.op("ret");
        }
    }

    /// Reduces the sum to the canonical representative and stores it at `a3`.
    ///
    /// With R for 2^64 to the number of limbs, the sum plus the multiples of p that make it
    /// divisible by R, below R p, has to be below R^2: there is no limb for a carry. Of
    /// `dot` and `cdot` the sum is below 2 K p^2 for K terms, and K p <= R
    /// (`Modulus::MAX_TERMS`), so all is below 3 R p, and p is below R / 5.
    fn reduce(&mut self) {
        let (t, b, n) = (self.t.clone(), self.b.clone(), self.n);
        let inverse = TERM;
        self.function("reduce");
        self.load_modulus(&b, Some(inverse), HIGH);
        let mut carry = CARRY;
        for i in 0..n {
            self.op(format!("mul {A}, {}, {inverse}", t[i]));
            carry = self.row(A, &b, &t[i..], LOW, carry, i == 0);
        }
        self.make_canonical(&t[n..2 * n], &b, carry, HIGH);
        for (j, reg) in t[n..2 * n].iter().enumerate() {
            self.op(format!("sd {reg}, {}({AT})", 8 * j));
        }
        self.op("ret");
    }

    /// Subtracts the modulus as often as it goes from a value without a carry.
    fn make_canonical(&mut self, value: &[Reg], modulus: &[Reg], carry: [Reg; 2], scratch: Reg) {
        let [again, larger, done] = [self.fresh(), self.fresh(), self.fresh()];
        self.label(&again);
        for (j, (&limb, &p)) in value.iter().zip(modulus).enumerate().rev() {
            self.op(format!("bltu {limb}, {p}, {done}"));
            if j > 0 {
                self.op(format!("bne {limb}, {p}, {larger}"));
            }
        }
        self.label(&larger);
        let [mut c, mut free] = [carry[0], carry[1]];
        self.op(format!("li {c}, 0"));
        for (&limb, &p) in value.iter().zip(modulus) {
            self.op(format!("mv {free}, {p}"));
            self.sbb(limb, free, c, scratch);
            std::mem::swap(&mut c, &mut free);
        }
        self.op(format!("j {again}"));
        self.label(&done);
    }

    fn end_of_terms(&mut self) {
        self.op(format!("slli {END}, {END}, 4"));
        self.op(format!("add {END}, {END}, {TERM}"));
    }

    /// `dot(out, terms, count)`: the sum of products of elements.
    fn dot(&mut self) {
        let size = 32;
        self.function("dot");
        self.enter(size, &[]);
        self.op(format!("sd a0, {}(sp)", FRAME[3]));
        self.end_of_terms();
        self.op(format!("li {OFFSET}, 0"));
        self.call("mac");
        self.op(format!("ld {AT}, {}(sp)", FRAME[3]));
        self.call("reduce");
        self.leave(size, &[]);
    }

    fn call(&mut self, what: &str) {
        let symbol = self.symbol(what);
        self.op(format!("call {symbol}"));
    }

    /// `t -= ` the sum kept at `at`; the register of the borrow.
    fn subtract_kept(&mut self, at: usize) -> Reg {
        let [mut free, mut c] = CARRY;
        self.op(format!("li {c}, 0"));
        for (j, reg) in self.t.clone().into_iter().enumerate() {
            self.op(format!("ld {free}, {}(sp)", at + 8 * j));
            self.sbb(reg, free, c, HIGH);
            std::mem::swap(&mut c, &mut free);
        }
        c
    }

    /// `t += ` the sum kept at `at`, times two to the power `doublings`.
    fn add_kept(&mut self, at: usize, doublings: usize) {
        let [mut free, mut c] = CARRY;
        let (above, limb) = (HIGH, LOW);
        for (j, reg) in self.t.clone().into_iter().enumerate() {
            if doublings == 0 {
                self.op(format!("ld {free}, {}(sp)", at + 8 * j));
            } else {
                self.op(format!("ld {limb}, {}(sp)", at + 8 * j));
                self.op(format!("slli {free}, {limb}, {doublings}"));
                if j > 0 {
                    self.op(format!("or {free}, {free}, {above}"));
                }
                self.op(format!("srli {above}, {limb}, {}", 64 - doublings));
            }
            if j == 0 {
                self.add(reg, free)
            } else {
                self.adc(reg, free, c)
            }
            std::mem::swap(&mut c, &mut free);
        }
    }

    /// Where the borrow says that the sum is negative, by at most R p, adds that.
    fn make_positive(&mut self, borrow: Reg) {
        let (t, b, n) = (self.t.clone(), self.b.clone(), self.n);
        let positive = self.fresh();
        self.op(format!("beqz {borrow}, {positive}"));
        self.load_modulus(&b, None, HIGH);
        let mut c = CARRY[0];
        for (j, (&limb, &p)) in t[n..].iter().zip(&b).enumerate() {
            if j == 0 {
                self.add(limb, p)
            } else {
                self.adc(limb, p, c)
            }
            c = p;
        }
        self.label(&positive);
    }

    /// Reduces the sum to `place` limbs behind the address kept at `at`.
    fn reduce_to(&mut self, at: usize, place: usize) {
        self.op(format!("ld {AT}, {at}(sp)"));
        if place > 0 {
            self.op(format!("addi {AT}, {AT}, {}", 8 * place));
        }
        self.call("reduce");
    }

    /// `cdot(out, terms, count)`: the sum of products of elements of the quadratic
    /// extension by the root of -1, by Karatsuba's rule, with two reductions. The result
    /// may not be in the place of a factor.
    fn cdot(&mut self) {
        let (t, b, n, s) = (self.t.clone(), self.b.clone(), self.n, self.s);
        let kept = [40, 40 + 16 * n];
        let size = (kept[1] + 16 * n).next_multiple_of(16);
        self.function("cdot");
        self.enter(size, &[s]);
        self.op(format!("sd a0, {}(sp)", FRAME[3]));
        self.op(format!("sd {TERM}, {}(sp)", FRAME[4]));
        self.end_of_terms();
        // Products of imaginary parts, then of real ones.
        self.op(format!("li {OFFSET}, {}", 8 * n));
        self.call("mac");
        self.store_sum(kept[0]);
        self.op(format!("ld {TERM}, {}(sp)", FRAME[4]));
        self.op(format!("li {OFFSET}, 0"));
        self.call("mac");
        self.store_sum(kept[1]);
        // The difference is at least -K p^2, and K p <= R.
        let borrow = self.subtract_kept(kept[0]);
        self.make_positive(borrow);
        self.reduce_to(FRAME[3], 0);
        // The products of the sums of both parts, which stay below twice the modulus.
        self.op(format!("ld {TERM}, {}(sp)", FRAME[4]));
        let [again, done] = [self.fresh(), self.fresh()];
        let mut carry = CARRY;
        for first in [true, false] {
            if !first {
                self.label(&again);
            }
            self.op(format!("ld {AT}, 0({TERM})"));
            self.op(format!("ld {HIGH}, 8({TERM})"));
            self.op(format!("addi {TERM}, {TERM}, 16"));
            let [mut x, mut y] = [LOW, A];
            for (j, &reg) in b.iter().enumerate() {
                self.op(format!("ld {reg}, {}({HIGH})", 8 * j));
                self.op(format!("ld {x}, {}({HIGH})", 8 * (n + j)));
                if j == 0 {
                    self.add(reg, x)
                } else {
                    self.adc(reg, x, y)
                }
                std::mem::swap(&mut x, &mut y);
            }
            let [mut low, mut s] = [LOW, s];
            for i in 0..n {
                self.op(format!("ld {A}, {}({AT})", 8 * i));
                self.op(format!("ld {low}, {}({AT})", 8 * (n + i)));
                if i == 0 {
                    self.add(A, low)
                } else {
                    self.adc(A, low, s)
                }
                std::mem::swap(&mut low, &mut s);
                if first {
                    self.row_of_first(A, &b, &t[i..], low, i == 0);
                } else {
                    carry = self.row(A, &b, &t[i..], low, carry, i == 0);
                }
            }
            if first {
                self.op(format!("beq {TERM}, {END}, {done}"));
            } else {
                self.op(format!("bne {TERM}, {END}, {again}"));
            }
        }
        self.label(&done);
        self.subtract_kept(kept[0]);
        self.subtract_kept(kept[1]);
        self.reduce_to(FRAME[3], n);
        self.leave(size, &[self.s]);
    }

    /// What squares are made of, from `a1` to `a3` in `n` limbs each: `re + im`, `re - im`,
    /// which is canonical, and `2 im`.
    fn split(&mut self) {
        let (n, t, b) = (self.n, self.t.clone(), self.b.clone());
        self.function("split");
        self.load_modulus(&b, None, HIGH);
        let (re, im) = t.split_at(n);
        for (j, reg) in t.iter().enumerate() {
            self.op(format!("ld {reg}, {}({TERM})", 8 * j));
        }
        for (first, place) in [(re, 0), (im, 2 * n)] {
            let [mut x, mut y] = CARRY;
            for j in 0..n {
                self.op(format!("mv {LOW}, {}", im[j]));
                self.op(format!("mv {x}, {}", first[j]));
                if j == 0 {
                    self.add(LOW, x)
                } else {
                    self.adc(LOW, x, y)
                }
                self.op(format!("sd {LOW}, {}({AT})", 8 * (place + j)));
                std::mem::swap(&mut x, &mut y);
            }
        }
        let mut borrow = CARRY[0];
        self.op(format!("li {borrow}, 0"));
        for j in 0..n {
            self.sbb(re[j], im[j], borrow, HIGH);
            borrow = im[j];
        }
        let positive = self.fresh();
        self.op(format!("beqz {borrow}, {positive}"));
        let mut c = CARRY[0];
        for j in 0..n {
            if j == 0 {
                self.add(re[j], b[j])
            } else {
                self.adc(re[j], b[j], c)
            }
            c = b[j];
        }
        self.label(&positive);
        for (j, reg) in re.iter().enumerate() {
            self.op(format!("sd {reg}, {}({AT})", 8 * (n + j)));
        }
        self.op("ret");
    }

    /// `sum(a3, a1, a2)`: of `n` limbs, without reduction.
    fn sum(&mut self) {
        self.function("sum");
        let (n, [mut x, mut y]) = (self.n, CARRY);
        for j in 0..n {
            self.op(format!("ld {LOW}, {}({TERM})", 8 * j));
            self.op(format!("ld {x}, {}({END})", 8 * j));
            if j == 0 {
                self.add(LOW, x)
            } else {
                self.adc(LOW, x, y)
            }
            self.op(format!("sd {LOW}, {}({AT})", 8 * j));
            std::mem::swap(&mut x, &mut y);
        }
        self.op("ret");
    }

    /// Adds a product to the sum, or makes it that, of what is in the frame, or where an
    /// address there says.
    fn product(&mut self, [a, b]: [Place; 2], add: bool) {
        for (reg, place) in [(AT, a), (HIGH, b)] {
            match place {
                Place::Frame(at) => self.op(format!("addi {reg}, sp, {at}")),
                Place::Kept(at) => self.op(format!("ld {reg}, {at}(sp)")),
            }
        }
        self.op(format!("mv {TERM}, {END}"));
        self.call(if add { "product" } else { "first" });
    }

    /// `csqr(out, a)`: the square in that extension,
    /// `(re + im)(re - im) + 2 re im i`.
    fn csqr(&mut self) {
        let n = self.n;
        let [sum, difference, double]: [usize; 3] = [40, 40 + 8 * n, 40 + 16 * n];
        let size = (double + 8 * n).next_multiple_of(16);
        self.function("csqr");
        self.enter(size, &[]);
        self.op(format!("sd a0, {}(sp)", FRAME[3]));
        self.op(format!("sd {TERM}, {}(sp)", FRAME[4]));
        self.op(format!("addi {AT}, sp, {sum}"));
        self.call("split");
        self.product([Place::Kept(FRAME[4]), Place::Frame(double)], false);
        self.reduce_to(FRAME[3], n);
        self.product([Place::Frame(difference), Place::Frame(sum)], false);
        self.reduce_to(FRAME[3], 0);
        self.leave(size, &[]);
    }

    /// `square4(even, a, b, odd)`: `a^2 + xi b^2` and `2 a b`, the square of `a + b s` in
    /// the extension by the root s of xi.
    ///
    /// With A and A' for real and imaginary part of a^2 as in `csqr`, B and B' for those
    /// of b^2, C and C' for those of (a + b)^2, and m for the real part of xi, these are
    /// A + m B - B', A' + m B' + B, C - A - B and C' - A' - B'. As factors are canonical
    /// or sums of such, only the first may be negative, and then is above -2 p^2. The
    /// largest, for m = 9, is below 22 p^2, which `reduce` takes: 22 p^2 + R p < R^2.
    fn square4(&mut self, doublings: usize) {
        let n = self.n;
        let [even, odd, a, b] = [8, 16, 24, 32];
        // Of each sum, difference, double; the real part of a + b; the sums of products.
        let [of_a, of_b, of_c] = [40, 40 + 24 * n, 40 + 48 * n];
        let re = of_c + 24 * n;
        let kept: [usize; 4] = std::array::from_fn(|i| re + 8 * n + 16 * n * i);
        let size = (kept[3] + 16 * n).next_multiple_of(16);
        let [sum, difference, double] = [0, 8 * n, 16 * n];
        self.function("square4");
        self.enter(size, &[]);
        for (reg, at) in [("a0", even), (AT, odd), (TERM, a), (END, b)] {
            self.op(format!("sd {reg}, {at}(sp)"));
        }
        self.op(format!("addi {AT}, sp, {re}"));
        self.call("sum");
        self.op(format!("addi {AT}, sp, {of_a}"));
        self.call("split");
        self.op(format!("ld {TERM}, {b}(sp)"));
        self.op(format!("addi {AT}, sp, {of_b}"));
        self.call("split");
        for part in [sum, difference, double] {
            for (reg, at) in [(TERM, of_a), (END, of_b), (AT, of_c)] {
                self.op(format!("addi {reg}, sp, {}", at + part));
            }
            self.call("sum");
        }
        let [b_im, a_b_im, b_re, a_b_re] = kept;
        self.product([Place::Kept(b), Place::Frame(of_b + double)], false);
        self.store_sum(b_im);
        self.product([Place::Kept(a), Place::Frame(of_a + double)], true);
        self.store_sum(a_b_im);
        self.product([of_b + difference, of_b + sum].map(Place::Frame), false);
        self.store_sum(b_re);
        self.product([of_a + difference, of_a + sum].map(Place::Frame), true);
        self.store_sum(a_b_re);
        if doublings > 0 {
            self.add_kept(b_re, doublings);
        }
        let borrow = self.subtract_kept(b_im);
        self.make_positive(borrow);
        self.reduce_to(even, 0);
        for (j, reg) in self.t.clone().iter().enumerate() {
            self.op(format!("ld {reg}, {}(sp)", a_b_im + 8 * j));
        }
        self.add_kept(b_re, 0);
        if doublings > 0 {
            self.add_kept(b_im, doublings);
        }
        self.reduce_to(even, n);
        self.product([of_c + difference, of_c + sum].map(Place::Frame), false);
        self.subtract_kept(a_b_re);
        self.reduce_to(odd, 0);
        self.product([re, of_c + double].map(Place::Frame), false);
        self.subtract_kept(a_b_im);
        self.reduce_to(odd, n);
        self.leave(size, &[]);
    }

    /// `add(out, a, b, count)` and `sub`: of so many elements, one after another. `add3`
    /// and `sub3`: `3 a + 2 b` and `3 a - 2 b`.
    fn linear(&mut self, what: &str) {
        let n = self.n;
        let modulus: Vec<Reg> = self.b.clone();
        let value: Vec<Reg> = POOL[n..2 * n].to_vec();
        self.function(what);
        self.load_modulus(&modulus, None, HIGH);
        let again = self.fresh();
        self.label(&again);
        for (j, reg) in value.iter().enumerate() {
            self.op(format!("ld {reg}, {}(a1)", 8 * j));
        }
        if what.starts_with("add") {
            self.add_from_memory(&value, "a2", 0);
            self.make_canonical(&value, &modulus, CARRY, HIGH);
        } else {
            self.sub_from_memory(&value, &modulus, "a2", 0);
        }
        if what.ends_with('3') {
            self.double(&value);
            self.make_canonical(&value, &modulus, CARRY, HIGH);
            self.add_from_memory(&value, "a1", 0);
            self.make_canonical(&value, &modulus, CARRY, HIGH);
        }
        for (j, reg) in value.iter().enumerate() {
            self.op(format!("sd {reg}, {}(a0)", 8 * j));
        }
        for reg in ["a0", "a1", "a2"] {
            self.op(format!("addi {reg}, {reg}, {}", 8 * n));
        }
        self.op("addi a3, a3, -1");
        self.op(format!("bnez a3, {again}"));
        self.op("ret");
    }

    /// `xi(out, a)`: the product with xi = m + i in the extension.
    fn xi(&mut self, field: &Field) {
        let n = self.n;
        let modulus: Vec<Reg> = POOL[..n].to_vec();
        let [re, im]: [Vec<Reg>; 2] = [POOL[n..2 * n].to_vec(), POOL[2 * n..3 * n].to_vec()];
        let multiples =
            if field.doublings > 0 { self.multiples(field.modulus) } else { String::new() };
        self.function("xi");
        self.load_modulus(&modulus, None, HIGH);
        for (value, own, other) in [(&im, n, 0), (&re, 0, n)] {
            if field.doublings > 0 {
                self.multiply_and_add(value, [own, other], field.doublings);
                self.subtract_multiple(value, &multiples, field.modulus[n - 1]);
                self.make_canonical(value, &modulus, CARRY, HIGH);
                continue;
            }
            for (j, reg) in value.iter().enumerate() {
                self.op(format!("ld {reg}, {}(a1)", 8 * (own + j)));
            }
            if other == 0 {
                self.add_from_memory(value, "a1", other);
                self.make_canonical(value, &modulus, CARRY, HIGH);
            } else {
                self.sub_from_memory(value, &modulus, "a1", other);
            }
        }
        for (j, reg) in re.iter().chain(&im).enumerate() {
            self.op(format!("sd {reg}, {}(a0)", 8 * j));
        }
        self.op("ret");
    }

    /// `value` and a limb above it, [`OFFSET`], from the parts of what is at `a1`: the one
    /// at the first place, times `2^doublings + 1`, plus that at the second or, if that is
    /// the imaginary one, minus it.
    fn multiply_and_add(&mut self, value: &[Reg], [own, other]: [usize; 2], doublings: usize) {
        let [mut x, mut y] = CARRY;
        let (above, top) = (HIGH, OFFSET);
        for (j, reg) in value.iter().enumerate() {
            self.op(format!("ld {x}, {}({TERM})", 8 * (own + j)));
            self.op(format!("slli {reg}, {x}, {doublings}"));
            if j > 0 {
                self.op(format!("or {reg}, {reg}, {above}"));
            }
            self.op(format!("srli {above}, {x}, {}", 64 - doublings));
            if j == 0 {
                self.add(reg, x)
            } else {
                self.adc(reg, x, y)
            }
            std::mem::swap(&mut x, &mut y);
        }
        self.op(format!("add {top}, {above}, {y}"));
        self.op(format!("li {y}, 0"));
        for (j, reg) in value.iter().enumerate() {
            self.op(format!("ld {x}, {}({TERM})", 8 * (other + j)));
            if other > 0 {
                self.sbb(reg, x, y, HIGH);
            } else {
                self.adc(reg, x, y);
            }
            std::mem::swap(&mut x, &mut y);
        }
        self.op(format!("{} {top}, {top}, {y}", if other > 0 { "sub" } else { "add" }));
    }

    /// Subtracts from `value`, with the limb above it in [`OFFSET`], from -p to 10 p, as
    /// many times the modulus as leave less than twice that and are not negative, and
    /// nearly always less than it.
    ///
    /// With T for `value` and P for the modulus without their lowest 16 n - 16 bits, that
    /// is T / (P + 1), rounded down: too little by less than 10 / P + 1 / P.
    fn subtract_multiple(&mut self, value: &[Reg], multiples: &str, highest: u64) {
        let [mut x, mut y] = CARRY;
        let (times, at) = (OFFSET, AT);
        self.op(format!("slli {times}, {times}, 16"));
        self.op(format!("srli {x}, {}, 48", value[self.n - 1]));
        self.op(format!("or {times}, {times}, {x}"));
        self.op(format!("li {x}, {}", (1_u64 << 32) / ((highest >> 48) + 1)));
        self.op(format!("mul {times}, {times}, {x}"));
        self.op(format!("srai {times}, {times}, 32"));
        self.op(format!("slli {times}, {times}, {}", (8 * self.n).ilog2()));
        self.op(format!("la {at}, {multiples}"));
        self.op(format!("add {at}, {at}, {times}"));
        self.op(format!("li {y}, 0"));
        for (j, reg) in value.iter().enumerate() {
            self.op(format!("ld {x}, {}({at})", 8 * j));
            self.sbb(reg, x, y, HIGH);
            std::mem::swap(&mut x, &mut y);
        }
    }

    /// The modulus times -1 to 9, modulo 2^64 to the number of limbs; the label is that of
    /// zero.
    fn multiples(&mut self, modulus: &[u64]) -> String {
        assert!(self.n.is_power_of_two(), "a shift finds a multiple");
        let symbol = self.symbol("multiples");
        self.op(format!(".section .rodata.{symbol}, \"a\", @progbits"));
        self.op(".p2align 3");
        // The negative: each limb's complement, plus one, for the lowest is not zero.
        let mut multiple: Vec<u64> = modulus.iter().map(|limb| !limb).collect();
        multiple[0] += 1;
        for times in -1..10 {
            if times == 0 {
                self.label(&symbol);
            }
            let mut carry = 0;
            for (limb, p) in multiple.iter_mut().zip(modulus) {
                self.op(format!(".quad {limb:#x}"));
                let sum = u128::from(*limb) + u128::from(*p) + carry;
                (*limb, carry) = (sum as u64, sum >> 64);
            }
        }
        symbol
    }

    /// `value += value`, without reduction.
    fn double(&mut self, value: &[Reg]) {
        let [mut x, mut y] = CARRY;
        for (j, reg) in value.iter().enumerate() {
            self.op(format!("mv {x}, {reg}"));
            if j == 0 {
                self.add(reg, x)
            } else {
                self.adc(reg, x, y)
            }
            std::mem::swap(&mut x, &mut y);
        }
    }

    /// `value +=` what is in memory, without reduction.
    fn add_from_memory(&mut self, value: &[Reg], base: Reg, at: usize) {
        let [mut x, mut y] = CARRY;
        for (j, reg) in value.iter().enumerate() {
            self.op(format!("ld {x}, {}({base})", 8 * (at + j)));
            if j == 0 {
                self.add(reg, x)
            } else {
                self.adc(reg, x, y)
            }
            std::mem::swap(&mut x, &mut y);
        }
    }

    /// `value -=` what is in memory, and the modulus more if that is negative.
    fn sub_from_memory(&mut self, value: &[Reg], modulus: &[Reg], base: Reg, at: usize) {
        let [mut x, mut y] = CARRY;
        self.op(format!("li {y}, 0"));
        for (j, reg) in value.iter().enumerate() {
            self.op(format!("ld {x}, {}({base})", 8 * (at + j)));
            self.sbb(reg, x, y, HIGH);
            std::mem::swap(&mut x, &mut y);
        }
        let positive = self.fresh();
        self.op(format!("beqz {y}, {positive}"));
        for (j, (reg, p)) in value.iter().zip(modulus).enumerate() {
            self.op(format!("mv {x}, {p}"));
            if j == 0 {
                self.add(reg, x)
            } else {
                self.adc(reg, x, y)
            }
            std::mem::swap(&mut x, &mut y);
        }
        self.label(&positive);
    }

    /// `squarings(out, a, count)`: squares so often, in registers.
    fn squarings(&mut self) {
        let n = self.n;
        // Here the modulus and the number squared stay in registers.
        let p: Vec<Reg> = POOL[..n].to_vec();
        let t: Vec<Reg> = POOL[n..3 * n].to_vec();
        let a: Vec<Reg> = ["a0", "a1", "a3", "a4", POOL[3 * n], POOL[3 * n + 1]][..n].to_vec();
        let count = END;
        let size = 48;
        self.function("squarings");
        self.enter(size, &a);
        self.op(format!("sd a0, {}(sp)", FRAME[3]));
        self.load_modulus(&p, Some(LOW), HIGH);
        self.op(format!("sd {LOW}, {}(sp)", FRAME[4]));
        self.op(format!("mv {HIGH}, a1"));
        for (j, reg) in a.iter().enumerate() {
            self.op(format!("ld {reg}, {}({HIGH})", 8 * j));
        }
        let again = self.fresh();
        self.label(&again);
        // Products of different limbs: t[1..2n - 1].
        for i in 0..n - 1 {
            let c = CARRY[0];
            for j in i + 1..n {
                let high = if j == i + 1 { c } else { HIGH };
                let (low, fresh) = if i == 0 { (t[j], true) } else { (LOW, false) };
                self.op(format!("mulhu {high}, {}, {}", a[i], a[j]));
                self.op(format!("mul {low}, {}, {}", a[i], a[j]));
                if !fresh {
                    self.add_into(t[i + j], LOW, high, high);
                }
                if j > i + 1 {
                    self.add_into(t[i + j], c, high, c);
                }
            }
            self.op(format!("mv {}, {c}", t[n + i]));
        }
        // Twice that, and the squares of limbs.
        let y = CARRY[0];
        self.op(format!("li {}, 0", t[2 * n - 1]));
        self.double(&t[1..]);
        for i in 0..n {
            self.op(format!("mulhu {HIGH}, {0}, {0}", a[i]));
            if i == 0 {
                self.op(format!("mul {}, {1}, {1}", t[0], a[0]));
                self.add(t[1], HIGH);
                self.op(format!("mv {y}, {HIGH}"));
            } else {
                self.op(format!("mul {LOW}, {0}, {0}", a[i]));
                self.adc(t[2 * i], LOW, y);
                self.adc(t[2 * i + 1], HIGH, LOW);
                self.op(format!("mv {y}, {HIGH}"));
            }
        }
        // As `reduce`, where the sum cannot outgrow its `2n` limbs.
        let [inverse, m] = [a[0], a[1]];
        self.op(format!("ld {inverse}, {}(sp)", FRAME[4]));
        let mut carry = CARRY;
        for i in 0..n {
            self.op(format!("mul {m}, {}, {inverse}", t[i]));
            carry = self.row(m, &p, &t[i..], LOW, carry, i == 0);
        }
        self.make_canonical(&t[n..], &p, carry, HIGH);
        for (to, from) in a.iter().zip(&t[n..]) {
            self.op(format!("mv {to}, {from}"));
        }
        self.op(format!("addi {count}, {count}, -1"));
        self.op(format!("bnez {count}, {again}"));
        self.op(format!("ld {HIGH}, {}(sp)", FRAME[3]));
        for (j, reg) in a.iter().enumerate() {
            self.op(format!("sd {reg}, {}({HIGH})", 8 * j));
        }
        self.leave(size, &a);
    }
}
