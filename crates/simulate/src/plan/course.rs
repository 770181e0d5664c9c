//! One report's way, act by act. A course is cut where its report is meant to
//! wait; what would lie after the present makes it unfit.

use bihuan_domain::calendar::{CountingRule, Limit};
use bihuan_domain::clock::{Due, Lamp, Pause};
use bihuan_domain::ids::{ChannelCode, GridCode, NodeCode, RegimeCode, UnitCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{DeclineGround, Source, Urgency, item_limit};
use bihuan_domain::playbook::model::Item;

use super::fate::Fate;
use super::{Deed, Filing, Life, Planner, Proof, Step};
use crate::cast::Who;
use crate::words;

/// Unsigned for so many office minutes, a unit is taken to have signed.
const AUTO_SIGN_MINUTES: i64 = 240;
/// How much later the task comes round.
const TASK_MICROS: i64 = 3_000_000;

pub(super) struct Course<'p, 'a> {
    pub(super) planner: &'p mut Planner<'a>,
    pub(super) filing: Filing,
    steps: Vec<Step>,
    pub(super) item: &'a Item,
    urgency: Urgency,
    pub(super) grid: GridCode,
    pub(super) unit: UnitCode,
    /// The moment reached.
    pub(super) at: Instant,
    pub(super) signed_at: Instant,
    pub(super) pauses: Vec<Pause>,
    pub(super) extensions: Vec<Limit>,
    pub(super) closed_at: Option<Instant>,
}

impl<'p, 'a> Course<'p, 'a> {
    /// A report filed at `at` that takes the course of `fate`.
    pub(super) fn run(planner: &'p mut Planner<'a>, fate: Fate, at: Instant) -> Option<Self> {
        let item = planner.item(at, &fate.wish())?;
        let source = match fate {
            Fate::Spot | Fate::SpotChecking => Source::Grid,
            Fate::Verifying | Fate::Verified | Fate::VerifiedFirst | Fate::NotTrue => {
                Source::Snapshot
            }
            Fate::NotFixed | Fate::TwiceNotFixed | Fate::Withdrawn => Source::Snapshot,
            Fate::Assigned | Fate::AssignedOpen => Source::LeaderNote,
            _ => planner.source(),
        };
        let at = match source {
            Source::Hotline | Source::Visit | Source::Letter | Source::LeaderNote
                if fate != Fate::Inbox =>
            {
                planner.hours.office(at, 5)
            }
            _ if fate != Fate::Inbox => planner.hours.awake(at, 1),
            _ => at,
        };
        let filing = planner.filing(at, &item, source);
        let item = planner.playbook.items.get(&item)?;
        let mut course = Self::new(planner, filing, item);
        course.take(fate);
        Some(course)
    }

    pub(super) fn new(planner: &'p mut Planner<'a>, filing: Filing, item: &'a Item) -> Self {
        let urgency = planner.urgency(item);
        Self {
            at: filing.at,
            signed_at: filing.at,
            grid: filing.grid.clone().unwrap_or_else(|| GridCode::new("01")),
            unit: item.unit.clone(),
            planner,
            filing,
            steps: Vec::new(),
            item,
            urgency,
            pauses: Vec::new(),
            extensions: Vec::new(),
            closed_at: None,
        }
    }

    /// Whether everything lies in the past and the report now stands as meant.
    pub(super) fn fits(&self, fate: Fate) -> bool {
        let now = self.planner.now;
        if self.filing.at >= now || self.at >= now {
            return false;
        }
        let lamp = self.due().lamp(now);
        match fate {
            Fate::Handling(wanted) => lamp == wanted,
            Fate::ExtensionAsked | Fate::Extended => lamp != Lamp::Overdue,
            // What is auto-signed by now is not unsigned.
            Fate::Unsigned => {
                self.planner.hours.office(self.at, AUTO_SIGN_MINUTES) > now.plus_minutes(5)
            }
            Fate::ClosedToday => self.closed_at.is_some_and(|at| at.date() == now.date()),
            _ => true,
        }
    }

    pub(super) fn life(self) -> Life {
        Life { filing: self.filing, steps: self.steps }
    }

    fn take(&mut self, fate: Fate) {
        match fate {
            Fate::Inbox => {}
            Fate::Verifying => self.ask_to_verify(),
            Fate::Verified => self.verified(true),
            Fate::NotTrue => self.found_untrue(),
            Fate::Declined => self.decline(),
            Fate::Withdrawn => self.withdraw(),
            Fate::Spot | Fate::SpotChecking => self.settle_on_spot(fate == Fate::Spot),
            Fate::Assigned | Fate::AssignedOpen => self.assigned(fate == Fate::Assigned),
            Fate::VerifiedFirst => {
                self.verified(true);
                self.dispatched(fate);
                self.finish(fate);
            }
            _ => {
                self.accept();
                if fate == Fate::Accepted {
                    return;
                }
                self.dispatched(fate);
                self.after_dispatch(fate);
            }
        }
    }

    fn after_dispatch(&mut self, fate: Fate) {
        match fate {
            Fate::Unsigned | Fate::Returned => {}
            Fate::Handling(_) => self.in_hand(fate),
            Fate::ExtensionAsked => self.ask_for_time(55, false),
            Fate::Extended => self.ask_for_time(50, true),
            Fate::Suspended => self.suspend(),
            Fate::TransferAsked => self.ask_for_transfer(),
            Fate::Checking => self.submit(70),
            Fate::Checked => {
                self.submit(60);
                self.check(true, 0);
            }
            _ => self.finish(fate),
        }
    }

    fn finish(&mut self, fate: Fate) {
        match fate {
            Fate::Late => self.submit_late(),
            Fate::Watched => {
                self.watched();
                self.submit(70);
            }
            Fate::Asked => {
                self.asked();
                self.submit(70);
            }
            Fate::Joint => {
                self.joined_by_another();
                self.submit(70);
            }
            Fate::ClosedExtended => {
                self.ask_for_time(60, true);
                self.submit(93);
            }
            Fate::ClosedPaused => {
                self.suspend();
                self.resume();
                self.submit(80);
            }
            Fate::Moved => self.move_on(),
            Fate::Rejected => {
                self.submit(45);
                self.check(false, 0);
                self.submit_again();
            }
            _ => {
                let percent = self.planner.dice.between(30, 90);
                self.submit(percent);
            }
        }
        self.check(true, 0);
        self.close();
        self.after_closing(fate);
    }

    // Time

    pub(super) fn office(&mut self, least: i64, most: i64) {
        let minutes = self.planner.dice.between(least, most);
        self.at = self.planner.hours.office(self.at, minutes);
    }

    pub(super) fn awake(&mut self, least: i64, most: i64) {
        let minutes = self.planner.dice.between(least, most);
        self.at = self.planner.hours.awake(self.at, minutes);
    }

    /// To the moment at which so much of the limit is used up.
    pub(super) fn go_to_percent(&mut self, percent: i64) {
        let due = self.due().due_at;
        let hours = &self.planner.hours;
        let minutes = hours.office_minutes(self.signed_at, due);
        let at = if minutes >= 120 {
            hours.office(self.signed_at, minutes * percent / 100)
        } else {
            let span = due.micros() - self.signed_at.micros();
            self.signed_at.plus_micros(span / 100 * percent)
        };
        self.at = at.max(self.at.plus_minutes(6));
    }

    /// As the product will count it, from the same rules.
    pub(super) fn due(&self) -> Due {
        let counting = self.counting();
        self.planner.calendar.due_with(&counting, self.signed_at, &self.pauses, &self.extensions)
    }

    fn counting(&self) -> CountingRule {
        let limit = item_limit(self.item, self.urgency).unwrap_or(Limit::WorkDays(5));
        let regime = self.planner.playbook.regimes.get(&RegimeCode::new("grid-case"));
        let node = regime.and_then(|regime| regime.node(&NodeCode::new("handle")));
        node.map_or(
            CountingRule {
                limit,
                day_one: bihuan_domain::calendar::DayOne::NextDay,
                holiday: bihuan_domain::calendar::HolidayRule::Keep,
            },
            |node| node.counting.of(limit),
        )
    }

    // Acts

    pub(super) fn push(&mut self, who: Who, deed: Deed) {
        self.steps.push(Step { at: self.at, who, deed });
    }

    pub(super) fn triage(&mut self) -> Who {
        Who::Triage(self.planner.dice.between(0, 1) as u32)
    }

    pub(super) fn set_urgency(&mut self, urgency: Urgency) {
        self.urgency = urgency;
    }

    pub(super) fn accept(&mut self) {
        self.office(4, 95);
        let deed = Deed::Accept { item: self.item.code.clone(), urgency: self.urgency };
        let who = self.triage();
        self.push(who, deed);
    }

    fn ask_to_verify(&mut self) {
        self.office(4, 70);
        let note = "请到现场看一下是否属实，拍一张照片。".to_owned();
        let deed = Deed::RequestVerification { grid: self.grid.clone(), note };
        let who = self.triage();
        self.push(who, deed);
    }

    fn verified(&mut self, accepted: bool) {
        self.ask_to_verify();
        self.office(20, 300);
        let shot = self.planner.shot(&self.item.code, false);
        let proof = Proof { shots: vec![shot], documents: 0 };
        let deed = Deed::Verify { holds: true, note: "情况属实。".to_owned(), proof };
        self.push(Who::Worker(self.grid.clone()), deed);
        if accepted {
            self.accept();
        }
    }

    fn found_untrue(&mut self) {
        self.ask_to_verify();
        self.office(30, 400);
        let note = "到现场看过，没有这个情况，问了附近三户也说没有。".to_owned();
        let deed = Deed::Verify { holds: false, note, proof: Proof::default() };
        self.push(Who::Worker(self.grid.clone()), deed);
        self.office(10, 90);
        self.decline_as(DeclineGround::NotTrue, "网格员现场核实，未发现所反映的情况。");
    }

    fn decline(&mut self) {
        self.office(5, 90);
        let reasons = [
            (DeclineGround::OutsideDuty, "所反映的地点在相邻市辖区内，不属于本市管辖。"),
            (DeclineGround::InProcedure, "已就同一事项提起诉讼，应在诉讼程序中解决。"),
            (DeclineGround::AlreadyHandled, "同一事项上月已办结并答复，没有新的事实。"),
            (DeclineGround::Emergency, "属于正在发生的险情，已电话告知请拨打119。"),
        ];
        let (ground, reason) = reasons[self.planner.dice.index(reasons.len())];
        self.decline_as(ground, reason);
    }

    fn decline_as(&mut self, ground: DeclineGround, reason: &str) {
        let channels = self.planner.playbook.channels.values();
        let channel = channels.clone().find(|channel| channel.ground == ground);
        let channel = channel.or_else(|| channels.clone().next());
        let code = channel.map_or_else(|| ChannelCode::new(""), |channel| channel.code.clone());
        let who = self.triage();
        self.push(who, Deed::Decline { ground, channel: code, reason: reason.to_owned() });
    }

    fn withdraw(&mut self) {
        self.awake(20, 600);
        let reason = "刚才又去看，已经好了。".to_owned();
        self.push(Who::Reporter, Deed::Withdraw { reason });
    }

    fn settle_on_spot(&mut self, closed: bool) {
        self.filing.item = Some(self.item.code.clone());
        self.at = self.at.plus_minutes(self.planner.dice.between(6, 40));
        let proof = self.proof();
        let note = "当场处理完毕，恢复原状。".to_owned();
        self.push(Who::Worker(self.grid.clone()), Deed::SettleOnSpot { note, proof });
        if !closed {
            return;
        }
        self.office(30, 500);
        let note = self.planner.dice.word(words::CHECK_HOLDS).to_owned();
        self.push(Who::GridLeader(self.grid.clone()), Deed::Check { holds: true, note });
        self.close();
    }

    /// To the unit responsible; first to another one where it is to bounce.
    fn dispatched(&mut self, fate: Fate) {
        self.office(3, 80);
        let co = if fate == Fate::Joint { self.partners() } else { Vec::new() };
        if matches!(fate, Fate::Bounced | Fate::Returned) {
            self.bounce(fate == Fate::Bounced);
            if fate == Fate::Returned {
                return;
            }
        } else {
            let note = format!("请按{}的办结条件办理。", self.item.name.zh);
            let who = self.triage();
            self.push(who, Deed::Dispatch { lead: self.unit.clone(), co, note });
        }
        if fate != Fate::Unsigned {
            self.sign();
        }
    }

    fn bounce(&mut self, adjudicated: bool) {
        let town = self.grid.as_str().split('-').next().unwrap_or("01").to_owned();
        let wrong = UnitCode::new(format!("town-{town}"));
        let who = self.triage();
        let note = "请属地先行处理。".to_owned();
        self.push(who, Deed::Dispatch { lead: wrong.clone(), co: Vec::new(), note });
        self.office(30, 200);
        let reason = self.planner.dice.word(words::RETURN_REASONS).to_owned();
        let suggested = self.unit.clone();
        self.push(Who::Head(wrong), Deed::Return { reason, suggested });
        if adjudicated {
            self.office(30, 220);
            let note = "按职责清单由你单位办理，不再退回。".to_owned();
            self.push(Who::Dispatcher, Deed::Adjudicate { lead: self.unit.clone(), note });
        }
    }

    fn partners(&self) -> Vec<UnitCode> {
        let partner = if self.unit.as_str() == "power" { "lighting" } else { "power" };
        vec![UnitCode::new(partner)]
    }

    fn sign(&mut self) {
        if self.planner.dice.percent(78) {
            self.office(8, 200);
            self.push(Who::Handler(self.unit.clone()), Deed::Sign);
        } else {
            // What the task that looks every few seconds does at the limit.
            let limit = self.planner.hours.office(self.at, AUTO_SIGN_MINUTES);
            self.at = limit.plus_micros(TASK_MICROS);
            self.push(Who::System, Deed::Sign);
        }
        self.signed_at = self.at;
    }

    /// Being worked on at the present; some have news, some were urged.
    fn in_hand(&mut self, fate: Fate) {
        if self.planner.dice.percent(60) {
            self.progress(20);
        }
        if fate == Fate::Handling(Lamp::Overdue) && self.planner.dice.percent(50) {
            self.at = self.at.max(self.due().due_at);
            self.office(20, 200);
            let words = self.planner.dice.word(words::URGES).to_owned();
            self.push(Who::Supervisor, Deed::Urge { words });
        }
    }

    pub(super) fn progress(&mut self, percent: i64) {
        self.go_to_percent(percent);
        let note = self.planner.dice.word(words::PROGRESS).to_owned();
        self.push(Who::Handler(self.unit.clone()), Deed::Act { note, proof: Proof::default() });
    }

    fn ask_for_time(&mut self, percent: i64, granted: bool) {
        let Some(by) = self.possible_extension() else {
            self.give_up();
            return;
        };
        self.progress(percent - 20);
        self.go_to_percent(percent);
        let reason = self.planner.dice.word(words::EXTENSION_REASONS).to_owned();
        self.push(Who::Handler(self.unit.clone()), Deed::asked_for_handling(by, &reason));
        if granted {
            self.office(20, 90);
            let reason = "情况属实，同意延期；请当天向反映人说明。".to_owned();
            self.push(Who::Supervisor, Deed::Extend { approve: true, reason });
            self.extensions.push(by);
        }
    }

    /// The longest of a few that the regime allows, as the rules count it.
    pub(super) fn possible_extension(&self) -> Option<Limit> {
        let regime = self.planner.playbook.regimes.get(&RegimeCode::new("grid-case"))?;
        let first = self.planner.calendar.due(&self.counting(), self.signed_at).due_at;
        let now = self.due().due_at;
        let span = i128::from(first.micros() - self.signed_at.micros());
        let most = span * i128::from(regime.extension_percent) / 100;
        [Limit::WorkDays(2), Limit::WorkDays(1), Limit::WorkHours(4)].into_iter().find(|by| {
            let longer = self.planner.calendar.due_with(
                &self.counting(),
                self.signed_at,
                &self.pauses,
                &[*by],
            );
            let added = i128::from(longer.due_at.micros() - now.micros());
            added > 0 && added <= most
        })
    }

    fn suspend(&mut self) {
        self.progress(20);
        self.go_to_percent(35);
        let reason = self.planner.dice.word(words::SUSPEND_REASONS);
        self.pause(reason);
    }

    fn resume(&mut self) {
        self.office(500, 1400);
        self.go_on("条件已具备，恢复计时。");
    }

    fn ask_for_transfer(&mut self) {
        self.go_to_percent(15);
        let suggested = UnitCode::new(if self.unit.as_str() == "town-01" {
            "urban-management"
        } else {
            "town-01"
        });
        let reason = "到场后查明设施由属地管护，申请转办。".to_owned();
        let deed = Deed::RequestTransfer { reason, suggested: suggested.clone() };
        self.push(Who::Handler(self.unit.clone()), deed);
        self.unit = suggested;
    }

    fn move_on(&mut self) {
        self.ask_for_transfer();
        self.office(20, 120);
        self.push(Who::Dispatcher, Deed::Transfer { reason: "同意转办。".to_owned() });
        self.office(10, 120);
        self.push(Who::Handler(self.unit.clone()), Deed::Sign);
        self.submit(60);
    }

    pub(super) fn proof(&mut self) -> Proof {
        let rule = self.item.evidence;
        let after = if rule.after == 0 && self.planner.dice.percent(30) { 1 } else { rule.after };
        let shots = (0..after).map(|_| self.planner.shot(&self.item.code, true)).collect();
        Proof { shots, documents: rule.document }
    }

    pub(super) fn submit(&mut self, percent: i64) {
        if percent > 40 && self.planner.dice.percent(45) {
            self.progress(percent / 2);
        }
        self.go_to_percent(percent);
        self.hand_in();
    }

    fn submit_late(&mut self) {
        self.at = self.at.max(self.due().due_at);
        self.office(60, 900);
        self.hand_in();
    }

    fn submit_again(&mut self) {
        self.office(30, 240);
        self.hand_in();
    }

    pub(super) fn hand_in(&mut self) {
        let proof = self.proof();
        let note = format!("{}。佐证附后，请核查。", self.item.closing.zh);
        let handler = Who::Handler(self.unit.clone());
        self.push(handler.clone(), Deed::Submit { note, proof, alike: None });
        // Whoever reported is told; the grid's own findings have no such reader.
        if self.filing.source != Source::Grid {
            self.at = self.at.plus_minutes(3);
            let text = self.answer();
            self.push(handler, Deed::Answer { text });
        }
    }

    fn answer(&self) -> String {
        let day = self.at.date();
        format!(
            "您反映的{}{}一事，已于{}月{}日办理：{}。如与实际不符，请在7天内评价“没修好”。",
            self.filing.address,
            self.item.name.zh,
            day.month(),
            day.day(),
            self.item.closing.zh
        )
    }
}
