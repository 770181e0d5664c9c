//! What of a bulletin is counted: asked for by a cut-off, shown, frozen, and
//! counted again later.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use bihuan_app::queries::figures::{Asked, Difference, Figures};
use bihuan_app::queries::tasks::{FINDINGS, TASKS};
use bihuan_domain::ids::RegimeCode;
use bihuan_domain::instant::Instant;
use bihuan_domain::playbook::model::PaperTemplate;
use jiff::civil::{Date, DateTime};

use super::typed::Typed;
use crate::i18n::{Key, Lang};
use crate::pages::desk::paper_form::CountedView;
use crate::pages::desk::recount::{Recount, RecountRow};
use crate::problem::Problem;
use crate::routes::page::Shown;
use crate::routes::site::{SignedIn, Site, problem};
use crate::shell::Shell;
use crate::view::field::{Choice, Control, Field};
use crate::view::form::Form;
use crate::view::why::day_at;

/// Fields of a template that the journal fills.
pub(super) const COUNTED: &[&str] = &[
    "cut-off",
    "by-unit",
    "all",
    "done",
    "open",
    "overdue",
    "due",
    "on-time",
    "late",
    "missing",
    "slips",
    "criticised",
];
/// The figures a page was made with.
pub(super) const SHOWN: &str = "shown-figures";
const REGIMES: [&str; 2] = [TASKS, FINDINGS];

/// Until the last full minute, from the beginning of the year, where nobody
/// asked otherwise.
pub(super) fn asked(site: &Site, typed: &Typed) -> Asked {
    let now = site.app.now();
    let minute = 60_000_000;
    let last = Instant::from_micros(now.micros().div_euclid(minute) * minute);
    let cut_off: Option<DateTime> = typed.one("cut_off").parse().ok();
    let cut_off = cut_off.map_or(last, Instant::from_civil).min(last);
    let from: Option<Date> = typed.one("from").parse().ok();
    let from = from.unwrap_or_else(|| cut_off.date().first_of_year());
    let named = typed.all("regime");
    let chosen = REGIMES.iter().filter(|code| named.iter().any(|one| one == *code));
    let mut regimes: Vec<RegimeCode> = chosen.map(|code| RegimeCode::new(*code)).collect();
    if regimes.is_empty() {
        regimes = REGIMES.iter().map(|code| RegimeCode::new(*code)).collect();
    }
    Asked { regimes, from, cut_off }
}

fn local(at: Instant) -> String {
    at.civil().strftime("%Y-%m-%dT%H:%M").to_string()
}

pub(super) fn view(
    site: &Site,
    shell: &Shell,
    template: &PaperTemplate,
    figures: &Figures,
) -> CountedView {
    let lang = shell.lang();
    let asked = &figures.asked;
    let date = |kind| Control::Line { kind, autocomplete: "off" };
    let regimes = REGIMES.iter().map(|code| {
        let name = if *code == TASKS { Key("nav-supervision") } else { Key("nav-rectification") };
        Choice::new(*code, lang.tr(name.0))
    });
    let chosen: Vec<&str> = asked.regimes.iter().map(RegimeCode::as_str).collect();
    let fields = vec![
        Field::new("from", lang.tr("bulletin-from"), date("date")).value(asked.from.to_string()),
        Field::new("cut_off", lang.tr("bulletin-cut-off"), date("datetime-local"))
            .value(local(asked.cut_off)),
        Field::new("regime", lang.tr("bulletin-regimes"), Control::Ticks(regimes.collect()))
            .value(chosen.join("\n")),
    ];
    let mut hidden = vec![
        ("from".to_owned(), asked.from.to_string()),
        ("cut_off".to_owned(), local(asked.cut_off)),
        (SHOWN.to_owned(), serde_json::to_string(figures).unwrap_or_default()),
    ];
    hidden.extend(chosen.iter().map(|code| ("regime".to_owned(), (*code).to_owned())));
    CountedView {
        hidden,
        filter: Form::filter("/bulletins/new", lang.tr("bulletin-count"), fields)
            .with("template", template.code.as_str()),
        say: sums(lang, figures),
        rule: rule(site, shell, figures),
    }
}

fn sums(lang: Lang, figures: &Figures) -> String {
    let sum = &figures.sum;
    lang.say("bulletin-sums")
        .with("all", sum.all)
        .with("done", sum.done)
        .with("open", sum.open)
        .with("overdue", sum.overdue)
        .with("due", sum.due)
        .with("on-time", sum.on_time)
        .with("slips", sum.slips)
        .with("criticised", sum.criticised)
        .with("elsewhere", figures.elsewhere)
        .to_string()
}

fn rule(site: &Site, shell: &Shell, figures: &Figures) -> String {
    let rules = site.app.rules();
    let said = match rules.in_force(site.app.now()) {
        Ok(version) => shell.day_words(&day_at(&version.calendar, figures.asked.cut_off)),
        Err(_) => local(figures.asked.cut_off),
    };
    shell.say("bulletin-rule").with("at", said).with("rule", i64::from(figures.rule)).to_string()
}

/// `GET /bulletins/{number}/recount`
pub(super) async fn recount(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    let (frozen, differences) =
        site.app.recount(&session.caller, &number).await.map_err(problem)?;
    let lang = shell.lang();
    let rows = differences.iter().map(|one| row(&site, lang, one));
    let page = Recount {
        href: format!("/m/{number}"),
        number,
        say: sums(lang, &frozen),
        rule: rule(&site, &shell, &frozen),
        rows: rows.collect(),
        shell,
    };
    Ok(Shown(page).into_response())
}

fn row(site: &Site, lang: Lang, one: &Difference) -> RecountRow {
    let unit = match &one.unit {
        None => lang.tr("bulletin-all-units").into_owned(),
        Some(unit) => lang.pick(&site.app.rules().unit_name(unit.as_str())).to_owned(),
    };
    RecountRow {
        unit,
        figure: lang.tr(figure(one.figure).0).into_owned(),
        frozen: one.frozen,
        counted: one.counted,
    }
}

fn figure(code: &str) -> Key {
    match code {
        "all" => Key("figure-all"),
        "done" => Key("figure-done"),
        "open" => Key("figure-open"),
        "overdue" => Key("figure-overdue"),
        "due" => Key("figure-due"),
        "on-time" => Key("figure-on-time"),
        "late" => Key("figure-late"),
        "missing" => Key("figure-missing"),
        "slips" => Key("figure-slips"),
        _ => Key("figure-criticised"),
    }
}
