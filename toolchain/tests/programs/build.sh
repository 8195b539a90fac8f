#!/bin/sh
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Builds the programs that the tests of `inspect` and `bench` read: one with symbols and source
# lines, the same stripped, and two with symbols alone.
#
#   build.sh          every program, into this folder
#   build.sh --check  the same into a temporary folder; fails if anything differs
#
# CLANG names the compiler. The programs were made with clang and LLD 19.1.7; others may
# produce other bytes.
set -eu
cd "$(dirname "$0")"

temp=$(mktemp -d)
trap 'rm -r "$temp"' EXIT

build() {
    "${CLANG:-clang-19}" --target=riscv64 -march=rv64imc -mabi=lp64 -mcmodel=medany -O2 \
        -ffreestanding -fno-pic -nostdlib -static -fuse-ld=lld-19 \
        -ffile-prefix-map="$PWD"=. -fdebug-compilation-dir=. \
        -Wl,--build-id=none,-z,separate-code,-Ttext=0x11000 "$@"
}
build -g profile.c -o "$temp/profile.elf"
build -Wl,-s profile.c -o "$temp/profile-stripped.elf"
build processes.c -o "$temp/processes.elf"
build data.S -o "$temp/data.elf"

for program in "$temp"/*.elf; do
    case "${1:-}" in
    --check) cmp "$program" "$(basename "$program")" ;;
    *) cp "$program" . ;;
    esac
done
