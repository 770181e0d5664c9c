#!/usr/bin/env bash
# Browser journeys against the real binary.
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --locked -p bihuan-cli
node e2e/run.mjs
