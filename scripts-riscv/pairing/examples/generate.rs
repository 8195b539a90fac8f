//! Writes what is computed once: the assembly of the field kernels, `src/kernel/*.S`, and
//! the lines of a fixed point, `src/bls/generator.lines`.
//!
//! `cargo run --example generate` in this folder. Tests of the library compare what is
//! checked in with what this writes.

use std::{fs, path::Path};

use verdict_pairing::{bls::prepare_generator, kernel::Bls12381, miller::lines_size};

#[path = "../src/kernel/generator.rs"]
mod generator;

fn main() -> std::io::Result<()> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for field in generator::FIELDS {
        let path = source.join(format!("kernel/{}.S", field.name));
        fs::write(path, generator::kernel(&field))?;
    }
    let mut lines = vec![0; lines_size::<Bls12381>()];
    prepare_generator(&mut lines);
    fs::write(source.join("bls/generator.lines"), lines)
}
