//! Where the command writes to, and how.

use std::io::{self, IsTerminal as _, Write};

use verdict_toolchain::report::{self, BAD, DIM, harmless};
use verdict_vm::{Engine, JitStats};

use crate::cli::EngineArgs;

/// Says what went wrong, and why as far as that is not said by then. With nobody to tell,
/// the status says it all.
pub(crate) fn report_error(error: &anyhow::Error) {
    let mut text = String::new();
    for cause in error.chain().map(ToString::to_string) {
        // That of a TOML file ends in a newline.
        let cause = cause.trim_end().to_owned();
        if !text.contains(&cause) {
            text = if text.is_empty() { cause } else { format!("{text}: {cause}") };
        }
    }
    let _ = writeln!(anstream::stderr(), "{BAD}error:{BAD:#} {}", harmless(&text));
}

/// Says something that is good to know.
pub(crate) fn note(text: &str) {
    let _ = writeln!(anstream::stderr(), "{DIM}note:{DIM:#} {}", harmless(text));
}

/// Says that the engine that was asked for is not to be had, if so.
pub(crate) fn note_engine(engine: Engine) {
    if engine == Engine::Jit && !Engine::has_jit() {
        note("this host has no JIT; everything is interpreted");
    }
}

/// Says what was compiled, if asked to.
pub(crate) fn report_jit(args: &EngineArgs, stats: &JitStats) {
    if args.jit_stats {
        let _ = report::write_jit(&mut anstream::stderr().lock(), stats);
    }
}

/// Standard error for what a guest prints: exactly that, unless it is a terminal.
pub(crate) fn stderr() -> Box<dyn Write> {
    if io::stderr().is_terminal() {
        Box::new(anstream::stderr().lock())
    } else {
        Box::new(io::stderr().lock())
    }
}

/// Writes `value` as one line of JSON.
pub(crate) fn write_json(value: &impl serde::Serialize) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    serde_json::to_writer(&mut out, value)?;
    writeln!(out)?;
    out.flush()
}

/// Passes on what a bare program prints. It does not depend on someone reading it.
pub(crate) fn print(text: &[u8]) {
    let _ = report::write_guest_text(&mut stderr(), text, io::stderr().is_terminal());
}
