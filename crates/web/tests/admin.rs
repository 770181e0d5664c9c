//! Administration through the router: who may open what, and what each act
//! leaves behind.

#![expect(clippy::unwrap_used, reason = "a test that cannot set up has failed")]

mod support;

use axum::http::{StatusCode, header};
use bihuan_app::Caller;
use bihuan_domain::access::Role;
use bihuan_domain::ids::{CommandId, UnitCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Command, Event};
use jiff::civil::datetime;
use support::House;

fn tuesday() -> Instant {
    Instant::from_civil(datetime(2026, 9, 22, 9, 0, 0, 0))
}

async fn dispatched(house: &House, unit: &str) -> bihuan_app::commands::Filed {
    let triage = house.person("triage", Role::Triage, "grid-centre").await;
    let triage = house.caller(triage, Role::Triage, "grid-centre");
    let filed = house.lamp_out(&triage).await;
    let dispatcher = house.person("dispatcher", Role::Dispatcher, "grid-centre").await;
    let caller = house.caller(dispatcher, Role::Dispatcher, "grid-centre");
    let dispatch = Command::Dispatch { lead: UnitCode::new(unit), co: Vec::new(), note: None };
    act(house, &filed, caller, dispatch).await;
    filed
}

async fn act(house: &House, filed: &bihuan_app::commands::Filed, caller: Caller, command: Command) {
    let mut composed = bihuan_app::Composer::new(&house.app);
    composed.push(command);
    let submission = bihuan_app::commands::Submission {
        sender: bihuan_app::Sender::new(CommandId(house.app.new_id()), ["act"]),
        caller,
        matter: filed.matter,
        seen: None,
        composed,
    };
    house.app.act(submission).await.unwrap();
}

async fn lead_of(house: &House, number: &str) -> String {
    let leader =
        house.caller(bihuan_domain::ids::PersonId(house.app.new_id()), Role::Leader, "county");
    let view = house.app.matter(&leader, number).await.unwrap();
    view.matter.lead.unwrap().unit.to_string()
}

#[tokio::test]
async fn each_administrator_opens_only_their_own_sections() {
    let house = House::open(tuesday()).await;
    let all = [
        "units",
        "people",
        "posts",
        "places",
        "playbook",
        "calendar",
        "messages",
        "tasks",
        "journal",
        "identity-looks",
        "erase",
    ];
    let roles: [(&str, Role, &[&str]); 5] = [
        (
            "sys",
            Role::SystemAdmin,
            &["units", "people", "places", "playbook", "calendar", "messages", "tasks"],
        ),
        ("sec", Role::SecurityAdmin, &["people", "posts", "playbook", "journal", "erase"]),
        ("aud", Role::Auditor, &["journal", "identity-looks"]),
        ("lead", Role::Leader, &["playbook", "journal"]),
        ("hand", Role::Handler, &[]),
    ];
    for (login, role, opens) in roles {
        house.person(login, role, "county").await;
        let mut browser = house.browser(login).await;
        for section in all {
            let answer = browser.get(&format!("/admin/{section}")).await;
            let wanted =
                if opens.contains(&section) { StatusCode::OK } else { StatusCode::FORBIDDEN };
            assert_eq!(answer.status, wanted, "{login} at {section}");
        }
        let first = browser.get("/admin").await;
        match opens.first() {
            Some(section) => assert_eq!(first.location(), format!("/admin/{section}")),
            None => assert_eq!(first.status, StatusCode::FORBIDDEN),
        }
    }
}

#[tokio::test]
async fn who_leaves_hands_posts_over_and_is_signed_out() {
    let house = House::open(tuesday()).await;
    house.person("sys", Role::SystemAdmin, "county").await;
    let old = house.person("old", Role::Handler, "lighting").await;
    let heir = house.person("heir", Role::UnitHead, "lighting").await;
    let mut leaver = house.browser("old").await;
    let mut sys = house.browser("sys").await;
    let page = format!("/admin/people/{old}/leave");
    let heir_id = heir.to_string();
    let asked = sys.post(&page, &page, &[("to", &heir_id)]).await;
    asked.shows("岗位“市城市照明中心·承办人”由某heir接");
    assert!(!house.app.person(&Caller::system(), old).await.unwrap().has_left);
    let answer = sys.post(&page, &page, &[("to", &heir_id), ("sure", "yes")]).await;
    assert_eq!(answer.location(), "/admin/people?done=person-left&n=1");
    let heir = house.app.person(&Caller::system(), heir).await.unwrap();
    let mut roles: Vec<Role> = heir.posts.iter().map(|post| post.role).collect();
    roles.sort_unstable();
    assert_eq!(roles, [Role::Handler, Role::UnitHead]);
    assert!(house.app.person(&Caller::system(), old).await.unwrap().posts.is_empty());
    assert_ne!(leaver.get("/me/password").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_merger_shows_what_goes_over_and_hands_it_over() {
    let house = House::open(tuesday()).await;
    house.person("sys", Role::SystemAdmin, "county").await;
    let filed = dispatched(&house, "lighting").await;
    let mut sys = house.browser("sys").await;
    let page = "/admin/units/lighting/merge";
    sys.get(page).await.shows("1件在办");
    let answer = sys.post(page, page, &[("into", "municipal-works")]).await;
    assert_eq!(answer.location(), "/admin/units?done=units-merged&n=1");
    assert_eq!(lead_of(&house, &filed.number).await, "municipal-works");
    sys.get("/admin/units").await.shows("已并入");
    assert_eq!(sys.get(page).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_unit_code_already_used_is_refused_and_what_was_typed_stays() {
    let house = House::open(tuesday()).await;
    house.person("sys", Role::SystemAdmin, "county").await;
    let mut sys = house.browser("sys").await;
    let fields = [("code", "lighting"), ("name_zh", "又一个照明中心")];
    let answer = sys.post("/admin/units", "/admin/units", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.shows("又一个照明中心");
    answer.shows("lighting 这个代码");
}

#[tokio::test]
async fn a_new_person_gets_a_password_shown_once() {
    let house = House::open(tuesday()).await;
    house.person("sys", Role::SystemAdmin, "county").await;
    let mut sys = house.browser("sys").await;
    let fields =
        [("name", "赵敏"), ("account", "zhaomin"), ("unit", "lighting"), ("role", "handler")];
    let answer = sys.post("/admin/people", "/admin/people", &fields).await;
    answer.shows("id=\"one-time\"");
    sys.get("/admin/people").await.shows("没改过初始密码");
}

#[tokio::test]
async fn whoever_adds_people_makes_no_administrators() {
    let house = House::open(tuesday()).await;
    house.person("sys", Role::SystemAdmin, "county").await;
    let mut sys = house.browser("sys").await;
    let fields =
        [("name", "钱毅"), ("account", "qian"), ("unit", "county"), ("role", "security-admin")];
    let answer = sys.post("/admin/people", "/admin/people", &fields).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_sheet_is_previewed_row_by_row_and_written_only_then() {
    let house = House::open(tuesday()).await;
    house.person("sys", Role::SystemAdmin, "county").await;
    let mut sys = house.browser("sys").await;
    let sheet = "姓名,账号,单位,岗位\n赵敏,zhaomin,lighting,承办人\n钱毅,sys,lighting,承办人\n\
                 孙丽,sunli,nowhere,承办人\n李华,lihua,county,审计员\n\
                 周正,zhouzheng,grid-centre,受理员\n吴凡,wufan,,\n";
    let files = [("file", "people.csv", sheet)];
    let preview = sys.post_parts("/admin/people", "/admin/people/import", &[], &files).await;
    preview.shows("没有叫 nowhere 的单位");
    assert_eq!(preview.body.matches("这个岗位由安全管理员给").count(), 2, "auditor and triage");
    assert!(!house.app.is_login_known("zhaomin").await.unwrap());
    let rows = preview.hidden("rows");
    let answer = sys.post("/admin/people", "/admin/people/import/take", &[("rows", &rows)]).await;
    assert_eq!(answer.location(), "/admin/people?done=person-added&n=2");
    assert!(house.app.is_login_known("zhaomin").await.unwrap());
    assert!(house.app.is_login_known("wufan").await.unwrap());
    assert!(!house.app.is_login_known("zhouzheng").await.unwrap());
}

#[tokio::test]
async fn nobody_gives_a_post_to_themselves() {
    let house = House::open(tuesday()).await;
    let me = house.person("sec", Role::SecurityAdmin, "county").await.to_string();
    let other = house.person("hand", Role::Handler, "lighting").await.to_string();
    let mut sec = house.browser("sec").await;
    let give = |person| [("person", person), ("role", "unit-head"), ("unit", "lighting")];
    let own = sec.post("/admin/posts", "/admin/posts", &give(&me)).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    let given = sec.post("/admin/posts", "/admin/posts", &give(&other)).await;
    assert_eq!(given.location(), "/admin/posts?done=post-given&n=1");
}

#[tokio::test]
async fn a_faulty_playbook_shows_file_line_and_hint() {
    let house = House::open(tuesday()).await;
    house.person("sys", Role::SystemAdmin, "county").await;
    let mut sys = house.browser("sys").await;
    let source = support::playbook();
    let faulty: Vec<(String, String)> = source
        .files
        .into_iter()
        .map(|(path, text)| (path, text.replace("unit = \"lighting\"", "unit = \"lightning\"")))
        .collect();
    let files: Vec<(&str, &str, &str)> =
        faulty.iter().map(|(path, text)| ("files", path.as_str(), text.as_str())).collect();
    let answer = sys.post_parts("/admin/playbook", "/admin/playbook/check", &[], &files).await;
    answer.shows("categories.toml:19");
    answer.shows("lightning");
    answer.shows("class=\"hint\"");
    assert!(!answer.body.contains("/admin/playbook/propose"), "faulty files may be proposed");
}

#[tokio::test]
async fn a_playbook_comes_into_force_only_by_two_persons() {
    let house = House::open(tuesday()).await;
    house.person("sys", Role::SystemAdmin, "county").await;
    house.person("sec", Role::SecurityAdmin, "county").await;
    let mut sys = house.browser("sys").await;
    let source = support::playbook();
    let next: Vec<(String, String)> = source
        .files
        .into_iter()
        .map(|(path, text)| (path, text.replace("version = \"2026.1\"", "version = \"2026.2\"")))
        .collect();
    let files: Vec<(&str, &str, &str)> =
        next.iter().map(|(path, text)| ("files", path.as_str(), text.as_str())).collect();
    let checked = sys.post_parts("/admin/playbook", "/admin/playbook/check", &[], &files).await;
    checked.shows("/admin/playbook/propose");
    let files = checked.hidden("files");
    let fields = [("files", files.as_str()), ("from", "2026-09-22")];
    let answer = sys.post("/admin/playbook", "/admin/playbook/propose", &fields).await;
    assert_eq!(answer.location(), "/admin/playbook?done=proposed&n=1");
    let own = sys.get("/admin/playbook").await;
    assert!(!own.body.contains("/admin/playbook/approve"), "the proposer is offered to approve");
    assert_eq!(house.app.rules().in_force(house.app.now()).unwrap().playbook.version, "2026.1");

    let mut sec = house.browser("sec").await;
    let page = sec.get("/admin/playbook").await;
    let proposal = page.hidden("proposal");
    let refused =
        sys.post("/admin/playbook", "/admin/playbook/approve", &[("proposal", &proposal)]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let answer =
        sec.post("/admin/playbook", "/admin/playbook/approve", &[("proposal", &proposal)]).await;
    assert_eq!(answer.location(), "/admin/playbook?done=approved&n=1");
    assert_eq!(house.app.rules().in_force(house.app.now()).unwrap().playbook.version, "2026.2");
}

#[tokio::test]
async fn a_loaded_year_moves_open_dates_once_and_names_its_notice() {
    let house = House::open(Instant::from_civil(datetime(2026, 12, 30, 9, 0, 0, 0))).await;
    house.person("sys", Role::SystemAdmin, "county").await;
    let filed = dispatched(&house, "lighting").await;
    let handler = house.person("handler", Role::Handler, "lighting").await;
    act(&house, &filed, house.caller(handler, Role::Handler, "lighting"), Command::Sign).await;
    let mut sys = house.browser("sys").await;
    let year = r#"{"year": 2027, "papers": [], "days": [
        {"name": "元旦", "date": "2027-01-01", "isOffDay": true}]}"#;
    let files = [("file", "2027.json", year)];
    let answer = sys.post_parts("/admin/calendar", "/admin/calendar", &[], &files).await;
    let moved = answer.location().strip_prefix("/admin/calendar?done=year-loaded&n=");
    let moved: usize = moved.unwrap_or_default().parse().unwrap();
    assert!(moved > 0);
    let leader =
        house.caller(bihuan_domain::ids::PersonId(house.app.new_id()), Role::Leader, "county");
    let view = house.app.matter(&leader, &filed.number).await.unwrap();
    let notices: Vec<&str> = view
        .recorded
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::ClockRecalculated { notice, .. } => Some(notice.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(notices.len(), moved);
    assert!(notices.iter().all(|notice| notice.contains("2027年")), "{notices:?}");
    let again = sys.post_parts("/admin/calendar", "/admin/calendar", &[], &files).await;
    assert_eq!(again.location(), "/admin/calendar?done=year-loaded&n=0");
}

#[tokio::test]
async fn a_calendar_that_cannot_be_read_says_why() {
    let house = House::open(tuesday()).await;
    house.person("sys", Role::SystemAdmin, "county").await;
    let mut sys = house.browser("sys").await;
    let files = [("file", "2027.json", "[]")];
    let answer = sys.post_parts("/admin/calendar", "/admin/calendar", &[], &files).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.shows("这份放假安排读不了");
}

#[tokio::test]
async fn a_retired_sign_no_longer_opens_and_a_reprint_does() {
    let house = House::open(tuesday()).await;
    house.person("sys", Role::SystemAdmin, "county").await;
    let mut sys = house.browser("sys").await;
    let fields = [("name_zh", "柳园路路灯"), ("grid", "05"), ("position", "113.389,34.787")];
    let answer = sys.post("/admin/places", "/admin/places", &fields).await;
    assert_eq!(answer.location(), "/admin/places?done=place-added&n=1");
    let found = house.app.places(&Caller::system(), "05-").await.unwrap();
    let place = found.places.iter().find(|place| place.name.zh == "柳园路路灯").unwrap();
    sys.get(&format!("/places/{}/sign", place.id)).await.shows("柳园路路灯");

    let page = format!("/admin/places/{}/retire", place.id);
    sys.post(&page, &page, &[("what", "reprint")]).await;
    let old = house.app.read_sign(&place.code).await.unwrap();
    assert!(matches!(old, bihuan_app::commands::Sign::Retired(_)));
    let again = house.app.coded_place(&Caller::system(), &place.id).await.unwrap();
    let new = house.app.read_sign(&again.code).await.unwrap();
    assert!(matches!(new, bihuan_app::commands::Sign::Good(_)));
}

#[tokio::test]
async fn an_identity_is_shown_once_and_the_auditor_sees_who_looked() {
    let house = House::open(tuesday()).await;
    let filed = dispatched(&house, "lighting").await;
    house.person("aud", Role::Auditor, "county").await;
    let mut triage = house.browser("triage").await;
    let page = format!("/m/{}/read-identity", filed.number);
    let refused = triage.post_parts(&page, &page, &[("reason", "")], &[]).await;
    assert!(!refused.body.contains("13800001234"), "shown without a reason");
    let read = triage.post_parts(&page, &page, &[("reason", "回电问清路段")], &[]).await;
    read.shows("13800001234");
    assert_eq!(read.headers[header::CACHE_CONTROL], "no-store");
    let mut auditor = house.browser("aud").await;
    let looks = auditor.get("/admin/identity-looks").await;
    looks.shows("回电问清路段");
    looks.shows(&filed.number);
    assert!(!looks.body.contains("13800001234"));
}

#[tokio::test]
async fn an_identity_asked_for_twice_is_recorded_twice() {
    let house = House::open(tuesday()).await;
    let filed = dispatched(&house, "lighting").await;
    house.person("aud", Role::Auditor, "county").await;
    let mut triage = house.browser("triage").await;
    let page = format!("/m/{}/read-identity", filed.number);
    let same = [("command", "0199d0aa-0000-7000-8000-00000000a001"), ("reason", "回电问清路段")];
    triage.post_parts(&page, &page, &same, &[]).await.shows("13800001234");
    triage.post_parts(&page, &page, &same, &[]).await.shows("13800001234");
    let mut auditor = house.browser("aud").await;
    let looks = auditor.get("/admin/identity-looks").await;
    assert_eq!(looks.body.matches("回电问清路段").count(), 2, "{}", looks.body);
}

#[tokio::test]
async fn a_task_runs_at_once_and_the_journal_shows_its_checkpoint() {
    let house = House::open(tuesday()).await;
    house.person("sys", Role::SystemAdmin, "county").await;
    house.person("sec", Role::SecurityAdmin, "county").await;
    let mut sys = house.browser("sys").await;
    let answer = sys.post("/admin/tasks", "/admin/tasks/run", &[("task", "seal")]).await;
    assert!(answer.location().starts_with("/admin/tasks?done=task-run&n="));
    let mut sec = house.browser("sec").await;
    let journal = sec.get("/admin/journal").await;
    journal.shows("/admin/journal/checkpoints/1/");
    let unknown = sys.post("/admin/tasks", "/admin/tasks/run", &[("task", "nothing")]).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_security_administrator_erases_on_a_ground_of_law_and_the_track_page_says_so() {
    let house = House::open(tuesday()).await;
    house.person("sys", Role::SystemAdmin, "county").await;
    house.person("sec", Role::SecurityAdmin, "county").await;
    let filed = dispatched(&house, "lighting").await;
    let code: String = filed.code.chars().filter(char::is_ascii_alphanumeric).collect();
    let mut sec = house.browser("sec").await;
    let page = format!("/admin/erase?words={}", filed.number);
    let asked = sec.get(&page).await;
    asked.shows("反映人的话");
    assert!(!asked.body.contains("路灯不亮"), "whoever erases need not read it");
    let triage =
        house.caller(bihuan_domain::ids::PersonId(house.app.new_id()), Role::Triage, "county");
    let words = house.app.matter(&triage, &filed.number).await.unwrap().matter.words.unwrap();
    let fields = |content: &str| {
        [
            ("number", filed.number.clone()),
            ("content", content.to_owned()),
            ("ground", "requested".to_owned()),
        ]
    };
    let foreign = fields(&"ab".repeat(32));
    let foreign: Vec<_> = foreign.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let refused = sec.post(&page, "/admin/erase", &foreign).await;
    refused.shows("这项内容不是这件的");
    let own = fields(&words.to_string());
    let own: Vec<_> = own.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let erased = sec.post(&page, "/admin/erase", &own).await;
    assert_eq!(erased.location(), "/admin/erase?done=erased&n=1", "{}", erased.body);
    let view = house.app.matter(&triage, &filed.number).await.unwrap();
    assert_eq!(view.words(), "");
    let track = sec.get(&format!("/t/{code}")).await;
    track.shows("有一项内容已依法删除");
    assert!(!track.body.contains("路灯不亮"));
    let mut sys = house.browser("sys").await;
    assert_eq!(sys.get("/admin/erase").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn nobody_is_let_go_before_it_is_confirmed_nor_the_last_of_the_three() {
    let house = House::open(tuesday()).await;
    let sys = house.person("sys", Role::SystemAdmin, "county").await;
    let sec = house.person("sec", Role::SecurityAdmin, "county").await;
    let aud = house.person("aud", Role::Auditor, "county").await;
    let mut browser = house.browser("sys").await;
    for administrator in [sys, sec, aud] {
        let page = format!("/admin/people/{administrator}/leave");
        assert_eq!(browser.get(&page).await.status, StatusCode::FORBIDDEN);
        let sent = [("to", ""), ("sure", "yes")];
        let answer = browser.post("/admin/people", &page, &sent).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    }
    let people = browser.get("/admin/people").await;
    assert!(!people.body.contains("/leave"), "administrators are offered to be let go");
    let mut browser = house.browser("sec").await;
    let page = format!("/admin/people/{aud}/leave");
    let answer = browser.post(&page, &page, &[("to", "")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.shows("现在只有他一个人是审计员");
    house.person("aud2", Role::Auditor, "county").await;
    let asked = browser.post(&page, &page, &[("to", "")]).await;
    asked.shows("收回，不交给谁");
    assert!(!house.app.person(&Caller::system(), aud).await.unwrap().has_left);
    let answer = browser.post(&page, &page, &[("to", ""), ("sure", "yes")]).await;
    assert_eq!(answer.location(), "/admin/people?done=person-left&n=1");
}

#[tokio::test]
async fn who_keeps_people_is_offered_only_everyday_posts_and_no_password_without_one() {
    let house = House::open(tuesday()).await;
    house.person("sys", Role::SystemAdmin, "county").await;
    let mut sys = house.browser("sys").await;
    let page = sys.get("/admin/people").await;
    for (role, offered) in [("handler", true), ("grid-worker", true), ("triage", false)] {
        let choice = format!("value=\"{role}\"");
        assert_eq!(page.body.contains(&choice), offered, "{role}");
    }
    let ghost =
        [("name", "钱毅"), ("account", "qian"), ("unit", "grid-centre"), ("role", "triage")];
    let answer = sys.post("/admin/people", "/admin/people", &ghost).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let plain = [("name", "钱毅"), ("account", "qian"), ("unit", ""), ("role", "")];
    let answer = sys.post("/admin/people", "/admin/people", &plain).await;
    assert_eq!(answer.location(), "/admin/people?done=person-added&n=1");
}

#[tokio::test]
async fn a_refused_post_says_which_post_is_in_the_way_and_keeps_what_was_looked_for() {
    let house = House::open(tuesday()).await;
    house.person("sec", Role::SecurityAdmin, "county").await;
    let aud = house.person("aud", Role::Auditor, "county").await.to_string();
    let mut sec = house.browser("sec").await;
    let fields =
        [("person", aud.as_str()), ("role", "triage"), ("unit", "grid-centre"), ("words", "aud")];
    let answer = sec.post("/admin/posts", "/admin/posts", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.shows("他已是审计员");
    answer.shows(&format!("value=\"{aud}\" selected"));
}

#[tokio::test]
async fn somebody_beyond_the_first_page_is_found_to_be_given_a_post() {
    let house = House::open(tuesday()).await;
    house.person("sec", Role::SecurityAdmin, "county").await;
    for which in 0..51 {
        house.person(&format!("a{which:02}"), Role::Handler, "lighting").await;
    }
    let last = house.person("zhou", Role::Handler, "lighting").await.to_string();
    let mut sec = house.browser("sec").await;
    let choice = format!("value=\"{last}\"");
    assert!(!sec.get("/admin/posts").await.body.contains(&choice), "there is one page only");
    let found = sec.get("/admin/posts?words=zhou").await;
    found.shows(&choice);
    assert!(!found.body.contains("a00"), "the search narrows nothing");
}

#[tokio::test]
async fn the_post_is_judged_before_the_form() {
    let house = House::open(tuesday()).await;
    house.person("hand", Role::Handler, "lighting").await;
    let mut hand = house.browser("hand").await;
    for action in ["/admin/people/import/take", "/search/phone"] {
        let answer = hand.post("/search", action, &[("rows", "nothing")]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{action}");
    }
}
