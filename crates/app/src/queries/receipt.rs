//! What a reporter's code opens, and the receipt that proves the report.

use bihuan_domain::ids::{CommandId, MatterId};
use bihuan_domain::journal::{Commitment, Entry, Mentions, Opening, Receipt, Salt, Seal, tree};
use bihuan_domain::place::ReportCode;
use bihuan_store::journal::{Content, StoredCheckpoint};
use data_encoding::HEXLOWER;

use crate::commands::attempts::Counter;
use crate::context::App;
use crate::error::{Error, Result};

impl App {
    /// The matter a code opens. A right one always does: only wrong ones are
    /// counted against the address they come from, and answered with a wait
    /// once there are too many.
    pub async fn open_code(&self, typed: &str, from: &str) -> Result<(ReportCode, MatterId)> {
        let found = match ReportCode::parse(typed) {
            Ok(code) => {
                let key = self.keys().report_code_key(&code);
                self.store().matter_by_code(self.county(), &key).await?.map(|id| (code, id))
            }
            Err(_) => None,
        };
        if found.is_none() {
            self.attempt(&[Counter::wrong_code(from)]).await?;
        }
        found.ok_or(Error::NotFound)
    }

    /// Whether this command was done before, whatever it did.
    pub async fn was_answered(&self, command: CommandId) -> Result<bool> {
        Ok(self.store().was_answered(self.county(), command).await?)
    }

    /// Whether a report was already filed by this command: what is sent now is
    /// the same again.
    pub async fn was_filed(&self, command: CommandId) -> Result<bool> {
        let code = self.keys().report_code(&command.to_string());
        let key = self.keys().report_code_key(&code);
        Ok(self.store().matter_by_code(self.county(), &key).await?.is_some())
    }

    pub async fn receipt(&self, code: ReportCode, matter: MatterId) -> Result<Receipt> {
        let stream = Entry::stream_of(matter);
        let texts = self.store().entry_texts(self.county(), &stream).await?;
        let text = texts.into_iter().next().ok_or(Error::NotFound)?;
        let entry = Entry::parse(&text).map_err(|fault| Error::Internal(fault.to_string()))?;
        let number = entry.payload["number"].as_str().unwrap_or_default().to_owned();
        let shown = Mentions::of(&entry.payload).shown;
        Ok(Receipt {
            code: code.compact(),
            number: bihuan_domain::ids::MatterNumber::new(number),
            openings: self.openings(&stream, &shown).await?,
            seal: self.seal_of(&stream, entry.seq).await?,
            entry: text,
        })
    }

    async fn openings(&self, stream: &str, shown: &[Commitment]) -> Result<Vec<Opening>> {
        let contents = self.store().contents(self.county(), stream).await?;
        let shown = contents.into_values().filter(|content| shown.contains(&content.commitment));
        shown.map(opening).collect()
    }

    /// How far an entry is sealed: its proof under the newest checkpoint of the
    /// log that holds it.
    async fn seal_of(&self, stream: &str, seq: u64) -> Result<Option<Seal>> {
        let Some((log, index)) = self.store().leaf_of(self.county(), stream, seq).await? else {
            return Ok(None);
        };
        let Some(checkpoint) = self.newest_checkpoint(log).await? else { return Ok(None) };
        let wrong = |fault: tree::TreeFault| Error::Internal(fault.to_string());
        let wanted = tree::inclusion_positions(checkpoint.size, index).map_err(wrong)?;
        let stored = self.store().log_hashes(self.county(), log, &wanted).await?;
        let proof = tree::inclusion_proof(checkpoint.size, index, &stored).map_err(wrong)?;
        Ok(Some(Seal { checkpoint: checkpoint.note, leaf_index: index, proof }))
    }

    async fn newest_checkpoint(&self, log: u64) -> Result<Option<StoredCheckpoint>> {
        let last = self.store().last_checkpoint(self.county()).await?;
        if last.as_ref().is_some_and(|last| last.log == log) {
            return Ok(last);
        }
        let all = self.store().checkpoints(self.county()).await?;
        Ok(all.into_iter().filter(|one| one.log == log).max_by_key(|one| one.size))
    }

    /// Entries under the checkpoint that seals a matter's first entry; none
    /// until it is sealed.
    pub async fn sealed_under(&self, matter: MatterId) -> Result<Option<u64>> {
        let stream = Entry::stream_of(matter);
        let Some((log, _)) = self.store().leaf_of(self.county(), &stream, 0).await? else {
            return Ok(None);
        };
        Ok(self.newest_checkpoint(log).await?.map(|checkpoint| checkpoint.size))
    }
}

fn opening(content: Content) -> Result<Opening> {
    let bytes = HEXLOWER.decode(content.salt.as_bytes()).ok();
    let salt: Option<Salt> = bytes.and_then(|bytes| bytes.try_into().ok());
    let salt = salt.ok_or_else(|| Error::Internal("a stored salt".to_owned()))?;
    Ok(Opening::new(&content.tag, salt, content.body.into_bytes()))
}
