//! A grid worker's day: what to verify, what to check, what they reported.

use std::sync::Arc;

use bihuan_domain::access::{Role, may_take_in};
use bihuan_domain::calendar::Calendar;
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Stage, Step};
use bihuan_store::read::{Filter, Order, Reach};

use super::line::Line;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

/// Lines of each part: more than anyone walks to in a day.
const MOST: u32 = 50;

pub struct Day {
    pub to_verify: Vec<Line>,
    pub to_check: Vec<Line>,
    /// Closed, and to be looked at again soon; for the grid's leader.
    pub to_look_back: Vec<Line>,
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
            to_look_back: self.to_look_back(caller, &reach).await?,
            mine,
            calendar: Arc::clone(&rules.in_force(self.now())?.calendar),
            now: self.now(),
        })
    }

    async fn to_look_back(&self, caller: &Caller, reach: &Reach) -> Result<Vec<Line>> {
        if caller.role() != Role::GridLeader {
            return Ok(Vec::new());
        }
        let now = self.now();
        let due =
            Filter { look_back: true, soon_before: Some(now.micros()), ..self.not_own(caller) };
        let mut lines = self.day_part(caller, reach, &due).await?;
        let rules = self.rules();
        let regimes = &rules.in_force(now)?.playbook.regimes;
        lines.retain(|line| {
            let regime = regimes.values().find(|regime| regime.code.as_str() == line.regime);
            regime.is_some_and(|regime| may_take_in(caller.role(), Step::LookBack, regime).is_ok())
        });
        Ok(lines)
    }

    /// What waits for a grid worker: to verify, to check.
    pub(super) async fn day_waiting(&self, caller: &Caller) -> Result<i64> {
        let reach = self.reach(caller);
        let mut waiting = 0;
        for stage in [Stage::Verifying, Stage::Checking] {
            let filter = Filter { stages: vec![stage.code().to_owned()], ..self.not_own(caller) };
            waiting += self.store().count(self.county(), &reach, &filter, i64::from(MOST)).await?;
        }
        Ok(waiting)
    }

    async fn day_part(&self, caller: &Caller, reach: &Reach, filter: &Filter) -> Result<Vec<Line>> {
        let page =
            self.store().matters(self.county(), reach, filter, Order::Due, None, MOST).await?;
        self.lines(caller, page.rows)
    }
}
