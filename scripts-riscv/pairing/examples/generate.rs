//! Writes the assembly of the field kernels, `src/kernel/*.S`.
//!
//! `cargo run --example generate` in this folder. A test of the library compares what
//! is checked in with what this generator writes.

use std::{fs, path::Path};

#[path = "../src/kernel/generator.rs"]
mod generator;

fn main() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/kernel");
    for field in generator::FIELDS {
        fs::write(folder.join(format!("{}.S", field.name)), generator::kernel(&field))?;
    }
    Ok(())
}
