//! Full-width forms (`２０２６`, `（`, `；`) stand for the same characters as
//! their half-width twins; both input methods are in daily use in one office.

/// The half-width twin of a full-width form; any other character as it is.
pub fn half(character: char) -> char {
    match character {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character)
        }
        other => other,
    }
}

/// Characters that show nothing and separate nothing.
pub const fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_digits_marks_and_space_have_a_half_width_twin() {
        let text: String = "２０２６　（ａ）；：".chars().map(half).collect();
        assert_eq!(text, "2026 (a);:");
    }

    #[test]
    fn chinese_characters_and_their_own_punctuation_stay() {
        let text = "市水利局、。★";
        assert_eq!(text.chars().map(half).collect::<String>(), text);
    }
}
