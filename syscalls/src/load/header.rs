//! Loading headers and block extensions.

use ckb_types::prelude::*;
use verdict_syscalls_abi::HeaderField;
use verdict_vm::{Machine, Reg};

use super::{partial, source_and_index};
use crate::{
    DataProvider,
    context::Context,
    error::{ExternalError, UnexpectedError},
    host::{Refusal, Reply},
};

/// `load_header`.
pub(crate) fn header<P: DataProvider>(
    context: &Context<'_, P>,
    machine: &mut Machine,
) -> Result<Reply, Refusal> {
    let (source, index) = source_and_index(machine)?;
    let header = context.header(source, index)?;
    partial::load(machine, header.data().as_slice())
}

/// `load_header_by_field`.
///
/// The field is looked at only if there is a header.
pub(crate) fn header_by_field<P: DataProvider>(
    context: &Context<'_, P>,
    machine: &mut Machine,
) -> Result<Reply, Refusal> {
    let (source, index) = source_and_index(machine)?;
    let header = context.header(source, index)?;
    let number = machine.hart()[Reg::A5];
    let field = HeaderField::from_number(number).ok_or(ExternalError::HeaderField(number))?;
    let epoch = header.epoch();
    let value = match field {
        HeaderField::EpochNumber => epoch.number(),
        HeaderField::EpochStartBlockNumber => {
            let (number, index) = (header.number(), epoch.index());
            number.checked_sub(index).ok_or(UnexpectedError::EpochIndex { number, index })?
        }
        HeaderField::EpochLength => epoch.length(),
    };
    partial::load(machine, &value.to_le_bytes())
}

/// `load_block_extension`.
pub(crate) fn block_extension<P: DataProvider>(
    context: &Context<'_, P>,
    machine: &mut Machine,
) -> Result<Reply, Refusal> {
    let (source, index) = source_and_index(machine)?;
    let extension = context.block_extension(source, index)?;
    partial::load(machine, &extension.raw_data())
}
