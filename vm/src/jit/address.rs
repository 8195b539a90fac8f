//! Which addresses the operations of a trace access, as far as they can be compared
//! without knowing them.
//!
//! Addresses are a *root*, a value that some register holds at some time, and a distance
//! from it. Adding a constant to a register keeps the root, any other write makes one. So
//! a check that a range around a root is fine serves all accesses in that range.
//!
//! The accesses of one block are checked together, by the first of them: unless an
//! operation traps or finds a closed page, all of them happen. What an earlier block of
//! the trace has checked is known in the later ones, but a block is never checked ahead:
//! control may leave before it, and a check that fails although nothing is wrong would
//! cost much each time.

use alloc::vec::Vec;

use crate::{
    block::{Block, MAX_STEPS},
    isa::{
        Fused, Inst, Op, Reg,
        format::{Access as Direction, Operands},
    },
    memory::PAGE_SIZE,
};

/// A range of distances from a root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: i32,
    pub(super) end: i32,
}

impl Span {
    const EMPTY: Self = Self { start: i32::MAX, end: i32::MIN };

    const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    fn hull(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Its length, if it is not empty.
    pub(super) const fn len(self) -> i32 {
        self.end - self.start
    }
}

/// Distances beyond this start a root of their own.
const FARTHEST: i32 = 1 << 19;

/// Memory that an operation accesses.
#[derive(Clone, Copy, Debug)]
pub(super) struct Access {
    root: u32,
    /// Distance of the base register from the root.
    pub(super) base: i32,
    /// The bytes accessed, from the root.
    span: Span,
    store: bool,
}

/// What must hold before an access: ranges around the root that are to be checked.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Checks {
    /// To be inside memory: where loads and stores are, where loads end, and stores.
    pub(super) bounds: Option<Bounds>,
    /// To be writable and dirty; at most a page long.
    pub(super) open: Option<Span>,
}

/// A range to be inside memory.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub(super) start: i32,
    /// The end of loads and that of stores, which may be subject to different limits.
    pub(super) load_end: Option<i32>,
    pub(super) store_end: Option<i32>,
}

#[derive(Clone, Copy)]
struct Value {
    root: u32,
    distance: i32,
}

struct Root {
    /// What is known to be inside memory for loads, and for stores.
    loadable: Span,
    storable: Span,
    /// What is known to be open.
    open: Span,
    /// The block that the two below are about.
    block: u32,
    loads: Span,
    stores: Span,
}

/// The addresses of a trace.
pub(super) struct Addresses {
    registers: [Value; 32],
    roots: Vec<Root>,
    block: u32,
    accesses: [Option<Access>; MAX_STEPS],
}

impl Addresses {
    pub(super) fn new() -> Self {
        let mut addresses = Self {
            registers: [Value { root: 0, distance: 0 }; 32],
            roots: Vec::new(),
            block: 0,
            accesses: [None; MAX_STEPS],
        };
        addresses.clear();
        addresses
    }

    /// Forgets everything: a trace starts.
    pub(super) fn clear(&mut self) {
        self.roots.clear();
        self.block = 0;
        for reg in 0..32 {
            self.registers[reg] = self.new_root();
        }
    }

    fn new_root(&mut self) -> Value {
        let root = u32::try_from(self.roots.len()).expect("fewer roots than steps");
        self.roots.push(Root {
            loadable: Span::EMPTY,
            storable: Span::EMPTY,
            open: Span::EMPTY,
            block: 0,
            loads: Span::EMPTY,
            stores: Span::EMPTY,
        });
        Value { root, distance: 0 }
    }

    /// Looks at the next block of the trace, before any of it is compiled.
    pub(super) fn enter(&mut self, block: &Block) {
        self.block += 1;
        for (number, step) in block.steps().iter().enumerate() {
            let inst = match step.op {
                Op::Inst(inst) => inst,
                Op::Fused(fused) => {
                    self.accesses[number] = None;
                    results(fused).into_iter().for_each(|rd| self.write(rd));
                    continue;
                }
            };
            let operands = inst.operands();
            self.accesses[number] = match access_len(inst) {
                0 => None,
                len => self.access(inst, operands, len),
            };
            match (inst, operands) {
                (Inst::Addi(_), Operands { rd: Some(rd), rs1: Some(rs1), rs2: None, imm }) => {
                    self.add(rd, rs1, imm);
                }
                (_, Operands { rd: Some(rd), .. }) => self.write(rd),
                (_, Operands { rd: None, .. }) => {}
            }
        }
    }

    fn write(&mut self, rd: Reg) {
        if rd != Reg::Zero {
            self.registers[rd as usize] = self.new_root();
        }
    }

    fn add(&mut self, rd: Reg, rs1: Reg, imm: i32) {
        let Value { root, distance } = self.registers[rs1 as usize];
        let distance = distance + imm;
        if distance.abs() > FARTHEST {
            self.write(rd);
        } else if rd != Reg::Zero {
            self.registers[rd as usize] = Value { root, distance };
        }
    }

    fn access(&mut self, inst: Inst, operands: Operands, len: i32) -> Option<Access> {
        let base = self.registers[operands.rs1? as usize];
        let start = base.distance + operands.imm;
        let span = Span { start, end: start + len };
        let store = inst.row().access == Direction::Write;
        let block = self.block;
        let root = &mut self.roots[base.root as usize];
        if root.block != block {
            (root.block, root.loads, root.stores) = (block, Span::EMPTY, Span::EMPTY);
        }
        let of_kind = if store { &mut root.stores } else { &mut root.loads };
        *of_kind = of_kind.hull(span);
        Some(Access { root: base.root, base: base.distance, span, store })
    }

    /// The access of step `number` of the block entered last, with what is to be checked
    /// before it. What is returned counts as checked from here on.
    pub(super) fn check(&mut self, number: usize) -> Option<(Access, Checks)> {
        let access = self.accesses[number]?;
        let root = &mut self.roots[access.root as usize];
        let mut checks = Checks::default();
        let known = if access.store { root.storable } else { root.loadable };
        if !known.contains(access.span) {
            let Root { loads, stores, .. } = *root;
            checks.bounds = Some(Bounds {
                start: loads.start.min(stores.start),
                load_end: (!loads.is_empty()).then_some(loads.end),
                store_end: (!stores.is_empty()).then_some(stores.end),
            });
            // What lies between two places inside memory is inside as well.
            root.loadable = root.loadable.hull(loads);
            root.storable = root.storable.hull(stores);
        }
        if access.store && !root.open.contains(access.span) {
            let all = root.stores;
            let span = if is_open_as_one(all) { all } else { access.span };
            checks.open = Some(span);
            let hull = root.open.hull(span);
            root.open = if is_open_as_one(hull) { hull } else { span };
        }
        Some((access, checks))
    }
}

/// Whether a range touches no page but those of its first and last byte.
fn is_open_as_one(span: Span) -> bool {
    i64::from(span.end) - i64::from(span.start) <= PAGE_SIZE.cast_signed()
}

/// How many bytes a load or a store accesses: funct3 says so in its lower bits. All other
/// instructions, but atomics, access none.
fn access_len(inst: Inst) -> i32 {
    let row = inst.row();
    match row.access {
        Direction::None => 0,
        Direction::Read | Direction::Write => 1 << (row.bits >> 12 & 3),
    }
}

/// The registers that a fused operation writes.
pub(super) fn results(fused: Fused) -> [Reg; 4] {
    const NONE: Reg = Reg::Zero;
    match fused {
        Fused::Adc { a, b, c } => [a, b, c, NONE],
        Fused::Sbb { a, b, c, d } => [a, b, c, d],
        Fused::Add3A { a, c, d, .. } => [a, c, d, NONE],
        Fused::Add3B { a, b, d, .. } => [a, b, d, NONE],
        Fused::Add3C { a, d, .. } | Fused::Adcs { a, d, .. } | Fused::Sbbs { a, d, .. } => {
            [a, d, NONE, NONE]
        }
        Fused::WideMul { high: a, low: b, .. }
        | Fused::WideMulu { high: a, low: b, .. }
        | Fused::WideMulsu { high: a, low: b, .. }
        | Fused::WideDiv { quotient: a, remainder: b, .. }
        | Fused::WideDivu { quotient: a, remainder: b, .. } => [a, b, NONE, NONE],
        Fused::LoadImm { rd, .. } => [rd, NONE, NONE, NONE],
        Fused::FarJumpAbs { .. } | Fused::FarJumpRel { .. } => [Reg::Ra, NONE, NONE, NONE],
    }
}
