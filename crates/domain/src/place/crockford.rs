//! Crockford's base 32, chosen because people read these codes aloud and type
//! them from paper: no letter O, I or L, and reading takes them for 0, 1 and 1.

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Without padding; unused bits of the last character are zero.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(5) * 8);
    let mut held: u32 = 0;
    let mut bits = 0;
    for &byte in bytes {
        held = (held << 8) | u32::from(byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(digit(held >> bits));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(digit(held << (5 - bits)));
    }
    text
}

/// Takes any case, ignores spaces and hyphens. `None` for a foreign character,
/// for a length `encode` never gives and for unused bits that are not zero:
/// each value has one spelling after normalising.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 5 / 8);
    let mut held: u32 = 0;
    let mut bits = 0;
    for character in text.chars().filter(|c| !is_separator(*c)) {
        held = (held << 5) | value(character)?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    (bits < 5 && held == 0).then_some(bytes)
}

fn digit(five_bits: u32) -> char {
    char::from(ALPHABET[(five_bits & 31) as usize])
}

fn value(character: char) -> Option<u32> {
    let normal = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let at = ALPHABET.iter().position(|&c| char::from(c) == normal)?;
    u32::try_from(at).ok()
}

/// Full-width spaces and dashes come from Chinese input methods.
fn is_separator(character: char) -> bool {
    character.is_whitespace() || matches!(character, '-' | '‐' | '‑' | '–' | '—' | '－')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn bytes_come_back(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }

        #[test]
        fn reading_any_text_never_panics(text in ".{0,60}") {
            decode(&text);
        }
    }

    #[test]
    fn a_value_has_one_spelling() {
        assert_eq!(encode(&[0xff]), "ZW");
        assert_eq!(decode("ZX"), None, "unused bits set");
        assert_eq!(decode("ZW0"), None, "a character too many");
        assert_eq!(decode("U0"), None, "not in the alphabet");
    }
}
