#!/usr/bin/env bash
# Formatting, types and lints; a warning is an error.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo fmt --all --check
scripts/types.sh
cargo clippy --workspace --all-targets --locked -- -D warnings
