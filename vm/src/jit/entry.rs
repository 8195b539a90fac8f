//! The way into compiled code and out of it.
//!
//! Owns the record that both sides share, and the one call that hands a machine over.
//! While compiled code runs, it alone holds the hart's registers and the guest's memory.

#![allow(unsafe_code, reason = "compiled code is called")]

use super::compiled::{Code, Exit, Gate};
use crate::interp::Core;

/// What compiled code and its caller share. Compiled code finds the fields by their
/// offsets.
#[repr(C)]
pub(super) struct Context {
    /// x0 to x31, of which x0 is not written.
    pub(super) registers: *mut u64,
    /// The first byte of guest memory.
    pub(super) memory: *mut u8,
    /// One byte a page: see [`OPEN`](crate::memory::OPEN).
    pub(super) open: *const u8,
    /// The entries of [`super::code::Table`].
    pub(super) table: u64,
    /// Where code memory starts.
    pub(super) code: u64,
    /// Where compiled code goes to leave.
    pub(super) exit: u64,
    /// Where it starts.
    pub(super) target: u64,
    /// Cycles: spent, before and after, for code that compares them with `limit`;
    /// otherwise left.
    pub(super) cycles: u64,
    pub(super) limit: u64,
    /// Where the stamps of blocks are, for code that has some.
    pub(super) stamps: *mut u64,
    /// Where control is when compiled code leaves.
    pub(super) pc: u64,
}

/// The function that enters compiled code: it takes over the context, runs `target`, and
/// returns why it left, as [`Exit::from_bits`] reads it.
type Enter = unsafe extern "sysv64" fn(*mut Context) -> u64;

/// Runs the code compiled for the block at `target`, an entry of the table of `code`, up
/// to `limit`. Returns why it left; `pc` is where control is then.
///
/// # Panics
///
/// Panics if `core` has less memory than `code` is for, or if there are fewer `stamps`
/// than `code` needs.
pub(super) fn run(
    code: &Code,
    gate: &Gate,
    target: u64,
    core: &mut Core,
    limit: u64,
    stamps: &mut [u64],
) -> Exit {
    let Core { hart, memory, cycles, .. } = core;
    assert!(stamps.len() >= code.stamps(), "the machine has room for all stamps");
    assert!(
        memory.size() >= code.config.memory_size.bytes(),
        "the code is for machines with this memory"
    );
    let mut context = Context {
        registers: hart.registers_mut().as_mut_ptr(),
        memory: memory.as_mut_ptr(),
        open: memory.open_pages().as_ptr(),
        table: code.table.addr(),
        code: code.base,
        exit: gate.exit,
        target,
        cycles: if code.has_stamps() { *cycles } else { limit - *cycles },
        limit,
        stamps: stamps.as_mut_ptr(),
        pc: hart.pc,
    };
    let enter = gate.enter as *const ();
    // SAFETY: `gate.enter` is the address of a function of this type: `Code::compile`
    // has emitted it, and the chunk it is in stays mapped and unchanged as long as `code`.
    let enter = unsafe { core::mem::transmute::<*const (), Enter>(enter) };
    // SAFETY: the pointers are valid for as many elements as compiled code accesses: 32
    // registers; as many bytes of memory and of open pages as a machine of `memory_size`
    // has, which is checked above; as many stamps as all blocks of `code` can have at any
    // time, also checked. All are borrowed exclusively. `target` and `exit` are code that was emitted for `code`, as all non-zero entries of its
    // table are. Compiled code accesses guest memory only after comparing addresses with
    // `memory_size`, and keeps the registers that the calling convention asks it to keep.
    let bits = unsafe { enter(&raw mut context) };
    hart.pc = context.pc;
    *cycles = if code.has_stamps() { context.cycles } else { limit - context.cycles };
    Exit::from_bits(bits)
}
