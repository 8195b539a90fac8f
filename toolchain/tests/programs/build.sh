#!/bin/sh
# Builds the programs that the tests of `inspect` and `bench` read, with clang and lld 19:
# one with symbols and source lines, the same stripped, and two with symbols alone.
set -eu
cd "$(dirname "$0")"
build() {
    clang-19 --target=riscv64 -march=rv64imc -mabi=lp64 -mcmodel=medany -O2 -ffreestanding \
        -fno-pic -nostdlib -static -fuse-ld=lld-19 -ffile-prefix-map="$PWD"=. \
        -Wl,--build-id=none,-z,separate-code,-Ttext=0x11000 "$@"
}
build -g -fdebug-compilation-dir=. profile.c -o profile.elf
build processes.c -o processes.elf
build data.S -o data.elf
llvm-objcopy-19 --strip-all profile.elf profile-stripped.elf
