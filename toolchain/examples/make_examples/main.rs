//! Writes the transactions of `examples/`.
//!
//! ```console
//! cargo run -p verdict-toolchain --example make_examples
//! ```

mod generate;

use std::{fs, io, path::Path};

fn main() -> io::Result<()> {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    for (path, contents) in generate::files() {
        let path = examples.join(path);
        fs::create_dir_all(path.parent().expect("it is in a folder"))?;
        fs::write(path, contents)?;
    }
    Ok(())
}
