//! Blocks as the interpreter runs them: handlers with operands side by side.

use alloc::vec::Vec;

use super::exec::{self, Edge, Handler, Rest, op, with_op};
use super::{Cache, Core, fused};
use crate::{
    block::{Block, MAX_STEPS},
    isa::{
        Fused, Inst, Op, Reg,
        format::{Access, Flow},
    },
    version::Version,
};

/// The operands of one operation, and what runs behind it. Which of the operands mean
/// something depends on the operation's handler, which the operation before names.
#[derive(Clone, Copy)]
pub(super) struct Code {
    pub(super) next: Handler,
    imm: i32,
    pub(super) rd: Reg,
    pub(super) rs1: Reg,
    pub(super) rs2: Reg,
    pub(super) rs3: Reg,
}

impl Code {
    /// The immediate, sign-extended.
    #[inline(always)]
    pub(super) const fn imm(&self) -> u64 {
        (self.imm as i64).cast_unsigned()
    }

    /// The register that the immediate names.
    #[inline(always)]
    pub(super) const fn rs4(&self) -> Reg {
        Reg::from_bits(self.imm.cast_unsigned())
    }

    /// An operation without operands, the last of its block.
    const BLANK: Self = Self {
        next: exec::next,
        imm: 0,
        rd: Reg::Zero,
        rs1: Reg::Zero,
        rs2: Reg::Zero,
        rs3: Reg::Zero,
    };
}

/// The most operations a block lowers to: each step may need one that mends x0.
pub(super) const MAX_OPERATIONS: usize = 2 * MAX_STEPS;

/// Makes x0 zero again behind an operation that wrote it.
const MEND_ZERO: (Handler, Code) = (op!(|hart, _op| hart.put(Reg::Zero, 0)), Code::BLANK);

/// Appends the operations of a block to `code`, and returns the handler of the first.
///
/// Operations that would do nothing but write x0 are dropped; others that write it
/// are followed by one that makes it zero again. Jumps have handlers of their own
/// for that, as nothing follows them.
pub(super) fn lower(block: &Block, version: Version, code: &mut Vec<Code>) -> Handler {
    let start = code.len();
    let mut entry: Handler = exec::next;
    let mut push = |(handler, operation): (Handler, Code)| {
        match code[start..].last_mut() {
            Some(last) => last.next = handler,
            None => entry = handler,
        }
        code.push(operation);
    };
    for step in block.steps() {
        operations(step.op, version).for_each(&mut push);
    }
    entry
}

/// The operations that a step lowers to: none, one, or one and its mending.
fn operations(op: Op, version: Version) -> impl Iterator<Item = (Handler, Code)> {
    let (lowered, writes_zero) = match op {
        Op::Inst(inst) => {
            let row = inst.row();
            let writes_zero = inst.operands().rd == Some(Reg::Zero);
            let runs_on = matches!(row.flow, Flow::Next | Flow::Cut);
            let idle = writes_zero && runs_on && row.access == Access::None;
            ((!idle).then(|| lower_inst(inst, version)), writes_zero && runs_on && !idle)
        }
        Op::Fused(fused) => {
            let (lowered, results) = lower_fused(fused);
            (Some(lowered), results.contains(&Reg::Zero))
        }
    };
    lowered.into_iter().chain(writes_zero.then_some(MEND_ZERO))
}

/// How many operations the first `steps` of a block have.
pub(super) fn count(block: &Block, version: Version, steps: u8) -> usize {
    block.steps()[..steps.into()].iter().map(|step| operations(step.op, version).count()).sum()
}

/// Appends operations that never run until `code` has `len` of them.
pub(super) fn pad(code: &mut Vec<Code>, len: usize) {
    code.resize(len, Code::BLANK);
}

fn lower_inst(inst: Inst, version: Version) -> (Handler, Code) {
    let operands = inst.operands();
    let code = Code {
        imm: operands.imm,
        rd: operands.rd.unwrap_or(Reg::Zero),
        rs1: operands.rs1.unwrap_or(Reg::Zero),
        rs2: operands.rs2.unwrap_or(Reg::Zero),
        ..Code::BLANK
    };
    (exec::handler(inst, version), code)
}

/// The operation and the registers it may write that are not known to differ from x0.
fn lower_fused(fused: Fused) -> ((Handler, Code), [Reg; 2]) {
    let mut code = Code::BLANK;
    let mut set = |rd, rs1, rs2, rs3| {
        (code.rd, code.rs1, code.rs2, code.rs3) = (rd, rs1, rs2, rs3);
    };
    let mut results = [Reg::Ra; 2];
    match fused {
        Fused::Adc { a, b, c } => set(a, b, c, Reg::Zero),
        Fused::Sbb { a, b, c, d } => set(a, b, c, d),
        Fused::Add3A { a, b, c, d, e }
        | Fused::Add3B { a, b, c, d, e }
        | Fused::Add3C { a, b, c, d, e } => {
            set(a, b, c, d);
            code.imm = e.number().cast_signed();
            results[0] = d;
        }
        Fused::Adcs { a, b, c, d } | Fused::Sbbs { a, b, c, d } => {
            set(a, b, c, d);
            results = [a, d];
        }
        Fused::WideMul { high: first, low: second, rs1, rs2 }
        | Fused::WideMulu { high: first, low: second, rs1, rs2 }
        | Fused::WideMulsu { high: first, low: second, rs1, rs2 }
        | Fused::WideDiv { quotient: first, remainder: second, rs1, rs2 }
        | Fused::WideDivu { quotient: first, remainder: second, rs1, rs2 } => {
            set(first, rs1, rs2, second);
            results = [first, second];
        }
        Fused::LoadImm { rd, imm } => {
            set(rd, Reg::Zero, Reg::Zero, Reg::Zero);
            code.imm = imm;
            results[0] = rd;
        }
        Fused::FarJumpAbs { .. } | Fused::FarJumpRel { .. } => {
            set(Reg::Ra, Reg::Zero, Reg::Zero, Reg::Zero);
        }
    }
    ((fused::handler(fused), code), results)
}
