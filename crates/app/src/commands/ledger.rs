//! Views of the ledger a person keeps. They are the person's own and change
//! nothing that is recorded, so the journal does not hold them.

use bihuan_domain::ids::CommandId;
use bihuan_domain::refusal::{Reason, Refusal};

use crate::access::Admin;
use crate::context::{App, Caller};
use crate::error::{Error, Result};

/// Characters of a name; the form says the same.
pub const LEDGER_NAME_MOST: usize = 40;
const QUERY_MOST: usize = 2_000;

impl App {
    /// Keeps a view under a name, in place of the one that had it. The command's
    /// id is the view's, so sending it twice keeps one.
    pub async fn save_ledger(
        &self,
        caller: &Caller,
        command: CommandId,
        name: &str,
        query: &str,
    ) -> Result<()> {
        self.require(caller, Admin::SeeFigures)?;
        let person = caller.person().ok_or(Error::Forbidden)?;
        let name = crate::compose::clean(name.trim());
        if name.is_empty() {
            return Err(Refusal::new(Reason::FieldNeeded).with("field", "title").into());
        }
        let given = name.chars().count().max(query.chars().count().saturating_sub(QUERY_MOST));
        if given > LEDGER_NAME_MOST {
            return Err(Refusal::new(Reason::WordsTooLong)
                .with("limit", LEDGER_NAME_MOST)
                .with("given", given)
                .into());
        }
        let query = query.to_owned();
        self.write(move |app, tx| {
            let (name, query) = (name.clone(), query.clone());
            Box::pin(async move {
                tx.replace_ledger(app.county(), command, person, &name).await?;
                tx.save_ledger(app.county(), command, person, &name, &query).await?;
                Ok(())
            })
        })
        .await
    }

    /// Forgets a view of the caller's own.
    pub async fn drop_ledger(&self, caller: &Caller, id: &str) -> Result<()> {
        self.require(caller, Admin::SeeFigures)?;
        let person = caller.person().ok_or(Error::Forbidden)?;
        let id = id.to_owned();
        let gone = self
            .write(move |app, tx| {
                let id = id.clone();
                Box::pin(async move { Ok(tx.drop_ledger(app.county(), person, &id).await?) })
            })
            .await?;
        if gone == 0 { Err(Error::NotFound) } else { Ok(()) }
    }
}
