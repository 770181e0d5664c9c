//! Photos as phones and attackers send them.

#![expect(clippy::expect_used, reason = "a fixture that cannot be made is a failed test")]

use std::io::Cursor;

use bihuan_documents::photo::{self, Kind, MAX_BYTES, MAX_PIXELS, PhotoFault, Prepared};
use bihuan_domain::place::Position;
use exif::experimental::Writer;
use exif::{Field, In, Rational, Tag, Value};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{ImageEncoder, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use jiff::civil::datetime;

/// Red on the left half, blue on the right.
fn picture(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| {
        Rgb(if x < width / 2 { [255, 0, 0] } else { [0, 0, 255] })
    })
}

fn encoded(format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture(64, 32).write_to(&mut bytes, format).expect("encoded");
    bytes.into_inner()
}

fn field(tag: Tag, value: Value) -> Field {
    Field { tag, ifd_num: In::PRIMARY, value }
}

fn ascii(text: &str) -> Value {
    Value::Ascii(vec![text.as_bytes().to_vec()])
}

fn degrees(parts: [(u32, u32); 3]) -> Value {
    Value::Rational(parts.map(|(num, denom)| Rational { num, denom }).to_vec())
}

fn with_exif(fields: &[Field]) -> Vec<u8> {
    let mut writer = Writer::new();
    for field in fields {
        writer.push_field(field);
    }
    let mut exif = Cursor::new(Vec::new());
    writer.write(&mut exif, false).expect("exif");
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 95);
    encoder.set_exif_metadata(exif.into_inner()).expect("exif");
    encoder.encode_image(&picture(64, 32)).expect("encoded");
    bytes
}

fn prepared(bytes: &[u8]) -> Prepared {
    photo::prepare(bytes).expect("a photo")
}

fn kept(prepared: &Prepared) -> RgbImage {
    image::load_from_memory_with_format(&prepared.jpeg, ImageFormat::Jpeg)
        .expect("a JPEG")
        .into_rgb8()
}

fn is_red(pixel: &Rgb<u8>) -> bool {
    pixel.0[0] > 200 && pixel.0[2] < 60
}

fn is_blue(pixel: &Rgb<u8>) -> bool {
    pixel.0[2] > 200 && pixel.0[0] < 60
}

#[test]
fn jpeg_png_and_webp_are_kept_as_jpeg() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let prepared = prepared(&encoded(format));
        assert_eq!((prepared.width, prepared.height), (64, 32), "{format:?}");
        assert_eq!(photo::inspect(&prepared.jpeg), Kind::Jpeg);
        assert!(is_red(kept(&prepared).get_pixel(5, 16)), "{format:?}");
        assert!(is_blue(kept(&prepared).get_pixel(60, 16)), "{format:?}");
    }
}

#[test]
fn the_kind_is_told_by_the_content() {
    assert_eq!(photo::inspect(&encoded(ImageFormat::Png)), Kind::Png);
    assert_eq!(photo::inspect(b"\0\0\0\x18ftypheic\0\0\0\0"), Kind::Heic);
    assert_eq!(photo::inspect(b"%PDF-1.7"), Kind::Unknown);
    assert_eq!(photo::inspect(b"RIFF\0\0\0\0WAVE"), Kind::Unknown);
    assert_eq!(photo::inspect(b""), Kind::Unknown);
}

#[test]
fn what_is_no_photo_is_refused_by_its_own_code() {
    assert_eq!(photo::prepare(b""), Err(PhotoFault::Empty));
    assert_eq!(photo::prepare(b"%PDF-1.7 not a photo"), Err(PhotoFault::WrongKind));
    assert_eq!(photo::prepare(b"<svg onload=alert(1)>"), Err(PhotoFault::WrongKind));
    assert_eq!(photo::prepare(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), Err(PhotoFault::Heic));
}

#[test]
fn a_photo_over_the_limit_is_refused_before_it_is_looked_at() {
    let bytes = vec![0; usize::try_from(MAX_BYTES).expect("fits") + 1];
    let expected = PhotoFault::TooBig { bytes: MAX_BYTES + 1, limit: MAX_BYTES };
    assert_eq!(photo::prepare(&bytes), Err(expected));
}

#[test]
fn a_photo_cut_off_anywhere_is_never_taken() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = encoded(format);
        for length in 12..whole.len() - 12 {
            let fault = photo::prepare(&whole[..length]).expect_err("cut off");
            assert_eq!(fault, PhotoFault::Truncated, "{format:?} at {length} of {}", whole.len());
        }
    }
}

#[test]
fn a_jpeg_without_its_last_bytes_is_cut_off() {
    let whole = encoded(ImageFormat::Jpeg);
    assert_eq!(photo::prepare(&whole[..whole.len() - 2]), Err(PhotoFault::Truncated));
    let with_film = [whole.as_slice(), b"the film of a live photo"].concat();
    assert!(photo::prepare(&with_film).is_ok());
}

#[test]
fn damage_inside_is_not_taken_for_a_photo() {
    let mut bytes = encoded(ImageFormat::Png);
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    assert_eq!(photo::prepare(&bytes), Err(PhotoFault::Damaged));
}

#[test]
fn a_small_file_that_claims_a_huge_picture_is_refused_before_decoding() {
    let mut png = encoded(ImageFormat::Png);
    png[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
    png[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
    let mut crc = flate2::Crc::new();
    crc.update(&png[12..29]);
    png[29..33].copy_from_slice(&crc.sum().to_be_bytes());
    let expected =
        Err(PhotoFault::TooManyPixels { width: 60_000, height: 60_000, limit: MAX_PIXELS });
    assert_eq!(photo::prepare(&png), expected);

    let mut jpeg = encoded(ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).expect("a frame");
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xea, 0x60, 0xea, 0x60]);
    assert_eq!(photo::prepare(&jpeg), expected);
}

#[test]
fn time_and_place_are_offered_and_not_kept() {
    let bytes = with_exif(&[
        field(Tag::DateTimeOriginal, ascii("2026:09:21 08:15:30")),
        field(Tag::GPSLatitudeRef, ascii("N")),
        field(Tag::GPSLatitude, degrees([(34, 1), (47, 1), (1428, 100)])),
        field(Tag::GPSLongitudeRef, ascii("E")),
        field(Tag::GPSLongitude, degrees([(113, 1), (234_900, 10_000), (0, 1)])),
    ]);
    let prepared = prepared(&bytes);
    assert_eq!(prepared.taken_at, Some(datetime(2026, 9, 21, 8, 15, 30, 0)));
    let expected = Position { lat_e6: 34_787_300, lon_e6: 113_391_500 };
    assert_eq!(prepared.position, Some(expected));
    for kept in [&prepared.jpeg, &prepared.thumb] {
        assert!(exif::Reader::new().read_from_container(&mut Cursor::new(kept)).is_err());
        assert!(!kept.windows(4).any(|four| four == b"Exif" || four == b"2026"));
    }
}

#[test]
fn a_southern_and_western_position_is_negative() {
    let bytes = with_exif(&[
        field(Tag::GPSLatitudeRef, ascii("S")),
        field(Tag::GPSLatitude, degrees([(1, 1), (30, 1), (0, 1)])),
        field(Tag::GPSLongitudeRef, ascii("W")),
        field(Tag::GPSLongitude, degrees([(2, 1), (0, 1), (36, 1)])),
    ]);
    let expected = Position { lat_e6: -1_500_000, lon_e6: -2_010_000 };
    assert_eq!(prepared(&bytes).position, Some(expected));
}

#[test]
fn nonsense_in_the_metadata_is_no_claim_and_no_fault() {
    let north = || field(Tag::GPSLatitudeRef, ascii("N"));
    let east = || field(Tag::GPSLongitudeRef, ascii("E"));
    let zero = degrees([(0, 1), (0, 1), (0, 1)]);
    let cases = [
        (degrees([(34, 0), (0, 1), (0, 1)]), degrees([(113, 1), (0, 1), (0, 1)])),
        (degrees([(95, 1), (0, 1), (0, 1)]), degrees([(113, 1), (0, 1), (0, 1)])),
        (degrees([(34, 1), (0, 1), (0, 1)]), degrees([(u32::MAX, 1), (0, 1), (0, 1)])),
        (zero.clone(), zero),
    ];
    for (latitude, longitude) in cases {
        let bytes = with_exif(&[
            field(Tag::DateTimeOriginal, ascii("2026:02:30 08:15:30")),
            north(),
            field(Tag::GPSLatitude, latitude),
            east(),
            field(Tag::GPSLongitude, longitude),
        ]);
        let prepared = prepared(&bytes);
        assert_eq!((prepared.taken_at, prepared.position), (None, None));
    }
}

#[test]
fn a_photo_taken_sideways_is_kept_upright() {
    let bytes = with_exif(&[field(Tag::Orientation, Value::Short(vec![6]))]);
    let prepared = prepared(&bytes);
    assert_eq!((prepared.width, prepared.height), (32, 64));
    let kept = kept(&prepared);
    assert!(is_red(kept.get_pixel(16, 5)), "left became top");
    assert!(is_blue(kept.get_pixel(16, 60)));
}

#[test]
fn a_large_photo_is_made_smaller_and_a_small_one_is_not_made_larger() {
    let mut bytes = Cursor::new(Vec::new());
    picture(5120, 100).write_to(&mut bytes, ImageFormat::Jpeg).expect("encoded");
    let large = prepared(bytes.get_ref());
    assert_eq!((large.width, large.height), (2560, 50));
    let thumb = image::load_from_memory(&large.thumb).expect("a thumbnail");
    assert_eq!((thumb.width(), thumb.height()), (480, 9));
    let small = prepared(&encoded(ImageFormat::Jpeg));
    let thumb = image::load_from_memory(&small.thumb).expect("a thumbnail");
    assert_eq!((thumb.width(), thumb.height()), (64, 32));
}

#[test]
fn what_is_transparent_becomes_white() {
    let clear = RgbaImage::from_pixel(32, 32, Rgba([0, 0, 0, 0]));
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes)
        .write_image(&clear, 32, 32, image::ExtendedColorType::Rgba8)
        .expect("encoded");
    assert!(kept(&prepared(&bytes)).pixels().all(|pixel| pixel.0.iter().all(|c| *c > 250)));
}

#[test]
fn the_hash_is_of_what_is_kept_and_the_same_every_time() {
    use sha2::{Digest, Sha256};
    let bytes = encoded(ImageFormat::Png);
    let prepared = prepared(&bytes);
    assert_eq!(prepared.sha256.as_slice(), Sha256::digest(&prepared.jpeg).as_slice());
    assert_eq!(photo::prepare(&bytes), Ok(prepared));
}
