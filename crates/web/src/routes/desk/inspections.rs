//! `/rectification/calendar`: the inspections of a month and the units' year.

use axum::Router;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bihuan_app::queries::inspections::{Month, TooNear, UnitYear, Visit, VisitStanding};
use bihuan_app::queries::tasks::INSPECTIONS;
use bihuan_domain::access::{Role, may_take_in};
use bihuan_domain::ids::RegimeCode;
use bihuan_domain::matter::Step;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

use super::told::title;
use crate::i18n::{Key, Lang};
use crate::pages::desk::inspections as show;
use crate::problem::Problem;
use crate::routes::page::Shown;
use crate::routes::site::{SignedIn, Site, problem};
use crate::shell::Shell;
use crate::view::day::{Day, Mark, date_words, weekday_words};

const HREF: &str = "/rectification/calendar";
const WEEK: usize = 7;

pub(super) fn routes() -> Router<Site> {
    Router::new().route(HREF, get(show))
}

#[derive(Deserialize)]
struct Asking {
    /// `2026-11`; this month without.
    #[serde(default)]
    month: String,
}

async fn show(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(asking): Query<Asking>,
) -> Result<Response, Problem> {
    let of = match asking.month.as_str() {
        "" => site.app.now().date(),
        month => format!("{month}-01").parse().map_err(|_| Problem::Malformed)?,
    };
    let month = site.app.inspection_month(&session.caller, of).await.map_err(problem)?;
    let plans = may_plan(&site, session.caller.role());
    Ok(Shown(page(shell, &month, plans)).into_response())
}

fn may_plan(site: &Site, role: Role) -> bool {
    let rules = site.app.rules();
    let Ok(version) = rules.in_force(site.app.now()) else { return false };
    let regime = version.playbook.regimes.get(&RegimeCode::new(INSPECTIONS));
    regime.is_some_and(|regime| may_take_in(role, Step::File, regime).is_ok())
}

fn page(shell: Shell, month: &Month, plans: bool) -> show::Inspections {
    let lang = shell.lang();
    let today = month.now.date();
    let (visited, unvisited): (Vec<_>, Vec<_>) =
        month.units.iter().partition(|unit| unit.used() > 0);
    let name = month_words(lang, month.first);
    show::Inspections {
        say: rule(lang, month),
        year: month.first.year().to_string(),
        before_href: href(month.first.saturating_sub(1.month())),
        today_href: HREF.to_owned(),
        after_href: href(month.first.saturating_add(1.month())),
        weekdays: (0..7)
            .map(|at| weekday_words(lang, monday(month.first).saturating_add(at.days())))
            .collect(),
        weeks: weeks(lang, month, today),
        none: month.visits.is_empty(),
        near: month.near.iter().map(|pair| near(lang, pair)).collect(),
        units: visited.into_iter().map(|unit| budget(lang, month, unit)).collect(),
        unvisited: unvisited.into_iter().map(|unit| lang.pick(&unit.name).to_owned()).collect(),
        has_budget: month.budget.is_some(),
        plan_href: plans.then(|| "/rectification/inspection".to_owned()),
        printed: shell.print_head(&name, month.now),
        month: name,
        shell,
    }
}

fn href(first: Date) -> String {
    format!("{HREF}?month={:04}-{:02}", first.year(), first.month())
}

fn month_words(lang: Lang, first: Date) -> String {
    lang.say("visits-month")
        .with("year", first.year().to_string())
        .with("month", format!("{:02}", first.month()))
        .to_string()
}

fn rule(lang: Lang, month: &Month) -> String {
    match (month.apart_days, month.budget) {
        (Some(apart), Some(budget)) => {
            lang.say("visits-rule").with("apart", apart).with("budget", budget).to_string()
        }
        _ => String::new(),
    }
}

fn monday(day: Date) -> Date {
    day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
}

fn weeks(lang: Lang, month: &Month, today: Date) -> Vec<Vec<show::CalendarDay>> {
    let last = month.first.last_of_month();
    let mut weeks = Vec::new();
    let mut day = monday(month.first);
    while day <= last {
        let mut week = Vec::with_capacity(WEEK);
        for _ in 0..WEEK {
            let in_month = day >= month.first && day <= last;
            let there = month.visits.iter().filter(|visit| visit.from <= day && day <= visit.to);
            week.push(show::CalendarDay {
                day: Day::on(day, Mark::from(month.calendar.day(day))),
                is_today: day == today,
                in_month,
                visits: if in_month {
                    there.map(|visit| said(lang, visit, day, month.first)).collect()
                } else {
                    Vec::new()
                },
            });
            day = day.saturating_add(1.day());
        }
        weeks.push(week);
    }
    weeks
}

/// On the first day it is seen whole, on the rest that it goes on.
fn said(lang: Lang, visit: &Visit, day: Date, first: Date) -> show::VisitSaid {
    let (standing, key) = match visit.standing {
        VisitStanding::Drafted => ("drafted", Key("visit-drafted")),
        VisitStanding::Planned => ("planned", Key("visit-planned")),
        VisitStanding::Running => ("running", Key("visit-running")),
        VisitStanding::Held => ("held", Key("visit-held")),
    };
    let units: Vec<&str> = visit.units.iter().map(|unit| lang.pick(unit)).collect();
    show::VisitSaid {
        number: visit.number.clone(),
        href: format!("/m/{}", visit.number),
        title: visit.words.as_deref().and_then(title).unwrap_or_else(|| visit.number.clone()),
        units: units.join(&lang.tr("list-comma")),
        standing,
        standing_words: lang.tr(key.0).into_owned(),
        goes_on: day > visit.from && day > first,
    }
}

fn near(lang: Lang, pair: &TooNear) -> String {
    let unit = lang.pick(&pair.unit).to_owned();
    let sentence = match pair.apart {
        Some(days) => lang.say("visits-near-apart").with("days", days),
        None => lang.say("visits-near-over"),
    };
    sentence
        .with("unit", unit)
        .with("first", pair.first.as_str())
        .with("second", pair.second.as_str())
        .to_string()
}

fn budget(lang: Lang, month: &Month, unit: &UnitYear) -> show::UnitBudget {
    let year = month.now.date().year();
    let days = |list: &[(Date, String)]| {
        let said =
            list.iter().map(|(day, number)| (date_words(lang, *day, year), format!("/m/{number}")));
        said.collect()
    };
    let used = unit.used() as u64;
    let budget = month.budget.map(u64::from);
    let tenths = budget.filter(|budget| *budget > 0).map_or(0, |budget| used * 1_000 / budget);
    show::UnitBudget {
        name: lang.pick(&unit.name).to_owned(),
        held: days(&unit.held),
        planned: days(&unit.planned),
        used,
        left: budget.map(|budget| budget.saturating_sub(used)),
        share: u32::try_from(tenths.min(1_000)).unwrap_or(1_000),
        is_over: budget.is_some_and(|budget| used > budget),
    }
}
