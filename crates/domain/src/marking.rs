//! Classification markings (密级标志) in what people type, paste or upload.
//!
//! 《保守国家秘密法》 has state secrets marked 绝密, 机密 or 秘密, in papers
//! followed by ★ and the period. They must not enter a system on the government
//! extranet, so a marking stops the form it stands in. The word alone stands in
//! plenty of open papers and only deserves a second look; 商业秘密 and its like
//! are other matters altogether.
//!
//! Invariant: where several stand in a text, one that stops goes before one
//! that warns; among equals the first is answered.

use crate::width::{half, is_invisible};

const WORDS: [[char; 2]; 3] = [['绝', '密'], ['机', '密'], ['秘', '密']];

/// What is typed where ★ is not at hand.
const STARS: [char; 8] = ['★', '☆', '✩', '✪', '✭', '⭐', '✮', '*'];

/// In front of the word they make it another word.
const OTHER_SECRETS: [[char; 2]; 6] =
    [['商', '业'], ['工', '作'], ['个', '人'], ['企', '业'], ['技', '术'], ['经', '营']];

/// Firms put stars after 商业秘密 too. The other compounds are no exception
/// once a star follows: `督查工作秘密★1年` is a title and a marking behind it.
const NEVER_STATE: [char; 2] = ['商', '业'];

const PERIOD_UNITS: [&str; 7] = ["个月", "年", "月", "日", "天", "-", "."];

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Marking {
    None,
    /// The word without a star: to be asked about, not refused.
    Bare(String),
    /// A marking, as it stands in the text.
    Marked(String),
}

impl Marking {
    pub fn of(text: &str) -> Self {
        let characters: Vec<char> = text.chars().collect();
        let mut bare = None;
        for at in 0..characters.len() {
            let Some(word_end) = word(&characters, at) else { continue };
            if let Some(end) = star(&characters, at, word_end) {
                return Self::Marked(characters[at..end].iter().collect());
            }
            if let Some(start) = label(&characters, at) {
                return Self::Marked(characters[start..word_end].iter().collect());
            }
            if bare.is_none() && !OTHER_SECRETS.iter().any(|other| before(&characters, at, other)) {
                bare = Some(characters[at..word_end].iter().collect());
            }
        }
        bare.map_or(Self::None, Self::Bare)
    }

    pub fn is_marked(&self) -> bool {
        matches!(self, Self::Marked(_))
    }
}

/// Where the word that begins at `at` ends. The layout of official papers sets
/// two-character words apart (`秘　密`).
fn word(characters: &[char], at: usize) -> Option<usize> {
    let second = past_gap(characters, at + 1);
    let found = [*characters.get(at)?, *characters.get(second)?];
    WORDS.contains(&found).then_some(second + 1)
}

/// Where the star and the period behind it end.
fn star(characters: &[char], word_start: usize, word_end: usize) -> Option<usize> {
    if before(characters, word_start, &NEVER_STATE) {
        return None;
    }
    let at = past_gap(characters, word_end);
    let mark = half(*characters.get(at)?);
    STARS.contains(&mark).then(|| period(characters, at + 1))
}

/// Where the period that may begin at `from` ends: `1年`, `6个月`, `长期`,
/// `2036年10月31日`; `from` when there is none.
fn period(characters: &[char], from: usize) -> usize {
    let at = past_gap(characters, from);
    for word in ["长期", "解密"] {
        if starts_with(characters, at, word) {
            return at + 2;
        }
    }
    let mut end = from;
    let mut at = at;
    while let Some(digits_end) = digits(characters, at) {
        let unit = past_gap(characters, digits_end);
        let Some(found) = PERIOD_UNITS.iter().find(|word| starts_with(characters, unit, word))
        else {
            return digits_end;
        };
        end = unit + found.chars().count();
        at = past_gap(characters, end);
    }
    end
}

fn digits(characters: &[char], from: usize) -> Option<usize> {
    let count =
        characters.iter().skip(from).take_while(|found| half(**found).is_ascii_digit()).count();
    (count > 0).then_some(from + count)
}

/// Where a `密级：` right before the word begins.
fn label(characters: &[char], word_start: usize) -> Option<usize> {
    let mut at = word_start.checked_sub(1)?;
    while is_gap(characters[at]) {
        at = at.checked_sub(1)?;
    }
    let labelled = half(characters[at]) == ':' && before(characters, at, &['密', '级']);
    labelled.then(|| at - 2)
}

fn before(characters: &[char], at: usize, word: &[char; 2]) -> bool {
    at.checked_sub(2).is_some_and(|from| characters[from..at] == *word)
}

fn starts_with(characters: &[char], at: usize, word: &str) -> bool {
    let mut rest = characters.iter().skip(at).map(|found| half(*found));
    word.chars().all(|wanted| rest.next() == Some(wanted))
}

fn past_gap(characters: &[char], from: usize) -> usize {
    from + characters.iter().skip(from).take_while(|found| is_gap(**found)).count()
}

/// Not a line break: a bullet `*` on the next line is no star of this word.
fn is_gap(character: char) -> bool {
    is_invisible(character) || (character.is_whitespace() && !matches!(character, '\n' | '\r'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked(text: &str) -> Marking {
        Marking::Marked(text.to_owned())
    }

    #[test]
    fn each_word_with_a_star_is_a_marking_with_its_period() {
        for (text, found) in [
            ("秘密★1年", "秘密★1年"),
            ("机密★6个月 关于防汛的通知", "机密★6个月"),
            ("绝密★长期", "绝密★长期"),
            ("文件（秘密★）已收", "秘密★"),
            ("机密★2036年10月31日解密", "机密★2036年10月31日"),
            ("秘密★2036-10-31", "秘密★2036-10-31"),
            ("秘密★10", "秘密★10"),
            ("绝密★解密时间另定", "绝密★解密"),
        ] {
            assert_eq!(Marking::of(text), marked(found), "{text}");
        }
    }

    #[test]
    fn substitutes_for_the_star_spaces_and_full_width_forms_hide_nothing() {
        for text in [
            "秘密☆1年",
            "秘密✩1年",
            "秘密*1年",
            "秘密＊１年",
            "秘密 ★ 1 年",
            "秘　密★１　年",
            "秘\u{200b}密★1年",
            "机 密　＊６个月",
        ] {
            assert_eq!(Marking::of(text), marked(text), "{text}");
        }
    }

    #[test]
    fn a_field_that_gives_the_level_is_a_marking() {
        assert_eq!(Marking::of("密级：机密"), marked("密级：机密"));
        assert_eq!(Marking::of("份号 000001 密级: 秘密"), marked("密级: 秘密"));
        assert_eq!(Marking::of("密级：无"), Marking::None);
        assert_eq!(Marking::of("：秘密"), Marking::Bare("秘密".to_owned()));
    }

    #[test]
    fn the_word_alone_is_only_asked_about() {
        for (text, word) in [
            ("落实国家秘密保护责任", "秘密"),
            ("绝密", "绝密"),
            ("机 密", "机 密"),
            ("秘密\n* 第一项", "秘密"),
            ("秘密1年", "秘密"),
        ] {
            assert_eq!(Marking::of(text), Marking::Bare(word.to_owned()), "{text}");
        }
    }

    #[test]
    fn secrets_that_are_not_the_states_are_not_mentioned() {
        for text in [
            "保护企业商业秘密",
            "商业秘密★3年",
            "商业机密",
            "工作秘密",
            "个人秘密",
            "技术秘密",
            "保密工作",
            "",
        ] {
            assert_eq!(Marking::of(text), Marking::None, "{text}");
        }
    }

    #[test]
    fn a_title_that_ends_in_work_does_not_hide_the_marking_behind_it() {
        assert_eq!(Marking::of("全市督查工作秘密★1年"), marked("秘密★1年"));
    }

    #[test]
    fn what_stops_goes_before_what_warns() {
        assert_eq!(Marking::of("不涉及秘密。机密★1年"), marked("机密★1年"));
    }

    proptest! {
        #[test]
        fn a_marking_is_found_wherever_it_stands(
            before in ".{0,40}",
            word in prop::sample::select(vec!["绝密", "机密", "秘密"]),
            star in prop::sample::select(vec!["★", "☆", "*", "＊", " ★ "]),
            after in ".{0,40}",
        ) {
            prop_assume!(!before.ends_with("商业"));
            let text = format!("{before}{word}{star}{after}");
            prop_assert!(Marking::of(&text).is_marked());
        }

        #[test]
        fn what_is_found_stands_in_the_text(text in "[绝机秘密级：★*１1年 商业a]{0,60}") {
            match Marking::of(&text) {
                Marking::None => {}
                Marking::Bare(found) | Marking::Marked(found) => {
                    prop_assert!(text.contains(&found));
                }
            }
        }
    }
}
