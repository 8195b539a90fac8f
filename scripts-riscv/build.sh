#!/usr/bin/env bash
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Builds the scripts.
#
#   build.sh [PACKAGE…]   the programs of these packages, or of all, into bin/
#   build.sh --check      all of them into a temporary folder; fails if bin/ differs
#
# bin/ was made with Debian's rustc-web 1.96.0 and LLD 19.1.7; others may produce other
# bytes.
set -euo pipefail
cd "$(dirname "$0")"

export RUSTC=${RUSTC:-/usr/bin/rustc} RUSTC_BOOTSTRAP=1
cargo=${CARGO:-/usr/bin/cargo}
target=riscv64imac-unknown-none-elf
here=$PWD
root=$(dirname "$here")

flags=(
    -Clinker="${LLD:-ld.lld-19}" -Clinker-flavor=ld.lld
    -Clink-arg=-T"$here/link.ld" -Clink-arg=-n -Clink-arg=-s -Clink-arg=--build-id=none
    -Clink-arg=--gc-sections
    -Crelocation-model=static -Ccode-model=medium
    -Ctarget-feature=-a,+relax,+zba,+zbb,+zbc,+zbs,+unaligned-scalar-mem,+forced-atomics
    -Cforce-unwind-tables=no -Zlocation-detail=none -Zfmt-debug=none
    --remap-path-prefix="$root"=/verdict
    --remap-path-prefix="${CARGO_HOME:-$HOME/.cargo}"=/cargo
    --remap-path-prefix="$($RUSTC --print sysroot)"=/rust
)
CARGO_ENCODED_RUSTFLAGS=$(IFS=$'\x1f'; echo "${flags[*]}")
export CARGO_ENCODED_RUSTFLAGS

# The packages that have programs.
packages() {
    grep -l '^\[\[bin\]\]' ./*/Cargo.toml | cut -d/ -f2
}

# The programs of a package.
programs() {
    sed -n '/^\[\[bin\]\]/,/^$/s/^name = "\(.*\)"$/\1/p' "$1/Cargo.toml"
}

build() {
    into=$1
    shift
    for package in "$@"; do
        # One package at a time: what others need of a library must not change it.
        "$cargo" build --quiet --release --locked --bins --manifest-path "$package/Cargo.toml" \
            --target "$target" -Zbuild-std=core,alloc --target-dir target
        for program in $(programs "$package"); do
            cp "target/$target/release/$program" "$into/$program"
        done
    done
}

case "${1:-}" in
--check)
    temp=$(mktemp -d)
    trap 'rm -r "$temp"' EXIT
    build "$temp" $(packages)
    for program in bin/*; do
        [ "$program" = bin/checksums.txt ] || cmp "$temp/${program#bin/}" "$program"
    done
    (cd bin && sha256sum --quiet --check checksums.txt)
    ;;
*)
    mkdir -p bin
    if [ $# -eq 0 ]; then
        build bin $(packages)
    else
        build bin "$@"
    fi
    (cd bin && find . -type f ! -name checksums.txt -printf '%f\0' | sort -z |
        xargs -0 --no-run-if-empty sha256sum > checksums.txt)
    ;;
esac
