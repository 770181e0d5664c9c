//! `/admin/units`: the tree, adding a unit, merging two.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bihuan_app::Error;
use bihuan_app::commands::Session;
use bihuan_domain::ids::UnitCode;
use bihuan_domain::playbook::model::{Text, Unit};
use bihuan_domain::refusal::{Reason, Refusal};

use super::{Again, Asked, Sent, done, entered, frame, shown, unit_choices};
use crate::csrf::CsrfForm;
use crate::pages::admin::Section;
use crate::pages::admin::units::{MergeUnit, UnitRow, Units, add_form, merge_form};
use crate::problem::Problem;
use crate::routes::site::{SignedIn, Site, problem};
use crate::shell::Shell;

pub(super) fn routes() -> Router<Site> {
    Router::new()
        .route("/admin/units", get(list).post(add))
        .route("/admin/units/{code}/merge", get(ask_merge).post(merge))
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
    let frame = frame(session, lang, Section::Units, asked, again)?;
    let lines = site.app.units(&session.caller).await.map_err(problem)?;
    let units = lines.into_iter().map(|line| UnitRow {
        code: line.code.to_string(),
        name: lang.pick(&line.name).to_owned(),
        depth: line.depth,
        grid: line.grid.map(|grid| super::area_name(site, lang, &grid)),
        people: line.people.unsigned_abs(),
        open: line.open.unsigned_abs(),
        merged_into: line.merged_into.map(|into| lang.pick(&into).to_owned()),
    });
    let add = add_form(lang, unit_choices(site, lang), &entered(again))
        .with("command", site.new_command());
    Ok(shown(Units { units: units.collect(), add, frame, shell }, again))
}

async fn add(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    form: CsrfForm<Sent>,
) -> Result<Response, Problem> {
    let sent = form.into_inner();
    let added = match unit(&sent) {
        Ok(unit) => site.app.add_units(&session.caller, sent.command(&site), vec![unit]).await,
        Err(refusal) => Err(refusal.into()),
    };
    match added {
        Ok(()) => Ok(done(Section::Units, "unit-added", 1)),
        Err(Error::Refused(refusal)) => {
            page(&site, &session, shell, &Asked::default(), Some(sent.again(refusal))).await
        }
        Err(fault) => Err(problem(fault)),
    }
}

fn unit(sent: &Sent) -> Result<Unit, Refusal> {
    let code = sent.needed("code")?;
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !code.chars().all(is_plain) {
        return Err(Refusal::new(Reason::FieldNeeded).with("field", "code"));
    }
    let zh = sent.needed("name_zh")?.to_owned();
    let en =
        if sent.one("name_en").is_empty() { zh.clone() } else { sent.one("name_en").to_owned() };
    let above = sent.one("above");
    Ok(Unit {
        code: UnitCode::new(code),
        name: Text { zh, en },
        above: (!above.is_empty()).then(|| UnitCode::new(above)),
        grid: None,
    })
}

async fn ask_merge(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    merge_page(&site, &session, shell, &code, None).await
}

async fn merge_page(
    site: &Site,
    session: &Session,
    shell: Shell,
    code: &str,
    again: Option<Again>,
) -> Result<Response, Problem> {
    let lang = shell.lang();
    let again = again.as_ref();
    let frame = frame(session, lang, Section::Units, &Asked::default(), again)?;
    let from = UnitCode::new(code);
    let merging = site.app.merging(&session.caller, &from).await.map_err(problem)?;
    let rules = site.app.rules();
    let mut into = unit_choices(site, lang);
    into.retain(|choice| !rules.unit_tree.within(&UnitCode::new(&*choice.value), &from));
    let page = MergeUnit {
        name: lang.pick(&merging.name).to_owned(),
        open: merging.open.unsigned_abs(),
        people: merging.people.unsigned_abs(),
        form: merge_form(lang, code, into, &entered(again)).with("command", site.new_command()),
        frame,
        shell,
    };
    Ok(shown(page, again))
}

async fn merge(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Path(code): Path<String>,
    form: CsrfForm<Sent>,
) -> Result<Response, Problem> {
    let sent = form.into_inner();
    let merged = match sent.needed("into") {
        Ok(into) => {
            let (from, into) = (UnitCode::new(&*code), UnitCode::new(into));
            site.app.merge_units(&session.caller, sent.command(&site), &from, &into).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match merged {
        Ok(handed) => Ok(done(Section::Units, "units-merged", handed).into_response()),
        Err(Error::Refused(refusal)) => {
            merge_page(&site, &session, shell, &code, Some(sent.again(refusal))).await
        }
        Err(fault) => Err(problem(fault)),
    }
}
