//! Profiling a bare program.

use ckb_types::bytes::Bytes;

use super::{Profile, Profiler, Settings};
use crate::run::{self, Fault};

/// Runs the program in `file` with `argv` to its end, as [`run::run`] does, and says where its
/// cycles went.
pub fn profile_program<A: AsRef<[u8]>>(
    file: &Bytes,
    argv: &[A],
    machine: &run::Settings,
    settings: &Settings<'_>,
    print: impl FnMut(&[u8]),
) -> Profile {
    let mut profiler = Profiler::new(settings);
    let pending = profiler.charge_name("[other]");
    let program = profiler.program(file, machine.version);
    profiler.start(0, program, pending);
    let run = run::run_by(file, argv, machine, print, |machine| {
        machine.run_blockwise(&mut |at, memory| profiler.enter(0, at, memory))
    });
    let cycles = run.machine.cycles();
    profiler.end_group(cycles);
    let outcome = if run.outcome.is_ok() { "exit" } else { "error" };
    let mut profile = profiler.finish(outcome, cycles, Vec::new());
    profile.exit_code = run.outcome.ok();
    profile.error_detail = run.outcome.err().map(|fault: Fault| fault.to_string());
    profile
}
