//! The inspection calendar: which units are inspected when in a month, what each
//! has left of its year, and which visits stand too near to each other. What is
//! counted and what counts as too near is what the guard of a plan goes by.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bihuan_domain::calendar::Calendar;
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Burden, Stage};
use bihuan_domain::playbook::model::Text;
use bihuan_store::read::{Filter, NamedRow, Order};
use jiff::ToSpan;
use jiff::civil::Date;

use super::tasks::INSPECTIONS;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

/// Units named by the inspections of a year at most.
const MOST_NAMED: u32 = 5_000;
/// Days a plan may last and still be found by the month it begins in.
const LONGEST: i64 = 92;

/// One inspection and the units it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    pub number: String,
    /// None of what the caller may not open.
    pub words: Option<String>,
    pub from: Date,
    pub to: Date,
    pub units: Vec<Text>,
    pub standing: VisitStanding,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisitStanding {
    /// Not approved yet; it counts against the budget all the same.
    Drafted,
    Planned,
    Running,
    Held,
}

/// What a unit's year holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitYear {
    pub code: String,
    pub name: Text,
    /// Last days and numbers, in their order.
    pub held: Vec<(Date, String)>,
    pub planned: Vec<(Date, String)>,
}

/// Two visits of one unit that are nearer than the rules allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooNear {
    pub unit: Text,
    pub first: String,
    pub second: String,
    /// Days between them; none where they overlap.
    pub apart: Option<i64>,
}

pub struct Month {
    /// Its first day.
    pub first: Date,
    pub visits: Vec<Visit>,
    pub near: Vec<TooNear>,
    /// Of the year this month is in, those with the most visits first.
    pub units: Vec<UnitYear>,
    pub budget: Option<u32>,
    pub apart_days: Option<u32>,
    pub calendar: Arc<Calendar>,
    pub now: Instant,
}

impl UnitYear {
    pub const fn used(&self) -> usize {
        self.held.len() + self.planned.len()
    }
}

impl App {
    pub async fn inspection_month(&self, caller: &Caller, of: Date) -> Result<Month> {
        self.chases(caller)?;
        let now = self.now();
        let rules = self.rules();
        let version = rules.in_force(now)?;
        let mut regimes = version.playbook.regimes.values();
        let regime = regimes.find(|regime| regime.code.as_str() == INSPECTIONS);
        let regime = regime.ok_or(Error::NotFound)?;
        let (first, last) = (of.first_of_month(), of.last_of_month());
        let apart = regime.apart_days.map(i64::from);
        let around = apart.unwrap_or(0) + LONGEST;
        let from = of.first_of_year().saturating_sub(around.days()).to_string();
        let to = of.last_of_year().saturating_add(around.days()).to_string();
        let store = self.store();
        let rows = store.named_within(self.county(), INSPECTIONS, (&from, &to), MOST_NAMED).await?;
        let named: Vec<Named> = rows.into_iter().filter_map(|row| Named::of(row, now)).collect();
        let shown: Vec<&Named> =
            named.iter().filter(|one| one.from <= last && one.to >= first).collect();
        let words = self.words_of_visits(caller, &shown).await?;
        let mut units: BTreeMap<String, UnitYear> = rules
            .units
            .values()
            .filter(|unit| !unit.is_gone && unit.above.is_some())
            .map(|unit| (unit.code.to_string(), UnitYear::of(unit.code.as_str(), &unit.name)))
            .collect();
        for one in named.iter().filter(|one| one.to.year() == of.year()) {
            let unit = units
                .entry(one.unit.clone())
                .or_insert_with(|| UnitYear::of(&one.unit, &rules.unit_name(&one.unit)));
            let list = match one.standing {
                VisitStanding::Held => &mut unit.held,
                _ => &mut unit.planned,
            };
            list.push((one.to, one.number.clone()));
        }
        let mut units: Vec<UnitYear> = units.into_values().collect();
        // The rest stays in the order of the codes.
        units.sort_by_key(|unit| std::cmp::Reverse(unit.used()));
        let name = |unit: &str| rules.unit_name(unit);
        Ok(Month {
            first,
            visits: visits(&shown, &words, &name),
            near: apart.map(|apart| near(&named, apart, (first, last), &name)).unwrap_or_default(),
            units,
            budget: version
                .playbook
                .burdens
                .budget(Burden::Inspections)
                .map(|budget| budget.yearly),
            apart_days: regime.apart_days,
            calendar: Arc::clone(&version.calendar),
            now,
        })
    }

    async fn words_of_visits(
        &self,
        caller: &Caller,
        shown: &[&Named],
    ) -> Result<BTreeMap<String, String>> {
        let ids: BTreeSet<String> = shown.iter().map(|one| one.matter.clone()).collect();
        if ids.is_empty() {
            return Ok(BTreeMap::new());
        }
        let filter = Filter { matters: Some(ids.into_iter().collect()), ..self.not_own(caller) };
        let reach = self.reach(caller);
        let page = self
            .store()
            .matters(self.county(), &reach, &filter, Order::Oldest, None, MOST_NAMED)
            .await?;
        let open = page.rows.into_iter().filter(|row| row.confidential == 0);
        Ok(open.filter_map(|row| Some((row.number, row.words?))).collect())
    }
}

impl UnitYear {
    fn of(code: &str, name: &Text) -> Self {
        Self { code: code.to_owned(), name: name.clone(), held: Vec::new(), planned: Vec::new() }
    }
}

/// A row whose days could be read.
#[derive(Clone, Debug)]
struct Named {
    unit: String,
    number: String,
    matter: String,
    from: Date,
    to: Date,
    standing: VisitStanding,
}

impl Named {
    fn of(row: NamedRow, now: Instant) -> Option<Self> {
        let (from, to): (Date, Date) = (row.from_on.parse().ok()?, row.due_on.parse().ok()?);
        let stage = Stage::from_code(&row.stage)?;
        let today = now.date();
        let standing = match stage {
            Stage::Drafted => VisitStanding::Drafted,
            _ if stage.is_over() || to < today => VisitStanding::Held,
            _ if from <= today => VisitStanding::Running,
            _ => VisitStanding::Planned,
        };
        Some(Self { unit: row.unit, number: row.number, matter: row.matter, from, to, standing })
    }
}

fn visits(
    shown: &[&Named],
    words: &BTreeMap<String, String>,
    name: &dyn Fn(&str) -> Text,
) -> Vec<Visit> {
    let mut visits: BTreeMap<(Date, &str), Visit> = BTreeMap::new();
    for one in shown {
        let visit = visits.entry((one.from, &one.number)).or_insert_with(|| Visit {
            number: one.number.clone(),
            words: words.get(&one.number).cloned(),
            from: one.from,
            to: one.to,
            units: Vec::new(),
            standing: one.standing,
        });
        visit.units.push(name(&one.unit));
    }
    visits.into_values().collect()
}

/// Pairs of one unit of which one at least stands in the month.
fn near(
    named: &[Named],
    apart: i64,
    (first, last): (Date, Date),
    name: &dyn Fn(&str) -> Text,
) -> Vec<TooNear> {
    let mut of_unit: BTreeMap<&str, Vec<&Named>> = BTreeMap::new();
    for one in named {
        of_unit.entry(&one.unit).or_default().push(one);
    }
    let mut found = Vec::new();
    for (unit, mut theirs) in of_unit {
        theirs.sort_by_key(|one| (one.from, one.to));
        for (at, one) in theirs.iter().enumerate() {
            for next in theirs.iter().skip(at + 1) {
                let gap = i64::from((next.from - one.to).get_days());
                let is_shown = |one: &Named| one.from <= last && one.to >= first;
                if gap > apart || !(is_shown(one) || is_shown(next)) {
                    continue;
                }
                found.push(TooNear {
                    unit: name(unit),
                    first: one.number.clone(),
                    second: next.number.clone(),
                    apart: (gap > 0).then_some(gap),
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn named(unit: &str, number: &str, from: Date, to: Date) -> Named {
        Named {
            unit: unit.to_owned(),
            number: number.to_owned(),
            matter: number.to_owned(),
            from,
            to,
            standing: VisitStanding::Planned,
        }
    }

    fn pairs(named: &[Named], month: (Date, Date)) -> Vec<(String, String, Option<i64>)> {
        let name = |unit: &str| Text { zh: unit.to_owned(), en: unit.to_owned() };
        let found = near(named, 30, month, &name).into_iter();
        found.map(|one| (one.first, one.second, one.apart)).collect()
    }

    #[test]
    fn visits_of_one_unit_are_too_near_up_to_the_days_the_rules_name() {
        let march = (date(2026, 3, 1), date(2026, 3, 31));
        let first = named("a", "1", date(2026, 3, 2), date(2026, 3, 4));
        let at = |number: &str, day: Date| named("a", number, day, day);
        let second = at("2", date(2026, 4, 3));
        assert_eq!(
            pairs(&[first.clone(), second], march),
            [("1".to_owned(), "2".to_owned(), Some(30))]
        );
        assert!(pairs(&[first.clone(), at("2", date(2026, 4, 4))], march).is_empty());
        let inside = at("3", date(2026, 3, 3));
        assert_eq!(
            pairs(&[first.clone(), inside], march),
            [("1".to_owned(), "3".to_owned(), None)]
        );
        let other = named("b", "4", date(2026, 3, 3), date(2026, 3, 3));
        assert!(pairs(&[first, other], march).is_empty(), "another unit");
    }

    #[test]
    fn a_pair_outside_the_month_is_told_in_its_own_month() {
        let march = (date(2026, 3, 1), date(2026, 3, 31));
        let may =
            |number: &str, day: i8| named("a", number, date(2026, 5, day), date(2026, 5, day));
        assert!(pairs(&[may("1", 2), may("2", 9)], march).is_empty());
    }
}
