use std::os::unix::fs::PermissionsExt as _;

use crate::begun::Place;

#[test]
fn a_new_playbook_has_no_errors_and_is_not_written_twice() {
    let place = Place::empty();
    place.good(&["playbook", "init", "rules", "--county", "410182"]);
    assert!(place.good(&["playbook", "check", "rules"]).contains("No errors"));
    let before = place.read("rules/playbook.toml");
    place.ends(3, &["playbook", "init", "rules", "--county", "131082"]);
    assert_eq!(place.read("rules/playbook.toml"), before);
    assert!(place.ends(2, &["playbook", "init", "other"]).contains("--county"));
}

#[test]
fn the_shipped_playbook_passes_its_check() {
    let said = Place::empty().good(&["playbook", "check", "xingyang"]);
    assert!(said.contains("51 items") && said.contains("6 papers"), "{said}");
}

#[test]
fn a_paper_whose_characters_no_font_has_does_not_pass() {
    let place = Place::empty();
    place.good(&["playbook", "init", "rules", "--county", "410182"]);
    let paper = "[[paper]]\ncode = \"odd\"\nkind = \"letter\"\nlayout = \"letter\"\n\
        length = \"special\"\nword = \"荥政函\"\nname = { zh = \"函\", en = \"Letter\" }\n\
        mark = \"荥阳市\"\ntitle = \"函\"\naddressees = \"有关单位\"\nbody = [\"\u{10fffd}\"]\n";
    place.write("rules/papers.toml", paper);
    assert!(place.ends(4, &["playbook", "check", "rules"]).contains("paper odd"));
}

#[test]
fn errors_are_named_with_file_and_line_and_nothing_is_applied() {
    let place = Place::empty();
    place.good(&["playbook", "init", "rules", "--county", "410182"]);
    let units = place.read("rules/units.toml");
    place.write(
        "rules/units.toml",
        format!("{units}\n[[unit]]\ncode = \"a\"\nabove = \"nobody\"\n"),
    );
    let said = place.ends(4, &["playbook", "check", "rules"]);
    assert!(said.contains("units.toml:") && said.contains("nobody"), "{said}");
    place.ends(4, &["playbook", "apply", "rules"]);
    assert!(!place.path("bihuan-data").exists());
    assert!(place.ends(2, &["playbook", "check", "absent"]).contains("xingyang"));
}

#[test]
fn the_first_playbook_begins_a_county_with_its_administrators_and_its_key() {
    let place = Place::empty();
    place.good(&["playbook", "init", "rules", "--county", "410182"]);
    let ran = place.run(&["playbook", "apply", "rules"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("  admin ") && ran.out.contains("  security "), "{ran:?}");
    assert!(ran.err.contains("second place"), "the key's copy is asked for: {ran:?}");
    let key = place.path("bihuan-data.keys/county.key");
    assert_eq!(std::fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_later_version_needs_an_approval_and_can_be_taken_back() {
    let place = Place::begun();
    place.ends(2, &["playbook", "apply", "rules"]);
    place.ends(3, &["playbook", "apply", "rules", "--approved-by", "nobody"]);
    let same = place.ends(3, &["playbook", "apply", "rules", "--approved-by", "security"]);
    assert!(same.contains("version"), "{same}");

    let head = place.read("rules/playbook.toml");
    let version = head.lines().find(|line| line.starts_with("version")).unwrap();
    place.write("rules/playbook.toml", head.replace(version, "version = \"next\""));
    assert!(place.good(&["playbook", "diff", "rules"]).contains("next"));
    place.good(&["playbook", "apply", "rules", "--approved-by", "security"]);
    assert_eq!(place.good(&["playbook", "diff", "rules"]).trim(), "No difference.");
    let back = place.good(&["playbook", "revert", "--approved-by", "security"]);
    assert!(back.contains("in force again"), "{back}");
}

#[test]
fn a_playbook_of_another_county_is_refused() {
    let place = Place::begun();
    place.good(&["playbook", "init", "theirs", "--county", "131082"]);
    let command =
        ["playbook", "apply", "theirs", "--county", "410182", "--approved-by", "security"];
    place.ends(3, &command);
}

#[test]
fn a_key_that_is_gone_or_open_to_others_stops_everything() {
    let place = Place::begun();
    let key = place.path("bihuan-data.keys/county.key");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(place.ends(3, &["tasks", "run"]).contains("chmod 600"));
    std::fs::remove_file(&key).unwrap();
    assert!(place.ends(3, &["tasks", "run"]).contains("copy of the key"));
    assert!(!key.exists(), "no new key is made over data of an old one");
}
