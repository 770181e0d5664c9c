//! Papers as files and as sheets. Setting one is work for a processor, so it
//! runs apart from the answers of the site, a few at a time.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bihuan_app::queries::papers::{PaperFacts, PaperState};
use bihuan_documents::paper::{Issue, Paper, PaperError, State, docx, pdf};

use super::page::Shown;
use super::public::saved_as;
use super::site::Site;
use crate::pages::paper_unset::PaperUnset;
use crate::problem::Problem;
use crate::shell::Shell;
use crate::view::paper::{Around, PaperSheet};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Pdf,
    Docx,
}

impl Format {
    const fn kind(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
        }
    }
}

/// Why there is no file.
enum NotSet {
    NoFonts,
    Failed(PaperError),
}

/// The address that proves a paper; printed on it and in its QR code.
pub(crate) fn check_address(site: &Site, facts: &PaperFacts) -> String {
    format!("{}/check/{}", site.options.base_url.trim_end_matches('/'), facts.check)
}

/// The file, or a page that says why there is none.
pub(crate) async fn answer(
    site: &Site,
    shell: Shell,
    facts: &PaperFacts,
    format: Format,
) -> Result<Response, Problem> {
    let paper = whole(site, facts);
    let _turn = site.setting.acquire().await.map_err(|_| Problem::Unavailable)?;
    let fonts = site.options.fonts.clone();
    let set = tokio::task::spawn_blocking(move || match (format, fonts) {
        (Format::Docx, _) => docx(&paper).map_err(NotSet::Failed),
        (Format::Pdf, Some(fonts)) => pdf(&paper, &fonts).map_err(NotSet::Failed),
        (Format::Pdf, None) => Err(NotSet::NoFonts),
    });
    match set.await {
        Ok(Ok(bytes)) => Ok(file(facts, format, bytes)),
        Ok(Err(why)) => Ok(unset(shell, facts, &why)),
        Err(fault) => {
            tracing::error!(%fault, "a paper was not set");
            Err(Problem::Internal { operation: "paper".to_owned() })
        }
    }
}

fn whole(site: &Site, facts: &PaperFacts) -> Paper {
    let date = facts.approved_at.map(|at| at.date());
    let document = facts.document.as_ref();
    let issue = Issue {
        serial: document.map(|number| number.serial),
        date,
        verification: document.map(|_| check_address(site, facts)),
        state: match facts.state {
            PaperState::Draft => State::Draft,
            PaperState::Issued => State::Issued,
            PaperState::Void => State::Void,
        },
        ..Issue::draft(year(facts), facts.issuer.clone())
    };
    Paper::of(&facts.filled, issue)
}

fn year(facts: &PaperFacts) -> i16 {
    facts.document.as_ref().map_or_else(|| facts.drafted_at.date().year(), |number| number.year)
}

fn file(facts: &PaperFacts, format: Format, bytes: Vec<u8>) -> Response {
    let document = facts.document.as_ref().map(ToString::to_string);
    let name = document.unwrap_or_else(|| facts.number.clone());
    let saved = saved_as(&format!("{name} {}.{}", facts.filled.title, format.ending()));
    let disposition = match format {
        Format::Pdf => saved.replacen("attachment", "inline", 1),
        Format::Docx => saved,
    };
    let disposition = HeaderValue::from_str(&disposition)
        .unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    let kept = match facts.state {
        PaperState::Draft => "no-store",
        PaperState::Issued | PaperState::Void => "private, no-cache",
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(format.kind())),
        (header::CONTENT_DISPOSITION, disposition),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::CACHE_CONTROL, HeaderValue::from_static(kept)),
    ];
    (headers, bytes).into_response()
}

fn unset(shell: Shell, facts: &PaperFacts, why: &NotSet) -> Response {
    let (no_fonts, missing) = match why {
        NotSet::NoFonts => (true, None),
        NotSet::Failed(PaperError::NoGlyph(characters)) => (false, Some(characters.clone())),
        NotSet::Failed(fault) => {
            tracing::error!(%fault, matter = facts.number, "a paper was not set");
            (false, None)
        }
    };
    let docx_href = format!("{}.docx", facts.file);
    let page = PaperUnset {
        title: facts.filled.title.clone(),
        no_fonts,
        missing,
        docx_href: shell.officer.is_some().then_some(docx_href),
        shell,
    };
    let headers = [(header::CACHE_CONTROL, "no-store")];
    (StatusCode::SERVICE_UNAVAILABLE, headers, Shown(page)).into_response()
}

/// The paper as it reads on a page.
pub(crate) fn sheet(facts: &PaperFacts) -> PaperSheet {
    let around = Around {
        number: facts.document.as_ref().map(ToString::to_string),
        year: year(facts),
        issuer: facts.issuer.clone(),
        date: facts.approved_at.map(|at| at.date()),
        is_void: facts.state == PaperState::Void,
    };
    PaperSheet::of(&facts.filled, around)
}
