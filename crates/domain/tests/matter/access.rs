//! Who may do what, when: the matrix and the graph of stages, printed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use bihuan_domain::access::{Role, finds_confidential, may_read_words, may_take, may_take_in};
use bihuan_domain::ids::RegimeCode;
use bihuan_domain::matter::{Stage, Step, is_legal};

use super::golden::stands;
use super::story::{GRID, Story, XINGYANG, post};

const REGIMES: [&str; 7] = [
    "grid-case",
    "leader-note",
    "supervised-task",
    "rectification",
    "inspection",
    "notice",
    "bulletin",
];

fn allowed(regime: &str, stage: Stage, role: Role) -> Vec<&'static str> {
    let regime = &XINGYANG.regimes[&RegimeCode::new(regime)];
    let steps = Step::ALL.iter().filter(|step| is_legal(stage, **step));
    steps.filter(|step| may_take_in(role, **step, regime).is_ok()).map(|step| step.code()).collect()
}

fn filing(regime: &str, role: Role) -> Vec<&'static str> {
    let regime = &XINGYANG.regimes[&RegimeCode::new(regime)];
    let steps = [Step::File, Step::Import];
    let may = steps.into_iter().filter(|step| may_take_in(role, *step, regime).is_ok());
    may.map(Step::code).collect()
}

fn matrix() -> String {
    let mut out = String::from(
        "# Role x step x stage of the shipped regimes, before scope and what is\n\
         # particular to a matter. Whatever is not here is refused.\n",
    );
    for regime in REGIMES {
        let mut print = |stage: &str, steps: &dyn Fn(Role) -> Vec<&'static str>| {
            let _ = write!(out, "\n[{regime} / {stage}]\n");
            for role in Role::ALL {
                let steps = steps(role);
                let line = if steps.is_empty() { "-".to_owned() } else { steps.join(" ") };
                let _ = writeln!(out, "{:<15} {line}", role.code());
            }
        };
        print("nothing yet", &|role| filing(regime, role));
        for stage in Stage::ALL {
            print(stage.code(), &|role| allowed(regime, *stage, role));
        }
    }
    out.push_str(&confidential());
    out
}

/// What each role may do with a matter whose reporter asked for confidentiality.
fn confidential() -> String {
    let mut out = String::from("\n[confidential]\n");
    let story = Story::confidential();
    let grid_case = &XINGYANG.regimes[&RegimeCode::new("grid-case")];
    for role in Role::ALL {
        let actor = post(role, 300, Some("grid-centre"), Some(GRID));
        let reads = may_read_words(&actor, story.matter(), &story.units);
        let identity =
            may_take(&actor, Step::ReadIdentity, story.matter(), grid_case, &story.units).is_ok();
        let found = finds_confidential(role);
        let may = [(reads, "read-words"), (found, "find-by-search"), (identity, "read-identity")];
        let may: Vec<&str> = may.iter().filter(|(may, _)| *may).map(|(_, what)| *what).collect();
        let line = if may.is_empty() { "-".to_owned() } else { may.join(" ") };
        let _ = writeln!(out, "{:<15} {line}", role.code());
    }
    out
}

#[test]
fn the_matrix_of_roles_steps_and_stages_is_the_one_kept() {
    assert_eq!(REGIMES.len(), XINGYANG.regimes.len(), "a regime is missing from the matrix");
    stands("access_matrix.txt", &matrix());
}

#[test]
fn every_role_step_and_stage_stands_in_the_matrix() {
    let text = matrix();
    let words: BTreeSet<&str> = text.split([' ', '\n', ']', '[']).collect();
    let missing = |codes: Vec<&'static str>| -> Vec<&'static str> {
        codes.into_iter().filter(|code| !words.contains(code)).collect()
    };
    assert_eq!(missing(Role::ALL.iter().map(|role| role.code()).collect()), [""; 0]);
    assert_eq!(missing(Stage::ALL.iter().map(|stage| stage.code()).collect()), [""; 0]);
    assert_eq!(missing(Step::ALL.iter().map(|step| step.code()).collect()), [""; 0]);
}

#[test]
fn every_role_code_reads_back() {
    for role in Role::ALL {
        assert_eq!(Role::from_code(role.code()), Some(role));
    }
}

#[test]
fn the_graph_of_stages_is_the_one_kept() {
    let mut moves: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for (from, step, to) in super::properties::moves_seen() {
        moves.entry((from.map_or("-", Stage::code), step.code())).or_default().insert(to.code());
    }
    let taken: BTreeSet<&str> = moves.keys().map(|(_, step)| *step).collect();
    let never = Step::ALL.iter().map(|step| step.code()).filter(|step| !taken.contains(step));
    assert_eq!(never.collect::<Vec<_>>(), [""; 0], "steps that no act ever takes");
    let mut out = String::from("# Stages, and where each step was seen to lead.\n");
    let stages = std::iter::once("-").chain(Stage::ALL.iter().map(|stage| stage.code()));
    for stage in stages {
        let _ = write!(out, "\n[{stage}]\n");
        for ((_, step), to) in moves.iter().filter(|((from, _), _)| *from == stage) {
            let to: Vec<&str> = to.iter().copied().collect();
            let _ = writeln!(out, "{step:<22} -> {}", to.join(", "));
        }
    }
    stands("stages.txt", &out);
}
