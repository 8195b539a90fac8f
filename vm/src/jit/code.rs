//! Host memory for compiled code, and the table of entries into it.
//!
//! A chunk of code is written once, then made executable, and never written again: no
//! page is ever writable and executable at once. Chunks find each other through the
//! table, which has a place for every half-word that a guest may execute: zero, or the
//! address of the code that was compiled for a block there. So a chunk can be added
//! while other threads run, and nothing is ever patched.

#![allow(unsafe_code, reason = "entries of the table are read and written by several threads")]

use core::sync::atomic::{AtomicU64, Ordering};
use std::{
    io,
    sync::{Mutex, PoisonError},
};

use memmap2::{Mmap, MmapMut};

/// Addresses of compiled code, by guest address.
pub(super) struct Table {
    /// One double word for each half-word of guest memory below the end.
    map: MmapMut,
    entries: usize,
}

impl Table {
    /// A table without entries for guest addresses below `end`, `end` > 0.
    pub(super) fn new(end: u64) -> io::Result<Self> {
        let entries = usize::try_from(end.div_ceil(2)).map_err(io::Error::other)?;
        Ok(Self { map: MmapMut::map_anon(entries * size_of::<u64>())?, entries })
    }

    /// The place of the entry for `pc`, if it has one.
    pub(super) fn place(&self, pc: u64) -> Option<&AtomicU64> {
        let index = usize::try_from(pc / 2).ok().filter(|&index| index < self.entries)?;
        if !pc.is_multiple_of(2) {
            return None;
        }
        let first = self.map.as_ptr().cast::<u64>().cast_mut();
        // SAFETY: the mapping holds `entries` double words and `index` is below that.
        let entry = unsafe { first.add(index) };
        // SAFETY: the entry is aligned, as mappings start at a page; it lives as long as
        // `self`; and everyone accesses it atomically: this function, and compiled code,
        // whose aligned loads of a double word are atomic.
        Some(unsafe { AtomicU64::from_ptr(entry) })
    }

    /// The first guest address that has no entry any more.
    pub(super) const fn end(&self) -> u64 {
        2 * self.entries as u64
    }

    /// Where the entries are.
    pub(super) fn addr(&self) -> u64 {
        self.map.as_ptr() as u64
    }
}

/// Chunks of executable code. They stay where they are until all are dropped.
#[derive(Default)]
pub(super) struct Chunks {
    chunks: Mutex<Vec<Mmap>>,
}

impl Chunks {
    /// Adds a chunk of code; returns the address of its first byte.
    ///
    /// # Errors
    ///
    /// Returns the error of a system that refuses memory, or to execute it.
    pub(super) fn add(&self, code: &[u8]) -> io::Result<u64> {
        let mut map = MmapMut::map_anon(code.len())?;
        map.copy_from_slice(code);
        let map = map.make_exec()?;
        let addr = map.as_ptr() as u64;
        self.chunks.lock().unwrap_or_else(PoisonError::into_inner).push(map);
        Ok(addr)
    }
}

/// Reads an entry.
pub(super) fn load(place: &AtomicU64) -> u64 {
    place.load(Ordering::Acquire)
}

/// Makes an entry known to all threads.
pub(super) fn publish(place: &AtomicU64, addr: u64) {
    place.store(addr, Ordering::Release);
}
