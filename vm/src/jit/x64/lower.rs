//! What each instruction becomes.
//!
//! A result is computed in the home of `rd`, if it has one and no operand that is still
//! needed is there; otherwise in `rax`, from where the next operation may take it.

use super::{
    Compiler, Place,
    asm::{Alu, Bit, Cond, Count, Gpr, Mem, Rm, Shift, Unary, Width},
};
use crate::isa::{
    Fused, Inst, Op, Reg,
    format::{self, Fields, I, R},
};

use Gpr::{Rax, Rdx};

/// Calls `each` for every register that an operation names, and maybe for others, which it
/// does not name.
pub(super) fn registers(op: Op, mut each: impl FnMut(Reg, bool)) {
    let fused = match op {
        Op::Inst(inst) => {
            let Fields { rd, rs1, rs2, .. } = inst.row().fields;
            let places = inst.places();
            each(places.rd, rd);
            each(places.rs1, rs1);
            return each(places.rs2, rs2);
        }
        Op::Fused(fused) => fused,
    };
    let mut each = |reg| each(reg, true);
    match fused {
        Fused::Adc { a, b, c } => [a, a, b, b, c, c].into_iter().for_each(each),
        Fused::Sbb { a, b, c, d } => [a, a, b, b, c, c, d].into_iter().for_each(each),
        Fused::Add3A { a, b, c, d, e }
        | Fused::Add3B { a, b, c, d, e }
        | Fused::Add3C { a, b, c, d, e } => [a, b, c, d, e].into_iter().for_each(each),
        Fused::Adcs { a, b, c, d } | Fused::Sbbs { a, b, c, d } => {
            [a, b, c, d].into_iter().for_each(each);
        }
        Fused::WideMul { high: a, low: b, rs1, rs2 }
        | Fused::WideMulu { high: a, low: b, rs1, rs2 }
        | Fused::WideMulsu { high: a, low: b, rs1, rs2 }
        | Fused::WideDiv { quotient: a, remainder: b, rs1, rs2 }
        | Fused::WideDivu { quotient: a, remainder: b, rs1, rs2 } => {
            [a, b, rs1, rs2].into_iter().for_each(each);
        }
        Fused::LoadImm { rd, .. } => each(rd),
        Fused::FarJumpAbs { .. } | Fused::FarJumpRel { .. } => each(Reg::Ra),
    }
}

impl Compiler<'_> {
    #[expect(clippy::too_many_lines, reason = "one arm an instruction")]
    pub(super) fn inst(&mut self, inst: Inst) {
        match inst {
            Inst::Lui(u) => self.set_constant(u.rd(), sext(u.imm())),
            Inst::Auipc(u) => {
                let here = self.here.next.wrapping_sub(4);
                self.set_constant(u.rd(), here.wrapping_add(sext(u.imm())));
            }
            Inst::Jal(j) => self.set_constant(j.rd(), self.here.next),
            Inst::Jalr(j) => self.jalr(j),
            // The block knows its successors.
            Inst::Beq(_)
            | Inst::Bne(_)
            | Inst::Blt(_)
            | Inst::Bge(_)
            | Inst::Bltu(_)
            | Inst::Bgeu(_)
            | Inst::Ecall(_)
            | Inst::Ebreak(_)
            | Inst::Fence(_)
            | Inst::FenceI(_) => {}

            Inst::Lb(l) => self.load(Width::B, true, l),
            Inst::Lh(l) => self.load(Width::W, true, l),
            Inst::Lw(l) => self.load(Width::D, true, l),
            Inst::Ld(l) => self.load(Width::Q, false, l),
            Inst::Lbu(l) => self.load(Width::B, false, l),
            Inst::Lhu(l) => self.load(Width::W, false, l),
            Inst::Lwu(l) => self.load(Width::D, false, l),
            Inst::Sb(s) => self.store(Width::B, s),
            Inst::Sh(s) => self.store(Width::W, s),
            Inst::Sw(s) => self.store(Width::D, s),
            Inst::Sd(s) => self.store(Width::Q, s),

            Inst::Addi(i) => self.addi(i),
            Inst::Slti(i) => self.compare_imm(Cond::Less, i),
            Inst::Sltiu(i) => self.compare_imm(Cond::Below, i),
            Inst::Xori(i) if i.imm() == -1 => self.not(i),
            Inst::Xori(i) => self.alu_imm(Alu::Xor, i.rd(), i.rs1(), i.imm()),
            Inst::Ori(i) => self.alu_imm(Alu::Or, i.rd(), i.rs1(), i.imm()),
            Inst::Andi(i) => self.alu_imm(Alu::And, i.rd(), i.rs1(), i.imm()),
            Inst::Slli(s) => self.shift_imm(Shift::Shl, s),
            Inst::Srli(s) => self.shift_imm(Shift::Shr, s),
            Inst::Srai(s) => self.shift_imm(Shift::Sar, s),
            Inst::Addiw(i) => self.addiw(i),
            Inst::Slliw(s) => self.shift_imm_w(Shift::Shl, s),
            Inst::Srliw(s) => self.shift_imm_w(Shift::Shr, s),
            Inst::Sraiw(s) => self.shift_imm_w(Shift::Sar, s),

            Inst::Add(r) => self.add(r),
            Inst::Sub(r) => self.alu(Alu::Sub, false, r),
            Inst::Xor(r) => self.alu(Alu::Xor, true, r),
            Inst::Or(r) => self.alu(Alu::Or, true, r),
            Inst::And(r) => self.alu(Alu::And, true, r),
            Inst::Sll(r) => self.shift(Width::Q, Shift::Shl, r),
            Inst::Srl(r) => self.shift(Width::Q, Shift::Shr, r),
            Inst::Sra(r) => self.shift(Width::Q, Shift::Sar, r),
            Inst::Slt(r) => self.set_if(Cond::Less, r),
            Inst::Sltu(r) => self.set_if(Cond::Below, r),
            Inst::Addw(r) => self.alu_w(Alu::Add, r),
            Inst::Subw(r) => self.alu_w(Alu::Sub, r),
            Inst::Sllw(r) => self.shift(Width::D, Shift::Shl, r),
            Inst::Srlw(r) => self.shift(Width::D, Shift::Shr, r),
            Inst::Sraw(r) => self.shift(Width::D, Shift::Sar, r),

            Inst::Mul(r) => self.multiply(r),
            Inst::Mulw(r) => {
                self.copy32(Rax, r.rs1());
                let from = self.source(r.rs2(), Rdx);
                self.asm.imul(Width::D, Rax, from);
                self.set_sext(r.rd(), Rax);
            }
            Inst::Mulh(r) => {
                self.mul_high_signed(r.rs1(), r.rs2());
                self.set(r.rd(), Rdx);
            }
            Inst::Mulhu(r) => {
                self.copy(Rdx, r.rs1());
                let from = self.source(r.rs2(), Rax);
                let to = self.target_of(r.rd(), Rax);
                self.asm.mulx(to, to, from);
                self.set(r.rd(), to);
            }
            Inst::Mulhsu(r) => {
                self.mul_high_mixed(r.rs1(), r.rs2());
                self.set(r.rd(), Rax);
            }
            Inst::Div(r) => self.divide_to(Width::Q, true, r, Rax),
            Inst::Divu(r) => self.divide_to(Width::Q, false, r, Rax),
            Inst::Rem(r) => self.divide_to(Width::Q, true, r, Rdx),
            Inst::Remu(r) => self.divide_to(Width::Q, false, r, Rdx),
            Inst::Divw(r) => self.divide_to(Width::D, true, r, Rax),
            Inst::Divuw(r) => self.divide_to(Width::D, false, r, Rax),
            Inst::Remw(r) => self.divide_to(Width::D, true, r, Rdx),
            Inst::Remuw(r) => self.divide_to(Width::D, false, r, Rdx),

            Inst::AddUw(r) => self.shift_add(0, true, r),
            Inst::Sh1add(r) => self.shift_add(1, false, r),
            Inst::Sh2add(r) => self.shift_add(2, false, r),
            Inst::Sh3add(r) => self.shift_add(3, false, r),
            Inst::Sh1addUw(r) => self.shift_add(1, true, r),
            Inst::Sh2addUw(r) => self.shift_add(2, true, r),
            Inst::Sh3addUw(r) => self.shift_add(3, true, r),
            Inst::SlliUw(s) => {
                self.copy32(Rax, s.rs1());
                self.asm.shift(Width::Q, Shift::Shl, Rax, amount(s.imm()));
                self.set(s.rd(), Rax);
            }

            Inst::Andn(r) => {
                let not = self.get(r.rs2(), Rdx);
                let from = self.source(r.rs1(), Rax);
                let to = self.target_of(r.rd(), Rax);
                self.asm.andn(to, not, from);
                self.set(r.rd(), to);
            }
            Inst::Orn(r) => {
                self.copy(Rax, r.rs2());
                self.asm.unary(Width::Q, Unary::Not, Rax);
                let from = self.source(r.rs1(), Rdx);
                self.asm.alu(Width::Q, Alu::Or, Rax, from);
                self.set(r.rd(), Rax);
            }
            Inst::Xnor(r) => {
                self.copy(Rax, r.rs1());
                let from = self.source(r.rs2(), Rdx);
                self.asm.alu(Width::Q, Alu::Xor, Rax, from);
                self.asm.unary(Width::Q, Unary::Not, Rax);
                self.set(r.rd(), Rax);
            }
            Inst::Clz(u) => self.count(Width::Q, Count::Lzcnt, u),
            Inst::Ctz(u) => self.count(Width::Q, Count::Tzcnt, u),
            Inst::Cpop(u) => self.count(Width::Q, Count::Popcnt, u),
            Inst::Clzw(u) => self.count(Width::D, Count::Lzcnt, u),
            Inst::Ctzw(u) => self.count(Width::D, Count::Tzcnt, u),
            Inst::Cpopw(u) => self.count(Width::D, Count::Popcnt, u),
            Inst::Min(r) => self.choose(Cond::Greater, r),
            Inst::Minu(r) => self.choose(Cond::Above, r),
            Inst::Max(r) => self.choose(Cond::Less, r),
            Inst::Maxu(r) => self.choose(Cond::Below, r),
            Inst::SextB(u) => self.extend(Width::B, true, u),
            Inst::SextH(u) => self.extend(Width::W, true, u),
            Inst::ZextH(u) => self.extend(Width::W, false, u),
            Inst::Rol(r) => self.rotate(Width::Q, Shift::Rol, r),
            Inst::Ror(r) => self.rotate(Width::Q, Shift::Ror, r),
            Inst::Rolw(r) => self.rotate(Width::D, Shift::Rol, r),
            Inst::Rorw(r) => self.rotate(Width::D, Shift::Ror, r),
            Inst::Rori(s) => {
                let from = self.source(s.rs1(), Rax);
                let to = self.target_of(s.rd(), Rax);
                self.asm.rorx(Width::Q, to, from, amount(s.imm()));
                self.set(s.rd(), to);
            }
            Inst::Roriw(s) => {
                let from = self.source(s.rs1(), Rax);
                self.asm.rorx(Width::D, Rax, from, amount(s.imm()));
                self.set_sext(s.rd(), Rax);
            }
            Inst::OrcB(u) => self.orc_b(u),
            Inst::Rev8(u) => {
                let to = self.target_of(u.rd(), Rax);
                self.copy(to, u.rs1());
                self.asm.bswap(to);
                self.set(u.rd(), to);
            }

            Inst::Clmul(r) => {
                self.carryless_product(r);
                self.asm.movq_from_xmm(Rax, 0);
                self.set(r.rd(), Rax);
            }
            Inst::Clmulh(r) => {
                self.carryless_product(r);
                self.asm.high_half(Gpr::Rax);
                self.asm.movq_from_xmm(Rax, 0);
                self.set(r.rd(), Rax);
            }
            Inst::Clmulr(r) => {
                self.carryless_product(r);
                self.asm.movq_from_xmm(Rdx, 0);
                self.asm.high_half(Gpr::Rax);
                self.asm.movq_from_xmm(Rax, 0);
                self.asm.shift(Width::Q, Shift::Shr, Rdx, 63);
                self.asm.lea(Width::Q, Rax, Mem::indexed(Rdx, Rax, 1, 0));
                self.set(r.rd(), Rax);
            }

            Inst::Bclr(r) => self.bit(Bit::Reset, r),
            Inst::Binv(r) => self.bit(Bit::Complement, r),
            Inst::Bset(r) => self.bit(Bit::Set, r),
            Inst::Bext(r) => {
                let by = self.get(r.rs2(), Rdx);
                let from = self.source(r.rs1(), Rax);
                self.asm.shift_by(Width::Q, Shift::Shr, Rax, from, by);
                self.asm.alu_imm(Width::D, Alu::And, Rax, 1);
                self.set(r.rd(), Rax);
            }
            Inst::Bclri(s) => self.bit_imm(Bit::Reset, s),
            Inst::Binvi(s) => self.bit_imm(Bit::Complement, s),
            Inst::Bseti(s) => self.bit_imm(Bit::Set, s),
            Inst::Bexti(s) => {
                let to = self.target_of(s.rd(), Rax);
                self.copy(to, s.rs1());
                self.asm.shift(Width::Q, Shift::Shr, to, amount(s.imm()));
                self.asm.alu_imm(Width::D, Alu::And, to, 1);
                self.set(s.rd(), to);
            }

            Inst::LrW(_)
            | Inst::ScW(_)
            | Inst::AmoswapW(_)
            | Inst::AmoaddW(_)
            | Inst::AmoxorW(_)
            | Inst::AmoandW(_)
            | Inst::AmoorW(_)
            | Inst::AmominW(_)
            | Inst::AmomaxW(_)
            | Inst::AmominuW(_)
            | Inst::AmomaxuW(_)
            | Inst::LrD(_)
            | Inst::ScD(_)
            | Inst::AmoswapD(_)
            | Inst::AmoaddD(_)
            | Inst::AmoxorD(_)
            | Inst::AmoandD(_)
            | Inst::AmoorD(_)
            | Inst::AmominD(_)
            | Inst::AmomaxD(_)
            | Inst::AmominuD(_)
            | Inst::AmomaxuD(_) => unreachable!("blocks with atomics are left to the interpreter"),
        }
    }

    // ---- control ----

    fn jalr(&mut self, j: format::JumpReg) {
        let link = self.here.next;
        if self.config.version.jalr_links_first() {
            self.set_constant(j.rd(), link);
        }
        match self.place(j.rs1()) {
            Place::Host(home) => self.asm.lea(Width::Q, Rax, Mem::at(home, j.imm())),
            Place::Slot(_) | Place::Zero => {
                self.copy(Rax, j.rs1());
                if j.imm() != 0 {
                    self.asm.alu_imm(Width::Q, Alu::Add, Rax, j.imm());
                }
            }
        }
        if !self.config.version.jalr_links_first() {
            // rax holds the target, which a constant of more than 32 bits would need.
            debug_assert!(i32::try_from(link).is_ok(), "code is inside memory");
            self.set_constant(j.rd(), link);
        }
        self.asm.alu_imm(Width::Q, Alu::And, Rax, -2);
        self.go_indirect();
    }

    // ---- memory ----

    fn load(&mut self, width: Width, signed: bool, l: format::Load) {
        self.check(l.rs1());
        if l.rd() == Reg::Zero {
            return;
        }
        let from = self.memory(l.rs1(), l.imm());
        let to = self.target_of(l.rd(), Rax);
        if signed {
            self.asm.load_sext(width, to, from);
        } else {
            self.asm.load_zext(width, to, from);
        }
        self.set(l.rd(), to);
    }

    fn store(&mut self, width: Width, s: format::Store) {
        self.check(s.rs1());
        let to = self.memory(s.rs1(), s.imm());
        match self.place(s.rs2()) {
            Place::Zero => self.asm.store_imm(width, to, 0),
            Place::Slot(_) if self.is_in_rax(s.rs2()) => self.asm.store(width, to, Rax),
            Place::Host(_) | Place::Slot(_) => {
                let from = self.get(s.rs2(), Rdx);
                self.asm.store(width, to, from);
            }
        }
    }

    // ---- arithmetic ----

    /// The operand that a register is; x0 becomes `scratch`, made zero.
    pub(super) fn source(&mut self, reg: Reg, scratch: Gpr) -> Rm {
        match self.operand(reg) {
            Some(operand) => operand,
            None => {
                self.asm.mov_imm32(scratch, 0);
                scratch.into()
            }
        }
    }

    /// Where to compute the value of `rd` in steps while `operands` are still needed.
    fn result(&self, rd: Reg, operands: &[Rm]) -> Gpr {
        match self.place(rd) {
            Place::Host(home) if !operands.contains(&home.into()) => home,
            Place::Zero | Place::Host(_) | Place::Slot(_) => Rax,
        }
    }

    /// `rd` = the low half of `from`, sign-extended
    fn set_sext(&mut self, rd: Reg, from: Gpr) {
        let to = self.target_of(rd, from);
        self.asm.load_sext(Width::D, to, from);
        self.set(rd, to);
    }

    fn addi(&mut self, i: I) {
        let (rd, rs1, imm) = (i.rd(), i.rs1(), i.imm());
        match (self.place(rd), self.place(rs1)) {
            (_, Place::Zero) => self.set_constant(rd, sext(imm)),
            (_, _) if imm == 0 => self.move_register(rd, rs1),
            (Place::Host(to), Place::Host(from)) if to != from => {
                self.asm.lea(Width::Q, to, Mem::at(from, imm));
            }
            (Place::Slot(_), Place::Host(from)) => {
                self.asm.lea(Width::Q, Rax, Mem::at(from, imm));
                self.set(rd, Rax);
            }
            _ => self.alu_imm(Alu::Add, rd, rs1, imm),
        }
    }

    fn move_register(&mut self, rd: Reg, rs: Reg) {
        if self.place(rs) == Place::Zero {
            return self.set_constant(rd, 0);
        }
        match self.place(rd) {
            Place::Host(home) => self.copy(home, rs),
            Place::Slot(_) if rd == rs => {}
            Place::Slot(_) => {
                let from = self.get(rs, Rax);
                self.set(rd, from);
            }
            Place::Zero => {}
        }
    }

    fn alu_imm(&mut self, op: Alu, rd: Reg, rs1: Reg, imm: i32) {
        let to = self.target_of(rd, Rax);
        self.copy(to, rs1);
        self.asm.alu_imm(Width::Q, op, to, imm);
        self.set(rd, to);
    }

    fn not(&mut self, i: I) {
        let to = self.target_of(i.rd(), Rax);
        self.copy(to, i.rs1());
        self.asm.unary(Width::Q, Unary::Not, to);
        self.set(i.rd(), to);
    }

    fn addiw(&mut self, i: I) {
        if let Some(from) = self.operand(i.rs1())
            && i.imm() == 0
        {
            let to = self.target_of(i.rd(), Rax);
            self.asm.load_sext(Width::D, to, from);
            return self.set(i.rd(), to);
        }
        match self.place(i.rs1()) {
            Place::Zero => return self.set_constant(i.rd(), sext(i.imm())),
            Place::Host(home) => self.asm.lea(Width::D, Rax, Mem::at(home, i.imm())),
            Place::Slot(slot) => {
                self.asm.mov32(Rax, slot);
                self.asm.alu_imm(Width::D, Alu::Add, Rax, i.imm());
            }
        }
        self.set_sext(i.rd(), Rax);
    }

    fn shift_imm(&mut self, op: Shift, s: format::Shift) {
        let by = amount(s.imm());
        let to = self.target_of(s.rd(), Rax);
        self.copy(to, s.rs1());
        self.asm.shift(Width::Q, op, to, by);
        self.set(s.rd(), to);
    }

    fn shift_imm_w(&mut self, op: Shift, s: format::ShiftW) {
        let by = amount(s.imm());
        if op == Shift::Shr && by != 0 {
            // The result is not negative.
            let to = self.target_of(s.rd(), Rax);
            self.copy32(to, s.rs1());
            self.asm.shift(Width::D, op, to, by);
            return self.set(s.rd(), to);
        }
        self.copy32(Rax, s.rs1());
        self.asm.shift(Width::D, op, Rax, by);
        self.set_sext(s.rd(), Rax);
    }

    fn add(&mut self, r: R) {
        let (rd, rs1, rs2) = (r.rd(), r.rs1(), r.rs2());
        match (self.place(rs1), self.place(rs2)) {
            (Place::Zero, _) => self.move_register(rd, rs2),
            (_, Place::Zero) => self.move_register(rd, rs1),
            (Place::Host(a), Place::Host(b)) if rd != rs1 && rd != rs2 => {
                let to = self.target_of(rd, Rax);
                self.asm.lea(Width::Q, to, Mem::indexed(a, b, 0, 0));
                self.set(rd, to);
            }
            _ => self.alu(Alu::Add, true, r),
        }
    }

    fn alu(&mut self, op: Alu, commutes: bool, r: R) {
        let (rd, mut rs1, mut rs2) = (r.rd(), r.rs1(), r.rs2());
        let in_place = matches!(self.place(rd), Place::Host(_)) && (rd == rs1 || rd == rs2);
        let other_first =
            if in_place { rd == rs2 } else { self.is_in_rax(rs2) || rd == rs2 && !self.is_in_rax(rs1) };
        if commutes && other_first {
            (rs1, rs2) = (rs2, rs1);
        }
        if in_place && rd == rs1 && self.is_in_rax(rs2) {
            let to = self.target_of(rd, Rax);
            return self.asm.alu(Width::Q, op, to, Rax);
        }
        let from = self.source(rs2, Rdx);
        let to = if rd == rs1 { self.target_of(rd, Rax) } else { self.result(rd, &[from]) };
        self.copy(to, rs1);
        self.asm.alu(Width::Q, op, to, from);
        self.set(rd, to);
    }

    pub(super) fn multiply(&mut self, r: R) {
        let from = self.source(r.rs2(), Rdx);
        let to = self.result(r.rd(), &[from]);
        self.copy(to, r.rs1());
        self.asm.imul(Width::Q, to, from);
        self.set(r.rd(), to);
    }

    fn alu_w(&mut self, op: Alu, r: R) {
        self.copy32(Rax, r.rs1());
        let from = self.source(r.rs2(), Rdx);
        self.asm.alu(Width::D, op, Rax, from);
        self.set_sext(r.rd(), Rax);
    }

    fn shift(&mut self, width: Width, op: Shift, r: R) {
        let by = self.get(r.rs2(), Rdx);
        let from = self.source(r.rs1(), Rax);
        if width == Width::D {
            self.asm.shift_by(Width::D, op, Rax, from, by);
            return self.set_sext(r.rd(), Rax);
        }
        let to = self.target_of(r.rd(), Rax);
        self.asm.shift_by(Width::Q, op, to, from, by);
        self.set(r.rd(), to);
    }

    /// Rotates through `rcx`, which may be some register's home.
    fn rotate(&mut self, width: Width, op: Shift, r: R) {
        self.copy(Rax, r.rs1());
        self.copy(Rdx, r.rs2());
        self.asm.xchg(Gpr::Rcx, Rdx);
        self.asm.rotate_by_cl(width, op, Rax);
        self.asm.xchg(Gpr::Rcx, Rdx);
        if width == Width::D {
            self.set_sext(r.rd(), Rax);
        } else {
            self.set(r.rd(), Rax);
        }
    }

    fn set_if(&mut self, cond: Cond, r: R) {
        let a = self.get(r.rs1(), Rdx);
        match self.operand(r.rs2()) {
            Some(_) if self.is_in_rax(r.rs2()) => self.asm.alu(Width::Q, Alu::Cmp, a, Rax),
            Some(b) => self.asm.alu(Width::Q, Alu::Cmp, a, b),
            None => self.asm.alu_imm(Width::Q, Alu::Cmp, a, 0),
        }
        self.set_condition(cond, r.rd());
    }

    fn compare_imm(&mut self, cond: Cond, i: I) {
        let a = self.source(i.rs1(), Rdx);
        self.asm.alu_imm(Width::Q, Alu::Cmp, a, i.imm());
        self.set_condition(cond, i.rd());
    }

    /// `rd` = whether the flags say so. It uses `rax`; flags stay.
    pub(super) fn set_condition(&mut self, cond: Cond, rd: Reg) {
        let to = self.target_of(rd, Rax);
        self.asm.mov_imm32(to, 0);
        self.asm.set(cond, to);
        self.set(rd, to);
    }

    fn shift_add(&mut self, by: u8, word: bool, r: R) {
        let index = if word {
            self.copy32(Rax, r.rs1());
            Rax
        } else {
            self.get(r.rs1(), Rax)
        };
        let base = self.get(r.rs2(), Rdx);
        let to = self.target_of(r.rd(), Rax);
        self.asm.lea(Width::Q, to, Mem::indexed(base, index, by, 0));
        self.set(r.rd(), to);
    }

    fn count(&mut self, width: Width, op: Count, u: format::Unary) {
        let from = self.source(u.rs1(), Rax);
        let to = self.target_of(u.rd(), Rax);
        self.asm.count(width, op, to, from);
        self.set(u.rd(), to);
    }

    fn extend(&mut self, width: Width, signed: bool, u: format::Unary) {
        let from = self.source(u.rs1(), Rax);
        let to = self.target_of(u.rd(), Rax);
        if signed {
            self.asm.load_sext(width, to, from);
        } else {
            self.asm.load_zext(width, to, from);
        }
        self.set(u.rd(), to);
    }

    /// `rd` = `rs2` if `rs1 cond rs2`, else `rs1`
    fn choose(&mut self, cond: Cond, r: R) {
        let b = self.source(r.rs2(), Rdx);
        self.copy(Rax, r.rs1());
        self.asm.alu(Width::Q, Alu::Cmp, Rax, b);
        self.asm.cmov(cond, Rax, b);
        self.set(r.rd(), Rax);
    }

    fn bit(&mut self, op: Bit, r: R) {
        let number = self.get(r.rs2(), Rdx);
        self.copy(Rax, r.rs1());
        self.asm.bit(op, Rax, number);
        self.set(r.rd(), Rax);
    }

    fn bit_imm(&mut self, op: Bit, s: format::Shift) {
        let to = self.target_of(s.rd(), Rax);
        self.copy(to, s.rs1());
        self.asm.bit_imm(op, to, amount(s.imm()));
        self.set(s.rd(), to);
    }

    /// As in [`crate::alu::orc_b`]; the multiplication is a shift and a subtraction.
    fn orc_b(&mut self, u: format::Unary) {
        const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
        // Of zero, it is zero.
        let Some(from) = self.operand(u.rs1()) else { return self.set_constant(u.rd(), 0) };
        self.asm.mov_imm64(Rdx, LOW);
        self.asm.mov(Rax, from);
        self.asm.alu(Width::Q, Alu::And, Rax, Rdx);
        self.asm.alu(Width::Q, Alu::Add, Rax, Rdx);
        self.asm.alu(Width::Q, Alu::Or, Rax, from);
        self.asm.andn(Rax, Rdx, Rax);
        self.asm.mov(Rdx, Rax);
        self.asm.shift(Width::Q, Shift::Shr, Rdx, 7);
        self.asm.alu(Width::Q, Alu::Add, Rax, Rax);
        self.asm.alu(Width::Q, Alu::Sub, Rax, Rdx);
        self.set(u.rd(), Rax);
    }

    /// `xmm0` = the carry-less product
    fn carryless_product(&mut self, r: R) {
        for (xmm, reg) in [(0, r.rs1()), (1, r.rs2())] {
            let from = self.source(reg, Rax);
            self.asm.movq_to_xmm(xmm, from);
        }
        self.asm.pclmulqdq(Gpr::Rax, Gpr::Rcx);
    }

    /// `rdx:rax = rs1 * rs2`, signed
    pub(super) fn mul_high_signed(&mut self, rs1: Reg, rs2: Reg) {
        self.copy(Rax, rs1);
        let from = self.source(rs2, Rdx);
        self.asm.unary(Width::Q, Unary::Imul, from);
    }

    /// `rax` = the high half of `rs1 * rs2`, the first signed and the second unsigned:
    /// the unsigned one, less `rs2` if `rs1` is negative.
    pub(super) fn mul_high_mixed(&mut self, rs1: Reg, rs2: Reg) {
        self.copy(Rdx, rs1);
        let Some(from) = self.operand(rs2) else { return self.asm.mov_imm32(Rax, 0) };
        self.asm.mulx(Rax, Rax, from);
        self.asm.shift(Width::Q, Shift::Sar, Rdx, 63);
        self.asm.alu(Width::Q, Alu::And, Rdx, from);
        self.asm.alu(Width::Q, Alu::Sub, Rax, Rdx);
    }

    fn divide_to(&mut self, width: Width, signed: bool, r: R, result: Gpr) {
        self.divide(width, signed, r.rs1(), r.rs2());
        if width == Width::D {
            self.set_sext(r.rd(), result);
        } else {
            self.set(r.rd(), result);
        }
    }

    /// `rax` = quotient and `rdx` = remainder, with the results that the host's
    /// instruction does not have: for a divisor of zero, and for one of -1.
    pub(super) fn divide(&mut self, width: Width, signed: bool, rs1: Reg, rs2: Reg) {
        let Some(divisor) = self.operand(rs2) else {
            self.copy(Rdx, rs1);
            return self.asm.mov_imm(Rax, -1);
        };
        let (zero, done) = (self.asm.label(), self.asm.label());
        self.copy(Rax, rs1);
        self.asm.alu_imm(width, Alu::Cmp, divisor, 0);
        self.asm.jump_if(Cond::Equal, zero);
        if signed {
            let plain = self.asm.label();
            self.asm.alu_imm(width, Alu::Cmp, divisor, -1);
            self.asm.jump_if(Cond::NotEqual, plain);
            self.asm.unary(width, Unary::Neg, Rax);
            self.asm.mov_imm32(Rdx, 0);
            self.asm.jump(done);
            self.asm.bind(plain);
            self.asm.sign_rdx(width);
            self.asm.unary(width, Unary::Idiv, divisor);
        } else {
            self.asm.mov_imm32(Rdx, 0);
            self.asm.unary(width, Unary::Div, divisor);
        }
        self.asm.jump(done);
        self.asm.bind(zero);
        self.asm.mov(Rdx, Rax);
        self.asm.mov_imm(Rax, -1);
        self.asm.bind(done);
    }
}

/// An immediate, sign-extended.
const fn sext(imm: i32) -> u64 {
    (imm as i64).cast_unsigned()
}

/// An amount to shift by.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 63")]
const fn amount(imm: i32) -> u8 {
    imm as u8 & 63
}
