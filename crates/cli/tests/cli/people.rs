use crate::begun::Place;

const SHIPPED: &str = include_str!("../../../domain/data/calendar/2026.json");

#[test]
fn a_person_is_added_once_and_gets_a_password_that_works_once() {
    let place = Place::begun();
    let units = place.read("rules/units.toml");
    let unit = units.lines().find_map(|line| line.strip_prefix("code = ")).unwrap();
    let unit = unit.trim_matches('"');
    let add = ["person", "add", "wang", "--name", "王伟", "--role", "handler", "--unit", unit];
    let first = place.good(&add);
    assert!(first.starts_with("wang  ") && first.trim().len() > 16, "{first}");
    place.ends(3, &add);
    let reset = place.good(&["person", "reset-password", "wang"]);
    assert_ne!(reset, first);
}

#[test]
fn an_unknown_role_unit_or_name_is_refused() {
    let place = Place::begun();
    let add = |role, unit| ["person", "add", "li", "--name", "李", "--role", role, "--unit", unit];
    assert!(place.ends(2, &add("king", "county")).contains("handler"), "the roles are named");
    place.ends(2, &add("system", "county"));
    place.ends(3, &add("handler", "no-such-unit"));
    place.ends(3, &["person", "reset-password", "li"]);
}

#[test]
fn a_holiday_notice_is_loaded_and_a_bad_one_is_refused() {
    let place = Place::begun();
    place.write("2026.json", SHIPPED);
    assert!(place.good(&["calendar", "load", "2026.json"]).contains("2026"));
    place.write("bad.json", "{\"year\": 2027, \"days\": []}");
    place.ends(3, &["calendar", "load", "bad.json"]);
    place.ends(2, &["calendar", "load", "absent.json"]);
}

#[test]
fn tasks_run_by_hand_and_find_nothing_the_second_time() {
    let place = Place::begun();
    let seal = |out: String| out.lines().find(|line| line.starts_with("seal")).unwrap().to_owned();
    assert_ne!(seal(place.good(&["tasks", "run"])), "seal      0");
    assert_eq!(seal(place.good(&["tasks", "run"])), "seal      0");
}

#[test]
fn nothing_is_begun_by_a_command_that_needs_data() {
    let place = Place::empty();
    for command in [
        &["tasks", "run"][..],
        &["verify"],
        &["export"],
        &["person", "reset-password", "a"],
        &["playbook", "revert", "--approved-by", "a"],
    ] {
        assert!(place.ends(3, command).contains("no data"), "{command:?}");
    }
    assert!(!place.path("bihuan-data").exists());
}
