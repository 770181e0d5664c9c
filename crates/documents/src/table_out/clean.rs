//! Making text safe for a spreadsheet.

use std::borrow::Cow;

/// Line breaks become LF, tabs a space, other control characters nothing.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c != '\n' && is_control(c)) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n");
    let kept = text.chars().filter_map(|character| match character {
        '\r' | '\n' => Some('\n'),
        '\t' => Some(' '),
        other if is_control(other) => None,
        other => Some(other),
    });
    Cow::Owned(kept.collect())
}

/// For CSV, where a spreadsheet decides by the first character what a cell is.
/// The apostrophe is what a person would type to say "this is text". Leading
/// blanks are looked through, since some programs trim them; the full-width
/// signs count because some take them for the plain ones.
pub(super) fn neutral(text: &str) -> Cow<'_, str> {
    let plain = plain(text);
    let first = plain.trim_start().chars().next();
    let looks_like_formula =
        matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'));
    let began_with_control = text.starts_with(['\t', '\r', '\n']);
    if (looks_like_formula || began_with_control) && !is_number(&plain) {
        return Cow::Owned(format!("'{plain}"));
    }
    plain
}

/// Digits with an optional minus sign and fraction: it stays what it is.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    all_digits(whole) && all_digits(fraction)
}

/// Control characters of both sets and the two that no XML file may hold.
fn is_control(character: char) -> bool {
    character.is_control() || matches!(character, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_marked_as_text() {
        for text in [
            "=1+1",
            "=cmd|' /C calc'!A0",
            "+1+1",
            "-1+1",
            "@SUM(A1)",
            "＝1+1",
            "  =1+1",
            "\t=1+1",
            "\r=1+1",
            "\n=1+1",
            "\u{0}=1+1",
            "-",
            "-2+3+cmd|' /C calc'!A0",
            "+8613800000000",
            "\ttext",
        ] {
            assert!(neutral(text).starts_with('\''), "{text:?} became {:?}", neutral(text));
        }
    }

    #[test]
    fn numbers_and_ordinary_text_stay_as_they_are() {
        for text in ["", "-12", "-0.5", "3.25", "路灯=不亮", "a-b", "'quoted"] {
            assert_eq!(neutral(text), text);
        }
    }

    #[test]
    fn control_characters_are_removed() {
        assert_eq!(plain("a\u{0}b\u{1b}[31mc\u{85}d\u{ffff}"), "ab[31mcd");
        assert_eq!(plain("a\r\nb\rc\td"), "a\nb\nc d");
    }
}
