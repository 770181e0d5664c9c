//! `GET /`

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bihuan_app::App;
use bihuan_app::queries::Period;
use bihuan_domain::instant::Instant;
use jiff::civil::DateTime;

use crate::pages::public::home::{Fixed, Home};
use crate::problem::Problem;
use crate::routes::page::Shown;
use crate::routes::site::{Site, problem};
use crate::shell::Shell;
use crate::view::rate::Rate;
use crate::view::why::day_at;

/// Things fixed lately on the first page.
const SHOWN: usize = 5;

pub(super) async fn home(State(site): State<Site>, shell: Shell) -> Result<Response, Problem> {
    let lang = shell.lang();
    let app = &site.app;
    let lately = app.fixed_lately(SHOWN).await.map_err(problem)?;
    let rules = app.rules();
    let calendar = &rules.in_force(app.now()).map_err(problem)?.calendar;
    let fixed = lately
        .into_iter()
        .map(|one| Fixed {
            class: lang.pick(&one.class).to_owned(),
            place: lang.pick(&one.place).to_owned(),
            on: day_at(calendar, one.closed_at).without_time(),
        })
        .collect();
    let (_, rates) = app.county_figures(this_month(app)).await.map_err(problem)?;
    let in_time = Rate::new(rates.on_time, rates.closed).linked("/figures#closed", "/figures");
    Ok(Shown(Home { shell, fixed, in_time }).into_response())
}

/// From the first of this month to now.
pub(super) fn this_month(app: &App) -> Period {
    let now = app.now();
    let first = now.date().first_of_month();
    let from = Instant::from_civil(DateTime::from_parts(first, jiff::civil::Time::midnight()));
    Period { from, to: now.plus_micros(1) }
}
