//! Disassembly: what the machine makes of code, line by line.
//!
//! A line is an operation of the machine, so instructions that are fused are one line with
//! their parts. A block is told where control may come to, as far as that can be seen, with
//! what entering it there costs: it may go on behind the start of another.

use std::{collections::BTreeSet, iter, ops::Range};

use serde::Serialize;
use verdict_audit::symbols::Symbols;
use verdict_vm::{Config, isa::Op};

use super::findings::{Foreign, classify};
use crate::code::{Code, Item, target};

/// How many bytes of data stand in a line.
const ROW: u64 = 16;

/// A line of a listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The function that starts here.
    pub function: Option<String>,
    /// File and line of the source, where they are not those of the line before.
    pub source: Option<String>,
    /// What it costs to enter the block that starts here: steps and cycles.
    pub block: Option<BlockCost>,
    /// Its address.
    pub address: String,
    /// Its bytes.
    pub bytes: String,
    /// What it costs, if it is an operation.
    pub cycles: Option<u64>,
    /// What it is.
    pub text: String,
    /// Whether something was seen to lead here: see [`Code::reached`]. What is not reached is
    /// called by its address, or is data.
    pub is_reached: bool,
    /// Where control goes from here, beside the next line.
    pub target: Option<String>,
    /// The instructions that are fused.
    pub parts: Vec<PartLine>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct BlockCost {
    /// How many operations it has.
    pub steps: u64,
    /// What entering it costs.
    pub cycles: u64,
}

/// A part of a fused operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartLine {
    /// Its address.
    pub address: String,
    /// Its bytes.
    pub bytes: String,
    /// What it is.
    pub text: String,
}

/// Makes lines of code.
pub struct Listing<'a, 's> {
    code: &'a Code,
    symbols: &'a Symbols<'s>,
    config: Config,
    blocks: BTreeSet<u64>,
}

impl<'a, 's> Listing<'a, 's> {
    /// A listing of `code` as machines of a kind see it.
    #[must_use]
    pub fn new(code: &'a Code, symbols: &'a Symbols<'s>, config: Config) -> Self {
        Self { code, symbols, config, blocks: code.block_starts(config) }
    }

    /// The lines of a range of addresses.
    pub fn lines(&self, range: Range<u64>) -> impl Iterator<Item = Line> {
        let before = range.start;
        let items = self.code.items(self.config);
        let items = items
            .skip_while(move |(pc, item)| pc + item.bytes() <= before)
            .take_while(move |(pc, _)| *pc < range.end);
        let mut items = items.flat_map(|(pc, item)| self.rows(pc, item)).peekable();
        let mut source = None;
        iter::from_fn(move || {
            let (pc, item) = items.next()?;
            let mut len = item.bytes();
            // Padding.
            while is_zero(item) && items.peek().is_some_and(|next| *next == (pc + len, item)) {
                items.next();
                len += item.bytes();
            }
            let mut line = self.line(pc, item, len);
            let here = self.symbols.locate(pc).line;
            if here.is_some() && here != source {
                line.source.clone_from(&here);
            }
            source = here;
            Some(line)
        })
    }

    /// Data in rows; other items as they are.
    fn rows(&self, pc: u64, item: Item) -> impl Iterator<Item = (u64, Item)> + use<> {
        let whole = item.bytes();
        let is_blank = matches!(item, Item::Data(_))
            && self.code.bytes(pc..pc + whole).iter().all(|byte| *byte == 0);
        let row = if matches!(item, Item::Data(_)) && !is_blank { ROW } else { whole };
        let mut at = 0;
        iter::from_fn(move || {
            let here = at;
            at += row;
            (here < whole).then(|| match item {
                Item::Data(_) => (pc + here, Item::Data(row.min(whole - here))),
                Item::Step(_) | Item::Foreign(..) | Item::Unknown(..) => (pc, item),
            })
        })
    }

    fn line(&self, pc: u64, item: Item, len: u64) -> Line {
        let functions = self.code.functions();
        let function = functions.at(pc).filter(|function| function.start == pc);
        let mut line = Line {
            function: function.map(|function| function.name.clone()),
            source: None,
            block: None,
            address: format!("{pc:#x}"),
            bytes: self.hex(pc, len.min(2 * ROW)),
            cycles: None,
            text: String::new(),
            is_reached: self.code.reached().contains(pc),
            target: None,
            parts: Vec::new(),
        };
        match item {
            Item::Step(step) => {
                line.text = step.op.to_string();
                line.cycles = Some(step.op.cycles());
                line.target = target(pc, &step).map(|to| self.name(to));
                if matches!(step.op, Op::Fused(_)) {
                    let parts = self.code.parts(pc, step.len.into());
                    line.parts = parts
                        .map(|(pc, inst, len)| PartLine {
                            address: format!("{pc:#x}"),
                            bytes: self.hex(pc, len.into()),
                            text: inst.to_string(),
                        })
                        .collect();
                }
                if self.blocks.contains(&pc)
                    && let Ok(block) = self.code.block(self.config, pc)
                {
                    let steps = block.steps().len() as u64;
                    line.block = Some(BlockCost { steps, cycles: block.cycles });
                }
            }
            Item::Foreign(inst, _) => line.text = format!("{inst}  (not in this machine)"),
            Item::Unknown(..) if len > item.bytes() => line.text = format!(".zero {len}"),
            Item::Unknown(bits, len) => {
                let directive = if len == 2 { ".half" } else { ".word" };
                let what = match classify(bits) {
                    Foreign::Unimplemented => "  unimp",
                    Foreign::Float => "  floating point",
                    Foreign::Csr => "  control and status registers",
                    Foreign::Vector => "  vector",
                    Foreign::Other => "",
                };
                line.text = format!("{directive} {bits:#x}{what}");
            }
            Item::Data(len) if len > ROW => line.text = format!(".zero {len}"),
            Item::Data(_) => ".byte".clone_into(&mut line.text),
        }
        line
    }

    fn hex(&self, pc: u64, len: u64) -> String {
        let bytes = self.code.bytes(pc..pc + len).iter();
        bytes.map(|byte| format!("{byte:02x}")).collect()
    }

    /// An address with its function.
    fn name(&self, address: u64) -> String {
        match self.code.functions().at(address) {
            Some(function) if function.start == address => {
                format!("{address:#x} {}", function.name)
            }
            Some(function) => {
                format!("{address:#x} {}+{:#x}", function.name, address - function.start)
            }
            None => format!("{address:#x}"),
        }
    }
}

/// Whether an item is a half-word of zeros, which stands between functions.
const fn is_zero(item: Item) -> bool {
    matches!(item, Item::Unknown(0, _))
}
