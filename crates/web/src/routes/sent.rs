//! A resident's form, with or without photos. Whatever is wrong with a photo is
//! noted and the rest is read on, so that nothing typed is lost.

use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use bihuan_app::compose::File;
use bihuan_documents::photo;
use bihuan_domain::matter::EvidenceKind;
use bihuan_domain::place::Position;
use bihuan_domain::refusal::{Reason, Refusal};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::site::Site;
use super::spool::Spooled;
use super::upload;
use crate::csrf::{CsrfForm, CsrfMultipart};
use crate::problem::Problem;
use crate::typed::Allowance;

#[derive(Default)]
pub(crate) struct Sent {
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) photos: Vec<File>,
    /// Where the first photo says it was taken; offered, never taken unasked.
    pub(crate) taken_at: Option<Position>,
    /// Why a photo could not be taken.
    pub(crate) refused: Option<Refusal>,
    /// Why a photo could not be kept for the moment.
    pub(crate) failed: Option<Problem>,
}

impl Sent {
    pub(crate) fn one(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value.trim())
    }

    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.fields.iter().filter(move |(field, _)| field == name);
        named.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// Whether it brings photos, now or kept from before, or tried to.
    pub(crate) fn has_photos(&self) -> bool {
        let tried = self.failed.is_some() || self.refused.is_some();
        tried || !self.photos.is_empty() || self.all("draft").next().is_some()
    }

    /// The status of a form whose photo was not taken.
    pub(crate) fn photo_status(&self) -> StatusCode {
        let fault = self.refused.as_ref().and_then(|refusal| refusal.facts.get("fault"));
        match fault.map(String::as_str) {
            Some("photo-too-big" | "photo-too-many-pixels") => StatusCode::PAYLOAD_TOO_LARGE,
            Some("photo-wrong-kind" | "photo-heic") => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}

impl FromRequest<Site> for Sent {
    type Rejection = Problem;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let has_files = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/"));
        if !has_files {
            let form: CsrfForm<Vec<(String, String)>> =
                CsrfForm::from_request(request, site).await?;
            return Ok(Self { fields: form.into_inner(), ..Self::default() });
        }
        let mut form = CsrfMultipart::from_request(request, site).await?;
        let mut sent = Self::default();
        let mut allowance = Allowance::default();
        while let Some(field) = form.next_field().await.map_err(|fault| upload::broken(&fault))? {
            let name = field.name().unwrap_or_default().to_owned();
            let Some(file_name) = field.file_name().map(ToOwned::to_owned) else {
                let value = allowance.text(field).await?;
                sent.fields.push((name, value));
                continue;
            };
            match Spooled::receive(field, photo::MAX_BYTES).await {
                Ok(Ok(spooled)) => sent.take(site, file_name, spooled).await?,
                Ok(Err(_)) => sent.refuse("photo-too-big"),
                Err(problem) => sent.failed = Some(problem),
            }
        }
        Ok(sent)
    }
}

/// The fingerprints of a form's photos.
pub(crate) fn prints(sent: &Sent) -> Vec<String> {
    sent.photos.iter().map(|photo| HEXLOWER.encode(&Sha256::digest(&photo.bytes))).collect()
}

impl Sent {
    async fn take(&mut self, site: &Site, name: String, spooled: Spooled) -> Result<(), Problem> {
        // A file input left empty is sent as an empty file without a name.
        if spooled.is_empty() && name.is_empty() || self.refused.is_some() || self.failed.is_some()
        {
            return Ok(());
        }
        if self.photos.len() >= crate::pages::public::report::PHOTO_MOST {
            self.refuse("too-many-files");
            return Ok(());
        }
        let _turn = upload::turn(site).await?;
        match upload::take(EvidenceKind::Before, name, spooled).await {
            Ok((file, position)) => {
                self.taken_at = self.taken_at.or(position);
                self.photos.push(file);
            }
            Err(refusal) => self.refused = Some(refusal),
        }
        Ok(())
    }

    fn refuse(&mut self, fault: &str) {
        let refusal = Refusal::new(Reason::FileRefused).with("fault", fault);
        self.refused.get_or_insert(refusal);
    }
}
