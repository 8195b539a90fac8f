//! The compiled code of a program, and the reasons for which it is left.

use alloc::{sync::Arc, vec::Vec};
use std::{
    io,
    sync::{
        Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Instant,
};

use super::{
    JitStats,
    code::{self, Table},
    trace::Region,
    x64::{self, Allocation, Emitted, GateCode, Scratch, Target},
};
use crate::{
    machine::Config,
    memory::{Memory, PAGE_SIZE, PageFlags},
};

/// Why compiled code left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// There is no code for the block at `pc`.
    Go,
    /// The cycles left may not suffice for the trace at `pc`, of which nothing has run.
    Low,
    /// The guest executed `ecall`.
    Ecall,
    /// The guest executed `ebreak`.
    Ebreak,
    /// The interpreter has to go on at this step of the block at `pc`, whose cycles are
    /// charged.
    Deny { step: u8 },
}

impl Exit {
    /// The reason as compiled code hands it over.
    pub(super) fn to_bits(self) -> u32 {
        match self {
            Self::Go => 0,
            Self::Low => 1,
            Self::Ecall => 2,
            Self::Ebreak => 3,
            Self::Deny { step } => 4 + u32::from(step),
        }
    }

    pub(super) fn from_bits(bits: u64) -> Self {
        match bits {
            0 => Self::Go,
            1 => Self::Low,
            2 => Self::Ecall,
            3 => Self::Ebreak,
            step => Self::Deny { step: (step - 4).try_into().expect("a block has few steps") },
        }
    }
}

/// The compiled code of a program.
///
/// It may be shared by all machines of one [`Config`] whose executable pages are the same
/// as those it was compiled from.
///
/// In versions where it may matter which blocks were entered when, each block has a
/// *stamp*: a place of its own, in every machine, for the value that the cycle counter had
/// when it was entered last.
pub(super) struct Code {
    pub(super) config: Config,
    pub(super) table: Table,
    /// Where code memory starts.
    pub(super) base: u64,
    pub(super) gate: OnceLock<Gate>,
    /// Held while something is compiled.
    book: Mutex<Book>,
    hits: AtomicU64,
    misses: AtomicU64,
    /// Whether nothing more is compiled.
    full: AtomicBool,
}

/// What changes when something is compiled.
struct Book {
    memory: code::Memory,
    /// The addresses of blocks that have stamps, by the number of the stamp.
    stamped: Vec<u64>,
    stats: JitStats,
    scratch: Scratch,
}

/// The size of a cache line of the host.
const LINE: usize = 64;

/// How many bytes of code a step becomes, about: fewer than most.
const BYTES_OF_STEP: usize = 16;

/// How many blocks of a program can have stamps.
const MAX_STAMPS: usize = 1 << 14;

/// Compiled code that machines share, once there is some.
#[derive(Clone, Default)]
pub(crate) struct Shared(Arc<OnceLock<Option<Arc<Code>>>>);

impl Shared {
    /// The code, if there is any yet.
    pub(super) fn get(&self) -> Option<Arc<Code>> {
        self.0.get().cloned().flatten()
    }

    /// The code; made for the program in `memory` if there is none yet. [`None`] if the
    /// host has no memory for it.
    pub(super) fn make(&self, config: Config, memory: &Memory) -> Option<Arc<Code>> {
        self.0.get_or_init(|| Code::new(config, memory).map(Arc::new)).clone()
    }

    /// How many bytes of the host the code takes.
    pub(crate) fn host_bytes(&self) -> usize {
        let code = self.0.get().and_then(Option::as_ref);
        code.map_or(0, |code| code.book().memory.sealed())
    }

    /// What has been done so far, if anything has.
    pub(crate) fn stats(&self) -> JitStats {
        self.0.get().and_then(Option::as_ref).map_or_else(JitStats::default, |code| code.stats())
    }
}

/// The way in and out, which depends on where guest registers are.
pub(super) struct Gate {
    allocation: Allocation,
    /// As in [`GateCode`].
    far: u32,
    pub(super) enter: u64,
    pub(super) exit: u64,
}

impl Code {
    /// Code for the program in `memory`, nothing of which is compiled yet. `None` if the
    /// host has no memory for it.
    fn new(config: Config, memory: &Memory) -> Option<Self> {
        let executable = |page: &u64| {
            memory.page_flags(*page).is_ok_and(|flags| flags.contains(PageFlags::EXECUTABLE))
        };
        let start = (0..memory.pages()).find(executable)?;
        let end = (start..memory.pages()).rev().find(executable)? + 1;
        let table = Table::new(start * PAGE_SIZE, end * PAGE_SIZE).ok()?;
        let memory = code::Memory::new().ok()?;
        let base = memory.addr();
        let book = Book {
            memory,
            stamped: Vec::new(),
            stats: JitStats::default(),
            scratch: Scratch::default(),
        };
        Some(Self {
            config,
            table,
            base,
            gate: OnceLock::new(),
            book: Mutex::new(book),
            hits: AtomicU64::new(0),
            misses: AtomicU64::new(0),
            full: AtomicBool::new(false),
        })
    }

    /// Whether blocks have stamps.
    pub(super) fn has_stamps(&self) -> bool {
        self.config.version.truncates_block_lookup()
    }

    /// How many stamps there can be.
    pub(super) fn stamps(&self) -> usize {
        if self.has_stamps() { MAX_STAMPS } else { 0 }
    }

    /// Where the code for the block at `pc` is.
    pub(super) fn entry(&self, pc: u64) -> Option<u64> {
        let offset = self.table.get(pc);
        (offset != 0).then(|| self.base + u64::from(offset))
    }

    pub(super) fn is_compiled(&self, pc: u64) -> bool {
        self.entry(pc).is_some()
    }

    /// Whether there is no room for more code, or the system refuses any.
    pub(super) fn is_full(&self) -> bool {
        self.full.load(Ordering::Relaxed)
    }

    /// Notes that a machine comes to use the code.
    pub(super) fn count_use(&self) {
        let counter = if self.gate.get().is_some() { &self.hits } else { &self.misses };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    /// What has been done so far.
    pub(super) fn stats(&self) -> JitStats {
        JitStats {
            hits: self.hits.load(Ordering::Relaxed),
            misses: self.misses.load(Ordering::Relaxed),
            ..self.book().stats
        }
    }

    /// The addresses of blocks that have stamps, by the number of the stamp, each with what
    /// a machine has there.
    pub(super) fn entered(&self, stamps: &[u64]) -> Vec<(u64, u64)> {
        self.book().stamped.iter().copied().zip(stamps.iter().copied()).collect()
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Compiles a region, which someone began to put together at `began`. Does nothing if
    /// its first block is compiled. If there is no room for it, nothing is compiled from
    /// here on: to try again whenever an uncompiled block runs would cost without end.
    pub(super) fn compile(&self, region: &Region, began: Instant) {
        let compiled = self.try_compile(region, began);
        if !compiled.is_ok_and(|fits| fits) {
            self.full.store(true, Ordering::Relaxed);
        }
    }

    /// Returns whether there was room.
    ///
    /// # Errors
    ///
    /// Returns the error of a system that refuses memory, or to execute it.
    fn try_compile(&self, region: &Region, began: Instant) -> io::Result<bool> {
        let mut book = self.book();
        let first_stamp = self.has_stamps().then_some(book.stamped.len());
        // Another thread may have been quicker.
        if region.heads().next().is_none_or(|pc| self.is_compiled(pc)) {
            return Ok(true);
        }
        if first_stamp.is_some_and(|first| first + region.block_count() > MAX_STAMPS) {
            return Ok(false);
        }
        let Book { memory, stamped, stats, scratch } = &mut *book;
        memory.prepare(region.all_steps().len() * BYTES_OF_STEP);
        // What is compiled first stands behind the gate.
        let mut made = None;
        let (gate, start) = match self.gate.get() {
            Some(gate) => (gate, 0),
            None => {
                let allocation = Allocation::new(region);
                let GateCode { len, far, enter, exit } =
                    x64::gate(&allocation, scratch, memory.writable());
                let [enter, exit] = [enter, exit].map(|at| self.base + at as u64);
                let gate = made.insert(Gate { allocation, far, enter, exit });
                (&*gate, len.next_multiple_of(LINE))
            }
        };
        let Self { table, config, .. } = self;
        let Gate { allocation, far, .. } = gate;
        let origin = u32::try_from(memory.sealed() + start).expect("code memory is small");
        let target = Target { allocation, table, config: *config, origin, far: *far, first_stamp };
        let emitted = x64::compile(region, target, scratch, &mut memory.writable()[start..]);
        let Some(Emitted { len, entries }) = emitted else { return Ok(false) };
        memory.seal(start + len)?;
        if let Some(gate) = made {
            self.gate.get_or_init(|| gate);
        }
        if first_stamp.is_some() {
            stamped.extend(region.blocks().map(|block| block.start));
        }
        for (pc, offset) in entries {
            table.set(pc, origin + offset);
        }
        stats.compilations += 1;
        let steps = region.all_steps();
        stats.steps += steps.len() as u64;
        stats.guest_bytes += steps.iter().map(|step| u64::from(step.len)).sum::<u64>();
        stats.host_bytes += len as u64;
        stats.time += began.elapsed();
        Ok(true)
    }
}

/// Whether machines can run compiled code on this host.
pub(crate) fn is_available() -> bool {
    static SUPPORTED: OnceLock<bool> = OnceLock::new();
    *SUPPORTED.get_or_init(|| x64::is_supported() && code::can_seal())
}
