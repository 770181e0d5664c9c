//! What bad input gets: each row its own problem, and the rest of the table
//! read all the same.

use bihuan_documents::draft::{Class, Field, Trouble};
use bihuan_documents::table_in::RowTrouble;
use bihuan_documents::task_table::MAX_TASKS;
use jiff::civil::date;
use rust_xlsxwriter::Format;

use super::*;

fn due_trouble(written: &str) -> Vec<Trouble> {
    let table = paste_one("完成时限", written);
    let found = table.problems.iter();
    found
        .map(|problem| {
            assert_eq!((problem.row, problem.column), (Some(2), Some(2)));
            problem.trouble.clone()
        })
        .collect()
}

#[test]
fn ten_thousand_rows_are_refused() {
    let mut text = String::from("任务\t牵头单位\n");
    for number in 1..=10_000 {
        text.push_str(&format!("任务{number}\t水利局\n"));
    }
    let too_many = |fault: &OpenFault| matches!(fault, OpenFault::TooManyRows { .. });
    let pasted = try_paste(&text, &Mapping::default());
    assert!(too_many(&pasted.expect_err("too many")));
    let csv = text.replace('\t', ",");
    assert!(too_many(&try_read(csv.as_bytes()).expect_err("too many")));
    let workbook = xlsx(|sheet| {
        write_row(sheet, 0, &["任务", "牵头单位"]);
        for row in 1..=10_000 {
            sheet.write(row, 0, format!("任务{row}")).expect("cell");
        }
    });
    let fault = try_read(&workbook).expect_err("too many");
    assert!(too_many(&fault));
    assert!(fault.sentence().zh.contains("行"));
}

#[test]
fn one_task_more_than_the_limit_is_refused() {
    let mut text = String::from("任务\t牵头单位\n");
    for number in 0..=MAX_TASKS {
        text.push_str(&format!("任务{number}\t水利局\n"));
    }
    let read = try_paste(&text, &Mapping::default());
    assert_eq!(read, Err(OpenFault::TooManyRows { limit: MAX_TASKS }));
}

#[test]
fn a_table_without_names_of_columns_says_so_and_shows_its_columns() {
    let table = paste("清理河道\t市水利局\n修补道路\t市交通运输局\n");
    assert_eq!(troubles(&table), [(None, &Trouble::HeaderMissing)]);
    assert_eq!(table.drafts, []);
    assert_eq!(table.columns[1].samples, ["市水利局", "市交通运输局"]);
}

#[test]
fn a_table_without_the_column_of_tasks_says_which_is_missing() {
    let table = paste("序号\t牵头单位\t时限\n1\t水利局\t2026-10-30\n");
    assert_eq!(troubles(&table), [(None, &Trouble::ColumnMissing { field: Field::Task })]);
    assert_eq!(table.drafts, []);
}

#[test]
fn a_meaning_given_to_two_columns_is_refused_for_the_second() {
    let columns = [(0, Some(Field::Task)), (1, Some(Field::Task)), (9, Some(Field::Due))].into();
    let table =
        paste_with("任务\t牵头单位\n清理河道\t水利局\n", &Mapping { header_row: None, columns });
    assert_eq!(
        troubles(&table),
        [
            (None, &Trouble::ColumnTwice { field: Field::Task, first: 0 }),
            (None, &Trouble::NoSuchColumn { field: Field::Due }),
            (None, &Trouble::ColumnMissing { field: Field::LeadUnit }),
        ]
    );
}

#[test]
fn a_cell_merged_over_several_tasks_is_an_error_in_each_of_their_rows() {
    let table = read(xlsx(|sheet| {
        write_row(sheet, 0, &["任务", "牵头单位"]);
        sheet.merge_range(1, 0, 2, 0, "清理河道", &Format::new()).expect("region");
        sheet.write(1, 1, "水利局").expect("cell");
        sheet.write(2, 1, "交通运输局").expect("cell");
    }));
    let merged = Trouble::Merged { field: Field::Task, first_row: 2, last_row: 3 };
    assert_eq!(troubles(&table), [(Some(2), &merged), (Some(3), &merged)]);
    assert_eq!(table.drafts.len(), 2);
}

#[test]
fn a_deadline_merged_over_several_tasks_is_not_spread_over_them() {
    let table = read(xlsx(|sheet| {
        write_row(sheet, 0, &["任务", "牵头单位", "时限", "备注"]);
        write_row(sheet, 1, &["清理河道", "水利局"]);
        write_row(sheet, 2, &["修补道路", "水利局"]);
        sheet.merge_range(1, 2, 2, 2, "2026-10-30", &Format::new()).expect("region");
        sheet.merge_range(1, 3, 2, 3, "先急后缓", &Format::new()).expect("region");
    }));
    let merged = Trouble::Merged { field: Field::Due, first_row: 2, last_row: 3 };
    let note = Trouble::MergedNotTaken { field: Field::Note, first_row: 2, last_row: 3 };
    assert_eq!(troubles(&table), [(Some(2), &merged), (Some(3), &merged), (Some(3), &note)]);
    assert!(table.drafts.iter().all(|draft| draft.due.is_none()));
    assert_eq!(table.drafts[0].note.as_deref(), Some("先急后缓"));
}

#[test]
fn what_hides_under_a_merged_cell_is_not_read() {
    let bytes = xlsx(|sheet| {
        write_row(sheet, 0, &["任务", "牵头单位", "时限"]);
        write_row(sheet, 1, &["清理河道", "水利局"]);
        write_row(sheet, 2, &["修补道路", ""]);
        sheet.merge_range(1, 1, 2, 1, "水利局", &Format::new()).expect("region");
        // Written after the merge: it stays in the file and nobody sees it.
        sheet.write(2, 1, "交通运输局").expect("cell");
    });
    let table = read(bytes);
    assert_eq!(table.drafts[1].units.lead, Some(UnitCode::new("water")));
}

#[test]
fn unknown_units_offer_the_nearest_names() {
    let table = paste("任务\t牵头单位\t配合单位\n清理河道\t水务局\t住建局、水利局\n");
    let unknown = |column| {
        table.problems.iter().find_map(move |problem| match &problem.trouble {
            Trouble::UnitUnknown { written, nearest } if problem.column == Some(column) => {
                Some((written.as_str(), nearest.first().map(String::as_str), nearest.len()))
            }
            _ => None,
        })
    };
    assert!(matches!(unknown(1), Some(("水务局", Some("市水利局"), 1..=3))));
    assert!(matches!(unknown(2), Some(("住建局", Some("市住房和城乡建设局"), 1..=3))));
    assert_eq!(only(&table).units.lead, None, "never guessed");
    assert_eq!(only(&table).units.others, [UnitCode::new("water")]);
}

#[test]
fn a_row_that_repeats_another_names_its_row() {
    let table = paste(
        "任务\t牵头单位\n清理河道。\t水利局\n清理 河道\t荥阳市水利局\n清理河道\t交通运输局\n",
    );
    assert_eq!(troubles(&table), [(Some(3), &Trouble::Duplicate { first_row: 2 })]);
    let marked: Vec<_> = table.drafts.iter().map(|draft| draft.duplicate_of).collect();
    assert_eq!(marked, [None, Some(2), None]);
}

#[test]
fn a_deadline_in_the_past_is_an_error() {
    let date = date(2026, 8, 31);
    assert_eq!(due_trouble("2026-08-31"), [Trouble::DuePast { date }]);
    assert_eq!(due_trouble("2026-09-01"), [], "today is not past");
}

#[test]
fn a_deadline_on_a_day_off_is_a_warning_that_names_the_day() {
    let holiday = Some("国庆节".to_owned());
    let table = paste_one("完成时限", "2026-10-01");
    assert_eq!(table.errors().count(), 0);
    let trouble = Trouble::DueDayOff { date: date(2026, 10, 1), holiday };
    assert_eq!(troubles(&table), [(Some(2), &trouble)]);
    let sunday = date(2026, 10, 25);
    assert_eq!(due_trouble("2026-10-25"), [Trouble::DueDayOff { date: sunday, holiday: None }]);
}

#[test]
fn a_deadline_in_a_year_without_a_notice_says_that_days_off_are_not_known() {
    assert_eq!(due_trouble("2031-06-04"), [Trouble::DueYearUnknown { year: 2031 }]);
}

#[test]
fn what_is_no_date_is_an_error_in_its_cell() {
    let written = |text: &str| text.to_owned();
    assert_eq!(due_trouble("尽快"), [Trouble::DayUnreadable { written: written("尽快") }]);
    let no_day = "2026年2月30日";
    assert_eq!(due_trouble(no_day), [Trouble::NoSuchDay { written: written(no_day) }]);
}

#[test]
fn an_unknown_class_is_an_error_and_no_class_is_invented() {
    let table = paste_one("类别", "特急");
    let trouble = Trouble::ClassUnknown { written: "特急".to_owned() };
    assert_eq!(troubles(&table), [(Some(2), &trouble)]);
    assert_eq!(only(&table).class, Class::Ordinary);
}

#[test]
fn rows_without_a_task_or_a_unit_are_errors() {
    let table = paste("任务\t牵头单位\n\t水利局\n清理河道\t\n");
    assert_eq!(
        troubles(&table),
        [
            (Some(2), &Trouble::Blank { field: Field::Task }),
            (Some(3), &Trouble::Blank { field: Field::LeadUnit }),
        ]
    );
}

#[test]
fn a_text_that_is_too_long_is_an_error_with_its_length() {
    let table = paste(&format!("任务\t牵头单位\n{}\t水利局\n", "长".repeat(2001)));
    let trouble = Trouble::TooLong { field: Field::Task, limit: 2000, found: 2001 };
    assert_eq!(troubles(&table), [(Some(2), &trouble)]);
}

#[test]
fn a_marking_stops_its_row_wherever_it_stands() {
    let found = || "秘密★1年".to_owned();
    for (text, row) in [
        ("任务\t牵头单位\n秘密★1年 清理河道\t水利局\n", 2),
        ("任务\t牵头单位\t进展\n清理河道\t水利局\t见秘密★1年文件\n", 2),
        ("重点工作 秘密★1年\n任务\t牵头单位\n清理河道\t水利局\n", 1),
        ("清理河道\t秘密★1年\n", 1),
    ] {
        let table = paste(text);
        let classified = Trouble::Classified { found: found() };
        assert!(troubles(&table).contains(&(Some(row), &classified)), "{text}");
        assert_eq!(table.marking(), Some("秘密★1年"));
    }
}

#[test]
fn the_bare_word_warns_and_trade_secrets_do_not() {
    let table = paste("任务\t牵头单位\n开展秘密测绘\t水利局\n保护商业秘密\t水利局\n");
    let trouble = Trouble::BareWord { word: "秘密".to_owned() };
    assert_eq!(troubles(&table), [(Some(2), &trouble)]);
    assert_eq!((table.errors().count(), table.marking()), (0, None));
}

#[test]
fn a_circle_of_rows_is_taken_apart_and_shown() {
    let table = paste(
        "序号\t任务\t牵头单位\t上级序号\n1\t甲\t水利局\t3\n2\t乙\t水利局\t1\n3\t丙\t水利局\t2\n4\t丁\t水利局\t4\n",
    );
    let circles: Vec<_> = troubles(&table)
        .into_iter()
        .map(|(row, trouble)| match trouble {
            Trouble::ParentCircle { rows } => (row, rows.len()),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(circles, [(Some(2), 3), (Some(3), 3), (Some(4), 3), (Some(5), 1)]);
    assert!(table.drafts.iter().all(|draft| draft.parent_row.is_none()));
}

#[test]
fn a_parent_that_is_not_there_or_there_twice_is_an_error() {
    let table = paste(
        "序号\t任务\t牵头单位\t上级序号\n1\t甲\t水利局\t9\n1\t乙\t水利局\t\n2\t丙\t水利局\t1\n",
    );
    assert_eq!(
        troubles(&table),
        [
            (Some(2), &Trouble::ParentUnknown { written: "9".to_owned() }),
            (Some(4), &Trouble::ParentAmbiguous { written: "1".to_owned(), rows: vec![2, 3] }),
        ]
    );
}

#[test]
fn all_problems_of_a_row_come_at_once_in_the_order_of_its_columns() {
    let table = paste("类别\t任务\t牵头单位\t时限\n特急\t\t水务局\t尽快\n");
    let columns: Vec<_> = table.problems.iter().map(|problem| problem.column).collect();
    assert_eq!(columns, [Some(0), Some(1), Some(2), Some(3)]);
    assert_eq!(table.problems_of(2).count(), 4);
}

#[test]
fn a_damaged_row_is_one_problem_and_the_others_are_read() {
    let mut bytes = "任务,牵头单位\n清理河道,水利局\n".as_bytes().to_vec();
    bytes.extend_from_slice(&[0xe8, 0xb7, b',', b'a', b'\n']);
    let table = read(bytes);
    assert_eq!(table.drafts.len(), 1);
    let [(Some(3), Trouble::RowUnreadable(fault))] = troubles(&table)[..] else {
        panic!("{table:?}");
    };
    assert_eq!(fault.trouble, RowTrouble::Encoding { cell: 1 });
}

#[test]
fn a_sheet_with_a_cell_far_out_or_without_any_is_refused() {
    let far = xlsx(|sheet| {
        write_row(sheet, 0, &["任务", "牵头单位"]);
        sheet.write(5, 16_000, "远").expect("cell");
    });
    assert_eq!(try_read(&far), Err(OpenFault::TooManyColumns { limit: 60 }));
    assert_eq!(try_read(&xlsx(|_| {})), Err(OpenFault::Empty));
    assert_eq!(try_read(b""), Err(OpenFault::Empty));
    assert_eq!(try_read(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1]), Err(OpenFault::OldExcel));
    assert_eq!(try_read(&vec![b'a'; 9 << 20]), Err(OpenFault::TooBig { limit: 8 << 20 }));
}
