//! What happens beside the handling, and what leaders assign themselves.

use bihuan_domain::calendar::Limit;
use bihuan_domain::clock::Pause;
use bihuan_domain::ids::{RegimeCode, UnitCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::Urgency;

use super::Deed;
use super::course::Course;
use crate::cast::Who;
use crate::words;

const DAY_MINUTES: i64 = 24 * 60;

impl Course<'_, '_> {
    pub(super) const fn at(&self) -> Instant {
        self.at
    }

    pub(super) const fn signed_now(&mut self) {
        self.signed_at = self.at;
    }

    /// Makes the course unfit: it cannot be taken from where it began.
    pub(super) const fn give_up(&mut self) {
        self.at = self.planner.now;
    }

    pub(super) fn extended(&mut self, by: Limit) {
        self.extensions.push(by);
    }

    pub(super) fn pause(&mut self, reason: &str) {
        let review_on = self.planner.now.max(self.at).plus_days(6).date();
        self.push(Who::Dispatcher, Deed::Suspend { reason: reason.to_owned(), review_on });
        self.pauses.push(Pause { from: self.at, to: None });
    }

    pub(super) fn go_on(&mut self, reason: &str) {
        if let Some(pause) = self.pauses.last_mut() {
            pause.to = Some(self.at);
        }
        self.push(Who::Handler(self.unit.clone()), Deed::Resume { reason: reason.to_owned() });
    }

    /// A leader writes on it, a supervisor asks how far it is.
    pub(super) fn watched(&mut self) {
        self.office(10, 90);
        let words = self.planner.dice.word(words::INSTRUCTIONS).to_owned();
        self.push(Who::Leader, Deed::Instruct { words });
        self.office(10, 90);
        let words = self.planner.dice.word(words::URGES).to_owned();
        self.push(Who::Supervisor, Deed::Urge { words });
    }

    pub(super) fn asked(&mut self) {
        self.office(10, 60);
        let question = "请补充具体位置，最好再拍一张能看到门牌的照片。".to_owned();
        self.push(Who::Handler(self.unit.clone()), Deed::Ask { question });
        self.at = self.planner.hours.awake(self.at, 35);
        let words = "就在路口公交站牌后面，红色门头旁边。".to_owned();
        self.push(Who::Reporter, Deed::Supplement { words });
    }

    pub(super) fn joined_by_another(&mut self) {
        self.office(10, 60);
        let unit = UnitCode::new(if self.unit.as_str() == "telecom" { "gas" } else { "telecom" });
        let note = "现场有弱电管线，请一起到场确认。".to_owned();
        self.push(Who::Handler(self.unit.clone()), Deed::CoHandle { unit, note });
    }

    /// 13710: deployed the same day, progress by day 3, settled by day 7,
    /// followed until struck off.
    pub(super) fn assigned(&mut self, finished: bool) {
        self.filing.regime = RegimeCode::new("leader-note");
        self.filing.who = Who::Supervisor;
        self.filing.item = Some(self.item.code.clone());
        self.filing.reporter = bihuan_app::commands::Reporter::default();
        self.filing.photo = None;
        let words = self.planner.dice.word(words::ASSIGNMENTS);
        self.filing.words = words.replace("{at}", &self.filing.address);
        let began = self.at;
        self.office(3, 10);
        let accept = Deed::Accept { item: self.item.code.clone(), urgency: Urgency::Ordinary };
        self.push(Who::Supervisor, accept);
        self.office(3, 15);
        let note = "当天研究部署，3天内报进展，7天内落实。".to_owned();
        let lead = self.unit.clone();
        self.push(Who::Supervisor, Deed::Dispatch { lead, co: Vec::new(), note });
        self.office(10, 100);
        self.push(Who::Handler(self.unit.clone()), Deed::Sign);
        if !finished {
            return;
        }
        let fed_back = began.plus_minutes(self.planner.dice.between(1, 2) * DAY_MINUTES);
        self.at = self.planner.hours.office(fed_back, 30);
        let note = self.planner.dice.word(words::PROGRESS).to_owned();
        self.push(Who::Handler(self.unit.clone()), Deed::Act { note, proof: Default::default() });
        let settled = began.plus_minutes(self.planner.dice.between(3, 5) * DAY_MINUTES);
        self.at = self.planner.hours.office(settled.max(self.at), 60);
        self.settled();
    }

    fn settled(&mut self) {
        let proof = self.proof();
        let note = format!("{}。", self.item.closing.zh);
        self.push(Who::Head(self.unit.clone()), Deed::Submit { note, proof, alike: None });
        self.at = self.at.plus_minutes(5);
        let text = format!("{}周边同类问题已排查处理完毕，清单附后。", self.filing.address);
        self.push(Who::Head(self.unit.clone()), Deed::Answer { text });
        self.office(20, 90);
        self.push(Who::Supervisor, Deed::ApproveAnswer);
        self.office(30, 400);
        let note = "逐项核对，清单内问题均已处理。".to_owned();
        self.push(Who::Supervisor, Deed::Check { holds: true, note });
        self.office(20, 200);
        self.push(Who::Leader, Deed::Close);
        self.office(300, 900);
        self.push(Who::Supervisor, Deed::StrikeOff);
    }
}
