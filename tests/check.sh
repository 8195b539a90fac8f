#!/usr/bin/env bash
# The checks, in the order in which they fail fastest. `.ci/run` installs what they need.
set -euo pipefail
cd "$(dirname "$0")/.."

step() {
    printf '\n== %s (%s s)\n' "$*" "$SECONDS"
    "$@"
}

step cargo fmt --all --check
step cargo clippy --workspace --all-targets --quiet -- -D warnings
RUSTDOCFLAGS="-D warnings" step cargo doc --workspace --no-deps --quiet
step cargo build --quiet -p verdict-vm --no-default-features
step cargo test --workspace
step cargo run --quiet --release -p verdict-toolchain -- verify examples/secp256k1/tx.json
# The same with a flipped bit in the signature is rejected: exit status 1.
status=0
step cargo run --quiet --release -p verdict-toolchain -- \
    verify examples/secp256k1/tx-bad-signature.json || status=$?
[ "$status" -eq 1 ]
if command -v clang-19 >/dev/null && command -v ld.lld-19 >/dev/null; then
    step vm/benches/programs/build.sh --check
else
    echo "skipped: vm/benches/programs/build.sh --check (needs clang-19 and lld-19)"
fi
printf '\nall checks passed (%s s)\n' "$SECONDS"
