//! The host bytes behind guest memory.
//!
//! With `std` they are mapped by the operating system, which hands out zero pages
//! as they are first touched: a machine costs what its guest uses. Each thread keeps a
//! few mappings that were made zero again, as touching a page for the first time costs
//! more than clearing it. Without `std` they come zeroed from the allocator.

#![allow(unsafe_code, reason = "bytes outlive the mapping that is dropped")]

use core::{
    mem::ManuallyDrop,
    ops::{Deref, DerefMut},
};

#[cfg(not(feature = "std"))]
use alloc::{boxed::Box, vec};

#[cfg(feature = "std")]
type Bytes = memmap2::MmapMut;
#[cfg(not(feature = "std"))]
type Bytes = Box<[u8]>;

/// How many mappings a thread keeps: twice as many as a script may have in use at once.
#[cfg(feature = "std")]
const MOST_KEPT: usize = 8;

#[cfg(feature = "std")]
std::thread_local! {
    /// All zero.
    static KEPT: core::cell::RefCell<std::vec::Vec<Bytes>> =
        const { core::cell::RefCell::new(std::vec::Vec::new()) };
}

/// A zeroed run of host bytes.
pub(super) struct Mapping {
    bytes: ManuallyDrop<Bytes>,
    /// Whether the thread keeps the bytes when this is dropped: all of them are zero.
    #[cfg(feature = "std")]
    to_keep: bool,
}

impl Mapping {
    /// Obtains `len` zero bytes, `len` > 0.
    ///
    /// # Panics
    ///
    /// Panics if the host has no memory left, as any allocation does.
    #[cfg(feature = "std")]
    pub(super) fn zeroed(len: usize) -> Self {
        let kept = KEPT.with_borrow_mut(|kept| {
            let position = kept.iter().position(|bytes| bytes.len() == len)?;
            Some(kept.swap_remove(position))
        });
        let bytes =
            kept.unwrap_or_else(|| Bytes::map_anon(len).expect("the host has memory for a guest"));
        Self { bytes: ManuallyDrop::new(bytes), to_keep: false }
    }

    /// Whether this thread would keep another mapping.
    #[cfg(feature = "std")]
    pub(super) fn has_room() -> bool {
        // A thread that ends keeps nothing any more.
        KEPT.try_with(|kept| kept.borrow().len() < MOST_KEPT).unwrap_or(false)
    }

    /// Says that all bytes are zero and stay so, and that there [is room](Self::has_room):
    /// when this is dropped, the next machine has them.
    #[cfg(feature = "std")]
    pub(super) fn keep(&mut self) {
        // Without an early end, the compiler looks at many bytes at once.
        debug_assert_eq!(self.iter().fold(0, |any, byte| any | byte), 0, "a kept mapping is zero");
        self.to_keep = true;
    }

    /// Obtains `len` zero bytes, `len` > 0.
    #[cfg(not(feature = "std"))]
    pub(super) fn zeroed(len: usize) -> Self {
        Self { bytes: ManuallyDrop::new(vec![0; len].into_boxed_slice()) }
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: it is taken once, and nobody has this any more to use it then.
        let bytes = unsafe { ManuallyDrop::take(&mut self.bytes) };
        #[cfg(feature = "std")]
        if self.to_keep {
            return KEPT.with_borrow_mut(|kept| kept.push(bytes));
        }
        drop(bytes);
    }
}

impl Deref for Mapping {
    type Target = [u8];

    #[inline(always)]
    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

impl DerefMut for Mapping {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [u8] {
        &mut self.bytes
    }
}
