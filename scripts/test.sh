#!/usr/bin/env bash
# Everything that must hold. Cheap checks first; each runner prints its own closing lines.
set -euo pipefail
cd "$(dirname "$0")/.."

node scripts/assets.mjs
scripts/lint.sh
node scripts/test-scripts.mjs
# With this set, a test that needs PostgreSQL fails when it finds none, instead of passing quietly.
BIHUAN_REQUIRE_POSTGRES=1 scripts/with-postgres.sh cargo test --workspace --locked
scripts/e2e.sh
