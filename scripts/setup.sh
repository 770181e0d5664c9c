#!/usr/bin/env bash
# Brings a Debian machine to where `make test` can run. Safe to repeat; a second run installs nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(chromium postgresql-15 fonts-noto-cjk fonts-arphic-ukai poppler-utils)

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

installed() {
  [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing=()
for package in "${packages[@]}"; do
  installed "$package" || missing+=("$package")
done
if [ "${#missing[@]}" -gt 0 ]; then
  echo "Installing from Debian: ${missing[*]}"
  as_root apt-get update --quiet=2
  # Tests start a private cluster of their own; Debian's default one would only take a port.
  as_root mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] ||
    echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet=2 --no-install-recommends "${missing[@]}"
fi

scripts/npm.sh
