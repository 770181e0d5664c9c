//! What is read, and what the reader says about it.

use bihuan_documents::draft::{Class, Field, FromMerge, ReadAs, Trouble};
use bihuan_documents::task_table::{Because, Mapping};
use bihuan_domain::ids::UnitCode;
use jiff::civil::date;
use rust_xlsxwriter::Format;

use super::*;

fn units(codes: &[&str]) -> Vec<UnitCode> {
    codes.iter().map(|code| UnitCode::new(*code)).collect()
}

#[test]
fn a_table_with_every_column_is_read_whole() {
    let table = paste(
        "序号\t工作任务\t工作目标\t事项类别\t牵头领导\t牵头单位\t配合单位\t责任人\t完成时限\t任务来源\t批准人\t备注\n\
         1\t清理索河河道。年内完成。\t水质达标\t重大\t王某\t荥阳市水利局\t住房和城乡建设局、交通运输局\t李某\t\
         2026年10月30日\t第18次常务会议\t赵某\t先急后缓\n",
    );
    assert_eq!(troubles(&table), []);
    let draft = only(&table);
    assert_eq!((draft.row, draft.number.as_deref()), (2, Some("1")));
    assert_eq!(draft.title, "清理索河河道");
    assert_eq!(draft.task, "清理索河河道。年内完成。");
    assert_eq!(draft.goal.as_deref(), Some("水质达标"));
    assert_eq!(draft.class, Class::Major);
    assert_eq!(draft.official.as_deref(), Some("王某"));
    assert_eq!(draft.units.lead, Some(UnitCode::new("water")));
    assert_eq!(draft.units.others, units(&["housing", "roads"]));
    assert_eq!(draft.person.as_deref(), Some("李某"));
    let due = draft.due.as_ref().expect("a deadline");
    assert_eq!((due.date, due.read_as), (date(2026, 10, 30), ReadAs::Written));
    assert_eq!(draft.source.as_deref(), Some("第18次常务会议"));
    assert_eq!(draft.approver.as_deref(), Some("赵某"));
    assert_eq!(draft.note.as_deref(), Some("先急后缓"));
}

#[test]
fn every_column_says_what_it_was_taken_for() {
    let table =
        paste("任务\t进展情况\t责任单位\t牵头单位\n清理河道\t已完成一半\t市水利局\t市水利局\n");
    let said: Vec<_> = table
        .columns
        .iter()
        .map(|column| (column.heading.as_str(), column.taken_for, column.because))
        .collect();
    assert_eq!(
        said,
        [
            ("任务", Some(Field::Task), Because::Heading),
            ("进展情况", None, Because::UnknownHeading),
            ("责任单位", Some(Field::LeadUnit), Because::Heading),
            ("牵头单位", None, Because::SameAs { first: 2 }),
        ]
    );
    assert_eq!(table.columns[1].samples, ["已完成一半"]);
}

#[test]
fn the_caller_overrules_the_names_of_columns() {
    let columns = [(0, None), (1, Some(Field::Task)), (3, Some(Field::LeadUnit))].into();
    let mapping = Mapping { header_row: None, columns };
    let text = "任务\t进展情况\t责任单位\t牵头单位\n不用\t清理河道\t市交通运输局\t市水利局\n";
    let table = paste_with(text, &mapping);
    assert_eq!(only(&table).task, "清理河道");
    assert_eq!(only(&table).units.lead, Some(UnitCode::new("water")));
    assert_eq!(table.columns[0].taken_for, None);
    assert_eq!(table.columns[1].because, Because::Caller);
    assert_eq!(table.columns[2].because, Because::SameAs { first: 3 });
}

#[test]
fn a_table_without_names_is_read_once_the_caller_gives_them() {
    let text = "清理河道\t市水利局\n修补道路\t市交通运输局\n";
    let columns = [(0, Some(Field::Task)), (1, Some(Field::LeadUnit))].into();
    let table = paste_with(text, &Mapping { header_row: None, columns });
    assert_eq!(table.header_row, None);
    assert_eq!(table.drafts.len(), 2);
    assert_eq!(troubles(&table), []);
}

#[test]
fn names_are_found_below_titles() {
    let table = paste(
        "2026年重点工作台账\n填报单位：督查室\t\t\n序号\t事项\t主办单位\n1\t清理河道\t水利局\n",
    );
    assert_eq!(table.header_row, Some(3));
    assert_eq!(only(&table).task, "清理河道");
}

#[test]
fn the_caller_may_say_which_row_has_the_names() {
    let mapping = Mapping { header_row: Some(2), ..Mapping::default() };
    let text = "任务\t牵头单位\t时限\n任务\t牵头单位\t说明\n清理河道\t水利局\t无\n";
    let table = paste_with(text, &mapping);
    assert_eq!(table.columns[2].taken_for, Some(Field::Note));
    assert_eq!(table.drafts.len(), 1);
}

#[test]
fn a_head_of_two_lines_is_read_at_its_lower_one() {
    let table = read(xlsx(|sheet| {
        let plain = Format::new();
        sheet.merge_range(0, 0, 0, 3, "重点工作台账", &plain).expect("title");
        sheet.merge_range(1, 0, 2, 0, "工作任务", &plain).expect("head");
        sheet.merge_range(1, 1, 1, 2, "单位", &plain).expect("head");
        sheet.merge_range(1, 3, 2, 3, "完成时限", &plain).expect("head");
        write_row(sheet, 2, &["", "牵头单位", "配合单位"]);
        write_row(sheet, 3, &["清理河道", "水利局", "交通运输局", "2026-10-30"]);
    }));
    assert_eq!(table.header_row, Some(3));
    assert_eq!(troubles(&table), []);
    assert_eq!(only(&table).units.others, units(&["roads"]));
    assert!(only(&table).due.is_some());
}

#[test]
fn names_repeated_on_every_page_and_empty_rows_are_no_tasks() {
    let table = paste("任务\t牵头单位\n清理河道\t水利局\n\n任务\t牵头单位\n\t\n修补道路\t水利局\n");
    assert_eq!(table.drafts.iter().map(|draft| draft.row).collect::<Vec<_>>(), [2, 6]);
    assert_eq!(troubles(&table), []);
}

#[test]
fn a_list_with_only_one_column_is_a_table_too() {
    let table = paste("工作任务\n清理河道\n");
    assert_eq!(only(&table).task, "清理河道");
    assert_eq!(troubles(&table), [(None, &Trouble::ColumnMissing { field: Field::LeadUnit })]);
}

#[test]
fn english_names_and_words_are_read() {
    let table =
        paste("No.,Task,Class,Lead unit,Due date\n1,Dredge the river,major,water,2026-10-30\n");
    assert_eq!(troubles(&table), []);
    assert_eq!(only(&table).class, Class::Major);
    assert_eq!(only(&table).units.lead, Some(UnitCode::new("water")));
}

#[test]
fn a_csv_file_in_gb_18030_reads_like_a_pasted_text() {
    let text = "序号,任务,牵头单位\n1,清理河道,水利局\n";
    let bytes = encoding_rs::GB18030.encode(text).0.into_owned();
    assert_eq!(read(bytes).drafts, paste(text).drafts);
}

#[test]
fn headings_between_the_rows_become_their_section() {
    let table = read(xlsx(|sheet| {
        let plain = Format::new();
        write_row(sheet, 0, &["序号", "任务", "牵头单位"]);
        sheet.merge_range(1, 0, 1, 2, "产业发展", &plain).expect("section");
        write_row(sheet, 2, &["1", "清理河道", "水利局"]);
        write_row(sheet, 3, &["二、城市建设"]);
        write_row(sheet, 4, &["2", "修补道路", "水利局"]);
    }));
    let sections: Vec<_> = table.drafts.iter().map(|draft| draft.section.as_deref()).collect();
    assert_eq!(sections, [Some("产业发展"), Some("二、城市建设")]);
    assert_eq!(troubles(&table), []);
}

#[test]
fn merged_units_officials_and_classes_count_for_every_row_and_that_is_said() {
    let table = read(xlsx(|sheet| {
        let plain = Format::new();
        write_row(sheet, 0, &["类别", "任务", "牵头领导", "牵头单位"]);
        sheet.merge_range(1, 0, 2, 0, "重大", &plain).expect("region");
        sheet.merge_range(1, 2, 2, 2, "王某", &plain).expect("region");
        sheet.merge_range(1, 3, 2, 3, "水利局", &plain).expect("region");
        sheet.write(1, 1, "清理河道").expect("cell");
        sheet.write(2, 1, "加固堤防").expect("cell");
    }));
    assert_eq!(troubles(&table), []);
    let second = &table.drafts[1];
    assert_eq!(second.class, Class::Major);
    assert_eq!(second.official.as_deref(), Some("王某"));
    assert_eq!(second.units.lead, Some(UnitCode::new("water")));
    let said = [Field::Class, Field::LeadUnit, Field::Official]
        .map(|field| FromMerge { field, first_row: 2 });
    assert_eq!(second.from_merge, said);
    assert_eq!(table.drafts[0].from_merge, [], "the first row has them itself");
}

#[test]
fn dates_say_how_they_were_read() {
    let table = read(xlsx(|sheet| {
        let day = Format::new().set_num_format("yyyy-mm-dd");
        write_row(sheet, 0, &["任务", "牵头单位", "完成时限"]);
        for row in 1..=5 {
            sheet.write(row, 0, format!("任务之{row}")).expect("cell");
            sheet.write(row, 1, "水利局").expect("cell");
        }
        sheet.write_with_format(1, 2, 46_325.0, &day).expect("cell");
        sheet.write(2, 2, 46_325).expect("cell");
        sheet.write(3, 2, "2026.10.30").expect("cell");
        sheet.write(4, 2, "10月30日").expect("cell");
        sheet.write(5, 2, "10月底前").expect("cell");
    }));
    let read: Vec<_> = table
        .drafts
        .iter()
        .map(|draft| draft.due.as_ref().expect("a deadline"))
        .map(|due| (due.date, due.read_as))
        .collect();
    let day = date(2026, 10, 30);
    assert_eq!(
        read,
        [
            (day, ReadAs::Stored),
            (day, ReadAs::Serial),
            (day, ReadAs::Written),
            (day, ReadAs::YearAdded),
            (date(2026, 10, 31), ReadAs::PeriodEndYearAdded),
        ]
    );
    assert_eq!(table.drafts[4].due.as_ref().expect("a deadline").written, "10月底前");
}

#[test]
fn work_without_an_end_is_continuing() {
    let table = paste_one("类别\t完成时限", "\t长期坚持");
    assert_eq!((only(&table).class, only(&table).due.as_ref()), (Class::Continuing, None));
    assert_eq!(troubles(&table), []);
    let table = paste_one("类别\t完成时限", "重大\t持续推进");
    assert_eq!(only(&table).class, Class::Continuing);
    let trouble = Trouble::ClassByDue { written: "持续推进".to_owned() };
    assert_eq!(troubles(&table), [(Some(2), &trouble)]);
}

#[test]
fn a_blank_class_is_ordinary_and_a_blank_deadline_none() {
    let table = paste_one("类别\t完成时限", "\t");
    assert_eq!((only(&table).class, only(&table).due.as_ref()), (Class::Ordinary, None));
}

#[test]
fn a_row_names_the_one_it_is_part_of_by_number_or_by_words() {
    let table = paste(
        "序号\t任务\t牵头单位\t所属任务\n1\t治理河道\t水利局\t\n1.1\t清淤\t水利局\t1\n1.2\t护岸\t水利局\t治理河道\n\
         1.1.1\t测量\t水利局\t1.1\n",
    );
    assert_eq!(troubles(&table), []);
    let parents: Vec<_> = table.drafts.iter().map(|draft| draft.parent_row).collect();
    assert_eq!(parents, [None, Some(2), Some(2), Some(3)]);
}

#[test]
fn several_units_in_the_lead_column_are_taken_and_said() {
    let table = paste("任务\t责任单位\n清理河道\t水利局、交通运输局\n");
    assert_eq!(only(&table).units.lead, Some(UnitCode::new("water")));
    assert_eq!(only(&table).units.others, units(&["roads"]));
    let trouble = Trouble::SeveralLeadUnits {
        taken: "市水利局".to_owned(),
        others: vec!["市交通运输局".to_owned()],
    };
    assert_eq!(troubles(&table), [(Some(2), &trouble)]);
    assert_eq!(table.errors().count(), 0);
}

#[test]
fn five_hundred_tasks_are_read() {
    let mut text = String::from("任务\t牵头单位\n");
    for number in 1..=500 {
        text.push_str(&format!("任务{number}\t水利局\n"));
    }
    assert_eq!(paste(&text).drafts.len(), 500);
}
