//! The ledger: matters narrowed by what was asked, a page at a time, and the
//! views of it a person keeps. Every figure of the overview and the rates is a
//! ledger with its filters, so it counts what the ledger lists.

mod told;

use std::sync::Arc;

use bihuan_domain::calendar::Calendar;
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Grade, Rating, Source, Stage, Urgency};
use bihuan_domain::playbook::model::{Playbook, Text};
use bihuan_store::read::{Cursor, Filter, MatterRow, Missing, Order, Period};

pub use bihuan_store::read::{Filed, OpenLamp};
pub use bihuan_store::registers::SavedLedgerRow;
pub use told::{Record, Told, Wanted};

use super::line::{Line, cursor_of, cursor_text};
use crate::access::Admin;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

/// Counts of a list stop here; the page says so.
pub const MOST_COUNTED: i64 = 100_000;
/// Rows of one export at most.
pub const MOST_EXPORTED: usize = 5_000;
const EXPORT_PAGE: u32 = 500;

/// What became of a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Received here, whatever became of it: all but what was imported.
    Filed,
    Open,
    Closed,
    /// Declined, merged or withdrawn.
    Elsewhere,
    /// Open or closed: what was filed and stands.
    Kept,
}

/// Criticism of the unit that handles it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Criticised {
    /// A red slip or a supervisor proposed it, and a leader has yet to decide.
    Proposed,
    Approved,
}

/// A value, or the lack of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    Unknown,
    Is(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Any,
    Is(Rating),
}

/// What a ledger is narrowed to. All that is given must hold; a period is
/// [from, to).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub standing: Option<Standing>,
    pub lamp: Option<OpenLamp>,
    pub stage: Option<Stage>,
    pub source: Option<Source>,
    pub class: Option<Part>,
    pub town: Option<Part>,
    pub unit: Option<Part>,
    pub place: Option<String>,
    pub rating: Option<Answer>,
    pub late: Option<bool>,
    pub reopened: Option<bool>,
    pub stuck: bool,
    /// Only what residents and the grid report: what the rates are of.
    pub reported: bool,
    pub regime: Option<String>,
    pub kind: Option<Urgency>,
    pub grade: Option<Grade>,
    pub criticised: Option<Criticised>,
    /// Without drafts that nobody approved.
    pub approved: bool,
    /// Only what was broken down into nothing: a whole is not counted beside its
    /// parts.
    pub undivided: bool,
    /// Only papers with a number that cover a finding.
    pub covers: bool,
    pub filed: Option<(Instant, Instant)>,
    pub closed: Option<(Instant, Instant)>,
}

pub struct Ledger {
    pub lines: Vec<LedgerLine>,
    pub next: Option<String>,
    pub count: i64,
    pub sum: Option<Sum>,
    pub playbook: Arc<Playbook>,
    pub calendar: Arc<Calendar>,
    pub now: Instant,
}

/// What was filed and what became of it; each part is counted by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sum {
    pub filed: i64,
    pub closed: i64,
    pub elsewhere: i64,
    pub open: i64,
}

/// A matter with what only ledgers show.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerLine {
    pub line: Line,
    pub class_name: Option<Text>,
    pub town_name: Option<Text>,
    pub closed_at: Option<Instant>,
    pub was_late: bool,
    pub waiting: Option<String>,
    pub returns: i64,
    pub extensions: i64,
    pub reopened: i64,
    pub reports: i64,
    pub is_confidential: bool,
    pub told: Told,
}

fn period(of: Option<(Instant, Instant)>) -> Option<(i64, i64)> {
    of.map(|(from, to)| (from.micros(), to.micros()))
}

fn codes(stages: &[Stage]) -> Vec<String> {
    stages.iter().map(|stage| stage.code().to_owned()).collect()
}

const ELSEWHERE: [Stage; 4] = [Stage::Imported, Stage::Declined, Stage::Merged, Stage::Withdrawn];

fn all_but(stages: &[Stage]) -> Vec<String> {
    let rest: Vec<Stage> =
        Stage::ALL.iter().filter(|stage| !stages.contains(stage)).copied().collect();
    codes(&rest)
}

impl Asked {
    pub(crate) fn filter(&self, own: Filter, now: Instant) -> Filter {
        let mut filter = Filter {
            place: self.place.clone(),
            source: self.source.map(|source| source.code().to_owned()),
            lamp: self.lamp.map(|lamp| (lamp, now)),
            stuck: self.stuck,
            closed_late: self.late,
            was_reopened: self.reopened,
            filed: period(self.filed),
            closed: period(self.closed),
            regime: self.regime.clone().or_else(|| own.regime.clone()),
            urgency: self.kind.map(|kind| kind.code().to_owned()),
            grade: self.grade.map(|grade| grade.code().to_owned()),
            is_leaf: self.undivided,
            covers: self.covers,
            ..own
        };
        match self.criticised {
            Some(Criticised::Proposed) => filter.waiting = Some("criticism".to_owned()),
            Some(Criticised::Approved) => filter.criticised = Some(true),
            None => {}
        }
        match self.standing {
            Some(Standing::Open) => filter.open = Some(true),
            Some(Standing::Closed) => filter.stages = codes(&[Stage::Closed, Stage::StruckOff]),
            Some(Standing::Elsewhere) => {
                filter.stages = codes(&[Stage::Declined, Stage::Merged, Stage::Withdrawn]);
            }
            Some(Standing::Filed) => filter.stages = all_but(&[Stage::Imported]),
            Some(Standing::Kept) => filter.stages = all_but(&ELSEWHERE),
            None => {}
        }
        if self.approved {
            if filter.stages.is_empty() {
                filter.stages = all_but(&[]);
            }
            filter.stages.retain(|stage| stage != Stage::Drafted.code());
        }
        if let Some(stage) = self.stage {
            let code = stage.code().to_owned();
            let fits = filter.stages.is_empty() || filter.stages.contains(&code);
            if !fits {
                // Both are asked for and no matter is in two stages.
                filter.matters = Some(Vec::new());
            }
            filter.stages = vec![code];
        }
        match self.rating {
            Some(Answer::Any) => filter.rated = Some(true),
            Some(Answer::Is(rating)) => filter.rating = Some(rating.code().to_owned()),
            None => {}
        }
        let mut place = |part: &Option<Part>, missing: Missing| match part {
            Some(Part::Is(code)) => Some(code.clone()),
            Some(Part::Unknown) => {
                filter.missing.push(missing);
                None
            }
            None => None,
        };
        let class = place(&self.class, Missing::Class);
        let town = place(&self.town, Missing::Town);
        let unit = place(&self.unit, Missing::LeadUnit);
        Filter { class, town, lead_unit: unit, ..filter }
    }

    /// Work that is due stands by its date, what is over by its end, all else
    /// by when it came.
    fn order(&self) -> Order {
        let is_open = self.standing == Some(Standing::Open) || self.lamp.is_some() || self.stuck;
        if is_open {
            return Order::Due;
        }
        if self.standing == Some(Standing::Closed) || self.closed.is_some() {
            return Order::Closed;
        }
        Order::Filed
    }

    /// Whether it asks what became of all that was filed in a period; only
    /// there the parts make up the whole.
    fn has_sum(&self) -> bool {
        let others = Self { filed: None, standing: None, lamp: None, stage: None, ..self.clone() };
        let narrowed = others.rating.is_some()
            || others.late.is_some()
            || others.reopened.is_some()
            || others.stuck
            || others.criticised.is_some()
            || others.grade.is_some()
            || others.closed.is_some();
        self.filed.is_some() && self.lamp.is_none() && self.stage.is_none() && !narrowed
    }
}

impl App {
    pub(crate) fn own_part(&self, caller: &Caller, asked: &Asked) -> Filter {
        let own = self.not_own(caller);
        if asked.reported { self.of_catalogue(own) } else { own }
    }

    /// One page of the ledger.
    pub async fn ledger(
        &self,
        caller: &Caller,
        asked: &Asked,
        wanted: Wanted,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Ledger> {
        self.require(caller, Admin::SeeFigures)?;
        let now = self.now();
        let filter = asked.filter(self.own_part(caller, asked), now);
        let after = after.and_then(cursor_of);
        let reach = self.reach(caller);
        let page = self
            .store()
            .matters(self.county(), &reach, &filter, asked.order(), after.as_ref(), limit)
            .await?;
        let count = self.store().count(self.county(), &reach, &filter, MOST_COUNTED).await?;
        let rules = self.rules();
        let version = rules.in_force(now)?;
        let mut lines = self.ledger_lines(page.rows)?;
        self.tell(&mut lines, wanted).await?;
        Ok(Ledger {
            lines,
            next: page.next.as_ref().map(cursor_text),
            count,
            sum: self.ledger_sum(caller, asked, now).await?,
            playbook: Arc::clone(&version.playbook),
            calendar: Arc::clone(&version.calendar),
            now,
        })
    }

    /// The first rows of the ledger in its order, up to `most` of them.
    pub async fn ledger_rows(
        &self,
        caller: &Caller,
        asked: &Asked,
        wanted: Wanted,
        most: usize,
    ) -> Result<Ledger> {
        self.require(caller, Admin::Export)?;
        let mut ledger = self.ledger(caller, asked, wanted, None, EXPORT_PAGE).await?;
        let filter = asked.filter(self.own_part(caller, asked), ledger.now);
        let reach = self.reach(caller);
        let mut next: Option<Cursor> = ledger.next.as_deref().and_then(cursor_of);
        while let Some(after) = next.take_if(|_| ledger.lines.len() < most) {
            let page = self
                .store()
                .matters(self.county(), &reach, &filter, asked.order(), Some(&after), EXPORT_PAGE)
                .await?;
            let mut lines = self.ledger_lines(page.rows)?;
            self.tell(&mut lines, wanted).await?;
            ledger.lines.extend(lines);
            next = page.next;
        }
        ledger.lines.truncate(most);
        ledger.next = None;
        Ok(ledger)
    }

    async fn ledger_sum(
        &self,
        caller: &Caller,
        asked: &Asked,
        now: Instant,
    ) -> Result<Option<Sum>> {
        let Some((from, to)) = asked.filed.filter(|_| asked.has_sum()) else { return Ok(None) };
        let all = Asked { standing: None, ..asked.clone() };
        let filter = all.filter(self.own_part(caller, asked), now);
        let reach = self.reach(caller);
        let filed =
            self.store().filed_counts(self.county(), &reach, &filter, Period { from, to }).await?;
        let open = Filter { open: Some(true), ..filter };
        let open = self.store().count(self.county(), &reach, &open, i64::MAX).await?;
        Ok(Some(Sum {
            filed: filed.filed,
            closed: filed.closed,
            elsewhere: filed.declined + filed.merged + filed.withdrawn,
            open,
        }))
    }

    pub(crate) fn ledger_lines(&self, rows: Vec<MatterRow>) -> Result<Vec<LedgerLine>> {
        let rules = self.rules();
        let version = rules.in_force(self.now())?;
        let classes = &version.playbook.classes;
        rows.into_iter()
            .map(|row| {
                let class = row.class.clone();
                let known = classes.iter().find(|one| Some(one.code.as_str()) == class.as_deref());
                let closed_at = row.closed_us.map(Instant::from_micros);
                let was_late = row.closed_late != 0;
                let waiting = row.waiting.clone();
                let (returns, extensions, reopened) = (row.returns, row.extensions, row.reopened);
                let reports = row.duplicates + 1;
                let is_confidential = row.confidential != 0;
                let told = Told::of(&row);
                let mut line = Line::of(row, &rules, version)?;
                if is_confidential {
                    // What somebody asked to keep quiet is not spread in lists.
                    line.words.clear();
                    line.address = None;
                }
                Ok(LedgerLine {
                    class_name: known.map(|class| class.name.clone()),
                    town_name: line.area.first().cloned(),
                    closed_at,
                    was_late,
                    waiting,
                    returns,
                    extensions,
                    reopened,
                    reports,
                    is_confidential,
                    told,
                    line,
                })
            })
            .collect()
    }

    /// The views of the ledger the caller keeps.
    pub async fn saved_ledgers(&self, caller: &Caller) -> Result<Vec<SavedLedgerRow>> {
        self.require(caller, Admin::SeeFigures)?;
        let person = caller.person().ok_or(Error::Forbidden)?;
        Ok(self.store().saved_ledgers(self.county(), person).await?)
    }
}
