//! What waits for triage, one message of it open, and what the record suggests
//! for that message with the counts a suggestion rests on. Nothing here decides:
//! a person does.

mod alike;
mod suggested;

use std::collections::BTreeMap;
use std::sync::Arc;

use bihuan_domain::access::Role;
use bihuan_domain::calendar::{Calendar, start_of_day};
use bihuan_domain::ids::ItemCode;
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::Stage;
use bihuan_store::read::{Filter, Order};

pub use alike::{Alike, OpenMessage};
pub use suggested::{ItemSuggestion, LeadSuggestion, UrgencyOutlook};

use super::line::{Line, cursor_of, cursor_text};
use super::matter::MatterView;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

/// Lines of one page.
const PAGE: u32 = 40;
/// Waiting messages looked through for what no index tells.
const LOOKED_THROUGH: u32 = 400;
const UNSORTED: [Stage; 3] = [Stage::Filed, Stage::Returned, Stage::Accepted];
/// Counts stop here; nobody sorts more in a day.
const MOST: i64 = 10_000;
/// Older open matters are not held against a new message.
const ALIKE_DAYS: i64 = 30;

/// Words that speak of danger to people. A list of ours, not official; it marks
/// a message and picks nothing by itself but the urgency shown first.
const RISK_WORDS: [&str; 28] = [
    "倒塌",
    "坍塌",
    "塌陷",
    "坠落",
    "滑倒",
    "摔倒",
    "摔伤",
    "绊倒",
    "砸",
    "受伤",
    "伤人",
    "流血",
    "触电",
    "漏电",
    "电线垂",
    "着火",
    "起火",
    "冒烟",
    "爆炸",
    "漏气",
    "燃气泄漏",
    "煤气",
    "中毒",
    "溺水",
    "落水",
    "井盖缺失",
    "井盖丢",
    "危险",
];

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// Soonest acceptance limit first.
    #[default]
    Limit,
    Soon,
    Alike,
    Safety,
    /// Somebody was asked whether it is true.
    Verify,
}

impl Tab {
    pub const ALL: [Self; 5] = [Self::Limit, Self::Soon, Self::Alike, Self::Safety, Self::Verify];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Limit => "limit",
            Self::Soon => "soon",
            Self::Alike => "alike",
            Self::Safety => "safety",
            Self::Verify => "verify",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.code() == code)
    }
}

/// What the page is asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub tab: Tab,
    pub after: Option<String>,
    /// The message to open; the first of the list without one.
    pub number: Option<String>,
    /// What the officer chose so far, to count dates by.
    pub item: Option<ItemCode>,
}

pub struct Inbox {
    pub counts: Counts,
    /// Tabs whose count an index tells; the others are counted when opened.
    pub tab_counts: BTreeMap<&'static str, i64>,
    pub waiting: Vec<Waiting>,
    pub next: Option<String>,
    pub open: Option<OpenMessage>,
    pub calendar: Arc<Calendar>,
    pub now: Instant,
}

/// Today's messages and what is left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub received: i64,
    /// Of those received today.
    pub sorted: i64,
    pub left: i64,
    pub soon: i64,
    pub oldest_at: Option<Instant>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    pub line: Line,
    /// Other open matters that may be the same.
    pub alike: usize,
    pub has_risk: bool,
}

/// The words of danger in a text, in the order of the text.
pub fn risk_words(text: &str) -> Vec<&'static str> {
    let mut found: Vec<(usize, &'static str)> =
        RISK_WORDS.iter().filter_map(|word| text.find(word).map(|at| (at, *word))).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, word)| word).collect()
}

fn stages(stages: &[Stage]) -> Vec<String> {
    stages.iter().map(|stage| stage.code().to_owned()).collect()
}

impl App {
    /// The inbox of a triage officer or dispatcher.
    pub async fn inbox(&self, caller: &Caller, asked: &Asked) -> Result<Inbox> {
        if !matches!(caller.role(), Role::Triage | Role::Dispatcher) {
            return Err(Error::Forbidden);
        }
        let now = self.now();
        let (lines, next) = self.waiting_lines(caller, asked, now).await?;
        let alike = self.alike_counts(caller, &lines, now).await?;
        let waiting: Vec<Waiting> = lines
            .into_iter()
            .map(|line| Waiting {
                alike: alike.get(&line.matter.to_string()).copied().unwrap_or(0),
                has_risk: !risk_words(&line.words).is_empty(),
                line,
            })
            .filter(|waiting| match asked.tab {
                Tab::Alike => waiting.alike > 0,
                Tab::Safety => waiting.has_risk,
                Tab::Limit | Tab::Soon | Tab::Verify => true,
            })
            .collect();
        let number = asked.number.clone().or_else(|| first_number(&waiting));
        let open = match number {
            Some(number) => Some(self.open_message(caller, &number, asked, now).await?),
            None => None,
        };
        let counts = self.inbox_counts(caller, now).await?;
        let verify = self.waiting_count(caller, self.verifying(caller)).await?;
        let tab_counts =
            BTreeMap::from([("limit", counts.left), ("soon", counts.soon), ("verify", verify)]);
        let calendar = Arc::clone(&self.rules().in_force(now)?.calendar);
        Ok(Inbox { counts, tab_counts, waiting, next, open, calendar, now })
    }

    /// Whatever triage or a dispatcher must decide: new ones, returned ones,
    /// accepted ones nobody was given, and those a rating brought back.
    fn undecided(&self, caller: &Caller) -> Vec<Filter> {
        vec![
            Filter { stages: stages(&UNSORTED), ..self.not_own(caller) },
            Filter { needs_triage: Some(true), ..self.not_own(caller) },
        ]
    }

    fn verifying(&self, caller: &Caller) -> Vec<Filter> {
        vec![Filter { stages: stages(&[Stage::Verifying]), ..self.not_own(caller) }]
    }

    async fn waiting_lines(
        &self,
        caller: &Caller,
        asked: &Asked,
        now: Instant,
    ) -> Result<(Vec<Line>, Option<String>)> {
        let filters = match asked.tab {
            Tab::Limit | Tab::Alike | Tab::Safety => self.undecided(caller),
            Tab::Soon => soon(self.undecided(caller), now),
            Tab::Verify => self.verifying(caller),
        };
        let limit = match asked.tab {
            Tab::Alike | Tab::Safety => LOOKED_THROUGH,
            Tab::Limit | Tab::Soon | Tab::Verify => PAGE,
        };
        let after = asked.after.as_deref().and_then(cursor_of);
        let reach = self.reach(caller);
        let page = self.any_of(&reach, &filters, Order::Due, after.as_ref(), limit).await?;
        Ok((self.lines(caller, page.rows)?, page.next.as_ref().map(cursor_text)))
    }

    async fn inbox_counts(&self, caller: &Caller, now: Instant) -> Result<Counts> {
        let today = (start_of_day(now.date()).micros(), now.plus_days(1).micros());
        let received = Filter { filed: Some(today), ..self.not_own(caller) };
        let received = self.of_catalogue(received);
        let unsorted =
            Filter { stages: stages(&[Stage::Filed, Stage::Verifying]), ..received.clone() };
        let received = self.waiting_count(caller, vec![received]).await?;
        let unsorted = self.waiting_count(caller, vec![unsorted]).await?;
        let undecided = self.undecided(caller);
        let reach = self.reach(caller);
        let oldest = self.any_of(&reach, &undecided, Order::OldestOfFew, None, 1).await?;
        Ok(Counts {
            received,
            sorted: received - unsorted,
            left: self.waiting_count(caller, undecided.clone()).await?,
            soon: self.waiting_count(caller, soon(undecided, now)).await?,
            oldest_at: oldest.rows.first().map(|row| Instant::from_micros(row.filed_us)),
        })
    }

    /// Messages the caller has to decide on.
    pub(super) async fn inbox_waiting(&self, caller: &Caller) -> Result<i64> {
        self.waiting_count(caller, self.undecided(caller)).await
    }

    /// How many pass any of the filters; each is counted under the first it
    /// passes, so that the sum counts nothing twice.
    async fn waiting_count(&self, caller: &Caller, filters: Vec<Filter>) -> Result<i64> {
        let reach = self.reach(caller);
        let mut sum = 0;
        for mut filter in filters {
            if filter.needs_triage == Some(true) {
                // Those are in the first filter.
                filter.not_stages = stages(&UNSORTED);
            }
            sum += self.store().count(self.county(), &reach, &filter, MOST).await?;
        }
        Ok(sum)
    }

    /// How many other open matters each line may be the same as.
    async fn alike_counts(
        &self,
        caller: &Caller,
        lines: &[Line],
        now: Instant,
    ) -> Result<BTreeMap<String, usize>> {
        let ids: Vec<String> = lines.iter().map(|line| line.matter.to_string()).collect();
        if ids.is_empty() {
            return Ok(BTreeMap::new());
        }
        let since = now.plus_days(-ALIKE_DAYS);
        let pairs = self.store().at_the_same_place(self.county(), &ids, since).await?;
        let mut others: Vec<String> = pairs.iter().map(|(_, other)| other.clone()).collect();
        others.sort_unstable();
        others.dedup();
        let seen = self.visible(caller, others).await?;
        let mut counts = BTreeMap::new();
        for (matter, other) in pairs {
            if seen.iter().any(|line| line.matter.to_string() == other) {
                *counts.entry(matter).or_insert(0) += 1;
            }
        }
        Ok(counts)
    }

    async fn open_message(
        &self,
        caller: &Caller,
        number: &str,
        asked: &Asked,
        now: Instant,
    ) -> Result<OpenMessage> {
        let view: MatterView = self.matter(caller, number).await?;
        let line = self.visible(caller, vec![view.matter.id.to_string()]).await?;
        let line = line.into_iter().next().ok_or(Error::NotFound)?;
        let alike = self.alike_of(caller, &line, now).await?;
        let before = self.before_at(caller, &line, now).await?;
        let items = self.suggested_items(&view, now).await?;
        let item = asked
            .item
            .clone()
            .or_else(|| view.matter.item.clone())
            .or_else(|| items.first().map(|suggestion| suggestion.item.clone()));
        let leads = self.suggested_leads(&view, item.as_ref(), now).await?;
        let urgencies = suggested::urgencies(&view, item.as_ref(), now);
        Ok(OpenMessage { view, line, alike, before, items, item, leads, urgencies })
    }
}

fn first_number(waiting: &[Waiting]) -> Option<String> {
    waiting.first().map(|waiting| waiting.line.number.clone())
}

fn soon(filters: Vec<Filter>, now: Instant) -> Vec<Filter> {
    filters.into_iter().map(|filter| Filter { soon_before: Some(now.micros()), ..filter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_danger_are_found_where_they_stand() {
        assert_eq!(risk_words("昨天有老人滑倒，电线还漏电"), ["滑倒", "漏电"]);
        assert!(risk_words("路灯不亮").is_empty());
    }
}
