//! Finding matters by number, words, place or unit, and by phone for those who
//! call reporters back. Only what the caller reaches is found, and what is
//! counted is what was found.

use std::sync::Arc;

use bihuan_domain::access::{Role, finds_confidential, sorts};
use bihuan_domain::calendar::Calendar;
use bihuan_domain::county::CountyEvent;
use bihuan_domain::ids::{CommandId, GridCode, UnitCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::playbook::model::Text;
use bihuan_store::read::{Filter, Order};
use jiff::civil::Date;

use super::line::{Line, cursor_of, cursor_text};
use crate::access::Admin;
use crate::commands::attempts::Counter;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

const PAGE: u32 = 50;
/// Places or units whose names hold the words, of each at most.
const MOST_NAMED: usize = 5;
const EXCERPT_BEFORE: usize = 10;
const EXCERPT: usize = 40;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    pub words: String,
    pub unit: Option<UnitCode>,
    pub town: Option<GridCode>,
    pub stage: Option<String>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub after: Option<String>,
}

impl Sought {
    pub fn is_empty(&self) -> bool {
        let blank = Self { after: self.after.clone(), ..Self::default() };
        Self { words: self.words.trim().to_owned(), ..self.clone() } == blank
    }
}

pub struct Results {
    pub found: Vec<Found>,
    pub next: Option<String>,
    pub calendar: Arc<Calendar>,
    pub now: Instant,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub line: Line,
    /// The words around what was found.
    pub excerpt: String,
}

/// What a search can be narrowed to.
pub struct Offered {
    pub units: Vec<(UnitCode, Text)>,
    pub towns: Vec<(GridCode, Text)>,
}

impl App {
    pub fn search_offered(&self) -> Result<Offered> {
        let rules = self.rules();
        let version = rules.in_force(self.now())?;
        let standing = rules.units.values().filter(|unit| !unit.is_gone);
        Ok(Offered {
            units: standing.map(|unit| (unit.code.clone(), unit.name.clone())).collect(),
            towns: version
                .playbook
                .grids
                .iter()
                .filter(|grid| grid.level == 1)
                .map(|grid| (grid.code.clone(), grid.name.clone()))
                .collect(),
        })
    }

    pub async fn search(&self, caller: &Caller, sought: &Sought) -> Result<Results> {
        let reach = self.reach(caller);
        if reach == bihuan_store::read::Reach::Nothing {
            return Err(Error::Forbidden);
        }
        let after = sought.after.as_deref().and_then(cursor_of);
        let filters = self.search_filters(caller, sought).await?;
        let page = self.any_of(&reach, &filters, Order::Filed, after.as_ref(), PAGE).await?;
        let next = page.next.as_ref().map(cursor_text);
        self.results(self.lines(caller, page.rows)?, next, &sought.words)
    }

    /// Matters whose reporter left this phone. Who searched is recorded, the
    /// number is not.
    pub async fn search_phone(
        &self,
        caller: &Caller,
        command: CommandId,
        phone: &str,
    ) -> Result<Results> {
        let found = self.matters_of_phone(caller, command, phone).await?;
        self.results(found, None, "")
    }

    pub(super) async fn matters_of_phone(
        &self,
        caller: &Caller,
        command: CommandId,
        phone: &str,
    ) -> Result<Vec<Line>> {
        self.require(caller, Admin::SearchByPhone)?;
        self.may_search_phone(caller).await?;
        let key = self.keys().phone_key(phone);
        let ids = self.store().matters_by_phone(self.county(), &key).await?;
        let ids = ids.into_iter().map(|id| id.to_string()).collect();
        let found = self.visible(caller, ids).await?;
        let searched = CountyEvent::PhoneSearched { found: found.len() as u64 };
        let (who, at) = (caller.clone(), command);
        self.write(move |app, tx| {
            let (who, searched) = (who.clone(), searched.clone());
            Box::pin(async move { app.record(tx, &who, at, &[searched]).await })
        })
        .await?;
        Ok(found)
    }

    async fn may_search_phone(&self, caller: &Caller) -> Result<()> {
        let Some(person) = caller.person() else { return Err(Error::Forbidden) };
        self.attempt(&[Counter::phone_search(person)]).await.map(drop)
    }

    /// One filter for each thing the words can be: a number, a place, a unit, or
    /// words of the report. All of them keep what else was asked for.
    async fn search_filters(&self, caller: &Caller, sought: &Sought) -> Result<Vec<Filter>> {
        let asked = self.asked(caller, sought);
        let words = sought.words.trim();
        if words.is_empty() {
            return Ok(if sought.is_empty() { Vec::new() } else { vec![asked] });
        }
        let rules = self.rules();
        let version = rules.in_force(self.now())?;
        let prefix = &version.playbook.number_prefix;
        if let Some(number) = number(words, prefix) {
            return Ok(vec![Filter { number: Some(number), ..asked }]);
        }
        let ids = self.store().search_words(self.county(), words).await?;
        // What words a confidential report holds is told by finding it by them.
        let confidential = if sorts(caller.role()) { asked.confidential } else { Some(false) };
        let mut filters = vec![Filter { matters: Some(ids), confidential, ..asked.clone() }];
        if let Some(place) = self.store().place(self.county(), words).await? {
            filters.push(Filter { place: Some(place.id), ..asked.clone() });
        }
        let is_named = |name: &Text| name.zh.contains(words) || name.en.eq_ignore_ascii_case(words);
        let places = version.playbook.places.iter().filter(|place| is_named(&place.name));
        filters.extend(
            places
                .take(MOST_NAMED)
                .map(|place| Filter { place: Some(place.id.as_str().to_owned()), ..asked.clone() }),
        );
        if sought.unit.is_none() {
            let units = rules.units.values().filter(|unit| is_named(&unit.name));
            filters.extend(units.take(MOST_NAMED).map(|unit| Filter {
                lead_unit: Some(unit.code.as_str().to_owned()),
                ..asked.clone()
            }));
        }
        Ok(filters)
    }

    fn asked(&self, caller: &Caller, sought: &Sought) -> Filter {
        let start = |date: Date| bihuan_domain::calendar::start_of_day(date).micros();
        let filed = (sought.from.is_some() || sought.to.is_some()).then(|| {
            let from = sought.from.map_or(i64::MIN, start);
            let to = sought.to.and_then(|date| date.tomorrow().ok()).map_or(i64::MAX, start);
            (from, to)
        });
        Filter {
            lead_unit: sought.unit.as_ref().map(|unit| unit.as_str().to_owned()),
            town: sought.town.as_ref().map(|town| town.as_str().to_owned()),
            stages: sought.stage.iter().cloned().collect(),
            filed,
            confidential: (!finds_confidential(caller.role())).then_some(false),
            ..self.not_own(caller)
        }
    }

    fn results(&self, lines: Vec<Line>, next: Option<String>, words: &str) -> Result<Results> {
        let now = self.now();
        let found = lines
            .into_iter()
            .map(|line| Found { excerpt: excerpt(&line.words, words.trim()), line })
            .collect();
        let calendar = Arc::clone(&self.rules().in_force(now)?.calendar);
        Ok(Results { found, next, calendar, now })
    }
}

/// Whether a role searches by phone: the page offers it only then.
pub fn may_search_by_phone(role: Role) -> bool {
    crate::access::may(role, Admin::SearchByPhone)
}

/// A number or the beginning of one. Typed small or without the county's letters
/// it is still meant: `220928-02` is `XY-220928-02`.
fn number(words: &str, prefix: &str) -> Option<String> {
    let typed = words.to_ascii_uppercase();
    let is_of_number = |c: char| c.is_ascii_digit() || c == '-';
    let start = format!("{prefix}-");
    let rest = typed.strip_prefix(&start).unwrap_or(&typed);
    let looks = rest.len() >= 4
        && rest.chars().all(is_of_number)
        && rest.starts_with(|c: char| c.is_ascii_digit());
    looks.then(|| format!("{start}{rest}"))
}

/// A stretch of the text around the first place the words stand.
fn excerpt(text: &str, words: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let at = text.find(words).map_or(0, |byte| text[..byte].chars().count());
    let from = at.saturating_sub(EXCERPT_BEFORE);
    let to = letters.len().min(from + EXCERPT);
    let mut cut: String = letters.get(from..to).unwrap_or_default().iter().collect();
    if from > 0 {
        cut.insert(0, '…');
    }
    if to < letters.len() {
        cut.push('…');
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_meant_with_and_without_the_countys_letters() {
        assert_eq!(number("xy-220928-02", "XY").as_deref(), Some("XY-220928-02"));
        assert_eq!(number("220928", "XY").as_deref(), Some("XY-220928"));
        for words in ["路灯", "13", "XY", "138-路", "-1234"] {
            assert_eq!(number(words, "XY"), None, "{words}");
        }
    }

    #[test]
    fn an_excerpt_stands_around_what_was_found() {
        let text = "甲".repeat(50) + "路灯不亮" + &"乙".repeat(50);
        let cut = excerpt(&text, "路灯");
        assert!(cut.starts_with("…甲") && cut.contains("路灯不亮") && cut.ends_with("乙…"));
        assert_eq!(excerpt("路灯不亮", "没有"), "路灯不亮");
    }
}
