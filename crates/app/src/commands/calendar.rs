//! Loading a year's holiday notice: open nodes it moves are moved by one event
//! each that names the notice; closed ones stay.

use bihuan_domain::calendar::HolidayYear;
use bihuan_domain::county::CountyEvent;
use bihuan_domain::ids::{CommandId, MatterId};
use bihuan_domain::journal::Digest as FileDigest;
use bihuan_domain::matter::recalculated;
use bihuan_domain::refusal::{Reason, Refusal};
use bihuan_store::registers::HolidayRow;
use sha2::{Digest, Sha256};

use super::act::Work;
use crate::access::Admin;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

/// Open nodes looked at in one transaction.
const SLICE: u32 = 200;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadedYear {
    pub year: i16,
    pub notice: String,
    pub moved: usize,
}

impl App {
    pub async fn load_calendar(
        &self,
        caller: &Caller,
        command: CommandId,
        text: &str,
    ) -> Result<LoadedYear> {
        self.require(caller, Admin::LoadCalendar)?;
        let year = HolidayYear::parse(text).map_err(|fault| {
            Refusal::new(Reason::CalendarUnreadable).with("fault", fault.to_string())
        })?;
        let notice = year.title();
        let row = HolidayRow {
            year: i64::from(year.year()),
            notice: notice.clone(),
            body: text.to_owned(),
            loaded_us: self.now().micros(),
        };
        let event = CountyEvent::CalendarLoaded {
            year: year.year(),
            notice: notice.clone(),
            hash: FileDigest(Sha256::digest(text.as_bytes()).into()),
        };
        let actor = caller.clone();
        self.write(move |app, tx| {
            let (row, event, caller) = (row.clone(), event.clone(), actor.clone());
            Box::pin(async move {
                tx.put_holiday(app.county(), &row).await?;
                app.record(tx, &caller, command, &[event]).await
            })
        })
        .await?;
        self.reload_rules().await?;
        let moved = self.move_open_nodes(command, &notice).await?;
        Ok(LoadedYear { year: year.year(), notice, moved })
    }

    async fn move_open_nodes(&self, command: CommandId, notice: &str) -> Result<usize> {
        let mut moved = 0;
        let mut after = (String::new(), String::new());
        loop {
            let slice =
                self.store().open_nodes_after(self.county(), (&after.0, &after.1), SLICE).await?;
            let Some(last) = slice.last().cloned() else { return Ok(moved) };
            let mut matters: Vec<MatterId> =
                slice.iter().filter_map(|(matter, _)| matter.parse().ok()).collect();
            matters.dedup();
            let notice = notice.to_owned();
            moved += self
                .write(move |app, tx| {
                    let (matters, notice) = (matters.clone(), notice.clone());
                    Box::pin(async move { app.move_in(tx, command, &matters, &notice).await })
                })
                .await?;
            after = last;
        }
    }

    async fn move_in(
        &self,
        tx: &mut bihuan_store::Tx,
        command: CommandId,
        matters: &[MatterId],
        notice: &str,
    ) -> Result<usize> {
        let rules = self.rules();
        let mut work = Work::new(self, &rules, command, self.now());
        let mut moved = 0;
        for id in matters {
            let matter = work.load(tx, *id).await?.matter;
            let calendar = &rules.version(&matter.playbook)?.calendar;
            let events = recalculated(&matter, calendar, notice);
            moved += events.len();
            work.append(*id, &events, &Caller::system().actor)?;
        }
        match matters.first() {
            Some(first) => work.finish(tx, *first).map(|_| moved),
            None => Err(Error::NotFound),
        }
    }
}
