//! How far tasks and rectification are, counted over the matters themselves.

use bihuan_domain::ids::CountyCode;
use bihuan_domain::instant::Instant;
use sqlx::FromRow;

use super::list::Filter;
use super::reach::Reach;
use super::select::{Finished, Select, run};
use crate::engine::{Store, on_pool};
use crate::error::StoreError;

/// Matters of a regime that have no parts of their own, so that nothing is
/// counted twice; drafts nobody approved and what was withdrawn are not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Tasks {
    pub all: i64,
    /// Closed or struck off.
    pub done: i64,
    pub on_track: i64,
    pub overdue: i64,
}

/// Findings, what is written about them, and whom that is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Rectified {
    pub findings: i64,
    /// Of those, covered by a numbered notice.
    pub covered: i64,
    /// Numbered notices that cover a finding.
    pub notices: i64,
    /// Units criticised by an approved notice.
    pub units: i64,
    /// Manners of handling there are among the findings.
    pub kinds: i64,
    pub reopened: i64,
    /// Found by more than one inspection.
    pub found_again: i64,
}

/// A unit that approved notices criticise: how many, of how many findings.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct CriticisedUnit {
    pub unit: String,
    pub notices: i64,
    pub findings: i64,
}

impl Store {
    /// Units whose notices fit the filter, those with the most notices first.
    pub async fn units_of_notices(
        &self,
        county: &CountyCode,
        reach: &Reach,
        filter: &Filter,
    ) -> Result<Vec<CriticisedUnit>, StoreError> {
        Ok(run!(self, self.by_noticed_unit(county, reach, filter)))
    }

    pub(super) fn by_noticed_unit(
        &self,
        county: &CountyCode,
        reach: &Reach,
        filter: &Filter,
    ) -> Finished {
        let mut select = Select::from(
            "SELECT m.lead_unit AS unit, CAST(COUNT(*) AS BIGINT) AS notices, \
             CAST(SUM((SELECT COUNT(*) FROM matter_link f WHERE f.county = m.county \
             AND f.matter = m.matter AND f.link = 'covers')) AS BIGINT) AS findings \
             FROM matter_view m",
        );
        self.narrow(&mut select, county, reach, filter);
        select.filter("m.lead_unit IS NOT NULL");
        select.finish("GROUP BY m.lead_unit ORDER BY 2 DESC, 1")
    }

    pub async fn tasks_counted(
        &self,
        county: &CountyCode,
        regime: &str,
        now: Instant,
    ) -> Result<Tasks, StoreError> {
        let rows: Vec<Tasks> = run!(self, tasks(county, regime, now));
        Ok(rows.into_iter().next().unwrap_or_default())
    }

    pub async fn rectified(
        &self,
        county: &CountyCode,
        findings: &str,
        notices: &str,
    ) -> Result<Rectified, StoreError> {
        let rows: Vec<Rectified> = run!(self, rectified(county, findings, notices));
        Ok(rows.into_iter().next().unwrap_or_default())
    }
}

fn tasks(county: &CountyCode, regime: &str, now: Instant) -> Finished {
    let mut select = Select::default();
    let at = select.int(now.micros());
    let sum =
        |of: &str| format!("CAST(COALESCE(SUM(CASE WHEN {of} THEN 1 ELSE 0 END), 0) AS BIGINT)");
    let done = sum("m.stage IN ('closed', 'struck-off')");
    let on_track = sum(&format!("m.is_open = 1 AND (m.due_us IS NULL OR m.due_us >= {at})"));
    let overdue = sum(&format!("m.is_open = 1 AND m.due_us < {at}"));
    select.begin(&format!(
        "SELECT CAST(COUNT(*) AS BIGINT) AS \"all\", {done} AS done, {on_track} AS on_track, \
         {overdue} AS overdue FROM matter_view m"
    ));
    of_regime(&mut select, county, regime);
    select.filter("m.parts = 0");
    select.finish("")
}

fn rectified(county: &CountyCode, findings: &str, notices: &str) -> Finished {
    let mut select = Select::default();
    let county_at = select.text(county.as_str());
    let notices_at = select.text(notices);
    let links = |link: &str| {
        format!(
            "SELECT 1 FROM matter_link l JOIN matter_view o ON o.county = l.county \
             AND o.matter = l.other WHERE l.county = m.county AND l.matter = m.matter \
             AND l.link = '{link}'"
        )
    };
    let noticed =
        format!("{} AND o.regime = {notices_at} AND o.document IS NOT NULL", links("covered-by"));
    let of_notices = format!(
        "FROM matter_view m WHERE m.county = {county_at} AND m.regime = {notices_at} \
         AND m.document IS NOT NULL AND EXISTS ({})",
        links("covers")
    );
    let found = "SELECT COUNT(*) FROM matter_link l WHERE l.county = m.county \
                 AND l.matter = m.matter AND l.link = 'found-by'";
    select.begin(&format!(
        "SELECT CAST(COUNT(*) AS BIGINT) AS findings, \
         CAST(COALESCE(SUM(CASE WHEN EXISTS ({noticed}) THEN 1 ELSE 0 END), 0) AS BIGINT) \
         AS covered, \
         CAST((SELECT COUNT(*) {of_notices}) AS BIGINT) AS notices, \
         CAST((SELECT COUNT(DISTINCT m.lead_unit) {of_notices} AND m.criticised = 1) AS BIGINT) \
         AS units, \
         CAST(COUNT(DISTINCT m.urgency) AS BIGINT) AS kinds, \
         CAST(COALESCE(SUM(CASE WHEN m.reopened > 0 THEN 1 ELSE 0 END), 0) AS BIGINT) \
         AS reopened, \
         CAST(COALESCE(SUM(CASE WHEN ({found}) > 1 THEN 1 ELSE 0 END), 0) AS BIGINT) \
         AS found_again FROM matter_view m"
    ));
    of_regime(&mut select, county, findings);
    select.finish("")
}

fn of_regime(select: &mut Select, county: &CountyCode, regime: &str) {
    let at = select.text(county.as_str());
    select.filter(format!("m.county = {at}"));
    let at = select.text(regime);
    select.filter(format!("m.regime = {at}"));
    select.filter("m.stage NOT IN ('drafted', 'withdrawn')");
}
