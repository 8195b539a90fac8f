//! Hash functions for scripts, written for the machine's costs.
//!
//! Compression is assembly; hosts, where tests run, have the same in Rust.

#![no_std]

pub mod blake2b;
pub mod keccak;
pub mod sha256;
pub mod sha512;
