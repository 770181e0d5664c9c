//! The reporter's words with those marked that a suggestion rests on and those
//! that speak of danger.

use bihuan_app::queries::inbox::risk_words;

use crate::pages::desk::inbox::Run;

/// The text cut where words stand that point to an item or speak of danger.
pub(super) fn runs(text: &str, pointing: &[&str]) -> Vec<Run> {
    let mut runs = Vec::new();
    let risks = risk_words(text);
    let mut plain = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let longest = |words: &[&'_ str]| {
            let found = words.iter().filter(|word| !word.is_empty() && rest.starts_with(**word));
            found.map(|word| word.len()).max().unwrap_or(0)
        };
        let (risk, point) = (longest(&risks), longest(pointing));
        let length = risk.max(point);
        if length == 0 {
            plain.push(letter);
            rest = &rest[letter.len_utf8()..];
            continue;
        }
        if !plain.is_empty() {
            runs.push(Run::Plain(std::mem::take(&mut plain)));
        }
        let marked = rest[..length].to_owned();
        runs.push(if risk > 0 { Run::Risk(marked) } else { Run::Points(marked) });
        rest = &rest[length..];
    }
    if !plain.is_empty() {
        runs.push(Run::Plain(plain));
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_and_plain_stretches_make_up_the_whole_text() {
        let text = "路灯不亮，昨天有老人滑倒";
        let cut = runs(text, &["路灯", "不亮"]);
        let expected = vec![
            Run::Points("路灯".to_owned()),
            Run::Points("不亮".to_owned()),
            Run::Plain("，昨天有老人".to_owned()),
            Run::Risk("滑倒".to_owned()),
        ];
        assert_eq!(cut, expected);
        assert_eq!(runs("", &["路灯"]), []);
    }
}
