//! What a decision relies on beside its own matter: parts that are still open,
//! whether a link would close a circle, and the next number of a paper.

use bihuan_domain::access::may_see;
use bihuan_domain::ids::{MatterId, PaperCode};
use bihuan_domain::matter::{Actor, Command, DocumentNumber, Link, Matter};
use bihuan_domain::refusal::{Reason, Refusal};
use bihuan_store::Tx;

use super::act::Work;
use super::draft_paper::within_length;
use crate::error::{Error, Result};

/// What is asked of the store for the rules.
#[derive(Debug, Default)]
pub(super) struct Beside {
    pub(super) open_parts: usize,
    pub(super) over: Vec<Refusal>,
}

impl Work<'_> {
    pub(super) async fn beside(
        &mut self,
        tx: &mut Tx,
        id: MatterId,
        command: &Command,
        actor: &Actor,
    ) -> Result<Beside> {
        match command {
            Command::Submit { .. } => {
                let open = match self.open_parts_begun(id) {
                    Some(open) => open,
                    None => tx.open_parts(self.app.county(), id).await?,
                };
                Ok(Beside { open_parts: open, over: Vec::new() })
            }
            Command::Withdraw { .. } => {
                let open_parts = self.withdraw_drafted_parts(tx, id, actor).await?;
                Ok(Beside { open_parts, over: Vec::new() })
            }
            _ => {
                let over = self.limits(tx, id, command).await?;
                Ok(Beside { open_parts: 0, over })
            }
        }
    }

    /// A paper takes the next number of its code and year when it is approved.
    /// Asked of the rules first, so that what is refused uses up none.
    pub(super) async fn numbered(
        &mut self,
        tx: &mut Tx,
        id: MatterId,
        command: &Command,
        actor: &Actor,
        beside: &Beside,
    ) -> Result<Option<Command>> {
        if let Command::Slip { colour, node, document: None, fields: None } = command {
            return self.numbered_slip(tx, id, (*colour, node), command, actor).await;
        }
        let Command::ApproveFiling { approve: true, document: None, reason } = command else {
            return Ok(None);
        };
        let matter = self.load(tx, id).await?.matter;
        let Some(code) = matter.brief.as_ref().and_then(|brief| brief.template.clone()) else {
            return Ok(None);
        };
        let version = self.rules.version(&matter.playbook)?;
        let template = version.playbook.paper(&PaperCode::new(code)).ok_or(Error::NotFound)?;
        self.events(id, command, actor, None, beside)?;
        // Its fields are committed to and never change, so they may be read outside
        // this transaction.
        if let Some(fields) = matter.brief.as_ref().and_then(|brief| brief.fields) {
            let contents = self.app.store().contents(self.app.county(), &id.to_string()).await?;
            if let Some(content) = contents.get(&fields) {
                within_length(template, &version.playbook, &content.body)?;
            }
        }
        let document = Some(self.take_document(tx, &template.word).await?);
        Ok(Some(Command::ApproveFiling { approve: true, document, reason: *reason }))
    }

    /// The next number of a code and year. Whoever takes one holds the series
    /// until the transaction ends, so that a number is neither given twice nor
    /// lost.
    pub(super) async fn take_document(&self, tx: &mut Tx, word: &str) -> Result<DocumentNumber> {
        let year = self.now.date().year();
        let series = format!("document/{word}/{year}");
        let serial = tx.take_numbers(self.app.county(), &series, 1).await?;
        let serial = u32::try_from(serial)
            .map_err(|_| Error::Internal(format!("the number {serial} of {series}")))?;
        Ok(DocumentNumber { code: word.to_owned(), year, serial })
    }

    /// Both ends are seen by whoever links them, and no matter becomes a part of
    /// its own part.
    pub(super) async fn may_be_linked(
        &mut self,
        tx: &mut Tx,
        id: MatterId,
        link: Link,
        to: MatterId,
        actor: &Actor,
    ) -> Result<()> {
        let other = self.load(tx, to).await?.matter;
        if !may_see(actor, &other, &self.rules.unit_tree) {
            return Err(Error::NotFound);
        }
        match link {
            Link::Parent => self.no_circle(tx, id, &other).await,
            Link::Child => {
                let here = self.load(tx, id).await?.matter;
                self.no_circle(tx, to, &here).await
            }
            _ => Ok(()),
        }
    }

    /// Whether `part` may become a part of `whole`, which must still be open.
    pub(super) async fn no_circle(
        &mut self,
        tx: &mut Tx,
        part: MatterId,
        whole: &Matter,
    ) -> Result<()> {
        if whole.stage.is_over() {
            return Err(Refusal::new(Reason::WholeIsOver).with("number", &whole.number).into());
        }
        let mut above = whole.clone();
        loop {
            if above.id == part {
                let refusal = Refusal::new(Reason::CircularParts).with("number", &whole.number);
                return Err(refusal.into());
            }
            let Some(next) = above.linked(Link::Parent).next() else { return Ok(()) };
            above = self.load(tx, next).await?.matter;
        }
    }
}
