//! "Is it one of these?": open matters near the report that is being written,
//! on the page itself where the place is known, and at `POST /report/nearby` for
//! a script that just learnt it. By POST, so that no position stands in an
//! address.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bihuan_app::queries::{OpenNearby, Spot};
use bihuan_domain::access::{Role, may_take_in};
use bihuan_domain::ids::{MatterId, PlaceId};
use bihuan_domain::matter::{Command, Step};

use super::form::{Judged, judge};
use super::report::residents_regime;
use crate::i18n::Lang;
use crate::pages::public::report::{Nearby, NearbyPart};
use crate::problem::Problem;
use crate::routes::page::Shown;
use crate::routes::sent::Sent;
use crate::routes::site::{Site, problem};
use crate::shell::Shell;
use crate::view::lamp::{Lamp, Shape};
use crate::view::why::day_at;

pub(super) async fn part(
    State(site): State<Site>,
    shell: Shell,
    sent: Sent,
) -> Result<Response, Problem> {
    let judged = judge(&site, shell.lang(), &sent).await?;
    let nearby = offered(&site, shell.lang(), &spot(&judged)).await?;
    let same_as = judged.form.same_as;
    Ok(Shown(NearbyPart { shell, nearby, same_as }).into_response())
}

pub(super) fn spot(judged: &Judged) -> Spot {
    Spot {
        place: judged.place_id(),
        position: judged.position,
        grid: judged.grid.clone(),
        item: judged.item(),
    }
}

pub(super) fn at_place(place: &str) -> Spot {
    Spot { place: Some(PlaceId::new(place)), ..Spot::default() }
}

/// Nothing, where the playbook does not let a reporter say that it is the same.
pub(super) async fn offered(site: &Site, lang: Lang, spot: &Spot) -> Result<Vec<Nearby>, Problem> {
    if !reporters_may_merge(site)? {
        return Ok(Vec::new());
    }
    let found = site.app.open_nearby(spot).await.map_err(problem)?;
    let now = site.app.now();
    let calendar = site.app.rules().in_force(now).map_err(problem)?.calendar.clone();
    let shown = found.into_iter().map(|one| Nearby {
        lamp: lamp(lang, &one, now, &calendar),
        filed: day_at(&calendar, one.filed_at).without_time(),
        due: one.due.map(|due| day_at(&calendar, due.due_at).without_time()),
        class: lang.pick(&one.class).to_owned(),
        place: lang.pick(&one.place).to_owned(),
        token: one.token,
    });
    Ok(shown.collect())
}

fn lamp(
    lang: Lang,
    one: &OpenNearby,
    now: bihuan_domain::instant::Instant,
    calendar: &bihuan_domain::calendar::Calendar,
) -> Lamp {
    match one.due {
        _ if one.is_suspended => Lamp::new(Shape::Parked, lang.tr("lamp-suspended")),
        Some(due) => Lamp::of_due(lang, &due, now, calendar),
        None => Lamp::new(Shape::NotBegun, lang.code_of("stage", one.stage.code())),
    }
}

/// What follows when a resident said "this is it": the report is joined to the
/// matter, if it is still open. Otherwise it stands for itself.
pub(super) async fn joined(site: &Site, judged: &Judged) -> Result<Option<Command>, Problem> {
    let token = &judged.form.same_as;
    if token.is_empty() || !reporters_may_merge(site)? {
        return Ok(None);
    }
    let found = site.app.named_nearby(&spot(judged), token).await.map_err(problem)?;
    Ok(found.map(|into: MatterId| Command::Merge { into }))
}

fn reporters_may_merge(site: &Site) -> Result<bool, Problem> {
    let rules = site.app.rules();
    let playbook = &rules.in_force(site.app.now()).map_err(problem)?.playbook;
    let code = residents_regime(playbook)?;
    let regime = playbook.regimes.get(&code);
    Ok(regime.is_some_and(|regime| may_take_in(Role::Reporter, Step::Merge, regime).is_ok()))
}
