//! Putting a playbook version in force, and taking it back.

use bihuan_domain::county::CountyEvent;
use bihuan_domain::ids::{CommandId, PersonId};
use bihuan_domain::instant::Instant;
use bihuan_domain::playbook::{Checked, Source, check, hash};
use bihuan_domain::refusal::{Reason, Refusal};
use bihuan_store::registers::PlaybookRow;
use jiff::civil::Date;

use crate::access::Admin;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    pub version: String,
    pub hash: String,
    pub from: Date,
}

impl App {
    /// Puts a checked playbook in force from `from` (at once without one).
    /// Matters already filed keep the version they were filed under. Whoever
    /// approves is not the one who applies; units, grids and places that are
    /// new in it are added.
    pub async fn apply_playbook(
        &self,
        caller: &Caller,
        command: CommandId,
        source: &Source,
        from: Option<Date>,
        approved_by: PersonId,
    ) -> Result<Applied> {
        self.require(caller, Admin::ProposePlaybook)
            .or_else(|_| self.require(caller, Admin::ApprovePlaybook))?;
        if caller.person() == Some(approved_by) && !self.rules().is_empty() {
            return Err(Reason::OwnRequest.into());
        }
        self.put_in_force(caller, command, source, from, approved_by).await
    }

    /// Two persons have agreed, or there is no playbook yet.
    pub(super) async fn put_in_force(
        &self,
        caller: &Caller,
        command: CommandId,
        source: &Source,
        from: Option<Date>,
        approved_by: PersonId,
    ) -> Result<Applied> {
        let Ok(Checked { playbook, .. }) = check(source) else {
            return Err(Reason::PlaybookHasErrors.into());
        };
        if playbook.county != *self.county() {
            return Err(Refusal::new(Reason::PlaybookOfAnother)
                .with("county", &playbook.county)
                .into());
        }
        if self.rules().version(&playbook.version).is_ok() {
            return Err(Refusal::new(Reason::VersionExists)
                .with("version", &playbook.version)
                .into());
        }
        let now = self.now();
        let from = from.unwrap_or_else(|| now.date());
        let from_at = now.max(Instant::from_civil(from.at(0, 0, 0, 0)));
        let row = PlaybookRow {
            version: playbook.version.clone(),
            hash: hash(source),
            files: serde_json::to_string(&source.files)
                .map_err(|fault| Error::Internal(format!("a playbook: {fault}")))?,
            from_us: from_at.micros(),
            applied_us: now.micros(),
            reverted_us: None,
        };
        let applied = Applied { version: row.version.clone(), hash: row.hash.clone(), from };
        let event = CountyEvent::PlaybookApplied {
            version: row.version.clone(),
            hash: format!("sha256:{}", row.hash)
                .parse()
                .map_err(|_| Error::Internal("a playbook's hash".to_owned()))?,
            from,
            approved_by,
        };
        let actor = caller.clone();
        self.write(move |app, tx| {
            let (row, event, caller) = (row.clone(), event.clone(), actor.clone());
            Box::pin(async move {
                tx.put_playbook(app.county(), &row).await.map_err(|fault| {
                    if fault.is_unique() {
                        Refusal::new(Reason::VersionExists).with("version", &row.version).into()
                    } else {
                        Error::from(fault)
                    }
                })?;
                app.record(tx, &caller, command, &[event]).await
            })
        })
        .await?;
        self.reload_rules().await?;
        self.add_missing(command, &playbook).await?;
        Ok(applied)
    }

    /// Units and places the playbook names and the registers do not have yet.
    /// Those that are there stay as administrators have kept them.
    async fn add_missing(
        &self,
        command: CommandId,
        playbook: &bihuan_domain::playbook::Playbook,
    ) -> Result<()> {
        let places = playbook.places.iter().map(|place| super::NewPlace {
            id: place.id.clone(),
            name: place.name.clone(),
            grid: place.grid.clone(),
            position: place.position,
        });
        let places: Vec<_> = places.collect();
        self.add_missing_units(command, playbook.units.clone()).await?;
        if places.is_empty() {
            return Ok(());
        }
        self.add_places(&Caller::system(), command, places).await
    }

    /// Takes the version in force back; the one before it is in force again.
    pub async fn revert_playbook(
        &self,
        caller: &Caller,
        command: CommandId,
        approved_by: PersonId,
    ) -> Result<String> {
        self.require(caller, Admin::ProposePlaybook)
            .or_else(|_| self.require(caller, Admin::ApprovePlaybook))?;
        if caller.person() == Some(approved_by) {
            return Err(Reason::OwnRequest.into());
        }
        self.take_back(caller, command, approved_by).await
    }

    pub(super) async fn take_back(
        &self,
        caller: &Caller,
        command: CommandId,
        approved_by: PersonId,
    ) -> Result<String> {
        let rules = self.rules();
        let now = self.now();
        let current = rules.in_force(now)?.playbook.version.clone();
        let earlier = rules.before(&current, now).ok_or(Reason::NoEarlierVersion)?;
        let event = CountyEvent::PlaybookReverted {
            version: current.clone(),
            to: earlier.clone(),
            approved_by,
        };
        let caller = caller.clone();
        self.write(move |app, tx| {
            let (version, event, caller) = (current.clone(), event.clone(), caller.clone());
            Box::pin(async move {
                tx.revert_playbook(app.county(), &version, app.now()).await?;
                app.record(tx, &caller, command, &[event]).await
            })
        })
        .await?;
        self.reload_rules().await?;
        Ok(earlier)
    }
}
