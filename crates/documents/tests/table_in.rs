//! Tables as offices send them, good and bad.

#![expect(clippy::expect_used, reason = "a fixture that cannot be made is a failed test")]

use std::io::{Cursor, Read, Write};

use bihuan_documents::table_in::{Encoding, Hint, OpenFault, Row, RowFault, RowTrouble, Rows};
use flate2::Compression;
use flate2::write::GzEncoder;
use rust_xlsxwriter::{Format, Workbook};

fn open_with(bytes: impl AsRef<[u8]>, hint: &Hint) -> Result<Rows, OpenFault> {
    Rows::open(Cursor::new(bytes.as_ref().to_vec()), hint)
}

fn open(bytes: impl AsRef<[u8]>) -> Rows {
    open_with(bytes, &Hint::default()).expect("a table")
}

fn refusal(bytes: impl AsRef<[u8]>) -> OpenFault {
    open_with(bytes, &Hint::default()).err().expect("no table")
}

fn cells(bytes: impl AsRef<[u8]>) -> Vec<Vec<String>> {
    open(bytes).map(|row| row.expect("a whole row").cells().to_vec()).collect()
}

fn results(bytes: impl AsRef<[u8]>) -> Vec<Result<Row, RowFault>> {
    open(bytes).collect()
}

fn gb18030(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("gzip");
    encoder.finish().expect("gzip")
}

fn xlsx(build: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    build(workbook.add_worksheet());
    workbook.save_to_buffer().expect("workbook")
}

#[test]
fn the_same_table_reads_alike_in_every_encoding_and_wrapping() {
    let text = "编号,内容\n1,路灯不亮\n2,井盖缺失\n";
    let expected = vec![vec!["1", "路灯不亮"], vec!["2", "井盖缺失"]];
    assert_eq!(cells(text), expected, "UTF-8");
    assert_eq!(cells(format!("\u{feff}{text}")), expected, "UTF-8 with BOM");
    assert_eq!(cells(gb18030(text)), expected, "GB 18030");
    assert_eq!(cells(gzip(text.as_bytes())), expected, "gzip");
    assert_eq!(cells(gzip(&gb18030(text))), expected, "GB 18030 in gzip");
    assert_eq!(cells(text.replace('\n', "\r\n")), expected, "CR LF");
    assert_eq!(cells(text.replace('\n', "\r")), expected, "CR");
    assert_eq!(cells(text.trim_end()), expected, "no line break at the end");
}

#[test]
fn a_byte_order_mark_is_not_part_of_the_first_name() {
    assert_eq!(open("\u{feff}id,words\n1,a\n").columns().names(), ["id", "words"]);
    assert_eq!(open("\u{feff}\"id\",words\n1,a\n").columns().names(), ["id", "words"]);
}

#[test]
fn characters_only_gb_18030_has_survive() {
    let text = "编号,姓名\n1,𠮷野㐂\n";
    assert_eq!(cells(gb18030(text)), [["1", "𠮷野㐂"]]);
}

#[test]
fn a_long_plain_beginning_does_not_decide_the_encoding() {
    let mut bytes = b"id,words\n".to_vec();
    for _ in 0..40_000 {
        bytes.extend_from_slice(b"1,plain text\n");
    }
    bytes.extend_from_slice(&gb18030("2,路灯不亮\n"));
    let last = open(bytes).last().expect("rows").expect("a whole row");
    assert_eq!(last.get("words"), Some("路灯不亮"));
}

#[test]
fn one_damaged_line_is_one_fault() {
    let mut bytes = "编号,内容\n1,路灯不亮\n2,".as_bytes().to_vec();
    bytes.extend_from_slice(&[0xe8, 0xb7, 0x0a]);
    bytes.extend_from_slice("3,井盖缺失\n".as_bytes());
    let rows = results(bytes);
    assert_eq!(rows.len(), 3);
    let fault = rows[1].as_ref().expect_err("damaged");
    assert_eq!((fault.row, &fault.trouble), (3, &RowTrouble::Encoding { cell: 2 }));
    assert_eq!(rows[2].as_ref().expect("whole").get("内容"), Some("井盖缺失"));
}

#[test]
fn a_hint_settles_a_text_that_is_valid_in_both_encodings() {
    let bytes = gb18030("名称\n联通\n");
    let hint = Hint { encoding: Some(Encoding::Gb18030), ..Hint::default() };
    let rows: Vec<_> = open_with(&bytes, &hint).expect("a table").collect();
    assert_eq!(rows[0].as_ref().expect("whole").get("名称"), Some("联通"));
}

#[test]
fn utf_16_is_refused_with_what_to_do() {
    let fault = refusal([0xff, 0xfe, b'i', 0, b'd', 0]);
    assert_eq!(fault, OpenFault::Utf16);
    assert!(fault.sentence().en.contains("CSV UTF-8"));
}

#[test]
fn commas_semicolons_and_tabs_are_told_apart_by_the_header() {
    for delimiter in [",", ";", "\t"] {
        let text =
            format!("id{delimiter}\"a,b;c,d;e,f\"{delimiter}words\n1{delimiter}2{delimiter}3\n");
        assert_eq!(cells(text), [["1", "2", "3"]], "{delimiter:?}");
    }
}

#[test]
fn quoted_cells_keep_delimiters_quotation_marks_and_line_breaks() {
    let rows = cells("id,words\r\n1,\"a, \"\"b\"\"\r\nc\"\r\n");
    assert_eq!(rows, [["1", "a, \"b\"\nc"]]);
}

#[test]
fn a_row_is_numbered_by_the_line_it_begins_on() {
    for line_break in ["\n", "\r\n", "\r"] {
        let text = "id,words\n1,\"two\nlines\"\n\n\n2,b\n,\n3,c".replace('\n', line_break);
        let numbers: Vec<_> =
            results(text).into_iter().map(|row| row.expect("whole").number).collect();
        assert_eq!(numbers, [2, 6, 8], "{line_break:?}");
    }
}

#[test]
fn ragged_rows_are_reported_and_the_others_read() {
    let rows = results("a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,,\n");
    assert_eq!(rows.len(), 4);
    let faults: Vec<_> = rows.iter().filter_map(|row| row.as_ref().err()).collect();
    assert_eq!(faults[0].row, 3);
    assert_eq!(faults[0].trouble, RowTrouble::Ragged { expected: 3, found: 2 });
    assert_eq!(faults[1].row, 4);
    assert_eq!(faults[1].trouble, RowTrouble::Ragged { expected: 3, found: 4 });
    assert_eq!(faults.len(), 2, "empty cells past the end are nothing");
}

#[test]
fn a_quotation_mark_never_closed_says_which_lines_it_swallowed() {
    let rows = results("a,b\n1,2\n2,\"open\n3,4\n5,6\n");
    let fault = rows[1].as_ref().expect_err("two cells, but the rest is inside one");
    assert_eq!((fault.row, fault.last_line, &fault.trouble), (3, 5, &RowTrouble::Unclosed));
    let rows = results("a,b\n1,2\n2,\"closed\n\"\n");
    assert!(rows[1].is_ok());
    let rows = results("a,b\n\"1,2\n\",3,4\n");
    let fault = rows[0].as_ref().expect_err("three cells");
    assert_eq!((fault.row, fault.last_line), (2, 3));
    assert!(fault.sentence().en.contains("quotation mark"));
}

#[test]
fn a_row_that_does_not_end_stops_the_reading_instead_of_filling_memory() {
    let endless = Cursor::new(b"a,b\n1,2\n3,\"".to_vec()).chain(std::io::repeat(b'x'));
    let mut rows = Rows::open(endless, &Hint::default()).expect("a table");
    assert!(rows.next().expect("a row").is_ok());
    let fault = rows.next().expect("a fault").expect_err("endless");
    assert!(matches!(fault.trouble, RowTrouble::TooLong { .. }));
    assert!(fault.is_last());
    assert!(rows.next().is_none());
}

#[test]
fn a_cut_off_gzip_file_says_so_after_the_rows_it_holds() {
    let mut text = String::from("id,words\n");
    for number in 0..60_000 {
        text.push_str(&format!("{number},{}\n", number * 7919 % 10_007));
    }
    let whole = gzip(text.as_bytes());
    let rows = results(&whole[..whole.len() - 2000]);
    let fault = rows.last().expect("rows").as_ref().expect_err("cut off");
    assert!(fault.is_last());
    assert!(rows.len() > 1000);
}

#[test]
fn what_is_no_table_is_refused() {
    assert_eq!(refusal(""), OpenFault::Empty);
    assert_eq!(refusal("\n\n,,\n"), OpenFault::NoHeader);
    assert_eq!(refusal([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), OpenFault::OldExcel);
    assert_eq!(refusal([0x89, b'P', b'N', b'G', 0, 0]), OpenFault::NotATable);
    assert!(matches!(refusal(b"PK\x03\x04 and no archive"), OpenFault::Unreadable(_)));
}

#[test]
fn a_title_above_the_names_is_skipped_when_the_map_says_so() {
    let hint = Hint { header_row: Some(2), ..Hint::default() };
    let rows = open_with("某县台账;;,,,\nid,words\n1,a\n", &hint).expect("a table");
    assert_eq!(rows.columns().names(), ["id", "words"]);
    assert_eq!(rows.count(), 1);
}

#[test]
fn a_workbook_reads_as_rows_of_text() {
    let bytes = xlsx(|sheet| {
        sheet.write(0, 0, "编号").expect("cell");
        sheet.write(0, 1, "时间").expect("cell");
        sheet.write(0, 2, "数量").expect("cell");
        let date = Format::new().set_num_format("yyyy-mm-dd hh:mm");
        sheet.write(1, 0, 1_049_265).expect("cell");
        sheet.write_with_format(1, 1, 43_101.5, &date).expect("cell");
        sheet.write(1, 2, 2.5).expect("cell");
        sheet.write(3, 0, "A-2").expect("cell");
        sheet.write(3, 1, "2018-01-02").expect("cell");
    });
    let rows: Vec<_> = results(bytes).into_iter().map(|row| row.expect("whole")).collect();
    assert_eq!(rows[0].cells(), ["1049265", "2018-01-01 12:00:00", "2.5"]);
    assert_eq!(rows[1].cells(), ["A-2", "2018-01-02", ""]);
    assert_eq!((rows[0].number, rows[1].number), (2, 4));
}

#[test]
fn a_whole_day_and_a_time_alone_read_without_the_other_half() {
    let bytes = xlsx(|sheet| {
        let date = Format::new().set_num_format("yyyy-mm-dd hh:mm");
        sheet.write(0, 0, "时间").expect("cell");
        sheet.write_with_format(1, 0, 43_101.0, &date).expect("cell");
        sheet.write_with_format(2, 0, 0.75, &date).expect("cell");
        sheet.write_with_format(3, 0, 60.0, &date).expect("cell");
    });
    assert_eq!(cells(bytes), [["2018-01-01"], ["18:00:00"], ["60"]]);
}

#[test]
fn every_cell_of_a_merged_region_reads_as_its_text() {
    let bytes = xlsx(|sheet| {
        let plain = Format::new();
        sheet.merge_range(0, 0, 0, 2, "某县网格台账", &plain).expect("title");
        for (column, name) in ["镇", "村", "件数"].iter().enumerate() {
            sheet.write(1, column as u16, *name).expect("cell");
        }
        sheet.merge_range(2, 0, 4, 0, "豫龙镇", &plain).expect("region");
        for (row, village) in ["槐西", "赵家庄", "毛寨"].iter().enumerate() {
            sheet.write(2 + row as u32, 1, *village).expect("cell");
            sheet.write(2 + row as u32, 2, row as u32).expect("cell");
        }
    });
    let hint = Hint { header_row: Some(2), ..Hint::default() };
    let rows: Vec<_> =
        open_with(bytes, &hint).expect("a table").map(|row| row.expect("whole")).collect();
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[2].cells(), ["豫龙镇", "毛寨", "2"]);
}

#[test]
fn a_formula_reads_as_its_last_result_never_as_a_formula() {
    let bytes = xlsx(|sheet| {
        sheet.write(0, 0, "n").expect("cell");
        let formula = rust_xlsxwriter::Formula::new("=1+1").set_result("2");
        sheet.write_formula(1, 0, formula).expect("cell");
    });
    assert_eq!(cells(bytes), [["2"]]);
}

#[test]
fn a_sheet_is_found_by_its_name() {
    let bytes = {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().write(0, 0, "说明").expect("cell");
        let sheet = workbook.add_worksheet().set_name("台账").expect("name");
        sheet.write(0, 0, "编号").expect("cell");
        workbook.save_to_buffer().expect("workbook")
    };
    let named = |name: &str| Hint { sheet: Some(name.to_owned()), ..Hint::default() };
    let rows = open_with(&bytes, &named("台账")).expect("a table");
    assert_eq!(rows.columns().names(), ["编号"]);
    let fault = open_with(&bytes, &named("表2")).err();
    assert_eq!(fault, Some(OpenFault::NoSuchSheet { name: "表2".to_owned() }));
}
