//! Evidence that is not a photo.

#![expect(clippy::expect_used, reason = "a fixture that cannot be made is a failed test")]

use std::io::{Cursor, Write};

use bihuan_documents::file::{FileFault, FileKind, MAX_BYTES, inspect};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn archive(entries: &[&str]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for entry in entries {
        writer.start_file(*entry, SimpleFileOptions::default()).expect("entry");
        writer.write_all(b"<x/>").expect("content");
    }
    writer.finish().expect("archive").into_inner()
}

fn kind(name: &str, content: &[u8]) -> Result<FileKind, FileFault> {
    inspect(name, Cursor::new(content))
}

#[test]
fn each_accepted_kind_is_told_by_its_content() {
    assert_eq!(kind("批复.PDF", b"%PDF-1.7\n"), Ok(FileKind::Pdf));
    assert_eq!(kind("a.ofd", &archive(&["OFD.xml", "Doc_0/Document.xml"])), Ok(FileKind::Ofd));
    assert_eq!(kind("a.docx", &archive(&["word/document.xml"])), Ok(FileKind::Docx));
    assert_eq!(kind("a.xlsx", &archive(&["xl/workbook.xml"])), Ok(FileKind::Xlsx));
    assert_eq!(kind("a.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0"), Ok(FileKind::Mp4));
}

#[test]
fn a_name_that_says_another_kind_is_refused() {
    let disagrees = |extension: &str, found| {
        Err(FileFault::NameDisagrees { extension: extension.to_owned(), found })
    };
    assert_eq!(kind("a.pdf.html", b"%PDF-1.7\n"), disagrees("html", FileKind::Pdf));
    assert_eq!(kind("a", b"%PDF-1.7\n"), disagrees("", FileKind::Pdf));
    assert_eq!(kind("a.docx", &archive(&["xl/workbook.xml"])), disagrees("docx", FileKind::Xlsx));
    assert_eq!(kind("a.pdf", b"\0\0\0\x18ftypisom\0\0\0\0"), disagrees("pdf", FileKind::Mp4));
}

#[test]
fn a_file_of_two_kinds_is_none_of_them() {
    let both = archive(&["xl/workbook.xml", "word/document.xml"]);
    assert_eq!(kind("a.xlsx", &both), Err(FileFault::WrongKind));
    let behind_pdf = [b"%PDF-1.7\n".as_slice(), &archive(&["xl/workbook.xml"])].concat();
    assert!(matches!(kind("a.xlsx", &behind_pdf), Err(FileFault::NameDisagrees { .. })));
    let behind_another = [archive(&["OFD.xml"]), archive(&["xl/workbook.xml"])].concat();
    assert_eq!(kind("a.xlsx", &behind_another), Err(FileFault::WrongKind));
    let late_pdf = [b"<html>".as_slice(), b"%PDF-1.7\n"].concat();
    assert_eq!(kind("a.pdf", &late_pdf), Err(FileFault::WrongKind));
}

#[test]
fn other_kinds_are_refused() {
    for content in [b"MZ\x90\0".as_slice(), b"<html>", b"\x7fELF", b"#!/bin/sh"] {
        assert_eq!(kind("a.pdf", content), Err(FileFault::WrongKind));
    }
    assert_eq!(kind("a.zip", &archive(&["readme.txt"])), Err(FileFault::WrongKind));
    assert_eq!(kind("a.mp4", b"\0\0\0\x18ftypheic\0\0\0\0"), Err(FileFault::WrongKind));
}

#[test]
fn documents_with_macros_are_refused() {
    let macros = archive(&["word/document.xml", "word/vbaProject.bin"]);
    assert_eq!(kind("a.docx", &macros), Err(FileFault::Macros));
}

#[test]
fn empty_cut_off_and_too_big_files_are_refused() {
    assert_eq!(kind("a.pdf", b""), Err(FileFault::Empty));
    let whole = archive(&["OFD.xml"]);
    assert!(matches!(kind("a.ofd", &whole[..whole.len() / 2]), Err(FileFault::Unreadable(_))));
    let mut big = b"%PDF-1.7\n".to_vec();
    big.resize(usize::try_from(MAX_BYTES).expect("fits") + 1, 0);
    let expected = FileFault::TooBig { bytes: MAX_BYTES + 1, limit: MAX_BYTES };
    assert_eq!(kind("a.pdf", &big), Err(expected));
}
