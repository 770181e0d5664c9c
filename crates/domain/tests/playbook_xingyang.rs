//! The playbook we ship compiles, is as big as promised, and its dates are the
//! ones its worked cases say.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up must stop")]

use std::fs;
use std::path::Path;

use bihuan_domain::calendar::HolidayYear;
use bihuan_domain::playbook::{Checked, Source, check, run_cases, suggest};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../playbooks/xingyang");

fn read_folder(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_folder(root, &path, files);
        } else if path.extension().is_some_and(|kind| kind == "toml") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            files.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

fn xingyang() -> Checked {
    let mut files = Vec::new();
    read_folder(Path::new(FOLDER), Path::new(FOLDER), &mut files);
    check(&Source::new(files)).unwrap_or_else(|found| {
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        panic!("{}", found.join("\n"))
    })
}

#[test]
fn the_shipped_playbook_has_neither_errors_nor_warnings() {
    assert_eq!(xingyang().warnings, []);
}

#[test]
fn the_shipped_playbook_is_marked_an_example() {
    assert!(!xingyang().playbook.official);
}

#[test]
fn xingyang_has_eight_classes_and_51_items() {
    let playbook = xingyang().playbook;
    assert_eq!(playbook.classes.len(), 8);
    assert_eq!(playbook.items.len(), 51);
}

#[test]
fn xingyang_has_15_321_and_2249_grids_of_which_14_and_320_are_real() {
    let playbook = xingyang().playbook;
    let count = |level| playbook.grids.iter().filter(|grid| grid.level == level).count();
    assert_eq!((count(1), count(2), count(3)), (15, 321, 2_249));
    let real = |level| {
        let divisions = playbook.grids.iter().filter(|grid| grid.level == level && !grid.example);
        divisions.filter(|grid| grid.division.is_some()).count()
    };
    assert_eq!((real(1), real(2), real(3)), (14, 320, 0));
}

#[test]
fn every_item_names_a_unit_and_every_place_is_an_example() {
    let playbook = xingyang().playbook;
    assert!(playbook.items.values().all(|item| playbook.unit(&item.unit).is_some()));
    assert!(playbook.places.iter().all(|place| place.example));
    assert_eq!(playbook.places.len(), 24);
}

#[test]
fn every_worked_case_falls_due_as_it_was_worked_out() {
    let checked = xingyang();
    let results = run_cases(&checked, &HolidayYear::shipped());
    let problems: Vec<String> =
        results.iter().flat_map(|result| &result.problems).map(ToString::to_string).collect();
    assert_eq!(problems, [""; 0]);
    assert!(results.len() >= 15, "only {} cases", results.len());
}

#[test]
fn plain_reports_are_led_to_the_item_they_are_about() {
    let playbook = xingyang().playbook;
    let reports = [
        ("柳园路南段晚上一片黑，连着五盏路灯都不亮", "lamp-out"),
        ("小区门口的井盖没盖，晚上很危险", "manhole-missing"),
        ("垃圾桶满了好几天没人倒", "bin-overflow"),
        ("楼道里有人给电动车飞线充电", "ebike-charging"),
        ("村东头有人焚烧秸秆冒烟很大", "open-burning"),
        ("家里暖气不热，室温只有十三度", "heating"),
        ("大风把路边的树刮倒，断枝压在车上", "fallen-tree"),
    ];
    for (report, item) in reports {
        let found = suggest(&playbook, report);
        assert_eq!(found.first().map(|best| best.item.as_str()), Some(item), "{report}: {found:?}");
    }
}

#[test]
fn papers_of_every_kind_are_examples_and_are_filled_by_their_samples() {
    let playbook = xingyang().playbook;
    let name =
        |unit: &bihuan_domain::ids::UnitCode| playbook.unit(unit).map(|unit| unit.name.zh.clone());
    let mut kinds = Vec::new();
    for paper in &playbook.papers {
        assert!(paper.example, "{}", paper.code);
        let filled = paper.fill(&paper.samples(), name).unwrap();
        assert!(!filled.body.0.is_empty());
        kinds.push(paper.kind);
    }
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds, bihuan_domain::playbook::model::PaperKind::ALL);
}
