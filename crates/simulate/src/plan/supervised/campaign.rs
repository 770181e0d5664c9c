//! An inspection, the findings of it, the notices that cover them, and a later
//! round that looks back.

use std::collections::{BTreeMap, BTreeSet};

use bihuan_domain::ids::UnitCode;
use bihuan_domain::matter::{Link, Source, Urgency};
use bihuan_domain::playbook::model::FieldValue;
use jiff::civil::Date;

use super::finding::{Found, KINDS};
use super::{Course, Desk, FINDING, INSPECTION, NOTICE, at, clock, days_after, wording};
use crate::cast::Who;
use crate::plan::{Batch, Deed, Draft, Key, Paper};
use crate::script::{Campaign, Notices, Round};

const TEMPLATE: &str = "rectification-notice";

/// One notice to come: whose, what it covers, and whether its unit is named.
pub(super) struct Planned {
    pub(super) unit: UnitCode,
    pub(super) findings: Vec<Key>,
    pub(super) signed: bool,
    pub(super) criticised: bool,
}

impl Desk<'_, '_> {
    pub(super) fn campaigns(&mut self) {
        for campaign in self.script.campaigns {
            self.campaign(campaign);
        }
    }

    fn campaign(&mut self, campaign: &Campaign) {
        let day = self.meeting_day(campaign.days_ago);
        let inspection = self.inspection(campaign.name, day, self.everybody());
        let filed_on = self.worked_from(days_after(day, 2));
        let noticed_on = self.worked_from(days_after(filed_on, 1));
        let fresh = campaign.notices.as_ref().map_or(0, |notices| notices.fresh);
        let standing = campaign.findings.saturating_sub(fresh);
        let found = (0..standing).map(|nth| self.found(inspection, nth, filed_on, noticed_on));
        let mut found: Vec<Found> = found.collect();
        if let Some(round) = &campaign.look_back {
            self.round(round, &mut found);
        }
        self.file_found(found.clone(), filed_on, campaign.name);
        if let Some(notices) = &campaign.notices {
            self.notices(notices, &found, inspection, (filed_on, noticed_on), campaign);
        }
    }

    fn found(&mut self, inspection: Key, nth: usize, filed_on: Date, given_on: Date) -> Found {
        let criticised =
            self.script.campaigns.iter().find_map(|campaign| campaign.notices.as_ref());
        // What is covered by one notice is one unit's.
        let which = criticised.map_or(nth, |notices| nth % (notices.all - notices.fresh));
        let which = criticised.map_or(which, |notices| which % notices.criticised_units);
        let kind = KINDS[nth % KINDS.len()];
        Found {
            key: self.key(),
            inspection,
            nth,
            of_kind: nth / KINDS.len(),
            kind,
            unit: self.unit(which),
            filed_on,
            given_on,
            is_covered: criticised.is_some(),
            again: None,
        }
    }

    fn everybody(&self) -> BTreeSet<UnitCode> {
        self.units.iter().cloned().collect()
    }

    pub(super) fn inspection(&mut self, name: &str, day: Date, units: BTreeSet<UnitCode>) -> Key {
        let key = self.key();
        let mut draft = Draft::new(key, INSPECTION, format!("{name}方案：查阅台账、实地核查"));
        draft.source = Source::Paper;
        draft.goal = "查清落实情况，列出问题清单，督促整改到位".to_owned();
        draft.basis = "年度监督检查计划第2项（示例）".to_owned();
        self.named(&mut draft);
        draft.co = units;
        draft.from_on = Some(day);
        draft.due_on = Some(days_after(day, 6));
        let mut course = Course::new(&UnitCode::new(""));
        let concluded = at(self.worked_by(days_after(day, 6)), clock(16, 0));
        if concluded < self.now() {
            let words = format!("{name}结论：总体落实较好，问题已逐项登记，交有关单位整改。");
            course.push(concluded, Who::Supervisor, Deed::Issue { words });
        }
        draft.steps = course.steps;
        self.batches.push(Batch {
            at: at(day, clock(8, 40)),
            who: Who::Supervisor,
            approved_at: Some(at(day, clock(8, 55))),
            drafts: vec![draft],
        });
        key
    }

    pub(super) fn file_found(&mut self, found: Vec<Found>, day: Date, basis: &str) {
        let drafts = found.into_iter().map(|found| self.finding(found, basis)).collect();
        let at = at(day, clock(11, 0));
        self.batches.push(Batch { at, who: Who::Supervisor, approved_at: None, drafts });
    }

    /// Looks back at what was struck off; what was not mended goes into the round.
    fn round(&mut self, round: &Round, found: &mut [Found]) {
        let day = self.meeting_day(round.days_ago);
        let inspection = self.inspection(round.name, day, self.everybody());
        for old in found.iter_mut().filter(|old| old.is_struck_off()) {
            old.again = Some(super::finding::Again { inspection, day: days_after(day, 1) });
        }
        let filed_on = days_after(day, 1);
        let new = (0..round.new_findings).map(|nth| {
            let mut new = self.found(inspection, nth, filed_on, filed_on);
            new.of_kind += super::finding::UNFINISHED;
            new
        });
        let new = new.collect();
        self.file_found(new, filed_on, round.name);
    }

    fn notices(
        &mut self,
        notices: &Notices,
        found: &[Found],
        inspection: Key,
        (filed_on, noticed_on): (Date, Date),
        campaign: &Campaign,
    ) {
        let standing = notices.all - notices.fresh;
        let mut planned: Vec<Planned> = (0..standing)
            .map(|which| Planned {
                unit: self.unit(which % notices.criticised_units),
                findings: Vec::new(),
                signed: true,
                criticised: true,
            })
            .collect();
        for one in found {
            // Two notices to one unit cover each other's findings too.
            let unit = &one.unit;
            for notice in planned.iter_mut().filter(|notice| notice.unit == *unit) {
                notice.findings.push(one.key);
            }
        }
        let drafts = planned.into_iter().map(|one| self.notice(one, found, noticed_on, filed_on));
        let drafts = drafts.collect();
        self.batches.push(Batch {
            at: at(noticed_on, clock(9, 0)),
            who: Who::Supervisor,
            approved_at: Some(at(noticed_on, clock(9, 30))),
            drafts,
        });
        self.fresh_notices(notices, inspection, campaign);
    }

    fn fresh_notices(&mut self, notices: &Notices, inspection: Key, campaign: &Campaign) {
        let day = self.last_day();
        let found = (0..notices.fresh).map(|nth| {
            let mut found = self.found(inspection, nth, day, day);
            found.unit = self.unit(notices.criticised_units + nth);
            found.of_kind = super::finding::UNSIGNED;
            found
        });
        let found: Vec<Found> = found.collect();
        self.file_found(found.clone(), day, campaign.name);
        let drafts = found.iter().map(|one| {
            let unit = one.unit.clone();
            let findings = vec![one.key];
            let planned = Planned { unit, findings, signed: false, criticised: false };
            self.notice(planned, &found, day, day)
        });
        let drafts = drafts.collect();
        self.batches.push(Batch {
            at: at(day, clock(15, 0)),
            who: Who::Supervisor,
            approved_at: Some(at(day, clock(15, 30))),
            drafts,
        });
    }

    pub(super) fn notice(
        &mut self,
        planned: Planned,
        found: &[Found],
        day: Date,
        filed_on: Date,
    ) -> Draft {
        let Planned { unit, findings, signed, criticised } = planned;
        let name = self.planner.playbook.units.iter().find(|known| known.code == unit);
        let name = name.map(|known| known.name.zh.clone()).unwrap_or_default();
        let mut draft = Draft::new(self.key(), NOTICE, format!("{name}整改通知书"));
        draft.source = Source::Inspection;
        self.named(&mut draft);
        draft.lead = Some(unit.clone());
        draft.links = findings.iter().map(|finding| (Link::Covers, *finding)).collect();
        let covered: Vec<&Found> = found.iter().filter(|one| findings.contains(&one.key)).collect();
        let fields = fields(&unit, &covered, filed_on);
        draft.paper = Some(Paper { template: TEMPLATE.to_owned(), fields });
        let mut course = Course::new(&unit);
        let dispatched = at(day, clock(if signed { 10 } else { 16 }, 5) + self.between(0, 25));
        let note = "请签收，并按通知书逐项整改。".to_owned();
        let deed = Deed::Dispatch { lead: unit, co: Vec::new(), note };
        course.push(dispatched, Who::Supervisor, deed);
        if signed {
            let signed_at = at(day, clock(14, 5) + self.between(0, 60));
            course.head(signed_at, Deed::Sign);
        }
        if criticised {
            self.criticise(&mut course, day);
        }
        draft.steps = course.steps;
        draft
    }

    fn criticise(&mut self, course: &mut Course, day: Date) {
        let proposed = at(self.worked_from(days_after(day, 5)), clock(9, 30) + self.between(0, 90));
        let reason = "同类问题重复出现，建议通报批评。".to_owned();
        course.push(proposed, Who::Supervisor, Deed::ProposeCriticism { reason });
        let decided = self.office(proposed, 60, 200);
        let reason = "同意。".to_owned();
        course.push(decided, Who::Leader, Deed::Criticise { approve: true, reason });
    }
}

/// As the template of the playbook asks for them.
fn fields(unit: &UnitCode, covered: &[&Found], filed_on: Date) -> BTreeMap<String, FieldValue> {
    let text = |text: &str| FieldValue::Text(text.to_owned());
    let rows = covered.iter().enumerate().map(|(at, found)| {
        let no = (at + 1).to_string();
        vec![no, found.fact().to_owned(), "台账复印件".to_owned(), "年度任务书（示例）".to_owned()]
    });
    let fields = [
        ("matter", text("重点工作落实")),
        ("unit", FieldValue::Unit(unit.clone())),
        ("inspected-on", FieldValue::Date(days_after(filed_on, -2))),
        ("basis", text("年度监督检查计划第2项（示例）")),
        ("method", text("查阅台账、实地核查")),
        ("count", FieldValue::Number(i64::try_from(covered.len()).unwrap_or(i64::MAX))),
        ("findings", FieldValue::Table(rows.collect())),
        ("demands", text("逐项整改，举一反三，按期报送佐证。")),
        ("due", FieldValue::Date(days_after(filed_on, 30))),
        ("contact", text("督查室值班人员（示例）")),
    ];
    fields.into_iter().map(|(code, value)| (code.to_owned(), value)).collect()
}

impl Desk<'_, '_> {
    fn finding(&mut self, found: Found, basis: &str) -> Draft {
        let mut draft = Draft::new(found.key, FINDING, format!("{}。", found.fact()));
        draft.source = Source::Inspection;
        draft.urgency = found.kind;
        draft.goal = "整改到位并举一反三".to_owned();
        draft.basis = basis.to_owned();
        self.named(&mut draft);
        draft.lead = Some(found.unit.clone());
        draft.links = vec![(Link::FoundBy, found.inspection)];
        if found.kind == Urgency::ByDate {
            draft.due_on = Some(self.due_of(&found));
        }
        draft.steps = self.rectified(&found);
        draft
    }
}

impl Found {
    pub(super) fn fact(&self) -> &'static str {
        wording::FACTS.get(self.nth % wording::FACTS.len()).copied().unwrap_or_default()
    }
}
