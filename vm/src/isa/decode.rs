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

/// An instruction and its length in bytes.
pub(crate) type Sized = (Inst, u8);

/// Decodes a straight run of code step by step, each instruction once.
pub(crate) struct Decoder<'a> {
    memory: &'a Memory,
    isa: Isa,
    version: Version,
    /// Executable bytes around the start of the run, and their address.
    window: &'a [u8],
    window_start: u64,
    /// Address of the next step.
    pc: u64,
    /// Address behind the last instruction in `ahead`.
    end: u64,
    /// Instructions from `pc` on that are decoded already: a ring.
    ahead: [Sized; RING],
    /// Where in the ring they start.
    first: usize,
    /// How many there are.
    known: usize,
    /// Why there is no instruction at `end`, once that is known.
    error: Option<Trap>,
    /// Whether looking ahead met a page that may become executable later.
    waited: bool,
}

/// Room for the longest fused operation, which has five parts.
const RING: usize = 8;

impl<'a> Decoder<'a> {
    /// A decoder that starts at `pc`.
    pub(crate) fn new(memory: &'a Memory, isa: Isa, version: Version, pc: u64) -> Self {
        let (window_start, window) = memory.code_around(pc);
        Self {
            memory,
            isa,
            version,
            window,
            window_start,
            pc,
            end: pc,
            ahead: [(rvc::NOP, 0); RING],
            first: 0,
            known: 0,
            error: None,
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
    /// Returns [`Trap::OutOfBounds`] or [`Trap::NotExecutable`] if its first
    /// instruction cannot be fetched, [`Trap::IllegalInstruction`] if it is none.
    #[inline]
    pub(crate) fn step(&mut self) -> Result<Step, Trap> {
        let (head, len) = match self.known {
            0 => self.inst(self.pc)?,
            _ => self.ahead[self.first % RING],
        };
        if self.isa.fusion && fusion::is_head(head) {
            return Ok(self.step_from(head, len));
        }
        self.advance(1, len);
        Ok(Step { op: Op::Inst(head), len })
    }

    /// Decodes the step of an instruction that fuses with some others.
    fn step_from(&mut self, head: Inst, len: u8) -> Step {
        if self.known == 0 {
            self.ahead[self.first % RING] = (head, len);
            self.known = 1;
            self.end = self.pc.wrapping_add(len.into());
        }
        match fusion::fuse(self, self.version) {
            Some((fused, parts)) => {
                let len = (0..parts).map(|part| self.ahead[(self.first + part) % RING].1).sum();
                self.advance(parts, len);
                Step { op: Op::Fused(fused), len }
            }
            None => {
                self.advance(1, len);
                Step { op: Op::Inst(head), len }
            }
        }
    }

    /// Drops the next `parts` instructions, `len` bytes in all.
    #[inline]
    fn advance(&mut self, parts: usize, len: u8) {
        self.pc = self.pc.wrapping_add(len.into());
        if self.known > 0 {
            self.first += parts;
            self.known -= parts;
        }
    }

    /// Fetches and decodes the instruction at `pc`.
    #[inline]
    fn inst(&self, pc: u64) -> Result<Sized, Trap> {
        let at = usize::try_from(pc.wrapping_sub(self.window_start)).unwrap_or(usize::MAX);
        let word = match self.window.get(at..).and_then(|tail| tail.first_chunk()) {
            Some(bytes) => u32::from_le_bytes(*bytes),
            None => self.fetch(pc)?,
        };
        #[expect(clippy::cast_possible_truncation, reason = "the low half is wanted")]
        let half = word as u16;
        if half & 3 == 3 {
            let illegal = Trap::IllegalInstruction { pc, bits: word };
            table::decode(word, self.isa).map(|inst| (inst, 4)).ok_or(illegal)
        } else {
            let illegal = Trap::IllegalInstruction { pc, bits: half.into() };
            rvc::expand(half, self.version).map(|inst| (inst, 2)).ok_or(illegal)
        }
    }

    /// The bits at `pc`, where they are not all in the window.
    #[cold]
    fn fetch(&self, pc: u64) -> Result<u32, Trap> {
        if pc % PAGE_SIZE < PAGE_SIZE - 2 {
            return self.memory.fetch_word(pc);
        }
        // The last half-word of a page must not touch the next page by itself.
        let half = u32::from(self.memory.fetch_half(pc)?);
        match half & 3 {
            3 => Ok(half | u32::from(self.memory.fetch_half(pc.wrapping_add(2))?) << 16),
            _ => Ok(half),
        }
    }
}

impl fusion::Lookahead for Decoder<'_> {
    fn pc(&self) -> u64 {
        self.pc
    }

    fn peek(&mut self, index: usize) -> Option<Inst> {
        while self.known <= index {
            if self.error.is_some() {
                return None;
            }
            match self.inst(self.end) {
                Ok((inst, len)) => {
                    self.ahead[(self.first + self.known) % RING] = (inst, len);
                    self.known += 1;
                    self.end = self.end.wrapping_add(len.into());
                }
                Err(trap) => {
                    self.waited |= matches!(trap, Trap::NotExecutable { .. });
                    self.error = Some(trap);
                }
            }
        }
        Some(self.ahead[(self.first + index) % RING].0)
    }
}
