//! Executing a recorded run on the production machine: `ckb-vm` under `ckb-script`.
//!
//! What is compared are verdicts with their cycles, also those of failed groups; each syscall
//! with its arguments, where it is made, what it returns and what it has written; and the
//! registers, memory and flags of pages at checkpoints, as long as there is one process: what
//! it costs to suspend others is settled elsewhere there, so that one cannot stop the
//! scheduler at the same place. How a group ended in the two machines' words is left to people.

use std::{
    panic,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
};

use ckb_chain_spec::consensus::{Consensus, ConsensusBuilder};
use ckb_script::{
    ROOT_VM_ID, RunMode, ScriptError, ScriptGroupType, TransactionScriptsVerifier, TxVerifyEnv,
    generate_ckb_syscalls,
    types::{DebugPrinter, Machine, SgData, VmContext, VmId},
};
use ckb_types::core::{
    EpochNumberWithFraction, HeaderBuilder,
    hardfork::{CKB2021, CKB2023, HardForks},
};
use ckb_vm::{
    DefaultMachineRunner, Error as VmError, Memory as _, Register as _, SupportMachine, Syscalls,
    registers::{A0, A1, A2, A3, A4, A5, A7},
};
use verdict_syscalls::{Engine, GroupKind, GroupState, ProgramId, ScriptGroup, Store, Verifier};

use crate::{
    checkpoint::{self, Loaded},
    format::{FormatError, Kind},
    records::{Call, CallResult, Checkpoint, Contents, Event, Rejection, Verdict, What, Written},
    replay::{Difference, Events, RecordedGroup, ReplayError, Run},
};

/// The number of `exit`, which the machine handles by itself.
const EXIT: u64 = 93;

/// What was compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Crosschecked {
    /// How many syscalls.
    pub calls: u64,
    /// How many checkpoints, with all of memory.
    pub checkpoints: u64,
}

/// Executes a run on the production machine, and compares all that can be seen of it.
///
/// # Errors
///
/// Returns the first difference, or what is wrong with the bundle.
pub fn crosscheck(run: &Run) -> Result<Crosschecked, ReplayError> {
    let verifier = run.subject.verifier(Engine::Interpreter);
    let mut all = Crosschecked::default();
    for (number, group) in verifier.groups().iter().enumerate() {
        let recorded = &run.groups[number];
        Side { run, verifier: &verifier, group, recorded }.compare(&mut all)?;
    }
    Ok(all)
}

/// A group on the production machine.
struct Side<'a> {
    run: &'a Run,
    verifier: &'a Verifier<Store>,
    group: &'a ScriptGroup,
    recorded: &'a RecordedGroup,
}

type Production = TransactionScriptsVerifier<Store, Log>;

impl Side<'_> {
    fn compare(&self, all: &mut Crosschecked) -> Result<(), ReplayError> {
        let limit = self.recorded.record.max_cycles;
        let (recorded, events) = sync_channel(1024);
        let log = Log::new(Some(events));
        let verdict = thread::scope(|scope| {
            let reader = scope.spawn(|| self.send_calls(recorded));
            let verdict = self.verdict(&self.production(log.clone()), limit);
            let mut log = log.lock();
            if let Some(more) = log.recorded.take().and_then(|events| events.recv().ok()) {
                log.differ(Some(&more), "nothing more".to_owned());
            }
            drop(log);
            reader.join().unwrap_or_else(|panic| panic::resume_unwind(panic))?;
            Ok::<_, FormatError>(verdict)
        })?;
        let mut log = log.lock();
        if let Some((recorded, happens)) = log.difference.take() {
            return Err(self.difference(0, log.count, recorded, happens));
        }
        if !verdict.agrees(&self.recorded.verdict) {
            let recorded = self.recorded.verdict.to_string();
            return Err(self.difference(0, log.count, recorded, verdict.to_string()));
        }
        all.calls += log.count;
        let production = self.production(Log::new(None));
        let mut last = 0;
        for (segment, &chunk) in self.recorded.checkpoints.iter().enumerate() {
            let cycles = self.run.bundle.record::<Checkpoint>(chunk, Kind::Checkpoint)?.cycles;
            // Each is run to from the start: with growing distances, that is no more than
            // three times the whole run.
            let is_last = segment + 1 == self.recorded.checkpoints.len();
            if (cycles >= 2 * last || is_last) && self.compare_checkpoint(&production, segment)? {
                all.checkpoints += 1;
                last = cycles;
            }
        }
        Ok(())
    }

    fn production(&self, log: Log) -> Production {
        let resolved = Arc::clone(self.run.subject.resolved());
        let epoch = EpochNumberWithFraction::new(0, 0, 1);
        let header = HeaderBuilder::default().number(1_u64).epoch(epoch).build();
        let environment = Arc::new(TxVerifyEnv::new_commit(&header));
        let consensus = consensus(self.run.subject.rules.newest().number());
        let store = self.run.subject.store.clone();
        Production::new_with_generator(resolved, store, consensus, environment, logged, log)
    }

    fn script_group<'p>(&self, production: &'p Production) -> &'p ckb_script::ScriptGroup {
        let found = production.find_script_group(kind(self.group), self.group.hash());
        found.expect("both have the groups of the transaction")
    }

    fn verdict(&self, production: &Production, limit: u64) -> Verdict {
        if Verifier::<Store>::is_built_in(self.group) {
            let result = production.verify_single(kind(self.group), self.group.hash(), limit);
            return match result {
                Ok(cycles) => Verdict { cycles, rejection: None },
                Err(error) => Verdict { cycles: 0, rejection: Some(rejection(&error)) },
            };
        }
        let group = self.script_group(production);
        let mut cycles = 0;
        let result = production.create_scheduler(group).and_then(|mut scheduler| {
            let end = scheduler.run(RunMode::LimitCycles(limit));
            cycles = scheduler.consumed_cycles();
            match end {
                Ok(end) if end.exit_code == 0 => Ok(()),
                Ok(end) => Err(ScriptError::validation_failure(&group.script, end.exit_code)),
                Err(VmError::CyclesExceeded) => Err(ScriptError::ExceededMaximumCycles(limit)),
                Err(error) => Err(ScriptError::VMInternalError(error)),
            }
        });
        Verdict { cycles, rejection: result.err().map(|error| rejection(&error)) }
    }

    /// Sends the syscalls that were recorded, until nobody wants to know.
    fn send_calls(&self, to: SyncSender<Event>) -> Result<(), FormatError> {
        for event in Events::new(self.run, self.recorded.all()) {
            let event = event?;
            if matches!(&event.kind, What::Call(call) if call.number != EXIT)
                && to.send(event).is_err()
            {
                break;
            }
        }
        Ok(())
    }

    /// Compares a checkpoint, if it can be reached. Returns whether it can.
    fn compare_checkpoint(
        &self,
        production: &Production,
        segment: usize,
    ) -> Result<bool, ReplayError> {
        let pieces = |part: &ProgramId| self.verifier.program_file(self.group, part);
        let chunk = self.recorded.checkpoints[segment];
        let Loaded { record, state } = checkpoint::load(&self.run.bundle, chunk, &pieces)?;
        if state.processes().count() != 1 {
            return Ok(false);
        }
        let malformed = |_| FormatError::Malformed(self.run.bundle.place(chunk), "no such script");
        let scheduler = production.create_scheduler(self.script_group(production));
        let mut scheduler = scheduler.map_err(malformed)?;
        // It looks at what suspending and resuming has cost when the turn is over.
        let limit = record.cycles.saturating_sub(state.swap_cycles());
        let end = scheduler.run(RunMode::LimitCycles(limit));
        let happens = if let Err(VmError::CyclesExceeded) = end {
            let peeked = scheduler.peek(
                &ROOT_VM_ID,
                |machine| Ok(difference_of(machine.inner_mut(), state.clone())),
                |_, _| Ok(Some("it is suspended".to_owned())),
            );
            peeked.unwrap_or_else(|error| Some(error.to_string()))
        } else {
            Some(format!("{end:?}"))
        };
        match happens {
            None => Ok(true),
            Some(happens) => {
                let recorded = format!("a checkpoint after {} cycles", record.cycles);
                Err(self.difference(segment, 0, recorded, happens))
            }
        }
    }

    fn difference(
        &self,
        segment: usize,
        event: u64,
        recorded: String,
        happens: String,
    ) -> ReplayError {
        let origin = self.recorded.record.origin.clone();
        Box::new(Difference { origin, segment, event, recorded, happens }).into()
    }
}

/// Where a machine is not in the state of the one process there is.
fn difference_of<M: SupportMachine>(machine: &mut M, mut state: GroupState) -> Option<String> {
    let pages = state.take_pages();
    let process = state.processes().next()?;
    if machine.pc().to_u64() != process.pc {
        return Some(format!("pc is {:#x}, not {:#x}", machine.pc().to_u64(), process.pc));
    }
    let registers = machine.registers().iter().zip(process.registers).enumerate();
    for (number, (theirs, ours)) in registers {
        if theirs.to_u64() != *ours {
            return Some(format!("x{number} is {:#x}, not {ours:#x}", theirs.to_u64()));
        }
    }
    let mut pages = pages.into_iter().peekable();
    for number in 0..machine.memory().memory_pages() as u64 {
        let addr = number * 4096;
        let page = pages.next_if(|page| page.addr == addr);
        let (flags, bytes) = page.map_or((0, Vec::new()), |page| (page.flags, page.bytes));
        let theirs = machine.memory_mut().load_bytes(addr, 4096).unwrap_or_default();
        let same =
            if bytes.is_empty() { theirs.iter().all(|&byte| byte == 0) } else { theirs == bytes };
        if !same {
            return Some(format!("the page at {addr:#x} holds something else"));
        }
        let theirs = machine.memory_mut().fetch_flag(number).unwrap_or_default();
        if theirs != flags {
            return Some(format!("the page at {addr:#x} has flags {theirs:#x}, not {flags:#x}"));
        }
    }
    None
}

fn kind(group: &ScriptGroup) -> ScriptGroupType {
    match group.kind() {
        GroupKind::Lock => ScriptGroupType::Lock,
        GroupKind::Type => ScriptGroupType::Type,
    }
}

/// An error in the form that both sides have.
fn rejection(error: &ScriptError) -> Rejection {
    let vm_kind =
        if let ScriptError::VMInternalError(error) = error { Some(name_of(error)) } else { None };
    let exit_code =
        if let ScriptError::ValidationFailure(_, code) = error { Some(*code) } else { None };
    Rejection { kind: name_of(error), vm_kind, exit_code, detail: error.to_string() }
}

/// A consensus under which this version of the machine is the newest.
fn consensus(newest: u8) -> Arc<Consensus> {
    let from = |version| if newest >= version { 0 } else { u64::MAX };
    let ckb2021 = CKB2021::new_dev_default().as_builder().rfc_0032(from(1)).build();
    let ckb2023 = CKB2023::new_dev_default().as_builder().rfc_0049(from(2)).build();
    let switch = HardForks {
        ckb2021: ckb2021.expect("all features are set"),
        ckb2023: ckb2023.expect("all features are set"),
    };
    Arc::new(ConsensusBuilder::default().hardfork_switch(switch).build())
}

/// Compares syscalls while they are made, with those that come in from the bundle: there may
/// be many.
#[derive(Clone)]
struct Log(Arc<Mutex<Comparer>>);

struct Comparer {
    /// None if nobody wants to know.
    recorded: Option<Receiver<Event>>,
    count: u64,
    difference: Option<(String, String)>,
}

impl Log {
    fn new(recorded: Option<Receiver<Event>>) -> Self {
        Self(Arc::new(Mutex::new(Comparer { recorded, count: 0, difference: None })))
    }

    fn lock(&self) -> MutexGuard<'_, Comparer> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Comparer {
    /// Notes a difference, and wants to know nothing more.
    fn differ(&mut self, recorded: Option<&Event>, happens: String) {
        let recorded = recorded.map_or("nothing more".to_owned(), ToString::to_string);
        self.difference = Some((recorded, happens));
        self.recorded = None;
    }

    /// Takes note of a syscall, which has been made with `memory` as it is then.
    fn made(&mut self, happens: &Event, memory: impl FnMut(u64, u64) -> Option<Vec<u8>>) {
        let Some(events) = &self.recorded else { return };
        let recorded = events.recv().ok();
        if recorded.as_ref().is_some_and(|recorded| is_same(recorded, happens, memory)) {
            self.count += 1;
        } else {
            self.differ(recorded.as_ref(), happens.to_string());
        }
    }
}

/// Whether a syscall is the one that was recorded, but for cycles, and what it has written.
fn is_same(
    recorded: &Event,
    happens: &Event,
    mut memory: impl FnMut(u64, u64) -> Option<Vec<u8>>,
) -> bool {
    let (What::Call(ours), What::Call(theirs)) = (&recorded.kind, &happens.kind) else {
        return false;
    };
    // Whether the limit is kept, the production machine finds out after the call.
    let passes_limit = CallResult::Failed("CyclesExceeded".to_owned());
    let result = ours.result == passes_limit || ours.result == theirs.result;
    let parts = ours.written.ranges.iter().map(|&(addr, len)| memory(addr, len));
    let Some(parts) = parts.collect::<Option<Vec<_>>>() else { return false };
    let parts: Vec<&[u8]> = parts.iter().map(|part| &part[..]).collect();
    recorded.process == happens.process
        && (ours.pc, ours.number, ours.args) == (theirs.pc, theirs.number, theirs.args)
        && result
        && ours.charged == theirs.charged
        && Contents::of(&parts) == ours.written.contents
}

/// All syscalls of a process, with someone who takes note of them.
struct Logged<M> {
    process: u64,
    syscalls: Vec<Box<dyn Syscalls<M>>>,
    log: Log,
}

/// The syscalls of `ckb-script`, with what they print going nowhere.
fn logged(
    process: &VmId,
    data: &SgData<Store>,
    context: &VmContext<Store>,
    log: &Log,
) -> Vec<Box<dyn Syscalls<<Machine as DefaultMachineRunner>::Inner>>> {
    let printer: DebugPrinter = Arc::new(|_, _| {});
    let syscalls = generate_ckb_syscalls(process, data, context, &printer);
    vec![Box::new(Logged { process: *process, syscalls, log: log.clone() })]
}

impl<M: SupportMachine> Syscalls<M> for Logged<M> {
    fn initialize(&mut self, machine: &mut M) -> Result<(), VmError> {
        self.syscalls.iter_mut().try_for_each(|syscall| syscall.initialize(machine))
    }

    fn ecall(&mut self, machine: &mut M) -> Result<bool, VmError> {
        let register = |machine: &M, number: usize| machine.registers()[number].to_u64();
        let (pc, before) = (machine.pc().to_u64(), machine.cycles());
        let number = register(machine, A7);
        let args = [A0, A1, A2, A3, A4, A5].map(|number| register(machine, number));
        let mut answer = Ok(false);
        for syscall in &mut self.syscalls {
            answer = syscall.ecall(machine);
            if !matches!(answer, Ok(false)) {
                break;
            }
        }
        let result = match &answer {
            Ok(true) => CallResult::Returned(register(machine, A0)),
            Ok(false) => CallResult::Failed("InvalidEcall".to_owned()),
            Err(VmError::Yield) => CallResult::Yielded,
            Err(error) => CallResult::Failed(name_of(error)),
        };
        let cycles = machine.cycles();
        let (charged, written) = (cycles - before, Written::default());
        let call = Call { pc, number, args, charged, result, written };
        let happens = Event { process: self.process, cycles, kind: What::Call(call) };
        self.log.lock().made(&happens, |addr, len| {
            machine.memory_mut().load_bytes(addr, len).ok().map(|bytes| bytes.to_vec())
        });
        answer
    }
}

/// The name of an error, without its data.
fn name_of(error: &impl std::fmt::Debug) -> String {
    let text = format!("{error:?}");
    text.split(['(', ' ']).next().unwrap_or_default().to_owned()
}
