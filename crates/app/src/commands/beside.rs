//! What a decision relies on beside its own matter: parts that are still open,
//! other inspections of the same units, what a year's budget has left, whether a
//! link would close a circle, and the next number of a paper.

use bihuan_domain::access::may_see;
use bihuan_domain::ids::{MatterId, PaperCode, UnitCode};
use bihuan_domain::matter::{Actor, Brief, Command, DocumentNumber, Link, Matter};
use bihuan_domain::playbook::model::Regime;
use bihuan_domain::refusal::{Reason, Refusal};
use bihuan_store::Tx;
use bihuan_store::read::{About, AboutRow};
use jiff::ToSpan;
use jiff::civil::Date;

use super::act::Work;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

/// What is asked of the store for the rules.
#[derive(Debug, Default)]
pub(super) struct Beside {
    pub(super) open_parts: usize,
    pub(super) over: Vec<Refusal>,
}

/// What one more inspection or paper would weigh on the units it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weight {
    /// Each unit with how often it was named this year, without the new one.
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
        let version = rules.in_force(self.now())?;
        let code = bihuan_domain::ids::RegimeCode::new(regime);
        let regime = version.playbook.regimes.get(&code).ok_or(Error::NotFound)?;
        let role = caller.actor.role;
        bihuan_domain::access::may_take_in(role, bihuan_domain::matter::Step::File, regime)?;
        let about = about(regime, units, days, None);
        let rows = self.store().about(self.county(), &about).await?;
        let used = units.iter().map(|unit| (unit.clone(), used(&rows, unit, days.1))).collect();
        let against = against(regime, units, &rows, days);
        Ok(Weight { used, budget: regime.yearly, against })
    }
}

impl Work<'_> {
    pub(super) async fn beside(
        &mut self,
        tx: &mut Tx,
        id: MatterId,
        command: &Command,
        actor: &Actor,
    ) -> Result<Beside> {
        match command {
            Command::Submit { .. } => {
                let open = tx.open_parts(self.app.county(), id).await?;
                Ok(Beside { open_parts: open, over: Vec::new() })
            }
            Command::Withdraw { .. } => {
                let open_parts = self.withdraw_drafted_parts(tx, id, actor).await?;
                Ok(Beside { open_parts, over: Vec::new() })
            }
            Command::ApproveFiling { approve: true, .. } => {
                let over = self.over(tx, id).await?;
                Ok(Beside { open_parts: 0, over })
            }
            _ => Ok(Beside::default()),
        }
    }

    async fn over(&mut self, tx: &mut Tx, id: MatterId) -> Result<Vec<Refusal>> {
        let matter = self.load(tx, id).await?.matter;
        let version = self.rules.version(&matter.playbook)?;
        let regime = version.playbook.regimes.get(&matter.regime);
        let (Some(regime), Some(brief)) = (regime, matter.brief.as_deref()) else {
            return Ok(Vec::new());
        };
        if regime.apart_days.is_none() && regime.yearly.is_none() {
            return Ok(Vec::new());
        }
        let units: Vec<UnitCode> = units(brief).cloned().collect();
        let days = days(brief, &matter);
        let rows = tx.about(self.app.county(), &about(regime, &units, days, Some(id))).await?;
        Ok(against(regime, &units, &rows, days))
    }

    /// A paper takes the next number of its code and year when it is approved.
    /// Asked of the rules first, so that what is refused uses up none.
    pub(super) async fn numbered(
        &mut self,
        tx: &mut Tx,
        id: MatterId,
        command: &Command,
        actor: &Actor,
        beside: &Beside,
    ) -> Result<Option<Command>> {
        let Command::ApproveFiling { approve: true, document: None, reason } = command else {
            return Ok(None);
        };
        let matter = self.load(tx, id).await?.matter;
        let Some(code) = matter.brief.as_ref().and_then(|brief| brief.template.clone()) else {
            return Ok(None);
        };
        let version = self.rules.version(&matter.playbook)?;
        let template = version.playbook.paper(&PaperCode::new(code)).ok_or(Error::NotFound)?;
        self.events(id, command, actor, None, beside)?;
        let year = self.now.date().year();
        let series = format!("document/{}/{year}", template.word);
        let serial = tx.take_numbers(self.app.county(), &series, 1).await?;
        let serial = u32::try_from(serial)
            .map_err(|_| Error::Internal(format!("the number {serial} of {series}")))?;
        let document = Some(DocumentNumber { code: template.word.clone(), year, serial });
        Ok(Some(Command::ApproveFiling { approve: true, document, reason: *reason }))
    }

    /// Both ends are seen by whoever links them, and no matter becomes a part of
    /// its own part.
    pub(super) async fn may_be_linked(
        &mut self,
        tx: &mut Tx,
        id: MatterId,
        link: Link,
        to: MatterId,
        actor: &Actor,
    ) -> Result<()> {
        let other = self.load(tx, to).await?.matter;
        if !may_see(actor, &other, &self.rules.unit_tree) {
            return Err(Error::NotFound);
        }
        match link {
            Link::Parent => self.no_circle(tx, id, &other).await,
            Link::Child => {
                let here = self.load(tx, id).await?.matter;
                self.no_circle(tx, to, &here).await
            }
            _ => Ok(()),
        }
    }

    /// Whether `part` may become a part of `whole`, which must still be open.
    pub(super) async fn no_circle(
        &mut self,
        tx: &mut Tx,
        part: MatterId,
        whole: &Matter,
    ) -> Result<()> {
        if whole.stage.is_over() {
            return Err(Refusal::new(Reason::WholeIsOver).with("number", &whole.number).into());
        }
        let mut above = whole.clone();
        loop {
            if above.id == part {
                let refusal = Refusal::new(Reason::CircularParts).with("number", &whole.number);
                return Err(refusal.into());
            }
            let Some(next) = above.linked(Link::Parent).next() else { return Ok(()) };
            above = self.load(tx, next).await?.matter;
        }
    }
}

fn units(brief: &Brief) -> impl Iterator<Item = &UnitCode> {
    brief.lead.iter().chain(&brief.co)
}

fn days(brief: &Brief, matter: &Matter) -> (Date, Date) {
    let from = brief.from_on.unwrap_or_else(|| matter.filed_at.date());
    (from, brief.due_on.unwrap_or(from))
}

/// The whole year, and as far beyond it as two may not be apart.
fn about(regime: &Regime, units: &[UnitCode], days: (Date, Date), but: Option<MatterId>) -> About {
    let apart = i64::from(regime.apart_days.unwrap_or(0));
    let (year_from, year_to) = (days.1.first_of_year(), days.1.last_of_year());
    About {
        regime: regime.code.to_string(),
        units: units.iter().map(ToString::to_string).collect(),
        from_on: year_from.min(moved(days.0, -apart)).to_string(),
        to_on: year_to.max(moved(days.1, apart)).to_string(),
        but: but.map(|id| id.to_string()),
    }
}

fn against(
    regime: &Regime,
    units: &[UnitCode],
    rows: &[AboutRow],
    days: (Date, Date),
) -> Vec<Refusal> {
    let mut against = Vec::new();
    for unit in units {
        if let Some(apart) = regime.apart_days {
            let (from, to) = (moved(days.0, -i64::from(apart)), moved(days.1, i64::from(apart)));
            let (from, to) = (from.to_string(), to.to_string());
            let near = rows
                .iter()
                .find(|row| row.unit == unit.as_str() && row.from_on <= to && row.due_on >= from);
            against.extend(near.map(|row| {
                Refusal::new(Reason::InspectionOverlap)
                    .with("unit", unit)
                    .with("number", &row.number)
            }));
        }
        let used = used(rows, unit, days.1);
        let budget = regime.yearly.filter(|budget| used >= i64::from(*budget));
        against.extend(budget.map(|budget| {
            Refusal::new(Reason::BudgetUsedUp)
                .with("unit", unit)
                .with("what", &regime.code)
                .with("used", used)
                .with("budget", budget)
        }));
    }
    against
}

/// How often a unit was named in the year of `on`.
fn used(rows: &[AboutRow], unit: &UnitCode, on: Date) -> i64 {
    let (from, to) = (on.first_of_year().to_string(), on.last_of_year().to_string());
    let named = rows
        .iter()
        .filter(|row| row.unit == unit.as_str() && row.due_on >= from && row.due_on <= to);
    i64::try_from(named.count()).unwrap_or(i64::MAX)
}

fn moved(date: Date, days: i64) -> Date {
    date.saturating_add(days.days())
}
