//! `/admin/places`: coded spots, added and retired.

use axum::Router;
use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::get;
use bihuan_app::commands::NewPlace;
use bihuan_domain::ids::GridCode;
use bihuan_domain::playbook::model::Text;
use bihuan_domain::refusal::{Reason, Refusal};

use super::{Again, Asked, Sent, Visit, done, entered, grid_choices, pages, shown};
use crate::csrf::CsrfForm;
use crate::i18n::Lang;
use crate::pages::admin::Section;
use crate::pages::admin::places::{PlaceRow, Places, RetirePlace, add_form, retire_form};
use crate::problem::Problem;
use crate::routes::site::{Site, problem};
use crate::routes::spot;

pub(super) fn routes() -> Router<Site> {
    Router::new()
        .route("/admin/places", get(list).post(add))
        .route("/admin/places/{id}/retire", get(ask_retire).post(retire))
}

async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    page(visit, &asked, None).await
}

/// `柳园路 路灯`, with the names of the grids above it.
pub(super) fn area_words(lang: Lang, area: &[Text]) -> String {
    area.iter().map(|name| lang.pick(name)).collect::<Vec<_>>().join(" ")
}

async fn page(visit: Visit, asked: &Asked, again: Option<Again>) -> Result<Response, Problem> {
    let lang = visit.lang();
    let again = again.as_ref();
    let frame = visit.frame(Section::Places, asked, again)?;
    let found =
        visit.site.app.places(&visit.session.caller, &asked.after).await.map_err(problem)?;
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
        add: add_form(lang, grid_choices(&visit.site, lang), &entered(again))
            .with("command", visit.site.new_command()),
        sheet_href: format!("/admin/places/signs?{after}"),
        frame,
        shell: visit.shell,
    };
    Ok(shown(page, again))
}

async fn add(visit: Visit, form: CsrfForm<Sent>) -> Result<Response, Problem> {
    let sent = form.into_inner();
    let added = match new_place(&visit.site, &sent) {
        Ok(place) => {
            visit
                .site
                .app
                .add_places(&visit.session.caller, sent.command(&visit.site), vec![place])
                .await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match sent.or_again(added)? {
        Ok(()) => Ok(done(Section::Places, "place-added", 1)),
        Err(again) => page(visit, &Asked::default(), Some(again)).await,
    }
}

fn new_place(site: &Site, sent: &Sent) -> Result<NewPlace, Refusal> {
    let name = sent.name()?;
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
    Ok(NewPlace { id: site.app.new_place_id(&grid), name, grid, position })
}

async fn ask_retire(visit: Visit, Path(id): Path<String>) -> Result<Response, Problem> {
    retire_page(visit, &id, None).await
}

async fn retire_page(visit: Visit, id: &str, again: Option<Again>) -> Result<Response, Problem> {
    let lang = visit.lang();
    let again = again.as_ref();
    let frame = visit.frame(Section::Places, &Asked::default(), again)?;
    let place = visit.site.app.coded_place(&visit.session.caller, id).await.map_err(problem)?;
    let page = RetirePlace {
        name: lang.pick(&place.name).to_owned(),
        code: place.id,
        form: retire_form(lang, id, &entered(again)).with("command", visit.site.new_command()),
        frame,
        shell: visit.shell,
    };
    Ok(shown(page, again))
}

async fn retire(
    visit: Visit,
    Path(id): Path<String>,
    form: CsrfForm<Sent>,
) -> Result<Response, Problem> {
    let sent = form.into_inner();
    let reprint = match sent.one("what") {
        "reprint" => true,
        "gone" => false,
        _ => {
            let refusal = Refusal::new(Reason::FieldNeeded).with("field", "what");
            return retire_page(visit, &id, Some(sent.again(refusal))).await;
        }
    };
    let command = sent.command(&visit.site);
    visit
        .site
        .app
        .retire_place(&visit.session.caller, command, &id, reprint)
        .await
        .map_err(problem)?;
    Ok(done(Section::Places, "place-retired", 1))
}
