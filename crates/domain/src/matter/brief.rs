//! What a task, a finding, an inspection or a paper says of itself when it is
//! drafted, beyond its words. A resident's report has none.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::kind::{Link, SlipColour};
use crate::ids::{MatterId, NodeCode, PersonId, UnitCode};
use crate::instant::Instant;
use crate::journal::Commitment;
use crate::refusal::Refusal;

/// 任务书. Words are commitments, like all words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brief {
    /// 工作目标
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub goal: Option<Commitment>,
    /// 事项来源: the meeting, instruction or document it came from.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub basis: Option<Commitment>,
    /// 立项批准人, as the source names them.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub approver: Option<Commitment>,
    /// 牵头领导
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub official: Option<Commitment>,
    /// 责任人
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub person: Option<Commitment>,
    /// 牵头单位, proposed: the matter is theirs once it is dispatched. Of an
    /// inspection and a paper, the unit it is about.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub lead: Option<UnitCode>,
    /// 协办单位; of an inspection, the units to be inspected.
    #[serde(skip_serializing_if = "BTreeSet::is_empty", default)]
    pub co: BTreeSet<UnitCode>,
    /// First day, of what lasts.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub from_on: Option<Date>,
    /// The date it was given.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub due_on: Option<Date>,
    /// What else it belongs to; each link has its other half there.
    #[serde(skip_serializing_if = "BTreeSet::is_empty", default)]
    pub links: BTreeSet<(Link, MatterId)>,
    /// A paper's template, by its code in the playbook.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub template: Option<String>,
    /// A paper's fields as they were typed or counted.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fields: Option<Commitment>,
    /// Kind of an inspection, number of a duty: codes the playbook explains.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub codes: BTreeMap<String, String>,
    /// Why a budget, an overlap or the duty list was passed over.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub over: Option<Commitment>,
}

impl Brief {
    /// What it is a part of.
    pub fn whole(&self) -> Option<MatterId> {
        let parent = self.links.iter().find(|(link, _)| *link == Link::Parent);
        parent.map(|(_, whole)| *whole)
    }
}

/// 发文字号: `荥政督〔2026〕12号`. Numbers of a code and year have no gap.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DocumentNumber {
    pub code: String,
    pub year: i16,
    pub serial: u32,
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}〔{}〕{}号", self.code, self.year, self.serial)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADocumentNumber;

impl FromStr for DocumentNumber {
    type Err = NotADocumentNumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (code, rest) = text.split_once('〔').ok_or(NotADocumentNumber)?;
        let (year, rest) = rest.split_once('〕').ok_or(NotADocumentNumber)?;
        let serial = rest.strip_suffix('号').ok_or(NotADocumentNumber)?;
        if code.is_empty() {
            return Err(NotADocumentNumber);
        }
        Ok(Self {
            code: code.to_owned(),
            year: year.parse().map_err(|_| NotADocumentNumber)?,
            serial: serial.parse().map_err(|_| NotADocumentNumber)?,
        })
    }
}

/// 督办单: an escalating written reminder about one node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    pub colour: SlipColour,
    pub node: NodeCode,
    /// The date that was missed; a node extended later may be reminded of anew.
    pub due_at: Instant,
    pub issued_at: Instant,
    pub signed_at: Option<Instant>,
    pub document: Option<DocumentNumber>,
    /// The fields of its paper, frozen when it was issued.
    pub fields: Option<Commitment>,
}

/// 时间节点和方案.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub words: Commitment,
    /// In order; the last is the end.
    pub stages: Vec<Date>,
    pub at: Instant,
}

/// 例外: for these units a budget, an overlap or the duty list does not bind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedOver {
    pub units: BTreeSet<UnitCode>,
    pub reason: Commitment,
    pub at: Instant,
    pub by: Option<PersonId>,
}

impl PassedOver {
    pub(super) fn is_about(&self, refusal: &Refusal) -> bool {
        let unit = refusal.facts.get("unit");
        unit.is_some_and(|unit| self.units.contains(&UnitCode::new(unit)))
    }
}

/// 举一反三: whether others have the same fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alike {
    pub looked_at: u32,
    pub found: u32,
    pub mended: u32,
}

/// 复核申请.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    pub reason: Commitment,
    pub at: Instant,
    pub by: Option<PersonId>,
}

/// Where proposed criticism stands. It takes effect only by approval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Criticism {
    #[default]
    None,
    /// By this person, who does not decide it; none where a slip proposed it.
    Proposed(Option<PersonId>),
    Approved(Instant),
    Refused(Instant),
    /// Taken back after a review.
    Withdrawn(Instant),
}

impl Criticism {
    pub const fn is_proposed(self) -> bool {
        matches!(self, Self::Proposed(_))
    }

    pub const fn is_approved(self) -> bool {
        matches!(self, Self::Approved(_))
    }
}
