//! Pages: the unit of permission and of dirty tracking.

use core::ops::{BitOr, BitOrAssign};

/// Bytes in a page.
pub const PAGE_SIZE: u64 = 4096;

/// log₂ of [`PAGE_SIZE`].
pub(crate) const PAGE_SHIFT: u32 = 12;

/// What may be done to a page and what has been.
///
/// There is no read permission: every byte of memory can be loaded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PageFlags(u8);

impl PageFlags {
    /// Writable, not executable, clean: the state of a page nothing has touched.
    pub const NONE: Self = Self(0);
    /// [`Memory::init_pages`](crate::Memory::init_pages) refuses the page. Stores
    /// are not affected.
    pub const FROZEN: Self = Self(1);
    /// The page can be fetched from and not written; without it, the reverse.
    pub const EXECUTABLE: Self = Self(2);
    /// The page was written since it was last known to equal its source. Only
    /// snapshots look at it.
    pub const DIRTY: Self = Self(4);

    /// The flags as bits: frozen 1, executable 2, dirty 4.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// The flags that `bits` stand for, ignoring unknown bits.
    #[must_use]
    pub const fn from_bits(bits: u8) -> Self {
        Self(bits & 7)
    }

    /// Whether all flags of `other` are set.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// These flags without those of `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether a store to the page changes no flag: it is writable, and dirty.
    #[inline]
    pub(crate) const fn is_open(self) -> bool {
        self.0 & (Self::EXECUTABLE.0 | Self::DIRTY.0) == Self::DIRTY.0
    }
}

impl BitOr for PageFlags {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for PageFlags {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}
