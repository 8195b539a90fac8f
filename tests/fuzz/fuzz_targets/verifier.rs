//! The targets of the verifier, which its differential tests own. The first byte says
//! which of them gets the others.

#![no_main]
#![allow(dead_code, unused_imports, reason = "tests use the rest")]

#[path = "../../../syscalls/tests/differential/chain.rs"]
mod chain;
#[path = "../../../syscalls/tests/differential/compare.rs"]
mod compare;
#[path = "../../../syscalls/tests/differential/fuzz.rs"]
mod fuzz;
#[path = "../../../syscalls/tests/differential/guest.rs"]
mod guest;
#[path = "../../../syscalls/tests/differential/loading.rs"]
mod loading;
#[path = "../../../syscalls/tests/differential/random.rs"]
mod random;
#[path = "../../../syscalls/tests/differential/resume.rs"]
mod resume;
#[path = "../../../syscalls/tests/differential/scripts.rs"]
mod scripts;
#[path = "../../../syscalls/tests/differential/trees.rs"]
mod trees;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let [target, data @ ..] = data else { return };
    match target % 4 {
        0 => fuzz::transaction(data),
        1 => fuzz::syscalls(data),
        2 => fuzz::processes(data),
        _ => fuzz::state(data),
    }
});
