use crate::begun::Place;

const MAP: &str = r#"
origin = "office"
time_zone = "Asia/Shanghai"
dates = ["%Y-%m-%d"]
[columns]
id = "id"
opened = "opened"
words = "words"
"#;

/// `路灯不亮` and `井盖` in GB18030, a ragged row, an impossible date, a repeat
/// word for word and a repeat with other words.
const TABLE: &[u8] = b"id,opened,words\n\
    1,2026-01-01,\xc2\xb7\xb5\xc6\xb2\xbb\xc1\xc1\n\
    2,2026-02-30,a\n\
    3,2026-01-03\n\
    1,2026-01-01,\xc2\xb7\xb5\xc6\xb2\xbb\xc1\xc1\n\
    1,2026-01-01,b\n\
    4,2026-01-04,=1+1\n\
    5,2026-01-05,\xbe\xae\xb8\xc7\n";

fn ready() -> Place {
    with_table(Place::begun())
}

pub(crate) fn with_table(place: Place) -> Place {
    place.write("map.toml", MAP);
    place.write("table.csv", TABLE);
    place
}

pub(crate) const IMPORT: [&str; 4] = ["import", "table.csv", "--map", "map.toml"];

#[test]
fn every_row_is_counted_once_and_a_second_run_adds_nothing() {
    let place = ready();
    let first = place.good(&[&IMPORT[..], &["--rejected", "rejected.csv"]].concat());
    assert!(first.contains("read 7 = written 3 + already there 1 + rejected 3"), "{first}");
    let rejected = place.read("rejected.csv");
    for code in ["no-such-day", "row-ragged", "repeated-with-other-content"] {
        assert!(rejected.contains(code), "{code}: {rejected}");
    }
    let journal = |name: &str| {
        place.good(&["export", "--journal", name]);
        place.read(name)
    };
    let before = journal("before.jsonl");
    let second = place.good(&IMPORT);
    assert!(second.contains("read 7 = written 0 + already there 4 + rejected 3"), "{second}");
    assert_eq!(journal("after.jsonl"), before);
}

#[test]
fn a_dry_run_writes_nothing() {
    let place = ready();
    let dry = place.good(&[&IMPORT[..], &["--dry-run"]].concat());
    assert!(dry.contains("written 3") && dry.contains("nothing was written"), "{dry}");
    let lines = place.good(&["export", "--format", "jsonl"]);
    assert_eq!(lines, "");
}

#[test]
fn what_was_imported_is_exported_and_runs_nothing_in_a_spreadsheet() {
    let place = ready();
    place.good(&IMPORT);
    let table = place.good(&["export"]);
    assert!(table.contains("路灯不亮") && table.contains("井盖"), "{table}");
    assert!(table.contains("'=1+1") && !table.contains(",=1+1"), "{table}");
    let lines = place.good(&["export", "--format", "jsonl", "--origin", "office"]);
    assert_eq!(lines.lines().count(), 3);
    assert_eq!(place.good(&["export", "--format", "jsonl", "--origin", "other"]), "");
    place.good(&["export", "-o", "table.xlsx"]);
    assert!(std::fs::read(place.path("table.xlsx")).unwrap().starts_with(b"PK"));
    place.ends(2, &["export", "-o", "table.pdf"]);
}

#[test]
fn days_bound_what_is_exported() {
    let place = ready();
    place.good(&IMPORT);
    let count = |words: &[&str]| {
        place.good(&[&["export", "--format", "jsonl"], words].concat()).lines().count()
    };
    assert_eq!(count(&["--from", "2026-01-04"]), 2);
    assert_eq!(count(&["--to", "2026-01-04"]), 1);
    assert_eq!(count(&["--from", "2026-01-04", "--to", "2026-01-05"]), 1);
    place.ends(2, &["export", "--from", "2026-02-30"]);
}

#[test]
fn a_map_that_does_not_fit_names_the_column() {
    let place = ready();
    place.write("map.toml", MAP.replace("\"words\"", "\"content\""));
    assert!(place.ends(2, &IMPORT).contains("`content`"));
    place.write("map.toml", "origin = ");
    place.ends(2, &IMPORT);
}

#[test]
fn a_file_that_is_absent_empty_or_no_table_is_refused_with_a_sentence() {
    let place = ready();
    place.ends(2, &["import", "absent.csv", "--map", "map.toml"]);
    place.write("table.csv", "");
    place.ends(2, &IMPORT);
    place.write("table.csv", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    place.ends(2, &IMPORT);
}
