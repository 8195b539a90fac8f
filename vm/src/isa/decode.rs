//! The decoder: bytes at an address to instructions and steps.
//!
//! The result depends on memory, `pc`, version and instruction set only. Code
//! pages cannot change, so neither can it, with one exception: looking ahead may
//! fail because a page is not executable yet.

use super::{Isa, Op, fusion, rvc, table, table::Inst};
use crate::{
    exit::Trap,
    memory::{Memory, PAGE_SIZE},
    version::Version,
};

/// An instruction and its length in bytes.
pub(crate) type Sized = (Inst, u8);

/// Decodes a straight run of code, each instruction once, and looks ahead for fused
/// operations.
pub(crate) struct Decoder<'a> {
    memory: &'a Memory,
    isa: Isa,
    version: Version,
    /// Address of the next instruction to take.
    pc: u64,
    /// Address of the next instruction to decode.
    end: u64,
    /// Executable bytes from `end` on, as far as they were looked up at the start.
    code: &'a [u8],
    /// Instructions from `pc` to `end`, decoded already: a ring.
    ahead: [Sized; RING],
    /// Where in the ring they start.
    first: usize,
    /// How many there are.
    known: usize,
    /// Whether looking ahead met a page that may become executable later.
    waited: bool,
}

/// Room for the longest fused operation, which has five parts.
const RING: usize = 8;

impl<'a> Decoder<'a> {
    /// A decoder that starts at `pc`.
    #[inline(always)]
    pub(crate) fn new(memory: &'a Memory, isa: Isa, version: Version, pc: u64) -> Self {
        let ahead = [(rvc::NOP, 0); RING];
        let code = memory.code_from(pc);
        Self { memory, isa, version, pc, end: pc, code, ahead, first: 0, known: 0, waited: false }
    }

    /// Address of the next instruction to take.
    pub(crate) const fn pc(&self) -> u64 {
        self.pc
    }

    /// Whether an operation would be another one if pages became executable.
    pub(crate) const fn waited(&self) -> bool {
        self.waited
    }

    /// Takes the next operation and its length in bytes, fused if the machine fuses.
    /// If there is none, [`Self::trap`] says why.
    #[inline(always)]
    pub(crate) fn op(&mut self) -> Option<(Op, u8)> {
        if self.known == 0 {
            self.decode_ahead()?;
        }
        let (inst, len) = self.ahead[self.first % RING];
        if self.isa.fusion
            && fusion::is_head(inst)
            && !(self.known == 1 && self.next_is_half() && !fusion::tail_may_be_half(inst))
            && let Some((fused, parts)) = fusion::fuse(self, self.version)
        {
            let len = (0..parts).map(|_| self.take()).sum();
            return Some((Op::Fused(fused), len));
        }
        self.take();
        Some((Op::Inst(inst), len))
    }

    /// Whether the next instruction to decode is known to be a compressed one, if any.
    #[inline(always)]
    fn next_is_half(&self) -> bool {
        matches!(*self.code, [low, _, ..] if low & 3 != 3)
    }

    /// Drops the first instruction of the ring; returns its length.
    #[inline(always)]
    fn take(&mut self) -> u8 {
        let (_, len) = self.ahead[self.first % RING];
        self.first += 1;
        self.known -= 1;
        self.pc = self.pc.wrapping_add(len.into());
        len
    }

    /// Decodes the instruction at `end` into the ring and goes on behind it.
    #[inline(always)]
    fn decode_ahead(&mut self) -> Option<()> {
        let word = match self.code.first_chunk() {
            Some(bytes) => u32::from_le_bytes(*bytes),
            None => self.fetch().ok()?,
        };
        let (inst, len) = if word & 3 == 3 {
            (table::decode(word, self.isa)?, 4)
        } else {
            #[expect(clippy::cast_possible_truncation, reason = "the low half is wanted")]
            (rvc::expand(word as u16, self.version)?, 2)
        };
        self.end = self.end.wrapping_add(u64::from(len));
        self.code = self.code.get(usize::from(len)..).unwrap_or_default();
        self.ahead[(self.first + self.known) % RING] = (inst, len);
        self.known += 1;
        Some(())
    }

    /// Why there is no instruction at `end`: it cannot be fetched
    /// ([`Trap::OutOfBounds`], [`Trap::NotExecutable`]), or is none
    /// ([`Trap::IllegalInstruction`]).
    #[cold]
    pub(crate) fn trap(&self) -> Trap {
        let pc = self.end;
        match self.fetch() {
            Ok(word) if word & 3 == 3 => Trap::IllegalInstruction { pc, bits: word },
            Ok(word) => Trap::IllegalInstruction { pc, bits: word & 0xffff },
            Err(trap) => trap,
        }
    }

    /// The bits at `end`, page by page.
    #[cold]
    fn fetch(&self) -> Result<u32, Trap> {
        let pc = self.end;
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
            if self.decode_ahead().is_none() {
                self.waited |= matches!(self.trap(), Trap::NotExecutable { .. });
                return None;
            }
        }
        Some(self.ahead[(self.first + index) % RING].0)
    }
}
