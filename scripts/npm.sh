#!/usr/bin/env bash
# Installs the locked npm packages, unless the last installation was of this very lock file.
set -euo pipefail
cd "$(dirname "$0")/.."

mark=node_modules/.bihuan-lock
if cmp --silent package-lock.json "$mark"; then exit 0; fi
npm ci --no-audit --no-fund
cp package-lock.json "$mark"
