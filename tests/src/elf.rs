//! A writer of ELF files that does exactly what it is told.
//!
//! Libraries that write ELF files lay segments out themselves, aligned and in order,
//! and refuse what makes no sense. Tests need segments that overlap, lie across page
//! boundaries or claim sizes they do not have, so the two headers are written by
//! hand: 64 bytes, then 56 a segment, then the segments' bytes.

/// Segment flag: executable.
pub const X: u32 = 1;
/// Segment flag: writable.
pub const W: u32 = 2;
/// Segment flag: readable.
pub const R: u32 = 4;

/// Bytes of the ELF header.
pub const HEADER: usize = 64;
/// Bytes of a program header.
pub const PROGRAM_HEADER: usize = 56;

/// A segment to be loaded.
#[derive(Clone, Debug, Default)]
pub struct Segment {
    /// Where it goes.
    pub vaddr: u64,
    /// [`R`], [`W`], [`X`].
    pub flags: u32,
    /// Its bytes in the file.
    pub bytes: Vec<u8>,
    /// How much more it takes in memory than in the file.
    pub bss: u64,
}

impl Segment {
    /// A segment of `bytes`.
    #[must_use]
    pub const fn new(vaddr: u64, flags: u32, bytes: Vec<u8>) -> Self {
        Self { vaddr, flags, bytes, bss: 0 }
    }

    /// Code.
    #[must_use]
    pub const fn code(vaddr: u64, bytes: Vec<u8>) -> Self {
        Self::new(vaddr, R | X, bytes)
    }

    /// Data that can be written.
    #[must_use]
    pub const fn data(vaddr: u64, bytes: Vec<u8>) -> Self {
        Self::new(vaddr, R | W, bytes)
    }
}

/// The file with these segments, in this order.
#[must_use]
pub fn file(entry: u64, segments: &[Segment]) -> Vec<u8> {
    let mut file = Vec::new();
    file.extend(b"\x7fELF\x02\x01\x01");
    file.resize(16, 0);
    file.extend(2_u16.to_le_bytes()); // executable
    file.extend(243_u16.to_le_bytes()); // RISC-V
    file.extend(1_u32.to_le_bytes()); // version
    file.extend(entry.to_le_bytes());
    file.extend((HEADER as u64).to_le_bytes()); // program headers
    file.extend(0_u64.to_le_bytes()); // section headers
    file.extend(0_u32.to_le_bytes()); // flags
    let count = u16::try_from(segments.len()).expect("few segments");
    for half in [64, 56, count, 64, 0, 0] {
        file.extend(half.to_le_bytes());
    }
    let mut offset = (HEADER + PROGRAM_HEADER * segments.len()) as u64;
    for segment in segments {
        let size = segment.bytes.len() as u64;
        file.extend(1_u32.to_le_bytes()); // to be loaded
        file.extend(segment.flags.to_le_bytes());
        file.extend(offset.to_le_bytes());
        file.extend(segment.vaddr.to_le_bytes());
        file.extend(segment.vaddr.to_le_bytes()); // physical address
        file.extend(size.to_le_bytes());
        file.extend((size.wrapping_add(segment.bss)).to_le_bytes());
        file.extend(4096_u64.to_le_bytes()); // alignment
        offset += size;
    }
    for segment in segments {
        file.extend(&segment.bytes);
    }
    file
}

/// Offsets of the fields of a header.
pub mod at {
    #![expect(missing_docs, reason = "named as in the specification")]

    use super::{HEADER, PROGRAM_HEADER};

    pub const CLASS: usize = 4;
    pub const DATA: usize = 5;
    pub const ENTRY: usize = 24;
    pub const PHOFF: usize = 32;
    pub const PHENTSIZE: usize = 54;
    pub const PHNUM: usize = 56;

    /// Where the header of segment `index` starts; add one of the fields.
    #[must_use]
    pub const fn segment(index: usize) -> usize {
        HEADER + index * PROGRAM_HEADER
    }

    pub const P_TYPE: usize = 0;
    pub const P_FLAGS: usize = 4;
    pub const P_OFFSET: usize = 8;
    pub const P_VADDR: usize = 16;
    pub const P_FILESZ: usize = 32;
    pub const P_MEMSZ: usize = 40;
}

/// Writes `value` at offset `at`, little endian.
pub fn patch<const N: usize>(file: &mut [u8], at: usize, value: [u8; N]) {
    file[at..at + N].copy_from_slice(&value);
}
