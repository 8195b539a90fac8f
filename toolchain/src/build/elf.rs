//! Whether the machine can run a linked program, and the least file that says the same.
//!
//! The machine looks at an ELF file's header and at the segments that are to be loaded,
//! and every byte of a script costs its owner. So a script consists of these and of
//! nothing else.

use std::{collections::BTreeMap, fmt};

use object::{
    LittleEndian, Object as _, ObjectSection as _, ObjectSymbol as _, SectionKind, SymbolKind,
    elf::{PT_LOAD, SHN_UNDEF},
    pod,
    read::elf::{ElfFile64, ProgramHeader as _},
};
use verdict_vm::{
    Config, Isa, Machine, Version,
    isa::{rvc, table},
};

use super::BuildError;

/// Linkers for the machine make no others.
type Elf<'a> = ElfFile64<'a, LittleEndian>;

/// `unimp`, by which compilers mark what is never reached; all versions trap.
const UNIMP: u32 = 0xc000_1073;

/// An instruction that some version of the machine lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsupported {
    /// Its address.
    pub address: u64,
    /// The function that it is in, if that is known, and how far.
    pub function: Option<(String, u64)>,
    /// Its encoding, 16 or 32 bits.
    pub encoding: u32,
    /// The version.
    pub version: u8,
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { address, function, encoding, version } = self;
        let digits = if is_compressed(*encoding) { 4 } else { 8 };
        write!(f, "{address:#x}: {encoding:0digits$x}, {}", kind(*encoding))?;
        if let Some((name, offset)) = function {
            write!(f, " in {name}+{offset:#x}")?;
        }
        write!(f, " (version {version})")
    }
}

/// What an instruction that the machine lacks is about, by its major opcode.
const fn kind(encoding: u32) -> &'static str {
    match (encoding & 3, encoding >> 2 & 0x1f) {
        (3, 0b01011) => "an atomic access",
        (3, 0b00001 | 0b01001 | 0b10000 | 0b10001 | 0b10010 | 0b10011 | 0b10100) => {
            "a floating-point instruction"
        }
        (3, 0b11100) => "a system instruction",
        (3, 0b10101 | 0b11101) => "a vector instruction",
        _ => "an unknown instruction",
    }
}

const fn is_compressed(encoding: u32) -> bool {
    encoding & 3 != 3
}

/// Checks that `versions` of the machine can run the linked program `linked`, and gives
/// the file that has what they load and nothing else.
pub(super) fn check_and_strip(
    name: &str,
    linked: &[u8],
    versions: &[Version],
) -> Result<Vec<u8>, BuildError> {
    let unreadable = |source| BuildError::Linked { program: name.to_owned(), source };
    let elf = Elf::parse(linked).map_err(unreadable)?;
    let stripped = strip(linked, &elf).map_err(unreadable)?;
    for &version in versions {
        let mut machine = Machine::new(Config::on_chain(version));
        machine.load_elf(&stripped).map_err(|source| BuildError::Load {
            program: name.to_owned(),
            version: version.number(),
            source,
        })?;
    }
    let found = unsupported(&elf, versions).map_err(unreadable)?;
    if found.is_empty() {
        Ok(stripped)
    } else {
        Err(BuildError::Unsupported { program: name.to_owned(), found })
    }
}

/// The file with the segments of `elf` that take memory. Zeros at the end of one are not
/// stored, as what is not stored is zero.
fn strip(linked: &[u8], elf: &Elf<'_>) -> object::Result<Vec<u8>> {
    let segments = elf.elf_program_headers().iter().filter(|segment| {
        segment.p_type(LittleEndian) == PT_LOAD && segment.p_memsz(LittleEndian) > 0
    });
    let segments: Vec<_> = segments.collect();
    let mut header = *elf.elf_header();
    header.e_phoff.set(LittleEndian, size_of_val(&header) as u64);
    header.e_phnum.set(LittleEndian, u16::try_from(segments.len()).unwrap_or(u16::MAX));
    header.e_shoff.set(LittleEndian, 0);
    header.e_shentsize.set(LittleEndian, 0);
    header.e_shnum.set(LittleEndian, 0);
    header.e_shstrndx.set(LittleEndian, SHN_UNDEF);
    let start = size_of_val(&header) + segments.iter().copied().map(size_of_val).sum::<usize>();
    let mut headers = pod::bytes_of(&header).to_vec();
    let mut contents = Vec::new();
    for &segment in &segments {
        let bytes = segment.data(LittleEndian, linked).unwrap_or_default();
        let stored = bytes.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
        let mut segment = *segment;
        segment.p_offset.set(LittleEndian, (start + contents.len()) as u64);
        segment.p_filesz.set(LittleEndian, stored as u64);
        headers.extend_from_slice(pod::bytes_of(&segment));
        contents.extend_from_slice(&bytes[..stored]);
    }
    Ok([headers, contents].concat())
}

/// The instructions of `elf` that one of `versions` lacks.
///
/// What is not code inside of a section of code is known by its mapping symbols, `$d` and
/// `$x`, which assemblers leave there.
fn unsupported(elf: &Elf<'_>, versions: &[Version]) -> object::Result<Vec<Unsupported>> {
    let (mut marks, mut functions) = (BTreeMap::new(), BTreeMap::new());
    for symbol in elf.symbols() {
        let name = symbol.name().unwrap_or_default();
        if name.starts_with("$d") || name.starts_with("$x") {
            marks.insert(symbol.address(), name.starts_with("$x"));
        } else if symbol.is_definition() && symbol.kind() == SymbolKind::Text {
            functions.insert(symbol.address(), name);
        }
    }
    let mut found = Vec::new();
    for section in elf.sections().filter(|section| section.kind() == SectionKind::Text) {
        let code = section.data()?;
        let mut at = 0;
        while let Some((encoding, len)) = encoding(&code[at..]) {
            let address = section.address() + at as u64;
            if marks.range(..=address).next_back().is_some_and(|(_, is_code)| !is_code) {
                // Data goes on up to the next mark.
                let next = marks.range(address + 1..).next().map(|(&next, _)| next);
                let end = section.address() + section.size();
                at += usize::try_from(next.unwrap_or(end).min(end) - address).unwrap_or(len);
                continue;
            }
            let lacks = |version: &&Version| !has(encoding, **version);
            if let Some(version) = versions.iter().find(lacks) {
                let function = functions.range(..=address).next_back();
                found.push(Unsupported {
                    address,
                    function: function.map(|(start, name)| (name.to_string(), address - start)),
                    encoding,
                    version: version.number(),
                });
            }
            at += len;
        }
    }
    Ok(found)
}

/// The instruction at the start of `code`, and its length in bytes.
fn encoding(code: &[u8]) -> Option<(u32, usize)> {
    let half = u32::from(u16::from_le_bytes(*code.first_chunk()?));
    if is_compressed(half) {
        return Some((half, 2));
    }
    // Half an instruction at the end is none.
    Some(code.first_chunk().map_or((half, 2), |word| (u32::from_le_bytes(*word), 4)))
}

/// Whether `version` has an instruction, or traps there because it is meant to.
fn has(encoding: u32, version: Version) -> bool {
    if encoding == 0 || encoding == UNIMP {
        return true;
    }
    match u16::try_from(encoding) {
        Ok(half) if is_compressed(encoding) => rvc::expand(half, version).is_some(),
        _ => table::decode(encoding, Isa::on_chain(version)).is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_machine_lacks_is_named() {
        // Encodings by the ISA manual, versions 20240411.
        for (encoding, expected) in [
            (0x1005_272f, "an atomic access"),             // lr.w a4, (a0)
            (0x0005_2007, "a floating-point instruction"), // flw ft0, 0(a0)
            (0xc000_2573, "a system instruction"),         // rdcycle a0
            (0x0000_2000, "an unknown instruction"),       // c.fld fs0, 0(s0)
        ] {
            assert!(!has(encoding, Version::V2), "{encoding:#x}");
            assert_eq!(kind(encoding), expected, "{encoding:#x}");
        }
    }

    #[test]
    fn version_0_lacks_bit_manipulation() {
        let sh1add = 0x20b5_2533; // sh1add a0, a0, a1
        assert!(!has(sh1add, Version::V0));
        assert!(has(sh1add, Version::V1));
    }

    #[test]
    fn intended_traps_are_no_mistakes() {
        assert!(has(0, Version::V0));
        assert!(has(UNIMP, Version::V2));
    }
}
