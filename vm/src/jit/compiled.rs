//! The compiled code of a program, and the reasons for which it is left.

use alloc::{sync::Arc, vec::Vec};
use std::{
    io,
    sync::{
        Mutex, OnceLock, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{
    code::{self, Chunks, Table},
    trace::Region,
    x64::{self, Allocation},
};
use crate::{
    block::Block,
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

/// The most bytes of code that are kept for one program.
const MAX_CODE: u64 = 16 << 20;

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
    chunks: Chunks,
    pub(super) gate: OnceLock<Gate>,
    /// Held while something is compiled. The addresses of blocks that have stamps, by the
    /// number of the stamp.
    pub(super) stamped: Mutex<Vec<u64>>,
    bytes: AtomicU64,
}

/// How many blocks of a program can have stamps.
const MAX_STAMPS: usize = 1 << 14;

/// Compiled code that machines share, once there is some.
#[derive(Clone, Default)]
pub(crate) struct Shared(Arc<OnceLock<Option<Arc<Code>>>>);

impl Shared {
    /// The code; made for the program in `memory` if there is none yet, or else [`None`]
    /// if this host has no JIT.
    pub(super) fn get(&self, config: Config, memory: &Memory) -> Option<Arc<Code>> {
        self.0.get_or_init(|| Code::new(config, memory).map(Arc::new)).clone()
    }
}

/// The way in and out, which depends on where guest registers are.
pub(super) struct Gate {
    allocation: Allocation,
    pub(super) enter: u64,
    pub(super) exit: u64,
}

impl Code {
    /// Code for the program in `memory`, nothing of which is compiled yet. `None` if this
    /// host cannot run any.
    pub(super) fn new(config: Config, memory: &Memory) -> Option<Self> {
        if !is_available() {
            return None;
        }
        let executable = |page: &u64| {
            memory.page_flags(*page).is_ok_and(|flags| flags.contains(PageFlags::EXECUTABLE))
        };
        let end = (0..memory.pages()).rev().find(executable)? + 1;
        Some(Self {
            config,
            table: Table::new(end * PAGE_SIZE).ok()?,
            chunks: Chunks::default(),
            gate: OnceLock::new(),
            stamped: Mutex::default(),
            bytes: AtomicU64::new(0),
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
        let entry = code::load(self.table.place(pc)?);
        (entry != 0).then_some(entry)
    }

    pub(super) fn is_compiled(&self, pc: u64) -> bool {
        self.entry(pc).is_some()
    }

    /// Compiles `blocks`, ascending by address, and whatever could not be compiled stays
    /// as it is. A trace starts at `entry`.
    pub(super) fn compile(&self, blocks: Vec<Block>, entry: u64) -> io::Result<()> {
        let mut stamped = self.stamped.lock().unwrap_or_else(PoisonError::into_inner);
        let first_stamp = self.has_stamps().then_some(stamped.len());
        if blocks.is_empty()
            || self.bytes.load(Ordering::Relaxed) > MAX_CODE
            || first_stamp.is_some_and(|first| first + blocks.len() > MAX_STAMPS)
        {
            return Ok(());
        }
        let region = Region::new(blocks, entry);
        let gate = match self.gate.get() {
            Some(gate) => gate,
            None => {
                let allocation = Allocation::new(&region);
                let (code, exit) = x64::gate(&allocation);
                let enter = self.chunks.add(&code)?;
                self.gate.get_or_init(|| Gate { allocation, enter, exit: enter + exit as u64 })
            }
        };
        let emitted =
            x64::compile(&region, &gate.allocation, &self.table, self.config, first_stamp);
        let start = self.chunks.add(&emitted.code)?;
        self.bytes.fetch_add(emitted.code.len() as u64, Ordering::Relaxed);
        if first_stamp.is_some() {
            stamped.extend(region.blocks().iter().map(|block| block.start));
        }
        for (pc, offset) in emitted.entries {
            if let Some(place) = self.table.place(pc) {
                code::publish(place, start + offset as u64);
            }
        }
        Ok(())
    }
}

/// Whether machines can run compiled code on this host.
pub(crate) fn is_available() -> bool {
    static SUPPORTED: OnceLock<bool> = OnceLock::new();
    *SUPPORTED.get_or_init(x64::is_supported)
}
