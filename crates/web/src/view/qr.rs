//! A QR code as one SVG path in the colour of the text around it.

use askama::Template;
use qrcode::{Color, EcLevel, QrCode};

use super::markup;

/// Light modules around the code that readers need (ISO/IEC 18004).
const QUIET_ZONE: usize = 4;

#[derive(Template)]
#[template(path = "components/qr.html")]
pub struct QrPart<'a> {
    label: &'a str,
    side: usize,
    path: String,
}

markup!(QrPart);

impl<'a> QrPart<'a> {
    /// `None` when the text is too long for a QR code.
    pub fn of(text: &str, label: &'a str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        let width = code.width();
        let colors = code.to_colors();
        let mut path = String::new();
        for (y, row) in colors.chunks(width).enumerate() {
            for (x, _) in row.iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
                path.push_str(&format!("M{} {}h1v1h-1z", x + QUIET_ZONE, y + QUIET_ZONE));
            }
        }
        Some(Self { label, side: width + 2 * QUIET_ZONE, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_quiet_zone_and_a_label() {
        let part = QrPart::of("https://example.org/t/ABCD", "凭证二维码").expect("a code");
        let html = part.render().expect("markup");
        assert!(html.contains("aria-label=\"凭证二维码\""));
        assert!(html.contains("M4 4h1v1h-1z"), "the first finder begins after the quiet zone");
    }

    #[test]
    fn a_text_too_long_for_a_code_has_none() {
        assert!(QrPart::of(&"x".repeat(5_000), "").is_none());
    }
}
