//! Running a program everywhere and insisting that all runs agree.

use verdict_vm::Engine;

use crate::{
    outcome::{Outcome, Program, Setup},
    reference, verdict,
};

/// A few thousand cycles.
const FAR: u64 = 5000;

/// How Verdict's outcome differs from the reference's, in each way of running
/// it, or else the outcome.
///
/// # Errors
///
/// Returns the differences as text.
pub fn compare(program: &Program, setup: &Setup, step: u64) -> Result<Outcome, String> {
    let expected = reference::run(program, setup);
    let run = |engine| verdict::run(program, setup, engine);
    let run_in_steps =
        |step, engines: &[Engine]| verdict::run_in_steps(program, setup, step, engines);
    // Compiled code runs only as long as the limit is not near.
    let far = FAR + step % FAR;
    let ways = [
        ("interpreter", run(Engine::Interpreter)),
        ("interpreter, stopping", run_in_steps(step, &[Engine::Interpreter])),
        ("jit", run(Engine::Jit)),
        ("auto", run(Engine::Auto)),
        ("changing engines", run_in_steps(far, &[Engine::Jit, Engine::Interpreter, Engine::Auto])),
        ("again", verdict::run_again(program, setup)),
    ];
    for (way, got) in ways {
        if got != expected {
            let text = got.differences(&expected);
            return Err(format!("{setup:?}: {way} / reference\n{text}"));
        }
    }
    Ok(expected)
}

/// The outcome that all runs agree on.
///
/// # Panics
///
/// Panics if they do not.
#[must_use]
#[track_caller]
pub fn run(program: &Program, setup: &Setup) -> Outcome {
    compare(program, setup, 1).unwrap_or_else(|differences| panic!("{differences}"))
}
