//! What there is to know about a program before it runs.
//!
//! Owns what is put together from its parts: what the file has the machine load and what else
//! it holds, what each version of the machine says to it, what its instructions are, and what
//! an author or an auditor should look at ([`Finding`]). How code is told from data is
//! [`crate::code`]; rules and costs are those of `verdict_vm` and `verdict_syscalls`.

mod findings;
mod listing;
mod text;

use std::collections::BTreeMap;

use object::{Object as _, ObjectSection as _};
use serde::Serialize;
use verdict_audit::symbols::{Kind, Symbols};
use verdict_syscalls::cost;
use verdict_vm::{
    Config, LoadError, Machine, PAGE_SIZE, Version,
    block::Block,
    elf::{Headers, ProgramHeader},
    isa::{Extension, Op},
};

pub use self::{
    findings::{Finding, Severity},
    listing::{Line, Listing, PartLine},
    text::{write_inspection, write_sizes},
};
use crate::code::{Code, Item, UNFUSED};

/// A program that was looked at.
#[derive(Clone, Debug, Serialize)]
pub struct Inspection {
    /// Bytes of the file.
    pub bytes: u64,
    /// Where execution starts.
    pub entry: Place,
    /// What is to be loaded, in the order of the file.
    pub segments: Vec<Segment>,
    /// What the file says it consists of, if it says so.
    pub sections: Vec<Section>,
    /// The largest symbols, the largest first.
    pub symbols: Vec<SymbolSize>,
    /// What each version says to it.
    pub versions: Vec<VersionReport>,
    /// What is in its executable part.
    pub code: CodeReport,
    /// What to look at, the worst first.
    pub findings: Vec<Finding>,
}

/// A place in a program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Its address.
    pub address: String,
    /// The symbol that it belongs to, and how far behind its start it is.
    pub symbol: Option<String>,
    /// File and line of its source.
    pub line: Option<String>,
}

impl Place {
    fn new(address: u64, symbols: &Symbols<'_>) -> Self {
        let location = symbols.locate(address);
        let symbol = location.symbol.map(|(name, offset)| match offset {
            0 => name,
            offset => format!("{name}+{offset:#x}"),
        });
        Self { address: format!("{address:#x}"), symbol, line: location.line }
    }
}

/// A segment to be loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Segment {
    /// The number of its program header.
    pub number: usize,
    /// Where it goes.
    pub address: String,
    /// `r`, `w`, `x` or `-` each.
    pub flags: String,
    /// Where its bytes start in the file.
    pub offset: u64,
    /// How many there are.
    pub file_bytes: u64,
    /// How many it takes in memory.
    pub memory_bytes: u64,
}

/// A section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its name.
    pub name: String,
    /// Where it goes, if it is to be in memory.
    pub address: Option<String>,
    /// Its size there.
    pub bytes: u64,
    /// How much of it is in the file.
    pub file_bytes: u64,
}

/// A symbol with its size.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SymbolSize {
    /// Its name.
    pub name: String,
    /// Its address.
    pub address: String,
    /// Its bytes.
    pub bytes: u64,
    /// `function` or `data`.
    pub kind: &'static str,
}

/// What a version of the machine says to a program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VersionReport {
    /// The version.
    pub version: u8,
    /// Whether it loads the program.
    pub loads: bool,
    /// The kind of error if it does not: `"ElfSegmentUnreadable"`.
    pub error: Option<&'static str>,
    /// The error in words.
    pub error_detail: Option<String>,
    /// Cycles that a verifier charges for loading it without arguments.
    pub load_cycles: Option<u64>,
    /// Why nothing of it would run, if so.
    pub entry_error: Option<String>,
    /// How many fused operations there are in its code, by name.
    pub fused: BTreeMap<String, u64>,
}

/// What is in the executable part of a program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CodeReport {
    /// Bytes of instructions.
    pub instruction_bytes: u64,
    /// Bytes that are no instructions.
    pub data_bytes: u64,
    /// How many instructions there are.
    pub instructions: u64,
    /// How many of these something was seen to lead to: see [`Code::reached`].
    pub reached: u64,
    /// How many of these belong to an extension. Those with an encoding of two bytes count for
    /// `C` as well.
    pub extensions: BTreeMap<&'static str, u64>,
}

/// Looks at the program in `file`; `symbols` name its parts, and `top` is how many of the
/// largest are told.
///
/// # Errors
///
/// Returns why there is nothing to look at: no version can read the headers.
pub fn inspect(
    file: &[u8],
    symbols: &Symbols<'_>,
    code: &Code,
    top: usize,
) -> Result<Inspection, LoadError> {
    let headers = Headers::parse(file)?;
    let mut findings = findings::Findings::new(symbols);
    findings.layout(file, &headers);
    findings.code(code);
    let versions = Version::ALL.map(|version| VersionReport::new(file, version, code));
    Ok(Inspection {
        bytes: file.len() as u64,
        entry: Place::new(headers.entry, symbols),
        segments: segments(&headers),
        sections: sections(file),
        symbols: largest(symbols, top),
        versions: versions.into(),
        code: CodeReport::new(code),
        findings: findings.finish(),
    })
}

/// What is to be loaded.
fn segments(headers: &Headers) -> Vec<Segment> {
    let loaded = headers.program_headers.iter().enumerate().filter(|(_, it)| it.is_loaded());
    let segment = |(number, header): (usize, &ProgramHeader)| {
        let flag = |is, letter| if is { letter } else { '-' };
        Segment {
            number,
            address: format!("{:#x}", header.vaddr),
            flags: String::from_iter([
                flag(header.is_readable(), 'r'),
                flag(header.is_writable(), 'w'),
                flag(header.is_executable(), 'x'),
            ]),
            offset: header.offset,
            file_bytes: header.file_size,
            memory_bytes: header.memory_size,
        }
    };
    loaded.map(segment).collect()
}

/// The sections of a file that says what they are.
#[must_use]
pub fn sections(file: &[u8]) -> Vec<Section> {
    let Ok(object) = object::File::parse(file) else { return Vec::new() };
    let sections = object.sections().map(|section| {
        let object::SectionFlags::Elf { sh_flags, .. } = section.flags() else { return None };
        let in_memory = (sh_flags & object::elf::SHF_ALLOC).0 != 0;
        Some(Section {
            name: String::from_utf8_lossy(section.name_bytes().unwrap_or_default()).into_owned(),
            address: in_memory.then(|| format!("{:#x}", section.address())),
            bytes: section.size(),
            file_bytes: section.file_range().map_or(0, |(_, len)| len),
        })
    });
    sections.flatten().filter(|section| section.bytes > 0).collect()
}

/// The largest symbols, the largest first.
#[must_use]
pub fn largest(symbols: &Symbols<'_>, top: usize) -> Vec<SymbolSize> {
    let mut all: Vec<_> = symbols.all().iter().filter(|symbol| symbol.size > 0).collect();
    all.sort_by_key(|symbol| std::cmp::Reverse(symbol.size));
    // Names of the same count once.
    all.dedup_by_key(|symbol| (symbol.address, symbol.size));
    let sizes = all.into_iter().take(top).map(|symbol| SymbolSize {
        name: symbol.shown().into_owned(),
        address: format!("{:#x}", symbol.address),
        bytes: symbol.size,
        kind: if symbol.kind == Kind::Data { "data" } else { "function" },
    });
    sizes.collect()
}

impl VersionReport {
    fn new(file: &[u8], version: Version, code: &Code) -> Self {
        let config = Config::on_chain(version);
        let mut machine = Machine::new(config);
        let loaded = machine.load_elf(file).and_then(|bytes| {
            let stack = machine.init_stack::<&[u8]>(&[])?;
            Ok(cost::transferred(bytes.saturating_add(stack)))
        });
        let entry = loaded.ok().map(|_| {
            Block::decode(machine.memory(), config.isa, config.version, machine.hart().pc)
        });
        let mut fused = BTreeMap::new();
        if version.may_fuse() {
            for (_, item) in code.items(config) {
                if let Item::Step(step) = item
                    && let Op::Fused(operation) = step.op
                {
                    *fused.entry(operation.mnemonic()).or_insert(0) += 1;
                }
            }
        }
        Self {
            version: version.number(),
            loads: loaded.is_ok(),
            error: loaded.err().map(LoadError::kind),
            error_detail: loaded.err().map(|error| error.to_string()),
            load_cycles: loaded.ok(),
            entry_error: entry.and_then(Result::err).map(|trap| trap.to_string()),
            fused: fused.into_iter().map(|(name, count)| (name.to_owned(), count)).collect(),
        }
    }
}

impl CodeReport {
    fn new(code: &Code) -> Self {
        let mut report = Self::default();
        for (pc, item) in code.items(UNFUSED) {
            let (inst, len) = match item {
                Item::Step(step) => match step.op {
                    Op::Inst(inst) => (inst, step.len),
                    Op::Fused(_) => continue,
                },
                Item::Foreign(inst, len) => (inst, len),
                Item::Unknown(..) | Item::Data(_) => {
                    report.data_bytes += item.bytes();
                    continue;
                }
            };
            report.instructions += 1;
            report.reached += u64::from(code.reached().contains(pc));
            report.instruction_bytes += u64::from(len);
            *report.extensions.entry(name(inst.row().extension)).or_default() += 1;
            if len == 2 {
                *report.extensions.entry("C").or_default() += 1;
            }
        }
        report
    }
}

/// The name of an extension.
const fn name(extension: Extension) -> &'static str {
    match extension {
        Extension::I => "I",
        Extension::M => "M",
        Extension::A => "A",
        Extension::Zba => "Zba",
        Extension::Zbb => "Zbb",
        Extension::Zbc => "Zbc",
        Extension::Zbs => "Zbs",
    }
}

/// The first and the last page that a segment touches.
const fn pages(header: &ProgramHeader) -> Option<(u64, u64)> {
    if header.memory_size == 0 {
        return None;
    }
    match header.vaddr.checked_add(header.memory_size - 1) {
        Some(last) => Some((header.vaddr / PAGE_SIZE, last / PAGE_SIZE)),
        None => None,
    }
}
