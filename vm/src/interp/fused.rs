//! What each fused operation does: its parts in order, except where
//! [`Fused`] says otherwise.

use super::exec::{Edge, Handler, Rest, jump, op, with_op};
use super::{Cache, Core};
use crate::{alu, isa::Fused};

/// A handler of two results from the same two operands: `rd` first, then `rs3`.
macro_rules! wide {
    ($first:expr, $second:expr) => {
        op!(|hart, op| {
            let (a, b) = (hart[op.rs1], hart[op.rs2]);
            hart.put(op.rd, $first(a, b));
            hart.put(op.rs3, $second(a, b));
        })
    };
}

/// The handler of a fused operation. [`super::code`] gives it its operands.
pub(super) fn handler(fused: Fused) -> Handler {
    match fused {
        Fused::Adc { .. } => op!(|hart, op| {
            // rd, rs1, rs2 are a, b, c.
            let (sum, first) = hart[op.rd].overflowing_add(hart[op.rs1]);
            let (sum, second) = sum.overflowing_add(hart[op.rs2]);
            hart.put(op.rd, sum);
            hart.put(op.rs2, second.into());
            hart.put(op.rs1, u64::from(first | second));
        }),
        Fused::Sbb { .. } => op!(|hart, op| {
            // rd, rs1, rs2, rs3 are a, b, c, d.
            let (difference, first) = hart[op.rd].overflowing_sub(hart[op.rs1]);
            let (result, second) = difference.overflowing_sub(hart[op.rs2]);
            hart.put(op.rs3, first.into());
            hart.put(op.rd, result);
            hart.put(op.rs2, second.into());
            hart.put(op.rs1, u64::from(first | second));
        }),
        Fused::Add3A { .. } => op!(|hart, op| {
            // rd, rs1, rs2, rs3 are a, b, c, d; `imm` names e.
            let (sum, carry) = hart[op.rs1].overflowing_add(hart[op.rd]);
            hart.put(op.rd, sum);
            hart.put(op.rs2, carry.into());
            hart.put(op.rs3, hart[op.rs2].wrapping_add(hart[op.rs4()]));
        }),
        Fused::Add3B { .. } => op!(|hart, op| {
            let (sum, carry) = hart[op.rs1].overflowing_add(hart[op.rs2]);
            hart.put(op.rd, sum);
            hart.put(op.rs1, carry.into());
            hart.put(op.rs3, hart[op.rs1].wrapping_add(hart[op.rs4()]));
        }),
        Fused::Add3C { .. } => op!(|hart, op| {
            let (sum, carry) = hart[op.rs1].overflowing_add(hart[op.rs2]);
            hart.put(op.rd, sum);
            hart.put(op.rs3, carry.into());
            hart.put(op.rs3, hart[op.rs3].wrapping_add(hart[op.rs4()]));
        }),
        Fused::Adcs { .. } => op!(|hart, op| {
            let (sum, carry) = hart[op.rs1].overflowing_add(hart[op.rs2]);
            hart.put(op.rd, sum);
            hart.put(op.rs3, carry.into());
        }),
        Fused::Sbbs { .. } => op!(|hart, op| {
            let (difference, borrow) = hart[op.rs1].overflowing_sub(hart[op.rs2]);
            hart.put(op.rd, difference);
            hart.put(op.rs3, borrow.into());
        }),
        Fused::WideMul { .. } => wide!(alu::mulh, u64::wrapping_mul),
        Fused::WideMulu { .. } => wide!(alu::mulhu, u64::wrapping_mul),
        Fused::WideMulsu { .. } => wide!(alu::mulhsu, u64::wrapping_mul),
        Fused::WideDiv { .. } => wide!(alu::div, alu::rem),
        Fused::WideDivu { .. } => wide!(alu::divu, alu::remu),
        Fused::LoadImm { .. } => op!(|hart, op| hart.put(op.rd, op.imm())),
        // The block knows the target; `rd` is `ra`.
        Fused::FarJumpAbs { .. } | Fused::FarJumpRel { .. } => with_op!(|core, op, rest, cache| {
            core.hart.put(op.rd, core.hart.pc);
            jump(core, cache)
        }),
    }
}
