//! Coded spots and how often each was reported from.

use bihuan_domain::ids::GridCode;
use bihuan_domain::playbook::model::Text;
use bihuan_store::read::{Filter, Reach};
use bihuan_store::registers::PlaceRow;

use super::{MOST, PAGE};
use crate::access::Admin;
use crate::context::{App, Caller};
use crate::error::{Error, Result};
use crate::queries::line::area;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceLine {
    pub id: String,
    pub name: Text,
    /// From the town down to the grid.
    pub area: Vec<Text>,
    pub reports: i64,
    pub is_retired: bool,
    /// What its sign says; signed.
    pub code: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacesPage {
    pub places: Vec<PlaceLine>,
    /// Where the next page begins.
    pub next: Option<String>,
}

impl App {
    pub async fn places(&self, caller: &Caller, after: &str) -> Result<PlacesPage> {
        self.require(caller, Admin::KeepPlaces)?;
        let mut rows = self.store().places_after(self.county(), after, PAGE + 1).await?;
        let next = (rows.len() > PAGE as usize).then(|| {
            rows.truncate(PAGE as usize);
            rows.last().map(|row| row.id.clone()).unwrap_or_default()
        });
        let mut places = Vec::with_capacity(rows.len());
        for row in rows {
            places.push(self.place_line(row).await?);
        }
        Ok(PlacesPage { places, next })
    }

    pub async fn coded_place(&self, caller: &Caller, id: &str) -> Result<PlaceLine> {
        self.require(caller, Admin::KeepPlaces)?;
        let row = self.store().place(self.county(), id).await?.ok_or(Error::NotFound)?;
        self.place_line(row).await
    }

    async fn place_line(&self, row: PlaceRow) -> Result<PlaceLine> {
        let filter = Filter { place: Some(row.id.clone()), ..Filter::default() };
        let reports = self.store().count(self.county(), &Reach::County, &filter, MOST).await?;
        let rules = self.rules();
        let version = rules.in_force(self.now())?;
        Ok(PlaceLine {
            code: self.place_code(&row),
            area: area(version, &GridCode::new(row.grid)),
            name: Text { zh: row.name_zh, en: row.name_en },
            is_retired: row.retired_us.is_some(),
            id: row.id,
            reports,
        })
    }
}
