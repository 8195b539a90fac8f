//! Guest memory: bytes, bounds and page permissions.
//!
//! Owns the rules for every access: load and store instructions, instruction
//! fetch, the bulk accesses of syscalls, and the initialisation of pages by a
//! loader. A page is either executable or writable (W^X); everything is readable.
//! Accesses may be misaligned and may cross pages; addresses that wrap around are
//! out of bounds.

#[cfg_attr(not(feature = "std"), expect(dead_code, reason = "only `Program` goes back"))]
mod baseline;
mod mapping;
mod page;

use alloc::{boxed::Box, sync::Arc, vec, vec::Vec};
use core::ops::Range;

#[cfg(feature = "std")]
pub(crate) use self::baseline::Baseline;
pub(crate) use self::page::PAGE_SHIFT;
pub use self::page::{PAGE_SIZE, PageFlags};
use self::{baseline::PageSet, mapping::Mapping};
use crate::{exit::Trap, version::Version};

/// How many bytes of memory a guest has: a multiple of 256 KiB, at most 4 MiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemorySize(u64);

impl MemorySize {
    /// The size on chain: 4 MiB.
    pub const MAX: Self = Self(4 << 20);
    /// The granularity of sizes: 256 KiB.
    pub const UNIT: u64 = 256 << 10;

    /// The size with this many bytes, if a machine can have it.
    #[must_use]
    pub const fn new(bytes: u64) -> Option<Self> {
        if bytes == 0 || bytes > Self::MAX.0 || !bytes.is_multiple_of(Self::UNIT) {
            None
        } else {
            Some(Self(bytes))
        }
    }

    /// The size in bytes.
    #[must_use]
    pub const fn bytes(self) -> u64 {
        self.0
    }
}

impl Default for MemorySize {
    fn default() -> Self {
        Self::MAX
    }
}

/// The memory of one guest.
pub struct Memory {
    bytes: Mapping,
    /// One entry a page.
    flags: Box<[PageFlags]>,
    /// What stores may do to each page: none of [`OPEN`] and [`OPEN_WITH_NEXT`], or some.
    /// It follows from the flags.
    open: Box<[u8]>,
    /// Pages that may hold something else than zeros.
    touched: PageSet,
    /// Pages that may hold something else than at the baseline, were they not dirty.
    changed: PageSet,
    /// What memory was like when its program had been loaded, if it can go back to it.
    baseline: Option<Arc<baseline::Baseline>>,
    /// Whether a guest may have stored to dirty pages since then.
    guest_ran: bool,
    /// Where load instructions end: the size, less one byte in V0.
    load_end: u64,
    /// How often pages have become executable.
    code_generation: u64,
    /// What the host has written, if someone wants to know.
    written: Option<Vec<Range<u64>>>,
}

/// A store to the page changes no flag: it is writable, and dirty.
pub(crate) const OPEN: u8 = 1;
/// That goes for the page behind it as well, if there is one.
pub(crate) const OPEN_WITH_NEXT: u8 = 2;

/// How many pages are made zero again, or as they were, rather than given back to the
/// operating system.
const MOST_TO_CLEAR: usize = 512;

/// A guest address, or the number of a page, that is known to be inside memory, as an index.
#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "guest memory is at most 4 MiB")]
pub(crate) const fn index(addr: u64) -> usize {
    addr as usize
}

/// Where the bytes of a page are.
const fn page_bytes(page: usize) -> Range<usize> {
    page << PAGE_SHIFT..(page + 1) << PAGE_SHIFT
}

impl Memory {
    /// Creates zeroed memory whose load instructions follow `version`.
    #[must_use]
    pub fn new(size: MemorySize, version: Version) -> Self {
        let pages = index(size.bytes() / PAGE_SIZE);
        Self {
            bytes: Mapping::zeroed(index(size.bytes())),
            flags: vec![PageFlags::NONE; pages].into_boxed_slice(),
            open: vec![0; pages].into_boxed_slice(),
            touched: PageSet::EMPTY,
            changed: PageSet::EMPTY,
            baseline: None,
            guest_ran: false,
            load_end: size.bytes() - u64::from(!version.loads_reach_last_byte()),
            code_generation: 0,
            written: None,
        }
    }

    /// Takes note of what the host writes from here on, for [`Self::take_written`].
    pub fn watch_writes(&mut self) {
        self.written.get_or_insert_default();
    }

    /// Returns what the host has written since it was asked last: ranges of addresses in
    /// the order they were written in, adjacent ones as one. What the guest stores does
    /// not count, and there is nothing unless someone [watches](Self::watch_writes).
    pub fn take_written(&mut self) -> Vec<Range<u64>> {
        self.written.as_mut().map(core::mem::take).unwrap_or_default()
    }

    /// Notes that the host has written `len` bytes at `addr`.
    fn note_write(&mut self, addr: u64, len: u64) {
        if let Some(written) = &mut self.written {
            match written.last_mut() {
                Some(last) if last.end == addr => last.end += len,
                _ => written.push(addr..addr + len),
            }
        }
    }

    /// Makes all bytes zero and clears all flags.
    pub fn reset(&mut self) {
        self.clear();
        self.touched = PageSet::EMPTY;
        self.flags.fill(PageFlags::NONE);
        self.open.fill(0);
        self.baseline = None;
        // Pages that were executable are not any more.
        self.code_generation += 1;
    }

    /// Sets the flags of a page.
    fn set_flags(&mut self, page: usize, flags: PageFlags) {
        self.flags[page] = flags;
        let next = self.flags.get(page + 1).is_none_or(|next| next.is_open());
        self.open[page] = match (flags.is_open(), next) {
            (true, true) => OPEN | OPEN_WITH_NEXT,
            (true, false) => OPEN,
            (false, _) => 0,
        };
        if let Some(before) = page.checked_sub(1)
            && self.open[before] != 0
        {
            self.open[before] = if flags.is_open() { OPEN | OPEN_WITH_NEXT } else { OPEN };
        }
    }

    /// One byte a page: see [`OPEN`] and [`OPEN_WITH_NEXT`].
    pub(crate) fn open_pages(&self) -> &[u8] {
        &self.open
    }

    /// The first byte of memory, for compiled code.
    pub(crate) fn as_mut_ptr(&mut self) -> *mut u8 {
        self.bytes.as_mut_ptr()
    }

    /// Makes all bytes zero.
    fn clear(&mut self) {
        for page in self.touched.iter() {
            self.bytes[page_bytes(page)].fill(0);
        }
    }

    /// Whether nothing was ever written to a page, so that it is zero. This does not look at
    /// it: the host has no memory for such a page until someone does.
    #[must_use]
    pub fn is_untouched(&self, page: u64) -> bool {
        !self.touched.contains(index(page))
    }

    /// The size in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// The number of pages.
    #[must_use]
    pub fn pages(&self) -> u64 {
        self.flags.len() as u64
    }

    /// All bytes of memory.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The flags of page number `page`.
    ///
    /// # Errors
    ///
    /// Returns [`Trap::OutOfBounds`] if there is no such page.
    pub fn page_flags(&self, page: u64) -> Result<PageFlags, Trap> {
        usize::try_from(page)
            .ok()
            .and_then(|page| self.flags.get(page).copied())
            .ok_or_else(|| Trap::OutOfBounds { addr: page.wrapping_mul(PAGE_SIZE), len: PAGE_SIZE })
    }

    /// Sets `flags` on page number `page` in addition to those it has.
    ///
    /// # Errors
    ///
    /// Returns [`Trap::OutOfBounds`] if there is no such page.
    pub fn add_page_flags(&mut self, page: u64, flags: PageFlags) -> Result<(), Trap> {
        let old = self.page_flags(page)?;
        self.touch(index(page));
        self.set_flags(index(page), old | flags);
        self.note_code(flags);
        Ok(())
    }

    /// Marks page number `page` as equal to its source.
    ///
    /// # Errors
    ///
    /// Returns [`Trap::OutOfBounds`] if there is no such page.
    pub fn mark_clean(&mut self, page: u64) -> Result<(), Trap> {
        let old = self.page_flags(page)?;
        self.set_flags(index(page), old.without(PageFlags::DIRTY));
        if self.guest_ran {
            self.changed.insert(index(page));
        }
        Ok(())
    }

    /// A number that grows whenever pages become executable.
    pub(crate) const fn code_generation(&self) -> u64 {
        self.code_generation
    }

    const fn note_code(&mut self, added: PageFlags) {
        if added.contains(PageFlags::EXECUTABLE) {
            self.code_generation += 1;
        }
    }

    /// Records that a page may hold something else than zeros from here on, and
    /// tells whether it could before.
    fn touch(&mut self, page: usize) -> bool {
        self.changed.insert(page);
        self.touched.insert(page)
    }

    // ---- instructions ----

    /// What a load instruction of `N` bytes at `addr` reads, or `None` if it is
    /// out of bounds.
    #[inline(always)]
    pub(crate) fn load<const N: usize>(&self, addr: u64) -> Option<[u8; N]> {
        if addr > self.load_end - N as u64 {
            return None;
        }
        self.bytes.get(index(addr)..)?.first_chunk().copied()
    }

    /// Stores `value` at `addr` as a store instruction does.
    ///
    /// # Errors
    ///
    /// Returns [`Trap::OutOfBounds`] or [`Trap::NotWritable`]. Nothing is written
    /// then, but the first page of two is dirty if only the second is at fault.
    #[inline(always)]
    pub(crate) fn store<const N: usize>(&mut self, addr: u64, value: [u8; N]) -> Result<(), Trap> {
        if let Some(flags) = self.flags.get(index(addr >> PAGE_SHIFT))
            && flags.is_open()
            && addr % PAGE_SIZE <= PAGE_SIZE - N as u64
            && let Some(bytes) = self.bytes.get_mut(index(addr)..)
            && let Some(place) = bytes.first_chunk_mut()
        {
            *place = value;
            return Ok(());
        }
        self.store_checked(addr, &value)
    }

    /// Replaces the `N` bytes at `addr` by what `change` makes of them, and returns
    /// what they were: an atomic memory operation.
    ///
    /// # Errors
    ///
    /// As [`Self::store`].
    pub(crate) fn update<const N: usize>(
        &mut self,
        addr: u64,
        change: impl FnOnce([u8; N]) -> [u8; N],
    ) -> Result<[u8; N], Trap> {
        let old = self.bytes.get(index(addr)..).and_then(|bytes| bytes.first_chunk().copied());
        // Out of bounds, the value does not matter: the store finds out.
        let old = old.unwrap_or([0; N]);
        self.store(addr, change(old))?;
        Ok(old)
    }

    /// [`Self::store`] where pages have to be looked at.
    #[cold]
    #[inline(never)]
    fn store_checked(&mut self, addr: u64, value: &[u8]) -> Result<(), Trap> {
        let len = value.len() as u64;
        let out_of_bounds = Trap::OutOfBounds { addr, len };
        let first = addr >> PAGE_SHIFT;
        if first >= self.pages() {
            return Err(out_of_bounds);
        }
        self.open_page(first, addr)?;
        let last = (addr + len - 1) >> PAGE_SHIFT;
        if last != first {
            if last >= self.pages() {
                return Err(out_of_bounds);
            }
            self.open_page(last, addr)?;
        }
        self.bytes[index(addr)..index(addr + len)].copy_from_slice(value);
        Ok(())
    }

    /// Checks that a page of memory is writable and marks it dirty.
    fn open_page(&mut self, page: u64, addr: u64) -> Result<(), Trap> {
        let flags = self.flags[index(page)];
        if flags.contains(PageFlags::EXECUTABLE) {
            return Err(Trap::NotWritable { addr });
        }
        self.set_flags(index(page), flags | PageFlags::DIRTY);
        self.touch(index(page));
        Ok(())
    }

    /// The half-word at `addr`, for execution.
    ///
    /// # Errors
    ///
    /// Returns [`Trap::OutOfBounds`] or [`Trap::NotExecutable`].
    #[inline]
    pub(crate) fn fetch_half(&self, addr: u64) -> Result<u16, Trap> {
        self.fetch::<2>(addr).map(u16::from_le_bytes)
    }

    /// The word at `addr`, for execution.
    ///
    /// # Errors
    ///
    /// Returns [`Trap::OutOfBounds`] or [`Trap::NotExecutable`].
    #[inline]
    pub(crate) fn fetch_word(&self, addr: u64) -> Result<u32, Trap> {
        self.fetch::<4>(addr).map(u32::from_le_bytes)
    }

    /// The bytes from `addr` to the end of its page, if that is executable.
    #[inline]
    pub(crate) fn code_from(&self, addr: u64) -> &[u8] {
        let page = addr >> PAGE_SHIFT;
        match self.flags.get(index(page)) {
            Some(flags) if flags.contains(PageFlags::EXECUTABLE) => {
                let end = (page + 1) << PAGE_SHIFT;
                self.bytes.get(index(addr)..index(end)).unwrap_or_default()
            }
            _ => &[],
        }
    }

    #[inline]
    fn fetch<const N: usize>(&self, addr: u64) -> Result<[u8; N], Trap> {
        let out_of_bounds = Trap::OutOfBounds { addr, len: N as u64 };
        let first = addr >> PAGE_SHIFT;
        let last = addr.wrapping_add(N as u64 - 1) >> PAGE_SHIFT;
        for page in [first, last] {
            match self.flags.get(index(page)) {
                Some(flags) if flags.contains(PageFlags::EXECUTABLE) => {}
                Some(_) => return Err(Trap::NotExecutable { addr }),
                None => return Err(out_of_bounds),
            }
        }
        self.bytes.get(index(addr)..).and_then(|b| b.first_chunk().copied()).ok_or(out_of_bounds)
    }

    // ---- syscalls and loaders ----

    /// Checks that `addr .. addr + len` is inside memory; `len` > 0.
    fn check_range(&self, addr: u64, len: u64) -> Result<(), Trap> {
        match addr.checked_add(len) {
            Some(end) if end <= self.size() => Ok(()),
            _ => Err(Trap::OutOfBounds { addr, len }),
        }
    }

    /// The `len` bytes at `addr`. An empty range is allowed anywhere.
    ///
    /// # Errors
    ///
    /// Returns [`Trap::OutOfBounds`] if the range is not inside memory.
    pub fn read(&self, addr: u64, len: u64) -> Result<&[u8], Trap> {
        if len == 0 {
            return Ok(&[]);
        }
        self.check_range(addr, len)?;
        Ok(&self.bytes[index(addr)..index(addr + len)])
    }

    /// The byte at `addr`.
    ///
    /// # Errors
    ///
    /// Returns [`Trap::OutOfBounds`] if it is not inside memory.
    pub fn read_u8(&self, addr: u64) -> Result<u8, Trap> {
        Ok(self.read(addr, 1)?[0])
    }

    /// The little-endian double word at `addr`.
    ///
    /// # Errors
    ///
    /// Returns [`Trap::OutOfBounds`] if it is not inside memory.
    pub fn read_u64(&self, addr: u64) -> Result<u64, Trap> {
        let bytes = self.read(addr, 8)?;
        Ok(u64::from_le_bytes(bytes.try_into().expect("eight bytes were read")))
    }

    /// The bytes from `addr` up to the next NUL, without it.
    ///
    /// # Errors
    ///
    /// Returns [`Trap::OutOfBounds`] if memory ends before a NUL is found.
    pub fn read_c_string(&self, addr: u64) -> Result<&[u8], Trap> {
        let tail = self.bytes.get(usize::try_from(addr).unwrap_or(usize::MAX)..);
        let tail = tail.ok_or(Trap::OutOfBounds { addr, len: 1 })?;
        match tail.iter().position(|&byte| byte == 0) {
            Some(len) => Ok(&tail[..len]),
            None => Err(Trap::OutOfBounds { addr: self.size(), len: 1 }),
        }
    }

    /// Writes `data` at `addr`. Nothing to write is allowed anywhere.
    ///
    /// # Errors
    ///
    /// Returns [`Trap::OutOfBounds`] or [`Trap::NotWritable`]. Nothing is written
    /// then, but pages before the one at fault are dirty.
    pub fn write(&mut self, addr: u64, data: &[u8]) -> Result<(), Trap> {
        let len = data.len() as u64;
        if len == 0 {
            return Ok(());
        }
        self.check_range(addr, len)?;
        for page in addr >> PAGE_SHIFT..=(addr + len - 1) >> PAGE_SHIFT {
            self.open_page(page, addr)?;
        }
        self.bytes[index(addr)..index(addr + len)].copy_from_slice(data);
        self.note_write(addr, len);
        Ok(())
    }

    /// Writes a little-endian double word at `addr`.
    ///
    /// # Errors
    ///
    /// As [`Self::write`].
    pub fn write_u64(&mut self, addr: u64, value: u64) -> Result<(), Trap> {
        self.store_checked(addr, &value.to_le_bytes())?;
        self.note_write(addr, 8);
        Ok(())
    }

    /// Writes `len` zero bytes at `addr`, touching no host page that is zero
    /// already. An empty range is allowed anywhere.
    ///
    /// # Errors
    ///
    /// As [`Self::write`].
    pub fn write_zeros(&mut self, addr: u64, len: u64) -> Result<(), Trap> {
        if len == 0 {
            return Ok(());
        }
        self.check_range(addr, len)?;
        let end = addr + len;
        let pages = addr >> PAGE_SHIFT..=(end - 1) >> PAGE_SHIFT;
        for page in pages.clone() {
            let flags = self.flags[index(page)];
            if flags.contains(PageFlags::EXECUTABLE) {
                // The pages before it can be stored to now.
                for page in *pages.start()..page {
                    self.touch(index(page));
                }
                return Err(Trap::NotWritable { addr });
            }
            self.set_flags(index(page), flags | PageFlags::DIRTY);
        }
        for page in pages {
            if self.touch(index(page)) {
                let start = addr.max(page << PAGE_SHIFT);
                let stop = end.min((page + 1) << PAGE_SHIFT);
                self.bytes[index(start)..index(stop)].fill(0);
            }
        }
        self.note_write(addr, len);
        Ok(())
    }

    /// Initialises the pages `addr .. addr + size`: `offset` zero bytes, then as
    /// much of `source` as fits, then zeros; then adds `flags` to them. This is
    /// how programs are loaded.
    ///
    /// # Errors
    ///
    /// In this order: [`Trap::PageUnaligned`], [`Trap::OutOfBounds`],
    /// [`Trap::Frozen`], and the errors of [`Self::write`].
    pub fn init_pages(
        &mut self,
        addr: u64,
        size: u64,
        flags: PageFlags,
        source: &[u8],
        offset: u64,
    ) -> Result<(), Trap> {
        if !addr.is_multiple_of(PAGE_SIZE) || !size.is_multiple_of(PAGE_SIZE) {
            return Err(Trap::PageUnaligned { addr, len: size });
        }
        let end = addr.checked_add(size).filter(|&end| end <= self.size() && offset <= size);
        let Some(end) = end else {
            return Err(Trap::OutOfBounds { addr, len: size });
        };
        let pages = addr >> PAGE_SHIFT..end >> PAGE_SHIFT;
        for page in pages.clone() {
            if self.flags[index(page)].contains(PageFlags::FROZEN) {
                return Err(Trap::Frozen { addr: page << PAGE_SHIFT });
            }
        }
        let room = index(size - offset);
        let source = &source[..source.len().min(room)];
        let start = addr + offset;
        let stop = start + source.len() as u64;
        self.write_zeros(addr, offset)?;
        self.write(start, source)?;
        self.write_zeros(stop, end - stop)?;
        for page in pages {
            self.set_flags(index(page), self.flags[index(page)] | flags);
        }
        self.note_code(flags);
        Ok(())
    }
}

#[cfg(feature = "std")]
impl Drop for Memory {
    /// Leaves the host bytes to the next machine of this thread, if the guest used few
    /// enough of them for clearing to be worth it.
    fn drop(&mut self) {
        if self.touched.len() <= MOST_TO_CLEAR && Mapping::has_room() {
            self.clear();
            self.bytes.keep();
        }
    }
}

#[cfg(test)]
mod tests;
