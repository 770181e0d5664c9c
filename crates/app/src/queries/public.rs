//! What everybody may know of the county: what was fixed lately, and its rates.

use bihuan_domain::ids::PlaceId;
use bihuan_domain::instant::Instant;
use bihuan_domain::playbook::model::Text;
use bihuan_store::read::{By, Filed, Filter, Order, Period, Rate, Reach};

use crate::context::App;
use crate::error::Result;

/// How many of the latest closed matters are looked through for public ones.
const LOOKED_THROUGH: u32 = 60;

/// Something fixed: class, place and day only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixedLately {
    pub class: Text,
    pub place: Text,
    pub closed_at: Instant,
}

/// Matters of one town, by what became of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TownFigures {
    pub name: Text,
    pub filed: Filed,
    pub rates: Rates,
}

/// Closed matters of a period: the sums over all units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rates {
    pub closed: u64,
    pub on_time: u64,
    pub rated: u64,
    pub fixed: u64,
}

impl App {
    /// The latest closed matters of classes the playbook marks public.
    pub async fn fixed_lately(&self, most: usize) -> Result<Vec<FixedLately>> {
        let rules = self.rules();
        let version = rules.in_force(self.now())?;
        let filter = Filter {
            stages: vec!["closed".to_owned()],
            confidential: Some(false),
            ..self.of_catalogue(Filter::default())
        };
        let page = self
            .store()
            .matters(self.county(), &Reach::County, &filter, Order::Closed, None, LOOKED_THROUGH)
            .await?;
        let mut fixed = Vec::new();
        for row in page.rows {
            let class =
                version.playbook.classes.iter().find(|class| {
                    class.public && Some(class.code.as_str()) == row.class.as_deref()
                });
            let (Some(class), Some(closed)) = (class, row.closed_us) else { continue };
            let place = match &row.place {
                Some(place) => self.place_name(place).await?,
                None => row.town.as_deref().and_then(|town| self.grid_name(town)),
            };
            let Some(place) = place else { continue };
            let closed_at = Instant::from_micros(closed);
            fixed.push(FixedLately { class: class.name.clone(), place, closed_at });
            if fixed.len() == most {
                break;
            }
        }
        Ok(fixed)
    }

    pub async fn place_name(&self, place: &str) -> Result<Option<Text>> {
        let row = self.store().place(self.county(), place).await?;
        Ok(row.map(|row| Text { zh: row.name_zh, en: row.name_en }))
    }

    pub fn grid_name(&self, grid: &str) -> Option<Text> {
        let rules = self.rules();
        let version = rules.in_force(self.now()).ok()?;
        let code = bihuan_domain::ids::GridCode::new(grid);
        version.grid(&code).map(|grid| grid.name.clone())
    }

    /// A grid with those above it, from the town down.
    pub fn grid_path(&self, grid: &str) -> Vec<Text> {
        let ends = grid.match_indices('-').map(|(at, _)| at).chain([grid.len()]);
        ends.filter_map(|end| self.grid_name(&grid[..end])).collect()
    }

    /// What was filed in a period, and the rates of what was closed in it.
    pub async fn county_figures(&self, period: Period) -> Result<(Filed, Rates)> {
        let filter = self.of_catalogue(Filter::default());
        let store = self.store();
        let (county, all) = (self.county(), Reach::County);
        let filed = store.filed_counts(county, &all, &filter, period).await?;
        let rates = store.rates(county, &all, &filter, period, By::LeadUnit).await?;
        Ok((filed, Rates::sum(rates.iter())))
    }

    /// The same for each town, in the order of the playbook.
    pub async fn town_figures(&self, period: Period) -> Result<Vec<TownFigures>> {
        let rules = self.rules();
        let version = rules.in_force(self.now())?;
        let filter = self.of_catalogue(Filter::default());
        let store = self.store();
        let (county, all) = (self.county(), Reach::County);
        let filed = store.filed_by_town(county, &all, &filter, period).await?;
        let rates = store.rates(county, &all, &filter, period, By::Town).await?;
        let towns = version.playbook.grids.iter().filter(|grid| grid.level == 1);
        let figures = towns.map(|grid| {
            let town = Some(&grid.code.0);
            let there = filed.iter().find(|there| there.town.as_ref() == town);
            TownFigures {
                name: grid.name.clone(),
                filed: there.map(|there| there.filed.clone()).unwrap_or_default(),
                rates: Rates::sum(rates.iter().filter(|rate| rate.of.as_ref() == town)),
            }
        });
        Ok(figures.collect())
    }

    /// The place of a sign, for prefilling a report.
    pub async fn place(&self, id: &PlaceId) -> Result<Option<bihuan_store::registers::PlaceRow>> {
        Ok(self.store().place(self.county(), id.as_str()).await?)
    }
}

impl Rates {
    fn sum<'a>(rates: impl Iterator<Item = &'a Rate>) -> Self {
        let mut sum = Self::default();
        for rate in rates {
            sum.closed += rate.closed.unsigned_abs();
            sum.on_time += rate.on_time.unsigned_abs();
            sum.rated += rate.rated.unsigned_abs();
            sum.fixed += rate.fixed.unsigned_abs();
        }
        sum
    }
}
