//! The initial stack: `argc` and `argv` as a program finds them at `sp`.
//!
//! The stack is the top quarter of memory. Strings are pushed first, each ending
//! in NUL and the first one highest, then the table of pointers, then `argc`.

use alloc::{vec, vec::Vec};

use crate::{exit::Trap, hart::Hart, isa::Reg, memory::Memory, version::Version};

/// Alignment of `sp` in the RISC-V calling convention.
const ALIGNMENT: u64 = 16;
/// Bytes of one entry of the pointer table.
const SLOT: u64 = 8;

/// Writes the initial stack and sets `sp`. Returns how many bytes the stack has:
/// from `sp` to the end of memory.
///
/// `argc` is the number of arguments that `args` gives; each argument is fetched
/// when its turn comes and may fail.
///
/// # Errors
///
/// Returns the first trap of an argument, the traps of writing, or
/// [`Trap::OutOfStack`] if the arguments do not fit.
pub(crate) fn init<A: AsRef<[u8]>>(
    hart: &mut Hart,
    memory: &mut Memory,
    version: Version,
    argc: u64,
    mut next_arg: impl FnMut(&mut Memory) -> Option<Result<A, Trap>>,
) -> Result<u64, Trap> {
    let top = memory.size();
    let start = top - top / 4;
    if version.aligns_stack() && argc == 0 {
        let sp = (top - SLOT) & !(ALIGNMENT - 1);
        hart.set(Reg::Sp, sp);
        return Ok(top - sp);
    }
    // `sp` follows every step: a program replaced halfway sees how far it got.
    let mut sp = top;
    hart.set(Reg::Sp, sp);
    let mut slots: Vec<u64> = vec![argc];
    while let Some(arg) = next_arg(memory) {
        let arg = arg?;
        let arg = arg.as_ref();
        let len = arg.len() as u64;
        sp = sp.wrapping_sub(len + 1);
        memory.write(sp, arg)?;
        memory.write(sp.wrapping_add(len), &[0])?;
        slots.push(sp);
        hart.set(Reg::Sp, sp);
        if version.refuses_long_arguments_early() && sp < start {
            return Err(Trap::OutOfStack { sp });
        }
    }
    if version.aligns_stack() {
        slots.push(0);
        let unaligned = sp.wrapping_sub(SLOT * slots.len() as u64);
        sp = sp.wrapping_sub(unaligned % ALIGNMENT);
        hart.set(Reg::Sp, sp);
    }
    for slot in slots.iter().rev() {
        let addr = sp.wrapping_sub(SLOT);
        if version.aligns_stack() {
            memory.write_u64(addr, *slot)?;
        } else {
            let [low @ .., _, _, _, _] = slot.to_le_bytes();
            memory.write(addr, &low)?;
        }
        sp = addr;
        hart.set(Reg::Sp, sp);
    }
    if sp < start {
        return Err(Trap::OutOfStack { sp });
    }
    Ok(top - sp)
}
