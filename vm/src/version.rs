//! Versions of the machine, and every behaviour that differs between them.
//!
//! A version is a set of rules a script runs under; it never changes once the
//! network has activated it. Each difference is a named question here, with its
//! story, and the code that behaves differently asks it. What the list does not
//! mention is equal in all versions.

use crate::memory::PageFlags;

/// A set of rules a script runs under.
///
/// On chain the hash type of a script selects it: `data` is [`V0`](Self::V0),
/// `data1` is [`V1`](Self::V1), `data2` is [`V2`](Self::V2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Version {
    /// The rules of the first release (RFC 0003).
    V0,
    /// Adds bit manipulation and fused operations, mends V0 (RFC 0032, RFC 0033).
    V1,
    /// Adds processes and more fused operations, mends V1 (RFC 0049).
    V2,
}

impl Version {
    /// All versions, oldest first.
    pub const ALL: [Self; 3] = [Self::V0, Self::V1, Self::V2];

    /// The version's number: 0, 1 or 2.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The version with this number, if there is one.
    #[must_use]
    pub const fn from_number(number: u64) -> Option<Self> {
        match number {
            0 => Some(Self::V0),
            1 => Some(Self::V1),
            2 => Some(Self::V2),
            _ => None,
        }
    }

    /// Whether a load instruction may touch the last byte of memory.
    ///
    /// V0 compares the end of the access with the memory size as if it were
    /// one byte longer. Stores and the accesses of syscalls were never affected.
    #[must_use]
    pub const fn loads_reach_last_byte(self) -> bool {
        !matches!(self, Self::V0)
    }

    /// Whether `jalr` writes `rd` before it reads `rs1`.
    ///
    /// With `rd == rs1` such a jump is relative to its own link address. Scripts
    /// deployed under V0 may rely on it; V1 reads first, as the ISA says.
    #[must_use]
    pub const fn jalr_links_first(self) -> bool {
        matches!(self, Self::V0)
    }

    /// Whether compressed HINT encodings (RISC-V Unprivileged ISA, "C" HINTs) are
    /// no-ops. In V0 they are illegal instructions, except shifts right by zero.
    #[must_use]
    pub const fn accepts_hints(self) -> bool {
        !matches!(self, Self::V0)
    }

    /// Whether operations may be fused at all. A V0 machine with fusion enabled
    /// refuses to run.
    #[must_use]
    pub const fn may_fuse(self) -> bool {
        !matches!(self, Self::V0)
    }

    /// Whether a fused far jump needs `ra` as its scratch register, and writes it.
    ///
    /// V1 fuses `lui`/`auipc` with `jalr ra` whatever the scratch register is and
    /// then leaves that register unwritten. V2 fuses only when both are `ra`.
    #[must_use]
    pub const fn far_jump_needs_ra(self) -> bool {
        matches!(self, Self::V2)
    }

    /// Whether the block cache looks blocks up by the low 32 bits of `pc`.
    ///
    /// Control may then enter an address beyond 4 GiB if a block that starts at
    /// its low half is still cached; see `block.rs`.
    #[must_use]
    pub const fn truncates_block_lookup(self) -> bool {
        !matches!(self, Self::V2)
    }

    /// Flags of a page that a readable, writable ELF segment maps.
    ///
    /// V0 freezes them like every other segment, so two segments can never share
    /// a page and no later initialisation may touch it.
    #[must_use]
    pub const fn writable_segment_flags(self) -> PageFlags {
        match self {
            Self::V0 => PageFlags::FROZEN,
            Self::V1 | Self::V2 => PageFlags::NONE,
        }
    }

    /// Whether the bytes between the start of a segment's first page and the
    /// segment itself are written a second time, by an ordinary store, after the
    /// page got its flags. Executable segments must then start on a page boundary.
    #[must_use]
    pub const fn stores_segment_padding(self) -> bool {
        matches!(self, Self::V0)
    }

    /// Whether the stack follows the calling convention: eight-byte slots, a null
    /// pointer after `argv`, `sp` aligned to 16 bytes, and nothing written when
    /// there are no arguments.
    ///
    /// V0 stores four bytes in each eight-byte slot and aligns nothing.
    #[must_use]
    pub const fn aligns_stack(self) -> bool {
        !matches!(self, Self::V0)
    }

    /// Whether arguments that leave the stack are refused as soon as one does,
    /// and not only after all of them are written.
    #[must_use]
    pub const fn refuses_long_arguments_early(self) -> bool {
        matches!(self, Self::V2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_round_trip() {
        for version in Version::ALL {
            assert_eq!(Version::from_number(version.number().into()), Some(version));
        }
        assert_eq!(Version::from_number(3), None);
        assert_eq!(Version::from_number(1 << 32), None);
    }
}
