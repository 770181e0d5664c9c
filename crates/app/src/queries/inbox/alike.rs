//! Matters that may be the same as the open message, compared with it.

use bihuan_domain::ids::ItemCode;
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Rating, Stage};
use bihuan_store::read::Filter;

use super::suggested::{ItemSuggestion, LeadSuggestion, UrgencyOutlook};
use super::{ALIKE_DAYS, MOST};
use crate::context::{App, Caller};
use crate::error::Result;
use crate::queries::MatterView;
use crate::queries::line::Line;

/// Matters shown beside a message at most.
const BESIDE: usize = 4;
const BEFORE_DAYS: i64 = 90;
/// Farther apart, the same words are about another thing. Default, not official.
const FAR_METRES: u32 = 1_000;

pub struct OpenMessage {
    pub view: MatterView,
    pub line: Line,
    pub alike: Vec<Alike>,
    pub before: Option<Before>,
    pub items: Vec<ItemSuggestion>,
    /// The item that leads and dates are shown for.
    pub item: Option<ItemCode>,
    pub leads: Vec<LeadSuggestion>,
    pub urgencies: Vec<UrgencyOutlook>,
}

/// In which ways another matter is like the open one.
#[derive(Clone, Debug, PartialEq)]
pub struct Alike {
    pub line: Line,
    pub same_item: bool,
    pub same_place: bool,
    pub same_grid: bool,
    pub metres: Option<u32>,
    /// Rare pairs of characters both use.
    pub shared: i64,
    /// How much earlier it was filed; negative when later.
    pub earlier_minutes: i64,
    pub may_merge: bool,
}

/// What was at the same place before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Before {
    pub days: i64,
    pub matters: i64,
    pub not_fixed: i64,
}

impl App {
    pub(super) async fn alike_of(
        &self,
        caller: &Caller,
        line: &Line,
        now: Instant,
    ) -> Result<Vec<Alike>> {
        let since = now.plus_days(-ALIKE_DAYS);
        let id = line.matter.to_string();
        let store = self.store();
        let shared = store.sharing_words(self.county(), &line.words, since).await?;
        let pairs =
            store.at_the_same_place(self.county(), std::slice::from_ref(&id), since).await?;
        let mut ids: Vec<String> = shared.iter().map(|(matter, _)| matter.clone()).collect();
        ids.extend(pairs.into_iter().map(|(_, other)| other));
        ids.sort_unstable();
        ids.dedup();
        ids.retain(|other| *other != id);
        let mut alike: Vec<Alike> = self
            .visible(caller, ids)
            .await?
            .into_iter()
            .filter(|other| other.is_open || other.stage == Stage::Closed)
            .map(|other| {
                let other_id = other.matter.to_string();
                let count = shared.iter().find(|(matter, _)| *matter == other_id);
                compare(line, other, count.map_or(0, |(_, count)| *count))
            })
            .filter(|other| other.same_place || other.metres.is_none_or(|far| far <= FAR_METRES))
            .collect();
        alike.sort_by_key(|alike| {
            (!alike.may_merge, !alike.same_place, !alike.same_item, -alike.shared)
        });
        alike.truncate(BESIDE);
        Ok(alike)
    }

    pub(super) async fn before_at(
        &self,
        caller: &Caller,
        line: &Line,
        now: Instant,
    ) -> Result<Option<Before>> {
        let Some(place) = &line.place else { return Ok(None) };
        let reach = self.reach(caller);
        let since = now.plus_days(-BEFORE_DAYS).micros();
        let all = Filter {
            place: Some(place.clone()),
            filed: Some((since, line.filed_at.micros())),
            ..self.not_own(caller)
        };
        let not_fixed = Filter { rating: Some(Rating::NotFixed.code().to_owned()), ..all.clone() };
        let matters = self.store().count(self.county(), &reach, &all, MOST).await?;
        if matters == 0 {
            return Ok(None);
        }
        let not_fixed = self.store().count(self.county(), &reach, &not_fixed, MOST).await?;
        Ok(Some(Before { days: BEFORE_DAYS, matters, not_fixed }))
    }
}

fn compare(line: &Line, other: Line, shared: i64) -> Alike {
    Alike {
        same_item: line.item.is_some() && line.item == other.item,
        same_place: line.place.is_some() && line.place == other.place,
        same_grid: line.grid.is_some() && line.grid == other.grid,
        metres: line.position.zip(other.position).map(|(one, two)| one.metres_to(two)),
        shared,
        earlier_minutes: line.filed_at.minutes_since(other.filed_at),
        may_merge: other.is_open,
        line: other,
    }
}
