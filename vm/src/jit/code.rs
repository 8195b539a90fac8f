//! Host memory for compiled code, and the table of entries into it.
//!
//! Code is written behind the code there is, on pages of its own, which are then made
//! executable and not written again before nobody can run them any more: no page is ever
//! writable and executable at once.
//! Chunks of code find each other through the table, which has a place for every half-word
//! that a guest may execute: zero, or how far behind the start of code memory the code for
//! the block there is. So a chunk can be added while other threads run, and nothing is
//! ever patched.

#![allow(unsafe_code, reason = "memory is made executable, and shared with compiled code")]

use core::{
    cell::Cell,
    ptr::NonNull,
    slice,
    sync::atomic::{AtomicU32, Ordering},
};
use std::io;

use memmap2::MmapMut;

/// Offsets of compiled code, by guest address.
pub(super) struct Table {
    /// One word for each half-word of guest memory below the end, and maybe more. There is
    /// one until the table is dropped.
    map: Option<MmapMut>,
    /// The first that may be set, and how many there are.
    first: usize,
    entries: usize,
}

std::thread_local! {
    /// What a thread keeps of the last program that it dropped, as touching a page for the
    /// first time costs more than to clear or to overwrite it: a table without entries, and
    /// memory for code.
    static TABLE: Cell<Option<MmapMut>> = const { Cell::new(None) };
    static MEMORY: Cell<Option<Mapping>> = const { Cell::new(None) };
}

impl Table {
    /// A table without entries for guest addresses below `end`, `end` > 0; those from
    /// `start` on are executable.
    pub(super) fn new(start: u64, end: u64) -> io::Result<Self> {
        let place = |addr: u64| usize::try_from(addr / 2).map_err(io::Error::other);
        let (first, entries) = (place(start)?, place(end)?);
        let len = entries * size_of::<u32>();
        let kept = TABLE.try_with(Cell::take).ok().flatten().filter(|map| map.len() >= len);
        let map = match kept {
            Some(map) => map,
            None => Self::map(first * size_of::<u32>(), len)?,
        };
        Ok(Self { map: Some(map), first, entries })
    }

    /// Obtains memory for a table of `len` bytes, of which those from `at` on are used.
    #[cfg_attr(not(target_os = "linux"), expect(unused_variables, reason = "only Linux is asked"))]
    fn map(at: usize, len: usize) -> io::Result<MmapMut> {
        let map = MmapMut::map_anon(len)?;
        #[cfg(target_os = "linux")]
        if len <= Self::MOST_TO_KEEP {
            // Systems that do not know this hand the pages out one by one.
            let _ = map.advise_range(memmap2::Advice::PopulateWrite, at, len - at);
        }
        Ok(map)
    }

    /// The largest table, in bytes, for which the system is asked for room at once, whether
    /// or not the code there will run, and which is kept: that of 256 KiB of code.
    const MOST_TO_KEEP: usize = 512 << 10;

    /// The place of the entry for `pc`, if it has one.
    fn place(&self, pc: u64) -> Option<&AtomicU32> {
        let index = usize::try_from(pc / 2).ok().filter(|&index| index < self.entries)?;
        if !pc.is_multiple_of(2) {
            return None;
        }
        let first = self.map.as_ref()?.as_ptr().cast::<u32>().cast_mut();
        // SAFETY: the mapping holds at least `entries` words and `index` is below that.
        let entry = unsafe { first.add(index) };
        // SAFETY: the entry is aligned, as mappings start at a page; it lives as long as
        // `self`; and everyone accesses it atomically: this function, and compiled code,
        // whose aligned loads of a word are atomic.
        Some(unsafe { AtomicU32::from_ptr(entry) })
    }

    /// The entry for `pc`; zero is none.
    pub(super) fn get(&self, pc: u64) -> u32 {
        self.place(pc).map_or(0, |place| place.load(Ordering::Acquire))
    }

    /// Makes an entry known to all threads, unless there is no place for it.
    pub(super) fn set(&self, pc: u64, offset: u32) {
        if let Some(place) = self.place(pc) {
            place.store(offset, Ordering::Release);
        }
    }

    /// Whether there is a place for the entry for `pc`.
    pub(super) fn has(&self, pc: u64) -> bool {
        self.place(pc).is_some()
    }

    /// The first guest address that has no entry any more.
    pub(super) const fn end(&self) -> u64 {
        2 * self.entries as u64
    }

    /// Where the entries are.
    pub(super) fn addr(&self) -> u64 {
        self.map.as_ref().map_or(0, |map| map.as_ptr() as u64)
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        let Some(mut map) = self.map.take() else { return };
        if map.len() <= Self::MOST_TO_KEEP {
            map[self.first * size_of::<u32>()..self.entries * size_of::<u32>()].fill(0);
            // A thread that ends keeps nothing.
            let _ = TABLE.try_with(|kept| kept.set(Some(map)));
        }
    }
}

/// Whether the system lets memory that was written become executable.
pub(super) fn can_seal() -> bool {
    Memory::new().and_then(|mut memory| memory.seal(1)).is_ok()
}

/// A mapping of [`Memory::SIZE`] bytes.
struct Mapping {
    start: NonNull<u8>,
    /// For how many bytes, from the start on, the system has given room.
    backed: usize,
}

impl Mapping {
    /// Lets `len` bytes at `start` be accessed in some ways only.
    ///
    /// # Safety
    ///
    /// There are as many bytes behind `start`, which is a multiple of the size of a page,
    /// and nobody accesses them in other ways from here on.
    unsafe fn protect(&self, start: usize, len: usize, protection: i32) -> io::Result<()> {
        // SAFETY: `start` is inside the mapping, as the caller says.
        let first = unsafe { self.start.as_ptr().add(start) };
        // SAFETY: so are all bytes, and nobody accesses them otherwise, as the caller says.
        let done = unsafe { libc::mprotect(first.cast(), len, protection) };
        if done == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: the mapping is this one's own, and nobody has a reference into it.
        let done = unsafe { libc::munmap(self.start.as_ptr().cast(), Memory::SIZE) };
        debug_assert_eq!(done, 0, "the mapping can be removed");
    }
}

/// Host memory for code. It stays where it is until it is dropped.
pub(super) struct Memory {
    start: NonNull<u8>,
    /// The mapping, until it is dropped.
    mapping: Option<Mapping>,
    /// How many bytes are executable, a multiple of the size of host pages. What is behind
    /// them is writable.
    sealed: usize,
}

// SAFETY: the memory belongs to this value alone. Other threads execute what is sealed,
// which nobody writes.
unsafe impl Send for Memory {}

impl Memory {
    /// How many bytes there are for code. The system hands them out as they are written.
    pub(super) const SIZE: usize = 16 << 20;

    /// The size of pages to be sealed: that of the largest pages an x86-64 host has for
    /// memory that did not ask for others.
    const PAGE: usize = 4096;

    /// How many bytes of code memory may have had to be kept.
    const MOST_TO_KEEP: usize = 1 << 20;

    /// Obtains memory for code.
    pub(super) fn new() -> io::Result<Self> {
        let mapping = match MEMORY.try_with(Cell::take).ok().flatten() {
            Some(kept) => kept,
            None => Self::map()?,
        };
        Ok(Self { start: mapping.start, mapping: Some(mapping), sealed: 0 })
    }

    fn map() -> io::Result<Mapping> {
        let (protection, flags) = (
            libc::PROT_READ | libc::PROT_WRITE,
            libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE,
        );
        // SAFETY: a new mapping at an address that the system chooses touches no other.
        let start = unsafe {
            libc::mmap(core::ptr::null_mut(), Self::SIZE, protection, flags, -1, 0)
        };
        if start == libc::MAP_FAILED {
            return Err(io::Error::last_os_error());
        }
        // Huge pages would be cleared as a whole for a few bytes of code, and then split to
        // be sealed. Without this advice, code is the same.
        #[cfg(target_os = "linux")]
        // SAFETY: the advice concerns this mapping alone and changes nothing in it.
        let _ = unsafe { libc::madvise(start, Self::SIZE, libc::MADV_NOHUGEPAGE) };
        let start = NonNull::new(start.cast()).ok_or(io::ErrorKind::OutOfMemory)?;
        Ok(Mapping { start, backed: 0 })
    }

    /// The address of the first byte.
    pub(super) fn addr(&self) -> u64 {
        self.start.as_ptr() as u64
    }

    /// How many bytes are sealed.
    pub(super) const fn sealed(&self) -> usize {
        self.sealed
    }

    /// Sees to it that there is room for about `len` more bytes of code: to ask the system for
    /// it at once costs less than a fault for each page.
    #[cfg(target_os = "linux")]
    pub(super) fn prepare(&mut self, len: usize) {
        /// For so many bytes the system is asked at least.
        const LEAST: usize = 16 * Memory::PAGE;
        let Some(mapping) = &mut self.mapping else { return };
        let from = mapping.backed.max(self.sealed);
        if self.sealed + len <= from {
            return;
        }
        let more = (self.sealed + len - from).next_multiple_of(LEAST).min(Self::SIZE - from);
        // SAFETY: `from` is at most `SIZE`, the size of the mapping.
        let first = unsafe { self.start.as_ptr().add(from) };
        // SAFETY: the pages are part of this mapping, and keep their content. Systems that
        // do not know this advice change nothing.
        let _ = unsafe { libc::madvise(first.cast(), more, libc::MADV_POPULATE_WRITE) };
        mapping.backed = from + more;
    }

    #[cfg(not(target_os = "linux"))]
    #[expect(clippy::unused_self, reason = "only Linux can be asked")]
    pub(super) const fn prepare(&mut self, _: usize) {}

    /// The bytes that code can be written to.
    pub(super) fn writable(&mut self) -> &mut [u8] {
        let len = Self::SIZE - self.sealed;
        // SAFETY: `sealed` is at most `SIZE`, the size of the mapping.
        let first = unsafe { self.start.as_ptr().add(self.sealed) };
        // SAFETY: the bytes from there to the end of the mapping are writable, initialised
        // by the system to zero or by earlier code, and nobody else accesses them: compiled
        // code is in what is sealed. `&mut self` rules out another reference.
        unsafe { slice::from_raw_parts_mut(first, len) }
    }

    /// Makes the first `len` bytes of what is writable executable, and what shares a page
    /// with them useless.
    ///
    /// # Errors
    ///
    /// Returns the error of a system that does not allow that. Nothing is sealed then.
    ///
    /// # Panics
    ///
    /// Panics if there are fewer bytes.
    pub(super) fn seal(&mut self, len: usize) -> io::Result<()> {
        let len = len.next_multiple_of(Self::PAGE);
        assert!(len <= Self::SIZE - self.sealed, "what is sealed was written");
        let Some(mapping) = &self.mapping else { return Ok(()) };
        // SAFETY: no reference to the bytes behind what is sealed is alive: `writable`
        // borrows from `self`, which is borrowed exclusively. There are as many.
        unsafe { mapping.protect(self.sealed, len, libc::PROT_READ | libc::PROT_EXEC) }?;
        self.sealed += len;
        Ok(())
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        let Some(mapping) = self.mapping.take() else { return };
        if self.sealed > Self::MOST_TO_KEEP {
            return;
        }
        // SAFETY: no code in the mapping runs any more, nor will: whoever runs it keeps the
        // owner of this value alive. What is sealed is inside.
        let done =
            unsafe { mapping.protect(0, self.sealed, libc::PROT_READ | libc::PROT_WRITE) };
        if done.is_ok() {
            // A thread that ends keeps nothing.
            let _ = MEMORY.try_with(|kept| kept.set(Some(mapping)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_was_kept_has_no_entries() {
        let table = Table::new(0x1000, 0x3000).unwrap();
        for pc in [0x1000, 0x2ffe] {
            table.set(pc, 1);
            assert_eq!(table.get(pc), 1);
        }
        drop(table);
        // Smaller, larger and as large.
        for end in [0x2000, 0x3000, 0x10000] {
            let table = Table::new(0, end).unwrap();
            assert!((0..end).step_by(2).all(|pc| table.get(pc) == 0), "up to {end:#x}");
            assert_eq!((table.end(), table.get(end)), (end, 0));
            drop(table);
        }
    }

    #[test]
    fn memory_that_was_kept_can_be_written_and_sealed_again() {
        for len in [1, 3 * Memory::PAGE, 1] {
            let mut memory = Memory::new().unwrap();
            assert_eq!(memory.writable().len(), Memory::SIZE);
            memory.writable()[..len].fill(0xcc);
            memory.seal(len).unwrap();
            assert_eq!(memory.sealed(), len.next_multiple_of(Memory::PAGE));
            memory.writable()[0] = 0xcc;
        }
    }
}
