//! What ledgers of tasks, findings and notices say of the matters of one page,
//! beyond the rows that every list reads: words, units, papers and the record
//! itself. Each question names its matters, so none reads more than a page.

use std::collections::BTreeMap;

use bihuan_domain::ids::CountyCode;
use bihuan_domain::journal::Commitment;
use sqlx::FromRow;

use super::select::{Finished, Select, run};
use crate::engine::{Store, on_pool};
use crate::error::StoreError;
use crate::journal::{Recorded, read_entries};

/// The words of a task or finding; none where nothing was written, or it was
/// erased.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
pub struct LedgerTexts {
    pub matter: String,
    pub goal: Option<String>,
    pub basis: Option<String>,
    pub official: Option<String>,
    pub person: Option<String>,
    pub progress: Option<String>,
}

/// A matter that one of the page belongs to, and how.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct LinkedRow {
    pub matter: String,
    pub link: String,
    pub number: String,
    pub document: Option<String>,
}

/// What was recorded of each matter, and the words behind it that are not erased.
#[derive(Clone, Debug, Default)]
pub struct Histories {
    pub entries: BTreeMap<String, Vec<Recorded>>,
    pub contents: BTreeMap<Commitment, String>,
}

impl Store {
    pub async fn ledger_texts(
        &self,
        county: &CountyCode,
        matters: &[String],
    ) -> Result<Vec<LedgerTexts>, StoreError> {
        Ok(run!(self, self.texts_of(county, matters)))
    }

    /// Matter and unit of everyone who handles it beside the lead unit.
    pub async fn co_units(
        &self,
        county: &CountyCode,
        matters: &[String],
    ) -> Result<Vec<(String, String)>, StoreError> {
        Ok(run!(self, self.co_units_of(county, matters)))
    }

    /// What these matters are linked to, in the order of the numbers.
    pub async fn linked(
        &self,
        county: &CountyCode,
        matters: &[String],
    ) -> Result<Vec<LinkedRow>, StoreError> {
        Ok(run!(self, self.linked_of(county, matters)))
    }

    /// What was recorded of each matter, first to last.
    pub async fn recorded(
        &self,
        county: &CountyCode,
        matters: &[String],
    ) -> Result<BTreeMap<String, Vec<Recorded>>, StoreError> {
        let rows: Vec<(String, String)> = run!(self, self.entries_of(county, matters));
        let mut streams: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (stream, text) in rows {
            streams.entry(stream).or_default().push(text);
        }
        streams.into_iter().map(|(stream, texts)| Ok((stream, read_entries(&texts)?))).collect()
    }

    pub async fn histories(
        &self,
        county: &CountyCode,
        matters: &[String],
    ) -> Result<Histories, StoreError> {
        let entries = self.recorded(county, matters).await?;
        let mut histories = Histories { entries, ..Histories::default() };
        let rows: Vec<(String, String)> = run!(self, self.contents_of(county, matters));
        for (commitment, body) in rows {
            let of = commitment.parse().map_err(|fault| StoreError::row("content", fault))?;
            histories.contents.insert(of, body);
        }
        Ok(histories)
    }

    pub(super) fn texts_of(&self, county: &CountyCode, matters: &[String]) -> Finished {
        let join = |name: &str, column: &str| {
            format!(
                " LEFT JOIN content {name} ON {name}.county = m.county \
                 AND {name}.stream = m.matter AND {name}.commitment = m.{column}"
            )
        };
        let joins = [
            join("g", "goal"),
            join("b", "basis"),
            join("o", "official"),
            join("p", "person"),
            join("r", "progress"),
        ];
        let select = Select::from(&format!(
            "SELECT m.matter, g.body AS goal, b.body AS basis, o.body AS official, \
             p.body AS person, r.body AS progress FROM matter_view m{}",
            joins.concat()
        ));
        self.named(select, "m.county", "m.matter", (county, matters), "")
    }

    pub(super) fn co_units_of(&self, county: &CountyCode, matters: &[String]) -> Finished {
        let mut select = Select::from("SELECT u.matter, u.unit FROM matter_unit u");
        select.filter("u.part = 'co'");
        self.named(select, "u.county", "u.matter", (county, matters), "ORDER BY u.matter, u.unit")
    }

    pub(super) fn linked_of(&self, county: &CountyCode, matters: &[String]) -> Finished {
        let select = Select::from(
            "SELECT l.matter, l.link, o.number, o.document FROM matter_link l \
             JOIN matter_view o ON o.county = l.county AND o.matter = l.other",
        );
        let order = "ORDER BY l.matter, l.link, o.number";
        self.named(select, "l.county", "l.matter", (county, matters), order)
    }

    pub(super) fn entries_of(&self, county: &CountyCode, matters: &[String]) -> Finished {
        let select = Select::from("SELECT e.stream, e.canonical FROM entry e");
        let order = "ORDER BY e.stream, e.seq";
        self.named(select, "e.county", "e.stream", (county, matters), order)
    }

    pub(super) fn contents_of(&self, county: &CountyCode, matters: &[String]) -> Finished {
        let select = Select::from("SELECT c.commitment, c.body FROM content c");
        self.named(select, "c.county", "c.stream", (county, matters), "")
    }

    fn named(
        &self,
        mut select: Select,
        county_column: &str,
        matter_column: &str,
        (county, matters): (&CountyCode, &[String]),
        order: &str,
    ) -> Finished {
        let at = select.text(county.as_str());
        select.filter(format!("{county_column} = {at}"));
        let listed = select.texts(matters, self.is_postgres());
        select.filter(format!("{matter_column} IN {listed}"));
        select.finish(order)
    }
}
