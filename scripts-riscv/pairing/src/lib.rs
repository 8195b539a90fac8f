//! Pairings on BLS12-381 and BN254, and what they are for: BLS signatures, Groth16.

#![cfg_attr(not(test), no_std)]

pub mod bls;
pub mod curve;
pub mod cyclotomic;
pub mod field;
pub mod groth16;
mod inverse;
pub mod kernel;
pub mod miller;
pub mod point;
pub mod root;
pub mod tower;

#[cfg(test)]
mod tests;
