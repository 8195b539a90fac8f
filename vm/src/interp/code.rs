//! Blocks as the interpreter runs them: handlers with operands side by side.

use alloc::vec::Vec;
use core::mem;

use super::exec::{self, Edge, Handler, Lowering, Rest, ToZero, op, with_op};
use super::{Cache, Core, fused};
use crate::{
    block::{Block, MAX_STEPS},
    isa::{Fused, Op, Reg, Step, format::Places},
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

/// The most operations a step lowers to: it may need one that mends x0.
const MAX_OF_STEP: usize = 2;

/// The most operations a block lowers to.
pub(super) const MAX_OPERATIONS: usize = MAX_OF_STEP * MAX_STEPS;

/// Makes x0 zero again behind an operation that wrote it.
const MEND_ZERO: Handler = op!(|hart, _op| hart.put(Reg::Zero, 0));

/// Appends the operations of a block to `code`, and returns the handler of the first.
///
/// Operations that would do nothing but write x0 are dropped; others that write it
/// are followed by one that makes it zero again. Jumps have handlers of their own
/// for that, as nothing follows them.
pub(super) fn lower(block: &Block, version: Version, code: &mut Vec<Code>) -> Handler {
    lower_steps(block.steps(), version, code)
}

/// [`lower`] for steps of a block; the handler behind the last is that of a block's end.
pub(super) fn lower_steps(steps: &[Step], version: Version, code: &mut Vec<Code>) -> Handler {
    let first = code.len();
    make_room(code, MAX_OPERATIONS);
    pad(code, first + MAX_OF_STEP * steps.len());
    let mut entry = exec::next as Handler;
    // Each operation names the handler of the one behind it.
    let mut behind = &mut entry;
    let mut places = code[first..].iter_mut();
    for step in steps {
        lower_step(step.op, version, |handler, operation| {
            let place = places.next().expect("a step lowers to no more operations");
            *place = operation;
            *mem::replace(&mut behind, &mut place.next) = handler;
        });
    }
    let spare = places.len();
    code.truncate(code.len() - spare);
    entry
}

/// Gives the operations that a step lowers to, with their handlers.
#[inline(always)]
fn lower_step(op: Op, version: Version, mut push: impl FnMut(Handler, Code)) {
    let inst = match op {
        Op::Inst(inst) => inst,
        Op::Fused(fused) => {
            let (lowered, results) = lower_fused(fused);
            push(fused::handler(fused), lowered);
            if results.contains(&Reg::Zero) {
                push(MEND_ZERO, Code::BLANK);
            }
            return;
        }
    };
    let lowering = Lowering::of(inst, version);
    let Places { rd, rs1, rs2, imm } = Places::read(inst.bits(), lowering.imm);
    let handler = lowering.handler(inst.bits());
    let operation = Code { imm, rd, rs1, rs2, ..Code::BLANK };
    let to_zero = if rd == Reg::Zero { lowering.to_zero } else { ToZero::Nothing };
    if to_zero == ToZero::Drop {
        return;
    }
    push(handler, operation);
    if to_zero == ToZero::Mend {
        push(MEND_ZERO, Code::BLANK);
    }
}

/// How many operations steps have.
pub(super) fn count(steps: &[Step], version: Version) -> usize {
    let mut count = 0;
    for step in steps {
        lower_step(step.op, version, |_, _| count += 1);
    }
    count
}

/// Makes room for `count` more in what grows with the blocks of a program. If there is none,
/// it makes much: programs that have so many blocks have many more, and what there is is
/// copied.
pub(super) fn make_room<T>(items: &mut Vec<T>, count: usize) {
    if items.capacity() - items.len() < count {
        items.reserve(count.max(7 * items.len()));
    }
}

/// Appends operations that never run until `code` has `len` of them.
pub(super) fn pad(code: &mut Vec<Code>, len: usize) {
    code.resize(len, Code::BLANK);
}

/// The operands, and the registers it may write that are not known to differ from x0.
fn lower_fused(fused: Fused) -> (Code, [Reg; 2]) {
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
    (code, results)
}
