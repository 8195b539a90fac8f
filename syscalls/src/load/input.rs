//! Loading inputs.

use ckb_types::prelude::*;
use verdict_syscalls_abi::InputField;
use verdict_vm::{Machine, Reg};

use super::{partial, source_and_index};
use crate::{
    context::Context,
    error::ExternalError,
    host::{Refusal, Reply},
};

/// `load_input`.
pub(crate) fn input<P>(context: &Context<'_, P>, machine: &mut Machine) -> Result<Reply, Refusal> {
    let (source, index) = source_and_index(machine)?;
    let input = context.input(source, index)?;
    partial::load(machine, input.as_slice())
}

/// `load_input_by_field`.
///
/// The field is looked at only if there is an input.
pub(crate) fn input_by_field<P>(
    context: &Context<'_, P>,
    machine: &mut Machine,
) -> Result<Reply, Refusal> {
    let (source, index) = source_and_index(machine)?;
    let input = context.input(source, index)?;
    let number = machine.hart()[Reg::A5];
    match InputField::from_number(number).ok_or(ExternalError::InputField(number))? {
        InputField::OutPoint => partial::load(machine, input.previous_output().as_slice()),
        InputField::Since => partial::load(machine, input.since().as_slice()),
    }
}
