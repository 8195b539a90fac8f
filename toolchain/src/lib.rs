//! The library behind the `verdict` command.
//!
//! - [`run`] runs one bare program, [`batch`] many of them, one a line of input;
//! - [`report`] writes results for people; for programs, results are `Serialize`;
//! - [`verify`] verifies a transaction, script group by script group;
//! - [`mock`] reads transactions, [`file`](mod@file) the files that a user names;
//! - [`mod@code`] reads the code of a program, [`inspect`] says what there is to know about it;
//! - [`profile`] says where a run spends its cycles;
//! - [`replace`] puts local builds in the place of deployed code;
//! - [`project`] says what a folder of scripts consists of, [`build`] makes ELF files of
//!   it, [`cases`] tests them, and [`create`] begins one;
//! - [`ordered`] does many things at once and gives their results in order.
//!
//! The auditor's tools are `verdict_audit`.
//!
//! The command line itself, its arguments and exit statuses, is the binary's.

#![forbid(unsafe_code)]

pub mod batch;
pub mod build;
pub mod cases;
pub mod code;
pub mod create;
pub mod file;
pub mod inspect;
mod json;
pub mod mock;
pub mod ordered;
pub mod profile;
pub mod project;
pub mod replace;
pub mod report;
pub mod run;
pub mod verify;
