//! The paragraphs of a Word document, with the numbers the word processor
//! writes before them itself.
//!
//! Only two parts of the archive are unpacked, each up to a limit, whatever
//! sizes it states.

use std::io::{Cursor, Read};

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use zip::ZipArchive;
use zip::result::ZipError;

use super::RecordFault;
use super::numbering::{Counters, Numbering};

/// Of one part of the archive.
const MAX_UNPACKED_BYTES: u64 = 16 << 20;

/// What was deleted or moved away, and the second telling of a text box.
const SKIPPED: [&str; 5] = ["del", "moveFrom", "Fallback", "pPrChange", "rPrChange"];

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub(super) text: String,
    /// Numbered by the word processor in a way that could not be followed.
    pub(super) lost_number: bool,
}

pub(super) fn paragraphs(bytes: &[u8]) -> Result<Vec<Paragraph>, RecordFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    let document = part(&mut archive, "word/document.xml")?.ok_or(RecordFault::NotARecord)?;
    let numbering = match part(&mut archive, "word/numbering.xml")? {
        Some(xml) => Numbering::read(&xml)?,
        None => Numbering::default(),
    };
    Body::new(&numbering).read(&document)
}

fn part(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
) -> Result<Option<String>, RecordFault> {
    let entry = match archive.by_name(name) {
        Ok(entry) => entry,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    };
    let mut content = Vec::new();
    entry.take(MAX_UNPACKED_BYTES + 1).read_to_end(&mut content).map_err(unreadable)?;
    if content.len() as u64 > MAX_UNPACKED_BYTES {
        return Err(RecordFault::UnpacksTooBig { limit: MAX_UNPACKED_BYTES });
    }
    String::from_utf8(content).map(Some).map_err(unreadable)
}

struct Body<'a> {
    numbering: &'a Numbering,
    counters: Counters,
    done: Vec<Paragraph>,
    /// Paragraphs begun, one inside the other where a text box stands in one.
    open: Vec<OpenParagraph>,
    in_text: bool,
    in_properties: bool,
}

#[derive(Default)]
struct OpenParagraph {
    text: String,
    list: Option<String>,
    level: usize,
}

impl<'a> Body<'a> {
    fn new(numbering: &'a Numbering) -> Self {
        Self {
            numbering,
            counters: Counters::default(),
            done: Vec::new(),
            open: Vec::new(),
            in_text: false,
            in_properties: false,
        }
    }

    fn read(mut self, xml: &str) -> Result<Vec<Paragraph>, RecordFault> {
        let mut reader = Reader::from_str(xml);
        loop {
            match reader.read_event().map_err(unreadable)? {
                Event::Eof => return Ok(self.done),
                Event::Start(tag) if SKIPPED.contains(&tag.local_name().as_ref()) => {
                    reader.read_to_end(tag.name()).map_err(unreadable)?;
                }
                Event::Start(tag) => self.begin(&tag),
                Event::Empty(tag) => {
                    self.begin(&tag);
                    self.end(tag.local_name().as_ref());
                }
                Event::End(tag) => self.end(tag.local_name().as_ref()),
                Event::Text(text) if self.in_text => {
                    self.write(&text.xml_content(XmlVersion::Implicit1_0));
                }
                Event::CData(text) if self.in_text => {
                    self.write(&text.xml10_content());
                }
                Event::GeneralRef(entity) if self.in_text => {
                    if let Some(character) = entity.resolve_char_ref().map_err(unreadable)? {
                        self.write(character.encode_utf8(&mut [0; 4]));
                    } else if let Some(known) = resolve_predefined_entity(&entity) {
                        self.write(known);
                    }
                }
                _ => {}
            }
        }
    }

    fn begin(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "p" => self.open.push(OpenParagraph::default()),
            "pPr" => self.in_properties = true,
            "t" => self.in_text = true,
            "tab" if !self.in_properties => self.write("\t"),
            "br" | "cr" => self.write("\n"),
            "numId" if self.in_properties => {
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.list = value(tag);
                }
            }
            "ilvl" if self.in_properties => {
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.level = value(tag).and_then(|text| text.parse().ok()).unwrap_or(0);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => self.close(),
            "pPr" => self.in_properties = false,
            "t" => self.in_text = false,
            _ => {}
        }
    }

    fn close(&mut self) {
        let Some(paragraph) = self.open.pop() else { return };
        // Number 0 takes a paragraph out of every list.
        let list = paragraph.list.filter(|list| list != "0" && !paragraph.text.trim().is_empty());
        let Some(list) = list else {
            self.done.push(Paragraph { text: paragraph.text, lost_number: false });
            return;
        };
        let number = self.counters.next(self.numbering, &list, paragraph.level);
        self.done.push(Paragraph {
            lost_number: number.is_none(),
            text: format!("{}{}", number.unwrap_or_default(), paragraph.text),
        });
    }

    fn write(&mut self, text: &str) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.text.push_str(text);
        }
    }
}

/// Of the attribute `w:val`, whatever its prefix.
pub(super) fn value(tag: &BytesStart<'_>) -> Option<String> {
    attribute(tag, "val")
}

pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    for attribute in tag.attributes().with_checks(false).flatten() {
        if attribute.key.local_name().as_ref() == name {
            return Some(attribute.value.into_owned());
        }
    }
    None
}

pub(super) fn unreadable(error: impl std::fmt::Display) -> RecordFault {
    RecordFault::Unreadable(error.to_string())
}
