//! `/admin/units`: the tree, adding a unit, merging two.

use axum::Router;
use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::get;
use bihuan_domain::ids::UnitCode;
use bihuan_domain::playbook::model::Unit;
use bihuan_domain::refusal::{Reason, Refusal};

use super::{Again, Asked, Sent, Visit, done, entered, shown, unit_choices};
use crate::csrf::CsrfForm;
use crate::pages::admin::Section;
use crate::pages::admin::units::{MergeUnit, UnitRow, Units, add_form, merge_form};
use crate::problem::Problem;
use crate::routes::site::{Site, problem};

pub(super) fn routes() -> Router<Site> {
    Router::new()
        .route("/admin/units", get(list).post(add))
        .route("/admin/units/{code}/merge", get(ask_merge).post(merge))
}

async fn list(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    page(visit, &asked, None).await
}

async fn page(visit: Visit, asked: &Asked, again: Option<Again>) -> Result<Response, Problem> {
    let lang = visit.lang();
    let again = again.as_ref();
    let frame = visit.frame(Section::Units, asked, again)?;
    let lines = visit.site.app.units(&visit.session.caller).await.map_err(problem)?;
    let units = lines.into_iter().map(|line| UnitRow {
        code: line.code.to_string(),
        name: lang.pick(&line.name).to_owned(),
        depth: line.depth,
        grid: line.grid.map(|grid| super::area_name(&visit.site, lang, &grid)),
        people: line.people.unsigned_abs(),
        open: line.open.unsigned_abs(),
        merged_into: line.merged_into.map(|into| lang.pick(&into).to_owned()),
    });
    let add = add_form(lang, unit_choices(&visit.site, lang), &entered(again))
        .with("command", visit.site.new_command());
    Ok(shown(Units { units: units.collect(), add, frame, shell: visit.shell }, again))
}

async fn add(visit: Visit, form: CsrfForm<Sent>) -> Result<Response, Problem> {
    let sent = form.into_inner();
    let added = match unit(&sent) {
        Ok(unit) => {
            visit
                .site
                .app
                .add_units(&visit.session.caller, sent.command(&visit.site), vec![unit])
                .await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match sent.or_again(added)? {
        Ok(()) => Ok(done(Section::Units, "unit-added", 1)),
        Err(again) => page(visit, &Asked::default(), Some(again)).await,
    }
}

fn unit(sent: &Sent) -> Result<Unit, Refusal> {
    let code = sent.needed("code")?;
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !code.chars().all(is_plain) {
        return Err(Refusal::new(Reason::FieldNeeded).with("field", "code"));
    }
    let name = sent.name()?;
    let above = sent.one("above");
    Ok(Unit {
        code: UnitCode::new(code),
        name,
        above: (!above.is_empty()).then(|| UnitCode::new(above)),
        grid: None,
        village: false,
    })
}

async fn ask_merge(visit: Visit, Path(code): Path<String>) -> Result<Response, Problem> {
    merge_page(visit, &code, None).await
}

async fn merge_page(visit: Visit, code: &str, again: Option<Again>) -> Result<Response, Problem> {
    let lang = visit.lang();
    let again = again.as_ref();
    let frame = visit.frame(Section::Units, &Asked::default(), again)?;
    let from = UnitCode::new(code);
    let merging = visit.site.app.merging(&visit.session.caller, &from).await.map_err(problem)?;
    let rules = visit.site.app.rules();
    let mut into = unit_choices(&visit.site, lang);
    into.retain(|choice| !rules.unit_tree.within(&UnitCode::new(&*choice.value), &from));
    let page = MergeUnit {
        name: lang.pick(&merging.name).to_owned(),
        open: merging.open.unsigned_abs(),
        people: merging.people.unsigned_abs(),
        form: merge_form(lang, code, into, &entered(again))
            .with("command", visit.site.new_command()),
        frame,
        shell: visit.shell,
    };
    Ok(shown(page, again))
}

async fn merge(
    visit: Visit,
    Path(code): Path<String>,
    form: CsrfForm<Sent>,
) -> Result<Response, Problem> {
    let sent = form.into_inner();
    let merged = match sent.needed("into") {
        Ok(into) => {
            let (from, into) = (UnitCode::new(&*code), UnitCode::new(into));
            visit
                .site
                .app
                .merge_units(&visit.session.caller, sent.command(&visit.site), &from, &into)
                .await
        }
        Err(refusal) => Err(refusal.into()),
    };
    match sent.or_again(merged)? {
        Ok(handed) => Ok(done(Section::Units, "units-merged", handed)),
        Err(again) => merge_page(visit, &code, Some(again)).await,
    }
}
