//! `wait`: a0 number of a process, a1 where to write its exit code.

use serde::{Deserialize, Serialize};
use verdict_syscalls_abi::ReturnCode;
use verdict_vm::{Machine, Reg};

use super::{ProcessId, Request, Scheduler, scheduler::State};
use crate::{
    DataProvider, cost,
    error::VmError,
    host::{Refusal, Reply},
};

/// What a process waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Wait {
    pub(super) target: ProcessId,
    /// Where its exit code is written, as one byte.
    pub(super) exit_code_addr: u64,
}

/// The syscall, which always comes to its second stage.
pub(crate) fn wait(machine: &mut Machine) -> Result<Reply, Refusal> {
    let target = ProcessId(machine.hart()[Reg::A0]);
    let exit_code_addr = machine.hart()[Reg::A1];
    machine.charge(cost::YIELD)?;
    Ok(Reply::Yield(Request::Wait(Wait { target, exit_code_addr })))
}

impl<P: DataProvider> Scheduler<'_, P> {
    /// Tells the caller the exit code of a process that has ended, which uses it up, or
    /// lets it wait. A process may wait for itself.
    ///
    /// # Errors
    ///
    /// Returns the trap of telling the exit code.
    pub(super) fn wait(
        &mut self,
        caller: ProcessId,
        wait: Wait,
    ) -> Result<Option<ReturnCode>, VmError> {
        if let Some(code) = self.exit_codes.remove(&wait.target) {
            self.tell_exit_code(caller, wait, code)?;
            return Ok(Some(ReturnCode::Success));
        }
        if !self.processes.contains_key(&wait.target) {
            return Ok(Some(ReturnCode::WaitFailure));
        }
        self.process_mut(caller).state = State::Waiting(wait);
        Ok(None)
    }

    /// Tells all that wait for `target` its exit code, which stays for one more to ask.
    ///
    /// # Errors
    ///
    /// Returns the trap of telling it.
    pub(super) fn wake_waiting(&mut self, target: ProcessId, code: i8) -> Result<(), VmError> {
        self.exit_codes.insert(target, code);
        let waiting = self.processes.iter().filter_map(|(&id, process)| match process.state {
            State::Waiting(wait) if wait.target == target => Some((id, wait)),
            State::Waiting(_) | State::Runnable | State::Reading(_) | State::Writing { .. } => None,
        });
        for (id, wait) in waiting.collect::<Vec<_>>() {
            self.tell_exit_code(id, wait, code)?;
            self.wake(id, ReturnCode::Success)?;
        }
        Ok(())
    }

    fn tell_exit_code(&mut self, id: ProcessId, wait: Wait, code: i8) -> Result<(), VmError> {
        let memory = self.machine_of(id)?.memory_mut();
        memory.write(wait.exit_code_addr, &code.to_le_bytes())?;
        Ok(())
    }
}
