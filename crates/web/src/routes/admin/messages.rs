//! `/admin/messages`: what has not left yet, and by which ways messages go.

use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use bihuan_app::background::tasks::{QUIET_FROM, QUIET_TO};
use bihuan_app::queries::admin::Outgoing;
use bihuan_domain::instant::Instant;

use super::{Asked, Sent, day, done, frame, shown};
use crate::csrf::CsrfForm;
use crate::i18n::{Key, Lang};
use crate::pages::admin::Section;
use crate::pages::admin::messages::{Delivery, Messages, OutgoingRow, Way};
use crate::problem::Problem;
use crate::routes::site::{SignedIn, Site, problem};
use crate::shell::Shell;
use crate::view::day::clock;
use crate::view::table::Pages;

pub(super) fn routes() -> Router<Site> {
    Router::new().route("/admin/messages", get(list)).route("/admin/messages/again", post(again))
}

async fn list(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let lang = shell.lang();
    let frame = frame(&session, lang, Section::Messages, &asked, None)?;
    let found = site.app.outgoing(&session.caller).await.map_err(problem)?;
    let quiet = lang
        .say("messages-quiet-hours")
        .with("from", clock(QUIET_FROM))
        .with("to", clock(QUIET_TO))
        .to_string();
    let page = Messages {
        ways: ways(&site, lang),
        quiet_hours: quiet,
        digest: lang.tr("messages-together").into_owned(),
        outgoing: found.into_iter().map(|one| row(&site, lang, one)).collect(),
        pages: Pages::default(),
        frame,
        shell,
    };
    Ok(shown(page, None))
}

fn ways(site: &Site, lang: Lang) -> Vec<Way> {
    let way =
        |name: String, state: Key, is_on| Way { name, state: lang.tr(state.0).into_owned(), is_on };
    let mut ways = vec![way(lang.tr("messages-in-app").into_owned(), Key("messages-always"), true)];
    let couriers = site.app.couriers();
    ways.extend(
        couriers.iter().map(|one| way(one.channel().to_owned(), Key("messages-channel-on"), true)),
    );
    if couriers.is_empty() {
        let name = lang.tr("messages-no-channel").into_owned();
        ways.push(way(name, Key("messages-channel-off"), false));
    }
    ways
}

fn row(site: &Site, lang: Lang, one: Outgoing) -> OutgoingRow {
    let is_overdue = one.row.kind == "overdue";
    let what = if is_overdue { Key("messages-overdue") } else { Key("messages-soon") };
    let to = one
        .to
        .map(|(unit, role)| format!("{}·{}", lang.pick(&unit), lang.code_of("role", role.code())));
    OutgoingRow {
        id: one.row.id,
        what: lang.tr(what.0).into_owned(),
        number: one.number,
        to: to.unwrap_or_default(),
        way: one.row.channel,
        due: day(site, Instant::from_micros(one.row.after_us)),
        tries: one.row.tries.unsigned_abs(),
        delivery: if one.gave_up { Delivery::Failed } else { Delivery::Waiting },
        problem: one.row.fault,
    }
}

async fn again(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    form: CsrfForm<Sent>,
) -> Result<Response, Problem> {
    let sent = form.into_inner();
    site.app.send_again(&session.caller, sent.one("message")).await.map_err(problem)?;
    Ok(done(Section::Messages, "sent-again", 1))
}
