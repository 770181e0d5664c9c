//! QR codes as drawings for a page and for print. Only presentation attributes:
//! the pages allow no inline style.

use qrcode::types::QrError;
use qrcode::{Color, EcLevel, QrCode};

/// Modules of white around the code, which readers need (ISO/IEC 18004).
const QUIET: usize = 4;

/// Text that does not fit a QR code: about 2,300 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too long for a QR code")]
pub struct TooLong;

/// An `svg` element that scales with its box. `label` is its name for those who
/// do not see it. A quarter of a printed code may be damaged and it still
/// reads: signs hang outdoors.
pub fn svg(content: &str, label: &str) -> Result<String, TooLong> {
    let code =
        QrCode::with_error_correction_level(content, EcLevel::Q).map_err(|_: QrError| TooLong)?;
    let side = code.width() + 2 * QUIET;
    let path = path(&code);
    let label = escape(label);
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" role=\"img\" \
         aria-label=\"{label}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/>\
         <path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

/// One bar for every run of dark modules in a line.
fn path(code: &QrCode) -> String {
    let width = code.width();
    let mut path = String::new();
    for (row, line) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0;
        while column < width {
            let run = line[column..].iter().take_while(|color| **color == Color::Dark).count();
            if run == 0 {
                column += 1;
                continue;
            }
            path.push_str(&format!("M{} {}h{run}v1h-{run}z", column + QUIET, row + QUIET));
            column += run;
        }
    }
    path
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dark modules of a drawing, as rows of `#` and `.`.
    fn drawn(svg: &str, side: usize) -> Vec<String> {
        let mut rows = vec![vec!['.'; side]; side];
        let path = svg.rsplit("d=\"").next().expect("a path").split('"').next().expect("its end");
        for bar in path.split('M').skip(1) {
            let numbers: Vec<usize> = bar
                .split(|c: char| !c.is_ascii_digit())
                .filter(|part| !part.is_empty())
                .map(|part| part.parse().expect("a number"))
                .collect();
            let [x, y, run, ..] = numbers.as_slice() else { panic!("no bar: {bar}") };
            for cell in &mut rows[*y][*x..x + run] {
                *cell = '#';
            }
        }
        rows.into_iter().map(|row| row.into_iter().collect()).collect()
    }

    #[test]
    fn the_drawing_shows_the_code_with_white_around_it() {
        let svg = svg("HTTPS://EXAMPLE.CN/P/0123", "点位").expect("a drawing");
        let code = QrCode::with_error_correction_level("HTTPS://EXAMPLE.CN/P/0123", EcLevel::Q)
            .expect("a code");
        let side = code.width() + 2 * QUIET;
        let drawn = drawn(&svg, side);
        assert!(drawn[..QUIET].iter().all(|row| !row.contains('#')));
        let expected = code.to_debug_str('#', '.');
        for (row, line) in expected.lines().enumerate() {
            assert_eq!(&drawn[row + QUIET][QUIET..side - QUIET], line);
        }
    }

    #[test]
    fn a_drawing_has_no_style_and_its_label_is_text() {
        let svg = svg("x", "<script>\"&").expect("a drawing");
        assert!(!svg.contains("style"));
        assert!(svg.contains("aria-label=\"&lt;script&gt;&quot;&amp;\""));
    }

    #[test]
    fn what_does_not_fit_is_said() {
        assert_eq!(svg(&"x".repeat(5_000), ""), Err(TooLong));
    }
}
