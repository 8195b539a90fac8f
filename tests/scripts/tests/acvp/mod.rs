//! Samples that NIST gives to validators of modules, as `vectors/*-acvp.txt` have them.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use verdict_script_tests::Bench;

/// A signature to verify.
pub(crate) struct Case {
    pub(crate) key: Vec<u8>,
    pub(crate) context: Vec<u8>,
    pub(crate) message: Vec<u8>,
    pub(crate) signature: Vec<u8>,
}

/// Runs the cases of a parameter set and an interface, `external` or `internal`, with what
/// `input` makes of them.
pub(crate) fn run(
    vectors: &str,
    set: &str,
    interface: &str,
    bench: &Bench,
    input: impl Fn(&Case) -> Vec<u8>,
) {
    let bytes = |text| STANDARD.decode(text).expect("it is base64");
    let [mut accepted, mut refused] = [0; 2];
    for line in vectors.lines().filter(|line| !line.starts_with('#')) {
        let [of, by, number, valid, key, context, message, signature] =
            line.split(' ').collect::<Vec<_>>()[..]
        else {
            panic!("not a case: {line}");
        };
        if (of, by) != (set, interface) {
            continue;
        }
        let [key, context, message, signature] = [key, context, message, signature].map(bytes);
        let outcome = bench.verify(&input(&Case { key, context, message, signature }));
        if valid == "true" {
            assert_eq!(outcome.exit_code, 0, "{set}, {interface}, {number}");
            accepted += 1;
        } else {
            assert_eq!(outcome.exit_code, -12, "{set}, {interface}, {number}");
            refused += 1;
        }
    }
    assert!(accepted > 1 && refused > 10, "{accepted}, {refused}");
    println!("{set}, {interface} interface: {accepted} cases accepted, {refused} refused");
}
