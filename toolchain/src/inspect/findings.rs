//! What an author or an auditor should look at.
//!
//! Each kind of finding is told once, with how often it was met and the first places. Rules
//! that differ between versions are those of `verdict_vm::Version`.

#![expect(clippy::wildcard_enum_match_arm, reason = "of most instructions there is nothing to say")]

use std::collections::BTreeSet;

use object::{Architecture, Object as _, ObjectKind};
use serde::Serialize;
use verdict_audit::symbols::Symbols;
use verdict_vm::{
    Config, Isa, Memory, MemorySize, PAGE_SIZE, Trap, Version,
    elf::Headers,
    isa::{Extension, Fused, Inst, Op, Reg, decode},
};

use super::{Place, pages};
use crate::code::{Code, Item, UNFUSED, target};

/// How many places of a kind are told.
const SHOWN: usize = 8;

/// The kind of program header that names a dynamic linker.
const PT_INTERP: u32 = 3;

/// So many bytes of zeros in a segment are worth a word: the machine has 4 MiB.
const BIG: u64 = 512 << 10;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A version refuses the program, or fails if it comes there.
    Error,
    /// It may do something else than its author thinks.
    Warning,
    /// It is good to know.
    Note,
}

/// What to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// A short name of its kind.
    pub kind: &'static str,
    /// What it is, in words.
    pub message: String,
    /// The versions of the machine that it is about.
    pub versions: Vec<u8>,
    /// How often it was met.
    pub count: u64,
    /// Where, the first few.
    pub places: Vec<Place>,
}

/// Collects findings.
pub(super) struct Findings<'a, 's> {
    symbols: &'a Symbols<'s>,
    all: Vec<Finding>,
}

use Severity::{Error, Note, Warning};

const EVERY: &[u8] = &[0, 1, 2];
const V0: &[u8] = &[0];
const V1: &[u8] = &[1];
const FUSING: &[u8] = &[1, 2];

impl<'a, 's> Findings<'a, 's> {
    pub(super) const fn new(symbols: &'a Symbols<'s>) -> Self {
        Self { symbols, all: Vec::new() }
    }

    /// All, the worst first.
    pub(super) fn finish(mut self) -> Vec<Finding> {
        self.all.sort_by_key(|finding| finding.severity);
        self.all
    }

    fn add(
        &mut self,
        (severity, kind): (Severity, &'static str),
        versions: &[u8],
        place: Option<u64>,
        message: impl FnOnce() -> String,
    ) {
        let at = self.all.iter().position(|finding| finding.kind == kind);
        let at = at.unwrap_or_else(|| {
            self.all.push(Finding {
                severity,
                kind,
                message: message(),
                versions: versions.to_vec(),
                count: 0,
                places: Vec::new(),
            });
            self.all.len() - 1
        });
        let finding = &mut self.all[at];
        finding.count += 1;
        if let Some(address) = place
            && finding.places.len() < SHOWN
        {
            finding.places.push(Place::new(address, self.symbols));
        }
    }

    /// Looks at headers.
    pub(super) fn layout(&mut self, file: &[u8], headers: &Headers) {
        self.kind_of_file(file);
        self.segments(file, headers);
        self.shared_pages(headers);
        let mut executable = headers
            .program_headers
            .iter()
            .filter(|header| header.is_loaded() && header.is_executable());
        let holds_entry = executable.any(|header| {
            headers.entry.checked_sub(header.vaddr).is_some_and(|at| at < header.memory_size)
        });
        if !holds_entry {
            self.add((Error, "entry-not-executable"), EVERY, Some(headers.entry), || {
                "the entry is in no executable segment: nothing would run".to_owned()
            });
        }
        if headers.entry % 2 == 1 {
            self.add((Warning, "odd-entry"), EVERY, Some(headers.entry), || {
                "the entry is odd: code would be decoded from there".to_owned()
            });
        }
        if headers.program_headers.iter().any(|header| header.kind == PT_INTERP) {
            self.add((Warning, "dynamic-linker"), EVERY, None, || {
                "the file asks for a dynamic linker, which there is not".to_owned()
            });
        }
        let loaded = headers.program_headers.iter().filter(|header| header.is_loaded());
        let loaded = loaded.fold(0_u64, |sum, header| sum.saturating_add(header.file_size));
        let rest = (file.len() as u64).saturating_sub(loaded);
        if rest > 2 * PAGE_SIZE && rest > loaded {
            self.add((Note, "not-loaded"), EVERY, None, || {
                format!("{rest} bytes of the file are padding, symbols or the like, which a cell pays for and no \
                     machine loads")
            });
        }
    }

    fn kind_of_file(&mut self, file: &[u8]) {
        let object = match object::File::parse(file) {
            Ok(object) => object,
            Err(error) => {
                return self.add((Note, "sections"), EVERY, None, || {
                    format!("sections and symbols cannot be read: {error}")
                });
            }
        };
        if object.architecture() != Architecture::Riscv64 {
            self.add((Warning, "architecture"), EVERY, None, || {
                "the file is not for 64-bit RISC-V; machines do not look at that".to_owned()
            });
        }
        if !object.is_little_endian() {
            self.add((Warning, "big-endian"), EVERY, None, || {
                "headers are big-endian; the machine is not".to_owned()
            });
        }
        if object.kind() == ObjectKind::Relocatable {
            self.add((Error, "relocatable"), EVERY, None, || {
                "the file is an object file, which has to be linked first".to_owned()
            });
        }
        if let object::FileFlags::Elf { e_flags, .. } = object.flags()
            && e_flags.0 & object::elf::EF_RISCV_FLOAT_ABI != 0
        {
            self.add((Warning, "float-abi"), EVERY, None, || {
                "the file follows a calling convention with floating point registers, which the \
                 machine does not have"
                    .to_owned()
            });
        }
        if object.dynamic_relocations().is_some_and(|mut all| all.next().is_some()) {
            self.add((Warning, "relocations"), EVERY, None, || {
                "the file has dynamic relocations, which nobody applies".to_owned()
            });
        }
    }

    fn segments(&mut self, file: &[u8], headers: &Headers) {
        let loaded = headers.program_headers.iter().filter(|header| header.is_loaded());
        let memory = MemorySize::MAX.bytes();
        for header in loaded {
            let place = Some(header.vaddr);
            let end = header.vaddr.checked_add(header.memory_size);
            if !header.is_readable() {
                self.add((Error, "unreadable-segment"), EVERY, place, || {
                    "a segment is not readable, which is refused".to_owned()
                });
            }
            if header.is_writable() && header.is_executable() {
                self.add((Error, "writable-code"), EVERY, place, || {
                    "a segment is writable and executable, which is refused".to_owned()
                });
            }
            if header.is_executable() && !header.vaddr.is_multiple_of(PAGE_SIZE) {
                self.add((Error, "unaligned-code"), V0, place, || {
                    "an executable segment does not start on a page boundary, which is refused"
                        .to_owned()
                });
            }
            if end.is_none_or(|end| end > memory) {
                self.add((Error, "outside-memory"), EVERY, place, || {
                    "a segment ends beyond the 4 MiB of memory".to_owned()
                });
            } else if end.is_some_and(|end| end > memory - memory / 4) {
                self.add((Warning, "in-the-stack"), EVERY, place, || {
                    "a segment reaches into the last MiB of memory, where the stack is".to_owned()
                });
            }
            let bss = header.memory_size.saturating_sub(header.file_size);
            if bss >= BIG {
                self.add((Note, "big-bss"), EVERY, place, || {
                    format!("a segment has {bss} bytes that are not in the file, of 4 MiB in all")
                });
            }
            if header.file_size > header.memory_size {
                self.add((Warning, "long-segment"), EVERY, place, || {
                    "a segment has more bytes in the file than in memory; all are charged for"
                        .to_owned()
                });
            }
            let file_end = header.offset.checked_add(header.file_size);
            if file_end.is_none_or(|end| end > file.len() as u64) {
                self.add((Error, "outside-file"), EVERY, place, || {
                    "a segment ends behind the file".to_owned()
                });
            }
        }
    }

    fn shared_pages(&mut self, headers: &Headers) {
        // In the order they are loaded in; a later one fills its pages from end to end.
        let mut owners =
            vec![None; usize::try_from(MemorySize::MAX.bytes() / PAGE_SIZE).unwrap_or(0)];
        for header in headers.program_headers.iter().filter(|header| header.is_loaded()) {
            let Some((first, last)) = pages(header) else { continue };
            for page in first..=last.min(owners.len() as u64 - 1) {
                let Some(owner) = usize::try_from(page).ok().and_then(|at| owners.get_mut(at))
                else {
                    break;
                };
                let flags = header.flags & 7;
                let Some(before) = owner.replace(flags) else { continue };
                let place = Some(page * PAGE_SIZE);
                // Only a page that is writable may be filled again.
                if before & 2 == 0 {
                    self.add((Error, "shared-page"), EVERY, place, || {
                        "segments share a page that cannot be filled twice, which is refused"
                            .to_owned()
                    });
                } else {
                    self.add((Error, "overwritten-page"), EVERY, place, || {
                        "segments share a page: version 0 refuses that, the others clear what the \
                         earlier segment has there"
                            .to_owned()
                    });
                }
            }
        }
    }

    /// Looks at instructions.
    pub(super) fn code(&mut self, code: &Code) {
        let reached = code.reached();
        let mut starts = Vec::new();
        let mut targets = Vec::new();
        for (pc, item) in code.items(UNFUSED) {
            match item {
                Item::Step(step) => {
                    starts.push(pc);
                    let target = target(pc, &step).filter(|_| reached.contains(pc));
                    targets.extend(target.map(|to| (pc, to)));
                    if let Op::Inst(inst) = step.op {
                        self.instruction(code.memory(), pc, inst, step.len);
                    }
                }
                Item::Foreign(..) | Item::Unknown(..) if !reached.contains(pc) => {
                    self.unreached(pc, item);
                }
                Item::Foreign(inst, _) => {
                    self.add((Error, "atomics"), EVERY, Some(pc), || {
                        format!("atomic instructions, which no script may use: {inst}")
                    });
                }
                Item::Unknown(bits, _) => self.unknown(pc, bits),
                Item::Data(_) => {}
            }
        }
        for (pc, to) in targets {
            if starts.binary_search(&to).is_err() {
                self.add((Warning, "odd-target"), EVERY, Some(pc), || {
                    format!("jumps to where no instruction starts, the first to {to:#x}")
                });
            }
        }
        self.fused(code);
        self.long_blocks(code);
    }

    fn instruction(&mut self, memory: &Memory, pc: u64, inst: Inst, len: u8) {
        let place = Some(pc);
        match inst {
            Inst::FenceI(_) => self.add((Warning, "fence.i"), EVERY, place, || {
                "fence.i does nothing: code pages cannot change".to_owned()
            }),
            Inst::Ebreak(_) => self.add((Note, "ebreak"), EVERY, place, || {
                "ebreak does nothing and costs 500 cycles".to_owned()
            }),
            Inst::Jalr(jump) if jump.rd() == jump.rs1() && jump.rd() != Reg::Zero => {
                self.add((Warning, "link-first"), V0, place, || {
                    "a call through the register that it links in goes elsewhere in version 0, \
                     which links first"
                        .to_owned()
                });
            }
            _ if !matches!(inst.row().extension, Extension::I | Extension::M) => {
                self.add((Error, "bit-manipulation"), V0, place, || {
                    "bit manipulation, which version 0 does not have".to_owned()
                });
            }
            _ if len == 2 && decode::step(memory, Isa::IMC, Version::V0, pc).is_err() => {
                self.add((Error, "hint"), V0, place, || {
                    "compressed hints, which are illegal in version 0".to_owned()
                });
            }
            _ => {}
        }
    }

    /// What is no instruction of the machine, where nothing was seen to lead.
    fn unreached(&mut self, pc: u64, item: Item) {
        if !matches!(item, Item::Unknown(bits, _) if classify(bits) == Foreign::Unimplemented) {
            self.add((Note, "not-decoded"), EVERY, Some(pc), || {
                "no instructions of the machine, where no other was seen to lead: most likely data"
                    .to_owned()
            });
        }
    }

    /// Bits that are no instruction.
    fn unknown(&mut self, pc: u64, bits: u32) {
        let (kind, what) = match classify(bits) {
            // How compilers write that control does not come here.
            Foreign::Unimplemented => return,
            Foreign::Float => ("floating-point", "floating point instructions"),
            Foreign::Csr => ("csr", "instructions on control and status registers"),
            Foreign::Vector => ("vector", "vector instructions"),
            Foreign::Other => {
                return self.add((Warning, "unknown-word"), EVERY, Some(pc), || {
                    "bits that are no instruction: data, or what the machine does not have"
                        .to_owned()
                });
            }
        };
        self.add((Error, kind), EVERY, Some(pc), || {
            format!("{what}, which the machine does not have")
        });
    }

    /// Fused operations that do not do what their parts would.
    fn fused(&mut self, code: &Code) {
        for (pc, item) in code.items(Config::on_chain(Version::V1)) {
            let Item::Step(step) = item else { continue };
            let Op::Fused(fused) = step.op else { continue };
            let parts = || code.parts(pc, step.len.into());
            let odd = match fused {
                Fused::FarJumpAbs { .. } | Fused::FarJumpRel { .. } => {
                    let head = parts().next().and_then(|(_, inst, _)| inst.rd());
                    head.is_some_and(|scratch| scratch != Reg::Ra).then_some((
                        (Warning, "far-jump"),
                        V1,
                        "far calls through another register than ra, which version 1 leaves as it \
                         was",
                    ))
                }
                Fused::Sbb { b, .. } => {
                    let compared = parts().nth(1).and_then(|(_, inst, _)| inst.operands().rs2);
                    (compared != Some(b)).then_some((
                        (Warning, "borrow"),
                        FUSING,
                        "subtractions with borrow that are fused although they compare another \
                         register: the result is not that of the instructions",
                    ))
                }
                _ => None,
            };
            if let Some((kind, versions, message)) = odd {
                self.add(kind, versions, Some(pc), || message.to_owned());
            }
        }
    }

    /// Blocks whose length does not fit into the eight bits that the machine has for it.
    fn long_blocks(&mut self, code: &Code) {
        let config = Config::on_chain(Version::V2);
        let starts: BTreeSet<u64> = code.block_starts(config);
        for start in starts {
            let is_long = match code.block(config, start) {
                Ok(block) => block.len > 255,
                Err(trap) => matches!(trap, Trap::BlockLength { .. }),
            };
            if is_long {
                self.add((Warning, "long-block"), FUSING, Some(start), || {
                    "blocks of more than 255 bytes, behind which control goes elsewhere".to_owned()
                });
            }
        }
    }
}

/// What bits are that are no instruction of the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Foreign {
    /// What assemblers write for `unimp`.
    Unimplemented,
    Float,
    Csr,
    Vector,
    Other,
}

/// Sorts bits by their major opcode (RISC-V Unprivileged ISA, "RV32/64G Instruction Set
/// Listings").
pub(super) const fn classify(bits: u32) -> Foreign {
    if bits & 3 != 3 {
        // c.fld, c.fsd, c.fldsp and c.fsdsp.
        return match (bits & 3, bits >> 13 & 7) {
            _ if bits == 0 => Foreign::Unimplemented,
            (0 | 2, 1 | 5) => Foreign::Float,
            _ => Foreign::Other,
        };
    }
    match (bits & 0x7f, bits >> 12 & 7) {
        _ if bits == 0xc000_1073 => Foreign::Unimplemented,
        (0x07 | 0x27, 1..=4) | (0x43 | 0x47 | 0x4b | 0x4f | 0x53, _) => Foreign::Float,
        (0x07 | 0x27, 0 | 5..=7) | (0x57, _) => Foreign::Vector,
        (0x73, 1..=3 | 5..=7) => Foreign::Csr,
        _ => Foreign::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_sorted_by_opcode() {
        // Encodings by `llvm-mc -triple=riscv64 -mattr=+d,+c,+v -show-encoding`.
        for (bits, expected) in [
            (0x0000_0000, Foreign::Unimplemented),
            (0xc000_1073, Foreign::Unimplemented),
            (0x02b5_7553, Foreign::Float),  // fadd.d fa0, fa0, fa1
            (0x0005_3507, Foreign::Float),  // fld fa0, 0(a0)
            (0x2108, Foreign::Float),       // c.fld fa0, 0(a0)
            (0xa02a, Foreign::Float),       // c.fsdsp fa0, 0(sp)
            (0xc000_2573, Foreign::Csr),    // rdcycle a0
            (0x0205_0087, Foreign::Vector), // vle8.v v1, (a0)
            (0x0220_8157, Foreign::Vector), // vadd.vv v2, v2, v1
            (0x8000, Foreign::Other),
            (0xffff_ffff, Foreign::Other),
        ] {
            assert_eq!(classify(bits), expected, "{bits:#x}");
        }
    }
}
