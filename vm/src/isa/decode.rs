//! The decoder: bytes at an address to instructions and steps.
//!
//! The result depends on memory, `pc`, version and instruction set only. Code
//! pages cannot change, so neither can it, with one exception: looking ahead may
//! fail because a page is not executable yet.

use super::{
    Isa, Op, Step,
    format::{Flow, System},
    fusion::{self, Tail},
    rvc,
    table::{self, Found, Inst},
};
use crate::{
    exit::Trap,
    memory::{Memory, PAGE_SIZE},
    version::Version,
};

/// The operation at `pc`, as it is if a block starts there.
///
/// # Errors
///
/// Returns the trap that fetching or decoding it raises.
pub fn step(memory: &Memory, isa: Isa, version: Version, pc: u64) -> Result<Step, Trap> {
    let mut step = Step { op: Op::Inst(Inst::Ebreak(System::new())), len: 0 };
    let mut decoder = Decoder::new(memory, isa, version, pc);
    match decoder.take(&mut step) {
        Some(_) => Ok(step),
        None => Err(decoder.trap()),
    }
}

/// Decodes a straight run of code and looks ahead for fused operations.
pub(crate) struct Decoder<'a> {
    memory: &'a Memory,
    isa: Isa,
    version: Version,
    /// Where the run starts.
    start: u64,
    /// Executable bytes from there on, as far as they were looked up.
    code: &'a [u8],
    /// How many bytes were taken.
    taken: usize,
    /// Whether looking ahead met a page that may become executable later.
    waited: bool,
}

/// What a block has to know about a step.
#[derive(Clone, Copy)]
pub(crate) struct Effect {
    pub(crate) cycles: u64,
    pub(crate) flow: Flow,
}

impl<'a> Decoder<'a> {
    /// A decoder that starts at `start`.
    #[inline(always)]
    pub(crate) fn new(memory: &'a Memory, isa: Isa, version: Version, start: u64) -> Self {
        let code = memory.code_from(start);
        Self { memory, isa, version, start, code, taken: 0, waited: false }
    }

    /// How many bytes were taken.
    pub(crate) const fn taken(&self) -> usize {
        self.taken
    }

    /// Whether an operation would be another one if pages became executable.
    pub(crate) const fn waited(&self) -> bool {
        self.waited
    }

    /// Takes the next operation, fused if the machine fuses, and puts it to `place`.
    /// If there is none, [`Self::trap`] says why.
    #[inline(always)]
    pub(crate) fn take(&mut self, place: &mut Step) -> Option<Effect> {
        let (found, len) = self.find(self.taken)?;
        let next = self.taken + usize::from(len);
        if self.isa.fusion
            && Tail::behind(found.number()).may_be(self.bits(next))
            && let Some(fused) = self.take_fused(found.inst(), next, place)
        {
            return Some(fused);
        }
        self.taken = next;
        place.op = Op::Inst(found.inst());
        place.len = len;
        let row = found.row();
        Some(Effect { cycles: row.cycles, flow: row.flow })
    }

    /// Takes the next operation if it is a fused one. Its head is known, and ends `next`
    /// bytes behind the start.
    #[inline(never)]
    fn take_fused(&mut self, head: Inst, next: usize, place: &mut Step) -> Option<Effect> {
        let version = self.version;
        let mut ahead = Ahead { decoder: self, ends: [next; MOST_PARTS] };
        let (fused, parts) = fusion::fuse(head, &mut ahead, version)?;
        let end = ahead.ends[parts - 1];
        #[expect(clippy::cast_possible_truncation, reason = "five parts of four bytes")]
        let len = (end - self.taken) as u8;
        self.taken = end;
        place.op = Op::Fused(fused);
        place.len = len;
        Some(Effect { cycles: fused.cycles(), flow: place.op.flow() })
    }

    /// The instruction `at` bytes behind the start, and its length.
    #[inline(always)]
    fn find(&self, at: usize) -> Option<(Found, u8)> {
        let bits = match self.bits(at) {
            Some(bits) => bits,
            None => self.fetch_bits(at)?,
        };
        let (word, len) = if bits & 3 == 3 {
            (bits, 4)
        } else {
            #[expect(clippy::cast_possible_truncation, reason = "the low half is wanted")]
            (rvc::expand_to_word(bits as u16, self.version)?, 2)
        };
        Some((table::find(word, self.isa)?, len))
    }

    /// The four bytes `at` bytes behind the start, if they are at hand.
    #[inline(always)]
    fn bits(&self, at: usize) -> Option<u32> {
        let bytes = self.code.get(at..)?.first_chunk()?;
        Some(u32::from_le_bytes(*bytes))
    }

    /// The address `at` bytes behind the start.
    const fn address(&self, at: usize) -> u64 {
        self.start.wrapping_add(at as u64)
    }

    /// Why there is nothing to take: it cannot be fetched ([`Trap::OutOfBounds`],
    /// [`Trap::NotExecutable`]), or is no instruction ([`Trap::IllegalInstruction`]).
    #[cold]
    pub(crate) fn trap(&self) -> Trap {
        self.trap_at(self.taken)
    }

    #[cold]
    fn trap_at(&self, at: usize) -> Trap {
        let pc = self.address(at);
        match self.fetch(at) {
            Ok(word) if word & 3 == 3 => Trap::IllegalInstruction { pc, bits: word },
            Ok(word) => Trap::IllegalInstruction { pc, bits: word & 0xffff },
            Err(trap) => trap,
        }
    }

    /// [`Self::bits`] wherever they are.
    #[cold]
    fn fetch_bits(&self, at: usize) -> Option<u32> {
        self.fetch(at).ok()
    }

    /// Notes whether there is no instruction `at` bytes behind the start only because a
    /// page is not executable.
    #[cold]
    fn note_wait(&mut self, at: usize) {
        self.waited |= matches!(self.trap_at(at), Trap::NotExecutable { .. });
    }

    /// [`Self::bits`] page by page.
    #[cold]
    fn fetch(&self, at: usize) -> Result<u32, Trap> {
        let pc = self.address(at);
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

/// The longest fused operation has five parts.
const MOST_PARTS: usize = 5;

/// The instructions from the next one to take on.
struct Ahead<'d, 'a> {
    decoder: &'d mut Decoder<'a>,
    /// Where the instructions end that were looked at.
    ends: [usize; MOST_PARTS],
}

impl fusion::Lookahead for Ahead<'_, '_> {
    fn pc(&self) -> u64 {
        self.decoder.address(self.decoder.taken)
    }

    fn peek(&mut self, index: usize) -> Option<Inst> {
        let at = self.ends[index - 1];
        let Some((found, len)) = self.decoder.find(at) else {
            self.decoder.note_wait(at);
            return None;
        };
        self.ends[index] = at + usize::from(len);
        Some(found.inst())
    }
}
