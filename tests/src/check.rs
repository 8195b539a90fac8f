//! Running a program everywhere and insisting that all runs agree.

use verdict_vm::Engine;

use crate::{
    outcome::{Outcome, Program, Setup},
    reference,
    verdict::{self, Start},
};

/// A few thousand cycles.
const FAR: u64 = 5000;

/// A way to run a program on Verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// On one engine, until it ends.
    On(Engine),
    /// On the interpreter, stopping on the way.
    Stopping,
    /// Stopping seldom enough for compiled code to run, each time on another engine.
    Changing,
    /// On what other machines of the program left.
    Again,
    /// Step by step, with someone who looks on.
    Stepwise,
}

impl Way {
    /// All ways.
    pub const ALL: [Self; 7] = [
        Self::On(Engine::Interpreter),
        Self::Stopping,
        Self::On(Engine::Jit),
        Self::On(Engine::Auto),
        Self::Changing,
        Self::Again,
        Self::Stepwise,
    ];

    /// Runs a program; `step` says where the ways stop that do.
    #[must_use]
    pub fn run(self, program: &Program, setup: &Setup, step: u64) -> Outcome {
        let run_in_steps =
            |step, engines: &[Engine]| verdict::run_in_steps(program, setup, step, engines);
        match self {
            Self::On(engine) => verdict::run(program, setup, engine),
            Self::Stopping => run_in_steps(step, &[Engine::Interpreter]),
            // Compiled code runs only as long as the limit is not near.
            Self::Changing => {
                run_in_steps(FAR + step % FAR, &[Engine::Jit, Engine::Interpreter, Engine::Auto])
            }
            Self::Again => verdict::run_again(program, setup),
            Self::Stepwise => {
                let start = match step % 4 {
                    1 => Start::Blockwise,
                    3 => Start::Plain,
                    _ => Start::Stepwise,
                };
                verdict::run_stepwise(program, setup, start)
            }
        }
    }
}

/// How Verdict's outcome differs from the reference's, in each of the `ways` of running
/// it, or else the outcome.
///
/// # Errors
///
/// Returns the differences as text.
pub fn compare(
    program: &Program,
    setup: &Setup,
    step: u64,
    ways: &[Way],
) -> Result<Outcome, String> {
    let expected = reference::run(program, setup);
    for way in ways {
        let got = way.run(program, setup, step);
        if got != expected {
            let text = got.differences(&expected);
            return Err(format!("{setup:?}: {way:?} / reference\n{text}"));
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
    compare(program, setup, 1, &Way::ALL).unwrap_or_else(|differences| panic!("{differences}"))
}
