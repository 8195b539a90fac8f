//! Macro-op fusion: short instruction sequences that count as one operation.
//!
//! Owns the list of fused operations, their costs and the patterns that form
//! them. Executing them is left to the engines. Because a fused operation has its
//! own cost, forming one too many or one too few splits the network: the rules
//! here are consensus, odd as some of them are.
//!
//! The head instruction selects the candidates, which are tried in order. Parts
//! may be two or four bytes long in any mix. Looking ahead never fails: what
//! cannot be decoded is simply not fused.

#![expect(clippy::wildcard_enum_match_arm, reason = "most instructions fuse with nothing")]

use core::fmt;

use super::{
    format::{Format, I, JumpReg, PcU, R, U},
    reg::Reg,
    table::{COUNT, Inst, Kind},
};
use crate::version::Version;

/// Gives the instructions behind a head.
pub(super) trait Lookahead {
    /// The address of the head.
    fn pc(&self) -> u64;
    /// The operands of the instruction at `at`, if it is of `kind`, and where it ends.
    fn part<F: Format>(&mut self, at: u32, kind: &'static Kind) -> Option<(F, u32)>;
}

macro_rules! fused {
    ($($(#[$doc:meta])* $name:ident $mnemonic:literal { $($field:ident: $type:ty),* }
       $cycles:literal;)*) => {
        /// Several instructions executed and charged as one.
        ///
        /// Every operation equals its parts run in order, except where its
        /// documentation says otherwise.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "operands are explained by the sequence")]
        pub enum Fused { $($(#[$doc])* $name { $($field: $type),* },)* }

        impl Fused {
            /// What the operation costs.
            #[must_use]
            #[inline]
            pub const fn cycles(&self) -> u64 {
                match self { $(Self::$name { .. } => $cycles,)* }
            }

            /// The name in listings, for example `"wide.mulu"`.
            #[must_use]
            pub const fn mnemonic(&self) -> &'static str {
                match self { $(Self::$name { .. } => $mnemonic,)* }
            }
        }

        impl fmt::Display for Fused {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.mnemonic())?;
                match self { $(Self::$name { $($field),* } => {
                    let mut separator = " ";
                    $(write!(f, "{separator}{}", $field)?; separator = ", ";)*
                    let _ = separator;
                    Ok(())
                })* }
            }
        }
    };
}

fused! {
    /// `add a,a,b; sltu b,a,b; add a,a,c; sltu c,a,c; or b,b,c`
    Adc       "adc"       { a: Reg, b: Reg, c: Reg }                               1;
    /// `sub b,a,b; sltu d,a,X; sub a,b,c; sltu c,b,a; or b,c,d`
    ///
    /// `d` is the borrow of `a - b` whatever register X is: as if it were the `b`
    /// from before the first subtraction.
    Sbb       "sbb"       { a: Reg, b: Reg, c: Reg, d: Reg }                       1;
    /// `add a,b,a; sltu c,a,b; add d,c,e`
    Add3A     "add3a"     { a: Reg, b: Reg, c: Reg, d: Reg, e: Reg }               1;
    /// `add a,b,c; sltu b,a,b; add d,b,e`
    Add3B     "add3b"     { a: Reg, b: Reg, c: Reg, d: Reg, e: Reg }               1;
    /// `add a,b,c; sltu d,a,b; add d,d,e`
    Add3C     "add3c"     { a: Reg, b: Reg, c: Reg, d: Reg, e: Reg }               1;
    /// `add a,b,c; sltu d,a,b`
    Adcs      "adcs"      { a: Reg, b: Reg, c: Reg, d: Reg }                       1;
    /// `sub a,b,c; sltu d,b,c`
    Sbbs      "sbbs"      { a: Reg, b: Reg, c: Reg, d: Reg }                       1;
    /// `mulh high,rs1,rs2; mul low,rs1,rs2`
    WideMul   "wide.mul"  { high: Reg, low: Reg, rs1: Reg, rs2: Reg }              5;
    /// `mulhu high,rs1,rs2; mul low,rs1,rs2`
    WideMulu  "wide.mulu" { high: Reg, low: Reg, rs1: Reg, rs2: Reg }              5;
    /// `mulhsu high,rs1,rs2; mul low,rs1,rs2`
    WideMulsu "wide.mulsu" { high: Reg, low: Reg, rs1: Reg, rs2: Reg }             5;
    /// `div quotient,rs1,rs2; rem remainder,rs1,rs2`
    WideDiv   "wide.div"  { quotient: Reg, remainder: Reg, rs1: Reg, rs2: Reg }    32;
    /// `divu quotient,rs1,rs2; remu remainder,rs1,rs2`
    WideDivu  "wide.divu" { quotient: Reg, remainder: Reg, rs1: Reg, rs2: Reg }    32;
    /// `lui rd,i; addiw rd,rd,j` or `auipc rd,i; addi rd,rd,j`. `imm` is the result.
    LoadImm   "li"        { rd: Reg, imm: i32 }                                    1;
    /// `lui ra,i; jalr ra,j(ra)`: jumps to `imm & !1`.
    ///
    /// In V1 the scratch register may be any, and is not written.
    FarJumpAbs "far.jump" { imm: i32 }                                             3;
    /// `auipc ra,i; jalr ra,j(ra)`: jumps to `(pc + imm) & !1`.
    ///
    /// In V1 the scratch register may be any, and is not written.
    FarJumpRel "far.jump.rel" { imm: i32 }                                         3;
}

/// What the bits behind an instruction have to look like for it to be the head of a
/// fused operation.
#[derive(Clone, Copy)]
pub(super) struct Tail {
    mask: u32,
    bits: u32,
}

impl Tail {
    /// There is a choice.
    pub(super) const ANY: Self = Self { mask: 0, bits: 0 };

    /// What has to follow the instruction of row number `head`, if that is a head.
    #[inline(always)]
    pub(super) const fn behind(head: usize) -> Option<Self> {
        TAILS[head]
    }

    /// Whether `bits` may be what follows.
    #[inline(always)]
    pub(super) const fn may_be(self, bits: u32) -> bool {
        bits & self.mask == self.bits
    }
}

/// Any operands.
const ANY: R = R::new(ZERO, ZERO, ZERO);

/// By row of the head: the instruction that [`fuse`] asks for behind it, which has no
/// compressed encoding. Behind `lui` and `auipc` there is a choice.
const TAILS: [Option<Tail>; COUNT] = {
    let pairs = [
        (Inst::Add(ANY), Inst::Sltu(ANY)),
        (Inst::Sub(ANY), Inst::Sltu(ANY)),
        (Inst::Mulh(ANY), Inst::Mul(ANY)),
        (Inst::Mulhu(ANY), Inst::Mul(ANY)),
        (Inst::Mulhsu(ANY), Inst::Mul(ANY)),
        (Inst::Div(ANY), Inst::Rem(ANY)),
        (Inst::Divu(ANY), Inst::Remu(ANY)),
    ];
    let mut tails = [None; COUNT];
    let mut pair = 0;
    while pair < pairs.len() {
        let (head, tail) = pairs[pair];
        tails[head.number()] = Some(Tail { mask: tail.row().mask, bits: tail.row().bits });
        pair += 1;
    }
    tails[Inst::Lui(U::new(ZERO, 0)).number()] = Some(Tail::ANY);
    tails[Inst::Auipc(PcU::new(ZERO, 0)).number()] = Some(Tail::ANY);
    tails
};

const ADD: &Kind = Kind::of(Inst::Add(ANY));
const SUB: &Kind = Kind::of(Inst::Sub(ANY));
const SLTU: &Kind = Kind::of(Inst::Sltu(ANY));
const OR: &Kind = Kind::of(Inst::Or(ANY));
const MUL: &Kind = Kind::of(Inst::Mul(ANY));
const REM: &Kind = Kind::of(Inst::Rem(ANY));
const REMU: &Kind = Kind::of(Inst::Remu(ANY));
const ADDI: &Kind = Kind::of(Inst::Addi(I::new(ZERO, ZERO, 0)));
const ADDIW: &Kind = Kind::of(Inst::Addiw(I::new(ZERO, ZERO, 0)));
const JALR: &Kind = Kind::of(Inst::Jalr(JumpReg::new(ZERO, ZERO, 0)));

/// The fused operation that starts at the head, which ends at `at`, and where it ends.
#[inline(always)]
pub(super) fn fuse(
    head: Inst,
    at: u32,
    code: &mut impl Lookahead,
    version: Version,
) -> Option<(Fused, u32)> {
    match head {
        Inst::Add(head) => {
            let (carry, at) = code.part(at, SLTU)?;
            adc(code, at, head, carry)
                .or_else(|| v2(version)?.add3(code, at, head, carry))
                .or_else(|| Some((v2(version)?.adcs(head, carry)?, at)))
        }
        Inst::Sub(head) => {
            let (borrow, at) = code.part(at, SLTU)?;
            sbb(code, at, head, borrow).or_else(|| Some((v2(version)?.sbbs(head, borrow)?, at)))
        }
        Inst::Lui(head) => after_lui(code, at, head, version),
        Inst::Auipc(head) => after_auipc(code, at, head, version),
        Inst::Mulh(head) => {
            let (Wide { first: high, second: low, rs1, rs2 }, at) = wide(code, at, head, MUL)?;
            Some((Fused::WideMul { high, low, rs1, rs2 }, at))
        }
        Inst::Mulhu(head) => {
            let (Wide { first: high, second: low, rs1, rs2 }, at) = wide(code, at, head, MUL)?;
            Some((Fused::WideMulu { high, low, rs1, rs2 }, at))
        }
        Inst::Mulhsu(head) => {
            let (Wide { first: high, second: low, rs1, rs2 }, at) = wide(code, at, head, MUL)?;
            Some((Fused::WideMulsu { high, low, rs1, rs2 }, at))
        }
        Inst::Div(head) => {
            let (Wide { first: quotient, second: remainder, rs1, rs2 }, at) =
                wide(code, at, head, REM)?;
            Some((Fused::WideDiv { quotient, remainder, rs1, rs2 }, at))
        }
        Inst::Divu(head) => {
            let (Wide { first: quotient, second: remainder, rs1, rs2 }, at) =
                wide(code, at, head, REMU)?;
            Some((Fused::WideDivu { quotient, remainder, rs1, rs2 }, at))
        }
        _ => None,
    }
}

/// The rules that version 2 adds.
struct V2;

const fn v2(version: Version) -> Option<V2> {
    match version {
        Version::V0 | Version::V1 => None,
        Version::V2 => Some(V2),
    }
}

const ZERO: Reg = Reg::Zero;

fn adc(code: &mut impl Lookahead, at: u32, head: R, carry_b: R) -> Option<(Fused, u32)> {
    let (a, b) = (head.rd(), head.rs2());
    if head.rs1() != a || a == b || carry_b != R::new(b, a, b) {
        return None;
    }
    let (sum, at) = code.part::<R>(at, ADD)?;
    let c = sum.rs2();
    if sum.rd() != a || sum.rs1() != a || c == a || c == b {
        return None;
    }
    let (carry_c, at) = code.part::<R>(at, SLTU)?;
    let (either, at) = code.part::<R>(at, OR)?;
    if carry_c != R::new(c, a, c) || either != R::new(b, b, c) {
        return None;
    }
    let zero = [a, b, c].contains(&ZERO);
    (!zero).then_some((Fused::Adc { a, b, c }, at))
}

fn sbb(code: &mut impl Lookahead, at: u32, head: R, borrow_b: R) -> Option<(Fused, u32)> {
    let (b, a) = (head.rd(), head.rs1());
    // The second operand of the comparison is not looked at.
    let d = borrow_b.rd();
    if head.rs2() != b || a == b || borrow_b.rs1() != a || d == a || d == b {
        return None;
    }
    let (difference, at) = code.part::<R>(at, SUB)?;
    let c = difference.rs2();
    if difference.rd() != a || difference.rs1() != b || c == a || c == b || c == d {
        return None;
    }
    let (borrow_c, at) = code.part::<R>(at, SLTU)?;
    let (either, at) = code.part::<R>(at, OR)?;
    if borrow_c != R::new(c, b, a) || either != R::new(b, c, d) {
        return None;
    }
    let zero = [a, b, c, d].contains(&ZERO);
    (!zero).then_some((Fused::Sbb { a, b, c, d }, at))
}

#[expect(clippy::unused_self, reason = "the rules exist only in version 2")]
impl V2 {
    #[expect(clippy::many_single_char_names, reason = "the names of the documented sequences")]
    fn add3(self, code: &mut impl Lookahead, at: u32, head: R, carry: R) -> Option<(Fused, u32)> {
        let (last, at) = code.part::<R>(at, ADD)?;
        let (a, b, c) = (head.rd(), head.rs1(), head.rs2());
        let (d, e) = (last.rd(), last.rs2());
        let carry_to = carry.rd();
        if carry.rs1() != a || carry.rs2() != b || last.rs1() != carry_to {
            return None;
        }
        if a == b || a == e || carry_to == e || a == ZERO || carry_to == ZERO {
            return None;
        }
        let fused = if c == a {
            Fused::Add3A { a, b, c: carry_to, d, e }
        } else if carry_to == b {
            Fused::Add3B { a, b, c, d, e }
        } else if carry_to == d {
            Fused::Add3C { a, b, c, d, e }
        } else {
            return None;
        };
        Some((fused, at))
    }

    fn adcs(self, head: R, carry: R) -> Option<Fused> {
        let (a, mut b, mut c) = (head.rd(), head.rs1(), head.rs2());
        if a == b && a != c {
            (b, c) = (c, b);
        }
        if carry.rs1() != a || carry.rs2() != b || a == b || a == ZERO {
            return None;
        }
        Some(Fused::Adcs { a, b, c, d: carry.rd() })
    }

    fn sbbs(self, head: R, borrow: R) -> Option<Fused> {
        let (a, b, c) = (head.rd(), head.rs1(), head.rs2());
        if borrow.rs1() != b || borrow.rs2() != c || a == b || a == c {
            return None;
        }
        Some(Fused::Sbbs { a, b, c, d: borrow.rd() })
    }
}

/// Two results from the same two operands.
struct Wide {
    first: Reg,
    second: Reg,
    rs1: Reg,
    rs2: Reg,
}

/// Joins two halves of a wide operation, the second of `kind`.
#[inline(always)]
fn wide(code: &mut impl Lookahead, at: u32, head: R, kind: &'static Kind) -> Option<(Wide, u32)> {
    let (tail, at) = code.part::<R>(at, kind)?;
    let (first, rs1, rs2) = (head.rd(), head.rs1(), head.rs2());
    let second = tail.rd();
    if first == rs1 || first == rs2 || first == second || tail != R::new(second, rs1, rs2) {
        return None;
    }
    Some((Wide { first, second, rs1, rs2 }, at))
}

/// Whether a far jump through scratch register `scratch` fuses with this `jalr`.
fn links_far(jump: JumpReg, scratch: Reg, version: Version) -> bool {
    let named = jump.rs1() == scratch && jump.rd() == Reg::Ra;
    named && (scratch == Reg::Ra || !version.far_jump_needs_ra())
}

/// Whether `tail` adds to the register that a head wrote, in place.
fn adds_in_place(tail: I, rd: Reg) -> bool {
    tail.rd() == rd && tail.rs1() == rd
}

fn after_lui(
    code: &mut impl Lookahead,
    at: u32,
    head: U,
    version: Version,
) -> Option<(Fused, u32)> {
    if let Some((tail, at)) = code.part::<I>(at, ADDIW) {
        let imm = head.imm().wrapping_add(tail.imm());
        let fused = Fused::LoadImm { rd: head.rd(), imm };
        return adds_in_place(tail, head.rd()).then_some((fused, at));
    }
    let (jump, at) = code.part::<JumpReg>(at, JALR)?;
    let imm = head.imm().wrapping_add(jump.imm());
    links_far(jump, head.rd(), version).then_some((Fused::FarJumpAbs { imm }, at))
}

fn after_auipc(
    code: &mut impl Lookahead,
    at: u32,
    head: PcU,
    version: Version,
) -> Option<(Fused, u32)> {
    if let Some((jump, at)) = code.part::<JumpReg>(at, JALR) {
        if !links_far(jump, head.rd(), version) {
            return None;
        }
        let imm = match version {
            // V1 lets the sum wrap around.
            Version::V0 | Version::V1 => head.imm().wrapping_add(jump.imm()),
            Version::V2 => head.imm().checked_add(jump.imm())?,
        };
        return Some((Fused::FarJumpRel { imm }, at));
    }
    v2(version)?;
    let (tail, at) = code.part::<I>(at, ADDI)?;
    if !adds_in_place(tail, head.rd()) {
        return None;
    }
    let pc = i32::try_from(code.pc()).ok()?;
    let imm = head.imm().checked_add(tail.imm())?.checked_add(pc)?;
    Some((Fused::LoadImm { rd: head.rd(), imm }, at))
}
