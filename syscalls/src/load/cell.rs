//! Loading cells without their data.

use ckb_types::prelude::*;
use verdict_syscalls_abi::{CellField, ReturnCode};
use verdict_vm::{Machine, Reg};

use super::{partial, source_and_index};
use crate::{
    DataProvider,
    context::Context,
    error::ExternalError,
    host::{Refusal, Reply},
};

/// `load_cell`.
pub(crate) fn cell<P>(context: &Context<'_, P>, machine: &mut Machine) -> Result<Reply, Refusal> {
    let (source, index) = source_and_index(machine)?;
    let cell = context.cell(source, index)?;
    partial::load(machine, cell.output.as_slice())
}

/// `load_cell_by_field`.
///
/// The field is looked at only if there is a cell.
pub(crate) fn cell_by_field<P: DataProvider>(
    context: &Context<'_, P>,
    machine: &mut Machine,
) -> Result<Reply, Refusal> {
    let (source, index) = source_and_index(machine)?;
    let cell = context.cell(source, index)?;
    let number = machine.hart()[Reg::A5];
    let field = CellField::from_number(number).ok_or(ExternalError::CellField(number))?;
    let output = &cell.output;
    match field {
        CellField::Capacity => partial::load(machine, output.capacity().as_slice()),
        CellField::DataHash => {
            let hash = context.cell_data_hash(&cell);
            partial::load(machine, hash.ok_or(ReturnCode::ItemMissing)?.as_slice())
        }
        CellField::Lock => partial::load(machine, output.lock().as_slice()),
        CellField::LockHash => partial::load(machine, output.calc_lock_hash().as_slice()),
        CellField::Type => {
            let script = output.type_().to_opt().ok_or(ReturnCode::ItemMissing)?;
            partial::load(machine, script.as_slice())
        }
        CellField::TypeHash => {
            let script = output.type_().to_opt().ok_or(ReturnCode::ItemMissing)?;
            partial::load(machine, script.calc_script_hash().as_slice())
        }
        CellField::OccupiedCapacity => {
            partial::load(machine, &cell.occupied_capacity()?.to_le_bytes())
        }
    }
}
