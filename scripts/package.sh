#!/usr/bin/env bash
# A Debian package of a built binary: scripts/package.sh [BINARY [FOLDER]]
set -euo pipefail
cd "$(dirname "$0")/.."

binary=${1:-target/release/bihuan}
folder=${2:-target/package}
version=$("$binary" --version | cut -d ' ' -f 2)
architecture=$(dpkg --print-architecture)
root=$(mktemp -d)
chmod 0755 "$root"
trap 'rm -rf "$root"' EXIT

install -D -m 0755 "$binary" "$root/usr/bin/bihuan"
install -D -m 0644 packaging/bihuan.service "$root/usr/lib/systemd/system/bihuan.service"
install -D -m 0640 packaging/bihuan.toml "$root/etc/bihuan/bihuan.toml"
install -D -m 0644 docs/operating.md "$root/usr/share/doc/bihuan/operating.md"
install -D -m 0644 docs/playbook.md "$root/usr/share/doc/bihuan/playbook.md"
install -D -m 0644 NOTICE "$root/usr/share/doc/bihuan/copyright"
for shell in bash:bash-completion/completions/bihuan zsh:zsh/vendor-completions/_bihuan \
    fish:fish/vendor_completions.d/bihuan.fish; do
    file="$root/usr/share/${shell#*:}"
    install -d "$(dirname "$file")"
    "$binary" completions "${shell%%:*}" >"$file"
done

install -d "$root/DEBIAN"
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" packaging/debian/control \
    >"$root/DEBIAN/control"
install -m 0755 packaging/debian/postinst packaging/debian/prerm "$root/DEBIAN/"
install -m 0644 packaging/debian/conffiles "$root/DEBIAN/"

mkdir -p "$folder"
dpkg-deb --root-owner-group --build "$root" "$folder/bihuan_${version}_$architecture.deb"
