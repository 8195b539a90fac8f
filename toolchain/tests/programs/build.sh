#!/bin/sh
# Builds the programs that the tests of `inspect` and `bench` read, with clang and lld 19:
# one with symbols and source lines, and the same stripped.
set -eu
cd "$(dirname "$0")"
clang-19 --target=riscv64 -march=rv64imc -mabi=lp64 -O2 -g -ffile-prefix-map="$PWD"=. \
    -fdebug-compilation-dir=. -ffreestanding -nostdlib -static -fuse-ld=lld-19 \
    -Wl,--build-id=none,-z,separate-code,-Ttext=0x11000 profile.c -o profile.elf
llvm-objcopy-19 --strip-all profile.elf profile-stripped.elf
