//! Meeting records as offices write them, good and bad.

#![expect(clippy::expect_used, reason = "a fixture that cannot be made is a failed test")]

use std::io::{Cursor, Write};

use bihuan_documents::draft::{
    Against, Class, Draft, Field, KnownUnit, ReadAs, Trouble, UnitNames,
};
use bihuan_documents::meeting_record::{self, MeetingRecord, RecordFault, Taken};
use bihuan_domain::calendar::{Calendar, WorkHours};
use bihuan_domain::ids::UnitCode;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const TODAY: Date = date(2026, 9, 10);

const RECORD: &str = "\
荥阳市人民政府办公室
市政府第18次常务会议纪要
2026年9月8日上午，市长张某主持召开市政府第18次常务会议。现纪要如下：
一、关于城市防汛工作
会议听取了市水利局的汇报。
（一）清理索河河道。由市水利局牵头，市交通运输局、豫龙镇人民政府配合，10月底前完成。
（二）加固堤防（责任单位：水利局、住房和城乡建设局；责任人：李某；完成时限：2026年12月31日）。
1.制定方案，市水利局于9月30日前报市政府。
二、关于道路修补工作。牵头单位：市交通运输局；配合单位：市住房和城乡建设局；完成时限：长期坚持。
出席：张某、李某
1.王某
记录：赵某
";

fn against<T>(read: impl FnOnce(&Against<'_>) -> T) -> T {
    let known = [
        ("water", "市水利局"),
        ("housing", "市住房和城乡建设局"),
        ("roads", "市交通运输局"),
        ("yulong", "豫龙镇人民政府"),
    ];
    let units = known
        .map(|(code, name)| KnownUnit { code: UnitCode::new(code), names: vec![name.to_owned()] });
    let units = UnitNames::new(units, "荥阳市");
    let calendar = Calendar::shipped(WorkHours { periods: Vec::new() });
    read(&Against { today: TODAY, calendar: &calendar, units: &units })
}

fn try_read(bytes: &[u8]) -> Result<MeetingRecord, RecordFault> {
    against(|against| meeting_record::read(bytes, against))
}

fn paste(text: &str) -> MeetingRecord {
    against(|against| meeting_record::read_pasted(text, against)).expect("a record")
}

fn one(decision: &str) -> (Draft, Vec<Trouble>) {
    let record = paste(&format!("1.{decision}"));
    let [draft] = record.drafts.as_slice() else { panic!("{record:?}") };
    let troubles = record.problems.iter().map(|problem| problem.trouble.clone()).collect();
    (draft.clone(), troubles)
}

fn lead(decision: &str) -> Option<String> {
    one(decision).0.units.lead.map(|code| code.to_string())
}

fn docx(document: &str, numbering: Option<&str>) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [("word/document.xml", Some(document)), ("word/numbering.xml", numbering)];
    for (name, content) in parts {
        let Some(content) = content else { continue };
        writer.start_file(name, SimpleFileOptions::default()).expect("entry");
        writer.write_all(content.as_bytes()).expect("content");
    }
    writer.finish().expect("archive").into_inner()
}

fn body(paragraphs: &[&str]) -> String {
    let paragraphs: String = paragraphs.iter().map(|inner| format!("<w:p>{inner}</w:p>")).collect();
    format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{paragraphs}</w:body></w:document>"
    )
}

fn run(text: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

#[test]
fn a_record_becomes_a_tree_of_drafts_with_its_head() {
    let record = paste(RECORD);
    assert_eq!(record.head.session.as_deref(), Some("第18次常务会议"));
    assert_eq!(record.head.date, Some(date(2026, 9, 8)));
    assert_eq!(record.head.chair.as_deref(), Some("市长张某"));
    let tree: Vec<_> = record
        .drafts
        .iter()
        .map(|draft| (draft.row, draft.number.as_deref(), draft.parent_row, draft.title.as_str()))
        .collect();
    assert_eq!(
        tree,
        [
            (4, Some("一、"), None, "关于城市防汛工作"),
            (6, Some("（一）"), Some(4), "清理索河河道"),
            (7, Some("（二）"), Some(4), "加固堤防"),
            (8, Some("1."), Some(7), "制定方案，市水利局于9月30日前报市政府"),
            (9, Some("二、"), None, "关于道路修补工作"),
        ]
    );
    assert!(record.drafts[0].task.contains("会议听取了"), "what follows belongs to it");
}

#[test]
fn units_people_and_days_are_read_off_labels_and_prose() {
    let record = paste(RECORD);
    let [_, river, dykes, plan, roads] = record.drafts.as_slice() else { panic!("{record:?}") };
    let codes = |draft: &Draft| {
        let others: Vec<_> = draft.units.others.iter().map(|code| code.to_string()).collect();
        (draft.units.lead.as_ref().map(|code| code.to_string()), others.join(" "))
    };
    assert_eq!(codes(river), (Some("water".to_owned()), "roads yulong".to_owned()));
    let due = river.due.as_ref().expect("a deadline");
    assert_eq!((due.date, due.read_as), (date(2026, 10, 31), ReadAs::PeriodEndYearAdded));
    assert_eq!(codes(dykes), (Some("water".to_owned()), "housing".to_owned()));
    assert_eq!(dykes.person.as_deref(), Some("李某"));
    assert_eq!(dykes.due.as_ref().map(|due| due.date), Some(date(2026, 12, 31)));
    assert_eq!(plan.due.as_ref().map(|due| due.date), Some(date(2026, 9, 30)));
    assert_eq!(codes(roads), (Some("roads".to_owned()), "housing".to_owned()));
    assert_eq!((roads.class, roads.due.as_ref()), (Class::Continuing, None));
}

#[test]
fn preamble_and_closing_are_no_decisions_and_are_listed() {
    let others: Vec<_> =
        paste(RECORD).others.into_iter().map(|other| (other.row, other.taken_for)).collect();
    assert_eq!(
        others,
        [
            (1, Taken::Preamble),
            (2, Taken::Preamble),
            (3, Taken::Preamble),
            (10, Taken::Closing),
            (11, Taken::Closing),
            (12, Taken::Closing),
        ]
    );
}

#[test]
fn what_a_decision_does_not_say_is_left_empty_and_said() {
    let (draft, troubles) = one("加强宣传引导。");
    assert_eq!((draft.units.lead, draft.due), (None, None));
    assert_eq!(
        troubles,
        [Trouble::NotFound { field: Field::LeadUnit }, Trouble::NotFound { field: Field::Due },]
    );
    let record = paste("一、防汛\n（一）由水利局负责，2026年10月30日前完成\n");
    assert_eq!(record.problems, [], "a heading over others needs neither");
}

#[test]
fn prose_names_units_only_where_they_are_known() {
    assert_eq!(lead("由市水利局负责落实。").as_deref(), Some("water"));
    assert_eq!(lead("市水利局要会同各方，市交通运输局牵头推进。").as_deref(), Some("roads"));
    assert_eq!(lead("由水利局会同交通运输局具体负责。").as_deref(), Some("water"));
    assert_eq!(one("由水利局会同交通运输局负责。").0.units.others, [UnitCode::new("roads")]);
    assert_eq!(lead("由副市长王某负责。"), None);
    assert_eq!(lead("对群众高度负责。"), None);
    assert_eq!(lead("由于汛期将至，各级要认真负责。"), None);
}

#[test]
fn an_office_that_is_told_and_not_known_is_asked_about() {
    let (draft, troubles) = one("由市水务局牵头，2026年10月30日前完成。");
    assert_eq!(draft.units.lead, None);
    let [Trouble::UnitUnknown { written, nearest }, Trouble::NotFound { .. }] = troubles.as_slice()
    else {
        panic!("{troubles:?}");
    };
    assert_eq!(written, "市水务局");
    assert_eq!(nearest.first().map(String::as_str), Some("市水利局"));
}

#[test]
fn of_several_days_the_first_is_taken_and_the_others_said() {
    let (draft, troubles) = one("由水利局负责，2026年9月30日前报方案，2026年11月30日前完工。");
    assert_eq!(draft.due.map(|due| due.date), Some(date(2026, 9, 30)));
    let several = Trouble::SeveralDays {
        taken: "2026年9月30日".to_owned(),
        others: vec!["2026年11月30日".to_owned()],
    };
    assert_eq!(troubles, [several]);
}

#[test]
fn a_day_something_happened_on_is_no_deadline() {
    assert_eq!(one("会议听取了9月1日检查情况。").0.due, None);
}

#[test]
fn a_deadline_already_past_or_on_a_day_off_is_said() {
    let (_, troubles) = one("由水利局负责，2026年9月1日前完成。");
    assert_eq!(troubles, [Trouble::DuePast { date: date(2026, 9, 1) }]);
    let (_, troubles) = one("由水利局负责，2026年10月1日前完成。");
    let holiday = Some("国庆节".to_owned());
    assert_eq!(troubles, [Trouble::DueDayOff { date: date(2026, 10, 1), holiday }]);
}

#[test]
fn a_labelled_deadline_that_is_none_is_an_error() {
    let (_, troubles) = one("清淤（责任单位：水利局；完成时限：尽快）。");
    assert!(troubles.contains(&Trouble::DayUnreadable { written: "尽快".to_owned() }));
    let (_, troubles) = one("清淤（责任单位：水利局；完成时限：2026年2月30日）。");
    assert!(troubles.contains(&Trouble::NoSuchDay { written: "2026年2月30日".to_owned() }));
}

#[test]
fn days_without_a_year_are_counted_from_the_meeting() {
    let text = "会议纪要\n时间：2025年11月20日\n1.由水利局负责，12月31日前完成\n";
    let record = paste(text);
    assert_eq!(record.drafts[0].due.as_ref().map(|due| due.date), Some(date(2025, 12, 31)));
    assert!(record.problems.iter().any(|problem| problem.is_error()), "and that is past");
}

#[test]
fn a_marking_anywhere_stops_the_record() {
    let record = paste("机密★1年\n一、防汛\n");
    assert_eq!(record.marking(), Some("机密★1年"));
    assert_eq!(paste("一、保护商业秘密\n").marking(), None);
    let bare = Trouble::BareWord { word: "秘密".to_owned() };
    assert!(paste("一、秘密\n").problems_of(1).any(|problem| problem.trouble == bare));
}

#[test]
fn a_text_without_numbers_says_that_it_has_no_decision() {
    let record = paste("会议听取了汇报。\n会议强调，要抓好落实。\n");
    assert_eq!(record.drafts, []);
    assert_eq!(record.problems[0].trouble, Trouble::NoDecision);
}

#[test]
fn a_decision_that_is_too_long_is_an_error() {
    let (_, troubles) = one(&"长".repeat(2001));
    let too_long = Trouble::TooLong { field: Field::Task, limit: 2000, found: 2001 };
    assert!(troubles.contains(&too_long));
}

#[test]
fn more_decisions_than_the_limit_are_refused() {
    let text = "1.清淤\n".repeat(meeting_record::MAX_DECISIONS + 1);
    let read = against(|against| meeting_record::read_pasted(&text, against));
    let limit = meeting_record::MAX_DECISIONS;
    assert_eq!(read, Err(RecordFault::TooManyDecisions { limit }));
}

#[test]
fn a_word_document_reads_like_its_text() {
    let lines: Vec<String> = RECORD.lines().map(run).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let record = try_read(&docx(&body(&lines), None)).expect("a record");
    assert_eq!(record, paste(RECORD));
}

#[test]
fn runs_entities_breaks_and_what_was_deleted_are_read_as_word_shows_them() {
    let paragraph = "<w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>1.</w:t></w:r>\
                     <w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom>\
                     <w:r><w:t>A&amp;B&#x7532;</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r>";
    let record = try_read(&docx(&body(&[paragraph]), None)).expect("a record");
    assert_eq!(record.drafts[0].task, "A&B甲\n乙\t丙");
}

#[test]
fn numbers_the_word_processor_writes_itself_are_made_again() {
    let numbering = "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"3\">\
         <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1、\"/></w:lvl>\
         <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"upperRoman\"/><w:lvlText w:val=\"%2.\"/></w:lvl>\
         </w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"3\"/></w:num></w:numbering>";
    let listed = |level: u8, text: &str| {
        format!(
            "<w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>{}",
            run(text)
        )
    };
    let paragraphs = [listed(0, "清淤"), listed(0, "护岸"), listed(1, "测量")];
    let paragraphs: Vec<&str> = paragraphs.iter().map(String::as_str).collect();
    let record = try_read(&docx(&body(&paragraphs), Some(numbering))).expect("a record");
    let numbers: Vec<_> = record.drafts.iter().map(|draft| draft.number.as_deref()).collect();
    assert_eq!(numbers, [Some("一、"), Some("二、")]);
    let lost = record.problems_of(3).next().map(|problem| &problem.trouble);
    assert_eq!(lost, Some(&Trouble::AutoNumbered));
}

#[test]
fn what_is_no_record_is_refused() {
    assert_eq!(try_read(b""), Err(RecordFault::Empty));
    assert_eq!(try_read(b" \n"), Err(RecordFault::Empty));
    assert_eq!(try_read(&[0xd0, 0xcf, 0x11, 0xe0, 1]), Err(RecordFault::OldWord));
    assert_eq!(try_read(&[0x89, b'P', b'N', b'G', 0]), Err(RecordFault::NotARecord));
    assert!(matches!(try_read(b"PK\x03\x04 no archive"), Err(RecordFault::Unreadable(_))));
    let other = {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("xl/workbook.xml", SimpleFileOptions::default()).expect("entry");
        writer.finish().expect("archive").into_inner()
    };
    assert_eq!(try_read(&other), Err(RecordFault::NotARecord));
}

#[test]
fn a_document_that_unpacks_to_too_much_is_refused() {
    let bomb = docx(&body(&[&run(&"0".repeat(17 << 20))]), None);
    assert!(bomb.len() < 1 << 20);
    assert!(matches!(try_read(&bomb), Err(RecordFault::UnpacksTooBig { .. })));
    let text = docx(&body(&[&run(&"0".repeat(3 << 20))]), None);
    assert!(matches!(try_read(&text), Err(RecordFault::TooBig { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = try_read(&bytes);
        let mut archive = b"PK\x03\x04".to_vec();
        archive.extend_from_slice(&bytes);
        prop_assert!(try_read(&archive).is_err());
    }

    #[test]
    fn any_document_is_read_or_refused(xml in "[<>/wpPrtnumIlvbdeFac:=\"&#;一、（）0-9 ]{0,200}") {
        let _ = try_read(&docx(&xml, Some(&xml)));
        let _ = try_read(&docx(&body(&[&xml]), None));
    }

    #[test]
    fn every_line_is_a_draft_part_of_one_or_listed(
        lines in prop::collection::vec("[一二1（）()、.出席：由水利局牵头负责配合10月底前，。；责任单位时限]{1,30}", 1..12),
    ) {
        let text = lines.join("\n");
        let record = paste(&text);
        let kept: usize = record.drafts.iter().map(|draft| draft.task.lines().count().max(1)).sum();
        prop_assert_eq!(kept + record.others.len(), lines.len());
        for draft in &record.drafts {
            prop_assert!(draft.parent_row.is_none_or(|parent| parent < draft.row));
        }
    }
}
