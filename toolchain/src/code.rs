//! The code of a program, read without running it.
//!
//! Owns how code is told from data, and where functions are. Code is read in order, from the
//! start of each executable section; of a file without sections, of each executable segment.
//! Symbols are anchors: reading starts again at each, and what symbols or marks of the
//! assembler say is data is taken for that. So is what cannot be decoded. Before that, control
//! is followed from the entry and from functions with a symbol ([`Code::reached`]): what is met
//! there is code, and reading starts again there, too. Data that looks like code and that
//! nothing speaks of is shown as code: no reader can know.
//!
//! What an instruction is, which are fused and what they cost is asked of `verdict_vm`.

use std::{collections::BTreeSet, ops::Range};

use object::{Object as _, ObjectSection as _};
use verdict_audit::symbols::{Kind, Symbols};
use verdict_vm::{
    Config, Image, Isa, Memory, MemorySize, PAGE_SIZE, PageFlags, Trap, Version,
    block::Block,
    elf::{Headers, ProgramHeader},
    isa::{Fused, Inst, Op, Reg, Step, decode, format::Flow},
};

/// A machine that fuses nothing and has all else that there is on chain.
pub const UNFUSED: Config =
    Config { isa: Isa { fusion: false, ..Isa::IMCB_MOP }, ..Config::on_chain(Version::V2) };

/// All instructions that have a name, one by one.
const EVERYTHING: Isa = Isa { bit_manipulation: true, atomics: true, fusion: false };

/// The number of the system call that ends a program.
const EXIT: i32 = 93;

/// The executable part of a program.
pub struct Code {
    memory: Memory,
    /// The ranges that are read, sorted and apart from each other.
    ranges: Vec<Range<u64>>,
    /// The ranges, cut at anchors.
    pieces: Vec<Piece>,
    reached: Reached,
    functions: Functions,
}

/// Where control was seen to come to, by address.
pub struct Reached(Vec<bool>);

impl Reached {
    /// Whether an instruction at this address was, or bits that are none.
    #[must_use]
    pub fn contains(&self, pc: u64) -> bool {
        usize::try_from(pc).ok().and_then(|at| self.0.get(at)).copied().unwrap_or_default()
    }

    /// Notes an address; returns whether it is inside of memory and was not noted before.
    fn insert(&mut self, pc: u64) -> bool {
        let place = usize::try_from(pc).ok().and_then(|at| self.0.get_mut(at));
        place.is_some_and(|seen| !std::mem::replace(seen, true))
    }
}

/// A range of executable bytes that is read as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    start: u64,
    end: u64,
    is_data: bool,
}

/// What stands at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// An operation of the machine.
    Step(Step),
    /// An instruction that the machine does not have.
    Foreign(Inst, u8),
    /// Bits that are no instruction of any machine here: all 32, or 16 if they stand for a
    /// shorter one.
    Unknown(u32, u8),
    /// So many bytes that are said to be data.
    Data(u64),
}

impl Item {
    /// Its length in bytes.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        match self {
            Self::Step(step) => step.len as u64,
            Self::Foreign(_, len) | Self::Unknown(_, len) => *len as u64,
            Self::Data(len) => *len,
        }
    }
}

impl Code {
    /// Reads the code of `file` as a machine of `version` has it in memory; if the machine
    /// refuses the file, executable segments one by one, as far as they fit into memory.
    #[must_use]
    pub fn read(file: &[u8], symbols: &Symbols<'_>, version: Version) -> Self {
        let headers = Headers::parse(file).ok();
        let entry = headers.as_ref().map(|headers| headers.entry);
        let mut segments = headers.map(|headers| headers.program_headers).unwrap_or_default();
        segments.retain(|header| header.is_loaded() && header.is_executable());
        let memory = load(file, version).unwrap_or_else(|| load_code(file, &segments));
        let ranges = executable_ranges(file, &segments, &memory);
        let pieces = pieces(&ranges, symbols);
        let reached = Reached(vec![false; memory.as_bytes().len()]);
        let functions = Functions::default();
        let mut code = Self { memory, ranges, pieces, reached, functions };
        let named = symbols.code().filter(|symbol| symbol.kind == Kind::Function);
        code.reached = code.follow(named.map(|symbol| symbol.address).chain(entry).collect());
        code.functions = Functions::find(&code, entry, symbols);
        code
    }

    /// Where control was seen to come to: from the entry and from functions that have a symbol,
    /// by all ways but jumps through registers. Behind an `ecall` that exits it does not go on.
    #[must_use]
    pub const fn reached(&self) -> &Reached {
        &self.reached
    }

    /// The ranges that are read, sorted and apart from each other.
    #[must_use]
    pub fn ranges(&self) -> &[Range<u64>] {
        &self.ranges
    }

    /// Memory with the code in place.
    #[must_use]
    pub const fn memory(&self) -> &Memory {
        &self.memory
    }

    /// Its functions.
    #[must_use]
    pub const fn functions(&self) -> &Functions {
        &self.functions
    }

    /// What stands in it, in the order of addresses.
    pub fn items(&self, config: Config) -> impl Iterator<Item = (u64, Item)> {
        let mut pieces = self.pieces.iter().peekable();
        let mut at = 0;
        std::iter::from_fn(move || {
            let piece = loop {
                let piece = pieces.peek()?;
                at = at.max(piece.start);
                if at < piece.end {
                    break *piece;
                }
                pieces.next();
            };
            let pc = at;
            let item = self.item(config, piece, pc);
            at += item.bytes();
            Some((pc, item))
        })
    }

    /// The instructions in a range, one after the other, each with its length: those that make
    /// up an operation.
    pub fn parts(&self, pc: u64, len: u64) -> impl Iterator<Item = (u64, Inst, u8)> {
        let end = pc + len;
        let mut at = pc;
        std::iter::from_fn(move || {
            let step = (at < end).then(|| self.step(EVERYTHING, Version::V2, at).ok()).flatten()?;
            let Op::Inst(inst) = step.op else { return None };
            let pc = at;
            at += u64::from(step.len);
            Some((pc, inst, step.len))
        })
    }

    /// The block of the machine that starts at an address.
    ///
    /// # Errors
    ///
    /// Returns why there is none.
    pub fn block(&self, config: Config, start: u64) -> Result<Block, Trap> {
        Block::decode(&self.memory, config.isa, config.version, start)
    }

    /// The bytes of a range, as far as it is inside of memory.
    #[must_use]
    pub fn bytes(&self, range: Range<u64>) -> &[u8] {
        self.memory.read(range.start, range.end.saturating_sub(range.start)).unwrap_or_default()
    }

    /// Where blocks start as far as can be seen: at functions, targets of branches and jumps,
    /// behind what ends a block, and behind blocks that are full.
    #[must_use]
    pub fn block_starts(&self, config: Config) -> BTreeSet<u64> {
        let mut starts: BTreeSet<u64> = self.functions.starts().collect();
        for (pc, item) in self.items(config) {
            let Item::Step(step) = item else { continue };
            let next = pc + item.bytes();
            starts.extend(target(pc, &step));
            if step.op.flow() != Flow::Next {
                starts.insert(next);
            }
        }
        // Whatever starts there ends in sixteen steps.
        let mut full = Vec::new();
        for &start in &starts {
            let mut at = start;
            while let Ok(block) = self.block(config, at) {
                let ends = block.steps().last().is_some_and(|step| step.op.flow() != Flow::Next);
                at = block.next;
                if ends || at <= block.start || starts.contains(&at) {
                    break;
                }
                full.push(at);
                if full.len() > self.memory.as_bytes().len() / 4 {
                    break;
                }
            }
        }
        starts.extend(full);
        starts
    }

    fn step(&self, isa: Isa, version: Version, pc: u64) -> Result<Step, Trap> {
        decode::step(&self.memory, isa, version, pc)
    }

    fn item(&self, config: Config, piece: &Piece, pc: u64) -> Item {
        let left = piece.end - pc;
        if piece.is_data {
            return Item::Data(left);
        }
        // What reaches over the start of something else is not what stands here.
        let overlaps = |len: u64| (pc + 1..pc + len).any(|at| self.reached.contains(at));
        if !self.reached.contains(pc)
            && let Ok(step) = self.step(EVERYTHING, Version::V2, pc)
            && overlaps(step.len.into())
            && let [a, b, ..] = *self.bytes(pc..pc + left.min(2))
        {
            return Item::Unknown(u16::from_le_bytes([a, b]).into(), 2);
        }
        let Config { isa, version, .. } = config;
        // Operations are fused across anchors, but no instruction reaches over one.
        let fits = |step: &Step| {
            u64::from(step.len) <= left
                || matches!(step.op, Op::Fused(_))
                    && self.range(pc).is_some_and(|range| pc + u64::from(step.len) <= range.end)
        };
        let single = Isa { fusion: false, ..isa };
        let step = self.step(isa, version, pc).ok().filter(fits);
        if let Some(step) = step.or_else(|| self.step(single, version, pc).ok().filter(fits)) {
            return Item::Step(step);
        }
        if let Ok(Step { op: Op::Inst(inst), len }) = self.step(EVERYTHING, Version::V2, pc)
            && u64::from(len) <= left
        {
            return Item::Foreign(inst, len);
        }
        match *self.bytes(pc..pc + left.min(4)) {
            [a, b, c, d] if a & 3 == 3 && !overlaps(4) => {
                Item::Unknown(u32::from_le_bytes([a, b, c, d]), 4)
            }
            [a, b, ..] => Item::Unknown(u32::from(u16::from_le_bytes([a, b])), 2),
            _ => Item::Data(left),
        }
    }

    /// Where control comes to from these addresses.
    fn follow(&self, mut open: Vec<u64>) -> Reached {
        let mut reached = Reached(vec![false; self.memory.as_bytes().len()]);
        while let Some(start) = open.pop() {
            let mut pc = start;
            // What is known to be in a7.
            let mut number = None;
            while self.range(pc).is_some()
                && reached.insert(pc)
                && let Ok(step) = self.step(UNFUSED.isa, UNFUSED.version, pc)
            {
                open.extend(target(pc, &step));
                if let Op::Inst(inst) = step.op
                    && inst.rd() == Some(Reg::A7)
                {
                    let is_load = matches!(inst, Inst::Addi(_));
                    let imm = inst.operands().imm;
                    number = (is_load && inst.operands().rs1 == Some(Reg::Zero)).then_some(imm);
                }
                let goes_on = match step.op.flow() {
                    Flow::Next | Flow::Cut | Flow::Branch => true,
                    Flow::Jump | Flow::Indirect => link(&step).is_some(),
                    Flow::System => number != Some(EXIT),
                };
                if !goes_on {
                    break;
                }
                pc += u64::from(step.len);
            }
        }
        reached
    }

    /// The range that an address is in.
    fn range(&self, pc: u64) -> Option<&Range<u64>> {
        let behind = self.ranges.partition_point(|range| range.start <= pc);
        self.ranges[..behind].last().filter(|range| pc < range.end)
    }

    /// Whether an address is said to be code, or not said to be anything.
    fn may_be_code(&self, pc: u64) -> bool {
        let behind = self.pieces.partition_point(|piece| piece.start <= pc);
        self.pieces[..behind].last().is_some_and(|piece| pc < piece.end && !piece.is_data)
    }

    /// The addresses that calls name.
    fn called(&self) -> Vec<u64> {
        // Of all versions, this one sees most calls as one operation.
        let items = self.items(Config::on_chain(Version::V2));
        let calls = items.filter_map(|(pc, item)| match item {
            Item::Step(step) => link(&step).and_then(|_| target(pc, &step)),
            Item::Foreign(..) | Item::Unknown(..) | Item::Data(_) => None,
        });
        calls.collect()
    }
}

/// Where control goes from a step at `pc`, if the step says so.
#[must_use]
pub fn target(pc: u64, step: &Step) -> Option<u64> {
    match step.op {
        Op::Inst(inst) => matches!(inst.row().flow, Flow::Branch | Flow::Jump)
            .then(|| pc.wrapping_add_signed(inst.operands().imm.into())),
        Op::Fused(Fused::FarJumpRel { imm }) => Some(pc.wrapping_add_signed(imm.into()) & !1),
        Op::Fused(Fused::FarJumpAbs { imm }) => Some(i64::from(imm).cast_unsigned() & !1),
        Op::Fused(_) => None,
    }
}

/// The register that a step leaves its return address in, if it is a call: one that the calling
/// convention has for that.
#[must_use]
pub fn link(step: &Step) -> Option<Reg> {
    let rd = match step.op {
        Op::Inst(Inst::Jal(jump)) => jump.rd(),
        Op::Inst(Inst::Jalr(jump)) => jump.rd(),
        Op::Fused(Fused::FarJumpAbs { .. } | Fused::FarJumpRel { .. }) => Reg::Ra,
        Op::Inst(_) | Op::Fused(_) => return None,
    };
    matches!(rd, Reg::Ra | Reg::T0).then_some(rd)
}

/// Memory of a machine that has loaded the program, if it does.
fn load(file: &[u8], version: Version) -> Option<Memory> {
    let mut memory = Memory::new(MemorySize::MAX, version);
    let image = Image::parse(file, version).ok()?;
    image.load(&mut memory, file, version).ok()?;
    Some(memory)
}

/// Memory with executable segments in place, as far as that can be.
fn load_code(file: &[u8], segments: &[ProgramHeader]) -> Memory {
    let mut memory = Memory::new(MemorySize::MAX, Version::V2);
    for segment in segments {
        let addr = segment.vaddr & !(PAGE_SIZE - 1);
        let padding = segment.vaddr - addr;
        let size = segment.memory_size.saturating_add(padding).checked_next_multiple_of(PAGE_SIZE);
        let end = segment.offset.saturating_add(segment.file_size).min(file.len() as u64);
        let range = usize::try_from(segment.offset).ok().zip(usize::try_from(end).ok());
        let bytes = range.and_then(|(start, end)| file.get(start..end)).unwrap_or_default();
        // What does not fit is not there, and no page is filled twice.
        let flags = PageFlags::EXECUTABLE | PageFlags::FROZEN;
        let _ = memory.init_pages(addr, size.unwrap_or(u64::MAX), flags, bytes, padding);
    }
    memory
}

/// The ranges that are read.
fn executable_ranges(file: &[u8], segments: &[ProgramHeader], memory: &Memory) -> Vec<Range<u64>> {
    let clip = |start: u64, len: u64| start..start.saturating_add(len).min(memory.size());
    let in_file =
        |header: &ProgramHeader| clip(header.vaddr, header.file_size.min(header.memory_size));
    let segments = join(segments.iter().map(in_file).collect());
    let mut sections = Vec::new();
    if let Ok(object) = object::File::parse(file) {
        sections = object
            .sections()
            .filter(|section| is_executable(section.flags()))
            .map(|section| clip(section.address(), section.size()))
            .collect();
    }
    let mut sections = join(sections).into_iter().peekable();
    let mut both = Vec::new();
    for segment in &segments {
        while let Some(section) = sections.peek().filter(|section| section.start < segment.end) {
            both.push(section.start.max(segment.start)..section.end.min(segment.end));
            if section.end > segment.end {
                break;
            }
            sections.next();
        }
    }
    both.retain(|range| !range.is_empty());
    if both.is_empty() { segments } else { both }
}

fn is_executable(flags: object::SectionFlags) -> bool {
    let object::SectionFlags::Elf { sh_flags, .. } = flags else { return false };
    (sh_flags & object::elf::SHF_EXECINSTR).0 != 0
}

/// The ranges in order; those that touch are one.
fn join(mut ranges: Vec<Range<u64>>) -> Vec<Range<u64>> {
    ranges.retain(|range| !range.is_empty());
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<u64>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// Cuts ranges at anchors.
fn pieces(ranges: &[Range<u64>], symbols: &Symbols<'_>) -> Vec<Piece> {
    // Where something is known to start, and whether it is data. What comes first at an
    // address counts.
    let mut anchors: Vec<(u64, bool)> = Vec::new();
    anchors.extend(symbols.marks().iter().map(|mark| (mark.address, !mark.is_code)));
    let is_marked = !anchors.is_empty();
    for symbol in symbols.all() {
        match symbol.kind {
            Kind::Function => anchors.push((symbol.address, false)),
            Kind::Data => anchors.push((symbol.address, symbol.size > 0)),
            // Data has labels, too.
            Kind::Label if is_marked => {}
            Kind::Label => anchors.push((symbol.address, false)),
        }
    }
    if !is_marked {
        let data = symbols.all().iter().filter(|symbol| symbol.kind == Kind::Data);
        anchors.extend(data.map(|symbol| (symbol.address.saturating_add(symbol.size), false)));
    }
    anchors.sort_by_key(|anchor| anchor.0);
    anchors.dedup_by_key(|anchor| anchor.0);
    let mut pieces = Vec::new();
    for range in ranges {
        let mut piece = Piece { start: range.start, end: range.end, is_data: false };
        let from = anchors.partition_point(|anchor| anchor.0 < range.start);
        for &(at, is_data) in anchors[from..].iter().take_while(|anchor| anchor.0 < range.end) {
            if at > piece.start {
                pieces.push(Piece { end: at, ..piece });
            }
            piece = Piece { start: at, is_data, ..piece };
        }
        pieces.push(piece);
    }
    pieces
}

/// A function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its first byte.
    pub start: u64,
    /// The byte behind its last.
    pub end: u64,
    /// Its name, one made of its address if it has none.
    pub name: String,
    /// Whether a symbol says that it is there.
    pub has_symbol: bool,
}

/// The functions of a program, by address. Where symbols do not say what there is, a function
/// starts where one is called by its address, and ends where the next one starts.
#[derive(Clone, Debug, Default)]
pub struct Functions(Vec<Function>);

impl Functions {
    fn find(code: &Code, entry: Option<u64>, symbols: &Symbols<'_>) -> Self {
        let mut known: Vec<Function> = Vec::new();
        for symbol in symbols.code().filter(|symbol| code.may_be_code(symbol.address)) {
            let start = symbol.address;
            let end = start.saturating_add(symbol.size);
            let name = || symbol.shown().into_owned();
            let function = || Function { start, end, name: name(), has_symbol: true };
            match known.last_mut() {
                // Another name of the same.
                Some(last) if last.start == start && last.end >= end => {}
                Some(last) if last.start == start => *last = function(),
                // A place in a function.
                Some(last) if start < last.end && symbol.kind == Kind::Label => {}
                _ => known.push(function()),
            }
        }
        let mut starts = code.called();
        starts.extend(entry);
        starts.extend(code.ranges.iter().map(|range| range.start));
        starts.retain(|&start| code.may_be_code(start));
        let is_known = |start: u64| {
            let before = known.partition_point(|function| function.start <= start);
            let last = known[..before].last();
            last.is_some_and(|function| start == function.start || start < function.end)
        };
        starts.retain(|&start| !is_known(start));
        let mut all = known;
        all.extend(starts.into_iter().map(|start| Function {
            start,
            end: start,
            name: unnamed(start),
            has_symbol: false,
        }));
        all.sort_by_key(|function| function.start);
        all.dedup_by_key(|function| function.start);
        let mut next = u64::MAX;
        for function in all.iter_mut().rev() {
            if function.end == function.start {
                function.end = code.range(function.start).map_or(function.start, |range| range.end);
            }
            function.end = function.end.min(next);
            next = function.start;
        }
        Self(all)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Function> {
        self.0.iter()
    }

    fn starts(&self) -> impl Iterator<Item = u64> {
        self.0.iter().map(|function| function.start)
    }

    /// The function that an address belongs to.
    #[must_use]
    pub fn at(&self, pc: u64) -> Option<&Function> {
        let before = self.0.partition_point(|function| function.start <= pc);
        self.0[..before].last().filter(|function| pc < function.end)
    }

    /// The function of this name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Function> {
        self.0.iter().find(|function| function.name == name)
    }
}

/// The name of a function that has none.
#[must_use]
pub fn unnamed(start: u64) -> String {
    format!("fn_{start:#x}")
}
