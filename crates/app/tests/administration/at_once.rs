//! Several act at once on the same units, people and places: no rule is broken,
//! whoever comes first.

use bihuan_app::commands::{Filed, NewPerson, NewPlace, NewReport, Reporter, Sign, Submission};
use bihuan_app::{App, Caller, Composer, Error, Sender};
use bihuan_domain::access::Role;
use bihuan_domain::ids::{CommandId, GridCode, ItemCode, PersonId, RegimeCode, UnitCode};
use bihuan_domain::matter::{Command, Source, Urgency};
use bihuan_domain::playbook::model::{Text, Unit};
use bihuan_domain::refusal::Reason;
use bihuan_testkit::app::Running;
use bihuan_testkit::engines;
use tokio::task::JoinSet;

use crate::{id, post, post_of, reason, roles};

const TIMES: usize = 10;

/// Runs a test on each engine.
macro_rules! county {
    ($running:ident => $body:block) => {
        engines::each(|database| async move {
            let $running = Running::over(database.store.clone()).await;
            $body
        })
        .await
    };
}

/// Starts one act for each of `what` and gives back what each came to.
async fn at_once<T, F, Fut>(
    app: &App,
    what: impl IntoIterator<Item = T>,
    act: F,
) -> Vec<Result<(), Error>>
where
    F: Fn(App, CommandId, T) -> Fut,
    Fut: Future<Output = Result<(), Error>> + Send + 'static,
{
    let mut acts = JoinSet::new();
    for one in what {
        acts.spawn(act(app.clone(), CommandId(app.new_id()), one));
    }
    acts.join_all().await
}

/// Exactly one was done; the others were refused for this reason.
fn one_done(outcomes: Vec<Result<(), Error>>, why: Reason) {
    let (done, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
    assert_eq!(done.len(), 1, "{refused:?}");
    for outcome in refused {
        assert_eq!(reason(outcome), why);
    }
}

fn unit(code: &str, name: &str, above: &str) -> Unit {
    Unit {
        code: UnitCode::new(code),
        name: Text { zh: name.to_owned(), en: name.to_owned() },
        above: Some(UnitCode::new(above)),
        grid: None,
        village: false,
    }
}

async fn merge(app: App, command: CommandId, (from, into): (&str, &str)) -> Result<(), Error> {
    let (from, into) = (UnitCode::new(from), UnitCode::new(into));
    app.merge_units(&Caller::system(), command, &from, &into).await.map(drop)
}

#[tokio::test]
async fn of_ten_units_added_at_once_under_one_code_one_is_there() {
    county!(running => {
        let app = &running.app;
        let outcomes = at_once(app, 0..TIMES, |app, command, which| async move {
            let unit = unit("new", &format!("单位{which}"), "county");
            app.add_units(&Caller::system(), command, vec![unit]).await
        })
        .await;
        one_done(outcomes, Reason::UnitCodeTaken);
    });
}

#[tokio::test]
async fn two_units_merged_into_each_other_at_once_leave_one() {
    county!(running => {
        let app = &running.app;
        let pairs = [("lighting", "municipal-works"), ("municipal-works", "lighting")];
        one_done(at_once(app, pairs, merge).await, Reason::UnknownUnit);
        let rules = app.rules();
        let stands = |unit: &str| rules.unit_tree.contains(&UnitCode::new(unit));
        assert!(stands("lighting") != stands("municipal-works"));
    });
}

#[tokio::test]
async fn three_units_merged_round_at_once_leave_one() {
    county!(running => {
        let app = &running.app;
        let round = [
            ("lighting", "municipal-works"),
            ("municipal-works", "sanitation"),
            ("sanitation", "lighting"),
        ];
        at_once(app, round, merge).await;
        let rules = app.rules();
        let stands = |unit: &&str| rules.unit_tree.contains(&UnitCode::new(*unit));
        let standing = ["lighting", "municipal-works", "sanitation"].iter().filter(|u| stands(u));
        assert_eq!(standing.count(), 1);
    });
}

#[tokio::test]
async fn a_unit_above_itself_or_below_none_is_refused() {
    county!(running => {
        let app = &running.app;
        let system = Caller::system();
        let add = |units| app.add_units(&system, running.command(), units);
        let own = add(vec![unit("a", "甲", "a")]).await;
        assert_eq!(reason(own), Reason::UnitAboveItself);
        let round = vec![unit("a", "甲", "b"), unit("b", "乙", "c"), unit("c", "丙", "a")];
        assert_eq!(reason(add(round).await), Reason::UnitAboveItself);
        assert_eq!(reason(add(vec![unit("a", "甲", "nowhere")]).await), Reason::UnknownUnit);
        merge(app.clone(), running.command(), ("lighting", "sanitation")).await.unwrap();
        assert_eq!(reason(add(vec![unit("a", "甲", "lighting")]).await), Reason::UnknownUnit);
        add(vec![unit("a", "甲", "b"), unit("b", "乙", "county")]).await.unwrap();
    });
}

async fn lamp_out(running: &Running, triage: &Caller) -> Filed {
    let item = ItemCode::new("lamp-out");
    let report = NewReport {
        sender: Sender::new(running.command(), ["lamp"]),
        caller: triage.clone(),
        regime: RegimeCode::new("grid-case"),
        source: Source::Hotline,
        item: Some(item.clone()),
        words: "路灯不亮".to_owned(),
        grid: Some(GridCode::new("05")),
        place: None,
        position: None,
        address: "索河路12号".to_owned(),
        evidence: Vec::new(),
        reporter: Reporter::default(),
        confidential: false,
        urgency: Urgency::Ordinary,
        claimed_at: None,
        composed: Composer::new(&running.app),
        then: vec![Command::Accept { item, urgency: Urgency::Ordinary }],
    };
    running.app.file_report(report).await.unwrap()
}

#[tokio::test]
async fn a_dispatch_beside_a_merger_never_stays_with_the_unit_that_ended() {
    county!(running => {
        let app = &running.app;
        let triage = running.person("triage", Role::Triage, "grid-centre", None).await;
        let dispatcher = running.person("disp", Role::Dispatcher, "grid-centre", None).await;
        let mut acts: Vec<Option<Filed>> = Vec::new();
        for _ in 0..TIMES {
            acts.push(Some(lamp_out(&running, &triage).await));
        }
        acts.insert(TIMES / 2, None);
        let filed: Vec<Filed> = acts.iter().flatten().cloned().collect();
        let outcomes = at_once(app, acts, |app, command, filed| {
            let dispatcher = dispatcher.clone();
            async move {
                let Some(filed) = filed else {
                    return merge(app, command, ("lighting", "municipal-works")).await;
                };
                let (lead, co) = (UnitCode::new("lighting"), Vec::new());
                let mut composed = Composer::new(&app);
                composed.push(Command::Dispatch { lead, co, note: None });
                let sender = Sender::new(command, ["dispatch"]);
                let submission = Submission {
                    sender, caller: dispatcher, matter: filed.matter, seen: None, composed,
                };
                app.act(submission).await.map(drop)
            }
        })
        .await;
        for refused in outcomes.into_iter().filter(Result::is_err) {
            assert_eq!(reason(refused), Reason::UnknownUnit);
        }
        for filed in filed {
            let view = app.matter(&dispatcher, &filed.number).await.unwrap();
            let lead = view.matter.lead.map(|lead| lead.unit.to_string());
            assert_ne!(lead.as_deref(), Some("lighting"));
        }
    });
}

#[tokio::test]
async fn a_post_given_beside_a_merger_never_stays_in_the_unit_that_ended() {
    county!(running => {
        let app = &running.app;
        let mut people = Vec::new();
        for which in 0..TIMES {
            let login = format!("p{which}");
            let person = running.person(&login, Role::UnitHead, "sanitation", None).await;
            people.push(Some(id(&person)));
        }
        people.insert(TIMES / 2, None);
        at_once(app, people, |app, command, person| async move {
            let Some(person) = person else {
                return merge(app, command, ("lighting", "municipal-works")).await;
            };
            let handler = post(Role::Handler, "lighting");
            app.grant_post(&Caller::system(), command, person, handler).await
        })
        .await;
        let left = app.people(&Caller::system(), "", "lighting", "").await.unwrap();
        assert_eq!(left.people.len(), 0);
    });
}

#[tokio::test]
async fn two_who_take_each_others_post_at_once_leave_one() {
    county!(running => {
        let app = &running.app;
        let one = running.person("one", Role::SecurityAdmin, "county", None).await;
        let two = running.person("two", Role::SecurityAdmin, "county", None).await;
        let posts = [post_of(app, id(&one)).await, post_of(app, id(&two)).await];
        let [first, second] = posts;
        let acts = [(one.clone(), id(&two), second), (two.clone(), id(&one), first)];
        let outcomes = at_once(app, acts, |app, command, (by, person, post)| async move {
            app.revoke_post(&by, command, person, &post).await
        })
        .await;
        one_done(outcomes, Reason::LastOfPost);
    });
}

#[tokio::test]
async fn two_who_let_each_other_go_at_once_leave_one() {
    county!(running => {
        let app = &running.app;
        let one = running.person("one", Role::SecurityAdmin, "county", None).await;
        let two = running.person("two", Role::SecurityAdmin, "county", None).await;
        let acts = [(one.clone(), id(&two)), (two.clone(), id(&one))];
        let outcomes = at_once(app, acts, |app, command, (by, person)| async move {
            app.leave(&by, command, person, None).await
        })
        .await;
        one_done(outcomes, Reason::LastOfPost);
    });
}

#[tokio::test]
async fn posts_that_do_not_go_together_are_not_given_at_once_either() {
    county!(running => {
        let app = &running.app;
        let person = running.person("one", Role::Handler, "lighting", None).await;
        let held = post_of(app, id(&person)).await;
        let person: PersonId = id(&person);
        app.revoke_post(&Caller::system(), running.command(), person, &held).await.unwrap();
        let given = [Role::Auditor, Role::SystemAdmin, Role::SecurityAdmin, Role::Auditor];
        let outcomes = at_once(app, given, |app, command, role| async move {
            app.grant_post(&Caller::system(), command, person, post(role, "county")).await
        })
        .await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        assert_eq!(roles(app, person).await.len(), 1);
    });
}

#[tokio::test]
async fn of_ten_people_added_at_once_under_one_name_one_is_there() {
    county!(running => {
        let app = &running.app;
        let outcomes = at_once(app, 0..TIMES, |app, command, which| async move {
            let person = NewPerson {
                login: "same".to_owned(),
                name: format!("第{which}人"),
                phone: None,
                password: None,
                must_change: true,
                posts: Vec::new(),
            };
            app.add_people(&Caller::system(), command, vec![person]).await.map(drop)
        })
        .await;
        one_done(outcomes, Reason::LoginTaken);
    });
}

#[tokio::test]
async fn a_place_retired_while_its_sign_is_printed_again_stays_retired() {
    county!(running => {
        let app = &running.app;
        let grid = GridCode::new("05");
        let place = app.new_place_id(&grid);
        let name = Text { zh: "柳园路路灯".to_owned(), en: "lamp".to_owned() };
        let new = NewPlace { id: place.clone(), name, grid, position: None };
        app.add_places(&Caller::system(), running.command(), vec![new]).await.unwrap();
        let printed = app.coded_place(&Caller::system(), &place.0).await.unwrap();
        let reprints = [true, false, true, true];
        at_once(app, reprints, |app, command, reprint| {
            let place = place.clone();
            async move { app.retire_place(&Caller::system(), command, &place.0, reprint).await }
        })
        .await;
        assert!(matches!(app.read_sign(&printed.code).await.unwrap(), Sign::Retired(_)));
        let row = app.store().place(app.county(), &place.0).await.unwrap().unwrap();
        assert!(row.retired_us.is_some());
        assert_eq!(row.generation, 1 + reprints.len() as i64);
    });
}
