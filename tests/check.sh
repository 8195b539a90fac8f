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
# With the production machine built in. The same packages as above, so that little is compiled.
step cargo clippy --workspace --features verdict-toolchain/reference --all-targets --quiet -- \
    -D warnings
step cargo test --workspace --features verdict-toolchain/reference --test reference --test audit
step cargo run --quiet --release -p verdict-toolchain -- verify examples/*/tx.json
# Beside each of these are some that are rejected: exit status 1.
status=0
step cargo run --quiet --release -p verdict-toolchain -- verify examples || status=$?
[ "$status" -eq 1 ]

# What runs on the machine: its own workspace, and programs that are compared byte by byte.
step cargo fmt --manifest-path scripts-riscv/Cargo.toml --all --check
step cargo clippy --manifest-path scripts-riscv/Cargo.toml --workspace --lib --tests --examples --quiet -- \
    -D warnings
step cargo test --manifest-path scripts-riscv/Cargo.toml --workspace --lib --tests --quiet
for build in vm/benches/programs/build.sh toolchain/tests/programs/build.sh \
    audit/tests/programs/build.sh scripts-riscv/examples/build.sh; do
    if command -v clang-19 >/dev/null && command -v ld.lld-19 >/dev/null; then
        step "$build" --check
    else
        echo "skipped: $build --check (needs clang-19 and lld-19)"
    fi
done
if [ -d /usr/lib/rustlib/src/rust/library ] && command -v ld.lld-19 >/dev/null; then
    step scripts-riscv/build.sh --check
else
    echo "skipped: scripts-riscv/build.sh --check (needs rustc-web, cargo-web, rust-web-src, lld-19)"
fi
printf '\nall checks passed (%s s)\n' "$SECONDS"
