//! Printing, for whoever debugs a script.

use ckb_types::packed::Byte32;
use verdict_vm::{Machine, Reg};

use crate::{
    context::Context,
    cost,
    error::ExternalError,
    host::{Refusal, Reply},
};

/// Called with the hash of the running script and what it prints.
pub type DebugHook = Box<dyn Fn(&Byte32, &str) + Send + Sync>;

/// `debug_print`: a0 string.
///
/// The string is charged for, and then has to be UTF-8, whether or not someone
/// listens.
pub(crate) fn print<P>(
    context: &Context<'_, P>,
    machine: &mut Machine,
    hook: Option<&DebugHook>,
) -> Result<Reply, Refusal> {
    let addr = machine.hart()[Reg::A0];
    let len = machine.memory().read_c_string(addr)?.len() as u64;
    machine.charge(cost::transferred(len))?;
    let bytes = machine.memory().read(addr, len)?;
    let text = str::from_utf8(bytes).map_err(|_| ExternalError::DebugString)?;
    if let Some(hook) = hook {
        hook(context.group.hash(), text);
    }
    Ok(Reply::Unchanged)
}
