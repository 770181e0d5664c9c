#!/usr/bin/env bash
# Runs a command with BIHUAN_TEST_POSTGRES naming a private, empty PostgreSQL, and takes it away after.
# A server of your own is used instead when the variable is already set.
set -euo pipefail

if [ -n "${BIHUAN_TEST_POSTGRES:-}" ]; then exec "$@"; fi

# Debian keeps the server's programs out of PATH.
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort --version-sort | tail -n 1)
[ -n "$bin" ] || { echo "PostgreSQL is not installed: run make setup" >&2; exit 1; }

# Not under target/: the server refuses to run as root, and its own user may not reach root's home.
folder=$(mktemp --directory /tmp/bihuan-postgres.XXXXXX)

as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then (cd / && runuser --user postgres -- "$@"); else "$@"; fi
}

stop() {
  as_postgres "$bin/pg_ctl" stop --silent --mode=immediate --pgdata="$folder/data" 2>/dev/null || true
  rm --recursive --force "$folder"
}
trap stop EXIT

if [ "$(id -u)" -eq 0 ]; then chown postgres "$folder"; fi
port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')

as_postgres "$bin/initdb" --pgdata="$folder/data" --username=bihuan --auth=trust \
  --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$folder/initdb.log"
# The data live for minutes: safety on power loss would only cost time.
as_postgres "$bin/pg_ctl" start --silent --wait --pgdata="$folder/data" --log="$folder/server.log" \
  --options="-h 127.0.0.1 -p $port -k $folder -c fsync=off -c full_page_writes=off -c max_connections=200"

export BIHUAN_TEST_POSTGRES="postgres://bihuan@127.0.0.1:$port/postgres"
"$@"
