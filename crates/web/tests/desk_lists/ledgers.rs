//! Ledgers that are kept and taken away: whose they are, what they open with,
//! and that nobody's words run as a formula in a reader's spreadsheet.

use std::io::Cursor;

use axum::http::StatusCode;
use bihuan_domain::access::Role;
use calamine::{Data, Reader, Xlsx};

use crate::browser::{Answer, Browser};
use crate::desk::Desk;

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
