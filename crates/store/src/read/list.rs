//! Lists of matters: inbox, work list, ledger, search results, map.

use bihuan_domain::ids::{CountyCode, MatterId};
use bihuan_domain::instant::Instant;
use bihuan_domain::matter::Stage;

use super::reach::{Found, Reach};
use super::row::{COLUMNS, MatterRow, NodeRow, TEXTS};
use super::select::{Finished, Select, run};
use crate::engine::{Engine, Store, on_pool};
use crate::error::StoreError;

/// What a list is narrowed to. All that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub stages: Vec<String>,
    /// None of these.
    pub not_stages: Vec<String>,
    pub open: Option<bool>,
    pub class: Option<String>,
    /// Any of these; empty for all.
    pub classes: Vec<String>,
    pub item: Option<String>,
    pub town: Option<String>,
    pub grid: Option<String>,
    /// Just this grid, without those below it.
    pub just_grid: Option<String>,
    pub place: Option<String>,
    pub lead_unit: Option<String>,
    pub source: Option<String>,
    pub regime: Option<String>,
    /// Any of these; empty for all.
    pub regimes: Vec<String>,
    pub urgency: Option<String>,
    pub rating: Option<String>,
    pub waiting: Option<String>,
    pub origin: Option<String>,
    pub verify_grid: Option<String>,
    pub needs_triage: Option<bool>,
    pub suspended: Option<bool>,
    pub closed_late: Option<bool>,
    pub confidential: Option<bool>,
    /// Filed in [from, to), microseconds.
    pub filed: Option<(i64, i64)>,
    pub closed: Option<(i64, i64)>,
    /// Next due in [from, to).
    pub due: Option<(i64, i64)>,
    /// The lamp turned to due soon before this moment.
    pub soon_before: Option<i64>,
    pub reporter: Option<String>,
    pub merged_into: Option<String>,
    /// Numbers that begin so.
    pub number: Option<String>,
    /// Only these matters.
    pub matters: Option<Vec<String>>,
    /// Work of these units: lead or co-handled.
    pub units: Option<Vec<String>>,
    /// `lead` or `co`, together with `units`.
    pub part: Option<String>,
    /// Units whose posts ask: matters about one of them are hidden.
    pub not_about: Vec<String>,
    /// Open, with this lamp showing at this moment.
    pub lamp: Option<(OpenLamp, Instant)>,
    /// Open, and held up: parked, returned, or waiting for a decision.
    pub stuck: bool,
    /// Closed, with a look-back that nobody has made yet.
    pub look_back: bool,
    /// Whether the reporter answered.
    pub rated: Option<bool>,
    /// Whether it was ever reopened.
    pub was_reopened: Option<bool>,
    /// Only those whose position is known.
    pub has_position: bool,
    /// Parts of these.
    pub parents: Option<Vec<String>>,
    /// Part of nothing, or broken down into nothing.
    pub is_root: bool,
    pub is_leaf: bool,
    pub criticised: Option<bool>,
    pub grade: Option<String>,
    /// Has a document number, and covers a finding: a notice of rectification.
    pub covers: bool,
    /// Open at one of these stages, or waiting for one of these decisions.
    pub review: Option<(Vec<String>, Vec<String>)>,
    /// Only those without a value here.
    pub missing: Vec<Missing>,
}

impl Filter {
    /// What a list so narrowed is found by, whoever asks.
    fn found(&self) -> Found {
        if self.matters.is_some() || self.parents.is_some() || self.merged_into.is_some() {
            return Found::AsFew;
        }
        if self.units.is_some() { Found::ByUnits } else { Found::AsMany }
    }
}

/// What an open matter shows. Told apart by the date it is next due, the same
/// way wherever matters are counted or listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenLamp {
    OnTrack,
    DueSoon,
    Overdue,
    /// No clock runs.
    Parked,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    Town,
    Class,
    LeadUnit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Soonest due first; without a date last.
    Due,
    /// Newest filed first.
    Filed,
    /// The same for the few that a place or a grid holds: they are found there and
    /// then sorted, instead of looking through all that were filed of late.
    FiledOfFew,
    /// Oldest filed first.
    Oldest,
    /// The same for few.
    OldestOfFew,
    /// Newest closed first.
    Closed,
}

/// Where the next page begins: the sort value and id of the last row shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub value: i64,
    pub matter: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    pub rows: Vec<MatterRow>,
    pub next: Option<Cursor>,
}

impl Store {
    /// One page of matters.
    pub async fn matters(
        &self,
        county: &CountyCode,
        reach: &Reach,
        filter: &Filter,
        order: Order,
        after: Option<&Cursor>,
        limit: u32,
    ) -> Result<Page, StoreError> {
        let (text, arguments) = self.page(county, reach, filter, order, after, limit);
        let mut rows: Vec<MatterRow> = run!(self, (text, arguments));
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = rows
            .last()
            .filter(|_| more)
            .map(|row| Cursor { value: sort_value(order, row), matter: row.matter.clone() });
        Ok(Page { rows, next })
    }

    pub(super) fn page(
        &self,
        county: &CountyCode,
        reach: &Reach,
        filter: &Filter,
        order: Order,
        after: Option<&Cursor>,
        limit: u32,
    ) -> Finished {
        let by_unit = filter.units.is_some();
        let from = if by_unit {
            "matter_unit u JOIN matter_view m ON m.county = u.county AND m.matter = u.matter"
        } else {
            "matter_view m"
        };
        // Thousands may fit: they are put in order first, and words are read of one
        // page of them.
        let of_few = matches!(order, Order::FiledOfFew | Order::OldestOfFew);
        let in_two = of_few || filter.matters.is_some();
        let mut select = match in_two {
            true => Select::from(&format!("SELECT m.matter FROM {from}")),
            false => Select::from(&format!("{COLUMNS}{from}{TEXTS}")),
        };
        self.narrow(&mut select, county, reach, filter);
        let (value, direction) = sort(order, by_unit);
        // Where the matters are named they are fetched and sorted: in the index of
        // the order SQLite would look for two of them among all there are.
        let value = match &filter.matters {
            Some(_) => format!("+{value}"),
            None => value.to_owned(),
        };
        let matter = if by_unit && order == Order::Due { "u.matter" } else { "m.matter" };
        if let Some(cursor) = after {
            let value_at = select.int(cursor.value);
            let matter_at = select.text(&cursor.matter);
            let than = if direction == "ASC" { ">" } else { "<" };
            // The pair alone says it all, but SQLite seeks by a pair only where
            // both are plain columns.
            select.filter(format!("{value} {than}= {value_at}"));
            select.filter(format!("({value}, {matter}) {than} ({value_at}, {matter_at})"));
        }
        let most = select.int(i64::from(limit) + 1);
        let (text, arguments) = select
            .finish(&format!("ORDER BY {value} {direction}, {matter} {direction} LIMIT {most}"));
        if !in_two {
            return (text, arguments);
        }
        let (value, _) = sort(order, false);
        let whole = format!(
            "{COLUMNS}matter_view m{TEXTS} WHERE m.county = $1 AND m.matter IN ({text}) \
             ORDER BY {value} {direction}, m.matter {direction}"
        );
        (whole, arguments)
    }

    /// How many matters a list holds, counting at most `most` of them.
    pub async fn count(
        &self,
        county: &CountyCode,
        reach: &Reach,
        filter: &Filter,
        most: i64,
    ) -> Result<i64, StoreError> {
        let rows: Vec<(i64,)> = run!(self, self.counted(county, reach, filter, most));
        Ok(rows.first().map_or(0, |(count,)| *count))
    }

    pub(super) fn counted(
        &self,
        county: &CountyCode,
        reach: &Reach,
        filter: &Filter,
        most: i64,
    ) -> Finished {
        let from = if filter.units.is_some() {
            "matter_unit u JOIN matter_view m ON m.county = u.county AND m.matter = u.matter"
        } else {
            "matter_view m"
        };
        let mut select = Select::from(&format!("SELECT m.matter FROM {from}"));
        self.narrow(&mut select, county, reach, filter);
        let limit = select.int(most);
        let (text, arguments) = select.finish(&format!("LIMIT {limit}"));
        (format!("SELECT CAST(COUNT(*) AS BIGINT) FROM ({text}) AS listed"), arguments)
    }

    /// Nodes of these matters, in the order they fall due.
    pub async fn nodes(
        &self,
        county: &CountyCode,
        matters: &[String],
    ) -> Result<Vec<NodeRow>, StoreError> {
        Ok(run!(self, self.nodes_of(county, matters)))
    }

    pub(super) fn nodes_of(&self, county: &CountyCode, matters: &[String]) -> Finished {
        let mut select = Select::from(
            "SELECT n.matter, n.node, n.rule, n.started_us, n.original_us, n.due_us, n.soon_us, \
             n.estimated, n.status, n.ended_us FROM node_view n",
        );
        let county_at = select.text(county.as_str());
        select.filter(format!("n.county = {county_at}"));
        let listed = select.texts(matters, self.is_postgres());
        select.filter(format!("n.matter IN {listed}"));
        select.finish("ORDER BY n.matter, n.started_us, n.due_us, n.node")
    }

    /// The matter with this number.
    pub async fn matter_by_number(
        &self,
        county: &CountyCode,
        number: &str,
    ) -> Result<Option<MatterId>, StoreError> {
        let rows: Vec<(String,)> = run!(self, numbered(county, number));
        Ok(rows.first().and_then(|(id,)| id.parse().ok()))
    }

    pub(super) fn is_postgres(&self) -> bool {
        matches!(self.engine(), Engine::Postgres(_))
    }

    pub(super) fn narrow(
        &self,
        select: &mut Select,
        county: &CountyCode,
        reach: &Reach,
        filter: &Filter,
    ) {
        let postgres = self.is_postgres();
        let at = select.text(county.as_str());
        select.filter(format!("m.county = {at}"));
        if let Some(units) = &filter.units {
            select.filter(format!("u.county = {at}"));
            one_of(select, "u.unit", units, postgres);
            if let Some(part) = &filter.part {
                let part = select.text(part);
                select.filter(format!("u.part = {part}"));
            }
            if let Some(open) = filter.open {
                select.filter(format!("u.is_open = {}", i64::from(open)));
            }
        }
        reach.narrow(select, &at, postgres, filter.found());
        texts(select, filter, postgres);
        awaited(select, filter, &at, postgres);
        flags(select, filter);
        ranges(select, filter);
        standing(select, filter);
        if !filter.not_about.is_empty() {
            let listed = select.texts(&filter.not_about, postgres);
            select.filter(format!("(m.object_unit IS NULL OR m.object_unit NOT IN {listed})"));
        }
    }
}

pub(super) fn numbered(county: &CountyCode, number: &str) -> Finished {
    let mut select = Select::from("SELECT m.matter FROM matter_view m");
    let county_at = select.text(county.as_str());
    let number_at = select.text(number);
    select.filter(format!("m.county = {county_at} AND m.number = {number_at}"));
    select.finish("")
}

fn texts(select: &mut Select, filter: &Filter, postgres: bool) {
    let equal = [
        ("m.class", &filter.class),
        ("m.item", &filter.item),
        ("m.town", &filter.town),
        ("m.grid", &filter.just_grid),
        ("m.place", &filter.place),
        ("m.lead_unit", &filter.lead_unit),
        ("m.source", &filter.source),
        ("m.regime", &filter.regime),
        ("m.urgency", &filter.urgency),
        ("m.rating", &filter.rating),
        ("m.grade", &filter.grade),
        ("m.waiting", &filter.waiting),
        ("m.origin", &filter.origin),
        ("m.reporter", &filter.reporter),
        ("m.merged_into", &filter.merged_into),
    ];
    for (column, value) in equal {
        if let Some(value) = value {
            let at = select.text(value);
            select.filter(format!("{column} = {at}"));
        }
    }
    for (column, grid) in [("m.grid", &filter.grid), ("m.verify_grid", &filter.verify_grid)] {
        if let Some(grid) = grid {
            let same = select.text(grid);
            let from = select.text(format!("{grid}-"));
            let to = select.text(format!("{grid}."));
            select
                .filter(format!("({column} = {same} OR ({column} >= {from} AND {column} < {to}))"));
        }
    }
    if !filter.stages.is_empty() {
        one_of(select, "m.stage", &filter.stages, postgres);
        let is_open = |code: &String| Stage::from_code(code).is_some_and(|stage| !stage.is_over());
        if filter.stages.iter().all(is_open) {
            // Said again for the index of what is open.
            select.filter("m.is_open = 1");
        }
    }
    if !filter.not_stages.is_empty() {
        let listed = select.texts(&filter.not_stages, postgres);
        select.filter(format!("m.stage NOT IN {listed}"));
    }
    if !filter.classes.is_empty() {
        one_of(select, "m.class", &filter.classes, postgres);
    }
    if !filter.regimes.is_empty() {
        one_of(select, "m.regime", &filter.regimes, postgres);
    }
    if let Some(start) = &filter.number {
        let from = select.text(start);
        let to = select.text(format!("{start}\u{10ffff}"));
        select.filter(format!("m.number >= {from} AND m.number < {to}"));
    }
    if let Some(parents) = &filter.parents {
        one_of(select, "m.parent", parents, postgres);
        select.filter("m.parent IS NOT NULL");
    }
    if let Some(matters) = &filter.matters {
        let listed = select.texts(matters, postgres);
        select.filter(format!("m.matter IN {listed}"));
    }
}

/// Both ways of waiting are few, each found through an index of its own.
fn awaited(select: &mut Select, filter: &Filter, county: &str, postgres: bool) {
    let Some((stages, waiting)) = &filter.review else { return };
    let stages = select.texts(stages, postgres);
    let waiting = select.texts(waiting, postgres);
    let regime = match &filter.regime {
        Some(regime) => format!("AND r.regime = {}", select.text(regime)),
        None => String::new(),
    };
    select.filter(format!(
        "m.matter IN (SELECT r.matter FROM matter_view r WHERE r.county = {county} {regime} \
         AND r.is_open = 1 AND r.stage IN {stages} \
         UNION ALL SELECT r.matter FROM matter_view r WHERE r.county = {county} {regime} \
         AND r.waiting IS NOT NULL AND r.waiting IN {waiting})"
    ));
}

/// One value is compared, so that an index that begins with it keeps its order.
fn one_of(select: &mut Select, column: &str, values: &[String], postgres: bool) {
    if let [value] = values {
        let at = select.text(value);
        select.filter(format!("{column} = {at}"));
        return;
    }
    let listed = select.texts(values, postgres);
    select.filter(format!("{column} IN {listed}"));
}

/// Flags are written out, so that partial indexes can be used.
fn flags(select: &mut Select, filter: &Filter) {
    let flags = [
        ("m.is_open", filter.open),
        ("m.needs_triage", filter.needs_triage),
        ("m.suspended", filter.suspended),
        ("m.closed_late", filter.closed_late),
        ("m.confidential", filter.confidential),
        ("m.criticised", filter.criticised),
    ];
    for (column, value) in flags {
        if let Some(value) = value {
            select.filter(format!("{column} = {}", i64::from(value)));
        }
    }
}

fn ranges(select: &mut Select, filter: &Filter) {
    let ranges =
        [("m.filed_us", filter.filed), ("m.closed_us", filter.closed), ("m.due_us", filter.due)];
    for (column, range) in ranges {
        if let Some((from, to)) = range {
            let from = select.int(from);
            let to = select.int(to);
            select.filter(format!("{column} >= {from} AND {column} < {to}"));
        }
    }
    if let Some((from, to)) = filter.closed {
        // The same again as the index of what is over has it.
        let (from, to) = (select.int(from), select.int(to));
        select.filter(format!(
            "COALESCE(m.closed_us, 0) >= {from} AND COALESCE(m.closed_us, 0) < {to}"
        ));
    }
    if let Some(before) = filter.soon_before {
        let at = select.int(before);
        select.filter(format!("m.soon_us <= {at}"));
    }
}

fn standing(select: &mut Select, filter: &Filter) {
    match filter.lamp {
        Some((OpenLamp::Parked, _)) => select.filter("m.is_open = 1 AND m.due_us IS NULL"),
        Some((lamp, now)) => {
            let at = select.int(now.micros());
            let shows = match lamp {
                OpenLamp::OnTrack => format!("m.due_us >= {at} AND m.soon_us > {at}"),
                OpenLamp::DueSoon => format!("m.due_us >= {at} AND m.soon_us <= {at}"),
                OpenLamp::Overdue | OpenLamp::Parked => format!("m.due_us < {at}"),
            };
            select.filter(format!("m.is_open = 1 AND {shows}"));
        }
        None => {}
    }
    if filter.look_back {
        // Written out: the index holds these rows alone.
        select.filter("m.due_node = 'look-back' AND m.is_open = 0");
    }
    if filter.stuck {
        select.filter(
            "m.is_open = 1 AND (m.suspended = 1 OR m.waiting IS NOT NULL OR m.stage = 'returned')",
        );
    }
    match filter.rated {
        Some(true) => select.filter("m.rating IS NOT NULL"),
        Some(false) => select.filter("m.rating IS NULL"),
        None => {}
    }
    match filter.was_reopened {
        Some(true) => select.filter("m.reopened > 0"),
        Some(false) => select.filter("m.reopened = 0"),
        None => {}
    }
    if filter.is_root {
        select.filter("m.parent IS NULL");
    }
    if filter.is_leaf {
        select.filter("m.parts = 0");
    }
    if filter.covers {
        select.filter(
            "m.document IS NOT NULL AND EXISTS (SELECT 1 FROM matter_link c \
             WHERE c.county = m.county AND c.matter = m.matter AND c.link = 'covers')",
        );
    }
    if filter.has_position {
        select.filter("m.position IS NOT NULL");
    }
    for missing in &filter.missing {
        let column = match missing {
            Missing::Town => "m.town",
            Missing::Class => "m.class",
            Missing::LeadUnit => "m.lead_unit",
        };
        select.filter(format!("{column} IS NULL"));
    }
}

fn sort(order: Order, by_unit: bool) -> (&'static str, &'static str) {
    match order {
        Order::Due if by_unit => ("u.due_us", "ASC"),
        Order::Due => ("COALESCE(m.due_us, 9223372036854775807)", "ASC"),
        Order::Filed => ("m.filed_us", "DESC"),
        // A sum is no column: no index is read for its order alone.
        Order::FiledOfFew => ("m.filed_us + 0", "DESC"),
        Order::Oldest => ("m.filed_us", "ASC"),
        Order::OldestOfFew => ("m.filed_us + 0", "ASC"),
        Order::Closed => ("COALESCE(m.closed_us, 0)", "DESC"),
    }
}

fn sort_value(order: Order, row: &MatterRow) -> i64 {
    match order {
        Order::Due => row.due_us.unwrap_or(crate::project::NO_DUE),
        Order::Filed | Order::FiledOfFew | Order::Oldest | Order::OldestOfFew => row.filed_us,
        Order::Closed => row.closed_us.unwrap_or(0),
    }
}
