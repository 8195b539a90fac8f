//! The decoder: bytes at an address to instructions and steps.
//!
//! The result depends on memory, `pc`, version and instruction set only. Code
//! pages cannot change, so neither can it, with one exception: looking ahead may
//! fail because a page is not executable yet.

use core::{ptr, slice};

use super::{
    Isa, Op, Step,
    format::{Flow, Format, System},
    fusion, rvc,
    table::{self, Found, Inst, Kind, Marks},
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
    Code::new(memory, version, pc).decode(isa, slice::from_mut(&mut step))?;
    Ok(step)
}

/// A straight run of code.
pub(crate) struct Code<'a> {
    memory: &'a Memory,
    version: Version,
    /// Where it starts.
    start: u64,
    /// Executable bytes from there on, as far as they were looked up.
    bytes: &'a [u8],
}

/// Decoded operations taken together.
#[derive(Clone, Copy)]
pub(crate) struct Run {
    /// How many there are.
    pub(crate) count: usize,
    /// Their length in bytes.
    pub(crate) len: u32,
    /// What they cost.
    pub(crate) cycles: u64,
    /// How control goes on after the last.
    pub(crate) flow: Flow,
    /// Whether one would be another if pages became executable.
    pub(crate) waited: bool,
}

/// What has to be known of a fused operation.
#[derive(Clone, Copy)]
struct Effect {
    cycles: u64,
    flow: Flow,
}

impl<'a> Code<'a> {
    /// The code at `start`.
    #[inline(always)]
    pub(crate) fn new(memory: &'a Memory, version: Version, start: u64) -> Self {
        Self { memory, version, start, bytes: memory.code_from(start) }
    }

    /// Decodes operations to `places`, fused if the machine fuses, up to the first that is
    /// not followed in sequence by another of the same block.
    ///
    /// # Errors
    ///
    /// Returns why there is no operation: it cannot be fetched ([`Trap::OutOfBounds`],
    /// [`Trap::NotExecutable`]), or is no instruction ([`Trap::IllegalInstruction`]).
    #[inline(always)]
    pub(crate) fn decode(&self, isa: Isa, places: &mut [Step]) -> Result<Run, Trap> {
        let absent = Marks::BIT_MANIPULATION.when(!isa.bit_manipulation);
        let heads = Marks::HEAD.when(isa.fusion);
        let heeded = Marks::DOUBT.or(absent).or(Marks::ENDS).or(heads);
        let (mut count, mut len, mut cycles) = (0, 0, 0);
        let (mut flow, mut waited) = (Flow::Next, false);
        while let Some(place) = places.get_mut(count) {
            count += 1;
            let bits = match self.bits(len) {
                Some(bits) => bits,
                None => self.fetch(len)?,
            };
            let (mut found, bytes) = guess(bits);
            let next = len + bytes;
            if !found.kind.marks.meet(heeded) {
                *place = step_of(found, bytes);
                cycles += u64::from(found.kind.cycles);
                len = next;
                continue;
            }
            if found.kind.marks.meet(Marks::DOUBT.or(absent)) {
                found = self.find(bits, isa).ok_or_else(|| self.trap_at(len))?;
            }
            let kind = found.kind;
            if kind.marks.meet(heads)
                && self.bits(next).is_none_or(|bits| kind.tail.may_be(bits))
                && let Some(effect) = self.fuse(found.inst(), len, next, &mut waited, place)
            {
                cycles += effect.cycles;
                flow = effect.flow;
                len += u32::from(place.len);
            } else {
                *place = step_of(found, bytes);
                cycles += u64::from(kind.cycles);
                flow = kind.flow;
                len = next;
            }
            if flow != Flow::Next {
                break;
            }
        }
        Ok(Run { count, len, cycles, flow, waited })
    }

    /// The instruction in `bits`, if the machine has it.
    #[cold]
    fn find(&self, bits: u32, isa: Isa) -> Option<Found> {
        match bits & 3 {
            3 => table::find(bits, isa),
            _ => rvc::find(low_half(bits), self.version),
        }
    }

    /// Puts a fused operation to `place`, if one starts with `head`, which is between `start`
    /// and `next`.
    #[inline(never)]
    fn fuse(
        &self,
        head: Inst,
        start: u32,
        next: u32,
        waited: &mut bool,
        place: &mut Step,
    ) -> Option<Effect> {
        let mut ahead = Ahead { code: self, start, waited };
        let (fused, end) = fusion::fuse(head, next, &mut ahead, self.version)?;
        #[expect(clippy::cast_possible_truncation, reason = "five parts of four bytes")]
        let len = (end - start) as u8;
        *place = Step { op: Op::Fused(fused), len };
        Some(Effect { cycles: fused.cycles(), flow: place.op.flow() })
    }

    /// The four bytes `at` bytes behind the start, if they are at hand.
    #[inline(always)]
    fn bits(&self, at: u32) -> Option<u32> {
        let at = at as usize;
        let bytes = self.bytes.get(at..at + 4)?.first_chunk()?;
        Some(u32::from_le_bytes(*bytes))
    }

    /// The address `at` bytes behind the start.
    const fn address(&self, at: u32) -> u64 {
        self.start.wrapping_add(at as u64)
    }

    /// Why there is no instruction `at` bytes behind the start.
    #[cold]
    fn trap_at(&self, at: u32) -> Trap {
        let pc = self.address(at);
        match self.fetch(at) {
            Ok(word) if word & 3 == 3 => Trap::IllegalInstruction { pc, bits: word },
            Ok(word) => Trap::IllegalInstruction { pc, bits: word & 0xffff },
            Err(trap) => trap,
        }
    }

    /// [`Self::bits`] page by page.
    #[cold]
    fn fetch(&self, at: u32) -> Result<u32, Trap> {
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

    /// [`Self::fetch`], and notes whether it fails only because a page is not executable.
    #[cold]
    fn fetch_or_wait(&self, at: u32, waited: &mut bool) -> Option<u32> {
        let fetched = self.fetch(at);
        *waited |= matches!(fetched, Err(Trap::NotExecutable { .. }));
        fetched.ok()
    }
}

/// The instruction in `bits` and its length, at a glance: its [`Marks`] are to be heeded.
#[inline(always)]
fn guess(bits: u32) -> (Found, u32) {
    match bits & 3 {
        3 => (table::guess(bits), 4),
        _ => (rvc::guess(low_half(bits)), 2),
    }
}

/// The step of an instruction of `len` bytes.
#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "two or four")]
fn step_of(found: Found, len: u32) -> Step {
    Step { op: Op::Inst(found.inst()), len: len as u8 }
}

#[expect(clippy::cast_possible_truncation, reason = "that is what it is for")]
const fn low_half(bits: u32) -> u16 {
    bits as u16
}

/// Code behind a head at `start`.
struct Ahead<'c, 'm> {
    code: &'c Code<'m>,
    start: u32,
    /// As in [`Run`].
    waited: &'c mut bool,
}

impl fusion::Lookahead for Ahead<'_, '_> {
    fn pc(&self) -> u64 {
        self.code.address(self.start)
    }

    #[inline(always)]
    fn part<F: Format>(&mut self, at: u32, kind: &'static Kind) -> Option<(F, u32)> {
        let bits = match self.code.bits(at) {
            Some(bits) => bits,
            None => self.code.fetch_or_wait(at, self.waited)?,
        };
        if let Some(operands) = kind.operands(bits) {
            return Some((F::from_bits(operands), at + 4));
        }
        if bits & 3 == 3 {
            return None;
        }
        let mut found = rvc::guess(low_half(bits));
        if found.kind.marks.meet(Marks::DOUBT) {
            found = rvc::find(low_half(bits), self.code.version)?;
        }
        ptr::eq(found.kind, kind).then(|| (F::from_bits(found.operands), at + 2))
    }
}
