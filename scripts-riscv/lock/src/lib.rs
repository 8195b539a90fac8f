//! What locks share.
//!
//! A lock finds in its [arguments](args) who may spend its cells, in the [witness] of
//! the first input of its group what they signed, and signed is the
//! [message](Witness::message): the hash of the transaction and of all witnesses that
//! belong to the group. The layouts are those of the chain's system locks (RFC 0024), so
//! that wallets only need another signature.

#![no_std]

mod error;
mod script;
pub mod witness;

pub use self::{error::Error, script::args, witness::Witness};
