//! What a bulletin counts. Every figure is counted from the journal as it stood
//! at the cut-off, entry by entry, never from a list of today: counted again on
//! any later day it comes out the same, or the bulletin is wrong.
//!
//! Units are counted and compared, never persons.

use std::collections::BTreeMap;

use bihuan_domain::calendar::start_of_day;
use bihuan_domain::clock::{Lamp, NodeStatus};
use bihuan_domain::ids::{RegimeCode, UnitCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Link, Matter, Stage, evolve};
use bihuan_domain::playbook::model::{FieldValue, PaperTemplate, Regime};
use bihuan_store::journal::Recorded;
use bihuan_store::read::{Filter, Order, Reach};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::access::Admin;
use crate::context::{App, Caller};
use crate::error::{Error, Result};
use crate::rules::Rules;

/// How it is counted; a later way of counting gets a later number, so that an
/// old bulletin still says which one it used.
pub const RULE: u32 = 1;
const SLICE: u32 = 500;
const TENTHS: u64 = 1_000;

/// What is to be counted: matters of these regimes filed from the beginning of
/// this day on, as they stood at the cut-off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub regimes: Vec<RegimeCode>,
    pub from: Date,
    pub cut_off: Instant,
}

/// `all` = `done` + `open`; `due` = `on_time` + `late` + `missing`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    pub all: u64,
    pub done: u64,
    pub open: u64,
    /// Of the open.
    pub overdue: u64,
    /// Reports the unit owed by the cut-off.
    pub due: u64,
    pub on_time: u64,
    pub late: u64,
    pub missing: u64,
    pub slips: u64,
    pub criticised: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    pub rule: u32,
    pub asked: Asked,
    pub sum: Count,
    /// In the order of their codes; what no unit has yet comes under none.
    pub units: Vec<(Option<UnitCode>, Count)>,
    /// Withdrawn, declined or merged: in no other figure.
    pub elsewhere: u64,
}

/// A figure that came out otherwise when it was counted again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// None for the sum.
    pub unit: Option<UnitCode>,
    pub figure: &'static str,
    pub frozen: u64,
    pub counted: u64,
}

impl App {
    /// Counts as of the cut-off, which has passed.
    pub async fn figures(&self, caller: &Caller, asked: Asked) -> Result<Figures> {
        self.require(caller, Admin::SeeFigures)?;
        if asked.cut_off > self.now() {
            let refusal =
                bihuan_domain::refusal::Refusal::new(bihuan_domain::refusal::Reason::FieldNeeded);
            return Err(refusal.with("field", "cut-off").into());
        }
        let mut tally = Tally::default();
        for regime in &asked.regimes {
            self.tally(&mut tally, regime, &asked).await?;
        }
        Ok(tally.figures(asked))
    }

    async fn tally(&self, tally: &mut Tally, regime: &RegimeCode, asked: &Asked) -> Result<()> {
        // What was filed before is not counted, what was filed after was not there.
        let filed = (start_of_day(asked.from).micros(), asked.cut_off.micros());
        let filter =
            Filter { regime: Some(regime.to_string()), filed: Some(filed), ..Filter::default() };
        let rules = self.rules();
        let mut after = None;
        loop {
            let store = self.store();
            let page = store
                .matters(
                    self.county(),
                    &Reach::County,
                    &filter,
                    Order::Oldest,
                    after.as_ref(),
                    SLICE,
                )
                .await?;
            let ids: Vec<String> = page.rows.into_iter().map(|row| row.matter).collect();
            for (id, recorded) in store.recorded(self.county(), &ids).await? {
                let broken = || Error::Internal(format!("id of matter {id}"));
                let id = id.parse().map_err(|_| broken())?;
                let Some(matter) = as_of(id, &recorded, asked.cut_off) else { continue };
                let version = rules.version(&matter.playbook)?;
                let regime = version.playbook.regimes.get(&matter.regime);
                tally.add(&matter, regime, asked);
            }
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(()),
            }
        }
    }
}

/// A matter as it stood just before `cut_off`.
fn as_of(
    id: bihuan_domain::ids::MatterId,
    recorded: &[Recorded],
    cut_off: Instant,
) -> Option<Matter> {
    let before = recorded.iter().filter(|entry| entry.at < cut_off);
    before.fold(None, |state, entry| evolve(state, id, entry.at, &entry.actor, &entry.event))
}

#[derive(Default)]
struct Tally {
    units: BTreeMap<Option<UnitCode>, Count>,
    elsewhere: u64,
}

impl Tally {
    /// A whole is not counted beside its parts, and a draft is nothing yet.
    fn add(&mut self, matter: &Matter, regime: Option<&Regime>, asked: &Asked) {
        let is_whole = matter.linked(Link::Child).next().is_some();
        let is_in = matter.filed_at.date() >= asked.from;
        if is_whole || !is_in || matter.stage == Stage::Drafted {
            return;
        }
        if matches!(matter.stage, Stage::Withdrawn | Stage::Declined | Stage::Merged) {
            self.elsewhere += 1;
            return;
        }
        let proposed = || matter.brief.as_ref().and_then(|brief| brief.lead.clone());
        let lead = matter.lead.as_ref().map(|lead| lead.unit.clone()).or_else(proposed);
        let count = self.units.entry(lead).or_default();
        count.all += 1;
        if matches!(matter.stage, Stage::Closed | Stage::StruckOff) {
            count.done += 1;
        } else {
            count.open += 1;
            count.overdue += u64::from(matter.lamp(asked.cut_off) == Some(Lamp::Overdue));
        }
        count.slips += matter.slips.len() as u64;
        count.criticised += u64::from(matter.criticism.is_approved());
        count.reports(matter, regime, asked.cut_off);
    }

    fn figures(self, asked: Asked) -> Figures {
        let mut sum = Count::default();
        for count in self.units.values() {
            sum.add(count);
        }
        let units = self.units.into_iter().collect();
        Figures { rule: RULE, asked, sum, units, elsewhere: self.elsewhere }
    }
}

impl Count {
    /// What a unit owed by then. Of a report that repeats, the last round.
    fn reports(&mut self, matter: &Matter, regime: Option<&Regime>, cut_off: Instant) {
        let owed = |code| {
            regime.is_some_and(|regime| {
                regime.nodes.iter().any(|rule| rule.code == code && rule.is_owed_by_the_unit())
            })
        };
        for node in matter.nodes.values().filter(|node| owed(node.code.clone())) {
            match node.status {
                NodeStatus::Met(at) if at <= node.due.due_at => self.on_time += 1,
                NodeStatus::Met(_) => self.late += 1,
                NodeStatus::Open if !node.is_paused() && node.due.due_at < cut_off => {
                    self.missing += 1;
                }
                _ => continue,
            }
            self.due += 1;
        }
    }

    fn add(&mut self, other: &Self) {
        self.all += other.all;
        self.done += other.done;
        self.open += other.open;
        self.overdue += other.overdue;
        self.due += other.due;
        self.on_time += other.on_time;
        self.late += other.late;
        self.missing += other.missing;
        self.slips += other.slips;
        self.criticised += other.criticised;
    }

    /// Each figure under the name a template's column asks for it by.
    pub const fn named(&self) -> [(&'static str, u64); 10] {
        [
            ("all", self.all),
            ("done", self.done),
            ("open", self.open),
            ("overdue", self.overdue),
            ("due", self.due),
            ("on-time", self.on_time),
            ("late", self.late),
            ("missing", self.missing),
            ("slips", self.slips),
            ("criticised", self.criticised),
        ]
    }

    fn of(&self, name: &str) -> Option<u64> {
        self.named().into_iter().find(|(of, _)| *of == name).map(|(_, figure)| figure)
    }
}

/// A part of a whole in tenths of a percent; a rate that is not all or nothing
/// never reads so.
pub fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "—".to_owned();
    }
    let rounded = (part * TENTHS * 2 + whole) / (whole * 2);
    let shown = match part {
        0 => 0,
        all if all == whole => TENTHS,
        _ => rounded.clamp(1, TENTHS - 1),
    };
    format!("{}.{}%", shown / 10, shown % 10)
}

impl Figures {
    /// The fields of a bulletin that are counted and not typed.
    pub(crate) fn fields(
        &self,
        template: &PaperTemplate,
        rules: &Rules,
    ) -> BTreeMap<String, FieldValue> {
        let mut fields = BTreeMap::new();
        for field in &template.fields {
            let number = self.sum.of(&field.code).and_then(|n| i64::try_from(n).ok());
            let value = match field.code.as_str() {
                "cut-off" => Some(FieldValue::Date(self.asked.cut_off.date())),
                "by-unit" => Some(FieldValue::Table(self.rows(template, rules))),
                _ => number.map(FieldValue::Number),
            };
            fields.extend(value.map(|value| (field.code.clone(), value)));
        }
        fields
    }

    fn rows(&self, template: &PaperTemplate, rules: &Rules) -> Vec<Vec<String>> {
        let columns = template.field("by-unit").map(|field| field.columns.as_slice());
        let cell = |unit: &Option<UnitCode>, count: &Count, column: &str| match column {
            "unit" => unit
                .as_ref()
                .map_or_else(|| "待交办".to_owned(), |unit| rules.unit_name(unit.as_str()).zh),
            "rate" => percent(count.on_time, count.due),
            _ => count.of(column).map(|figure| figure.to_string()).unwrap_or_default(),
        };
        let row = |(unit, count): &(Option<UnitCode>, Count)| {
            let columns = columns.unwrap_or_default().iter();
            columns.map(|column| cell(unit, count, &column.code)).collect()
        };
        let mut rows: Vec<Vec<String>> = self.units.iter().map(row).collect();
        let sum = columns.unwrap_or_default().iter().map(|column| match column.code.as_str() {
            "unit" => "合计".to_owned(),
            code => cell(&None, &self.sum, code),
        });
        rows.push(sum.collect());
        rows
    }

    /// What `again` counted otherwise.
    pub fn differences(&self, again: &Self) -> Vec<Difference> {
        let mut found = Vec::new();
        let mut compare = |unit: Option<UnitCode>, frozen: &Count, counted: &Count| {
            let pairs = frozen.named().into_iter().zip(counted.named());
            found.extend(pairs.filter(|(a, b)| a.1 != b.1).map(|(frozen, counted)| Difference {
                unit: unit.clone(),
                figure: frozen.0,
                frozen: frozen.1,
                counted: counted.1,
            }));
        };
        compare(None, &self.sum, &again.sum);
        let theirs: BTreeMap<_, _> = self.units.iter().cloned().collect();
        let ours: BTreeMap<_, _> = again.units.iter().cloned().collect();
        let nothing = Count::default();
        let mut units: Vec<_> = theirs.keys().chain(ours.keys()).collect();
        units.sort_unstable();
        units.dedup();
        for unit in units {
            let frozen = theirs.get(unit).unwrap_or(&nothing);
            compare(unit.clone(), frozen, ours.get(unit).unwrap_or(&nothing));
        }
        found
    }
}
