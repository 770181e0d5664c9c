//! What a year has laid on units and may still lay: budgets of documents,
//! meetings, inspections and of demands made on villages, and how near two
//! inspections of a unit may be.
//!
//! Whoever is about to add one is told the count before ([`App::weigh`]); the
//! transaction that adds it counts again, alone, so that two at once cannot both
//! be the last.

use std::collections::BTreeMap;

use bihuan_domain::ids::{MatterId, UnitCode};
use bihuan_domain::matter::{Brief, Burden, Command, Matter};
use bihuan_domain::playbook::model::{Playbook, Regime};
use bihuan_domain::refusal::{Reason, Refusal};
use bihuan_store::Tx;
use bihuan_store::read::{About, AboutRow, BurdenOf, BurdenRow};
use jiff::ToSpan;
use jiff::civil::Date;

use super::act::Work;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

/// What one more would weigh on the units it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weight {
    /// None where the regime's matters are not counted.
    pub what: Option<Burden>,
    /// Each unit with how often it had one this year, without the new one.
    pub used: Vec<(UnitCode, i64)>,
    pub budget: Option<u32>,
    /// What stands against it unless a leader passes it over.
    pub against: Vec<Refusal>,
}

impl App {
    /// What a plan or paper would weigh, for whoever is about to add it.
    pub async fn weigh(
        &self,
        caller: &Caller,
        regime: &str,
        units: &[UnitCode],
        days: (Date, Date),
    ) -> Result<Weight> {
        let rules = self.rules();
        let playbook = &rules.in_force(self.now())?.playbook;
        let code = bihuan_domain::ids::RegimeCode::new(regime);
        let regime = playbook.regimes.get(&code).ok_or(Error::NotFound)?;
        let role = caller.actor.role;
        bihuan_domain::access::may_take_in(role, bihuan_domain::matter::Step::File, regime)?;
        let mut against = Vec::new();
        if let Some(about) = about(regime, units, days, None) {
            let rows = self.store().about(self.county(), &about).await?;
            against.extend(overlaps(regime, units, &rows));
        }
        let what = playbook.burdens.of_regime(&code);
        let rows = match what {
            None => Vec::new(),
            Some(what) => {
                let of = burden_of(what, units, day_of(what, days, self.now().date()), None);
                self.store().burdens_of(self.county(), &of).await?
            }
        };
        let budget = what.and_then(|what| playbook.burdens.budget(what));
        against.extend(budget.into_iter().zip(what).flat_map(|(budget, what)| {
            used_up(what, units, &rows, budget.yearly).collect::<Vec<_>>()
        }));
        let used = units.iter().map(|unit| (unit.clone(), used(&rows, unit))).collect();
        Ok(Weight { what, used, budget: budget.map(|budget| budget.yearly), against })
    }

    /// How often each unit had one of these this year, and how often it may.
    /// Only where the playbook counts it.
    pub async fn burden_this_year(
        &self,
        what: Burden,
    ) -> Result<Option<(BTreeMap<UnitCode, i64>, u32)>> {
        let now = self.now();
        let rules = self.rules();
        let Some(budget) = rules.in_force(now)?.playbook.burdens.budget(what) else {
            return Ok(None);
        };
        let rows = self.store().burdens(self.county(), now.date().year()).await?;
        let of = rows.into_iter().filter(|row| row.what == what.code());
        let counts = of.map(|row| (UnitCode::new(row.unit), row.count)).collect();
        Ok(Some((counts, budget.yearly)))
    }
}

impl Work<'_> {
    /// What stands against a command that lays something on units.
    pub(super) async fn limits(
        &mut self,
        tx: &mut Tx,
        id: MatterId,
        command: &Command,
    ) -> Result<Vec<Refusal>> {
        if !lays_on_units(command) {
            return Ok(Vec::new());
        }
        let matter = self.load(tx, id).await?.matter;
        let version = self.rules.version(&matter.playbook)?;
        let playbook = &version.playbook;
        let Some(regime) = playbook.regimes.get(&matter.regime) else { return Ok(Vec::new()) };
        let mut against = Vec::new();
        let units = named(command, &matter);
        if let Command::ApproveFiling { .. } = command {
            let days = days(&matter);
            if let Some(about) = about(regime, &units, days, Some(id)) {
                let rows = tx.about(self.app.county(), &about).await?;
                against.extend(overlaps(regime, &units, &rows));
            }
        }
        let Some((what, units)) = burden(command, &matter, playbook, units) else {
            return Ok(against);
        };
        let Some(budget) = playbook.burdens.budget(what) else { return Ok(against) };
        tx.hold_burden(self.app.county()).await?;
        let own = (what != Burden::Meetings).then_some(id);
        let on = day_of(what, days(&matter), self.now.date());
        let rows = tx.burdens_of(self.app.county(), &burden_of(what, &units, on, own)).await?;
        against.extend(used_up(what, &units, &rows, budget.yearly));
        Ok(against)
    }
}

const fn lays_on_units(command: &Command) -> bool {
    matches!(
        command,
        Command::ApproveFiling { approve: true, .. }
            | Command::Dispatch { .. }
            | Command::Adjudicate { .. }
            | Command::Transfer { approve: true, .. }
            | Command::CoHandle { .. }
            | Command::Confer { .. }
    )
}

/// The units a command gives the matter to, or calls together.
fn named(command: &Command, matter: &Matter) -> Vec<UnitCode> {
    match command {
        Command::ApproveFiling { .. } => {
            matter.brief.as_deref().map(|brief| units(brief).cloned().collect()).unwrap_or_default()
        }
        Command::Dispatch { lead, co, .. } => std::iter::once(lead).chain(co).cloned().collect(),
        Command::Adjudicate { lead, .. } => vec![lead.clone()],
        Command::Transfer { to, .. } => {
            let suggested = matter.transfer.as_ref().map(|request| request.suggested.clone());
            to.clone().or(suggested).into_iter().collect()
        }
        Command::CoHandle { unit, .. } => vec![unit.clone()],
        Command::Confer { units, .. } => units.iter().cloned().collect(),
        _ => Vec::new(),
    }
}

/// What the command counts as, and for which of the units.
fn burden(
    command: &Command,
    matter: &Matter,
    playbook: &Playbook,
    units: Vec<UnitCode>,
) -> Option<(Burden, Vec<UnitCode>)> {
    if matches!(command, Command::Confer { .. }) {
        return Some((Burden::Meetings, units));
    }
    let what = playbook.burdens.of_regime(&matter.regime)?;
    let units: Vec<UnitCode> = match what {
        Burden::Demands => units.into_iter().filter(|unit| playbook.is_village(unit)).collect(),
        // Counted when the draft is approved, not when it is sent.
        _ if !matches!(command, Command::ApproveFiling { .. }) => Vec::new(),
        _ => units,
    };
    (!units.is_empty()).then_some((what, units))
}

fn units(brief: &Brief) -> impl Iterator<Item = &UnitCode> {
    brief.lead.iter().chain(&brief.co)
}

fn days(matter: &Matter) -> (Date, Date) {
    let brief = matter.brief.as_deref();
    let from = brief.and_then(|brief| brief.from_on).unwrap_or_else(|| matter.filed_at.date());
    (from, brief.and_then(|brief| brief.due_on).unwrap_or(from))
}

/// The day whose year counts it: an inspection's own, else today.
fn day_of(what: Burden, days: (Date, Date), today: Date) -> Date {
    if what == Burden::Inspections { days.1 } else { today }
}

/// Others of the regime as far around these days as two may not be near; none
/// where they may.
fn about(
    regime: &Regime,
    units: &[UnitCode],
    days: (Date, Date),
    but: Option<MatterId>,
) -> Option<About> {
    let apart = i64::from(regime.apart_days?);
    Some(About {
        regime: regime.code.to_string(),
        units: units.iter().map(ToString::to_string).collect(),
        from_on: moved(days.0, -apart).to_string(),
        to_on: moved(days.1, apart).to_string(),
        but: but.map(|id| id.to_string()),
    })
}

fn overlaps(regime: &Regime, units: &[UnitCode], rows: &[AboutRow]) -> Vec<Refusal> {
    let near = |unit: &UnitCode| rows.iter().find(|row| row.unit == unit.as_str());
    let refusal = |unit: &UnitCode| {
        near(unit).map(|row| {
            Refusal::new(Reason::InspectionOverlap)
                .with("unit", unit)
                .with("number", &row.number)
                .with("days", regime.apart_days.unwrap_or_default())
        })
    };
    units.iter().filter_map(refusal).collect()
}

fn burden_of(what: Burden, units: &[UnitCode], on: Date, but: Option<MatterId>) -> BurdenOf {
    BurdenOf {
        year: on.year(),
        what: what.code(),
        units: units.iter().map(ToString::to_string).collect(),
        but: but.map(|id| id.to_string()),
    }
}

fn used_up(
    what: Burden,
    units: &[UnitCode],
    rows: &[BurdenRow],
    budget: u32,
) -> impl Iterator<Item = Refusal> {
    let full = units.iter().map(|unit| (unit, used(rows, unit)));
    full.filter(move |(_, used)| *used >= i64::from(budget)).map(move |(unit, used)| {
        Refusal::new(Reason::BudgetUsedUp)
            .with("unit", unit)
            .with("burden", what.code())
            .with("used", used)
            .with("budget", budget)
    })
}

fn used(rows: &[BurdenRow], unit: &UnitCode) -> i64 {
    rows.iter().filter(|row| row.unit == unit.as_str()).map(|row| row.count).sum()
}

fn moved(date: Date, days: i64) -> Date {
    date.saturating_add(days.days())
}
