//! Loading a part of an item.

use verdict_vm::{Machine, Reg, Trap};

use crate::{
    cost,
    host::{Refusal, Reply},
};

/// Copies `item` from offset `a2` on, as much as the length at `a1` allows, to `a0`;
/// the length becomes that of the whole rest of the item.
///
/// An offset behind the item leaves an empty rest. With nothing to copy `a0` is not
/// looked at, so a script learns a length by asking for zero bytes. The length is
/// written before the bytes: where they overlap, the bytes win.
///
/// # Errors
///
/// Returns the trap of an access outside memory or to an executable page.
pub(super) fn load(machine: &mut Machine, item: &[u8]) -> Result<Reply, Refusal> {
    copy(machine, item)?;
    Ok(Reply::Done)
}

/// [`load`], which tells how many bytes it copied.
///
/// # Errors
///
/// As [`load`].
pub(super) fn copy(machine: &mut Machine, item: &[u8]) -> Result<u64, Trap> {
    let hart = machine.hart();
    let (addr, len_addr, offset) = (hart[Reg::A0], hart[Reg::A1], hart[Reg::A2]);
    let offset = usize::try_from(offset).unwrap_or(usize::MAX);
    let rest = item.get(offset..).unwrap_or_default();

    let memory = machine.memory_mut();
    let room = memory.read_u64(len_addr)?;
    memory.write_u64(len_addr, rest.len() as u64)?;
    let room = usize::try_from(room).unwrap_or(usize::MAX);
    let part = &rest[..rest.len().min(room)];
    memory.write(addr, part)?;
    let copied = part.len() as u64;
    machine.charge(cost::transferred(copied))?;
    Ok(copied)
}
