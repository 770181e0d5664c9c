//! `/papers`: papers as a list and as files.

mod compose;
mod counted;
mod typed;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use bihuan_app::queries::MatterView;
use bihuan_app::queries::papers::{PaperLine, PaperList, PaperTab};
use bihuan_domain::access::Role;
use bihuan_domain::playbook::model::PaperKind;
use serde::Deserialize;

use super::told::title;
use crate::i18n::Key;
use crate::pages::desk::Tab;
use crate::pages::desk::papers::{OnMatter, PaperRow, Papers};
use crate::problem::Problem;
use crate::routes::page::Shown;
use crate::routes::papers::{Format, answer, check_address, sheet};
use crate::routes::site::{SignedIn, Site, problem};
use crate::shell::Shell;
use crate::view::table::Pages;
use crate::view::why::day_at;

pub(super) fn routes() -> Router<Site> {
    Router::new()
        .route("/papers", get(list))
        .route("/papers/new", get(compose::blank).post(compose::draft))
        .route("/papers/preview", post(compose::preview))
        .route("/bulletins/new", get(compose::blank).post(compose::draft))
        .route("/bulletins/{number}/recount", get(counted::recount))
        .route("/m/{number}/paper.pdf", get(pdf))
        .route("/m/{number}/paper.docx", get(docx))
        .route("/m/{number}/slips/{file}", get(slip))
}

async fn pdf(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    let facts = site.app.paper(&session.caller, &number).await.map_err(problem)?;
    answer(&site, shell, &facts, Format::Pdf).await
}

async fn docx(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    let facts = site.app.paper(&session.caller, &number).await.map_err(problem)?;
    answer(&site, shell, &facts, Format::Docx).await
}

/// `1.pdf`, `2.docx`; `latest.pdf` is the last one issued.
async fn slip(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Path((number, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (nth, ending) = file.split_once('.').ok_or(Problem::NotFound)?;
    let format = match ending {
        "pdf" => Format::Pdf,
        "docx" => Format::Docx,
        _ => return Err(Problem::NotFound),
    };
    let nth = match nth {
        "latest" => None,
        nth => Some(nth.parse().map_err(|_| Problem::NotFound)?),
    };
    let facts = site.app.slip_paper(&session.caller, &number, nth).await.map_err(problem)?;
    answer(&site, shell, &facts, format).await
}

#[derive(Deserialize)]
struct Asking {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    tab: String,
    after: Option<String>,
}

async fn list(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(asking): Query<Asking>,
) -> Result<Response, Problem> {
    let is_bulletins = asking.kind == "bulletins";
    let tab = PaperTab::from_code(&asking.tab).unwrap_or_default();
    let after = asking.after.as_deref();
    let list = site.app.papers(&session.caller, is_bulletins, tab, after).await.map_err(problem)?;
    let kind = if is_bulletins { "bulletins" } else { "notices" };
    let first = after.map(|_| address(kind, tab));
    let page = Papers {
        kinds: kinds(&shell, is_bulletins),
        tabs: tabs(&shell, kind, tab, &list),
        rows: rows(&site, &shell, &list)?,
        pages: Pages {
            shown: shell
                .say("pages-shown")
                .with("listed", list.lines.len())
                .with("n", counted(&list, tab))
                .to_string(),
            first,
            next: list.next.as_ref().map(|next| format!("{}&after={next}", address(kind, tab))),
        },
        begin: begin(&site, &shell, session.caller.role(), is_bulletins)?,
        shell,
    };
    Ok(Shown(page).into_response())
}

fn address(kind: &str, tab: PaperTab) -> String {
    format!("/papers?kind={kind}&tab={}", tab.code())
}

fn kinds(shell: &Shell, is_bulletins: bool) -> Vec<Tab> {
    let tab = |key: Key, kind: &str, is_current: bool| {
        let tab = Tab::new(shell.tr(key.0), None, &format!("/papers?kind={kind}"));
        if is_current { tab.current() } else { tab }
    };
    vec![
        tab(Key("papers-notices"), "notices", !is_bulletins),
        tab(Key("papers-bulletins"), "bulletins", is_bulletins),
    ]
}

fn counted(list: &PaperList, tab: PaperTab) -> i64 {
    list.counts.iter().find(|(of, _)| *of == tab).map_or(0, |(_, count)| *count)
}

fn tabs(shell: &Shell, kind: &str, current: PaperTab, list: &PaperList) -> Vec<Tab> {
    let label = |tab| match tab {
        PaperTab::Drafts => Key("papers-drafts"),
        PaperTab::Issued => Key("papers-issued"),
        PaperTab::Void => Key("papers-void"),
    };
    let tab = |(tab, count): &(PaperTab, i64)| {
        let shown = Tab::new(shell.tr(label(*tab).0), count.unsigned_abs(), &address(kind, *tab));
        if *tab == current { shown.current() } else { shown }
    };
    list.counts.iter().map(tab).collect()
}

fn rows(site: &Site, shell: &Shell, list: &PaperList) -> Result<Vec<PaperRow>, Problem> {
    let rules = site.app.rules();
    let calendar = &rules.in_force(site.app.now()).map_err(problem)?.calendar;
    let lang = shell.lang();
    let row = |PaperLine { line, document }: &PaperLine| PaperRow {
        title: title(&line.words).unwrap_or_else(|| line.number.clone()),
        href: format!("/m/{}", line.number),
        document: document.clone().unwrap_or_default(),
        unit: line.lead_name.as_ref().map(|name| lang.pick(name).to_owned()).unwrap_or_default(),
        on: day_at(calendar, line.filed_at).without_time(),
        state: lang.code_of("stage", line.stage.code()).into_owned(),
        pdf_href: format!("/m/{}/paper.pdf", line.number),
        number: line.number.clone(),
    };
    Ok(list.lines.iter().map(row).collect())
}

fn begin(
    site: &Site,
    shell: &Shell,
    role: Role,
    is_bulletins: bool,
) -> Result<Vec<(String, String)>, Problem> {
    if role != Role::Supervisor {
        return Ok(Vec::new());
    }
    let lang = shell.lang();
    let templates = site.app.paper_templates().map_err(problem)?;
    let of = templates.iter().filter(|one| (one.kind == PaperKind::Bulletin) == is_bulletins);
    let begin = of.map(|one| {
        let path = if is_bulletins { "/bulletins/new" } else { "/papers/new" };
        let words = lang.trn("papers-new", "name", lang.pick(&one.name));
        (words, format!("{path}?template={}", one.code))
    });
    Ok(begin.collect())
}

/// The document on its matter's page; none where its fields were erased.
pub(super) fn on_matter(site: &Site, view: &MatterView) -> Option<OnMatter> {
    view.matter.brief.as_ref()?.template.as_ref()?;
    let facts = site.app.paper_of(view).ok()?;
    let number = &facts.number;
    Some(OnMatter {
        sheet: sheet(&facts),
        pdf_href: format!("/m/{number}/paper.pdf"),
        docx_href: format!("/m/{number}/paper.docx"),
        check: facts.document.as_ref().map(|_| check_address(site, &facts)),
        recount_href: facts.figures.as_ref().map(|_| format!("/bulletins/{number}/recount")),
        hash: facts.hash,
    })
}
