//! Loading witnesses.

use verdict_vm::Machine;

use super::{partial, source_and_index};
use crate::{
    context::Context,
    host::{Refusal, Reply},
};

/// `load_witness`: the one at the position of an input or an output.
pub(crate) fn witness<P>(
    context: &Context<'_, P>,
    machine: &mut Machine,
) -> Result<Reply, Refusal> {
    let (source, index) = source_and_index(machine)?;
    let witness = context.witness(source, index)?;
    partial::load(machine, &witness)
}
