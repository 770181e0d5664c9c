//! Erasing content of a matter where the law asks for it. The entry that commits
//! to it stays, and another says on what ground the content went. Whoever erases
//! sees what kind of content there is and who gave it, not what it says.

use bihuan_domain::access::Role;
use bihuan_domain::ids::MatterId;
use bihuan_domain::instant::Instant;
use bihuan_domain::journal::Commitment;
use bihuan_domain::matter::{Command, ContentTag, ErasureGround};
use bihuan_domain::refusal::Reason;
use bihuan_store::registers::AttachmentRow;

use super::act::Submission;
use crate::access::Admin;
use crate::compose::Composer;
use crate::context::{App, Caller, Sender};
use crate::error::{Error, Result};
use crate::ports::PortFault;

/// One content of a matter that is still there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasable {
    pub content: Commitment,
    pub tag: ContentTag,
    pub at: Instant,
    pub by: Role,
}

impl App {
    /// Contents of the matter with this number, in the order they were given.
    pub async fn erasable(&self, caller: &Caller, number: &str) -> Result<Vec<Erasable>> {
        self.require(caller, Admin::Erase)?;
        let id = self.matter_numbered(number).await?;
        let (_, recorded) = self.store().matter(self.county(), id).await?.ok_or(Error::NotFound)?;
        let contents = self.store().contents(self.county(), &id.to_string()).await?;
        let mut found = Vec::new();
        for entry in &recorded {
            let told = serde_json::to_string(&entry.event)
                .map_err(|fault| Error::Internal(format!("an event: {fault}")))?;
            for (content, kept) in &contents {
                let is_listed = found.iter().any(|one: &Erasable| one.content == *content);
                let Some(tag) = ContentTag::from_code(&kept.tag) else { continue };
                if !is_listed && told.contains(&content.to_string()) {
                    let (at, by) = (entry.at, entry.actor.role);
                    found.push(Erasable { content: *content, tag, at, by });
                }
            }
        }
        Ok(found)
    }

    /// Erases one of them; a photo's file goes with it.
    pub async fn erase(
        &self,
        caller: &Caller,
        sender: Sender,
        number: &str,
        content: Commitment,
        ground: ErasureGround,
    ) -> Result<()> {
        self.require(caller, Admin::Erase)?;
        let matter = self.matter_numbered(number).await?;
        let files = self.files_of(matter, content).await?;
        let mut composed = Composer::new(self);
        composed.push(Command::Erase { content, ground });
        let caller = caller.clone();
        self.act(Submission { sender, caller, matter, seen: None, composed }).await?;
        for file in files {
            for name in [Some(file.stored), file.thumb].into_iter().flatten() {
                match self.blobs().delete(&name).await {
                    Ok(()) | Err(PortFault::NotFound(_)) => {}
                    Err(PortFault::Failed(fault)) => return Err(Error::Unavailable(fault)),
                }
            }
        }
        Ok(())
    }

    async fn matter_numbered(&self, number: &str) -> Result<MatterId> {
        let id = self.store().matter_by_number(self.county(), number).await?;
        id.ok_or_else(|| Reason::NoSuchMatter.into())
    }

    async fn files_of(&self, matter: MatterId, of: Commitment) -> Result<Vec<AttachmentRow>> {
        let mut rows = self.store().attachments_of(self.county(), matter).await?;
        let name = of.to_string();
        rows.retain(|row| row.commitment.as_deref() == Some(&name));
        Ok(rows)
    }
}
