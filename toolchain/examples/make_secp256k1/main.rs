//! Writes the files of `examples/secp256k1/`.
//!
//! ```console
//! cargo run -p verdict-toolchain --example make_secp256k1
//! ```

mod generate;

use std::{fs, io, path::Path};

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/secp256k1");
    fs::create_dir_all(&folder)?;
    for (name, contents) in generate::files() {
        fs::write(folder.join(name), contents)?;
    }
    Ok(())
}
