//! The table of `scripts-riscv/README.md`: what the programs cost on the transactions of
//! `examples/verifiers/`.
//!
//! `BLESS=1 cargo test -p verdict-script-tests --test table` writes it.

use std::{
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use verdict_script_tests::{Bench, program};
use verdict_syscalls::Programs;
use verdict_toolchain::{
    mock::MockTransaction,
    verify::{Settings, verify},
};

const BEGIN: &str = "<!-- table: written by a command, see below -->\n";
const END: &str = "<!-- end of table -->\n";

/// What is known of others that verify the same: cycles, bytes of the ELF file
/// and where that is from.
type Best = Option<(u64, Option<usize>, &'static str)>;

/// Transactions in the order of the table, and what is verified. They have the names of
/// programs, or begin so: a proof may come with its root or not.
const ROWS: &[(&str, &str, Best)] = &[
    (
        "secp256k1-lock",
        "sighash-all lock, ECDSA over secp256k1, one input",
        Some((1_633_226, Some(52_000), "and a table of 1 MB [1]")),
    ),
    ("multisig-lock", "the same, 2 of 3 keys", None),
    ("ecdsa-verify", "ECDSA over secp256k1", Some((810_000, Some(82_000), "[2]"))),
    ("ecdsa-recover", "ECDSA over secp256k1, recovery", Some((900_000, Some(82_000), "[2]"))),
    ("schnorr-verify", "BIP-340", Some((880_000, Some(93_000), "[2]"))),
    ("schnorr-lock", "BIP-340, lock", None),
    ("ed25519-verify", "Ed25519", Some((1_450_000, Some(32_000), "[3]"))),
    ("ed25519-lock", "Ed25519, lock", None),
    ("p256-verify", "ECDSA over P-256", Some((3_900_000, Some(63_000), "[3]"))),
    ("p256-lock", "ECDSA over P-256, lock", None),
    ("webauthn-lock", "passkey, lock", None),
    ("bls-verify", "BLS12-381 signature", Some((29_700_000, Some(82_000), "[3]"))),
    (
        "bls-rooted-verify",
        "the same, with the root of its pairings",
        Some((29_700_000, Some(82_000), "[3]")),
    ),
    ("bls-lock", "BLS12-381 signature, lock", None),
    ("bls-aggregate-verify", "BLS12-381 aggregate of 4 signatures", None),
    (
        "groth16-bn254-verify",
        "Groth16 on BN254, 2 inputs",
        Some((40_600_000, Some(190_000), "[3]")),
    ),
    (
        "groth16-bn254-verify-rooted",
        "the same, with the root of its pairings",
        Some((40_600_000, Some(190_000), "[3]")),
    ),
    ("groth16-bn254", "Groth16 on BN254, lock", None),
    (
        "groth16-bls12-381-verify",
        "Groth16 on BLS12-381, 2 inputs",
        Some((70_800_000, Some(166_000), "[3]")),
    ),
    (
        "groth16-bls12-381-verify-rooted",
        "the same, with the root of its pairings",
        Some((70_800_000, Some(166_000), "[3]")),
    ),
    ("groth16-bls12-381", "Groth16 on BLS12-381, lock", None),
    ("bn254-pairing", "EIP-197, 2 pairs", None),
    ("ml-dsa-44-verify", "ML-DSA-44", Some((2_000_000, Some(21_000), "[3]"))),
    ("ml-dsa-44-lock", "ML-DSA-44, lock", None),
    ("ml-dsa-65-verify", "ML-DSA-65", None),
    ("ml-dsa-65-lock", "ML-DSA-65, lock", None),
    ("falcon-512-verify", "Falcon-512", Some((730_000, Some(12_000), "[3]"))),
    ("falcon-512-lock", "Falcon-512, lock", None),
    ("slh-dsa-128s-verify", "SLH-DSA-SHA2-128s", Some((10_700_000, None, "[3]"))),
    ("slh-dsa-128s-lock", "SLH-DSA-SHA2-128s, lock", None),
    ("slh-dsa-128f-verify", "SLH-DSA-SHA2-128f", None),
    ("slh-dsa-128f-lock", "SLH-DSA-SHA2-128f, lock", None),
    ("smt-verify", "sparse Merkle proof, one leaf of 131,072", Some((203_000, None, "[4]"))),
    ("mmr-verify", "mountain range proof, one leaf of 100,000", None),
];

/// Behind the name of a transaction with a root.
const ROOTED: &str = "-rooted";

/// Programs that hash, and what others need for a byte.
const HASHES: &[(&str, &str, f64)] = &[
    ("hash-sha256", "SHA-256", 41.3),
    ("hash-blake2b", "BLAKE2b", 19.4),
    ("hash-keccak256", "Keccak-256", 40.0),
];

#[test]
fn the_table_tells_what_programs_cost() {
    let path = root().join("scripts-riscv/README.md");
    let text = fs::read_to_string(&path).expect("the README is there");
    let (before, rest) = text.split_once(BEGIN).expect("the table has a beginning");
    let (_, after) = rest.split_once(END).expect("the table has an end");
    let written = format!("{before}{BEGIN}{}{END}{after}", table());
    if env::var_os("BLESS").is_some() {
        fs::write(&path, written).expect("the README can be written");
    } else {
        assert_eq!(text, written, "write the table again, with BLESS=1");
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn table() -> String {
    let mut text = String::from(
        "| program | verifies | cycles | bytes | best of others | ratio |\n|---|---|---:|---:|---:|---:|\n",
    );
    for (name, what, best) in ROWS {
        let cycles = cycles(name);
        let name = name.strip_suffix(ROOTED).unwrap_or(name);
        let size = program(name).len();
        let (best, ratio) = match best {
            Some((others, size, source)) => {
                let size =
                    size.map_or(String::new(), |size| format!(", {} B", number(size as u64)));
                let best = format!("{}{size} {source}", number(*others));
                (best, format!("{:.2}", cycles as f64 / *others as f64))
            }
            None => ("–".to_owned(), "–".to_owned()),
        };
        let (cycles, size) = (number(cycles), number(size as u64));
        writeln!(text, "| `{name}` | {what} | {cycles} | {size} | {best} | {ratio} |")
            .expect("text can be written");
    }
    text.push_str("\n| hash | cycles a byte | best of others | ratio |\n|---|---:|---:|---:|\n");
    for (name, what, best) in HASHES {
        let found = cycles_a_byte(name);
        writeln!(text, "| {what} | {found:.1} | {best} | {:.2} |", found / best)
            .expect("text can be written");
    }
    text
}

/// A number with its thousands apart.
fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// Cycles of the transaction that a program accepts.
fn cycles(name: &str) -> u64 {
    let path = root().join(format!("examples/verifiers/{name}.json"));
    let transaction = MockTransaction::read(&path).expect("it is a transaction");
    let settings = Settings::default();
    let verdict =
        verify(&transaction, &settings, Arc::new(Programs::default()), Box::new(|_, _| {}))
            .expect("all scripts run");
    assert!(verdict.is_accepted(), "{} is rejected", path.display());
    verdict.cycles
}

/// What one more byte costs a program that hashes, without loading it.
fn cycles_a_byte(name: &str) -> f64 {
    let bench = Bench::new(name);
    // It refuses, as the digest is wrong, but it has hashed.
    let [short, long] = [2048, 20_480].map(|len| bench.verify(&vec![0; len + 32]).cycles);
    (long - short) as f64 / f64::from(20_480 - 2048) - 0.25
}
