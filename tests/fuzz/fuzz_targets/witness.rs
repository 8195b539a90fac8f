//! Changed witnesses of the programs of `scripts-riscv/`: the first byte chooses one.

#![no_main]

use std::sync::LazyLock;

use verdict_script_tests::mutate::Target;

static TARGETS: LazyLock<Vec<Target>> = LazyLock::new(Target::all);

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Some((&first, rest)) = data.split_first() {
        TARGETS[usize::from(first) % TARGETS.len()].check(rest);
    }
});
