//! Coded spots and their signs.

use bihuan_domain::county::CountyEvent;
use bihuan_domain::ids::{CommandId, GridCode, PlaceId};
use bihuan_domain::place::{PlaceCodeFault, Position};
use bihuan_domain::playbook::model::Text;
use bihuan_store::registers::PlaceRow;

use crate::access::Admin;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

/// Letters of a new place's id: over a billion in every grid.
const PLACE_LETTERS: usize = 6;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPlace {
    pub id: PlaceId,
    pub name: Text,
    pub grid: GridCode,
    pub position: Option<Position>,
}

/// What a scanned sign turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sign {
    Good(PlaceRow),
    /// Reprinted since, or the place is gone: the report may still be made.
    Retired(PlaceRow),
    /// Not a code, or not one of ours.
    Unknown(PlaceCodeFault),
}

impl App {
    /// A place that is there already stays as it is kept.
    pub async fn add_places(
        &self,
        caller: &Caller,
        command: CommandId,
        places: Vec<NewPlace>,
    ) -> Result<()> {
        self.require(caller, Admin::KeepPlaces)?;
        for position in places.iter().filter_map(|place| place.position) {
            self.locate(position)?;
        }
        let caller = caller.clone();
        self.write(move |app, tx| {
            let (places, caller) = (places.clone(), caller.clone());
            Box::pin(async move {
                let mut events = Vec::with_capacity(places.len());
                for place in &places {
                    if tx.add_place(app.county(), &row(place)).await? == 0 {
                        continue;
                    }
                    events.push(CountyEvent::PlaceAdded {
                        place: place.id.clone(),
                        grid: Some(place.grid.clone()),
                    });
                }
                app.record(tx, &caller, command, &events).await
            })
        })
        .await
    }

    /// An id for a new place: its grid, and letters that cannot be mistaken for
    /// each other.
    pub fn new_place_id(&self, grid: &GridCode) -> PlaceId {
        let random = bihuan_domain::place::ReportCode::from_random(self.random()).compact();
        let tail: String = random.chars().take(PLACE_LETTERS).collect();
        PlaceId::new(format!("{grid}-{tail}"))
    }

    /// Retires a place's sign; a new print gets the next generation.
    pub async fn retire_place(
        &self,
        caller: &Caller,
        command: CommandId,
        place: &str,
        reprint: bool,
    ) -> Result<()> {
        self.require(caller, Admin::KeepPlaces)?;
        let (place, caller) = (place.to_owned(), caller.clone());
        self.write(move |app, tx| {
            let (place, caller) = (place.clone(), caller.clone());
            Box::pin(async move {
                let found = tx.hold_place(app.county(), &place).await?;
                let mut row = found.ok_or(Error::NotFound)?;
                row.generation += 1;
                if !reprint {
                    row.retired_us.get_or_insert(app.now().micros());
                }
                tx.put_place(app.county(), &row).await?;
                let retired = CountyEvent::PlaceRetired { place: PlaceId::new(row.id.clone()) };
                app.record(tx, &caller, command, &[retired]).await
            })
        })
        .await
    }

    /// The code printed on a place's sign.
    pub fn place_code(&self, place: &PlaceRow) -> String {
        let generation = u32::try_from(place.generation).unwrap_or_default();
        self.keys().place_codes().sign(self.county(), &PlaceId::new(place.id.clone()), generation)
    }

    pub async fn read_sign(&self, code: &str) -> Result<Sign> {
        let (county, id, generation) = match self.keys().place_codes().read(code) {
            Ok(read) => read,
            Err(fault) => return Ok(Sign::Unknown(fault)),
        };
        if county != *self.county() {
            return Ok(Sign::Unknown(PlaceCodeFault::Forged));
        }
        let Some(place) = self.store().place(self.county(), id.as_str()).await? else {
            return Ok(Sign::Unknown(PlaceCodeFault::Forged));
        };
        if place.retired_us.is_some() || place.generation != i64::from(generation) {
            return Ok(Sign::Retired(place));
        }
        Ok(Sign::Good(place))
    }
}

fn row(place: &NewPlace) -> PlaceRow {
    PlaceRow {
        id: place.id.0.clone(),
        name_zh: place.name.zh.clone(),
        name_en: place.name.en.clone(),
        grid: place.grid.0.clone(),
        lat_e6: place.position.map(|position| i64::from(position.lat_e6)),
        lon_e6: place.position.map(|position| i64::from(position.lon_e6)),
        generation: 1,
        retired_us: None,
    }
}
