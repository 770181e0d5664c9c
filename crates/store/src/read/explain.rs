//! How the database would answer what is put together from parts, in its own
//! words: for those who look for what is slow, and for the test of the plans.

use bihuan_domain::ids::CountyCode;
use bihuan_domain::instant::Instant;

use super::counts::{By, Period};
use super::list::{Cursor, Filter, Order, numbered};
use super::reach::Reach;
use super::select::{Finished, run};
use crate::engine::{Store, on_pool};
use crate::error::StoreError;

/// A question as [`Store`] would be asked it, of those within reach.
#[derive(Clone, Copy, Debug)]
pub enum Question<'a> {
    /// A page of fifty.
    Matters(Order, Option<&'a Cursor>),
    Count(i64),
    Nodes(&'a [String]),
    /// What a ledger of tasks says of these matters: each of its questions.
    Texts(&'a [String]),
    CoUnits(&'a [String]),
    Linked(&'a [String]),
    Entries(&'a [String]),
    Contents(&'a [String]),
    NoticedUnits,
    Number(&'a str),
    OpenCounts(Instant),
    OpenByUnit(Instant),
    Rates(Period, By),
    FiledCounts(Period, Option<By>),
}

impl Store {
    pub async fn explain(
        &self,
        county: &CountyCode,
        reach: &Reach,
        filter: &Filter,
        question: Question<'_>,
    ) -> Result<Vec<String>, StoreError> {
        let (text, arguments) = self.finished(county, reach, filter, question);
        if self.is_postgres() {
            let rows: Vec<(String,)> = run!(self, (format!("EXPLAIN {text}"), arguments));
            return Ok(rows.into_iter().map(|(line,)| line).collect());
        }
        let rows: Vec<(i64, i64, i64, String)> =
            run!(self, (format!("EXPLAIN QUERY PLAN {text}"), arguments));
        Ok(rows.into_iter().map(|(_, _, _, line)| line).collect())
    }

    fn finished(
        &self,
        county: &CountyCode,
        reach: &Reach,
        filter: &Filter,
        question: Question<'_>,
    ) -> Finished {
        match question {
            Question::Matters(order, after) => self.page(county, reach, filter, order, after, 50),
            Question::Count(most) => self.counted(county, reach, filter, most),
            Question::Nodes(matters) => self.nodes_of(county, matters),
            Question::Texts(matters) => self.texts_of(county, matters),
            Question::CoUnits(matters) => self.co_units_of(county, matters),
            Question::Linked(matters) => self.linked_of(county, matters),
            Question::Entries(matters) => self.entries_of(county, matters),
            Question::Contents(matters) => self.contents_of(county, matters),
            Question::NoticedUnits => self.by_noticed_unit(county, reach, filter),
            Question::Number(number) => numbered(county, number),
            Question::OpenCounts(now) => self.open_by_lamp(county, reach, filter, now),
            Question::OpenByUnit(now) => self.open_of_units(county, reach, filter, now),
            Question::Rates(period, by) => self.closed_by(county, reach, filter, period, by),
            Question::FiledCounts(period, by) => {
                self.filed_by_outcome(county, reach, filter, period, by)
            }
        }
    }
}
