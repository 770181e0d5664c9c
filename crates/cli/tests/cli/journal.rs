use crate::begun::Place;

fn exported() -> (Place, String) {
    let place = Place::begun();
    place.good(&["tasks", "run"]);
    place.good(&["export", "--journal", "journal.jsonl"]);
    let text = place.read("journal.jsonl");
    (place, text)
}

#[test]
fn an_export_verifies_without_data_or_key_and_so_does_the_data() {
    let (place, _) = exported();
    assert!(place.good(&["verify"]).ends_with("sound\n"));
    let elsewhere = Place::empty();
    let file = place.path("journal.jsonl");
    assert!(elsewhere.good(&["verify", file.to_str().unwrap()]).ends_with("sound\n"));
}

#[test]
fn an_edited_copy_fails_wherever_it_is_edited() {
    let (place, text) = exported();
    let lines: Vec<&str> = text.lines().collect();
    for at in 0..lines.len() {
        let without: Vec<&str> =
            lines.iter().enumerate().filter(|(line, _)| *line != at).map(|(_, l)| *l).collect();
        place.write("edited.jsonl", without.join("\n") + "\n");
        place.ends(4, &["verify", "edited.jsonl"]);
    }
    place.write("edited.jsonl", text.replace("system-admin", "security-admin"));
    assert!(place.ends(4, &["verify", "edited.jsonl"]).contains("fault["));
    place.write("edited.jsonl", b"\xff\xfe\n");
    place.ends(4, &["verify", "edited.jsonl"]);
    place.ends(2, &["verify", "absent.jsonl"]);
}

#[test]
fn a_checkpoint_kept_outside_holds_against_later_data_and_not_against_other() {
    let (place, text) = exported();
    let checkpoint = text
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .find_map(|line| line["checkpoint"].as_str().map(str::to_owned))
        .unwrap();
    place.write("checkpoint.txt", &checkpoint);
    place.good(&["person", "reset-password", "admin"]);
    place.good(&["tasks", "run"]);
    place.good(&["verify", "--against", "checkpoint.txt"]);

    let (other, _) = exported();
    other.write("checkpoint.txt", &checkpoint);
    let said = other.ends(4, &["verify", "--against", "checkpoint.txt"]);
    assert!(said.contains("other-key"), "{said}");
    place.write("checkpoint.txt", "{}");
    place.ends(2, &["verify", "--against", "checkpoint.txt"]);
}

#[test]
fn under_another_key_nothing_runs_until_it_is_accepted_and_then_in_the_next_log() {
    let (place, before) = exported();
    place.write("bihuan-data.keys/county.key", [7; 32]);
    let refused = place.ends(3, &["person", "reset-password", "admin"]);
    assert!(refused.contains("bihuan key accept"), "{refused}");
    place.ends(3, &["serve", "--listen", "127.0.0.1:0"]);
    place.good(&["key", "accept"]);
    place.good(&["person", "reset-password", "admin"]);
    place.good(&["tasks", "run"]);
    assert!(place.good(&["verify"]).ends_with("sound\n"));
    place.good(&["export", "--journal", "journal.jsonl"]);
    let logs = |text: &str| {
        let head: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
        head["journal"]["logs"].as_array().unwrap().clone()
    };
    let after = logs(&place.read("journal.jsonl"));
    assert_eq!(after.len(), 2);
    assert_eq!(after[..1], logs(&before)[..], "the first log keeps the key it was signed with");
}

#[test]
fn rebuilding_finds_the_lists_as_the_journal_says() {
    let place = Place::begun();
    assert!(place.good(&["verify", "--rebuild"]).contains("0 differed"));
    place.ends(2, &["verify", "journal.jsonl", "--rebuild"]);
}
