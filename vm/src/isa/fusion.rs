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

use core::fmt;

use super::{
    format::{I, JumpReg, PcU, R, U},
    reg::Reg,
    table::Inst,
};
use crate::version::Version;

/// Gives the instructions from the head on, with their lengths in bytes.
pub(crate) trait Lookahead {
    /// The address of the head.
    fn pc(&self) -> u64;
    /// The instruction `index` places behind the head, if it can be decoded.
    fn peek(&mut self, index: usize) -> Option<(Inst, u8)>;
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
        }

        impl fmt::Display for Fused {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self { $(Self::$name { $($field),* } => {
                    f.write_str($mnemonic)?;
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

/// The fused operation that starts at the head, and its length in bytes.
pub(crate) fn fuse(code: &mut impl Lookahead, version: Version) -> Option<(Fused, u8)> {
    let (head, len) = code.peek(0)?;
    // Everything below needs one of these heads; most instructions are none.
    match head {
        Inst::Add(head) => adc(code, head, len)
            .or_else(|| v2(version)?.add3(code, head, len))
            .or_else(|| v2(version)?.adcs(code, head, len)),
        Inst::Sub(head) => sbb(code, head, len).or_else(|| v2(version)?.sbbs(code, head, len)),
        Inst::Lui(head) => after_lui(code, head, len, version),
        Inst::Auipc(head) => after_auipc(code, head, len, version),
        Inst::Mulh(_) | Inst::Mulhu(_) | Inst::Mulhsu(_) | Inst::Div(_) | Inst::Divu(_) => {
            wide(code, head, len)
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

fn adc(code: &mut impl Lookahead, head: R, len: u8) -> Option<(Fused, u8)> {
    let R { rd: a, rs1, rs2: b } = head;
    if rs1 != a || a == b {
        return None;
    }
    let (Inst::Sltu(carry_b), len1) = code.peek(1)? else {
        return None;
    };
    if carry_b
        != (R {
            rd: b,
            rs1: a,
            rs2: b,
        })
    {
        return None;
    }
    let (Inst::Add(R { rd, rs1, rs2: c }), len2) = code.peek(2)? else {
        return None;
    };
    if rd != a || rs1 != a || c == a || c == b {
        return None;
    }
    let (Inst::Sltu(carry_c), len3) = code.peek(3)? else {
        return None;
    };
    if carry_c
        != (R {
            rd: c,
            rs1: a,
            rs2: c,
        })
    {
        return None;
    }
    let (Inst::Or(either), len4) = code.peek(4)? else {
        return None;
    };
    if either
        != (R {
            rd: b,
            rs1: b,
            rs2: c,
        })
        || a == ZERO
        || b == ZERO
        || c == ZERO
    {
        return None;
    }
    Some((Fused::Adc { a, b, c }, len + len1 + len2 + len3 + len4))
}

fn sbb(code: &mut impl Lookahead, head: R, len: u8) -> Option<(Fused, u8)> {
    let R { rd: b, rs1: a, rs2 } = head;
    if rs2 != b || a == b {
        return None;
    }
    // The second operand of the comparison is not looked at.
    let (Inst::Sltu(R { rd: d, rs1, rs2: _ }), len1) = code.peek(1)? else {
        return None;
    };
    if rs1 != a || d == a || d == b {
        return None;
    }
    let (Inst::Sub(R { rd, rs1, rs2: c }), len2) = code.peek(2)? else {
        return None;
    };
    if rd != a || rs1 != b || c == a || c == b || c == d {
        return None;
    }
    let (Inst::Sltu(borrow_c), len3) = code.peek(3)? else {
        return None;
    };
    if borrow_c
        != (R {
            rd: c,
            rs1: b,
            rs2: a,
        })
    {
        return None;
    }
    let (Inst::Or(either), len4) = code.peek(4)? else {
        return None;
    };
    if either
        != (R {
            rd: b,
            rs1: c,
            rs2: d,
        })
        || [a, b, c, d].contains(&ZERO)
    {
        return None;
    }
    Some((Fused::Sbb { a, b, c, d }, len + len1 + len2 + len3 + len4))
}

impl V2 {
    #[expect(
        clippy::many_single_char_names,
        reason = "the names of the documented sequences"
    )]
    #[expect(clippy::unused_self, reason = "the rule exists only in version 2")]
    fn add3(self, code: &mut impl Lookahead, head: R, len: u8) -> Option<(Fused, u8)> {
        let (Inst::Sltu(carry), len1) = code.peek(1)? else {
            return None;
        };
        let (Inst::Add(last), len2) = code.peek(2)? else {
            return None;
        };
        let R {
            rd: a,
            rs1: b,
            rs2: c,
        } = head;
        let R {
            rd: d,
            rs1: first,
            rs2: e,
        } = last;
        if carry.rs1 != a || carry.rs2 != b || first != carry.rd {
            return None;
        }
        if a == b || a == e || carry.rd == e || a == ZERO || carry.rd == ZERO {
            return None;
        }
        let fused = if c == a {
            Fused::Add3A {
                a,
                b,
                c: carry.rd,
                d,
                e,
            }
        } else if carry.rd == b {
            Fused::Add3B { a, b, c, d, e }
        } else if carry.rd == d {
            Fused::Add3C { a, b, c, d, e }
        } else {
            return None;
        };
        Some((fused, len + len1 + len2))
    }

    #[expect(clippy::unused_self, reason = "the rule exists only in version 2")]
    fn adcs(self, code: &mut impl Lookahead, head: R, len: u8) -> Option<(Fused, u8)> {
        let R {
            rd: a,
            rs1: mut b,
            rs2: mut c,
        } = head;
        if a == b && a != c {
            (b, c) = (c, b);
        }
        let (Inst::Sltu(R { rd: d, rs1, rs2 }), len1) = code.peek(1)? else {
            return None;
        };
        if rs1 != a || rs2 != b || a == b || a == ZERO {
            return None;
        }
        Some((Fused::Adcs { a, b, c, d }, len + len1))
    }

    #[expect(clippy::unused_self, reason = "the rule exists only in version 2")]
    fn sbbs(self, code: &mut impl Lookahead, head: R, len: u8) -> Option<(Fused, u8)> {
        let R {
            rd: a,
            rs1: b,
            rs2: c,
        } = head;
        let (Inst::Sltu(R { rd: d, rs1, rs2 }), len1) = code.peek(1)? else {
            return None;
        };
        if rs1 != b || rs2 != c || a == b || a == c {
            return None;
        }
        Some((Fused::Sbbs { a, b, c, d }, len + len1))
    }
}

/// `mulh`, `mulhu`, `mulhsu`, `div` and `divu`, each followed by its other half.
fn wide(code: &mut impl Lookahead, head: Inst, len: u8) -> Option<(Fused, u8)> {
    let (next, len1) = code.peek(1)?;
    let (
        R {
            rd: first,
            rs1,
            rs2,
        },
        tail,
    ) = match (head, next) {
        (Inst::Mulh(head) | Inst::Mulhu(head) | Inst::Mulhsu(head), Inst::Mul(tail))
        | (Inst::Div(head), Inst::Rem(tail))
        | (Inst::Divu(head), Inst::Remu(tail)) => (head, tail),
        _ => return None,
    };
    let second = tail.rd;
    if first == rs1 || first == rs2 || first == second || tail.rs1 != rs1 || tail.rs2 != rs2 {
        return None;
    }
    let fused = match head {
        Inst::Mulh(_) => Fused::WideMul {
            high: first,
            low: second,
            rs1,
            rs2,
        },
        Inst::Mulhu(_) => Fused::WideMulu {
            high: first,
            low: second,
            rs1,
            rs2,
        },
        Inst::Mulhsu(_) => Fused::WideMulsu {
            high: first,
            low: second,
            rs1,
            rs2,
        },
        Inst::Div(_) => Fused::WideDiv {
            quotient: first,
            remainder: second,
            rs1,
            rs2,
        },
        _ => Fused::WideDivu {
            quotient: first,
            remainder: second,
            rs1,
            rs2,
        },
    };
    Some((fused, len + len1))
}

/// Whether a far jump through scratch register `scratch` fuses with this `jalr`.
fn links_far(jump: JumpReg, scratch: Reg, version: Version) -> bool {
    let named = jump.rs1 == scratch && jump.rd == Reg::Ra;
    named && (scratch == Reg::Ra || !version.far_jump_needs_ra())
}

fn after_lui(code: &mut impl Lookahead, head: U, len: u8, version: Version) -> Option<(Fused, u8)> {
    let (next, len1) = code.peek(1)?;
    let fused = match next {
        Inst::Jalr(jump) if links_far(jump, head.rd, version) => Fused::FarJumpAbs {
            imm: head.imm.wrapping_add(jump.imm),
        },
        Inst::Addiw(I { rd, rs1, imm }) if rd == head.rd && rs1 == head.rd => Fused::LoadImm {
            rd,
            imm: head.imm.wrapping_add(imm),
        },
        _ => return None,
    };
    Some((fused, len + len1))
}

fn after_auipc(
    code: &mut impl Lookahead,
    head: PcU,
    len: u8,
    version: Version,
) -> Option<(Fused, u8)> {
    let (next, len1) = code.peek(1)?;
    let fused = match next {
        Inst::Jalr(jump) if links_far(jump, head.rd, version) => {
            // V1 lets the sum wrap around.
            let imm = match version {
                Version::V0 | Version::V1 => head.imm.wrapping_add(jump.imm),
                Version::V2 => head.imm.checked_add(jump.imm)?,
            };
            Fused::FarJumpRel { imm }
        }
        Inst::Addi(I { rd, rs1, imm }) if rd == head.rd && rs1 == head.rd => {
            v2(version)?;
            let pc = i32::try_from(code.pc()).ok()?;
            Fused::LoadImm {
                rd,
                imm: head.imm.checked_add(imm)?.checked_add(pc)?,
            }
        }
        _ => return None,
    };
    Some((fused, len + len1))
}
