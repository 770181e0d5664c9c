//! Tables of tasks as offices send them, good and bad.

#![expect(clippy::expect_used, reason = "a fixture that cannot be made is a failed test")]

mod any_bytes;
mod bad;
mod good;

use bihuan_documents::draft::{Against, Draft, KnownUnit, Trouble, UnitNames};
use bihuan_documents::table_in::OpenFault;
use bihuan_documents::task_table::{self, Mapping, TaskTable};
use bihuan_domain::calendar::{Calendar, WorkHours};
use bihuan_domain::ids::UnitCode;
use jiff::civil::{Date, date};
use rust_xlsxwriter::{Workbook, Worksheet};

const TODAY: Date = date(2026, 9, 1);

fn unit_names() -> UnitNames {
    let known = [
        ("water", "市水利局"),
        ("housing", "市住房和城乡建设局"),
        ("roads", "市交通运输局"),
        ("yulong", "豫龙镇人民政府"),
    ];
    let units = known
        .map(|(code, name)| KnownUnit { code: UnitCode::new(code), names: vec![name.to_owned()] });
    UnitNames::new(units, "荥阳市")
}

fn with_against<T>(read: impl FnOnce(&Against<'_>) -> T) -> T {
    let calendar = Calendar::shipped(WorkHours { periods: Vec::new() });
    let units = unit_names();
    read(&Against { today: TODAY, calendar: &calendar, units: &units })
}

fn try_read(bytes: &[u8]) -> Result<TaskTable, OpenFault> {
    with_against(|against| task_table::read(bytes, against, &Mapping::default()))
}

fn try_paste(text: &str, mapping: &Mapping) -> Result<TaskTable, OpenFault> {
    with_against(|against| task_table::read_pasted(text, against, mapping))
}

fn read(bytes: impl AsRef<[u8]>) -> TaskTable {
    try_read(bytes.as_ref()).expect("a table")
}

fn paste_with(text: &str, mapping: &Mapping) -> TaskTable {
    try_paste(text, mapping).expect("a table")
}

fn paste(text: &str) -> TaskTable {
    paste_with(text, &Mapping::default())
}

/// One task by the unit `市水利局`, with more columns.
fn paste_one(headings: &str, cells: &str) -> TaskTable {
    paste(&format!("任务\t牵头单位\t{headings}\n清理河道\t市水利局\t{cells}\n"))
}

fn xlsx(build: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    build(workbook.add_worksheet());
    workbook.save_to_buffer().expect("workbook")
}

fn write_row(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, cell) in (0..).zip(cells) {
        sheet.write(row, column, *cell).expect("cell");
    }
}

fn troubles(table: &TaskTable) -> Vec<(Option<u64>, &Trouble)> {
    table.problems.iter().map(|problem| (problem.row, &problem.trouble)).collect()
}

fn only(table: &TaskTable) -> &Draft {
    let [draft] = table.drafts.as_slice() else { panic!("{table:?}") };
    draft
}
