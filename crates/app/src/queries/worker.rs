//! A grid worker's day: what to verify, what to check, what they reported.

use std::sync::Arc;

use bihuan_domain::access::Role;
use bihuan_domain::calendar::Calendar;
use bihuan_domain::instant::Instant;
use bihuan_store::read::{Filter, Order, Reach};

use super::line::Line;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

/// Lines of each part: more than anyone walks to in a day.
const MOST: u32 = 50;

pub struct Day {
    pub to_verify: Vec<Line>,
    pub to_check: Vec<Line>,
    /// Reported by the one who asks and still open.
    pub mine: Vec<Line>,
    pub calendar: Arc<Calendar>,
    pub now: Instant,
}

impl App {
    pub async fn day(&self, caller: &Caller) -> Result<Day> {
        if !matches!(caller.role(), Role::GridWorker | Role::GridLeader) {
            return Err(Error::Forbidden);
        }
        let waiting =
            |stage: &str| Filter { stages: vec![stage.to_owned()], ..self.not_own(caller) };
        let reach = self.reach(caller);
        let mine = Filter {
            reporter: caller.person().map(|person| person.to_string()),
            open: Some(true),
            ..Filter::default()
        };
        let mine = self.day_part(caller, &Reach::County, &mine).await?;
        let mut to_check = self.day_part(caller, &reach, &waiting("checking")).await?;
        // Whoever settled it on the spot reported it, and may not check it.
        to_check.retain(|line| !mine.iter().any(|own| own.matter == line.matter));
        let rules = self.rules();
        Ok(Day {
            to_verify: self.day_part(caller, &reach, &waiting("verifying")).await?,
            to_check,
            mine,
            calendar: Arc::clone(&rules.in_force(self.now())?.calendar),
            now: self.now(),
        })
    }

    async fn day_part(&self, caller: &Caller, reach: &Reach, filter: &Filter) -> Result<Vec<Line>> {
        let page =
            self.store().matters(self.county(), reach, filter, Order::Due, None, MOST).await?;
        self.lines(caller, page.rows)
    }
}
