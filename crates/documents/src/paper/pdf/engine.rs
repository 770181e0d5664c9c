//! The world Typst sees: one source, one file of facts, the fonts. No disk, no
//! network, no packages, no clock.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::super::fonts::Fonts;

const FACTS: &str = "paper.json";

/// Shared by all papers, so that Typst recognises them as unchanged.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static SOURCE: LazyLock<Source> = LazyLock::new(|| Source::detached(include_str!("paper.typ")));

pub(super) struct Engine<'f> {
    fonts: &'f Fonts,
    facts: Bytes,
    facts_id: Option<FileId>,
}

impl<'f> Engine<'f> {
    pub(super) fn new(fonts: &'f Fonts, facts: String) -> Self {
        let beside = VirtualPath::new(FACTS).ok();
        let facts_id = beside.map(|path| RootedPath::new(VirtualRoot::Project, path).intern());
        Self { fonts, facts: Bytes::from_string(facts), facts_id }
    }
}

impl World for Engine<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        SOURCE.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == SOURCE.id() { Ok(SOURCE.clone()) } else { Err(not_here(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if Some(id) == self.facts_id { Ok(self.facts.clone()) } else { Err(not_here(id)) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_here(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}
