//! What stands above the decisions: which meeting, when, chaired by whom.

use bihuan_domain::width::half;
use jiff::civil::Date;

use crate::draft::{full_days, squeezed};

/// What a head says stands at the beginning of its lines.
const LINE_CHARACTERS: usize = 300;

/// A line with 纪要 in it that is longer is a sentence about it.
const TITLE_CHARACTERS: usize = 60;

/// Between 次 and 会议: `第18次常务会议`.
const KIND_CHARACTERS: usize = 16;

/// 市委副书记、市长张某
const CHAIR_CHARACTERS: usize = 30;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    pub title: Option<String>,
    /// 第18次常务会议
    pub session: Option<String>,
    pub date: Option<Date>,
    pub chair: Option<String>,
}

impl Head {
    pub(super) fn of<'a>(lines: impl Iterator<Item = &'a str>, today: Date) -> Self {
        let lines: Vec<String> = lines.map(half_width).collect();
        Self {
            title: lines.iter().find_map(|line| title(line)),
            session: lines.iter().find_map(|line| session(line)),
            date: date(&lines, today),
            chair: lines.iter().find_map(|line| chair(line)),
        }
    }
}

fn half_width(line: &str) -> String {
    line.chars().take(LINE_CHARACTERS).map(half).collect()
}

fn title(line: &str) -> Option<String> {
    let plain: String = line.split_whitespace().collect();
    (plain.contains("纪要") && plain.chars().count() <= TITLE_CHARACTERS).then_some(plain)
}

/// From 第 to 会议, or `第18次` where that stands alone in brackets.
fn session(line: &str) -> Option<String> {
    let plain: String = line.split_whitespace().collect();
    for (at, _) in plain.match_indices('第') {
        let number = plain[at..].split_once('次').map(|(number, _)| number);
        let Some(number) = number.filter(|number| is_number(number.trim_start_matches('第')))
        else {
            continue;
        };
        let rest = &plain[at + number.len() + '次'.len_utf8()..];
        let kind: String = rest
            .chars()
            .take(KIND_CHARACTERS)
            .take_while(|found| !",，。;；()（）".contains(*found))
            .collect();
        let kind = kind.split_once("会议").map(|(kind, _)| format!("{kind}会议"));
        return Some(format!("{number}次{}", kind.unwrap_or_default()));
    }
    None
}

fn is_number(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|found| found.is_ascii_digit() || "〇零一二三四五六七八九十百".contains(found))
}

/// The day the meeting is said to have been held; a day alone counts only
/// where the preamble has no other, since papers carry the day of printing too.
fn date(lines: &[String], today: Date) -> Option<Date> {
    let says_when =
        |line: &&String| ["召开", "主持", "时间:"].iter().any(|word| squeezed(line).contains(word));
    let held =
        lines.iter().filter(says_when).find_map(|line| full_days(line, today).first().copied());
    let mut all: Vec<Date> = lines.iter().flat_map(|line| full_days(line, today)).collect();
    all.dedup();
    held.or(match all.as_slice() {
        [only] => Some(*only),
        _ => None,
    })
}

fn chair(line: &str) -> Option<String> {
    let plain: String = line.split_whitespace().collect();
    for label in ["主持人:", "主持:"] {
        if let Some((_, rest)) = plain.split_once(label) {
            return name(rest.split([',', ';', '。']).next().unwrap_or_default());
        }
    }
    let (before, _) = ["主持召开", "主持了", "主持会议", "主持。", "主持,"]
        .iter()
        .find_map(|word| plain.split_once(word))?;
    let clause = before.rsplit([',', ';', '。', '日', '午']).next().unwrap_or_default();
    let clause = clause.rsplit_once('由').map_or(clause, |(_, name)| name);
    name(clause)
}

fn name(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty() && text.chars().count() <= CHAIR_CHARACTERS).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn head(lines: &[&str]) -> Head {
        Head::of(lines.iter().copied(), date(2026, 11, 22))
    }

    #[test]
    fn a_head_says_which_meeting_when_and_by_whom() {
        let found = head(&[
            "荥阳市人民政府办公室　2026年10月9日",
            "市政府第18次常务会议纪要",
            "2026年10月8日上午，市委副书记、市长张某主持召开市政府第18次常务会议。",
        ]);
        assert_eq!(
            found,
            Head {
                title: Some("市政府第18次常务会议纪要".to_owned()),
                session: Some("第18次常务会议".to_owned()),
                date: Some(date(2026, 10, 8)),
                chair: Some("市委副书记、市长张某".to_owned()),
            }
        );
    }

    #[test]
    fn labels_and_chinese_numbers_are_read_too() {
        let found = head(&["专题会议纪要", "（第十二次）", "时间：2026年10月8日", "主持人：李某"]);
        assert_eq!(found.session.as_deref(), Some("第十二次"));
        assert_eq!(found.date, Some(date(2026, 10, 8)));
        assert_eq!(found.chair.as_deref(), Some("李某"));
        assert_eq!(head(&["会议由副市长王某主持。"]).chair.as_deref(), Some("副市长王某"));
    }

    #[test]
    fn what_is_not_said_stays_empty() {
        assert_eq!(head(&["会议听取了汇报，再次强调第一责任。"]), Head::default());
        assert_eq!(head(&["2026年10月9日", "2026年10月8日"]).date, None, "either could be it");
        let far = format!("{}第3次会议", "第".repeat(LINE_CHARACTERS));
        assert_eq!(head(&[&far]).session, None);
        assert_eq!(head(&["（2026年10月8日）"]).date, Some(date(2026, 10, 8)));
    }
}
