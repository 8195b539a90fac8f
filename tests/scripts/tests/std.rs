//! The guest support, checked from inside the machine.

use verdict_script_tests::Bench;

#[test]
fn memory_is_copied_filled_and_compared() {
    assert_eq!(Bench::new("memory-check").verify(&[]).exit_code, 0);
}
