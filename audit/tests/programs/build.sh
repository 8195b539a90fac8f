#!/bin/sh
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Builds a program with calls, once for each way in which its callers can be found.
#
#   build.sh          into bin/
#   build.sh --check  the same into a temporary folder; fails if bin/ differs
#
#   calls-frame-pointer   by frame pointers; calls-stripped is the same without names
#   calls-debug-frame     by the tables for debuggers
#   calls-eh-frame        by the tables for exceptions
#
# CLANG and LLD name the tools. bin/ was made with clang and LLD 19.1.7; others may
# produce other bytes.
set -eu
cd "$(dirname "$0")"

temp=$(mktemp -d)
trap 'rm -r "$temp"' EXIT

# Arguments: folder, name, flags of the compiler, flags of the linker.
program() {
    clang="${CLANG:-clang-19} --target=riscv64-unknown-none-elf -march=rv64imc -mabi=lp64
        -mcmodel=medany -mno-relax -ffile-prefix-map=$PWD=. -fdebug-compilation-dir=."
    $clang $3 -g -c start.S -o "$temp/start.o"
    $clang $3 -std=c99 -Wall -Wextra -Werror -Os -g -ffreestanding -fno-builtin -fno-pic \
        -fno-ident -c calls.c -o "$temp/calls.o"
    "${LLD:-ld.lld-19}" $4 -n --build-id=none -T "$temp/link.ld" \
        "$temp/start.o" "$temp/calls.o" -o "$1/$2"
}

build() {
    no_tables="-fno-asynchronous-unwind-tables -fno-unwind-tables"
    sed 's/\*(\.comment)/*(.debug_frame) *(.eh_frame) &/; /KEEP/d' link.ld >"$temp/link.ld"
    program "$1" calls-frame-pointer "-fno-omit-frame-pointer $no_tables" ""
    program "$1" calls-stripped "-fno-omit-frame-pointer $no_tables" "-s"
    cp link.ld "$temp/link.ld"
    program "$1" calls-debug-frame "-fomit-frame-pointer $no_tables" ""
    program "$1" calls-eh-frame "-fomit-frame-pointer -fasynchronous-unwind-tables" ""
}

case "${1:-}" in
"")
    mkdir -p bin
    build bin
    ;;
--check)
    mkdir "$temp/bin"
    build "$temp/bin"
    for file in bin/*; do
        cmp "$temp/$file" "$file"
    done
    ;;
*)
    echo "usage: build.sh [--check]" >&2
    exit 2
    ;;
esac
