//! What is kept of a photo: the picture, upright, as a JPEG without metadata,
//! and a small one for lists. Position and time are read from the original and
//! offered to the reporter; they are not in what is kept.
//!
//! The kind is told by the first bytes, never by the name. Size and pixels are
//! checked before anything is decoded, since a few kilobytes can claim to be a
//! picture that fills the memory.

mod exif;
mod jpeg;

use std::io::Cursor;

use bihuan_domain::place::Position;
use bihuan_domain::playbook::model::Text;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::error::LimitErrorKind;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageResult, Limits, RgbImage};
use jiff::civil::DateTime;
use sha2::{Digest, Sha256};

use crate::sentence::text;

pub const MAX_BYTES: u64 = 15 << 20;
pub const MAX_PIXELS: u64 = 50_000_000;

/// Longest side of what is kept: a lamp post's number stays readable.
const MAX_SIDE: u32 = 2560;
const THUMB_SIDE: u32 = 480;
const QUALITY: u8 = 82;
const THUMB_QUALITY: u8 = 75;

/// 50 megapixels with 16 bits in four channels, and the decoder's own needs.
const MAX_DECODED_BYTES: u64 = 600 << 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Jpeg,
    Png,
    WebP,
    /// What iPhones take; refused, since nothing here can decode it.
    Heic,
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    pub jpeg: Vec<u8>,
    pub thumb: Vec<u8>,
    /// Of `jpeg`, upright.
    pub width: u32,
    pub height: u32,
    /// What the camera's clock showed, without a time zone.
    pub taken_at: Option<DateTime>,
    pub position: Option<Position>,
    /// Of `jpeg`.
    pub sha256: [u8; 32],
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhotoFault {
    #[error("the photo is empty")]
    Empty,
    #[error("the photo has {bytes} bytes where {limit} are allowed")]
    TooBig { bytes: u64, limit: u64 },
    #[error("the file is not a JPEG, PNG or WebP picture")]
    WrongKind,
    #[error("the photo is in HEIC format")]
    Heic,
    #[error("the photo has {width} × {height} pixels where {limit} are allowed")]
    TooManyPixels { width: u32, height: u32, limit: u64 },
    #[error("the photo is cut off")]
    Truncated,
    #[error("the photo is damaged")]
    Damaged,
}

/// From the first bytes; 12 suffice.
pub fn inspect(head: &[u8]) -> Kind {
    if head.starts_with(&[0xff, 0xd8, 0xff]) {
        return Kind::Jpeg;
    }
    if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Kind::Png;
    }
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        return Kind::WebP;
    }
    let brand = head.get(8..12).filter(|_| head.get(4..8) == Some(b"ftyp"));
    match brand {
        Some(b"heic" | b"heix" | b"hevc" | b"hevx" | b"heim" | b"heis" | b"mif1" | b"msf1") => {
            Kind::Heic
        }
        _ => Kind::Unknown,
    }
}

/// Takes tenths of a second and up to a few hundred megabytes: callers bound how
/// many run at once.
pub fn prepare(bytes: &[u8]) -> Result<Prepared, PhotoFault> {
    let size = bytes.len() as u64;
    if size == 0 {
        return Err(PhotoFault::Empty);
    }
    if size > MAX_BYTES {
        return Err(PhotoFault::TooBig { bytes: size, limit: MAX_BYTES });
    }
    let original = match inspect(bytes) {
        Kind::Jpeg => decode_jpeg(bytes)?,
        Kind::Png => decode(PngDecoder::new(Cursor::new(bytes)))?,
        Kind::WebP => decode_webp(bytes)?,
        Kind::Heic => return Err(PhotoFault::Heic),
        Kind::Unknown => return Err(PhotoFault::WrongKind),
    };
    let picture = shrink(&original.picture, MAX_SIDE);
    let thumb = shrink(&picture, THUMB_SIDE);
    let jpeg = encode(&picture, QUALITY)?;
    Ok(Prepared {
        thumb: encode(&thumb, THUMB_QUALITY)?,
        width: picture.width(),
        height: picture.height(),
        taken_at: original.claims.taken_at,
        position: original.claims.position,
        sha256: Sha256::digest(&jpeg).into(),
        jpeg,
    })
}

struct Original {
    picture: RgbImage,
    claims: exif::Claims,
}

fn decode_jpeg(bytes: &[u8]) -> Result<Original, PhotoFault> {
    // The decoder fills what is missing with grey; a half-grey photo would be
    // kept as evidence.
    if !jpeg::is_whole(bytes) {
        return Err(PhotoFault::Truncated);
    }
    decode(image::codecs::jpeg::JpegDecoder::new(Cursor::new(bytes)))
}

fn decode_webp(bytes: &[u8]) -> Result<Original, PhotoFault> {
    let stated = bytes.get(4..8).and_then(|size| size.try_into().ok()).map(u32::from_le_bytes);
    if stated.is_none_or(|stated| u64::from(stated) + 8 > bytes.len() as u64) {
        return Err(PhotoFault::Truncated);
    }
    decode(WebPDecoder::new(Cursor::new(bytes)))
}

fn decode<D: ImageDecoder>(decoder: ImageResult<D>) -> Result<Original, PhotoFault> {
    let mut decoder = decoder.map_err(fault)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(PhotoFault::TooManyPixels { width, height, limit: MAX_PIXELS });
    }
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_DECODED_BYTES);
    decoder.set_limits(limits).map_err(fault)?;
    // A photo with damaged metadata is still a photo.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let claims = decoder.exif_metadata().ok().flatten().map(exif::claims).unwrap_or_default();
    let mut picture = DynamicImage::from_decoder(decoder).map_err(fault)?;
    picture.apply_orientation(orientation);
    Ok(Original { picture: on_white(picture), claims })
}

/// JPEG knows no transparency; what shines through is paper.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    let mut flat = RgbImage::new(picture.width(), picture.height());
    for (to, from) in flat.pixels_mut().zip(picture.pixels()) {
        let [red, green, blue, alpha] = from.0.map(u32::from);
        to.0 = [red, green, blue].map(|c| ((c * alpha + 255 * (255 - alpha)) / 255) as u8);
    }
    flat
}

fn shrink(picture: &RgbImage, side: u32) -> RgbImage {
    let longest = picture.width().max(picture.height());
    if longest <= side {
        return picture.clone();
    }
    let scaled = |length: u32| {
        let scaled = u64::from(length) * u64::from(side) / u64::from(longest);
        u32::try_from(scaled).unwrap_or(side).max(1)
    };
    let (width, height) = (scaled(picture.width()), scaled(picture.height()));
    image::imageops::resize(picture, width, height, FilterType::Triangle)
}

fn encode(picture: &RgbImage, quality: u8) -> Result<Vec<u8>, PhotoFault> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(picture).map_err(fault)?;
    Ok(bytes)
}

fn fault(error: ImageError) -> PhotoFault {
    match error {
        ImageError::IoError(_) => PhotoFault::Truncated,
        ImageError::Limits(limit) if matches!(limit.kind(), LimitErrorKind::DimensionError) => {
            PhotoFault::TooManyPixels { width: u32::MAX, height: u32::MAX, limit: MAX_PIXELS }
        }
        other if breaks_off(&other) => PhotoFault::Truncated,
        _ => PhotoFault::Damaged,
    }
}

/// Decoders wrap "the bytes ended" in errors of their own.
fn breaks_off(error: &ImageError) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        let io = error.downcast_ref::<std::io::Error>();
        if io.is_some_and(|io| io.kind() == std::io::ErrorKind::UnexpectedEof) {
            return true;
        }
        cause = error.source();
    }
    false
}

impl PhotoFault {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "photo-empty",
            Self::TooBig { .. } => "photo-too-big",
            Self::WrongKind => "photo-wrong-kind",
            Self::Heic => "photo-heic",
            Self::TooManyPixels { .. } => "photo-too-many-pixels",
            Self::Truncated => "photo-truncated",
            Self::Damaged => "photo-damaged",
        }
    }

    pub fn sentence(&self) -> Text {
        match self {
            Self::Empty => text(
                "照片是空文件，请重新拍摄或选择。",
                "The photo is an empty file; take or choose it again.",
            ),
            Self::TooBig { limit, .. } => text(
                &format!("照片超过 {} MB，请在手机上选择较小的尺寸后再传。", limit >> 20),
                &format!("The photo is larger than {} MB; choose a smaller size.", limit >> 20),
            ),
            Self::WrongKind => text(
                "这不是 JPEG、PNG 或 WebP 照片，请换一张。",
                "This is not a JPEG, PNG or WebP photo; choose another one.",
            ),
            Self::Heic => text(
                "照片是 HEIC 格式。请在“设置→相机→格式”中选“兼容性最佳”，或用截图代替。",
                "The photo is in HEIC format. In Settings, Camera, Formats choose \"Most \
                 Compatible\", or send a screenshot of it.",
            ),
            Self::TooManyPixels { limit, .. } => text(
                &format!("照片超过 {} 万像素，请缩小后再传。", limit / 10_000),
                &format!(
                    "The photo has more than {} megapixels; make it smaller.",
                    limit / 1_000_000
                ),
            ),
            Self::Truncated => text(
                "照片没有传完整，请在信号好的地方再传一次。",
                "The photo did not arrive whole; send it again where the connection is better.",
            ),
            Self::Damaged => text(
                "照片文件已损坏，请重新拍摄或换一张。",
                "The photo file is damaged; take it again or choose another one.",
            ),
        }
    }
}
