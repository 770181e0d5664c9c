//! From a matter's state to its rows. A row is a function of the state alone,
//! so refilling the projections from the journal gives the same rows.

mod dump;
mod grams;
mod rebuild;

pub use grams::grams;
pub(crate) use grams::{last_number, number_at};

use serde_json::Value;

use bihuan_domain::clock::{Node, NodeStatus};
use bihuan_domain::ids::{CountyCode, GridCode, MatterId};
use bihuan_domain::instant::Instant;
use bihuan_domain::journal::Commitment;
use bihuan_domain::matter::{Link, Load, Matter, SlipColour, loads};
use bihuan_domain::playbook::model::{NodeRule, Playbook};

use crate::table::{self, Columns, Row, Table};

pub(crate) mod statements {
    crate::engine::statements! {
        CLEAR_UNITS = {
            sqlite: "DELETE FROM matter_unit WHERE county = $1 \
                AND matter IN (SELECT value FROM json_each($2))",
            postgres: "DELETE FROM matter_unit WHERE county = $1 AND matter IN \
                (SELECT value FROM jsonb_array_elements_text($2::text::jsonb) AS rows(value))"
        };
        CLEAR_ABOUT = {
            sqlite: "DELETE FROM matter_about WHERE county = $1 \
                AND matter IN (SELECT value FROM json_each($2))",
            postgres: "DELETE FROM matter_about WHERE county = $1 AND matter IN \
                (SELECT value FROM jsonb_array_elements_text($2::text::jsonb) AS rows(value))"
        };
        CLEAR_BURDEN = {
            sqlite: "DELETE FROM burden WHERE county = $1 \
                AND matter IN (SELECT value FROM json_each($2))",
            postgres: "DELETE FROM burden WHERE county = $1 AND matter IN \
                (SELECT value FROM jsonb_array_elements_text($2::text::jsonb) AS rows(value))"
        };
    }
}

pub(crate) fn all_statements() -> Vec<(&'static str, crate::engine::Sql)> {
    [statements::ALL, grams::sql::ALL, rebuild::sql::ALL].concat()
}

/// Rows a matter may have fewer of than before.
pub(crate) const CLEARED: [crate::engine::Sql; 3] =
    [statements::CLEAR_UNITS, statements::CLEAR_ABOUT, statements::CLEAR_BURDEN];

/// Sorts matters without a deadline after all that have one.
pub const NO_DUE: i64 = i64::MAX;

/// What of a matter's rows is to be written.
pub struct Rows {
    pub(crate) rows: Vec<(&'static Table, Row)>,
    /// Its row in `matter_view` where it has one already, and the columns that
    /// differ from it.
    pub(crate) changed: Option<(Row, Columns)>,
    /// Its rows in the tables of [`CLEARED`] are written anew.
    pub(crate) replaced: bool,
}

/// The rows of `matter` in every projection; the playbook gives the item's
/// class. Of a matter that had rows `before`, those that differ from them: each
/// column written is written in every index that holds it.
pub fn rows(
    county: &CountyCode,
    matter: &Matter,
    playbook: &Playbook,
    before: Option<&Matter>,
) -> Rows {
    let whole = matter_row(county, matter, playbook);
    let mut rows = more_rows(county, matter);
    let sets = set_rows(county, matter, playbook);
    rows.push((&table::UNINDEXED, vec![text(county.as_str()), text(&matter.id.to_string())]));
    let Some(before) = before else {
        rows.push((&table::MATTER_VIEW, whole));
        rows.extend(sets);
        return Rows { rows, changed: None, replaced: false };
    };
    let were = more_rows(county, before);
    rows.retain(|row| !were.contains(row));
    let replaced = set_rows(county, before, playbook) != sets;
    if replaced {
        rows.extend(sets);
    }
    let columns = Columns::that_differ(&matter_row(county, before, playbook), &whole);
    Rows { rows, changed: Some((whole, columns)), replaced }
}

/// Rows a matter never has fewer of.
fn more_rows(county: &CountyCode, matter: &Matter) -> Vec<(&'static Table, Row)> {
    let nodes = matter.nodes.values();
    let nodes = nodes.map(|node| (&table::NODE_VIEW, node_row(county, matter, node)));
    link_rows(county, matter).into_iter().chain(nodes).collect()
}

/// Rows in the tables of [`CLEARED`].
fn set_rows(
    county: &CountyCode,
    matter: &Matter,
    playbook: &Playbook,
) -> Vec<(&'static Table, Row)> {
    let mut rows = Vec::new();
    rows.extend(unit_rows(county, matter));
    rows.extend(about_rows(county, matter));
    rows.extend(burden_rows(county, matter, playbook));
    rows
}

fn matter_row(county: &CountyCode, matter: &Matter, playbook: &Playbook) -> Row {
    let next = next_shown(matter);
    let regime = playbook.regimes.get(&matter.regime);
    let handle = regime.and_then(|regime| matter.promised(regime));
    let brief = matter.brief.as_deref();
    let item = matter.item.as_ref();
    let class = item.and_then(|item| playbook.items.get(item)).map(|item| item.class.as_str());
    let history = matter.history.as_ref();
    let given_due = history.and_then(|given| given.due_at);
    vec![
        text(county.as_str()),
        text(&matter.id.to_string()),
        text(matter.number.as_str()),
        text(matter.regime.as_str()),
        text(&matter.playbook),
        text(matter.stage.code()),
        flag(!matter.stage.is_over()),
        text(matter.source.code()),
        maybe(class),
        maybe(item.map(|item| item.as_str())),
        text(matter.urgency.code()),
        maybe(matter.whereabouts.grid.as_ref().map(town)),
        maybe(matter.whereabouts.grid.as_ref().map(GridCode::as_str)),
        maybe(matter.whereabouts.place.as_ref().map(|place| place.as_str())),
        maybe(matter.lead.as_ref().map(|lead| lead.unit.as_str())),
        maybe(matter.object_unit.as_ref().map(|unit| unit.as_str())),
        maybe(matter.verify_grid.as_ref().map(GridCode::as_str)),
        flag(matter.needs_triage),
        flag(matter.suspended_until.is_some()),
        maybe(waiting(matter)),
        matter.level.into(),
        matter.filed_at.micros().into(),
        micros(matter.lead.as_ref().and_then(|lead| lead.signed_at)),
        micros(matter.submitted_at),
        micros(matter.closed_at),
        flag(matter.closed_late),
        maybe(next.map(|node| node.code.as_str())),
        micros(next.map(|node| node.due.due_at)),
        micros(next.map(|node| node.due.soon_at)),
        micros(handle.map(|node| node.due.due_at).or(given_due)),
        micros(handle.map(|node| node.original.due_at).or(given_due)),
        flag(matter.nodes.values().any(|node| node.is_open() && node.due.estimated)),
        maybe(matter.rating.map(|rating| rating.code())),
        matter.reopened.into(),
        matter.returns.into(),
        matter.extensions.into(),
        maybe(matter.merged_into.map(|into| into.to_string()).as_deref()),
        matter.duplicates.len().into(),
        commitment(matter.words),
        commitment(matter.whereabouts.address),
        commitment(matter.whereabouts.position),
        commitment(matter.answer.as_ref().map(|answer| answer.answer)),
        flag(matter.identity.is_some()),
        flag(matter.confidential),
        maybe(matter.reporter_person.map(|person| person.to_string()).as_deref()),
        maybe(history.map(|given| given.origin.as_str())),
        maybe(history.map(|given| given.origin_id.as_str())),
        maybe(history.and_then(|given| given.class_as_given.as_deref())),
        maybe(history.and_then(|given| given.unit_as_given.as_deref())),
        matter.entries.into(),
        matter.last_at.micros().into(),
        maybe(matter.linked(Link::Parent).next().map(|parent| parent.to_string()).as_deref()),
        matter.linked(Link::Child).count().into(),
        maybe(matter.document.as_ref().map(ToString::to_string).as_deref()),
        maybe(matter.grade.map(|grade| grade.code())),
        flag(matter.criticism.is_approved()),
        maybe(matter.slips.iter().map(|slip| slip.colour).max().map(|colour| colour.code())),
        commitment(brief.and_then(|brief| brief.goal)),
        commitment(brief.and_then(|brief| brief.basis)),
        commitment(brief.and_then(|brief| brief.official)),
        commitment(brief.and_then(|brief| brief.person)),
        commitment(matter.progress.map(|(words, _)| words)),
    ]
}

fn link_rows(county: &CountyCode, matter: &Matter) -> Vec<(&'static Table, Row)> {
    let row = |(link, other): &(Link, MatterId)| {
        let id = matter.id.to_string();
        let row =
            vec![text(county.as_str()), text(&id), text(link.code()), text(&other.to_string())];
        (&table::MATTER_LINK, row)
    };
    matter.links.iter().map(row).collect()
}

/// The units a plan or a paper names, and when: also before it is approved, so
/// that two drafts see each other.
fn about_rows(county: &CountyCode, matter: &Matter) -> Vec<(&'static Table, Row)> {
    let Some(brief) = matter.brief.as_deref() else { return Vec::new() };
    let filed_on = matter.filed_at.date();
    let row = |unit: &bihuan_domain::ids::UnitCode| {
        let row = vec![
            text(county.as_str()),
            text(&matter.id.to_string()),
            text(unit.as_str()),
            text(matter.regime.as_str()),
            text(matter.stage.code()),
            text(&brief.from_on.unwrap_or(filed_on).to_string()),
            text(&brief.due_on.or(brief.from_on).unwrap_or(filed_on).to_string()),
        ];
        (&table::MATTER_ABOUT, row)
    };
    brief.lead.iter().chain(&brief.co).map(row).collect()
}

fn burden_rows(
    county: &CountyCode,
    matter: &Matter,
    playbook: &Playbook,
) -> Vec<(&'static Table, Row)> {
    let row = |(nth, load): (usize, Load)| {
        let row = vec![
            text(county.as_str()),
            text(&matter.id.to_string()),
            nth.into(),
            text(load.unit.as_str()),
            text(load.what.code()),
            load.on.year().into(),
            flag(load.passed),
        ];
        (&table::BURDEN, row)
    };
    loads(matter, playbook).into_iter().enumerate().map(row).collect()
}

/// The date lists go by. Of what is over it is the look-back, whatever else has
/// still to be written down.
fn next_shown(matter: &Matter) -> Option<&Node> {
    let looks_back = matter.nodes.values().find(|node| node.code.as_str() == NodeRule::LOOK_BACK);
    looks_back
        .filter(|node| matter.stage.is_over() && node.is_open())
        .or_else(|| matter.next_node())
}

/// What someone other than the lead unit is being waited for.
fn waiting(matter: &Matter) -> Option<&'static str> {
    // Both may come after the end.
    if matter.objection.is_some() {
        return Some("review");
    }
    if matter.criticism.is_proposed() {
        return Some("criticism");
    }
    if matter.stage.is_over() {
        return None;
    }
    if matter.extension.is_some() {
        return Some("extension");
    }
    if matter.transfer.is_some() {
        return Some("transfer");
    }
    if matter.question.is_some() {
        return Some("reporter");
    }
    matter.draft.is_some().then_some("answer")
}

fn unit_rows(county: &CountyCode, matter: &Matter) -> Vec<(&'static Table, Row)> {
    let due = matter.next_node().map_or(NO_DUE, |node| node.due.due_at.micros());
    let lead = matter.lead.iter().map(|lead| (&lead.unit, "lead"));
    let parts = lead.chain(matter.co.iter().map(|unit| (unit, "co")));
    let row = |(unit, part): (&bihuan_domain::ids::UnitCode, &str)| {
        let row = vec![
            text(county.as_str()),
            text(&matter.id.to_string()),
            text(unit.as_str()),
            text(part),
            flag(!matter.stage.is_over()),
            text(matter.stage.code()),
            due.into(),
        ];
        (&table::MATTER_UNIT, row)
    };
    parts.map(row).collect()
}

fn node_row(county: &CountyCode, matter: &Matter, node: &Node) -> Row {
    let (status, ended) = match node.status {
        NodeStatus::Open if node.is_paused() => ("paused", None),
        NodeStatus::Open => ("open", None),
        NodeStatus::Met(at) => ("met", Some(at)),
        NodeStatus::Dropped(at) => ("dropped", Some(at)),
    };
    vec![
        text(county.as_str()),
        text(&matter.id.to_string()),
        text(node.code.as_str()),
        text(&node.rule),
        node.started_at.micros().into(),
        node.original.due_at.micros().into(),
        node.due.due_at.micros().into(),
        node.due.soon_at.micros().into(),
        flag(node.due.estimated),
        text(status),
        micros(ended),
        slip_rank(matter, node).into(),
    ]
}

/// The highest slip about the date this node has, none being 0.
fn slip_rank(matter: &Matter, node: &Node) -> i64 {
    let issued = SlipColour::ALL.iter().rev().find(|colour| matter.was_slipped(**colour, node));
    issued.map_or(0, |colour| *colour as i64 + 1)
}

/// The first level of a grid code.
fn town(grid: &GridCode) -> &str {
    grid.as_str().split('-').next().unwrap_or_default()
}

fn text(of: &str) -> Value {
    of.into()
}

fn maybe(of: Option<&str>) -> Value {
    of.into()
}

fn flag(is: bool) -> Value {
    i64::from(is).into()
}

fn micros(at: Option<Instant>) -> Value {
    at.map(Instant::micros).into()
}

fn commitment(of: Option<Commitment>) -> Value {
    of.map(|commitment| commitment.to_string()).into()
}
