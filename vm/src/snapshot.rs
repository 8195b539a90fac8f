//! Saving a machine and making it again, without saving what can be read elsewhere.
//!
//! Much of a guest's memory is a copy of data that stays at hand, above all the
//! program itself. A [`Tracker`] remembers which pages equal which part of such a
//! *source*; a [`Snapshot`] then holds the other pages that were written, and for
//! tracked ones only where to read them again.
//!
//! This loses something, and what it loses is consensus: a suspended script goes on
//! with what its pages are read again as, which is not always what they were. A page
//! may be tracked although its content differs from its source, and the source may be
//! shorter than the page. So a machine must be suspended and resumed exactly where the
//! rules say so, and through the source. Pages that are neither tracked nor dirty
//! come back as zeros without flags.

use alloc::{borrow::Cow, vec::Vec};

use crate::{
    elf::Image,
    exit::Trap,
    isa::Reg,
    machine::{Config, Machine},
    memory::{Memory, PAGE_SIZE, PageFlags, index},
    version::Version,
};

/// Data that pages can be read from again, as long as the machine is needed.
pub trait DataSource<I> {
    /// Up to `len` bytes of item `id` from `offset` on: fewer if the item ends before.
    /// `None` if there is no such item or offset.
    fn load(&self, id: &I, offset: u64, len: u64) -> Option<Cow<'_, [u8]>>;
}

/// Where the content of a page can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Origin<I> {
    id: I,
    offset: u64,
    flags: PageFlags,
}

/// Which pages of a machine equal part of a source.
#[derive(Clone, Debug)]
pub struct Tracker<I> {
    /// By page number, as far as there are any.
    pages: Vec<Option<Origin<I>>>,
}

impl<I> Default for Tracker<I> {
    fn default() -> Self {
        Self { pages: Vec::new() }
    }
}

impl<I: Clone + PartialEq> Tracker<I> {
    /// A tracker of no pages.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Tracks every page that lies wholly inside `start .. start + len`, whose bytes
    /// come from item `id` at `offset`, and marks it clean. Its flags are remembered
    /// as they are now.
    ///
    /// # Errors
    ///
    /// Returns [`Trap::OutOfBounds`] if such a page is not inside memory.
    pub fn track(
        &mut self,
        memory: &mut Memory,
        start: u64,
        len: u64,
        id: &I,
        offset: u64,
    ) -> Result<(), Trap> {
        let skipped = start.wrapping_neg() % PAGE_SIZE;
        let Some(len) = len.checked_sub(skipped) else { return Ok(()) };
        let first = start.wrapping_add(skipped) / PAGE_SIZE;
        for n in 0..len / PAGE_SIZE {
            let page = first + n;
            memory.mark_clean(page)?;
            let flags = memory.page_flags(page)?;
            let offset = offset.wrapping_add(skipped + n * PAGE_SIZE);
            let number = index(page);
            if number >= self.pages.len() {
                self.pages.resize(number + 1, None);
            }
            self.pages[number] = Some(Origin { id: id.clone(), offset, flags });
        }
        Ok(())
    }

    /// Tracks the pages of a program that was loaded from item `id`, whose file starts
    /// at `offset` of that item.
    ///
    /// # Errors
    ///
    /// As [`Self::track`].
    pub fn track_image(
        &mut self,
        memory: &mut Memory,
        image: &Image,
        id: &I,
        offset: u64,
    ) -> Result<(), Trap> {
        for segment in &image.segments {
            let start = segment.addr.wrapping_add(segment.padding);
            let room = segment.size.wrapping_sub(segment.padding);
            let len = room.min(segment.file_end - segment.file_start);
            self.track(memory, start, len, id, offset.wrapping_add(segment.file_start))?;
        }
        Ok(())
    }

    /// Forgets every page that `start .. start + len` touches, and marks it dirty.
    /// Nothing is forgotten for an empty range.
    ///
    /// # Errors
    ///
    /// Returns [`Trap::OutOfBounds`] if the range is not inside memory.
    pub fn untrack(&mut self, memory: &mut Memory, start: u64, len: u64) -> Result<(), Trap> {
        if len == 0 {
            return Ok(());
        }
        memory.read(start, len)?;
        for page in start / PAGE_SIZE..=(start + len - 1) / PAGE_SIZE {
            memory.add_page_flags(page, PageFlags::DIRTY)?;
            if let Some(origin) = self.pages.get_mut(index(page)) {
                *origin = None;
            }
        }
        Ok(())
    }
}

/// Adjacent pages with equal flags that are read from one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcePages<I> {
    /// Address of the first page.
    pub addr: u64,
    /// Bytes, a multiple of the page size.
    pub len: u64,
    /// Flags of each page.
    pub flags: PageFlags,
    /// The item to read.
    pub id: I,
    /// Where in the item.
    pub offset: u64,
}

/// A page that was written, or may have been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirtyPage {
    /// Its address.
    pub addr: u64,
    /// Its flags.
    pub flags: PageFlags,
    /// Its bytes, as many as a page has.
    pub bytes: Vec<u8>,
}

/// A machine at rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot<I> {
    /// The machine's version.
    pub version: Version,
    /// x0 to x31.
    pub registers: [u64; 32],
    /// Where control is.
    pub pc: u64,
    /// The address that `lr` reserved.
    pub reservation: u64,
    /// Cycles spent.
    pub cycles: u64,
    /// The limit on cycles.
    pub max_cycles: u64,
    /// Pages to be read again, by address.
    pub source_pages: Vec<SourcePages<I>>,
    /// Pages held here, by address.
    pub dirty_pages: Vec<DirtyPage>,
}

impl Machine {
    /// Saves the machine.
    #[must_use]
    pub fn snapshot<I: Clone + PartialEq>(&self, tracker: &Tracker<I>) -> Snapshot<I> {
        let memory = self.memory();
        let flags = |page| memory.page_flags(page).unwrap_or_default();
        let is_dirty = |page| flags(page).contains(PageFlags::DIRTY);
        let dirty_pages = (0..memory.pages()).filter(|&page| is_dirty(page)).map(|page| {
            let addr = page * PAGE_SIZE;
            let bytes = memory.read(addr, PAGE_SIZE).expect("the page is inside memory").to_vec();
            DirtyPage { addr, flags: flags(page), bytes }
        });
        Snapshot {
            version: self.config().version,
            registers: *self.hart().registers(),
            pc: self.hart().pc,
            reservation: self.hart().reservation,
            cycles: self.cycles(),
            max_cycles: self.max_cycles(),
            source_pages: self.source_pages(tracker),
            dirty_pages: dirty_pages.collect(),
        }
    }

    /// Pages that a snapshot leaves to be read again, by address.
    #[must_use]
    pub fn source_pages<I: Clone + PartialEq>(&self, tracker: &Tracker<I>) -> Vec<SourcePages<I>> {
        let is_dirty =
            |page| self.memory().page_flags(page).unwrap_or_default().contains(PageFlags::DIRTY);
        let mut source_pages: Vec<SourcePages<I>> = Vec::new();
        let tracked = (0..).zip(&tracker.pages);
        let tracked = tracked.filter_map(|(page, origin)| Some((page, origin.as_ref()?)));
        for (page, origin) in tracked.filter(|&(page, _)| !is_dirty(page)) {
            let addr = page * PAGE_SIZE;
            match source_pages.last_mut() {
                Some(last)
                    if last.addr + last.len == addr
                        && last.flags == origin.flags
                        && last.id == origin.id
                        && last.offset.wrapping_add(last.len) == origin.offset =>
                {
                    last.len += PAGE_SIZE;
                }
                _ => source_pages.push(SourcePages {
                    addr,
                    len: PAGE_SIZE,
                    flags: origin.flags,
                    id: origin.id.clone(),
                    offset: origin.offset,
                }),
            }
        }
        source_pages
    }

    /// Makes a machine as saved, reading pages again from `data`; also returns the
    /// tracker of those pages.
    ///
    /// # Errors
    ///
    /// Returns [`Trap::InvalidVersion`] if the snapshot is of another version,
    /// [`Trap::SnapshotData`] if something cannot be read, [`Trap::PageUnaligned`] if
    /// what is read, or held, is no whole number of pages, and the traps of writing.
    pub fn restore<I: Clone + PartialEq>(
        config: Config,
        snapshot: &Snapshot<I>,
        data: &impl DataSource<I>,
    ) -> Result<(Self, Tracker<I>), Trap> {
        if config.version != snapshot.version {
            return Err(Trap::InvalidVersion);
        }
        let mut machine = Self::new(config);
        let mut tracker = Tracker::new();
        let hart = machine.hart_mut();
        for (reg, value) in Reg::ALL.into_iter().zip(snapshot.registers) {
            hart.set(reg, value);
        }
        hart.pc = snapshot.pc;
        hart.reservation = snapshot.reservation;
        machine.charge(snapshot.cycles)?;
        machine.set_max_cycles(snapshot.max_cycles);
        let memory = machine.memory_mut();
        for SourcePages { addr, len, flags, id, offset } in &snapshot.source_pages {
            let bytes = data.load(id, *offset, *len).ok_or(Trap::SnapshotData)?;
            restore_pages(memory, *addr, *flags, &bytes)?;
            tracker.track(memory, *addr, bytes.len() as u64, id, *offset)?;
        }
        for DirtyPage { addr, flags, bytes } in &snapshot.dirty_pages {
            restore_pages(memory, *addr, *flags, bytes)?;
        }
        Ok((machine, tracker))
    }
}

/// Writes whole pages and adds their flags.
fn restore_pages(
    memory: &mut Memory,
    addr: u64,
    flags: PageFlags,
    bytes: &[u8],
) -> Result<(), Trap> {
    let len = bytes.len() as u64;
    if !addr.is_multiple_of(PAGE_SIZE) || !len.is_multiple_of(PAGE_SIZE) {
        return Err(Trap::PageUnaligned { addr, len });
    }
    memory.write(addr, bytes)?;
    for page in addr / PAGE_SIZE..(addr + len) / PAGE_SIZE {
        memory.add_page_flags(page, flags)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One item of data, with id zero.
    struct Item(Vec<u8>);

    impl DataSource<u32> for Item {
        fn load(&self, id: &u32, offset: u64, len: u64) -> Option<Cow<'_, [u8]>> {
            assert_eq!(*id, 0);
            let tail = self.0.get(usize::try_from(offset).ok()?..)?;
            Some(Cow::Borrowed(&tail[..tail.len().min(usize::try_from(len).ok()?)]))
        }
    }

    const CONFIG: Config = Config::on_chain(Version::V2);
    const CODE: PageFlags = PageFlags::EXECUTABLE;

    /// Loads `content` bytes of a cell with `cell` bytes into `size` bytes of pages at
    /// 0x1000, as code; suspends and resumes.
    fn suspended(cell: usize, size: u64, content: usize) -> Result<Machine, Trap> {
        let item = Item(alloc::vec![7; cell]);
        let mut machine = Machine::new(CONFIG);
        let mut tracker = Tracker::new();
        let memory = machine.memory_mut();
        let flags = CODE | PageFlags::FROZEN;
        memory.init_pages(0x1000, size, flags, &item.0[..content], 0).unwrap();
        tracker.track(memory, 0x1000, size, &0, 0).unwrap();
        let snapshot = machine.snapshot(&tracker);
        Machine::restore(CONFIG, &snapshot, &item).map(|(machine, _)| machine)
    }

    #[test]
    fn a_page_with_a_zero_tail_comes_back_as_its_source() {
        let machine = suspended(5000, 4096, 100).unwrap();
        assert_eq!(machine.memory().read_u8(0x1000 + 200), Ok(7));
        let machine = suspended(4096, 4096, 100).unwrap();
        assert_eq!(machine.memory().read_u8(0x1000 + 200), Ok(7));
    }

    #[test]
    fn a_source_shorter_than_its_pages_fails_unless_it_ends_at_a_page() {
        assert!(matches!(suspended(200, 4096, 100), Err(Trap::PageUnaligned { .. })));
        let mut machine = suspended(4096, 8192, 100).unwrap();
        assert_eq!(machine.memory().page_flags(2), Ok(PageFlags::NONE));
        assert_eq!(machine.memory_mut().write(0x2000, &[1]), Ok(()));
        assert!(machine.memory_mut().write(0x1000, &[1]).is_err());
    }

    #[test]
    fn dirty_pages_and_the_hart_come_back() {
        let mut machine = Machine::new(CONFIG);
        machine.memory_mut().write(0x5ffe, &[1, 2, 3, 4]).unwrap();
        machine.hart_mut().set(Reg::A0, 42);
        machine.hart_mut().pc = 0x1234;
        machine.hart_mut().reservation = 0x99;
        machine.charge(1000).unwrap();
        machine.set_max_cycles(5000);
        let snapshot = machine.snapshot(&Tracker::<u32>::new());
        assert_eq!(snapshot.dirty_pages.len(), 2);
        let (restored, _) = Machine::restore(CONFIG, &snapshot, &Item(Vec::new())).unwrap();
        assert_eq!(restored.memory().as_bytes(), machine.memory().as_bytes());
        assert_eq!(restored.hart(), machine.hart());
        assert_eq!((restored.cycles(), restored.max_cycles()), (1000, 5000));
        assert_eq!(restored.snapshot(&Tracker::<u32>::new()), snapshot);
    }

    #[test]
    fn a_tracked_page_that_was_written_is_saved_as_bytes() {
        let item = Item(alloc::vec![7; 8192]);
        let mut machine = Machine::new(CONFIG);
        let mut tracker = Tracker::new();
        let memory = machine.memory_mut();
        memory.write(0x1000, &item.0).unwrap();
        tracker.track(memory, 0x1000, 8192, &0, 0).unwrap();
        memory.write(0x2000, &[9]).unwrap();
        let snapshot = machine.snapshot(&tracker);
        assert_eq!(snapshot.source_pages.len(), 1);
        assert_eq!(snapshot.dirty_pages.len(), 1);
        let (restored, _) = Machine::restore(CONFIG, &snapshot, &item).unwrap();
        assert_eq!(restored.memory().read(0x1fff, 3).unwrap(), [7, 9, 7]);
    }

    #[test]
    fn another_version_is_refused() {
        let snapshot = Machine::new(CONFIG).snapshot(&Tracker::<u32>::new());
        let other = Config::on_chain(Version::V1);
        let restored = Machine::restore(other, &snapshot, &Item(Vec::new()));
        assert_eq!(restored.err(), Some(Trap::InvalidVersion));
    }
}
