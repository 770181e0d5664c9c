//! `/cockpit`: the overview. Each figure's address is a ledger that lists what
//! it counts.

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bihuan_app::queries::chased::{FindingFigures, NoticedUnit, TaskFigures};
use bihuan_app::queries::cockpit::{ANSWER_DAYS, HeldUp, Lamps, OpenPart, Overview};
use bihuan_app::queries::ledger::LedgerLine;

use super::ledger::asked::UNKNOWN;
use super::ledger::row::Teller;
use crate::i18n::{Key, Lang};
use crate::pages::desk::cockpit::{
    Answers, Asking, Cockpit, Counts, Figure, NotFixed, NoticedUnits, Part, UnitLine,
    answers_sentence, lede,
};
use crate::problem::Problem;
use crate::routes::page::Shown;
use crate::routes::site::{SignedIn, Site, problem};
use crate::shell::Shell;
use crate::view::day::clock;
use crate::view::equation::{Equation, Term};
use crate::view::lamp::Shape;
use crate::view::why::day_at;

const OPEN: &str = "/ledger?state=open";
/// Tasks that are counted: approved, and without parts.
const TASKS: &str = "/ledger?regime=supervised-task&approved=1&undivided=1";
const STUCK: &str = "/ledger?stuck=1";

pub(super) fn routes() -> Router<Site> {
    Router::new().route("/cockpit", get(show)).route("/rectification/units", get(units))
}

async fn show(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
) -> Result<Response, Problem> {
    let overview = site.app.overview(&session.caller).await.map_err(problem)?;
    Ok(Shown(page(shell, &overview)).into_response())
}

fn page(shell: Shell, overview: &Overview) -> Cockpit {
    let lang = shell.lang();
    let teller = Teller { lang, calendar: overview.calendar.clone(), now: overview.now };
    let lamps = &overview.lamps;
    let counts = Counts {
        open: overview.open,
        late: lamps.overdue,
        soon: lamps.due_soon,
        stuck: overview.stuck,
    };
    let since = overview.answers.from.date().to_string();
    let answers = Answers {
        days: ANSWER_DAYS,
        fixed: overview.answers.fixed,
        partly: overview.answers.partly,
        not_fixed: overview.answers.not_fixed,
    };
    Cockpit {
        lede: lede(lang, &counts, STUCK),
        heading: shell.day_words(&shell.today),
        as_of: lang.trn("cockpit-as-of", "time", clock(overview.now.time())),
        by_lamp: by_lamp(lang, overview),
        tasks: tasks(lang, &overview.chased.tasks),
        proposed: figure(
            lang,
            Key("cockpit-proposed"),
            overview.chased.tasks.proposed,
            "/ledger?regime=supervised-task&criticism=proposed",
        ),
        rectified: rectified(lang, &overview.chased.rectified),
        asking: overview.red.iter().map(|line| asking(&teller, line, &[])).collect(),
        stuck: overview.held_up.iter().map(|one| held_up(&teller, one)).collect(),
        stuck_href: STUCK.to_owned(),
        towns: overview.towns.iter().map(|town| part(lang, "town", town)).collect(),
        classes: overview.classes.iter().map(|class| part(lang, "class", class)).collect(),
        total: figures(lang.tr("cockpit-total").into_owned(), OPEN.to_owned(), lamps),
        not_fixed_say: answers_sentence(lang, &answers, &since),
        not_fixed: overview.not_fixed.iter().map(|line| not_fixed(&teller, line)).collect(),
        shell,
    }
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

fn by_lamp(lang: Lang, overview: &Overview) -> Equation {
    let lamps = &overview.lamps;
    let term = |number, code: &str, shape: Shape| {
        Term::new(count(number), shape.name(lang), format!("{OPEN}&lamp={code}")).with_lamp(shape)
    };
    Equation::new(
        Term::new(count(overview.open), lang.tr("ledger-open"), OPEN),
        vec![
            term(lamps.overdue, "overdue", Shape::Overdue),
            term(lamps.due_soon, "due-soon", Shape::DueSoon),
            term(lamps.on_track, "on-track", Shape::OnTrack),
            term(lamps.parked, "parked", Shape::Parked),
        ],
    )
}

/// What was approved, by what became of it.
fn tasks(lang: Lang, of: &TaskFigures) -> Equation {
    let lamps = &of.lamps;
    let open = |number, code: &str, shape: Shape| {
        let href = format!("{TASKS}&state=open&lamp={code}");
        Term::new(count(number), shape.name(lang), href).with_lamp(shape)
    };
    let closed =
        Term::new(count(of.done), lang.tr("ledger-closed"), format!("{TASKS}&state=closed"));
    Equation::new(
        Term::new(count(of.all), lang.tr("ledger-filed"), format!("{TASKS}&state=kept")),
        vec![
            closed.with_lamp(Shape::Done),
            open(lamps.overdue, "overdue", Shape::Overdue),
            open(lamps.due_soon, "due-soon", Shape::DueSoon),
            open(lamps.on_track, "on-track", Shape::OnTrack),
            open(lamps.parked, "parked", Shape::Parked),
        ],
    )
}

fn rectified(lang: Lang, of: &FindingFigures) -> Vec<Figure> {
    vec![
        figure(
            lang,
            Key("cockpit-findings"),
            of.findings,
            "/ledger?regime=rectification&state=kept",
        ),
        figure(
            lang,
            Key("cockpit-notices"),
            of.notices,
            "/ledger?regime=notice&covers=1&approved=1&state=kept",
        ),
        figure(lang, Key("cockpit-units"), of.units, "/rectification/units"),
        figure(
            lang,
            Key("cockpit-struck-off"),
            of.struck_off,
            "/ledger?regime=rectification&stage=struck-off",
        ),
        figure(
            lang,
            Key("cockpit-rebounded"),
            of.rebounded,
            "/ledger?regime=rectification&reopened=1",
        ),
    ]
}

fn figure(lang: Lang, label: Key, number: i64, href: &str) -> Figure {
    let label = lang.tr(label.0).into_owned();
    Figure { label, count: count(number), href: href.to_owned() }
}

async fn units(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
) -> Result<Response, Problem> {
    let units = site.app.noticed_units(&session.caller).await.map_err(problem)?;
    let lang = shell.lang();
    let line = |unit: &NoticedUnit| {
        let notices = format!(
            "/ledger?regime=notice&covers=1&approved=1&state=kept&criticism=approved&unit={}",
            unit.code
        );
        UnitLine {
            name: lang.pick(&unit.name).to_owned(),
            notices: count(unit.notices),
            notices_href: notices,
            findings: count(unit.findings),
        }
    };
    let units: Vec<UnitLine> = units.iter().map(line).collect();
    let printed = shell.print_head(&shell.tr("cockpit-units"), site.app.now());
    Ok(Shown(NoticedUnits { units, printed, shell }).into_response())
}

fn part(lang: Lang, name: &str, of: &OpenPart) -> Part {
    let code = of.code.as_deref().unwrap_or(UNKNOWN);
    let label = match (&of.name, &of.code) {
        (Some(text), _) => lang.pick(text).to_owned(),
        (None, Some(code)) => code.clone(),
        (None, None) => lang.tr("ledger-unknown").into_owned(),
    };
    figures(label, format!("{OPEN}&{name}={code}"), &of.lamps)
}

fn figures(name: String, href: String, lamps: &Lamps) -> Part {
    Part {
        name,
        href,
        open: count(lamps.all()),
        on_track: count(lamps.on_track),
        due_soon: count(lamps.due_soon),
        overdue: count(lamps.overdue),
        parked: count(lamps.parked),
    }
}

/// The number; how many reported the same thing only where several did.
fn about(teller: &Teller, line: &LedgerLine) -> String {
    let number = line.line.number.clone();
    if line.reports < 2 {
        return number;
    }
    let reports = teller.lang.trn("matter-report-count", "n", line.reports);
    [number, reports].join(&teller.lang.tr("list-comma"))
}

fn asking(teller: &Teller, line: &LedgerLine, deciders: &[String]) -> Asking {
    let lang = teller.lang;
    let comma = lang.tr("list-comma");
    let unit = line.line.lead_name.as_ref().map(|name| lang.pick(name).to_owned());
    let whom = if deciders.is_empty() {
        unit.unwrap_or_else(|| lang.code_of("role", "triage").into_owned())
    } else {
        deciders.join(&comma)
    };
    Asking {
        lamp: teller.lamp(line),
        title: teller.title(line),
        href: format!("/m/{}", line.line.number),
        about: about(teller, line),
        stuck: stuck(teller, line),
        whom,
    }
}

fn held_up(teller: &Teller, one: &HeldUp) -> Asking {
    let role =
        |role: &bihuan_domain::access::Role| teller.lang.code_of("role", role.code()).into_owned();
    let deciders: Vec<String> = one.deciders.iter().map(role).collect();
    asking(teller, &one.line, &deciders)
}

fn stuck(teller: &Teller, line: &LedgerLine) -> String {
    let lang = teller.lang;
    match line.waiting.as_deref() {
        Some("extension") => lang.tr("stuck-extension").into_owned(),
        Some("transfer") => lang.tr("stuck-transfer").into_owned(),
        Some("reporter") => lang.tr("stuck-reporter").into_owned(),
        Some("answer") => lang.tr("stuck-answer").into_owned(),
        _ if line.line.is_suspended => lang.tr("lamp-suspended").into_owned(),
        _ => teller.stage(line),
    }
}

fn not_fixed(teller: &Teller, line: &LedgerLine) -> NotFixed {
    let name = line.line.lead_name.as_ref();
    NotFixed {
        title: teller.title(line),
        href: format!("/m/{}", line.line.number),
        unit: name.map(|name| teller.lang.pick(name).to_owned()).unwrap_or_default(),
        state: teller.stage(line),
        filed_on: day_at(&teller.calendar, line.line.filed_at).without_time(),
    }
}
