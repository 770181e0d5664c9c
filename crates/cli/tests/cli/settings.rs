use crate::begun::Place;

#[test]
fn every_command_helps_with_an_example() {
    let place = Place::empty();
    let commands: [&[&str]; 18] = [
        &["serve"],
        &["demo"],
        &["import"],
        &["export"],
        &["verify"],
        &["playbook", "init"],
        &["playbook", "check"],
        &["playbook", "diff"],
        &["playbook", "apply"],
        &["playbook", "revert"],
        &["calendar", "load"],
        &["person", "add"],
        &["person", "reset-password"],
        &["tasks", "run"],
        &["config"],
        &["doctor"],
        &["completions"],
        &[],
    ];
    for command in commands {
        let help = place.good(&[command, &["--help"]].concat());
        let wanted = if command.is_empty() { "Exit codes: 0" } else { "Example" };
        assert!(help.contains(wanted), "{command:?}: {help}");
    }
}

#[test]
fn an_unknown_command_or_flag_is_wrong_usage() {
    let place = Place::empty();
    assert!(place.ends(2, &["serv"]).contains("serve"), "the nearest command is named");
    place.ends(2, &["verify", "--fast"]);
    place.ends(2, &[]);
}

#[test]
fn the_later_source_of_a_setting_wins_and_is_named() {
    let place = Place::empty();
    place.write("bihuan.toml", "data = \"from-file\"\ncounty = \"410182\"\nlisten = \"[::1]:1\"\n");
    let mut command = place.command(&["config", "--county", "131082"]);
    let out = command.env("BIHUAN_LISTEN", "127.0.0.1:2").output().unwrap();
    let out = String::from_utf8(out.stdout).unwrap();
    let row = |name: &str| {
        let row = out.lines().find(|row| row.starts_with(name)).unwrap();
        row.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(row("data"), ["data", "from-file", "bihuan.toml"]);
    assert_eq!(row("listen"), ["listen", "127.0.0.1:2", "BIHUAN_LISTEN"]);
    assert_eq!(row("county"), ["county", "131082", "--county"]);
    assert_eq!(row("keys"), ["keys", "from-file.keys", "derived"]);
    assert_eq!(row("tls"), ["tls", "false", "built", "in"]);
}

#[test]
fn a_setting_that_does_not_exist_is_refused() {
    let place = Place::empty();
    place.write("bihuan.toml", "date = \"x\"\n");
    assert!(place.ends(2, &["config"]).contains("`date`"));
    place.ends(2, &["config", "--config", "absent.toml"]);
}

#[test]
fn completions_are_a_script_that_names_the_commands() {
    let script = Place::empty().good(&["completions", "bash"]);
    assert!(script.contains("verify") && script.contains("playbook"));
}
