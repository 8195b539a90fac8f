#!/bin/sh
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Builds the example scripts.
#
#   build.sh          every script, into bin/
#   build.sh --check  the same into a temporary folder; fails if bin/ differs
#
# CLANG and LLD name the tools. bin/ was made with clang and LLD 19.1.7; others may
# produce other bytes.
set -eu
cd "$(dirname "$0")"

scripts="password token delegate factors ask fnv"

temp=$(mktemp -d)
trap 'rm -r "$temp"' EXIT

build() {
    clang="${CLANG:-clang-19} --target=riscv64-unknown-none-elf -march=rv64imc_zba_zbb_zbc_zbs
        -mabi=lp64 -mcmodel=medany"
    $clang -c start.S -o "$temp/start.o"
    for name in $scripts; do
        $clang -std=c99 -Wall -Wextra -Werror -Os -ffreestanding -fno-builtin -fno-pic -fno-ident \
            -c "$name.c" -o "$temp/$name.o"
        # Loaders look at the bytes of a segment, not at where in the file they are:
        # without padding, scripts are small.
        "${LLD:-ld.lld-19}" -s -n --build-id=none -T link.ld \
            "$temp/start.o" "$temp/$name.o" -o "$1/$name"
    done
}

case "${1:-}" in
"")
    mkdir -p bin
    build bin
    ;;
--check)
    mkdir "$temp/bin"
    build "$temp/bin"
    for name in $scripts; do
        cmp "$temp/bin/$name" "bin/$name"
    done
    ;;
*)
    echo "usage: build.sh [--check]" >&2
    exit 2
    ;;
esac
