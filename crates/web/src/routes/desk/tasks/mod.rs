//! `/supervision` and `/rectification`: what is chased, as a list and as a tree.

pub(super) mod fill;
mod sheet;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bihuan_app::commands::Session;
use bihuan_app::queries::tasks::{FINDINGS, TASKS, TaskList, TaskTab, TaskTree};
use bihuan_domain::access::Role;
use serde::Deserialize;

use self::fill::Fill;
use super::batch;
use super::told::title;
use crate::i18n::Key;
use crate::pages::desk::tasks as show;
use crate::problem::Problem;
use crate::routes::page::Shown;
use crate::routes::site::{SignedIn, Site, problem};
use crate::shell::Shell;
use crate::view::table::Pages;

/// One regime's desk.
#[derive(Clone, Copy)]
struct Desk {
    regime: &'static str,
    href: &'static str,
    title: Key,
    /// Nodes with a column of their own, in order; 13710's with their digit.
    columns: &'static [(&'static str, Option<char>)],
    begin: &'static [(Key, &'static str)],
    /// Other views of the same.
    views: &'static [(Key, &'static str)],
}

const SUPERVISION: Desk = Desk {
    regime: TASKS,
    href: "/supervision",
    title: Key("nav-supervision"),
    columns: &[
        ("d1", Some('1')),
        ("d3", Some('3')),
        ("d7", Some('7')),
        ("month", Some('1')),
        ("zero", Some('0')),
    ],
    begin: &[
        (Key("task-from-record"), "/supervision/record"),
        (Key("task-from-table"), "/supervision/table"),
        (Key("task-new"), "/supervision/new"),
    ],
    views: &[(Key("ledger-of-tasks"), "/ledger?regime=supervised-task")],
};

const RECTIFICATION: Desk = Desk {
    regime: FINDINGS,
    href: "/rectification",
    title: Key("nav-rectification"),
    columns: &[
        ("sign", None),
        ("plan", None),
        ("check", None),
        ("publicise", None),
        ("zero", None),
        ("look-back", None),
    ],
    begin: &[
        (Key("finding-title"), "/rectification/finding"),
        (Key("inspect-title"), "/rectification/inspection"),
    ],
    views: &[
        (Key("visits-title"), "/rectification/calendar"),
        (Key("ledger-of-findings"), "/ledger?regime=rectification"),
        (Key("ledger-of-notices"), "/ledger?regime=notice"),
    ],
};

pub(super) fn routes() -> Router<Site> {
    Router::new()
        .route("/supervision", get(supervision))
        .route("/rectification", get(rectification))
        .route("/supervision/batch", get(batch::ask).post(batch::take))
        .route("/rectification/batch", get(batch::ask).post(batch::take))
        .route("/supervision/{number}", get(tree))
        .route("/supervision/{number}/tree.xlsx", get(sheet::xlsx))
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Asking {
    #[serde(default)]
    tab: String,
    after: Option<String>,
}

async fn supervision(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(asking): Query<Asking>,
) -> Result<Response, Problem> {
    listed(&SUPERVISION, TaskTab::Roots, &site, &session, shell, &asking).await
}

async fn rectification(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(asking): Query<Asking>,
) -> Result<Response, Problem> {
    listed(&RECTIFICATION, TaskTab::Open, &site, &session, shell, &asking).await
}

async fn listed(
    of: &Desk,
    first: TaskTab,
    site: &Site,
    session: &Session,
    shell: Shell,
    asking: &Asking,
) -> Result<Response, Problem> {
    let tab = TaskTab::from_code(&asking.tab).unwrap_or(first);
    let list = site.app.tasks(&session.caller, of.regime, tab, asking.after.as_deref()).await;
    let page = desk(of, shell, session.caller.role(), &list.map_err(problem)?, tab, asking);
    Ok(Shown(page).into_response())
}

async fn tree(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    let tree = site.app.task_tree(&session.caller, &number).await.map_err(problem)?;
    let page = tree_page(shell, session.caller.role(), &tree).ok_or(Problem::NotFound)?;
    Ok(Shown(page).into_response())
}

fn desk(
    desk: &Desk,
    shell: Shell,
    role: Role,
    list: &TaskList,
    tab: TaskTab,
    asking: &Asking,
) -> show::Tasks {
    let lang = shell.lang();
    let fill = Fill {
        lang,
        desk,
        regime: &list.regime,
        calendar: &list.calendar,
        now: list.now,
        picks: true,
    };
    let count = list.counts.iter().find(|(of, _)| *of == tab).map_or(0, |(_, count)| *count);
    let title = lang.tr(desk.title.0).into_owned();
    let on = fill.tabs(tab, &list.counts);
    let on = on.into_iter().find(|tab| tab.is_current).map(|tab| tab.label);
    let title_and_tab =
        [Some(title.clone()), on].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    show::Tasks {
        sums: vec![fill.sum(lang.tr("task-this-year").into_owned(), &list.year)],
        tabs: fill.tabs(tab, &list.counts),
        table: fill.table(
            list.lines.iter().map(|line| (0, line)).collect(),
            lang.tr(desk.title.0).into_owned(),
        ),
        pages: Pages {
            shown: lang
                .say("pages-shown")
                .with("listed", list.lines.len())
                .with("n", count)
                .to_string(),
            first: asking.after.as_ref().map(|_| format!("{}?tab={}", desk.href, tab.code())),
            next: list
                .next
                .as_ref()
                .map(|next| format!("{}?tab={}&after={next}", desk.href, tab.code())),
        },
        views: fill.views(),
        printed: fill.printed(&shell, &title_and_tab),
        title,
        begin: fill.begin(role),
        batch: fill.batch(role),
        batch_href: format!("{}/batch", desk.href),
        done: None,
        refused: None,
        shell,
    }
}

fn desk_of(tree: &TaskTree) -> Desk {
    if tree.regime.code.as_str() == FINDINGS { RECTIFICATION } else { SUPERVISION }
}

fn tree_page(shell: Shell, role: Role, tree: &TaskTree) -> Option<show::TaskTree> {
    let lang = shell.lang();
    let (_, root) = tree.lines.first()?;
    let desk = desk_of(tree);
    let fill = Fill {
        lang,
        desk: &desk,
        regime: &tree.regime,
        calendar: &tree.calendar,
        now: tree.now,
        picks: false,
    };
    let rest = tree.lines.iter().skip(1).map(|(depth, line)| (depth - 1, line)).collect();
    let root_title = title(&root.line.words).unwrap_or_else(|| root.line.number.clone());
    let mut begin = fill.begin(role);
    begin.insert(0, (lang.tr("task-open").into_owned(), format!("/m/{}", root.line.number)));
    Some(show::TaskTree {
        desk: (lang.tr(desk.title.0).into_owned(), desk.href.to_owned()),
        about: fill.about(root, tree),
        sums: vec![
            fill.sum(lang.tr("task-this-batch").into_owned(), &tree.standing),
            fill.sum(lang.tr("task-this-year").into_owned(), &tree.year),
        ],
        feedback: fill.feedback(tree),
        table: fill.table(rest, root_title.clone()),
        printed: fill.printed(&shell, &root_title),
        xlsx_href: format!("/supervision/{}/tree.xlsx", root.line.number),
        slips: fill.slips(&tree.slips),
        begin,
        rule: lang.tr("task-rule").into_owned(),
        title: root_title,
        shell,
    })
}
