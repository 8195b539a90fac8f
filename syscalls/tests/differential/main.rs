//! The verifier against the reference implementation.
//!
//! Each test builds transactions and programs and lets both verify them. They have to
//! agree on the verdict, on cycles, also on those of failed scripts, on the kind of
//! an error with its data, and on every line that scripts print.

mod chain;
mod compare;
mod exec;
mod fuzz;
mod guest;
mod loading;
mod parallel;
mod processes;
mod programs;
mod random;
mod resume;
mod scripts;
mod system;
mod trees;
