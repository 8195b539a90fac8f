//! The host bytes behind guest memory.
//!
//! With `std` they are mapped by the operating system, which hands out zero pages
//! as they are first touched: a machine costs what its guest uses. Without, they
//! come zeroed from the allocator.

use core::ops::{Deref, DerefMut};

#[cfg(not(feature = "std"))]
use alloc::{boxed::Box, vec};

#[cfg(feature = "std")]
type Bytes = memmap2::MmapMut;
#[cfg(not(feature = "std"))]
type Bytes = Box<[u8]>;

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
        Self(Bytes::map_anon(len).expect("the host has memory for a guest"))
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
