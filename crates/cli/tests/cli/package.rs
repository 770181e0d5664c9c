//! The Debian package holds what an installation needs, in its places.

use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use crate::begun::Place;

/// Answers as far as packing asks; the real binary would only take longer.
const STAND_IN: &str =
    "#!/bin/sh\ncase $1 in --version) echo bihuan 1.2.3;; *) echo \"# $2\";; esac\n";

#[test]
fn the_package_brings_binary_unit_settings_and_completions() {
    let place = Place::empty();
    place.write("bihuan", STAND_IN);
    std::fs::set_permissions(place.path("bihuan"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/package.sh");
    let packed = Command::new(script).arg(place.path("bihuan")).arg(place.path("out")).output();
    assert!(packed.as_ref().unwrap().status.success(), "{packed:?}");
    let file = std::fs::read_dir(place.path("out")).unwrap().next().unwrap().unwrap().path();
    let name = file.file_name().unwrap().to_str().unwrap();
    assert!(name.starts_with("bihuan_1.2.3_"), "{name}");
    let ask = |what: &str| {
        let answer = Command::new("dpkg-deb").arg(what).arg(&file).output().unwrap();
        String::from_utf8(answer.stdout).unwrap()
    };
    let contents = ask("--contents");
    for (mode, path) in [
        ("drwxr-xr-x", " ./\n"),
        ("-rwxr-xr-x", "./usr/bin/bihuan\n"),
        ("-rw-r--r--", "./usr/lib/systemd/system/bihuan.service\n"),
        ("-rw-r-----", "./etc/bihuan/bihuan.toml\n"),
        ("-rw-r--r--", "./usr/share/bash-completion/completions/bihuan\n"),
    ] {
        let holds = |line: &str| line.starts_with(mode) && format!("{line}\n").ends_with(path);
        assert!(contents.lines().any(holds), "{mode} {path}{contents}");
    }
    let control = ask("--info");
    assert!(control.contains("Version: 1.2.3") && control.contains("conffiles"), "{control}");
    // The settings it brings are settings.
    let toml = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../packaging/bihuan.toml"));
    place.write("bihuan.toml", toml);
    assert!(place.good(&["config"]).contains("/var/lib/bihuan-keys"));
}
