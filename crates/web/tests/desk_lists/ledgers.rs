//! Ledgers that are kept and taken away: whose they are, what they open with,
//! and that nobody's words run as a formula in a reader's spreadsheet.

use std::io::Cursor;

use axum::http::StatusCode;
use bihuan_domain::access::Role;
use bihuan_domain::matter::Command;
use calamine::{Data, Reader, Xlsx};

use crate::browser::{Answer, Browser};
use crate::desk::Desk;
use crate::office::Office;

const CHOSEN: &str = "state=open&source=snapshot&column=filed&column=matter";

async fn two_readers() -> (Desk, Browser, Browser) {
    let desk = Desk::open().await;
    desk.reported("柳园路路灯不亮", None).await;
    desk.reported("公园长椅坏了", None).await;
    let (_, owner) = desk.joined_by("boss", Role::Supervisor, "county").await;
    let (_, other) = desk.joined_by("chief", Role::Supervisor, "county").await;
    (desk, owner, other)
}

/// Saves the ledger a page shows, with the page's own form.
async fn saved(browser: &mut Browser, title: &str, chosen: &str) -> Answer {
    let page = browser.get(&format!("/ledger?{chosen}")).await;
    let command = page.hidden("command");
    let query = page.hidden("query").replace("&#38;", "&");
    let fields = [("command", command.as_str()), ("title", title), ("query", &query)];
    browser.post("/ledger/save", &fields).await
}

fn table(answer: &Answer) -> &str {
    let table = answer.page.split("<table").nth(1).and_then(|rest| rest.split("</table>").next());
    table.expect("a table")
}

fn id_in(address: &str) -> &str {
    address.rsplit_once("saved=").expect("a saved ledger").1
}

#[tokio::test]
async fn a_saved_ledger_stands_among_the_ledgers_and_opens_with_its_columns_and_filters() {
    let (_desk, mut owner, _) = two_readers().await;
    let before = owner.get(&format!("/ledger?{CHOSEN}")).await;
    let kept = saved(&mut owner, "在办的快拍", CHOSEN).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.page);
    assert_eq!(kept.to, format!("/ledger?{CHOSEN}&saved={}", id_in(&kept.to)));
    let list = owner.get("/ledger").await;
    let link = format!("<a href=\"{}\">在办的快拍</a>", kept.to.replace('&', "&#38;"));
    assert!(list.has(&link), "{}", list.page);
    let opened = owner.get(&kept.to).await;
    assert!(opened.has("<h1>在办的快拍</h1>"), "{}", opened.page);
    assert_eq!(table(&opened), table(&before), "the same columns and rows");
    assert!(table(&opened) != table(&list), "it is not the usual ledger");
}

#[tokio::test]
async fn a_ledger_without_a_name_is_not_saved_and_the_page_keeps_its_filters() {
    let (_desk, mut owner, _) = two_readers().await;
    let refused = saved(&mut owner, "  ", CHOSEN).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.page);
    assert!(refused.has("台账没有存下来"));
    assert_eq!(refused.hidden("query").replace("&#38;", "&"), CHOSEN);
    assert!(!owner.get("/ledger").await.has("saved="));
}

#[tokio::test]
async fn a_ledger_of_what_nobody_knows_is_not_saved() {
    let (_desk, mut owner, _) = two_readers().await;
    for query in ["column=phone", "person=7", "state=open&state=closed"] {
        let refused = owner.post("/ledger/save", &[("title", "甲"), ("query", query)]).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{query}");
    }
    assert!(!owner.get("/ledger").await.has("saved="));
}

#[tokio::test]
async fn another_persons_saved_ledger_is_neither_listed_nor_opened_nor_deleted() {
    let (_desk, mut owner, mut other) = two_readers().await;
    let address = saved(&mut owner, "我的台账", CHOSEN).await.to;
    let id = id_in(&address).to_owned();
    assert!(!other.get("/ledger").await.has("我的台账"));
    let opened = other.get(&address).await;
    assert!(!opened.has("我的台账") && !opened.has("/ledger/drop"), "{}", opened.page);
    let refused = other.post("/ledger/drop", &[("id", &id)]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    assert!(owner.get("/ledger").await.has("我的台账"), "it is still there");
}

#[tokio::test]
async fn a_ledger_that_was_deleted_is_gone_and_its_matters_are_not() {
    let (_desk, mut owner, _) = two_readers().await;
    let address = saved(&mut owner, "我的台账", CHOSEN).await.to;
    let id = owner.get(&address).await.hidden("id");
    assert_eq!(id, id_in(&address));
    let gone = owner.post("/ledger/drop", &[("id", &id)]).await;
    assert_eq!((gone.status, gone.to.as_str()), (StatusCode::SEE_OTHER, "/ledger"));
    let list = owner.get("/ledger").await;
    assert!(!list.has("我的台账") && list.has("公园长椅坏了"), "{}", list.page);
    let again = owner.post("/ledger/drop", &[("id", &id)]).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_column_asked_for_twice_stands_once_on_the_page_and_in_the_file() {
    let (_desk, mut owner, _) = two_readers().await;
    let twice = owner.get("/ledger?column=filed&column=matter&column=filed").await;
    let once = owner.get("/ledger?column=filed&column=matter").await;
    assert_eq!(table(&twice), table(&once));
    let head = |answer: Answer| answer.page.lines().next().unwrap_or_default().to_owned();
    let twice = head(owner.get("/ledger.csv?column=filed&column=matter&column=filed").await);
    assert_eq!(twice.split(',').count(), 3, "a date, a number and a title: {twice}");
}

/// What a spreadsheet would run, and what is left of it as a title.
const FORMULAS: [(&str, &str); 5] = [
    ("=1+1是多少", "=1+1是多少"),
    ("+8的灯不亮", "+8的灯不亮"),
    ("-2+3的灯不亮", "-2+3的灯不亮"),
    ("@SUM(A1)的灯不亮", "@SUM(A1)的灯不亮"),
    ("\t=2+2的灯不亮", "=2+2的灯不亮"),
];

async fn with_formulas() -> (Desk, Browser) {
    let desk = Desk::open().await;
    for (words, _) in FORMULAS {
        desk.reported(words, None).await;
    }
    let (_, browser) = desk.joined_by("boss", Role::Supervisor, "county").await;
    (desk, browser)
}

#[tokio::test]
async fn no_words_of_a_report_begin_a_formula_in_a_csv() {
    let (_desk, mut browser) = with_formulas().await;
    let file = browser.get("/ledger.csv?column=matter&column=place").await;
    assert_eq!(file.status, StatusCode::OK);
    for (_, title) in FORMULAS {
        assert!(file.has(&format!(",'{title}")), "{title}: {}", file.page);
    }
    let fields = file.page.lines().flat_map(|line| line.split(','));
    for field in fields.map(|field| field.trim_start_matches('"')) {
        assert!(!field.starts_with(['=', '+', '-', '@', '\t']), "{field}");
    }
}

#[tokio::test]
async fn no_words_of_a_report_are_a_formula_in_a_workbook() {
    let (_desk, mut browser) = with_formulas().await;
    let file = browser.get("/ledger.xlsx?column=matter&column=place").await;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file.bytes)).expect("a workbook");
    let name = book.sheet_names().first().cloned().expect("a sheet");
    let formulas = book.worksheet_formula(&name).expect("formulas");
    assert!(formulas.used_cells().next().is_none(), "{formulas:?}");
    let cells = book.worksheet_range(&name).expect("cells");
    for (_, title) in FORMULAS {
        let is_text = |cell: &Data| matches!(cell, Data::String(text) if text == title);
        assert!(cells.used_cells().any(|(_, _, cell)| is_text(cell)), "{title}: {cells:?}");
    }
}

/// A task with its report and a finding, as an office has them.
async fn chased() -> (Desk, Browser) {
    let mut office = Office::open().await;
    let fields = [
        ("words", "城区积水点改造8处"),
        ("goal", "汛前全部完工"),
        ("source", "meeting"),
        ("basis", "市政府第18次常务会议"),
        ("urgency", "major"),
        ("lead", "municipal-works"),
        ("co", "水利局"),
        ("person", "王某"),
    ];
    let number = office.browser.post("/supervision/new", &fields).await.to;
    let number = number.trim_start_matches("/m/").to_owned();
    office.approve(&number).await;
    let hand = office.desk.running.person("hand", Role::Handler, "municipal-works", None).await;
    office.desk.done_by(&hand, &number, Command::Sign).await;
    office.desk.noted(&hand, &number, "已开工3处").await;
    (office.desk, office.browser)
}

const OF_TASKS: &str = "regime=supervised-task&column=row&column=progress&column=matter\
    &column=approver&column=reports&column=d1&column=month&column=returns&column=filed&column=co";

#[tokio::test]
async fn chosen_columns_in_their_order_survive_signing_out_and_reach_the_workbook() {
    let (desk, mut office) = chased().await;
    let kept = saved(&mut office, "我的督办台账", OF_TASKS).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.page);
    let mut again = desk.browser("watch").await;
    assert!(again.get("/ledger").await.has("我的督办台账"));
    let opened = again.get(&kept.to).await;
    let heads: Vec<&str> = table(&opened)
        .split("<th scope=\"col\"")
        .skip(1)
        .filter_map(|head| head.split_once('>')?.1.split('<').next())
        .collect();
    let titles = [
        "序号",
        "最新进展",
        "事项",
        "立项批准人",
        "历次反馈",
        "1天反馈",
        "1个月反馈",
        "退回次数",
        "收到",
        "协办单位",
    ];
    assert_eq!(heads, titles);
    let href = kept.to.replace("/ledger?", "/ledger.xlsx?");
    assert!(opened.has(&href.replace('&', "&#38;")), "{}", opened.page);
    let file = again.get(&href).await;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file.bytes.clone())).expect("a workbook");
    assert_eq!(book.sheet_names(), ["我的督办台账"]);
    let cells = &book.worksheet_range("我的督办台账").expect("cells");
    let row = |at: u32| {
        (0..13).map(move |column| cells.get_value((at, column)).cloned().unwrap_or(Data::Empty))
    };
    let text = |text: &str| Data::String(text.to_owned());
    let head: Vec<Data> = row(0).collect();
    assert_eq!(head[..4], [text("序号"), text("最新进展"), text("编号"), text("事项")]);
    assert_eq!(head[6..8], [text("1天反馈"), text("1天反馈时间")]);
    let line: Vec<Data> = row(1).collect();
    assert_eq!(line[0], Data::Float(1.0));
    assert_eq!(line[1], text("已开工3处"));
    assert_eq!(line[3], text("城区积水点改造8处"));
    assert_eq!(line[4], text("mayor"), "who approved it");
    assert!(line[5].to_string().ends_with("：已开工3处"), "{}", line[5]);
    assert_eq!(line[6], text("已完成"));
    assert!(matches!(line[7], Data::DateTime(_)), "{:?}", line[7]);
    assert!(matches!(line[9], Data::DateTime(_)), "the month is still to come: {:?}", line[9]);
    assert_eq!(line[10], Data::Float(0.0));
    assert!(matches!(line[11], Data::DateTime(_)), "{:?}", line[11]);
    assert_eq!(line[12], text("市水利局"));
    let xml = |name: &str| {
        let mut archive = zip::ZipArchive::new(Cursor::new(&file.bytes)).expect("an archive");
        std::io::read_to_string(archive.by_name(name).expect("a part")).expect("text")
    };
    let sheet = xml("xl/worksheets/sheet1.xml");
    for part in
        ["<pane ySplit=\"1\"", "state=\"frozen\"", "orientation=\"landscape\"", "&amp;P / &amp;N"]
    {
        assert!(sheet.contains(part), "{part} in {sheet}");
    }
    assert!(xml("xl/workbook.xml").contains("_xlnm.Print_Titles"));
}

#[tokio::test]
async fn a_ledger_saved_under_a_name_again_takes_the_place_of_the_first() {
    let (_desk, mut owner, _) = two_readers().await;
    let first = saved(&mut owner, "我的台账", CHOSEN).await.to;
    let second = saved(&mut owner, "我的台账", "column=matter").await.to;
    let list = owner.get("/ledger").await;
    assert_eq!(list.page.matches(">我的台账</a>").count(), 1, "{}", list.page);
    assert!(list.has(id_in(&second)) && !list.has(id_in(&first)));
}

#[tokio::test]
async fn a_ledger_of_tasks_lists_no_reports_and_the_other_way_round() {
    let (desk, mut office) = chased().await;
    desk.reported("公园长椅坏了", None).await;
    let tasks = office.get("/ledger?regime=supervised-task").await;
    assert!(tasks.has("城区积水点改造8处") && tasks.has("已开工3处"), "{}", tasks.page);
    assert!(!tasks.has("公园长椅坏了"));
    assert!(!tasks.has("name=\"town\""), "a task lies in no town");
    let findings = office.get("/ledger?regime=rectification").await;
    assert!(!findings.has("城区积水点改造8处"), "{}", findings.page);
}

#[tokio::test]
async fn a_reason_told_in_a_task_stays_out_of_a_ledger_of_who_may_not_see_the_task() {
    let (desk, _office) = chased().await;
    let (_, mut other) = desk.joined_by("lamps", Role::UnitHead, "lighting").await;
    let page = other.get(&format!("/ledger?{OF_TASKS}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.has("已开工3处") && !page.has("城区积水点改造8处"), "{}", page.page);
}
