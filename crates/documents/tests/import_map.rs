//! Maps and what they make of a row.

#![expect(clippy::expect_used, reason = "a fixture that cannot be made is a failed test")]

use std::io::Cursor;

use bihuan_documents::import_map::{Doubt, ImportMap, ImportedRecord, Rejection, Why};
use bihuan_documents::table_in::{Hint, Rows};
use bihuan_domain::ids::{ItemCode, UnitCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::place::Position;
use jiff::civil::datetime;

const MAP: &str = r#"
origin = "hotline"
time_zone = "Asia/Shanghai"
dates = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d"]
nothing = ["NA"]
extra = ["渠道"]

[columns]
id = "编号"
opened = "受理时间"
due = "到期"
closed = ["办结时间", "取消时间"]
class = "类别"
unit = "单位"
words = ["标题", "内容"]
address = "地址"

[position]
latitude = "纬度"
longitude = "经度"

[overdue]
column = "超期"
yes = ["是", "1"]
no = ["否", "0"]

[units]
"城管局" = "0312"

[items]
"路灯不亮" = "A-07"
"#;

const NAMES: [&str; 14] = [
    "编号",
    "受理时间",
    "到期",
    "办结时间",
    "取消时间",
    "类别",
    "单位",
    "标题",
    "内容",
    "地址",
    "纬度",
    "经度",
    "超期",
    "渠道",
];
const GOOD: [&str; 14] = [
    "17",
    "2026-03-02 09:00:00",
    "2026-03-05",
    "NA",
    "2026-03-04 10:30:00",
    "路灯不亮",
    "城管局",
    "灯不亮",
    "三天了",
    "索河路",
    "34.787301",
    "113.3915",
    "否",
    "电话",
];

fn map() -> ImportMap {
    ImportMap::parse(MAP).expect("a good map")
}

/// The good row with some cells changed, read through the map.
fn read(changes: &[(&str, &str)]) -> Result<ImportedRecord, Vec<Rejection>> {
    let mut cells = GOOD;
    for (name, value) in changes {
        let at = NAMES.iter().position(|column| column == name).expect("a column");
        cells[at] = value;
    }
    let text = format!("{}\n{}\n", NAMES.join(","), cells.join(","));
    let mut rows = Rows::open(Cursor::new(text.into_bytes()), &Hint::default()).expect("a table");
    let map = map();
    map.check(rows.columns()).expect("every column");
    map.row(&rows.next().expect("a row").expect("a whole row"))
}

fn reasons(changes: &[(&str, &str)]) -> Vec<(String, Why)> {
    let rejections = read(changes).expect_err("rejected");
    rejections.into_iter().map(|r| (r.column.unwrap_or_default(), r.why)).collect()
}

fn beijing(day: i8, hour: i8, minute: i8) -> Instant {
    Instant::from_civil(datetime(2026, 3, day, hour, minute, 0, 0))
}

#[test]
fn a_row_becomes_a_record_of_what_the_other_system_said() {
    let record = read(&[]).expect("a record");
    assert_eq!(record.row, 2);
    assert_eq!((record.origin.as_str(), record.origin_id.as_str()), ("hotline", "17"));
    assert_eq!(record.opened_at, beijing(2, 9, 0));
    assert_eq!(record.due_at, Some(Instant::from_civil(datetime(2026, 3, 5, 23, 59, 59, 0))));
    assert_eq!(record.closed_at, Some(beijing(4, 10, 30)), "the second column, as NA is nothing");
    assert_eq!(record.unit, Some(UnitCode::new("0312")));
    assert_eq!(record.item, Some(ItemCode::new("A-07")));
    assert_eq!(record.words.as_deref(), Some("灯不亮\n三天了"));
    let position = Position { lat_e6: 34_787_301, lon_e6: 113_391_500 };
    assert_eq!(record.position, Some(position));
    assert_eq!(record.extra.get("渠道").map(String::as_str), Some("电话"));
    assert_eq!(record.overdue_as_given, Some(false));
    assert_eq!(record.closed_late(), Some(false));
    assert_eq!(record.doubts, []);
}

#[test]
fn a_word_the_map_does_not_know_stays_as_given() {
    let record = read(&[("单位", "园林处"), ("类别", "树倒了")]).expect("a record");
    assert_eq!(record.unit_as_given.as_deref(), Some("园林处"));
    assert_eq!((record.unit, record.item), (None, None));
}

#[test]
fn without_an_id_or_an_opening_there_is_no_record() {
    assert_eq!(reasons(&[("编号", " ")]), [("编号".to_owned(), Why::IdMissing)]);
    assert_eq!(reasons(&[("受理时间", "NA")]), [("受理时间".to_owned(), Why::OpenedMissing)]);
}

#[test]
fn every_fault_of_a_row_is_named_at_once() {
    let found = reasons(&[("受理时间", "2026-02-30 09:00:00"), ("到期", "下周"), ("超期", "也许")]);
    let expected = [
        ("受理时间".to_owned(), Why::NoSuchDay),
        ("到期".to_owned(), Why::DateForm),
        ("超期".to_owned(), Why::UnknownFlag),
    ];
    assert_eq!(found, expected);
}

#[test]
fn impossible_positions_are_rejected() {
    assert_eq!(reasons(&[("纬度", "")]), [("纬度".to_owned(), Why::HalfAPosition)]);
    assert_eq!(reasons(&[("经度", "")]), [("经度".to_owned(), Why::HalfAPosition)]);
    assert_eq!(reasons(&[("纬度", "北")]), [("纬度".to_owned(), Why::NotANumber)]);
    assert_eq!(reasons(&[("纬度", "NaN")]), [("纬度".to_owned(), Why::NotANumber)]);
    assert_eq!(reasons(&[("纬度", "875854.877")]), [("纬度".to_owned(), Why::PositionOutOfRange)]);
    assert_eq!(read(&[("纬度", ""), ("经度", "NA")]).expect("a record").position, None);
}

#[test]
fn closing_before_opening_is_taken_and_doubted() {
    let record = read(&[("取消时间", "2026-03-01 08:00:00")]).expect("a record");
    assert_eq!(record.doubts, [Doubt::ClosedBeforeOpened]);
    let record = read(&[("到期", "2026-03-01")]).expect("a record");
    assert_eq!(record.doubts, [Doubt::DueBeforeOpened]);
}

#[test]
fn a_rejection_shows_only_the_beginning_of_a_long_value() {
    let long = "很".repeat(300);
    let rejections = read(&[("到期", &long)]).expect_err("rejected");
    assert_eq!(rejections[0].value, format!("{}…", "很".repeat(40)));
    assert_eq!(rejections[0].row, 2);
}

#[test]
fn records_that_say_the_same_have_the_same_digest_whatever_their_rows() {
    let record = read(&[]).expect("a record");
    let mut moved = record.clone();
    moved.row = 99;
    assert_eq!(record.digest(), moved.digest());
    let other = read(&[("渠道", "网络")]).expect("a record");
    assert_ne!(record.digest(), other.digest());
}

#[test]
fn a_table_without_a_named_column_or_with_it_twice_is_refused_with_the_maps_lines() {
    let rows = Rows::open(Cursor::new("编号,编号,受理时间\n".to_owned()), &Hint::default());
    let faults = map().check(rows.expect("a table").columns()).expect_err("faults");
    assert_eq!((faults[0].line, faults[0].code), (9, "map-column-repeats"));
    assert_eq!((faults[1].line, faults[1].code), (11, "map-column-missing"));
    assert!(faults[1].sentence.en.contains("到期"));
}

#[test]
fn every_fault_of_a_map_is_found_at_once_with_its_line() {
    let text = r#"origin = 7
time_zone = "Mars/Olympus"
dates = ["YYYY-MM-DD", "%Y-%Q"]
clock_change = "sometimes"
colour = "red"

[table]
delimiter = "|"
header_row = 0

[columns]
opened = ["a", 3]
closde = "b"

[position]
latitude = "y"

[overdue]
column = "c"
yes = ["x"]
no = ["x"]
"#;
    let faults = ImportMap::parse(text).expect_err("faults");
    let found: Vec<_> = faults.iter().map(|fault| (fault.line, fault.code)).collect();
    let expected = [
        (1, "map-wrong-kind"),
        (2, "map-time-zone"),
        (3, "map-date-form"),
        (3, "map-date-form"),
        (4, "map-choice"),
        (5, "map-unknown-key"),
        (8, "map-choice"),
        (9, "map-wrong-kind"),
        (11, "map-missing"),
        (12, "map-wrong-kind"),
        (13, "map-unknown-key"),
        (15, "map-missing"),
        (18, "map-overdue-both"),
    ];
    assert_eq!(found, expected);
    assert!(faults.iter().all(|fault| !fault.sentence.zh.is_empty()));
}

#[test]
fn a_map_that_is_no_toml_says_where() {
    let faults = ImportMap::parse("origin = \"a\"\ntime_zone = \n").expect_err("faults");
    assert_eq!((faults.len(), faults[0].line, faults[0].code), (1, 2, "map-toml"));
}
