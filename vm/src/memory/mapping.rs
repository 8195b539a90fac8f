//! The host bytes behind guest memory.
//!
//! With `std` they are mapped by the operating system, which hands out zero pages
//! as they are first touched: a machine costs what its guest uses. Each thread keeps a
//! few mappings that were made zero again, as touching a page for the first time costs
//! more than clearing it. Without `std` they come zeroed from the allocator.

use core::ops::{Deref, DerefMut};

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
    static KEPT: core::cell::RefCell<std::vec::Vec<Mapping>> =
        const { core::cell::RefCell::new(std::vec::Vec::new()) };
}

/// A zeroed run of host bytes.
pub(super) struct Mapping(Bytes);

impl Mapping {
    /// Obtains `len` zero bytes, `len` > 0.
    ///
    /// # Panics
    ///
    /// Panics if the host has no memory left, as any allocation does.
    #[cfg(feature = "std")]
    pub(super) fn zeroed(len: usize) -> Self {
        let kept = KEPT.with_borrow_mut(|kept| {
            let position = kept.iter().position(|mapping| mapping.len() == len)?;
            Some(kept.swap_remove(position))
        });
        kept.unwrap_or_else(|| Self(Bytes::map_anon(len).expect("the host has memory for a guest")))
    }

    /// Keeps this mapping, all of whose bytes are zero, for the next machine.
    #[cfg(feature = "std")]
    pub(super) fn keep(self) {
        // Without an early end, the compiler looks at many bytes at once.
        debug_assert_eq!(self.iter().fold(0, |any, byte| any | byte), 0, "a kept mapping is zero");
        KEPT.with_borrow_mut(|kept| {
            if kept.len() < MOST_KEPT {
                kept.push(self);
            }
        });
    }

    /// Obtains `len` zero bytes, `len` > 0.
    #[cfg(not(feature = "std"))]
    pub(super) fn zeroed(len: usize) -> Self {
        Self(vec![0; len].into_boxed_slice())
    }
}

impl Deref for Mapping {
    type Target = [u8];

    #[inline(always)]
    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl DerefMut for Mapping {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut [u8] {
        &mut self.0
    }
}
