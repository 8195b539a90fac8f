//! Schedulers at rest.
//!
//! Unlike the snapshot of a suspended process, which loses what the rules say it loses,
//! this is exact: the scheduler made of it goes on as the saved one would have. So it
//! holds the memory of processes that have a machine byte by byte, and what the tracker
//! knows. What it does not hold is which code a machine has decoded, see
//! [`Scheduler::can_be_saved`].

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use verdict_vm::{
    Config, DirtyPage, Machine, PAGE_SIZE, PageFlags, Reg, Snapshot, SourcePages, Tracker, Trap,
    Version,
};

use super::{
    Fd, Instance, ProcessId, Scheduler,
    scheduler::{Body, Process, State},
};
use crate::{
    Cycles, DataProvider,
    context::DataId,
    limits,
    observe::ProgramId,
    verify::{ProcessPage, ProcessState},
};

/// A saved [`Scheduler`].
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct SavedScheduler {
    processes: BTreeMap<ProcessId, SavedProcess>,
    exit_codes: BTreeMap<ProcessId, i8>,
    fds: BTreeMap<Fd, ProcessId>,
    next_process: ProcessId,
    next_fd: Fd,
    total: Cycles,
    turn: Cycles,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
struct SavedProcess {
    state: State,
    settled: Cycles,
    inherited: Vec<Fd>,
    suspended: bool,
    registers: [u64; 32],
    pc: u64,
    reservation: u64,
    cycles: Cycles,
    /// Pages that the tracker knows, or that are read again when the process is resumed.
    sources: Vec<SavedSource>,
    /// All pages that are not blank, or those that a suspended process has.
    pages: Vec<SavedPage>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
struct SavedSource {
    addr: u64,
    len: u64,
    flags: u8,
    data: DataId,
    offset: u64,
}

impl SavedSource {
    const fn new(source: &SourcePages<DataId>) -> Self {
        let SourcePages { addr, len, flags, id, offset } = *source;
        Self { addr, len, flags: flags.bits(), data: id, offset }
    }
}

#[derive(Clone, Debug, Deserialize, Serialize)]
struct SavedPage {
    addr: u64,
    flags: u8,
    /// None if all are zero.
    bytes: Bytes,
}

/// A saved scheduler that contradicts itself.
pub(crate) struct Inconsistent;

impl From<Trap> for Inconsistent {
    fn from(_: Trap) -> Self {
        Self
    }
}

impl SavedProcess {
    fn new(process: &Process) -> Self {
        let (state, settled, inherited) =
            (process.state, process.settled, process.inherited.clone());
        match &process.body {
            Body::Suspended(snapshot) => {
                let pages = snapshot.dirty_pages.iter();
                let pages = pages.map(|page| SavedPage::new(page.addr, page.flags, &page.bytes));
                Self {
                    state,
                    settled,
                    inherited,
                    suspended: true,
                    registers: snapshot.registers,
                    pc: snapshot.pc,
                    reservation: snapshot.reservation,
                    cycles: snapshot.cycles,
                    sources: snapshot.source_pages.iter().map(SavedSource::new).collect(),
                    pages: pages.collect(),
                }
            }
            Body::Instantiated(instance) => {
                let Instance { machine, tracker } = &**instance;
                let hart = machine.hart();
                Self {
                    state,
                    settled,
                    inherited,
                    suspended: false,
                    registers: *hart.registers(),
                    pc: hart.pc,
                    reservation: hart.reservation,
                    cycles: machine.cycles(),
                    sources: machine.source_pages(tracker).iter().map(SavedSource::new).collect(),
                    pages: pages(machine),
                }
            }
        }
    }

    /// Where the bytes of a page were read from, as far as that is known.
    fn origin(&self, addr: u64) -> Option<ProgramId> {
        let behind = self.sources.partition_point(|source| source.addr <= addr);
        let SavedSource { addr: start, len, data, offset, .. } = *self.sources[..behind].last()?;
        let inside = addr.checked_sub(start).filter(|inside| *inside < len)?;
        let offset = u32::try_from(offset.checked_add(inside)?).ok()?;
        let DataId { place, source, index } = data;
        Some(ProgramId { place, source, index, offset, len: PAGE_LEN })
    }

    fn restore(&self, config: Config) -> Result<Process, Inconsistent> {
        let whole_page = |page: &SavedPage| {
            page.addr.is_multiple_of(PAGE_SIZE) && [0, PAGE_SIZE].contains(&page.bytes.len())
        };
        if self.settled > self.cycles || !self.pages.iter().all(whole_page) {
            return Err(Inconsistent);
        }
        let body = if self.suspended {
            Body::Suspended(Box::new(self.snapshot(config.version)))
        } else {
            Body::Instantiated(Box::new(self.instance(config)?))
        };
        let (state, settled) = (self.state, self.settled);
        Ok(Process { state, body, settled, inherited: self.inherited.clone() })
    }

    fn snapshot(&self, version: Version) -> Snapshot<DataId> {
        let sources = self.sources.iter().map(|source| SourcePages {
            addr: source.addr,
            len: source.len,
            flags: PageFlags::from_bits(source.flags),
            id: source.data,
            offset: source.offset,
        });
        let pages = self.pages.iter().map(|page| DirtyPage {
            addr: page.addr,
            flags: PageFlags::from_bits(page.flags),
            bytes: page.bytes.or_zeros(),
        });
        Snapshot {
            version,
            registers: self.registers,
            pc: self.pc,
            reservation: self.reservation,
            cycles: self.cycles,
            // The scheduler sets the limit before each run.
            max_cycles: self.cycles,
            source_pages: sources.collect(),
            dirty_pages: pages.collect(),
        }
    }

    fn instance(&self, config: Config) -> Result<Instance, Inconsistent> {
        let mut machine = Machine::new(config);
        machine.charge(self.cycles)?;
        let hart = machine.hart_mut();
        for (reg, value) in Reg::ALL.into_iter().zip(self.registers) {
            hart.set(reg, value);
        }
        hart.pc = self.pc;
        hart.reservation = self.reservation;
        let memory = machine.memory_mut();
        for SavedPage { addr, flags, bytes } in &self.pages {
            let page = addr / PAGE_SIZE;
            memory.write(*addr, &bytes.0)?;
            memory.mark_clean(page)?;
            memory.add_page_flags(page, PageFlags::from_bits(*flags))?;
        }
        let mut tracker = Tracker::new();
        for &SavedSource { addr, len, flags, data, offset } in &self.sources {
            // The tracker remembers the flags that the pages have.
            let pages = addr / PAGE_SIZE..addr.saturating_add(len) / PAGE_SIZE;
            for page in pages {
                if memory.page_flags(page)? != PageFlags::from_bits(flags) {
                    return Err(Inconsistent);
                }
            }
            tracker.track(memory, addr, len, &data, offset)?;
        }
        Ok(Instance { machine, tracker })
    }
}

/// The pages of a machine that are not blank.
fn pages(machine: &Machine) -> Vec<SavedPage> {
    let memory = machine.memory();
    let pages = (0..memory.pages()).map(|page| {
        let addr = page * PAGE_SIZE;
        let is_zero = memory.is_untouched(page);
        let bytes = if is_zero { BLANK } else { memory.read(addr, PAGE_SIZE).unwrap_or_default() };
        SavedPage::new(addr, memory.page_flags(page).unwrap_or_default(), bytes)
    });
    pages.filter(|page| page.flags != 0 || !page.bytes.0.is_empty()).collect()
}

/// A page of zeros.
static BLANK: &[u8] = &[0; PAGE_LEN as usize];
const PAGE_LEN: u32 = 4096;
const _: () = assert!(PAGE_LEN as u64 == PAGE_SIZE, "a page has that many bytes");

impl SavedPage {
    fn new(addr: u64, flags: PageFlags, bytes: &[u8]) -> Self {
        let is_blank = std::ptr::eq(bytes, BLANK) || bytes == BLANK;
        let bytes = Bytes(if is_blank { Vec::new() } else { bytes.to_vec() });
        Self { addr, flags: flags.bits(), bytes }
    }
}

impl<P: DataProvider> Scheduler<'_, P> {
    /// Whether what is saved would go on as this does: not if a machine holds code that
    /// was decoded when less of memory was executable.
    pub(crate) fn can_be_saved(&self) -> bool {
        self.processes.values().all(|process| match &process.body {
            Body::Instantiated(instance) => !instance.machine.depends_on_cache(),
            Body::Suspended(_) => true,
        })
    }

    /// Saves the scheduler.
    pub(crate) fn save(&self) -> SavedScheduler {
        let processes = self.processes.iter();
        SavedScheduler {
            processes: processes.map(|(&id, process)| (id, SavedProcess::new(process))).collect(),
            exit_codes: self.exit_codes.clone(),
            fds: self.fds.clone(),
            next_process: self.next_process,
            next_fd: self.next_fd,
            total: self.total,
            turn: self.turn,
        }
    }

    /// Goes on from what was saved.
    ///
    /// # Errors
    ///
    /// Returns [`Inconsistent`] if no scheduler is like that.
    pub(crate) fn restore(&mut self, saved: &SavedScheduler) -> Result<(), Inconsistent> {
        saved.check()?;
        self.processes = BTreeMap::new();
        for (&id, process) in &saved.processes {
            let mut process = process.restore(self.config)?;
            if let Body::Instantiated(instance) = &mut process.body {
                self.adopt(&mut instance.machine);
            }
            self.processes.insert(id, process);
        }
        self.exit_codes = saved.exit_codes.clone();
        self.fds = saved.fds.clone();
        self.next_process = saved.next_process;
        self.next_fd = saved.next_fd;
        self.total = saved.total;
        self.turn = saved.turn;
        Ok(())
    }
}

impl SavedScheduler {
    /// Its processes, by number.
    pub(crate) fn processes(&self) -> impl Iterator<Item = ProcessState<'_>> {
        self.processes.iter().map(|(id, process)| ProcessState {
            process: id.0,
            is_suspended: process.suspended,
            registers: &process.registers,
            pc: process.pc,
            reservation: process.reservation,
            cycles: process.cycles,
        })
    }

    /// Takes the pages of all processes out, by process and address.
    pub(crate) fn take_pages(&mut self) -> Vec<ProcessPage> {
        let mut pages = Vec::new();
        for (id, process) in &mut self.processes {
            let own = std::mem::take(&mut process.pages).into_iter();
            pages.extend(own.map(|SavedPage { addr, flags, bytes: Bytes(bytes) }| {
                let origin = process.origin(addr);
                ProcessPage { process: id.0, addr, flags, bytes, origin }
            }));
        }
        pages
    }

    /// Puts pages back. Returns whether each has its process, and there were none before.
    pub(crate) fn put_pages(&mut self, pages: Vec<ProcessPage>) -> bool {
        if self.processes.values().any(|process| !process.pages.is_empty()) {
            return false;
        }
        pages.into_iter().all(|ProcessPage { process, addr, flags, bytes, .. }| {
            let process = self.processes.get_mut(&ProcessId(process));
            let page = SavedPage { addr, flags, bytes: Bytes(bytes) };
            process.map(|process| process.pages.push(page)).is_some()
        })
    }

    /// How many cycles were used, as far as they are known to be paid for.
    pub(crate) fn cycles(&self) -> Cycles {
        let processes = self.processes.values().rev();
        let running = processes.filter(|process| process.state == State::Runnable).take(1);
        let running = running.map(|process| process.cycles.saturating_sub(process.settled));
        self.total.saturating_add(self.turn).saturating_add(running.sum())
    }

    /// Cycles of the turn, without those still in a machine's counter.
    pub(crate) const fn turn(&self) -> Cycles {
        self.turn
    }

    /// Checks what the scheduler relies on.
    fn check(&self) -> Result<(), Inconsistent> {
        let live = |id: &ProcessId| self.processes.contains_key(id);
        let instantiated = self.processes.values().filter(|process| !process.suspended).count();
        let consistent = live(&ProcessId::ROOT)
            && self.processes.len() <= 1 + limits::MAX_SPAWNED
            && instantiated <= limits::MAX_INSTANTIATED
            // Both count up, and nobody can afford to count that far.
            && self.next_process.0 < 1 << 60
            && self.next_fd.0 < 1 << 60
            && self.next_fd.is_for_reading()
            && self.processes.keys().all(|&id| id < self.next_process)
            && self.fds.iter().all(|(&fd, owner)| fd < self.next_fd && live(owner))
            && self.processes.iter().all(|(&id, process)| {
                let owns = |fd: Fd| self.fds.get(&fd) == Some(&id);
                match process.state {
                    State::Runnable | State::Waiting(_) => true,
                    State::Reading(transfer) => {
                        owns(transfer.fd) && transfer.fd.is_for_reading()
                    }
                    State::Writing { transfer, written } => {
                        owns(transfer.fd)
                            && !transfer.fd.is_for_reading()
                            && written <= transfer.len
                    }
                }
            });
        if consistent { Ok(()) } else { Err(Inconsistent) }
    }
}

/// Bytes that formats which can keep them as such do.
#[derive(Clone, Debug)]
struct Bytes(Vec<u8>);

impl Bytes {
    const fn len(&self) -> u64 {
        self.0.len() as u64
    }

    /// The bytes of a page.
    fn or_zeros(&self) -> Vec<u8> {
        if self.0.is_empty() { BLANK.to_vec() } else { self.0.clone() }
    }
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Bytes;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.to_vec()))
            }

            fn visit_byte_buf<E: de::Error>(self, bytes: Vec<u8>) -> Result<Bytes, E> {
                Ok(Bytes(bytes))
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Bytes, A::Error> {
                let mut bytes = Vec::new();
                while let Some(byte) = seq.next_element()? {
                    bytes.push(byte);
                }
                Ok(Bytes(bytes))
            }
        }

        deserializer.deserialize_byte_buf(Visitor)
    }
}
