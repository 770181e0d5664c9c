//! `/burden`: what a year has laid on each unit, against its budgets; and what
//! one more would lay on whom, told in every form that adds one.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bihuan_app::App;
use bihuan_app::commands::Weight;
use bihuan_app::queries::MatterView;
use bihuan_app::queries::burden::{BurdenYear, UnitBurden};
use bihuan_domain::ids::{RegimeCode, UnitCode};
use bihuan_domain::matter::{Burden, Step};
use bihuan_domain::playbook::model::Playbook;
use serde::Deserialize;

use crate::i18n::Lang;
use crate::pages::desk::Tab;
use crate::pages::desk::burden::{BudgetLine, BurdenPage, Laid, UnitLine};
use crate::problem::Problem;
use crate::routes::page::Shown;
use crate::routes::site::{SignedIn, Site, problem};
use crate::shell::Shell;
use crate::view::field::{Choice, Control};
use crate::view::form::Form;

/// Years offered beside this one.
const YEARS_BACK: i16 = 2;

pub(super) fn routes() -> Router<Site> {
    Router::new().route("/burden", get(show))
}

#[derive(Deserialize)]
struct Asked {
    year: Option<i16>,
}

async fn show(
    State(site): State<Site>,
    SignedIn(session): SignedIn,
    shell: Shell,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let found = site.app.burden_of_year(&session.caller, asked.year).await.map_err(problem)?;
    Ok(Shown(page(shell, &found)).into_response())
}

fn page(shell: Shell, found: &BurdenYear) -> BurdenPage {
    let lang = shell.lang();
    let years = (0..=YEARS_BACK).map(|back| found.this_year - back);
    let tab = |year: i16| {
        let tab = Tab::new(year.to_string(), None, &format!("/burden?year={year}"));
        if year == found.year { tab.current() } else { tab }
    };
    let budgets = found.budgets.iter().map(|(what, budget)| BudgetLine {
        what: lang.code_of("burden", what.code()).into_owned(),
        yearly: budget.yearly,
        basis: lang.pick(&budget.basis).to_owned(),
    });
    let duties = found.duties.iter().map(|duty| lang.pick(&duty.name).to_owned());
    BurdenPage {
        say: lang
            .say("burden-say")
            .with("year", i64::from(found.year).to_string())
            .with("n", found.units.len())
            .to_string(),
        years: years.map(tab).collect(),
        kinds: found
            .budgets
            .keys()
            .map(|what| lang.code_of("burden", what.code()).into_owned())
            .collect(),
        units: found.units.iter().map(|unit| line(lang, unit, found)).collect(),
        budgets: budgets.collect(),
        duties: duties.collect(),
        is_example: found.is_example,
        shell,
    }
}

fn line(lang: Lang, unit: &UnitBurden, found: &BurdenYear) -> UnitLine {
    let laid = |(what, budget): (&Burden, &bihuan_domain::playbook::model::Budget)| {
        // Only villages have demands counted.
        let is_counted = *what != Burden::Demands || unit.is_village;
        is_counted.then(|| Laid { count: unit.of(*what).count, budget: budget.yearly })
    };
    UnitLine {
        unit: lang.pick(&unit.name).to_owned(),
        laid: found.budgets.iter().map(laid).collect(),
        passed: unit.counted.values().map(|counted| counted.passed).sum(),
    }
}

/// The lines of the duty list, where matters of this regime go by it.
pub(super) fn duties(lang: Lang, playbook: &Playbook, regime: &RegimeCode) -> Vec<Choice> {
    if playbook.burdens.of_regime(regime) != Some(Burden::Demands) {
        return Vec::new();
    }
    let duties = playbook.burdens.duties.iter();
    duties.map(|duty| Choice::new(&duty.code, lang.pick(&duty.name))).collect()
}

/// What one more does: `本年已收文14件，预算20件，发出后为15件`.
fn effect(lang: Lang, what: Burden, used: i64, budget: u32) -> String {
    let key = format!("burden-effect-{}", what.code());
    let said = lang.say(&key).with("used", used).with("budget", i64::from(budget));
    said.with("then", used + 1).to_string()
}

fn of_unit(app: &App, lang: Lang, unit: &UnitCode, said: String) -> String {
    let name = lang.pick(&app.rules().unit_name(unit.as_str())).to_owned();
    lang.say("burden-of").with("unit", name).with("said", said).to_string()
}

/// What a weighed paper or plan does to each unit it names.
pub(super) fn effects(app: &App, lang: Lang, weight: &Weight) -> Vec<String> {
    let Some((what, budget)) = weight.what.zip(weight.budget) else { return Vec::new() };
    let said = |(unit, used): &(UnitCode, i64)| {
        of_unit(app, lang, unit, effect(lang, what, *used, budget))
    };
    weight.used.iter().map(said).collect()
}

/// Beside each unit a step may be given to: what it would do to it.
pub(super) async fn tell(
    app: &App,
    view: &MatterView,
    step: Step,
    lang: Lang,
    form: &mut Form,
) -> Result<(), Problem> {
    let of_regime = view.playbook.burdens.of_regime(&view.matter.regime);
    let what = match step {
        Step::Confer => Burden::Meetings,
        Step::ApproveFiling => return tell_approver(app, view, of_regime, lang, form).await,
        Step::Dispatch | Step::Adjudicate | Step::Transfer | Step::CoHandle | Step::Redraft
            if of_regime == Some(Burden::Demands) =>
        {
            Burden::Demands
        }
        _ => return Ok(()),
    };
    tell_of(app, what, lang, form).await
}

/// The same in a form of its own.
pub(super) async fn tell_of(
    app: &App,
    what: Burden,
    lang: Lang,
    form: &mut Form,
) -> Result<(), Problem> {
    let Some((counts, budget)) = app.burden_this_year(what).await.map_err(problem)? else {
        return Ok(());
    };
    let rules = app.rules();
    let playbook = &rules.in_force(app.now()).map_err(problem)?.playbook;
    let is_counted = |unit: &UnitCode| what != Burden::Demands || playbook.is_village(unit);
    for field in &mut form.fields {
        match &mut field.control {
            Control::Ticks(choices) | Control::Folded(choices) => {
                for choice in choices {
                    let unit = UnitCode::new(&choice.value);
                    if is_counted(&unit) && rules.units.contains_key(&unit) {
                        choice.hint = Some(effect(lang, what, used(&counts, &unit), budget));
                    }
                }
            }
            // The choices of a list have no second line.
            Control::Select(choices) => {
                for choice in choices {
                    let unit = UnitCode::new(&choice.value);
                    if is_counted(&unit) && rules.units.contains_key(&unit) {
                        let said = effect(lang, what, used(&counts, &unit), budget);
                        choice.label = of_unit(app, lang, &unit, said);
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whoever approves a draft sees what it does to the units it names.
async fn tell_approver(
    app: &App,
    view: &MatterView,
    what: Option<Burden>,
    lang: Lang,
    form: &mut Form,
) -> Result<(), Problem> {
    let (Some(what), Some(brief)) = (what, view.matter.brief.as_deref()) else { return Ok(()) };
    let Some((counts, budget)) = app.burden_this_year(what).await.map_err(problem)? else {
        return Ok(());
    };
    let named = brief.lead.iter().chain(&brief.co);
    let counted = named.filter(|unit| what != Burden::Demands || view.playbook.is_village(unit));
    let said = counted
        .map(|unit| of_unit(app, lang, unit, effect(lang, what, used(&counts, unit), budget)));
    let said: Vec<String> = said.collect();
    if let Some(field) = form.fields.iter_mut().find(|field| field.name == "approve") {
        field.hint = (!said.is_empty()).then(|| said.join(&lang.tr("list-stop")));
    }
    Ok(())
}

fn used(counts: &BTreeMap<UnitCode, i64>, unit: &UnitCode) -> i64 {
    counts.get(unit).copied().unwrap_or_default()
}
