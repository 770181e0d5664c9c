//! A paper as PDF, set by Typst. What is fixed is in `paper.typ`; what a paper
//! says is handed over as JSON, so that nothing anybody wrote is ever code.

mod engine;
mod facts;

use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use self::engine::Engine;
use super::fonts::Fonts;
use super::{Paper, PaperError};

/// Compilations after which what Typst remembers and nobody used is let go.
const REMEMBER: usize = 8;

/// The same paper gives the same bytes.
pub fn pdf(paper: &Paper, fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let facts = facts::of(paper, fonts)?;
    let engine = Engine::new(fonts, facts);
    let document = typst::compile::<PagedDocument>(&engine).output.map_err(layout_error)?;
    let options = PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(Some("Bihuan".to_owned())),
        ..PdfOptions::default()
    };
    let file = typst_pdf::pdf(&document, &options).map_err(layout_error);
    comemo::evict(REMEMBER);
    file
}

fn layout_error(errors: impl IntoIterator<Item = SourceDiagnostic>) -> PaperError {
    let messages: Vec<String> = errors.into_iter().map(|error| error.message.to_string()).collect();
    PaperError::Layout(messages.join("; "))
}
