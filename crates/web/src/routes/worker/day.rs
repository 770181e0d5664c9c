//! `GET /worker`

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use bihuan_app::queries::line::Line;
use bihuan_app::queries::worker::Day;
use bihuan_domain::calendar::Calendar;
use bihuan_domain::ids::GridCode;
use bihuan_domain::instant::Instant;
use serde::Deserialize;

use crate::i18n::Lang;
use crate::pages::worker::day::{Job, MyDay};
use crate::problem::Problem;
use crate::routes::desk::told::title;
use crate::routes::page::Shown;
use crate::routes::site::{SignedIn, Site, problem};
use crate::shell::Shell;
use crate::view::lamp::{Lamp, Shape};

#[derive(Deserialize)]
pub(super) struct Done {
    /// Number of what was just taken.
    done: Option<String>,
}

pub(super) async fn day(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(query): Query<Done>,
) -> Result<Response, Problem> {
    let lang = shell.lang();
    let day = site.app.day(&session.caller).await.map_err(problem)?;
    let jobs =
        |lines: &[Line]| lines.iter().map(|line| job(lang, line, day.now, &day.calendar)).collect();
    let page = MyDay {
        grid: grid_words(&site, lang, session.caller.actor.grid.as_ref()),
        to_verify: jobs(&day.to_verify),
        to_check: jobs(&day.to_check),
        to_look_back: day.to_look_back.iter().map(|line| looked_at(lang, line, &day)).collect(),
        mine: jobs(&day.mine),
        done: query.done.map(|number| lang.trn("worker-done", "number", number)),
        shell,
    };
    Ok(Shown(page).into_response())
}

pub(super) fn grid_words(site: &Site, lang: Lang, grid: Option<&GridCode>) -> String {
    let path = grid.map(|grid| site.app.grid_path(grid.as_str())).unwrap_or_default();
    path.iter().map(|name| lang.pick(name)).collect::<Vec<_>>().join(" ")
}

/// Looking back is a step of the matter's own page.
fn looked_at(lang: Lang, line: &Line, day: &Day) -> Job {
    let told = job(lang, line, day.now, &day.calendar);
    Job { href: format!("/m/{}/look-back", line.number), ..told }
}

pub(super) fn job(lang: Lang, line: &Line, now: Instant, calendar: &Calendar) -> Job {
    let lamp = match &line.due {
        _ if line.is_suspended => Lamp::new(Shape::Parked, lang.tr("lamp-suspended")),
        Some(due) => Lamp::of_due(lang, due, now, calendar),
        None => Lamp::new(Shape::NotBegun, lang.code_of("stage", line.stage.code())),
    };
    let area = line.area.last().map(|grid| lang.pick(grid).to_owned());
    let place = line.address.clone().or(area).unwrap_or_default();
    let source = lang.code_of("source", line.source.code());
    let item = line.item_name.as_ref().map(|item| lang.pick(item).to_owned());
    Job {
        href: format!("/worker/m/{}", line.number),
        lamp,
        title: title(&line.words).or(item).unwrap_or_else(|| line.number.clone()),
        note: [place.as_str(), source.as_ref()].join(lang.tr("list-comma").as_ref()),
    }
}
