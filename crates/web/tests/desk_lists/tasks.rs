//! One supervised task by a form.

use axum::http::StatusCode;
use bihuan_domain::access::Role;
use bihuan_domain::matter::{Link, Source, Urgency};

use crate::office::Office;

const FIELDS: [(&str, &str); 9] = [
    ("words", "城区积水点改造8处"),
    ("goal", "汛前全部完工"),
    ("source", "meeting"),
    ("basis", "市政府第18次常务会议"),
    ("urgency", "major"),
    ("lead", "municipal-works"),
    ("co", "市公安局交警大队、水利局"),
    ("person", "王某"),
    ("due_on", "2099-03-05"),
];

fn but<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields = FIELDS.to_vec();
    fields.retain(|(other, _)| *other != name);
    fields.push((name, value));
    fields
}

fn number_of(to: &str) -> String {
    to.trim_start_matches("/m/").to_owned()
}

#[tokio::test]
async fn a_task_is_registered_approved_and_with_its_unit() {
    let mut office = Office::open().await;
    let command = office.browser.get("/supervision/new").await.hidden("command");
    let mut fields = but("due_on", "2027-03-05");
    fields.push(("command", &command));
    // The holidays of 2027 are not known: said once, then taken as it is.
    let asked = office.browser.post("/supervision/new", &fields).await;
    let asked_form = asked.form_with("words");
    let seen = asked_form.iter().find(|(name, _)| name == "seen_doubts");
    if let Some((_, seen)) = seen {
        assert_eq!(asked.status, StatusCode::OK);
        assert!(office.all().await.is_empty());
        fields.push(("seen_doubts", seen));
    }
    let answer = office.browser.post("/supervision/new", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
    let number = number_of(&answer.to);
    let matter = office.desk.matter(&number).await;
    assert_eq!((matter.source, matter.urgency), (Source::Meeting, Urgency::Major));
    assert_eq!(matter.stage.code(), "drafted");
    let brief = matter.brief.unwrap();
    assert_eq!(brief.lead.unwrap().as_str(), "municipal-works");
    let co: Vec<_> = brief.co.iter().map(|unit| unit.as_str()).collect();
    assert_eq!(co, ["traffic-police", "water"]);
    assert!(brief.goal.is_some() && brief.basis.is_some() && brief.person.is_some());
    let again = office.browser.post("/supervision/new", &fields).await;
    assert_eq!(number_of(&again.to), number, "sent twice, registered once");
    assert_eq!(office.all().await.len(), 1);
    office.approve(&number).await;
    assert_eq!(office.desk.stage(&number).await, "dispatched");
}

#[tokio::test]
async fn a_part_of_an_approved_task_needs_no_approval_and_of_one_that_is_over_is_refused() {
    let mut office = Office::open().await;
    let plain = [("words", "清理河道"), ("source", "paper"), ("urgency", "ordinary")];
    let whole = number_of(&office.browser.post("/supervision/new", &plain).await.to);
    office.approve(&whole).await;
    let form = office.browser.get(&format!("/supervision/new?part_of={whole}")).await;
    assert!(form.has(&format!("value=\"{whole}\"")));
    let mut fields = plain.to_vec();
    fields.push(("part_of", &whole));
    let part = number_of(&office.browser.post("/supervision/new", &fields).await.to);
    let part = office.desk.matter(&part).await;
    assert_eq!(part.stage.code(), "accepted");
    assert_eq!(part.linked(Link::Parent).count(), 1);
    let withdraw = bihuan_domain::matter::Command::Withdraw { reason: None };
    for number in [part.number.as_str(), whole.as_str()] {
        office.desk.done_by(&office.leader, number, withdraw.clone()).await;
    }
    let refused = office.browser.post("/supervision/new", &fields).await;
    Office::assert_refused(&refused, &["已经办完，不能再往下分解", "清理河道"]);
    fields.retain(|(name, _)| *name != "part_of");
    fields.push(("part_of", "XY-000000-0001"));
    let refused = office.browser.post("/supervision/new", &fields).await;
    Office::assert_refused(&refused, &["没有编号为XY-000000-0001的事项"]);
    assert_eq!(office.all().await.len(), 2);
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_what_was_typed_stays() {
    let mut office = Office::open().await;
    for (name, value, sentence) in [
        ("words", "", "没有写事项内容"),
        ("co", "水力局", "没有叫“水力局”的单位。名称相近的：市水利局"),
        ("due_on", "2020-01-02", "2020-01-02已经过去"),
        ("due_on", "尽快", "读不出“尽快”是哪一天"),
        ("urgency", "staged", "没有写类别"),
        ("goal", "按秘密★1年文件办", "写了密级标志“秘密★1年”"),
        ("words", "会议纪要　机密★3年", "写了密级标志"),
    ] {
        let answer = office.browser.post("/supervision/new", &but(name, value)).await;
        let answer = match answer.status {
            // The day off is asked about first; sent again, the marking stops it.
            StatusCode::OK => {
                let form = answer.form_with("words");
                let fields = crate::office::with(&form, &[]);
                office.browser.post("/supervision/new", &fields).await
            }
            _ => answer,
        };
        Office::assert_refused(&answer, &[sentence, "市政府第18次常务会议", "没有登记"]);
        assert!(answer.has("field-bad"), "{name}");
        assert!(name == "urgency" || value.is_empty() || answer.has(value), "{name} is given back");
    }
    assert!(office.all().await.is_empty());
}

#[tokio::test]
async fn the_bare_word_and_a_day_off_are_asked_about_once() {
    let mut office = Office::open().await;
    let fields = [
        ("words", "检查机密室管理"),
        ("source", "paper"),
        ("urgency", "ordinary"),
        ("due_on", "2026-10-03"),
    ];
    let asked = office.browser.post("/supervision/new", &fields).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(asked.has("写有“机密”") && asked.has("放假"), "{}", asked.page);
    assert!(office.all().await.is_empty());
    let form = asked.form_with("words");
    let fields = crate::office::with(&form, &[]);
    let answer = office.browser.post("/supervision/new", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
    assert_eq!(office.all().await.len(), 1);
}

#[tokio::test]
async fn who_may_not_register_neither_sees_the_forms_nor_sends_them() {
    let office = Office::open().await;
    let (_, mut handler) = office.desk.joined_by("lamps", Role::Handler, "lighting").await;
    for page in ["/supervision/new", "/supervision/table", "/supervision/record"] {
        assert_eq!(handler.get(page).await.status, StatusCode::FORBIDDEN, "{page}");
    }
    let sent = handler.post("/supervision/new", &FIELDS).await;
    assert_eq!(sent.status, StatusCode::FORBIDDEN);
    let table = [("pasted", "任务\t牵头单位\n修路\t水利局\n")];
    for path in ["/supervision/table", "/supervision/table/file", "/supervision/record/file"] {
        let sent = handler.post_parts(path, &table, None).await;
        assert_eq!(sent.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert!(office.all().await.is_empty());
}

#[tokio::test]
async fn a_marking_stops_a_step_on_a_task_but_not_a_residents_report() {
    let mut office = Office::open().await;
    let plain = [("words", "清理河道"), ("source", "paper"), ("urgency", "ordinary")];
    let number = number_of(&office.browser.post("/supervision/new", &plain).await.to);
    let path = format!("/m/{number}/withdraw");
    let page = office.browser.get(&path).await;
    let refused = office.browser.submit(&page, &[("reason", "见机密★1年文件")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.page);
    assert!(refused.has("写了密级标志") && refused.has("见机密★1年文件"));
    assert_eq!(office.desk.stage(&number).await, "drafted");
    let reported = office.desk.reported("墙上写着机密★1年", None).await;
    assert_eq!(office.desk.stage(&reported).await, "filed");
}
