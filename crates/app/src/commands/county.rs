//! What is recorded of the county itself rather than of one matter.

use bihuan_domain::county::CountyEvent;
use bihuan_domain::ids::CommandId;
use bihuan_domain::journal::COUNTY_STREAM;
use bihuan_store::Tx;

use crate::access::{Admin, may};
use crate::context::{App, Caller};
use crate::error::{Error, Result};

impl App {
    /// Appends administrative acts to the county's own stream.
    pub(crate) async fn record(
        &self,
        tx: &mut Tx,
        caller: &Caller,
        command: CommandId,
        events: &[CountyEvent],
    ) -> Result<()> {
        for event in events {
            let head = tx.head(self.county(), COUNTY_STREAM).await?;
            let payload = serde_json::to_value(event)
                .map_err(|fault| Error::Internal(format!("an event: {fault}")))?;
            let entry = self.entry(
                COUNTY_STREAM.to_owned(),
                head.as_ref(),
                self.now(),
                &caller.actor,
                command,
                payload,
            );
            tx.append(&[entry])?;
        }
        Ok(())
    }

    pub(crate) fn require(&self, caller: &Caller, act: Admin) -> Result<()> {
        if may(caller.role(), act) { Ok(()) } else { Err(Error::Forbidden) }
    }
}
