//! The functions that compilers call to copy, fill and compare memory.

core::arch::global_asm!(include_str!("memory.S"));
