//! A playbook as the rules use it: compiled, complete, every name resolved.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::access::Role;
pub use crate::calendar::WorkHours;
use crate::calendar::{CountingRule, Limit};
use crate::ids::{
    ChannelCode, ClassCode, CountyCode, GridCode, ItemCode, NodeCode, PaperCode, PlaceId,
    RegimeCode, UnitCode,
};
use crate::matter::{DeclineGround, Evidence, EvidenceKind, SlipColour, Source, Step, Urgency};
use crate::place::Position;

pub use super::burden::{Budget, Burdens, DUTY, Duty};
pub use super::paper::slip_field;
pub use super::paper::{Column, FieldKind, FieldValue, PaperField, PaperKind, PaperTemplate};
pub use super::wording::{About, AnswerWording, Blank, Template};

/// A name in both languages. Chinese is the county's own; English is for the
/// English pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    pub zh: String,
    pub en: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Playbook {
    pub county: CountyCode,
    pub name: Text,
    /// Unique within the county, e.g. `2026.1`.
    pub version: String,
    pub in_force_from: Option<Date>,
    /// Begins every matter number, e.g. `XY`.
    pub number_prefix: String,
    pub work: WorkHours,
    pub regimes: BTreeMap<RegimeCode, Regime>,
    pub classes: Vec<Class>,
    pub items: BTreeMap<ItemCode, Item>,
    pub channels: BTreeMap<ChannelCode, Channel>,
    pub answers: Vec<AnswerWording>,
    pub papers: Vec<PaperTemplate>,
    pub burdens: Burdens,
    pub units: Vec<Unit>,
    pub grids: Vec<Grid>,
    pub places: Vec<Place>,
    /// Whether the catalogue is the county's own or our example.
    pub official: bool,
}

impl Playbook {
    pub fn grid(&self, code: &GridCode) -> Option<&Grid> {
        self.grids.iter().find(|grid| grid.code == *code)
    }

    pub fn unit(&self, code: &UnitCode) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.code == *code)
    }

    pub fn paper(&self, code: &PaperCode) -> Option<&PaperTemplate> {
        self.papers.iter().find(|paper| paper.code == *code)
    }

    /// The paper of a slip of the ladder.
    pub fn slip_paper(&self) -> Option<&PaperTemplate> {
        self.papers.iter().find(|paper| paper.writes_itself())
    }

    /// The words suggested for an answer about `item`: its own, else its
    /// class's, else the county's.
    pub fn answer_wording(&self, item: &Item) -> Option<&AnswerWording> {
        let of = |about: &About| self.answers.iter().find(|answer| answer.about == *about);
        of(&About::Item(item.code.clone()))
            .or_else(|| of(&About::Class(item.class.clone())))
            .or_else(|| of(&About::Everything))
    }
}

/// The rule pack of one kind of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regime {
    pub code: RegimeCode,
    pub name: Text,
    /// Steps that are not here do not exist in this regime.
    pub steps: BTreeMap<Step, StepRule>,
    pub nodes: Vec<NodeRule>,
    /// Times a unit may return a matter before signing.
    pub returns: u32,
    /// Times an extension may be granted for one node.
    pub extensions: u32,
    /// An extension may add at most this many percent of the original limit.
    pub extension_percent: u32,
    /// Days after closing in which the reporter may say "not fixed".
    pub rating_days: u32,
    /// A passed check closes the matter at once: the checker may also close.
    pub close_on_check: bool,
    /// Sources whose matters need an approved answer before they are closed:
    /// where somebody reported, somebody waits to be told.
    pub answer_before_closing: BTreeSet<Source>,
    /// An answer by this unit needs someone else's approval.
    pub answer_approval: bool,
    /// Sources whose matters must be verified before they are accepted.
    pub verify_first: BTreeSet<Source>,
    /// Days after closing at which a look-back falls due; none without.
    pub look_back_days: Option<u32>,
    /// Whether its matters are of a line of the catalogue. Without one they are
    /// not triaged, and what they must prove is said in `evidence`.
    pub catalogue: bool,
    pub evidence: EvidenceRule,
    /// Manners of handling its matters have.
    pub kinds: BTreeSet<Urgency>,
    /// Someone other than the drafter approves it before it is in force.
    pub approve_filing: bool,
    /// Signing is all that is asked for: a paper is served, not handled.
    pub close_on_sign: bool,
    /// Closing gives a grade.
    pub grades: bool,
    /// Whoever checks writes what they saw (谁验收谁负责).
    pub check_note: bool,
    /// The unit says whether others have the same fault (举一反三).
    pub alike: bool,
    /// How long the end is publicised before it is struck off.
    pub publicity: Option<Limit>,
    /// Days after what it objects to in which a unit may ask for a review.
    pub objection_days: Option<u32>,
    /// On the last day, an extension is asked for before this time.
    pub extension_until: Option<Time>,
    /// A unit is not named again within so many days of the last time; none
    /// without.
    pub apart_days: Option<u32>,
    /// In the order of their colours.
    pub slips: Vec<SlipRule>,
}

/// When a slip is issued about a node the unit owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlipRule {
    pub colour: SlipColour,
    /// After the node's date; at once where there is none.
    pub after: Option<Limit>,
    /// Proposes criticism, which takes effect only by approval.
    pub proposes_criticism: bool,
}

impl Regime {
    pub fn node(&self, code: &NodeCode) -> Option<&NodeRule> {
        self.nodes.iter().find(|node| node.code == *code)
    }

    pub fn needs_answer(&self, source: Source) -> bool {
        self.answer_before_closing.contains(&source)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepRule {
    pub by: BTreeSet<Role>,
}

/// What begins or ends a node. Written in a playbook by these names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trigger {
    /// Written down, waiting for approval.
    Drafted,
    Filed,
    /// Accepted, declined, merged or sent for verification: triage has looked
    /// at it.
    Triaged,
    Accepted,
    VerificationRequested,
    Verified,
    Dispatched,
    Signed,
    /// Any progress recorded by the unit.
    Acted,
    /// The unit gave a plan with dates.
    Planned,
    Submitted,
    Checked,
    Closed,
    Publicised,
    StruckOff,
    LookedBack,
    /// The unit asked for a review.
    Objected,
    Reviewed,
}

impl Trigger {
    pub const ALL: [Self; 18] = [
        Self::Drafted,
        Self::Filed,
        Self::Triaged,
        Self::VerificationRequested,
        Self::Verified,
        Self::Accepted,
        Self::Dispatched,
        Self::Signed,
        Self::Acted,
        Self::Planned,
        Self::Submitted,
        Self::Checked,
        Self::Closed,
        Self::Publicised,
        Self::StruckOff,
        Self::LookedBack,
        Self::Objected,
        Self::Reviewed,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Drafted => "drafted",
            Self::Planned => "planned",
            Self::Publicised => "publicised",
            Self::Objected => "objected",
            Self::Reviewed => "reviewed",
            Self::Filed => "filed",
            Self::VerificationRequested => "verification-requested",
            Self::Verified => "verified",
            Self::Triaged => "triaged",
            Self::Accepted => "accepted",
            Self::Dispatched => "dispatched",
            Self::Signed => "signed",
            Self::Acted => "acted",
            Self::Submitted => "submitted",
            Self::Checked => "checked",
            Self::Closed => "closed",
            Self::StruckOff => "struck-off",
            Self::LookedBack => "looked-back",
        }
    }

    /// The steps any of which makes it happen.
    pub const fn steps(self) -> &'static [Step] {
        match self {
            Self::Drafted => &[Step::ApproveFiling],
            Self::Planned => &[Step::Plan],
            Self::Publicised => &[Step::Publicise],
            Self::Objected => &[Step::Object],
            Self::Reviewed => &[Step::Review],
            Self::Filed => &[Step::File],
            Self::VerificationRequested => &[Step::RequestVerification],
            Self::Verified => &[Step::Verify],
            Self::Triaged => &[Step::Accept, Step::Decline, Step::Merge, Step::RequestVerification],
            Self::Accepted => &[Step::Accept],
            Self::Dispatched => &[Step::Dispatch],
            Self::Signed => &[Step::Sign],
            Self::Acted => &[Step::Act],
            Self::Submitted => &[Step::Submit, Step::SettleOnSpot],
            Self::Checked => &[Step::Check],
            Self::Closed => &[Step::Close, Step::Issue],
            Self::StruckOff => &[Step::StrikeOff],
            Self::LookedBack => &[Step::LookBack],
        }
    }

    /// Where it stands on the road from filing to looking back. Equal for what
    /// comes of the same act.
    pub(super) const fn rank(self) -> u8 {
        match self {
            Self::Drafted => 0,
            Self::Filed => 1,
            Self::Triaged | Self::VerificationRequested => 2,
            Self::Verified => 3,
            Self::Accepted => 4,
            Self::Dispatched => 5,
            Self::Signed => 6,
            Self::Planned => 7,
            Self::Acted => 8,
            Self::Submitted => 9,
            Self::Checked => 10,
            Self::Closed => 11,
            Self::Publicised => 12,
            Self::StruckOff => 13,
            Self::LookedBack => 14,
            Self::Objected => 15,
            Self::Reviewed => 16,
        }
    }
}

/// One deadline of a regime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeRule {
    pub code: NodeCode,
    pub name: Text,
    pub starts: Trigger,
    pub met_by: Trigger,
    pub limit: NodeLimit,
    /// Counting for limits that come from the item as well.
    pub counting: Counting,
    /// What Bihuan does by itself at the limit.
    pub at_limit: Option<AtLimit>,
    /// Only matters of these urgencies have this node; empty means all.
    pub only: BTreeSet<Urgency>,
    /// Suspending stops this node.
    pub pausable: bool,
    pub extendable: bool,
    /// What ends it as well, e.g. a dated plan at the end of 13710's month.
    pub or_met_by: Option<Trigger>,
    /// Not where the matter was given a date of its own.
    pub unless_given: bool,
    /// Nothing is submitted before it was met once.
    pub mandatory: bool,
    /// Begins again each time it is met, until the result is submitted.
    pub repeats: bool,
    /// What is to be said at it.
    pub content: Option<Text>,
}

impl NodeRule {
    /// The node that `look_back_days` gives a regime.
    pub const LOOK_BACK: &str = "look-back";

    /// Whether `trigger` ends it.
    pub fn is_met_by(&self, trigger: Trigger) -> bool {
        self.met_by == trigger || self.or_met_by == Some(trigger)
    }

    /// Whether a matter of this kind cannot be without a date of its own.
    pub fn needs_date(&self, urgency: Urgency) -> bool {
        self.limit == NodeLimit::Given && self.only.contains(&urgency)
    }

    /// Whether it is the unit that is waited for.
    pub const fn is_owed_by_the_unit(&self) -> bool {
        matches!(
            self.met_by,
            Trigger::Signed | Trigger::Acted | Trigger::Planned | Trigger::Submitted
        )
    }

    /// Whether a matter of this urgency has this node.
    pub fn applies(&self, urgency: Urgency) -> bool {
        self.only.is_empty() || self.only.contains(&urgency)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeLimit {
    Fixed(Limit),
    /// The item's limit for the matter's urgency.
    Item,
    /// The date the matter was given; none where it was given none.
    Given,
    /// The next date of the unit's plan.
    NextStage,
    /// The last date of the unit's plan.
    PlanEnd,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counting {
    pub day_one: crate::calendar::DayOne,
    pub holiday: crate::calendar::HolidayRule,
}

impl Counting {
    pub const fn of(self, limit: Limit) -> CountingRule {
        CountingRule { limit, day_one: self.day_one, holiday: self.holiday }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AtLimit {
    /// The unit is taken to have signed.
    Sign,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    pub code: ClassCode,
    pub name: Text,
    /// Whether residents may be shown open matters of this class as class,
    /// place, state and date.
    pub public: bool,
}

/// A line of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub code: ItemCode,
    pub class: ClassCode,
    pub name: Text,
    /// 立案条件
    pub filing: Text,
    /// 结案条件
    pub closing: Text,
    pub limits: BTreeMap<Urgency, Limit>,
    pub evidence: EvidenceRule,
    pub unit: UnitCode,
    /// May be settled on the spot by a grid worker.
    pub on_spot: bool,
    /// Words of a report that point to this item.
    pub words: Vec<String>,
}

/// What must have been given before the handling is submitted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceRule {
    /// Photos that show it fixed.
    pub after: u32,
    /// Other documents.
    pub document: u32,
}

impl EvidenceRule {
    /// The first kind of which too little was given, as `kind:count`.
    pub fn missing<'a>(&self, given: impl Iterator<Item = &'a Evidence> + Clone) -> Option<String> {
        let wanted = [(EvidenceKind::After, self.after), (EvidenceKind::Document, self.document)];
        wanted.into_iter().find_map(|(kind, wanted)| {
            let count = given.clone().filter(|evidence| evidence.kind == kind).count();
            let short = (wanted as usize).saturating_sub(count);
            (short > 0).then(|| format!("{}:{short}", kind.code()))
        })
    }
}

/// Where a declined matter is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    pub code: ChannelCode,
    pub name: Text,
    pub ground: DeclineGround,
    /// What the reporter is told.
    pub advice: Text,
    /// Law and article, or "default, not official".
    pub basis: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub code: UnitCode,
    pub name: Text,
    pub above: Option<UnitCode>,
    /// The town's grid this unit governs, for towns and streets.
    pub grid: Option<GridCode>,
    /// A village's or community's own committee: what is demanded of it is
    /// limited.
    pub village: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    pub code: GridCode,
    pub name: Text,
    /// 1 town, 2 village or community, 3 grid.
    pub level: u8,
    /// National statistical code, where the grid is a real division.
    pub division: Option<String>,
    /// Invented by us, not a real division.
    pub example: bool,
}

/// A coded spot with a QR sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub id: PlaceId,
    pub name: Text,
    pub grid: GridCode,
    pub position: Option<Position>,
    /// Invented by us: no such spot, or not there.
    pub example: bool,
}
