//! `TYPE_ID`, the one script that is built in: a type script that at most one live
//! cell can have.

use ckb_hash::blake2b_256;
use ckb_types::{packed::Script, prelude::*};

use super::groups::ScriptGroup;
use crate::{Cycles, context::TransactionContext, cost, error::ScriptError};

/// The code hash that stands for it.
const CODE_HASH: [u8; 32] = *b"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0TYPE_ID";
/// The hash type it has to have: `type`.
const HASH_TYPE: u8 = 1;

/// Its exit code if the arguments are no identity.
const WRONG_ARGUMENTS: i8 = -1;
/// Its exit code if the transaction has several cells of one identity.
const TOO_MANY_CELLS: i8 = -2;
/// Its exit code if a new cell has an identity that is not its own.
const WRONG_IDENTITY: i8 = -3;

/// Whether `script` is `TYPE_ID`.
pub(super) fn is_type_id(script: &Script) -> bool {
    script.code_hash().as_slice() == CODE_HASH && u8::from(script.hash_type()) == HASH_TYPE
}

/// Verifies a group of `TYPE_ID`. Returns its cycles, which are always the same.
///
/// # Errors
///
/// Returns [`ScriptError::ExceededMaximumCycles`] if `max_cycles` are too few, which
/// is looked at first, or [`ScriptError::ValidationFailure`].
pub(super) fn verify<P>(
    context: &TransactionContext<P>,
    group: &ScriptGroup,
    max_cycles: Cycles,
) -> Result<Cycles, ScriptError> {
    if max_cycles < cost::TYPE_ID {
        return Err(ScriptError::ExceededMaximumCycles(max_cycles));
    }
    match exit_code(context, group) {
        0 => Ok(cost::TYPE_ID),
        code => Err(ScriptError::validation_failure(group.script(), code)),
    }
}

fn exit_code<P>(context: &TransactionContext<P>, group: &ScriptGroup) -> i8 {
    let identity = group.script().args().raw_data();
    if identity.len() != 32 {
        return WRONG_ARGUMENTS;
    }
    if group.inputs().len() > 1 || group.outputs().len() > 1 {
        return TOO_MANY_CELLS;
    }
    if !group.inputs().is_empty() {
        return 0;
    }
    // A new cell: its identity is made of the first input, which no other
    // transaction can spend, and of its own position.
    let (Some(input), Some(&output)) =
        (context.transaction().inputs().get(0), group.outputs().first())
    else {
        return WRONG_ARGUMENTS;
    };
    let mut origin = input.as_slice().to_vec();
    origin.extend((output as u64).to_le_bytes());
    if identity[..] == blake2b_256(origin) { 0 } else { WRONG_IDENTITY }
}
