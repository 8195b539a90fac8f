#!/bin/sh
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Builds the example scripts into bin/; with --check, fails if bin/ is not what the source
# gives.
set -eu
cd "$(dirname "$0")"
exec cargo run --quiet --release --manifest-path ../../Cargo.toml -p verdict-toolchain -- build "$@"
