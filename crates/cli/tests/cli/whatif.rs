//! `bihuan whatif` on a small grown county.

use std::path::Path;

use crate::begun::Place;

const SHIPPED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../playbooks/xingyang");

/// A copy of the shipped playbook in `rules`, without its worked cases.
fn copied(place: &Place) {
    copy(Path::new(SHIPPED), &place.path("rules"));
    std::fs::remove_dir_all(place.path("rules/cases")).unwrap();
    let head = place.read("rules/playbook.toml").replace("\"2026.1\"", "\"2026.2\"");
    place.write("rules/playbook.toml", head);
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn other_rules_are_tried_and_said_in_every_form() {
    let place = Place::empty();
    place.good(&["simulate", "--matters", "60"]);
    let same = place.good(&["whatif", "--playbook", "xingyang"]);
    assert!(same.contains("Nothing changes: all "), "{same}");
    assert!(same.contains("County") && !same.contains(" → 0"), "{same}");

    copied(&place);
    let items = place.read("rules/categories.toml");
    let longer = items.lines().map(|line| match line.starts_with("limits = ") {
        true => "limits = { ordinary = \"90 work-days\" }",
        false => line,
    });
    place.write("rules/categories.toml", longer.collect::<Vec<_>>().join("\n"));
    let tried = ["whatif", "--playbook", "rules"];
    let text = place.good(&tried);
    assert!(text.contains("version 2026.2") && text.contains("filed under 2026.1"), "{text}");
    assert!(text.contains("matters come out as they were"), "{text}");

    let json = place.good(&[&tried[..], &["--format", "json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let county = &json["county"];
    assert_eq!(county["would"]["on-time"], county["would"]["closed"], "{json:#}");
    assert_eq!(county["was"]["closed"], county["would"]["closed"]);
    assert!(county["was"]["closed"].as_u64() > Some(0) && json["imported"] == 0);

    place.good(&[&tried[..], &["-o", "tried.csv"]].concat());
    let rows = place.read("tried.csv");
    assert_eq!(rows.lines().count(), json["units"].as_array().unwrap().len() + 2, "{rows}");
    place.good(&[&tried[..], &["-o", "tried.xlsx"]].concat());
    assert!(std::fs::read(place.path("tried.xlsx")).unwrap().starts_with(b"PK"));

    let none = place.good(&["whatif", "--playbook", "rules", "--to", "2001-01-01"]);
    assert!(none.contains("no history to replay"), "{none}");
    let stricter = place.read("rules/regimes.toml");
    let stricter = stricter.replacen("verify_first = []", "verify_first = [\"snapshot\"]", 1);
    place.write("rules/regimes.toml", stricter);
    let stopped = place.good(&tried);
    assert!(stopped.contains("could not be replayed"), "{stopped}");
    assert!(stopped.contains("at “Accept”: This must be verified before it is accepted."));
}

#[test]
fn what_cannot_be_tried_is_refused_as_elsewhere() {
    let place = Place::begun();
    let other = place.ends(3, &["whatif", "--playbook", "zaoqiang"]);
    assert!(other.contains("131121"), "{other}");
    let days = ["--from", "2026-07-01", "--to", "2026-07-01"];
    let usage = place.ends(2, &[&["whatif", "--playbook", "rules"][..], &days].concat());
    assert!(usage.contains("2026-07-01"), "{usage}");
    place.ends(2, &["whatif", "--playbook", "rules", "-o", "tried.pdf"]);
    place.ends(2, &["whatif", "--playbook", "absent"]);
    let nothing = place.good(&["whatif", "--playbook", "rules"]);
    assert!(nothing.contains("no history to replay"), "{nothing}");

    let units = place.read("rules/units.toml");
    let faulty = format!("{units}\n[[unit]]\ncode = \"a\"\nabove = \"nobody\"\n");
    place.write("rules/units.toml", faulty);
    let checked = place.run(&["playbook", "check", "rules"]);
    let tried = place.run(&["whatif", "--playbook", "rules"]);
    assert_eq!((checked.code, checked.out, checked.err), (4, tried.out, tried.err));
    assert_eq!(tried.code, 4);
    let empty = Place::empty();
    assert!(empty.ends(3, &["whatif", "--playbook", "xingyang"]).contains("no data"));
}
