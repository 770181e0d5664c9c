//! Files made to do harm: small ones that become great, ones that are two
//! things at once, ones nested without end. Each is answered with a sentence.

#![expect(clippy::expect_used, reason = "a fixture that cannot be made is a failed test")]

use std::io::{Cursor, Write};

use bihuan_documents::import_map::ImportMap;
use bihuan_documents::outlines;
use bihuan_documents::photo::{self, PhotoFault};
use bihuan_documents::table_in::{Hint, OpenFault, RowTrouble, Rows};
use bihuan_domain::playbook::{Source, check, template};
use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use image::{ImageFormat, RgbImage};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const MEGABYTE: usize = 1 << 20;
/// Deeper than any stack is.
const DEEP: usize = 200_000;

/// So many zeros, written as little as they are packed.
fn zeros(to: &mut impl Write, megabytes: usize) {
    let one = vec![b'0'; MEGABYTE];
    for _ in 0..megabytes {
        to.write_all(&one).expect("zeros");
    }
}

fn rows(bytes: Vec<u8>) -> Result<Rows, OpenFault> {
    Rows::open(Cursor::new(bytes), &Hint::default())
}

#[test]
fn a_gzip_bomb_is_read_no_further_than_a_row_may_be_long() {
    let mut bomb = GzEncoder::new(Vec::new(), Compression::fast());
    bomb.write_all(b"id,words\n1,").expect("gzip");
    zeros(&mut bomb, 64);
    let bomb = bomb.finish().expect("gzip");
    assert!(bomb.len() < MEGABYTE);
    let mut rows = rows(bomb).expect("a table");
    let fault = rows.next().expect("a row").expect_err("no row is that long");
    assert!(matches!(fault.trouble, RowTrouble::TooLong { .. }), "{fault:?}");
    assert!(rows.next().is_none(), "nothing behind it is read");
}

fn png() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::new(40, 30).write_to(&mut bytes, ImageFormat::Png).expect("png");
    bytes.into_inner()
}

/// The picture with a chunk before its pixels.
fn with_chunk(png: &[u8], kind: [u8; 4], content: &[u8]) -> Vec<u8> {
    const HEAD: usize = 33;
    let length = u32::try_from(content.len()).expect("fits");
    let mut crc = flate2::Crc::new();
    crc.update(&kind);
    crc.update(content);
    let chunk = [&length.to_be_bytes(), &kind[..], content, &crc.sum().to_be_bytes()].concat();
    [&png[..HEAD], &chunk, &png[HEAD..]].concat()
}

#[test]
fn a_picture_whose_words_or_colours_unpack_without_end_is_taken_without_them() {
    let mut bomb = ZlibEncoder::new(Vec::new(), Compression::fast());
    zeros(&mut bomb, 64);
    let bomb = bomb.finish().expect("zlib");
    for kind in [*b"zTXt", *b"iCCP"] {
        let content = [b"name\0\0", &bomb[..]].concat();
        let hostile = with_chunk(&png(), kind, &content);
        match photo::prepare(&hostile) {
            Ok(prepared) => assert_eq!((prepared.width, prepared.height), (40, 30)),
            Err(fault) => assert_eq!(fault, PhotoFault::Damaged),
        }
    }
}

#[test]
fn what_a_photo_carries_besides_its_pixels_is_gone_once_it_is_taken() {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", SimpleFileOptions::default()).expect("entry");
    archive.write_all(b"<script>alert(1)</script>").expect("content");
    let archive = archive.finish().expect("archive").into_inner();
    let page = b"text\0<script>alert(1)</script>";
    let hostile = [with_chunk(&png(), *b"tEXt", page), archive].concat();
    assert!(ZipArchive::new(Cursor::new(&hostile)).is_ok(), "a picture and an archive in one");
    let prepared = photo::prepare(&hostile).expect("a photo");
    for kept in [&prepared.jpeg, &prepared.thumb] {
        assert!(ZipArchive::new(Cursor::new(kept)).is_err());
        assert!(!kept.windows(7).any(|bytes| bytes == b"<script"));
    }
}

#[test]
fn toml_nested_without_end_is_a_fault_of_its_line() {
    let nested = [
        format!("a = {}", "[".repeat(DEEP)),
        format!("a = {}", "{b=".repeat(DEEP)),
        format!("{}b = 1", "a.".repeat(DEEP)),
        format!("[{}b]", "a.".repeat(DEEP)),
        "[".repeat(DEEP),
    ];
    for text in nested {
        let begin = text.chars().take(12).collect::<String>();
        let mut files = template("410182", "荥阳市");
        files[0].1 = text.clone();
        let faults = check(&Source::new(files)).err().unwrap_or_default();
        assert!(!faults.is_empty(), "a playbook with {begin}");
        let faults = ImportMap::parse(&text).err().unwrap_or_default();
        assert!(!faults.is_empty(), "a map with {begin}");
    }
}

#[test]
fn a_drawing_nested_without_end_is_refused_with_a_sentence() {
    let deep = format!("{}{}", r#"{"type":"FeatureCollection","features":"#, "[".repeat(DEEP));
    let fault = outlines::read(deep.as_bytes()).expect_err("no drawing");
    assert!(!fault.sentence().zh.is_empty() && !fault.sentence().en.is_empty());
}
