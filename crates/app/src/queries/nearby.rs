//! Open matters a resident may mean as well. They are told class, place, state
//! and date of matters of public classes, and nothing else: no words, no photo,
//! no number, and nothing of confidential reports.

use bihuan_domain::clock::Due;
use bihuan_domain::ids::{GridCode, ItemCode, MatterId, PlaceId};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::Stage;
use bihuan_domain::place::Position;
use bihuan_domain::playbook::Playbook;
use bihuan_domain::playbook::model::Text;
use bihuan_store::read::{Filter, MatterRow, Order, Reach};

use crate::context::App;
use crate::error::{Error, Result};

/// What lies farther off is hardly the same thing.
const NEAR_METRES: u32 = 150;
/// What is older and still open has been found by others.
const DAYS_BACK: i64 = 90;
/// Looked at before the nearest are chosen.
const LOOKED_AT: u32 = 60;
const SHOWN: usize = 3;
/// Grids looked through: those of a village and a few more.
const MOST_GRIDS: usize = 24;

/// Where somebody is about to report something, as far as they said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    pub place: Option<PlaceId>,
    pub position: Option<Position>,
    pub grid: Option<GridCode>,
    pub item: Option<ItemCode>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenNearby {
    pub matter: MatterId,
    /// Names the matter to us and to nobody else.
    pub token: String,
    pub class: Text,
    pub place: Text,
    pub stage: Stage,
    pub is_suspended: bool,
    pub filed_at: Instant,
    /// The date its handling is due.
    pub due: Option<Due>,
}

impl App {
    /// Open matters of public classes at the same place, or within 150 metres of
    /// the position. Of a village that was only chosen, those of the same item.
    /// The nearest first.
    pub async fn open_nearby(&self, spot: &Spot) -> Result<Vec<OpenNearby>> {
        let now = self.now();
        let rules = self.rules();
        let playbook = &rules.in_force(now)?.playbook;
        let classes: Vec<String> = playbook
            .classes
            .iter()
            .filter(|class| class.public)
            .map(|class| class.code.0.clone())
            .collect();
        if classes.is_empty() {
            return Ok(Vec::new());
        }
        let open = Filter {
            open: Some(true),
            classes,
            confidential: Some(false),
            filed: Some((now.plus_days(-DAYS_BACK).micros(), i64::MAX)),
            ..Filter::default()
        };
        let position = match (&spot.position, &spot.place) {
            (Some(position), _) => Some(*position),
            (None, Some(place)) => self.position_of(place.as_str()).await?,
            (None, None) => None,
        };
        let mut found = Vec::new();
        for filter in self.around(spot, position, playbook, &open) {
            found.extend(self.found(&filter).await?);
        }
        found.sort_by(|one, other| one.matter.cmp(&other.matter));
        found.dedup_by(|one, other| one.matter == other.matter);
        self.nearest(found, spot, position, playbook).await
    }

    /// The one a token names, if it is still open and offered here.
    pub async fn named_nearby(&self, spot: &Spot, token: &str) -> Result<Option<MatterId>> {
        let offered = self.open_nearby(spot).await?;
        Ok(offered.into_iter().find(|one| one.token == token).map(|one| one.matter))
    }

    /// Each filter is answered from an index: that of places or that of grids.
    fn around(
        &self,
        spot: &Spot,
        position: Option<Position>,
        playbook: &Playbook,
        open: &Filter,
    ) -> Vec<Filter> {
        let at_place = spot.place.as_ref();
        let at_place =
            at_place.map(|place| Filter { place: Some(place.0.clone()), ..open.clone() });
        let (grids, item) = match (position, &spot.grid, &spot.item) {
            (Some(position), _, _) => (self.outlines().grids_near(position, NEAR_METRES), None),
            (None, Some(grid), Some(item)) => {
                let inside = playbook.grids.iter().filter(|one| one.code.within(grid));
                (inside.map(|one| one.code.clone()).collect(), Some(item.0.clone()))
            }
            _ => (Vec::new(), None),
        };
        // A whole town is no neighbourhood.
        let grids = if grids.len() > MOST_GRIDS { Vec::new() } else { grids };
        let in_grids = grids.into_iter().map(|grid| Filter {
            just_grid: Some(grid.0),
            item: item.clone(),
            ..open.clone()
        });
        at_place.into_iter().chain(in_grids).collect()
    }

    async fn found(&self, filter: &Filter) -> Result<Vec<MatterRow>> {
        let (county, reach) = (self.county(), Reach::County);
        let store = self.store();
        let order = Order::FiledOfFew;
        let page = store.matters(county, &reach, filter, order, None, LOOKED_AT).await?;
        Ok(page.rows)
    }

    async fn nearest(
        &self,
        found: Vec<MatterRow>,
        spot: &Spot,
        position: Option<Position>,
        playbook: &Playbook,
    ) -> Result<Vec<OpenNearby>> {
        let mut near = Vec::new();
        for row in found {
            let metres = self.metres_from(&row, spot, position).await?;
            if metres > NEAR_METRES {
                continue;
            }
            if let Some(told) = self.told_nearby(row, playbook).await? {
                near.push((metres, told));
            }
        }
        near.sort_by_key(|(metres, told)| (*metres, std::cmp::Reverse(told.filed_at)));
        near.truncate(SHOWN);
        Ok(near.into_iter().map(|(_, told)| told).collect())
    }

    /// The same place is no way off, whatever two phones measured there; without
    /// any position the chosen village is all there is to go by.
    async fn metres_from(
        &self,
        row: &MatterRow,
        spot: &Spot,
        position: Option<Position>,
    ) -> Result<u32> {
        let is_same_place = spot.place.is_some()
            && row.place.as_deref() == spot.place.as_ref().map(PlaceId::as_str);
        let Some(position) = position.filter(|_| !is_same_place) else { return Ok(0) };
        let there = match (&row.position, &row.place) {
            (Some(text), _) => serde_json::from_str(text).ok(),
            (None, Some(place)) => self.position_of(place).await?,
            (None, None) => None,
        };
        Ok(there.map_or(u32::MAX, |there: Position| position.metres_to(there)))
    }

    async fn position_of(&self, place: &str) -> Result<Option<Position>> {
        let row = self.store().place(self.county(), place).await?;
        let degrees = row.and_then(|row| row.lat_e6.zip(row.lon_e6));
        Ok(degrees.and_then(|(lat, lon)| {
            Some(Position { lat_e6: i32::try_from(lat).ok()?, lon_e6: i32::try_from(lon).ok()? })
        }))
    }

    /// A coded place has a name; elsewhere the village is told, never the
    /// address, which is in the reporter's words.
    async fn told_nearby(&self, row: MatterRow, playbook: &Playbook) -> Result<Option<OpenNearby>> {
        let broken = |what: &str| Error::Internal(format!("{what} of matter {}", row.number));
        let matter: MatterId = row.matter.parse().map_err(|_| broken("id"))?;
        let stage = Stage::from_code(&row.stage).ok_or_else(|| broken("stage"))?;
        let class = playbook.classes.iter().find(|class| Some(&class.code.0) == row.class.as_ref());
        let named = match &row.place {
            Some(place) => self.place_name(place).await?,
            None => None,
        };
        let village = row.grid.as_deref().and_then(|grid| {
            let end = grid.match_indices('-').nth(1).map_or(grid.len(), |(at, _)| at);
            self.grid_name(&grid[..end])
        });
        let (Some(class), Some(place)) = (class, named.or(village)) else { return Ok(None) };
        let due = row.due_us.zip(row.soon_us).map(|(due, soon)| Due {
            due_at: Instant::from_micros(due),
            soon_at: Instant::from_micros(soon),
            estimated: row.estimated != 0,
        });
        Ok(Some(OpenNearby {
            token: self.keys().nearby_token(&row.matter),
            matter,
            class: class.name.clone(),
            place,
            stage,
            is_suspended: row.suspended != 0,
            filed_at: Instant::from_micros(row.filed_us),
            due: due.filter(|_| row.due_node.as_deref() == Some("handle")),
        }))
    }
}
