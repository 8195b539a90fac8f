//! Where a run spends its cycles: by function, by block, by system call.
//!
//! Owns the bookkeeping of a run that someone looks at block by block. Every cycle that the
//! machine or the verifier charges is told once: to the function that the instruction is in,
//! to the system call, or to what else is charged for. So they add up to the cycles of the run.
//!
//! Calls are followed by the calling convention: a jump that links in `ra` or `t0` calls, a
//! jump through a register to where a call would return to returns, and whatever else leads to
//! another function goes on there as if the first one had called it, until it returns for both.
//! Where functions start is what symbols say, else what is called ([`crate::code::Functions`]).

mod bare;
mod calls;
mod text;
mod transaction;

use std::{
    collections::{BTreeMap, HashMap},
    io::{self, Write},
};

use ckb_types::bytes::Bytes;
use serde::Serialize;
use verdict_audit::symbols::Symbols;
use verdict_vm::{
    BlockAt, Config, Image, Memory, PageFlags, Version,
    block::Block,
    elf::Segment,
    isa::{Step, format::Flow},
};

use self::calls::{Name, Node, ROOT, Stack, Tree};
pub use self::{bare::profile_program, text::write_profile, transaction::profile_transaction};
use crate::{
    code::{Code, Functions, link, unnamed},
    inspect::{self, Section, SymbolSize},
    verify::GroupVerdict,
};

/// Where a run spent its cycles.
#[derive(Clone, Debug, Serialize)]
pub struct Profile {
    /// `"accepted"` or `"rejected"`; of a bare program `"exit"` or `"error"`.
    pub outcome: &'static str,
    /// The exit code of a bare program.
    pub exit_code: Option<i8>,
    /// What stopped a bare program that did not exit.
    pub error_detail: Option<String>,
    /// Cycles of the run.
    pub cycles: u64,
    /// The script groups of a transaction.
    pub groups: Vec<GroupVerdict>,
    /// What cycles were spent in, those with most of their own first.
    pub functions: Vec<FunctionCost>,
    /// The blocks that cost most, the costliest first.
    pub blocks: Vec<BlockCost>,
    /// The system calls, the costliest first.
    pub syscalls: Vec<SyscallCost>,
    /// The programs that ran.
    pub programs: Vec<ProgramSize>,
    /// Whether calls were so deep, or so many, that totals may leave something out.
    pub is_cut: bool,
    /// Whether any program that ran has the code of the file with symbols, if there is one.
    #[serde(skip)]
    pub uses_symbols: bool,
    #[serde(skip)]
    folded: Vec<(String, u64)>,
}

/// What cycles are spent in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// A function of a program.
    Function,
    /// What a system call costs beside its `ecall`.
    Syscall,
    /// Loading programs, suspending processes and the like.
    Charge,
}

/// What a function cost, or something else that cycles are spent in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FunctionCost {
    /// Its name.
    pub name: String,
    /// What it is.
    pub what: What,
    /// The number of its program in [`Profile::programs`].
    pub program: Option<usize>,
    /// Where it starts.
    pub address: Option<String>,
    /// How often it was called.
    pub calls: u64,
    /// Cycles of its own.
    pub self_cycles: u64,
    /// Cycles of its own and of all that it called.
    pub total_cycles: u64,
}

/// What a block cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BlockCost {
    /// The number of its program.
    pub program: usize,
    /// Where it starts.
    pub address: String,
    /// The function that it is in.
    pub function: String,
    /// File and line of the source.
    pub line: Option<String>,
    /// How many operations it has.
    pub steps: usize,
    /// How often it was entered.
    pub entered: u64,
    /// What that cost in all.
    pub cycles: u64,
}

/// What a system call cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SyscallCost {
    /// Its name.
    pub name: String,
    /// How often it was made.
    pub calls: u64,
    /// What that cost, beside `ecall` itself.
    pub cycles: u64,
}

/// What the file of a program consists of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProgramSize {
    /// What it is called.
    pub name: String,
    /// Bytes of the file.
    pub bytes: u64,
    /// Its sections.
    pub sections: Vec<Section>,
    /// Its largest symbols.
    pub symbols: Vec<SymbolSize>,
}

/// How to profile.
pub struct Settings<'a> {
    /// A file with the symbols of programs that have the same code.
    pub symbols: Option<&'a [u8]>,
    /// How many blocks and symbols are told.
    pub top: usize,
    /// Told every so often how many cycles were used.
    pub progress: &'a dyn Fn(u64),
}

impl Profile {
    /// Writes stacks, one a line with its cycles, as tools for flame graphs read them.
    ///
    /// # Errors
    ///
    /// Returns the errors of `out`.
    pub fn write_folded(&self, out: &mut impl Write) -> io::Result<()> {
        self.folded.iter().try_for_each(|(stack, cycles)| writeln!(out, "{stack} {cycles}"))
    }
}

/// What a name stands for.
struct Named {
    text: String,
    /// Nothing for what only groups others.
    what: Option<What>,
    /// Program and address of a function.
    place: Option<(usize, u64)>,
    calls: u64,
    cycles: u64,
}

/// How control leaves a block.
#[derive(Clone, Copy)]
enum Leave {
    /// It calls; the return address is this far behind the start of the block.
    Call(u64),
    /// It jumps to where a register says.
    Indirect,
    /// It goes on in any other way.
    Other,
}

/// A block that was entered.
struct Entered {
    start: u64,
    steps: usize,
    cycles: u64,
    /// The functions that its steps are in, with the cycles of those.
    parts: Vec<(Name, u64)>,
    leave: Leave,
    /// Which code of its program this is: see [`Program::generation`].
    generation: u64,
    count: u64,
    total: u64,
}

/// A program that runs.
struct Program {
    name: String,
    file: Bytes,
    config: Config,
    functions: Functions,
    names: HashMap<u64, Name>,
    /// Functions that nobody has heard of before they were called.
    called: BTreeMap<u64, Name>,
    /// How often its code may have become other code.
    generation: u64,
    /// Blocks by address, and which they are of those that were entered.
    blocks: HashMap<u64, usize>,
    entered: Vec<Entered>,
}

/// A process that runs.
struct Process {
    program: usize,
    /// What its calls are below.
    root: Node,
    /// None before its first block.
    stack: Option<Stack>,
    /// How it left its last block, and the address of that.
    left: Option<(Leave, u64)>,
    /// What it is charged for beside blocks.
    pending: Name,
}

/// Keeps the books of a run.
struct Profiler<'a> {
    settings: &'a Settings<'a>,
    names: Vec<Named>,
    tree: Tree,
    programs: Vec<Program>,
    processes: BTreeMap<u64, Process>,
    /// The process that ran last, or started.
    last: u64,
    syscalls: HashMap<u64, Name>,
    charges: HashMap<&'static str, Name>,
    /// What processes are below: the group.
    group: Node,
    /// Cycles of the group that were told.
    told: u64,
    /// Cycles of groups before.
    before: u64,
    /// When progress is told again.
    next_progress: u64,
}

/// How many cycles lie between reports of progress.
const PROGRESS: u64 = 1 << 20;

impl<'a> Profiler<'a> {
    fn new(settings: &'a Settings<'a>) -> Self {
        let mut profiler = Self {
            settings,
            names: Vec::new(),
            tree: Tree::new(0),
            programs: Vec::new(),
            processes: BTreeMap::new(),
            last: 0,
            syscalls: HashMap::new(),
            charges: HashMap::new(),
            group: ROOT,
            told: 0,
            before: 0,
            next_progress: PROGRESS,
        };
        profiler.name(String::new(), None, None);
        profiler
    }

    fn name(&mut self, text: String, what: Option<What>, place: Option<(usize, u64)>) -> Name {
        self.names.push(Named { text, what, place, calls: 0, cycles: 0 });
        Name::try_from(self.names.len() - 1).expect("memory bounds the number of functions")
    }

    /// The name of something that is charged for.
    fn charge_name(&mut self, text: &'static str) -> Name {
        if let Some(&name) = self.charges.get(text) {
            return name;
        }
        let name = self.name(text.to_owned(), Some(What::Charge), None);
        self.charges.insert(text, name);
        name
    }

    /// The number of a program, read if it was not met before.
    fn program(&mut self, file: &Bytes, version: Version) -> usize {
        let config = Config::on_chain(version);
        let mut programs = self.programs.iter();
        let is_same = |known: &Program| known.config == config && known.file == *file;
        if let Some(known) = programs.position(is_same) {
            return known;
        }
        let number = self.programs.len();
        self.programs.push(Program {
            name: format!("program {number}"),
            functions: with_symbols(file, self.settings.symbols, version, |symbols| {
                Code::read(file, symbols, version).functions().clone()
            }),
            file: file.clone(),
            config,
            names: HashMap::new(),
            called: BTreeMap::new(),
            generation: 0,
            blocks: HashMap::new(),
            entered: Vec::new(),
        });
        number
    }

    /// A process starts to run a program, the first of it or another one.
    fn start(&mut self, process: u64, program: usize, pending: Name) {
        let root = match self.processes.get(&process) {
            Some(process) => process.root,
            None if process == 0 => self.group,
            None => {
                let name = self.name(format!("process {process}"), None, None);
                self.tree.child(self.group, name)
            }
        };
        let started = Process { program, root, stack: None, left: None, pending };
        self.processes.insert(process, started);
        self.last = process;
    }

    /// Tells `name`, below where a process is, what was charged for up to `cycles`.
    fn settle(&mut self, process: u64, name: Name, cycles: u64) {
        let charged = cycles.saturating_sub(self.told);
        self.told = self.told.max(cycles);
        if charged == 0 {
            return;
        }
        let at = self.processes.get(&process).map_or(self.group, Process::node);
        let node = self.tree.child(at, name);
        self.charge(node, name, charged);
    }

    fn charge(&mut self, node: Node, name: Name, cycles: u64) {
        self.tree.charge(node, cycles);
        let place = &mut self.names[name as usize].cycles;
        *place = place.saturating_add(cycles);
    }

    /// The function at an address of a program, for its process.
    fn function(&mut self, program: usize, pc: u64, is_call: bool) -> Name {
        let it = &mut self.programs[program];
        let known = it.functions.at(pc);
        let start = if known.is_some_and(|function| function.has_symbol)
            || known.is_some_and(|function| function.start == pc)
        {
            known.map_or(pc, |function| function.start)
        } else {
            // Whatever was called last before that address.
            let floor = known.map_or(0, |function| function.start);
            let before = it.called.range(floor..=pc).next_back().map(|(start, _)| *start);
            match (is_call, before, known) {
                (false, Some(start), _) => start,
                (false, None, Some(function)) => function.start,
                _ => pc,
            }
        };
        if let Some(&name) = it.names.get(&start) {
            return name;
        }
        let text = known.filter(|function| function.start == start);
        let text = text.map_or_else(|| unnamed(start), |function| function.name.clone());
        let name = self.name(text, Some(What::Function), Some((program, start)));
        let it = &mut self.programs[program];
        it.names.insert(start, name);
        if known_start(&it.functions, start).is_none() {
            it.called.insert(start, name);
            // It was taken for a part of another.
            it.generation += 1;
        }
        name
    }

    /// Control comes to a block.
    fn enter(&mut self, process: u64, at: &BlockAt, memory: &Memory) {
        let Some(it) = self.processes.get_mut(&process) else { return };
        let (program, pending, left) = (it.program, it.pending, it.left.take());
        self.settle(process, pending, at.cycles.saturating_sub(at.charged));
        (self.told, self.last) = (at.cycles, process);
        let version = self.programs[program].config.version;
        // Versions that enter addresses beyond 4 GiB run the block of the low half there.
        let low =
            if version.truncates_block_lookup() { at.pc & u64::from(u32::MAX) } else { at.pc };

        let Some(it) = self.processes.get_mut(&process) else { return };
        let mut stack = it.stack.take();
        match (&mut stack, left) {
            (None, _) => {
                let root = it.root;
                let name = self.function(program, low, true);
                stack = Some(Stack::new(&mut self.tree, root, name));
                self.names[name as usize].calls += 1;
            }
            (Some(stack), Some((Leave::Call(behind), from))) => {
                let name = self.function(program, low, true);
                stack.call(&mut self.tree, name, from.wrapping_add(behind));
                self.names[name as usize].calls += 1;
            }
            (Some(stack), Some((Leave::Indirect, _))) => {
                stack.returns(at.pc);
            }
            (Some(_), _) => {}
        }
        let Some(mut stack) = stack else { return };

        let number = self.block(program, low, at.charged, memory);
        let block = &mut self.programs[program].entered[number];
        block.count += 1;
        block.total = block.total.saturating_add(at.charged);
        let leave = block.leave;
        for part in 0..block.parts.len() {
            let (name, cycles) = self.programs[program].entered[number].parts[part];
            stack.goes_to(&mut self.tree, name);
            self.charge(stack.node(), name, cycles);
        }
        if let Some(it) = self.processes.get_mut(&process) {
            it.stack = Some(stack);
            it.left = Some((leave, at.pc));
        }
        let cycles = self.before.saturating_add(at.cycles);
        if cycles >= self.next_progress {
            self.next_progress = cycles.saturating_add(PROGRESS);
            (self.settings.progress)(cycles);
        }
    }

    /// The block at an address, which was charged for.
    fn block(&mut self, program: usize, start: u64, charged: u64, memory: &Memory) -> usize {
        let it = &self.programs[program];
        let known = it.blocks.get(&start).copied();
        let is_same =
            |block: &Entered| (block.cycles, block.generation) == (charged, it.generation);
        if let Some(number) = known.filter(|&number| is_same(&it.entered[number])) {
            return number;
        }
        let Config { isa, version, .. } = it.config;
        let mut parts: Vec<(Name, u64)> = Vec::new();
        let (mut steps, mut leave, mut left) = (0, Leave::Other, charged);
        if let Ok(block) = Block::decode(memory, isa, version, start) {
            steps = block.steps().len();
            leave = block.steps().last().map_or(leave, |step| how_it_leaves(step, &block));
            let mut pc = start;
            for step in block.steps() {
                let name = self.function(program, pc, false);
                let cycles = step.op.cycles().min(left);
                left -= cycles;
                match parts.last_mut() {
                    Some((last, sum)) if *last == name => *sum += cycles,
                    _ => parts.push((name, cycles)),
                }
                pc = pc.wrapping_add(step.len.into());
            }
        }
        // Were it another block by now, its cycles would still count.
        match parts.first_mut() {
            Some((_, sum)) => *sum += left,
            None => parts.push((self.function(program, start, false), left)),
        }
        let it = &mut self.programs[program];
        let (generation, cycles) = (it.generation, charged);
        let entered =
            Entered { start, steps, cycles, parts, leave, generation, count: 0, total: 0 };
        let Some(number) = known else {
            it.entered.push(entered);
            it.blocks.insert(start, it.entered.len() - 1);
            return it.entered.len() - 1;
        };
        let place = &mut it.entered[number];
        *place = Entered { count: place.count, total: place.total, ..entered };
        number
    }

    /// Code that a process runs may be other code from here on.
    fn forget_blocks(&mut self, process: u64) {
        if let Some(process) = self.processes.get(&process) {
            self.programs[process.program].generation += 1;
        }
    }

    /// A group is over, which used so many cycles.
    fn end_group(&mut self, cycles: u64) {
        // What a process was to pay for with a block that the limit did not cover.
        let pending = self.processes.get(&self.last).map(|process| process.pending);
        let name = pending.unwrap_or_else(|| self.charge_name("[other]"));
        self.settle(self.last, name, cycles);
        self.processes.clear();
        self.before = self.before.saturating_add(cycles);
        self.told = 0;
        self.group = ROOT;
    }

    fn finish(self, outcome: &'static str, cycles: u64, groups: Vec<GroupVerdict>) -> Profile {
        let mut totals = vec![0_u64; self.names.len()];
        let nodes = self.tree.nodes();
        // Each node is behind the one that it was called from.
        let mut sums: Vec<u64> = nodes.iter().map(|node| node.cycles).collect();
        for (at, node) in nodes.iter().enumerate().skip(1).rev() {
            let sum = sums[at];
            let parent = &mut sums[node.parent as usize];
            *parent = parent.saturating_add(sum);
        }
        let mut folded = Vec::new();
        for (at, (node, sum)) in (0..).zip(nodes.iter().zip(&sums)).skip(1) {
            let mut callers = self.tree.path(node.parent);
            // Of recursion, the outermost call has it all.
            if !callers.any(|caller| self.tree.node(caller).name == node.name) {
                let total = &mut totals[node.name as usize];
                *total = total.saturating_add(*sum);
            }
            if node.cycles > 0 {
                let path: Vec<_> = self.tree.path(at).collect();
                let names = path.iter().rev().map(|&node| self.text(self.tree.node(node).name));
                folded.push((names.collect::<Vec<_>>().join(";"), node.cycles));
            }
        }
        let functions =
            self.names.iter().zip(&totals).filter(|(name, _)| name.cycles > 0 || name.calls > 0);
        let mut functions: Vec<_> = functions
            .filter_map(|(name, total)| {
                Some(FunctionCost {
                    name: name.text.clone(),
                    what: name.what?,
                    program: name.place.map(|(program, _)| program),
                    address: name.place.map(|(_, address)| format!("{address:#x}")),
                    calls: name.calls,
                    self_cycles: name.cycles,
                    total_cycles: name.cycles.max(*total),
                })
            })
            .collect();
        functions.sort_by(|a, b| {
            let key = |it: &FunctionCost| (it.self_cycles, it.total_cycles);
            key(b).cmp(&key(a)).then_with(|| a.name.cmp(&b.name))
        });
        let calls = functions.iter().filter(|it| it.what == What::Syscall);
        let syscalls = calls.map(|it| SyscallCost {
            name: it.name.trim_matches(['[', ']']).to_owned(),
            calls: it.calls,
            cycles: it.self_cycles,
        });
        Profile {
            outcome,
            exit_code: None,
            error_detail: None,
            cycles,
            groups,
            syscalls: syscalls.collect(),
            blocks: self.costliest_blocks(),
            programs: self.programs.iter().map(|it| it.size(self.settings)).collect(),
            functions,
            is_cut: self.tree.is_cut,
            uses_symbols: self.settings.symbols.is_some_and(|symbols| {
                let mut all = self.programs.iter();
                all.any(|it| has_same_code(&it.file, symbols, it.config.version))
            }),
            folded,
        }
    }

    /// A name as it stands in a stack.
    fn text(&self, name: Name) -> String {
        self.names[name as usize].text.replace(';', ":")
    }

    fn costliest_blocks(&self) -> Vec<BlockCost> {
        let mut all: Vec<(usize, &Entered)> = Vec::new();
        for (number, program) in self.programs.iter().enumerate() {
            all.extend(program.entered.iter().map(|block| (number, block)));
        }
        all.sort_by_key(|(number, block)| (std::cmp::Reverse(block.total), *number, block.start));
        all.truncate(self.settings.top);
        let mut costs: Vec<_> =
            all.iter()
                .map(|(number, block)| BlockCost {
                    program: *number,
                    address: format!("{:#x}", block.start),
                    function: block.parts.first().map_or_else(String::new, |(name, _)| {
                        self.names[*name as usize].text.clone()
                    }),
                    line: None,
                    steps: block.steps,
                    entered: block.count,
                    cycles: block.total,
                })
                .collect();
        for (number, it) in self.programs.iter().enumerate() {
            it.with_symbols(self.settings, |symbols| {
                for (cost, (_, block)) in costs.iter_mut().zip(&all) {
                    if cost.program == number {
                        cost.line = symbols.locate(block.start).line;
                    }
                }
            });
        }
        costs
    }
}

impl Process {
    /// The node of where it is.
    fn node(&self) -> Node {
        self.stack.as_ref().map_or(self.root, Stack::node)
    }
}

impl Program {
    fn size(&self, settings: &Settings<'_>) -> ProgramSize {
        ProgramSize {
            name: self.name.clone(),
            bytes: self.file.len() as u64,
            sections: inspect::sections(&self.file),
            symbols: self.with_symbols(settings, |symbols| inspect::largest(symbols, settings.top)),
        }
    }

    fn with_symbols<T>(
        &self,
        settings: &Settings<'_>,
        use_them: impl FnOnce(&Symbols<'_>) -> T,
    ) -> T {
        with_symbols(&self.file, settings.symbols, self.config.version, use_them)
    }
}

fn known_start(functions: &Functions, start: u64) -> Option<u64> {
    functions.at(start).map(|function| function.start).filter(|known| *known == start)
}

/// How control leaves a block whose last step this is.
fn how_it_leaves(step: &Step, block: &Block) -> Leave {
    if link(step).is_some() {
        return Leave::Call(block.next.wrapping_sub(block.start));
    }
    match step.op.flow() {
        Flow::Indirect => Leave::Indirect,
        Flow::Next | Flow::Cut | Flow::Branch | Flow::Jump | Flow::System => Leave::Other,
    }
}

/// The symbols of a program: those of another file that has the same code, if there is one.
fn with_symbols<T>(
    file: &[u8],
    other: Option<&[u8]>,
    version: Version,
    use_them: impl FnOnce(&Symbols<'_>) -> T,
) -> T {
    let same = other.filter(|other| has_same_code(file, other, version));
    use_them(&Symbols::read(same.unwrap_or(file)))
}

/// Whether two files have the same bytes to be executed at the same places.
#[must_use]
pub fn has_same_code(a: &[u8], b: &[u8], version: Version) -> bool {
    fn code(file: &[u8], version: Version) -> Option<Vec<(u64, u64, &[u8])>> {
        let mut segments = Image::parse(file, version).ok()?.segments;
        segments.retain(|segment| segment.flags.contains(PageFlags::EXECUTABLE));
        let bytes = |segment: &Segment| {
            let start = usize::try_from(segment.file_start).ok()?;
            file.get(start..usize::try_from(segment.file_end).ok()?)
        };
        let part = |it: Segment| Some((it.addr, it.padding, bytes(&it)?));
        segments.into_iter().map(part).collect()
    }
    code(a, version).is_some_and(|a| Some(a) == code(b, version))
}
