//! What each fused operation becomes: carries are taken from the flags, and wide products
//! are one instruction.

use Gpr::{Rax, Rdx};

use super::{
    Compiler, Place,
    asm::{Alu, Cond, Gpr, Width},
};
use crate::isa::{Fused, Inst, Op, Reg, format::R};

/// Both halves of a product, if that is what `mul` and the operation behind it compute:
/// compilers ask for the low one first, which is no fused operation of the machine.
pub(super) fn wide_product(low: R, behind: Op) -> Option<Fused> {
    let (signed, high) = if let Op::Inst(Inst::Mulhu(high)) = behind {
        (false, high)
    } else if let Op::Inst(Inst::Mulh(high)) = behind {
        (true, high)
    } else {
        return None;
    };
    let (rs1, rs2) = (low.rs1(), low.rs2());
    let same = [high.rs1(), high.rs2()] == [rs1, rs2] || [high.rs2(), high.rs1()] == [rs1, rs2];
    let (low, high) = (low.rd(), high.rd());
    if !same || [rs1, rs2, high].contains(&low) {
        return None;
    }
    Some(if signed {
        Fused::WideMul { high, low, rs1, rs2 }
    } else {
        Fused::WideMulu { high, low, rs1, rs2 }
    })
}

impl Compiler<'_> {
    pub(super) fn fused(&mut self, fused: Fused) {
        match fused {
            Fused::Adc { a, b, c } => self.carry_chain(Alu::Add, [a, b, c], None),
            Fused::Sbb { a, b, c, d } => self.carry_chain(Alu::Sub, [a, b, c], Some(d)),
            // The last part reads neither the sum nor, but for the third, the carry.
            Fused::Add3A { a, b, c, d, e } => {
                self.sum(Alu::Add, a, b, a);
                self.add_carry(Some(c), d, e);
            }
            Fused::Add3B { a, b, c, d, e } => {
                self.sum(Alu::Add, a, b, c);
                self.add_carry(Some(b), d, e);
            }
            Fused::Add3C { a, b, c, d, e } => {
                self.sum(Alu::Add, a, b, c);
                self.add_carry(None, d, e);
            }
            Fused::Adcs { a, b, c, d } => {
                self.sum(Alu::Add, a, b, c);
                self.set_carry(d);
            }
            Fused::Sbbs { a, b, c, d } => {
                self.sum(Alu::Sub, a, b, c);
                self.set_carry(d);
            }
            Fused::WideMul { high, low, rs1, rs2 } => {
                self.mul_high_signed(rs1, rs2);
                self.set(high, Rdx);
                self.set(low, Rax);
            }
            Fused::WideMulu { high, low, rs1, rs2 } => {
                self.copy(Rdx, rs1);
                let from = self.source(rs2, Rax);
                let first = self.target_of(high, Rax);
                let second = self.target_of(low, Rdx);
                self.asm.mulx(first, second, from);
                self.set(high, first);
                self.set(low, second);
            }
            Fused::WideMulsu { high, low, rs1, rs2 } => {
                self.mul_high_mixed(rs1, rs2);
                // Neither operand is `high`.
                self.set(high, Rax);
                self.copy(Rax, rs1);
                let from = self.source(rs2, Rdx);
                self.asm.imul(Width::Q, Rax, from);
                self.set(low, Rax);
            }
            Fused::WideDiv { quotient, remainder, rs1, rs2 } => {
                self.divide(Width::Q, true, rs1, rs2);
                self.set(quotient, Rax);
                self.set(remainder, Rdx);
            }
            Fused::WideDivu { quotient, remainder, rs1, rs2 } => {
                self.divide(Width::Q, false, rs1, rs2);
                self.set(quotient, Rax);
                self.set(remainder, Rdx);
            }
            Fused::LoadImm { rd, imm } => {
                self.set_constant(rd, i64::from(imm).cast_unsigned());
            }
            // The block knows the target.
            Fused::FarJumpAbs { .. } | Fused::FarJumpRel { .. } => {
                self.set_constant(Reg::Ra, self.here.next);
            }
        }
    }

    /// `a = a op b op c; c =` the second carry`; b =` one of both`; first =` the first. The
    /// registers differ.
    fn carry_chain(&mut self, op: Alu, [a, b, c]: [Reg; 3], first: Option<Reg>) {
        self.copy(Rax, a);
        self.fold(op, b);
        self.asm.set(Cond::Below, Rdx);
        self.fold(op, c);
        self.set(a, Rax);
        self.asm.set(Cond::Below, Rax);
        self.asm.load_zext(Width::B, Rdx, Rdx);
        self.asm.load_zext(Width::B, Rax, Rax);
        if let Some(first) = first.filter(|&first| self.is_seen(first)) {
            self.set(first, Rdx);
        }
        if self.is_seen(c) {
            self.set(c, Rax);
        }
        self.asm.alu(Width::D, Alu::Or, Rax, Rdx);
        self.set(b, Rax);
    }

    /// `to = a op b`, and leaves the flags as they are then. It may use `rax`.
    fn sum(&mut self, op: Alu, to: Reg, a: Reg, b: Reg) {
        let (a, b) = if op == Alu::Add && to == b { (b, a) } else { (a, b) };
        match self.place(to) {
            Place::Host(home) if to == a || to != b => {
                self.copy(home, a);
                self.fold_into(op, home, b);
            }
            Place::Zero | Place::Host(_) | Place::Slot(_) => {
                self.copy(Rax, a);
                self.fold(op, b);
                self.set(to, Rax);
            }
        }
    }

    /// `rax op= reg`, with flags
    fn fold(&mut self, op: Alu, reg: Reg) {
        self.fold_into(op, Rax, reg);
    }

    fn fold_into(&mut self, op: Alu, to: Gpr, reg: Reg) {
        match self.operand(reg) {
            Some(operand) => self.asm.alu(Width::Q, op, to, operand),
            None => self.asm.alu_imm(Width::Q, op, to, 0),
        }
    }

    /// `rd =` the carry flag, if anybody sees it
    fn set_carry(&mut self, rd: Reg) {
        if self.is_seen(rd) {
            self.set_condition(Cond::Below, rd);
        }
    }

    /// `carry =` the carry flag`; to = e + carry`. `e` is not `carry`.
    fn add_carry(&mut self, carry: Option<Reg>, to: Reg, e: Reg) {
        let carry = carry.filter(|&carry| carry != to && self.is_seen(carry));
        if carry.is_some() {
            self.asm.mov_imm32(Rax, 0);
            self.asm.set(Cond::Below, Rax);
        }
        let sum = self.target_of(to, Rdx);
        self.copy(sum, e);
        self.asm.alu_imm(Width::Q, Alu::Adc, sum, 0);
        if let Some(carry) = carry {
            self.set(carry, Rax);
        }
        self.set(to, sum);
    }
}
