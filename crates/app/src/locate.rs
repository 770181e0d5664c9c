//! In whose grid something lies. The server decides it from the position, never
//! the page: a grid decides who is asked to look.

use bihuan_domain::ids::GridCode;
use bihuan_domain::place::{Located, Position};
use bihuan_domain::refusal::Reason;

use crate::context::App;
use crate::error::Result;

impl App {
    /// The lowest grid around a position that the playbook in force knows: an
    /// outline drawn for a grid of an older playbook counts for the one above.
    /// None where nothing drawn tells; a position outside the county is refused.
    pub fn locate(&self, position: Position) -> Result<Option<GridCode>> {
        let drawn = match self.outlines().locate(position) {
            Located::InGrid(grid) => grid,
            Located::InCounty | Located::Unknown => return Ok(None),
            Located::OutsideCounty => return Err(Reason::PlaceOutsideCounty.into()),
        };
        let rules = self.rules();
        let version = rules.in_force(self.now())?;
        let code = drawn.as_str();
        let ends = [code.len()].into_iter().chain(code.rmatch_indices('-').map(|(at, _)| at));
        let mut around = ends.map(|end| GridCode::new(&code[..end]));
        Ok(around.find(|grid| version.grid(grid).is_some()))
    }
}
