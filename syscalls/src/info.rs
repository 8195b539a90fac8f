//! What a script learns about its own run.

use verdict_vm::{Machine, Trap};

use crate::{
    Cycles,
    host::{Refusal, Reply},
};

/// `vm_version`.
pub(crate) fn vm_version(machine: &Machine) -> Reply {
    Reply::Value(machine.config().version.number().into())
}

/// `current_cycles`: those of this machine, `ecall` included, and those `committed`
/// before.
pub(crate) fn current_cycles(machine: &Machine, committed: Cycles) -> Result<Reply, Refusal> {
    let cycles = committed.checked_add(machine.cycles());
    Ok(Reply::Value(cycles.ok_or(Trap::CyclesOverflow)?))
}
