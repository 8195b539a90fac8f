//! Hash functions for scripts, written for the machine's costs.

#![no_std]

pub mod blake2b;
