#!/bin/sh
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Builds the scripts.
#
#   build.sh [PACKAGE…]   the programs of these packages, or of all, into bin/
#   build.sh --check      fails if bin/ is not what the source gives
#
# verdict.toml names the compilers that bin/ was made with; others may produce other bytes.
set -eu
cd "$(dirname "$0")"
if [ "${1:-}" != --check ]; then
    for package in "$@"; do
        set -- "$@" --package "$package"
        shift
    done
fi
exec cargo run --quiet --release --manifest-path ../Cargo.toml -p verdict-toolchain -- build "$@"
