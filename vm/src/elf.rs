//! Which ELF files a machine accepts, and what they map.
//!
//! Owns its reader of the two headers that matter, because which malformed files
//! are accepted, and the text of the error for those that are not, is consensus: it
//! must not change with a dependency. Section headers, the machine type and most
//! other fields are not looked at.

use alloc::vec::Vec;

use thiserror::Error;

use crate::{
    exit::Trap,
    memory::{Memory, PAGE_SIZE, PageFlags},
    version::Version,
};

/// Why an ELF file is refused.
///
/// The texts of [`LoadError::Parse`] are those of the reference implementation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum LoadError {
    /// The file is a 32-bit one.
    #[error("not a 64-bit ELF file")]
    Bits,
    /// The headers cannot be read.
    #[error(transparent)]
    Parse(#[from] ParseError),
    /// A segment to be loaded is not readable.
    #[error("segment {segment} is not readable")]
    SegmentUnreadable {
        /// Number of its program header.
        segment: u16,
    },
    /// A segment to be loaded is both writable and executable.
    #[error("segment {segment} is writable and executable")]
    SegmentWritableAndExecutable {
        /// Number of its program header.
        segment: u16,
    },
    /// A segment to be loaded ends behind the file.
    #[error("segment {segment} lies outside the file")]
    SegmentOutsideFile {
        /// Number of its program header.
        segment: u16,
    },
    /// Segments or arguments do not fit into memory as they should.
    #[error(transparent)]
    Trap(#[from] Trap),
}

impl LoadError {
    /// The name of this error in the reference implementation, for example
    /// `"ElfParseError"`.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Bits => "ElfBits",
            Self::Parse(_) => "ElfParseError",
            Self::SegmentUnreadable { .. } => "ElfSegmentUnreadable",
            Self::SegmentWritableAndExecutable { .. } => "ElfSegmentWritableAndExecutable",
            Self::SegmentOutsideFile { .. } => "ElfSegmentAddrOrSizeError",
            Self::Trap(trap) => trap.kind(),
        }
    }
}

/// Why headers cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ParseError {
    /// A field starts exactly at, or beyond, the end of the file.
    #[error("bad offset {0}")]
    BadOffset(u64),
    /// A field starts inside the file and ends outside.
    #[error("type is too big ({size}) for {remaining}")]
    TooBig {
        /// Bytes of the field.
        size: usize,
        /// Bytes left in the file.
        remaining: usize,
    },
    /// The file is shorter than the ELF identification.
    #[error("Malformed entity: Too small")]
    TooSmall,
    /// The file does not start as an ELF file.
    #[error("Invalid magic number: {0:#x}")]
    Magic(u64),
    /// Neither 32 nor 64 bits.
    #[error("Malformed entity: invalid ELF class {0:x}")]
    Class(u8),
    /// Neither little nor big endian.
    #[error("Malformed entity: invalid ELF endianness DATA type {0:x}")]
    Endianness(u8),
    /// There cannot be that many program headers.
    #[error("Malformed entity: Buffer is too short for {0} program headers")]
    ProgramHeaders(u16),
}

/// One range of a file to be loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// First byte of its first page.
    pub addr: u64,
    /// Bytes of its pages.
    pub size: u64,
    /// Flags its pages get.
    pub flags: PageFlags,
    /// Where its bytes start in the file.
    pub file_start: u64,
    /// Where they end.
    pub file_end: u64,
    /// Zero bytes between the start of the first page and the file's bytes.
    pub padding: u64,
}

/// What an ELF file asks a machine to load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Where execution starts.
    pub entry: u64,
    /// What to load, in this order.
    pub segments: Vec<Segment>,
}

const PROGRAM_HEADER_SIZE: u64 = 56;
const PT_LOAD: u32 = 1;
const PF_X: u32 = 1;
const PF_W: u32 = 2;
const PF_R: u32 = 4;

/// Reads fields of either byte order.
struct Reader<'a> {
    file: &'a [u8],
    at: u64,
    big_endian: bool,
}

impl Reader<'_> {
    fn field<const N: usize>(&mut self) -> Result<[u8; N], ParseError> {
        let tail = usize::try_from(self.at).ok().and_then(|at| self.file.get(at..));
        let tail = match tail {
            Some(tail) if !tail.is_empty() => tail,
            _ => return Err(ParseError::BadOffset(self.at)),
        };
        let too_big = ParseError::TooBig { size: N, remaining: tail.len() };
        let mut bytes: [u8; N] = *tail.first_chunk().ok_or(too_big)?;
        if self.big_endian {
            bytes.reverse();
        }
        self.at = self.at.wrapping_add(N as u64);
        Ok(bytes)
    }

    fn u16(&mut self) -> Result<u16, ParseError> {
        self.field().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Result<u32, ParseError> {
        self.field().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Result<u64, ParseError> {
        self.field().map(u64::from_le_bytes)
    }
}

/// The fields of the ELF header that matter.
struct Header {
    entry: u64,
    program_headers_at: u64,
    program_headers: u16,
    big_endian: bool,
}

impl Header {
    fn parse(file: &[u8]) -> Result<Self, LoadError> {
        if file.is_empty() {
            return Err(ParseError::BadOffset(0).into());
        }
        let Some(ident) = file.first_chunk::<16>() else {
            return Err(ParseError::TooSmall.into());
        };
        if ident[..4] != *b"\x7fELF" {
            let start = ident.first_chunk().expect("the identification has sixteen bytes");
            return Err(ParseError::Magic(u64::from_le_bytes(*start)).into());
        }
        let (class, data) = (ident[4], ident[5]);
        let big_endian = match data {
            1 => false,
            2 => true,
            _ if class == 1 || class == 2 => return Err(ParseError::Endianness(data).into()),
            _ => false,
        };
        let mut reader = Reader { file, at: 16, big_endian };
        match class {
            1 => {
                // Half as long: five fields of two or four bytes, then as many again.
                reader.u16()?;
                reader.u16()?;
                for _ in 0..5 {
                    reader.u32()?;
                }
                for _ in 0..6 {
                    reader.u16()?;
                }
                return Err(LoadError::Bits);
            }
            2 => {}
            _ => return Err(ParseError::Class(class).into()),
        }
        reader.u16()?; // type
        reader.u16()?; // machine
        reader.u32()?; // version
        let entry = reader.u64()?;
        let program_headers_at = reader.u64()?;
        reader.u64()?; // section headers
        reader.u32()?; // flags
        reader.u16()?; // size of this header
        reader.u16()?; // size of a program header
        let program_headers = reader.u16()?;
        reader.u16()?; // size of a section header
        reader.u16()?; // number of section headers
        reader.u16()?; // section of names
        Ok(Self { entry, program_headers_at, program_headers, big_endian })
    }
}

impl Headers {
    /// Reads the headers of `file`.
    ///
    /// # Errors
    ///
    /// Returns [`LoadError::Bits`] or [`LoadError::Parse`].
    pub fn parse(file: &[u8]) -> Result<Self, LoadError> {
        let header = Header::parse(file)?;
        let count = header.program_headers;
        if u64::from(count) > file.len() as u64 / PROGRAM_HEADER_SIZE {
            return Err(ParseError::ProgramHeaders(count).into());
        }
        let program_headers = (0..count)
            .map(|number| {
                let offset = u64::from(number) * PROGRAM_HEADER_SIZE;
                let at = header.program_headers_at.wrapping_add(offset);
                ProgramHeader::parse(file, at, header.big_endian)
            })
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self { entry: header.entry, program_headers })
    }
}

impl Image {
    /// Reads what `file` asks a machine of `version` to load.
    ///
    /// # Errors
    ///
    /// Returns every [`LoadError`] but [`LoadError::Trap`].
    pub fn parse(file: &[u8], version: Version) -> Result<Self, LoadError> {
        // All headers are read before any is judged.
        let Headers { entry, program_headers } = Headers::parse(file)?;
        let segments = program_headers
            .iter()
            .zip(0..)
            .filter(|(header, _)| header.is_loaded())
            .map(|(header, number)| header.segment(number, file, version))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self { entry, segments })
    }

    /// Loads `file`, which this image was read from, into memory. Returns how many
    /// bytes of the file that takes, counting those that did not fit.
    ///
    /// # Errors
    ///
    /// Returns the first error of [`Memory::init_pages`]; segments before it are
    /// loaded then.
    pub fn load(
        &self,
        memory: &mut Memory,
        file: &[u8],
        version: Version,
    ) -> Result<u64, LoadError> {
        let mut bytes: u64 = 0;
        for segment in &self.segments {
            let source = segment.source(file);
            memory.init_pages(
                segment.addr,
                segment.size,
                segment.flags,
                source,
                segment.padding,
            )?;
            if version.stores_segment_padding() {
                memory.write_zeros(segment.addr, segment.padding)?;
            }
            bytes += source.len() as u64;
        }
        Ok(bytes)
    }
}

impl Image {
    /// What page number `page` holds when the image has been loaded: so many zeros, then
    /// these bytes, then zeros.
    #[cfg(feature = "std")]
    pub(crate) fn page<'f>(&self, file: &'f [u8], page: u64) -> (usize, &'f [u8]) {
        let start = page * PAGE_SIZE;
        let offset = |segment: &Segment| start.checked_sub(segment.addr);
        let has_page = |segment: &&Segment| offset(segment).is_some_and(|n| n < segment.size);
        // Each segment fills its pages from end to end: the last one counts.
        let Some(segment) = self.segments.iter().rfind(has_page) else {
            return (0, &[]);
        };
        let index = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        let offset = start - segment.addr;
        let zeros = index(segment.padding.saturating_sub(offset).min(PAGE_SIZE));
        let source = segment.source(file);
        let from = source.get(index(offset.saturating_sub(segment.padding))..).unwrap_or_default();
        (zeros, &from[..from.len().min(index(PAGE_SIZE) - zeros)])
    }
}

impl Segment {
    /// The bytes of `file` that the segment loads.
    fn source<'a>(&self, file: &'a [u8]) -> &'a [u8] {
        let range = usize::try_from(self.file_start).ok().zip(usize::try_from(self.file_end).ok());
        range.and_then(|(start, end)| file.get(start..end)).unwrap_or_default()
    }
}

/// What a file says in its headers, before it is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headers {
    /// Where execution starts.
    pub entry: u64,
    /// All program headers.
    pub program_headers: Vec<ProgramHeader>,
}

/// A program header, as it stands in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProgramHeader {
    /// What it is about; 1 is a segment to be loaded.
    pub kind: u32,
    /// What may be done to the segment: 1 execute, 2 write, 4 read.
    pub flags: u32,
    /// Where its bytes start in the file.
    pub offset: u64,
    /// Where they go.
    pub vaddr: u64,
    /// How many there are in the file.
    pub file_size: u64,
    /// How many it takes in memory.
    pub memory_size: u64,
}

impl ProgramHeader {
    /// Whether it is about a segment to be loaded. Machines look at no others.
    #[must_use]
    pub const fn is_loaded(&self) -> bool {
        self.kind == PT_LOAD
    }

    /// Whether it asks for pages that can be read.
    #[must_use]
    pub const fn is_readable(&self) -> bool {
        self.flags & PF_R != 0
    }

    /// Whether it asks for pages that can be written.
    #[must_use]
    pub const fn is_writable(&self) -> bool {
        self.flags & PF_W != 0
    }

    /// Whether it asks for pages that can be executed.
    #[must_use]
    pub const fn is_executable(&self) -> bool {
        self.flags & PF_X != 0
    }

    /// Reads the header at `at`.
    ///
    /// # Errors
    ///
    /// As the reference reads each header from a slice of its own, the offset in
    /// [`ParseError::BadOffset`] counts from `at`, unless it is `at`.
    fn parse(file: &[u8], at: u64, big_endian: bool) -> Result<Self, ParseError> {
        let tail = usize::try_from(at).ok().and_then(|at| file.get(at..));
        let Some(file @ [_, ..]) = tail else {
            return Err(ParseError::BadOffset(at));
        };
        let mut reader = Reader { file, at: 0, big_endian };
        let kind = reader.u32()?;
        let flags = reader.u32()?;
        let offset = reader.u64()?;
        let vaddr = reader.u64()?;
        reader.u64()?; // physical address
        let file_size = reader.u64()?;
        let memory_size = reader.u64()?;
        reader.u64()?; // alignment
        Ok(Self { kind, flags, offset, vaddr, file_size, memory_size })
    }

    fn segment(&self, number: u16, file: &[u8], version: Version) -> Result<Segment, LoadError> {
        let addr = self.vaddr & !(PAGE_SIZE - 1);
        let padding = self.vaddr - addr;
        let size = round_up_page(self.memory_size.wrapping_add(padding));
        let file_end = self.offset.wrapping_add(self.file_size);
        if self.offset > file_end || file_end > file.len() as u64 {
            return Err(LoadError::SegmentOutsideFile { segment: number });
        }
        let flags = match (self.is_readable(), self.is_writable(), self.is_executable()) {
            (false, _, _) => return Err(LoadError::SegmentUnreadable { segment: number }),
            (_, true, true) => {
                return Err(LoadError::SegmentWritableAndExecutable { segment: number });
            }
            (_, false, true) => PageFlags::EXECUTABLE | PageFlags::FROZEN,
            (_, true, false) => version.writable_segment_flags(),
            (_, false, false) => PageFlags::FROZEN,
        };
        Ok(Segment { addr, size, flags, file_start: self.offset, file_end, padding })
    }
}

/// `size` rounded up to whole pages, wrapping around to zero at the top.
const fn round_up_page(size: u64) -> u64 {
    size.wrapping_add(PAGE_SIZE - 1) & !(PAGE_SIZE - 1)
}
