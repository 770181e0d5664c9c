//! A matter as lists show it: codes turned into names once, here, so that no
//! page looks anything up. It holds no identity and nothing of the reporter but
//! the words of the report.

use std::collections::BTreeSet;

use bihuan_domain::access::sorts;
use bihuan_domain::clock::Due;
use bihuan_domain::ids::{GridCode, ItemCode, MatterId, UnitCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Rating, Source, Stage, Urgency};
use bihuan_domain::place::Position;
use bihuan_domain::playbook::model::{Playbook, Text};
use bihuan_store::read::{Cursor, Filter, MatterRow, Order, Page, Reach};

use crate::context::{App, Caller};
use crate::error::{Error, Result};
use crate::rules::{Rules, Version};

#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub matter: MatterId,
    pub number: String,
    /// The reporter's words; empty once erased.
    pub words: String,
    pub regime: String,
    pub regime_name: Text,
    pub stage: Stage,
    pub source: Source,
    pub urgency: Urgency,
    pub item: Option<ItemCode>,
    pub item_name: Option<Text>,
    pub lead: Option<UnitCode>,
    pub lead_name: Option<Text>,
    pub grid: Option<GridCode>,
    /// From the town down to the grid.
    pub area: Vec<Text>,
    pub place: Option<String>,
    pub address: Option<String>,
    pub position: Option<Position>,
    pub filed_at: Instant,
    /// The next date waited for; none when nothing is, or while suspended.
    pub due: Option<Due>,
    pub is_suspended: bool,
    pub is_open: bool,
    pub rating: Option<Rating>,
    pub entries: u64,
}

impl Line {
    pub(crate) fn of(row: MatterRow, rules: &Rules, version: &Version) -> Result<Self> {
        let playbook = &version.playbook;
        let broken = |what: &str| Error::Internal(format!("{what} of matter {}", row.number));
        let stage = Stage::from_code(&row.stage).ok_or_else(|| broken("stage"))?;
        let item = row.item.clone().map(ItemCode::new);
        let lead = row.lead_unit.clone().map(UnitCode::new);
        let grid = row.grid.clone().map(GridCode::new);
        let due = row.due_us.zip(row.soon_us).map(|(due, soon)| Due {
            due_at: Instant::from_micros(due),
            soon_at: Instant::from_micros(soon),
            estimated: row.estimated != 0,
        });
        Ok(Self {
            matter: row.matter.parse().map_err(|_| broken("id"))?,
            words: row.words.unwrap_or_default(),
            regime_name: regime_name(playbook, &row.regime),
            stage,
            source: Source::from_code(&row.source).ok_or_else(|| broken("source"))?,
            urgency: Urgency::from_code(&row.urgency).ok_or_else(|| broken("urgency"))?,
            item_name: item.as_ref().map(|item| item_name(playbook, item)),
            lead_name: lead.as_ref().map(|lead| rules.unit_name(lead.as_str())),
            area: grid.as_ref().map(|grid| area(version, grid)).unwrap_or_default(),
            position: row.position.as_deref().and_then(|text| serde_json::from_str(text).ok()),
            filed_at: Instant::from_micros(row.filed_us),
            is_suspended: row.suspended != 0,
            is_open: !stage.is_over(),
            rating: row.rating.as_deref().and_then(Rating::from_code),
            entries: row.entries.unsigned_abs(),
            number: row.number,
            regime: row.regime,
            place: row.place,
            address: row.address,
            item,
            lead,
            grid,
            due,
        })
    }
}

pub(crate) fn item_name(playbook: &Playbook, code: &ItemCode) -> Text {
    playbook.items.get(code).map_or_else(|| as_is(code.as_str()), |item| item.name.clone())
}

fn regime_name(playbook: &Playbook, code: &str) -> Text {
    let regime = playbook.regimes.values().find(|regime| regime.code.as_str() == code);
    regime.map_or_else(|| as_is(code), |regime| regime.name.clone())
}

/// A code that the playbook in force no longer has stands for itself.
fn as_is(code: &str) -> Text {
    Text { zh: code.to_owned(), en: code.to_owned() }
}

/// The names of a grid and of those it lies in, the largest first.
pub(crate) fn area(version: &Version, grid: &GridCode) -> Vec<Text> {
    let code = grid.as_str();
    let ends = code.match_indices('-').map(|(at, _)| at).chain([code.len()]);
    ends.filter_map(|end| version.grid(&GridCode::new(&code[..end])))
        .map(|grid| grid.name.clone())
        .collect()
}

/// Where a page of a list ended, as it stands in an address.
pub(crate) fn cursor_text(cursor: &Cursor) -> String {
    format!("{}.{}", cursor.value, cursor.matter)
}

/// A cursor nobody of ours wrote begins the list anew.
pub(crate) fn cursor_of(text: &str) -> Option<Cursor> {
    let (value, matter) = text.split_once('.')?;
    let matter: MatterId = matter.parse().ok()?;
    Some(Cursor { value: value.parse().ok()?, matter: matter.to_string() })
}

impl App {
    /// Rows as the caller may read them: of a confidential matter whoever does
    /// not sort it reads no words.
    pub(crate) fn lines(&self, caller: &Caller, rows: Vec<MatterRow>) -> Result<Vec<Line>> {
        let rules = self.rules();
        let version = rules.in_force(self.now())?;
        let hidden = |mut row: MatterRow| {
            if row.confidential != 0 && !self.sorts(caller, row.lead_unit.as_deref()) {
                row.words = None;
            }
            row
        };
        rows.into_iter().map(|row| Line::of(hidden(row), &rules, version)).collect()
    }

    /// Whether the caller sits at a desk that sorts, and not at the desk of the
    /// unit that handles it.
    fn sorts(&self, caller: &Caller, lead: Option<&str>) -> bool {
        let of_the_lead = |unit: &UnitCode| {
            lead.is_some_and(|lead| self.rules().unit_tree.within(unit, &UnitCode::new(lead)))
        };
        sorts(caller.role()) && !caller.actor.unit.as_ref().is_some_and(of_the_lead)
    }

    /// These matters, as far as the caller may see them.
    pub(crate) async fn visible(&self, caller: &Caller, matters: Vec<String>) -> Result<Vec<Line>> {
        if matters.is_empty() {
            return Ok(Vec::new());
        }
        let most = u32::try_from(matters.len()).unwrap_or(u32::MAX);
        let filter = Filter { matters: Some(matters), ..self.not_own(caller) };
        let reach = self.reach(caller);
        let store = self.store();
        let page = store.matters(self.county(), &reach, &filter, Order::Filed, None, most).await?;
        self.lines(caller, page.rows)
    }

    /// Narrowed to what residents and the grid report. Tasks, findings and papers
    /// have dates and ends of their own: they are in no rate, and not public.
    pub fn of_catalogue(&self, filter: Filter) -> Filter {
        let rules = self.rules();
        let regimes = rules.versions().flat_map(|(_, version)| version.playbook.regimes.values());
        let (with, without): (Vec<_>, Vec<_>) = regimes.partition(|regime| regime.catalogue);
        if without.is_empty() {
            return filter;
        }
        if with.is_empty() {
            return Filter { matters: Some(Vec::new()), ..filter };
        }
        let codes: BTreeSet<String> = with.iter().map(|regime| regime.code.to_string()).collect();
        Filter { regimes: codes.into_iter().collect(), ..filter }
    }

    /// Every list leaves out what is about the caller's own unit (信访工作条例
    /// Art. 30).
    pub(crate) fn not_own(&self, caller: &Caller) -> Filter {
        Filter { not_about: self.own_units(caller), ..Filter::default() }
    }

    /// One page of the matters that pass any of the filters, each once.
    pub(crate) async fn any_of(
        &self,
        reach: &Reach,
        filters: &[Filter],
        order: Order,
        after: Option<&Cursor>,
        limit: u32,
    ) -> Result<Page> {
        let mut rows: Vec<MatterRow> = Vec::new();
        let mut more = false;
        for filter in filters {
            let page =
                self.store().matters(self.county(), reach, filter, order, after, limit).await?;
            more |= page.next.is_some();
            rows.extend(page.rows);
        }
        let place = |row: &MatterRow| match order {
            Order::Due => row.due_us.unwrap_or(i64::MAX),
            Order::Oldest | Order::OldestOfFew => row.filed_us,
            Order::Filed | Order::FiledOfFew => -row.filed_us,
            Order::Closed => -row.closed_us.unwrap_or(0),
        };
        let newest_first = matches!(order, Order::Filed | Order::FiledOfFew | Order::Closed);
        rows.sort_by(|a, b| {
            let by_id = a.matter.cmp(&b.matter);
            place(a).cmp(&place(b)).then(if newest_first { by_id.reverse() } else { by_id })
        });
        rows.dedup_by(|a, b| a.matter == b.matter);
        more |= rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = rows
            .last()
            .filter(|_| more)
            .map(|row| Cursor { value: place(row).abs(), matter: row.matter.clone() });
        Ok(Page { rows, next })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_its_address_and_a_foreign_one_is_none() {
        let cursor = Cursor { value: 7, matter: "01838282-0000-7000-8000-000000000000".to_owned() };
        assert_eq!(cursor_of(&cursor_text(&cursor)), Some(cursor));
        for foreign in ["", "7", "7.x", "x.01838282-0000-7000-8000-000000000000", "7.' OR 1=1"] {
            assert_eq!(cursor_of(foreign), None, "{foreign}");
        }
    }
}
