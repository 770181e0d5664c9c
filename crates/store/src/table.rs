//! Tables written in bulk: one statement a table and batch, built from the
//! table's columns on either engine.

use serde_json::Value;

use crate::engine::Sql;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Int,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Conflict {
    /// Such a row must not exist yet.
    Fail,
    /// The first row stays.
    Keep,
    /// The last row wins.
    Replace,
}

/// A table and its columns, the key first.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) key: usize,
    pub(crate) columns: &'static [(&'static str, Kind)],
    pub(crate) conflict: Conflict,
}

/// A table is known by its name.
impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// A row's values, in the order of the table's columns.
pub(crate) type Row = Vec<Value>;

/// Some of a table's columns, each by the place of its bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Columns(u64);

impl Columns {
    pub(crate) fn that_differ(before: &Row, after: &Row) -> Self {
        let differ = before.iter().zip(after).enumerate().filter(|(_, (was, is))| was != is);
        Self(differ.map(|(at, _)| 1 << at).sum())
    }

    pub(crate) const fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    pub(crate) const fn is_none(self) -> bool {
        self.0 == 0
    }

    fn places(self, table: &Table) -> Vec<usize> {
        (0..table.columns.len()).filter(|at| self.0 & (1 << at) != 0).collect()
    }
}

impl Table {
    /// `UPDATE` of these columns over a JSON array of rows bound to `$1`, each of
    /// the key and these; SQLite alone leaves the indexes of other columns be.
    pub(crate) fn update_sql(&self, columns: Columns) -> String {
        let set = columns.places(self).into_iter().enumerate().map(|(nth, at)| {
            format!("{} = json_extract(value, '$[{}]')", self.columns[at].0, self.key + nth)
        });
        let same = (0..self.key).map(|at| {
            format!("{}.{} = json_extract(value, '$[{at}]')", self.name, self.columns[at].0)
        });
        format!(
            "UPDATE {} SET {} FROM jsonb_each($1) WHERE {}",
            self.name,
            set.collect::<Vec<_>>().join(", "),
            same.collect::<Vec<_>>().join(" AND ")
        )
    }

    /// What [`Self::update_sql`] takes of a whole row.
    pub(crate) fn update_row(&self, columns: Columns, row: &Row) -> Row {
        (0..self.key).chain(columns.places(self)).map(|at| row[at].clone()).collect()
    }

    /// `INSERT … SELECT` over a JSON array of rows bound to `$1`.
    pub(crate) fn insert_sql(&self, postgres: bool) -> String {
        let all: Vec<usize> = (0..self.columns.len()).collect();
        self.insert_some_sql(&all, postgres)
    }

    /// The same with only the columns at the given places, in their order.
    pub(crate) fn insert_some_sql(&self, columns: &[usize], postgres: bool) -> String {
        let columns: Vec<_> = columns.iter().map(|at| self.columns[*at]).collect();
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        let values: Vec<String> = columns
            .iter()
            .enumerate()
            .map(|(at, (_, kind))| match (postgres, kind) {
                (false, _) => format!("json_extract(value, '$[{at}]')"),
                (true, Kind::Text) => format!("value->>{at}"),
                (true, Kind::Int) => format!("CAST(value->>{at} AS BIGINT)"),
            })
            .collect();
        let source = if postgres {
            "jsonb_array_elements($1::text::jsonb) AS rows(value)"
        } else {
            // Rows stay parsed: as text each would be written and read once a column.
            "jsonb_each($1)"
        };
        format!(
            "INSERT INTO {} ({}) SELECT {} FROM {source} WHERE true{}",
            self.name,
            names.join(", "),
            values.join(", "),
            self.on_conflict(&names),
        )
    }

    fn on_conflict(&self, names: &[&str]) -> String {
        let key = names[..self.key].join(", ");
        match self.conflict {
            Conflict::Fail => String::new(),
            Conflict::Keep => " ON CONFLICT DO NOTHING".to_owned(),
            Conflict::Replace => {
                let rest: Vec<String> = names[self.key..]
                    .iter()
                    .map(|name| format!("{name} = excluded.{name}"))
                    .collect();
                format!(" ON CONFLICT ({key}) DO UPDATE SET {}", rest.join(", "))
            }
        }
    }

    /// What makes two rows the same row; of fewer values than the key has, the
    /// beginning of all such keys.
    pub(crate) fn key_of(&self, row: &Row) -> String {
        row.iter().take(self.key).map(|value| format!("{value}\u{1}")).collect()
    }

    pub(crate) fn sql(&'static self) -> Sql {
        Sql { sqlite: self.insert_sql(false).leak(), postgres: self.insert_sql(true).leak() }
    }
}

macro_rules! tables {
    ($list:ident: $($name:ident = $table:literal key $key:literal $conflict:ident { $($column:ident: $kind:ident,)* })*) => {
        $(pub(crate) static $name: Table = Table {
            name: $table,
            key: $key,
            columns: &[$((stringify!($column), Kind::$kind)),*],
            conflict: Conflict::$conflict,
        };)*
        /// In the order they are written.
        pub(crate) static $list: &[&Table] = &[$(&$name),*];
    };
}

pub(crate) use tables;

tables! { ALL:
    ENTRY = "entry" key 3 Fail {
        county: Text, stream: Text, seq: Int, at_us: Int, hash: Text, command: Text,
        canonical: Text,
    }
    UNSEALED = "unsealed" key 4 Fail { county: Text, at_us: Int, stream: Text, seq: Int, }
    CONTENT = "content" key 3 Keep {
        county: Text, stream: Text, commitment: Text, tag: Text, salt: Text, body: Text,
    }
    IDENTITY = "identity" key 2 Fail { county: Text, matter: Text, sealed: Text, phone_key: Text, }
    COMMAND = "command" key 2 Fail {
        county: Text, id: Text, sender: Text, digest: Text, result: Text, at_us: Int,
    }
    REPORT_CODE = "report_code" key 2 Fail { county: Text, code: Text, matter: Text, }
    MATTER_VIEW = "matter_view" key 2 Replace {
        county: Text, matter: Text, number: Text, regime: Text, playbook: Text, stage: Text,
        is_open: Int, source: Text, class: Text, item: Text, urgency: Text, town: Text,
        grid: Text, place: Text, lead_unit: Text, object_unit: Text, verify_grid: Text,
        needs_triage: Int, suspended: Int, waiting: Text, level: Int, filed_us: Int,
        signed_us: Int, submitted_us: Int, closed_us: Int, closed_late: Int, due_node: Text,
        due_us: Int, soon_us: Int, handle_due_us: Int, handle_original_us: Int, estimated: Int,
        rating: Text, reopened: Int, returns: Int, extensions: Int, merged_into: Text,
        duplicates: Int, words: Text, address: Text, position: Text, answer: Text,
        identity: Int, confidential: Int, reporter: Text, origin: Text, origin_id: Text,
        class_given: Text, unit_given: Text, entries: Int, last_us: Int, parent: Text, parts: Int,
        document: Text, grade: Text, criticised: Int, slip: Text, goal: Text, basis: Text,
        official: Text, person: Text, progress: Text,
    }
    MATTER_UNIT = "matter_unit" key 3 Replace {
        county: Text, matter: Text, unit: Text, part: Text, is_open: Int, stage: Text,
        due_us: Int,
    }
    NODE_VIEW = "node_view" key 3 Replace {
        county: Text, matter: Text, node: Text, rule: Text, started_us: Int, original_us: Int,
        due_us: Int, soon_us: Int, estimated: Int, status: Text, ended_us: Int, slip: Int,
    }
    MATTER_LINK = "matter_link" key 4 Keep { county: Text, matter: Text, link: Text, other: Text, }
    MATTER_ABOUT = "matter_about" key 3 Replace {
        county: Text, matter: Text, unit: Text, regime: Text, stage: Text, from_on: Text,
        due_on: Text,
    }
    BURDEN = "burden" key 3 Replace {
        county: Text, matter: Text, nth: Int, unit: Text, what: Text, year: Int, passed: Int,
    }
    LEAF = "leaf" key 3 Fail { county: Text, log: Int, idx: Int, stream: Text, seq: Int, }
    LOG_HASH = "log_hash" key 3 Fail { county: Text, log: Int, position: Int, hash: Text, }
    CHECKPOINT = "checkpoint" key 3 Fail {
        county: Text, log: Int, size: Int, at_us: Int, note: Text,
    }
    ATTACHMENT = "attachment" key 2 Keep {
        county: Text, id: Text, commitment: Text, matter: Text, sha256: Text, kind: Text,
        name: Text, bytes: Int, stored: Text, thumb: Text, given_us: Int,
    }
    MATTER_GRAM = "matter_gram" key 2 Replace {
        county: Text, matter: Text, number: Int, grams: Text,
    }
    MESSAGE = "message" key 2 Keep {
        county: Text, id: Text, dedupe: Text, person: Text, channel: Text, matter: Text,
        kind: Text, facts: Text, made_us: Int, after_us: Int, tries: Int,
    }
    IDENTITY_READ = "identity_read" key 3 Fail {
        county: Text, at_us: Int, command: Text, number: Text, role: Text, person: Text,
        unit: Text, reason: Text,
    }
    NUMBER_COUNTER = "number_counter" key 2 Replace { county: Text, series: Text, last: Int, }
    THROTTLE = "throttle" key 2 Replace { county: Text, key: Text, count: Int, from_us: Int, }
    UNINDEXED = "unindexed" key 2 Keep { county: Text, matter: Text, }
}

const _: () = assert!(MATTER_VIEW.columns.len() <= u64::BITS as usize);
