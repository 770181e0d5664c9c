//! Ledgers as files, read back with other people's readers.

#![expect(clippy::expect_used, reason = "a fixture that cannot be made is a failed test")]

use std::io::Cursor;

use bihuan_documents::table_out::{Cell, Column, Format, Kind, OutFault, Sheet, TableOut, write};
use bihuan_domain::clock::Lamp;
use calamine::{Data, Reader, Xlsx};
use jiff::civil::{date, datetime};

fn sheet() -> Sheet {
    let column = |key: &str, title: &str, kind| Column {
        key: key.to_owned(),
        title: title.to_owned(),
        kind,
    };
    Sheet {
        title: "荥阳市/网格事项[台账]".to_owned(),
        columns: vec![
            column("number", "编号", Kind::Word),
            column("words", "内容", Kind::Text),
            column("due_on", "到期日", Kind::Date),
            column("closed_at", "办结时间", Kind::DateTime),
            column("returns", "退回次数", Kind::Integer),
            column("lamp", "灯", Kind::Lamp),
        ],
        made_at: datetime(2026, 9, 21, 9, 30, 0, 0),
    }
}

fn rows() -> Vec<Vec<Cell>> {
    vec![
        vec![
            Cell::Text("XY-220921-0316".to_owned()),
            Cell::Text("=HYPERLINK(\"http://x\",\"路灯\")".to_owned()),
            Cell::Date(date(2026, 10, 8)),
            Cell::DateTime(datetime(2026, 10, 9, 17, 30, 5, 0)),
            Cell::Integer(-3),
            Cell::Lamp { lamp: Lamp::Overdue, word: "超期".to_owned() },
        ],
        vec![
            Cell::Text("XY-2".to_owned()),
            Cell::Text("带\u{0}控制\u{1b}字符,\"引号\"\r\n换行".to_owned()),
            Cell::Empty,
            Cell::Empty,
            Cell::Integer(i64::MAX),
            Cell::Lamp { lamp: Lamp::OnTrack, word: "正常".to_owned() },
        ],
    ]
}

fn written(format: Format) -> Vec<u8> {
    write(format, &sheet(), rows(), Cursor::new(Vec::new())).expect("written").into_inner()
}

fn workbook() -> Xlsx<Cursor<Vec<u8>>> {
    calamine::open_workbook_from_rs(Cursor::new(written(Format::Xlsx))).expect("a workbook")
}

fn part(name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(written(Format::Xlsx))).expect("archive");
    std::io::read_to_string(archive.by_name(name).expect("part")).expect("text")
}

#[test]
fn csv_opens_in_excel_and_runs_nothing() {
    let text = String::from_utf8(written(Format::Csv)).expect("UTF-8");
    let expected = "\u{feff}编号,内容,到期日,办结时间,退回次数,灯\r\n\
        XY-220921-0316,\"'=HYPERLINK(\"\"http://x\"\",\"\"路灯\"\")\",2026-10-08,\
        2026-10-09 17:30:05,-3,超期\r\n\
        XY-2,\"带控制字符,\"\"引号\"\"\n换行\",,,9223372036854775807,正常\r\n";
    assert_eq!(text, expected);
}

#[test]
fn json_lines_keep_kinds_and_keys() {
    let text = String::from_utf8(written(Format::Jsonl)).expect("UTF-8");
    let first = text.lines().next().expect("a line");
    assert_eq!(
        first,
        "{\"number\":\"XY-220921-0316\",\"words\":\"=HYPERLINK(\\\"http://x\\\",\\\"路灯\\\")\",\
         \"due_on\":\"2026-10-08\",\"closed_at\":\"2026-10-09T17:30:05\",\"returns\":-3,\
         \"lamp\":\"overdue\"}"
    );
    assert_eq!(text.lines().count(), 2);
}

#[test]
fn a_workbook_holds_dates_as_dates_and_numbers_as_numbers() {
    let range = workbook().worksheet_range_at(0).expect("a sheet").expect("cells");
    assert_eq!(range.get((0, 3)), Some(&Data::String("办结时间".to_owned())));
    let Some(Data::DateTime(due)) = range.get((1, 2)) else { panic!("not a date") };
    assert_eq!(due.to_ymd_hms_milli(), (2026, 10, 8, 0, 0, 0, 0));
    let Some(Data::DateTime(closed)) = range.get((1, 3)) else { panic!("not a moment") };
    assert_eq!(closed.to_ymd_hms_milli(), (2026, 10, 9, 17, 30, 5, 0));
    assert_eq!(range.get((1, 4)), Some(&Data::Float(-3.0)));
    assert_eq!(range.get((2, 4)), Some(&Data::String(i64::MAX.to_string())));
    assert_eq!(range.get((2, 1)), Some(&Data::String("带控制字符,\"引号\"\n换行".to_owned())));
}

#[test]
fn text_in_a_workbook_never_becomes_a_formula() {
    let formulas = workbook().worksheet_formula("荥阳市网格事项台账").expect("formulas");
    assert_eq!(formulas.cells().filter(|(_, _, formula)| !formula.is_empty()).count(), 0);
    let range = workbook().worksheet_range_at(0).expect("a sheet").expect("cells");
    let Some(Data::String(text)) = range.get((1, 1)) else { panic!("not text") };
    assert!(text.starts_with("=HYPERLINK"));
}

#[test]
fn a_workbook_is_ready_to_be_read_and_printed() {
    let xml = part("xl/worksheets/sheet1.xml");
    for expected in [
        "<pane ySplit=\"1\"",
        "state=\"frozen\"",
        "<autoFilter ref=\"A1:F3\"",
        "orientation=\"landscape\"",
        "paperSize=\"9\"",
        "fitToHeight=\"0\"",
        "<cols>",
    ] {
        assert!(xml.contains(expected), "{expected}");
    }
    assert!(part("xl/workbook.xml").contains("$1:$1"), "the head repeats");
    assert!(part("docProps/core.xml").contains("2026-09-21T09:30:00Z"));
}

#[test]
fn a_ledger_too_wide_for_a4_prints_on_a3() {
    let mut sheet = sheet();
    let wide = sheet.columns.clone().into_iter().cycle().take(30).collect();
    sheet.columns = wide;
    let bytes = write(Format::Xlsx, &sheet, [], Cursor::new(Vec::new())).expect("written");
    let mut archive = zip::ZipArchive::new(bytes).expect("archive");
    let page = archive.by_name("xl/worksheets/sheet1.xml").expect("part");
    let xml = std::io::read_to_string(page).expect("text");
    assert!(xml.contains("paperSize=\"8\""), "{xml}");
}

#[test]
fn a_text_longer_than_a_cell_is_cut_where_a_person_sees_it() {
    let mut sheet = sheet();
    sheet.columns.truncate(1);
    let long = vec![Cell::Text("𠮷".repeat(20_000))];
    let bytes = write(Format::Xlsx, &sheet, [long], Cursor::new(Vec::new())).expect("written");
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(bytes).expect("a workbook");
    let range = workbook.worksheet_range_at(0).expect("a sheet").expect("cells");
    let Some(Data::String(text)) = range.get((1, 0)) else { panic!("not text") };
    assert!(text.ends_with('…'));
    assert!(text.encode_utf16().count() <= 32_767);
}

#[test]
fn a_row_of_another_width_is_refused_in_every_format() {
    for format in [Format::Csv, Format::Jsonl, Format::Xlsx] {
        let mut out = TableOut::start(format, &sheet(), Cursor::new(Vec::new())).expect("started");
        let fault = out.row(&[Cell::Empty]).expect_err("one cell");
        assert!(matches!(fault, OutFault::WrongWidth { expected: 6, found: 1 }), "{format:?}");
    }
}

#[test]
fn an_empty_ledger_is_a_file_with_its_names() {
    for format in [Format::Csv, Format::Jsonl, Format::Xlsx] {
        let bytes = write(format, &sheet(), [], Cursor::new(Vec::new())).expect("written");
        assert_eq!(bytes.into_inner().is_empty(), format == Format::Jsonl, "{format:?}");
    }
}
