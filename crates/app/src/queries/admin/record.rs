//! The journal's state, the years whose holidays are known, messages on their
//! way, and who looked at identities.

use std::collections::BTreeMap;

use bihuan_domain::access::Role;
use bihuan_domain::calendar::{DayKind, start_of_day};
use bihuan_domain::ids::PersonId;
use bihuan_domain::instant::Instant;
use bihuan_domain::journal::{Checkpoint, LogKey, LogName};
use bihuan_domain::playbook::model::Text;
use bihuan_store::read::{IdentityReadSaid, MessageRow};
use jiff::civil::date;

use super::{MOST, PAGE};
use crate::access::Admin;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalState {
    /// Entries sealed and waiting.
    pub entries: u64,
    pub unsealed: u64,
    /// The last signed note exactly as published.
    pub note: Option<CheckpointLine>,
    /// The public key that checks it.
    pub key: String,
    pub checkpoints: Vec<CheckpointLine>,
    /// Log and size where the next page begins.
    pub next: Option<(u64, u64)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckpointLine {
    pub log: u64,
    pub size: u64,
    pub at: Instant,
    pub root: String,
    pub note: String,
}

/// One look at a reporter's identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityLook {
    pub at: Instant,
    pub number: String,
    pub role: Option<Role>,
    pub unit: Option<Text>,
    pub person: String,
    /// Empty once erased.
    pub reason: String,
    pub cursor: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearLine {
    pub year: i16,
    pub notice: String,
    /// Holidays that fall on weekdays.
    pub days_off: u64,
    /// Weekend days that are worked.
    pub swapped_in: u64,
    pub workdays: u64,
    /// None: came with the release.
    pub loaded_at: Option<Instant>,
}

/// A message that has not left yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    pub row: MessageRow,
    pub number: Option<String>,
    /// Unit and role of whoever it goes to.
    pub to: Option<(Text, Role)>,
    /// Tried as often as it is tried by itself.
    pub gave_up: bool,
}

impl App {
    pub async fn journal_state(
        &self,
        caller: &Caller,
        before: Option<(u64, u64)>,
    ) -> Result<JournalState> {
        self.require(caller, Admin::ReadJournal)?;
        let (sealed, unsealed) = self.store().entry_counts(self.county()).await?;
        let last = self.store().last_checkpoint(self.county()).await?;
        let number = last.as_ref().map_or(1, |checkpoint| checkpoint.log);
        let name = LogName { county: self.county().clone(), number };
        let key = LogKey::new(&name, &self.keys().signing().verifying_key())
            .map_err(|fault| Error::Internal(fault.to_string()))?;
        let end = (i64::MAX.unsigned_abs(), i64::MAX.unsigned_abs());
        let mut rows =
            self.store().checkpoints_before(self.county(), before.unwrap_or(end), PAGE + 1).await?;
        let next = (rows.len() > PAGE as usize).then(|| {
            rows.truncate(PAGE as usize);
            rows.last().map_or((0, 0), |row| (row.log, row.size))
        });
        Ok(JournalState {
            entries: sealed + unsealed,
            unsealed,
            note: last.map(line),
            key: key.as_str().to_owned(),
            checkpoints: rows.into_iter().map(line).collect(),
            next,
        })
    }

    pub async fn identity_looks(
        &self,
        caller: &Caller,
        before: &str,
    ) -> Result<(Vec<IdentityLook>, Option<String>)> {
        self.require(caller, Admin::ReadIdentityLog)?;
        let before = before
            .split_once('.')
            .and_then(|(at, command)| Some((at.parse().ok()?, command)))
            .unwrap_or((i64::MAX, ""));
        let mut rows = self.store().identity_reads(self.county(), before, PAGE + 1).await?;
        let has_more = rows.len() > PAGE as usize;
        rows.truncate(PAGE as usize);
        let people: Vec<PersonId> =
            rows.iter().filter_map(|read| read.row.person.as_ref()?.parse().ok()).collect();
        let names: BTreeMap<String, String> =
            self.store().names(self.county(), &people).await?.into_iter().collect();
        let rules = self.rules();
        let looks: Vec<IdentityLook> = rows
            .into_iter()
            .map(|IdentityReadSaid { row, said }| {
                let name = row.person.as_ref().and_then(|person| names.get(person));
                IdentityLook {
                    at: Instant::from_micros(row.at_us),
                    number: row.number,
                    role: Role::from_code(&row.role),
                    unit: row.unit.map(|unit| rules.unit_name(&unit)),
                    person: name.cloned().unwrap_or_default(),
                    reason: said.unwrap_or_default(),
                    cursor: format!("{}.{}", row.at_us, row.command),
                }
            })
            .collect();
        let next = looks.last().filter(|_| has_more).map(|look| look.cursor.clone());
        Ok((looks, next))
    }

    /// The years whose notices are known, newest first.
    pub async fn calendar_years(&self, caller: &Caller) -> Result<Vec<YearLine>> {
        self.require(caller, Admin::LoadCalendar)?;
        let loaded: BTreeMap<i64, i64> = self
            .store()
            .holidays(self.county())
            .await?
            .into_iter()
            .map(|row| (row.year, row.loaded_us))
            .collect();
        let rules = self.rules();
        let calendar = &rules.in_force(self.now())?.calendar;
        let mut years: Vec<YearLine> = calendar
            .notices()
            .map(|notice| {
                let year = notice.year();
                let days: Vec<_> = date(year, 1, 1)
                    .series(jiff::Span::new().days(1))
                    .take_while(|day| day.year() == year)
                    .map(|day| (day, calendar.day(day)))
                    .collect();
                let is_weekday = |day: jiff::civil::Date| day.weekday().to_monday_zero_offset() < 5;
                let count = |wanted: &dyn Fn(jiff::civil::Date, DayKind) -> bool| {
                    days.iter().filter(|(day, kind)| wanted(*day, *kind)).count() as u64
                };
                YearLine {
                    year,
                    notice: notice.title(),
                    days_off: count(&|day, kind| is_weekday(day) && !kind.is_workday()),
                    swapped_in: count(&|day, kind| !is_weekday(day) && kind.is_workday()),
                    workdays: count(&|_, kind| kind.is_workday()),
                    loaded_at: loaded.get(&i64::from(year)).map(|at| Instant::from_micros(*at)),
                }
            })
            .collect();
        years.sort_by_key(|line| std::cmp::Reverse(line.year));
        Ok(years)
    }

    /// The first year without a notice, and how many open nodes fall due in it
    /// or later.
    pub async fn unknown_year(&self, caller: &Caller) -> Result<(i16, i64)> {
        self.require(caller, Admin::LoadCalendar)?;
        let rules = self.rules();
        let now = self.now();
        let last = rules.in_force(now)?.calendar.last_known_year();
        let year = last.map_or_else(|| now.date().year(), |year| year + 1);
        let from = start_of_day(date(year, 1, 1));
        Ok((year, self.store().open_nodes_from(self.county(), from, MOST).await?))
    }

    /// Messages of every way out that have not left yet, a page of each.
    pub async fn outgoing(&self, caller: &Caller) -> Result<Vec<Outgoing>> {
        self.require(caller, Admin::KeepRunning)?;
        let mut all = Vec::new();
        for courier in self.couriers() {
            let rows = self.store().outbox(self.county(), courier.channel(), PAGE).await?;
            let people: Vec<String> = rows.iter().filter_map(|row| row.person.clone()).collect();
            let posts = self.store().posts_of_people(self.county(), &people).await?;
            all.extend(rows.into_iter().map(|row| {
                let post = posts.iter().find(|post| Some(&post.person) == row.person.as_ref());
                let to = post.and_then(|post| {
                    Some((self.rules().unit_name(&post.unit), Role::from_code(&post.role)?))
                });
                let facts: serde_json::Value = serde_json::from_str(&row.facts).unwrap_or_default();
                let number = facts["number"].as_str().map(ToOwned::to_owned);
                let gave_up = row.tries >= crate::background::tasks::TRIES;
                Outgoing { row, number, to, gave_up }
            }));
        }
        Ok(all)
    }
}

fn line(checkpoint: bihuan_store::journal::StoredCheckpoint) -> CheckpointLine {
    let root = Checkpoint::read_unverified(&checkpoint.note).map(|read| read.root.to_string());
    CheckpointLine {
        log: checkpoint.log,
        size: checkpoint.size,
        at: checkpoint.at,
        root: root.unwrap_or_default(),
        note: checkpoint.note,
    }
}
