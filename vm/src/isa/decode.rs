//! The decoder: bytes at an address to instructions and steps.
//!
//! The result depends on memory, `pc`, version and instruction set only. Code
//! pages cannot change, so neither can it, with one exception: looking ahead may
//! fail because a page is not executable yet.

use super::{Isa, Op, Step, fusion, rvc, table, table::Inst};
use crate::{
    exit::Trap,
    memory::{Memory, PAGE_SIZE},
    version::Version,
};

/// Fetches and decodes the instruction at `pc`; returns it with its length.
///
/// # Errors
///
/// Returns [`Trap::OutOfBounds`] or [`Trap::NotExecutable`] if it cannot be
/// fetched, [`Trap::IllegalInstruction`] if it is none.
#[inline]
pub(crate) fn inst(
    memory: &Memory,
    pc: u64,
    isa: Isa,
    version: Version,
) -> Result<(Inst, u8), Trap> {
    let word = if pc % PAGE_SIZE < PAGE_SIZE - 2 {
        memory.fetch_word(pc)?
    } else {
        // The last half-word of a page must not touch the next page by itself.
        let half = u32::from(memory.fetch_half(pc)?);
        match half & 3 {
            3 => half | u32::from(memory.fetch_half(pc.wrapping_add(2))?) << 16,
            _ => half,
        }
    };
    #[expect(clippy::cast_possible_truncation, reason = "the low half is wanted")]
    let half = word as u16;
    let (inst, bits, len) = if half & 3 == 3 {
        (table::decode(word), word, 4)
    } else {
        (rvc::expand(half, version), half.into(), 2)
    };
    match inst {
        Some(inst) if isa.has(inst.row().extension) => Ok((inst, len)),
        _ => Err(Trap::IllegalInstruction { pc, bits }),
    }
}

/// Decodes a straight run of code step by step, each instruction once.
pub(crate) struct Decoder<'a> {
    memory: &'a Memory,
    isa: Isa,
    version: Version,
    /// Address of the next step.
    pc: u64,
    /// Address behind the last instruction in `ahead`.
    end: u64,
    /// Instructions from `pc` on that are decoded already.
    ahead: [Result<(Inst, u8), Trap>; MOST_AHEAD],
    /// How many entries of `ahead` are valid. An error is the last one.
    known: usize,
    /// Whether looking ahead met a page that may become executable later.
    waited: bool,
}

/// The longest fused operation has five parts.
const MOST_AHEAD: usize = 5;

impl<'a> Decoder<'a> {
    /// A decoder that starts at `pc`.
    pub(crate) fn new(memory: &'a Memory, isa: Isa, version: Version, pc: u64) -> Self {
        let ahead = [Err(Trap::InvalidVersion); MOST_AHEAD];
        Self {
            memory,
            isa,
            version,
            pc,
            end: pc,
            ahead,
            known: 0,
            waited: false,
        }
    }

    /// Address of the next step.
    pub(crate) const fn pc(&self) -> u64 {
        self.pc
    }

    /// Whether a step would be another one if pages became executable.
    pub(crate) const fn waited(&self) -> bool {
        self.waited
    }

    /// Decodes the next step, fusing if the machine does.
    ///
    /// # Errors
    ///
    /// Those of [`inst`], for the first instruction of the step.
    pub(crate) fn step(&mut self) -> Result<Step, Trap> {
        let (head, len) = self.decoded(0)?;
        if self.isa.fusion
            && let Some((fused, len)) = fusion::fuse(self, self.version)
        {
            self.advance(len);
            return Ok(Step {
                op: Op::Fused(fused),
                len,
            });
        }
        self.advance(len);
        Ok(Step {
            op: Op::Inst(head),
            len,
        })
    }

    /// The instruction `index` places ahead, decoding up to there.
    fn decoded(&mut self, index: usize) -> Result<(Inst, u8), Trap> {
        while self.known <= index {
            if self.known > 0
                && let error @ Err(_) = self.ahead[self.known - 1]
            {
                return error;
            }
            let decoded = inst(self.memory, self.end, self.isa, self.version);
            if let Ok((_, len)) = decoded {
                self.end = self.end.wrapping_add(len.into());
            }
            self.ahead[self.known] = decoded;
            self.known += 1;
        }
        self.ahead[index]
    }

    /// Drops the instructions of a step of `len` bytes.
    fn advance(&mut self, len: u8) {
        self.pc = self.pc.wrapping_add(len.into());
        let mut rest = len;
        let mut parts = 0;
        while rest > 0
            && let Ok((_, len)) = self.ahead[parts]
        {
            rest -= len;
            parts += 1;
        }
        self.ahead.copy_within(parts..self.known, 0);
        self.known -= parts;
    }
}

impl fusion::Lookahead for Decoder<'_> {
    fn pc(&self) -> u64 {
        self.pc
    }

    fn peek(&mut self, index: usize) -> Option<(Inst, u8)> {
        let decoded = self.decoded(index);
        if let Err(Trap::NotExecutable { .. }) = decoded {
            self.waited = true;
        }
        decoded.ok()
    }
}
