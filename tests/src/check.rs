//! Running a program everywhere and insisting that all runs agree.

use crate::{
    outcome::{Outcome, Program, Setup},
    reference, verdict,
};

/// How Verdict's outcome differs from the reference's, in each way of running
/// it, or else the outcome.
///
/// # Errors
///
/// Returns the differences as text.
pub fn compare(program: &Program, setup: &Setup, step: u64) -> Result<Outcome, String> {
    let expected = reference::run(program, setup);
    let ways = [
        ("verdict", verdict::run(program, setup)),
        ("verdict, stopping", verdict::run_in_steps(program, setup, step)),
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
