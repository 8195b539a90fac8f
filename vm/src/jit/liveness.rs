//! Which results nobody will see.
//!
//! Fused operations make carries that a later one often overwrites before anything reads
//! them. A result is dead if the same block writes its register again, and neither reads it
//! before that nor may leave compiled code in between. What is alive when a block ends, or
//! when one of its checks may fail, is not asked: all of it counts as seen.

use super::address::results;
use crate::{
    block::MAX_STEPS,
    isa::{Fused, Op, Reg, Step},
};

/// A set of registers, one bit each.
type Registers = u32;

/// For each step, the registers whose values behind it nobody sees; none if no step is a
/// fused operation. `may_leave` says of which steps compiled code may leave before them, a
/// bit each.
pub(super) fn dead(steps: &[Step], may_leave: u16) -> [Registers; MAX_STEPS] {
    let mut dead_behind = [0; MAX_STEPS];
    if !steps.iter().any(|step| matches!(step.op, Op::Fused(_))) {
        return dead_behind;
    }
    let mut dead = 0;
    for (number, step) in steps.iter().enumerate().rev() {
        dead_behind[number] = dead;
        let (reads, writes) = reads_and_writes(step.op);
        dead = if may_leave >> number & 1 == 0 { (dead | writes) & !reads } else { 0 };
    }
    dead_behind
}

/// Whether `reg` is one of `registers`.
pub(super) const fn contains(registers: Registers, reg: Reg) -> bool {
    registers >> reg.number() & 1 != 0
}

fn set(registers: impl IntoIterator<Item = Reg>) -> Registers {
    registers.into_iter().fold(0, |set, reg| set | 1 << reg.number())
}

fn reads_and_writes(op: Op) -> (Registers, Registers) {
    let fused = match op {
        Op::Inst(inst) => {
            let operands = inst.operands();
            let reads = [operands.rs1, operands.rs2].into_iter().flatten();
            return (set(reads), set(operands.rd));
        }
        Op::Fused(fused) => fused,
    };
    let reads = match fused {
        Fused::Adc { a, b, c } | Fused::Sbb { a, b, c, .. } => [a, b, c],
        Fused::Add3A { a, b, e, .. } => [a, b, e],
        Fused::Add3B { b, c, e, .. } | Fused::Add3C { b, c, e, .. } => [b, c, e],
        Fused::Adcs { b, c, .. } | Fused::Sbbs { b, c, .. } => [b, c, c],
        Fused::WideMul { rs1, rs2, .. }
        | Fused::WideMulu { rs1, rs2, .. }
        | Fused::WideMulsu { rs1, rs2, .. }
        | Fused::WideDiv { rs1, rs2, .. }
        | Fused::WideDivu { rs1, rs2, .. } => [rs1, rs2, rs2],
        Fused::LoadImm { .. } | Fused::FarJumpAbs { .. } | Fused::FarJumpRel { .. } => {
            [Reg::Zero; 3]
        }
    };
    (set(reads), set(results(fused)))
}
