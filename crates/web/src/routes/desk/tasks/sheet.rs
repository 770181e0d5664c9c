//! A tree as a workbook: the lines of its page in their order, each with its level.

use axum::extract::{Path, State};
use axum::response::Response;
use bihuan_app::queries::tasks::{TaskLine, TaskTree};
use bihuan_documents::table_out::{self, Cell, Column, Format, Kind, Sheet};

use super::super::ledger::export::{attached, broken};
use super::super::ledger::row::typed_lamp;
use super::super::told::title;
use super::desk_of;
use super::fill::{Fill, node_day, node_lamp};
use crate::problem::Problem;
use crate::routes::site::{SignedIn, Site, problem};
use crate::shell::Shell;

pub(super) async fn xlsx(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    let tree = site.app.task_tree(&session.caller, &number).await.map_err(problem)?;
    let lang = shell.lang();
    let desk = desk_of(&tree);
    let fill = Fill {
        lang,
        desk: &desk,
        regime: &tree.regime,
        calendar: &tree.calendar,
        now: tree.now,
        picks: false,
    };
    let nodes = fill.columns();
    let sheet = Sheet {
        title: whole(&tree).unwrap_or_else(|| number.clone()),
        columns: columns(
            &fill,
            &nodes.iter().map(|(code, one)| (*code, one.label())).collect::<Vec<_>>(),
        ),
        made_at: tree.now.civil(),
    };
    let codes: Vec<&str> = nodes.iter().map(|(code, _)| *code).collect();
    let rows = tree.lines.iter().map(|(depth, line)| row(&fill, *depth, line, &codes));
    let bytes = table_out::write(Format::Xlsx, &sheet, rows, Vec::new());
    let bytes = bytes.map_err(|fault| broken(&fault))?;
    Ok(attached(Format::Xlsx, &format!("{number}.xlsx"), bytes))
}

fn whole(tree: &TaskTree) -> Option<String> {
    tree.lines.first().and_then(|(_, root)| title(&root.line.words))
}

fn columns(fill: &Fill<'_>, nodes: &[(&str, String)]) -> Vec<Column> {
    let lang = fill.lang;
    let one = |key: &str, title: String, kind| Column { key: key.to_owned(), title, kind };
    let mut columns = vec![
        one("level", lang.tr("col-level").into_owned(), Kind::Integer),
        one("number", lang.tr("ledger-number").into_owned(), Kind::Word),
        one("title", lang.tr("col-task").into_owned(), Kind::Text),
        one("unit", lang.tr("col-unit").into_owned(), Kind::Word),
        one("kind", lang.tr("col-kind").into_owned(), Kind::Word),
    ];
    for (code, name) in nodes {
        columns.push(one(code, name.clone(), Kind::Lamp));
        let at = lang.trn("ledger-node-at", "node", name.as_str());
        columns.push(one(&format!("{code}-at"), at, Kind::DateTime));
    }
    columns.push(one("due", lang.tr("col-due-now").into_owned(), Kind::Date));
    columns.push(one("grade", lang.tr("col-grade").into_owned(), Kind::Word));
    columns.push(one("stage", lang.tr("col-stage").into_owned(), Kind::Word));
    columns
}

fn row(fill: &Fill<'_>, depth: usize, line: &TaskLine, codes: &[&str]) -> Vec<Cell> {
    let lang = fill.lang;
    let text = |words: String| if words.is_empty() { Cell::Empty } else { Cell::Text(words) };
    let unit = line.line.lead_name.as_ref().map(|name| lang.pick(name).to_owned());
    let mut cells = vec![
        Cell::Integer(i64::try_from(depth).unwrap_or(i64::MAX)),
        Cell::Text(line.line.number.clone()),
        text(title(&line.line.words).unwrap_or_default()),
        text(unit.unwrap_or_default()),
        Cell::Text(lang.code_of("urgency", line.line.urgency.code()).into_owned()),
    ];
    for code in codes {
        let node = line.node(code);
        let lamp = node.and_then(|node| node_lamp(lang, fill.calendar, fill.now, node));
        match node.zip(lamp) {
            Some((node, lamp)) => {
                cells.extend([typed_lamp(lamp), Cell::DateTime(node_day(node).civil())]);
            }
            None => cells.extend([Cell::Empty, Cell::Empty]),
        }
    }
    let due = line.promised.map(|(now, _)| now).or(line.line.due.map(|due| due.due_at));
    cells.push(due.map_or(Cell::Empty, |at| Cell::Date(at.date())));
    let grade = line.grade.map(|grade| lang.code_of("grade", grade.code()).into_owned());
    cells.push(text(grade.unwrap_or_default()));
    cells.push(Cell::Text(lang.code_of("stage", line.line.stage.code()).into_owned()));
    cells
}
