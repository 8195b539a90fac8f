//! The x86-64 compiler: traces to host code, in one pass.
//!
//! # Where things are
//!
//! | | |
//! |---|---|
//! | guest registers | the eleven used most in a register each ([`HOME`]), all others on the stack, 128 bytes to both sides of `rsp` |
//! | guest memory | from `r15` on |
//! | cycles | `r14`: those left; in versions that have [stamps](super::compiled::Code), those spent |
//! | scratch | `rax`, `rdx`, `xmm0`, `xmm1`; no operation keeps anything there |
//!
//! Which registers have a home is decided once for a program ([`Allocation`]), so that all
//! its code agrees and control passes from trace to trace without moving anything.
//!
//! # Leaving
//!
//! Compiled code leaves with a reason and an address ([`Exit`]). What it cannot do exactly
//! in a few instructions it does not do at all: an access that might trap, a page that is
//! not writable and dirty, a budget that might not suffice. It leaves before the operation
//! and the interpreter goes on, so that there is one place that knows what happens then.
//!
//! A trace charges all its blocks on entry; on every way out of it, the blocks that do not
//! run are given back.

mod asm;
mod fused;
mod lower;

use alloc::vec::Vec;

use self::asm::{Alu, Asm, Cond, Gpr, Label, Mem, Notes, Shift, Width};
use super::{
    address::{Addresses, Check, Span},
    code::Table,
    compiled::Exit,
    entry::Context,
    liveness,
    trace::{self, Piece, Region, Way},
};
use crate::{
    block::{Decoded, End},
    isa::{Extension, Inst, Isa, Op, Reg, Step, format::Branch},
    machine::Config,
    memory::{OPEN, OPEN_WITH_NEXT, PAGE_SHIFT},
};

/// The registers that guest registers can have as their home.
const HOME: [Gpr; 11] = [
    Gpr::Rbx,
    Gpr::Rbp,
    Gpr::Rsi,
    Gpr::Rdi,
    Gpr::Rcx,
    Gpr::R8,
    Gpr::R9,
    Gpr::R10,
    Gpr::R11,
    Gpr::R12,
    Gpr::R13,
];

/// How often sixteen steps of ordinary code name a register, times four.
const USUAL: [(Reg, u32); 11] = [
    (Reg::A0, 16),
    (Reg::A1, 13),
    (Reg::A2, 10),
    (Reg::Sp, 10),
    (Reg::A3, 8),
    (Reg::A4, 7),
    (Reg::A5, 6),
    (Reg::S0, 5),
    (Reg::S1, 4),
    (Reg::S2, 3),
    (Reg::S3, 2),
];

/// How many steps are looked at to see which registers are used most, at most.
const SAMPLE: usize = 512;

/// Registers that a function gives back as it found them.
const PRESERVED: [Gpr; 6] = [Gpr::Rbx, Gpr::Rbp, Gpr::R12, Gpr::R13, Gpr::R14, Gpr::R15];

const MEMORY: Gpr = Gpr::R15;
const CYCLES: Gpr = Gpr::R14;

/// The stack frame: registers from 128 bytes below `rsp`, where the calling convention
/// lets functions keep data, to 128 bytes above it; then these.
mod frame {
    use super::{Gpr, Mem};

    pub(super) const CONTEXT: Mem = Mem::at(Gpr::Rsp, 128);
    pub(super) const OPEN: Mem = Mem::at(Gpr::Rsp, 136);
    pub(super) const TABLE: Mem = Mem::at(Gpr::Rsp, 144);
    pub(super) const EXIT: Mem = Mem::at(Gpr::Rsp, 152);
    pub(super) const LIMIT: Mem = Mem::at(Gpr::Rsp, 160);
    pub(super) const STAMPS: Mem = Mem::at(Gpr::Rsp, 168);
    pub(super) const CODE: Mem = Mem::at(Gpr::Rsp, 176);
    /// What is above `rsp`. With six saved registers and the return address, a multiple
    /// of sixteen.
    pub(super) const SIZE: i32 = 184;

    pub(super) const fn register(number: usize) -> Mem {
        #[expect(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "0 to 31")]
        Mem::at(Gpr::Rsp, 8 * number as i32 - 128)
    }
}

/// A field of the context that `rdi` points to.
macro_rules! field {
    ($field:ident) => {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_possible_wrap,
            reason = "the record is small"
        )]
        Mem::at(Gpr::Rdi, core::mem::offset_of!(Context, $field) as i32)
    };
}

/// Whether this host has all instructions that compiled code uses.
pub(super) fn is_supported() -> bool {
    use std::arch::is_x86_feature_detected as has;
    has!("avx") && has!("bmi1") && has!("bmi2") && has!("lzcnt") && has!("popcnt")
}

/// Whether this host has `pclmulqdq`. Without it, blocks with carry-less products are left
/// to the interpreter.
fn has_carryless_product() -> bool {
    std::arch::is_x86_feature_detected!("pclmulqdq")
}

/// Where a guest register is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// It is x0.
    Zero,
    Host(Gpr),
    Slot(Mem),
}

/// Where the guest registers of a program are.
#[derive(Clone, Debug)]
pub(super) struct Allocation {
    places: [Place; 32],
}

impl Allocation {
    /// Gives a home to the registers that `region` names most. It may be only a small part
    /// of the program, so [`USUAL`] steps count with it.
    pub(super) fn new(region: &Region) -> Self {
        let mut uses = [0; 32];
        for (reg, times) in USUAL {
            uses[reg as usize] = times;
        }
        let steps = region.all_steps();
        for step in steps.iter().step_by(steps.len() / SAMPLE + 1) {
            lower::registers(step.op, |reg, named| uses[reg as usize] += 4 * u32::from(named));
        }
        let mut order: Vec<usize> = (1..32).collect();
        order.sort_by_key(|&reg| core::cmp::Reverse(uses[reg]));
        let mut places = core::array::from_fn(|reg| Place::Slot(frame::register(reg)));
        places[0] = Place::Zero;
        for (&reg, home) in order.iter().zip(HOME) {
            places[reg] = Place::Host(home);
        }
        Self { places }
    }

    fn at_home(&self) -> impl Iterator<Item = (Gpr, Mem)> {
        self.places.iter().enumerate().filter_map(|(number, place)| match place {
            Place::Host(home) => Some((*home, frame::register(number))),
            Place::Zero | Place::Slot(_) => None,
        })
    }
}

/// How much host code there is, and where in it things are.
pub(super) struct Emitted {
    pub(super) len: usize,
    /// Guest addresses of traces and offsets of their code.
    pub(super) entries: Vec<(u64, u32)>,
}

/// Where in the code that leads in and out things are.
pub(super) struct GateCode {
    pub(super) len: usize,
    pub(super) far: u32,
    pub(super) enter: usize,
    pub(super) exit: usize,
}

/// Writes the functions that lead into compiled code and out of it, to the start of code
/// memory: first what leaves to the address in `rax`, where jumps go that find no entry,
/// then what goes to the code for that address, from wherever it was not known yet.
///
/// # Panics
///
/// Panics if there is no room for them.
pub(super) fn gate(
    allocation: &Allocation,
    scratch: &mut Scratch,
    buffer: &mut [u8],
) -> GateCode {
    let mut asm = Asm::new(buffer, &mut scratch.notes);
    asm.mov_imm32(Gpr::Rdx, Exit::Go.to_bits());
    asm.jump_to(frame::EXIT);
    let far = asm.position();
    go_through_table(&mut asm);
    let enter = asm.len();
    for reg in PRESERVED {
        asm.push(reg);
    }
    asm.alu_imm(Width::Q, Alu::Sub, Gpr::Rsp, frame::SIZE);
    asm.mov(Gpr::Rax, field!(registers));
    copy_registers(&mut asm, |disp| (Mem::at(Gpr::Rax, disp + 128), Mem::at(Gpr::Rsp, disp)));
    asm.store(Width::Q, frame::CONTEXT, Gpr::Rdi);
    for (field, place) in [
        (field!(open), frame::OPEN),
        (field!(table), frame::TABLE),
        (field!(exit), frame::EXIT),
        (field!(code), frame::CODE),
        (field!(limit), frame::LIMIT),
        (field!(stamps), frame::STAMPS),
    ] {
        asm.mov(Gpr::Rax, field);
        asm.store(Width::Q, place, Gpr::Rax);
    }
    asm.mov(MEMORY, field!(memory));
    asm.mov(CYCLES, field!(cycles));
    asm.mov(Gpr::Rax, field!(target));
    for (home, slot) in allocation.at_home() {
        asm.mov(home, slot);
    }
    asm.jump_to(Gpr::Rax);

    // Out: rax is the address, rdx the reason.
    let exit = asm.len();
    for (home, slot) in allocation.at_home() {
        asm.store(Width::Q, slot, home);
    }
    asm.mov(Gpr::Rdi, frame::CONTEXT);
    asm.store(Width::Q, field!(pc), Gpr::Rax);
    asm.store(Width::Q, field!(cycles), CYCLES);
    asm.mov(Gpr::Rax, field!(registers));
    copy_registers(&mut asm, |disp| (Mem::at(Gpr::Rsp, disp), Mem::at(Gpr::Rax, disp + 128)));
    asm.mov32(Gpr::Rax, Gpr::Rdx);
    asm.alu_imm(Width::Q, Alu::Add, Gpr::Rsp, frame::SIZE);
    for reg in PRESERVED.into_iter().rev() {
        asm.pop(reg);
    }
    asm.ret();
    GateCode { len: asm.finish().expect("a page is enough for them"), far, enter, exit }
}

/// Goes to the code for the address in `rax`, which is inside the table. Where there is no
/// code, the entry is zero: the start of code memory.
fn go_through_table(asm: &mut Asm<'_>) {
    asm.mov(Gpr::Rdx, frame::TABLE);
    asm.mov32(Gpr::Rdx, Mem::indexed(Gpr::Rdx, Gpr::Rax, 1, 0));
    asm.alu(Width::Q, Alu::Add, Gpr::Rdx, frame::CODE);
    asm.jump_to(Gpr::Rdx);
}

/// Copies all registers; `places` gives source and destination of those `disp` bytes from
/// `rsp`.
fn copy_registers(asm: &mut Asm, places: impl Fn(i32) -> (Mem, Mem)) {
    for disp in (-128..128).step_by(32) {
        let (from, to) = places(disp);
        asm.load_ymm0(from);
        asm.store_ymm0(to);
    }
    asm.vzeroupper();
}

/// Code that stands behind all traces, as it seldom runs.
enum Stub {
    /// Gives cycles back and leaves.
    Leave { exit: Exit, pc: u64, refund: u64 },
    /// Gives cycles back and goes where the way leads.
    Go { way: Way, refund: u64 },
    /// Looks at both pages of the range of `len` bytes that starts at the address in
    /// `first`, the first of whose pages `rdx` points to.
    Open { first: Gpr, len: i32, back: Label, deny: Label },
}

/// Whether a block of a machine with `isa` can be compiled.
pub(super) fn accepts(block: &Decoded<'_>, isa: Isa) -> bool {
    let carryless = has_carryless_product();
    let accepts = |step: &Step| match step.op {
        Op::Inst(Inst::Clmul(_) | Inst::Clmulh(_) | Inst::Clmulr(_)) => carryless,
        Op::Inst(inst) => inst.row().extension != Extension::A,
        Op::Fused(_) => true,
    };
    // Seldom is there anything to look for.
    let all = carryless && !isa.atomics;
    block.start.is_multiple_of(2) && (all || block.steps.iter().all(accepts))
}

/// What code is compiled for.
#[derive(Clone, Copy)]
pub(super) struct Target<'a> {
    pub(super) allocation: &'a Allocation,
    pub(super) table: &'a Table,
    pub(super) config: Config,
    /// Where in code memory the code is going to be.
    pub(super) origin: u32,
    /// As in [`GateCode`].
    pub(super) far: u32,
    /// If blocks have stamps, those of the region have the numbers from this on.
    pub(super) first_stamp: Option<usize>,
}

/// Room for what is needed while something is compiled, to be used again.
#[derive(Default)]
pub(super) struct Scratch {
    notes: Notes,
    heads: Vec<Label>,
    stubs: Vec<(Label, Stub)>,
    addresses: Addresses,
    checked: Vec<u16>,
}

/// Compiles a region into `buffer`, if it fits there.
pub(super) fn compile(
    region: &Region,
    target: Target<'_>,
    scratch: &mut Scratch,
    buffer: &mut [u8],
) -> Option<Emitted> {
    let Scratch { notes, heads, stubs, addresses, checked } = scratch;
    let mut asm = Asm::new(buffer, notes);
    // About as many as there come to be.
    let jumps = region.all_steps().len() / 2 + region.len();
    asm.reserve(jumps);
    stubs.clear();
    stubs.reserve(jumps / 2);
    heads.clear();
    heads.extend((0..region.len()).map(|_| asm.label()));
    let nowhere = asm.label_before(target.origin);
    let far = asm.label_before(target.origin - target.far);
    let mut compiler = Compiler {
        asm,
        places: target.allocation.places,
        table: target.table,
        config: target.config,
        origin: target.origin,
        nowhere,
        far,
        next_stamp: target.first_stamp,
        region,
        heads,
        stubs,
        addresses,
        checked,
        here: Here { start: 0, next: 0, step: 0, checked: 0, refund: 0 },
        steps: &[],
        in_rax: InRax::NONE,
    };
    for number in 0..region.len() {
        compiler.trace(number);
    }
    compiler.emit_stubs();
    let offsets = compiler.heads.iter().map(|&head| compiler.asm.offset(head));
    let entries = region.heads().zip(offsets).collect();
    Some(Emitted { len: compiler.asm.finish()?, entries })
}

/// Where the compiler is.
#[derive(Clone, Copy)]
struct Here {
    /// As in [`Piece`].
    start: u64,
    next: u64,
    step: u8,
    /// Which steps of the block have something to check, a bit each.
    checked: u16,
    /// Cycles of the trace's later blocks.
    refund: u64,
}

struct Compiler<'a> {
    asm: Asm<'a>,
    places: [Place; 32],
    table: &'a Table,
    config: Config,
    /// As in [`Target`].
    origin: u32,
    /// What leaves to the address in `rax`, and what goes to the code for it.
    nowhere: Label,
    far: Label,
    /// The number of the next block's stamp, if blocks have stamps.
    next_stamp: Option<usize>,
    region: &'a Region,
    /// The start of each trace.
    heads: &'a [Label],
    stubs: &'a mut Vec<(Label, Stub)>,
    addresses: &'a mut Addresses,
    /// For each block of the current run, which steps have something to check.
    checked: &'a mut Vec<u16>,
    here: Here,
    /// The steps of the current block.
    steps: &'a [Step],
    in_rax: InRax,
}

/// `rax` holds the value of a guest register that is on the stack, and an offset, as long as
/// nothing writes it.
#[derive(Clone, Copy)]
struct InRax {
    reg: Reg,
    offset: i32,
    /// Where in the code that is so.
    since: usize,
}

impl InRax {
    /// It holds none: not even x0, for which nobody asks with an offset.
    const NONE: Self = Self { reg: Reg::Zero, offset: 1, since: 0 };
}

impl Compiler<'_> {
    fn trace(&mut self, number: usize) {
        let region = self.region;
        let blocks = region.trace(number);
        let total: u64 = blocks.clone().map(Piece::cycles).sum();
        debug_assert!(total <= trace::MAX_CYCLES, "the engine relies on it");
        self.asm.bind(self.heads[number]);
        self.in_rax = InRax::NONE;
        let low = self.stub(Stub::Leave { exit: Exit::Low, pc: region.start(number), refund: total });
        if self.next_stamp.is_some() {
            self.asm.alu_imm(Width::Q, Alu::Add, CYCLES, cycles(total));
            self.asm.alu(Width::Q, Alu::Cmp, CYCLES, frame::LIMIT);
            self.asm.jump_if(Cond::Above, low);
        } else {
            self.asm.alu_imm(Width::Q, Alu::Sub, CYCLES, cycles(total));
            self.asm.jump_if(Cond::Below, low);
        }
        self.addresses.clear();
        let (mut rest, mut refund) = (blocks, total);
        while rest.len() != 0 {
            let run = rest.clone().take(trace::run_length(rest.clone()));
            self.addresses.enter(run.map(|block| region.steps(block)), self.checked);
            for at in 0..self.checked.len() {
                let Some(block) = rest.next() else { return };
                refund -= block.cycles();
                let &Piece { start, next, .. } = block;
                let checked = self.checked[at];
                self.here = Here { start, next, step: 0, checked, refund };
                let follower = rest.clone().next().map(|block| block.start);
                self.block(block, follower, number + 1);
            }
        }
    }

    /// Compiles a block. In the trace, `follower` comes behind it; in the code, if nothing
    /// does, the trace with number `behind`.
    fn block(&mut self, block: &Piece, follower: Option<u64>, behind: usize) {
        self.steps = self.region.steps(block);
        self.stamp();
        let mut rest = self.steps;
        while let [step, behind @ ..] = rest {
            rest = behind;
            match step.op {
                Op::Inst(Inst::Mul(low)) => match rest {
                    [next, behind @ ..] if let Some(product) = fused::wide_product(low, next.op) => {
                        rest = behind;
                        self.here.step += 1;
                        self.fused(product);
                    }
                    _ => self.multiply(low),
                },
                Op::Inst(inst) => self.inst(inst),
                Op::Fused(fused) => self.fused(fused),
            }
            self.here.step += 1;
        }
        if let Some(last) = self.steps.last() {
            self.end(block, last.op, follower, behind);
        }
    }

    /// Notes when the block was entered, if that matters.
    fn stamp(&mut self) {
        let Some(number) = self.next_stamp.as_mut() else { return };
        let at = i32::try_from(8 * *number).expect("there are not so many stamps");
        *number += 1;
        let entered = match self.here.refund {
            0 => CYCLES,
            refund => {
                self.asm.lea(Width::Q, Gpr::Rax, Mem::at(CYCLES, -cycles(refund)));
                Gpr::Rax
            }
        };
        self.asm.mov(Gpr::Rdx, frame::STAMPS);
        self.asm.store(Width::Q, Mem::at(Gpr::Rdx, at), entered);
    }

    /// Compiles how a block ends; `follower` and `behind` are those of [`Self::block`].
    fn end(&mut self, block: &Piece, last: Op, follower: Option<u64>, behind: usize) {
        match (block.end, self.region.ways(block)) {
            (End::Branch { .. }, [Some(next), Some(taken)]) => {
                self.branch(last, next, taken, follower, behind);
            }
            (End::System, _) => {
                let ebreak = matches!(last, Op::Inst(Inst::Ebreak(_)));
                let exit = if ebreak { Exit::Ebreak } else { Exit::Ecall };
                self.leave(exit, block.next);
            }
            (_, [Some(way), _]) => self.go_on(way, follower, behind),
            (_, [None, _]) => {}
        }
    }

    fn branch(
        &mut self,
        last: Op,
        next: Way,
        taken: Way,
        follower: Option<u64>,
        behind: usize,
    ) {
        let (cond, operands) = condition(last);
        self.compare(operands);
        if follower == Some(taken.pc) && taken.pc != next.pc {
            let next = self.target(next, self.here.refund);
            self.asm.jump_if(cond.negated(), next);
        } else if follower.is_none() && taken.trace() == Some(behind) {
            let next = self.target(next, 0);
            self.asm.jump_if(cond.negated(), next);
        } else {
            let target = self.target(taken, self.here.refund);
            self.asm.jump_if(cond, target);
            self.go_on(next, follower, behind);
        }
    }

    /// Goes where `way` leads, unless that comes behind anyway.
    fn go_on(&mut self, way: Way, follower: Option<u64>, behind: usize) {
        if follower == Some(way.pc) {
            return;
        }
        debug_assert!(follower.is_none(), "a block is followed by a successor of it");
        if way.trace() == Some(behind) {
            return;
        }
        match self.entry(way) {
            Some(entry) => self.asm.jump(entry),
            None => self.go_far(way.pc),
        }
    }

    /// The code that `way` leads to, if it is part of this region or compiled already.
    fn entry(&mut self, way: Way) -> Option<Label> {
        if let Some(trace) = way.trace() {
            return Some(self.heads[trace]);
        }
        let offset = self.table.get(way.pc);
        (offset != 0).then(|| self.asm.label_before(self.origin - offset))
    }

    /// Goes to code that is not compiled yet, if there is any for `pc` when this runs.
    fn go_far(&mut self, pc: u64) {
        match u32::try_from(pc) {
            Ok(near) if self.table.has(pc) => {
                self.asm.mov_imm32(Gpr::Rax, near);
                self.asm.jump(self.far);
            }
            _ => self.leave(Exit::Go, pc),
        }
    }

    /// Where to jump to get where `way` leads, giving cycles back.
    fn target(&mut self, way: Way, refund: u64) -> Label {
        if refund == 0
            && let Some(entry) = self.entry(way)
        {
            return entry;
        }
        self.stub(Stub::Go { way, refund })
    }

    /// Goes to the code for the address in `rax`, which is even.
    fn go_indirect(&mut self) {
        #[expect(clippy::cast_possible_truncation, reason = "guest memory is at most 4 MiB")]
        let end = self.table.end() as i32;
        self.asm.alu_imm(Width::Q, Alu::Cmp, Gpr::Rax, end);
        self.asm.jump_if(Cond::AboveEqual, self.nowhere);
        go_through_table(&mut self.asm);
    }

    fn stub(&mut self, stub: Stub) -> Label {
        let label = self.asm.label();
        self.stubs.push((label, stub));
        label
    }

    /// Leaves before the current step, from which the interpreter goes on.
    fn deny(&mut self) -> Label {
        let Here { start, step, refund, .. } = self.here;
        self.stub(Stub::Leave { exit: Exit::Deny { step }, pc: start, refund })
    }

    fn emit_stubs(&mut self) {
        // Stubs may need others; those come behind them.
        let mut number = 0;
        while number < self.stubs.len() {
            let (label, ref stub) = self.stubs[number];
            self.asm.bind(label);
            match *stub {
                Stub::Leave { exit, pc, refund } => {
                    self.give_back(refund);
                    self.leave(exit, pc);
                }
                Stub::Go { way, refund } => {
                    self.give_back(refund);
                    match self.entry(way) {
                        Some(entry) => self.asm.jump(entry),
                        None => self.go_far(way.pc),
                    }
                }
                Stub::Open { first, len, back, deny } => {
                    self.asm.test_byte(Mem::at(Gpr::Rdx, 0), OPEN);
                    self.asm.jump_if(Cond::Equal, deny);
                    self.asm.lea(Width::D, Gpr::Rdx, Mem::at(first, len - 1));
                    self.point_to_page(Gpr::Rdx);
                    self.asm.test_byte(Mem::at(Gpr::Rdx, 0), OPEN);
                    self.asm.jump_if(Cond::Equal, deny);
                    self.asm.jump(back);
                }
            }
            number += 1;
        }
    }

    fn give_back(&mut self, refund: u64) {
        let op = if self.next_stamp.is_some() { Alu::Sub } else { Alu::Add };
        if refund != 0 {
            self.asm.alu_imm(Width::Q, op, CYCLES, cycles(refund));
        }
    }

    fn leave(&mut self, exit: Exit, pc: u64) {
        let reason = exit.to_bits();
        if let Ok(pc) = u32::try_from(pc) {
            return self.asm.jump_with(pc, reason, frame::EXIT);
        }
        self.constant(Gpr::Rax, pc);
        self.asm.mov_imm32(Gpr::Rdx, reason);
        self.asm.jump_to(frame::EXIT);
    }

    // ---- guest registers ----

    fn place(&self, reg: Reg) -> Place {
        self.places[reg as usize]
    }

    /// The operand that a register other than x0 is.
    fn operand(&self, reg: Reg) -> Option<asm::Rm> {
        match self.place(reg) {
            Place::Zero => None,
            Place::Host(home) => Some(home.into()),
            Place::Slot(slot) => Some(slot.into()),
        }
    }

    /// A host register with the value of `reg`: its home, or else `scratch`. Flags stay.
    fn get(&mut self, reg: Reg, scratch: Gpr) -> Gpr {
        if let Place::Host(home) = self.place(reg) {
            return home;
        }
        self.copy(scratch, reg);
        scratch
    }

    /// `to` = the value of `reg`. Flags stay.
    #[inline(always)]
    fn copy(&mut self, to: Gpr, reg: Reg) {
        if self.place(reg) != Place::Host(to) {
            self.copy_from_elsewhere(to, reg);
        }
    }

    fn copy_from_elsewhere(&mut self, to: Gpr, reg: Reg) {
        match self.place(reg) {
            Place::Zero => self.asm.mov_imm32(to, 0),
            Place::Host(home) => self.asm.mov(to, home),
            Place::Slot(_) if self.is_in_rax(reg) => {
                if to != Gpr::Rax {
                    self.asm.mov(to, Gpr::Rax);
                }
            }
            Place::Slot(slot) => {
                self.asm.mov(to, slot);
                if to == Gpr::Rax {
                    self.note_rax(reg, 0);
                }
            }
        }
    }

    /// Whether anybody sees what the current step makes of `reg`.
    fn is_seen(&self, reg: Reg) -> bool {
        let Here { step, checked, .. } = self.here;
        let steps = self.steps.get(usize::from(step) + 1..).unwrap_or_default();
        let may_leave = checked.unbounded_shr(u32::from(step) + 1);
        reg != Reg::Zero && liveness::is_seen(reg, steps, may_leave)
    }

    /// Whether `rax` holds the value of `reg`, so that it need not be loaded: often one
    /// operation makes what the next one takes.
    fn is_in_rax(&self, reg: Reg) -> bool {
        self.rax_from(reg) == Some(0)
    }

    /// How much more than the value of `reg` rax holds, if that is known.
    fn rax_from(&self, reg: Reg) -> Option<i32> {
        let InRax { reg: known, offset, since } = self.in_rax;
        (known == reg && self.asm.keeps_rax_since(since)).then_some(offset)
    }

    /// Remembers that rax holds the value of `reg`, which is on the stack, and `offset`.
    const fn note_rax(&mut self, reg: Reg, offset: i32) {
        self.in_rax = InRax { reg, offset, since: self.asm.len() };
    }

    /// Forgets what rax holds, as the slot of `reg` is written.
    fn forget_rax(&mut self, reg: Reg) {
        if self.in_rax.reg == reg {
            self.in_rax = InRax::NONE;
        }
    }

    /// `to` = the low half of `reg`, zero-extended. Flags stay.
    fn copy32(&mut self, to: Gpr, reg: Reg) {
        match self.operand(reg) {
            None => self.asm.mov_imm32(to, 0),
            Some(_) if self.is_in_rax(reg) => self.asm.mov32(to, Gpr::Rax),
            Some(operand) => self.asm.mov32(to, operand),
        }
    }

    /// The host register to compute the value of `rd` in: its home, or else `scratch`.
    fn target_of(&self, rd: Reg, scratch: Gpr) -> Gpr {
        match self.place(rd) {
            Place::Host(home) => home,
            Place::Zero | Place::Slot(_) => scratch,
        }
    }

    /// `rd = from`. Flags stay.
    #[inline(always)]
    fn set(&mut self, rd: Reg, from: Gpr) {
        if self.place(rd) != Place::Host(from) {
            self.set_elsewhere(rd, from);
        }
    }

    fn set_elsewhere(&mut self, rd: Reg, from: Gpr) {
        match self.place(rd) {
            Place::Zero => {}
            Place::Host(home) => self.asm.mov(home, from),
            Place::Slot(slot) => {
                self.asm.store(Width::Q, slot, from);
                if from == Gpr::Rax {
                    self.note_rax(rd, 0);
                } else {
                    self.forget_rax(rd);
                }
            }
        }
    }

    /// `rd = value`. Flags stay.
    fn set_constant(&mut self, rd: Reg, value: u64) {
        match (self.place(rd), i32::try_from(value.cast_signed())) {
            (Place::Zero, _) => {}
            (Place::Slot(slot), Ok(value)) => {
                self.asm.store_imm(Width::Q, slot, value);
                self.forget_rax(rd);
            }
            (Place::Slot(_), Err(_)) => {
                self.constant(Gpr::Rax, value);
                self.set(rd, Gpr::Rax);
            }
            (Place::Host(home), _) => self.constant(home, value),
        }
    }

    fn constant(&mut self, to: Gpr, value: u64) {
        if let Ok(value) = u32::try_from(value) {
            self.asm.mov_imm32(to, value);
        } else if let Ok(value) = i32::try_from(value.cast_signed()) {
            self.asm.mov_imm(to, value);
        } else {
            self.asm.mov_imm64(to, value);
        }
    }

    /// Sets the flags as the two registers of a branch compare.
    fn compare(&mut self, branch: Branch) {
        let (rs1, rs2) = (branch.rs1(), branch.rs2());
        match (self.place(rs1), self.place(rs2)) {
            (Place::Host(a), Place::Zero) => self.asm.test(Width::Q, a, a),
            (Place::Slot(a), Place::Zero) if !self.is_in_rax(rs1) => self.asm.alu_imm(Width::Q, Alu::Cmp, a, 0),
            (Place::Slot(a), Place::Host(b)) if !self.is_in_rax(rs1) => self.asm.alu_to(Width::Q, Alu::Cmp, a, b),
            (_, b) => {
                let a = self.get(rs1, Gpr::Rax);
                match b {
                    Place::Zero => self.asm.test(Width::Q, a, a),
                    Place::Host(b) => self.asm.alu(Width::Q, Alu::Cmp, a, b),
                    Place::Slot(b) => self.asm.alu(Width::Q, Alu::Cmp, a, b),
                }
            }
        }
    }

    // ---- guest memory ----

    /// Emits the checks that the current step needs before its access.
    fn check(&mut self, base: Reg) {
        if self.here.checked >> self.here.step & 1 == 0 {
            return;
        }
        let Some(Check { base: from_root, bounds, open }) = self.addresses.next_check() else {
            return;
        };
        let deny = self.deny();
        // What rax holds, as a distance from the root.
        let mut in_rax = None;
        if let Some(bounds) = bounds {
            let size = self.config.memory_size.bytes().cast_signed();
            let load_end = size - i64::from(!self.config.version.loads_reach_last_byte());
            let last = |end: Option<i32>, limit: i64| match end {
                Some(end) => limit - i64::from(end) + i64::from(bounds.start),
                None => size,
            };
            let last = last(bounds.load_end, load_end).min(last(bounds.store_end, size));
            match i32::try_from(last) {
                Ok(last) if last >= 0 => {
                    let start = self.address(base, bounds.start - from_root);
                    self.asm.alu_imm(Width::Q, Alu::Cmp, start, last);
                    self.asm.jump_if(Cond::Above, deny);
                    if start == Gpr::Rax {
                        in_rax = Some(bounds.start);
                    }
                }
                // The range is larger than memory.
                _ => self.asm.jump(deny),
            }
        }
        if let Some(span @ Span { start, .. }) = open {
            let first =
                if in_rax == Some(start) { Gpr::Rax } else { self.address(base, start - from_root) };
            let back = self.asm.label();
            self.asm.mov32(Gpr::Rdx, first);
            self.point_to_page(Gpr::Rdx);
            self.asm.test_byte(Mem::at(Gpr::Rdx, 0), OPEN_WITH_NEXT);
            let slow = self.stub(Stub::Open { first, len: span.len(), back, deny });
            self.asm.jump_if(Cond::Equal, slow);
            self.asm.bind(back);
        }
    }

    /// A host register with the value of `base` and `add`: maybe `rax`.
    fn address(&mut self, base: Reg, add: i32) -> Gpr {
        match self.place(base) {
            Place::Host(home) if add == 0 => return home,
            Place::Host(home) => self.asm.lea(Width::Q, Gpr::Rax, Mem::at(home, add)),
            Place::Slot(_) if self.rax_from(base) == Some(add) => {}
            Place::Slot(_) => {
                self.copy(Gpr::Rax, base);
                if add != 0 {
                    self.asm.alu_imm(Width::Q, Alu::Add, Gpr::Rax, add);
                    self.note_rax(base, add);
                }
            }
            Place::Zero => self.asm.mov_imm(Gpr::Rax, add),
        }
        Gpr::Rax
    }

    /// Turns an address inside memory into a pointer to what is known of its page.
    fn point_to_page(&mut self, reg: Gpr) {
        #[expect(clippy::cast_possible_truncation, reason = "twelve")]
        self.asm.shift(Width::D, Shift::Shr, reg, PAGE_SHIFT as u8);
        self.asm.alu(Width::Q, Alu::Add, reg, frame::OPEN);
    }

    /// Guest memory at `imm(base)`, which was checked. It may use `rax`.
    fn memory(&mut self, base: Reg, imm: i32) -> Mem {
        match self.place(base) {
            Place::Zero => Mem::at(MEMORY, imm),
            Place::Host(home) => Mem::indexed(MEMORY, home, 0, imm),
            Place::Slot(_) => {
                let offset = self.rax_from(base).unwrap_or_else(|| {
                    self.copy(Gpr::Rax, base);
                    0
                });
                Mem::indexed(MEMORY, Gpr::Rax, 0, imm - offset)
            }
        }
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "no other operation is a branch")]
/// The condition of a branch, and what it compares.
fn condition(op: Op) -> (Cond, Branch) {
    match op {
        Op::Inst(Inst::Beq(operands)) => (Cond::Equal, operands),
        Op::Inst(Inst::Bne(operands)) => (Cond::NotEqual, operands),
        Op::Inst(Inst::Blt(operands)) => (Cond::Less, operands),
        Op::Inst(Inst::Bge(operands)) => (Cond::GreaterEqual, operands),
        Op::Inst(Inst::Bltu(operands)) => (Cond::Below, operands),
        Op::Inst(Inst::Bgeu(operands)) => (Cond::AboveEqual, operands),
        _ => unreachable!("only branches end a block so"),
    }
}

/// Cycles as an immediate.
fn cycles(cycles: u64) -> i32 {
    i32::try_from(cycles).expect("a trace has few cycles")
}
