//! What a leader sees on one page. The total is counted by itself and not
//! summed from its parts, so that a page whose parts do not add up shows it.

use std::sync::Arc;

use bihuan_domain::access::Role;
use bihuan_domain::calendar::Calendar;
use bihuan_domain::clock::Lamp;
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Rating, Step};
use bihuan_domain::playbook::model::{Playbook, Text};
use bihuan_store::read::{Count, Filter, Order};

use super::chased::Chased;
use super::ledger::{Answer, Asked, LedgerLine, OpenLamp, Standing};
use crate::access::Admin;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

/// Matters of each list on the page.
const LISTED: u32 = 8;
/// The reporters' answers shown are about what was filed in these days.
pub const ANSWER_DAYS: i64 = 30;

pub struct Overview {
    pub open: i64,
    pub lamps: Lamps,
    pub stuck: i64,
    pub towns: Vec<OpenPart>,
    pub classes: Vec<OpenPart>,
    pub red: Vec<LedgerLine>,
    pub held_up: Vec<HeldUp>,
    pub answers: Answers,
    pub not_fixed: Vec<LedgerLine>,
    pub chased: Chased,
    pub calendar: Arc<Calendar>,
    pub now: Instant,
}

/// Open matters by lamp.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lamps {
    pub on_track: i64,
    pub due_soon: i64,
    pub overdue: i64,
    pub parked: i64,
}

/// A town or class with its open matters; no code where none is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenPart {
    pub code: Option<String>,
    pub name: Option<Text>,
    pub lamps: Lamps,
}

/// A matter that waits for a decision, and the posts that may take it.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldUp {
    pub line: LedgerLine,
    pub deciders: Vec<Role>,
}

/// What reporters answered about matters filed since `from`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answers {
    pub from: Instant,
    pub fixed: i64,
    pub partly: i64,
    pub not_fixed: i64,
}

impl Lamps {
    pub const fn all(&self) -> i64 {
        self.on_track + self.due_soon + self.overdue + self.parked
    }

    /// One more that shows this lamp; none where no clock runs.
    pub const fn count(&mut self, lamp: Option<Lamp>) {
        let lamp = match lamp {
            Some(Lamp::OnTrack) => &mut self.on_track,
            Some(Lamp::DueSoon) => &mut self.due_soon,
            Some(Lamp::Overdue) => &mut self.overdue,
            None => &mut self.parked,
        };
        *lamp += 1;
    }

    pub(super) const fn add(&mut self, count: &Count) {
        let lamp = match count.lamp {
            0 => &mut self.on_track,
            1 => &mut self.due_soon,
            2 => &mut self.overdue,
            _ => &mut self.parked,
        };
        *lamp += count.count;
    }
}

/// The step a held-up matter waits for.
fn awaited(line: &LedgerLine) -> Option<Step> {
    match line.waiting.as_deref() {
        Some("extension") => Some(Step::Extend),
        Some("transfer") => Some(Step::Transfer),
        Some("answer") => Some(Step::ApproveAnswer),
        Some(_) => None,
        None if line.line.is_suspended => Some(Step::Resume),
        None => Some(Step::Adjudicate),
    }
}

fn deciders(line: &LedgerLine, playbook: &Playbook) -> Vec<Role> {
    let mut regimes = playbook.regimes.values();
    let regime = regimes.find(|regime| regime.code.as_str() == line.line.regime);
    let step = awaited(line);
    regime
        .zip(step)
        .and_then(|(regime, step)| regime.steps.get(&step))
        .map(|rule| rule.by.iter().copied().collect())
        .unwrap_or_default()
}

/// Sums the counts by one of their columns; what has no value comes last.
fn parts(counts: &[Count], code: impl Fn(&Count) -> Option<&String>) -> Vec<OpenPart> {
    let mut parts: Vec<OpenPart> = Vec::new();
    for count in counts {
        let of = code(count).cloned();
        let at = parts.iter().position(|part| part.code == of).unwrap_or_else(|| {
            parts.push(OpenPart { code: of, name: None, lamps: Lamps::default() });
            parts.len() - 1
        });
        if let Some(part) = parts.get_mut(at) {
            part.lamps.add(count);
        }
    }
    parts.sort_by(|a, b| (a.code.is_none(), &a.code).cmp(&(b.code.is_none(), &b.code)));
    parts
}

impl App {
    /// Posts that answer for more than their own unit's work.
    pub async fn overview(&self, caller: &Caller) -> Result<Overview> {
        self.oversees(caller)?;
        let now = self.now();
        let rules = self.rules();
        let version = rules.in_force(now)?;
        let reach = self.reach(caller);
        let counts =
            self.store().open_counts(self.county(), &reach, &self.not_own(caller), now).await?;
        let mut lamps = Lamps::default();
        for count in &counts {
            lamps.add(count);
        }
        let mut towns = parts(&counts, |count| count.town.as_ref());
        for town in &mut towns {
            let code = town.code.clone().map(bihuan_domain::ids::GridCode::new);
            town.name = code.and_then(|code| version.grid(&code)).map(|grid| grid.name.clone());
        }
        let mut classes = parts(&counts, |count| count.class.as_ref());
        for class in &mut classes {
            let known = version.playbook.classes.iter();
            let mut known =
                known.filter(|known| Some(known.code.as_str()) == class.code.as_deref());
            class.name = known.next().map(|class| class.name.clone());
        }
        let stuck = Asked { stuck: true, ..Asked::default() };
        let held_up = self.first_of(caller, &stuck, Order::Due, now).await?;
        let red = Asked { lamp: Some(OpenLamp::Overdue), ..Asked::default() };
        let from = now.plus_days(-ANSWER_DAYS);
        Ok(Overview {
            open: self.how_many(caller, &open(), now).await?,
            lamps,
            stuck: self.how_many(caller, &stuck, now).await?,
            towns,
            classes,
            red: self.first_of(caller, &red, Order::Due, now).await?,
            held_up: held_up
                .into_iter()
                .map(|line| HeldUp { deciders: deciders(&line, &version.playbook), line })
                .collect(),
            answers: self.answers(caller, from, now).await?,
            not_fixed: self
                .first_of(caller, &answered(Rating::NotFixed, from), Order::Filed, now)
                .await?,
            chased: self.chased(caller).await?,
            calendar: Arc::clone(&version.calendar),
            now,
        })
    }

    pub(super) fn oversees(&self, caller: &Caller) -> Result<()> {
        self.require(caller, Admin::SeeFigures)?;
        let oversees = matches!(
            caller.role(),
            Role::Triage | Role::Dispatcher | Role::Supervisor | Role::Leader | Role::System
        );
        if oversees { Ok(()) } else { Err(Error::Forbidden) }
    }

    async fn answers(&self, caller: &Caller, from: Instant, now: Instant) -> Result<Answers> {
        Ok(Answers {
            from,
            fixed: self.how_many(caller, &answered(Rating::Fixed, from), now).await?,
            partly: self.how_many(caller, &answered(Rating::Partly, from), now).await?,
            not_fixed: self.how_many(caller, &answered(Rating::NotFixed, from), now).await?,
        })
    }

    async fn how_many(&self, caller: &Caller, asked: &Asked, now: Instant) -> Result<i64> {
        let filter: Filter = asked.filter(self.own_part(caller, asked), now);
        Ok(self.store().count(self.county(), &self.reach(caller), &filter, i64::MAX).await?)
    }

    async fn first_of(
        &self,
        caller: &Caller,
        asked: &Asked,
        order: Order,
        now: Instant,
    ) -> Result<Vec<LedgerLine>> {
        let filter = asked.filter(self.own_part(caller, asked), now);
        let reach = self.reach(caller);
        let store = self.store();
        let page = store.matters(self.county(), &reach, &filter, order, None, LISTED).await?;
        self.ledger_lines(page.rows)
    }
}

fn open() -> Asked {
    Asked { standing: Some(Standing::Open), ..Asked::default() }
}

fn answered(rating: Rating, from: Instant) -> Asked {
    let filed = Some((from, Instant::from_micros(i64::MAX)));
    Asked { rating: Some(Answer::Is(rating)), filed, ..Asked::default() }
}
