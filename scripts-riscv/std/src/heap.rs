//! A heap for scripts that use `alloc`.

use core::{
    alloc::{GlobalAlloc, Layout},
    cell::{Cell, UnsafeCell},
};

/// Gives the script a heap of `$size` bytes. It lies in memory that the ELF file does
/// not store.
#[macro_export]
macro_rules! heap {
    ($size:expr) => {
        #[global_allocator]
        static HEAP: $crate::Heap<{ $size }> = $crate::Heap::new();
    };
}

/// A heap that only grows: what is freed or grown is used again only where it was the
/// last to be allocated. Scripts are short, and this costs them next to nothing.
#[derive(Debug)]
#[repr(C, align(16))]
pub struct Heap<const SIZE: usize> {
    bytes: UnsafeCell<[u8; SIZE]>,
    used: Cell<usize>,
}

// SAFETY: a script is one hart, without interrupts.
#[expect(unsafe_code, reason = "there is one hart")]
unsafe impl<const SIZE: usize> Sync for Heap<SIZE> {}

impl<const SIZE: usize> Heap<SIZE> {
    /// An empty heap.
    #[must_use]
    #[expect(clippy::new_without_default, reason = "it is only made by `heap!`")]
    pub const fn new() -> Self {
        Self { bytes: UnsafeCell::new([0; SIZE]), used: Cell::new(0) }
    }

    fn start(&self) -> *mut u8 {
        self.bytes.get().cast()
    }

    /// Whether the block of `len` bytes at `block` is the last one.
    fn is_last(&self, block: *mut u8, len: usize) -> bool {
        block.wrapping_add(len) == self.start().wrapping_add(self.used.get())
    }
}

// SAFETY: blocks lie inside of `bytes`, are aligned, and `used` never falls below the end
// of one that is in use.
#[expect(unsafe_code, reason = "an allocator hands out raw memory")]
unsafe impl<const SIZE: usize> GlobalAlloc for Heap<SIZE> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let start = self.start();
        let end = start.wrapping_add(self.used.get());
        let begin = self.used.get() + end.align_offset(layout.align());
        match begin.checked_add(layout.size()) {
            Some(used) if used <= SIZE => {
                self.used.set(used);
                start.wrapping_add(begin)
            }
            _ => core::ptr::null_mut(),
        }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if self.is_last(block, layout.size()) {
            self.used.set(self.used.get() - layout.size());
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if size <= layout.size() {
            if self.is_last(block, layout.size()) {
                self.used.set(self.used.get() - layout.size() + size);
            }
            return block;
        }
        if self.is_last(block, layout.size()) {
            let grown = self.used.get() - layout.size();
            return match grown.checked_add(size) {
                Some(used) if used <= SIZE => {
                    self.used.set(used);
                    block
                }
                _ => core::ptr::null_mut(),
            };
        }
        // SAFETY: the size is not zero, as it is larger than another, and the caller
        // vouches that it does not overflow when rounded up to the alignment.
        let layout_grown = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        // SAFETY: as above.
        let to = unsafe { self.alloc(layout_grown) };
        if !to.is_null() {
            // SAFETY: both blocks are in use, have at least so many bytes, and differ.
            unsafe { core::ptr::copy_nonoverlapping(block, to, layout.size()) };
        }
        to
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(size: usize, align: usize) -> Layout {
        Layout::from_size_align(size, align).expect("it is a layout")
    }

    #[test]
    #[expect(unsafe_code, reason = "an allocator hands out raw memory")]
    fn blocks_are_aligned_apart_and_end_with_the_heap() {
        let heap = Heap::<64>::new();
        // SAFETY: no size is zero, and blocks are given back with their layouts.
        unsafe {
            let first = heap.alloc(layout(3, 1));
            let second = heap.alloc(layout(8, 8));
            assert_eq!(second as usize % 8, 0);
            assert!(second as usize >= first as usize + 3);
            assert!(heap.alloc(layout(64, 1)).is_null());
            let grown = heap.realloc(second, layout(8, 8), 16);
            assert_eq!(grown, second);
            heap.dealloc(grown, layout(16, 8));
            assert_eq!(heap.alloc(layout(1, 1)), second);
            let moved = heap.realloc(first, layout(3, 1), 4);
            assert_ne!(moved, first);
            assert!(heap.realloc(moved, layout(4, 1), 64).is_null());
        }
    }
}
