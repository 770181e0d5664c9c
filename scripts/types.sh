#!/usr/bin/env bash
# Checks the types of the browser's scripts; the service worker lives in another world than a page.
set -euo pipefail
cd "$(dirname "$0")/.."

npx tsc --project crates/web/assets/ts
npx tsc --project crates/web/assets/ts/worker
