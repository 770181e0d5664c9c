//! Every problem a playbook can have: an input file each, and beside it what is
//! said about it. `BIHUAN_GOLDEN=write cargo test -p bihuan-domain` renews the
//! answers.
//!
//! An input is added to a small sound playbook. One that begins with
//! `# in place of <files>` replaces those files of it.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up must stop")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use bihuan_domain::calendar::HolidayYear;
use bihuan_domain::playbook::{CODES, Diagnostic, Source, check, run_cases, template};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/playbook");

fn inputs() -> Vec<PathBuf> {
    let files = fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().path());
    let mut inputs: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|kind| kind == "toml")).collect();
    inputs.sort();
    inputs
}

fn found(input: &Path) -> Vec<Diagnostic> {
    let text = fs::read_to_string(input).unwrap();
    let first = text.lines().next().unwrap_or_default();
    let replaced: Vec<&str> =
        first.strip_prefix("# in place of ").unwrap_or_default().split(", ").collect();
    let mut files = template("410182", "荥阳市");
    files.retain(|(path, _)| !replaced.contains(&path.as_str()));
    files.push(("input.toml".to_owned(), text));
    match check(&Source::new(files)) {
        Err(found) => found,
        Ok(checked) => {
            let cases = run_cases(&checked, &HolidayYear::shipped());
            let problems = cases.into_iter().flat_map(|case| case.problems);
            checked.warnings.into_iter().chain(problems).collect()
        }
    }
}

fn render(found: &[Diagnostic]) -> String {
    let mut text = String::new();
    for diagnostic in found {
        let Diagnostic { message, hint, .. } = diagnostic;
        writeln!(text, "{diagnostic}\n  {}\n  {}\n", message.zh, hint.zh).unwrap();
    }
    text
}

#[test]
fn every_bad_playbook_is_told_what_is_wrong_where_and_what_to_do() {
    #[expect(clippy::disallowed_methods, reason = "golden files are renewed by `make golden`")]
    let write = std::env::var("BIHUAN_GOLDEN").is_ok_and(|value| value == "write");
    let mut changed = Vec::new();
    for input in inputs() {
        let said = render(&found(&input));
        let golden = input.with_extension("txt");
        if write {
            fs::write(&golden, &said).unwrap();
        } else if fs::read_to_string(&golden).unwrap_or_default() != said {
            changed.push(format!("{}:\n{said}", golden.display()));
        }
    }
    let answers = fs::read_dir(FOLDER).unwrap().count();
    assert_eq!(answers, 2 * inputs().len(), "an answer without its input in {FOLDER}");
    assert!(changed.is_empty(), "look at these and run `make golden`:\n{}", changed.join("\n"));
}

#[test]
fn every_problem_has_an_input_that_causes_it() {
    let caused: BTreeSet<&str> =
        inputs().iter().flat_map(|input| found(input)).map(|found| found.code).collect();
    let missing: Vec<&str> =
        CODES.iter().map(|(code, _)| *code).filter(|code| !caused.contains(code)).collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn an_input_named_after_a_problem_causes_it() {
    for input in inputs() {
        let name = input.file_stem().unwrap().to_string_lossy().into_owned();
        let name = name.trim_start_matches("err_");
        if CODES.iter().any(|(code, _)| *code == name) {
            let found = found(&input);
            assert!(found.iter().any(|found| found.code == name), "{name}: {}", render(&found));
        }
    }
}

#[test]
fn the_severity_of_a_diagnostic_decides_whether_there_is_a_playbook() {
    for input in inputs() {
        let found = found(&input);
        let name = input.display();
        assert!(!found.is_empty(), "{name} causes nothing");
        for diagnostic in &found {
            let listed = CODES.iter().find(|(code, _)| *code == diagnostic.code).unwrap();
            assert_eq!(listed.1, diagnostic.severity, "{name}");
            assert!(!diagnostic.message.zh.is_empty() && !diagnostic.hint.en.is_empty());
        }
    }
}

/// Every line of the small playbook left out, and every line written twice.
#[test]
fn whatever_line_is_missing_or_doubled_the_check_answers_with_a_place_in_the_files() {
    let files = template("410182", "荥阳市");
    for (index, (_, text)) in files.iter().enumerate() {
        let lines: Vec<&str> = text.lines().collect();
        for cut in 0..lines.len() {
            for copies in [0, 2] {
                let mut changed = lines.clone();
                changed.splice(cut..=cut, std::iter::repeat_n(lines[cut], copies));
                let mut files = files.clone();
                files[index].1 = changed.join("\n");
                let Err(found) = check(&Source::new(files.clone())) else { continue };
                assert!(found.iter().any(Diagnostic::is_error));
                for found in found {
                    let file = files.iter().find(|(path, _)| *path == found.file);
                    let most = file.map_or(1, |(_, text)| text.lines().count() + 1);
                    assert!((1..=most).contains(&found.line), "{found}");
                }
            }
        }
    }
}

#[test]
fn files_saved_by_windows_editors_are_read_like_any_other() {
    let files = template("410182", "荥阳市").into_iter();
    let saved = files.map(|(path, text)| (path, format!("\u{feff}{}", text.replace('\n', "\r\n"))));
    let checked = check(&Source::new(saved)).unwrap();
    assert_eq!(checked.warnings, []);
}

#[test]
fn a_regime_that_closes_on_check_needs_no_step_to_close() {
    let regime = "[regime.quick]\nname = { zh = \"简办\", en = \"Quick\" }\nclose_on_check = true\n\
        steps = { file = [\"triage\"], check = [\"supervisor\"] }\n";
    let mut files = template("410182", "荥阳市");
    files.push(("quick.toml".to_owned(), regime.to_owned()));
    assert!(check(&Source::new(files.clone())).is_ok());
    files.push(("slow.toml".to_owned(), regime.replace("true", "false").replace("quick", "slow")));
    let found = check(&Source::new(files)).unwrap_err();
    assert_eq!(found[0].code, "step-needs-step");
}
