#!/bin/sh
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Builds the benchmark programs.
#
#   build.sh               every program for the guest, into bin/
#   build.sh --check       the same into a temporary folder; fails if bin/ differs
#   build.sh --native DIR  every program for this host, into DIR
#
# CLANG and LLD name the guest tools, CC the host compiler. bin/ was made with
# the versions in README.md; others may produce other bytes.
set -eu

from=$PWD
cd "$(dirname "$0")"

programs="sha256 blake2b keccak mont256 secp256k1 x25519 quicksort interp
    hashtable memcpy bits recursion branchy"

warnings="-std=c99 -Wall -Wextra -Werror"

temp=$(mktemp -d)
trap 'rm -r "$temp"' EXIT

guest() {
    clang="${CLANG:-clang-19} --target=riscv64-unknown-none-elf -march=rv64imc_zba_zbb_zbc_zbs
        -mabi=lp64 -mcmodel=medany -mno-strict-align"
    $clang -c start.S -o "$temp/start.o"
    for name in $programs; do
        $clang $warnings -O3 -ffreestanding -fno-builtin -fno-pic -fno-ident \
            -c "$name.c" -o "$temp/$name.o"
        "${LLD:-ld.lld-19}" -s --build-id=none -z max-page-size=4096 -T link.ld \
            "$temp/start.o" "$temp/$name.o" -o "$1/$name.elf"
    done
}

native() {
    # Loops stay loops, as they are for the guest: no vectors, no calls into the
    # C library in place of a copying loop.
    cc=${CC:-cc}
    loops="-fno-builtin -fno-tree-vectorize"
    case $($cc --version) in
    *clang*) loops="$loops -fno-slp-vectorize" ;;
    *) loops="$loops -fno-tree-loop-distribute-patterns" ;;
    esac
    for name in $programs; do
        $cc $warnings -O3 $loops -DNATIVE "$name.c" -o "$1/$name"
    done
}

case "${1:-}" in
"")
    mkdir -p bin
    guest bin
    ;;
--check)
    mkdir "$temp/bin"
    guest "$temp/bin"
    for name in $programs; do
        cmp "$temp/bin/$name.elf" "bin/$name.elf"
    done
    ;;
--native)
    case ${2:?names the folder to build into} in
    /*) dir=$2 ;;
    *) dir=$from/$2 ;;
    esac
    mkdir -p "$dir"
    native "$dir"
    ;;
*)
    echo "usage: build.sh [--check | --native DIR]" >&2
    exit 2
    ;;
esac
