//! What the doctor says of a machine and its data.

use std::io::{Seek as _, SeekFrom, Write as _};

use crate::begun::Place;

/// The line about one thing.
fn line<'a>(said: &'a str, level: &str, about: &str) -> &'a str {
    said.lines()
        .find(|line| line.starts_with(level) && line[level.len()..].trim_start().starts_with(about))
        .unwrap_or_else(|| panic!("no {level} {about} in\n{said}"))
}

#[test]
fn before_there_is_data_the_machine_is_looked_at_and_the_papers() {
    let said = Place::empty().good(&["doctor"]);
    line(&said, "look", "data");
    for face in ["小标宋体", "仿宋体", "楷体", "黑体", "宋体"] {
        assert!(said.lines().any(|line| line.contains("papers") && line.contains(face)), "{said}");
    }
}

#[test]
fn sound_data_is_called_so_and_the_key_is_compared_with_its_copy() {
    let place = Place::empty();
    place.good(&["playbook", "apply", "xingyang"]);
    place.good(&["tasks", "run"]);
    let said = place.good(&["doctor"]);
    for about in ["data", "folder", "database", "journal", "playbook"] {
        line(&said, "good", about);
    }
    assert!(line(&said, "look", "key").contains("--key-copy"));
    line(&said, "look", "back-up");

    let key = "bihuan-data.keys/county.key";
    std::fs::create_dir(place.path("usb")).unwrap();
    std::fs::copy(place.path(key), place.path("usb/county.key")).unwrap();
    line(&place.good(&["doctor", "--key-copy", "usb"]), "good", "key");
    place.write("usb/county.key", [7; 32]);
    line(&place.ends(4, &["doctor", "--key-copy", "usb"]), "fault", "key");
    std::fs::remove_file(place.path("usb/county.key")).unwrap();
    line(&place.ends(4, &["doctor", "--key-copy", "usb"]), "fault", "key");

    let recipient = place.good(&["key", "recipient", "secret.txt"]);
    place.write("bihuan.toml", format!("backup_recipient = \"{}\"\n", recipient.trim()));
    place.good(&["backup", "county.backup"]);
    line(&place.good(&["doctor"]), "good", "back-up");
}

#[test]
fn a_damaged_database_a_lost_key_and_a_missing_folder_are_faults_with_a_remedy() {
    let place = Place::empty();
    place.good(&["playbook", "apply", "xingyang"]);
    let path = place.path("bihuan-data/bihuan.db");
    let pages = std::fs::metadata(&path).unwrap().len() / 4096;
    let mut file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    for page in pages / 2..pages {
        file.seek(SeekFrom::Start(page * 4096)).unwrap();
        file.write_all(&[0x5a; 4096]).unwrap();
    }
    drop(file);
    let said = place.ends(4, &["doctor"]);
    let says = |line: &str| line.starts_with("fault") && line.contains("bihuan restore");
    assert!(said.lines().any(says), "{said}");

    let place = Place::begun();
    std::fs::remove_file(place.path("bihuan-data.keys/county.key")).unwrap();
    let said = place.ends(4, &["doctor"]);
    assert!(line(&said, "fault", "data").contains("Put the copy of the key"), "{said}");
}
