//! `/rates`: rates by unit for a period. Numerators and denominators open
//! ledgers of exactly what they count. The file holds the page's own rows.

mod export;

use axum::Router;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bihuan_app::commands::Session;
use bihuan_app::queries::rates::UnitFigures;
use bihuan_domain::calendar::start_of_day;
use bihuan_domain::instant::Instant;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

use super::ledger::asked::{UNKNOWN, address, after_day};
use super::ledger::offered;
use crate::i18n::Lang;
use crate::pages::desk::ledger::LedgerOf;
use crate::pages::desk::rates::{Rates, UnitRates, period_form, sentence};
use crate::problem::Problem;
use crate::routes::page::Shown;
use crate::routes::site::{SignedIn, Site, problem};
use crate::shell::Shell;
use crate::view::day::date_words;
use crate::view::field::Choice;
use crate::view::form::Entered;
use crate::view::rate::Rate;

/// Days shown until somebody chooses a period.
const USUAL_DAYS: i64 = 30;

pub(super) fn routes() -> Router<Site> {
    Router::new()
        .route("/rates", get(show))
        .route("/rates.xlsx", get(export::xlsx))
        .route("/rates.csv", get(export::csv))
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    class: String,
    /// Only `unit` is there; persons are never compared.
    #[serde(default)]
    by: String,
}

/// Both days included.
struct Days {
    from: Date,
    to: Date,
}

impl Days {
    fn of(asked: &Asked, today: Date) -> Result<Self, Problem> {
        let day = |text: &str| text.parse::<Date>().map_err(|_| Problem::Malformed);
        let to = if asked.to.is_empty() { today } else { day(&asked.to)? };
        let from = if asked.from.is_empty() {
            to.checked_sub((USUAL_DAYS - 1).days()).map_err(|_| Problem::Malformed)?
        } else {
            day(&asked.from)?
        };
        if from > to { Err(Problem::Malformed) } else { Ok(Self { from, to }) }
    }
}

/// What the page shows and the file holds.
struct Found {
    days: Days,
    class: String,
    /// All classes to choose from.
    classes: Vec<Choice>,
    units: Vec<UnitRates>,
    total: UnitRates,
    now: Instant,
}

impl Found {
    async fn of(
        site: &Site,
        session: &Session,
        shell: &Shell,
        asked: Asked,
    ) -> Result<Self, Problem> {
        if !matches!(asked.by.as_str(), "" | "unit") {
            return Err(Problem::Malformed);
        }
        let days = Days::of(&asked, shell.today.date)?;
        let class = Some(asked.class.clone()).filter(|class| !class.is_empty());
        let rates = site
            .app
            .unit_rates(&session.caller, start_of_day(days.from), after_day(days.to), class)
            .await
            .map_err(problem)?;
        let lang = shell.lang();
        let rules = site.app.rules();
        let version = rules.in_force(rates.now).map_err(problem)?;
        let classes = offered(lang, &site.app, &version.playbook, LedgerOf::All).classes;
        let rows = rates.units.iter().map(|unit| row(lang, unit, &days, &asked.class));
        Ok(Self {
            units: rows.collect(),
            total: sum(lang, &rates.total),
            classes: classes.into_iter().filter(|class| class.value != UNKNOWN).collect(),
            class: asked.class,
            days,
            now: rates.now,
        })
    }

    /// Its address, so that a page left open until tomorrow still asks for the
    /// same days.
    fn query(&self) -> Vec<(String, String)> {
        let pairs = [
            ("from", self.days.from.to_string()),
            ("to", self.days.to.to_string()),
            ("class", self.class.clone()),
        ];
        let given = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        given.map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

async fn show(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let found = Found::of(&site, &session, &shell, asked).await?;
    let lang = shell.lang();
    let words = |date| date_words(lang, date, shell.today.date.year());
    let units = found.units.len() as u64;
    let query = found.query();
    let kept = address(&query);
    let entered = Entered { values: query, errors: Vec::new() };
    let page = Rates {
        say: sentence(lang, &words(found.days.from), &words(found.days.to), units),
        period: period_form(lang, found.classes, &entered),
        xlsx_href: format!("/rates.xlsx?{kept}"),
        csv_href: format!("/rates.csv?{kept}"),
        total: Some(found.total),
        units: found.units,
        shell,
    };
    Ok(Shown(page).into_response())
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

fn row(lang: Lang, figures: &UnitFigures, days: &Days, class: &str) -> UnitRates {
    let code = figures.unit.as_deref().unwrap_or(UNKNOWN);
    let mut unit =
        vec![("reported".to_owned(), "1".to_owned()), ("unit".to_owned(), code.to_owned())];
    if !class.is_empty() {
        unit.push(("class".to_owned(), class.to_owned()));
    }
    let unit = address(&unit);
    let list = |rest: &str| format!("/ledger?{unit}&{rest}");
    let closed = |rest: &str| {
        list(&format!("state=closed&closed-from={}&closed-to={}{rest}", days.from, days.to))
    };
    let name = match &figures.name {
        Some(name) => lang.pick(name).to_owned(),
        None => lang.tr("ledger-unknown").into_owned(),
    };
    let bare = bare(name, figures);
    UnitRates {
        href: format!("/ledger?{unit}"),
        open_href: list("state=open"),
        overdue_href: list("lamp=overdue"),
        in_time: bare.in_time.linked(closed("&late=0"), closed("")),
        fixed: bare.fixed.linked(closed("&rating=fixed"), closed("&rating=any")),
        reopened: bare.reopened.linked(closed("&reopened=1"), closed("")),
        ..bare
    }
}

/// The total opens no list: for a unit's own posts it holds the unit's rows
/// only, which no single filter tells.
fn sum(lang: Lang, figures: &UnitFigures) -> UnitRates {
    bare(lang.tr("rates-total").into_owned(), figures)
}

fn bare(unit: String, figures: &UnitFigures) -> UnitRates {
    UnitRates {
        unit,
        href: String::new(),
        open: count(figures.open),
        open_href: String::new(),
        overdue: count(figures.overdue),
        overdue_href: String::new(),
        in_time: Rate::new(count(figures.on_time), count(figures.closed)),
        fixed: Rate::new(count(figures.fixed), count(figures.rated)),
        reopened: Rate::new(count(figures.reopened), count(figures.closed)),
        is_late: figures.overdue > 0,
    }
}
