//! Blocks: straight-line runs of steps with one entry, the unit of decoding and
//! of charging.
//!
//! Where a block is cut, what it costs on entry and which error decoding it raises
//! are consensus. A block holds at most sixteen steps and ends behind the first
//! instruction that is not followed, in sequence, by another of the same block. It
//! is decoded as a whole, before anything in it runs and before its cycles are
//! looked at; its cycles are charged on entry.
//!
//! The reference keeps the byte length of a block in eight bits. Fused operations
//! can make a block longer than 255 bytes; everything relative to `pc` inside it is
//! then computed from the shortened end ([`Block::next`]), and a length that is a
//! multiple of 256 is an error.

use crate::{
    exit::Trap,
    isa::{
        Fused, Inst, Isa, Op, Step,
        decode::Code,
        format::{Branch, Flow, Format, J, System},
    },
    memory::Memory,
    version::Version,
};

/// The most steps a block holds.
pub const MAX_STEPS: usize = 16;

/// How a block ends, and the addresses that control may go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Control goes to [`Block::next`].
    Next,
    /// Control goes to `taken`, or to [`Block::next`].
    Branch {
        /// The address if the condition holds.
        taken: u64,
    },
    /// Control goes to `target`.
    Jump {
        /// The address.
        target: u64,
    },
    /// Control goes where a register says.
    Indirect,
    /// The caller of the engine takes over; control comes back to [`Block::next`].
    System,
}

/// A decoded block: all that an engine needs to run or compile it.
#[derive(Clone, Debug)]
pub struct Block {
    /// The address it starts at.
    pub start: u64,
    /// Its end as everything inside it sees it: `start` plus the low eight bits of
    /// its length in bytes. Links, `auipc` and jumps are relative to this.
    pub next: u64,
    /// Its length in bytes.
    pub len: u32,
    /// What it costs, charged on entry.
    pub cycles: u64,
    /// How it ends.
    pub end: End,
    /// Whether decoding it again could give another block: it looked ahead into a
    /// page that was not executable, but may become so.
    pub waited: bool,
    steps: [Step; MAX_STEPS],
    count: u8,
}

/// What a block is, apart from where it is kept. Decoding it again gives the same.
#[derive(Clone, Copy)]
pub(crate) struct Decoded<'a> {
    /// As in [`Block`].
    pub(crate) start: u64,
    pub(crate) next: u64,
    pub(crate) cycles: u64,
    pub(crate) steps: &'a [Step],
}

impl Decoded<'_> {
    /// How it ends.
    pub(crate) fn end(&self) -> End {
        let last = self.steps.last().expect("a block has a step");
        end(last.op, last.op.flow(), self.next.wrapping_sub(last.len.into()))
    }
}

impl Block {
    /// A block to decode into.
    #[must_use]
    pub const fn empty() -> Self {
        const NOTHING: Step = Step { op: Op::Inst(Inst::Ebreak(System::new())), len: 0 };
        Self {
            start: 0,
            next: 0,
            len: 0,
            cycles: 0,
            end: End::Next,
            waited: false,
            steps: [NOTHING; MAX_STEPS],
            count: 0,
        }
    }

    /// Decodes the block that starts at `start`.
    ///
    /// # Errors
    ///
    /// Returns the trap that fetching or decoding any of its steps raises, or
    /// [`Trap::BlockLength`].
    pub fn decode(memory: &Memory, isa: Isa, version: Version, start: u64) -> Result<Self, Trap> {
        let mut block = Self::empty();
        block.decode_in_place(memory, isa, version, start)?;
        Ok(block)
    }

    /// [`Self::decode`] in place of this block. After an error the block is of no use.
    ///
    /// # Errors
    ///
    /// As [`Self::decode`].
    pub fn decode_in_place(
        &mut self,
        memory: &Memory,
        isa: Isa,
        version: Version,
        start: u64,
    ) -> Result<(), Trap> {
        let run = Code::new(memory, version, start).decode(isa, &mut self.steps)?;
        let shortened = u64::from(run.len & 0xff);
        if shortened == 0 {
            return Err(Trap::BlockLength { pc: start });
        }
        self.start = start;
        self.next = start.wrapping_add(shortened);
        self.len = run.len;
        self.cycles = run.cycles;
        self.waited = run.waited;
        let last = self.steps[run.count - 1];
        self.end = end(last.op, run.flow, self.next.wrapping_sub(last.len.into()));
        #[expect(clippy::cast_possible_truncation, reason = "at most sixteen")]
        {
            self.count = run.count as u8;
        }
        Ok(())
    }

    /// The block, unless [`Self::waited`].
    pub(crate) fn decoded(&self) -> Option<Decoded<'_>> {
        let &Self { start, next, cycles, waited, .. } = self;
        (!waited).then(|| Decoded { start, next, cycles, steps: self.steps() })
    }

    /// The steps, one to [`MAX_STEPS`] of them.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps[..usize::from(self.count)]
    }
}

impl Op {
    /// How control goes on after the operation.
    #[must_use]
    #[inline]
    pub const fn flow(&self) -> Flow {
        match self {
            Self::Inst(inst) => inst.row().flow,
            Self::Fused(Fused::FarJumpAbs { .. } | Fused::FarJumpRel { .. }) => Flow::Jump,
            Self::Fused(_) => Flow::Next,
        }
    }
}

/// How a block ends whose last operation `op` stands at `here`.
fn end(op: Op, flow: Flow, here: u64) -> End {
    let relative = |imm: i32| here.wrapping_add_signed(imm.into());
    match (op, flow) {
        (Op::Inst(inst), Flow::Branch) => {
            End::Branch { taken: relative(Branch::from_bits(inst.bits()).imm()) }
        }
        (Op::Inst(inst), Flow::Jump) => {
            End::Jump { target: relative(J::from_bits(inst.bits()).imm()) }
        }
        (Op::Fused(Fused::FarJumpRel { imm }), _) => End::Jump { target: relative(imm) & !1 },
        (Op::Fused(Fused::FarJumpAbs { imm }), _) => {
            End::Jump { target: i64::from(imm).cast_unsigned() & !1 }
        }
        (_, Flow::Indirect) => End::Indirect,
        (_, Flow::System) => End::System,
        _ => End::Next,
    }
}
