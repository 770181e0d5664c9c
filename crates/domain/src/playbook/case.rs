//! A worked case: a matter's acts with their times, and the dates its nodes
//! must fall due. Cases are run as tests of the playbook.

use jiff::civil::Date;

use super::diagnostic::Spot;
use super::model::Trigger;
use crate::calendar::Limit;
use crate::ids::{ItemCode, NodeCode, RegimeCode, UnitCode};
use crate::instant::Instant;
use crate::matter::Urgency;

#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    pub name: String,
    /// Why the dates are right, for whoever reads the case.
    pub why: Option<String>,
    pub regime: RegimeCode,
    pub item: Option<ItemCode>,
    pub urgency: Urgency,
    /// The date it was given, where it was.
    pub given: Option<Date>,
    /// The dates of the unit's plan.
    pub plan: Vec<Date>,
    /// When it is filed.
    pub start: Instant,
    pub events: Vec<CaseEvent>,
    pub due: Vec<CaseDue>,
    /// Whom it is given to, where the case is about that.
    pub unit: Option<UnitCode>,
    /// The line of the duty list it falls under.
    pub duty: Option<String>,
    /// The unit may not be given it.
    pub refused: bool,
    pub(super) spot: Spot,
    pub(super) regime_spot: Spot,
}

#[derive(Clone, Debug, PartialEq)]
pub struct CaseEvent {
    pub what: CaseAct,
    pub at: CaseTime,
    pub(super) spot: Spot,
}

#[derive(Clone, Debug, PartialEq)]
pub enum CaseAct {
    /// Whatever begins or ends nodes.
    Trigger(Trigger),
    Suspended,
    Resumed,
    Extended {
        node: NodeCode,
        by: Limit,
    },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CaseTime {
    At(Instant),
    /// The act Bihuan takes by itself when a node's limit comes.
    Limit,
}

#[derive(Clone, Debug, PartialEq)]
pub struct CaseDue {
    pub node: NodeCode,
    pub at: Instant,
    pub(super) spot: Spot,
}
