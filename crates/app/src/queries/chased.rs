//! What the overview says of supervised tasks and of rectification. Each figure is
//! a ledger with its filters, or the list of units, so it counts what opens.

use bihuan_domain::matter::Stage;
use bihuan_domain::playbook::model::Text;
use bihuan_store::read::Filter;

use super::cockpit::Lamps;
use super::ledger::{Asked, Criticised, OpenLamp, Standing};
use super::tasks::{FINDINGS, NOTICES, TASKS};
use crate::context::{App, Caller};
use crate::error::Result;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chased {
    pub tasks: TaskFigures,
    pub rectified: FindingFigures,
}

/// Tasks without parts that were approved and not withdrawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TaskFigures {
    /// Counted by itself, not summed from the rest.
    pub all: i64,
    pub done: i64,
    pub lamps: Lamps,
    /// Criticism that waits for a leader.
    pub proposed: i64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FindingFigures {
    pub findings: i64,
    pub notices: i64,
    /// Units that approved notices criticise.
    pub units: i64,
    pub struck_off: i64,
    pub rebounded: i64,
}

/// A unit with its notices and the findings they cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticedUnit {
    pub code: String,
    pub name: Text,
    pub notices: i64,
    pub findings: i64,
}

/// What is counted of the tasks.
fn tasks() -> Asked {
    Asked {
        regime: Some(TASKS.to_owned()),
        approved: true,
        undivided: true,
        standing: Some(Standing::Kept),
        ..Asked::default()
    }
}

fn findings() -> Asked {
    Asked { regime: Some(FINDINGS.to_owned()), ..Asked::default() }
}

fn notices() -> Asked {
    Asked {
        regime: Some(NOTICES.to_owned()),
        covers: true,
        approved: true,
        standing: Some(Standing::Kept),
        ..Asked::default()
    }
}

impl App {
    pub(super) async fn chased(&self, caller: &Caller) -> Result<Chased> {
        let lamp = |lamp| Asked { standing: Some(Standing::Open), lamp: Some(lamp), ..tasks() };
        let done = Asked { standing: Some(Standing::Closed), ..tasks() };
        let proposed = Asked {
            regime: Some(TASKS.to_owned()),
            criticised: Some(Criticised::Proposed),
            ..Asked::default()
        };
        let kept = Asked { standing: Some(Standing::Kept), ..findings() };
        let struck_off = Asked { stage: Some(Stage::StruckOff), ..findings() };
        let rebounded = Asked { reopened: Some(true), ..findings() };
        let units = self.noticed_units(caller).await?.len();
        Ok(Chased {
            tasks: TaskFigures {
                all: self.counted(caller, &tasks()).await?,
                done: self.counted(caller, &done).await?,
                lamps: Lamps {
                    on_track: self.counted(caller, &lamp(OpenLamp::OnTrack)).await?,
                    due_soon: self.counted(caller, &lamp(OpenLamp::DueSoon)).await?,
                    overdue: self.counted(caller, &lamp(OpenLamp::Overdue)).await?,
                    parked: self.counted(caller, &lamp(OpenLamp::Parked)).await?,
                },
                proposed: self.counted(caller, &proposed).await?,
            },
            rectified: FindingFigures {
                findings: self.counted(caller, &kept).await?,
                notices: self.counted(caller, &notices()).await?,
                units: i64::try_from(units).unwrap_or(i64::MAX),
                struck_off: self.counted(caller, &struck_off).await?,
                rebounded: self.counted(caller, &rebounded).await?,
            },
        })
    }

    /// Units that approved notices criticise.
    pub async fn noticed_units(&self, caller: &Caller) -> Result<Vec<NoticedUnit>> {
        self.oversees(caller)?;
        let asked = Asked { criticised: Some(Criticised::Approved), ..notices() };
        let filter: Filter = asked.filter(self.own_part(caller, &asked), self.now());
        let reach = self.reach(caller);
        let rows = self.store().units_of_notices(self.county(), &reach, &filter).await?;
        let rules = self.rules();
        let named = rows.into_iter().map(|row| NoticedUnit {
            name: rules.unit_name(&row.unit),
            code: row.unit,
            notices: row.notices,
            findings: row.findings,
        });
        Ok(named.collect())
    }

    async fn counted(&self, caller: &Caller, asked: &Asked) -> Result<i64> {
        let filter = asked.filter(self.own_part(caller, asked), self.now());
        Ok(self.store().count(self.county(), &self.reach(caller), &filter, i64::MAX).await?)
    }
}
