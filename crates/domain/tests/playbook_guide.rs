//! docs/playbook.md is true: its examples compile, and it leaves no name out.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up must stop")]

use std::fs;

use bihuan_domain::access::Role;
use bihuan_domain::calendar::HolidayYear;
use bihuan_domain::matter::{DeclineGround, Source as Origin, Step, Urgency};
use bihuan_domain::playbook::model::Trigger;
use bihuan_domain::playbook::{CODES, Source, check, run_cases, template};

const GUIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/playbook.md");

fn guide() -> String {
    fs::read_to_string(GUIDE).unwrap()
}

/// The TOML examples, each with the line it begins on.
fn examples() -> Vec<(usize, String)> {
    let mut examples = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (index, line) in guide().lines().enumerate() {
        match (&mut open, line) {
            (None, "```toml") => open = Some((index + 2, String::new())),
            (Some(_), "```") => examples.extend(open.take()),
            (Some((_, text)), _) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, _) => {}
        }
    }
    examples
}

/// As in the tests of the diagnostics, an example is added to the small
/// playbook or stands in place of the file its first line names.
#[test]
fn every_example_of_the_guide_is_right() {
    let examples = examples();
    assert!(examples.len() >= 8, "only {} examples found", examples.len());
    for (line, text) in examples {
        let first = text.lines().next().unwrap_or_default();
        let replaced = first.strip_prefix("# in place of ").unwrap_or_default();
        let mut files = template("410182", "荥阳市");
        files.retain(|(path, _)| path != replaced);
        files.push(("example.toml".to_owned(), text));
        let checked =
            check(&Source::new(files)).unwrap_or_else(|found| panic!("line {line}: {}", found[0]));
        assert_eq!(checked.warnings, [], "line {line}");
        for case in run_cases(&checked, &HolidayYear::shipped()) {
            assert_eq!(case.problems, [], "line {line}");
        }
    }
}

#[test]
fn the_guide_names_every_step_role_trigger_source_urgency_and_ground() {
    let guide = guide();
    let steps = Step::ALL.iter().map(|step| step.code());
    let roles = Role::ALL.iter().map(|role| role.code());
    let triggers = Trigger::ALL.iter().map(|trigger| trigger.code());
    let sources = Origin::ALL.iter().map(|source| source.code());
    let urgencies = Urgency::ALL.iter().map(|urgency| urgency.code());
    let grounds = DeclineGround::ALL.iter().map(|ground| ground.code());
    let names = steps.chain(roles).chain(triggers).chain(sources).chain(urgencies).chain(grounds);
    let missing: Vec<&str> = names.filter(|name| !guide.contains(&format!("`{name}`"))).collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn the_guide_lists_every_problem_with_its_severity_and_no_other() {
    let guide = guide();
    let listed: Vec<&str> = guide.lines().filter(|line| line.starts_with("| `")).collect();
    for (code, severity) in CODES {
        let row = format!("| `{code}` | {} |", severity.code());
        assert!(listed.iter().any(|line| line.starts_with(&row)), "{row} is not in the guide");
    }
    let is_problem = |line: &&&str| line.contains("| error |") || line.contains("| warning |");
    assert_eq!(listed.iter().filter(is_problem).count(), CODES.len());
}
