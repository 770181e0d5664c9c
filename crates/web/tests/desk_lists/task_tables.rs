//! A table of supervised tasks: pasted or uploaded, shown, put right, registered.

use axum::http::StatusCode;
use bihuan_domain::matter::{Link, Matter, Urgency};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use crate::browser::Answer;
use crate::office::{Office, with};

const TABLE: &str = "序号\t上级序号\t工作任务\t责任单位\t协办单位\t类别\t完成时限\n\
    1\t\t老旧小区改造收尾\t市住房和城乡建设局\t\t重大\t2026年12月底\n\
    2\t1\t12个小区外墙工程\t市住房和城乡建设局\t公安局\t一般\t10月14日\n\
    3\t\t修复积水点\t市水利局\t\t\t2026-10-20\n";

async fn pasted(office: &mut Office, text: &str) -> Answer {
    office.browser.post_parts("/supervision/table", &[("pasted", text)], None).await
}

async fn sent(office: &mut Office, page: &Answer, to: &str, typed: &[(&str, &str)]) -> Answer {
    let form = page.form_with("sheet");
    let fields = with(&form, typed);
    office.browser.post_parts(&format!("/supervision/table/{to}"), &fields, None).await
}

fn words<'a>(matters: &'a [Matter], unit: &str) -> Vec<&'a Matter> {
    let of_unit = |matter: &&Matter| {
        let lead = matter.brief.as_ref().and_then(|brief| brief.lead.as_ref());
        lead.is_some_and(|lead| lead.as_str() == unit)
    };
    matters.iter().filter(of_unit).collect()
}

#[tokio::test]
async fn a_pasted_table_is_shown_as_it_was_understood_and_registered_as_one() {
    let mut office = Office::open().await;
    let page = pasted(&mut office, TABLE).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.page);
    for said in [
        "读到3行",
        "登记3项",
        "原写“2026年12月底”，按期末最后一天",
        "原写“10月14日”，没写年份",
        "协办：市公安局",
    ] {
        assert!(page.has(said), "no “{said}” in {}", page.page);
    }
    assert!(office.all().await.is_empty(), "looking registers nothing");
    let answer = sent(&mut office, &page, "file", &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
    let again = sent(&mut office, &page, "file", &[]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.page);
    let all = office.all().await;
    assert_eq!(all.len(), 3, "sent twice, registered once");
    let housing = words(&all, "housing");
    assert_eq!(housing.len(), 2);
    assert_eq!(housing[0].urgency, Urgency::Major);
    assert_eq!(housing[1].linked(Link::Parent).next(), Some(housing[0].id));
    assert!(all.iter().all(|matter| matter.stage.code() == "drafted"));
    office.approve(&housing[0].number.to_string()).await;
    let part = office.desk.stage(&housing[1].number.to_string()).await;
    assert_eq!(part, "dispatched", "approved with its whole");
}

#[tokio::test]
async fn one_task_over_all_and_headings_become_tasks_of_their_own() {
    let mut office = Office::open().await;
    let table = "工作任务\t责任单位\n一、城建\t\n修路\t交通运输局\n二、水利\t\n清淤\t水利局\n";
    // The headings stand in the first column of a table with numbers.
    let table = format!("序号\t{}", table.replace("\n修", "\n1\t修").replace("\n清", "\n2\t清"));
    let page = pasted(&mut office, &table).await;
    assert!(page.has("登记4项") && page.has("分组标题也登记为任务"), "{}", page.page);
    let whole = [("whole", "年度重点工作"), ("basis", "荥政办〔2026〕12号")];
    let checked = sent(&mut office, &page, "check", &whole).await;
    assert!(checked.has("登记5项") && checked.has("荥政办〔2026〕12号"), "{}", checked.page);
    let answer = sent(&mut office, &checked, "file", &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
    let all = office.all().await;
    assert_eq!(all.len(), 5);
    assert_eq!(answer.to, format!("/supervision/{}", all[0].number));
    assert_eq!(all[0].linked(Link::Child).count(), 2);
    assert_eq!(all[1].linked(Link::Child).count(), 1);
    office.approve(&all[0].number.to_string()).await;
    for matter in office.all().await {
        assert_ne!(matter.stage.code(), "drafted", "one approval is enough");
    }
}

#[tokio::test]
async fn an_unknown_unit_is_told_with_those_meant_and_put_right_in_its_cell() {
    let mut office = Office::open().await;
    let page = pasted(&mut office, &TABLE.replace("市水利局", "水力局")).await;
    assert!(page.has("没有叫“水力局”的单位。名称相近的：市水利局"), "{}", page.page);
    assert!(!page.has("登记3项") && page.has("改好错误以后才能登记"));
    let forced = sent(&mut office, &page, "file", &[]).await;
    Office::assert_refused(&forced, &["还有1处错误，一项也没有登记", "value=\"水力局\""]);
    assert!(office.all().await.is_empty());
    let mended = sent(&mut office, &page, "check", &[("cell-4-3", "水利局")]).await;
    assert!(mended.has("登记3项"), "{}", mended.page);
    let answer = sent(&mut office, &mended, "file", &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
    assert_eq!(words(&office.all().await, "water").len(), 1);
}

#[tokio::test]
async fn every_row_with_something_wrong_says_it_and_none_is_registered() {
    let mut office = Office::open().await;
    for (from, to, sentence) in [
        ("2026-10-20", "2026-09-01", "2026-09-01已经过去"),
        ("2026-10-20", "抓紧", "读不出“抓紧”是哪一天"),
        ("2026-10-20", "2026-02-30", "没有“2026-02-30”这一天"),
        ("修复积水点\t市水利局", "12个小区外墙工程。\t市住房和城乡建设局", "和第3行是同一项"),
        ("1\t\t老旧", "1\t2\t老旧", "互相是上级，绕成了圈"),
        ("2\t1\t", "2\t9\t", "上级“9”不在这张表里"),
        ("修复积水点", "", "没有写事项内容"),
        ("修复积水点", "修复秘密★1年积水点", "有密级标志“秘密★1年”"),
        ("\t重大\t", "\t特急\t", "不认识类别“特急”"),
        ("工作任务\t", "名堂\t", "没有“事项内容”这一列"),
    ] {
        let table = TABLE.replacen(from, to, 1);
        assert_ne!(table, TABLE, "{from}");
        let page = pasted(&mut office, &table).await;
        assert!(page.has(sentence), "no “{sentence}” in {}", page.page);
        let forced = sent(&mut office, &page, "file", &[]).await;
        Office::assert_refused(&forced, &["没有登记", sentence]);
    }
    assert!(office.all().await.is_empty());
}

#[tokio::test]
async fn a_duplicate_row_is_left_out_and_the_rest_registered() {
    let mut office = Office::open().await;
    let table = format!("{TABLE}4\t\t修复积水点\t水利局\t\t\t2026-10-20\n");
    let page = pasted(&mut office, &table).await;
    assert!(page.has("和第4行是同一项"), "{}", page.page);
    let checked = sent(&mut office, &page, "check", &[("drop-5", "on")]).await;
    let answer = sent(&mut office, &checked, "file", &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
    assert_eq!(office.all().await.len(), 3);
}

#[tokio::test]
async fn a_column_taken_wrongly_is_chosen_again() {
    let mut office = Office::open().await;
    let page = pasted(&mut office, "名堂\t谁来办\n修路\t水利局\n").await;
    assert!(page.has("没有找到列名所在的一行"), "{}", page.page);
    let chosen = [("col-0", "task"), ("col-1", "lead-unit"), ("header_row", "1")];
    let checked = sent(&mut office, &page, "check", &chosen).await;
    assert!(checked.has("登记1项"), "{}", checked.page);
    let both = [("col-0", "task"), ("col-1", "task"), ("header_row", "1")];
    let twice = sent(&mut office, &page, "check", &both).await;
    assert!(twice.has("有两列都选作“事项内容”"), "{}", twice.page);
    let answer = sent(&mut office, &checked, "file", &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
    assert_eq!(office.all().await.len(), 1);
}

fn workbook() -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let plain = Format::new();
    for (column, name) in (0..).zip(["任务", "责任单位", "完成时限"]) {
        sheet.write(0, column, name)?;
    }
    for (row, task) in (1..).zip(["修路", "修桥", "清淤"]) {
        sheet.write(row, 0, task)?;
        sheet.write(row, 2, "2026-10-20")?;
    }
    sheet.merge_range(1, 1, 2, 1, "交通运输局", &plain)?;
    sheet.write(3, 1, "水利局")?;
    sheet.merge_range(2, 2, 3, 2, "2026-10-20", &plain)?;
    workbook.save_to_buffer()
}

#[tokio::test]
async fn merged_cells_are_repeated_where_that_is_safe_and_refused_where_it_is_not() {
    let mut office = Office::open().await;
    let bytes = workbook().expect("a workbook");
    let file = Some(("督办.xlsx", bytes.as_slice()));
    let page = office.browser.post_parts("/supervision/table", &[], file).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.page);
    assert!(page.has("牵头单位取自上面合并的单元格"), "{}", page.page);
    assert!(page.has("第3行到第4行的“完成时限”是合并的单元格"), "{}", page.page);
    let forced = sent(&mut office, &page, "file", &[]).await;
    Office::assert_refused(&forced, &["是合并的单元格"]);
    assert!(office.all().await.is_empty());
}

#[tokio::test]
async fn too_many_rows_and_files_of_another_kind_are_refused_with_what_to_do() {
    let mut office = Office::open().await;
    let mut long = String::from("任务\t责任单位\n");
    for row in 0..10_000 {
        long.push_str(&format!("任务{row}\t水利局\n"));
    }
    let refused = pasted(&mut office, &long).await;
    Office::assert_refused(&refused, &["分成几份，每份最多500项", "任务9999"]);
    let file = Some(("旧表.xls", [0xd0, 0xcf, 0x11, 0xe0, 0, 0].as_slice()));
    let old = office.browser.post_parts("/supervision/table", &[], file).await;
    Office::assert_refused(&old, &["另存为 .xlsx"]);
    let nothing = office.browser.post_parts("/supervision/table", &[], None).await;
    Office::assert_refused(&nothing, &["没有选文件，也没有粘贴内容"]);
    let forged = office.browser.post_parts("/supervision/table/file", &[("sheet", "{}")], None);
    assert!(forged.await.status.is_client_error());
    assert!(office.all().await.is_empty());
}

#[tokio::test]
async fn the_empty_table_is_given_and_read_back() {
    let mut office = Office::open().await;
    let answer = office.browser.get("/supervision/table/template.xlsx").await;
    assert_eq!(answer.status, StatusCode::OK);
    let file = Some(("tasks.xlsx", answer.bytes.as_slice()));
    let page = office.browser.post_parts("/supervision/table", &[], file).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.page);
    let forced = sent(&mut office, &page, "file", &[]).await;
    Office::assert_refused(&forced, &["没有读到一项任务"]);
}
