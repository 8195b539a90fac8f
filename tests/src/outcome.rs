//! What is run, and how a run ended.

use std::fmt::Write as _;

use verdict_vm::{Isa, MemorySize, Version};

/// Numbers of the ecalls that both runners answer. They cost nothing.
pub mod call {
    /// Ends the program with exit code `a0`.
    pub const EXIT: u64 = 93;
    /// Reads the string at `a0` and forgets it.
    pub const DEBUG: u64 = 2177;
    /// Initialises the pages `a0 .. a0 + a1` with the bytes at `a2` and makes them
    /// executable.
    pub const LOAD_CODE: u64 = 2091;
}

/// A program and its arguments.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The file.
    pub elf: Vec<u8>,
    /// `argv`.
    pub args: Vec<Vec<u8>>,
}

impl Program {
    /// A program without arguments.
    #[must_use]
    pub const fn new(elf: Vec<u8>) -> Self {
        Self { elf, args: Vec::new() }
    }
}

/// The machine that runs it.
#[derive(Clone, Copy, Debug)]
pub struct Setup {
    /// Its rules.
    pub version: Version,
    /// Its instructions.
    pub isa: Isa,
    /// Its memory.
    pub memory_size: MemorySize,
    /// Its cycle counter at the start.
    pub cycles: u64,
    /// Its limit on cycles.
    pub max_cycles: u64,
}

impl Setup {
    /// A machine of the version and instruction set, with all memory and a limit
    /// that only endless programs reach.
    #[must_use]
    pub const fn new(version: Version, isa: Isa) -> Self {
        Self { version, isa, memory_size: MemorySize::MAX, cycles: 0, max_cycles: 1_000_000 }
    }

    /// [`Self::new`] with the instruction set that scripts of `version` have.
    #[must_use]
    pub const fn on_chain(version: Version) -> Self {
        Self::new(version, Isa::on_chain(version))
    }

    /// Every version with every nameable instruction set that it can run.
    pub fn all() -> impl Iterator<Item = Self> {
        Version::ALL.into_iter().flat_map(|version| {
            Isa::NAMES
                .into_iter()
                .filter(move |(_, isa)| !isa.fusion || version.may_fuse())
                .map(move |(_, isa)| Self::new(version, isa))
        })
    }
}

/// Why a run failed, in words of the reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The name of the error.
    pub kind: String,
    /// What it carries: the text of a parse error, `pc` and bits of an illegal
    /// instruction, the number of an ecall.
    pub detail: String,
}

impl Failure {
    /// A failure that carries nothing.
    #[must_use]
    pub fn new(kind: &str) -> Self {
        Self::with(kind, String::new())
    }

    /// A failure that carries `detail`.
    #[must_use]
    pub fn with(kind: &str, detail: String) -> Self {
        Self { kind: kind.to_owned(), detail }
    }

    /// An illegal instruction.
    #[must_use]
    pub fn illegal(pc: u64, bits: u32) -> Self {
        Self::with("InvalidInstruction", format!("{bits:#x} at {pc:#x}"))
    }

    /// An ecall that nobody answers.
    #[must_use]
    pub fn ecall(number: u64) -> Self {
        Self::with("InvalidEcall", number.to_string())
    }
}

/// A page that is not as a new machine has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its number.
    pub number: u64,
    /// Its flags.
    pub flags: u8,
    /// Its bytes; none if all are zero.
    pub bytes: Vec<u8>,
}

/// The bytes of a page that nothing was written to.
static ZEROS: [u8; 4096] = [0; 4096];

impl Page {
    /// The page, or `None` if it is as a new machine has it.
    #[must_use]
    pub fn changed(number: u64, flags: u8, bytes: &[u8]) -> Option<Self> {
        let zero = bytes == &ZEROS[..bytes.len()];
        (flags != 0 || !zero).then(|| Self {
            number,
            flags,
            bytes: if zero { Vec::new() } else { bytes.to_vec() },
        })
    }
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The exit code, or what went wrong.
    pub result: Result<i8, Failure>,
    /// How many bytes loading counted, if it succeeded.
    pub loaded: Option<u64>,
    /// Cycles spent.
    pub cycles: u64,
    /// Where control was.
    pub pc: u64,
    /// The registers.
    pub registers: [u64; 32],
    /// The address reserved by `lr`.
    pub reservation: u64,
    /// The pages that are not as a new machine has them, by number.
    pub pages: Vec<Page>,
}

impl Outcome {
    /// The name of the error, or `""` after a success.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.result.as_ref().map_or_else(|failure| failure.kind.as_str(), |_| "")
    }

    /// The flags of page `number`.
    #[must_use]
    pub fn flags(&self, number: u64) -> u8 {
        self.pages.iter().find(|page| page.number == number).map_or(0, |page| page.flags)
    }

    /// What differs from `other`, a line each; empty if nothing does.
    #[must_use]
    pub fn differences(&self, other: &Self) -> String {
        let mut text = String::new();
        if self == other {
            return text;
        }
        let mut line = |what: &str, left: String, right: String| {
            if left != right {
                let _ = writeln!(text, "  {what}: {left} / {right}");
            }
        };
        line("result", format!("{:?}", self.result), format!("{:?}", other.result));
        line("loaded", format!("{:?}", self.loaded), format!("{:?}", other.loaded));
        line("cycles", self.cycles.to_string(), other.cycles.to_string());
        line("pc", format!("{:#x}", self.pc), format!("{:#x}", other.pc));
        for (number, (left, right)) in self.registers.iter().zip(&other.registers).enumerate() {
            line(&format!("x{number}"), format!("{left:#x}"), format!("{right:#x}"));
        }
        line(
            "reservation",
            format!("{:#x}", self.reservation),
            format!("{:#x}", other.reservation),
        );
        let mut numbers: Vec<u64> =
            self.pages.iter().chain(&other.pages).map(|page| page.number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        for number in numbers {
            let find = |outcome: &Self| {
                outcome
                    .pages
                    .iter()
                    .find(|page| page.number == number)
                    .map(|page| (page.flags, page.bytes.clone()))
                    .unwrap_or_default()
            };
            let (left, right) = (find(self), find(other));
            line(&format!("flags of page {number:#x}"), left.0.to_string(), right.0.to_string());
            let byte = |bytes: &[u8], at| bytes.get(at).copied().unwrap_or(0);
            let first = (0..4096).find(|&at| byte(&left.1, at) != byte(&right.1, at));
            if let Some(at) = first {
                line(
                    &format!("byte {at:#x} of page {number:#x}"),
                    byte(&left.1, at).to_string(),
                    byte(&right.1, at).to_string(),
                );
            }
        }
        text
    }
}
