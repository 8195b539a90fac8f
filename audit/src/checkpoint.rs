//! Checkpoints: the state of a script group, committed to and written down.
//!
//! The commitment to a group is the BLAKE2b digest, personalised `verdict group v1`, of
//! the [state of its scheduler](crate::records::Checkpoint::state), and for each process in
//! the order of their numbers its number, eight bytes little-endian, and its
//! [root](crate::commitment).
//!
//! A checkpoint names the place of each of its pages. Many stand in the transaction: those of
//! a program, and cells that were loaded. Others are written when they are new or have
//! changed, so that their place may be with an earlier checkpoint of the same group.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use blake2b_simd::Params;
use ckb_types::bytes::Bytes;
use serde_bytes::ByteBuf;
use verdict_syscalls::{GroupState, ProcessPage, ProgramId, limits};
use verdict_vm::PAGE_SIZE;

use crate::{
    commitment::{Commitment, DIGEST_LEN, Digest, PageRef, Parts},
    format::{Bundle, FormatError, Kind, MAX_PAGES_CHUNK, Writer, encode},
    records::{Checkpoint, Page, PageBytes, Program, Stored},
};

const PAGE_LEN: usize = 4096;
const _: () = assert!(PAGE_LEN as u64 == PAGE_SIZE, "a page has that many bytes");
/// The most processes that a group has: the root, and those that were spawned.
const MAX_PROCESSES: usize = 1 + limits::MAX_SPAWNED;
const MAX_PAGES: usize = MAX_PROCESSES * 1024;
/// The most bytes of a state without memory. In memory, it takes some twenty times as much.
/// Those of scripts have some hundreds, unless they pass on very many file descriptors or
/// end very many processes; then there are fewer checkpoints.
const MAX_STATE: usize = 4 << 20;

/// The programs that processes run, by process.
pub(crate) type Programs = BTreeMap<u64, Program>;

/// Finds parts of the transaction, as scripts of the group see them.
pub(crate) type Pieces<'a> = &'a dyn Fn(&ProgramId) -> Option<Bytes>;

/// A state taken apart: without memory, and its pages.
struct Taken {
    state: Vec<u8>,
    pages: Vec<ProcessPage>,
}

/// The commitment to a group, kept up to date from checkpoint to checkpoint.
#[derive(Default)]
pub struct GroupCommitment {
    processes: BTreeMap<u64, Committed>,
}

/// A process: the commitment to it, and where its pages were written.
#[derive(Default)]
struct Committed {
    commitment: Commitment,
    stored: BTreeMap<usize, (Digest, Stored)>,
}

impl GroupCommitment {
    /// The commitment to `state`, from scratch.
    #[must_use]
    pub fn of(state: GroupState) -> Digest {
        Self::default().update(state).1
    }

    /// Makes it the commitment to `state` and returns its root.
    pub fn root(&mut self, state: GroupState) -> Digest {
        self.update(state).1
    }

    fn update(&mut self, mut state: GroupState) -> (Taken, Digest) {
        let pages = state.take_pages();
        let mut digest =
            Params::new().hash_length(DIGEST_LEN).personal(b"verdict group v1").to_state();
        let encoded = encode(&state);
        digest.update(&encoded);
        let mut rest = &pages[..];
        let mut old = std::mem::take(&mut self.processes);
        for process in state.processes() {
            let count = rest.iter().take_while(|page| page.process == process.process).count();
            let (own, others) = rest.split_at(count);
            rest = others;
            let refs: Vec<PageRef<'_>> =
                own.iter().map(|page| (number(page.addr), page.flags, &page.bytes[..])).collect();
            let mut committed = old.remove(&process.process).unwrap_or_default();
            committed.commitment.update(&Parts {
                registers: process.registers,
                pc: process.pc,
                cycles: process.cycles,
                reservation: process.reservation,
                pages: &refs,
            });
            digest.update(&process.process.to_le_bytes());
            digest.update(&committed.commitment.root());
            self.processes.insert(process.process, committed);
        }
        let root = *digest.finalize().as_bytes().first_chunk().expect("a digest has 32 bytes");
        (Taken { state: encoded, pages }, root)
    }

    /// Writes a checkpoint of `state`, which became what it is when it was to run `until`.
    /// Returns whether it did: some states are too large.
    pub(crate) fn write(
        &mut self,
        out: &mut Writer<impl Write>,
        state: GroupState,
        until: u64,
        programs: &Programs,
        pieces: Pieces<'_>,
    ) -> io::Result<bool> {
        let cycles = state.cycles();
        let (Taken { state, pages }, root) = self.update(state);
        if state.len() > MAX_STATE {
            return Ok(false);
        }
        let mut entries = Vec::with_capacity(pages.len());
        let mut chunk = Vec::new();
        for ProcessPage { process, addr, flags, bytes, origin } in pages {
            let number = number(addr);
            let committed = self.processes.get_mut(&process).expect("it has a page");
            let digest = committed.commitment.page_root(number);
            let is_there = |origin: &ProgramId| pieces(origin).is_some_and(|piece| piece == bytes);
            let place = if bytes.is_empty() {
                PageBytes::Zeros
            } else if let Some(origin) = origin.filter(is_there) {
                PageBytes::Transaction(origin.into())
            } else if let Some((old, stored)) = committed.stored.get(&number)
                && old == digest
            {
                PageBytes::Stored(*stored)
            } else {
                let index = chunk.len() / PAGE_LEN;
                let stored = Stored { chunk: count(out.chunks()), index: count(index) };
                committed.stored.insert(number, (*digest, stored));
                chunk.extend(bytes);
                if index + 1 == MAX_PAGES_CHUNK / PAGE_LEN {
                    out.chunk(Kind::Pages, &chunk)?;
                    chunk.clear();
                }
                PageBytes::Stored(stored)
            };
            let number = u16::try_from(number).expect("there are 1024 pages");
            entries.push(Page { process, number, flags, bytes: place });
        }
        if !chunk.is_empty() {
            out.chunk(Kind::Pages, &chunk)?;
        }
        let live = programs.iter().filter(|(process, _)| self.processes.contains_key(process));
        out.record(
            Kind::Checkpoint,
            &Checkpoint {
                until,
                cycles,
                root,
                state: ByteBuf::from(state),
                pages: entries,
                programs: live.map(|(&process, &program)| (process, program)).collect(),
            },
        )?;
        Ok(true)
    }
}

fn number(addr: u64) -> usize {
    usize::try_from(addr / PAGE_SIZE).expect("memory is small")
}

fn count(number: usize) -> u32 {
    u32::try_from(number).expect("the number of chunks is limited")
}

/// A checkpoint that was read, with the state to go on from.
pub(crate) struct Loaded {
    pub(crate) record: Checkpoint,
    pub(crate) state: GroupState,
}

impl Loaded {
    /// The commitment to the state, which need not be the one that was recorded.
    pub(crate) fn root(&self) -> Digest {
        GroupCommitment::of(self.state.clone())
    }
}

/// [`load`], but only if the state is the one that was committed to. Whether that is one of
/// the run, only a replay can tell.
pub(crate) fn load_committed(
    bundle: &Bundle,
    number: usize,
    pieces: Pieces<'_>,
) -> Result<Loaded, FormatError> {
    let loaded = load(bundle, number, pieces)?;
    if loaded.root() != loaded.record.root {
        let what = "its state does not have its root";
        return Err(FormatError::Malformed(bundle.place(number), what));
    }
    Ok(loaded)
}

/// Reads the checkpoint in chunk `number` of a bundle. Whether the state is the one that
/// was committed to is left to the caller.
pub(crate) fn load(
    bundle: &Bundle,
    number: usize,
    pieces: Pieces<'_>,
) -> Result<Loaded, FormatError> {
    let record: Checkpoint = bundle.record(number, Kind::Checkpoint)?;
    let malformed = |what| FormatError::Malformed(bundle.place(number), what);
    let ascends = record.pages.is_sorted_by(|a, b| (a.process, a.number) < (b.process, b.number));
    if !ascends || record.pages.len() > MAX_PAGES {
        return Err(malformed("its pages are not in order"));
    }
    if record.state.len() > MAX_STATE {
        return Err(malformed("its state is too large"));
    }
    let mut state = match postcard::take_from_bytes::<GroupState>(&record.state) {
        Ok((state, [])) if state.processes().count() <= MAX_PROCESSES => state,
        Ok(_) | Err(_) => return Err(malformed("its state is none")),
    };
    // Each chunk once, and one at a time.
    let mut wanted: Vec<(Stored, usize)> = Vec::new();
    let mut pages = Vec::with_capacity(record.pages.len());
    for (at, page) in record.pages.iter().enumerate() {
        if page.number >= 1024 {
            return Err(malformed("a page is outside of memory"));
        }
        let bytes = match page.bytes {
            PageBytes::Zeros => Vec::new(),
            PageBytes::Stored(stored) => {
                wanted.push((stored, at));
                Vec::new()
            }
            PageBytes::Transaction(part) => {
                let piece = part.id().and_then(|id| pieces(&id));
                let piece = piece.filter(|piece| piece.len() == PAGE_LEN);
                piece.ok_or(malformed("a page is not where it is said to be"))?.to_vec()
            }
        };
        let addr = u64::from(page.number) * PAGE_SIZE;
        let Page { process, flags, .. } = *page;
        pages.push(ProcessPage { process, addr, flags, bytes, origin: None });
    }
    wanted.sort_unstable();
    for wanted in wanted.chunk_by(|a, b| a.0.chunk == b.0.chunk) {
        let chunk = wanted[0].0.chunk as usize;
        if chunk >= number {
            return Err(malformed("it needs a chunk behind it"));
        }
        let bytes = bundle.chunk(chunk, Kind::Pages)?;
        for (stored, at) in wanted {
            let page = bytes.chunks_exact(PAGE_LEN).nth(stored.index as usize);
            pages[*at].bytes = page.ok_or(malformed("a page of it is missing"))?.to_vec();
        }
    }
    state.put_pages(pages).map_err(|_| malformed("its pages are not those of its state"))?;
    Ok(Loaded { record, state })
}
