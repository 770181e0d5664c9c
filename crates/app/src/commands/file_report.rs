//! A new matter: a resident's report, a grid worker's, or one an officer
//! registers for a caller.

use bihuan_domain::ids::{GridCode, ItemCode, MatterId, MatterNumber, PlaceId, RegimeCode};
use bihuan_domain::instant::Instant;
use bihuan_domain::journal::{Commitment, Salt, commit};
use bihuan_domain::matter::{Command, ContentTag, Evidence, Report, Source, Urgency, Whereabouts};
use bihuan_domain::place::Position;
use bihuan_store::Tx;
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};

use super::act::Work;
use crate::compose::Composer;
use crate::context::{App, Caller, Sender};
use crate::error::{Error, Result};
use crate::rules::Rules;

/// Who reports, as far as they say; kept apart and encrypted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reporter {
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub phone: Option<String>,
}

#[derive(Clone)]
pub struct NewReport {
    pub sender: Sender,
    pub caller: Caller,
    pub regime: RegimeCode,
    pub source: Source,
    pub item: Option<ItemCode>,
    pub words: String,
    /// What a sign or a choice says. Without a sign, a position in a drawn grid
    /// says it better.
    pub grid: Option<GridCode>,
    pub place: Option<PlaceId>,
    pub position: Option<Position>,
    pub address: String,
    pub evidence: Vec<Evidence>,
    pub reporter: Reporter,
    pub confidential: bool,
    pub urgency: Urgency,
    pub claimed_at: Option<Instant>,
    /// Holds the files already attached.
    pub composed: Composer,
    /// Commands taken on the new matter at once (a grid worker who settles it
    /// on the spot, an officer who accepts while registering).
    pub then: Vec<Command>,
}

/// What the reporter keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    pub matter: MatterId,
    pub number: String,
    /// Sixteen characters in groups of four; opens the track page.
    pub code: String,
    /// It was there already: this is what was answered first.
    #[serde(skip)]
    pub again: bool,
}

impl App {
    pub async fn file_report(&self, report: NewReport) -> Result<Filed> {
        let filing = self.prepare_report(report)?;
        let sender = filing.report.sender.clone();
        let filed = self
            .write_sent(&sender, None, move |app, tx| {
                let filing = filing.clone();
                Box::pin(async move { app.file_in(tx, &filing).await })
            })
            .await?;
        self.nudge();
        Ok(filed)
    }

    /// Commits to a report's words and seals who reports; writes nothing.
    pub fn prepare_report(&self, mut report: NewReport) -> Result<Filing> {
        let words = std::mem::take(&mut report.words);
        let address = std::mem::take(&mut report.address);
        let words = report.composed.words(ContentTag::Words, &words)?;
        let address = report.composed.optional(ContentTag::Address, &address)?;
        let position = report.position.map(|position| report.composed.position(position));
        let matter = MatterId(self.new_id());
        let identity = self.seal_reporter(&report.reporter, matter)?;
        Ok(Filing { matter, words, address, position, identity, report })
    }

    async fn file_in(&self, tx: &mut Tx, filing: &Filing) -> Result<Filed> {
        let report = &filing.report;
        if let Some(first) = self.answered::<Filed>(tx, &report.sender, &report.caller).await? {
            return Ok(Filed { again: true, ..first });
        }
        self.keep_units(tx, &report.then).await?;
        let now = self.now();
        let rules = self.rules();
        // One that is then refused gives its number back.
        let number = self.next_report_number(tx, &rules, now).await?;
        let mut work = Work::new(self, &rules, report.sender.command, now);
        self.begin_report(&mut work, filing, number.clone())?;
        for command in &report.then {
            work.take(tx, filing.matter, command, &report.caller.actor).await?;
        }
        work.check_units(tx).await?;
        self.count_sent(tx, &report.sender).await?;
        let code = self.put_filing(tx, filing);
        work.finish(tx, filing.matter)?;
        let filed = Filed { matter: filing.matter, number, code, again: false };
        self.remember(tx, &report.sender, &report.caller, &filed, now)?;
        Ok(filed)
    }

    pub(super) fn begin_report(
        &self,
        work: &mut Work<'_>,
        filing: &Filing,
        number: String,
    ) -> Result<()> {
        let grid = self.grid_of(&filing.report)?;
        work.begin(filing.matter);
        let command = filing.command(number, grid.as_ref());
        work.decide(filing.matter, &command, &filing.report.caller.actor, None)
    }

    pub(super) async fn next_report_number(
        &self,
        tx: &mut Tx,
        rules: &Rules,
        now: Instant,
    ) -> Result<String> {
        let prefix = rules.in_force(now)?.playbook.number_prefix.clone();
        self.next_number(tx, &prefix, now).await
    }

    /// A sign's place is known; a position is what the phone says. Either says
    /// more than a choice from a list.
    fn grid_of(&self, report: &NewReport) -> Result<Option<GridCode>> {
        let located = match (report.position, &report.place) {
            (Some(position), None) => self.locate(position)?,
            _ => None,
        };
        Ok(located.or_else(|| report.grid.clone()))
    }

    /// `XY-220921-0316`: the day and the place among the day's reports.
    pub(super) async fn next_number(
        &self,
        tx: &mut Tx,
        prefix: &str,
        now: Instant,
    ) -> Result<String> {
        let day = now.date();
        let day = format!("{:02}{:02}{:02}", day.year() % 100, day.month(), day.day());
        let series = format!("{prefix}-{day}");
        let last = tx.take_numbers(self.county(), &series, 1).await?;
        Ok(format!("{series}-{last:04}"))
    }

    /// Keeps what a report says, and the code that opens it, which is answered.
    pub(super) fn put_filing(&self, tx: &mut Tx, filing: &Filing) -> String {
        self.put_composed(tx, filing.matter, &filing.report.composed);
        if let Some(identity) = &filing.identity {
            let phone = identity.phone_key.as_deref();
            tx.put_identity(self.county(), filing.matter, &identity.sealed, phone);
        }
        let code = self.keys().report_code(&filing.report.sender.command.to_string());
        tx.put_report_code(self.county(), &self.keys().report_code_key(&code), filing.matter);
        code.to_string()
    }

    fn seal_reporter(&self, reporter: &Reporter, matter: MatterId) -> Result<Option<Identity>> {
        if reporter.name.is_none() && reporter.phone.is_none() {
            return Ok(None);
        }
        let plain = serde_json::to_string(reporter)
            .map_err(|fault| Error::Internal(format!("an identity: {fault}")))?;
        let salt: Salt = self.random();
        Ok(Some(Identity {
            commitment: commit(ContentTag::Identity.code(), &salt, plain.as_bytes()),
            sealed: self.keys().seal_identity(
                &serde_json::json!({"reporter": plain, "salt": HEXLOWER.encode(&salt)}).to_string(),
                &matter.to_string(),
                self.random(),
            )?,
            phone_key: reporter.phone.as_deref().map(|phone| self.keys().phone_key(phone)),
        }))
    }
}

#[derive(Clone)]
struct Identity {
    commitment: Commitment,
    sealed: String,
    phone_key: Option<String>,
}

/// A report whose words are committed and whose identity is encrypted.
#[derive(Clone)]
pub struct Filing {
    pub matter: MatterId,
    words: Commitment,
    address: Option<Commitment>,
    position: Option<Commitment>,
    identity: Option<Identity>,
    pub(super) report: NewReport,
}

impl Filing {
    fn command(&self, number: String, grid: Option<&GridCode>) -> Command {
        let report = &self.report;
        Command::File(Report {
            number: MatterNumber(number),
            regime: report.regime.clone(),
            source: report.source,
            item: report.item.clone(),
            words: self.words,
            whereabouts: Whereabouts {
                grid: grid.cloned(),
                place: report.place.clone(),
                position: self.position,
                address: self.address,
            },
            evidence: report.evidence.clone(),
            identity: self.identity.as_ref().map(|identity| identity.commitment),
            confidential: report.confidential,
            urgency: report.urgency,
            claimed_at: report.claimed_at,
            brief: None,
        })
    }
}
