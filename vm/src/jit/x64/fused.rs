//! What each fused operation becomes: carries are taken from the flags, and wide products
//! are one instruction.

use Gpr::{Rax, Rdx};

use super::{
    Compiler,
    asm::{Alu, Cond, Gpr, Width},
};
use crate::isa::{Fused, Reg};

impl Compiler<'_> {
    pub(super) fn fused(&mut self, fused: Fused) {
        match fused {
            Fused::Adc { a, b, c } => {
                self.sum(Alu::Add, a, b);
                self.asm.set(Cond::Below, Rdx);
                self.fold(Alu::Add, c);
                self.set(a, Rax);
                self.asm.set(Cond::Below, Rax);
                self.asm.load_zext(Width::B, Rdx, Rdx);
                self.asm.load_zext(Width::B, Rax, Rax);
                self.set(c, Rax);
                self.asm.alu(Width::D, Alu::Or, Rdx, Rax);
                self.set(b, Rdx);
            }
            Fused::Sbb { a, b, c, d } => {
                self.sum(Alu::Sub, a, b);
                self.asm.set(Cond::Below, Rdx);
                self.fold(Alu::Sub, c);
                self.set(a, Rax);
                self.asm.set(Cond::Below, Rax);
                self.asm.load_zext(Width::B, Rdx, Rdx);
                self.asm.load_zext(Width::B, Rax, Rax);
                self.set(d, Rdx);
                self.set(c, Rax);
                self.asm.alu(Width::D, Alu::Or, Rdx, Rax);
                self.set(b, Rdx);
            }
            // The last part reads neither the sum nor, but for the third, the carry.
            Fused::Add3A { a, b, c, d, e } => {
                self.sum(Alu::Add, b, a);
                self.add_carry(a, Some(c), d, e);
            }
            Fused::Add3B { a, b, c, d, e } => {
                self.sum(Alu::Add, b, c);
                self.add_carry(a, Some(b), d, e);
            }
            Fused::Add3C { a, b, c, d, e } => {
                self.sum(Alu::Add, b, c);
                self.add_carry(a, None, d, e);
            }
            Fused::Adcs { a, b, c, d } => {
                self.sum(Alu::Add, b, c);
                self.set(a, Rax);
                self.set_condition(Cond::Below, d);
            }
            Fused::Sbbs { a, b, c, d } => {
                self.sum(Alu::Sub, b, c);
                self.set(a, Rax);
                self.set_condition(Cond::Below, d);
            }
            Fused::WideMul { high, low, rs1, rs2 } => {
                self.mul_high_signed(rs1, rs2);
                self.set(high, Rdx);
                self.set(low, Rax);
            }
            Fused::WideMulu { high, low, rs1, rs2 } => {
                self.copy(Rdx, rs1);
                let from = match self.operand(rs2) {
                    Some(operand) => operand,
                    None => {
                        self.asm.mov_imm32(Rax, 0);
                        Rax.into()
                    }
                };
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
                match self.operand(rs2) {
                    Some(operand) => self.asm.imul(Width::Q, Rax, operand),
                    None => self.asm.mov_imm32(Rax, 0),
                }
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

    /// `rax = a op b`, with flags
    fn sum(&mut self, op: Alu, a: Reg, b: Reg) {
        self.copy(Rax, a);
        self.fold(op, b);
    }

    /// `rax op= reg`, with flags
    fn fold(&mut self, op: Alu, reg: Reg) {
        match self.operand(reg) {
            Some(operand) => self.asm.alu(Width::Q, op, Rax, operand),
            None => self.asm.alu_imm(Width::Q, op, Rax, 0),
        }
    }

    /// `sum = rax; carry =` the carry flag`; to = e + carry`. `e` is neither `sum` nor
    /// `carry`.
    fn add_carry(&mut self, sum: Reg, carry: Option<Reg>, to: Reg, e: Reg) {
        self.set(sum, Rax);
        let Some(carry) = carry else {
            self.copy(Rdx, e);
            self.asm.alu_imm(Width::Q, Alu::Adc, Rdx, 0);
            return self.set(to, Rdx);
        };
        self.copy(Rdx, e);
        self.asm.mov_imm32(Rax, 0);
        self.asm.set(Cond::Below, Rax);
        self.asm.alu_imm(Width::Q, Alu::Adc, Rdx, 0);
        self.set(carry, Rax);
        self.set(to, Rdx);
    }
}
