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
step cargo run --quiet --release -p verdict-toolchain -- verify examples/*/tx.json
# Beside each of these are some that are rejected: exit status 1.
status=0
step cargo run --quiet --release -p verdict-toolchain -- verify examples || status=$?
[ "$status" -eq 1 ]
for build in vm/benches/programs/build.sh scripts-riscv/examples/build.sh \
    toolchain/tests/programs/build.sh; do
    if command -v clang-19 >/dev/null && command -v ld.lld-19 >/dev/null; then
        step "$build" --check
    else
        echo "skipped: $build --check (needs clang-19 and lld-19)"
    fi
done
printf '\nall checks passed (%s s)\n' "$SECONDS"
