//! Profiling the scripts of a transaction.

use std::cell::RefCell;

use verdict_audit::records;
use verdict_syscalls::{
    DataProvider, Event, EventKind, GroupReport, Observer, Outcome, Place, ProgramId, ReturnCode,
    ScriptError, ScriptGroup, SharedObserver, Source, Syscall, Verifier, Version,
};
use verdict_vm::{BlockAt, Memory};

use super::{Name, Profile, Profiler, ROOT, Settings, What};
use crate::{
    mock::MockTransaction,
    verify::{self, GroupVerdict, Print, SelectError},
};

/// Runs the scripts of `transaction`, or the selected one, as [`verify::verify`] does, and says
/// where their cycles went.
///
/// # Errors
///
/// Returns a [`SelectError`] if the selected script does not run in this transaction.
pub fn profile_transaction(
    transaction: &MockTransaction,
    how: &verify::Settings,
    settings: &Settings<'_>,
    print: Print,
) -> Result<Profile, SelectError> {
    let verifier = verify::verifier(transaction, how, print);
    let groups: Vec<&ScriptGroup> = match how.only {
        Some(selection) => vec![selection.find(transaction, verifier.groups())?],
        None => verifier.groups().iter().collect(),
    };
    let onlooker = RefCell::new(Onlooker {
        profiler: Profiler::new(settings),
        verifier: &verifier,
        group: None,
        version: Version::V2,
    });
    let mut verdicts = Vec::new();
    let mut used: u64 = 0;
    for group in groups {
        let report = run(&verifier, group, how.max_cycles.saturating_sub(used), &onlooker);
        if report.result.is_ok() {
            used = used.saturating_add(report.cycles);
        }
        verdicts.push(GroupVerdict::new(&report));
    }
    let accepted = verdicts.iter().all(GroupVerdict::is_accepted);
    let cycles = verdicts.iter().fold(0, |sum: u64, group| sum.saturating_add(group.cycles));
    let outcome = if accepted { verify::ACCEPTED } else { verify::REJECTED };
    Ok(onlooker.into_inner().profiler.finish(outcome, cycles, verdicts))
}

/// Runs a group.
fn run<'a, P: DataProvider>(
    verifier: &'a Verifier<P>,
    group: &'a ScriptGroup,
    max_cycles: u64,
    onlooker: &RefCell<Onlooker<'a, P>>,
) -> GroupReport<'a> {
    onlooker.borrow_mut().begin(group);
    let mut report = GroupReport { group, version: None, max_cycles, cycles: 0, result: Ok(()) };
    if Verifier::<P>::is_built_in(group) {
        report = verifier.run(group, max_cycles);
        let profiler = &mut onlooker.borrow_mut().profiler;
        let name = profiler.charge_name("[type_id]");
        profiler.settle(0, name, report.cycles);
    } else {
        report.result = run_program(verifier, &mut report, onlooker);
    }
    onlooker.borrow_mut().profiler.end_group(report.cycles);
    report
}

fn run_program<'a, P: DataProvider>(
    verifier: &'a Verifier<P>,
    report: &mut GroupReport<'a>,
    onlooker: &RefCell<Onlooker<'a, P>>,
) -> Result<(), ScriptError> {
    let version = verifier.version(report.group.script())?;
    report.version = Some(version);
    onlooker.borrow_mut().version = version;
    let observer: SharedObserver<'_> = onlooker;
    let mut execution = verifier.start(report.group, report.max_cycles, Some(observer))?;
    let result = execution.run_until(u64::MAX).cloned();
    report.cycles = execution.cycles();
    result.unwrap_or(Err(ScriptError::Interrupted))
}

/// What `exec` of version 1 leaves in `a0` when it has put a program in place.
const EXECUTED: u64 = ReturnCode::Success.number();
/// What it leaves there when that failed.
const WRONG_FORMAT: u64 = ReturnCode::WrongFormat.number();

/// Keeps the books of the group that runs.
struct Onlooker<'a, P> {
    profiler: Profiler<'a>,
    verifier: &'a Verifier<P>,
    group: Option<&'a ScriptGroup>,
    version: Version,
}

impl<'a, P: DataProvider> Onlooker<'a, P> {
    fn begin(&mut self, group: &'a ScriptGroup) {
        let profiler = &mut self.profiler;
        let name = profiler.name(group.origin().to_string(), None, None);
        profiler.group = profiler.tree.child(ROOT, name);
        self.group = Some(group);
    }

    /// A process starts to run a program, which `charge` is the loading of.
    fn start(&mut self, process: u64, program: Option<ProgramId>, charge: Name) {
        let file = self.group.zip(program);
        let file = file.and_then(|(group, program)| self.verifier.program_file(group, &program));
        let number = self.profiler.program(&file.unwrap_or_default(), self.version);
        if let Some(id) = program {
            self.profiler.programs[number].name = records::Program::from(id).to_string();
        }
        self.profiler.start(process, number, charge);
    }

    fn syscall_name(&mut self, number: u64) -> Name {
        if let Some(&name) = self.profiler.syscalls.get(&number) {
            return name;
        }
        let syscall = Syscall::from_number(number, self.version.number());
        let text = syscall.map_or_else(|| format!("{number}"), |known| known.name().to_owned());
        let name = self.profiler.name(format!("[{text}]"), Some(What::Syscall), None);
        self.profiler.syscalls.insert(number, name);
        name
    }
}

impl<P: DataProvider> Observer for Onlooker<'_, P> {
    fn event(&mut self, event: &Event<'_>) {
        let process = event.process;
        match event.kind {
            EventKind::Started(program) => {
                let loading = self.profiler.charge_name("[load]");
                self.profiler.names[loading as usize].calls += 1;
                self.start(process, Some(program), loading);
            }
            EventKind::Replaced(program) => {
                let exec = self.syscall_name(Syscall::Exec.number());
                self.start(process, Some(program), exec);
            }
            EventKind::Call(call) => {
                let name = self.syscall_name(call.number);
                self.profiler.settle(process, name, event.cycles);
                self.profiler.names[name as usize].calls += 1;
                if let Some(it) = self.profiler.processes.get_mut(&process) {
                    it.pending = name;
                }
                let syscall = Syscall::from_number(call.number, self.version.number());
                match (syscall, call.outcome) {
                    (Some(Syscall::LoadCellDataAsCode), _) => self.profiler.forget_blocks(process),
                    // Version 1 puts another program into the same machine, which is empty
                    // if that fails.
                    (Some(Syscall::Exec), Outcome::Returned(EXECUTED)) => {
                        self.start(process, exec_target(&call.args), name);
                    }
                    (Some(Syscall::Exec), Outcome::Returned(WRONG_FORMAT)) => {
                        self.start(process, None, name);
                    }
                    _ => {}
                }
            }
            EventKind::Suspended | EventKind::Resumed => {
                let name = self.profiler.charge_name("[suspend and resume]");
                self.profiler.names[name as usize].calls += 1;
                self.profiler.settle(process, name, event.cycles);
            }
            EventKind::Ended(_) => {
                self.profiler.processes.remove(&process);
            }
            EventKind::Returned(_) => {}
        }
    }

    fn watches_blocks(&self) -> bool {
        true
    }

    fn enter_block(&mut self, process: u64, at: &BlockAt, memory: &Memory) {
        self.profiler.enter(process, at, memory);
    }
}

/// The program that `exec` of version 1 names.
fn exec_target(args: &[u64; 6]) -> Option<ProgramId> {
    let [index, source, place, bounds, ..] = *args;
    let half = |bits: u64| u32::try_from(bits & u64::from(u32::MAX)).unwrap_or_default();
    Some(ProgramId {
        place: Place::from_number(place)?,
        source: Source::from_number(source)?,
        index: u32::try_from(index).ok()?,
        offset: half(bounds >> 32),
        len: half(bounds),
    })
}
