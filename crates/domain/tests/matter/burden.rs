//! 为基层减负: what a year lays on units, and what villages may be given.

use bihuan_domain::ids::UnitCode;
use bihuan_domain::matter::{Brief, Burden, Command, Stage, Step, Urgency, loads};
use bihuan_domain::playbook::model::DUTY;
use bihuan_domain::refusal::{Reason, Refusal};

use crate::regimes::{approve_filing, draft_of, drafter, given, on};
use crate::story::*;

const VILLAGE: &str = "village-13-001";

fn of_village(duty: Option<&str>) -> Brief {
    let codes = duty.map(|duty| (DUTY.to_owned(), duty.to_owned()));
    Brief {
        lead: Some(UnitCode::new(VILLAGE)),
        codes: codes.into_iter().collect(),
        ..given(on(6, 10))
    }
}

fn task(brief: Brief) -> Story {
    let file = Command::File(draft_of("supervised-task", Urgency::Ordinary, brief));
    Story::new().then(drafter(), file)
}

fn approve(reason: u8) -> Command {
    Command::ApproveFiling { approve: true, document: None, reason: Some(words(reason)) }
}

fn to_village() -> Command {
    Command::Dispatch { lead: UnitCode::new(VILLAGE), co: Vec::new(), note: None }
}

fn confer(unit: &str) -> Command {
    Command::Confer { units: [UnitCode::new(unit)].into(), decisions: words(70) }
}

fn used_up(unit: &str) -> Refusal {
    Refusal::new(Reason::BudgetUsedUp).with("unit", unit)
}

#[test]
fn a_task_outside_the_duty_list_does_not_go_to_a_village_unless_a_leader_says_why() {
    for duty in [None, Some("no-such-line")] {
        let mut story = task(of_village(duty));
        story.refuses(leader(), approve_filing(), Reason::OutsideDuties);
        let refusal = story.refusal(&leader(), &approve_filing());
        assert_eq!(
            (refusal.facts["unit"].as_str(), refusal.facts["role"].as_str()),
            (VILLAGE, "leader")
        );
        story.take(&leader(), &approve(71));
        story.take(&leader(), &to_village());
        let matter = story.matter();
        let over = &matter.passed_over[0];
        assert_eq!((over.reason, over.by), (words(71), leader().person));
        assert_eq!(matter.stage, Stage::Dispatched);
        let counted = loads(matter, &story.playbook);
        assert_eq!((counted.len(), counted[0].what, counted[0].passed), (1, Burden::Demands, true));
    }
}

#[test]
fn a_task_of_the_duty_list_goes_to_a_village_like_any_other() {
    let story = task(of_village(Some("village-roads")))
        .then(leader(), approve_filing())
        .then(leader(), to_village());
    assert_eq!(story.stage(), Stage::Dispatched);
    let counted = loads(story.matter(), &story.playbook);
    assert_eq!((counted.len(), counted[0].passed), (1, false));
}

#[test]
fn no_other_way_leads_around_the_duty_list() {
    let mut story = task(given(on(6, 10))).then(leader(), approve_filing());
    story.refuses(leader(), to_village(), Reason::OutsideDuties);
    story.take(&leader(), &dispatch(WORKS));
    let invite = Command::CoHandle { unit: UnitCode::new(VILLAGE), note: None };
    story.refuses(supervisor(71), invite.clone(), Reason::OutsideDuties);
    let let_pass = Command::PassOver { units: [UnitCode::new(VILLAGE)].into(), reason: words(72) };
    story.refuses(supervisor(71), let_pass.clone(), Reason::NotYourRole);
    story.take(&leader(), &let_pass);
    story.take(&supervisor(71), &invite);
    assert!(story.matter().co.contains(&UnitCode::new(VILLAGE)));
}

#[test]
fn passing_over_names_units_that_are_there() {
    let story = task(given(on(6, 10)));
    let pass = |units: &[&str]| Command::PassOver {
        units: units.iter().map(|unit| UnitCode::new(*unit)).collect(),
        reason: words(73),
    };
    story.refuses(leader(), pass(&[]), Reason::FieldNeeded);
    story.refuses(leader(), pass(&["nowhere"]), Reason::UnknownUnit);
}

#[test]
fn findings_are_mended_wherever_they_are() {
    let file = Command::File(draft_of("rectification", Urgency::ByDate, of_village(None)));
    let story = Story::new().then(drafter(), file).then(supervisor(71), to_village());
    assert_eq!(story.stage(), Stage::Dispatched);
    assert!(loads(story.matter(), &story.playbook).is_empty());
}

#[test]
fn beyond_its_meetings_a_unit_is_called_together_only_after_a_leader_let_it_pass() {
    let mut story = task(given(on(6, 10)))
        .then(leader(), approve_filing())
        .then(leader(), dispatch(WORKS))
        .then(head(WORKS), Command::Sign);
    story.over = vec![used_up(LIGHTING)];
    story.refuses(leader(), confer(LIGHTING), Reason::BudgetUsedUp);
    let pass = Command::PassOver { units: [UnitCode::new(WORKS)].into(), reason: words(74) };
    story.take(&leader(), &pass);
    story.refuses(leader(), confer(LIGHTING), Reason::BudgetUsedUp);
    let pass = Command::PassOver { units: [UnitCode::new(LIGHTING)].into(), reason: words(74) };
    story.take(&leader(), &pass);
    story.take(&leader(), &confer(LIGHTING));
    let counted = loads(story.matter(), &story.playbook);
    let meetings: Vec<_> = counted.iter().filter(|load| load.what == Burden::Meetings).collect();
    assert_eq!(
        (meetings.len(), meetings[0].unit.as_str(), meetings[0].passed),
        (1, LIGHTING, true)
    );
}

#[test]
fn a_paper_counts_once_it_is_approved_and_no_longer_once_it_is_void() {
    let counted = |story: &Story| loads(story.matter(), &story.playbook).len();
    let mut story = Story::paper("notice");
    assert_eq!(counted(&story), 0);
    story.take(&leader(), &approve_filing());
    assert_eq!(counted(&story), 1);
    assert_eq!(loads(story.matter(), &story.playbook)[0].what, Burden::Documents);
    story.take(&leader(), &Command::Withdraw { reason: None });
    assert_eq!(counted(&story), 0);
}

#[test]
fn an_inspection_counts_for_each_unit_in_the_year_it_ends() {
    let co = [LIGHTING, WORKS].map(UnitCode::new).into();
    let brief = Brief { lead: None, co, from_on: Some(on(6, 8)), ..given(on(6, 10)) };
    let file = Command::File(draft_of("inspection", Urgency::Ordinary, brief));
    let story = Story::new().then(drafter(), file).then(leader(), approve_filing());
    let counted = loads(story.matter(), &story.playbook);
    assert_eq!(counted.len(), 2);
    assert!(counted.iter().all(|load| load.what == Burden::Inspections && load.on == on(6, 10)));
}

#[test]
fn only_a_leader_passes_over_a_limit() {
    let rules = XINGYANG.regimes.values().filter_map(|regime| regime.steps.get(&Step::PassOver));
    let by: Vec<Vec<&str>> =
        rules.map(|rule| rule.by.iter().map(|role| role.code()).collect()).collect();
    assert_eq!(by, [["leader"], ["leader"]], "tasks and findings");
}
