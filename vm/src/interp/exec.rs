//! What each instruction does: one handler an instruction.
//!
//! A handler runs its operation and goes on to the next one by itself, and at the end
//! of a block to the next block, so that the host's branch predictor sees one indirect
//! jump an operation. Where the compiler does not turn the calls into jumps,
//! [`CYCLES_IN_ONE_GO`](super::CYCLES_IN_ONE_GO) bounds their depth.
//!
//! Handlers write `rd` without a look at x0. [`super::code`] drops operations that
//! do nothing but write x0, and mends x0 behind the others.

use core::slice;

use super::{BlockId, Cache, Core, NONE, code::Code};
use crate::{
    alu,
    exit::Trap,
    hart::Hart,
    isa::{
        Inst,
        format::{Access, Flow, Immediate, RD, RS1, RS2},
        table::COUNT,
    },
    version::Version,
};

/// Why a run of blocks ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// Control goes behind the block, and nothing is known to be there.
    Next,
    /// Control goes to the block's other successor, and nothing is known to be there.
    Taken,
    /// Control goes to `pc`, which came from a register.
    Indirect,
    /// The next block does not fit below the limit. `pc` is at its start.
    OutOfCycles,
    /// The guest executed `ecall`.
    Ecall,
    /// The guest executed `ebreak`.
    Ebreak,
    /// [`Core::trap`] says why.
    Trap,
}

/// The operations of a block that are still to run.
pub(super) type Rest<'a> = slice::Iter<'a, Code>;

/// Runs the first operation of `rest`, then the others, then the blocks linked behind.
///
/// Each operation names the handler of the next one, so that a handler is jumped to
/// before its operation is looked at.
pub(super) type Handler = fn(&mut Core, rest: Rest<'_>, cache: &Cache) -> Edge;

/// Runs the operations behind `op`.
#[inline(always)]
fn dispatch(core: &mut Core, op: &Code, rest: Rest<'_>, cache: &Cache) -> Edge {
    (op.next)(core, rest, cache)
}

/// A handler that has the parameters as usual, and its operation taken off `rest`.
macro_rules! with_op {
    (|$core:ident, $op:ident, $rest:ident, $cache:ident| $body:expr) => {
        |$core: &mut Core, mut $rest: Rest<'_>, $cache: &Cache| -> Edge {
            // Never empty: a block is lowered to as many operations as handlers that
            // take one.
            let Some($op) = $rest.next() else { return Edge::Next };
            $body
        }
    };
}
pub(super) use with_op;

/// Enters a block: charges it, and runs it with what is linked behind it.
#[inline(always)]
pub(super) fn enter(core: &mut Core, id: BlockId, cache: &Cache) -> Edge {
    let block = &cache.blocks[id as usize];
    // The sum does not overflow: see `Interpreter::run`.
    let cycles = core.cycles.wrapping_add(block.charge.get().into());
    if cycles > core.limit {
        core.hart.pc = block.start();
        return Edge::OutOfCycles;
    }
    core.cycles = cycles;
    core.block = id;
    core.hart.pc = block.next();
    block.entered.set(cycles);
    (block.entry)(core, cache.code[block.operations()].iter(), cache)
}

/// Goes on to the block behind an edge, if it is known.
#[inline(always)]
fn leave(core: &mut Core, edge: Edge, to: BlockId, cache: &Cache) -> Edge {
    if to == NONE { edge } else { enter(core, to, cache) }
}

/// Runs on behind the block: the handler behind its last operation.
pub(super) fn next(core: &mut Core, _: Rest<'_>, cache: &Cache) -> Edge {
    let to = cache.blocks[core.block as usize].after_next.get();
    leave(core, Edge::Next, to, cache)
}

/// Goes to the other successor that the block names.
#[inline(always)]
pub(super) fn jump(core: &mut Core, cache: &Cache) -> Edge {
    let to = cache.blocks[core.block as usize].after_taken.get();
    leave(core, Edge::Taken, to, cache)
}

/// Goes to an address from a register.
#[inline(always)]
fn jump_to(core: &mut Core, target: u64, cache: &Cache) -> Edge {
    let target = target & !1;
    core.hart.pc = target;
    let block = &cache.blocks[core.block as usize];
    let to = if block.taken.get() == target { block.after_taken.get() } else { NONE };
    leave(core, Edge::Indirect, to, cache)
}

/// A handler that cannot trap: runs the expression, then the next operation.
macro_rules! op {
    (|$hart:ident, $op:ident| $body:expr) => {
        with_op!(|core, $op, rest, cache| {
            let $hart = &mut core.hart;
            $body;
            ($op.next)(core, rest, cache)
        })
    };
}
pub(super) use op;

/// A handler of `rd = rs1 op rs2`.
macro_rules! alu {
    (|$a:ident, $b:ident| $value:expr) => {
        op!(|hart, op| {
            let ($a, $b) = (hart[op.rs1], hart[op.rs2]);
            hart.put(op.rd, $value)
        })
    };
}

/// A handler of `rd = rs1 op imm`, the immediate sign-extended.
macro_rules! imm {
    (|$a:ident, $imm:ident| $value:expr) => {
        op!(|hart, op| {
            let ($a, $imm) = (hart[op.rs1], op.imm());
            hart.put(op.rd, $value)
        })
    };
}

/// A handler of a load: reads `$from`, gives `rd` the value widened through `$to`.
macro_rules! load {
    ($from:ty as $to:ty) => {
        with_op!(|core, op, rest, cache| {
            let addr = core.hart[op.rs1].wrapping_add(op.imm());
            let Some(bytes) = core.memory.load(addr) else {
                return out_of_bounds(core, addr, size_of::<$from>());
            };
            let value = <$from>::from_le_bytes(bytes) as $to;
            core.hart.put(op.rd, value as u64);
            dispatch(core, op, rest, cache)
        })
    };
}

/// A handler of a store of the low bytes of `rs2`.
macro_rules! store {
    ($as:ty) => {
        with_op!(|core, op, rest, cache| {
            let addr = core.hart[op.rs1].wrapping_add(op.imm());
            let value = core.hart[op.rs2] as $as;
            if let Err(trap) = core.memory.store(addr, value.to_le_bytes()) {
                return core.trap(trap);
            }
            dispatch(core, op, rest, cache)
        })
    };
}

/// A handler of a branch taken if the condition holds. Branches end a block.
macro_rules! branch {
    (|$a:ident| $taken:expr) => {
        with_op!(|core, op, rest, cache| {
            let $a = core.hart[op.rs1];
            if $taken { jump(core, cache) } else { dispatch(core, op, rest, cache) }
        })
    };
    (|$a:ident, $b:ident| $taken:expr) => {
        with_op!(|core, op, rest, cache| {
            let ($a, $b) = (core.hart[op.rs1], core.hart[op.rs2]);
            if $taken { jump(core, cache) } else { dispatch(core, op, rest, cache) }
        })
    };
}

/// A handler of an atomic memory operation on a `$signed` or `$unsigned` value.
macro_rules! amo {
    ($signed:ty, $unsigned:ty, |$old:ident, $new:ident| $value:expr) => {
        with_op!(|core, op, rest, cache| {
            let addr = core.hart[op.rs1];
            let operand = core.hart[op.rs2] as $unsigned;
            match core.memory.update(addr, |bytes| {
                let ($old, $new) = (<$unsigned>::from_le_bytes(bytes), operand);
                let value: $unsigned = $value;
                value.to_le_bytes()
            }) {
                Ok(bytes) => {
                    core.hart.put(op.rd, <$signed>::from_le_bytes(bytes) as i64 as u64);
                }
                Err(trap) => return core.trap(trap),
            }
            dispatch(core, op, rest, cache)
        })
    };
    ($signed:ty, $unsigned:ty, signed $choose:ident) => {
        amo!($signed, $unsigned, |old, new| {
            old.cast_signed().$choose(new.cast_signed()).cast_unsigned()
        })
    };
}

/// A handler of a load that makes a reservation.
macro_rules! load_reserved {
    ($as:ty) => {
        with_op!(|core, op, rest, cache| {
            let addr = core.hart[op.rs1];
            // Not subject to the rule that keeps V0 loads from the last byte.
            match core.memory.read(addr, size_of::<$as>() as u64) {
                Ok(bytes) => {
                    let bytes = bytes.try_into().expect("as many bytes were read");
                    core.hart.put(op.rd, <$as>::from_le_bytes(bytes) as i64 as u64);
                    core.hart.reservation = addr;
                }
                Err(trap) => return core.trap(trap),
            }
            dispatch(core, op, rest, cache)
        })
    };
}

/// A handler of a store that succeeds if its address is reserved. If it is not, the
/// old value is stored again, so that the page must be writable all the same.
macro_rules! store_conditional {
    ($as:ty) => {
        with_op!(|core, op, rest, cache| {
            let addr = core.hart[op.rs1];
            let reserved = core.hart.reservation == addr;
            let stored = if reserved {
                core.memory.store(addr, (core.hart[op.rs2] as $as).to_le_bytes())
            } else {
                core.memory.update::<{ size_of::<$as>() }>(addr, |old| old).map(|_| ())
            };
            if let Err(trap) = stored {
                return core.trap(trap);
            }
            core.hart.put(op.rd, u64::from(!reserved));
            core.hart.reservation = Hart::NOT_RESERVED;
            dispatch(core, op, rest, cache)
        })
    };
}

#[cold]
#[inline(never)]
fn out_of_bounds(core: &mut Core, addr: u64, len: usize) -> Edge {
    core.trap(Trap::OutOfBounds { addr, len: len as u64 })
}

/// How an instruction becomes an operation.
#[derive(Clone, Copy)]
pub(super) struct Lowering {
    general: Handler,
    /// If the register here is x0, there may be a simpler handler: assemblers write other
    /// things so.
    field: u32,
    form: Handler,
    pub(super) imm: Immediate,
    pub(super) to_zero: ToZero,
}

/// What becomes of an instruction that names x0 as its destination.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ToZero {
    /// What becomes of any other: it has no destination, or its handler knows.
    Nothing,
    /// It is left out, as it would do nothing else.
    Drop,
    /// x0 is mended behind it.
    Mend,
}

impl Lowering {
    /// That of an instruction in a version.
    #[inline(always)]
    pub(super) fn of(inst: Inst, version: Version) -> &'static Self {
        &LOWERINGS[usize::from(version.jalr_links_first())][inst.number()]
    }

    /// The handler of the instruction with these operands.
    #[inline(always)]
    pub(super) fn handler(&self, operands: u32) -> Handler {
        if operands & self.field == 0 { self.form } else { self.general }
    }

    const fn new(inst: Inst, links_first: bool) -> Self {
        let row = inst.row();
        let general = if links_first && matches!(inst, Inst::Jalr(_)) {
            with_op!(|core, op, rest, cache| {
                core.hart.put(op.rd, core.hart.pc);
                let target = core.hart[op.rs1].wrapping_add(op.imm());
                jump_to(core, target, cache)
            })
        } else {
            general(inst)
        };
        let (field, form) = match form(inst) {
            Some(form) => form,
            None => (0, general),
        };
        let to_zero = match (row.fields.rd, row.flow, row.access) {
            (true, Flow::Next | Flow::Cut, Access::None) => ToZero::Drop,
            (true, Flow::Next | Flow::Cut, Access::Read | Access::Write) => ToZero::Mend,
            _ => ToZero::Nothing,
        };
        Self { general, field, form, imm: row.fields.imm, to_zero }
    }

    /// Those of all instructions, by the number of their row.
    const fn all(links_first: bool) -> [Self; COUNT] {
        let mut all = [Self::new(Inst::BLANKS[0], links_first); COUNT];
        let mut number = 0;
        while number < COUNT {
            all[number] = Self::new(Inst::BLANKS[number], links_first);
            number += 1;
        }
        all
    }
}

/// By whether [`Version::jalr_links_first`].
static LOWERINGS: [[Lowering; COUNT]; 2] = [Lowering::all(false), Lowering::all(true)];

/// The handler that an instruction has if a register is x0, and where that stands.
#[expect(clippy::wildcard_enum_match_arm, reason = "most instructions have one form")]
const fn form(inst: Inst) -> Option<(u32, Handler)> {
    Some(match inst {
        Inst::Addi(_) => (RS1, op!(|hart, op| hart.put(op.rd, op.imm()))),
        Inst::Add(_) => (RS1, op!(|hart, op| hart.put(op.rd, hart[op.rs2]))),
        Inst::Jal(_) => (RD, |core, _, cache| jump(core, cache)),
        Inst::Jalr(_) => {
            let jump: Handler = with_op!(|core, op, rest, cache| {
                let target = core.hart[op.rs1].wrapping_add(op.imm());
                jump_to(core, target, cache)
            });
            (RD, jump)
        }
        Inst::Beq(_) => (RS2, branch!(|a| a == 0)),
        Inst::Bne(_) => (RS2, branch!(|a| a != 0)),
        _ => return None,
    })
}

/// The handler of an instruction, whatever its operands.
#[expect(clippy::too_many_lines, reason = "one arm an instruction")]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_lossless,
    clippy::cast_sign_loss,
    reason = "narrow operations work on the low bits of a register and extend the result"
)]
const fn general(inst: Inst) -> Handler {
    use alu::sext32;
    match inst {
        Inst::Lui(_) => op!(|hart, op| hart.put(op.rd, op.imm())),
        // These end a block, behind which `pc` is.
        Inst::Auipc(_) => with_op!(|core, op, rest, cache| {
            core.hart.put(op.rd, core.hart.pc.wrapping_sub(4).wrapping_add(op.imm()));
            dispatch(core, op, rest, cache)
        }),
        Inst::Jal(_) => with_op!(|core, op, rest, cache| {
            core.hart.put(op.rd, core.hart.pc);
            jump(core, cache)
        }),
        Inst::Jalr(_) => with_op!(|core, op, rest, cache| {
            let target = core.hart[op.rs1].wrapping_add(op.imm());
            core.hart.put(op.rd, core.hart.pc);
            jump_to(core, target, cache)
        }),
        Inst::Beq(_) => branch!(|a, b| a == b),
        Inst::Bne(_) => branch!(|a, b| a != b),
        Inst::Blt(_) => branch!(|a, b| a.cast_signed() < b.cast_signed()),
        Inst::Bge(_) => branch!(|a, b| a.cast_signed() >= b.cast_signed()),
        Inst::Bltu(_) => branch!(|a, b| a < b),
        Inst::Bgeu(_) => branch!(|a, b| a >= b),
        Inst::Ecall(_) => |_, _, _| Edge::Ecall,
        Inst::Ebreak(_) => |_, _, _| Edge::Ebreak,
        Inst::Fence(_) | Inst::FenceI(_) => {
            with_op!(|core, op, rest, cache| dispatch(core, op, rest, cache))
        }

        Inst::Lb(_) => load!(i8 as i64),
        Inst::Lh(_) => load!(i16 as i64),
        Inst::Lw(_) => load!(i32 as i64),
        Inst::Ld(_) => load!(u64 as u64),
        Inst::Lbu(_) => load!(u8 as u64),
        Inst::Lhu(_) => load!(u16 as u64),
        Inst::Lwu(_) => load!(u32 as u64),
        Inst::Sb(_) => store!(u8),
        Inst::Sh(_) => store!(u16),
        Inst::Sw(_) => store!(u32),
        Inst::Sd(_) => store!(u64),

        Inst::Addi(_) => imm!(|a, imm| a.wrapping_add(imm)),
        Inst::Slti(_) => imm!(|a, imm| u64::from(a.cast_signed() < imm.cast_signed())),
        Inst::Sltiu(_) => imm!(|a, imm| u64::from(a < imm)),
        Inst::Xori(_) => imm!(|a, imm| a ^ imm),
        Inst::Ori(_) => imm!(|a, imm| a | imm),
        Inst::Andi(_) => imm!(|a, imm| a & imm),
        Inst::Slli(_) => imm!(|a, shamt| a << (shamt & 63)),
        Inst::Srli(_) => imm!(|a, shamt| a >> (shamt & 63)),
        Inst::Srai(_) => imm!(|a, shamt| (a.cast_signed() >> (shamt & 63)).cast_unsigned()),
        Inst::Addiw(_) => imm!(|a, imm| sext32(a.wrapping_add(imm))),
        Inst::Slliw(_) => imm!(|a, shamt| sext32(a << (shamt & 31))),
        Inst::Srliw(_) => imm!(|a, shamt| ((a as u32) >> (shamt & 31)) as i32 as u64),
        Inst::Sraiw(_) => imm!(|a, shamt| ((a as i32) >> (shamt & 31)) as u64),

        Inst::Add(_) => alu!(|a, b| a.wrapping_add(b)),
        Inst::Sub(_) => alu!(|a, b| a.wrapping_sub(b)),
        Inst::Sll(_) => alu!(|a, b| a << (b & 63)),
        Inst::Slt(_) => alu!(|a, b| u64::from(a.cast_signed() < b.cast_signed())),
        Inst::Sltu(_) => alu!(|a, b| u64::from(a < b)),
        Inst::Xor(_) => alu!(|a, b| a ^ b),
        Inst::Srl(_) => alu!(|a, b| a >> (b & 63)),
        Inst::Sra(_) => alu!(|a, b| (a.cast_signed() >> (b & 63)).cast_unsigned()),
        Inst::Or(_) => alu!(|a, b| a | b),
        Inst::And(_) => alu!(|a, b| a & b),
        Inst::Addw(_) => alu!(|a, b| sext32(a.wrapping_add(b))),
        Inst::Subw(_) => alu!(|a, b| sext32(a.wrapping_sub(b))),
        Inst::Sllw(_) => alu!(|a, b| sext32(a << (b & 31))),
        Inst::Srlw(_) => alu!(|a, b| ((a as u32) >> (b & 31)) as i32 as u64),
        Inst::Sraw(_) => alu!(|a, b| ((a as i32) >> (b & 31)) as u64),

        Inst::Mul(_) => alu!(|a, b| a.wrapping_mul(b)),
        Inst::Mulh(_) => alu!(|a, b| alu::mulh(a, b)),
        Inst::Mulhsu(_) => alu!(|a, b| alu::mulhsu(a, b)),
        Inst::Mulhu(_) => alu!(|a, b| alu::mulhu(a, b)),
        Inst::Div(_) => alu!(|a, b| alu::div(a, b)),
        Inst::Divu(_) => alu!(|a, b| alu::divu(a, b)),
        Inst::Rem(_) => alu!(|a, b| alu::rem(a, b)),
        Inst::Remu(_) => alu!(|a, b| alu::remu(a, b)),
        Inst::Mulw(_) => alu!(|a, b| sext32(a.wrapping_mul(b))),
        Inst::Divw(_) => alu!(|a, b| alu::divw(a, b)),
        Inst::Divuw(_) => alu!(|a, b| alu::divuw(a, b)),
        Inst::Remw(_) => alu!(|a, b| alu::remw(a, b)),
        Inst::Remuw(_) => alu!(|a, b| alu::remuw(a, b)),

        Inst::AddUw(_) => alu!(|a, b| (a as u32 as u64).wrapping_add(b)),
        Inst::Sh1add(_) => alu!(|a, b| (a << 1).wrapping_add(b)),
        Inst::Sh2add(_) => alu!(|a, b| (a << 2).wrapping_add(b)),
        Inst::Sh3add(_) => alu!(|a, b| (a << 3).wrapping_add(b)),
        Inst::Sh1addUw(_) => alu!(|a, b| ((a as u32 as u64) << 1).wrapping_add(b)),
        Inst::Sh2addUw(_) => alu!(|a, b| ((a as u32 as u64) << 2).wrapping_add(b)),
        Inst::Sh3addUw(_) => alu!(|a, b| ((a as u32 as u64) << 3).wrapping_add(b)),
        Inst::SlliUw(_) => imm!(|a, shamt| (a as u32 as u64) << (shamt & 63)),

        Inst::Andn(_) => alu!(|a, b| a & !b),
        Inst::Orn(_) => alu!(|a, b| a | !b),
        Inst::Xnor(_) => alu!(|a, b| !(a ^ b)),
        Inst::Clz(_) => imm!(|a, _imm| a.leading_zeros().into()),
        Inst::Ctz(_) => imm!(|a, _imm| a.trailing_zeros().into()),
        Inst::Cpop(_) => imm!(|a, _imm| a.count_ones().into()),
        Inst::Clzw(_) => imm!(|a, _imm| (a as u32).leading_zeros().into()),
        Inst::Ctzw(_) => imm!(|a, _imm| (a as u32).trailing_zeros().into()),
        Inst::Cpopw(_) => imm!(|a, _imm| (a as u32).count_ones().into()),
        Inst::Min(_) => alu!(|a, b| a.cast_signed().min(b.cast_signed()).cast_unsigned()),
        Inst::Minu(_) => alu!(|a, b| a.min(b)),
        Inst::Max(_) => alu!(|a, b| a.cast_signed().max(b.cast_signed()).cast_unsigned()),
        Inst::Maxu(_) => alu!(|a, b| a.max(b)),
        Inst::SextB(_) => imm!(|a, _imm| a as i8 as u64),
        Inst::SextH(_) => imm!(|a, _imm| a as i16 as u64),
        Inst::ZextH(_) => imm!(|a, _imm| a as u16 as u64),
        Inst::Rol(_) => alu!(|a, b| a.rotate_left((b & 63) as u32)),
        Inst::Ror(_) => alu!(|a, b| a.rotate_right((b & 63) as u32)),
        Inst::Rori(_) => imm!(|a, shamt| a.rotate_right((shamt & 63) as u32)),
        Inst::Rolw(_) => alu!(|a, b| (a as u32).rotate_left((b & 31) as u32) as i32 as u64),
        Inst::Rorw(_) => alu!(|a, b| (a as u32).rotate_right((b & 31) as u32) as i32 as u64),
        Inst::Roriw(_) => {
            imm!(|a, shamt| (a as u32).rotate_right((shamt & 31) as u32) as i32 as u64)
        }
        Inst::OrcB(_) => imm!(|a, _imm| alu::orc_b(a)),
        Inst::Rev8(_) => imm!(|a, _imm| a.swap_bytes()),

        Inst::Clmul(_) => alu!(|a, b| alu::clmul(a, b)),
        Inst::Clmulr(_) => alu!(|a, b| alu::clmulr(a, b)),
        Inst::Clmulh(_) => alu!(|a, b| alu::clmulh(a, b)),

        Inst::Bclr(_) => alu!(|a, b| a & !(1 << (b & 63))),
        Inst::Bclri(_) => imm!(|a, bit| a & !(1 << (bit & 63))),
        Inst::Bext(_) => alu!(|a, b| a >> (b & 63) & 1),
        Inst::Bexti(_) => imm!(|a, bit| a >> (bit & 63) & 1),
        Inst::Binv(_) => alu!(|a, b| a ^ 1 << (b & 63)),
        Inst::Binvi(_) => imm!(|a, bit| a ^ 1 << (bit & 63)),
        Inst::Bset(_) => alu!(|a, b| a | 1 << (b & 63)),
        Inst::Bseti(_) => imm!(|a, bit| a | 1 << (bit & 63)),

        Inst::LrW(_) => load_reserved!(i32),
        Inst::LrD(_) => load_reserved!(i64),
        Inst::ScW(_) => store_conditional!(u32),
        Inst::ScD(_) => store_conditional!(u64),
        Inst::AmoswapW(_) => amo!(i32, u32, |_old, new| new),
        Inst::AmoaddW(_) => amo!(i32, u32, |old, new| old.wrapping_add(new)),
        Inst::AmoxorW(_) => amo!(i32, u32, |old, new| old ^ new),
        Inst::AmoandW(_) => amo!(i32, u32, |old, new| old & new),
        Inst::AmoorW(_) => amo!(i32, u32, |old, new| old | new),
        Inst::AmominW(_) => amo!(i32, u32, signed min),
        Inst::AmomaxW(_) => amo!(i32, u32, signed max),
        Inst::AmominuW(_) => amo!(i32, u32, |old, new| old.min(new)),
        Inst::AmomaxuW(_) => amo!(i32, u32, |old, new| old.max(new)),
        Inst::AmoswapD(_) => amo!(i64, u64, |_old, new| new),
        Inst::AmoaddD(_) => amo!(i64, u64, |old, new| old.wrapping_add(new)),
        Inst::AmoxorD(_) => amo!(i64, u64, |old, new| old ^ new),
        Inst::AmoandD(_) => amo!(i64, u64, |old, new| old & new),
        Inst::AmoorD(_) => amo!(i64, u64, |old, new| old | new),
        Inst::AmominD(_) => amo!(i64, u64, signed min),
        Inst::AmomaxD(_) => amo!(i64, u64, signed max),
        Inst::AmominuD(_) => amo!(i64, u64, |old, new| old.min(new)),
        Inst::AmomaxuD(_) => amo!(i64, u64, |old, new| old.max(new)),
    }
}
