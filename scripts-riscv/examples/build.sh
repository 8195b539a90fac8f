#!/bin/sh
# SPDX-License-Identifier: MIT OR Apache-2.0
#
# Builds the example scripts into bin/. With --check, fails if bin/ would change.
set -eu
cd "$(dirname "$0")"
exec cargo run --quiet --release -p verdict-toolchain -- build "$@"
