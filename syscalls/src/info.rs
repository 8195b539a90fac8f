//! What a script learns about its own run.

use verdict_vm::{Machine, Trap};

use crate::host::{Refusal, Reply, Run};

/// `vm_version`.
pub(crate) fn vm_version(machine: &Machine) -> Reply {
    Reply::Value(machine.config().version.number().into())
}

/// `process_id`.
pub(crate) const fn process_id(run: &Run) -> Reply {
    Reply::Value(run.process.0)
}

/// `current_cycles`: those of the process since it started to run, `ecall` included, and
/// those that were committed before.
pub(crate) fn current_cycles(machine: &Machine, run: &Run) -> Result<Reply, Refusal> {
    let cycles = run.committed.checked_add(machine.cycles() - run.settled);
    Ok(Reply::Value(cycles.ok_or(Trap::CyclesOverflow)?))
}
