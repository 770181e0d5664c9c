//! Imports from end to end, with the maps that ship.

#![expect(clippy::expect_used, reason = "a fixture that cannot be made is a failed test")]

use std::convert::Infallible;
use std::io::Cursor;

use bihuan_documents::import_map::{Doubt, ImportMap, ImportedRecord};
use bihuan_documents::import_run::{Counts, ImportRun, Landed, Report, RunFault};
use bihuan_documents::table_in::{Row, RowFault, RowTrouble, Rows};
use bihuan_domain::playbook::model::Text;

const MAP: &str = r#"
origin = "o"
time_zone = "Asia/Shanghai"
dates = ["%Y-%m-%d"]
[columns]
id = "id"
opened = "opened"
words = "words"
"#;

fn map(text: &str) -> ImportMap {
    ImportMap::parse(text).expect("a good map")
}

fn rows(map: &ImportMap, table: impl AsRef<[u8]>) -> Rows {
    let rows = Rows::open(Cursor::new(table.as_ref().to_vec()), &map.table).expect("a table");
    map.check(rows.columns()).expect("every column");
    rows
}

fn all_written(batch: &[ImportedRecord]) -> Result<Vec<Landed>, Infallible> {
    Ok(vec![Landed::Written; batch.len()])
}

fn run(map: &ImportMap, table: impl AsRef<[u8]>) -> Report<Vec<u8>> {
    let run = ImportRun::new(map, Vec::new());
    run.drive(rows(map, table), all_written, |_| {}).expect("a finished run")
}

/// Rows of the list after its names: row, id, column, value, code, two reasons.
fn rejected(report: &Report<Vec<u8>>) -> Vec<Vec<String>> {
    if report.rejected_rows.is_empty() {
        return Vec::new();
    }
    let rows = Rows::open(Cursor::new(report.rejected_rows.clone()), &Default::default());
    rows.expect("a table")
        .map(|row: Result<Row, RowFault>| row.expect("whole").cells().to_vec())
        .collect()
}

#[test]
fn every_row_is_written_already_there_or_rejected() {
    let table = "id,opened,words\n\
        1,2026-01-01,a\n\
        2,2026-02-30,b\n\
        1,2026-01-01,a\n\
        3,2026-01-03\n\
        1,2026-01-01,other\n\
        ,2026-01-01,c\n\
        4,2026-01-04,d\n";
    let report = run(&map(MAP), table);
    let expected = Counts { read: 7, written: 2, already_there: 1, rejected: 4 };
    assert_eq!(report.counts, expected);
    let list = rejected(&report);
    let found: Vec<_> =
        list.iter().map(|row| (row[0].as_str(), row[2].as_str(), row[4].as_str())).collect();
    let expected = [
        ("3", "opened", "no-such-day"),
        ("5", "", "row-ragged"),
        ("6", "id", "repeated-with-other-content"),
        ("7", "id", "id-missing"),
    ];
    assert_eq!(found, expected);
    assert!(list[2][5].contains("第 2 行") && list[2][6].contains("row 2"), "both rows");
}

#[test]
fn a_clean_file_leaves_no_list_of_rejections() {
    let report = run(&map(MAP), "id,opened,words\n1,2026-01-01,a\n");
    assert_eq!(report.rejected_rows, b"");
}

#[test]
fn what_the_sink_says_is_counted() {
    let map = map(MAP);
    let table = "id,opened,words\n1,2026-01-01,\n2,2026-01-01,\n3,2026-01-01,\n4,2026-01-01,\n";
    let sentence = Text { zh: "单位不存在。".to_owned(), en: "No such unit.".to_owned() };
    let answers = vec![
        Landed::Written,
        Landed::AlreadyThere,
        Landed::OtherContent,
        Landed::Refused { code: "unknown-unit", sentence },
    ];
    let run = ImportRun::new(&map, Vec::new());
    let report = run
        .drive(rows(&map, table), |_| Ok::<_, Infallible>(answers.clone()), |_| {})
        .expect("a finished run");
    assert_eq!(report.counts, Counts { read: 4, written: 1, already_there: 1, rejected: 2 });
    let codes: Vec<_> = rejected(&report).into_iter().map(|row| row[4].clone()).collect();
    assert_eq!(codes, ["already-there-with-other-content", "unknown-unit"]);
}

#[test]
fn records_come_in_batches_and_progress_is_told_after_each() {
    let map = map(MAP);
    let mut table = String::from("id,opened,words\n");
    for id in 0..1_201 {
        table.push_str(&format!("{id},2026-01-01,a\n"));
    }
    let mut sizes = Vec::new();
    let mut seen = Vec::new();
    let sink = |batch: &[ImportedRecord]| {
        sizes.push(batch.len());
        all_written(batch)
    };
    let run = ImportRun::new(&map, Vec::new());
    run.drive(rows(&map, table), sink, |counts| seen.push(counts.written)).expect("finished");
    assert_eq!(sizes, [500, 500, 201]);
    assert_eq!(seen, [500, 1_000, 1_201]);
}

#[test]
fn a_sink_that_fails_or_answers_short_stops_the_run() {
    let map = map(MAP);
    let table = "id,opened,words\n1,2026-01-01,\n";
    let run = ImportRun::new(&map, Vec::new());
    let fault = run.drive(rows(&map, table), |_| Err(std::fmt::Error), |_| {}).err();
    assert!(matches!(fault, Some(RunFault::Sink(_))));
    let run = ImportRun::new(&map, Vec::new());
    let fault = run.drive(rows(&map, table), |_| Ok::<_, Infallible>(vec![]), |_| {}).err();
    assert!(matches!(fault, Some(RunFault::WrongAnswers { records: 1, answers: 0 })));
}

#[test]
fn a_file_that_breaks_off_is_reported_as_broken() {
    let map = map(MAP);
    let broken = RowFault {
        row: 3,
        last_line: 3,
        trouble: RowTrouble::Unreadable("unexpected end".to_owned()),
    };
    let rows = rows(&map, "id,opened,words\n1,2026-01-01,\n").chain([Err(broken.clone())]);
    let run = ImportRun::new(&map, Vec::new());
    let report = run.drive(rows, all_written, |_| {}).expect("a finished run");
    assert_eq!(report.broken, Some(broken));
    assert_eq!(report.counts, Counts { read: 2, written: 1, already_there: 0, rejected: 1 });
}

#[test]
fn a_value_in_the_list_of_rejections_runs_nothing() {
    let report = run(&map(MAP), "id,opened,words\n=1+1,=cmd|' /C calc'!A0,a\n");
    let list = &rejected(&report)[0];
    assert_eq!((list[1].as_str(), list[3].as_str()), ("'=1+1", "'=cmd|' /C calc'!A0"));
}

#[test]
fn the_boston_map_agrees_with_the_citys_own_flag() {
    let map = map(include_str!("../../../maps/boston.toml"));
    let table = "\
CASE_ENQUIRY_ID,OPEN_DT,TARGET_DT,CLOSED_DT,OnTime_Status,CASE_STATUS,CLOSURE_REASON,CASE_TITLE,\
REASON,TYPE,QUEUE,Department,Location,neighborhood,ward,LATITUDE,LONGITUDE,Source
1,2015-01-01 00:20:09,2015-01-16 08:30:00,2015-01-02 16:17:43,ONTIME,Closed,,t,r,y,q,d,l,n,w,42.35,-71.06,s
2,2015-01-01 00:20:09,2015-01-16 08:30:00,2015-01-16 08:30:01,OVERDUE,Closed,,t,r,y,q,d,l,n,w,42.35,-71.06,s
3,2015-01-01 00:20:09,2015-01-16 08:30:00,2015-01-16 08:30:00,ONTIME,Closed,,t,r,y,q,d,l,n,w,42.35,-71.06,s
4,2015-01-01 00:20:09,2015-01-16 08:30:00,2015-01-02 16:17:43,OVERDUE,Closed,,t,r,y,q,d,l,n,w,42.35,-71.06,s
5,2015-01-01 00:20:09,2015-01-16 08:30:00,2015-01-02 16:17:43,,Closed,,t,r,y,q,d,l,n,w,,,s
6,2015-01-01 00:20:09,2015-01-16 08:30:00,,OVERDUE,Open,,t,r,y,q,d,l,n,w,42.35,-71.06,s
7,2015-01-03 00:20:09,,2015-01-02 16:17:43,ONTIME,Closed,,t,r,y,q,d,l,n,w,42.35,-71.06,s
";
    let report = run(&map, table);
    assert_eq!(report.counts, Counts { read: 7, written: 7, already_there: 0, rejected: 0 });
    let check = report.overdue;
    assert_eq!((check.closed_with_target, check.without_flag), (5, 1));
    assert_eq!((check.agreeing, check.disagreeing), (3, 1));
    assert_eq!(check.disagreeing_rows, [5], "only row 5 was flagged against its dates");
    assert_eq!(report.doubtful.len(), 1);
    assert_eq!((report.doubtful[0].row, report.doubtful[0].doubt), (8, Doubt::ClosedBeforeOpened));
}

#[test]
fn the_sample_of_st_louis_imports_without_a_row_lost() {
    let map = map(include_str!("../../../maps/stlouis.toml"));
    let report = run(&map, include_bytes!("../../../samples/stlouis_2018_01.csv"));
    let expected = Counts { read: 1_554, written: 1_532, already_there: 12, rejected: 10 };
    assert_eq!(report.counts, expected);
    assert!(rejected(&report).iter().all(|row| row[4] == "repeated-with-other-content"));
    let once: std::collections::BTreeSet<_> =
        rejected(&report).into_iter().map(|row| row[1].clone()).collect();
    assert_eq!(once.len(), 9);
}

#[test]
fn the_map_of_the_message_stream_leaves_out_who_wrote() {
    let map = map(include_str!("../../../maps/stream.toml"));
    let table = "留言编号,留言用户,留言主题,留言时间,留言详情,反对数,点赞数\n\
        1,某某,路灯,2019-02-28 11:25:05,\"\n\t\t路灯不亮\n\",0,3\n";
    let mut records = Vec::new();
    let sink = |batch: &[ImportedRecord]| {
        records.extend_from_slice(batch);
        all_written(batch)
    };
    let run = ImportRun::new(&map, Vec::new());
    run.drive(rows(&map, table), sink, |_| {}).expect("a finished run");
    assert_eq!(records[0].words.as_deref(), Some("路灯\n路灯不亮"));
    assert!(!format!("{:?}", records[0]).contains("某某"));
}
