//! What a new version changes, told in both languages.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up must stop")]

use bihuan_domain::playbook::{Change, ChangeKind, Playbook, Source, check, diff, template};

/// The small playbook, with one piece of its text replaced.
fn changed(from: &str, to: &str) -> Playbook {
    let files = template("410182", "荥阳市")
        .into_iter()
        .map(|(path, text)| (path, if from.is_empty() { text } else { text.replace(from, to) }));
    check(&Source::new(files)).unwrap().playbook
}

fn changes(from: &str, to: &str) -> Vec<Change> {
    diff(&changed("", ""), &changed(from, to))
}

fn only_change(from: &str, to: &str) -> Change {
    let mut changes = changes(from, to);
    assert_eq!(changes.len(), 1, "{changes:?}");
    changes.remove(0)
}

#[test]
fn the_same_playbook_has_no_differences() {
    assert_eq!(changes("", ""), []);
}

#[test]
fn a_changed_limit_names_the_item_and_both_limits() {
    let change = only_change("ordinary = \"3 work-days\"", "ordinary = \"4 work-days\"");
    assert_eq!(change.kind, ChangeKind::Changed);
    assert_eq!(
        change.text.zh,
        "事项“路灯不亮”的时限：ordinary 3个工作日、urgent 8个工作时 → ordinary 4个工作日、urgent 8个工作时"
    );
    assert_eq!(
        change.text.en,
        "item “Street lamp out”, limits: ordinary 3 work days, urgent 8 work hours → \
         ordinary 4 work days, urgent 8 work hours"
    );
}

#[test]
fn a_renamed_code_is_one_removed_and_one_added() {
    let changes = changes("\"lamp-out\"", "\"lamp-dark\"");
    let kinds: Vec<ChangeKind> = changes.iter().map(|change| change.kind).collect();
    assert_eq!(kinds, [ChangeKind::Removed, ChangeKind::Added]);
    assert_eq!(changes[0].text.en, "Removed item “Street lamp out”");
    assert_eq!(changes[1].text.zh, "新增事项“路灯不亮”");
}

#[test]
fn who_may_take_a_step_is_told_role_by_role() {
    let change = only_change(
        "sign = [\"handler\", \"unit-head\", \"system\"]",
        "sign = [\"handler\", \"system\"]",
    );
    assert_eq!(
        change.text.en,
        "regime “Grid matters”, step sign: handler, unit-head, system → handler, system"
    );
}

#[test]
fn a_step_taken_away_ends_with_nobody() {
    let change = only_change("instruct = [\"leader\"]\n", "");
    assert_eq!(change.text.zh, "办理制度“网格事项”的环节instruct：leader → 无");
}

#[test]
fn a_changed_node_names_its_regime() {
    let change = only_change("limit = \"4 work-hours\"", "limit = \"2 work-hours\"");
    assert_eq!(change.text.zh, "办理制度“网格事项”的时限节点“签收”的时限：4个工作时 → 2个工作时");
}

#[test]
fn generated_grids_are_counted_not_listed() {
    let change = only_change("third_level = 8", "third_level = 10");
    assert_eq!(change.text.en, "Third-level grids: 8 → 10, 2 added, 0 removed");
}

#[test]
fn the_head_units_places_and_channels_are_compared_too() {
    let told = |from, to| only_change(from, to).text.en;
    assert_eq!(told("version = \"1\"", "version = \"2\""), "Playbook, version: 1 → 2");
    assert_eq!(
        told("\"14:00-17:30\"]", "\"14:30-18:00\"]"),
        "Playbook, work periods: 08:30-12:00, 14:00-17:30 → 08:30-12:00, 14:30-18:00"
    );
    assert_eq!(
        told("en = \"Urban management bureau\"", "en = \"City office\""),
        "unit “City office”, name: Urban management bureau → City office"
    );
    assert_eq!(
        told("grid = \"01-001-01\"", "grid = \"01-001-02\""),
        "place “Dongjie Street lamp 0001”, grid: 01-001-01 → 01-001-02"
    );
    assert_eq!(
        told(
            "ground = \"unlawful\"\nadvice = { zh = \"诉求不符合法律规定，不能办理\", en = \"The law does not allow what is asked for\" }\nbasis = \"default, not official\"",
            "ground = \"unlawful\"\nadvice = { zh = \"诉求不符合法律规定，不能办理\", en = \"The law does not allow what is asked for\" }\nbasis = \"our own\""
        ),
        "channel “Explanation”, basis: default, not official → our own"
    );
}

const PAPER: &str = "[[paper]]\ncode = \"letter\"\nkind = \"letter\"\nlayout = \"letter\"\n\
    length = \"special\"\nword = \"荥政督函\"\nname = { zh = \"函\", en = \"Letter\" }\n\
    mark = \"荥阳市人民政府\"\ntitle = \"关于有关事项的函\"\naddressees = \"有关单位\"\n\
    body = [\"专此函达。\"]\n";

fn with_paper(paper: &str) -> Playbook {
    let mut files = template("410182", "荥阳市");
    files.push(("papers/letter.toml".to_owned(), paper.to_owned()));
    check(&Source::new(files)).unwrap().playbook
}

#[test]
fn a_new_paper_and_what_changes_in_one_are_told() {
    let told = |old: &Playbook, new: &Playbook| -> Vec<String> {
        diff(old, new).into_iter().map(|change| change.text.en).collect()
    };
    let (none, first) = (changed("", ""), with_paper(PAPER));
    assert_eq!(told(&none, &first), ["Added paper template “Letter”"]);
    let second = with_paper(
        &PAPER
            .replace("专此函达", "请予支持")
            .replace("荥政督函", "荥政函")
            .replace("special", "general"),
    );
    assert_eq!(
        told(&first, &second),
        [
            "paper template “Letter”, document code: 荥政督函 → 荥政函",
            "paper template “Letter”, most characters: 4000 → 5000",
            "paper template “Letter”: words changed",
        ]
    );
}

const TASK: &str = "[regime.task]\nname = { zh = \"督办\", en = \"Tasks\" }\ncatalogue = false\n\
    #settings\n\
    [regime.task.steps]\nfile = [\"supervisor\"]\nredraft = [\"supervisor\"]\n\
    approve-filing = [\"leader\"]\ndispatch = [\"supervisor\"]\nsign = [\"handler\"]\n\
    plan = [\"handler\"]\nact = [\"handler\"]\nrequest-extension = [\"handler\"]\n\
    extend = [\"leader\"]\nsubmit = [\"handler\"]\ncheck = [\"supervisor\"]\n\
    close = [\"supervisor\"]\npublicise = [\"supervisor\"]\nslip = [\"supervisor\"]\n\
    sign-slip = [\"handler\"]\ncriticise = [\"leader\"]\nobject = [\"handler\"]\n\
    review = [\"leader\"]\n#slip\n\
    [[regime.task.node]]\ncode = \"given\"\nname = { zh = \"时限\", en = \"Date\" }\n\
    starts = \"filed\"\nmet_by = \"submitted\"\nlimit = \"given\"\nextendable = true\n\
    [[regime.task.node]]\ncode = \"report\"\nname = { zh = \"反馈\", en = \"Report\" }\n\
    starts = \"filed\"\nmet_by = \"acted\"\nlimit = \"3 days\"\n#node\n";

fn with_task(task: &str) -> Playbook {
    let task = if task.contains("extensions") {
        task.to_owned()
    } else {
        task.replace("#settings", "extensions = 1\n#settings")
    };
    let mut files = template("410182", "荥阳市");
    files.push(("task.toml".to_owned(), task));
    check(&Source::new(files)).unwrap().playbook
}

#[test]
fn every_setting_of_tasks_and_findings_is_compared() {
    let told = |place: &str, line: &str| -> String {
        let changed = TASK.replace(place, &format!("{line}\n{place}"));
        let changes = diff(&with_task(TASK), &with_task(&changed));
        assert_eq!(changes.len(), 1, "{line}: {changes:?}");
        let text = changes[0].text.en.clone();
        text.strip_prefix("regime “Tasks”, ").unwrap_or(&text).to_owned()
    };
    for (line, expected) in [
        ("approve_filing = true", "approval before filing: no → yes"),
        ("close_on_sign = true", "closing on signing: no → yes"),
        ("grades = true", "grading: no → yes"),
        ("check_note = true", "a note with each check: no → yes"),
        ("alike = true", "looking for the same elsewhere: no → yes"),
        ("publicity = \"5 work-days\"", "publicity: none → 5 work days"),
        ("objection_days = 30", "days to object: none → 30"),
        ("apart_days = 30", "days apart for a unit: none → 30"),
        ("kinds = [\"ordinary\"]", "kinds: ordinary, urgent, major → ordinary"),
        (
            "evidence = { document = 1 }",
            "evidence: 0 photos after, 0 documents → 0 photos after, 1 documents",
        ),
        ("extension_until = \"17:00\"", "extensions asked for on the last day until: none → 17:00"),
    ] {
        assert_eq!(told("#settings", line), expected);
    }
    let slip =
        "[[regime.task.slip]]\ncolour = \"red\"\nafter = \"7 days\"\nproposes_criticism = true";
    assert_eq!(told("#slip", slip), "slips: none → red +7 days, proposes criticism");
    for (line, expected) in [
        ("mandatory = true", "needed before the result: no → yes"),
        ("repeats = true", "repeats: no → yes"),
        ("unless_given = true", "not where a date was given: no → yes"),
        ("or_met_by = \"planned\"", "start and end: filed–acted → filed–acted / planned"),
        ("content = { zh = \"进展\", en = \"How far\" }", "content: none → How far"),
    ] {
        assert_eq!(told("#node", line), format!("node “Report”, {expected}"));
    }
    let triaged = TASK.replace("catalogue = false", "catalogue = true");
    let changes = diff(&with_task(TASK), &with_task(&triaged));
    assert_eq!(changes[0].text.zh, "办理制度“督办”的分事项目录：否 → 是");
}
