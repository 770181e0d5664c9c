//! Who asks for a page of administration, of which site and in what shell: what
//! every handler of `/admin` begins with.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use bihuan_app::commands::Session;

use super::{Again, Asked, frame};
use crate::i18n::Lang;
use crate::pages::admin::{Frame, Section};
use crate::problem::Problem;
use crate::routes::site::{SignedIn, Site};
use crate::shell::Shell;

pub(super) struct Visit {
    pub(super) site: Site,
    pub(super) session: Session,
    pub(super) shell: Shell,
}

impl FromRequestParts<Site> for Visit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        // The session first: it dresses the shell.
        let SignedIn(session) = SignedIn::from_request_parts(parts, site).await?;
        let shell = Shell::from_request_parts(parts, site).await?;
        Ok(Self { site: site.clone(), session, shell })
    }
}

impl Visit {
    pub(super) fn lang(&self) -> Lang {
        self.shell.lang()
    }

    /// The frame of a section, if the visitor's post may open it.
    pub(super) fn frame(
        &self,
        section: Section,
        asked: &Asked,
        again: Option<&Again>,
    ) -> Result<Frame, Problem> {
        frame(&self.session, self.lang(), section, asked, again)
    }
}
