//! The reporter's and the public's protection: who never sees what.

use bihuan_domain::access::{Role, may_read_words, may_see};
use bihuan_domain::matter::{Command, ErasureGround, Event, Source, Step};
use bihuan_domain::playbook::model::StepRule;
use bihuan_domain::refusal::Reason;

use super::story::*;

#[test]
fn the_unit_a_report_is_about_is_given_nothing_and_sees_nothing() {
    let story = Story::accepted().then(triage(), about(BUREAU));
    // The lighting centre belongs to the bureau the report is about.
    story.refuses(triage(), dispatch(LIGHTING), Reason::ObjectUnit);
    let together = Command::Dispatch {
        lead: bihuan_domain::ids::UnitCode::new("housing"),
        co: vec![bihuan_domain::ids::UnitCode::new(BUREAU)],
        note: None,
    };
    story.refuses(triage(), together, Reason::ObjectUnit);
    let story = story.then(triage(), dispatch("housing"));
    story.refuses(handler("housing"), send_back(Some(LIGHTING)), Reason::ObjectUnit);
    let story = story.then(handler("housing"), Command::Sign);
    story.refuses(handler("housing"), ask_transfer(LIGHTING), Reason::ObjectUnit);
    story.refuses(handler("housing"), invite(BUREAU), Reason::ObjectUnit);
    for role in [Role::Handler, Role::UnitHead, Role::Supervisor, Role::Leader, Role::Triage] {
        let them = post(role, 100, Some(BUREAU), None);
        assert!(!may_see(&them, story.matter(), &story.units), "{}", role.code());
    }
}

#[test]
fn a_unit_that_has_a_matter_is_not_found_to_be_its_object() {
    let story = Story::handling();
    story.refuses(triage(), about(BUREAU), Reason::ObjectUnit);
    story.refuses(triage(), about("none"), Reason::UnknownUnit);
    let escalated = story.then(dispatcher(), Command::Escalate { reason: words(30) });
    let story = escalated.then(triage(), about(BUREAU));
    assert!(!may_see(&handler(LIGHTING), story.matter(), &story.units));
}

#[test]
fn no_playbook_lets_a_handling_unit_read_who_reported() {
    let read = Command::ReadIdentity { reason: words(30) };
    let mut story = Story::handling();
    story.playbook = changed("grid-case", |regime| {
        let by = Role::ALL.into_iter().collect();
        regime.steps.insert(Step::ReadIdentity, StepRule { by });
    });
    story.refuses(handler(LIGHTING), read.clone(), Reason::NotYourRole);
    story.refuses(head(LIGHTING), read.clone(), Reason::NotYourRole);
    let desk_of_the_unit = post(Role::Triage, 31, Some(LIGHTING), None);
    story.refuses(desk_of_the_unit, read.clone(), Reason::NotYours);
    let events = story.take(&triage(), &read);
    assert!(matches!(events[..], [Event::IdentityRead { .. }]));
}

#[test]
fn where_no_identity_was_left_none_is_read() {
    let mut unnamed = report("grid-case", Source::Snapshot);
    unnamed.identity = None;
    let story = Story::new().then(reporter(), Command::File(unnamed));
    story.refuses(triage(), Command::ReadIdentity { reason: words(30) }, Reason::NoIdentity);
}

#[test]
fn a_worker_withdraws_their_own_report_and_no_neighbours() {
    let withdraw = || Command::Withdraw { reason: None };
    Story::filed().refuses(worker(10), withdraw(), Reason::NotYours);
    let own = Story::new().then(worker(10), Command::File(report("grid-case", Source::Grid)));
    own.refuses(worker(11), withdraw(), Reason::NotYours);
    let own = own.then(worker(10), withdraw());
    assert!(own.stage().is_over());
}

#[test]
fn content_is_erased_by_the_security_admin_alone_and_at_any_stage() {
    let erase = || Command::Erase { content: words(1), ground: ErasureGround::RetentionOver };
    for mut story in [Story::filed(), Story::handling(), Story::closed()] {
        story.refuses(triage(), erase(), Reason::NotYourRole);
        let before = story.stage();
        let events = story.take(&security_admin(), &erase());
        let ground = "retention-over".to_owned();
        assert_eq!(events, [Event::Erased { content: words(1), ground }]);
        assert_eq!(story.stage(), before);
    }
}

#[test]
fn administrators_and_strangers_see_no_matter() {
    let story = Story::handling();
    let far = post(Role::GridWorker, 12, None, Some(ELSEWHERE));
    let nowhere = post(Role::GridWorker, 13, None, None);
    let auditor = post(Role::Auditor, 91, None, None);
    for actor in [far, nowhere, auditor, security_admin(), handler(WORKS)] {
        assert!(!may_see(&actor, story.matter(), &story.units), "{actor:?}");
        let steps: Vec<Step> = story.choices(&actor).iter().map(|choice| choice.step).collect();
        assert!(steps.is_empty() || steps == [Step::Erase], "{actor:?} {steps:?}");
    }
}

#[test]
fn a_unit_works_on_a_confidential_matter_from_what_the_desk_tells_it() {
    let mut story = Story::confidential();
    story.refuses(triage(), dispatch(LIGHTING), Reason::SummaryNeeded);
    let told = Command::Dispatch {
        lead: bihuan_domain::ids::UnitCode::new(LIGHTING),
        co: Vec::new(),
        note: Some(words(30)),
    };
    story.take(&triage(), &told);
    let reads =
        |actor: &bihuan_domain::matter::Actor| may_read_words(actor, story.matter(), &story.units);
    assert!(reads(&triage()) && reads(&dispatcher()));
    let desk_of_the_unit = post(Role::Triage, 31, Some(LIGHTING), None);
    for hidden in [handler(LIGHTING), head(LIGHTING), worker(10), leader(), desk_of_the_unit] {
        assert!(!reads(&hidden), "{hidden:?}");
    }
    let open = Story::handling();
    assert!(may_read_words(&handler(LIGHTING), open.matter(), &open.units));
}

#[test]
fn who_asked_for_confidentiality_is_read_by_a_higher_post_only() {
    let read = || Command::ReadIdentity { reason: words(30) };
    let mut story = Story::confidential();
    story.refuses(triage(), read(), Reason::NotYourRole);
    assert!(matches!(story.take(&dispatcher(), &read())[..], [Event::IdentityRead { .. }]));
}
