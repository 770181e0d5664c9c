//! Where a long title is broken. The standard asks that no word be torn and
//! that the lines make a trapezoid or a diamond. Without a dictionary words are
//! unknown, so a break is sought where a phrase surely ends, near the middle.

use super::halves;

/// A phrase ends after these.
const AFTER: &str = "的、，；：》”）〕";
/// And begins with these.
const BEFORE: &str = "《“（和及与暨";
/// No line begins with these, and none ends with those.
const NEVER_FIRST: &str = "的了、，。；：》”）〕！？号年月日个项次";
const NEVER_LAST: &str = "《“（〔第关";
/// How far from an even break, in halves of a character, a phrase's end is worth.
const WORTH: usize = 16;

/// `most` is a line's width in halves of a character.
pub(super) fn lines(title: &str, most: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest: Vec<char> = title.chars().collect();
    while width(&rest) > most {
        let Some(at) = best(&rest, most) else { break };
        let after = rest.split_off(at);
        lines.push(rest.iter().collect());
        rest = after;
    }
    lines.push(rest.iter().collect());
    lines
}

fn width(text: &[char]) -> usize {
    halves(&text.iter().collect::<String>())
}

/// The best place for the first break that needs no more lines than an even one.
fn best(text: &[char], most: usize) -> Option<usize> {
    let all = width(text);
    let needed = all.div_ceil(most);
    let even = all / needed;
    let cost = |at: usize| {
        let (head, tail) = text.split_at(at);
        let (head_width, tail_width) = (width(head), width(tail));
        let fits = head_width <= most && tail_width <= most * (needed - 1);
        if !fits || torn(head, tail) {
            return None;
        }
        let phrase = ends(head, AFTER) || begins(tail, BEFORE);
        let gain = if phrase { WORTH } else { 0 };
        Some((WORTH + head_width.abs_diff(even) - gain, at))
    };
    (1..text.len()).filter_map(cost).min().map(|(_, at)| at)
}

/// Whether a break here would tear a number, a Latin word, or what belongs to it.
fn torn(head: &[char], tail: &[char]) -> bool {
    let latin = |c: Option<&char>| c.is_some_and(char::is_ascii_graphic);
    begins(tail, NEVER_FIRST)
        || ends(head, NEVER_LAST)
        || (latin(head.last()) && latin(tail.first()))
}

fn ends(text: &[char], set: &str) -> bool {
    text.last().is_some_and(|c| set.contains(*c))
}

fn begins(text: &[char], set: &str) -> bool {
    text.first().is_some_and(|c| set.contains(*c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_that_fits_is_one_line() {
        assert_eq!(lines("关于井盖管护的通知", 40), ["关于井盖管护的通知"]);
        assert_eq!(lines("", 40), [""]);
    }

    #[test]
    fn a_long_title_is_broken_where_a_phrase_ends() {
        assert_eq!(
            lines("关于加强城区道路检查井盖巡查管护的整改通知书", 40),
            ["关于加强城区道路检查井盖巡查管护的", "整改通知书"]
        );
        assert_eq!(
            lines("关于印发《荥阳市城区井盖管护办法》任务清单的通知", 40),
            ["关于印发《荥阳市城区井盖管护办法》", "任务清单的通知"]
        );
    }

    #[test]
    fn numbers_and_latin_words_stay_whole_and_no_line_begins_with_a_mark() {
        for title in [
            "关于印发市政府第36次常务会议和第37次常务会议任务清单的通知",
            "关于2026年第三季度12345热线office系统督办事项办理情况的通报",
        ] {
            let lines = lines(title, 40);
            assert_eq!(lines.concat(), title);
            assert_eq!(lines.len(), 2, "{lines:?}");
            for line in &lines {
                assert!(
                    halves(line) <= 40 && !begins(&line.chars().collect::<Vec<_>>(), NEVER_FIRST)
                );
            }
            let (first, second) = (lines[0].chars().last(), lines[1].chars().next());
            assert!(!(first.is_some_and(|c| c.is_ascii()) && second.is_some_and(|c| c.is_ascii())));
        }
    }

    #[test]
    fn a_title_without_any_place_to_break_is_left_whole() {
        assert_eq!(lines(&"a".repeat(50), 40), ["a".repeat(50)]);
    }
}
