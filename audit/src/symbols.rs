//! Names and source lines of guest code, and the calls that led there.
//!
//! What a program's file says about itself is believed only for people: symbols, DWARF
//! lines and unwind tables never reach a verdict. A file that says nothing, or nonsense, has
//! no names. Names of Rust are shown as their author knows them.

use std::{borrow::Cow, fmt};

use ckb_types::bytes::Bytes;
use gimli::{EndianSlice, LittleEndian, SectionId, UnwindSection as _};
use object::{Object as _, ObjectSection as _, ObjectSegment as _, ObjectSymbol as _, SymbolKind};
use verdict_vm::Reg;

type Reader<'a> = EndianSlice<'a, LittleEndian>;

/// How many symbols may start between that of a function and a place in it.
const MAX_NESTED: usize = 256;

/// The most frames of a backtrace.
const MAX_FRAMES: usize = 64;

/// A symbol that is defined in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Symbol<'a> {
    /// Where it is.
    pub address: u64,
    /// Its size in bytes; labels in assembly mostly have none.
    pub size: u64,
    /// Its name as it stands in the file.
    pub name: &'a str,
    /// What it names.
    pub kind: Kind,
}

/// What a symbol names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A function.
    Function,
    /// A place in code or data that is not said to be a function.
    Label,
    /// A variable or a constant.
    Data,
}

impl Symbol<'_> {
    /// Its name as its author knows it.
    #[must_use]
    pub fn shown(&self) -> Cow<'_, str> {
        match rustc_demangle::try_demangle(self.name) {
            // Without the hash at its end.
            Ok(name) => format!("{name:#}").into(),
            Err(_) => self.name.into(),
        }
    }
}

/// A mark of the assembler (RISC-V ELF psABI, "Mapping Symbol"): what stands in a section from
/// some address on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// The address.
    pub address: u64,
    /// Whether that is code; else it is data.
    pub is_code: bool,
}

/// What the file of a program says about its code.
pub struct Symbols<'a> {
    /// All symbols with a name, by address.
    all: Vec<Symbol<'a>>,
    /// Where functions and labels are in `all`.
    code: Vec<usize>,
    marks: Vec<Mark>,
    lines: Option<addr2line::Context<Reader<'a>>>,
    frames: Option<(gimli::DebugFrame<Reader<'a>>, gimli::EhFrame<Reader<'a>>)>,
    bases: gimli::BaseAddresses,
}

/// Files with symbols, as the linker made them, of programs that are on chain without.
#[derive(Clone, Debug, Default)]
pub struct SymbolFiles(Vec<Bytes>);

impl SymbolFiles {
    /// These files.
    #[must_use]
    pub const fn new(files: Vec<Bytes>) -> Self {
        Self(files)
    }

    /// The file with symbols of a program, or else the program. It has the same code from the
    /// entry point on; what is in front of it may have other headers.
    pub(crate) fn instead_of(&self, program: Bytes) -> Bytes {
        let mut same = self.0.iter().filter(|file| have_same_code(file, &program));
        same.next().cloned().unwrap_or(program)
    }
}

/// Whether two files are the same program, but for what a linker strips.
#[must_use]
pub fn have_same_code(a: &[u8], b: &[u8]) -> bool {
    code(a).is_some_and(|code| self::code(b) == Some(code))
}

/// The entry point of a program, and the bytes from there to the end of its segment.
fn code(file: &[u8]) -> Option<(u64, &[u8])> {
    let object = object::File::parse(file).ok()?;
    let entry = object.entry();
    let segment = object.segments().find_map(|segment| {
        let inside = entry.checked_sub(segment.address())?;
        segment.data().ok()?.get(usize::try_from(inside).ok()?..)
    });
    segment.filter(|code| !code.is_empty()).map(|code| (entry, code))
}

/// A place in guest code, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Its address.
    pub pc: u64,
    /// The symbol that it belongs to, and how far behind its start it is.
    pub symbol: Option<(String, u64)>,
    /// File and line of its source.
    pub line: Option<String>,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#x}", self.pc)?;
        match &self.symbol {
            Some((name, 0)) => write!(f, " {name}")?,
            Some((name, offset)) => write!(f, " {name}+{offset:#x}")?,
            None => {}
        }
        self.line.as_ref().map_or(Ok(()), |line| write!(f, " ({line})"))
    }
}

impl<'a> Symbols<'a> {
    /// Reads the file of a program.
    #[must_use]
    pub fn read(file: &'a [u8]) -> Self {
        let mut symbols = Self {
            all: Vec::new(),
            code: Vec::new(),
            marks: Vec::new(),
            lines: None,
            frames: None,
            bases: gimli::BaseAddresses::default(),
        };
        let Ok(object) = object::File::parse(file) else { return symbols };
        for symbol in object.symbols() {
            let (address, size) = (symbol.address(), symbol.size());
            let Ok(name) = symbol.name() else { continue };
            // Marks of the assembler are not names.
            if name.starts_with('$') {
                let is_code = name.starts_with("$x");
                if symbol.section_index().is_some() && (is_code || name.starts_with("$d")) {
                    symbols.marks.push(Mark { address, is_code });
                }
                continue;
            }
            let kind = if symbol.kind() == SymbolKind::Text {
                Kind::Function
            } else if matches!(symbol.kind(), SymbolKind::Label | SymbolKind::Unknown) {
                Kind::Label
            } else if symbol.kind() == SymbolKind::Data {
                Kind::Data
            } else {
                continue;
            };
            if symbol.is_definition() && !name.is_empty() && !name.starts_with(".L") {
                symbols.all.push(Symbol { address, size, name, kind });
            }
        }
        symbols.all.sort_unstable();
        symbols.marks.sort_unstable();
        let is_code = |&at: &usize| symbols.all[at].kind != Kind::Data;
        symbols.code = (0..symbols.all.len()).filter(is_code).collect();
        let section = |name: &str| -> Reader<'a> {
            let section = object.section_by_name(name);
            let data = section.and_then(|section| section.data().ok()).unwrap_or_default();
            EndianSlice::new(data, LittleEndian)
        };
        let dwarf = gimli::Dwarf::load(|id: SectionId| Ok::<_, gimli::Error>(section(id.name())));
        symbols.lines = dwarf.and_then(addr2line::Context::from_dwarf).ok();
        let address = |name| object.section_by_name(name).map_or(0, |section| section.address());
        symbols.bases = gimli::BaseAddresses::default()
            .set_eh_frame(address(".eh_frame"))
            .set_text(address(".text"));
        let mut debug = gimli::DebugFrame::from(section(".debug_frame"));
        let mut eh = gimli::EhFrame::from(section(".eh_frame"));
        debug.set_address_size(8);
        eh.set_address_size(8);
        symbols.frames = Some((debug, eh));
        symbols
    }

    /// The address of a symbol.
    #[must_use]
    pub fn address(&self, name: &str) -> Option<u64> {
        let found = self.code().find(|symbol| symbol.name == name);
        let found = found.or_else(|| self.code().find(|symbol| symbol.shown() == name));
        found.map(|symbol| symbol.address)
    }

    /// All symbols that have a name, by address.
    #[must_use]
    pub fn all(&self) -> &[Symbol<'a>] {
        &self.all
    }

    /// What the assembler says of where there is code and where data, by address.
    #[must_use]
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// Functions and labels, by address.
    pub fn code(&self) -> impl DoubleEndedIterator<Item = &Symbol<'a>> {
        self.code.iter().map(|&at| &self.all[at])
    }

    /// What is known about an address.
    #[must_use]
    pub fn locate(&self, pc: u64) -> Location {
        let behind = self.code.partition_point(|&at| self.all[at].address <= pc);
        let symbol = self.code[..behind].iter().rev().take(MAX_NESTED).find_map(|&at| {
            let symbol = &self.all[at];
            let offset = pc - symbol.address;
            let is_inside = symbol.size == 0 || offset < symbol.size;
            is_inside.then(|| (symbol.shown().into_owned(), offset))
        });
        let line = self.lines.as_ref().and_then(|lines| {
            let location = lines.find_location(pc).ok()??;
            let line = location.line?;
            Some(format!("{}:{line}", location.file?))
        });
        Location { pc, symbol, line }
    }

    /// The calls that led to where a hart is, the innermost first: by the unwind tables
    /// where the file has them, else by frame pointers.
    #[must_use]
    pub fn backtrace(&self, pc: u64, registers: &[u64; 32], memory: &[u8]) -> Vec<Location> {
        let mut frames = vec![self.locate(pc)];
        let mut frame = Frame { pc, registers: *registers };
        while frames.len() < MAX_FRAMES {
            let innermost = frames.len() == 1;
            let caller = self
                .unwind(&frame, innermost, memory)
                .or_else(|| frame.by_frame_pointer(innermost, memory));
            let Some(caller) = caller else { break };
            // A return address is behind the call.
            let call = caller.pc.wrapping_sub(1);
            let ends = caller.pc == 0 || caller.registers[Reg::Sp as usize] < frame.registers[2];
            if ends || !is_inside(memory, call) {
                break;
            }
            let mut location = self.locate(call);
            location.pc = caller.pc;
            if let Some((_, offset)) = &mut location.symbol {
                *offset += 1;
            }
            frames.push(location);
            frame = caller;
        }
        frames
    }

    /// The frame of the caller by unwind tables.
    fn unwind(&self, frame: &Frame, innermost: bool, memory: &[u8]) -> Option<Frame> {
        let pc = if innermost { frame.pc } else { frame.pc.wrapping_sub(1) };
        let (debug, eh) = self.frames.as_ref()?;
        self.unwind_by(debug, gimli::DebugFrame::cie_from_offset, frame, pc, memory)
            .or_else(|| self.unwind_by(eh, gimli::EhFrame::cie_from_offset, frame, pc, memory))
    }

    fn unwind_by<S: gimli::UnwindSection<Reader<'a>>>(
        &self,
        section: &S,
        cie: impl FnMut(
            &S,
            &gimli::BaseAddresses,
            S::Offset,
        ) -> gimli::Result<gimli::CommonInformationEntry<Reader<'a>>>,
        frame: &Frame,
        pc: u64,
        memory: &[u8],
    ) -> Option<Frame> {
        let mut context = gimli::UnwindContext::new();
        let row = section.unwind_info_for_address(&self.bases, &mut context, pc, cie).ok()?;
        let cfa = match row.cfa() {
            gimli::CfaRule::RegisterAndOffset { register, offset } => {
                let base = frame.registers.get(usize::from(register.0))?;
                base.wrapping_add_signed(*offset)
            }
            gimli::CfaRule::Expression(_) => return None,
        };
        let mut registers = frame.registers;
        for (register, rule) in row.registers() {
            let place = registers.get_mut(usize::from(register.0))?;
            if let gimli::RegisterRule::Offset(offset) = rule {
                *place = read_u64(memory, cfa.wrapping_add_signed(*offset))?;
            } else if let gimli::RegisterRule::ValOffset(offset) = rule {
                *place = cfa.wrapping_add_signed(*offset);
            }
        }
        registers[Reg::Sp as usize] = cfa;
        let pc = registers[Reg::Ra as usize];
        let same = pc == frame.pc && cfa == frame.registers[Reg::Sp as usize];
        (!same).then_some(Frame { pc, registers })
    }
}

/// Whether an address is in memory.
fn is_inside(memory: &[u8], addr: u64) -> bool {
    addr < memory.len() as u64
}

fn read_u64(memory: &[u8], addr: u64) -> Option<u64> {
    let bytes = memory.get(usize::try_from(addr).ok()?..)?;
    bytes.first_chunk().map(|bytes| u64::from_le_bytes(*bytes))
}

/// Where a function is, with its registers.
struct Frame {
    pc: u64,
    registers: [u64; 32],
}

impl Frame {
    /// The frame of the caller, if this one keeps a frame pointer: the return address and
    /// the caller's frame pointer are in front of it. The innermost may not have saved its
    /// return address.
    fn by_frame_pointer(&self, innermost: bool, memory: &[u8]) -> Option<Self> {
        let [ra, sp, fp] = [Reg::Ra, Reg::Sp, Reg::S0].map(|reg| self.registers[reg as usize]);
        let mut registers = self.registers;
        let is_frame = fp > sp && fp.is_multiple_of(8) && fp <= memory.len() as u64;
        let saved = is_frame
            .then(|| read_u64(memory, fp.wrapping_sub(8)))
            .flatten()
            .filter(|pc| is_inside(memory, *pc) && *pc != 0);
        let pc = match saved {
            Some(pc) => {
                registers[Reg::S0 as usize] = read_u64(memory, fp.wrapping_sub(16))?;
                registers[Reg::Sp as usize] = fp;
                pc
            }
            None if innermost => ra,
            None => return None,
        };
        Some(Self { pc, registers })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_as_they_are_written() {
        let shown = |name| {
            let symbol = Symbol { address: 0, size: 0, name, kind: Kind::Function };
            symbol.shown().into_owned()
        };
        assert_eq!(shown("main"), "main");
        assert_eq!(shown("_ZN4core3fmt5write17h0123456789abcdefE"), "core::fmt::write");
        // RFC 2603, "Examples".
        assert_eq!(shown("_RNvNtCs1234_7mycrate3foo3bar"), "mycrate::foo::bar");
    }
}
