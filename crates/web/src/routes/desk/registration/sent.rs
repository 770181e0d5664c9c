//! The fields of a registration form, and the file that may come with them.

use bihuan_domain::refusal::Refusal;

use crate::csrf::{CsrfMultipart, FIELD};
use crate::problem::Problem;
use crate::routes::spool::Spooled;
use crate::routes::upload::broken;
use crate::typed::Allowance;

/// As the reader of meeting records; a table is read up to less.
const MOST_FILE_BYTES: u64 = 20 << 20;

#[derive(Default)]
pub(super) struct Sent {
    pub(super) fields: Vec<(String, String)>,
    pub(super) file: Option<Spooled>,
    pub(super) refused: Option<Refusal>,
}

impl Sent {
    pub(super) async fn receive(mut form: CsrfMultipart) -> Result<Self, Problem> {
        let mut sent = Self::default();
        let mut allowance = Allowance::default();
        while let Some(field) = form.next_field().await.map_err(|fault| broken(&fault))? {
            let name = field.name().unwrap_or_default().to_owned();
            if field.file_name().is_none() {
                let value = allowance.text(field).await?;
                sent.fields.push((name, value));
                continue;
            }
            match Spooled::receive(field, MOST_FILE_BYTES).await? {
                Ok(spooled) if spooled.is_empty() => {}
                Ok(spooled) => sent.file = Some(spooled),
                Err(refusal) => sent.refused = Some(refusal),
            }
        }
        Ok(sent)
    }

    /// Of a form without files.
    pub(super) fn typed(fields: Vec<(String, String)>) -> Self {
        Self { fields, ..Self::default() }
    }

    pub(super) fn one(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value.trim())
    }

    pub(super) fn some(&self, name: &str) -> Option<String> {
        Some(self.one(name).to_owned()).filter(|value| !value.is_empty())
    }

    pub(super) fn is_ticked(&self, name: &str) -> bool {
        self.one(name) == "on"
    }

    /// Fields called `prefix` and something after it.
    pub(super) fn with_prefix<'a>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.fields
            .iter()
            .filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
    }

    /// What was typed, for giving it back.
    pub(super) fn values(&self) -> Vec<(String, String)> {
        self.fields.iter().filter(|(name, _)| name != FIELD).cloned().collect()
    }

    /// The file to its end, off the threads that answer.
    pub(super) async fn bytes(&mut self) -> Result<Option<Vec<u8>>, Problem> {
        let Some(file) = self.file.take() else { return Ok(None) };
        let read = tokio::task::spawn_blocking(move || file.into_bytes()).await;
        match read {
            Ok(Ok(bytes)) => Ok(Some(bytes)),
            _ => Err(Problem::Unavailable),
        }
    }
}
