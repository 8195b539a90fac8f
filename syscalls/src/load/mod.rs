//! The `load_*` family: copying parts of the transaction into a script's memory.
//!
//! All of them but `load_cell_data_as_code` take a buffer in `a0`, the address of its
//! length in `a1` and an offset in `a2`, and share [`partial::load`]. Those that index
//! take the index in `a3` and the source in `a4`, those that load a field take its
//! number in `a5`.

mod cell;
mod cell_data;
mod header;
mod input;
mod partial;
mod transaction;
mod witness;

use verdict_syscalls_abi::Source;
use verdict_vm::{Machine, Reg};

pub(crate) use self::{
    cell::{cell, cell_by_field},
    cell_data::{cell_data, cell_data_as_code},
    header::{block_extension, header, header_by_field},
    input::{input, input_by_field},
    transaction::{script, script_hash, transaction, transaction_hash},
    witness::witness,
};
use crate::error::ExternalError;

/// The source in register `reg`. It is looked at before the index is.
///
/// # Errors
///
/// Returns an error if the number there is no source.
pub(crate) fn source(machine: &Machine, reg: Reg) -> Result<Source, ExternalError> {
    let number = machine.hart()[reg];
    Source::from_number(number).ok_or(ExternalError::Source(number))
}

/// The source in `a4` and the index in `a3`.
///
/// # Errors
///
/// As [`source`].
fn source_and_index(machine: &Machine) -> Result<(Source, u64), ExternalError> {
    Ok((source(machine, Reg::A4)?, machine.hart()[Reg::A3]))
}
