//! Which addresses the operations of a trace access, as far as they can be compared
//! without knowing them.
//!
//! Addresses are a *root*, a value that some register holds at some time, and a distance
//! from it. Adding a constant to a register keeps the root, any other write makes one. So
//! a check that a range around a root is fine serves all accesses in that range.
//!
//! The accesses of a *run*, blocks behind one another without a branch between them, are
//! checked together, by the first of them: unless an operation traps or finds a closed page,
//! all of them happen. What an earlier run of the trace has checked is known in the later
//! ones, but a run is never checked ahead: control may leave before it, and a check that
//! fails although nothing is wrong would cost much each time.

use alloc::vec::Vec;

use super::liveness::{self, Registers, results, set};
use crate::{
    isa::{Inst, Op, Reg, Step, format},
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
struct Access {
    /// The numbers of its block in the run, and of its step in the block.
    block: u8,
    step: u8,
    store: bool,
    /// The base register.
    base: Value,
    /// The bytes accessed, from the root.
    span: Span,
}

/// What must hold before an access: ranges around the root that are to be checked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Check {
    /// Distance of the base register from the root.
    pub(super) base: i32,
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

#[derive(Clone, Copy, Debug)]
struct Value {
    /// The number of the root.
    root: u32,
    distance: i32,
}

struct Root {
    /// What is known to be inside memory for loads, and for stores.
    loadable: Span,
    storable: Span,
    /// What is known to be open.
    open: Span,
    /// The run that the two below are about.
    run: u32,
    loads: Span,
    stores: Span,
}

impl Root {
    const NEW: Self = Self {
        loadable: Span::EMPTY,
        storable: Span::EMPTY,
        open: Span::EMPTY,
        run: 0,
        loads: Span::EMPTY,
        stores: Span::EMPTY,
    };
}

/// The addresses of a trace.
pub(super) struct Addresses {
    registers: [Value; 32],
    /// The registers of which the above is true. The value of others is a root of its own,
    /// which has no number as long as nobody asks for it.
    known: Registers,
    roots: Vec<Root>,
    run: u32,
    /// The accesses of the run, and what is to be checked before those of them that have
    /// something to check.
    accesses: Vec<Access>,
    checks: Vec<Check>,
    /// How many of those were asked for.
    asked: usize,
}

impl Default for Addresses {
    fn default() -> Self {
        Self {
            registers: [Value { root: 0, distance: 0 }; 32],
            known: 0,
            roots: Vec::new(),
            run: 0,
            accesses: Vec::new(),
            checks: Vec::new(),
            asked: 0,
        }
    }
}

impl Addresses {
    /// Forgets everything: a trace starts.
    pub(super) fn clear(&mut self) {
        self.roots.clear();
        self.run = 0;
        self.known = 0;
    }

    /// What a register holds, with the number of its root.
    fn value(&mut self, reg: Reg) -> Value {
        if !liveness::contains(self.known, reg) {
            let root = u32::try_from(self.roots.len()).expect("fewer roots than steps");
            self.roots.push(Root::NEW);
            self.put(reg, Value { root, distance: 0 });
        }
        self.registers[reg as usize]
    }

    /// Looks at the next run of the trace, before any of it is compiled: the steps of each
    /// block. `checked` becomes which steps of it have something to check, a bit each.
    pub(super) fn enter<'a>(
        &mut self,
        blocks: impl IntoIterator<Item = &'a [Step]>,
        checked: &mut Vec<u16>,
    ) {
        self.run += 1;
        self.accesses.clear();
        checked.clear();
        for (block, steps) in (0..).zip(blocks) {
            checked.push(0);
            for (number, step) in (0..).zip(steps) {
                match step.op {
                    Op::Inst(Inst::Addi(i)) => self.add(i.rd(), i.rs1(), i.imm()),
                    Op::Inst(inst) => {
                        let row = inst.row();
                        if row.access != format::Access::None {
                            let store = row.access == format::Access::Write;
                            self.access(block, number, store, row.width(), inst);
                        }
                        self.write(set(inst.places().rd, row.fields.rd));
                    }
                    Op::Fused(fused) => self.write(results(fused)),
                }
            }
        }
        self.checks.clear();
        self.asked = 0;
        for &access in &self.accesses {
            let root = &mut self.roots[access.base.root as usize];
            if let Some(check) = root.check(access) {
                self.checks.push(check);
                checked[usize::from(access.block)] |= 1 << access.step;
            }
        }
    }

    /// The next check of the run entered last.
    pub(super) fn next_check(&mut self) -> Option<Check> {
        let check = self.checks.get(self.asked).copied();
        self.asked += 1;
        check
    }

    fn put(&mut self, reg: Reg, value: Value) {
        self.registers[reg as usize] = value;
        self.known |= set(reg, true);
    }

    /// Registers are written; x0 stays what it is.
    const fn write(&mut self, registers: Registers) {
        self.known &= !registers | 1;
    }

    fn add(&mut self, rd: Reg, rs1: Reg, imm: i32) {
        let Value { root, distance } = self.value(rs1);
        let distance = distance + imm;
        if distance.abs() > FARTHEST {
            self.write(set(rd, true));
        } else if rd != Reg::Zero {
            self.put(rd, Value { root, distance });
        }
    }

    /// Notes the access of a step, of `len` bytes.
    fn access(&mut self, block: u8, step: u8, store: bool, len: i32, inst: Inst) {
        let format::Places { rs1, imm, .. } = inst.places();
        let base = self.value(rs1);
        let start = base.distance + imm;
        let span = Span { start, end: start + len };
        let run = self.run;
        let root = &mut self.roots[base.root as usize];
        if root.run != run {
            (root.run, root.loads, root.stores) = (run, Span::EMPTY, Span::EMPTY);
        }
        let of_kind = if store { &mut root.stores } else { &mut root.loads };
        *of_kind = of_kind.hull(span);
        self.accesses.push(Access { block, step, store, base, span });
    }
}

impl Root {
    /// What is to be checked before an access, if anything is. It counts as checked from
    /// here on.
    fn check(&mut self, access: Access) -> Option<Check> {
        let known = if access.store { self.storable } else { self.loadable };
        let bounded = known.contains(access.span);
        let opened = !access.store || self.open.contains(access.span);
        if bounded && opened {
            return None;
        }
        let Self { loads, stores, .. } = *self;
        let bounds = (!bounded).then(|| Bounds {
            start: loads.start.min(stores.start),
            load_end: (!loads.is_empty()).then_some(loads.end),
            store_end: (!stores.is_empty()).then_some(stores.end),
        });
        if !bounded {
            // What lies between two places inside memory is inside as well.
            self.loadable = self.loadable.hull(loads);
            self.storable = self.storable.hull(stores);
        }
        let open = (!opened).then_some(if is_open_as_one(stores) { stores } else { access.span });
        if let Some(span) = open {
            let hull = self.open.hull(span);
            self.open = if is_open_as_one(hull) { hull } else { span };
        }
        Some(Check { base: access.base.distance, bounds, open })
    }
}

/// Whether a range touches no page but those of its first and last byte.
fn is_open_as_one(span: Span) -> bool {
    i64::from(span.end) - i64::from(span.start) <= PAGE_SIZE.cast_signed()
}
