//! A meeting record: pasted, shown as a tree, changed, registered as one meeting.

use axum::http::StatusCode;
use bihuan_domain::matter::{Link, Matter, Source, Urgency};

use crate::browser::Answer;
use crate::office::{Office, with};

const RECORD: &str = "市政府第18次常务会议纪要\n\
    2026年9月14日，市长张某主持召开市政府第18次常务会议。\n\
    一、关于老旧小区改造\n\
    （一）12个小区外墙工程收尾，由市住房和城乡建设局牵头，市公安局配合，10月14日前完成。\n\
    （二）小区停车位清单公示，由市水力局牵头，10月20日前完成。\n\
    二、长期抓好道路保洁（责任单位：市环境卫生服务中心；完成时限：长期坚持）。\n\
    出席：张某、李某\n";

async fn read(office: &mut Office, text: &str) -> Answer {
    office.browser.post_parts("/supervision/record", &[("pasted", text)], None).await
}

async fn sent(office: &mut Office, page: &Answer, typed: &[(&str, &str)]) -> Answer {
    let form = page.form_with("text");
    let fields = with(&form, typed);
    office.browser.post_parts("/supervision/record/file", &fields, None).await
}

fn lead(matter: &Matter) -> Option<&str> {
    matter.brief.as_ref()?.lead.as_ref().map(|lead| lead.as_str())
}

#[tokio::test]
async fn decisions_become_a_meeting_with_its_parts_and_one_approval_sends_them_out() {
    let mut office = Office::open().await;
    let page = read(&mut office, RECORD).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.page);
    for said in [
        "读出4项",
        "value=\"市政府第18次常务会议议定事项\"",
        "value=\"2026-10-14\"",
        "value=\"市住房和城乡建设局\"",
        "没有叫“市水力局”的单位",
        "没有当作议定事项的3段",
    ] {
        assert!(page.has(said), "no “{said}” in {}", page.page);
    }
    let refused = sent(&mut office, &page, &[("due-4", "2026-11-05")]).await;
    Office::assert_refused(&refused, &["还有1处错误", "市水力局", "value=\"2026-11-05\""]);
    assert!(office.all().await.is_empty());
    let typed = [
        ("lead-5", "水利局"),
        ("due-4", "2026-11-05"),
        ("class-4", "major"),
        ("whole_lead", "市政府办公室"),
    ];
    let answer = sent(&mut office, &page, &typed).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
    sent(&mut office, &page, &typed).await;
    let all = office.all().await;
    let [meeting, flats, walls, places, roads] = all.as_slice() else {
        panic!("not the meeting with four parts, once: {}", all.len())
    };
    assert_eq!(answer.to, format!("/supervision/{}", meeting.number));
    assert_eq!((meeting.source, lead(meeting)), (Source::Meeting, Some("gov-office")));
    assert_eq!(meeting.linked(Link::Child).collect::<Vec<_>>(), [flats.id, roads.id]);
    assert_eq!(flats.linked(Link::Child).collect::<Vec<_>>(), [walls.id, places.id]);
    assert_eq!((lead(walls), lead(places)), (Some("housing"), Some("water")));
    assert_eq!((walls.urgency, roads.urgency), (Urgency::Major, Urgency::Continuing));
    let due = walls.brief.as_ref().and_then(|brief| brief.due_on);
    assert_eq!(due.map(|due| due.to_string()).as_deref(), Some("2026-11-05"));
    office.approve(&meeting.number.to_string()).await;
    for (matter, stage) in [(walls, "dispatched"), (places, "dispatched"), (flats, "accepted")] {
        assert_eq!(office.desk.stage(&matter.number.to_string()).await, stage);
    }
}

#[tokio::test]
async fn what_is_left_out_is_not_registered_and_its_parts_go_to_the_next_above() {
    let mut office = Office::open().await;
    let page = read(&mut office, RECORD).await;
    let form = page.form_with("text");
    let kept: Vec<(String, String)> =
        form.into_iter().filter(|(name, _)| name != "keep-3" && name != "keep-5").collect();
    let fields = with(&kept, &[]);
    let answer = office.browser.post_parts("/supervision/record/file", &fields, None).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
    let all = office.all().await;
    assert_eq!(all.len(), 3);
    assert!(all[1..].iter().all(|part| part.linked(Link::Parent).next() == Some(all[0].id)));
    let none: Vec<(String, String)> =
        kept.into_iter().filter(|(name, _)| !name.starts_with("keep-")).collect();
    let mut fields = with(&none, &[]);
    fields.retain(|(name, _)| *name != "command");
    let refused = office.browser.post_parts("/supervision/record/file", &fields, None).await;
    Office::assert_refused(&refused, &["没有读到一项任务"]);
    assert_eq!(office.all().await.len(), 3);
}

#[tokio::test]
async fn a_marking_anywhere_in_the_record_stops_all_of_it() {
    let mut office = Office::open().await;
    for text in [format!("机密★3年\n{RECORD}"), RECORD.replace("保洁", "保洁（秘密★1年）")]
    {
        let page = read(&mut office, &text).await;
        assert!(page.has("有密级标志") && !page.has("登记会议和勾选的事项"), "{}", page.page);
        let forced = sent(&mut office, &page, &[("lead-5", ""), ("lead-6", "")]).await;
        Office::assert_refused(&forced, &["没有登记", "有密级标志"]);
    }
    assert!(office.all().await.is_empty());
}

#[tokio::test]
async fn a_record_without_numbers_a_past_day_and_an_old_file_are_told() {
    let mut office = Office::open().await;
    let page = read(&mut office, "会议听取了汇报。\n会议强调要抓紧。\n").await;
    assert!(page.has("没有找到编号的段落"), "{}", page.page);
    assert!(page.has("会议强调要抓紧。"), "the text is there to be changed");
    let file = Some(("纪要.doc", [0xd0, 0xcf, 0x11, 0xe0, 0, 0].as_slice()));
    let old = office.browser.post_parts("/supervision/record", &[], file).await;
    Office::assert_refused(&old, &["另存为 .docx"]);
    let nothing = office.browser.post_parts("/supervision/record", &[], None).await;
    Office::assert_refused(&nothing, &["没有选文件，也没有粘贴内容"]);
    let page = read(&mut office, RECORD).await;
    let typed = [("lead-5", ""), ("due-4", "2026-09-01"), ("title", ""), ("whole_lead", "水力局")];
    let refused = sent(&mut office, &page, &typed).await;
    let said = ["2026-09-01已经过去", "没有写会议名称", "没有叫“水力局”的单位"];
    Office::assert_refused(&refused, &said);
    let mut long = String::from("第1次会议纪要\n");
    for number in 0..120 {
        long.push_str(&format!("1. 修路{number}\n"));
    }
    let refused = read(&mut office, &long).await;
    Office::assert_refused(&refused, &["编号的段落超过90个", "修路119"]);
    assert!(office.all().await.is_empty());
}
