//! Every playbook we ship compiles, and its worked cases hold.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up must stop")]

use std::fs;
use std::path::Path;

use bihuan_domain::calendar::HolidayYear;
use bihuan_domain::matter::SlipColour;
use bihuan_domain::playbook::{Source, check, run_cases};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../playbooks");

fn read_folder(folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_folder(&path, files);
        } else if path.extension().is_some_and(|kind| kind == "toml") {
            files.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn every_shipped_playbook_holds_its_cases_and_has_a_paper_for_its_slips() {
    let folders = fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().path());
    let folders: Vec<_> = folders.filter(|path| path.is_dir()).collect();
    assert!(folders.len() >= 2);
    for folder in folders {
        let mut files = Vec::new();
        read_folder(&folder, &mut files);
        let checked = check(&Source::new(files)).unwrap_or_else(|found| {
            let found: Vec<String> = found.iter().map(ToString::to_string).collect();
            panic!("{}: {}", folder.display(), found.join("\n"))
        });
        for case in run_cases(&checked, &HolidayYear::shipped()) {
            assert!(case.holds(), "{}: {:?}", case.name, case.problems);
        }
        let playbook = &checked.playbook;
        let colours = playbook.regimes.values().flat_map(|regime| &regime.slips);
        let is_laddered = colours.map(|slip| slip.colour).any(|colour| colour >= SlipColour::Blue);
        assert_eq!(playbook.slip_paper().is_some(), is_laddered, "{}", folder.display());
        let is_refused = checked.cases.iter().any(|case| case.refused);
        assert!(is_refused && !playbook.burdens.duties.is_empty(), "{}", folder.display());
    }
}
