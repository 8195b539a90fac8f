//! Loading what there is one of: the transaction, the script, and their hashes.

use ckb_types::prelude::*;
use verdict_vm::Machine;

use super::partial;
use crate::{
    context::Context,
    host::{Refusal, Reply},
};

/// `load_transaction`: with its witnesses.
pub(crate) fn transaction<P>(
    context: &Context<'_, P>,
    machine: &mut Machine,
) -> Result<Reply, Refusal> {
    partial::load(machine, context.transaction().data().as_slice())
}

/// `load_tx_hash`.
pub(crate) fn transaction_hash<P>(
    context: &Context<'_, P>,
    machine: &mut Machine,
) -> Result<Reply, Refusal> {
    partial::load(machine, context.transaction().hash().as_slice())
}

/// `load_script`.
pub(crate) fn script<P>(context: &Context<'_, P>, machine: &mut Machine) -> Result<Reply, Refusal> {
    partial::load(machine, context.group.script().as_slice())
}

/// `load_script_hash`.
pub(crate) fn script_hash<P>(
    context: &Context<'_, P>,
    machine: &mut Machine,
) -> Result<Reply, Refusal> {
    partial::load(machine, context.group.hash().as_slice())
}
