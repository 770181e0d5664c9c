//! The numbers before paragraphs, in the order GB/T 9704 nests them: `一、`,
//! `（一）`, `1.`, `（1）`.

use bihuan_domain::width::half;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ordinal {
    /// 1 the outermost.
    pub(crate) level: u8,
    /// As written, `（一）`.
    pub(crate) written: String,
    /// What follows, trimmed.
    pub(crate) rest: String,
}

/// More digits are a year or an amount, not a number of a paragraph.
const MOST_CHARACTERS: usize = 4;

pub(crate) fn ordinal(line: &str) -> Option<Ordinal> {
    let line = line.trim_start();
    let original: Vec<char> = line.chars().take(MOST_CHARACTERS + 3).collect();
    let plain: Vec<char> = original.iter().map(|found| half(*found)).collect();
    let (level, length) = circled(&plain).or_else(|| bracketed(&plain)).or_else(|| open(&plain))?;
    let rest: String = line.chars().skip(length).collect();
    Some(Ordinal {
        level,
        written: original[..length].iter().collect(),
        rest: rest.trim().to_owned(),
    })
}

fn circled(line: &[char]) -> Option<(u8, usize)> {
    matches!(line.first()?, '①'..='⑳').then_some((5, 1))
}

fn bracketed(line: &[char]) -> Option<(u8, usize)> {
    if *line.first()? != '(' {
        return None;
    }
    let (chinese, length) = number(&line[1..])?;
    (*line.get(length + 1)? == ')').then_some((if chinese { 2 } else { 4 }, length + 2))
}

fn open(line: &[char]) -> Option<(u8, usize)> {
    let (chinese, length) = number(line)?;
    let mark = *line.get(length)?;
    if chinese {
        return (mark == '、').then_some((1, length + 1));
    }
    // `3.5亿元` and `2026.10.8` begin no paragraph of that number.
    let goes_on = line.get(length + 1).is_some_and(char::is_ascii_digit);
    (matches!(mark, '.' | '、') && !goes_on).then_some((3, length + 1))
}

/// Whether it is a Chinese number, and its length.
fn number(line: &[char]) -> Option<(bool, usize)> {
    let run = |is: fn(&char) -> bool| line.iter().take_while(|found| is(found)).count();
    let chinese = run(|found| "一二三四五六七八九十百".contains(*found));
    let digits = run(char::is_ascii_digit);
    match (chinese, digits) {
        (1..=MOST_CHARACTERS, _) => Some((true, chinese)),
        (_, 1..=2) => Some((false, digits)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_levels_are_told_apart_in_both_widths() {
        for (line, level, written) in [
            ("一、防汛", 1, "一、"),
            ("十二、防汛", 1, "十二、"),
            ("（一）防汛", 2, "（一）"),
            ("(十一) 防汛", 2, "(十一)"),
            ("1.防汛", 3, "1."),
            ("１．防汛", 3, "１．"),
            ("12、防汛", 3, "12、"),
            ("　（1）防汛", 4, "（1）"),
            ("③防汛", 5, "③"),
        ] {
            let expected =
                Ordinal { level, written: written.to_owned(), rest: "防汛".to_owned() };
            assert_eq!(ordinal(line), Some(expected), "{line}");
        }
    }

    #[test]
    fn amounts_dates_and_words_are_no_numbers_of_paragraphs() {
        for line in [
            "3.5亿元",
            "2026年10月8日",
            "2026.10.8",
            "一是抓好",
            "（代拟稿）",
            "100、a",
            "",
            "（",
            "一",
        ] {
            assert_eq!(ordinal(line), None, "{line}");
        }
    }
}
