//! Which results nobody will see.
//!
//! Fused operations make carries that a later one often overwrites before anything reads
//! them. A result is dead if the same block writes its register again, and neither reads it
//! before that nor may leave compiled code in between. What is alive when a block ends, or
//! when one of its checks may fail, is not asked: all of it counts as seen.

use crate::isa::{Fused, Op, Reg, Step};

/// A set of registers, one bit each.
pub(super) type Registers = u32;

/// Whether anybody may see what `reg` holds before `steps`, the rest of a block. `may_leave`
/// says of which of them compiled code may leave before them, a bit each.
pub(super) fn is_seen(reg: Reg, steps: &[Step], may_leave: u16) -> bool {
    for (number, step) in steps.iter().enumerate() {
        let (reads, writes) = reads_and_writes(step.op);
        if may_leave >> number & 1 != 0 || contains(reads, reg) {
            return true;
        }
        if contains(writes, reg) {
            return false;
        }
    }
    true
}

/// Whether `reg` is one of `registers`.
pub(super) const fn contains(registers: Registers, reg: Reg) -> bool {
    registers >> reg.number() & 1 != 0
}

/// A register, or none.
pub(super) fn set(reg: Reg, named: bool) -> Registers {
    u32::from(named) << reg.number()
}

/// Some registers.
fn all<const N: usize>(registers: [Reg; N]) -> Registers {
    registers.into_iter().fold(0, |all, reg| all | set(reg, true))
}

fn reads_and_writes(op: Op) -> (Registers, Registers) {
    let fused = match op {
        Op::Inst(inst) => {
            let (places, fields) = (inst.places(), inst.row().fields);
            let reads = set(places.rs1, fields.rs1) | set(places.rs2, fields.rs2);
            return (reads, set(places.rd, fields.rd));
        }
        Op::Fused(fused) => fused,
    };
    let reads = match fused {
        Fused::Adc { a, b, c } | Fused::Sbb { a, b, c, .. } => all([a, b, c]),
        Fused::Add3A { a, b, e, .. } => all([a, b, e]),
        Fused::Add3B { b, c, e, .. } | Fused::Add3C { b, c, e, .. } => all([b, c, e]),
        Fused::Adcs { b, c, .. } | Fused::Sbbs { b, c, .. } => all([b, c]),
        Fused::WideMul { rs1, rs2, .. }
        | Fused::WideMulu { rs1, rs2, .. }
        | Fused::WideMulsu { rs1, rs2, .. }
        | Fused::WideDiv { rs1, rs2, .. }
        | Fused::WideDivu { rs1, rs2, .. } => all([rs1, rs2]),
        Fused::LoadImm { .. } | Fused::FarJumpAbs { .. } | Fused::FarJumpRel { .. } => 0,
    };
    (reads, results(fused))
}

/// The registers that a fused operation writes.
pub(super) fn results(fused: Fused) -> Registers {
    match fused {
        Fused::Adc { a, b, c } => all([a, b, c]),
        Fused::Sbb { a, b, c, d } => all([a, b, c, d]),
        Fused::Add3A { a, c, d, .. } => all([a, c, d]),
        Fused::Add3B { a, b, d, .. } => all([a, b, d]),
        Fused::Add3C { a, d, .. } | Fused::Adcs { a, d, .. } | Fused::Sbbs { a, d, .. } => {
            all([a, d])
        }
        Fused::WideMul { high: a, low: b, .. }
        | Fused::WideMulu { high: a, low: b, .. }
        | Fused::WideMulsu { high: a, low: b, .. }
        | Fused::WideDiv { quotient: a, remainder: b, .. }
        | Fused::WideDivu { quotient: a, remainder: b, .. } => all([a, b]),
        Fused::LoadImm { rd, .. } => set(rd, true),
        Fused::FarJumpAbs { .. } | Fused::FarJumpRel { .. } => set(Reg::Ra, true),
    }
}
