//! Rows gathered in memory until one statement a table writes them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use bihuan_domain::ids::{CommandId, CountyCode, MatterId};
use bihuan_domain::journal::Head;
use bihuan_domain::matter::Matter;

use crate::error::StoreError;
use crate::registers::Counted;
use crate::table::{self, Columns, Conflict, Row, Table};

/// Characters of JSON given to one statement. PostgreSQL holds 256 MB of it at
/// most, and a text of a report may be long.
const CHUNK: usize = 4 << 20;

/// A matter as its entries made it, and the last of them.
#[derive(Clone, Debug)]
pub struct Loaded {
    pub matter: Matter,
    pub head: Head,
}

/// The stored first answer to a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    pub sender: String,
    pub digest: String,
    pub result: String,
}

/// Rows by table, in the order of their keys, so that two transactions that
/// meet write in one order.
#[derive(Default)]
pub(super) struct Rows {
    whole: BTreeMap<&'static str, BTreeMap<String, Row>>,
    /// Rows of `matter_view` that are there already, with the columns that changed.
    changed: BTreeMap<String, (Row, Columns)>,
}

impl Rows {
    /// Adds a row as its table's rule for a second one says.
    pub(super) fn put(&mut self, table: &'static Table, row: Row) -> Result<(), StoreError> {
        let rows = self.whole.entry(table.name).or_default();
        let key = table.key_of(&row);
        match table.conflict {
            Conflict::Fail if rows.contains_key(&key) => {
                return Err(StoreError::Duplicate { table: table.name });
            }
            Conflict::Keep if rows.contains_key(&key) => {}
            Conflict::Fail | Conflict::Keep | Conflict::Replace => {
                rows.insert(key, row);
            }
        }
        Ok(())
    }

    /// A row of `matter_view` after another was gathered whole is that one anew.
    pub(super) fn change(&mut self, row: Row, columns: Columns) {
        let key = table::MATTER_VIEW.key_of(&row);
        if let Some(whole) = self.whole_matter(&key) {
            *whole = row;
            return;
        }
        let columns = match self.changed.get(&key) {
            Some((_, before)) => before.with(columns),
            None => columns,
        };
        if !columns.is_none() {
            self.changed.insert(key, (row, columns));
        }
    }

    fn whole_matter(&mut self, key: &str) -> Option<&mut Row> {
        self.whole.get_mut(table::MATTER_VIEW.name)?.get_mut(key)
    }

    /// The changed rows as JSON arrays, by the columns that changed.
    pub(super) fn changes(&self) -> Result<Vec<(Columns, String)>, StoreError> {
        let mut by_columns: BTreeMap<Columns, Vec<Row>> = BTreeMap::new();
        for (row, columns) in self.changed.values() {
            let row = table::MATTER_VIEW.update_row(*columns, row);
            by_columns.entry(*columns).or_default().push(row);
        }
        let text = |(columns, rows): (Columns, Vec<Row>)| {
            let text = serde_json::to_string(&rows);
            text.map(|text| (columns, text)).map_err(|f| StoreError::row("matter_view", f))
        };
        by_columns.into_iter().map(text).collect()
    }

    pub(super) fn holds(&self, table: &Table, row: &Row) -> bool {
        self.whole.get(table.name).is_some_and(|rows| rows.contains_key(&table.key_of(row)))
    }

    /// Takes in later rows.
    fn extend(&mut self, mut later: Self) {
        for table in table::ALL {
            let Some(rows) = later.whole.remove(table.name) else { continue };
            let here = self.whole.entry(table.name).or_default();
            for (key, row) in rows {
                if table.conflict == Conflict::Keep && here.contains_key(&key) {
                    continue;
                }
                here.insert(key, row);
            }
        }
        for (row, columns) in later.changed.into_values() {
            self.change(row, columns);
        }
    }

    /// Drops the rows of a table whose key begins with these values.
    fn drop_prefix(&mut self, table: &Table, county: &CountyCode, matter: MatterId) {
        let Some(rows) = self.whole.get_mut(table.name) else { return };
        let prefix = table.key_of(&vec![county.as_str().into(), matter.to_string().into()]);
        let theirs: Vec<String> = rows
            .range(prefix.clone()..)
            .take_while(|(key, _)| key.starts_with(&prefix))
            .map(|(key, _)| key.clone())
            .collect();
        for key in theirs {
            rows.remove(&key);
        }
    }

    /// The rows of a table as JSON arrays of bounded length.
    pub(super) fn chunks(&self, table: &Table) -> Result<Vec<String>, StoreError> {
        let mut chunks = Vec::new();
        let mut open = String::new();
        for row in self.whole.get(table.name).into_iter().flat_map(BTreeMap::values) {
            let text = serde_json::to_string(row).map_err(|f| StoreError::row(table.name, f))?;
            if !open.is_empty() && open.len() + text.len() > CHUNK {
                chunks.push(format!("[{open}]"));
                open.clear();
            }
            if !open.is_empty() {
                open.push(',');
            }
            open.push_str(&text);
        }
        if !open.is_empty() {
            chunks.push(format!("[{open}]"));
        }
        Ok(chunks)
    }
}

/// What one piece of work has appended and not yet decided to keep.
#[derive(Default)]
pub(super) struct Pending {
    pub(super) rows: Rows,
    pub(super) matters: HashMap<(CountyCode, MatterId), Loaded>,
    pub(super) heads: HashMap<(CountyCode, String), Head>,
    pub(super) answered: HashMap<(CountyCode, CommandId), Answered>,
    pub(super) counters: HashMap<(CountyCode, String), i64>,
    /// Attempts by key.
    pub(super) counted: HashMap<(CountyCode, String), Counted>,
    /// Matters whose rows in `matter_unit`, `matter_about` and `burden` are written anew.
    pub(super) replaced: BTreeSet<(CountyCode, MatterId)>,
}

impl Pending {
    /// A matter's units are written whole: those gathered before go.
    pub(super) fn forget_units(&mut self, county: &CountyCode, matter: MatterId) {
        self.rows.drop_prefix(&table::MATTER_UNIT, county, matter);
        self.rows.drop_prefix(&table::MATTER_ABOUT, county, matter);
        self.rows.drop_prefix(&table::BURDEN, county, matter);
    }

    /// Accepts what a later piece of work appended.
    pub(super) fn extend(&mut self, later: Self) {
        for (county, matter) in &later.replaced {
            self.forget_units(county, *matter);
        }
        self.rows.extend(later.rows);
        self.matters.extend(later.matters);
        self.heads.extend(later.heads);
        self.answered.extend(later.answered);
        self.counters.extend(later.counters);
        self.counted.extend(later.counted);
        self.replaced.extend(later.replaced);
    }

    /// The rows to write now; what is remembered of them stays.
    pub(super) fn take_rows(&mut self) -> (Rows, BTreeSet<(CountyCode, MatterId)>) {
        (std::mem::take(&mut self.rows), std::mem::take(&mut self.replaced))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_must_be_new_is_refused_the_second_time() {
        let mut rows = Rows::default();
        let row = || vec!["1".into(), "code".into(), "matter".into()];
        rows.put(&table::REPORT_CODE, row()).unwrap();
        let fault = rows.put(&table::REPORT_CODE, row()).unwrap_err();
        assert!(fault.is_unique());
    }

    /// A matter's row with this stage; the rest is empty.
    fn matter_row(stage: &str) -> Row {
        let names = table::MATTER_VIEW.columns.iter().map(|(name, _)| *name);
        names.map(|name| if name == "stage" { stage } else { "" }.into()).collect()
    }

    fn turned(from: &str, to: &str) -> (Row, Columns) {
        (matter_row(to), Columns::that_differ(&matter_row(from), &matter_row(to)))
    }

    #[test]
    fn of_a_row_that_is_there_only_the_columns_that_changed_are_written() {
        let mut rows = Rows::default();
        for (from, to) in [("filed", "accepted"), ("accepted", "filed")] {
            let (row, columns) = turned(from, to);
            rows.change(row, columns);
        }
        let changes = rows.changes().unwrap();
        let [(columns, text)] = changes.as_slice() else { panic!("{changes:?}") };
        assert_eq!(text, r#"[["","","filed"]]"#, "the last of them, after the key");
        let sql = table::MATTER_VIEW.update_sql(*columns);
        assert!(sql.contains("SET stage = json_extract(value, '$[2]') FROM"), "{sql}");
        let (row, columns) = turned("filed", "filed");
        let mut same = Rows::default();
        same.change(row, columns);
        assert!(same.changes().unwrap().is_empty(), "nothing changed, nothing is written");
    }

    #[test]
    fn a_row_that_is_new_and_changed_is_written_once_and_whole() {
        let mut rows = Rows::default();
        rows.put(&table::MATTER_VIEW, matter_row("filed")).unwrap();
        let (row, columns) = turned("filed", "accepted");
        rows.change(row, columns);
        assert!(rows.changes().unwrap().is_empty());
        let whole = rows.chunks(&table::MATTER_VIEW).unwrap();
        assert!(whole.len() == 1 && whole[0].contains("accepted"), "{whole:?}");
    }

    #[test]
    fn many_long_rows_become_several_statements() {
        let mut rows = Rows::default();
        let long = "灯".repeat(CHUNK / 5);
        for at in 0..3 {
            let row = vec!["1".into(), at.to_string().into(), long.as_str().into()];
            rows.put(&table::REPORT_CODE, row).unwrap();
        }
        let chunks = rows.chunks(&table::REPORT_CODE).unwrap();
        assert_eq!(chunks.len(), 3);
        assert!(chunks.iter().all(|chunk| chunk.starts_with('[') && chunk.ends_with(']')));
    }
}
