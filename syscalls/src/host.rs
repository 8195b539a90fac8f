//! Answers the syscalls of a running script.
//!
//! One exhaustive match leads from each syscall to its handler, so a new row of the
//! table does not compile before it is answered here. A handler either replies, or
//! refuses with a return code, or fails: then the script is over.

use verdict_syscalls_abi::{ReturnCode, Syscall};
use verdict_vm::{Reg, Trap, Version};

use crate::{
    Cycles, DataProvider, DebugHook,
    context::Context,
    debug,
    error::{ExternalError, UnexpectedError, VmError},
    info, load,
    process::{self, Instance, ProcessId, Request},
};

/// What a handler did.
pub(crate) enum Reply {
    /// It succeeded: `a0` becomes 0.
    Done,
    /// It succeeded: `a0` becomes this.
    Value(u64),
    /// It succeeded: `a0` stays.
    Unchanged,
    /// The process ends with this exit code.
    Exit(i8),
    /// The scheduler has to do the rest.
    Yield(Request),
}

/// Why a handler did not do what it was asked to do.
pub(crate) enum Refusal {
    /// The script is told so in `a0` and runs on.
    Code(ReturnCode),
    /// The script is over.
    Fatal(VmError),
}

impl From<ReturnCode> for Refusal {
    fn from(code: ReturnCode) -> Self {
        Self::Code(code)
    }
}

impl From<Trap> for Refusal {
    fn from(trap: Trap) -> Self {
        Self::Fatal(trap.into())
    }
}

impl From<ExternalError> for Refusal {
    fn from(error: ExternalError) -> Self {
        Self::Fatal(error.into())
    }
}

impl From<UnexpectedError> for Refusal {
    fn from(error: UnexpectedError) -> Self {
        Self::Fatal(error.into())
    }
}

impl From<VmError> for Refusal {
    fn from(error: VmError) -> Self {
        Self::Fatal(error)
    }
}

/// How a process goes on after a syscall.
pub(crate) enum Next {
    /// It runs on.
    Run,
    /// It ends with this exit code.
    Exit(i8),
    /// It stops until the scheduler has handled this.
    Yield(Request),
}

/// The surroundings of a running script.
pub(crate) struct Host<'a, P> {
    pub(crate) context: Context<'a, P>,
    pub(crate) debug: Option<&'a DebugHook>,
}

/// What a process can learn about its own run.
pub(crate) struct Run {
    /// Its number.
    pub(crate) process: ProcessId,
    /// Cycles of the script that are in no machine's counter.
    pub(crate) committed: Cycles,
    /// How much of its machine's counter is among them.
    pub(crate) settled: Cycles,
    /// The limit on its machine's counter.
    pub(crate) max_cycles: Cycles,
}

impl<P: DataProvider> Host<'_, P> {
    /// Answers the `ecall` that the machine stopped at.
    ///
    /// The limit on cycles is looked at after the syscall has had its effects, and
    /// only if it did not fail. What yields is held against the limit by the scheduler.
    ///
    /// # Errors
    ///
    /// Returns why the script is over.
    pub(crate) fn ecall(&self, instance: &mut Instance, run: &Run) -> Result<Next, VmError> {
        let machine = &instance.machine;
        let number = machine.hart()[Reg::A7];
        let version = machine.config().version;
        let syscall = Syscall::from_number(number, version.number())
            .ok_or(VmError::Trap(Trap::InvalidEcall { number }))?;
        let answer = self.answer(syscall, instance, run);
        let machine = &mut instance.machine;
        let a0 = match answer {
            Ok(Reply::Done) => Some(ReturnCode::Success.number()),
            Ok(Reply::Value(value)) => Some(value),
            Ok(Reply::Unchanged) => None,
            Ok(Reply::Exit(code)) => return Ok(Next::Exit(code)),
            Ok(Reply::Yield(request)) => return Ok(Next::Yield(request)),
            Err(Refusal::Code(code)) => Some(code.number()),
            Err(Refusal::Fatal(error)) => return Err(error),
        };
        if let Some(value) = a0 {
            machine.hart_mut().set(Reg::A0, value);
        }
        if machine.cycles() > run.max_cycles {
            return Err(Trap::CyclesExceeded.into());
        }
        Ok(Next::Run)
    }

    fn answer(
        &self,
        syscall: Syscall,
        instance: &mut Instance,
        run: &Run,
    ) -> Result<Reply, Refusal> {
        let context = &self.context;
        let Instance { machine, tracker } = instance;
        match syscall {
            Syscall::Exit => Ok(Reply::Exit(exit_code(machine.hart()[Reg::A0]))),
            Syscall::VmVersion => Ok(info::vm_version(machine)),
            Syscall::CurrentCycles => info::current_cycles(machine, run),
            Syscall::LoadTransaction => load::transaction(context, machine),
            Syscall::LoadTransactionHash => load::transaction_hash(context, machine),
            Syscall::LoadScript => load::script(context, machine),
            Syscall::LoadScriptHash => load::script_hash(context, machine),
            Syscall::LoadCell => load::cell(context, machine),
            Syscall::LoadCellByField => load::cell_by_field(context, machine),
            Syscall::LoadCellData => load::cell_data(context, machine, tracker),
            Syscall::LoadCellDataAsCode => load::cell_data_as_code(context, machine, tracker),
            Syscall::LoadHeader => load::header(context, machine),
            Syscall::LoadHeaderByField => load::header_by_field(context, machine),
            Syscall::LoadBlockExtension => load::block_extension(context, machine),
            Syscall::LoadInput => load::input(context, machine),
            Syscall::LoadInputByField => load::input_by_field(context, machine),
            Syscall::LoadWitness => load::witness(context, machine),
            Syscall::DebugPrint => debug::print(context, machine, self.debug),
            Syscall::Exec => match machine.config().version {
                Version::V0 | Version::V1 => process::exec_in_place(context, machine, tracker),
                Version::V2 => process::exec(machine),
            },
            Syscall::Spawn => process::spawn(context, machine),
            Syscall::Wait => process::wait(machine),
            Syscall::ProcessId => Ok(info::process_id(run)),
            Syscall::Pipe => process::pipe(machine),
            Syscall::Write => process::write(machine),
            Syscall::Read => process::read(machine),
            Syscall::InheritedFd => process::inherited_fd(machine),
            Syscall::Close => process::close(machine),
        }
    }
}

/// The exit code that `exit` with this `a0` means: its low byte.
const fn exit_code(a0: u64) -> i8 {
    let [low, ..] = a0.to_le_bytes();
    low.cast_signed()
}
