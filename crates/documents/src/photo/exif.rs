//! When and where a camera says it took a photo. Anyone can write anything
//! there, so these are claims, offered to the reporter and shown as claimed.

use bihuan_domain::place::Position;
use exif::{Exif, In, Rational, Reader, Tag, Value};
use jiff::civil::DateTime;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Claims {
    pub(super) taken_at: Option<DateTime>,
    pub(super) position: Option<Position>,
}

pub(super) fn claims(raw: Vec<u8>) -> Claims {
    let Ok(exif) = Reader::new().read_raw(raw) else { return Claims::default() };
    Claims { taken_at: taken_at(&exif), position: position(&exif) }
}

fn taken_at(exif: &Exif) -> Option<DateTime> {
    let text = ascii(exif, Tag::DateTimeOriginal)?;
    DateTime::strptime("%Y:%m:%d %H:%M:%S", text).ok()
}

fn position(exif: &Exif) -> Option<Position> {
    let lat_e6 = degrees(exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, ("N", "S"), 90)?;
    let lon_e6 = degrees(exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, ("E", "W"), 180)?;
    // Cameras without a fix write zeros.
    (lat_e6 != 0 || lon_e6 != 0).then_some(Position { lat_e6, lon_e6 })
}

fn degrees(
    exif: &Exif,
    value: Tag,
    side: Tag,
    (plus, minus): (&str, &str),
    most: i128,
) -> Option<i32> {
    let Value::Rational(parts) = &exif.get_field(value, In::PRIMARY)?.value else { return None };
    let [degrees, minutes, seconds] = parts.as_slice() else { return None };
    let size = micro(degrees, 1)? + micro(minutes, 60)? + micro(seconds, 3600)?;
    if size > most * 1_000_000 {
        return None;
    }
    let size = i32::try_from(size).ok()?;
    match ascii(exif, side)? {
        side if side == plus => Some(size),
        side if side == minus => Some(-size),
        _ => None,
    }
}

/// A part of a degree in microdegrees, rounded to the nearest.
fn micro(part: &Rational, per_degree: i128) -> Option<i128> {
    let divisor = i128::from(part.denom) * per_degree;
    if divisor == 0 {
        return None;
    }
    Some((i128::from(part.num) * 1_000_000 + divisor / 2) / divisor)
}

fn ascii(exif: &Exif, tag: Tag) -> Option<&str> {
    let Value::Ascii(lines) = &exif.get_field(tag, In::PRIMARY)?.value else { return None };
    std::str::from_utf8(lines.first()?).ok().map(str::trim)
}
