//! `/ledger`: matters narrowed by the address, with chosen columns, kept as a
//! view or taken away as a file.

pub(super) mod asked;
pub(super) mod export;
pub(super) mod row;

use axum::Router;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use bihuan_app::commands::Session;
use bihuan_app::queries::ledger::{MOST_COUNTED, Sum};
use bihuan_app::{App, Error};
use bihuan_domain::matter::{Grade, Source, Stage};
use bihuan_domain::playbook::Playbook;
use bihuan_domain::refusal::Refusal;
use serde::Deserialize;

use self::asked::{Request, UNKNOWN, address};
use self::row::Teller;
use crate::csrf::CsrfForm;
use crate::i18n::{Key, Lang};
use crate::pages::desk::Tab;
use crate::pages::desk::ledger::{
    Counts, Ledger, LedgerColumn, LedgerOf, Offered, Placed, column_form, drop_form, filter_form,
    filters_said, moved, save_form, sum,
};
use crate::problem::Problem;
use crate::routes::page::Shown;
use crate::routes::site::{SignedIn, Site, command_id, problem};
use crate::shell::Shell;
use crate::view::field::Choice;
use crate::view::form::Entered;
use crate::view::state::Refused;
use crate::view::table::Pages;

/// Rows of one page.
const PAGE: u32 = 50;

pub(super) fn routes() -> Router<Site> {
    Router::new()
        .route("/ledger", get(show))
        .route("/ledger.xlsx", get(export::xlsx))
        .route("/ledger.csv", get(export::csv))
        .route("/ledger/save", post(save))
        .route("/ledger/drop", post(forget))
}

async fn show(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let request = Request::read(pairs)?;
    let page = page(&site, &session, shell, &request, None).await?;
    Ok(Shown(page).into_response())
}

async fn page(
    site: &Site,
    session: &Session,
    shell: Shell,
    request: &Request,
    refused: Option<Refusal>,
) -> Result<Ledger, Problem> {
    let after = request.after.as_deref();
    let columns = request.columns();
    let wanted = LedgerColumn::wanted(&columns);
    let ledger = site.app.ledger(&session.caller, &request.asked, wanted, after, PAGE).await;
    let ledger = ledger.map_err(problem)?;
    let lang = shell.lang();
    let kept = request.kept_text();
    let offered = offered(lang, &site.app, &ledger.playbook, request.of);
    let mut filters = filter_form(lang, "/ledger", offered, &entered(request));
    filters.hidden = hidden(request, &filters);
    let saved = site.app.saved_ledgers(&session.caller).await.map_err(problem)?;
    let current = saved.iter().find(|one| Some(&one.id) == request.saved.as_ref());
    let title = current.map(|one| one.name.clone());
    let drop = current.map(|one| drop_form(lang, &one.id));
    let as_saved = current.map(|one| format!("&saved={}", one.id)).unwrap_or_default();
    let teller = Teller { lang, calendar: ledger.calendar, now: ledger.now };
    let count = ledger.count;
    let rows = ledger.lines.iter().enumerate();
    let before = request.before;
    let title = title.unwrap_or_else(|| lang.tr(request.of.title().0).into_owned());
    let said = [title.clone(), filters_said(lang, &filters)];
    let said: Vec<String> = said.into_iter().filter(|part| !part.is_empty()).collect();
    Ok(Ledger {
        title,
        printed: shell.print_head(&said.join(" · "), ledger.now),
        saved: tabs(lang, request, &saved),
        equation: ledger.sum.map(|counted| equation(lang, &counted, request)),
        filters,
        choose: column_form(lang, request.of, &columns, request.filters().to_vec()),
        order: placed(lang, request, &columns),
        save: save_form(lang, &site.new_command(), &kept),
        drop,
        pages: later(
            pages(&shell, &kept, ledger.lines.len(), count, after.is_some(), ledger.next),
            before + ledger.lines.len(),
        ),
        rows: rows.map(|(at, line)| teller.row(before + at, &columns, line)).collect(),
        xlsx_href: format!("/ledger.xlsx?{kept}{as_saved}"),
        csv_href: format!("/ledger.csv?{kept}{as_saved}"),
        map_href: (request.of == LedgerOf::All)
            .then(|| format!("/map?{}", address(request.filters()))),
        running: None,
        done: export::cut_words(&shell, count),
        refused: refused.map(|refusal| Refused {
            title: lang.tr("ledger-not-saved").into_owned(),
            next: lang.refusal(&refusal),
            link: None,
        }),
        columns,
        shell,
    })
}

/// The next page goes on counting its rows.
fn later(mut pages: Pages, listed: usize) -> Pages {
    pages.next = pages.next.map(|next| format!("{next}&row={listed}"));
    pages
}

fn placed(lang: Lang, request: &Request, columns: &[LedgerColumn]) -> Vec<Placed> {
    let last = columns.len().saturating_sub(1);
    let one = |(at, column): (usize, &LedgerColumn)| Placed {
        name: lang.code_of("col", column.code()).into_owned(),
        earlier: (at > 0).then(|| request.with_columns(&moved(columns, at, false))),
        later: (at < last).then(|| request.with_columns(&moved(columns, at, true))),
        without: (last > 0).then(|| {
            let rest = columns.iter().filter(|other| *other != column);
            request.with_columns(&rest.copied().collect::<Vec<_>>())
        }),
    };
    columns.iter().enumerate().map(one).collect()
}

/// `已列50件，共1,846件`, and where the rest is.
pub(super) fn pages(
    shell: &Shell,
    kept: &str,
    listed: usize,
    count: i64,
    is_later: bool,
    next: Option<String>,
) -> Pages {
    let is_more = count >= MOST_COUNTED;
    let key = if is_more { Key("ledger-listed-most") } else { Key("ledger-listed") };
    let join = if kept.is_empty() { "" } else { "&" };
    Pages {
        shown: shell.say(key.0).with("n", listed).with("all", count).to_string(),
        first: is_later.then(|| format!("?{kept}")),
        next: next.map(|next| format!("?{kept}{join}after={next}")),
    }
}

fn tabs(
    lang: Lang,
    request: &Request,
    saved: &[bihuan_app::queries::ledger::SavedLedgerRow],
) -> Vec<Tab> {
    let kinds = LedgerOf::ALL.into_iter().map(|of| {
        let tab = Tab::new(lang.tr(of.title().0), None, &of.href());
        let is_it = request.saved.is_none() && request.of == of;
        if is_it { tab.current() } else { tab }
    });
    let own = saved.iter().map(|one| {
        let tab = Tab::new(&one.name, None, &format!("/ledger?{}&saved={}", one.query, one.id));
        if request.saved.as_ref() == Some(&one.id) { tab.current() } else { tab }
    });
    kinds.chain(own).collect()
}

fn equation(lang: Lang, counted: &Sum, request: &Request) -> crate::view::equation::Equation {
    let count = |number: i64| number.unsigned_abs();
    let counts = Counts {
        filed: count(counted.filed),
        closed: count(counted.closed),
        elsewhere: count(counted.elsewhere),
        open: count(counted.open),
    };
    let rest: Vec<_> =
        request.filters().iter().filter(|(name, _)| name != "state").cloned().collect();
    sum(lang, &counts, &address(&rest))
}

pub(super) fn entered(request: &Request) -> Entered {
    Entered { values: request.filters().to_vec(), errors: Vec::new() }
}

/// Filters the form has no field for stay with it, and so do the columns.
fn hidden(request: &Request, form: &crate::view::form::Form) -> Vec<(String, String)> {
    let has_field = |name: &str| form.fields.iter().any(|field| field.name == name);
    request.kept().into_iter().filter(|(name, _)| !has_field(name)).collect()
}

/// What a ledger of this kind may be narrowed by.
pub(super) fn offered(lang: Lang, app: &App, playbook: &Playbook, of: LedgerOf) -> Offered {
    let lamps = [
        ("overdue", lang.tr("lamp-overdue")),
        ("due-soon", lang.tr("lamp-due-soon")),
        ("on-track", lang.tr("lamp-on-track")),
        ("parked", lang.tr("lamp-parked")),
    ];
    let coded = |family: &'static str| {
        move |code: &'static str| Choice::new(code, lang.code_of(family, code))
    };
    let unknown = || Choice::new(UNKNOWN, lang.tr("ledger-unknown"));
    let classes = playbook.classes.iter();
    let classes = classes.map(|class| Choice::new(class.code.as_str(), lang.pick(&class.name)));
    let towns = playbook.grids.iter().filter(|grid| grid.level == 1);
    let towns = towns.map(|grid| Choice::new(grid.code.as_str(), lang.pick(&grid.name)));
    let rules = app.rules();
    let units = rules.units.values();
    let units = units.map(|unit| Choice::new(unit.code.as_str(), lang.pick(&unit.name)));
    let lies = of == LedgerOf::All;
    let is_graded = of == LedgerOf::Tasks;
    let mut regimes = playbook.regimes.values();
    let regime = regimes.find(|regime| Some(regime.code.as_str()) == of.regime());
    let kinds = regime.map(|regime| &regime.kinds).filter(|kinds| kinds.len() > 1);
    Offered {
        lamps: lamps.map(|(code, name)| Choice::new(code, name)).into(),
        stages: Stage::ALL.iter().map(|stage| stage.code()).map(coded("stage")).collect(),
        sources: only(
            lies || is_graded,
            Source::ALL.iter().map(|of| of.code()).map(coded("source")),
        ),
        classes: only(lies, classes.chain([unknown()])),
        towns: only(lies, towns.chain([unknown()])),
        units: units.chain([unknown()]).collect(),
        kinds: kinds.into_iter().flatten().map(|kind| kind.code()).map(coded("urgency")).collect(),
        grades: only(is_graded, Grade::ALL.iter().map(|of| of.code()).map(coded("grade"))),
    }
}

fn only(are: bool, choices: impl Iterator<Item = Choice>) -> Vec<Choice> {
    if are { choices.collect() } else { Vec::new() }
}

#[derive(Deserialize)]
struct Kept {
    #[serde(default)]
    command: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    query: String,
}

async fn save(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    form: CsrfForm<Kept>,
) -> Result<Response, Problem> {
    let sent = form.into_inner();
    let pairs = serde_html_form::from_str(&sent.query).map_err(|_| Problem::Malformed)?;
    let request = Request::read(pairs)?;
    let id = command_id(&site.app, &sent.command);
    let query = request.kept_text();
    match site.app.save_ledger(&session.caller, id, &sent.title, &query).await {
        Ok(()) => Ok(Redirect::to(&format!("/ledger?{query}&saved={id}")).into_response()),
        Err(Error::Refused(refusal)) => {
            let status = Problem::Refused(refusal.clone()).status();
            let page = page(&site, &session, shell, &request, Some(refusal)).await?;
            Ok((status, Shown(page)).into_response())
        }
        Err(fault) => Err(problem(fault)),
    }
}

#[derive(Deserialize)]
struct Gone {
    #[serde(default)]
    id: String,
}

async fn forget(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    form: CsrfForm<Gone>,
) -> Result<Response, Problem> {
    site.app.drop_ledger(&session.caller, &form.into_inner().id).await.map_err(problem)?;
    Ok(Redirect::to("/ledger").into_response())
}
