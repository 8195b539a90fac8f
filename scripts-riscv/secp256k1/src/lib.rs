//! ECDSA and Schnorr signatures over secp256k1 (SEC 2, section 2.4.1), written for the
//! machine's costs. Everything verified is public, so nothing is constant in time.

#![no_std]

pub mod ecdsa;
pub mod field;
mod inverse;
pub mod point;
pub mod scalar;
pub mod schnorr;
pub mod system;

#[cfg(test)]
mod tests;
