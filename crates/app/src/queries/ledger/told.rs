//! What a ledger of tasks, findings or notices says of each line beyond what
//! every list says. Only what a chosen column shows is read: most of it stands in
//! projections, the reasons and the people who decided in the record itself.
//!
//! What was told in confidence says no words here, as in every list.

use std::collections::BTreeMap;

use bihuan_domain::ids::PersonId;
use bihuan_domain::instant::Instant;
use bihuan_domain::journal::Commitment;
use bihuan_domain::matter::{Actor, Alike, Event, Grade, Link, SlipColour};
use bihuan_domain::playbook::model::Text;
use bihuan_store::journal::Recorded;
use bihuan_store::read::{Histories, LedgerTexts, LinkedRow, MatterRow};

use super::LedgerLine;
use crate::context::App;
use crate::error::Result;
use crate::queries::tasks::NodeAt;

/// What the chosen columns need.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub nodes: bool,
    pub texts: bool,
    pub units: bool,
    pub links: bool,
    pub record: bool,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    pub document: Option<String>,
    pub grade: Option<Grade>,
    pub slip: Option<SlipColour>,
    pub is_criticised: bool,
    pub submitted_at: Option<Instant>,
    /// The date of the result: as it is now, and as it was first.
    pub promised: Option<(Instant, Instant)>,
    pub nodes: Vec<NodeAt>,
    pub goal: Option<String>,
    pub basis: Option<String>,
    pub official: Option<String>,
    pub person: Option<String>,
    pub progress: Option<String>,
    pub co: Vec<Text>,
    /// Numbers of the notices that cover it.
    pub notices: Vec<String>,
    /// Numbers of the inspections that found it.
    pub inspections: Vec<String>,
    /// Findings it covers.
    pub findings: i64,
    pub record: Record,
}

/// What only the record knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// Who approved it: as its source names them, or who did.
    pub approver: Option<String>,
    /// Reports in their order.
    pub reports: Vec<(Instant, String)>,
    pub plan: Option<String>,
    pub result: Option<String>,
    pub extension_reasons: Vec<String>,
    pub return_reasons: Vec<String>,
    /// What joint meetings decided.
    pub decisions: Vec<(Instant, String)>,
    /// Who accepted it on site, and who signed it off.
    pub accepted_by: Option<String>,
    pub reviewer: Option<String>,
    pub looked_back: Option<(bool, String)>,
    pub alike: Option<Alike>,
}

impl Told {
    pub(super) fn of(row: &MatterRow) -> Self {
        let at = |micros: Option<i64>| micros.map(Instant::from_micros);
        Self {
            document: row.document.clone(),
            grade: row.grade.as_deref().and_then(Grade::from_code),
            slip: row.slip.as_deref().and_then(SlipColour::from_code),
            is_criticised: row.criticised != 0,
            submitted_at: at(row.submitted_us),
            promised: at(row.handle_due_us).zip(at(row.handle_original_us)),
            ..Self::default()
        }
    }

    fn say(&mut self, texts: LedgerTexts) {
        self.goal = texts.goal;
        self.basis = texts.basis;
        self.official = texts.official;
        self.person = texts.person;
        self.progress = texts.progress;
    }

    fn link(&mut self, row: LinkedRow) {
        match Link::from_code(&row.link) {
            Some(Link::CoveredBy) => self.notices.push(row.document.unwrap_or(row.number)),
            Some(Link::FoundBy) => self.inspections.push(row.number),
            Some(Link::Covers) => self.findings += 1,
            _ => {}
        }
    }
}

impl App {
    /// Fills in what is wanted of these lines.
    pub(super) async fn tell(&self, lines: &mut [LedgerLine], wanted: Wanted) -> Result<()> {
        let ids: Vec<String> = lines.iter().map(|line| line.line.matter.to_string()).collect();
        if ids.is_empty() {
            return Ok(());
        }
        let open = lines.iter().filter(|line| !line.is_confidential);
        let open: Vec<String> = open.map(|line| line.line.matter.to_string()).collect();
        let mut at: BTreeMap<&str, &mut Told> = ids
            .iter()
            .map(String::as_str)
            .zip(lines.iter_mut().map(|line| &mut line.told))
            .collect();
        let (store, county) = (self.store(), self.county());
        if wanted.nodes {
            for node in store.nodes(county, &ids).await? {
                if let Some(told) = at.get_mut(node.matter.as_str()) {
                    told.nodes.push(NodeAt::of(&node));
                }
            }
        }
        if wanted.texts && !open.is_empty() {
            for texts in store.ledger_texts(county, &open).await? {
                if let Some(told) = at.get_mut(texts.matter.as_str()) {
                    told.say(texts);
                }
            }
        }
        if wanted.units {
            let rules = self.rules();
            for (matter, unit) in store.co_units(county, &ids).await? {
                if let Some(told) = at.get_mut(matter.as_str()) {
                    told.co.push(rules.unit_name(&unit));
                }
            }
        }
        if wanted.links {
            for row in store.linked(county, &ids).await? {
                if let Some(told) = at.get_mut(row.matter.as_str()) {
                    told.link(row);
                }
            }
        }
        if wanted.record && !open.is_empty() {
            let histories = store.histories(county, &open).await?;
            let names = self.deciders(&histories).await?;
            for (matter, recorded) in &histories.entries {
                if let Some(told) = at.get_mut(matter.as_str()) {
                    told.record =
                        Reader { contents: &histories.contents, names: &names }.read(recorded);
                }
            }
        }
        Ok(())
    }

    async fn deciders(&self, histories: &Histories) -> Result<BTreeMap<PersonId, String>> {
        let entries = histories.entries.values().flatten();
        let decided = entries.filter(|entry| decides(&entry.event));
        let mut people: Vec<PersonId> = decided.filter_map(|entry| entry.actor.person).collect();
        people.sort_unstable();
        people.dedup();
        let names = self.store().names(self.county(), &people).await?;
        Ok(names.into_iter().filter_map(|(id, name)| Some((id.parse().ok()?, name))).collect())
    }
}

const fn decides(event: &Event) -> bool {
    matches!(
        event,
        Event::FilingDecided { approved: true, .. }
            | Event::Checked { holds: true, .. }
            | Event::Closed { .. }
    )
}

struct Reader<'a> {
    contents: &'a BTreeMap<Commitment, String>,
    names: &'a BTreeMap<PersonId, String>,
}

impl Reader<'_> {
    fn read(&self, recorded: &[Recorded]) -> Record {
        let mut record = Record::default();
        for entry in recorded {
            self.take(&mut record, entry);
        }
        record
    }

    fn take(&self, record: &mut Record, entry: &Recorded) {
        match &entry.event {
            Event::Filed { brief: Some(brief), .. } => {
                record.approver = brief.approver.and_then(|of| self.words(of));
            }
            Event::Redrafted { brief, .. } => {
                record.approver = brief.approver.and_then(|of| self.words(of));
            }
            Event::FilingDecided { approved: true, .. } => {
                record.approver = record.approver.take().or_else(|| self.name(&entry.actor));
            }
            Event::Acted { note, .. } => {
                record.reports.extend(self.words(*note).map(|words| (entry.at, words)));
            }
            Event::Submitted { note, alike, .. } => {
                record.result = self.words(*note);
                record.alike = alike.or(record.alike);
            }
            Event::Planned { plan, .. } => record.plan = self.words(*plan),
            Event::Conferred { decisions, .. } => {
                record.decisions.extend(self.words(*decisions).map(|words| (entry.at, words)));
            }
            Event::ExtensionRequested { reason, .. } => {
                record.extension_reasons.extend(self.words(*reason));
            }
            Event::Returned { reason, .. } => record.return_reasons.extend(self.words(*reason)),
            Event::Checked { holds: true, .. } => record.accepted_by = self.name(&entry.actor),
            Event::Closed { .. } => record.reviewer = self.name(&entry.actor),
            Event::LookedBack { holds, note, .. } => {
                record.looked_back = self.words(*note).map(|words| (*holds, words));
            }
            _ => {}
        }
    }

    fn words(&self, of: Commitment) -> Option<String> {
        self.contents.get(&of).cloned()
    }

    fn name(&self, actor: &Actor) -> Option<String> {
        self.names.get(&actor.person?).cloned()
    }
}
