//! `/admin/places`: coded spots, added and retired.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;
use bihuan_app::Error;
use bihuan_app::commands::{NewPlace, Session};
use bihuan_domain::ids::GridCode;
use bihuan_domain::playbook::model::Text;
use bihuan_domain::refusal::{Reason, Refusal};

use super::{Again, Asked, Sent, done, entered, frame, grid_choices, pages, shown};
use crate::csrf::CsrfForm;
use crate::i18n::Lang;
use crate::pages::admin::Section;
use crate::pages::admin::places::{PlaceRow, Places, RetirePlace, add_form, retire_form};
use crate::problem::Problem;
use crate::routes::site::{SignedIn, Site, problem};
use crate::routes::spot;
use crate::shell::Shell;

pub(super) fn routes() -> Router<Site> {
    Router::new()
        .route("/admin/places", get(list).post(add))
        .route("/admin/places/{id}/retire", get(ask_retire).post(retire))
}

async fn list(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    page(&site, &session, shell, &asked, None).await
}

/// `柳园路 路灯`, with the names of the grids above it.
pub(super) fn area_words(lang: Lang, area: &[Text]) -> String {
    area.iter().map(|name| lang.pick(name)).collect::<Vec<_>>().join(" ")
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
    let frame = frame(session, lang, Section::Places, asked, again)?;
    let found = site.app.places(&session.caller, &asked.after).await.map_err(problem)?;
    let places = found.places.iter().map(|line| PlaceRow {
        id: line.id.clone(),
        name: lang.pick(&line.name).to_owned(),
        grid: area_words(lang, &line.area),
        reports: line.reports.unsigned_abs(),
        is_retired: line.is_retired,
    });
    let after = serde_html_form::to_string([("after", asked.after.as_str())]).unwrap_or_default();
    let page = Places {
        places: places.collect(),
        pages: pages(Section::Places, asked, found.next.as_deref()),
        add: add_form(lang, grid_choices(site, lang), &entered(again))
            .with("command", site.new_command()),
        sheet_href: format!("/admin/places/signs?{after}"),
        frame,
        shell,
    };
    Ok(shown(page, again))
}

async fn add(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    form: CsrfForm<Sent>,
) -> Result<Response, Problem> {
    let sent = form.into_inner();
    let added = match new_place(&site, &sent) {
        Ok(place) => site.app.add_places(&session.caller, sent.command(&site), vec![place]).await,
        Err(refusal) => Err(refusal.into()),
    };
    match added {
        Ok(()) => Ok(done(Section::Places, "place-added", 1)),
        Err(Error::Refused(refusal)) => {
            page(&site, &session, shell, &Asked::default(), Some(sent.again(refusal))).await
        }
        Err(fault) => Err(problem(fault)),
    }
}

fn new_place(site: &Site, sent: &Sent) -> Result<NewPlace, Refusal> {
    let zh = sent.needed("name_zh")?.to_owned();
    let en =
        if sent.one("name_en").is_empty() { zh.clone() } else { sent.one("name_en").to_owned() };
    let grid = GridCode::new(sent.needed("grid")?);
    let rules = site.app.rules();
    let is_known =
        rules.in_force(site.app.now()).is_ok_and(|version| version.grid(&grid).is_some());
    if !is_known {
        return Err(Refusal::new(Reason::UnknownGrid).with("grid", &grid));
    }
    let position = match sent.one("position") {
        "" => None,
        typed => Some(
            spot::typed(typed)
                .ok_or_else(|| Refusal::new(Reason::FieldNeeded).with("field", "position"))?,
        ),
    };
    Ok(NewPlace { id: site.app.new_place_id(&grid), name: Text { zh, en }, grid, position })
}

async fn ask_retire(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    retire_page(&site, &session, shell, &id, None).await
}

async fn retire_page(
    site: &Site,
    session: &Session,
    shell: Shell,
    id: &str,
    again: Option<Again>,
) -> Result<Response, Problem> {
    let lang = shell.lang();
    let again = again.as_ref();
    let frame = frame(session, lang, Section::Places, &Asked::default(), again)?;
    let place = site.app.coded_place(&session.caller, id).await.map_err(problem)?;
    let page = RetirePlace {
        name: lang.pick(&place.name).to_owned(),
        code: place.id,
        form: retire_form(lang, id, &entered(again)).with("command", site.new_command()),
        frame,
        shell,
    };
    Ok(shown(page, again))
}

async fn retire(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Path(id): Path<String>,
    form: CsrfForm<Sent>,
) -> Result<Response, Problem> {
    let sent = form.into_inner();
    let reprint = match sent.one("what") {
        "reprint" => true,
        "gone" => false,
        _ => {
            let refusal = Refusal::new(Reason::FieldNeeded).with("field", "what");
            return retire_page(&site, &session, shell, &id, Some(sent.again(refusal))).await;
        }
    };
    let command = sent.command(&site);
    site.app.retire_place(&session.caller, command, &id, reprint).await.map_err(problem)?;
    Ok(done(Section::Places, "place-retired", 1))
}
