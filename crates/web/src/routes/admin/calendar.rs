//! `/admin/calendar`: the years whose holidays are known, and loading the next.

use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use bihuan_app::Error;
use bihuan_app::commands::Session;
use bihuan_domain::ids::CommandId;
use bihuan_domain::refusal::{Reason, Refusal};

use super::{Again, Asked, day, done, files, frame, shown};
use crate::csrf::CsrfMultipart;
use crate::pages::admin::Section;
use crate::pages::admin::calendar::{CalendarYears, YearRow, load_form};
use crate::problem::Problem;
use crate::routes::site::{SignedIn, Site, problem};
use crate::shell::Shell;
use crate::view::form::Entered;

pub(super) fn uploads() -> Router<Site> {
    Router::new().route("/admin/calendar", get(list).post(load))
}

async fn list(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    page(&site, &session, shell, &asked, None).await
}

async fn page(
    site: &Site,
    session: &Session,
    shell: Shell,
    asked: &Asked,
    again: Option<Again>,
) -> Result<Response, Problem> {
    let lang = shell.lang();
    let again = again.as_ref();
    let frame = frame(session, lang, Section::Calendar, asked, again)?;
    let years = site.app.calendar_years(&session.caller).await.map_err(problem)?;
    let (unknown_from, estimated) =
        site.app.unknown_year(&session.caller).await.map_err(problem)?;
    let years = years.into_iter().map(|line| YearRow {
        year: line.year,
        notice: line.notice,
        days_off: line.days_off,
        swapped_in: line.swapped_in,
        workdays: line.workdays,
        loaded: match line.loaded_at {
            None => lang.tr("calendar-shipped").into_owned(),
            Some(at) => lang.trn("calendar-loaded-on", "at", shell.day_words(&day(site, at))),
        },
    });
    let page = CalendarYears {
        unknown_from,
        estimated: estimated.unsigned_abs(),
        years: years.collect(),
        load: load_form(lang),
        frame,
        shell,
    };
    Ok(shown(page, again))
}

async fn load(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    form: CsrfMultipart,
) -> Result<Response, Problem> {
    let files = files::read(form).await?;
    let command = CommandId(site.app.new_id());
    let loaded = match files.into_iter().next() {
        None => Err(Refusal::new(Reason::FieldNeeded).with("field", "file").into()),
        Some(file) => {
            let text = String::from_utf8_lossy(&file.bytes);
            site.app.load_calendar(&session.caller, command, &text).await
        }
    };
    match loaded {
        Ok(year) => Ok(done(Section::Calendar, "year-loaded", year.moved)),
        Err(Error::Refused(refusal)) => {
            let again = Again { entered: Entered::default(), refusal };
            page(&site, &session, shell, &Asked::default(), Some(again)).await
        }
        Err(fault) => Err(problem(fault)),
    }
}
