//! Hash functions inside the machine: published vectors, and the hosts' libraries.

use verdict_script_tests::Bench;

/// Lengths around the borders of blocks, and some longer ones.
const LENGTHS: [usize; 24] = [
    0, 1, 3, 55, 56, 57, 63, 64, 65, 111, 112, 119, 120, 127, 128, 129, 135, 136, 137, 255, 256,
    257, 1000, 20_000,
];

fn message(len: usize) -> Vec<u8> {
    (0..len).map(|at| (at * 167 + at / 251 * 13 + len).to_le_bytes()[0]).collect()
}

/// Lets the program hash messages, and prints what a byte costs.
fn check(name: &str, hash: impl Fn(&[u8]) -> Vec<u8>) {
    let bench = Bench::new(name);
    let run = |message: &[u8], digest: &[u8]| bench.verify(&[message, digest].concat());
    for len in LENGTHS {
        let message = message(len);
        let mut digest = hash(&message);
        assert_eq!(run(&message, &digest).exit_code, 0, "{name} of {len} bytes");
        digest[len % 32] ^= 1 << (len % 8);
        assert_eq!(run(&message, &digest).exit_code, -12, "{name} of {len} bytes");
    }
    let [short, long] = [2048, 20_480].map(|len| {
        let message = message(len);
        run(&message, &hash(&message)).cycles
    });
    // Loading the witness costs a quarter of a cycle a byte, twice.
    let per_byte = (long - short) as f64 / f64::from(20_480 - 2048) - 0.25;
    println!("{name}: {per_byte:.1} cycles a byte, {} bytes", bench.size());
}

#[test]
fn blake2b() {
    check("hash-blake2b", |message| ckb_hash::blake2b_256(message).to_vec());
}

#[test]
fn sha256() {
    use sha2::Digest;

    check("hash-sha256", |message| sha2::Sha256::digest(message).to_vec());
}

/// The variants for programs that hash little.
#[test]
fn small_variants() {
    use sha2::Digest;

    check("hash-small", |message| {
        [&sha2::Sha256::digest(message)[..], &ckb_hash::blake2b_256(message)].concat()
    });
}

#[test]
fn keccak256() {
    use sha3::Digest;

    check("hash-keccak256", |message| sha3::Keccak256::digest(message).to_vec());
}
