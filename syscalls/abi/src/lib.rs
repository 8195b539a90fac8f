//! Numbers that scripts and the machine around them share.
//!
//! One table says which syscalls there are ([`Syscall`]), and small enums name what
//! they take and give: [`ReturnCode`], [`Source`], [`Place`] and the field numbers.
//! The crate has no dependencies, so that a guest script can use it as well as its
//! host. What a syscall does is not told here.
//!
//! Every number is consensus: it never changes, and a syscall exists in the versions
//! of the machine that its row names and in no other.

#![no_std]
#![forbid(unsafe_code)]

mod number;
mod source;
mod syscall;

pub use self::{
    number::{CellField, HeaderField, InputField, Place, ReturnCode},
    source::{Source, SourceKind},
    syscall::Syscall,
};
