//! A matter and a deadline as lists show them, and the columns they are read from.

use sqlx::FromRow;

/// A matter as lists show it. Times are microseconds since 1970, UTC.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct MatterRow {
    pub matter: String,
    pub number: String,
    pub regime: String,
    pub stage: String,
    pub source: String,
    pub class: Option<String>,
    pub item: Option<String>,
    pub urgency: String,
    pub town: Option<String>,
    pub grid: Option<String>,
    pub place: Option<String>,
    pub lead_unit: Option<String>,
    pub object_unit: Option<String>,
    pub verify_grid: Option<String>,
    pub needs_triage: i64,
    pub suspended: i64,
    pub waiting: Option<String>,
    pub level: i64,
    pub filed_us: i64,
    pub signed_us: Option<i64>,
    pub submitted_us: Option<i64>,
    pub closed_us: Option<i64>,
    pub closed_late: i64,
    pub due_node: Option<String>,
    pub due_us: Option<i64>,
    pub soon_us: Option<i64>,
    pub handle_due_us: Option<i64>,
    pub handle_original_us: Option<i64>,
    pub estimated: i64,
    pub rating: Option<String>,
    pub reopened: i64,
    pub returns: i64,
    pub extensions: i64,
    pub merged_into: Option<String>,
    pub duplicates: i64,
    pub identity: i64,
    pub confidential: i64,
    pub origin: Option<String>,
    pub origin_id: Option<String>,
    pub class_given: Option<String>,
    pub unit_given: Option<String>,
    pub entries: i64,
    pub parent: Option<String>,
    /// How many matters it was broken down into.
    pub parts: i64,
    pub document: Option<String>,
    pub grade: Option<String>,
    pub criticised: i64,
    /// The highest colour of its slips.
    pub slip: Option<String>,
    /// The reporter's words; none once erased.
    pub words: Option<String>,
    pub address: Option<String>,
    /// JSON of latitude and longitude in millionths of a degree.
    pub position: Option<String>,
}

/// One deadline of a matter.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct NodeRow {
    pub matter: String,
    pub node: String,
    pub rule: String,
    pub started_us: i64,
    pub original_us: i64,
    pub due_us: i64,
    pub soon_us: i64,
    pub estimated: i64,
    pub status: String,
    pub ended_us: Option<i64>,
}

pub(super) const COLUMNS: &str = "SELECT m.matter, m.number, m.regime, m.stage, m.source, m.class, m.item, \
    m.urgency, m.town, m.grid, m.place, m.lead_unit, m.object_unit, m.verify_grid, \
    m.needs_triage, m.suspended, m.waiting, m.level, m.filed_us, m.signed_us, m.submitted_us, \
    m.closed_us, m.closed_late, m.due_node, m.due_us, m.soon_us, m.handle_due_us, \
    m.handle_original_us, m.estimated, m.rating, m.reopened, m.returns, m.extensions, \
    m.merged_into, m.duplicates, m.identity, m.confidential, m.origin, m.origin_id, \
    m.class_given, m.unit_given, m.entries, m.parent, m.parts, m.document, m.grade, \
    m.criticised, m.slip, w.body AS words, a.body AS address, \
    p.body AS position FROM ";

pub(super) const TEXTS: &str = " LEFT JOIN content w ON w.county = m.county AND w.stream = m.matter \
    AND w.commitment = m.words \
    LEFT JOIN content a ON a.county = m.county AND a.stream = m.matter \
    AND a.commitment = m.address \
    LEFT JOIN content p ON p.county = m.county AND p.stream = m.matter \
    AND p.commitment = m.position";
