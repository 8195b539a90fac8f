//! What chunks of a [bundle](crate::format) hold.
//!
//! The types are encoded field by field as Postcard encodes them; to change one is to
//! change [`format::VERSION`](crate::format::VERSION).

use std::{fmt, marker::PhantomData};

use ckb_types::{bytes::Bytes, prelude::Entity as _};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, SeqAccess, Visitor},
};
use serde_bytes::ByteBuf;
use verdict_syscalls::{
    CallEvent, EventKind, GroupReport, Outcome, Place, ProgramId, ScriptError, ScriptGroup, Source,
    Syscall,
};

use crate::{commitment::Digest, format::hash};

/// A transaction with everything that its scripts can see, and how it was verified.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Transaction {
    /// What recorded it, for people.
    pub recorder: String,
    /// The newest version of the machine under the rules it was verified under.
    pub newest_version: u8,
    /// The limit on cycles.
    pub max_cycles: u64,
    /// Hash of the transaction.
    pub hash: Digest,
    /// Hash of the transaction with its witnesses.
    pub witness_hash: Digest,
    /// The transaction with its witnesses, in Molecule.
    pub transaction: ByteBuf,
    /// The data of cells. Cells may share an entry.
    #[serde(deserialize_with = "few")]
    pub data: Vec<Data>,
    /// The cells that inputs spend, in their order.
    #[serde(deserialize_with = "few")]
    pub inputs: Vec<Cell>,
    /// The cells that it depends on, in their order, with dep groups replaced by members.
    #[serde(deserialize_with = "few")]
    pub cell_deps: Vec<Cell>,
    /// The headers of its header deps, as far as they are known: headers in Molecule.
    #[serde(deserialize_with = "few")]
    pub headers: Vec<ByteBuf>,
    /// The extensions of those blocks, as far as there are any.
    #[serde(deserialize_with = "few")]
    pub extensions: Vec<Extension>,
}

impl Transaction {
    /// Whether it can be read again.
    pub(crate) fn can_be_read(&self) -> bool {
        let Self { data, inputs, cell_deps, headers, extensions, .. } = self;
        let lens = [data.len(), inputs.len(), cell_deps.len(), headers.len(), extensions.len()];
        lens.iter().all(|&len| len <= MAX_ITEMS)
    }
}

/// The most items of a list: more than transactions have cells, and checkpoints pages.
pub const MAX_ITEMS: usize = 1 << 17;

/// The most parts that are written at once: `exec` of version 1 writes two for each argument,
/// and up to three for each segment of a program.
pub const MAX_RANGES: usize = 1 << 19;

/// Reads a list of at most [`MAX_ITEMS`].
fn few<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    at_most(MAX_ITEMS, from)
}

/// Reads a list of at most [`MAX_RANGES`].
fn ranges<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    at_most(MAX_RANGES, from)
}

/// Reads a list. In a file, items take a byte or a few, and nearly nothing if they are all
/// the same; in memory, they take a hundred.
fn at_most<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    most: usize,
    from: D,
) -> Result<Vec<T>, D::Error> {
    struct Few<T>(usize, PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for Few<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "at most {} items", self.0)
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
            let mut items = Vec::new();
            while let Some(item) = seq.next_element()? {
                if items.len() == self.0 {
                    return Err(A::Error::invalid_length(self.0 + 1, &self));
                }
                items.push(item);
            }
            Ok(items)
        }
    }

    from.deserialize_seq(Few(most, PhantomData))
}

/// Bytes that are shared, not copied: the data of cells may be long.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Data(pub Bytes);

impl Serialize for Data {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Data {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ByteBuf::deserialize(deserializer).map(|bytes| Self(bytes.into_vec().into()))
    }
}

/// A cell that a transaction refers to.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Cell {
    /// Where it was made: an out point in Molecule.
    pub out_point: ByteBuf,
    /// The cell without its data, in Molecule.
    pub output: ByteBuf,
    /// Which entry of [`Transaction::data`] is its data, if it is known.
    pub data: Option<u32>,
    /// Hash of its data by which scripts find it. It is not always the hash of the data
    /// above, where a local build stands in for deployed code.
    pub data_hash: Option<Digest>,
    /// Bytes of its data, as its occupied capacity counts them.
    pub data_len: u64,
    /// The block that it is in.
    pub block: Option<Digest>,
}

/// The extension of a block.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Extension {
    /// Hash of the block.
    pub block: Digest,
    /// Its extension.
    pub bytes: ByteBuf,
}

/// A script group starts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Group {
    /// The place that has the script, first of its group: `Inputs[0].Lock`.
    pub origin: String,
    /// Hash of the script.
    pub script_hash: Digest,
    /// The limit on its cycles.
    pub max_cycles: u64,
}

impl Group {
    pub(crate) fn new(group: &ScriptGroup, max_cycles: u64) -> Self {
        let script_hash = digest(group.hash().as_slice());
        Self { origin: group.origin().to_string(), script_hash, max_cycles }
    }
}

/// How a group ended.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Verdict {
    /// Cycles it used, also if it failed.
    pub cycles: u64,
    /// Why it is rejected, if it is.
    pub rejection: Option<Rejection>,
}

/// Why a group is rejected.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Rejection {
    /// The kind of error, as the reference implementation names it: `ValidationFailure`.
    pub kind: String,
    /// The kind of error in the machine, if it was one: `MemOutOfBound`.
    pub vm_kind: Option<String>,
    /// The exit code, if the script came to exit.
    pub exit_code: Option<i8>,
    /// All of it in words, for people.
    pub detail: String,
}

impl Verdict {
    pub(crate) fn new(cycles: u64, result: &Result<(), ScriptError>) -> Self {
        let rejection = result.as_ref().err().map(|error| Rejection {
            kind: error.kind().to_owned(),
            vm_kind: if let ScriptError::Vm(error) = error {
                Some(error.kind().to_owned())
            } else {
                None
            },
            exit_code: if let ScriptError::ValidationFailure { code, .. } = error {
                Some(*code)
            } else {
                None
            },
            detail: error.to_string(),
        });
        Self { cycles, rejection }
    }

    pub(crate) fn of_report(report: &GroupReport<'_>) -> Self {
        Self::new(report.cycles, &report.result)
    }

    /// Whether both say the same in what is not for people.
    pub(crate) fn agrees(&self, other: &Self) -> bool {
        let facts = |verdict: &Self| {
            let rejection = verdict.rejection.clone();
            rejection.map(|Rejection { kind, vm_kind, exit_code, .. }| (kind, vm_kind, exit_code))
        };
        self.cycles == other.cycles && facts(self) == facts(other)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.rejection {
            None => write!(f, "accepted after {} cycles", self.cycles),
            Some(rejection) => {
                write!(f, "rejected after {} cycles: {}", self.cycles, rejection.detail)
            }
        }
    }
}

/// Something happens to a process of the running group.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Event {
    /// The number of the process.
    pub process: u64,
    /// Cycles of the group so far.
    pub cycles: u64,
    /// What happens.
    pub kind: What,
}

/// What happens to a process.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub enum What {
    /// It starts to exist with this program.
    Started(Program),
    /// Its program is another one from here on.
    Replaced(Program),
    /// It makes a syscall.
    Call(Call),
    /// A syscall that left something to the scheduler ends.
    Returned {
        /// What is in `a0`.
        a0: u64,
        /// What was written for it.
        written: Written,
    },
    /// It becomes a snapshot.
    Suspended,
    /// It becomes a machine again.
    Resumed,
    /// It ends with this exit code.
    Ended(i8),
}

/// A syscall.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Call {
    /// The address behind the `ecall`.
    pub pc: u64,
    /// All of `a7`.
    pub number: u64,
    /// `a0` to `a5`.
    pub args: [u64; 6],
    /// What it costs beside the `ecall`, as far as the process pays for it at once.
    pub charged: u64,
    /// How it went.
    pub result: CallResult,
    /// What it wrote.
    pub written: Written,
}

/// How a syscall went.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub enum CallResult {
    /// The process runs on, with this in `a0`.
    Returned(u64),
    /// The scheduler has to do the rest.
    Yielded,
    /// The process ends with this exit code.
    Exited(i8),
    /// The script is over, with this kind of error in the machine.
    Failed(String),
}

/// What was written to the memory of a process.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub struct Written {
    /// Address and length of each part, in the order they were written in.
    #[serde(deserialize_with = "ranges")]
    pub ranges: Vec<(u64, u64)>,
    /// What is there then, part after part.
    pub contents: Contents,
}

/// What was written, as it is or by its digest.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub enum Contents {
    /// Up to [`Contents::SHORT`] bytes.
    Bytes(ByteBuf),
    /// The BLAKE3 digest of more.
    Digest(Digest),
}

impl Contents {
    /// The most bytes that are kept as they are: a digest would cost more than a hash that
    /// a script loads, and say less.
    pub const SHORT: usize = 64;

    /// What stands for these bytes, part after part.
    pub(crate) fn of(parts: &[&[u8]]) -> Self {
        // Parts of a small memory, but no two of them need be apart.
        let len = parts.iter().fold(0_usize, |sum, part| sum.saturating_add(part.len()));
        if len <= Self::SHORT {
            return Self::Bytes(ByteBuf::from(parts.concat()));
        }
        Self::Digest(hash(parts))
    }
}

impl Default for Contents {
    fn default() -> Self {
        Self::Bytes(ByteBuf::new())
    }
}

/// Names a program, or other bytes: a part of a piece of the transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub struct Program {
    /// 0 for the data of a cell, 1 for a witness, as `exec` and `spawn` take it.
    pub place: u64,
    /// The list that the piece is in, as syscalls take it.
    pub source: u64,
    /// Its index in the list.
    pub index: u32,
    /// Where in the piece it starts.
    pub offset: u32,
    /// Its length in bytes; zero means all of the rest.
    pub len: u32,
}

impl Program {
    /// The name as the verifier takes it, if it is one.
    #[must_use]
    pub fn id(&self) -> Option<ProgramId> {
        let Self { index, offset, len, .. } = *self;
        let place = Place::from_number(self.place)?;
        let source = Source::from_number(self.source)?;
        Some(ProgramId { place, source, index, offset, len })
    }
}

impl From<ProgramId> for Program {
    fn from(id: ProgramId) -> Self {
        let (place, source) = (id.place.number(), id.source.number());
        Self { place, source, index: id.index, offset: id.offset, len: id.len }
    }
}

impl Written {
    fn new(written: &verdict_syscalls::Written<'_>) -> Self {
        let lengths = written.ranges.iter().map(|range| (range.start, range.end - range.start));
        let ranges: Vec<_> = lengths.collect();
        let parts: Vec<&[u8]> = written.bytes().collect();
        let contents = Contents::of(&parts);
        Self { ranges, contents }
    }
}

impl Event {
    pub(crate) fn new(event: &verdict_syscalls::Event<'_>) -> Self {
        let kind = match &event.kind {
            EventKind::Started(program) => What::Started((*program).into()),
            EventKind::Replaced(program) => What::Replaced((*program).into()),
            EventKind::Call(call) => What::Call(Call::new(call)),
            EventKind::Returned(returned) => {
                What::Returned { a0: returned.a0, written: Written::new(&returned.written) }
            }
            EventKind::Suspended => What::Suspended,
            EventKind::Resumed => What::Resumed,
            EventKind::Ended(code) => What::Ended(*code),
        };
        Self { process: event.process, cycles: event.cycles, kind }
    }

    /// The program that the process runs from here on, if that is another one.
    #[must_use]
    pub fn program(&self) -> Option<Program> {
        match &self.kind {
            What::Started(program) | What::Replaced(program) => Some(*program),
            What::Call(call) => call.replaces_program(),
            What::Returned { .. } | What::Suspended | What::Resumed | What::Ended(_) => None,
        }
    }
}

impl Call {
    fn new(call: &CallEvent<'_>) -> Self {
        Self {
            pc: call.pc,
            number: call.number,
            args: call.args,
            charged: call.charged,
            result: match call.outcome {
                Outcome::Returned(a0) => CallResult::Returned(a0),
                Outcome::Yielded => CallResult::Yielded,
                Outcome::Exited(code) => CallResult::Exited(code),
                Outcome::Failed(error) => CallResult::Failed(error.kind().to_owned()),
            },
            written: Written::new(&call.written),
        }
    }

    /// The program that `exec` of version 1 puts in place of the caller's: it returns zero to
    /// the new one. That of version 2 leaves the rest to the scheduler.
    fn replaces_program(&self) -> Option<Program> {
        let is_exec = self.number == Syscall::Exec.number();
        if !is_exec || self.result != CallResult::Returned(0) {
            return None;
        }
        let [index, source, place, bounds, ..] = self.args;
        let [offset, len] = [bounds >> 32, bounds & u64::from(u32::MAX)];
        let number = |value: u64| u32::try_from(value).ok();
        let (index, offset, len) = (number(index)?, number(offset)?, number(len)?);
        Some(Program { place, source, index, offset, len })
    }

    /// The name of the syscall, whichever version has it.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        let mut all = Syscall::ALL.iter();
        all.find(|syscall| syscall.number() == self.number).map(|syscall| syscall.name())
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "process {}: {} (after {} cycles)", self.process, self.kind, self.cycles)
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Started(program) => write!(f, "starts with {program}"),
            Self::Replaced(program) => write!(f, "goes on with {program}"),
            Self::Call(call) => call.fmt(f),
            Self::Returned { a0, written } => write!(f, "syscall returns {a0}{written}"),
            Self::Suspended => f.write_str("is suspended"),
            Self::Resumed => f.write_str("is resumed"),
            Self::Ended(code) => write!(f, "ends with exit code {code}"),
        }
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => write!(f, "{name}(")?,
            None => write!(f, "syscall {}(", self.number)?,
        }
        for (n, arg) in self.args.iter().enumerate() {
            let separator = if n == 0 { "" } else { ", " };
            write!(f, "{separator}{arg:#x}")?;
        }
        f.write_str(")")?;
        match &self.result {
            CallResult::Returned(a0) => write!(f, " = {a0}")?,
            CallResult::Yielded => f.write_str(", to be continued")?,
            CallResult::Exited(_) => {}
            CallResult::Failed(kind) => write!(f, " fails: {kind}")?,
        }
        self.written.fmt(f)?;
        match self.charged {
            0 => Ok(()),
            charged => write!(f, ", {charged} cycles"),
        }
    }
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 4;
        for (n, (addr, len)) in self.ranges.iter().take(SHOWN).enumerate() {
            let separator = if n == 0 { "; writes" } else { "," };
            write!(f, "{separator} {len} bytes at {addr:#x}")?;
        }
        match self.ranges.len().saturating_sub(SHOWN) {
            0 => {}
            more => write!(f, " and {more} more")?,
        }
        match &self.contents {
            Contents::Bytes(bytes) if bytes.is_empty() => Ok(()),
            Contents::Bytes(bytes) => write!(f, " ({})", hex(bytes)),
            // Enough to see that two of them differ.
            Contents::Digest(digest) => write!(f, " (digest {}..)", hex(&digest[..4])),
        }
    }
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = match self.id().map(|id| id.source) {
            Some(Source::Transaction(kind)) => format!("{kind:?}"),
            Some(Source::Group(kind)) => format!("Group{kind:?}"),
            None => format!("source {:#x}", self.source),
        };
        let piece = if self.place == 0 { "data" } else { "witness" };
        write!(f, "{piece} of {list}[{}]", self.index)?;
        match (self.offset, self.len) {
            (0, 0) => Ok(()),
            (offset, 0) => write!(f, " from byte {offset}"),
            (offset, len) => write!(f, ", {len} bytes from byte {offset}"),
        }
    }
}

/// The state of a group between two blocks.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Checkpoint {
    /// The cycles that the group was to use before it stopped here. An execution from the
    /// checkpoint before, or from the start, that is asked to stop then stops here.
    pub until: u64,
    /// The cycles that it used.
    pub cycles: u64,
    /// The commitment to all of its processes: see [`checkpoint`](crate::checkpoint).
    pub root: Digest,
    /// The scheduler and its processes without their memory: a
    /// [`GroupState`](verdict_syscalls::GroupState).
    pub state: ByteBuf,
    /// Pages of the processes, by process and number. Others are blank.
    #[serde(deserialize_with = "few")]
    pub pages: Vec<Page>,
    /// The programs of processes, by process.
    #[serde(deserialize_with = "few")]
    pub programs: Vec<(u64, Program)>,
}

/// A page of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Page {
    /// The number of the process.
    pub process: u64,
    /// The number of the page.
    pub number: u16,
    /// Its flags: 1 frozen, 2 executable, 4 dirty.
    pub flags: u8,
    /// Where its bytes are.
    pub bytes: PageBytes,
}

/// Where the bytes of a page are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub enum PageBytes {
    /// Nowhere: they are all zero.
    Zeros,
    /// In the transaction: this part of a piece of it, which is as long as a page.
    Transaction(Program),
    /// In the bundle.
    Stored(Stored),
}

/// Where a page is in the bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub struct Stored {
    /// The number of the chunk, one of [pages](crate::format::Kind::Pages) in front of this.
    pub chunk: u32,
    /// The number of the page in the chunk.
    pub index: u32,
}

/// The 32 bytes of a hash.
pub(crate) fn digest(hash: &[u8]) -> Digest {
    hash.try_into().expect("hashes have 32 bytes")
}

/// The digits of a digest, or of other bytes.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;

    bytes.iter().fold("0x".to_owned(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
