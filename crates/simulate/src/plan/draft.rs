//! What is drafted rather than reported: tasks, inspections, findings, papers.

use std::collections::{BTreeMap, BTreeSet};

use bihuan_domain::ids::{RegimeCode, UnitCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::{Link, Source, Urgency};
use bihuan_domain::playbook::model::FieldValue;
use jiff::civil::Date;

use super::Step;
use crate::cast::Who;

/// Names a draft before it has an id; rises in the order they are filed.
pub(crate) type Key = usize;

/// Filed in one act, wholes before their parts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Batch {
    pub(crate) at: Instant,
    pub(crate) who: Who,
    /// When a leader approves those that are no part of another, one after the
    /// other; none where the regime asks for no approval.
    pub(crate) approved_at: Option<Instant>,
    pub(crate) drafts: Vec<Draft>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Draft {
    pub(crate) key: Key,
    pub(crate) regime: RegimeCode,
    pub(crate) source: Source,
    pub(crate) urgency: Urgency,
    pub(crate) words: String,
    pub(crate) goal: String,
    pub(crate) basis: String,
    pub(crate) official: String,
    pub(crate) person: String,
    pub(crate) lead: Option<UnitCode>,
    pub(crate) co: BTreeSet<UnitCode>,
    pub(crate) from_on: Option<Date>,
    pub(crate) due_on: Option<Date>,
    pub(crate) links: Vec<(Link, Key)>,
    pub(crate) paper: Option<Paper>,
    pub(crate) steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Paper {
    pub(crate) template: String,
    pub(crate) fields: BTreeMap<String, FieldValue>,
}

impl Draft {
    pub(crate) fn new(key: Key, regime: &str, words: String) -> Self {
        Self {
            key,
            regime: RegimeCode::new(regime),
            source: Source::Meeting,
            urgency: Urgency::Ordinary,
            words,
            goal: String::new(),
            basis: String::new(),
            official: String::new(),
            person: String::new(),
            lead: None,
            co: BTreeSet::new(),
            from_on: None,
            due_on: None,
            links: Vec::new(),
            paper: None,
            steps: Vec::new(),
        }
    }

    pub(crate) fn is_part(&self) -> bool {
        self.links.iter().any(|(link, _)| *link == Link::Parent)
    }
}
