//! Figures: open matters by lamp, town and class, and rates by unit. Each can
//! be opened into the list it counts.

use bihuan_domain::ids::CountyCode;
use bihuan_domain::instant::Instant;

use super::list::Filter;
use super::reach::Reach;
use super::select::{Finished, Select, run};
use crate::engine::{Store, on_pool};
use crate::error::StoreError;

/// How many open matters share a town, a class and a lamp.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Count {
    pub town: Option<String>,
    pub class: Option<String>,
    pub stage: String,
    /// 0 on track, 1 due soon, 2 overdue, 3 without a running clock.
    pub lamp: i64,
    pub count: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub from: Instant,
    pub to: Instant,
}

/// What figures are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    LeadUnit,
    Town,
}

impl By {
    const fn column(self) -> &'static str {
        match self {
            Self::LeadUnit => "m.lead_unit",
            Self::Town => "m.town",
        }
    }
}

/// Matters of a period by when they were closed, of one unit or town.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Rate {
    pub of: Option<String>,
    pub closed: i64,
    pub on_time: i64,
    pub rated: i64,
    pub fixed: i64,
    pub partly: i64,
    pub not_fixed: i64,
    pub reopened: i64,
}

/// A unit's open matters.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct UnitOpen {
    pub unit: Option<String>,
    pub open: i64,
    pub overdue: i64,
}

/// What was filed in a town.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct FiledThere {
    pub town: Option<String>,
    #[sqlx(flatten)]
    pub filed: Filed,
}

/// Matters filed in a period, by what became of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Filed {
    pub filed: i64,
    pub closed: i64,
    pub declined: i64,
    pub merged: i64,
    pub withdrawn: i64,
}

impl Store {
    /// Matters by way of an index. Left to itself SQLite, which takes a county's
    /// rows to be few, reads them all.
    fn through(&self, index: &str) -> String {
        if self.is_postgres() {
            "matter_view m".to_owned()
        } else {
            format!("matter_view m INDEXED BY {index}")
        }
    }

    /// Open matters by town, class, stage and lamp.
    pub async fn open_counts(
        &self,
        county: &CountyCode,
        reach: &Reach,
        filter: &Filter,
        now: Instant,
    ) -> Result<Vec<Count>, StoreError> {
        Ok(run!(self, self.open_by_lamp(county, reach, filter, now)))
    }

    pub(super) fn open_by_lamp(
        &self,
        county: &CountyCode,
        reach: &Reach,
        filter: &Filter,
        now: Instant,
    ) -> Finished {
        let mut select = Select::default();
        let at = select.int(now.micros());
        let text = format!(
            "SELECT m.town, m.class, m.stage, CAST(CASE WHEN m.due_us IS NULL THEN 3 \
             WHEN m.due_us < {at} THEN 2 WHEN m.soon_us <= {at} THEN 1 ELSE 0 END AS BIGINT) \
             AS lamp, CAST(COUNT(*) AS BIGINT) AS count FROM {}",
            self.through("matter_view_open_sum_idx")
        );
        select.begin(&text);
        self.narrow(&mut select, county, reach, &Filter { open: Some(true), ..filter.clone() });
        let tail = "GROUP BY 1, 2, 3, 4 ORDER BY 1 NULLS LAST, 2 NULLS LAST, 3, 4";
        select.finish(tail)
    }

    /// Open matters by lead unit.
    pub async fn open_by_unit(
        &self,
        county: &CountyCode,
        reach: &Reach,
        filter: &Filter,
        now: Instant,
    ) -> Result<Vec<UnitOpen>, StoreError> {
        Ok(run!(self, self.open_of_units(county, reach, filter, now)))
    }

    pub(super) fn open_of_units(
        &self,
        county: &CountyCode,
        reach: &Reach,
        filter: &Filter,
        now: Instant,
    ) -> Finished {
        let mut select = Select::default();
        let at = select.int(now.micros());
        let text = format!(
            "SELECT m.lead_unit AS unit, CAST(COUNT(*) AS BIGINT) AS open, \
             CAST(SUM(CASE WHEN m.due_us < {at} THEN 1 ELSE 0 END) AS BIGINT) AS overdue \
             FROM {}",
            self.through("matter_view_open_sum_idx")
        );
        select.begin(&text);
        self.narrow(&mut select, county, reach, &Filter { open: Some(true), ..filter.clone() });
        select.finish("GROUP BY 1 ORDER BY 1 NULLS LAST")
    }

    /// Closed matters of a period by lead unit or town.
    pub async fn rates(
        &self,
        county: &CountyCode,
        reach: &Reach,
        filter: &Filter,
        period: Period,
        by: By,
    ) -> Result<Vec<Rate>, StoreError> {
        Ok(run!(self, self.closed_by(county, reach, filter, period, by)))
    }

    pub(super) fn closed_by(
        &self,
        county: &CountyCode,
        reach: &Reach,
        filter: &Filter,
        period: Period,
        by: By,
    ) -> Finished {
        let mut select = Select::from(&format!(
            "SELECT {} AS of, CAST(COUNT(*) AS BIGINT) AS closed, \
             CAST(SUM(CASE WHEN m.closed_late = 0 THEN 1 ELSE 0 END) AS BIGINT) AS on_time, \
             CAST(SUM(CASE WHEN m.rating IS NOT NULL THEN 1 ELSE 0 END) AS BIGINT) AS rated, \
             CAST(SUM(CASE WHEN m.rating = 'fixed' THEN 1 ELSE 0 END) AS BIGINT) AS fixed, \
             CAST(SUM(CASE WHEN m.rating = 'partly' THEN 1 ELSE 0 END) AS BIGINT) AS partly, \
             CAST(SUM(CASE WHEN m.rating = 'not-fixed' THEN 1 ELSE 0 END) AS BIGINT) \
             AS not_fixed, \
             CAST(SUM(CASE WHEN m.reopened > 0 THEN 1 ELSE 0 END) AS BIGINT) AS reopened \
             FROM {}",
            by.column(),
            self.through("matter_view_closed_sum_idx")
        ));
        let mut filter = filter.clone();
        filter.closed = Some((period.from.micros(), period.to.micros()));
        filter.stages = vec!["closed".to_owned(), "struck-off".to_owned()];
        self.narrow(&mut select, county, reach, &filter);
        select.finish("GROUP BY 1 ORDER BY 1 NULLS LAST")
    }

    /// Matters filed in a period by what became of them. Imported ones are not
    /// counted: nothing was acted on them here.
    pub async fn filed_counts(
        &self,
        county: &CountyCode,
        reach: &Reach,
        filter: &Filter,
        period: Period,
    ) -> Result<Filed, StoreError> {
        let rows: Vec<Filed> =
            run!(self, self.filed_by_outcome(county, reach, filter, period, None));
        Ok(rows.into_iter().next().unwrap_or_default())
    }

    /// The same for each town.
    pub async fn filed_by_town(
        &self,
        county: &CountyCode,
        reach: &Reach,
        filter: &Filter,
        period: Period,
    ) -> Result<Vec<FiledThere>, StoreError> {
        let by = Some(By::Town);
        Ok(run!(self, self.filed_by_outcome(county, reach, filter, period, by)))
    }

    pub(super) fn filed_by_outcome(
        &self,
        county: &CountyCode,
        reach: &Reach,
        filter: &Filter,
        period: Period,
        by: Option<By>,
    ) -> Finished {
        let of = by.map_or(String::new(), |by| format!("{0} AS town, ", by.column()));
        let mut select = Select::from(&format!(
            "SELECT {of}CAST(COUNT(*) AS BIGINT) AS filed, \
             CAST(COALESCE(SUM(CASE WHEN m.stage IN ('closed', 'struck-off') THEN 1 ELSE 0 END), \
             0) AS BIGINT) AS closed, \
             CAST(COALESCE(SUM(CASE WHEN m.stage = 'declined' THEN 1 ELSE 0 END), 0) AS BIGINT) \
             AS declined, \
             CAST(COALESCE(SUM(CASE WHEN m.stage = 'merged' THEN 1 ELSE 0 END), 0) AS BIGINT) \
             AS merged, \
             CAST(COALESCE(SUM(CASE WHEN m.stage = 'withdrawn' THEN 1 ELSE 0 END), 0) AS BIGINT) \
             AS withdrawn FROM matter_view m"
        ));
        let mut filter = filter.clone();
        filter.filed = Some((period.from.micros(), period.to.micros()));
        self.narrow(&mut select, county, reach, &filter);
        select.filter("m.stage <> 'imported'");
        select.finish(if by.is_some() { "GROUP BY 1 ORDER BY 1 NULLS LAST" } else { "" })
    }
}
