//! Syscall numbers, return codes, sources and fields.
#![no_std]
