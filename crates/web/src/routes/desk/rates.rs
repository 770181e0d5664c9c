//! `/rates`: rates by unit for a period. Numerators and denominators open
//! ledgers of exactly what they count.

use axum::Router;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bihuan_app::queries::rates::UnitFigures;
use bihuan_domain::calendar::start_of_day;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

use super::ledger::asked::{UNKNOWN, address, after_day};
use super::ledger::offered;
use crate::i18n::Lang;
use crate::pages::desk::rates::{Rates, UnitRates, period_form, sentence};
use crate::problem::Problem;
use crate::routes::page::Shown;
use crate::routes::site::{SignedIn, Site, problem};
use crate::shell::Shell;
use crate::view::day::date_words;
use crate::view::form::Entered;
use crate::view::rate::Rate;

/// Days shown until somebody chooses a period.
const USUAL_DAYS: i64 = 30;

pub(super) fn routes() -> Router<Site> {
    Router::new().route("/rates", get(show))
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

async fn show(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    if !matches!(asked.by.as_str(), "" | "unit") {
        return Err(Problem::Malformed);
    }
    let today = shell.today.date;
    let days = Days::of(&asked, today)?;
    let class = Some(asked.class.clone()).filter(|class| !class.is_empty());
    let rates = site
        .app
        .unit_rates(&session.caller, start_of_day(days.from), after_day(days.to), class)
        .await
        .map_err(problem)?;
    let lang = shell.lang();
    let rules = site.app.rules();
    let version = rules.in_force(rates.now).map_err(problem)?;
    let classes = offered(lang, &site.app, &version.playbook).classes;
    let classes = classes.into_iter().filter(|class| class.value != UNKNOWN).collect();
    let entered = Entered {
        values: vec![
            ("from".to_owned(), days.from.to_string()),
            ("to".to_owned(), days.to.to_string()),
            ("class".to_owned(), asked.class.clone()),
        ],
        errors: Vec::new(),
    };
    let units: Vec<UnitRates> =
        rates.units.iter().map(|unit| row(lang, unit, &days, &asked.class)).collect();
    let words = |date| date_words(lang, date, today.year());
    let page = Rates {
        say: sentence(lang, &words(days.from), &words(days.to), units.len() as u64),
        period: period_form(lang, classes, &entered),
        total: Some(sum(lang, &rates.total)),
        units,
        shell,
    };
    Ok(Shown(page).into_response())
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

fn row(lang: Lang, figures: &UnitFigures, days: &Days, class: &str) -> UnitRates {
    let code = figures.unit.as_deref().unwrap_or(UNKNOWN);
    let mut unit = vec![("unit".to_owned(), code.to_owned())];
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
