//! How a report ends: checked, closed, rated, reopened, struck off.

use bihuan_domain::ids::UnitCode;
use bihuan_domain::matter::Rating;

use super::Deed;
use super::course::Course;
use super::fate::Fate;
use crate::cast::Who;
use crate::words;

impl Course<'_, '_> {
    pub(super) fn after_closing(&mut self, fate: Fate) {
        match fate {
            Fate::NotFixed | Fate::Reopened => self.not_fixed(fate == Fate::NotFixed),
            Fate::TwiceNotFixed => self.twice_not_fixed(),
            Fate::Partly | Fate::PartlyReopened => self.partly(fate == Fate::PartlyReopened),
            Fate::StruckOff => {
                self.rate_sometimes();
                self.strike_off();
            }
            Fate::LookedBack => {
                self.strike_off();
                self.look_back();
            }
            Fate::ClosedToday => {}
            _ => self.rate_sometimes(),
        }
    }

    /// `round` 0 by the grid's worker, later by somebody else.
    pub(super) fn check(&mut self, holds: bool, round: u32) {
        self.office(25, 600);
        let list = if holds { words::CHECK_HOLDS } else { words::CHECK_FAILS };
        let note = self.planner.dice.word(list).to_owned();
        let who = match round {
            0 => Who::Worker(self.grid.clone()),
            1 => Who::GridLeader(self.grid.clone()),
            _ => Who::Supervisor,
        };
        self.push(who, Deed::Check { holds, note });
    }

    pub(super) fn close(&mut self) {
        self.office(8, 240);
        let who = self.triage();
        self.push(who, Deed::Close);
        self.closed_at = Some(self.at);
    }

    pub(super) fn rate_sometimes(&mut self) {
        if self.filing.who != Who::Reporter || !self.planner.dice.percent(55) {
            return;
        }
        let before = self.at;
        self.awake(30, 60 * 24 * 4);
        if self.at >= self.planner.now {
            self.at = before;
            return;
        }
        let words = self.planner.dice.word(words::RATING_FIXED).to_owned();
        self.push(Who::Reporter, Deed::Rate { rating: Rating::Fixed, words });
    }

    pub(super) fn not_fixed(&mut self, finished: bool) {
        self.awake(60, 60 * 24 * 2);
        let words = self.planner.dice.word(words::RATING_NOT).to_owned();
        self.push(Who::Reporter, Deed::Rate { rating: Rating::NotFixed, words });
        self.signed_at = self.at;
        self.pauses.clear();
        if finished {
            self.submit(50);
            self.check(true, 1);
            self.close();
        }
    }

    pub(super) fn twice_not_fixed(&mut self) {
        self.not_fixed(true);
        self.not_fixed(false);
        // One level up it is dispatched anew.
        self.office(10, 60);
        let lead = UnitCode::new("urban-management");
        let note = "两次未修好，提级办理，请负责人到场。".to_owned();
        self.push(Who::Dispatcher, Deed::Dispatch { lead: lead.clone(), co: Vec::new(), note });
        self.unit = lead;
        self.office(5, 60);
        self.push(Who::Head(self.unit.clone()), Deed::Sign);
        self.signed_at = self.at;
        self.submit(60);
        self.check(true, 2);
        self.close();
    }

    pub(super) fn partly(&mut self, reopened: bool) {
        self.awake(60, 60 * 24 * 2);
        let words = "修了两处，还有一处没动。".to_owned();
        self.push(Who::Reporter, Deed::Rate { rating: Rating::Partly, words });
        if !reopened {
            return;
        }
        self.office(20, 200);
        let reason = "反映人说还有一处没有处理，请继续办理。".to_owned();
        self.push(Who::Dispatcher, Deed::Reopen { reason });
        self.signed_at = self.at;
        self.submit(50);
        self.check(true, 0);
        self.close();
    }

    pub(super) fn strike_off(&mut self) {
        self.at = self.at.plus_days(7);
        self.office(20, 300);
        self.push(Who::Supervisor, Deed::StrikeOff);
    }

    pub(super) fn look_back(&mut self) {
        self.at = self.at.plus_days(14);
        self.office(20, 300);
        let note = "回头看：现场保持完好，没有反弹。".to_owned();
        self.push(Who::Supervisor, Deed::LookBack { holds: true, note });
    }
}
