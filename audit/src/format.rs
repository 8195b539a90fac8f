//! The bundle: one file that holds a recorded run.
//!
//! # Layout, version 1
//!
//! Numbers are little-endian; digests are BLAKE3 with 32 bytes of output: hashing is most of
//! what a bundle costs, and nothing is faster.
//!
//! ```text
//! file    = header  chunk*  index  trailer
//! header  = "VERDICT" 0x1a   version: u32
//! chunk   = a Zstandard frame
//! index   = one entry a chunk, in their order:
//!           kind: u8   stored: u32   raw: u32   digest of the frame: 32 bytes
//! trailer = at: u64 (where the index starts)   entries: u32
//!           digest of header, index, and the trailer up to here: 32 bytes
//!           0x1a "TCIDREV"
//! ```
//!
//! Chunks follow each other without gaps, so that every byte of the file is covered by a
//! digest, and the one in the trailer, [`Bundle::digest`], stands for all of it. A reader
//! needs the index and the chunks it is interested in; a writer goes from front to back and
//! keeps the index only.
//!
//! # Chunks
//!
//! What is in a chunk is encoded as [Postcard](https://postcard.jamesmunns.com/wire-format)
//! encodes the type of [`records`](crate::records) that is named here.
//!
//! | kind | name | content |
//! |---:|---|---|
//! | 1 | transaction | [`Transaction`](crate::records::Transaction), in as many chunks as it takes, the first of the file |
//! | 2 | group | [`Group`](crate::records::Group): a script group starts |
//! | 3 | events | any number of [`Event`](crate::records::Event) in a row |
//! | 4 | pages | up to 512 pages of guest memory of 4096 bytes in a row, for checkpoints behind it |
//! | 5 | checkpoint | [`Checkpoint`](crate::records::Checkpoint): the state of the group here |
//! | 6 | verdict | [`Verdict`](crate::records::Verdict): how the group ended |
//!
//! ```text
//! file = transaction+  (group  (events* pages* checkpoint)*  events*  verdict)*
//! ```
//!
//! # Bad files
//!
//! A reader believes no length before it has seen as many bytes: chunks larger than
//! [`Kind::max_len`], files with more than [`MAX_CHUNKS`], longer lists of cells or pages than
//! [`MAX_ITEMS`](crate::records::MAX_ITEMS), and states of schedulers that are too large, are
//! refused.

use std::{
    fmt,
    io::{self, Read, Seek, SeekFrom, Write},
    sync::{Mutex, PoisonError},
};

use serde::{Serialize, de::DeserializeOwned};
use thiserror::Error;

use crate::commitment::{DIGEST_LEN, Digest};

/// The version of the format that this crate writes, and the newest that it reads.
pub const VERSION: u32 = 1;
/// The most bytes of any chunk, before and after compression.
pub const MAX_CHUNK: usize = 64 << 20;
/// The most bytes of a chunk of pages: a checkpoint may need one chunk for each of its pages.
pub const MAX_PAGES_CHUNK: usize = 512 * 4096;
/// The most chunks of a bundle.
pub const MAX_CHUNKS: usize = 4 << 20;

/// How a bundle starts.
pub const MAGIC: &[u8; 8] = b"VERDICT\x1a";
const END: &[u8; 8] = b"\x1aTCIDREV";
const HEADER_LEN: u64 = 12;
const ENTRY_LEN: usize = 1 + 4 + 4 + DIGEST_LEN;
const TRAILER_LEN: usize = 8 + 4 + DIGEST_LEN + 8;
/// Fast, and most of what there is to gain.
const LEVEL: i32 = 1;

/// What a chunk holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// The transaction, or a part of it.
    Transaction = 1,
    /// The start of a script group.
    Group = 2,
    /// What happened.
    Events = 3,
    /// Pages of guest memory.
    Pages = 4,
    /// The state of a group.
    Checkpoint = 5,
    /// The end of a script group.
    Verdict = 6,
}

impl Kind {
    const ALL: [Self; 6] = [
        Self::Transaction,
        Self::Group,
        Self::Events,
        Self::Pages,
        Self::Checkpoint,
        Self::Verdict,
    ];

    fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| *kind as u8 == number)
    }

    /// The most bytes of such a chunk, before and after compression. Some make much of few
    /// bytes, and of some there are many.
    #[must_use]
    pub const fn max_len(self) -> usize {
        match self {
            Self::Transaction => MAX_CHUNK,
            // A mebibyte, and an event.
            Self::Events => 16 << 20,
            // What cannot be compressed becomes a little longer.
            Self::Pages => MAX_PAGES_CHUNK + MAX_PAGES_CHUNK / 64,
            Self::Checkpoint => 8 << 20,
            Self::Group | Self::Verdict => 64 << 10,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Transaction => "transaction",
            Self::Group => "group",
            Self::Events => "events",
            Self::Pages => "pages",
            Self::Checkpoint => "checkpoint",
            Self::Verdict => "verdict",
        }
    }
}

/// A part of a bundle, to say where something is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The trailer.
    Trailer,
    /// The index, or what it says.
    Index,
    /// A chunk.
    Chunk {
        /// Its number, from 0.
        number: usize,
        /// What it should hold.
        kind: Kind,
        /// Where in the file it starts.
        at: u64,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Trailer => f.write_str("trailer"),
            Self::Index => f.write_str("index"),
            Self::Chunk { number, kind, at } => {
                write!(f, "chunk {number} ({}) at byte {at}", kind.name())
            }
        }
    }
}

/// Why a file is no bundle that can be read.
#[derive(Debug, Error)]
pub enum FormatError {
    /// The system does not let us read it.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It starts like something else.
    #[error("not a bundle: it does not start with `VERDICT`")]
    Foreign,
    /// It is of a version that this program does not know.
    #[error("bundle has format version {0}; this program reads version {VERSION}")]
    Version(u32),
    /// It ends too early.
    #[error("bundle is cut off: it does not end with a trailer")]
    Truncated,
    /// A part of it is not what was written.
    #[error("bundle is damaged: {0} does not match its digest")]
    Digest(Place),
    /// A part of it makes no sense.
    #[error("bundle is malformed: {0}: {1}")]
    Malformed(Place, &'static str),
}

/// An entry of the index.
#[derive(Clone, Copy, Debug)]
struct Entry {
    kind: Kind,
    at: u64,
    stored: u32,
    raw: u32,
    digest: Digest,
}

impl Entry {
    fn place(&self, number: usize) -> Place {
        Place::Chunk { number, kind: self.kind, at: self.at }
    }
}

pub(crate) fn hash(parts: &[&[u8]]) -> Digest {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

fn header(version: u32) -> Vec<u8> {
    [&MAGIC[..], &version.to_le_bytes()].concat()
}

/// Writes a bundle, front to back.
pub struct Writer<W> {
    out: W,
    at: u64,
    index: Vec<u8>,
    compressor: zstd::bulk::Compressor<'static>,
}

impl<W: Write> Writer<W> {
    /// Starts a bundle.
    ///
    /// # Errors
    ///
    /// Returns the errors of `out`, as all that writes.
    pub fn new(mut out: W) -> io::Result<Self> {
        out.write_all(&header(VERSION))?;
        let compressor = zstd::bulk::Compressor::new(LEVEL)?;
        Ok(Self { out, at: HEADER_LEN, index: Vec::new(), compressor })
    }

    /// How many chunks it has so far.
    pub fn chunks(&self) -> usize {
        self.index.len() / ENTRY_LEN
    }

    /// Adds a chunk.
    ///
    /// # Errors
    ///
    /// Returns the errors of writing, and an error if the chunk, or the bundle, becomes
    /// larger than can be read.
    pub fn chunk(&mut self, kind: Kind, raw: &[u8]) -> io::Result<()> {
        let len = |len: usize| {
            u32::try_from(len).ok().filter(|_| len <= kind.max_len()).ok_or_else(too_large)
        };
        if self.chunks() >= MAX_CHUNKS {
            return Err(too_large());
        }
        let stored = self.compressor.compress(raw)?;
        self.out.write_all(&stored)?;
        self.index.push(kind as u8);
        self.index.extend(len(stored.len())?.to_le_bytes());
        self.index.extend(len(raw.len())?.to_le_bytes());
        self.index.extend(hash(&[&stored]));
        self.at += stored.len() as u64;
        Ok(())
    }

    /// Adds a chunk with one record.
    ///
    /// # Errors
    ///
    /// As [`Self::chunk`].
    pub fn record(&mut self, kind: Kind, record: &impl Serialize) -> io::Result<()> {
        self.chunk(kind, &encode(record))
    }

    /// Ends the bundle; returns its digest and its length in bytes.
    ///
    /// # Errors
    ///
    /// Returns the errors of writing.
    pub fn finish(mut self) -> io::Result<(Digest, u64, W)> {
        let entries = u32::try_from(self.chunks()).expect("their number is limited");
        let ends = [&self.at.to_le_bytes()[..], &entries.to_le_bytes()].concat();
        let digest = hash(&[&header(VERSION), &self.index, &ends]);
        for part in [&self.index[..], &ends, &digest, END] {
            self.out.write_all(part)?;
        }
        self.out.flush()?;
        Ok((digest, self.at + (self.index.len() + TRAILER_LEN) as u64, self.out))
    }
}

pub(crate) fn too_large() -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, "the run does not fit in a bundle")
}

/// A record as bytes.
pub(crate) fn encode(record: &impl Serialize) -> Vec<u8> {
    encode_behind(Vec::new(), record)
}

/// A record as bytes, behind others.
pub(crate) fn encode_behind(bytes: Vec<u8>, record: &impl Serialize) -> Vec<u8> {
    postcard::to_extend(record, bytes).expect("records have lengths, and memory has room")
}

/// What a bundle is read from.
trait Input: Read + Seek + Send {}
impl<R: Read + Seek + Send> Input for R {}

/// A bundle to read. It can be read from several threads at once.
pub struct Bundle {
    input: Mutex<Box<dyn Input>>,
    entries: Vec<Entry>,
    digest: Digest,
    len: u64,
}

impl Bundle {
    /// Reads the index of a bundle.
    ///
    /// # Errors
    ///
    /// Returns a [`FormatError`] if it is no bundle, or its index is not as it was written.
    pub fn open(input: impl Read + Seek + Send + 'static) -> Result<Self, FormatError> {
        let mut input: Box<dyn Input> = Box::new(input);
        let len = input.seek(SeekFrom::End(0))?;
        input.rewind()?;
        let mut head = Vec::new();
        (&mut input).take(HEADER_LEN).read_to_end(&mut head)?;
        if !head.starts_with(&MAGIC[..head.len().min(8)]) || head.is_empty() {
            return Err(FormatError::Foreign);
        }
        let version = head.last_chunk().filter(|_| head.len() as u64 == HEADER_LEN);
        let version = u32::from_le_bytes(*version.ok_or(FormatError::Truncated)?);
        if version != VERSION {
            return Err(FormatError::Version(version));
        }

        let trailer_at = len.checked_sub(TRAILER_LEN as u64).filter(|&at| at >= HEADER_LEN);
        let trailer_at = trailer_at.ok_or(FormatError::Truncated)?;
        let mut trailer = [0; TRAILER_LEN];
        input.seek(SeekFrom::Start(trailer_at))?;
        input.read_exact(&mut trailer)?;
        let (ends, rest) = trailer.split_at(12);
        let (digest, end) = rest.split_at(DIGEST_LEN);
        if end != END {
            return Err(FormatError::Truncated);
        }
        let (at, entries) = ends.split_at(8);
        let at = u64::from_le_bytes(at.try_into().expect("eight bytes"));
        let count = u32::from_le_bytes(entries.try_into().expect("four bytes")) as usize;
        let index_len = count.checked_mul(ENTRY_LEN).filter(|_| count <= MAX_CHUNKS);
        let index_len = index_len.filter(|&len| at.checked_add(len as u64) == Some(trailer_at));
        let index_len = index_len
            .ok_or(FormatError::Malformed(Place::Trailer, "the index is not in front of it"))?;

        let mut index = vec![0; index_len];
        input.seek(SeekFrom::Start(at))?;
        input.read_exact(&mut index)?;
        if hash(&[&head, &index, ends]) != digest {
            return Err(FormatError::Digest(Place::Index));
        }
        let entries = entries_of(&index, at)?;
        let digest = *digest.first_chunk().expect("a digest has 32 bytes");
        Ok(Self { input: Mutex::new(input), entries, digest, len })
    }

    /// The digest that stands for the whole file.
    #[must_use]
    pub const fn digest(&self) -> &Digest {
        &self.digest
    }

    /// Its length in bytes.
    #[must_use]
    pub const fn file_len(&self) -> u64 {
        self.len
    }

    /// The kinds of its chunks.
    pub fn kinds(&self) -> impl ExactSizeIterator<Item = Kind> {
        self.entries.iter().map(|entry| entry.kind)
    }

    /// The kind of chunk number `number`, if there is one.
    pub(crate) fn kind(&self, number: usize) -> Option<Kind> {
        self.entries.get(number).map(|entry| entry.kind)
    }

    /// Where chunk number `number` is.
    pub(crate) fn place(&self, number: usize) -> Place {
        self.entries.get(number).map_or(Place::Index, |entry| entry.place(number))
    }

    /// Reads a chunk.
    ///
    /// # Errors
    ///
    /// Returns a [`FormatError`] if there is none of this number and kind, or it is not as
    /// it was written.
    pub fn chunk(&self, number: usize, kind: Kind) -> Result<Vec<u8>, FormatError> {
        let entry = self.entries.get(number).filter(|entry| entry.kind == kind);
        let entry = entry
            .ok_or(FormatError::Malformed(Place::Index, "a chunk that is needed is missing"))?;
        let place = entry.place(number);
        let mut stored = vec![0; entry.stored as usize];
        {
            let mut input = self.input.lock().unwrap_or_else(PoisonError::into_inner);
            input.seek(SeekFrom::Start(entry.at))?;
            input.read_exact(&mut stored)?;
        }
        if hash(&[&stored]) != entry.digest {
            return Err(FormatError::Digest(place));
        }
        let raw = zstd::bulk::decompress(&stored, entry.raw as usize);
        let raw = raw.map_err(|_| FormatError::Malformed(place, "it cannot be decompressed"))?;
        if raw.len() != entry.raw as usize {
            return Err(FormatError::Malformed(place, "it has another length than the index says"));
        }
        Ok(raw)
    }

    /// Reads the record in a chunk.
    ///
    /// # Errors
    ///
    /// As [`Self::chunk`], or if the chunk holds something else.
    pub fn record<T: DeserializeOwned>(&self, number: usize, kind: Kind) -> Result<T, FormatError> {
        let raw = self.chunk(number, kind)?;
        match postcard::take_from_bytes(&raw) {
            Ok((record, [])) => Ok(record),
            Ok(_) | Err(_) => Err(FormatError::Malformed(self.place(number), "no such record")),
        }
    }

    /// Reads all chunks, and so checks every byte of the file.
    ///
    /// # Errors
    ///
    /// As [`Self::chunk`], of the first chunk that is not as it was written.
    pub fn check(&self) -> Result<(), FormatError> {
        for (number, kind) in self.kinds().enumerate() {
            self.chunk(number, kind)?;
        }
        Ok(())
    }
}

/// The entries of an index that starts at `end`.
fn entries_of(index: &[u8], end: u64) -> Result<Vec<Entry>, FormatError> {
    let malformed = |what| FormatError::Malformed(Place::Index, what);
    let mut at = HEADER_LEN;
    let mut entries = Vec::with_capacity(index.len() / ENTRY_LEN);
    for entry in index.chunks_exact(ENTRY_LEN) {
        let (numbers, digest) = entry.split_at(9);
        let number = |from: usize| {
            u32::from_le_bytes(numbers[from..from + 4].try_into().expect("four bytes"))
        };
        let kind = Kind::from_number(numbers[0]).ok_or(malformed("unknown kind of chunk"))?;
        let (stored, raw) = (number(1), number(5));
        if stored.max(raw) as usize > kind.max_len() {
            return Err(malformed("a chunk is too large"));
        }
        let digest = *digest.first_chunk().expect("a digest has 32 bytes");
        entries.push(Entry { kind, at, stored, raw, digest });
        at += u64::from(stored);
    }
    if at == end { Ok(entries) } else { Err(malformed("chunks do not fill the file")) }
}
