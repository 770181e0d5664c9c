#!/usr/bin/env bash
# Writes every golden file anew from what the code says today.
set -euo pipefail
cd "$(dirname "$0")/.."

BIHUAN_GOLDEN=write INSTA_UPDATE=always scripts/with-postgres.sh cargo test --workspace --locked
git status --short
