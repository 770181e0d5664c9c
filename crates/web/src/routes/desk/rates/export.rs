//! The rates as a file: the page's rows in the page's order, and its sum. Each
//! rate is three cells, its two numbers and what the page prints.

use axum::extract::{Query, State};
use axum::response::Response;
use bihuan_documents::table_out::{self, Cell, Column, Format, Kind, Sheet};

use super::{Asked, Found};
use crate::i18n::{Key, Lang};
use crate::pages::desk::rates::UnitRates;
use crate::problem::Problem;
use crate::routes::desk::ledger::export::{attached, broken};
use crate::routes::site::{SignedIn, Site, problem};
use crate::shell::Shell;
use crate::view::rate::Rate;

pub(super) async fn xlsx(
    site: State<Site>,
    who: SignedIn,
    shell: Shell,
    asked: Query<Asked>,
) -> Result<Response, Problem> {
    export(site, who, shell, asked, Format::Xlsx).await
}

pub(super) async fn csv(
    site: State<Site>,
    who: SignedIn,
    shell: Shell,
    asked: Query<Asked>,
) -> Result<Response, Problem> {
    export(site, who, shell, asked, Format::Csv).await
}

async fn export(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(asked): Query<Asked>,
    format: Format,
) -> Result<Response, Problem> {
    site.app.may_export_rates(&session.caller).map_err(problem)?;
    let found = Found::of(&site, &session, &shell, asked).await?;
    let lang = shell.lang();
    let sheet =
        Sheet { title: title(&shell, &found), columns: columns(lang), made_at: found.now.civil() };
    // As on the page, nothing has no sum.
    let sum = (!found.units.is_empty()).then_some(&found.total);
    let rows = found.units.iter().chain(sum).map(cells);
    let bytes =
        table_out::write(format, &sheet, rows, Vec::new()).map_err(|fault| broken(&fault))?;
    Ok(attached(format, &file_name(&found, format), bytes))
}

/// Days and class stand at the head of every printed page.
fn title(shell: &Shell, found: &Found) -> String {
    let class = found.classes.iter().find(|class| class.value == found.class);
    let class = class.map_or(found.class.as_str(), |class| class.label.as_str());
    let title = shell
        .say("rates-file")
        .with("from", found.days.from.to_string())
        .with("to", found.days.to.to_string())
        .with("class", class)
        .to_string();
    title.trim_end().to_owned()
}

/// `rates-2022-08-30-2022-09-28-facilities.csv`: a CSV has no other place for
/// what it was narrowed to.
fn file_name(found: &Found, format: Format) -> String {
    let is_known = found.classes.iter().any(|class| class.value == found.class);
    let class = if is_known { format!("-{}", found.class) } else { String::new() };
    let (from, to) = (found.days.from, found.days.to);
    format!("rates-{from}-{to}{class}.{}", format.extension())
}

fn columns(lang: Lang) -> Vec<Column> {
    let named = |key: &str, title: Key, kind| Column {
        key: key.to_owned(),
        title: lang.tr(title.0).into_owned(),
        kind,
    };
    vec![
        named("unit", Key("col-unit"), Kind::Word),
        named("open", Key("rates-open"), Kind::Integer),
        named("overdue", Key("rates-overdue"), Kind::Integer),
        named("closed_in_time", Key("rates-closed-in-time"), Kind::Integer),
        named("closed", Key("rates-closed"), Kind::Integer),
        named("in_time", Key("rates-in-time"), Kind::Word),
        named("said_fixed", Key("rates-said-fixed"), Kind::Integer),
        named("answered", Key("rates-answered"), Kind::Integer),
        named("fixed", Key("rates-fixed"), Kind::Word),
        named("ever_reopened", Key("rates-ever-reopened"), Kind::Integer),
        named("reopened_of", Key("rates-closed"), Kind::Integer),
        named("reopened", Key("rates-reopened"), Kind::Word),
    ]
}

fn cells(unit: &UnitRates) -> Vec<Cell> {
    let mut cells = vec![Cell::Text(unit.unit.clone()), number(unit.open), number(unit.overdue)];
    for rate in [&unit.in_time, &unit.fixed, &unit.reopened] {
        cells.extend([number(rate.part), number(rate.whole), printed(rate)]);
    }
    cells
}

fn number(count: u64) -> Cell {
    Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX))
}

fn printed(rate: &Rate) -> Cell {
    Cell::Text(rate.percent().unwrap_or_else(|| "—".to_owned()))
}
